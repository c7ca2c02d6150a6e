//! Elementary functions on `f32`: full range, errors of one or two units in the last place.
//!
//! The texts are branch-free on single numbers; compiled by [`simd_fn`](crate::simd_fn) in a loop they become vector
//! code. Kernels that fuse several steps call them directly, with the `Mode` of the loop they are in.
#![allow(clippy::excessive_precision)]

use super::Mode;

/// eˣ
#[inline(always)]
pub fn exp<M: Mode>(x: f32) -> f32 {
    // Outside, the result is 0 or infinity; NaN stays.
    let x = if x > 89.0 { 89.0 } else { x };
    let x = if x < -104.5 { -104.5 } else { x };
    let (n, p) = exp_parts::<M>(x);
    let y = M::fma(p, 1.0, 1.0);
    // 2ⁿ in two factors: n reaches from -151, where the result is subnormal, to 128.
    let half = n >> 1;
    y * power_of_two(half) * power_of_two(n - half)
}

/// eˣ for x in -87..=88, or NaN.
#[inline(always)]
fn exp_normal<M: Mode>(x: f32) -> f32 {
    let (n, p) = exp_parts::<M>(x);
    let scale = power_of_two(n);
    M::fma(p, scale, scale)
}

/// `(n, p)` with `eˣ = 2ⁿ (1 + p)`, for |x| below 10⁴; for NaN, p is NaN and n anything.
#[inline(always)]
fn exp_parts<M: Mode>(x: f32) -> (i32, f32) {
    let shifted = M::fma(x, std::f32::consts::LOG2_E, ROUND);
    let n = shifted - ROUND;
    let r = M::fma(n, -LN2_HIGH, x);
    let r = M::fma(n, -LN2_LOW, r);
    let q = M::fma(r, 1.9875691500e-4, 1.3981999507e-3);
    let q = M::fma(q, r, 8.3334519073e-3);
    let q = M::fma(q, r, 4.1665795894e-2);
    let q = M::fma(q, r, 1.6666665459e-1);
    let q = M::fma(q, r, 5.0000001201e-1);
    let p = M::fma(q, r * r, r);
    ((shifted.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32), p)
}

/// 2ⁿ for n in -126..=127.
#[inline(always)]
fn power_of_two(n: i32) -> f32 {
    f32::from_bits((n.wrapping_add(127) as u32) << 23)
}

/// Adding it rounds a small number to an integer, which then stands in the lowest bits.
const ROUND: f32 = 12_582_912.0;
const LN2_HIGH: f32 = 0.693_359_375;
const LN2_LOW: f32 = -2.121_944_4e-4;

/// eˣ - 1
#[inline(always)]
pub fn expm1<M: Mode>(x: f32) -> f32 {
    let c = if x > 89.0 { 89.0 } else { x };
    let c = if c < -30.0 { -30.0 } else { c };
    let (n, p) = exp_parts::<M>(c);
    let half = power_of_two(n.wrapping_sub(1));
    let y = 2.0 * M::fma(p, half, half - 0.5);
    // Keeps the sign of zero, and subnormals.
    if x.abs() < 1e-10 {
        x
    } else {
        y
    }
}

/// 2ˣ
#[inline(always)]
pub fn exp2<M: Mode>(x: f32) -> f32 {
    let x = if x > 129.0 { 129.0 } else { x };
    let x = if x < -151.0 { -151.0 } else { x };
    let shifted = x + ROUND;
    let r = x - (shifted - ROUND);
    let q = M::fma(r, 1.531494672235567e-05, 0.0001546710991533473);
    let q = M::fma(q, r, 0.0013333430979400873);
    let q = M::fma(q, r, 0.009618036448955536);
    let q = M::fma(q, r, 0.05550410971045494);
    let q = M::fma(q, r, 0.24022650718688965);
    let q = M::fma(q, r, 0.6931471824645996);
    let y = M::fma(q, r, 1.0);
    let n = (shifted.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32);
    let half = n >> 1;
    y * power_of_two(half) * power_of_two(n - half)
}

#[inline(always)]
pub fn sinh<M: Mode>(x: f32) -> f32 {
    let z = x * x;
    let q = M::fma(z, 2.8169513370812638e-06, 0.0001983615948120132);
    let q = M::fma(q, z, 0.008333349600434303);
    let q = M::fma(q, z, 0.1666666716337204);
    let small = M::fma(q * z, x, x);
    let half = half_exp::<M>(x.abs());
    let large = (half - 0.25 / half).copysign(x);
    if x.abs() < 1.0 {
        small
    } else {
        large
    }
}

#[inline(always)]
pub fn cosh<M: Mode>(x: f32) -> f32 {
    let half = half_exp::<M>(x.abs());
    half + 0.25 / half
}

/// eˣ / 2, which overflows later than eˣ.
#[inline(always)]
fn half_exp<M: Mode>(x: f32) -> f32 {
    let x = if x > 90.0 { 90.0 } else { x };
    let (n, p) = exp_parts::<M>(x);
    let half = n >> 1;
    M::fma(p, 1.0, 1.0) * power_of_two(half) * power_of_two(n - half - 1)
}

/// Base-2 logarithm: exact for powers of two.
#[inline(always)]
pub fn log2<M: Mode>(x: f32) -> f32 {
    let (e, f, tail) = log_parts::<M>(x);
    let log = f64::from(f) + f64::from(tail);
    log_special(x, M::fma64(log, std::f64::consts::LOG2_E, f64::from(e)) as f32)
}

/// Base-10 logarithm.
#[inline(always)]
pub fn log10<M: Mode>(x: f32) -> f32 {
    let (e, f, tail) = log_parts::<M>(x);
    let log = M::fma64(f64::from(e), std::f64::consts::LN_2, f64::from(f) + f64::from(tail));
    log_special(x, (log * std::f64::consts::LOG10_E) as f32)
}

/// Natural logarithm.
#[inline(always)]
pub fn log<M: Mode>(x: f32) -> f32 {
    log_plus::<M>(x, 0.0)
}

/// log(x) + c, for a small correction c.
#[inline(always)]
fn log_plus<M: Mode>(x: f32, c: f32) -> f32 {
    let (e, f, tail) = log_parts::<M>(x);
    let y = M::fma(e, LN2_HIGH, f + (tail + M::fma(e, LN2_LOW, c)));
    log_special(x, y)
}

/// The logarithms of 0, infinity, negative numbers and NaN; `y` for others.
#[inline(always)]
fn log_special(x: f32, y: f32) -> f32 {
    let y = if x < f32::INFINITY { y } else { x };
    let y = if x == 0.0 { f32::NEG_INFINITY } else { y };
    if x < 0.0 {
        f32::NAN
    } else {
        y
    }
}

/// `(e, f, tail)` with log x = e · log 2 + f + tail, for positive x.
#[inline(always)]
fn log_parts<M: Mode>(x: f32) -> (f32, f32, f32) {
    let subnormal = x < f32::MIN_POSITIVE;
    let scaled = if subnormal { x * 8_388_608.0 } else { x };
    let bits = scaled.to_bits() as i32;
    // x = 2ᵉ · m with m in [√½, √2).
    let e = bits.wrapping_sub(0x3f35_04f3) >> 23;
    let m = f32::from_bits(bits.wrapping_sub(e << 23) as u32);
    let e = e as f32 - if subnormal { 23.0 } else { 0.0 };
    let f = m - 1.0;
    let f2 = f * f;
    let q = M::fma(f, 7.0376836292e-2, -1.1514610310e-1);
    let q = M::fma(q, f, 1.1676998740e-1);
    let q = M::fma(q, f, -1.2420140846e-1);
    let q = M::fma(q, f, 1.4249322787e-1);
    let q = M::fma(q, f, -1.6668057665e-1);
    let q = M::fma(q, f, 2.0000714765e-1);
    let q = M::fma(q, f, -2.4999993993e-1);
    let q = M::fma(q, f, 3.3333331174e-1);
    (e, f, M::fma(f2, -0.5, q * f * f2))
}

/// log(1 + x)
#[inline(always)]
pub fn log1p<M: Mode>(x: f32) -> f32 {
    let u = 1.0 + x;
    // What the sum lost.
    let lost = if x > 1.0 { 1.0 - (u - x) } else { x - (u - 1.0) };
    let c = lost / u;
    let c = if u > 0.0 && u < f32::INFINITY { c } else { 0.0 };
    let y = log_plus::<M>(u, c);
    if x.abs() < 1e-7 {
        x
    } else {
        y
    }
}

#[inline(always)]
pub fn tanh<M: Mode>(x: f32) -> f32 {
    let a = x.abs();
    let z = x * x;
    let q = M::fma(z, -5.70498872745e-3, 2.06390887954e-2);
    let q = M::fma(q, z, -5.37397155531e-2);
    let q = M::fma(q, z, 1.33314422036e-1);
    let q = M::fma(q, z, -3.33332819422e-1);
    let small = M::fma(q * z, x, x);
    let c = if a > 20.0 { 20.0 } else { a };
    let (n, p) = exp_parts::<M>(2.0 * c);
    let e = M::fma(p, power_of_two(n), power_of_two(n));
    let large = 1.0 - 2.0 / (e + 1.0);
    if a < 0.625 { small } else { large }.copysign(x)
}

/// 1 / (1 + e⁻ˣ)
#[inline(always)]
pub fn sigmoid<M: Mode>(x: f32) -> f32 {
    let e = exp::<M>(-x.abs());
    let s = 1.0 / (1.0 + e);
    if x < 0.0 {
        e * s
    } else {
        s
    }
}

/// x · sigmoid(x)
#[inline(always)]
pub fn silu<M: Mode>(x: f32) -> f32 {
    x * sigmoid::<M>(x)
}

/// eʸ² · erfc(y) for y ≥ 0.
#[inline(always)]
fn scaled_erfc<M: Mode>(y: f32) -> f32 {
    let t = 1.0 / M::fma(y, 0.5, 1.0);
    let mut q = -0.01204952597618103;
    q = M::fma(q, t, 0.0005852694739587605);
    q = M::fma(q, t, 0.1587330549955368);
    q = M::fma(q, t, -0.3396117091178894);
    q = M::fma(q, t, 0.17277197539806366);
    q = M::fma(q, t, 0.02035081945359707);
    q = M::fma(q, t, 0.1897236406803131);
    q = M::fma(q, t, 0.24520748853683472);
    q = M::fma(q, t, 0.28219661116600037);
    q = M::fma(q, t, 0.28209230303764343);
    q * t
}

#[inline(always)]
pub fn erf<M: Mode>(x: f32) -> f32 {
    let a = x.abs();
    let z = x * x;
    let mut q = 7.853860734030604e-05;
    q = M::fma(q, z, -0.0008010193705558777);
    q = M::fma(q, z, 0.005188327748328447);
    q = M::fma(q, z, -0.026853812858462334);
    q = M::fma(q, z, 0.1128358542919159);
    q = M::fma(q, z, -0.3761262595653534);
    // 2/√π, less one: x + x·(…) rounds once.
    q = M::fma(q, z, 0.1283791065216064);
    let small = M::fma(q, x, x);
    let c = if a > 5.0 { 5.0 } else { a };
    let large = (1.0 - exp_normal::<M>(-(c * c)) * scaled_erfc::<M>(c)).copysign(x);
    let large = if x.is_nan() { x } else { large };
    if a < 1.0 {
        small
    } else {
        large
    }
}

/// x · Φ(x) with Φ the normal distribution: GELU.
#[inline(always)]
pub fn gelu<M: Mode>(x: f32) -> f32 {
    // The lower tail of Φ, as 1 + erf would cancel. First e^(-x²/2) as a power of 2, where 2⁻¹²⁷ is 0.
    let s = x * x * (-0.5 * std::f32::consts::LOG2_E);
    let s = if s < -127.0 { -127.0 } else { s };
    let shifted = s + ROUND;
    let r = s - (shifted - ROUND);
    let e = M::fma(r, 1.326_472_5e-3, 9.671_512_8e-3);
    let e = M::fma(e, r, 5.550_733_8e-2);
    let e = M::fma(e, r, 2.402_224_2e-1);
    let e = M::fma(e, r, 6.931_469_8e-1);
    let e = M::fma(e, r, 1.0);
    let power = f32::from_bits(e.to_bits().wrapping_add(shifted.to_bits() << 23));
    let a = x.abs();
    let (p, q) = tail_parts::<M>(if a > 13.5 { 13.5 } else { a });
    let tail = power * p / q;
    x * if x < 0.0 { tail } else { 1.0 - tail }
}

/// The logarithm of the normal distribution.
#[inline(always)]
pub fn log_ndtr<M: Mode>(x: f32) -> f32 {
    let a = x.abs();
    let (p, q) = tail_parts::<M>(if a > 1e7 { 1e7 } else { a });
    let (tail, square) = (p / q, -0.5 * x * x);
    let below = log::<M>(tail) + square;
    let above = log1p::<M>(-exp::<M>(square) * tail);
    if x < 0.0 {
        below
    } else {
        above
    }
}

/// `(P, Q)` with `P / Q = e^(a²/2) Φ(-a)`, for a ≥ 0.
#[inline(always)]
fn tail_parts<M: Mode>(a: f32) -> (f32, f32) {
    let p = M::fma(a, 4.020_128_1e-3, 3.998_382_6e-2);
    let p = M::fma(p, a, 1.813_058_2e-1);
    let p = M::fma(p, a, 4.356_851_6e-1);
    let p = M::fma(p, a, 0.5);
    let q = M::fma(a, 1.007_682_4e-2, 1.002_319_7e-1);
    let q = M::fma(q, a, 4.643_778_1e-1);
    let q = M::fma(q, a, 1.194_480_5);
    let q = M::fma(q, a, 1.669_255_2);
    let q = M::fma(q, a, 1.0);
    (p, q)
}

/// GELU's approximation by tanh: x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))).
#[inline(always)]
pub fn gelu_tanh<M: Mode>(x: f32) -> f32 {
    // (1 + tanh u) / 2 = sigmoid(2u)
    let u = 1.595_769_1 * x * M::fma(0.044715 * x, x, 1.0);
    x * sigmoid::<M>(u)
}

/// log(1 + e^{βx}) / β; x where βx exceeds the threshold.
#[inline(always)]
pub fn softplus<M: Mode>(x: f32, beta: f32, threshold: f32) -> f32 {
    let z = x * beta;
    let y = log1p::<M>(exp::<M>(z)) / beta;
    if z > threshold {
        x
    } else {
        y
    }
}

/// log(eᵃ + eᵇ)
#[inline(always)]
pub fn logaddexp<M: Mode>(a: f32, b: f32) -> f32 {
    let top = if a > b { a } else { b };
    let y = top + log1p::<M>(exp::<M>(-(a - b).abs()));
    if a == b && a.abs() == f32::INFINITY {
        a
    } else {
        y
    }
}

/// log₂(2ᵃ + 2ᵇ)
#[inline(always)]
pub fn logaddexp2<M: Mode>(a: f32, b: f32) -> f32 {
    let top = if a > b { a } else { b };
    let y = top + log1p::<M>(exp2::<M>(-(a - b).abs())) * std::f32::consts::LOG2_E;
    if a == b && a.abs() == f32::INFINITY {
        a
    } else {
        y
    }
}

/// -log(1 + e⁻ˣ)
#[inline(always)]
pub fn log_sigmoid<M: Mode>(x: f32) -> f32 {
    let low = if x < 0.0 { x } else { 0.0 };
    let y = low - log1p::<M>(exp::<M>(-x.abs()));
    if x.is_nan() {
        x
    } else {
        y
    }
}

/// `positive · x` above 0, else `negative · (e^{input · x} - 1)`.
#[inline(always)]
pub fn elu<M: Mode>(x: f32, negative: f32, positive: f32, input: f32) -> f32 {
    let low = expm1::<M>(x * input) * negative;
    if x <= 0.0 {
        low
    } else {
        x * positive
    }
}

/// x · tanh(softplus(x))
#[inline(always)]
pub fn mish<M: Mode>(x: f32) -> f32 {
    x * tanh::<M>(log1p::<M>(exp::<M>(if x > 40.0 { 40.0 } else { x })))
}

/// `(n mod 4, r)` with x = n·π/2 + r and |r| ≤ π/4, for |x| up to [`TRIG_RANGE`].
#[inline(always)]
fn trig_parts<M: Mode>(x: f32) -> (u32, f32) {
    let (n, r) = trig_wide::<M>(x);
    (n, r as f32)
}

#[inline(always)]
pub(super) fn trig_wide<M: Mode>(x: f32) -> (u32, f64) {
    const ROUND64: f64 = 6_755_399_441_055_744.0;
    let wide = f64::from(x);
    let shifted = M::fma64(wide, std::f64::consts::FRAC_2_PI, ROUND64);
    let n = shifted - ROUND64;
    // π/2 in two parts; the first has 33 bits, so its product with n is exact.
    let r = wide - n * 1.570_796_326_734_125_614;
    let r = M::fma64(n, -6.077_100_506_506_192_6e-11, r);
    (shifted.to_bits() as u32, r)
}

#[inline(always)]
fn sin_or_cos<M: Mode>(quadrant: u32, r: f32) -> f32 {
    let z = r * r;
    let s = M::fma(z, -1.9515295891e-4, 8.3321608736e-3);
    let s = M::fma(s, z, -1.6666654611e-1);
    let s = M::fma(s * z, r, r);
    let c = M::fma(z, 2.443315711809948e-5, -1.388731625493765e-3);
    let c = M::fma(c, z, 4.166664568298827e-2);
    let c = M::fma(c, z, -0.5);
    let c = M::fma(c, z, 1.0);
    let y = if quadrant & 1 == 0 { s } else { c };
    f32::from_bits(y.to_bits() ^ (quadrant & 2) << 30)
}

/// sin x for |x| up to [`TRIG_RANGE`].
#[inline(always)]
pub fn sin<M: Mode>(x: f32) -> f32 {
    let (n, r) = trig_parts::<M>(x);
    let y = sin_or_cos::<M>(n, r);
    if x == 0.0 {
        x
    } else {
        y
    }
}

/// cos x for |x| up to [`TRIG_RANGE`].
#[inline(always)]
pub fn cos<M: Mode>(x: f32) -> f32 {
    let (n, r) = trig_parts::<M>(x);
    sin_or_cos::<M>(n.wrapping_add(1), r)
}

/// The largest argument for which [`sin`] and [`cos`] reduce exactly enough.
pub const TRIG_RANGE: f32 = 1e6;
