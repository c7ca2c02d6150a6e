//! Functions of `f32` that are computed in `f64`: where steps in single precision would add up to more than a unit in
//! the last place, eight lanes of doubles are still several times faster than a call of the mathematics library.
//!
//! Texts as in [`math`](super::math): branch-free, for loops compiled by [`simd_fn`](crate::simd_fn).
#![allow(clippy::excessive_precision)]

use super::Mode;

/// Adding it rounds a number below 2⁵¹ to an integer, which then stands in the lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// 2ᵗ with a relative error of 2⁻³⁴; 0 and more than any `f32` beyond ±1000. NaN stays.
#[inline(always)]
pub(super) fn exp2_wide<M: Mode>(t: f64) -> f64 {
    let t = if t > 1000.0 { 1000.0 } else { t };
    let t = if t < -1000.0 { -1000.0 } else { t };
    let shifted = t + ROUND;
    exp_rest::<M>(shifted, (t - (shifted - ROUND)) * std::f64::consts::LN_2)
}

/// eˣ, as [`exp2_wide`].
#[inline(always)]
pub(super) fn exp_wide<M: Mode>(x: f64) -> f64 {
    let x = if x > 690.0 { 690.0 } else { x };
    let x = if x < -690.0 { -690.0 } else { x };
    let shifted = M::fma64(x, std::f64::consts::LOG2_E, ROUND);
    exp_rest::<M>(shifted, M::fma64(shifted - ROUND, -std::f64::consts::LN_2, x))
}

/// 2ⁿ · eʳ, where n is what `shifted` is above [`ROUND`].
#[inline(always)]
fn exp_rest<M: Mode>(shifted: f64, r: f64) -> f64 {
    let q = M::fma64(r, 0.0001991781458962094, 0.0013946075320854297);
    let q = M::fma64(q, r, 0.008333265444872598);
    let q = M::fma64(q, r, 0.04166626985094102);
    let q = M::fma64(q, r, 0.16666666855703013);
    let q = M::fma64(q, r, 0.5000000077966587);
    let p = M::fma64(q, r * r, r);
    let scale = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
    M::fma64(p, scale, scale)
}

/// Natural logarithm of a normal positive number, with a relative error of 2⁻⁴⁴. Anything for others.
#[inline(always)]
pub(super) fn log_wide<M: Mode>(x: f64) -> f64 {
    let (e, f) = log_parts::<M>(x);
    M::fma64(e, std::f64::consts::LN_2, f)
}

/// log₂, as [`log_wide`].
#[inline(always)]
fn log2_wide<M: Mode>(x: f64) -> f64 {
    let (e, f) = log_parts::<M>(x);
    M::fma64(f, std::f64::consts::LOG2_E, e)
}

/// `(e, log m)` with x = 2ᵉ · m and m in [√½, √2).
#[inline(always)]
fn log_parts<M: Mode>(x: f64) -> (f64, f64) {
    const HALF_ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    const BIAS: u64 = 1 << 63;
    // e + 2048, without signed shifts and conversions, which AVX2 has not for 64 bits
    let biased = x.to_bits().wrapping_sub(HALF_ROOT).wrapping_add(BIAS) >> 52;
    let m = f64::from_bits(x.to_bits().wrapping_sub(biased << 52).wrapping_add(BIAS));
    let e = f64::from_bits(biased | 0x4330_0000_0000_0000) - 4_503_599_627_372_544.0;
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let q = M::fma64(z, 0.19584206334221918, 0.2217618445685942);
    let q = M::fma64(q, z, 0.28572109272590795);
    let q = M::fma64(q, z, 0.39999995620603584);
    let q = M::fma64(q, z, 0.6666666667580525);
    (e, M::fma64(q * z, s, s + s))
}

/// xʸ
#[inline(always)]
pub fn pow<M: Mode>(x: f32, y: f32) -> f32 {
    let a = x.abs();
    let l = log2_wide::<M>(f64::from(a));
    let l = if a == 0.0 { f64::NEG_INFINITY } else { l };
    let l = if a < f32::INFINITY { l } else { f64::from(a) };
    let r = exp2_wide::<M>(l * f64::from(y)) as f32;
    let whole = y.trunc() == y;
    let odd = whole && (0.5 * y).trunc() != 0.5 * y;
    let r = if x.is_sign_negative() && odd { -r } else { r };
    let r = if x < 0.0 && a < f32::INFINITY && !whole { f32::NAN } else { r };
    let r = if a == 1.0 && y.abs() == f32::INFINITY { 1.0 } else { r };
    if x == 1.0 || y == 0.0 {
        1.0
    } else {
        r
    }
}

/// √(x² + y²); infinite if one is, even beside NaN.
#[inline(always)]
pub fn hypot<M: Mode>(x: f32, y: f32) -> f32 {
    let (a, b) = (f64::from(x), f64::from(y));
    let r = M::fma64(a, a, b * b).sqrt() as f32;
    if x.abs() == f32::INFINITY || y.abs() == f32::INFINITY {
        f32::INFINITY
    } else {
        r
    }
}

/// tan x for |x| up to [`TRIG_RANGE`](super::math::TRIG_RANGE).
#[inline(always)]
pub fn tan<M: Mode>(x: f32) -> f32 {
    let (n, r) = super::math::trig_wide::<M>(x);
    let z = r * r;
    let s = M::fma64(z, 2.7183012593150864e-6, -0.00019839333743999226);
    let s = M::fma64(s, z, 0.008333329382394308);
    let s = M::fma64(s, z, -0.16666666641594668);
    let s = M::fma64(s * z, r, r);
    let c = M::fma64(z, -2.721015382892768e-07, 2.4799519003611685e-05);
    let c = M::fma64(c, z, -0.0013888883749643718);
    let c = M::fma64(c, z, 0.04166666662278487);
    let c = M::fma64(c, z, -0.5);
    let c = M::fma64(c, z, 1.0);
    let odd = n & 1 == 1;
    let y = (if odd { -c } else { s } / if odd { s } else { c }) as f32;
    if x == 0.0 {
        x
    } else {
        y
    }
}

#[inline(always)]
pub fn asinh<M: Mode>(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let large = log_wide::<M>(a + M::fma64(a, a, 1.0).sqrt()) as f32;
    let y = if x.abs() < f32::INFINITY { large } else { x.abs() };
    let small = M::fma(x * x * x, -1.0 / 6.0, x);
    if x.abs() < 0.01 { small } else { y }.copysign(x)
}

#[inline(always)]
pub fn acosh<M: Mode>(x: f32) -> f32 {
    let a = f64::from(x);
    let y = log_wide::<M>(a + M::fma64(a, a, -1.0).sqrt()) as f32;
    let y = if x < f32::INFINITY { y } else { x };
    if x < 1.0 {
        f32::NAN
    } else {
        y
    }
}

#[inline(always)]
pub fn atanh<M: Mode>(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let y = (0.5 * log_wide::<M>((1.0 + a) / (1.0 - a))) as f32;
    let y = if x.abs() == 1.0 { f32::INFINITY } else { y };
    let y = if x.abs() <= 1.0 { y } else { f32::NAN };
    let small = M::fma(x * x * x, 1.0 / 3.0, x);
    if x.abs() < 0.01 { small } else { y }.copysign(x)
}

/// The inverse of erf.
#[inline(always)]
pub fn erfinv<M: Mode>(x: f32) -> f32 {
    let a = f64::from(x);
    let y = erfinv_wide::<M>(a, (1.0 - a) * (1.0 + a)) as f32;
    let y = if x.abs() == 1.0 { x * f32::INFINITY } else { y };
    if x.abs() <= 1.0 {
        y
    } else {
        f32::NAN
    }
}

/// The inverse of the normal distribution, for p from 1.2e-7 and below 1.
#[inline(always)]
pub fn ndtri<M: Mode>(p: f32) -> f32 {
    let p = f64::from(p);
    (std::f64::consts::SQRT_2 * erfinv_wide::<M>(2.0 * p - 1.0, 4.0 * p * (1.0 - p))) as f32
}

/// [`erfinv`] for |a| below 1, from a and 1 - a².
#[inline(always)]
fn erfinv_wide<M: Mode>(a: f64, rest: f64) -> f64 {
    let w = -log_wide::<M>(rest);
    let q = M::fma64(w, 3.3553175083775117e-10, -1.7161144879820944e-08);
    let q = M::fma64(q, w, 3.097948349240307e-07);
    let q = M::fma64(q, w, -2.4978686979866476e-06);
    let q = M::fma64(q, w, 5.835586916970689e-06);
    let q = M::fma64(q, w, 4.048685254953246e-05);
    let q = M::fma64(q, w, -0.0001220026335986587);
    let q = M::fma64(q, w, -0.0023385406994133728);
    let q = M::fma64(q, w, 0.011550335641260836);
    let q = M::fma64(q, w, 0.23201355596985263);
    let near = M::fma64(q, w, 0.8862269274541601);
    let s = w.sqrt() - 3.1;
    let far = erfinv_tail::<M>(s);
    a * if w < 5.0 { near } else { far }
}

/// [`erfinv`] over x, of √(-log(1 - x²)) - 3.1 up to 0.9.
#[inline(always)]
fn erfinv_tail<M: Mode>(s: f64) -> f64 {
    let q = M::fma64(s, -2.6493264646360482e-05, 0.00013168739285932004);
    let q = M::fma64(q, s, -0.00015182567486934697);
    let q = M::fma64(q, s, -0.0002890539148222482);
    let q = M::fma64(q, s, 0.00132971298248268);
    let q = M::fma64(q, s, -0.002720033780646589);
    let q = M::fma64(q, s, 0.00411862754808929);
    let q = M::fma64(q, s, -0.005695626975538075);
    let q = M::fma64(q, s, 0.007460312135655994);
    let q = M::fma64(q, s, 1.0033560786326725);
    M::fma64(q, s, 2.9332316692039173)
}

/// 1 - erf(x)
#[inline(always)]
pub fn erfc<M: Mode>(x: f32) -> f32 {
    erfc_wide::<M>(f64::from(x)) as f32
}

/// The normal distribution.
#[inline(always)]
pub fn ndtr<M: Mode>(x: f32) -> f32 {
    (0.5 * erfc_wide::<M>(f64::from(x) * -std::f64::consts::FRAC_1_SQRT_2)) as f32
}

#[inline(always)]
fn erfc_wide<M: Mode>(x: f64) -> f64 {
    let y = x.abs();
    let y = if y > 20.0 { 20.0 } else { y };
    // e^{y²} erfc(y) by a polynomial in 1 / (1 + y/2), centred
    let t = 1.0 / M::fma64(y, 0.5, 1.0);
    let s = t - 0.55;
    let q = M::fma64(s, -0.014776399735611945, 0.04113404778039502);
    let q = M::fma64(q, s, 0.011684689747596348);
    let q = M::fma64(q, s, -0.07926212800349096);
    let q = M::fma64(q, s, 0.02149451648940743);
    let q = M::fma64(q, s, 0.11150273569184152);
    let q = M::fma64(q, s, -0.07189779332273735);
    let q = M::fma64(q, s, -0.194087123166592);
    let q = M::fma64(q, s, 0.10902137164163929);
    let q = M::fma64(q, s, 0.5781081185525477);
    let q = M::fma64(q, s, 0.7440592456040038);
    let q = M::fma64(q, s, 0.5465638623238762);
    let tail = exp_wide::<M>(-(y * y)) * (q * t);
    if x < 0.0 {
        2.0 - tail
    } else {
        tail
    }
}

/// log Γ(x) for positive x.
#[inline(always)]
pub fn lgamma<M: Mode>(x: f32) -> f32 {
    let wide = f64::from(x);
    // below 2.25: (v - 1) (v - 2) Q(v), by way of Γ(v) = v Γ(v - 1) near 0
    let low = wide < 0.75;
    let v = if low { wide + 1.0 } else { wide };
    let t = v - 1.5;
    let q = M::fma64(t, 0.0006368021963913973, -0.0009575094365152774);
    let q = M::fma64(q, t, 0.0003778102441041962);
    let q = M::fma64(q, t, -0.0007390247855242178);
    let q = M::fma64(q, t, 0.00206236686662549);
    let q = M::fma64(q, t, -0.0033670708290002484);
    let q = M::fma64(q, t, 0.005417445873031209);
    let q = M::fma64(q, t, -0.009398968863052004);
    let q = M::fma64(q, t, 0.01679993113439095);
    let q = M::fma64(q, t, -0.03131042307014685);
    let q = M::fma64(q, t, 0.0629112981442139);
    let q = M::fma64(q, t, -0.14595985608863168);
    let q = M::fma64(q, t, 0.4831289511495307);
    // plus 0: log Γ(1) is not -0
    let near = M::fma64((v - 1.0) * (v - 2.0), q, 0.0);
    // above: Stirling's series, at 8 or more
    let shift = wide < 8.0;
    let z = if shift { wide + 6.0 } else { wide };
    let two = |k: f64| M::fma64(wide, wide + (k + k + 1.0), k * (k + 1.0));
    let product = two(0.0) * two(2.0) * two(4.0);
    let log = log_wide::<M>(if low {
        wide
    } else if shift {
        product
    } else {
        1.0
    });
    let r = 1.0 / z;
    let r2 = r * r;
    let series = r * M::fma64(r2, M::fma64(r2, 1.0 / 1260.0, -1.0 / 360.0), 1.0 / 12.0);
    let far = M::fma64(z - 0.5, log_wide::<M>(z), 0.918_938_533_204_672_74 - z) + series - log;
    let y = if low {
        near - log
    } else if wide < 2.25 {
        near
    } else {
        far
    } as f32;
    if x == 0.0 || x == f32::INFINITY {
        f32::INFINITY
    } else {
        y
    }
}

/// The derivative of log Γ for finite positive x.
#[inline(always)]
pub fn digamma<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    let shift = x < 8.0;
    let z = if shift { x + 8.0 } else { x };
    // Σ 1/(x + k) as one fraction
    let (mut n, mut d) = (0.0, 1.0);
    for k in 0..8 {
        let v = x + f64::from(k);
        n = M::fma64(n, v, d);
        d *= v;
    }
    let sum = if shift { n / d } else { 0.0 };
    let r = 1.0 / z;
    let r2 = r * r;
    let q = M::fma64(r2, 1.0 / 132.0, -1.0 / 240.0);
    let q = M::fma64(q, r2, 1.0 / 252.0);
    let q = M::fma64(q, r2, -1.0 / 120.0);
    let q = M::fma64(q, r2, 1.0 / 12.0);
    (log_wide::<M>(z) - 0.5 * r - q * r2 - sum) as f32
}

/// The second derivative of log Γ for finite positive x.
#[inline(always)]
pub fn trigamma<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    let shift = x < 8.0;
    let z = if shift { x + 8.0 } else { x };
    // Σ 1/(x + k)² as one fraction
    let (mut n, mut d) = (0.0, 1.0);
    for k in 0..8 {
        let v = x + f64::from(k);
        n = M::fma64(n * v, v, d);
        d *= v * v;
    }
    let sum = if shift { n / d } else { 0.0 };
    let r = 1.0 / z;
    let r2 = r * r;
    let q = M::fma64(r2, -1.0 / 30.0, 1.0 / 42.0);
    let q = M::fma64(q, r2, -1.0 / 30.0);
    let q = M::fma64(q, r2, 1.0 / 6.0);
    let q = M::fma64(q, r2, 1.0);
    (M::fma64(q, r, 0.5 * r2) + sum) as f32
}

/// The remainder of a / b with the sign of a, exactly, for quotients below 2²⁸ and finite b; NaN for others.
#[inline(always)]
pub fn rest<M: Mode>(a: f32, b: f32) -> f32 {
    let (p, q) = (f64::from(a.abs()), f64::from(b.abs()));
    let n = (p / q).trunc();
    // n has 28 bits and q 24: their product is exact, and n is at most one too large
    let r = p - n * q;
    let r = if r < 0.0 { r + q } else { r };
    let r = (r as f32).copysign(a);
    if n < 268_435_456.0 {
        r
    } else {
        f32::NAN
    }
}

/// Where the series of the Bessel functions below end early enough.
pub const BESSEL_RANGE: f32 = 10.0;

/// The Bessel function of the first kind, order 0, up to [`BESSEL_RANGE`].
#[inline(always)]
pub fn j0<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    bessel::<M>(-0.25 * x * x, &ORDER_0) as f32
}

/// Order 1.
#[inline(always)]
pub fn j1<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    (0.5 * x * bessel::<M>(-0.25 * x * x, &ORDER_1)) as f32
}

/// The modified Bessel function of the first kind, order 0, up to [`BESSEL_RANGE`].
#[inline(always)]
pub fn i0<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    bessel::<M>(0.25 * x * x, &ORDER_0) as f32
}

/// Order 1.
#[inline(always)]
pub fn i1<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    (0.5 * x * bessel::<M>(0.25 * x * x, &ORDER_1)) as f32
}

/// e^-|x| · [`i0`]
#[inline(always)]
pub fn i0e<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    (bessel::<M>(0.25 * x * x, &ORDER_0) * exp_wide::<M>(-x.abs())) as f32
}

/// e^-|x| · [`i1`]
#[inline(always)]
pub fn i1e<M: Mode>(x: f32) -> f32 {
    let x = f64::from(x);
    (0.5 * x * bessel::<M>(0.25 * x * x, &ORDER_1) * exp_wide::<M>(-x.abs())) as f32
}

const TERMS: usize = 25;
const ORDER_0: [f64; TERMS] = bessel_terms(0);
const ORDER_1: [f64; TERMS] = bessel_terms(1);

/// A&S 9.6.10 without the leading power.
#[inline(always)]
fn bessel<M: Mode>(q: f64, terms: &[f64; TERMS]) -> f64 {
    let mut sum = terms[TERMS - 1];
    for k in (0..TERMS - 1).rev() {
        sum = M::fma64(sum, q, terms[k]);
    }
    sum
}

/// 1 / (k! (k + order)!) for order 0 or 1.
const fn bessel_terms(order: usize) -> [f64; TERMS] {
    let mut terms = [1.0; TERMS];
    let mut k = 1;
    while k < TERMS {
        terms[k] = terms[k - 1] / (k * (k + order)) as f64;
        k += 1;
    }
    terms
}
