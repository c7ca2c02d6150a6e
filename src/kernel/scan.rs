//! Running totals and extremes over one dimension of a contiguous `[outer, n, inner]` array.

use super::threads::{get_num_threads, parallel_chunks, parallel_chunks2};

/// `out[i] = result(step(… step(start, x[0]) …, x[i]))` along the dimension.
///
/// # Panics
/// If `x` and `out` do not have as many elements as the sizes say.
pub fn totals<T: Copy + Send + Sync, A: Copy + Sync>(
    x: &[T],
    [outer, n, inner]: [usize; 3],
    out: &mut [T],
    start: A,
    step: impl Fn(A, T) -> A + Sync,
    result: impl Fn(A) -> T + Sync,
) {
    let plane = n * inner;
    assert!(x.len() == outer * plane && out.len() == x.len(), "sizes do not fit");
    if x.is_empty() {
        return;
    }
    let chunk = together(outer, plane) * plane;
    parallel_chunks(out, chunk, &|part, out| {
        let x = &x[part * chunk..][..out.len()];
        let mut acc = vec![start; if inner == 1 { 0 } else { inner }];
        for (x, out) in x.chunks_exact(plane).zip(out.chunks_exact_mut(plane)) {
            if inner == 1 {
                let mut acc = start;
                for (y, x) in out.iter_mut().zip(x) {
                    acc = step(acc, *x);
                    *y = result(acc);
                }
                continue;
            }
            acc.fill(start);
            for (x, out) in x.chunks_exact(inner).zip(out.chunks_exact_mut(inner)) {
                for i in 0..inner {
                    acc[i] = step(acc[i], x[i]);
                    out[i] = result(acc[i]);
                }
            }
        }
    });
}

/// The best elements so far and their places; `replaces(x, best)` says whether an element is better.
///
/// # Panics
/// If the slices do not have as many elements as the sizes say.
pub fn extremes<T: Copy + Send + Sync>(
    x: &[T],
    [outer, n, inner]: [usize; 3],
    values: &mut [T],
    places: &mut [i64],
    replaces: impl Fn(T, T) -> bool + Sync,
) {
    let plane = n * inner;
    assert!(x.len() == outer * plane && values.len() == x.len() && places.len() == x.len(), "sizes do not fit");
    if x.is_empty() {
        return;
    }
    let chunk = together(outer, plane) * plane;
    parallel_chunks2((values, chunk), (places, chunk), &|part, values, places| {
        let x = &x[part * chunk..][..values.len()];
        let planes = values.chunks_exact_mut(plane).zip(places.chunks_exact_mut(plane));
        for (x, (values, places)) in x.chunks_exact(plane).zip(planes) {
            values[..inner].copy_from_slice(&x[..inner]);
            places[..inner].fill(0);
            if inner == 1 {
                let (mut best, mut place) = (x[0], 0);
                for (i, v) in x.iter().enumerate().skip(1) {
                    if replaces(*v, best) {
                        (best, place) = (*v, i as i64);
                    }
                    (values[i], places[i]) = (best, place);
                }
                continue;
            }
            for (r, x) in x.chunks_exact(inner).enumerate().skip(1) {
                let (before, values) = values[(r - 1) * inner..(r + 1) * inner].split_at_mut(inner);
                let (places_before, places) = places[(r - 1) * inner..(r + 1) * inner].split_at_mut(inner);
                for i in 0..inner {
                    let better = replaces(x[i], before[i]);
                    values[i] = if better { x[i] } else { before[i] };
                    places[i] = if better { r as i64 } else { places_before[i] };
                }
            }
        }
    });
}

/// Planes for one thread at a time.
fn together(outer: usize, plane: usize) -> usize {
    if outer * plane < SERIAL {
        outer
    } else {
        outer.div_ceil(get_num_threads() * 4)
    }
}

/// Elements under which one thread is as fast.
const SERIAL: usize = 1 << 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn along_each_dimension() {
        let x: Vec<i64> = (0..24).map(|v| v * 7 % 11).collect();
        for [outer, n, inner] in [[1, 24, 1], [6, 4, 1], [2, 3, 4], [1, 2, 12], [24, 1, 1], [3, 0, 4]] {
            let x = &x[..outer * n * inner];
            let (mut sums, mut best, mut at) = (vec![0; x.len()], vec![0; x.len()], vec![0; x.len()]);
            totals(x, [outer, n, inner], &mut sums, 0, |a, v| a + v, |a| a);
            extremes(x, [outer, n, inner], &mut best, &mut at, |v, best| v >= best);
            for i in 0..x.len() {
                let (o, k, c) = (i / (n * inner), i / inner % n, i % inner);
                let column: Vec<i64> = (0..=k).map(|k| x[(o * n + k) * inner + c]).collect();
                let top = column.iter().copied().max().unwrap_or_default();
                let last = column.iter().rposition(|v| *v == top).unwrap_or_default();
                assert_eq!((sums[i], best[i], at[i]), (column.iter().sum(), top, last as i64));
            }
        }
    }
}
