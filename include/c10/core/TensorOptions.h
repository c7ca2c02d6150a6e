#pragma once

/// How a new tensor is made: dtype, device, layout and so on; what is not set keeps the default.

#include <optional>

#include <c10/core/Device.h>
#include <c10/core/Layout.h>
#include <c10/core/MemoryFormat.h>
#include <c10/core/ScalarType.h>

namespace c10 {

struct TensorOptions {
  constexpr TensorOptions() = default;
  /* implicit */ TensorOptions(Layout layout) : layout_(layout) {}
  template <class T, class = std::enable_if_t<std::is_same_v<std::decay_t<T>, Device>>>
  /* implicit */ TensorOptions(T&& device) : device_(device) {}
  /// From a kind of device, `TensorOptions(torch::kCUDA, 1)` and `TensorOptions("cpu")` included.
  template <
      class... Args,
      class = std::enable_if_t<
          (sizeof...(Args) > 0) && std::is_constructible_v<Device, Args&&...> &&
          !(std::is_same_v<std::decay_t<Args>, Device> && ...)>>
  /* implicit */ TensorOptions(Args&&... args) : device_(Device(std::forward<Args>(args)...)) {}
  /* implicit */ TensorOptions(caffe2::TypeMeta dtype) : dtype_(dtype) {}
  /* implicit */ TensorOptions(ScalarType dtype) : dtype_(dtype) {}
  /* implicit */ TensorOptions(MemoryFormat format) : memory_format_(format) {}

  [[nodiscard]] TensorOptions device(std::optional<Device> device) const noexcept {
    TensorOptions out = *this;
    out.device_ = device;
    return out;
  }
  template <class... Args>
  [[nodiscard]] TensorOptions device(Args&&... args) const noexcept {
    return device(std::optional<Device>(std::in_place, std::forward<Args>(args)...));
  }
  [[nodiscard]] TensorOptions device_index(DeviceIndex index) const noexcept {
    return device(Device(DeviceType::CUDA, index));
  }
  [[nodiscard]] TensorOptions dtype(std::optional<caffe2::TypeMeta> dtype) const noexcept {
    TensorOptions out = *this;
    out.dtype_ = dtype;
    return out;
  }
  [[nodiscard]] TensorOptions dtype(std::optional<ScalarType> dtype) const noexcept {
    TensorOptions out = *this;
    out.dtype_ = dtype ? std::optional<caffe2::TypeMeta>(*dtype) : std::nullopt;
    return out;
  }
  [[nodiscard]] TensorOptions dtype(ScalarType dtype) const noexcept {
    return this->dtype(std::optional<ScalarType>(dtype));
  }
  template <class T>
  TensorOptions& dtype() {
    dtype_ = caffe2::TypeMeta::Make<T>();
    return *this;
  }
  [[nodiscard]] TensorOptions layout(std::optional<Layout> layout) const noexcept {
    TensorOptions out = *this;
    out.layout_ = layout;
    return out;
  }
  [[nodiscard]] TensorOptions requires_grad(std::optional<bool> requires_grad) const noexcept {
    TensorOptions out = *this;
    out.requires_grad_ = requires_grad;
    return out;
  }
  [[nodiscard]] TensorOptions pinned_memory(std::optional<bool> pinned) const noexcept {
    TensorOptions out = *this;
    out.pinned_memory_ = pinned;
    return out;
  }
  [[nodiscard]] TensorOptions memory_format(std::optional<MemoryFormat> format) const noexcept {
    TensorOptions out = *this;
    out.memory_format_ = format;
    return out;
  }

  Device device() const noexcept {
    return device_.value_or(Device(kCPU));
  }
  bool has_device() const noexcept {
    return device_.has_value();
  }
  std::optional<Device> device_opt() const noexcept {
    return device_;
  }
  int32_t device_index() const noexcept {
    return device().index();
  }
  caffe2::TypeMeta dtype() const noexcept {
    return dtype_ ? *dtype_ : get_default_dtype();
  }
  bool has_dtype() const noexcept {
    return dtype_.has_value();
  }
  std::optional<caffe2::TypeMeta> dtype_opt() const noexcept {
    return dtype_;
  }
  Layout layout() const noexcept {
    return layout_.value_or(kStrided);
  }
  bool has_layout() const noexcept {
    return layout_.has_value();
  }
  std::optional<Layout> layout_opt() const noexcept {
    return layout_;
  }
  bool requires_grad() const noexcept {
    return requires_grad_.value_or(false);
  }
  bool has_requires_grad() const noexcept {
    return requires_grad_.has_value();
  }
  std::optional<bool> requires_grad_opt() const noexcept {
    return requires_grad_;
  }
  bool pinned_memory() const noexcept {
    return pinned_memory_.value_or(false);
  }
  bool has_pinned_memory() const noexcept {
    return pinned_memory_.has_value();
  }
  std::optional<bool> pinned_memory_opt() const noexcept {
    return pinned_memory_;
  }
  bool has_memory_format() const noexcept {
    return memory_format_.has_value();
  }
  std::optional<MemoryFormat> memory_format_opt() const noexcept {
    return memory_format_;
  }
  bool is_sparse() const {
    return layout() == kSparse;
  }

  /// What `other` sets, and for the rest what this one sets.
  TensorOptions merge_in(TensorOptions other) const noexcept {
    TensorOptions out = *this;
    if (other.device_) {
      out.device_ = other.device_;
    }
    if (other.dtype_) {
      out.dtype_ = other.dtype_;
    }
    if (other.layout_) {
      out.layout_ = other.layout_;
    }
    if (other.requires_grad_) {
      out.requires_grad_ = other.requires_grad_;
    }
    if (other.pinned_memory_) {
      out.pinned_memory_ = other.pinned_memory_;
    }
    if (other.memory_format_) {
      out.memory_format_ = other.memory_format_;
    }
    return out;
  }

 private:
  std::optional<Device> device_;
  std::optional<caffe2::TypeMeta> dtype_;
  std::optional<Layout> layout_;
  std::optional<bool> requires_grad_;
  std::optional<bool> pinned_memory_;
  std::optional<MemoryFormat> memory_format_;
};

inline TensorOptions dtype(caffe2::TypeMeta dtype) {
  return TensorOptions().dtype(dtype);
}
inline TensorOptions dtype(ScalarType dtype) {
  return TensorOptions().dtype(dtype);
}
template <class T>
inline TensorOptions dtype() {
  return dtype(caffe2::TypeMeta::Make<T>());
}
inline TensorOptions layout(Layout layout) {
  return TensorOptions().layout(layout);
}
inline TensorOptions device(Device device) {
  return TensorOptions().device(device);
}
inline TensorOptions device_index(DeviceIndex index) {
  return TensorOptions().device_index(index);
}
inline TensorOptions requires_grad(bool requires_grad = true) {
  return TensorOptions().requires_grad(requires_grad);
}
inline TensorOptions memory_format(MemoryFormat format) {
  return TensorOptions().memory_format(format);
}

inline std::optional<ScalarType> optTypeMetaToScalarType(std::optional<caffe2::TypeMeta> meta) {
  return meta ? std::optional<ScalarType>(meta->toScalarType()) : std::nullopt;
}

C10_API std::ostream& operator<<(std::ostream& out, const TensorOptions& options);

} // namespace c10
