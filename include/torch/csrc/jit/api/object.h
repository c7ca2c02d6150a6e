#pragma once

#include <optional>
#include <string>
#include <vector>

#include <torch/csrc/jit/api/method.h>

namespace torch::jit {

/// Thrown when an attribute is not there.
struct SCONCE_API ObjectAttributeError : public std::runtime_error {
  explicit ObjectAttributeError(const std::string& what);
  ObjectAttributeError(const ObjectAttributeError&);
  ~ObjectAttributeError() override;
};

/// An instance of a TorchScript class. Copies refer to the same instance.
struct SCONCE_API Object {
  Object() = default;
  Object(ObjectPtr object) : object_(std::move(object)) {}

  ObjectPtr _ivalue() const {
    TORCH_INTERNAL_ASSERT(object_ != nullptr);
    return object_;
  }
  c10::TypePtr type() const {
    return _ivalue()->type();
  }
  c10::IValue attr(const std::string& name) const;
  c10::IValue attr(const std::string& name, c10::IValue or_else) const;
  bool hasattr(const std::string& name) const;
  void setattr(const std::string& name, c10::IValue value) const;
  /// An error when there is no such method.
  Method get_method(const std::string& name) const;
  std::optional<Method> find_method(const std::string& name) const;
  std::vector<Method> get_methods() const;
  template <class... Args>
  IValue run_method(const std::string& name, Args&&... args) const {
    return get_method(name)(std::vector<IValue>{IValue(std::forward<Args>(args))...});
  }
  /// Compiles methods from source text and adds them to the class.
  void define(const std::string& source) const;
  size_t num_slots() const;
  Object copy() const;
  Object deepcopy() const;
  friend bool operator==(const Object& a, const Object& b) {
    return a.object_ == b.object_ ||
        (a.object_ && b.object_ && IValue(a.object_).is(IValue(b.object_)));
  }
  friend bool operator!=(const Object& a, const Object& b) {
    return !(a == b);
  }

 protected:
  ObjectPtr object_;
};

} // namespace torch::jit
