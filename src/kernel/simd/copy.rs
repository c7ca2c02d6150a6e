//! Copies that change the order of elements.

use super::isa;
#[cfg(target_arch = "x86_64")]
use super::Isa;

/// Element types with fast reordering.
pub trait CopyElement: Copy {
    /// `to[c * to_ld + r] = from[r * from_ld + c]` for `rows × cols`.
    ///
    /// # Panics
    /// If a slice is too short.
    fn transpose(from: &[Self], from_ld: usize, rows: usize, cols: usize, to: &mut [Self], to_ld: usize) {
        transpose_plain(from, from_ld, 0..rows, 0..cols, to, to_ld);
    }

    /// `out[i] = source[i * stride]`
    ///
    /// # Panics
    /// If `source` is too short.
    fn every(source: &[Self], stride: usize, out: &mut [Self]) {
        if let Some(last) = out.len().checked_sub(1) {
            let source = &source[..last * stride + 1];
            out.iter_mut().zip(source.iter().step_by(stride)).for_each(|(y, x)| *y = *x);
        }
    }
}

impl CopyElement for f64 {}

impl CopyElement for f32 {
    fn transpose(from: &[f32], from_ld: usize, rows: usize, cols: usize, to: &mut [f32], to_ld: usize) {
        #[cfg(target_arch = "x86_64")]
        if isa() >= Isa::Avx2 && rows >= 8 && cols >= 8 {
            assert!(from.len() >= (rows - 1) * from_ld + cols && to.len() >= (cols - 1) * to_ld + rows);
            let (r8, c8) = (rows / 8 * 8, cols / 8 * 8);
            for r in (0..r8).step_by(8) {
                for c in (0..c8).step_by(8) {
                    // SAFETY: AVX2 is there; the 8 × 8 block is inside both, by the assertion above.
                    unsafe { x86::transpose8(&from[r * from_ld + c..], from_ld, &mut to[c * to_ld + r..], to_ld) };
                }
            }
            transpose_plain(from, from_ld, 0..r8, c8..cols, to, to_ld);
            transpose_plain(from, from_ld, r8..rows, 0..cols, to, to_ld);
            return;
        }
        transpose_plain(from, from_ld, 0..rows, 0..cols, to, to_ld);
    }

    fn every(source: &[f32], stride: usize, out: &mut [f32]) {
        let Some(last) = out.len().checked_sub(1) else { return };
        if stride == 2 {
            every_second(&source[..last * 2], &mut out[..last]);
            out[last] = source[last * 2];
        } else {
            let source = &source[..last * stride + 1];
            out.iter_mut().zip(source.iter().step_by(stride)).for_each(|(y, x)| *y = *x);
        }
    }
}

crate::simd_fn! {
    fn every_second<M>(source: &[f32], out: &mut [f32]) {
        for (y, x) in out.iter_mut().zip(source.chunks_exact(2)) {
            *y = x[0];
        }
    }
}

fn transpose_plain<T: Copy>(
    from: &[T],
    from_ld: usize,
    rows: std::ops::Range<usize>,
    cols: std::ops::Range<usize>,
    to: &mut [T],
    to_ld: usize,
) {
    for r in rows {
        let row = &from[r * from_ld..][..cols.end];
        for c in cols.clone() {
            to[c * to_ld + r] = row[c];
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    /// # Safety
    /// AVX2; 8 rows of 8 in both slices.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn transpose8(from: &[f32], from_ld: usize, to: &mut [f32], to_ld: usize) {
        let (from, to) = (from.as_ptr(), to.as_mut_ptr());
        // SAFETY: the caller gives 8 rows of 8 elements in both.
        unsafe {
            let r: [__m256; 8] = std::array::from_fn(|i| _mm256_loadu_ps(from.add(i * from_ld)));
            // Pairs of rows, then fours, then halves.
            let (a0, a1) = (_mm256_unpacklo_ps(r[0], r[1]), _mm256_unpackhi_ps(r[0], r[1]));
            let (a2, a3) = (_mm256_unpacklo_ps(r[2], r[3]), _mm256_unpackhi_ps(r[2], r[3]));
            let (a4, a5) = (_mm256_unpacklo_ps(r[4], r[5]), _mm256_unpackhi_ps(r[4], r[5]));
            let (a6, a7) = (_mm256_unpacklo_ps(r[6], r[7]), _mm256_unpackhi_ps(r[6], r[7]));
            let (b0, b1) = (_mm256_shuffle_ps(a0, a2, 0x44), _mm256_shuffle_ps(a0, a2, 0xee));
            let (b2, b3) = (_mm256_shuffle_ps(a1, a3, 0x44), _mm256_shuffle_ps(a1, a3, 0xee));
            let (b4, b5) = (_mm256_shuffle_ps(a4, a6, 0x44), _mm256_shuffle_ps(a4, a6, 0xee));
            let (b6, b7) = (_mm256_shuffle_ps(a5, a7, 0x44), _mm256_shuffle_ps(a5, a7, 0xee));
            let low = [(b0, b4), (b1, b5), (b2, b6), (b3, b7)];
            for (i, (x, y)) in low.into_iter().enumerate() {
                _mm256_storeu_ps(to.add(i * to_ld), _mm256_permute2f128_ps(x, y, 0x20));
                _mm256_storeu_ps(to.add((i + 4) * to_ld), _mm256_permute2f128_ps(x, y, 0x31));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::for_each_isa;
    use super::*;

    #[test]
    fn transposes() {
        for_each_isa(|_| {
            for (rows, cols) in [(1, 1), (8, 8), (9, 17), (32, 40), (7, 100), (33, 8)] {
                let (from_ld, to_ld) = (cols + 3, rows + 2);
                let from: Vec<f32> = (0..rows * from_ld).map(|i| i as f32).collect();
                let mut to = vec![-1.0; cols * to_ld];
                f32::transpose(&from, from_ld, rows, cols, &mut to, to_ld);
                let right = |i: usize| match (i / to_ld, i % to_ld) {
                    (c, r) if r < rows => (r * from_ld + c) as f32,
                    _ => -1.0,
                };
                assert!(to.iter().enumerate().all(|(i, x)| *x == right(i)), "{rows} {cols}");
            }
        });
    }

    #[test]
    fn every_nth() {
        for_each_isa(|_| {
            let from: Vec<f32> = (0..100).map(|i| i as f32).collect();
            for (stride, n) in [(1, 100), (2, 50), (2, 37), (3, 33), (2, 1), (2, 0)] {
                let mut out = vec![0.0; n];
                f32::every(&from, stride, &mut out);
                assert!(out.iter().enumerate().all(|(i, x)| *x == (i * stride) as f32));
            }
        });
    }
}
