//! Modules.

use std::ffi::{c_char, c_void};

use super::error::{c_string, sconce_error, sconce_status};
use super::value::{self, sconce_value};
use super::{get, guard, put, quiet, slice, string};
use crate::archive::CallbackReader;
use crate::host;
use crate::value::Object;
use crate::{Error, Result};

/// A loaded model. Freed with `sconce_module_free`. Any number of threads may run one module.
pub struct sconce_module {
    object: Object,
    /// Names of the methods, made for C.
    methods: Vec<std::ffi::CString>,
}

/// Reads an archive that `torch.jit.save` wrote. The file is mapped, not copied: it must not change while the module
/// lives.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_load(
    path: *const c_char,
    out: *mut *mut sconce_module,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { guard(error, || put(out, "out", give(host::load_path(string(path, "path")?, &mut [])?))) }
}

/// Reads an archive from memory, which is copied: it may go when this returns.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_load_memory(
    data: *const c_void,
    size: usize,
    out: *mut *mut sconce_module,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let load = || {
        // SAFETY: by contract.
        let bytes: &[u8] = unsafe { slice(data.cast(), size, "data") }?;
        // SAFETY: by contract.
        unsafe { put(out, "out", give(host::load_bytes(bytes, &mut [])?)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, load) }
}

/// Where an archive is read from when it is neither a file nor in memory: it is encrypted, packed into something else, or
/// elsewhere.
#[repr(C)]
pub struct sconce_reader {
    /// Handed to both functions as it is.
    pub context: *mut c_void,
    /// Returns the size of the archive in bytes, or a negative number when it cannot.
    pub size: Option<unsafe extern "C" fn(context: *mut c_void) -> i64>,
    /// Writes `count` bytes from `offset` on to `buffer`, or fewer, and returns how many: 0 when there are none, a negative
    /// number when reading fails. Must not throw or jump out.
    pub read: Option<unsafe extern "C" fn(context: *mut c_void, offset: u64, buffer: *mut c_void, count: usize) -> i64>,
}

/// Reads an archive through a reader of the caller's. Its functions are called on this thread, before this returns, and
/// never after.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_load_reader(
    reader: *const sconce_reader,
    out: *mut *mut sconce_module,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let load = || {
        // SAFETY: by contract.
        let reader = unsafe { get(reader, "reader") }?;
        let size = reader.size.ok_or_else(|| super::null("reader->size"))?;
        let read = reader.read.ok_or_else(|| super::null("reader->read"))?;
        // SAFETY: by contract; the reader is used on this thread only, and gone when this returns.
        let reader = unsafe { CallbackReader::new(reader.context, size, read) };
        // SAFETY: by contract.
        unsafe { put(out, "out", give(host::load_reader(&reader, &mut [])?)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, load) }
}

/// Runs the method `forward`; see `sconce_module_run`.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_forward(
    module: *const sconce_module,
    arguments: *const *const sconce_value,
    count: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    // SAFETY: by contract.
    unsafe { sconce_module_run(module, c"forward".as_ptr(), arguments, count, out, error) }
}

/// Runs a method on `count` arguments, which stay the caller's; the result is the caller's to free. Arguments that the
/// method has defaults for may be left out at the end.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_run(
    module: *const sconce_module,
    method: *const c_char,
    arguments: *const *const sconce_value,
    count: usize,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let run = || {
        // SAFETY: by contract.
        let (object, name, arguments) = unsafe {
            (&get(module, "module")?.object, string(method, "method")?, value::values(arguments, count, "arguments")?)
        };
        if out.is_null() {
            return Err(super::null("out"));
        }
        let method = find(object, name)?;
        // SAFETY: `out` is not null.
        unsafe { put(out, "out", value::give(host::run(&method, arguments, Vec::new())?)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, run) }
}

/// Compiles a method ahead of its first run, so that what is wrong with it shows now.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_compile(
    module: *const sconce_module,
    method: *const c_char,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let compile = || {
        // SAFETY: by contract.
        let (object, name) = unsafe { (&get(module, "module")?.object, string(method, "method")?) };
        host::schema(&find(object, name)?).map(|_| ())
    };
    // SAFETY: by contract.
    unsafe { guard(error, compile) }
}

/// The number of methods; 0 for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_method_count(module: *const sconce_module) -> usize {
    // SAFETY: the caller passes null or a module of this API.
    unsafe { module.as_ref() }.map_or(0, |module| module.methods.len())
}

/// The name of a method, which lives as long as the module; null when `index` is out of range.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_method_name(module: *const sconce_module, index: usize) -> *const c_char {
    // SAFETY: the caller passes null or a module of this API.
    let name = unsafe { module.as_ref() }.and_then(|module| module.methods.get(index));
    name.map_or(std::ptr::null(), |name| name.as_ptr())
}

/// An attribute or constant of the module, freed by the caller.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_attribute(
    module: *const sconce_module,
    name: *const c_char,
    out: *mut *mut sconce_value,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let read = || {
        // SAFETY: by contract.
        let (object, name) = unsafe { (&get(module, "module")?.object, string(name, "name")?) };
        let found = match object.class().slot(name) {
            Some(slot) => object.get(slot),
            None => object
                .class()
                .constant(name)
                .ok_or_else(|| Error::usage(format!("the module has no attribute '{name}'")))?,
        };
        // SAFETY: by contract.
        unsafe { put(out, "out", value::give(found)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, read) }
}

/// A module with a copy of all state, for a stream of its own.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_clone(
    module: *const sconce_module,
    out: *mut *mut sconce_module,
    error: *mut *mut sconce_error,
) -> sconce_status {
    let clone = || {
        // SAFETY: by contract.
        let object = unsafe { &get(module, "module")?.object };
        let copy = host::deep_copy(object)?;
        // SAFETY: by contract.
        unsafe { put(out, "out", give(copy)) }
    };
    // SAFETY: by contract.
    unsafe { guard(error, clone) }
}

/// Frees a module. Null is fine.
#[no_mangle]
pub unsafe extern "C" fn sconce_module_free(module: *mut sconce_module) {
    if !module.is_null() {
        // SAFETY: the caller gives back what `give` made, once.
        quiet((), || drop(unsafe { Box::from_raw(module) }));
    }
}

fn give(object: Object) -> *mut sconce_module {
    let methods = host::method_names(&object).into_iter().map(c_string).collect();
    Box::into_raw(Box::new(sconce_module { object, methods }))
}

fn find(object: &Object, name: &str) -> Result<host::Method> {
    host::find_method(object, name)?
        .ok_or_else(|| Error::usage(format!("'{}' has no method '{name}'", object.class().name())))
}
