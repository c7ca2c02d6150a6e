#pragma once

/// Python-like indexing: `x.index({0, Slice(1, None), "...", mask})`.

#include <optional>

#include <ATen/core/Tensor.h>

namespace at::indexing {

enum class TensorIndexType { None, Ellipsis, Integer, Boolean, Slice, Tensor };

constexpr std::nullopt_t None = std::nullopt;

struct EllipsisIndexType final {
  EllipsisIndexType() = default;
};
inline const EllipsisIndexType Ellipsis = EllipsisIndexType();

/// `start:stop:step`; what is `None` goes to the end.
struct Slice final {
  explicit Slice(
      std::optional<int64_t> start = std::nullopt,
      std::optional<int64_t> stop = std::nullopt,
      std::optional<int64_t> step = std::nullopt)
      : start_(start), stop_(stop), step_(step.value_or(1)) {}
  std::optional<int64_t> start() const {
    return start_;
  }
  std::optional<int64_t> stop() const {
    return stop_;
  }
  int64_t step() const {
    return step_;
  }

 private:
  std::optional<int64_t> start_;
  std::optional<int64_t> stop_;
  int64_t step_;
};

/// One entry of an index.
struct SCONCE_API TensorIndex final {
  TensorIndex(std::nullopt_t) : type_(TensorIndexType::None) {}
  TensorIndex(EllipsisIndexType) : type_(TensorIndexType::Ellipsis) {}
  TensorIndex(const char* text) : type_(TensorIndexType::Ellipsis) {
    TORCH_CHECK_VALUE(std::string_view(text) == "...",
                      "Expected \"...\" to represent an ellipsis index, but got \"", text, "\"");
  }
  TensorIndex(int64_t integer) : type_(TensorIndexType::Integer), integer_(integer) {}
  TensorIndex(int integer) : TensorIndex(static_cast<int64_t>(integer)) {}
  template <class T, class = std::enable_if_t<std::is_same_v<T, bool>>>
  TensorIndex(T boolean) : type_(TensorIndexType::Boolean), integer_(boolean ? 1 : 0) {}
  TensorIndex(Slice slice) : type_(TensorIndexType::Slice), slice_(slice) {}
  TensorIndex(Tensor tensor) : type_(TensorIndexType::Tensor), tensor_(std::move(tensor)) {}

  bool is_none() const {
    return type_ == TensorIndexType::None;
  }
  bool is_ellipsis() const {
    return type_ == TensorIndexType::Ellipsis;
  }
  bool is_integer() const {
    return type_ == TensorIndexType::Integer;
  }
  bool is_boolean() const {
    return type_ == TensorIndexType::Boolean;
  }
  bool is_slice() const {
    return type_ == TensorIndexType::Slice;
  }
  bool is_tensor() const {
    return type_ == TensorIndexType::Tensor;
  }
  int64_t integer() const {
    return integer_;
  }
  bool boolean() const {
    return integer_ != 0;
  }
  const Slice& slice() const {
    return slice_;
  }
  const Tensor& tensor() const {
    return tensor_;
  }

 private:
  TensorIndexType type_;
  int64_t integer_ = 0;
  Slice slice_;
  Tensor tensor_;
};

} // namespace at::indexing
