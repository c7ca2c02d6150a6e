//! Errors as objects.

use std::ffi::{c_char, CString};

use crate::{Error, ErrorKind};

/// What a function reports, and the kind of an error.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sconce_status {
    /// No error.
    SCONCE_STATUS_OK = 0,
    /// The container is damaged or not an archive.
    SCONCE_STATUS_ARCHIVE = 1,
    /// Source text in the archive does not parse.
    SCONCE_STATUS_SYNTAX = 2,
    /// Source text parses but does not compile.
    SCONCE_STATUS_TYPE = 3,
    /// A feature or an operator that Sconce does not have.
    SCONCE_STATUS_UNSUPPORTED = 4,
    /// An operator failed while a script ran: shapes, dtypes, indices.
    SCONCE_STATUS_RUNTIME = 5,
    /// The script raised an exception.
    SCONCE_STATUS_SCRIPT = 6,
    /// A limit on time, memory or depth was reached.
    SCONCE_STATUS_LIMIT = 7,
    /// The caller passed something wrong.
    SCONCE_STATUS_USAGE = 8,
    /// A file cannot be read or written.
    SCONCE_STATUS_IO = 9,
    /// A bug in Sconce.
    SCONCE_STATUS_INTERNAL = 10,
}

/// What went wrong. Freed with `sconce_error_free`.
pub struct sconce_error {
    kind: sconce_status,
    message: CString,
    class: Option<CString>,
    traceback: Option<CString>,
}

impl sconce_error {
    pub(super) fn new(error: Error) -> sconce_error {
        let traceback = (!error.frames().is_empty()).then(|| c_string(error.to_string()));
        sconce_error {
            kind: status_of(error.kind()),
            message: c_string(error.message()),
            class: error.class().map(c_string),
            traceback,
        }
    }
}

pub(super) fn status_of(kind: ErrorKind) -> sconce_status {
    match kind {
        ErrorKind::Archive => sconce_status::SCONCE_STATUS_ARCHIVE,
        ErrorKind::Syntax => sconce_status::SCONCE_STATUS_SYNTAX,
        ErrorKind::Type => sconce_status::SCONCE_STATUS_TYPE,
        ErrorKind::Unsupported => sconce_status::SCONCE_STATUS_UNSUPPORTED,
        ErrorKind::Runtime => sconce_status::SCONCE_STATUS_RUNTIME,
        ErrorKind::Script => sconce_status::SCONCE_STATUS_SCRIPT,
        ErrorKind::Limit => sconce_status::SCONCE_STATUS_LIMIT,
        ErrorKind::Usage => sconce_status::SCONCE_STATUS_USAGE,
        ErrorKind::Io => sconce_status::SCONCE_STATUS_IO,
        _ => sconce_status::SCONCE_STATUS_INTERNAL,
    }
}

/// Text for C ends at its first zero byte, so zero bytes inside become U+FFFD.
pub(super) fn c_string(text: impl Into<String>) -> CString {
    CString::new(text.into().replace('\0', "\u{fffd}")).unwrap_or_default()
}

/// The kind of the error; `SCONCE_STATUS_OK` for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_error_kind(error: *const sconce_error) -> sconce_status {
    // SAFETY: the caller passes null or an error of this API.
    unsafe { error.as_ref() }.map_or(sconce_status::SCONCE_STATUS_OK, |error| error.kind)
}

/// The message, for people; lives as long as the error. Empty for null.
#[no_mangle]
pub unsafe extern "C" fn sconce_error_message(error: *const sconce_error) -> *const c_char {
    // SAFETY: the caller passes null or an error of this API.
    unsafe { error.as_ref() }.map_or(c"".as_ptr(), |error| error.message.as_ptr())
}

/// The script's call stack with its source lines, ending in class and message; null when no script was running. Lives
/// as long as the error.
#[no_mangle]
pub unsafe extern "C" fn sconce_error_traceback(error: *const sconce_error) -> *const c_char {
    // SAFETY: the caller passes null or an error of this API.
    let traceback = unsafe { error.as_ref() }.and_then(|error| error.traceback.as_ref());
    traceback.map_or(std::ptr::null(), |text| text.as_ptr())
}

/// The class of the exception that the script raised (`builtins.ValueError`), or null. Lives as long as the error.
#[no_mangle]
pub unsafe extern "C" fn sconce_error_class(error: *const sconce_error) -> *const c_char {
    // SAFETY: the caller passes null or an error of this API.
    let class = unsafe { error.as_ref() }.and_then(|error| error.class.as_ref());
    class.map_or(std::ptr::null(), |text| text.as_ptr())
}

/// Frees an error; null is fine.
#[no_mangle]
pub unsafe extern "C" fn sconce_error_free(error: *mut sconce_error) {
    if !error.is_null() {
        // SAFETY: the caller gives back what `guard` made, once.
        super::quiet((), || drop(unsafe { Box::from_raw(error) }));
    }
}
