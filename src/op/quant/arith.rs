//! Arithmetic, activations and norms of quantized tensors, with results in given parameters.

use super::plain::{self, call_one, cat_with, map_values};
use super::{dequantize, dispatch_quantum, flat, quantize_per_tensor, shaped};
use crate::base::{broadcast_shapes, DType, MemoryFormat, Scalar};
use crate::kernel::quant as kernel;
use crate::kernel::quant::{Affine, Pair, Quantum};
use crate::op::Op;
use crate::tensor::{is_non_overlapping_and_dense, NewTensor, Quantizer};
use crate::value::{IValue, List};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("quantized::add(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc", add(_, _, _, _)),
    op!("quantized::add.out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", add_out(_, _, _)),
    op!("quantized::add.Scalar(Tensor qa, Scalar b) -> Tensor qc", add_scalar(_, _)),
    op!("quantized::add.Scalar2(Scalar b, Tensor qa) -> Tensor qc", add_scalar2(_, _)),
    op!("quantized::add.Scalar_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out", add_scalar_out(_, _, _)),
    op!("quantized::add_out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", add_out(_, _, _)),
    op!("quantized::add_relu(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc", add_relu(_, _, _, _)),
    op!("quantized::add_relu.out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", add_relu_out(_, _, _)),
    op!("quantized::add_relu.Scalar(Tensor qa, Scalar b) -> Tensor qc", add_relu_scalar(_, _)),
    op!("quantized::add_relu.Scalar2(Scalar b, Tensor qa) -> Tensor qc", add_relu_scalar2(_, _)),
    op!(
        "quantized::add_relu.Scalar_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out",
        add_relu_scalar_out(_, _, _)
    ),
    op!("quantized::add_relu_out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", add_relu_out(_, _, _)),
    op!("quantized::mul(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc", mul(_, _, _, _)),
    op!("quantized::mul.out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", mul_out(_, _, _)),
    op!("quantized::mul.Scalar(Tensor qa, Scalar b) -> Tensor qc", mul_scalar(_, _)),
    op!("quantized::mul.Scalar2(Scalar b, Tensor qa) -> Tensor qc", mul_scalar2(_, _)),
    op!("quantized::mul.Scalar_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out", mul_scalar_out(_, _, _)),
    op!("quantized::mul_out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", mul_out(_, _, _)),
    op!("quantized::mul_relu(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc", mul_relu(_, _, _, _)),
    op!("quantized::mul_relu.out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", mul_relu_out(_, _, _)),
    op!("quantized::mul_relu.Scalar(Tensor qa, Scalar b) -> Tensor qc", mul_relu_scalar(_, _)),
    op!("quantized::mul_relu.Scalar2(Scalar b, Tensor qa) -> Tensor qc", mul_relu_scalar2(_, _)),
    op!(
        "quantized::mul_relu.Scalar_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out",
        mul_relu_scalar_out(_, _, _)
    ),
    op!("quantized::mul_relu_out(Tensor qa, Tensor qb, Tensor(a!) out) -> Tensor(a!) out", mul_relu_out(_, _, _)),
    op!("quantized::add_scalar(Tensor qa, Scalar b) -> Tensor qc", add_scalar(_, _)),
    op!("quantized::add_scalar.Tensor(Tensor qa, Tensor b) -> Tensor qc", add_number_tensor(_, _)),
    op!("quantized::add_scalar_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out", add_scalar_out(_, _, _)),
    op!(
        "quantized::add_scalar_out.Tensor(Tensor qa, Tensor b, Tensor(a!) out) -> Tensor(a!) out",
        add_number_tensor_out(_, _, _)
    ),
    op!("quantized::add_scalar_relu(Tensor qa, Scalar b) -> Tensor qc", add_relu_scalar(_, _)),
    op!("quantized::add_scalar_relu.Tensor(Tensor qa, Tensor b) -> Tensor qc", add_relu_number(_, _)),
    op!(
        "quantized::add_scalar_relu_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out",
        add_relu_scalar_out(_, _, _)
    ),
    op!(
        "quantized::add_scalar_relu_out.Tensor(Tensor qa, Tensor b, Tensor(a!) out) -> Tensor(a!) out",
        add_relu_number_out(_, _, _)
    ),
    op!("quantized::mul_scalar(Tensor qa, Scalar b) -> Tensor qc", mul_scalar(_, _)),
    op!("quantized::mul_scalar.Tensor(Tensor qa, Tensor b) -> Tensor qc", mul_number_tensor(_, _)),
    op!("quantized::mul_scalar_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out", mul_scalar_out(_, _, _)),
    op!(
        "quantized::mul_scalar_out.Tensor(Tensor qa, Tensor b, Tensor(a!) out) -> Tensor(a!) out",
        mul_number_tensor_out(_, _, _)
    ),
    op!("quantized::mul_scalar_relu(Tensor qa, Scalar b) -> Tensor qc", mul_relu_scalar(_, _)),
    op!("quantized::mul_scalar_relu.Tensor(Tensor qa, Tensor b) -> Tensor qc", mul_relu_number(_, _)),
    op!(
        "quantized::mul_scalar_relu_out(Tensor qa, Scalar b, Tensor(a!) out) -> Tensor(a!) out",
        mul_relu_scalar_out(_, _, _)
    ),
    op!(
        "quantized::mul_scalar_relu_out.Tensor(Tensor qa, Tensor b, Tensor(a!) out) -> Tensor(a!) out",
        mul_relu_number_out(_, _, _)
    ),
    op!("_quantized::add(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc", add(_, _, _, _)),
    op!("quantized::cat(Tensor[] qx, int dim, float? scale, int? zero_point) -> Tensor", cat(_, _, _, _)),
    op!("quantized::cat_relu(Tensor[] qx, int dim, float? scale, int? zero_point) -> Tensor", cat_relu(_, _, _, _)),
    op!("quantized::cat_out(Tensor[] qx, int dim, Tensor(a!) out) -> Tensor(a!)", cat_out(_, _, _)),
    op!("quantized::cat_relu_out(Tensor[] qx, int dim, Tensor(a!) out) -> Tensor(a!)", cat_relu_out(_, _, _)),
    op!("quantized::matmul(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc", matmul(_, _, _, _)),
    op!("quantized::hardswish(Tensor input, float output_scale, int output_zero_point) -> Tensor", hardswish(_, _, _)),
    op!("quantized::sigmoid(Tensor qx, float output_scale, int output_zero_point) -> Tensor", sigmoid(_, _, _)),
    op!(
        "quantized::leaky_relu(Tensor qx, Scalar negative_slope, bool inplace, float output_scale, int \
         output_zero_point) -> Tensor",
        leaky_relu(_, _, _, _, _)
    ),
    op!(
        "quantized::elu(Tensor self, float output_scale, int output_zero_point, Scalar alpha=1, Scalar \
         scale=1, Scalar input_scale=1) -> Tensor",
        elu(_, _, _, _, _, _)
    ),
    op!(
        "quantized::celu(Tensor self, float output_scale, int output_zero_point, Scalar alpha=1) -> \
         Tensor",
        celu(_, _, _, _)
    ),
    op!(
        "quantized::prelu(Tensor qx, Tensor weight, float output_scale, int output_zero_point) -> Tensor",
        prelu(_, _, _, _)
    ),
    op!(
        "quantized::softmax(Tensor qx, int dim, float output_scale, int output_zero_point) -> Tensor",
        softmax(_, _, _, _)
    ),
    op!(
        "quantized::dropout(Tensor self, float output_scale, int output_zero_point, Scalar p=0.5, bool \
         training=False) -> Tensor",
        dropout(_, _, _, _, _)
    ),
    op!("quantized::clamp(Tensor qx, Scalar? min=None, Scalar? max=None) -> Tensor qy", clamp(_, _, _)),
    op!("quantized::relu6(Tensor qx, bool inplace=False) -> Tensor", relu6(_, _)),
    op!("quantized::threshold(Tensor qx, Scalar threshold, Scalar value) -> Tensor qy", threshold(_, _, _)),
    op!(
        "quantized::max_pool1d(Tensor qx, int[] kernel_size, int[] stride, int[] padding, int[] \
         dilation, bool ceil_mode) -> Tensor",
        max_pool1d(_, _, _, _, _, _)
    ),
    op!(
        "quantized::max_pool2d(Tensor qx, int[] kernel_size, int[] stride, int[] padding, int[] \
         dilation, bool ceil_mode) -> Tensor",
        max_pool2d(_, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] \
         padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor",
        max_pool1d(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::quantized_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] \
         padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor",
        max_pool2d(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::quantized_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] \
         padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor",
        max_pool3d(_, _, _, _, _, _), out "out"
    ),
    op!(
        "quantized::batch_norm(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, float \
         eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm_relu(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm_relu(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm1d(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm1d_relu(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm_relu(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm2d(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm2d_relu(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm_relu(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm3d(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::batch_norm3d_relu(Tensor qx, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm_relu(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor \
         var, float eps, float output_scale, int output_zero_point) -> Tensor",
        batch_norm(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "quantized::layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, \
         float eps, float output_scale, int output_zero_point) -> Tensor",
        layer_norm(_, _, _, _, _, _, _)
    ),
    op!(
        "quantized::group_norm(Tensor input, int num_groups, Tensor? weight, Tensor? bias, float eps, \
         float output_scale, int output_zero_point) -> Tensor",
        group_norm(_, _, _, _, _, _, _)
    ),
    op!(
        "quantized::instance_norm(Tensor input, Tensor? weight, Tensor? bias, float eps, float \
         output_scale, int output_zero_point) -> Tensor",
        instance_norm(_, _, _, _, _, _)
    ),
];

#[derive(Clone, Copy, PartialEq)]
enum Binary {
    Add,
    Mul,
}

fn binary(
    op: Binary,
    relu: bool,
    [a, b]: [&Tensor; 2],
    out: Option<&Tensor>,
    (scale, zero_point): (f64, i64),
) -> Result<Tensor> {
    let name = if op == Binary::Add { "Add" } else { "Mul" };
    ensure!(a.q_params().is_ok() && b.q_params().is_ok(), "Only per tensor quantization is supported in {name}.");
    ensure!(a.dtype() == b.dtype(), "{name} operands should have same data type.");
    let ((a_scale, a_zero), (b_scale, b_zero)) = (a.q_params()?, b.q_params()?);
    let by = Pair {
        a: Affine::new(a_scale, a_zero),
        b: Affine::new(b_scale, b_zero),
        out: Affine::new(scale, zero_point),
        relu,
        vectors: a.sizes() == b.sizes()
            && a.strides() == b.strides()
            && out.is_none_or(|out| out.strides() == a.strides())
            && is_non_overlapping_and_dense(a.sizes(), a.strides()),
    };
    let sizes = broadcast_shapes(a.sizes(), b.sizes())?;
    let (a, b) = (a.expand(&sizes)?, b.expand(&sizes)?);
    let format = a.suggest_memory_format();
    let arrange = |x: &Tensor| -> Result<(Tensor, Vec<i64>)> { flat(&x.contiguous_in(format)?) };
    let ((a, strides), (b, _)) = (arrange(&a)?, arrange(&b)?);
    let dtype = a.dtype();
    let (a, b) = (a.integers()?, b.integers()?);
    dispatch_quantum!(dtype, Q => {
        let mut out = NewTensor::<Q>::new(a.sizes())?;
        match op {
            Binary::Add => kernel::add(by, a.data::<Q>()?, b.data::<Q>()?, out.data()),
            Binary::Mul => kernel::mul(by, a.data::<Q>()?, b.data::<Q>()?, out.data()),
        }
        shaped(&out.finish(), &sizes, &strides)?.with_quantizer(dtype, Quantizer::per_tensor(scale, zero_point))
    })
}

/// Writes a result into `out`, in the parameters that `out` has.
fn into(out: Tensor, make: impl FnOnce(f64, i64) -> Result<Tensor>) -> Result<Tensor> {
    let (scale, zero_point) = out.q_params()?;
    let result = make(scale, zero_point)?;
    ensure!(out.sizes() == result.sizes(), "'qa' and 'out' must have the same shape");
    out.copy_from(&result)?;
    Ok(out)
}

/// Integers that the scalar forms made, with new parameters.
fn with_params(x: &Tensor, scale: f64, zero_point: i64, f: &dyn Fn(i32) -> i32) -> Result<Tensor> {
    let (quanta, strides) = flat(x)?;
    let quanta = quanta.integers()?;
    dispatch_quantum!(x.dtype(), Q => {
        let mut out = NewTensor::<Q>::new(quanta.sizes())?;
        for (slot, q) in out.data().iter_mut().zip(quanta.data::<Q>()?) {
            *slot = Q::put(f(q.get()).clamp(Q::LOWEST, Q::HIGHEST));
        }
        shaped(&out.finish(), x.sizes(), &strides)?.with_quantizer(x.dtype(), Quantizer::per_tensor(scale, zero_point))
    })
}

/// A number is added by moving the zero point where it can be moved that far; else the range is stretched.
fn add_number(x: &Tensor, number: Scalar, relu: bool) -> Result<Tensor> {
    ensure!(x.q_params().is_ok(), "Only per tensor quantization is supported for Add.");
    ensure!(matches!(x.dtype(), DType::QI8 | DType::QU8), "Add a scalar: only qint8 and quint8 are supported");
    let (scale, zero) = x.q_params()?;
    let (low, high) = if x.dtype() == DType::QI8 { (-128i64, 127i64) } else { (0, 255) };
    let shift = (number.to_f64() / scale).round_ties_even() as i32;
    let moved = zero.saturating_sub(i64::from(shift));
    if (low..=high).contains(&moved) {
        let least = if relu { moved as i32 } else { i32::MIN };
        return with_params(x, scale, moved, &|q| q.max(least));
    }
    let (new_scale, new_zero) = match moved < low {
        true => (high.saturating_sub(moved) as f64 / (high - low) as f64 * scale, low),
        false => (moved.saturating_sub(low) as f64 / (high - low) as f64 * scale, high),
    };
    let factor = scale as f32 * (1.0 / new_scale as f32);
    with_params(x, new_scale, new_zero, &|q| {
        let sum = q.wrapping_sub(zero as i32).wrapping_add(shift);
        let sum = if relu { sum.max(0) } else { sum };
        kernel::quantum_of::<i32>(sum as f32 * factor, new_zero as i32)
    })
}

/// A number multiplies the scale; a negative one turns the integers round.
fn mul_number(x: &Tensor, number: Scalar, relu: bool) -> Result<Tensor> {
    ensure!(x.q_params().is_ok(), "Only per tensor quantization is supported for Mul.");
    ensure!(matches!(x.dtype(), DType::QI8 | DType::QU8), "Mul by a scalar: only qint8 and quint8 are supported");
    let (scale, zero) = x.q_params()?;
    let (low, high) = if x.dtype() == DType::QI8 { (-128i64, 127i64) } else { (0, 255) };
    let number = number.to_f64();
    if number > 0.0 {
        let least = if relu { zero as i32 } else { i32::MIN };
        return with_params(x, number * scale, zero, &|q| q.max(least));
    }
    if number == 0.0 {
        return with_params(x, 1.0, 0, &|_| 0);
    }
    let turned = (high + low).saturating_sub(zero);
    let least = if relu { turned as i32 } else { i32::MIN };
    with_params(x, number.abs() * scale, turned, &|q| ((high + low) as i32).wrapping_sub(q).max(least))
}

macro_rules! binaries {
    ($($plain:ident, $out:ident, $scalar:ident, $scalar2:ident, $scalar_out:ident, $number:ident, $number_out:ident:
        $op:expr, $with:ident, $relu:literal;)*) => { $(
        fn $plain(a: Tensor, b: Tensor, scale: f64, zero_point: i64) -> Result<Tensor> {
            binary($op, $relu, [&a, &b], None, (scale, zero_point))
        }
        fn $out(a: Tensor, b: Tensor, out: Tensor) -> Result<Tensor> {
            let form = out.clone();
            into(out, |scale, zero_point| binary($op, $relu, [&a, &b], Some(&form), (scale, zero_point)))
        }
        fn $scalar(a: Tensor, b: Scalar) -> Result<Tensor> {
            $with(&a, b, $relu)
        }
        fn $scalar2(b: Scalar, a: Tensor) -> Result<Tensor> {
            $with(&a, b, $relu)
        }
        fn $scalar_out(a: Tensor, b: Scalar, out: Tensor) -> Result<Tensor> {
            replaced(out, $with(&a, b, $relu)?)
        }
        fn $number(a: Tensor, b: Tensor) -> Result<Tensor> {
            $with(&a, b.item()?, $relu)
        }
        fn $number_out(a: Tensor, b: Tensor, out: Tensor) -> Result<Tensor> {
            replaced(out, $with(&a, b.item()?, $relu)?)
        }
    )* };
}
binaries! {
    add, add_out, add_scalar, add_scalar2, add_scalar_out, add_number_tensor, add_number_tensor_out:
        Binary::Add, add_number, false;
    add_relu, add_relu_out, add_relu_scalar, add_relu_scalar2, add_relu_scalar_out, add_relu_number, add_relu_number_out:
        Binary::Add, add_number, true;
    mul, mul_out, mul_scalar, mul_scalar2, mul_scalar_out, mul_number_tensor, mul_number_tensor_out:
        Binary::Mul, mul_number, false;
    mul_relu, mul_relu_out, mul_relu_scalar, mul_relu_scalar2, mul_relu_scalar_out, mul_relu_number, mul_relu_number_out:
        Binary::Mul, mul_number, true;
}

/// The scalar forms choose parameters of their own, which an existing tensor cannot take.
fn replaced(out: Tensor, result: Tensor) -> Result<Tensor> {
    if out.q_params()? != result.q_params()? {
        bail!("the result's scale and zero point {:?} differ from those of `out`", result.q_params()?);
    }
    out.copy_from(&result)?;
    Ok(out)
}

fn join(tensors: &[Tensor], dim: i64, scale: Option<f64>, zero_point: Option<i64>, relu: bool) -> Result<Tensor> {
    let Some(first) = tensors.first() else { bail!("expected a non-empty list of Tensors") };
    ensure!(tensors.iter().all(|x| x.q_params().is_ok()), "Only per-tensor quantization is supported in 'cat'!");
    let (first_scale, first_zero) = first.q_params()?;
    let (scale, zero_point) = (scale.unwrap_or(first_scale), zero_point.unwrap_or(first_zero));
    cat_with(tensors, dim, scale, zero_point, &|v| if relu { v.max(0.0) } else { v })
}

fn cat(tensors: Vec<Tensor>, dim: i64, scale: Option<f64>, zero_point: Option<i64>) -> Result<Tensor> {
    join(&tensors, dim, scale, zero_point, false)
}

fn cat_relu(tensors: Vec<Tensor>, dim: i64, scale: Option<f64>, zero_point: Option<i64>) -> Result<Tensor> {
    join(&tensors, dim, scale, zero_point, true)
}

fn cat_out(tensors: Vec<Tensor>, dim: i64, out: Tensor) -> Result<Tensor> {
    into(out, |scale, zero_point| join(&tensors, dim, Some(scale), Some(zero_point), false))
}

fn cat_relu_out(tensors: Vec<Tensor>, dim: i64, out: Tensor) -> Result<Tensor> {
    into(out, |scale, zero_point| join(&tensors, dim, Some(scale), Some(zero_point), true))
}

fn matmul(a: Tensor, b: Tensor, scale: f64, zero_point: i64) -> Result<Tensor> {
    ensure!(a.dtype() == b.dtype(), "MatMul operands should have same data type.");
    let product = call_one("aten::matmul", "", [dequantize(a.clone())?.into(), dequantize(b)?.into()])?;
    quantize_per_tensor(product, scale, zero_point, a.dtype())
}

fn hardswish(x: Tensor, scale: f64, zero_point: i64) -> Result<Tensor> {
    map_values(&x, scale, zero_point, &|v| v * (v + 3.0).clamp(0.0, 6.0) / 6.0)
}

fn sigmoid(x: Tensor, scale: f64, zero_point: i64) -> Result<Tensor> {
    map_values(&x, scale, zero_point, &|v| 1.0 / (1.0 + (-v).exp()))
}

/// Never in place, whatever is asked for.
fn leaky_relu(x: Tensor, slope: Scalar, _: bool, scale: f64, zero_point: i64) -> Result<Tensor> {
    let slope = slope.to_f64() as f32;
    map_values(&x, scale, zero_point, &|v| if v > 0.0 { v } else { v * slope })
}

fn elu(x: Tensor, scale: f64, zero_point: i64, alpha: Scalar, gain: Scalar, input: Scalar) -> Result<Tensor> {
    let negative = (alpha.to_f64() * gain.to_f64()) as f32;
    let (gain, input) = (gain.to_f64() as f32, input.to_f64() as f32);
    map_values(&x, scale, zero_point, &|v| if v >= 0.0 { v * gain } else { (v * input).exp_m1() * negative })
}

fn celu(x: Tensor, scale: f64, zero_point: i64, alpha: Scalar) -> Result<Tensor> {
    ensure!(alpha.to_f64() != 0.0, "ZeroDivisionError: alpha cannot be 0 for CELU");
    elu(x, scale, zero_point, alpha, Scalar::Float(1.0), Scalar::Float(1.0 / alpha.to_f64()))
}

/// Both input and weight are quantized.
fn prelu(x: Tensor, weight: Tensor, scale: f64, zero_point: i64) -> Result<Tensor> {
    let y = call_one("aten::prelu", "", [dequantize(x.clone())?.into(), dequantize(weight)?.into()])?;
    quantize_per_tensor(y, scale, zero_point, x.dtype())
}

fn softmax(x: Tensor, dim: i64, scale: f64, zero_point: i64) -> Result<Tensor> {
    let y = call_one("aten::softmax", "int", [dequantize(x.clone())?.into(), dim.into(), IValue::None])?;
    quantize_per_tensor(y, scale, zero_point, x.dtype())
}

/// Never drops anything.
fn dropout(x: Tensor, _: f64, _: i64, _: Scalar, _: bool) -> Result<Tensor> {
    Ok(x)
}

fn clamp(x: Tensor, low: Option<Scalar>, high: Option<Scalar>) -> Result<Tensor> {
    plain::clamp(x, low, high)
}

fn relu6(x: Tensor, inplace: bool) -> Result<Tensor> {
    let y = plain::relu6(x.clone())?;
    if !inplace {
        return Ok(y);
    }
    x.copy_from(&y)?;
    Ok(x)
}

fn threshold(x: Tensor, threshold: Scalar, value: Scalar) -> Result<Tensor> {
    plain::threshold(x, threshold, value)
}

fn max_pool1d(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, ceil: bool) -> Result<Tensor> {
    plain::max_pool1d(x, k, s, p, d, ceil)
}

fn max_pool2d(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, ceil: bool) -> Result<Tensor> {
    plain::max_pool2d(x, k, s, p, d, ceil)
}

fn max_pool3d(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, ceil: bool) -> Result<Tensor> {
    plain::max_pool3d(x, k, s, p, d, ceil)
}

fn batch_norm(
    x: Tensor,
    weight: Option<Tensor>,
    bias: Option<Tensor>,
    mean: Tensor,
    var: Tensor,
    eps: f64,
    scale: f64,
    zero_point: i64,
) -> Result<Tensor> {
    normalized(&x, weight, bias, [&mean, &var], eps, (scale, zero_point), false)
}

fn batch_norm_relu(
    x: Tensor,
    weight: Option<Tensor>,
    bias: Option<Tensor>,
    mean: Tensor,
    var: Tensor,
    eps: f64,
    scale: f64,
    zero_point: i64,
) -> Result<Tensor> {
    normalized(&x, weight, bias, [&mean, &var], eps, (scale, zero_point), true)
}

/// A line through every channel's integers.
fn normalized(
    x: &Tensor,
    weight: Option<Tensor>,
    bias: Option<Tensor>,
    [mean, var]: [&Tensor; 2],
    eps: f64,
    (scale, zero_point): (f64, i64),
    relu: bool,
) -> Result<Tensor> {
    ensure!((2..=5).contains(&x.dim()), "Expecting the input tensor of rank 2 to 5, got {}.", x.dim());
    let (x_scale, x_zero) = x.q_params()?;
    let channels = x.sizes()[1] as usize;
    let list = |t: &Tensor, name: &str| -> Result<Vec<f32>> {
        ensure!(t.numel() == channels, "Expect {name} size to match C");
        t.to_vec::<f32>()
    };
    let (mean, var) = (list(mean, "mean")?, list(var, "var")?);
    let weight = weight.map_or(Ok(vec![1.0; channels]), |w| list(&w, "weight"))?;
    let bias = bias.map_or(Ok(vec![0.0; channels]), |b| list(&b, "bias"))?;
    let (x_scale, out_scale) = (x_scale as f32, scale as f32);
    let lines: Vec<(f32, f32)> = (0..channels)
        .map(|c| {
            let inverse = 1.0 / (var[c] + eps as f32).sqrt();
            let alpha = inverse * weight[c] * (x_scale / out_scale);
            (alpha, (bias[c] - mean[c] * inverse * weight[c]) / out_scale)
        })
        .collect();
    let format = match x.dim() {
        4 => MemoryFormat::ChannelsLast,
        5 => MemoryFormat::ChannelsLast3d,
        _ => MemoryFormat::Contiguous,
    };
    let x = x.contiguous_in(format)?;
    let (quanta, strides) = flat(&x)?;
    let quanta = quanta.integers()?;
    let inner = (x.strides()[1] as usize).max(1);
    let lowest = if relu { zero_point as i32 } else { i32::MIN };
    dispatch_quantum!(x.dtype(), Q => {
        let mut out = NewTensor::<Q>::new(quanta.sizes())?;
        for (i, (slot, q)) in out.data().iter_mut().zip(quanta.data::<Q>()?).enumerate() {
            let (alpha, beta) = lines[i / inner % channels.max(1)];
            let value = alpha * q.get().wrapping_sub(x_zero as i32) as f32 + beta;
            let q: Q = kernel::quantum_of(value, zero_point as i32);
            *slot = Q::put(q.get().max(lowest));
        }
        shaped(&out.finish(), x.sizes(), &strides)?.with_quantizer(x.dtype(), Quantizer::per_tensor(scale, zero_point))
    })
}

fn layer_norm(
    x: Tensor,
    shape: Vec<i64>,
    weight: Option<Tensor>,
    bias: Option<Tensor>,
    eps: f64,
    scale: f64,
    zero_point: i64,
) -> Result<Tensor> {
    let args = [
        dequantize(x.clone())?.into(),
        IValue::List(List::ints(shape)),
        weight.into(),
        bias.into(),
        eps.into(),
        false.into(),
    ];
    quantize_per_tensor(call_one("aten::layer_norm", "", args)?, scale, zero_point, x.dtype())
}

fn group_norm(
    x: Tensor,
    groups: i64,
    weight: Option<Tensor>,
    bias: Option<Tensor>,
    eps: f64,
    scale: f64,
    zero_point: i64,
) -> Result<Tensor> {
    let real = dequantize(x.to_contiguous()?)?;
    let args = [real.into(), groups.into(), weight.into(), bias.into(), eps.into(), false.into()];
    quantize_per_tensor(call_one("aten::group_norm", "", args)?, scale, zero_point, x.dtype())
}

/// Every channel is a group.
fn instance_norm(
    x: Tensor,
    weight: Option<Tensor>,
    bias: Option<Tensor>,
    eps: f64,
    scale: f64,
    zero_point: i64,
) -> Result<Tensor> {
    ensure!(x.dim() >= 3, "quantized::instance_norm: expected at least 3 dimensions, got {}", x.dim());
    let channels = x.sizes()[1];
    group_norm(x, channels, weight, bias, eps, scale, zero_point)
}
