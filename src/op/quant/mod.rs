//! Quantized tensors: making them, and what they stand for.

pub mod arith;
pub mod conv;
pub mod embedding;
pub mod fake;
pub mod fbgemm;
pub mod linear;
mod packed;
pub mod plain;
pub mod prepacked;
mod resize;
pub mod rnn;
pub mod sparse;

use std::sync::Arc;

use super::compute::dense;
use super::Op;
use crate::base::{DType, Device, Layout, MemoryFormat, QScheme};
use crate::kernel::quant as kernel;
use crate::kernel::quant::{Affine, Quantum};
use crate::tensor::{is_non_overlapping_and_dense, NewTensor, QParams, Quantizer};
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor",
        quantize_per_tensor(_, _, _, _), out "out"
    ),
    op!(
        "aten::quantize_per_tensor.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, ScalarType dtype) -> \
         Tensor",
        quantize_by_tensors(_, _, _, _), out "tensor_qparams_out"
    ),
    op!(
        "aten::quantize_per_tensor.tensors(Tensor[] tensors, Tensor scales, Tensor zero_points, ScalarType dtype) -> \
         Tensor[]",
        quantize_list(_, _, _, _), out "tensors_out"
    ),
    op!(
        "aten::quantize_per_tensor_dynamic(Tensor self, ScalarType dtype, bool reduce_range) -> Tensor",
        quantize_dynamic(_, _, _), out "out"
    ),
    op!(
        "aten::quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> \
         Tensor",
        quantize_per_channel(_, _, _, _, _), out "out"
    ),
    op!("aten::dequantize.self(Tensor self) -> Tensor", dequantize(_), out "self_out", tags[MayAlias]),
    op!("aten::dequantize.tensors(Tensor[] tensors) -> Tensor[]", dequantize_list(_), out "tensors_out", tags[MayAlias]),
    op!("aten::dequantize.tensor(Tensor qtensor) -> Tensor", dequantize(_), tags[MayAlias]),
    op!("aten::dequantize.list(Tensor[] qtensors) -> Tensor[]", dequantize_list(_), tags[MayAlias]),
    op!("aten::dequantize.any(Any tensors) -> Any", dequantize_any(_), tags[MayAlias]),
    op!("static_runtime::dequantize_copy.self(Tensor self) -> Tensor", dequantize(_)),
    op!("aten::int_repr(Tensor self) -> Tensor", int_repr(_), out "out"),
    op!("aten::q_scale(Tensor self) -> float", q_scale(_)),
    op!("aten::q_zero_point(Tensor self) -> int", q_zero_point(_)),
    op!("aten::q_per_channel_scales(Tensor self) -> Tensor", q_per_channel_scales(_), out "out"),
    op!("aten::q_per_channel_zero_points(Tensor self) -> Tensor", q_per_channel_zero_points(_), out "out"),
    op!("aten::q_per_channel_axis(Tensor self) -> int", q_per_channel_axis(_)),
    op!("aten::qscheme(Tensor self) -> QScheme", qscheme(_)),
    op!(
        "aten::_make_per_tensor_quantized_tensor(Tensor self, float scale, int zero_point) -> Tensor",
        make_per_tensor(_, _, _), out "out"
    ),
    op!(
        "aten::_make_per_channel_quantized_tensor(Tensor self, Tensor scale, Tensor zero_point, int axis) -> Tensor",
        make_per_channel(_, _, _, _), out "out"
    ),
    op!(
        "aten::_empty_affine_quantized(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? \
         device=None, bool? pin_memory=None, float scale=1., int zero_point=0, MemoryFormat? memory_format=0) -> Tensor",
        empty_affine(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_empty_per_channel_affine_quantized(SymInt[] size, *, Tensor scales, Tensor zero_points, int axis, \
         ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? \
         memory_format=0) -> Tensor",
        empty_per_channel(_, _, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::empty_quantized(int[] size, Tensor qtensor, *, ScalarType? dtype=None, Layout? layout=None, Device? \
         device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        empty_quantized(_, _, _, _, _, _, _), out "out"
    ),
    op!("aten::_choose_qparams_per_tensor(Tensor self, bool reduce_range=False) -> (float, int)", choose_qparams(_, _)),
    op!(
        "aten::choose_qparams_optimized(Tensor input, int numel, int n_bins, float ratio, int bit_width) -> (Tensor, \
         Tensor)",
        choose_qparams_optimized(_, _, _, _, _)
    ),
];

/// Runs a block with `$T` as the integer type of a quantized dtype.
macro_rules! dispatch_quantum {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::base::DType::QU8 => {
                type $T = u8;
                $body
            }
            $crate::base::DType::QI8 => {
                type $T = i8;
                $body
            }
            $crate::base::DType::QI32 => {
                type $T = i32;
                $body
            }
            other => {
                return Err($crate::Error::unsupported(format!("this operator on tensors of dtype {other}")));
            }
        }
    };
}
pub(super) use dispatch_quantum;

/// Before integers are copied: the copy stands for what the original does. Does nothing for tensors that are not quantized.
pub(super) fn copy_params(target: &Tensor, source: &Tensor) -> Result<()> {
    let (Some(old), Some(new)) = (target.quantizer(), source.quantizer()) else { return Ok(()) };
    ensure!(old.scheme == new.scheme, "Quantized Copy only works with same qscheme");
    if Arc::ptr_eq(old, new) {
        return Ok(());
    }
    target.replace_quantizer(new.clone())
}

/// The smallest and largest integer of a quantized dtype.
fn limits(dtype: DType) -> Result<(i64, i64)> {
    Ok(match dtype {
        DType::QU8 => (0, 255),
        DType::QI8 => (-128, 127),
        DType::QI32 => (i32::MIN.into(), i32::MAX.into()),
        DType::QU4x2 => (0, 15),
        DType::QU2x4 => (0, 3),
        other => bail!("ScalarType {} is not supported in new_qtensor.", other.name()),
    })
}

fn check_zero_points(zero_points: &[i64], dtype: DType) -> Result<()> {
    let (low, high) = limits(dtype)?;
    for zero_point in zero_points {
        ensure!(*zero_point <= high, "quantize_tensor_per_tensor_affine zero_point {zero_point} is above upper bound.");
        ensure!(*zero_point >= low, "quantize_tensor_per_tensor_affine zero_point {zero_point} is below lower bound.");
    }
    Ok(())
}

/// `x` in memory order, if that is an order of its elements, else a row-major copy: a flat tensor, and the strides that
/// a result of the same layout has.
pub(super) fn flat(x: &Tensor) -> Result<(Tensor, Vec<i64>)> {
    let dense = is_non_overlapping_and_dense(x.sizes(), x.strides());
    let x = if dense { x.clone() } else { x.to_contiguous()? };
    Ok((x.as_strided(&[x.numel() as i64], &[1], None)?, x.strides().to_vec()))
}

/// A flat result seen with the sizes and strides of what it came from.
pub(super) fn shaped(result: &Tensor, sizes: &[i64], strides: &[i64]) -> Result<Tensor> {
    result.as_strided(sizes, strides, Some(0))
}

fn check_float(x: &Tensor, name: &str) -> Result<()> {
    ensure!(x.dtype() == DType::F32, "{name} expects a Float tensor, got {}", float_name(x.dtype()));
    Ok(())
}

fn float_name(dtype: DType) -> String {
    format!("torch.{}", dtype.python_name())
}

pub(super) fn quantize_per_tensor(x: Tensor, scale: f64, zero_point: i64, dtype: DType) -> Result<Tensor> {
    limits(dtype)?;
    check_float(&x, "Quantize only works on Float Tensor, quantize_per_tensor")?;
    ensure!(dtype.per_byte() == 1, "quantize_per_tensor is not supported for {}", dtype.name());
    check_zero_points(&[zero_point], dtype)?;
    let by = Affine::new(scale, zero_point);
    let (values, strides) = flat(&x)?;
    dispatch_quantum!(dtype, Q => {
        let mut out = NewTensor::<Q>::new(&[x.numel() as i64])?;
        kernel::quantize(values.data::<f32>()?, by, out.data());
        shaped(&out.finish(), x.sizes(), &strides)?.with_quantizer(dtype, Quantizer::per_tensor(scale, zero_point))
    })
}

fn quantize_by_tensors(x: Tensor, scale: Tensor, zero_point: Tensor, dtype: DType) -> Result<Tensor> {
    quantize_per_tensor(x, scale.item()?.to_f64(), zero_point.item()?.to_i64(), dtype)
}

fn quantize_list(tensors: Vec<Tensor>, scales: Tensor, zero_points: Tensor, dtype: DType) -> Result<Vec<Tensor>> {
    let (scales, zeros) = (scales.to_vec::<f64>()?, zero_points.to_vec::<i64>()?);
    ensure!(
        scales.len() >= tensors.len() && zeros.len() >= tensors.len(),
        "{} tensors with {} scales and {} zero points",
        tensors.len(),
        scales.len(),
        zeros.len()
    );
    let pairs = scales.into_iter().zip(zeros);
    tensors.into_iter().zip(pairs).map(|(x, (s, z))| quantize_per_tensor(x, s, z, dtype)).collect()
}

fn quantize_dynamic(x: Tensor, dtype: DType, reduce_range: bool) -> Result<Tensor> {
    if dtype == DType::F16 {
        return x.to_dtype(DType::F16);
    }
    ensure!(matches!(dtype, DType::QI8 | DType::QU8), "dtype {}not supported", dtype.name());
    check_float(&x, "quantize_per_tensor_dynamic")?;
    let (low, high) = limits(dtype)?;
    let (min, max) = kernel::range(flat(&x)?.0.data::<f32>()?);
    let (scale, zero_point) = kernel::choose_params(min, max, low as i32, high as i32, reduce_range);
    quantize_per_tensor(x, scale, zero_point.into(), dtype)
}

/// Checked parameters of a tensor that is quantized per channel.
fn channel_quantizer(
    sizes: &[i64],
    scales: &Tensor,
    zero_points: &Tensor,
    axis: i64,
    dtype: DType,
) -> Result<Arc<Quantizer>> {
    limits(dtype)?;
    ensure!(scales.dim() == 1, "scale tensor must have dimension 1");
    ensure!(zero_points.dim() == 1, "zero_points tensor must have dimension 1");
    ensure!(scales.numel() == zero_points.numel(), "number of elements in scales and zero_points must match");
    ensure!(0 <= axis && axis < sizes.len() as i64, "Channel axis out of range in per channel affine quantization.");
    let axis = axis as usize;
    ensure!(
        scales.numel() as i64 == sizes[axis],
        "length of scales must equal to channel, expected {} got, {}",
        sizes[axis],
        scales.numel()
    );
    let float = zero_points.dtype().is_floating_point();
    let (scheme, types) = match float {
        true => (QScheme::PerChannelAffineFloatQParams, (DType::F32, DType::F32)),
        false => (QScheme::PerChannelAffine, (DType::F64, DType::I64)),
    };
    if !float {
        check_zero_points(&zero_points.to_vec::<i64>()?, dtype)?;
    }
    let (scales, zero_points) = (scales.to_dtype(types.0)?, zero_points.to_dtype(types.1)?);
    Ok(Arc::new(Quantizer {
        scheme,
        params: QParams::PerChannel {
            scales: scales.to_contiguous()?,
            zero_points: zero_points.to_contiguous()?,
            axis,
        },
    }))
}

/// Scales and zero points per channel, and how many channels and elements inside one there are.
struct Channels {
    scales: Vec<f32>,
    zero_points: Vec<f32>,
    inner: usize,
}

impl Channels {
    fn of(x: &Tensor, scales: &Tensor, zero_points: &Tensor, axis: usize) -> Result<Channels> {
        let channels = Channels {
            scales: scales.to_vec::<f32>()?,
            zero_points: zero_points.to_vec::<f32>()?,
            inner: x.sizes().iter().skip(axis + 1).product::<i64>() as usize,
        };
        let count = x.sizes().get(axis).copied().unwrap_or(0) as usize;
        ensure!(
            channels.scales.len() >= count && channels.zero_points.len() >= count,
            "{count} channels with {} scales and {} zero points",
            channels.scales.len(),
            channels.zero_points.len()
        );
        Ok(channels)
    }
    /// The channel of each run of `inner` row-major elements, over and over.
    fn runs(&self, count: usize) -> impl Iterator<Item = (f32, f32)> + '_ {
        let pairs = self.scales.iter().copied().zip(self.zero_points.iter().copied());
        (0..count).flat_map(move |_| pairs.clone())
    }
}

fn quantize_per_channel(x: Tensor, scales: Tensor, zero_points: Tensor, axis: i64, dtype: DType) -> Result<Tensor> {
    check_float(&x, "Quantize only works on Float Tensor, quantize_per_channel")?;
    let quantizer = channel_quantizer(x.sizes(), &scales, &zero_points, axis, dtype)?;
    let QParams::PerChannel { scales, zero_points, axis } = &quantizer.params else {
        return Err(Error::internal("per channel"));
    };
    let float = quantizer.scheme == QScheme::PerChannelAffineFloatQParams;
    let channels = Channels::of(&x, scales, zero_points, *axis)?;
    let format = x.suggest_memory_format();
    let values = dense::<f32>(&x)?;
    let values = values.data::<f32>()?;
    fn run<Q: Quantum>(values: &[f32], channels: &Channels, float: bool, sizes: &[i64]) -> Result<Tensor> {
        let mut out = NewTensor::<Q>::new(sizes)?;
        let inner = channels.inner.max(1);
        let rows = values.chunks(inner).zip(out.data().chunks_mut(inner));
        let params = channels.runs(values.len() / (inner * channels.scales.len()).max(1));
        for ((values, out), (scale, zero)) in rows.zip(params) {
            let inverse = if float && scale == 0.0 { 1.0 } else { 1.0 / scale };
            for (slot, value) in out.iter_mut().zip(values) {
                *slot = match float {
                    true => kernel::quantum_of(value * inverse + zero, 0),
                    false => kernel::quantum_of(value * inverse, zero as i32),
                };
            }
        }
        Ok(out.finish())
    }
    if dtype.per_byte() > 1 {
        ensure!(float, "quantize_per_channel to {} needs float zero points", dtype.name());
        let high = limits(dtype)?.1 as u8;
        let wide = run::<u8>(values, &channels, true, x.sizes())?;
        let quanta: Vec<u8> = wide.data::<u8>()?.iter().map(|q| (*q).min(high)).collect();
        return pack(&quanta, x.sizes(), dtype, quantizer.clone());
    }
    dispatch_quantum!(dtype, Q => {
        let out = run::<Q>(values, &channels, float, x.sizes())?.with_quantizer(dtype, quantizer.clone())?;
        out.contiguous_in(format)
    })
}

/// A tensor of a dtype with several elements in a byte.
pub(super) fn pack(quanta: &[u8], sizes: &[i64], dtype: DType, quantizer: Arc<Quantizer>) -> Result<Tensor> {
    let out = Tensor::empty(sizes, dtype)?;
    let (per_byte, bits) = (dtype.per_byte(), 8 / dtype.per_byte());
    out.packed_bytes()?.update(|bytes: &mut [u8]| {
        for (byte, quanta) in bytes.iter_mut().zip(quanta.chunks(per_byte)) {
            *byte = quanta.iter().enumerate().fold(0, |byte, (i, q)| byte | q << (i * bits));
        }
    })?;
    out.with_quantizer(dtype, quantizer)
}

pub(super) fn dequantize(x: Tensor) -> Result<Tensor> {
    let Some(quantizer) = x.quantizer().cloned() else { return x.to_dtype(DType::F32) };
    match &quantizer.params {
        QParams::PerTensor { scale, zero_point } => {
            let by = Affine::new(*scale, *zero_point);
            let (quanta, strides) = flat(&x)?;
            let quanta = quanta.integers()?;
            let mut out = NewTensor::<f32>::new(&[x.numel() as i64])?;
            dispatch_quantum!(x.dtype(), Q => kernel::dequantize(quanta.data::<Q>()?, by, out.data()));
            shaped(&out.finish(), x.sizes(), &strides)
        }
        QParams::PerChannel { scales, zero_points, axis } => {
            let channels = Channels::of(&x, scales, zero_points, *axis)?;
            let mut values = x.integers()?.to_vec::<f32>()?;
            let inner = channels.inner.max(1);
            let rows = x.sizes().get(*axis).copied().unwrap_or(0) as usize;
            for (i, row) in values.chunks_mut(inner).enumerate() {
                let channel = i % rows.max(1);
                let (scale, zero) = (channels.scales[channel], channels.zero_points[channel]);
                row.iter_mut().for_each(|v| *v = (*v - zero) * scale);
            }
            Tensor::from_slice(&values, x.sizes())?.contiguous_in(x.suggest_memory_format())
        }
    }
}

fn dequantize_list(tensors: Vec<Tensor>) -> Result<Vec<Tensor>> {
    tensors.into_iter().map(dequantize).collect()
}

/// Tensors inside lists and tuples are dequantized where they are quantized; other values stay.
fn dequantize_any(value: IValue) -> Result<IValue> {
    Ok(match value {
        IValue::Tensor(x) if x.quantizer().is_some() => IValue::Tensor(dequantize(x)?),
        IValue::List(list) => {
            let items = list.to_vec().into_iter().map(dequantize_any).collect::<Result<_>>()?;
            IValue::List(crate::value::List::new(list.element_type().clone(), items))
        }
        IValue::Tuple(tuple) => {
            let elements = tuple.elements.iter().cloned().map(dequantize_any).collect::<Result<_>>()?;
            IValue::Tuple(Arc::new(crate::value::TupleValue { elements, named: tuple.named.clone() }))
        }
        other => other,
    })
}

fn not_quantized(name: &str) -> Error {
    Error::runtime(format!("Could not run 'aten::{name}' with arguments from the 'CPU' backend."))
}

fn int_repr(x: Tensor) -> Result<Tensor> {
    ensure_quantized(&x, "int_repr")?;
    match x.dtype().per_byte() {
        1 => x.integers()?.deep_clone(),
        _ => x.packed_bytes()?.deep_clone(),
    }
}

fn ensure_quantized(x: &Tensor, name: &str) -> Result<()> {
    match x.quantizer() {
        Some(_) => Ok(()),
        None => Err(not_quantized(name)),
    }
}

fn q_scale(x: Tensor) -> Result<f64> {
    ensure_quantized(&x, "q_scale")?;
    Ok(x.q_params()?.0)
}

fn q_zero_point(x: Tensor) -> Result<i64> {
    ensure_quantized(&x, "q_zero_point")?;
    Ok(x.q_params()?.1)
}

fn per_channel<'a>(x: &'a Tensor, name: &str) -> Result<(&'a Tensor, &'a Tensor, usize)> {
    ensure_quantized(x, name)?;
    match x.quantizer().map(|q| &q.params) {
        Some(QParams::PerChannel { scales, zero_points, axis }) => Ok((scales, zero_points, *axis)),
        _ => bail!(
            "Expected quantizer->qscheme() == kPerChannelAffine || quantizer->qscheme() == kPerChannelAffineFloatQParams \
             to be true, but got false."
        ),
    }
}

fn q_per_channel_scales(x: Tensor) -> Result<Tensor> {
    per_channel(&x, "q_per_channel_scales").map(|p| p.0.clone())
}

fn q_per_channel_zero_points(x: Tensor) -> Result<Tensor> {
    per_channel(&x, "q_per_channel_zero_points").map(|p| p.1.clone())
}

fn q_per_channel_axis(x: Tensor) -> Result<i64> {
    per_channel(&x, "q_per_channel_axis").map(|p| p.2 as i64)
}

fn qscheme(x: Tensor) -> Result<i64> {
    x.quantizer().map(|q| q.scheme as i64).ok_or_else(|| not_quantized("qscheme"))
}

/// The dtype whose integers have this dtype.
fn quantized_dtype(x: &Tensor) -> Result<DType> {
    Ok(match x.dtype() {
        DType::U8 => DType::QU8,
        DType::I8 => DType::QI8,
        DType::I32 => DType::QI32,
        other => bail!("\"make_per_tensor_quantized_tensor\" not implemented for '{}'", other.name()),
    })
}

fn make_per_tensor(x: Tensor, scale: f64, zero_point: i64) -> Result<Tensor> {
    x.deep_clone()?.with_quantizer(quantized_dtype(&x)?, Quantizer::per_tensor(scale, zero_point))
}

fn make_per_channel(x: Tensor, scales: Tensor, zero_points: Tensor, axis: i64) -> Result<Tensor> {
    let dtype = quantized_dtype(&x)?;
    let quantizer = channel_quantizer(x.sizes(), &scales, &zero_points, axis, dtype)?;
    x.deep_clone()?.with_quantizer(dtype, quantizer)
}

fn fresh(sizes: &[i64], dtype: DType, format: Option<MemoryFormat>, quantizer: Arc<Quantizer>) -> Result<Tensor> {
    if dtype.per_byte() > 1 {
        return pack(&[], sizes, dtype, quantizer);
    }
    Tensor::empty_format(sizes, dtype.underlying(), format.unwrap_or(MemoryFormat::Contiguous))?
        .with_quantizer(dtype, quantizer)
}

fn empty_affine(
    sizes: Vec<i64>,
    dtype: Option<DType>,
    _: Option<Layout>,
    _: Option<Device>,
    _: Option<bool>,
    scale: f64,
    zero_point: i64,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(DType::F32);
    limits(dtype)?;
    fresh(&sizes, dtype, format, Quantizer::per_tensor(scale, zero_point))
}

fn empty_per_channel(
    sizes: Vec<i64>,
    scales: Tensor,
    zero_points: Tensor,
    axis: i64,
    dtype: Option<DType>,
    _: Option<Layout>,
    _: Option<Device>,
    _: Option<bool>,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(DType::F32);
    fresh(&sizes, dtype, format, channel_quantizer(&sizes, &scales, &zero_points, axis, dtype)?)
}

fn empty_quantized(
    sizes: Vec<i64>,
    like: Tensor,
    dtype: Option<DType>,
    _: Option<Layout>,
    _: Option<Device>,
    _: Option<bool>,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    let quantizer = like.quantizer().cloned().ok_or_else(|| not_quantized("empty_quantized"))?;
    fresh(&sizes, dtype.unwrap_or(like.dtype()), format, quantizer)
}

fn choose_qparams(x: Tensor, reduce_range: bool) -> Result<(f64, i64)> {
    check_float(&x, "_choose_qparams_per_tensor")?;
    let (min, max) = kernel::range(flat(&x)?.0.data::<f32>()?);
    let (scale, zero_point) = kernel::choose_params(min, max, 0, 255, reduce_range);
    Ok((scale, zero_point.into()))
}

/// The range of a row that loses least when it is quantized, found by cutting off a bin at either end at a time.
fn choose_qparams_optimized(x: Tensor, n: i64, bins: i64, ratio: f64, bits: i64) -> Result<(Tensor, Tensor)> {
    let row = dense::<f32>(&x)?;
    let row = row.data::<f32>()?;
    ensure!(0 < n && n as usize <= row.len(), "numel {n} greater than dimensions of input tensor {}", x.numel());
    ensure!((1..=8).contains(&bits), "choose_qparams_optimized: {bits} bits");
    check_bins(bins)?;
    let (low, high) = best_range(&row[..n as usize], bins, ratio as f32, bits as u32);
    Ok((Tensor::from_slice(&[high], &[1])?, Tensor::from_slice(&[low], &[1])?))
}

/// The search takes a step for every bin, and more of them would not move a float32 any more.
pub(super) fn check_bins(bins: i64) -> Result<()> {
    ensure!((1..=1 << 20).contains(&bins), "a search over {bins} bins");
    Ok(())
}

pub(super) fn best_range(row: &[f32], bins: i64, ratio: f32, bits: u32) -> (f32, f32) {
    let loss_of = |low: f32, high: f32| {
        let low = half::f16::from_f32(low).to_f32();
        let highest = ((1 << bits) - 1) as f32;
        let range = high - low;
        let scale = if range == 0.0 { 1.0 } else { half::f16::from_f32(range / highest).to_f32() };
        let inverse = if scale == 0.0 { 1.0 } else { 1.0 / scale };
        let loss: f32 = row.iter().fold(0.0, |sum, v| {
            let q = kernel::round_even((v - low) * inverse).clamp(0.0, highest) * scale + low;
            sum + (v - q) * (v - q)
        });
        loss.sqrt()
    };
    let (mut low, mut high) = kernel::range(row);
    let step = (high - low) / bins as f32;
    let kept = (f64::from(bins as i32) * (1.0 - f64::from(ratio))) as i32;
    let (mut l, mut h) = (low, high);
    let mut best = loss_of(low, high);
    let mut current = best;
    let least = kept as f32 * step;
    // each step takes one bin away; a step too small to move a bound would go on for ever
    for _ in 0..=bins {
        if !(step > 0.0 && l + least < h) {
            break;
        }
        let (left, right) = (loss_of(l + step, h), loss_of(l, h - step));
        if current < left && current < right && current < best {
            (best, low, high) = (current, l, h);
        }
        if left < right {
            l += step;
            current = left;
        } else {
            h -= step;
            current = right;
        }
    }
    (low, high)
}
