//! What operators on plain tensors do with quantized ones. Integers that stay what they are go through the plain
//! operator; others are computed from what they stand for.

use super::resize::{bilinear2d, bilinear2d_vec};
use super::{copy_params, dequantize, dispatch_quantum, flat, quantize_per_tensor, shaped};
use crate::base::{DType, MemoryFormat, Scalar};
use crate::kernel::quant as kernel;
use crate::kernel::quant::{Affine, Quantum};
use crate::op::{registry, Op};
use crate::tensor::{NewTensor, QParams, Quantizer};
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};

/// Entries are looked up by name; see `op::QUANTIZED`.
pub const OPS: &[Op] = &[
    op!("aten::relu", relu(_)),
    op!("aten::relu6", relu6(_)),
    op!("aten::hardtanh", hardtanh(_, _, _)),
    op!("aten::clamp", clamp(_, _, _)),
    op!("aten::threshold", threshold(_, _, _)),
    op!("aten::leaky_relu", leaky_relu(_, _)),
    op!("aten::sigmoid", sigmoid(_)),
    op!("aten::tanh", tanh(_)),
    op!("aten::hardsigmoid", hardsigmoid(_)),
    op!("aten::gelu", gelu(_, _)),
    op!("aten::max_pool1d", max_pool1d(_, _, _, _, _, _)),
    op!("aten::max_pool2d", max_pool2d(_, _, _, _, _, _)),
    op!("aten::max_pool3d", max_pool3d(_, _, _, _, _, _)),
    op!("aten::avg_pool1d", avg_pool1d(_, _, _, _, _, _)),
    op!("aten::avg_pool2d", avg_pool2d(_, _, _, _, _, _, _)),
    op!("aten::avg_pool3d", avg_pool3d(_, _, _, _, _, _, _)),
    op!("aten::adaptive_avg_pool1d", adaptive_avg_pool1d(_, _)),
    op!("aten::adaptive_avg_pool2d", adaptive_avg_pool2d(_, _)),
    op!("aten::_adaptive_avg_pool2d", adaptive_avg_pool2d(_, _)),
    op!("aten::adaptive_avg_pool3d", adaptive_avg_pool3d(_, _)),
    op!("aten::_adaptive_avg_pool3d", adaptive_avg_pool3d(_, _)),
    op!("aten::mean", mean(_, _)),
    op!("aten::mean.dim", mean_dim(_, _, _, _)),
    op!("aten::max", max(_)),
    op!("aten::min", min(_)),
    op!("aten::max.dim", max_dim(_, _, _)),
    op!("aten::min.dim", min_dim(_, _, _)),
    op!("aten::sort", sort(_, _, _)),
    op!("aten::sort.stable", sort_stable(_, _, _, _)),
    op!("aten::argsort", argsort(_, _, _)),
    op!("aten::topk", topk(_, _, _, _, _)),
    op!("aten::eq.Tensor", eq(_, _)),
    op!("aten::ne.Tensor", ne(_, _)),
    op!("aten::lt.Tensor", lt(_, _)),
    op!("aten::le.Tensor", le(_, _)),
    op!("aten::gt.Tensor", gt(_, _)),
    op!("aten::ge.Tensor", ge(_, _)),
    op!("aten::eq.Scalar", eq_scalar(_, _)),
    op!("aten::ne.Scalar", ne_scalar(_, _)),
    op!("aten::lt.Scalar", lt_scalar(_, _)),
    op!("aten::le.Scalar", le_scalar(_, _)),
    op!("aten::gt.Scalar", gt_scalar(_, _)),
    op!("aten::ge.Scalar", ge_scalar(_, _)),
    op!("aten::equal", equal(_, _)),
    op!("aten::item", item(_)),
    op!("aten::_local_scalar_dense", item(_)),
    op!("aten::clone", clone(_, _)),
    op!("aten::copy_", copy_(_, _, _)),
    op!("aten::copy_.Tensor", copy_tensor_(_, _)),
    op!("aten::fill_.Scalar", fill_(_, _)),
    op!("aten::fill_.Tensor", fill_tensor_(_, _)),
    op!("aten::masked_fill.Scalar", masked_fill(_, _, _)),
    op!("aten::constant_pad_nd", constant_pad(_, _, _)),
    op!("aten::pad", pad(_, _, _, _)),
    op!("aten::cat", cat(_, _)),
    op!("aten::concat", cat(_, _)),
    op!("aten::select.int", select(_, _, _)),
    op!("aten::upsample_nearest1d", nearest1d(_, _, _)),
    op!("aten::upsample_nearest2d", nearest2d(_, _, _, _)),
    op!("aten::upsample_nearest3d", nearest3d(_, _, _, _, _)),
    op!("aten::upsample_nearest1d.vec", nearest1d_vec(_, _, _)),
    op!("aten::upsample_nearest2d.vec", nearest2d_vec(_, _, _)),
    op!("aten::upsample_nearest3d.vec", nearest3d_vec(_, _, _)),
    op!("aten::upsample_bilinear2d", bilinear2d(_, _, _, _, _)),
    op!("aten::upsample_bilinear2d.vec", bilinear2d_vec(_, _, _, _)),
];

/// Calls an operator of the main tables.
pub(super) fn call<const N: usize>(name: &str, overload: &str, args: [IValue; N]) -> Result<Vec<IValue>> {
    let operator = registry().find(name, overload).ok_or_else(|| Error::unsupported(format!("{name}.{overload}")))?;
    let mut stack = Vec::from(args);
    operator.call(&mut stack, N)?;
    Ok(stack)
}

pub(in crate::op) fn call_one<const N: usize>(name: &str, overload: &str, args: [IValue; N]) -> Result<Tensor> {
    call(name, overload, args)?.pop().unwrap_or_default().to_tensor()
}

fn ints(list: Vec<i64>) -> IValue {
    IValue::List(crate::value::List::ints(list))
}

/// Integers with the parameters of `x`.
pub(super) fn like(x: &Tensor, integers: &Tensor) -> Result<Tensor> {
    let quantizer = x.quantizer().cloned().ok_or_else(|| Error::internal("not quantized"))?;
    integers.with_quantizer(x.dtype(), quantizer)
}

/// `f` of every integer; parameters stay.
fn map_integers(x: &Tensor, f: &dyn Fn(i32) -> i32) -> Result<Tensor> {
    let (quanta, strides) = flat(x)?;
    let quanta = quanta.integers()?;
    dispatch_quantum!(x.dtype(), Q => {
        let mut out = NewTensor::<Q>::new(quanta.sizes())?;
        for (slot, q) in out.data().iter_mut().zip(quanta.data::<Q>()?) {
            *slot = Q::put(f(q.get()).clamp(Q::LOWEST, Q::HIGHEST));
        }
        like(x, &shaped(&out.finish(), x.sizes(), &strides)?)
    })
}

/// `f` of what every element stands for, quantized anew.
pub(super) fn map_values(x: &Tensor, scale: f64, zero_point: i64, f: &dyn Fn(f32) -> f32) -> Result<Tensor> {
    let (x_scale, x_zero) = x.q_params()?;
    let (from, to) = (Affine::new(x_scale, x_zero), Affine::new(scale, zero_point));
    let (quanta, strides) = flat(x)?;
    let quanta = quanta.integers()?;
    dispatch_quantum!(x.dtype(), Q => {
        let mut out = NewTensor::<Q>::new(quanta.sizes())?;
        let data = quanta.data::<Q>()?;
        // what PyTorch does in vectors, and one by one: they round differently
        let wide = |q: Q| to.quantize::<Q>(f(from.value_fused(q)));
        let single = |q: Q| to.quantize::<Q>(f(from.value(q)));
        let (head, tail) = data.split_at(data.len() - data.len() % (kernel::VECTOR / std::mem::size_of::<Q>()));
        let (out_head, out_tail) = out.data().split_at_mut(head.len());
        if std::mem::size_of::<Q>() == 1 && head.len() > 256 {
            let table: Vec<Q> = (Q::LOWEST..=Q::HIGHEST).map(|q| wide(Q::put(q))).collect();
            for (slot, q) in out_head.iter_mut().zip(head) {
                *slot = table[(q.get() - Q::LOWEST) as usize];
            }
        } else {
            out_head.iter_mut().zip(head).for_each(|(slot, q)| *slot = wide(*q));
        }
        out_tail.iter_mut().zip(tail).for_each(|(slot, q)| *slot = single(*q));
        shaped(&out.finish(), x.sizes(), &strides)?.with_quantizer(x.dtype(), Quantizer::per_tensor(scale, zero_point))
    })
}

/// The integer that stands for `value` in `x`.
fn quantum_in(x: &Tensor, value: f64) -> Result<i32> {
    let (scale, zero_point) = x.q_params()?;
    let by = Affine::new(scale, zero_point);
    dispatch_quantum!(x.dtype(), Q => Ok(by.quantize::<Q>(value as f32).get()))
}

pub(super) fn relu(x: Tensor) -> Result<Tensor> {
    let zero = x.q_params()?.1 as i32;
    map_integers(&x, &|q| q.max(zero))
}

pub(super) fn relu6(x: Tensor) -> Result<Tensor> {
    let (zero, six) = (x.q_params()?.1 as i32, quantum_in(&x, 6.0)?);
    map_integers(&x, &|q| q.max(zero).min(six))
}

fn hardtanh(x: Tensor, low: Scalar, high: Scalar) -> Result<Tensor> {
    clamp(x, Some(low), Some(high))
}

pub(super) fn clamp(x: Tensor, low: Option<Scalar>, high: Option<Scalar>) -> Result<Tensor> {
    ensure!(low.is_some() || high.is_some(), "Both min and max is None");
    let low = low.map(|v| quantum_in(&x, v.to_f64())).transpose()?.unwrap_or(i32::MIN);
    let high = high.map(|v| quantum_in(&x, v.to_f64())).transpose()?.unwrap_or(i32::MAX);
    map_integers(&x, &|q| q.max(low).min(high))
}

pub(super) fn threshold(x: Tensor, threshold: Scalar, value: Scalar) -> Result<Tensor> {
    let (scale, zero_point) = x.q_params()?;
    let (threshold, value) = (threshold.to_f64() as f32, value.to_f64() as f32);
    map_values(&x, scale, zero_point, &|v| if v > threshold { v } else { value })
}

fn leaky_relu(x: Tensor, slope: Scalar) -> Result<Tensor> {
    let (scale, zero_point) = x.q_params()?;
    let slope = slope.to_f64() as f32;
    map_values(&x, scale, zero_point, &|v| if v > 0.0 { v } else { v * slope })
}

/// Scale and zero point for results between 0 and 1.
fn unit_params(dtype: DType) -> (f64, i64) {
    match dtype {
        DType::QI8 => (1.0 / 256.0, -128),
        DType::QI32 => (1.0 / 4_294_967_296.0, 0),
        _ => (1.0 / 256.0, 0),
    }
}

fn sigmoid(x: Tensor) -> Result<Tensor> {
    let (scale, zero_point) = unit_params(x.dtype());
    map_values(&x, scale, zero_point, &|v| 1.0 / (1.0 + (-v).exp()))
}

fn tanh(x: Tensor) -> Result<Tensor> {
    let (scale, zero_point) = match x.dtype() {
        DType::QI8 => (2.0 / 256.0, 0),
        DType::QI32 => (2.0 / 4_294_967_296.0, 0),
        _ => (2.0 / 256.0, 128),
    };
    map_values(&x, scale, zero_point, &f32::tanh)
}

fn hardsigmoid(x: Tensor) -> Result<Tensor> {
    let (scale, zero_point) = unit_params(x.dtype());
    map_values(&x, scale, zero_point, &|v| (v + 3.0).clamp(0.0, 6.0) / 6.0)
}

fn gelu(x: Tensor, approximate: std::sync::Arc<str>) -> Result<Tensor> {
    let (scale, zero_point) = x.q_params()?;
    let y = call_one("aten::gelu", "", [dequantize(x.clone())?.into(), IValue::Str(approximate)])?;
    quantize_per_tensor(y, scale, zero_point, x.dtype())
}

/// The integers in a plain dtype that holds them exactly and that plain operators know.
fn plain(x: &Tensor) -> Result<Tensor> {
    let wide = if x.dtype() == DType::QI32 { DType::F64 } else { DType::F32 };
    x.integers()?.to_dtype(wide)
}

/// Integers that a plain operator picked, back in the dtype of `x`.
fn picked(x: &Tensor, result: &Tensor) -> Result<Tensor> {
    like(x, &result.to_dtype(x.dtype().underlying())?)
}

macro_rules! max_pools {
    ($($f:ident, $name:literal;)*) => { $(
        pub(super) fn $f(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, ceil: bool) -> Result<Tensor> {
            x.q_params()?;
            picked(&x, &call_one($name, "", [plain(&x)?.into(), ints(k), ints(s), ints(p), ints(d), ceil.into()])?)
        }
    )* };
}
max_pools! {
    max_pool1d, "aten::max_pool1d";
    max_pool2d, "aten::max_pool2d";
    max_pool3d, "aten::max_pool3d";
}

/// The integers less the zero point, laid out as `x` is.
fn centred(x: &Tensor) -> Result<Tensor> {
    let zero = x.q_params()?.1 as i32;
    let (quanta, strides) = flat(x)?;
    let quanta = quanta.integers()?;
    let mut out = NewTensor::<f32>::new(quanta.sizes())?;
    dispatch_quantum!(x.dtype(), Q => {
        for (slot, q) in out.data().iter_mut().zip(quanta.data::<Q>()?) {
            *slot = q.get().wrapping_sub(zero) as f32;
        }
    });
    shaped(&out.finish(), x.sizes(), &strides)
}

/// What was computed from [`centred`] integers, in the parameters of `x`. Halves go to the even number before the zero
/// point is added.
fn uncentred(x: &Tensor, values: &Tensor) -> Result<Tensor> {
    rounded(x, values, false)
}

/// Averages of [`centred`] integers. Of row-major tensors halves go to the even number after the zero point was added.
fn averaged(x: &Tensor, values: &Tensor) -> Result<Tensor> {
    rounded(x, values, x.is_contiguous())
}

fn rounded(x: &Tensor, values: &Tensor, zero_point_first: bool) -> Result<Tensor> {
    let zero = x.q_params()?.1 as i32;
    let (flat, strides) = flat(values)?;
    dispatch_quantum!(x.dtype(), Q => {
        let mut out = NewTensor::<Q>::new(flat.sizes())?;
        for (slot, v) in out.data().iter_mut().zip(flat.data::<f32>()?) {
            *slot = match zero_point_first {
                true => kernel::quantum_of(*v + zero as f32, 0),
                false => kernel::quantum_of(*v, zero),
            };
        }
        like(x, &shaped(&out.finish(), values.sizes(), &strides)?)
    })
}

fn avg_pool1d(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, ceil: bool, pad: bool) -> Result<Tensor> {
    let args = [centred(&x)?.into(), ints(k), ints(s), ints(p), ceil.into(), pad.into()];
    averaged(&x, &call_one("aten::avg_pool1d", "", args)?)
}

macro_rules! avg_pools {
    ($($f:ident, $name:literal;)*) => { $(
        fn $f(
            x: Tensor,
            k: Vec<i64>,
            s: Vec<i64>,
            p: Vec<i64>,
            ceil: bool,
            pad: bool,
            divisor: Option<i64>,
        ) -> Result<Tensor> {
            let args = [centred(&x)?.into(), ints(k), ints(s), ints(p), ceil.into(), pad.into(), divisor.into()];
            averaged(&x, &call_one($name, "", args)?)
        }
    )* };
}
avg_pools! {
    avg_pool2d, "aten::avg_pool2d";
    avg_pool3d, "aten::avg_pool3d";
}

macro_rules! adaptive_pools {
    ($($f:ident, $name:literal;)*) => { $(
        fn $f(x: Tensor, size: Vec<i64>) -> Result<Tensor> {
            averaged(&x, &call_one($name, "", [centred(&x)?.into(), ints(size)])?)
        }
    )* };
}
adaptive_pools! {
    adaptive_avg_pool1d, "aten::adaptive_avg_pool1d";
    adaptive_avg_pool2d, "aten::adaptive_avg_pool2d";
    adaptive_avg_pool3d, "aten::adaptive_avg_pool3d";
}

fn mean(x: Tensor, dtype: IValue) -> Result<Tensor> {
    let all = IValue::List(crate::value::List::ints((0..x.dim() as i64).collect::<Vec<_>>()));
    mean_dim(x, all, false, dtype)
}

/// Rows that lie together are summed as integers, others as what they stand for.
fn mean_dim(x: Tensor, dims: IValue, keep: bool, dtype: IValue) -> Result<Tensor> {
    check_mean_dtype(&x, &dtype)?;
    let (scale, zero_point) = x.q_params()?;
    let n = x.dim();
    let mut reduced: Vec<usize> = match &dims {
        IValue::List(list) => {
            list.to_vec().iter().map(|d| crate::base::wrap_dim(d.to_int()?, n)).collect::<Result<_>>()?
        }
        _ => Vec::new(),
    };
    reduced.sort_unstable();
    if reduced.is_empty() {
        reduced = (0..n).collect();
    }
    let inner = reduced.iter().rev().enumerate().all(|(i, d)| d + 1 + i == n);
    if inner && x.is_contiguous() && x.dtype() != DType::QI32 {
        let means = call_one("aten::mean", "dim", [centred(&x)?.into(), dims, keep.into(), IValue::None])?;
        return rounded(&x, &means, true);
    }
    let means = call_one("aten::mean", "dim", [dequantize(x.clone())?.into(), dims, keep.into(), IValue::None])?;
    quantize_per_tensor(means, scale, zero_point, x.dtype())
}

fn check_mean_dtype(x: &Tensor, dtype: &IValue) -> Result<()> {
    match dtype {
        IValue::None => Ok(()),
        IValue::Int(code) if *code == x.dtype().code() => Ok(()),
        _ => bail!("mean of a quantized tensor in another dtype"),
    }
}

fn max(x: Tensor) -> Result<Tensor> {
    picked(&x, &call_one("aten::max", "", [plain(&x)?.into()])?)
}

fn min(x: Tensor) -> Result<Tensor> {
    picked(&x, &call_one("aten::min", "", [plain(&x)?.into()])?)
}

/// The first of two results holds integers of `x`, the second indices.
fn picked_with_places(x: &Tensor, results: Vec<IValue>) -> Result<(Tensor, Tensor)> {
    let [values, places] = &results[..] else { return Err(Error::internal("two results")) };
    Ok((picked(x, &values.to_tensor()?)?, places.to_tensor()?))
}

fn max_dim(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    picked_with_places(&x, call("aten::max", "dim", [plain(&x)?.into(), dim.into(), keep.into()])?)
}

fn min_dim(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    picked_with_places(&x, call("aten::min", "dim", [plain(&x)?.into(), dim.into(), keep.into()])?)
}

fn sort(x: Tensor, dim: i64, descending: bool) -> Result<(Tensor, Tensor)> {
    picked_with_places(&x, call("aten::sort", "", [plain(&x)?.into(), dim.into(), descending.into()])?)
}

fn sort_stable(x: Tensor, stable: IValue, dim: i64, descending: bool) -> Result<(Tensor, Tensor)> {
    picked_with_places(&x, call("aten::sort", "stable", [plain(&x)?.into(), stable, dim.into(), descending.into()])?)
}

fn argsort(x: Tensor, dim: i64, descending: bool) -> Result<Tensor> {
    call_one("aten::argsort", "", [plain(&x)?.into(), dim.into(), descending.into()])
}

fn topk(x: Tensor, k: i64, dim: i64, largest: bool, sorted: bool) -> Result<(Tensor, Tensor)> {
    let args = [plain(&x)?.into(), k.into(), dim.into(), largest.into(), sorted.into()];
    picked_with_places(&x, call("aten::topk", "", args)?)
}

macro_rules! comparisons {
    ($($tensor:ident, $scalar:ident, $name:literal;)*) => { $(
        fn $tensor(a: Tensor, b: Tensor) -> Result<Tensor> {
            call_one($name, "Tensor", [real(a)?.into(), real(b)?.into()])
        }
        fn $scalar(a: Tensor, b: Scalar) -> Result<Tensor> {
            call_one($name, "Scalar", [real(a)?.into(), b.into()])
        }
    )* };
}
comparisons! {
    eq, eq_scalar, "aten::eq";
    ne, ne_scalar, "aten::ne";
    lt, lt_scalar, "aten::lt";
    le, le_scalar, "aten::le";
    gt, gt_scalar, "aten::gt";
    ge, ge_scalar, "aten::ge";
}

/// What a tensor stands for; plain ones as they are.
fn real(x: Tensor) -> Result<Tensor> {
    match x.quantizer() {
        Some(_) => dequantize(x),
        None => Ok(x),
    }
}

/// Whether dtypes, parameters and integers are equal.
fn equal(a: Tensor, b: Tensor) -> Result<bool> {
    let (Some(p), Some(q)) = (a.quantizer(), b.quantizer()) else { return Ok(false) };
    let same_params = match (&p.params, &q.params) {
        (QParams::PerTensor { .. }, QParams::PerTensor { .. }) => a.q_params()? == b.q_params()?,
        (
            QParams::PerChannel { scales: s, zero_points: z, axis: i },
            QParams::PerChannel { scales: t, zero_points: y, axis: j },
        ) => i == j && s.to_vec::<f64>()? == t.to_vec::<f64>()? && z.to_vec::<f64>()? == y.to_vec::<f64>()?,
        _ => false,
    };
    Ok(same_params
        && p.scheme == q.scheme
        && a.dtype() == b.dtype()
        && a.sizes() == b.sizes()
        && a.integers()?.to_vec::<i64>()? == b.integers()?.to_vec::<i64>()?)
}

fn item(x: Tensor) -> Result<Scalar> {
    dequantize(x)?.item()
}

/// Real numbers are quantized with the parameters of `x`; a quantized source must have the same dtype and brings its
/// parameters' integers as they are.
fn copy_(x: Tensor, src: Tensor, _: bool) -> Result<Tensor> {
    ensure!(
        x.quantizer().is_some(),
        "Copying from quantized Tensor to non-quantized Tensor is not allowed, please use dequantize to get a float \
         Tensor from a quantized Tensor"
    );
    let src = match src.quantizer() {
        Some(_) => {
            ensure!(src.dtype() == x.dtype(), "Quantized Copy only works with the same dtype");
            copy_params(&x, &src)?;
            src
        }
        None => {
            ensure!(src.dtype() == DType::F32, "Quantized copy only works with kFloat as source Tensor");
            let (scale, zero_point) = x.q_params()?;
            quantize_per_tensor(src, scale, zero_point, x.dtype())?
        }
    };
    x.copy_from(&src)?;
    Ok(x)
}

fn copy_tensor_(x: Tensor, src: Tensor) -> Result<Tensor> {
    copy_(x, src, false)
}

fn fill_(x: Tensor, value: Scalar) -> Result<Tensor> {
    let q = quantum_in(&x, value.to_f64())?;
    x.integers()?.fill(Scalar::Int(q.into()))?;
    Ok(x)
}

fn fill_tensor_(x: Tensor, value: Tensor) -> Result<Tensor> {
    let value = real(value)?.item()?;
    fill_(x, value)
}

fn masked_fill(x: Tensor, mask: Tensor, value: Scalar) -> Result<Tensor> {
    let q = quantum_in(&x, value.to_f64())?;
    let value = Scalar::Int(q.into());
    like(&x, &call_one("aten::masked_fill", "Scalar", [x.integers()?.into(), mask.into(), value.into()])?)
}

fn constant_pad(x: Tensor, pad: IValue, value: Scalar) -> Result<Tensor> {
    let value = Scalar::Int(quantum_in(&x, value.to_f64())?.into());
    like(&x, &call_one("aten::constant_pad_nd", "", [x.integers()?.into(), pad, value.into()])?)
}

fn pad(x: Tensor, pad: IValue, mode: IValue, value: Option<f64>) -> Result<Tensor> {
    let constant = matches!(&mode, IValue::Str(mode) if &**mode == "constant");
    let value = match constant {
        true => IValue::Double(quantum_in(&x, value.unwrap_or(0.0))?.into()),
        false => value.map_or(IValue::None, IValue::Double),
    };
    picked(&x, &call_one("aten::pad", "", [plain(&x)?.into(), pad, mode, value])?)
}

/// In the parameters of the first.
fn cat(tensors: Vec<Tensor>, dim: i64) -> Result<Tensor> {
    let Some(first) = tensors.first() else { bail!("expected a non-empty list of Tensors") };
    let (scale, zero_point) = first.q_params()?;
    cat_with(&tensors, dim, scale, zero_point, &|v| v)
}

/// Joins tensors of one dtype in new parameters.
pub(super) fn cat_with(
    tensors: &[Tensor],
    dim: i64,
    scale: f64,
    zero_point: i64,
    f: &dyn Fn(f32) -> f32,
) -> Result<Tensor> {
    let Some(first) = tensors.first() else { bail!("expected a non-empty list of Tensors") };
    let mut parts = Vec::new();
    for x in tensors {
        ensure!(x.dtype() == first.dtype(), "All dtypes must be the same.");
        ensure!(x.q_params().is_ok(), "Only per-tensor quantization is supported in 'cat'!");
        parts.push(IValue::Tensor(requantized(x, scale, zero_point, f)?.integers()?));
    }
    let parts = IValue::List(crate::value::List::new(crate::value::Type::TENSOR, parts));
    call_one("aten::cat", "", [parts, dim.into()])?
        .with_quantizer(first.dtype(), Quantizer::per_tensor(scale, zero_point))
}

/// [`map_values`] with every element rounded as if alone.
fn requantized(x: &Tensor, scale: f64, zero_point: i64, f: &dyn Fn(f32) -> f32) -> Result<Tensor> {
    let (x_scale, x_zero) = x.q_params()?;
    let (from, to) = (Affine::new(x_scale, x_zero), Affine::new(scale, zero_point));
    let (quanta, strides) = flat(x)?;
    let quanta = quanta.integers()?;
    dispatch_quantum!(x.dtype(), Q => {
        let mut out = NewTensor::<Q>::new(quanta.sizes())?;
        for (slot, q) in out.data().iter_mut().zip(quanta.data::<Q>()?) {
            *slot = to.quantize::<Q>(f(from.value(*q)));
        }
        shaped(&out.finish(), x.sizes(), &strides)?.with_quantizer(x.dtype(), Quantizer::per_tensor(scale, zero_point))
    })
}

/// Row-major unless another format is asked for.
fn clone(x: Tensor, format: Option<MemoryFormat>) -> Result<Tensor> {
    let format = match format {
        None => MemoryFormat::Contiguous,
        Some(MemoryFormat::Preserve) => x.suggest_memory_format(),
        Some(format) => format,
    };
    if x.dtype().per_byte() > 1 {
        return x.deep_clone();
    }
    let out = Tensor::empty_format(x.sizes(), x.dtype().underlying(), format)?;
    out.copy_from(&x.integers()?)?;
    like(&x, &out)
}

/// A channel of a tensor that is quantized per channel is quantized as a whole.
fn select(x: Tensor, dim: i64, index: i64) -> Result<Tensor> {
    let picked = x.select(dim, index)?;
    let Some(QParams::PerChannel { scales, zero_points, axis }) = x.quantizer().map(|q| &q.params) else {
        return Ok(picked);
    };
    let (dim, scheme) = (crate::base::wrap_dim(dim, x.dim())?, x.quantizer().map(|q| q.scheme));
    let Some(scheme) = scheme else { return Ok(picked) };
    let quantizer = if dim == *axis {
        let one = |t: &Tensor| -> Result<f64> { Ok(t.select(0, index)?.item()?.to_f64()) };
        Quantizer::per_tensor(one(scales)?, one(zero_points)? as i64)
    } else {
        let axis = if dim < *axis { axis - 1 } else { *axis };
        let params = QParams::PerChannel { scales: scales.clone(), zero_points: zero_points.clone(), axis };
        std::sync::Arc::new(Quantizer { scheme, params })
    };
    picked.integers()?.with_quantizer(x.dtype(), quantizer)
}

macro_rules! upsamples {
    ($($f:ident($($a:ident),*), $name:literal, $overload:literal, $before:ident, $after:ident;)*) => { $(
        fn $f(x: Tensor, $($a: IValue),*) -> Result<Tensor> {
            $after(&x, &call_one($name, $overload, [$before(&x)?.into(), $($a),*])?)
        }
    )* };
}
upsamples! {
    nearest1d(a, b), "aten::upsample_nearest1d", "", plain, picked;
    nearest2d(a, b, c), "aten::upsample_nearest2d", "", plain, picked;
    nearest3d(a, b, c, d), "aten::upsample_nearest3d", "", plain, picked;
    nearest1d_vec(a, b), "aten::upsample_nearest1d", "vec", plain, picked;
    nearest2d_vec(a, b), "aten::upsample_nearest2d", "vec", plain, picked;
    nearest3d_vec(a, b), "aten::upsample_nearest3d", "vec", plain, picked;
}

/// Interpolates what the integers stand for.
pub(super) fn bilinear_of_reals(x: &Tensor, size: Vec<i64>, corners: bool, scales: [Option<f64>; 2]) -> Result<Tensor> {
    let [h, w] = scales.map(IValue::from);
    uncentred(x, &call_one("aten::upsample_bilinear2d", "", [centred(x)?.into(), ints(size), corners.into(), h, w])?)
}
