// Modules: what their headers only declare.
#include <torch/script.h>

#include <exception>
#include <iostream>
#include <iterator>
#include <unordered_set>

#include "failure.h"

namespace torch::jit {

using ::sconce::SlotKind;

// Methods ------------------------------------------------------------------------------------------------------------

Method::Method(ObjectPtr owner, ::sconce::MethodHandle* owned, std::string name)
    : owner_(std::move(owner)), handle_(owned), name_(std::move(name)) {}
Method::Method(const Method& other) : owner_(other.owner_), handle_(other.handle_), name_(other.name_) {
  if (handle_ != nullptr) {
    ::sconce::method_retain(handle_);
  }
}
Method::Method(Method&& other) noexcept
    : owner_(std::move(other.owner_)), handle_(std::exchange(other.handle_, nullptr)), name_(std::move(other.name_)) {}
Method& Method::operator=(Method other) noexcept {
  std::swap(owner_, other.owner_);
  std::swap(handle_, other.handle_);
  std::swap(name_, other.name_);
  return *this;
}
Method::~Method() {
  if (handle_ != nullptr) {
    ::sconce::method_release(handle_);
  }
}

IValue Method::operator()(std::vector<IValue> inputs, const Kwargs& kwargs) const {
  std::deque<std::vector<::sconce::Slot>> arena;
  std::vector<::sconce::Slot> args;
  args.reserve(inputs.size());
  for (const IValue& input : inputs) {
    args.push_back(c10::SlotView::make(input, arena));
  }
  std::vector<std::string_view> names;
  std::vector<::sconce::Slot> named;
  for (const auto& [name, value] : kwargs) {
    names.push_back(name);
    named.push_back(c10::SlotView::make(value, arena));
  }
  return IValue::take(
      ::sconce::method_run(handle_, args.data(), args.size(), names.data(), named.data(), named.size()));
}

void Method::run(Stack& stack) const {
  IValue result = (*this)(std::move(stack));
  stack.clear();
  stack.push_back(std::move(result));
}

size_t Method::num_inputs() const {
  return getSchema().arguments().size();
}
FunctionSchema Method::getSchema() const {
  return FunctionSchema(::sconce::method_schema(handle_));
}
std::shared_ptr<Graph> Method::graph() const {
  return std::make_shared<Graph>(Graph{::sconce::method_graph(handle_, false)});
}
QualifiedName Method::qualname() const {
  return QualifiedName(owner_->name() + "." + name_);
}
void Graph::dump() const {
  std::cout << text << "\n";
}

// Objects ------------------------------------------------------------------------------------------------------------

IValue Object::attr(const std::string& name) const {
  ::sconce::Slot out;
  if (!::sconce::object_get(_ivalue()->handle(), name, out)) {
    throw ObjectAttributeError(_ivalue()->name() + " does not have a field with name '" + name + "'");
  }
  return IValue::take(out);
}
IValue Object::attr(const std::string& name, IValue or_else) const {
  ::sconce::Slot out;
  return ::sconce::object_get(_ivalue()->handle(), name, out) ? IValue::take(out) : or_else;
}
bool Object::hasattr(const std::string& name) const {
  ::sconce::Slot out;
  const bool found = ::sconce::object_get(_ivalue()->handle(), name, out);
  ::sconce::slot_release(out);
  return found;
}
void Object::setattr(const std::string& name, IValue value) const {
  ::sconce::object_set(_ivalue()->handle(), name, c10::SlotView(value).slot());
}
std::optional<Method> Object::find_method(const std::string& name) const {
  auto* method = ::sconce::object_find_method(_ivalue()->handle(), name);
  return method == nullptr ? std::nullopt : std::optional<Method>(Method(_ivalue(), method, name));
}
Method Object::get_method(const std::string& name) const {
  if (auto method = find_method(name)) {
    return *std::move(method);
  }
  TORCH_CHECK(false, "Method '", name, "' is not defined.");
}
std::vector<Method> Object::get_methods() const {
  std::vector<Method> out;
  for (const auto& name : ::sconce::object_methods(_ivalue()->handle())) {
    out.push_back(get_method(name));
  }
  return out;
}
void Object::define(const std::string& source) const {
  ::sconce::object_define(_ivalue()->handle(), source);
}
size_t Object::num_slots() const {
  return ::sconce::object_slots(_ivalue()->handle(), SlotKind::Attribute).size() +
      ::sconce::object_slots(_ivalue()->handle(), SlotKind::Module).size();
}
Object Object::copy() const {
  return Object(IValue(_ivalue()).copy().toObject());
}
Object Object::deepcopy() const {
  return Object(IValue(_ivalue()).deepcopy().toObject());
}

// Modules ------------------------------------------------------------------------------------------------------------

namespace {

/// Own values of one kind, with their names behind `prefix`.
std::vector<NameValue> own_slots(const Module& module, SlotKind kind, const std::string& prefix) {
  auto slots = ::sconce::object_slots(module._ivalue()->handle(), kind);
  std::vector<NameValue> out;
  for (auto& slot : slots) {
    out.push_back({prefix + slot.name, IValue::take(slot.value)});
  }
  return out;
}

/// Values of one kind here and, where asked for, in all submodules: a module before its children.
void collect(
    const Module& module,
    SlotKind kind,
    bool recurse,
    const std::string& prefix,
    std::vector<NameValue>& out) {
  for (auto& slot : own_slots(module, kind, prefix)) {
    out.push_back(std::move(slot));
  }
  if (recurse) {
    for (auto& child : own_slots(module, SlotKind::Module, prefix)) {
      collect(child.value.toModule(), kind, recurse, child.name + ".", out);
    }
  }
}

std::vector<NameTensor> tensors(const Module& module, SlotKind kind, bool recurse) {
  std::vector<NameValue> values;
  collect(module, kind, recurse, "", values);
  std::vector<NameTensor> out;
  for (auto& value : values) {
    // An optional parameter that is None is no parameter.
    if (value.value.isTensor()) {
      out.push_back({std::move(value.name), std::move(value.value).toTensor()});
    }
  }
  return out;
}

void collect_modules(const Module& module, const std::string& name, std::vector<NameModule>& out) {
  out.push_back({name, module});
  for (auto& child : own_slots(module, SlotKind::Module, name.empty() ? "" : name + ".")) {
    collect_modules(child.value.toModule(), child.name, out);
  }
}

template <class T>
std::vector<T> values_of(std::vector<Named<T>> named) {
  std::vector<T> out;
  for (auto& item : named) {
    out.push_back(std::move(item.value));
  }
  return out;
}

} // namespace

named_parameter_list Module::named_parameters(bool recurse) const {
  return named_parameter_list(tensors(*this, SlotKind::Parameter, recurse));
}
parameter_list Module::parameters(bool recurse) const {
  return parameter_list(values_of(tensors(*this, SlotKind::Parameter, recurse)));
}
named_buffer_list Module::named_buffers(bool recurse) const {
  return named_buffer_list(tensors(*this, SlotKind::Buffer, recurse));
}
buffer_list Module::buffers(bool recurse) const {
  return buffer_list(values_of(tensors(*this, SlotKind::Buffer, recurse)));
}
named_attribute_list Module::named_attributes(bool recurse) const {
  std::vector<NameValue> out;
  collect(*this, SlotKind::Attribute, recurse, "", out);
  return named_attribute_list(std::move(out));
}
attribute_list Module::attributes(bool recurse) const {
  std::vector<NameValue> out;
  collect(*this, SlotKind::Attribute, recurse, "", out);
  return attribute_list(values_of(std::move(out)));
}
named_module_list Module::named_children() const {
  std::vector<NameModule> out;
  for (auto& child : own_slots(*this, SlotKind::Module, "")) {
    out.push_back({std::move(child.name), child.value.toModule()});
  }
  return named_module_list(std::move(out));
}
module_list Module::children() const {
  std::vector<Module> out;
  for (auto& child : own_slots(*this, SlotKind::Module, "")) {
    out.push_back(child.value.toModule());
  }
  return module_list(std::move(out));
}
named_module_list Module::named_modules() const {
  std::vector<NameModule> out;
  collect_modules(*this, "", out);
  return named_module_list(std::move(out));
}
module_list Module::modules() const {
  std::vector<NameModule> out;
  collect_modules(*this, "", out);
  return module_list(values_of(std::move(out)));
}

void Module::train(bool on) {
  ::sconce::module_train(_ivalue()->handle(), on);
}

void Module::to(at::Device device, at::ScalarType dtype, bool) {
  TORCH_CHECK(device.is_cpu(), "cannot move a module to device ", device, ": there is only the CPU");
  to(dtype);
}
void Module::to(at::Device device, bool) {
  TORCH_CHECK(device.is_cpu(), "cannot move a module to device ", device, ": there is only the CPU");
}
void Module::to(at::ScalarType dtype, bool) {
  ::sconce::module_to(_ivalue()->handle(), static_cast<int8_t>(dtype));
}

void Module::register_parameter(const std::string& name, at::Tensor value, bool is_buffer) {
  const IValue held(std::move(value));
  const auto kind = is_buffer ? SlotKind::Buffer : SlotKind::Parameter;
  ::sconce::object_register(_ivalue()->handle(), name, "Tensor", kind, c10::SlotView(held).slot());
}
void Module::register_attribute(
    const std::string& name,
    const c10::TypePtr& type,
    IValue value,
    bool is_param,
    bool is_buffer) {
  const auto kind = is_param ? SlotKind::Parameter : is_buffer ? SlotKind::Buffer : SlotKind::Attribute;
  ::sconce::object_register(_ivalue()->handle(), name, type->str(), kind, c10::SlotView(value).slot());
}
void Module::register_module(const std::string& name, const Module& module) {
  const IValue held(module._ivalue());
  // An empty type: that of the value.
  ::sconce::object_register(_ivalue()->handle(), name, "", SlotKind::Module, c10::SlotView(held).slot());
}
void Module::apply(const std::function<void(Module&)>& fn) {
  for (auto child : children()) {
    child.apply(fn);
  }
  fn(*this);
}

Module Module::copy() const {
  return Module(Object::copy());
}
Module Module::deepcopy(std::optional<at::Device> device) const {
  return Module(IValue(_ivalue()).deepcopy(device).toObject());
}
Module Module::clone(bool) const {
  return Module(c10::make_intrusive<c10::ivalue::Object>(::sconce::module_clone(_ivalue()->handle())));
}

std::string Module::dump_to_str(bool print_method_bodies, bool print_attr_values, bool print_param_values) const {
  return ::sconce::module_dump(_ivalue()->handle(), print_method_bodies, print_attr_values, print_param_values);
}
void Module::dump(bool print_method_bodies, bool print_attr_values, bool print_param_values) const {
  std::cout << dump_to_str(print_method_bodies, print_attr_values, print_param_values) << std::endl;
}

Module freeze(const Module& module, const std::optional<std::vector<std::string>>&, bool) {
  TORCH_CHECK(
      !module.hasattr("training") || !module.is_training(),
      "Freezing is currently only implemented for modules in eval mode. Please call .eval() before freezing");
  return module.clone();
}
Module optimize_for_inference(Module& module, const std::vector<std::string>&) {
  if (module.hasattr("training") && module.is_training()) {
    return freeze(module);
  }
  return module;
}

// Loading ------------------------------------------------------------------------------------------------------------

namespace {

template <class Read>
Module load_with(std::optional<c10::Device> device, ExtraFilesMap& extra_files, const Read& read) {
  TORCH_CHECK(
      !device || device->is_cpu(), "cannot load a module to device ", *device, ": there is only the CPU");
  std::vector<::sconce::ExtraFile> extra;
  for (const auto& [name, contents] : extra_files) {
    extra.push_back({name, contents});
  }
  auto* module = read(extra);
  for (auto& file : extra) {
    extra_files[file.name] = std::move(file.contents);
  }
  return Module(c10::make_intrusive<c10::ivalue::Object>(module));
}

} // namespace

Module load(const std::string& filename, std::optional<c10::Device> device, ExtraFilesMap& extra_files, bool) {
  return load_with(device, extra_files, [&](auto& extra) { return ::sconce::module_load(filename, extra); });
}

Module load(std::istream& in, std::optional<c10::Device> device, ExtraFilesMap& extra_files, bool) {
  in.clear();
  in.seekg(0);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  TORCH_CHECK(!in.bad(), "istream reader failed: cannot read the stream");
  return load_with(
      device, extra_files, [&](auto& extra) { return ::sconce::module_load_bytes(std::move(bytes), extra); });
}

Module load(
    std::shared_ptr<ReadAdapterInterface> adapter,
    std::optional<c10::Device> device,
    ExtraFilesMap& extra_files,
    bool) {
  TORCH_CHECK(adapter != nullptr, "load: the adapter is null");
  // What the adapter throws must not pass through Rust: it is kept, and thrown again here.
  struct Context {
    const ReadAdapterInterface& adapter;
    std::exception_ptr thrown;
  } context{*adapter, nullptr};
  const auto size = [](void* self) -> int64_t {
    auto& context = *static_cast<Context*>(self);
    try {
      return static_cast<int64_t>(context.adapter.size());
    } catch (...) {
      context.thrown = std::current_exception();
      return -1;
    }
  };
  const auto read = [](void* self, uint64_t offset, void* buffer, size_t count) -> int64_t {
    auto& context = *static_cast<Context*>(self);
    try {
      return static_cast<int64_t>(context.adapter.read(offset, buffer, count, "the archive"));
    } catch (...) {
      context.thrown = std::current_exception();
      return -1;
    }
  };
  try {
    return load_with(
        device, extra_files, [&](auto& extra) { return ::sconce::module_load_reader(&context, size, read, extra); });
  } catch (...) {
    if (context.thrown) {
      std::rethrow_exception(context.thrown);
    }
    throw;
  }
}

Module load(const std::string& filename, std::optional<c10::Device> device, bool load_debug_files) {
  ExtraFilesMap none;
  return load(filename, device, none, load_debug_files);
}
Module load(std::istream& in, std::optional<c10::Device> device, bool load_debug_files) {
  ExtraFilesMap none;
  return load(in, device, none, load_debug_files);
}
Module load(std::shared_ptr<ReadAdapterInterface> adapter, std::optional<c10::Device> device, bool load_debug_files) {
  ExtraFilesMap none;
  return load(std::move(adapter), device, none, load_debug_files);
}

std::vector<char> pickle_save(const IValue& value) {
  return ::sconce::pickle_save(c10::SlotView(value).slot());
}
IValue pickle_load(const std::vector<char>& data) {
  return IValue::take(::sconce::pickle_load(data.data(), data.size()));
}

} // namespace torch::jit

namespace caffe2::serialize {
ReadAdapterInterface::~ReadAdapterInterface() = default;
} // namespace caffe2::serialize
