#pragma once

/// `at::Tensor`: every operator that takes `self` is also a method.

#include <ostream>
#include <tuple>
#include <vector>

#include <ATen/core/Generator.h>
#include <ATen/core/TensorBase.h>
#include <sconce/call.h>

namespace at {

namespace indexing {
struct TensorIndex;
}

class SCONCE_API Tensor : public TensorBase {
 public:
  Tensor() noexcept = default;
  Tensor(const Tensor&) noexcept = default;
  Tensor(Tensor&&) noexcept = default;
  Tensor(const TensorBase& other) noexcept : TensorBase(other) {}
  Tensor(TensorBase&& other) noexcept : TensorBase(std::move(other)) {}

  // A named tensor is made to refer to another one; a temporary (`x.select(1, 0) = y`) is written through.
  Tensor& operator=(const TensorBase& other) & noexcept {
    TensorBase::operator=(other);
    return *this;
  }
  Tensor& operator=(TensorBase&& other) & noexcept {
    TensorBase::operator=(std::move(other));
    return *this;
  }
  Tensor& operator=(const Tensor& other) & noexcept {
    TensorBase::operator=(other);
    return *this;
  }
  Tensor& operator=(Tensor&& other) & noexcept {
    TensorBase::operator=(std::move(other));
    return *this;
  }
  Tensor& operator=(const Scalar& value) && {
    return fill_(value);
  }
  Tensor& operator=(const Tensor& other) && {
    return copy_(other);
  }
  Tensor& operator=(Tensor&& other) && {
    return copy_(other);
  }

  bool is_same(const Tensor& other) const noexcept {
    return TensorBase::is_same(other);
  }
  const Tensor& set_requires_grad(bool requires_grad) const {
    TensorBase::set_requires_grad(requires_grad);
    return *this;
  }
  const Tensor& requires_grad_(bool requires_grad = true) const {
    return set_requires_grad(requires_grad);
  }
  /// Undefined: Sconce computes no gradients.
  const Tensor& grad() const;
  /// An error: Sconce computes no gradients.
  void backward(
      const Tensor& gradient = {},
      std::optional<bool> retain_graph = std::nullopt,
      bool create_graph = false,
      std::optional<TensorList> inputs = std::nullopt) const;

  Tensor contiguous(MemoryFormat format = MemoryFormat::Contiguous) const {
    return Tensor(TensorBase::contiguous(format));
  }
  Tensor cpu() const;
  /// An error: there is no such device.
  Tensor cuda() const;
  Tensor toType(ScalarType type) const;
  Tensor to(
      TensorOptions options = {},
      bool non_blocking = false,
      bool copy = false,
      std::optional<MemoryFormat> memory_format = std::nullopt) const;
  Tensor to(
      std::optional<ScalarType> dtype,
      std::optional<Layout> layout,
      std::optional<Device> device,
      std::optional<bool> pin_memory,
      bool non_blocking,
      bool copy,
      std::optional<MemoryFormat> memory_format) const;
  Tensor to(
      Device device,
      ScalarType dtype,
      bool non_blocking = false,
      bool copy = false,
      std::optional<MemoryFormat> memory_format = std::nullopt) const;
  Tensor to(
      ScalarType dtype,
      bool non_blocking = false,
      bool copy = false,
      std::optional<MemoryFormat> memory_format = std::nullopt) const;
  Tensor to(
      const Tensor& other,
      bool non_blocking = false,
      bool copy = false,
      std::optional<MemoryFormat> memory_format = std::nullopt) const;

  /// The value of a tensor with one element.
  Scalar item() const;
  template <class T>
  T item() const {
    return item().to<T>();
  }
  Tensor data() const;
  template <class T>
  T* data() const {
    return data_ptr<T>();
  }
  Tensor variable_data() const {
    return data();
  }
  Tensor tensor_data() const {
    return data();
  }
  /// `CPUFloatType`; the name applications print.
  std::string type() const {
    return toString();
  }
  /// Prints a summary to standard output.
  void print() const;

  Tensor operator~() const;
  Tensor operator-() const;
  Tensor& operator+=(const Tensor& other);
  Tensor& operator+=(const Scalar& other);
  Tensor& operator-=(const Tensor& other);
  Tensor& operator-=(const Scalar& other);
  Tensor& operator*=(const Tensor& other);
  Tensor& operator*=(const Scalar& other);
  Tensor& operator/=(const Tensor& other);
  Tensor& operator/=(const Scalar& other);
  Tensor& operator&=(const Tensor& other);
  Tensor& operator|=(const Tensor& other);
  Tensor& operator^=(const Tensor& other);
  /// A view of one entry along the first dimension.
  Tensor operator[](const Scalar& index) const;
  Tensor operator[](const Tensor& index) const;
  Tensor operator[](int64_t index) const;

  /// Python's `self[indices]`; see `ATen/TensorIndexing.h`.
  Tensor index(ArrayRef<indexing::TensorIndex> indices) const;
  Tensor index(std::initializer_list<indexing::TensorIndex> indices) const;
  Tensor& index_put_(ArrayRef<indexing::TensorIndex> indices, const Tensor& values);
  Tensor& index_put_(ArrayRef<indexing::TensorIndex> indices, const Scalar& value);
  Tensor& index_put_(std::initializer_list<indexing::TensorIndex> indices, const Tensor& values);
  Tensor& index_put_(std::initializer_list<indexing::TensorIndex> indices, const Scalar& value);

#include <ATen/core/TensorMethods.inc>
};

SCONCE_API std::ostream& operator<<(std::ostream& out, const Tensor& tensor);
/// Prints with lines of at most `line_width` columns.
SCONCE_API std::ostream& print(std::ostream& out, const Tensor& tensor, int64_t line_width);

} // namespace at

namespace sconce {

// A list of tensors crosses as an array of handles.
static_assert(sizeof(at::Tensor) == sizeof(void*), "a tensor is one pointer");

inline Arg::Arg(at::TensorList v) : Slot{Tag::TensorList, address(v.data()), v.size()} {}

template <>
struct Take<at::Tensor> {
  static at::Tensor take(const Slot& s) {
    return at::TensorBase::reclaim(reinterpret_cast<TensorHandle*>(static_cast<uintptr_t>(s.a)));
  }
};
inline namespace abi {
/// Elements of an owned list, which is released.
SCONCE_API std::vector<Slot> take_list(const Slot& list);
} // namespace abi
template <class T>
struct Take<std::vector<T>> {
  static std::vector<T> take(const Slot& s) {
    std::vector<T> out;
    for (const Slot& item : take_list(s)) {
      out.push_back(Take<T>::take(item));
    }
    return out;
  }
};

} // namespace sconce

namespace c10 {
using at::Tensor;
using at::TensorList;
} // namespace c10
