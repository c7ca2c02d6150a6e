//! Norms of matrices.

use std::sync::Arc;

use super::svd::svdvals;
use super::*;
use crate::base::{wrap_dim, Scalar};
use crate::op;
use crate::op::reduce::vector_norm;
use crate::op::Op;
use crate::Error;

pub const OPS: &[Op] = &[
    op!(
        "aten::linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? \
         dtype=None) -> Tensor",
        matrix_norm(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::linalg_matrix_norm.str_ord(Tensor self, str ord=\"fro\", int[] dim=[-2, -1], bool keepdim=False, *, \
         ScalarType? dtype=None) -> Tensor",
        matrix_norm_named(_, _, _, _, _), out "str_ord_out"
    ),
    op!(
        "aten::linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? \
         dtype=None) -> Tensor",
        norm(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::linalg_norm.ord_str(Tensor self, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? \
         dtype=None) -> Tensor",
        norm_named(_, _, _, _, _), out "ord_str_out"
    ),
    op!("aten::nuclear_norm(Tensor self, bool keepdim=False) -> Tensor", nuclear_norm(_, _), out "out"),
    op!(
        "aten::nuclear_norm.dim(Tensor self, int[2] dim, bool keepdim=False) -> Tensor",
        nuclear_norm_dims(_, _, _), out "dim_out"
    ),
];

/// Checks and brings the two dimensions to the end. Returns them too.
fn prepare(x: &Tensor, dims: &[i64], dtype: Option<DType>) -> Result<(Tensor, [usize; 2])> {
    let name = "linalg.matrix_norm";
    check_matrix(x, name, "A")?;
    check_float(x, name, true)?;
    let [a, b] = dims else { bail!("{name}: dim must be a 2-tuple. Got {}", show_list(dims)) };
    let (i, j) = (wrap_dim(*a, x.dim())?, wrap_dim(*b, x.dim())?);
    ensure!(i != j, "{name}: dims must be different. Got ({a}, {b})");
    let mut moved = x.clone();
    if let Some(dtype) = dtype {
        ensure!(
            dtype.is_floating_point() || dtype.is_complex(),
            "{name}: dtype should be floating point or complex. Got {}",
            dtype.name()
        );
        ensure!(
            dtype.is_complex() == x.dtype().is_complex(),
            "{name}: dtype should be {} for {} inputs, but got {}",
            if x.dtype().is_complex() { "complex" } else { "real" },
            if x.dtype().is_complex() { "complex" } else { "real" },
            dtype.name()
        );
        ensure!(
            crate::base::promote_types(x.dtype(), dtype) == dtype,
            "{name}: the dtype of the input ({}) should be convertible without narrowing to the specified dtype ({})",
            x.dtype().name(),
            dtype.name()
        );
        moved = finish(moved, dtype)?;
    }
    let order: Dims = (0..x.dim()).filter(|d| *d != i && *d != j).chain([i, j]).map(|d| d as i64).collect();
    Ok((moved.permute(&order)?, [i, j]))
}

fn show_list(dims: &[i64]) -> String {
    dims.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// Puts 1 where the two dimensions were.
fn keep(x: Tensor, dims: [usize; 2], keepdim: bool) -> Result<Tensor> {
    if !keepdim {
        return Ok(x);
    }
    let (first, last) = (dims[0].min(dims[1]), dims[0].max(dims[1]));
    x.unsqueeze(first as i64)?.unsqueeze(last as i64)
}

pub(super) fn matrix_norm(
    x: Tensor,
    ord: Scalar,
    dims: Vec<i64>,
    keepdim: bool,
    dtype: Option<DType>,
) -> Result<Tensor> {
    let order = ord.to_f64();
    let by_values = order.abs() == 2.0;
    check_matrix(&x, "linalg.matrix_norm", "A")?;
    check_float(&x, "linalg.matrix_norm", !by_values)?;
    ensure!(
        by_values || order.abs() == 1.0 || order.is_infinite(),
        "linalg.matrix_norm: Order {} not supported.",
        crate::base::format_general(order, 6)
    );
    let (moved, places) = prepare(&x, &dims, dtype)?;
    let lead: Dims = moved.sizes()[..moved.dim() - 2].into();
    let extreme = |values: &mut dyn Iterator<Item = f64>| -> Result<f64> {
        let pick = |best: f64, v: f64| {
            if best.is_nan() || v.is_nan() {
                f64::NAN
            } else if order > 0.0 {
                best.max(v)
            } else {
                best.min(v)
            }
        };
        let first = values.next();
        first.map(|first| values.fold(first, pick)).ok_or_else(|| {
            let name = if order > 0.0 { "amax" } else { "amin" };
            Error::runtime(format!("{name}(): Expected reduction dim -1 to have non-zero size."))
        })
    };
    let mut out = Vectors::<f64>::new(&lead, None)?;
    let real = moved.dtype().to_real();
    if by_values {
        let s = svdvals(moved, None)?;
        let (k, values) = (s.size(-1)? as usize, s.to_vec::<f64>()?);
        for i in 0..numel(&lead) {
            out.set(i, &[extreme(&mut values[i * k..][..k].iter().copied())?]);
        }
    } else {
        let columns = order.abs() == 1.0;
        let batch = Batch::new::<crate::base::Complex64>(&moved)?;
        for i in 0..batch.count() {
            let matrix = batch.get::<crate::base::Complex64>(i)?;
            let value = if columns {
                extreme(&mut (0..matrix.cols).map(|j| matrix.col(j).iter().map(|v| v.norm()).sum()))?
            } else {
                let sum = |i: usize| (0..matrix.cols).map(|j| matrix[(i, j)].norm()).sum();
                extreme(&mut (0..matrix.rows).map(sum))?
            };
            out.set(i, &[value]);
        }
    }
    keep(out.finish(real)?, places, keepdim)
}

pub(super) fn matrix_norm_named(
    x: Tensor,
    ord: Arc<str>,
    dims: Vec<i64>,
    keepdim: bool,
    dtype: Option<DType>,
) -> Result<Tensor> {
    check_matrix(&x, "linalg.matrix_norm", "A")?;
    check_float(&x, "linalg.matrix_norm", &*ord != "nuc")?;
    ensure!(matches!(&*ord, "fro" | "nuc"), "linalg.matrix_norm: Order {ord} not supported.");
    let (moved, places) = prepare(&x, &dims, dtype)?;
    if &*ord == "fro" {
        return vector_norm(x, Scalar::Int(2), Some(dims), keepdim, dtype);
    }
    let s = svdvals(moved, None)?;
    let sum = crate::op::reduce::sum_dims(s, Some(vec![-1]), false, None)?;
    keep(sum, places, keepdim)
}

fn norm(x: Tensor, ord: Option<Scalar>, dims: Option<Vec<i64>>, keepdim: bool, dtype: Option<DType>) -> Result<Tensor> {
    check_norm(&x, &dims, ord.is_some())?;
    let of_matrix = match &dims {
        Some(dims) => dims.len() == 2,
        None => x.dim() == 2,
    };
    match ord {
        Some(ord) if of_matrix => matrix_norm(x, ord, dims.unwrap_or(vec![0, 1]), keepdim, dtype),
        ord => vector_norm(x, ord.unwrap_or(Scalar::Int(2)), dims, keepdim, dtype),
    }
}

fn check_norm(x: &Tensor, dims: &Option<Vec<i64>>, ordered: bool) -> Result<()> {
    match dims {
        Some(dims) => ensure!(
            dims.len() == 1 || dims.len() == 2,
            "linalg.norm: If dim is specified, it must be of length 1 or 2. Got {dims:?}"
        ),
        None => ensure!(
            !ordered || x.dim() == 1 || x.dim() == 2,
            "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got {}D.",
            x.dim()
        ),
    }
    Ok(())
}

fn norm_named(x: Tensor, ord: Arc<str>, dims: Option<Vec<i64>>, keepdim: bool, dtype: Option<DType>) -> Result<Tensor> {
    check_norm(&x, &dims, true)?;
    matrix_norm_named(x, ord, dims.unwrap_or(vec![0, 1]), keepdim, dtype)
}

fn nuclear_norm(x: Tensor, keepdim: bool) -> Result<Tensor> {
    nuclear_norm_dims(x, vec![-2, -1], keepdim)
}

fn nuclear_norm_dims(x: Tensor, dims: Vec<i64>, keepdim: bool) -> Result<Tensor> {
    matrix_norm_named(x, "nuc".into(), dims, keepdim, None)
}
