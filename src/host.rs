//! What the C and C++ APIs need of modules, in one place.

use std::sync::Arc;

use crate::archive::{Bytes, RecordReader};
use crate::module::Module;
use crate::op::{Operator, Stack};
use crate::schema::FunctionSchema;
use crate::value::Object;
use crate::{DType, IValue, Result};

/// A method of an object, ready to run.
pub struct Method(crate::module::Method);

/// A file below `extra/` in an archive, by name; `None` until it is found.
pub type ExtraFile = (String, Option<Vec<u8>>);

pub fn load_path(path: &str, extra: &mut [ExtraFile]) -> Result<Object> {
    with_extra(Module::load(path)?, extra)
}

pub fn load_bytes(bytes: &[u8], extra: &mut [ExtraFile]) -> Result<Object> {
    with_extra(Module::load_from(Bytes::from(bytes.to_vec()))?, extra)
}

/// Everything is read before this returns: `reader` is not needed any longer.
pub fn load_reader(reader: &dyn RecordReader, extra: &mut [ExtraFile]) -> Result<Object> {
    let bytes = Bytes::from_reader(reader, 0, reader.size()?)?;
    with_extra(Module::load_from(bytes)?, extra)
}

fn with_extra(module: Module, extra: &mut [ExtraFile]) -> Result<Object> {
    for (name, content) in extra {
        *content = module.extra_file(name)?.map(|bytes| bytes.to_vec());
    }
    Ok(module.object().clone())
}

/// In definition order.
pub fn method_names(object: &Object) -> Vec<String> {
    object.class().methods().into_iter().map(|(name, _)| name).collect()
}

/// Compiles the method. `None` when the object's class has none of that name.
pub fn find_method(object: &Object, name: &str) -> Result<Option<Method>> {
    Ok(Module::from_object(object.clone()).find_method(name).map(Method))
}

/// A copy of the module with state of its own.
pub fn deep_copy(object: &Object) -> Result<Object> {
    Ok(Module::from_object(object.clone()).deep_copy()?.object().clone())
}

/// A module over the same tensors.
#[cfg_attr(not(feature = "cxx"), allow(dead_code))]
pub fn shallow_copy(object: &Object) -> Result<Object> {
    Ok(Module::from_object(object.clone()).shallow_copy()?.object().clone())
}

/// Converts all parameters and buffers.
#[cfg_attr(not(feature = "cxx"), allow(dead_code))]
pub fn to_dtype(object: &Object, dtype: DType) -> Result<()> {
    Module::from_object(object.clone()).to_dtype_all(dtype)
}

/// Compiles methods from source text and adds them to the object's class.
#[cfg_attr(not(feature = "cxx"), allow(dead_code))]
pub fn define(object: &Object, source: &str) -> Result<()> {
    Module::from_object(object.clone()).define(source)
}

/// The method's signature, `self` first.
pub fn schema(method: &Method) -> Result<Arc<FunctionSchema>> {
    method.0.schema().map(|schema| Arc::new(schema.clone()))
}

/// The graph in PyTorch's print syntax.
#[cfg_attr(not(feature = "cxx"), allow(dead_code))]
pub fn graph(method: &Method, inlined: bool) -> Result<String> {
    let graph = method.0.graph()?;
    if inlined {
        return Ok(crate::pass::inlined(graph)?.to_string());
    }
    Ok(graph.to_string())
}

/// Runs a method; arguments are checked against its schema, and defaults filled in.
pub fn run(method: &Method, args: Vec<IValue>, kwargs: Vec<(String, IValue)>) -> Result<IValue> {
    let kwargs: Vec<(&str, IValue)> = kwargs.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    method.0.call_with(&args, &kwargs)
}

/// Runs an operator on the last `n` values of the stack.
#[cfg_attr(not(feature = "cxx"), allow(dead_code))]
pub fn call_operator(operator: &Operator, stack: &mut Stack, n: usize) -> Result<()> {
    operator.call(stack, n)
}

/// Seeds the default random number generator.
#[cfg_attr(not(feature = "cxx"), allow(dead_code))]
pub fn manual_seed(seed: u64) -> Result<()> {
    crate::op::manual_seed(seed);
    Ok(())
}
