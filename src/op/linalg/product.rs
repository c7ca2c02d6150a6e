//! Products of vectors along a dimension.

use super::*;
use crate::base::{wrap_dim, Complex64};
use crate::op;
use crate::op::compute::half_rounding;
use crate::op::convert::conj;
use crate::op::matmul::times;
use crate::op::Op;
use crate::tensor::tile;

pub const OPS: &[Op] = &[
    op!("aten::linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor", vecdot(_, _, _), out "out"),
    op!("aten::linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor", linalg_cross(_, _, _), out "out"),
    op!("aten::cross(Tensor self, Tensor other, int? dim=None) -> Tensor", cross(_, _, _), out "out"),
];

fn vecdot(x: Tensor, y: Tensor, dim: i64) -> Result<Tensor> {
    check_float(&x, "linalg.vecdot", true)?;
    check_same(&x, &y, "linalg.vecdot", ["x", "y"])?;
    if x.dim() == 1 && y.dim() == 1 {
        let (n, m) = (x.numel(), y.numel());
        ensure!(
            n == m,
            "inconsistent tensor size, expected tensor [{n}] and src [{m}] to have the same number of elements, but \
             got {n} and {m} elements respectively"
        );
    }
    crate::op::reduce::sum_dims(times(&conj(x)?, &y)?, Some(vec![dim]), false, None)
}

fn linalg_cross(a: Tensor, b: Tensor, dim: i64) -> Result<Tensor> {
    ensure!(a.dim() == b.dim(), "linalg.cross: inputs must have the same number of dimensions.");
    let at = |x: &Tensor| -> Result<i64> { Ok(if x.dim() == 0 { 1 } else { x.size(dim)? }) };
    let (n, m) = (at(&a)?, at(&b)?);
    ensure!(n == 3 && m == 3, "linalg.cross: inputs dimension {dim} must have length 3. Got {n} and {m}");
    let shape = broadcast_shapes(a.sizes(), b.sizes())?;
    ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", a.dtype().name(), b.dtype().name());
    let dtype = a.dtype();
    let dim = wrap_dim(dim, shape.len())? as i64;
    let (a, b) = (a.expand(&shape)?, b.expand(&shape)?);
    let out = Tensor::empty(&shape, dtype)?;
    for i in 0..3 {
        let (j, k) = ((i + 1) % 3, (i + 2) % 3);
        let parts = [a.select(dim, j)?, b.select(dim, k)?, a.select(dim, k)?, b.select(dim, j)?];
        let parts: Vec<&Tensor> = parts.iter().collect();
        let target = out.select(dim, i)?;
        match dtype {
            DType::F16 | DType::BF16 => {
                let round = half_rounding(dtype).unwrap_or(|x| x);
                tile::map_into::<f32, f32>(&parts, &target, &|x, y| {
                    let product = |a: usize, b: usize, i: usize| round(x[a][i] * x[b][i]);
                    y.iter_mut().enumerate().for_each(|(i, y)| *y = product(0, 1, i) - product(2, 3, i));
                })?;
            }
            DType::F32 => tile::map_into::<f32, f32>(&parts, &target, &|x, y| {
                y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] * x[1][i] - x[2][i] * x[3][i]);
            })?,
            DType::F64 => tile::map_into::<f64, f64>(&parts, &target, &|x, y| {
                y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] * x[1][i] - x[2][i] * x[3][i]);
            })?,
            DType::C64 | DType::C128 => tile::map_into::<Complex64, Complex64>(&parts, &target, &|x, y| {
                y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] * x[1][i] - x[2][i] * x[3][i]);
            })?,
            other if other.is_integral(false) => tile::map_into::<i64, i64>(&parts, &target, &|x, y| {
                y.iter_mut().enumerate().for_each(|(i, y)| {
                    *y = x[0][i].wrapping_mul(x[1][i]).wrapping_sub(x[2][i].wrapping_mul(x[3][i]));
                });
            })?,
            other => return Err(crate::op::compute::not_implemented("cross", other)),
        }
    }
    Ok(out)
}

/// Without `dim`, along the first dimension of size 3.
fn cross(a: Tensor, b: Tensor, dim: Option<i64>) -> Result<Tensor> {
    if dim.is_none() {
        ensure!(a.dim() == b.dim(), "linalg.cross: inputs must have the same number of dimensions.");
    }
    let found = dim.or_else(|| a.sizes().iter().position(|n| *n == 3).map(|d| d as i64));
    let Some(dim) = found else { bail!("no dimension of size 3 in input") };
    linalg_cross(a, b, dim)
}
