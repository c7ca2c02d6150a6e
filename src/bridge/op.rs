//! The one call through which all C++ operators go.

use std::pin::Pin;
use std::sync::Arc;

use cxx::CxxVector;

use super::slot::Slot;
use super::{guard, Failure};
use crate::op::{registry, Operator, Stack};
use crate::schema::Argument;
use crate::value::List;
use crate::{Error, IValue, Result};

/// An operator of the registry; lives as long as the process.
pub struct OpHandle(Arc<Operator>);

/// # Safety
/// Safe; declared unsafe only because its neighbours are.
pub unsafe fn op_find(name: &str, overload: &str, out: &mut usize) -> *mut Failure {
    guard(|| {
        let Some(operator) = registry().find(name, overload) else {
            let dot = if overload.is_empty() { "" } else { "." };
            return Err(Error::unsupported(format!("unsupported operator: {name}{dot}{overload}")));
        };
        // One a call site: leaked, because call sites are static.
        *out = Box::into_raw(Box::new(OpHandle(operator))) as usize;
        Ok(())
    })
}

/// Runs an operator on all of its arguments. `results` takes all results, or is empty to drop them.
///
/// # Safety
/// `op` must come from [`op_find`], and the slots must be as they say.
pub unsafe fn op_call(op: *const OpHandle, args: &[Slot], results: &mut [Slot]) -> *mut Failure {
    guard(|| {
        // SAFETY: by contract.
        let operator = unsafe { &(*op).0 };
        // SAFETY: by contract.
        let stack = unsafe { run(operator, args) }?;
        if results.is_empty() {
            return Ok(());
        }
        give(operator, stack, results)
    })
}

/// # Safety
/// The slots must be as they say.
pub unsafe fn op_call_by_name(name: &str, args: &[Slot], mut results: Pin<&mut CxxVector<Slot>>) -> *mut Failure {
    guard(|| {
        let (base, overload) = name.split_once('.').unwrap_or((name, ""));
        let Some(operator) = registry().find(base, overload) else {
            return Err(Error::unsupported(format!("unsupported operator: {name}")));
        };
        // SAFETY: by contract.
        for value in unsafe { run(&operator, args) }? {
            results.as_mut().push(Slot::give(value));
        }
        Ok(())
    })
}

/// # Safety
/// The slots must be as they say.
unsafe fn run(operator: &Arc<Operator>, args: &[Slot]) -> Result<Stack> {
    crate::exec::prelude::install();
    let schema = operator.schema()?;
    let mut stack = Stack::with_capacity(schema.arguments.len().max(schema.returns.len()));
    for (i, slot) in args.iter().enumerate() {
        // SAFETY: by contract.
        let value = unsafe { slot.read() }?;
        stack.push(schema.arguments.get(i).map_or_else(|| value.clone(), |argument| repeated(&value, argument)));
    }
    for argument in schema.arguments.iter().skip(args.len()) {
        match &argument.default {
            Some(default) => stack.push(default.clone()),
            None => return Err(Error::usage(format!("{}: missing argument '{}'", schema.name, argument.name))),
        }
    }
    let n = stack.len();
    crate::host::call_operator(operator, &mut stack, n)?;
    Ok(stack)
}

/// One number where the schema says `int[2]` counts for both, as `stride=2` does.
fn repeated(value: &IValue, argument: &Argument) -> IValue {
    match (value, argument.fixed_len) {
        (IValue::List(list), Some(n)) if n > 1 && list.len() == 1 => {
            let items = list.to_vec();
            IValue::List(List::new(
                list.element_type().clone(),
                items.iter().cycle().take(n as usize).cloned().collect(),
            ))
        }
        _ => value.clone(),
    }
}

fn give(operator: &Operator, stack: Stack, results: &mut [Slot]) -> Result<()> {
    // An operator of several results leaves them one by one; a function in TorchScript leaves a tuple.
    let mut values = match stack.as_slice() {
        [IValue::Tuple(tuple)] if results.len() > 1 => tuple.elements.clone(),
        _ => stack,
    };
    if values.len() != results.len() {
        let (name, found, expected) = (operator.qualified(), values.len(), results.len());
        return Err(Error::internal(format!("{name} gave {found} results where {expected} were asked for")));
    }
    for (value, slot) in values.drain(..).zip(results) {
        *slot = Slot::give(value);
    }
    Ok(())
}
