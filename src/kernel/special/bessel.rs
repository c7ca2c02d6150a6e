//! Bessel functions.

/// The modified Bessel function of the first kind, order 0.
pub fn i0(x: f64) -> f64 {
    // the power series; every term is positive
    let q = x * x / 4.0;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 && k < 1000.0 {
        term *= q / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}
