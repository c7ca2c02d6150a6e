//! Gradients of normalizations. Sums are kept in double precision and rounded once.

use crate::base::{numel, DType};
use crate::op::compute::not_implemented;
use crate::op::Op;
use crate::{ensure, op, Result, Tensor};

type Opt = Option<Tensor>;

pub const OPS: &[Op] = &[
    op!(
        "aten::native_layer_norm_backward(Tensor grad_out, Tensor input, SymInt[] normalized_shape, Tensor mean, Tensor rstd, \
         Tensor? weight, Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
        layer_norm(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, SymInt N, \
         SymInt C, SymInt HxW, int group, bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
        group_norm(_, _, _, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, Tensor? \
         running_var, Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] output_mask) -> (Tensor, \
         Tensor, Tensor)",
        batch_norm(_, _, _, _, _, _, _, _, _, _), out "out"
    ),
];

/// A tensor as `[rows, groups, parts, inner]`: moments are of a row and group, weights of a group and part.
struct Shape {
    rows: usize,
    groups: usize,
    parts: usize,
    inner: usize,
}

/// Numbers that elements are normalized with, and what is asked for.
struct Norm<'a> {
    shape: Shape,
    /// Of every row and group.
    mean: Vec<f64>,
    scale: Vec<f64>,
    /// Of every group and part.
    weight: Option<Vec<f64>>,
    wanted: &'a [bool],
    /// Whether mean and scale are made of the elements, or given.
    own: bool,
}

/// Gradients of the input, the weight and the bias, in the dtypes that are given; nothing where not wanted.
fn gradients(grad: &Tensor, x: &Tensor, norm: &Norm, params: DType) -> Result<(Opt, Opt, Opt)> {
    let Shape { rows, groups, parts, inner } = norm.shape;
    // no list is longer than memory that is there
    Tensor::empty(&[(groups * parts) as i64], DType::F64)?;
    let (g, values) = (grad.to_vec::<f64>()?, x.to_vec::<f64>()?);
    let block = parts * inner;
    let mut out = vec![0.0; values.len()];
    let (mut by_weight, mut by_bias) = (vec![0.0; groups * parts], vec![0.0; groups * parts]);
    for at in 0..rows * groups {
        let (group, range) = (at % groups, at * block..(at + 1) * block);
        let (mean, scale) = (norm.mean[at], norm.scale[at]);
        let weight = |i: usize| norm.weight.as_ref().map_or(1.0, |w| w[group * parts + i / inner.max(1)]);
        let (mut sum, mut along) = (0.0, 0.0);
        for (i, (g, x)) in g[range.clone()].iter().zip(&values[range.clone()]).enumerate() {
            let normal = (x - mean) * scale;
            by_weight[group * parts + i / inner.max(1)] += g * normal;
            by_bias[group * parts + i / inner.max(1)] += g;
            sum += g * weight(i);
            along += g * weight(i) * normal;
        }
        let (sum, along) = if norm.own { (sum / block as f64, along / block as f64) } else { (0.0, 0.0) };
        let slots = out[range.clone()].iter_mut().zip(g[range.clone()].iter().zip(&values[range]));
        for (i, (slot, (g, x))) in slots.enumerate() {
            *slot = scale * (g * weight(i) - sum - (x - mean) * scale * along);
        }
    }
    let wanted = |i: usize| norm.wanted.get(i).copied().unwrap_or(false);
    let made = |i: usize, values: &[f64], sizes: &[i64], dtype: DType| -> Result<Opt> {
        match wanted(i) {
            true => Ok(Some(Tensor::from_slice(values, sizes)?.to_dtype(dtype)?)),
            false => Ok(None),
        }
    };
    let flat = [(groups * parts) as i64];
    Ok((made(0, &out, x.sizes(), x.dtype())?, made(1, &by_weight, &flat, params)?, made(2, &by_bias, &flat, params)?))
}

fn check(grad: &Tensor, x: &Tensor, name: &str) -> Result<()> {
    if !x.dtype().is_floating_point() {
        return Err(not_implemented(name, x.dtype()));
    }
    ensure!(
        grad.sizes() == x.sizes(),
        "{name}: gradient of shape {:?} for input of shape {:?}",
        grad.sizes(),
        x.sizes()
    );
    Ok(())
}

fn numbers(x: &Tensor, count: usize, name: &str) -> Result<Vec<f64>> {
    ensure!(x.numel() == count, "{name}: {count} numbers are expected, got a tensor of shape {:?}", x.sizes());
    x.to_vec::<f64>()
}

fn optional(x: &Opt, count: usize, name: &str) -> Result<Option<Vec<f64>>> {
    x.as_ref().map(|x| numbers(x, count, name)).transpose()
}

fn layer_norm(
    grad: Tensor,
    x: Tensor,
    shape: Vec<i64>,
    mean: Tensor,
    scale: Tensor,
    weight: Opt,
    _bias: Opt,
    wanted: Vec<bool>,
) -> Result<(Opt, Opt, Opt)> {
    const NAME: &str = "LayerNormBackwardKernelImpl";
    check(&grad, &x, NAME)?;
    ensure!(x.sizes().ends_with(&shape), "Given normalized_shape={shape:?}, got input of size {:?}", x.sizes());
    let parts = numel(&shape);
    let rows = numel(&x.sizes()[..x.dim() - shape.len()]);
    let norm = Norm {
        shape: Shape { rows, groups: 1, parts, inner: 1 },
        mean: numbers(&mean, rows, NAME)?,
        scale: numbers(&scale, rows, NAME)?,
        weight: optional(&weight, parts, NAME)?,
        wanted: &wanted,
        own: true,
    };
    let params = weight.as_ref().map_or(x.dtype(), Tensor::dtype);
    let (by_input, by_weight, by_bias) = gradients(&grad, &x, &norm, params)?;
    let shaped = |t: Opt| t.map(|t| t.view(&shape)).transpose();
    Ok((by_input, shaped(by_weight)?, shaped(by_bias)?))
}

#[allow(clippy::too_many_arguments)]
fn group_norm(
    grad: Tensor,
    x: Tensor,
    mean: Tensor,
    scale: Tensor,
    weight: Opt,
    batch: i64,
    channels: i64,
    inner: i64,
    groups: i64,
    wanted: Vec<bool>,
) -> Result<(Opt, Opt, Opt)> {
    const NAME: &str = "GroupNormBackwardKernelImpl";
    check(&grad, &x, NAME)?;
    let product = batch.checked_mul(channels).and_then(|n| n.checked_mul(inner));
    ensure!(
        batch >= 0 && channels >= 0 && inner >= 0 && product == Some(x.numel() as i64),
        "Expected number of elements of X to be {batch} * {channels} * {inner}"
    );
    ensure!(
        groups > 0 && channels % groups == 0,
        "Expected number of channels {channels} to be evenly divisible by number of groups {groups}"
    );
    ensure!(batch.checked_mul(groups).is_some(), "{NAME}: {batch} batches of {groups} groups");
    let (rows, groups) = (batch as usize, groups as usize);
    let norm = Norm {
        shape: Shape { rows, groups, parts: channels as usize / groups, inner: inner as usize },
        mean: numbers(&mean, rows * groups, NAME)?,
        scale: numbers(&scale, rows * groups, NAME)?,
        weight: optional(&weight, channels as usize, NAME)?,
        wanted: &wanted,
        own: true,
    };
    gradients(&grad, &x, &norm, weight.as_ref().map_or(x.dtype(), Tensor::dtype))
}

/// Channels come first and batches are part of what is normalized: a row for every channel.
#[allow(clippy::too_many_arguments)]
fn batch_norm(
    grad: Tensor,
    x: Tensor,
    weight: Opt,
    running_mean: Opt,
    running_var: Opt,
    mean: Opt,
    scale: Opt,
    train: bool,
    eps: f64,
    wanted: Vec<bool>,
) -> Result<(Opt, Opt, Opt)> {
    const NAME: &str = "batch_norm_backward_cpu";
    check(&grad, &x, NAME)?;
    ensure!(x.dim() >= 2, "{NAME}: an input of two dimensions at least is expected, got {:?}", x.sizes());
    let channels = x.sizes()[1] as usize;
    let given = |t: &Opt, what: &str| -> Result<Vec<f64>> {
        let t = t.as_ref().ok_or_else(|| crate::Error::runtime(format!("{NAME}: {what} is missing")))?;
        numbers(t, channels, NAME)
    };
    let (mean, scale) = match train {
        true => (given(&mean, "save_mean")?, given(&scale, "save_invstd")?),
        false => {
            let var = given(&running_var, "running_var")?;
            (given(&running_mean, "running_mean")?, var.iter().map(|v| 1.0 / (v + eps).sqrt()).collect())
        }
    };
    let (grad, turned) = (grad.transpose(0, 1)?, x.transpose(0, 1)?);
    let inner = x.numel() / channels.max(1);
    let norm = Norm {
        shape: Shape { rows: 1, groups: channels, parts: 1, inner },
        mean,
        scale,
        weight: optional(&weight, channels, NAME)?,
        wanted: &wanted,
        own: train,
    };
    let params = weight.as_ref().map_or(x.dtype(), Tensor::dtype);
    let (by_input, by_weight, by_bias) = gradients(&grad, &turned, &norm, params)?;
    let restored = |t: Tensor| t.transpose(0, 1)?.contiguous_in(x.suggest_memory_format());
    Ok((by_input.map(restored).transpose()?, by_weight, by_bias))
}
