//! Conversions of contiguous elements, as vector code, between the dtypes that meet often. Each gives what
//! [`cast`](crate::base::cast) gives.

use crate::base::{bf16, f16, DType};

macro_rules! pairs {
    ($($from:ident $s:ty => $to:ident $d:ty: $f:ident;)*) => {
        /// Converts `n` elements, or returns false where it has no code for the two dtypes.
        ///
        /// # Safety
        /// Both places must hold `n` aligned elements of their dtypes, not overlap, and nobody else may use the second.
        pub(super) unsafe fn convert(from: DType, src: *const u8, to: DType, dst: *mut u8, n: usize) -> bool {
            if from == to {
                // SAFETY: the caller's promise.
                unsafe { std::ptr::copy_nonoverlapping(src, dst, n * from.itemsize()) };
                return from.per_byte() == 1;
            }
            match (from, to) {
                $((DType::$from, DType::$to) => {
                    // SAFETY: the caller's promise; bools are read and written as bytes, all others are plain numbers.
                    let (src, dst) = unsafe {
                        (
                            std::slice::from_raw_parts(src.cast::<$s>(), n),
                            std::slice::from_raw_parts_mut(dst.cast::<$d>(), n),
                        )
                    };
                    $f(src, dst);
                })*
                _ => return false,
            }
            true
        }
    };
}

pairs! {
    F16 f16 => F32 f32: f16_to_f32;
    BF16 bf16 => F32 f32: bf16_to_f32;
    F64 f64 => F32 f32: f64_to_f32;
    I64 i64 => F32 f32: i64_to_f32;
    I32 i32 => F32 f32: i32_to_f32;
    U8 u8 => F32 f32: u8_to_f32;
    Bool u8 => F32 f32: bool_to_f32;
    F32 f32 => F16 f16: f32_to_f16;
    F32 f32 => BF16 bf16: f32_to_bf16;
    F32 f32 => F64 f64: f32_to_f64;
    F32 f32 => I64 i64: f32_to_i64;
    F32 f32 => I32 i32: f32_to_i32;
    F32 f32 => U8 u8: f32_to_u8;
    F32 f32 => Bool u8: f32_to_bool;
    I64 i64 => F64 f64: i64_to_f64;
    I32 i32 => F64 f64: i32_to_f64;
    F64 f64 => I64 i64: f64_to_i64;
    I32 i32 => I64 i64: i32_to_i64;
    U8 u8 => I64 i64: u8_to_i64;
    Bool u8 => I64 i64: bool_to_i64;
    I64 i64 => I32 i32: i64_to_i32;
    I64 i64 => U8 u8: i64_to_u8;
    I64 i64 => Bool u8: i64_to_bool;
    Bool u8 => U8 u8: bool_to_u8;
    U8 u8 => Bool u8: bool_to_u8;
}

macro_rules! loops {
    ($($name:ident: $s:ty => $d:ty = $f:expr;)*) => {
        crate::simd_fn! {$(
            fn $name<M>(src: &[$s], dst: &mut [$d]) {
                for (d, s) in dst.iter_mut().zip(src) {
                    *d = $f(*s);
                }
            }
        )*}
    };
}

loops! {
    bf16_to_f32: bf16 => f32 = |x: bf16| f32::from_bits(u32::from(x.to_bits()) << 16);
    f64_to_f32: f64 => f32 = |x| x as f32;
    i64_to_f32: i64 => f32 = |x| x as f32;
    i32_to_f32: i32 => f32 = |x| x as f32;
    u8_to_f32: u8 => f32 = f32::from;
    bool_to_f32: u8 => f32 = |x| f32::from(u8::from(x != 0));
    f32_to_bf16: f32 => bf16 = |x: f32| {
        let bits = x.to_bits();
        let rounded = bits.wrapping_add(0x7fff + (bits >> 16 & 1)) >> 16;
        bf16::from_bits(if x.is_nan() { (bits >> 16) as u16 | 0x40 } else { rounded as u16 })
    };
    f32_to_f64: f32 => f64 = f64::from;
    f32_to_i64: f32 => i64 = whole;
    f32_to_i32: f32 => i32 = whole_short;
    f32_to_u8: f32 => u8 = |x| whole(x) as u8;
    f32_to_bool: f32 => u8 = |x| u8::from(x != 0.0);
    i64_to_f64: i64 => f64 = |x| x as f64;
    i32_to_f64: i32 => f64 = f64::from;
    f64_to_i64: f64 => i64 = whole_wide;
    i32_to_i64: i32 => i64 = i64::from;
    u8_to_i64: u8 => i64 = i64::from;
    bool_to_i64: u8 => i64 = |x| i64::from(x != 0);
    i64_to_i32: i64 => i32 = |x| x as i32;
    i64_to_u8: i64 => u8 = |x| x as u8;
    i64_to_bool: i64 => u8 = |x| u8::from(x != 0);
    bool_to_u8: u8 => u8 = |x| u8::from(x != 0);
}

fn f16_to_f32(src: &[f16], dst: &mut [f32]) {
    let n = src.len().min(dst.len());
    #[allow(unused_mut)]
    let mut done = 0;
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("f16c") {
        done = n / 8 * 8;
        // SAFETY: F16C is there.
        unsafe { x86::widen_all(&src[..done], &mut dst[..done]) };
    }
    dst[done..n].iter_mut().zip(&src[done..n]).for_each(|(d, s)| *d = widen(*s));
}

fn f32_to_f16(src: &[f32], dst: &mut [f16]) {
    let n = src.len().min(dst.len());
    #[allow(unused_mut)]
    let mut done = 0;
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("f16c") {
        done = n / 8 * 8;
        // SAFETY: as above.
        unsafe { x86::narrow_all(&src[..done], &mut dst[..done]) };
    }
    dst[done..n].iter_mut().zip(&src[done..n]).for_each(|(d, s)| *d = narrow(*s));
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use crate::base::f16;

    /// # Safety
    /// F16C.
    #[target_feature(enable = "avx2,f16c")]
    pub(super) unsafe fn widen_all(src: &[f16], dst: &mut [f32]) {
        for (s, d) in src.chunks_exact(8).zip(dst.chunks_exact_mut(8)) {
            // SAFETY: chunks of 8.
            unsafe { _mm256_storeu_ps(d.as_mut_ptr(), _mm256_cvtph_ps(_mm_loadu_si128(s.as_ptr().cast()))) };
        }
    }

    /// # Safety
    /// F16C.
    #[target_feature(enable = "avx2,f16c")]
    pub(super) unsafe fn narrow_all(src: &[f32], dst: &mut [f16]) {
        for (s, d) in src.chunks_exact(8).zip(dst.chunks_exact_mut(8)) {
            // SAFETY: chunks of 8.
            unsafe {
                let halves = _mm256_cvtps_ph::<_MM_FROUND_TO_NEAREST_INT>(_mm256_loadu_ps(s.as_ptr()));
                _mm_storeu_si128(d.as_mut_ptr().cast(), halves);
            }
        }
    }
}

/// Moves exponent and mantissa to their places, and the exponent's bias by a multiplication, which also gets
/// subnormal numbers right.
#[inline(always)]
fn widen(x: f16) -> f32 {
    let bits = u32::from(x.to_bits());
    let (sign, rest) = ((bits & 0x8000) << 16, (bits & 0x7fff) << 13);
    let finite = f32::from_bits(rest) * f32::from_bits(0x7780_0000);
    let bits = if rest >= 0x0f80_0000 { rest | 0x7f80_0000 } else { finite.to_bits() };
    f32::from_bits(bits | sign)
}

/// Rounds to nearest, ties to even.
#[inline(always)]
fn narrow(x: f32) -> f16 {
    // 2⁻¹⁴, the smallest normal number; ½, whose last bit is that of the smallest subnormal number
    const NORMAL: u32 = 0x3880_0000;
    const HALF: u32 = 0x3f00_0000;
    let bits = x.to_bits();
    let a = bits & 0x7fff_ffff;
    let normal = a.wrapping_sub(112 << 23).wrapping_add(0xfff + (a >> 13 & 1)) >> 13;
    let subnormal = (f32::from_bits(a) + f32::from_bits(HALF)).to_bits().wrapping_sub(HALF);
    let finite = if a < NORMAL { subnormal } else { normal };
    // 65520 and more round to infinity
    let finite = if a >= 0x477f_f000 { 0x7c00 } else { finite };
    let all = if a > 0x7f80_0000 { 0x7e00 | a >> 13 & 0x3ff } else { finite };
    f16::from_bits((all | bits >> 16 & 0x8000) as u16)
}

macro_rules! whole {
    ($($name:ident: $t:ty => $int:ty;)*) => {$(
        /// Towards zero; what does not fit is the least integer.
        #[inline(always)]
        fn $name(x: $t) -> $int {
            const LIMIT: $t = -(<$int>::MIN as $t);
            let fits = (-LIMIT..LIMIT).contains(&x);
            let safe = if fits { x } else { 0.0 };
            // SAFETY: its integer part fits.
            let n = unsafe { safe.to_int_unchecked::<$int>() };
            if fits {
                n
            } else {
                <$int>::MIN
            }
        }
    )*};
}
whole! {
    whole: f32 => i64;
    whole_short: f32 => i32;
    whole_wide: f64 => i64;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{cast, Element};
    use crate::kernel::simd::tests::for_each_isa;

    fn check<S: Element, D: Element>(src: &[S]) {
        let mut dst = vec![D::default(); src.len()];
        // SAFETY: both have as many elements.
        let known = unsafe { convert(S::DTYPE, src.as_ptr().cast(), D::DTYPE, dst.as_mut_ptr().cast(), src.len()) };
        assert!(known, "{} {}", S::DTYPE, D::DTYPE);
        for (s, d) in src.iter().zip(&dst) {
            let e: D = cast(*s);
            assert!(*d == e || (e.to_f64().is_nan() && d.to_f64().is_nan()), "{s:?} as {}: {d:?}, not {e:?}", D::DTYPE);
            assert_eq!(d.to_f64().is_sign_negative(), e.to_f64().is_sign_negative(), "{s:?} as {}", D::DTYPE);
        }
    }

    #[test]
    fn as_single_casts() {
        let all: Vec<u16> = (0..=u16::MAX).collect();
        let halves: Vec<f16> = all.iter().map(|b| f16::from_bits(*b)).collect();
        let brains: Vec<bf16> = all.iter().map(|b| bf16::from_bits(*b)).collect();
        let mut singles: Vec<f32> = (0..1 << 17).map(|i: u32| f32::from_bits(i.wrapping_mul(65521 * 7))).collect();
        singles.extend(halves.iter().map(|h| h.to_f32()));
        singles.extend([65519.0, 65520.0, 65504.0, 5.9e-8, 2.9e-8, 9.3e18, -9.3e18, 9.223372e18, -9.223372e18, 255.9]);
        let doubles: Vec<f64> = singles.iter().map(|x| f64::from(*x) * 1.000000001).collect();
        let longs: Vec<i64> = (0..5000).map(|i: i64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15u64 as i64)).collect();
        let ints: Vec<i32> = longs.iter().map(|v| *v as i32).collect();
        let bytes: Vec<u8> = (0..=255).collect();
        let bools: Vec<bool> = bytes.iter().map(|b| b % 3 == 0).collect();
        for h in &halves {
            let (a, b) = (widen(*h), h.to_f32());
            assert!(a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()), "{h:?}");
        }
        for x in &singles {
            let (a, b) = (narrow(*x), f16::from_f32(*x));
            assert!(a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()), "{x:?}");
        }
        for_each_isa(|_| {
            check::<_, f32>(&halves);
            check::<_, f32>(&brains);
            check::<_, f16>(&singles);
            check::<_, bf16>(&singles);
            check::<_, f64>(&singles);
            check::<_, i64>(&singles);
            check::<_, i32>(&singles);
            check::<_, u8>(&singles);
            check::<_, bool>(&singles);
            check::<_, f32>(&doubles);
            check::<_, i64>(&doubles);
            check::<_, f32>(&longs);
            check::<_, f64>(&longs);
            check::<_, i32>(&longs);
            check::<_, u8>(&longs);
            check::<_, bool>(&longs);
            check::<_, f32>(&ints);
            check::<_, f64>(&ints);
            check::<_, i64>(&ints);
            check::<_, f32>(&bytes);
            check::<_, i64>(&bytes);
            check::<_, bool>(&bytes);
            check::<_, f32>(&bools);
            check::<_, i64>(&bools);
            check::<_, u8>(&bools);
        });
    }
}
