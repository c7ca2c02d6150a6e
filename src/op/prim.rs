//! What is neither tensor, number, string nor container: printing, identity, modes, devices, conversions to lists.

use std::sync::Arc;

use super::{Op, Stack};
use crate::base::Device;
use crate::value::{save_for_script, Future, IValue, List, Object, Type};
use crate::{bail, ensure, op, DType, Error, Result, Scalar, Tensor};

pub const OPS: &[Op] = &[
    op!("prim::Print(...) -> ()", stack print, tags [SideEffect]),
    op!("aten::warn(str message, int stacklevel=2) -> ()", warn(_, _), tags[SideEffect]),
    op!("aten::_print(str s) -> ()", print_line(_), tags[SideEffect]),
    op!("aten::save(t item, str filename) -> ()", save(_, _), tags[SideEffect]),
    op!("aten::_assert_scalar(Scalar self, str assert_msg) -> ()", assert_scalar(_, _), tags[SideEffect]),
    op!(
        "aten::sym_constrain_range(Scalar size, *, int? min=None, int? max=None) -> ()",
        constrain_range(_, _, _),
        tags[SideEffect]
    ),
    op!(
        "aten::sym_constrain_range_for_size(Scalar size, *, int? min=None, int? max=None) -> ()",
        constrain_range_for_size(_, _, _),
        tags[SideEffect]
    ),
    op!("aten::_assert_async(Tensor self) -> ()", assert_tensor(_), tags[SideEffect]),
    op!("aten::_assert_async.msg(Tensor self, str assert_msg) -> ()", assert_tensor_with(_, _), tags[SideEffect]),
    op!(
        "aten::_functional_assert_async.msg(Tensor self, str assert_msg, Tensor dep_token) -> Tensor",
        then_assert(_, _, _), tags[SideEffect]
    ),
    op!(
        "aten::_functional_assert_scalar(Scalar self, str assert_msg, Tensor dep_token) -> Tensor",
        then_assert_scalar(_, _, _), tags[SideEffect]
    ),
    op!(
        "aten::_functional_sym_constrain_range(Scalar size, int? min, int? max, Tensor dep_token) -> Tensor",
        then_constrain_range(_, _, _, _), tags[SideEffect]
    ),
    op!(
        "aten::_functional_sym_constrain_range_for_size(Scalar size, int? min, int? max, Tensor dep_token) -> Tensor",
        then_constrain_range_for_size(_, _, _, _), tags[SideEffect]
    ),
    op!(
        "aten::_assert_tensor_metadata(Tensor a, SymInt[]? size=None, SymInt[]? stride=None, ScalarType? dtype=None) -> ()",
        assert_metadata(_, _, _, _), tags[SideEffect]
    ),
    op!("aten::__is__(t1 self, t2 obj) -> bool", is(_, _)),
    op!("aten::__isnot__(t1 self, t2 obj) -> bool", is_not(_, _)),
    op!("prim::id(AnyClassType? x) -> int", id(_)),
    op!("aten::_unwrap_optional(t(a)? optional) -> t(a)", unwrap_optional(_)),
    op!("prim::tolist(...) -> ...", stack to_list),
    op!("prim::NumToTensor.Scalar(Scalar a) -> Tensor", number_to_tensor(_)),
    op!("prim::NumToTensor.bool(bool a) -> Tensor", bool_to_tensor(_)),
    op!("prim::data(Tensor(a) a) -> Tensor(a)", data(_)),
    op!("prim::index(Device self) -> int?", device_index(_)),
    op!("prim::type(Device self) -> str", device_type(_)),
    op!("aten::device(str a) -> Device", device(_)),
    op!("aten::device.with_index(str type, int index) -> Device", device_with_index(_, _)),
    op!("aten::eq.device(Device a, Device b) -> bool", |a: Device, b: Device| -> bool { a == b }),
    op!("aten::ne.device(Device a, Device b) -> bool", |a: Device, b: Device| -> bool { a != b }),
    op!("aten::eq.enum(AnyEnumType a, AnyEnumType b) -> bool", equal(_, _)),
    op!("aten::ne.enum(AnyEnumType a, AnyEnumType b) -> bool", not_equal(_, _)),
    op!("aten::is_grad_enabled() -> bool", is_grad_enabled()),
    op!("aten::set_grad_enabled(bool val) -> ()", set_grad_enabled(_), tags[SideEffect]),
    op!("aten::is_autocast_enabled() -> bool", no()),
    op!("aten::is_autocast_cpu_enabled() -> bool", no()),
    op!("aten::is_scripting() -> bool", yes()),
    op!("aten::_get_tracing_state() -> bool", no()),
    op!("aten::has_torch_function(...) -> bool", stack has_torch_function),
    op!("prim::TimePoint() -> int", time_point(), tags[SideEffect]),
    op!("prim::AddStatValue(str key, int val) -> ()", add_stat_value(_, _), tags[SideEffect]),
    op!("prim::awaitable_nowait(t self) -> Await(t)", nowait(_)),
    op!("prim::awaitable_wait(Await(t) self) -> t", wait(_)),
    op!("aten::wait(Future(t) self) -> t", wait(_)),
    op!("prim::IfThenElse(bool cond, Any(a) x, Any(b) y) -> Any(b|a)", if_then_else(_, _, _)),
    op!("prim::VarStack(...) -> Tensor", stack var_stack),
    op!("prim::VarConcat(...) -> Tensor", stack var_concat),
    op!("prim::ModuleContainerIndex.list(Any self, int ind) -> Any", container_item(_, _)),
    op!("prim::ModuleContainerIndex.dict(Any self, str ind) -> Any", container_entry(_, _)),
    op!("prim::AutogradZero() -> Tensor", autograd_zero()),
    op!("aten::_assert_int_or_pair(int[] vals, str name, str message) -> Tensor", assert_int_or_pair(_, _, _)),
];

fn print(stack: &mut Stack, n: usize) -> Result<()> {
    let at = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let parts: Vec<String> = stack.drain(at..).map(|v| v.printed()).collect::<Result<_>>()?;
    let text = parts.join(" ") + "\n";
    crate::base::write_output(&text);
    Ok(())
}

fn warn(message: IValue, _stacklevel: i64) -> Result<()> {
    eprintln!("Warning: {message}");
    Ok(())
}

fn print_line(text: Arc<str>) -> Result<()> {
    crate::base::write_output(&format!("{text}\n"));
    Ok(())
}

/// Where the host says, unlike in PyTorch: an archive may not write files by itself.
fn save(item: IValue, file: Arc<str>) -> Result<()> {
    save_for_script(&item, &file)
}

fn assert_scalar(holds: Scalar, message: Arc<str>) -> Result<()> {
    ensure!(holds.to_bool(), "{message}");
    Ok(())
}

fn constrain_range(size: Scalar, min: Option<i64>, max: Option<i64>) -> Result<()> {
    let size = size.to_i64();
    let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
    ensure!(max >= min, "Max must be greater than or equal to min. Got min={min} max={max}");
    ensure!(min <= size && size <= max, "Invalid value range for {size} between [{min}, {max}].");
    Ok(())
}

fn constrain_range_for_size(size: Scalar, min: Option<i64>, max: Option<i64>) -> Result<()> {
    let least = min.unwrap_or(0);
    if let Some(max) = max.filter(|max| *max >= least) {
        ensure!(max > 2, "Max value to constrain_range_for_size must be greater than 2. got: {max}");
    }
    constrain_range(size, Some(least), max)
}

fn assert_tensor(holds: Tensor) -> Result<()> {
    assert_tensor_with(holds, "Expected Tensor with single nonzero value, but got zero".into())
}

fn assert_tensor_with(holds: Tensor, message: Arc<str>) -> Result<()> {
    ensure!(holds.numel() > 0, "Boolean value of Tensor with no values is ambiguous");
    ensure!(holds.numel() == 1, "Boolean value of Tensor with more than one value is ambiguous");
    assert_scalar(holds.reshape(&[])?.item()?, message)
}

fn assert_metadata(
    x: Tensor,
    sizes: Option<Vec<i64>>,
    strides: Option<Vec<i64>>,
    dtype: Option<crate::DType>,
) -> Result<()> {
    let what = if sizes.is_some_and(|sizes| sizes != x.sizes()) {
        "sizes"
    } else if strides.is_some_and(|strides| strides != x.strides()) {
        "strides"
    } else if dtype.is_some_and(|dtype| dtype != x.dtype()) {
        "dtype"
    } else {
        return Ok(());
    };
    Err(Error::runtime(format!(
        "equal INTERNAL ASSERT FAILED at \"../aten/src/ATen/native/ComparisonUtils.cpp\":22, please report a bug to \
         PyTorch. Tensor {what} mismatch!"
    )))
}

macro_rules! functional {
    ($($f:ident, $check:ident($($a:ident: $t:ty),*);)*) => { $(
        /// The check, with a copy of a tensor that puts it in order with others.
        fn $f($($a: $t,)* token: Tensor) -> Result<Tensor> {
            $check($($a),*)?;
            token.deep_clone()
        }
    )* };
}
functional! {
    then_assert, assert_tensor_with(holds: Tensor, message: Arc<str>);
    then_assert_scalar, assert_scalar(holds: Scalar, message: Arc<str>);
    then_constrain_range, constrain_range(size: Scalar, min: Option<i64>, max: Option<i64>);
    then_constrain_range_for_size, constrain_range_for_size(size: Scalar, min: Option<i64>, max: Option<i64>);
}

fn is(a: IValue, b: IValue) -> Result<bool> {
    Ok(a.is_identical(&b))
}

fn equal(a: IValue, b: IValue) -> Result<bool> {
    a.is_equal(&b)
}

fn not_equal(a: IValue, b: IValue) -> Result<bool> {
    Ok(!a.is_equal(&b)?)
}

fn is_not(a: IValue, b: IValue) -> Result<bool> {
    Ok(!a.is_identical(&b))
}

fn id(object: Option<Object>) -> Result<i64> {
    Ok(object.map_or(0, |o| o.id() as i64))
}

fn unwrap_optional(value: IValue) -> Result<IValue> {
    ensure!(!value.is_none(), "Unwrapping null optional");
    Ok(value)
}

/// `(tensor, dim, element kind)`: kind 0 is int, 1 float, 2 bool, 3 complex; `dim` is the depth of the declared type.
fn to_list(stack: &mut Stack, _n: usize) -> Result<()> {
    let kind = stack.pop().unwrap_or_default().to_int()?;
    let dim = stack.pop().unwrap_or_default().to_int()?;
    let tensor = stack.pop().unwrap_or_default().to_tensor()?;
    let (ty, fits) = match kind {
        0 => (Type::Int, tensor.dtype() == DType::I64),
        1 => (Type::Float, tensor.dtype().is_floating_point()),
        2 => (Type::Bool, tensor.dtype() == DType::Bool),
        3 => (Type::Complex, tensor.dtype().is_complex()),
        other => bail!("Unknown type {other} in tolist()"),
    };
    ensure!(
        tensor.dim() as i64 == dim,
        "Output annotation list dimension and runtime tensor dimension must match for tolist()"
    );
    ensure!(
        fits,
        "Output annotation element type and runtime tensor element type must match for tolist(): {} vs {}",
        match ty {
            Type::Int => "Long",
            Type::Float => "Float",
            Type::Bool => "Bool",
            _ => "ComplexDouble",
        },
        tensor.dtype()
    );
    stack.push(nested_list(&tensor, &ty)?);
    Ok(())
}

fn nested_list(tensor: &Tensor, ty: &Type) -> Result<IValue> {
    match tensor.dim() {
        0 => Ok(IValue::from_scalar(tensor.item()?)),
        n => {
            let element = (1..n).fold(ty.clone(), |t, _| Type::list(t));
            let length = tensor.sizes()[0];
            let items: Result<Vec<IValue>> = (0..length).map(|i| nested_list(&tensor.select(0, i)?, ty)).collect();
            Ok(IValue::List(List::new(element, items?)))
        }
    }
}

fn number_to_tensor(value: Scalar) -> Result<Tensor> {
    Tensor::scalar(value, value.dtype())
}

fn bool_to_tensor(value: bool) -> Result<Tensor> {
    Tensor::scalar(Scalar::Bool(value), DType::Bool)
}

fn data(x: Tensor) -> Result<Tensor> {
    let out = x.alias();
    out.set_requires_grad(false);
    Ok(out)
}

fn device_index(device: Device) -> Result<Option<i64>> {
    Ok(device.index.map(i64::from))
}

fn device_type(device: Device) -> Result<String> {
    Ok(device.kind.to_string())
}

fn device(name: Arc<str>) -> Result<Device> {
    name.parse()
}

fn device_with_index(name: Arc<str>, index: i64) -> Result<Device> {
    ensure!(!name.contains(':'), "type (string) must not include an index because index was passed explicitly: {name}");
    format!("{name}:{index}").parse()
}

thread_local! {
    static GRAD_MODE: std::cell::Cell<bool> = const { std::cell::Cell::new(true) };
}

/// Whether grad mode is on for this thread. Sconce computes no gradients; scripts may ask.
pub fn is_grad_enabled() -> Result<bool> {
    Ok(GRAD_MODE.get())
}

pub fn set_grad_enabled(on: bool) -> Result<()> {
    GRAD_MODE.set(on);
    Ok(())
}

fn no() -> Result<bool> {
    Ok(false)
}

fn yes() -> Result<bool> {
    Ok(true)
}

fn has_torch_function(stack: &mut Stack, n: usize) -> Result<()> {
    stack.truncate(stack.len().saturating_sub(n));
    stack.push(IValue::Bool(false));
    Ok(())
}

fn time_point() -> Result<i64> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Ok(now.map_or(0, |d| d.as_nanos() as i64))
}

/// Statistics are collected nowhere, as in PyTorch without a logger.
fn add_stat_value(_key: Arc<str>, _value: i64) -> Result<()> {
    Ok(())
}

fn nowait(value: IValue) -> Result<Future> {
    Ok(Future::ready(value.ty(), value))
}

fn wait(value: IValue) -> Result<IValue> {
    match value {
        IValue::Future(f) => f.wait(),
        other => Ok(other),
    }
}

fn if_then_else(cond: bool, x: IValue, y: IValue) -> Result<IValue> {
    Ok(if cond { x } else { y })
}

fn take_tensors(stack: &mut Stack, n: usize) -> Result<(Vec<Tensor>, i64)> {
    let at = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let mut values: Vec<IValue> = stack.drain(at..).collect();
    let dim = values.pop().unwrap_or_default().to_int()?;
    let tensors: Result<Vec<Tensor>> = values.iter().map(IValue::to_tensor).collect();
    Ok((tensors?, dim))
}

fn var_stack(stack: &mut Stack, n: usize) -> Result<()> {
    let (tensors, dim) = take_tensors(stack, n)?;
    stack.push(IValue::Tensor(super::join::stack(tensors, dim)?));
    Ok(())
}

fn var_concat(stack: &mut Stack, n: usize) -> Result<()> {
    let (tensors, dim) = take_tensors(stack, n)?;
    stack.push(IValue::Tensor(super::join::cat(tensors, dim)?));
    Ok(())
}

/// A ModuleList's module by position: its attributes are named by their numbers.
fn container_item(container: IValue, index: i64) -> Result<IValue> {
    let object = container.to_object()?;
    let modules: Vec<usize> = object
        .class()
        .attributes()
        .iter()
        .enumerate()
        .filter(|(_, a)| {
            matches!(&a.ty, Type::Class(c) if c.is_module()) || matches!(&a.ty, Type::Interface(i) if i.is_module)
        })
        .map(|(slot, _)| slot)
        .collect();
    let n = modules.len() as i64;
    let at = if index < 0 { index + n } else { index };
    match usize::try_from(at).ok().and_then(|i| modules.get(i)) {
        Some(&slot) => Ok(object.get(slot)),
        None => bail!("list index out of range"),
    }
}

fn container_entry(container: IValue, name: Arc<str>) -> Result<IValue> {
    container.to_object()?.attr(&name).map_err(|_| Error::runtime(format!("KeyError: {name}")))
}

fn autograd_zero() -> Result<Tensor> {
    Tensor::zeros(&[], crate::tensor::default_dtype())
}

fn assert_int_or_pair(values: Vec<i64>, _name: Arc<str>, message: Arc<str>) -> Result<Tensor> {
    ensure!(values.len() <= 2, "{message}");
    Tensor::zeros(&[], DType::F32)
}
