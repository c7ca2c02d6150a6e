//! Operators that are written in TorchScript: compositions of others.
//!
//! An entry `op!("aten::name.overload(…) -> …", prelude)` is the function `name__overload` (`name` without an overload)
//! of the files in `op/prelude/`, with the schema's parameters in their order and no defaults. This layer cannot compile
//! scripts: the executor does it and [`install`]s itself.

use std::sync::OnceLock;

use super::{Op, Stack};
use crate::value::IValue;
use crate::{op, Error, Result};

/// The source files.
pub const SOURCES: &[&str] = &[include_str!("prelude/fused.py"), include_str!("prelude/testing.py")];

pub const OPS: &[Op] = &[
    op!("aten::_add_relu.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", prelude, inplace, out "out"),
    op!(
        "aten::_add_relu.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
        prelude, inplace, out "Scalar_out"
    ),
    op!("aten::_test_optional_intlist(Tensor values, int[]? addends) -> Tensor", prelude, out "out"),
    op!("aten::_test_optional_filled_intlist(Tensor values, int[2]? addends) -> Tensor", prelude, out "out"),
    op!("aten::_test_optional_floatlist(Tensor values, float[]? addends) -> Tensor", prelude, out "out", tags[MayAlias]),
];

/// Runs a function of the prelude on its arguments.
pub type Run = fn(name: &str, args: Vec<IValue>) -> Result<IValue>;

static RUN: OnceLock<Run> = OnceLock::new();

/// Says how functions are run. Only the first call counts.
pub fn install(run: Run) {
    let _ = RUN.set(run);
}

pub(super) fn eval(op: &'static Op, stack: &mut Stack, n: usize) -> Result<()> {
    let run = RUN.get().ok_or_else(|| Error::internal(format!("{} is called before an executor exists", op.schema)))?;
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let args = stack.drain(base..).collect();
    match run(&function_name(op), args)? {
        IValue::Tuple(results) if returns_several(op) => stack.extend(results.elements.iter().cloned()),
        result => stack.push(result),
    }
    Ok(())
}

/// `aten::add.Tensor(…)` → `add__Tensor`.
fn function_name(op: &Op) -> String {
    let head = op.schema.split('(').next().unwrap_or_default();
    head.rsplit("::").next().unwrap_or(head).replace('.', "__")
}

fn returns_several(op: &Op) -> bool {
    op.schema.rsplit(" -> ").next().is_some_and(|returns| returns.starts_with('('))
}
