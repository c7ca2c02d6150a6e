#pragma once

// Generated from the operator table; rewrite with `make bless`.

/// Every operator as a function.

#include <limits>
#include <tuple>
#include <vector>

#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>

namespace at {

inline Tensor __and__(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::__and__", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor __and__(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::__and__", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool __and__(bool a, bool b) {
  static ::sconce::Op sconce_op{"aten::__and__", "bool"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline int64_t __and__(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::__and__", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline Tensor __lshift__(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::__lshift__", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor __lshift__(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::__lshift__", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline int64_t __lshift__(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::__lshift__", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline Tensor __or__(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::__or__", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor __or__(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::__or__", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool __or__(bool a, bool b) {
  static ::sconce::Op sconce_op{"aten::__or__", "bool"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline int64_t __or__(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::__or__", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline Tensor __rshift__(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::__rshift__", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor __rshift__(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::__rshift__", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline int64_t __rshift__(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::__rshift__", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline Tensor __xor__(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::__xor__", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor __xor__(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::__xor__", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool __xor__(bool a, bool b) {
  static ::sconce::Op sconce_op{"aten::__xor__", "bool"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline int64_t __xor__(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::__xor__", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline Tensor _adaptive_avg_pool2d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::_adaptive_avg_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size});
}
inline Tensor _adaptive_avg_pool2d_backward(const Tensor& grad_output, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_adaptive_avg_pool2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self});
}
inline Tensor _adaptive_avg_pool3d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::_adaptive_avg_pool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size});
}
inline Tensor _adaptive_avg_pool3d_backward(const Tensor& grad_output, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_adaptive_avg_pool3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self});
}
inline Tensor _add_relu(const Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_add_relu", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor _add_relu(const Tensor& self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_add_relu", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor& _add_relu_(Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_add_relu_", "Scalar"};
  ::sconce::invoke<void>(sconce_op, {self, other, alpha});
  return self;
}
inline Tensor& _add_relu_(Tensor& self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_add_relu_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, other, alpha});
  return self;
}
inline Tensor _addmm_activation(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1, const Scalar& alpha = 1, bool use_gelu = false) {
  static ::sconce::Op sconce_op{"aten::_addmm_activation", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat1, mat2, beta, alpha, use_gelu});
}
inline std::tuple<Tensor, Tensor> _aminmax(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_aminmax", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> _aminmax(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::_aminmax", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline void _assert_async(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_assert_async", ""};
  ::sconce::invoke<void>(sconce_op, {self});
}
inline void _assert_async(const Tensor& self, c10::string_view assert_msg) {
  static ::sconce::Op sconce_op{"aten::_assert_async", "msg"};
  ::sconce::invoke<void>(sconce_op, {self, assert_msg});
}
inline void _assert_scalar(const Scalar& self, c10::string_view assert_msg) {
  static ::sconce::Op sconce_op{"aten::_assert_scalar", ""};
  ::sconce::invoke<void>(sconce_op, {self, assert_msg});
}
inline void _assert_tensor_metadata(const Tensor& a, OptionalIntArrayRef size = std::nullopt, OptionalIntArrayRef stride = std::nullopt, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_assert_tensor_metadata", ""};
  ::sconce::invoke<void>(sconce_op, {a, size, stride, dtype});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor, int64_t> _batch_norm_impl_index(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean, const std::optional<Tensor>& running_var, bool training, double momentum, double eps, bool cudnn_enabled) {
  static ::sconce::Op sconce_op{"aten::_batch_norm_impl_index", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor, int64_t>>(sconce_op, {input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> _batch_norm_no_update(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean, const std::optional<Tensor>& running_var, double momentum, double eps) {
  static ::sconce::Op sconce_op{"aten::_batch_norm_no_update", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, running_mean, running_var, momentum, eps});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> _batch_norm_with_update_functional(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const Tensor& running_mean, const Tensor& running_var, double momentum, double eps) {
  static ::sconce::Op sconce_op{"aten::_batch_norm_with_update_functional", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, running_mean, running_var, momentum, eps});
}
inline Tensor _cast_Byte(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Byte", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Char(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Char", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Double(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Double", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Float(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Float", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Half(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Half", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Int(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Int", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Long(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Long", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cast_Short(const Tensor& self, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_cast_Short", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, non_blocking});
}
inline Tensor _cdist_backward(const Tensor& grad, const Tensor& x1, const Tensor& x2, double p, const Tensor& cdist) {
  static ::sconce::Op sconce_op{"aten::_cdist_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad, x1, x2, p, cdist});
}
inline Tensor _cdist_forward(const Tensor& x1, const Tensor& x2, double p, std::optional<int64_t> compute_mode) {
  static ::sconce::Op sconce_op{"aten::_cdist_forward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x1, x2, p, compute_mode});
}
inline Tensor _cholesky_solve_helper(const Tensor& self, const Tensor& A, bool upper) {
  static ::sconce::Op sconce_op{"aten::_cholesky_solve_helper", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, A, upper});
}
inline std::tuple<double, int64_t> _choose_qparams_per_tensor(const Tensor& self, bool reduce_range = false) {
  static ::sconce::Op sconce_op{"aten::_choose_qparams_per_tensor", ""};
  return ::sconce::invoke<std::tuple<double, int64_t>>(sconce_op, {self, reduce_range});
}
inline Tensor _chunk_cat(TensorList tensors, int64_t dim, int64_t num_chunks) {
  static ::sconce::Op sconce_op{"aten::_chunk_cat", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors, dim, num_chunks});
}
inline Tensor _coalesce(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_coalesce", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _coalesced(const Tensor& self, bool coalesced) {
  static ::sconce::Op sconce_op{"aten::_coalesced", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, coalesced});
}
inline Tensor _compute_linear_combination(const Tensor& input, const Tensor& coefficients) {
  static ::sconce::Op sconce_op{"aten::_compute_linear_combination", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, coefficients});
}
inline Tensor _conj(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_conj", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _conj_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_conj_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _conj_physical(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_conj_physical", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _conv_depthwise2d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation) {
  static ::sconce::Op sconce_op{"aten::_conv_depthwise2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding, dilation});
}
inline Tensor _convert_indices_from_coo_to_csr(const Tensor& self, int64_t size, bool out_int32 = false) {
  static ::sconce::Op sconce_op{"aten::_convert_indices_from_coo_to_csr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, out_int32});
}
inline Tensor _convert_indices_from_csr_to_coo(const Tensor& crow_indices, const Tensor& col_indices, bool out_int32 = false, bool transpose = false) {
  static ::sconce::Op sconce_op{"aten::_convert_indices_from_csr_to_coo", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, out_int32, transpose});
}
inline Tensor _convolution(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool transposed, IntArrayRef output_padding, int64_t groups, bool benchmark, bool deterministic, bool cudnn_enabled, bool allow_tf32) {
  static ::sconce::Op sconce_op{"aten::_convolution", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, transposed, output_padding, groups, benchmark, deterministic, cudnn_enabled, allow_tf32});
}
inline Tensor _convolution(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool transposed, IntArrayRef output_padding, int64_t groups, bool benchmark, bool deterministic, bool cudnn_enabled) {
  static ::sconce::Op sconce_op{"aten::_convolution", "deprecated"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, transposed, output_padding, groups, benchmark, deterministic, cudnn_enabled});
}
inline Tensor _convolution_mode(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, c10::string_view padding, IntArrayRef dilation, int64_t groups) {
  static ::sconce::Op sconce_op{"aten::_convolution_mode", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline std::tuple<Tensor, Tensor> _ctc_loss(const Tensor& log_probs, const Tensor& targets, IntArrayRef input_lengths, IntArrayRef target_lengths, int64_t blank = 0, bool zero_infinity = false) {
  static ::sconce::Op sconce_op{"aten::_ctc_loss", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {log_probs, targets, input_lengths, target_lengths, blank, zero_infinity});
}
inline std::tuple<Tensor, Tensor> _ctc_loss(const Tensor& log_probs, const Tensor& targets, const Tensor& input_lengths, const Tensor& target_lengths, int64_t blank = 0, bool zero_infinity = false) {
  static ::sconce::Op sconce_op{"aten::_ctc_loss", "Tensor"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {log_probs, targets, input_lengths, target_lengths, blank, zero_infinity});
}
inline int64_t _debug_has_internal_overlap(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_debug_has_internal_overlap", ""};
  return ::sconce::invoke<int64_t>(sconce_op, {self});
}
inline Tensor _dim_arange(const Tensor& like, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::_dim_arange", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {like, dim});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> _embedding_bag(const Tensor& weight, const Tensor& indices, const Tensor& offsets, bool scale_grad_by_freq = false, int64_t mode = 0, bool sparse = false, const std::optional<Tensor>& per_sample_weights = {}, bool include_last_offset = false, int64_t padding_idx = -1) {
  static ::sconce::Op sconce_op{"aten::_embedding_bag", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> _embedding_bag_forward_only(const Tensor& weight, const Tensor& indices, const Tensor& offsets, bool scale_grad_by_freq = false, int64_t mode = 0, bool sparse = false, const std::optional<Tensor>& per_sample_weights = {}, bool include_last_offset = false, int64_t padding_idx = -1) {
  static ::sconce::Op sconce_op{"aten::_embedding_bag_forward_only", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx});
}
inline Tensor _empty_affine_quantized(IntArrayRef size, TensorOptions options = {}, double scale = 1., int64_t zero_point = 0, std::optional<MemoryFormat> memory_format = MemoryFormat::Contiguous) {
  static ::sconce::Op sconce_op{"aten::_empty_affine_quantized", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), scale, zero_point, memory_format});
}
inline Tensor _empty_affine_quantized(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, double scale = 1., int64_t zero_point = 0, std::optional<MemoryFormat> memory_format = MemoryFormat::Contiguous) {
  static ::sconce::Op sconce_op{"aten::_empty_affine_quantized", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory, scale, zero_point, memory_format});
}
inline Tensor _empty_per_channel_affine_quantized(IntArrayRef size, const Tensor& scales, const Tensor& zero_points, int64_t axis, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = MemoryFormat::Contiguous) {
  static ::sconce::Op sconce_op{"aten::_empty_per_channel_affine_quantized", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, scales, zero_points, axis, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor _empty_per_channel_affine_quantized(IntArrayRef size, const Tensor& scales, const Tensor& zero_points, int64_t axis, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = MemoryFormat::Contiguous) {
  static ::sconce::Op sconce_op{"aten::_empty_per_channel_affine_quantized", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, scales, zero_points, axis, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor _euclidean_dist(const Tensor& x1, const Tensor& x2) {
  static ::sconce::Op sconce_op{"aten::_euclidean_dist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x1, x2});
}
inline Tensor _fake_quantize_learnable_per_channel_affine(const Tensor& self, const Tensor& scale, const Tensor& zero_point, int64_t axis, int64_t quant_min, int64_t quant_max, double grad_factor = 1.) {
  static ::sconce::Op sconce_op{"aten::_fake_quantize_learnable_per_channel_affine", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, axis, quant_min, quant_max, grad_factor});
}
inline Tensor _fake_quantize_learnable_per_tensor_affine(const Tensor& self, const Tensor& scale, const Tensor& zero_point, int64_t quant_min, int64_t quant_max, double grad_factor = 1.) {
  static ::sconce::Op sconce_op{"aten::_fake_quantize_learnable_per_tensor_affine", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, quant_min, quant_max, grad_factor});
}
inline std::tuple<Tensor, Tensor> _fake_quantize_per_tensor_affine_cachemask_tensor_qparams(const Tensor& self, const Tensor& scale, const Tensor& zero_point, const Tensor& fake_quant_enabled, int64_t quant_min, int64_t quant_max) {
  static ::sconce::Op sconce_op{"aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, scale, zero_point, fake_quant_enabled, quant_min, quant_max});
}
inline Tensor _fft_c2c(const Tensor& self, IntArrayRef dim, int64_t normalization, bool forward) {
  static ::sconce::Op sconce_op{"aten::_fft_c2c", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, normalization, forward});
}
inline Tensor _fft_c2r(const Tensor& self, IntArrayRef dim, int64_t normalization, int64_t last_dim_size) {
  static ::sconce::Op sconce_op{"aten::_fft_c2r", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, normalization, last_dim_size});
}
inline Tensor _fft_r2c(const Tensor& self, IntArrayRef dim, int64_t normalization, bool onesided) {
  static ::sconce::Op sconce_op{"aten::_fft_r2c", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, normalization, onesided});
}
inline std::vector<Tensor> _foreach_abs(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_abs", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_abs_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_abs_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_acos(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_acos", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_acos_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_acos_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_add(TensorList self, TensorList other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_add", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other, alpha});
}
inline std::vector<Tensor> _foreach_add(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_add", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_add(TensorList self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_add", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other, alpha});
}
inline std::vector<Tensor> _foreach_add_(TensorList self, TensorList other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_add_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other, alpha});
}
inline std::vector<Tensor> _foreach_add_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_add_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_add_(TensorList self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_add_", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other, alpha});
}
inline std::vector<Tensor> _foreach_addcdiv(TensorList self, TensorList tensor1, TensorList tensor2, const Scalar& value = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcdiv", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, value});
}
inline std::vector<Tensor> _foreach_addcdiv(TensorList self, TensorList tensor1, TensorList tensor2, const Tensor& scalars) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcdiv", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, scalars});
}
inline std::vector<Tensor> _foreach_addcdiv_(TensorList self, TensorList tensor1, TensorList tensor2, const Scalar& value = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcdiv_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, value});
}
inline std::vector<Tensor> _foreach_addcdiv_(TensorList self, TensorList tensor1, TensorList tensor2, const Tensor& scalars) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcdiv_", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, scalars});
}
inline std::vector<Tensor> _foreach_addcmul(TensorList self, TensorList tensor1, TensorList tensor2, const Scalar& value = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcmul", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, value});
}
inline std::vector<Tensor> _foreach_addcmul(TensorList self, TensorList tensor1, TensorList tensor2, const Tensor& scalars) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcmul", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, scalars});
}
inline std::vector<Tensor> _foreach_addcmul_(TensorList self, TensorList tensor1, TensorList tensor2, const Scalar& value = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcmul_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, value});
}
inline std::vector<Tensor> _foreach_addcmul_(TensorList self, TensorList tensor1, TensorList tensor2, const Tensor& scalars) {
  static ::sconce::Op sconce_op{"aten::_foreach_addcmul_", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor1, tensor2, scalars});
}
inline std::vector<Tensor> _foreach_asin(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_asin", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_asin_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_asin_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_atan(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_atan", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_atan_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_atan_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_ceil(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_ceil", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_ceil_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_ceil_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_clamp_max(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_max", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_clamp_max(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_max", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_clamp_max_(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_max_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_clamp_max_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_max_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_clamp_min(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_min", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_clamp_min(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_min", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_clamp_min_(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_min_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_clamp_min_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_clamp_min_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_copy(TensorList self, TensorList src, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::_foreach_copy", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, src, non_blocking});
}
inline std::vector<Tensor> _foreach_cos(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_cos", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_cos_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_cos_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_cosh(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_cosh", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_cosh_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_cosh_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_div(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_div", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_div(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_div", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_div(TensorList self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::_foreach_div", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_div_(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_div_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_div_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_div_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_div_(TensorList self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::_foreach_div_", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_erf(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_erf", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_erf_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_erf_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_erfc(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_erfc", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_erfc_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_erfc_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_exp(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_exp", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_exp_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_exp_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_expm1(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_expm1", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_expm1_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_expm1_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_floor(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_floor", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_floor_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_floor_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_frac(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_frac", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_frac_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_frac_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_lerp(TensorList self, TensorList tensors1, TensorList weights) {
  static ::sconce::Op sconce_op{"aten::_foreach_lerp", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensors1, weights});
}
inline std::vector<Tensor> _foreach_lerp(TensorList self, TensorList tensors1, const Scalar& weight) {
  static ::sconce::Op sconce_op{"aten::_foreach_lerp", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensors1, weight});
}
inline std::vector<Tensor> _foreach_lerp_(TensorList self, TensorList tensors1, TensorList weights) {
  static ::sconce::Op sconce_op{"aten::_foreach_lerp_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensors1, weights});
}
inline std::vector<Tensor> _foreach_lerp_(TensorList self, TensorList tensors1, const Scalar& weight) {
  static ::sconce::Op sconce_op{"aten::_foreach_lerp_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensors1, weight});
}
inline std::vector<Tensor> _foreach_lgamma(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_lgamma", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_lgamma_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_lgamma_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log10(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log10", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log10_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log10_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log1p(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log1p", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log1p_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log1p_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log2(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log2", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log2_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log2_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_log_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_log_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_max(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_max", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_maximum(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_maximum", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_maximum(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_maximum", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_maximum_(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_maximum_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_maximum_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_maximum_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_minimum(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_minimum", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_minimum(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_minimum", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_minimum_(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_minimum_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_minimum_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_minimum_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_mul(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_mul", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_mul(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_mul", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_mul(TensorList self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::_foreach_mul", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_mul_(TensorList self, TensorList other) {
  static ::sconce::Op sconce_op{"aten::_foreach_mul_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_mul_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_mul_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_mul_(TensorList self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::_foreach_mul_", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other});
}
inline std::vector<Tensor> _foreach_neg(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_neg", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_neg_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_neg_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_norm(TensorList self, const Scalar& ord = 2, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_foreach_norm", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, ord, dtype});
}
inline std::vector<Tensor> _foreach_pow(TensorList self, TensorList exponent) {
  static ::sconce::Op sconce_op{"aten::_foreach_pow", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, exponent});
}
inline std::vector<Tensor> _foreach_pow(TensorList self, const Scalar& exponent) {
  static ::sconce::Op sconce_op{"aten::_foreach_pow", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, exponent});
}
inline std::vector<Tensor> _foreach_pow(const Scalar& self, TensorList exponent) {
  static ::sconce::Op sconce_op{"aten::_foreach_pow", "ScalarAndTensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, exponent});
}
inline std::vector<Tensor> _foreach_pow_(TensorList self, TensorList exponent) {
  static ::sconce::Op sconce_op{"aten::_foreach_pow_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, exponent});
}
inline std::vector<Tensor> _foreach_pow_(TensorList self, const Scalar& exponent) {
  static ::sconce::Op sconce_op{"aten::_foreach_pow_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, exponent});
}
inline std::vector<Tensor> _foreach_reciprocal(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_reciprocal", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_reciprocal_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_reciprocal_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_round(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_round", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_round_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_round_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sigmoid(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sigmoid", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sigmoid_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sigmoid_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sign(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sign", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sign_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sign_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sin(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sin", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sin_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sin_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sinh(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sinh", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sinh_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sinh_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sqrt(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sqrt", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sqrt_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_sqrt_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_sub(TensorList self, TensorList other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_sub", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other, alpha});
}
inline std::vector<Tensor> _foreach_sub(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_sub", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_sub_(TensorList self, TensorList other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_foreach_sub_", "List"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, other, alpha});
}
inline std::vector<Tensor> _foreach_sub_(TensorList self, const Scalar& scalar) {
  static ::sconce::Op sconce_op{"aten::_foreach_sub_", "Scalar"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, scalar});
}
inline std::vector<Tensor> _foreach_tan(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_tan", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_tan_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_tan_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_tanh(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_tanh", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_tanh_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_tanh_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_trunc(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_trunc", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_trunc_(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_trunc_", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline std::vector<Tensor> _foreach_zero(TensorList self) {
  static ::sconce::Op sconce_op{"aten::_foreach_zero", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline Tensor _functional_assert_async(const Tensor& self, c10::string_view assert_msg, const Tensor& dep_token) {
  static ::sconce::Op sconce_op{"aten::_functional_assert_async", "msg"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, assert_msg, dep_token});
}
inline Tensor _functional_assert_scalar(const Scalar& self, c10::string_view assert_msg, const Tensor& dep_token) {
  static ::sconce::Op sconce_op{"aten::_functional_assert_scalar", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, assert_msg, dep_token});
}
inline Tensor _functional_sym_constrain_range(const Scalar& size, std::optional<int64_t> min, std::optional<int64_t> max, const Tensor& dep_token) {
  static ::sconce::Op sconce_op{"aten::_functional_sym_constrain_range", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, min, max, dep_token});
}
inline Tensor _functional_sym_constrain_range_for_size(const Scalar& size, std::optional<int64_t> min, std::optional<int64_t> max, const Tensor& dep_token) {
  static ::sconce::Op sconce_op{"aten::_functional_sym_constrain_range_for_size", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, min, max, dep_token});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> _fused_moving_avg_obs_fq_helper_functional(const Tensor& self, const Tensor& observer_on, const Tensor& fake_quant_on, const Tensor& running_min, const Tensor& running_max, const Tensor& scale, const Tensor& zero_point, double averaging_const, int64_t quant_min, int64_t quant_max, int64_t ch_axis, bool per_row_fake_quant = false, bool symmetric_quant = false) {
  static ::sconce::Op sconce_op{"aten::_fused_moving_avg_obs_fq_helper_functional", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>>(sconce_op, {self, observer_on, fake_quant_on, running_min, running_max, scale, zero_point, averaging_const, quant_min, quant_max, ch_axis, per_row_fake_quant, symmetric_quant});
}
inline int64_t _fused_sdp_choice(const Tensor& query, const Tensor& key, const Tensor& value, const std::optional<Tensor>& attn_mask = {}, double dropout_p = 0., bool is_causal = false, std::optional<double> scale = std::nullopt, bool enable_gqa = false) {
  static ::sconce::Op sconce_op{"aten::_fused_sdp_choice", ""};
  return ::sconce::invoke<int64_t>(sconce_op, {query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa});
}
inline Tensor _grid_sampler_2d_cpu_fallback(const Tensor& input, const Tensor& grid, int64_t interpolation_mode, int64_t padding_mode, bool align_corners) {
  static ::sconce::Op sconce_op{"aten::_grid_sampler_2d_cpu_fallback", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, grid, interpolation_mode, padding_mode, align_corners});
}
inline bool _has_compatible_shallow_copy_type(const Tensor& self, const Tensor& from) {
  static ::sconce::Op sconce_op{"aten::_has_compatible_shallow_copy_type", ""};
  return ::sconce::invoke<bool>(sconce_op, {self, from});
}
inline bool _has_same_storage_numel(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::_has_same_storage_numel", ""};
  return ::sconce::invoke<bool>(sconce_op, {self, other});
}
inline std::vector<Tensor> _histogramdd_bin_edges(const Tensor& self, IntArrayRef bins, std::optional<ArrayRef<double>> range = std::nullopt, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::_histogramdd_bin_edges", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, bins, range, weight, density});
}
inline Tensor _histogramdd_from_bin_cts(const Tensor& self, IntArrayRef bins, std::optional<ArrayRef<double>> range = std::nullopt, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::_histogramdd_from_bin_cts", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, bins, range, weight, density});
}
inline Tensor _histogramdd_from_bin_tensors(const Tensor& self, TensorList bins, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::_histogramdd_from_bin_tensors", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, bins, weight, density});
}
inline Tensor _index_put_impl(const Tensor& self, const c10::List<std::optional<Tensor>>& indices, const Tensor& values, bool accumulate = false, bool unsafe = false) {
  static ::sconce::Op sconce_op{"aten::_index_put_impl", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, values, accumulate, unsafe});
}
inline Tensor& _index_put_impl_(Tensor& self, const c10::List<std::optional<Tensor>>& indices, const Tensor& values, bool accumulate = false, bool unsafe = false) {
  static ::sconce::Op sconce_op{"aten::_index_put_impl_", ""};
  ::sconce::invoke<void>(sconce_op, {self, indices, values, accumulate, unsafe});
  return self;
}
inline Tensor& _index_put_impl_(Tensor& self, TensorList indices, const Tensor& values, bool accumulate = false, bool unsafe = false) {
  static ::sconce::Op sconce_op{"aten::_index_put_impl_", "hacked_twin"};
  ::sconce::invoke<void>(sconce_op, {self, indices, values, accumulate, unsafe});
  return self;
}
inline Tensor _indices_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_indices_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _int_mm(const Tensor& self, const Tensor& mat2) {
  static ::sconce::Op sconce_op{"aten::_int_mm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat2});
}
inline Tensor _is_all_true(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_is_all_true", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _is_any_true(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_is_any_true", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _jagged_to_padded_dense_forward(const Tensor& values, TensorList offsets, IntArrayRef max_lengths, double padding_value = 0.) {
  static ::sconce::Op sconce_op{"aten::_jagged_to_padded_dense_forward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {values, offsets, max_lengths, padding_value});
}
inline Tensor _lazy_clone(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_lazy_clone", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline void _linalg_check_errors(const Tensor& info, c10::string_view api_name, bool is_matrix) {
  static ::sconce::Op sconce_op{"aten::_linalg_check_errors", ""};
  ::sconce::invoke<void>(sconce_op, {info, api_name, is_matrix});
}
inline std::tuple<Tensor, Tensor, Tensor> _linalg_det(const Tensor& A) {
  static ::sconce::Op sconce_op{"aten::_linalg_det", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {A});
}
inline std::tuple<Tensor, Tensor> _linalg_eigh(const Tensor& A, c10::string_view UPLO = "L", bool compute_v = true) {
  static ::sconce::Op sconce_op{"aten::_linalg_eigh", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {A, UPLO, compute_v});
}
inline Tensor _linalg_eigvals(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_linalg_eigvals", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> _linalg_slogdet(const Tensor& A) {
  static ::sconce::Op sconce_op{"aten::_linalg_slogdet", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {A});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> _linalg_solve_ex(const Tensor& A, const Tensor& B, bool left = true, bool check_errors = false) {
  static ::sconce::Op sconce_op{"aten::_linalg_solve_ex", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {A, B, left, check_errors});
}
inline std::tuple<Tensor, Tensor, Tensor> _linalg_svd(const Tensor& A, bool full_matrices = false, bool compute_uv = true, std::optional<c10::string_view> driver = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_linalg_svd", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {A, full_matrices, compute_uv, driver});
}
inline Scalar _local_scalar_dense(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_local_scalar_dense", ""};
  return ::sconce::invoke<Scalar>(sconce_op, {self});
}
inline Tensor _log_softmax(const Tensor& self, int64_t dim, bool half_to_float) {
  static ::sconce::Op sconce_op{"aten::_log_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, half_to_float});
}
inline Tensor _log_softmax_backward_data(const Tensor& grad_output, const Tensor& output, int64_t dim, ScalarType input_dtype) {
  static ::sconce::Op sconce_op{"aten::_log_softmax_backward_data", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output, dim, input_dtype});
}
inline Tensor _logcumsumexp(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::_logcumsumexp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline std::tuple<Tensor, Tensor, Tensor> _lu_with_info(const Tensor& self, bool pivot = true, bool check_errors = true) {
  static ::sconce::Op sconce_op{"aten::_lu_with_info", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, pivot, check_errors});
}
inline Tensor _make_per_channel_quantized_tensor(const Tensor& self, const Tensor& scale, const Tensor& zero_point, int64_t axis) {
  static ::sconce::Op sconce_op{"aten::_make_per_channel_quantized_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, axis});
}
inline Tensor _make_per_tensor_quantized_tensor(const Tensor& self, double scale, int64_t zero_point) {
  static ::sconce::Op sconce_op{"aten::_make_per_tensor_quantized_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point});
}
inline Tensor _masked_softmax(const Tensor& self, const Tensor& mask, std::optional<int64_t> dim = std::nullopt, std::optional<int64_t> mask_type = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_masked_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask, dim, mask_type});
}
inline Tensor _mkldnn_reshape(const Tensor& self, IntArrayRef shape) {
  static ::sconce::Op sconce_op{"aten::_mkldnn_reshape", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, shape});
}
inline Tensor _mkldnn_transpose(const Tensor& self, int64_t dim0, int64_t dim1) {
  static ::sconce::Op sconce_op{"aten::_mkldnn_transpose", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim0, dim1});
}
inline std::tuple<Tensor, Tensor, Tensor> _native_batch_norm_legit(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, bool training, double momentum, double eps) {
  static ::sconce::Op sconce_op{"aten::_native_batch_norm_legit", "no_stats"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, training, momentum, eps});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor> _native_batch_norm_legit_functional(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const Tensor& running_mean, const Tensor& running_var, bool training, double momentum, double eps) {
  static ::sconce::Op sconce_op{"aten::_native_batch_norm_legit_functional", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, running_mean, running_var, training, momentum, eps});
}
inline std::tuple<Tensor, Tensor, Tensor> _native_batch_norm_legit_no_training(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const Tensor& running_mean, const Tensor& running_var, double momentum, double eps) {
  static ::sconce::Op sconce_op{"aten::_native_batch_norm_legit_no_training", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, running_mean, running_var, momentum, eps});
}
inline std::tuple<Tensor, Tensor> _native_multi_head_attention(const Tensor& query, const Tensor& key, const Tensor& value, int64_t embed_dim, int64_t num_head, const Tensor& qkv_weight, const Tensor& qkv_bias, const Tensor& proj_weight, const Tensor& proj_bias, const std::optional<Tensor>& mask = {}, bool need_weights = true, bool average_attn_weights = true, std::optional<int64_t> mask_type = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_native_multi_head_attention", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {query, key, value, embed_dim, num_head, qkv_weight, qkv_bias, proj_weight, proj_bias, mask, need_weights, average_attn_weights, mask_type});
}
inline Tensor _neg_view(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_neg_view", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _neg_view_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_neg_view_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _nested_tensor_from_mask(const Tensor& t, const Tensor& mask, bool mask_check = true) {
  static ::sconce::Op sconce_op{"aten::_nested_tensor_from_mask", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {t, mask, mask_check});
}
inline bool _nested_tensor_from_mask_left_aligned(const Tensor& t, const Tensor& mask) {
  static ::sconce::Op sconce_op{"aten::_nested_tensor_from_mask_left_aligned", ""};
  return ::sconce::invoke<bool>(sconce_op, {t, mask});
}
inline std::tuple<Tensor, Tensor> _pack_padded_sequence(const Tensor& input, const Tensor& lengths, bool batch_first) {
  static ::sconce::Op sconce_op{"aten::_pack_padded_sequence", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, lengths, batch_first});
}
inline Tensor _pad_circular(const Tensor& self, IntArrayRef pad) {
  static ::sconce::Op sconce_op{"aten::_pad_circular", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, pad});
}
inline Tensor _pad_enum(const Tensor& self, IntArrayRef pad, int64_t mode, std::optional<double> value = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_pad_enum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, pad, mode, value});
}
inline std::tuple<Tensor, Tensor> _pad_packed_sequence(const Tensor& data, const Tensor& batch_sizes, bool batch_first, const Scalar& padding_value, int64_t total_length) {
  static ::sconce::Op sconce_op{"aten::_pad_packed_sequence", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {data, batch_sizes, batch_first, padding_value, total_length});
}
inline Tensor _padded_dense_to_jagged_forward(const Tensor& dense, TensorList offsets, std::optional<int64_t> total_L = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_padded_dense_to_jagged_forward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {dense, offsets, total_L});
}
inline Tensor _pdist_backward(const Tensor& grad, const Tensor& self, double p, const Tensor& pdist) {
  static ::sconce::Op sconce_op{"aten::_pdist_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad, self, p, pdist});
}
inline Tensor _pdist_forward(const Tensor& self, double p = 2.) {
  static ::sconce::Op sconce_op{"aten::_pdist_forward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor _prelu_kernel(const Tensor& self, const Tensor& weight) {
  static ::sconce::Op sconce_op{"aten::_prelu_kernel", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight});
}
inline void _print(c10::string_view s) {
  static ::sconce::Op sconce_op{"aten::_print", ""};
  ::sconce::invoke<void>(sconce_op, {s});
}
inline Tensor _reshape_alias(const Tensor& self, IntArrayRef size, IntArrayRef stride) {
  static ::sconce::Op sconce_op{"aten::_reshape_alias", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, stride});
}
inline Tensor _reshape_alias_copy(const Tensor& self, IntArrayRef size, IntArrayRef stride) {
  static ::sconce::Op sconce_op{"aten::_reshape_alias_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, stride});
}
inline Tensor _reshape_copy(const Tensor& self, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_reshape_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size});
}
inline Tensor _reshape_from_tensor(const Tensor& self, const Tensor& shape) {
  static ::sconce::Op sconce_op{"aten::_reshape_from_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, shape});
}
inline Tensor _resize_output(const Tensor& self, IntArrayRef size, Device device) {
  static ::sconce::Op sconce_op{"aten::_resize_output", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, device});
}
inline Tensor& _resize_output_(Tensor& self, IntArrayRef size, Device device) {
  static ::sconce::Op sconce_op{"aten::_resize_output_", ""};
  ::sconce::invoke<void>(sconce_op, {self, size, device});
  return self;
}
inline Tensor _safe_softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_safe_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor _sample_dirichlet(const Tensor& self, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sample_dirichlet", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, generator});
}
inline Tensor _saturate_weight_to_fp16(const Tensor& weight) {
  static ::sconce::Op sconce_op{"aten::_saturate_weight_to_fp16", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {weight});
}
inline std::tuple<Tensor, Tensor> _scaled_dot_product_attention_math(const Tensor& query, const Tensor& key, const Tensor& value, const std::optional<Tensor>& attn_mask = {}, double dropout_p = 0., bool is_causal = false, const std::optional<Tensor>& dropout_mask = {}, std::optional<double> scale = std::nullopt, bool enable_gqa = false) {
  static ::sconce::Op sconce_op{"aten::_scaled_dot_product_attention_math", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {query, key, value, attn_mask, dropout_p, is_causal, dropout_mask, scale, enable_gqa});
}
inline std::tuple<Tensor, Tensor> _scaled_dot_product_flash_attention_for_cpu(const Tensor& query, const Tensor& key, const Tensor& value, double dropout_p = 0., bool is_causal = false, const std::optional<Tensor>& attn_mask = {}, std::optional<double> scale = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_scaled_dot_product_flash_attention_for_cpu", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {query, key, value, dropout_p, is_causal, attn_mask, scale});
}
inline Tensor _shape_as_tensor(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_shape_as_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _slow_conv2d_forward(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::_slow_conv2d_forward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding});
}
inline Tensor _softmax(const Tensor& self, int64_t dim, bool half_to_float) {
  static ::sconce::Op sconce_op{"aten::_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, half_to_float});
}
inline Tensor _softmax_backward_data(const Tensor& grad_output, const Tensor& output, int64_t dim, ScalarType input_dtype) {
  static ::sconce::Op sconce_op{"aten::_softmax_backward_data", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output, dim, input_dtype});
}
inline Tensor _sparse_addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::_sparse_addmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat1, mat2, beta, alpha});
}
inline Tensor _sparse_broadcast_to(const Tensor& self, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_sparse_broadcast_to", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size});
}
inline Tensor _sparse_broadcast_to_copy(const Tensor& self, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_sparse_broadcast_to_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size});
}
inline Tensor _sparse_bsc_tensor_unsafe(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::_sparse_bsc_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor _sparse_bsc_tensor_unsafe(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::_sparse_bsc_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor _sparse_bsr_tensor_unsafe(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::_sparse_bsr_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor _sparse_bsr_tensor_unsafe(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::_sparse_bsr_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor _sparse_compressed_tensor_unsafe(const Tensor& compressed_indices, const Tensor& plain_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::_sparse_compressed_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {compressed_indices, plain_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor _sparse_compressed_tensor_unsafe(const Tensor& compressed_indices, const Tensor& plain_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::_sparse_compressed_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {compressed_indices, plain_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor _sparse_coo_tensor_unsafe(const Tensor& indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sparse_coo_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), is_coalesced});
}
inline Tensor _sparse_coo_tensor_unsafe(const Tensor& indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sparse_coo_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {indices, values, size, dtype, layout, device, pin_memory, is_coalesced});
}
inline Tensor _sparse_coo_tensor_with_dims(int64_t sparse_dim, int64_t dense_dim, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::_sparse_coo_tensor_with_dims", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {sparse_dim, dense_dim, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor _sparse_coo_tensor_with_dims(int64_t sparse_dim, int64_t dense_dim, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::_sparse_coo_tensor_with_dims", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {sparse_dim, dense_dim, size, dtype, layout, device, pin_memory});
}
inline Tensor _sparse_coo_tensor_with_dims_and_tensors(int64_t sparse_dim, int64_t dense_dim, IntArrayRef size, const Tensor& indices, const Tensor& values, TensorOptions options = {}, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sparse_coo_tensor_with_dims_and_tensors", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {sparse_dim, dense_dim, size, indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), is_coalesced});
}
inline Tensor _sparse_coo_tensor_with_dims_and_tensors(int64_t sparse_dim, int64_t dense_dim, IntArrayRef size, const Tensor& indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sparse_coo_tensor_with_dims_and_tensors", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {sparse_dim, dense_dim, size, indices, values, dtype, layout, device, pin_memory, is_coalesced});
}
inline Tensor _sparse_csc_tensor_unsafe(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::_sparse_csc_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor _sparse_csc_tensor_unsafe(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::_sparse_csc_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor _sparse_csr_tensor_unsafe(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::_sparse_csr_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor _sparse_csr_tensor_unsafe(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::_sparse_csr_tensor_unsafe", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor _sparse_log_softmax(const Tensor& self, int64_t dim, bool half_to_float) {
  static ::sconce::Op sconce_op{"aten::_sparse_log_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, half_to_float});
}
inline Tensor _sparse_log_softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sparse_log_softmax", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor _sparse_mm(const Tensor& sparse, const Tensor& dense) {
  static ::sconce::Op sconce_op{"aten::_sparse_mm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {sparse, dense});
}
inline Tensor _sparse_mm(const Tensor& sparse, const Tensor& dense, c10::string_view reduce) {
  static ::sconce::Op sconce_op{"aten::_sparse_mm", "reduce"};
  return ::sconce::invoke<Tensor>(sconce_op, {sparse, dense, reduce});
}
inline std::tuple<Tensor, Tensor> _sparse_mm_reduce_impl(const Tensor& self, const Tensor& other, c10::string_view reduce) {
  static ::sconce::Op sconce_op{"aten::_sparse_mm_reduce_impl", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, other, reduce});
}
inline Tensor _sparse_softmax(const Tensor& self, int64_t dim, bool half_to_float) {
  static ::sconce::Op sconce_op{"aten::_sparse_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, half_to_float});
}
inline Tensor _sparse_softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_sparse_softmax", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor _sparse_sparse_matmul(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::_sparse_sparse_matmul", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor _sparse_sum(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_sparse_sum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _sparse_sum(const Tensor& self, IntArrayRef dim) {
  static ::sconce::Op sconce_op{"aten::_sparse_sum", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor _sparse_sum(const Tensor& self, IntArrayRef dim, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::_sparse_sum", "dim_dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor _sparse_sum(const Tensor& self, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::_sparse_sum", "dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype});
}
inline Tensor _spdiags(const Tensor& diagonals, const Tensor& offsets, IntArrayRef shape, std::optional<Layout> layout = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_spdiags", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {diagonals, offsets, shape, layout});
}
inline Tensor _stack(TensorList tensors, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::_stack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors, dim});
}
inline Tensor _standard_gamma(const Tensor& self, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_standard_gamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, generator});
}
inline Tensor _test_optional_filled_intlist(const Tensor& values, OptionalIntArrayRef addends) {
  static ::sconce::Op sconce_op{"aten::_test_optional_filled_intlist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {values, addends});
}
inline Tensor _test_optional_floatlist(const Tensor& values, std::optional<ArrayRef<double>> addends) {
  static ::sconce::Op sconce_op{"aten::_test_optional_floatlist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {values, addends});
}
inline Tensor _test_optional_intlist(const Tensor& values, OptionalIntArrayRef addends) {
  static ::sconce::Op sconce_op{"aten::_test_optional_intlist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {values, addends});
}
inline Tensor _to_copy(const Tensor& self, TensorOptions options = {}, bool non_blocking = false, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_to_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), non_blocking, memory_format});
}
inline Tensor _to_copy(const Tensor& self, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, bool non_blocking = false, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_to_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, layout, device, pin_memory, non_blocking, memory_format});
}
inline std::vector<Tensor> _to_cpu(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::_to_cpu", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors});
}
inline std::tuple<Tensor, Tensor, Tensor> _transform_bias_rescale_qkv(const Tensor& qkv, const Tensor& qkv_bias, int64_t num_heads) {
  static ::sconce::Op sconce_op{"aten::_transform_bias_rescale_qkv", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {qkv, qkv_bias, num_heads});
}
inline Tensor _transformer_encoder_layer_fwd(const Tensor& src, int64_t embed_dim, int64_t num_heads, const Tensor& qkv_weight, const Tensor& qkv_bias, const Tensor& proj_weight, const Tensor& proj_bias, bool use_gelu, bool norm_first, double eps, const Tensor& norm_weight_1, const Tensor& norm_bias_1, const Tensor& norm_weight_2, const Tensor& norm_bias_2, const Tensor& ffn_weight_1, const Tensor& ffn_bias_1, const Tensor& ffn_weight_2, const Tensor& ffn_bias_2, const std::optional<Tensor>& mask = {}, std::optional<int64_t> mask_type = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_transformer_encoder_layer_fwd", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {src, embed_dim, num_heads, qkv_weight, qkv_bias, proj_weight, proj_bias, use_gelu, norm_first, eps, norm_weight_1, norm_bias_1, norm_weight_2, norm_bias_2, ffn_weight_1, ffn_bias_1, ffn_weight_2, ffn_bias_2, mask, mask_type});
}
inline Tensor _trilinear(const Tensor& i1, const Tensor& i2, const Tensor& i3, IntArrayRef expand1, IntArrayRef expand2, IntArrayRef expand3, IntArrayRef sumdim, int64_t unroll_dim = 1) {
  static ::sconce::Op sconce_op{"aten::_trilinear", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim});
}
inline std::tuple<Tensor, Tensor> _unique(const Tensor& self, bool sorted = true, bool return_inverse = false) {
  static ::sconce::Op sconce_op{"aten::_unique", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, sorted, return_inverse});
}
inline std::tuple<Tensor, Tensor, Tensor> _unique2(const Tensor& self, bool sorted = true, bool return_inverse = false, bool return_counts = false) {
  static ::sconce::Op sconce_op{"aten::_unique2", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, sorted, return_inverse, return_counts});
}
inline Tensor _unsafe_index(const Tensor& self, const c10::List<std::optional<Tensor>>& indices) {
  static ::sconce::Op sconce_op{"aten::_unsafe_index", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices});
}
inline Tensor _unsafe_index(const Tensor& self, TensorList indices) {
  static ::sconce::Op sconce_op{"aten::_unsafe_index", "Tensor_hacked_twin"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices});
}
inline Tensor _unsafe_index_put(const Tensor& self, const c10::List<std::optional<Tensor>>& indices, const Tensor& values, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::_unsafe_index_put", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, values, accumulate});
}
inline Tensor _unsafe_index_put(const Tensor& self, TensorList indices, const Tensor& values, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::_unsafe_index_put", "hacked_twin"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, values, accumulate});
}
inline Tensor _unsafe_masked_index(const Tensor& self, const Tensor& mask, const c10::List<std::optional<Tensor>>& indices, const Scalar& fill) {
  static ::sconce::Op sconce_op{"aten::_unsafe_masked_index", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask, indices, fill});
}
inline Tensor _unsafe_masked_index_put_accumulate(const Tensor& self, const Tensor& mask, const c10::List<std::optional<Tensor>>& indices, const Tensor& values) {
  static ::sconce::Op sconce_op{"aten::_unsafe_masked_index_put_accumulate", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask, indices, values});
}
inline Tensor _unsafe_view(const Tensor& self, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_unsafe_view", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size});
}
inline Tensor _upsample_bicubic2d_aa(const Tensor& self, IntArrayRef output_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_bicubic2d_aa", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, align_corners, scales_h, scales_w});
}
inline Tensor _upsample_bicubic2d_aa(const Tensor& input, OptionalIntArrayRef output_size, bool align_corners, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::_upsample_bicubic2d_aa", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, align_corners, scale_factors});
}
inline Tensor _upsample_bicubic2d_aa_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_bicubic2d_aa_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, align_corners, scales_h, scales_w});
}
inline Tensor _upsample_bilinear2d_aa(const Tensor& self, IntArrayRef output_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_bilinear2d_aa", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, align_corners, scales_h, scales_w});
}
inline Tensor _upsample_bilinear2d_aa(const Tensor& input, OptionalIntArrayRef output_size, bool align_corners, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::_upsample_bilinear2d_aa", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, align_corners, scale_factors});
}
inline Tensor _upsample_bilinear2d_aa_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_bilinear2d_aa_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, align_corners, scales_h, scales_w});
}
inline Tensor _upsample_nearest_exact1d(const Tensor& self, IntArrayRef output_size, std::optional<double> scales = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, scales});
}
inline Tensor _upsample_nearest_exact1d(const Tensor& input, OptionalIntArrayRef output_size, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact1d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, scale_factors});
}
inline Tensor _upsample_nearest_exact1d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, std::optional<double> scales = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact1d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, scales});
}
inline Tensor _upsample_nearest_exact2d(const Tensor& self, IntArrayRef output_size, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, scales_h, scales_w});
}
inline Tensor _upsample_nearest_exact2d(const Tensor& input, OptionalIntArrayRef output_size, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact2d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, scale_factors});
}
inline Tensor _upsample_nearest_exact2d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, scales_h, scales_w});
}
inline Tensor _upsample_nearest_exact3d(const Tensor& self, IntArrayRef output_size, std::optional<double> scales_d = std::nullopt, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, scales_d, scales_h, scales_w});
}
inline Tensor _upsample_nearest_exact3d(const Tensor& input, OptionalIntArrayRef output_size, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact3d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, scale_factors});
}
inline Tensor _upsample_nearest_exact3d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, std::optional<double> scales_d = std::nullopt, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_upsample_nearest_exact3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, scales_d, scales_h, scales_w});
}
inline void _validate_sparse_bsc_tensor_args(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_validate_sparse_bsc_tensor_args", ""};
  ::sconce::invoke<void>(sconce_op, {ccol_indices, row_indices, values, size});
}
inline void _validate_sparse_bsr_tensor_args(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_validate_sparse_bsr_tensor_args", ""};
  ::sconce::invoke<void>(sconce_op, {crow_indices, col_indices, values, size});
}
inline void _validate_sparse_coo_tensor_args(const Tensor& indices, const Tensor& values, IntArrayRef size, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::_validate_sparse_coo_tensor_args", ""};
  ::sconce::invoke<void>(sconce_op, {indices, values, size, is_coalesced});
}
inline void _validate_sparse_csc_tensor_args(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_validate_sparse_csc_tensor_args", ""};
  ::sconce::invoke<void>(sconce_op, {ccol_indices, row_indices, values, size});
}
inline void _validate_sparse_csr_tensor_args(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::_validate_sparse_csr_tensor_args", ""};
  ::sconce::invoke<void>(sconce_op, {crow_indices, col_indices, values, size});
}
inline Tensor _values_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::_values_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor _weight_norm(const Tensor& v, const Tensor& g, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::_weight_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {v, g, dim});
}
inline std::tuple<Tensor, Tensor> _weight_norm_interface(const Tensor& v, const Tensor& g, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::_weight_norm_interface", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {v, g, dim});
}
inline Tensor abs(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::abs", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& abs_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::abs_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor absolute(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::absolute", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor acos(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::acos", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar acos(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::acos", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double acos(double a) {
  static ::sconce::Op sconce_op{"aten::acos", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double acos(int64_t a) {
  static ::sconce::Op sconce_op{"aten::acos", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& acos_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::acos_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor acosh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::acosh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar acosh(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::acosh", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double acosh(double a) {
  static ::sconce::Op sconce_op{"aten::acosh", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double acosh(int64_t a) {
  static ::sconce::Op sconce_op{"aten::acosh", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& acosh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::acosh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor adaptive_avg_pool1d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::adaptive_avg_pool1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size});
}
inline Tensor adaptive_avg_pool2d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::adaptive_avg_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size});
}
inline Tensor adaptive_avg_pool3d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::adaptive_avg_pool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size});
}
inline std::tuple<Tensor, Tensor> adaptive_max_pool1d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::adaptive_max_pool1d", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, output_size});
}
inline std::tuple<Tensor, Tensor> adaptive_max_pool2d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::adaptive_max_pool2d", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, output_size});
}
inline Tensor adaptive_max_pool2d_backward(const Tensor& grad_output, const Tensor& self, const Tensor& indices) {
  static ::sconce::Op sconce_op{"aten::adaptive_max_pool2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, indices});
}
inline std::tuple<Tensor, Tensor> adaptive_max_pool3d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::adaptive_max_pool3d", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, output_size});
}
inline Tensor adaptive_max_pool3d_backward(const Tensor& grad_output, const Tensor& self, const Tensor& indices) {
  static ::sconce::Op sconce_op{"aten::adaptive_max_pool3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, indices});
}
inline Scalar add(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::add", ""};
  return ::sconce::invoke<Scalar>(sconce_op, {a, b});
}
inline Tensor add(const Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::add", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::add", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline double add(double a, double b) {
  static ::sconce::Op sconce_op{"aten::add", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double add(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::add", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline int64_t add(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::add", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline double add(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::add", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor addbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::addbmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, batch1, batch2, beta, alpha});
}
inline Tensor addcdiv(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2, const Scalar& value = 1) {
  static ::sconce::Op sconce_op{"aten::addcdiv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, tensor1, tensor2, value});
}
inline Tensor addcmul(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2, const Scalar& value = 1) {
  static ::sconce::Op sconce_op{"aten::addcmul", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, tensor1, tensor2, value});
}
inline Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::addmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat1, mat2, beta, alpha});
}
inline Tensor addmv(const Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::addmv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat, vec, beta, alpha});
}
inline Tensor& addmv_(Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::addmv_", ""};
  ::sconce::invoke<void>(sconce_op, {self, mat, vec, beta, alpha});
  return self;
}
inline Tensor addr(const Tensor& self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::addr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, vec1, vec2, beta, alpha});
}
inline Tensor adjoint(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::adjoint", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor affine_grid_generator(const Tensor& theta, IntArrayRef size, bool align_corners) {
  static ::sconce::Op sconce_op{"aten::affine_grid_generator", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {theta, size, align_corners});
}
inline Tensor alias(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::alias", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor alias_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::alias_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor all(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::all", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor all(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::all", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor all(const Tensor& self, OptionalIntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::all", "dims"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline bool all(ArrayRef<double> self) {
  static ::sconce::Op sconce_op{"aten::all", "float"};
  return ::sconce::invoke<bool>(sconce_op, {self});
}
inline bool all(IntArrayRef self) {
  static ::sconce::Op sconce_op{"aten::all", "int"};
  return ::sconce::invoke<bool>(sconce_op, {self});
}
inline bool allclose(const Tensor& self, const Tensor& other, double rtol = 1.0000000000000001e-05, double atol = 1e-08, bool equal_nan = false) {
  static ::sconce::Op sconce_op{"aten::allclose", ""};
  return ::sconce::invoke<bool>(sconce_op, {self, other, rtol, atol, equal_nan});
}
inline Tensor alpha_dropout(const Tensor& input, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::alpha_dropout", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, p, train});
}
inline Tensor& alpha_dropout_(Tensor& self, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::alpha_dropout_", ""};
  ::sconce::invoke<void>(sconce_op, {self, p, train});
  return self;
}
inline Tensor amax(const Tensor& self, IntArrayRef dim = {}, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::amax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor amin(const Tensor& self, IntArrayRef dim = {}, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::amin", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline std::tuple<Tensor, Tensor> aminmax(const Tensor& self, std::optional<int64_t> dim = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::aminmax", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline Tensor angle(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::angle", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar angle(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::angle", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double angle(double a) {
  static ::sconce::Op sconce_op{"aten::angle", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double angle(int64_t a) {
  static ::sconce::Op sconce_op{"aten::angle", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor any(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::any", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor any(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::any", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor any(const Tensor& self, OptionalIntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::any", "dims"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline bool any(ArrayRef<double> self) {
  static ::sconce::Op sconce_op{"aten::any", "float"};
  return ::sconce::invoke<bool>(sconce_op, {self});
}
inline bool any(IntArrayRef self) {
  static ::sconce::Op sconce_op{"aten::any", "int"};
  return ::sconce::invoke<bool>(sconce_op, {self});
}
inline Tensor arange(const Scalar& end, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::arange", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {end, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor arange(const Scalar& end, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::arange", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {end, dtype, layout, device, pin_memory});
}
inline Tensor arange(const Scalar& start, const Scalar& end, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::arange", "start"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor arange(const Scalar& start, const Scalar& end, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::arange", "start"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, dtype, layout, device, pin_memory});
}
inline Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::arange", "start_step"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, step, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::arange", "start_step"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, step, dtype, layout, device, pin_memory});
}
inline Tensor arccos(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arccos", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& arccos_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arccos_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor arccosh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arccosh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& arccosh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arccosh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor arcsin(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arcsin", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& arcsin_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arcsin_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor arcsinh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arcsinh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& arcsinh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arcsinh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor arctan(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arctan", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor arctan2(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::arctan2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor& arctan_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arctan_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor arctanh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arctanh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& arctanh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::arctanh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor argmax(const Tensor& self, std::optional<int64_t> dim = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::argmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor argmin(const Tensor& self, std::optional<int64_t> dim = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::argmin", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor argsort(const Tensor& self, int64_t dim = -1, bool descending = false) {
  static ::sconce::Op sconce_op{"aten::argsort", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, descending});
}
inline Tensor argsort(const Tensor& self, bool stable, int64_t dim = -1, bool descending = false) {
  static ::sconce::Op sconce_op{"aten::argsort", "stable"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, stable, dim, descending});
}
inline Tensor argwhere(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::argwhere", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride, std::optional<int64_t> storage_offset = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::as_strided", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, stride, storage_offset});
}
inline Tensor& as_strided_(Tensor& self, IntArrayRef size, IntArrayRef stride, std::optional<int64_t> storage_offset = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::as_strided_", ""};
  ::sconce::invoke<void>(sconce_op, {self, size, stride, storage_offset});
  return self;
}
inline Tensor as_strided_copy(const Tensor& self, IntArrayRef size, IntArrayRef stride, std::optional<int64_t> storage_offset = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::as_strided_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, stride, storage_offset});
}
inline Tensor as_strided_scatter(const Tensor& self, const Tensor& src, IntArrayRef size, IntArrayRef stride, std::optional<int64_t> storage_offset = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::as_strided_scatter", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, size, stride, storage_offset});
}
inline Tensor asin(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::asin", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar asin(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::asin", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double asin(double a) {
  static ::sconce::Op sconce_op{"aten::asin", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double asin(int64_t a) {
  static ::sconce::Op sconce_op{"aten::asin", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& asin_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::asin_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor asinh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::asinh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar asinh(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::asinh", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double asinh(double a) {
  static ::sconce::Op sconce_op{"aten::asinh", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double asinh(int64_t a) {
  static ::sconce::Op sconce_op{"aten::asinh", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& asinh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::asinh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor atan(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atan", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar atan(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::atan", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double atan(double a) {
  static ::sconce::Op sconce_op{"aten::atan", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double atan(int64_t a) {
  static ::sconce::Op sconce_op{"aten::atan", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor atan2(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::atan2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline double atan2(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::atan2", "Scalar_Scalar"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double atan2(double a, double b) {
  static ::sconce::Op sconce_op{"aten::atan2", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double atan2(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::atan2", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double atan2(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::atan2", "int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double atan2(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::atan2", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor& atan_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atan_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor atanh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atanh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar atanh(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::atanh", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double atanh(double a) {
  static ::sconce::Op sconce_op{"aten::atanh", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double atanh(int64_t a) {
  static ::sconce::Op sconce_op{"aten::atanh", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& atanh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atanh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor atleast_1d(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atleast_1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::vector<Tensor> atleast_1d(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::atleast_1d", "Sequence"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors});
}
inline Tensor atleast_2d(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atleast_2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::vector<Tensor> atleast_2d(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::atleast_2d", "Sequence"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors});
}
inline Tensor atleast_3d(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::atleast_3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::vector<Tensor> atleast_3d(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::atleast_3d", "Sequence"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors});
}
inline Tensor avg_pool1d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = {0}, bool ceil_mode = false, bool count_include_pad = true) {
  static ::sconce::Op sconce_op{"aten::avg_pool1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, ceil_mode, count_include_pad});
}
inline Tensor avg_pool2d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, bool ceil_mode = false, bool count_include_pad = true, std::optional<int64_t> divisor_override = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::avg_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override});
}
inline Tensor avg_pool2d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding, bool ceil_mode, bool count_include_pad, std::optional<int64_t> divisor_override) {
  static ::sconce::Op sconce_op{"aten::avg_pool2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override});
}
inline Tensor avg_pool3d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, bool ceil_mode = false, bool count_include_pad = true, std::optional<int64_t> divisor_override = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::avg_pool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override});
}
inline Tensor avg_pool3d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding, bool ceil_mode, bool count_include_pad, std::optional<int64_t> divisor_override) {
  static ::sconce::Op sconce_op{"aten::avg_pool3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override});
}
inline Tensor baddbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::baddbmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, batch1, batch2, beta, alpha});
}
inline Tensor bartlett_window(int64_t window_length, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::bartlett_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor bartlett_window(int64_t window_length, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::bartlett_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, dtype, layout, device, pin_memory});
}
inline Tensor bartlett_window(int64_t window_length, bool periodic, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::bartlett_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor bartlett_window(int64_t window_length, bool periodic, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::bartlett_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, dtype, layout, device, pin_memory});
}
inline Tensor batch_norm(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean, const std::optional<Tensor>& running_var, bool training, double momentum, double eps, bool cudnn_enabled) {
  static ::sconce::Op sconce_op{"aten::batch_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled});
}
inline Tensor bernoulli(const Tensor& self, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::bernoulli", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, generator});
}
inline Tensor bernoulli(const Tensor& self, const Tensor& p, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::bernoulli", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, generator});
}
inline Tensor bernoulli(const Tensor& self, double p, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::bernoulli", "p"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, generator});
}
inline Tensor bilinear(const Tensor& input1, const Tensor& input2, const Tensor& weight, const std::optional<Tensor>& bias = {}) {
  static ::sconce::Op sconce_op{"aten::bilinear", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input1, input2, weight, bias});
}
inline Tensor binary_cross_entropy(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::binary_cross_entropy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, weight, reduction});
}
inline Tensor binary_cross_entropy_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::binary_cross_entropy_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, weight, reduction});
}
inline Tensor binary_cross_entropy_with_logits(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, const std::optional<Tensor>& pos_weight = {}, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::binary_cross_entropy_with_logits", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, weight, pos_weight, reduction});
}
inline Tensor bincount(const Tensor& self, const std::optional<Tensor>& weights = {}, int64_t minlength = 0) {
  static ::sconce::Op sconce_op{"aten::bincount", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weights, minlength});
}
inline Tensor binomial(const Tensor& count, const Tensor& prob, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::binomial", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {count, prob, generator});
}
inline Tensor bitwise_and(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_and", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_and(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_and", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_and(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_and", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_left_shift(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_left_shift", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_left_shift(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_left_shift", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_left_shift(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_left_shift", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_not(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::bitwise_not", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor bitwise_or(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_or", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_or(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_or", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_or(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_or", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_right_shift(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_right_shift", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_right_shift(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_right_shift", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_right_shift(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_right_shift", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_xor(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_xor", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_xor(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_xor", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor bitwise_xor(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::bitwise_xor", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor blackman_window(int64_t window_length, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::blackman_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor blackman_window(int64_t window_length, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::blackman_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, dtype, layout, device, pin_memory});
}
inline Tensor blackman_window(int64_t window_length, bool periodic, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::blackman_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor blackman_window(int64_t window_length, bool periodic, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::blackman_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, dtype, layout, device, pin_memory});
}
inline Tensor block_diag(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::block_diag", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor bmm(const Tensor& self, const Tensor& mat2) {
  static ::sconce::Op sconce_op{"aten::bmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat2});
}
inline std::vector<Tensor> broadcast_tensors(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::broadcast_tensors", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors});
}
inline Tensor broadcast_to(const Tensor& self, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::broadcast_to", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size});
}
inline Tensor bucketize(const Scalar& self, const Tensor& boundaries, bool out_int32 = false, bool right = false) {
  static ::sconce::Op sconce_op{"aten::bucketize", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, boundaries, out_int32, right});
}
inline Tensor bucketize(const Tensor& self, const Tensor& boundaries, bool out_int32 = false, bool right = false) {
  static ::sconce::Op sconce_op{"aten::bucketize", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, boundaries, out_int32, right});
}
inline bool can_cast(ScalarType from_, ScalarType to) {
  static ::sconce::Op sconce_op{"aten::can_cast", ""};
  return ::sconce::invoke<bool>(sconce_op, {from_, to});
}
inline Tensor cartesian_prod(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::cartesian_prod", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor cat(TensorList tensors, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::cat", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors, dim});
}
inline Tensor cauchy(const Tensor& self, double median = 0., double sigma = 1., std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::cauchy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, median, sigma, generator});
}
inline Tensor ccol_indices_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::ccol_indices_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor cdist(const Tensor& x1, const Tensor& x2, double p = 2., std::optional<int64_t> compute_mode = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::cdist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x1, x2, p, compute_mode});
}
inline Tensor ceil(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::ceil", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar ceil(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::ceil", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline int64_t ceil(double a) {
  static ::sconce::Op sconce_op{"aten::ceil", "float"};
  return ::sconce::invoke<int64_t>(sconce_op, {a});
}
inline int64_t ceil(int64_t a) {
  static ::sconce::Op sconce_op{"aten::ceil", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a});
}
inline Tensor& ceil_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::ceil_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor celu(const Tensor& self, const Scalar& alpha = 1.) {
  static ::sconce::Op sconce_op{"aten::celu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, alpha});
}
inline Tensor& celu_(Tensor& self, const Scalar& alpha = 1.) {
  static ::sconce::Op sconce_op{"aten::celu_", ""};
  ::sconce::invoke<void>(sconce_op, {self, alpha});
  return self;
}
inline Tensor chain_matmul(TensorList matrices) {
  static ::sconce::Op sconce_op{"aten::chain_matmul", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {matrices});
}
inline Tensor channel_shuffle(const Tensor& self, int64_t groups) {
  static ::sconce::Op sconce_op{"aten::channel_shuffle", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, groups});
}
inline Tensor cholesky(const Tensor& self, bool upper = false) {
  static ::sconce::Op sconce_op{"aten::cholesky", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, upper});
}
inline Tensor cholesky_inverse(const Tensor& self, bool upper = false) {
  static ::sconce::Op sconce_op{"aten::cholesky_inverse", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, upper});
}
inline Tensor cholesky_solve(const Tensor& self, const Tensor& input2, bool upper = false) {
  static ::sconce::Op sconce_op{"aten::cholesky_solve", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, input2, upper});
}
inline std::tuple<Tensor, Tensor> choose_qparams_optimized(const Tensor& input, int64_t numel, int64_t n_bins, double ratio, int64_t bit_width) {
  static ::sconce::Op sconce_op{"aten::choose_qparams_optimized", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, numel, n_bins, ratio, bit_width});
}
inline std::vector<Tensor> chunk(const Tensor& self, int64_t chunks, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::chunk", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, chunks, dim});
}
inline Tensor clamp(const Tensor& self, const std::optional<Scalar>& min = std::nullopt, const std::optional<Scalar>& max = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::clamp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min, max});
}
inline Tensor clamp(const Tensor& self, const std::optional<Tensor>& min, const std::optional<Tensor>& max = {}) {
  static ::sconce::Op sconce_op{"aten::clamp", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min, max});
}
inline Tensor& clamp_(Tensor& self, const std::optional<Scalar>& min = std::nullopt, const std::optional<Scalar>& max = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::clamp_", ""};
  ::sconce::invoke<void>(sconce_op, {self, min, max});
  return self;
}
inline Tensor& clamp_(Tensor& self, const std::optional<Tensor>& min, const std::optional<Tensor>& max = {}) {
  static ::sconce::Op sconce_op{"aten::clamp_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, min, max});
  return self;
}
inline Tensor clamp_max(const Tensor& self, const Scalar& max) {
  static ::sconce::Op sconce_op{"aten::clamp_max", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, max});
}
inline Tensor clamp_max(const Tensor& self, const Tensor& max) {
  static ::sconce::Op sconce_op{"aten::clamp_max", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, max});
}
inline Tensor& clamp_max_(Tensor& self, const Scalar& max) {
  static ::sconce::Op sconce_op{"aten::clamp_max_", ""};
  ::sconce::invoke<void>(sconce_op, {self, max});
  return self;
}
inline Tensor& clamp_max_(Tensor& self, const Tensor& max) {
  static ::sconce::Op sconce_op{"aten::clamp_max_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, max});
  return self;
}
inline Tensor clamp_min(const Tensor& self, const Scalar& min) {
  static ::sconce::Op sconce_op{"aten::clamp_min", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min});
}
inline Tensor clamp_min(const Tensor& self, const Tensor& min) {
  static ::sconce::Op sconce_op{"aten::clamp_min", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min});
}
inline Tensor& clamp_min_(Tensor& self, const Scalar& min) {
  static ::sconce::Op sconce_op{"aten::clamp_min_", ""};
  ::sconce::invoke<void>(sconce_op, {self, min});
  return self;
}
inline Tensor& clamp_min_(Tensor& self, const Tensor& min) {
  static ::sconce::Op sconce_op{"aten::clamp_min_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, min});
  return self;
}
inline Tensor clip(const Tensor& self, const std::optional<Scalar>& min = std::nullopt, const std::optional<Scalar>& max = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::clip", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min, max});
}
inline Tensor clip(const Tensor& self, const std::optional<Tensor>& min, const std::optional<Tensor>& max = {}) {
  static ::sconce::Op sconce_op{"aten::clip", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min, max});
}
inline Tensor& clip_(Tensor& self, const std::optional<Scalar>& min = std::nullopt, const std::optional<Scalar>& max = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::clip_", ""};
  ::sconce::invoke<void>(sconce_op, {self, min, max});
  return self;
}
inline Tensor& clip_(Tensor& self, const std::optional<Tensor>& min, const std::optional<Tensor>& max = {}) {
  static ::sconce::Op sconce_op{"aten::clip_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, min, max});
  return self;
}
inline Tensor clone(const Tensor& self, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::clone", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, memory_format});
}
inline Tensor col2im(const Tensor& self, IntArrayRef output_size, IntArrayRef kernel_size, IntArrayRef dilation, IntArrayRef padding, IntArrayRef stride) {
  static ::sconce::Op sconce_op{"aten::col2im", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, kernel_size, dilation, padding, stride});
}
inline Tensor col_indices_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::col_indices_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor column_stack(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::column_stack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor combinations(const Tensor& self, int64_t r = 2, bool with_replacement = false) {
  static ::sconce::Op sconce_op{"aten::combinations", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, r, with_replacement});
}
inline Tensor complex(const Tensor& real, const Tensor& imag) {
  static ::sconce::Op sconce_op{"aten::complex", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {real, imag});
}
inline Tensor concat(TensorList tensors, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::concat", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors, dim});
}
inline Tensor concatenate(TensorList tensors, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::concatenate", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors, dim});
}
inline Tensor conj_physical(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::conj_physical", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& conj_physical_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::conj_physical_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor constant_pad_nd(const Tensor& self, IntArrayRef pad, const Scalar& value = 0) {
  static ::sconce::Op sconce_op{"aten::constant_pad_nd", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, pad, value});
}
inline Tensor conv1d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1}, IntArrayRef padding = {0}, IntArrayRef dilation = {1}, int64_t groups = 1) {
  static ::sconce::Op sconce_op{"aten::conv1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline Tensor conv1d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, c10::string_view padding, IntArrayRef dilation = {1}, int64_t groups = 1) {
  static ::sconce::Op sconce_op{"aten::conv1d", "padding"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline Tensor conv2d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1}, IntArrayRef padding = {0, 0}, IntArrayRef dilation = {1, 1}, int64_t groups = 1) {
  static ::sconce::Op sconce_op{"aten::conv2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline Tensor conv2d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, c10::string_view padding, IntArrayRef dilation = {1, 1}, int64_t groups = 1) {
  static ::sconce::Op sconce_op{"aten::conv2d", "padding"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline Tensor conv3d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1, 1}, IntArrayRef padding = {0, 0, 0}, IntArrayRef dilation = {1, 1, 1}, int64_t groups = 1) {
  static ::sconce::Op sconce_op{"aten::conv3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline Tensor conv3d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, c10::string_view padding, IntArrayRef dilation = {1, 1, 1}, int64_t groups = 1) {
  static ::sconce::Op sconce_op{"aten::conv3d", "padding"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, groups});
}
inline Tensor conv_depthwise3d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation) {
  static ::sconce::Op sconce_op{"aten::conv_depthwise3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding, dilation});
}
inline Tensor conv_tbc(const Tensor& self, const Tensor& weight, const Tensor& bias, int64_t pad = 0) {
  static ::sconce::Op sconce_op{"aten::conv_tbc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, bias, pad});
}
inline Tensor conv_transpose1d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1}, IntArrayRef padding = {0}, IntArrayRef output_padding = {0}, int64_t groups = 1, IntArrayRef dilation = {1}) {
  static ::sconce::Op sconce_op{"aten::conv_transpose1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, output_padding, groups, dilation});
}
inline Tensor conv_transpose2d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1}, IntArrayRef padding = {0, 0}, IntArrayRef output_padding = {0, 0}, int64_t groups = 1, IntArrayRef dilation = {1, 1}) {
  static ::sconce::Op sconce_op{"aten::conv_transpose2d", "input"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, output_padding, groups, dilation});
}
inline Tensor conv_transpose3d(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1, 1}, IntArrayRef padding = {0, 0, 0}, IntArrayRef output_padding = {0, 0, 0}, int64_t groups = 1, IntArrayRef dilation = {1, 1, 1}) {
  static ::sconce::Op sconce_op{"aten::conv_transpose3d", "input"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, output_padding, groups, dilation});
}
inline Tensor convolution(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool transposed, IntArrayRef output_padding, int64_t groups) {
  static ::sconce::Op sconce_op{"aten::convolution", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, transposed, output_padding, groups});
}
inline Tensor convolution_overrideable(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool transposed, IntArrayRef output_padding, int64_t groups) {
  static ::sconce::Op sconce_op{"aten::convolution_overrideable", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, stride, padding, dilation, transposed, output_padding, groups});
}
inline Tensor copy(const Tensor& self, const Tensor& src, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, non_blocking});
}
inline Tensor copy_sparse_to_sparse(const Tensor& self, const Tensor& src, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::copy_sparse_to_sparse", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, non_blocking});
}
inline Tensor& copy_sparse_to_sparse_(Tensor& self, const Tensor& src, bool non_blocking = false) {
  static ::sconce::Op sconce_op{"aten::copy_sparse_to_sparse_", ""};
  ::sconce::invoke<void>(sconce_op, {self, src, non_blocking});
  return self;
}
inline double copysign(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::copysign", ""};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor copysign(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::copysign", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor copysign(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::copysign", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline double copysign(double a, double b) {
  static ::sconce::Op sconce_op{"aten::copysign", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double copysign(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::copysign", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double copysign(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::copysign", "int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double copysign(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::copysign", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor corrcoef(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::corrcoef", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor cos(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::cos", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar cos(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::cos", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double cos(double a) {
  static ::sconce::Op sconce_op{"aten::cos", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double cos(int64_t a) {
  static ::sconce::Op sconce_op{"aten::cos", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& cos_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::cos_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor cosh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::cosh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar cosh(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::cosh", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double cosh(double a) {
  static ::sconce::Op sconce_op{"aten::cosh", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double cosh(int64_t a) {
  static ::sconce::Op sconce_op{"aten::cosh", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& cosh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::cosh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor cosine_embedding_loss(const Tensor& input1, const Tensor& input2, const Tensor& target, double margin = 0., int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::cosine_embedding_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input1, input2, target, margin, reduction});
}
inline Tensor cosine_similarity(const Tensor& x1, const Tensor& x2, int64_t dim = 1, double eps = 1e-08) {
  static ::sconce::Op sconce_op{"aten::cosine_similarity", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x1, x2, dim, eps});
}
inline Tensor count_nonzero(const Tensor& self, std::optional<int64_t> dim = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::count_nonzero", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor count_nonzero(const Tensor& self, IntArrayRef dim) {
  static ::sconce::Op sconce_op{"aten::count_nonzero", "dim_IntList"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor cov(const Tensor& self, int64_t correction = 1, const std::optional<Tensor>& fweights = {}, const std::optional<Tensor>& aweights = {}) {
  static ::sconce::Op sconce_op{"aten::cov", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, correction, fweights, aweights});
}
inline Tensor cross(const Tensor& self, const Tensor& other, std::optional<int64_t> dim = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::cross", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, dim});
}
inline Tensor cross_entropy_loss(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, int64_t reduction = 1, int64_t ignore_index = -100, double label_smoothing = 0.) {
  static ::sconce::Op sconce_op{"aten::cross_entropy_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, weight, reduction, ignore_index, label_smoothing});
}
inline Tensor crow_indices_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::crow_indices_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor ctc_loss(const Tensor& log_probs, const Tensor& targets, IntArrayRef input_lengths, IntArrayRef target_lengths, int64_t blank = 0, int64_t reduction = 1, bool zero_infinity = false) {
  static ::sconce::Op sconce_op{"aten::ctc_loss", "IntList"};
  return ::sconce::invoke<Tensor>(sconce_op, {log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity});
}
inline Tensor ctc_loss(const Tensor& log_probs, const Tensor& targets, const Tensor& input_lengths, const Tensor& target_lengths, int64_t blank = 0, int64_t reduction = 1, bool zero_infinity = false) {
  static ::sconce::Op sconce_op{"aten::ctc_loss", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity});
}
inline std::tuple<Tensor, Tensor> cummax(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::cummax", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim});
}
inline std::tuple<Tensor, Tensor> cummin(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::cummin", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim});
}
inline Tensor cumprod(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::cumprod", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor cumsum(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::cumsum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor cumulative_trapezoid(const Tensor& y, const Scalar& dx = 1, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::cumulative_trapezoid", "dx"};
  return ::sconce::invoke<Tensor>(sconce_op, {y, dx, dim});
}
inline Tensor cumulative_trapezoid(const Tensor& y, const Tensor& x, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::cumulative_trapezoid", "x"};
  return ::sconce::invoke<Tensor>(sconce_op, {y, x, dim});
}
inline Tensor deg2rad(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::deg2rad", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& deg2rad_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::deg2rad_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline std::vector<Tensor> dequantize(TensorList qtensors) {
  static ::sconce::Op sconce_op{"aten::dequantize", "list"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {qtensors});
}
inline Tensor dequantize(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::dequantize", "self"};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor det(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::det", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor detach(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::detach", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& detach_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::detach_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor detach_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::detach_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor diag(const Tensor& self, int64_t diagonal = 0) {
  static ::sconce::Op sconce_op{"aten::diag", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, diagonal});
}
inline Tensor diag_embed(const Tensor& self, int64_t offset = 0, int64_t dim1 = -2, int64_t dim2 = -1) {
  static ::sconce::Op sconce_op{"aten::diag_embed", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, offset, dim1, dim2});
}
inline Tensor diagflat(const Tensor& self, int64_t offset = 0) {
  static ::sconce::Op sconce_op{"aten::diagflat", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, offset});
}
inline Tensor diagonal(const Tensor& self, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1) {
  static ::sconce::Op sconce_op{"aten::diagonal", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, offset, dim1, dim2});
}
inline Tensor diagonal_backward(const Tensor& grad_output, IntArrayRef input_sizes, int64_t offset, int64_t dim1, int64_t dim2) {
  static ::sconce::Op sconce_op{"aten::diagonal_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, input_sizes, offset, dim1, dim2});
}
inline Tensor diagonal_copy(const Tensor& self, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1) {
  static ::sconce::Op sconce_op{"aten::diagonal_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, offset, dim1, dim2});
}
inline Tensor diagonal_scatter(const Tensor& self, const Tensor& src, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1) {
  static ::sconce::Op sconce_op{"aten::diagonal_scatter", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, offset, dim1, dim2});
}
inline Tensor diff(const Tensor& self, int64_t n = 1, int64_t dim = -1, const std::optional<Tensor>& prepend = {}, const std::optional<Tensor>& append = {}) {
  static ::sconce::Op sconce_op{"aten::diff", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, prepend, append});
}
inline Tensor digamma(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::digamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor dist(const Tensor& self, const Tensor& other, const Scalar& p = 2) {
  static ::sconce::Op sconce_op{"aten::dist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, p});
}
inline double div(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::div", ""};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor div(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::div", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor div(const Tensor& self, const Scalar& other, std::optional<c10::string_view> rounding_mode) {
  static ::sconce::Op sconce_op{"aten::div", "Scalar_mode"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, rounding_mode});
}
inline Tensor div(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::div", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor div(const Tensor& self, const Tensor& other, std::optional<c10::string_view> rounding_mode) {
  static ::sconce::Op sconce_op{"aten::div", "Tensor_mode"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, rounding_mode});
}
inline double div(double a, double b) {
  static ::sconce::Op sconce_op{"aten::div", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double div(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::div", "int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor divide(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::divide", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor divide(const Tensor& self, const Scalar& other, std::optional<c10::string_view> rounding_mode) {
  static ::sconce::Op sconce_op{"aten::divide", "Scalar_mode"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, rounding_mode});
}
inline Tensor divide(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::divide", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor divide(const Tensor& self, const Tensor& other, std::optional<c10::string_view> rounding_mode) {
  static ::sconce::Op sconce_op{"aten::divide", "Tensor_mode"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, rounding_mode});
}
inline Tensor dot(const Tensor& self, const Tensor& tensor) {
  static ::sconce::Op sconce_op{"aten::dot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, tensor});
}
inline Tensor dropout(const Tensor& input, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::dropout", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, p, train});
}
inline Tensor& dropout_(Tensor& self, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::dropout_", ""};
  ::sconce::invoke<void>(sconce_op, {self, p, train});
  return self;
}
inline std::vector<Tensor> dsplit(const Tensor& self, IntArrayRef indices) {
  static ::sconce::Op sconce_op{"aten::dsplit", "array"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, indices});
}
inline std::vector<Tensor> dsplit(const Tensor& self, int64_t sections) {
  static ::sconce::Op sconce_op{"aten::dsplit", "int"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, sections});
}
inline Tensor dstack(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::dstack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor einsum(c10::string_view equation, TensorList tensors, OptionalIntArrayRef path = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::einsum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {equation, tensors, path});
}
inline Tensor elu(const Tensor& self, const Scalar& alpha = 1, const Scalar& scale = 1, const Scalar& input_scale = 1) {
  static ::sconce::Op sconce_op{"aten::elu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, alpha, scale, input_scale});
}
inline Tensor& elu_(Tensor& self, const Scalar& alpha = 1, const Scalar& scale = 1, const Scalar& input_scale = 1) {
  static ::sconce::Op sconce_op{"aten::elu_", ""};
  ::sconce::invoke<void>(sconce_op, {self, alpha, scale, input_scale});
  return self;
}
inline Tensor elu_backward(const Tensor& grad_output, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale, bool is_result, const Tensor& self_or_result) {
  static ::sconce::Op sconce_op{"aten::elu_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, alpha, scale, input_scale, is_result, self_or_result});
}
inline Tensor embedding(const Tensor& weight, const Tensor& indices, int64_t padding_idx = -1, bool scale_grad_by_freq = false, bool sparse = false) {
  static ::sconce::Op sconce_op{"aten::embedding", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {weight, indices, padding_idx, scale_grad_by_freq, sparse});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> embedding_bag(const Tensor& weight, const Tensor& indices, const Tensor& offsets, bool scale_grad_by_freq = false, int64_t mode = 0, bool sparse = false, const std::optional<Tensor>& per_sample_weights = {}, bool include_last_offset = false) {
  static ::sconce::Op sconce_op{"aten::embedding_bag", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> embedding_bag(const Tensor& weight, const Tensor& indices, const Tensor& offsets, bool scale_grad_by_freq, int64_t mode, bool sparse, const std::optional<Tensor>& per_sample_weights, bool include_last_offset, std::optional<int64_t> padding_idx) {
  static ::sconce::Op sconce_op{"aten::embedding_bag", "padding_idx"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx});
}
inline Tensor embedding_dense_backward(const Tensor& grad_output, const Tensor& indices, int64_t num_weights, int64_t padding_idx, bool scale_grad_by_freq) {
  static ::sconce::Op sconce_op{"aten::embedding_dense_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, indices, num_weights, padding_idx, scale_grad_by_freq});
}
inline Tensor embedding_renorm(const Tensor& self, const Tensor& indices, double max_norm, double norm_type) {
  static ::sconce::Op sconce_op{"aten::embedding_renorm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, max_norm, norm_type});
}
inline Tensor& embedding_renorm_(Tensor& self, const Tensor& indices, double max_norm, double norm_type) {
  static ::sconce::Op sconce_op{"aten::embedding_renorm_", ""};
  ::sconce::invoke<void>(sconce_op, {self, indices, max_norm, norm_type});
  return self;
}
inline Tensor empty(IntArrayRef size, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::empty", "memory_format"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor empty(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::empty", "memory_format"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor empty_like(const Tensor& self, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::empty_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor empty_like(const Tensor& self, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::empty_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor empty_permuted(IntArrayRef size, IntArrayRef physical_layout, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::empty_permuted", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, physical_layout, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor empty_permuted(IntArrayRef size, IntArrayRef physical_layout, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::empty_permuted", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, physical_layout, dtype, layout, device, pin_memory});
}
inline Tensor empty_quantized(IntArrayRef size, const Tensor& qtensor, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::empty_quantized", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, qtensor, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor empty_quantized(IntArrayRef size, const Tensor& qtensor, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::empty_quantized", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, qtensor, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor empty_strided(IntArrayRef size, IntArrayRef stride, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::empty_strided", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, stride, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor empty_strided(IntArrayRef size, IntArrayRef stride, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::empty_strided", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, stride, dtype, layout, device, pin_memory});
}
inline bool eq(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::eq", ""};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor eq(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::eq", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor eq(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::eq", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool eq(TensorList a, TensorList b) {
  static ::sconce::Op sconce_op{"aten::eq", "Tensor_list"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(bool a, bool b) {
  static ::sconce::Op sconce_op{"aten::eq", "bool"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(Device a, Device b) {
  static ::sconce::Op sconce_op{"aten::eq", "device"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(double a, double b) {
  static ::sconce::Op sconce_op{"aten::eq", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::eq", "float_int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(ArrayRef<double> a, ArrayRef<double> b) {
  static ::sconce::Op sconce_op{"aten::eq", "float_list"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::eq", "int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::eq", "int_float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(IntArrayRef a, IntArrayRef b) {
  static ::sconce::Op sconce_op{"aten::eq", "int_list"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool eq(c10::string_view a, c10::string_view b) {
  static ::sconce::Op sconce_op{"aten::eq", "str"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool equal(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::equal", ""};
  return ::sconce::invoke<bool>(sconce_op, {self, other});
}
inline Tensor erf(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::erf", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar erf(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::erf", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double erf(double a) {
  static ::sconce::Op sconce_op{"aten::erf", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double erf(int64_t a) {
  static ::sconce::Op sconce_op{"aten::erf", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& erf_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::erf_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor erfc(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::erfc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar erfc(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::erfc", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double erfc(double a) {
  static ::sconce::Op sconce_op{"aten::erfc", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double erfc(int64_t a) {
  static ::sconce::Op sconce_op{"aten::erfc", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& erfc_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::erfc_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor erfinv(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::erfinv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor exp(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::exp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar exp(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::exp", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double exp(double a) {
  static ::sconce::Op sconce_op{"aten::exp", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double exp(int64_t a) {
  static ::sconce::Op sconce_op{"aten::exp", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor exp2(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::exp2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& exp2_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::exp2_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor& exp_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::exp_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor expand_copy(const Tensor& self, IntArrayRef size, bool implicit = false) {
  static ::sconce::Op sconce_op{"aten::expand_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, implicit});
}
inline Tensor expm1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::expm1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar expm1(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::expm1", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double expm1(double a) {
  static ::sconce::Op sconce_op{"aten::expm1", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double expm1(int64_t a) {
  static ::sconce::Op sconce_op{"aten::expm1", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& expm1_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::expm1_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor exponential(const Tensor& self, double lambd = 1., std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::exponential", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, lambd, generator});
}
inline Tensor eye(int64_t n, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::eye", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor eye(int64_t n, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::eye", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, dtype, layout, device, pin_memory});
}
inline Tensor eye(int64_t n, int64_t m, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::eye", "m"};
  return ::sconce::invoke<Tensor>(sconce_op, {n, m, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor eye(int64_t n, int64_t m, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::eye", "m"};
  return ::sconce::invoke<Tensor>(sconce_op, {n, m, dtype, layout, device, pin_memory});
}
inline Tensor fake_quantize_per_channel_affine(const Tensor& self, const Tensor& scale, const Tensor& zero_point, int64_t axis, int64_t quant_min, int64_t quant_max) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_channel_affine", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, axis, quant_min, quant_max});
}
inline std::tuple<Tensor, Tensor> fake_quantize_per_channel_affine_cachemask(const Tensor& self, const Tensor& scale, const Tensor& zero_point, int64_t axis, int64_t quant_min, int64_t quant_max) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_channel_affine_cachemask", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, scale, zero_point, axis, quant_min, quant_max});
}
inline Tensor fake_quantize_per_channel_affine_cachemask_backward(const Tensor& grad, const Tensor& mask) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_channel_affine_cachemask_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad, mask});
}
inline Tensor fake_quantize_per_tensor_affine(const Tensor& self, double scale, int64_t zero_point, int64_t quant_min, int64_t quant_max) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_tensor_affine", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, quant_min, quant_max});
}
inline Tensor fake_quantize_per_tensor_affine(const Tensor& self, const Tensor& scale, const Tensor& zero_point, int64_t quant_min, int64_t quant_max) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_tensor_affine", "tensor_qparams"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, quant_min, quant_max});
}
inline std::tuple<Tensor, Tensor> fake_quantize_per_tensor_affine_cachemask(const Tensor& self, double scale, int64_t zero_point, int64_t quant_min, int64_t quant_max) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_tensor_affine_cachemask", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, scale, zero_point, quant_min, quant_max});
}
inline Tensor fake_quantize_per_tensor_affine_cachemask_backward(const Tensor& grad, const Tensor& mask) {
  static ::sconce::Op sconce_op{"aten::fake_quantize_per_tensor_affine_cachemask_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad, mask});
}
inline Tensor fbgemm_linear_fp16_weight(const Tensor& input, const Tensor& packed_weight, const Tensor& bias) {
  static ::sconce::Op sconce_op{"aten::fbgemm_linear_fp16_weight", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, packed_weight, bias});
}
inline Tensor fbgemm_linear_fp16_weight_fp32_activation(const Tensor& input, const Tensor& packed_weight, const Tensor& bias) {
  static ::sconce::Op sconce_op{"aten::fbgemm_linear_fp16_weight_fp32_activation", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, packed_weight, bias});
}
inline Tensor fbgemm_linear_int8_weight(const Tensor& input, const Tensor& weight, const Tensor& packed, const Tensor& col_offsets, const Scalar& weight_scale, const Scalar& weight_zero_point, const Tensor& bias) {
  static ::sconce::Op sconce_op{"aten::fbgemm_linear_int8_weight", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, packed, col_offsets, weight_scale, weight_zero_point, bias});
}
inline Tensor fbgemm_linear_int8_weight_fp32_activation(const Tensor& input, const Tensor& weight, const Tensor& packed, const Tensor& col_offsets, const Scalar& weight_scale, const Scalar& weight_zero_point, const Tensor& bias) {
  static ::sconce::Op sconce_op{"aten::fbgemm_linear_int8_weight_fp32_activation", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, packed, col_offsets, weight_scale, weight_zero_point, bias});
}
inline std::tuple<Tensor, Tensor, double, int64_t> fbgemm_linear_quantize_weight(const Tensor& input) {
  static ::sconce::Op sconce_op{"aten::fbgemm_linear_quantize_weight", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, double, int64_t>>(sconce_op, {input});
}
inline Tensor fbgemm_pack_gemm_matrix_fp16(const Tensor& input) {
  static ::sconce::Op sconce_op{"aten::fbgemm_pack_gemm_matrix_fp16", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input});
}
inline Tensor fbgemm_pack_quantized_matrix(const Tensor& input) {
  static ::sconce::Op sconce_op{"aten::fbgemm_pack_quantized_matrix", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input});
}
inline Tensor fbgemm_pack_quantized_matrix(const Tensor& input, int64_t K, int64_t N) {
  static ::sconce::Op sconce_op{"aten::fbgemm_pack_quantized_matrix", "KN"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, K, N});
}
inline Tensor feature_alpha_dropout(const Tensor& input, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::feature_alpha_dropout", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, p, train});
}
inline Tensor& feature_alpha_dropout_(Tensor& self, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::feature_alpha_dropout_", ""};
  ::sconce::invoke<void>(sconce_op, {self, p, train});
  return self;
}
inline Tensor feature_dropout(const Tensor& input, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::feature_dropout", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, p, train});
}
inline Tensor& feature_dropout_(Tensor& self, double p, bool train) {
  static ::sconce::Op sconce_op{"aten::feature_dropout_", ""};
  ::sconce::invoke<void>(sconce_op, {self, p, train});
  return self;
}
inline Tensor fft_fft(const Tensor& self, std::optional<int64_t> n = std::nullopt, int64_t dim = -1, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_fft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, norm});
}
inline Tensor fft_fft2(const Tensor& self, OptionalIntArrayRef s = std::nullopt, IntArrayRef dim = {-2, -1}, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_fft2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_fftfreq(int64_t n, double d = 1., TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::fft_fftfreq", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, d, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor fft_fftfreq(int64_t n, double d, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::fft_fftfreq", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, d, dtype, layout, device, pin_memory});
}
inline Tensor fft_fftn(const Tensor& self, OptionalIntArrayRef s = std::nullopt, OptionalIntArrayRef dim = std::nullopt, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_fftn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_fftshift(const Tensor& self, OptionalIntArrayRef dim = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_fftshift", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor fft_hfft(const Tensor& self, std::optional<int64_t> n = std::nullopt, int64_t dim = -1, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_hfft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, norm});
}
inline Tensor fft_hfft2(const Tensor& self, OptionalIntArrayRef s = std::nullopt, IntArrayRef dim = {-2, -1}, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_hfft2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_hfftn(const Tensor& self, OptionalIntArrayRef s = std::nullopt, OptionalIntArrayRef dim = std::nullopt, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_hfftn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_ifft(const Tensor& self, std::optional<int64_t> n = std::nullopt, int64_t dim = -1, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ifft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, norm});
}
inline Tensor fft_ifft2(const Tensor& self, OptionalIntArrayRef s = std::nullopt, IntArrayRef dim = {-2, -1}, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ifft2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_ifftn(const Tensor& self, OptionalIntArrayRef s = std::nullopt, OptionalIntArrayRef dim = std::nullopt, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ifftn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_ifftshift(const Tensor& self, OptionalIntArrayRef dim = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ifftshift", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor fft_ihfft(const Tensor& self, std::optional<int64_t> n = std::nullopt, int64_t dim = -1, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ihfft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, norm});
}
inline Tensor fft_ihfft2(const Tensor& self, OptionalIntArrayRef s = std::nullopt, IntArrayRef dim = {-2, -1}, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ihfft2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_ihfftn(const Tensor& self, OptionalIntArrayRef s = std::nullopt, OptionalIntArrayRef dim = std::nullopt, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_ihfftn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_irfft(const Tensor& self, std::optional<int64_t> n = std::nullopt, int64_t dim = -1, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_irfft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, norm});
}
inline Tensor fft_irfft2(const Tensor& self, OptionalIntArrayRef s = std::nullopt, IntArrayRef dim = {-2, -1}, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_irfft2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_irfftn(const Tensor& self, OptionalIntArrayRef s = std::nullopt, OptionalIntArrayRef dim = std::nullopt, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_irfftn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_rfft(const Tensor& self, std::optional<int64_t> n = std::nullopt, int64_t dim = -1, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_rfft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n, dim, norm});
}
inline Tensor fft_rfft2(const Tensor& self, OptionalIntArrayRef s = std::nullopt, IntArrayRef dim = {-2, -1}, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_rfft2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fft_rfftfreq(int64_t n, double d = 1., TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::fft_rfftfreq", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, d, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor fft_rfftfreq(int64_t n, double d, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::fft_rfftfreq", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, d, dtype, layout, device, pin_memory});
}
inline Tensor fft_rfftn(const Tensor& self, OptionalIntArrayRef s = std::nullopt, OptionalIntArrayRef dim = std::nullopt, std::optional<c10::string_view> norm = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::fft_rfftn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, s, dim, norm});
}
inline Tensor fill(const Tensor& self, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::fill", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, value});
}
inline Tensor fill(const Tensor& self, const Tensor& value) {
  static ::sconce::Op sconce_op{"aten::fill", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, value});
}
inline Tensor& fill_(Tensor& self, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::fill_", "Scalar"};
  ::sconce::invoke<void>(sconce_op, {self, value});
  return self;
}
inline Tensor& fill_(Tensor& self, const Tensor& value) {
  static ::sconce::Op sconce_op{"aten::fill_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, value});
  return self;
}
inline Tensor fix(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::fix", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& fix_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::fix_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor flatten(const Tensor& self, int64_t start_dim = 0, int64_t end_dim = -1) {
  static ::sconce::Op sconce_op{"aten::flatten", "using_ints"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, start_dim, end_dim});
}
inline Tensor flatten_dense_tensors(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::flatten_dense_tensors", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor flip(const Tensor& self, IntArrayRef dims) {
  static ::sconce::Op sconce_op{"aten::flip", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dims});
}
inline Tensor fliplr(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::fliplr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor flipud(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::flipud", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor float_power(const Scalar& self, const Tensor& exponent) {
  static ::sconce::Op sconce_op{"aten::float_power", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, exponent});
}
inline Tensor float_power(const Tensor& self, const Scalar& exponent) {
  static ::sconce::Op sconce_op{"aten::float_power", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, exponent});
}
inline Tensor float_power(const Tensor& self, const Tensor& exponent) {
  static ::sconce::Op sconce_op{"aten::float_power", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, exponent});
}
inline Tensor floor(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::floor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar floor(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::floor", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline int64_t floor(double a) {
  static ::sconce::Op sconce_op{"aten::floor", "float"};
  return ::sconce::invoke<int64_t>(sconce_op, {a});
}
inline int64_t floor(int64_t a) {
  static ::sconce::Op sconce_op{"aten::floor", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a});
}
inline Tensor& floor_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::floor_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor floor_divide(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::floor_divide", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor floor_divide(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::floor_divide", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor fmax(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::fmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor fmin(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::fmin", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline double fmod(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::fmod", ""};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor fmod(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::fmod", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor fmod(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::fmod", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline double fmod(double a, double b) {
  static ::sconce::Op sconce_op{"aten::fmod", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double fmod(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::fmod", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double fmod(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::fmod", "int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double fmod(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::fmod", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor frac(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::frac", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& frac_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::frac_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline std::tuple<Tensor, Tensor> fractional_max_pool2d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef output_size, const Tensor& random_samples) {
  static ::sconce::Op sconce_op{"aten::fractional_max_pool2d", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, kernel_size, output_size, random_samples});
}
inline Tensor fractional_max_pool2d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef kernel_size, IntArrayRef output_size, const Tensor& indices) {
  static ::sconce::Op sconce_op{"aten::fractional_max_pool2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, kernel_size, output_size, indices});
}
inline std::tuple<Tensor, Tensor> fractional_max_pool3d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef output_size, const Tensor& random_samples) {
  static ::sconce::Op sconce_op{"aten::fractional_max_pool3d", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, kernel_size, output_size, random_samples});
}
inline Tensor fractional_max_pool3d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef kernel_size, IntArrayRef output_size, const Tensor& indices) {
  static ::sconce::Op sconce_op{"aten::fractional_max_pool3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, kernel_size, output_size, indices});
}
inline std::tuple<double, int64_t> frexp(double a) {
  static ::sconce::Op sconce_op{"aten::frexp", ""};
  return ::sconce::invoke<std::tuple<double, int64_t>>(sconce_op, {a});
}
inline std::tuple<Tensor, Tensor> frexp(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::frexp", "Tensor"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self});
}
inline Tensor frobenius_norm(const Tensor& self, IntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::frobenius_norm", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor full(IntArrayRef size, const Scalar& fill_value, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::full", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, fill_value, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor full(IntArrayRef size, const Scalar& fill_value, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::full", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, fill_value, dtype, layout, device, pin_memory});
}
inline Tensor full_like(const Tensor& self, const Scalar& fill_value, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::full_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, fill_value, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor full_like(const Tensor& self, const Scalar& fill_value, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::full_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, fill_value, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor gather(const Tensor& self, int64_t dim, const Tensor& index, bool sparse_grad = false) {
  static ::sconce::Op sconce_op{"aten::gather", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, sparse_grad});
}
inline Tensor gcd(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::gcd", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline int64_t gcd(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::gcd", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline Tensor& gcd_(Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::gcd_", ""};
  ::sconce::invoke<void>(sconce_op, {self, other});
  return self;
}
inline bool ge(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::ge", ""};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor ge(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::ge", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor ge(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::ge", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool ge(double a, double b) {
  static ::sconce::Op sconce_op{"aten::ge", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ge(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::ge", "float_int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ge(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::ge", "int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ge(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::ge", "int_float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ge(c10::string_view a, c10::string_view b) {
  static ::sconce::Op sconce_op{"aten::ge", "str"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor gelu(const Tensor& self, c10::string_view approximate = "none") {
  static ::sconce::Op sconce_op{"aten::gelu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, approximate});
}
inline Tensor& gelu_(Tensor& self, c10::string_view approximate = "none") {
  static ::sconce::Op sconce_op{"aten::gelu_", ""};
  ::sconce::invoke<void>(sconce_op, {self, approximate});
  return self;
}
inline Tensor gelu_backward(const Tensor& grad_output, const Tensor& self, c10::string_view approximate = "none") {
  static ::sconce::Op sconce_op{"aten::gelu_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, approximate});
}
inline Tensor geometric(const Tensor& self, double p, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::geometric", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, generator});
}
inline std::tuple<Tensor, Tensor> geqrf(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::geqrf", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self});
}
inline Tensor ger(const Tensor& self, const Tensor& vec2) {
  static ::sconce::Op sconce_op{"aten::ger", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, vec2});
}
inline Tensor glu(const Tensor& self, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::glu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor glu_backward(const Tensor& grad_output, const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::glu_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, dim});
}
inline Tensor glu_jvp(const Tensor& glu, const Tensor& x, const Tensor& dx, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::glu_jvp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {glu, x, dx, dim});
}
inline std::vector<Tensor> gradient(const Tensor& self, IntArrayRef dim, int64_t edge_order = 1) {
  static ::sconce::Op sconce_op{"aten::gradient", "array"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, dim, edge_order});
}
inline std::vector<Tensor> gradient(const Tensor& self, const Scalar& spacing, IntArrayRef dim, int64_t edge_order = 1) {
  static ::sconce::Op sconce_op{"aten::gradient", "scalararray"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, spacing, dim, edge_order});
}
inline std::vector<Tensor> gradient(const Tensor& self, const std::optional<Scalar>& spacing = std::nullopt, std::optional<int64_t> dim = std::nullopt, int64_t edge_order = 1) {
  static ::sconce::Op sconce_op{"aten::gradient", "scalarint"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, spacing, dim, edge_order});
}
inline std::vector<Tensor> gradient(const Tensor& self, TensorList spacing, IntArrayRef dim, int64_t edge_order = 1) {
  static ::sconce::Op sconce_op{"aten::gradient", "tensorarray"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, spacing, dim, edge_order});
}
inline std::vector<Tensor> gradient(const Tensor& self, TensorList spacing, std::optional<int64_t> dim = std::nullopt, int64_t edge_order = 1) {
  static ::sconce::Op sconce_op{"aten::gradient", "tensorarrayint"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, spacing, dim, edge_order});
}
inline Tensor greater(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::greater", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor greater(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::greater", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor greater_equal(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::greater_equal", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor greater_equal(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::greater_equal", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor grid_sampler(const Tensor& input, const Tensor& grid, int64_t interpolation_mode, int64_t padding_mode, bool align_corners) {
  static ::sconce::Op sconce_op{"aten::grid_sampler", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, grid, interpolation_mode, padding_mode, align_corners});
}
inline Tensor grid_sampler_2d(const Tensor& input, const Tensor& grid, int64_t interpolation_mode, int64_t padding_mode, bool align_corners) {
  static ::sconce::Op sconce_op{"aten::grid_sampler_2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, grid, interpolation_mode, padding_mode, align_corners});
}
inline Tensor grid_sampler_3d(const Tensor& input, const Tensor& grid, int64_t interpolation_mode, int64_t padding_mode, bool align_corners) {
  static ::sconce::Op sconce_op{"aten::grid_sampler_3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, grid, interpolation_mode, padding_mode, align_corners});
}
inline Tensor group_norm(const Tensor& input, int64_t num_groups, const std::optional<Tensor>& weight = {}, const std::optional<Tensor>& bias = {}, double eps = 1.0000000000000001e-05, bool cudnn_enabled = true) {
  static ::sconce::Op sconce_op{"aten::group_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, num_groups, weight, bias, eps, cudnn_enabled});
}
inline std::tuple<Tensor, Tensor> gru(const Tensor& data, const Tensor& batch_sizes, const Tensor& hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional) {
  static ::sconce::Op sconce_op{"aten::gru", "data"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional});
}
inline std::tuple<Tensor, Tensor> gru(const Tensor& input, const Tensor& hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional, bool batch_first) {
  static ::sconce::Op sconce_op{"aten::gru", "input"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first});
}
inline Tensor gru_cell(const Tensor& input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh, const std::optional<Tensor>& b_ih = {}, const std::optional<Tensor>& b_hh = {}) {
  static ::sconce::Op sconce_op{"aten::gru_cell", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh});
}
inline bool gt(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::gt", ""};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor gt(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::gt", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor gt(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::gt", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool gt(double a, double b) {
  static ::sconce::Op sconce_op{"aten::gt", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool gt(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::gt", "float_int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool gt(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::gt", "int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool gt(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::gt", "int_float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool gt(c10::string_view a, c10::string_view b) {
  static ::sconce::Op sconce_op{"aten::gt", "str"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor hamming_window(int64_t window_length, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::hamming_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor hamming_window(int64_t window_length, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::hamming_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, dtype, layout, device, pin_memory});
}
inline Tensor hamming_window(int64_t window_length, bool periodic, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::hamming_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor hamming_window(int64_t window_length, bool periodic, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::hamming_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, dtype, layout, device, pin_memory});
}
inline Tensor hamming_window(int64_t window_length, bool periodic, double alpha, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::hamming_window", "periodic_alpha"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, alpha, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor hamming_window(int64_t window_length, bool periodic, double alpha, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::hamming_window", "periodic_alpha"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, alpha, dtype, layout, device, pin_memory});
}
inline Tensor hamming_window(int64_t window_length, bool periodic, double alpha, double beta, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::hamming_window", "periodic_alpha_beta"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, alpha, beta, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor hamming_window(int64_t window_length, bool periodic, double alpha, double beta, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::hamming_window", "periodic_alpha_beta"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, alpha, beta, dtype, layout, device, pin_memory});
}
inline Tensor hann_window(int64_t window_length, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::hann_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor hann_window(int64_t window_length, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::hann_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, dtype, layout, device, pin_memory});
}
inline Tensor hann_window(int64_t window_length, bool periodic, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::hann_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor hann_window(int64_t window_length, bool periodic, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::hann_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, dtype, layout, device, pin_memory});
}
inline Tensor hardshrink(const Tensor& self, const Scalar& lambd = 0.5) {
  static ::sconce::Op sconce_op{"aten::hardshrink", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, lambd});
}
inline Tensor hardshrink_backward(const Tensor& grad_out, const Tensor& self, const Scalar& lambd) {
  static ::sconce::Op sconce_op{"aten::hardshrink_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_out, self, lambd});
}
inline Tensor hardsigmoid(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::hardsigmoid", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& hardsigmoid_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::hardsigmoid_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor hardsigmoid_backward(const Tensor& grad_output, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::hardsigmoid_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self});
}
inline Tensor hardswish(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::hardswish", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& hardswish_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::hardswish_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor hardswish_backward(const Tensor& grad_output, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::hardswish_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self});
}
inline Tensor hardtanh(const Tensor& self, const Scalar& min_val = -1, const Scalar& max_val = 1) {
  static ::sconce::Op sconce_op{"aten::hardtanh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, min_val, max_val});
}
inline Tensor& hardtanh_(Tensor& self, const Scalar& min_val = -1, const Scalar& max_val = 1) {
  static ::sconce::Op sconce_op{"aten::hardtanh_", ""};
  ::sconce::invoke<void>(sconce_op, {self, min_val, max_val});
  return self;
}
inline Tensor hardtanh_backward(const Tensor& grad_output, const Tensor& self, const Scalar& min_val, const Scalar& max_val) {
  static ::sconce::Op sconce_op{"aten::hardtanh_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, min_val, max_val});
}
inline Tensor heaviside(const Tensor& self, const Tensor& values) {
  static ::sconce::Op sconce_op{"aten::heaviside", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, values});
}
inline Tensor hinge_embedding_loss(const Tensor& self, const Tensor& target, double margin = 1., int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::hinge_embedding_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, margin, reduction});
}
inline Tensor histc(const Tensor& self, int64_t bins = 100, const Scalar& min = 0, const Scalar& max = 0) {
  static ::sconce::Op sconce_op{"aten::histc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, bins, min, max});
}
inline std::tuple<Tensor, Tensor> histogram(const Tensor& self, int64_t bins = 100, std::optional<ArrayRef<double>> range = std::nullopt, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::histogram", "bin_ct"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, bins, range, weight, density});
}
inline std::tuple<Tensor, Tensor> histogram(const Tensor& self, const Tensor& bins, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::histogram", "bins_tensor"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, bins, weight, density});
}
inline std::tuple<Tensor, std::vector<Tensor>> histogramdd(const Tensor& self, IntArrayRef bins, std::optional<ArrayRef<double>> range = std::nullopt, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::histogramdd", ""};
  return ::sconce::invoke<std::tuple<Tensor, std::vector<Tensor>>>(sconce_op, {self, bins, range, weight, density});
}
inline std::tuple<Tensor, std::vector<Tensor>> histogramdd(const Tensor& self, TensorList bins, std::optional<ArrayRef<double>> range = std::nullopt, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::histogramdd", "TensorList_bins"};
  return ::sconce::invoke<std::tuple<Tensor, std::vector<Tensor>>>(sconce_op, {self, bins, range, weight, density});
}
inline std::tuple<Tensor, std::vector<Tensor>> histogramdd(const Tensor& self, int64_t bins, std::optional<ArrayRef<double>> range = std::nullopt, const std::optional<Tensor>& weight = {}, bool density = false) {
  static ::sconce::Op sconce_op{"aten::histogramdd", "int_bins"};
  return ::sconce::invoke<std::tuple<Tensor, std::vector<Tensor>>>(sconce_op, {self, bins, range, weight, density});
}
inline std::vector<Tensor> hsplit(const Tensor& self, IntArrayRef indices) {
  static ::sconce::Op sconce_op{"aten::hsplit", "array"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, indices});
}
inline std::vector<Tensor> hsplit(const Tensor& self, int64_t sections) {
  static ::sconce::Op sconce_op{"aten::hsplit", "int"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, sections});
}
inline Tensor hspmm(const Tensor& mat1, const Tensor& mat2) {
  static ::sconce::Op sconce_op{"aten::hspmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {mat1, mat2});
}
inline Tensor hstack(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::hstack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor huber_loss(const Tensor& self, const Tensor& target, int64_t reduction = 1, double delta = 1.) {
  static ::sconce::Op sconce_op{"aten::huber_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction, delta});
}
inline Tensor huber_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, int64_t reduction, double delta) {
  static ::sconce::Op sconce_op{"aten::huber_loss_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, reduction, delta});
}
inline Tensor hypot(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::hypot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor i0(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::i0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& i0_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::i0_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor igamma(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::igamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor igammac(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::igammac", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor im2col(const Tensor& self, IntArrayRef kernel_size, IntArrayRef dilation, IntArrayRef padding, IntArrayRef stride) {
  static ::sconce::Op sconce_op{"aten::im2col", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, dilation, padding, stride});
}
inline Tensor imag(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::imag", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor index(const Tensor& self, const c10::List<std::optional<Tensor>>& indices) {
  static ::sconce::Op sconce_op{"aten::index", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices});
}
inline Tensor index(const Tensor& self, TensorList indices) {
  static ::sconce::Op sconce_op{"aten::index", "Tensor_hacked_twin"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices});
}
inline int64_t index(TensorList self, const Tensor& el) {
  static ::sconce::Op sconce_op{"aten::index", "list_Tensor"};
  return ::sconce::invoke<int64_t>(sconce_op, {self, el});
}
inline int64_t index(ArrayRef<double> self, double el) {
  static ::sconce::Op sconce_op{"aten::index", "list_float"};
  return ::sconce::invoke<int64_t>(sconce_op, {self, el});
}
inline int64_t index(IntArrayRef self, int64_t el) {
  static ::sconce::Op sconce_op{"aten::index", "list_int"};
  return ::sconce::invoke<int64_t>(sconce_op, {self, el});
}
inline int64_t index(c10::string_view self, c10::string_view substr, int64_t start = 0, int64_t end = -1) {
  static ::sconce::Op sconce_op{"aten::index", "str"};
  return ::sconce::invoke<int64_t>(sconce_op, {self, substr, start, end});
}
inline Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::index_add", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, source, alpha});
}
inline Tensor index_copy(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source) {
  static ::sconce::Op sconce_op{"aten::index_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, source});
}
inline Tensor index_fill(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::index_fill", "int_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, value});
}
inline Tensor index_fill(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& value) {
  static ::sconce::Op sconce_op{"aten::index_fill", "int_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, value});
}
inline Tensor index_put(const Tensor& self, const c10::List<std::optional<Tensor>>& indices, const Tensor& values, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::index_put", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, values, accumulate});
}
inline Tensor index_put(const Tensor& self, TensorList indices, const Tensor& values, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::index_put", "hacked_twin"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, values, accumulate});
}
inline Tensor& index_put_(Tensor& self, const c10::List<std::optional<Tensor>>& indices, const Tensor& values, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::index_put_", ""};
  ::sconce::invoke<void>(sconce_op, {self, indices, values, accumulate});
  return self;
}
inline Tensor& index_put_(Tensor& self, TensorList indices, const Tensor& values, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::index_put_", "hacked_twin"};
  ::sconce::invoke<void>(sconce_op, {self, indices, values, accumulate});
  return self;
}
inline Tensor index_reduce(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source, c10::string_view reduce, bool include_self = true) {
  static ::sconce::Op sconce_op{"aten::index_reduce", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, source, reduce, include_self});
}
inline Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index) {
  static ::sconce::Op sconce_op{"aten::index_select", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index});
}
inline Tensor indices_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::indices_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor infinitely_differentiable_gelu_backward(const Tensor& grad, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::infinitely_differentiable_gelu_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad, self});
}
inline Tensor inner(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::inner", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor instance_norm(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean, const std::optional<Tensor>& running_var, bool use_input_stats, double momentum, double eps, bool cudnn_enabled) {
  static ::sconce::Op sconce_op{"aten::instance_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled});
}
inline Tensor int_repr(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::int_repr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor inverse(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::inverse", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline bool is_distributed(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::is_distributed", ""};
  return ::sconce::invoke<bool>(sconce_op, {self});
}
inline bool is_nonzero(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::is_nonzero", ""};
  return ::sconce::invoke<bool>(sconce_op, {self});
}
inline bool is_same_size(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::is_same_size", ""};
  return ::sconce::invoke<bool>(sconce_op, {self, other});
}
inline bool is_vulkan_available() {
  static ::sconce::Op sconce_op{"aten::is_vulkan_available", ""};
  return ::sconce::invoke<bool>(sconce_op, {});
}
inline Tensor isclose(const Tensor& self, const Tensor& other, double rtol = 1.0000000000000001e-05, double atol = 1e-08, bool equal_nan = false) {
  static ::sconce::Op sconce_op{"aten::isclose", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, rtol, atol, equal_nan});
}
inline Tensor isfinite(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::isfinite", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline bool isfinite(double a) {
  static ::sconce::Op sconce_op{"aten::isfinite", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a});
}
inline Tensor isin(const Scalar& element, const Tensor& test_elements, bool assume_unique = false, bool invert = false) {
  static ::sconce::Op sconce_op{"aten::isin", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {element, test_elements, assume_unique, invert});
}
inline Tensor isin(const Tensor& elements, const Scalar& test_element, bool assume_unique = false, bool invert = false) {
  static ::sconce::Op sconce_op{"aten::isin", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {elements, test_element, assume_unique, invert});
}
inline Tensor isin(const Tensor& elements, const Tensor& test_elements, bool assume_unique = false, bool invert = false) {
  static ::sconce::Op sconce_op{"aten::isin", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {elements, test_elements, assume_unique, invert});
}
inline Tensor isinf(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::isinf", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline bool isinf(double a) {
  static ::sconce::Op sconce_op{"aten::isinf", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a});
}
inline Tensor isnan(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::isnan", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline bool isnan(double a) {
  static ::sconce::Op sconce_op{"aten::isnan", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a});
}
inline Tensor isneginf(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::isneginf", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor isposinf(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::isposinf", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor isreal(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::isreal", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor istft(const Tensor& self, int64_t n_fft, std::optional<int64_t> hop_length = std::nullopt, std::optional<int64_t> win_length = std::nullopt, const std::optional<Tensor>& window = {}, bool center = true, bool normalized = false, std::optional<bool> onesided = std::nullopt, std::optional<int64_t> length = std::nullopt, bool return_complex = false) {
  static ::sconce::Op sconce_op{"aten::istft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex});
}
inline Tensor kaiser_window(int64_t window_length, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::kaiser_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor kaiser_window(int64_t window_length, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::kaiser_window", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, dtype, layout, device, pin_memory});
}
inline Tensor kaiser_window(int64_t window_length, bool periodic, double beta, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::kaiser_window", "beta"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, beta, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor kaiser_window(int64_t window_length, bool periodic, double beta, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::kaiser_window", "beta"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, beta, dtype, layout, device, pin_memory});
}
inline Tensor kaiser_window(int64_t window_length, bool periodic, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::kaiser_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor kaiser_window(int64_t window_length, bool periodic, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::kaiser_window", "periodic"};
  return ::sconce::invoke<Tensor>(sconce_op, {window_length, periodic, dtype, layout, device, pin_memory});
}
inline Tensor kl_div(const Tensor& self, const Tensor& target, int64_t reduction = 1, bool log_target = false) {
  static ::sconce::Op sconce_op{"aten::kl_div", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction, log_target});
}
inline Tensor kron(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::kron", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline std::tuple<Tensor, Tensor> kthvalue(const Tensor& self, int64_t k, int64_t dim = -1, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::kthvalue", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, k, dim, keepdim});
}
inline Tensor l1_loss(const Tensor& self, const Tensor& target, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::l1_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction});
}
inline Tensor layer_norm(const Tensor& input, IntArrayRef normalized_shape, const std::optional<Tensor>& weight = {}, const std::optional<Tensor>& bias = {}, double eps = 1.0000000000000001e-05, bool cudnn_enable = true) {
  static ::sconce::Op sconce_op{"aten::layer_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, normalized_shape, weight, bias, eps, cudnn_enable});
}
inline Tensor lcm(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::lcm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor& lcm_(Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::lcm_", ""};
  ::sconce::invoke<void>(sconce_op, {self, other});
  return self;
}
inline double ldexp(double x, int64_t i) {
  static ::sconce::Op sconce_op{"aten::ldexp", ""};
  return ::sconce::invoke<double>(sconce_op, {x, i});
}
inline Tensor ldexp(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::ldexp", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor& ldexp_(Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::ldexp_", ""};
  ::sconce::invoke<void>(sconce_op, {self, other});
  return self;
}
inline bool le(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::le", ""};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor le(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::le", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor le(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::le", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool le(double a, double b) {
  static ::sconce::Op sconce_op{"aten::le", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool le(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::le", "float_int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool le(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::le", "int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool le(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::le", "int_float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool le(c10::string_view a, c10::string_view b) {
  static ::sconce::Op sconce_op{"aten::le", "str"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor leaky_relu(const Tensor& self, const Scalar& negative_slope = 0.01) {
  static ::sconce::Op sconce_op{"aten::leaky_relu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, negative_slope});
}
inline Tensor& leaky_relu_(Tensor& self, const Scalar& negative_slope = 0.01) {
  static ::sconce::Op sconce_op{"aten::leaky_relu_", ""};
  ::sconce::invoke<void>(sconce_op, {self, negative_slope});
  return self;
}
inline Tensor leaky_relu_backward(const Tensor& grad_output, const Tensor& self, const Scalar& negative_slope, bool self_is_result) {
  static ::sconce::Op sconce_op{"aten::leaky_relu_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, negative_slope, self_is_result});
}
inline Tensor lerp(const Tensor& self, const Tensor& end, const Scalar& weight) {
  static ::sconce::Op sconce_op{"aten::lerp", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, end, weight});
}
inline Tensor lerp(const Tensor& self, const Tensor& end, const Tensor& weight) {
  static ::sconce::Op sconce_op{"aten::lerp", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, end, weight});
}
inline Tensor less(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::less", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor less(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::less", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor less_equal(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::less_equal", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor less_equal(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::less_equal", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor lgamma(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::lgamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar lgamma(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::lgamma", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double lgamma(double a) {
  static ::sconce::Op sconce_op{"aten::lgamma", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double lgamma(int64_t a) {
  static ::sconce::Op sconce_op{"aten::lgamma", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor lift(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::lift", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor lift_fresh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::lift_fresh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor lift_fresh_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::lift_fresh_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor linalg_cholesky(const Tensor& self, bool upper = false) {
  static ::sconce::Op sconce_op{"aten::linalg_cholesky", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, upper});
}
inline std::tuple<Tensor, Tensor> linalg_cholesky_ex(const Tensor& self, bool upper = false, bool check_errors = false) {
  static ::sconce::Op sconce_op{"aten::linalg_cholesky_ex", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, upper, check_errors});
}
inline Tensor linalg_cond(const Tensor& self, const std::optional<Scalar>& p = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_cond", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor linalg_cond(const Tensor& self, c10::string_view p) {
  static ::sconce::Op sconce_op{"aten::linalg_cond", "p_str"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor linalg_cross(const Tensor& self, const Tensor& other, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::linalg_cross", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, dim});
}
inline Tensor linalg_det(const Tensor& A) {
  static ::sconce::Op sconce_op{"aten::linalg_det", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {A});
}
inline Tensor linalg_diagonal(const Tensor& A, int64_t offset = 0, int64_t dim1 = -2, int64_t dim2 = -1) {
  static ::sconce::Op sconce_op{"aten::linalg_diagonal", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {A, offset, dim1, dim2});
}
inline std::tuple<Tensor, Tensor> linalg_eig(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::linalg_eig", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> linalg_eigh(const Tensor& self, c10::string_view UPLO = "L") {
  static ::sconce::Op sconce_op{"aten::linalg_eigh", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, UPLO});
}
inline Tensor linalg_eigvals(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::linalg_eigvals", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor linalg_eigvalsh(const Tensor& self, c10::string_view UPLO = "L") {
  static ::sconce::Op sconce_op{"aten::linalg_eigvalsh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, UPLO});
}
inline Tensor linalg_householder_product(const Tensor& input, const Tensor& tau) {
  static ::sconce::Op sconce_op{"aten::linalg_householder_product", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, tau});
}
inline Tensor linalg_inv(const Tensor& A) {
  static ::sconce::Op sconce_op{"aten::linalg_inv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {A});
}
inline std::tuple<Tensor, Tensor> linalg_inv_ex(const Tensor& A, bool check_errors = false) {
  static ::sconce::Op sconce_op{"aten::linalg_inv_ex", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {A, check_errors});
}
inline std::tuple<Tensor, Tensor> linalg_ldl_factor(const Tensor& self, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_ldl_factor", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, hermitian});
}
inline std::tuple<Tensor, Tensor, Tensor> linalg_ldl_factor_ex(const Tensor& self, bool hermitian = false, bool check_errors = false) {
  static ::sconce::Op sconce_op{"aten::linalg_ldl_factor_ex", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, hermitian, check_errors});
}
inline Tensor linalg_ldl_solve(const Tensor& LD, const Tensor& pivots, const Tensor& B, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_ldl_solve", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {LD, pivots, B, hermitian});
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> linalg_lstsq(const Tensor& self, const Tensor& b, std::optional<double> rcond = std::nullopt, std::optional<c10::string_view> driver = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_lstsq", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor, Tensor>>(sconce_op, {self, b, rcond, driver});
}
inline std::tuple<Tensor, Tensor, Tensor> linalg_lu(const Tensor& A, bool pivot = true) {
  static ::sconce::Op sconce_op{"aten::linalg_lu", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {A, pivot});
}
inline std::tuple<Tensor, Tensor> linalg_lu_factor(const Tensor& A, bool pivot = true) {
  static ::sconce::Op sconce_op{"aten::linalg_lu_factor", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {A, pivot});
}
inline std::tuple<Tensor, Tensor, Tensor> linalg_lu_factor_ex(const Tensor& A, bool pivot = true, bool check_errors = false) {
  static ::sconce::Op sconce_op{"aten::linalg_lu_factor_ex", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {A, pivot, check_errors});
}
inline Tensor linalg_lu_solve(const Tensor& LU, const Tensor& pivots, const Tensor& B, bool left = true, bool adjoint = false) {
  static ::sconce::Op sconce_op{"aten::linalg_lu_solve", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {LU, pivots, B, left, adjoint});
}
inline Tensor linalg_matmul(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::linalg_matmul", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor linalg_matrix_exp(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_exp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor linalg_matrix_norm(const Tensor& self, const Scalar& ord, IntArrayRef dim = {-2, -1}, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, ord, dim, keepdim, dtype});
}
inline Tensor linalg_matrix_norm(const Tensor& self, c10::string_view ord = "fro", IntArrayRef dim = {-2, -1}, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_norm", "str_ord"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, ord, dim, keepdim, dtype});
}
inline Tensor linalg_matrix_power(const Tensor& self, int64_t n) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_power", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n});
}
inline Tensor linalg_matrix_rank(const Tensor& self, double tol, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_rank", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, tol, hermitian});
}
inline Tensor linalg_matrix_rank(const Tensor& self, std::optional<double> atol = std::nullopt, std::optional<double> rtol = std::nullopt, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_rank", "atol_rtol_float"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, atol, rtol, hermitian});
}
inline Tensor linalg_matrix_rank(const Tensor& input, const std::optional<Tensor>& atol, const std::optional<Tensor>& rtol = {}, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_rank", "atol_rtol_tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, atol, rtol, hermitian});
}
inline Tensor linalg_matrix_rank(const Tensor& input, const Tensor& tol, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_matrix_rank", "tol_tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, tol, hermitian});
}
inline Tensor linalg_multi_dot(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::linalg_multi_dot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor linalg_norm(const Tensor& self, const std::optional<Scalar>& ord = std::nullopt, OptionalIntArrayRef dim = std::nullopt, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, ord, dim, keepdim, dtype});
}
inline Tensor linalg_norm(const Tensor& self, c10::string_view ord, OptionalIntArrayRef dim = std::nullopt, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_norm", "ord_str"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, ord, dim, keepdim, dtype});
}
inline Tensor linalg_pinv(const Tensor& self, double rcond, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_pinv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, rcond, hermitian});
}
inline Tensor linalg_pinv(const Tensor& self, std::optional<double> atol = std::nullopt, std::optional<double> rtol = std::nullopt, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_pinv", "atol_rtol_float"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, atol, rtol, hermitian});
}
inline Tensor linalg_pinv(const Tensor& self, const std::optional<Tensor>& atol, const std::optional<Tensor>& rtol = {}, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_pinv", "atol_rtol_tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, atol, rtol, hermitian});
}
inline Tensor linalg_pinv(const Tensor& self, const Tensor& rcond, bool hermitian = false) {
  static ::sconce::Op sconce_op{"aten::linalg_pinv", "rcond_tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, rcond, hermitian});
}
inline std::tuple<Tensor, Tensor> linalg_qr(const Tensor& A, c10::string_view mode = "reduced") {
  static ::sconce::Op sconce_op{"aten::linalg_qr", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {A, mode});
}
inline std::tuple<Tensor, Tensor> linalg_slogdet(const Tensor& A) {
  static ::sconce::Op sconce_op{"aten::linalg_slogdet", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {A});
}
inline Tensor linalg_solve(const Tensor& A, const Tensor& B, bool left = true) {
  static ::sconce::Op sconce_op{"aten::linalg_solve", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {A, B, left});
}
inline std::tuple<Tensor, Tensor> linalg_solve_ex(const Tensor& A, const Tensor& B, bool left = true, bool check_errors = false) {
  static ::sconce::Op sconce_op{"aten::linalg_solve_ex", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {A, B, left, check_errors});
}
inline Tensor linalg_solve_triangular(const Tensor& self, const Tensor& B, bool upper, bool left = true, bool unitriangular = false) {
  static ::sconce::Op sconce_op{"aten::linalg_solve_triangular", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, B, upper, left, unitriangular});
}
inline std::tuple<Tensor, Tensor, Tensor> linalg_svd(const Tensor& A, bool full_matrices = true, std::optional<c10::string_view> driver = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_svd", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {A, full_matrices, driver});
}
inline Tensor linalg_svdvals(const Tensor& A, std::optional<c10::string_view> driver = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_svdvals", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {A, driver});
}
inline Tensor linalg_tensorinv(const Tensor& self, int64_t ind = 2) {
  static ::sconce::Op sconce_op{"aten::linalg_tensorinv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, ind});
}
inline Tensor linalg_tensorsolve(const Tensor& self, const Tensor& other, OptionalIntArrayRef dims = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_tensorsolve", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, dims});
}
inline Tensor linalg_vander(const Tensor& x, std::optional<int64_t> N = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_vander", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, N});
}
inline Tensor linalg_vecdot(const Tensor& x, const Tensor& y, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::linalg_vecdot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, y, dim});
}
inline Tensor linalg_vector_norm(const Tensor& self, const Scalar& ord = 2, OptionalIntArrayRef dim = std::nullopt, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::linalg_vector_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, ord, dim, keepdim, dtype});
}
inline Tensor linear(const Tensor& input, const Tensor& weight, const std::optional<Tensor>& bias = {}) {
  static ::sconce::Op sconce_op{"aten::linear", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias});
}
inline Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::linspace", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::linspace", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, dtype, layout, device, pin_memory});
}
inline Tensor linspace(const Scalar& start, const Tensor& end, int64_t steps, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::linspace", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor linspace(const Scalar& start, const Tensor& end, int64_t steps, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::linspace", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, dtype, layout, device, pin_memory});
}
inline Tensor linspace(const Tensor& start, const Scalar& end, int64_t steps, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::linspace", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor linspace(const Tensor& start, const Scalar& end, int64_t steps, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::linspace", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, dtype, layout, device, pin_memory});
}
inline Tensor linspace(const Tensor& start, const Tensor& end, int64_t steps, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::linspace", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor linspace(const Tensor& start, const Tensor& end, int64_t steps, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::linspace", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, dtype, layout, device, pin_memory});
}
inline Tensor log(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar log(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::log", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double log(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::log", "Scalar_Scalar"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double log(double a) {
  static ::sconce::Op sconce_op{"aten::log", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double log(double a, double b) {
  static ::sconce::Op sconce_op{"aten::log", "float_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double log(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::log", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double log(int64_t a) {
  static ::sconce::Op sconce_op{"aten::log", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double log(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::log", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double log(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::log", "int_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor log10(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log10", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar log10(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::log10", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double log10(double a) {
  static ::sconce::Op sconce_op{"aten::log10", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double log10(int64_t a) {
  static ::sconce::Op sconce_op{"aten::log10", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& log10_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log10_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor log1p(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log1p", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar log1p(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::log1p", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double log1p(double a) {
  static ::sconce::Op sconce_op{"aten::log1p", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double log1p(int64_t a) {
  static ::sconce::Op sconce_op{"aten::log1p", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& log1p_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log1p_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor log2(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& log2_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log2_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor& log_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor log_normal(const Tensor& self, double mean = 1., double std = 2., std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::log_normal", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mean, std, generator});
}
inline Tensor log_sigmoid(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log_sigmoid", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor log_sigmoid_backward(const Tensor& grad_output, const Tensor& self, const Tensor& buffer) {
  static ::sconce::Op sconce_op{"aten::log_sigmoid_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, buffer});
}
inline std::tuple<Tensor, Tensor> log_sigmoid_forward(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::log_sigmoid_forward", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self});
}
inline Tensor log_softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::log_softmax", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor logaddexp(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::logaddexp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor logaddexp2(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::logaddexp2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor logcumsumexp(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::logcumsumexp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor logdet(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::logdet", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor logical_and(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::logical_and", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor logical_not(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::logical_not", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor logical_or(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::logical_or", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor logical_xor(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::logical_xor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor logit(const Tensor& self, std::optional<double> eps = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::logit", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, eps});
}
inline Tensor& logit_(Tensor& self, std::optional<double> eps = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::logit_", ""};
  ::sconce::invoke<void>(sconce_op, {self, eps});
  return self;
}
inline Tensor logit_backward(const Tensor& grad_output, const Tensor& self, std::optional<double> eps = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::logit_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, eps});
}
inline Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base = 10., TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::logspace", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::logspace", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, dtype, layout, device, pin_memory});
}
inline Tensor logspace(const Scalar& start, const Tensor& end, int64_t steps, double base = 10., TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::logspace", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor logspace(const Scalar& start, const Tensor& end, int64_t steps, double base, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::logspace", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, dtype, layout, device, pin_memory});
}
inline Tensor logspace(const Tensor& start, const Scalar& end, int64_t steps, double base = 10., TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::logspace", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor logspace(const Tensor& start, const Scalar& end, int64_t steps, double base, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::logspace", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, dtype, layout, device, pin_memory});
}
inline Tensor logspace(const Tensor& start, const Tensor& end, int64_t steps, double base = 10., TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::logspace", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor logspace(const Tensor& start, const Tensor& end, int64_t steps, double base, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::logspace", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, steps, base, dtype, layout, device, pin_memory});
}
inline Tensor logsumexp(const Tensor& self, IntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::logsumexp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline std::tuple<Tensor, Tensor, Tensor> lstm(const Tensor& data, const Tensor& batch_sizes, TensorList hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional) {
  static ::sconce::Op sconce_op{"aten::lstm", "data"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional});
}
inline std::tuple<Tensor, Tensor, Tensor> lstm(const Tensor& input, TensorList hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional, bool batch_first) {
  static ::sconce::Op sconce_op{"aten::lstm", "input"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first});
}
inline std::tuple<Tensor, Tensor> lstm_cell(const Tensor& input, TensorList hx, const Tensor& w_ih, const Tensor& w_hh, const std::optional<Tensor>& b_ih = {}, const std::optional<Tensor>& b_hh = {}) {
  static ::sconce::Op sconce_op{"aten::lstm_cell", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh});
}
inline bool lt(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::lt", ""};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor lt(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::lt", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor lt(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::lt", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool lt(double a, double b) {
  static ::sconce::Op sconce_op{"aten::lt", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool lt(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::lt", "float_int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool lt(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::lt", "int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool lt(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::lt", "int_float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool lt(c10::string_view a, c10::string_view b) {
  static ::sconce::Op sconce_op{"aten::lt", "str"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor lu_solve(const Tensor& self, const Tensor& LU_data, const Tensor& LU_pivots) {
  static ::sconce::Op sconce_op{"aten::lu_solve", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, LU_data, LU_pivots});
}
inline std::tuple<Tensor, Tensor, Tensor> lu_unpack(const Tensor& LU_data, const Tensor& LU_pivots, bool unpack_data = true, bool unpack_pivots = true) {
  static ::sconce::Op sconce_op{"aten::lu_unpack", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {LU_data, LU_pivots, unpack_data, unpack_pivots});
}
inline Tensor margin_ranking_loss(const Tensor& input1, const Tensor& input2, const Tensor& target, double margin = 0., int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::margin_ranking_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input1, input2, target, margin, reduction});
}
inline Tensor masked_fill(const Tensor& self, const Tensor& mask, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::masked_fill", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask, value});
}
inline Tensor masked_fill(const Tensor& self, const Tensor& mask, const Tensor& value) {
  static ::sconce::Op sconce_op{"aten::masked_fill", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask, value});
}
inline Tensor masked_scatter(const Tensor& self, const Tensor& mask, const Tensor& source) {
  static ::sconce::Op sconce_op{"aten::masked_scatter", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask, source});
}
inline Tensor masked_select(const Tensor& self, const Tensor& mask) {
  static ::sconce::Op sconce_op{"aten::masked_select", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mask});
}
inline Tensor matmul(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::matmul", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor matrix_exp(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::matrix_exp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor matrix_exp_backward(const Tensor& self, const Tensor& grad) {
  static ::sconce::Op sconce_op{"aten::matrix_exp_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, grad});
}
inline Tensor matrix_power(const Tensor& self, int64_t n) {
  static ::sconce::Op sconce_op{"aten::matrix_power", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n});
}
inline Tensor max(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::max", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> max(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::max", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline Tensor max(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::max", "other"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor max_pool1d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = {0}, IntArrayRef dilation = {1}, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::max_pool1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline std::tuple<Tensor, Tensor> max_pool1d_with_indices(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = {0}, IntArrayRef dilation = {1}, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::max_pool1d_with_indices", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor max_pool2d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::max_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline std::tuple<Tensor, Tensor> max_pool2d_with_indices(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::max_pool2d_with_indices", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor max_pool2d_with_indices_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool ceil_mode, const Tensor& indices) {
  static ::sconce::Op sconce_op{"aten::max_pool2d_with_indices_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, kernel_size, stride, padding, dilation, ceil_mode, indices});
}
inline Tensor max_pool3d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::max_pool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline std::tuple<Tensor, Tensor> max_pool3d_with_indices(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::max_pool3d_with_indices", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor max_pool3d_with_indices_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool ceil_mode, const Tensor& indices) {
  static ::sconce::Op sconce_op{"aten::max_pool3d_with_indices_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, kernel_size, stride, padding, dilation, ceil_mode, indices});
}
inline Tensor max_unpool2d(const Tensor& self, const Tensor& indices, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::max_unpool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, output_size});
}
inline Tensor max_unpool3d(const Tensor& self, const Tensor& indices, IntArrayRef output_size, IntArrayRef stride, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::max_unpool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, output_size, stride, padding});
}
inline Tensor maximum(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::maximum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor mean(const Tensor& self, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::mean", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype});
}
inline Tensor mean(const Tensor& self, OptionalIntArrayRef dim, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::mean", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim, dtype});
}
inline Tensor median(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::median", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> median(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::median", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline std::vector<Tensor> meshgrid(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::meshgrid", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors});
}
inline std::vector<Tensor> meshgrid(TensorList tensors, c10::string_view indexing) {
  static ::sconce::Op sconce_op{"aten::meshgrid", "indexing"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors, indexing});
}
inline Tensor min(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::min", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> min(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::min", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline Tensor min(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::min", "other"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor minimum(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::minimum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor mish(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::mish", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& mish_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::mish_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor mish_backward(const Tensor& grad_output, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::mish_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self});
}
inline Tensor mkldnn_adaptive_avg_pool2d(const Tensor& self, IntArrayRef output_size) {
  static ::sconce::Op sconce_op{"aten::mkldnn_adaptive_avg_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size});
}
inline Tensor mkldnn_convolution(const Tensor& self, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef padding, IntArrayRef stride, IntArrayRef dilation, int64_t groups) {
  static ::sconce::Op sconce_op{"aten::mkldnn_convolution", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, bias, padding, stride, dilation, groups});
}
inline Tensor mkldnn_linear(const Tensor& self, const Tensor& weight, const std::optional<Tensor>& bias = {}) {
  static ::sconce::Op sconce_op{"aten::mkldnn_linear", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, bias});
}
inline Tensor mkldnn_max_pool2d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::mkldnn_max_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor mkldnn_max_pool3d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::mkldnn_max_pool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor mkldnn_reorder_conv2d_weight(const Tensor& self, IntArrayRef padding = {0, 0}, IntArrayRef stride = {1, 1}, IntArrayRef dilation = {1, 1}, int64_t groups = 1, OptionalIntArrayRef input_size = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::mkldnn_reorder_conv2d_weight", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding, stride, dilation, groups, input_size});
}
inline Tensor mkldnn_reorder_conv3d_weight(const Tensor& self, IntArrayRef padding = {0, 0, 0}, IntArrayRef stride = {1, 1, 1}, IntArrayRef dilation = {1, 1, 1}, int64_t groups = 1, OptionalIntArrayRef input_size = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::mkldnn_reorder_conv3d_weight", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding, stride, dilation, groups, input_size});
}
inline Tensor mm(const Tensor& self, const Tensor& mat2) {
  static ::sconce::Op sconce_op{"aten::mm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat2});
}
inline std::tuple<Tensor, Tensor> mode(const Tensor& self, int64_t dim = -1, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::mode", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline Tensor moveaxis(const Tensor& self, int64_t source, int64_t destination) {
  static ::sconce::Op sconce_op{"aten::moveaxis", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, source, destination});
}
inline Tensor moveaxis(const Tensor& self, IntArrayRef source, IntArrayRef destination) {
  static ::sconce::Op sconce_op{"aten::moveaxis", "intlist"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, source, destination});
}
inline Tensor movedim(const Tensor& self, int64_t source, int64_t destination) {
  static ::sconce::Op sconce_op{"aten::movedim", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, source, destination});
}
inline Tensor movedim(const Tensor& self, IntArrayRef source, IntArrayRef destination) {
  static ::sconce::Op sconce_op{"aten::movedim", "intlist"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, source, destination});
}
inline Tensor mse_loss(const Tensor& self, const Tensor& target, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::mse_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction});
}
inline Tensor mse_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, int64_t reduction) {
  static ::sconce::Op sconce_op{"aten::mse_loss_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, reduction});
}
inline Tensor msort(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::msort", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar mul(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::mul", ""};
  return ::sconce::invoke<Scalar>(sconce_op, {a, b});
}
inline Tensor mul(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::mul", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor mul(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::mul", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline double mul(double a, double b) {
  static ::sconce::Op sconce_op{"aten::mul", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double mul(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::mul", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline int64_t mul(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::mul", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline double mul(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::mul", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor multi_margin_loss(const Tensor& self, const Tensor& target, const Scalar& p = 1, const Scalar& margin = 1, const std::optional<Tensor>& weight = {}, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::multi_margin_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, p, margin, weight, reduction});
}
inline Tensor multilabel_margin_loss(const Tensor& self, const Tensor& target, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::multilabel_margin_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction});
}
inline std::tuple<Tensor, Tensor> multilabel_margin_loss_forward(const Tensor& self, const Tensor& target, int64_t reduction) {
  static ::sconce::Op sconce_op{"aten::multilabel_margin_loss_forward", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, target, reduction});
}
inline Tensor multinomial(const Tensor& self, int64_t num_samples, bool replacement = false, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::multinomial", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, num_samples, replacement, generator});
}
inline Tensor multiply(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::multiply", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor multiply(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::multiply", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor mv(const Tensor& self, const Tensor& vec) {
  static ::sconce::Op sconce_op{"aten::mv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, vec});
}
inline Tensor mvlgamma(const Tensor& self, int64_t p) {
  static ::sconce::Op sconce_op{"aten::mvlgamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor nan_to_num(const Tensor& self, std::optional<double> nan = std::nullopt, std::optional<double> posinf = std::nullopt, std::optional<double> neginf = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::nan_to_num", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, nan, posinf, neginf});
}
inline Tensor& nan_to_num_(Tensor& self, std::optional<double> nan = std::nullopt, std::optional<double> posinf = std::nullopt, std::optional<double> neginf = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::nan_to_num_", ""};
  ::sconce::invoke<void>(sconce_op, {self, nan, posinf, neginf});
  return self;
}
inline Tensor nanmean(const Tensor& self, OptionalIntArrayRef dim = std::nullopt, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::nanmean", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim, dtype});
}
inline Tensor nanmedian(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::nanmedian", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> nanmedian(const Tensor& self, int64_t dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::nanmedian", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, keepdim});
}
inline Tensor nanquantile(const Tensor& self, const Tensor& q, std::optional<int64_t> dim = std::nullopt, bool keepdim = false, c10::string_view interpolation = "linear") {
  static ::sconce::Op sconce_op{"aten::nanquantile", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, q, dim, keepdim, interpolation});
}
inline Tensor nanquantile(const Tensor& self, double q, std::optional<int64_t> dim = std::nullopt, bool keepdim = false, c10::string_view interpolation = "linear") {
  static ::sconce::Op sconce_op{"aten::nanquantile", "scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, q, dim, keepdim, interpolation});
}
inline Tensor nansum(const Tensor& self, OptionalIntArrayRef dim = std::nullopt, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::nansum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim, dtype});
}
inline Tensor narrow(const Tensor& self, int64_t dim, int64_t start, int64_t length) {
  static ::sconce::Op sconce_op{"aten::narrow", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, start, length});
}
inline Tensor narrow(const Tensor& self, int64_t dim, const Tensor& start, int64_t length) {
  static ::sconce::Op sconce_op{"aten::narrow", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, start, length});
}
inline Tensor narrow_copy(const Tensor& self, int64_t dim, int64_t start, int64_t length) {
  static ::sconce::Op sconce_op{"aten::narrow_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, start, length});
}
inline std::tuple<Tensor, Tensor, Tensor> native_batch_norm(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean, const std::optional<Tensor>& running_var, bool training, double momentum, double eps) {
  static ::sconce::Op sconce_op{"aten::native_batch_norm", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, running_mean, running_var, training, momentum, eps});
}
inline Tensor native_channel_shuffle(const Tensor& self, int64_t groups) {
  static ::sconce::Op sconce_op{"aten::native_channel_shuffle", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, groups});
}
inline std::tuple<Tensor, Tensor> native_dropout(const Tensor& input, double p, std::optional<bool> train) {
  static ::sconce::Op sconce_op{"aten::native_dropout", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, p, train});
}
inline Tensor native_dropout_backward(const Tensor& grad_output, const Tensor& mask, double scale) {
  static ::sconce::Op sconce_op{"aten::native_dropout_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, mask, scale});
}
inline std::tuple<Tensor, Tensor, Tensor> native_group_norm(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, int64_t N, int64_t C, int64_t HxW, int64_t group, double eps) {
  static ::sconce::Op sconce_op{"aten::native_group_norm", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {input, weight, bias, N, C, HxW, group, eps});
}
inline std::tuple<Tensor, Tensor, Tensor> native_layer_norm(const Tensor& input, IntArrayRef normalized_shape, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, double eps) {
  static ::sconce::Op sconce_op{"aten::native_layer_norm", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {input, normalized_shape, weight, bias, eps});
}
inline bool ne(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::ne", ""};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor ne(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::ne", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor ne(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::ne", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline bool ne(TensorList a, TensorList b) {
  static ::sconce::Op sconce_op{"aten::ne", "Tensor_list"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(bool a, bool b) {
  static ::sconce::Op sconce_op{"aten::ne", "bool"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(Device a, Device b) {
  static ::sconce::Op sconce_op{"aten::ne", "device"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(double a, double b) {
  static ::sconce::Op sconce_op{"aten::ne", "float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::ne", "float_int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(ArrayRef<double> a, ArrayRef<double> b) {
  static ::sconce::Op sconce_op{"aten::ne", "float_list"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::ne", "int"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::ne", "int_float"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(IntArrayRef a, IntArrayRef b) {
  static ::sconce::Op sconce_op{"aten::ne", "int_list"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline bool ne(c10::string_view a, c10::string_view b) {
  static ::sconce::Op sconce_op{"aten::ne", "str"};
  return ::sconce::invoke<bool>(sconce_op, {a, b});
}
inline Tensor neg(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::neg", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar neg(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::neg", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double neg(double a) {
  static ::sconce::Op sconce_op{"aten::neg", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline int64_t neg(int64_t a) {
  static ::sconce::Op sconce_op{"aten::neg", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a});
}
inline Tensor& neg_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::neg_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor negative(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::negative", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& negative_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::negative_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor nested_to_padded_tensor(const Tensor& self, double padding, OptionalIntArrayRef output_size = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::nested_to_padded_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding, output_size});
}
inline Tensor nextafter(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::nextafter", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor nll_loss(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, int64_t reduction = 1, int64_t ignore_index = -100) {
  static ::sconce::Op sconce_op{"aten::nll_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, weight, reduction, ignore_index});
}
inline Tensor nll_loss2d(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, int64_t reduction = 1, int64_t ignore_index = -100) {
  static ::sconce::Op sconce_op{"aten::nll_loss2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, weight, reduction, ignore_index});
}
inline Tensor nll_loss2d_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight, int64_t reduction, int64_t ignore_index, const Tensor& total_weight) {
  static ::sconce::Op sconce_op{"aten::nll_loss2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, weight, reduction, ignore_index, total_weight});
}
inline std::tuple<Tensor, Tensor> nll_loss2d_forward(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight, int64_t reduction, int64_t ignore_index) {
  static ::sconce::Op sconce_op{"aten::nll_loss2d_forward", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, target, weight, reduction, ignore_index});
}
inline Tensor nll_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight, int64_t reduction, int64_t ignore_index, const Tensor& total_weight) {
  static ::sconce::Op sconce_op{"aten::nll_loss_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, weight, reduction, ignore_index, total_weight});
}
inline std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight, int64_t reduction, int64_t ignore_index) {
  static ::sconce::Op sconce_op{"aten::nll_loss_forward", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, target, weight, reduction, ignore_index});
}
inline Tensor nll_loss_nd(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {}, int64_t reduction = 1, int64_t ignore_index = -100) {
  static ::sconce::Op sconce_op{"aten::nll_loss_nd", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, weight, reduction, ignore_index});
}
inline Tensor nonzero(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::nonzero", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline std::vector<Tensor> nonzero_numpy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::nonzero_numpy", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self});
}
inline Tensor nonzero_static(const Tensor& self, int64_t size, int64_t fill_value = -1) {
  static ::sconce::Op sconce_op{"aten::nonzero_static", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, fill_value});
}
inline Tensor norm(const Tensor& self, const Scalar& p = 2) {
  static ::sconce::Op sconce_op{"aten::norm", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor norm(const Tensor& self, const std::optional<Scalar>& p, IntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::norm", "ScalarOpt_dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, dim, keepdim});
}
inline Tensor norm(const Tensor& self, const std::optional<Scalar>& p, IntArrayRef dim, bool keepdim, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::norm", "ScalarOpt_dim_dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, dim, keepdim, dtype});
}
inline Tensor norm(const Tensor& self, const std::optional<Scalar>& p, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::norm", "ScalarOpt_dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, dtype});
}
inline Tensor norm_except_dim(const Tensor& v, int64_t pow = 2, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::norm_except_dim", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {v, pow, dim});
}
inline Tensor normal(const Tensor& mean, const Tensor& std, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::normal", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {mean, std, generator});
}
inline Tensor normal(const Tensor& mean, double std = 1., std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::normal", "Tensor_float"};
  return ::sconce::invoke<Tensor>(sconce_op, {mean, std, generator});
}
inline Tensor normal(double mean, const Tensor& std, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::normal", "float_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {mean, std, generator});
}
inline Tensor normal(double mean, double std, IntArrayRef size, std::optional<Generator> generator = std::nullopt, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::normal", "float_float"};
  return ::sconce::invoke<Tensor>(sconce_op, {mean, std, size, generator, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor normal(double mean, double std, IntArrayRef size, std::optional<Generator> generator, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::normal", "float_float"};
  return ::sconce::invoke<Tensor>(sconce_op, {mean, std, size, generator, dtype, layout, device, pin_memory});
}
inline Tensor normal_functional(const Tensor& self, double mean = 0., double std = 1., std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::normal_functional", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mean, std, generator});
}
inline Tensor not_equal(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::not_equal", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor not_equal(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::not_equal", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor nuclear_norm(const Tensor& self, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::nuclear_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, keepdim});
}
inline Tensor nuclear_norm(const Tensor& self, IntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::nuclear_norm", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor one_hot(const Tensor& self, int64_t num_classes = -1) {
  static ::sconce::Op sconce_op{"aten::one_hot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, num_classes});
}
inline Tensor ones(IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::ones", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor ones(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::ones", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory});
}
inline Tensor ones_like(const Tensor& self, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::ones_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor ones_like(const Tensor& self, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::ones_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor orgqr(const Tensor& self, const Tensor& input2) {
  static ::sconce::Op sconce_op{"aten::orgqr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, input2});
}
inline Tensor ormqr(const Tensor& self, const Tensor& input2, const Tensor& input3, bool left = true, bool transpose = false) {
  static ::sconce::Op sconce_op{"aten::ormqr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, input2, input3, left, transpose});
}
inline Tensor outer(const Tensor& self, const Tensor& vec2) {
  static ::sconce::Op sconce_op{"aten::outer", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, vec2});
}
inline Tensor pad(const Tensor& self, IntArrayRef pad, c10::string_view mode = "constant", std::optional<double> value = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::pad", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, pad, mode, value});
}
inline Tensor pad_sequence(TensorList sequences, bool batch_first = false, double padding_value = 0., c10::string_view padding_side = "right") {
  static ::sconce::Op sconce_op{"aten::pad_sequence", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {sequences, batch_first, padding_value, padding_side});
}
inline Tensor pairwise_distance(const Tensor& x1, const Tensor& x2, double p = 2., double eps = 9.9999999999999995e-07, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::pairwise_distance", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x1, x2, p, eps, keepdim});
}
inline Tensor pdist(const Tensor& self, double p = 2.) {
  static ::sconce::Op sconce_op{"aten::pdist", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor permute(const Tensor& self, IntArrayRef dims) {
  static ::sconce::Op sconce_op{"aten::permute", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dims});
}
inline Tensor permute_copy(const Tensor& self, IntArrayRef dims) {
  static ::sconce::Op sconce_op{"aten::permute_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dims});
}
inline Tensor pinverse(const Tensor& self, double rcond = 1.0000000000000001e-15) {
  static ::sconce::Op sconce_op{"aten::pinverse", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, rcond});
}
inline Tensor pixel_shuffle(const Tensor& self, int64_t upscale_factor) {
  static ::sconce::Op sconce_op{"aten::pixel_shuffle", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, upscale_factor});
}
inline Tensor pixel_unshuffle(const Tensor& self, int64_t downscale_factor) {
  static ::sconce::Op sconce_op{"aten::pixel_unshuffle", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, downscale_factor});
}
inline Tensor poisson(const Tensor& self, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::poisson", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, generator});
}
inline Tensor poisson_nll_loss(const Tensor& input, const Tensor& target, bool log_input, bool full, double eps, int64_t reduction) {
  static ::sconce::Op sconce_op{"aten::poisson_nll_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, target, log_input, full, eps, reduction});
}
inline Tensor polar(const Tensor& abs, const Tensor& angle) {
  static ::sconce::Op sconce_op{"aten::polar", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {abs, angle});
}
inline Scalar polar(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::polar", "Scalar_Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a, b});
}
inline Tensor polygamma(int64_t n, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::polygamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, self});
}
inline Tensor positive(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::positive", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor pow(const Scalar& self, const Tensor& exponent) {
  static ::sconce::Op sconce_op{"aten::pow", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, exponent});
}
inline double pow(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::pow", "Scalar_Scalar"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor pow(const Tensor& self, const Scalar& exponent) {
  static ::sconce::Op sconce_op{"aten::pow", "Tensor_Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, exponent});
}
inline Tensor pow(const Tensor& self, const Tensor& exponent) {
  static ::sconce::Op sconce_op{"aten::pow", "Tensor_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, exponent});
}
inline double pow(double a, double b) {
  static ::sconce::Op sconce_op{"aten::pow", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double pow(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::pow", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double pow(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::pow", "int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double pow(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::pow", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor prelu(const Tensor& self, const Tensor& weight) {
  static ::sconce::Op sconce_op{"aten::prelu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight});
}
inline Tensor prod(const Tensor& self, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::prod", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype});
}
inline Tensor prod(const Tensor& self, int64_t dim, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::prod", "dim_int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim, dtype});
}
inline ScalarType promote_types(ScalarType type1, ScalarType type2) {
  static ::sconce::Op sconce_op{"aten::promote_types", ""};
  return ::sconce::invoke<ScalarType>(sconce_op, {type1, type2});
}
inline Tensor put(const Tensor& self, const Tensor& index, const Tensor& source, bool accumulate = false) {
  static ::sconce::Op sconce_op{"aten::put", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, index, source, accumulate});
}
inline int64_t q_per_channel_axis(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::q_per_channel_axis", ""};
  return ::sconce::invoke<int64_t>(sconce_op, {self});
}
inline Tensor q_per_channel_scales(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::q_per_channel_scales", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor q_per_channel_zero_points(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::q_per_channel_zero_points", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline double q_scale(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::q_scale", ""};
  return ::sconce::invoke<double>(sconce_op, {self});
}
inline int64_t q_zero_point(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::q_zero_point", ""};
  return ::sconce::invoke<int64_t>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor> qr(const Tensor& self, bool some = true) {
  static ::sconce::Op sconce_op{"aten::qr", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, some});
}
inline Tensor quantile(const Tensor& self, const Tensor& q, std::optional<int64_t> dim = std::nullopt, bool keepdim = false, c10::string_view interpolation = "linear") {
  static ::sconce::Op sconce_op{"aten::quantile", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, q, dim, keepdim, interpolation});
}
inline Tensor quantile(const Tensor& self, double q, std::optional<int64_t> dim = std::nullopt, bool keepdim = false, c10::string_view interpolation = "linear") {
  static ::sconce::Op sconce_op{"aten::quantile", "scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, q, dim, keepdim, interpolation});
}
inline Tensor quantize_per_channel(const Tensor& self, const Tensor& scales, const Tensor& zero_points, int64_t axis, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::quantize_per_channel", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scales, zero_points, axis, dtype});
}
inline Tensor quantize_per_tensor(const Tensor& self, double scale, int64_t zero_point, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::quantize_per_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, dtype});
}
inline Tensor quantize_per_tensor(const Tensor& self, const Tensor& scale, const Tensor& zero_point, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::quantize_per_tensor", "tensor_qparams"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, scale, zero_point, dtype});
}
inline std::vector<Tensor> quantize_per_tensor(TensorList tensors, const Tensor& scales, const Tensor& zero_points, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::quantize_per_tensor", "tensors"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {tensors, scales, zero_points, dtype});
}
inline Tensor quantize_per_tensor_dynamic(const Tensor& self, ScalarType dtype, bool reduce_range) {
  static ::sconce::Op sconce_op{"aten::quantize_per_tensor_dynamic", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, reduce_range});
}
inline Tensor quantized_batch_norm(const Tensor& input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias, const Tensor& mean, const Tensor& var, double eps, double output_scale, int64_t output_zero_point) {
  static ::sconce::Op sconce_op{"aten::quantized_batch_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, weight, bias, mean, var, eps, output_scale, output_zero_point});
}
inline Tensor quantized_gru_cell(const Tensor& input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih, const Tensor& b_hh, const Tensor& packed_ih, const Tensor& packed_hh, const Tensor& col_offsets_ih, const Tensor& col_offsets_hh, const Scalar& scale_ih, const Scalar& scale_hh, const Scalar& zero_point_ih, const Scalar& zero_point_hh) {
  static ::sconce::Op sconce_op{"aten::quantized_gru_cell", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh, packed_ih, packed_hh, col_offsets_ih, col_offsets_hh, scale_ih, scale_hh, zero_point_ih, zero_point_hh});
}
inline std::tuple<Tensor, Tensor> quantized_lstm_cell(const Tensor& input, TensorList hx, const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih, const Tensor& b_hh, const Tensor& packed_ih, const Tensor& packed_hh, const Tensor& col_offsets_ih, const Tensor& col_offsets_hh, const Scalar& scale_ih, const Scalar& scale_hh, const Scalar& zero_point_ih, const Scalar& zero_point_hh) {
  static ::sconce::Op sconce_op{"aten::quantized_lstm_cell", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh, packed_ih, packed_hh, col_offsets_ih, col_offsets_hh, scale_ih, scale_hh, zero_point_ih, zero_point_hh});
}
inline Tensor quantized_max_pool1d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = {0}, IntArrayRef dilation = {1}, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::quantized_max_pool1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor quantized_max_pool2d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::quantized_max_pool2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor quantized_max_pool3d(const Tensor& self, IntArrayRef kernel_size, IntArrayRef stride = {}, IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false) {
  static ::sconce::Op sconce_op{"aten::quantized_max_pool3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, kernel_size, stride, padding, dilation, ceil_mode});
}
inline Tensor quantized_rnn_relu_cell(const Tensor& input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih, const Tensor& b_hh, const Tensor& packed_ih, const Tensor& packed_hh, const Tensor& col_offsets_ih, const Tensor& col_offsets_hh, const Scalar& scale_ih, const Scalar& scale_hh, const Scalar& zero_point_ih, const Scalar& zero_point_hh) {
  static ::sconce::Op sconce_op{"aten::quantized_rnn_relu_cell", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh, packed_ih, packed_hh, col_offsets_ih, col_offsets_hh, scale_ih, scale_hh, zero_point_ih, zero_point_hh});
}
inline Tensor quantized_rnn_tanh_cell(const Tensor& input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih, const Tensor& b_hh, const Tensor& packed_ih, const Tensor& packed_hh, const Tensor& col_offsets_ih, const Tensor& col_offsets_hh, const Scalar& scale_ih, const Scalar& scale_hh, const Scalar& zero_point_ih, const Scalar& zero_point_hh) {
  static ::sconce::Op sconce_op{"aten::quantized_rnn_tanh_cell", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh, packed_ih, packed_hh, col_offsets_ih, col_offsets_hh, scale_ih, scale_hh, zero_point_ih, zero_point_hh});
}
inline Tensor rad2deg(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::rad2deg", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& rad2deg_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::rad2deg_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor rand(IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::rand", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor rand(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::rand", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory});
}
inline Tensor rand(IntArrayRef size, std::optional<Generator> generator, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::rand", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, generator, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor rand(IntArrayRef size, std::optional<Generator> generator, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::rand", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, generator, dtype, layout, device, pin_memory});
}
inline Tensor rand_like(const Tensor& self, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rand_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor rand_like(const Tensor& self, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rand_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor randint(int64_t high, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randint", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {high, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randint(int64_t high, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randint", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {high, size, dtype, layout, device, pin_memory});
}
inline Tensor randint(int64_t high, IntArrayRef size, std::optional<Generator> generator, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randint", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {high, size, generator, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randint(int64_t high, IntArrayRef size, std::optional<Generator> generator, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randint", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {high, size, generator, dtype, layout, device, pin_memory});
}
inline Tensor randint(int64_t low, int64_t high, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randint", "low"};
  return ::sconce::invoke<Tensor>(sconce_op, {low, high, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randint(int64_t low, int64_t high, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randint", "low"};
  return ::sconce::invoke<Tensor>(sconce_op, {low, high, size, dtype, layout, device, pin_memory});
}
inline Tensor randint(int64_t low, int64_t high, IntArrayRef size, std::optional<Generator> generator, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randint", "low_generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {low, high, size, generator, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randint(int64_t low, int64_t high, IntArrayRef size, std::optional<Generator> generator, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randint", "low_generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {low, high, size, generator, dtype, layout, device, pin_memory});
}
inline Tensor randint_like(const Tensor& self, int64_t high, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::randint_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, high, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor randint_like(const Tensor& self, int64_t high, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::randint_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, high, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor randint_like(const Tensor& self, int64_t low, int64_t high, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::randint_like", "low_dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, low, high, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor randint_like(const Tensor& self, int64_t low, int64_t high, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::randint_like", "low_dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, low, high, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor randn(IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randn(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory});
}
inline Tensor randn(IntArrayRef size, std::optional<Generator> generator, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randn", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, generator, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randn(IntArrayRef size, std::optional<Generator> generator, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randn", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, generator, dtype, layout, device, pin_memory});
}
inline Tensor randn_like(const Tensor& self, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::randn_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor randn_like(const Tensor& self, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::randn_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, layout, device, pin_memory, memory_format});
}
inline Tensor random(const Tensor& self, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::random", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, generator});
}
inline Tensor random(const Tensor& self, int64_t from, std::optional<int64_t> to, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::random", "from"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, from, to, generator});
}
inline Tensor random(const Tensor& self, int64_t to, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::random", "to"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, to, generator});
}
inline Tensor randperm(int64_t n, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randperm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randperm(int64_t n, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randperm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, dtype, layout, device, pin_memory});
}
inline Tensor randperm(int64_t n, std::optional<Generator> generator, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::randperm", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {n, generator, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor randperm(int64_t n, std::optional<Generator> generator, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::randperm", "generator"};
  return ::sconce::invoke<Tensor>(sconce_op, {n, generator, dtype, layout, device, pin_memory});
}
inline Tensor range(const Scalar& start, const Scalar& end, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::range", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor range(const Scalar& start, const Scalar& end, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::range", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, dtype, layout, device, pin_memory});
}
inline Tensor range(const Scalar& start, const Scalar& end, const Scalar& step, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::range", "step"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, step, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor range(const Scalar& start, const Scalar& end, const Scalar& step, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::range", "step"};
  return ::sconce::invoke<Tensor>(sconce_op, {start, end, step, dtype, layout, device, pin_memory});
}
inline Tensor ravel(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::ravel", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor real(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::real", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor reciprocal(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::reciprocal", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& reciprocal_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::reciprocal_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor reflection_pad1d(const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::reflection_pad1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding});
}
inline Tensor reflection_pad1d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::reflection_pad1d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, padding});
}
inline Tensor reflection_pad2d(const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::reflection_pad2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding});
}
inline Tensor reflection_pad2d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::reflection_pad2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, padding});
}
inline Tensor reflection_pad3d(const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::reflection_pad3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding});
}
inline Tensor reflection_pad3d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::reflection_pad3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, padding});
}
inline Tensor relu(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::relu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor relu6(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::relu6", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& relu6_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::relu6_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor& relu_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::relu_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Scalar remainder(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::remainder", ""};
  return ::sconce::invoke<Scalar>(sconce_op, {a, b});
}
inline Tensor remainder(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::remainder", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor remainder(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::remainder", "Scalar_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor remainder(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::remainder", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline double remainder(double a, double b) {
  static ::sconce::Op sconce_op{"aten::remainder", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double remainder(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::remainder", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline int64_t remainder(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::remainder", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline double remainder(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::remainder", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor renorm(const Tensor& self, const Scalar& p, int64_t dim, const Scalar& maxnorm) {
  static ::sconce::Op sconce_op{"aten::renorm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p, dim, maxnorm});
}
inline Tensor repeat_interleave(const Tensor& repeats, std::optional<int64_t> output_size = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::repeat_interleave", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {repeats, output_size});
}
inline Tensor repeat_interleave(const Tensor& self, const Tensor& repeats, std::optional<int64_t> dim = std::nullopt, std::optional<int64_t> output_size = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::repeat_interleave", "self_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, repeats, dim, output_size});
}
inline Tensor repeat_interleave(const Tensor& self, int64_t repeats, std::optional<int64_t> dim = std::nullopt, std::optional<int64_t> output_size = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::repeat_interleave", "self_int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, repeats, dim, output_size});
}
inline Tensor replication_pad1d(const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::replication_pad1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding});
}
inline Tensor replication_pad1d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::replication_pad1d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, padding});
}
inline Tensor replication_pad2d(const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::replication_pad2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding});
}
inline Tensor replication_pad2d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::replication_pad2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, padding});
}
inline Tensor replication_pad3d(const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::replication_pad3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, padding});
}
inline Tensor replication_pad3d_backward(const Tensor& grad_output, const Tensor& self, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::replication_pad3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, padding});
}
inline Tensor reshape(const Tensor& self, IntArrayRef shape) {
  static ::sconce::Op sconce_op{"aten::reshape", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, shape});
}
inline Tensor resize(const Tensor& self, IntArrayRef size, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::resize", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, memory_format});
}
inline Tensor resize_as(const Tensor& self, const Tensor& the_template, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::resize_as", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, the_template, memory_format});
}
inline Tensor& resize_as_(Tensor& self, const Tensor& the_template, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::resize_as_", ""};
  ::sconce::invoke<void>(sconce_op, {self, the_template, memory_format});
  return self;
}
inline Tensor resize_as_sparse(const Tensor& self, const Tensor& the_template) {
  static ::sconce::Op sconce_op{"aten::resize_as_sparse", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, the_template});
}
inline Tensor& resize_as_sparse_(Tensor& self, const Tensor& the_template) {
  static ::sconce::Op sconce_op{"aten::resize_as_sparse_", ""};
  ::sconce::invoke<void>(sconce_op, {self, the_template});
  return self;
}
inline Tensor resolve_conj(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::resolve_conj", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor resolve_neg(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::resolve_neg", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline ScalarType result_type(const Tensor& tensor, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::result_type", "Scalar"};
  return ::sconce::invoke<ScalarType>(sconce_op, {tensor, other});
}
inline ScalarType result_type(const Scalar& scalar1, const Scalar& scalar2) {
  static ::sconce::Op sconce_op{"aten::result_type", "Scalar_Scalar"};
  return ::sconce::invoke<ScalarType>(sconce_op, {scalar1, scalar2});
}
inline ScalarType result_type(const Scalar& scalar, const Tensor& tensor) {
  static ::sconce::Op sconce_op{"aten::result_type", "Scalar_Tensor"};
  return ::sconce::invoke<ScalarType>(sconce_op, {scalar, tensor});
}
inline ScalarType result_type(const Tensor& tensor, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::result_type", "Tensor"};
  return ::sconce::invoke<ScalarType>(sconce_op, {tensor, other});
}
inline Tensor rms_norm(const Tensor& input, IntArrayRef normalized_shape, const std::optional<Tensor>& weight = {}, std::optional<double> eps = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rms_norm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, normalized_shape, weight, eps});
}
inline std::tuple<Tensor, Tensor> rnn_relu(const Tensor& data, const Tensor& batch_sizes, const Tensor& hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional) {
  static ::sconce::Op sconce_op{"aten::rnn_relu", "data"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional});
}
inline std::tuple<Tensor, Tensor> rnn_relu(const Tensor& input, const Tensor& hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional, bool batch_first) {
  static ::sconce::Op sconce_op{"aten::rnn_relu", "input"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first});
}
inline Tensor rnn_relu_cell(const Tensor& input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh, const std::optional<Tensor>& b_ih = {}, const std::optional<Tensor>& b_hh = {}) {
  static ::sconce::Op sconce_op{"aten::rnn_relu_cell", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh});
}
inline std::tuple<Tensor, Tensor> rnn_tanh(const Tensor& data, const Tensor& batch_sizes, const Tensor& hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional) {
  static ::sconce::Op sconce_op{"aten::rnn_tanh", "data"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional});
}
inline std::tuple<Tensor, Tensor> rnn_tanh(const Tensor& input, const Tensor& hx, TensorList params, bool has_biases, int64_t num_layers, double dropout, bool train, bool bidirectional, bool batch_first) {
  static ::sconce::Op sconce_op{"aten::rnn_tanh", "input"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first});
}
inline Tensor rnn_tanh_cell(const Tensor& input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh, const std::optional<Tensor>& b_ih = {}, const std::optional<Tensor>& b_hh = {}) {
  static ::sconce::Op sconce_op{"aten::rnn_tanh_cell", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {input, hx, w_ih, w_hh, b_ih, b_hh});
}
inline Tensor roll(const Tensor& self, IntArrayRef shifts, IntArrayRef dims = {}) {
  static ::sconce::Op sconce_op{"aten::roll", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, shifts, dims});
}
inline Tensor rot90(const Tensor& self, int64_t k = 1, IntArrayRef dims = {0, 1}) {
  static ::sconce::Op sconce_op{"aten::rot90", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, k, dims});
}
inline Tensor round(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::round", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar round(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::round", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline Tensor round(const Tensor& self, int64_t decimals) {
  static ::sconce::Op sconce_op{"aten::round", "decimals"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, decimals});
}
inline double round(double a) {
  static ::sconce::Op sconce_op{"aten::round", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double round(int64_t a) {
  static ::sconce::Op sconce_op{"aten::round", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& round_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::round_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor& round_(Tensor& self, int64_t decimals) {
  static ::sconce::Op sconce_op{"aten::round_", "decimals"};
  ::sconce::invoke<void>(sconce_op, {self, decimals});
  return self;
}
inline Tensor row_indices_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::row_indices_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor row_stack(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::row_stack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline Tensor rrelu(const Tensor& self, const Scalar& lower = 0.125, const Scalar& upper = 0.33333333333333331, bool training = false, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rrelu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, lower, upper, training, generator});
}
inline Tensor& rrelu_(Tensor& self, const Scalar& lower = 0.125, const Scalar& upper = 0.33333333333333331, bool training = false, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rrelu_", ""};
  ::sconce::invoke<void>(sconce_op, {self, lower, upper, training, generator});
  return self;
}
inline Tensor rrelu_with_noise(const Tensor& self, const Tensor& noise, const Scalar& lower = 0.125, const Scalar& upper = 0.33333333333333331, bool training = false, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rrelu_with_noise", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, noise, lower, upper, training, generator});
}
inline Tensor& rrelu_with_noise_(Tensor& self, const Tensor& noise, const Scalar& lower = 0.125, const Scalar& upper = 0.33333333333333331, bool training = false, std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::rrelu_with_noise_", ""};
  ::sconce::invoke<void>(sconce_op, {self, noise, lower, upper, training, generator});
  return self;
}
inline Tensor rsqrt(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::rsqrt", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& rsqrt_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::rsqrt_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor rsub(const Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::rsub", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor rsub(const Tensor& self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::rsub", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor scalar_tensor(const Scalar& s, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::scalar_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {s, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor scalar_tensor(const Scalar& s, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::scalar_tensor", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {s, dtype, layout, device, pin_memory});
}
inline Tensor scaled_dot_product_attention(const Tensor& query, const Tensor& key, const Tensor& value, const std::optional<Tensor>& attn_mask = {}, double dropout_p = 0., bool is_causal = false, std::optional<double> scale = std::nullopt, bool enable_gqa = false) {
  static ::sconce::Op sconce_op{"aten::scaled_dot_product_attention", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa});
}
inline Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src, c10::string_view reduce) {
  static ::sconce::Op sconce_op{"aten::scatter", "reduce"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, src, reduce});
}
inline Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  static ::sconce::Op sconce_op{"aten::scatter", "src"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, src});
}
inline Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::scatter", "value"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, value});
}
inline Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value, c10::string_view reduce) {
  static ::sconce::Op sconce_op{"aten::scatter", "value_reduce"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, value, reduce});
}
inline Tensor scatter_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  static ::sconce::Op sconce_op{"aten::scatter_add", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, src});
}
inline Tensor scatter_reduce(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src, c10::string_view reduce, bool include_self = true) {
  static ::sconce::Op sconce_op{"aten::scatter_reduce", "two"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index, src, reduce, include_self});
}
inline Tensor searchsorted(const Tensor& sorted_sequence, const Scalar& self, bool out_int32 = false, bool right = false, std::optional<c10::string_view> side = std::nullopt, const std::optional<Tensor>& sorter = {}) {
  static ::sconce::Op sconce_op{"aten::searchsorted", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {sorted_sequence, self, out_int32, right, side, sorter});
}
inline Tensor searchsorted(const Tensor& sorted_sequence, const Tensor& self, bool out_int32 = false, bool right = false, std::optional<c10::string_view> side = std::nullopt, const std::optional<Tensor>& sorter = {}) {
  static ::sconce::Op sconce_op{"aten::searchsorted", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {sorted_sequence, self, out_int32, right, side, sorter});
}
inline Tensor segment_reduce(const Tensor& data, c10::string_view reduce, const std::optional<Tensor>& lengths = {}, const std::optional<Tensor>& indices = {}, const std::optional<Tensor>& offsets = {}, int64_t axis = 0, bool unsafe = false, const std::optional<Scalar>& initial = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::segment_reduce", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {data, reduce, lengths, indices, offsets, axis, unsafe, initial});
}
inline Tensor select(const Tensor& self, int64_t dim, int64_t index) {
  static ::sconce::Op sconce_op{"aten::select", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index});
}
inline Tensor select_backward(const Tensor& grad_output, IntArrayRef input_sizes, int64_t dim, int64_t index) {
  static ::sconce::Op sconce_op{"aten::select_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, input_sizes, dim, index});
}
inline Tensor select_copy(const Tensor& self, int64_t dim, int64_t index) {
  static ::sconce::Op sconce_op{"aten::select_copy", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, index});
}
inline Tensor select_scatter(const Tensor& self, const Tensor& src, int64_t dim, int64_t index) {
  static ::sconce::Op sconce_op{"aten::select_scatter", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, dim, index});
}
inline Tensor selu(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::selu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& selu_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::selu_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor set(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::set", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor set(const Tensor& self, const Tensor& source) {
  static ::sconce::Op sconce_op{"aten::set", "source_Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, source});
}
inline Tensor sgn(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sgn", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor sigmoid(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sigmoid", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& sigmoid_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sigmoid_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor sigmoid_backward(const Tensor& grad_output, const Tensor& output) {
  static ::sconce::Op sconce_op{"aten::sigmoid_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output});
}
inline Tensor sign(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sign", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor signbit(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::signbit", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor silu(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::silu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& silu_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::silu_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor silu_backward(const Tensor& grad_output, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::silu_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self});
}
inline Tensor sin(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sin", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar sin(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::sin", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double sin(double a) {
  static ::sconce::Op sconce_op{"aten::sin", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double sin(int64_t a) {
  static ::sconce::Op sconce_op{"aten::sin", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& sin_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sin_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor sinc(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sinc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& sinc_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sinc_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor sinh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sinh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar sinh(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::sinh", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double sinh(double a) {
  static ::sconce::Op sconce_op{"aten::sinh", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double sinh(int64_t a) {
  static ::sconce::Op sconce_op{"aten::sinh", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& sinh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sinh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline int64_t size(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::size", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {self, dim});
}
inline Tensor slice(const Tensor& self, int64_t dim = 0, std::optional<int64_t> start = std::nullopt, std::optional<int64_t> end = std::nullopt, int64_t step = 1) {
  static ::sconce::Op sconce_op{"aten::slice", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, start, end, step});
}
inline Tensor slice_backward(const Tensor& grad_output, IntArrayRef input_sizes, int64_t dim, int64_t start, int64_t end, int64_t step) {
  static ::sconce::Op sconce_op{"aten::slice_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, input_sizes, dim, start, end, step});
}
inline Tensor slice_copy(const Tensor& self, int64_t dim = 0, std::optional<int64_t> start = std::nullopt, std::optional<int64_t> end = std::nullopt, int64_t step = 1) {
  static ::sconce::Op sconce_op{"aten::slice_copy", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, start, end, step});
}
inline Tensor slice_inverse(const Tensor& self, const Tensor& src, int64_t dim = 0, std::optional<int64_t> start = std::nullopt, std::optional<int64_t> end = std::nullopt, int64_t step = 1) {
  static ::sconce::Op sconce_op{"aten::slice_inverse", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, dim, start, end, step});
}
inline Tensor slice_scatter(const Tensor& self, const Tensor& src, int64_t dim = 0, std::optional<int64_t> start = std::nullopt, std::optional<int64_t> end = std::nullopt, int64_t step = 1) {
  static ::sconce::Op sconce_op{"aten::slice_scatter", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, src, dim, start, end, step});
}
inline std::tuple<Tensor, Tensor> slogdet(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::slogdet", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self});
}
inline Tensor slow_conv3d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1, 1}, IntArrayRef padding = {0, 0, 0}) {
  static ::sconce::Op sconce_op{"aten::slow_conv3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding});
}
inline Tensor slow_conv3d_forward(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding) {
  static ::sconce::Op sconce_op{"aten::slow_conv3d_forward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding});
}
inline Tensor slow_conv_dilated2d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1}, IntArrayRef padding = {0, 0}, IntArrayRef dilation = {1, 1}) {
  static ::sconce::Op sconce_op{"aten::slow_conv_dilated2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding, dilation});
}
inline Tensor slow_conv_dilated3d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1, 1}, IntArrayRef padding = {0, 0, 0}, IntArrayRef dilation = {1, 1, 1}) {
  static ::sconce::Op sconce_op{"aten::slow_conv_dilated3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding, dilation});
}
inline Tensor slow_conv_transpose2d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1}, IntArrayRef padding = {0, 0}, IntArrayRef output_padding = {0, 0}, IntArrayRef dilation = {1, 1}) {
  static ::sconce::Op sconce_op{"aten::slow_conv_transpose2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding, output_padding, dilation});
}
inline Tensor slow_conv_transpose3d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1, 1}, IntArrayRef padding = {0, 0, 0}, IntArrayRef output_padding = {0, 0, 0}, IntArrayRef dilation = {1, 1, 1}) {
  static ::sconce::Op sconce_op{"aten::slow_conv_transpose3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding, output_padding, dilation});
}
inline Tensor smm(const Tensor& self, const Tensor& mat2) {
  static ::sconce::Op sconce_op{"aten::smm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat2});
}
inline Tensor smooth_l1_loss(const Tensor& self, const Tensor& target, int64_t reduction = 1, double beta = 1.) {
  static ::sconce::Op sconce_op{"aten::smooth_l1_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction, beta});
}
inline Tensor smooth_l1_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, int64_t reduction, double beta) {
  static ::sconce::Op sconce_op{"aten::smooth_l1_loss_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, reduction, beta});
}
inline Tensor soft_margin_loss(const Tensor& self, const Tensor& target, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::soft_margin_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, target, reduction});
}
inline Tensor soft_margin_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target, int64_t reduction) {
  static ::sconce::Op sconce_op{"aten::soft_margin_loss_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, target, reduction});
}
inline Tensor softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::softmax", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor softplus(const Tensor& self, const Scalar& beta = 1, const Scalar& threshold = 20) {
  static ::sconce::Op sconce_op{"aten::softplus", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, beta, threshold});
}
inline Tensor softplus_backward(const Tensor& grad_output, const Tensor& self, const Scalar& beta, const Scalar& threshold) {
  static ::sconce::Op sconce_op{"aten::softplus_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, beta, threshold});
}
inline Tensor softshrink(const Tensor& self, const Scalar& lambd = 0.5) {
  static ::sconce::Op sconce_op{"aten::softshrink", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, lambd});
}
inline Tensor softshrink_backward(const Tensor& grad_output, const Tensor& self, const Scalar& lambd) {
  static ::sconce::Op sconce_op{"aten::softshrink_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, lambd});
}
inline std::tuple<Tensor, Tensor> sort(const Tensor& self, int64_t dim = -1, bool descending = false) {
  static ::sconce::Op sconce_op{"aten::sort", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, descending});
}
inline std::tuple<Tensor, Tensor> sort(const Tensor& self, std::optional<bool> stable, int64_t dim = -1, bool descending = false) {
  static ::sconce::Op sconce_op{"aten::sort", "stable"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, stable, dim, descending});
}
inline Tensor sparse_bsc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_bsc_tensor", "ccol_row_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_bsc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_bsc_tensor", "ccol_row_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, dtype, layout, device, pin_memory});
}
inline Tensor sparse_bsc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_bsc_tensor", "ccol_row_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_bsc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_bsc_tensor", "ccol_row_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor sparse_bsr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_bsr_tensor", "crow_col_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_bsr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_bsr_tensor", "crow_col_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, dtype, layout, device, pin_memory});
}
inline Tensor sparse_bsr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_bsr_tensor", "crow_col_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_bsr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_bsr_tensor", "crow_col_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor sparse_compressed_tensor(const Tensor& compressed_indices, const Tensor& plain_indices, const Tensor& values, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_compressed_tensor", "comp_plain_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {compressed_indices, plain_indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_compressed_tensor(const Tensor& compressed_indices, const Tensor& plain_indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_compressed_tensor", "comp_plain_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {compressed_indices, plain_indices, values, dtype, layout, device, pin_memory});
}
inline Tensor sparse_compressed_tensor(const Tensor& compressed_indices, const Tensor& plain_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_compressed_tensor", "comp_plain_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {compressed_indices, plain_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_compressed_tensor(const Tensor& compressed_indices, const Tensor& plain_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_compressed_tensor", "comp_plain_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {compressed_indices, plain_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor sparse_coo_tensor(const Tensor& indices, const Tensor& values, TensorOptions options = {}, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sparse_coo_tensor", "indices"};
  return ::sconce::invoke<Tensor>(sconce_op, {indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), is_coalesced});
}
inline Tensor sparse_coo_tensor(const Tensor& indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sparse_coo_tensor", "indices"};
  return ::sconce::invoke<Tensor>(sconce_op, {indices, values, dtype, layout, device, pin_memory, is_coalesced});
}
inline Tensor sparse_coo_tensor(const Tensor& indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sparse_coo_tensor", "indices_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), is_coalesced});
}
inline Tensor sparse_coo_tensor(const Tensor& indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<bool> is_coalesced = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sparse_coo_tensor", "indices_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {indices, values, size, dtype, layout, device, pin_memory, is_coalesced});
}
inline Tensor sparse_coo_tensor(IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_coo_tensor", "size"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_coo_tensor(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_coo_tensor", "size"};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory});
}
inline Tensor sparse_csc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_csc_tensor", "ccol_row_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_csc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_csc_tensor", "ccol_row_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, dtype, layout, device, pin_memory});
}
inline Tensor sparse_csc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_csc_tensor", "ccol_row_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_csc_tensor(const Tensor& ccol_indices, const Tensor& row_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_csc_tensor", "ccol_row_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {ccol_indices, row_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor sparse_csr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_csr_tensor", "crow_col_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_csr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_csr_tensor", "crow_col_value"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, dtype, layout, device, pin_memory});
}
inline Tensor sparse_csr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::sparse_csr_tensor", "crow_col_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor sparse_csr_tensor(const Tensor& crow_indices, const Tensor& col_indices, const Tensor& values, IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::sparse_csr_tensor", "crow_col_value_size"};
  return ::sconce::invoke<Tensor>(sconce_op, {crow_indices, col_indices, values, size, dtype, layout, device, pin_memory});
}
inline Tensor sparse_resize(const Tensor& self, IntArrayRef size, int64_t sparse_dim, int64_t dense_dim) {
  static ::sconce::Op sconce_op{"aten::sparse_resize", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, sparse_dim, dense_dim});
}
inline Tensor sparse_resize_and_clear(const Tensor& self, IntArrayRef size, int64_t sparse_dim, int64_t dense_dim) {
  static ::sconce::Op sconce_op{"aten::sparse_resize_and_clear", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size, sparse_dim, dense_dim});
}
inline Tensor sparse_sampled_addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::sparse_sampled_addmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat1, mat2, beta, alpha});
}
inline Tensor special_airy_ai(const Tensor& x) {
  static ::sconce::Op sconce_op{"aten::special_airy_ai", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x});
}
inline Tensor special_bessel_j0(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_bessel_j0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_bessel_j1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_bessel_j1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_bessel_y0(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_bessel_y0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_bessel_y1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_bessel_y1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_chebyshev_polynomial_t(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_t", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_t(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_t", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_t(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_t", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_u(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_u", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_u(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_u", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_u(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_u", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_v(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_v", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_v(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_v", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_v(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_v", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_w(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_w", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_w(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_w", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_chebyshev_polynomial_w(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_chebyshev_polynomial_w", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_digamma(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_digamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_entr(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_entr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_erf(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_erf", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_erfc(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_erfc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_erfcx(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_erfcx", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_erfinv(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_erfinv", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_exp2(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_exp2", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_expit(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_expit", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_expm1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_expm1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_gammainc(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_gammainc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_gammaincc(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_gammaincc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_gammaln(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_gammaln", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_hermite_polynomial_h(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_hermite_polynomial_h", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_hermite_polynomial_h(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_hermite_polynomial_h", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_hermite_polynomial_h(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_hermite_polynomial_h", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_hermite_polynomial_he(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_hermite_polynomial_he", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_hermite_polynomial_he(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_hermite_polynomial_he", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_hermite_polynomial_he(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_hermite_polynomial_he", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_i0(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_i0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_i0e(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_i0e", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_i1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_i1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_i1e(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_i1e", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_laguerre_polynomial_l(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_laguerre_polynomial_l", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_laguerre_polynomial_l(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_laguerre_polynomial_l", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_laguerre_polynomial_l(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_laguerre_polynomial_l", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_legendre_polynomial_p(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_legendre_polynomial_p", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_legendre_polynomial_p(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_legendre_polynomial_p", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_legendre_polynomial_p(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_legendre_polynomial_p", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_log1p(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_log1p", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_log_ndtr(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_log_ndtr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_log_softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::special_log_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor special_logit(const Tensor& self, std::optional<double> eps = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::special_logit", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, eps});
}
inline Tensor special_logsumexp(const Tensor& self, IntArrayRef dim, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::special_logsumexp", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim});
}
inline Tensor special_modified_bessel_i0(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_modified_bessel_i0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_modified_bessel_i1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_modified_bessel_i1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_modified_bessel_k0(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_modified_bessel_k0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_modified_bessel_k1(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_modified_bessel_k1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_multigammaln(const Tensor& self, int64_t p) {
  static ::sconce::Op sconce_op{"aten::special_multigammaln", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, p});
}
inline Tensor special_ndtr(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_ndtr", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_ndtri(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_ndtri", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_polygamma(int64_t n, const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_polygamma", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {n, self});
}
inline Tensor special_psi(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_psi", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_round(const Tensor& self, int64_t decimals = 0) {
  static ::sconce::Op sconce_op{"aten::special_round", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, decimals});
}
inline Tensor special_scaled_modified_bessel_k0(const Tensor& x) {
  static ::sconce::Op sconce_op{"aten::special_scaled_modified_bessel_k0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x});
}
inline Tensor special_scaled_modified_bessel_k1(const Tensor& x) {
  static ::sconce::Op sconce_op{"aten::special_scaled_modified_bessel_k1", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x});
}
inline Tensor special_shifted_chebyshev_polynomial_t(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_t", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_t(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_t", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_t(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_t", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_u(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_u", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_u(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_u", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_u(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_u", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_v(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_v", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_v(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_v", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_v(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_v", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_w(const Tensor& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_w", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_w(const Tensor& x, const Scalar& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_w", "n_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_shifted_chebyshev_polynomial_w(const Scalar& x, const Tensor& n) {
  static ::sconce::Op sconce_op{"aten::special_shifted_chebyshev_polynomial_w", "x_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {x, n});
}
inline Tensor special_sinc(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::special_sinc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor special_softmax(const Tensor& self, int64_t dim, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::special_softmax", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, dtype});
}
inline Tensor special_spherical_bessel_j0(const Tensor& x) {
  static ::sconce::Op sconce_op{"aten::special_spherical_bessel_j0", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x});
}
inline Tensor special_xlog1py(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_xlog1py", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_xlog1py(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::special_xlog1py", "other_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_xlog1py(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_xlog1py", "self_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_xlogy(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_xlogy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_xlogy(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::special_xlogy", "other_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_xlogy(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_xlogy", "self_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_zeta(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_zeta", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_zeta(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::special_zeta", "other_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor special_zeta(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::special_zeta", "self_scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline std::vector<Tensor> split(const Tensor& self, IntArrayRef split_sizes, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::split", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_sizes, dim});
}
inline std::vector<Tensor> split(const Tensor& self, int64_t split_size, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::split", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_size, dim});
}
inline std::vector<Tensor> split_copy(const Tensor& self, int64_t split_size, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::split_copy", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_size, dim});
}
inline std::vector<Tensor> split_with_sizes(const Tensor& self, IntArrayRef split_sizes, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::split_with_sizes", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_sizes, dim});
}
inline std::vector<Tensor> split_with_sizes_copy(const Tensor& self, IntArrayRef split_sizes, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::split_with_sizes_copy", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_sizes, dim});
}
inline Tensor sqrt(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sqrt", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar sqrt(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::sqrt", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double sqrt(double a) {
  static ::sconce::Op sconce_op{"aten::sqrt", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double sqrt(int64_t a) {
  static ::sconce::Op sconce_op{"aten::sqrt", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& sqrt_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::sqrt_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor square(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::square", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& square_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::square_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor squeeze(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::squeeze", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor squeeze(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::squeeze", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor squeeze(const Tensor& self, IntArrayRef dim) {
  static ::sconce::Op sconce_op{"aten::squeeze", "dims"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor squeeze_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::squeeze_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor squeeze_copy(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::squeeze_copy", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor squeeze_copy(const Tensor& self, IntArrayRef dim) {
  static ::sconce::Op sconce_op{"aten::squeeze_copy", "dims"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor sspaddmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::sspaddmm", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, mat1, mat2, beta, alpha});
}
inline Tensor stack(TensorList tensors, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::stack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors, dim});
}
inline Tensor std(const Tensor& self, bool unbiased = true) {
  static ::sconce::Op sconce_op{"aten::std", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, unbiased});
}
inline Tensor std(const Tensor& self, OptionalIntArrayRef dim, const std::optional<Scalar>& correction = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::std", "correction"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, correction, keepdim});
}
inline Tensor std(const Tensor& self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::std", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, unbiased, keepdim});
}
inline std::tuple<Tensor, Tensor> std_mean(const Tensor& self, bool unbiased = true) {
  static ::sconce::Op sconce_op{"aten::std_mean", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, unbiased});
}
inline std::tuple<Tensor, Tensor> std_mean(const Tensor& self, OptionalIntArrayRef dim, const std::optional<Scalar>& correction = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::std_mean", "correction"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, correction, keepdim});
}
inline std::tuple<Tensor, Tensor> std_mean(const Tensor& self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::std_mean", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, unbiased, keepdim});
}
inline Tensor stft(const Tensor& self, int64_t n_fft, std::optional<int64_t> hop_length = std::nullopt, std::optional<int64_t> win_length = std::nullopt, const std::optional<Tensor>& window = {}, bool normalized = false, std::optional<bool> onesided = std::nullopt, std::optional<bool> return_complex = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::stft", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n_fft, hop_length, win_length, window, normalized, onesided, return_complex});
}
inline Tensor stft(const Tensor& self, int64_t n_fft, std::optional<int64_t> hop_length, std::optional<int64_t> win_length, const std::optional<Tensor>& window, bool center, c10::string_view pad_mode, bool normalized = false, std::optional<bool> onesided = std::nullopt, std::optional<bool> return_complex = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::stft", "center"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex});
}
inline int64_t stride(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::stride", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {self, dim});
}
inline Scalar sub(const Scalar& a, const Scalar& b) {
  static ::sconce::Op sconce_op{"aten::sub", ""};
  return ::sconce::invoke<Scalar>(sconce_op, {a, b});
}
inline Tensor sub(const Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::sub", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::sub", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline double sub(double a, double b) {
  static ::sconce::Op sconce_op{"aten::sub", "float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline double sub(double a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::sub", "float_int"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline int64_t sub(int64_t a, int64_t b) {
  static ::sconce::Op sconce_op{"aten::sub", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {a, b});
}
inline double sub(int64_t a, double b) {
  static ::sconce::Op sconce_op{"aten::sub", "int_float"};
  return ::sconce::invoke<double>(sconce_op, {a, b});
}
inline Tensor subtract(const Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::subtract", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor subtract(const Tensor& self, const Tensor& other, const Scalar& alpha = 1) {
  static ::sconce::Op sconce_op{"aten::subtract", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, alpha});
}
inline Tensor sum(const Tensor& self, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sum", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype});
}
inline Tensor sum(const Tensor& self, OptionalIntArrayRef dim, bool keepdim = false, std::optional<ScalarType> dtype = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sum", "dim_IntList"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, keepdim, dtype});
}
inline double sum(ArrayRef<double> self) {
  static ::sconce::Op sconce_op{"aten::sum", "float"};
  return ::sconce::invoke<double>(sconce_op, {self});
}
inline int64_t sum(IntArrayRef self) {
  static ::sconce::Op sconce_op{"aten::sum", "int"};
  return ::sconce::invoke<int64_t>(sconce_op, {self});
}
inline std::tuple<Tensor, Tensor, Tensor> svd(const Tensor& self, bool some = true, bool compute_uv = true) {
  static ::sconce::Op sconce_op{"aten::svd", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, some, compute_uv});
}
inline Tensor swapaxes(const Tensor& self, int64_t axis0, int64_t axis1) {
  static ::sconce::Op sconce_op{"aten::swapaxes", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, axis0, axis1});
}
inline Tensor swapdims(const Tensor& self, int64_t dim0, int64_t dim1) {
  static ::sconce::Op sconce_op{"aten::swapdims", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim0, dim1});
}
inline void sym_constrain_range(const Scalar& size, std::optional<int64_t> min = std::nullopt, std::optional<int64_t> max = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sym_constrain_range", ""};
  ::sconce::invoke<void>(sconce_op, {size, min, max});
}
inline void sym_constrain_range_for_size(const Scalar& size, std::optional<int64_t> min = std::nullopt, std::optional<int64_t> max = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::sym_constrain_range_for_size", ""};
  ::sconce::invoke<void>(sconce_op, {size, min, max});
}
inline Tensor t(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::t", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor t_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::t_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor take(const Tensor& self, const Tensor& index) {
  static ::sconce::Op sconce_op{"aten::take", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, index});
}
inline Tensor take_along_dim(const Tensor& self, const Tensor& indices, std::optional<int64_t> dim = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::take_along_dim", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, indices, dim});
}
inline Tensor tan(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::tan", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar tan(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::tan", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double tan(double a) {
  static ::sconce::Op sconce_op{"aten::tan", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double tan(int64_t a) {
  static ::sconce::Op sconce_op{"aten::tan", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& tan_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::tan_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor tanh(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::tanh", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Scalar tanh(const Scalar& a) {
  static ::sconce::Op sconce_op{"aten::tanh", "Scalar"};
  return ::sconce::invoke<Scalar>(sconce_op, {a});
}
inline double tanh(double a) {
  static ::sconce::Op sconce_op{"aten::tanh", "float"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline double tanh(int64_t a) {
  static ::sconce::Op sconce_op{"aten::tanh", "int"};
  return ::sconce::invoke<double>(sconce_op, {a});
}
inline Tensor& tanh_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::tanh_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor tanh_backward(const Tensor& grad_output, const Tensor& output) {
  static ::sconce::Op sconce_op{"aten::tanh_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output});
}
inline std::vector<Tensor> tensor_split(const Tensor& self, IntArrayRef indices, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::tensor_split", "indices"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, indices, dim});
}
inline std::vector<Tensor> tensor_split(const Tensor& self, int64_t sections, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::tensor_split", "sections"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, sections, dim});
}
inline std::vector<Tensor> tensor_split(const Tensor& self, const Tensor& tensor_indices_or_sections, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::tensor_split", "tensor_indices_or_sections"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, tensor_indices_or_sections, dim});
}
inline Tensor tensordot(const Tensor& self, const Tensor& other, IntArrayRef dims_self, IntArrayRef dims_other) {
  static ::sconce::Op sconce_op{"aten::tensordot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other, dims_self, dims_other});
}
inline Tensor thnn_conv2d(const Tensor& self, const Tensor& weight, IntArrayRef kernel_size, const std::optional<Tensor>& bias = {}, IntArrayRef stride = {1, 1}, IntArrayRef padding = {0, 0}) {
  static ::sconce::Op sconce_op{"aten::thnn_conv2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, weight, kernel_size, bias, stride, padding});
}
inline Tensor threshold(const Tensor& self, const Scalar& threshold, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::threshold", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, threshold, value});
}
inline Tensor& threshold_(Tensor& self, const Scalar& threshold, const Scalar& value) {
  static ::sconce::Op sconce_op{"aten::threshold_", ""};
  ::sconce::invoke<void>(sconce_op, {self, threshold, value});
  return self;
}
inline Tensor threshold_backward(const Tensor& grad_output, const Tensor& self, const Scalar& threshold) {
  static ::sconce::Op sconce_op{"aten::threshold_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, self, threshold});
}
inline Tensor tile(const Tensor& self, IntArrayRef dims) {
  static ::sconce::Op sconce_op{"aten::tile", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dims});
}
inline std::tuple<Tensor, Tensor> topk(const Tensor& self, int64_t k, int64_t dim = -1, bool largest = true, bool sorted = true) {
  static ::sconce::Op sconce_op{"aten::topk", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, k, dim, largest, sorted});
}
inline Tensor trace(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::trace", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor trace_backward(const Tensor& grad, IntArrayRef sizes) {
  static ::sconce::Op sconce_op{"aten::trace_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad, sizes});
}
inline Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1) {
  static ::sconce::Op sconce_op{"aten::transpose", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim0, dim1});
}
inline Tensor transpose_copy(const Tensor& self, int64_t dim0, int64_t dim1) {
  static ::sconce::Op sconce_op{"aten::transpose_copy", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim0, dim1});
}
inline Tensor trapezoid(const Tensor& y, const Scalar& dx = 1, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::trapezoid", "dx"};
  return ::sconce::invoke<Tensor>(sconce_op, {y, dx, dim});
}
inline Tensor trapezoid(const Tensor& y, const Tensor& x, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::trapezoid", "x"};
  return ::sconce::invoke<Tensor>(sconce_op, {y, x, dim});
}
inline Tensor trapz(const Tensor& y, double dx = 1., int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::trapz", "dx"};
  return ::sconce::invoke<Tensor>(sconce_op, {y, dx, dim});
}
inline Tensor trapz(const Tensor& y, const Tensor& x, int64_t dim = -1) {
  static ::sconce::Op sconce_op{"aten::trapz", "x"};
  return ::sconce::invoke<Tensor>(sconce_op, {y, x, dim});
}
inline std::tuple<Tensor, Tensor> triangular_solve(const Tensor& self, const Tensor& A, bool upper = true, bool transpose = false, bool unitriangular = false) {
  static ::sconce::Op sconce_op{"aten::triangular_solve", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, A, upper, transpose, unitriangular});
}
inline Tensor tril(const Tensor& self, int64_t diagonal = 0) {
  static ::sconce::Op sconce_op{"aten::tril", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, diagonal});
}
inline Tensor tril_indices(int64_t row, int64_t col, int64_t offset = 0, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::tril_indices", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {row, col, offset, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor tril_indices(int64_t row, int64_t col, int64_t offset, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::tril_indices", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {row, col, offset, dtype, layout, device, pin_memory});
}
inline Tensor triplet_margin_loss(const Tensor& anchor, const Tensor& positive, const Tensor& negative, double margin = 1., double p = 2., double eps = 9.9999999999999995e-07, bool swap = false, int64_t reduction = 1) {
  static ::sconce::Op sconce_op{"aten::triplet_margin_loss", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {anchor, positive, negative, margin, p, eps, swap, reduction});
}
inline Tensor triu(const Tensor& self, int64_t diagonal = 0) {
  static ::sconce::Op sconce_op{"aten::triu", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, diagonal});
}
inline Tensor triu_indices(int64_t row, int64_t col, int64_t offset = 0, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::triu_indices", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {row, col, offset, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor triu_indices(int64_t row, int64_t col, int64_t offset, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::triu_indices", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {row, col, offset, dtype, layout, device, pin_memory});
}
inline Tensor true_divide(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::true_divide", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor true_divide(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::true_divide", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor trunc(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::trunc", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& trunc_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::trunc_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline std::vector<Tensor> unbind(const Tensor& self, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::unbind", "int"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, dim});
}
inline std::vector<Tensor> unbind_copy(const Tensor& self, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::unbind_copy", "int"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, dim});
}
inline Tensor unflatten(const Tensor& self, int64_t dim, IntArrayRef sizes) {
  static ::sconce::Op sconce_op{"aten::unflatten", "int"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, sizes});
}
inline std::vector<Tensor> unflatten_dense_tensors(const Tensor& flat, TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::unflatten_dense_tensors", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {flat, tensors});
}
inline Tensor unfold_copy(const Tensor& self, int64_t dimension, int64_t size, int64_t step) {
  static ::sconce::Op sconce_op{"aten::unfold_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dimension, size, step});
}
inline Tensor uniform(const Tensor& self, double from = 0., double to = 1., std::optional<Generator> generator = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::uniform", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, from, to, generator});
}
inline std::tuple<Tensor, Tensor, Tensor> unique_consecutive(const Tensor& self, bool return_inverse = false, bool return_counts = false, std::optional<int64_t> dim = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::unique_consecutive", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, return_inverse, return_counts, dim});
}
inline std::tuple<Tensor, Tensor, Tensor> unique_dim(const Tensor& self, int64_t dim, bool sorted = true, bool return_inverse = false, bool return_counts = false) {
  static ::sconce::Op sconce_op{"aten::unique_dim", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, dim, sorted, return_inverse, return_counts});
}
inline std::tuple<Tensor, Tensor, Tensor> unique_dim_consecutive(const Tensor& self, int64_t dim, bool return_inverse = false, bool return_counts = false) {
  static ::sconce::Op sconce_op{"aten::unique_dim_consecutive", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor, Tensor>>(sconce_op, {self, dim, return_inverse, return_counts});
}
inline std::vector<Tensor> unsafe_chunk(const Tensor& self, int64_t chunks, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::unsafe_chunk", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, chunks, dim});
}
inline std::vector<Tensor> unsafe_split(const Tensor& self, int64_t split_size, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::unsafe_split", "Tensor"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_size, dim});
}
inline std::vector<Tensor> unsafe_split_with_sizes(const Tensor& self, IntArrayRef split_sizes, int64_t dim = 0) {
  static ::sconce::Op sconce_op{"aten::unsafe_split_with_sizes", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, split_sizes, dim});
}
inline Tensor unsqueeze(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::unsqueeze", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor unsqueeze_copy(const Tensor& self, int64_t dim) {
  static ::sconce::Op sconce_op{"aten::unsqueeze_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim});
}
inline Tensor upsample_bicubic2d(const Tensor& self, IntArrayRef output_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_bicubic2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, align_corners, scales_h, scales_w});
}
inline Tensor upsample_bicubic2d(const Tensor& input, OptionalIntArrayRef output_size, bool align_corners, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_bicubic2d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, align_corners, scale_factors});
}
inline Tensor upsample_bicubic2d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_bicubic2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, align_corners, scales_h, scales_w});
}
inline Tensor upsample_bilinear2d(const Tensor& self, IntArrayRef output_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_bilinear2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, align_corners, scales_h, scales_w});
}
inline Tensor upsample_bilinear2d(const Tensor& input, OptionalIntArrayRef output_size, bool align_corners, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_bilinear2d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, align_corners, scale_factors});
}
inline Tensor upsample_bilinear2d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, bool align_corners, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_bilinear2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, align_corners, scales_h, scales_w});
}
inline Tensor upsample_linear1d(const Tensor& self, IntArrayRef output_size, bool align_corners, std::optional<double> scales = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_linear1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, align_corners, scales});
}
inline Tensor upsample_linear1d(const Tensor& input, OptionalIntArrayRef output_size, bool align_corners, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_linear1d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, align_corners, scale_factors});
}
inline Tensor upsample_linear1d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, bool align_corners, std::optional<double> scales = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_linear1d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, align_corners, scales});
}
inline Tensor upsample_nearest1d(const Tensor& self, IntArrayRef output_size, std::optional<double> scales = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest1d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, scales});
}
inline Tensor upsample_nearest1d(const Tensor& input, OptionalIntArrayRef output_size, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest1d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, scale_factors});
}
inline Tensor upsample_nearest1d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, std::optional<double> scales = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest1d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, scales});
}
inline Tensor upsample_nearest2d(const Tensor& self, IntArrayRef output_size, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest2d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, scales_h, scales_w});
}
inline Tensor upsample_nearest2d(const Tensor& input, OptionalIntArrayRef output_size, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest2d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, scale_factors});
}
inline Tensor upsample_nearest2d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest2d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, scales_h, scales_w});
}
inline Tensor upsample_nearest3d(const Tensor& self, IntArrayRef output_size, std::optional<double> scales_d = std::nullopt, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, scales_d, scales_h, scales_w});
}
inline Tensor upsample_nearest3d(const Tensor& input, OptionalIntArrayRef output_size, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest3d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, scale_factors});
}
inline Tensor upsample_nearest3d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, std::optional<double> scales_d = std::nullopt, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_nearest3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, scales_d, scales_h, scales_w});
}
inline Tensor upsample_trilinear3d(const Tensor& self, IntArrayRef output_size, bool align_corners, std::optional<double> scales_d = std::nullopt, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_trilinear3d", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, output_size, align_corners, scales_d, scales_h, scales_w});
}
inline Tensor upsample_trilinear3d(const Tensor& input, OptionalIntArrayRef output_size, bool align_corners, std::optional<ArrayRef<double>> scale_factors) {
  static ::sconce::Op sconce_op{"aten::upsample_trilinear3d", "vec"};
  return ::sconce::invoke<Tensor>(sconce_op, {input, output_size, align_corners, scale_factors});
}
inline Tensor upsample_trilinear3d_backward(const Tensor& grad_output, IntArrayRef output_size, IntArrayRef input_size, bool align_corners, std::optional<double> scales_d = std::nullopt, std::optional<double> scales_h = std::nullopt, std::optional<double> scales_w = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::upsample_trilinear3d_backward", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {grad_output, output_size, input_size, align_corners, scales_d, scales_h, scales_w});
}
inline Tensor values_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::values_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor vander(const Tensor& x, std::optional<int64_t> N = std::nullopt, bool increasing = false) {
  static ::sconce::Op sconce_op{"aten::vander", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {x, N, increasing});
}
inline Tensor var(const Tensor& self, bool unbiased = true) {
  static ::sconce::Op sconce_op{"aten::var", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, unbiased});
}
inline Tensor var(const Tensor& self, OptionalIntArrayRef dim, const std::optional<Scalar>& correction = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::var", "correction"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, correction, keepdim});
}
inline Tensor var(const Tensor& self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::var", "dim"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dim, unbiased, keepdim});
}
inline std::tuple<Tensor, Tensor> var_mean(const Tensor& self, bool unbiased = true) {
  static ::sconce::Op sconce_op{"aten::var_mean", ""};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, unbiased});
}
inline std::tuple<Tensor, Tensor> var_mean(const Tensor& self, OptionalIntArrayRef dim, const std::optional<Scalar>& correction = std::nullopt, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::var_mean", "correction"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, correction, keepdim});
}
inline std::tuple<Tensor, Tensor> var_mean(const Tensor& self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false) {
  static ::sconce::Op sconce_op{"aten::var_mean", "dim"};
  return ::sconce::invoke<std::tuple<Tensor, Tensor>>(sconce_op, {self, dim, unbiased, keepdim});
}
inline Tensor vdot(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::vdot", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor view_as_complex(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::view_as_complex", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor view_as_complex_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::view_as_complex_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor view_as_real(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::view_as_real", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor view_as_real_copy(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::view_as_real_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor view_copy(const Tensor& self, IntArrayRef size) {
  static ::sconce::Op sconce_op{"aten::view_copy", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, size});
}
inline Tensor view_copy(const Tensor& self, ScalarType dtype) {
  static ::sconce::Op sconce_op{"aten::view_copy", "dtype"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype});
}
inline std::vector<Tensor> vsplit(const Tensor& self, IntArrayRef indices) {
  static ::sconce::Op sconce_op{"aten::vsplit", "array"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, indices});
}
inline std::vector<Tensor> vsplit(const Tensor& self, int64_t sections) {
  static ::sconce::Op sconce_op{"aten::vsplit", "int"};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {self, sections});
}
inline Tensor vstack(TensorList tensors) {
  static ::sconce::Op sconce_op{"aten::vstack", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {tensors});
}
inline std::vector<Tensor> where(const Tensor& condition) {
  static ::sconce::Op sconce_op{"aten::where", ""};
  return ::sconce::invoke<std::vector<Tensor>>(sconce_op, {condition});
}
inline Tensor where(const Tensor& condition, const Scalar& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::where", "Scalar"};
  return ::sconce::invoke<Tensor>(sconce_op, {condition, self, other});
}
inline Tensor where(const Tensor& condition, const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::where", "ScalarOther"};
  return ::sconce::invoke<Tensor>(sconce_op, {condition, self, other});
}
inline Tensor where(const Tensor& condition, const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::where", "ScalarSelf"};
  return ::sconce::invoke<Tensor>(sconce_op, {condition, self, other});
}
inline Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::where", "self"};
  return ::sconce::invoke<Tensor>(sconce_op, {condition, self, other});
}
inline Tensor xlogy(const Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::xlogy", "Scalar_Other"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor xlogy(const Scalar& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::xlogy", "Scalar_Self"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor xlogy(const Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::xlogy", "Tensor"};
  return ::sconce::invoke<Tensor>(sconce_op, {self, other});
}
inline Tensor& xlogy_(Tensor& self, const Scalar& other) {
  static ::sconce::Op sconce_op{"aten::xlogy_", "Scalar_Other"};
  ::sconce::invoke<void>(sconce_op, {self, other});
  return self;
}
inline Tensor& xlogy_(Tensor& self, const Tensor& other) {
  static ::sconce::Op sconce_op{"aten::xlogy_", "Tensor"};
  ::sconce::invoke<void>(sconce_op, {self, other});
  return self;
}
inline Tensor zero(const Tensor& self) {
  static ::sconce::Op sconce_op{"aten::zero", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self});
}
inline Tensor& zero_(Tensor& self) {
  static ::sconce::Op sconce_op{"aten::zero_", ""};
  ::sconce::invoke<void>(sconce_op, {self});
  return self;
}
inline Tensor zeros(IntArrayRef size, TensorOptions options = {}) {
  static ::sconce::Op sconce_op{"aten::zeros", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt()});
}
inline Tensor zeros(IntArrayRef size, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory) {
  static ::sconce::Op sconce_op{"aten::zeros", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {size, dtype, layout, device, pin_memory});
}
inline Tensor zeros_like(const Tensor& self, TensorOptions options = {}, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::zeros_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), options.device_opt(), options.pinned_memory_opt(), memory_format});
}
inline Tensor zeros_like(const Tensor& self, std::optional<ScalarType> dtype, std::optional<Layout> layout, std::optional<Device> device, std::optional<bool> pin_memory, std::optional<MemoryFormat> memory_format = std::nullopt) {
  static ::sconce::Op sconce_op{"aten::zeros_like", ""};
  return ::sconce::invoke<Tensor>(sconce_op, {self, dtype, layout, device, pin_memory, memory_format});
}

} // namespace at
