//! Planes whose every place is a place of the input: padding by reflection or repetition, nearest neighbours.
//!
//! A plane has `[depth, height, width]` places; each holds `inner` elements.

use super::threads::{get_num_threads, parallel_chunks};

/// `out[d][h][w] = input[maps[0][d]][maps[1][h]][maps[2][w]]`, for every plane.
///
/// # Panics
/// If a map leads outside, or the slices do not hold the same number of planes.
pub fn remap<T: Copy + Send + Sync>(input: &[T], size: [usize; 3], inner: usize, maps: [&[usize]; 3], out: &mut [T]) {
    let [depths, heights, widths] = maps;
    let (row, out_row) = (size[2] * inner, widths.len() * inner);
    let (plane, rows) = (size[0] * size[1], depths.len() * heights.len());
    if out.is_empty() {
        return;
    }
    assert!(out.len().is_multiple_of(rows * out_row), "whole planes");
    assert_eq!(input.len(), out.len() / (rows * out_row) * plane * row, "input and output differ in their planes");
    let run = longest_run(widths);
    let total = out.len() / out_row;
    let together = if out.len() < SERIAL { total } else { total.div_ceil(get_num_threads() * 4) };
    parallel_chunks(out, together * out_row, &|part, out| {
        for (i, out) in out.chunks_exact_mut(out_row).enumerate() {
            let at = part * together + i;
            let (p, d, h) = (at / rows, at % rows / heights.len(), at % heights.len());
            let input = &input[(p * plane + depths[d] * size[1] + heights[h]) * row..][..row];
            let body = run.start * inner..run.end * inner;
            if !run.is_empty() {
                let from = widths[run.start] * inner;
                out[body.clone()].copy_from_slice(&input[from..from + body.len()]);
            }
            pick(input, inner, &widths[..run.start], &mut out[..body.start]);
            pick(input, inner, &widths[run.end..], &mut out[body.end..]);
        }
    });
}

fn pick<T: Copy>(input: &[T], inner: usize, map: &[usize], out: &mut [T]) {
    if inner == 1 {
        out.iter_mut().zip(map).for_each(|(y, from)| *y = input[*from]);
    } else {
        let blocks = out.chunks_exact_mut(inner.max(1)).zip(map);
        blocks.for_each(|(y, from)| y.copy_from_slice(&input[from * inner..][..inner]));
    }
}

/// Where the map counts up by one for longest.
fn longest_run(map: &[usize]) -> std::ops::Range<usize> {
    let (mut best, mut start) = (0..0, 0);
    for i in 1..=map.len() {
        if i == map.len() || map[i] != map[i - 1] + 1 {
            if i - start > best.len() {
                best = start..i;
            }
            start = i;
        }
    }
    best
}

/// Elements under which one thread is as fast.
const SERIAL: usize = 1 << 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_blocks() {
        let x: Vec<u8> = (0..12).collect();
        let mut y = vec![0; 2 * 2 * 5];
        remap(&x, [1, 2, 3], 1, [&[0], &[1, 0], &[1, 0, 1, 2, 1]], &mut y);
        assert_eq!(y, [4, 3, 4, 5, 4, 1, 0, 1, 2, 1, 10, 9, 10, 11, 10, 7, 6, 7, 8, 7]);
        let mut y = vec![0; 8];
        remap(&x, [1, 1, 6], 2, [&[0], &[0], &[5, 0, 1, 1]], &mut y);
        assert_eq!(y, [10, 11, 0, 1, 2, 3, 2, 3]);
    }

    #[test]
    fn runs() {
        for (map, run) in [(&[2, 1, 0, 1, 2, 3, 2][..], 2..6), (&[0, 0, 1, 1], 1..3), (&[], 0..0), (&[7], 0..1)] {
            assert_eq!(longest_run(map), run, "{map:?}");
        }
    }
}
