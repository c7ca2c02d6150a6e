//! Normalisation: over batches, rows and groups; weights by their norm; distances and similarities. Half types compute
//! in float32, with parameters of either type.

use super::compute::{data_opt, dense, dense_opt, dispatch_float, finish, half_rounding, show};
use super::create::{in_format, laid_out_like};
use super::einsum::sum_dims;
use super::matmul::times;
use super::Op;
use crate::base::{numel, promote_types, wrap_dim, DType, Dims, Element, MemoryFormat, Scalar};
use crate::kernel::norm as kernel;
use crate::tensor::{rows, tile, NewTensor};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, \
         bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor",
        batch_norm(_, _, _, _, _, _, _, _, _), writes "running_mean, running_var if training"
    ),
    op!(
        "aten::_batch_norm_impl_index(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? \
         running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> (Tensor, Tensor, Tensor, \
         Tensor, int)",
        batch_norm_impl_index(_, _, _, _, _, _, _, _, _), writes "running_mean, running_var if training"
    ),
    op!(
        "aten::native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? \
         running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        native_batch_norm(_, _, _, _, _, _, _, _), out "out(out, save_mean, save_invstd)",
        writes "running_mean, running_var if training"
    ),
    op!(
        "aten::_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, \
         Tensor(b!) running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        native_batch_norm(_, _, _, _, _, _, _, _), out "out(out, save_mean, save_invstd)"
    ),
    op!(
        "aten::_native_batch_norm_legit.no_stats(Tensor input, Tensor? weight, Tensor? bias, bool training, \
         float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        batch_norm_no_stats(_, _, _, _, _, _), out "no_stats_out(out, save_mean, save_invstd)"
    ),
    op!(
        "aten::_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor \
         running_mean, Tensor running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        batch_norm_no_training(_, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_native_batch_norm_legit_functional(Tensor input, Tensor? weight, Tensor? bias, Tensor \
         running_mean, Tensor running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor, \
         Tensor running_mean_out, Tensor running_var_out)",
        batch_norm_functional(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::_batch_norm_with_update(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, \
         Tensor(b!) running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)",
        batch_norm_with_update(_, _, _, _, _, _, _), out "out(out, save_mean, save_invstd, reserve)"),
    op!(
        "aten::_batch_norm_with_update_functional(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor \
         running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor, Tensor running_mean_out, Tensor \
         running_var_out)",
        batch_norm_with_update_functional(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::_batch_norm_no_update(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? \
         running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)",
        batch_norm_no_update(_, _, _, _, _, _, _), out "out"),
    op!(
        "aten::instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? \
         running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor",
        instance_norm(_, _, _, _, _, _, _, _, _), writes "running_mean, running_var if use_input_stats"
    ),
    op!(
        "aten::layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float \
         eps=1.0000000000000001e-05, bool cudnn_enable=True) -> Tensor",
        layer_norm(_, _, _, _, _, _)
    ),
    op!(
        "aten::native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float \
         eps) -> (Tensor, Tensor, Tensor)",
        native_layer_norm(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float \
         eps=1.0000000000000001e-05, bool cudnn_enabled=True) -> Tensor",
        group_norm(_, _, _, _, _, _)
    ),
    op!(
        "aten::native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int \
         group, float eps) -> (Tensor, Tensor, Tensor)",
        native_group_norm(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor",
        rms_norm(_, _, _, _)
    ),
    op!("aten::_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor", weight_norm(_, _, _)),
    op!(
        "aten::_weight_norm_interface(Tensor v, Tensor g, int dim=0) -> (Tensor, Tensor)",
        weight_norm_interface(_, _, _), out "out"),
    op!(
        "aten::renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor",
        renorm(_, _, _, _), inplace, out "out", tags[Aligned]),
    op!(
        "aten::cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor",
        cosine_similarity(_, _, _, _)
    ),
    op!(
        "aten::pairwise_distance(Tensor x1, Tensor x2, float p=2., float eps=9.9999999999999995e-07, bool \
         keepdim=False) -> Tensor",
        pairwise_distance(_, _, _, _, _)
    ),
];

type Opt = Option<Tensor>;

/// Affine parameters and running statistics of a batch norm.
struct Stats {
    weight: Opt,
    bias: Opt,
    mean: Opt,
    var: Opt,
    training: bool,
    momentum: f64,
    eps: f64,
}

fn batch_norm(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Opt,
    var: Opt,
    training: bool,
    momentum: f64,
    eps: f64,
    _cudnn: bool,
) -> Result<Tensor> {
    if x.numel() == 0 {
        return x.deep_clone();
    }
    Ok(native_batch_norm(x, weight, bias, mean, var, training, momentum, eps)?.0)
}

/// The reserve is empty and the index of the implementation 0: there is one.
fn batch_norm_impl_index(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Opt,
    var: Opt,
    training: bool,
    momentum: f64,
    eps: f64,
    _cudnn: bool,
) -> Result<(Tensor, Tensor, Tensor, Tensor, i64)> {
    let (out, mean, scale) = native_batch_norm(x, weight, bias, mean, var, training, momentum, eps)?;
    Ok((out, mean, scale, Tensor::empty(&[0], DType::U8)?, 0))
}

fn native_batch_norm(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Opt,
    var: Opt,
    training: bool,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor)> {
    normalize_batch(&x, &Stats { weight, bias, mean, var, training, momentum, eps })
}

fn batch_norm_no_stats(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    training: bool,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor)> {
    native_batch_norm(x, weight, bias, None, None, training, momentum, eps)
}

fn batch_norm_no_training(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Tensor,
    var: Tensor,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor)> {
    native_batch_norm(x, weight, bias, Some(mean), Some(var), false, momentum, eps)
}

fn batch_norm_functional(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Tensor,
    var: Tensor,
    training: bool,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor, Tensor, Tensor)> {
    let (mean, var) = (mean.deep_clone()?, var.deep_clone()?);
    let stats = (Some(mean.clone()), Some(var.clone()));
    let (out, m, s) = native_batch_norm(x, weight, bias, stats.0, stats.1, training, momentum, eps)?;
    Ok((out, m, s, mean, var))
}

fn batch_norm_with_update(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Tensor,
    var: Tensor,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor, Tensor)> {
    let (out, m, s) = native_batch_norm(x, weight, bias, Some(mean), Some(var), true, momentum, eps)?;
    Ok((out, m, s, Tensor::empty(&[0], DType::U8)?))
}

#[allow(clippy::type_complexity)]
fn batch_norm_with_update_functional(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Tensor,
    var: Tensor,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor, Tensor, Tensor, Tensor)> {
    let (mean, var) = (mean.deep_clone()?, var.deep_clone()?);
    let (out, m, s, reserve) = batch_norm_with_update(x, weight, bias, mean.clone(), var.clone(), momentum, eps)?;
    Ok((out, m, s, reserve, mean, var))
}

fn batch_norm_no_update(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Opt,
    var: Opt,
    momentum: f64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor, Tensor)> {
    let (out, m, s) = native_batch_norm(x, weight, bias, mean, var, false, momentum, eps)?;
    Ok((out, m, s, Tensor::empty(&[0], DType::U8)?))
}

/// Result, mean and 1/√(variance + eps) of the batch; both empty outside of training. In training, running
/// statistics are updated in place.
fn normalize_batch(x: &Tensor, stats: &Stats) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(x.dim() >= 2, "Expected at least 2 dimensions for batch_norm, but got input of size {}", show(x.sizes()));
    let channels = x.sizes()[1];
    let named =
        [("running_mean", &stats.mean), ("running_var", &stats.var), ("weight", &stats.weight), ("bias", &stats.bias)];
    for (name, tensor) in named {
        match tensor {
            Some(t) => {
                ensure!(t.numel() as i64 == channels, "{name} should contain {channels} elements not {}", t.numel())
            }
            None => {
                ensure!(stats.training || !name.starts_with("running"), "{name} must be defined in evaluation mode")
            }
        }
    }
    check_mixed(x, &[&stats.weight, &stats.bias, &stats.mean, &stats.var])?;
    let dtype = x.dtype();
    let param_dtype = stats.weight.as_ref().or(stats.mean.as_ref()).map_or(dtype, Tensor::dtype);
    let format = x.suggest_memory_format();
    let last = format != MemoryFormat::Contiguous;
    // channels last: the same elements as rows of channels
    let order: Dims = std::iter::once(0).chain(2..x.dim() as i64).chain([1]).collect();
    let back: Dims = [0, x.dim() as i64 - 1].into_iter().chain(1..x.dim() as i64 - 1).collect();
    let viewed = if last { x.permute(&order)? } else { x.clone() };
    if let Some(round) = half_rounding(param_dtype) {
        let (out, mean, scale) = normalize_halves(&viewed, !last, stats, last || x.is_contiguous(), round)?;
        let kept = |values: Vec<f64>| Tensor::from_slice(&values, &[values.len() as i64])?.to_dtype(param_dtype);
        return Ok((if last { out.permute(&back)? } else { out }, kept(mean)?, kept(scale)?));
    }
    let (out, mean, scale) = dispatch_float!(dtype, "batch_norm", T => {
        let (weight, bias) = (dense_opt::<T>(&stats.weight)?, dense_opt::<T>(&stats.bias)?);
        let (weight, bias) = (data_opt::<T>(&weight)?, data_opt::<T>(&bias)?);
        let input = dense::<T>(&viewed)?;
        let data = input.data::<T>()?;
        let c = channels as usize;
        let (batch, inner) = match last {
            true => (data.len() / c.max(1), 1),
            false => (x.sizes()[0] as usize, numel(&x.sizes()[2..])),
        };
        let moments: Vec<(f64, f64)> = if stats.training {
            kernel::channel_moments(data, [batch, c, inner])
        } else {
            let read = |t: &Opt| -> Result<Vec<f64>> { t.as_ref().map_or(Ok(Vec::new()), Tensor::to_vec) };
            read(&stats.mean)?.into_iter().zip(read(&stats.var)?).collect()
        };
        let affine: Vec<(T, T)> = moments
            .iter()
            .enumerate()
            .map(|(i, (mean, var))| {
                let (w, b) = (weight.map(|w| w[i]), bias.map(|b| b[i]));
                kernel::channel_affine(T::from_f64(*mean), T::from_f64(*var), w, b, stats.eps)
            })
            .collect();
        let mut out = NewTensor::<T>::new(viewed.sizes())?;
        kernel::scale_channels(data, inner, &affine, out.data());
        if stats.training {
            update(stats, &moments, batch * inner)?;
        }
        let kept = |f: &dyn Fn(&(f64, f64)) -> f64| -> Result<Tensor> {
            let values: Vec<f64> = if stats.training { moments.iter().map(f).collect() } else { Vec::new() };
            Tensor::from_slice(&values, &[values.len() as i64])?.to_dtype(param_dtype)
        };
        (finish(out.finish(), dtype)?, kept(&|m| m.0)?, kept(&|m| 1.0 / (m.1 + stats.eps).sqrt())?)
    });
    Ok((if last { out.permute(&back)? } else { out }, mean, scale))
}

/// Batches of a half type with parameters of the same type: statistics are rounded to it at every step. `viewed` has its
/// channels second or last. A batch that is not `dense` is mapped step by step in the
/// half type, too.
fn normalize_halves(
    viewed: &Tensor,
    second: bool,
    stats: &Stats,
    dense: bool,
    round: fn(f32) -> f32,
) -> Result<(Tensor, Vec<f64>, Vec<f64>)> {
    let sizes = viewed.sizes();
    let c = sizes[if second { 1 } else { sizes.len() - 1 }] as usize;
    let inner = if second { numel(&sizes[2..]) } else { 1 };
    let input = viewed.to_vec::<f32>()?;
    let batch = if c * inner == 0 { 0 } else { input.len() / (c * inner) };
    let count = (batch * inner) as f32;
    let read = |t: &Opt, default: f32| t.as_ref().map_or(Ok(vec![default; c]), Tensor::to_vec::<f32>);
    let (weight, bias) = (read(&stats.weight, 1.0)?, read(&stats.bias, 0.0)?);
    let (mut mean, mut scale) = (read(&stats.mean, 0.0)?, read(&stats.var, 1.0)?);
    let eps = stats.eps as f32;
    if stats.training {
        let moments = kernel::channel_moments(&input, [batch, c, inner]);
        let means: Vec<f32> = moments.iter().map(|m| round(m.0 as f32)).collect();
        let total = |i: usize| {
            let (exact, variance) = moments[i];
            let off = exact - f64::from(means[i]);
            ((variance + off * off) * f64::from(count)) as f32
        };
        let per = |i: usize, n: f32| if dense { round(round(total(i)) / round(n)) } else { total(i) / n };
        let m = stats.momentum as f32;
        let blend = |running: &Opt, new: &dyn Fn(usize) -> f32| -> Result<()> {
            let Some(running) = running else { return Ok(()) };
            let mixed = running.to_vec::<f32>()?.into_iter().enumerate().map(|(i, old)| match dense {
                true => f64::from(round(round(m) * new(i))) + f64::from(round(round(1.0 - m) * old)),
                false => stats.momentum * f64::from(new(i)) + (1.0 - stats.momentum) * f64::from(old),
            });
            running.assign(&mixed.collect::<Vec<f64>>())
        };
        blend(&stats.mean, &|i| means[i])?;
        blend(&stats.var, &|i| per(i, count - 1.0))?;
        scale = (0..c).map(|i| round(1.0 / (per(i, count) + eps).sqrt())).collect();
        mean = means;
    } else if dense {
        scale.iter_mut().for_each(|v| *v = 1.0 / (*v + eps).sqrt());
    } else {
        scale.iter_mut().for_each(|v| *v = round(1.0 / round(round(*v + eps).sqrt())));
    }
    let one = |i: usize, x: f32| match dense {
        true => {
            let slope = scale[i] * weight[i];
            x * slope + (bias[i] - mean[i] * slope)
        }
        false => round(round(round(x - mean[i]) * scale[i]) * weight[i]) + bias[i],
    };
    let values: Vec<f32> = input.iter().enumerate().map(|(at, x)| one(at / inner % c, *x)).collect();
    let out = Tensor::empty(viewed.sizes(), viewed.dtype())?;
    out.assign(&values)?;
    let kept = |values: Vec<f32>| if stats.training { values.into_iter().map(f64::from).collect() } else { Vec::new() };
    Ok((out, kept(mean), kept(scale)))
}

/// Half inputs take parameters of their own dtype or of float32, others of their own.
fn check_mixed(x: &Tensor, params: &[&Opt]) -> Result<()> {
    let half = matches!(x.dtype(), DType::F16 | DType::BF16);
    for t in params.iter().filter_map(|t| t.as_ref()).filter(|t| t.dtype() != x.dtype()) {
        let float = t.dtype() == DType::F32;
        ensure!(float, "mixed dtype (CPU): expect parameter to have scalar type of Float");
        ensure!(half, "mixed dtype (CPU): all inputs must share same datatype.");
    }
    Ok(())
}

fn update(stats: &Stats, moments: &[(f64, f64)], count: usize) -> Result<()> {
    let m = stats.momentum;
    let blend = |running: &Opt, new: &dyn Fn(&(f64, f64)) -> f64| -> Result<()> {
        let Some(running) = running else { return Ok(()) };
        let old: Vec<f64> = running.to_vec()?;
        let values: Vec<f64> = old.iter().zip(moments).map(|(old, x)| (1.0 - m) * old + m * new(x)).collect();
        running.assign(&values)
    };
    // the running variance is the unbiased one
    let unbiased = count as f64 / (count as f64 - 1.0);
    blend(&stats.mean, &|x| x.0)?;
    blend(&stats.var, &|x| x.1 * unbiased)
}

fn instance_norm(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    mean: Opt,
    var: Opt,
    use_input_stats: bool,
    momentum: f64,
    eps: f64,
    cudnn: bool,
) -> Result<Tensor> {
    ensure!(
        use_input_stats || (mean.is_some() && var.is_some()),
        "Expected running_mean and running_var to be defined when use_input_stats is false"
    );
    if !use_input_stats {
        return batch_norm(x, weight, bias, mean, var, false, momentum, eps, cudnn);
    }
    ensure!(x.dim() >= 2, "Expected at least 2 dimensions for instance_norm, but got {}", x.dim());
    let (n, c) = (x.sizes()[0], x.sizes()[1]);
    let shape: Dims = [1, n * c].into_iter().chain(x.sizes()[2..].iter().copied()).collect();
    let repeat =
        |t: &Opt| -> Result<Opt> { t.as_ref().map(|t| t.expand(&[n, c])?.reshape(&[n * c])?.deep_clone()).transpose() };
    let stats = Stats {
        weight: repeat(&weight)?,
        bias: repeat(&bias)?,
        mean: repeat(&mean)?,
        var: repeat(&var)?,
        training: true,
        momentum,
        eps,
    };
    let out = normalize_batch(&x.to_contiguous()?.view(&shape)?, &stats)?.0;
    // each instance has updated a copy: the mean of those is the new value
    for (to, from) in [(&mean, &stats.mean), (&var, &stats.var)] {
        if let (Some(to), Some(from)) = (to, from) {
            let values: Vec<f64> = from.to_vec()?;
            let averaged: Vec<f64> = (0..c as usize)
                .map(|i| (0..n as usize).map(|k| values[k * c as usize + i]).sum::<f64>() / n as f64)
                .collect();
            to.assign(&averaged)?;
        }
    }
    out.to_contiguous()?.view(x.sizes())
}

pub(super) fn layer_norm(x: Tensor, shape: Vec<i64>, weight: Opt, bias: Opt, eps: f64, _cudnn: bool) -> Result<Tensor> {
    Ok(normalize_rows(&x, &shape, &weight, &bias, eps, false)?.0)
}

fn native_layer_norm(x: Tensor, shape: Vec<i64>, weight: Opt, bias: Opt, eps: f64) -> Result<(Tensor, Tensor, Tensor)> {
    normalize_rows(&x, &shape, &weight, &bias, eps, true)
}

/// The dimensions before those that are normalised.
fn check_rows(x: &Tensor, shape: &[i64], weight: &Opt, bias: &Opt) -> Result<usize> {
    ensure!(
        !shape.is_empty(),
        "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got \
         normalized_shape = {}",
        show(shape)
    );
    for (name, t) in [("weight", weight), ("bias", bias)] {
        if let Some(t) = t {
            ensure!(
                t.sizes() == shape,
                "Expected {name} to be of same shape as normalized_shape, but got {name} of shape {} and \
                 normalized_shape = {}",
                show(t.sizes()),
                show(shape)
            );
        }
    }
    let fits = x.dim() >= shape.len() && x.sizes()[x.dim() - shape.len()..] == *shape;
    if !fits {
        let wanted: Vec<String> = shape.iter().map(i64::to_string).collect();
        bail!(
            "Given normalized_shape={}, expected input with shape [*, {}], but got input of size{}",
            show(shape),
            wanted.join(", "),
            show(x.sizes())
        );
    }
    Ok(x.dim() - shape.len())
}

fn normalize_rows(
    x: &Tensor,
    shape: &[i64],
    weight: &Opt,
    bias: &Opt,
    eps: f64,
    with_stats: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    let axis = check_rows(x, shape, weight, bias)?;
    let dtype = x.dtype();
    check_mixed(x, &[weight, bias])?;
    let stat_dtype = weight.as_ref().or(bias.as_ref()).map_or(dtype, Tensor::dtype);
    let row = numel(shape);
    let mut stat_shape: Dims = x.sizes()[..axis].into();
    stat_shape.extend(std::iter::repeat_n(1, shape.len()));
    dispatch_float!(dtype, "LayerNormKernelImpl", T => {
        let input = dense::<T>(x)?;
        let (weight, bias) = (dense_opt::<T>(weight)?, dense_opt::<T>(bias)?);
        let mut out = NewTensor::<T>::new(x.sizes())?;
        let rows = if row == 0 { 0 } else { x.numel() / row };
        let zero = T::default();
        let mut stats = vec![(zero, zero); if with_stats { rows } else { 0 }];
        let wanted = if with_stats { Some(&mut stats[..]) } else { None };
        kernel::layer_norm(input.data::<T>()?, row, data_opt(&weight)?, data_opt(&bias)?, eps, out.data(), wanted);
        let column = |f: &dyn Fn(&(T, T)) -> T| -> Result<Tensor> {
            if !with_stats {
                return Ok(input.clone());
            }
            let values: Vec<T> = stats.iter().map(f).collect();
            if values.len() != numel(&stat_shape) {
                return Tensor::zeros(&stat_shape, stat_dtype);
            }
            finish(Tensor::from_slice(&values, &stat_shape)?, stat_dtype)
        };
        let (mean, scale) = (column(&|s| s.0)?, column(&|s| s.1)?);
        Ok((finish(out.finish(), dtype)?, mean, scale))
    })
}

fn group_norm(x: Tensor, groups: i64, weight: Opt, bias: Opt, eps: f64, _cudnn: bool) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "Expected at least 2 dimensions for input tensor but received {}", x.dim());
    let (n, c) = (x.sizes()[0], x.sizes()[1]);
    let inner = x.sizes()[2..].iter().product();
    Ok(native_group_norm(x, weight, bias, n, c, inner, groups, eps)?.0)
}

fn native_group_norm(
    x: Tensor,
    weight: Opt,
    bias: Opt,
    n: i64,
    c: i64,
    inner: i64,
    groups: i64,
    eps: f64,
) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(groups > 0, "Expected num groups to be greater than 0, got {groups}");
    ensure!(
        c >= 0 && c % groups == 0,
        "Expected number of channels in input to be divisible by num_groups, but got input of shape {} and num_groups={groups}",
        show(x.sizes())
    );
    for (name, t) in [("weight", &weight), ("bias", &bias)] {
        if let Some(t) = t {
            ensure!(
                t.dim() == 1 && t.sizes()[0] == c,
                "Expected {name} to be a vector of size equal to the number of channels in input, but got {name} of \
                 shape {} and input of shape {}",
                show(t.sizes()),
                show(x.sizes())
            );
        }
    }
    ensure!(
        n >= 0 && inner >= 0 && n.checked_mul(c).and_then(|v| v.checked_mul(inner)) == Some(x.numel() as i64),
        "native_group_norm: N, C and HxW do not fit an input of size {}",
        show(x.sizes())
    );
    check_mixed(&x, &[&weight, &bias])?;
    let dtype = x.dtype();
    let stat_dtype = weight.as_ref().or(bias.as_ref()).map_or(dtype, Tensor::dtype);
    let out = dispatch_float!(dtype, "GroupNormKernelImpl", T => {
        let input = dense::<T>(&x)?;
        let (weight, bias) = (dense_opt::<T>(&weight)?, dense_opt::<T>(&bias)?);
        let mut out = NewTensor::<T>::new(x.sizes())?;
        let zero = T::default();
        let mut stats = vec![(zero, zero); if x.numel() == 0 { 0 } else { (n * groups) as usize }];
        let sizes = [n as usize, c as usize, inner as usize];
        let (w, b) = (data_opt(&weight)?, data_opt(&bias)?);
        kernel::group_norm(input.data::<T>()?, sizes, groups as usize, w, b, eps, out.data(), Some(&mut stats));
        let column = |f: &dyn Fn(&(T, T)) -> T| -> Result<Tensor> {
            if stats.is_empty() {
                return Tensor::zeros(&[n, groups], stat_dtype);
            }
            let values: Vec<T> = stats.iter().map(f).collect();
            finish(Tensor::from_slice(&values, &[n, groups])?, stat_dtype)
        };
        (finish(out.finish(), dtype)?, column(&|s| s.0)?, column(&|s| s.1)?)
    });
    Ok((in_format(out.0, x.suggest_memory_format())?, out.1, out.2))
}

/// Without `eps`, that of the dtype.
fn rms_norm(x: Tensor, shape: Vec<i64>, weight: Opt, eps: Option<f64>) -> Result<Tensor> {
    check_rows(&x, &shape, &weight, &None)?;
    let dtype = x.dtype();
    let eps = eps.unwrap_or(match dtype {
        DType::F64 => f64::EPSILON,
        DType::F16 => 2f64.powi(-10),
        DType::BF16 => 2f64.powi(-7),
        _ => f64::from(f32::EPSILON),
    });
    if dtype.is_complex() {
        let dims: Vec<i64> = (1..=shape.len() as i64).map(|d| -d).collect();
        let squares = super::reduce::mean_dims(times(&x, &x)?, Some(dims), true, None)?;
        let scale = tile::map::<crate::Complex, crate::Complex>(&[&squares], dtype, &|x, y| {
            y.iter_mut().zip(x[0]).for_each(|(y, x)| *y = (x + eps).sqrt().inv());
        })?;
        let out = times(&x, &scale)?;
        return weight.map_or(Ok(out.clone()), |weight| times(&out, &weight));
    }
    let weight_here = weight.as_ref().is_some_and(|w| w.dtype() == dtype);
    let out = dispatch_float!(dtype, "rms_norm", T => {
        let input = dense::<T>(&x)?;
        let inside = if weight_here { dense_opt::<T>(&weight)? } else { None };
        let mut out = NewTensor::<T>::new(x.sizes())?;
        kernel::rms_norm(input.data::<T>()?, numel(&shape), data_opt(&inside)?, eps, out.data());
        laid_out_like(&x, finish(out.finish(), dtype)?)?
    });
    match weight {
        Some(weight) if !weight_here => times(&out, &weight),
        _ => Ok(out),
    }
}

/// The p-norm of rows along `dims`, which are kept with size 1.
fn norms(x: &Tensor, dims: &[usize], p: f64) -> Result<Tensor> {
    let shape = rows::reduced_shape(x.sizes(), dims, true);
    let norm = |row: &mut dyn Iterator<Item = f64>| -> f64 {
        if p == 0.0 {
            row.filter(|v| *v != 0.0).count() as f64
        } else if p == 1.0 {
            row.map(f64::abs).sum()
        } else if p == 2.0 {
            row.map(|v| v * v).sum::<f64>().sqrt()
        } else if p == f64::INFINITY {
            row.fold(0.0, |m: f64, v| if v.is_nan() { v } else { m.max(v.abs()) })
        } else if p == f64::NEG_INFINITY {
            row.fold(f64::INFINITY, |m: f64, v| if v.is_nan() { v } else { m.min(v.abs()) })
        } else {
            row.map(|v| v.abs().powf(p)).sum::<f64>().powf(1.0 / p)
        }
    };
    let out = match x.dtype() {
        DType::F64 => rows::map::<f64, f64>(x, dims, 1, DType::F64, &|row, out| {
            out[0] = norm(&mut row.iter().copied());
        })?,
        dtype if dtype.is_complex() => rows::map::<crate::Complex, f64>(x, dims, 1, dtype.to_real(), &|row, out| {
            out[0] = norm(&mut row.iter().map(|c| c.norm()));
        })?,
        dtype if dtype.is_floating_point() => rows::map::<f32, f64>(x, dims, 1, dtype, &|row, out| {
            out[0] = norm(&mut row.iter().map(|v| f64::from(*v)));
        })?,
        other => {
            bail!("linalg.vector_norm: Expected a floating point or complex tensor as input. Got {}", other.name())
        }
    };
    out.view(&shape)
}

fn all_but(ndim: usize, dim: i64) -> Result<Vec<usize>> {
    if dim == -1 {
        return Ok((0..ndim).collect());
    }
    let kept = wrap_dim(dim, ndim)?;
    Ok((0..ndim).filter(|d| *d != kept).collect())
}

/// `v·g / ‖v‖`, the norm over every dimension but `dim`.
fn weight_norm(v: Tensor, g: Tensor, dim: i64) -> Result<Tensor> {
    Ok(weight_norm_interface(v, g, dim)?.0)
}

fn weight_norm_interface(v: Tensor, g: Tensor, dim: i64) -> Result<(Tensor, Tensor)> {
    let dtype = v.dtype();
    let norm = norms(&v, &all_but(v.dim(), dim)?, 2.0)?;
    let out = dispatch_float!(dtype, "weight_norm_kernel", T => tile::map::<T, T>(&[&v, &g, &norm], dtype, &|x, y| {
        y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] * (x[1][i] / x[2][i]));
    })?);
    Ok((out.to_contiguous()?, norm))
}

/// Slices along `dim` whose p-norm is above `max` are scaled down to it.
fn renorm(x: Tensor, p: Scalar, dim: i64, max: Scalar) -> Result<Tensor> {
    ensure!(p.to_f64() > 0.0, "non-positive-norm not supported");
    ensure!(max.to_f64() >= 0.0, "renorm: expected maxnorm to be >= 0 but got {}", max.to_f64());
    ensure!(x.dim() > 1, "renorm: input needs at least 2 dimensions, got {} dimensions", x.dim());
    let kept = wrap_dim(dim, x.dim())?;
    let dims: Vec<usize> = (0..x.dim()).filter(|d| *d != kept).collect();
    let wide = if half_rounding(x.dtype()).is_some() { DType::F32 } else { x.dtype() };
    let (norm, max) = (norms(&finish(x.clone(), wide)?, &dims, p.to_f64())?, max.to_f64());
    // the factor is one of the tensor's dtype
    let dtype = if half_rounding(x.dtype()).is_some() { x.dtype() } else { norm.dtype() };
    let scale = tile::map::<f64, f64>(&[&norm], dtype, &|x, y| {
        y.iter_mut().zip(x[0]).for_each(|(y, n)| *y = if *n > max { max / (n + 1e-7) } else { 1.0 });
    })?;
    in_format(times(&x, &scale)?, MemoryFormat::Contiguous)
}

fn common_float(a: &Tensor, b: &Tensor) -> Result<DType> {
    let dtype = promote_types(a.dtype(), b.dtype());
    ensure!(
        dtype.is_floating_point(),
        "expected common dtype to be floating point, yet common dtype is {}",
        dtype.name()
    );
    Ok(dtype)
}

/// `Σ a·b / (max(‖a‖, eps)·max(‖b‖, eps))` along `dim`.
fn cosine_similarity(a: Tensor, b: Tensor, dim: i64, eps: f64) -> Result<Tensor> {
    let dtype = common_float(&a, &b)?;
    let shape = crate::base::broadcast_shapes(a.sizes(), b.sizes())?;
    let wide = if dtype == DType::F64 { DType::F64 } else { DType::F32 };
    let (a, b) = (finish(a, wide)?.expand(&shape)?, finish(b, wide)?.expand(&shape)?);
    let d = wrap_dim(dim, shape.len())?;
    let dims: Vec<usize> = if shape.is_empty() { vec![] } else { vec![d] };
    if half_rounding(dtype).is_some() {
        // norms, both operands over them and their products are rounded
        let unit = |x: &Tensor| -> Result<Tensor> {
            let norm = norms(x, &dims, 2.0)?.to_dtype(dtype)?;
            tile::map::<f64, f64>(&[x, &norm], dtype, &|x, y| {
                y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] / x[1][i].max(eps));
            })
        };
        let products = times(&unit(&a)?, &unit(&b)?)?;
        return finish(sum_dims(&finish(products, wide)?, &dims)?, dtype)?.squeeze(Some(&[d as i64]));
    }
    let dot = sum_dims(&times(&a, &b)?, &dims)?;
    let out = tile::map::<f64, f64>(&[&dot, &norms(&a, &dims, 2.0)?, &norms(&b, &dims, 2.0)?], dtype, &|x, y| {
        y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] / (x[1][i].max(eps) * x[2][i].max(eps)));
    })?;
    if shape.is_empty() {
        return Ok(out);
    }
    out.squeeze(Some(&[d as i64]))
}

/// The p-norm of `a - b + eps` along the last dimension.
pub(super) fn pairwise_distance(a: Tensor, b: Tensor, p: f64, eps: f64, keepdim: bool) -> Result<Tensor> {
    let dims = a.dim().max(b.dim());
    // in the operands' dtype first: small integers wrap
    let difference = super::compose::add(super::compose::sub(a, b)?, eps)?;
    let last: Vec<usize> = dims.checked_sub(1).into_iter().collect();
    let out = norms(&difference, &last, p)?;
    if keepdim || dims == 0 {
        Ok(out)
    } else {
        out.squeeze(Some(&[-1]))
    }
}
