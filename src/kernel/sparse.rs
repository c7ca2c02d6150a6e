//! Loops over sparse matrices in coordinates.

use super::gemm::Ring;

/// Adds `value · row of dense` to a row of `out` for every element `(row, column, value)` of a sparse matrix. Rows of
/// `dense` and `out` have `width` elements.
///
/// # Panics
/// If an index lies outside.
pub fn add_products<T: Ring>(out: &mut [T], width: usize, rows: &[i64], columns: &[i64], values: &[T], dense: &[T]) {
    if width == 0 {
        return;
    }
    for ((row, column), value) in rows.iter().zip(columns).zip(values) {
        let from = &dense[*column as usize * width..][..width];
        let to = &mut out[*row as usize * width..][..width];
        to.iter_mut().zip(from).for_each(|(y, x)| *y = y.mul_add(*value, *x));
    }
}

/// Rows of `out` from the products `value · row of dense` of a row of a CSR matrix: their sum (`sum`), `mean`, largest
/// (`amax`) or smallest (`amin`). Rows without elements are left as they are.
///
/// # Panics
/// If an index lies outside.
pub fn reduce_products<T: num_traits::Float>(
    out: &mut [T],
    reduce: &str,
    starts: &[i64],
    columns: &[i64],
    values: &[T],
    dense: &[T],
) {
    let width = out.len() / (starts.len() - 1).max(1);
    if width == 0 {
        return;
    }
    let larger = |a: T, b: T| if b > a || b.is_nan() { b } else { a };
    let smaller = |a: T, b: T| if b < a || b.is_nan() { b } else { a };
    for (ends, to) in starts.windows(2).zip(out.chunks_exact_mut(width)) {
        let (first, last) = (ends[0] as usize, ends[1] as usize);
        for e in first..last {
            let from = &dense[columns[e] as usize * width..][..width];
            for (y, x) in to.iter_mut().zip(from) {
                let product = values[e] * *x;
                *y = match reduce {
                    _ if e == first => product,
                    "amax" => larger(*y, product),
                    "amin" => smaller(*y, product),
                    _ => *y + product,
                };
            }
        }
        if reduce == "mean" && first < last {
            let count = T::from(last - first).unwrap_or_else(T::one);
            to.iter_mut().for_each(|y| *y = *y / count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_one_row_add_up() {
        let mut out = [1.0f32, 0.0, 0.0, 0.0];
        add_products(&mut out, 2, &[1, 1], &[0, 2], &[2.0, 3.0], &[1.0, 2.0, 9.0, 9.0, 10.0, 20.0]);
        assert_eq!(out, [1.0, 0.0, 32.0, 64.0]);
    }
}
