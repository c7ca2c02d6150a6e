#pragma once

/// `torch::jit::Module`: a loaded model.

#include <functional>
#include <ostream>
#include <string>
#include <unordered_map>
#include <vector>

#include <torch/csrc/jit/api/object.h>
#include <torch/types.h>

namespace torch::jit {

// The old name of everything here.
namespace script = ::torch::jit;

using ExtraFilesMap = std::unordered_map<std::string, std::string>;

template <class T>
struct Named {
  std::string name;
  T value;
};
class Module;
using NameModule = Named<Module>;
using NameValue = Named<IValue>;
using NameTensor = Named<at::Tensor>;

/// What `parameters()`, `named_children()`, … return: a list, read when it was asked for.
template <class T>
class slot_list_impl {
 public:
  using value_type = T;
  using iterator = typename std::vector<T>::const_iterator;
  using const_iterator = iterator;

  explicit slot_list_impl(std::vector<T> items) : items_(std::move(items)) {}
  iterator begin() const {
    return items_.begin();
  }
  iterator end() const {
    return items_.end();
  }
  size_t size() const {
    return items_.size();
  }
  const T& operator[](size_t index) const {
    return items_[index];
  }

 private:
  std::vector<T> items_;
};
using parameter_list = slot_list_impl<at::Tensor>;
using named_parameter_list = slot_list_impl<NameTensor>;
using buffer_list = slot_list_impl<at::Tensor>;
using named_buffer_list = slot_list_impl<NameTensor>;
using attribute_list = slot_list_impl<IValue>;
using named_attribute_list = slot_list_impl<NameValue>;
using module_list = slot_list_impl<Module>;
using named_module_list = slot_list_impl<NameModule>;

/// Copies refer to the same module: parameters and attributes are shared.
class SCONCE_API Module : public Object {
 public:
  Module() = default;
  Module(ModulePtr module) : Object(std::move(module)) {}
  explicit Module(const Object& object) : Object(object) {}
  Module(const Module&) = default;
  Module(Module&&) noexcept = default;
  Module& operator=(const Module&) = default;
  Module& operator=(Module&&) noexcept = default;
  ~Module() = default;

  IValue forward(std::vector<IValue> inputs, const Kwargs& kwargs = Kwargs()) {
    return get_method("forward")(std::move(inputs), kwargs);
  }
  IValue operator()(std::vector<IValue> inputs) {
    return forward(std::move(inputs));
  }

  parameter_list parameters(bool recurse = true) const;
  named_parameter_list named_parameters(bool recurse = true) const;
  buffer_list buffers(bool recurse = true) const;
  named_buffer_list named_buffers(bool recurse = true) const;
  attribute_list attributes(bool recurse = true) const;
  named_attribute_list named_attributes(bool recurse = true) const;
  module_list children() const;
  named_module_list named_children() const;
  module_list modules() const;
  named_module_list named_modules() const;

  /// Sets `training` here and in all submodules.
  void train(bool on = true);
  void eval() {
    train(false);
  }
  bool is_training() const {
    return attr("training", true).toBool();
  }
  /// Converts parameters and buffers in place; the dtype of floating-point ones only. The CPU is the only device.
  void to(at::Device device, at::ScalarType dtype, bool non_blocking = false);
  void to(at::ScalarType dtype, bool non_blocking = false);
  void to(at::Device device, bool non_blocking = false);
  void cuda() {
    to(at::Device(at::kCUDA));
  }
  void cpu() {
    to(at::Device(at::kCPU));
  }

  void register_parameter(const std::string& name, at::Tensor value, bool is_buffer);
  void register_buffer(const std::string& name, at::Tensor value) {
    register_parameter(name, std::move(value), true);
  }
  void register_attribute(
      const std::string& name,
      const c10::TypePtr& type,
      IValue value,
      bool is_param = false,
      bool is_buffer = false);
  void register_module(const std::string& name, const Module& module);
  void apply(const std::function<void(Module&)>& fn);

  /// A new module of the same attributes.
  Module copy() const;
  Module deepcopy(std::optional<at::Device> device = std::nullopt) const;
  Module clone(bool inplace = false) const;

  void dump(bool print_method_bodies, bool print_attr_values, bool print_param_values) const;
  std::string dump_to_str(bool print_method_bodies, bool print_attr_values, bool print_param_values) const;
  void set_optimized(bool) {}
  bool is_optimized() const {
    return true;
  }
};

/// Sconce needs no freezing to run at full speed; the result is a module whose attributes are its own.
SCONCE_API Module freeze(
    const Module& module,
    const std::optional<std::vector<std::string>>& preserved_attrs = std::nullopt,
    bool optimize_numerics = true);
SCONCE_API Module optimize_for_inference(Module& module, const std::vector<std::string>& other_methods = {});

} // namespace torch::jit
