//! The innermost part of matrix multiplication: one tile of C that stays in registers.

use super::vector::Vector;
use super::{isa, Isa};
use crate::kernel::threads::TileMut;

/// Elements of the inner dimension in one pass; more are done in several passes over C.
pub const KC: usize = 384;
/// Elements from one row to the next in a block of A. Not a multiple of 4096 bytes, where rows would share cache sets,
/// and a constant, so that a tile's rows are addressed from one pointer.
pub const LDA: usize = KC + 16;
/// The widest tile of any kernel, in columns.
pub const MAX_NR: usize = 32;
/// The highest tile of any kernel, in rows.
pub const MAX_MR: usize = 12;

/// What a tile of C starts from.
#[derive(Clone, Copy)]
pub enum Start<'a, T> {
    Zero,
    /// What is in C.
    Stored,
    /// One value for each row.
    Rows(&'a [T]),
    /// One value for each column.
    Cols(&'a [T]),
}

/// A tile kernel: `C[i][j] = start + Σ_k A[i][k] · B[k][j]`, then clamped.
pub struct TileKernel<T: 'static> {
    /// Rows that it does at most, and with the best speed.
    pub mr: usize,
    /// Columns of B's panels.
    pub nr: usize,
    /// By number of rows, from one on.
    run: &'static [RunTile<T>],
    /// The same over several panels at once, for so few rows that one panel would wait for its own sums.
    wide: &'static [RunTile<T>],
    wide_panels: usize,
}

/// Arguments: where B's rows are, A (rows `LDA` apart), B, elements from one panel to the
/// next, C, its row stride, start kind and values, clamp.
type RunTile<T> = unsafe fn(&Steps, *const T, *const T, usize, *mut T, usize, StartKind, *const T, Option<(T, T)>);

/// Where the rows of B begin, in the order of A's columns.
#[derive(Clone, Copy)]
pub struct Steps<'a> {
    /// Position of the first row and number of rows, again and again.
    pub runs: &'a [(usize, usize)],
    /// From one row of a run to the next.
    pub stride: usize,
}

#[derive(Clone, Copy)]
enum StartKind {
    Zero,
    Stored,
    Rows,
    Cols,
}

/// Element types that have tile kernels.
pub trait TileElement: Copy + Default + Send + Sync + 'static {
    fn kernel() -> &'static TileKernel<Self>;
}

impl<T: TileElement> TileKernel<T> {
    /// Panels that [`TileKernel::run`] takes at once for this number of rows.
    pub fn panels(&self, rows: usize) -> usize {
        if (1..=self.wide.len()).contains(&rows) {
            self.wide_panels
        } else {
            1
        }
    }

    /// Multiplies `c.rows()` rows of A (`LDA` apart in `a`) with a panel of B (`kc` rows of `nr` elements; columns from
    /// `c.cols()` on are padding) into `c`; or with as many whole panels as [`TileKernel::panels`] says.
    ///
    /// # Panics
    /// If a slice is too short or the tile too large.
    pub fn run(&self, kc: usize, a: &[T], b: &[T], c: &mut TileMut<T>, start: Start<T>, clamp: Option<(T, T)>) {
        if c.rows() > 0 && c.cols() > self.nr {
            assert!(c.rows() <= self.mr && self.nr <= MAX_NR && kc <= LDA && a.len() >= (c.rows() - 1) * LDA + kc);
            return self.run_wide(kc, a, b, c, start, clamp);
        }
        self.run_steps(&Steps { runs: &[(0, kc)], stride: self.nr }, a, b, c, start, clamp);
    }

    /// [`TileKernel::run`] for a B whose rows, of `nr` elements, lie apart.
    ///
    /// # Panics
    /// If a slice is too short or the tile too large.
    pub fn run_steps(
        &self,
        steps: &Steps,
        a: &[T],
        b: &[T],
        c: &mut TileMut<T>,
        start: Start<T>,
        clamp: Option<(T, T)>,
    ) {
        let (rows, cols) = (c.rows(), c.cols());
        if rows == 0 || cols == 0 {
            return;
        }
        let mut kc = 0usize;
        for &(first, count) in steps.runs.iter().filter(|run| run.1 > 0) {
            let last = (count - 1).checked_mul(steps.stride).and_then(|n| n.checked_add(first));
            assert!(last.and_then(|n| n.checked_add(self.nr)).is_some_and(|end| end <= b.len()));
            kc = kc.saturating_add(count);
        }
        assert!(rows <= self.mr && cols <= self.nr && self.nr <= MAX_NR && kc <= LDA);
        assert!(a.len() >= (rows - 1) * LDA + kc);
        let mut padded = [T::default(); MAX_NR];
        let (kind, values) = match start {
            Start::Zero => (StartKind::Zero, padded.as_ptr()),
            Start::Stored => (StartKind::Stored, padded.as_ptr()),
            Start::Rows(values) => {
                assert!(values.len() >= rows);
                (StartKind::Rows, values.as_ptr())
            }
            Start::Cols(values) => {
                padded[..cols].copy_from_slice(&values[..cols]);
                (StartKind::Cols, padded.as_ptr())
            }
        };
        let run = self.run[rows - 1];
        if cols == self.nr {
            // SAFETY: lengths are checked above; `c` has `rows` rows of `nr` columns; `kernel` chose this kernel after
            // checking its instruction set.
            unsafe { run(steps, a.as_ptr(), b.as_ptr(), 0, c.as_mut_ptr(), c.ld(), kind, values, clamp) };
            return;
        }
        let mut full = [T::default(); MAX_MR * MAX_NR];
        if matches!(kind, StartKind::Stored) {
            for (i, row) in full.chunks_exact_mut(self.nr).take(rows).enumerate() {
                row[..cols].copy_from_slice(c.row(i));
            }
        }
        // SAFETY: as above, with C in `full`: at most `MAX_MR` rows of `nr <= MAX_NR`.
        unsafe { run(steps, a.as_ptr(), b.as_ptr(), 0, full.as_mut_ptr(), self.nr, kind, values, clamp) };
        for (i, row) in full.chunks_exact(self.nr).take(rows).enumerate() {
            c.row(i).copy_from_slice(&row[..cols]);
        }
    }

    fn run_wide(&self, kc: usize, a: &[T], b: &[T], c: &mut TileMut<T>, start: Start<T>, clamp: Option<(T, T)>) {
        let (rows, cols) = (c.rows(), c.cols());
        assert!(rows <= self.wide.len() && cols == self.wide_panels * self.nr && b.len() >= kc * cols);
        let none = T::default();
        let (kind, values) = match start {
            Start::Zero => (StartKind::Zero, &raw const none),
            Start::Stored => (StartKind::Stored, &raw const none),
            Start::Rows(values) => {
                assert!(values.len() >= rows);
                (StartKind::Rows, values.as_ptr())
            }
            Start::Cols(values) => {
                assert!(values.len() >= cols);
                (StartKind::Cols, values.as_ptr())
            }
        };
        let (run, panel) = (self.wide[rows - 1], kc * self.nr);
        let steps = Steps { runs: &[(0, kc)], stride: self.nr };
        // SAFETY: `run` has checked A, and lengths of B and start values are checked above; `c` has `rows` rows of
        // `cols` columns; `kernel` chose this kernel after checking its instruction set.
        unsafe { run(&steps, a.as_ptr(), b.as_ptr(), panel, c.as_mut_ptr(), c.ld(), kind, values, clamp) };
    }
}

/// # Safety
/// The instruction set of `V`; `MR` rows in A of as many elements as there are steps; `NV * V::N` elements of each panel
/// of B at each step; `MR` rows of `NW * V::N` in C; as many start values as the kind asks for.
#[inline(always)]
unsafe fn tile<V: Vector, const MR: usize, const NV: usize, const NW: usize>(
    steps: &Steps,
    a: *const V::T,
    b: *const V::T,
    panel: usize,
    c: *mut V::T,
    ldc: usize,
    start: StartKind,
    values: *const V::T,
    clamp: Option<(V::T, V::T)>,
) where
    V::T: Default,
{
    // SAFETY: all offsets are within what the caller guarantees.
    unsafe {
        let mut acc = [[V::splat(V::T::default()); NW]; MR];
        match start {
            StartKind::Zero => {}
            StartKind::Stored => {
                for (i, row) in acc.iter_mut().enumerate() {
                    for (j, x) in row.iter_mut().enumerate() {
                        *x = V::load(c.add(i * ldc + j * V::N));
                    }
                }
            }
            StartKind::Rows => {
                for (i, row) in acc.iter_mut().enumerate() {
                    *row = [V::splat(*values.add(i)); NW];
                }
            }
            StartKind::Cols => {
                let mut first = acc[0];
                for (j, x) in first.iter_mut().enumerate() {
                    *x = V::load(values.add(j * V::N));
                }
                acc = [first; MR];
            }
        }
        let mut a = a;
        for &(first, count) in steps.runs {
            let mut b = b.wrapping_add(first);
            for _ in 0..count {
                multiply_add::<V, MR, NV, NW>(a, b, panel, &mut acc);
                (a, b) = (a.wrapping_add(1), b.wrapping_add(steps.stride));
            }
        }
        if let Some((low, high)) = clamp {
            let (low, high) = (V::splat(low), V::splat(high));
            for x in acc.iter_mut().flatten() {
                *x = high.min(low.max(*x));
            }
        }
        for (i, row) in acc.iter().enumerate() {
            for (j, x) in row.iter().enumerate() {
                x.store(c.add(i * ldc + j * V::N));
            }
        }
    }
}

/// Adds the product of a column of A and a row of B to C. A function of its own: compilers keep C in registers only if
/// these loops are unrolled before those around them are looked at.
///
/// # Safety
/// As [`tile`], for one step.
#[inline(always)]
unsafe fn multiply_add<V: Vector, const MR: usize, const NV: usize, const NW: usize>(
    a: *const V::T,
    b: *const V::T,
    panel: usize,
    acc: &mut [[V; NW]; MR],
) where
    V::T: Default,
{
    // SAFETY: all offsets are within what the caller guarantees.
    unsafe {
        let mut row = [V::splat(V::T::default()); NW];
        for (j, x) in row.iter_mut().enumerate() {
            *x = V::load(b.add(j / NV * panel + j % NV * V::N));
        }
        for i in 0..MR {
            let x = V::splat(*a.add(i * LDA));
            for j in 0..NW {
                acc[i][j] = x.fma(row[j], acc[i][j]);
            }
        }
    }
}

macro_rules! kernels {
    ($(#[$feature:meta])? $name:ident, $table:ident: $v:ty, $t:ty, $nv:expr, [$($mr:expr),*],
        wide $nw:expr, [$($wide:expr),*]) => {
        $(#[$feature])?
        unsafe fn $name<const MR: usize, const NW: usize>(
            steps: &Steps,
            a: *const $t,
            b: *const $t,
            panel: usize,
            c: *mut $t,
            ldc: usize,
            start: StartKind,
            values: *const $t,
            clamp: Option<($t, $t)>,
        ) {
            // SAFETY: passed on to the caller.
            unsafe { tile::<$v, MR, $nv, NW>(steps, a, b, panel, c, ldc, start, values, clamp) }
        }
        static $table: TileKernel<$t> = TileKernel {
            mr: [$($mr),*].len(),
            nr: $nv * <$v as Vector>::N,
            run: &[$($name::<$mr, $nv>),*],
            wide: &[$($name::<$wide, $nw>),*],
            wide_panels: $nw / $nv,
        };
    };
}

kernels!(f32_portable, F32_PORTABLE: [f32; 4], f32, 2, [1, 2, 3, 4], wide 4, [1, 2]);
kernels!(f64_portable, F64_PORTABLE: [f64; 2], f64, 2, [1, 2, 3, 4], wide 4, [1, 2]);

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::*;
    use std::arch::x86_64::*;

    kernels!(#[target_feature(enable = "avx512f")] f32_avx512, F32_AVX512: __m512, f32, 2,
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], wide 8, [1, 2, 3]);
    kernels!(#[target_feature(enable = "avx512f")] f64_avx512, F64_AVX512: __m512d, f64, 2,
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], wide 8, [1, 2, 3]);
    kernels!(#[target_feature(enable = "avx2,fma")] f32_avx2, F32_AVX2: __m256, f32, 2, [1, 2, 3, 4, 5, 6],
        wide 4, [1, 2, 3]);
    kernels!(#[target_feature(enable = "avx2,fma")] f64_avx2, F64_AVX2: __m256d, f64, 2, [1, 2, 3, 4, 5, 6],
        wide 4, [1, 2, 3]);

    pub(super) static F32: [&TileKernel<f32>; 3] = [&F32_PORTABLE, &F32_AVX2, &F32_AVX512];
    pub(super) static F64: [&TileKernel<f64>; 3] = [&F64_PORTABLE, &F64_AVX2, &F64_AVX512];
}

#[cfg(not(target_arch = "x86_64"))]
mod x86 {
    use super::*;
    pub(super) static F32: [&TileKernel<f32>; 3] = [&F32_PORTABLE; 3];
    pub(super) static F64: [&TileKernel<f64>; 3] = [&F64_PORTABLE; 3];
}

fn of<T>(kernels: &[&'static TileKernel<T>; 3]) -> &'static TileKernel<T> {
    kernels[match isa() {
        Isa::Portable => 0,
        Isa::Avx2 => 1,
        Isa::Avx512 => 2,
    }]
}

impl TileElement for f32 {
    fn kernel() -> &'static TileKernel<f32> {
        of(&x86::F32)
    }
}

impl TileElement for f64 {
    fn kernel() -> &'static TileKernel<f64> {
        of(&x86::F64)
    }
}
