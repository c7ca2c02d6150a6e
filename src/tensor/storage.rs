//! Reference-counted memory under tensors.

use std::alloc::{alloc_zeroed, dealloc, handle_alloc_error, Layout};
use std::cell::RefCell;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use crate::base::{claim_memory, release_memory, ByteRegion};
use crate::{Error, Result};

/// A block of bytes that any number of tensors share. Cloning shares it.
#[derive(Clone)]
pub struct Storage(Arc<Block>);

struct Block {
    ptr: NonNull<u8>,
    nbytes: usize,
    /// Counts in-place writes, so that plans notice when a weight that they packed has changed.
    version: AtomicU32,
    owner: Owner,
}

enum Owner {
    /// From the block cache below; the size class it came from.
    Heap(usize),
    /// Somebody else's memory, kept alive here.
    Region(#[allow(dead_code)] Box<dyn ByteRegion>),
    /// A caller's memory and what to do when nobody needs it any more.
    Deleter(Mutex<Option<Box<dyn FnOnce() + Send>>>),
    /// No bytes at all: empty and `meta` tensors.
    None,
}

// SAFETY: a Block is a pointer to memory that it owns or keeps alive. Reads and writes through it are governed by the
// contract of `tensor::access`: writers have unique ownership or promise that nobody reads or writes at the same time.
unsafe impl Send for Block {}
// SAFETY: as above.
unsafe impl Sync for Block {}

impl Storage {
    /// `nbytes` bytes, 64-byte aligned. The content is unspecified but initialised. Fails when the machine's memory
    /// could not possibly hold it.
    pub fn new(nbytes: usize) -> Result<Storage> {
        if nbytes == 0 {
            return Ok(Self::empty());
        }
        if nbytes > MAX_BYTES {
            return Err(Error::limit(format!("cannot allocate {nbytes} bytes for a tensor")));
        }
        let class = size_class(nbytes);
        let bytes = class_bytes(class);
        claim_memory(bytes)?;
        let ptr = allocate(class).inspect_err(|_| release_memory(bytes))?;
        Ok(Storage(Arc::new(Block { ptr, nbytes, version: AtomicU32::new(0), owner: Owner::Heap(class) })))
    }

    /// Zero bytes.
    pub fn empty() -> Storage {
        Storage(Arc::new(Block {
            ptr: NonNull::<u128>::dangling().cast(),
            nbytes: 0,
            version: AtomicU32::new(0),
            owner: Owner::None,
        }))
    }

    /// Uses a region in place, keeping it alive.
    pub fn from_region(region: Box<dyn ByteRegion>) -> Storage {
        let Some(ptr) = NonNull::new(region.as_ptr()).filter(|_| !region.is_empty()) else { return Self::empty() };
        let nbytes = region.len();
        Storage(Arc::new(Block { ptr, nbytes, version: AtomicU32::new(0), owner: Owner::Region(region) }))
    }

    /// Uses a caller's memory in place; `deleter` runs when the last tensor on it is gone.
    ///
    /// # Safety
    /// `ptr` must be valid for reads and writes of `nbytes` bytes until `deleter` runs, and the caller must not write
    /// to it while a tensor on it is in use by another thread.
    pub unsafe fn from_raw(ptr: *mut u8, nbytes: usize, deleter: Box<dyn FnOnce() + Send>) -> Storage {
        let ptr = NonNull::new(ptr).unwrap_or(NonNull::<u128>::dangling().cast());
        let owner = Owner::Deleter(Mutex::new(Some(deleter)));
        Storage(Arc::new(Block { ptr, nbytes, version: AtomicU32::new(0), owner }))
    }

    pub fn nbytes(&self) -> usize {
        self.0.nbytes
    }
    pub fn as_ptr(&self) -> *mut u8 {
        self.0.ptr.as_ptr()
    }
    /// Whether both are the same block.
    pub fn same(&self, other: &Storage) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// An address that identifies the block while it lives.
    pub fn id(&self) -> usize {
        Arc::as_ptr(&self.0) as usize
    }
    /// Whether no other tensor or storage handle shares the block, and its memory is Sconce's own.
    pub fn is_unique(&self) -> bool {
        Arc::strong_count(&self.0) == 1 && matches!(self.0.owner, Owner::Heap(_))
    }
    /// A handle that does not keep the memory.
    pub fn downgrade(&self) -> WeakStorage {
        WeakStorage(Arc::downgrade(&self.0))
    }
    /// Changes with every in-place write.
    pub fn version(&self) -> u32 {
        self.0.version.load(Ordering::Acquire)
    }
    pub fn bump_version(&self) {
        self.0.version.fetch_add(1, Ordering::Release);
    }
}

/// Tells whether a block is still in use. While this exists, no other block has its [`Storage::id`].
pub struct WeakStorage(Weak<Block>);

impl WeakStorage {
    pub fn is_alive(&self) -> bool {
        self.0.strong_count() > 0
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        match &self.owner {
            Owner::Heap(class) => {
                release_memory(class_bytes(*class));
                release(self.ptr, *class);
            }
            Owner::Deleter(deleter) => {
                if let Some(deleter) = deleter.lock().take() {
                    deleter();
                }
            }
            Owner::Region(_) | Owner::None => {}
        }
    }
}

/// Bytes of all tensors that Sconce allocated (not of mapped weights or callers' buffers).
/// More than any machine this runs on can hold; keeps sizes far from overflow.
const MAX_BYTES: usize = 1 << 42;
const ALIGN: usize = 64;
/// Free blocks kept for reuse, in all, in bytes. Reuse is what makes steady-state inference free of page faults.
const CACHE_BYTES: usize = 192 << 20;
const CLASSES: usize = 4 * 43;

/// Freed blocks by size class. Blocks are zeroed once, when they come from the system, so every byte that a tensor
/// can see has been initialised.
struct Cache {
    free: [Mutex<Vec<usize>>; CLASSES],
    bytes: AtomicUsize,
}

static CACHE: Cache = Cache { free: [const { Mutex::new(Vec::new()) }; CLASSES], bytes: AtomicUsize::new(0) };

/// Four classes per power of two, from 64 bytes up.
fn size_class(nbytes: usize) -> usize {
    let n = nbytes.max(ALIGN).next_multiple_of(ALIGN);
    let log = (usize::BITS - 1 - n.leading_zeros()) as usize;
    let quarter = (1usize << log) / 4;
    let step = (n - (1 << log)).div_ceil(quarter);
    (log - 6) * 4 + step
}

fn class_bytes(class: usize) -> usize {
    let base = 64usize << (class / 4);
    (base + (class % 4) * (base / 4)).next_multiple_of(ALIGN)
}

/// The smallest classes are also kept by each thread for itself, a few blocks of each: no locks.
const OWN_CLASSES: usize = 16;
const OWN_BLOCKS: usize = 32;

/// A thread's own free blocks; given to all when it ends.
struct OwnCache([Vec<NonNull<u8>>; OWN_CLASSES]);

thread_local! {
    static OWN: RefCell<OwnCache> = const { RefCell::new(OwnCache([const { Vec::new() }; OWN_CLASSES])) };
}

impl Drop for OwnCache {
    fn drop(&mut self) {
        for (class, blocks) in self.0.iter_mut().enumerate() {
            blocks.drain(..).for_each(|ptr| release_to_all(ptr, class));
        }
    }
}

/// This thread's blocks of a class, while it has them.
fn own<R>(class: usize, f: impl FnOnce(&mut Vec<NonNull<u8>>) -> R) -> Option<R> {
    if class >= OWN_CLASSES {
        return None;
    }
    OWN.try_with(|own| own.try_borrow_mut().ok().map(|mut own| f(&mut own.0[class]))).ok().flatten()
}

fn allocate(class: usize) -> Result<NonNull<u8>> {
    if let Some(Some(ptr)) = own(class, Vec::pop) {
        return Ok(ptr);
    }
    let bytes = class_bytes(class);
    if let Some(ptr) = CACHE.free[class].lock().pop() {
        CACHE.bytes.fetch_sub(bytes, Ordering::Relaxed);
        if let Some(ptr) = NonNull::new(ptr as *mut u8) {
            return Ok(ptr);
        }
    }
    let layout = layout_of(bytes);
    // SAFETY: the layout has a nonzero size.
    let ptr = unsafe { alloc_zeroed(layout) };
    NonNull::new(ptr).ok_or_else(|| Error::limit(format!("out of memory: cannot allocate {bytes} bytes")))
}

fn release(ptr: NonNull<u8>, class: usize) {
    let kept = own(class, |blocks| {
        let room = blocks.len() < OWN_BLOCKS;
        if room {
            blocks.push(ptr);
        }
        room
    });
    if kept != Some(true) {
        release_to_all(ptr, class);
    }
}

fn release_to_all(ptr: NonNull<u8>, class: usize) {
    let bytes = class_bytes(class);
    if CACHE.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes <= CACHE_BYTES {
        CACHE.free[class].lock().push(ptr.as_ptr() as usize);
        return;
    }
    CACHE.bytes.fetch_sub(bytes, Ordering::Relaxed);
    // SAFETY: `ptr` came from `allocate` with the same class, hence the same layout.
    unsafe { dealloc(ptr.as_ptr(), layout_of(bytes)) }
}

fn layout_of(bytes: usize) -> Layout {
    match Layout::from_size_align(bytes, ALIGN) {
        Ok(layout) => layout,
        Err(_) => handle_alloc_error(Layout::new::<u8>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_what_they_are_for() {
        for n in [1, 63, 64, 65, 100, 128, 129, 1000, 4096, 5000, 1 << 20, (1 << 20) + 1, 123_456_789] {
            let bytes = class_bytes(size_class(n));
            assert!(bytes >= n && bytes <= n.max(64) * 5 / 4 + 128, "{n} -> {bytes}");
        }
    }
}
