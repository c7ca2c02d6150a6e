#pragma once

/// `torch::tensor`: a tensor from numbers, nested braces included.

#include <initializer_list>
#include <vector>

#include <torch/types.h>

namespace torch {

namespace detail {

/// Numbers in nested braces, and the shape they make.
class SCONCE_API TensorDataContainer {
 public:
  TensorDataContainer() : sizes_({0}), type_(c10::get_default_dtype_as_scalartype()) {}
  template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
  TensorDataContainer(T value) : type_(type_of<T>()), values_{at::Scalar(value)} {}
  TensorDataContainer(at::Half value) : type_(at::kHalf), values_{at::Scalar(value)} {}
  TensorDataContainer(at::BFloat16 value) : type_(at::kBFloat16), values_{at::Scalar(value)} {}
  TensorDataContainer(c10::complex<float> value) : type_(at::kComplexFloat), values_{at::Scalar(value)} {}
  TensorDataContainer(c10::complex<double> value) : type_(at::kComplexDouble), values_{at::Scalar(value)} {}
  TensorDataContainer(std::initializer_list<TensorDataContainer> parts);
  template <class T>
  TensorDataContainer(at::ArrayRef<T> values) : sizes_({static_cast<int64_t>(values.size())}), type_(type_of<T>()) {
    values_.assign(values.begin(), values.end());
  }
  template <class T>
  TensorDataContainer(const std::vector<T>& values)
      : sizes_({static_cast<int64_t>(values.size())}), type_(type_of<T>()) {
    for (const T value : values) {
      values_.emplace_back(value);
    }
  }
  /// The tensor; floats take the default dtype and integers 64 bits unless `options` says otherwise.
  at::Tensor convert_to_tensor(at::TensorOptions options) const;

 private:
  template <class T>
  static at::ScalarType type_of() {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      return sizeof(T) == 8 ? at::kLong : c10::CppTypeToScalarType<T>::value;
    } else {
      return c10::CppTypeToScalarType<T>::value;
    }
  }

  std::vector<int64_t> sizes_;
  at::ScalarType type_;
  std::vector<at::Scalar> values_;
};

} // namespace detail

inline at::Tensor tensor(detail::TensorDataContainer data, const at::TensorOptions& options = {}) {
  return data.convert_to_tensor(options);
}

} // namespace torch
