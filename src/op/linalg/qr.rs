//! QR and products with reflections.

use super::*;
use crate::kernel::linalg::qr::{apply, factor, product};
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!("aten::linalg_qr(Tensor A, str mode=\"reduced\") -> (Tensor Q, Tensor R)", linalg_qr(_, _), out "out(Q, R)"),
    op!("aten::qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)", qr(_, _), out "Q(Q, R)"),
    op!("aten::geqrf(Tensor self) -> (Tensor a, Tensor tau)", geqrf(_), out "a(a, tau)"),
    op!("aten::linalg_householder_product(Tensor input, Tensor tau) -> Tensor", householder(_, _), out "out"),
    op!("aten::orgqr(Tensor self, Tensor input2) -> Tensor", householder(_, _), out "out"),
    op!(
        "aten::ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor",
        ormqr(_, _, _, _, _), out "out"
    ),
];

fn linalg_qr(a: Tensor, mode: std::sync::Arc<str>) -> Result<(Tensor, Tensor)> {
    ensure!(
        matches!(&*mode, "reduced" | "r" | "complete"),
        "qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or 'complete'"
    );
    check_matrix(&a, "linalg.qr", "A")?;
    check_float(&a, "linalg.qr", true)?;
    let dtype = a.dtype();
    dispatch_field!(dtype, "geqrf_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let cols = if &*mode == "complete" { batch.m } else { batch.m.min(batch.n) };
        let mut r = Out::<T>::new(&batch.lead, cols, batch.n)?;
        let mut q = match &*mode {
            "r" => None,
            _ => Some(Out::<T>::new(&batch.lead, batch.m, cols)?),
        };
        for i in 0..batch.count() {
            let mut matrix = batch.get::<T>(i)?;
            let taus = factor(&mut matrix);
            r.set(i, &matrix.upper(cols, false));
            if let Some(q) = &mut q {
                q.set(i, &product(&matrix, &taus, cols));
            }
        }
        let q = match q {
            Some(q) => q.finish(dtype)?,
            None => nothing(dtype)?,
        };
        Ok((q, r.finish(dtype)?))
    })
}

fn qr(a: Tensor, some: bool) -> Result<(Tensor, Tensor)> {
    linalg_qr(a, if some { "reduced" } else { "complete" }.into())
}

fn geqrf(a: Tensor) -> Result<(Tensor, Tensor)> {
    ensure!(a.dim() >= 2, "torch.geqrf: input must have at least 2 dimensions.");
    let dtype = a.dtype();
    dispatch_field!(dtype, "geqrf_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        let mut taus = Vectors::<T>::new(&batch.lead, Some(batch.m.min(batch.n)))?;
        for i in 0..batch.count() {
            let mut matrix = batch.get::<T>(i)?;
            taus.set(i, &factor(&mut matrix));
            out.set(i, &matrix);
        }
        Ok((out.finish(dtype)?, taus.finish(dtype)?))
    })
}

/// What products with reflections demand of these and their τ.
fn check_reflections(a: &Tensor, tau: &Tensor, name: &str) -> Result<()> {
    ensure!(a.dim() >= 2, "{name}: input must have at least 2 dimensions.");
    ensure!(
        a.dim() == tau.dim() + 1,
        "{name}: Expected tau to have one dimension less than input, but got tau.ndim equal to {} and input.ndim is equal \
         to {}",
        tau.dim(),
        a.dim()
    );
    ensure!(
        a.sizes()[..a.dim() - 2] == tau.sizes()[..tau.dim() - 1],
        "{name}: Expected batch dimensions of tau to be equal to input.shape[:-2], but got {:?}",
        &tau.sizes()[..tau.dim() - 1]
    );
    Ok(())
}

fn householder(a: Tensor, tau: Tensor) -> Result<Tensor> {
    let name = "torch.linalg.householder_product";
    ensure!(a.dim() >= 2, "{name}: input must have at least 2 dimensions.");
    ensure!(a.size(-2)? >= a.size(-1)?, "{name}: input.shape[-2] must be greater than or equal to input.shape[-1]");
    ensure!(
        tau.dim() == 0 || a.size(-1)? >= tau.size(-1)?,
        "{name}: input.shape[-1] must be greater than or equal to tau.shape[-1]"
    );
    check_reflections(&a, &tau, name)?;
    ensure!(
        a.dtype() == tau.dtype(),
        "{name}: tau dtype {} does not match input dtype {}",
        tau.dtype().name(),
        a.dtype().name()
    );
    let dtype = a.dtype();
    dispatch_field!(dtype, "orgqr_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let taus = tau.to_vec::<T>()?;
        let count = tau.size(-1)? as usize;
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        for i in 0..batch.count() {
            out.set(i, &product(&batch.get::<T>(i)?, &taus[i * count..][..count], batch.n));
        }
        out.finish(dtype)
    })
}

/// `Q·other`, `Qᴴ·other`, `other·Q` or `other·Qᴴ`.
fn ormqr(a: Tensor, tau: Tensor, other: Tensor, left: bool, transpose: bool) -> Result<Tensor> {
    let name = "torch.ormqr";
    ensure!(a.dim() >= 2, "{name}: input must have at least 2 dimensions.");
    ensure!(other.dim() >= 2, "{name}: other must have at least 2 dimensions.");
    let side = if left { -2 } else { -1 };
    let (size, count) = (other.size(side)?, if tau.dim() == 0 { 1 } else { tau.size(-1)? });
    ensure!(size >= count, "{name}: other.shape[{side}] must be greater than or equal to tau.shape[-1]");
    ensure!(size == a.size(-2)?, "{name}: other.shape[{side}] must be equal to input.shape[-2]");
    ensure!(count <= a.size(-1)?, "{name}: tau.shape[-1] must be less than or equal to input.shape[-1]");
    check_reflections(&a, &tau, name)?;
    ensure!(
        a.dim() == other.dim(),
        "{name}: Expected other to have the same number of dimensions as input, but got other.ndim equal to {} and \
         input.ndim is equal to {}",
        other.dim(),
        a.dim()
    );
    ensure!(
        a.sizes()[..a.dim() - 2] == other.sizes()[..a.dim() - 2],
        "{name}: Expected batch dimensions of other to be equal to input.shape[:-2], but got {:?}",
        &other.sizes()[..a.dim() - 2]
    );
    for (x, what) in [(&tau, "tau"), (&other, "other")] {
        ensure!(
            x.dtype() == a.dtype(),
            "{name}: Expected input and {what} to have the same dtype, but input has dtype{} and {what} has dtype {}",
            a.dtype().name(),
            x.dtype().name()
        );
    }
    let dtype = a.dtype();
    dispatch_field!(dtype, "ormqr_cpu", T => {
        let (a, batch) = (Batch::new::<T>(&a)?, Batch::new::<T>(&other)?);
        let taus = tau.to_vec::<T>()?;
        let count = count as usize;
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        for i in 0..batch.count() {
            let (a, mut b) = (a.get::<T>(i)?, batch.get::<T>(i)?);
            let taus = &taus[i * count..][..count];
            if left {
                apply(&a, taus, transpose, &mut b);
            } else {
                // B·Q is the adjoint of Qᴴ·Bᴴ
                let mut turned = b.adjoint();
                apply(&a, taus, !transpose, &mut turned);
                b = turned.adjoint();
            }
            out.set(i, &b);
        }
        out.finish(dtype)
    })
}
