//! The gradients that programs call by name.

pub mod loss;
pub mod norm;
pub mod space;

use super::compose::cast;
use super::compute::half_rounding;
use super::elementwise::apply_tensors;
use super::pointwise::{gradient, math};
use super::Op;
use crate::base::{wrap_dim, DType};
use crate::tensor::{rows, tile};
use crate::{ensure, op, Result, Scalar, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor",
        softmax_backward(_, _, _, _), out "out(grad_input)"
    ),
    op!(
        "aten::_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor",
        log_softmax_backward(_, _, _, _), out "out"
    ),
    op!(
        "aten::sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor",
        pointwise gradient::SIGMOID, out "grad_input(grad_input)"
    ),
    op!(
        "aten::tanh_backward(Tensor grad_output, Tensor output) -> Tensor",
        pointwise gradient::TANH, out "grad_input(grad_input)"
    ),
    op!(
        "aten::threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor",
        pointwise gradient::THRESHOLD, out "grad_input(grad_input)"
    ),
    op!(
        "aten::leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor",
        leaky_relu_backward(_, _, _, _), out "grad_input(grad_input)", tags[Converts, Aligned]),
    op!(
        "aten::silu_backward(Tensor grad_output, Tensor self) -> Tensor",
        pointwise gradient::SILU, out "grad_input(grad_input)"
    ),
    op!(
        "aten::hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor",
        pointwise gradient::HARDTANH, out "grad_input(grad_input)"
    ),
    op!(
        "aten::hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor",
        pointwise gradient::SHRINK, out "grad_input(grad_input)"
    ),
    op!(
        "aten::softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor",
        pointwise gradient::SHRINK, out "grad_input(grad_input)"
    ),
    op!(
        "aten::hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor",
        pointwise gradient::HARDSIGMOID, out "grad_input(grad_input)"
    ),
    op!(
        "aten::hardswish_backward(Tensor grad_output, Tensor self) -> Tensor",
        pointwise gradient::HARDSWISH, out "out", tags[Elementwise, CopiedOut]),
    op!("aten::mish_backward(Tensor grad_output, Tensor self) -> Tensor", pointwise gradient::MISH),
    op!(
        "aten::gelu_backward(Tensor grad_output, Tensor self, *, str approximate=\"none\") -> Tensor",
        gelu_backward(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::infinitely_differentiable_gelu_backward(Tensor grad, Tensor self) -> Tensor",
        infinitely_differentiable_gelu_backward(_, _)
    ),
    op!(
        "aten::softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor",
        pointwise gradient::SOFTPLUS, out "grad_input(grad_input)"
    ),
    op!(
        "aten::elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor \
         self_or_result) -> Tensor",
        elu_backward(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor",
        logit_backward(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor",
        pointwise gradient::LOG_SIGMOID, out "grad_input(grad_input)", tags[Elementwise, SameOut]),
    op!(
        "aten::glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor",
        glu_backward(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::glu_jvp(Tensor glu, Tensor x, Tensor dx, int dim) -> Tensor",
        glu_jvp(_, _, _, _), out "out"
    ),
    op!(
        "aten::embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, bool \
         scale_grad_by_freq) -> Tensor",
        embedding_backward(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor",
        select_backward(_, _, _, _), out "out"
    ),
    op!(
        "aten::slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> \
         Tensor",
        slice_backward(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor",
        diagonal_backward(_, _, _, _, _), out "out"
    ),
];

fn check_grad(grad: &Tensor, output: &Tensor) -> Result<()> {
    ensure!(grad.dtype() == output.dtype(), "expected scalar type {} but found {}", grad.dtype(), output.dtype());
    ensure!(
        grad.sizes() == output.sizes(),
        "grad and output must have the same shape, got {:?} and {:?}",
        grad.sizes(),
        output.sizes()
    );
    Ok(())
}

/// `(grad - Σ grad·output)·output` along `dim`.
fn softmax_backward(grad: Tensor, output: Tensor, dim: i64, _: DType) -> Result<Tensor> {
    check_grad(&grad, &output)?;
    let wide = tile::map::<f64, f64>(&[&grad, &output], DType::F64, &|x, o| {
        o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (g, y))| *o = g * y);
    })?;
    let total = stored(cast(sums(&wide, dim)?, single(grad.dtype()))?, &grad, dim)?;
    cast(apply_tensors(&gradient::SOFTMAX, &[&grad, &total, &output], &[])?, grad.dtype())
}

/// `grad - exp(output)·Σ grad` along `dim`.
fn log_softmax_backward(grad: Tensor, output: Tensor, dim: i64, _: DType) -> Result<Tensor> {
    check_grad(&grad, &output)?;
    let total = stored(sums(&grad, dim)?, &grad, dim)?;
    cast(apply_tensors(&gradient::LOG_SOFTMAX, &[&grad, &total, &output], &[])?, grad.dtype())
}

/// Along the last dimension PyTorch keeps sums in the gradient's dtype.
fn stored(total: Tensor, grad: &Tensor, dim: i64) -> Result<Tensor> {
    let last = grad.dim() > 0 && wrap_dim(dim, grad.dim())? == grad.dim() - 1;
    match half_rounding(grad.dtype()) {
        Some(_) if last => cast(total.to_dtype(grad.dtype())?, total.dtype()),
        _ => Ok(total),
    }
}

/// The dtype that sums are kept in.
fn single(dtype: DType) -> DType {
    match dtype {
        DType::F64 => DType::F64,
        _ => DType::F32,
    }
}

/// Sums along `dim`, kept, in single precision at least.
fn sums(x: &Tensor, dim: i64) -> Result<Tensor> {
    let wide = single(x.dtype());
    let d = wrap_dim(dim, x.dim())?;
    if x.dim() == 0 {
        return x.to_dtype(wide);
    }
    let sums = rows::map::<f64, f64>(x, &[d], 1, wide, &|row, out| out[0] = row.iter().sum())?;
    sums.view(&rows::reduced_shape(x.sizes(), &[d], true))
}

fn gelu_backward(grad: Tensor, x: Tensor, approximate: std::sync::Arc<str>) -> Result<Tensor> {
    let spec = match &*approximate {
        "none" => &gradient::GELU,
        "tanh" => &gradient::GELU_TANH,
        _ => crate::bail!("approximate argument must be either none or tanh."),
    };
    apply_tensors(spec, &[&grad, &x], &[])
}

fn elu_backward(
    grad: Tensor,
    alpha: Scalar,
    scale: Scalar,
    input_scale: Scalar,
    is_result: bool,
    x: Tensor,
) -> Result<Tensor> {
    ensure!(
        !is_result || alpha.to_f64() >= 0.0,
        "In-place elu backward calculation is triggered with a negative slope which is not supported."
    );
    let spec = if is_result { &gradient::ELU_OF_RESULT } else { &gradient::ELU };
    apply_tensors(spec, &[&grad, &x], &[alpha, scale, input_scale])
}

fn logit_backward(grad: Tensor, x: Tensor, eps: Option<f64>) -> Result<Tensor> {
    apply_tensors(&gradient::LOGIT, &[&grad, &x], &[Scalar::Float(eps.unwrap_or(-1.0))])
}

fn glu_backward(grad: Tensor, x: Tensor, dim: i64) -> Result<Tensor> {
    ensure!(x.dim() > 0, "glu does not support 0-dimensional tensors");
    let size = x.size(dim)?;
    ensure!(size % 2 == 0, "Halving dimension must be even, but dimension {} is size {size}", wrap_dim(dim, x.dim())?);
    let (a, b) = (x.narrow(dim, 0, size / 2)?, x.narrow(dim, size / 2, size / 2)?);
    ensure!(grad.sizes() == a.sizes(), "glu_backward: the gradient has shape {:?}", grad.sizes());
    let gate = apply_tensors(&math::SIGMOID, &[&b], &[])?;
    let by_gate = super::compose::mul(&super::compose::mul(&gate, &super::compose::sub(1.0, &gate)?)?, &a)?;
    let parts = vec![super::compose::mul(&gate, &grad)?, super::compose::mul(&by_gate, &grad)?];
    super::join::cat(parts, dim)
}

/// How the result changes with `dx`.
fn glu_jvp(result: Tensor, x: Tensor, dx: Tensor, dim: i64) -> Result<Tensor> {
    use super::compose::{add, mul, sub};
    if !matches!(x.dtype(), DType::F32 | DType::F64) {
        return Err(super::compute::not_implemented("glu_jvp_cpu", x.dtype()));
    }
    let half = x.size(dim)? / 2;
    let gate = apply_tensors(&math::SIGMOID, &[&x.narrow(dim, half, half)?], &[])?;
    let (da, db) = (dx.narrow(dim, 0, half)?, dx.narrow(dim, half, half)?);
    add(&mul(&da, &gate)?, &mul(&mul(&result, &sub(1.0, &gate)?)?, &db)?)
}

/// Every row of the gradient is added to the row of the table that its index names; those of `padding` are not.
fn embedding_backward(grad: Tensor, indices: Tensor, rows: i64, padding: i64, by_frequency: bool) -> Result<Tensor> {
    ensure!(
        matches!(indices.dtype(), DType::I32 | DType::I64),
        "Expected tensor for argument #2 'indices' to have one of the following scalar types: Long, Int; but got {}",
        indices.dtype().name()
    );
    ensure!(
        grad.dim() > 0 && grad.sizes()[..grad.dim() - 1] == *indices.sizes(),
        "embedding_dense_backward: gradient of shape {:?} for indices of shape {:?}",
        grad.sizes(),
        indices.sizes()
    );
    let width = grad.size(-1)?;
    let out = Tensor::zeros(&[rows, width], grad.dtype())?;
    let indices = indices.to_vec::<i64>()?;
    ensure!(
        indices.iter().all(|i| *i == padding || (0..rows).contains(i)),
        "embedding_dense_backward: an index is outside of the table"
    );
    let grad = grad.reshape(&[indices.len() as i64, width])?;
    let mut counts = std::collections::HashMap::<i64, i64>::new();
    indices.iter().for_each(|i| *counts.entry(*i).or_default() += 1);
    let kept: Vec<i64> = (0..indices.len() as i64).filter(|i| indices[*i as usize] != padding).collect();
    let targets: Vec<i64> = kept.iter().map(|i| indices[*i as usize]).collect();
    let n = kept.len() as i64;
    let mut given = super::index::index_select(grad, 0, Tensor::from_slice(&kept, &[n])?)?;
    if by_frequency {
        let shares: Vec<f64> = targets.iter().map(|i| 1.0 / counts[i] as f64).collect();
        given = cast(super::compose::mul(&given, &Tensor::from_slice(&shares, &[n, 1])?)?, out.dtype())?;
    }
    super::index::index_add(out, 0, Tensor::from_slice(&targets, &[n])?, given, Scalar::Int(1))
}

fn select_backward(grad: Tensor, sizes: Vec<i64>, dim: i64, index: i64) -> Result<Tensor> {
    placed(grad, &sizes, |out| out.select(dim, index))
}

fn slice_backward(grad: Tensor, sizes: Vec<i64>, dim: i64, start: i64, end: i64, step: i64) -> Result<Tensor> {
    placed(grad, &sizes, |out| out.slice(dim, Some(start), Some(end), step))
}

fn diagonal_backward(grad: Tensor, sizes: Vec<i64>, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
    placed(grad, &sizes, |out| out.diagonal(offset, dim1, dim2))
}

/// The gradient in a view of zeros.
fn placed(grad: Tensor, sizes: &[i64], view: impl Fn(&Tensor) -> Result<Tensor>) -> Result<Tensor> {
    let out = Tensor::zeros(sizes, grad.dtype())?;
    view(&out)?.copy_from(&grad)?;
    Ok(out)
}

fn infinitely_differentiable_gelu_backward(grad: Tensor, x: Tensor) -> Result<Tensor> {
    let result = apply_tensors(&gradient::GELU, &[&grad, &x], &[])?;
    ensure!(
        result.sizes() == x.sizes(),
        "output with shape {:?} doesn't match the broadcast shape {:?}",
        x.sizes(),
        result.sizes()
    );
    super::create::laid_out_like(&x, result)
}

fn leaky_relu_backward(grad: Tensor, x: Tensor, slope: crate::Scalar, is_result: bool) -> Result<Tensor> {
    ensure!(
        !is_result || slope.to_f64() >= 0.0,
        "In-place leakyReLu backward calculation is triggered with a negative slope which is not supported."
    );
    apply_tensors(&gradient::LEAKY_RELU, &[&x, &grad], &[slope])
}
