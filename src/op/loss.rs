//! Loss functions. They compute in double precision, whatever the dtype, and round once.

use super::compose::{mul, neg, sub};
use super::compute::half_rounding;
use super::elementwise::Call;
use super::norm::pairwise_distance;
use super::pointwise::math;
use super::promote::{float_type, result_type, Operand};
use super::Op;
use crate::base::{wrap_dim, Complex64, Dims, Scalar};
use crate::tensor::tile;
use crate::{bail, ensure, op, DType, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::mse_loss(Tensor self, Tensor target, int reduction=1) -> Tensor", mse_loss(_, _, _), out "out", tags[Converts, Aligned]),
    op!("aten::l1_loss(Tensor self, Tensor target, int reduction=1) -> Tensor", l1_loss(_, _, _)),
    op!(
        "aten::smooth_l1_loss(Tensor self, Tensor target, int reduction=1, float beta=1.) -> Tensor",
        smooth_l1_loss(_, _, _, _),
        out "out", tags[Converts, Aligned]),
    op!(
        "aten::huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.) -> Tensor",
        huber_loss(_, _, _, _),
        out "out", tags[Converts, Aligned]),
    op!("aten::soft_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor", soft_margin_loss(_, _, _), out "out", tags[Aligned]),
    op!(
        "aten::kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False) -> Tensor",
        kl_div(_, _, _, _)
    ),
    op!(
        "aten::poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor",
        poisson_nll_loss(_, _, _, _, _, _)
    ),
    op!(
        "aten::hinge_embedding_loss(Tensor self, Tensor target, float margin=1., int reduction=1) -> Tensor",
        hinge_embedding_loss(_, _, _, _)
    ),
    op!(
        "aten::margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int reduction=1) -> Tensor",
        margin_ranking_loss(_, _, _, _, _)
    ),
    op!(
        "aten::cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int reduction=1) -> Tensor",
        cosine_embedding_loss(_, _, _, _, _)
    ),
    op!(
        "aten::triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1., float p=2., float eps=9.9999999999999995e-07, bool swap=False, int reduction=1) -> Tensor",
        triplet_margin_loss(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor",
        binary_cross_entropy(_, _, _, _),
        out "out", tags[Aligned]),
    op!(
        "aten::binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1) -> Tensor",
        binary_cross_entropy_with_logits(_, _, _, _, _),
        out "out", tags[CopiedOut]),
    op!(
        "aten::multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor",
        multi_margin_loss(_, _, _, _, _, _),
        out "out"
    ),
    op!(
        "aten::multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor",
        multilabel_margin_loss(_, _, _),
        out "out"
    ),
    op!(
        "aten::multilabel_margin_loss_forward(Tensor self, Tensor target, int reduction) -> (Tensor output, Tensor is_target)",
        multilabel_margin_loss_forward(_, _, _), out "output"
    ),
    op!(
        "aten::nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor",
        nll_loss(_, _, _, _, _),
        out "out"
    ),
    op!(
        "aten::nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor",
        nll_loss(_, _, _, _, _),
        out "out"
    ),
    op!(
        "aten::nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor",
        nll_loss_nd(_, _, _, _, _)
    ),
    op!(
        "aten::nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)",
        nll_loss_forward(_, _, _, _, _), out "output"
    ),
    op!(
        "aten::nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)",
        nll_loss2d_forward(_, _, _, _, _), out "output"
    ),
    op!(
        "aten::cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100, float label_smoothing=0.) -> Tensor",
        cross_entropy_loss(_, _, _, _, _, _)
    ),
    op!(
        "aten::ctc_loss.IntList(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor",
        ctc_loss(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor",
        ctc_loss_tensor(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)",
        ctc_loss_alpha(_, _, _, _, _, _), out "out"),
    op!(
        "aten::_ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)",
        ctc_loss_alpha_tensor(_, _, _, _, _, _), out "Tensor_out"),
];

pub(super) const MEAN: i64 = 1;
pub(super) const SUM: i64 = 2;

fn promoted(tensors: &[&Tensor]) -> DType {
    let operands: Vec<Operand> = tensors.iter().map(|t| Operand::Tensor((*t).clone())).collect();
    result_type(&operands)
}

/// How a loss that PyTorch makes of several operators rounds what each of them gives.
pub(super) fn steps_of(dtype: DType) -> impl Fn(f64) -> f64 + Sync {
    let round = half_rounding(dtype);
    move |x| round.map_or(x, |round| f64::from(round(x as f32)))
}

/// `f` of the operands' elements (broadcast), reduced.
fn pointwise(inputs: &[&Tensor], dtype: DType, reduction: i64, f: &(dyn Fn(&[f64]) -> f64 + Sync)) -> Result<Tensor> {
    ensure!(!inputs.iter().any(|x| x.dtype().is_complex()), "complex inputs are not supported by this loss");
    let wide = if reduction == MEAN || reduction == SUM { DType::F64 } else { dtype };
    let loss = tile::map::<f64, f64>(inputs, wide, &|x, out| {
        let mut element = [0.0; 4];
        for (i, o) in out.iter_mut().enumerate() {
            x.iter().zip(&mut element).for_each(|(operand, e)| *e = operand[i]);
            *o = f(&element[..x.len()]);
        }
    })?;
    reduce(loss, dtype, reduction)
}

/// No reduction, mean or sum.
fn reduce(loss: Tensor, dtype: DType, reduction: i64) -> Result<Tensor> {
    if reduction != MEAN && reduction != SUM {
        return if loss.dtype() == dtype { Ok(loss) } else { loss.to_dtype(dtype) };
    }
    if reduction == MEAN && dtype.is_integral(true) {
        bail!(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. \
             Got: {dtype}"
        );
    }
    let values = loss.to_vec::<f64>()?;
    let sum = sum(&values);
    let value = if reduction == MEAN { sum / values.len() as f64 } else { sum };
    // the sum of integers is a long
    let dtype = if dtype.is_integral(true) { DType::I64 } else { dtype };
    Tensor::scalar(Scalar::Float(value), dtype)
}

/// 0 at least; NaN stays.
fn positive(v: f64) -> f64 {
    if v < 0.0 {
        0.0
    } else {
        v
    }
}

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

fn check_float(dtype: DType, name: &str) -> Result<()> {
    ensure!(dtype.is_floating_point(), "\"{name}\" not implemented for '{dtype}'");
    Ok(())
}

fn mse_loss(x: Tensor, target: Tensor, reduction: i64) -> Result<Tensor> {
    let dtype = promoted(&[&x, &target]);
    check_float(dtype, "mse_cpu")?;
    ensure!(dtype != DType::BF16, "\"mse_cpu\" not implemented for 'BFloat16'");
    pointwise(&[&x, &target], dtype, reduction, &|e| (e[0] - e[1]) * (e[0] - e[1]))
}

fn l1_loss(x: Tensor, target: Tensor, reduction: i64) -> Result<Tensor> {
    let dtype = promoted(&[&x, &target]);
    ensure!(
        x.dtype() != DType::Bool && target.dtype() != DType::Bool,
        "Subtraction, the `-` operator, with a bool tensor is not supported."
    );
    if dtype.is_complex() {
        let real = if reduction == MEAN || reduction == SUM { DType::F64 } else { dtype.to_real() };
        let loss = tile::map::<Complex64, f64>(&[&x, &target], real, &|x, out| {
            out.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (a, b))| *o = (a - b).norm());
        })?;
        return reduce(loss, dtype.to_real(), reduction);
    }
    pointwise(&[&x, &target], dtype, reduction, &|e| (e[0] - e[1]).abs())
}

fn smooth_l1_loss(x: Tensor, target: Tensor, reduction: i64, beta: f64) -> Result<Tensor> {
    ensure!(beta >= 0.0, "smooth_l1_loss does not support negative values for beta.");
    let dtype = promoted(&[&x, &target]);
    check_float(dtype, "smooth_l1_cpu")?;
    // float16 goes step by step, bfloat16 by float32
    let step = steps_of(if dtype == DType::F16 { dtype } else { DType::F64 });
    let beta = step(beta);
    pointwise(&[&x, &target], dtype, reduction, &|e| {
        let z = step(e[0] - e[1]).abs();
        if z < beta {
            step(step(step(0.5 * z) * z) / beta)
        } else {
            step(z - step(0.5 * beta))
        }
    })
}

fn huber_loss(x: Tensor, target: Tensor, reduction: i64, delta: f64) -> Result<Tensor> {
    ensure!(delta > 0.0, "huber_loss does not support non-positive values for delta.");
    let dtype = promoted(&[&x, &target]);
    check_float(dtype, "huber_cpu")?;
    crate::op::elementwise::check_cast(dtype, x.dtype())?;
    let step = steps_of(dtype);
    let delta = step(delta);
    pointwise(&[&x, &target], x.dtype(), reduction, &|e| {
        let z = step(e[0] - e[1]).abs();
        if z <= delta {
            step(step(0.5 * z) * z)
        } else {
            step(delta * step(z - step(0.5 * delta)))
        }
    })
}

fn soft_margin_loss(x: Tensor, target: Tensor, reduction: i64) -> Result<Tensor> {
    // in place on the input's negative
    let dtype = x.dtype();
    fits_in_place(&x, &[&target])?;
    crate::op::elementwise::check_cast(float_type(promoted(&[&x, &target])), dtype)?;
    // step by step: half types overflow where PyTorch's do
    let power = Call::new(&math::EXP).with(mul(neg(&x)?, target)?).run()?;
    pointwise(&[&power], dtype, reduction, &|e| e[0].ln_1p())
}

fn kl_div(x: Tensor, target: Tensor, reduction: i64, log_target: bool) -> Result<Tensor> {
    let dtype = promoted(&[&x, &target]);
    ensure!(!dtype.is_complex(), "kl_div: Complex inputs not supported.");
    for t in [&x, &target] {
        ensure!(!t.dtype().is_integral(true), "kl_div: Integral inputs not supported.");
    }
    let step = steps_of(dtype);
    // the result has the memory order of the target
    pointwise(&[&target, &x], dtype, reduction, &|e| match (log_target, e[0]) {
        (true, t) => step(step(t.exp()) * step(t - e[1])),
        (false, 0.0) => -0.0 * e[1],
        (false, t) => step(step(t * step(t.ln())) - step(t * e[1])),
    })
}

fn poisson_nll_loss(
    x: Tensor,
    target: Tensor,
    log_input: bool,
    full: bool,
    eps: f64,
    reduction: i64,
) -> Result<Tensor> {
    let dtype = float_type(promoted(&[&x, &target]));
    let step = steps_of(dtype);
    pointwise(&[&x, &target], dtype, reduction, &|e| {
        let (x, t) = (e[0], e[1]);
        let loss = match log_input {
            true => step(step(x.exp()) - step(t * x)),
            false => step(x - step(t * step(step(x + eps).ln()))),
        };
        // Stirling's approximation to ln t!
        let stirling = |t: f64| {
            let half_log = step(0.5 * step(step(2.0 * std::f64::consts::PI * t).ln()));
            step(step(step(t * step(t.ln())) - t) + half_log)
        };
        step(loss + if full && t > 1.0 { stirling(t) } else { 0.0 })
    })
}

fn hinge_embedding_loss(x: Tensor, target: Tensor, margin: f64, reduction: i64) -> Result<Tensor> {
    // the input's dtype, whatever the target's
    let dtype = x.dtype();
    ensure!(dtype != DType::Bool, "Subtraction, the `-` operator, with two bool tensors is not supported.");
    ensure!(!dtype.is_complex(), "clamp is not supported for complex types");
    let step = steps_of(dtype);
    let margin = step(margin);
    // the result has the memory order of the target
    pointwise(&[&target, &x], dtype, reduction, &|e| {
        let apart = if e[0] == 1.0 { 0.0 } else { positive(step(margin - e[1])) };
        apart + if e[0] == -1.0 { 0.0 } else { e[1] }
    })
}

fn margin_ranking_loss(a: Tensor, b: Tensor, target: Tensor, margin: f64, reduction: i64) -> Result<Tensor> {
    let same = a.dim() == b.dim() && a.dim() == target.dim();
    ensure!(
        same,
        "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {:?}, input2: \
         {:?}, target: {:?} ",
        a.sizes(),
        b.sizes(),
        target.sizes()
    );
    ensure!(target.dtype() != DType::Bool, "Negation, the `-` operator, on a bool tensor is not supported.");
    let dtype = float_type(promoted(&[&a, &b, &target]));
    ensure!(!dtype.is_complex(), "clamp is not supported for complex types");
    // in the operands' dtype: small integers wrap
    let signed = mul(neg(&target)?, sub(a, b)?)?;
    let step = steps_of(dtype);
    pointwise(&[&signed], dtype, reduction, &|e| positive(step(e[0] + margin)))
}

fn cosine_embedding_loss(a: Tensor, b: Tensor, target: Tensor, margin: f64, reduction: i64) -> Result<Tensor> {
    ensure!(target.dim() == 0 || target.dim() == 1, "0D or 1D target tensor expected, multi-target not supported");
    if target.dim() == 1 {
        ensure!(
            a.dim() == 2 && b.dim() == 2,
            "1D target tensor expects 2D input tensors, but found inputs with sizes {:?} and {:?}.",
            a.sizes(),
            b.sizes()
        );
    } else {
        ensure!(
            a.dim() == 1 && b.dim() == 1,
            "0D target tensor expects 1D input tensors, but found inputs with sizes {:?} and {:?}.",
            a.sizes(),
            b.sizes()
        );
    }
    const EPS: f64 = 1e-12;
    let dtype = float_type(promoted(&[&a, &b]));
    let shape = tile::result_shape(&[&a, &b])?;
    let width = shape.last().map_or(1, |n| *n as usize);
    let (a, b) = (a.expand(&shape)?.to_vec::<f64>()?, b.expand(&shape)?.to_vec::<f64>()?);
    let step = steps_of(dtype);
    let dot = |x: &[f64], y: &[f64]| step(x.iter().zip(y).map(|(a, b)| step(a * b)).sum::<f64>());
    let cosines: Vec<f64> = (0..a.len() / width.max(1))
        .map(|r| {
            let (a, b) = (&a[r * width..(r + 1) * width], &b[r * width..(r + 1) * width]);
            step(dot(a, b) / step(step(step(dot(a, a) + EPS) * step(dot(b, b) + EPS)).sqrt()))
        })
        .collect();
    let cosines = Tensor::from_slice(&cosines, &shape[..shape.len() - 1])?;
    pointwise(&[&cosines, &target], dtype, reduction, &|e| match e[1] {
        1.0 => step(1.0 - e[0]),
        -1.0 => positive(step(e[0] - margin)),
        _ => 0.0,
    })
}

fn triplet_margin_loss(
    anchor: Tensor,
    near_to: Tensor,
    negative: Tensor,
    margin: f64,
    p: f64,
    eps: f64,
    swap: bool,
    reduction: i64,
) -> Result<Tensor> {
    let same = anchor.dim() == near_to.dim() && near_to.dim() == negative.dim();
    ensure!(
        same,
        "The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: \
         anchor {}D, positive {}D, and negative {}D inputs",
        anchor.dim(),
        near_to.dim(),
        negative.dim()
    );
    let dtype = float_type(promoted(&[&anchor, &near_to, &negative])).to_real();
    let distance = |a: &Tensor, b: &Tensor| pairwise_distance(a.clone(), b.clone(), p, eps, false);
    let near = distance(&anchor, &near_to)?;
    let mut far = distance(&anchor, &negative)?;
    if swap {
        let other = distance(&near_to, &negative)?;
        far = pointwise(&[&far, &other], DType::F64, 0, &|e| if e[1].is_nan() || e[1] < e[0] { e[1] } else { e[0] })?;
    }
    let step = steps_of(dtype);
    pointwise(&[&near, &far], dtype, reduction, &|e| positive(step(step(margin + e[0]) - e[1])))
}

/// Logarithms are clamped at -100.
fn binary_cross_entropy(x: Tensor, target: Tensor, weight: Option<Tensor>, reduction: i64) -> Result<Tensor> {
    ensure!(target.dtype() == x.dtype(), "Found dtype {} but expected {}", target.dtype(), x.dtype());
    check_float(x.dtype(), "binary_cross_entropy")?;
    ensure!(
        x.sizes() == target.sizes(),
        "output with shape {:?} doesn't match the broadcast shape {:?}",
        x.sizes(),
        &tile::result_shape(&[&x, &target])?[..]
    );
    let inside = x.to_vec::<f64>()?.iter().all(|v| (0.0..=1.0).contains(v));
    ensure!(inside, "all elements of input should be between 0 and 1");
    let loss = |e: &[f64]| (e[1] - 1.0) * (-e[0]).ln_1p().max(-100.0) - e[1] * e[0].ln().max(-100.0);
    match weight {
        None => pointwise(&[&x, &target], x.dtype(), reduction, &loss),
        Some(w) => pointwise(&[&x, &target, &w], x.dtype(), reduction, &|e| loss(e) * e[2]),
    }
}

fn binary_cross_entropy_with_logits(
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    pos_weight: Option<Tensor>,
    reduction: i64,
) -> Result<Tensor> {
    check_float(x.dtype(), "log_sigmoid_cpu")?;
    // in place on what the target makes
    let dtype = target.dtype();
    crate::op::elementwise::check_cast(float_type(promoted(&[&x, &target])), dtype)?;
    fits_in_place(&target, &[&x])?;
    let one = Tensor::scalar(Scalar::Float(1.0), DType::F64)?;
    let (weight, pos) = (weight.unwrap_or(one.clone()), pos_weight.unwrap_or(one));
    let step = steps_of(dtype);
    // the result has the memory order of the target
    pointwise(&[&target, &x, &weight, &pos], dtype, reduction, &|e| {
        let (target, x) = (e[0], e[1]);
        let log_weight = step(step(step(e[3] - 1.0) * target) + 1.0);
        // ln(1 + exp(-x)), without overflow
        let softplus = step((-x.abs()).exp().ln_1p() + (-x).max(0.0));
        step(step(step(1.0 - target) * x) + step(log_weight * softplus)) * e[2]
    })
}

/// Refuses operands that would give an operator in place on `x` more elements than it has.
fn fits_in_place(x: &Tensor, others: &[&Tensor]) -> Result<()> {
    let all: Vec<&Tensor> = std::iter::once(x).chain(others.iter().copied()).collect();
    let shape = tile::result_shape(&all)?;
    ensure!(
        x.sizes() == &shape[..],
        "output with shape {:?} doesn't match the broadcast shape {:?}",
        x.sizes(),
        &shape[..]
    );
    Ok(())
}

fn check_margin(x: &Tensor, target: &Tensor, name: &str) -> Result<()> {
    ensure!(matches!(x.dtype(), DType::F32 | DType::F64), "\"{name}\" not implemented for '{}'", x.dtype());
    ensure!(target.dtype() == DType::I64, "expected scalar type Long but found {}", target.dtype());
    Ok(())
}

/// Rows of a vector or matrix and a class index for each.
fn classified(x: &Tensor, target: &Tensor, what: &str) -> Result<(usize, usize, Vec<f64>, Vec<i64>)> {
    ensure!(
        x.dim() <= 2 && x.numel() > 0 || x.dim() == 2 && x.sizes()[0] == 0 && x.sizes()[1] != 0,
        "Expected non-empty vector or matrix with optional 0-dim batch size, but got: {:?}",
        x.sizes()
    );
    let width = x.sizes().last().map_or(1, |n| *n as usize);
    let rows = if x.dim() < 2 { 1 } else { x.sizes()[0] as usize };
    ensure!(
        target.dim() <= 1 && target.numel() == rows,
        "inconsistent target size, expected [{rows}] but got {:?} in {what}",
        target.sizes()
    );
    Ok((rows, width, x.to_vec()?, target.to_vec()?))
}

fn multi_margin_loss(
    x: Tensor,
    target: Tensor,
    p: Scalar,
    margin: Scalar,
    weight: Option<Tensor>,
    reduction: i64,
) -> Result<Tensor> {
    let (p, margin) = (p.to_f64(), margin.to_f64());
    ensure!(p == 1.0 || p == 2.0, "only p == 1 and p == 2 supported");
    let (rows, width, values, classes) = classified(&x, &target, "multi_margin_loss")?;
    check_margin(&x, &target, "multi_margin_loss_cpu_kernel")?;
    let weight = weight.map(|w| w.to_vec::<f64>()).transpose()?;
    if let Some(w) = &weight {
        ensure!(w.len() == width, "inconsistent weight size, expected {width} but got {}", w.len());
    }
    let mut losses = Vec::with_capacity(rows);
    for (row, &class) in values.chunks(width.max(1)).zip(&classes) {
        ensure!(class >= 0 && (class as usize) < width, "target out of range");
        let class = class as usize;
        let mut sum = 0.0;
        for (d, v) in row.iter().enumerate().filter(|(d, _)| *d != class) {
            debug_assert!(d < width);
            let z = margin - row[class] + v;
            if z > 0.0 {
                let h = if p == 1.0 { z } else { z * z };
                sum += weight.as_ref().map_or(h, |w| h * w[class]);
            }
        }
        losses.push(sum / width as f64);
    }
    let shape: Dims = if target.dim() == 0 || x.dim() < 2 { Dims::new() } else { target.sizes().into() };
    reduce(Tensor::from_slice(&losses, &shape)?, x.dtype(), reduction)
}

fn multilabel_margin_loss(x: Tensor, target: Tensor, reduction: i64) -> Result<Tensor> {
    Ok(multilabel_margin_loss_forward(x, target, reduction)?.0)
}

fn multilabel_margin_loss_forward(x: Tensor, target: Tensor, reduction: i64) -> Result<(Tensor, Tensor)> {
    ensure!(
        x.dim() <= 2 && x.sizes() == target.sizes(),
        "inconsistent target size: {:?} for input of size: {:?}",
        target.sizes(),
        x.sizes()
    );
    check_margin(&x, &target, "multilabel_margin_loss_forward_out_frame")?;
    let width = x.sizes().last().map_or(1, |n| *n as usize);
    let (values, labels) = (x.to_vec::<f64>()?, target.to_vec::<i64>()?);
    let mut is_target = vec![0.0; values.len()];
    let mut losses = Vec::new();
    let rows = values.chunks(width.max(1)).zip(labels.chunks(width.max(1))).zip(is_target.chunks_mut(width.max(1)));
    for ((row, labels), marks) in rows {
        let named: Vec<i64> = labels.iter().copied().take_while(|l| *l >= 0).collect();
        for &label in &named {
            ensure!((label as usize) < width, "target out of range");
            marks[label as usize] = 1.0;
        }
        let mut sum = 0.0;
        for &label in &named {
            let others = row.iter().zip(marks.iter()).filter(|(_, mark)| **mark == 0.0);
            sum += others.map(|(v, _)| (1.0 - row[label as usize] + v).max(0.0)).sum::<f64>();
        }
        losses.push(sum / width as f64);
    }
    let shape: Dims = if x.dim() < 2 { Dims::new() } else { Dims::from_elem(x.sizes()[0], 1) };
    let marks = Tensor::from_slice(&is_target, x.sizes())?.to_dtype(x.dtype())?;
    Ok((reduce(Tensor::from_slice(&losses, &shape)?, x.dtype(), reduction)?, marks))
}

/// Sizes of an input with a class dimension: batch, classes, positions, and whether the batch dimension exists.
pub(super) struct Classes {
    batch: usize,
    pub(super) classes: usize,
    positions: usize,
    rest: Dims,
}

impl Classes {
    pub(super) fn of(x: &Tensor) -> Result<Classes> {
        ensure!(x.dim() >= 1, "Expected 1 or more dimensions (got 0)");
        let class_dim = if x.dim() == 1 { 0 } else { 1 };
        let sizes = x.sizes();
        let rest: Dims = (0..x.dim()).filter(|d| *d != class_dim).map(|d| sizes[d]).collect();
        Ok(Classes {
            batch: sizes[..class_dim].iter().product::<i64>() as usize,
            classes: sizes[class_dim] as usize,
            positions: sizes[class_dim + 1..].iter().product::<i64>() as usize,
            rest,
        })
    }

    /// Where class `c` of row `r` lies in row-major elements.
    pub(super) fn at(&self, row: usize, class: usize) -> usize {
        let (n, position) = (row / self.positions.max(1), row % self.positions.max(1));
        (n * self.classes + class) * self.positions + position
    }

    pub(super) fn check_target(&self, x: &Tensor, target: &Tensor) -> Result<()> {
        let fits = target.sizes() == &self.rest[..];
        if !fits && x.dim() > 2 {
            bail!("size mismatch (got input: {:?} , target: {:?}", x.sizes(), target.sizes());
        }
        if !fits && (target.dim() > 1 || x.dim() == 1) {
            bail!("0D or 1D target tensor expected, multi-target not supported");
        }
        ensure!(fits, "size mismatch (got input: {:?}, target: {:?})", x.sizes(), target.sizes());
        Ok(())
    }

    pub(super) fn weights(&self, weight: Option<&Tensor>) -> Result<Option<Vec<f64>>> {
        let Some(weight) = weight else { return Ok(None) };
        ensure!(
            weight.dim() == 1 && weight.numel() == self.classes,
            "weight tensor should be defined either for all {} classes or no classes but got weight tensor of shape: \
             {:?}",
            self.classes,
            weight.sizes()
        );
        weight.to_vec().map(Some)
    }
}

fn nll_loss(x: Tensor, target: Tensor, weight: Option<Tensor>, reduction: i64, ignore: i64) -> Result<Tensor> {
    check_weight(&x, &weight)?;
    Ok(nll_loss_any_rank(x, target, weight, reduction, ignore)?.0)
}

fn nll_loss_nd(x: Tensor, target: Tensor, weight: Option<Tensor>, reduction: i64, ignore: i64) -> Result<Tensor> {
    check_batch(&x, &target)?;
    nll_loss(x, target, weight, reduction, ignore)
}

fn check_batch(x: &Tensor, target: &Tensor) -> Result<()> {
    if let ([batch, _, ..], [labels, ..]) = (x.sizes(), target.sizes()) {
        ensure!(batch == labels, "Expected input batch_size ({batch}) to match target batch_size ({labels}).");
    }
    Ok(())
}

fn check_weight(x: &Tensor, weight: &Option<Tensor>) -> Result<()> {
    match weight {
        Some(w) if w.dtype() != x.dtype() => bail!("expected scalar type {} but found {}", x.dtype(), w.dtype()),
        _ => Ok(()),
    }
}

/// The loss and the sum of the weights it was divided by.
fn nll_loss_forward(
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    reduction: i64,
    ignore: i64,
) -> Result<(Tensor, Tensor)> {
    ensure!(x.dim() == 1 || x.dim() == 2, "input tensor should be 1D or 2D");
    check_weight(&x, &weight)?;
    nll_loss_any_rank(x, target, weight, reduction, ignore)
}

fn nll_loss2d_forward(
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    reduction: i64,
    ignore: i64,
) -> Result<(Tensor, Tensor)> {
    ensure!(
        target.dim() == 3,
        "only batches of spatial targets supported (3D tensors) but got targets of dimension: {}",
        target.dim()
    );
    ensure!(
        x.dim() == 4,
        "only batches of spatial inputs supported (4D tensors), but got input of dimension: {}",
        x.dim()
    );
    check_weight(&x, &weight)?;
    nll_loss_any_rank(x, target, weight, reduction, ignore)
}

fn nll_loss_any_rank(
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    reduction: i64,
    ignore: i64,
) -> Result<(Tensor, Tensor)> {
    let shape = Classes::of(&x)?;
    if target.dtype() != DType::I64 && target.dtype() != DType::U8 {
        bail!("expected scalar type Long but found {}", target.dtype());
    }
    shape.check_target(&x, &target)?;
    check_float(x.dtype(), "nll_loss_out_frame")?;
    let weights = shape.weights(weight.as_ref())?;
    let (values, classes) = (x.to_vec::<f64>()?, target.to_vec::<i64>()?);
    let step = steps_of(x.dtype());
    let mut losses = Vec::with_capacity(classes.len());
    let (mut total, mut sums) = (0.0, PartialSums::new(classes.len()));
    for (row, &class) in classes.iter().enumerate() {
        if class == ignore {
            losses.push(0.0);
            continue;
        }
        if class < 0 || class as usize >= shape.classes {
            bail!("Target {class} is out of bounds.");
        }
        let w = weights.as_ref().map_or(1.0, |w| w[class as usize]);
        total += w;
        let loss = step(-w * values[shape.at(row, class as usize)]);
        losses.push(loss);
        sums.add(row, loss, w, &step);
    }
    let scalar = |v: f64| Tensor::scalar(Scalar::Float(v), x.dtype());
    let half = half_rounding(x.dtype()).is_some();
    let loss = if half { sums.total(0, &step) } else { sum(&losses) };
    if half && weights.is_some() {
        total = sums.total(1, &step);
    }
    match reduction {
        MEAN => Ok((scalar(loss / total)?, scalar(total)?)),
        SUM => Ok((scalar(loss)?, scalar(total)?)),
        _ => Ok((Tensor::from_slice(&losses, target.sizes())?.to_dtype(x.dtype())?, scalar(0.0)?)),
    }
}

/// Sums of losses and of weights as PyTorch takes them in a half type: each level takes over what the one before it has
/// gathered in so many rows.
struct PartialSums {
    levels: [[f64; 8]; 2],
    power: u32,
}

impl PartialSums {
    fn new(rows: usize) -> PartialSums {
        let log = usize::BITS - rows.saturating_sub(1).leading_zeros();
        PartialSums { levels: [[0.0; 8]; 2], power: (log / 8).max(4) }
    }

    fn add(&mut self, row: usize, loss: f64, weight: f64, step: &impl Fn(f64) -> f64) {
        for (levels, v) in self.levels.iter_mut().zip([loss, weight]) {
            levels[0] = step(levels[0] + v);
            for j in 0..7 {
                let mask = ((1usize << self.power) - 1) << (j as u32 * self.power).min(usize::BITS - 1);
                if row & mask != 0 {
                    break;
                }
                levels[j + 1] = step(levels[j + 1] + levels[j]);
                levels[j] = 0.0;
            }
        }
    }

    fn total(&self, which: usize, step: &impl Fn(f64) -> f64) -> f64 {
        self.levels[which].iter().fold(0.0, |sum, v| step(sum + v))
    }
}

/// Class indices, or probabilities when the target has the input's shape and a floating dtype.
fn cross_entropy_loss(
    x: Tensor,
    target: Tensor,
    weight: Option<Tensor>,
    reduction: i64,
    ignore: i64,
    smoothing: f64,
) -> Result<Tensor> {
    let shape = Classes::of(&x)?;
    let class_dim = if x.dim() == 1 { 0 } else { 1 };
    check_float(x.dtype(), "log_softmax_lastdim_kernel_impl")?;
    let logs = log_softmax(&x, class_dim)?;
    if x.sizes() == target.sizes() {
        ensure!(
            target.dtype().is_floating_point(),
            "Expected floating point type for target with class probabilities, got {}",
            target.dtype()
        );
        ensure!(ignore < 0, "ignore_index is not supported for floating point target");
        let weights = shape.weights(weight.as_ref())?;
        let (logs, targets) = (logs.to_vec::<f64>()?, target.to_vec::<f64>()?);
        let rows = shape.batch * shape.positions;
        let losses: Vec<f64> = (0..rows)
            .map(|row| {
                let term = |c: usize| {
                    let at = shape.at(row, c);
                    let t = if smoothing > 0.0 {
                        targets[at] * (1.0 - smoothing) + smoothing / shape.classes as f64
                    } else {
                        targets[at]
                    };
                    -logs[at] * t * weights.as_ref().map_or(1.0, |w| w[c])
                };
                (0..shape.classes).map(term).sum()
            })
            .collect();
        return reduce(Tensor::from_slice(&losses, &shape.rest)?, x.dtype(), reduction);
    }
    check_batch(&x, &target)?;
    if smoothing <= 0.0 {
        return nll_loss_any_rank(logs, target, weight, reduction, ignore)?.0.to_dtype(x.dtype());
    }
    let (nll, total) = nll_loss_any_rank(logs.clone(), target.clone(), weight.clone(), reduction, ignore)?;
    let weights = shape.weights(weight.as_ref())?;
    let (logs, classes) = (logs.to_vec::<f64>()?, target.to_vec::<i64>()?);
    let smooth: Vec<f64> = classes
        .iter()
        .enumerate()
        .map(|(row, &class)| {
            let term = |c: usize| -logs[shape.at(row, c)] * weights.as_ref().map_or(1.0, |w| w[c]);
            if class == ignore {
                0.0
            } else {
                (0..shape.classes).map(term).sum()
            }
        })
        .collect();
    let smooth = match reduction {
        // the mean is over weights (or over what is not ignored), as that of the other term
        MEAN => Tensor::scalar(Scalar::Float(sum(&smooth) / total.item()?.to_f64()), DType::F64)?,
        SUM => Tensor::scalar(Scalar::Float(sum(&smooth)), DType::F64)?,
        _ => Tensor::from_slice(&smooth, target.sizes())?,
    };
    let classes = shape.classes as f64;
    pointwise(&[&nll, &smooth], x.dtype(), 0, &|e| (1.0 - smoothing) * e[0] + e[1] * (smoothing / classes))
}

/// In double precision.
fn log_softmax(x: &Tensor, dim: usize) -> Result<Tensor> {
    let n = x.sizes()[dim] as usize;
    let rows = crate::tensor::rows::map::<f64, f64>(x, &[dim], n, DType::F64, &|row, out| {
        let max = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let log_sum = row.iter().map(|v| (v - max).exp()).sum::<f64>().ln() + max;
        out.iter_mut().zip(row).for_each(|(o, v)| *o = v - log_sum);
    })?;
    crate::tensor::rows::restore_dim(rows, wrap_dim(dim as i64, x.dim())?)
}

fn lengths(x: &Tensor, name: &str) -> Result<Vec<i64>> {
    ensure!(x.dtype().is_integral(false), "{name} must be integral");
    x.to_vec()
}

fn ctc_loss_tensor(
    logs: Tensor,
    targets: Tensor,
    inputs: Tensor,
    target_lengths: Tensor,
    blank: i64,
    reduction: i64,
    zero_infinity: bool,
) -> Result<Tensor> {
    let (inputs, labels) = (lengths(&inputs, "input_lengths")?, lengths(&target_lengths, "target_lengths")?);
    ctc_loss(logs, targets, inputs, labels, blank, reduction, zero_infinity)
}

fn ctc_loss(
    logs: Tensor,
    targets: Tensor,
    inputs: Vec<i64>,
    labels: Vec<i64>,
    blank: i64,
    reduction: i64,
    zero_infinity: bool,
) -> Result<Tensor> {
    let batched = logs.dim() == 3;
    let logs = if batched { logs } else { logs.unsqueeze(1)? };
    let (loss, _) = ctc(&logs, &targets, &inputs, &labels, blank)?;
    let loss: Vec<f64> = loss.into_iter().map(|l| if zero_infinity && l == f64::INFINITY { 0.0 } else { l }).collect();
    let dtype = logs.dtype();
    let value = match reduction {
        MEAN => {
            sum(&loss.iter().zip(&labels).map(|(l, n)| l / (*n).max(1) as f64).collect::<Vec<_>>()) / loss.len() as f64
        }
        SUM => sum(&loss),
        _ => {
            let shape: &[i64] = if batched { &[loss.len() as i64] } else { &[] };
            return Tensor::from_slice(&loss, shape)?.to_dtype(dtype);
        }
    };
    Tensor::scalar(Scalar::Float(value), dtype)
}

fn ctc_loss_alpha_tensor(
    logs: Tensor,
    targets: Tensor,
    inputs: Tensor,
    target_lengths: Tensor,
    blank: i64,
    zero_infinity: bool,
) -> Result<(Tensor, Tensor)> {
    let (inputs, labels) = (lengths(&inputs, "input_lengths")?, lengths(&target_lengths, "target_lengths")?);
    ctc_loss_alpha(logs, targets, inputs, labels, blank, zero_infinity)
}

fn ctc_loss_alpha(
    logs: Tensor,
    targets: Tensor,
    inputs: Vec<i64>,
    labels: Vec<i64>,
    blank: i64,
    _zero_infinity: bool,
) -> Result<(Tensor, Tensor)> {
    let batched = logs.dim() == 3;
    let logs3 = if batched { logs.clone() } else { logs.unsqueeze(1)? };
    let (loss, alpha) = ctc(&logs3, &targets, &inputs, &labels, blank)?;
    let loss = Tensor::from_slice(&loss, &[loss.len() as i64])?.to_dtype(logs.dtype())?;
    let alpha = alpha.to_dtype(logs.dtype())?;
    if batched {
        Ok((loss, alpha))
    } else {
        Ok((loss.squeeze(Some(&[0]))?, alpha.squeeze(Some(&[0]))?))
    }
}

/// Per sequence the negative log likelihood, and the forward variables `[batch, time, 2·labels + 1]`.
fn ctc(logs: &Tensor, targets: &Tensor, inputs: &[i64], labels: &[i64], blank: i64) -> Result<(Vec<f64>, Tensor)> {
    ensure!(logs.dim() == 3, "log_probs tensor must be 2D or 3D, but has {} dims", logs.dim());
    check_float(logs.dtype(), "ctc_loss_cpu")?;
    let [time, batch, classes] = [0, 1, 2].map(|d| logs.sizes()[d] as usize);
    ensure!(targets.dtype().is_integral(false), "targets must be integral");
    ensure!(blank >= 0 && (blank as usize) < classes, "blank must be in label range");
    ensure!(inputs.len() == batch, "input_lengths must be of size batch_size");
    ensure!(labels.len() == batch, "target_lengths must be of size batch_size");
    for (b, &n) in labels.iter().enumerate() {
        ensure!(
            n >= 0,
            "Expected target_lengths to have value at least 0, but got value {n} (while checking arguments for ctc_loss_cpu, batch {b})"
        );
    }
    for &n in inputs {
        ensure!(
            n >= 0 && n as usize <= time,
            "Expected input_lengths to have value at most {time}, but got value {n} (while checking arguments for \
             ctc_loss_cpu)"
        );
    }
    let longest = labels.iter().copied().max().unwrap_or(0) as usize;
    let flat = targets.to_vec::<i64>()?;
    // concatenated labels, or one padded row per sequence
    let mut starts = Vec::with_capacity(batch);
    if targets.dim() == 1 {
        let total: i64 = labels.iter().sum();
        ensure!(
            total as usize == flat.len() || batch == 1 && total as usize <= flat.len(),
            "Expected targets to have size {total} at dimension 0, but got size {}",
            flat.len()
        );
        let mut at = 0;
        labels.iter().for_each(|n| {
            starts.push(at);
            at += *n as usize;
        });
    } else {
        ensure!(
            targets.dim() == 2 && targets.sizes()[0] as usize == batch && targets.sizes()[1] as usize >= longest,
            "Expected tensor to have size at least {longest} at dimension 1, but got size {:?} for targets",
            targets.sizes()
        );
        starts.extend((0..batch).map(|b| b * targets.sizes()[1] as usize));
    }
    let width = 2 * longest + 1;
    let values = logs.to_vec::<f64>()?;
    let mut alpha_out =
        crate::tensor::NewTensor::<f64>::filled(&[batch as i64, time as i64, width as i64], f64::NEG_INFINITY)?;
    let all = alpha_out.data();
    let mut losses = Vec::with_capacity(batch);
    for b in 0..batch {
        let (steps, count) = (inputs[b] as usize, labels[b] as usize);
        let label = |s: usize| if s % 2 == 0 { blank } else { flat[starts[b] + s / 2] };
        for s in 0..2 * count + 1 {
            if label(s) < 0 || label(s) as usize >= classes {
                return Err(Error::runtime(format!("ctc_loss: label {} is out of range", label(s))));
            }
        }
        let log = |t: usize, s: usize| values[(t * batch + b) * classes + label(s) as usize];
        let alpha = &mut all[b * time * width..(b + 1) * time * width];
        if steps == 0 {
            losses.push(if count == 0 { 0.0 } else { f64::INFINITY });
            continue;
        }
        alpha[0] = log(0, 0);
        if count > 0 {
            alpha[1] = log(0, 1);
        }
        for t in 1..steps {
            for s in 0..2 * count + 1 {
                let last = |s: usize| alpha[(t - 1) * width + s];
                let a = last(s);
                let b1 = if s > 0 { last(s - 1) } else { f64::NEG_INFINITY };
                let c = if s > 1 && label(s - 2) != label(s) { last(s - 2) } else { f64::NEG_INFINITY };
                let max = a.max(b1).max(c);
                let max = if max == f64::NEG_INFINITY { 0.0 } else { max };
                alpha[t * width + s] = ((a - max).exp() + (b1 - max).exp() + (c - max).exp()).ln() + max + log(t, s);
            }
        }
        let end = |s: usize| alpha[(steps - 1) * width + s];
        let (l1, l2) = (end(2 * count), if count > 0 { end(2 * count - 1) } else { f64::NEG_INFINITY });
        let max = if l1.max(l2) == f64::NEG_INFINITY { 0.0 } else { l1.max(l2) };
        losses.push(-(((l1 - max).exp() + (l2 - max).exp()).ln() + max));
    }
    Ok((losses, alpha_out.finish()))
}
