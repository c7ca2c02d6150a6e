//! The error function's relatives and the normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2, PI, SQRT_2};

use libm::{erf, erfc};

/// `e^(x²) · erfc(x)`
pub fn erfcx(x: f64) -> f64 {
    if x < -26.7 {
        return f64::INFINITY;
    }
    if x < 10.0 {
        // the rounding error of x² times the slope of the exponential
        let square = x * x;
        let rest = x.mul_add(x, -square);
        return square.exp() * (1.0 + rest) * erfc(x);
    }
    // DLMF 7.12.1; NaN comes here too
    let t = 1.0 / (2.0 * x * x);
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..14 {
        term *= -t * (2 * k - 1) as f64;
        sum += term;
    }
    sum / (x * PI.sqrt())
}

/// The inverse of `erf`; infinite at ±1, NaN outside.
pub fn erfinv(y: f64) -> f64 {
    if y.abs() > 0.5 || y.is_nan() {
        return erfc_inv(1.0 - y.abs()).copysign(y);
    }
    let y2 = y * y;
    let mut x = y * PI.sqrt() / 2.0 * (1.0 + PI / 12.0 * y2 * (1.0 + 7.0 * PI / 40.0 * y2));
    for _ in 0..3 {
        let step = (erf(x) - y) * PI.sqrt() / 2.0 * (x * x).exp();
        x -= step / (1.0 + x * step);
    }
    x
}

/// The inverse of `erfc` for arguments up to 1, where it is not negative.
fn erfc_inv(y: f64) -> f64 {
    if y <= 0.0 || y.is_nan() {
        return if y == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    // A&S 26.2.23, good to 4.5e-4
    let t = (-2.0 * (y.ln() - LN_2)).sqrt();
    let top = 2.515517 + t * (0.802853 + t * 0.010328);
    let bottom = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    let mut x = (t - top / bottom) * FRAC_1_SQRT_2;
    for _ in 0..3 {
        // Halley's step, in a form that survives tiny values of erfc
        let step = (1.0 - y / erfc(x)) * erfcx(x) * PI.sqrt() / 2.0;
        x += step / (1.0 - x * step);
    }
    x
}

/// The distribution function of the normal distribution.
pub fn ndtr(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

/// The inverse of [`ndtr`]; infinite at 0 and 1, NaN outside.
pub fn ndtri(p: f64) -> f64 {
    if p <= 0.5 {
        -SQRT_2 * erfc_inv(2.0 * p)
    } else {
        SQRT_2 * erfc_inv(2.0 * (1.0 - p))
    }
}

/// The logarithm of [`ndtr`].
pub fn log_ndtr(x: f64) -> f64 {
    let t = x * FRAC_1_SQRT_2;
    if x < -1.0 {
        (0.5 * erfcx(-t)).ln() - t * t
    } else {
        (-0.5 * erfc(t)).ln_1p()
    }
}

/// `-x · ln x`; `-∞` below zero.
pub fn entr(x: f64) -> f64 {
    if x > 0.0 {
        -x * x.ln()
    } else if x == 0.0 {
        0.0
    } else if x.is_nan() {
        x
    } else {
        f64::NEG_INFINITY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverses_invert() {
        for i in -40..=40 {
            let y = i as f64 / 41.0;
            assert!((erf(erfinv(y)) - y).abs() < 2e-16, "{y}");
        }
        for e in [1e-300, 1e-100, 1e-20, 1e-8, 0.1, 0.49] {
            assert!((ndtr(ndtri(e)) / e - 1.0).abs() < 1e-12, "{e}");
        }
        assert_eq!(erfinv(1.0), f64::INFINITY);
        assert_eq!(erfinv(-1.0), f64::NEG_INFINITY);
        assert!(erfinv(1.5).is_nan() && ndtri(-0.5).is_nan() && ndtri(1.5).is_nan());
    }

    #[test]
    fn erfcx_is_smooth_where_methods_meet() {
        let (below, above) = (erfcx(10.0 - 1e-12), erfcx(10.0));
        assert!((below / above - 1.0).abs() < 1e-12);
    }
}
