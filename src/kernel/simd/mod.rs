//! Everything that depends on the instruction set. The public functions are safe and choose the best code for the
//! machine they run on; [`isa`] tells which.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU8, Ordering};

pub mod arc;
pub mod copy;
pub mod depthwise;
pub mod gates;
pub mod linear;
pub mod math;
pub mod reduce;
pub mod rows;
pub mod slices;
pub mod tile;
mod vector;
pub mod wide;

/// The instruction sets that kernels are compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Isa {
    /// What the compilation target has: SSE2 on x86-64, NEON on AArch64.
    Portable = 1,
    /// AVX2, FMA and F16C.
    Avx2 = 2,
    /// AVX-512 F, BW, DQ and VL.
    Avx512 = 3,
}

/// The instruction set that kernels use here. The environment variable `SCONCE_ISA` (`portable`, `avx2`) asks for a
/// smaller one than the machine has.
pub fn isa() -> Isa {
    #[cfg(test)]
    if let Some(isa) = tests::FORCED.with(std::cell::Cell::get) {
        return isa;
    }
    match CHOSEN.load(Ordering::Relaxed) {
        1 => Isa::Portable,
        2 => Isa::Avx2,
        3 => Isa::Avx512,
        _ => {
            let asked = match std::env::var("SCONCE_ISA").as_deref() {
                Ok("portable") => Isa::Portable,
                Ok("avx2") => Isa::Avx2,
                _ => Isa::Avx512,
            };
            let isa = detect().min(asked);
            CHOSEN.store(isa as u8, Ordering::Relaxed);
            isa
        }
    }
}

static CHOSEN: AtomicU8 = AtomicU8::new(0);

#[cfg(target_arch = "x86_64")]
fn detect() -> Isa {
    let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("f16c");
    let avx512 = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl");
    match (avx2, avx512) {
        (true, true) => Isa::Avx512,
        (true, false) => Isa::Avx2,
        _ => Isa::Portable,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn detect() -> Isa {
    Isa::Portable
}

/// How a kernel text computes `a * b + c`: fused where the machine does it in one instruction, in two steps where a
/// fused one would be a library call.
pub trait Mode: Copy {
    fn fma(a: f32, b: f32, c: f32) -> f32;
    fn fma64(a: f64, b: f64, c: f64) -> f64;
}

#[derive(Clone, Copy)]
pub struct Fused;
#[derive(Clone, Copy)]
pub struct Plain;

impl Mode for Fused {
    #[inline(always)]
    fn fma(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
    #[inline(always)]
    fn fma64(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

impl Mode for Plain {
    #[inline(always)]
    fn fma(a: f32, b: f32, c: f32) -> f32 {
        if cfg!(target_arch = "aarch64") {
            a.mul_add(b, c)
        } else {
            a * b + c
        }
    }
    #[inline(always)]
    fn fma64(a: f64, b: f64, c: f64) -> f64 {
        if cfg!(target_arch = "aarch64") {
            a.mul_add(b, c)
        } else {
            a * b + c
        }
    }
}

/// Compiles one text for each instruction set and calls the right one: plain loops in it become vector code.
///
/// `simd_fn! { pub fn twice<M>(x: &mut [f32]) { for v in x { *v = M::fma(*v, 2.0, 0.0); } } }`
///
/// Helpers that the text calls must be `#[inline(always)]`. Usable in any layer: callers and bodies stay safe code.
#[macro_export]
#[doc(hidden)]
macro_rules! simd_fn {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident<$m:ident>($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block)*) => {$(
        $(#[$meta])*
        #[allow(unsafe_code)]
        $vis fn $name($($arg: $ty),*) $(-> $ret)? {
            #[allow(clippy::too_many_arguments, clippy::extra_unused_type_parameters)]
            #[inline(always)]
            fn text<$m: $crate::kernel::simd::Mode>($($arg: $ty),*) $(-> $ret)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")]
                fn avx512($($arg: $ty),*) $(-> $ret)? {
                    text::<$crate::kernel::simd::Fused>($($arg),*)
                }
                #[target_feature(enable = "avx2,fma,f16c")]
                fn avx2($($arg: $ty),*) $(-> $ret)? {
                    text::<$crate::kernel::simd::Fused>($($arg),*)
                }
                match $crate::kernel::simd::isa() {
                    // SAFETY: `isa` has checked these features.
                    $crate::kernel::simd::Isa::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    $crate::kernel::simd::Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    $crate::kernel::simd::Isa::Portable => {}
                }
            }
            text::<$crate::kernel::simd::Plain>($($arg),*)
        }
    )*};
}

/// [`simd_fn`](crate::simd_fn) without a text for AVX-512: for loops that wait for memory, not for arithmetic.
#[macro_export]
#[doc(hidden)]
macro_rules! simd_light_fn {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident<$m:ident>($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block)*) => {$(
        $(#[$meta])*
        #[allow(unsafe_code)]
        $vis fn $name($($arg: $ty),*) $(-> $ret)? {
            #[allow(clippy::too_many_arguments, clippy::extra_unused_type_parameters)]
            #[inline(always)]
            fn text<$m: $crate::kernel::simd::Mode>($($arg: $ty),*) $(-> $ret)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma,f16c")]
                fn avx2($($arg: $ty),*) $(-> $ret)? {
                    text::<$crate::kernel::simd::Fused>($($arg),*)
                }
                if $crate::kernel::simd::isa() >= $crate::kernel::simd::Isa::Avx2 {
                    // SAFETY: `isa` has checked these features.
                    return unsafe { avx2($($arg),*) };
                }
            }
            text::<$crate::kernel::simd::Plain>($($arg),*)
        }
    )*};
}

/// `out[i] = f(a[i], b[i])`, a cache line of each at a time: loops that take more of one before the next keep memory waiting.
#[inline(always)]
pub fn zip2<T: Copy, R, const LINE: usize>(a: &[T], b: &[T], out: &mut [R], f: impl Fn(T, T) -> R) {
    let n = a.len().min(b.len()).min(out.len());
    let (a, a_rest) = a[..n].as_chunks::<LINE>();
    let (b, b_rest) = b[..n].as_chunks::<LINE>();
    let (out, out_rest) = out[..n].as_chunks_mut::<LINE>();
    for (out, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        for i in 0..LINE {
            out[i] = f(a[i], b[i]);
        }
    }
    for (out, (a, b)) in out_rest.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *out = f(*a, *b);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        pub static FORCED: Cell<Option<Isa>> = const { Cell::new(None) };
    }

    /// Runs `test` once for each instruction set of this machine. Applies to this thread only.
    pub(crate) fn for_each_isa(test: impl Fn(Isa)) {
        for isa in [Isa::Portable, Isa::Avx2, Isa::Avx512] {
            if isa <= detect() {
                FORCED.with(|f| f.set(Some(isa)));
                test(isa);
                FORCED.with(|f| f.set(None));
            }
        }
    }

    simd_fn! {
        fn twice<M>(x: &mut [f32]) {
            for v in x {
                *v = M::fma(*v, 2.0, 0.0);
            }
        }
    }

    #[test]
    fn each_isa_runs() {
        for_each_isa(|isa_now| {
            assert_eq!(isa(), isa_now);
            let mut x: Vec<f32> = (0..100).map(|i| i as f32).collect();
            twice(&mut x);
            assert!(x.iter().enumerate().all(|(i, x)| *x == 2.0 * i as f32));
        });
    }
}
