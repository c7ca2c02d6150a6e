//! The Airy function.

use std::f64::consts::PI;

use super::bessel::scaled_k;

/// `Ai(x)`; NaN at ±∞, as PyTorch has it.
pub fn airy_ai(x: f64) -> f64 {
    if !x.is_finite() {
        return f64::NAN;
    }
    if x > 1.0 {
        // A&S 10.4.14
        let zeta = 2.0 / 3.0 * x * x.sqrt();
        return (x / 3.0).sqrt() / PI * scaled_k(1.0 / 3.0, zeta) * (-zeta).exp();
    }
    if x < -12.0 {
        return far_below(-x);
    }
    // the Taylor series of y'' = xy, from 0 in steps that keep it short
    let (mut at, mut y, mut slope) = (0.0, AI_0, AI_SLOPE_0);
    let steps = x.abs().ceil().max(1.0);
    for _ in 0..steps as usize {
        let h = x / steps;
        (y, slope) = step(at, y, slope, h);
        at += h;
    }
    y
}

/// Value and slope of the solution through `(at, y)` with `slope`, at `at + h`.
fn step(at: f64, y: f64, slope: f64, h: f64) -> (f64, f64) {
    // a[k + 2] = (at · a[k] + a[k - 1]) / ((k + 1)(k + 2))
    let mut a = [0.0; 32];
    (a[0], a[1]) = (y, slope);
    for k in 0..a.len() - 2 {
        let before = if k > 0 { a[k - 1] } else { 0.0 };
        a[k + 2] = (at * a[k] + before) / ((k + 1) * (k + 2)) as f64;
    }
    let value = a.iter().rev().fold(0.0, |s, c| s * h + c);
    let slope = a.iter().enumerate().skip(1).rev().fold(0.0, |s, (k, c)| s * h + c * k as f64);
    (value, slope)
}

/// `Ai(-x)`: A&S 10.4.60.
fn far_below(x: f64) -> f64 {
    let zeta = 2.0 / 3.0 * x * x.sqrt();
    let (mut p, mut q, mut term) = (1.0, 0.0, 1.0f64);
    for k in 1..40 {
        let n = k as f64;
        term *= (6.0 * n - 5.0) * (6.0 * n - 3.0) * (6.0 * n - 1.0) / (216.0 * n * (2.0 * n - 1.0) * zeta);
        match k % 4 {
            0 => p += term,
            1 => q += term,
            2 => p -= term,
            _ => q -= term,
        }
        if term < 1e-17 {
            break;
        }
    }
    let (sin, cos) = (zeta + PI / 4.0).sin_cos();
    (p * sin - q * cos) / (PI.sqrt() * x.powf(0.25))
}

const AI_0: f64 = 0.355_028_053_887_817_24;
const AI_SLOPE_0: f64 = -0.258_819_403_792_806_8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (x, expected) in [
            (1.0, 0.135_292_416_312_881_42),
            (5.0, 1.083_444_281_360_744e-4),
            (-1.0, 0.535_560_883_292_352_1),
            (-2.5, -0.112_325_067_692_966_08),
        ] {
            assert!((airy_ai(x) - expected).abs() < 1e-8 * expected.abs(), "{x}: {}", airy_ai(x));
        }
    }

    #[test]
    fn methods_agree_where_they_meet() {
        for x in [1.0, -12.0] {
            let (a, b) = (airy_ai(x - 1e-9), airy_ai(x + 1e-9));
            assert!((a - b).abs() < 1e-8, "{x}: {a} {b}");
        }
    }
}
