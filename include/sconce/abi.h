#pragma once

/// What the headers need from the compiled library: a few dozen functions over plain words.
///
/// Not for applications. Values cross as `Slot`s. A slot that goes into the library borrows what it points to for the
/// duration of the call; a slot that comes out owns it. Everything throws `c10::Error`, `std::runtime_error` or
/// `torch::jit::JITException` unless it is `noexcept`.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <c10/macros/Export.h>

namespace sconce {

// A namespace of its own keeps the names that the library exports apart from those of the Rust crate `sconce`.
inline namespace abi {

/// A tensor of the runtime, shared and counted there.
struct TensorHandle;
/// Any other value of the runtime that is passed by reference: a list, a dict, an object, a future, …
struct ValueHandle;
/// A method of a module, compiled.
struct MethodHandle;
/// An operator, found in the table.
struct OpHandle;

enum class Tag : uint64_t {
  None = 0,
  /// a: TensorHandle*, null when undefined
  Tensor = 1,
  /// a: bits
  Double = 2,
  /// a, b: bits of the real and the imaginary part
  Complex = 3,
  Int = 4,
  Bool = 5,
  /// a: const char*, b: length
  String = 6,
  /// a: const Slot*, b: length
  Tuple = 7,
  /// a: DeviceType, b: index
  Device = 8,
  /// a: ValueHandle*
  List = 9,
  Dict = 10,
  Object = 11,
  Future = 12,
  Enum = 13,
  Generator = 14,
  Capsule = 15,
  Opaque = 16,
  // Borrowed only. a: pointer to the elements, b: length.
  IntList = 32,
  DoubleList = 33,
  BoolList = 34,
  /// Elements are TensorHandle*.
  TensorList = 35,
  /// Elements are TensorHandle*, null for None.
  OptionalTensorList = 36,
  /// Elements are Slots.
  ScalarList = 37,
};

struct Slot {
  Tag tag = Tag::None;
  uint64_t a = 0;
  uint64_t b = 0;
};

/// A tensor's layout. The pointers stay valid until the tensor's metadata is changed or its last handle goes.
struct TensorMeta {
  const int64_t* sizes;
  const int64_t* strides;
  size_t dim;
  int64_t numel;
  int64_t storage_offset;
  /// Bytes of the whole storage.
  size_t storage_nbytes;
  /// Null for tensors without data.
  void* data;
  int8_t dtype;
  int8_t device_type;
  int8_t device_index;
  int8_t layout;
  bool requires_grad;
};

// Tensors ------------------------------------------------------------------------------------------------------------
SCONCE_API void tensor_retain(const TensorHandle* tensor) noexcept;
SCONCE_API void tensor_release(const TensorHandle* tensor) noexcept;
SCONCE_API size_t tensor_use_count(const TensorHandle* tensor) noexcept;
SCONCE_API TensorMeta tensor_meta(const TensorHandle* tensor);
/// Whether both are the same tensor, not equal ones.
SCONCE_API bool tensor_is(const TensorHandle* a, const TensorHandle* b) noexcept;
SCONCE_API bool tensor_shares_storage(const TensorHandle* a, const TensorHandle* b) noexcept;
SCONCE_API void tensor_set_requires_grad(const TensorHandle* tensor, bool requires_grad);
/// The text that `operator<<` prints.
SCONCE_API std::string tensor_text(const TensorHandle* tensor, int64_t line_width);
/// A tensor over the caller's memory; `release(context)` is called when nothing refers to it any more.
SCONCE_API TensorHandle* tensor_from_memory(
    void* data,
    const int64_t* sizes,
    const int64_t* strides,
    size_t dim,
    int64_t storage_offset,
    int8_t dtype,
    void (*release)(void*),
    void* context);

// Operators ----------------------------------------------------------------------------------------------------------
/// One overload, found on its first call.
struct Op {
  const char* name;
  const char* overload;
  std::atomic<const OpHandle*> handle{nullptr};

  constexpr Op(const char* op_name, const char* op_overload) : name(op_name), overload(op_overload) {}
};

/// Runs an operator on positional arguments. `results` must have room for all of them, or be null to drop them.
SCONCE_API void call(Op& op, const Slot* args, size_t num_args, Slot* results, size_t num_results);
/// `ns::name.overload` looked up by name, defaults filled in.
SCONCE_API std::vector<Slot> call_by_name(std::string_view name, const Slot* args, size_t num_args);

// Values -------------------------------------------------------------------------------------------------------------
SCONCE_API void value_retain(const ValueHandle* value) noexcept;
SCONCE_API void value_release(const ValueHandle* value) noexcept;
/// Gives up what an owned slot owns.
SCONCE_API void slot_release(const Slot& slot) noexcept;
/// The type in annotation form: `List[Tensor]`, `Dict[str, int]`, `__torch__.Net`.
SCONCE_API std::string slot_type(const Slot& slot);
/// The text that `operator<<` prints.
SCONCE_API std::string slot_text(const Slot& slot);
SCONCE_API bool slot_equals(const Slot& a, const Slot& b);
SCONCE_API bool slot_is(const Slot& a, const Slot& b) noexcept;
SCONCE_API Slot slot_copy(const Slot& slot, bool deep);

SCONCE_API ValueHandle* list_new(std::string_view elem_type);
SCONCE_API std::string list_elem_type(const ValueHandle* list);
SCONCE_API size_t list_size(const ValueHandle* list);
SCONCE_API Slot list_get(const ValueHandle* list, size_t index);
SCONCE_API void list_set(const ValueHandle* list, size_t index, const Slot& value);
SCONCE_API void list_insert(const ValueHandle* list, size_t index, const Slot& value);
SCONCE_API void list_erase(const ValueHandle* list, size_t begin, size_t end);
SCONCE_API std::vector<Slot> list_items(const ValueHandle* list);

SCONCE_API ValueHandle* dict_new(std::string_view key_type, std::string_view value_type);
SCONCE_API std::pair<std::string, std::string> dict_types(const ValueHandle* dict);
SCONCE_API size_t dict_size(const ValueHandle* dict);
/// False when the key is absent.
SCONCE_API bool dict_get(const ValueHandle* dict, const Slot& key, Slot& value);
SCONCE_API void dict_set(const ValueHandle* dict, const Slot& key, const Slot& value);
SCONCE_API bool dict_erase(const ValueHandle* dict, const Slot& key);
SCONCE_API void dict_clear(const ValueHandle* dict);
/// Key, value, key, value, … in order.
SCONCE_API std::vector<Slot> dict_items(const ValueHandle* dict);

/// Elements of a tuple, as owned slots.
SCONCE_API std::vector<Slot> tuple_items(const Slot& tuple);
SCONCE_API std::string enum_qualname(const ValueHandle* value);
SCONCE_API std::string enum_name(const ValueHandle* value);
SCONCE_API Slot enum_value(const ValueHandle* value);
SCONCE_API Slot future_wait(const ValueHandle* future);

// Objects and modules ------------------------------------------------------------------------------------------------
struct NamedSlot {
  std::string name;
  Slot value;
};
enum class SlotKind : uint8_t { Attribute, Parameter, Buffer, Module };
struct ArgumentInfo {
  std::string name;
  std::string type;
  bool has_default;
  bool kwarg_only;
  Slot default_value;
};
struct SchemaInfo {
  std::string name;
  std::string overload;
  std::vector<ArgumentInfo> arguments;
  std::vector<ArgumentInfo> returns;
  std::string text;
};
struct ExtraFile {
  std::string name;
  std::string contents;
};

SCONCE_API std::string object_type_name(const ValueHandle* object);
/// False when there is no such attribute.
SCONCE_API bool object_get(const ValueHandle* object, std::string_view name, Slot& value);
SCONCE_API void object_set(const ValueHandle* object, std::string_view name, const Slot& value);
/// The object's own slots of one kind, in order; `Attribute` gives all that are not modules.
SCONCE_API std::vector<NamedSlot> object_slots(const ValueHandle* object, SlotKind kind);
SCONCE_API std::vector<std::string> object_methods(const ValueHandle* object);
/// Null when there is no such method.
SCONCE_API MethodHandle* object_find_method(const ValueHandle* object, std::string_view name);
SCONCE_API void object_register(
    const ValueHandle* object,
    std::string_view name,
    std::string_view type,
    SlotKind kind,
    const Slot& value);
SCONCE_API void object_define(const ValueHandle* object, std::string_view source);

SCONCE_API void method_retain(const MethodHandle* method) noexcept;
SCONCE_API void method_release(const MethodHandle* method) noexcept;
SCONCE_API SchemaInfo method_schema(const MethodHandle* method);
SCONCE_API std::string method_graph(const MethodHandle* method, bool inlined);
/// `kwargs` follow the positional arguments in `names`.
SCONCE_API Slot method_run(
    const MethodHandle* method,
    const Slot* args,
    size_t num_args,
    const std::string_view* names,
    const Slot* kwargs,
    size_t num_kwargs);

/// Reads an archive; fills the contents of those `extra_files` that it has.
SCONCE_API ValueHandle* module_load(std::string_view path, std::vector<ExtraFile>& extra_files);
SCONCE_API ValueHandle* module_load_bytes(std::string bytes, std::vector<ExtraFile>& extra_files);
/// Reads an archive through two functions that get `context`: `size` returns the number of bytes, `read` writes up to
/// `count` bytes from `offset` on and returns how many; negative numbers are failures. Neither may throw.
SCONCE_API ValueHandle* module_load_reader(
    void* context,
    int64_t (*size)(void* context),
    int64_t (*read)(void* context, uint64_t offset, void* buffer, size_t count),
    std::vector<ExtraFile>& extra_files);
/// What scripts print goes to `print`, or to standard output if it is null. It may not throw.
SCONCE_API void set_print_handler(void (*print)(const char* text, size_t size));
/// Tensors as `torch::save` writes them: into the file `path`, or where that is empty into the result.
SCONCE_API std::vector<char> tensors_save(
    const std::string_view* names,
    const Slot* tensors,
    size_t count,
    std::string_view path);
SCONCE_API Slot pickle_load(const char* bytes, size_t count);
SCONCE_API std::vector<char> pickle_save(const Slot& value);
SCONCE_API void module_train(const ValueHandle* module, bool on);
SCONCE_API void module_to(const ValueHandle* module, int8_t dtype);
SCONCE_API std::string module_dump(const ValueHandle* module, bool code, bool attributes, bool parameters);
SCONCE_API ValueHandle* module_clone(const ValueHandle* module);

// Process-wide -------------------------------------------------------------------------------------------------------
SCONCE_API void set_num_threads(int threads);
SCONCE_API int get_num_threads();
SCONCE_API void manual_seed(uint64_t seed);

} // namespace abi
} // namespace sconce
