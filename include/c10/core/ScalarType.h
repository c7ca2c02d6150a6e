#pragma once

/// Element types.

#include <cstdint>
#include <ostream>

#include <c10/util/Exception.h>
#include <c10/util/Half.h>
#include <c10/util/complex.h>
#include <c10/util/string_view.h>

namespace c10 {

struct alignas(1) qint8 {
  using underlying = int8_t;
  int8_t val_;
  qint8() = default;
  explicit qint8(int8_t val) : val_(val) {}
};
struct alignas(1) quint8 {
  using underlying = uint8_t;
  uint8_t val_;
  quint8() = default;
  explicit quint8(uint8_t val) : val_(val) {}
};
struct alignas(4) qint32 {
  using underlying = int32_t;
  int32_t val_;
  qint32() = default;
  explicit qint32(int32_t val) : val_(val) {}
};

} // namespace c10

/// Every dtype in the order of its number: C++ type or void, name, size in bytes.
#define SCONCE_FORALL_SCALAR_TYPES(_) \
  _(uint8_t, Byte, 1)                 \
  _(int8_t, Char, 1)                  \
  _(int16_t, Short, 2)                \
  _(int, Int, 4)                      \
  _(int64_t, Long, 8)                 \
  _(c10::Half, Half, 2)               \
  _(float, Float, 4)                  \
  _(double, Double, 8)                \
  _(void, ComplexHalf, 4)             \
  _(c10::complex<float>, ComplexFloat, 8)    \
  _(c10::complex<double>, ComplexDouble, 16) \
  _(bool, Bool, 1)                    \
  _(c10::qint8, QInt8, 1)             \
  _(c10::quint8, QUInt8, 1)           \
  _(c10::qint32, QInt32, 4)           \
  _(c10::BFloat16, BFloat16, 2)       \
  _(void, QUInt4x2, 1)                \
  _(void, QUInt2x4, 1)                \
  _(void, Bits1x8, 1)                 \
  _(void, Bits2x4, 1)                 \
  _(void, Bits4x2, 1)                 \
  _(void, Bits8, 1)                   \
  _(void, Bits16, 2)                  \
  _(void, Float8_e5m2, 1)             \
  _(void, Float8_e4m3fn, 1)           \
  _(void, Float8_e5m2fnuz, 1)         \
  _(void, Float8_e4m3fnuz, 1)         \
  _(uint16_t, UInt16, 2)              \
  _(uint32_t, UInt32, 4)              \
  _(uint64_t, UInt64, 8)

namespace c10 {

enum class ScalarType : int8_t {
#define SCONCE_DEFINE(type, name, size) name,
  SCONCE_FORALL_SCALAR_TYPES(SCONCE_DEFINE)
#undef SCONCE_DEFINE
      Undefined,
  NumOptions
};

#define SCONCE_DEFINE(type, name, size) constexpr ScalarType k##name = ScalarType::name;
SCONCE_FORALL_SCALAR_TYPES(SCONCE_DEFINE)
#undef SCONCE_DEFINE

namespace detail {
template <class T>
struct dtype_of;
// `void` rows have no C++ type; the tag keeps their specialisations apart.
template <ScalarType>
struct no_cpp_type;
template <class T, ScalarType D>
struct or_tag {
  using type = T;
};
template <ScalarType D>
struct or_tag<void, D> {
  using type = no_cpp_type<D>;
};
#define SCONCE_DEFINE(T, name, size)                                      \
  template <>                                                             \
  struct dtype_of<typename or_tag<T, ScalarType::name>::type> {           \
    static constexpr ScalarType value = ScalarType::name;                 \
  };
SCONCE_FORALL_SCALAR_TYPES(SCONCE_DEFINE)
#undef SCONCE_DEFINE
template <>
struct dtype_of<std::complex<float>> {
  static constexpr ScalarType value = ScalarType::ComplexFloat;
};
template <>
struct dtype_of<std::complex<double>> {
  static constexpr ScalarType value = ScalarType::ComplexDouble;
};
} // namespace detail

template <class T>
struct CppTypeToScalarType : detail::dtype_of<T> {};

namespace impl {
template <ScalarType D>
struct ScalarTypeToCPPType;
#define SCONCE_DEFINE(T, name, size)                                      \
  template <>                                                             \
  struct ScalarTypeToCPPType<ScalarType::name> {                          \
    using type = typename detail::or_tag<T, ScalarType::name>::type;      \
  };
SCONCE_FORALL_SCALAR_TYPES(SCONCE_DEFINE)
#undef SCONCE_DEFINE
template <ScalarType D>
using ScalarTypeToCPPTypeT = typename ScalarTypeToCPPType<D>::type;
} // namespace impl

/// `Float`, `Long`, …
inline const char* toString(ScalarType type) {
  switch (type) {
#define SCONCE_DEFINE(T, name, size) \
  case ScalarType::name:             \
    return #name;
    SCONCE_FORALL_SCALAR_TYPES(SCONCE_DEFINE)
#undef SCONCE_DEFINE
    case ScalarType::Undefined:
      return "Undefined";
    default:
      return "UNKNOWN_SCALAR";
  }
}

/// Bytes of one element.
inline size_t elementSize(ScalarType type) {
  switch (type) {
#define SCONCE_DEFINE(T, name, size) \
  case ScalarType::name:             \
    return size;
    SCONCE_FORALL_SCALAR_TYPES(SCONCE_DEFINE)
#undef SCONCE_DEFINE
    default:
      TORCH_CHECK(false, "Unknown ScalarType");
  }
}

inline bool isQIntType(ScalarType t) {
  return t == kQInt8 || t == kQUInt8 || t == kQInt32 || t == kQUInt4x2 || t == kQUInt2x4;
}
inline bool isComplexType(ScalarType t) {
  return t == kComplexHalf || t == kComplexFloat || t == kComplexDouble;
}
inline bool isReducedFloatingType(ScalarType t) {
  return t == kHalf || t == kBFloat16 || (t >= kFloat8_e5m2 && t <= kFloat8_e4m3fnuz);
}
inline bool isFloatingType(ScalarType t) {
  return t == kFloat || t == kDouble || isReducedFloatingType(t);
}
inline bool isIntegralType(ScalarType t, bool includeBool) {
  return (includeBool && t == kBool) || (t >= kByte && t <= kLong) || (t >= kUInt16 && t <= kUInt64);
}
inline bool isSignedType(ScalarType t) {
  return isFloatingType(t) || isComplexType(t) || (t >= kChar && t <= kLong);
}
/// The smallest dtype that holds the values of both.
C10_API ScalarType promoteTypes(ScalarType a, ScalarType b);

inline std::ostream& operator<<(std::ostream& out, ScalarType type) {
  return out << toString(type);
}

} // namespace c10

namespace caffe2 {

/// A dtype as `Tensor::dtype()` returns it; prints as the C++ type.
class C10_API TypeMeta final {
 public:
  constexpr TypeMeta() noexcept = default;
  constexpr TypeMeta(c10::ScalarType type) noexcept : type_(type) {}

  size_t itemsize() const {
    return c10::elementSize(type_);
  }
  /// The name of the C++ type: `float`, `long int`, `c10::Half`.
  c10::string_view name() const noexcept;
  template <class T>
  bool Match() const noexcept {
    return *this == Make<T>();
  }
  template <class T>
  static constexpr TypeMeta Make() {
    return TypeMeta(c10::CppTypeToScalarType<T>::value);
  }
  static constexpr TypeMeta fromScalarType(c10::ScalarType type) {
    return TypeMeta(type);
  }
  constexpr c10::ScalarType toScalarType() const noexcept {
    return type_;
  }
  constexpr bool isScalarType() const noexcept {
    return type_ < c10::ScalarType::Undefined;
  }
  constexpr bool isScalarType(c10::ScalarType type) const noexcept {
    return type_ == type;
  }
  friend constexpr bool operator==(TypeMeta a, TypeMeta b) noexcept {
    return a.type_ == b.type_;
  }
  friend constexpr bool operator!=(TypeMeta a, TypeMeta b) noexcept {
    return a.type_ != b.type_;
  }

 private:
  c10::ScalarType type_ = c10::ScalarType::Undefined;
};

inline std::ostream& operator<<(std::ostream& out, TypeMeta meta) {
  return out << meta.name();
}

} // namespace caffe2

namespace c10 {
inline ScalarType typeMetaToScalarType(caffe2::TypeMeta meta) {
  return meta.toScalarType();
}
inline caffe2::TypeMeta scalarTypeToTypeMeta(ScalarType type) {
  return caffe2::TypeMeta(type);
}
C10_API caffe2::TypeMeta get_default_dtype();
C10_API ScalarType get_default_dtype_as_scalartype();
C10_API void set_default_dtype(caffe2::TypeMeta dtype);
} // namespace c10
