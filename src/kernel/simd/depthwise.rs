//! One channel convolved with its own filter.

use super::vector::Vector;
use super::{isa, Isa};

/// `out` has a multiple of this many elements.
pub const CHUNK: usize = 16;
/// Elements computed at a time while there are as many.
const BLOCK: usize = 64;

/// Element types with a depthwise kernel.
pub trait DepthwiseElement: Copy {
    /// `out[i] = start + Σ_t weight_t · source[offset_t + i]`, then clamped, for taps `(offset, weight)`.
    ///
    /// # Panics
    /// If `out` is not a multiple of [`CHUNK`] long, or `source` does not reach to `offset + out.len()`.
    fn depthwise(source: &[Self], taps: &[(usize, Self)], start: Self, clamp: Option<(Self, Self)>, out: &mut [Self]);
}

/// # Safety
/// The instruction set of `V`; lengths as in [`DepthwiseElement::depthwise`]; `NB * V::N == BLOCK`, `NC * V::N == CHUNK`.
#[inline(always)]
unsafe fn depthwise<V: Vector, const NB: usize, const NC: usize>(
    source: &[V::T],
    taps: &[(usize, V::T)],
    start: V::T,
    clamp: Option<(V::T, V::T)>,
    out: &mut [V::T],
) {
    let (blocks, rest) = out.split_at_mut(out.len() / BLOCK * BLOCK);
    // SAFETY: passed on to the caller.
    unsafe {
        steps::<V, NB>(source, taps, start, clamp, blocks);
        steps::<V, NC>(&source[blocks.len()..], taps, start, clamp, rest);
    }
}

/// # Safety
/// As above; `out` has a multiple of `NV * V::N` elements.
#[inline(always)]
unsafe fn steps<V: Vector, const NV: usize>(
    source: &[V::T],
    taps: &[(usize, V::T)],
    start: V::T,
    clamp: Option<(V::T, V::T)>,
    out: &mut [V::T],
) {
    for (chunk, out) in out.chunks_exact_mut(NV * V::N).enumerate() {
        // SAFETY: offset + out.len() <= source.len() for all taps, and this part of `out` has NV vectors.
        unsafe {
            let from = source.as_ptr().add(chunk * NV * V::N);
            let mut acc = [V::splat(start); NV];
            for &(offset, weight) in taps {
                let (p, w) = (from.add(offset), V::splat(weight));
                for (i, x) in acc.iter_mut().enumerate() {
                    *x = w.fma(V::load(p.add(i * V::N)), *x);
                }
            }
            if let Some((low, high)) = clamp {
                let (low, high) = (V::splat(low), V::splat(high));
                for x in &mut acc {
                    *x = high.min(low.max(*x));
                }
            }
            for (i, x) in acc.iter().enumerate() {
                x.store(out.as_mut_ptr().add(i * V::N));
            }
        }
    }
}

macro_rules! entry {
    ($(#[$feature:meta])? $name:ident: $v:ty, $t:ty) => {
        $(#[$feature])?
        pub(super) unsafe fn $name(
            source: &[$t],
            taps: &[(usize, $t)],
            start: $t,
            clamp: Option<($t, $t)>,
            out: &mut [$t],
        ) {
            // SAFETY: passed on to the caller.
            unsafe { depthwise::<$v, { BLOCK / <$v as Vector>::N }, { CHUNK / <$v as Vector>::N }>(
                    source, taps, start, clamp, out,
                ) }
        }
    };
}

entry!(f32_portable: [f32; 4], f32);
entry!(f64_portable: [f64; 2], f64);

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::*;
    use std::arch::x86_64::*;
    entry!(#[target_feature(enable = "avx512f")] f32_avx512: __m512, f32);
    entry!(#[target_feature(enable = "avx512f")] f64_avx512: __m512d, f64);
    entry!(#[target_feature(enable = "avx2,fma")] f32_avx2: __m256, f32);
    entry!(#[target_feature(enable = "avx2,fma")] f64_avx2: __m256d, f64);
}

#[cfg(not(target_arch = "x86_64"))]
mod x86 {
    pub(super) use super::{f32_portable as f32_avx2, f32_portable as f32_avx512};
    pub(super) use super::{f64_portable as f64_avx2, f64_portable as f64_avx512};
}

macro_rules! element {
    ($t:ty, $portable:ident, $avx2:ident, $avx512:ident) => {
        impl DepthwiseElement for $t {
            fn depthwise(s: &[$t], taps: &[(usize, $t)], start: $t, clamp: Option<($t, $t)>, out: &mut [$t]) {
                assert_eq!(out.len() % CHUNK, 0);
                assert!(taps.iter().all(|(offset, _)| offset.checked_add(out.len()).is_some_and(|end| end <= s.len())));
                // SAFETY: lengths are checked above, the instruction set by `isa`.
                unsafe {
                    match isa() {
                        Isa::Avx512 => x86::$avx512(s, taps, start, clamp, out),
                        Isa::Avx2 => x86::$avx2(s, taps, start, clamp, out),
                        Isa::Portable => $portable(s, taps, start, clamp, out),
                    }
                }
            }
        }
    };
}

element!(f32, f32_portable, f32_avx2, f32_avx512);
element!(f64, f64_portable, f64_avx2, f64_avx512);
