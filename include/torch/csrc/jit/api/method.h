#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

namespace torch::jit {

using c10::Argument;
using c10::FunctionSchema;
using c10::IValue;
using c10::QualifiedName;
using Stack = std::vector<c10::IValue>;
using Kwargs = std::unordered_map<std::string, c10::IValue>;
using ObjectPtr = c10::intrusive_ptr<c10::ivalue::Object>;
using ModulePtr = ObjectPtr;

/// The graph of a method, for printing.
struct SCONCE_API Graph {
  std::string text;
  std::string toString(bool /*print_source_locations*/ = true) const {
    return text;
  }
  void dump() const;
  friend std::ostream& operator<<(std::ostream& out, const Graph& graph) {
    return out << graph.text;
  }
};

/// A method bound to its object.
struct SCONCE_API Method {
  /// Takes over what the runtime gave.
  Method(ObjectPtr owner, ::sconce::MethodHandle* owned, std::string name);
  Method(const Method& other);
  Method(Method&& other) noexcept;
  Method& operator=(Method other) noexcept;
  ~Method();

  /// Checks the arguments against the schema, fills in defaults, runs.
  IValue operator()(std::vector<IValue> inputs, const Kwargs& kwargs = Kwargs()) const;
  /// Runs on the arguments in `stack` and leaves the result there.
  void run(Stack& stack) const;
  void run(Stack&& stack) const {
    run(stack);
  }
  const std::string& name() const {
    return name_;
  }
  size_t num_inputs() const;
  FunctionSchema getSchema() const;
  std::shared_ptr<Graph> graph() const;
  ObjectPtr raw_owner() const {
    return owner_;
  }
  /// Functions and methods are one in Sconce: `method.function().getSchema()` reads as in LibTorch.
  const Method& function() const {
    return *this;
  }
  QualifiedName qualname() const;

 private:
  ObjectPtr owner_;
  ::sconce::MethodHandle* handle_;
  std::string name_;
};

} // namespace torch::jit
