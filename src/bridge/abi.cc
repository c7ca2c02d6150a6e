// `include/sconce/abi.h` over the bridge.
#include <sconce/abi.h>

#include <ATen/core/Tensor.h>

#include "failure.h"

namespace sconce {
inline namespace abi {

namespace {

template <class T>
T* pointer(size_t address) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(address));
}

template <class T>
const T* present(const T* handle) {
  TORCH_CHECK(handle != nullptr, "a null handle");
  return handle;
}

std::vector<Slot> slots() {
  return {};
}

} // namespace

// Tensors ------------------------------------------------------------------------------------------------------------

void tensor_retain(const TensorHandle* tensor) noexcept {
  bridge::tensor_retain(tensor);
}
void tensor_release(const TensorHandle* tensor) noexcept {
  bridge::tensor_release(tensor);
}
size_t tensor_use_count(const TensorHandle* tensor) noexcept {
  return bridge::tensor_use_count(tensor);
}
TensorMeta tensor_meta(const TensorHandle* tensor) {
  TensorMeta out{};
  check(bridge::tensor_meta(tensor, out));
  return out;
}
bool tensor_is(const TensorHandle* a, const TensorHandle* b) noexcept {
  return bridge::tensor_is(a, b);
}
bool tensor_shares_storage(const TensorHandle* a, const TensorHandle* b) noexcept {
  return bridge::tensor_shares_storage(a, b);
}
void tensor_set_requires_grad(const TensorHandle* tensor, bool requires_grad) {
  bridge::tensor_set_requires_grad(tensor, requires_grad);
}
std::string tensor_text(const TensorHandle* tensor, int64_t line_width) {
  rust::String out;
  check(bridge::tensor_text(tensor, line_width, out));
  return text(out);
}
TensorHandle* tensor_from_memory(
    void* data,
    const int64_t* sizes,
    const int64_t* strides,
    size_t dim,
    int64_t storage_offset,
    int8_t dtype,
    void (*release)(void*),
    void* context) {
  size_t out = 0;
  check(bridge::tensor_from_memory(
      reinterpret_cast<size_t>(data),
      rust::Slice<const int64_t>(sizes, dim),
      rust::Slice<const int64_t>(strides, strides == nullptr ? 0 : dim),
      storage_offset,
      dtype,
      reinterpret_cast<size_t>(release),
      reinterpret_cast<size_t>(context),
      out));
  return pointer<TensorHandle>(out);
}

// Operators ----------------------------------------------------------------------------------------------------------

void call(Op& op, const Slot* args, size_t num_args, Slot* results, size_t num_results) {
  const OpHandle* handle = op.handle.load(std::memory_order_acquire);
  if (handle == nullptr) {
    size_t found = 0;
    check(bridge::op_find(op.name, op.overload, found));
    // Two threads that look at once find the same operator.
    handle = pointer<OpHandle>(found);
    op.handle.store(handle, std::memory_order_release);
  }
  check(bridge::op_call(handle, slice(args, num_args), rust::Slice<Slot>(results, num_results)));
}

std::vector<Slot> call_by_name(std::string_view name, const Slot* args, size_t num_args) {
  auto out = slots();
  check(bridge::op_call_by_name(text(name), slice(args, num_args), out));
  return out;
}

std::vector<Slot> take_list(const Slot& list) {
  struct Release {
    const Slot& slot;
    ~Release() {
      slot_release(slot);
    }
  } release{list};
  return list_items(pointer<ValueHandle>(list.a));
}

// Values -------------------------------------------------------------------------------------------------------------

void value_retain(const ValueHandle* value) noexcept {
  bridge::value_retain(value);
}
void value_release(const ValueHandle* value) noexcept {
  bridge::value_release(value);
}
void slot_release(const Slot& slot) noexcept {
  bridge::slot_release(slot);
}
std::string slot_type(const Slot& slot) {
  rust::String out;
  check(bridge::slot_type(slot, out));
  return text(out);
}
std::string slot_text(const Slot& slot) {
  rust::String out;
  check(bridge::slot_text(slot, out));
  return text(out);
}
bool slot_equals(const Slot& a, const Slot& b) {
  bool out = false;
  check(bridge::slot_equals(a, b, out));
  return out;
}
bool slot_is(const Slot& a, const Slot& b) noexcept {
  return bridge::slot_is(a, b);
}
Slot slot_copy(const Slot& slot, bool deep) {
  Slot out;
  check(bridge::slot_copy(slot, deep, out));
  return out;
}

ValueHandle* list_new(std::string_view elem_type) {
  size_t out = 0;
  check(bridge::list_new(text(elem_type), out));
  return pointer<ValueHandle>(out);
}
std::string list_elem_type(const ValueHandle* list) {
  rust::String out;
  check(bridge::list_element_type(present(list), out));
  return text(out);
}
size_t list_size(const ValueHandle* list) {
  size_t out = 0;
  check(bridge::list_size(present(list), out));
  return out;
}
Slot list_get(const ValueHandle* list, size_t index) {
  Slot out;
  check(bridge::list_get(present(list), index, out));
  return out;
}
void list_set(const ValueHandle* list, size_t index, const Slot& value) {
  check(bridge::list_set(present(list), index, value));
}
void list_insert(const ValueHandle* list, size_t index, const Slot& value) {
  check(bridge::list_insert(present(list), index, value));
}
void list_erase(const ValueHandle* list, size_t begin, size_t end) {
  check(bridge::list_erase(present(list), begin, end));
}
std::vector<Slot> list_items(const ValueHandle* list) {
  auto out = slots();
  check(bridge::list_items(present(list), out));
  return out;
}

ValueHandle* dict_new(std::string_view key_type, std::string_view value_type) {
  size_t out = 0;
  check(bridge::dict_new(text(key_type), text(value_type), out));
  return pointer<ValueHandle>(out);
}
std::pair<std::string, std::string> dict_types(const ValueHandle* dict) {
  rust::String key;
  rust::String value;
  check(bridge::dict_types(present(dict), key, value));
  return {text(key), text(value)};
}
size_t dict_size(const ValueHandle* dict) {
  size_t out = 0;
  check(bridge::dict_size(present(dict), out));
  return out;
}
bool dict_get(const ValueHandle* dict, const Slot& key, Slot& value) {
  bool found = false;
  check(bridge::dict_get(present(dict), key, found, value));
  return found;
}
void dict_set(const ValueHandle* dict, const Slot& key, const Slot& value) {
  check(bridge::dict_set(present(dict), key, value));
}
bool dict_erase(const ValueHandle* dict, const Slot& key) {
  bool found = false;
  check(bridge::dict_erase(present(dict), key, found));
  return found;
}
void dict_clear(const ValueHandle* dict) {
  check(bridge::dict_clear(present(dict)));
}
std::vector<Slot> dict_items(const ValueHandle* dict) {
  auto out = slots();
  check(bridge::dict_items(present(dict), out));
  return out;
}

std::vector<Slot> tuple_items(const Slot& tuple) {
  auto out = slots();
  check(bridge::tuple_items(tuple, out));
  return out;
}
std::string enum_qualname(const ValueHandle* value) {
  rust::String class_name;
  rust::String name;
  Slot slot;
  check(bridge::enum_parts(present(value), class_name, name, slot));
  slot_release(slot);
  return text(class_name);
}
std::string enum_name(const ValueHandle* value) {
  rust::String class_name;
  rust::String name;
  Slot slot;
  check(bridge::enum_parts(present(value), class_name, name, slot));
  slot_release(slot);
  return text(name);
}
Slot enum_value(const ValueHandle* value) {
  rust::String class_name;
  rust::String name;
  Slot slot;
  check(bridge::enum_parts(present(value), class_name, name, slot));
  return slot;
}
Slot future_wait(const ValueHandle* future) {
  Slot out;
  check(bridge::future_wait(present(future), out));
  return out;
}

// Objects and modules ------------------------------------------------------------------------------------------------

std::string object_type_name(const ValueHandle* object) {
  rust::String out;
  check(bridge::object_type_name(present(object), out));
  return text(out);
}
bool object_get(const ValueHandle* object, std::string_view name, Slot& value) {
  bool found = false;
  check(bridge::object_get(present(object), text(name), found, value));
  return found;
}
void object_set(const ValueHandle* object, std::string_view name, const Slot& value) {
  check(bridge::object_set(present(object), text(name), value));
}
std::vector<NamedSlot> object_slots(const ValueHandle* object, SlotKind kind) {
  rust::Vec<rust::String> names;
  auto values = slots();
  check(bridge::object_slots(present(object), static_cast<uint8_t>(kind), names, values));
  std::vector<NamedSlot> out;
  for (size_t i = 0; i < values.size(); ++i) {
    out.push_back({text(names[i]), values[i]});
  }
  return out;
}
std::vector<std::string> object_methods(const ValueHandle* object) {
  rust::Vec<rust::String> names;
  check(bridge::object_methods(present(object), names));
  std::vector<std::string> out;
  for (const auto& name : names) {
    out.push_back(text(name));
  }
  return out;
}
MethodHandle* object_find_method(const ValueHandle* object, std::string_view name) {
  size_t out = 0;
  check(bridge::object_find_method(present(object), text(name), out));
  return pointer<MethodHandle>(out);
}
void object_register(
    const ValueHandle* object,
    std::string_view name,
    std::string_view type,
    SlotKind kind,
    const Slot& value) {
  check(bridge::object_register(present(object), text(name), text(type), static_cast<uint8_t>(kind), value));
}
void object_define(const ValueHandle* object, std::string_view source) {
  check(bridge::object_define(present(object), text(source)));
}

void method_retain(const MethodHandle* method) noexcept {
  bridge::method_retain(method);
}
void method_release(const MethodHandle* method) noexcept {
  bridge::method_release(method);
}
SchemaInfo method_schema(const MethodHandle* method) {
  bridge::Schema schema{};
  check(bridge::method_schema(present(method), schema));
  const auto rows = [](const rust::Vec<bridge::ArgumentRow>& from) {
    std::vector<ArgumentInfo> out;
    for (const auto& row : from) {
      out.push_back({text(row.name), text(row.type_text), row.has_default, row.kwarg_only, row.default_value});
    }
    return out;
  };
  return {text(schema.name), text(schema.overload), rows(schema.arguments), rows(schema.returns), text(schema.text)};
}
std::string method_graph(const MethodHandle* method, bool inlined) {
  rust::String out;
  check(bridge::method_graph(present(method), inlined, out));
  return text(out);
}
Slot method_run(
    const MethodHandle* method,
    const Slot* args,
    size_t num_args,
    const std::string_view* names,
    const Slot* kwargs,
    size_t num_kwargs) {
  std::vector<rust::Str> keys;
  for (size_t i = 0; i < num_kwargs; ++i) {
    keys.push_back(text(names[i]));
  }
  Slot out;
  check(bridge::method_run(
      present(method),
      slice(args, num_args),
      rust::Slice<const rust::Str>(keys.data(), keys.size()),
      slice(kwargs, num_kwargs),
      out));
  return out;
}

namespace {

template <class Load>
ValueHandle* load(std::vector<ExtraFile>& extra_files, const Load& read) {
  rust::Vec<bridge::ExtraRow> rows;
  for (const auto& file : extra_files) {
    rows.push_back(bridge::ExtraRow{rust::String(file.name), false, {}});
  }
  size_t out = 0;
  check(read(rows, out));
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].found) {
      extra_files[i].contents.assign(rows[i].contents.begin(), rows[i].contents.end());
    }
  }
  return pointer<ValueHandle>(out);
}

} // namespace

ValueHandle* module_load(std::string_view path, std::vector<ExtraFile>& extra_files) {
  return load(extra_files, [&](auto& rows, size_t& out) { return bridge::module_load(text(path), rows, out); });
}
ValueHandle* module_load_bytes(std::string bytes, std::vector<ExtraFile>& extra_files) {
  const rust::Slice<const uint8_t> view(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  return load(extra_files, [&](auto& rows, size_t& out) { return bridge::module_load_bytes(view, rows, out); });
}
ValueHandle* module_load_reader(
    void* context,
    int64_t (*size)(void*),
    int64_t (*read)(void*, uint64_t, void*, size_t),
    std::vector<ExtraFile>& extra_files) {
  return load(extra_files, [&](auto& rows, size_t& out) {
    return bridge::module_load_reader(
        reinterpret_cast<size_t>(context), reinterpret_cast<size_t>(size), reinterpret_cast<size_t>(read), rows, out);
  });
}
void set_print_handler(void (*print)(const char*, size_t)) {
  check(bridge::set_print_handler(reinterpret_cast<size_t>(print)));
}
std::vector<char> tensors_save(
    const std::string_view* names,
    const Slot* tensors,
    size_t count,
    std::string_view path) {
  std::vector<rust::Str> keys;
  for (size_t i = 0; i < count; ++i) {
    keys.push_back(text(names[i]));
  }
  rust::Vec<uint8_t> out;
  check(bridge::tensors_save(
      rust::Slice<const rust::Str>(keys.data(), keys.size()),
      slice(tensors, count),
      text(path),
      out));
  return std::vector<char>(out.begin(), out.end());
}
Slot pickle_load(const char* bytes, size_t count) {
  Slot out;
  check(bridge::pickle_load(rust::Slice<const uint8_t>(reinterpret_cast<const uint8_t*>(bytes), count), out));
  return out;
}
std::vector<char> pickle_save(const Slot& value) {
  rust::Vec<uint8_t> out;
  check(bridge::pickle_save(value, out));
  return std::vector<char>(out.begin(), out.end());
}
void module_train(const ValueHandle* module, bool on) {
  check(bridge::module_train(present(module), on));
}
void module_to(const ValueHandle* module, int8_t dtype) {
  check(bridge::module_to(present(module), dtype));
}
std::string module_dump(const ValueHandle* module, bool code, bool attributes, bool parameters) {
  rust::String out;
  check(bridge::module_dump(present(module), code, attributes, parameters, out));
  return text(out);
}
ValueHandle* module_clone(const ValueHandle* module) {
  size_t out = 0;
  check(bridge::module_clone(present(module), out));
  return pointer<ValueHandle>(out);
}

// Process-wide -------------------------------------------------------------------------------------------------------

void set_num_threads(int threads) {
  TORCH_CHECK(threads > 0, "Expected positive number of threads");
  bridge::set_num_threads(threads);
}
int get_num_threads() {
  return bridge::get_num_threads();
}
void manual_seed(uint64_t seed) {
  check(bridge::manual_seed(seed));
}

} // namespace abi
} // namespace sconce
