//! Vectors whose length comes from a model or a caller: too long is an error, not the end of the process.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Error, Result};

/// Bytes that tensors hold.
static LIVE: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Bounds the memory of all tensors in the process, in bytes; what would exceed it fails with
/// [`crate::ErrorKind::Limit`], and so does a list that would be longer. There is no bound unless one is set.
pub fn set_memory_limit(bytes: usize) {
    LIMIT.store(bytes, Ordering::Relaxed);
}

/// Bytes that tensors hold now.
pub fn memory_in_use() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// Counts bytes that a tensor is about to hold. Fails, and counts nothing, when they would exceed the limit.
pub(crate) fn claim_memory(bytes: usize) -> Result<()> {
    let live = LIVE.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
    let limit = LIMIT.load(Ordering::Relaxed);
    if live > limit {
        release_memory(bytes);
        return Err(Error::limit(format!("a tensor of {bytes} bytes would exceed the memory limit of {limit} bytes")));
    }
    Ok(())
}

pub(crate) fn release_memory(bytes: usize) {
    LIVE.fetch_sub(bytes, Ordering::Relaxed);
}

/// The values in a vector. `len` is how many there are; memory for more than that is not asked for beforehand.
///
/// ```
/// assert_eq!(sconce::base::collect(3, 1..4)?, [1, 2, 3]);
/// assert!(sconce::base::collect(usize::MAX / 16, std::iter::repeat(0i64)).is_err());
/// # Ok::<(), sconce::Error>(())
/// ```
pub fn collect<T>(len: usize, values: impl IntoIterator<Item = T>) -> Result<Vec<T>> {
    let mut out = reserved(len)?;
    out.extend(values);
    Ok(out)
}

/// `len` times the same value.
pub fn filled<T: Clone>(len: usize, value: T) -> Result<Vec<T>> {
    let mut out = reserved(len)?;
    out.resize(len, value);
    Ok(out)
}

fn reserved<T>(len: usize) -> Result<Vec<T>> {
    let mut out = Vec::new();
    check_room::<T>(len)?;
    out.try_reserve_exact(len).map_err(|_| Error::limit(format!("out of memory: {len} elements")))?;
    Ok(out)
}

/// Makes room for `more` elements.
pub fn reserve<T>(list: &mut Vec<T>, more: usize) -> Result<()> {
    check_room::<T>(list.len().saturating_add(more))?;
    list.try_reserve(more).map_err(|_| Error::limit(format!("out of memory: {more} more elements")))
}

fn check_room<T>(len: usize) -> Result<()> {
    let bytes = len.saturating_mul(std::mem::size_of::<T>());
    let limit = LIMIT.load(Ordering::Relaxed);
    match memory_in_use().saturating_add(bytes) > limit {
        true => Err(Error::limit(format!("a list of {bytes} bytes would exceed the memory limit of {limit} bytes"))),
        false => Ok(()),
    }
}
