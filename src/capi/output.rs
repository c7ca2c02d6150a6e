//! Where the output of scripts goes: what they print and what they save.

use std::ffi::{c_char, c_void, CString};
use std::sync::Arc;

use super::quiet;
use super::value::{give, sconce_value};
use crate::value::set_save_handler;
use crate::{base, Error};

/// Takes the text of one `print`, with its newline; `text` lives as long as the call. Zero bytes in it become spaces.
pub type sconce_print_handler = Option<unsafe extern "C" fn(context: *mut c_void, text: *const c_char)>;

/// Takes what a script gives to `torch.save`, and the name of the file; both live as long as the call. False makes the
/// script fail.
pub type sconce_save_handler =
    Option<unsafe extern "C" fn(context: *mut c_void, value: *const sconce_value, name: *const c_char) -> bool>;

/// Sends what scripts print to `handler`, in the whole process; null sends it to standard output again. `handler` may be
/// called from any thread, also while this function runs, with `context` as given.
#[no_mangle]
pub unsafe extern "C" fn sconce_set_print_handler(handler: sconce_print_handler, context: *mut c_void) {
    let context = Context(context);
    quiet((), || {
        base::set_output(handler.map(|handler| -> Arc<base::OutputSink> {
            Arc::new(move |text| {
                // SAFETY: the caller's function, with the caller's context and a string that outlives the call.
                unsafe { handler(context.pointer(), c_text(text).as_ptr()) }
            })
        }));
    });
}

/// Lets scripts save, in the whole process: `torch.save` in them calls `handler`, which may write the value with
/// `sconce_value_save`, where the host wants it. Without a handler, as at the start and after null, such a script fails: an
/// archive writes no files by itself. `handler` may be called from any thread.
#[no_mangle]
pub unsafe extern "C" fn sconce_set_save_handler(handler: sconce_save_handler, context: *mut c_void) {
    let context = Context(context);
    quiet((), || {
        set_save_handler(handler.map(|handler| -> Arc<crate::value::SaveHandler> {
            Arc::new(move |value, name| {
                let value = give(value.clone());
                // SAFETY: the caller's function, with the caller's context and a value and a string that outlive the call.
                let saved = unsafe { handler(context.pointer(), value, c_text(name).as_ptr()) };
                // SAFETY: from `give` above; the handler does not own it.
                unsafe { super::value::sconce_value_free(value) };
                saved.then_some(()).ok_or_else(|| Error::usage("the host did not save the value"))
            })
        }));
    });
}

fn c_text(text: &str) -> CString {
    CString::new(text.replace('\0', " ")).unwrap_or_default()
}

/// The host's pointer, which is only handed back.
#[derive(Clone, Copy)]
struct Context(*mut c_void);

impl Context {
    fn pointer(self) -> *mut c_void {
        self.0
    }
}

// SAFETY: never read or written here; the host was told that its handler is called from any thread.
unsafe impl Send for Context {}
// SAFETY: as above.
unsafe impl Sync for Context {}
