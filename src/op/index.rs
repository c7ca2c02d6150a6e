//! Indexing: gathers and scatters by index tensors and masks.
//!
//! Advanced indexing is reduced to one form: a row-major source seen as `[before, i1 … ik, after]`, where the `i`
//! dimensions are indexed together, and a list of positions in them (see [`Picked`]).

use super::compute::half_rounding;
use super::Op;
use crate::base::{broadcast_shapes, numel, wrap_dim, Complex64, DType, Dims, Element};
use crate::tensor::NewTensor;
use crate::{ensure, op, Error, Result, Scalar, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor", index(_, _), out "Tensor_out", tags[Separate]),
    op!("aten::_unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor", index(_, _)),
    op!(
        "aten::index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)",
        index_put_(_, _, _, _)
    ),
    op!(
        "aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
        index_put(_, _, _, _), out "out", tags[CopiedOut]),
    op!(
        "aten::_unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
        index_put(_, _, _, _)
    ),
    op!(
        "aten::_index_put_impl_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> Tensor(a!)",
        index_put_impl_(_, _, _, _, _)
    ),
    op!("aten::index.Tensor_hacked_twin(Tensor self, Tensor[] indices) -> Tensor", index_all(_, _)),
    op!("aten::_unsafe_index.Tensor_hacked_twin(Tensor self, Tensor[] indices) -> Tensor", index_all(_, _)),
    op!(
        "aten::index_put_.hacked_twin(Tensor(a!) self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)",
        index_all_put_(_, _, _, _)
    ),
    op!(
        "aten::index_put.hacked_twin(Tensor self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor",
        index_all_put(_, _, _, _)
    ),
    op!(
        "aten::_unsafe_index_put.hacked_twin(Tensor self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor",
        index_all_put(_, _, _, _)
    ),
    op!(
        "aten::_index_put_impl_.hacked_twin(Tensor(a!) self, Tensor[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> Tensor(a!)",
        index_all_put_impl_(_, _, _, _, _)
    ),
    op!(
        "aten::_unsafe_masked_index(Tensor self, Tensor mask, Tensor?[] indices, Scalar fill) -> Tensor",
        masked_index(_, _, _, _)
    ),
    op!(
        "aten::_unsafe_masked_index_put_accumulate(Tensor self, Tensor mask, Tensor?[] indices, Tensor values) -> Tensor",
        masked_index_put(_, _, _, _)
    ),
    op!("aten::index_select(Tensor self, int dim, Tensor index) -> Tensor", index_select(_, _, _), out "out", tags[Separate]),
    op!(
        "aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor",
        gather(_, _, _, _), out "out", tags[Separate]
    ),
    op!("aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", scatter_src(_, _, _, _), inplace, out "src_out", tags[Aligned, Written]),
    op!(
        "aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor",
        scatter_value(_, _, _, _), inplace, out "value_out", tags[Aligned, Written]),
    op!(
        "aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor",
        scatter_src_reduce(_, _, _, _, _), inplace, out "reduce_out", tags[Aligned, Written]),
    op!(
        "aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor",
        scatter_value_reduce(_, _, _, _, _), inplace, out "value_reduce_out", tags[Written]),
    op!("aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", scatter_add(_, _, _, _), inplace, out "out", tags[Aligned, Written]),
    op!(
        "aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor",
        scatter_reduce(_, _, _, _, _, _), inplace, out "two_out", tags[Aligned, Written]),
    op!(
        "aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor",
        index_add(_, _, _, _, _), inplace, out "out", tags[Aligned]),
    op!(
        "aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor",
        index_copy(_, _, _, _), inplace, out "out", tags[Separate, Written]),
    op!(
        "aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor",
        index_fill(_, _, _, _), inplace, out "int_Scalar_out", tags[CopiedOut]),
    op!(
        "aten::index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor",
        index_fill_tensor(_, _, _, _), inplace, out "int_Tensor_out", tags[CopiedOut]),
    op!(
        "aten::index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor",
        index_reduce(_, _, _, _, _, _), inplace, out "out"
    ),
    op!("aten::masked_select(Tensor self, Tensor mask) -> Tensor", masked_select(_, _), out "out", tags[Separate]),
    op!("aten::masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor", masked_scatter(_, _, _), out "out"),
    op!("aten::masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!)", masked_scatter_(_, _, _)),
    op!("aten::take(Tensor self, Tensor index) -> Tensor", take(_, _), out "out", tags[Separate]),
    op!(
        "aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor",
        take_along_dim(_, _, _), out "out", tags[Separate]),
    op!("aten::put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor", put(_, _, _, _), out "out", tags[CopiedOut]),
    op!(
        "aten::put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!)",
        put_(_, _, _, _)
    ),
    op!("aten::nonzero(Tensor self) -> Tensor", nonzero(_), out "out"),
    op!("aten::nonzero_numpy(Tensor self) -> Tensor[]", nonzero_columns(_)),
    op!("aten::argwhere(Tensor self) -> Tensor", nonzero(_)),
    op!("aten::where(Tensor condition) -> Tensor[]", nonzero_columns(_)),
    op!(
        "aten::nonzero_static(Tensor self, *, int size, int fill_value=-1) -> Tensor",
        nonzero_static(_, _, _), out "out"
    ),
    op!("aten::fill_diagonal_(Tensor(a!) self, Scalar fill_value, bool wrap=False) -> Tensor(a!)", fill_diagonal_(_, _, _)),
];

/// Runs `$body` with `$t` standing for an integer of the dtype's size: for operators that move elements unchanged.
macro_rules! by_size {
    ($dtype:expr, $t:ident => $body:expr) => {
        match $dtype.itemsize() {
            1 => {
                type $t = u8;
                $body
            }
            2 => {
                type $t = i16;
                $body
            }
            4 => {
                type $t = i32;
                $body
            }
            8 => {
                type $t = i64;
                $body
            }
            _ => {
                type $t = Complex64;
                $body
            }
        }
    };
}

/// Runs `$body` with `$t` standing for the type that elements of the dtype are computed in.
macro_rules! by_compute_type {
    ($dtype:expr, $t:ident => $body:expr) => {
        match $dtype {
            d if d.is_complex() => {
                type $t = Complex64;
                $body
            }
            DType::F64 => {
                type $t = f64;
                $body
            }
            d if d.is_floating_point() => {
                type $t = f32;
                $body
            }
            _ => {
                type $t = i64;
                $body
            }
        }
    };
}

/// The elements of any dtype as integers of the same size, row-major; quantized parameters are put back by the caller.
fn raw(x: &Tensor) -> Result<Tensor> {
    let x = x.to_contiguous()?;
    by_size!(x.dtype(), T => x.reinterpret(T::DTYPE))
}

/// Gives the result of a raw move the dtype (and quantizer) of what it came from.
fn like(raw: Tensor, x: &Tensor) -> Result<Tensor> {
    match x.quantizer() {
        Some(q) => raw.reinterpret(x.dtype().underlying())?.with_quantizer(x.dtype(), q.clone()),
        None => raw.reinterpret(x.dtype()),
    }
}

/// Which elements an index list picks.
struct Picked {
    /// The source, permuted so that the indexed dimensions are neighbours (a view).
    source: Tensor,
    before: Dims,
    after: Dims,
    /// Linear positions in the indexed dimensions, in the order of the index shape.
    positions: Vec<usize>,
    index_shape: Dims,
}

impl Picked {
    fn new(x: &Tensor, indices: &[Option<Tensor>]) -> Result<Picked> {
        let indices = expand_masks(x, indices)?;
        ensure!(
            indices.len() <= x.dim(),
            "too many indices for tensor of dimension {} (got {})",
            x.dim(),
            indices.len()
        );
        let mut shape = Dims::new();
        for t in indices.iter().flatten() {
            shape = broadcast_shapes(&shape, t.sizes()).map_err(|_| {
                let shapes: Vec<String> = indices.iter().flatten().map(|t| format!("{:?}", t.sizes())).collect();
                Error::runtime(format!(
                    "shape mismatch: indexing tensors could not be broadcast together with shapes {}",
                    shapes.join(", ")
                ))
            })?;
        }
        let indexed: Vec<usize> = indices.iter().enumerate().filter(|(_, t)| t.is_some()).map(|(d, _)| d).collect();
        let adjacent = indexed.windows(2).all(|w| w[1] == w[0] + 1);
        let lead = if adjacent { indexed.first().copied().unwrap_or(0) } else { 0 };
        let rest: Vec<usize> = (0..x.dim()).filter(|d| !indexed.contains(d)).collect();
        let order: Dims = rest[..lead].iter().chain(&indexed).chain(&rest[lead..]).map(|d| *d as i64).collect();
        let source = x.permute(&order)?;
        let size_of = |dims: &[usize]| dims.iter().map(|&d| x.sizes()[d]).collect::<Dims>();
        let (before, after, index_sizes) = (size_of(&rest[..lead]), size_of(&rest[lead..]), size_of(&indexed));
        let mut positions = crate::base::filled(numel(&shape), 0usize)?;
        for ((t, &d), &size) in indices.iter().flatten().zip(&indexed).zip(&index_sizes) {
            let values = t.expand(&shape)?.to_vec::<i64>()?;
            for (position, &value) in positions.iter_mut().zip(&values) {
                if value < -size || value >= size {
                    crate::bail!("index {value} is out of bounds for dimension {d} with size {size}");
                }
                let at = if value < 0 { value + size } else { value };
                *position = *position * size as usize + at as usize;
            }
        }
        Ok(Picked { source, before, after, positions, index_shape: shape })
    }

    fn result_shape(&self) -> Dims {
        self.before.iter().chain(&self.index_shape).chain(&self.after).copied().collect()
    }

    /// Offsets in the row-major source of each block of `after` elements, in result order.
    fn blocks(&self) -> impl Iterator<Item = usize> + '_ {
        let outer = numel(&self.before);
        let inner = numel(&self.after);
        let span = self.source.numel().checked_div(outer).unwrap_or(0);
        (0..outer).flat_map(move |b| self.positions.iter().map(move |p| b * span + p * inner))
    }
}

/// Masks become one index tensor per dimension that they cover.
fn expand_masks(x: &Tensor, indices: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
    let mut out = Vec::new();
    for index in indices {
        match index {
            Some(mask) if matches!(mask.dtype(), DType::Bool | DType::U8) => {
                for (k, &size) in mask.sizes().iter().enumerate() {
                    let d = out.len() + k;
                    let have = x.sizes().get(d).copied();
                    ensure!(
                        have == Some(size),
                        "The shape of the mask {:?} at index {k} does not match the shape of the indexed tensor {:?} \
                         at index {d}",
                        mask.sizes(),
                        x.sizes()
                    );
                }
                if mask.dim() == 0 {
                    // a zero-dimensional mask adds a dimension of size 0 or 1
                    crate::bail!("a zero-dimensional mask must be combined by the caller");
                }
                out.extend(nonzero_columns(mask.clone())?.into_iter().map(Some));
            }
            Some(t) => {
                ensure!(
                    matches!(t.dtype(), DType::I64 | DType::I32),
                    "tensors used as indices must be long, int, byte or bool tensors"
                );
                out.push(Some(t.clone()));
            }
            None => out.push(None),
        }
    }
    Ok(out)
}

/// A zero-dimensional mask at the front: `x[mask]` is `x[None]` with 0 or 1 elements picked.
fn without_scalar_masks(x: Tensor, indices: Vec<Option<Tensor>>) -> Result<(Tensor, Vec<Option<Tensor>>)> {
    let is_scalar_mask =
        |t: &Option<Tensor>| t.as_ref().is_some_and(|t| t.dim() == 0 && matches!(t.dtype(), DType::Bool | DType::U8));
    let (mut x, mut indices) = (x, indices);
    for at in 0..indices.len() {
        if is_scalar_mask(&indices[at]) {
            let on = indices[at].as_ref().map(|t| t.item().map(Scalar::to_bool)).transpose()?.unwrap_or(false);
            let dims_before = indices[..at]
                .iter()
                .map(|t| match t {
                    Some(t) if matches!(t.dtype(), DType::Bool | DType::U8) => t.dim(),
                    _ => 1,
                })
                .sum::<usize>();
            x = x.unsqueeze(dims_before as i64)?;
            let picks: &[i64] = if on { &[0] } else { &[] };
            indices[at] = Some(Tensor::from_slice(picks, &[picks.len() as i64])?);
        }
    }
    Ok((x, indices))
}

pub fn index(x: Tensor, indices: Vec<Option<Tensor>>) -> Result<Tensor> {
    let (x, indices) = without_scalar_masks(x, indices)?;
    if indices.iter().all(Option::is_none) {
        return Ok(x.alias());
    }
    let picked = Picked::new(&x, &indices)?;
    let shape = picked.result_shape();
    let inner = numel(&picked.after);
    let source = raw(&picked.source)?;
    let out = by_size!(x.dtype(), T => {
        let from = source.data::<T>()?;
        let mut out = NewTensor::<T>::new(&shape)?;
        if inner > 0 && numel(&shape) > 0 {
            copy_blocks(from, picked.blocks(), inner, out.data());
        }
        out.finish()
    });
    placed_by(&picked, &indices, like(out, &x)?)
}

/// The result in the memory order of the source, in which the picked dimensions have none, and of the indices.
fn placed_by(picked: &Picked, indices: &[Option<Tensor>], result: Tensor) -> Result<Tensor> {
    let rows = picked.source.is_contiguous() && indices.iter().flatten().all(|t| t.is_contiguous());
    if rows || result.quantizer().is_some() {
        return Ok(result);
    }
    let (before, index, after) = (picked.before.len(), picked.index_shape.len(), picked.after.len());
    let (source, all) = (picked.source.strides(), picked.source.dim());
    let same = Dims::from_elem(0, index);
    let strides: Dims = source[..before].iter().chain(&same).chain(&source[all - after..]).copied().collect();
    let mut operands = vec![picked.source.as_strided(result.sizes(), &strides, None)?];
    for t in indices.iter().flatten().filter(|t| !matches!(t.dtype(), DType::Bool | DType::U8)) {
        let mut t = t.expand(&picked.index_shape)?;
        for _ in 0..after {
            t = t.unsqueeze(-1)?;
        }
        operands.push(t);
    }
    let operands: Vec<&Tensor> = operands.iter().collect();
    let placed = crate::tensor::tile::empty_result(&operands, result.dtype())?;
    if placed.is_contiguous() {
        return Ok(result);
    }
    placed.copy_from(&result)?;
    Ok(placed)
}

fn copy_blocks<T: Copy>(from: &[T], blocks: impl Iterator<Item = usize>, inner: usize, to: &mut [T]) {
    if inner == 1 {
        for (slot, at) in to.iter_mut().zip(blocks) {
            *slot = from[at];
        }
        return;
    }
    for (slot, at) in to.chunks_mut(inner).zip(blocks) {
        slot.copy_from_slice(&from[at..at + inner]);
    }
}

pub fn index_put_(x: Tensor, indices: Vec<Option<Tensor>>, values: Tensor, accumulate: bool) -> Result<Tensor> {
    ensure!(
        values.dtype() == x.dtype() || values.dim() == 0,
        "Index put requires the source and destination dtypes match, got {} for the destination and {} for the source.",
        x.dtype(),
        values.dtype()
    );
    for other in indices.iter().flatten().chain([&values]) {
        crate::tensor::tile::check_no_overlap(other, &x)?;
    }
    let (target, indices) = without_scalar_masks(x.clone(), indices)?;
    if indices.iter().all(Option::is_none) {
        if accumulate {
            crate::bail!("index_put_: no index tensors to accumulate at");
        }
        target.copy_from(&values)?;
        return Ok(x);
    }
    let picked = Picked::new(&target, &indices)?;
    let shape = picked.result_shape();
    let inner = numel(&picked.after);
    let values = values.expand(&shape).map_err(|_| {
        Error::runtime(format!(
            "shape mismatch: value tensor of shape {:?} cannot be broadcast to indexing result of shape {:?}",
            values.sizes(),
            &shape[..]
        ))
    })?;
    let round = half_rounding(x.dtype());
    by_compute_type!(x.dtype(), T => {
        let values = values.to_vec::<T>()?;
        picked.source.update::<T, ()>(|to| {
            if inner == 0 {
                return;
            }
            for (block, at) in values.chunks(inner).zip(picked.blocks()) {
                for (slot, value) in to[at..at + inner].iter_mut().zip(block) {
                    *slot = if accumulate { stored(Arithmetic::add(*slot, *value), round) } else { *value };
                }
            }
        })?;
    });
    Ok(x)
}

fn index_put(x: Tensor, indices: Vec<Option<Tensor>>, values: Tensor, accumulate: bool) -> Result<Tensor> {
    index_put_(x.deep_clone()?, indices, values, accumulate)
}

fn index_put_impl_(
    x: Tensor,
    indices: Vec<Option<Tensor>>,
    values: Tensor,
    accumulate: bool,
    _unsafe: bool,
) -> Result<Tensor> {
    index_put_(x, indices, values, accumulate)
}

/// Every dimension that is named has an index tensor.
fn every(indices: Vec<Tensor>) -> Vec<Option<Tensor>> {
    indices.into_iter().map(Some).collect()
}

fn index_all(x: Tensor, indices: Vec<Tensor>) -> Result<Tensor> {
    index(x, every(indices))
}

fn index_all_put(x: Tensor, indices: Vec<Tensor>, values: Tensor, accumulate: bool) -> Result<Tensor> {
    index_put(x, every(indices), values, accumulate)
}

fn index_all_put_(x: Tensor, indices: Vec<Tensor>, values: Tensor, accumulate: bool) -> Result<Tensor> {
    index_put_(x, every(indices), values, accumulate)
}

fn index_all_put_impl_(x: Tensor, indices: Vec<Tensor>, values: Tensor, accumulate: bool, _: bool) -> Result<Tensor> {
    index_put_(x, every(indices), values, accumulate)
}

/// `x[indices]` with `fill` where the mask is off; there, indices may be out of range.
fn masked_index(x: Tensor, mask: Tensor, indices: Vec<Option<Tensor>>, fill: Scalar) -> Result<Tensor> {
    let found = if x.numel() == 0 {
        let sizes: Dims = x.sizes().iter().map(|n| Ord::max(*n, 1)).collect();
        index(Tensor::full(&sizes, fill, x.dtype())?, limited(&sizes, indices)?)?
    } else {
        index(x.clone(), limited(x.sizes(), indices)?)?
    };
    fill_unmasked(&found, mask, fill)
}

fn masked_index_put(x: Tensor, mask: Tensor, indices: Vec<Option<Tensor>>, values: Tensor) -> Result<Tensor> {
    if x.numel() == 0 {
        return x.deep_clone();
    }
    let values = fill_unmasked(&values, mask, Scalar::Int(0))?;
    let indices = limited(x.sizes(), indices)?;
    index_put(x, indices, values, true)
}

fn fill_unmasked(x: &Tensor, mask: Tensor, fill: Scalar) -> Result<Tensor> {
    use super::pointwise::{arith::MASKED_FILL, compare::LOGICAL_NOT};
    let off = super::elementwise::apply_tensors(&LOGICAL_NOT, &[&mask], &[])?;
    super::elementwise::apply(&MASKED_FILL, &[x.clone().into(), off.into(), fill.into()], &[])
}

/// Indices cut to the valid ones of their dimensions.
fn limited(sizes: &[i64], indices: Vec<Option<Tensor>>) -> Result<Vec<Option<Tensor>>> {
    let one = |(index, size): (Option<Tensor>, &i64)| -> Result<Option<Tensor>> {
        let Some(index) = index else { return Ok(None) };
        ensure!(
            index.dtype().is_integral(false) && index.dtype() != DType::U8,
            "_unsafe_masked_index found unexpected index type {}",
            index.dtype()
        );
        let values: Vec<i64> = index.to_vec::<i64>()?.iter().map(|i| (*i).clamp(-size, size - 1)).collect();
        Tensor::from_slice(&values, index.sizes()).map(Some)
    };
    ensure!(
        indices.len() <= sizes.len(),
        "too many indices for tensor of dimension {} (got {})",
        sizes.len(),
        indices.len()
    );
    indices.into_iter().zip(sizes).map(one).collect()
}

pub fn index_select(x: Tensor, dim: i64, index: Tensor) -> Result<Tensor> {
    let d = wrap_dim(dim, x.dim())?;
    ensure!(index.dim() <= 1, "index_select(): Index is supposed to be a vector, but got dim: {}", index.dim());
    ensure!(
        matches!(index.dtype(), DType::I64 | DType::I32),
        "index_select(): Expected dtype int32 or int64 for index"
    );
    let scalar = x.dim() == 0;
    let view = if scalar { x.unsqueeze(0)? } else { x.clone() };
    let size = view.sizes()[d];
    let values = index.to_vec::<i64>()?;
    ensure!(
        !scalar || values.len() == 1,
        "index_select(): Index to scalar can have only 1 value, got {} value(s)",
        values.len()
    );
    ensure!(size > 0 || values.is_empty(), "index_select(): self indexing axis dim should be positive");
    if let Some(bad) = values.iter().find(|v| **v < 0 || **v >= size) {
        crate::bail!("index out of range in self: index {bad} is out of bounds for dimension {d} with size {size}");
    }
    let mut shape: Dims = view.sizes().into();
    shape[d] = values.len() as i64;
    let inner = numel(&view.sizes()[d + 1..]);
    let source = raw(&view)?;
    let out = by_size!(x.dtype(), T => {
        let from = source.data::<T>()?;
        let mut out = NewTensor::<T>::new(&shape)?;
        if numel(&shape) > 0 {
            let (from, to) = (from.chunks_exact(size as usize * inner), out.data().chunks_exact_mut(values.len() * inner));
            for (from, to) in from.zip(to) {
                copy_blocks(from, values.iter().map(|v| *v as usize * inner), inner, to);
            }
        }
        out.finish()
    });
    let out = like(out, &x)?;
    if scalar {
        out.reshape(&[])
    } else {
        Ok(out)
    }
}

/// A row-major copy in which of each row of each matrix only a range of elements is left; the others are 0. The range,
/// which the number of the row in its matrix decides, must lie within the row.
pub fn keep_ranges(x: &Tensor, range: &dyn Fn(usize) -> std::ops::Range<usize>) -> Result<Tensor> {
    let (height, width) = (x.sizes()[x.dim() - 2] as usize, x.sizes()[x.dim() - 1] as usize);
    let source = raw(x)?;
    let out = by_size!(x.dtype(), T => {
        let from = source.data::<T>()?;
        let mut out = NewTensor::<T>::new(x.sizes())?;
        let rows = from.chunks_exact(Ord::max(width, 1)).zip(out.data().chunks_exact_mut(Ord::max(width, 1)));
        for (i, (from, to)) in rows.enumerate() {
            let kept = range(i % height);
            to[..kept.start].fill(T::default());
            to[kept.clone()].copy_from_slice(&from[kept.clone()]);
            to[kept.end..].fill(T::default());
        }
        out.finish()
    });
    like(out, x)
}

/// The elements in reverse order along `d`, row-major.
pub fn reverse(x: &Tensor, d: usize) -> Result<Tensor> {
    let inner = numel(&x.sizes()[d + 1..]);
    let plane = x.sizes()[d] as usize * inner;
    let source = raw(x)?;
    let out = by_size!(x.dtype(), T => {
        let from = source.data::<T>()?;
        let mut out = NewTensor::<T>::new(x.sizes())?;
        for (from, to) in from.chunks_exact(Ord::max(plane, 1)).zip(out.data().chunks_exact_mut(Ord::max(plane, 1))) {
            if inner == 1 {
                to.iter_mut().zip(from.iter().rev()).for_each(|(slot, v)| *slot = *v);
            } else {
                to.chunks_exact_mut(inner).zip(from.chunks_exact(inner).rev()).for_each(|(to, v)| to.copy_from_slice(v));
            }
        }
        out.finish()
    });
    like(out, x)
}

/// For every element of `index`: its coordinates' offset in a row-major tensor of `sizes`, with coordinate `d`
/// replaced by the index value. Fails on values outside `[0, sizes[d])`.
fn along(sizes: &[i64], d: usize, index: &Tensor, op: &str) -> Result<Vec<usize>> {
    let index = super::compute::dense::<i64>(index)?;
    let (values, size) = (index.data::<i64>()?, sizes[d]);
    if let Some(value) = values.iter().find(|v| !(0..size).contains(*v)) {
        return Err(out_of_bounds(*value, d, size, op));
    }
    let rows = Rows::new(sizes, d, index.sizes());
    let (len, across, step) = (rows.len, rows.across, rows.step);
    let mut out = Vec::with_capacity(values.len());
    for (row, base) in values.chunks(len).zip(rows) {
        out.extend(row.iter().enumerate().map(|(i, v)| base + *v as usize * across + i * step));
    }
    Ok(out)
}

fn out_of_bounds(value: i64, d: usize, size: i64, op: &str) -> crate::Error {
    crate::Error::runtime(format!("index {value} is out of bounds for dimension {d} with size {size} ({op})"))
}

/// The rows of an index: for each, the offset in a row-major tensor of the row's first element, with coordinate `d` as 0.
struct Rows {
    /// Elements of a row, at least 1.
    len: usize,
    /// From one value of coordinate `d` to the next, in the tensor.
    across: usize,
    /// From one element of the row to the next, in the tensor: 0 where that is coordinate `d`.
    step: usize,
    outer: Dims,
    strides: Dims,
    coordinates: Dims,
}

impl Rows {
    fn new(sizes: &[i64], d: usize, index: &[i64]) -> Rows {
        let mut strides = crate::base::contiguous_strides(sizes);
        let across = strides.get(d).map_or(1, |s| *s as usize);
        let (last, outer) = index.split_last().unwrap_or((&1, &[]));
        if d < outer.len() {
            strides[d] = 0;
        }
        Rows {
            len: Ord::max(*last, 1) as usize,
            across,
            step: usize::from(d != outer.len()),
            outer: outer.into(),
            strides,
            coordinates: Dims::from_elem(0, outer.len()),
        }
    }
}

impl Iterator for Rows {
    type Item = usize;
    fn next(&mut self) -> Option<usize> {
        let base: i64 = self.coordinates.iter().zip(&self.strides).map(|(i, s)| i * s).sum();
        for k in (0..self.outer.len()).rev() {
            self.coordinates[k] += 1;
            if self.coordinates[k] < self.outer[k] {
                break;
            }
            self.coordinates[k] = 0;
        }
        Some(base as usize)
    }
}

/// Zero-dimensional operands count as one-dimensional.
fn at_least_1d(x: &Tensor) -> Result<Tensor> {
    if x.dim() == 0 {
        x.unsqueeze(0)
    } else {
        Ok(x.clone())
    }
}

fn check_index(x: &Tensor, dim: i64, index: &Tensor, src: Option<&Tensor>, op: &str) -> Result<usize> {
    let d = wrap_dim(dim, x.dim())?;
    if index.numel() == 0 {
        return Ok(d);
    }
    ensure!(index.dtype() == DType::I64, "{op}(): Expected dtype int64 for index");
    let rank = |t: &Tensor| t.dim().max(1);
    ensure!(
        rank(index) == rank(x),
        "Index tensor must have the same number of dimensions as {} tensor",
        if op == "gather" { "input" } else { "self" }
    );
    if let Some(src) = src {
        ensure!(rank(index) == rank(src), "Index tensor must have the same number of dimensions as src tensor");
    }
    let (xs, is) = (at_least_1d(x)?, at_least_1d(index)?);
    for k in 0..is.dim() {
        let fits_self = k == d || is.sizes()[k] <= xs.sizes()[k];
        ensure!(
            fits_self,
            "{}",
            if op == "gather" {
                format!("Size does not match at dimension {k} expected index {:?} to be smaller than self {:?} apart from dimension {d}", index.sizes(), x.sizes())
            } else {
                format!(
                    "Expected index {:?} to be smaller than self {:?} apart from dimension {d}",
                    index.sizes(),
                    x.sizes()
                )
            }
        );
        if let Some(src) = src {
            let ss = at_least_1d(src)?;
            ensure!(
                is.sizes()[k] <= ss.sizes()[k],
                "Expected index {:?} to be smaller than self {:?} apart from dimension {d} and to be smaller size than src {:?}",
                index.sizes(),
                x.sizes(),
                src.sizes()
            );
        }
    }
    Ok(d)
}

fn gather(x: Tensor, dim: i64, index: Tensor, _sparse_grad: bool) -> Result<Tensor> {
    let d = check_index(&x, dim, &index, None, "gather")?;
    if index.numel() == 0 {
        return Tensor::empty(index.sizes(), x.dtype());
    }
    let view = at_least_1d(&x)?;
    let (source, flat) = (raw(&view)?, super::compute::dense::<i64>(&at_least_1d(&index)?)?);
    let values = flat.data::<i64>()?;
    let out = by_size!(x.dtype(), T => {
        let mut out = NewTensor::<T>::new(index.sizes())?;
        gather_rows(source.data::<T>()?, view.sizes(), d, values, Rows::new(view.sizes(), d, flat.sizes()), out.data())?;
        out.finish()
    });
    like(out, &x)
}

fn gather_rows<T: Copy>(from: &[T], sizes: &[i64], d: usize, index: &[i64], rows: Rows, out: &mut [T]) -> Result<()> {
    let (size, len, across, step) = (sizes[d], rows.len, rows.across, rows.step);
    for ((slots, index), base) in out.chunks_mut(len).zip(index.chunks(len)).zip(rows) {
        if step == 0 {
            let row = &from[base..base + size as usize];
            for (slot, v) in slots.iter_mut().zip(index) {
                *slot = *row.get(*v as usize).ok_or_else(|| out_of_bounds(*v, d, size, "gather"))?;
            }
            continue;
        }
        for (i, (slot, v)) in slots.iter_mut().zip(index).enumerate() {
            if *v as u64 >= size as u64 {
                return Err(out_of_bounds(*v, d, size, "gather"));
            }
            *slot = from[base + *v as usize * across + i];
        }
    }
    Ok(())
}

/// How values that meet at one place are combined.
#[derive(Clone, Copy, PartialEq)]
enum Reduce {
    Assign,
    Sum,
    Prod,
    Mean,
    Max,
    Min,
}

impl Reduce {
    fn parse(name: &str) -> Result<Reduce> {
        Ok(match name {
            "sum" | "add" => Reduce::Sum,
            "prod" | "multiply" => Reduce::Prod,
            "mean" => Reduce::Mean,
            "amax" => Reduce::Max,
            "amin" => Reduce::Min,
            other => crate::bail!("reduce argument must be either sum, prod, mean, amax or amin, got {other}"),
        })
    }
}

/// What the compute types can do.
trait Arithmetic: Element {
    fn add(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    /// Divides by a count: floor for integers.
    fn div_count(self, n: i64) -> Self;
    /// NaN wins.
    fn max(self, other: Self) -> Self;
    fn min(self, other: Self) -> Self;
    const ONE: Self;
    const LOWEST: Self;
    const HIGHEST: Self;
}

macro_rules! float_arithmetic {
    ($($t:ty),*) => { $(
        impl Arithmetic for $t {
            fn add(self, o: Self) -> Self { self + o }
            fn mul(self, o: Self) -> Self { self * o }
            fn div_count(self, n: i64) -> Self { self / n as $t }
            fn max(self, o: Self) -> Self { if self.is_nan() || self >= o { self } else { o } }
            fn min(self, o: Self) -> Self { if self.is_nan() || self <= o { self } else { o } }
            const ONE: Self = 1.0;
            const LOWEST: Self = <$t>::NEG_INFINITY;
            const HIGHEST: Self = <$t>::INFINITY;
        }
    )* };
}
float_arithmetic!(f32, f64);

impl Arithmetic for i64 {
    fn add(self, o: Self) -> Self {
        self.wrapping_add(o)
    }
    fn mul(self, o: Self) -> Self {
        self.wrapping_mul(o)
    }
    fn div_count(self, n: i64) -> Self {
        self.div_euclid(n)
    }
    fn max(self, o: Self) -> Self {
        Ord::max(self, o)
    }
    fn min(self, o: Self) -> Self {
        Ord::min(self, o)
    }
    const ONE: Self = 1;
    const LOWEST: Self = i64::MIN;
    const HIGHEST: Self = i64::MAX;
}

impl Arithmetic for Complex64 {
    fn add(self, o: Self) -> Self {
        self + o
    }
    fn mul(self, o: Self) -> Self {
        self * o
    }
    fn div_count(self, n: i64) -> Self {
        self / n as f64
    }
    fn max(self, _: Self) -> Self {
        self
    }
    fn min(self, _: Self) -> Self {
        self
    }
    const ONE: Self = Complex64::new(1.0, 0.0);
    const LOWEST: Self = Complex64::new(0.0, 0.0);
    const HIGHEST: Self = Complex64::new(0.0, 0.0);
}

/// `to[offsets[i]] = reduce(to[…], values[i])`, in order.
/// `round` is what a half type makes of each step.
fn combine<T: Element + Arithmetic>(
    to: &mut [T],
    offsets: &[usize],
    values: &[T],
    reduce: Reduce,
    include_self: bool,
    round: Option<fn(f32) -> f32>,
) {
    let mut counts = Vec::new();
    if !include_self || reduce == Reduce::Mean {
        counts = vec![include_self as i64; to.len()];
        for &at in offsets {
            if !include_self && counts[at] == 0 {
                to[at] = match reduce {
                    Reduce::Prod => T::ONE,
                    Reduce::Max => T::LOWEST,
                    Reduce::Min => T::HIGHEST,
                    _ => T::default(),
                };
            }
            counts[at] += 1;
        }
    }
    for (&at, &value) in offsets.iter().zip(values) {
        let slot = &mut to[at];
        let new = match reduce {
            Reduce::Assign => value,
            Reduce::Sum | Reduce::Mean => slot.add(value),
            Reduce::Prod => slot.mul(value),
            Reduce::Max => Arithmetic::max(*slot, value),
            Reduce::Min => Arithmetic::min(*slot, value),
        };
        *slot = stored(new, round);
    }
    if reduce == Reduce::Mean {
        for (slot, &n) in to.iter_mut().zip(&counts) {
            if n > 1 {
                *slot = slot.div_count(n);
            }
        }
    }
}

/// A copy of `x` in which `src` (cut to the shape of `index`) is combined at the indices along `dim`.
fn scatter(x: Tensor, dim: i64, index: Tensor, src: &Tensor, reduce: Reduce, include_self: bool) -> Result<Tensor> {
    let out = Tensor::empty(x.sizes(), x.dtype())?;
    out.copy_from(&x)?;
    if index.numel() == 0 {
        return Ok(out);
    }
    let view = at_least_1d(&out)?;
    let d = wrap_dim(dim, view.dim())?;
    let index = at_least_1d(&index)?;
    let mut part = at_least_1d(src)?;
    for k in 0..index.dim() {
        part = part.narrow(k as i64, 0, index.sizes()[k])?;
    }
    let offsets = along(view.sizes(), d, &index, "scatter")?;
    by_compute_type!(x.dtype(), T => {
        let values = part.to_vec::<T>()?;
        view.update::<T, ()>(|to| combine(to, &offsets, &values, reduce, include_self, None))?;
    });
    Ok(out)
}

fn check_src_dtype(x: &Tensor, src: &Tensor, op: &str) -> Result<()> {
    ensure!(x.dtype() == src.dtype(), "{op}(): Expected self.dtype to be equal to src.dtype");
    Ok(())
}

fn scatter_src(x: Tensor, dim: i64, index: Tensor, src: Tensor) -> Result<Tensor> {
    check_src_dtype(&x, &src, "scatter")?;
    check_index(&x, dim, &index, Some(&src), "scatter")?;
    scatter(x, dim, index, &src, Reduce::Assign, true)
}

fn scatter_value(x: Tensor, dim: i64, index: Tensor, value: Scalar) -> Result<Tensor> {
    check_index(&x, dim, &index, None, "scatter")?;
    value.check_fits(x.dtype())?;
    let src = Tensor::scalar(value, x.dtype())?.expand(index.sizes())?;
    scatter(x, dim, index, &src, Reduce::Assign, true)
}

fn scatter_src_reduce(x: Tensor, dim: i64, index: Tensor, src: Tensor, reduce: std::sync::Arc<str>) -> Result<Tensor> {
    check_src_dtype(&x, &src, "scatter")?;
    check_index(&x, dim, &index, Some(&src), "scatter")?;
    scatter(x, dim, index, &src, old_reduce(&reduce)?, true)
}

fn scatter_value_reduce(
    x: Tensor,
    dim: i64,
    index: Tensor,
    value: Scalar,
    reduce: std::sync::Arc<str>,
) -> Result<Tensor> {
    check_index(&x, dim, &index, None, "scatter")?;
    value.check_fits(x.dtype())?;
    let src = Tensor::scalar(value, x.dtype())?.expand(index.sizes())?;
    scatter(x, dim, index, &src, old_reduce(&reduce)?, true)
}

fn old_reduce(name: &str) -> Result<Reduce> {
    match name {
        "add" | "multiply" => Reduce::parse(name),
        _ => crate::bail!("reduce argument must be either add or multiply."),
    }
}

fn scatter_add(x: Tensor, dim: i64, index: Tensor, src: Tensor) -> Result<Tensor> {
    check_src_dtype(&x, &src, "scatter")?;
    check_index(&x, dim, &index, Some(&src), "scatter")?;
    scatter(x, dim, index, &src, Reduce::Sum, true)
}

fn scatter_reduce(
    x: Tensor,
    dim: i64,
    index: Tensor,
    src: Tensor,
    reduce: std::sync::Arc<str>,
    include_self: bool,
) -> Result<Tensor> {
    check_src_dtype(&x, &src, "scatter")?;
    check_index(&x, dim, &index, Some(&src), "scatter")?;
    scatter(x, dim, index, &src, Reduce::parse(&reduce)?, include_self)
}

/// `index` names slices of `x` along `dim`; `source` has one slice for each.
fn combine_slices(
    x: Tensor,
    dim: i64,
    index: &Tensor,
    source: &Tensor,
    reduce: Reduce,
    include_self: bool,
    op: &str,
) -> Result<Tensor> {
    let out = x.deep_clone()?;
    let view = at_least_1d(&out)?;
    let d = wrap_dim(dim, view.dim())?;
    ensure!(index.dim() <= 1, "{op}(): Index is supposed to be a vector, but got dim: {}", index.dim());
    ensure!(matches!(index.dtype(), DType::I64 | DType::I32), "{op}(): Expected dtype int32/int64 for index");
    ensure!(
        x.dtype() == source.dtype(),
        "{op}(): self and source expected to have the same dtype, but got (self) {} and (source) {}",
        x.dtype(),
        source.dtype()
    );
    let source = at_least_1d(source)?;
    let mut expected: Dims = view.sizes().into();
    expected[d] = index.numel() as i64;
    ensure!(
        source.sizes() == &expected[..],
        "{op}(): Source/destination tensor must have same slice shapes. Destination slice shape: {:?} at dimension \
         {d} and source slice shape: {:?} at dimension {d}.",
        view.sizes(),
        source.sizes()
    );
    let mut shape = Dims::from_elem(1, view.dim());
    shape[d] = index.numel() as i64;
    let wide = index.to_dtype(DType::I64)?.reshape(&shape)?.expand(&expected)?;
    let offsets = along(view.sizes(), d, &wide, op)?;
    // PyTorch adds up a vector's elements one by one in the tensor's dtype
    let round = half_rounding(x.dtype()).filter(|_| reduce != Reduce::Sum || x.dim() <= 1);
    by_compute_type!(x.dtype(), T => {
        let values = source.to_vec::<T>()?;
        view.update::<T, ()>(|to| combine(to, &offsets, &values, reduce, include_self, round))?;
    });
    Ok(out)
}

pub fn index_add(x: Tensor, dim: i64, index: Tensor, source: Tensor, alpha: Scalar) -> Result<Tensor> {
    let source = match alpha {
        Scalar::Int(1) => source,
        Scalar::Float(1.0) => source,
        _ => by_compute_type!(source.dtype(), T => {
            let factor = T::from_scalar(alpha);
            crate::tensor::tile::map::<T, T>(&[&source], source.dtype(), &|inputs, out| {
                for (o, v) in out.iter_mut().zip(inputs[0]) {
                    *o = v.mul(factor);
                }
            })?
        }),
    };
    let result = combine_slices(x, dim, &index, &source, Reduce::Sum, true, "index_add")?;
    super::create::in_format(result, crate::base::MemoryFormat::Contiguous)
}

fn index_copy(x: Tensor, dim: i64, index: Tensor, source: Tensor) -> Result<Tensor> {
    ensure!(index.dtype() == DType::I64, "index_copy_(): Expected a long tensor for index, but got {}", index.dtype());
    let source = if source.dim() == 0 && x.dim() > 0 { source.unsqueeze(0)? } else { source };
    combine_slices(x, dim, &index, &source, Reduce::Assign, true, "index_copy_")
}

fn index_reduce(
    x: Tensor,
    dim: i64,
    index: Tensor,
    source: Tensor,
    reduce: std::sync::Arc<str>,
    include_self: bool,
) -> Result<Tensor> {
    ensure!(&*reduce != "sum", "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got sum.");
    combine_slices(x, dim, &index, &source, Reduce::parse(&reduce)?, include_self, "index_reduce")
}

fn index_fill(x: Tensor, dim: i64, index: Tensor, value: Scalar) -> Result<Tensor> {
    ensure!(index.dtype() == DType::I64, "index_fill_(): Expected dtype int64 for index.");
    ensure!(index.dim() <= 1, "Index has to be a vector/scalar");
    value.check_fits(x.dtype())?;
    let out = x.deep_clone()?;
    let view = at_least_1d(&out)?;
    let size = view.size(dim)?;
    for at in index.to_vec::<i64>()? {
        ensure!(at >= -size && at < size, "index {at} is out of bounds for dimension {dim} with size {size}");
        view.select(dim, at)?.fill(value)?;
    }
    Ok(out)
}

fn index_fill_tensor(x: Tensor, dim: i64, index: Tensor, value: Tensor) -> Result<Tensor> {
    ensure!(
        value.dim() == 0,
        "index_fill_ only supports a 0-dimensional value tensor, but got tensor with {} dimension(s).",
        value.dim()
    );
    index_fill(x, dim, index, value.item()?)
}

fn masked_select(x: Tensor, mask: Tensor) -> Result<Tensor> {
    ensure!(mask.dtype() == DType::Bool, "masked_select: expected BoolTensor for mask");
    let shape = broadcast_shapes(x.sizes(), mask.sizes())?;
    let keep = mask.expand(&shape)?.to_vec::<bool>()?;
    let wide = x.expand(&shape)?;
    let source = raw(&wide)?;
    let out = by_size!(x.dtype(), T => {
        let from = source.data::<T>()?;
        let picked: Vec<T> = from.iter().zip(&keep).filter(|(_, k)| **k).map(|(v, _)| *v).collect();
        Tensor::from_slice(&picked, &[picked.len() as i64])?
    });
    like(out, &x)
}

fn masked_scatter_(x: Tensor, mask: Tensor, source: Tensor) -> Result<Tensor> {
    ensure!(
        mask.dtype() == DType::Bool,
        "masked_scatter_ only supports boolean masks, but got mask with dtype {}",
        mask.dtype()
    );
    ensure!(
        x.dtype() == source.dtype(),
        "masked_scatter: expected self and source to have same dtypes but got {} and {}",
        x.dtype(),
        source.dtype()
    );
    crate::tensor::tile::check_no_internal_overlap(&x)?;
    let keep = mask.expand(x.sizes())?.to_vec::<bool>()?;
    let wanted = keep.iter().filter(|k| **k).count();
    ensure!(
        source.numel() >= wanted,
        "Number of elements of source < number of ones in mask: {} < {wanted}",
        source.numel()
    );
    by_compute_type!(x.dtype(), T => {
        let values = source.to_vec::<T>()?;
        x.update::<T, ()>(|to| {
            let mut next = values.iter();
            for (slot, _) in to.iter_mut().zip(&keep).filter(|(_, k)| **k) {
                if let Some(value) = next.next() {
                    *slot = *value;
                }
            }
        })?;
    });
    Ok(x)
}

fn masked_scatter(x: Tensor, mask: Tensor, source: Tensor) -> Result<Tensor> {
    let shape = broadcast_shapes(x.sizes(), mask.sizes())?;
    masked_scatter_(x.expand(&shape)?.to_contiguous()?.deep_clone()?, mask, source)
}

/// Offsets in the flattened tensor; negative ones count from the end.
fn flat_offsets(x: &Tensor, index: &Tensor, op: &str) -> Result<Vec<usize>> {
    ensure!(index.dtype() == DType::I64, "{op}(): Expected a long tensor for index, but got {}", index.dtype());
    let n = x.numel() as i64;
    ensure!(n > 0 || index.numel() == 0, "{op}(): tried to take from an empty tensor");
    let values = index.to_vec::<i64>()?;
    values
        .into_iter()
        .map(|v| {
            ensure!(v >= -n && v < n, "out of range: tried to access index {v} on a tensor of {n} elements.");
            Ok(if v < 0 { v + n } else { v } as usize)
        })
        .collect()
}

fn take(x: Tensor, index: Tensor) -> Result<Tensor> {
    let offsets = flat_offsets(&x, &index, "take")?;
    let source = raw(&x)?;
    let out = by_size!(x.dtype(), T => {
        let from = source.data::<T>()?;
        let mut out = NewTensor::<T>::new(index.sizes())?;
        copy_blocks(from, offsets.into_iter(), 1, out.data());
        out.finish()
    });
    like(out, &x)
}

fn take_along_dim(x: Tensor, indices: Tensor, dim: Option<i64>) -> Result<Tensor> {
    ensure!(
        indices.dtype() == DType::I64,
        "torch.take_along_dim(): dtype of indices should be Long but got {}",
        indices.dtype()
    );
    let Some(dim) = dim else {
        return gather(x.reshape(&[-1])?, 0, indices.reshape(&[-1])?, false);
    };
    ensure!(
        x.dim() == indices.dim(),
        "torch.take_along_dim(): input and indices should have the same number of dimensions, but got {} dimensions \
         for input, and {} dimensions for indices",
        x.dim(),
        indices.dim()
    );
    ensure!(x.dim() > 0, "Dimension specified as {dim} but tensor has no dimensions");
    let d = wrap_dim(dim, x.dim())?;
    let mut xs: Dims = x.sizes().into();
    let mut is: Dims = indices.sizes().into();
    let (x_len, i_len) = (xs[d], is[d]);
    xs[d] = i_len;
    let mut wide_index = broadcast_shapes(&xs, &is)?;
    is[d] = x_len;
    let wide_self = broadcast_shapes(x.sizes(), &is)?;
    wide_index[d] = i_len;
    let mut wide_self = wide_self;
    wide_self[d] = x_len;
    gather(x.expand(&wide_self)?, d as i64, indices.expand(&wide_index)?, false)
}

fn put_(x: Tensor, index: Tensor, source: Tensor, accumulate: bool) -> Result<Tensor> {
    ensure!(
        x.dtype() == source.dtype(),
        "put_(): self and source expected to have the same dtype, but got self.dtype = {} and source.dtype = {}",
        x.dtype(),
        source.dtype()
    );
    ensure!(
        index.numel() == source.numel(),
        "put_(): Expected source and index to have the same number of elements, but got source.numel() = {}, \
         index.numel() = {}",
        source.numel(),
        index.numel()
    );
    crate::tensor::tile::check_no_internal_overlap(&x)?;
    let offsets = flat_offsets(&x, &index, "put_")?;
    let reduce = if accumulate { Reduce::Sum } else { Reduce::Assign };
    let round = half_rounding(x.dtype());
    by_compute_type!(x.dtype(), T => {
        let values = source.to_vec::<T>()?;
        x.update::<T, ()>(|to| match accumulate {
            true => add_steps(to, &offsets, &values, round),
            false => combine(to, &offsets, &values, reduce, true, None),
        })?;
    });
    Ok(x)
}

/// Adds the values one by one.
fn add_steps<T: Element + Arithmetic>(to: &mut [T], offsets: &[usize], values: &[T], round: Option<fn(f32) -> f32>) {
    for (at, value) in offsets.iter().zip(values) {
        to[*at] = stored(Arithmetic::add(to[*at], *value), round);
    }
}

/// As a tensor of a half type holds it.
fn stored<T: Element>(value: T, round: Option<fn(f32) -> f32>) -> T {
    match round {
        Some(round) => T::from_f64(f64::from(round(value.to_f64() as f32))),
        None => value,
    }
}

fn put(x: Tensor, index: Tensor, source: Tensor, accumulate: bool) -> Result<Tensor> {
    put_(x.deep_clone()?, index, source, accumulate)
}

/// Row-major positions of the elements that are not zero.
fn nonzero_positions(x: &Tensor) -> Result<Vec<usize>> {
    fn positions<T: Element>(x: &Tensor) -> Result<Vec<usize>> {
        let zero = T::default();
        let x = super::compute::dense::<T>(x)?;
        Ok(x.data::<T>()?.iter().enumerate().filter(|(_, v)| **v != zero).map(|(i, _)| i).collect())
    }
    match x.dtype() {
        DType::Bool => positions::<u8>(&x.reinterpret(DType::U8)?),
        DType::U8 => positions::<u8>(x),
        DType::F32 | DType::F16 | DType::BF16 => positions::<f32>(x),
        d if d.is_complex() => positions::<Complex64>(x),
        d if d.is_floating_point() => positions::<f64>(x),
        _ => positions::<i64>(x),
    }
}

/// `[n, dim]`: the coordinates of the elements that are not zero, those of a dimension one after the other in memory.
pub fn nonzero(x: Tensor) -> Result<Tensor> {
    let positions = nonzero_positions(&x)?;
    let n = positions.len();
    let mut out = NewTensor::<i64>::new(&[x.dim() as i64, n as i64])?;
    let (columns, mut row) = (out.data(), 0);
    coordinates(&positions, x.sizes(), |at| {
        for (d, v) in at.iter().enumerate() {
            columns[d * n + row] = *v;
        }
        row += 1;
    });
    let out = out.finish();
    out.as_strided(&[n as i64, x.dim() as i64], &[1, n as i64], None)
}

/// The coordinates of ascending positions in a row-major tensor with dimensions.
fn coordinates(positions: &[usize], sizes: &[i64], mut f: impl FnMut(&[i64])) {
    let Some((last, outer)) = sizes.split_last() else { return };
    let mut at = Dims::from_elem(0, sizes.len());
    let mut start = 0;
    for &position in positions {
        let position = position as i64;
        if position - start >= *last {
            let mut row = position / last;
            start = row * last;
            for (slot, size) in at.iter_mut().zip(outer).rev() {
                (*slot, row) = (row % size, row / size);
            }
        }
        at[outer.len()] = position - start;
        f(&at);
    }
}

fn nonzero_columns_of(x: &Tensor) -> Result<Vec<Vec<i64>>> {
    let mut columns = vec![Vec::new(); x.dim()];
    coordinates(&nonzero_positions(x)?, x.sizes(), |at| {
        columns.iter_mut().zip(at).for_each(|(column, v)| column.push(*v));
    });
    Ok(columns)
}

/// One index tensor per dimension.
pub fn nonzero_columns(x: Tensor) -> Result<Vec<Tensor>> {
    let x = at_least_1d(&x)?;
    nonzero_columns_of(&x)?.iter().map(|c| Tensor::from_slice(c, &[c.len() as i64])).collect()
}

fn nonzero_static(x: Tensor, size: i64, fill: i64) -> Result<Tensor> {
    ensure!(size >= 0, "nonzero_static: 'size' must be an non-negative integer");
    let found = nonzero(x)?;
    let out = Tensor::full(&[size, found.sizes()[1]], Scalar::Int(fill), DType::I64)?;
    let n = Ord::min(size, found.sizes()[0]);
    out.narrow(0, 0, n)?.copy_from(&found.narrow(0, 0, n)?)?;
    Ok(out)
}

fn fill_diagonal_(x: Tensor, value: Scalar, wrap: bool) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "dimensions must larger than 1");
    let (height, width) = (x.sizes()[0], x.sizes()[1]);
    if x.dim() > 2 {
        ensure!(x.sizes().iter().all(|s| *s == height), "all dimensions of input must be of equal length");
    }
    let length = x.sizes().iter().copied().min().unwrap_or(0);
    let step: i64 = x.strides().iter().sum();
    let offset = x.storage_offset() as i64;
    x.as_strided(&[length], &[step], Some(offset))?.fill(value)?;
    if wrap && x.dim() == 2 && height > width + 1 {
        let per_wrap = width + 1;
        let start = offset + x.strides()[0] * per_wrap;
        let mut row = per_wrap;
        let mut at = start;
        while row < height {
            let n = Ord::min(width, height - row);
            x.as_strided(&[n], &[step], Some(at))?.fill(value)?;
            row += per_wrap;
            at += x.strides()[0] * per_wrap;
        }
    }
    Ok(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ints(values: &[i64], sizes: &[i64]) -> Tensor {
        Tensor::from_slice(values, sizes).unwrap()
    }

    #[test]
    fn indexing_shapes_and_values() {
        let x = ints(&(0..24).collect::<Vec<_>>(), &[2, 3, 4]);
        let i = || Some(ints(&[1, 0], &[2]));
        let mask = Tensor::from_slice(&[true, false, true], &[3]).unwrap();
        for (indices, shape, first) in [
            (vec![i()], vec![2, 3, 4], 12),
            (vec![None, i()], vec![2, 2, 4], 4),
            (vec![i(), None, i()], vec![2, 3], 13),
            (vec![i(), i()], vec![2, 4], 16),
            (vec![None, Some(mask)], vec![2, 2, 4], 0),
            (vec![Some(ints(&[-1], &[1, 1]))], vec![1, 1, 3, 4], 12),
        ] {
            let out = index(x.clone(), indices).unwrap();
            assert_eq!((out.sizes().to_vec(), out.to_vec::<i64>().unwrap()[0]), (shape, first));
        }
    }

    #[test]
    fn puts_accumulate_through_views() {
        let x = ints(&[0; 6], &[2, 3]);
        let t = x.transpose(0, 1).unwrap();
        index_put_(t, vec![Some(ints(&[0, 0, 2], &[3]))], ints(&[5], &[1]), true).unwrap();
        assert_eq!(x.to_vec::<i64>().unwrap(), [10, 0, 5, 10, 0, 5]);
    }

    #[test]
    fn scatter_reductions() {
        for (reduce, include_self, expected) in [
            ("sum", true, [4, 5, 1]),
            ("sum", false, [3, 4, 1]),
            ("prod", false, [2, 4, 1]),
            ("amax", true, [2, 4, 1]),
            ("mean", true, [1, 2, 1]),
        ] {
            let x = ints(&[1, 1, 1], &[3]);
            let out = scatter_reduce(x, 0, ints(&[0, 0, 1], &[3]), ints(&[1, 2, 4], &[3]), reduce.into(), include_self);
            assert_eq!(out.unwrap().to_vec::<i64>().unwrap(), expected, "{reduce}");
        }
    }
}
