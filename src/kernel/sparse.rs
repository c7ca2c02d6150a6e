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
