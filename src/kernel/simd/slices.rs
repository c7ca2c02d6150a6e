//! Functions over whole slices of `f32`. Where two slices go in, or one goes in and one comes out, the shorter length
//! counts.

use super::{arc, math, wide, zip2};

#[inline(always)]
fn max(a: f32, b: f32) -> f32 {
    if a > b || a.is_nan() {
        a
    } else {
        b
    }
}

#[inline(always)]
fn min(a: f32, b: f32) -> f32 {
    if a < b || a.is_nan() {
        a
    } else {
        b
    }
}

#[inline(always)]
fn clamp(x: f32, low: f32, high: f32) -> f32 {
    let x = if x < low { low } else { x };
    if x > high {
        high
    } else {
        x
    }
}

/// Functions of one slice.
macro_rules! maps {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $text:expr;)*) => {
        $crate::simd_fn! {$(
            $(#[$meta])*
            $vis fn $name<M>(x: &[f32], out: &mut [f32]) {
                for (y, x) in out.iter_mut().zip(x) {
                    *y = $text(*x);
                }
            }
        )*}
    };
}

maps! {
    pub exp_f32 = math::exp::<M>;
    pub expm1_f32 = math::expm1::<M>;
    pub log_f32 = math::log::<M>;
    pub log1p_f32 = math::log1p::<M>;
    pub tanh_f32 = math::tanh::<M>;
    pub sigmoid_f32 = math::sigmoid::<M>;
    pub silu_f32 = math::silu::<M>;
    pub mish_f32 = math::mish::<M>;
    pub erf_f32 = math::erf::<M>;
    /// GELU with the exact normal distribution.
    pub gelu_f32 = math::gelu::<M>;
    /// GELU's tanh form.
    pub gelu_tanh_f32 = math::gelu_tanh::<M>;
    pub sqrt_f32 = f32::sqrt;
    pub rsqrt_f32 = |x: f32| 1.0 / x.sqrt();
    pub reciprocal_f32 = |x: f32| 1.0 / x;
    pub neg_f32 = |x: f32| -x;
    pub abs_f32 = f32::abs;
    pub square_f32 = |x: f32| x * x;
    /// NaN stays NaN.
    pub relu_f32 = |x: f32| if x < 0.0 { 0.0 } else { x };
    pub exp2_f32 = math::exp2::<M>;
    pub log2_f32 = math::log2::<M>;
    pub log10_f32 = math::log10::<M>;
    pub sinh_f32 = math::sinh::<M>;
    pub cosh_f32 = math::cosh::<M>;
    pub asin_f32 = arc::asin::<M>;
    pub acos_f32 = arc::acos::<M>;
    pub atan_f32 = arc::atan::<M>;
    pub asinh_f32 = wide::asinh::<M>;
    pub acosh_f32 = wide::acosh::<M>;
    pub atanh_f32 = wide::atanh::<M>;
    pub erfc_f32 = wide::erfc::<M>;
    pub erfinv_f32 = wide::erfinv::<M>;
    pub ndtr_f32 = wide::ndtr::<M>;
    /// The logarithm of the normal distribution.
    pub log_ndtr_f32 = math::log_ndtr::<M>;
    pub log_sigmoid_f32 = math::log_sigmoid::<M>;
    sin_in_range = math::sin::<M>;
    cos_in_range = math::cos::<M>;
    tan_in_range = wide::tan::<M>;
    lgamma_positive = wide::lgamma::<M>;
    digamma_positive = wide::digamma::<M>;
    trigamma_positive = wide::trigamma::<M>;
    ndtri_in_range = wide::ndtri::<M>;
    j0_in_range = wide::j0::<M>;
    j1_in_range = wide::j1::<M>;
    i0_in_range = wide::i0::<M>;
    i0e_in_range = wide::i0e::<M>;
    i1_in_range = wide::i1::<M>;
    i1e_in_range = wide::i1e::<M>;
}

/// sin(πx) / πx
pub fn sinc_f32(x: &[f32], out: &mut [f32]) {
    let mut scaled = [0.0; 256];
    for (x, out) in x.chunks(256).zip(out.chunks_mut(256)) {
        let scaled = &mut scaled[..x.len()];
        scaled.iter_mut().zip(x).for_each(|(t, x)| *t = x * std::f32::consts::PI);
        sin_f32(scaled, out);
        for (y, t) in out.iter_mut().zip(scaled) {
            *y = if *t == 0.0 { 1.0 } else { *y / *t };
        }
    }
}

#[inline(always)]
fn nextafter(a: f32, b: f32) -> f32 {
    let bits = a.to_bits();
    let away = (b > a) == (a > 0.0);
    let next = if away { bits.wrapping_add(1) } else { bits.wrapping_sub(1) };
    // from either zero to the smallest number with the sign of b
    let next = if a == 0.0 { 1 | b.to_bits() & 1 << 31 } else { next };
    let y = if a == b { b } else { f32::from_bits(next) };
    if a.is_nan() || b.is_nan() {
        f32::NAN
    } else {
        y
    }
}

crate::simd_light_fn! {
    pub fn add_number_f32<M>(x: &[f32], number: f32, out: &mut [f32]) {
        for (y, x) in out.iter_mut().zip(x) {
            *y = *x + number;
        }
    }
    pub fn add_number_f64<M>(x: &[f64], number: f64, out: &mut [f64]) {
        for (y, x) in out.iter_mut().zip(x) {
            *y = *x + number;
        }
    }
}

/// Functions of two slices.
macro_rules! maps2 {
    ($simd:ident; $($(#[$meta:meta])* $vis:vis $name:ident = $text:expr;)*) => {
        $crate::$simd! {$(
            $(#[$meta])*
            $vis fn $name<M>(a: &[f32], b: &[f32], out: &mut [f32]) {
                for (y, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
                    *y = $text(*a, *b);
                }
            }
        )*}
    };
}

crate::simd_light_fn! {
    pub fn add_f32<M>(a: &[f32], b: &[f32], out: &mut [f32]) {
        zip2::<f32, f32, 16>(a, b, out, |a, b| a + b);
    }
    pub fn sub_f32<M>(a: &[f32], b: &[f32], out: &mut [f32]) {
        zip2::<f32, f32, 16>(a, b, out, |a, b| a - b);
    }
    pub fn mul_f32<M>(a: &[f32], b: &[f32], out: &mut [f32]) {
        zip2::<f32, f32, 16>(a, b, out, |a, b| a * b);
    }
}

maps2! {
    simd_light_fn;
    pub div_f32 = |a: f32, b: f32| a / b;
    /// NaN if either is.
    pub max_f32 = max;
    /// NaN if either is.
    pub min_f32 = min;
}

maps2! {
    simd_fn;
    pub pow_f32 = wide::pow::<M>;
    pub hypot_f32 = wide::hypot::<M>;
    pub atan2_f32 = arc::atan2::<M>;
    pub logaddexp_f32 = math::logaddexp::<M>;
    pub logaddexp2_f32 = math::logaddexp2::<M>;
    /// a · sigmoid(b)
    pub glu_f32 = |a: f32, b: f32| a * math::sigmoid::<M>(b);
    /// a · log(b); 0 where a is 0, unless b is NaN.
    pub xlogy_f32 = |a: f32, b: f32| if a == 0.0 && !b.is_nan() { 0.0 } else { a * math::log::<M>(b) };
    /// a · log(1 + b); 0 where a is 0, unless b is NaN.
    pub xlog1py_f32 = |a: f32, b: f32| if a == 0.0 && !b.is_nan() { 0.0 } else { a * math::log1p::<M>(b) };
    /// The float next to a in the direction of b.
    pub nextafter_f32 = nextafter;
    rest_near = wide::rest::<M>;
}

crate::simd_fn! {
    /// GELU with the exact normal distribution, in place.
    pub fn gelu_inplace_f32<M>(x: &mut [f32]) {
        for x in x {
            *x = math::gelu::<M>(*x);
        }
    }
    /// `log(1 + e^{βx}) / β`; x where βx exceeds the threshold.
    pub fn softplus_f32<M>(x: &[f32], beta: f32, threshold: f32, out: &mut [f32]) {
        for (y, x) in out.iter_mut().zip(x) {
            *y = math::softplus::<M>(*x, beta, threshold);
        }
    }
    /// `positive · x` above 0, else `negative · (e^{input · x} - 1)`.
    pub fn elu_f32<M>(x: &[f32], negative: f32, positive: f32, input: f32, out: &mut [f32]) {
        for (y, x) in out.iter_mut().zip(x) {
            *y = math::elu::<M>(*x, negative, positive, input);
        }
    }
    /// log(x / (1 - x)) of x brought into `eps..=1 - eps`, unless eps is negative.
    pub fn logit_f32<M>(x: &[f32], eps: f32, out: &mut [f32]) {
        let (low, high) = if eps < 0.0 { (f32::NEG_INFINITY, f32::INFINITY) } else { (eps, 1.0 - eps) };
        for (y, x) in out.iter_mut().zip(x) {
            let x = clamp(*x, low, high);
            *y = if x == 1.0 { f32::INFINITY } else { math::log::<M>(x / (1.0 - x)) };
        }
    }
    /// -x · log x
    pub fn entr_f32<M>(x: &[f32], out: &mut [f32]) {
        for (y, x) in out.iter_mut().zip(x) {
            let v = if *x == 0.0 { 0.0 } else { -*x * math::log::<M>(*x) };
            *y = if *x < 0.0 { f32::NEG_INFINITY } else { v };
        }
    }
    /// Whether all are between `low` and `high`; false if one is NaN.
    fn all_between<M>(x: &[f32], low: f32, high: f32) -> bool {
        x.iter().fold(true, |all, x| all & (*x >= low) & (*x <= high))
    }
    fn any_nan<M>(x: &[f32]) -> bool {
        x.iter().fold(false, |any, x| any | x.is_nan())
    }
}

pub fn sin_f32(x: &[f32], out: &mut [f32]) {
    sin_in_range(x, out);
    outside_range(x, out, (-math::TRIG_RANGE, math::TRIG_RANGE), f64::sin);
}

pub fn cos_f32(x: &[f32], out: &mut [f32]) {
    cos_in_range(x, out);
    outside_range(x, out, (-math::TRIG_RANGE, math::TRIG_RANGE), f64::cos);
}

pub fn tan_f32(x: &[f32], out: &mut [f32]) {
    tan_in_range(x, out);
    outside_range(x, out, (-math::TRIG_RANGE, math::TRIG_RANGE), f64::tan);
}

/// Functions with texts for a range of arguments; `other` is what those outside take.
macro_rules! ranged {
    ($($name:ident: $text:ident, $low:expr, $high:expr;)*) => {$(
        pub fn $name(x: &[f32], out: &mut [f32], other: fn(f64) -> f64) {
            $text(x, out);
            outside_range(x, out, ($low, $high), other);
        }
    )*};
}

ranged! {
    lgamma_f32: lgamma_positive, f32::MIN_POSITIVE, f32::INFINITY;
    digamma_f32: digamma_positive, f32::MIN_POSITIVE, f32::MAX;
    trigamma_f32: trigamma_positive, f32::MIN_POSITIVE, f32::MAX;
    ndtri_f32: ndtri_in_range, 1.2e-7, 0.999_999_94;
    j0_f32: j0_in_range, -wide::BESSEL_RANGE, wide::BESSEL_RANGE;
    j1_f32: j1_in_range, -wide::BESSEL_RANGE, wide::BESSEL_RANGE;
    i0_f32: i0_in_range, -wide::BESSEL_RANGE, wide::BESSEL_RANGE;
    i0e_f32: i0e_in_range, -wide::BESSEL_RANGE, wide::BESSEL_RANGE;
    i1_f32: i1_in_range, -wide::BESSEL_RANGE, wide::BESSEL_RANGE;
    i1e_f32: i1e_in_range, -wide::BESSEL_RANGE, wide::BESSEL_RANGE;
}

/// Replaces the results of arguments that a text does not take: so large that their reduction needs hundreds of bits of
/// π, infinities, NaN, ….
fn outside_range(x: &[f32], out: &mut [f32], (low, high): (f32, f32), f: fn(f64) -> f64) {
    if all_between(x, low, high) {
        return;
    }
    for (y, x) in out.iter_mut().zip(x) {
        if !(*x >= low && *x <= high) {
            *y = f(f64::from(*x)) as f32;
        }
    }
}

/// The remainder of a / b with the sign of a, exactly.
pub fn rest_f32(a: &[f32], b: &[f32], out: &mut [f32]) {
    rest_near(a, b, out);
    if any_nan(out) {
        for (y, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
            if y.is_nan() {
                *y = a % b;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::for_each_isa;
    use super::*;

    /// Every 9973rd float: all exponents, both signs, subnormals, infinities and NaNs.
    fn everything() -> Vec<f32> {
        let mut all: Vec<f32> = (0..u32::MAX / 9973).map(|i| f32::from_bits(i * 9973)).collect();
        all.extend([0.0, -0.0, 1.0, -1.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, f32::MAX, f32::MIN_POSITIVE]);
        all.extend((-2000..2000).map(|i| i as f32 * 0.0625));
        all
    }

    /// The largest error in units of the exact result's last place (of the smallest normal number's at least).
    fn worst(f: fn(&[f32], &mut [f32]), exact: fn(f64) -> f64) -> (f64, f32) {
        let x = everything();
        let mut y = vec![0.0; x.len()];
        f(&x, &mut y);
        let mut worst = (0.0, 0.0);
        for (x, y) in x.iter().zip(&y) {
            let e = exact(f64::from(*x));
            let error = match e as f32 {
                n if n.is_nan() => f64::from(u8::from(!y.is_nan())) * 1e9,
                n if n.is_infinite() => f64::from(u8::from(*y != n && *y < f32::MAX && *y > f32::MIN)) * 1e9,
                n => {
                    let ulp = f64::from(f32::from_bits((n.abs().max(f32::MIN_POSITIVE)).to_bits() + 1))
                        - f64::from(n.abs().max(f32::MIN_POSITIVE));
                    if y.is_finite() || n.abs() < f32::MAX {
                        (f64::from(*y) - e).abs() / ulp
                    } else {
                        0.0
                    }
                }
            };
            if !(error <= worst.0) {
                worst = (error, *x);
            }
        }
        worst
    }

    fn log_exact(x: f64) -> f64 {
        x.ln()
    }

    #[test]
    fn errors_in_units_of_the_last_place() {
        type Case = (&'static str, fn(&[f32], &mut [f32]), fn(f64) -> f64, f64);
        let cases: [Case; 13] = [
            ("exp", exp_f32, f64::exp, 1.5),
            ("expm1", expm1_f32, f64::exp_m1, 2.0),
            ("log", log_f32, log_exact, 1.5),
            ("log1p", log1p_f32, f64::ln_1p, 2.0),
            ("tanh", tanh_f32, f64::tanh, 2.5),
            (
                "sigmoid",
                sigmoid_f32,
                |x| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) },
                2.5,
            ),
            (
                "silu",
                silu_f32,
                |x| if x < 0.0 { x * (x.exp() / (1.0 + x.exp())) } else { x / (1.0 + (-x).exp()) },
                60.0,
            ),
            ("sqrt", sqrt_f32, f64::sqrt, 0.51),
            ("rsqrt", rsqrt_f32, |x| 1.0 / x.sqrt(), 1.5),
            ("sin", sin_f32, f64::sin, 1.5),
            ("cos", cos_f32, f64::cos, 1.5),
            ("reciprocal", reciprocal_f32, |x| 1.0 / x, 0.51),
            ("relu", relu_f32, |x| if x < 0.0 { 0.0 } else { x }, 0.0),
        ];
        for_each_isa(|isa| {
            for (name, f, exact, limit) in cases {
                let (error, at) = worst(f, exact);
                assert!(error <= limit, "{name} {isa:?}: {error} at {at:e}");
            }
        });
    }

    /// x, erf(x), gelu(x), gelu's tanh form.
    const NORMAL: [(f32, f64, f64, f64); 25] = [
        (-30.0, -1.0, -1.4720141781443724e-196, -0.0),
        (-12.0, -1.0, -2.1317785344931838e-32, -0.0),
        (-9.0, -1.0, -1.015729565358449e-18, -0.0),
        (-6.0, -1.0, -5.919525870226167e-09, -8.43964897967453e-11),
        (-4.5, -0.9999999998033839, -1.5289529061285242e-05, -5.136737411925996e-06),
        (-3.0, -0.9999779095030014, -0.00404969409489028, -0.0036373920817729943),
        (-2.200000047683716, -0.9981371541274596, -0.0305875814712322, -0.03032146986641196),
        (-1.2999999523162842, -0.9340079350125213, -0.1258406359684252, -0.1260709936850246),
        (-1.000100016593933, -0.8427423064354087, -0.1586469197917328, -0.15879971039561577),
        (-0.9900000095367432, -0.838508073593712, -0.1594761881445874, -0.15962542156315027),
        (-0.5, -0.5204998778130465, -0.15426876936299344, -0.15428599017485606),
        (-0.10000000149011612, -0.1124629176829705, -0.04601721689885652, -0.0460172495811262),
        (-0.0010000000474974513, -0.0011283788445643173, -0.0004996010814969171, -0.0004996010814972463),
        (-9.999999682655225e-21, -1.1283791312869893e-20, -4.999999841327613e-21, -4.999999841327613e-21),
        (0.0, 0.0, 0.0, 0.0),
        (1.0000000031710769e-30, 1.1283791706736896e-30, 5.000000015855384e-31, 5.000000015855384e-31),
        (0.25, 0.2763263901682369, 0.14967658142073093, 0.149675350701685),
        (0.699999988079071, 0.6778011855967799, 0.5306254318017016, 0.5305701230660317),
        (0.9990000128746033, 0.8422852755615352, 0.84026156564846, 0.8401091616584477),
        (1.2000000476837158, 0.9103139909776065, 1.0619164490421318, 1.0617028224352005),
        (2.0, 0.9953222650189527, 1.9544997361036416, 1.954597694087775),
        (3.5, 0.9999992569016276, 3.4991857982233756, 3.499383802344626),
        (5.5, 0.9999999999999927, 5.499999895557407, 5.499999994072359),
        (8.0, 1.0, 7.999999999999995, 8.0),
        (40.0, 1.0, 40.0, 40.0),
    ];

    #[test]
    fn erf_and_gelu() {
        for_each_isa(|isa| {
            for (x, erf, gelu, tanh) in NORMAL {
                let x = [x; 1];
                let mut y = [0.0; 3];
                erf_f32(&x, &mut y[..1]);
                gelu_f32(&x, &mut y[1..2]);
                gelu_tanh_f32(&x, &mut y[2..]);
                let close = |y: f32, e: f64, bound: f64| (f64::from(y) - e).abs() <= bound * e.abs() + 1e-38;
                assert!(close(y[0], erf, 1.5e-7), "erf {isa:?} {x:?}: {} {erf}", y[0]);
                // The rounding of x² counts in the tail.
                let bound = 3e-7 * (1.0 + f64::from(x[0] * x[0]) / 4.0);
                assert!(close(y[1], gelu, bound), "gelu {isa:?} {x:?}: {} {gelu}", y[1]);
                assert!((f64::from(y[2]) - tanh).abs() <= 1e-6 * tanh.abs() + 1e-7, "{isa:?} {x:?}: {} {tanh}", y[2]);
            }
        });
    }
}
