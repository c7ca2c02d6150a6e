//! Bessel functions of orders 0 and 1.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_4};

/// The modified Bessel function of the first kind, order 0.
pub fn i0(x: f64) -> f64 {
    i0e(x) * x.abs().exp()
}

/// `e^-|x| · I₀(x)`
pub fn i0e(x: f64) -> f64 {
    let x = x.abs();
    if x > FAR {
        return modified_far(x, 0.0);
    }
    modified_series(x, 0) * (-x).exp()
}

pub fn i1(x: f64) -> f64 {
    i1e(x) * x.abs().exp()
}

/// `e^-|x| · I₁(x)`
pub fn i1e(x: f64) -> f64 {
    let a = x.abs();
    let value = if a > FAR { modified_far(a, 1.0) } else { modified_series(a, 1) * 0.5 * a * (-a).exp() };
    if x < 0.0 {
        -value
    } else {
        value
    }
}

/// A&S 9.6.10 without the leading power: every term is positive.
fn modified_series(x: f64, order: u32) -> f64 {
    let q = x * x / 4.0;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= q / (k * (k + order as f64));
        sum += term;
        k += 1.0;
    }
    sum
}

/// A&S 9.7.1, scaled.
fn modified_far(x: f64, order: f64) -> f64 {
    let mu = 4.0 * order * order;
    let (mut term, mut sum) = (1.0f64, 1.0);
    for k in 1..60 {
        let odd = (2 * k - 1) as f64;
        term *= (odd * odd - mu) / (k as f64 * 8.0 * x);
        sum += term;
        if term.abs() < 1e-17 {
            break;
        }
    }
    sum / (std::f64::consts::TAU * x).sqrt()
}

/// The modified Bessel function of the second kind, order 0; NaN below zero.
pub fn k0(x: f64) -> f64 {
    k0e(x) * (-x).exp()
}
pub fn k1(x: f64) -> f64 {
    k1e(x) * (-x).exp()
}
/// `e^x · K₀(x)`
pub fn k0e(x: f64) -> f64 {
    match x {
        x if x < 0.0 || x.is_nan() => f64::NAN,
        0.0 => f64::INFINITY,
        x if x > 2.0 => scaled_k(0.0, x),
        x => {
            // A&S 9.6.13
            let q = x * x / 4.0;
            let (mut term, mut harmonic, mut sum) = (1.0, 0.0, 0.0);
            for k in 1..30 {
                term *= q / (k * k) as f64;
                harmonic += 1.0 / k as f64;
                sum += term * harmonic;
            }
            (sum - ((x / 2.0).ln() + EULER_GAMMA) * modified_series(x, 0)) * x.exp()
        }
    }
}
/// `e^x · K₁(x)`
pub fn k1e(x: f64) -> f64 {
    match x {
        x if x < 0.0 || x.is_nan() => f64::NAN,
        0.0 => f64::INFINITY,
        x if x > 2.0 => scaled_k(1.0, x),
        x => {
            // A&S 9.6.11 for order 1
            let q = x * x / 4.0;
            let (mut term, mut harmonic, mut sum) = (1.0, 1.0 - 2.0 * EULER_GAMMA, 1.0 - 2.0 * EULER_GAMMA);
            for k in 1..30 {
                term *= q / (k * (k + 1)) as f64;
                harmonic += 1.0 / k as f64 + 1.0 / (k + 1) as f64;
                sum += term * harmonic;
            }
            let i1 = 0.5 * x * modified_series(x, 1);
            (1.0 / x + (x / 2.0).ln() * i1 - 0.25 * x * sum) * x.exp()
        }
    }
}

/// `e^x · K_ν(x)`: the integral of A&S 9.6.24 by the trapezoidal rule, which converges exponentially there.
pub(super) fn scaled_k(order: f64, x: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let h = (0.7 / x.sqrt()).min(0.2);
    let mut sum = 0.5;
    for i in 1..200 {
        let t = h * i as f64;
        // cosh t - 1, without the cancellation
        let rise = 2.0 * (t / 2.0).sinh().powi(2);
        let term = (-x * rise).exp() * (order * t).cosh();
        sum += term;
        if term < sum * 1e-18 {
            break;
        }
    }
    sum * h
}

/// The Bessel function of the first kind, order 0.
pub fn j0(x: f64) -> f64 {
    let x = x.abs();
    let value = if x > FAR || x.is_nan() { far(x, 0.0).0 } else { near(x)[0] };
    value + missing(x, 0).0
}

pub fn j1(x: f64) -> f64 {
    let a = x.abs();
    let value = if a > FAR || a.is_nan() { far(a, 1.0).0 } else { near(a)[1] } + missing(a, 1).0;
    if x.is_sign_negative() {
        -value
    } else {
        value
    }
}

/// The Bessel function of the second kind, order 0; NaN below zero.
pub fn y0(x: f64) -> f64 {
    match x {
        x if x < 0.0 || x.is_nan() => f64::NAN,
        0.0 => f64::NEG_INFINITY,
        x if x > FAR => far(x, 0.0).1 + missing(x, 0).1,
        x => {
            // A&S 9.1.89
            let j = near(x);
            let mut sum = 0.0;
            for k in 1..(LONGEST / 2) {
                let term = j[2 * k] / k as f64;
                sum += if k % 2 == 0 { term } else { -term };
            }
            FRAC_2_PI * (((x / 2.0).ln() + EULER_GAMMA) * j[0] - 2.0 * sum) + missing(x, 0).1
        }
    }
}

pub fn y1(x: f64) -> f64 {
    match x {
        x if x < 0.0 || x.is_nan() => f64::NAN,
        0.0 => f64::NEG_INFINITY,
        x if x > FAR => far(x, 1.0).1 + missing(x, 1).1,
        x => {
            // A&S 9.1.88 for order 1
            let j = near(x);
            let mut sum = 0.0;
            for k in 1..(LONGEST / 2 - 1) {
                let term = (2 * k + 1) as f64 * j[2 * k + 1] / (k * (k + 1)) as f64;
                sum += if k % 2 == 0 { term } else { -term };
            }
            let first = if x < 1e-300 { FRAC_2_PI / x } else { FRAC_2_PI / x * j[0] };
            FRAC_2_PI * (((x / 2.0).ln() + EULER_GAMMA - 1.0) * j[1] - sum) - first + missing(x, 1).1
        }
    }
}

/// What PyTorch's J and Y of order 0 or 1 have too much beyond 5: the quotient of polynomials for the quadrature part of
/// their phase, the Cephes library's, lacks the leading term of its denominator, which shows in the sixth digit.
fn missing(x: f64, order: usize) -> (f64, f64) {
    const ABOVE: [[f64; 8]; 2] = [
        [
            -1.136_638_388_984_699_1e-2,
            -1.282_527_186_705_093_2,
            -1.955_395_442_577_359_7e1,
            -9.320_601_521_237_682e1,
            -1.776_811_679_804_880_5e2,
            -1.470_775_051_549_511_7e2,
            -5.141_053_267_665_993e1,
            -6.050_143_506_007_285,
        ],
        [
            5.108_625_947_501_766e-2,
            4.982_138_729_512_334,
            7.582_382_841_325_453e1,
            3.667_796_093_601_508e2,
            7.108_563_049_989_261e2,
            5.974_896_124_006_136e2,
            2.116_887_571_005_721_4e2,
            2.520_702_058_580_237_2e1,
        ],
    ];
    const BELOW: [[f64; 7]; 2] = [
        [
            6.431_782_561_181_78e1,
            8.564_300_259_769_806e2,
            3.882_401_836_054_016e3,
            7.240_467_741_956_525e3,
            5.930_727_011_873_17e3,
            2.062_093_316_603_278_5e3,
            2.420_057_402_402_914e2,
        ],
        [
            7.423_732_770_356_752e1,
            1.056_448_860_382_628_2e3,
            4.986_410_583_376_536e3,
            9.562_318_924_047_562e3,
            7.997_041_604_473_507e3,
            2.826_192_785_176_390_8e3,
            3.360_936_078_106_983e2,
        ],
    ];
    if x.is_nan() || x <= 5.0 {
        return (0.0, 0.0);
    }
    let z = 25.0 / (x * x);
    let sum = |terms: &[f64], first: f64| terms.iter().fold(first, |sum, term| sum * z + term);
    let above = sum(&ABOVE[order], 0.0);
    let off = 5.0 / x * (above / sum(&BELOW[order], 0.0) - above / sum(&BELOW[order], 1.0));
    let size = (FRAC_2_PI / x).sqrt() * off;
    if size.abs() < 1e-17 {
        return (0.0, 0.0);
    }
    let phase = x - (2 * order + 1) as f64 * std::f64::consts::FRAC_PI_4;
    (-size * phase.sin(), size * phase.cos())
}

/// J of every order, by Miller's backward recurrence (A&S 9.12, example 1).
fn near(x: f64) -> [f64; LONGEST] {
    let mut j = [0.0; LONGEST];
    if x < 1e-8 {
        (j[0], j[1]) = (1.0, x / 2.0);
        return j;
    }
    // high orders of small arguments underflow: start where they matter
    let start = ((1.36 * x) as usize + 30).min(LONGEST - 2) & !1;
    let (mut above, mut here) = (0.0, 1e-280);
    let mut sum = 0.0;
    for n in (0..=start).rev() {
        j[n] = here;
        if n % 2 == 0 {
            sum += if n == 0 { here } else { 2.0 * here };
        }
        if n > 0 {
            (above, here) = (here, 2.0 * n as f64 / x * here - above);
        }
        if here.abs() > 1e250 {
            let scale = 1e-250;
            j[n..].iter_mut().for_each(|v| *v *= scale);
            above *= scale;
            here *= scale;
            sum *= scale;
        }
    }
    j.iter_mut().for_each(|v| *v /= sum);
    j
}

/// Hankel's expansion for J and Y: A&S 9.2.5 to 9.2.10.
fn far(x: f64, order: f64) -> (f64, f64) {
    let mu = 4.0 * order * order;
    let (mut p, mut q, mut term) = (1.0, 0.0, 1.0f64);
    for k in 1..60 {
        let odd = (2 * k - 1) as f64;
        term *= (mu - odd * odd) / (k as f64 * 8.0 * x);
        match k % 4 {
            0 => p += term,
            1 => q += term,
            2 => p -= term,
            _ => q -= term,
        }
        if term.abs() < 1e-17 {
            break;
        }
    }
    // cos(x - π/4 - νπ/2), with the shift taken out of the large argument
    let (sin, cos) = x.sin_cos();
    let (sin0, cos0) = FRAC_PI_4.sin_cos();
    let (mut s, mut c) = (sin * cos0 - cos * sin0, cos * cos0 + sin * sin0);
    if order == 1.0 {
        (s, c) = (-c, s);
    }
    let scale = (FRAC_2_PI / x).sqrt();
    (scale * (p * c - q * s), scale * (p * s + q * c))
}

/// `sin x / x`
pub fn spherical_j0(x: f64) -> f64 {
    if x.is_infinite() {
        0.0
    } else if x.abs() < 1e-4 {
        1.0 - x * x / 6.0
    } else {
        x.sin() / x
    }
}

/// From here on asymptotic series reach full precision.
const FAR: f64 = 25.0;
/// Orders that [`near`] makes.
const LONGEST: usize = 72;
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

#[cfg(test)]
mod tests {
    use super::*;

    /// A&S, tables 9.1 and 9.8.
    #[test]
    fn known_values() {
        for (got, expected) in [
            (j0(1.0), 0.765_197_686_557_966_6),
            (j1(1.0), 0.440_050_585_744_933_5),
            (y0(1.0), 0.088_256_964_215_676_96),
            (y1(1.0), -0.781_212_821_300_288_7),
            (y0(100.0), -0.077_244_313_365_083_15),
            (i0(1.0), 1.266_065_877_752_008_3),
            (i1(1.0), 0.565_159_103_992_485),
            (k0(1.0), 0.421_024_438_240_708_3),
            (k1(1.0), 0.601_907_230_197_234_6),
            (k0(5.0), 0.003_691_098_334_042_594),
        ] {
            assert!((got / expected - 1.0).abs() < 2e-14, "{got} {expected}");
        }
    }

    /// PyTorch's answers, which are not the functions' values to the last digits.
    #[test]
    fn beyond_five() {
        let x = 5.421_528_065_997_275_5;
        for (got, expected) in [
            (j0(x), -0.033_781_501_769_241_46),
            (j1(x), -0.344_779_044_554_491_54),
            (y0(x), -0.340_306_714_838_972_57),
            (y1(x), 0.002_776_229_211_765_87),
        ] {
            assert!((got / expected - 1.0).abs() < 1e-13, "{got} {expected}");
        }
    }

    /// J₁Y₀ - J₀Y₁ = 2 / πx, and I₀K₁ + I₁K₀ = 1 / x.
    #[test]
    fn wronskians() {
        for i in 1..400 {
            let x = i as f64 * 0.13;
            let w = j1(x) * y0(x) - j0(x) * y1(x);
            assert!((w * x / FRAC_2_PI - 1.0).abs() < if x > 5.0 { 5e-6 } else { 1e-13 }, "{x}: {w}");
            let w = i0e(x) * k1e(x) + i1e(x) * k0e(x);
            assert!((w * x - 1.0).abs() < 1e-13, "{x}: {w}");
        }
    }
}
