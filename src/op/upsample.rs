//! Resizing of space: nearest neighbours, linear and cubic interpolation over one to three dimensions, with and without
//! antialiasing. A channels-last input gives a channels-last result.

use super::compute::{dense, finish, half_rounding, not_implemented, show};
use super::pad::remap_planes;
use super::planes::Planes;
use super::Op;
use crate::base::{DType, Element, MemoryFormat};
use crate::kernel::conv::three;
use crate::kernel::resample::{resample, Sample, Taps};
use crate::tensor::NewTensor;
use crate::{ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor",
        upsample_nearest1d(_, _, _), out "out"
    ),
    op!(
        "aten::upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor",
        upsample_nearest1d_vec(_, _, _)
    ),
    op!(
        "aten::_upsample_nearest_exact1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor",
        upsample_nearest_exact1d(_, _, _), out "out"
    ),
    op!(
        "aten::_upsample_nearest_exact1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor",
        upsample_nearest_exact1d_vec(_, _, _)
    ),
    op!(
        "aten::upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? \
         scales_w=None) -> Tensor",
        upsample_nearest2d(_, _, _, _), out "out"
    ),
    op!(
        "aten::upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor",
        upsample_nearest2d_vec(_, _, _)
    ),
    op!(
        "aten::_upsample_nearest_exact2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? \
         scales_w=None) -> Tensor",
        upsample_nearest_exact2d(_, _, _, _), out "out"
    ),
    op!(
        "aten::_upsample_nearest_exact2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor",
        upsample_nearest_exact2d_vec(_, _, _)
    ),
    op!(
        "aten::upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? \
         scales_h=None, float? scales_w=None) -> Tensor",
        upsample_nearest3d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor",
        upsample_nearest3d_vec(_, _, _)
    ),
    op!(
        "aten::_upsample_nearest_exact3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? \
         scales_h=None, float? scales_w=None) -> Tensor",
        upsample_nearest_exact3d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_upsample_nearest_exact3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor",
        upsample_nearest_exact3d_vec(_, _, _)
    ),
    op!(
        "aten::upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> \
         Tensor",
        upsample_linear1d(_, _, _, _), out "out"
    ),
    op!(
        "aten::upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? \
         scale_factors) -> Tensor",
        upsample_linear1d_vec(_, _, _, _)
    ),
    op!(
        "aten::upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, \
         float? scales_w=None) -> Tensor",
        upsample_bilinear2d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? \
         scale_factors) -> Tensor",
        upsample_bilinear2d_vec(_, _, _, _)
    ),
    op!(
        "aten::upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? \
         scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor",
        upsample_trilinear3d(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? \
         scale_factors) -> Tensor",
        upsample_trilinear3d_vec(_, _, _, _)
    ),
    op!(
        "aten::upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, \
         float? scales_w=None) -> Tensor",
        upsample_bicubic2d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? \
         scale_factors) -> Tensor",
        upsample_bicubic2d_vec(_, _, _, _)
    ),
    op!(
        "aten::_upsample_bilinear2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? \
         scales_h=None, float? scales_w=None) -> Tensor",
        upsample_bilinear2d_aa(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_upsample_bilinear2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? \
         scale_factors) -> Tensor",
        upsample_bilinear2d_aa_vec(_, _, _, _)
    ),
    op!(
        "aten::_upsample_bicubic2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? \
         scales_h=None, float? scales_w=None) -> Tensor",
        upsample_bicubic2d_aa(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_upsample_bicubic2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? \
         scale_factors) -> Tensor",
        upsample_bicubic2d_aa_vec(_, _, _, _)
    ),
];

macro_rules! upsamples {
    ($($n:literal $kind:ident: $plain:ident, $vec:ident ($($corners:ident)?) ($($scale:ident),*);)*) => { $(
        fn $plain(x: Tensor, size: Vec<i64>, $($corners: bool,)? $($scale: Option<f64>),*) -> Result<Tensor> {
            let corners = false $(|| $corners)?;
            upsample(Kind::$kind, &x, &size, corners, &[$($scale),*])
        }
        fn $vec(x: Tensor, size: Option<Vec<i64>>, $($corners: bool,)? scales: Option<Vec<f64>>) -> Result<Tensor> {
            let corners = false $(|| $corners)?;
            upsample_vec(Kind::$kind, &x, $n, size, corners, scales)
        }
    )* };
}
upsamples! {
    1 Nearest: upsample_nearest1d, upsample_nearest1d_vec () (scales);
    1 NearestExact: upsample_nearest_exact1d, upsample_nearest_exact1d_vec () (scales);
    2 Nearest: upsample_nearest2d, upsample_nearest2d_vec () (scales_h, scales_w);
    2 NearestExact: upsample_nearest_exact2d, upsample_nearest_exact2d_vec () (scales_h, scales_w);
    3 Nearest: upsample_nearest3d, upsample_nearest3d_vec () (scales_d, scales_h, scales_w);
    3 NearestExact: upsample_nearest_exact3d, upsample_nearest_exact3d_vec () (scales_d, scales_h, scales_w);
    1 Linear: upsample_linear1d, upsample_linear1d_vec (corners) (scales);
    2 Linear: upsample_bilinear2d, upsample_bilinear2d_vec (corners) (scales_h, scales_w);
    3 Linear: upsample_trilinear3d, upsample_trilinear3d_vec (corners) (scales_d, scales_h, scales_w);
    2 Cubic: upsample_bicubic2d, upsample_bicubic2d_vec (corners) (scales_h, scales_w);
    2 LinearSmooth: upsample_bilinear2d_aa, upsample_bilinear2d_aa_vec (corners) (scales_h, scales_w);
    2 CubicSmooth: upsample_bicubic2d_aa, upsample_bicubic2d_aa_vec (corners) (scales_h, scales_w);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The place at or before.
    Nearest,
    /// The place whose middle is nearest.
    NearestExact,
    Linear,
    Cubic,
    /// Antialiased.
    LinearSmooth,
    /// Antialiased.
    CubicSmooth,
}

/// The size comes from `size`, or from factors, which then are the scales too.
fn upsample_vec(
    kind: Kind,
    x: &Tensor,
    n: usize,
    size: Option<Vec<i64>>,
    corners: bool,
    factors: Option<Vec<f64>>,
) -> Result<Tensor> {
    let size = target_size(x, size, &factors)?;
    let scales: Vec<Option<f64>> = (0..n).map(|i| factors.as_ref().and_then(|list| list.get(i).copied())).collect();
    upsample(kind, x, &size, corners, &scales)
}

/// The sizes of the result, as they are given or as multiples of those of `x`.
pub(super) fn target_size(x: &Tensor, size: Option<Vec<i64>>, factors: &Option<Vec<f64>>) -> Result<Vec<i64>> {
    let misfit = |list: &str| {
        Error::runtime(format!(
            "Expected static_cast<int64_t>({list}->size()) == spatial_dimensions to be true, but got false.  (Could this \
             error message be improved?  If so, please report an enhancement request to PyTorch.)"
        ))
    };
    let n_given = x.dim().saturating_sub(2);
    match (size, factors) {
        (Some(size), None) if size.len() == n_given => Ok(size),
        (Some(_), None) => Err(misfit("output_size")),
        (None, Some(factors)) if factors.len() == n_given => {
            Ok(x.sizes().iter().skip(2).zip(factors).map(|(size, factor)| (*size as f64 * factor) as i64).collect())
        }
        (None, Some(_)) => Err(misfit("scale_factors")),
        _ => Err(Error::runtime("Must specify exactly one of output_size and scale_factors")),
    }
}

/// `corners`: the middles of the first and last places stay where they are, else the outer edges do. A scale, if given
/// and positive, replaces the ratio of the sizes.
fn upsample(kind: Kind, x: &Tensor, size: &[i64], corners: bool, scales: &[Option<f64>]) -> Result<Tensor> {
    let size = check(x, size, scales.len())?;
    let narrow = x.dtype() != DType::F64;
    if matches!(kind, Kind::Nearest | Kind::NearestExact) {
        return upsample_nearest(kind, x, size, scales);
    }
    let n = scales.len();
    let smooth = matches!(kind, Kind::LinearSmooth | Kind::CubicSmooth);
    // PyTorch keeps the weights in the dtype of a half image, all but those of bilinear
    let stored = if (kind, n) == (Kind::Linear, 2) { None } else { half_rounding(x.dtype()) };
    let axis = |i: usize, narrow: bool| {
        let (input, output) = (x.sizes()[2 + i] as usize, size[3 - n + i]);
        Axis { input, output, scale: scale_of(input, output, corners, scales[i], narrow), corners, narrow, stored }
    };
    match x.dtype() {
        DType::F32 => separable::<f32>(x, n, size, smooth, |i| axis(i, narrow).taps(kind).map(|w| w as f32)),
        DType::F64 => separable::<f64>(x, n, size, smooth, |i| axis(i, narrow).taps(kind)),
        DType::F16 | DType::BF16 if !smooth => {
            separable::<f32>(x, n, size, smooth, |i| axis(i, narrow).taps(kind).map(|w| stored_in(w, stored) as f32))
        }
        DType::U8 if n == 2 => {
            let (x, planes) = Planes::of(x, n)?;
            bytes(&x, &planes, size, |i| axis(i, false).merged(kind))
        }
        other => {
            let name = match (kind, n) {
                (Kind::LinearSmooth | Kind::CubicSmooth, _) => "compute_index_ranges_weights",
                (Kind::Cubic, _) => "compute_indices_weights_cubic",
                (_, 2) => "upsample_bilinear2d_channels_last",
                _ => "compute_indices_weights_linear",
            };
            Err(not_implemented(name, other))
        }
    }
}

/// The gradient of an image from that of the resized image. `input` is the image's size.
pub(super) fn upsample_backward(
    kind: Kind,
    name: &str,
    grad: &Tensor,
    (size, input): (&[i64], &[i64]),
    corners: bool,
    scales: &[Option<f64>],
) -> Result<Tensor> {
    let n = scales.len();
    ensure!(size.len() == n, "It is expected output_size equals to {n}, but got size {}", size.len());
    ensure!(input.len() == n + 2, "It is expected input_size equals to {}, but got size {}", n + 2, input.len());
    ensure!(
        input.iter().skip(1).chain(size).all(|s| *s > 0) && input[0] >= 0,
        "Input and output sizes should be greater than 0, but got input {} and output {}",
        show(input),
        show(size)
    );
    ensure!(
        grad.dim() == n + 2,
        "Expected grad_output to be a tensor of dimension {} but got: dimension {}",
        n + 2,
        grad.dim()
    );
    let expected: Vec<i64> = input[..2].iter().chain(size).copied().collect();
    for (i, (want, have)) in expected.iter().zip(grad.sizes()).enumerate() {
        ensure!(
            want == have,
            "Expected grad_output to have the same shape as output; output.size({i}) = {want} but got grad_output.size({i}) \
             = {have}"
        );
    }
    // no list is longer than memory that is there
    let empty = Tensor::empty(input, grad.dtype())?;
    if empty.numel() == 0 {
        return Ok(empty);
    }
    let grad = &grad.contiguous_in(grad.suggest_memory_format())?;
    let smooth = matches!(kind, Kind::LinearSmooth | Kind::CubicSmooth);
    let narrow = grad.dtype() != DType::F64;
    let taps = |i: usize| -> Taps<f64> {
        let (from, to) = (input[2 + i] as usize, size[i] as usize);
        let taps = match kind {
            Kind::Nearest | Kind::NearestExact => {
                let fixed = kind == Kind::Nearest && (to == from || to == 2 * from);
                let ratio = scale_of(from, to, false, if fixed { None } else { scales[i] }, narrow);
                let mut taps = Taps::default();
                for at in 0..to {
                    taps.push(nearest(kind, at, ratio, from, narrow), 1.0);
                    taps.end();
                }
                taps
            }
            _ => {
                let scale = scale_of(from, to, corners, scales[i], narrow);
                Axis { input: from, output: to, scale, corners, narrow, stored: None }.taps(kind)
            }
        };
        taps.transposed(from)
    };
    let space: Vec<usize> = input[2..].iter().map(|s| *s as usize).collect();
    let space = three(&space, 1).ok_or_else(|| Error::internal("one to three dimensions"))?;
    match grad.dtype() {
        DType::F64 => separable::<f64>(grad, n, space, smooth, taps),
        DType::F32 => separable::<f32>(grad, n, space, smooth, |i| taps(i).map(|w| w as f32)),
        DType::F16 | DType::BF16 if !smooth => separable::<f32>(grad, n, space, smooth, |i| taps(i).map(|w| w as f32)),
        other => Err(not_implemented(name, other)),
    }
}

/// The new size as `[depth, height, width]`.
fn check(x: &Tensor, size: &[i64], n: usize) -> Result<[usize; 3]> {
    ensure!(size.len() == n, "It is expected output_size equals to {n}, but got size {}", size.len());
    ensure!(x.dim() == n + 2, "It is expected input_size equals to {}, but got size {}", n + 2, x.dim());
    let space = |sizes: &[i64]| -> String {
        let parts = ["D", "H", "W"][3 - n..].iter().zip(sizes).map(|(name, size)| format!("{name}: {size}"));
        parts.collect::<Vec<_>>().join(", ")
    };
    ensure!(
        x.sizes()[2..].iter().chain(size).all(|s| *s > 0),
        "Input and output sizes should be greater than 0, but got input ({}){} output ({})",
        space(&x.sizes()[2..]),
        if n == 1 { " and" } else { "" },
        space(size)
    );
    ensure!(
        x.sizes()[1..].iter().all(|s| *s > 0),
        "Non-empty {}D data tensor expected but got a tensor with sizes {}",
        n + 2,
        show(x.sizes())
    );
    let size: Vec<usize> = size.iter().map(|s| *s as usize).collect();
    three(&size, 1).ok_or_else(|| Error::internal("one to three dimensions"))
}

fn upsample_nearest(kind: Kind, x: &Tensor, size: [usize; 3], scales: &[Option<f64>]) -> Result<Tensor> {
    let n = scales.len();
    match x.dtype() {
        DType::F32 | DType::F64 | DType::F16 | DType::BF16 | DType::U8 | DType::QU8 => {}
        other => {
            let name = if n == 2 { "upsample_nearest2d_channels_last" } else { "compute_indices_weights_nearest" };
            return Err(not_implemented(name, other));
        }
    }
    let narrow = x.dtype() != DType::F64;
    // PyTorch has two kernels, which differ in what they do with a scale that contradicts the sizes.
    let channels_last = x.suggest_memory_format() != MemoryFormat::Contiguous;
    let follows_sizes = n == 2 && size[1] + size[2] <= 128 || channels_last && x.sizes()[1] > 3;
    let ratio = |dim: usize| {
        let (input, output, scale) = (x.sizes()[dim + n - 1] as usize, size[dim], scales[dim + n - 3]);
        let fixed = follows_sizes && kind == Kind::Nearest && (output == input || output == 2 * input);
        scale_of(input, output, false, if fixed { None } else { scale }, narrow)
    };
    let ratios: Vec<f64> = (3 - n..3).map(ratio).collect();
    remap_planes(x, n, size, &|dim, at| nearest(kind, at, ratios[dim + n - 3], x.sizes()[dim + n - 1] as usize, narrow))
}

/// The place of the input, of which there are `inputs`, that output `at` is nearest to.
fn nearest(kind: Kind, at: usize, ratio: f64, inputs: usize, narrow: bool) -> usize {
    let middle = if kind == Kind::NearestExact { at as f64 + 0.5 } else { at as f64 };
    let place = round(middle * ratio, narrow) as f32;
    (place.floor() as usize).min(inputs - 1)
}

/// How far in the input one step of the output goes.
fn scale_of(input: usize, output: usize, corners: bool, scale: Option<f64>, narrow: bool) -> f64 {
    match scale {
        _ if corners && output > 1 => round((input - 1) as f64 / (output - 1) as f64, narrow),
        _ if corners => 0.0,
        Some(scale) if scale > 0.0 => round(1.0 / scale, narrow),
        _ => round(input as f64 / output as f64, narrow),
    }
}

/// Half types and float32 compute places in float32.
fn round(x: f64, narrow: bool) -> f64 {
    if narrow {
        x as f32 as f64
    } else {
        x
    }
}

/// As a half type holds it.
fn stored_in(weight: f64, half: Option<fn(f32) -> f32>) -> f64 {
    half.map_or(weight, |round| f64::from(round(weight as f32)))
}

/// One dimension and how it changes.
struct Axis {
    input: usize,
    output: usize,
    scale: f64,
    corners: bool,
    narrow: bool,
    /// How weights are rounded.
    stored: Option<fn(f32) -> f32>,
}

impl Axis {
    fn taps(&self, kind: Kind) -> Taps<f64> {
        match kind {
            Kind::Linear => self.linear(),
            Kind::Cubic => self.cubic(),
            Kind::LinearSmooth => self.smooth(2, &|x| (1.0 - x.abs()).max(0.0)),
            _ => self.smooth(4, &|x| cubic_weight(x, -0.5)),
        }
    }

    /// Where output `o` lies: the place at or before it, and how far it is from there.
    fn place(&self, o: usize, cubic: bool) -> (i64, f64) {
        let r = |x| round(x, self.narrow);
        let x = if self.corners { r(self.scale * o as f64) } else { r(r(self.scale * r(o as f64 + 0.5)) - 0.5) };
        let x = if cubic || self.corners { x } else { x.max(0.0) };
        let at = (x.floor() as i64).min(self.input as i64 - 1);
        (at, r(x - at as f64).clamp(0.0, 1.0))
    }

    fn linear(&self) -> Taps<f64> {
        let mut taps = Taps::default();
        for o in 0..self.output {
            let (at, ahead) = if self.input == self.output { (o as i64, 0.0) } else { self.place(o, false) };
            let at = at as usize;
            let ahead = stored_in(ahead, self.stored);
            taps.push(at, round(1.0 - ahead, self.narrow));
            taps.push((at + 1).min(self.input - 1), ahead);
            taps.end();
        }
        taps
    }

    fn cubic(&self) -> Taps<f64> {
        let mut taps = Taps::default();
        for o in 0..self.output {
            let (at, ahead) = self.place(o, true);
            for i in -1..3 {
                let place = (at + i).clamp(0, self.input as i64 - 1) as usize;
                taps.push(place, round(cubic_weight(i as f64 - ahead, -0.75), self.narrow));
            }
            taps.end();
        }
        taps
    }

    /// A filter as wide as an output step.
    fn smooth(&self, width: usize, filter: &dyn Fn(f64) -> f64) -> Taps<f64> {
        let r = |x| round(x, self.narrow);
        let mut taps = Taps::default();
        let half = width as f64 * 0.5;
        let support = if self.scale >= 1.0 { r(half * self.scale) } else { half };
        let squeeze = if self.scale >= 1.0 { r(1.0 / self.scale) } else { 1.0 };
        let most = support.ceil() as i64 * 2 + 1;
        for o in 0..self.output {
            let middle = r(self.scale * (o as f64 + 0.5));
            let first = (r(r(middle - support) + 0.5) as i64).max(0);
            let end = (r(r(middle + support) + 0.5) as i64).min(self.input as i64);
            let count = (end - first).clamp(0, most);
            let weights: Vec<f64> =
                (0..count).map(|i| r(filter(r(r(r((i + first) as f64 - middle) + 0.5) * squeeze)))).collect();
            let total = weights.iter().fold(0.0, |sum, w| r(sum + w));
            for (i, weight) in weights.iter().enumerate() {
                let share = if total == 0.0 { *weight } else { r(weight / total) };
                taps.push(first as usize + i, share);
            }
            taps.end();
        }
        taps
    }

    /// Taps with the weights of equal places added up, as they are before rounding to integers.
    fn merged(&self, kind: Kind) -> Taps<f64> {
        let all = self.taps(kind);
        let mut merged = Taps::default();
        let mut start = 0;
        for end in &all.ends {
            let mut last: Option<(usize, f64)> = None;
            for (place, weight) in all.places[start..*end].iter().zip(&all.weights[start..*end]) {
                last = match last {
                    Some((at, sum)) if at == *place => Some((at, sum + weight)),
                    other => {
                        other.into_iter().for_each(|(at, sum)| merged.push(at, sum));
                        Some((*place, *weight))
                    }
                };
            }
            last.into_iter().for_each(|(at, sum)| merged.push(at, sum));
            merged.end();
            start = *end;
        }
        merged
    }
}

/// The cubic convolution kernel.
fn cubic_weight(x: f64, a: f64) -> f64 {
    let x = x.abs();
    if x <= 1.0 {
        ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0
    } else if x < 2.0 {
        ((a * x - 5.0 * a) * x + 8.0 * a) * x - 4.0 * a
    } else {
        0.0
    }
}

/// Dimension after dimension, from the last. `keep`: a dimension whose size stays is left alone.
fn separable<T: Element + Sample<T>>(
    x: &Tensor,
    n: usize,
    size: [usize; 3],
    keep: bool,
    taps: impl Fn(usize) -> Taps<T>,
) -> Result<Tensor> {
    let dtype = x.dtype();
    let (x, planes) = Planes::of(x, n)?;
    let mut now = dense::<T>(&x)?;
    let mut space = planes.size;
    for dim in (3 - n..3).rev() {
        let inner = space[dim + 1..].iter().product::<usize>() * planes.inner;
        let from = space[dim];
        if keep && from == size[dim] {
            continue;
        }
        space[dim] = size[dim];
        let mut out = NewTensor::<T>::new(&planes.shape(space))?;
        resample(now.data::<T>()?, from, inner, &taps(dim + n - 3), 0, out.data());
        now = out.finish();
    }
    if now.shares_storage(&x) {
        now = now.deep_clone()?;
    }
    finish(planes.restore(now)?, dtype)
}

/// As [`separable`], in integers: after each dimension results are bytes again.
fn bytes(x: &Tensor, planes: &Planes, size: [usize; 3], taps: impl Fn(usize) -> Taps<f64>) -> Result<Tensor> {
    let mut now = dense::<u8>(x)?;
    let mut space = planes.size;
    for dim in [2, 1] {
        let inner = space[dim + 1..].iter().product::<usize>() * planes.inner;
        let from = space[dim];
        if from == size[dim] {
            continue;
        }
        space[dim] = size[dim];
        let mut out = NewTensor::<u8>::new(&planes.shape(space))?;
        let taps = taps(dim - 1);
        let largest = taps.weights.iter().fold(0.0f64, |a, b| a.max(*b));
        let fits = |bits: u32| ((0.5 + largest * f64::from(1 << (bits + 1))) as i64) < 1 << 15;
        let bits = (0..22).find(|bits| !fits(*bits)).unwrap_or(22);
        let weights = taps.map(|w| {
            let w = w * f64::from(1 << bits);
            (if w < 0.0 { w - 0.5 } else { w + 0.5 }) as i16 as i32
        });
        resample(now.data::<u8>()?, from, inner, &weights, bits, out.data());
        now = out.finish();
    }
    let out = planes.restore(now)?;
    if out.shares_storage(x) {
        out.deep_clone()
    } else {
        Ok(out)
    }
}
