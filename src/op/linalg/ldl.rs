//! LDL factors.

use super::solve::check_old_solve;
use super::*;
use crate::kernel::linalg::ldl::{factor, solve};
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, \
         Tensor pivots, Tensor info)",
        ldl_factor_ex(_, _, _), out "out(LD, pivots, info)"
    ),
    op!(
        "aten::linalg_ldl_factor(Tensor self, *, bool hermitian=False) -> (Tensor LD, Tensor pivots)",
        ldl_factor(_, _), out "out(LD, pivots)"
    ),
    op!(
        "aten::linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor",
        ldl_solve(_, _, _, _), out "out"
    ),
];

fn ldl_factor_ex(a: Tensor, hermitian: bool, check: bool) -> Result<(Tensor, Tensor, Tensor)> {
    check_square(&a, "torch.linalg.ldl_factor_ex")?;
    check_float(&a, "torch.linalg.ldl_factor_ex", true)?;
    let dtype = a.dtype();
    let found = dispatch_field!(dtype, "ldl_factor_kernel_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        let mut pivots = Vectors::<i32>::new(&batch.lead, Some(batch.n))?;
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        for i in 0..batch.count() {
            let mut matrix = batch.get::<T>(i)?.lower(batch.n, false);
            let (rows, info) = factor(&mut matrix, hermitian && T::COMPLEX);
            out.set(i, &matrix);
            pivots.set(i, &rows);
            infos.set(i, &[info]);
        }
        (out.finish(dtype)?, pivots.finish(DType::I32)?, infos.finish(DType::I32)?)
    });
    if check {
        check_infos(&found.2, "torch.linalg.ldl_factor_ex")?;
    }
    Ok(found)
}

fn ldl_factor(a: Tensor, hermitian: bool) -> Result<(Tensor, Tensor)> {
    let (ld, pivots, info) = ldl_factor_ex(a, hermitian, false)?;
    check_infos(&info, "torch.linalg.ldl_factor")?;
    Ok((ld, pivots))
}

fn ldl_solve(ld: Tensor, pivots: Tensor, b: Tensor, hermitian: bool) -> Result<Tensor> {
    check_square(&ld, "torch.linalg.ldl_solve")?;
    check_float(&ld, "torch.linalg.ldl_solve", true)?;
    ensure!(
        b.dim() >= 2,
        "torch.linalg.ldl_solve: Expected B to have at least 2 dimensions, but it has {} dimensions instead",
        b.dim()
    );
    check_old_solve(&b, &ld, "torch.linalg.ldl_solve")?;
    ensure!(
        ld.sizes()[..ld.dim() - 1] == *pivots.sizes(),
        "torch.linalg.ldl_solve: Expected LD.shape[:-1] and pivots.shape to be the same, but got pivots with shape \
         {:?} instead",
        pivots.sizes()
    );
    ensure!(
        pivots.dtype().is_integral(false),
        "torch.linalg.ldl_solve: Expected pivots to be integers. Got {}",
        pivots.dtype().name()
    );
    let (ld, b) = broadcast_batches(&ld, &b)?;
    let rows: Dims = ld.sizes()[..ld.dim() - 1].into();
    let rows = pivots.expand(&rows)?.to_vec::<i32>()?;
    let dtype = b.dtype();
    dispatch_field!(dtype, "ldl_solve_kernel_cpu", T => {
        let (a, batch) = (Batch::new::<T>(&ld)?, Batch::new::<T>(&b)?);
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        for i in 0..batch.count() {
            let (a, mut b) = (a.get::<T>(i)?, batch.get::<T>(i)?);
            solve(&a, &rows[i * a.rows..][..a.rows], hermitian && T::COMPLEX, &mut b);
            out.set(i, &b);
        }
        out.finish(dtype)
    })
}
