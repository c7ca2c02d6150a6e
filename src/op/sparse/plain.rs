//! What operators on dense tensors do when an argument is sparse. Elementwise operators that keep zeros work on the values
//! that are there, added up where indices repeat.

use super::parts::{add_up, by_rows, is_compressed, layout_name, pick, Compressed, Coo};
use super::product::*;
use super::reduce::*;
use super::{empty_of, space, to_dense};
use crate::base::{broadcast_shapes, wrap_dim, DType, Device, Layout, MemoryFormat, Scalar};
use crate::op::compose::{cast, mul};
use crate::op::{Op, Stack};
use crate::tensor::SparseParts;
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};

/// Entries are looked up by name; see `op::SPARSE`.
pub const OPS: &[Op] = &[
    op!("aten::add.Tensor", add_tensors(_, _, _)),
    op!("aten::sub.Tensor", sub_tensors(_, _, _)),
    op!("aten::add.Scalar", add_number(_, _, _)),
    op!("aten::sub.Scalar", add_number(_, _, _)),
    op!("aten::mul.Tensor", mul_tensors(_, _)),
    op!("aten::mul.Scalar", shared raw("aten::mul.Scalar")),
    op!("aten::div.Tensor", div_tensors(_, _)),
    op!("aten::div.Scalar", shared raw_coo("aten::div.Scalar")),
    op!("aten::div.Scalar_mode", shared unary_coo("aten::div.Scalar_mode")),
    op!("aten::floor_divide.Scalar", shared unary_coo("aten::floor_divide.Scalar")),
    op!("aten::pow.Tensor_Scalar", pow(_, _)),
    op!("aten::square", shared unary_coo("aten::square")),
    op!("aten::nan_to_num", shared unary_coo("aten::nan_to_num")),
    op!("aten::neg", shared raw("aten::neg")),
    op!("aten::negative", shared raw("aten::neg")),
    op!("aten::conj_physical", shared raw("aten::conj_physical")),
    op!("aten::_conj_physical", shared raw("aten::_conj_physical")),
    op!("aten::positive", itself(_)),
    op!("aten::mm", mm(_, _)),
    op!("aten::matmul", matmul(_, _)),
    op!("aten::mv", mv(_, _)),
    op!("aten::bmm", bmm(_, _)),
    op!("aten::addmm", addmm(_, _, _, _, _)),
    op!("aten::addmv", addmv(_, _, _, _, _)),
    op!("aten::linear", linear(_, _, _)),
    op!("aten::sum", sum(_, _)),
    op!("aten::sum.dim_IntList", sum_dims(_, _, _, _)),
    op!("aten::any", any(_)),
    op!("aten::norm.Scalar", norm(_, _)),
    op!("aten::t", t(_)),
    op!("aten::numpy_T", t(_)),
    op!("aten::transpose.int", transpose(_, _, _)),
    op!("aten::swapaxes", transpose(_, _, _)),
    op!("aten::swapdims", transpose(_, _, _)),
    op!("aten::permute", permute(_, _)),
    op!("aten::select.int", select(_, _, _)),
    op!("aten::index_select", index_select(_, _, _)),
    op!("aten::narrow_copy", narrow_copy(_, _, _, _)),
    op!("aten::unsqueeze", unsqueeze(_, _)),
    op!("aten::cat", cat(_, _)),
    op!("aten::concat", cat(_, _)),
    op!("aten::stack", stack(_, _)),
    op!("aten::clone", clone(_, _)),
    op!("aten::copy_", copy_(_, _, _)),
    op!("aten::zero_", zero_(_)),
    op!("aten::zeros_like", like(_, _, _, _, _, _)),
    op!("aten::empty_like", like(_, _, _, _, _, _)),
    op!("aten::dropout", dropout(_, _, _)),
];

/// Operators of one argument that give zero for zero: on the values, added up where indices repeat.
pub const UNARY: &[Op] = &[
    op!("aten::abs", shared unary("aten::abs")),
    op!("aten::absolute", shared unary("aten::abs")),
    op!("aten::sin", shared unary("aten::sin")),
    op!("aten::tan", shared unary("aten::tan")),
    op!("aten::asin", shared unary("aten::asin")),
    op!("aten::arcsin", shared unary("aten::asin")),
    op!("aten::atan", shared unary("aten::atan")),
    op!("aten::arctan", shared unary("aten::atan")),
    op!("aten::sinh", shared unary("aten::sinh")),
    op!("aten::tanh", shared unary("aten::tanh")),
    op!("aten::asinh", shared unary("aten::asinh")),
    op!("aten::arcsinh", shared unary("aten::asinh")),
    op!("aten::atanh", shared unary("aten::atanh")),
    op!("aten::arctanh", shared unary("aten::atanh")),
    op!("aten::sqrt", shared unary("aten::sqrt")),
    op!("aten::sgn", shared unary("aten::sgn")),
    op!("aten::sign", shared unary("aten::sign")),
    op!("aten::floor", shared unary("aten::floor")),
    op!("aten::ceil", shared unary("aten::ceil")),
    op!("aten::round", shared unary("aten::round")),
    op!("aten::trunc", shared unary("aten::trunc")),
    op!("aten::fix", shared unary("aten::trunc")),
    op!("aten::frac", shared unary("aten::frac")),
    op!("aten::expm1", shared unary("aten::expm1")),
    op!("aten::log1p", shared unary("aten::log1p")),
    op!("aten::deg2rad", shared unary("aten::deg2rad")),
    op!("aten::rad2deg", shared unary("aten::rad2deg")),
    op!("aten::erf", shared unary("aten::erf")),
    op!("aten::erfinv", shared unary("aten::erfinv")),
    op!("aten::relu", shared unary("aten::relu")),
    op!("aten::isnan", shared unary("aten::isnan")),
    op!("aten::isinf", shared unary("aten::isinf")),
    op!("aten::isposinf", shared unary("aten::isposinf")),
    op!("aten::isneginf", shared unary("aten::isneginf")),
    op!("aten::signbit", shared unary("aten::signbit")),
];

/// Operators for sparse tensors that stand beside those of the same kind on dense ones.
pub const MORE: &[Op] = &[
    op!("aten::_sparse_broadcast_to(Tensor(a) self, int[] size) -> Tensor(a)", broadcast_to(_, _)),
    op!("aten::_sparse_broadcast_to_copy(Tensor self, int[] size) -> Tensor", broadcast_to(_, _), out "out", tags[MayAlias]),
    op!("aten::sparse_mask(Tensor self, Tensor mask) -> Tensor", mask(_, _), out "out", tags[MayAlias]),
    op!(
        "aten::_sparse_mask_projection(Tensor self, Tensor mask, bool accumulate_matches=False) -> Tensor",
        mask_projection(_, _, _), out "out", tags[MayAlias]
    ),
    op!("aten::_sparse_mm(Tensor sparse, Tensor dense) -> Tensor", mm(_, _)),
    op!(
        "aten::_sparse_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        addmm(_, _, _, _, _), out "out"
    ),
    op!("aten::_sparse_sparse_matmul(Tensor self, Tensor other) -> Tensor", mm(_, _), out "out"),
    op!("aten::_sparse_mm.reduce(Tensor sparse, Tensor dense, str reduce) -> Tensor", mm_reduce(_, _, _)),
    op!(
        "aten::_sparse_mm_reduce_impl(Tensor self, Tensor other, str reduce) -> (Tensor, Tensor)",
        mm_reduce_impl(_, _, _)
    ),
    op!(
        "aten::sparse_sampled_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        sampled_addmm(_, _, _, _, _), out "out"
    ),
    op!("aten::smm(Tensor self, Tensor mat2) -> Tensor", smm(_, _)),
    op!(
        "aten::sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        sspaddmm(_, _, _, _, _), out "out"
    ),
    op!("aten::hspmm(Tensor mat1, Tensor mat2) -> Tensor", hspmm(_, _), out "out"),
    op!("aten::_sparse_sum(Tensor self) -> Tensor", sparse_sum(_)),
    op!("aten::_sparse_sum.dtype(Tensor self, *, ScalarType dtype) -> Tensor", sparse_sum_in(_, _)),
    op!("aten::_sparse_sum.dim(Tensor self, int[1] dim) -> Tensor", sparse_sum_dims(_, _), out "dim_out"),
    op!(
        "aten::_sparse_sum.dim_dtype(Tensor self, int[1] dim, *, ScalarType dtype) -> Tensor",
        sparse_sum_dims_in(_, _, _)
    ),
    op!("aten::_sparse_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", softmax_in(_, _, _)),
    op!("aten::_sparse_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", softmax(_, _, _), out "out"),
    op!(
        "aten::_sparse_log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
        log_softmax_in(_, _, _)
    ),
    op!("aten::_sparse_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", log_softmax(_, _, _), out "out"),
];

/// Calls the plain operator on dense parts.
pub(super) fn call(of: &str, args: Vec<IValue>) -> Result<Tensor> {
    crate::op::registry::call(of, args)?.pop().unwrap_or_default().to_tensor()
}

/// The same pattern with other values.
pub(super) fn with_values(x: &Tensor, values: Tensor, coalesced: bool) -> Result<Tensor> {
    let parts = x.sparse_parts().ok_or_else(|| Error::internal("a sparse tensor has parts"))?;
    Ok(Tensor::sparse(x.sizes(), SparseParts { values, coalesced, ..parts.clone() }))
}

pub(super) fn in_dtype(x: &Tensor, dtype: DType) -> Result<Tensor> {
    match x.sparse_parts() {
        Some(parts) if x.dtype() != dtype => with_values(x, cast(parts.values.clone(), dtype)?, parts.coalesced),
        _ => Ok(x.clone()),
    }
}

pub(super) fn coo_in(x: Coo, dtype: DType) -> Result<Coo> {
    Ok(Coo { values: cast(x.values.clone(), dtype)?, ..x })
}

fn on_values(of: &'static str, stack: &mut Stack, n: usize, add_up_first: bool) -> Result<()> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let mut args: Vec<IValue> = stack.drain(base..).collect();
    let mut x = args.first().cloned().unwrap_or_default().to_tensor()?;
    if add_up_first && x.layout() == Layout::Sparse {
        x = super::coalesce(x)?;
    }
    let Some(parts) = x.sparse_parts() else {
        return Err(Error::unsupported(format!("{of} of a dense and a sparse tensor")));
    };
    args[0] = parts.values.clone().into();
    let values = call(of, args)?;
    stack.push(with_values(&x, values, parts.coalesced)?.into());
    Ok(())
}

fn unary(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    on_values(of, stack, n, true)
}

/// On the values as they are.
fn raw(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    on_values(of, stack, n, false)
}

fn check_coo_only(stack: &Stack, n: usize) -> Result<()> {
    match stack.get(stack.len().saturating_sub(n)) {
        Some(IValue::Tensor(x)) if is_compressed(x.layout()) => {
            bail!("unsupported tensor layout: {}", layout_name(x.layout()))
        }
        _ => Ok(()),
    }
}

fn unary_coo(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    check_coo_only(stack, n)?;
    unary(of, stack, n)
}

fn raw_coo(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    check_coo_only(stack, n)?;
    raw(of, stack, n)
}

fn itself(x: Tensor) -> Result<Tensor> {
    Ok(x)
}

fn pow(x: Tensor, exponent: Scalar) -> Result<Tensor> {
    ensure!(x.layout() == Layout::Sparse, "unsupported tensor layout: {}", layout_name(x.layout()));
    ensure!(
        exponent.to_f64() != 0.0,
        "pow: cannot raise to zeroth power on sparse tensor; it would make the result tensor dense"
    );
    let mut stack = vec![IValue::Tensor(x), exponent.into()];
    unary("aten::pow.Tensor_Scalar", &mut stack, 2)?;
    stack.pop().unwrap_or_default().to_tensor()
}

fn add_number(_: Tensor, _: Scalar, _: Scalar) -> Result<Tensor> {
    bail!("add(sparse, dense) is not supported. Use add(dense, sparse) instead.")
}

fn sub_tensors(a: Tensor, b: Tensor, alpha: Scalar) -> Result<Tensor> {
    ensure!(!is_compressed(a.layout()), "unsupported tensor layout: {}", layout_name(a.layout()));
    let alpha = match alpha {
        Scalar::Int(v) => Scalar::Int(v.wrapping_neg()),
        Scalar::Bool(v) => Scalar::Int(-i64::from(v)),
        Scalar::Float(v) => Scalar::Float(-v),
        Scalar::Complex(v) => Scalar::Complex(-v),
    };
    add_tensors(a, b, alpha)
}

fn add_tensors(a: Tensor, b: Tensor, alpha: Scalar) -> Result<Tensor> {
    let scaled_add = |a: Tensor, b: Tensor| call("aten::add.Tensor", vec![a.into(), b.into(), alpha.into()]);
    let (dense_a, dense_b) = (a.layout() == Layout::Strided, b.layout() == Layout::Strided);
    if dense_a || dense_b {
        ensure!(
            dense_a || is_compressed(a.layout()),
            "add(sparse, dense) is not supported. Use add(dense, sparse) instead."
        );
        ensure!(
            a.sizes() == b.sizes(),
            "add: expected 'self' and 'other' to have same size, but self has size {:?} while other has size {:?} (FYI: \
             {}-sparse addition does not currently support broadcasting)",
            a.sizes(),
            b.sizes(),
            if is_compressed(b.layout()) || is_compressed(a.layout()) { "op2" } else { "dense" }
        );
        return scaled_add(to_dense(a, None, None)?, to_dense(b, None, None)?);
    }
    ensure!(
        a.sizes() == b.sizes(),
        "add: expected sizes of 'self' and 'other' to match, but {:?} != {:?}",
        a.sizes(),
        b.sizes()
    );
    if a.layout() != b.layout() {
        return Err(Error::unsupported(format!("add of {} and {}", layout_name(a.layout()), layout_name(b.layout()))));
    }
    let layout = a.layout();
    let (a, b) = match layout {
        Layout::Sparse => (Coo::of(&a, "add")?, Coo::of(&b, "add")?),
        _ => {
            ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", b.dtype().name(), a.dtype().name());
            (Compressed::of(&a, "add")?.to_coo()?.coalesce()?, Compressed::of(&b, "add")?.to_coo()?.coalesce()?)
        }
    };
    ensure!(
        a.dims == b.dims,
        "add: expected 'self' and 'other' to have same density, but 'self' has {} sparse dimensions while 'other' has {} \
         sparse dimensions",
        a.dims,
        b.dims
    );
    let (places, slot_a, slot_b) = merge(&a.places(), &b.places());
    let n = places.len();
    let values = scaled_add(add_up(&a.values, &slot_a, n)?, add_up(&b.values, &slot_b, n)?)?;
    let at = Coo::indices_of(&places, &a.sizes[..a.dims]);
    let sum = Coo { at, values, coalesced: a.coalesced && b.coalesced, ..a };
    match layout {
        Layout::Sparse => sum.tensor(),
        layout => sum.compress(layout)?.tensor(),
    }
}

/// Both lists walked together, as if in order: the result's places, and where each element of the two goes.
fn merge(a: &[i64], b: &[i64]) -> (Vec<i64>, Vec<i64>, Vec<i64>) {
    let (mut places, mut slot_a, mut slot_b) = (Vec::new(), Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (x, y) = (a.get(i), b.get(j));
        let slot = places.len() as i64;
        let take_a = x.is_some() && y.is_none_or(|y| x <= Some(y));
        let take_b = y.is_some() && x.is_none_or(|x| y <= Some(x));
        if take_a {
            slot_a.push(slot);
            i += 1;
        }
        if take_b {
            slot_b.push(slot);
            j += 1;
        }
        places.extend(if take_a { x } else { y });
    }
    (places, slot_a, slot_b)
}

fn mul_tensors(a: Tensor, b: Tensor) -> Result<Tensor> {
    match (a.layout(), b.layout()) {
        (Layout::Strided, _) => mul_dense(&b, &a),
        (_, Layout::Strided) => mul_dense(&a, &b),
        (Layout::Sparse, Layout::Sparse) => intersect(Coo::of(&a, "mul")?, Coo::of(&b, "mul")?)?.tensor(),
        (x, y) if x == y => {
            let both = |x: &Tensor| Compressed::of(x, "mul")?.to_coo()?.coalesce();
            intersect(both(&a)?, both(&b)?)?.compress(x)?.tensor()
        }
        (x, y) => Err(Error::unsupported(format!("mul of {} and {}", layout_name(x), layout_name(y)))),
    }
}

/// What both have where both are coalesced; else the elements of one of them, times what the other has there.
fn intersect(a: Coo, b: Coo) -> Result<Coo> {
    ensure!(
        a.sizes == b.sizes && a.dims == b.dims,
        "sparse_binary_op_intersection_cpu(): expects sparse inputs with equal dimensionality, number of sparse \
         dimensions, and shape of sparse dimensions"
    );
    let a_is_looked_up = match (a.coalesced, b.coalesced) {
        (true, false) => true,
        (false, true) => false,
        _ => a.count() >= b.count(),
    };
    let both_coalesced = a.coalesced && b.coalesced;
    let (found, mut kept) = if a_is_looked_up { (a, b) } else { (b, a) };
    if both_coalesced {
        let (there, places) = (found.places(), kept.places());
        let common: Vec<i64> =
            (0..places.len() as i64).filter(|i| there.binary_search(&places[*i as usize]).is_ok()).collect();
        let (at, values) = kept.pick(&common)?;
        kept = Coo { at, values, ..kept };
    }
    let other = look_up(&found.coalesce()?, &kept)?;
    let values = mul(&kept.values, &other)?;
    Ok(Coo { values, ..kept })
}

/// The values of `x`, which is coalesced, at the places of `pattern`; zero where it has none.
fn look_up(x: &Coo, pattern: &Coo) -> Result<Tensor> {
    let places = x.places();
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|i| places[*i]);
    let zero = places.len() as i64;
    let rows: Vec<i64> = pattern
        .places()
        .iter()
        .map(|p| order.binary_search_by_key(p, |i| places[*i]).map_or(zero, |found| order[found] as i64))
        .collect();
    // one more row, of zeros
    let mut shape = x.values.sizes().to_vec();
    shape[0] = 1;
    let padded = crate::op::join::cat(vec![x.values.clone(), Tensor::zeros(&shape, x.values.dtype())?], 0)?;
    pick(&padded, &rows)
}

/// A dense tensor's elements at the places of a pattern that has its sizes.
fn dense_at(dense: &Tensor, pattern: &Coo) -> Result<Tensor> {
    let mut shape = vec![space(pattern) as i64];
    shape.extend_from_slice(&pattern.sizes[pattern.dims..]);
    pick(&dense.to_contiguous()?.view(&shape)?, &pattern.places())
}

fn mul_dense(x: &Tensor, dense: &Tensor) -> Result<Tensor> {
    let parts = x.sparse_parts().ok_or_else(|| Error::internal("a sparse tensor has parts"))?;
    if dense.dim() == 0 {
        return with_values(x, mul(&parts.values, dense)?, parts.coalesced);
    }
    if is_compressed(x.layout()) {
        let picked = mask(dense.clone(), x.clone())?;
        let picked = picked.sparse_parts().ok_or_else(|| Error::internal("a sparse tensor has parts"))?;
        return with_values(x, mul(&parts.values, &picked.values)?, true);
    }
    let sizes = broadcast_shapes(x.sizes(), dense.sizes())?;
    let mut coo = Coo::of(x, "mul")?;
    let lead = sizes.len() - coo.sizes.len();
    if coo.sizes[..] != sizes[lead..] {
        coo = broadcast(coo, &sizes[lead..])?;
    }
    if lead > 0 {
        coo = repeated(coo, &sizes[..lead])?;
    }
    let values = mul(&coo.values, &dense_at(&dense.expand(&sizes)?, &coo)?)?;
    Coo { values, ..coo }.tensor()
}

/// All elements for every index of new leading dimensions.
fn repeated(x: Coo, lead: &[i64]) -> Result<Coo> {
    let times = crate::base::numel(lead);
    let n = x.count();
    fits(lead.len() + x.dims, n.saturating_mul(times))?;
    let mut at = Vec::new();
    let outer: Vec<i64> = (0..times as i64).collect();
    for row in Coo::indices_of(&outer, lead).chunks(times.max(1)) {
        at.extend(row.iter().flat_map(|i| std::iter::repeat_n(*i, n)));
    }
    for d in 0..x.dims {
        (0..times).for_each(|_| at.extend_from_slice(x.row(d)));
    }
    let rows: Vec<i64> = (0..times).flat_map(|_| 0..n as i64).collect();
    let values = pick(&x.values, &rows)?;
    Ok(Coo { sizes: [lead, &x.sizes].concat(), dims: lead.len() + x.dims, at, values, coalesced: x.coalesced })
}

/// Fails when indices for so many elements would not fit into memory.
fn fits(dims: usize, count: usize) -> Result<()> {
    Tensor::empty(&[dims as i64 + 1, i64::try_from(count).unwrap_or(i64::MAX)], DType::I64).map(drop)
}

/// Every element for each place that it is spread over.
fn broadcast(x: Coo, sizes: &[i64]) -> Result<Coo> {
    ensure!(sizes.len() >= x.sizes.len(), "_sparse_broadcast_to: {sizes:?} has fewer dimensions than {:?}", x.sizes);
    let lead = sizes.len() - x.sizes.len();
    for (d, (have, wanted)) in x.sizes.iter().zip(&sizes[lead..]).enumerate() {
        ensure!(
            have == wanted || *have == 1,
            "The expanded size of the tensor ({wanted}) must match the existing size ({have}) at non-singleton dimension {d}"
        );
    }
    let dims = lead + x.dims;
    let free = |d: usize| d < lead || x.sizes[d - lead] != sizes[d];
    let spread: Vec<i64> = (0..dims).map(|d| if free(d) { sizes[d] } else { 1 }).collect();
    let combinations = crate::base::numel(&spread);
    let n = x.count();
    fits(dims, n.saturating_mul(combinations))?;
    let all: Vec<i64> = (0..combinations as i64).collect();
    let places = Coo::indices_of(&all, &spread);
    let mut at = Vec::with_capacity(dims * n * combinations);
    for d in 0..dims {
        let of_combination = &places[d * combinations..(d + 1) * combinations];
        for e in 0..n {
            match free(d) {
                true => at.extend_from_slice(of_combination),
                false => at.extend(std::iter::repeat_n(x.at[(d - lead) * n + e], combinations)),
            }
        }
    }
    let rows: Vec<i64> = (0..n as i64).flat_map(|e| std::iter::repeat_n(e, combinations)).collect();
    let mut shape = vec![rows.len() as i64];
    shape.extend_from_slice(&sizes[dims..]);
    let values = pick(&x.values, &rows)?.expand(&shape)?.to_contiguous()?;
    Ok(Coo { sizes: sizes.to_vec(), dims, at, values, coalesced: false })
}

fn broadcast_to(x: Tensor, sizes: Vec<i64>) -> Result<Tensor> {
    if x.sizes() == sizes {
        return Ok(x);
    }
    ensure!(sizes.iter().all(|size| *size >= 0), "_sparse_broadcast_to: negative sizes {sizes:?}");
    broadcast(Coo::of(&x, "_sparse_broadcast_to")?, &sizes)?.tensor()
}

fn div_tensors(x: Tensor, divisor: Tensor) -> Result<Tensor> {
    ensure!(
        divisor.dim() == 0 && divisor.layout() == Layout::Strided,
        "Sparse division requires a scalar or zero-dim dense tensor divisor (got shape {:?} for divisor)",
        divisor.sizes()
    );
    let Some(parts) = x.sparse_parts() else { return Err(Error::internal("a sparse tensor has parts")) };
    ensure!(x.layout() == Layout::Sparse, "unsupported tensor layout: {}", layout_name(x.layout()));
    let values = call("aten::div.Tensor", vec![parts.values.clone().into(), divisor.into()])?;
    with_values(&x, values, parts.coalesced)
}

/// What `x` has where the mask has elements.
fn mask(x: Tensor, mask: Tensor) -> Result<Tensor> {
    ensure!(
        x.sizes() == mask.sizes(),
        "sparse_mask(): operands have incompatible sizes; self has size {:?} but mask has size {:?}",
        x.sizes(),
        mask.sizes()
    );
    let parts =
        mask.sparse_parts().ok_or_else(|| Error::runtime("sparse_mask: expected mask to be a sparse tensor"))?;
    let pattern = match mask.layout() {
        Layout::Sparse => Coo::of(&mask, "sparse_mask")?,
        _ => Compressed::of(&mask, "sparse_mask")?.to_coo()?,
    };
    let values = match x.layout() {
        Layout::Strided => dense_at(&x, &pattern)?,
        Layout::Sparse => {
            let x = Coo::of(&x, "sparse_mask")?;
            ensure!(x.dims == pattern.dims, "sparse_mask(): self and mask have different numbers of sparse dimensions");
            look_up(&x.coalesce()?, &pattern)?
        }
        _ => look_up(&Compressed::of(&x, "sparse_mask")?.to_coo()?.coalesce()?, &pattern)?,
    };
    with_values(&mask, values, parts.coalesced)
}

/// Self's pattern, with what the mask has there.
fn mask_projection(x: Tensor, pattern: Tensor, accumulate: bool) -> Result<Tensor> {
    let (own, other) = (Coo::of(&x, "_sparse_mask_projection")?, Coo::of(&pattern, "_sparse_mask_projection")?);
    ensure!(
        own.sizes == other.sizes && own.dims == other.dims,
        "sparse_mask_projection(): operands have incompatible sizes"
    );
    // ones where the mask has an element, as often as it has it
    let ones = Tensor::full(&[other.count() as i64], Scalar::Int(1), DType::I64)?;
    let counted = Coo { values: ones, sizes: other.sizes[..other.dims].to_vec(), ..other }.coalesce()?;
    let bare = Coo { sizes: own.sizes[..own.dims].to_vec(), values: own.values.clone(), at: own.at.clone(), ..own };
    let mut times = look_up(&counted, &bare)?;
    if !accumulate {
        times = call("aten::ne.Scalar", vec![times.into(), IValue::Int(0)])?;
    }
    let mut shape = vec![times.sizes()[0]];
    shape.resize(own.values.dim(), 1);
    with_values(&x, mul(&own.values, &cast(times, own.values.dtype())?.view(&shape)?)?, own.coalesced)
}

pub(super) fn t(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is {}D", x.dim());
    if x.dim() < 2 {
        return Ok(x);
    }
    transpose(x, 0, 1)
}

fn transpose(x: Tensor, a: i64, b: i64) -> Result<Tensor> {
    let (a, b) = (wrap_dim(a, x.dim())?, wrap_dim(b, x.dim())?);
    if a == b {
        return Ok(x);
    }
    if is_compressed(x.layout()) {
        let parts = x.sparse_parts().ok_or_else(|| Error::internal("a sparse tensor has parts"))?;
        if x.dim() != 2 || !super::parts::has_no_blocks(x.layout()) {
            return Err(Error::unsupported("transposing compressed tensors with batches, blocks or dense dimensions"));
        }
        let layout = if by_rows(x.layout()) { Layout::SparseCsc } else { Layout::SparseCsr };
        return Ok(Tensor::sparse(&[x.sizes()[1], x.sizes()[0]], SparseParts { layout, ..parts.clone() }));
    }
    let coo = Coo::of(&x, "transpose")?;
    ensure!(
        a < coo.dims && b < coo.dims,
        "sparse transpose: transposed dimensions must be sparse Got sparse_dim: {}, d0: {a}, d1: {b}",
        coo.dims
    );
    let mut order: Vec<usize> = (0..coo.sizes.len()).collect();
    order.swap(a, b);
    reordered(coo, &order)?.tensor()
}

/// Dimensions in another order; sparse ones stay first.
fn reordered(x: Coo, order: &[usize]) -> Result<Coo> {
    let at = order[..x.dims].iter().flat_map(|d| x.row(*d).iter().copied()).collect();
    let dense: Vec<i64> = std::iter::once(0).chain(order[x.dims..].iter().map(|d| (d - x.dims + 1) as i64)).collect();
    let values = x.values.permute(&dense)?;
    Ok(Coo { sizes: order.iter().map(|d| x.sizes[*d]).collect(), at, values, coalesced: false, ..x })
}

fn permute(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    let coo = Coo::of(&x, "permute")?;
    let n = coo.sizes.len();
    ensure!(
        dims.len() == n,
        "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering \
         of dimensions i.e. input.dim() = {n} is not equal to len(dims) = {}",
        dims.len()
    );
    let order = dims.iter().map(|d| wrap_dim(*d, n)).collect::<Result<Vec<usize>>>()?;
    let mut sorted = order.clone();
    sorted.sort_unstable();
    ensure!(sorted.windows(2).all(|w| w[0] != w[1]), "permute(sparse_coo): duplicate dims are not allowed.");
    ensure!(
        order[..coo.dims].iter().all(|d| *d < coo.dims),
        "permute(sparse_coo): transpositions between sparse and dense dimensions are not allowed.Only transpositions \
         within sparse and dense dimensions are supported."
    );
    let same = order.iter().enumerate().all(|(i, d)| i == *d);
    let coalesced = coo.coalesced && same;
    let mut moved = reordered(coo, &order)?;
    moved.coalesced = coalesced;
    moved.tensor()
}

pub(super) fn any_coo(x: &Tensor, name: &str) -> Result<Coo> {
    match x.layout() {
        Layout::Sparse => Coo::of(x, name),
        _ => Compressed::of(x, name)?.to_coo(),
    }
}

pub(super) fn select(x: Tensor, dim: i64, index: i64) -> Result<Tensor> {
    ensure!(x.dim() > 0, "select() cannot be applied to a 0-dim tensor.");
    let d = wrap_dim(dim, x.dim())?;
    let size = x.sizes()[d];
    ensure!(
        index >= -size && index < size,
        "select(): index {index} out of range for tensor of size {:?} at dimension {d}",
        x.sizes()
    );
    let index = if index < 0 { index + size } else { index };
    let mut coo = any_coo(&x, "select")?;
    let mut sizes = coo.sizes.clone();
    sizes.remove(d);
    if d >= coo.dims {
        let values = coo.values.select((d - coo.dims + 1) as i64, index)?;
        return Coo { sizes, values, ..coo }.tensor();
    }
    let places: Vec<i64> = (0..coo.count() as i64).filter(|i| coo.row(d)[*i as usize] == index).collect();
    let (at, values) = coo.pick(&places)?;
    let n = places.len();
    coo.dims -= 1;
    if coo.dims == 0 {
        // nothing is sparse any more
        return crate::op::compose::sum(&values, 0).and_then(|sum| cast(sum, values.dtype()));
    }
    let at = at.chunks(n.max(1)).enumerate().filter(|(row, _)| *row != d).flat_map(|(_, row)| row.to_vec()).collect();
    let at = if n == 0 { Vec::new() } else { at };
    let coalesced = n < 2 || is_compressed(x.layout());
    Coo { sizes, at, values, coalesced, ..coo }.tensor()
}

fn index_select(x: Tensor, dim: i64, index: Tensor) -> Result<Tensor> {
    let coo = Coo::of(&x, "index_select")?;
    let d = wrap_dim(dim, x.dim())?;
    ensure!(
        index.dim() == 1 && index.dtype().is_integral(false),
        "index_select() argument index must be 1-D long-tensor."
    );
    let size = x.sizes()[d];
    let wanted = index.to_vec::<i64>()?;
    if let Some(bad) = wanted.iter().find(|i| **i < -size || **i >= size) {
        bail!(
            "index_select(): index contains {bad} that is out of range for tensor of size {:?} at dimension {d}",
            x.sizes()
        );
    }
    let wanted: Vec<i64> = wanted.iter().map(|i| if *i < 0 { i + size } else { *i }).collect();
    let mut sizes = coo.sizes.clone();
    sizes[d] = wanted.len() as i64;
    if d >= coo.dims {
        let values = crate::op::index::index_select(
            coo.values.clone(),
            (d - coo.dims + 1) as i64,
            Tensor::from_slice(&wanted, &[wanted.len() as i64])?,
        )?;
        return Coo { sizes, values, coalesced: false, ..coo }.tensor();
    }
    let mut order: Vec<i64> = (0..coo.count() as i64).collect();
    order.sort_by_key(|i| coo.row(d)[*i as usize]);
    let row = coo.row(d);
    let (mut places, mut moved) = (Vec::new(), Vec::new());
    for (to, from) in wanted.iter().enumerate() {
        let first = order.partition_point(|i| row[*i as usize] < *from);
        for &i in order[first..].iter().take_while(|i| row[**i as usize] == *from) {
            places.push(i);
            moved.push(to as i64);
        }
    }
    let (mut at, values) = coo.pick(&places)?;
    at[d * moved.len()..(d + 1) * moved.len()].copy_from_slice(&moved);
    Coo { sizes, at, values, coalesced: false, ..coo }.tensor()
}

fn narrow_copy(x: Tensor, dim: i64, start: i64, length: i64) -> Result<Tensor> {
    let coo = Coo::of(&x, "narrow_copy")?;
    let d = wrap_dim(dim, x.dim())?;
    let size = x.sizes().get(d).copied().unwrap_or(1);
    let end = start.checked_add(length).filter(|end| start >= 0 && length >= 0 && *end <= size);
    let Some(end) = end else {
        bail!("Invalid range to narrow. range(start, start+length) must be a subset of range(0, {size}).")
    };
    let mut sizes = coo.sizes.clone();
    ensure!(d < sizes.len(), "narrow_copy() cannot be applied to a 0-dim tensor.");
    sizes[d] = length;
    if d >= coo.dims {
        let values = coo.values.narrow((d - coo.dims + 1) as i64, start, length)?.to_contiguous()?;
        return Coo { sizes, values, ..coo }.tensor();
    }
    let places: Vec<i64> =
        (0..coo.count() as i64).filter(|i| (start..end).contains(&coo.row(d)[*i as usize])).collect();
    let (mut at, values) = coo.pick(&places)?;
    at[d * places.len()..(d + 1) * places.len()].iter_mut().for_each(|i| *i -= start);
    Coo { sizes, at, values, ..coo }.tensor()
}

pub(super) fn unsqueeze(x: Tensor, dim: i64) -> Result<Tensor> {
    let coo = Coo::of(&x, "unsqueeze")?;
    let d = wrap_dim(dim, x.dim() + 1)?;
    let mut sizes = coo.sizes.clone();
    sizes.insert(d, 1);
    if d > coo.dims {
        let values = coo.values.unsqueeze((d - coo.dims + 1) as i64)?;
        return Coo { sizes, values, coalesced: false, ..coo }.tensor();
    }
    let n = coo.count();
    let mut at = coo.at.clone();
    at.splice(d * n..d * n, std::iter::repeat_n(0, n));
    Coo { sizes, at, dims: coo.dims + 1, coalesced: false, ..coo }.tensor()
}

fn cat(tensors: Vec<Tensor>, dim: i64) -> Result<Tensor> {
    let Some(first) = tensors.first() else { bail!("torch.cat(): expected a non-empty list of Tensors") };
    let d = wrap_dim(dim, first.dim())?;
    let mut parts = Vec::with_capacity(tensors.len());
    for (i, x) in tensors.iter().enumerate() {
        ensure!(
            x.layout() == Layout::Sparse,
            "Concatenating sparse tensors, but a dense tensor was found at position {i}."
        );
        parts.push(Coo::of(x, "cat")?);
    }
    let (dims, sizes) = (parts[0].dims, parts[0].sizes.clone());
    for (i, part) in parts.iter().enumerate() {
        let alike = part.sizes.len() == sizes.len()
            && part.sizes.iter().zip(&sizes).enumerate().all(|(k, (a, b))| k == d || a == b);
        ensure!(
            alike,
            "All tensors must have the same shape: {sizes:?} (except in the concatenating dimension), but found shape: \
             {:?} at position {i}.",
            part.sizes
        );
        ensure!(
            part.dims == dims,
            "All tensors must have the same sparse_dim and dense_dim: {dims}, {}, but tensor at position {i} has {}, {}.",
            sizes.len() - dims,
            part.dims,
            part.sizes.len() - part.dims
        );
    }
    let total = parts
        .iter()
        .try_fold(0i64, |n, part| n.checked_add(part.sizes[d]))
        .ok_or_else(|| Error::runtime("sizes are too large"))?;
    let mut result_sizes = sizes.clone();
    result_sizes[d] = total;
    let mut rows: Vec<Vec<i64>> = vec![Vec::new(); dims];
    let (mut values, mut before) = (Vec::new(), 0);
    for part in &parts {
        for (k, row) in rows.iter_mut().enumerate() {
            row.extend(part.row(k).iter().map(|i| if k == d { i + before } else { *i }));
        }
        values.push(match d.checked_sub(dims) {
            None => part.values.clone(),
            Some(k) => {
                // dense dimensions: zeros around each part
                let mut shape = part.values.sizes().to_vec();
                shape[k + 1] = total;
                let padded = Tensor::zeros(&shape, part.values.dtype())?;
                padded.narrow(k as i64 + 1, before, part.sizes[d])?.copy_from(&part.values)?;
                padded
            }
        });
        before += part.sizes[d];
    }
    let values = crate::op::join::cat(values, 0)?;
    Coo { sizes: result_sizes, dims, at: rows.concat(), values, coalesced: false }.tensor()
}

fn stack(tensors: Vec<Tensor>, dim: i64) -> Result<Tensor> {
    let Some(first) = tensors.first() else { bail!("stack expects a non-empty TensorList") };
    let d = wrap_dim(dim, first.dim() + 1)? as i64;
    cat(tensors.into_iter().map(|x| unsqueeze(x, d)).collect::<Result<_>>()?, d)
}

fn clone(x: Tensor, format: Option<MemoryFormat>) -> Result<Tensor> {
    ensure!(
        format.is_none_or(|format| format == MemoryFormat::Preserve),
        "unsupported memory format option {format:?}"
    );
    x.deep_clone()
}

fn copy_(x: Tensor, src: Tensor, non_blocking: bool) -> Result<Tensor> {
    let copy = super::copy_sparse(x.clone(), src, non_blocking)?;
    replace(&x, &copy)?;
    Ok(x)
}

/// Gives `x` the size and parts of `result`. Fails where one of them is dense or the layouts or dtypes differ.
pub fn replace(x: &Tensor, result: &Tensor) -> Result<()> {
    if x.is_same(result) {
        return Ok(());
    }
    let (Some(own), Some(parts)) = (x.sparse_parts(), result.sparse_parts()) else {
        return Err(Error::unsupported(format!(
            "writing a {} result into a {} tensor",
            layout_name(result.layout()),
            layout_name(x.layout())
        )));
    };
    let same_pattern = own.indices.iter().zip(&parts.indices).all(|(a, b)| a.is_same(b));
    if same_pattern
        && own.coalesced == parts.coalesced
        && own.values.sizes() == parts.values.sizes()
        && x.dtype() == result.dtype()
    {
        // whoever holds the values sees the change
        return own.values.copy_from(&parts.values);
    }
    x.replace_sparse(result.sizes(), parts.clone())
}

fn empty_like(x: &Tensor, dtype: DType) -> Result<Tensor> {
    if x.layout() == Layout::Sparse {
        return empty_of(x.sizes(), Coo::of(x, "empty_like")?.dims, dtype);
    }
    let x = Compressed::of(x, "empty_like")?;
    let mut shape = x.values.sizes().to_vec();
    shape[x.batch.len()] = 0;
    let values = Tensor::empty(&shape, dtype)?;
    Compressed { starts: vec![0; x.starts.len()], plain: Vec::new(), values, ..x }.tensor()
}

fn zero_(x: Tensor) -> Result<Tensor> {
    replace(&x, &empty_like(&x, x.dtype())?)?;
    Ok(x)
}

fn like(
    x: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
    _format: Option<MemoryFormat>,
) -> Result<Tensor> {
    if let Some(device) = device.filter(|device| !device.is_cpu()) {
        return Err(crate::op::create::no_device(Some(device)));
    }
    let dtype = dtype.unwrap_or(x.dtype());
    match layout.unwrap_or(x.layout()) {
        Layout::Strided => Tensor::zeros(x.sizes(), dtype),
        layout if layout == x.layout() => empty_like(&x, dtype),
        other => {
            Err(Error::unsupported(format!("a {} tensor like a {} one", layout_name(other), layout_name(x.layout()))))
        }
    }
}

fn dropout(x: Tensor, _p: f64, train: bool) -> Result<Tensor> {
    if train {
        return Err(Error::unsupported("dropout of a sparse tensor"));
    }
    Ok(x)
}

/// Rows that `norm` and its kind see: the values, added up where indices repeat.
pub(super) fn summed_values(x: Tensor, name: &str) -> Result<Tensor> {
    Ok(Coo::of(&x, name)?.coalesce()?.values)
}
