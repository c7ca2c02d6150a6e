//! What the C and C++ APIs need of modules, in one place.

use std::sync::Arc;

use crate::op::{registry, Operator, Stack};
use crate::schema::FunctionSchema;
use crate::value::Object;
use crate::{Error, IValue, Result};

/// A method of an object, ready to run.
pub struct Method {
    name: String,
}

/// A file below `extra/` in an archive, by name; `None` until it is found.
pub type ExtraFile = (String, Option<Vec<u8>>);

pub fn load_path(path: &str, _: &mut [ExtraFile]) -> Result<Object> {
    Err(Error::unsupported(format!("{path}: loading modules")))
}

pub fn load_bytes(bytes: &[u8], _: &mut [ExtraFile]) -> Result<Object> {
    Err(Error::unsupported(format!("loading modules from {} bytes", bytes.len())))
}

/// In definition order.
pub fn method_names(object: &Object) -> Vec<String> {
    object.class().methods().into_iter().map(|(name, _)| name).collect()
}

/// Compiles the method. `None` when the object's class has none of that name.
pub fn find_method(object: &Object, name: &str) -> Result<Option<Method>> {
    Ok(object.class().has_method(name).then(|| Method { name: name.into() }))
}

/// Compiles methods from source text and adds them to the object's class.
pub fn define(_: &Object, _: &str) -> Result<()> {
    Err(Error::unsupported("define: compiling methods from source text"))
}

/// The method's signature, `self` first.
pub fn schema(method: &Method) -> Result<Arc<FunctionSchema>> {
    Err(Error::unsupported(format!("{}: running methods", method.name)))
}

/// The graph in PyTorch's print syntax.
pub fn graph(method: &Method, _inlined: bool) -> Result<String> {
    Err(Error::unsupported(format!("{}: running methods", method.name)))
}

/// Runs a method; arguments are checked against its schema, and defaults filled in.
pub fn run(method: &Method, _args: Vec<IValue>, _kwargs: Vec<(String, IValue)>) -> Result<IValue> {
    Err(Error::unsupported(format!("{}: running methods", method.name)))
}

/// Runs an operator on the last `n` values of the stack.
pub fn call_operator(operator: &Operator, stack: &mut Stack, n: usize) -> Result<()> {
    operator.call(stack, n)
}

/// Seeds the default random number generator.
pub fn manual_seed(seed: u64) -> Result<()> {
    let Some(operator) = registry().find("aten::manual_seed", "") else {
        return Err(Error::unsupported("unsupported operator: aten::manual_seed"));
    };
    call_operator(&operator, &mut vec![IValue::Int(seed as i64)], 1)
}
