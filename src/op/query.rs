//! Questions about tensors: sizes, dtypes, properties, and whether two are alike.

use super::elementwise::{apply_tensors, Promote, Spec};
use super::Op;
use crate::base::{Complex64, DType, MemoryFormat, Scalar};
use crate::tensor::is_non_overlapping_and_dense;
use crate::value::IValue;
use crate::{ensure, op, test2, Device, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::size.int(Tensor self, int dim) -> int", size_int(_, _)),
    op!("aten::size(Tensor self) -> int[]", size(_)),
    op!("aten::stride.int(Tensor self, int dim) -> int", stride_int(_, _)),
    op!("aten::stride(Tensor self) -> int[]", stride(_)),
    op!("aten::sym_size.int(Tensor self, int dim) -> int", size_int(_, _)),
    op!("aten::sym_size(Tensor self) -> int[]", size(_)),
    op!("aten::sym_numel(Tensor self) -> int", numel(_)),
    op!("aten::sym_stride.int(Tensor self, int dim) -> SymInt", stride_int(_, _)),
    op!("aten::sym_stride(Tensor self) -> SymInt[]", stride(_)),
    op!("aten::sym_storage_offset(Tensor self) -> SymInt", storage_offset(_)),
    op!("aten::_debug_has_internal_overlap(Tensor self) -> int", internal_overlap(_)),
    op!("aten::_has_compatible_shallow_copy_type(Tensor self, Tensor from) -> bool", same_kind(_, _)),
    op!("aten::is_vulkan_available() -> bool", unavailable()),
    op!("aten::_get_cpu_capability() -> str", cpu_capability()),
    op!("aten::dim(Tensor self) -> int", dim(_)),
    op!("aten::numel(Tensor self) -> int", numel(_)),
    op!("aten::storage_offset(Tensor self) -> int", storage_offset(_)),
    op!("aten::element_size(Tensor self) -> int", element_size(_)),
    op!("aten::item(Tensor self) -> Scalar", item(_)),
    op!("aten::_local_scalar_dense(Tensor self) -> Scalar", item(_)),
    op!("aten::_version(Tensor self) -> int", version(_)),
    op!("aten::output_nr(Tensor self) -> int", zero_int(_)),
    op!("aten::get_device(Tensor self) -> int", get_device(_)),
    op!("aten::is_complex(Tensor self) -> bool", is_complex(_)),
    op!("aten::is_floating_point(Tensor self) -> bool", is_floating_point(_)),
    op!("aten::is_signed(Tensor self) -> bool", is_signed(_)),
    op!("aten::is_contiguous(Tensor self) -> bool", is_contiguous(_)),
    op!("aten::is_contiguous.memory_format(Tensor self, MemoryFormat memory_format) -> bool", is_contiguous_in(_, _)),
    op!("aten::is_non_overlapping_and_dense(Tensor self) -> bool", is_dense(_)),
    op!("aten::is_strides_like_format(Tensor self, MemoryFormat memory_format) -> bool", is_strides_like(_, _)),
    op!("aten::is_same_size(Tensor self, Tensor other) -> bool", is_same_size(_, _)),
    op!("aten::is_set_to(Tensor self, Tensor tensor) -> bool", is_set_to(_, _)),
    op!("aten::is_nonzero(Tensor self) -> bool", is_nonzero(_)),
    op!("aten::is_conj(Tensor self) -> bool", is_conj(_)),
    op!("aten::is_neg(Tensor self) -> bool", is_neg(_)),
    op!("aten::is_inference(Tensor self) -> bool", no(_)),
    op!("aten::is_distributed(Tensor self) -> bool", no(_)),
    op!("aten::is_leaf(Tensor self) -> bool", is_leaf(_)),
    op!("aten::is_pinned(Tensor self, Device? device=None) -> bool", is_pinned(_, _)),
    op!("aten::retains_grad(Tensor self) -> bool", no(_)),
    op!("aten::retain_grad(Tensor(a!) self) -> ()", nothing(_)),
    op!("aten::equal(Tensor self, Tensor other) -> bool", equal(_, _)),
    op!(
        "aten::isclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, \
         bool equal_nan=False) -> Tensor",
        isclose(_, _, _, _, _)
    ),
    op!(
        "aten::allclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, \
         bool equal_nan=False) -> bool",
        allclose(_, _, _, _, _)
    ),
    op!("aten::promote_types(ScalarType type1, ScalarType type2) -> ScalarType", promote_types(_, _)),
    op!("aten::can_cast(ScalarType from_, ScalarType to) -> bool", can_cast(_, _)),
    op!("aten::len.Tensor(Tensor t) -> int", len(_)),
    op!("prim::device(Tensor a) -> Device", device(_)),
    op!("prim::dtype(Tensor a) -> int", dtype(_)),
    op!("prim::grad(Tensor a) -> Tensor(*)", no_grad(_)),
    op!("prim::is_cpu(Tensor a) -> bool", is_cpu(_)),
    op!("prim::is_cuda(Tensor a) -> bool", no(_)),
    op!("prim::is_ipu(Tensor a) -> bool", no(_)),
    op!("prim::is_maia(Tensor a) -> bool", no(_)),
    // the name that is_maia had up to 2.3
    op!("prim::is_ort(Tensor a) -> bool", no(_)),
    op!("prim::is_meta(Tensor a) -> bool", is_meta(_)),
    op!("prim::is_mkldnn(Tensor a) -> bool", is_mkldnn(_)),
    op!("prim::is_mps(Tensor a) -> bool", no(_)),
    op!("prim::is_mtia(Tensor a) -> bool", no(_)),
    op!("prim::is_nested(Tensor a) -> bool", is_nested(_)),
    op!("prim::is_quantized(Tensor a) -> bool", is_quantized(_)),
    op!("prim::is_sparse(Tensor a) -> bool", is_sparse(_)),
    op!("prim::is_sparse_csr(Tensor a) -> bool", is_sparse_csr(_)),
    op!("prim::is_vulkan(Tensor a) -> bool", no(_)),
    op!("prim::is_xla(Tensor a) -> bool", no(_)),
    op!("prim::is_xpu(Tensor a) -> bool", no(_)),
    op!("prim::itemsize(Tensor a) -> int", element_size(_)),
    op!("prim::layout(Tensor a) -> Layout", layout(_)),
    op!("prim::name(Tensor a) -> str?", no_name(_)),
    op!("prim::nbytes(Tensor a) -> int", nbytes(_)),
    op!("prim::requires_grad(Tensor a) -> bool", requires_grad(_)),
];

fn is_conj(x: Tensor) -> Result<bool> {
    Ok(x.lazy().conj)
}

fn is_neg(x: Tensor) -> Result<bool> {
    Ok(x.lazy().neg)
}

pub(super) fn size(x: Tensor) -> Result<Vec<i64>> {
    Ok(x.sizes().to_vec())
}
pub(super) fn size_int(x: Tensor, dim: i64) -> Result<i64> {
    x.size(dim)
}
pub(super) fn stride(x: Tensor) -> Result<Vec<i64>> {
    Ok(x.strides().to_vec())
}
pub(super) fn stride_int(x: Tensor, dim: i64) -> Result<i64> {
    x.size(dim)?;
    Ok(x.strides()[crate::base::wrap_dim(dim, x.dim())?])
}
/// Whether elements share memory: 0 for no, 1 for yes, 2 where nobody has looked so closely.
fn internal_overlap(x: Tensor) -> Result<i64> {
    if is_non_overlapping_and_dense(x.sizes(), x.strides()) {
        return Ok(0);
    }
    let repeats = x.sizes().iter().zip(x.strides()).any(|(n, s)| *n > 1 && *s == 0);
    Ok(if repeats { 1 } else { 2 })
}
fn same_kind(x: Tensor, other: Tensor) -> Result<bool> {
    Ok(x.layout() == other.layout() && x.device() == other.device())
}
/// The name of the widest vectors that kernels use.
fn cpu_capability() -> Result<&'static str> {
    use crate::kernel::simd::{isa, Isa};
    Ok(match isa() {
        Isa::Avx512 => "AVX512",
        Isa::Avx2 => "AVX2",
        _ => "DEFAULT",
    })
}
fn unavailable() -> Result<bool> {
    Ok(false)
}
pub(super) fn dim(x: Tensor) -> Result<i64> {
    Ok(x.dim() as i64)
}
pub(super) fn numel(x: Tensor) -> Result<i64> {
    Ok(x.numel() as i64)
}
pub(super) fn storage_offset(x: Tensor) -> Result<i64> {
    Ok(x.storage_offset() as i64)
}
pub(super) fn element_size(x: Tensor) -> Result<i64> {
    Ok(x.dtype().itemsize() as i64)
}
pub(super) fn nbytes(x: Tensor) -> Result<i64> {
    Ok((x.numel() * x.dtype().itemsize()) as i64)
}
pub(super) fn item(x: Tensor) -> Result<Scalar> {
    x.item()
}
pub(super) fn version(x: Tensor) -> Result<i64> {
    Ok(x.storage().version() as i64)
}
pub(super) fn zero_int(_: Tensor) -> Result<i64> {
    Ok(0)
}
pub(super) fn get_device(x: Tensor) -> Result<i64> {
    Ok(x.device().index.map_or(-1, i64::from))
}
pub(super) fn device(x: Tensor) -> Result<Device> {
    Ok(x.device())
}
pub(super) fn dtype(x: Tensor) -> Result<i64> {
    Ok(x.dtype().code())
}
pub(super) fn layout(x: Tensor) -> Result<i64> {
    Ok(x.layout() as i64)
}
fn is_nested(x: Tensor) -> Result<bool> {
    Ok(x.nested_parts().is_some())
}
pub(super) fn no(_: Tensor) -> Result<bool> {
    Ok(false)
}
pub(super) fn is_pinned(_: Tensor, _: Option<Device>) -> Result<bool> {
    Ok(false)
}
pub(super) fn nothing(_: Tensor) -> Result<()> {
    Ok(())
}
pub(super) fn no_name(_: Tensor) -> Result<IValue> {
    Ok(IValue::None)
}
pub(super) fn no_grad(_: Tensor) -> Result<IValue> {
    Ok(IValue::None)
}
pub(super) fn is_cpu(x: Tensor) -> Result<bool> {
    Ok(x.device().is_cpu())
}
pub(super) fn is_meta(x: Tensor) -> Result<bool> {
    Ok(x.is_meta())
}
pub(super) fn is_quantized(x: Tensor) -> Result<bool> {
    Ok(x.quantizer().is_some())
}
pub(super) fn is_sparse(x: Tensor) -> Result<bool> {
    Ok(x.layout() == crate::Layout::Sparse)
}
pub(super) fn is_sparse_csr(x: Tensor) -> Result<bool> {
    Ok(x.layout() == crate::Layout::SparseCsr)
}
pub(super) fn is_mkldnn(x: Tensor) -> Result<bool> {
    Ok(x.layout() == crate::Layout::Mkldnn)
}
pub(super) fn requires_grad(x: Tensor) -> Result<bool> {
    Ok(x.requires_grad())
}
pub(super) fn is_leaf(_: Tensor) -> Result<bool> {
    Ok(true)
}
pub(super) fn is_complex(x: Tensor) -> Result<bool> {
    Ok(x.dtype().is_complex())
}
pub(super) fn is_floating_point(x: Tensor) -> Result<bool> {
    Ok(x.dtype().is_floating_point())
}
pub(super) fn is_signed(x: Tensor) -> Result<bool> {
    Ok(x.dtype().is_signed())
}
pub(super) fn is_contiguous(x: Tensor) -> Result<bool> {
    Ok(x.is_contiguous())
}
pub(super) fn is_contiguous_in(x: Tensor, format: MemoryFormat) -> Result<bool> {
    Ok(x.is_contiguous_in(format))
}
pub(super) fn is_dense(x: Tensor) -> Result<bool> {
    Ok(is_non_overlapping_and_dense(x.sizes(), x.strides()))
}
pub(super) fn is_strides_like(x: Tensor, format: MemoryFormat) -> Result<bool> {
    Ok(x.suggest_memory_format() == format)
}
pub(super) fn is_same_size(x: Tensor, other: Tensor) -> Result<bool> {
    Ok(x.sizes() == other.sizes())
}
pub(super) fn is_set_to(x: Tensor, other: Tensor) -> Result<bool> {
    Ok(x.shares_storage(&other)
        && x.storage_offset() == other.storage_offset()
        && x.sizes() == other.sizes()
        && x.strides() == other.strides())
}
pub(super) fn is_nonzero(x: Tensor) -> Result<bool> {
    ensure!(x.numel() != 0, "Boolean value of Tensor with no values is ambiguous");
    ensure!(x.numel() == 1, "Boolean value of Tensor with more than one value is ambiguous");
    Ok(x.item()?.to_bool())
}
/// The length of the first dimension.
pub(super) fn len(x: Tensor) -> Result<i64> {
    ensure!(x.dim() > 0, "len() of a 0-d tensor");
    Ok(x.sizes()[0])
}

/// Whether all elements are equal; NaN is not equal to itself.
pub(super) fn equal(x: Tensor, other: Tensor) -> Result<bool> {
    ensure!(
        x.dtype() == other.dtype(),
        "Expected object of scalar type {} but got scalar type {} for argument 'other'",
        x.dtype(),
        other.dtype()
    );
    if x.sizes() != other.sizes() {
        return Ok(false);
    }
    if x.dtype().is_integral(true) {
        return Ok(x.to_vec::<i64>()? == other.to_vec::<i64>()?);
    }
    Ok(x.to_vec::<Complex64>()? == other.to_vec::<Complex64>()?)
}

pub(super) fn isclose(x: Tensor, other: Tensor, rtol: f64, atol: f64, equal_nan: bool) -> Result<Tensor> {
    ensure!(x.dtype() == other.dtype(), "{} did not match {}", x.dtype().name(), other.dtype().name());
    ensure!(rtol >= 0.0, "rtol must be greater than or equal to zero, but got {rtol}");
    ensure!(atol >= 0.0, "atol must be greater than or equal to zero, but got {atol}");
    let params = [rtol.into(), atol.into(), (equal_nan as i64 as f64).into()];
    if x.dtype().is_complex() || x.dtype() == DType::F64 {
        return apply_tensors(&ISCLOSE, &[&x, &other], &params);
    }
    apply_tensors(&ISCLOSE, &[&x.to_dtype(DType::F64)?, &other.to_dtype(DType::F64)?], &params)
}

pub(super) fn allclose(x: Tensor, other: Tensor, rtol: f64, atol: f64, equal_nan: bool) -> Result<bool> {
    Ok(isclose(x, other, rtol, atol, equal_nan)?.to_vec::<bool>()?.iter().all(|v| *v))
}

static ISCLOSE: Spec = Spec::new("isclose", 2, Promote::Bool)
    .test_f64(test2!(f64, |a, b, p| {
        a == b || (p[2] != 0.0 && a.is_nan() && b.is_nan()) || {
            let error = (a - b).abs();
            error.is_finite() && error <= p[1] + (p[0] * b).abs()
        }
    }))
    .test_complex(test2!(Complex64, |a, b, p| {
        a == b || (p[2].re != 0.0 && a.is_nan() && b.is_nan()) || {
            let error = (a - b).norm();
            error.is_finite() && error <= p[1].re + p[0].re * b.norm()
        }
    }));

pub(super) fn promote_types(a: DType, b: DType) -> Result<i64> {
    Ok(crate::base::promote_types(a, b).code())
}

pub(super) fn can_cast(from: DType, to: DType) -> Result<bool> {
    Ok(from.can_cast(to))
}
