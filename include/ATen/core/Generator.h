#pragma once

#include <cstdint>

#include <c10/core/Device.h>
#include <c10/util/intrusive_ptr.h>
#include <sconce/abi.h>

namespace at {

/// A source of random numbers.
class SCONCE_API Generator {
 public:
  Generator() = default;
  Generator(const Generator& other) noexcept : handle_(other.handle_) {
    if (handle_ != nullptr) {
      ::sconce::value_retain(handle_);
    }
  }
  Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Generator& operator=(Generator other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Generator() {
    if (handle_ != nullptr) {
      ::sconce::value_release(handle_);
    }
  }
  /// Takes over a handle that the caller owns.
  static Generator reclaim(::sconce::ValueHandle* owned) noexcept {
    Generator out;
    out.handle_ = owned;
    return out;
  }
  ::sconce::ValueHandle* handle() const noexcept {
    return handle_;
  }
  bool defined() const noexcept {
    return handle_ != nullptr;
  }
  c10::Device device() const {
    return c10::Device(c10::kCPU);
  }

 private:
  ::sconce::ValueHandle* handle_ = nullptr;
};

} // namespace at
