//! Functions that reduce a row and then go over it again: softmax and the norms.

use num_traits::Float;

use super::math;
use super::reduce::{halve, LANES};

/// Element types of softmax and the norms. All slices of a call have one length.
pub trait RowElement: Float + Default + Send + Sync + 'static {
    fn softmax(x: &[Self], out: &mut [Self]);
    fn softmax_in_place(x: &mut [Self]);
    /// Replaces each x by exp(x - top), and returns top, the largest, and the sum. A row of -∞ gives zeros.
    fn exp_in_place(x: &mut [Self]) -> (Self, Self);
    fn log_softmax(x: &[Self], out: &mut [Self]);
    /// Mean and variance (divided by the count).
    fn moments(x: &[Self]) -> (f64, f64);
    /// `(x - mean) · scale`, then times the weight, plus the bias, where there are any.
    fn normalize(x: &[Self], mean: Self, scale: Self, weight: Option<&[Self]>, bias: Option<&[Self]>, out: &mut [Self]);
    fn mean_of_squares(x: &[Self]) -> f64;
    /// `x · scale + shift`
    fn affine(x: &[Self], scale: Self, shift: Self, out: &mut [Self]);
    /// `top[i] = max(top[i], x[i])`; NaN wins.
    fn raise(top: &mut [Self], x: &[Self]);
    /// `out = exp(x - top)`, and adds it to `sum`.
    fn exp_and_add(x: &[Self], top: &[Self], out: &mut [Self], sum: &mut [Self]);
    fn log_all(x: &[Self], out: &mut [Self]);
}

/// Rows that are over before chains would be set up.
const SHORT: usize = 16;

/// In `LANES` chains per block of 4096, and blocks in `f64`.
#[inline(always)]
fn sum<T: Float>(x: &[T], f: impl Fn(T) -> T) -> f64 {
    if x.len() < SHORT {
        return x.iter().fold(0.0, |total, v| total + f(*v).to_f64().unwrap_or(f64::NAN));
    }
    let mut total = 0.0;
    for block in x.chunks(4096) {
        let mut acc = [T::zero(); LANES];
        let lanes = block.chunks_exact(LANES);
        let rest = lanes.remainder();
        for chunk in lanes {
            for i in 0..LANES {
                acc[i] = acc[i] + f(chunk[i]);
            }
        }
        for i in 0..rest.len() {
            acc[i] = acc[i] + f(rest[i]);
        }
        total += halve(&mut acc, |a, b| a + b).to_f64().unwrap_or(f64::NAN);
    }
    total
}

/// The largest; NaN if there is one.
#[inline(always)]
fn largest<T: Float>(x: &[T]) -> T {
    if x.len() < SHORT {
        return x.iter().fold(T::neg_infinity(), |top, v| max(*v, top));
    }
    let mut acc = [T::neg_infinity(); LANES];
    let lanes = x.chunks_exact(LANES);
    let rest = lanes.remainder();
    for chunk in lanes {
        for i in 0..LANES {
            acc[i] = max(chunk[i], acc[i]);
        }
    }
    for i in 0..rest.len() {
        acc[i] = max(rest[i], acc[i]);
    }
    halve(&mut acc, max)
}

#[inline(always)]
fn max<T: Float>(a: T, b: T) -> T {
    if a > b || a.is_nan() {
        a
    } else {
        b
    }
}

macro_rules! rows {
    ($module:ident, $t:ty, $fma:ident, $m:ident, $exp:expr, $log:expr) => {
        mod $module {
            #![allow(unused_imports)]
            use super::*;

            crate::simd_fn! {
                pub fn softmax_in_place<$m>(x: &mut [$t]) {
                    let top = largest(x);
                    for y in x.iter_mut() {
                        *y = $exp(*y - top);
                    }
                    let scale = (1.0 / sum(x, |y| y)) as $t;
                    for y in x.iter_mut() {
                        *y *= scale;
                    }
                }
                pub fn exp_in_place<$m>(x: &mut [$t]) -> ($t, $t) {
                    let top = largest(x);
                    if top == <$t>::NEG_INFINITY {
                        x.fill(0.0);
                        return (top, 0.0);
                    }
                    for y in x.iter_mut() {
                        *y = $exp(*y - top);
                    }
                    (top, sum(x, |y| y) as $t)
                }
                pub fn softmax<$m>(x: &[$t], out: &mut [$t]) {
                    let out = &mut out[..x.len()];
                    let top = largest(x);
                    for (y, x) in out.iter_mut().zip(x) {
                        *y = $exp(*x - top);
                    }
                    let scale = (1.0 / sum(out, |y| y)) as $t;
                    for y in out.iter_mut() {
                        *y *= scale;
                    }
                }
                pub fn log_softmax<$m>(x: &[$t], out: &mut [$t]) {
                    let out = &mut out[..x.len()];
                    let top = largest(x);
                    for (y, x) in out.iter_mut().zip(x) {
                        *y = $exp(*x - top);
                    }
                    let log = sum(out, |y| y).ln() as $t;
                    for (y, x) in out.iter_mut().zip(x) {
                        *y = (*x - top) - log;
                    }
                }
                pub fn moments<$m>(x: &[$t]) -> (f64, f64) {
                    let n = x.len() as f64;
                    let mean = sum(x, |x| x) / n;
                    let centre = mean as $t;
                    // The mean was rounded: correct for what that shifts.
                    let shift = mean - f64::from(centre);
                    let variance = sum(x, |x| (x - centre) * (x - centre)) / n - shift * shift;
                    (mean, if variance < 0.0 { 0.0 } else { variance })
                }
                pub fn mean_of_squares<$m>(x: &[$t]) -> f64 {
                    sum(x, |x| x * x) / x.len() as f64
                }
                pub fn normalize<$m>(
                    x: &[$t],
                    mean: $t,
                    scale: $t,
                    weight: Option<&[$t]>,
                    bias: Option<&[$t]>,
                    out: &mut [$t],
                ) {
                    let n = x.len();
                    let out = &mut out[..n];
                    match (weight, bias) {
                        (Some(w), Some(b)) => {
                            let (w, b) = (&w[..n], &b[..n]);
                            for i in 0..n {
                                out[i] = $m::$fma((x[i] - mean) * scale, w[i], b[i]);
                            }
                        }
                        (Some(w), None) => {
                            let w = &w[..n];
                            for i in 0..n {
                                out[i] = (x[i] - mean) * scale * w[i];
                            }
                        }
                        (None, Some(b)) => {
                            let b = &b[..n];
                            for i in 0..n {
                                out[i] = $m::$fma(x[i] - mean, scale, b[i]);
                            }
                        }
                        (None, None) => {
                            for i in 0..n {
                                out[i] = (x[i] - mean) * scale;
                            }
                        }
                    }
                }
                pub fn affine<$m>(x: &[$t], scale: $t, shift: $t, out: &mut [$t]) {
                    for (y, x) in out.iter_mut().zip(x) {
                        *y = $m::$fma(*x, scale, shift);
                    }
                }
                pub fn raise<$m>(top: &mut [$t], x: &[$t]) {
                    for (top, x) in top.iter_mut().zip(x) {
                        *top = max(*x, *top);
                    }
                }
                pub fn exp_and_add<$m>(x: &[$t], top: &[$t], out: &mut [$t], sum: &mut [$t]) {
                    let n = x.len();
                    let (top, out, sum) = (&top[..n], &mut out[..n], &mut sum[..n]);
                    for i in 0..n {
                        out[i] = $exp(x[i] - top[i]);
                        sum[i] += out[i];
                    }
                }
                pub fn log<$m>(x: &[$t], out: &mut [$t]) {
                    for (y, x) in out.iter_mut().zip(x) {
                        *y = $log(*x);
                    }
                }
            }
        }

        impl RowElement for $t {
            fn softmax(x: &[$t], out: &mut [$t]) {
                $module::softmax(x, out);
            }
            fn softmax_in_place(x: &mut [$t]) {
                $module::softmax_in_place(x);
            }
            fn exp_in_place(x: &mut [$t]) -> ($t, $t) {
                $module::exp_in_place(x)
            }
            fn log_softmax(x: &[$t], out: &mut [$t]) {
                $module::log_softmax(x, out);
            }
            fn moments(x: &[$t]) -> (f64, f64) {
                $module::moments(x)
            }
            fn normalize(x: &[$t], mean: $t, scale: $t, w: Option<&[$t]>, b: Option<&[$t]>, out: &mut [$t]) {
                $module::normalize(x, mean, scale, w, b, out);
            }
            fn mean_of_squares(x: &[$t]) -> f64 {
                $module::mean_of_squares(x)
            }
            fn affine(x: &[$t], scale: $t, shift: $t, out: &mut [$t]) {
                $module::affine(x, scale, shift, out);
            }
            fn raise(top: &mut [$t], x: &[$t]) {
                $module::raise(top, x);
            }
            fn exp_and_add(x: &[$t], top: &[$t], out: &mut [$t], sum: &mut [$t]) {
                $module::exp_and_add(x, top, out, sum);
            }
            fn log_all(x: &[$t], out: &mut [$t]) {
                $module::log(x, out);
            }
        }
    };
}

rows!(single, f32, fma, M, math::exp::<M>, math::log::<M>);
rows!(double, f64, fma64, M, f64::exp, f64::ln);
