//! The C++ API's way into the library: values as plain words ([`Slot`]), a few dozen functions, one guard.
//!
//! `include/sconce/abi.h` declares what the C++ headers may call; `src/bridge/*.cc` implements it over the functions
//! below, which cxx exposes. The glue in `generated/` is checked in, so that building needs no generator.
//!
//! Nothing unwinds into C++: every function that can fail runs inside [`guard`] and returns a [`Failure`] or null.
//! Handles are reference counts of this side: a [`TensorHandle`] is a [`Tensor`], a [`ValueHandle`] an [`IValue`].
#![allow(unsafe_code)]

mod module;
mod op;
mod slot;
mod tensor;
mod value;

use crate::error::catch_panic;
use crate::{Error, ErrorKind, Result};
use module::*;
use op::*;
use slot::*;
use tensor::*;
use value::*;

/// An error on its way to C++.
pub struct Failure(Error);

/// Runs `f` for C++: null, or what went wrong, for [`failure_take`].
fn guard(f: impl FnOnce() -> Result<()>) -> *mut Failure {
    match catch_panic(f) {
        Ok(()) => std::ptr::null_mut(),
        Err(error) => Box::into_raw(Box::new(Failure(error))),
    }
}

/// Like [`guard`] for functions that have nowhere to put an error: `fallback` instead of the result.
fn quiet<T>(fallback: T, f: impl FnOnce() -> T) -> T {
    catch_panic(|| Ok(f())).unwrap_or(fallback)
}

/// What the C++ side makes its exception from. Consumes the failure.
///
/// # Safety
/// `failure` must come from a function of this bridge, once.
unsafe fn failure_take(failure: *mut Failure) -> ffi::FailureInfo {
    // SAFETY: by contract, from `Box::into_raw` in `guard`.
    let Failure(error) = *unsafe { Box::from_raw(failure) };
    ffi::FailureInfo {
        kind: match error.kind() {
            ErrorKind::Archive => 1,
            ErrorKind::Syntax => 2,
            ErrorKind::Type => 3,
            ErrorKind::Unsupported => 4,
            ErrorKind::Runtime => 5,
            ErrorKind::Script => 6,
            ErrorKind::Limit => 7,
            ErrorKind::Usage => 8,
            ErrorKind::Io => 9,
            _ => 0,
        },
        in_script: !error.frames().is_empty(),
        has_class: error.class().is_some(),
        class_name: error.class().unwrap_or_default().to_string(),
        message: error.message().to_string(),
        text: error.to_string(),
    }
}

#[cxx::bridge(namespace = "sconce::bridge")]
mod ffi {
    struct FailureInfo {
        kind: u8,
        in_script: bool,
        has_class: bool,
        class_name: String,
        message: String,
        text: String,
    }
    struct ArgumentRow {
        name: String,
        type_text: String,
        has_default: bool,
        kwarg_only: bool,
        default_value: Slot,
    }
    struct Schema {
        name: String,
        overload: String,
        arguments: Vec<ArgumentRow>,
        returns: Vec<ArgumentRow>,
        text: String,
    }
    struct ExtraRow {
        name: String,
        found: bool,
        contents: Vec<u8>,
    }

    #[namespace = "sconce::abi"]
    unsafe extern "C++" {
        include!("sconce/abi.h");
        type Slot = crate::bridge::slot::Slot;
        type TensorMeta = crate::bridge::tensor::TensorMeta;
    }
    impl CxxVector<Slot> {}

    extern "Rust" {
        type Failure;
        #[namespace = "sconce::abi"]
        type TensorHandle;
        #[namespace = "sconce::abi"]
        type ValueHandle;
        #[namespace = "sconce::abi"]
        type MethodHandle;
        #[namespace = "sconce::abi"]
        type OpHandle;

        unsafe fn failure_take(failure: *mut Failure) -> FailureInfo;

        unsafe fn tensor_retain(tensor: *const TensorHandle);
        unsafe fn tensor_release(tensor: *const TensorHandle);
        unsafe fn tensor_use_count(tensor: *const TensorHandle) -> usize;
        unsafe fn tensor_meta(tensor: *const TensorHandle, out: &mut TensorMeta) -> *mut Failure;
        unsafe fn tensor_is(a: *const TensorHandle, b: *const TensorHandle) -> bool;
        unsafe fn tensor_shares_storage(a: *const TensorHandle, b: *const TensorHandle) -> bool;
        unsafe fn tensor_set_requires_grad(tensor: *const TensorHandle, on: bool);
        unsafe fn tensor_text(tensor: *const TensorHandle, width: i64, out: &mut String) -> *mut Failure;
        unsafe fn tensor_from_memory(
            data: usize,
            sizes: &[i64],
            strides: &[i64],
            storage_offset: i64,
            dtype: i8,
            release: usize,
            context: usize,
            out: &mut usize,
        ) -> *mut Failure;
        fn default_dtype() -> i8;
        fn set_default_dtype(dtype: i8) -> *mut Failure;
        fn promote_types(a: i8, b: i8, out: &mut i8) -> *mut Failure;

        unsafe fn op_find(name: &str, overload: &str, out: &mut usize) -> *mut Failure;
        unsafe fn op_call(op: *const OpHandle, args: &[Slot], results: &mut [Slot]) -> *mut Failure;
        unsafe fn op_call_by_name(name: &str, args: &[Slot], results: Pin<&mut CxxVector<Slot>>) -> *mut Failure;

        unsafe fn value_retain(value: *const ValueHandle);
        unsafe fn value_release(value: *const ValueHandle);
        unsafe fn slot_release(slot: &Slot);
        unsafe fn slot_type(slot: &Slot, out: &mut String) -> *mut Failure;
        unsafe fn slot_text(slot: &Slot, out: &mut String) -> *mut Failure;
        unsafe fn slot_equals(a: &Slot, b: &Slot, out: &mut bool) -> *mut Failure;
        unsafe fn slot_is(a: &Slot, b: &Slot) -> bool;
        unsafe fn slot_copy(slot: &Slot, deep: bool, out: &mut Slot) -> *mut Failure;
        unsafe fn list_new(element: &str, out: &mut usize) -> *mut Failure;
        unsafe fn list_element_type(list: *const ValueHandle, out: &mut String) -> *mut Failure;
        unsafe fn list_size(list: *const ValueHandle, out: &mut usize) -> *mut Failure;
        unsafe fn list_get(list: *const ValueHandle, index: usize, out: &mut Slot) -> *mut Failure;
        unsafe fn list_set(list: *const ValueHandle, index: usize, value: &Slot) -> *mut Failure;
        unsafe fn list_insert(list: *const ValueHandle, index: usize, value: &Slot) -> *mut Failure;
        unsafe fn list_erase(list: *const ValueHandle, begin: usize, end: usize) -> *mut Failure;
        unsafe fn list_items(list: *const ValueHandle, out: Pin<&mut CxxVector<Slot>>) -> *mut Failure;
        unsafe fn dict_new(key: &str, value: &str, out: &mut usize) -> *mut Failure;
        unsafe fn dict_types(dict: *const ValueHandle, key: &mut String, value: &mut String) -> *mut Failure;
        unsafe fn dict_size(dict: *const ValueHandle, out: &mut usize) -> *mut Failure;
        unsafe fn dict_get(dict: *const ValueHandle, key: &Slot, found: &mut bool, out: &mut Slot) -> *mut Failure;
        unsafe fn dict_set(dict: *const ValueHandle, key: &Slot, value: &Slot) -> *mut Failure;
        unsafe fn dict_erase(dict: *const ValueHandle, key: &Slot, found: &mut bool) -> *mut Failure;
        unsafe fn dict_clear(dict: *const ValueHandle) -> *mut Failure;
        unsafe fn dict_items(dict: *const ValueHandle, out: Pin<&mut CxxVector<Slot>>) -> *mut Failure;
        unsafe fn tuple_items(tuple: &Slot, out: Pin<&mut CxxVector<Slot>>) -> *mut Failure;
        unsafe fn enum_parts(
            value: *const ValueHandle,
            class_name: &mut String,
            name: &mut String,
            out: &mut Slot,
        ) -> *mut Failure;
        unsafe fn future_wait(future: *const ValueHandle, out: &mut Slot) -> *mut Failure;

        unsafe fn object_type_name(object: *const ValueHandle, out: &mut String) -> *mut Failure;
        unsafe fn object_get(object: *const ValueHandle, name: &str, found: &mut bool, out: &mut Slot) -> *mut Failure;
        unsafe fn object_set(object: *const ValueHandle, name: &str, value: &Slot) -> *mut Failure;
        unsafe fn object_slots(
            object: *const ValueHandle,
            kind: u8,
            names: &mut Vec<String>,
            values: Pin<&mut CxxVector<Slot>>,
        ) -> *mut Failure;
        unsafe fn object_methods(object: *const ValueHandle, names: &mut Vec<String>) -> *mut Failure;
        unsafe fn object_find_method(object: *const ValueHandle, name: &str, out: &mut usize) -> *mut Failure;
        unsafe fn object_register(
            object: *const ValueHandle,
            name: &str,
            type_text: &str,
            kind: u8,
            value: &Slot,
        ) -> *mut Failure;
        unsafe fn object_define(object: *const ValueHandle, source: &str) -> *mut Failure;
        unsafe fn method_retain(method: *const MethodHandle);
        unsafe fn method_release(method: *const MethodHandle);
        unsafe fn method_schema(method: *const MethodHandle, out: &mut Schema) -> *mut Failure;
        unsafe fn method_graph(method: *const MethodHandle, inlined: bool, out: &mut String) -> *mut Failure;
        unsafe fn method_run(
            method: *const MethodHandle,
            args: &[Slot],
            names: &[&str],
            kwargs: &[Slot],
            out: &mut Slot,
        ) -> *mut Failure;
        unsafe fn module_load(path: &str, extra: &mut Vec<ExtraRow>, out: &mut usize) -> *mut Failure;
        unsafe fn module_load_bytes(bytes: &[u8], extra: &mut Vec<ExtraRow>, out: &mut usize) -> *mut Failure;
        unsafe fn module_load_reader(
            context: usize,
            size: usize,
            read: usize,
            extra: &mut Vec<ExtraRow>,
            out: &mut usize,
        ) -> *mut Failure;
        unsafe fn set_print_handler(print: usize) -> *mut Failure;
        unsafe fn tensors_save(names: &[&str], tensors: &[Slot], path: &str, out: &mut Vec<u8>) -> *mut Failure;
        unsafe fn pickle_load(bytes: &[u8], out: &mut Slot) -> *mut Failure;
        unsafe fn pickle_save(value: &Slot, out: &mut Vec<u8>) -> *mut Failure;
        unsafe fn module_train(module: *const ValueHandle, on: bool) -> *mut Failure;
        unsafe fn module_to(module: *const ValueHandle, dtype: i8) -> *mut Failure;
        unsafe fn module_dump(
            module: *const ValueHandle,
            code: bool,
            attributes: bool,
            parameters: bool,
            out: &mut String,
        ) -> *mut Failure;
        unsafe fn module_clone(module: *const ValueHandle, out: &mut usize) -> *mut Failure;

        fn set_num_threads(threads: i32);
        fn get_num_threads() -> i32;
        fn manual_seed(seed: u64) -> *mut Failure;
    }
}
