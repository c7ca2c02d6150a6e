//! Facts about sizes and strides.

use crate::base::{contiguous_strides, Dims};

pub(super) fn is_contiguous(sizes: &[i64], strides: &[i64]) -> bool {
    let mut expected = 1;
    for (&size, &stride) in sizes.iter().zip(strides).rev() {
        if size == 0 {
            return true;
        }
        if size != 1 {
            if stride != expected {
                return false;
            }
            expected *= size;
        }
    }
    // a later dimension of size 0 makes any strides contiguous
    true
}

/// Strides of an NHWC (or NDHWC) tensor whose sizes are given as NCHW.
pub fn channels_last_strides(sizes: &[i64]) -> Dims {
    let mut strides = Dims::from_elem(0, sizes.len());
    let mut step = 1;
    for dim in channels_last_order(sizes.len()) {
        strides[dim] = step;
        step = step.saturating_mul(sizes[dim].max(1));
    }
    strides
}

/// Dimensions from the innermost outwards: channels, then space, then batch.
fn channels_last_order(ndim: usize) -> impl Iterator<Item = usize> {
    std::iter::once(1).chain((2..ndim).rev()).chain(std::iter::once(0))
}

pub(super) fn is_channels_last_contiguous(sizes: &[i64], strides: &[i64]) -> bool {
    let mut expected = 1;
    for dim in channels_last_order(sizes.len()) {
        if sizes[dim] != 1 {
            if strides[dim] != expected {
                return false;
            }
            expected *= sizes[dim];
        }
    }
    true
}

/// PyTorch's heuristic: do the strides, ambiguous for sizes of 1, look like channels last?
pub(super) fn is_channels_last_strides(sizes: &[i64], strides: &[i64]) -> bool {
    let mut min = 0;
    if strides[1] == 0 {
        return false;
    }
    for dim in channels_last_order(sizes.len()) {
        if sizes[dim] == 0 || strides[dim] < min {
            return false;
        }
        // N111 tensors with identical strides fall back to contiguous
        if dim == 0 && min == strides[1] {
            return false;
        }
        min = strides[dim];
        if sizes[dim] > 1 {
            min *= sizes[dim];
        }
    }
    true
}

/// Every element has its own place and there are no gaps between them.
pub fn is_non_overlapping_and_dense(sizes: &[i64], strides: &[i64]) -> bool {
    if sizes.len() == 1 {
        return sizes[0] < 2 || strides[0] == 1;
    }
    let mut order: Dims = (0..sizes.len() as i64).collect();
    order.sort_by_key(|&d| {
        let d = d as usize;
        if sizes[d] < 2 {
            (1, 0)
        } else {
            (0, strides[d])
        }
    });
    let mut expected = 1;
    for &d in &order {
        let d = d as usize;
        if sizes[d] < 2 {
            return true;
        }
        if strides[d] != expected {
            return false;
        }
        expected *= sizes[d];
    }
    true
}

/// Dense strides in the dimension order of `strides`: what `empty_like` with `preserve_format` gives.
pub fn infer_dense_strides(sizes: &[i64], strides: &[i64]) -> Dims {
    if is_non_overlapping_and_dense(sizes, strides) {
        return strides.into();
    }
    output_strides(sizes, &[strides])
}

/// Strides for a view of the same elements with another shape, or `None` when only a copy can have it.
pub fn computed_strides(old_sizes: &[i64], old_strides: &[i64], new_sizes: &[i64]) -> Option<Dims> {
    if old_sizes.iter().product::<i64>() == 0 {
        if old_sizes == new_sizes {
            return Some(old_strides.into());
        }
        return Some(contiguous_strides(new_sizes));
    }
    let mut new_strides = Dims::from_elem(1, new_sizes.len());
    if old_sizes.is_empty() {
        return Some(new_strides);
    }
    let mut view_d = new_sizes.len() as i64 - 1;
    let mut chunk_base = old_strides[old_strides.len() - 1];
    let (mut tensor_numel, mut view_numel) = (1, 1);
    for d in (0..old_sizes.len()).rev() {
        tensor_numel *= old_sizes[d];
        let chunk_ends = d == 0 || (old_sizes[d - 1] != 1 && old_strides[d - 1] != tensor_numel * chunk_base);
        if chunk_ends {
            while view_d >= 0 && (view_numel < tensor_numel || new_sizes[view_d as usize] == 1) {
                new_strides[view_d as usize] = view_numel * chunk_base;
                view_numel *= new_sizes[view_d as usize];
                view_d -= 1;
            }
            if view_numel != tensor_numel {
                return None;
            }
            if d > 0 {
                chunk_base = old_strides[d - 1];
                tensor_numel = 1;
                view_numel = 1;
            }
        }
    }
    (view_d == -1).then_some(new_strides)
}

/// The strides of an elementwise result whose operands, broadcast to `sizes`, have the given strides: dense, in the
/// dimension order that the operands suggest, the first operand deciding first.
pub(super) fn output_strides(sizes: &[i64], operands: &[&[i64]]) -> Dims {
    let ndim = sizes.len();
    // innermost first
    let mut perm: Dims = (0..ndim as i64).rev().collect();
    let should_swap = |dim0: usize, dim1: usize| -> i32 {
        for strides in operands {
            let (s0, s1) = (strides[dim0], strides[dim1]);
            if s0 == 0 || s1 == 0 {
                continue;
            }
            if s0 < s1 {
                return -1;
            }
            if s0 > s1 {
                return 1;
            }
            if sizes[dim0] > sizes[dim1] {
                return 1;
            }
        }
        0
    };
    for i in 1..ndim {
        let mut dim1 = i;
        for dim0 in (0..i).rev() {
            match should_swap(perm[dim0] as usize, perm[dim1] as usize) {
                c if c > 0 => {
                    perm.swap(dim0, dim1);
                    dim1 = dim0;
                }
                c if c < 0 => break,
                _ => {}
            }
        }
    }
    let mut strides = Dims::from_elem(1, ndim);
    let mut step = 1;
    for &d in &perm {
        strides[d as usize] = step;
        step *= sizes[d as usize].max(1);
    }
    strides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_that_exist() {
        for (sizes, strides, new, expected) in [
            (&[2, 3][..], &[3, 1][..], &[6][..], Some(&[1][..])),
            (&[2, 3], &[1, 2], &[6], None),
            (&[2, 3, 4], &[12, 4, 1], &[6, 4], Some(&[4, 1])),
            (&[2, 1, 3], &[3, 9, 1], &[6], Some(&[1])),
            (&[4, 3], &[6, 1], &[2, 2, 3], Some(&[12, 6, 1])),
        ] {
            assert_eq!(computed_strides(sizes, strides, new).as_deref(), expected, "{sizes:?} {strides:?} {new:?}");
        }
    }

    #[test]
    fn elementwise_results_follow_their_operands() {
        assert_eq!(output_strides(&[2, 3], &[&[1, 2]])[..], [1, 2]);
        assert_eq!(output_strides(&[2, 3, 4], &[&[12, 1, 3], &[0, 0, 1]])[..], [12, 1, 3]);
        assert_eq!(output_strides(&[2, 3], &[&[0, 0]])[..], [3, 1]);
    }
}
