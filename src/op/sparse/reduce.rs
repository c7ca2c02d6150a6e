//! Sums, norms and softmax over sparse tensors.

use super::parts::{add_up, is_compressed, layout_name, pick, Compressed, Coo};
use super::plain::{call, coo_in, summed_values, unsqueeze};
use crate::base::{wrap_dim, DType, Layout, Scalar};
use crate::op::compose::{cast, div, sub};
use crate::value::IValue;
use crate::{ensure, Error, Result, Tensor};

/// Over everything: a dense number.
pub fn sum(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    let parts = x.sparse_parts().ok_or_else(|| Error::internal("a sparse tensor has parts"))?;
    crate::op::reduce::sum_dims(parts.values.clone(), None, false, dtype)
}

/// Over dimensions; no dimensions at all change nothing.
pub fn sum_dims(x: Tensor, dims: Option<Vec<i64>>, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    let Some(dims) = dims else { return sum(x, dtype) };
    let compressed = is_compressed(x.layout());
    ensure!(
        !compressed || x.layout() == Layout::SparseCsr,
        "Currently the only compressed sparse format supported for sum.dim_IntList is CSR, but got layout {}",
        layout_name(x.layout())
    );
    ensure!(!compressed || keep, "reduction operations on CSR tensors with keepdim=False is unsupported");
    let dtype = dtype.unwrap_or(if x.dtype().is_integral(true) { DType::I64 } else { x.dtype() });
    if !compressed {
        return sum_over(coo_in(Coo::of(&x, "sum")?, dtype)?, &dims, keep);
    }
    let summed = sum_over(coo_in(Compressed::of(&x, "sum")?.to_coo()?, dtype)?, &dims, true)?;
    let summed = match summed.layout() {
        Layout::Strided => {
            Coo { sizes: vec![1, 1], dims: 2, at: vec![0, 0], values: summed.view(&[1])?, coalesced: true }
        }
        _ => Coo::of(&summed, "sum")?,
    };
    summed.compress(Layout::SparseCsr)?.tensor()
}

/// Dense where no sparse dimension is left. Dimensions that are kept come back at the end, as `unsqueeze` adds them.
fn sum_over(x: Coo, dims: &[i64], keep: bool) -> Result<Tensor> {
    let n = x.sizes.len();
    let mut over = vec![false; n];
    for d in dims {
        let d = wrap_dim(*d, n)?;
        ensure!(!std::mem::replace(&mut over[d], true), "dim {d} appears multiple times in the list of dims");
    }
    if dims.is_empty() {
        return Coo { values: x.values.deep_clone()?, ..x }.tensor();
    }
    let x = x.coalesce()?;
    let dtype = x.values.dtype();
    let dense: Vec<i64> = (x.dims..n).filter(|d| over[*d]).map(|d| (d - x.dims + 1) as i64).collect();
    let values = match dense.is_empty() {
        true => x.values.clone(),
        false => crate::op::reduce::sum_dims(x.values.clone(), Some(dense), false, Some(dtype))?,
    };
    let kept: Vec<usize> = (0..x.dims).filter(|d| !over[*d]).collect();
    let mut summed = if kept.is_empty() {
        crate::op::reduce::sum_dims(values, Some(vec![0]), false, Some(dtype))?
    } else {
        let sizes = (0..n).filter(|d| !over[*d]).map(|d| x.sizes[d]).collect();
        let at = kept.iter().flat_map(|d| x.row(*d).iter().copied()).collect();
        Coo { sizes, dims: kept.len(), at, values, coalesced: kept.len() == x.dims }.coalesce()?.tensor()?
    };
    if keep {
        for d in (0..n).filter(|d| over[*d]) {
            summed = match summed.layout() {
                Layout::Strided => summed.unsqueeze(d as i64)?,
                _ => unsqueeze(summed, d as i64)?,
            };
        }
    }
    Ok(summed)
}

pub fn sparse_sum(x: Tensor) -> Result<Tensor> {
    check_coo(&x, "coalesce")?;
    sum(x, None)
}

pub fn sparse_sum_in(x: Tensor, dtype: DType) -> Result<Tensor> {
    check_coo(&x, "coalesce")?;
    sum(x, Some(dtype))
}

pub fn sparse_sum_dims(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    check_coo(&x, "_sparse_sum")?;
    ensure!(!dims.is_empty(), "dim parameter cannot be empty");
    let dtype = x.dtype();
    sum_dims(x, Some(dims), false, Some(dtype))
}

pub fn sparse_sum_dims_in(x: Tensor, dims: Vec<i64>, dtype: DType) -> Result<Tensor> {
    sparse_sum_dims(super::plain::in_dtype(&x, dtype)?, dims)
}

fn check_coo(x: &Tensor, name: &str) -> Result<()> {
    Coo::of(x, name).map(drop)
}

pub fn any(x: Tensor) -> Result<Tensor> {
    call("aten::any", vec![summed_values(x, "any")?.into()])
}

/// Of all elements.
pub fn norm(x: Tensor, p: Scalar) -> Result<Tensor> {
    call("aten::norm.Scalar", vec![summed_values(x, "norm")?.into(), p.into()])
}

pub fn softmax_in(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let x = super::plain::in_dtype(&x, dtype.unwrap_or(x.dtype()))?;
    normalised(x, dim, false)
}

pub fn log_softmax_in(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let x = super::plain::in_dtype(&x, dtype.unwrap_or(x.dtype()))?;
    normalised(x, dim, true)
}

pub fn softmax(x: Tensor, dim: i64, half_to_float: bool) -> Result<Tensor> {
    ensure!(!half_to_float, "softmax with half to float conversion is not supported on CPU");
    normalised(x, dim, false)
}

pub fn log_softmax(x: Tensor, dim: i64, half_to_float: bool) -> Result<Tensor> {
    ensure!(!half_to_float, "log_softmax with half to float conversion is not supported on CPU");
    normalised(x, dim, true)
}

/// Over the elements that are there: those that are not count as minus infinity.
fn normalised(x: Tensor, dim: i64, log: bool) -> Result<Tensor> {
    let name = if log { "log_softmax" } else { "softmax" };
    let x = Coo::of(&x, name)?.coalesce()?;
    let d = wrap_dim(dim, x.sizes.len())?;
    if !x.values.dtype().is_floating_point() {
        return Err(crate::op::compute::not_implemented(name, x.values.dtype()));
    }
    if d >= x.dims {
        let of = if log { "aten::log_softmax.int" } else { "aten::softmax.int" };
        let values = call(of, vec![x.values.clone().into(), IValue::Int((d - x.dims + 1) as i64), IValue::None])?;
        return Coo { values, ..x }.tensor();
    }
    // elements of one line have the same index everywhere but in `dim`
    let mut sizes = x.sizes[..x.dims].to_vec();
    sizes[d] = 1;
    let mut at = x.at.clone();
    at[d * x.count()..(d + 1) * x.count()].fill(0);
    let lines = Coo { sizes, at, values: x.values.clone(), coalesced: false, ..x }.places();
    let mut distinct = lines.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let slots: Vec<i64> = lines.iter().map(|line| distinct.binary_search(line).map_or(0, |slot| slot as i64)).collect();
    let index = Tensor::from_slice(&slots, &[slots.len() as i64])?;
    let mut shape = x.values.sizes().to_vec();
    shape[0] = distinct.len() as i64;
    let low = Tensor::full(&shape, Scalar::Float(f64::NEG_INFINITY), x.values.dtype())?;
    let index_all = expand_index(&index, &x.values)?;
    let reduce = IValue::str("amax");
    let args = vec![low.into(), IValue::Int(0), index_all.into(), x.values.clone().into(), reduce, IValue::Bool(true)];
    let highest = call("aten::scatter_reduce.two", args)?;
    let shifted = sub(&x.values, &pick(&highest, &slots)?)?;
    let exps = call("aten::exp", vec![shifted.clone().into()])?;
    let sums = pick(&add_up(&exps, &slots, distinct.len())?, &slots)?;
    let values = match log {
        true => sub(&shifted, &call("aten::log", vec![sums.into()])?)?,
        false => div(&exps, &sums)?,
    };
    let values = cast(values, x.values.dtype())?;
    Coo { sizes: x.sizes.clone(), at: x.at.clone(), values, ..x }.tensor()
}

fn expand_index(index: &Tensor, like: &Tensor) -> Result<Tensor> {
    let mut shape = vec![index.sizes()[0]];
    shape.resize(like.dim(), 1);
    index.view(&shape)?.expand(like.sizes())
}
