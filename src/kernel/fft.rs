//! Fourier transforms along one dimension of row-major data. Nothing is scaled.

use std::sync::Arc;

use num_complex::Complex;
use parking_lot::Mutex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftNum, FftPlanner};

use crate::base::threads::{parallel_chunks, parallel_chunks2};

/// Transforms the middle dimension of `data`, an array of shape `[…, n, inner]`, in place.
pub fn c2c<T: FftFloat>(data: &mut [Complex<T>], n: usize, inner: usize, forward: bool) {
    if data.is_empty() || n < 2 {
        return;
    }
    let plan = T::plans().complex(n, forward);
    if inner == 1 {
        let rows = (GRAIN / n).max(1);
        parallel_chunks(data, rows * n, &|_, chunk| {
            let mut scratch = vec![Complex::default(); plan.get_inplace_scratch_len()];
            plan.process_with_scratch(chunk, &mut scratch);
        });
        return;
    }
    parallel_chunks(data, n * inner, &|_, slab| {
        let lanes = LANES.min(inner);
        let mut block = vec![Complex::default(); n * lanes];
        let mut scratch = vec![Complex::default(); plan.get_inplace_scratch_len()];
        for first in (0..inner).step_by(lanes) {
            let lanes = lanes.min(inner - first);
            let block = &mut block[..n * lanes];
            for (i, row) in slab.chunks_exact(inner).enumerate() {
                for (lane, value) in row[first..first + lanes].iter().enumerate() {
                    block[lane * n + i] = *value;
                }
            }
            plan.process_with_scratch(block, &mut scratch);
            for (i, row) in slab.chunks_exact_mut(inner).enumerate() {
                for (lane, value) in row[first..first + lanes].iter_mut().enumerate() {
                    *value = block[lane * n + i];
                }
            }
        }
    });
}

/// Transforms rows of `n` real numbers. An output row has `n / 2 + 1` numbers, or `n` with the second half filled by
/// symmetry; `out` says which by its length.
pub fn r2c<T: FftFloat>(input: &[T], n: usize, out: &mut [Complex<T>]) {
    let rows = input.len() / n.max(1);
    if rows == 0 {
        return;
    }
    let width = out.len() / rows;
    let half = n / 2 + 1;
    let plan = T::plans().forward(n);
    let step = (GRAIN / n).max(1);
    parallel_chunks(out, step * width, &|part, chunk| {
        let mut row = vec![T::zero(); n];
        let mut scratch = vec![Complex::default(); plan.get_scratch_len()];
        for (i, out) in chunk.chunks_exact_mut(width).enumerate() {
            row.copy_from_slice(&input[(part * step + i) * n..][..n]);
            // lengths are the plan's, so this cannot fail
            let _ = plan.process_with_scratch(&mut row, &mut out[..half], &mut scratch);
            for k in half..width {
                out[k] = out[n - k].conj();
            }
        }
    });
}

/// Transforms rows of `n / 2 + 1` complex numbers, the first half of a conjugate-symmetric row, back to `n` real ones.
pub fn c2r<T: FftFloat>(input: &mut [Complex<T>], n: usize, out: &mut [T]) {
    let half = n / 2 + 1;
    if n == 0 || input.is_empty() {
        return;
    }
    let plan = T::plans().inverse(n);
    let step = (GRAIN / n).max(1);
    parallel_chunks2((input, step * half), (out, step * n), &|_, input, out| {
        let mut scratch = vec![Complex::default(); plan.get_scratch_len()];
        for (input, out) in input.chunks_exact_mut(half).zip(out.chunks_exact_mut(n)) {
            // what symmetry makes real
            input[0].im = T::zero();
            if n % 2 == 0 {
                input[half - 1].im = T::zero();
            }
            let _ = plan.process_with_scratch(input, out, &mut scratch);
        }
    });
}

/// Adds up frames of `n` points that start `hop` apart: `frames` is `[batch, count, n]`, `out` is `[batch, total]` and
/// zero before.
pub fn overlap_add<T: Copy + Send + Sync + std::ops::AddAssign>(
    frames: &[T],
    [count, n]: [usize; 2],
    hop: usize,
    total: usize,
    out: &mut [T],
) {
    parallel_chunks(out, total, &|batch, out| {
        let frames = &frames[batch * count * n..][..count * n];
        for (i, frame) in frames.chunks_exact(n).enumerate() {
            for (slot, value) in out[i * hop..].iter_mut().zip(frame) {
                *slot += *value;
            }
        }
    });
}

/// A float type that transforms are computed in.
pub trait FftFloat: FftNum + Default {
    fn plans() -> &'static Plans<Self>;
}

macro_rules! fft_float {
    ($($t:ty),*) => { $(
        impl FftFloat for $t {
            fn plans() -> &'static Plans<$t> {
                static PLANS: Plans<$t> = Plans {
                    complex: Mutex::new(Vec::new()),
                    forward: Mutex::new(Vec::new()),
                    inverse: Mutex::new(Vec::new()),
                };
                &PLANS
            }
        }
    )* };
}
fft_float!(f32, f64);

/// The plans made last, by length.
pub struct Plans<T> {
    complex: Mutex<Kept<(usize, bool), dyn Fft<T>>>,
    forward: Mutex<Kept<usize, dyn RealToComplex<T>>>,
    inverse: Mutex<Kept<usize, dyn ComplexToReal<T>>>,
}

type Kept<K, P> = Vec<(K, Arc<P>)>;

impl<T: FftFloat> Plans<T> {
    fn complex(&self, n: usize, forward: bool) -> Arc<dyn Fft<T>> {
        kept(&self.complex, (n, forward), || {
            let mut planner = FftPlanner::new();
            if forward {
                planner.plan_fft_forward(n)
            } else {
                planner.plan_fft_inverse(n)
            }
        })
    }
    fn forward(&self, n: usize) -> Arc<dyn RealToComplex<T>> {
        kept(&self.forward, n, || RealFftPlanner::new().plan_fft_forward(n))
    }
    fn inverse(&self, n: usize) -> Arc<dyn ComplexToReal<T>> {
        kept(&self.inverse, n, || RealFftPlanner::new().plan_fft_inverse(n))
    }
}

fn kept<K: PartialEq + Copy, P: ?Sized>(list: &Mutex<Kept<K, P>>, key: K, make: impl FnOnce() -> Arc<P>) -> Arc<P> {
    if let Some((_, plan)) = list.lock().iter().find(|(k, _)| *k == key) {
        return plan.clone();
    }
    let plan = make();
    let mut list = list.lock();
    if list.len() == MAX_PLANS {
        list.remove(0);
    }
    list.push((key, plan.clone()));
    plan
}

/// Columns that are gathered and transformed together.
const LANES: usize = 8;
/// Numbers per thread below which a call stays on its thread.
const GRAIN: usize = 1 << 14;
const MAX_PLANS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(x: &[Complex<f64>], sign: f64) -> Vec<Complex<f64>> {
        let n = x.len() as f64;
        let turn = |k: usize, i: usize| Complex::from_polar(1.0, sign * std::f64::consts::TAU * (k * i) as f64 / n);
        (0..x.len()).map(|k| x.iter().enumerate().map(|(i, v)| v * turn(k, i)).sum()).collect()
    }
    fn close(a: &[Complex<f64>], b: &[Complex<f64>]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).norm() < 1e-9)
    }
    fn wave(n: usize) -> Vec<Complex<f64>> {
        (0..n).map(|i| Complex::new((i * i % 7) as f64 - 2.5, (i % 5) as f64)).collect()
    }

    #[test]
    fn agrees_with_the_definition() {
        for n in [1, 2, 3, 4, 5, 6, 7, 12, 17, 30, 64] {
            let x = wave(n);
            for (forward, sign) in [(true, -1.0), (false, 1.0)] {
                let mut data = x.clone();
                c2c(&mut data, n, 1, forward);
                assert!(close(&data, &slow(&x, sign)), "c2c {n} {forward}");
            }
            let real: Vec<f64> = x.iter().map(|v| v.re).collect();
            let spectrum = slow(&real.iter().map(|v| Complex::new(*v, 0.0)).collect::<Vec<_>>(), -1.0);
            for width in [n / 2 + 1, n.max(1)] {
                let mut out = vec![Complex::default(); width];
                r2c(&real, n, &mut out);
                assert!(close(&out, &spectrum[..width]), "r2c {n} {width}");
            }
            let mut back = vec![0.0; n];
            c2r(&mut spectrum[..n / 2 + 1].to_vec(), n, &mut back);
            assert!(back.iter().zip(&real).all(|(a, b)| (a / n as f64 - b).abs() < 1e-9), "c2r {n}");
        }
    }

    #[test]
    fn transforms_inner_dimensions() {
        let (n, inner) = (6, 11);
        let x = wave(2 * n * inner);
        let mut data = x.clone();
        c2c(&mut data, n, inner, true);
        for slab in 0..2 {
            for lane in 0..inner {
                let pick = |from: &[Complex<f64>]| -> Vec<Complex<f64>> {
                    (0..n).map(|i| from[(slab * n + i) * inner + lane]).collect()
                };
                assert!(close(&pick(&data), &slow(&pick(&x), -1.0)), "{slab} {lane}");
            }
        }
    }
}
