//! Cholesky factors and what is computed from them.

use super::solve::check_old_solve;
use super::*;
use crate::kernel::linalg::cholesky::{factor, solve};
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor \
         info)",
        cholesky_ex(_, _, _), out "L(L, info)"
    ),
    op!("aten::linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor", linalg_cholesky(_, _), out "out"),
    op!("aten::cholesky(Tensor self, bool upper=False) -> Tensor", cholesky(_, _), out "out"),
    op!(
        "aten::cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor",
        cholesky_solve(_, _, _), out "out"
    ),
    op!("aten::cholesky_inverse(Tensor self, bool upper=False) -> Tensor", cholesky_inverse(_, _), out "out"),
];

/// The lower triangle, which a flag says to lie in the upper one.
fn lower<T: Field>(x: Matrix<T>, upper: bool) -> Matrix<T> {
    if upper {
        x.adjoint()
    } else {
        x
    }
}

fn factors(a: &Tensor, upper: bool) -> Result<(Tensor, Tensor)> {
    let dtype = a.dtype();
    dispatch_field!(dtype, "cholesky_cpu", T => {
        let batch = Batch::new::<T>(a)?;
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        for i in 0..batch.count() {
            let mut matrix = lower(batch.get::<T>(i)?, upper);
            infos.set(i, &[factor(&mut matrix)]);
            out.set(i, &lower(matrix, upper));
        }
        Ok((out.finish(dtype)?, infos.finish(DType::I32)?))
    })
}

fn cholesky_ex(a: Tensor, upper: bool, check: bool) -> Result<(Tensor, Tensor)> {
    check_square(&a, "linalg.cholesky")?;
    check_float(&a, "linalg.cholesky", true)?;
    let found = factors(&a, upper)?;
    if check {
        check_infos(&found.1, "linalg.cholesky_ex")?;
    }
    Ok(found)
}

fn linalg_cholesky(a: Tensor, upper: bool) -> Result<Tensor> {
    let (l, info) = cholesky_ex(a, upper, false)?;
    check_infos(&info, "linalg.cholesky")?;
    Ok(l)
}

fn cholesky(a: Tensor, upper: bool) -> Result<Tensor> {
    if a.numel() == 0 {
        return Tensor::empty(a.sizes(), a.dtype());
    }
    check_square(&a, "cholesky")?;
    let (l, info) = factors(&a, upper)?;
    check_infos(&info, "cholesky")?;
    Ok(l)
}

fn cholesky_solve(b: Tensor, a: Tensor, upper: bool) -> Result<Tensor> {
    ensure!(b.dim() >= 2, "b should have at least 2 dimensions, but has {} dimensions instead", b.dim());
    ensure!(a.dim() >= 2, "u should have at least 2 dimensions, but has {} dimensions instead", a.dim());
    check_old_solve(&b, &a, "cholesky_solve")?;
    let (a, b) = broadcast_batches(&a, &b)?;
    let dtype = b.dtype();
    dispatch_field!(dtype, "cholesky_solve_cpu", T => {
        let (a, batch) = (Batch::new::<T>(&a)?, Batch::new::<T>(&b)?);
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        for i in 0..batch.count() {
            let mut b = batch.get::<T>(i)?;
            solve(&lower(a.get::<T>(i)?, upper), &mut b);
            out.set(i, &b);
        }
        out.finish(dtype)
    })
}

fn cholesky_inverse(a: Tensor, upper: bool) -> Result<Tensor> {
    check_square(&a, "cholesky_inverse")?;
    let dtype = a.dtype();
    dispatch_field!(dtype, "cholesky_inverse_out_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        for i in 0..batch.count() {
            let l = lower(batch.get::<T>(i)?, upper);
            let zero = (0..l.rows).find(|k| l[(*k, *k)].is_zero());
            infos.set(i, &[zero.map_or(0, |k| k as i32 + 1)]);
            let mut inverse = Matrix::identity(l.rows, l.rows);
            solve(&l, &mut inverse);
            out.set(i, &inverse);
        }
        check_infos(&infos.finish(DType::I32)?, "cholesky_inverse")?;
        out.finish(dtype)
    })
}
