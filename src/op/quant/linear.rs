//! Linear layers with int8 weights (and those of half precision), on quantized inputs or on real ones that are quantized
//! on the way in.

use super::packed::LinearParams;
use crate::base::{DType, Dims};
use crate::kernel::int_conv;
use crate::kernel::quant as kernel;
use crate::kernel::quant::{Affine, Requantize};
use crate::op::compute::dense;
use crate::op::Op;
use crate::tensor::{NewTensor, Quantizer};
use crate::value::IValue;
use crate::{ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "quantized::linear(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, \
         int Y_zero_point_i) -> Tensor Y",
        linear(_, _, _, _)
    ),
    op!(
        "quantized::linear_relu(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float \
         Y_scale_i, int Y_zero_point_i) -> Tensor Y",
        linear_relu(_, _, _, _)
    ),
    op!(
        "quantized::linear_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool \
         reduce_range=False) -> Tensor Y",
        linear_dynamic(_, _, _)
    ),
    op!(
        "quantized::linear_relu_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, \
         bool reduce_range=False) -> Tensor Y",
        linear_relu_dynamic(_, _, _)
    ),
    op!(
        "quantized::linear_dynamic_fp16(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> \
         Tensor Y",
        linear_fp16(_, _)
    ),
    op!(
        "quantized::linear_relu_dynamic_fp16(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase \
         W_prepack) -> Tensor Y",
        linear_relu_fp16(_, _)
    ),
    op!(
        "quantized::linear_dynamic_fp16_unpacked_weight(Tensor X, Tensor weight, Tensor bias) -> Tensor Y",
        linear_fp16_unpacked(_, _, _)
    ),
    op!(
        "quantized::linear_with_input_q_dq_qweight_dq_output_fp32(Tensor X, float X_scale, int X_zero_point, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> Tensor Y",
        linear_input_q(_, _, _, _)
    ),
    op!(
        "quantized::linear_with_input_q_dq_qweight_dq_relu_output_fp32(Tensor X, float X_scale, int X_zero_point, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> Tensor Y",
        linear_input_q_relu(_, _, _, _)
    ),
    op!(
        "quantized::linear_prepack(Tensor W, Tensor? B=None) -> \
         __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack",
        prepack(_, _)
    ),
    op!(
        "quantized::linear_prepack_fp16(Tensor W, Tensor? B=None) -> \
         __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack",
        prepack_fp16(_, _)
    ),
    op!("quantized::linear_prepack_legacy(Tensor W, Tensor? B=None) -> Tensor W_prepack", outdated(_, _)),
    op!("quantized::linear_prepack_fp16_legacy(Tensor W, Tensor? B=None) -> Tensor W_prepack", outdated_fp16(_, _)),
    op!("_quantized::linear_prepack_legacy(Tensor W, Tensor? B=None) -> Tensor W_prepack", outdated(_, _)),
    op!("_quantized::linear_prepack_fp16_legacy(Tensor W, Tensor? B=None) -> Tensor W_prepack", outdated_fp16(_, _)),
    op!(
        "quantized::linear_unpack.legacy(Tensor W_prepack) -> (Tensor W_origin, Tensor? B_origin)",
        outdated_unpack(_)
    ),
    op!(
        "quantized::linear_unpack_fp16.legacy(Tensor W_prepack) -> (Tensor W_origin, Tensor? B_origin)",
        outdated_unpack(_)
    ),
    op!(
        "quantized::linear_leaky_relu(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float \
         Y_scale_i, int Y_zero_point_i, float negative_slope) -> Tensor Y",
        linear_leaky_relu(_, _, _, _, _)
    ),
    op!(
        "quantized::linear_tanh(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float \
         Y_scale_i, int Y_zero_point_i) -> Tensor Y",
        linear_tanh(_, _, _, _)
    ),
    op!(
        "_quantized::wrapped_quantized_linear(Tensor X, Tensor X_scale, Tensor X_zero_point, Tensor W, Tensor W_scale, \
         Tensor W_zero_point, Tensor B, Tensor output_scale, Tensor output_zero_point, int out_channel) -> Tensor Y",
        wrapped_linear(_, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::linear_unpack(__torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> (Tensor W_origin, \
         Tensor? B_origin)",
        unpack(_)
    ),
    op!(
        "quantized::linear_unpack_fp16(__torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> (Tensor \
         W_origin, Tensor? B_origin)",
        unpack(_)
    ),
    op!(
        "_quantized::linear(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, \
         int Y_zero_point_i) -> Tensor Y",
        linear(_, _, _, _)
    ),
    op!(
        "_quantized::linear_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool \
         reduce_range=False) -> Tensor Y",
        linear_dynamic(_, _, _)
    ),
    op!(
        "_quantized::linear_prepack(Tensor W, Tensor? B=None) -> \
         __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack",
        prepack(_, _)
    ),
    op!(
        "_quantized::linear_prepack_fp16(Tensor W, Tensor? B=None) -> \
         __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack",
        prepack_fp16(_, _)
    ),
];

fn prepack(weight: Tensor, bias: Option<Tensor>) -> Result<IValue> {
    ensure!(
        weight.quantizer().is_some(),
        "Could not run 'quantized::linear_prepack' with arguments from the 'CPU' backend."
    );
    LinearParams::pack(weight, bias)
}

/// Archives before PyTorch 1.6 kept packed weights in tensors; PyTorch gives them up with these words.
fn outdated(_: Tensor, _: Option<Tensor>) -> Result<Tensor> {
    Err(Error::runtime(
        "This model uses an outdated version of quantized.linear_prepack. Please re-export your model using the newer \
         definitions in torch.jit.quantized",
    ))
}

fn outdated_fp16(_: Tensor, _: Option<Tensor>) -> Result<Tensor> {
    Err(Error::runtime(
        "This model uses an outdated version of quantized.linear_prepack_fp16. Please re-export your model using the \
         newer definitions in torch.jit.quantized",
    ))
}

fn outdated_unpack(_: Tensor) -> Result<(Tensor, Option<Tensor>)> {
    Err(Error::runtime(
        "quantized.linear_unpack(Tensor) is unsupported! Please upgrade your model to use the newer \
         quantized.linear_unpack(LinearPackedParamsBase) overload",
    ))
}

/// Only PyTorch's engine `onednn` has these; its default engine for this processor, which we stand for, refuses them.
fn linear_leaky_relu(_: Tensor, _: IValue, _: f64, _: i64, _: f64) -> Result<Tensor> {
    Err(Error::runtime("Didn't find engine for operation quantized::linear_leaky_relu X86"))
}

/// See [`linear_leaky_relu`].
fn linear_tanh(_: Tensor, _: IValue, _: f64, _: i64) -> Result<Tensor> {
    Err(Error::runtime("Didn't find engine for operation quantized::linear_tanh X86"))
}

/// Quantizes input and weight, multiplies, and gives the result back as real numbers.
#[allow(clippy::too_many_arguments)]
fn wrapped_linear(
    x: Tensor,
    x_scale: Tensor,
    x_zero: Tensor,
    weight: Tensor,
    weight_scale: Tensor,
    weight_zero: Tensor,
    bias: Tensor,
    scale: Tensor,
    zero_point: Tensor,
    _: i64,
) -> Result<Tensor> {
    let quantize = |x: Tensor, scale: &Tensor, zero: &Tensor, dtype| {
        super::quantize_per_tensor(x, scale.item()?.to_f64(), zero.item()?.to_i64(), dtype)
    };
    let x = quantize(x, &x_scale, &x_zero, DType::QU8)?;
    let params = LinearParams::new(quantize(weight, &weight_scale, &weight_zero, DType::QI8)?, Some(bias))?;
    super::dequantize(requantized(x, &params, scale.item()?.to_f64(), zero_point.item()?.to_i64(), false)?)
}

/// Weights are kept as the real numbers that half precision can hold.
fn prepack_fp16(weight: Tensor, bias: Option<Tensor>) -> Result<IValue> {
    ensure!(weight.dim() == 2, "The weight tensor for quantized::linear_prepack_fp16 should be 2-dimensional.");
    LinearParams::pack(rounded(&weight)?, bias)
}

pub(super) fn rounded(weight: &Tensor) -> Result<Tensor> {
    let largest = half::f16::MAX.to_f32();
    let values: Vec<f32> =
        weight.to_vec::<f32>()?.iter().map(|w| half::f16::from_f32(w.clamp(-largest, largest)).to_f32()).collect();
    Tensor::from_slice(&values, weight.sizes())
}

fn unpack(packed: IValue) -> Result<(Tensor, Option<Tensor>)> {
    let params = LinearParams::of(&packed)?;
    Ok((params.weight.clone(), params.bias.clone()))
}

/// The shape of the result and `(rows, n, k)`.
fn shape(x: &Tensor, params: &LinearParams) -> Result<(Dims, usize, usize)> {
    let (n, k) = (params.weight.sizes()[0], params.weight.sizes()[1]);
    ensure!(x.dim() >= 2, "The dimension of input tensor should be larger than or equal to 2");
    let have = x.sizes()[x.dim() - 1];
    ensure!(have == k, "The number of rows in the packB should be equal to K: {have}");
    let mut sizes: Dims = x.sizes().into();
    sizes[x.dim() - 1] = n;
    Ok((sizes, n as usize, k as usize))
}

/// A quantized input and a result quantized by these.
pub(super) fn requantized(x: Tensor, params: &LinearParams, scale: f64, zero_point: i64, relu: bool) -> Result<Tensor> {
    let Some(weight) = &params.int else {
        return Err(Error::unsupported("quantized::linear with a weight of half precision"));
    };
    ensure!(x.dtype() == DType::QU8, "Expected input data type QUInt8 but got {}", x.dtype());
    let (x_scale, x_zero) = x.q_params()?;
    let (sizes, n, k) = shape(&x, params)?;
    let integers = x.integers()?.to_contiguous()?;
    let centred: Vec<i16> = integers.data::<u8>()?.iter().map(|q| i16::from(*q).wrapping_sub(x_zero as i16)).collect();
    let by = Requantize {
        scales: weight.scales.iter().map(|s| x_scale as f32 * s).collect(),
        bias: params.bias_values.clone(),
        out: Affine::new(scale, zero_point),
        relu,
        real: false,
    };
    let mut out = NewTensor::<u8>::new(&sizes)?;
    int_conv::linear(&centred, &weight.data, (n, k), out.data(), &|sums, out| by.run(n, sums, out));
    out.finish().with_quantizer(DType::QU8, Quantizer::per_tensor(scale, zero_point))
}

fn linear(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    requantized(x, LinearParams::of(&packed)?.as_ref(), scale, zero_point, false)
}

fn linear_relu(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    requantized(x, LinearParams::of(&packed)?.as_ref(), scale, zero_point, true)
}

/// A real input, quantized by `by`, and a real result.
fn real_linear(x: &Tensor, params: &LinearParams, by: Affine, relu: bool) -> Result<Tensor> {
    let Some(weight) = &params.int else {
        return Err(Error::unsupported("quantized::linear_dynamic with a weight of half precision"));
    };
    let (sizes, n, k) = shape(x, params)?;
    let x = dense::<f32>(x)?;
    let values = x.data::<f32>()?;
    let mut quanta = vec![0u8; values.len()];
    kernel::quantize(values, by, &mut quanta);
    let centred: Vec<i16> = quanta.iter().map(|q| i16::from(*q).wrapping_sub(by.zero_point as i16)).collect();
    let scales: Vec<f32> =
        (0..n).map(|c| by.scale * weight.scales[if weight.scales.len() == 1 { 0 } else { c }]).collect();
    let mut out = NewTensor::<f32>::new(&sizes)?;
    int_conv::linear(&centred, &weight.data, (n, k), out.data(), &|sums, out| {
        for (c, (slot, sum)) in out.iter_mut().zip(sums).enumerate() {
            let value = *sum as f32 * scales[c] + params.bias_values.as_ref().map_or(0.0, |bias| bias[c]);
            *slot = if relu { value.max(0.0) } else { value };
        }
    });
    Ok(out.finish())
}

/// The input is quantized to 8 bits by its own range.
pub(super) fn dynamic(x: &Tensor, params: &LinearParams, reduce_range: bool, relu: bool) -> Result<Tensor> {
    ensure!(x.dtype() == DType::F32, "expected scalar type Float but found {}", x.dtype());
    if params.int.is_none() {
        return half_linear(x, params, relu);
    }
    shape(x, params)?;
    let (min, max) = kernel::range(dense::<f32>(x)?.data::<f32>()?);
    let (scale, zero_point) = kernel::choose_params(min, max, 0, 255, reduce_range);
    real_linear(x, params, Affine { scale: scale as f32, zero_point }, relu)
}

fn linear_dynamic(x: Tensor, packed: IValue, reduce_range: bool) -> Result<Tensor> {
    dynamic(&x, LinearParams::of(&packed)?.as_ref(), reduce_range, false)
}

fn linear_relu_dynamic(x: Tensor, packed: IValue, reduce_range: bool) -> Result<Tensor> {
    dynamic(&x, LinearParams::of(&packed)?.as_ref(), reduce_range, true)
}

fn linear_input_q(x: Tensor, scale: f64, zero_point: i64, packed: IValue) -> Result<Tensor> {
    real_linear(&x, LinearParams::of(&packed)?.as_ref(), Affine::new(scale, zero_point), false)
}

fn linear_input_q_relu(x: Tensor, scale: f64, zero_point: i64, packed: IValue) -> Result<Tensor> {
    real_linear(&x, LinearParams::of(&packed)?.as_ref(), Affine::new(scale, zero_point), true)
}

fn half_linear(x: &Tensor, params: &LinearParams, relu: bool) -> Result<Tensor> {
    ensure!(x.dtype() == DType::F32, "expected scalar type Float but found {}", x.dtype());
    let y = crate::op::matmul::linear(x.clone(), params.weight.clone(), params.bias.clone())?;
    match relu {
        true => super::plain::call_one("aten::relu", "", [y.into()]),
        false => Ok(y),
    }
}

fn linear_fp16(x: Tensor, packed: IValue) -> Result<Tensor> {
    half_linear(&x, LinearParams::of(&packed)?.as_ref(), false)
}

fn linear_relu_fp16(x: Tensor, packed: IValue) -> Result<Tensor> {
    half_linear(&x, LinearParams::of(&packed)?.as_ref(), true)
}

fn linear_fp16_unpacked(x: Tensor, weight: Tensor, bias: Tensor) -> Result<Tensor> {
    crate::op::matmul::linear(x, rounded(&weight)?, Some(bias))
}
