//! Moving elements between memory of any dtype and slices of a compute type.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::base::{bf16, cast, f16, Complex32, Complex64, DType, Element};
use crate::{Error, Result};

static DEFAULT_DTYPE: AtomicU8 = AtomicU8::new(DType::F32 as u8);

/// The dtype of tensors made from Python floats: float32 unless changed, process-wide as in PyTorch.
pub fn default_dtype() -> DType {
    DType::from_code(DEFAULT_DTYPE.load(Ordering::Relaxed) as i64).unwrap_or(DType::F32)
}

pub fn set_default_dtype(dtype: DType) -> Result<()> {
    crate::ensure!(dtype.is_floating_point(), "only floating-point types are supported as the default type");
    DEFAULT_DTYPE.store(dtype as u8, Ordering::Relaxed);
    Ok(())
}

/// Complex32 in memory: two halves.
#[derive(Clone, Copy)]
#[repr(C)]
struct ComplexHalf(f16, f16);

/// Reads `out.len()` elements of `dtype` at `ptr`, `stride` elements apart, converting them.
///
/// # Safety
/// Every element must lie in readable memory. `ptr` need not be aligned.
pub(super) unsafe fn load<I: Element>(dtype: DType, ptr: *const u8, stride: isize, out: &mut [I]) -> Result<()> {
    /// # Safety
    /// As for `load`, with elements of type `S`.
    unsafe fn run<S: Copy, I>(ptr: *const u8, stride: isize, out: &mut [I], convert: impl Fn(S) -> I) {
        let mut p = ptr.cast::<S>();
        if stride == 1 && p.is_aligned() {
            // SAFETY: the caller says that all elements are readable; aligned as just checked.
            let src = unsafe { std::slice::from_raw_parts(p, out.len()) };
            for (slot, value) in out.iter_mut().zip(src) {
                *slot = convert(*value);
            }
            return;
        }
        for slot in out {
            // SAFETY: as above; wrapping_offset makes no claim about the position after the last element.
            *slot = convert(unsafe { p.read_unaligned() });
            p = p.wrapping_offset(stride);
        }
    }
    let plain = stride == 1 && I::DTYPE != DType::Bool && is_aligned(dtype, ptr);
    // SAFETY: forwarded to the caller; bools, which not every byte is, are not made here.
    if plain && unsafe { super::cast::convert(dtype, ptr, I::DTYPE, out.as_mut_ptr().cast(), out.len()) } {
        return Ok(());
    }
    // SAFETY: forwarded to the caller, type by type.
    unsafe {
        match dtype {
            DType::U8 => run(ptr, stride, out, cast::<u8, I>),
            DType::I8 => run(ptr, stride, out, cast::<i8, I>),
            DType::I16 => run(ptr, stride, out, cast::<i16, I>),
            DType::I32 => run(ptr, stride, out, cast::<i32, I>),
            DType::I64 => run(ptr, stride, out, cast::<i64, I>),
            DType::U16 => run(ptr, stride, out, cast::<u16, I>),
            DType::U32 => run(ptr, stride, out, cast::<u32, I>),
            DType::U64 => run(ptr, stride, out, cast::<u64, I>),
            DType::F16 => run(ptr, stride, out, cast::<f16, I>),
            DType::BF16 => run(ptr, stride, out, cast::<bf16, I>),
            DType::F32 => run(ptr, stride, out, cast::<f32, I>),
            DType::F64 => run(ptr, stride, out, cast::<f64, I>),
            DType::C32 => {
                run(ptr, stride, out, |v: ComplexHalf| I::from_complex(Complex64::new(v.0.to_f64(), v.1.to_f64())))
            }
            DType::C64 => run(ptr, stride, out, cast::<Complex32, I>),
            DType::C128 => run(ptr, stride, out, cast::<Complex64, I>),
            DType::Bool => run(ptr, stride, out, |v: u8| I::from_i64((v != 0) as i64)),
            other => return Err(no_numbers(other, "reading")),
        }
    }
    Ok(())
}

/// Writes `src` as elements of `dtype` at `ptr`, `stride` elements apart, converting them.
///
/// # Safety
/// Every element must lie in writable memory that nobody else uses. `ptr` need not be aligned.
pub(super) unsafe fn store<O: Element>(dtype: DType, src: &[O], ptr: *mut u8, stride: isize) -> Result<()> {
    /// # Safety
    /// As for `store`, with elements of type `D`.
    unsafe fn run<O: Copy, D: Copy>(src: &[O], ptr: *mut u8, stride: isize, convert: impl Fn(O) -> D) {
        let mut p = ptr.cast::<D>();
        if stride == 1 && p.is_aligned() {
            // SAFETY: the caller says that all elements are writable and unshared; every D is plain data.
            let dst = unsafe { std::slice::from_raw_parts_mut(p, src.len()) };
            for (slot, value) in dst.iter_mut().zip(src) {
                *slot = convert(*value);
            }
            return;
        }
        for value in src {
            // SAFETY: as above.
            unsafe { p.write_unaligned(convert(*value)) };
            p = p.wrapping_offset(stride);
        }
    }
    let plain = stride == 1 && is_aligned(dtype, ptr);
    // SAFETY: forwarded to the caller.
    if plain && unsafe { super::cast::convert(O::DTYPE, src.as_ptr().cast(), dtype, ptr, src.len()) } {
        return Ok(());
    }
    // SAFETY: forwarded to the caller, type by type.
    unsafe {
        match dtype {
            DType::U8 => run(src, ptr, stride, cast::<O, u8>),
            DType::I8 => run(src, ptr, stride, cast::<O, i8>),
            DType::I16 => run(src, ptr, stride, cast::<O, i16>),
            DType::I32 => run(src, ptr, stride, cast::<O, i32>),
            DType::I64 => run(src, ptr, stride, cast::<O, i64>),
            DType::U16 => run(src, ptr, stride, cast::<O, u16>),
            DType::U32 => run(src, ptr, stride, cast::<O, u32>),
            DType::U64 => run(src, ptr, stride, cast::<O, u64>),
            DType::F16 => run(src, ptr, stride, cast::<O, f16>),
            DType::BF16 => run(src, ptr, stride, cast::<O, bf16>),
            DType::F32 => run(src, ptr, stride, cast::<O, f32>),
            DType::F64 => run(src, ptr, stride, cast::<O, f64>),
            DType::C32 => run(src, ptr, stride, |v: O| {
                let c = v.to_complex();
                ComplexHalf(f16::from_f64(c.re), f16::from_f64(c.im))
            }),
            DType::C64 => run(src, ptr, stride, cast::<O, Complex32>),
            DType::C128 => run(src, ptr, stride, cast::<O, Complex64>),
            DType::Bool => run(src, ptr, stride, |v: O| cast::<O, bool>(v) as u8),
            other => return Err(no_numbers(other, "writing")),
        }
    }
    Ok(())
}

/// Whether elements of `dtype` at `ptr` can be read as Rust's types.
pub(super) fn is_aligned(dtype: DType, ptr: *const u8) -> bool {
    let item = dtype.itemsize();
    item <= 1 || (ptr as usize) % item == 0
}

/// The integers of quantized tensors mean nothing without their scale: operators that know quantized tensors take them
/// through [`Tensor::integers`](super::Tensor::integers), all others end here.
fn no_numbers(dtype: DType, what: &str) -> Error {
    if dtype.is_quantized() {
        return Error::unsupported(format!(
            "Could not run this operator with arguments from the 'QuantizedCPU' backend: {what} elements of dtype {dtype}"
        ));
    }
    Error::unsupported(format!("{what} elements of dtype {dtype}"))
}

/// Copies `n` elements of `itemsize` bytes between strided places.
///
/// # Safety
/// Source readable, destination writable and unshared, not overlapping each other.
pub(super) unsafe fn copy_raw(itemsize: usize, src: *const u8, ss: isize, dst: *mut u8, ds: isize, n: usize) {
    /// # Safety
    /// As above, for units of type `U`.
    unsafe fn run<U: Copy>(src: *const u8, ss: isize, dst: *mut u8, ds: isize, n: usize) {
        let (mut s, mut d) = (src.cast::<U>(), dst.cast::<U>());
        for _ in 0..n {
            // SAFETY: the caller's promise.
            unsafe { d.write_unaligned(s.read_unaligned()) };
            s = s.wrapping_offset(ss);
            d = d.wrapping_offset(ds);
        }
    }
    // SAFETY: forwarded to the caller.
    unsafe {
        if ss == 1 && ds == 1 {
            return copy_bytes(src, dst, n * itemsize);
        }
        match itemsize {
            4 if ds == 1 && ss == 2 => every_second(src.cast(), dst.cast(), n),
            1 => run::<u8>(src, ss, dst, ds, n),
            2 => run::<u16>(src, ss, dst, ds, n),
            4 => run::<u32>(src, ss, dst, ds, n),
            8 => run::<u64>(src, ss, dst, ds, n),
            _ => run::<u128>(src, ss, dst, ds, n),
        }
    }
}

/// Copies `n` bytes. For a row of a few thousand, the library's copy by a string instruction takes longer to begin than
/// vectors take.
///
/// # Safety
/// As for [`copy_raw`].
unsafe fn copy_bytes(src: *const u8, dst: *mut u8, n: usize) {
    const ROW: std::ops::Range<usize> = 512..1 << 16;
    let parts = if ROW.contains(&n) { n / size_of::<Part>() } else { 0 };
    copy_parts(src.cast(), dst.cast(), parts);
    let done = parts * size_of::<Part>();
    if done < n {
        // SAFETY: the caller's promise.
        unsafe { std::ptr::copy_nonoverlapping(src.wrapping_add(done), dst.wrapping_add(done), n - done) };
    }
}

type Part = [u64; 16];

crate::simd_light_fn! {
    fn copy_parts<M>(src: *const Part, dst: *mut Part, n: usize) {
        for i in 0..n {
            // SAFETY: as for `copy_bytes`, its only caller.
            unsafe { dst.wrapping_add(i).write_unaligned(src.wrapping_add(i).read_unaligned()) };
        }
    }
}

/// `dst[i] = src[2 i]`, in parts whose loads the compiler can join.
///
/// # Safety
/// As for [`copy_raw`].
unsafe fn every_second(src: *const u32, dst: *mut u32, n: usize) {
    const PART: usize = 8;
    let whole = n.saturating_sub(1) / PART * PART;
    for i in (0..whole).step_by(PART) {
        // SAFETY: the element after these is one too, so that all 16 are inside the source.
        unsafe {
            let part = src.add(2 * i).cast::<[u32; 2 * PART]>().read_unaligned();
            let kept: [u32; PART] = std::array::from_fn(|k| part[2 * k]);
            dst.add(i).cast::<[u32; PART]>().write_unaligned(kept);
        }
    }
    for i in whole..n {
        // SAFETY: the caller's promise.
        unsafe { dst.add(i).write_unaligned(src.add(2 * i).read_unaligned()) };
    }
}

crate::simd_light_fn! {
    fn fill_words<M>(words: &mut [u64], value: u64) {
        words.fill(value);
    }
}

/// Sets `n` elements of `itemsize` bytes, `stride` elements apart, to what the first bytes of `one` are.
///
/// # Safety
/// Every element must lie in writable memory that nobody else uses.
pub(super) unsafe fn fill_raw(itemsize: usize, one: [u8; 16], dst: *mut u8, stride: isize, n: usize) {
    /// # Safety
    /// As above, for units of type `U`.
    unsafe fn run<U: Copy>(one: [u8; 16], dst: *mut u8, stride: isize, n: usize) {
        // SAFETY: U is an integer of at most 16 bytes.
        let value = unsafe { one.as_ptr().cast::<U>().read_unaligned() };
        let mut d = dst.cast::<U>();
        if stride == 1 && d.is_aligned() {
            let size = size_of::<U>();
            // SAFETY: the caller's promise; every bit pattern is a number.
            let (head, words, tail) = unsafe { std::slice::from_raw_parts_mut(d, n).align_to_mut::<u64>() };
            if size <= 8 {
                let bytes: [u8; 8] = std::array::from_fn(|i| one[i % size]);
                fill_words(words, u64::from_ne_bytes(bytes));
                head.fill(value);
                tail.fill(value);
            } else {
                // SAFETY: as above.
                unsafe { std::slice::from_raw_parts_mut(d, n) }.fill(value);
            }
            return;
        }
        for _ in 0..n {
            // SAFETY: the caller's promise.
            unsafe { d.write_unaligned(value) };
            d = d.wrapping_offset(stride);
        }
    }
    // SAFETY: forwarded to the caller.
    unsafe {
        match itemsize {
            1 => run::<u8>(one, dst, stride, n),
            2 => run::<u16>(one, dst, stride, n),
            4 => run::<u32>(one, dst, stride, n),
            8 => run::<u64>(one, dst, stride, n),
            _ => run::<u128>(one, dst, stride, n),
        }
    }
}
