//! Slow plain functions for `table.rs`: series, recurrences and integrals in double precision.

use sconce::Complex;

const PI: f64 = std::f64::consts::PI;

pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    if x.is_nan() || low.is_nan() || high.is_nan() {
        return f64::NAN;
    }
    let x = if x < low { low } else { x };
    if x > high {
        high
    } else {
        x
    }
}

pub fn sign(x: &[f64]) -> f64 {
    (x[0] > 0.0) as i32 as f64 - (x[0] < 0.0) as i32 as f64
}

pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub fn softplus(x: f64) -> f64 {
    if x.is_nan() {
        x
    } else {
        x.max(0.0) + (-x.abs()).exp().ln_1p()
    }
}

pub fn elu(x: f64, alpha: f64, scale: f64, input: f64) -> f64 {
    if x <= 0.0 {
        (x * input).exp_m1() * alpha * scale
    } else {
        x * scale
    }
}

pub fn floor_divide(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        return a / b;
    }
    let rest = a % b;
    let quotient = ((a - rest) / b).round();
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) {
        quotient - 1.0
    } else if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        quotient
    }
}

pub fn modulo(a: i64, b: i64) -> i64 {
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest < 0) != (b < 0) {
        rest + b
    } else {
        rest
    }
}

/// By repeated squaring, with the wraps of the dtype's stores.
pub fn int_pow(base: i64, exponent: i64) -> i64 {
    match (base, exponent) {
        (_, 0) => 1,
        (_, 1..) => {
            let half = int_pow(base, exponent / 2);
            let square = half.wrapping_mul(half);
            if exponent % 2 == 1 {
                square.wrapping_mul(base)
            } else {
                square
            }
        }
        (1, _) => 1,
        (-1, _) => 1 - 2 * (exponent & 1),
        _ => 0,
    }
}

pub fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a as i64
}

pub fn complex_pow(x: &[Complex]) -> Complex {
    if x[1] == Complex::new(0.0, 0.0) {
        return Complex::new(1.0, 0.0);
    }
    x[0].powc(x[1])
}

/// log(base^a + base^b) to the base, of which `unit` is the logarithm.
pub fn log_add(a: f64, b: f64, unit: f64) -> f64 {
    if a == b && a.is_infinite() {
        return a;
    }
    if a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    a.max(b) + (-(a - b).abs() * unit).exp().ln_1p() / unit
}

/// The logarithm that continues the larger operand's, or the first's, as PyTorch takes it.
pub fn complex_log_add(a: Complex, b: Complex) -> Complex {
    let (small, large) = if a.re < b.re { (a, b) } else { (b, a) };
    large + (Complex::new(1.0, 0.0) + (small - large).exp()).ln()
}

pub fn lerp(x: &[f64]) -> f64 {
    if x[2].abs() < 0.5 {
        x[0] + x[2] * (x[1] - x[0])
    } else {
        x[1] - (x[1] - x[0]) * (1.0 - x[2])
    }
}

pub fn complex_lerp(x: &[Complex]) -> Complex {
    x[0] + x[2] * (x[1] - x[0])
}

/// By Newton's method on erf.
pub fn erfinv(y: f64) -> f64 {
    if y.abs() >= 1.0 || y.is_nan() {
        return if y.abs() == 1.0 { y * f64::INFINITY } else { f64::NAN };
    }
    // in the tail from the logarithm of 1 - y
    let mut x: f64 = if y.abs() < 0.7 { y } else { (-(1.0 - y.abs()).ln()).sqrt().copysign(y) };
    for _ in 0..60 {
        let off = if y.abs() < 0.7 { libm::erf(x) - y } else { y.signum() * ((1.0 - y.abs()) - libm::erfc(x.abs())) };
        x -= off * PI.sqrt() / 2.0 * (x * x).exp();
    }
    x
}

pub fn ndtri(p: f64) -> f64 {
    match p {
        p if !(0.0..=1.0).contains(&p) => f64::NAN,
        0.0 => f64::NEG_INFINITY,
        1.0 => f64::INFINITY,
        _ => {
            let (small, sign) = if p < 0.5 { (p, -1.0) } else { (1.0 - p, 1.0) };
            let mut x = (-2.0 * small.ln()).sqrt().min(6.0) * 0.8;
            for _ in 0..80 {
                x += (0.5 * libm::erfc(x / 2f64.sqrt()) - small) * (2.0 * PI).sqrt() * (x * x / 2.0).exp();
            }
            sign * x
        }
    }
}

/// exp(x²)·erfc(x); for large x by its continued fraction.
pub fn erfcx(x: f64) -> f64 {
    if x < 3.0 {
        return (x * x).exp() * libm::erfc(x);
    }
    let tail = (1..200).rev().fold(0.0, |f, k| k as f64 / 2.0 / (x + f));
    1.0 / (x + tail) / PI.sqrt()
}

pub fn log_ndtr(x: f64) -> f64 {
    if x < -1.0 {
        (erfcx(-x / 2f64.sqrt()) / 2.0).ln() - x * x / 2.0
    } else {
        (-0.5 * libm::erfc(x / 2f64.sqrt())).ln_1p()
    }
}

pub fn lgamma(x: f64) -> f64 {
    if x <= 0.0 && x == x.floor() {
        return f64::INFINITY;
    }
    libm::lgamma(x)
}

/// Shifted up by the recurrence, then the asymptotic series.
pub fn digamma(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY.copysign(-x);
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < 20.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    sum + x.ln() - 0.5 / x - y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y * (1.0 / 240.0 - y / 132.0))))
}

pub fn polygamma(n: f64, x: f64) -> f64 {
    if n == 0.0 {
        return digamma(x);
    }
    let sign = if n as i64 % 2 == 0 { -1.0 } else { 1.0 };
    sign * (1..=n as i64).map(|k| k as f64).product::<f64>() * zeta(n + 1.0, x)
}

/// Σ (q + k)^-s by Euler's and Maclaurin's formula.
pub fn zeta(s: f64, q: f64) -> f64 {
    if s == 1.0 {
        return f64::INFINITY;
    }
    if s < 1.0 {
        return f64::NAN;
    }
    if q <= 0.0 {
        return if q == q.floor() { f64::INFINITY } else { f64::NAN };
    }
    let n = 40;
    let a = q + n as f64;
    let head: f64 = (0..n).map(|k| (q + k as f64).powf(-s)).sum();
    let (mut tail, mut factor) = (a.powf(1.0 - s) / (s - 1.0) + 0.5 * a.powf(-s), s * a.powf(-s - 1.0));
    for (k, bernoulli) in [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0].into_iter().enumerate() {
        let k = 2.0 * (k as f64 + 1.0);
        let factorial: f64 = (1..=k as i64).map(|v| v as f64).product();
        tail += bernoulli / factorial * factor;
        factor *= (s + k - 1.0) * (s + k) / (a * a);
    }
    head + tail
}

/// The regularized lower incomplete gamma function, by its series.
pub fn gamma_p(a: f64, x: f64) -> f64 {
    if a < 0.0 || x < 0.0 || a.is_nan() || x.is_nan() {
        return f64::NAN;
    }
    if a == 0.0 {
        return if x > 0.0 { 1.0 } else { f64::NAN };
    }
    if x == 0.0 {
        return 0.0;
    }
    let (mut term, mut sum) = (1.0 / a, 1.0 / a);
    for k in 1..2000 {
        term *= x / (a + k as f64);
        sum += term;
    }
    sum * (a * x.ln() - x - libm::lgamma(a)).exp()
}

pub fn gamma_q(a: f64, x: f64) -> f64 {
    1.0 - gamma_p(a, x)
}

/// The power series, whose terms have one sign.
pub fn bessel_i(n: i32, x: f64) -> f64 {
    let mut term = if n == 0 { 1.0 } else { x / 2.0 };
    let mut sum = 0.0;
    for k in 1..400 {
        sum += term;
        term *= x / 2.0 * (x / 2.0) / (k as f64 * (k + n) as f64);
    }
    sum
}

/// ∫ exp(-x cosh t) cosh(nt) dt, times exp(x) when scaled.
pub fn bessel_k(n: i32, x: f64, scaled: f64) -> f64 {
    if x <= 0.0 || x.is_nan() {
        return if x == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    let (h, steps) = (0.01, 3000);
    let at = |k: usize| {
        let t = h * k as f64;
        (-x * (t.cosh() - scaled)).exp() * (n as f64 * t).cosh()
    };
    h * ((1..steps).map(at).filter(|v| v.is_finite()).sum::<f64>() + at(0) / 2.0)
}

/// For x from 0: by the power series, and by the integral that the modified Bessel function K(1/3) has.
pub fn airy_ai(x: f64) -> f64 {
    if x > 1.0 {
        let z = 2.0 / 3.0 * x.powf(1.5);
        let (h, steps) = (0.01, 3000);
        let at = |k: usize| {
            let t = h * k as f64;
            (-z * t.cosh()).exp() * (t / 3.0).cosh()
        };
        let k = h * ((1..steps).map(at).filter(|v| v.is_finite()).sum::<f64>() + at(0) / 2.0);
        return (x / 3.0).sqrt() / PI * k;
    }
    let (c1, c2) = (0.355028053887817239, 0.258819403792806798);
    let (mut f, mut g, mut tf, mut tg) = (1.0, x, 1.0, x);
    for k in 1..60 {
        let k = 3.0 * k as f64;
        tf *= x * x * x / (k * (k - 1.0));
        tg *= x * x * x / (k * (k + 1.0));
        f += tf;
        g += tg;
    }
    c1 * f - c2 * g
}

/// p0 = 1, p1 as given, then `next(k, p[k], p[k - 1])`; 0 for negative orders.
pub fn recurrence(n: f64, p1: f64, next: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let (mut p, mut q) = (p1, 1.0);
    match n as i64 {
        ..0 => 0.0,
        0 => 1.0,
        n => {
            for k in 1..n {
                (p, q) = (next(k as f64, p, q), p);
            }
            p
        }
    }
}

pub fn chebyshev(x: f64, n: f64, p1: f64) -> f64 {
    recurrence(n, p1, |_, p, q| 2.0 * x * p - q)
}
