//! Distances between rows.

use super::*;
use crate::base::threads::parallel_chunks;
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!("aten::cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor", cdist(_, _, _, _)),
    op!(
        "aten::_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor",
        cdist_forward(_, _, _, _), out "out"
    ),
    op!("aten::_euclidean_dist(Tensor x1, Tensor x2) -> Tensor", euclidean(_, _), out "out"),
    op!(
        "aten::_cdist_backward(Tensor grad, Tensor x1, Tensor x2, float p, Tensor cdist) -> Tensor",
        cdist_backward(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_pdist_backward(Tensor grad, Tensor self, float p, Tensor pdist) -> Tensor",
        pdist_backward(_, _, _, _), out "out"
    ),
    op!("aten::pdist(Tensor self, float p=2.) -> Tensor", pdist(_, _)),
    op!("aten::_pdist_forward(Tensor self, float p=2.) -> Tensor", pdist_forward(_, _), out "out"),
];

/// The p-norm of a difference.
fn distance<T: Element + num_traits::Float>(x: &[T], y: &[T], p: f64) -> T {
    let differences = x.iter().zip(y).map(|(x, y)| (*x - *y).abs());
    let zero = T::zero();
    if p == 0.0 {
        return differences.fold(zero, |s, d| if d == zero { s } else { s + T::one() });
    }
    if p == 1.0 {
        return differences.fold(zero, |s, d| s + d);
    }
    if p == 2.0 {
        return differences.fold(zero, |s, d| s + d * d).sqrt();
    }
    if p.is_infinite() {
        return differences.fold(zero, |s, d| if d > s || d.is_nan() { d } else { s });
    }
    let p = T::from_f64(p);
    differences.fold(zero, |s, d| s + d.powf(p)).powf(T::one() / p)
}

fn cdist(a: Tensor, b: Tensor, p: f64, mode: Option<i64>) -> Result<Tensor> {
    cdist_forward(a, b, p, mode)
}

fn cdist_forward(a: Tensor, b: Tensor, p: f64, mode: Option<i64>) -> Result<Tensor> {
    for (x, name) in [(&a, "X1"), (&b, "X2")] {
        ensure!(x.dim() >= 2, "cdist only supports at least 2D tensors, {name} got: {}D", x.dim());
    }
    ensure!(
        a.size(-1)? == b.size(-1)?,
        "X1 and X2 must have the same number of columns. X1: {} X2: {}",
        a.size(-1)?,
        b.size(-1)?
    );
    for (x, name) in [(&a, "X1"), (&b, "X2")] {
        ensure!(
            x.dtype().is_floating_point(),
            "cdist only supports floating-point dtypes, {name} got: {}",
            x.dtype().name()
        );
    }
    ensure!(p >= 0.0, "cdist only supports non-negative p values");
    if let Some(mode) = mode {
        ensure!((0..=2).contains(&mode), "possible modes: 0, 1, 2, but was: {mode}");
    }
    ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", a.dtype().name(), b.dtype().name());
    let (a, b) = broadcast_batches(&a, &b)?;
    match a.dtype() {
        DType::F32 => between::<f32>(&a, &b, p),
        DType::F64 => between::<f64>(&a, &b, p),
        other => Err(crate::op::compute::not_implemented("cdist", other)),
    }
}

fn between<T: Element + num_traits::Float>(a: &Tensor, b: &Tensor, p: f64) -> Result<Tensor> {
    let (rows, cols, k) = (a.size(-2)? as usize, b.size(-2)? as usize, a.size(-1)? as usize);
    let mut shape: Dims = a.sizes()[..a.dim() - 1].into();
    shape.push(cols as i64);
    let mut out = NewTensor::<T>::new(&shape)?;
    let (a, b) = (dense::<T>(a)?, dense::<T>(b)?);
    let (a, b) = (a.data::<T>()?, b.data::<T>()?);
    if !out.data().is_empty() {
        parallel_chunks(out.data(), cols, &|row, out| {
            let x = &a[row * k..][..k];
            let batch = row / rows;
            for (j, y) in out.iter_mut().enumerate() {
                *y = distance(x, &b[(batch * cols + j) * k..][..k], p);
            }
        });
    }
    Ok(out.finish())
}

fn euclidean(a: Tensor, b: Tensor) -> Result<Tensor> {
    for x in [&a, &b] {
        ensure!(
            x.dim() >= 2,
            "tensor.mT is only supported on matrices or batches of matrices. Got {}-D tensor.",
            x.dim()
        );
    }
    cdist_forward(a, b, 2.0, None)
}

fn pdist(x: Tensor, p: f64) -> Result<Tensor> {
    ensure!(x.dim() == 2, "pdist only supports 2D tensors, got: {}D", x.dim());
    ensure!(x.dtype().is_floating_point(), "pdist only supports floating-point dtypes");
    ensure!(p >= 0.0, "pdist only supports non-negative p values");
    pdist_forward(x.to_contiguous()?, p)
}

fn pdist_forward(x: Tensor, p: f64) -> Result<Tensor> {
    ensure!(x.is_contiguous(), "_pdist_forward requires contiguous input");
    ensure!(x.dim() == 2, "_pdist_forward only supports 2D tensors, got: {}D", x.dim());
    match x.dtype() {
        DType::F32 => among::<f32>(&x, p),
        DType::F64 => among::<f64>(&x, p),
        other => Err(crate::op::compute::not_implemented("pdist", other)),
    }
}

/// Every pair of rows once: (0, 1), (0, 2), …
fn among<T: Element + num_traits::Float>(x: &Tensor, p: f64) -> Result<Tensor> {
    let (n, k) = (x.sizes()[0], x.sizes()[1] as usize);
    let pairs = if n < 2 { 0 } else { n.checked_mul(n - 1).map(|v| v / 2).unwrap_or(i64::MAX) };
    let mut out = NewTensor::<T>::new(&[pairs])?;
    let x = dense::<T>(x)?;
    let data = x.data::<T>()?;
    let row = |i: usize| &data[i * k..][..k];
    let mut at = 0;
    let values = out.data();
    for i in 0..n as usize {
        for j in i + 1..n as usize {
            values[at] = distance(row(i), row(j), p);
            at += 1;
        }
    }
    Ok(out.finish())
}

/// How a distance changes with one difference, times the gradient of the distance.
fn slope(difference: f64, grad: f64, distance: f64, p: f64) -> f64 {
    let sign = if difference == 0.0 { 0.0 } else { difference.signum() };
    if p == 0.0 {
        0.0
    } else if p == 1.0 {
        grad * sign
    } else if p.is_infinite() {
        if difference.abs() == distance {
            grad * sign
        } else {
            0.0
        }
    } else if distance == 0.0 || (p < 1.0 && difference == 0.0) {
        0.0
    } else {
        sign * difference.abs().powf(p - 1.0) * grad / distance.powf(p - 1.0)
    }
}

fn check_real(x: &Tensor, name: &str) -> Result<()> {
    match x.dtype() {
        DType::F32 | DType::F64 => Ok(()),
        other => Err(crate::op::compute::not_implemented(name, other)),
    }
}

/// The gradient of [`cdist`] for its first argument.
fn cdist_backward(grad: Tensor, a: Tensor, b: Tensor, p: f64, distances: Tensor) -> Result<Tensor> {
    ensure!(
        a.dim() >= 2 && b.dim() >= 2 && a.size(-1)? == b.size(-1)?,
        "_cdist_backward: x1 and x2 must be matrices with the same number of columns"
    );
    check_real(&a, "_cdist_backward")?;
    let dtype = a.dtype();
    let (a, b) = broadcast_batches(&a, &b)?;
    let (cols, k) = (b.size(-2)? as usize, a.size(-1)? as usize);
    let mut shape: Dims = a.sizes()[..a.dim() - 1].into();
    shape.push(cols as i64);
    let (grad, distances) = (grad.expand(&shape)?.to_vec::<f64>()?, distances.expand(&shape)?.to_vec::<f64>()?);
    let (x, y) = (a.to_vec::<f64>()?, b.to_vec::<f64>()?);
    let mut out = NewTensor::<f64>::filled(a.sizes(), 0.0)?;
    let rows = a.size(-2)? as usize;
    for (row, out) in out.data().chunks_exact_mut(k.max(1)).enumerate() {
        for j in 0..cols {
            let y = &y[(row / rows * cols + j) * k..][..k];
            for (c, out) in out.iter_mut().enumerate() {
                *out += slope(x[row * k + c] - y[c], grad[row * cols + j], distances[row * cols + j], p);
            }
        }
    }
    finish(out.finish(), dtype)
}

/// The gradient of [`pdist`].
fn pdist_backward(grad: Tensor, x: Tensor, p: f64, distances: Tensor) -> Result<Tensor> {
    ensure!(x.dim() == 2, "_pdist_backward only supports 2D tensors, got: {}D", x.dim());
    check_real(&x, "_pdist_backward")?;
    let (n, k) = (x.sizes()[0] as usize, x.sizes()[1] as usize);
    let pairs = n * n.saturating_sub(1) / 2;
    let values = x.to_vec::<f64>()?;
    let (grad, distances) = (grad.to_vec::<f64>()?, distances.to_vec::<f64>()?);
    ensure!(
        grad.len() == pairs && distances.len() == pairs,
        "_pdist_backward: expected {pairs} distances and gradients, got {} and {}",
        distances.len(),
        grad.len()
    );
    let mut out = NewTensor::<f64>::filled(x.sizes(), 0.0)?;
    let sums = out.data();
    let mut at = 0;
    for i in 0..n {
        for j in i + 1..n {
            for c in 0..k {
                let change = slope(values[i * k + c] - values[j * k + c], grad[at], distances[at], p);
                sums[i * k + c] += change;
                sums[j * k + c] -= change;
            }
            at += 1;
        }
    }
    finish(out.finish(), x.dtype())
}
