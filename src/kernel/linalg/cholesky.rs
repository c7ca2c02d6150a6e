//! Cholesky factors.

use super::lu::{solve_triangular, Form};
use super::{dot, Field, Matrix};

/// `A = L·Lᴴ` from the lower triangle, in place; what is above the diagonal becomes 0. Returns the order of the first
/// leading minor that is not positive, or 0.
pub fn factor<T: Field>(a: &mut Matrix<T>) -> i32 {
    let n = a.rows;
    // rows of L are columns of U = Lᴴ, which lie in memory one after the other
    let mut u = Matrix::zeros(n, n);
    for j in 0..n {
        for i in 0..=j {
            u[(i, j)] = a[(j, i)].conj();
        }
    }
    let (mut info, mut done) = (0, n);
    for j in 0..n {
        for i in 0..j.min(done) {
            let (y, x) = u.pair(j, i);
            let sum = dot(&x[..i], &y[..i]);
            y[i] = (y[i] - sum) / x[i];
        }
        if info > 0 {
            continue;
        }
        let column = u.col_mut(j);
        let rest = column[j].re() - column[..j].iter().map(|v| v.abs2()).sum::<f64>();
        if !(rest > 0.0) {
            column[j] = T::real(rest);
            (info, done) = (j as i32 + 1, j);
            continue;
        }
        column[j] = T::real(rest.sqrt());
    }
    *a = u.adjoint();
    info
}

/// `(L·Lᴴ)⁻¹·B`
pub fn solve<T: Field>(l: &Matrix<T>, b: &mut Matrix<T>) {
    solve_triangular(l, false, Form::Plain, false, b);
    solve_triangular(l, false, Form::Adjoint, false, b);
}
