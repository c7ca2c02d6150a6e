#pragma once

#include <cstdint>
#include <ostream>

#include <c10/util/Exception.h>

namespace c10 {

enum class MemoryFormat : int8_t { Contiguous, Preserve, ChannelsLast, ChannelsLast3d, NumOptions };

inline std::ostream& operator<<(std::ostream& out, MemoryFormat format) {
  constexpr const char* names[] = {"Contiguous", "Preserve", "ChannelsLast", "ChannelsLast3d"};
  TORCH_CHECK(format < MemoryFormat::NumOptions, "Unknown memory format ", static_cast<int>(format));
  return out << names[static_cast<int>(format)];
}

} // namespace c10
