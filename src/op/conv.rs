//! Convolutions and their transposes in one to three dimensions, and the patches that they are made of. Weights are
//! packed for the kernels once and kept as long as they do not change. A channels-last input or weight gives a
//! channels-last result.

use std::sync::Arc;

use super::compute::{data_opt, dense, dense_opt, dispatch_move, dispatch_number, finish, fixed, show};
use super::create::in_format;
use super::{packed, Op};
use crate::base::{f16, Complex32, Complex64, DType, Dims, Element, MemoryFormat};
use crate::kernel::conv::{conv_ring, conv_transpose_ring, three, ConvParams, PackedConv, PackedConvTranspose};
use crate::kernel::gemm::{Real, Ring};
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] \
         padding=[0], SymInt[1] dilation=[1], SymInt groups=1) -> Tensor",
        conv1d(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], str \
         padding=\"valid\", SymInt[1] dilation=[1], SymInt groups=1) -> Tensor",
        conv1d_padding(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] \
         padding=[0, 0], SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor",
        conv2d(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], str \
         padding=\"valid\", SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor",
        conv2d_padding(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] \
         padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor",
        conv3d(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], str \
         padding=\"valid\", SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor",
        conv3d_padding(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] \
         padding=[0], SymInt[1] output_padding=[0], SymInt groups=1, SymInt[1] dilation=[1]) -> Tensor",
        conv_transpose1d(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], \
         SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt groups=1, SymInt[2] dilation=[1, 1]) \
         -> Tensor",
        conv_transpose2d(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, \
         1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt groups=1, SymInt[3] \
         dilation=[1, 1, 1]) -> Tensor",
        conv_transpose3d(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, \
         SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor",
        convolution(_, _, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::convolution_overrideable(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] \
         padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor",
        convolution(_, _, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, \
         SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool benchmark, bool \
         deterministic, bool cudnn_enabled, bool allow_tf32) -> Tensor",
        _convolution(_, _, _, _, _, _, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_convolution.deprecated(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] \
         padding, SymInt[] dilation, bool transposed, int[] output_padding, SymInt groups, bool benchmark, bool \
         deterministic, bool cudnn_enabled) -> Tensor",
        _convolution_deprecated(_, _, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::_convolution_mode(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, str padding, \
         SymInt[] dilation, SymInt groups) -> Tensor",
        _convolution_mode(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor",
        conv_tbc(_, _, _, _), out "out"
    ),
    op!(
        "aten::thnn_conv2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] \
         stride=[1, 1], SymInt[2] padding=[0, 0]) -> Tensor",
        slow_conv(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_slow_conv2d_forward(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias, SymInt[2] \
         stride, SymInt[2] padding) -> Tensor",
        slow_conv(_, _, _, _, _, _), out "output(output)"),
    op!(
        "aten::slow_conv3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] \
         stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0]) -> Tensor",
        slow_conv(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::slow_conv3d_forward(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] \
         stride, SymInt[3] padding) -> Tensor",
        slow_conv(_, _, _, _, _, _), out "output(output)"),
    op!(
        "aten::slow_conv_dilated2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, \
         SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1]) -> Tensor",
        dilated_conv(_, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::slow_conv_dilated3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, \
         SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1]) -> Tensor",
        dilated_conv(_, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_conv_depthwise2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias, SymInt[2] \
         stride, SymInt[2] padding, SymInt[2] dilation) -> Tensor",
        depthwise_conv(_, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::conv_depthwise3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] \
         stride, SymInt[3] padding, SymInt[3] dilation) -> Tensor",
        depthwise_conv(_, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::slow_conv_transpose2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, \
         SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt[2] \
         dilation=[1, 1]) -> Tensor",
        slow_conv_transpose(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::slow_conv_transpose3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, \
         SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt[3] \
         dilation=[1, 1, 1]) -> Tensor",
        slow_conv_transpose(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor",
        im2col(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, \
         int[2] stride) -> Tensor",
        col2im(_, _, _, _, _, _), out "out"
    ),
];

/// Everything about a convolution but its operands.
struct Geometry {
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
    transposed: bool,
    output_padding: Vec<i64>,
    groups: i64,
}

macro_rules! forms {
    ($($n:literal: $conv:ident, $padding:ident, $transpose:ident;)*) => { $(
        fn $conv(
            x: Tensor,
            weight: Tensor,
            bias: Option<Tensor>,
            stride: Vec<i64>,
            padding: Vec<i64>,
            dilation: Vec<i64>,
            groups: i64,
        ) -> Result<Tensor> {
            let geometry = Geometry { stride, padding, dilation, transposed: false, output_padding: vec![0], groups };
            batched(x, &weight, bias, geometry, $n, concat!("conv", $n, "d"))
        }
        fn $padding(
            x: Tensor,
            weight: Tensor,
            bias: Option<Tensor>,
            stride: Vec<i64>,
            padding: Arc<str>,
            dilation: Vec<i64>,
            groups: i64,
        ) -> Result<Tensor> {
            let (x, unbatched) = with_batch(x, $n, concat!("conv", $n, "d"))?;
            let out = _convolution_mode(x, weight, bias, stride, padding, dilation, groups)?;
            if unbatched { out.squeeze(Some(&[0])) } else { Ok(out) }
        }
        fn $transpose(
            x: Tensor,
            weight: Tensor,
            bias: Option<Tensor>,
            stride: Vec<i64>,
            padding: Vec<i64>,
            output_padding: Vec<i64>,
            groups: i64,
            dilation: Vec<i64>,
        ) -> Result<Tensor> {
            let geometry = Geometry { stride, padding, dilation, transposed: true, output_padding, groups };
            batched(x, &weight, bias, geometry, $n, concat!("conv_transpose", $n, "d"))
        }
    )* };
}
forms! {
    1: conv1d, conv1d_padding, conv_transpose1d;
    2: conv2d, conv2d_padding, conv_transpose2d;
    3: conv3d, conv3d_padding, conv_transpose3d;
}

/// Adds the batch dimension where the input has none.
fn with_batch(x: Tensor, n: usize, name: &str) -> Result<(Tensor, bool)> {
    ensure!(
        x.dim() == n + 1 || x.dim() == n + 2,
        "Expected {}D (unbatched) or {}D (batched) input to {name}, but got input of size: {}",
        n + 1,
        n + 2,
        show(x.sizes())
    );
    Ok(if x.dim() == n + 1 { (x.unsqueeze(0)?, true) } else { (x, false) })
}

fn batched(
    x: Tensor,
    weight: &Tensor,
    bias: Option<Tensor>,
    geometry: Geometry,
    n: usize,
    name: &str,
) -> Result<Tensor> {
    let (x, unbatched) = with_batch(x, n, name)?;
    let out = convolve(&x, weight, bias, geometry)?;
    if unbatched {
        out.squeeze(Some(&[0]))
    } else {
        Ok(out)
    }
}

fn convolution(
    x: Tensor,
    weight: Tensor,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
    transposed: bool,
    output_padding: Vec<i64>,
    groups: i64,
) -> Result<Tensor> {
    convolve(&x, &weight, bias, Geometry { stride, padding, dilation, transposed, output_padding, groups })
}

fn _convolution(
    x: Tensor,
    weight: Tensor,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
    transposed: bool,
    output_padding: Vec<i64>,
    groups: i64,
    _benchmark: bool,
    _deterministic: bool,
    _cudnn_enabled: bool,
    _allow_tf32: bool,
) -> Result<Tensor> {
    convolution(x, weight, bias, stride, padding, dilation, transposed, output_padding, groups)
}

fn _convolution_deprecated(
    x: Tensor,
    weight: Tensor,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
    transposed: bool,
    output_padding: Vec<i64>,
    groups: i64,
    _benchmark: bool,
    _deterministic: bool,
    _cudnn_enabled: bool,
) -> Result<Tensor> {
    convolution(x, weight, bias, stride, padding, dilation, transposed, output_padding, groups)
}

/// Padding by name: `valid` is none, `same` keeps the size.
fn _convolution_mode(
    x: Tensor,
    weight: Tensor,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Arc<str>,
    dilation: Vec<i64>,
    groups: i64,
) -> Result<Tensor> {
    let geometry = |stride, padding, dilation| Geometry {
        stride,
        padding,
        dilation,
        transposed: false,
        output_padding: vec![0],
        groups,
    };
    match &*padding {
        "valid" => convolve(&x, &weight, bias, geometry(stride, vec![0], dilation)),
        "same" => {
            let n = weight.dim().saturating_sub(2);
            ensure!(n > 0 && x.dim() == weight.dim(), "weight should have at least three dimensions");
            let (steps, spread) = (expanded(&stride, n, "stride")?, expanded(&dilation, n, "dilation")?);
            ensure!(steps.iter().all(|s| *s == 1), "padding='same' is not supported for strided convolutions");
            let total: Vec<i64> = (0..n).map(|i| spread[i].saturating_mul(weight.sizes()[i + 2] - 1)).collect();
            ensure!(total.iter().all(|t| *t >= 0), "negative padding is not supported");
            let half: Vec<i64> = total.iter().map(|t| t / 2).collect();
            let x = match total.iter().any(|t| t % 2 != 0) {
                true => grown(&x, &total.iter().map(|t| t % 2).collect::<Vec<_>>())?,
                false => x,
            };
            convolve(&x, &weight, bias, geometry(steps, half, spread))
        }
        other => bail!("Invalid padding string: '{other}'"),
    }
}

/// Zeros added at the end of the spatial dimensions.
fn grown(x: &Tensor, extra: &[i64]) -> Result<Tensor> {
    let mut shape: Dims = x.sizes().into();
    shape.iter_mut().skip(2).zip(extra).for_each(|(s, e)| *s += e);
    let out = Tensor::empty_format(&shape, x.dtype(), x.suggest_memory_format())?;
    out.fill(0.into())?;
    let mut inside = out.alias();
    for (i, size) in x.sizes().iter().enumerate().skip(2) {
        inside = inside.narrow(i as i64, 0, *size)?;
    }
    inside.copy_from(x)?;
    Ok(out)
}

fn expanded(list: &[i64], n: usize, name: &str) -> Result<Vec<i64>> {
    match list.len() {
        1 => Ok(vec![list[0]; n]),
        len if len == n => Ok(list.to_vec()),
        _ => bail!(
            "expected {name} to be a single integer value or a list of {n} values to match the convolution dimensions, \
             but got {name}={}",
            show(list)
        ),
    }
}

fn convolve(x: &Tensor, weight: &Tensor, bias: Option<Tensor>, g: Geometry) -> Result<Tensor> {
    let n = weight.dim().saturating_sub(2);
    ensure!(weight.dim() > 2, "weight should have at least three dimensions");
    ensure!(n <= 3, "only 1D, 2D and 3D convolutions are supported, but got weight of size {}", show(weight.sizes()));
    let stride = expanded(&g.stride, n, "stride")?;
    let padding = expanded(&g.padding, n, "padding")?;
    let dilation = expanded(&g.dilation, n, "dilation")?;
    let output_padding = expanded(&g.output_padding, n, "output_padding")?;
    ensure!(padding.iter().all(|p| *p >= 0), "negative padding is not supported");
    ensure!(output_padding.iter().all(|p| *p >= 0), "negative output_padding is not supported");
    ensure!(stride.iter().all(|s| *s > 0), "non-positive stride is not supported");
    ensure!(dilation.iter().all(|d| *d > 0), "dilation should be greater than zero, but got {}", show(&dilation));
    ensure!(g.groups > 0, "non-positive groups is not supported");
    ensure!(
        x.dim() == weight.dim(),
        "Expected {}-dimensional input for {}-dimensional weight {}, but got {}-dimensional input of size {} instead",
        weight.dim(),
        weight.dim(),
        show(weight.sizes()),
        x.dim(),
        show(x.sizes())
    );
    check_channels(x, weight, bias.as_ref(), &g)?;
    check_dtypes(x, weight, bias.as_ref())?;
    let (xs, ws) = (x.sizes(), weight.sizes());
    let channels_out = if g.transposed { ws[1] * g.groups } else { ws[0] };
    let list = |v: &[i64]| v.iter().map(|v| *v as usize).collect::<Vec<_>>();
    let channels = (xs[1] as usize, channels_out as usize, g.groups as usize);
    let params = ConvParams::new(channels, &list(&ws[2..]), &list(&stride), &list(&padding), &list(&dilation))
        .ok_or_else(|| Error::runtime("invalid convolution parameters"))?;
    let size = three(&list(&xs[2..]), 1).ok_or_else(|| Error::internal("convolution rank"))?;
    let extra = three(&list(&output_padding), 0).ok_or_else(|| Error::internal("convolution rank"))?;
    if g.transposed {
        for d in 0..n {
            ensure!(
                output_padding[d] < stride[d] || output_padding[d] < dilation[d],
                "output padding must be smaller than either stride or dilation, but got output_padding: {}, stride: \
                 {}, dilation: {}",
                show(&output_padding),
                show(&stride),
                show(&dilation)
            );
        }
    }
    let out_size = match g.transposed {
        true => params.transposed_output_size(size, extra).filter(|s| !s.contains(&0)).ok_or_else(|| {
            Error::runtime(format!(
                "Given input size per channel: {}. Calculated output size per channel is too small",
                show(&xs[2..])
            ))
        })?,
        false => params.output_size(size).ok_or_else(|| kernel_too_big(xs, ws, &padding, &dilation))?,
    };
    let mut shape: Dims = [xs[0], channels_out].into_iter().collect();
    shape.extend(out_size[3 - n..].iter().map(|s| *s as i64));
    let out = run(x, weight, &bias, &params, g.transposed, size, out_size, &shape)?;
    // only two-dimensional convolutions follow the layout of their operands
    let last = MemoryFormat::ChannelsLast;
    if n == 2 && (x.suggest_memory_format() == last || weight.suggest_memory_format() == last) {
        return in_format(out, last);
    }
    Ok(out)
}

fn kernel_too_big(x: &[i64], w: &[i64], padding: &[i64], dilation: &[i64]) -> Error {
    let sizes = |f: &dyn Fn(usize) -> i64| -> String {
        (0..padding.len()).map(|i| f(i).to_string()).collect::<Vec<_>>().join(" x ")
    };
    Error::runtime(format!(
        "Calculated padded input size per channel: ({}). Kernel size: ({}). Kernel size can't be greater than actual \
         input size",
        sizes(&|i| x[i + 2].saturating_add(padding[i].saturating_mul(2))),
        sizes(&|i| dilation[i].saturating_mul(w[i + 2] - 1).saturating_add(1))
    ))
}

fn check_channels(x: &Tensor, weight: &Tensor, bias: Option<&Tensor>, g: &Geometry) -> Result<()> {
    let (xs, ws, groups) = (x.sizes(), weight.sizes(), g.groups);
    ensure!(
        ws[0] >= groups,
        "Given groups={groups}, expected weight to be at least {groups} at dimension 0, but got \
         weight of size {} instead",
        show(ws)
    );
    ensure!(
        ws[0] % groups == 0,
        "Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, but got weight of size {} \
         instead",
        show(ws)
    );
    let (wanted, out) =
        if g.transposed { (Some(ws[0]), ws[1].checked_mul(groups)) } else { (ws[1].checked_mul(groups), Some(ws[0])) };
    let (Some(wanted), Some(out)) = (wanted, out) else { bail!("groups={groups} is too large") };
    ensure!(
        xs[1] == wanted,
        "Given {}groups={groups}, weight of size {}, expected input{} to have {wanted} channels, but got {} channels \
         instead",
        if g.transposed { "transposed=1, " } else { "" },
        show(ws),
        show(xs),
        xs[1]
    );
    if let Some(bias) = bias {
        ensure!(
            bias.sizes() == [out],
            "Given {}weight of size {}, expected bias to be 1-dimensional with {out} elements, but got bias of size {} \
             instead",
            if g.transposed { "transposed=1, " } else { "" },
            show(ws),
            show(bias.sizes())
        );
    }
    Ok(())
}

fn check_dtypes(x: &Tensor, weight: &Tensor, bias: Option<&Tensor>) -> Result<()> {
    let name = |d: DType| match d {
        DType::F32 => "float",
        DType::F64 => "double",
        DType::F16 => "c10::Half",
        DType::BF16 => "c10::BFloat16",
        DType::I64 => "long int",
        DType::I32 => "int",
        other => other.name(),
    };
    if x.dtype() != weight.dtype() {
        match bias {
            Some(_) => {
                bail!("Input type ({}) and bias type ({}) should be the same", name(x.dtype()), name(weight.dtype()))
            }
            None => bail!("expected scalar type {} but found {}", x.dtype().name(), weight.dtype().name()),
        }
    }
    if let Some(bias) = bias.filter(|b| b.dtype() != x.dtype()) {
        bail!("Input type ({}) and bias type ({}) should be the same", name(x.dtype()), name(bias.dtype()));
    }
    Ok(())
}

fn run(
    x: &Tensor,
    weight: &Tensor,
    bias: &Option<Tensor>,
    params: &ConvParams,
    transposed: bool,
    size: [usize; 3],
    out_size: [usize; 3],
    shape: &[i64],
) -> Result<Tensor> {
    let dtype = x.dtype();
    let name = if params.kernel[0] > 1 { "slow_conv3d_cpu" } else { "slow_conv2d_cpu" };
    let out = match dtype {
        DType::F32 | DType::F16 | DType::BF16 => {
            fast::<f32>(x, weight, bias, params, transposed, size, out_size, shape)?
        }
        DType::F64 => fast::<f64>(x, weight, bias, params, transposed, size, out_size, shape)?,
        d if d.is_integral(false) => plain::<i64>(x, weight, bias, params, transposed, size, out_size, shape)?,
        DType::C64 => plain::<Complex32>(x, weight, bias, params, transposed, size, out_size, shape)?,
        DType::C128 => plain::<Complex64>(x, weight, bias, params, transposed, size, out_size, shape)?,
        other => return Err(super::compute::not_implemented(name, other)),
    };
    finish(out, dtype)
}

fn fast<T: Real + Element>(
    x: &Tensor,
    weight: &Tensor,
    bias: &Option<Tensor>,
    params: &ConvParams,
    transposed: bool,
    size: [usize; 3],
    out_size: [usize; 3],
    shape: &[i64],
) -> Result<Tensor> {
    // the kernel copies the input with its padding: parameters that make that copy absurd go the slow way
    let padded = (0..3).try_fold(1usize, |n, i| n.checked_mul(size[i] + 2 * params.padding[i].min(1 << 40)));
    let budget = x.numel().max(1 << 16).saturating_mul(1 << 8);
    let absurd = padded.is_none_or(|p| p.saturating_mul(params.in_channels * x.sizes()[0].max(1) as usize) > budget);
    if params.in_channels == 0 || x.numel() == 0 || absurd {
        return plain::<T>(x, weight, bias, params, transposed, size, out_size, shape);
    }
    let mut out = NewTensor::<T>::new(shape)?;
    let input = dense::<T>(x)?;
    let batch = shape[0] as usize;
    let kind = if transposed { packed::CONV_TRANSPOSE } else { packed::CONV };
    let mut key = vec![kind, T::DTYPE.code(), params.groups as i64, weight.dim() as i64, params.in_channels as i64];
    for list in [&params.stride, &params.padding, &params.dilation] {
        key.extend(list.iter().map(|v| *v as i64));
    }
    key.push(i64::from(!transposed && PackedConv::<T>::has_columns(params, size)));
    let sources: Vec<&Tensor> = std::iter::once(weight).chain(bias).collect();
    let bytes = weight.numel() * std::mem::size_of::<T>();
    let prepare = || -> Result<(Tensor, Option<Tensor>)> { Ok((dense::<T>(weight)?, dense_opt::<T>(bias)?)) };
    if transposed {
        // PyTorch has no faster kernel for float16 than one that adds up columns of float16
        let round: Option<fn(T) -> T> = match x.dtype() {
            DType::F16 => Some(|v| T::from_f64(f16::from_f64(v.to_f64()).to_f64())),
            _ => None,
        };
        let conv = packed::get(&key, &sources, bytes, || {
            let (w, b) = prepare()?;
            Ok(PackedConvTranspose::new(*params, w.data::<T>()?, data_opt(&b)?))
        })?;
        conv.run(batch, input.data::<T>()?, size, out.data(), out_size, round);
    } else {
        let conv = packed::get(&key, &sources, bytes, || {
            let (w, b) = prepare()?;
            Ok(PackedConv::for_size(*params, w.data::<T>()?, data_opt(&b)?, size))
        })?;
        conv.run(batch, input.data::<T>()?, size, out.data(), None, None);
    }
    Ok(out.finish())
}

fn plain<T: Ring + Element>(
    x: &Tensor,
    weight: &Tensor,
    bias: &Option<Tensor>,
    params: &ConvParams,
    transposed: bool,
    size: [usize; 3],
    out_size: [usize; 3],
    shape: &[i64],
) -> Result<Tensor> {
    let mut out = NewTensor::<T>::new(shape)?;
    if out.data().is_empty() {
        return Ok(out.finish());
    }
    let (input, weight, bias) = (dense::<T>(x)?, dense::<T>(weight)?, dense_opt::<T>(bias)?);
    let (input, weight, bias) = (input.data::<T>()?, weight.data::<T>()?, data_opt::<T>(&bias)?);
    if transposed {
        conv_transpose_ring(params, weight, bias, (input, size), (out.data(), out_size));
    } else {
        conv_ring(params, weight, bias, input, size, out.data());
    }
    Ok(out.finish())
}

fn slow_conv(
    x: Tensor,
    weight: Tensor,
    kernel: Vec<i64>,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
) -> Result<Tensor> {
    dilated_conv(x, weight, kernel, bias, stride, padding, vec![1])
}

/// The kernel size is that of the weight: it is there for the sake of the signature.
fn dilated_conv(
    x: Tensor,
    weight: Tensor,
    _kernel: Vec<i64>,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
) -> Result<Tensor> {
    let n = weight.dim().saturating_sub(2);
    let geometry = Geometry { stride, padding, dilation, transposed: false, output_padding: vec![0], groups: 1 };
    batched(x, &weight, bias, geometry, n, "slow_conv")
}

fn depthwise_conv(
    x: Tensor,
    weight: Tensor,
    _kernel: Vec<i64>,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
) -> Result<Tensor> {
    let groups = x.size(1)?;
    let geometry = Geometry { stride, padding, dilation, transposed: false, output_padding: vec![0], groups };
    convolve(&x, &weight, bias, geometry)
}

fn slow_conv_transpose(
    x: Tensor,
    weight: Tensor,
    _kernel: Vec<i64>,
    bias: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    output_padding: Vec<i64>,
    dilation: Vec<i64>,
) -> Result<Tensor> {
    let n = weight.dim().saturating_sub(2);
    let geometry = Geometry { stride, padding, dilation, transposed: true, output_padding, groups: 1 };
    batched(x, &weight, bias, geometry, n, "slow_conv_transpose")
}

/// Time × batch × channels; the weight is `[kernel, in, out]`.
fn conv_tbc(x: Tensor, weight: Tensor, bias: Tensor, pad: i64) -> Result<Tensor> {
    ensure!(x.dim() == 3, "Input must have 3 dims: time, batch, in_channel");
    ensure!(weight.dim() == 3, "Weight tensor must have 3 dims: kernel_width, in_channels, out_channels.");
    ensure!(bias.dim() == 1, "Bias must be 1-D");
    ensure!(x.sizes()[2] == weight.sizes()[1], "Input dim 2 (input channels) is not == dim 1 in the weight tensor");
    ensure!(weight.sizes()[2] == bias.sizes()[0], "Bias size must equal dim 2 in the weight tensor (output channels).");
    let (x, weight) = (x.permute(&[1, 2, 0])?, weight.permute(&[2, 1, 0])?.to_contiguous()?);
    conv1d(x, weight, Some(bias), vec![1], vec![pad], vec![1], 1)?.permute(&[2, 0, 1])?.to_contiguous()
}

/// Where the patches of an image lie.
struct PatchGrid {
    kernel: [i64; 2],
    dilation: [i64; 2],
    padding: [i64; 2],
    stride: [i64; 2],
}

impl PatchGrid {
    fn new(kernel: &[i64], dilation: &[i64], padding: &[i64], stride: &[i64]) -> Result<PatchGrid> {
        let grid = PatchGrid {
            kernel: fixed(kernel, "kernel_size")?,
            dilation: fixed(dilation, "dilation")?,
            padding: fixed(padding, "padding")?,
            stride: fixed(stride, "stride")?,
        };
        let positive = |v: [i64; 2], name: &str| -> Result<()> {
            ensure!(
                v[0] > 0 && v[1] > 0,
                "{name} should be greater than zero, but got {name}_height: {} {name}_width: {}",
                v[0],
                v[1]
            );
            Ok(())
        };
        positive(grid.kernel, "kernel")?;
        positive(grid.dilation, "dilation")?;
        positive(grid.stride, "stride")?;
        ensure!(
            grid.padding[0] >= 0 && grid.padding[1] >= 0,
            "padding should be non-negative, but got padding_height: {} padding_width: {}",
            grid.padding[0],
            grid.padding[1]
        );
        Ok(grid)
    }

    /// How many patches there are, per dimension.
    fn blocks(&self, size: [i64; 2]) -> Option<[i64; 2]> {
        let one = |i: usize| {
            let window = self.dilation[i].checked_mul(self.kernel[i] - 1)?.checked_add(1)?;
            let room = size[i].checked_add(self.padding[i].checked_mul(2)?)?.checked_sub(window)?;
            (room >= 0).then(|| room / self.stride[i] + 1)
        };
        Some([one(0)?, one(1)?])
    }

    /// Elements of a patch, and patches.
    fn totals(&self, blocks: [i64; 2]) -> Result<(i64, i64)> {
        let taps = self.kernel[0].checked_mul(self.kernel[1]);
        let count = blocks[0].checked_mul(blocks[1]);
        match (taps, count) {
            (Some(taps), Some(count)) if taps.checked_mul(count).is_some_and(|n| n < 1 << 40) => Ok((taps, count)),
            _ => Err(Error::limit("patches of an image that no memory holds")),
        }
    }

    /// Calls `f(column index, pixel)` for every element of a plane's patches that lies inside the image.
    fn each(&self, size: [i64; 2], blocks: [i64; 2], f: &mut dyn FnMut(usize, usize)) {
        let count = blocks[0] * blocks[1];
        for kh in 0..self.kernel[0] {
            for kw in 0..self.kernel[1] {
                let row = kh * self.kernel[1] + kw;
                for bh in 0..blocks[0] {
                    let h = bh * self.stride[0] - self.padding[0] + kh * self.dilation[0];
                    if h < 0 || h >= size[0] {
                        continue;
                    }
                    for bw in 0..blocks[1] {
                        let w = bw * self.stride[1] - self.padding[1] + kw * self.dilation[1];
                        if w >= 0 && w < size[1] {
                            f((row * count + bh * blocks[1] + bw) as usize, (h * size[1] + w) as usize);
                        }
                    }
                }
            }
        }
    }
}

/// The patches of an image as columns: `[N, C·kh·kw, patches]`.
fn im2col(x: Tensor, kernel: Vec<i64>, dilation: Vec<i64>, padding: Vec<i64>, stride: Vec<i64>) -> Result<Tensor> {
    let grid = PatchGrid::new(&kernel, &dilation, &padding, &stride)?;
    let nd = x.dim();
    ensure!(
        (nd == 3 || nd == 4) && x.sizes()[nd - 3..].iter().all(|s| *s > 0),
        "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but \
         got: {}",
        show(x.sizes())
    );
    let batched = if nd == 3 { x.unsqueeze(0)? } else { x.clone() };
    let s = batched.sizes();
    let size = [s[2], s[3]];
    let Some(blocks) = grid.blocks(size) else {
        bail!(
            "Given input with spatial size ({}, {}), kernel_size=({}, {}), dilation=({}, {}), padding=({}, {}), \
             calculated shape of the array of sliding blocks is too small (non-positive)",
            size[0],
            size[1],
            grid.kernel[0],
            grid.kernel[1],
            grid.dilation[0],
            grid.dilation[1],
            grid.padding[0],
            grid.padding[1]
        );
    };
    let (taps, count) = grid.totals(blocks)?;
    let dtype = x.dtype();
    let out = dispatch_move!(dtype, T => {
        let input = dense::<T>(&batched)?;
        let mut out = NewTensor::<T>::filled(&[s[0], s[1].saturating_mul(taps), count], T::default())?;
        let planes = out.data().chunks_exact_mut(taps.saturating_mul(count).max(1) as usize);
        for (plane, columns) in input.data::<T>()?.chunks_exact((size[0] * size[1]) as usize).zip(planes) {
            grid.each(size, blocks, &mut |at, pixel| columns[at] = plane[pixel]);
        }
        finish(out.finish(), dtype)?
    });
    if nd == 3 {
        out.squeeze(Some(&[0]))
    } else {
        Ok(out)
    }
}

/// The inverse of [`im2col`], where patches overlap their sum.
fn col2im(
    x: Tensor,
    output_size: Vec<i64>,
    kernel: Vec<i64>,
    dilation: Vec<i64>,
    padding: Vec<i64>,
    stride: Vec<i64>,
) -> Result<Tensor> {
    let grid = PatchGrid::new(&kernel, &dilation, &padding, &stride)?;
    let size: [i64; 2] = fixed(&output_size, "output_size")?;
    let nd = x.dim();
    ensure!(
        nd == 2 || nd == 3,
        "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, \
         but got: {}",
        show(x.sizes())
    );
    let batched = if nd == 2 { x.unsqueeze(0)? } else { x.clone() };
    let s = batched.sizes();
    let taps = grid.kernel[0].saturating_mul(grid.kernel[1]);
    ensure!(
        s[1] % taps == 0,
        "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got \
         input.size(1)={} and kernel_size=({}, {}).",
        s[1],
        grid.kernel[0],
        grid.kernel[1]
    );
    let Some(blocks) = grid.blocks(size).filter(|_| size[0] > 0 && size[1] > 0) else {
        bail!(
            "Given output_size=({}, {}), calculated shape of the array of sliding blocks is too small",
            size[0],
            size[1]
        );
    };
    let count = blocks[0].saturating_mul(blocks[1]);
    ensure!(
        s[2] == count,
        "Given output_size=({}, {}), kernel_size=({}, {}), dilation=({}, {}), padding=({}, {}), stride=({}, {}), \
         expected size of input's dimension 2 to match the calculated number of sliding blocks {} * {} = {count}, but \
         got input.size(2)={}.",
        size[0],
        size[1],
        grid.kernel[0],
        grid.kernel[1],
        grid.dilation[0],
        grid.dilation[1],
        grid.padding[0],
        grid.padding[1],
        grid.stride[0],
        grid.stride[1],
        blocks[0],
        blocks[1],
        s[2]
    );
    let dtype = x.dtype();
    let out = dispatch_number!(dtype, "col2im_out_cpu", T => {
        let input = dense::<T>(&batched)?;
        let mut out = NewTensor::<T>::filled(&[s[0], s[1] / taps, size[0], size[1]], T::default())?;
        let planes = out.data().chunks_exact_mut((size[0] * size[1]) as usize);
        for (columns, plane) in input.data::<T>()?.chunks_exact(taps.saturating_mul(count).max(1) as usize).zip(planes) {
            grid.each(size, blocks, &mut |at, pixel| {
                plane[pixel] = <T as Ring>::mul_add(plane[pixel], T::from_i64(1), columns[at]);
            });
        }
        finish(out.finish(), dtype)?
    });
    if nd == 2 {
        out.squeeze(Some(&[0]))
    } else {
        Ok(out)
    }
}
