//! Matrix multiplication: `C = α·A·B + β·C`, with the parts that inference needs: packed constants, bias and
//! activation on the way out, batch-size-one.
//!
//! A is copied in blocks whose rows stay apart in the cache; B is packed into panels as wide as the kernel's tile.
//! Each element of C is one chain of fused multiply-adds in the order of the inner dimension, wherever block and
//! thread borders fall, so the result depends on the operands alone.

use num_complex::Complex;
use num_traits::Float;

use super::scratch::{with_scratch, AlignedVec, Scratch};
use super::simd::copy::CopyElement;
use super::simd::depthwise::DepthwiseElement;
use super::simd::linear;
use super::simd::tile::{Start, TileElement, TileKernel, KC, LDA};
use super::threads::{get_num_threads, is_serial, parallel_chunks, parallel_tiles, TileMut};

/// A matrix to read: element `(i, j)` is `data[i * row_stride + j * col_stride]`. Strides may be 0.
#[derive(Clone, Copy)]
pub struct Mat<'a, T> {
    data: &'a [T],
    rows: usize,
    cols: usize,
    row_stride: usize,
    col_stride: usize,
}

impl<'a, T: Copy> Mat<'a, T> {
    /// # Panics
    /// If the matrix does not fit into `data`.
    pub fn new(data: &'a [T], rows: usize, cols: usize, row_stride: usize, col_stride: usize) -> Self {
        let last = |n: usize, stride: usize| n.saturating_sub(1).checked_mul(stride);
        let end = last(rows, row_stride).and_then(|r| r.checked_add(last(cols, col_stride)?));
        assert!(rows == 0 || cols == 0 || end.is_some_and(|e| e < data.len()), "matrix does not fit into its slice");
        Mat { data, rows, cols, row_stride, col_stride }
    }
    pub fn row_major(data: &'a [T], rows: usize, cols: usize) -> Self {
        Mat::new(data, rows, cols, cols, 1)
    }
    /// The transposed matrix, over the same data.
    pub fn t(self) -> Self {
        Mat {
            rows: self.cols,
            cols: self.rows,
            row_stride: self.col_stride,
            col_stride: self.row_stride,
            data: self.data,
        }
    }
    pub fn rows(&self) -> usize {
        self.rows
    }
    pub fn cols(&self) -> usize {
        self.cols
    }
    /// `rows × cols` of it, from element `(row, col)` on.
    ///
    /// # Panics
    /// If they are not all inside.
    pub fn part(self, row: usize, rows: usize, col: usize, cols: usize) -> Self {
        assert!(row + rows <= self.rows && col + cols <= self.cols, "part of a matrix outside of it");
        let start =
            if rows == 0 || cols == 0 { self.data.len() } else { row * self.row_stride + col * self.col_stride };
        Mat { data: &self.data[start..], rows, cols, ..self }
    }
    /// Writes a panel as [`Fill`] asks for it.
    pub fn fill_panel(&self, k0: usize, kc: usize, j0: usize, width: usize, out: &mut [T])
    where
        T: Real,
    {
        pack_panel(self, k0, kc, j0, width, out);
    }
    /// Writes `α` times row `i`, from column `col` on.
    pub fn copy_row(&self, alpha: T, i: usize, col: usize, out: &mut [T])
    where
        T: Real,
    {
        copy_row(alpha, self, i, col, out);
    }
    fn at(&self, i: usize, j: usize) -> T {
        self.data[i * self.row_stride + j * self.col_stride]
    }
    /// Row `i` from column `j` on, for `n` columns; only where columns are adjacent.
    fn row(&self, i: usize, j: usize, n: usize) -> &'a [T] {
        debug_assert!(self.col_stride == 1);
        let start = i * self.row_stride + j;
        &self.data[start..start + n]
    }
}

/// What happens to the product before it is stored: first the bias, then the clamp, then the map.
#[derive(Clone, Copy)]
pub struct Epilogue<'a, T> {
    pub bias: Bias<'a, T>,
    /// Lower and upper bound (ReLU: 0 and ∞). NaN passes.
    pub clamp: Option<(T, T)>,
    /// Called with row, first column and a piece of that row, once for each element.
    pub map: Option<RowMap<'a, T>>,
}

/// Called with row, first column, and elements of that row from there on.
pub type RowMap<'a, T> = &'a (dyn Fn(usize, usize, &mut [T]) + Sync);

#[derive(Clone, Copy)]
pub enum Bias<'a, T> {
    None,
    /// One value for each row of C.
    Rows(&'a [T]),
    /// One value for each column of C.
    Cols(&'a [T]),
}

impl<T> Default for Epilogue<'_, T> {
    fn default() -> Self {
        Epilogue { bias: Bias::None, clamp: None, map: None }
    }
}

/// Element types with fast multiplication: `f32`, `f64`.
pub trait Real: TileElement + DepthwiseElement + CopyElement + Scratch + Float + Ring {
    #[doc(hidden)]
    fn gemv_t(alpha: Self, w: &[Self], ld: usize, x: &[Self], out: &mut [Self]);
    #[doc(hidden)]
    fn gemv_n(alpha: Self, w: &[Self], ld: usize, x: &[Self], out: &mut [Self]);
}

impl Real for f32 {
    fn gemv_t(alpha: f32, w: &[f32], ld: usize, x: &[f32], out: &mut [f32]) {
        linear::gemv_t_f32(alpha, w, ld, x, out);
    }
    fn gemv_n(alpha: f32, w: &[f32], ld: usize, x: &[f32], out: &mut [f32]) {
        linear::gemv_n_f32(alpha, w, ld, x, out);
    }
}

impl Real for f64 {
    fn gemv_t(alpha: f64, w: &[f64], ld: usize, x: &[f64], out: &mut [f64]) {
        linear::gemv_t_f64(alpha, w, ld, x, out);
    }
    fn gemv_n(alpha: f64, w: &[f64], ld: usize, x: &[f64], out: &mut [f64]) {
        linear::gemv_n_f64(alpha, w, ld, x, out);
    }
}

/// `C = α·A·B + β·C`. Row `i` of C starts at `c[i * ldc]`. With `β == 0`, C is not read.
///
/// # Panics
/// If sizes do not fit each other or their slices.
pub fn gemm<T: Real>(alpha: T, a: Mat<T>, b: Mat<T>, beta: T, c: &mut [T], ldc: usize) {
    gemm_with(alpha, a, b, beta, c, ldc, &Epilogue::default());
}

/// [`gemm`] followed by the epilogue.
pub fn gemm_with<T: Real>(alpha: T, a: Mat<T>, b: Mat<T>, beta: T, c: &mut [T], ldc: usize, epilogue: &Epilogue<T>) {
    assert_eq!(a.cols, b.rows, "inner dimensions differ");
    let (m, k, n) = (a.rows, a.cols, b.cols);
    if m == 0 || n == 0 {
        return;
    }
    // A matrix-vector product is the product of the transposed operands.
    if n == 1 && ldc == 1 && m > 1 && matches!(epilogue.bias, Bias::None) && epilogue.map.is_none() {
        return gemm_with(alpha, b.t(), a.t(), beta, c, m, epilogue);
    }
    let work = m.saturating_mul(n).saturating_mul(k.max(1));
    let mut c = TileMut::new(c, m, n, ldc);
    if work > TINY_WORK && m <= GEMV_ROWS && (b.row_stride == 1 || b.col_stride == 1) {
        return gemv(alpha, a, b, beta, c, epilogue);
    }
    if work <= SMALL_WORK {
        return small(alpha, a, b, beta, c, epilogue);
    }
    let accumulate = prepare(&mut c, beta, epilogue);
    let kernel = T::kernel();
    // B is packed in blocks of columns, to bound the memory.
    let step = (PACK_BYTES / std::mem::size_of::<T>() / k.max(1)).next_multiple_of(kernel.nr).min(n.max(kernel.nr));
    for j in (0..n).step_by(step) {
        let cols = step.min(n - j);
        with_scratch(packed_len(k, cols, kernel), |packed| {
            pack_panels(packed, kernel, k, cols, &|k0, kc, j0, out| pack_panel(&b, k0, kc, j + j0, kernel.nr, out));
            let panels = Panels { data: packed, k, n: cols, kernel };
            let rows = |i0, rows, k0, kc, block: &mut [T]| copy_rows(alpha, &a, i0, rows, k0, kc, block);
            multiply(&rows, panels, j, c.part(0, m, j, cols), accumulate, epilogue);
        });
    }
}

/// A constant right-hand side, laid out for the kernels of this machine.
pub struct PackedB<T: 'static> {
    data: AlignedVec<T>,
    k: usize,
    n: usize,
    kernel: &'static TileKernel<T>,
}

impl<T: Real> PackedB<T> {
    /// Packs `b`, `k × n`. The weight of a linear layer, `n × k`, is packed as `PackedB::pack(weight.t())`.
    pub fn pack(b: Mat<T>) -> Self {
        let kernel = T::kernel();
        let mut data = AlignedVec::new(packed_len(b.rows, b.cols, kernel));
        pack_panels(&mut data, kernel, b.rows, b.cols, &|k0, kc, j0, out| pack_panel(&b, k0, kc, j0, kernel.nr, out));
        PackedB { data, k: b.rows, n: b.cols, kernel }
    }
    /// Rows: the inner dimension.
    pub fn k(&self) -> usize {
        self.k
    }
    /// Columns.
    pub fn n(&self) -> usize {
        self.n
    }
}

/// `C = A·B + β·C` and the epilogue, with B packed before.
///
/// # Panics
/// As [`gemm`].
pub fn gemm_packed<T: Real>(a: Mat<T>, b: &PackedB<T>, beta: T, c: &mut [T], ldc: usize, epilogue: &Epilogue<T>) {
    assert_eq!(a.cols, b.k, "inner dimensions differ");
    if a.rows == 0 || b.n == 0 {
        return;
    }
    let mut c = TileMut::new(c, a.rows, b.n, ldc);
    let accumulate = prepare(&mut c, beta, epilogue);
    let panels = Panels { data: &b.data, k: b.k, n: b.n, kernel: b.kernel };
    let rows = |i0, rows, k0, kc, block: &mut [T]| copy_rows(T::one(), &a, i0, rows, k0, kc, block);
    multiply(&rows, panels, 0, c, accumulate, epilogue);
}

/// [`gemm_packed`] for one step of many with the same B. `backward` reads B from its end: a step that alternates finds
/// in the cache what the step before it has read last.
///
/// # Panics
/// As [`gemm`].
pub fn gemm_step<T: Real>(a: Mat<T>, b: &PackedB<T>, beta: T, c: &mut [T], epilogue: &Epilogue<T>, backward: bool) {
    let (m, k, n, kernel) = (a.rows, b.k, b.n, b.kernel);
    if m > kernel.mr || m == 0 || n == 0 {
        return gemm_packed(a, b, beta, c, n, epilogue);
    }
    assert_eq!(a.cols, k, "inner dimensions differ");
    let mut c = TileMut::new(c, m, n, n);
    let accumulate = prepare(&mut c, beta, epilogue);
    let panels = n.div_ceil(kernel.nr);
    with_scratch(k_blocks(k).count() * m * LDA, |rows| {
        for ((k0, kc), block) in k_blocks(k).zip(rows.chunks_exact_mut(m * LDA)) {
            copy_rows(T::one(), &a, 0, m, k0, kc, block);
        }
        let rows = &*rows;
        let group = kernel.panels(m) * kernel.nr;
        // Each thread has the same columns in every step: its part of B stays in its cache.
        let parts = if m * k * n < PARALLEL_STEP { 1 } else { get_num_threads() };
        parallel_tiles(c, m, n.div_ceil(parts).next_multiple_of(group), &|_, j0, mut tile| {
            let count = tile.cols().div_ceil(group);
            for i in 0..count {
                let col = if backward { count - 1 - i } else { i } * group;
                let mut part = tile.part(0, m, col, group.min(tile.cols() - col));
                for ((k0, kc), block) in k_blocks(k).zip(rows.chunks_exact(m * LDA)) {
                    let data = &b.data[(k0 * panels + (j0 + col) / kernel.nr * kc) * kernel.nr..];
                    Pass::new(k, k0, kc, accumulate, epilogue).run(kernel, block, data, (0, j0 + col), &mut part);
                }
                map_rows(epilogue, (0, j0 + col), &mut part);
            }
        });
    });
}

/// Writes columns `k0..k0 + kc` of rows `i0..i0 + rows` of A to `block`, rows [`ROW_STRIDE`] apart. Called with
/// `(i0, rows, k0, kc, block)`.
pub type FillRows<'a, T> = &'a (dyn Fn(usize, usize, usize, usize, &mut [T]) + Sync);

/// Elements from one row to the next in what [`FillRows`] writes.
pub const ROW_STRIDE: usize = LDA;

/// `C = A·B` and the epilogue, with B packed before, for an A that is computed where it is needed.
pub fn gemm_rows_filled<T: Real>(fill: FillRows<T>, b: &PackedB<T>, c: TileMut<T>, epilogue: &Epilogue<T>) {
    assert_eq!(c.cols(), b.n, "C has another size");
    if c.rows() == 0 || b.n == 0 {
        return;
    }
    check_bias(&c, epilogue);
    multiply(fill, Panels { data: &b.data, k: b.k, n: b.n, kernel: b.kernel }, 0, c, false, epilogue);
}

/// A constant left-hand side (the weight of a convolution), copied into blocks.
pub struct PackedA<T: 'static> {
    /// For each block of the inner dimension, rows of `LDA` elements.
    data: AlignedVec<T>,
    rows: usize,
    k: usize,
    kernel: &'static TileKernel<T>,
}

impl<T: Real> PackedA<T> {
    pub fn pack(a: Mat<T>) -> Self {
        let mut data = AlignedVec::new(k_blocks(a.cols).count() * a.rows * LDA);
        for (i, (k0, kc)) in k_blocks(a.cols).enumerate() {
            copy_rows(T::one(), &a, 0, a.rows, k0, kc, &mut data[i * a.rows * LDA..]);
        }
        PackedA { data, rows: a.rows, k: a.cols, kernel: T::kernel() }
    }
    pub fn rows(&self) -> usize {
        self.rows
    }
    /// Columns: the inner dimension.
    pub fn k(&self) -> usize {
        self.k
    }
    /// The matrix, row-major.
    pub fn unpack(&self) -> Vec<T> {
        let mut out = vec![T::zero(); self.rows * self.k];
        for (block, (k0, kc)) in k_blocks(self.k).enumerate() {
            for i in 0..self.rows {
                let row = &self.data[(block * self.rows + i) * LDA..][..kc];
                out[i * self.k + k0..][..kc].copy_from_slice(row);
            }
        }
        out
    }
    /// The kernel that the rows are laid out for.
    pub(super) fn kernel(&self) -> &'static TileKernel<T> {
        self.kernel
    }
    /// Blocks `(k0, kc, rows)` of the inner dimension; the rows are `LDA` elements apart.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, usize, &[T])> {
        k_blocks(self.k).enumerate().map(|(i, (k0, kc))| (k0, kc, &self.data[i * self.rows * LDA..]))
    }
    /// How many columns [`Fill`] writes at a time.
    pub fn panel_width(&self) -> usize {
        self.kernel.nr
    }
}

/// Writes rows `k0..k0 + kc` of B, from column `j0` on, to `out`: `panel_width` elements each, zeros beyond the last
/// column. Called with `(k0, kc, j0, out)`; blocks of one panel are asked for in ascending order.
pub type Fill<'a, T> = &'a (dyn Fn(usize, usize, usize, &mut [T]) + Sync);

/// `C = A·B` and the epilogue, with A packed before, for a B of `n` columns that is computed where it is needed (the
/// patches of a convolution's input).
pub fn gemm_filled<T: Real>(a: &PackedA<T>, n: usize, fill: Fill<T>, c: TileMut<T>, epilogue: &Epilogue<T>) {
    assert!(c.rows() == a.rows && c.cols() == n, "C has another size");
    if a.rows == 0 || n == 0 {
        return;
    }
    check_bias(&c, epilogue);
    let kernel = a.kernel;
    let panels = n.div_ceil(kernel.nr);
    let threads = get_num_threads();
    if is_serial() || a.rows * a.k * n < PARALLEL_WORK || panels >= 3 * threads {
        // Each task fills its own panels. Groups of panels keep rows of A in the first cache while they last.
        let work = if is_serial() || a.rows * a.k * n < PARALLEL_WORK { panels } else { panels.div_ceil(threads * 4) };
        parallel_tiles(c, a.rows, work * kernel.nr, &|_, j0, mut tile| {
            let mut col = 0;
            while col < tile.cols() {
                let cols = (GROUP * kernel.nr).min(tile.cols() - col);
                let mut part = tile.part(0, a.rows, col, cols);
                let count = cols.div_ceil(kernel.nr);
                with_scratch(count * kernel.nr * KC, |group| {
                    for (block, (k0, kc)) in k_blocks(a.k).enumerate() {
                        for (i, out) in group.chunks_exact_mut(kc.max(1) * kernel.nr).take(count).enumerate() {
                            fill(k0, kc, j0 + col + i * kernel.nr, out);
                        }
                        let rows = &a.data[block * a.rows * LDA..];
                        let pass = Pass::new(a.k, k0, kc, false, epilogue);
                        pass.run(kernel, rows, group, (0, j0 + col), &mut part);
                    }
                });
                map_rows(epilogue, (0, j0 + col), &mut part);
                col += cols;
            }
        });
        return;
    }
    // Few columns: fill all panels first, then share out rows too.
    with_scratch(packed_len(a.k, n, kernel), |packed| {
        pack_panels(packed, kernel, a.k, n, fill);
        let rows = a.rows.div_ceil(threads * 2).next_multiple_of(kernel.mr);
        let packed = &*packed;
        parallel_tiles(c, rows, n.div_ceil(2).next_multiple_of(kernel.nr), &|i0, j0, mut tile| {
            for (block, (k0, kc)) in k_blocks(a.k).enumerate() {
                let rows = &a.data[(block * a.rows + i0) * LDA..];
                let b = &packed[(k0 * panels + j0 / kernel.nr * kc) * kernel.nr..];
                Pass::new(a.k, k0, kc, false, epilogue).run(kernel, rows, b, (i0, j0), &mut tile);
            }
            map_rows(epilogue, (i0, j0), &mut tile);
        });
    });
}

/// Multiplication for every other element type, by plain loops; integers wrap.
pub fn gemm_ring<T: Ring>(alpha: T, a: Mat<T>, b: Mat<T>, beta: T, c: &mut [T], ldc: usize) {
    assert_eq!(a.cols, b.rows, "inner dimensions differ");
    let mut c = TileMut::new(c, a.rows, b.cols, ldc);
    for i in 0..a.rows {
        let row = c.row(i);
        for x in row.iter_mut() {
            *x = if beta == T::ZERO { T::ZERO } else { T::ZERO.mul_add(beta, *x) };
        }
        for k in 0..a.cols {
            let x = T::ZERO.mul_add(alpha, a.at(i, k));
            if b.col_stride == 1 {
                for (y, b) in row.iter_mut().zip(b.row(k, 0, b.cols)) {
                    *y = y.mul_add(x, *b);
                }
            } else {
                for (j, y) in row.iter_mut().enumerate() {
                    *y = y.mul_add(x, b.at(k, j));
                }
            }
        }
    }
}

/// Element types of [`gemm_ring`].
pub trait Ring: Copy + PartialEq {
    const ZERO: Self;
    /// `self + a · b`
    #[must_use]
    fn mul_add(self, a: Self, b: Self) -> Self;
}

macro_rules! wrapping_ring {
    ($($t:ty),*) => {$(
        impl Ring for $t {
            const ZERO: Self = 0;
            fn mul_add(self, a: Self, b: Self) -> Self {
                self.wrapping_add(a.wrapping_mul(b))
            }
        }
    )*};
}
wrapping_ring!(u8, i8, i16, i32, i64);

macro_rules! float_ring {
    ($($t:ty = $zero:expr),*) => {$(
        impl Ring for $t {
            const ZERO: Self = $zero;
            fn mul_add(self, a: Self, b: Self) -> Self {
                self + a * b
            }
        }
    )*};
}
float_ring!(f32 = 0.0, f64 = 0.0, Complex<f32> = Complex::new(0.0, 0.0), Complex<f64> = Complex::new(0.0, 0.0));

/// Few rows: read B where it is.
fn gemv<T: Real>(alpha: T, a: Mat<T>, b: Mat<T>, beta: T, mut c: TileMut<T>, epilogue: &Epilogue<T>) {
    let (k, n) = (b.rows, b.cols);
    check_bias(&c, epilogue);
    for i in 0..a.rows {
        with_scratch(k, |x| {
            copy_row(T::one(), &a, i, 0, x);
            let x = &*x;
            let transposed = b.row_stride == 1;
            // Rows of a transposed B are read whole; of a row-major one, in pieces that are worth a page each.
            let least = if transposed { 1 } else { 512 };
            let chunk = if n * k < PARALLEL_WORK {
                n
            } else {
                n.div_ceil(get_num_threads() * 4).max(least).next_multiple_of(16)
            };
            parallel_chunks(c.row(i), chunk, &|part, out| {
                let j = part * chunk;
                scale(out, beta);
                if k > 0 && transposed {
                    T::gemv_t(alpha, &b.data[j * b.col_stride..], b.col_stride, x, out);
                } else if k > 0 {
                    T::gemv_n(alpha, &b.data[j..], b.row_stride, x, out);
                }
                finish_row(epilogue, i, j, out);
            });
        });
    }
}

/// So little work that packing would be most of it.
fn small<T: Real>(alpha: T, a: Mat<T>, b: Mat<T>, beta: T, mut c: TileMut<T>, epilogue: &Epilogue<T>) {
    check_bias(&c, epilogue);
    for i in 0..a.rows {
        let out = c.row(i);
        scale(out, beta);
        for k in 0..b.rows {
            let x = alpha * a.data[i * a.row_stride + k * a.col_stride];
            let row = &b.data[k * b.row_stride..];
            if b.col_stride == 1 {
                out.iter_mut().zip(row).for_each(|(y, w)| *y = *y + x * *w);
            } else {
                out.iter_mut().enumerate().for_each(|(j, y)| *y = *y + x * row[j * b.col_stride]);
            }
        }
        finish_row(epilogue, i, 0, out);
    }
}

/// Bias, bounds and map on a piece of row `i` that begins at column `j`.
fn finish_row<T: Real>(epilogue: &Epilogue<T>, i: usize, j: usize, out: &mut [T]) {
    match epilogue.bias {
        Bias::None => {}
        Bias::Rows(bias) => out.iter_mut().for_each(|y| *y = *y + bias[i]),
        Bias::Cols(bias) => out.iter_mut().zip(&bias[j..]).for_each(|(y, b)| *y = *y + *b),
    }
    if let Some((low, high)) = epilogue.clamp {
        out.iter_mut().for_each(|y| *y = clamp(*y, low, high));
    }
    if let Some(map) = epilogue.map {
        map(i, j, out);
    }
}

fn clamp<T: Float>(x: T, low: T, high: T) -> T {
    let x = if x < low { low } else { x };
    if x > high {
        high
    } else {
        x
    }
}

fn scale<T: Float>(row: &mut [T], beta: T) {
    if beta == T::zero() {
        row.fill(T::zero());
    } else if beta != T::one() {
        row.iter_mut().for_each(|x| *x = *x * beta);
    }
}

fn check_bias<T>(c: &TileMut<T>, epilogue: &Epilogue<T>) {
    match epilogue.bias {
        Bias::None => {}
        Bias::Rows(bias) => assert_eq!(bias.len(), c.rows(), "one bias for each row"),
        Bias::Cols(bias) => assert_eq!(bias.len(), c.cols(), "one bias for each column"),
    }
}

/// Brings C into the state that tiles start from when `β != 0`, and says whether they start from it.
fn prepare<T: Real>(c: &mut TileMut<T>, beta: T, epilogue: &Epilogue<T>) -> bool {
    check_bias(c, epilogue);
    if beta == T::zero() {
        return false;
    }
    for i in 0..c.rows() {
        let row = c.row(i);
        scale(row, beta);
        match epilogue.bias {
            Bias::None => {}
            Bias::Rows(bias) => row.iter_mut().for_each(|x| *x = *x + bias[i]),
            Bias::Cols(bias) => row.iter_mut().zip(bias).for_each(|(x, b)| *x = *x + *b),
        }
    }
    true
}

/// B in panels: for each block of the inner dimension, for each `nr` columns, `kc` rows of `nr` elements.
#[derive(Clone, Copy)]
struct Panels<'a, T: 'static> {
    data: &'a [T],
    k: usize,
    n: usize,
    kernel: &'static TileKernel<T>,
}

/// `c` is the part of C from column `first_col` on that these panels make.
fn multiply<T: Real>(
    fill: FillRows<T>,
    b: Panels<T>,
    first_col: usize,
    c: TileMut<T>,
    accumulate: bool,
    epilogue: &Epilogue<T>,
) {
    let kernel = b.kernel;
    let (m, n, panels) = (c.rows(), b.n, b.n.div_ceil(kernel.nr));
    let (mut tile_rows, mut tile_cols) = (m, n);
    if !is_serial() && m * n * b.k >= PARALLEL_WORK {
        // Rows first: a block of A is then copied by one thread only.
        let parts = get_num_threads() * 4;
        let row_parts = (m / (2 * kernel.mr)).clamp(1, parts);
        tile_rows = m.div_ceil(row_parts).next_multiple_of(kernel.mr);
        tile_cols = panels.div_ceil(parts.div_ceil(row_parts)).max(1) * kernel.nr;
    }
    parallel_tiles(c, tile_rows, tile_cols, &|i0, j0, mut tile| {
        let cols = tile.cols();
        let block_rows = BLOCK_TILES * kernel.mr;
        for i in (0..tile.rows()).step_by(block_rows) {
            let rows = block_rows.min(tile.rows() - i);
            let mut part = tile.part(i, rows, 0, cols);
            with_scratch(rows * LDA, |block| {
                for (k0, kc) in k_blocks(b.k) {
                    fill(i0 + i, rows, k0, kc, block);
                    let data = &b.data[(k0 * panels + j0 / kernel.nr * kc) * kernel.nr..];
                    let pass = Pass::new(b.k, k0, kc, accumulate, epilogue);
                    pass.run(kernel, block, data, (i0 + i, first_col + j0), &mut part);
                }
            });
            map_rows(epilogue, (i0 + i, first_col + j0), &mut part);
        }
    });
}

/// One block of the inner dimension over a rectangle of C.
struct Pass<'a, T> {
    kc: usize,
    /// Start from what is in C.
    stored: bool,
    bias: Bias<'a, T>,
    clamp: Option<(T, T)>,
}

impl<'a, T: Real> Pass<'a, T> {
    fn new(k: usize, k0: usize, kc: usize, accumulate: bool, epilogue: &Epilogue<'a, T>) -> Self {
        let clamp = if k0 + kc == k { epilogue.clamp } else { None };
        Pass { kc, stored: accumulate || k0 > 0, bias: epilogue.bias, clamp }
    }

    /// `at` is where in C the rectangle lies; `a` has its rows, `b` its panels.
    fn run(&self, kernel: &TileKernel<T>, a: &[T], b: &[T], at: (usize, usize), c: &mut TileMut<T>) {
        let (rows, cols) = (c.rows(), c.cols());
        // Tiles of equal height do better than full ones and a low one.
        let count = rows.div_ceil(kernel.mr);
        let (low, higher) = (rows / count, rows % count);
        let wide = kernel.panels(rows) * kernel.nr;
        let mut j = 0;
        while j < cols {
            let width = if cols - j >= wide { wide } else { kernel.nr.min(cols - j) };
            let panel = &b[j * self.kc..];
            let mut i = 0;
            for t in 0..count {
                let height = low + usize::from(t < higher);
                let start = match self.bias {
                    _ if self.stored => Start::Stored,
                    Bias::None => Start::Zero,
                    Bias::Rows(bias) => Start::Rows(&bias[at.0 + i..][..height]),
                    Bias::Cols(bias) => Start::Cols(&bias[at.1 + j..][..width]),
                };
                kernel.run(self.kc, &a[i * LDA..], panel, &mut c.part(i, height, j, width), start, self.clamp);
                i += height;
            }
            j += width;
        }
    }
}

pub(super) fn map_rows<T>(epilogue: &Epilogue<T>, at: (usize, usize), c: &mut TileMut<T>) {
    if let Some(map) = epilogue.map {
        for i in 0..c.rows() {
            map(at.0 + i, at.1, c.row(i));
        }
    }
}

/// Blocks `(k0, kc)` of the inner dimension, of about equal size; one empty block for an empty dimension, which still
/// sets C.
fn k_blocks(k: usize) -> impl Iterator<Item = (usize, usize)> {
    let step = k.div_ceil(k.div_ceil(KC).max(1)).max(1);
    (0..k.max(1)).step_by(step).map(move |k0| (k0, step.min(k - k0)))
}

fn packed_len<T>(k: usize, n: usize, kernel: &TileKernel<T>) -> usize {
    k * n.div_ceil(kernel.nr) * kernel.nr
}

fn pack_panels<T: Real>(packed: &mut [T], kernel: &TileKernel<T>, k: usize, n: usize, fill: Fill<T>) {
    let panels = n.div_ceil(kernel.nr);
    for (k0, kc) in k_blocks(k).filter(|block| block.1 > 0) {
        let block = &mut packed[k0 * panels * kernel.nr..(k0 + kc) * panels * kernel.nr];
        // Panels that are handed out together, so that small matrices are packed by one thread.
        let together = if block.len() < PARALLEL_COPY { panels } else { panels.div_ceil(get_num_threads() * 4) };
        parallel_chunks(block, together * kc * kernel.nr, &|chunk, out| {
            for (i, out) in out.chunks_exact_mut(kc * kernel.nr).enumerate() {
                fill(k0, kc, (chunk * together + i) * kernel.nr, out);
            }
        });
    }
}

fn pack_panel<T: Real>(b: &Mat<T>, k0: usize, kc: usize, j0: usize, nr: usize, out: &mut [T]) {
    let cols = nr.min(b.cols - j0);
    if cols < nr {
        out.fill(T::zero());
    }
    if b.col_stride == 1 {
        for (k, row) in out.chunks_exact_mut(nr).take(kc).enumerate() {
            let source = b.row(k0 + k, j0, cols);
            if cols == nr {
                row.copy_from_slice(source);
            } else {
                row[..cols].copy_from_slice(source);
            }
        }
    } else if b.row_stride == 1 {
        T::transpose(&b.data[j0 * b.col_stride + k0..], b.col_stride, cols, kc, out, nr);
    } else {
        for j in 0..cols {
            let start = k0 * b.row_stride + (j0 + j) * b.col_stride;
            for (k, row) in out.chunks_exact_mut(nr).take(kc).enumerate() {
                row[j] = b.data[start + k * b.row_stride];
            }
        }
    }
}

/// Copies `α` times a block of A into rows `LDA` apart.
fn copy_rows<T: Real>(alpha: T, a: &Mat<T>, i0: usize, rows: usize, k0: usize, kc: usize, block: &mut [T]) {
    if a.row_stride == 1 && a.col_stride != 1 {
        if kc > 0 {
            T::transpose(&a.data[k0 * a.col_stride + i0..], a.col_stride, kc, rows, block, LDA);
            if alpha != T::one() {
                block.chunks_mut(LDA).take(rows).for_each(|row| row[..kc].iter_mut().for_each(|x| *x = alpha * *x));
            }
        }
    } else if kc > 0 {
        for (i, row) in block.chunks_mut(LDA).take(rows).enumerate() {
            copy_row(alpha, a, i0 + i, k0, &mut row[..kc]);
        }
    }
}

fn copy_row<T: Real>(alpha: T, a: &Mat<T>, i: usize, k0: usize, out: &mut [T]) {
    if out.is_empty() {
    } else if a.col_stride == 1 {
        let source = a.row(i, k0, out.len());
        if alpha == T::one() {
            out.copy_from_slice(source);
        } else {
            out.iter_mut().zip(source).for_each(|(y, x)| *y = alpha * *x);
        }
    } else {
        let start = i * a.row_stride + k0 * a.col_stride;
        for (k, y) in out.iter_mut().enumerate() {
            *y = alpha * a.data[start + k * a.col_stride];
        }
    }
}

/// Multiplications that are over before a faster way would begin.
const TINY_WORK: usize = 64;
/// Multiplications under which B is not packed.
const SMALL_WORK: usize = 1 << 10;
/// Rows up to which B is read in place.
const GEMV_ROWS: usize = 3;
/// Multiplications under which one thread is as fast.
pub(super) const PARALLEL_WORK: usize = 1 << 18;
/// As [`PARALLEL_WORK`], where threads are known to wait for work.
const PARALLEL_STEP: usize = 1 << 17;
/// Elements under which one thread copies as fast.
const PARALLEL_COPY: usize = 1 << 16;
/// B is packed in pieces of about this size.
const PACK_BYTES: usize = 8 << 20;
/// Tiles in a block of A: 12 · 12 · LDA floats are a quarter of the second cache.
const BLOCK_TILES: usize = 8;
/// Panels of B that are filled before A is run over them.
const GROUP: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::simd::tests::for_each_isa;
    use crate::kernel::threads::set_num_threads;

    fn numbers(n: usize, seed: u32) -> Vec<f64> {
        let mut state = seed.wrapping_mul(2654435761).wrapping_add(12345);
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(1664525).wrapping_add(1013904223);
                f64::from(state >> 8) / f64::from(1 << 24) - 0.5
            })
            .collect()
    }

    fn floats(n: usize, seed: u32) -> Vec<f32> {
        numbers(n, seed).into_iter().map(|x| x as f32).collect()
    }

    fn plain(alpha: f64, a: &[f64], b: &[f64], beta: f64, c: &[f64], (m, k, n): (usize, usize, usize)) -> Vec<f64> {
        let dot = |i: usize, j: usize| (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum::<f64>();
        (0..m * n).map(|at| alpha * dot(at / n, at % n) + beta * c[at]).collect()
    }

    const SHAPES: [(usize, usize, usize); 14] = [
        (1, 1, 1),
        (1, 70, 33),
        (2, 5, 100),
        (3, 400, 7),
        (4, 3, 2),
        (12, 16, 32),
        (13, 17, 33),
        (25, 385, 65),
        (64, 64, 1),
        (97, 50, 31),
        (5, 0, 4),
        (100, 769, 40),
        (110, 9, 129),
        (1, 300, 600),
    ];

    fn transpose(x: &[f64], rows: usize, cols: usize) -> Vec<f64> {
        (0..rows * cols).map(|i| x[i % rows * cols + i / rows]).collect()
    }

    fn close(got: &[f32], expected: &[f64], k: usize) -> bool {
        let tolerance = 1e-6 * (k as f64 + 4.0).sqrt() + 1e-6;
        got.len() == expected.len() && got.iter().zip(expected).all(|(g, e)| (f64::from(*g) - e).abs() <= tolerance)
    }

    #[test]
    fn against_plain_loops() {
        for_each_isa(|isa| {
            for (m, k, n) in SHAPES {
                let (a, b, c) = (floats(m * k, 1), floats(k * n, 2), floats(m * n, 3));
                let wide = |x: &[f32]| x.iter().map(|x| f64::from(*x)).collect::<Vec<_>>();
                let narrow = |x: Vec<f64>| x.into_iter().map(|x| x as f32).collect::<Vec<_>>();
                let (at, bt) = (narrow(transpose(&wide(&a), m, k)), narrow(transpose(&wide(&b), k, n)));
                for (alpha, beta) in [(1.0f32, 0.0f32), (0.5, 1.0), (2.0, -0.5)] {
                    let shape = (m, k, n);
                    let expected = plain(f64::from(alpha), &wide(&a), &wide(&b), f64::from(beta), &wide(&c), shape);
                    for (ta, tb) in [(false, false), (true, false), (false, true), (true, true)] {
                        let left = if ta { Mat::row_major(&at, k, m).t() } else { Mat::row_major(&a, m, k) };
                        let right = if tb { Mat::row_major(&bt, n, k).t() } else { Mat::row_major(&b, k, n) };
                        let mut out = if beta == 0.0 { vec![f32::NAN; m * n] } else { c.clone() };
                        gemm(alpha, left, right, beta, &mut out, n);
                        assert!(close(&out, &expected, k), "{isa:?} {shape:?} {ta} {tb} {alpha} {beta}");
                    }
                }
            }
        });
    }

    #[test]
    fn doubles_against_plain_loops() {
        for_each_isa(|isa| {
            for (m, k, n) in SHAPES {
                let (a, b, c) = (numbers(m * k, 1), numbers(k * n, 2), numbers(m * n, 3));
                let mut out = c.clone();
                gemm(1.5, Mat::row_major(&a, m, k), Mat::row_major(&b, k, n), 2.0, &mut out, n);
                let expected = plain(1.5, &a, &b, 2.0, &c, (m, k, n));
                assert!(out.iter().zip(&expected).all(|(x, y)| (x - y).abs() < 1e-12), "{isa:?} {m} {k} {n}");
            }
        });
    }

    #[test]
    fn epilogue_and_packed() {
        for_each_isa(|isa| {
            for (m, k, n) in SHAPES {
                let (a, b, bias) = (floats(m * k, 1), floats(n * k, 2), floats(m.max(n), 3));
                let packed = PackedB::pack(Mat::row_major(&b, n, k).t());
                let double = |i: usize, j: usize, row: &mut [f32]| {
                    row.iter_mut().enumerate().for_each(|(at, x)| *x = 2.0 * *x + (i + 3 * (j + at)) as f32);
                };
                for by_row in [false, true] {
                    let kind = if by_row { Bias::Rows(&bias[..m]) } else { Bias::Cols(&bias[..n]) };
                    let epilogue = Epilogue { bias: kind, clamp: Some((0.0, 1.0)), map: Some(&double) };
                    let (mut one, mut two) = (vec![f32::NAN; m * n], vec![f32::NAN; m * n]);
                    gemm_packed(Mat::row_major(&a, m, k), &packed, 0.0, &mut one, n, &epilogue);
                    let left = Mat::row_major(&a, m, k);
                    for backward in [false, true] {
                        gemm_step(left, &packed, 0.0, &mut two, &epilogue, backward);
                        assert_eq!(one, two, "{isa:?} {m} {k} {n} {by_row} {backward}");
                    }
                    gemm_with(1.0, left, Mat::row_major(&b, n, k).t(), 0.0, &mut two, n, &epilogue);
                    let value = |i: usize, j: usize| {
                        let dot: f64 = (0..k).map(|p| f64::from(a[i * k + p]) * f64::from(b[j * k + p])).sum();
                        let x = (dot + f64::from(bias[if by_row { i } else { j }])).clamp(0.0, 1.0);
                        2.0 * x + (i + 3 * j) as f64
                    };
                    for at in 0..m * n {
                        let expected = value(at / n, at % n);
                        let scale = 1e-5 * (1.0 + expected.abs() / 10.0);
                        assert!((f64::from(one[at]) - expected).abs() < scale, "{isa:?} {m} {k} {n} {by_row}");
                        assert!((f64::from(two[at]) - expected).abs() < scale, "{isa:?} {m} {k} {n} {by_row}");
                    }
                }
            }
        });
    }

    #[test]
    fn same_for_any_number_of_threads() {
        let (m, k, n) = (150, 800, 170);
        let (a, b) = (floats(m * k, 1), floats(k * n, 2));
        let packed = PackedA::pack(Mat::row_major(&a, m, k));
        let results: Vec<_> = [1, 2, 5]
            .map(|threads| {
                set_num_threads(threads);
                let (mut c, mut d) = (vec![0.0; m * n], vec![0.0; m * n]);
                gemm(1.0, Mat::row_major(&a, m, k), Mat::row_major(&b, k, n), 0.0, &mut c, n);
                let matrix = Mat::row_major(&b, k, n);
                let width = packed.panel_width();
                let fill = |k0, kc, j0, out: &mut [f32]| pack_panel(&matrix, k0, kc, j0, width, out);
                gemm_filled(&packed, n, &fill, TileMut::new(&mut d, m, n, n), &Epilogue::default());
                assert_eq!(c, d);
                c
            })
            .into();
        set_num_threads(2);
        assert!(results.iter().all(|r| *r == results[0]));
    }

    #[test]
    fn rings_wrap() {
        let (a, b) = ([i64::MAX, 1, 2, 3], [2, 0, 0, 1]);
        let mut c = [1i64; 4];
        gemm_ring(1, Mat::row_major(&a, 2, 2), Mat::row_major(&b, 2, 2), 1, &mut c, 2);
        assert_eq!(c, [-1, 2, 5, 4]);
        let i = Complex::new(0.0f32, 1.0);
        let mut c = [Complex::new(f32::NAN, 0.0)];
        gemm_ring(i, Mat::row_major(&[i, i], 1, 2), Mat::row_major(&[i, i], 2, 1), Ring::ZERO, &mut c, 1);
        assert_eq!(c, [Complex::new(0.0, -2.0)]);
    }
}
