//! Products of matrices of which only some elements are there: lists of rows, columns and values.

use std::collections::HashMap;

use super::gemm::Ring;

/// `out += a·b`, for `b` and `out` of `n` columns, row-major. Rows and columns lie inside them.
pub fn times_dense<T: Ring>(rows: &[usize], columns: &[usize], values: &[T], b: &[T], n: usize, out: &mut [T]) {
    for ((&row, &column), &value) in rows.iter().zip(columns).zip(values) {
        let from = &b[column * n..(column + 1) * n];
        for (slot, &x) in out[row * n..(row + 1) * n].iter_mut().zip(from) {
            *slot = slot.mul_add(value, x);
        }
    }
}

/// A matrix as rows, columns and values.
pub type Listed<'a, T> = (&'a [usize], &'a [usize], &'a [T]);

/// The product of `a` and `b`, which has `n` columns: `row · n + column` and value of every element that comes up, row by
/// row, in each in the order in which they come up.
pub fn times_sparse<T: Ring>(a: Listed<'_, T>, b: Listed<'_, T>, n: usize) -> (Vec<usize>, Vec<T>) {
    let by_row = |m: &Listed<'_, T>| {
        let mut order: Vec<usize> = (0..m.0.len()).collect();
        order.sort_by_key(|&at| m.0[at]);
        order
    };
    let (left, right) = (by_row(&a), by_row(&b));
    let (mut places, mut values): (Vec<usize>, Vec<T>) = (Vec::new(), Vec::new());
    let mut seen = HashMap::new();
    let mut last = None;
    for at in left {
        let (row, inner, x) = (a.0[at], a.1[at], a.2[at]);
        if last.replace(row) != Some(row) {
            seen.clear();
        }
        let first = right.partition_point(|&other| b.0[other] < inner);
        for &other in right[first..].iter().take_while(|&&other| b.0[other] == inner) {
            let slot = *seen.entry(b.1[other]).or_insert_with(|| {
                places.push(row * n + b.1[other]);
                values.push(T::ZERO);
                values.len() - 1
            });
            values[slot] = values[slot].mul_add(x, b.2[other]);
        }
    }
    (places, values)
}
