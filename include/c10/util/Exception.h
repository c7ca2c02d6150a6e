#pragma once

/// `c10::Error` and the checks that throw it.

#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <c10/macros/Macros.h>
#include <c10/util/StringUtil.h>

namespace c10 {

/// What Sconce throws when it cannot do what it was asked: a damaged archive, a wrong argument, an operator that does
/// not exist. A failure inside a running script is a `std::runtime_error` that carries the script's traceback, and an
/// exception that the script itself raised is a `torch::jit::JITException`, as in LibTorch.
class C10_API Error : public std::exception {
 public:
  Error(SourceLocation source_location, std::string msg);
  explicit Error(std::string msg, std::string backtrace = {}, const void* caller = nullptr);
  Error(const Error&);
  Error(Error&&) noexcept;
  Error& operator=(const Error&);
  Error& operator=(Error&&) noexcept;
  ~Error() override;

  /// Adds a line of context to the message.
  void add_context(std::string line);
  /// The message without context and backtrace.
  const std::string& msg() const {
    return msg_;
  }
  const std::vector<std::string>& context() const {
    return context_;
  }
  const std::string& backtrace() const {
    return backtrace_;
  }
  /// Message, context and, where known, the place that threw.
  const char* what() const noexcept override {
    return what_.c_str();
  }
  /// Message and context.
  const char* what_without_backtrace() const noexcept {
    return what_without_backtrace_.c_str();
  }
  const void* caller() const noexcept {
    return caller_;
  }

 private:
  void refresh();

  std::string msg_;
  std::vector<std::string> context_;
  std::string backtrace_;
  std::string what_;
  std::string what_without_backtrace_;
  const void* caller_ = nullptr;
};

class C10_API IndexError : public Error {
  using Error::Error;
};
class C10_API ValueError : public Error {
  using Error::Error;
};
class C10_API TypeError : public Error {
  using Error::Error;
};
class C10_API NotImplementedError : public Error {
  using Error::Error;
};
class C10_API LinAlgError : public Error {
  using Error::Error;
};
class C10_API OutOfMemoryError : public Error {
  using Error::Error;
};
class C10_API EnforceFiniteError : public Error {
  using Error::Error;
};
class C10_API OnnxfiBackendSystemError : public Error {
  using Error::Error;
};

/// Prints `[W file:line] message` to standard error.
C10_API void warn(SourceLocation at, const std::string& message);

namespace detail {
[[noreturn]] C10_API void check_fail(const char* function, const char* file, uint32_t line, const std::string& message);
[[noreturn]] C10_API void assert_fail(
    const char* function,
    const char* file,
    uint32_t line,
    const char* condition,
    const std::string& message);

template <class... Args>
inline std::string check_message(const char* fallback, const Args&... args) {
  if constexpr (sizeof...(Args) == 0) {
    return fallback;
  } else {
    return ::c10::str(args...);
  }
}
} // namespace detail

} // namespace c10

namespace at {
using c10::Error;
} // namespace at

#define SCONCE_CHECK_TEXT(cond)           \
  "Expected " #cond                       \
  " to be true, but got false.  "         \
  "(Could this error message be improved?  If so, please report an enhancement request to PyTorch.)"

#define TORCH_CHECK(cond, ...)                                                                              \
  do {                                                                                                      \
    if (C10_UNLIKELY(!(cond))) {                                                                            \
      ::c10::detail::check_fail(                                                                            \
          __func__, __FILE__, static_cast<uint32_t>(__LINE__),                                              \
          ::c10::detail::check_message(SCONCE_CHECK_TEXT(cond), ##__VA_ARGS__));                            \
    }                                                                                                       \
  } while (false)

#define TORCH_CHECK_WITH(error_t, cond, ...)                                                                \
  do {                                                                                                      \
    if (C10_UNLIKELY(!(cond))) {                                                                            \
      throw ::c10::error_t(                                                                                 \
          {__func__, __FILE__, static_cast<uint32_t>(__LINE__)},                                            \
          ::c10::detail::check_message(SCONCE_CHECK_TEXT(cond), ##__VA_ARGS__));                            \
    }                                                                                                       \
  } while (false)
#define TORCH_CHECK_INDEX(cond, ...) TORCH_CHECK_WITH(IndexError, cond, ##__VA_ARGS__)
#define TORCH_CHECK_VALUE(cond, ...) TORCH_CHECK_WITH(ValueError, cond, ##__VA_ARGS__)
#define TORCH_CHECK_TYPE(cond, ...) TORCH_CHECK_WITH(TypeError, cond, ##__VA_ARGS__)
#define TORCH_CHECK_NOT_IMPLEMENTED(cond, ...) TORCH_CHECK_WITH(NotImplementedError, cond, ##__VA_ARGS__)

#define TORCH_INTERNAL_ASSERT(cond, ...)                                                                    \
  do {                                                                                                      \
    if (C10_UNLIKELY(!(cond))) {                                                                            \
      ::c10::detail::assert_fail(                                                                           \
          __func__, __FILE__, static_cast<uint32_t>(__LINE__), #cond,                                       \
          ::c10::detail::check_message("", ##__VA_ARGS__));                                                 \
    }                                                                                                       \
  } while (false)
#ifdef NDEBUG
#define TORCH_INTERNAL_ASSERT_DEBUG_ONLY(...) \
  do {                                        \
  } while (false)
#else
#define TORCH_INTERNAL_ASSERT_DEBUG_ONLY(...) TORCH_INTERNAL_ASSERT(__VA_ARGS__)
#endif

#define TORCH_WARN(...) \
  ::c10::warn({__func__, __FILE__, static_cast<uint32_t>(__LINE__)}, ::c10::detail::check_message("", ##__VA_ARGS__))
#define TORCH_WARN_ONCE(...)                                                                                \
  do {                                                                                                      \
    [[maybe_unused]] static const bool C10_CONCATENATE(torch_warned_, __LINE__) = [&] {                     \
      TORCH_WARN(__VA_ARGS__);                                                                              \
      return true;                                                                                          \
    }();                                                                                                    \
  } while (false)
#define TORCH_WARN_DEPRECATION(...) TORCH_WARN(__VA_ARGS__)

#define AT_ERROR(...) \
  ::c10::detail::check_fail(__func__, __FILE__, static_cast<uint32_t>(__LINE__), ::c10::str(__VA_ARGS__))
#define AT_ASSERT(...) TORCH_INTERNAL_ASSERT(__VA_ARGS__)
#define AT_CHECK(...) TORCH_CHECK(__VA_ARGS__)
