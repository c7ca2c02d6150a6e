//! Softmax and its logarithm over one dimension of a contiguous `[outer, dim, inner]` array.

use super::scratch::{with_scratch, Scratch};
use super::simd::rows::RowElement;
use super::threads::{get_num_threads, parallel_chunks};

/// `exp(x) / Σ exp(x)` over `dim`. A row of -∞ gives NaN, as in PyTorch.
///
/// # Panics
/// If `x` and `out` do not have `outer * dim * inner` elements.
pub fn softmax<T: RowElement + Scratch>(x: &[T], [outer, dim, inner]: [usize; 3], out: &mut [T]) {
    over_dim(x, [outer, dim, inner], out, T::softmax, false);
}

/// `x - log Σ exp(x)` over `dim`.
///
/// # Panics
/// As [`softmax`].
pub fn log_softmax<T: RowElement + Scratch>(x: &[T], [outer, dim, inner]: [usize; 3], out: &mut [T]) {
    over_dim(x, [outer, dim, inner], out, T::log_softmax, true);
}

/// [`log_softmax`] of rows of a half type: PyTorch keeps each row's sum and the sum's logarithm in that type.
///
/// # Panics
/// As [`softmax`].
pub fn log_softmax_halves(x: &[f32], dim: usize, out: &mut [f32], round: fn(f32) -> f32) {
    log_softmax(x, [x.len() / dim.max(1), dim, 1], out);
    for (x, out) in x.chunks_exact(dim.max(1)).zip(out.chunks_exact_mut(dim.max(1))) {
        let top = (1..dim).fold(0, |top, i| if x[i] > x[top] { i } else { top });
        let log = round(round((-out[top]).exp()).ln());
        if log.is_finite() {
            out.iter_mut().zip(x).for_each(|(y, v)| *y = (v - x[top]) - log);
        }
    }
}

fn over_dim<T: RowElement + Scratch>(
    x: &[T],
    [outer, dim, inner]: [usize; 3],
    out: &mut [T],
    row: fn(&[T], &mut [T]),
    log: bool,
) {
    let plane = dim * inner;
    assert!(x.len() == outer * plane && out.len() == x.len(), "sizes do not fit");
    if x.is_empty() {
        return;
    }
    let together = if x.len() < SERIAL { outer } else { outer.div_ceil(get_num_threads() * 4) };
    parallel_chunks(out, together * plane, &|part, out| {
        for (i, out) in out.chunks_exact_mut(plane).enumerate() {
            let x = &x[(part * together + i) * plane..][..plane];
            if inner == 1 {
                row(x, out);
            } else {
                columns(x, inner, out, log);
            }
        }
    });
}

/// Rows of `inner` elements; each column is a softmax of its own.
fn columns<T: RowElement + Scratch>(x: &[T], inner: usize, out: &mut [T], log: bool) {
    with_scratch(2 * inner, |scratch| {
        let (top, sum) = scratch.split_at_mut(inner);
        top.fill(T::neg_infinity());
        sum.fill(T::zero());
        x.chunks_exact(inner).for_each(|x| T::raise(top, x));
        x.chunks_exact(inner).zip(out.chunks_exact_mut(inner)).for_each(|(x, y)| T::exp_and_add(x, top, y, sum));
        if log {
            let mut logs = vec![T::zero(); inner];
            T::log_all(sum, &mut logs);
            for (x, y) in x.chunks_exact(inner).zip(out.chunks_exact_mut(inner)) {
                (0..inner).for_each(|i| y[i] = (x[i] - top[i]) - logs[i]);
            }
        } else {
            sum.iter_mut().for_each(|s| *s = s.recip());
            out.chunks_exact_mut(inner).for_each(|y| (0..inner).for_each(|i| y[i] = y[i] * sum[i]));
        }
    });
}

/// Elements under which one thread is as fast.
const SERIAL: usize = 1 << 14;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::simd::tests::for_each_isa;

    fn check<T: RowElement + Scratch>(shape: [usize; 3], tolerance: f64) {
        let [outer, dim, inner] = shape;
        let x: Vec<f64> = (0..outer * dim * inner).map(|i| ((i * 7919) % 1009) as f64 / 50.0 - 10.0).collect();
        let narrow: Vec<T> = x.iter().map(|x| T::from(*x).unwrap()).collect();
        let (mut soft, mut log) = (vec![T::nan(); x.len()], vec![T::nan(); x.len()]);
        softmax(&narrow, shape, &mut soft);
        log_softmax(&narrow, shape, &mut log);
        for o in 0..outer {
            for i in 0..inner {
                let at = |d: usize| (o * dim + d) * inner + i;
                let exact = |d: usize| narrow[at(d)].to_f64().unwrap();
                let sum: f64 = (0..dim).map(|d| exact(d).exp()).sum();
                for d in 0..dim {
                    let (s, l) = (exact(d).exp() / sum, exact(d) - sum.ln());
                    assert!((soft[at(d)].to_f64().unwrap() - s).abs() <= tolerance * s, "{shape:?}");
                    assert!((log[at(d)].to_f64().unwrap() - l).abs() <= tolerance * (1.0 + l.abs()), "{shape:?}");
                }
            }
        }
    }

    #[test]
    fn against_plain_loops() {
        for_each_isa(|_| {
            for shape in [[1, 1, 1], [3, 5, 1], [2, 768, 1], [2, 65, 3], [40, 600, 1], [3, 4, 70], [0, 3, 1]] {
                check::<f32>(shape, 3e-6);
                check::<f64>(shape, 1e-14);
            }
        });
    }

    #[test]
    fn infinities() {
        let inf = f32::INFINITY;
        let mut y = [0.0; 2];
        softmax(&[-inf, 3.0], [1, 2, 1], &mut y);
        assert_eq!(y, [0.0, 1.0]);
        softmax(&[-inf, -inf], [1, 2, 1], &mut y);
        assert!(y.iter().all(|y| y.is_nan()));
        softmax(&[f32::NAN, 1.0], [1, 2, 1], &mut y);
        assert!(y.iter().all(|y| y.is_nan()));
    }
}
