//! Loops over samples in which each result depends on those before it.

use num_traits::Float;

/// `out[t] = Σ b[i] · x[t - i]` per row of `n` samples; row `r` has the coefficients of channel `r % channels`.
pub fn fir<T: Float>(x: &[T], n: usize, b: &[T], order: usize, out: &mut [T]) {
    let channels = b.len() / order.max(1);
    for (row, (x, out)) in x.chunks_exact(n.max(1)).zip(out.chunks_exact_mut(n.max(1))).enumerate() {
        let b = &b[row % channels * order..][..order];
        for (t, slot) in out.iter_mut().enumerate() {
            *slot = b.iter().take(t + 1).enumerate().fold(T::zero(), |sum, (i, b)| sum + *b * x[t - i]);
        }
    }
}

/// Takes the weighted `order - 1` results before it, and what stood in its place, off each sample. Rows of `out` begin
/// with `order - 1` results from before; `a` holds the weights of each channel, oldest first.
pub fn iir<T: Float>(x: &[T], n: usize, a: &[T], order: usize, out: &mut [T]) {
    let channels = a.len() / order.max(1);
    let width = n + order - 1;
    for (row, (x, out)) in x.chunks_exact(n.max(1)).zip(out.chunks_exact_mut(width)).enumerate() {
        let a = &a[row % channels * order..][..order];
        for (t, x) in x.iter().enumerate() {
            let before = &out[t..t + order];
            out[t + order - 1] = a.iter().zip(before).fold(*x, |rest, (a, y)| rest - *a * *y);
        }
    }
}

/// The best path through `steps` of log-probabilities `[steps, classes]` that spells `labels`, with blanks between
/// them where it likes and between equal ones always. `round` is applied to every sum. Every label is below `classes`,
/// and there are enough steps.
pub fn align(log_probs: &[f64], classes: usize, labels: &[usize], blank: usize, round: fn(f64) -> f64) -> Vec<usize> {
    let steps = log_probs.len() / classes.max(1);
    let states = 2 * labels.len() + 1;
    let class = |state: usize| if state % 2 == 0 { blank } else { labels[state / 2] };
    // a label may follow another without a blank when they differ
    let may_skip = |state: usize| state % 2 == 1 && state > 1 && labels[state / 2] != labels[state / 2 - 1];
    let mut best = vec![f64::NEG_INFINITY; states];
    for state in 0..states.min(2) {
        if let Some(value) = log_probs.get(class(state)) {
            best[state] = *value;
        }
    }
    let mut came = vec![0u8; steps * states];
    for (t, row) in log_probs.chunks_exact(classes.max(1)).enumerate().skip(1) {
        // from the last state on, so that the step before is still there
        for state in (0..states).rev() {
            let stay = best[state];
            let next = if state > 0 { best[state - 1] } else { f64::NEG_INFINITY };
            let skip = if may_skip(state) { best[state - 2] } else { f64::NEG_INFINITY };
            let (value, from) = if skip > next && skip > stay {
                (skip, 2)
            } else if next > stay && next > skip {
                (next, 1)
            } else {
                (stay, 0)
            };
            best[state] = round(value + row[class(state)]);
            came[t * states + state] = from;
        }
    }
    let last = states - 1;
    let mut state = if last == 0 || best[last] > best[last - 1] { last } else { last - 1 };
    let mut path = vec![blank; steps];
    for t in (0..steps).rev() {
        path[t] = class(state);
        state -= came[t * states + state] as usize;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_follow_the_difference_equation() {
        let (x, b, a) = ([1.0f64, 0.0, 0.0, 2.0], [0.5, 0.25], [0.5, 1.0]);
        let (mut filtered, mut out) = ([0.0; 4], [0.0; 5]);
        fir(&x, 4, &b, 2, &mut filtered);
        assert_eq!(filtered, [0.5, 0.25, 0.0, 1.0]);
        iir(&filtered, 4, &a, 2, &mut out);
        assert_eq!(out, [0.0, 0.5, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn equal_labels_need_a_blank_between() {
        let row = |best: usize| (0..3).map(move |c| if c == best { -0.1 } else { -3.0 });
        let probs: Vec<f64> = [1, 1, 1, 1].into_iter().flat_map(row).collect();
        let path = align(&probs, 3, &[1, 1], 0, |v| v);
        assert_eq!(path.iter().filter(|c| **c == 0).count(), 1, "{path:?}");
        assert_eq!(align(&probs, 3, &[], 0, |v| v), [0, 0, 0, 0]);
    }
}
