#pragma once

#include <exception>
#include <string>

#include <c10/macros/Export.h>

namespace torch::jit {

/// Source text that does not compile. `what()` is the message and the lines it is about.
struct SCONCE_API ErrorReport : public std::exception {
  explicit ErrorReport(std::string what);
  ErrorReport(const ErrorReport&);
  ~ErrorReport() override;
  const char* what() const noexcept override {
    return what_.c_str();
  }

 private:
  std::string what_;
};

} // namespace torch::jit
