#include "failure.h"

#include <c10/util/Exception.h>
#include <torch/csrc/jit/api/object.h>
#include <torch/csrc/jit/frontend/error_report.h>
#include <torch/csrc/jit/runtime/jit_exception.h>

#include <cstdlib>
#include <cstring>

namespace sconce {

namespace {

/// `bridge::FailureInfo::kind`; see `failure_take`.
enum Kind : uint8_t { Internal, Archive, Syntax, Type, Unsupported, Runtime, Script, Limit, Usage, Io };

[[noreturn]] void raise(const bridge::FailureInfo& info) {
  const std::string whole = text(info.text);
  const std::string message = text(info.message);
  if (info.kind == Kind::Script) {
    throw torch::jit::JITException(
        whole, info.has_class ? std::optional<std::string>(text(info.class_name)) : std::nullopt, message);
  }
  if (info.in_script) {
    if (info.kind == Kind::Unsupported) {
      throw c10::NotImplementedError(whole);
    }
    throw std::runtime_error(whole);
  }
  switch (info.kind) {
    case Kind::Syntax:
    case Kind::Type:
      throw torch::jit::ErrorReport(whole);
    case Kind::Unsupported:
      throw c10::NotImplementedError(whole);
    case Kind::Limit:
      throw c10::OutOfMemoryError(whole);
    default:
      throw c10::Error(whole);
  }
}

} // namespace

void check(bridge::Failure* failure) {
  if (failure != nullptr) {
    raise(bridge::failure_take(failure));
  }
}

} // namespace sconce

namespace c10 {

Error::Error(SourceLocation source_location, std::string msg)
    : Error(std::move(msg), c10::str("Exception raised from ", source_location)) {}

Error::Error(std::string msg, std::string backtrace, const void* caller)
    : msg_(std::move(msg)), backtrace_(std::move(backtrace)), caller_(caller) {
  refresh();
}

Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;

void Error::add_context(std::string line) {
  context_.push_back(std::move(line));
  refresh();
}

void Error::refresh() {
  what_without_backtrace_ = msg_;
  if (context_.size() == 1) {
    what_without_backtrace_ += " (" + context_[0] + ")";
  } else {
    for (const auto& line : context_) {
      what_without_backtrace_ += "\n  " + line;
    }
  }
  what_ = what_without_backtrace_;
  if (!backtrace_.empty()) {
    what_ += "\n" + backtrace_;
  }
}

void warn(SourceLocation at, const std::string& message) {
  const char* slash = std::strrchr(at.file, '/');
  std::cerr << "[W " << (slash == nullptr ? at.file : slash + 1) << ":" << at.line << "] Warning: " << message
            << " (function " << at.function << ")\n";
}

namespace detail {

void check_fail(const char* function, const char* file, uint32_t line, const std::string& message) {
  throw Error({function, file, line}, message);
}

void assert_fail(
    const char* function,
    const char* file,
    uint32_t line,
    const char* condition,
    const std::string& message) {
  throw Error(
      {function, file, line},
      c10::str(
          condition, " INTERNAL ASSERT FAILED at \"", file, "\":", line, ", please report a bug to PyTorch. ", message));
}

} // namespace detail

} // namespace c10

namespace torch::jit {

JITException::JITException(
    const std::string& what,
    std::optional<std::string> python_class_name,
    std::optional<std::string> original_msg)
    : std::runtime_error(what),
      python_class_name_(std::move(python_class_name)),
      original_msg_(std::move(original_msg)) {}
JITException::JITException(const JITException&) = default;
JITException::~JITException() = default;

ErrorReport::ErrorReport(std::string what) : what_(std::move(what)) {}
ErrorReport::ErrorReport(const ErrorReport&) = default;
ErrorReport::~ErrorReport() = default;

ObjectAttributeError::ObjectAttributeError(const std::string& what) : std::runtime_error(what) {}
ObjectAttributeError::ObjectAttributeError(const ObjectAttributeError&) = default;
ObjectAttributeError::~ObjectAttributeError() = default;

} // namespace torch::jit
