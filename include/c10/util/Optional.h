#pragma once

#include <optional>
#include <type_traits>

namespace c10 {
using std::bad_optional_access;
using std::make_optional;
using std::nullopt;
using std::nullopt_t;
using std::optional;

/// `*opt`, or what `fallback()` returns.
template <class T, class F>
T value_or_else(const std::optional<T>& opt, F&& fallback) {
  return opt.has_value() ? *opt : std::forward<F>(fallback)();
}
} // namespace c10

namespace at {
using std::nullopt;
using std::optional;
} // namespace at
