//! LU with row exchanges, and what is solved with it.

use super::{axpy, Field, Matrix};

/// `A = P·L·U` in place: U above and on the diagonal, L with an implied unit diagonal below. Returns for every step the
/// row that was exchanged with it, from 1, and the place of the first zero pivot, from 1, or 0.
pub fn factor<T: Field>(a: &mut Matrix<T>) -> (Vec<i32>, i32) {
    let steps = a.rows.min(a.cols);
    let (mut pivots, mut info) = (Vec::with_capacity(steps), 0);
    for k in 0..steps {
        let mut best = k;
        let column = a.col(k);
        for i in k + 1..a.rows {
            if column[i].abs1() > column[best].abs1() {
                best = i;
            }
        }
        pivots.push(best as i32 + 1);
        let pivot = a[(best, k)];
        if pivot.is_zero() {
            if info == 0 {
                info = k as i32 + 1;
            }
        } else {
            a.swap_rows(k, best);
            let inverse = T::one() / pivot;
            let exact = pivot.abs() >= f64::MIN_POSITIVE;
            for v in &mut a.col_mut(k)[k + 1..] {
                *v = if exact { *v * inverse } else { *v / pivot };
            }
        }
        for j in k + 1..a.cols {
            let (y, x) = a.pair(j, k);
            let factor = y[k];
            if !factor.is_zero() {
                axpy(-factor, &x[k + 1..], &mut y[k + 1..]);
            }
        }
    }
    (pivots, info)
}

/// The order that the exchanges give `rows` rows: column `j` of P has its 1 in row `order[j]`. Exchanges of rows that
/// are not there are left out.
pub fn permutation(pivots: &[i32], rows: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    for (i, p) in pivots.iter().enumerate().take(rows) {
        order.swap(i, (*p as usize).clamp(1, rows) - 1);
    }
    order
}

/// How a triangular matrix is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Plain,
    Transposed,
    Adjoint,
}

/// `B = op(A)⁻¹·B` for the upper or lower triangle of `a`.
pub fn solve_triangular<T: Field>(a: &Matrix<T>, upper: bool, form: Form, unit: bool, b: &mut Matrix<T>) {
    let n = a.rows;
    let get = |v: T| if form == Form::Adjoint { v.conj() } else { v };
    for j in 0..b.cols {
        let x = b.col_mut(j);
        match (form == Form::Plain, upper) {
            (true, false) => {
                for k in 0..n {
                    if !unit {
                        x[k] /= a[(k, k)];
                    }
                    let value = x[k];
                    if !value.is_zero() {
                        axpy(-value, &a.col(k)[k + 1..], &mut x[k + 1..]);
                    }
                }
            }
            (true, true) => {
                for k in (0..n).rev() {
                    if !unit {
                        x[k] /= a[(k, k)];
                    }
                    let value = x[k];
                    if !value.is_zero() {
                        axpy(-value, &a.col(k)[..k], &mut x[..k]);
                    }
                }
            }
            (false, true) => {
                for k in 0..n {
                    let sum = a.col(k)[..k].iter().zip(&x[..k]).fold(T::zero(), |s, (a, x)| s + get(*a) * *x);
                    x[k] -= sum;
                    if !unit {
                        x[k] /= get(a[(k, k)]);
                    }
                }
            }
            (false, false) => {
                for k in (0..n).rev() {
                    let sum = a.col(k)[k + 1..].iter().zip(&x[k + 1..]).fold(T::zero(), |s, (a, x)| s + get(*a) * *x);
                    x[k] -= sum;
                    if !unit {
                        x[k] /= get(a[(k, k)]);
                    }
                }
            }
        }
    }
}

/// `B = op(A)⁻¹·B` for a factored square matrix.
pub fn solve<T: Field>(lu: &Matrix<T>, pivots: &[i32], form: Form, b: &mut Matrix<T>) {
    let n = lu.rows;
    let row = |p: i32| (p as usize).clamp(1, n) - 1;
    if form == Form::Plain {
        for (i, p) in pivots.iter().enumerate() {
            b.swap_rows(i, row(*p));
        }
        solve_triangular(lu, false, form, true, b);
        solve_triangular(lu, true, form, false, b);
    } else {
        solve_triangular(lu, true, form, false, b);
        solve_triangular(lu, false, form, true, b);
        for (i, p) in pivots.iter().enumerate().rev() {
            b.swap_rows(i, row(*p));
        }
    }
}
