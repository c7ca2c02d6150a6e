//! Pooling over one to three dimensions: largest elements and means of windows, given or shared out evenly. A
//! channels-last input gives a channels-last result.

use super::compute::{dense, dispatch_float, finish, half_rounding, not_implemented, show};
use super::create::in_format;
use super::Op;
use crate::base::{numel, DType, Dims, Element, MemoryFormat};
use crate::kernel::conv::three;
use crate::kernel::pool as kernel;
use crate::kernel::pool::{PoolElement, PoolParams};
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] \
         dilation=[1], bool ceil_mode=False) -> Tensor",
        max_pool1d(_, _, _, _, _, _)
    ),
    op!(
        "aten::max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] \
         dilation=1, bool ceil_mode=False) -> Tensor",
        max_pool2d(_, _, _, _, _, _)
    ),
    op!(
        "aten::max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] \
         dilation=1, bool ceil_mode=False) -> Tensor",
        max_pool3d(_, _, _, _, _, _)
    ),
    op!(
        "aten::max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], \
         int[1] dilation=[1], bool ceil_mode=False) -> (Tensor, Tensor)",
        max_pool1d_with_indices(_, _, _, _, _, _)
    ),
    op!(
        "aten::max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, \
         int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
        max_pool2d_with_indices(_, _, _, _, _, _), out "out(out, indices)"
    ),
    op!(
        "aten::max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, \
         int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
        max_pool3d_with_indices(_, _, _, _, _, _), out "out(out, indices)"
    ),
    op!(
        "aten::avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], bool \
         ceil_mode=False, bool count_include_pad=True) -> Tensor",
        avg_pool1d(_, _, _, _, _, _)
    ),
    op!(
        "aten::avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool \
         ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor",
        avg_pool2d(_, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool \
         ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor",
        avg_pool3d(_, _, _, _, _, _, _), out "out"
    ),
    op!("aten::adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor", adaptive_avg_pool1d(_, _)),
    op!(
        "aten::adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor",
        adaptive_avg_pool2d(_, _), out "out"
    ),
    op!(
        "aten::adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor",
        adaptive_avg_pool3d(_, _), out "out"
    ),
    op!(
        "aten::_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor",
        adaptive_avg_pool2d(_, _), out "out"
    ),
    op!(
        "aten::_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor",
        adaptive_avg_pool3d(_, _), out "out"
    ),
    op!("aten::adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)", adaptive_max_pool1d(_, _)),
    op!("aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)", adaptive_max_pool2d(_, _), out "out(out, indices)"),
    op!("aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)", adaptive_max_pool3d(_, _), out "out(out, indices)"),
    op!(
        "aten::fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor random_samples) \
         -> (Tensor, Tensor)",
        fractional_max_pool2d(_, _, _, _), out "output(output, indices)"
    ),
    op!(
        "aten::fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor random_samples) \
         -> (Tensor, Tensor)",
        fractional_max_pool3d(_, _, _, _), out "output(output, indices)"
    ),
    op!(
        "aten::max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor",
        max_unpool2d(_, _, _), out "out"
    ),
    op!(
        "aten::max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) \
         -> Tensor",
        max_unpool3d(_, _, _, _, _), out "out"
    ),
];

macro_rules! max_pools {
    ($($n:literal: $plain:ident, $indexed:ident;)*) => { $(
        fn $plain(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, ceil: bool) -> Result<Tensor> {
            Ok(max_pool(&x, $n, [&k, &s, &p, &d], ceil, false)?.0)
        }
        fn $indexed(
            x: Tensor,
            k: Vec<i64>,
            s: Vec<i64>,
            p: Vec<i64>,
            d: Vec<i64>,
            ceil: bool,
        ) -> Result<(Tensor, Tensor)> {
            max_pool(&x, $n, [&k, &s, &p, &d], ceil, true)
        }
    )* };
}
max_pools! {
    1: max_pool1d, max_pool1d_with_indices;
    2: max_pool2d, max_pool2d_with_indices;
    3: max_pool3d, max_pool3d_with_indices;
}

fn avg_pool1d(x: Tensor, k: Vec<i64>, s: Vec<i64>, p: Vec<i64>, ceil: bool, include_pad: bool) -> Result<Tensor> {
    ensure!(
        x.dim() == 2 || x.dim() == 3,
        "Expected 2 to 3 dimensions, but got {}-dimensional tensor for argument #1 'self' (while checking arguments for \
         avg_pool1d)",
        x.dim()
    );
    avg_pool(&x, 1, [&k, &s, &p], ceil, include_pad, None)
}

fn avg_pool2d(
    x: Tensor,
    k: Vec<i64>,
    s: Vec<i64>,
    p: Vec<i64>,
    ceil: bool,
    include_pad: bool,
    divisor: Option<i64>,
) -> Result<Tensor> {
    avg_pool(&x, 2, [&k, &s, &p], ceil, include_pad, divisor)
}

fn avg_pool3d(
    x: Tensor,
    k: Vec<i64>,
    s: Vec<i64>,
    p: Vec<i64>,
    ceil: bool,
    include_pad: bool,
    divisor: Option<i64>,
) -> Result<Tensor> {
    avg_pool(&x, 3, [&k, &s, &p], ceil, include_pad, divisor)
}

macro_rules! adaptive_pools {
    ($($n:literal: $avg:ident, $max:ident;)*) => { $(
        fn $avg(x: Tensor, size: Vec<i64>) -> Result<Tensor> {
            adaptive_avg(&x, &size, $n, stringify!($avg))
        }
        fn $max(x: Tensor, size: Vec<i64>) -> Result<(Tensor, Tensor)> {
            adaptive_max(&x, &size, $n, stringify!($max))
        }
    )* };
}
adaptive_pools! {
    1: adaptive_avg_pool1d, adaptive_max_pool1d;
    2: adaptive_avg_pool2d, adaptive_max_pool2d;
    3: adaptive_avg_pool3d, adaptive_max_pool3d;
}

/// The sizes before and in the space of a pool over `n` dimensions.
pub(super) struct Space {
    /// Batch and channels.
    lead: Dims,
    pub(super) size: [usize; 3],
    n: usize,
    format: MemoryFormat,
}

impl Space {
    fn of(x: &Tensor, n: usize) -> Space {
        let split = x.dim() - n;
        let size: Vec<usize> = x.sizes()[split..].iter().map(|s| *s as usize).collect();
        // channels last means what it says with a batch only
        let format = if x.dim() == n + 2 && n > 1 { x.suggest_memory_format() } else { MemoryFormat::Contiguous };
        Space { lead: x.sizes()[..split].into(), size: three(&size, 1).unwrap_or([1; 3]), n, format }
    }
    fn shape(&self, out: [usize; 3]) -> Dims {
        self.lead.iter().copied().chain(out[3 - self.n..].iter().map(|s| *s as i64)).collect()
    }
    fn arrange(&self, out: Tensor) -> Result<Tensor> {
        in_format(out, self.format)
    }
}

/// Runs a block with `$T` as an element type that windows can be taken of; half types are float32.
macro_rules! dispatch_pool {
    ($dtype:expr, $name:expr, $T:ident => $body:expr) => {
        match $dtype {
            DType::F32 | DType::F16 | DType::BF16 => {
                type $T = f32;
                $body
            }
            DType::F64 => {
                type $T = f64;
                $body
            }
            DType::U8 | DType::I8 | DType::I16 | DType::I32 | DType::I64 => {
                type $T = i64;
                $body
            }
            other => return Err(not_implemented($name, other)),
        }
    };
}

/// Kernel, stride, padding and dilation of a pool as `[depth, height, width]`, checked.
pub(super) fn window(
    x: &Tensor,
    n: usize,
    name: &str,
    [k, s, p, d]: [&[i64]; 4],
    ceil_mode: bool,
) -> Result<(PoolParams, Space, [usize; 3])> {
    let spread = |list: &[i64], what: &str| -> Result<Vec<i64>> {
        match list.len() {
            1 => Ok(vec![list[0]; n]),
            len if len == n => Ok(list.to_vec()),
            _ => bail!("{name}: {what} must either be a single int, or a tuple of {n} ints"),
        }
    };
    let (k, p, d) = (spread(k, "kernel_size")?, spread(p, "padding")?, spread(d, "dilation")?);
    let s = if s.is_empty() { k.clone() } else { spread(s, "stride")? };
    if n == 1 {
        ensure!(k[0] > 0, "max_pool1d() kernel_size must be greater than zero, but got {}", k[0]);
        ensure!(s[0] > 0, "max_pool1d() stride must be greater than zero, but got {}", s[0]);
        ensure!(p[0] >= 0, "max_pool1d() padding must be non-negative, but got {}", p[0]);
        ensure!(
            p[0] <= k[0] / 2,
            "{}pad{} should be at most half of {}kernel size, but got pad{}={}",
            if name == "max_pool1d" { "max_pool1d() " } else { "" },
            if name == "max_pool1d" { "ding" } else { "" },
            if name == "max_pool1d" { "" } else { "effective " },
            if name == "max_pool1d" { "ding" } else { "" },
            p[0]
        );
        ensure!(d[0] > 0, "max_pool1d() dilation must be greater than zero, but got {}", d[0]);
    }
    let batch_rank = n + 2;
    let ranks = x.dim() == n + 1 || x.dim() == batch_rank;
    let first = if x.dim() == batch_rank { 1 } else { 0 };
    if n == 1 {
        ensure!(
            ranks,
            "{name}: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:{}",
            show(x.sizes())
        );
    } else {
        ensure!(s.iter().all(|s| *s != 0), "stride should not be zero");
    }
    for i in 0..n {
        ensure!(p[i] >= 0, "pad must be non-negative, but got pad: {}", p[i]);
        let effective = k[i].saturating_sub(1).saturating_mul(d[i]).saturating_add(1);
        ensure!(
            p[i] <= effective / 2,
            "pad should be at most half of effective kernel size, but got pad={}, kernel_size={} and dilation={}",
            p[i],
            k[i],
            d[i]
        );
    }
    ensure!(
        k.iter().all(|k| *k > 0) && s.iter().all(|s| *s > 0),
        "kernel size should be greater than zero, but got kernel: {} stride: {}",
        show(&k),
        show(&s)
    );
    ensure!(d.iter().all(|d| *d > 0), "dilation should be greater than zero, but got dilation: {}", show(&d));
    ensure!(
        n == 1 || ranks && x.sizes()[first..].iter().all(|s| *s > 0),
        "{}",
        if name == "avg_pool2d" {
            let sizes = show(x.sizes());
            format!("Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:{sizes}")
        } else {
            format!("non-empty {}D or {}D (batch mode) tensor expected for input", n + 1, n + 2)
        }
    );
    let list = |v: &[i64]| v.iter().map(|v| *v as usize).collect::<Vec<_>>();
    let three = |v: &[i64], missing| three(&list(v), missing).ok_or_else(|| Error::internal("pool rank"));
    let params = PoolParams {
        kernel: three(&k, 1)?,
        stride: three(&s, 1)?,
        padding: three(&p, 0)?,
        dilation: three(&d, 1)?,
        ceil_mode,
    };
    let space = Space::of(x, n);
    let out = params.output_size(space.size).ok_or_else(|| {
        if n == 1 {
            return Error::runtime("max_pool1d() Invalid computed output size: 0");
        }
        let channels = space.lead.last().copied().unwrap_or(1);
        let sizes = |f: &dyn Fn(usize) -> i64| -> String {
            (0..n).map(|i| f(i).to_string()).collect::<Vec<_>>().join("x")
        };
        let given = sizes(&|i| space.size[3 - n + i] as i64);
        let got = sizes(&|i| {
            let effective = k[i].saturating_sub(1).saturating_mul(d[i]).saturating_add(1);
            (space.size[3 - n + i] as i64 + 2 * p[i]).saturating_sub(effective).div_euclid(s[i]).saturating_add(1)
        });
        Error::runtime(format!(
            "Given input size: ({channels}x{given}). Calculated output size: ({channels}x{got}). Output size is too small"
        ))
    })?;
    Ok((params, space, out))
}

fn max_pool(x: &Tensor, n: usize, lists: [&[i64]; 4], ceil: bool, indexed: bool) -> Result<(Tensor, Tensor)> {
    let name = ["max_pool1d", "max_pool2d", "max_pool3d"][n - 1];
    let (params, space, out_size) = window(x, n, name, lists, ceil)?;
    let shape = space.shape(out_size);
    dispatch_pool!(x.dtype(), name, T => {
        let input = dense::<T>(x)?;
        let mut out = NewTensor::<T>::new(&shape)?;
        let mut places = NewTensor::<i64>::new(if indexed { &shape } else { &[0] })?;
        let wanted = if indexed { Some(places.data()) } else { None };
        kernel::max_pool(&params, input.data::<T>()?, space.size, out.data(), wanted);
        let places = places.finish();
        Ok((
            space.arrange(finish(out.finish(), x.dtype())?)?,
            if indexed { space.arrange(places)? } else { places },
        ))
    })
}

fn avg_pool(
    x: &Tensor,
    n: usize,
    [k, s, p]: [&[i64]; 3],
    ceil: bool,
    include_pad: bool,
    divisor: Option<i64>,
) -> Result<Tensor> {
    let name = ["avg_pool1d", "avg_pool2d", "avg_pool3d"][n - 1];
    ensure!(divisor != Some(0), "divisor must be not zero");
    let (params, space, out_size) = window(x, n, name, [k, s, p, &[1]], ceil)?;
    let shape = space.shape(out_size);
    fn run<T: PoolElement + Element>(
        x: &Tensor,
        params: &PoolParams,
        include_pad: bool,
        divisor: Option<i64>,
        space: &Space,
        shape: &[i64],
    ) -> Result<Tensor> {
        let input = dense::<T>(x)?;
        let mut out = NewTensor::<T>::new(shape)?;
        kernel::avg_pool(params, include_pad, divisor, input.data::<T>()?, space.size, out.data());
        let out = finish(out.finish(), x.dtype())?;
        // in three dimensions row-major, as in PyTorch
        if space.n == 3 {
            Ok(out)
        } else {
            space.arrange(out)
        }
    }
    match x.dtype() {
        DType::F32 | DType::F16 | DType::BF16 => run::<f32>(x, &params, include_pad, divisor, &space, &shape),
        DType::F64 => run::<f64>(x, &params, include_pad, divisor, &space, &shape),
        DType::I64 => run::<i64>(x, &params, include_pad, divisor, &space, &shape),
        other => Err(not_implemented(if n == 3 { "avg_pool3d_out_frame" } else { "avg_pool2d" }, other)),
    }
}

/// The wanted size as `[depth, height, width]`.
fn adaptive_size(x: &Tensor, size: &[i64], n: usize, name: &str, colon: &str) -> Result<([usize; 3], Space)> {
    ensure!(
        x.dim() == n + 1 || x.dim() == n + 2,
        "{name}(): Expected {}D or {}D tensor, but got{colon} {}",
        n + 1,
        n + 2,
        show(x.sizes())
    );
    let first = if x.dim() == n + 2 { 1 } else { 0 };
    for (i, s) in x.sizes().iter().enumerate().skip(if colon.is_empty() { x.dim() - n } else { first }) {
        ensure!(
            *s > 0,
            "{name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes {} with \
             dimension {i} being empty",
            show(x.sizes())
        );
    }
    let size = match size.len() {
        1 => vec![size[0]; n],
        len if len == n => size.to_vec(),
        len if n == 1 => bail!("{name}() argument 'output_size' should contain one int (got {len})"),
        _ => bail!("{name}(): internal error: output_size.size() must be {n}"),
    };
    if let Some(negative) = size.iter().find(|s| **s < 0).filter(|_| name.contains("max")) {
        bail!("Trying to create tensor with negative dimension {negative}: {}", show(&size));
    }
    ensure!(
        size.iter().all(|s| *s >= 0),
        "{name}(): elements of output_size must be greater than or equal to 0 but received {}",
        show(&size)
    );
    let list: Vec<usize> = size.iter().map(|s| *s as usize).collect();
    Ok((three(&list, 1).ok_or_else(|| Error::internal("pool rank"))?, Space::of(x, n)))
}

fn adaptive_avg(x: &Tensor, size: &[i64], n: usize, name: &str) -> Result<Tensor> {
    let (out_size, space) = adaptive_size(x, size, n, name, "")?;
    let shape = space.shape(out_size);
    if n < 3 && numel(&shape) == 0 {
        // before the dtype is looked at, as in PyTorch
        return space.arrange(Tensor::empty(&shape, x.dtype())?);
    }
    let name = if n == 3 { "adaptive_avg_pool3d_cpu" } else { "adaptive_avg_pool2d" };
    if let Some(round) = half_rounding(x.dtype()).filter(|_| n == 3 && out_size != [1; 3]) {
        // one window over everything is a mean, which is rounded once
        let mut out = NewTensor::<f32>::new(&shape)?;
        if !out.data().is_empty() {
            kernel::adaptive_avg_pool_steps(dense::<f32>(x)?.data()?, space.size, out.data(), out_size, round);
        }
        return space.arrange(finish(out.finish(), x.dtype())?);
    }
    dispatch_float!(x.dtype(), name, T => {
        let input = dense::<T>(x)?;
        let mut out = NewTensor::<T>::new(&shape)?;
        if !out.data().is_empty() {
            kernel::adaptive_avg_pool(input.data::<T>()?, space.size, out.data(), out_size);
        }
        debug_assert!(T::DTYPE.is_floating_point());
        space.arrange(finish(out.finish(), x.dtype())?)
    })
}

fn adaptive_max(x: &Tensor, size: &[i64], n: usize, name: &str) -> Result<(Tensor, Tensor)> {
    let (out_size, space) = adaptive_size(x, size, n, name, ":")?;
    let shape = space.shape(out_size);
    dispatch_pool!(x.dtype(), if n == 3 { "adaptive_max_pool3d_cpu" } else { "adaptive_max_pool2d" }, T => {
        let input = dense::<T>(x)?;
        let (mut out, mut places) = (NewTensor::<T>::new(&shape)?, NewTensor::<i64>::new(&shape)?);
        if !out.data().is_empty() {
            let data = input.data::<T>()?;
            kernel::adaptive_max_pool(data, space.size, out.data(), out_size, Some(places.data()));
        }
        Ok((space.arrange(finish(out.finish(), x.dtype())?)?, space.arrange(places.finish())?))
    })
}

fn fractional_max_pool2d(x: Tensor, k: Vec<i64>, size: Vec<i64>, samples: Tensor) -> Result<(Tensor, Tensor)> {
    fractional_max_pool(&x, &k, &size, &samples, 2)
}

fn fractional_max_pool3d(x: Tensor, k: Vec<i64>, size: Vec<i64>, samples: Tensor) -> Result<(Tensor, Tensor)> {
    fractional_max_pool(&x, &k, &size, &samples, 3)
}

/// Windows whose starts are spread by random samples, one per plane and dimension: height after width for planes of two
/// dimensions, but in order for three, as in PyTorch.
fn fractional_max_pool(x: &Tensor, k: &[i64], size: &[i64], samples: &Tensor, n: usize) -> Result<(Tensor, Tensor)> {
    let name = if n == 2 { "fractional_max_pool2d" } else { "fractional_max_pool3d" };
    ensure!(
        x.dim() == n + 1 || x.dim() == n + 2,
        "{name}(): Expected {}D or {}D tensor, but got: {}",
        n + 1,
        n + 2,
        show(x.sizes())
    );
    ensure!(
        x.sizes()[x.dim() - n - 1..].iter().all(|s| *s > 0),
        "{name}(): Expected input to have non-zero size for non-batch dimensions, but got sizes {}",
        show(x.sizes())
    );
    let spread = |v: &[i64]| if v.len() == 1 { vec![v[0]; n] } else { v.to_vec() };
    let (k, size) = (spread(k), spread(size));
    ensure!(k.len() == n && size.len() == n, "{name}: kernel_size and output_size must have {n} elements");
    let space = Space::of(x, n);
    for i in 0..n {
        let have = space.size[3 - n + i] as i64;
        // for volumes the windows must leave an element over
        let fits = have.saturating_sub(size[i].saturating_add(k[i].saturating_sub(1))) >= if n == 3 { 1 } else { 0 };
        let (call, axis) =
            (if n == 3 { "fractional_max_pool3d_out" } else { name }, ["time", "height", "width"][3 - n + i]);
        ensure!(
            k[i] > 0 && size[i] > 0 && fits,
            "{call}(): pool {axis} {} too large relative to input {axis} {have}",
            k[i]
        );
    }
    let usizes = |v: &[i64]| three(&v.iter().map(|v| *v as usize).collect::<Vec<_>>(), 1).unwrap_or([1; 3]);
    let (kernel, out_size) = (usizes(&k), usizes(&size));
    let random = samples.to_vec::<f64>()?;
    let (channels, batch) = (x.sizes()[x.dim() - n - 1], if x.dim() == n + 2 { x.sizes()[0] } else { 1 });
    ensure!(samples.dtype() == x.dtype(), "Expect _random_samples to have the same dtype as input");
    let [sets, per_set, numbers] = *samples.sizes() else {
        bail!("Expect _random_samples to have 3 dimensions, got {}", samples.dim());
    };
    ensure!(sets >= batch, "Expect _random_samples.size(0) no less then input batch size.");
    ensure!(per_set == channels, "Expect _random_samples.size(1) equals to input channel size.");
    ensure!(numbers == n as i64, "Expect _random_samples.size(2) equals to {n}; got {numbers}.");
    // dtype decides where starts are rounded
    let starts = |plane: usize, dim: usize| -> Vec<usize> {
        let (input, out, pool) = (space.size[dim], out_size[dim], kernel[dim]);
        if 3 - dim > n {
            return vec![0];
        }
        let sample = random[plane * n + if n == 2 { 2 - dim } else { dim }];
        let narrow = x.dtype() != DType::F64;
        let mut list = Vec::with_capacity(out);
        if out > 1 {
            let alpha = (input - pool) as f64 / (out - 1) as f64;
            for i in 0..out - 1 {
                let at = if narrow {
                    let (alpha, sample) = ((input - pool) as f32 / (out - 1) as f32, sample as f32);
                    ((i as f32 + sample) * alpha) as i64 - (sample * alpha) as i64
                } else {
                    ((i as f64 + sample) * alpha) as i64 - (sample * alpha) as i64
                };
                list.push((at.max(0) as usize).min(input - pool));
            }
        }
        list.push(input - pool);
        list
    };
    let shape = space.shape(out_size);
    let dtype = x.dtype();
    dispatch_float!(dtype, name, T => {
        let input = dense::<T>(x)?;
        let data = input.data::<T>()?;
        let (mut out, mut places) = (NewTensor::<T>::new(&shape)?, NewTensor::<i64>::new(&shape)?);
        let (pixels, count) = (space.size.iter().product::<usize>(), out_size.iter().product::<usize>());
        let chunks = out.data().chunks_exact_mut(count).zip(places.data().chunks_exact_mut(count));
        for (plane, (out, places)) in chunks.enumerate() {
            let data = &data[plane * pixels..][..pixels];
            let (ds, hs, ws) = (starts(plane, 0), starts(plane, 1), starts(plane, 2));
            let mut at = 0;
            for d0 in &ds {
                for h0 in &hs {
                    for w0 in &ws {
                        let (mut best, mut place) = (<T as PoolElement>::LOWEST, (d0 * space.size[1] + h0) * space.size[2] + w0);
                        for d in *d0..d0 + kernel[0] {
                            for h in *h0..h0 + kernel[1] {
                                for w in *w0..w0 + kernel[2] {
                                    let here = (d * space.size[1] + h) * space.size[2] + w;
                                    if data[here] > best || data[here].is_nan() {
                                        (best, place) = (data[here], here);
                                    }
                                }
                            }
                        }
                        (out[at], places[at]) = (best, place as i64);
                        at += 1;
                    }
                }
            }
        }
        Ok((finish(out.finish(), dtype)?, places.finish()))
    })
}

fn max_unpool2d(x: Tensor, indices: Tensor, size: Vec<i64>) -> Result<Tensor> {
    max_unpool(&x, &indices, &size, 2)
}

/// Stride and padding do not matter: the indices say where elements go.
fn max_unpool3d(x: Tensor, indices: Tensor, size: Vec<i64>, stride: Vec<i64>, padding: Vec<i64>) -> Result<Tensor> {
    for (list, name) in [(&stride, "stride"), (&padding, "padding")] {
        ensure!(
            list.len() == 3,
            "There should be exactly three elements (depth, height, width) in {name}, but got: {} elements.",
            list.len()
        );
    }
    ensure!(stride.iter().all(|s| *s > 0), "strides should be greater than zero, but got stride: {}", show(&stride));
    max_unpool(&x, &indices, &size, 3)
}

/// Puts elements where a max pool took them from; zeros elsewhere.
fn max_unpool(x: &Tensor, indices: &Tensor, size: &[i64], n: usize) -> Result<Tensor> {
    let name = if n == 2 { "max_unpooling2d_forward_out" } else { "max_unpooling3d_forward_out_cpu" };
    ensure!(
        indices.dtype() == DType::I64,
        "elements in indices should be type int64 but got: {}",
        indices.dtype().name()
    );
    ensure!(
        x.dim() == n + 1 || x.dim() == n + 2,
        "Input to max_unpooling{n}d should be a {}d or {}d Tensor, but got a tensor with {} dimensions.",
        n + 1,
        n + 2,
        x.dim()
    );
    ensure!(
        x.sizes() == indices.sizes(),
        "Expected shape of indices to be same as that of the input tensor ({}) but got indices tensor with shape: {}",
        show(x.sizes()),
        show(indices.sizes())
    );
    ensure!(size.len() == n, "There should be exactly {n} elements in output_size, but got {} elements", size.len());
    ensure!(size.iter().all(|s| *s >= 0), "output_size must not be negative, but got {}", show(size));
    let space = Space::of(x, n);
    let shape: Dims = space.lead.iter().copied().chain(size.iter().copied()).collect();
    let dtype = x.dtype();
    let places = dense::<i64>(indices)?;
    let places = places.data::<i64>()?;
    dispatch_pool!(dtype, name, T => {
        let input = dense::<T>(x)?;
        let mut out = NewTensor::<T>::filled(&shape, T::default())?;
        let (pixels, count) = (space.size.iter().product::<usize>(), numel(size));
        if pixels > 0 {
            let data = input.data::<T>()?;
            for (plane, (values, places)) in data.chunks_exact(pixels).zip(places.chunks_exact(pixels)).enumerate() {
                let out = &mut out.data()[plane * count..][..count];
                for (value, place) in values.iter().zip(places) {
                    let Some(slot) = usize::try_from(*place).ok().and_then(|p| out.get_mut(p)) else {
                        let volume: Vec<String> = size.iter().map(i64::to_string).collect();
                        bail!("Found an invalid max index: {place} (output volumes are of size {})", volume.join("x"));
                    };
                    *slot = *value;
                }
            }
        }
        space.arrange(finish(out.finish(), dtype)?)
    })
}
