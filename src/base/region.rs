//! Memory that somebody else owns.

#![allow(unsafe_code)]

/// A region of bytes with a stable address: a mapped file, a caller's buffer.
///
/// # Safety
/// For as long as the value lives, `as_ptr()` must return the same pointer, valid for reads and writes of `len()`
/// bytes, and nobody else may write to the region without synchronising with the readers.
pub unsafe trait ByteRegion: Send + Sync {
    fn as_ptr(&self) -> *mut u8;
    fn len(&self) -> usize;
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
