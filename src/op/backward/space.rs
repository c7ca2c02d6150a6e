//! Gradients of pooling, padding and resizing.

use std::ops::Range;

use crate::base::{DType, Dims, Element, MemoryFormat};
use crate::kernel::conv::three;
use crate::kernel::pool::PoolElement;
use crate::kernel::scatter::{scatter, spread, Windows};
use crate::op::compute::{dense, finish, half_rounding, not_implemented, show};
use crate::op::pool::window;
use crate::op::upsample::{upsample_backward, Kind};
use crate::op::Op;
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::max_pool2d_with_indices_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, \
         int[2] padding, int[2] dilation, bool ceil_mode, Tensor indices) -> Tensor",
        max_pool2d(_, _, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::max_pool3d_with_indices_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, \
         int[3] padding, int[3] dilation, bool ceil_mode, Tensor indices) -> Tensor",
        max_pool3d(_, _, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::adaptive_max_pool2d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor",
        adaptive_max_pool2d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::adaptive_max_pool3d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor",
        adaptive_max_pool3d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::fractional_max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] output_size, \
         Tensor indices) -> Tensor",
        fractional_max_pool2d(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::fractional_max_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] output_size, \
         Tensor indices) -> Tensor",
        fractional_max_pool3d(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::avg_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, \
         bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor",
        avg_pool2d(_, _, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::avg_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, \
         bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor",
        avg_pool3d(_, _, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::_adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor",
        adaptive_avg_pool2d(_, _), out "out"
    ),
    op!(
        "aten::_adaptive_avg_pool3d_backward(Tensor grad_output, Tensor self) -> Tensor",
        adaptive_avg_pool3d(_, _), out "out"
    ),
    op!(
        "aten::reflection_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor",
        reflection_pad1d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::reflection_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor",
        reflection_pad2d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::reflection_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor",
        reflection_pad3d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::replication_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor",
        replication_pad1d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::replication_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor",
        replication_pad2d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::replication_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor",
        replication_pad3d(_, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_nearest1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? \
         scales=None) -> Tensor",
        nearest1d(_, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::_upsample_nearest_exact1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? \
         scales=None) -> Tensor",
        nearest_exact1d(_, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_nearest2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? \
         scales_h=None, float? scales_w=None) -> Tensor",
        nearest2d(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::_upsample_nearest_exact2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? \
         scales_h=None, float? scales_w=None) -> Tensor",
        nearest_exact2d(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_nearest3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? \
         scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor",
        nearest3d(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::_upsample_nearest_exact3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? \
         scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor",
        nearest_exact3d(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_linear1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, bool \
         align_corners, float? scales=None) -> Tensor",
        linear1d(_, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_bilinear2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool \
         align_corners, float? scales_h=None, float? scales_w=None) -> Tensor",
        bilinear2d(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_trilinear3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, bool \
         align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor",
        trilinear3d(_, _, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::upsample_bicubic2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool \
         align_corners, float? scales_h=None, float? scales_w=None) -> Tensor",
        bicubic2d(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::_upsample_bilinear2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool \
         align_corners, float? scales_h=None, float? scales_w=None) -> Tensor",
        bilinear2d_aa(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
    op!(
        "aten::_upsample_bicubic2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool \
         align_corners, float? scales_h=None, float? scales_w=None) -> Tensor",
        bicubic2d_aa(_, _, _, _, _, _), out "grad_input(grad_input)"
    ),
];

/// PyTorch adds gradients up in the dtype of the tensor.
fn adding(dtype: DType) -> fn(f32, f32) -> f32 {
    match dtype {
        DType::F16 => |a, b| crate::base::f16::from_f32(a + b).to_f32(),
        DType::BF16 => |a, b| crate::base::bf16::from_f32(a + b).to_f32(),
        _ => |a, b| a + b,
    }
}

fn same_dtype(grad: &Tensor, x: &Tensor) -> Result<()> {
    ensure!(grad.dtype() == x.dtype(), "expected dtype {} for `gradOutput` but got dtype {}", x.dtype(), grad.dtype());
    Ok(())
}

fn same_shape(grad: &Tensor, expected: &[i64]) -> Result<()> {
    let n = expected.len();
    ensure!(grad.dim() == n, "Expected a tensor of dimension {n} but got: dimension {}", grad.dim());
    for (d, (want, have)) in expected.iter().zip(grad.sizes()).enumerate() {
        ensure!(
            want == have,
            "Expected a tensor of dimension {n} and tensor.size[{d}] == {want} but got: dimension {n} and tensor.size[{d}] \
             = {have}"
        );
    }
    Ok(())
}

/// The gradient with memory for every element, so that lists as long as its sizes are no surprise; nothing where there is
/// nothing to do.
fn materialized(grad: &Tensor, x: &Tensor) -> Result<Option<Tensor>> {
    if grad.numel() == 0 || x.numel() == 0 {
        return Ok(None);
    }
    Ok(Some(grad.to_contiguous()?))
}

/// The sizes of space as `[depth, height, width]`, of a tensor with one or two dimensions before its `n` of space.
fn space(x: &Tensor, n: usize, name: &str) -> Result<[usize; 3]> {
    ensure!(
        x.dim() == n + 1 || x.dim() == n + 2,
        "{name}(): Expected {}D or {}D tensor, but got {}",
        n + 1,
        n + 2,
        show(x.sizes())
    );
    let sizes: Vec<usize> = x.sizes()[x.dim() - n..].iter().map(|s| *s as usize).collect();
    three(&sizes, 1).ok_or_else(|| Error::internal("one to three dimensions of space"))
}

/// In the memory format that the input has.
fn arranged(out: Tensor, x: &Tensor, n: usize) -> Result<Tensor> {
    let format = if n == 1 { MemoryFormat::Contiguous } else { x.suggest_memory_format() };
    finish(out, x.dtype())?.contiguous_in(format)
}

/// Each gradient goes to the place that its maximum came from.
fn to_maxima(grad: Tensor, x: Tensor, indices: Tensor, n: usize, name: &str) -> Result<Tensor> {
    let large = space(&x, n, name)?.iter().product::<usize>();
    same_dtype(&grad, &x)?;
    ensure!(
        grad.sizes() == indices.sizes() && grad.dim() == x.dim(),
        "{name}: gradient of shape {} and indices of shape {} for input of shape {}",
        show(grad.sizes()),
        show(indices.sizes()),
        show(x.sizes())
    );
    let split = x.dim() - n;
    ensure!(grad.sizes()[..split] == x.sizes()[..split], "{name}: gradient and input have other batches or channels");
    let places = dense::<i64>(&indices)?;
    let places = places.data::<i64>()?;
    ensure!(places.iter().all(|p| (0..large as i64).contains(p)), "{name}: an index is outside of the input");
    let planes = crate::base::numel(&x.sizes()[..split]);
    let out = match x.dtype() {
        DType::F32 | DType::F16 | DType::BF16 => {
            let mut out = NewTensor::<f32>::filled(x.sizes(), 0.0)?;
            scatter(dense::<f32>(&grad)?.data::<f32>()?, places, planes, out.data(), adding(x.dtype()));
            out.finish()
        }
        DType::F64 => {
            let mut out = NewTensor::<f64>::filled(x.sizes(), 0.0)?;
            scatter(dense::<f64>(&grad)?.data::<f64>()?, places, planes, out.data(), |a, b| a + b);
            out.finish()
        }
        other => return Err(not_implemented(name, other)),
    };
    arranged(out, &x, n)
}

macro_rules! max_pools {
    ($($n:literal: $f:ident $name:literal;)*) => { $(
        fn $f(
            grad: Tensor,
            x: Tensor,
            _: Vec<i64>,
            _: Vec<i64>,
            _: Vec<i64>,
            _: Vec<i64>,
            _: bool,
            indices: Tensor,
        ) -> Result<Tensor> {
            to_maxima(grad, x, indices, $n, $name)
        }
    )* };
}
max_pools! {
    2: max_pool2d "max_pool2d_backward";
    3: max_pool3d "max_pool3d_backward";
}

fn adaptive_max_pool2d(grad: Tensor, x: Tensor, indices: Tensor) -> Result<Tensor> {
    to_maxima(grad, x, indices, 2, "adaptive_max_pool2d_backward")
}

fn adaptive_max_pool3d(grad: Tensor, x: Tensor, indices: Tensor) -> Result<Tensor> {
    if x.dtype() == DType::F16 {
        return Err(not_implemented("adaptive_max_pool3d_backward", x.dtype()));
    }
    to_maxima(grad, x, indices, 3, "adaptive_max_pool3d_backward")
}

fn fractional_max_pool2d(grad: Tensor, x: Tensor, _: Vec<i64>, _: Vec<i64>, indices: Tensor) -> Result<Tensor> {
    to_maxima(grad, x, indices, 2, "fractional_max_pool2d_backward_out_frame")
}

fn fractional_max_pool3d(grad: Tensor, x: Tensor, _: Vec<i64>, _: Vec<i64>, indices: Tensor) -> Result<Tensor> {
    to_maxima(grad, x, indices, 3, "fractional_max_pool3d_backward_out_frame")
}

macro_rules! avg_pools {
    ($($n:literal: $f:ident;)*) => { $(
        fn $f(
            grad: Tensor,
            x: Tensor,
            kernel: Vec<i64>,
            stride: Vec<i64>,
            padding: Vec<i64>,
            ceil_mode: bool,
            include_pad: bool,
            divisor: Option<i64>,
        ) -> Result<Tensor> {
            avg_pool(&grad, &x, $n, [&kernel, &stride, &padding], ceil_mode, include_pad, divisor)
        }
    )* };
}
avg_pools! {
    2: avg_pool2d;
    3: avg_pool3d;
}

fn avg_pool(
    grad: &Tensor,
    x: &Tensor,
    n: usize,
    [kernel, stride, padding]: [&[i64]; 3],
    ceil_mode: bool,
    include_pad: bool,
    divisor: Option<i64>,
) -> Result<Tensor> {
    ensure!(divisor != Some(0), "divisor must be not zero");
    let name = if n == 2 { "avg_pool2d" } else { "avg_pool3d" };
    let (params, size, results) = {
        let (params, space, results) = window(x, n, name, [kernel, stride, padding, &[1]], ceil_mode)?;
        (params, space.size, results)
    };
    let lead = &x.sizes()[..x.dim() - n];
    let expected: Dims = lead.iter().copied().chain(results[3 - n..].iter().map(|s| *s as i64)).collect();
    same_dtype(grad, x)?;
    same_shape(grad, &expected)?;
    let Some(grad) = &materialized(grad, x)? else { return Tensor::zeros(x.sizes(), x.dtype()) };
    // for every result: the part of the window inside the input, and how many places it counts for
    let of = |d: usize| -> (Vec<Range<usize>>, Vec<i64>) {
        let (k, s, p) = (params.kernel[d], params.stride[d], params.padding[d]);
        (0..results[d])
            .map(|o| {
                let (start, end) = (o * s, (o * s + k).min(size[d] + 2 * p));
                let inside = start.saturating_sub(p).min(size[d])..end.saturating_sub(p).min(size[d]);
                let count = if include_pad { end - start } else { inside.len() };
                (inside, count as i64)
            })
            .unzip()
    };
    let [(depths, a), (heights, b), (widths, c)] = [of(0), of(1), of(2)];
    let count = move |[d, h, w]: [usize; 3]| divisor.unwrap_or(a[d] * b[h] * c[w]);
    let windows = [depths, heights, widths];
    fn run<T: PoolElement + Element>(
        grad: &Tensor,
        x: &Tensor,
        windows: &Windows,
        size: [usize; 3],
        share: &dyn Fn(T, [usize; 3]) -> T,
        add: fn(T, T) -> T,
    ) -> Result<Tensor> {
        let mut out = NewTensor::<T>::filled(x.sizes(), T::default())?;
        spread(dense::<T>(grad)?.data::<T>()?, windows, size, out.data(), share, add);
        Ok(out.finish())
    }
    let round = half_rounding(x.dtype());
    let out = match x.dtype() {
        DType::F64 => run::<f64>(grad, x, &windows, size, &|g, at| g / count(at) as f64, |a, b| a + b)?,
        DType::I64 => run::<i64>(grad, x, &windows, size, &|g, at| g.over(count(at)), i64::wrapping_add)?,
        DType::F16 | DType::BF16 if n == 3 => return Err(not_implemented("avg_pool3d_backward_out_frame", x.dtype())),
        DType::F32 | DType::F16 | DType::BF16 => {
            let share = |g: f32, at| {
                let share = g / count(at) as f32;
                round.map_or(share, |round| round(share))
            };
            run::<f32>(grad, x, &windows, size, &share, adding(x.dtype()))?
        }
        other if n == 3 => return Err(not_implemented("avg_pool3d_backward_out_frame", other)),
        other => return Err(not_implemented("avg_pool2d_backward", other)),
    };
    arranged(out, x, n)
}

fn adaptive_avg_pool2d(grad: Tensor, x: Tensor) -> Result<Tensor> {
    adaptive_avg_pool(&grad, &x, 2, "adaptive_avg_pool2d_backward", "adaptive_avg_pool2d_backward")
}

fn adaptive_avg_pool3d(grad: Tensor, x: Tensor) -> Result<Tensor> {
    adaptive_avg_pool(&grad, &x, 3, "adaptive_avg_pool3d_backward", "adaptive_avg_pool3d_backward_cpu")
}

fn adaptive_avg_pool(grad: &Tensor, x: &Tensor, n: usize, name: &str, kernel: &str) -> Result<Tensor> {
    let (size, results) = (space(x, n, name)?, space(grad, n, name)?);
    let split = x.dim() - n;
    ensure!(
        grad.dim() == x.dim() && grad.sizes()[..split] == x.sizes()[..split],
        "{name}: gradient of shape {} for input of shape {}",
        show(grad.sizes()),
        show(x.sizes())
    );
    ensure!(
        grad.sizes()[split - 1..].iter().all(|s| *s > 0),
        "{name}(): Expected grad_output to have non-zero size for non-batch dimensions, but grad_output has sizes {}",
        show(grad.sizes())
    );
    same_dtype(grad, x)?;
    let Some(grad) = &materialized(grad, x)? else { return Tensor::zeros(x.sizes(), x.dtype()) };
    let windows: Windows = std::array::from_fn(|d| {
        (0..results[d]).map(|o| o * size[d] / results[d]..((o + 1) * size[d]).div_ceil(results[d])).collect()
    });
    let count = |at: [usize; 3]| -> [usize; 3] { std::array::from_fn(|d| windows[d][at[d]].len()) };
    let round = half_rounding(x.dtype());
    let out = match x.dtype() {
        DType::F32 | DType::F16 | DType::BF16 => {
            let share = |g: f32, at| {
                let share = count(at)[3 - n..].iter().fold(g, |g, count| g / *count as f32);
                round.map_or(share, |round| round(share))
            };
            let mut out = NewTensor::<f32>::filled(x.sizes(), 0.0)?;
            spread(dense::<f32>(grad)?.data::<f32>()?, &windows, size, out.data(), &share, adding(x.dtype()));
            out.finish()
        }
        DType::F64 => {
            let share = |g: f64, at| count(at)[3 - n..].iter().fold(g, |g, count| g / *count as f64);
            let mut out = NewTensor::<f64>::filled(x.sizes(), 0.0)?;
            spread(dense::<f64>(grad)?.data::<f64>()?, &windows, size, out.data(), &share, |a, b| a + b);
            out.finish()
        }
        other => return Err(not_implemented(kernel, other)),
    };
    arranged(out, x, n)
}

/// Which place of a dimension of `size` places a place of the padded dimension shows, which lies `at` from the first.
type PlaceFn = fn(at: i64, size: i64) -> i64;

fn reflected(at: i64, size: i64) -> i64 {
    let at = at.abs();
    if at >= size {
        2 * (size - 1) - at
    } else {
        at
    }
}

fn repeated(at: i64, size: i64) -> i64 {
    at.clamp(0, size - 1)
}

macro_rules! pads {
    ($($n:literal: $reflection:ident $replication:ident;)*) => { $(
        fn $reflection(grad: Tensor, x: Tensor, pad: Vec<i64>) -> Result<Tensor> {
            padding(&grad, &x, &pad, $n, reflected, concat!("reflection_pad", $n, "d_backward"))
        }
        fn $replication(grad: Tensor, x: Tensor, pad: Vec<i64>) -> Result<Tensor> {
            padding(&grad, &x, &pad, $n, repeated, concat!("replication_pad", $n, "d_backward"))
        }
    )* };
}
pads! {
    1: reflection_pad1d replication_pad1d;
    2: reflection_pad2d replication_pad2d;
    3: reflection_pad3d replication_pad3d;
}

/// Every gradient goes to the place that its place of the padded tensor showed. The last dimension comes first in `pad`.
fn padding(grad: &Tensor, x: &Tensor, pad: &[i64], n: usize, place: PlaceFn, name: &str) -> Result<Tensor> {
    ensure!(pad.len() == 2 * n, "{name}: padding size is expected to be {}, but got: {}", 2 * n, pad.len());
    let size = space(x, n, name)?;
    let around = |i: usize| (pad[2 * (n - 1 - i)], pad[2 * (n - i) - 1]);
    let mut expected: Dims = x.sizes().into();
    let split = x.dim() - n;
    for i in 0..n {
        let (before, after) = around(i);
        let have = x.sizes()[split + i];
        let fits = name.starts_with("replication") || before < have && after < have;
        ensure!(fits, "{name}: Padding size should be less than the corresponding input dimension");
        let padded = have.checked_add(before).and_then(|s| s.checked_add(after)).filter(|s| *s >= 0 && have > 0);
        let Some(padded) = padded else { bail!("{name}: padding {} of input {}", show(pad), show(x.sizes())) };
        expected[split + i] = padded;
    }
    if let Some(d) = (0..x.dim()).rev().find(|d| grad.sizes().get(*d) != Some(&expected[*d])) {
        let what = match x.dim() - 1 - d {
            0 => "width",
            1 if n > 1 => "height",
            2 if n > 2 => "depth",
            _ => "size",
        };
        let (want, have) = (expected[d], grad.sizes().get(d).copied().unwrap_or(0));
        bail!("grad_output {what} unexpected. Expected: {want}, Got: {have}");
    }
    ensure!(grad.dim() == x.dim(), "{name}: gradient of shape {}", show(grad.sizes()));
    same_dtype(grad, x)?;
    let Some(grad) = &materialized(grad, x)? else { return Tensor::zeros(x.sizes(), x.dtype()) };
    let windows: Windows = std::array::from_fn(|d| match (d + n).checked_sub(3) {
        None => std::iter::once(0..1).collect(),
        Some(i) => {
            let size = size[d] as i64;
            let at = |o: i64| place(o - around(i).0, size).clamp(0, size - 1) as usize;
            (0..expected[split + i]).map(|o| at(o)..at(o) + 1).collect()
        }
    });
    fn run<T: Element>(grad: &Tensor, x: &Tensor, w: &Windows, size: [usize; 3], add: fn(T, T) -> T) -> Result<Tensor> {
        let mut out = NewTensor::<T>::filled(x.sizes(), T::default())?;
        spread(dense::<T>(grad)?.data::<T>()?, w, size, out.data(), &|g, _| g, add);
        Ok(out.finish())
    }
    use crate::base::{Complex32, Complex64};
    let refused = x.dtype() == DType::F16 && name != "reflection_pad3d_backward";
    let out = match x.dtype() {
        other if refused => return Err(not_implemented(name, other)),
        DType::F32 | DType::F16 | DType::BF16 => run::<f32>(grad, x, &windows, size, adding(x.dtype()))?,
        DType::F64 => run::<f64>(grad, x, &windows, size, |a, b| a + b)?,
        DType::C64 => run::<Complex32>(grad, x, &windows, size, |a, b| a + b)?,
        DType::C128 => run::<Complex64>(grad, x, &windows, size, |a, b| a + b)?,
        other => return Err(not_implemented(name, other)),
    };
    arranged(out, x, n)
}

macro_rules! resizings {
    ($($f:ident $kind:ident $name:literal ($($corners:ident)?) ($($scale:ident),*);)*) => { $(
        fn $f(
            grad: Tensor,
            size: Vec<i64>,
            input: Vec<i64>,
            $($corners: bool,)?
            $($scale: Option<f64>,)*
        ) -> Result<Tensor> {
            let corners = false $(|| $corners)?;
            upsample_backward(Kind::$kind, $name, &grad, (&size, &input), corners, &[$($scale),*])
        }
    )* };
}
resizings! {
    nearest1d Nearest "upsample_nearest1d_backward" () (w);
    nearest_exact1d NearestExact "_upsample_nearest_exact1d_backward" () (w);
    nearest2d Nearest "upsample_nearest2d_backward_cl" () (h, w);
    nearest_exact2d NearestExact "upsample_nearest2d_backward_cl" () (h, w);
    nearest3d Nearest "_upsample_nearest3d_backward_cl" () (d, h, w);
    nearest_exact3d NearestExact "_upsample_nearest3d_backward_cl" () (d, h, w);
    linear1d Linear "upsample_linear1d_backward" (corners) (w);
    bilinear2d Linear "upsample_bilinear2d_backward_channels_last" (corners) (h, w);
    trilinear3d Linear "upsample_trilinear3d_backward_channels_last" (corners) (d, h, w);
    bicubic2d Cubic "upsample_bicubic2d_backward" (corners) (h, w);
    bilinear2d_aa LinearSmooth "upsample_bilinear2d_aa_backward_cpu" (corners) (h, w);
    bicubic2d_aa CubicSmooth "upsample_bicubic2d_aa_backward_cpu" (corners) (h, w);
}
