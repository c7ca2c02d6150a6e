#pragma once

/// A view of values that somebody else owns, valid as long as they are.

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <ostream>
#include <type_traits>
#include <vector>

#include <c10/util/Exception.h>
#include <c10/util/Optional.h>
#include <c10/util/SmallVector.h>

namespace c10 {

template <class T>
class ArrayRef final {
 public:
  using iterator = const T*;
  using const_iterator = const T*;
  using size_type = size_t;
  using value_type = T;
  using reverse_iterator = std::reverse_iterator<iterator>;

  constexpr ArrayRef() noexcept = default;
  /// One element.
  constexpr ArrayRef(const T& one) noexcept : data_(&one), size_(1) {}
  constexpr ArrayRef(const T* data, size_t size) noexcept : data_(data), size_(size) {}
  constexpr ArrayRef(const T* begin, const T* end) noexcept : data_(begin), size_(static_cast<size_t>(end - begin)) {}
  template <class U, unsigned N, class = std::enable_if_t<std::is_same_v<U, T>>>
  ArrayRef(const SmallVector<U, N>& values) noexcept : data_(values.data()), size_(values.size()) {}
  template <class Alloc>
  ArrayRef(const std::vector<T, Alloc>& values) noexcept : data_(values.data()), size_(values.size()) {
    static_assert(!std::is_same_v<T, bool>, "ArrayRef<bool> cannot be made from std::vector<bool>");
  }
  template <size_t N>
  constexpr ArrayRef(const std::array<T, N>& values) noexcept : data_(values.data()), size_(N) {}
  template <size_t N>
  constexpr ArrayRef(const T (&values)[N]) noexcept : data_(values), size_(N) {}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winit-list-lifetime"
#endif
  /// Good for the full expression only, as in `zeros({2, 3})`.
  constexpr ArrayRef(const std::initializer_list<T>& values) noexcept
      : data_(values.size() == 0 ? nullptr : values.begin()), size_(values.size()) {}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

  constexpr iterator begin() const noexcept {
    return data_;
  }
  constexpr iterator end() const noexcept {
    return data_ + size_;
  }
  constexpr const_iterator cbegin() const noexcept {
    return begin();
  }
  constexpr const_iterator cend() const noexcept {
    return end();
  }
  constexpr reverse_iterator rbegin() const noexcept {
    return reverse_iterator(end());
  }
  constexpr reverse_iterator rend() const noexcept {
    return reverse_iterator(begin());
  }
  constexpr bool empty() const noexcept {
    return size_ == 0;
  }
  constexpr const T* data() const noexcept {
    return data_;
  }
  constexpr size_t size() const noexcept {
    return size_;
  }
  const T& front() const {
    TORCH_CHECK(!empty(), "ArrayRef: attempted to access front() of empty list");
    return data_[0];
  }
  const T& back() const {
    TORCH_CHECK(!empty(), "ArrayRef: attempted to access back() of empty list");
    return data_[size_ - 1];
  }
  constexpr bool equals(ArrayRef other) const {
    if (size_ != other.size_) {
      return false;
    }
    for (size_t i = 0; i < size_; ++i) {
      if (!(data_[i] == other.data_[i])) {
        return false;
      }
    }
    return true;
  }
  ArrayRef slice(size_t start, size_t count) const {
    TORCH_CHECK(start + count <= size_, "ArrayRef: invalid slice, N = ", start, "; M = ", count, "; size = ", size_);
    return ArrayRef(data_ + start, count);
  }
  ArrayRef slice(size_t start) const {
    TORCH_CHECK(start <= size_, "ArrayRef: invalid slice, N = ", start, "; size = ", size_);
    return slice(start, size_ - start);
  }
  constexpr const T& operator[](size_t index) const noexcept {
    return data_[index];
  }
  const T& at(size_t index) const {
    TORCH_CHECK(index < size_, "ArrayRef: invalid index Index = ", index, "; Length = ", size_);
    return data_[index];
  }
  std::vector<T> vec() const {
    return std::vector<T>(data_, data_ + size_);
  }

 private:
  const T* data_ = nullptr;
  size_t size_ = 0;
};

template <class T>
std::ostream& operator<<(std::ostream& out, ArrayRef<T> values) {
  out << "[";
  for (size_t i = 0; i < values.size(); ++i) {
    out << (i == 0 ? "" : ", ") << values[i];
  }
  return out << "]";
}

template <class T>
bool operator==(ArrayRef<T> a, ArrayRef<T> b) {
  return a.equals(b);
}
template <class T>
bool operator!=(ArrayRef<T> a, ArrayRef<T> b) {
  return !a.equals(b);
}
template <class T>
bool operator==(const std::vector<T>& a, ArrayRef<T> b) {
  return ArrayRef<T>(a).equals(b);
}
template <class T>
bool operator!=(const std::vector<T>& a, ArrayRef<T> b) {
  return !ArrayRef<T>(a).equals(b);
}
template <class T>
bool operator==(ArrayRef<T> a, const std::vector<T>& b) {
  return a.equals(ArrayRef<T>(b));
}
template <class T>
bool operator!=(ArrayRef<T> a, const std::vector<T>& b) {
  return !a.equals(ArrayRef<T>(b));
}

template <class T>
ArrayRef<T> makeArrayRef(const std::vector<T>& values) {
  return values;
}
template <class T>
ArrayRef<T> makeArrayRef(const T* data, size_t size) {
  return ArrayRef<T>(data, size);
}

using IntArrayRef = ArrayRef<int64_t>;
using IntList = IntArrayRef;

/// An `ArrayRef` or nothing; also made from one value.
template <class T>
class OptionalArrayRef final {
 public:
  constexpr OptionalArrayRef() noexcept = default;
  constexpr OptionalArrayRef(std::nullopt_t) noexcept {}
  template <
      class U,
      class = std::enable_if_t<
          !std::is_same_v<std::decay_t<U>, OptionalArrayRef> && !std::is_same_v<std::decay_t<U>, std::nullopt_t> &&
          !std::is_arithmetic_v<std::decay_t<U>> &&
          std::is_convertible_v<U&&, ArrayRef<T>>>>
  constexpr OptionalArrayRef(U&& value) noexcept : value_(ArrayRef<T>(std::forward<U>(value))) {}
  // Takes the element by reference so that a converted temporary lives as long as the caller's expression.
  constexpr OptionalArrayRef(const T& one) noexcept : value_(ArrayRef<T>(one)) {}
  constexpr OptionalArrayRef(const std::initializer_list<T>& values) noexcept : value_(ArrayRef<T>(values)) {}
  constexpr OptionalArrayRef(const std::optional<ArrayRef<T>>& value) noexcept : value_(value) {}

  constexpr bool has_value() const noexcept {
    return value_.has_value();
  }
  constexpr explicit operator bool() const noexcept {
    return has_value();
  }
  constexpr const ArrayRef<T>& value() const {
    return value_.value();
  }
  constexpr const ArrayRef<T>& operator*() const noexcept {
    return *value_;
  }
  constexpr const ArrayRef<T>* operator->() const noexcept {
    return &*value_;
  }

 private:
  std::optional<ArrayRef<T>> value_;
};
using OptionalIntArrayRef = OptionalArrayRef<int64_t>;

} // namespace c10
