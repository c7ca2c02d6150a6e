//! Singular values and vectors.

use super::*;
use crate::kernel::linalg::svd::svd as svd_one;
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::_linalg_svd(Tensor A, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor \
         U, Tensor S, Tensor Vh)",
        svd_with(_, _, _, _), out "U(U, S, Vh)"
    ),
    op!(
        "aten::linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)",
        linalg_svd(_, _, _), out "U(U, S, Vh)"
    ),
    op!("aten::linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor", svdvals(_, _), out "out"),
    op!(
        "aten::svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)",
        svd(_, _, _), out "U(U, S, V)"
    ),
];

type Driver = Option<std::sync::Arc<str>>;

fn svd_with(a: Tensor, full: bool, vectors: bool, driver: Driver) -> Result<(Tensor, Tensor, Tensor)> {
    check_matrix(&a, "linalg.svd", "A")?;
    check_float(&a, "linalg.svd", true)?;
    ensure!(
        driver.is_none(),
        "torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with cuSOLVER backend."
    );
    let dtype = a.dtype();
    dispatch_field!(dtype, "linalg_svd_cpu", T => {
        let batch = Batch::new::<T>(&a)?;
        let (m, n) = (batch.m, batch.n);
        let k = m.min(n);
        let (left, right) = if full { (m, n) } else { (k, k) };
        let mut s = Vectors::<f64>::new(&batch.lead, Some(k))?;
        let mut infos = Vectors::<i32>::new(&batch.lead, None)?;
        let mut sides = match vectors {
            true => Some((Out::<T>::new(&batch.lead, m, left)?, Out::<T>::new(&batch.lead, right, n)?)),
            false => None,
        };
        for i in 0..batch.count() {
            let matrix = batch.get::<T>(i)?;
            ensure!(
                matrix.data().iter().all(|v| v.abs1().is_finite()),
                "linalg.svd: {}The algorithm failed to converge because the input matrix contained non-finite values.",
                if batch.lead.is_empty() { String::new() } else { format!("(Batch element {i}): ") }
            );
            let found = svd_one(&matrix, full, vectors);
            s.set(i, &found.s);
            infos.set(i, &[found.info]);
            if let Some((u, vh)) = &mut sides {
                u.set(i, &found.u);
                vh.set(i, &found.v.adjoint());
            }
        }
        check_infos(&infos.finish(DType::I32)?, "linalg.svd")?;
        let (u, vh) = match sides {
            Some((u, vh)) => (u.finish(dtype)?, vh.finish(dtype)?),
            None => (nothing(dtype)?, nothing(dtype)?),
        };
        Ok((u, s.finish(dtype.to_real())?, vh))
    })
}

pub(super) fn linalg_svd(a: Tensor, full: bool, driver: Driver) -> Result<(Tensor, Tensor, Tensor)> {
    svd_with(a, full, true, driver)
}

pub(super) fn svdvals(a: Tensor, driver: Driver) -> Result<Tensor> {
    Ok(svd_with(a, false, false, driver)?.1)
}

fn svd(a: Tensor, some: bool, vectors: bool) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(
        a.dim() >= 2,
        "linalg.svd: input should have at least 2 dimensions, but has {} dimensions instead",
        a.dim()
    );
    let dtype = a.dtype();
    let (u, s, vh) = svd_with(a.clone(), !some, vectors, None)?;
    if vectors {
        return Ok((u, s, row_major(&crate::op::convert::conj(vh)?.transpose(-2, -1)?)?));
    }
    let square = |n: i64| {
        let shape: Dims = a.sizes()[..a.dim() - 2].iter().copied().chain([n, n]).collect();
        Tensor::zeros(&shape, dtype)
    };
    Ok((square(a.size(-2)?)?, s, square(a.size(-1)?)?))
}
