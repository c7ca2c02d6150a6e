//! Lists, dicts, tuples and the rest for C++.

use std::pin::Pin;

use cxx::CxxVector;

use super::slot::{give_value, Slot, ValueHandle};
use super::{guard, quiet, Failure};
use crate::host;
use crate::schema::parse_type;
use crate::value::{Dict, List};
use crate::{Error, IValue, Result};

type Slots<'a> = Pin<&'a mut CxxVector<Slot>>;

/// # Safety
/// As [`Slot::peek`].
pub unsafe fn slot_type(slot: &Slot, out: &mut String) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { slot.read() }?.ty().annotation()))
}

/// # Safety
/// As [`Slot::read`].
pub unsafe fn slot_text(slot: &Slot, out: &mut String) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { slot.read() }?.to_string()))
}

/// # Safety
/// As [`Slot::read`].
pub unsafe fn slot_equals(a: &Slot, b: &Slot, out: &mut bool) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { a.read()?.is_equal(&b.read()?)? }))
}

/// # Safety
/// As [`Slot::read`].
pub unsafe fn slot_is(a: &Slot, b: &Slot) -> bool {
    // SAFETY: by contract.
    quiet(false, || matches!(unsafe { (a.read(), b.read()) }, (Ok(a), Ok(b)) if a.is_identical(&b)))
}

/// # Safety
/// As [`Slot::read`].
pub unsafe fn slot_copy(slot: &Slot, deep: bool, out: &mut Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let value = unsafe { slot.read() }?;
        let copy = match value {
            IValue::Object(object) if deep => IValue::Object(host::deep_copy(&object)?),
            value if deep => value.deep_copy()?,
            value => value.shallow_copy()?,
        };
        set(out, Slot::give(copy))
    })
}

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn list_new(element: &str, out: &mut usize) -> *mut Failure {
    guard(|| set(out, give_value(IValue::List(List::new(parse_type(element)?, Vec::new()))) as usize))
}

/// # Safety
/// `list` must be alive, as in all that follow.
pub unsafe fn list_element_type(list: *const ValueHandle, out: &mut String) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { as_list(list) }?.element_type().annotation()))
}

/// # Safety
/// See [`list_element_type`].
pub unsafe fn list_size(list: *const ValueHandle, out: &mut usize) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { as_list(list) }?.len()))
}

/// # Safety
/// See [`list_element_type`].
pub unsafe fn list_get(list: *const ValueHandle, index: usize, out: &mut Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let list = unsafe { as_list(list) }?;
        let value = list.lock().get(index).cloned();
        set(out, Slot::give(value.ok_or_else(|| out_of_range(index))?))
    })
}

/// # Safety
/// See [`list_element_type`]; as [`Slot::read`].
pub unsafe fn list_set(list: *const ValueHandle, index: usize, value: &Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let (list, value) = unsafe { (as_list(list)?, value.read()?) };
        let value = fitting(&list, value)?;
        let old = match list.lock().get_mut(index) {
            Some(item) => std::mem::replace(item, value),
            None => return Err(out_of_range(index)),
        };
        drop(old);
        Ok(())
    })
}

/// # Safety
/// See [`list_element_type`]; as [`Slot::read`].
pub unsafe fn list_insert(list: *const ValueHandle, index: usize, value: &Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let (list, value) = unsafe { (as_list(list)?, value.read()?) };
        let value = fitting(&list, value)?;
        let mut items = list.lock();
        if index > items.len() {
            return Err(out_of_range(index));
        }
        items.insert(index, value);
        Ok(())
    })
}

/// # Safety
/// See [`list_element_type`].
pub unsafe fn list_erase(list: *const ValueHandle, begin: usize, end: usize) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let list = unsafe { as_list(list) }?;
        let removed: Vec<IValue> = {
            let mut items = list.lock();
            if begin > end || end > items.len() {
                return Err(out_of_range(end));
            }
            items.drain(begin..end).collect()
        };
        drop(removed);
        Ok(())
    })
}

/// # Safety
/// See [`list_element_type`].
pub unsafe fn list_items(list: *const ValueHandle, out: Slots<'_>) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| give_all(out, unsafe { as_list(list) }?.to_vec()))
}

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn dict_new(key: &str, value: &str, out: &mut usize) -> *mut Failure {
    guard(|| set(out, give_value(IValue::Dict(Dict::new(parse_type(key)?, parse_type(value)?))) as usize))
}

/// # Safety
/// `dict` must be alive, as in all that follow.
pub unsafe fn dict_types(dict: *const ValueHandle, key: &mut String, value: &mut String) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let dict = unsafe { as_dict(dict) }?;
        *key = dict.key_type().annotation();
        set(value, dict.value_type().annotation())
    })
}

/// # Safety
/// See [`dict_types`].
pub unsafe fn dict_size(dict: *const ValueHandle, out: &mut usize) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { as_dict(dict) }?.len()))
}

/// # Safety
/// See [`dict_types`]; as [`Slot::read`].
pub unsafe fn dict_get(dict: *const ValueHandle, key: &Slot, found: &mut bool, out: &mut Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let value = unsafe { as_dict(dict)?.get(&key.read()?) };
        *found = value.is_some();
        set(out, value.map_or(Slot::NONE, Slot::give))
    })
}

/// # Safety
/// See [`dict_types`]; as [`Slot::read`].
pub unsafe fn dict_set(dict: *const ValueHandle, key: &Slot, value: &Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let (dict, key, value) = unsafe { (as_dict(dict)?, key.read()?, value.read()?) };
        if !key.ty().is_subtype(dict.key_type()) {
            return Err(Error::usage(format!(
                "a key of type '{}' in a dict of '{}'",
                key.ty().annotation(),
                dict.key_type().annotation()
            )));
        }
        dict.insert(key, value)
    })
}

/// # Safety
/// See [`dict_types`]; as [`Slot::read`].
pub unsafe fn dict_erase(dict: *const ValueHandle, key: &Slot, found: &mut bool) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(found, unsafe { as_dict(dict)?.remove(&key.read()?) }.is_some()))
}

/// # Safety
/// See [`dict_types`].
pub unsafe fn dict_clear(dict: *const ValueHandle) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let removed = std::mem::take(&mut *unsafe { as_dict(dict) }?.lock());
        drop(removed);
        Ok(())
    })
}

/// # Safety
/// See [`dict_types`].
pub unsafe fn dict_items(dict: *const ValueHandle, out: Slots<'_>) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| give_all(out, unsafe { as_dict(dict) }?.entries().into_iter().flat_map(|(k, v)| [k, v])))
}

/// # Safety
/// As [`Slot::peek`].
pub unsafe fn tuple_items(tuple: &Slot, out: Slots<'_>) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| give_all(out, unsafe { tuple.peek() }?.to_tuple()?.elements.iter().cloned()))
}

/// # Safety
/// `value` must be alive.
pub unsafe fn enum_parts(
    value: *const ValueHandle,
    class_name: &mut String,
    name: &mut String,
    out: &mut Slot,
) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let IValue::Enum(member) = (unsafe { &(*value).0 }) else {
            return Err(Error::usage("the value is not an enum's member"));
        };
        *class_name = IValue::Enum(member.clone()).ty().annotation();
        *name = member.name.clone();
        set(out, Slot::give(member.value.clone()))
    })
}

/// # Safety
/// `future` must be alive.
pub unsafe fn future_wait(future: *const ValueHandle, out: &mut Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let IValue::Future(future) = (unsafe { &(*future).0 }) else {
            return Err(Error::usage("the value is not a future"));
        };
        set(out, Slot::give(future.wait()?))
    })
}

/// # Safety
/// `list` must be alive.
unsafe fn as_list(list: *const ValueHandle) -> Result<List> {
    // SAFETY: by contract.
    unsafe { &(*list).0 }.to_list()
}

/// # Safety
/// `dict` must be alive.
unsafe fn as_dict(dict: *const ValueHandle) -> Result<Dict> {
    // SAFETY: by contract.
    unsafe { &(*dict).0 }.to_dict()
}

/// A list holds values of its element type only.
fn fitting(list: &List, value: IValue) -> Result<IValue> {
    let (found, expected) = (value.ty(), list.element_type());
    if found.is_subtype(expected) {
        return Ok(value);
    }
    Err(Error::usage(format!("a value of type '{}' in a list of '{}'", found.annotation(), expected.annotation())))
}

fn out_of_range(index: usize) -> Error {
    Error::usage(format!("list index {index} is out of range"))
}

fn give_all(mut out: Slots<'_>, values: impl IntoIterator<Item = IValue>) -> Result<()> {
    for value in values {
        out.as_mut().push(Slot::give(value));
    }
    Ok(())
}

pub fn set<T>(out: &mut T, value: T) -> Result<()> {
    *out = value;
    Ok(())
}
