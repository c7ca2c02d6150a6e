//! Where an archive's bytes come from: memory, a mapped file, a caller's buffer, a caller's reader.
#![allow(unsafe_code)]

use std::ffi::c_void;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::mem::ManuallyDrop;
use std::ops::{Deref, Range};
use std::path::Path;
use std::ptr::NonNull;
use std::sync::Arc;

use memmap2::{MmapMut, MmapOptions};

use crate::base::ByteRegion;
use crate::{Error, ErrorKind, Result};

/// A region of bytes. Cloning and slicing share it; it lives until the last share is gone.
///
/// Tensors may use a region in place and write to it (see [`Bytes::as_mut_ptr`]), so a record that was handed to a
/// tensor must not be read through `Bytes` at the same time.
#[derive(Clone)]
pub struct Bytes {
    ptr: NonNull<u8>,
    len: usize,
    owner: Arc<Owner>,
}

/// Reads from somewhere else: an encrypted file, a network, a host's own packaging.
pub trait RecordReader: Send + Sync {
    /// The size of the whole archive in bytes.
    fn size(&self) -> Result<u64>;
    /// Fills `buf` with the bytes from `offset` on; an error if there are not as many.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()>;
}

/// A reader made of two C functions, as hosts in other languages have them.
pub struct CallbackReader {
    context: *mut c_void,
    size: SizeFn,
    read: ReadFn,
}

/// Returns the size of the archive in bytes, or a negative number.
pub type SizeFn = unsafe extern "C" fn(context: *mut c_void) -> i64;
/// Writes up to `count` bytes from `offset` on to `buffer`. Returns how many, 0 at the end, or a negative number.
pub type ReadFn = unsafe extern "C" fn(context: *mut c_void, offset: u64, buffer: *mut c_void, count: usize) -> i64;

// SAFETY: whoever makes one has promised that its functions may be called by every thread that the reader gets to.
unsafe impl Send for CallbackReader {}
// SAFETY: as above.
unsafe impl Sync for CallbackReader {}

impl CallbackReader {
    /// # Safety
    /// While the reader lives, every thread that it gets to may call both functions with `context`. `read` must write no
    /// more than it is told to, and neither may unwind.
    pub unsafe fn new(context: *mut c_void, size: SizeFn, read: ReadFn) -> CallbackReader {
        CallbackReader { context, size, read }
    }
}

impl RecordReader for CallbackReader {
    fn size(&self) -> Result<u64> {
        // SAFETY: promised to `new`.
        let size = unsafe { (self.size)(self.context) };
        u64::try_from(size).map_err(|_| io_error(format!("the reader failed: its size function returned {size}")))
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        let mut done = 0;
        while done < buf.len() {
            let (at, rest) = (offset.saturating_add(done as u64), &mut buf[done..]);
            // SAFETY: promised to `new`; the buffer is as long as it is said to be.
            let got = unsafe { (self.read)(self.context, at, rest.as_mut_ptr().cast(), rest.len()) };
            match usize::try_from(got) {
                Ok(0) => {
                    return Err(io_error(format!("the reader ended at byte {at}, {} bytes too early", rest.len())));
                }
                Ok(got) if got <= rest.len() => done += got,
                Ok(got) => {
                    let text = format!("the reader failed: it returned {got}, asked for {} bytes", rest.len());
                    return Err(io_error(text));
                }
                Err(_) => return Err(io_error(format!("the reader failed: it returned {got} at byte {at}"))),
            }
        }
        Ok(())
    }
}

fn io_error(text: String) -> Error {
    Error::new(ErrorKind::Io, text)
}

impl Bytes {
    /// The file's content: mapped privately, so that weights are used in place and writes stay in this process. Small
    /// files are read. A mapped file must not be shortened by others while the region lives.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Bytes> {
        let path = path.as_ref();
        let failed = |error: std::io::Error| {
            let text = format!("open file failed because of {error}, file path: {}", path.display());
            Error::new(ErrorKind::Io, text)
        };
        let mut file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_file() && metadata.len() >= MAP_FROM {
            if let Ok(bytes) = Self::map(&file) {
                return Ok(bytes);
            }
        }
        let mut data = Vec::new();
        file.read_to_end(&mut data).map_err(failed)?;
        Ok(data.into())
    }

    /// All that `reader` still gives.
    pub fn from_read(reader: &mut dyn Read) -> Result<Bytes> {
        let mut data = Vec::new();
        reader.read_to_end(&mut data)?;
        Ok(data.into())
    }

    /// `len` bytes of a custom source, copied into memory.
    ///
    /// Memory grows with what really arrives, so a source or a file that lies about sizes costs one chunk.
    pub fn from_reader(reader: &dyn RecordReader, offset: u64, len: u64) -> Result<Bytes> {
        let mut data = Vec::new();
        while (data.len() as u64) < len {
            let start = data.len();
            let chunk = (len - start as u64).min((start as u64).max(FIRST_CHUNK)) as usize;
            data.try_reserve_exact(chunk).map_err(|_| Error::limit(format!("no memory for {len} bytes")))?;
            data.resize(start + chunk, 0);
            let at = offset.checked_add(start as u64).ok_or_else(|| Error::archive("offset out of range"))?;
            reader.read_at(at, &mut data[start..])?;
        }
        Ok(data.into())
    }

    /// Uses a caller's memory in place; `deleter` runs when the last share is gone. Tensors copy out of such a region,
    /// they never write to it.
    ///
    /// # Safety
    /// `ptr` must be valid for reads of `len` bytes, and nobody may write to them, until `deleter` runs.
    pub unsafe fn borrowed(ptr: *const u8, len: usize, deleter: Box<dyn FnOnce() + Send>) -> Bytes {
        let ptr = NonNull::new(ptr.cast_mut()).unwrap_or(NonNull::dangling());
        Bytes { ptr, len, owner: Arc::new(Owner::Borrowed(Some(deleter))) }
    }

    fn map(file: &File) -> std::io::Result<Bytes> {
        // SAFETY: the mapping is private, so writes to it do not reach the file; that others do not change or shorten
        // the file meanwhile is the documented duty of the caller of `from_path`, as with every mapped file.
        let mut map = unsafe { MmapOptions::new().no_reserve_swap().map_copy(file)? };
        let len = map.len();
        let ptr = NonNull::new(map.as_mut_ptr()).unwrap_or(NonNull::dangling());
        Ok(Bytes { ptr, len, owner: Arc::new(Owner::Map(map)) })
    }

    /// A part of this region, sharing it.
    pub fn slice(&self, range: Range<usize>) -> Result<Bytes> {
        if range.start > range.end || range.end > self.len {
            return Err(Error::archive(format!(
                "bytes {}..{} are outside of a region of {} bytes",
                range.start, range.end, self.len
            )));
        }
        // SAFETY: start <= len, so the pointer stays within the region or one past its end.
        let ptr = unsafe { self.ptr.add(range.start) };
        Ok(Bytes { ptr, len: range.end - range.start, owner: self.owner.clone() })
    }

    /// The first byte. Aligned as the file has it: records that PyTorch wrote start at multiples of 64 in a mapped
    /// file, in memory at whatever the buffer has.
    pub fn as_ptr(&self) -> *const u8 {
        self.ptr.as_ptr()
    }

    /// The first byte, for writing; `None` for borrowed memory. Writing needs an `unsafe` block, whose promise is that
    /// nobody reads the region at the same time.
    pub fn as_mut_ptr(&self) -> Option<*mut u8> {
        (!matches!(*self.owner, Owner::Borrowed(_))).then_some(self.ptr.as_ptr())
    }

    /// This region for a tensor to use in place; `None` where the tensor has to copy: memory that is borrowed, or not
    /// aligned to `alignment`, which is a power of two.
    ///
    /// What the tensor writes is seen by everybody who shares the region, so each storage takes its own record.
    pub fn region(&self, alignment: usize) -> Option<Box<dyn ByteRegion>> {
        let ptr = self.as_mut_ptr()?;
        (ptr as usize & alignment.saturating_sub(1) == 0)
            .then(|| Box::new(Writable { ptr, bytes: self.clone() }) as Box<_>)
    }

    /// Whether the region is mapped from a file.
    pub fn is_mapped(&self) -> bool {
        matches!(*self.owner, Owner::Map(_))
    }
}

/// A region whose owner allows writing.
struct Writable {
    ptr: *mut u8,
    bytes: Bytes,
}

// SAFETY: `ptr` comes from `as_mut_ptr`, so it is valid for reads and writes of `len` bytes while `bytes` keeps the
// owner alive, and nothing moves the owner's memory.
unsafe impl ByteRegion for Writable {
    fn as_ptr(&self) -> *mut u8 {
        self.ptr
    }
    fn len(&self) -> usize {
        self.bytes.len
    }
}
// SAFETY: as for `Bytes`.
unsafe impl Send for Writable {}
// SAFETY: as above.
unsafe impl Sync for Writable {}

/// Files from this size on are mapped; reading a smaller one is faster than taking its page faults.
const MAP_FROM: u64 = 1 << 20;
const FIRST_CHUNK: u64 = 1 << 20;

enum Owner {
    /// A vector taken apart, so that writing through a pointer to it is allowed.
    Vec {
        ptr: NonNull<u8>,
        len: usize,
        capacity: usize,
    },
    Map(#[allow(dead_code)] MmapMut),
    Borrowed(Option<Box<dyn FnOnce() + Send>>),
}

// SAFETY: an owner only keeps memory alive: it offers no access through a shared reference, and its drop, which runs
// on one thread, may run on any.
unsafe impl Send for Owner {}
// SAFETY: as above.
unsafe impl Sync for Owner {}
// SAFETY: `Bytes` reads its region; writers have promised (see `as_mut_ptr`) that nobody reads at the same time.
unsafe impl Send for Bytes {}
// SAFETY: as above.
unsafe impl Sync for Bytes {}

impl Drop for Owner {
    fn drop(&mut self) {
        match self {
            // SAFETY: the parts come from one `Vec<u8>` that was never dropped, and are used once.
            Owner::Vec { ptr, len, capacity } => unsafe {
                drop(Vec::from_raw_parts(ptr.as_ptr(), *len, *capacity));
            },
            Owner::Borrowed(deleter) => {
                if let Some(deleter) = deleter.take() {
                    deleter();
                }
            }
            Owner::Map(_) => {}
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(data: Vec<u8>) -> Bytes {
        let mut data = ManuallyDrop::new(data);
        let (len, capacity) = (data.len(), data.capacity());
        let ptr = NonNull::new(data.as_mut_ptr()).unwrap_or(NonNull::dangling());
        Bytes { ptr, len, owner: Arc::new(Owner::Vec { ptr, len, capacity }) }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: the region is valid for `len` bytes while `owner` lives, which `self` keeps alive.
        unsafe { std::slice::from_raw_parts(self.ptr.as_ptr(), self.len) }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.len)
    }
}

impl RecordReader for Bytes {
    fn size(&self) -> Result<u64> {
        Ok(self.len as u64)
    }
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let source = start.checked_add(buf.len()).and_then(|end| self.get(start..end));
        let source = source.ok_or_else(|| Error::archive(format!("no {} bytes at {offset}", buf.len())))?;
        buf.copy_from_slice(source);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn slices_share_and_keep_alive() {
        let bytes = Bytes::from(vec![1, 2, 3, 4, 5]);
        let middle = bytes.slice(1..4).unwrap();
        assert_eq!(middle.as_ptr(), bytes[1..].as_ptr());
        drop(bytes);
        assert_eq!(&middle[..], [2, 3, 4]);
        assert_eq!(&middle.slice(3..3).unwrap()[..], [0u8; 0]);
        let region = middle.region(1).unwrap();
        assert_eq!((region.as_ptr().cast_const(), region.len()), (middle.as_ptr(), 3));
        assert!(middle.region(1 << 40).is_none());
        for bad in [2..5, 4..4, Range { start: 2, end: 1 }] {
            assert_eq!(middle.slice(bad).unwrap_err().kind(), ErrorKind::Archive);
        }
    }

    #[test]
    fn a_borrowed_region_is_given_back_once_and_not_written() {
        static GIVEN_BACK: AtomicUsize = AtomicUsize::new(0);
        static DATA: [u8; 4] = [7; 4];
        // SAFETY: DATA is never written and lives for ever.
        let bytes = unsafe {
            Bytes::borrowed(
                DATA.as_ptr(),
                4,
                Box::new(|| GIVEN_BACK.store(GIVEN_BACK.load(Ordering::Relaxed) + 1, Ordering::Relaxed)),
            )
        };
        let part = bytes.slice(1..2).unwrap();
        assert!(bytes.region(1).is_none());
        drop(bytes);
        assert_eq!((&part[..], part.as_mut_ptr(), GIVEN_BACK.load(Ordering::Relaxed)), (&[7][..], None, 0));
        drop(part);
        assert_eq!(GIVEN_BACK.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn large_files_are_mapped_and_writes_stay_private() {
        let path = std::env::temp_dir().join(format!("sconce-source-{}", std::process::id()));
        std::fs::write(&path, vec![5u8; MAP_FROM as usize]).unwrap();
        let bytes = Bytes::from_path(&path).unwrap();
        assert!(bytes.is_mapped());
        // SAFETY: nobody else has the region.
        unsafe { *bytes.as_mut_ptr().unwrap() = 6 };
        assert_eq!((bytes[0], bytes[1], std::fs::read(&path).unwrap()[0]), (6, 5, 5));
        std::fs::write(&path, b"small").unwrap_or(());
        std::fs::remove_file(&path).unwrap();
        assert_eq!(Bytes::from_path(&path).unwrap_err().kind(), ErrorKind::Io);
    }

    #[test]
    fn readers_that_lie_about_their_size_cost_nothing() {
        let bytes = Bytes::from(vec![9u8; 3 << 20]);
        assert_eq!(Bytes::from_reader(&bytes, 0, 3 << 20).unwrap().len(), 3 << 20);
        assert_eq!(Bytes::from_reader(&bytes, 1, 1 << 60).unwrap_err().kind(), ErrorKind::Archive);
    }
}
