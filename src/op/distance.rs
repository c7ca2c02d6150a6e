//! Distances between the rows of matrices.

use super::compose::{cast, mul};
use super::Op;
use crate::base::{broadcast_shapes, numel, DType};
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor", cdist(_, _, _, _)),
    op!("aten::_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor", cdist(_, _, _, _), out "out"),
    op!("aten::_euclidean_dist(Tensor x1, Tensor x2) -> Tensor", euclidean(_, _), out "out"),
    op!("aten::pdist(Tensor self, float p=2.) -> Tensor", pdist(_, _)),
    op!("aten::_pdist_forward(Tensor self, float p=2.) -> Tensor", pdist(_, _), out "out"),
];

/// Every row of `a` against every row of `b`, for each matrix of the (broadcast) batch.
fn cdist(a: Tensor, b: Tensor, p: f64, mode: Option<i64>) -> Result<Tensor> {
    for (x, name) in [(&a, "X1"), (&b, "X2")] {
        ensure!(x.dim() >= 2, "cdist only supports at least 2D tensors, {name} got: {}D", x.dim());
    }
    let (ad, bd) = (a.dim(), b.dim());
    let (n, m, width) = (a.sizes()[ad - 2], b.sizes()[bd - 2], a.sizes()[ad - 1]);
    ensure!(
        width == b.sizes()[bd - 1],
        "X1 and X2 must have the same number of columns. X1: {width} X2: {}",
        b.sizes()[bd - 1]
    );
    for (x, name) in [(&a, "X1"), (&b, "X2")] {
        ensure!(
            x.dtype().is_floating_point(),
            "cdist only supports floating-point dtypes, {name} got: {}",
            x.dtype().name()
        );
    }
    ensure!(p >= 0.0, "cdist only supports non-negative p values");
    let mode = mode.unwrap_or(0);
    ensure!((0..=2).contains(&mode), "possible modes: 0, 1, 2, but was: {mode}");
    ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", a.dtype(), b.dtype());
    let batch = broadcast_shapes(&a.sizes()[..ad - 2], &b.sizes()[..bd - 2])?;
    let shape = |rows: &[i64]| -> Vec<i64> { batch.iter().chain(rows).copied().collect() };
    let (a, b) = (a.expand(&shape(&[n, width]))?, b.expand(&shape(&[m, width]))?);
    if numel(&shape(&[n, m])) == 0 {
        return Tensor::empty(&shape(&[n, m]), a.dtype());
    }
    if width == 0 {
        return Tensor::zeros(&shape(&[n, m]), a.dtype());
    }
    if p == 2.0 && (mode == 1 || mode == 0 && (n > 25 || m > 25)) {
        return euclidean(a, b);
    }
    check_float("cdist", &a)?;
    let (x, y) = (a.to_vec::<f64>()?, b.to_vec::<f64>()?);
    let (n, m, width) = (n as usize, m as usize, width as usize);
    let mut out = crate::tensor::NewTensor::<f64>::new(&shape(&[n as i64, m as i64]))?;
    let rows = out.data().chunks_mut(m).enumerate();
    for (row, slots) in rows {
        let batch = row / n;
        let left = &x[row * width..][..width];
        for (slot, right) in slots.iter_mut().zip(y[batch * m * width..].chunks(width)) {
            *slot = distance(left, right, p);
        }
    }
    cast(out.finish(), a.dtype())
}

/// By one matrix product: ‖x‖² - 2·x·y + ‖y‖².
fn euclidean(a: Tensor, b: Tensor) -> Result<Tensor> {
    let norm = |x: &Tensor| super::reduce::sum_dims(mul(x, x)?, Some(vec![-1]), true, None);
    let ones = |norm: &Tensor| Tensor::full(norm.sizes(), crate::Scalar::Int(1), norm.dtype());
    let (a_norm, b_norm) = (norm(&a)?, norm(&b)?);
    let left = super::join::cat(vec![mul(&a, -2.0)?, a_norm.clone(), ones(&a_norm)?], -1)?;
    let right = super::join::cat(vec![b.clone(), ones(&b_norm)?, b_norm], -1)?;
    let squares = super::matmul::matmul(left, right.transpose(-2, -1)?)?;
    crate::tensor::tile::map::<f64, f64>(&[&squares], squares.dtype(), &|x, o| {
        o.iter_mut().zip(x[0]).for_each(|(o, x)| *o = if *x < 0.0 { 0.0 } else { x.sqrt() });
    })
}

/// Every row against those after it.
fn pdist(x: Tensor, p: f64) -> Result<Tensor> {
    ensure!(x.dim() == 2, "pdist only supports 2D tensors, got: {}D", x.dim());
    ensure!(x.dtype().is_floating_point(), "pdist only supports floating-point dtypes");
    ensure!(p >= 0.0, "pdist only supports non-negative p values");
    let (n, width) = (x.sizes()[0], x.sizes()[1] as usize);
    if n <= 1 {
        return Tensor::empty(&[0], x.dtype());
    }
    let pairs = [n.saturating_mul(n - 1) / 2];
    if width == 0 {
        return Tensor::zeros(&pairs, x.dtype());
    }
    check_float("pdist", &x)?;
    let values = x.to_vec::<f64>()?;
    let row = |i: usize| &values[i * width..(i + 1) * width];
    let mut out = crate::tensor::NewTensor::<f64>::new(&pairs)?;
    let places = (0..n as usize).flat_map(|i| (i + 1..n as usize).map(move |j| (i, j)));
    for (slot, (i, j)) in out.data().iter_mut().zip(places) {
        *slot = distance(row(i), row(j), p);
    }
    cast(out.finish(), x.dtype())
}

fn check_float(name: &str, x: &Tensor) -> Result<()> {
    let fits = matches!(x.dtype(), DType::F32 | DType::F64);
    ensure!(fits, "\"{name}\" not implemented for '{}'", x.dtype().name());
    Ok(())
}

fn distance(a: &[f64], b: &[f64], p: f64) -> f64 {
    let gaps = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    if p == 0.0 {
        gaps.map(|d| f64::from(d != 0.0)).sum()
    } else if p == 1.0 {
        gaps.sum()
    } else if p == 2.0 {
        gaps.map(|d| d * d).sum::<f64>().sqrt()
    } else if p.is_infinite() {
        gaps.fold(0.0, |m: f64, d| if d.is_nan() || d > m { d } else { m })
    } else {
        gaps.map(|d| d.powf(p)).sum::<f64>().powf(1.0 / p)
    }
}
