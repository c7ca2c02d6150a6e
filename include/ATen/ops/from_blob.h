#pragma once

#include <functional>

#include <ATen/core/Tensor.h>

namespace at {

/// A tensor over memory that the caller keeps alive; `deleter(data)` is called when nothing refers to it any more.
SCONCE_API Tensor from_blob(
    void* data,
    IntArrayRef sizes,
    IntArrayRef strides,
    int64_t storage_offset,
    const std::function<void(void*)>& deleter,
    const TensorOptions& options = {},
    std::optional<Device> target_device = std::nullopt);
SCONCE_API Tensor from_blob(
    void* data,
    IntArrayRef sizes,
    IntArrayRef strides,
    const std::function<void(void*)>& deleter,
    const TensorOptions& options = {},
    std::optional<Device> target_device = std::nullopt);
SCONCE_API Tensor from_blob(
    void* data,
    IntArrayRef sizes,
    const std::function<void(void*)>& deleter,
    const TensorOptions& options = {},
    std::optional<Device> target_device = std::nullopt);
SCONCE_API Tensor from_blob(void* data, IntArrayRef sizes, IntArrayRef strides, const TensorOptions& options = {});
SCONCE_API Tensor from_blob(void* data, IntArrayRef sizes, const TensorOptions& options = {});

} // namespace at
