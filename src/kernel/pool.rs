//! Max and average pooling of contiguous planes with one to three dimensions.
//!
//! Sizes are `[depth, height, width]`; leading dimensions that are not there have size 1. A plane is one channel of
//! one batch entry.

use super::threads::{get_num_threads, parallel_chunks, parallel_chunks2};

/// The window of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolParams {
    pub kernel: [usize; 3],
    pub stride: [usize; 3],
    pub padding: [usize; 3],
    pub dilation: [usize; 3],
    /// Windows may stick out at the end, as long as they start inside the input or its left padding.
    pub ceil_mode: bool,
}

impl PoolParams {
    /// `None` if the window does not fit into the padded input, a number is 0 that may not be, or numbers overflow.
    pub fn output_size(&self, input: [usize; 3]) -> Option<[usize; 3]> {
        let mut out = [0; 3];
        for i in 0..3 {
            let window = self.kernel[i].checked_sub(1)?.checked_mul(self.dilation[i])?.checked_add(1)?;
            let room = input[i].checked_add(self.padding[i].checked_mul(2)?)?.checked_sub(window)?;
            let extra = if self.ceil_mode { self.stride[i].checked_sub(1)? } else { 0 };
            out[i] = room.checked_add(extra)?.checked_div(self.stride[i])? + 1;
            if self.ceil_mode && (out[i] - 1) * self.stride[i] >= input[i] + self.padding[i] {
                out[i] -= 1;
            }
        }
        Some(out)
    }

    /// First and one-past-last tap of output `o` that lie inside the input.
    fn taps(&self, dim: usize, o: usize, input: usize) -> (usize, usize) {
        let (start, dilation) = (o * self.stride[dim], self.dilation[dim]);
        let first = self.padding[dim].saturating_sub(start).div_ceil(dilation);
        let end = (input + self.padding[dim]).saturating_sub(start).div_ceil(dilation).min(self.kernel[dim]);
        (first.min(end), end)
    }
}

/// Element types of the pools.
pub trait PoolElement: Copy + PartialOrd + Send + Sync + 'static {
    /// Below every other value.
    const LOWEST: Self;
    fn from_index(i: usize) -> Self;
    #[must_use]
    fn plus(self, other: Self) -> Self;
    /// Divided; integers towards zero.
    #[must_use]
    fn over(self, count: i64) -> Self;
}

macro_rules! float {
    ($($t:ty),*) => {$(
        impl PoolElement for $t {
            const LOWEST: $t = <$t>::NEG_INFINITY;
            fn from_index(i: usize) -> $t {
                i as $t
            }
            fn plus(self, other: $t) -> $t {
                self + other
            }
            fn over(self, count: i64) -> $t {
                self / count as $t
            }
        }
    )*};
}
macro_rules! integer {
    ($($t:ty),*) => {$(
        impl PoolElement for $t {
            const LOWEST: $t = <$t>::MIN;
            fn from_index(i: usize) -> $t {
                i as $t
            }
            fn plus(self, other: $t) -> $t {
                self.wrapping_add(other)
            }
            fn over(self, count: i64) -> $t {
                (self as i64).checked_div(count).unwrap_or(0) as $t
            }
        }
    )*};
}
float!(f32, f64);
integer!(u8, i8, i16, i32, i64);

/// The largest element of each window; NaN if there is one. `indices` takes its place in the plane.
///
/// # Panics
/// If the window does not fit, or a slice has another length.
pub fn max_pool<T: PoolElement>(
    p: &PoolParams,
    input: &[T],
    size: [usize; 3],
    out: &mut [T],
    indices: Option<&mut [i64]>,
) {
    let out_size = p.output_size(size).expect("the window fits into the input");
    let windows: [Vec<Window>; 3] = std::array::from_fn(|dim| {
        let window = |o: usize| {
            let (first, end) = p.taps(dim, o, size[dim]);
            let start = (o * p.stride[dim] + first * p.dilation[dim]).saturating_sub(p.padding[dim]);
            Window { start, count: end - first, step: p.dilation[dim] }
        };
        (0..out_size[dim]).map(window).collect()
    });
    max_windows(&windows, input, size, out, indices);
}

/// The largest element of each of `out_size` windows that share out the input evenly.
///
/// # Panics
/// If a slice has another length, or an input dimension is 0.
pub fn adaptive_max_pool<T: PoolElement>(
    input: &[T],
    size: [usize; 3],
    out: &mut [T],
    out_size: [usize; 3],
    indices: Option<&mut [i64]>,
) {
    max_windows(&adaptive_windows(size, out_size), input, size, out, indices);
}

/// The mean of each window. Padding counts as zeros if `count_include_pad`, else not at all; `divisor` replaces the
/// count. Dilations must be 1.
///
/// # Panics
/// If the window does not fit, or a slice has another length.
pub fn avg_pool<T: PoolElement>(
    p: &PoolParams,
    count_include_pad: bool,
    divisor: Option<i64>,
    input: &[T],
    size: [usize; 3],
    out: &mut [T],
) {
    let out_size = p.output_size(size).expect("the window fits into the input");
    // Per dimension: the part inside, and the extent that counts.
    let windows: [Vec<Window>; 3] = std::array::from_fn(|dim| {
        let window = |o: usize| {
            let from = o * p.stride[dim];
            let (start, end) = (from.max(p.padding[dim]), (from + p.kernel[dim]).min(size[dim] + p.padding[dim]));
            let start = start.min(end);
            Window { start: start.saturating_sub(p.padding[dim]), count: end - start, step: 1 }
        };
        (0..out_size[dim]).map(window).collect()
    });
    let extent = |dim: usize, o: usize| {
        let from = o * p.stride[dim];
        (from + p.kernel[dim]).min(size[dim] + 2 * p.padding[dim]).saturating_sub(from)
    };
    let count = |d: usize, h: usize, w: usize, inside: usize| match divisor {
        Some(divisor) => divisor,
        None if count_include_pad => (extent(0, d) * extent(1, h) * extent(2, w)) as i64,
        None => inside as i64,
    };
    avg_windows(&windows, &count, input, size, out);
}

/// The mean of each of `out_size` windows that share out the input evenly.
///
/// # Panics
/// If a slice has another length, or an input dimension is 0.
pub fn adaptive_avg_pool<T: PoolElement>(input: &[T], size: [usize; 3], out: &mut [T], out_size: [usize; 3]) {
    avg_windows(&adaptive_windows(size, out_size), &|_, _, _, inside| inside as i64, input, size, out);
}

/// [`adaptive_avg_pool`] of a half type that is rounded to at every step: sums, and divisions by one size after the other.
///
/// # Panics
/// As [`adaptive_avg_pool`].
pub fn adaptive_avg_pool_steps(
    input: &[f32],
    size: [usize; 3],
    out: &mut [f32],
    out_size: [usize; 3],
    round: fn(f32) -> f32,
) {
    let windows = adaptive_windows(size, out_size);
    let (pixels, out_pixels) = (size.iter().product::<usize>(), out_size.iter().product::<usize>());
    check_planes(input.len(), pixels, out.len(), out_pixels);
    parallel_chunks(out, out_pixels, &|plane, out| {
        let input = &input[plane * pixels..][..pixels];
        for (at, y) in out.iter_mut().enumerate() {
            let [d, h, w] = [at / out_size[2] / out_size[1], at / out_size[2] % out_size[1], at % out_size[2]];
            let [ds, hs, ws] = [windows[0][d], windows[1][h], windows[2][w]];
            let mut sum = 0.0;
            for d in ds.taps() {
                for h in hs.taps() {
                    sum = ws.taps().fold(sum, |sum, w| round(sum + input[(d * size[1] + h) * size[2] + w]));
                }
            }
            *y = [ds, hs, ws].iter().fold(sum, |sum, window| round(sum / window.count as f32));
        }
    });
}

/// Taps of one output in one dimension; all inside the input.
#[derive(Clone, Copy)]
struct Window {
    start: usize,
    count: usize,
    step: usize,
}

impl Window {
    fn taps(self) -> impl Iterator<Item = usize> {
        (0..self.count).map(move |i| self.start + i * self.step)
    }
}

fn adaptive_windows(size: [usize; 3], out_size: [usize; 3]) -> [Vec<Window>; 3] {
    std::array::from_fn(|dim| {
        let (n, m) = (size[dim], out_size[dim]);
        let window = |o: usize| {
            let start = o / m * n + o % m * n / m;
            let end = ((o + 1) * n).div_ceil(m);
            Window { start, count: end - start, step: 1 }
        };
        (0..m).map(window).collect()
    })
}

fn max_windows<T: PoolElement>(
    [depths, heights, widths]: &[Vec<Window>; 3],
    input: &[T],
    size: [usize; 3],
    out: &mut [T],
    indices: Option<&mut [i64]>,
) {
    let (pixels, out_pixels) = (size.iter().product::<usize>(), depths.len() * heights.len() * widths.len());
    if out.is_empty() {
        return;
    }
    check_planes(input.len(), pixels, out.len(), out_pixels);
    let chunk = planes_together(input.len(), out.len() / out_pixels);
    let Some(indices) = indices else {
        parallel_chunks(out, chunk * out_pixels, &|part, out| {
            // Rows first: the largest of each column over the window's rows, then along the row.
            let mut column = vec![T::LOWEST; size[2]];
            for (i, out) in out.chunks_exact_mut(out_pixels).enumerate() {
                let input = &input[(part * chunk + i) * pixels..][..pixels];
                for (at, out) in out.chunks_exact_mut(widths.len()).enumerate() {
                    column.fill(T::LOWEST);
                    for d in depths[at / heights.len()].taps() {
                        for h in heights[at % heights.len()].taps() {
                            let row = &input[(d * size[1] + h) * size[2]..][..size[2]];
                            column.iter_mut().zip(row).for_each(|(y, x)| *y = larger(*y, *x));
                        }
                    }
                    for (y, window) in out.iter_mut().zip(widths) {
                        *y = window.taps().fold(T::LOWEST, |y, w| larger(y, column[w]));
                    }
                }
            }
        });
        return;
    };
    assert_eq!(indices.len(), out.len(), "one index for each output");
    parallel_chunks2((out, chunk * out_pixels), (indices, chunk * out_pixels), &|part, out, indices| {
        for (i, (out, indices)) in
            out.chunks_exact_mut(out_pixels).zip(indices.chunks_exact_mut(out_pixels)).enumerate()
        {
            let input = &input[(part * chunk + i) * pixels..][..pixels];
            let mut at = 0;
            for depth in depths {
                for height in heights {
                    for width in widths {
                        let mut best = T::LOWEST;
                        let mut place = (depth.start * size[1] + height.start) * size[2] + width.start;
                        for d in depth.taps() {
                            for h in height.taps() {
                                for w in width.taps() {
                                    let here = (d * size[1] + h) * size[2] + w;
                                    let x = input[here];
                                    if x > best || is_nan(x) {
                                        (best, place) = (x, here);
                                    }
                                }
                            }
                        }
                        (out[at], indices[at]) = (best, place as i64);
                        at += 1;
                    }
                }
            }
        }
    });
}

fn avg_windows<T: PoolElement>(
    [depths, heights, widths]: &[Vec<Window>; 3],
    count: &(dyn Fn(usize, usize, usize, usize) -> i64 + Sync),
    input: &[T],
    size: [usize; 3],
    out: &mut [T],
) {
    let (pixels, out_pixels) = (size.iter().product::<usize>(), depths.len() * heights.len() * widths.len());
    if out.is_empty() {
        return;
    }
    check_planes(input.len(), pixels, out.len(), out_pixels);
    let chunk = planes_together(input.len(), out.len() / out_pixels);
    parallel_chunks(out, chunk * out_pixels, &|part, out| {
        let mut column = vec![T::from_index(0); size[2]];
        for (i, out) in out.chunks_exact_mut(out_pixels).enumerate() {
            let input = &input[(part * chunk + i) * pixels..][..pixels];
            for (at, out) in out.chunks_exact_mut(widths.len()).enumerate() {
                let (od, oh) = (at / heights.len(), at % heights.len());
                column.fill(T::from_index(0));
                for d in depths[od].taps() {
                    for h in heights[oh].taps() {
                        let row = &input[(d * size[1] + h) * size[2]..][..size[2]];
                        column.iter_mut().zip(row).for_each(|(y, x)| *y = y.plus(*x));
                    }
                }
                for (ow, (y, window)) in out.iter_mut().zip(widths).enumerate() {
                    let inside = depths[od].count * heights[oh].count * window.count;
                    let sum = window.taps().fold(T::from_index(0), |sum, w| sum.plus(column[w]));
                    // A window wholly in the padding is zero, whatever it is divided by.
                    *y = if inside == 0 { T::from_index(0) } else { sum.over(count(od, oh, ow, inside)) };
                }
            }
        }
    });
}

/// NaN wins.
fn larger<T: PoolElement>(best: T, x: T) -> T {
    if x > best || is_nan(x) {
        x
    } else {
        best
    }
}

#[allow(clippy::eq_op)]
fn is_nan<T: PoolElement>(x: T) -> bool {
    x != x
}

fn check_planes(input: usize, pixels: usize, out: usize, out_pixels: usize) {
    assert!(
        out.is_multiple_of(out_pixels) && input == out / out_pixels * pixels,
        "input and output differ in their planes"
    );
}

fn planes_together(elements: usize, planes: usize) -> usize {
    if elements < SERIAL {
        planes
    } else {
        planes.div_ceil(get_num_threads() * 4)
    }
}

/// Elements under which one thread is as fast.
const SERIAL: usize = 1 << 14;

#[cfg(test)]
mod tests {
    use super::*;

    fn params(kernel: usize, stride: usize, padding: usize, dilation: usize, ceil_mode: bool) -> PoolParams {
        PoolParams {
            kernel: [1, 1, kernel],
            stride: [1, 1, stride],
            padding: [0, 0, padding],
            dilation: [1, 1, dilation],
            ceil_mode,
        }
    }

    #[test]
    fn output_sizes() {
        let cases = [
            (params(3, 2, 1, 1, false), 5, Some(3)),
            (params(2, 2, 0, 1, false), 5, Some(2)),
            (params(2, 2, 0, 1, true), 5, Some(3)),
            (params(2, 3, 1, 1, true), 4, Some(2)),
            (params(1, 3, 0, 1, true), 4, Some(2)),
            (params(3, 1, 0, 2, false), 5, Some(1)),
            (params(3, 1, 0, 2, false), 4, None),
            (params(3, 0, 0, 1, false), 4, None),
        ];
        for (p, size, expected) in cases {
            assert_eq!(p.output_size([1, 1, size]).map(|s| s[2]), expected, "{p:?} {size}");
        }
    }

    #[test]
    fn max_and_indices() {
        let x = [3.0f32, 1.0, f32::NAN, 2.0, 5.0, 5.0];
        let cases = [
            (params(2, 2, 0, 1, false), vec![3.0, f32::NAN, 5.0], vec![0, 2, 4]),
            (params(3, 2, 1, 1, false), vec![3.0, f32::NAN, 5.0], vec![0, 2, 4]),
            (params(2, 4, 0, 1, true), vec![3.0, 5.0], vec![0, 4]),
            (params(2, 1, 0, 3, false), vec![3.0, 5.0, f32::NAN], vec![0, 4, 2]),
        ];
        for (p, values, places) in cases {
            let (mut y, mut z) = (vec![0.0; values.len()], vec![0.0; values.len()]);
            let mut indices = vec![0; values.len()];
            max_pool(&p, &x, [1, 1, 6], &mut y, Some(&mut indices));
            max_pool(&p, &x, [1, 1, 6], &mut z, None);
            assert_eq!((format!("{y:?}"), &indices), (format!("{values:?}"), &places), "{p:?}");
            assert_eq!(format!("{z:?}"), format!("{values:?}"), "{p:?}");
        }
    }

    #[test]
    fn averages() {
        let x = [1.0f32, 2.0, 3.0, 4.0, 5.0];
        let cases = [
            (params(2, 2, 0, 1, false), true, None, vec![1.5, 3.5]),
            (params(2, 2, 0, 1, true), true, None, vec![1.5, 3.5, 5.0]),
            (params(3, 2, 1, 1, false), true, None, vec![1.0, 3.0, 3.0]),
            (params(3, 2, 1, 1, false), false, None, vec![1.5, 3.0, 4.5]),
            (params(2, 2, 0, 1, false), true, Some(4), vec![0.75, 1.75]),
        ];
        for (p, include, divisor, expected) in cases {
            let mut y = vec![0.0; expected.len()];
            avg_pool(&p, include, divisor, &x, [1, 1, 5], &mut y);
            assert_eq!(y, expected, "{p:?}");
        }
    }

    #[test]
    fn two_dimensions() {
        let x: Vec<i64> = (0..2 * 3 * 4).collect();
        let p =
            PoolParams { kernel: [1, 2, 2], stride: [1, 1, 2], padding: [0, 0, 0], dilation: [1; 3], ceil_mode: false };
        let mut y = vec![0; 8];
        max_pool(&p, &x, [1, 3, 4], &mut y, None);
        assert_eq!(y, [5, 7, 9, 11, 17, 19, 21, 23]);
        avg_pool(&p, true, None, &x, [1, 3, 4], &mut y);
        assert_eq!(y, [2, 4, 6, 8, 14, 16, 18, 20]);
    }

    #[test]
    fn adaptive() {
        let x: Vec<f64> = (0..2 * 5).map(f64::from).collect();
        let mut y = vec![0.0; 6];
        adaptive_avg_pool(&x, [1, 1, 5], &mut y, [1, 1, 3]);
        assert_eq!(y, [0.5, 2.0, 3.5, 5.5, 7.0, 8.5]);
        let mut indices = vec![0; 6];
        adaptive_max_pool(&x, [1, 1, 5], &mut y, [1, 1, 3], Some(&mut indices));
        assert_eq!((y, indices), (vec![1.0, 3.0, 4.0, 6.0, 8.0, 9.0], vec![1, 3, 4, 1, 3, 4]));
        let mut y = vec![0.0; 2];
        adaptive_avg_pool(&x, [1, 1, 5], &mut y, [1, 1, 1]);
        assert_eq!(y, [2.0, 7.0]);
    }
}
