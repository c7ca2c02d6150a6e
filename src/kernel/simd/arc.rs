//! Inverse trigonometric functions on `f32`: texts as in [`math`](super::math).
#![allow(clippy::excessive_precision)]

use super::Mode;

const HALF_PI: f32 = std::f32::consts::FRAC_PI_2;
/// What π/2 is above [`HALF_PI`].
const HALF_PI_LOW: f32 = -4.371_139_000_186_241e-8;

#[inline(always)]
pub fn asin<M: Mode>(x: f32) -> f32 {
    let a = x.abs();
    let (z, root) = ends(a);
    let p = asin_rest::<M>(z, root);
    // π/2 - 2 asin(√((1 - a) / 2)) for large a
    let large = (HALF_PI - 2.0 * root) - M::fma(2.0, p, -HALF_PI_LOW);
    let y = if a > 0.5 { large } else { root + p };
    if a <= 1.0 {
        y.copysign(x)
    } else {
        f32::NAN
    }
}

#[inline(always)]
pub fn acos<M: Mode>(x: f32) -> f32 {
    let a = x.abs();
    let (z, root) = ends(a);
    let p = asin_rest::<M>(z, root);
    let (p_signed, root_signed) = (p.copysign(x), root.copysign(x));
    let middle = (HALF_PI - root_signed) - (p_signed - HALF_PI_LOW);
    let high = 2.0 * (root + p);
    let low = 2.0 * ((HALF_PI - root) - (p - HALF_PI_LOW));
    let end = if x < 0.0 { low } else { high };
    let y = if a > 0.5 { end } else { middle };
    if a <= 1.0 {
        y
    } else {
        f32::NAN
    }
}

/// `(r², r)` with r = a up to ½ and √((1 - a) / 2) above.
#[inline(always)]
fn ends(a: f32) -> (f32, f32) {
    let end = 0.5 - 0.5 * a;
    let z = if a > 0.5 { end } else { a * a };
    (z, if a > 0.5 { end.sqrt() } else { a })
}

/// asin(r) - r, for r up to ½ and z = r².
#[inline(always)]
fn asin_rest<M: Mode>(z: f32, r: f32) -> f32 {
    let q = M::fma(z, 0.03751645237207413, 0.01443860400468111);
    let q = M::fma(q, z, 0.03180771693587303);
    let q = M::fma(q, z, 0.04451695457100868);
    let q = M::fma(q, z, 0.07500503957271576);
    let q = M::fma(q, z, 0.16666659712791443);
    q * z * r
}

#[inline(always)]
pub fn atan<M: Mode>(x: f32) -> f32 {
    let a = x.abs();
    let t = if a > 1.0 { 1.0 / a } else { a };
    let p = atan_rest::<M>(t);
    let large = (HALF_PI - t) - (p - HALF_PI_LOW);
    if a > 1.0 { large } else { t + p }.copysign(x)
}

/// The angle of the point (x, y).
#[inline(always)]
pub fn atan2<M: Mode>(y: f32, x: f32) -> f32 {
    let (a, b) = (y.abs(), x.abs());
    let steep = a > b;
    let (low, high) = (if steep { b } else { a }, if steep { a } else { b });
    let t = low / high;
    let t = if low == high { 1.0 } else { t };
    let t = if high == 0.0 { 0.0 } else { t };
    let p = atan_rest::<M>(t);
    // p + t, π/2 minus it, π minus that
    let first = if steep { (HALF_PI - t) - (p - HALF_PI_LOW) } else { t + p };
    let flat = (2.0 * HALF_PI - t) - (p - 2.0 * HALF_PI_LOW);
    let upright = (HALF_PI + t) + (p + HALF_PI_LOW);
    let second = if steep { upright } else { flat };
    let r = if x.is_sign_negative() { second } else { first }.copysign(y);
    if x.is_nan() || y.is_nan() {
        f32::NAN
    } else {
        r
    }
}

/// atan(t) - t, for t in 0..=1.
#[inline(always)]
fn atan_rest<M: Mode>(t: f32) -> f32 {
    let z = t * t;
    let q = M::fma(z, 0.001113756443373859, -0.00731779495254159);
    let q = M::fma(q, z, 0.022539524361491203);
    let q = M::fma(q, z, -0.044689539819955826);
    let q = M::fma(q, z, 0.06741568446159363);
    let q = M::fma(q, z, -0.0881107896566391);
    let q = M::fma(q, z, 0.11058220267295837);
    let q = M::fma(q, z, -0.1427983194589615);
    let q = M::fma(q, z, 0.1999967098236084);
    let q = M::fma(q, z, -0.333333283662796);
    q * z * t
}
