//! Memory that kernels need while they run: kept by each thread, aligned to cache lines, never cleared.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};
use std::thread::LocalKey;

/// Calls `f` with `len` elements of unspecified value. Calls may nest.
pub fn with_scratch<T: Scratch, R>(len: usize, f: impl FnOnce(&mut [T]) -> R) -> R {
    let kept = T::kept();
    let mut buffer = kept.with(|k| k.borrow_mut().pop()).unwrap_or_default();
    let padded = len + LINE / std::mem::size_of::<T>();
    if buffer.len() < padded {
        buffer.resize(padded, T::default());
    }
    let start = aligned_start(&buffer);
    let result = f(&mut buffer[start..start + len]);
    if buffer.len() * std::mem::size_of::<T>() <= KEEP {
        kept.with(|k| k.borrow_mut().push(buffer));
    }
    result
}

/// Element types of scratch memory.
pub trait Scratch: Copy + Default + Send + Sync + 'static {
    #[doc(hidden)]
    fn kept() -> &'static LocalKey<RefCell<Vec<Vec<Self>>>>;
}

/// A buffer that starts on a cache line: an unaligned 512-bit load touches two lines.
#[derive(Clone, Debug)]
pub struct AlignedVec<T> {
    data: Vec<T>,
    start: usize,
    len: usize,
}

impl<T: Copy + Default> AlignedVec<T> {
    pub fn new(len: usize) -> Self {
        let data = vec![T::default(); len + LINE / std::mem::size_of::<T>()];
        AlignedVec { start: aligned_start(&data), data, len }
    }
}

impl<T> Deref for AlignedVec<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.data[self.start..self.start + self.len]
    }
}

impl<T> DerefMut for AlignedVec<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.data[self.start..self.start + self.len]
    }
}

/// The first element on a cache line; the buffer must have one line more than it needs.
fn aligned_start<T>(buffer: &[T]) -> usize {
    buffer.as_ptr().align_offset(LINE).min(LINE / std::mem::size_of::<T>())
}

const LINE: usize = 64;
/// Larger buffers are given back to the allocator.
const KEEP: usize = 64 << 20;

macro_rules! scratch {
    ($($t:ty),*) => {$(
        impl Scratch for $t {
            fn kept() -> &'static LocalKey<RefCell<Vec<Vec<$t>>>> {
                thread_local! {
                    static KEPT: RefCell<Vec<Vec<$t>>> = const { RefCell::new(Vec::new()) };
                }
                &KEPT
            }
        }
    )*};
}

scratch!(f32, f64);
