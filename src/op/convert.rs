//! Changing dtype, device or layout, copying, and filling.

use super::create::{check_layout, like_strides, no_device};
use super::Op;
use crate::base::{DType, Device, DeviceType, Dims, Layout, MemoryFormat, Scalar};
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::to.device(Tensor(a) self, Device device, ScalarType dtype, bool non_blocking=False, \
         bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)",
        to_device(_, _, _, _, _, _)
    ),
    op!(
        "aten::to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, \
         MemoryFormat? memory_format=None) -> Tensor(a)",
        to_dtype(_, _, _, _, _)
    ),
    op!(
        "aten::to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, \
         MemoryFormat? memory_format=None) -> Tensor(a)",
        to_other(_, _, _, _, _)
    ),
    op!(
        "aten::to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, \
         MemoryFormat? memory_format=None) -> Tensor(a)",
        to_dtype_layout(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::to.prim_Device(Tensor(a) self, Device? device, int? dtype=None, bool non_blocking=False, \
         bool copy=False) -> Tensor(b|a)",
        to_prim_device(_, _, _, _, _)
    ),
    op!(
        "aten::to.prim_dtype(Tensor(a) self, int? dtype=None, bool non_blocking=False, \
         bool copy=False) -> Tensor(b|a)",
        to_prim_dtype(_, _, _, _)
    ),
    op!(
        "aten::to.prim_other(Tensor(a) self, bool non_blocking=False, bool copy=False) -> Tensor(b|a)",
        to_prim_other(_, _, _)
    ),
    op!(
        "aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor",
        to_copy(_, _, _, _, _, _, _), out "out"),
    op!("aten::chalf(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor", complex_half(_, _)),
    op!("aten::type_as(Tensor self, Tensor other) -> Tensor", type_as(_, _), tags[MayAlias]),
    op!("aten::cpu(Tensor(a) self) -> Tensor(b|a)", cpu(_)),
    op!("aten::cuda(Tensor(a) self) -> Tensor(b|a)", cuda(_)),
    op!("aten::_cast_Byte(Tensor self, bool non_blocking=False) -> Tensor", cast_byte(_, _), tags[MayAlias]),
    op!("aten::_cast_Char(Tensor self, bool non_blocking=False) -> Tensor", cast_char(_, _), tags[MayAlias]),
    op!("aten::_cast_Short(Tensor self, bool non_blocking=False) -> Tensor", cast_short(_, _), tags[MayAlias]),
    op!("aten::_cast_Int(Tensor self, bool non_blocking=False) -> Tensor", cast_int(_, _), tags[MayAlias]),
    op!("aten::_cast_Long(Tensor self, bool non_blocking=False) -> Tensor", cast_long(_, _), tags[MayAlias]),
    op!("aten::_cast_Half(Tensor self, bool non_blocking=False) -> Tensor", cast_half(_, _), tags[MayAlias]),
    op!("aten::_cast_Float(Tensor self, bool non_blocking=False) -> Tensor", cast_float(_, _), tags[MayAlias]),
    op!("aten::_cast_Double(Tensor self, bool non_blocking=False) -> Tensor", cast_double(_, _), tags[MayAlias]),
    op!("aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor", clone(_, _), out "out", tags[CopiedOut]),
    op!("aten::copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)", copy_(_, _, _)),
    op!("aten::copy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", copy_tensor_(_, _)),
    op!("aten::copy_.int(Tensor(a!) self, int other) -> Tensor(a!)", copy_number_(_, _)),
    op!("aten::copy_.float(Tensor(a!) self, float other) -> Tensor(a!)", copy_number_(_, _)),
    op!("aten::fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)", fill_(_, _)),
    op!("aten::fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)", fill_tensor_(_, _)),
    op!("aten::zero_(Tensor(a!) self) -> Tensor(a!)", zero_(_)),
    op!("aten::copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor", copy(_, _, _), out "out"),
    op!("aten::fill.Scalar(Tensor self, Scalar value) -> Tensor", fill(_, _), out "Scalar_out", tags[CopiedOut]),
    op!("aten::fill.Tensor(Tensor self, Tensor value) -> Tensor", fill_tensor(_, _), out "Tensor_out"),
    op!("aten::zero(Tensor self) -> Tensor", zero(_), out "out"),
    op!(
        "aten::resize_(Tensor(a!) self, int[] size, *, MemoryFormat? memory_format=None) -> Tensor(a!)",
        resize_(_, _, _)
    ),
    op!(
        "aten::resize_as_(Tensor(a!) self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(a!)",
        resize_as_(_, _, _)
    ),
    op!("aten::resize(Tensor self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor", resize(_, _, _), out "out"),
    op!(
        "aten::resize_as(Tensor self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor",
        resize_as(_, _, _), out "out"
    ),
    op!("aten::_resize_output(Tensor self, SymInt[] size, Device device) -> Tensor", resize_output(_, _, _), inplace, out "out"),
    op!("aten::set(Tensor self) -> Tensor", set(_), out "out"),
    op!("aten::set.source_Tensor(Tensor self, Tensor source) -> Tensor", set_tensor(_, _), out "source_Tensor_out", tags[MayAlias]),
    op!(
        "aten::slice_inverse(Tensor(a) self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> \
         Tensor(a)",
        slice_inverse(_, _, _, _, _, _)
    ),
    op!("aten::set_(Tensor(a!) self) -> Tensor(a!)", set_(_)),
    op!("aten::set_.source_Tensor(Tensor(a!) self, Tensor source) -> Tensor(a!)", set_tensor_(_, _)),
    op!(
        "aten::set_.source_Tensor_storage_offset(Tensor(a!) self, Tensor source, int storage_offset, \
         int[] size, int[] stride=[]) -> Tensor(a!)",
        set_strided_(_, _, _, _, _)
    ),
    op!("aten::set_data(Tensor(a!) self, Tensor new_data) -> ()", set_data(_, _)),
    op!("aten::view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)", view_dtype(_, _)),
    op!("aten::view_as_real(Tensor(a) self) -> Tensor(a)", view_as_real(_)),
    op!("aten::view_as_complex(Tensor(a) self) -> Tensor(a)", view_as_complex(_)),
    op!("aten::view_as_real_copy(Tensor self) -> Tensor", view_as_real_copy(_), out "out"),
    op!("aten::view_as_complex_copy(Tensor self) -> Tensor", view_as_complex_copy(_), out "out"),
    op!("aten::real(Tensor(a) self) -> Tensor(a)", real(_)),
    op!("aten::imag(Tensor(a) self) -> Tensor(a)", imag(_)),
    op!("aten::conj(Tensor(a) self) -> Tensor(a)", conj_view(_)),
    op!("aten::_conj(Tensor(a) self) -> Tensor(a)", conj_view(_)),
    op!("aten::_conj_copy(Tensor self) -> Tensor", conj(_), out "out"),
    op!("aten::_neg_view(Tensor(a) self) -> Tensor(a)", neg_view(_)),
    op!("aten::_neg_view_copy(Tensor self) -> Tensor", neg_view_copy(_), out "out"),
    op!("aten::resolve_conj(Tensor(a) self) -> Tensor(a)", resolve_conj(_)),
    op!("aten::resolve_neg(Tensor(a) self) -> Tensor(a)", resolve_neg(_)),
    op!("aten::positive(Tensor(a) self) -> Tensor(a)", positive(_)),
    op!("aten::lift(Tensor self) -> Tensor", same(_), out "out", tags[MayAlias]),
    op!("aten::lift_fresh(Tensor(a) self) -> Tensor(a)", same(_)),
    op!("aten::lift_fresh_copy(Tensor self) -> Tensor", copy_of(_), out "out"),
    op!("aten::data(Tensor self) -> Tensor", same(_)),
    op!("aten::requires_grad_(Tensor(a!) self, bool requires_grad=True) -> Tensor(a!)", requires_grad_(_, _)),
    op!("aten::_reshape_from_tensor(Tensor self, Tensor shape) -> Tensor", reshape_from_tensor(_, _)),
];

/// `x` itself when it already has the dtype, device and memory format and no copy is asked for; else a copy.
pub fn to(
    x: Tensor,
    dtype: Option<DType>,
    device: Option<Device>,
    copy: bool,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(x.dtype());
    let kind = device.map_or(x.device().kind, |d| d.kind);
    let formatted = match format {
        None | Some(MemoryFormat::Preserve) => true,
        Some(format) => x.is_contiguous_in(format),
    };
    if !copy && dtype == x.dtype() && kind == x.device().kind && formatted {
        return Ok(x);
    }
    match kind {
        DeviceType::Cpu => {}
        DeviceType::Meta => return Tensor::without_data(x.sizes(), &like_strides(&x, format)?, dtype, Device::META),
        _ => return Err(no_device(device)),
    }
    if x.quantizer().is_some() {
        if dtype != x.dtype() {
            return Err(Error::unsupported("changing the dtype of a quantized tensor"));
        }
        return x.deep_clone();
    }
    if x.sparse_parts().is_some() {
        return super::sparse::copy_in(&x, dtype);
    }
    ensure!(!x.is_meta(), "Cannot copy out of meta tensor; no data!");
    let out = Tensor::empty_strided(x.sizes(), &like_strides(&x, format)?, dtype)?;
    out.copy_from(&x)?;
    Ok(out)
}

pub(super) fn to_dtype(x: Tensor, dtype: DType, _: bool, copy: bool, format: Option<MemoryFormat>) -> Result<Tensor> {
    to(x, Some(dtype), None, copy, format)
}

pub(super) fn to_dtype_layout(
    x: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
    _non_blocking: bool,
    copy: bool,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    if layout.is_some_and(|l| l != x.layout()) {
        check_layout(layout)?;
        return Err(Error::unsupported("changing the layout of a tensor"));
    }
    to(x, dtype, device, copy, format)
}

pub(super) fn to_device(
    x: Tensor,
    device: Device,
    dtype: DType,
    _: bool,
    copy: bool,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    to(x, Some(dtype), Some(device), copy, format)
}

pub(super) fn to_other(x: Tensor, other: Tensor, _: bool, copy: bool, format: Option<MemoryFormat>) -> Result<Tensor> {
    to(x, Some(other.dtype()), Some(other.device()), copy, format)
}

pub(super) fn to_prim_device(
    x: Tensor,
    device: Option<Device>,
    dtype: Option<DType>,
    _: bool,
    copy: bool,
) -> Result<Tensor> {
    to(x, dtype, device, copy, None)
}

pub(super) fn to_prim_dtype(x: Tensor, dtype: Option<DType>, _: bool, copy: bool) -> Result<Tensor> {
    to(x, dtype, None, copy, None)
}

pub(super) fn to_prim_other(x: Tensor, _: bool, copy: bool) -> Result<Tensor> {
    to(x, None, None, copy, None)
}

pub(super) fn to_copy(
    x: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    pin: Option<bool>,
    non_blocking: bool,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    to_dtype_layout(x, dtype, layout, device, pin, non_blocking, true, format)
}

fn complex_half(x: Tensor, format: Option<MemoryFormat>) -> Result<Tensor> {
    to_dtype(x, DType::C32, false, false, format)
}

pub(super) fn type_as(x: Tensor, other: Tensor) -> Result<Tensor> {
    to(x, Some(other.dtype()), Some(other.device()), false, None)
}

pub(super) fn cpu(x: Tensor) -> Result<Tensor> {
    to(x, None, Some(Device::CPU), false, None)
}

pub(super) fn cuda(_: Tensor) -> Result<Tensor> {
    Err(no_device("cuda".parse().ok()))
}

pub(super) fn cast_byte(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::U8), None, false, None)
}
pub(super) fn cast_char(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::I8), None, false, None)
}
pub(super) fn cast_short(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::I16), None, false, None)
}
pub(super) fn cast_int(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::I32), None, false, None)
}
pub(super) fn cast_long(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::I64), None, false, None)
}
pub(super) fn cast_half(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::F16), None, false, None)
}
pub(super) fn cast_float(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::F32), None, false, None)
}
pub(super) fn cast_double(x: Tensor, _: bool) -> Result<Tensor> {
    to(x, Some(DType::F64), None, false, None)
}

/// A copy with its own memory, in the same or the given memory format.
pub(super) fn clone(x: Tensor, format: Option<MemoryFormat>) -> Result<Tensor> {
    if x.is_meta() {
        return Ok(x.alias());
    }
    match format {
        None | Some(MemoryFormat::Preserve) => x.deep_clone(),
        format => to(x, None, None, true, format),
    }
}

pub(super) fn copy_(x: Tensor, src: Tensor, _: bool) -> Result<Tensor> {
    check_writable(&x)?;
    if x.sizes() != src.sizes() {
        let shape = crate::base::broadcast_shapes(x.sizes(), src.sizes())?;
        ensure!(
            shape[..] == *x.sizes(),
            "output with shape {:?} doesn't match the broadcast shape {:?}",
            x.sizes(),
            &shape[..]
        );
    }
    if !src.same_place(&x) {
        crate::tensor::tile::check_no_overlap(&src, &x)?;
    }
    x.copy_from(&src)?;
    Ok(x)
}

pub(super) fn copy_tensor_(x: Tensor, src: Tensor) -> Result<Tensor> {
    copy_(x, src, false)
}

pub(super) fn fill_(x: Tensor, value: Scalar) -> Result<Tensor> {
    // elements that share memory get the same value
    value.check_fits(x.dtype())?;
    x.fill(value)?;
    Ok(x)
}

pub(super) fn fill_tensor_(x: Tensor, value: Tensor) -> Result<Tensor> {
    ensure!(
        value.dim() == 0,
        "fill_ only supports 0-dimension value tensor but got tensor with {} dimensions.",
        value.dim()
    );
    let value = value.item()?;
    fill_(x, value)
}

pub(super) fn zero_(x: Tensor) -> Result<Tensor> {
    fill_(x, Scalar::Int(0))
}

pub(super) fn copy(x: Tensor, src: Tensor, non_blocking: bool) -> Result<Tensor> {
    copy_(x.deep_clone()?, src, non_blocking)
}

pub(super) fn fill(x: Tensor, value: Scalar) -> Result<Tensor> {
    fill_(x.deep_clone()?, value)
}

pub(super) fn fill_tensor(x: Tensor, value: Tensor) -> Result<Tensor> {
    fill_tensor_(x.deep_clone()?, value)
}

pub(super) fn zero(x: Tensor) -> Result<Tensor> {
    fill_(x.deep_clone()?, Scalar::Int(0))
}

fn check_writable(x: &Tensor) -> Result<()> {
    crate::tensor::tile::check_no_internal_overlap(x)
}

/// Elements beyond the old ones are unspecified. The storage grows when it must.
pub(super) fn resize_(x: Tensor, sizes: Vec<i64>, format: Option<MemoryFormat>) -> Result<Tensor> {
    let strides: Dims = match format {
        Some(MemoryFormat::ChannelsLast) if sizes.len() != 4 => {
            bail!("required rank 4 tensor to use channels_last format")
        }
        Some(MemoryFormat::ChannelsLast3d) if sizes.len() != 5 => {
            bail!("required rank 5 tensor to use channels_last_3d format")
        }
        Some(MemoryFormat::ChannelsLast | MemoryFormat::ChannelsLast3d) => crate::tensor::channels_last_strides(&sizes),
        _ => crate::base::contiguous_strides(&sizes),
    };
    let mut geometry = x.geometry().clone();
    (geometry.sizes, geometry.strides) = (sizes.as_slice().into(), strides);
    if x.replace_geometry(geometry).is_ok() {
        return Ok(x);
    }
    let fresh = Tensor::empty(&sizes, x.dtype())?;
    let keep = x.numel().min(fresh.numel()) as i64;
    let flat = x.as_strided(&[keep], &[1], None).or_else(|_| x.reshape(&[-1])?.narrow(0, 0, keep))?;
    fresh.view(&[-1])?.narrow(0, 0, keep)?.copy_from(&flat)?;
    x.replace_geometry(fresh.geometry().clone())?;
    Ok(x)
}

pub(super) fn resize_as_(x: Tensor, like: Tensor, format: Option<MemoryFormat>) -> Result<Tensor> {
    resize_(x, like.sizes().to_vec(), format)
}

/// A copy of another size.
fn resize(x: Tensor, sizes: Vec<i64>, format: Option<MemoryFormat>) -> Result<Tensor> {
    resize_(x.deep_clone()?, sizes, format)
}

fn resize_as(x: Tensor, like: Tensor, format: Option<MemoryFormat>) -> Result<Tensor> {
    resize(x, like.sizes().to_vec(), format)
}

/// PyTorch has this for meta tensors only.
fn resize_output(_: Tensor, _: Vec<i64>, _: Device) -> Result<Tensor> {
    bail!("Could not run 'aten::_resize_output_' with arguments from the 'CPU' backend.")
}

/// A tensor of no elements.
fn set(x: Tensor) -> Result<Tensor> {
    Tensor::empty(&[0], x.dtype())
}

/// A view of all of `source`, in the dtype that both have.
fn set_tensor(x: Tensor, source: Tensor) -> Result<Tensor> {
    set_tensor_(Tensor::empty(&[0], x.dtype())?, source)
}

/// What `self` is a slice of, seen with the sizes of `source` over the memory of `self`.
fn slice_inverse(x: Tensor, source: Tensor, _: i64, _: Option<i64>, _: Option<i64>, _: i64) -> Result<Tensor> {
    x.as_strided(source.sizes(), source.strides(), Some(source.storage_offset() as i64))
}

/// `self` becomes a view of `source`'s memory.
pub(super) fn set_tensor_(x: Tensor, source: Tensor) -> Result<Tensor> {
    ensure!(
        x.dtype() == source.dtype(),
        "Could not set tensor of type {} to a tensor of type {}",
        source.dtype(),
        x.dtype()
    );
    x.replace_geometry(source.geometry().clone())?;
    Ok(x)
}

pub(super) fn set_(x: Tensor) -> Result<Tensor> {
    x.replace_geometry(Tensor::empty(&[0], x.dtype())?.geometry().clone())?;
    Ok(x)
}

pub(super) fn set_data(x: Tensor, data: Tensor) -> Result<()> {
    set_tensor_(x, data).map(|_| ())
}

pub(super) fn set_strided_(
    x: Tensor,
    source: Tensor,
    offset: i64,
    sizes: Vec<i64>,
    strides: Vec<i64>,
) -> Result<Tensor> {
    let strides: Dims = if strides.is_empty() { crate::base::contiguous_strides(&sizes) } else { strides.into() };
    let view = source.as_strided(&sizes, &strides, Some(offset))?;
    set_tensor_(x, view)
}

/// The real numbers of a complex tensor as a last dimension of 2; a view.
pub(super) fn view_as_real(x: Tensor) -> Result<Tensor> {
    ensure!(x.dtype().is_complex(), "view_as_real is only supported for complex tensors");
    ensure!(
        !x.lazy().conj,
        "view_as_real doesn't work on unresolved conjugated tensors.  To resolve the conjugate tensor so you can view it \
         as real, use self.resolve_conj(); however, be warned that the resulting tensor will NOT alias the original."
    );
    let sizes: Dims = x.sizes().iter().copied().chain([2]).collect();
    let strides: Dims = x.strides().iter().map(|s| s * 2).chain([1]).collect();
    let parts =
        Tensor::from_storage(x.storage().clone(), x.storage_offset() * 2, &sizes, &strides, x.dtype().to_real())?;
    Ok(if x.lazy().neg { parts.neg_view() } else { parts })
}

/// A last dimension of 2 as real and imaginary part; a view.
pub(super) fn view_as_complex(x: Tensor) -> Result<Tensor> {
    ensure!(
        matches!(x.dtype(), DType::F16 | DType::F32 | DType::F64),
        "view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: {}",
        x.dtype()
    );
    ensure!(x.dim() > 0, "Input tensor must have one or more dimensions");
    let (sizes, strides) = (x.sizes(), x.strides());
    let last = sizes.len() - 1;
    ensure!(sizes[last] == 2, "Tensor must have a last dimension of size 2");
    ensure!(strides[last] == 1, "Tensor must have a last dimension with stride 1");
    ensure!(
        strides[..last].iter().zip(sizes).all(|(s, n)| s % 2 == 0 || *n == 1),
        "Tensor must have a stride divisible by 2 for all but last dimension"
    );
    ensure!(x.storage_offset() % 2 == 0, "Tensor must have a storage_offset divisible by 2");
    let halved: Dims = strides[..last].iter().map(|s| s / 2).collect();
    let (storage, offset) = (x.storage().clone(), x.storage_offset() / 2);
    let joined = Tensor::from_storage(storage, offset, &sizes[..last], &halved, x.dtype().to_complex())?;
    Ok(if x.lazy().neg { joined.neg_view() } else { joined })
}

/// A view of the real parts; `self` for real tensors.
pub(super) fn real(x: Tensor) -> Result<Tensor> {
    if !x.dtype().is_complex() {
        return Ok(x);
    }
    let x = if x.lazy().conj { x.conj_view() } else { x };
    view_as_real(x)?.select(-1, 0)
}

/// A view of the imaginary parts.
pub(super) fn imag(x: Tensor) -> Result<Tensor> {
    ensure!(x.dtype().is_complex(), "imag is not implemented for tensors with non-complex dtypes.");
    if x.lazy().conj {
        return Ok(view_as_real(x.conj_view())?.select(-1, 1)?.neg_view());
    }
    view_as_real(x)?.select(-1, 1)
}

/// `self` for real tensors, else a view that reads as the conjugate.
pub(super) fn conj_view(x: Tensor) -> Result<Tensor> {
    Ok(if x.dtype().is_complex() { x.conj_view() } else { x })
}

fn neg_view(x: Tensor) -> Result<Tensor> {
    Ok(x.neg_view())
}

fn neg_view_copy(x: Tensor) -> Result<Tensor> {
    x.neg_view().resolved()
}

fn resolve_conj(x: Tensor) -> Result<Tensor> {
    if x.lazy().conj {
        x.resolved()
    } else {
        Ok(x)
    }
}

fn resolve_neg(x: Tensor) -> Result<Tensor> {
    if x.lazy().neg {
        x.resolved()
    } else {
        Ok(x)
    }
}

/// The conjugate, computed at once: for use inside operators. `self` for real tensors.
pub(super) fn conj(x: Tensor) -> Result<Tensor> {
    if !x.dtype().is_complex() {
        return Ok(x);
    }
    super::elementwise::apply_tensors(&super::pointwise::math::CONJ_PHYSICAL, &[&x], &[])
}

pub(super) fn positive(x: Tensor) -> Result<Tensor> {
    ensure!(x.dtype() != DType::Bool, "The `+` operator, on a bool tensor is not supported.");
    Ok(x)
}

pub(super) fn same(x: Tensor) -> Result<Tensor> {
    Ok(x)
}

pub(super) fn copy_of(x: Tensor) -> Result<Tensor> {
    x.deep_clone()
}

pub(super) fn view_as_real_copy(x: Tensor) -> Result<Tensor> {
    view_as_real(x)?.deep_clone()
}

pub(super) fn view_as_complex_copy(x: Tensor) -> Result<Tensor> {
    view_as_complex(x)?.deep_clone()
}

pub(super) fn requires_grad_(x: Tensor, on: bool) -> Result<Tensor> {
    ensure!(
        !on || x.dtype().is_floating_point() || x.dtype().is_complex(),
        "Only Tensors of floating point and complex dtype can require gradients"
    );
    x.set_requires_grad(on);
    Ok(x)
}

/// The same elements seen as another dtype: the last dimension grows or shrinks with the element size.
pub(super) fn view_dtype(x: Tensor, dtype: DType) -> Result<Tensor> {
    let (from, into) = (x.dtype().itemsize(), dtype.itemsize());
    if x.dtype().is_quantized() || dtype.is_quantized() {
        return Err(Error::unsupported(format!("viewing {} as {dtype}", x.dtype())));
    }
    if from == into {
        return x.reinterpret(dtype);
    }
    ensure!(x.dim() > 0, "self.dim() cannot be 0 to view {} as {dtype} (different element sizes)", x.dtype());
    let last = x.dim() - 1;
    let (mut sizes, mut strides): (Dims, Dims) = (x.sizes().into(), x.strides().into());
    ensure!(
        strides[last] == 1,
        "self.stride(-1) must be 1 to view {} as {dtype} (different element sizes), but got {}",
        x.dtype(),
        strides[last]
    );
    if from > into {
        let ratio = (from / into) as i64;
        sizes[last] *= ratio;
        strides[..last].iter_mut().for_each(|s| *s *= ratio);
        return Tensor::from_storage(x.storage().clone(), x.storage_offset() * ratio as usize, &sizes, &strides, dtype);
    }
    let ratio = (into / from) as i64;
    ensure!(
        sizes[last] % ratio == 0
            && x.storage_offset() as i64 % ratio == 0
            && strides[..last].iter().all(|s| s % ratio == 0),
        "self.size(-1) must be divisible by {ratio} to view {} as {dtype} (different element sizes), but got {}",
        x.dtype(),
        sizes[last]
    );
    sizes[last] /= ratio;
    strides[..last].iter_mut().for_each(|s| *s /= ratio);
    Tensor::from_storage(x.storage().clone(), x.storage_offset() / ratio as usize, &sizes, &strides, dtype)
}

pub(super) fn copy_number_(x: Tensor, value: IValue) -> Result<Tensor> {
    let value = value.to_scalar()?;
    fill_(x, value)
}

pub(super) fn reshape_from_tensor(x: Tensor, shape: Tensor) -> Result<Tensor> {
    x.reshape(&shape.to_vec::<i64>()?)
}
