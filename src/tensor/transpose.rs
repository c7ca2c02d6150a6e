//! Copies between memory in different dimension orders: by small squares, so that whole cache lines are read and
//! written.

use super::tile::Nest;

/// Copies what the nest walks from operand 1 to operand 0, where the innermost dimension is contiguous in the
/// destination and another one in the source; false, and nothing done, for other nests.
///
/// # Safety
/// Every element must lie in memory that is readable at `src` and writable at `dst`; the two do not overlap.
pub(super) unsafe fn copy(nest: &Nest, itemsize: usize, src: *const u8, dst: *mut u8) -> bool {
    let (sizes, strides) = (nest.sizes(), [nest.strides(0), nest.strides(1)]);
    let last = sizes.len() - 1;
    let Some(other) = (0..last).find(|d| strides[1][*d] == 1) else { return false };
    if strides[0][last] != 1 || strides[1][last] == 1 || sizes[last] < 4 || sizes[other] < 4 {
        return false;
    }
    let plane = Plane {
        rows: sizes[last] as usize,
        cols: sizes[other] as usize,
        from: strides[1][last] as usize,
        to: strides[0][other] as usize,
    };
    let run: unsafe fn(&Plane, *const u8, *mut u8) = match itemsize {
        1 => blocks::<u8>,
        2 => blocks::<u16>,
        4 => blocks::<u32>,
        8 => blocks::<u64>,
        16 => blocks::<u128>,
        _ => return false,
    };
    let outer: Vec<usize> = (0..last).filter(|d| *d != other).collect();
    let mut index = vec![0i64; outer.len()];
    loop {
        let at = |s: &[i64]| outer.iter().zip(&index).map(|(d, i)| s[*d] * i).sum::<i64>() as isize * itemsize as isize;
        // SAFETY: the plane's elements are among those that the nest walks.
        unsafe { run(&plane, src.wrapping_offset(at(strides[1])), dst.wrapping_offset(at(strides[0]))) };
        let Some(k) = (0..outer.len()).rev().find(|k| index[*k] + 1 < sizes[outer[*k]]) else { return true };
        index[k] += 1;
        index[k + 1..].fill(0);
    }
}

/// `to[c * to + r] = from[r * from + c]`
struct Plane {
    rows: usize,
    cols: usize,
    from: usize,
    to: usize,
}

/// Side of the squares that are turned in registers.
const SIDE: usize = 8;
/// Columns that are written together: those of one cache line of a source of 4-byte elements.
const STRIP: usize = 16;

/// # Safety
/// The plane's elements must be readable at `src` and writable at `dst`.
unsafe fn blocks<T: Copy + Default>(plane: &Plane, src: *const u8, dst: *mut u8) {
    let (src, dst) = (src.cast::<T>(), dst.cast::<T>());
    let (rows, cols) = (plane.rows / SIDE * SIDE, plane.cols / SIDE * SIDE);
    for strip in (0..cols).step_by(STRIP) {
        for r in (0..rows).step_by(SIDE) {
            for c in (strip..(strip + STRIP).min(cols)).step_by(SIDE) {
                let mut block = [[T::default(); SIDE]; SIDE];
                // SAFETY: the square lies inside the plane.
                unsafe {
                    for (i, row) in block.iter_mut().enumerate() {
                        *row = src.add((r + i) * plane.from + c).cast::<[T; SIDE]>().read_unaligned();
                    }
                    for i in 0..SIDE {
                        let column: [T; SIDE] = std::array::from_fn(|k| block[k][i]);
                        dst.add((c + i) * plane.to + r).cast::<[T; SIDE]>().write_unaligned(column);
                    }
                }
            }
        }
    }
    for r in 0..plane.rows {
        for c in if r < rows { cols } else { 0 }..plane.cols {
            // SAFETY: an element of the plane.
            unsafe { dst.add(c * plane.to + r).write_unaligned(src.add(r * plane.from + c).read_unaligned()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{DType, Result, Scalar, Tensor};

    #[test]
    fn every_size_and_order() -> Result<()> {
        for dtype in [DType::U8, DType::I16, DType::F32, DType::F64, DType::C128] {
            for sizes in [[1, 4, 4], [2, 8, 16], [3, 17, 31], [2, 100, 9], [1, 3, 50]] {
                let n: i64 = sizes.iter().product();
                let values: Vec<f32> = (0..n).map(|v| (v % 251) as f32).collect();
                let x = Tensor::from_slice(&values, &sizes)?.to_dtype(dtype)?;
                for order in [[0, 2, 1], [2, 0, 1], [1, 2, 0], [2, 1, 0]] {
                    let view = x.permute(&order)?;
                    let copy = view.to_contiguous()?;
                    assert_eq!(copy.to_vec::<f64>()?, view.to_vec::<f64>()?, "{dtype} {sizes:?} {order:?}");
                }
                let back = Tensor::full(&sizes, Scalar::Int(7), dtype)?;
                back.transpose(1, 2)?.copy_from(&x.transpose(1, 2)?.to_contiguous()?)?;
                assert_eq!(back.to_vec::<f64>()?, x.to_vec::<f64>()?);
            }
        }
        Ok(())
    }
}
