//! Objects, methods and modules for C++.

use std::pin::Pin;
use std::sync::Arc;

use cxx::CxxVector;

use super::ffi::{ArgumentRow, ExtraRow, Schema};
use super::slot::{give_value, Slot, ValueHandle};
use super::value::set;
use super::{guard, quiet, Failure};
use crate::schema::{parse_type, Argument, FunctionSchema};
use crate::value::{AttributeKind, Object};
use crate::{Error, IValue, Result};

/// A method of an object, compiled.
pub struct MethodHandle(Method);

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
        object.set_attr(name, value)
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
    guard(|| set(names, method_names(&unsafe { as_object(object) }?)))
}

/// Null when there is no such method.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn object_find_method(object: *const ValueHandle, name: &str, out: &mut usize) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let method = find_method(&unsafe { as_object(object) }?, name)?;
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
    guard(|| define(&unsafe { as_object(object) }?, source))
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
    // SAFETY: by contract.
    guard(|| set(out, schema_rows(&schema_of(unsafe { &(*method).0 })?)))
}

/// # Safety
/// See [`method_retain`].
pub unsafe fn method_graph(method: *const MethodHandle, inlined: bool, out: &mut String) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, graph_of(unsafe { &(*method).0 }, inlined)?))
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
        set(out, Slot::give(run(unsafe { &(*method).0 }, read(args)?, kwargs)?))
    })
}

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn module_load(path: &str, extra: &mut Vec<ExtraRow>, out: &mut usize) -> *mut Failure {
    guard(|| set(out, give_value(IValue::Object(load(Source::Path(path), extra)?)) as usize))
}

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn module_load_bytes(bytes: &[u8], extra: &mut Vec<ExtraRow>, out: &mut usize) -> *mut Failure {
    guard(|| set(out, give_value(IValue::Object(load(Source::Bytes(bytes), extra)?)) as usize))
}

/// # Safety
/// See [`object_type_name`].
pub unsafe fn module_train(module: *const ValueHandle, on: bool) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| train(&unsafe { as_object(module) }?, on, &mut Vec::new()))
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

/// A module of its own class whose tensors and other values are shared with the original.
///
/// # Safety
/// See [`object_type_name`].
pub unsafe fn module_clone(module: *const ValueHandle, out: &mut usize) -> *mut Failure {
    // SAFETY: by contract.
    guard(|| set(out, give_value(IValue::Object(clone_module(&unsafe { as_object(module) }?)?)) as usize))
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

fn train(module: &Object, on: bool, seen: &mut Vec<usize>) -> Result<()> {
    if seen.contains(&module.id()) {
        return Ok(());
    }
    seen.push(module.id());
    for (slot, attribute) in module.class().attributes().into_iter().enumerate() {
        match module.get(slot) {
            IValue::Object(child) if child.class().is_module() => train(&child, on, seen)?,
            IValue::Bool(_) if attribute.name == "training" => module.set(slot, IValue::Bool(on)),
            _ => {}
        }
    }
    Ok(())
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

// INTERIM: filled when the module layer is there.
pub struct Method;
enum Source<'a> {
    Path(&'a str),
    Bytes(&'a [u8]),
}
fn absent<T>(what: &str) -> Result<T> {
    Err(Error::unsupported(what))
}
fn method_names(object: &Object) -> Vec<String> {
    object.class().methods().into_iter().map(|(name, _)| name).collect()
}
fn find_method(_: &Object, _: &str) -> Result<Option<Method>> {
    absent("methods")
}
fn define(_: &Object, _: &str) -> Result<()> {
    absent("define")
}
fn schema_of(_: &Method) -> Result<FunctionSchema> {
    absent("schema")
}
fn graph_of(_: &Method, _: bool) -> Result<String> {
    absent("graph")
}
fn run(_: &Method, _: Vec<IValue>, _: Vec<(String, IValue)>) -> Result<IValue> {
    absent("run")
}
fn load(source: Source<'_>, _: &mut Vec<ExtraRow>) -> Result<Object> {
    match source {
        Source::Path(path) => absent(path),
        Source::Bytes(bytes) => absent(&format!("{} bytes", bytes.len())),
    }
}
fn dump(_: &Object, _: bool, _: bool, _: bool) -> Result<String> {
    absent("dump")
}
fn clone_module(_: &Object) -> Result<Object> {
    absent("clone")
}
pub fn call_operator(operator: &Arc<crate::op::Operator>, stack: &mut Vec<IValue>, n: usize) -> Result<()> {
    operator.call(stack, n)
}
pub fn manual_seed(_: u64) -> *mut Failure {
    guard(|| absent("manual_seed"))
}
