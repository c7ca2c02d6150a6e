//! Normalisation of contiguous arrays: over rows, over groups of channels, by given statistics.

use super::simd::rows::RowElement;
use super::threads::{get_num_threads, parallel_chunks, parallel_chunks2};

/// Normalises each row of `row` elements to mean 0 and variance 1, then applies weight and bias, one per column.
/// `stats`, where given, takes mean and 1/√(variance + eps) of each row.
///
/// # Panics
/// If sizes do not fit each other.
pub fn layer_norm<T: RowElement>(
    x: &[T],
    row: usize,
    weight: Option<&[T]>,
    bias: Option<&[T]>,
    eps: f64,
    out: &mut [T],
    stats: Option<&mut [(T, T)]>,
) {
    assert_eq!(x.len(), out.len());
    if x.is_empty() {
        return;
    }
    let rows = x.len() / row;
    let one = |x: &[T], out: &mut [T]| {
        let (mean, variance) = T::moments(x);
        let (mean, scale) = (number(mean), number(1.0 / (variance + eps).sqrt()));
        T::normalize(x, mean, scale, weight, bias, out);
        (mean, scale)
    };
    let together = rows_together(x.len(), rows);
    match stats {
        Some(stats) => {
            assert_eq!(stats.len(), rows);
            parallel_chunks2((out, together * row), (stats, together), &|part, out, stats| {
                for (i, (out, stat)) in out.chunks_exact_mut(row).zip(stats).enumerate() {
                    *stat = one(&x[(part * together + i) * row..][..row], out);
                }
            });
        }
        None => parallel_chunks(out, together * row, &|part, out| {
            for (i, out) in out.chunks_exact_mut(row).enumerate() {
                one(&x[(part * together + i) * row..][..row], out);
            }
        }),
    }
}

/// Divides each row by √(mean of squares + eps), then applies the weight, one per column.
pub fn rms_norm<T: RowElement>(x: &[T], row: usize, weight: Option<&[T]>, eps: f64, out: &mut [T]) {
    assert_eq!(x.len(), out.len());
    if x.is_empty() {
        return;
    }
    let together = rows_together(x.len(), x.len() / row);
    parallel_chunks(out, together * row, &|part, out| {
        for (i, out) in out.chunks_exact_mut(row).enumerate() {
            let x = &x[(part * together + i) * row..][..row];
            let scale = number(1.0 / (T::mean_of_squares(x) + eps).sqrt());
            T::normalize(x, T::zero(), scale, weight, None, out);
        }
    });
}

/// Normalises each of `groups` groups of channels of `[batch, channels, inner]` by itself, then applies weight and
/// bias, one per channel. With `groups == channels` this is instance normalisation. `stats` takes mean and
/// 1/√(variance + eps) of each batch entry and group.
///
/// # Panics
/// If sizes do not fit each other, or `groups` does not divide `channels`.
pub fn group_norm<T: RowElement>(
    x: &[T],
    [batch, channels, inner]: [usize; 3],
    groups: usize,
    weight: Option<&[T]>,
    bias: Option<&[T]>,
    eps: f64,
    out: &mut [T],
    stats: Option<&mut [(T, T)]>,
) {
    assert!(x.len() == batch * channels * inner && x.len() == out.len() && groups > 0 && channels % groups == 0);
    if x.is_empty() {
        return;
    }
    let (each, row) = (channels / groups, channels / groups * inner);
    let one = |at: usize, out: &mut [T]| {
        let x = &x[at * row..][..row];
        let (mean, variance) = T::moments(x);
        let (mean, scale) = (number::<T>(mean), number::<T>(1.0 / (variance + eps).sqrt()));
        for (i, (x, out)) in x.chunks_exact(inner).zip(out.chunks_exact_mut(inner)).enumerate() {
            let channel = at % groups * each + i;
            let scale = weight.map_or(scale, |w| scale * w[channel]);
            T::affine(x, scale, bias.map_or(T::zero(), |b| b[channel]) - mean * scale, out);
        }
        (mean, scale)
    };
    let together = rows_together(x.len(), batch * groups);
    let mut unwanted = Vec::new();
    let stats = match stats {
        Some(stats) => stats,
        None => {
            unwanted.resize(batch * groups, (T::zero(), T::zero()));
            &mut unwanted
        }
    };
    assert_eq!(stats.len(), batch * groups);
    parallel_chunks2((out, together * row), (stats, together), &|part, out, stats| {
        for (i, (out, stat)) in out.chunks_exact_mut(row).zip(stats).enumerate() {
            *stat = one(part * together + i, out);
        }
    });
}

/// What a channel is multiplied with, and what is then added, to normalise it by its statistics.
pub fn channel_affine<T: RowElement>(mean: T, variance: T, weight: Option<T>, bias: Option<T>, eps: f64) -> (T, T) {
    let scale = weight.unwrap_or_else(T::one) / (variance + number(eps)).sqrt();
    (scale, bias.unwrap_or_else(T::zero) - mean * scale)
}

/// `x · scale + shift` with one `(scale, shift)` for each channel of `[batch, channels, inner]`.
///
/// # Panics
/// If sizes do not fit each other.
pub fn scale_channels<T: RowElement>(x: &[T], inner: usize, affine: &[(T, T)], out: &mut [T]) {
    assert_eq!(x.len(), out.len());
    if x.is_empty() {
        return;
    }
    if inner == 1 {
        for (x, y) in x.chunks_exact(affine.len()).zip(out.chunks_exact_mut(affine.len())) {
            x.iter().zip(y).zip(affine).for_each(|((x, y), (scale, shift))| *y = *x * *scale + *shift);
        }
        return;
    }
    let together = rows_together(x.len(), x.len() / inner);
    parallel_chunks(out, together * inner, &|part, out| {
        for (i, out) in out.chunks_exact_mut(inner).enumerate() {
            let row = part * together + i;
            let (scale, shift) = affine[row % affine.len()];
            T::affine(&x[row * inner..][..inner], scale, shift, out);
        }
    });
}

/// Mean and variance (divided by the count) of each channel of `[batch, channels, inner]`.
pub fn channel_moments<T: RowElement>(x: &[T], [batch, channels, inner]: [usize; 3]) -> Vec<(f64, f64)> {
    assert_eq!(x.len(), batch * channels * inner);
    let count = (batch * inner) as f64;
    let channel = |c: usize| {
        let rows = || (0..batch).map(move |n| &x[(n * channels + c) * inner..][..inner]);
        let mean = rows().map(|row| T::moments(row).0 * inner as f64).sum::<f64>() / count;
        let spread = |row: &[T]| {
            let (m, v) = T::moments(row);
            (v + (m - mean) * (m - mean)) * inner as f64
        };
        (mean, rows().map(spread).sum::<f64>() / count)
    };
    (0..channels).map(channel).collect()
}

fn number<T: RowElement>(x: f64) -> T {
    T::from(x).unwrap_or_else(T::nan)
}

fn rows_together(elements: usize, rows: usize) -> usize {
    if elements < SERIAL {
        rows
    } else {
        rows.div_ceil(get_num_threads() * 4)
    }
}

/// Elements under which one thread is as fast.
const SERIAL: usize = 1 << 15;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::simd::tests::for_each_isa;

    fn numbers(n: usize) -> Vec<f32> {
        (0..n).map(|i| ((i * 7919) % 1009) as f32 / 100.0 + 3.0).collect()
    }

    fn plain(x: &[f32], eps: f64) -> Vec<f64> {
        let n = x.len() as f64;
        let mean = x.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
        let variance = x.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / n;
        x.iter().map(|x| (f64::from(*x) - mean) / (variance + eps).sqrt()).collect()
    }

    fn close(a: &[f32], b: &[f64]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-5 * (1.0 + b.abs()))
    }

    #[test]
    fn layer_norm_rows() {
        for_each_isa(|isa| {
            for (rows, row) in [(1, 1), (3, 7), (4, 64), (5, 768), (70, 600)] {
                let (x, w, b) = (numbers(rows * row), numbers(row), numbers(row));
                let mut y = vec![f32::NAN; x.len()];
                let mut stats = vec![(0.0, 0.0); rows];
                layer_norm(&x, row, Some(&w), Some(&b), 1e-5, &mut y, Some(&mut stats));
                for (x, y) in x.chunks(row).zip(y.chunks(row)) {
                    let e: Vec<f64> = plain(x, 1e-5)
                        .iter()
                        .zip(&w)
                        .zip(&b)
                        .map(|((x, w), b)| x * f64::from(*w) + f64::from(*b))
                        .collect();
                    assert!(close(y, &e), "{isa:?} {row}");
                }
            }
        });
    }

    #[test]
    fn group_norm_is_layer_norm_of_groups() {
        let x = numbers(2 * 6 * 10);
        let (mut a, mut b) = (vec![0.0; x.len()], vec![0.0; x.len()]);
        group_norm(&x, [2, 6, 10], 3, None, None, 1e-5, &mut a, None);
        layer_norm(&x, 20, None, None, 1e-5, &mut b, None);
        assert!(close(&a, &b.iter().map(|x| f64::from(*x)).collect::<Vec<_>>()));
    }

    #[test]
    fn channels() {
        let x = [1.0f32, 3.0, 10.0, 10.0, 5.0, 7.0, 10.0, 10.0];
        assert_eq!(channel_moments(&x, [2, 2, 2]), [(4.0, 5.0), (10.0, 0.0)]);
        let mut y = [0.0; 8];
        scale_channels(&x, 2, &[(1.0, 1.0), (2.0, 0.0)], &mut y);
        assert_eq!(y, [2.0, 4.0, 20.0, 20.0, 6.0, 8.0, 20.0, 20.0]);
        assert_eq!(channel_affine(2.0f32, 4.0, Some(4.0), Some(1.0), 0.0), (2.0, -3.0));
        let mut y = [0.0; 2];
        rms_norm(&[3.0f32, 4.0], 2, None, 0.0, &mut y);
        assert!(close(&y, &[3.0 / 12.5f64.sqrt(), 4.0 / 12.5f64.sqrt()]));
    }
}
