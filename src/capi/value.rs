//! Values: what a method takes and returns.

use std::ffi::{c_char, CString};

use super::error::{c_string, sconce_error, sconce_status};
use super::tensor::{self, sconce_tensor};
use super::{get, guard, put, quiet, slice, string};
use crate::value::{save_value, Dict, List, Type};
use crate::{Error, IValue, Result};

/// What a value is.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sconce_kind {
    SCONCE_KIND_NONE = 0,
    SCONCE_KIND_TENSOR = 1,
    SCONCE_KIND_INT = 2,
    SCONCE_KIND_FLOAT = 3,
    SCONCE_KIND_BOOL = 4,
    SCONCE_KIND_STRING = 5,
    SCONCE_KIND_LIST = 6,
    SCONCE_KIND_TUPLE = 7,
    SCONCE_KIND_DICT = 8,
    SCONCE_KIND_OTHER = 9,
}

/// Any value of the TorchScript language. Freed with `sconce_value_free`.
pub struct sconce_value {
    value: IValue,
    /// The text of a string, made for C.
    text: Option<CString>,
}

/// None.
#[no_mangle]
pub extern "C" fn sconce_value_none() -> *mut sconce_value {
    give(IValue::None)
}

/// The tensor as a value; the tensor stays the caller's to free. Null for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_from_tensor(tensor: *const sconce_tensor) -> *mut sconce_value {
    // SAFETY: the caller passes null or a tensor of this API.
    unsafe { tensor.as_ref() }.map_or(std::ptr::null_mut(), |tensor| give(IValue::Tensor(tensor.0.clone())))
}

#[no_mangle]
pub extern "C" fn sconce_value_from_int(value: i64) -> *mut sconce_value {
    give(IValue::Int(value))
}

#[no_mangle]
pub extern "C" fn sconce_value_from_float(value: f64) -> *mut sconce_value {
    give(IValue::Double(value))
}

#[no_mangle]
pub extern "C" fn sconce_value_from_bool(value: bool) -> *mut sconce_value {
    give(IValue::Bool(value))
}

/// From UTF-8 text.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_from_string(
    text: *const c_char,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", give(IValue::str(string(text, "text")?)))) }
}

/// A list of `count` items of one type; of an empty list the type is Tensor. The items stay the caller's to free.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_from_list(
    items: *const *const sconce_value,
    count: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let make = || {
        // SAFETY: by contract.
        let items = unsafe { values(items, count, "items") }?;
        let element = items.first().map_or(Type::TENSOR, IValue::ty);
        if let Some(other) = items.iter().find(|item| !item.ty().is_subtype(&element)) {
            let (found, expected) = (other.ty().annotation(), element.annotation());
            return Err(Error::usage(format!("a list of '{expected}' cannot hold a '{found}'")));
        }
        // SAFETY: by contract.
        unsafe { put(out, "out", give(IValue::List(List::new(element, items)))) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, make) }
}

/// A tuple of `count` items, which stay the caller's to free.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_from_tuple(
    items: *const *const sconce_value,
    count: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", give(IValue::tuple(values(items, count, "items")?)))) }
}

/// A dict of `count` keys and as many items, each of one type, which stay the caller's to free.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_from_dict(
    keys: *const *const sconce_value,
    items: *const *const sconce_value,
    count: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let make = || {
        // SAFETY: by contract.
        let (keys, items) = unsafe { (values(keys, count, "keys")?, values(items, count, "items")?) };
        let key_type = keys.first().map_or(Type::Str, IValue::ty);
        let item_type = items.first().map_or(Type::TENSOR, IValue::ty);
        let dict = Dict::new(key_type.clone(), item_type.clone());
        for (key, item) in keys.into_iter().zip(items) {
            if !key.ty().is_subtype(&key_type) || !item.ty().is_subtype(&item_type) {
                return Err(Error::usage("the keys of a dict must have one type, and so must its items"));
            }
            dict.insert(key, item)?;
        }
        // SAFETY: by contract.
        unsafe { put(out, "out", give(IValue::Dict(dict))) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, make) }
}

/// What the value is; `SCONCE_KIND_NONE` for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_kind(value: *const sconce_value) -> sconce_kind {
    // SAFETY: the caller passes null or a value of this API.
    let Some(value) = (unsafe { value.as_ref() }) else { return sconce_kind::SCONCE_KIND_NONE };
    match value.value {
        IValue::None => sconce_kind::SCONCE_KIND_NONE,
        IValue::Tensor(_) => sconce_kind::SCONCE_KIND_TENSOR,
        IValue::Int(_) => sconce_kind::SCONCE_KIND_INT,
        IValue::Double(_) => sconce_kind::SCONCE_KIND_FLOAT,
        IValue::Bool(_) => sconce_kind::SCONCE_KIND_BOOL,
        IValue::Str(_) => sconce_kind::SCONCE_KIND_STRING,
        IValue::List(_) => sconce_kind::SCONCE_KIND_LIST,
        IValue::Tuple(_) => sconce_kind::SCONCE_KIND_TUPLE,
        IValue::Dict(_) => sconce_kind::SCONCE_KIND_DICT,
        _ => sconce_kind::SCONCE_KIND_OTHER,
    }
}

/// The tensor, freed by the caller with `sconce_tensor_free`.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_to_tensor(
    value: *const sconce_value,
    out: *mut *mut sconce_tensor,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", tensor::give(read(value)?.to_tensor().map_err(usage)?))) }
}

/// An int, or a bool as 0 and 1.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_to_int(
    value: *const sconce_value,
    out: *mut i64,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", read(value)?.to_int().map_err(usage)?)) }
}

/// A float, or an int.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_to_float(
    value: *const sconce_value,
    out: *mut f64,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", read(value)?.to_double().map_err(usage)?)) }
}

#[no_mangle]
pub unsafe extern "C" fn sconce_value_to_bool(
    value: *const sconce_value,
    out: *mut bool,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", read(value)?.to_bool().map_err(usage)?)) }
}

/// The text of a string, which lives as long as the value; null for other values.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_string(value: *const sconce_value) -> *const c_char {
    // SAFETY: the caller passes null or a value of this API.
    let text = unsafe { value.as_ref() }.and_then(|value| value.text.as_ref());
    text.map_or(std::ptr::null(), |text| text.as_ptr())
}

/// The number of items of a list, tuple or dict; 0 for other values.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_size(value: *const sconce_value) -> usize {
    // SAFETY: the caller passes null or a value of this API.
    let Some(value) = (unsafe { value.as_ref() }) else { return 0 };
    quiet(0, || match &value.value {
        IValue::List(list) => list.len(),
        IValue::Tuple(tuple) => tuple.elements.len(),
        IValue::Dict(dict) => dict.len(),
        _ => 0,
    })
}

/// An item of a list or tuple, or the item at a place of a dict; freed by the caller.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_item(
    value: *const sconce_value,
    index: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", give(entry(read(value)?, index)?.1))) }
}

/// The key at a place of a dict; freed by the caller.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_key(
    value: *const sconce_value,
    index: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let find = || {
        // SAFETY: by contract.
        let key = unsafe { entry(read(value)?, index) }?.0;
        let key = key.ok_or_else(|| Error::usage("only a dict has keys"))?;
        // SAFETY: by contract.
        unsafe { put(out, "out", give(key)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, find) }
}

/// The item of a dict under a string, freed by the caller; null without an error when there is none.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_find(
    value: *const sconce_value,
    key: *const c_char,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let find = || {
        // SAFETY: by contract.
        let (dict, key) = unsafe { (read(value)?.to_dict().map_err(usage)?, string(key, "key")?) };
        let item = dict.get(&IValue::str(key)).map_or(std::ptr::null_mut(), give);
        // SAFETY: by contract.
        unsafe { put(out, "out", item) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, find) }
}

/// Writes a value as `torch.save` does. What was at `path` stays whole unless the new file is complete.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_save(
    value: *const sconce_value,
    path: *const c_char,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || save_value(read(value)?, string(path, "path")?)) }
}

/// Frees a value; what others refer to stays. Null is fine.
#[no_mangle]
pub unsafe extern "C" fn sconce_value_free(value: *mut sconce_value) {
    if !value.is_null() {
        // SAFETY: the caller gives back what `give` made, once.
        quiet((), || drop(unsafe { Box::from_raw(value) }));
    }
}

pub(super) fn give(value: IValue) -> *mut sconce_value {
    let text = match &value {
        IValue::Str(text) => Some(c_string(&**text)),
        _ => None,
    };
    Box::into_raw(Box::new(sconce_value { value, text }))
}

/// # Safety
/// `items` must be valid for `count` reads, and each of them null or a value.
pub(super) unsafe fn values(items: *const *const sconce_value, count: usize, name: &str) -> Result<Vec<IValue>> {
    // SAFETY: by contract.
    let items = unsafe { slice(items, count, name) }?;
    items.iter().map(|item| Ok(unsafe { read(*item) }?.clone())).collect()
}

/// # Safety
/// `value` must be null or a value.
unsafe fn read<'a>(value: *const sconce_value) -> Result<&'a IValue> {
    // SAFETY: by contract.
    Ok(&unsafe { get(value, "value") }?.value)
}

fn entry(value: &IValue, index: usize) -> Result<(Option<IValue>, IValue)> {
    let found = match value {
        IValue::List(list) => list.lock().get(index).map(|item| (None, item.clone())),
        IValue::Tuple(tuple) => tuple.elements.get(index).map(|item| (None, item.clone())),
        IValue::Dict(dict) => dict.lock().get_index(index).map(|(k, v)| (Some(k.value().clone()), v.clone())),
        other => return Err(Error::usage(format!("a {} has no items", other.tag()))),
    };
    found.ok_or_else(|| Error::usage(format!("index {index} is out of range")))
}

/// Asking for the wrong kind is the caller's mistake, not the script's.
fn usage(error: Error) -> Error {
    Error::usage(error.message())
}
