//! The tensor handle.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::Arc;

use super::layout::{channels_last_strides, is_contiguous};
use super::lazy::Lazy;
use super::quant::Quantizer;
use super::storage::Storage;
use crate::base::{contiguous_strides, numel, DType, Device, Dims, Layout, MemoryFormat};
use crate::{Error, Result};

/// An n-dimensional array of one dtype. A handle: clones are the same tensor, and in-place changes of data or
/// metadata through one show through all (`x is y` is [`Tensor::is_same`]).
#[derive(Clone)]
pub struct Tensor(Arc<Impl>);

struct Impl {
    geometry: Geometry,
    /// Set by in-place operators on metadata (`resize_`, `t_`, `set_`): replaces `geometry`. Old ones stay alive until
    /// the tensor dies, so that references handed out earlier stay valid; reading costs one load.
    replaced: AtomicPtr<Replaced>,
    dtype: DType,
    requires_grad: AtomicBool,
    extra: Option<Box<Extra>>,
}

struct Replaced {
    geometry: Geometry,
    /// Of a sparse tensor, whose elements are not in the geometry's storage.
    sparse: Option<SparseParts>,
    quantizer: Option<Arc<Quantizer>>,
    previous: *mut Replaced,
}

#[derive(Clone, Default)]
struct Extra {
    quantizer: Option<Arc<Quantizer>>,
    sparse: Option<SparseParts>,
    nested: Option<NestedParts>,
    device: Option<Device>,
    lazy: Lazy,
}

/// Whether this process has ever made a sparse tensor: where it has not, nothing need be looked at.
pub fn sparse_in_use() -> bool {
    SPARSE_IN_USE.load(Ordering::Relaxed)
}

static SPARSE_IN_USE: AtomicBool = AtomicBool::new(false);

/// Where a tensor's elements lie.
#[derive(Clone)]
pub struct Geometry {
    pub storage: Storage,
    /// In elements from the start of the storage.
    pub offset: usize,
    pub sizes: Dims,
    /// In elements; never negative.
    pub strides: Dims,
}

/// The parts of a sparse tensor. COO: `indices` is `[sparse_dim, nnz]`. CSR: `crow` and `col` in `indices`.
#[derive(Clone)]
pub struct SparseParts {
    pub layout: Layout,
    /// COO: one tensor; compressed layouts: compressed then plain indices.
    pub indices: Vec<Tensor>,
    pub values: Tensor,
    pub coalesced: bool,
}

/// The parts of a nested tensor: sequences of different lengths, one after the other.
#[derive(Clone)]
pub struct NestedParts {
    /// Dense, `[sum of lengths, …]`.
    pub values: Tensor,
    pub lengths: Arc<[usize]>,
}

impl Tensor {
    /// An uninitialised (but readable) row-major tensor.
    pub fn empty(sizes: &[i64], dtype: DType) -> Result<Tensor> {
        let strides = contiguous_strides(sizes);
        Self::empty_strided(sizes, &strides, dtype)
    }

    /// An uninitialised tensor in a memory format; `Preserve` counts as contiguous.
    pub fn empty_format(sizes: &[i64], dtype: DType, format: MemoryFormat) -> Result<Tensor> {
        let strides = match format {
            MemoryFormat::Contiguous | MemoryFormat::Preserve => contiguous_strides(sizes),
            MemoryFormat::ChannelsLast if sizes.len() == 4 => channels_last_strides(sizes),
            MemoryFormat::ChannelsLast3d if sizes.len() == 5 => channels_last_strides(sizes),
            MemoryFormat::ChannelsLast => crate::bail!("required rank 4 tensor to use channels_last format"),
            MemoryFormat::ChannelsLast3d => crate::bail!("required rank 5 tensor to use channels_last_3d format"),
        };
        Self::empty_strided(sizes, &strides, dtype)
    }

    /// An uninitialised tensor with given strides, over a storage just large enough.
    pub fn empty_strided(sizes: &[i64], strides: &[i64], dtype: DType) -> Result<Tensor> {
        let extent = checked_extent(sizes, strides, 0)?;
        let bytes = dtype.bytes_for(extent).ok_or_else(|| too_large(sizes))?;
        let storage = Storage::new(bytes)?;
        Ok(Self::from_geometry(Geometry { storage, offset: 0, sizes: sizes.into(), strides: strides.into() }, dtype))
    }

    /// A view of a storage. Fails when any element would lie outside it.
    pub fn from_storage(
        storage: Storage,
        offset: usize,
        sizes: &[i64],
        strides: &[i64],
        dtype: DType,
    ) -> Result<Tensor> {
        let extent = checked_extent(sizes, strides, offset)?;
        let bytes = dtype.bytes_for(extent).ok_or_else(|| too_large(sizes))?;
        if bytes > storage.nbytes() {
            return Err(Error::runtime(format!(
                "setStorage: sizes {sizes:?}, strides {strides:?}, storage offset {offset}, and itemsize {} requiring \
                 a storage size of {bytes} are out of bounds for storage of size {}",
                dtype.itemsize(),
                storage.nbytes()
            )));
        }
        Ok(Self::from_geometry(Geometry { storage, offset, sizes: sizes.into(), strides: strides.into() }, dtype))
    }

    /// The caller has checked that every element lies inside the storage.
    pub(super) fn from_geometry(geometry: Geometry, dtype: DType) -> Tensor {
        Tensor(Arc::new(Impl {
            geometry,
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype,
            requires_grad: AtomicBool::new(false),
            extra: None,
        }))
    }

    /// A tensor of the same dtype and extra properties with another geometry, which must lie inside its storage.
    pub(super) fn with_geometry(&self, geometry: Geometry) -> Tensor {
        Tensor(Arc::new(Impl {
            geometry,
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype: self.0.dtype,
            requires_grad: AtomicBool::new(self.requires_grad()),
            extra: self.current_extra(),
        }))
    }

    fn current_extra(&self) -> Option<Box<Extra>> {
        let mut extra = self.0.extra.clone();
        if let (Some(extra), Some(parts)) = (extra.as_mut(), self.sparse_parts()) {
            extra.sparse = Some(parts.clone());
        }
        extra
    }

    /// A new handle on the same elements that is not the same tensor: `alias`, `detach`.
    pub fn alias(&self) -> Tensor {
        self.with_geometry(self.geometry().clone())
    }

    /// What reading the memory leaves to do: see [`Lazy`].
    #[inline]
    pub fn lazy(&self) -> Lazy {
        self.0.extra.as_ref().map_or(Lazy::default(), |extra| extra.lazy)
    }

    /// The same memory, with that left to do.
    pub(super) fn with_lazy(&self, lazy: Lazy) -> Tensor {
        let extra = Extra { lazy, ..self.current_extra().map(|extra| *extra).unwrap_or_default() };
        Tensor(Arc::new(Impl {
            geometry: self.geometry().clone(),
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype: self.0.dtype,
            requires_grad: AtomicBool::new(self.requires_grad()),
            extra: Some(Box::new(extra)),
        }))
    }

    /// The same elements seen as another dtype of the same itemsize.
    pub fn reinterpret(&self, dtype: DType) -> Result<Tensor> {
        crate::ensure!(
            dtype.itemsize() == self.dtype().itemsize() && dtype.per_byte() == self.dtype().per_byte(),
            "cannot view {} as {dtype}: different element sizes",
            self.dtype()
        );
        Ok(Self::from_geometry(self.geometry().clone(), dtype))
    }

    /// The same elements as a quantized tensor; `self` holds the integers (int8, uint8 or int32).
    pub fn with_quantizer(&self, dtype: DType, quantizer: Arc<Quantizer>) -> Result<Tensor> {
        crate::ensure!(dtype.underlying() == self.dtype().underlying(), "{} cannot hold {dtype}", self.dtype());
        let extra = Extra { quantizer: Some(quantizer), ..Extra::default() };
        Ok(Tensor(Arc::new(Impl {
            geometry: self.geometry().clone(),
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype,
            requires_grad: AtomicBool::new(false),
            extra: Some(Box::new(extra)),
        })))
    }

    /// A sparse tensor. `strides` are meaningless and reported as contiguous; there are no dense elements.
    pub fn sparse(sizes: &[i64], parts: SparseParts) -> Tensor {
        SPARSE_IN_USE.store(true, Ordering::Relaxed);
        let dtype = parts.values.dtype();
        let geometry =
            Geometry { storage: Storage::empty(), offset: 0, sizes: sizes.into(), strides: contiguous_strides(sizes) };
        let extra = Extra { sparse: Some(parts), ..Extra::default() };
        Tensor(Arc::new(Impl {
            geometry,
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype,
            requires_grad: AtomicBool::new(false),
            extra: Some(Box::new(extra)),
        }))
    }

    /// A nested tensor. Sizes are those of the smallest dense tensor that all sequences fit into; there are no dense
    /// elements. Fails when the lengths do not add up.
    pub fn nested(parts: NestedParts) -> Result<Tensor> {
        let rows = parts.values.sizes().first().copied().unwrap_or(0) as usize;
        crate::ensure!(parts.values.dim() > 0 && parts.lengths.iter().sum::<usize>() == rows, "lengths do not add up");
        let longest = parts.lengths.iter().max().copied().unwrap_or(0);
        let mut sizes: Dims = [parts.lengths.len() as i64, longest as i64].as_slice().into();
        sizes.extend_from_slice(&parts.values.sizes()[1..]);
        let dtype = parts.values.dtype();
        let strides = contiguous_strides(&sizes);
        let extra = Extra { nested: Some(parts), ..Extra::default() };
        Ok(Tensor(Arc::new(Impl {
            geometry: Geometry { storage: Storage::empty(), offset: 0, sizes, strides },
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype,
            requires_grad: AtomicBool::new(false),
            extra: Some(Box::new(extra)),
        })))
    }

    /// A tensor without data on a device that is not the CPU: only its metadata can be used.
    pub fn without_data(sizes: &[i64], strides: &[i64], dtype: DType, device: Device) -> Result<Tensor> {
        checked_extent(sizes, strides, 0)?;
        let geometry = Geometry { storage: Storage::empty(), offset: 0, sizes: sizes.into(), strides: strides.into() };
        Ok(Tensor(Arc::new(Impl {
            geometry,
            replaced: AtomicPtr::new(std::ptr::null_mut()),
            dtype,
            requires_grad: AtomicBool::new(false),
            extra: Some(Box::new(Extra { device: Some(device), ..Extra::default() })),
        })))
    }

    #[inline]
    pub fn geometry(&self) -> &Geometry {
        let replaced = self.0.replaced.load(Ordering::Acquire);
        if replaced.is_null() {
            return &self.0.geometry;
        }
        // SAFETY: set by `replace` only, from a Box that is freed when the tensor is dropped.
        unsafe { &(*replaced).geometry }
    }

    /// Changes sizes, strides, offset or storage in place, for every handle. Fails when elements would lie outside
    /// the storage.
    pub fn replace_geometry(&self, geometry: Geometry) -> Result<()> {
        let extent = checked_extent(&geometry.sizes, &geometry.strides, geometry.offset)?;
        crate::ensure!(
            self.dtype().bytes_for(extent).is_some_and(|bytes| bytes <= geometry.storage.nbytes()),
            "sizes {:?} with strides {:?} are out of bounds for a storage of {} bytes",
            &geometry.sizes[..],
            &geometry.strides[..],
            geometry.storage.nbytes()
        );
        self.replace(geometry, self.sparse_parts().cloned(), self.quantizer().cloned());
        Ok(())
    }

    /// Changes the size and the parts of a sparse tensor in place, for every handle. Fails for other tensors, and when
    /// the layout or the dtype would be another.
    pub fn replace_sparse(&self, sizes: &[i64], parts: SparseParts) -> Result<()> {
        crate::ensure!(
            self.layout() != Layout::Strided && self.layout() == parts.layout && self.dtype() == parts.values.dtype(),
            "a {:?} tensor of dtype {} in the place of a {:?} tensor of dtype {}",
            parts.layout,
            parts.values.dtype(),
            self.layout(),
            self.dtype()
        );
        let geometry =
            Geometry { storage: Storage::empty(), offset: 0, sizes: sizes.into(), strides: contiguous_strides(sizes) };
        self.replace(geometry, Some(parts), None);
        Ok(())
    }

    /// Changes what the integers of a quantized tensor stand for, for every handle; the integers stay. Fails for tensors
    /// that are not quantized.
    pub fn replace_quantizer(&self, quantizer: Arc<Quantizer>) -> Result<()> {
        crate::ensure!(self.quantizer().is_some(), "a quantizer for a tensor of dtype {}", self.dtype());
        self.replace(self.geometry().clone(), None, Some(quantizer));
        Ok(())
    }

    fn replace(&self, geometry: Geometry, sparse: Option<SparseParts>, quantizer: Option<Arc<Quantizer>>) {
        let replaced = Replaced { geometry, sparse, quantizer, previous: std::ptr::null_mut() };
        let fresh = Box::into_raw(Box::new(replaced));
        let mut current = self.0.replaced.load(Ordering::Acquire);
        loop {
            // SAFETY: `fresh` is not shared yet.
            unsafe { (*fresh).previous = current };
            match self.0.replaced.compare_exchange(current, fresh, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return,
                Err(now) => current = now,
            }
        }
    }

    #[inline]
    pub fn dtype(&self) -> DType {
        self.0.dtype
    }
    #[inline]
    pub fn sizes(&self) -> &[i64] {
        &self.geometry().sizes
    }
    #[inline]
    pub fn strides(&self) -> &[i64] {
        &self.geometry().strides
    }
    #[inline]
    pub fn storage(&self) -> &Storage {
        &self.geometry().storage
    }
    /// In elements.
    #[inline]
    pub fn storage_offset(&self) -> usize {
        self.geometry().offset
    }
    /// Number of dimensions.
    #[inline]
    pub fn dim(&self) -> usize {
        self.sizes().len()
    }
    /// Number of elements.
    #[inline]
    pub fn numel(&self) -> usize {
        numel(self.sizes())
    }
    /// The size of a dimension that may count from the end.
    pub fn size(&self, dim: i64) -> Result<i64> {
        Ok(self.sizes()[self.wrap_existing(dim)?])
    }
    fn wrap_existing(&self, dim: i64) -> Result<usize> {
        if self.dim() == 0 {
            crate::bail!("dimension specified as {dim} but tensor has no dimensions");
        }
        crate::base::wrap_dim(dim, self.dim())
    }
    /// Row-major without gaps (dimensions of size 1 may have any stride).
    #[inline]
    pub fn is_contiguous(&self) -> bool {
        let geometry = self.geometry();
        is_contiguous(&geometry.sizes, &geometry.strides)
    }
    pub fn is_contiguous_in(&self, format: MemoryFormat) -> bool {
        let geometry = self.geometry();
        match format {
            MemoryFormat::Contiguous | MemoryFormat::Preserve => self.is_contiguous(),
            MemoryFormat::ChannelsLast | MemoryFormat::ChannelsLast3d => {
                let rank = if format == MemoryFormat::ChannelsLast { 4 } else { 5 };
                self.dim() == rank && super::layout::is_channels_last_contiguous(&geometry.sizes, &geometry.strides)
            }
        }
    }
    /// The memory format that PyTorch suggests for results computed from this tensor.
    pub fn suggest_memory_format(&self) -> MemoryFormat {
        let geometry = self.geometry();
        match geometry.sizes.len() {
            4 if super::layout::is_channels_last_strides(&geometry.sizes, &geometry.strides) => {
                MemoryFormat::ChannelsLast
            }
            5 if super::layout::is_channels_last_strides(&geometry.sizes, &geometry.strides) => {
                MemoryFormat::ChannelsLast3d
            }
            _ => MemoryFormat::Contiguous,
        }
    }
    pub fn requires_grad(&self) -> bool {
        self.0.requires_grad.load(Ordering::Relaxed)
    }
    pub fn set_requires_grad(&self, on: bool) {
        self.0.requires_grad.store(on, Ordering::Relaxed);
    }
    pub fn device(&self) -> Device {
        self.0.extra.as_ref().and_then(|e| e.device).unwrap_or(Device::CPU)
    }
    pub fn is_meta(&self) -> bool {
        self.device().kind == crate::base::DeviceType::Meta
    }
    pub fn layout(&self) -> Layout {
        self.sparse_parts().map_or(Layout::Strided, |s| s.layout)
    }
    pub fn sparse_parts(&self) -> Option<&SparseParts> {
        let first = self.0.extra.as_ref()?.sparse.as_ref()?;
        let replaced = self.0.replaced.load(Ordering::Acquire);
        if replaced.is_null() {
            return Some(first);
        }
        // SAFETY: set by `replace` only, from a Box that is freed when the tensor is dropped.
        unsafe { (*replaced).sparse.as_ref() }
    }
    pub fn nested_parts(&self) -> Option<&NestedParts> {
        self.0.extra.as_ref()?.nested.as_ref()
    }
    pub fn quantizer(&self) -> Option<&Arc<Quantizer>> {
        let first = self.0.extra.as_ref()?.quantizer.as_ref()?;
        let replaced = self.0.replaced.load(Ordering::Acquire);
        if replaced.is_null() {
            return Some(first);
        }
        // SAFETY: set by `replace` only, from a Box that is freed when the tensor is dropped.
        unsafe { (*replaced).quantizer.as_ref() }
    }
    /// Whether both handles are the same tensor (`x is y`), not merely equal or aliasing.
    pub fn is_same(&self, other: &Tensor) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// An address that identifies the tensor while it lives.
    pub fn id(&self) -> usize {
        Arc::as_ptr(&self.0) as *const u8 as usize
    }
    /// The handle as an address, for the C and C++ APIs; [`Tensor::from_raw`] takes it back.
    pub fn into_raw(self) -> *const u8 {
        Arc::into_raw(self.0).cast()
    }
    /// # Safety
    /// `raw` must come from [`Tensor::into_raw`]; each of its results may be taken back once.
    pub unsafe fn from_raw(raw: *const u8) -> Tensor {
        // SAFETY: by contract.
        Tensor(unsafe { Arc::from_raw(raw.cast()) })
    }
    /// How many handles there are on this tensor.
    pub fn use_count(&self) -> usize {
        Arc::strong_count(&self.0)
    }
    /// Whether this is the only handle on a tensor that alone uses its memory: its buffer may be reused.
    pub fn is_unique(&mut self) -> bool {
        Arc::get_mut(&mut self.0).is_some() && self.storage().is_unique()
    }
    /// How many handles on this tensor there are.
    pub fn handles(&self) -> usize {
        Arc::strong_count(&self.0)
    }
    /// Whether the two tensors' memory is the same block (they may or may not overlap).
    pub fn shares_storage(&self, other: &Tensor) -> bool {
        self.storage().same(other.storage())
    }
    /// A dense CPU tensor has elements that kernels can read.
    pub(super) fn check_dense(&self) -> Result<()> {
        if let Some(extra) = &self.0.extra {
            if let Some(sparse) = &extra.sparse {
                return Err(Error::unsupported(format!("this operator on a {:?} tensor", sparse.layout)));
            }
            if extra.nested.is_some() {
                return Err(Error::unsupported("this operator on a nested tensor"));
            }
            if extra.lazy != Lazy::default() {
                return Err(Error::internal("a kernel met a lazily conjugated or negated tensor"));
            }
            if let Some(device) = extra.device {
                return Err(Error::runtime(format!("a tensor on device {device} has no data to read")));
            }
        }
        Ok(())
    }
}

impl Drop for Impl {
    fn drop(&mut self) {
        let mut next = *self.replaced.get_mut();
        while !next.is_null() {
            // SAFETY: the list holds pointers from Box::into_raw, each once.
            let replaced = unsafe { Box::from_raw(next) };
            next = replaced.previous;
        }
    }
}

// SAFETY: the raw pointers in `Replaced` are owned by the list and only freed in drop.
unsafe impl Send for Impl {}
// SAFETY: as above; geometry is immutable once published.
unsafe impl Sync for Impl {}

impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tensor({}{:?})", self.dtype(), self.sizes())
    }
}

/// More elements than any memory holds, and far from overflow.
const MAX_SPAN: i64 = 1 << 56;

/// One past the largest element index that a strided view reaches, from the start of the storage; 0 for an empty
/// view. Fails on negative sizes or strides and on overflow.
fn checked_extent(sizes: &[i64], strides: &[i64], offset: usize) -> Result<usize> {
    crate::ensure!(
        sizes.len() == strides.len(),
        "mismatch in length of strides and shape: {} sizes, {} strides",
        sizes.len(),
        strides.len()
    );
    let mut last = i64::try_from(offset).map_err(|_| too_large(sizes))?;
    let mut count: i64 = 1;
    // a tensor without elements, too, has sizes and strides with which views can be computed
    let mut span: i64 = 1;
    for (&size, &stride) in sizes.iter().zip(strides) {
        if size < 0 {
            crate::bail!("Trying to create tensor with negative dimension {size}: {sizes:?}");
        }
        if stride < 0 {
            crate::bail!("as_strided: Negative strides are not supported at the moment, got strides: {strides:?}");
        }
        count = count.checked_mul(size).ok_or_else(|| too_large(sizes))?;
        span = span.saturating_mul(size.max(1));
        if span.max(stride) > MAX_SPAN {
            return Err(too_large(sizes));
        }
        let reach = (size - 1).max(0).checked_mul(stride).ok_or_else(|| too_large(sizes))?;
        last = last.checked_add(reach).ok_or_else(|| too_large(sizes))?;
    }
    if count == 0 {
        return Ok(0);
    }
    Ok(last as usize + 1)
}

fn too_large(sizes: &[i64]) -> Error {
    Error::limit(format!("Storage size calculation overflowed with sizes={sizes:?}"))
}
