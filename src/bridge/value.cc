// IValue, its containers and types: what their headers only declare.
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>
#include <torch/csrc/jit/api/module.h>

#include <iostream>

#include "failure.h"

namespace c10 {

using ::sconce::Slot;
using ::sconce::Tag;

// Making -------------------------------------------------------------------------------------------------------------

IValue IValue::take(const Slot& owned) {
  const auto handle = reinterpret_cast<::sconce::ValueHandle*>(static_cast<uintptr_t>(owned.a));
  IValue out;
  switch (owned.tag) {
    case Tag::None:
      return out;
    case Tag::Tensor:
      out.kind_ = Kind::Tensor;
      out.a_ = owned.a;
      return out;
    case Tag::Double:
      return IValue(::sconce::real(owned.a));
    case Tag::Complex:
      return IValue(c10::complex<double>(::sconce::real(owned.a), ::sconce::real(owned.b)));
    case Tag::Int:
      return IValue(static_cast<int64_t>(owned.a));
    case Tag::Bool:
      return IValue(owned.a != 0);
    case Tag::String: {
      std::string text(reinterpret_cast<const char*>(static_cast<uintptr_t>(owned.a)), owned.b);
      ::sconce::slot_release(owned);
      return IValue(std::move(text));
    }
    case Tag::Device:
      return IValue(Device(static_cast<DeviceType>(owned.a), static_cast<DeviceIndex>(owned.b)));
    case Tag::Tuple: {
      std::vector<IValue> elements;
      for (const Slot& item : ::sconce::tuple_items(owned)) {
        elements.push_back(take(item));
      }
      return IValue(Kind::Tuple, make_intrusive<ivalue::Tuple>(std::move(elements), handle));
    }
    case Tag::List:
      return IValue(Kind::List, make_intrusive<detail::ListImpl>(handle));
    case Tag::Dict:
      return IValue(Kind::Dict, make_intrusive<detail::DictImpl>(handle));
    case Tag::Object:
      return IValue(Kind::Object, make_intrusive<ivalue::Object>(handle));
    case Tag::Future:
      return IValue(Kind::Future, make_intrusive<ivalue::Future>(handle));
    case Tag::Enum:
      return IValue(Kind::Enum, make_intrusive<ivalue::EnumHolder>(handle));
    case Tag::Generator:
      return IValue(Kind::Generator, make_intrusive<detail::ValueBox>(owned.tag, handle));
    case Tag::Capsule:
      return IValue(Kind::Capsule, make_intrusive<detail::ValueBox>(owned.tag, handle));
    default:
      return IValue(Kind::Opaque, make_intrusive<detail::ValueBox>(owned.tag, handle));
  }
}

IValue::IValue(const Scalar& value) {
  if (value.isBoolean()) {
    *this = IValue(value.toBool());
  } else if (value.isFloatingPoint()) {
    *this = IValue(value.toDouble());
  } else if (value.isComplex()) {
    *this = IValue(value.toComplexDouble());
  } else {
    *this = IValue(value.toLong());
  }
}

IValue::IValue(Device device)
    : kind_(Kind::Device),
      a_(static_cast<uint64_t>(static_cast<int64_t>(device.type()))),
      b_(static_cast<uint64_t>(static_cast<int64_t>(device.index()))) {}

IValue::IValue(std::string value) : IValue(Kind::String, ivalue::ConstantString::create(std::move(value))) {}

// A null pointer is None.
IValue::IValue(intrusive_ptr<ivalue::ConstantString> value) {
  if (value) {
    *this = IValue(Kind::String, std::move(value));
  }
}
IValue::IValue(intrusive_ptr<ivalue::Tuple> tuple) {
  if (tuple) {
    *this = IValue(Kind::Tuple, std::move(tuple));
  }
}
IValue::IValue(intrusive_ptr<ivalue::Object> object) {
  if (object) {
    *this = IValue(Kind::Object, std::move(object));
  }
}
IValue::IValue(intrusive_ptr<ivalue::Future> future) {
  if (future) {
    *this = IValue(Kind::Future, std::move(future));
  }
}
IValue::IValue(intrusive_ptr<ivalue::EnumHolder> value) {
  if (value) {
    *this = IValue(Kind::Enum, std::move(value));
  }
}
IValue::IValue(at::Generator generator) {
  if (generator.defined()) {
    ::sconce::value_retain(generator.handle());
    *this = IValue(Kind::Generator, make_intrusive<detail::ValueBox>(Tag::Generator, generator.handle()));
  }
}

// Lending ------------------------------------------------------------------------------------------------------------

SlotView::SlotView(const IValue& value) : slot_(make(value, arena_)) {}

Slot SlotView::make(const IValue& value, std::deque<std::vector<Slot>>& arena) {
  using Kind = IValue::Kind;
  switch (value.kind_) {
    case Kind::None:
      return Slot{};
    case Kind::Double:
      return Slot{Tag::Double, value.a_, 0};
    case Kind::Complex:
      return Slot{Tag::Complex, value.a_, value.b_};
    case Kind::Int:
      return Slot{Tag::Int, value.a_, 0};
    case Kind::Bool:
      return Slot{Tag::Bool, value.a_, 0};
    case Kind::Device:
      return Slot{Tag::Device, value.a_, value.b_};
    case Kind::Tensor:
      return Slot{Tag::Tensor, value.a_, 0};
    case Kind::String: {
      const auto& text = static_cast<const ivalue::ConstantString*>(value.target())->string();
      return Slot{Tag::String, ::sconce::address(text.data()), text.size()};
    }
    case Kind::Tuple: {
      const auto* tuple = static_cast<const ivalue::Tuple*>(value.target());
      if (tuple->handle() != nullptr) {
        return Slot{Tag::Opaque, ::sconce::address(tuple->handle()), 0};
      }
      std::vector<Slot> elements;
      for (const IValue& element : tuple->elements()) {
        elements.push_back(make(element, arena));
      }
      arena.push_back(std::move(elements));
      return Slot{Tag::Tuple, ::sconce::address(arena.back().data()), arena.back().size()};
    }
    default:
      return static_cast<const detail::ValueBox*>(value.target())->slot();
  }
}

// Asking -------------------------------------------------------------------------------------------------------------

std::string IValue::tagKind() const {
  switch (kind_) {
    case Kind::None:
      return "None";
    case Kind::Double:
      return "Double";
    case Kind::Complex:
      return "ComplexDouble";
    case Kind::Int:
      return "Int";
    case Kind::Bool:
      return "Bool";
    case Kind::Device:
      return "Device";
    case Kind::Tensor:
      return "Tensor";
    case Kind::String:
      return "String";
    case Kind::Tuple:
      return "Tuple";
    case Kind::List:
      return "GenericList";
    case Kind::Dict:
      return "GenericDict";
    case Kind::Object:
      return "Object";
    case Kind::Future:
      return "Future";
    case Kind::Enum:
      return "Enum";
    case Kind::Generator:
      return "Generator";
    default:
      return "Capsule";
  }
}

void IValue::expect(bool ok, const char* asked, const char* wanted) const {
  TORCH_INTERNAL_ASSERT(ok, asked, "() Expected ", wanted, " but got ", tagKind());
}

TypePtr IValue::type() const {
  return Type::parse(::sconce::slot_type(SlotView(*this).slot()));
}

bool IValue::isModule() const {
  return isObject() && type()->is_module();
}

bool IValue::is_list_of(const char* element_type) const {
  return isList() && ::sconce::list_elem_type(static_cast<const detail::ListImpl*>(target())->handle()) == element_type;
}

// Reading ------------------------------------------------------------------------------------------------------------

at::Tensor IValue::toTensor() const& {
  expect(isTensor(), "isTensor", "Tensor");
  if (a_ != 0) {
    ::sconce::tensor_retain(tensor());
  }
  return at::TensorBase::reclaim(tensor());
}
at::Tensor IValue::toTensor() && {
  expect(isTensor(), "isTensor", "Tensor");
  auto out = at::TensorBase::reclaim(tensor());
  forget();
  return out;
}
double IValue::toDouble() const {
  expect(isDouble(), "isDouble", "Double");
  return ::sconce::real(a_);
}
c10::complex<double> IValue::toComplexDouble() const {
  expect(isComplexDouble(), "isComplexDouble", "ComplexDouble");
  return {::sconce::real(a_), ::sconce::real(b_)};
}
int64_t IValue::toInt() const {
  expect(isInt(), "isInt", "Int");
  return static_cast<int64_t>(a_);
}
bool IValue::toBool() const {
  expect(isBool(), "isBool", "Bool");
  return a_ != 0;
}
Scalar IValue::toScalar() const {
  if (isDouble()) {
    return toDouble();
  }
  if (isInt()) {
    return toInt();
  }
  if (isComplexDouble()) {
    return toComplexDouble();
  }
  TORCH_CHECK(isBool(), "IValue is not a Scalar");
  return toBool();
}
Device IValue::toDevice() const {
  expect(isDevice(), "isDevice", "Device");
  return Device(static_cast<DeviceType>(a_), static_cast<DeviceIndex>(b_));
}
at::Generator IValue::toGenerator() const {
  expect(isGenerator(), "isGenerator", "Generator");
  auto* handle = static_cast<const detail::ValueBox*>(target())->handle();
  ::sconce::value_retain(handle);
  return at::Generator::reclaim(handle);
}
intrusive_ptr<ivalue::ConstantString> IValue::toString() const {
  expect(isString(), "isString", "String");
  return shared<ivalue::ConstantString>();
}
const std::string& IValue::toStringRef() const {
  expect(isString(), "isString", "String");
  return static_cast<const ivalue::ConstantString*>(target())->string();
}
c10::string_view IValue::toStringView() const {
  return toStringRef();
}
std::optional<std::reference_wrapper<const std::string>> IValue::toOptionalStringRef() const {
  if (isNone()) {
    return std::nullopt;
  }
  return std::reference_wrapper<const std::string>(toStringRef());
}
intrusive_ptr<ivalue::Tuple> IValue::toTuple() const {
  expect(isTuple(), "isTuple", "Tuple");
  return shared<ivalue::Tuple>();
}
ivalue::Tuple& IValue::toTupleRef() const {
  expect(isTuple(), "isTuple", "Tuple");
  return *static_cast<ivalue::Tuple*>(target());
}
List<IValue> IValue::toList() const {
  expect(isList(), "isList", "GenericList");
  return List<IValue>(shared<detail::ListImpl>());
}
ArrayRef<IValue> IValue::toListRef() const {
  expect(isList(), "isList", "GenericList");
  return static_cast<const detail::ListImpl*>(target())->snapshot();
}
List<int64_t> IValue::toIntList() const {
  expect(isIntList(), "isIntList", "IntList");
  return List<int64_t>(shared<detail::ListImpl>());
}
std::vector<int64_t> IValue::toIntVector() const {
  expect(isIntList(), "isIntList", "IntList");
  return toIntList().vec();
}
List<double> IValue::toDoubleList() const {
  expect(isDoubleList(), "isDoubleList", "DoubleList");
  return List<double>(shared<detail::ListImpl>());
}
std::vector<double> IValue::toDoubleVector() const {
  return toDoubleList().vec();
}
List<bool> IValue::toBoolList() const {
  expect(isBoolList(), "isBoolList", "BoolList");
  return List<bool>(shared<detail::ListImpl>());
}
List<at::Tensor> IValue::toTensorList() const {
  expect(isTensorList(), "isTensorList", "TensorList");
  return List<at::Tensor>(shared<detail::ListImpl>());
}
std::vector<at::Tensor> IValue::toTensorVector() const {
  return toTensorList().vec();
}
std::vector<c10::complex<double>> IValue::toComplexDoubleVector() const {
  expect(isComplexDoubleList(), "isComplexDoubleList", "ComplexDoubleList");
  return List<c10::complex<double>>(shared<detail::ListImpl>()).vec();
}
Dict<IValue, IValue> IValue::toGenericDict() const {
  expect(isGenericDict(), "isGenericDict", "GenericDict");
  return Dict<IValue, IValue>(shared<detail::DictImpl>());
}
intrusive_ptr<ivalue::Object> IValue::toObject() const {
  expect(isObject(), "isObject", "Object");
  return shared<ivalue::Object>();
}
ivalue::Object& IValue::toObjectRef() const {
  expect(isObject(), "isObject", "Object");
  return *static_cast<ivalue::Object*>(target());
}
torch::jit::Module IValue::toModule() const {
  return torch::jit::Module(toObject());
}
intrusive_ptr<ivalue::Future> IValue::toFuture() const {
  expect(isFuture(), "isFuture", "Future");
  return shared<ivalue::Future>();
}
intrusive_ptr<ivalue::EnumHolder> IValue::toEnumHolder() const {
  expect(isEnum(), "isEnum", "Enum");
  return shared<ivalue::EnumHolder>();
}
std::string IValue::toNone() const {
  expect(isNone(), "isNone", "None");
  return "None";
}

// The whole value ----------------------------------------------------------------------------------------------------

bool IValue::is(const IValue& other) const {
  return ::sconce::slot_is(SlotView(*this).slot(), SlotView(other).slot());
}
IValue IValue::equals(const IValue& other) const {
  return *this == other;
}
bool operator==(const IValue& a, const IValue& b) {
  return ::sconce::slot_equals(SlotView(a).slot(), SlotView(b).slot());
}
IValue IValue::copy() const {
  return take(::sconce::slot_copy(SlotView(*this).slot(), false));
}
IValue IValue::deepcopy(std::optional<Device> device) const {
  TORCH_CHECK(!device || device->is_cpu(), "deepcopy to device ", *device, ": there is only the CPU");
  return take(::sconce::slot_copy(SlotView(*this).slot(), true));
}
size_t IValue::use_count() const noexcept {
  if (kind_ == Kind::Tensor) {
    return a_ == 0 ? 0 : ::sconce::tensor_use_count(tensor());
  }
  // Not counting the reference taken to look.
  return kind_ >= Kind::String ? shared<intrusive_ptr_target>().use_count() - 1 : 1;
}
size_t IValue::hash() const {
  switch (kind_) {
    case Kind::String:
      return std::hash<std::string>()(toStringRef());
    case Kind::Tuple: {
      size_t out = 0;
      for (const IValue& element : toTupleRef().elements()) {
        out = out * 31 + element.hash();
      }
      return out;
    }
    case Kind::List:
    case Kind::Dict:
    case Kind::Object:
      TORCH_CHECK(false, "Can't hash IValues with tag '", tagKind(), "'");
    default:
      return std::hash<uint64_t>()(a_ ^ (b_ << 1));
  }
}
std::ostream& operator<<(std::ostream& out, const IValue& value) {
  if (value.isTensor() && value.a_ == 0) {
    return out << at::Tensor();
  }
  return out << ::sconce::slot_text(SlotView(value).slot());
}
std::ostream& IValue::repr(std::ostream& out) const {
  return isString() ? out << '"' << toStringRef() << '"' : out << *this;
}
void IValue::dump() const {
  std::cout << *this << "\n";
}

ArrayRef<IValue> detail::ListImpl::snapshot() const {
  auto items = std::make_shared<std::vector<IValue>>();
  for (const Slot& item : ::sconce::list_items(handle())) {
    items->push_back(IValue::take(item));
  }
  snapshot_ = items;
  return *snapshot_;
}

namespace ivalue {

IValue Object::getAttr(const std::string& name) const {
  Slot out;
  TORCH_CHECK(::sconce::object_get(handle(), name, out), this->name(), " does not have an attribute named '", name, "'");
  return IValue::take(out);
}
void Object::setAttr(const std::string& name, IValue value) {
  ::sconce::object_set(handle(), name, SlotView(value).slot());
}
void Future::wait() {
  ::sconce::slot_release(::sconce::future_wait(handle()));
}
IValue Future::value() {
  return IValue::take(::sconce::future_wait(handle()));
}

} // namespace ivalue

// Types --------------------------------------------------------------------------------------------------------------

namespace {

/// Reads annotation form, inside out.
class TypeReader {
 public:
  explicit TypeReader(const std::string& text) : text_(text) {}

  TypePtr read() {
    auto out = type();
    TORCH_CHECK(at_ == text_.size(), "not a type: ", text_);
    return out;
  }

 private:
  TypePtr type() {
    const size_t end = text_.find_first_of("[], ()", at_);
    const std::string name = text_.substr(at_, end == std::string::npos ? end : end - at_);
    at_ += name.size();
    std::vector<TypePtr> contained;
    if (eat('[')) {
      // `Tuple[()]` is the empty tuple.
      if (eat('(')) {
        eat(')');
      }
      while (!eat(']')) {
        TORCH_CHECK(at_ < text_.size(), "not a type: ", text_);
        contained.push_back(type());
        eat(',');
        eat(' ');
      }
    }
    return make(name, std::move(contained));
  }

  bool eat(char c) {
    const bool found = at_ < text_.size() && text_[at_] == c;
    at_ += found ? 1 : 0;
    return found;
  }

  static TypePtr make(const std::string& name, std::vector<TypePtr> contained) {
    std::string inner;
    std::string inner_text;
    for (const auto& type : contained) {
      const char* separator = inner.empty() ? "" : ", ";
      inner += separator + type->annotation_str();
      inner_text += separator + type->str();
    }
    const std::string annotation = contained.empty() ? name : name + "[" + inner + "]";
    const auto is = [&](const char* wanted) { return name == wanted; };
    if (is("List") && contained.size() == 1) {
      return build(TypeKind::ListType, annotation, inner_text + "[]", std::move(contained));
    }
    if (is("Optional") && contained.size() == 1) {
      return build(TypeKind::OptionalType, annotation, inner_text + "?", std::move(contained));
    }
    if (is("Dict") && contained.size() == 2) {
      return build(TypeKind::DictType, annotation, "Dict(" + inner_text + ")", std::move(contained));
    }
    if (is("Tuple")) {
      const std::string whole = contained.empty() ? "Tuple[()]" : annotation;
      return build(TypeKind::TupleType, whole, "(" + inner_text + ")", std::move(contained));
    }
    if (is("Future") && contained.size() == 1) {
      return build(TypeKind::FutureType, annotation, "Future(" + inner_text + ")", std::move(contained));
    }
    if (is("Union")) {
      return build(TypeKind::UnionType, annotation, "Union(" + inner_text + ")", std::move(contained));
    }
    static const std::pair<const char*, TypeKind> simple[] = {
        {"Tensor", TypeKind::TensorType},        {"int", TypeKind::IntType},
        {"float", TypeKind::FloatType},          {"bool", TypeKind::BoolType},
        {"str", TypeKind::StringType},           {"complex", TypeKind::ComplexType},
        {"Any", TypeKind::AnyType},              {"NoneType", TypeKind::NoneType},
        {"None", TypeKind::NoneType},            {"number", TypeKind::NumberType},
        {"Scalar", TypeKind::NumberType},        {"Device", TypeKind::DeviceObjType},
        {"torch.device", TypeKind::DeviceObjType}, {"Generator", TypeKind::GeneratorType},
        {"list", TypeKind::AnyListType},         {"tuple", TypeKind::AnyTupleType},
        {"Storage", TypeKind::StorageType},      {"Capsule", TypeKind::CapsuleType},
        {"Function", TypeKind::FunctionType},
    };
    for (const auto& [known, kind] : simple) {
      if (name == known) {
        return build(kind, annotation, name == "torch.device" ? "Device" : name == "number" ? "Scalar" : name, {});
      }
    }
    return build(TypeKind::ClassType, annotation, annotation, std::move(contained));
  }

  static TypePtr build(TypeKind kind, std::string annotation, std::string text, std::vector<TypePtr> contained) {
    return std::make_shared<Type>(kind, std::move(annotation), std::move(text), std::move(contained));
  }

  const std::string& text_;
  size_t at_ = 0;
};

} // namespace

TypePtr Type::parse(const std::string& annotation) {
  return TypeReader(annotation).read();
}

const char* typeKindToString(TypeKind kind) {
  static const char* const names[] = {
      "AnyType",        "EnumType",       "AnyEnumType",    "TensorType",    "StorageType",    "TupleType",
      "ListType",       "DictType",       "NumberType",     "FloatType",     "ComplexType",    "FutureType",
      "AwaitType",      "RRefType",       "IntType",        "NoneType",      "StringType",     "GeneratorType",
      "QuantizerType",  "BoolType",       "OptionalType",   "VarType",       "DeviceObjType",  "StreamObjType",
      "FunctionType",   "ClassType",      "PyObjectType",   "CapsuleType",   "InterfaceType",  "QSchemeType",
      "ScalarTypeType", "LayoutType",     "MemoryFormatType", "AnyListType", "AnyTupleType",   "AnyClassType",
      "SymIntType",     "SymFloatType",   "SymBoolType",    "UnionType",     "DynamicType"};
  return names[static_cast<size_t>(kind)];
}

// Schemas ------------------------------------------------------------------------------------------------------------

namespace {

std::vector<Argument> arguments(std::vector<::sconce::ArgumentInfo> from) {
  std::vector<Argument> out;
  for (auto& info : from) {
    auto value = info.has_default ? std::optional<IValue>(IValue::take(info.default_value)) : std::nullopt;
    out.emplace_back(std::move(info.name), Type::parse(info.type), std::move(value), info.kwarg_only);
  }
  return out;
}

} // namespace

FunctionSchema::FunctionSchema(::sconce::SchemaInfo info)
    : name_(std::move(info.name)),
      overload_name_(std::move(info.overload)),
      arguments_(c10::arguments(std::move(info.arguments))),
      returns_(c10::arguments(std::move(info.returns))),
      text_(std::move(info.text)) {}

} // namespace c10
