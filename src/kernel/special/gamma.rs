//! The gamma function's relatives.

use std::f64::consts::PI;

use super::error::erfcx;

/// `ln |Γ(x)|`
pub fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The derivative of `ln Γ`. Infinite at zeros, with the sign of the pole; NaN at negative integers.
pub fn digamma(mut x: f64) -> f64 {
    if x == 0.0 {
        return f64::INFINITY.copysign(-x);
    }
    if x < 0.0 {
        if x == x.floor() {
            return f64::NAN;
        }
        return digamma(1.0 - x) - PI / (PI * x.fract()).tan();
    }
    let mut sum = 0.0;
    while x < 10.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    // A&S 6.3.18
    let t = 1.0 / (x * x);
    let series = BERNOULLI.iter().enumerate().rev().fold(0.0, |s, (k, b)| s * t + b / (2 * k + 2) as f64) * t;
    sum + x.ln() - 0.5 / x - series
}

/// The derivative of [`digamma`].
pub fn trigamma(x: f64) -> f64 {
    trigamma_with(x, PI * x)
}

/// [`trigamma`] with `πx` rounded to `f32`: so large are the poles of PyTorch's float32 function.
pub fn trigamma_f32(x: f32) -> f32 {
    trigamma_with(x as f64, (std::f32::consts::PI * x) as f64) as f32
}

fn trigamma_with(mut x: f64, angle: f64) -> f64 {
    if x < 0.5 {
        let sine = angle.sin();
        return PI * PI / (sine * sine) - trigamma(1.0 - x);
    }
    let mut sum = 0.0;
    while x < 10.0 {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    // A&S 6.4.12
    let t = 1.0 / (x * x);
    let series = BERNOULLI.iter().rev().fold(0.0, |s, b| s * t + b) * t;
    sum + (1.0 + 0.5 / x + series) / x
}

/// The `n`th derivative of [`digamma`], for `n` from 2.
pub fn polygamma(n: f64, x: f64) -> f64 {
    let sign = if n % 2.0 == 0.0 { -1.0 } else { 1.0 };
    sign * lgamma(n + 1.0).exp() * zeta(n + 1.0, x)
}

/// Hurwitz's zeta function, `Σ (q + k)^-s`. NaN for `s < 1`, and for `q < 0` unless `s` is an integer.
pub fn zeta(s: f64, q: f64) -> f64 {
    if s == 1.0 {
        return f64::INFINITY;
    }
    if s < 1.0 || s.is_nan() || q.is_nan() {
        return f64::NAN;
    }
    if q <= 0.0 {
        if q == q.floor() {
            return f64::INFINITY;
        }
        if s != s.floor() {
            return f64::NAN;
        }
        // terms below zero are a stretch of the series of the mirrored argument
        let steps = (-q).ceil();
        let sign = if s % 2.0 == 0.0 { 1.0 } else { -1.0 };
        return sign * (zeta(s, 1.0 - q - steps) - zeta(s, 1.0 - q)) + zeta(s, q + steps);
    }
    // Euler and Maclaurin, from a = q + 9 or further: A&S 23.1.30
    let (mut sum, mut a) = (q.powf(-s), q);
    let mut term = sum;
    for i in 0.. {
        if i >= 9 && a > 9.0 {
            break;
        }
        a += 1.0;
        term = a.powf(-s);
        sum += term;
        if term < sum * 1e-17 {
            return sum;
        }
    }
    sum += term * a / (s - 1.0) - 0.5 * term;
    let (mut rise, mut k) = (1.0, 0.0);
    for coefficient in EULER_MACLAURIN {
        rise *= s + k;
        term /= a;
        let part = rise * term * coefficient;
        sum += part;
        if (part / sum).abs() < 1e-17 {
            break;
        }
        rise *= s + k + 1.0;
        term /= a;
        k += 2.0;
    }
    sum
}

/// The regularised lower incomplete gamma function `P(a, x)`; NaN for negative arguments. The precision is [`FULL`] or [`SINGLE`].
pub fn gamma_p(a: f64, x: f64, precision: f64) -> f64 {
    match edge(a, x) {
        Some(p) => p,
        None if uniform(a, x) => 0.5 * tail(a, x, -1.0),
        None if x < 1.0 || x < a => lower_series(a, x, precision),
        None => 1.0 - upper_fraction(a, x, precision),
    }
}

/// `1 - P(a, x)`, the upper function, without the cancellation.
pub fn gamma_q(a: f64, x: f64, precision: f64) -> f64 {
    match edge(a, x) {
        Some(p) => 1.0 - p,
        None if uniform(a, x) => 0.5 * tail(a, x, 1.0),
        None if x <= 1.1 && a < x.max(0.5) => upper_series(a, x),
        None if x < 1.1 || x < a => 1.0 - lower_series(a, x, precision),
        None => upper_fraction(a, x, precision),
    }
}

/// P where arguments are zero, infinite or out of range.
fn edge(a: f64, x: f64) -> Option<f64> {
    if x < 0.0 || a < 0.0 {
        return Some(f64::NAN);
    }
    if a == 0.0 {
        return Some(if x > 0.0 { 1.0 } else { f64::NAN });
    }
    if x == 0.0 {
        return Some(0.0);
    }
    if a.is_infinite() {
        return Some(if x.is_infinite() { f64::NAN } else { 0.0 });
    }
    match x {
        f64::INFINITY => Some(1.0),
        _ if x.is_nan() || a.is_nan() => Some(f64::NAN),
        _ => None,
    }
}

/// `x^a e^-x / Γ(a)`
fn power_term(a: f64, x: f64) -> f64 {
    let mu = (x - a) / a;
    if a < 10.0 || mu.abs() > 0.4 {
        return (a * x.ln() - x - lgamma(a)).exp();
    }
    // Stirling's formula takes the large parts out
    let t = 1.0 / (a * a);
    let stirling = (1.0 / 12.0 - t * (1.0 / 360.0 - t * (1.0 / 1260.0 - t * (1.0 / 1680.0 - t / 1188.0)))) / a;
    (a * log1pmx(mu) - stirling).exp() * (a / (2.0 * PI)).sqrt()
}

/// `ln(1 + x) - x`
fn log1pmx(x: f64) -> f64 {
    if x.abs() > 0.5 {
        return x.ln_1p() - x;
    }
    // ln(1 + x) = 2 artanh r, and x = 2r / (1 - r)
    let r = x / (2.0 + x);
    let (r2, mut power, mut sum) = (r * r, 1.0, 0.0);
    for k in 1..20 {
        sum += power / (2 * k + 1) as f64;
        power *= r2;
    }
    2.0 * r2 * (r * sum - 1.0 / (1.0 - r))
}

/// A&S 6.5.29
fn lower_series(a: f64, x: f64, precision: f64) -> f64 {
    let factor = power_term(a, x) / a;
    if factor == 0.0 {
        return 0.0;
    }
    let (mut term, mut sum, mut n) = (1.0, 1.0, a);
    for _ in 0..MAX_TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term <= sum * precision {
            break;
        }
    }
    factor * sum
}

/// A&S 6.5.31, evaluated forwards.
fn upper_fraction(a: f64, x: f64, precision: f64) -> f64 {
    let factor = power_term(a, x);
    if factor == 0.0 {
        return 0.0;
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / if b == 0.0 { tiny } else { b };
    let mut value = d;
    for i in 1..MAX_TERMS {
        let an = -(i as f64) * (i as f64 - a);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / if d.abs() < tiny { tiny } else { d };
        c = b + an / c;
        c = if c.abs() < tiny { tiny } else { c };
        let step = d * c;
        value *= step;
        if (step - 1.0).abs() < 10.0 * precision {
            break;
        }
    }
    factor * value
}

/// `1 - P` for small arguments, from the alternating series of P.
fn upper_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 1..60 {
        term *= -x / n as f64;
        sum += term / (a + n as f64);
        if term.abs() < 1e-18 {
            break;
        }
    }
    let lgamma1p = if a < 1e-5 { a * (a * (PI * PI / 12.0) - EULER_GAMMA) } else { lgamma(1.0 + a) };
    let log = a * x.ln() - lgamma1p;
    -log.exp_m1() - log.exp() * a * sum
}

/// Whether [`tail`] is as good as the series.
fn uniform(a: f64, x: f64) -> bool {
    a > 1e4 && ((x - a) / a).abs() < 0.3
}

/// Temme's uniform expansion of `2Q` (`side` 1) or `2P` (`side` -1) for large `a`: DLMF 8.12.
fn tail(a: f64, x: f64, side: f64) -> f64 {
    let mu = (x - a) / a;
    let eta = (-2.0 * log1pmx(mu)).max(0.0).sqrt().copysign(mu);
    let (c0, c1) = if eta.abs() < 0.1 {
        let e = eta;
        (
            -1.0 / 3.0
                + e * (1.0 / 12.0
                    + e * (-2.0 / 135.0 + e * (1.0 / 864.0 + e * (1.0 / 2835.0 - e * (139.0 / 777600.0))))),
            -1.0 / 540.0 + e * (-1.0 / 288.0 + e * (1.0 / 378.0 - e * (77.0 / 77760.0))),
        )
    } else {
        (1.0 / mu - 1.0 / eta, eta.powi(-3) - mu.powi(-3) - mu.powi(-2) - 1.0 / (12.0 * mu))
    };
    let z = side * eta * (a / 2.0).sqrt();
    let rest = 2.0 * (c0 + c1 / a) / (2.0 * PI * a).sqrt();
    let bell = (-0.5 * a * eta * eta).exp();
    if z > 0.0 {
        bell * (erfcx(z) + side * rest)
    } else {
        libm::erfc(z) + side * bell * rest
    }
}

const MAX_TERMS: usize = 4000;
/// The size of a term, beside the sum, from which on terms change nothing.
pub const FULL: f64 = 1e-17;
/// The same for results that are rounded to `f32`.
pub const SINGLE: f64 = 1e-9;
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// The Bernoulli numbers B₂, B₄, …, B₁₆.
const BERNOULLI: [f64; 8] =
    [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0, -3617.0 / 510.0];

/// `B₂ₖ / (2k)!`
const EULER_MACLAURIN: [f64; 12] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30240.0,
    -1.0 / 1209600.0,
    1.0 / 47900160.0,
    -691.0 / 1307674368000.0,
    1.0 / 74724249600.0,
    -3617.0 / 10670622842880000.0,
    43867.0 / 5109094217170944000.0,
    -174611.0 / 802857662698291200000.0,
    77683.0 / 14101100039391805440000.0,
    -236364091.0 / 1693824136731743669452800000.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (got, expected) in [
            (digamma(1.0), -EULER_GAMMA),
            (digamma(-1.5), 0.703_156_640_645_243_2),
            (trigamma(1.0), PI * PI / 6.0),
            (trigamma(0.5), PI * PI / 2.0),
            (zeta(2.0, 1.0), PI * PI / 6.0),
            (zeta(4.0, 1.0), PI.powi(4) / 90.0),
            (zeta(2.0, -0.5), PI * PI / 2.0 + 4.0),
            (gamma_p(1.0, 0.7, FULL), 1.0 - (-0.7f64).exp()),
            (gamma_q(1.0, 30.0, FULL), (-30.0f64).exp()),
            (gamma_p(0.5, 0.25, FULL), libm::erf(0.5)),
            (gamma_q(2.0, 3.0, FULL), 4.0 * (-3.0f64).exp()),
        ] {
            assert!((got / expected - 1.0).abs() < 1e-14, "{got} {expected}");
        }
    }

    #[test]
    fn incomplete_gamma_methods_agree() {
        for a in [1.0001e4, 2e4] {
            for z in [-4.0, -1.0, 0.0, 0.5, 3.0] {
                let x = a + z * f64::sqrt(a);
                let series = lower_series(a, x, FULL);
                assert!(
                    (gamma_p(a, x, FULL) / series - 1.0).abs() < 1e-10,
                    "{a} {x}: {} {series}",
                    gamma_p(a, x, FULL)
                );
                assert!((gamma_p(a, x, FULL) + gamma_q(a, x, FULL) - 1.0).abs() < 1e-14, "{a} {x}");
            }
        }
    }

    #[test]
    fn far_arguments_end() {
        assert!(zeta(3.0, -1e18 - 0.5).is_infinite());
        assert!(zeta(3.0, -1e12 - 0.5).is_finite());
        assert!(gamma_p(1e300, 1e300, FULL).is_finite());
        assert_eq!(gamma_p(1e200, 1.0, FULL), 0.0);
    }
}
