//! Tensors for C++.

use cxx::{type_id, ExternType};

use super::slot::{device_code, give_tensor, lend_tensor};
use super::{guard, quiet, Failure};
use crate::tensor::{self, borrow_memory};
use crate::{DType, Error, Result, Tensor};

/// A [`Tensor`]; C++ sees only pointers, made by `Tensor::into_raw`.
pub struct TensorHandle {
    _private: [u8; 0],
}

/// `sconce::TensorMeta`.
#[repr(C)]
pub struct TensorMeta {
    sizes: *const i64,
    strides: *const i64,
    dim: usize,
    numel: i64,
    storage_offset: i64,
    storage_nbytes: usize,
    data: *mut u8,
    dtype: i8,
    device_type: i8,
    device_index: i8,
    layout: i8,
    requires_grad: bool,
}

// SAFETY: `sconce::TensorMeta` has the same fields in the same order.
unsafe impl ExternType for TensorMeta {
    type Id = type_id!("sconce::abi::TensorMeta");
    type Kind = cxx::kind::Trivial;
}

/// # Safety
/// `tensor` must be alive.
pub unsafe fn tensor_retain(tensor: *const TensorHandle) {
    // SAFETY: by contract. The clone's count is C++'s.
    std::mem::forget(unsafe { lend_tensor(tensor) });
}

/// # Safety
/// The caller must own a reference, and gives it up.
pub unsafe fn tensor_release(tensor: *const TensorHandle) {
    if !tensor.is_null() {
        // SAFETY: by contract.
        quiet((), || drop(unsafe { Tensor::from_raw(tensor.cast()) }));
    }
}

/// # Safety
/// `tensor` must be alive.
pub unsafe fn tensor_use_count(tensor: *const TensorHandle) -> usize {
    // SAFETY: by contract. Our own handle counts too.
    unsafe { lend_tensor(tensor) }.map_or(0, |t| t.use_count() - 1)
}

/// # Safety
/// `tensor` must be alive. The pointers in `out` live as long as the tensor.
pub unsafe fn tensor_meta(tensor: *const TensorHandle, out: &mut TensorMeta) -> *mut Failure {
    // SAFETY: by contract.
    let Some(tensor) = (unsafe { lend_tensor(tensor) }) else {
        return guard(|| Err(Error::usage("the tensor is undefined")));
    };
    let geometry = tensor.geometry();
    let device = tensor.device();
    let has_data = device.is_cpu() && tensor.sparse_parts().is_none();
    *out = TensorMeta {
        sizes: geometry.sizes.as_ptr(),
        strides: geometry.strides.as_ptr(),
        dim: geometry.sizes.len(),
        numel: tensor.numel() as i64,
        storage_offset: geometry.offset as i64,
        storage_nbytes: geometry.storage.nbytes(),
        data: if has_data && geometry.storage.nbytes() > 0 { tensor.data_ptr() } else { std::ptr::null_mut() },
        dtype: tensor.dtype().code() as i8,
        device_type: device_code(device.kind) as i8,
        device_index: device.index.unwrap_or(-1),
        layout: tensor.layout() as i8,
        requires_grad: tensor.requires_grad(),
    };
    std::ptr::null_mut()
}

/// # Safety
/// Both must be alive.
pub unsafe fn tensor_is(a: *const TensorHandle, b: *const TensorHandle) -> bool {
    a == b
}

/// # Safety
/// Both must be alive.
pub unsafe fn tensor_shares_storage(a: *const TensorHandle, b: *const TensorHandle) -> bool {
    // SAFETY: by contract.
    match unsafe { (lend_tensor(a), lend_tensor(b)) } {
        (Some(a), Some(b)) => a.shares_storage(&b),
        _ => false,
    }
}

/// # Safety
/// `tensor` must be alive.
pub unsafe fn tensor_set_requires_grad(tensor: *const TensorHandle, on: bool) {
    // SAFETY: by contract.
    if let Some(tensor) = unsafe { lend_tensor(tensor) } {
        tensor.set_requires_grad(on);
    }
}

/// # Safety
/// `tensor` must be alive.
pub unsafe fn tensor_text(tensor: *const TensorHandle, width: i64, out: &mut String) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let tensor = unsafe { lend_tensor(tensor) };
        *out = match tensor {
            Some(tensor) => tensor.print(usize::try_from(width).unwrap_or(80))?,
            None => "[ Tensor (undefined) ]".into(),
        };
        Ok(())
    })
}

/// `strides` empty means row-major; `release` is a `void (*)(void*)` or 0.
///
/// # Safety
/// `data` must be valid for reads and writes of every element until `release(context)` is called.
pub unsafe fn tensor_from_memory(
    data: usize,
    sizes: &[i64],
    strides: &[i64],
    storage_offset: i64,
    dtype: i8,
    release: usize,
    context: usize,
    out: &mut usize,
) -> *mut Failure {
    let deleter = move || {
        if release != 0 {
            // SAFETY: by contract, a function pointer of this type.
            let release: extern "C" fn(usize) = unsafe { std::mem::transmute(release) };
            release(context);
        }
    };
    guard(|| {
        let strides = if strides.is_empty() { None } else { Some(strides) };
        // SAFETY: by contract.
        let tensor = unsafe {
            borrow_memory(data as *mut u8, sizes, strides, storage_offset, dtype_of(dtype)?, Box::new(deleter))
        }?;
        *out = give_tensor(tensor) as usize;
        Ok(())
    })
}

pub fn dtype_of(code: i8) -> Result<DType> {
    DType::from_code(code.into()).ok_or_else(|| Error::usage(format!("there is no dtype {code}")))
}

pub fn default_dtype() -> i8 {
    tensor::default_dtype().code() as i8
}

pub fn set_default_dtype(dtype: i8) -> *mut Failure {
    guard(|| tensor::set_default_dtype(dtype_of(dtype)?))
}

pub fn promote_types(a: i8, b: i8, out: &mut i8) -> *mut Failure {
    guard(|| {
        *out = crate::base::promote_types(dtype_of(a)?, dtype_of(b)?).code() as i8;
        Ok(())
    })
}
