//! Differences, gradients and integrals of samples along a dimension.

use super::compose::{add, div, mul, sub, sum};
use super::elementwise::apply_tensors;
use super::pointwise::compare::NE;
use super::scan::cumsum;
use super::Op;
use crate::base::{wrap_dim, DType, Scalar};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor",
        diff(_, _, _, _, _), out "out", tags[Converts]
    ),
    op!(
        "aten::gradient.scalarint(Tensor self, *, Scalar? spacing=None, int? dim=None, int edge_order=1) -> Tensor[]",
        gradient_number(_, _, _, _)
    ),
    op!(
        "aten::gradient.scalararray(Tensor self, *, Scalar spacing, int[] dim, int edge_order=1) -> Tensor[]",
        gradient_number_dims(_, _, _, _)
    ),
    op!("aten::gradient.array(Tensor self, *, int[] dim, int edge_order=1) -> Tensor[]", gradient_dims(_, _, _)),
    op!(
        "aten::gradient.scalarrayint(Tensor self, *, Scalar[] spacing, int? dim=None, int edge_order=1) -> Tensor[]",
        gradient_numbers(_, _, _, _)
    ),
    op!(
        "aten::gradient.scalarrayarray(Tensor self, *, Scalar[] spacing, int[] dim, int edge_order=1) -> Tensor[]",
        gradient_numbers_dims(_, _, _, _)
    ),
    op!(
        "aten::gradient.tensorarrayint(Tensor self, *, Tensor[] spacing, int? dim=None, int edge_order=1) -> Tensor[]",
        gradient_points(_, _, _, _)
    ),
    op!(
        "aten::gradient.tensorarray(Tensor self, *, Tensor[] spacing, int[] dim, int edge_order=1) -> Tensor[]",
        gradient_points_dims(_, _, _, _)
    ),
    op!("aten::trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", trapezoid_x(_, _, _)),
    op!("aten::trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor", trapezoid_dx(_, _, _)),
    op!("aten::trapz.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", trapezoid_x(_, _, _)),
    op!("aten::trapz.dx(Tensor y, *, float dx=1., int dim=-1) -> Tensor", trapz_dx(_, _, _)),
    op!("aten::cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", cumulative_trapezoid_x(_, _, _)),
    op!(
        "aten::cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor",
        cumulative_trapezoid_dx(_, _, _)
    ),
];

/// `x` from place `start` along `d`, `len` elements.
fn part(x: &Tensor, d: usize, start: i64, len: i64) -> Result<Tensor> {
    x.narrow(d as i64, start, len.max(0))
}

fn diff(x: Tensor, n: i64, dim: i64, prepend: Option<Tensor>, append: Option<Tensor>) -> Result<Tensor> {
    ensure!(x.dim() > 0, "diff expects input to be at least one-dimensional");
    let d = wrap_dim(dim, x.dim())?;
    for other in [&prepend, &append].into_iter().flatten() {
        ensure!(other.dim() == x.dim(), "diff expects prepend or append to be the same dimension as input");
        for i in (0..x.dim()).filter(|i| *i != d) {
            let (want, got) = (x.sizes()[i], other.sizes()[i]);
            ensure!(
                want == got,
                "diff expects the shape of tensor to prepend or append to match that of input except along the \
                 differencing dimension; input.size({i}) = {want}, but got tensor.size({i}) = {got}"
            );
        }
    }
    ensure!(n >= 0, "order must be non-negative but got {n}");
    if n == 0 {
        return x.deep_clone();
    }
    let mut result = match (prepend, append) {
        (None, None) => x,
        (before, after) => super::join::cat([before, Some(x), after].into_iter().flatten().collect(), d as i64)?,
    };
    for _ in 0..n.min(result.sizes()[d]) {
        let len = result.sizes()[d] - 1;
        let (next, this) = (part(&result, d, 1, len)?, part(&result, d, 0, len)?);
        result =
            if result.dtype() == DType::Bool { apply_tensors(&NE, &[&next, &this], &[])? } else { sub(next, this)? };
    }
    Ok(result)
}

/// The distances between samples along a dimension.
enum Spacing {
    Even(Scalar),
    /// Coordinates.
    Points(Tensor),
}

fn gradient(x: &Tensor, dims: &[i64], spacing: Vec<Spacing>, edge_order: i64) -> Result<Vec<Tensor>> {
    ensure!(x.dtype() != DType::U8, "torch.gradient does not support uint8 input.");
    ensure!(matches!(edge_order, 1 | 2), "torch.gradient only supports edge_order=1 and edge_order=2.");
    let mut seen = Vec::new();
    for &dim in dims {
        let d = wrap_dim(dim, x.dim())?;
        ensure!(!seen.contains(&d), "dim {d} appears multiple times in the list of dims");
        ensure!(x.size(dim)? > edge_order, "torch.gradient expected each dimension size to be at least edge_order+1");
        seen.push(d);
    }
    seen.iter().zip(spacing).map(|(&d, spacing)| gradient_along(x, d, &spacing, edge_order)).collect()
}

/// Central differences, one-sided at the ends: of second order there when `edge_order` is 2.
fn gradient_along(x: &Tensor, d: usize, spacing: &Spacing, edge_order: i64) -> Result<Tensor> {
    let n = x.sizes()[d];
    // the weights of three neighbours as tensors that broadcast along d
    let line = |values: Tensor| -> Result<Tensor> {
        let mut shape = vec![1; x.dim()];
        shape[d] = values.numel() as i64;
        values.reshape(&shape)
    };
    let gaps = match spacing {
        Spacing::Even(h) => return even_gradient(x, d, *h, edge_order),
        Spacing::Points(points) => line(diff(points.clone(), 1, -1, None, None)?)?,
    };
    let (left, right) = (part(&gaps, d, 0, n - 2)?, part(&gaps, d, 1, n - 2)?);
    let both = add(&left, &right)?;
    let product = mul(&left, &right)?;
    let weights = [
        div(super::compose::neg(&right)?, mul(&left, &both)?)?,
        div(sub(&right, &left)?, product)?,
        div(&left, mul(&right, &both)?)?,
    ];
    let center = combine(x, d, n, &weights)?;
    let at = |start: i64| part(x, d, start, 1);
    let gap = |i: i64| part(&gaps, d, i, 1);
    let (first, last) = if edge_order == 1 {
        (div(sub(at(1)?, at(0)?)?, gap(0)?)?, div(sub(at(n - 1)?, at(n - 2)?)?, gap(n - 2)?)?)
    } else {
        (one_sided([at(0)?, at(1)?, at(2)?], gap(0)?, gap(1)?)?, {
            let mirrored = one_sided([at(n - 1)?, at(n - 2)?, at(n - 3)?], gap(n - 2)?, gap(n - 3)?)?;
            super::compose::neg(&mirrored)?
        })
    };
    super::join::cat(vec![first, center, last], d as i64)
}

/// The derivative at the first of three samples with the gaps `h` and `k` after it.
fn one_sided([a, b, c]: [Tensor; 3], h: Tensor, k: Tensor) -> Result<Tensor> {
    let both = add(&h, &k)?;
    let first = mul(super::compose::neg(&div(add(&both, &h)?, mul(&h, &both)?)?)?, a)?;
    let second = mul(div(&both, mul(&h, &k)?)?, b)?;
    let third = mul(div(&h, mul(&k, &both)?)?, c)?;
    sub(add(first, second)?, third)
}

fn combine(x: &Tensor, d: usize, n: i64, weights: &[Tensor; 3]) -> Result<Tensor> {
    let [a, b, c] = weights;
    let (first, middle) = (mul(a, part(x, d, 0, n - 2)?)?, mul(b, part(x, d, 1, n - 2)?)?);
    add(add(first, middle)?, mul(c, part(x, d, 2, n - 2)?)?)
}

fn even_gradient(x: &Tensor, d: usize, h: Scalar, edge_order: i64) -> Result<Tensor> {
    let n = x.sizes()[d];
    let at = |start: i64| part(x, d, start, 1);
    let twice = |v: Tensor| mul(v, 2.0);
    let center = div(div(sub(part(x, d, 2, n - 2)?, part(x, d, 0, n - 2)?)?, h)?, 2.0)?;
    let (first, last) = if edge_order == 1 {
        (div(sub(at(1)?, at(0)?)?, h)?, div(sub(at(n - 1)?, at(n - 2)?)?, h)?)
    } else {
        let side = |a: Tensor, b: Tensor, c: Tensor| {
            let ends = add(mul(a, 1.5)?, mul(c, 0.5)?)?;
            div(sub(twice(b)?, ends)?, h)
        };
        let last = side(at(n - 1)?, at(n - 2)?, at(n - 3)?)?;
        (side(at(0)?, at(1)?, at(2)?)?, super::compose::neg(&last)?)
    };
    super::join::cat(vec![first, center, last], d as i64)
}

/// The dimensions that a gradient without a list of them is taken along.
fn gradient_dims_of(x: &Tensor, dim: Option<i64>) -> Vec<i64> {
    dim.map_or_else(|| (0..x.dim() as i64).collect(), |dim| vec![dim])
}

fn check_spacing(x: &Tensor, spacing: usize, dims: Option<usize>) -> Result<()> {
    match dims {
        Some(dims) => ensure!(
            spacing == dims,
            "torch.gradient expected spacing to be unspecified, a scalar or it's spacing and dim arguments to have the \
             same length, but got a spacing argument of length {spacing} and a dim argument of length {dims}."
        ),
        None => ensure!(
            spacing == x.dim(),
            "torch.gradient expected spacing to be unspecified, a scalar, or a list of length equal to 'self.dim() = \
             {}', since dim argument was not given, but got a list of length {spacing}",
            x.dim()
        ),
    }
    Ok(())
}

fn evenly(spacing: &[Scalar]) -> Vec<Spacing> {
    spacing.iter().map(|h| Spacing::Even(*h)).collect()
}

fn at_points(spacing: Vec<Tensor>) -> Result<Vec<Spacing>> {
    for points in &spacing {
        ensure!(
            points.dim() == 1,
            "torch.gradient expected each element of spacing to have one dimension, but got an element with {} \
             dimensions!",
            points.dim()
        );
    }
    Ok(spacing.into_iter().map(Spacing::Points).collect())
}

fn gradient_number(x: Tensor, spacing: Option<Scalar>, dim: Option<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    let dims = gradient_dims_of(&x, dim);
    let spacing = vec![spacing.unwrap_or(Scalar::Int(1)); dims.len()];
    gradient(&x, &dims, evenly(&spacing), edge_order)
}

fn gradient_number_dims(x: Tensor, spacing: Scalar, dims: Vec<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    gradient(&x, &dims, evenly(&vec![spacing; dims.len()]), edge_order)
}

fn gradient_dims(x: Tensor, dims: Vec<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    gradient_number_dims(x, Scalar::Int(1), dims, edge_order)
}

fn gradient_numbers(x: Tensor, spacing: Vec<Scalar>, dim: Option<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    check_spacing(&x, spacing.len(), dim.map(|_| 1))?;
    gradient(&x, &gradient_dims_of(&x, dim), evenly(&spacing), edge_order)
}

fn gradient_numbers_dims(x: Tensor, spacing: Vec<Scalar>, dims: Vec<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    check_spacing(&x, spacing.len(), Some(dims.len()))?;
    gradient(&x, &dims, evenly(&spacing), edge_order)
}

fn gradient_points(x: Tensor, spacing: Vec<Tensor>, dim: Option<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    check_spacing(&x, spacing.len(), dim.map(|_| 1))?;
    gradient(&x, &gradient_dims_of(&x, dim), at_points(spacing)?, edge_order)
}

fn gradient_points_dims(x: Tensor, spacing: Vec<Tensor>, dims: Vec<i64>, edge_order: i64) -> Result<Vec<Tensor>> {
    check_spacing(&x, spacing.len(), Some(dims.len()))?;
    gradient(&x, &dims, at_points(spacing)?, edge_order)
}

/// The sums of neighbours along `d`, and the gaps of `x` that belong to them.
fn trapezoids(name: &str, y: &Tensor, x: &Tensor, d: usize) -> Result<(Tensor, Tensor)> {
    let x = if x.dim() == 1 {
        ensure!(x.sizes()[0] == y.sizes()[d], "{name}: There must be one `x` value for each sample point");
        let mut shape = vec![1; y.dim()];
        shape[d] = x.sizes()[0];
        x.reshape(&shape)?
    } else if x.dim() < y.dim() {
        let mut shape = vec![1; y.dim() - x.dim()];
        shape.extend_from_slice(x.sizes());
        x.view(&shape)?
    } else {
        x.clone()
    };
    // the same place counted from the end
    let from_end = y.dim() - d;
    let xd = x.dim() - from_end;
    let len = x.sizes()[xd] - 1;
    let gaps = sub(x.slice(xd as i64, Some(1), None, 1)?, part(&x, xd, 0, len)?)?;
    Ok((neighbours(y, d)?, gaps))
}

fn neighbours(y: &Tensor, d: usize) -> Result<Tensor> {
    let len = y.sizes()[d] - 1;
    add(part(y, d, 0, len)?, y.slice(d as i64, Some(1), None, 1)?)
}

fn check_samples(name: &str, y: &Tensor, x: Option<&Tensor>, dx: Option<Scalar>, dim: i64) -> Result<usize> {
    if y.dim() == 0 {
        return Err(crate::Error::runtime(format!("Dimension specified as {dim} but tensor has no dimensions")));
    }
    let d = wrap_dim(dim, y.dim())?;
    match x {
        Some(x) => ensure!(
            y.dtype() != DType::Bool && x.dtype() != DType::Bool,
            "{name}: received a bool input for `x` or `y`, but bool is not supported"
        ),
        None => ensure!(y.dtype() != DType::Bool, "{name}: received a bool input for `y`, but bool is not supported"),
    }
    if matches!(dx, Some(Scalar::Bool(_) | Scalar::Complex(_))) {
        bail!("{name}: Currently, we only support dx as a real number.");
    }
    Ok(d)
}

fn trapezoid_x(y: Tensor, x: Tensor, dim: i64) -> Result<Tensor> {
    let d = check_samples("trapezoid", &y, Some(&x), None, dim)?;
    if y.sizes()[d] == 0 {
        return empty_integral(&y, d);
    }
    let (pairs, gaps) = trapezoids("trapezoid", &y, &x, d)?;
    let area = mul(pairs, gaps)?;
    div(sum(&area, d as i64 - y.dim() as i64)?, 2.0)
}

fn trapezoid_dx(y: Tensor, dx: Scalar, dim: i64) -> Result<Tensor> {
    let d = check_samples("trapezoid", &y, None, Some(dx), dim)?;
    let n = y.sizes()[d];
    if n == 0 {
        return empty_integral(&y, d);
    }
    let d = d as i64;
    let ends = mul(add(y.select(d, 0)?, y.select(d, n - 1)?)?, 0.5)?;
    mul(sub(sum(&y, d)?, ends)?, dx.to_f64())
}

fn trapz_dx(y: Tensor, dx: f64, dim: i64) -> Result<Tensor> {
    trapezoid_dx(y, Scalar::Float(dx), dim)
}

/// 0 for every row without samples.
fn empty_integral(y: &Tensor, d: usize) -> Result<Tensor> {
    Tensor::zeros(&crate::tensor::rows::reduced_shape(y.sizes(), &[d], false), y.dtype())
}

fn cumulative_trapezoid_x(y: Tensor, x: Tensor, dim: i64) -> Result<Tensor> {
    let d = check_samples("cumulative_trapezoid", &y, Some(&x), None, dim)?;
    let (pairs, gaps) = trapezoids("cumulative_trapezoid", &y, &x, d)?;
    div(cumsum(mul(gaps, pairs)?, d as i64 - y.dim() as i64, None)?, 2.0)
}

fn cumulative_trapezoid_dx(y: Tensor, dx: Scalar, dim: i64) -> Result<Tensor> {
    let d = check_samples("cumulative_trapezoid", &y, None, Some(dx), dim)?;
    let area = mul(neighbours(&y, d)?, dx.to_f64() / 2.0)?;
    cumsum(area, d as i64, None)
}
