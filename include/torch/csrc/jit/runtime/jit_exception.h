#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include <c10/macros/Export.h>

namespace torch::jit {

/// An exception that a script raised. `what()` is the traceback and `class: message`.
struct SCONCE_API JITException : public std::runtime_error {
  explicit JITException(
      const std::string& what,
      std::optional<std::string> python_class_name = std::nullopt,
      std::optional<std::string> original_msg = std::nullopt);
  JITException(const JITException&);
  ~JITException() override;

  /// The qualified name of the class: `builtins.ValueError`.
  std::optional<std::string> getPythonClassName() const {
    return python_class_name_;
  }
  /// The message as the script gave it.
  std::optional<std::string> getOriginalMsg() const {
    return original_msg_;
  }

 private:
  std::optional<std::string> python_class_name_;
  std::optional<std::string> original_msg_;
};

} // namespace torch::jit
