//! Pseudoinverses, ranks, condition numbers.

use super::eigen::{eigvalsh, linalg_eigh};
use super::solve::inv_ex;
use super::svd::{linalg_svd, svdvals};
use super::*;
use crate::base::{Complex64, Scalar};
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::linalg_pinv.atol_rtol_tensor(Tensor self, *, Tensor? atol=None, Tensor? rtol=None, bool \
         hermitian=False) -> Tensor",
        pinv_tensors(_, _, _, _), out "atol_rtol_tensor_out"
    ),
    op!(
        "aten::linalg_pinv.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) \
         -> Tensor",
        pinv_floats(_, _, _, _), out "atol_rtol_float_out"
    ),
    op!(
        "aten::linalg_pinv(Tensor self, float rcond, bool hermitian=False) -> Tensor",
        pinv(_, _, _), out "out"
    ),
    op!(
        "aten::linalg_pinv.rcond_tensor(Tensor self, Tensor rcond, bool hermitian=False) -> Tensor",
        pinv_rcond_tensor(_, _, _), out "out_rcond_tensor"
    ),
    op!("aten::pinverse(Tensor self, float rcond=1.0000000000000001e-15) -> Tensor", pinverse(_, _)),
    op!(
        "aten::linalg_matrix_rank.atol_rtol_tensor(Tensor input, *, Tensor? atol=None, Tensor? rtol=None, bool \
         hermitian=False) -> Tensor",
        rank_tensors(_, _, _, _), out "atol_rtol_tensor_out"
    ),
    op!(
        "aten::linalg_matrix_rank.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool \
         hermitian=False) -> Tensor",
        rank_floats(_, _, _, _), out "atol_rtol_float_out"
    ),
    op!(
        "aten::linalg_matrix_rank(Tensor self, float tol, bool hermitian=False) -> Tensor",
        rank(_, _, _), out "out"
    ),
    op!(
        "aten::linalg_matrix_rank.tol_tensor(Tensor input, Tensor tol, bool hermitian=False) -> Tensor",
        rank_tol_tensor(_, _, _), out "out_tol_tensor"
    ),
    op!("aten::linalg_cond(Tensor self, Scalar? p=None) -> Tensor", cond(_, _), out "out"),
    op!("aten::linalg_cond.p_str(Tensor self, str p) -> Tensor", cond_named(_, _), out "p_str_out"),
];

/// Below which singular values count as zero: an absolute bound, and one relative to the largest; for each matrix.
struct Tolerance {
    absolute: Tensor,
    relative: Tensor,
}

impl Tolerance {
    fn new(x: &Tensor, absolute: Option<Tensor>, relative: Option<Tensor>, name: &str) -> Result<Tolerance> {
        if name.contains("rank") {
            check_matrix(x, &format!("torch.{name}"), "input")?;
        }
        for (tensor, which) in [(&absolute, "atol"), (&relative, "rtol")] {
            if let Some(tensor) = tensor {
                ensure!(
                    !tensor.dtype().is_complex() || name.contains("pinv"),
                    "torch.{name}: {which} tensor of complex type is not supported."
                );
            }
        }
        let double = |t: Tensor| real_f64(&t);
        let size = if relative.is_some() {
            0.0
        } else {
            let eps = match x.dtype().to_real() {
                DType::F32 => f64::from(f32::EPSILON),
                DType::F64 => f64::EPSILON,
                _ => bail!("This function doesn't handle types other than float and double"),
            };
            eps * x.size(-1)?.max(x.size(-2)?) as f64
        };
        let given = absolute.map(double).transpose()?;
        let relative = match (relative, &given) {
            (Some(relative), _) => double(relative)?,
            (None, Some(given)) => {
                let bounds: Vec<f64> =
                    given.to_vec::<f64>()?.iter().map(|v| if *v > 0.0 { 0.0 } else { size }).collect();
                Tensor::from_slice(&bounds, given.sizes())?
            }
            (None, None) => Tensor::scalar(Scalar::Float(size), DType::F64)?,
        };
        let absolute = match given {
            Some(absolute) => absolute,
            None => Tensor::scalar(Scalar::Float(0.0), DType::F64)?,
        };
        Ok(Tolerance { absolute, relative })
    }

    fn floats(x: &Tensor, absolute: Option<f64>, relative: Option<f64>, name: &str) -> Result<Tolerance> {
        let tensor = |v: Option<f64>| v.map(|v| Tensor::scalar(Scalar::Float(v), DType::F64)).transpose();
        Tolerance::new(x, tensor(absolute)?, tensor(relative)?, name)
    }

    /// The batch dimensions of the result.
    fn shape(&self, x: &Tensor) -> Result<Dims> {
        let lead = &x.sizes()[..x.dim() - 2];
        broadcast_shapes(&broadcast_shapes(lead, self.absolute.sizes())?, self.relative.sizes())
    }

    /// The bounds for values of shape `shape + [k]`.
    fn bounds(&self, values: &[f64], k: usize, shape: &[i64]) -> Result<Vec<f64>> {
        let absolute = self.absolute.expand(shape)?.to_vec::<f64>()?;
        let relative = self.relative.expand(shape)?.to_vec::<f64>()?;
        let largest =
            |i: usize| values[i * k..][..k].iter().fold(0.0, |m: f64, v| if v.is_nan() { *v } else { m.max(v.abs()) });
        Ok((0..absolute.len()).map(|i| absolute[i].max(relative[i] * largest(i))).collect())
    }
}

fn real_f64(x: &Tensor) -> Result<Tensor> {
    let values: Vec<f64> = x.to_vec::<Complex64>()?.iter().map(|v| v.re).collect();
    Tensor::from_slice(&values, x.sizes())
}

/// `x` with `lead` as its batch dimensions.
fn expand_batch(x: &Tensor, lead: &[i64]) -> Result<Tensor> {
    let shape: Dims = lead.iter().chain(&x.sizes()[x.dim() - 2..]).copied().collect();
    x.expand(&shape)
}

fn pinv_with(x: Tensor, tolerance: &Tolerance, hermitian: bool) -> Result<Tensor> {
    let dtype = x.dtype();
    ensure!(
        x.dim() >= 2 && check_float(&x, "linalg.pinv", false).is_ok(),
        "linalg.pinv({}{{{:?}}}): expected a tensor with 2 or more dimensions of float, double, cfloat or cdouble types",
        dtype.name(),
        x.sizes()
    );
    let x = expand_batch(&x, &tolerance.shape(&x)?)?;
    if x.numel() == 0 {
        let mut shape: Dims = x.sizes().into();
        let n = shape.len();
        shape.swap(n - 2, n - 1);
        return Tensor::empty(&shape, dtype);
    }
    let (u, s, vh) = if hermitian {
        let (s, q) = linalg_eigh(x.clone(), "L".into())?;
        (q.clone(), s, crate::op::convert::conj(q)?.transpose(-2, -1)?)
    } else {
        linalg_svd(x.clone(), false, None)?
    };
    let shape: Dims = x.sizes()[..x.dim() - 2].into();
    let values = s.to_vec::<f64>()?;
    let k = s.size(-1)? as usize;
    let bounds = tolerance.bounds(&values, k, &shape)?;
    dispatch_field!(dtype, "linalg_pinv", T => {
        let (u, vh) = (Batch::new::<T>(&u)?, Batch::new::<T>(&vh)?);
        let mut out = Out::<T>::new(&shape, vh.n, u.m)?;
        for (i, bound) in bounds.iter().enumerate() {
            let (u, mut v) = (u.get::<T>(i)?, vh.get::<T>(i)?.adjoint());
            for j in 0..k {
                let s = values[i * k + j];
                // comparisons are in the input's precision
                let by = if s.abs() > *bound { 1.0 / s } else { 0.0 };
                v.col_mut(j).iter_mut().for_each(|v| *v = v.scale(by));
            }
            out.set(i, &v.times(&u.adjoint()));
        }
        out.finish_rows(dtype)
    })
}

fn pinv_tensors(x: Tensor, absolute: Option<Tensor>, relative: Option<Tensor>, hermitian: bool) -> Result<Tensor> {
    let tolerance = Tolerance::new(&x, absolute, relative, "linalg.pinv")?;
    pinv_with(x, &tolerance, hermitian)
}

fn pinv_floats(x: Tensor, absolute: Option<f64>, relative: Option<f64>, hermitian: bool) -> Result<Tensor> {
    let tolerance = Tolerance::floats(&x, absolute, relative, "linalg.pinv")?;
    pinv_with(x, &tolerance, hermitian)
}

fn pinv(x: Tensor, rcond: f64, hermitian: bool) -> Result<Tensor> {
    pinv_floats(x, Some(0.0), Some(rcond), hermitian)
}

fn pinv_rcond_tensor(x: Tensor, rcond: Tensor, hermitian: bool) -> Result<Tensor> {
    pinv_tensors(x, None, Some(rcond), hermitian)
}

fn pinverse(x: Tensor, rcond: f64) -> Result<Tensor> {
    pinv(x, rcond, false)
}

fn rank_with(x: Tensor, tolerance: &Tolerance, hermitian: bool) -> Result<Tensor> {
    let shape = tolerance.shape(&x)?;
    let mut out = Vectors::<i64>::new(&shape, None)?;
    let x = expand_batch(&x, &shape)?;
    if x.numel() == 0 {
        return Tensor::zeros(&shape, DType::I64);
    }
    let s = if hermitian { eigvalsh(x, "L".into())? } else { svdvals(x, None)? };
    let k = s.size(-1)? as usize;
    let values = s.to_vec::<f64>()?;
    for (i, bound) in tolerance.bounds(&values, k, &shape)?.into_iter().enumerate() {
        out.set(i, &[values[i * k..][..k].iter().filter(|v| v.abs() > bound).count() as i64]);
    }
    out.finish(DType::I64)
}

fn rank_tensors(x: Tensor, absolute: Option<Tensor>, relative: Option<Tensor>, hermitian: bool) -> Result<Tensor> {
    let tolerance = Tolerance::new(&x, absolute, relative, "linalg.matrix_rank")?;
    rank_with(x, &tolerance, hermitian)
}

fn rank_floats(x: Tensor, absolute: Option<f64>, relative: Option<f64>, hermitian: bool) -> Result<Tensor> {
    let tolerance = Tolerance::floats(&x, absolute, relative, "linalg.matrix_rank")?;
    rank_with(x, &tolerance, hermitian)
}

fn rank(x: Tensor, tol: f64, hermitian: bool) -> Result<Tensor> {
    rank_floats(x, Some(tol), Some(0.0), hermitian)
}

fn rank_tol_tensor(x: Tensor, tol: Tensor, hermitian: bool) -> Result<Tensor> {
    rank_tensors(x, Some(tol), Some(Tensor::scalar(Scalar::Float(0.0), DType::F64)?), hermitian)
}

fn cond(x: Tensor, p: Option<Scalar>) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "linalg.cond: The input tensor must have at least 2 dimensions.");
    if let Some(p) = p {
        let v = p.to_f64();
        ensure!(v.abs() == 2.0 || v.abs() == 1.0 || v.is_infinite(), "linalg.cond got an invalid norm type: {v}");
    }
    let lead: Dims = x.sizes()[..x.dim() - 2].into();
    if x.numel() == 0 {
        return Tensor::zeros(&lead, x.dtype().to_real());
    }
    let order = p.map_or(2.0, Scalar::to_f64);
    if order.abs() == 2.0 {
        let s = svdvals(x, None)?;
        let k = s.size(-1)? as usize;
        let values = s.to_vec::<f64>()?;
        let mut out = Vectors::<f64>::new(&lead, None)?;
        for i in 0..numel(&lead) {
            let (first, last) = (values[i * k], values[i * k + k - 1]);
            out.set(i, &[if order > 0.0 { first / last } else { last / first }]);
        }
        return out.finish(s.dtype());
    }
    let shown = if order.is_infinite() { format!("{order}") } else { format!("{}", order as i64) };
    check_square(&x, &format!("linalg.cond(ord={shown})"))?;
    cond_by_inverse(x, &|x| super::norm::matrix_norm(x, Scalar::Float(order), vec![-2, -1], false, None))
}

/// The norm of a matrix times that of its inverse; infinite for a singular matrix.
fn cond_by_inverse(x: Tensor, norm: &dyn Fn(Tensor) -> Result<Tensor>) -> Result<Tensor> {
    let (inverse, info) = inv_ex(x.clone(), false)?;
    let inverse = inverse.to_contiguous()?;
    let infos = info.to_vec::<i32>()?;
    let flat = inverse.view(&[infos.len() as i64, inverse.size(-2)?, inverse.size(-1)?])?;
    for (i, info) in infos.iter().enumerate() {
        if *info > 0 {
            flat.select(0, i as i64)?.fill(Scalar::Float(f64::INFINITY))?;
        }
    }
    crate::op::matmul::times(&norm(x)?, &norm(inverse)?)
}

fn cond_named(x: Tensor, p: std::sync::Arc<str>) -> Result<Tensor> {
    ensure!(matches!(&*p, "fro" | "nuc"), "linalg.cond got an invalid norm type: {p}");
    check_square(&x, &format!("linalg.cond(ord={p})"))?;
    let lead: Dims = x.sizes()[..x.dim() - 2].into();
    if x.numel() == 0 {
        return Tensor::zeros(&lead, x.dtype().to_real());
    }
    if &*p == "fro" {
        return cond_by_inverse(x, &|x| super::norm::matrix_norm_named(x, "fro".into(), vec![-2, -1], false, None));
    }
    let s = svdvals(x, None)?;
    let k = s.size(-1)? as usize;
    let values = s.to_vec::<f64>()?;
    let mut out = Vectors::<f64>::new(&lead, None)?;
    for i in 0..numel(&lead) {
        let row = &values[i * k..][..k];
        out.set(i, &[row.iter().sum::<f64>() * row.iter().map(|v| 1.0 / v).sum::<f64>()]);
    }
    out.finish(s.dtype())
}
