//! Gradients that go back to the places their results came from: windows of space, and places that indices name.

use std::ops::Range;

/// Which places of the input each place of the result took, for every dimension.
pub type Windows = [Vec<Range<usize>>; 3];

/// Gives every place of a window its share of the gradient of the result. Planes are `[depth, height, width]`; results
/// are gone through in order, so that sums are rounded as they grow.
///
/// # Panics
/// If a window leads outside, or the slices do not hold the same number of planes.
pub fn spread<T: Copy>(
    grad: &[T],
    windows: &Windows,
    size: [usize; 3],
    out: &mut [T],
    share: &dyn Fn(T, [usize; 3]) -> T,
    add: fn(T, T) -> T,
) {
    let [depths, heights, widths] = windows;
    let (pixels, results) = (size.iter().product::<usize>(), depths.len() * heights.len() * widths.len());
    if pixels == 0 || results == 0 {
        return;
    }
    for (out, grad) in out.chunks_exact_mut(pixels).zip(grad.chunks_exact(results)) {
        let mut grad = grad.iter();
        for (od, d) in depths.iter().enumerate() {
            for (oh, h) in heights.iter().enumerate() {
                for (ow, w) in widths.iter().enumerate() {
                    let Some(value) = grad.next() else { return };
                    let value = share(*value, [od, oh, ow]);
                    for row in d.clone().flat_map(|d| h.clone().map(move |h| (d * size[1] + h) * size[2])) {
                        out[row + w.start..row + w.end].iter_mut().for_each(|slot| *slot = add(*slot, value));
                    }
                }
            }
        }
    }
}

/// Adds every element of `grad` to the place of its plane of `out` that `places` names.
///
/// # Panics
/// If a place lies outside.
pub fn scatter<T: Copy>(grad: &[T], places: &[i64], planes: usize, out: &mut [T], add: fn(T, T) -> T) {
    let planes = planes.max(1);
    let (small, large) = (grad.len() / planes, out.len() / planes);
    if small == 0 || large == 0 {
        return;
    }
    for ((out, grad), places) in
        out.chunks_exact_mut(large).zip(grad.chunks_exact(small)).zip(places.chunks_exact(small))
    {
        for (value, place) in grad.iter().zip(places) {
            let slot = &mut out[*place as usize];
            *slot = add(*slot, *value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_overlap() {
        let mut out = [0; 4];
        let one = || std::iter::once(0..1).collect::<Vec<_>>();
        let windows = [one(), one(), vec![0..2, 1..3, 2..4]];
        spread(&[1, 2, 4], &windows, [1, 1, 4], &mut out, &|x, at| x * (at[2] as i32 + 1), |a, b| a + b);
        assert_eq!(out, [1, 5, 16, 12]);
        let mut out = [0; 4];
        scatter(&[1, 2, 4, 8], &[1, 1, 0, 1], 2, &mut out, |a, b| a + b);
        assert_eq!(out, [0, 3, 4, 8]);
    }
}
