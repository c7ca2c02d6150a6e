//! Tensors.

use std::ffi::c_void;

use super::error::{sconce_error, sconce_status};
use super::{get, guard, put, quiet, slice};
use crate::tensor::borrow_memory;
use crate::{DType, Error, Result, Tensor};

/// Element types; the numbers are PyTorch's.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sconce_dtype {
    SCONCE_DTYPE_BYTE = 0,
    SCONCE_DTYPE_CHAR = 1,
    SCONCE_DTYPE_SHORT = 2,
    SCONCE_DTYPE_INT = 3,
    SCONCE_DTYPE_LONG = 4,
    SCONCE_DTYPE_HALF = 5,
    SCONCE_DTYPE_FLOAT = 6,
    SCONCE_DTYPE_DOUBLE = 7,
    SCONCE_DTYPE_COMPLEX_FLOAT = 9,
    SCONCE_DTYPE_COMPLEX_DOUBLE = 10,
    SCONCE_DTYPE_BOOL = 11,
    SCONCE_DTYPE_QINT8 = 12,
    SCONCE_DTYPE_QUINT8 = 13,
    SCONCE_DTYPE_QINT32 = 14,
    SCONCE_DTYPE_BFLOAT16 = 15,
}

/// An array of one dtype. Freed with `sconce_tensor_free`.
pub struct sconce_tensor(pub(super) Tensor);

/// Called with its context when nothing refers to the memory of a tensor any more, on whatever thread that happens.
pub type sconce_deleter = Option<unsafe extern "C" fn(context: *mut c_void)>;

/// A context of the caller's, which goes to the thread that frees the tensor.
struct Context(*mut c_void);

// SAFETY: the caller is told that the deleter runs on any thread.
unsafe impl Send for Context {}

/// A tensor over the caller's memory, which is not copied.
///
/// `data` holds `sizes[0] * … * sizes[ndim - 1]` elements in row-major order, or lies as `strides` says, counted in
/// elements, `ndim` of them. It must stay valid until `deleter` is called with `context`; without a deleter, until
/// every tensor over it is freed, those that a model may have kept included. When this function fails, the deleter
/// is not called.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_from_memory(
    data: *mut c_void,
    dtype: i32,
    sizes: *const i64,
    ndim: usize,
    strides: *const i64,
    deleter: sconce_deleter,
    context: *mut c_void,
    out: *mut *mut sconce_tensor,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let context = Context(context);
    let release = move || {
        let context = context;
        if let Some(deleter) = deleter {
            // SAFETY: the caller's function with the caller's context.
            unsafe { deleter(context.0) };
        }
    };
    let make = || {
        // SAFETY: by contract, `ndim` sizes and, unless null, as many strides.
        let (sizes, strides) = unsafe { (slice(sizes, ndim, "sizes")?, optional(strides, ndim)?) };
        if out.is_null() {
            return Err(super::null("out"));
        }
        // SAFETY: by contract, the memory holds every element.
        let tensor = unsafe { borrow_memory(data.cast(), sizes, strides, 0, dtype_of(dtype)?, Box::new(release)) }?;
        // SAFETY: `out` is not null.
        unsafe { put(out, "out", give(tensor)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, make) }
}

/// A tensor of its own memory, with a copy of the row-major elements at `data`; zeros when `data` is null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_new(
    data: *const c_void,
    dtype: i32,
    sizes: *const i64,
    ndim: usize,
    out: *mut *mut sconce_tensor,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let make = || {
        // SAFETY: by contract, `ndim` sizes.
        let sizes = unsafe { slice(sizes, ndim, "sizes") }?;
        let tensor = Tensor::zeros(sizes, dtype_of(dtype)?)?;
        let nbytes = tensor.numel() * tensor.dtype().itemsize();
        if !data.is_null() && nbytes > 0 {
            // SAFETY: by contract `data` holds the elements; the tensor is fresh and just as large.
            unsafe { std::ptr::copy_nonoverlapping(data.cast::<u8>(), tensor.data_ptr(), nbytes) };
        }
        // SAFETY: by contract.
        unsafe { put(out, "out", give(tensor)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, make) }
}

/// The element type as a `sconce_dtype`; -1 for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_dtype(tensor: *const sconce_tensor) -> i32 {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(-1, |tensor| tensor.0.dtype().code() as i32)
}

/// Bytes of one element; 0 for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_itemsize(tensor: *const sconce_tensor) -> usize {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(0, |tensor| tensor.0.dtype().itemsize())
}

/// The number of dimensions; 0 for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_ndim(tensor: *const sconce_tensor) -> usize {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(0, |tensor| tensor.0.dim())
}

/// The number of elements; 0 for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_numel(tensor: *const sconce_tensor) -> usize {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(0, |tensor| tensor.0.numel())
}

/// `sconce_tensor_ndim` sizes, which live as long as the tensor; null for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_sizes(tensor: *const sconce_tensor) -> *const i64 {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(std::ptr::null(), |tensor| tensor.0.sizes().as_ptr())
}

/// `sconce_tensor_ndim` strides in elements, which live as long as the tensor; null for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_strides(tensor: *const sconce_tensor) -> *const i64 {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(std::ptr::null(), |tensor| tensor.0.strides().as_ptr())
}

/// The elements in row-major order, or null for a tensor that lies otherwise (see `sconce_tensor_contiguous`), that has
/// no elements or no memory. Lives as long as the tensor.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_data(tensor: *const sconce_tensor) -> *mut c_void {
    // SAFETY: the caller passes null or a tensor of this API.
    let Some(tensor) = (unsafe { tensor.as_ref() }) else { return std::ptr::null_mut() };
    quiet(std::ptr::null_mut(), || {
        let tensor = &tensor.0;
        let dense = tensor.device().is_cpu() && tensor.sparse_parts().is_none();
        match dense && tensor.numel() > 0 && tensor.is_contiguous() {
            true => tensor.data_ptr().cast(),
            false => std::ptr::null_mut(),
        }
    })
}

/// A tensor of the same elements in row-major order: the same memory where it lies so already, else a copy.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_contiguous(
    tensor: *const sconce_tensor,
    out: *mut *mut sconce_tensor,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", give(get(tensor, "tensor")?.0.to_contiguous()?))) }
}

/// Frees the tensor; memory that others share stays. Null is fine.
#[no_mangle]
pub unsafe extern "C" fn sconce_tensor_free(tensor: *mut sconce_tensor) {
    if !tensor.is_null() {
        // SAFETY: the caller gives back what `give` made, once.
        quiet((), || drop(unsafe { Box::from_raw(tensor) }));
    }
}

pub(super) fn give(tensor: Tensor) -> *mut sconce_tensor {
    Box::into_raw(Box::new(sconce_tensor(tensor)))
}

fn dtype_of(code: i32) -> Result<DType> {
    let known = DType::from_code(code.into()).filter(|dtype| !dtype.is_quantized());
    known.ok_or_else(|| Error::usage(format!("a tensor cannot be made with dtype {code}")))
}

/// # Safety
/// `pointer` must be null or valid for `count` reads.
unsafe fn optional<'a>(pointer: *const i64, count: usize) -> Result<Option<&'a [i64]>> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: by contract.
    unsafe { slice(pointer, count, "strides") }.map(Some)
}
