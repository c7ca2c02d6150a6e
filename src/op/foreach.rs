//! Operators on lists of tensors: another operator of the table on every item.
//!
//! Of an argument that is a list, each item's call takes one element; every other argument goes to all calls. The
//! in-place and `out` forms write when all results are there.

use super::{registry, Op, Stack};
use crate::value::{IValue, List, Type};
use crate::{ensure, op, Error, Result, Tensor};

macro_rules! unary {
    ($name:literal) => {
        op!(concat!("aten::_foreach_", $name, "(Tensor[] self) -> Tensor[]"),
            shared each(concat!("aten::", $name)), inplace, out "out")
    };
}

/// `List`, `Scalar` and `ScalarList` of an operator with one more operand, and what they call.
macro_rules! binary {
    ($name:literal, $operand:literal, $number:literal, $tensor:literal, $scalar:literal) => {
        [
            op!(concat!("aten::_foreach_", $name, ".Scalar(Tensor[] self, Scalar ", $number, ") -> Tensor[]"),
                shared each($scalar), inplace, out "Scalar_out"),
            op!(concat!("aten::_foreach_", $name, ".List(Tensor[] self, Tensor[] ", $operand, ") -> Tensor[]"),
                shared each($tensor), inplace, out "List_out"),
            op!(concat!("aten::_foreach_", $name, ".ScalarList(Tensor[] self, Scalar[] ", $number, "s) -> Tensor[]"),
                shared each($scalar), inplace, out "ScalarList_out"),
        ]
    };
}

macro_rules! ternary {
    ($name:literal, $of:literal) => {
        [
            op!(concat!("aten::_foreach_", $name, ".Scalar(Tensor[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> Tensor[]"),
                shared each($of), inplace, out "Scalar_out"),
            op!(concat!("aten::_foreach_", $name, ".ScalarList(Tensor[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar[] scalars) -> Tensor[]"),
                shared each($of), inplace, out "ScalarList_out"),
            op!(concat!("aten::_foreach_", $name, ".Tensor(Tensor[] self, Tensor[] tensor1, Tensor[] tensor2, Tensor scalars) -> Tensor[]"),
                shared each_with_numbers($of), inplace, out "Tensor_out"),
        ]
    };
}

pub const UNARY: &[Op] = &[
    unary!("abs"),
    unary!("acos"),
    unary!("asin"),
    unary!("atan"),
    unary!("ceil"),
    unary!("cos"),
    unary!("cosh"),
    unary!("erf"),
    unary!("erfc"),
    unary!("exp"),
    unary!("expm1"),
    unary!("floor"),
    unary!("frac"),
    unary!("lgamma"),
    unary!("log"),
    unary!("log10"),
    unary!("log1p"),
    unary!("log2"),
    unary!("neg"),
    unary!("reciprocal"),
    unary!("round"),
    unary!("sigmoid"),
    unary!("sign"),
    unary!("sin"),
    unary!("sinh"),
    unary!("sqrt"),
    unary!("tan"),
    unary!("tanh"),
    unary!("trunc"),
    op!("aten::_foreach_zero(Tensor[] self) -> Tensor[] self_out", shared each("aten::zero"), out "out"),
    op!("aten::_foreach_zero_(Tensor(a!)[] self) -> ()", shared each_in_place("aten::zero_")),
    op!("aten::_foreach_max(Tensor[] self) -> Tensor[]", shared each("aten::max"), out "out"),
    op!(
        "aten::_foreach_norm.Scalar(Tensor[] self, Scalar ord=2, ScalarType? dtype=None) -> Tensor[]",
        shared each_norm("aten::linalg_vector_norm"), out "Scalar_out"
    ),
    op!(
        "aten::_foreach_copy(Tensor[] self, Tensor[] src, bool non_blocking=False) -> Tensor[] self_out",
        shared each("aten::copy"), out "out"
    ),
    op!(
        "aten::_foreach_copy_(Tensor(a!)[] self, Tensor[] src, bool non_blocking=False) -> ()",
        shared each_in_place("aten::copy_")
    ),
];

pub const ADD: &[Op] = &[
    op!("aten::_foreach_add.Scalar(Tensor[] self, Scalar scalar) -> Tensor[]",
        shared each("aten::add.Scalar"), inplace, out "Scalar_out"),
    op!("aten::_foreach_add.List(Tensor[] self, Tensor[] other, *, Scalar alpha=1) -> Tensor[]",
        shared each("aten::add.Tensor"), inplace, out "List_out"),
    op!("aten::_foreach_add.ScalarList(Tensor[] self, Scalar[] scalars) -> Tensor[]",
        shared each("aten::add.Scalar"), inplace, out "ScalarList_out"),
    op!("aten::_foreach_add.Tensor(Tensor[] self, Tensor other, *, Scalar alpha=1) -> Tensor[]",
        shared each_with_one("aten::add.Tensor"), inplace, out "Tensor_out"),
    op!("aten::_foreach_sub.Scalar(Tensor[] self, Scalar scalar) -> Tensor[]",
        shared each("aten::sub.Scalar"), inplace, out "Scalar_out"),
    op!("aten::_foreach_sub.List(Tensor[] self, Tensor[] other, *, Scalar alpha=1) -> Tensor[]",
        shared each("aten::sub.Tensor"), inplace, out "List_out"),
    op!("aten::_foreach_sub.ScalarList(Tensor[] self, Scalar[] scalars) -> Tensor[]",
        shared each("aten::sub.Scalar"), inplace, out "ScalarList_out"),
    op!("aten::_foreach_mul.Tensor(Tensor[] self, Tensor other) -> Tensor[]",
        shared each_with_one("aten::mul.Tensor"), inplace, out "Tensor_out"),
    op!("aten::_foreach_div.Tensor(Tensor[] self, Tensor other) -> Tensor[]",
        shared each_with_one("aten::div.Tensor"), inplace, out "Tensor_out"),
    op!("aten::_foreach_pow.ScalarAndTensor(Scalar self, Tensor[] exponent) -> Tensor[]",
        shared each("aten::pow.Scalar")),
    op!("aten::_foreach_pow.Scalar(Tensor[] self, Scalar exponent) -> Tensor[]",
        shared each("aten::pow.Tensor_Scalar"), inplace, out "Scalar_out"),
    op!("aten::_foreach_pow.List(Tensor[] self, Tensor[] exponent) -> Tensor[]",
        shared each("aten::pow.Tensor_Tensor"), inplace, out "List_out"),
    op!("aten::_foreach_pow.ScalarList(Tensor[] self, Scalar[] exponent) -> Tensor[]",
        shared each("aten::pow.Tensor_Scalar"), inplace, out "ScalarList_out"),
    op!("aten::_foreach_lerp.List(Tensor[] self, Tensor[] tensors1, Tensor[] weights) -> Tensor[]",
        shared each("aten::lerp.Tensor"), inplace, out "List_out"),
    op!("aten::_foreach_lerp.Scalar(Tensor[] self, Tensor[] tensors1, Scalar weight) -> Tensor[]",
        shared each("aten::lerp.Scalar"), inplace, out "Scalar_out"),
];

pub const MUL: &[Op] = &binary!("mul", "other", "scalar", "aten::mul.Tensor", "aten::mul.Scalar");
pub const DIV: &[Op] = &binary!("div", "other", "scalar", "aten::div.Tensor", "aten::div.Scalar");
pub const CLAMP_MIN: &[Op] = &binary!("clamp_min", "other", "scalar", "aten::maximum", "aten::clamp_min");
pub const CLAMP_MAX: &[Op] = &binary!("clamp_max", "other", "scalar", "aten::minimum", "aten::clamp_max");
pub const MAXIMUM: &[Op] = &binary!("maximum", "other", "scalar", "aten::maximum", "aten::clamp_min");
pub const MINIMUM: &[Op] = &binary!("minimum", "other", "scalar", "aten::minimum", "aten::clamp_max");
pub const ADDCMUL: &[Op] = &ternary!("addcmul", "aten::addcmul");
pub const ADDCDIV: &[Op] = &ternary!("addcdiv", "aten::addcdiv");

/// Replaces the `n` arguments by the list of results.
fn each(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let results = call_each(of, &args)?;
    stack.push(IValue::List(List::tensors(results)));
    Ok(())
}

/// As [`each`], where the operator writes into the first list itself and nothing is returned.
fn each_in_place(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    call_each(of, &args).map(drop)
}

/// As [`each`], with one zero-dimensional tensor as the second operand.
fn each_with_one(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    if let Some(IValue::Tensor(other)) = args.get(1) {
        ensure!(
            other.dim() == 0 && other.numel() == 1,
            "scalar tensor expected to be 0 dim but it has {} dimensions and {} elements.",
            other.dim(),
            other.numel()
        );
    }
    let results = call_each(of, &args)?;
    stack.push(IValue::List(List::tensors(results)));
    Ok(())
}

/// As [`each`], where the last argument is a tensor of one number per item.
fn each_with_numbers(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let mut args = take(stack, n)?;
    let numbers = args.pop().unwrap_or_default().to_tensor()?;
    let items = args.first().and_then(length).unwrap_or(0);
    ensure!(numbers.dim() == 1, "Expected packed scalar Tensor to be of dimension 1. Got {} instead.", numbers.dim());
    ensure!(
        numbers.numel() == items,
        "Expected length of scalars to match input of length {items} but got {} instead.",
        numbers.numel()
    );
    let numbers = (0..items as i64).map(|i| Ok(numbers.select(0, i)?.item()?.into())).collect::<Result<_>>()?;
    args.push(IValue::List(List::new(Type::Number, numbers)));
    let results = call_each(of, &args)?;
    stack.push(IValue::List(List::tensors(results)));
    Ok(())
}

/// `ord` and `dtype` as `linalg_vector_norm` takes them.
fn each_norm(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let [list, ord, dtype] = &args[..] else { return Err(Error::internal("three arguments")) };
    let args = [list.clone(), ord.clone(), IValue::None, IValue::Bool(false), dtype.clone()];
    let results = call_each(of, &args)?;
    stack.push(IValue::List(List::tensors(results)));
    Ok(())
}

fn take(stack: &mut Stack, n: usize) -> Result<Vec<IValue>> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    Ok(stack.drain(base..).collect())
}

fn length(value: &IValue) -> Option<usize> {
    match value {
        IValue::List(list) => Some(list.len()),
        _ => None,
    }
}

fn call_each(of: &'static str, args: &[IValue]) -> Result<Vec<Tensor>> {
    let items = check_lengths(args)?;
    let lists: Vec<Option<Vec<IValue>>> = args
        .iter()
        .map(|arg| match arg {
            IValue::List(list) => Some(list.to_vec()),
            _ => None,
        })
        .collect();
    (0..items)
        .map(|i| {
            let call: Stack = args
                .iter()
                .zip(&lists)
                .map(|(arg, list)| list.as_ref().map_or_else(|| arg.clone(), |list| list[i].clone()))
                .collect();
            registry::call(of, call)?.pop().unwrap_or_default().to_tensor()
        })
        .collect()
}

/// All lists are as long as the first one, which has elements.
fn check_lengths(args: &[IValue]) -> Result<usize> {
    let mut lists = args.iter().filter_map(|arg| match arg {
        IValue::List(list) => Some((list.len(), *list.element_type() != Type::TENSOR)),
        _ => None,
    });
    let first = lists.next().map_or(0, |(n, _)| n);
    ensure!(first > 0, "Tensor list must have at least one tensor.");
    for (n, numbers) in lists {
        // PyTorch says it in two ways
        ensure!(
            n == first || !numbers || args.len() > 2,
            "Tensor list must have same number of elements as scalar list."
        );
        ensure!(
            n == first || !numbers,
            "Tensor list must have same number of elements as scalar list, got {first} and {n}"
        );
        ensure!(n == first, "Tensor lists must have the same number of tensors, got {first} and {n}");
    }
    Ok(first)
}
