#pragma once

#include <c10/core/DeviceType.h>
#include <c10/util/Exception.h>

namespace c10 {

using DeviceIndex = int8_t;

/// A kind of device and which one of them; index -1 means the current one.
struct C10_API Device final {
  using Type = DeviceType;

  Device(DeviceType type, DeviceIndex index = -1) : type_(type), index_(index) {}
  /// From `cpu`, `cuda:1`, …; anything else is an error.
  Device(const std::string& text);
  Device(const char* text) : Device(std::string(text)) {}

  bool operator==(const Device& other) const noexcept {
    return type_ == other.type_ && index_ == other.index_;
  }
  bool operator!=(const Device& other) const noexcept {
    return !(*this == other);
  }
  void set_index(DeviceIndex index) {
    index_ = index;
  }
  DeviceType type() const noexcept {
    return type_;
  }
  DeviceIndex index() const noexcept {
    return index_;
  }
  bool has_index() const noexcept {
    return index_ != -1;
  }
  bool is_cuda() const noexcept {
    return type_ == DeviceType::CUDA;
  }
  bool is_cpu() const noexcept {
    return type_ == DeviceType::CPU;
  }
  bool is_mps() const noexcept {
    return type_ == DeviceType::MPS;
  }
  bool is_hip() const noexcept {
    return type_ == DeviceType::HIP;
  }
  bool is_xpu() const noexcept {
    return type_ == DeviceType::XPU;
  }
  bool is_xla() const noexcept {
    return type_ == DeviceType::XLA;
  }
  bool is_meta() const noexcept {
    return type_ == DeviceType::Meta;
  }
  std::string str() const;

 private:
  DeviceType type_;
  DeviceIndex index_ = -1;
};

C10_API std::ostream& operator<<(std::ostream& out, const Device& device);

} // namespace c10

template <>
struct std::hash<c10::Device> {
  size_t operator()(c10::Device device) const noexcept {
    return (static_cast<size_t>(device.type()) << 8) ^ static_cast<uint8_t>(device.index());
  }
};
