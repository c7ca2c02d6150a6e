//! Operators on shape alone: views, reshapes, joins of dimensions. All return views (aliases of `self`) unless they
//! say otherwise.

use super::Op;
use crate::base::{wrap_dim, Dims, MemoryFormat};
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::view(Tensor(a) self, int[] size) -> Tensor(a)", view(_, _)),
    op!("aten::reshape(Tensor(a) self, int[] shape) -> Tensor(a)", reshape(_, _)),
    op!("aten::view_as(Tensor(a) self, Tensor other) -> Tensor(a)", view_as(_, _)),
    op!("aten::reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)", reshape_as(_, _)),
    op!("aten::flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)", flatten(_, _, _)),
    op!("aten::unflatten.int(Tensor(a) self, int dim, int[] sizes) -> Tensor(a)", unflatten(_, _, _)),
    op!("aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)", permute(_, _)),
    op!("aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", transpose(_, _, _)),
    op!("aten::t(Tensor(a) self) -> Tensor(a)", t(_)),
    op!("aten::numpy_T(Tensor(a) self) -> Tensor(a)", reverse_dims(_)),
    op!("aten::numpy_T.a(Tensor(a) self) -> Tensor(a)", reverse_dims(_)),
    op!("aten::mT(Tensor(a) self) -> Tensor(a)", matrix_transpose(_)),
    op!("aten::mT.a(Tensor(a) self) -> Tensor(a)", matrix_transpose(_)),
    op!("aten::mH(Tensor(a) self) -> Tensor(a)", batch_adjoint(_)),
    op!("aten::mH.a(Tensor(a) self) -> Tensor(a)", batch_adjoint(_)),
    op!("aten::matrix_H(Tensor(a) self) -> Tensor(a)", matrix_adjoint(_)),
    op!("aten::matrix_H.a(Tensor(a) self) -> Tensor(a)", matrix_adjoint(_)),
    op!("aten::sum_to_size(Tensor self, SymInt[] size) -> Tensor", sum_to_size(_, _), tags[MayAlias]),
    op!(
        "aten::as_strided_(Tensor(a!) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a!)",
        as_strided_(_, _, _, _)
    ),
    op!("aten::expand(Tensor(a) self, int[] size, *, bool implicit=False) -> Tensor(a)", expand(_, _, _)),
    op!("aten::expand_as(Tensor(a) self, Tensor other) -> Tensor(a)", expand_as(_, _)),
    op!("aten::squeeze(Tensor(a) self) -> Tensor(a)", squeeze(_)),
    op!("aten::squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)", squeeze_dim(_, _)),
    op!("aten::squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)", squeeze_dims(_, _)),
    op!("aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", unsqueeze(_, _)),
    op!("aten::select.int(Tensor(a) self, int dim, int index) -> Tensor(a)", select(_, _, _)),
    op!(
        "aten::slice.Tensor(Tensor(a) self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor(a)",
        slice(_, _, _, _, _)
    ),
    op!("aten::narrow(Tensor(a) self, int dim, int start, int length) -> Tensor(a)", narrow(_, _, _, _)),
    op!("aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)", diagonal(_, _, _, _)),
    op!("aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)", unfold(_, _, _, _)),
    op!(
        "aten::as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)",
        as_strided(_, _, _, _)
    ),
    op!("aten::detach(Tensor(a) self) -> Tensor(a)", detach(_)),
    op!("aten::detach_(Tensor(a!) self) -> Tensor(a!)", detach_(_)),
    op!("aten::alias(Tensor(a) self) -> Tensor(a)", alias(_)),
    op!(
        "aten::contiguous(Tensor(a) self, *, MemoryFormat memory_format=contiguous_format) -> Tensor(a)",
        contiguous(_, _)
    ),
    op!("aten::split.Tensor(Tensor(a -> *) self, int split_size, int dim=0) -> Tensor(a)[]", split(_, _, _)),
    op!("aten::split.sizes(Tensor(a -> *) self, int[] split_size, int dim=0) -> Tensor(a)[]", split_sizes(_, _, _)),
    op!("aten::split(Tensor(a -> *) self, int[] split_sizes, int dim=0) -> Tensor(a)[]", split_sizes(_, _, _)),
    op!(
        "aten::split_with_sizes(Tensor(a -> *) self, int[] split_sizes, int dim=0) -> Tensor(a)[]",
        split_sizes(_, _, _)
    ),
    op!("aten::chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]", chunk(_, _, _)),
    op!("aten::unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]", unbind(_, _)),
    op!("aten::transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)", transpose_(_, _, _)),
    op!("aten::t_(Tensor(a!) self) -> Tensor(a!)", t_(_)),
    op!("aten::squeeze_(Tensor(a!) self) -> Tensor(a!)", squeeze_(_)),
    op!("aten::squeeze_.dim(Tensor(a!) self, int dim) -> Tensor(a!)", squeeze_dim_(_, _)),
    op!("aten::squeeze_.dims(Tensor(a!) self, int[] dim) -> Tensor(a!)", squeeze_dims_(_, _)),
    op!("aten::unsqueeze_(Tensor(a!) self, int dim) -> Tensor(a!)", unsqueeze_(_, _)),
];

fn view(x: Tensor, sizes: Vec<i64>) -> Result<Tensor> {
    x.view(&sizes)
}

fn reshape(x: Tensor, sizes: Vec<i64>) -> Result<Tensor> {
    x.reshape(&sizes)
}

fn view_as(x: Tensor, other: Tensor) -> Result<Tensor> {
    x.view(other.sizes())
}

fn reshape_as(x: Tensor, other: Tensor) -> Result<Tensor> {
    x.reshape(other.sizes())
}

/// Returns `self` itself when there is nothing to collapse.
fn flatten(x: Tensor, start: i64, end: i64) -> Result<Tensor> {
    x.flatten(start, end)
}

fn unflatten(x: Tensor, dim: i64, sizes: Vec<i64>) -> Result<Tensor> {
    let d = wrap_dim(dim, x.dim())?;
    ensure!(!sizes.is_empty(), "unflatten: sizes must be non-empty");
    let have = x.sizes();
    let size = x.size(dim)?;
    let product = sizes.iter().filter(|s| **s != -1).fold(1i64, |a, s| a.saturating_mul(*s));
    let fits = if sizes.contains(&-1) { product > 0 && size % product == 0 } else { product == size };
    ensure!(
        fits,
        "unflatten: Provided sizes {sizes:?} don't multiply up to the size of dim {d} ({size}) in the input tensor"
    );
    let sizes = sizes.iter().map(|&s| if s == -1 { size / product } else { s });
    let shape: Dims = have[..d].iter().copied().chain(sizes).chain(have[d + 1..].iter().copied()).collect();
    x.view(&shape)
}

fn permute(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    x.permute(&dims)
}

fn transpose(x: Tensor, dim0: i64, dim1: i64) -> Result<Tensor> {
    x.transpose(dim0, dim1)
}

pub fn t(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is {}D", x.dim());
    if x.dim() < 2 {
        Ok(x.alias())
    } else {
        x.transpose(0, 1)
    }
}

fn reverse_dims(x: Tensor) -> Result<Tensor> {
    let order: Dims = (0..x.dim() as i64).rev().collect();
    x.permute(&order)
}

fn matrix_transpose(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "tensor.mT is only supported on matrices or batches of matrices. Got {}-D tensor.", x.dim());
    x.transpose(-2, -1)
}

fn batch_adjoint(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() != 1, "tensor.mH is only supported on matrices or batches of matrices. Got {}-D tensor.", x.dim());
    conjugate_transpose(x)
}

fn matrix_adjoint(x: Tensor) -> Result<Tensor> {
    ensure!(
        x.dim() == 0 || x.dim() == 2,
        "tensor.H is only supported on matrices (2-D tensors). Got {}-D tensor.{}",
        x.dim(),
        if x.dim() > 2 { " For batches of matrices, consider using tensor.mH" } else { "" }
    );
    conjugate_transpose(x)
}

fn conjugate_transpose(x: Tensor) -> Result<Tensor> {
    super::convert::conj_view(if x.dim() == 0 { x } else { x.transpose(-2, -1)? })
}

/// Sums over the dimensions that broadcasting `size` to the tensor's shape would repeat.
fn sum_to_size(x: Tensor, size: Vec<i64>) -> Result<Tensor> {
    let fits = size.len() <= x.dim()
        && size.iter().rev().zip(x.sizes().iter().rev()).all(|(want, have)| want == have || *want == 1);
    ensure!(fits, "size {{{size:?}}} is not expandable to size {{{:?}}}.", x.sizes());
    if size.is_empty() {
        return super::reduce::sum_dims(x, None, false, None);
    }
    let lead = x.dim() - size.len();
    let dims: Vec<i64> =
        (0..x.dim()).filter(|d| *d < lead || size[d - lead] == 1 && x.sizes()[*d] != 1).map(|d| d as i64).collect();
    if dims.is_empty() {
        return Ok(x);
    }
    super::reduce::sum_dims(x, Some(dims), true, None)?.view(&size)
}

fn as_strided_(x: Tensor, sizes: Vec<i64>, strides: Vec<i64>, offset: Option<i64>) -> Result<Tensor> {
    let view = x.as_strided(&sizes, &strides, offset)?;
    become_view(x, view)
}

fn expand(x: Tensor, sizes: Vec<i64>, _implicit: bool) -> Result<Tensor> {
    x.expand(&sizes)
}

fn expand_as(x: Tensor, other: Tensor) -> Result<Tensor> {
    x.expand(other.sizes())
}

fn squeeze(x: Tensor) -> Result<Tensor> {
    x.squeeze(None)
}

fn squeeze_dim(x: Tensor, dim: i64) -> Result<Tensor> {
    x.squeeze(Some(&[dim]))
}

fn check_repeated(x: &Tensor, dims: &[i64]) -> Result<()> {
    let mut seen = [false; 64];
    for dim in dims {
        let d = crate::base::wrap_dim(*dim, x.dim())?.min(63);
        ensure!(!seen[d], "dim {d} appears multiple times in the list of dims");
        seen[d] = true;
    }
    Ok(())
}

fn squeeze_dims(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    check_repeated(&x, &dims)?;
    x.squeeze(Some(&dims))
}

fn unsqueeze(x: Tensor, dim: i64) -> Result<Tensor> {
    x.unsqueeze(dim)
}

fn select(x: Tensor, dim: i64, index: i64) -> Result<Tensor> {
    x.select(dim, index)
}

fn slice(x: Tensor, dim: i64, start: Option<i64>, end: Option<i64>, step: i64) -> Result<Tensor> {
    x.slice(dim, start, end, step)
}

fn narrow(x: Tensor, dim: i64, start: i64, length: i64) -> Result<Tensor> {
    x.narrow(dim, start, length)
}

fn diagonal(x: Tensor, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
    x.diagonal(offset, dim1, dim2)
}

fn unfold(x: Tensor, dim: i64, size: i64, step: i64) -> Result<Tensor> {
    x.unfold(dim, size, step)
}

fn as_strided(x: Tensor, sizes: Vec<i64>, strides: Vec<i64>, offset: Option<i64>) -> Result<Tensor> {
    x.as_strided(&sizes, &strides, offset)
}

fn detach(x: Tensor) -> Result<Tensor> {
    let out = x.alias();
    out.set_requires_grad(false);
    Ok(out)
}

fn detach_(x: Tensor) -> Result<Tensor> {
    x.set_requires_grad(false);
    Ok(x)
}

fn alias(x: Tensor) -> Result<Tensor> {
    Ok(x.alias())
}

/// Returns `self` itself when it already has the format.
fn contiguous(x: Tensor, format: MemoryFormat) -> Result<Tensor> {
    x.contiguous_in(format)
}

pub fn split(x: Tensor, size: i64, dim: i64) -> Result<Vec<Tensor>> {
    ensure!(x.dim() > 0, "split expects at least a 1-dimensional tensor");
    ensure!(size >= 0, "split expects split_size be non-negative, but got split_size={size}");
    let length = x.size(dim)?;
    ensure!(
        size > 0 || length == 0,
        "split_size can only be 0 if dimension size is 0, but got dimension size of {length}"
    );
    let pieces = if size == 0 { 1 } else { ceil_div(length, size).max(1) };
    (0..pieces).map(|i| x.narrow(dim, i * size, size.min(length - i * size))).collect()
}

pub fn split_sizes(x: Tensor, sizes: Vec<i64>, dim: i64) -> Result<Vec<Tensor>> {
    ensure!(x.dim() > 0, "split expects at least a 1-dimensional tensor");
    let length = x.size(dim)?;
    ensure!(
        sizes.iter().all(|s| *s >= 0),
        "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes={sizes:?}"
    );
    ensure!(
        sizes.iter().try_fold(0i64, |sum, size| sum.checked_add(*size)) == Some(length),
        "split_with_sizes expects split_sizes to sum exactly to {length} (input tensor's size at dimension {dim}), \
         but got split_sizes={sizes:?}"
    );
    let mut start = 0;
    sizes.iter().map(|&size| (x.narrow(dim, start, size), start += size).0).collect()
}

pub fn chunk(x: Tensor, chunks: i64, dim: i64) -> Result<Vec<Tensor>> {
    ensure!(x.dim() > 0, "chunk expects at least a 1-dimensional tensor");
    ensure!(chunks > 0, "chunk expects `chunks` to be greater than 0, got: {chunks}");
    let length = x.size(dim)?;
    let size = ceil_div(length, chunks);
    if size == 0 && length == 0 {
        ensure!(chunks <= 1 << 20, "chunk: too many pieces of an empty dimension: {chunks}");
        return split_sizes(x, vec![0; chunks as usize], dim);
    }
    split(x, size, dim)
}

/// Of numbers that are not negative.
fn ceil_div(a: i64, b: i64) -> i64 {
    a / b + i64::from(a % b > 0)
}

pub fn unbind(x: Tensor, dim: i64) -> Result<Vec<Tensor>> {
    let length = x.size(dim)?;
    (0..length).map(|i| x.select(dim, i)).collect()
}

/// The in-place forms change the tensor's own geometry, for every handle.
fn become_view(x: Tensor, view: Tensor) -> Result<Tensor> {
    x.replace_geometry(view.geometry().clone())?;
    Ok(x)
}

fn transpose_(x: Tensor, dim0: i64, dim1: i64) -> Result<Tensor> {
    let view = x.transpose(dim0, dim1)?;
    become_view(x, view)
}

fn t_(x: Tensor) -> Result<Tensor> {
    let view = t(x.clone())?;
    become_view(x, view)
}

fn squeeze_(x: Tensor) -> Result<Tensor> {
    let view = x.squeeze(None)?;
    become_view(x, view)
}

fn squeeze_dim_(x: Tensor, dim: i64) -> Result<Tensor> {
    let view = x.squeeze(Some(&[dim]))?;
    become_view(x, view)
}

fn squeeze_dims_(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    check_repeated(&x, &dims)?;
    let view = x.squeeze(Some(&dims))?;
    become_view(x, view)
}

fn unsqueeze_(x: Tensor, dim: i64) -> Result<Tensor> {
    let view = x.unsqueeze(dim)?;
    become_view(x, view)
}

#[cfg(test)]
mod tests {
    use crate::op::registry;

    #[test]
    fn every_schema_parses() {
        for op in registry().all() {
            assert!(op.schema().is_ok(), "{}: {:?}", op.qualified(), op.schema().err());
        }
    }
}
