//! Resampling along one dimension: every output is a weighted sum of a few inputs.

use super::threads::{get_num_threads, parallel_chunks};

/// Which inputs each output takes, and how much of them. Output `o` uses entries `ends[o - 1]..ends[o]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taps<W> {
    pub places: Vec<usize>,
    pub weights: Vec<W>,
    pub ends: Vec<usize>,
}

impl<W: Copy> Taps<W> {
    pub fn outputs(&self) -> usize {
        self.ends.len()
    }

    pub fn push(&mut self, place: usize, weight: W) {
        self.places.push(place);
        self.weights.push(weight);
    }

    /// What was pushed since the last call belongs to one output.
    pub fn end(&mut self) {
        self.ends.push(self.places.len());
    }

    fn of(&self, o: usize) -> (&[usize], &[W]) {
        let range = if o == 0 { 0 } else { self.ends[o - 1] }..self.ends[o];
        (&self.places[range.clone()], &self.weights[range])
    }

    /// The number of entries of every output, if it is the same for all.
    fn even(&self) -> Option<usize> {
        let count = *self.ends.first()?;
        self.ends.iter().enumerate().all(|(i, end)| *end == (i + 1) * count).then_some(count)
    }

    /// The way back: which outputs each of `inputs` inputs went into, and with what weight.
    ///
    /// # Panics
    /// If a place is not below `inputs`.
    pub fn transposed(&self, inputs: usize) -> Taps<W> {
        let mut went = vec![Vec::new(); inputs];
        for o in 0..self.outputs() {
            let (places, weights) = self.of(o);
            places.iter().zip(weights).for_each(|(place, weight)| went[*place].push((o, *weight)));
        }
        let mut taps = Taps { places: Vec::new(), weights: Vec::new(), ends: Vec::new() };
        for list in went {
            list.into_iter().for_each(|(place, weight)| taps.push(place, weight));
            taps.end();
        }
        taps
    }

    pub fn map<V>(self, f: impl Fn(W) -> V) -> Taps<V> {
        Taps { places: self.places, weights: self.weights.into_iter().map(f).collect(), ends: self.ends }
    }
}

/// What can be resampled: `W` are the weights, `A` the sums.
pub trait Sample<W: Copy>: Copy + Send + Sync {
    type Sum: Copy;
    fn start(bits: u32) -> Self::Sum;
    #[must_use]
    fn add(sum: Self::Sum, x: Self, weight: W) -> Self::Sum;
    fn finish(sum: Self::Sum, bits: u32) -> Self;
}

macro_rules! float {
    ($($t:ty)*) => { $(
        impl Sample<$t> for $t {
            type Sum = $t;
            fn start(_: u32) -> $t {
                0.0
            }
            fn add(sum: $t, x: $t, weight: $t) -> $t {
                sum + x * weight
            }
            fn finish(sum: $t, _: u32) -> $t {
                sum
            }
        }
    )* };
}
float!(f32 f64);

/// Weights are integers, `1 << bits` standing for 1; results are rounded and clamped.
impl Sample<i32> for u8 {
    type Sum = i32;
    fn start(bits: u32) -> i32 {
        (1 << bits) >> 1
    }
    fn add(sum: i32, x: u8, weight: i32) -> i32 {
        sum.wrapping_add(weight.wrapping_mul(x as i32))
    }
    fn finish(sum: i32, bits: u32) -> u8 {
        (sum >> bits).clamp(0, 255) as u8
    }
}

/// Resamples the middle dimension of `[outer, size, inner]`. `bits` is for integers.
///
/// # Panics
/// If a place lies outside, or the slices do not fit.
pub fn resample<W: Copy + Sync, T: Sample<W>>(
    input: &[T],
    size: usize,
    inner: usize,
    taps: &Taps<W>,
    bits: u32,
    out: &mut [T],
) {
    let (block, out_block) = (size * inner, taps.outputs() * inner);
    if out.is_empty() {
        return;
    }
    assert!(out.len().is_multiple_of(out_block), "whole rows");
    assert_eq!(input.len(), out.len() / out_block * block, "input and output differ in their rows");
    let serial = out.len() < SERIAL;
    if inner == 1 {
        let rows = out.len() / out_block;
        let together = if serial { rows } else { rows.div_ceil(get_num_threads() * 4) };
        let even = taps.even();
        parallel_chunks(out, together * out_block, &|part, out| {
            for (i, out) in out.chunks_exact_mut(out_block).enumerate() {
                let row = &input[(part * together + i) * block..][..block];
                match even {
                    Some(2) => row_of::<W, T, 2>(row, taps, bits, out),
                    Some(4) => row_of::<W, T, 4>(row, taps, bits, out),
                    _ => row_of_any(row, taps, bits, out),
                }
            }
        });
        return;
    }
    // One output place at a time: a weighted sum of whole rows.
    let places = out.len() / inner;
    let together = if serial { places } else { places.div_ceil(get_num_threads() * 4) };
    parallel_chunks(out, together * inner, &|part, out| {
        for (i, out) in out.chunks_exact_mut(inner).enumerate() {
            let at = part * together + i;
            let (outer, o) = (at / taps.outputs(), at % taps.outputs());
            let rows = &input[outer * block..][..block];
            let (places, weights) = taps.of(o);
            match *places {
                [a, b] => {
                    let (a, b) = (&rows[a * inner..][..inner], &rows[b * inner..][..inner]);
                    let (v, w) = (weights[0], weights[1]);
                    for ((y, a), b) in out.iter_mut().zip(a).zip(b) {
                        *y = T::finish(T::add(T::add(T::start(bits), *a, v), *b, w), bits);
                    }
                }
                _ => {
                    for (part, out) in out.chunks_mut(STRIP).enumerate() {
                        let mut sums = [T::start(bits); STRIP];
                        let sums = &mut sums[..out.len()];
                        for (place, weight) in places.iter().zip(weights) {
                            let row = &rows[place * inner + part * STRIP..][..sums.len()];
                            sums.iter_mut().zip(row).for_each(|(sum, x)| *sum = T::add(*sum, *x, *weight));
                        }
                        out.iter_mut().zip(sums).for_each(|(y, sum)| *y = T::finish(*sum, bits));
                    }
                }
            }
        }
    });
}

fn row_of<W: Copy, T: Sample<W>, const N: usize>(row: &[T], taps: &Taps<W>, bits: u32, out: &mut [T]) {
    let (places, _) = taps.places.as_chunks::<N>();
    let (weights, _) = taps.weights.as_chunks::<N>();
    for ((y, places), weights) in out.iter_mut().zip(places).zip(weights) {
        let mut sum = T::start(bits);
        for i in 0..N {
            sum = T::add(sum, row[places[i]], weights[i]);
        }
        *y = T::finish(sum, bits);
    }
}

fn row_of_any<W: Copy, T: Sample<W>>(row: &[T], taps: &Taps<W>, bits: u32, out: &mut [T]) {
    for (o, y) in out.iter_mut().enumerate() {
        let (places, weights) = taps.of(o);
        let sum = places.iter().zip(weights).fold(T::start(bits), |sum, (place, w)| T::add(sum, row[*place], *w));
        *y = T::finish(sum, bits);
    }
}

const STRIP: usize = 64;
/// Elements under which one thread is as fast.
const SERIAL: usize = 1 << 14;

#[cfg(test)]
mod tests {
    use super::*;

    fn taps<W: Copy>(lists: &[&[(usize, W)]]) -> Taps<W> {
        let mut taps = Taps { places: vec![], weights: vec![], ends: vec![] };
        for list in lists {
            list.iter().for_each(|(place, weight)| taps.push(*place, *weight));
            taps.end();
        }
        taps
    }

    #[test]
    fn rows_and_blocks() {
        let two = taps(&[&[(0, 1.0f32), (1, 0.0)], &[(0, 0.5), (1, 0.5)], &[(1, 0.25), (2, 0.75)]]);
        let mut y = vec![0.0; 3];
        resample(&[2.0, 4.0, 8.0], 3, 1, &two, 0, &mut y);
        assert_eq!(y, [2.0, 3.0, 7.0]);
        let mut y = vec![0.0; 6];
        resample(&[2.0, 0.0, 4.0, 1.0, 8.0, 2.0], 3, 2, &two, 0, &mut y);
        assert_eq!(y, [2.0, 0.0, 3.0, 0.5, 7.0, 1.75]);
        let odd = taps(&[&[(0, 1.0f32)], &[(0, 0.5), (1, 0.25), (2, 0.25)]]);
        let mut y = vec![0.0; 4];
        resample(&[2.0, 0.0, 4.0, 1.0, 8.0, 2.0], 3, 2, &odd, 0, &mut y);
        assert_eq!(y, [2.0, 0.0, 4.0, 0.75]);
    }

    #[test]
    fn bytes_are_rounded_and_clamped() {
        let weights = taps(&[&[(0, 8), (1, 8)], &[(0, 24), (1, -8)], &[(0, -8), (1, 24)]]);
        let mut y = vec![0; 3];
        resample(&[3u8, 250], 2, 1, &weights, 4, &mut y);
        assert_eq!(y, [127, 0, 255]);
    }
}
