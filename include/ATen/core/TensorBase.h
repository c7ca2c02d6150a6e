#pragma once

/// The handle of a tensor and what can be asked without running an operator.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <ATen/core/TensorAccessor.h>
#include <c10/core/Device.h>
#include <c10/core/Layout.h>
#include <c10/core/MemoryFormat.h>
#include <c10/core/QScheme.h>
#include <c10/core/Scalar.h>
#include <c10/core/ScalarType.h>
#include <c10/core/TensorOptions.h>
#include <c10/util/ArrayRef.h>
#include <sconce/abi.h>

namespace at {

using namespace c10;

class Tensor;

/// One pointer to a tensor that the runtime owns and counts; copies refer to the same tensor.
class SCONCE_API TensorBase {
 public:
  TensorBase() noexcept = default;
  TensorBase(const TensorBase& other) noexcept : handle_(other.handle_) {
    if (handle_ != nullptr) {
      ::sconce::tensor_retain(handle_);
    }
  }
  TensorBase(TensorBase&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  TensorBase& operator=(const TensorBase& other) & noexcept {
    TensorBase copy(other);
    std::swap(handle_, copy.handle_);
    return *this;
  }
  TensorBase& operator=(TensorBase&& other) & noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~TensorBase() {
    reset();
  }

  /// Takes over a handle that the caller owns.
  static TensorBase reclaim(::sconce::TensorHandle* owned) noexcept {
    TensorBase out;
    out.handle_ = owned;
    return out;
  }
  ::sconce::TensorHandle* handle() const noexcept {
    return handle_;
  }
  [[nodiscard]] ::sconce::TensorHandle* release() noexcept {
    return std::exchange(handle_, nullptr);
  }

  bool defined() const noexcept {
    return handle_ != nullptr;
  }
  void reset() noexcept {
    if (handle_ != nullptr) {
      ::sconce::tensor_release(std::exchange(handle_, nullptr));
    }
  }
  /// Whether both are the same tensor, not equal ones.
  bool is_same(const TensorBase& other) const noexcept {
    return handle_ == other.handle_ ||
        (defined() && other.defined() && ::sconce::tensor_is(handle_, other.handle_));
  }
  bool is_alias_of(const TensorBase& other) const {
    return ::sconce::tensor_shares_storage(checked(), other.checked());
  }
  size_t use_count() const noexcept {
    return defined() ? ::sconce::tensor_use_count(handle_) : 0;
  }
  ::sconce::TensorHandle* unsafeGetTensorImpl() const noexcept {
    return handle_;
  }
  ::sconce::TensorHandle* getIntrusivePtr() const noexcept {
    return handle_;
  }

  int64_t dim() const {
    return static_cast<int64_t>(meta().dim);
  }
  int64_t ndimension() const {
    return dim();
  }
  IntArrayRef sizes() const {
    const auto m = meta();
    return IntArrayRef(m.sizes, m.dim);
  }
  IntArrayRef strides() const {
    const auto m = meta();
    return IntArrayRef(m.strides, m.dim);
  }
  int64_t size(int64_t dim) const {
    return at_dim(sizes(), dim);
  }
  int64_t stride(int64_t dim) const {
    return at_dim(strides(), dim);
  }
  int64_t numel() const {
    return meta().numel;
  }
  int64_t storage_offset() const {
    return meta().storage_offset;
  }
  bool has_storage() const {
    return defined();
  }
  size_t itemsize() const {
    return elementSize(scalar_type());
  }
  int64_t element_size() const {
    return static_cast<int64_t>(itemsize());
  }
  size_t nbytes() const {
    return static_cast<size_t>(numel()) * itemsize();
  }
  ScalarType scalar_type() const {
    return static_cast<ScalarType>(meta().dtype);
  }
  caffe2::TypeMeta dtype() const {
    return caffe2::TypeMeta(scalar_type());
  }
  Device device() const {
    const auto m = meta();
    return Device(static_cast<DeviceType>(m.device_type), m.device_index);
  }
  int64_t get_device() const {
    return device().index();
  }
  Layout layout() const {
    return static_cast<Layout>(meta().layout);
  }
  TensorOptions options() const {
    return TensorOptions().dtype(scalar_type()).device(device()).layout(layout());
  }
  bool is_cpu() const {
    return device().is_cpu();
  }
  bool is_cuda() const {
    return device().is_cuda();
  }
  bool is_mps() const {
    return device().is_mps();
  }
  bool is_xpu() const {
    return device().is_xpu();
  }
  bool is_xla() const {
    return device().is_xla();
  }
  bool is_meta() const {
    return device().is_meta();
  }
  bool is_sparse() const {
    return layout() == kSparse;
  }
  bool is_sparse_csr() const {
    return layout() == kSparseCsr;
  }
  bool is_mkldnn() const {
    return layout() == kMkldnn;
  }
  bool is_quantized() const {
    return isQIntType(scalar_type());
  }
  bool is_complex() const {
    return isComplexType(scalar_type());
  }
  bool is_floating_point() const {
    return isFloatingType(scalar_type());
  }
  bool is_signed() const {
    return isSignedType(scalar_type());
  }
  bool is_contiguous(MemoryFormat format = MemoryFormat::Contiguous) const;
  bool is_non_overlapping_and_dense() const;
  MemoryFormat suggest_memory_format(bool channels_last_strides_exact_match = false) const;
  TensorBase contiguous(MemoryFormat format = MemoryFormat::Contiguous) const;

  /// The first element's address; null for tensors without data.
  void* data_ptr() const {
    return meta().data;
  }
  void* mutable_data_ptr() const {
    return data_ptr();
  }
  const void* const_data_ptr() const {
    return data_ptr();
  }
  /// Checked against the dtype.
  template <class T>
  T* data_ptr() const {
    const auto m = meta();
    const auto expected = CppTypeToScalarType<std::remove_const_t<T>>::value;
    TORCH_CHECK(static_cast<ScalarType>(m.dtype) == expected, "expected scalar type ", c10::toString(expected),
                " but found ", c10::toString(static_cast<ScalarType>(m.dtype)));
    return static_cast<T*>(m.data);
  }
  template <class T>
  T* mutable_data_ptr() const {
    return data_ptr<T>();
  }
  template <class T>
  const std::remove_const_t<T>* const_data_ptr() const {
    return data_ptr<std::remove_const_t<T>>();
  }
  template <class T>
  T* data() const {
    return data_ptr<T>();
  }

  template <class T, size_t N>
  TensorAccessor<T, N> accessor() const& {
    static_assert(N > 0, "accessor is used for indexing tensor, for scalars use *data_ptr<T>()");
    TORCH_CHECK(dim() == static_cast<int64_t>(N), "TensorAccessor expected ", N, " dims but tensor has ", dim());
    T* data = data_ptr<T>();
    const auto m = meta();
    return TensorAccessor<T, N>(data, m.sizes, m.strides);
  }
  template <class T, size_t N>
  TensorAccessor<T, N> accessor() && = delete;

  bool requires_grad() const {
    return meta().requires_grad;
  }
  const TensorBase& set_requires_grad(bool requires_grad) const {
    ::sconce::tensor_set_requires_grad(checked(), requires_grad);
    return *this;
  }
  bool is_leaf() const {
    return true;
  }
  bool is_inference() const {
    return false;
  }
  int64_t _version() const {
    return 0;
  }
  /// `CPUFloatType`.
  std::string toString() const;

 protected:
  ::sconce::TensorMeta meta() const {
    return ::sconce::tensor_meta(checked());
  }
  ::sconce::TensorHandle* checked() const {
    TORCH_CHECK(handle_ != nullptr, "tensor does not have a device");
    return handle_;
  }
  int64_t at_dim(IntArrayRef values, int64_t dim) const;

  ::sconce::TensorHandle* handle_ = nullptr;
};

} // namespace at

namespace c10 {
using at::TensorBase;
/// The name under which generic code asks for the tensor behind a handle.
using TensorImpl = ::sconce::TensorHandle;
} // namespace c10
