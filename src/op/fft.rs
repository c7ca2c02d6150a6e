//! Discrete Fourier transforms. Results have PyTorch's strides: untransformed dimensions lie outermost, by stride, and
//! transformed ones inside them.

use num_complex::Complex;

use super::compute::{dense, finish};
use super::convert::conj;
use super::create::{empty_on, from_values};
use super::Op;
use crate::base::{numel, wrap_dim, DType, Device, Dims, Element, Layout};
use crate::kernel::fft as kernel;
use crate::kernel::fft::FftFloat;
use crate::tensor::{default_dtype, NewTensor};
use crate::{bail, ensure, op, Error, Result, Tensor};

macro_rules! one {
    ($name:literal, $f:ident $(, $tag:ident)?) => {
        op!(
            concat!("aten::fft_", $name, "(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor"),
            $f(_, _, _, _), out "out", tags[CopiedOut $(, $tag)?]
        )
    };
}
macro_rules! two {
    ($name:literal, $f:ident $(, $tag:ident)?) => {
        op!(
            concat!("aten::fft_", $name, "2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor"),
            $f(_, _, _, _), out "out", tags[CopiedOut $(, $tag)?]
        )
    };
}
macro_rules! many {
    ($name:literal, $f:ident $(, $tag:ident)?) => {
        op!(
            concat!("aten::fft_", $name, "n(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor"),
            $f(_, _, _, _), out "out", tags[CopiedOut $(, $tag)?]
        )
    };
}

pub const OPS: &[Op] = &[
    one!("fft", fft),
    one!("ifft", ifft),
    one!("rfft", rfft),
    one!("irfft", irfft, Converts),
    one!("hfft", hfft, Converts),
    one!("ihfft", ihfft),
    two!("fft", fftn),
    two!("ifft", ifftn),
    two!("rfft", rfftn),
    two!("irfft", irfftn, Converts),
    two!("hfft", hfftn, Converts),
    two!("ihfft", ihfftn),
    many!("fft", fftn),
    many!("ifft", ifftn),
    many!("rfft", rfftn),
    many!("irfft", irfftn, Converts),
    many!("hfft", hfftn, Converts),
    many!("ihfft", ihfftn),
    op!(
        "aten::fft_fftfreq(int n, float d=1., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        fftfreq(_, _, _, _, _, _)
    ),
    op!("aten::fft_fftfreq.out(int n, float d=1., *, Tensor(a!) out) -> Tensor(a!)", fftfreq_out(_, _, _)),
    op!(
        "aten::fft_rfftfreq(int n, float d=1., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=None) -> Tensor",
        rfftfreq(_, _, _, _, _, _)
    ),
    op!("aten::fft_rfftfreq.out(int n, float d=1., *, Tensor(a!) out) -> Tensor(a!)", rfftfreq_out(_, _, _)),
    op!("aten::fft_fftshift(Tensor self, int[1]? dim=None) -> Tensor", fftshift(_, _)),
    op!("aten::fft_ifftshift(Tensor self, int[1]? dim=None) -> Tensor", ifftshift(_, _)),
    op!(
        "aten::_fft_c2c(Tensor self, SymInt[] dim, int normalization, bool forward) -> Tensor",
        raw_c2c(_, _, _, _), out "out"
    ),
    op!(
        "aten::_fft_r2c(Tensor self, int[] dim, int normalization, bool onesided) -> Tensor",
        raw_r2c(_, _, _, _), out "out"
    ),
    op!(
        "aten::_fft_c2r(Tensor self, int[] dim, int normalization, SymInt last_dim_size) -> Tensor",
        raw_c2r(_, _, _, _), out "out"
    ),
];

type Norm = Option<std::sync::Arc<str>>;
type Size = Option<i64>;
type Sizes = Option<Vec<i64>>;

/// What a transform is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    One,
    RootN,
    N,
}

fn fft(x: Tensor, n: Size, dim: i64, norm: Norm) -> Result<Tensor> {
    complex_1d(&x, n, dim, norm, true)
}
fn ifft(x: Tensor, n: Size, dim: i64, norm: Norm) -> Result<Tensor> {
    complex_1d(&x, n, dim, norm, false)
}
fn rfft(x: Tensor, n: Size, dim: i64, norm: Norm) -> Result<Tensor> {
    real_1d("rfft", &x, n, dim, norm, true)
}
fn ihfft(x: Tensor, n: Size, dim: i64, norm: Norm) -> Result<Tensor> {
    real_1d("ihfft", &x, n, dim, norm, false)
}
fn irfft(x: Tensor, n: Size, dim: i64, norm: Norm) -> Result<Tensor> {
    to_real_1d(&x, n, dim, norm, false)
}
fn hfft(x: Tensor, n: Size, dim: i64, norm: Norm) -> Result<Tensor> {
    to_real_1d(&x, n, dim, norm, true)
}
fn fftn(x: Tensor, s: Sizes, dim: Sizes, norm: Norm) -> Result<Tensor> {
    complex_nd(x, s, dim, norm, true)
}
fn ifftn(x: Tensor, s: Sizes, dim: Sizes, norm: Norm) -> Result<Tensor> {
    complex_nd(x, s, dim, norm, false)
}
fn irfftn(x: Tensor, s: Sizes, dim: Sizes, norm: Norm) -> Result<Tensor> {
    to_real_nd("irfftn", x, s, dim, norm, false)
}
fn hfftn(x: Tensor, s: Sizes, dim: Sizes, norm: Norm) -> Result<Tensor> {
    to_real_nd("hfftn", x, s, dim, norm, true)
}

fn complex_1d(x: &Tensor, n: Size, dim: i64, norm: Norm, forward: bool) -> Result<Tensor> {
    let x = promoted(x, false)?;
    let (x, dim) = resized_1d(x, n, dim)?;
    let scale = scale_of(&norm, forward)?;
    if x.dtype().is_complex() {
        return c2c(&x, &[dim], scale, forward);
    }
    r2c(&x, &[dim], scale, false, forward)
}

fn real_1d(name: &str, x: &Tensor, n: Size, dim: i64, norm: Norm, forward: bool) -> Result<Tensor> {
    ensure!(!x.dtype().is_complex(), "{name} expects a real input tensor, but got {}", x.dtype().name());
    let (x, dim) = resized_1d(promoted(x, false)?, n, dim)?;
    r2c(&x, &[dim], scale_of(&norm, forward)?, true, forward)
}

fn to_real_1d(x: &Tensor, n: Size, dim: i64, norm: Norm, forward: bool) -> Result<Tensor> {
    let x = promoted(x, true)?;
    let dim = wrap(&x, dim)?;
    let n = n.unwrap_or(2 * (x.sizes()[dim] - 1));
    ensure!(n >= 1, "Invalid number of data points ({n}) specified");
    let x = resize(x, &[dim], &[n / 2 + 1])?;
    let x = if forward { conj(x)? } else { x };
    c2r(&x, &[dim], scale_of(&norm, forward)?, n)
}

fn complex_nd(x: Tensor, s: Sizes, dim: Sizes, norm: Norm, forward: bool) -> Result<Tensor> {
    let (dims, shape) = dims_and_shape(&x, &s, &dim)?;
    let x = resize(promoted(&x, true)?, &dims, &shape)?;
    let scale = scale_of(&norm, forward)?;
    c2c(&x, &dims, scale, forward)
}

fn rfftn(x: Tensor, s: Sizes, dim: Sizes, norm: Norm) -> Result<Tensor> {
    ensure!(!x.dtype().is_complex(), "rfftn expects a real-valued input tensor, but got {}", x.dtype().name());
    let (dims, shape) = dims_and_shape(&x, &s, &dim)?;
    ensure!(!dims.is_empty(), "rfftn must transform at least one axis");
    let x = resize(promoted(&x, false)?, &dims, &shape)?;
    r2c(&x, &dims, scale_of(&norm, true)?, true, true)
}

fn ihfftn(x: Tensor, s: Sizes, dim: Sizes, norm: Norm) -> Result<Tensor> {
    let (dims, shape) = dims_and_shape(&x, &s, &dim)?;
    let Some((last, others)) = dims.split_last() else { bail!("ihfftn must transform at least one axis") };
    let x = resize(promoted(&x, false)?, &dims, &shape)?;
    let scale = scale_of(&norm, false)?;
    ensure!(!x.dtype().is_complex(), "Expected self.is_floating_point() to be true, but got false.");
    let out = r2c(&x, &[*last], scale, true, false)?;
    c2c(&out, others, scale, false)
}

fn to_real_nd(name: &str, x: Tensor, s: Sizes, dim: Sizes, norm: Norm, forward: bool) -> Result<Tensor> {
    let (dims, mut shape) = dims_and_shape_unchecked(&x, &s, &dim)?;
    let Some((last, others)) = dims.split_last() else { bail!("{name} must transform at least one axis") };
    let asked = s.as_ref().and_then(|s| s.last().copied()).filter(|n| *n != -1);
    let n = asked.unwrap_or(2 * (x.sizes()[*last] - 1));
    ensure!(n >= 1, "Invalid number of data points ({n}) specified");
    if let Some(slot) = shape.last_mut() {
        *slot = n / 2 + 1;
    }
    check_shape(&shape)?;
    let x = resize(promoted(&x, true)?, &dims, &shape)?;
    let scale = scale_of(&norm, forward)?;
    if forward {
        let x = c2c(&x, others, scale, true)?;
        c2r(&conj(x)?, &[*last], scale, n)
    } else {
        c2r(&x, &dims, scale, n)
    }
}

fn raw_c2c(x: Tensor, dim: Vec<i64>, scale: i64, forward: bool) -> Result<Tensor> {
    ensure!(x.dtype().is_complex(), "Expected self.is_complex() to be true, but got false.");
    c2c(&x, &wrap_all(&x, &dim)?, scale_code(scale)?, forward)
}

fn raw_r2c(x: Tensor, dim: Vec<i64>, scale: i64, onesided: bool) -> Result<Tensor> {
    ensure!(x.dtype().is_floating_point(), "Expected self.is_floating_point() to be true, but got false.");
    ensure!(!dim.is_empty(), "_fft_r2c must transform at least one axis");
    r2c(&x, &wrap_all(&x, &dim)?, scale_code(scale)?, onesided, true)
}

fn raw_c2r(x: Tensor, dim: Vec<i64>, scale: i64, last: i64) -> Result<Tensor> {
    ensure!(x.dtype().is_complex(), "Expected self.is_complex() to be true, but got false.");
    let dims = wrap_all(&x, &dim)?;
    let Some(last_dim) = dims.last() else { bail!("_fft_c2r must transform at least one axis") };
    ensure!(last >= 1, "Invalid number of data points ({last}) specified");
    ensure!(
        x.sizes()[*last_dim] == last / 2 + 1,
        "_fft_c2r: a result of size {last} needs {} points, but got {}",
        last / 2 + 1,
        x.sizes()[*last_dim]
    );
    c2r(&x, &dims, scale_code(scale)?, last)
}

/// Complex to complex, over any number of dimensions (no check that they are distinct but where it matters).
pub fn c2c(x: &Tensor, dims: &[usize], scale: Scale, forward: bool) -> Result<Tensor> {
    match x.dtype() {
        _ if dims.is_empty() => x.deep_clone(),
        DType::C64 => run_c2c::<f32>(x, dims, scale, forward),
        DType::C128 => run_c2c::<f64>(x, dims, scale, forward),
        other => Err(no_transform(other)),
    }
}

/// Real to complex. The last of `dims` has `n / 2 + 1` elements in the result where `onesided`.
pub fn r2c(x: &Tensor, dims: &[usize], scale: Scale, onesided: bool, forward: bool) -> Result<Tensor> {
    match x.dtype() {
        DType::F32 => run_r2c::<f32>(x, dims, scale, onesided, forward),
        DType::F64 => run_r2c::<f64>(x, dims, scale, onesided, forward),
        other => Err(no_transform(other)),
    }
}

/// Complex to real: the last of `dims` is the first half of a symmetric spectrum of `last` points.
pub fn c2r(x: &Tensor, dims: &[usize], scale: Scale, last: i64) -> Result<Tensor> {
    match x.dtype() {
        DType::C64 => run_c2r::<f32>(x, dims, scale, last),
        DType::C128 => run_c2r::<f64>(x, dims, scale, last),
        other => Err(no_transform(other)),
    }
}

fn run_c2c<T: FftFloat + Element>(x: &Tensor, dims: &[usize], scale: Scale, forward: bool) -> Result<Tensor>
where
    Complex<T>: Element,
{
    check_batch(x, dims)?;
    let order = Order::new(x, dims, 0);
    let sorted = x.permute(&order.dims)?;
    let out = Tensor::empty(sorted.sizes(), x.dtype())?;
    out.copy_from(&sorted)?;
    let sizes: Dims = sorted.sizes().into();
    let factor = factor::<T>(scale, points(x.sizes(), dims));
    out.update::<Complex<T>, _>(|data| {
        transform_inner(data, &sizes, order.batch, forward);
        rescale(data, factor);
    })?;
    order.restore(out)
}

fn run_r2c<T: FftFloat + Element>(
    x: &Tensor,
    dims: &[usize],
    scale: Scale,
    onesided: bool,
    forward: bool,
) -> Result<Tensor>
where
    Complex<T>: Element,
{
    check_batch(x, dims)?;
    let order = Order::new(x, dims, 1);
    let input = dense::<T>(&x.permute(&order.dims)?)?;
    let mut sizes: Dims = input.sizes().into();
    let inner = sizes.len() - 1;
    let n = sizes[inner];
    sizes[inner] = if onesided { n / 2 + 1 } else { n };
    let mut out = NewTensor::<Complex<T>>::new(&sizes)?;
    let data = out.data();
    kernel::r2c(input.data::<T>()?, n as usize, data);
    transform_rest(data, &sizes, order.batch, true);
    if !forward {
        // the inverse transform of real numbers is the conjugate of the transform
        data.iter_mut().for_each(|v| *v = v.conj());
    }
    rescale(data, factor::<T>(scale, points(x.sizes(), dims)));
    order.restore(out.finish())
}

fn run_c2r<T: FftFloat + Element>(x: &Tensor, dims: &[usize], scale: Scale, last: i64) -> Result<Tensor>
where
    Complex<T>: Element,
{
    check_batch(x, dims)?;
    let Some((last_dim, others)) = dims.split_last() else { return Err(Error::internal("c2r without dimensions")) };
    let x = if others.is_empty() { x.clone() } else { c2c(x, others, Scale::One, false)? };
    let order = Order::new(&x, &[*last_dim], 1);
    let sorted = x.permute(&order.dims)?;
    let work = Tensor::empty(sorted.sizes(), x.dtype())?;
    work.copy_from(&sorted)?;
    let mut sizes: Dims = sorted.sizes().into();
    let inner = sizes.len() - 1;
    sizes[inner] = last;
    let mut out = NewTensor::<T>::new(&sizes)?;
    work.update::<Complex<T>, _>(|input| kernel::c2r(input, last as usize, out.data()))?;
    let count = points(x.sizes(), others) * last as f64;
    if let Some(factor) = factor::<T>(scale, count) {
        out.data().iter_mut().for_each(|v| *v = *v * factor);
    }
    order.restore(out.finish())
}

/// Transforms every dimension of `sizes` from `first` on.
fn transform_inner<T: FftFloat>(data: &mut [Complex<T>], sizes: &[i64], first: usize, forward: bool) {
    for d in first..sizes.len() {
        kernel::c2c(data, sizes[d] as usize, numel(&sizes[d + 1..]), forward);
    }
}

/// As [`transform_inner`], without the last dimension.
fn transform_rest<T: FftFloat>(data: &mut [Complex<T>], sizes: &[i64], first: usize, forward: bool) {
    for d in first..sizes.len() - 1 {
        kernel::c2c(data, sizes[d] as usize, numel(&sizes[d + 1..]), forward);
    }
}

fn rescale<T: FftFloat>(data: &mut [Complex<T>], factor: Option<T>) {
    if let Some(factor) = factor {
        data.iter_mut().for_each(|v| *v = v.scale(factor));
    }
}

fn points(sizes: &[i64], dims: &[usize]) -> f64 {
    dims.iter().map(|d| sizes[*d] as f64).product()
}

fn factor<T: FftFloat>(scale: Scale, points: f64) -> Option<T> {
    match scale {
        Scale::One => None,
        Scale::RootN => T::from_f64(1.0 / points.sqrt()),
        Scale::N => T::from_f64(1.0 / points),
    }
}

/// The order in which a transform lays out dimensions, outermost first.
struct Order {
    dims: Dims,
    /// How many of them are not transformed.
    batch: usize,
}

impl Order {
    /// The transformed dimensions go by stride too, but for the last `fixed` ones.
    fn new(x: &Tensor, dims: &[usize], fixed: usize) -> Order {
        let mut batch: Vec<usize> = (0..x.dim()).filter(|d| !dims.contains(d)).collect();
        batch.sort_by_key(|d| std::cmp::Reverse(x.strides()[*d]));
        let (sorted, fixed) = dims.split_at(dims.len() - fixed);
        let mut sorted = sorted.to_vec();
        sorted.sort_by_key(|d| std::cmp::Reverse(x.strides()[*d]));
        let count = batch.len();
        let dims = batch.iter().chain(&sorted).chain(fixed).map(|d| *d as i64).collect();
        Order { dims, batch: count }
    }
    /// A view with the dimensions back in their places.
    fn restore(&self, x: Tensor) -> Result<Tensor> {
        let mut inverse = Dims::from_elem(0, self.dims.len());
        for (i, d) in self.dims.iter().enumerate() {
            inverse[*d as usize] = i as i64;
        }
        let view = x.permute(&inverse)?;
        // the result owns its memory: it is no view of anything
        Tensor::from_storage(view.storage().clone(), view.storage_offset(), view.sizes(), view.strides(), view.dtype())
    }
}

/// PyTorch has no transform of an empty batch.
fn check_batch(x: &Tensor, dims: &[usize]) -> Result<()> {
    ensure!(
        dims.is_empty() || x.numel() > 0,
        "MKL FFT error: Intel oneMKL DFTI ERROR: Inconsistent configuration parameters (the input is empty)"
    );
    Ok(())
}

fn no_transform(dtype: DType) -> Error {
    let part = dtype.to_real();
    Error::runtime(format!("MKL FFT doesn't support tensors of type: {}", part.name()))
}

/// In a dtype that transforms take: integers become the default dtype.
fn promoted(x: &Tensor, complex: bool) -> Result<Tensor> {
    let mut dtype = x.dtype();
    if !dtype.is_complex() {
        if !dtype.is_floating_point() {
            dtype = default_dtype();
        }
        ensure!(matches!(dtype, DType::F32 | DType::F64), "Unsupported dtype {}", dtype.name());
        if complex {
            dtype = dtype.to_complex();
        }
    }
    finish(x.clone(), dtype)
}

fn wrap(x: &Tensor, dim: i64) -> Result<usize> {
    if x.dim() == 0 {
        bail!("Dimension specified as {dim} but tensor has no dimensions");
    }
    wrap_dim(dim, x.dim())
}

fn wrap_all(x: &Tensor, dims: &[i64]) -> Result<Vec<usize>> {
    let dims: Vec<usize> = dims.iter().map(|d| wrap(x, *d)).collect::<Result<_>>()?;
    ensure!(dims.iter().enumerate().all(|(i, d)| !dims[..i].contains(d)), "FFT dims must be unique");
    Ok(dims)
}

fn resized_1d(x: Tensor, n: Size, dim: i64) -> Result<(Tensor, usize)> {
    let dim = wrap(&x, dim)?;
    let n = n.unwrap_or(x.sizes()[dim]);
    ensure!(n >= 1, "Invalid number of data points ({n}) specified");
    Ok((resize(x, &[dim], &[n])?, dim))
}

fn dims_and_shape(x: &Tensor, s: &Sizes, dim: &Sizes) -> Result<(Vec<usize>, Vec<i64>)> {
    let (dims, shape) = dims_and_shape_unchecked(x, s, dim)?;
    check_shape(&shape)?;
    Ok((dims, shape))
}

fn check_shape(shape: &[i64]) -> Result<()> {
    for n in shape {
        ensure!(*n > 0, "Invalid number of data points ({n}) specified");
    }
    Ok(())
}

/// Which dimensions to transform and their sizes, from what of both was given.
fn dims_and_shape_unchecked(x: &Tensor, s: &Sizes, dim: &Sizes) -> Result<(Vec<usize>, Vec<i64>)> {
    let dims = dim.as_ref().map(|dims| wrap_all(x, dims)).transpose()?;
    let rank = x.dim();
    let dims = match (s, dims) {
        (Some(s), Some(dims)) => {
            ensure!(s.len() == dims.len(), "When given, dim and shape arguments must have the same length");
            dims
        }
        (Some(s), None) => {
            ensure!(s.len() <= rank, "Got shape with {} values but input tensor only has {rank} dimensions.", s.len());
            (rank - s.len()..rank).collect()
        }
        (None, Some(dims)) => dims,
        (None, None) => (0..rank).collect(),
    };
    let asked = |i: usize| s.as_ref().map(|s| s[i]).filter(|n| *n != -1);
    let shape = dims.iter().enumerate().map(|(i, d)| asked(i).unwrap_or(x.sizes()[*d])).collect();
    Ok((dims, shape))
}

/// Cuts dimensions, or fills them up with zeros.
fn resize(x: Tensor, dims: &[usize], shape: &[i64]) -> Result<Tensor> {
    let (mut view, mut sizes): (Tensor, Dims) = (x.clone(), x.sizes().into());
    for (d, n) in dims.iter().zip(shape) {
        sizes[*d] = *n;
        view = view.slice(*d as i64, None, Some(*n), 1)?;
    }
    if view.sizes() == &sizes[..] {
        return Ok(view);
    }
    let out = Tensor::zeros(&sizes, x.dtype())?;
    let mut place = out.clone();
    for d in dims {
        place = place.slice(*d as i64, None, Some(view.sizes()[*d]), 1)?;
    }
    place.copy_from(&view)?;
    Ok(out)
}

fn scale_of(norm: &Norm, forward: bool) -> Result<Scale> {
    Ok(match norm.as_deref() {
        None | Some("backward") if forward => Scale::One,
        None | Some("backward") => Scale::N,
        Some("forward") if forward => Scale::N,
        Some("forward") => Scale::One,
        Some("ortho") => Scale::RootN,
        Some(other) => bail!("Invalid normalization mode: \"{other}\""),
    })
}

fn scale_code(code: i64) -> Result<Scale> {
    Ok(match code {
        0 => Scale::One,
        1 => Scale::RootN,
        2 => Scale::N,
        other => bail!("Unsupported normalization mode: {other}"),
    })
}

fn fftfreq(
    n: i64,
    d: f64,
    dtype: Option<DType>,
    l: Option<Layout>,
    v: Option<Device>,
    _: Option<bool>,
) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(default_dtype());
    frequencies("fftfreq", n, d, dtype, l, v)
}
fn rfftfreq(
    n: i64,
    d: f64,
    dtype: Option<DType>,
    l: Option<Layout>,
    v: Option<Device>,
    _: Option<bool>,
) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(default_dtype());
    frequencies("rfftfreq", n, d, dtype, l, v)
}
fn fftfreq_out(n: i64, d: f64, out: Tensor) -> Result<Tensor> {
    super::registry::write_out(&out, &frequencies("fftfreq", n, d, out.dtype(), None, None)?)?;
    Ok(out)
}
fn rfftfreq_out(n: i64, d: f64, out: Tensor) -> Result<Tensor> {
    super::registry::write_out(&out, &frequencies("rfftfreq", n, d, out.dtype(), None, None)?)?;
    Ok(out)
}

fn frequencies(
    name: &str,
    n: i64,
    d: f64,
    dtype: DType,
    layout: Option<Layout>,
    device: Option<Device>,
) -> Result<Tensor> {
    ensure!(dtype.is_floating_point() || dtype.is_complex(), "{name} requires a floating point or complex dtype");
    if dtype.is_complex() {
        return Err(super::compute::not_implemented("arange_cpu", dtype));
    }
    ensure!(n >= 0, "Trying to create tensor with negative dimension {n}: [{n}]");
    // PyTorch multiplies in the compute type by the inverse, rounded to it
    let factor = 1.0 / (n as f64 * d);
    let factor = if dtype == DType::F64 { factor } else { factor as f32 as f64 };
    let (len, negative) = if name == "fftfreq" { (n, n - n / 2) } else { (n / 2 + 1, i64::MAX) };
    // checks the size before anything of that size is made
    empty_on(&[len], &[1], dtype, layout, device)?;
    let values: Vec<f64> = (0..len).map(|k| (if k >= negative { k - n } else { k }) as f64 * factor).collect();
    from_values(&values, &[len], dtype, layout, device)
}

fn fftshift(x: Tensor, dim: Sizes) -> Result<Tensor> {
    shift(x, dim, |n| n / 2)
}
fn ifftshift(x: Tensor, dim: Sizes) -> Result<Tensor> {
    shift(x, dim, |n| (n + 1) / 2)
}

fn shift(x: Tensor, dim: Sizes, by: fn(i64) -> i64) -> Result<Tensor> {
    let dims = dim.unwrap_or_else(|| (0..x.dim() as i64).collect());
    let mut shifts = Vec::with_capacity(dims.len());
    for d in &dims {
        shifts.push(by(x.sizes()[wrap(&x, *d)?]));
    }
    super::join::roll(x, shifts, dims)
}
