//! Quantized images in another size, between their pixels. In the order and with the roundings of PyTorch's loops: halves
//! are frequent here, and the last bit decides them.

use super::quant::{quantum_of, Quantum, VECTOR};

/// Where a place of the result lies along one dimension of the source: between two places, and what each weighs.
#[derive(Clone, Copy)]
pub struct Between {
    at: [usize; 2],
    weights: [f32; 2],
}

/// The places of a result of length `out` in a source of length `n > 0`, `ratio` apart. `fused`: multiplied and added with
/// one rounding.
pub fn between(n: usize, out: usize, ratio: f32, align_corners: bool, fused: bool) -> Vec<Between> {
    let place = |i: usize| {
        let i = i as f32;
        let source = match (align_corners, fused) {
            (true, _) => ratio * i,
            (false, true) => multiply_add(i + 0.5, ratio, -0.5),
            (false, false) => (i + 0.5) * ratio - 0.5,
        };
        let source = source.max(0.0);
        let first = (source as usize).min(n - 1);
        let rest = source - first as f32;
        Between { at: [first, (first + 1).min(n - 1)], weights: [1.0 - rest, rest] }
    };
    (0..out).map(place).collect()
}

/// Row-major planes, `columns_in` wide.
pub fn planes<Q: Quantum>(
    source: &[Q],
    (rows_in, columns_in): (usize, usize),
    rows: &[Between],
    columns: &[Between],
    zero: i32,
    out: &mut [Q],
) {
    let size = rows.len() * columns.len();
    if size == 0 {
        return;
    }
    for (plane, out) in source.chunks(rows_in * columns_in).zip(out.chunks_mut(size)) {
        for (r, out) in rows.iter().zip(out.chunks_mut(columns.len())) {
            let line = |i: usize| &plane[r.at[i] * columns_in..][..columns_in];
            let (above, below) = (line(0), line(1));
            for (c, slot) in columns.iter().zip(out) {
                let along =
                    |line: &[Q]| c.weights[0] * line[c.at[0]].get() as f32 + c.weights[1] * line[c.at[1]].get() as f32;
                let value = r.weights[0] * along(above) + r.weights[1] * along(below);
                *slot = quantum_of(value - zero as f32, zero);
            }
        }
    }
}

/// Pixels of `channels` numbers side by side. PyTorch's vectors and what they leave over fuse different products.
pub fn pixels<Q: Quantum>(
    source: &[Q],
    (rows_in, columns_in, channels): (usize, usize, usize),
    rows: &[Between],
    columns: &[Between],
    zero: i32,
    out: &mut [Q],
) {
    let size = rows.len() * columns.len() * channels;
    if size == 0 {
        return;
    }
    let width = VECTOR / std::mem::size_of::<Q>();
    let vectors = channels / width * width;
    for (image, out) in source.chunks(rows_in * columns_in * channels).zip(out.chunks_mut(size)) {
        let mut out = out.chunks_mut(channels);
        for r in rows {
            for (c, out) in columns.iter().zip(&mut out) {
                let pixel = |i: usize, j: usize| &image[(r.at[i] * columns_in + c.at[j]) * channels..][..channels];
                let four = [pixel(0, 0), pixel(0, 1), pixel(1, 0), pixel(1, 1)];
                for (channel, slot) in out.iter_mut().enumerate() {
                    let [a, b, d, e] = four.map(|pixel| pixel[channel].get() as f32);
                    let sum = |x: f32, y: f32, [first, second]: [f32; 2]| match channel < vectors {
                        true => multiply_add(second, y, first * x),
                        false => multiply_add(first, x, second * y),
                    };
                    let value = sum(sum(a, b, c.weights), sum(d, e, c.weights), r.weights);
                    *slot = quantum_of(value - zero as f32, zero);
                }
            }
        }
    }
}

/// `a · b + c`, rounded once; in f64, where the product is exact.
fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
    (f64::from(a) * f64::from(b) + f64::from(c)) as f32
}
