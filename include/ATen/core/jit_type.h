#pragma once

/// Types of the TorchScript language, as far as a host needs them: to ask and to print.

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <c10/macros/Export.h>
#include <c10/util/ArrayRef.h>
#include <c10/util/Optional.h>

namespace c10 {

enum class TypeKind {
  AnyType,
  EnumType,
  AnyEnumType,
  TensorType,
  StorageType,
  TupleType,
  ListType,
  DictType,
  NumberType,
  FloatType,
  ComplexType,
  FutureType,
  AwaitType,
  RRefType,
  IntType,
  NoneType,
  StringType,
  GeneratorType,
  QuantizerType,
  BoolType,
  OptionalType,
  VarType,
  DeviceObjType,
  StreamObjType,
  FunctionType,
  ClassType,
  PyObjectType,
  CapsuleType,
  InterfaceType,
  QSchemeType,
  ScalarTypeType,
  LayoutType,
  MemoryFormatType,
  AnyListType,
  AnyTupleType,
  AnyClassType,
  SymIntType,
  SymFloatType,
  SymBoolType,
  UnionType,
  DynamicType,
};

C10_API const char* typeKindToString(TypeKind kind);

/// A dotted name.
class C10_API QualifiedName {
 public:
  QualifiedName() = default;
  QualifiedName(const std::string& qualified) : qualified_(qualified) {}
  QualifiedName(const char* qualified) : qualified_(qualified) {}
  const std::string& qualifiedName() const {
    return qualified_;
  }
  /// The last part.
  std::string name() const {
    const auto dot = qualified_.rfind('.');
    return dot == std::string::npos ? qualified_ : qualified_.substr(dot + 1);
  }
  /// Everything before the last part.
  std::string prefix() const {
    const auto dot = qualified_.rfind('.');
    return dot == std::string::npos ? std::string() : qualified_.substr(0, dot);
  }
  friend bool operator==(const QualifiedName& a, const QualifiedName& b) {
    return a.qualified_ == b.qualified_;
  }
  friend bool operator!=(const QualifiedName& a, const QualifiedName& b) {
    return !(a == b);
  }

 private:
  std::string qualified_;
};

class Type;
using TypePtr = std::shared_ptr<const Type>;
using ConstTypePtr = TypePtr;

class C10_API Type : public std::enable_shared_from_this<Type> {
 public:
  /// From annotation form: `List[Tensor]`, `Dict[str, int]`, `Optional[float]`, `__torch__.Net`.
  static TypePtr parse(const std::string& annotation);
  Type(TypeKind kind, std::string annotation, std::string text, std::vector<TypePtr> contained)
      : kind_(kind), annotation_(std::move(annotation)), text_(std::move(text)), contained_(std::move(contained)) {}

  TypeKind kind() const {
    return kind_;
  }
  /// As messages and graphs print it: `Tensor[]`, `Dict(str, int)`.
  const std::string& str() const {
    return text_;
  }
  /// As source code spells it: `List[Tensor]`.
  const std::string& annotation_str() const {
    return annotation_;
  }
  const std::string& repr_str() const {
    return annotation_;
  }
  ArrayRef<TypePtr> containedTypes() const {
    return contained_;
  }
  TypePtr containedType(size_t index) const {
    return contained_.at(index);
  }
  /// The qualified name of a class.
  std::optional<QualifiedName> name() const {
    return kind_ == TypeKind::ClassType ? std::optional<QualifiedName>(annotation_) : std::nullopt;
  }
  bool is_module() const {
    return kind_ == TypeKind::ClassType;
  }
  TypePtr getElementType() const {
    return contained_.at(0);
  }
  const Type* operator->() const {
    return this;
  }

 private:
  TypeKind kind_;
  std::string annotation_;
  std::string text_;
  std::vector<TypePtr> contained_;
};

using ClassTypePtr = TypePtr;

inline bool operator==(const Type& a, const Type& b) {
  return a.annotation_str() == b.annotation_str();
}
inline bool operator!=(const Type& a, const Type& b) {
  return !(a == b);
}
inline std::ostream& operator<<(std::ostream& out, const Type& type) {
  return out << type.str();
}

#define SCONCE_TYPE(cpp, annotation)           \
  struct cpp {                                 \
    static TypePtr get() {                     \
      return Type::parse(annotation);          \
    }                                          \
  };
SCONCE_TYPE(AnyType, "Any")
SCONCE_TYPE(TensorType, "Tensor")
SCONCE_TYPE(IntType, "int")
SCONCE_TYPE(FloatType, "float")
SCONCE_TYPE(BoolType, "bool")
SCONCE_TYPE(StringType, "str")
SCONCE_TYPE(NoneType, "NoneType")
SCONCE_TYPE(ComplexType, "complex")
SCONCE_TYPE(NumberType, "number")
SCONCE_TYPE(DeviceObjType, "Device")
#undef SCONCE_TYPE

struct ListType {
  static TypePtr create(const TypePtr& element) {
    return Type::parse("List[" + element->annotation_str() + "]");
  }
};
struct OptionalType {
  static TypePtr create(const TypePtr& element) {
    return Type::parse("Optional[" + element->annotation_str() + "]");
  }
};
struct DictType {
  static TypePtr create(const TypePtr& key, const TypePtr& value) {
    return Type::parse("Dict[" + key->annotation_str() + ", " + value->annotation_str() + "]");
  }
};

} // namespace c10
