//! Tensors out of nothing, out of numbers, and of the shape of another tensor.

use std::ops::Range;

use super::promote::{result_type, scalar_dtype, Operand};
use super::Op;
use crate::base::{
    collect, contiguous_strides, wrap_dim, Complex64, DType, Device, DeviceType, Dims, Layout, MemoryFormat, Scalar,
};
use crate::tensor::{default_dtype, infer_dense_strides};
use crate::value::{IValue, Type};
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::empty.memory_format(int[] size, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        empty(_, _, _, _, _, _), out "out"),
    op!(
        "aten::empty_strided(int[] size, int[] stride, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        empty_strided(_, _, _, _, _, _), out "out"),
    op!(
        "aten::empty_permuted(int[] size, int[] physical_layout, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        empty_permuted(_, _, _, _, _, _), out "out"),
    op!(
        "aten::zeros(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        zeros(_, _, _, _, _), out "out"),
    op!(
        "aten::ones(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        ones(_, _, _, _, _), out "out"),
    op!(
        "aten::full(int[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        full(_, _, _, _, _, _), out "out"),
    op!(
        "aten::full.names(int[] size, Scalar fill_value, *, str[]? names, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        full_names(_, _, _, _, _, _, _)),
    op!(
        "aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        empty_like(_, _, _, _, _, _), out "out"),
    op!(
        "aten::zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        zeros_like(_, _, _, _, _, _), out "out"),
    op!(
        "aten::ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        ones_like(_, _, _, _, _, _), out "out"),
    op!(
        "aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        full_like(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::new_empty(Tensor self, int[] size, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        new_empty(_, _, _, _, _, _), out "out"),
    op!(
        "aten::new_empty_strided(Tensor self, int[] size, int[] stride, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        new_empty_strided(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::new_zeros(Tensor self, int[] size, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        new_zeros(_, _, _, _, _, _), out "out"),
    op!(
        "aten::new_ones(Tensor self, int[] size, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        new_ones(_, _, _, _, _, _), out "out"),
    op!(
        "aten::new_full(Tensor self, int[] size, Scalar fill_value, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        new_full(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        arange_end(_, _, _, _, _), out "out"),
    op!(
        "aten::arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        arange_start(_, _, _, _, _, _)
    ),
    op!(
        "aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        arange(_, _, _, _, _, _, _), out "start_out"),
    op!(
        "aten::range(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        range_by_one(_, _, _, _, _, _), out "out_"),
    op!(
        "aten::range.step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        range(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        linspace(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::linspace.Tensor_Tensor(Tensor start, Tensor end, int steps, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        linspace(_, _, _, _, _, _, _), out "Tensor_Tensor_out"),
    op!(
        "aten::linspace.Tensor_Scalar(Tensor start, Scalar end, int steps, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        linspace(_, _, _, _, _, _, _), out "Tensor_Scalar_out"),
    op!(
        "aten::linspace.Scalar_Tensor(Scalar start, Tensor end, int steps, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        linspace(_, _, _, _, _, _, _), out "Scalar_Tensor_out"),
    op!(
        "aten::logspace(Scalar start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        logspace(_, _, _, _, _, _, _, _), out "out"),
    op!(
        "aten::logspace.Tensor_Tensor(Tensor start, Tensor end, int steps, float base=10., *, \
         ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        logspace(_, _, _, _, _, _, _, _), out "Tensor_Tensor_out"),
    op!(
        "aten::logspace.Tensor_Scalar(Tensor start, Scalar end, int steps, float base=10., *, \
         ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        logspace(_, _, _, _, _, _, _, _), out "Tensor_Scalar_out"),
    op!(
        "aten::logspace.Scalar_Tensor(Scalar start, Tensor end, int steps, float base=10., *, \
         ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        logspace(_, _, _, _, _, _, _, _), out "Scalar_Tensor_out"),
    op!(
        "aten::eye(int n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        eye(_, _, _, _, _), out "out"),
    op!(
        "aten::eye.m(int n, int m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        eye_m(_, _, _, _, _, _), out "m_out"),
    op!(
        "aten::scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        scalar_tensor(_, _, _, _, _), out "out"),
    op!(
        "aten::tensor.float(float t, *, ScalarType? dtype=None, Device? device=None, \
         bool requires_grad=False) -> Tensor",
        tensor_number(_, _, _, _)
    ),
    op!(
        "aten::tensor.int(int t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor",
        tensor_number(_, _, _, _)
    ),
    op!(
        "aten::tensor.bool(bool t, *, ScalarType? dtype=None, Device? device=None, \
         bool requires_grad=False) -> Tensor",
        tensor_number(_, _, _, _)
    ),
    op!(
        "aten::tensor.complex(complex t, *, ScalarType? dtype=None, Device? device=None, \
         bool requires_grad=False) -> Tensor",
        tensor_number(_, _, _, _)
    ),
    op!(
        "aten::tensor(t[] data, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor",
        tensor_list(_, _, _, _)
    ),
    op!(
        "aten::as_tensor(Tensor(a) data, *, ScalarType? dtype=None, Device? device=None) -> Tensor(b|a)",
        as_tensor(_, _, _)
    ),
    op!(
        "aten::as_tensor.float(float t, *, ScalarType? dtype=None, Device? device=None) -> Tensor",
        as_tensor_number(_, _, _)
    ),
    op!(
        "aten::as_tensor.int(int t, *, ScalarType? dtype=None, Device? device=None) -> Tensor",
        as_tensor_number(_, _, _)
    ),
    op!(
        "aten::as_tensor.bool(bool t, *, ScalarType? dtype=None, Device? device=None) -> Tensor",
        as_tensor_number(_, _, _)
    ),
    op!(
        "aten::as_tensor.complex(complex t, *, ScalarType? dtype=None, Device? device=None) -> Tensor",
        as_tensor_number(_, _, _)
    ),
    op!(
        "aten::as_tensor.list(t[] data, *, ScalarType? dtype=None, Device? device=None) -> Tensor",
        as_tensor_list(_, _, _)
    ),
    op!("aten::tril(Tensor self, int diagonal=0) -> Tensor", tril(_, _), inplace, out "out"),
    op!("aten::triu(Tensor self, int diagonal=0) -> Tensor", triu(_, _), inplace, out "out"),
    op!(
        "aten::tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        tril_indices(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None) -> Tensor",
        triu_indices(_, _, _, _, _, _, _), out "out"),
    op!("aten::meshgrid(Tensor[] tensors) -> Tensor[]", meshgrid(_), tags[MayAlias]),
    op!(
        "aten::meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]",
        meshgrid_indexing(_, _),
        tags[MayAlias]
    ),
    op!("aten::cartesian_prod(Tensor[] tensors) -> Tensor", cartesian_prod(_), tags[MayAlias]),
    op!("aten::vander(Tensor x, int? N=None, bool increasing=False) -> Tensor", vander(_, _, _)),
    op!("aten::linalg_vander(Tensor x, *, int? N=None) -> Tensor", linalg_vander(_, _)),
    op!("aten::complex(Tensor real, Tensor imag) -> Tensor", complex(_, _)),
    op!("aten::complex.out(Tensor real, Tensor imag, *, Tensor(a!) out) -> Tensor(a!)", complex_out(_, _, _)),
    op!("aten::polar(Tensor abs, Tensor angle) -> Tensor", polar(_, _)),
    op!("aten::polar.out(Tensor abs, Tensor angle, *, Tensor(a!) out) -> Tensor(a!)", polar_out(_, _, _)),
    op!("aten::result_type.Tensor(Tensor tensor, Tensor other) -> ScalarType", result_type_tensors(_, _)),
    op!("aten::result_type.Scalar(Tensor tensor, Scalar other) -> ScalarType", result_type_any(_, _)),
    op!("aten::result_type.Scalar_Tensor(Scalar scalar, Tensor tensor) -> ScalarType", result_type_any(_, _)),
    op!("aten::result_type.Scalar_Scalar(Scalar scalar1, Scalar scalar2) -> ScalarType", result_type_any(_, _)),
    op!("aten::_dim_arange(Tensor like, int dim) -> Tensor", dim_arange(_, _)),
    op!("aten::_shape_as_tensor(Tensor self) -> Tensor", shape_as_tensor(_)),
];

type Sizes = Vec<i64>;
type D = Option<DType>;
type L = Option<Layout>;
type V = Option<Device>;
type P = Option<bool>;
type M = Option<MemoryFormat>;

/// An uninitialised tensor on a device: the CPU, or `meta` for one without data.
pub fn empty_on(sizes: &[i64], strides: &[i64], dtype: DType, layout: L, device: V) -> Result<Tensor> {
    check_layout(layout)?;
    match device.map_or(DeviceType::Cpu, |d| d.kind) {
        DeviceType::Cpu => Tensor::empty_strided(sizes, strides, dtype),
        DeviceType::Meta => Tensor::without_data(sizes, strides, dtype, Device::META),
        _ => Err(no_device(device)),
    }
}

pub fn check_layout(layout: L) -> Result<()> {
    match layout {
        None | Some(Layout::Strided) => Ok(()),
        Some(other) => Err(Error::unsupported(format!("a new tensor of layout {other:?}"))),
    }
}

/// The error for devices that this library does not compute on.
pub fn no_device(device: V) -> Error {
    match device {
        Some(d) if d.kind == DeviceType::Cuda => Error::runtime("Torch not compiled with CUDA enabled"),
        Some(d) => Error::unsupported(format!("tensors on device {d}")),
        None => Error::internal("no device"),
    }
}

fn new(sizes: &[i64], dtype: DType, layout: L, device: V) -> Result<Tensor> {
    empty_on(sizes, &contiguous_strides(sizes), dtype, layout, device)
}

fn filled(out: Tensor, value: Scalar) -> Result<Tensor> {
    value.check_fits(out.dtype())?;
    if !out.is_meta() {
        out.fill(value)?;
    }
    Ok(out)
}

pub(super) fn empty(sizes: Sizes, dtype: D, layout: L, device: V, _: P, format: M) -> Result<Tensor> {
    let strides = format_strides(&sizes, format.unwrap_or(MemoryFormat::Contiguous))?;
    empty_on(&sizes, &strides, dtype.unwrap_or(default_dtype()), layout, device)
}

pub(super) fn empty_strided(sizes: Sizes, strides: Sizes, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    empty_on(&sizes, &strides, dtype.unwrap_or(default_dtype()), layout, device)
}

/// `order[i]` is the dimension that lies at place `i`, outermost first.
pub(super) fn empty_permuted(sizes: Sizes, order: Sizes, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    let n = sizes.len();
    ensure!(order.len() == n, "Number of dimensions in size does not match the length of the physical_layout");
    let (mut strides, mut step, mut seen) = (Dims::from_elem(0, n), 1i64, vec![false; n]);
    for &d in order.iter().rev() {
        ensure!(d >= 0 && (d as usize) < n && !seen[d as usize], "Duplicate dim not allowed or out of range: {d}");
        seen[d as usize] = true;
        strides[d as usize] = step;
        step = step.saturating_mul(sizes[d as usize].max(1));
    }
    empty_on(&sizes, &strides, dtype.unwrap_or(default_dtype()), layout, device)
}

pub(super) fn zeros(sizes: Sizes, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    filled(new(&sizes, dtype.unwrap_or(default_dtype()), layout, device)?, Scalar::Int(0))
}

pub(super) fn ones(sizes: Sizes, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    filled(new(&sizes, dtype.unwrap_or(default_dtype()), layout, device)?, Scalar::Int(1))
}

pub(super) fn full(sizes: Sizes, value: Scalar, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    filled(new(&sizes, dtype.unwrap_or(scalar_dtype(value)), layout, device)?, value)
}

fn full_names(sizes: Sizes, value: Scalar, names: IValue, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    if !names.is_none() {
        return Err(Error::unsupported("aten::full.names: tensors with named dimensions"));
    }
    full(sizes, value, dtype, layout, device, pin)
}

/// Strides of a result shaped like `x`: its own where it is dense (`preserve_format`).
pub fn like_strides(x: &Tensor, format: M) -> Result<Dims> {
    match format.unwrap_or(MemoryFormat::Preserve) {
        MemoryFormat::Preserve => Ok(infer_dense_strides(x.sizes(), x.strides())),
        other => format_strides(x.sizes(), other),
    }
}

/// A result whose memory is in the order of `x`'s, as [`like_strides`] has it.
pub fn laid_out_like(x: &Tensor, result: Tensor) -> Result<Tensor> {
    if result.sizes() != x.sizes() {
        return Ok(result);
    }
    with_strides(result, &like_strides(x, None)?)
}

/// A result with the strides of a memory format, those of dimensions of size 1 too.
pub fn in_format(result: Tensor, format: MemoryFormat) -> Result<Tensor> {
    let strides = format_strides(result.sizes(), format)?;
    with_strides(result, &strides)
}

/// The result, whose memory is nobody else's, with dense strides: copied where they differ in dimensions that have any.
fn with_strides(result: Tensor, strides: &[i64]) -> Result<Tensor> {
    if result.strides() == strides {
        return Ok(result);
    }
    let differ = |(n, (a, b)): (&i64, (&i64, &i64))| *n > 1 && a != b;
    if result.numel() > 0 && result.sizes().iter().zip(result.strides().iter().zip(strides)).any(differ) {
        let made = result.empty_like_strided(strides)?;
        made.copy_from(&result)?;
        return Ok(made);
    }
    result.as_strided(result.sizes(), strides, None)
}

fn format_strides(sizes: &[i64], format: MemoryFormat) -> Result<Dims> {
    Ok(match format {
        MemoryFormat::Contiguous | MemoryFormat::Preserve => contiguous_strides(sizes),
        MemoryFormat::ChannelsLast => {
            ensure!(sizes.len() == 4, "required rank 4 tensor to use channels_last format");
            crate::tensor::channels_last_strides(sizes)
        }
        MemoryFormat::ChannelsLast3d => {
            ensure!(sizes.len() == 5, "required rank 5 tensor to use channels_last_3d format");
            crate::tensor::channels_last_strides(sizes)
        }
    })
}

pub(super) fn empty_like(x: Tensor, dtype: D, layout: L, device: V, _: P, format: M) -> Result<Tensor> {
    let device = device.unwrap_or(x.device());
    let dtype = dtype.unwrap_or(x.dtype());
    let out = empty_on(x.sizes(), &like_strides(&x, format)?, dtype, layout, Some(device))?;
    match x.quantizer() {
        Some(quantizer) if dtype == x.dtype() => out.with_quantizer(dtype, quantizer.clone()),
        _ => Ok(out),
    }
}

pub(super) fn zeros_like(x: Tensor, dtype: D, layout: L, device: V, pin: P, format: M) -> Result<Tensor> {
    filled(empty_like(x, dtype, layout, device, pin, format)?, Scalar::Int(0))
}

pub(super) fn ones_like(x: Tensor, dtype: D, layout: L, device: V, pin: P, format: M) -> Result<Tensor> {
    filled(empty_like(x, dtype, layout, device, pin, format)?, Scalar::Int(1))
}

pub(super) fn full_like(x: Tensor, value: Scalar, dtype: D, layout: L, device: V, pin: P, format: M) -> Result<Tensor> {
    filled(empty_like(x, dtype, layout, device, pin, format)?, value)
}

pub(super) fn new_empty(x: Tensor, sizes: Sizes, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    new(&sizes, dtype.unwrap_or(x.dtype()), layout, Some(device.unwrap_or(x.device())))
}

pub(super) fn new_empty_strided(
    x: Tensor,
    sizes: Sizes,
    strides: Sizes,
    dtype: D,
    layout: L,
    device: V,
    _: P,
) -> Result<Tensor> {
    empty_on(&sizes, &strides, dtype.unwrap_or(x.dtype()), layout, Some(device.unwrap_or(x.device())))
}

pub(super) fn new_zeros(x: Tensor, sizes: Sizes, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    filled(new_empty(x, sizes, dtype, layout, device, pin)?, Scalar::Int(0))
}

pub(super) fn new_ones(x: Tensor, sizes: Sizes, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    filled(new_empty(x, sizes, dtype, layout, device, pin)?, Scalar::Int(1))
}

pub(super) fn new_full(
    x: Tensor,
    sizes: Sizes,
    value: Scalar,
    dtype: D,
    layout: L,
    device: V,
    pin: P,
) -> Result<Tensor> {
    filled(new_empty(x, sizes, dtype, layout, device, pin)?, value)
}

/// A new row-major tensor with these values; on `meta` only its shape.
pub(super) fn from_values<T: crate::base::Element>(
    values: &[T],
    sizes: &[i64],
    dtype: DType,
    layout: L,
    device: V,
) -> Result<Tensor> {
    let out = new(sizes, dtype, layout, device)?;
    if !out.is_meta() {
        out.assign(values)?;
    }
    Ok(out)
}

/// Fails before anything is allocated when a length cannot be held in memory.
pub(super) fn checked_len(n: f64) -> Result<usize> {
    ensure!(n >= 0.0 && n < (1u64 << 40) as f64, "invalid size, possible overflow? ({n} elements)");
    Ok(n as usize)
}

pub(super) fn arange_end(end: Scalar, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    arange(Scalar::Int(0), end, Scalar::Int(1), dtype, layout, device, pin)
}

pub(super) fn arange_start(start: Scalar, end: Scalar, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    arange(start, end, Scalar::Int(1), dtype, layout, device, pin)
}

pub(super) fn arange(start: Scalar, end: Scalar, step: Scalar, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    let ints = [start, end, step].iter().all(|s| s.is_integral());
    let dtype = dtype.unwrap_or(if ints { DType::I64 } else { default_dtype() });
    let (s, e, d) = (start.to_f64(), end.to_f64(), step.to_f64());
    ensure!(d != 0.0, "step must be nonzero");
    ensure!(s.is_finite() && e.is_finite(), "unsupported range: {s} -> {e}");
    ensure!((d > 0.0 && e >= s) || (d < 0.0 && e <= s), "upper bound and larger bound inconsistent with step sign");
    if dtype.is_integral(false) {
        let (s, e, d) = (start.to_i64(), end.to_i64(), step.to_i64());
        ensure!(d != 0, "step must be nonzero");
        let span = (e as i128 - s as i128).unsigned_abs();
        let n = if ints {
            span.div_ceil(d.unsigned_abs() as u128) as f64
        } else {
            ((end.to_f64() - start.to_f64()) / step.to_f64()).ceil()
        };
        let n = checked_len(n)?;
        let out = new(&[n as i64], dtype, layout, device)?;
        if !out.is_meta() {
            out.update::<i64, ()>(|values| {
                let mut next = s;
                for value in values {
                    *value = next;
                    next = next.wrapping_add(d);
                }
            })?;
        }
        return Ok(out);
    }
    let n = checked_len(((e - s) / d).ceil())?;
    let values = collect(n, (0..n).map(|i| s + d * i as f64))?;
    from_values(&values, &[values.len() as i64], dtype, layout, device)
}

/// As `arange`, with the end included: `range`.
pub(super) fn range(start: Scalar, end: Scalar, step: Scalar, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    let (s, e, d) = (start.to_f64(), end.to_f64(), step.to_f64());
    ensure!(d != 0.0, "step must be nonzero");
    ensure!(s.is_finite() && e.is_finite(), "unsupported range: {s} -> {e}");
    ensure!((d > 0.0 && e >= s) || (d < 0.0 && e <= s), "upper bound and larger bound inconsistent with step sign");
    let n = checked_len(((e - s) / d).floor() + 1.0)?;
    let values = collect(n, (0..n).map(|i| s + d * i as f64))?;
    from_values(&values, &[n as i64], dtype.unwrap_or(default_dtype()), layout, device)
}

pub(super) fn range_by_one(start: Scalar, end: Scalar, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    range(start, end, Scalar::Int(1), dtype, layout, device, pin)
}

/// `steps` numbers from `start` to `end`, both included; start and end may be zero-dimensional tensors. Both are
/// converted to the result's dtype first, and half types compute in their own precision, as PyTorch does.
pub(super) fn linspace(start: IValue, end: IValue, steps: i64, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    let (start, end, dtype) = ends("linspace", start, end, steps, dtype)?;
    let round = match dtype {
        DType::F32 => |v: f64| f64::from(v as f32),
        DType::F16 => |v: f64| f64::from(half::f16::from_f32(v as f32)),
        DType::BF16 => |v: f64| f64::from(half::bf16::from_f32(v as f32)),
        _ => |v: f64| v,
    };
    let values = match dtype {
        d if d.is_complex() => spaced(start, end, steps)?,
        DType::F16 | DType::BF16 => {
            let step = round(round(end.re - start.re) / round((steps - 1) as f64));
            between(steps, start, end, |from, i| (round(from.re + round(step * round(i)))).into())?
        }
        _ => {
            let step = round(round(end.re - start.re) / (steps - 1) as f64);
            between(steps, start, end, |from, i| step.mul_add(i, from.re).into())?
        }
    };
    from_values(&values, &[steps], dtype, layout, device)
}

/// `base` to the power of [`linspace`]'s numbers.
pub(super) fn logspace(
    start: IValue,
    end: IValue,
    steps: i64,
    base: f64,
    dtype: D,
    layout: L,
    device: V,
    _: P,
) -> Result<Tensor> {
    let (start, end, dtype) = ends("logspace", start, end, steps, dtype)?;
    let base = Complex64::new(base, 0.0);
    let real = start.im == 0.0 && end.im == 0.0 && base.re >= 0.0;
    let values: Vec<Complex64> =
        spaced(start, end, steps)?
            .into_iter()
            .map(|v| {
                if real {
                    Complex64::new(base.re.powf(v.re), 0.0)
                } else {
                    super::pointwise::arith::complex_pow(base, v)
                }
            })
            .collect();
    from_values(&values, &[steps], dtype, layout, device)
}

fn ends(name: &str, start: IValue, end: IValue, steps: i64, dtype: D) -> Result<(Complex64, Complex64, DType)> {
    ensure!(steps >= 0, "number of steps must be non-negative");
    checked_len(steps as f64)?;
    for value in [&start, &end] {
        if let IValue::Tensor(t) = value {
            ensure!(t.dim() == 0, "{name} only supports 0-dimensional start and end tensors, but got {}D", t.dim());
        }
    }
    let (start, end) = (start.to_scalar()?, end.to_scalar()?);
    let complex = matches!(start, Scalar::Complex(_)) || matches!(end, Scalar::Complex(_));
    let dtype = dtype.unwrap_or(if complex { default_dtype().to_complex() } else { default_dtype() });
    let converted = |end| Ok::<_, Error>(Tensor::scalar(end, dtype)?.item()?.to_complex());
    Ok((converted(start)?, converted(end)?, dtype))
}

/// `steps` equally spaced numbers.
fn spaced(start: Complex64, end: Complex64, steps: i64) -> Result<Vec<Complex64>> {
    let step = (end - start) / (steps - 1) as f64;
    between(steps, start, end, |from, i| from + step * i)
}

/// From both ends towards the middle, so that the result is symmetric: `value(end, i)` is `i` steps after that end,
/// or before it, where `i` is negative.
fn between(
    steps: i64,
    start: Complex64,
    end: Complex64,
    value: impl Fn(Complex64, f64) -> Complex64,
) -> Result<Vec<Complex64>> {
    if steps == 1 {
        return Ok(vec![start]);
    }
    let at = |i| if i < steps / 2 { value(start, i as f64) } else { value(end, -((steps - 1 - i) as f64)) };
    collect(steps as usize, (0..steps).map(at))
}

pub(super) fn eye(n: i64, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    eye_m(n, n, dtype, layout, device, pin)
}

pub(super) fn eye_m(n: i64, m: i64, dtype: D, layout: L, device: V, pin: P) -> Result<Tensor> {
    ensure!(n >= 0, "n must be greater or equal to 0, got {n}");
    ensure!(m >= 0, "m must be greater or equal to 0, got {m}");
    let out = zeros(vec![n, m], dtype, layout, device, pin)?;
    if !out.is_meta() {
        out.diagonal(0, 0, 1)?.fill(Scalar::Int(1))?;
    }
    Ok(out)
}

pub(super) fn scalar_tensor(value: Scalar, dtype: D, layout: L, device: V, _: P) -> Result<Tensor> {
    filled(new(&[], dtype.unwrap_or(default_dtype()), layout, device)?, value)
}

/// `torch.tensor` of a number: float numbers take the default dtype.
pub(super) fn tensor_number(value: Scalar, dtype: D, device: V, requires_grad: bool) -> Result<Tensor> {
    let out = filled(new(&[], dtype.unwrap_or(scalar_dtype(value)), None, device)?, value)?;
    out.set_requires_grad(requires_grad);
    Ok(out)
}

/// `torch.tensor` of nested lists of numbers.
pub(super) fn tensor_list(data: IValue, dtype: D, device: V, requires_grad: bool) -> Result<Tensor> {
    let out = list_tensor(&data, dtype, device)?;
    out.set_requires_grad(requires_grad);
    Ok(out)
}

pub(super) fn as_tensor(x: Tensor, dtype: D, device: V) -> Result<Tensor> {
    super::convert::to(x, dtype, device, false, None)
}

pub(super) fn as_tensor_number(value: Scalar, dtype: D, device: V) -> Result<Tensor> {
    tensor_number(value, dtype, device, false)
}

pub(super) fn as_tensor_list(data: IValue, dtype: D, device: V) -> Result<Tensor> {
    list_tensor(&data, dtype, device)
}

fn list_tensor(data: &IValue, dtype: D, device: V) -> Result<Tensor> {
    check_elements(data)?;
    let (mut shape, mut numbers) = (Dims::new(), Vec::new());
    let mut level = data.clone();
    while let IValue::List(list) = &level {
        shape.push(list.len() as i64);
        let Some(first) = list.lock().first().cloned() else { break };
        level = first;
        ensure!(shape.len() < 64, "too many dimensions in a nested list");
    }
    flatten(data, &shape, 0, &mut numbers)?;
    let inferred = numbers.first().map(|s: &Scalar| scalar_dtype(*s)).unwrap_or_else(|| leaf_dtype(data));
    let dtype = dtype.unwrap_or(inferred);
    if numbers.iter().all(|n| n.is_integral()) {
        let values: Vec<i64> = numbers.iter().map(|n| n.to_i64()).collect();
        from_values(&values, &shape, dtype, None, device)
    } else {
        let values: Vec<Complex64> = numbers.iter().map(|n| n.to_complex()).collect();
        from_values(&values, &shape, dtype, None, device)
    }
}

/// Nested lists of numbers only.
fn check_elements(data: &IValue) -> Result<()> {
    let mut ty = data.ty();
    while let Type::List(element) = ty {
        ty = (*element).clone();
    }
    match &ty {
        Type::Int | Type::Float | Type::Complex | Type::Bool | Type::Number | Type::Any => Ok(()),
        Type::Union(_) | Type::Optional(_) => {
            crate::bail!("Add new condition, expected Float, Complex, Int, or Bool but got{ty}")
        }
        _ => {
            let is_empty = matches!(data, IValue::List(list) if list.is_empty());
            let note = if is_empty && ty.is_tensor() {
                "\nEmpty lists default to List[Tensor]. Add a variable annotation to the assignment to create an empty \
                 list of another type (torch.jit.annotate(List[T, []]) where T is the type of elements in the list for \
                 Python 2)"
            } else {
                ""
            };
            crate::bail!("Input must be of ints, floats, or bools, got {}{note}", ty.annotation())
        }
    }
}

/// The dtype of an empty list is in its type.
fn leaf_dtype(data: &IValue) -> DType {
    let mut ty = data.ty();
    while let crate::Type::List(inner) = ty {
        ty = (*inner).clone();
    }
    match ty {
        crate::Type::Int => DType::I64,
        crate::Type::Bool => DType::Bool,
        crate::Type::Complex => default_dtype().to_complex(),
        _ => default_dtype(),
    }
}

fn flatten(data: &IValue, shape: &[i64], depth: usize, numbers: &mut Vec<Scalar>) -> Result<()> {
    match (data, shape) {
        (IValue::List(list), [n, rest @ ..]) => {
            let items = list.to_vec();
            let found = items.len();
            ensure!(found as i64 == *n, "Expected sequence of length {n} at dim {depth} (got {found})");
            items.iter().try_for_each(|item| flatten(item, rest, depth + 1, numbers))
        }
        (IValue::List(_), []) => bail!("Expected a number but got a sequence"),
        (_, [_, ..]) => bail!("Expected a sequence but got a number"),
        (number, []) => {
            numbers.push(number.to_scalar()?);
            Ok(())
        }
    }
}

pub(super) fn tril(x: Tensor, diagonal: i64) -> Result<Tensor> {
    triangle(x, "tril", &|row, columns| 0..row.saturating_add(diagonal).saturating_add(1).clamp(0, columns))
}

pub(super) fn triu(x: Tensor, diagonal: i64) -> Result<Tensor> {
    triangle(x, "triu", &|row, columns| row.saturating_add(diagonal).clamp(0, columns)..columns)
}

/// `kept` says which columns of a row are left.
fn triangle(x: Tensor, name: &str, kept: &dyn Fn(i64, i64) -> Range<i64>) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "{name}: input tensor must have at least 2 dimensions");
    if x.dtype().is_quantized() {
        return Err(Error::unsupported(format!("{name} on a quantized tensor")));
    }
    let columns = x.sizes()[x.dim() - 1];
    super::index::keep_ranges(&x, &|row| {
        let kept = kept(row as i64, columns);
        kept.start as usize..kept.end as usize
    })
}

pub(super) fn tril_indices(
    rows: i64,
    columns: i64,
    offset: i64,
    dtype: D,
    layout: L,
    device: V,
    _: P,
) -> Result<Tensor> {
    check_triangle(rows, columns)?;
    let last = |r: i64| r.saturating_add(offset).saturating_add(1).clamp(0, columns);
    let first_row = if columns == 0 { rows } else { offset.saturating_neg().clamp(0, rows) };
    triangle_indices(first_row..rows, &|r| 0..last(r), dtype, layout, device)
}

pub(super) fn triu_indices(
    rows: i64,
    columns: i64,
    offset: i64,
    dtype: D,
    layout: L,
    device: V,
    _: P,
) -> Result<Tensor> {
    check_triangle(rows, columns)?;
    let first = |r: i64| r.saturating_add(offset).clamp(0, columns);
    let end_row = columns.saturating_sub(offset).clamp(0, rows);
    triangle_indices(0..end_row, &|r| first(r)..columns, dtype, layout, device)
}

fn check_triangle(rows: i64, columns: i64) -> Result<()> {
    ensure!(rows >= 0, "row must be non-negative, got{rows}");
    ensure!(columns >= 0, "col must be non-negative, got{columns}");
    Ok(())
}

/// `rows` are those that have places.
fn triangle_indices(
    rows: Range<i64>,
    columns: &dyn Fn(i64) -> Range<i64>,
    dtype: D,
    layout: L,
    device: V,
) -> Result<Tensor> {
    let mut n = 0;
    if !rows.is_empty() {
        // from the shortest row to the longest, each has one place more than the one before
        let length = |r: i64| (columns(r).end - columns(r).start) as i128;
        let (a, b) = (length(rows.start), length(rows.end - 1));
        let (shortest, longest) = (a.min(b), a.max(b));
        let count = (rows.end - rows.start) as i128;
        let growing = count.min(longest - shortest + 1);
        n = checked_len((growing * (2 * shortest + growing - 1) / 2 + (count - growing) * longest) as f64)?;
    }
    let places = collect(n, rows.clone().flat_map(|r| columns(r).map(move |c| (r, c))))?;
    let values = collect(2 * n, places.iter().map(|p| p.0).chain(places.iter().map(|p| p.1)))?;
    from_values(&values, &[2, n as i64], dtype.unwrap_or(DType::I64), layout, device)
}

pub(super) fn meshgrid(tensors: Vec<Tensor>) -> Result<Vec<Tensor>> {
    ensure!(!tensors.is_empty(), "meshgrid expects a non-empty TensorList");
    ensure!(
        tensors.iter().all(|t| t.dim() <= 1),
        "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got a tensor with more dimensions"
    );
    ensure!(
        tensors.iter().all(|t| t.dtype() == tensors[0].dtype()),
        "torch.meshgrid expects all tensors to have the same dtype"
    );
    let shape: Dims = tensors.iter().map(|t| t.numel() as i64).collect();
    tensors
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let mut view = vec![1; shape.len()];
            view[i] = -1;
            t.view(&view)?.expand(&shape)
        })
        .collect()
}

/// `indexing` is `ij` or `xy`, which swaps the first two dimensions.
pub(super) fn meshgrid_indexing(mut tensors: Vec<Tensor>, indexing: std::sync::Arc<str>) -> Result<Vec<Tensor>> {
    match &*indexing {
        "ij" => meshgrid(tensors),
        "xy" if tensors.len() < 2 => meshgrid(tensors),
        "xy" => {
            tensors.swap(0, 1);
            let mut grids = meshgrid(tensors)?;
            grids.swap(0, 1);
            Ok(grids)
        }
        other => bail!("torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: {other}"),
    }
}

pub(super) fn cartesian_prod(tensors: Vec<Tensor>) -> Result<Tensor> {
    ensure!(tensors.iter().all(|t| t.dim() == 1), "Expect a 1D vector, but got shape that is not");
    if let [one] = &tensors[..] {
        return Ok(one.clone());
    }
    let (n, dtype) = (tensors.len() as i64, tensors.first().map_or(default_dtype(), Tensor::dtype));
    let total: i64 = tensors.iter().map(|t| t.numel() as i64).product();
    let out = Tensor::empty(&[total, n], dtype)?;
    for (i, grid) in meshgrid(tensors)?.iter().enumerate() {
        out.select(1, i as i64)?.copy_from(&grid.to_contiguous()?.view(&[-1])?)?;
    }
    Ok(out)
}

pub(super) fn vander(x: Tensor, n: Option<i64>, increasing: bool) -> Result<Tensor> {
    ensure!(x.dim() == 1, "x must be a one-dimensional tensor.");
    let n = n.unwrap_or(x.numel() as i64);
    ensure!(n >= 0, "N must be non-negative.");
    linalg_vander_impl(x, n, increasing)
}

pub(super) fn linalg_vander(x: Tensor, n: Option<i64>) -> Result<Tensor> {
    let x = if x.dim() == 0 { x.unsqueeze(0)? } else { x };
    let n = n.unwrap_or(x.sizes()[x.dim() - 1]);
    ensure!(n > 1, "N must be greater than 1.");
    linalg_vander_impl(x, n, true)
}

/// Integers become int64, as in the running products that PyTorch takes the powers by.
fn linalg_vander_impl(x: Tensor, n: i64, increasing: bool) -> Result<Tensor> {
    let dtype = if x.dtype().is_integral(true) { DType::I64 } else { x.dtype() };
    let column = x.to_dtype(dtype)?.unsqueeze(-1)?;
    let mut powers = collect(n as usize, 0..n)?;
    if !increasing {
        powers.reverse();
    }
    let powers = Tensor::from_slice(&powers, &[n])?.to_dtype(dtype)?;
    super::elementwise::apply_tensors(&super::pointwise::arith::POW, &[&column, &powers], &[])
}

/// Two float tensors as real and imaginary parts.
pub(super) fn complex(re: Tensor, im: Tensor) -> Result<Tensor> {
    join_parts(re, im, Complex64::new)
}

/// Two float tensors as absolute value and angle.
pub(super) fn polar(abs: Tensor, angle: Tensor) -> Result<Tensor> {
    join_parts(abs, angle, |abs, angle| Complex64::new(abs * angle.cos(), abs * angle.sin()))
}

pub(super) fn complex_out(re: Tensor, im: Tensor, out: Tensor) -> Result<Tensor> {
    write_parts(complex(re, im)?, out)
}

pub(super) fn polar_out(abs: Tensor, angle: Tensor, out: Tensor) -> Result<Tensor> {
    write_parts(polar(abs, angle)?, out)
}

fn write_parts(result: Tensor, out: Tensor) -> Result<Tensor> {
    ensure!(
        result.dtype() == out.dtype(),
        "Expected object of scalar type {} but got scalar type {} for argument 'out'",
        result.dtype().name(),
        out.dtype().name()
    );
    super::registry::write_out(&out, &result)?;
    Ok(out)
}

fn join_parts(a: Tensor, b: Tensor, f: fn(f64, f64) -> Complex64) -> Result<Tensor> {
    ensure!(
        a.dtype().is_floating_point() && b.dtype().is_floating_point() && a.dtype() != DType::BF16,
        "Expected both inputs to be Half, Float or Double tensors but got {} and {}",
        a.dtype(),
        b.dtype()
    );
    ensure!(
        a.dtype() == b.dtype(),
        "Expected object of scalar type {} but got scalar type {} for second argument",
        a.dtype(),
        b.dtype()
    );
    let out = crate::tensor::tile::empty_result(&[&a, &b], a.dtype().to_complex())?;
    let values: Vec<Complex64> = a
        .expand(out.sizes())?
        .to_vec::<f64>()?
        .into_iter()
        .zip(b.expand(out.sizes())?.to_vec::<f64>()?)
        .map(|(a, b)| f(a, b))
        .collect();
    out.assign(&values)?;
    Ok(out)
}

pub(super) fn result_type_tensors(a: Tensor, b: Tensor) -> Result<i64> {
    Ok(result_type([&Operand::Tensor(a), &Operand::Tensor(b)]).code())
}

pub(super) fn result_type_any(a: IValue, b: IValue) -> Result<i64> {
    Ok(result_type([&super::elementwise::operand(a)?, &super::elementwise::operand(b)?]).code())
}

pub(super) fn dim_arange(like: Tensor, dim: i64) -> Result<Tensor> {
    let n = like.sizes().get(wrap_dim(dim, like.dim())?).copied().unwrap_or(1);
    Tensor::from_slice(&(0..n).collect::<Vec<i64>>(), &[n])
}

pub(super) fn shape_as_tensor(x: Tensor) -> Result<Tensor> {
    Tensor::from_slice(x.sizes(), &[x.dim() as i64])
}
