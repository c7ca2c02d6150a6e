#pragma once

/// Typed indexing into a tensor's memory, without checks.

#include <cstddef>
#include <cstdint>

#include <c10/util/ArrayRef.h>

namespace at {

template <class T>
struct DefaultPtrTraits {
  using PtrType = T*;
};

template <class T, size_t N, template <class U> class PtrTraits = DefaultPtrTraits, class index_t = int64_t>
class TensorAccessor {
 public:
  using PtrType = typename PtrTraits<T>::PtrType;

  TensorAccessor(PtrType data, const index_t* sizes, const index_t* strides)
      : data_(data), sizes_(sizes), strides_(strides) {}

  c10::ArrayRef<index_t> sizes() const {
    return c10::ArrayRef<index_t>(sizes_, N);
  }
  c10::ArrayRef<index_t> strides() const {
    return c10::ArrayRef<index_t>(strides_, N);
  }
  index_t size(index_t dim) const {
    return sizes_[dim];
  }
  index_t stride(index_t dim) const {
    return strides_[dim];
  }
  PtrType data() {
    return data_;
  }
  const PtrType data() const {
    return data_;
  }

  /// The element in one dimension, an accessor of one dimension less in more.
  decltype(auto) operator[](index_t i) {
    return at_index(i);
  }
  decltype(auto) operator[](index_t i) const {
    return at_index(i);
  }

 private:
  decltype(auto) at_index(index_t i) const {
    if constexpr (N == 1) {
      return static_cast<T&>(data_[strides_[0] * i]);
    } else {
      return TensorAccessor<T, N - 1, PtrTraits, index_t>(data_ + strides_[0] * i, sizes_ + 1, strides_ + 1);
    }
  }

  PtrType data_;
  const index_t* sizes_;
  const index_t* strides_;
};

} // namespace at
