#pragma once

/// `c10::IValue`: any value that goes into or comes out of a script.

#include <deque>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>
#include <ATen/core/jit_type.h>
#include <c10/core/Scalar.h>
#include <c10/util/intrusive_ptr.h>

namespace torch::jit {
struct Function;
class Module;
struct CompilationUnit;
} // namespace torch::jit

namespace c10 {

class IValue;
template <class T>
class List;
template <class K, class V>
class Dict;

namespace detail {

/// A value of the runtime, shared with it.
class SCONCE_API ValueBox : public intrusive_ptr_target {
 public:
  ValueBox(::sconce::Tag tag, ::sconce::ValueHandle* owned) noexcept : tag_(tag), handle_(owned) {}
  ValueBox(const ValueBox&) = delete;
  ValueBox& operator=(const ValueBox&) = delete;
  ~ValueBox() override {
    if (handle_ != nullptr) {
      ::sconce::value_release(handle_);
    }
  }
  ::sconce::Tag tag() const noexcept {
    return tag_;
  }
  ::sconce::ValueHandle* handle() const noexcept {
    return handle_;
  }
  ::sconce::Slot slot() const noexcept {
    return ::sconce::Slot{tag_, ::sconce::address(handle_), 0};
  }

 private:
  ::sconce::Tag tag_;
  ::sconce::ValueHandle* handle_;
};

class SCONCE_API ListImpl final : public ValueBox {
 public:
  explicit ListImpl(::sconce::ValueHandle* owned) noexcept : ValueBox(::sconce::Tag::List, owned) {}
  static intrusive_ptr<ListImpl> create(const std::string& element_type) {
    return make_intrusive<ListImpl>(::sconce::list_new(element_type));
  }
  /// The elements, read once more at each call; valid until the next one.
  ArrayRef<IValue> snapshot() const;

 private:
  mutable std::shared_ptr<const std::vector<IValue>> snapshot_;
};

class SCONCE_API DictImpl final : public ValueBox {
 public:
  explicit DictImpl(::sconce::ValueHandle* owned) noexcept : ValueBox(::sconce::Tag::Dict, owned) {}
  static intrusive_ptr<DictImpl> create(const std::string& key_type, const std::string& value_type) {
    return make_intrusive<DictImpl>(::sconce::dict_new(key_type, value_type));
  }
};

} // namespace detail

namespace ivalue {

struct Tuple;
struct Object;
struct Future;
struct EnumHolder;

/// An immutable string.
struct SCONCE_API ConstantString final : intrusive_ptr_target {
  explicit ConstantString(std::string text) : text_(std::move(text)) {}
  static intrusive_ptr<ConstantString> create(std::string text) {
    return make_intrusive<ConstantString>(std::move(text));
  }
  const std::string& string() const {
    return text_;
  }
  c10::string_view string_view() const {
    return text_;
  }
  operator const std::string&() const {
    return text_;
  }

 private:
  const std::string text_;
};

} // namespace ivalue

class SCONCE_API IValue final {
 public:
  // Making ---------------------------------------------------------------------------------------------------------
  /// None.
  IValue() noexcept = default;
  IValue(const IValue& other) noexcept : kind_(other.kind_), a_(other.a_), b_(other.b_) {
    retain();
  }
  IValue(IValue&& other) noexcept : kind_(other.kind_), a_(other.a_), b_(other.b_) {
    other.forget();
  }
  IValue& operator=(const IValue& other) & noexcept {
    return *this = IValue(other);
  }
  IValue& operator=(IValue&& other) & noexcept {
    std::swap(kind_, other.kind_);
    std::swap(a_, other.a_);
    std::swap(b_, other.b_);
    return *this;
  }
  ~IValue() {
    drop();
  }
  /// Takes over what the runtime gave.
  static IValue take(const ::sconce::Slot& owned);

  IValue(at::TensorBase tensor) noexcept
      : kind_(Kind::Tensor), a_(::sconce::address(tensor.release())) {}
  IValue(at::Tensor tensor) noexcept : kind_(Kind::Tensor), a_(::sconce::address(tensor.release())) {}
  IValue(double value) : kind_(Kind::Double), a_(::sconce::bits(value)) {}
  IValue(float value) : IValue(static_cast<double>(value)) {}
  IValue(bool value) : kind_(Kind::Bool), a_(value ? 1 : 0) {}
  template <
      class T,
      std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, std::nullptr_t> = nullptr>
  IValue(T value) : kind_(Kind::Int), a_(static_cast<uint64_t>(static_cast<int64_t>(value))) {}
  IValue(c10::complex<double> value)
      : kind_(Kind::Complex), a_(::sconce::bits(value.real())), b_(::sconce::bits(value.imag())) {}
  IValue(std::complex<double> value) : IValue(c10::complex<double>(value)) {}
  IValue(const Scalar& value);
  IValue(Device device);
  IValue(ScalarType type) : IValue(static_cast<int64_t>(type)) {}
  IValue(Layout layout) : IValue(static_cast<int64_t>(layout)) {}
  IValue(MemoryFormat format) : IValue(static_cast<int64_t>(format)) {}
  IValue(std::string value);
  IValue(const char* value) : IValue(std::string(value)) {}
  IValue(c10::string_view value) : IValue(std::string(value)) {}
  IValue(intrusive_ptr<ivalue::ConstantString> value);
  IValue(intrusive_ptr<ivalue::Tuple> tuple);
  IValue(intrusive_ptr<ivalue::Object> object);
  IValue(intrusive_ptr<ivalue::Future> future);
  IValue(intrusive_ptr<ivalue::EnumHolder> value);
  IValue(at::Generator generator);
  template <class... Args>
  IValue(const std::tuple<Args...>& tuple);
  template <class A, class B>
  IValue(const std::pair<A, B>& pair) : IValue(std::tuple<A, B>(pair.first, pair.second)) {}
  template <class T>
  IValue(List<T> list) : IValue(Kind::List, list.impl()) {}
  template <class K, class V>
  IValue(Dict<K, V> dict) : IValue(Kind::Dict, dict.impl()) {}
  template <class T>
  IValue(const std::vector<T>& values);
  template <class T>
  IValue(ArrayRef<T> values);
  template <class T, size_t N>
  IValue(const std::array<T, N>& values) : IValue(ArrayRef<T>(values)) {}
  template <class K, class V>
  IValue(const std::unordered_map<K, V>& values);
  template <class T>
  IValue(const std::optional<T>& value) {
    if (value.has_value()) {
      *this = IValue(*value);
    }
  }
  IValue(std::nullopt_t) noexcept {}

  // Asking ---------------------------------------------------------------------------------------------------------
  bool isNone() const {
    return kind_ == Kind::None;
  }
  bool isTensor() const {
    return kind_ == Kind::Tensor;
  }
  bool isDouble() const {
    return kind_ == Kind::Double;
  }
  bool isComplexDouble() const {
    return kind_ == Kind::Complex;
  }
  bool isInt() const {
    return kind_ == Kind::Int;
  }
  bool isBool() const {
    return kind_ == Kind::Bool;
  }
  bool isScalar() const {
    return isDouble() || isInt() || isBool() || isComplexDouble();
  }
  bool isString() const {
    return kind_ == Kind::String;
  }
  bool isTuple() const {
    return kind_ == Kind::Tuple;
  }
  bool isDevice() const {
    return kind_ == Kind::Device;
  }
  bool isList() const {
    return kind_ == Kind::List;
  }
  bool isTensorList() const {
    return is_list_of("Tensor");
  }
  bool isIntList() const {
    return is_list_of("int");
  }
  bool isDoubleList() const {
    return is_list_of("float");
  }
  bool isBoolList() const {
    return is_list_of("bool");
  }
  bool isComplexDoubleList() const {
    return is_list_of("complex");
  }
  bool isGenericDict() const {
    return kind_ == Kind::Dict;
  }
  bool isObject() const {
    return kind_ == Kind::Object;
  }
  bool isModule() const;
  bool isFuture() const {
    return kind_ == Kind::Future;
  }
  bool isEnum() const {
    return kind_ == Kind::Enum;
  }
  bool isGenerator() const {
    return kind_ == Kind::Generator;
  }
  bool isCapsule() const {
    return kind_ == Kind::Capsule;
  }
  bool isCustomClass() const {
    return false;
  }
  bool isPyObject() const {
    return false;
  }
  bool isRRef() const {
    return false;
  }
  bool isStream() const {
    return false;
  }
  bool isStorage() const {
    return false;
  }
  bool isPtrType() const {
    return kind_ == Kind::Tensor ? a_ != 0 : kind_ >= Kind::String;
  }
  std::string tagKind() const;
  TypePtr type() const;

  // Reading; each is an error when the value is of another kind -----------------------------------------------------
  at::Tensor toTensor() const&;
  at::Tensor toTensor() &&;
  double toDouble() const;
  c10::complex<double> toComplexDouble() const;
  int64_t toInt() const;
  bool toBool() const;
  Scalar toScalar() const;
  Device toDevice() const;
  ScalarType toScalarType() const {
    return static_cast<ScalarType>(toInt());
  }
  Layout toLayout() const {
    return static_cast<Layout>(toInt());
  }
  MemoryFormat toMemoryFormat() const {
    return static_cast<MemoryFormat>(toInt());
  }
  at::Generator toGenerator() const;
  intrusive_ptr<ivalue::ConstantString> toString() const;
  const std::string& toStringRef() const;
  c10::string_view toStringView() const;
  std::optional<std::reference_wrapper<const std::string>> toOptionalStringRef() const;
  intrusive_ptr<ivalue::Tuple> toTuple() const;
  ivalue::Tuple& toTupleRef() const;
  List<IValue> toList() const;
  ArrayRef<IValue> toListRef() const;
  List<int64_t> toIntList() const;
  std::vector<int64_t> toIntVector() const;
  List<double> toDoubleList() const;
  std::vector<double> toDoubleVector() const;
  List<bool> toBoolList() const;
  List<at::Tensor> toTensorList() const;
  std::vector<at::Tensor> toTensorVector() const;
  std::vector<c10::complex<double>> toComplexDoubleVector() const;
  Dict<IValue, IValue> toGenericDict() const;
  intrusive_ptr<ivalue::Object> toObject() const;
  ivalue::Object& toObjectRef() const;
  torch::jit::Module toModule() const;
  intrusive_ptr<ivalue::Future> toFuture() const;
  intrusive_ptr<ivalue::EnumHolder> toEnumHolder() const;
  std::string toNone() const;
  template <class T>
  T to() const;
  template <class T>
  std::optional<T> toOptional() const {
    return isNone() ? std::nullopt : std::optional<T>(to<T>());
  }

  // The whole value ------------------------------------------------------------------------------------------------
  /// Whether both are the same value, as Python's `is`.
  bool is(const IValue& other) const;
  bool isSameIdentity(const IValue& other) const {
    return is(other);
  }
  /// Python's `==`; comparing tensors of more than one element is an error.
  IValue equals(const IValue& other) const;
  friend SCONCE_API bool operator==(const IValue& a, const IValue& b);
  friend bool operator!=(const IValue& a, const IValue& b) {
    return !(a == b);
  }
  IValue copy() const;
  IValue deepcopy(std::optional<Device> device = std::nullopt) const;
  size_t use_count() const noexcept;
  size_t hash() const;
  static size_t hash(const IValue& value) {
    return value.hash();
  }
  /// Prints as source code.
  std::ostream& repr(std::ostream& out) const;
  friend SCONCE_API std::ostream& operator<<(std::ostream& out, const IValue& value);
  void dump() const;

 private:
  friend class SlotView;
  enum class Kind : uint8_t {
    None,
    Double,
    Complex,
    Int,
    Bool,
    Device,
    Tensor,
    // From here on `a_` is an `intrusive_ptr_target`.
    String,
    Tuple,
    List,
    Dict,
    Object,
    Future,
    Enum,
    Generator,
    Capsule,
    Opaque,
  };
  template <class T>
  IValue(Kind kind, intrusive_ptr<T> target)
      : kind_(kind), a_(::sconce::address(static_cast<intrusive_ptr_target*>(target.release()))) {}

  intrusive_ptr_target* target() const noexcept {
    return reinterpret_cast<intrusive_ptr_target*>(static_cast<uintptr_t>(a_));
  }
  ::sconce::TensorHandle* tensor() const noexcept {
    return reinterpret_cast<::sconce::TensorHandle*>(static_cast<uintptr_t>(a_));
  }
  template <class T>
  intrusive_ptr<T> shared() const noexcept {
    return intrusive_ptr<T>::reclaim_copy(static_cast<T*>(target()));
  }
  void retain() noexcept {
    if (kind_ == Kind::Tensor) {
      if (a_ != 0) {
        ::sconce::tensor_retain(tensor());
      }
    } else if (kind_ >= Kind::String) {
      // The count goes up with the temporary and stays up with its release.
      (void)intrusive_ptr<intrusive_ptr_target>::reclaim_copy(target()).release();
    }
  }
  void drop() noexcept {
    if (kind_ == Kind::Tensor) {
      if (a_ != 0) {
        ::sconce::tensor_release(tensor());
      }
    } else if (kind_ >= Kind::String) {
      intrusive_ptr<intrusive_ptr_target>::reclaim(target()).reset();
    }
    forget();
  }
  void forget() noexcept {
    kind_ = Kind::None;
    a_ = 0;
    b_ = 0;
  }
  bool is_list_of(const char* element_type) const;
  void expect(bool ok, const char* asked, const char* wanted) const;

  Kind kind_ = Kind::None;
  uint64_t a_ = 0;
  uint64_t b_ = 0;
};

/// A value as the runtime takes it. Borrows from the value, which must outlive it; owns the arrays of nested tuples.
class SCONCE_API SlotView final {
 public:
  explicit SlotView(const IValue& value);
  SlotView(const SlotView&) = delete;
  SlotView& operator=(const SlotView&) = delete;
  const ::sconce::Slot& slot() const {
    return slot_;
  }
  /// The slot of one value; arrays go to `arena`.
  static ::sconce::Slot make(const IValue& value, std::deque<std::vector<::sconce::Slot>>& arena);

 private:
  std::deque<std::vector<::sconce::Slot>> arena_;
  ::sconce::Slot slot_;
};

namespace detail {
/// The TorchScript type of a C++ type, as schemas spell it.
template <class T>
struct TypeName;
template <class T>
inline std::string type_name() {
  return TypeName<T>::get();
}
#define SCONCE_NAME(cpp, text)      \
  template <>                       \
  struct TypeName<cpp> {            \
    static std::string get() {      \
      return text;                  \
    }                               \
  };
SCONCE_NAME(at::Tensor, "Tensor")
SCONCE_NAME(int64_t, "int")
SCONCE_NAME(int, "int")
SCONCE_NAME(double, "float")
SCONCE_NAME(float, "float")
SCONCE_NAME(bool, "bool")
SCONCE_NAME(std::string, "str")
SCONCE_NAME(c10::string_view, "str")
SCONCE_NAME(c10::complex<double>, "complex")
SCONCE_NAME(IValue, "Any")
SCONCE_NAME(Device, "Device")
SCONCE_NAME(Scalar, "Scalar")
#undef SCONCE_NAME
template <class T>
struct TypeName<std::optional<T>> {
  static std::string get() {
    return type_name<T>() + "?";
  }
};
template <class T>
struct TypeName<std::vector<T>> {
  static std::string get() {
    return type_name<T>() + "[]";
  }
};
template <class T>
struct TypeName<List<T>> {
  static std::string get() {
    return type_name<T>() + "[]";
  }
};
template <class K, class V>
struct TypeName<Dict<K, V>> {
  static std::string get() {
    return "Dict(" + type_name<K>() + ", " + type_name<V>() + ")";
  }
};
template <class K, class V>
struct TypeName<std::unordered_map<K, V>> {
  static std::string get() {
    return "Dict(" + type_name<K>() + ", " + type_name<V>() + ")";
  }
};
template <class... Ts>
struct TypeName<std::tuple<Ts...>> {
  static std::string get() {
    std::string out = "(";
    const char* separator = "";
    ((out += separator + type_name<Ts>(), separator = ", "), ...);
    return out + ")";
  }
};
} // namespace detail

namespace ivalue {

/// The elements of a tuple.
class SCONCE_API TupleElements final {
 public:
  TupleElements() = default;
  TupleElements(std::vector<IValue> elements) : elements_(std::move(elements)) {}
  bool empty() const {
    return elements_.empty();
  }
  size_t size() const {
    return elements_.size();
  }
  const IValue& operator[](size_t index) const {
    return elements_[index];
  }
  IValue& operator[](size_t index) {
    return elements_[index];
  }
  const IValue& at(size_t index) const {
    TORCH_CHECK(index < size(), "tuple index ", index, " out of range for ", size(), " elements");
    return elements_[index];
  }
  const IValue& front() const {
    return at(0);
  }
  const IValue& back() const {
    return at(size() - 1);
  }
  const IValue* begin() const {
    return elements_.data();
  }
  const IValue* end() const {
    return elements_.data() + elements_.size();
  }
  std::vector<IValue> vec() const& {
    return elements_;
  }
  std::vector<IValue> vec() && {
    return std::move(elements_);
  }
  operator std::vector<IValue>() const {
    return elements_;
  }
  operator ArrayRef<IValue>() const {
    return elements_;
  }

 private:
  std::vector<IValue> elements_;
};

struct SCONCE_API Tuple final : intrusive_ptr_target {
  explicit Tuple(std::vector<IValue> elements, ::sconce::ValueHandle* owned = nullptr)
      : elements_(std::move(elements)), handle_(owned) {}
  ~Tuple() override {
    if (handle_ != nullptr) {
      ::sconce::value_release(handle_);
    }
  }
  static intrusive_ptr<Tuple> create(std::vector<IValue> elements) {
    return make_intrusive<Tuple>(std::move(elements));
  }
  static intrusive_ptr<Tuple> create(std::initializer_list<IValue> elements) {
    return make_intrusive<Tuple>(std::vector<IValue>(elements));
  }
  static intrusive_ptr<Tuple> create(ArrayRef<IValue> elements) {
    return make_intrusive<Tuple>(elements.vec());
  }
  template <class... Args>
  static intrusive_ptr<Tuple> create(Args&&... elements) {
    return make_intrusive<Tuple>(std::vector<IValue>{IValue(std::forward<Args>(elements))...});
  }
  const TupleElements& elements() const& {
    return elements_;
  }
  TupleElements elements() && {
    return std::move(elements_);
  }
  size_t size() const {
    return elements_.size();
  }
  /// The runtime's own tuple where this came from one; it knows the names of a named tuple.
  ::sconce::ValueHandle* handle() const {
    return handle_;
  }

 private:
  TupleElements elements_;
  ::sconce::ValueHandle* handle_;
};

/// An instance of a class: attributes by name. Modules are objects.
struct SCONCE_API Object final : detail::ValueBox {
  explicit Object(::sconce::ValueHandle* owned) noexcept : ValueBox(::sconce::Tag::Object, owned) {}
  IValue getAttr(const std::string& name) const;
  void setAttr(const std::string& name, IValue value);
  /// The qualified name of the class.
  std::string name() const {
    return ::sconce::object_type_name(handle());
  }
  TypePtr type() const {
    return Type::parse(name());
  }
};

struct SCONCE_API Future final : detail::ValueBox {
  explicit Future(::sconce::ValueHandle* owned) noexcept : ValueBox(::sconce::Tag::Future, owned) {}
  /// Blocks until the value is there; fails as the computation failed.
  void wait();
  IValue value();
};

struct SCONCE_API EnumHolder final : detail::ValueBox {
  explicit EnumHolder(::sconce::ValueHandle* owned) noexcept : ValueBox(::sconce::Tag::Enum, owned) {}
  std::string qualifiedClassName() const {
    return ::sconce::enum_qualname(handle());
  }
  std::string name() const {
    return ::sconce::enum_name(handle());
  }
  IValue value() const {
    return IValue::take(::sconce::enum_value(handle()));
  }
};

} // namespace ivalue

} // namespace c10

namespace at {
using c10::IValue;
namespace ivalue = c10::ivalue;
} // namespace at

#include <ATen/core/ivalue_inl.h>
