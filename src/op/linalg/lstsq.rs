//! Least squares.

use std::sync::Arc;

use super::solve::is_vector;
use super::*;
use crate::kernel::linalg::lu::{solve_triangular, Form};
use crate::kernel::linalg::qr::{apply, factor};
use crate::kernel::linalg::svd::svd;
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[op!(
    "aten::linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor \
     residuals, Tensor rank, Tensor singular_values)",
    lstsq(_, _, _, _), out "out(solution, residuals, rank, singular_values)"
)];

fn lstsq(
    a: Tensor,
    b: Tensor,
    rcond: Option<f64>,
    driver: Option<Arc<str>>,
) -> Result<(Tensor, Tensor, Tensor, Tensor)> {
    let name = "torch.linalg.lstsq";
    ensure!(a.dim() >= 2, "{name}: input must have at least 2 dimensions.");
    ensure!(b.dim() >= 1, "{name}: other must have at least 1 dimension.");
    ensure!(
        a.dtype() == b.dtype(),
        "{name}: Expected input and other to have the same dtype, but got input's dtype {} and other's dtype {}",
        a.dtype().name(),
        b.dtype().name()
    );
    ensure!(
        a.dim() >= b.dim() && a.dim() - b.dim() <= 1,
        "{name}: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1"
    );
    let vector = is_vector(&a, &b);
    let side = if vector { -1 } else { -2 };
    ensure!(b.dim() >= 2 || vector, "{name}: other must have at least 2 dimensions");
    ensure!(a.size(-2)? == b.size(side)?, "{name}: input.size(-2) should match other.size({side})");
    let driver = driver.as_deref().unwrap_or("gelsy");
    ensure!(
        matches!(driver, "gels" | "gelsy" | "gelsd" | "gelss"),
        "{name}: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)"
    );
    let matrix = if vector { b.unsqueeze(-1)? } else { b };
    let (a, matrix) = broadcast_batches(&a, &matrix)?;
    let dtype = a.dtype();
    dispatch_field!(dtype, "linalg_lstsq_cpu", T => {
        let eps = if dtype.to_real() == DType::F32 { f64::from(f32::EPSILON) } else { f64::EPSILON };
        let (a, batch) = (Batch::new::<T>(&a)?, Batch::new::<T>(&matrix)?);
        let (m, n, sides) = (a.m, a.n, batch.n);
        let rcond = rcond.unwrap_or(eps * m.max(n) as f64);
        // LAPACK's buffer is as long as the longer of both sides
        let mut solution = Out::<T>::new(&a.lead, m.max(n), sides)?;
        let mut residuals = Vectors::<f64>::new(&a.lead, Some(sides))?;
        let mut ranks = Vectors::<i64>::new(&a.lead, None)?;
        let mut values = Vectors::<f64>::new(&a.lead, Some(m.min(n)))?;
        let mut infos = Vectors::<i32>::new(&a.lead, None)?;
        for i in 0..a.count() {
            let (a, b) = (a.get::<T>(i)?, batch.get::<T>(i)?);
            let x = if driver == "gels" {
                let (x, info) = by_qr(&a, &b);
                infos.set(i, &[info]);
                x
            } else {
                let (x, rank, s) = by_svd(&a, &b, rcond);
                ranks.set(i, &[rank]);
                values.set(i, &s);
                x
            };
            let fitted = a.times(&x);
            let left: Vec<f64> = (0..sides)
                .map(|j| b.col(j).iter().zip(fitted.col(j)).map(|(b, y)| (*b - *y).abs2()).sum())
                .collect();
            residuals.set(i, &left);
            solution.set(i, &x.resized(m.max(n), sides));
        }
        if driver == "gels" {
            check_infos(&infos.finish(DType::I32)?, name)?;
        }
        let real = dtype.to_real();
        let full = driver == "gels" || (driver != "gelsy" && ranks.values().iter().all(|r| *r == n as i64));
        let residuals = if m > n && full && m * n > 0 {
            let all = residuals.finish(real)?;
            if vector { all.squeeze(Some(&[-1]))? } else { all }
        } else {
            nothing(real)?
        };
        let rank = if driver == "gels" { nothing(DType::I64)? } else { ranks.finish(DType::I64)? };
        let values = if matches!(driver, "gelsd" | "gelss") { values.finish(real)? } else { nothing(real)? };
        let solution = solution.finish(dtype)?.narrow(-2, 0, n as i64)?;
        let solution = if vector { solution.squeeze(Some(&[-1]))? } else { solution };
        Ok((solution, residuals, rank, values))
    })
}

/// For matrices of full rank. Returns the place of a zero on the diagonal of R, from 1, or 0.
fn by_qr<T: Field>(a: &Matrix<T>, b: &Matrix<T>) -> (Matrix<T>, i32) {
    let wide = a.rows < a.cols;
    let mut qr = if wide { a.adjoint() } else { a.clone() };
    let taus = factor(&mut qr);
    let k = qr.cols;
    let r = qr.upper(k, false);
    let info = (0..k).find(|i| r[(*i, *i)].is_zero()).map_or(0, |i| i as i32 + 1);
    let x = if wide {
        let mut x = b.clone();
        solve_triangular(&r, true, Form::Adjoint, false, &mut x);
        let mut x = x.resized(a.cols, b.cols);
        apply(&qr, &taus, false, &mut x);
        x
    } else {
        let mut y = b.clone();
        apply(&qr, &taus, true, &mut y);
        let mut x = y.resized(k, b.cols);
        solve_triangular(&r, true, Form::Plain, false, &mut x);
        x
    };
    (x, info)
}

/// The solution of least norm, the rank, and the singular values.
fn by_svd<T: Field>(a: &Matrix<T>, b: &Matrix<T>, rcond: f64) -> (Matrix<T>, i64, Vec<f64>) {
    let found = svd(a, false, true);
    let largest = found.s.first().copied().unwrap_or(0.0);
    let rank = found.s.iter().filter(|s| **s > rcond * largest).count();
    let mut inner = found.u.adjoint().times(b);
    for j in 0..inner.cols {
        for (i, v) in inner.col_mut(j).iter_mut().enumerate() {
            *v = if i < rank { v.scale(1.0 / found.s[i]) } else { T::zero() };
        }
    }
    (found.v.times(&inner), rank as i64, found.s)
}
