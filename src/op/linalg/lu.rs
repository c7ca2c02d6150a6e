//! LU: factors, what is unpacked from and solved with them, determinants.

use super::*;
use crate::kernel::linalg::lu::{factor, permutation, solve as lu_solve_one, Form};
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor \
         pivots, Tensor info)",
        lu_factor_ex(_, _, _), out "out(LU, pivots, info)"
    ),
    op!(
        "aten::linalg_lu_factor(Tensor A, *, bool pivot=True) -> (Tensor LU, Tensor pivots)",
        lu_factor(_, _), out "out(LU, pivots)"
    ),
    op!(
        "aten::_lu_with_info(Tensor self, bool pivot=True, bool check_errors=True) -> (Tensor LU, Tensor pivots, \
         Tensor info)",
        lu_with_info(_, _, _)
    ),
    op!(
        "aten::linalg_lu(Tensor A, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U)",
        lu(_, _), out "out(P, L, U)"
    ),
    op!(
        "aten::lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor \
         P, Tensor L, Tensor U)",
        lu_unpack(_, _, _, _), out "out(P, L, U)"
    ),
    op!(
        "aten::linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor",
        linalg_lu_solve(_, _, _, _, _), out "out"
    ),
    op!("aten::lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor", lu_solve(_, _, _), out "out"),
    op!(
        "aten::_linalg_det(Tensor A) -> (Tensor result, Tensor LU, Tensor pivots)",
        det_with_factors(_), out "result(result, LU, pivots)"
    ),
    op!("aten::linalg_det(Tensor A) -> Tensor", det(_), out "out"),
    op!("aten::det(Tensor self) -> Tensor", det(_)),
    op!(
        "aten::_linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet, Tensor LU, Tensor pivots)",
        slogdet_with_factors(_), out "sign(sign, logabsdet, LU, pivots)"
    ),
    op!(
        "aten::linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet)",
        slogdet(_), out "out(sign, logabsdet)"
    ),
    op!("aten::slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)", slogdet(_), out "out(sign, logabsdet)"),
    op!("aten::logdet(Tensor self) -> Tensor", logdet(_)),
];

fn check_rank(a: &Tensor, name: &str) -> Result<()> {
    ensure!(a.dim() >= 2, "{name}: Expected tensor with 2 or more dimensions. Got size: {:?} instead", a.sizes());
    Ok(())
}

/// `(LU, pivots, info)` of any matrices.
pub(super) fn factors(a: &Tensor) -> Result<(Tensor, Tensor, Tensor)> {
    let dtype = a.dtype();
    dispatch_field!(dtype, "lu_cpu", T => {
        let batch = Batch::new::<T>(a)?;
        let mut lu = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        let mut pivots = Vectors::<i32>::new(&batch.lead, Some(batch.m.min(batch.n)))?;
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        for i in 0..batch.count() {
            let mut matrix = batch.get::<T>(i)?;
            let (rows, info) = factor(&mut matrix);
            lu.set(i, &matrix);
            pivots.set(i, &rows);
            infos.set(i, &[info]);
        }
        Ok((lu.finish(dtype)?, pivots.finish(DType::I32)?, infos.finish(DType::I32)?))
    })
}

fn lu_factor_ex(a: Tensor, pivot: bool, check: bool) -> Result<(Tensor, Tensor, Tensor)> {
    check_rank(&a, "torch.lu_factor")?;
    ensure!(pivot, "linalg.lu_factor: LU without pivoting is not implemented on the CPU");
    let found = factors(&a)?;
    if check {
        check_infos(&found.2, "torch.linalg.lu_factor_ex")?;
    }
    Ok(found)
}

fn lu_factor(a: Tensor, pivot: bool) -> Result<(Tensor, Tensor)> {
    let (lu, pivots, info) = lu_factor_ex(a, pivot, false)?;
    check_infos(&info, "torch.linalg.lu_factor")?;
    Ok((lu, pivots))
}

fn lu_with_info(a: Tensor, pivot: bool, check: bool) -> Result<(Tensor, Tensor, Tensor)> {
    lu_factor_ex(a, pivot, check)
}

fn lu(a: Tensor, pivot: bool) -> Result<(Tensor, Tensor, Tensor)> {
    check_rank(&a, "linalg.lu")?;
    ensure!(pivot, "linalg.lu_factor: LU without pivoting is not implemented on the CPU");
    let (lu, pivots, _) = factors(&a)?;
    lu_unpack(lu, pivots, true, true)
}

fn lu_unpack(lu: Tensor, pivots: Tensor, data: bool, wants_p: bool) -> Result<(Tensor, Tensor, Tensor)> {
    check_rank(&lu, "torch.lu_unpack")?;
    ensure!(
        !wants_p || pivots.dtype() == DType::I32,
        "torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\nNote: this function \
         is intended to be used with the output produced by torch.linalg.lu_factor"
    );
    let dtype = lu.dtype();
    dispatch_field!(dtype, "lu_unpack", T => {
        let batch = Batch::new::<T>(&lu)?;
        let (m, n) = (batch.m, batch.n);
        let k = m.min(n);
        let p = if wants_p {
            let rows = pivots.to_vec::<i32>()?;
            let count = pivots.sizes().last().map_or(0, |n| *n as usize);
            ensure!(rows.len() == count * batch.count(), "torch.lu_unpack: LU_pivots does not fit LU_data");
            ensure!(
                rows.iter().all(|p| *p >= 1 && *p as usize <= m),
                "pivots passed to lu_unpack must be between 1 and LU.size(-2) inclusive.Did you properly pass the \
                 result of lu_factor?"
            );
            let mut out = Out::<T>::new(&batch.lead, m, m)?;
            for i in 0..batch.count() {
                let mut matrix = Matrix::zeros(m, m);
                for (j, row) in permutation(&rows[i * count..][..count], m).into_iter().enumerate() {
                    matrix[(row, j)] = T::real(1.0);
                }
                out.set(i, &matrix);
            }
            out.finish_rows(dtype)?
        } else {
            nothing(dtype)?
        };
        if !data {
            return Ok((p, nothing(dtype)?, nothing(dtype)?));
        }
        let (mut l, mut u) = (Out::<T>::new(&batch.lead, m, k)?, Out::<T>::new(&batch.lead, k, n)?);
        for i in 0..batch.count() {
            let matrix = batch.get::<T>(i)?;
            l.set(i, &matrix.lower(k, true));
            u.set(i, &matrix.upper(k, false));
        }
        Ok((p, l.finish_rows(dtype)?, u.finish_rows(dtype)?))
    })
}

/// The shapes of `A·X = B`, or `X·A = B`.
pub(super) fn check_solve(a: &Tensor, b: &Tensor, left: bool, name: &str) -> Result<()> {
    check_square(a, name)?;
    check_matrix(b, name, "B")?;
    let (x, y) = (a.sizes(), b.sizes());
    let (m, n) = (y[y.len() - 2], y[y.len() - 1]);
    ensure!(
        x[x.len() - 1] == if left { m } else { n },
        "{name}: Incompatible shapes of A and B for the equation {} ({}x{} and {m}x{n})",
        if left { "AX = B" } else { "XA = B" },
        x[x.len() - 2],
        x[x.len() - 1]
    );
    Ok(())
}

fn linalg_lu_solve(lu: Tensor, pivots: Tensor, b: Tensor, left: bool, adjoint: bool) -> Result<Tensor> {
    check_square(&lu, "torch.linalg.lu_solve")?;
    check_float(&lu, "torch.linalg.lu_solve", true)?;
    check_same(&lu, &b, "linalg.lu_solve", ["LU", "B"])?;
    ensure!(pivots.dtype() == DType::I32, "linalg.lu_solve: pivots should be a Tensor of scalar type torch.int32");
    check_solve(&lu, &b, left, "linalg.lu_solve")?;
    ensure!(
        pivots.dim() > 0 && pivots.size(-1)? == lu.size(-1)?,
        "linalg.lu_solve: Number of pivots per batch should be same as the dimension of the matrix"
    );
    ensure!(
        lu.sizes()[..lu.dim() - 2] == pivots.sizes()[..pivots.dim() - 1],
        "linalg.lu_solve: Expected LU.shape[:-1] and pivots.shape to be the same, but got pivots with shape {:?} \
         instead",
        pivots.sizes()
    );
    let rows = pivots.to_vec::<i32>()?;
    ensure!(
        rows.iter().all(|p| *p >= 1),
        "Pivots given to lu_solve must all be greater or equal to 1. Did you properly pass the result of lu_factor?"
    );
    ensure!(
        rows.iter().all(|p| i64::from(*p) <= lu.sizes()[lu.dim() - 2]),
        "Pivots given to lu_solve must all be smaller or equal to LU.size(-2). Did you properly pass the result of \
         lu_factor?"
    );
    solve_factored(&lu, &pivots, &b, left, adjoint)
}

/// `op(A)·X = B` or `X·op(A) = B` for a factored A; batches broadcast.
pub(super) fn solve_factored(lu: &Tensor, pivots: &Tensor, b: &Tensor, left: bool, adjoint: bool) -> Result<Tensor> {
    let dtype = b.dtype();
    let (lu, b) = broadcast_batches(lu, b)?;
    let rows: Dims = lu.sizes()[..lu.dim() - 1].into();
    let rows = pivots.expand(&rows)?.to_vec::<i32>()?;
    dispatch_field!(dtype, "linalg_lu_solve_cpu", T => {
        let (a, batch) = (Batch::new::<T>(&lu)?, Batch::new::<T>(&b)?);
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        for i in 0..batch.count() {
            let (a, mut b) = (a.get::<T>(i)?, batch.get::<T>(i)?);
            let rows = &rows[i * a.rows..][..a.rows];
            match (left, adjoint) {
                (true, false) => lu_solve_one(&a, rows, Form::Plain, &mut b),
                (true, true) => lu_solve_one(&a, rows, Form::Adjoint, &mut b),
                (false, adjoint) => {
                    // the adjoint equation has A on the left
                    let mut turned = b.adjoint();
                    lu_solve_one(&a, rows, if adjoint { Form::Plain } else { Form::Adjoint }, &mut turned);
                    b = turned.adjoint();
                }
            }
            out.set(i, &b);
        }
        if left { out.finish(dtype) } else { out.finish_rows(dtype) }
    })
}

fn lu_solve(b: Tensor, lu: Tensor, pivots: Tensor) -> Result<Tensor> {
    linalg_lu_solve(lu, pivots, b, true, false)
}

/// PyTorch factors the transposed matrix where it is row-major.
pub(super) fn turned_for_factors(a: &Tensor) -> Result<(Tensor, bool)> {
    let turn = a.is_contiguous() && !a.dtype().is_complex();
    Ok((if turn { a.transpose(-2, -1)? } else { a.clone() }, turn))
}

/// For every matrix of a batch of factors: the diagonal of U, and whether the exchanges change the sign.
fn diagonals(lu: &Tensor, pivots: &Tensor) -> Result<Vec<(Vec<crate::base::Complex64>, bool)>> {
    let n = lu.size(-1)? as usize;
    let count = numel(&lu.sizes()[..lu.dim() - 2]);
    let values = lu.diagonal(0, -2, -1)?.to_vec::<crate::base::Complex64>()?;
    let rows = pivots.to_vec::<i32>()?;
    let odd = |rows: &[i32]| rows.iter().enumerate().filter(|(i, p)| **p != *i as i32 + 1).count() % 2 == 1;
    Ok((0..count).map(|i| (values[i * n..][..n].to_vec(), odd(&rows[i * n..][..n]))).collect())
}

fn det_with_factors(a: Tensor) -> Result<(Tensor, Tensor, Tensor)> {
    check_square(&a, "linalg.det")?;
    check_float(&a, "linalg.det", true)?;
    let (lu, pivots, _) = factors(&turned_for_factors(&a)?.0)?;
    let mut out = Vectors::new(&a.sizes()[..a.dim() - 2], None)?;
    for (i, (diagonal, odd)) in diagonals(&lu, &pivots)?.into_iter().enumerate() {
        let product: crate::base::Complex64 = diagonal.into_iter().product();
        out.set(i, &[if odd { -product } else { product }]);
    }
    Ok((real_or_complex(out.finish(DType::C128)?, a.dtype())?, lu, pivots))
}

/// Drops the imaginary part where the dtype has none.
fn real_or_complex(x: Tensor, dtype: DType) -> Result<Tensor> {
    if dtype.is_complex() {
        return finish(x, dtype);
    }
    let values = x.to_vec::<f64>()?;
    finish(Tensor::from_slice(&values, x.sizes())?, dtype)
}

fn det(a: Tensor) -> Result<Tensor> {
    Ok(det_with_factors(a)?.0)
}

fn slogdet_with_factors(a: Tensor) -> Result<(Tensor, Tensor, Tensor, Tensor)> {
    slogdet_named(a, "linalg.slogdet")
}

fn slogdet_named(a: Tensor, name: &str) -> Result<(Tensor, Tensor, Tensor, Tensor)> {
    check_square(&a, name)?;
    check_float(&a, name, false)?;
    let (lu, pivots, _) = factors(&turned_for_factors(&a)?.0)?;
    let lead = &a.sizes()[..a.dim() - 2];
    let (mut signs, mut logs) = (Vectors::new(lead, None)?, Vectors::<f64>::new(lead, None)?);
    for (i, (diagonal, odd)) in diagonals(&lu, &pivots)?.into_iter().enumerate() {
        let mut sign = crate::base::Complex64::new(if odd { -1.0 } else { 1.0 }, 0.0);
        let mut log = 0.0;
        for v in diagonal {
            let size = v.norm();
            sign *= if size == 0.0 { v } else { v / size };
            log += size.ln();
        }
        signs.set(i, &[sign]);
        logs.set(i, &[log]);
    }
    let sign = real_or_complex(signs.finish(DType::C128)?, a.dtype())?;
    Ok((sign, logs.finish(a.dtype().to_real())?, lu, pivots))
}

fn slogdet(a: Tensor) -> Result<(Tensor, Tensor)> {
    let (sign, log, ..) = slogdet_with_factors(a)?;
    Ok((sign, log))
}

fn logdet(a: Tensor) -> Result<Tensor> {
    let dtype = a.dtype();
    let (sign, log, ..) = slogdet_named(a, "logdet")?;
    let (signs, logs) = (sign.to_vec::<crate::base::Complex64>()?, log.to_vec::<f64>()?);
    if dtype.is_complex() {
        let values: Vec<_> = signs.iter().zip(&logs).map(|(s, l)| s.ln() + l).collect();
        return finish(Tensor::from_slice(&values, log.sizes())?, dtype);
    }
    let values: Vec<f64> = signs.iter().zip(&logs).map(|(s, l)| if s.re == -1.0 { f64::NAN } else { *l }).collect();
    finish(Tensor::from_slice(&values, log.sizes())?, dtype)
}
