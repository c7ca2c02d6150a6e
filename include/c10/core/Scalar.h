#pragma once

#include <complex>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <c10/core/ScalarType.h>

namespace c10 {

/// A number that remembers whether it was a bool, an integer, a floating-point or a complex number.
class Scalar {
 public:
  Scalar() : Scalar(int64_t(0)) {}
  template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
  Scalar(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      kind_ = Kind::Bool;
      int_ = value ? 1 : 0;
    } else if constexpr (std::is_floating_point_v<T>) {
      kind_ = Kind::Double;
      re_ = static_cast<double>(value);
    } else {
      kind_ = Kind::Int;
      int_ = static_cast<int64_t>(value);
    }
  }
  Scalar(Half value) : Scalar(static_cast<float>(value)) {}
  Scalar(BFloat16 value) : Scalar(static_cast<float>(value)) {}
  Scalar(complex<float> value) : kind_(Kind::Complex), re_(value.real()), im_(value.imag()) {}
  Scalar(complex<double> value) : kind_(Kind::Complex), re_(value.real()), im_(value.imag()) {}
  Scalar(std::complex<float> value) : Scalar(complex<float>(value)) {}
  Scalar(std::complex<double> value) : Scalar(complex<double>(value)) {}

  bool isFloatingPoint() const {
    return kind_ == Kind::Double;
  }
  bool isComplex() const {
    return kind_ == Kind::Complex;
  }
  bool isBoolean() const {
    return kind_ == Kind::Bool;
  }
  bool isIntegral(bool includeBool) const {
    return kind_ == Kind::Int || (includeBool && isBoolean());
  }
  bool isSymbolic() const {
    return false;
  }
  ScalarType type() const {
    switch (kind_) {
      case Kind::Bool:
        return ScalarType::Bool;
      case Kind::Int:
        return ScalarType::Long;
      case Kind::Double:
        return ScalarType::Double;
      default:
        return ScalarType::ComplexDouble;
    }
  }

  /// The value as `T`; an error where it does not fit.
  template <class T>
  T to() const {
    if constexpr (std::is_same_v<T, bool>) {
      return kind_ == Kind::Int || kind_ == Kind::Bool ? int_ != 0 : re_ != 0 || im_ != 0;
    } else if constexpr (std::is_same_v<T, complex<float>> || std::is_same_v<T, complex<double>>) {
      using V = typename T::value_type;
      return T(static_cast<V>(real()), static_cast<V>(im_));
    } else if constexpr (std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>) {
      using V = typename T::value_type;
      return T(static_cast<V>(real()), static_cast<V>(im_));
    } else if constexpr (std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>) {
      return T(to<float>());
    } else {
      TORCH_CHECK(im_ == 0, "value cannot be converted to type ", toString(CppTypeToScalarType<T>::value),
                  " without overflow");
      if constexpr (std::is_integral_v<T>) {
        const bool fits = is_int() ? static_cast<int64_t>(static_cast<T>(int_)) == int_
                                   : re_ >= static_cast<double>(std::numeric_limits<T>::lowest()) &&
                re_ <= static_cast<double>(std::numeric_limits<T>::max());
        TORCH_CHECK(fits || std::is_unsigned_v<T>, "value cannot be converted to type ",
                    toString(CppTypeToScalarType<T>::value), " without overflow");
      }
      return is_int() ? static_cast<T>(int_) : static_cast<T>(re_);
    }
  }
#define SCONCE_DEFINE(T, name) \
  T to##name() const {         \
    return to<T>();            \
  }
  SCONCE_DEFINE(uint8_t, Byte)
  SCONCE_DEFINE(int8_t, Char)
  SCONCE_DEFINE(int16_t, Short)
  SCONCE_DEFINE(int, Int)
  SCONCE_DEFINE(int64_t, Long)
  SCONCE_DEFINE(Half, Half)
  SCONCE_DEFINE(float, Float)
  SCONCE_DEFINE(double, Double)
  SCONCE_DEFINE(c10::complex<float>, ComplexFloat)
  SCONCE_DEFINE(c10::complex<double>, ComplexDouble)
  SCONCE_DEFINE(bool, Bool)
  SCONCE_DEFINE(BFloat16, BFloat16)
#undef SCONCE_DEFINE

  bool equal(Scalar other) const {
    return real() == other.real() && im_ == other.im_;
  }
  Scalar operator-() const {
    Scalar out = *this;
    out.int_ = -out.int_;
    out.re_ = -out.re_;
    out.im_ = -out.im_;
    return out;
  }

 private:
  enum class Kind : uint8_t { Bool, Int, Double, Complex };
  bool is_int() const {
    return kind_ == Kind::Int || kind_ == Kind::Bool;
  }
  double real() const {
    return is_int() ? static_cast<double>(int_) : re_;
  }

  Kind kind_;
  int64_t int_ = 0;
  double re_ = 0;
  double im_ = 0;
};

inline std::ostream& operator<<(std::ostream& out, const Scalar& value) {
  if (value.isFloatingPoint()) {
    return out << value.toDouble();
  }
  if (value.isComplex()) {
    return out << value.toComplexDouble();
  }
  if (value.isBoolean()) {
    return out << (value.toBool() ? "true" : "false");
  }
  return out << value.toLong();
}

} // namespace c10
