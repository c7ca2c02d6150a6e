#pragma once

/// What a function takes and returns.

#include <ostream>
#include <string>
#include <vector>

#include <ATen/core/ivalue.h>

namespace c10 {

struct SCONCE_API Argument {
  Argument(
      std::string name,
      TypePtr type,
      std::optional<IValue> default_value = std::nullopt,
      bool kwarg_only = false)
      : name_(std::move(name)),
        type_(std::move(type)),
        default_value_(std::move(default_value)),
        kwarg_only_(kwarg_only) {}
  const std::string& name() const {
    return name_;
  }
  const TypePtr& type() const {
    return type_;
  }
  const std::optional<IValue>& default_value() const {
    return default_value_;
  }
  bool kwarg_only() const {
    return kwarg_only_;
  }

 private:
  std::string name_;
  TypePtr type_;
  std::optional<IValue> default_value_;
  bool kwarg_only_;
};

struct SCONCE_API FunctionSchema {
  /// Takes over what the runtime gave.
  explicit FunctionSchema(::sconce::SchemaInfo info);
  const std::string& name() const {
    return name_;
  }
  const std::string& overload_name() const {
    return overload_name_;
  }
  const std::vector<Argument>& arguments() const {
    return arguments_;
  }
  const std::vector<Argument>& returns() const {
    return returns_;
  }
  friend std::ostream& operator<<(std::ostream& out, const FunctionSchema& schema) {
    return out << schema.text_;
  }

 private:
  std::string name_;
  std::string overload_name_;
  std::vector<Argument> arguments_;
  std::vector<Argument> returns_;
  std::string text_;
};

} // namespace c10

namespace at {
using c10::Argument;
using c10::FunctionSchema;
} // namespace at
