//! Boxes on images: overlap, and pooling of what lies inside.

use num_traits::Float;

use super::threads::{parallel_chunks, parallel_chunks2};

/// Which of the boxes `[x1, y1, x2, y2]` stay when each, in `order`, removes later ones that overlap it by more than
/// `threshold` of their union.
///
/// # Panics
/// If `order` leads outside.
pub fn suppress<T: Float>(boxes: &[[T; 4]], order: &[usize], threshold: f64) -> Vec<usize> {
    let areas: Vec<T> = boxes.iter().map(|b| (b[2] - b[0]) * (b[3] - b[1])).collect();
    let mut removed = vec![false; boxes.len()];
    let mut kept = Vec::new();
    for (rank, &i) in order.iter().enumerate() {
        if removed[i] {
            continue;
        }
        kept.push(i);
        let a = boxes[i];
        for &j in &order[rank + 1..] {
            if removed[j] {
                continue;
            }
            let b = boxes[j];
            let width = smaller(a[2], b[2]) - larger(a[0], b[0]);
            let height = smaller(a[3], b[3]) - larger(a[1], b[1]);
            let common = larger(T::zero(), width) * larger(T::zero(), height);
            let share = common / (areas[i] + areas[j] - common);
            removed[j] = share.to_f64().is_some_and(|share| share > threshold);
        }
    }
    kept
}

/// `b` only if it is truly larger, as `std::max` has it for what is not a number.
fn larger<T: Float>(a: T, b: T) -> T {
    if a < b {
        b
    } else {
        a
    }
}

fn smaller<T: Float>(a: T, b: T) -> T {
    if b < a {
        b
    } else {
        a
    }
}

/// Images to pool from and the pooled size, `[height, width]`.
#[derive(Clone, Copy, Debug)]
pub struct RoiParams {
    pub channels: usize,
    pub size: [usize; 2],
    pub pooled: [usize; 2],
    pub scale: f64,
    /// Samples per bin and dimension; 0 for about one per element.
    pub sampling: usize,
}

impl RoiParams {
    fn plane(&self) -> usize {
        self.size[0] * self.size[1]
    }
    fn bins(&self) -> usize {
        self.pooled[0] * self.pooled[1]
    }
}

/// A box `[image, x1, y1, x2, y2]`; the image number has been checked.
pub type Roi<T> = [T; 5];

fn image_of<T: Float>(roi: &Roi<T>) -> usize {
    roi[0].to_usize().unwrap_or(0)
}

/// The mean of bilinear samples, for each bin of each box and channel. `aligned`: elements are squares around their
/// places, and boxes may be thinner than 1.
pub fn roi_align<T: Float + Send + Sync>(p: &RoiParams, aligned: bool, input: &[T], rois: &[Roi<T>], out: &mut [T]) {
    let shift = if aligned { 0.5 } else { 0.0 };
    parallel_chunks(out, p.channels * p.bins(), &|r, out| {
        let roi = &rois[r];
        let image = &input[image_of(roi) * p.channels * p.plane()..][..p.channels * p.plane()];
        let [rows, columns] = [0, 1].map(|dim| Samples::new(p, roi, dim, shift, !aligned));
        let count = number::<T>((rows.count * columns.count).max(1.0));
        for (plane, out) in image.chunks_exact(p.plane().max(1)).zip(out.chunks_exact_mut(p.bins())) {
            for (at, y) in out.iter_mut().enumerate() {
                let (ph, pw) = (at / p.pooled[1], at % p.pooled[1]);
                *y = rows.sum(plane, p.size[1], ph, &columns, pw) / count;
            }
        }
    });
}

/// As [`roi_align`], but bin `(h, w)` of output channel `c` looks at input channel `(c·height + h)·width + w`, which
/// goes to `channel`.
pub fn ps_roi_align<T: Float + Send + Sync>(
    p: &RoiParams,
    input: &[T],
    rois: &[Roi<T>],
    out: &mut [T],
    channel: &mut [i32],
) {
    let per_roi = p.channels / p.bins() * p.bins();
    parallel_chunks2((out, per_roi), (channel, per_roi), &|r, out, channel| {
        let roi = &rois[r];
        let image = &input[image_of(roi) * p.channels * p.plane()..][..p.channels * p.plane()];
        let [rows, columns] = [0, 1].map(|dim| Samples::new(p, roi, dim, 0.5, false));
        let count = number::<T>(rows.count * columns.count);
        for (at, (y, channel)) in out.iter_mut().zip(channel).enumerate() {
            let (ph, pw) = (at % p.bins() / p.pooled[1], at % p.pooled[1]);
            // bins of a channel follow each other, so the position is the input channel
            *channel = at as i32;
            *y = rows.sum(&image[at * p.plane()..][..p.plane()], p.size[1], ph, &columns, pw) / count;
        }
    });
}

/// How much each line of the image counts in each bin of one dimension: samples are bilinear, so the sum over a bin is
/// that over lines of sums over columns.
struct Samples<T> {
    /// Line and weight, bin after bin.
    lines: Vec<(usize, T)>,
    ends: Vec<usize>,
    /// Samples in each bin, inside the image or not.
    count: f64,
}

impl<T: Float> Samples<T> {
    fn new(p: &RoiParams, roi: &Roi<T>, dim: usize, shift: f64, at_least_one: bool) -> Samples<T> {
        let (scale, shift, size) = (number::<T>(p.scale), number::<T>(shift), p.size[dim]);
        let (start, end) = (roi[2 - dim] * scale - shift, roi[4 - dim] * scale - shift);
        let length = if at_least_one { larger(end - start, T::one()) } else { end - start };
        let bins = number::<T>(p.pooled[dim] as f64);
        let bin = length / bins;
        let count = if p.sampling > 0 { number(p.sampling as f64) } else { (length / bins).ceil() };
        let (mut lines, mut ends): (Vec<(usize, T)>, Vec<usize>) = (Vec::new(), Vec::new());
        let limit = number::<T>(size as f64);
        let mut total = vec![T::zero(); size];
        for i in 0..p.pooled[dim] {
            total.fill(T::zero());
            let first = start + number::<T>(i as f64) * bin;
            let place = |k: T| first + (k + number(0.5)) * bin / count;
            // samples before the image count as zeros: begin where it does
            let mut k = T::zero();
            if place(k) < -T::one() && bin > T::zero() {
                k = larger(k, ((-T::one() - first) / bin * count - T::one()).floor());
            }
            while k < count {
                let x = place(k);
                if x > limit || x.is_nan() {
                    break;
                }
                let next = k + T::one();
                if x >= -T::one() && size > 0 {
                    let x = larger(x, T::zero());
                    let low = x.to_usize().unwrap_or(0);
                    if low + 1 >= size {
                        total[size - 1] = total[size - 1] + T::one();
                    } else {
                        let ahead = x - number(low as f64);
                        total[low] = total[low] + (T::one() - ahead);
                        total[low + 1] = total[low + 1] + ahead;
                    }
                }
                if next == k {
                    break;
                }
                k = next;
            }
            lines.extend(total.iter().copied().enumerate().filter(|(_, weight)| *weight != T::zero()));
            ends.push(lines.len());
        }
        Samples { lines, ends, count: count.to_f64().unwrap_or(0.0) }
    }

    fn of(&self, bin: usize) -> &[(usize, T)] {
        &self.lines[if bin == 0 { 0 } else { self.ends[bin - 1] }..self.ends[bin]]
    }

    fn sum(&self, plane: &[T], width: usize, bin: usize, columns: &Samples<T>, column: usize) -> T {
        let columns = columns.of(column);
        self.of(bin).iter().fold(T::zero(), |sum, (line, weight)| {
            let line = &plane[line * width..][..width];
            sum + *weight * columns.iter().fold(T::zero(), |sum, (at, weight)| sum + *weight * line[*at])
        })
    }
}

/// The largest element of each bin, 0 for an empty one, and its place in the plane or -1.
pub fn roi_pool<T: Float + Send + Sync>(
    p: &RoiParams,
    input: &[T],
    rois: &[Roi<T>],
    out: &mut [T],
    places: &mut [i32],
) {
    let per_roi = p.channels * p.bins();
    parallel_chunks2((out, per_roi), (places, per_roi), &|r, out, places| {
        let roi = &rois[r];
        let image = &input[image_of(roi) * p.channels * p.plane()..][..p.channels * p.plane()];
        let [rows, columns] = [0, 1].map(|dim| whole_bins(p, roi, dim, 1, p.size[dim]));
        for (at, (y, place)) in out.iter_mut().zip(places).enumerate() {
            let (rows, columns) = (&rows[at % p.bins() / p.pooled[1]], &columns[at % p.pooled[1]]);
            let plane = &image[at / p.bins() * p.plane()..][..p.plane()];
            let empty = rows.is_empty() || columns.is_empty();
            (*y, *place) = (if empty { T::zero() } else { number(-f64::from(f32::MAX)) }, -1);
            for h in rows.clone() {
                for w in columns.clone() {
                    let here = h * p.size[1] + w;
                    if plane[here] > *y && !empty {
                        (*y, *place) = (plane[here], here as i32);
                    }
                }
            }
        }
    });
}

/// The mean of each bin, 0 for an empty one, with the channels of [`ps_roi_align`].
pub fn ps_roi_pool<T: Float + Send + Sync>(
    p: &RoiParams,
    input: &[T],
    rois: &[Roi<T>],
    out: &mut [T],
    channel: &mut [i32],
) {
    let per_roi = p.channels / p.bins() * p.bins();
    parallel_chunks2((out, per_roi), (channel, per_roi), &|r, out, channel| {
        let roi = &rois[r];
        let image = &input[image_of(roi) * p.channels * p.plane()..][..p.channels * p.plane()];
        let [rows, columns] = [0, 1].map(|dim| whole_bins(p, roi, dim, 0, p.size[dim].saturating_sub(1)));
        for (at, (y, channel)) in out.iter_mut().zip(channel).enumerate() {
            let (rows, columns) = (&rows[at % p.bins() / p.pooled[1]], &columns[at % p.pooled[1]]);
            let plane = &image[at * p.plane()..][..p.plane()];
            *channel = at as i32;
            let lines = rows.clone().map(|h| &plane[h * p.size[1]..][columns.clone()]);
            let sum = lines.flatten().fold(T::zero(), |sum, x| sum + *x);
            let area = rows.len() * columns.len();
            *y = if area == 0 { T::zero() } else { sum / number(area as f64) };
        }
    });
}

/// The elements of each bin in one dimension, where boxes are rounded to whole elements; `extra` is the length of a box
/// that starts where it ends.
fn whole_bins<T: Float>(
    p: &RoiParams,
    roi: &Roi<T>,
    dim: usize,
    extra: i64,
    limit: usize,
) -> Vec<std::ops::Range<usize>> {
    let scale = number::<T>(p.scale);
    let whole = |x: T| (x * scale).round().to_i64().unwrap_or(0);
    let (start, end) = (whole(roi[2 - dim]), whole(roi[4 - dim]));
    let length = end.saturating_sub(start).saturating_add(extra).max(1);
    let bin = number::<T>(length as f64) / number(p.pooled[dim] as f64);
    let clamp = |x: T| x.to_i64().unwrap_or(0).saturating_add(start).clamp(0, limit as i64) as usize;
    let edges = (0..p.pooled[dim]).map(|i| number::<T>(i as f64));
    edges.map(|i| clamp((i * bin).floor())..clamp(((i + T::one()) * bin).ceil())).collect()
}

fn number<T: Float>(x: f64) -> T {
    T::from(x).unwrap_or_else(T::nan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_boxes() {
        let boxes = [[0.0f32, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.9], [5.0, 5.0, 6.0, 6.0], [0.0, 0.0, 2.0, 1.0]];
        for (order, threshold, kept) in [
            (&[0, 1, 2, 3][..], 0.5, vec![0, 2, 3]),
            (&[3, 2, 1, 0], 0.5, vec![3, 2, 0]),
            (&[0, 1, 2, 3], 0.4, vec![0, 2]),
            (&[], 0.4, vec![]),
        ] {
            assert_eq!(suppress(&boxes, order, threshold), kept, "{order:?} {threshold}");
        }
    }

    #[test]
    fn bins() {
        let image: Vec<f32> = (0..16).map(|x| x as f32).collect();
        let p = RoiParams { channels: 1, size: [4, 4], pooled: [2, 2], scale: 1.0, sampling: 0 };
        let mut y = [0.0; 4];
        roi_align(&p, true, &image, &[[0.0, 0.0, 0.0, 4.0, 4.0]], &mut y);
        assert_eq!(y, [2.5, 4.5, 10.5, 12.5]);
        let mut places = [0; 4];
        roi_pool(&p, &image, &[[0.0, 0.0, 0.0, 3.0, 9.0]], &mut y, &mut places);
        assert_eq!((y, places), ([13.0, 15.0, 0.0, 0.0], [13, 15, -1, -1]));
        roi_align(&p, true, &image, &[[0.0, -1e30, 0.0, 1e30, 4.0]], &mut y);
    }
}
