//! `A = P·L·D·Lᵀ·Pᵀ` (or `Lᴴ`) by Bunch and Kaufman: D has blocks of one or two rows. Only the lower triangle is read.

use super::{Field, Matrix};

/// Factors in place. A block of one row has the row that was exchanged, from 1; one of two rows has its negative
/// twice. Returns these and the place of the first zero block, from 1, or 0.
pub fn factor<T: Field>(a: &mut Matrix<T>, hermitian: bool) -> (Vec<i32>, i32) {
    let n = a.rows;
    let alpha = (1.0 + 17f64.sqrt()) / 8.0;
    let size = |v: T| if hermitian { v.re().abs() } else { v.abs1() };
    let flip = |v: T| if hermitian { v.conj() } else { v };
    let own = |v: T| if hermitian { T::real(v.re()) } else { v };
    let (mut pivots, mut info, mut k) = (vec![0; n], 0, 0);
    while k < n {
        let here = size(a[(k, k)]);
        let (mut imax, mut colmax) = (k, 0.0);
        for i in k + 1..n {
            if a[(i, k)].abs1() > colmax {
                (imax, colmax) = (i, a[(i, k)].abs1());
            }
        }
        let (mut kp, mut step) = (k, 1);
        if here.max(colmax) == 0.0 || here.is_nan() {
            if info == 0 {
                info = k as i32 + 1;
            }
            a[(k, k)] = own(a[(k, k)]);
            pivots[k] = k as i32 + 1;
            k += 1;
            continue;
        }
        if here < alpha * colmax {
            let row = (k..imax).map(|j| a[(imax, j)].abs1());
            let rowmax = row.chain((imax + 1..n).map(|i| a[(i, imax)].abs1())).fold(0.0, f64::max);
            if here >= alpha * colmax * (colmax / rowmax) {
                kp = k;
            } else if size(a[(imax, imax)]) >= alpha * rowmax {
                kp = imax;
            } else {
                (kp, step) = (imax, 2);
            }
        }
        let kk = k + step - 1;
        if kp != kk {
            for i in kp + 1..n {
                (a[(i, kk)], a[(i, kp)]) = (a[(i, kp)], a[(i, kk)]);
            }
            for j in kk + 1..kp {
                (a[(j, kk)], a[(kp, j)]) = (flip(a[(kp, j)]), flip(a[(j, kk)]));
            }
            a[(kp, kk)] = flip(a[(kp, kk)]);
            (a[(kk, kk)], a[(kp, kp)]) = (own(a[(kp, kp)]), own(a[(kk, kk)]));
            if step == 2 {
                a[(k, k)] = own(a[(k, k)]);
                (a[(k + 1, k)], a[(kp, k)]) = (a[(kp, k)], a[(k + 1, k)]);
            }
        } else {
            a[(k, k)] = own(a[(k, k)]);
            a[(kk, kk)] = own(a[(kk, kk)]);
        }
        if step == 1 {
            let d = T::one() / a[(k, k)];
            for j in k + 1..n {
                let factor = d * flip(a[(j, k)]);
                for i in j..n {
                    let x = a[(i, k)];
                    a[(i, j)] -= factor * x;
                }
                a[(j, j)] = own(a[(j, j)]);
            }
            a.col_mut(k)[k + 1..].iter_mut().for_each(|v| *v *= d);
            pivots[k] = kp as i32 + 1;
        } else {
            let corner = a[(k + 1, k)];
            let (d11, d22) = (a[(k + 1, k + 1)] / corner, a[(k, k)] / corner);
            let t = T::one() / (d11 * d22 - T::one());
            for j in k + 2..n {
                let (x, y) = (a[(j, k)], a[(j, k + 1)]);
                let (wk, wk1) = if hermitian {
                    hermitian_weights(a, k, x, y)
                } else {
                    let t = t / corner;
                    (t * (d11 * x - y), t * (d22 * y - x))
                };
                for i in j..n {
                    let (p, q) = (a[(i, k)], a[(i, k + 1)]);
                    a[(i, j)] -= p * flip(wk) + q * flip(wk1);
                }
                a[(j, j)] = own(a[(j, j)]);
                a[(j, k)] = wk;
                a[(j, k + 1)] = wk1;
            }
            pivots[k] = -(kp as i32 + 1);
            pivots[k + 1] = pivots[k];
        }
        k += step;
    }
    (pivots, info)
}

/// `(x, y)` times the inverse of a Hermitian block of two rows at `k`.
fn hermitian_weights<T: Field>(a: &Matrix<T>, k: usize, x: T, y: T) -> (T, T) {
    let size = a[(k + 1, k)].abs();
    let (d11, d22) = (a[(k + 1, k + 1)].re() / size, a[(k, k)].re() / size);
    let factor = 1.0 / (d11 * d22 - 1.0) / size;
    let d21 = a[(k + 1, k)].scale(1.0 / size);
    ((x.scale(d11) - d21 * y).scale(factor), (y.scale(d22) - d21.conj() * x).scale(factor))
}

/// `B = A⁻¹·B` from the factors.
pub fn solve<T: Field>(a: &Matrix<T>, pivots: &[i32], hermitian: bool, b: &mut Matrix<T>) {
    let n = a.rows;
    let flip = |v: T| if hermitian { v.conj() } else { v };
    let row = |p: i32| (p.unsigned_abs() as usize).clamp(1, n) - 1;
    let mut k = 0;
    while k < n {
        let block = if pivots[k] < 0 && k + 1 < n { 2 } else { 1 };
        b.swap_rows(k + block - 1, row(pivots[k]));
        for j in 0..b.cols {
            let x = b.col_mut(j);
            for c in 0..block {
                let value = x[k + c];
                for i in k + block..n {
                    x[i] -= a[(i, k + c)] * value;
                }
            }
            if block == 1 {
                x[k] /= a[(k, k)];
            } else {
                let corner = a[(k + 1, k)];
                let (first, second) = (a[(k, k)] / flip(corner), a[(k + 1, k + 1)] / corner);
                let denominator = first * second - T::one();
                let (p, q) = (x[k] / flip(corner), x[k + 1] / corner);
                x[k] = (second * p - q) / denominator;
                x[k + 1] = (first * q - p) / denominator;
            }
        }
        k += block;
    }
    let mut end = n;
    while end > 0 {
        let block = if pivots[end - 1] < 0 && end > 1 { 2 } else { 1 };
        let k = end - block;
        for j in 0..b.cols {
            let x = b.col_mut(j);
            for c in k..end {
                let sum = (end..n).fold(T::zero(), |s, i| s + flip(a[(i, c)]) * x[i]);
                x[c] -= sum;
            }
        }
        b.swap_rows(end - 1, row(pivots[end - 1]));
        end = k;
    }
}
