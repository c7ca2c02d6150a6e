//! Eigenvalues and eigenvectors.

use std::sync::Arc;

use super::*;
use crate::base::Complex64;
use crate::kernel::linalg::eig::eig as eig_one;
use crate::kernel::linalg::eigh::eigh as eigh_one;
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)",
        eig(_), out "out(eigenvalues, eigenvectors)"
    ),
    op!("aten::linalg_eigvals(Tensor self) -> Tensor", eigvals(_), out "out"),
    op!("aten::_linalg_eigvals(Tensor self) -> Tensor", eigvals(_)),
    op!(
        "aten::_linalg_eigh(Tensor A, str UPLO=\"L\", bool compute_v=True) -> (Tensor eigenvalues, Tensor \
         eigenvectors)",
        eigh_with(_, _, _), out "eigenvalues(eigenvalues, eigenvectors)"
    ),
    op!(
        "aten::linalg_eigh(Tensor self, str UPLO=\"L\") -> (Tensor eigenvalues, Tensor eigenvectors)",
        linalg_eigh(_, _), out "eigvals(eigvals, eigvecs)"
    ),
    op!("aten::linalg_eigvalsh(Tensor self, str UPLO=\"L\") -> Tensor", eigvalsh(_, _), out "out"),
];

fn eig(a: Tensor) -> Result<(Tensor, Tensor)> {
    let (values, vectors) = eig_with(&a, true)?;
    Ok((values, vectors))
}

fn eigvals(a: Tensor) -> Result<Tensor> {
    Ok(eig_with(&a, false)?.0)
}

fn eig_with(a: &Tensor, wants: bool) -> Result<(Tensor, Tensor)> {
    let name = if wants { "linalg.eig" } else { "linalg.eigvals" };
    check_square(a, name)?;
    let dtype = a.dtype();
    ensure!(dtype.is_floating_point() || dtype.is_complex(), "Unknown Complex ScalarType for {}", dtype.name());
    let result = dtype.to_complex();
    dispatch_field!(dtype, "linalg_eig_out_cpu", T => {
        let batch = Batch::new::<T>(a)?;
        ensure!(
            batch.turned.data::<T>()?.iter().all(|v| v.abs1().is_finite()),
            "torch.linalg.eig: input tensor should not contain infs or NaNs."
        );
        let n = batch.n;
        let mut values = Vectors::<Complex64>::new(&batch.lead, Some(n))?;
        let mut vectors = match wants {
            true => Some(Out::<Complex64>::new(&batch.lead, n, n)?),
            false => None,
        };
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        for i in 0..batch.count() {
            if n == 0 {
                infos.set(i, &[0]);
                continue;
            }
            let found = eig_one(&batch.get::<T>(i)?, wants);
            infos.set(i, &[found.info]);
            values.set(i, &found.values);
            if let Some(out) = &mut vectors {
                out.set(i, &found.vectors);
            }
        }
        check_infos(&infos.finish(DType::I32)?, name)?;
        let vectors = match vectors {
            Some(vectors) => vectors.finish(result)?,
            None => nothing(result)?,
        };
        Ok((values.finish(result)?, vectors))
    })
}

fn eigh_with(a: Tensor, uplo: Arc<str>, wants: bool) -> Result<(Tensor, Tensor)> {
    check_square(&a, "linalg.eigh")?;
    let upper = match uplo.to_ascii_uppercase().as_str() {
        "L" => false,
        "U" => true,
        _ => bail!("Expected UPLO argument to be 'L' or 'U', but got {uplo}"),
    };
    let dtype = a.dtype();
    dispatch_field!(dtype, "linalg_eigh_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let mut values = Vectors::<f64>::new(&batch.lead, Some(batch.n))?;
        let mut vectors = match wants {
            true => Some(Out::<T>::new(&batch.lead, batch.n, batch.n)?),
            false => None,
        };
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        for i in 0..batch.count() {
            let (found, z, info) = eigh_one(&batch.get::<T>(i)?, upper, wants);
            values.set(i, &found);
            infos.set(i, &[info]);
            if let (Some(out), Some(z)) = (&mut vectors, z) {
                out.set(i, &z);
            }
        }
        check_infos(&infos.finish(DType::I32)?, "linalg.eigh")?;
        let vectors = match vectors {
            Some(vectors) => vectors.finish(dtype)?,
            None => nothing(dtype)?,
        };
        Ok((values.finish(dtype.to_real())?, vectors))
    })
}

pub(super) fn linalg_eigh(a: Tensor, uplo: Arc<str>) -> Result<(Tensor, Tensor)> {
    eigh_with(a, uplo, true)
}

pub(super) fn eigvalsh(a: Tensor, uplo: Arc<str>) -> Result<Tensor> {
    Ok(eigh_with(a, uplo, false)?.0)
}
