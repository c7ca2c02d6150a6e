//! Covariances and correlations.

use super::*;
use crate::base::Complex64;
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor",
        cov(_, _, _, _)
    ),
    op!("aten::corrcoef(Tensor self) -> Tensor", corrcoef(_)),
];

fn check_rank(x: &Tensor, name: &str) -> Result<()> {
    ensure!(
        x.dim() <= 2,
        "{name}(): expected input to have two or fewer dimensions but got an input with {} dimensions",
        x.dim()
    );
    Ok(())
}

/// A weight for every observation, checked.
fn weights(w: &Option<Tensor>, name: &str, count: usize) -> Result<Option<Vec<f64>>> {
    let Some(w) = w else { return Ok(None) };
    ensure!(
        w.dim() <= 1,
        "cov(): expected {name} to have one or fewer dimensions but got {name} with {} dimensions",
        w.dim()
    );
    let (fits, wanted) = match name {
        "fweights" => (w.dtype().is_integral(false), "integral"),
        _ => (w.dtype().is_floating_point(), "floating point"),
    };
    ensure!(fits, "cov(): expected {name} to have {wanted} dtype but got {name} with {} dtype", w.dtype().name());
    ensure!(
        w.numel() == count,
        "cov(): expected {name} to have the same numel as there are observations in the input but got {} != {count}",
        w.numel()
    );
    let values = w.to_vec::<f64>()?;
    ensure!(!values.iter().any(|v| *v < 0.0), "cov(): {name} cannot be negative");
    Ok(Some(values))
}

fn cov(x: Tensor, correction: i64, fweights: Option<Tensor>, aweights: Option<Tensor>) -> Result<Tensor> {
    check_rank(&x, "cov")?;
    ensure!(x.dtype() != DType::Bool, "cov(): bool dtype is not supported for input");
    let rows = if x.dim() < 2 { x.reshape(&[1, -1])? } else { x };
    let count = rows.sizes()[1] as usize;
    let frequencies = weights(&fweights, "fweights", count)?;
    let importance = weights(&aweights, "aweights", count)?;
    let weight = |i: usize| frequencies.as_ref().map_or(1.0, |w| w[i]) * importance.as_ref().map_or(1.0, |w| w[i]);
    // weights are summed up in their own dtype, and the differences of such sums show it
    let single = aweights.as_ref().is_some_and(|w| w.dtype() != DType::F64);
    let round = |v: f64| if single { f64::from(v as f32) } else { v };
    let total: f64 = round((0..count).map(|i| round(weight(i))).sum());
    ensure!(
        (frequencies.is_none() && importance.is_none()) || total != 0.0,
        "cov(): weights sum to zero, can't be normalized"
    );
    let norm = match &importance {
        Some(w) if correction != 0 => {
            let squares = round((0..count).map(|i| round(round(weight(i)) * w[i])).sum());
            round(total - round(round(correction as f64 * squares) / total))
        }
        _ => total - correction as f64,
    };
    let norm = norm.max(0.0);
    let dtype = match rows.dtype() {
        d if d.is_floating_point() || d.is_complex() => d,
        _ => crate::tensor::default_dtype(),
    };
    let dtype = aweights.as_ref().map_or(dtype, |w| crate::base::promote_types(dtype, w.dtype()));
    let out = if dtype.is_complex() {
        products::<Complex64>(&rows, &weight, total, norm, dtype)?
    } else {
        products::<f64>(&rows, &weight, total, norm, dtype)?
    };
    out.squeeze(None)
}

/// `Σ w·(x − x̄)·conj(y − ȳ) / norm` for every pair of rows.
fn products<T: Element + Field>(
    x: &Tensor,
    weight: &dyn Fn(usize) -> f64,
    total: f64,
    norm: f64,
    dtype: DType,
) -> Result<Tensor> {
    let values = dense::<T>(x)?;
    let (n, count) = (x.sizes()[0] as usize, x.sizes()[1] as usize);
    // rows of the tensor are columns here
    let mut rows = Matrix::from_slice(count, n, values.data::<T>()?);
    for j in 0..n {
        let row = rows.col_mut(j);
        let sum = row.iter().enumerate().fold(T::zero(), |s, (i, v)| s + v.scale(weight(i)));
        let mean = T::real(sum.re() / total) + (sum - T::real(sum.re())).scale(1.0 / total);
        row.iter_mut().for_each(|v| *v -= mean);
    }
    let mut weighted = rows.adjoint();
    for i in 0..count {
        weighted.col_mut(i).iter_mut().for_each(|v| *v = v.scale(weight(i)));
    }
    // weighted[j, i]·rows[i, k] is the conjugate of the product for (j, k): a row-major result
    let mut result = weighted.times(&rows);
    let complex = T::COMPLEX;
    result.map(|v| if complex { v.scale(1.0 / norm) } else { T::real(v.re() / norm) });
    let mut out = Out::<T>::new(&[], n, n)?;
    out.set(0, &result);
    finish(out.data.finish(), dtype)
}

fn corrcoef(x: Tensor) -> Result<Tensor> {
    check_rank(&x, "corrcoef")?;
    let c = cov(x, 1, None, None)?;
    let n = if c.dim() == 0 { 1 } else { c.sizes()[0] as usize };
    let mut values = c.to_vec::<Complex64>()?;
    let deviations: Vec<f64> = (0..n).map(|i| values[i * n + i].re.sqrt()).collect();
    for i in 0..n {
        for j in 0..n {
            let v = &mut values[i * n + j];
            if c.dim() == 0 {
                let defined = v.re.is_finite() && v.re != 0.0;
                *v = Complex64::new(if defined { 1.0 } else { f64::NAN }, 0.0);
                continue;
            }
            let part = |p: f64| {
                let p = p / deviations[i] / deviations[j];
                if p.is_nan() {
                    p
                } else {
                    p.clamp(-1.0, 1.0)
                }
            };
            *v = Complex64::new(part(v.re), part(v.im));
        }
    }
    if c.dtype().is_complex() {
        return finish(Tensor::from_slice(&values, c.sizes())?, c.dtype());
    }
    let values: Vec<f64> = values.iter().map(|v| v.re).collect();
    finish(Tensor::from_slice(&values, c.sizes())?, c.dtype())
}
