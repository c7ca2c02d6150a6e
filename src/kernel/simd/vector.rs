//! The few vector operations that hand-written kernels need.

/// A register of `N` elements.
///
/// # Safety
/// All functions need the instruction set of the implementing type; `load` and `store` need `N` elements.
pub(super) trait Vector: Copy {
    type T: Copy;
    const N: usize;
    unsafe fn splat(x: Self::T) -> Self;
    unsafe fn load(p: *const Self::T) -> Self;
    unsafe fn store(self, p: *mut Self::T);
    /// `self * b + c`
    unsafe fn fma(self, b: Self, c: Self) -> Self;
    /// The larger; `other` where one is NaN.
    unsafe fn max(self, other: Self) -> Self;
    /// The smaller; `other` where one is NaN.
    unsafe fn min(self, other: Self) -> Self;
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Vector;
    use std::arch::x86_64::*;

    macro_rules! vector {
        ($name:ident, $t:ty, $n:expr, $splat:ident, $load:ident, $store:ident, $fma:ident, $max:ident, $min:ident) => {
            impl Vector for $name {
                type T = $t;
                const N: usize = $n;
                #[inline(always)]
                unsafe fn splat(x: $t) -> Self {
                    $splat(x)
                }
                #[inline(always)]
                unsafe fn load(p: *const $t) -> Self {
                    $load(p)
                }
                #[inline(always)]
                unsafe fn store(self, p: *mut $t) {
                    $store(p, self)
                }
                #[inline(always)]
                unsafe fn fma(self, b: Self, c: Self) -> Self {
                    $fma(self, b, c)
                }
                #[inline(always)]
                unsafe fn max(self, other: Self) -> Self {
                    $max(self, other)
                }
                #[inline(always)]
                unsafe fn min(self, other: Self) -> Self {
                    $min(self, other)
                }
            }
        };
    }

    vector!(
        __m512,
        f32,
        16,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_fmadd_ps,
        _mm512_max_ps,
        _mm512_min_ps
    );
    vector!(
        __m512d,
        f64,
        8,
        _mm512_set1_pd,
        _mm512_loadu_pd,
        _mm512_storeu_pd,
        _mm512_fmadd_pd,
        _mm512_max_pd,
        _mm512_min_pd
    );
    vector!(
        __m256,
        f32,
        8,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_fmadd_ps,
        _mm256_max_ps,
        _mm256_min_ps
    );
    vector!(
        __m256d,
        f64,
        4,
        _mm256_set1_pd,
        _mm256_loadu_pd,
        _mm256_storeu_pd,
        _mm256_fmadd_pd,
        _mm256_max_pd,
        _mm256_min_pd
    );
}

/// Four `f32` or two `f64` in an array: what the compiler makes of it is the target's own vector unit.
macro_rules! array_vector {
    ($t:ty, $n:expr) => {
        impl Vector for [$t; $n] {
            type T = $t;
            const N: usize = $n;
            #[inline(always)]
            unsafe fn splat(x: $t) -> Self {
                [x; $n]
            }
            #[inline(always)]
            unsafe fn load(p: *const $t) -> Self {
                // SAFETY: the caller gives `N` elements.
                unsafe { p.cast::<Self>().read_unaligned() }
            }
            #[inline(always)]
            unsafe fn store(self, p: *mut $t) {
                // SAFETY: the caller gives `N` elements.
                unsafe { p.cast::<Self>().write_unaligned(self) }
            }
            #[inline(always)]
            unsafe fn fma(self, b: Self, c: Self) -> Self {
                std::array::from_fn(|i| {
                    if cfg!(target_arch = "aarch64") {
                        self[i].mul_add(b[i], c[i])
                    } else {
                        self[i] * b[i] + c[i]
                    }
                })
            }
            #[inline(always)]
            unsafe fn max(self, other: Self) -> Self {
                std::array::from_fn(|i| if self[i] > other[i] { self[i] } else { other[i] })
            }
            #[inline(always)]
            unsafe fn min(self, other: Self) -> Self {
                std::array::from_fn(|i| if self[i] < other[i] { self[i] } else { other[i] })
            }
        }
    };
}

array_vector!(f32, 4);
array_vector!(f64, 2);
