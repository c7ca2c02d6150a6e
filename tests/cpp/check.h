#pragma once

/// Plain assertions: a failed one prints itself and makes the program fail.

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

inline int failures = 0;

#define CHECK(...)                                                                    \
  do {                                                                                \
    if (!(__VA_ARGS__)) {                                                             \
      std::cerr << __FILE__ << ":" << __LINE__ << ": " << #__VA_ARGS__ << "\n";       \
      ++failures;                                                                     \
    }                                                                                 \
  } while (false)

template <class A, class B>
void check_equal(const A& found, const B& expected, const char* text, const char* file, int line) {
  if (!(found == expected)) {
    std::cerr << file << ":" << line << ": " << text << "\n  found:    " << found << "\n  expected: " << expected << "\n";
    ++failures;
  }
}
#define CHECK_EQ(found, ...) check_equal(found, __VA_ARGS__, #found, __FILE__, __LINE__)

/// The statement must throw `type` with `words` in its message.
#define CHECK_THROWS(type, words, ...)                                                \
  do {                                                                                \
    bool thrown = false;                                                              \
    try {                                                                             \
      __VA_ARGS__;                                                                    \
    } catch (const type& error) {                                                     \
      thrown = std::string(error.what()).find(words) != std::string::npos;            \
      if (!thrown) {                                                                  \
        std::cerr << "  threw: " << error.what() << "\n";                             \
      }                                                                               \
    }                                                                                 \
    if (!thrown) {                                                                    \
      std::cerr << __FILE__ << ":" << __LINE__ << ": did not throw " #type " with '"  \
                << words << "': " << #__VA_ARGS__ << "\n";                            \
      ++failures;                                                                     \
    }                                                                                 \
  } while (false)

/// What `operator<<` prints.
template <class T>
std::string printed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

inline int result() {
  if (failures != 0) {
    std::cerr << failures << " failed\n";
  }
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
