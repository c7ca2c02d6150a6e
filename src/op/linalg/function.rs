//! Functions of square matrices: powers, the exponential.

use super::*;
use crate::op;
use crate::op::convert::conj;
use crate::op::matmul::matmul;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!("aten::linalg_matrix_power(Tensor self, int n) -> Tensor", matrix_power(_, _), out "out"),
    op!("aten::matrix_power(Tensor self, int n) -> Tensor", matrix_power(_, _), out "out"),
    op!("aten::linalg_matrix_exp(Tensor self) -> Tensor", matrix_exp(_), out "out"),
    op!("aten::matrix_exp(Tensor self) -> Tensor", matrix_exp(_)),
    op!("aten::matrix_exp_backward(Tensor self, Tensor grad) -> Tensor", matrix_exp_backward(_, _)),
    op!("aten::trace_backward(Tensor grad, SymInt[] sizes) -> Tensor", trace_backward(_, _)),
];

fn matrix_power(x: Tensor, n: i64) -> Result<Tensor> {
    check_square(&x, "linalg.matrix_power")?;
    if n == 0 {
        let out = Tensor::zeros(x.sizes(), x.dtype())?;
        out.diagonal(0, -2, -1)?.fill(1.into())?;
        return Ok(out);
    }
    let mut base = if n < 0 { super::solve::inv(x)? } else { x };
    let mut rest = n.unsigned_abs();
    if rest == 1 {
        return base.deep_clone();
    }
    let mut result: Option<Tensor> = None;
    while rest > 0 {
        if rest % 2 == 1 {
            result = Some(match result {
                Some(result) => matmul(result, base.clone())?,
                None => base.clone(),
            });
        }
        rest /= 2;
        if rest > 0 {
            base = matmul(base.clone(), base)?;
        }
    }
    result.map_or(Ok(base), Ok)
}

pub(super) fn matrix_exp(x: Tensor) -> Result<Tensor> {
    check_square(&x, "linalg.matrix_exp")?;
    check_float(&x, "matrix_exp", true)?;
    let dtype = x.dtype();
    if dtype.is_complex() {
        exponentials::<crate::base::Complex64>(&x)
    } else {
        exponentials::<f64>(&x)
    }
}

fn exponentials<T: Element + Field>(x: &Tensor) -> Result<Tensor> {
    let batch = Batch::new::<T>(x)?;
    let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
    for i in 0..batch.count() {
        out.set(i, &exponential(batch.get::<T>(i)?));
    }
    out.finish_rows(x.dtype())
}

/// Scaling by a power of 2, a Taylor polynomial that is exact in double precision, squaring.
fn exponential<T: Field>(mut a: Matrix<T>) -> Matrix<T> {
    let n = a.rows;
    let norm = (0..n).map(|j| a.col(j).iter().map(|v| v.abs()).sum::<f64>()).fold(0.0, |m: f64, v| {
        if v > m || v.is_nan() {
            v
        } else {
            m
        }
    });
    if !norm.is_finite() {
        a.map(|_| T::real(f64::NAN));
        return a;
    }
    let squarings = if norm > 0.5 { (norm / 0.5).log2().ceil() as i32 } else { 0 };
    let by = 2f64.powi(-squarings);
    a.map(|v| v.scale(by));
    let mut result = Matrix::identity(n, n);
    for k in (1..=18).rev() {
        result = a.times(&result);
        result.map(|v| v.scale(1.0 / f64::from(k)));
        for i in 0..n {
            result[(i, i)] += T::one();
        }
    }
    for _ in 0..squarings {
        result = result.times(&result);
    }
    result
}

/// The gradient of [`matrix_exp`]: a block of the exponential of a matrix twice as large.
fn matrix_exp_backward(x: Tensor, grad: Tensor) -> Result<Tensor> {
    check_square(&x, "linalg.matrix_exp")?;
    check_same(&x, &grad, "matrix_exp_backward", ["self", "grad"])?;
    ensure!(x.sizes() == grad.sizes(), "matrix_exp_backward: self and grad must have the same shape");
    let n = x.size(-1)?;
    let mut shape: Dims = x.sizes()[..x.dim() - 2].into();
    shape.extend([2 * n, 2 * n]);
    let adjoint = conj(x.transpose(-2, -1)?)?;
    let blocks = Tensor::zeros(&shape, x.dtype())?;
    let block = |t: &Tensor, i: i64, j: i64| t.narrow(-2, i * n, n)?.narrow(-1, j * n, n);
    block(&blocks, 0, 0)?.copy_from(&adjoint)?;
    block(&blocks, 1, 1)?.copy_from(&adjoint)?;
    block(&blocks, 0, 1)?.copy_from(&grad)?;
    block(&matrix_exp(blocks)?, 0, 1)
}

fn trace_backward(grad: Tensor, sizes: Vec<i64>) -> Result<Tensor> {
    ensure!(sizes.len() == 2, "expected matrix input");
    let out = Tensor::zeros(&sizes, grad.dtype())?;
    out.diagonal(0, 0, 1)?.copy_from(&grad)?;
    Ok(out)
}
