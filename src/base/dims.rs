//! Sizes and strides.

use smallvec::SmallVec;

use crate::Result;

/// The most columns that a reduction takes at once.
pub const COLUMNS: usize = 512;

/// Sizes or strides, in elements, outermost dimension first. Up to six dimensions live inline.
pub type Dims = SmallVec<[i64; 6]>;

/// The number of elements of a shape; 1 for a zero-dimensional one. Shapes are checked against overflow where they
/// enter (see [`crate::tensor`]), so this does not fail; before that, what overflows is the largest number.
pub fn numel(sizes: &[i64]) -> usize {
    sizes.iter().fold(1i64, |n, size| n.saturating_mul(*size)) as usize
}

/// Row-major strides. A dimension of size 0 counts as 1, as in PyTorch. Those that overflow are the largest number, which no
/// tensor can have.
pub fn contiguous_strides(sizes: &[i64]) -> Dims {
    let mut strides = Dims::from_elem(1, sizes.len());
    for i in (1..sizes.len()).rev() {
        strides[i - 1] = strides[i].saturating_mul(sizes[i].max(1));
    }
    strides
}

/// `dim` in `[-ndim, ndim)` as an index; a zero-dimensional tensor accepts -1 and 0, as in PyTorch.
pub fn wrap_dim(dim: i64, ndim: usize) -> Result<usize> {
    let n = (ndim as i64).max(1);
    if dim < -n || dim >= n {
        return Err(crate::Error::runtime(format!(
            "Dimension out of range (expected to be in range of [{}, {}], but got {dim})",
            -n,
            n - 1
        )));
    }
    Ok(if dim < 0 { dim + n } else { dim } as usize)
}

/// The shape that `a` and `b` broadcast to.
pub fn broadcast_shapes(a: &[i64], b: &[i64]) -> Result<Dims> {
    let n = a.len().max(b.len());
    let mut out = Dims::from_elem(1, n);
    for (i, slot) in out.iter_mut().enumerate() {
        let da = if i + a.len() >= n { a[i + a.len() - n] } else { 1 };
        let db = if i + b.len() >= n { b[i + b.len() - n] } else { 1 };
        *slot = match (da, db) {
            _ if da == db => da,
            (1, _) => db,
            (_, 1) => da,
            _ => crate::bail!(
                "The size of tensor a ({da}) must match the size of tensor b ({db}) at non-singleton dimension {i}"
            ),
        };
    }
    Ok(out)
}
