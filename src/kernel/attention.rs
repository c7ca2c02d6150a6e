//! Scaled dot-product attention: `softmax(scale · Q·Kᵀ + mask) · V`, a block of queries at a time.
//!
//! The scores of a block stay in the cache between the two products; keys and values are packed once for each head.
//! Rows are independent, so blocks may end anywhere: results depend on the operands alone.

use super::gemm::{gemm_packed, gemm_rows_filled, gemm_with, Epilogue, Mat, PackedB, Real, ROW_STRIDE};
use super::scratch::with_scratch;
use super::simd::rows::RowElement;
use super::threads::{get_num_threads, parallel_tiles, TileMut};

/// A `[batch, heads, rows, cols]` operand with any strides, 0 included.
#[derive(Clone, Copy)]
pub struct Heads<'a, T> {
    pub data: &'a [T],
    pub strides: [usize; 4],
}

impl<'a, T: Copy> Heads<'a, T> {
    /// The matrix of one head.
    ///
    /// # Panics
    /// If it does not fit into `data`.
    fn matrix(&self, batch: usize, head: usize, rows: usize, cols: usize) -> Mat<'a, T> {
        if rows == 0 || cols == 0 {
            return Mat::new(&[], rows, cols, cols, 1);
        }
        let [b, h, r, c] = self.strides;
        // a single row or column may have any stride: say the one that reads fast
        let c = if cols == 1 { 1 } else { c };
        let r = if rows == 1 { cols.max(c) } else { r };
        Mat::new(&self.data[batch * b + head * h..], rows, cols, r, c)
    }
}

/// What is added to the scores, over `[batch, heads, queries, keys]`.
#[derive(Clone, Copy)]
pub enum Mask<'a, T> {
    None,
    /// Where 0, -∞ is added.
    Keep(Heads<'a, u8>),
    /// Where not 0, -∞ is added.
    Drop(Heads<'a, u8>),
    Add(Heads<'a, T>),
}

/// One call. `k` and `v` have a head for each `heads / kv_heads` heads of `q`.
pub struct Attention<'a, T> {
    pub batch: usize,
    pub heads: usize,
    pub kv_heads: usize,
    pub queries: usize,
    pub keys: usize,
    /// Columns of Q and K.
    pub width: usize,
    /// Columns of V.
    pub value_width: usize,
    pub scale: T,
    /// Query `i` sees the keys up to `i`.
    pub causal: bool,
    pub mask: Mask<'a, T>,
    /// What a query that sees no key gives: zero, or NaN.
    pub empty_row_is_zero: bool,
    pub q: Heads<'a, T>,
    pub k: Heads<'a, T>,
    pub v: Heads<'a, T>,
}

/// Where the heads of a result lie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `[batch, heads, queries, cols]`
    HeadsFirst,
    /// `[batch, queries, heads, cols]`
    RowsFirst,
}

/// Writes the attended values. `sums`, where given, takes `log Σ exp(score)` for each `[batch, heads, queries]`.
///
/// # Panics
/// If sizes do not fit each other or their slices.
pub fn attention<T: Real + RowElement>(call: &Attention<T>, order: Order, out: &mut [T], sums: Option<&mut [T]>) {
    let cols = call.value_width;
    assert_eq!(out.len(), call.batch * call.heads * call.queries * cols);
    if let Some(sums) = sums {
        weights_or_sums(call, &mut [], Some(sums));
    }
    call.each_block(order, cols, out, &|at, keys, values, tile| {
        let rows = tile.rows();
        with_scratch(rows * call.keys + rows, |scratch| {
            let (scores, scales) = scratch.split_at_mut(rows * call.keys);
            let seen = call.score(at, rows, keys, scores);
            for (i, scale) in scales.iter_mut().enumerate() {
                let row = &mut scores[i * call.keys..][..seen];
                *scale = call.finish_row(at, i, row).1;
            }
            with_scratch(rows * cols, |product| {
                call.weigh(scores, seen, rows, values, product);
                for (i, scale) in scales.iter().enumerate() {
                    let scale = scale.recip();
                    let row = tile.row(i);
                    row.iter_mut().zip(&product[i * cols..]).for_each(|(y, x)| *y = *x * scale);
                }
            });
        });
    });
}

/// Writes the weights, `[batch, heads, queries, keys]`, that values are added up with. V is not used.
///
/// # Panics
/// As [`attention`].
pub fn attention_weights<T: Real + RowElement>(call: &Attention<T>, out: &mut [T]) {
    assert_eq!(out.len(), call.batch * call.heads * call.queries * call.keys);
    weights_or_sums(call, out, None);
}

fn weights_or_sums<T: Real + RowElement>(call: &Attention<T>, out: &mut [T], sums: Option<&mut [T]>) {
    if let Some(sums) = sums {
        assert_eq!(sums.len(), call.batch * call.heads * call.queries);
        call.each_block(Order::HeadsFirst, 1, sums, &|at, keys, _, tile| {
            let rows = tile.rows();
            with_scratch(rows * call.keys, |scores| {
                let seen = call.score(at, rows, keys, scores);
                for i in 0..rows {
                    let (top, sum) = call.finish_row(at, i, &mut scores[i * call.keys..][..seen]);
                    tile.row(i)[0] = if top == T::neg_infinity() { T::zero() } else { top + sum.ln() };
                }
            });
        });
        return;
    }
    call.each_block(Order::HeadsFirst, call.keys, out, &|at, keys, _, tile| {
        let rows = tile.rows();
        with_scratch(rows * call.keys, |scores| {
            let seen = call.score(at, rows, keys, scores);
            for i in 0..rows {
                let row = &mut scores[i * call.keys..][..seen];
                let scale = call.finish_row(at, i, row).1.recip();
                let out = tile.row(i);
                out.iter_mut().zip(&*row).for_each(|(y, x)| *y = *x * scale);
                out[seen..].fill(T::zero());
            }
        });
    });
}

/// A block of queries: which batch entry, which head, the first query.
type At = (usize, usize, usize);

/// Called with the block's place, packed keys and values, and its part of the result.
type Block<'a, T> = &'a (dyn Fn(At, &Side<T>, &Side<T>, &mut TileMut<T>) + Sync);

/// Keys (transposed) or values of one head: packed for several blocks of queries, or as they are for a single one.
enum Side<'a, T: 'static> {
    Packed(Vec<PackedB<T>>),
    Plain(Mat<'a, T>),
}

impl<T: Real + RowElement> Attention<'_, T> {
    /// Calls `body` for every block of queries; `out` has `cols` columns for each query and head.
    fn each_block(&self, order: Order, cols: usize, out: &mut [T], body: Block<T>) {
        if out.is_empty() {
            return;
        }
        let (count, threads) = (self.batch * self.heads, get_num_threads());
        // as many queries as keep their scores in the cache, in blocks of about equal height
        let most = (BLOCK / self.keys.max(1)).clamp(12, 96);
        let height = self.queries.div_ceil(self.queries.div_ceil(most)).next_multiple_of(12);
        // Where heads are few, threads share the queries of one and pack its keys each for itself.
        let part = match count < 2 * threads {
            true => self.queries.div_ceil((4 * threads).div_ceil(count)).next_multiple_of(height),
            false => self.queries,
        };
        let (lines, ld) = match order {
            Order::HeadsFirst => (count, cols),
            Order::RowsFirst => (self.batch, self.heads * cols),
        };
        let run = |line: usize, first: usize, col: usize, mut tile: TileMut<T>| {
            let (batch, head) = match order {
                Order::HeadsFirst => (line / self.heads, line % self.heads),
                Order::RowsFirst => (line, col / cols),
            };
            let (keys, values) = self.sides(batch, head, self.queries <= height);
            for i in (0..tile.rows()).step_by(height) {
                let rows = height.min(tile.rows() - i);
                body((batch, head, first + i), &keys, &values, &mut tile.part(i, rows, 0, cols));
            }
        };
        if part >= self.queries {
            let all = TileMut::new(out, lines * self.queries, ld, ld);
            parallel_tiles(all, self.queries, cols, &|i, j, tile| run(i / self.queries, 0, j, tile));
        } else {
            for (line, out) in out.chunks_exact_mut(self.queries * ld).enumerate() {
                let all = TileMut::new(out, self.queries, ld, ld);
                parallel_tiles(all, part, cols, &|i, j, tile| run(line, i, j, tile));
            }
        }
    }

    fn sides(&self, batch: usize, head: usize, once: bool) -> (Side<'_, T>, Side<'_, T>) {
        let head = head / (self.heads / self.kv_heads).max(1);
        let keys = self.k.matrix(batch, head, self.keys, self.width).t();
        let values = self.v.matrix(batch, head, self.keys, self.value_width);
        if once {
            return (Side::Plain(keys), Side::Plain(values));
        }
        let blocks = || (0..self.keys).step_by(KEYS).map(|j| (j, KEYS.min(self.keys - j)));
        (
            Side::Packed(blocks().map(|(j, n)| PackedB::pack(keys.part(0, self.width, j, n))).collect()),
            Side::Packed(blocks().map(|(j, n)| PackedB::pack(values.part(j, n, 0, self.value_width))).collect()),
        )
    }

    /// Fills `rows` rows of scores; returns how many of a row's are computed: the causal mask hides the others.
    fn score(&self, (batch, head, first): At, rows: usize, keys: &Side<T>, scores: &mut [T]) -> usize {
        let step = if matches!(keys, Side::Packed(_)) { KEYS } else { 1 };
        let seen = if self.causal { self.keys.min((first + rows).next_multiple_of(step)) } else { self.keys };
        let q = self.q.matrix(batch, head, self.queries, self.width).part(first, rows, 0, self.width);
        let plain = Epilogue::default();
        match keys {
            Side::Plain(keys) => {
                let keys = keys.part(0, self.width, 0, seen);
                gemm_with(self.scale, q, keys, T::zero(), scores, self.keys.max(1), &plain);
            }
            Side::Packed(blocks) => {
                let fill = |i0: usize, rows: usize, k0: usize, kc: usize, block: &mut [T]| {
                    for (i, row) in block.chunks_mut(ROW_STRIDE).take(rows).enumerate() {
                        q.copy_row(self.scale, i0 + i, k0, &mut row[..kc]);
                    }
                };
                let mut c = TileMut::new(scores, rows, self.keys, self.keys);
                for (j, block) in blocks.iter().enumerate().take(seen.div_ceil(KEYS)) {
                    gemm_rows_filled(&fill, block, c.part(0, rows, j * KEYS, block.n()), &plain);
                }
            }
        }
        seen
    }

    /// Masks a row of scores and takes their exponentials; returns the largest score and the sum.
    fn finish_row(&self, (batch, head, first): At, i: usize, row: &mut [T]) -> (T, T) {
        let at = [batch, head, first + i];
        match &self.mask {
            Mask::None => {}
            Mask::Keep(mask) => mask_row(mask, at, row, |x, keep| if keep == 0 { T::neg_infinity() } else { x }),
            Mask::Drop(mask) => mask_row(mask, at, row, |x, drop| if drop != 0 { T::neg_infinity() } else { x }),
            Mask::Add(mask) => mask_row(mask, at, row, |x, add| x + add),
        }
        if self.causal && first + i + 1 < row.len() {
            row[first + i + 1..].fill(T::neg_infinity());
        }
        let (top, sum) = T::exp_in_place(row);
        if sum == T::zero() && self.empty_row_is_zero {
            return (top, T::one());
        }
        (top, sum)
    }

    /// `product = scores · V`, over the first `seen` keys.
    fn weigh(&self, scores: &[T], seen: usize, rows: usize, values: &Side<T>, product: &mut [T]) {
        let cols = self.value_width;
        let scores = |j: usize, n: usize| match n {
            0 => Mat::new(&[], rows, 0, 0, 1),
            _ => Mat::new(&scores[j..], rows, n, self.keys, 1),
        };
        match values {
            Side::Plain(values) => {
                let values = values.part(0, seen, 0, cols);
                gemm_with(T::one(), scores(0, seen), values, T::zero(), product, cols, &Epilogue::default());
            }
            Side::Packed(blocks) => {
                if seen == 0 {
                    product.fill(T::zero());
                }
                for (j, block) in blocks.iter().enumerate().take(seen.div_ceil(KEYS)) {
                    let beta = if j == 0 { T::zero() } else { T::one() };
                    gemm_packed(scores(j * KEYS, block.k()), block, beta, product, cols, &Epilogue::default());
                }
            }
        }
    }
}

fn mask_row<T: Copy, M: Copy>(mask: &Heads<M>, [b, h, i]: [usize; 3], row: &mut [T], f: impl Fn(T, M) -> T) {
    let [sb, sh, sr, sc] = mask.strides;
    let data = &mask.data[(b * sb + h * sh + i * sr).min(mask.data.len())..];
    match sc {
        1 => row.iter_mut().zip(data).for_each(|(x, m)| *x = f(*x, *m)),
        _ => row.iter_mut().enumerate().for_each(|(j, x)| *x = f(*x, data[j * sc])),
    }
}

/// Scores in a block of queries.
const BLOCK: usize = 1 << 15;
/// Keys that are packed together; with `causal`, those that a block of queries does not see are skipped.
const KEYS: usize = 384;
