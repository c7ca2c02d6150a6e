//! The C API; `include/sconce.h` is generated from the functions here.
//!
//! Objects are opaque pointers, made and freed by functions of this API. A function that can fail returns a
//! [`sconce_status`] and, where the caller gives a place for it, an error object. Nothing unwinds
//! into C: every function runs inside a guard. There is no state by thread.
#![allow(unsafe_code, non_camel_case_types)]

pub mod error;
pub mod module;
pub mod output;
pub mod tensor;
pub mod value;

use std::ffi::{c_char, CStr};

use crate::error::catch_panic;
use crate::{Error, Result};
use error::{sconce_error, sconce_status, status_of};

/// Runs `f` for C: its status, and the error in `error` unless that is null.
///
/// # Safety
/// `error` must be null or valid for a write.
unsafe fn guard(error: *mut *mut sconce_error, f: impl FnOnce() -> Result<()>) -> sconce_status {
    match catch_panic(f) {
        Ok(()) => {
            if !error.is_null() {
                // SAFETY: by contract.
                unsafe { error.write(std::ptr::null_mut()) };
            }
            sconce_status::SCONCE_STATUS_OK
        }
        Err(failure) => {
            let status = status_of(failure.kind());
            if !error.is_null() {
                // SAFETY: by contract.
                unsafe { error.write(Box::into_raw(Box::new(sconce_error::new(failure)))) };
            }
            status
        }
    }
}

/// Like [`guard`] for functions without a status: `fallback` when something goes wrong.
fn quiet<T>(fallback: T, f: impl FnOnce() -> T) -> T {
    catch_panic(|| Ok(f())).unwrap_or(fallback)
}

/// Writes a result where the caller wants it.
///
/// # Safety
/// `out` must be null or valid for a write.
unsafe fn put<T>(out: *mut T, name: &str, value: T) -> Result<()> {
    if out.is_null() {
        return Err(null(name));
    }
    // SAFETY: by contract.
    unsafe { out.write(value) };
    Ok(())
}

/// # Safety
/// `pointer` must be null or valid for the result's lifetime.
unsafe fn get<'a, T>(pointer: *const T, name: &str) -> Result<&'a T> {
    // SAFETY: by contract.
    unsafe { pointer.as_ref() }.ok_or_else(|| null(name))
}

/// # Safety
/// `pointer` must be valid for `count` reads, unless that is 0.
unsafe fn slice<'a, T>(pointer: *const T, count: usize, name: &str) -> Result<&'a [T]> {
    if count == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(null(name));
    }
    if count > isize::MAX as usize / std::mem::size_of::<T>().max(1) {
        return Err(Error::usage(format!("{name}: {count} elements are more than there can be")));
    }
    // SAFETY: by contract.
    Ok(unsafe { std::slice::from_raw_parts(pointer, count) })
}

/// # Safety
/// `text` must be null or a null-terminated string.
unsafe fn string<'a>(text: *const c_char, name: &str) -> Result<&'a str> {
    if text.is_null() {
        return Err(null(name));
    }
    // SAFETY: by contract.
    unsafe { CStr::from_ptr(text) }.to_str().map_err(|_| Error::usage(format!("{name} is not UTF-8")))
}

fn null(name: &str) -> Error {
    Error::usage(format!("{name} is a null pointer"))
}

/// The version of the library: `"0.1.0"`. Not to be freed.
#[no_mangle]
pub extern "C" fn sconce_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Sets how many threads one operator may use; 0 counts as 1.
#[no_mangle]
pub extern "C" fn sconce_set_num_threads(threads: usize) {
    quiet((), || crate::base::threads::set_num_threads(threads))
}

/// How many threads one operator may use.
#[no_mangle]
pub extern "C" fn sconce_num_threads() -> usize {
    quiet(1, crate::base::threads::get_num_threads)
}
