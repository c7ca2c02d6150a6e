//! Objects, methods and modules for C++.

use std::pin::Pin;
use std::sync::Arc;

use cxx::CxxVector;

use super::ffi::{ArgumentRow, ExtraRow, Schema};
use super::slot::{give_value, Slot, ValueHandle};
use super::tensor::dtype_of;
use super::value::set;
use super::{guard, quiet, Failure};
use crate::archive::{CallbackReader, ReadFn, SizeFn};
use crate::host;
use crate::module::{save_tensors, save_tensors_to, Module};
use crate::schema::{parse_type, Argument, FunctionSchema};
use crate::value::{AttributeKind, Object};
use crate::{Error, IValue, Result};

/// A method of an object, compiled.
pub struct MethodHandle(host::Method);

/// # Safety
/// `object` must be alive, here and in all that follow.
pub unsafe fn object_type_name(object: *const ValueHandle, out: &mut String) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, unsafe { as_object(object) }?.class().name().to_string()))
}

/// Attributes and constants.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn object_get(object: *const ValueHandle, name: &str, found: &mut bool, out: &mut Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let object = unsafe { as_object(object) }?;
        let value = match object.class().slot(name) {
            Some(slot) => Some(object.get(slot)),
            None => object.class().constant(name),
        };
        *found = value.is_some();
        set(out, value.map_or(Slot::NONE, Slot::give))
    })
}

/// # Safety
/// See [`object_type_name`]; as [`Slot::read`].
pub unsafe fn object_set(object: *const ValueHandle, name: &str, value: &Slot) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let (object, value) = unsafe { (as_object(object)?, value.read()?) };
        let class = object.class();
        if let Some(constant) = class.constant(name) {
            return Err(Error::usage(format!("Can't set constant '{name}' which has value:{constant}")));
        }
        let Some(attribute) = class.attribute(name) else {
            return Err(Error::usage(format!("Module has no attribute '{name}'")));
        };
        if !value.ty().is_subtype(&attribute.ty) {
            return Err(Error::usage(format!(
                "Expected a value of type '{}' for field '{name}', but found '{}'",
                attribute.ty.annotation(),
                value.ty().annotation()
            )));
        }
        Module::from_object(object).set_attr(name, value)
    })
}

/// The object's own slots of a kind, `sconce::SlotKind`.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn object_slots(
    object: *const ValueHandle,
    kind: u8,
    names: &mut Vec<String>,
    mut values: Pin<&mut CxxVector<Slot>>,
) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let object = unsafe { as_object(object) }?;
        for (slot, attribute) in object.class().attributes().into_iter().enumerate() {
            let value = object.get(slot);
            let is_module = matches!(&value, IValue::Object(o) if o.class().is_module());
            let wanted = match kind {
                0 => !is_module,
                1 => attribute.kind == AttributeKind::Parameter,
                2 => attribute.kind == AttributeKind::Buffer,
                _ => is_module,
            };
            if wanted {
                names.push(attribute.name);
                values.as_mut().push(Slot::give(value));
            }
        }
        Ok(())
    })
}

/// # Safety
/// See [`object_type_name`].
pub unsafe fn object_methods(object: *const ValueHandle, names: &mut Vec<String>) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(names, host::method_names(&unsafe { as_object(object) }?)))
}

/// Null when there is no such method.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn object_find_method(object: *const ValueHandle, name: &str, out: &mut usize) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let method = host::find_method(&unsafe { as_object(object) }?, name)?;
        set(out, method.map_or(0, |method| Arc::into_raw(Arc::new(MethodHandle(method))) as usize))
    })
}

/// Adds an attribute to the object and its class.
///
/// # Safety
/// See [`object_type_name`]; as [`Slot::read`].
pub unsafe fn object_register(
    object: *const ValueHandle,
    name: &str,
    type_text: &str,
    kind: u8,
    value: &Slot,
) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let (object, value) = unsafe { (as_object(object)?, value.read()?) };
        let ty = if type_text.is_empty() { value.ty() } else { parse_type(type_text)? };
        if !value.ty().is_subtype(&ty) {
            return Err(Error::usage(format!(
                "a value of type '{}' for attribute '{name}' of type '{}'",
                value.ty().annotation(),
                ty.annotation()
            )));
        }
        let kind = match kind {
            1 => AttributeKind::Parameter,
            2 => AttributeKind::Buffer,
            _ => AttributeKind::Regular,
        };
        let slot = object.class().add_attribute(name, ty, kind);
        object.set(slot, value);
        Ok(())
    })
}

/// # Safety
/// See [`object_type_name`].
pub unsafe fn object_define(object: *const ValueHandle, source: &str) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| host::define(&unsafe { as_object(object) }?, source))
}

/// # Safety
/// `method` must be alive, here and in all that follow.
pub unsafe fn method_retain(method: *const MethodHandle) {
    // SAFETY: by contract, from `Arc::into_raw`.
    unsafe { Arc::increment_strong_count(method) }
}

/// # Safety
/// The caller must own a reference, and gives it up.
pub unsafe fn method_release(method: *const MethodHandle) {
    // SAFETY: by contract, from `Arc::into_raw`.
    quiet((), || drop(unsafe { Arc::from_raw(method) }))
}

/// # Safety
/// See [`method_retain`].
pub unsafe fn method_schema(method: *const MethodHandle, out: &mut Schema) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let schema = host::schema(unsafe { &(*method).0 })?;
        set(out, schema_rows(&schema))
    })
}

/// # Safety
/// See [`method_retain`].
pub unsafe fn method_graph(method: *const MethodHandle, inlined: bool, out: &mut String) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, host::graph(unsafe { &(*method).0 }, inlined)?))
}

/// `names` are the names of `kwargs`.
///
/// # Safety
/// See [`method_retain`]; as [`Slot::read`].
pub unsafe fn method_run(
    method: *const MethodHandle,
    args: &[Slot],
    names: &[&str],
    kwargs: &[Slot],
    out: &mut Slot,
) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let read = |slots: &[Slot]| slots.iter().map(|s| unsafe { s.read() }).collect::<Result<Vec<_>>>();
        let kwargs = names.iter().map(|n| n.to_string()).zip(read(kwargs)?).collect();
        // SAFETY: by contract.
        set(out, Slot::give(host::run(unsafe { &(*method).0 }, read(args)?, kwargs)?))
    })
}

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn module_load(path: &str, extra: &mut Vec<ExtraRow>, out: &mut usize) -> *mut Failure {
    guard(|| set(out, give_value(IValue::Object(load(extra, |files| host::load_path(path, files))?)) as usize))
}

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn module_load_bytes(bytes: &[u8], extra: &mut Vec<ExtraRow>, out: &mut usize) -> *mut Failure {
    guard(|| set(out, give_value(IValue::Object(load(extra, |files| host::load_bytes(bytes, files))?)) as usize))
}

/// `size` and `read` are functions as [`CallbackReader`] takes them, `context` their argument.
///
/// # Safety
/// They must be that, and may be called until this returns.
pub unsafe fn module_load_reader(
    context: usize,
    size: usize,
    read: usize,
    extra: &mut Vec<ExtraRow>,
    out: &mut usize,
) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract, function pointers of these types; they are used on this thread only.
        let reader = unsafe {
            let size: SizeFn = std::mem::transmute(size);
            CallbackReader::new(context as *mut std::ffi::c_void, size, std::mem::transmute::<usize, ReadFn>(read))
        };
        set(out, give_value(IValue::Object(load(extra, |files| host::load_reader(&reader, files))?)) as usize)
    })
}

/// What scripts print goes to `print`, a function of this type, or to standard output if it is 0.
///
/// # Safety
/// It must be that, and may be called from any thread from now on.
pub unsafe fn set_print_handler(print: usize) -> *mut Failure {
    type PrintFn = unsafe extern "C" fn(text: *const u8, size: usize);
    guard(|| {
        // SAFETY: by contract, null or a function pointer of this type.
        let print = unsafe { std::mem::transmute::<usize, Option<PrintFn>>(print) };
        crate::base::set_output(print.map(|print| -> Arc<crate::base::OutputSink> {
            Arc::new(move |text| {
                // SAFETY: the text outlives the call.
                unsafe { print(text.as_ptr(), text.len()) }
            })
        }));
        Ok(())
    })
}

/// Tensors as `torch::save` writes them: into the file `path`, or where that is empty into `out`.
///
/// # Safety
/// As [`Slot::read`].
pub unsafe fn tensors_save(names: &[&str], tensors: &[Slot], path: &str, out: &mut Vec<u8>) -> *mut Failure {
    guard(|| {
        let mut rows = Vec::new();
        for (name, tensor) in names.iter().zip(tensors) {
            // SAFETY: by contract.
            rows.push((*name, unsafe { tensor.read() }?.to_tensor()?, false));
        }
        match path {
            "" => save_tensors_to(&rows, "archive", out),
            path => save_tensors(&rows, path),
        }
    })
}

/// A value that `torch.save` wrote.
///
/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn pickle_load(bytes: &[u8], out: &mut Slot) -> *mut Failure {
    guard(|| set(out, Slot::give(crate::module::load_value_from(bytes.to_vec())?)))
}

/// The bytes that `torch.save` would write.
///
/// # Safety
/// As [`Slot::read`].
pub unsafe fn pickle_save(value: &Slot, out: &mut Vec<u8>) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| crate::module::save_value_to(&unsafe { value.read() }?, "archive", out))
}

/// # Safety
/// See [`object_type_name`].
pub unsafe fn module_train(module: *const ValueHandle, on: bool) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| Module::from_object(unsafe { as_object(module) }?).train(on))
}

/// Converts all parameters and buffers.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn module_to(module: *const ValueHandle, dtype: i8) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| host::to_dtype(&unsafe { as_object(module) }?, dtype_of(dtype)?))
}

/// # Safety
/// See [`object_type_name`].
pub unsafe fn module_dump(
    module: *const ValueHandle,
    code: bool,
    attributes: bool,
    parameters: bool,
    out: &mut String,
) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, dump(&unsafe { as_object(module) }?, code, attributes, parameters)?))
}

/// A new module whose tensors and other values are shared with the original.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn module_clone(module: *const ValueHandle, out: &mut usize) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, give_value(IValue::Object(host::shallow_copy(&unsafe { as_object(module) }?)?)) as usize))
}

pub fn set_num_threads(threads: i32) {
    crate::base::threads::set_num_threads(usize::try_from(threads).unwrap_or(1));
}

pub fn get_num_threads() -> i32 {
    crate::base::threads::get_num_threads() as i32
}

/// # Safety
/// `object` must be alive.
unsafe fn as_object(object: *const ValueHandle) -> Result<Object> {
    // SAFETY: by contract.
    unsafe { &(*object).0 }.to_object()
}

fn schema_rows(schema: &FunctionSchema) -> Schema {
    let row = |argument: &Argument| ArgumentRow {
        name: argument.name.clone(),
        type_text: argument.ty.annotation(),
        has_default: argument.default.is_some(),
        kwarg_only: argument.kwarg_only,
        default_value: argument.default.clone().map_or(Slot::NONE, Slot::give),
    };
    Schema {
        name: schema.name.clone(),
        overload: schema.overload.clone(),
        arguments: schema.arguments.iter().map(row).collect(),
        returns: schema.returns.iter().map(row).collect(),
        text: schema.to_string(),
    }
}

fn load(extra: &mut [ExtraRow], read: impl FnOnce(&mut [host::ExtraFile]) -> Result<Object>) -> Result<Object> {
    let mut files: Vec<host::ExtraFile> = extra.iter().map(|row| (row.name.clone(), None)).collect();
    let object = read(&mut files)?;
    for (row, (_, contents)) in extra.iter_mut().zip(files) {
        row.found = contents.is_some();
        row.contents = contents.unwrap_or_default();
    }
    Ok(object)
}

/// The text of `Module::dump`: attributes, parameters and methods, submodules indented below.
fn dump(module: &Object, code: bool, attributes: bool, parameters: bool) -> Result<String> {
    let mut out = format!("module {} {{\n", module.class().name());
    let mut rows = [String::from("  parameters {\n"), String::from("  attributes {\n"), String::new()];
    for (slot, attribute) in module.class().attributes().into_iter().enumerate() {
        let (name, value) = (&attribute.name, module.get(slot));
        let is_module = matches!(&value, IValue::Object(o) if o.class().is_module());
        if attribute.kind == AttributeKind::Parameter {
            let shown = if parameters { value.to_string() } else { "...".into() };
            rows[0] += &format!("    {name} = {shown}\n");
        } else if is_module {
            rows[1] += &format!("    {name} = <{} object>\n", value.ty().annotation());
            let child = dump(&value.to_object()?, code, attributes, parameters)?;
            rows[2].extend(child.lines().map(|line| format!("    {line}\n")));
        } else {
            let shown = if attributes { value.to_string() } else { "...".into() };
            rows[1] += &format!("    {name} = {shown}\n");
        }
    }
    out += &format!("{}  }}\n{}  }}\n  methods {{\n", rows[0], rows[1]);
    for name in host::method_names(module) {
        out += &format!("    method {name} {{\n");
        if code {
            if let Some(method) = host::find_method(module, &name)? {
                out.extend(host::graph(&method, false)?.lines().map(|line| format!("      {line}\n")));
            }
        }
        out += "    }\n";
    }
    out += &format!("  }}\n  submodules {{\n{}  }}\n}}\n", rows[2]);
    Ok(out)
}

pub fn manual_seed(seed: u64) -> *mut Failure {
    guard(|| host::manual_seed(seed))
}
