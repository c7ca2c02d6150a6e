#pragma once

/// `+ - * / % & | ^ << >> == != < <= > >=` between tensors and numbers.

#include <ATen/Functions.h>

namespace at {

inline Tensor operator+(const Tensor& a, const Tensor& b) {
  return a.add(b);
}
inline Tensor operator+(const Tensor& a, const Scalar& b) {
  return a.add(b);
}
inline Tensor operator+(const Scalar& a, const Tensor& b) {
  return b.add(a);
}
inline Tensor operator-(const Tensor& a, const Tensor& b) {
  return a.sub(b);
}
inline Tensor operator-(const Tensor& a, const Scalar& b) {
  return a.sub(b);
}
inline Tensor operator-(const Scalar& a, const Tensor& b) {
  return b.neg().add(a);
}
inline Tensor operator*(const Tensor& a, const Tensor& b) {
  return a.mul(b);
}
inline Tensor operator*(const Tensor& a, const Scalar& b) {
  return a.mul(b);
}
inline Tensor operator*(const Scalar& a, const Tensor& b) {
  return b.mul(a);
}
inline Tensor operator/(const Tensor& a, const Tensor& b) {
  return a.div(b);
}
inline Tensor operator/(const Tensor& a, const Scalar& b) {
  return a.div(b);
}
inline Tensor operator/(const Scalar& a, const Tensor& b) {
  return b.reciprocal().mul(a);
}
inline Tensor operator%(const Tensor& a, const Tensor& b) {
  return a.remainder(b);
}
inline Tensor operator%(const Tensor& a, const Scalar& b) {
  return a.remainder(b);
}

#define SCONCE_OPERATOR(op, method, swapped)                     \
  inline Tensor operator op(const Tensor& a, const Tensor& b) {  \
    return a.method(b);                                          \
  }                                                              \
  inline Tensor operator op(const Tensor& a, const Scalar& b) {  \
    return a.method(b);                                          \
  }                                                              \
  inline Tensor operator op(const Scalar& a, const Tensor& b) {  \
    return b.swapped(a);                                         \
  }
SCONCE_OPERATOR(==, eq, eq)
SCONCE_OPERATOR(!=, ne, ne)
SCONCE_OPERATOR(<, lt, gt)
SCONCE_OPERATOR(<=, le, ge)
SCONCE_OPERATOR(>, gt, lt)
SCONCE_OPERATOR(>=, ge, le)
SCONCE_OPERATOR(&, bitwise_and, bitwise_and)
SCONCE_OPERATOR(|, bitwise_or, bitwise_or)
SCONCE_OPERATOR(^, bitwise_xor, bitwise_xor)
#undef SCONCE_OPERATOR

inline Tensor Tensor::operator~() const {
  return bitwise_not();
}
inline Tensor Tensor::operator-() const {
  return neg();
}
inline Tensor& Tensor::operator+=(const Tensor& other) {
  return add_(other);
}
inline Tensor& Tensor::operator+=(const Scalar& other) {
  return add_(other);
}
inline Tensor& Tensor::operator-=(const Tensor& other) {
  return sub_(other);
}
inline Tensor& Tensor::operator-=(const Scalar& other) {
  return sub_(other);
}
inline Tensor& Tensor::operator*=(const Tensor& other) {
  return mul_(other);
}
inline Tensor& Tensor::operator*=(const Scalar& other) {
  return mul_(other);
}
inline Tensor& Tensor::operator/=(const Tensor& other) {
  return div_(other);
}
inline Tensor& Tensor::operator/=(const Scalar& other) {
  return div_(other);
}
inline Tensor& Tensor::operator&=(const Tensor& other) {
  return bitwise_and_(other);
}
inline Tensor& Tensor::operator|=(const Tensor& other) {
  return bitwise_or_(other);
}
inline Tensor& Tensor::operator^=(const Tensor& other) {
  return bitwise_xor_(other);
}
inline Tensor Tensor::operator[](int64_t index) const {
  return select(0, index);
}
inline Tensor Tensor::operator[](const Scalar& index) const {
  TORCH_CHECK_INDEX(index.isIntegral(false), "Can only index tensors with integral scalars");
  return select(0, index.toLong());
}
inline Tensor Tensor::operator[](const Tensor& index) const {
  TORCH_CHECK_INDEX(index.defined(), "Can only index with tensors that are defined");
  TORCH_CHECK_INDEX(index.dim() == 0, "Can only index with tensors that are scalars (zero-dim)");
  return select(0, index.item<int64_t>());
}

} // namespace at
