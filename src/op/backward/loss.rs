//! Gradients of losses.

use crate::base::DType;
use crate::op::compose::{add, cast, div, mul, neg};
use crate::op::compute::not_implemented;
use crate::op::loss::{steps_of, Classes, MEAN, SUM};
use crate::op::registry::call;
use crate::op::Op;
use crate::tensor::tile;
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::mse_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor",
        mse(_, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::smooth_l1_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float beta) -> Tensor",
        smooth_l1(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::huber_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float delta) -> Tensor",
        huber(_, _, _, _, _), out "out(grad_input)"
    ),
    op!(
        "aten::soft_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor",
        soft_margin(_, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::binary_cross_entropy_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight=None, int \
         reduction=1) -> Tensor",
        binary_cross_entropy(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt \
         ignore_index, Tensor total_weight) -> Tensor",
        nll(_, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::nll_loss2d_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt \
         ignore_index, Tensor total_weight) -> Tensor",
        nll(_, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
];

/// `f(gradient, input, target)` of every element. All have one dtype, one of `refused` fails.
fn pointwise(
    [grad, x, target]: [&Tensor; 3],
    name: &str,
    refused: &[DType],
    f: &(dyn Fn(f64, f64, f64) -> f64 + Sync),
) -> Result<Tensor> {
    for t in [target, grad] {
        ensure!(t.dtype() == x.dtype(), "Found dtype {} but expected {}", t.dtype().name(), x.dtype().name());
    }
    let floats = x.dtype().is_floating_point() && !refused.contains(&x.dtype());
    if !floats && (x.dtype() != DType::I64 || refused.contains(&DType::I64)) {
        return Err(not_implemented(name, x.dtype()));
    }
    tile::map::<f64, f64>(&[grad, x, target], x.dtype(), &|e, out| {
        for (i, o) in out.iter_mut().enumerate() {
            *o = f(e[0][i], e[1][i], e[2][i]);
        }
    })
}

/// What a mean divides by.
fn share(x: &Tensor, reduction: i64) -> f64 {
    if reduction == MEAN {
        1.0 / x.numel() as f64
    } else {
        1.0
    }
}

fn mse(grad: Tensor, x: Tensor, target: Tensor, reduction: i64) -> Result<Tensor> {
    let whole = x.dtype() == DType::I64;
    let factor = 2.0 * share(&x, reduction);
    let factor = if whole { factor.trunc() } else { factor };
    pointwise([&grad, &x, &target], "mse_backward_cpu_out", &[DType::F16, DType::BF16], &|g, x, t| factor * (x - t) * g)
}

fn smooth_l1(grad: Tensor, x: Tensor, target: Tensor, reduction: i64, beta: f64) -> Result<Tensor> {
    let whole = x.dtype() == DType::I64;
    let factor = share(&x, reduction);
    let (factor, beta) = if whole { (factor.trunc(), beta.trunc()) } else { (factor, beta) };
    pointwise([&grad, &x, &target], "smooth_l1_backward_cpu_out", &[DType::F16], &|g, x, t| {
        let x = x - t;
        if x <= -beta {
            -factor * g
        } else if x >= beta {
            factor * g
        } else {
            let slope = factor * x * g / beta;
            if whole {
                slope.trunc()
            } else {
                slope
            }
        }
    })
}

fn huber(grad: Tensor, x: Tensor, target: Tensor, reduction: i64, delta: f64) -> Result<Tensor> {
    let r = steps_of(x.dtype());
    let (factor, delta) = (r(share(&x, reduction)), r(delta));
    pointwise([&grad, &x, &target], "huber_backward_cpu_out", &[DType::I64], &|g, x, t| {
        let x = r(x - t);
        if x <= -delta {
            r(r(-factor * g) * delta)
        } else if x >= delta {
            r(r(factor * g) * delta)
        } else {
            r(r(factor * x) * g)
        }
    })
}

fn soft_margin(grad: Tensor, x: Tensor, target: Tensor, reduction: i64) -> Result<Tensor> {
    let factor = share(&x, reduction);
    let z = call("aten::exp", vec![mul(&neg(&target)?, &x)?.into()])?.pop().unwrap_or_default().to_tensor()?;
    let signed = mul(&target, -factor)?;
    let result = mul(&div(&mul(&signed, &z)?, &add(&z, 1.0)?)?, &grad)?;
    ensure!(
        result.dtype().can_cast(x.dtype()),
        "result type {} can't be cast to the desired output type {}",
        result.dtype().name(),
        x.dtype().name()
    );
    cast(result, x.dtype())
}

fn binary_cross_entropy(
    grad: Tensor,
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    reduction: i64,
) -> Result<Tensor> {
    const LEAST: f64 = 1e-12;
    let r = steps_of(x.dtype());
    let (dtype, least) = (x.dtype(), r(LEAST));
    let refused = [DType::I64];
    let slope = pointwise([&grad, &x, &target], "binary_cross_entropy_backward", &refused, &|g, x, t| {
        r(r(g * r(x - t)) / r(r(1.0 - x) * x).max(least))
    })?;
    let slope = match weight {
        Some(weight) => cast(mul(&slope, &weight)?, dtype)?,
        None => slope,
    };
    if reduction != MEAN {
        return Ok(slope);
    }
    cast(div(&slope, x.numel() as f64)?, dtype)
}

/// Nothing but for the classes that the targets name.
fn nll(
    grad: Tensor,
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    reduction: i64,
    ignore: i64,
    total: Tensor,
) -> Result<Tensor> {
    let shape = Classes::of(&x)?;
    ensure!(
        target.dtype() == DType::I64 || target.dtype() == DType::U8,
        "expected scalar type Long but found {}",
        target.dtype()
    );
    shape.check_target(&x, &target)?;
    ensure!(grad.dtype() == x.dtype(), "expected scalar type {} but found {}", x.dtype().name(), grad.dtype().name());
    if !x.dtype().is_floating_point() {
        let name = if x.dim() > 2 { "nll_loss2d_backward_out_frame" } else { "nll_loss_backward_out_frame" };
        return Err(not_implemented(name, x.dtype()));
    }
    ensure!(
        total.numel() == 1,
        "expected total_weight to be a  single element tensor, got: {:?} ({} elements)",
        total.sizes(),
        total.numel()
    );
    let each = reduction != MEAN && reduction != SUM;
    let rows = if each { target.numel() } else { 1 };
    ensure!(
        grad.numel() == rows && (each || grad.dim() <= 1),
        "Expected a single element grad_output tensor, but got: {:?}",
        grad.sizes()
    );
    let r = steps_of(x.dtype());
    let weights = shape.weights(weight.as_ref())?;
    let (grads, classes) = (grad.to_vec::<f64>()?, target.to_vec::<i64>()?);
    let total = if reduction == MEAN { total.to_vec::<f64>()?[0] } else { 1.0 };
    Tensor::empty(x.sizes(), DType::F64)?;
    let mut out = vec![0.0; x.numel()];
    for (row, &class) in classes.iter().enumerate() {
        if class == ignore {
            continue;
        }
        ensure!((0..shape.classes as i64).contains(&class), "Target {class} is out of bounds.");
        let w = weights.as_ref().map_or(1.0, |w| w[class as usize]);
        let g = grads[if each { row } else { 0 }];
        out[shape.at(row, class as usize)] =
            if each { r(-w * g) } else { r(r(-w * if reduction == MEAN { r(g / total) } else { g })) };
    }
    Tensor::from_slice(&out, x.sizes())?.to_dtype(x.dtype())
}
