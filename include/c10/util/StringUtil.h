#pragma once

#include <cstdint>
#include <ostream>
#include <sstream>
#include <string>

namespace c10 {

/// Everything printed one after the other.
template <class... Args>
inline std::string str(const Args&... args) {
  std::ostringstream out;
  ((out << args), ...);
  return out.str();
}
inline std::string str(const std::string& text) {
  return text;
}
inline std::string str(const char* text) {
  return text;
}
inline std::string str() {
  return {};
}

template <class Container>
inline std::string Join(const std::string& delimiter, const Container& values) {
  std::ostringstream out;
  bool first = true;
  for (const auto& value : values) {
    if (!first) {
      out << delimiter;
    }
    first = false;
    out << value;
  }
  return out.str();
}

/// A place in C++ source, for error messages.
struct SourceLocation {
  const char* function;
  const char* file;
  uint32_t line;
};
inline std::ostream& operator<<(std::ostream& out, const SourceLocation& at) {
  return out << at.function << " at " << at.file << ":" << at.line;
}

} // namespace c10
