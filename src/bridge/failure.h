#pragma once

/// From a failure of the runtime to a C++ exception.

#include "bridge.h"

namespace sconce {

/// Throws what `failure` says, unless it is null.
void check(bridge::Failure* failure);

inline rust::Str text(std::string_view view) {
  return rust::Str(view.data(), view.size());
}
inline std::string text(const rust::String& string) {
  return std::string(string.data(), string.size());
}
inline rust::Slice<const Slot> slice(const Slot* slots, size_t count) {
  return rust::Slice<const Slot>(slots, count);
}

} // namespace sconce
