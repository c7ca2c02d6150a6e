#pragma once

#include <complex>
#include <ostream>

namespace c10 {

/// A complex number with the memory layout of `std::complex`, which it converts to and from.
template <class T>
struct alignas(sizeof(T) * 2) complex {
  using value_type = T;

  T real_ = T(0);
  T imag_ = T(0);

  constexpr complex() = default;
  constexpr complex(const T& re, const T& im = T()) : real_(re), imag_(im) {}
  constexpr complex(const std::complex<T>& z) : real_(z.real()), imag_(z.imag()) {}
  template <class U>
  constexpr explicit complex(const complex<U>& z) : real_(static_cast<T>(z.real())), imag_(static_cast<T>(z.imag())) {}
  constexpr operator std::complex<T>() const {
    return std::complex<T>(real_, imag_);
  }

  constexpr T real() const {
    return real_;
  }
  constexpr T imag() const {
    return imag_;
  }
  constexpr complex& operator+=(const complex& z) {
    real_ += z.real_;
    imag_ += z.imag_;
    return *this;
  }
  constexpr complex& operator-=(const complex& z) {
    real_ -= z.real_;
    imag_ -= z.imag_;
    return *this;
  }
  constexpr complex& operator*=(const complex& z) {
    const T re = real_ * z.real_ - imag_ * z.imag_;
    imag_ = real_ * z.imag_ + imag_ * z.real_;
    real_ = re;
    return *this;
  }
  complex& operator/=(const complex& z) {
    *this = complex(std::complex<T>(*this) / std::complex<T>(z));
    return *this;
  }

  friend constexpr complex operator+(complex a, const complex& b) {
    return a += b;
  }
  friend constexpr complex operator-(complex a, const complex& b) {
    return a -= b;
  }
  friend constexpr complex operator*(complex a, const complex& b) {
    return a *= b;
  }
  friend complex operator/(complex a, const complex& b) {
    return a /= b;
  }
  friend constexpr complex operator-(const complex& z) {
    return complex(-z.real_, -z.imag_);
  }
  friend constexpr bool operator==(const complex& a, const complex& b) {
    return a.real_ == b.real_ && a.imag_ == b.imag_;
  }
  friend constexpr bool operator!=(const complex& a, const complex& b) {
    return !(a == b);
  }
  friend std::ostream& operator<<(std::ostream& out, const complex& z) {
    return out << static_cast<std::complex<T>>(z);
  }
};

} // namespace c10
