//! What an expression can be besides a run-time value: functions, classes, namespaces, tuples of such.

use std::rc::Rc;
use std::sync::Arc;

use super::special::{Cast, Special};
use super::{classes, Emitter};
use crate::frontend::ast::Span;
use crate::ir::{Attr, Function, Graph, ValueId};
use crate::op::registry;
use crate::schema::matching::takes_self;
use crate::value::{ClassType, EnumType, IValue, Type};
use crate::Result;

#[derive(Clone)]
pub(super) enum Sugared<'a> {
    Value(ValueId),
    /// An operator by name, with the object whose method it is.
    Builtin(Arc<str>, Option<ValueId>),
    /// A global function that objects answer by a method, `len` by `__len__`; for all else it is the operator.
    Magic(&'static str, &'static str),
    /// What `print` gives back.
    Nothing,
    /// `torch` and its submodules, `math`: the operators of a namespace.
    Torch(Arc<str>),
    Math,
    /// `ops`.
    Ops,
    /// `ops.quantized`.
    OpsNamespace(Arc<str>),
    /// A dotted name that is not complete yet: `__torch__.net`.
    Path(Arc<str>),
    /// `CONSTANTS`.
    Constants,
    Special(Special),
    Cast(Cast),
    /// `x.float`: converts to the dtype of this code.
    TensorCast(ValueId, i64),
    /// A method of a class or interface, with its object.
    Method(ValueId, Arc<str>),
    Function(Arc<Function>),
    Class(Arc<ClassType>),
    /// `C.__new__`.
    New(Arc<ClassType>),
    NamedTuple(Type),
    Enum(Arc<EnumType>),
    Tuple(Vec<Sugared<'a>>),
    Iterable(Rc<Iterable<'a>>),
    Closure(Rc<Closure>),
    /// An exception class, by its qualified name.
    Exception(Arc<str>),
    ExceptionMessage(ValueId, Option<Arc<str>>),
    #[allow(dead_code)]
    Never(std::marker::PhantomData<&'a ()>),
}

/// What a loop can run over.
#[derive(Clone)]
pub(super) enum Iterable<'a> {
    Value(ValueId),
    /// Without a start, `range(stop)`: the element is the index.
    Range {
        start: Option<ValueId>,
        stop: ValueId,
        step: ValueId,
    },
    /// Known elements: the loop is unrolled.
    Items(Vec<Sugared<'a>>),
    /// `zip`, `enumerate`.
    Zip(Vec<Iterable<'a>>),
}

/// A function inside a function, compiled to a graph whose first inputs are the captured values.
pub(super) struct Closure {
    pub graph: Arc<Graph>,
    pub captures: Vec<ValueId>,
    pub returns: Type,
}

impl Iterable<'_> {
    pub fn is_unrolled(&self) -> bool {
        match self {
            Iterable::Items(_) => true,
            Iterable::Zip(parts) => parts.iter().any(Iterable::is_unrolled),
            _ => false,
        }
    }
    pub fn static_len(&self) -> Option<usize> {
        match self {
            Iterable::Items(items) => Some(items.len()),
            Iterable::Zip(parts) => parts.iter().filter_map(Iterable::static_len).min(),
            _ => None,
        }
    }
}

/// What a name means that is no variable.
pub(super) fn global<'a>(e: &Emitter<'a>, name: &Arc<str>) -> Result<Option<Sugared<'a>>> {
    if let Some(special) = Special::from_name(name, e.unit.is_archive()) {
        return Ok(Some(Sugared::Special(special)));
    }
    if let Some(cast) = Cast::from_name(name) {
        return Ok(Some(Sugared::Cast(cast)));
    }
    let operator = |n: &str| Ok(Some(Sugared::Builtin(n.into(), None)));
    match &**name {
        "len" => return Ok(Some(Sugared::Magic("__len__", "aten::len"))),
        "hex" => return Ok(Some(Sugared::Magic("__hex__", "aten::hex"))),
        "oct" => return Ok(Some(Sugared::Magic("__oct__", "aten::oct"))),
        "round" => return Ok(Some(Sugared::Magic("__round__", "aten::round"))),
        "bin" => return operator("aten::bin"),
        "hash" => return operator("aten::hash"),
        "id" => return operator("prim::id"),
        "min" => return operator("prim::min"),
        "max" => return operator("prim::max"),
        "abs" => return operator("prim::abs"),
        "all" => return operator("aten::all"),
        "any" => return operator("aten::any"),
        "divmod" => return operator("aten::divmod"),
        "sum" => return operator("aten::sum"),
        "ord" => return operator("aten::ord"),
        "chr" => return operator("aten::chr"),
        "pow" => return operator("aten::pow"),
        "rangelist" => return operator("prim::rangelist"),
        "sorted" => return operator("aten::sorted"),
        "_to_tensor" => return operator("aten::_to_tensor"),
        "AssertionError" => return Ok(Some(Sugared::Exception("".into()))),
        "torch" => return Ok(Some(Sugared::Torch("torch".into()))),
        _ => {}
    }
    if e.unit.is_archive() {
        match &**name {
            "ops" => return Ok(Some(Sugared::Ops)),
            "CONSTANTS" => return Ok(Some(Sugared::Constants)),
            "__torch__" => return Ok(Some(Sugared::Path(name.clone()))),
            "math" => return Ok(Some(Sugared::Math)),
            _ => {}
        }
    } else {
        if EXCEPTIONS.contains(&&**name) && e.unit.named_type(name)?.is_none() {
            return Ok(Some(Sugared::Exception(format!("builtins.{name}").into())));
        }
        match &**name {
            "math" | "cmath" => return Ok(Some(Sugared::Math)),
            // its `warn` is the operator
            "warnings" => return Ok(Some(Sugared::Torch(name.clone()))),
            "ops" => return Ok(Some(Sugared::Ops)),
            "__torch__" => return Ok(Some(Sugared::Path(name.clone()))),
            _ => {}
        }
    }
    if let Some(function) = e.unit.function(name)? {
        return Ok(Some(Sugared::Function(function)));
    }
    if let Some(ty) = e.unit.named_type(name)? {
        return Ok(Some(of_type(ty)));
    }
    Ok(None)
}

/// A class name as a value.
fn of_type<'a>(ty: Type) -> Sugared<'a> {
    match ty {
        Type::Class(class) => Sugared::Class(class),
        Type::Enum(class) => Sugared::Enum(class),
        other => Sugared::NamedTuple(other),
    }
}

impl<'a> Emitter<'a> {
    /// `object.name`.
    pub(super) fn attribute(&mut self, object: Sugared<'a>, name: &Arc<str>, span: Span) -> Result<Sugared<'a>> {
        match object {
            Sugared::Value(value) => self.value_attribute(value, name, span),
            Sugared::Torch(path) => self.torch_attribute(&path, name, span),
            Sugared::Math => Ok(match number(name) {
                Some(value) if !self.unit.is_archive() => Sugared::Value(self.constant(IValue::Double(value), span)),
                _ => Sugared::Builtin(math_operator(name), None),
            }),
            Sugared::Ops => Ok(Sugared::OpsNamespace(name.clone())),
            Sugared::OpsNamespace(namespace) => Ok(Sugared::Builtin(format!("{namespace}::{name}").into(), None)),
            Sugared::Constants => match classes::constant_of_archive(self.unit, name) {
                Some(value) => {
                    let ty = value.ty();
                    Ok(Sugared::Value(self.typed_constant(value, ty, span)))
                }
                None => Err(self.error(span, format!("the archive has no constant {name}"))),
            },
            Sugared::Path(path) => {
                let full: Arc<str> = format!("{path}.{name}").into();
                if let Some(ty) = self.unit.named_type(&full)? {
                    return Ok(of_type(ty));
                }
                if let Some(function) = self.unit.function(&full)? {
                    return Ok(Sugared::Function(function));
                }
                Ok(Sugared::Path(full))
            }
            Sugared::Class(class) if &**name == "__new__" => Ok(Sugared::New(class)),
            Sugared::Class(class) => {
                if let Some(function) = class.static_method(name).and_then(|m| m.downcast::<Function>().ok()) {
                    return Ok(Sugared::Function(function));
                }
                if let Some(function) = Function::of_class(&class, name) {
                    return Ok(Sugared::Function(function));
                }
                // hooks stand beside their class as free functions
                if let Some(function) = self.unit.function(&format!("{}.{name}", class.name()))? {
                    return Ok(Sugared::Function(function));
                }
                let message = format!("class '{}' has no attribute '{name}'", class.name());
                Err(self.error(span, message))
            }
            Sugared::Enum(class) => match classes::enum_member(&class, name) {
                Some(member) => Ok(Sugared::Value(self.constant(member, span))),
                None => {
                    let message = format!("type object '{}' has no attribute '{name}'", class.name.name());
                    Err(self.error(span, message))
                }
            },
            other => {
                let message = format!("attribute lookup is not defined on {}", other.kind());
                Err(self.error(span, message))
            }
        }
    }

    fn torch_attribute(&mut self, path: &str, name: &Arc<str>, span: Span) -> Result<Sugared<'a>> {
        if let Some(special) = Special::of_torch(path, name) {
            return Ok(Sugared::Special(special));
        }
        // `torch.nn.functional.relu`, `torch.autograd.grad`: all names lead to the same namespace
        if matches!(
            &**name,
            "autograd"
                | "grad_mode"
                | "jit"
                | "nn"
                | "functional"
                | "_C"
                | "_nn"
                | "linalg"
                | "fft"
                | "special"
                | "_VF"
                | "cuda"
                | "ops"
                | "sparse"
                | "nested"
                | "backends"
                | "utils"
        ) && !registry().contains(&format!("aten::{name}"))
            && path.rsplit('.').next() != Some(&**name)
        {
            if &**name == "ops" {
                return Ok(Sugared::Ops);
            }
            return Ok(Sugared::Torch(format!("{path}.{name}").into()));
        }
        if !self.unit.is_archive() {
            if let ("torch" | "torch.autograd" | "torch.autograd.grad_mode", "no_grad") = (path, &**name) {
                return Ok(of_type(super::builtins::no_grad()?));
            }
            if let Some(value) = torch_constant(name) {
                return Ok(Sugared::Value(self.constant(IValue::Int(value), span)));
            }
            if let (Some(value), "torch") = (number(name), path) {
                return Ok(Sugared::Value(self.constant(IValue::Double(value), span)));
            }
        }
        let operator = match path.rsplit('.').next().unwrap_or(path) {
            group @ ("linalg" | "fft" | "special") => {
                let plain = name.strip_prefix(&format!("{group}_")).unwrap_or(name);
                format!("aten::{group}_{plain}")
            }
            _ => format!("aten::{name}"),
        };
        Ok(Sugared::Builtin(operator.into(), None))
    }

    fn value_attribute(&mut self, value: ValueId, name: &Arc<str>, span: Span) -> Result<Sugared<'a>> {
        match self.ty(value).clone() {
            Type::Class(class) => {
                if class.has_method(name) {
                    return Ok(Sugared::Method(value, name.clone()));
                }
                if let Some(attribute) = class.attribute(name) {
                    return Ok(Sugared::Value(self.get_attribute(value, name, attribute.ty, span)));
                }
                if let Some(constant) = class.constant(name) {
                    return Ok(Sugared::Value(self.constant(constant, span)));
                }
                if let Some((getter, _)) = class.property(name) {
                    let getter = Sugared::Method(value, getter.into());
                    return self.call(getter, super::calls::Args::default(), span, None).map(Sugared::Value);
                }
                if let Some(function) = class.static_method(name).and_then(|m| m.downcast::<Function>().ok()) {
                    return Ok(Sugared::Function(function));
                }
                if class.name().as_str().starts_with("__torch__.torch.classes.") {
                    return Ok(Sugared::Method(value, name.clone()));
                }
                if &**name == "__class__" {
                    return Ok(Sugared::Class(class));
                }
                let what = if class.is_module() { "Module" } else { "object" };
                let message = format!(
                    "{what} '{}' has no attribute '{name}' (This attribute exists on the Python module, but we failed \
                     to convert Python type: 'unknown' to a TorchScript type.)",
                    class.name().name()
                );
                let message = if class.is_module() {
                    message
                } else {
                    format!(
                        "Tried to access nonexistent attribute or method '{name}' of type '{}'. Did you forget to \
                         initialize an attribute in __init__()?",
                        class.name()
                    )
                };
                Err(self.error(span, message))
            }
            Type::Interface(interface) if interface.methods.read().contains_key(&**name) => {
                Ok(Sugared::Method(value, name.clone()))
            }
            Type::Tuple(tuple) => {
                let field = tuple.named.as_ref().and_then(|(_, fields)| fields.iter().position(|f| **f == **name));
                match field {
                    Some(i) => {
                        let index = self.int(i as i64, span);
                        let ty = tuple.elements[i].clone();
                        Ok(Sugared::Value(self.emit("prim::TupleIndex", &[value, index], ty, span)))
                    }
                    None => self.builtin_method(value, name, span),
                }
            }
            Type::Enum(class) if matches!(&**name, "name" | "value") => {
                let (kind, ty) = if &**name == "name" {
                    ("prim::EnumName", Type::Str)
                } else {
                    ("prim::EnumValue", class.value_type.clone())
                };
                Ok(Sugared::Value(self.emit(kind, &[value], ty, span)))
            }
            Type::Tensor(_) => {
                if let Some(code) = tensor_cast(name) {
                    return Ok(Sugared::TensorCast(value, code));
                }
                if let Some(operator) = tensor_property(name) {
                    return self.builtin(operator, &[value], &[], None, span).map(Sugared::Value);
                }
                self.builtin_method(value, name, span)
            }
            Type::Device if matches!(&**name, "type" | "index") => {
                self.builtin(&format!("prim::{name}"), &[value], &[], None, span).map(Sugared::Value)
            }
            _ => self.builtin_method(value, name, span),
        }
    }

    fn builtin_method(&mut self, value: ValueId, name: &Arc<str>, span: Span) -> Result<Sugared<'a>> {
        if &**name == "tolist" {
            return Ok(Sugared::Special(Special::ToList(value)));
        }
        let operator = format!("aten::{name}");
        let candidates = self.candidates(&operator)?;
        if !candidates.schemas.iter().any(|schema| takes_self(schema, self.ty(value))) {
            let ty = self.ty(value).annotation();
            if self.ty(value).is_tensor() && candidates.is_empty() {
                // perhaps an operator that is missing here: the call says which
                return Ok(Sugared::Builtin(operator.into(), Some(value)));
            }
            let message = format!("'{ty}' object has no attribute or method '{name}'.");
            return Err(self.error(span, message));
        }
        Ok(Sugared::Builtin(operator.into(), Some(value)))
    }

    /// `prim::GetAttr`, named after the attribute.
    pub(super) fn get_attribute(&mut self, object: ValueId, name: &Arc<str>, ty: Type, span: Span) -> ValueId {
        let out = self.emit("prim::GetAttr", &[object], ty, span);
        self.set_attr(out, "name", Attr::Str(name.clone()));
        let visible: Arc<str> =
            if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}").into() } else { name.clone() };
        self.scope.names.attribute(&visible, out);
        out
    }

    /// A run-time value; tuples of values are made into one.
    pub(super) fn as_value(&mut self, sugared: Sugared<'a>, span: Span) -> Result<ValueId> {
        match sugared {
            Sugared::Value(value) => Ok(value),
            Sugared::Tuple(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.as_value(item, span)?);
                }
                Ok(self.tuple(&values, span))
            }
            Sugared::Function(function) => {
                self.callees.push((function.clone(), self.range(span)));
                Ok(self.function_constant(&function, span))
            }
            Sugared::Iterable(iterable) => match &*iterable {
                Iterable::Value(value) => Ok(*value),
                Iterable::Range { .. } => {
                    let message = "range cannot be used as a value";
                    Err(self.error(span, message))
                }
                Iterable::Items(items) => self.as_value(Sugared::Tuple(items.clone()), span),
                Iterable::Zip(_) => Err(self.error(span, "iterabletree cannot be used as a value")),
            },
            Sugared::Enum(class) => {
                // an enum class as a value is the list of its members
                let members: Vec<String> = class.members.iter().map(|(n, _)| n.clone()).collect();
                let mut values = Vec::new();
                for member in members {
                    if let Some(member) = classes::enum_member(&class, &member) {
                        values.push(self.constant(member, span));
                    }
                }
                Ok(self.list(Type::Enum(class), &values, span))
            }
            Sugared::Builtin(name, Some(value)) if self.candidates(&name)?.is_empty() => {
                let (ty, name) = (self.ty(value).annotation(), name.trim_start_matches("aten::"));
                Err(self.error(span, format!("'{ty}' object has no attribute or method '{name}'.")))
            }
            Sugared::Torch(_) | Sugared::Math | Sugared::Ops if !self.unit.is_archive() => {
                let message = "python value of type 'module' cannot be used as a value. Perhaps it is a closed over \
                               global variable? If so, please consider passing it in as an argument or use a local \
                               varible instead.";
                Err(self.error(span, message))
            }
            other => Err(self.error(span, format!("{} cannot be used as a value", other.kind()))),
        }
    }

    pub(super) fn function_constant(&mut self, function: &Arc<Function>, span: Span) -> ValueId {
        let out = self.emit("prim::Constant", &[], Type::Function, span);
        self.set_attr(out, "name", Attr::Function(function.clone()));
        out
    }

    /// Takes something apart into `expected` values (any number when `None`).
    pub(super) fn unpack(
        &mut self,
        sugared: Sugared<'a>,
        expected: Option<usize>,
        span: Span,
    ) -> Result<Vec<Sugared<'a>>> {
        let value = match sugared {
            Sugared::Tuple(items) => return Ok(items),
            Sugared::Iterable(iterable) => match &*iterable {
                Iterable::Items(items) => return Ok(items.clone()),
                Iterable::Value(value) => *value,
                _ => return Err(self.error(span, "range cannot be used as a tuple")),
            },
            Sugared::Value(value) => value,
            other @ Sugared::Enum(_) => self.as_value(other, span)?,
            other => return Err(self.error(span, format!("{} cannot be used as a tuple", other.kind()))),
        };
        match self.ty(value).clone() {
            Type::Tuple(tuple) => {
                let node = self.node("prim::TupleUnpack", &[value], span);
                // PyTorch gives unpacking no place: it is in no graph and no traceback
                self.scope.graph.node_mut(node).range = None;
                let outputs = tuple.elements.iter().map(|t| self.scope.graph.add_output(node, t.clone()));
                Ok(outputs.map(Sugared::Value).collect())
            }
            Type::List(element) => {
                let Some(n) = expected else {
                    let message = "cannot statically infer the expected size of a list in this context";
                    return Err(self.error(span, message));
                };
                let node = self.node("prim::ListUnpack", &[value], span);
                self.scope.graph.node_mut(node).range = None;
                let outputs = (0..n).map(|_| self.scope.graph.add_output(node, (*element).clone()));
                Ok(outputs.map(Sugared::Value).collect())
            }
            other => Err(self.error(span, format!("{} cannot be used as a tuple", other.annotation()))),
        }
    }

    /// What a `for` runs over.
    pub(super) fn iterable(&mut self, sugared: Sugared<'a>, span: Span) -> Result<Iterable<'a>> {
        let value = match sugared {
            Sugared::Value(value) => value,
            Sugared::Tuple(items) => return Ok(Iterable::Items(items)),
            Sugared::Iterable(iterable) => return Ok((*iterable).clone()),
            other @ Sugared::Enum(_) => self.as_value(other, span)?,
            other => return Err(self.error(span, format!("'{}' object is not iterable", other.kind()))),
        };
        match self.ty(value).clone() {
            Type::List(_) | Type::Str | Type::Tensor(_) => Ok(Iterable::Value(value)),
            Type::Dict(..) => {
                let keys = self.builtin("aten::keys", &[value], &[], None, span)?;
                Ok(Iterable::Value(keys))
            }
            Type::Tuple(_) => Ok(Iterable::Items(self.unpack(Sugared::Value(value), None, span)?)),
            Type::Class(class) if class.is_module() => {
                Ok(Iterable::Items(self.module_children(value, &class, span).into_iter().map(|(_, v)| v).collect()))
            }
            Type::Class(class) if class.has_method("__len__") && class.has_method("__getitem__") => {
                Ok(Iterable::Value(value))
            }
            other => Err(self.error(span, format!("'{}' object is not iterable", other.annotation()))),
        }
    }

    /// The submodules of a container, in order, by name.
    pub(super) fn module_children(
        &mut self,
        value: ValueId,
        class: &Arc<ClassType>,
        span: Span,
    ) -> Vec<(Arc<str>, Sugared<'a>)> {
        let is_module = |ty: &Type| match ty {
            Type::Class(c) => c.is_module(),
            Type::Interface(i) => i.is_module,
            _ => false,
        };
        let mut children = Vec::new();
        for attribute in class.attributes() {
            if is_module(&attribute.ty) {
                let name: Arc<str> = attribute.name.as_str().into();
                let child = self.get_attribute(value, &name, attribute.ty, span);
                children.push((name, Sugared::Value(child)));
            }
        }
        children
    }
}

impl Sugared<'_> {
    /// What messages call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Sugared::Value(_) => "value",
            Sugared::Builtin(..) => "builtin",
            Sugared::Magic(method, _) => method,
            Sugared::Nothing => "None",
            Sugared::Torch(_) | Sugared::Math | Sugared::Ops | Sugared::OpsNamespace(_) | Sugared::Path(_) => "module",
            Sugared::Constants => "CONSTANTS",
            Sugared::Special(special) => special.kind(),
            Sugared::Cast(cast) => cast.magic(),
            Sugared::TensorCast(..) => "builtin cast",
            Sugared::Method(..) => "method",
            Sugared::Function(_) => "function",
            Sugared::Class(_) | Sugared::New(_) => "class",
            Sugared::NamedTuple(_) => "NamedTuple class",
            Sugared::Enum(_) => "EnumClass",
            Sugared::Tuple(_) => "tuple",
            Sugared::Iterable(_) => "iterabletree",
            Sugared::Closure(_) => "closure",
            Sugared::Exception(name) if !name.is_empty() => "Python exception",
            Sugared::Exception(_) => "exception",
            Sugared::ExceptionMessage(..) => "exception message",
            Sugared::Never(_) => "nothing",
        }
    }
}

/// The exceptions that Python has without an import.
const EXCEPTIONS: &[&str] = &[
    "ArithmeticError",
    "AttributeError",
    "BaseException",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "EnvironmentError",
    "Exception",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
];

/// The numbers that `math` and `torch` have names for.
fn number(name: &str) -> Option<f64> {
    Some(match name {
        "pi" => std::f64::consts::PI,
        "e" => std::f64::consts::E,
        "tau" => std::f64::consts::TAU,
        "inf" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => return None,
    })
}

fn math_operator(name: &str) -> Arc<str> {
    match name {
        "remainder" => "aten::mathremainder".into(),
        "phase" => "aten::angle".into(),
        "rect" => "aten::polar".into(),
        _ => format!("aten::{name}").into(),
    }
}

/// The dtype code that a method of this name converts to.
fn tensor_cast(name: &str) -> Option<i64> {
    Some(match name {
        "byte" => 0,
        "char" => 1,
        "short" => 2,
        "int" => 3,
        "long" => 4,
        "half" => 5,
        "float" => 6,
        "double" => 7,
        "cfloat" => 9,
        "cdouble" => 10,
        _ => return None,
    })
}

/// Attributes of tensors that are operators of one argument.
fn tensor_property(name: &str) -> Option<&'static str> {
    Some(match name {
        "dtype" => "prim::dtype",
        "device" => "prim::device",
        "grad" => "prim::grad",
        "data" => "prim::data",
        "shape" => "aten::size",
        "is_cuda" => "prim::is_cuda",
        "is_cpu" => "prim::is_cpu",
        "is_xla" => "prim::is_xla",
        "is_xpu" => "prim::is_xpu",
        "is_sparse" => "prim::is_sparse",
        "is_sparse_csr" => "prim::is_sparse_csr",
        "is_mkldnn" => "prim::is_mkldnn",
        "is_mps" => "prim::is_mps",
        "is_mtia" => "prim::is_mtia",
        "is_maia" => "prim::is_maia",
        "is_quantized" => "prim::is_quantized",
        "is_vulkan" => "prim::is_vulkan",
        "is_ipu" => "prim::is_ipu",
        "is_meta" => "prim::is_meta",
        "is_leaf" => "aten::is_leaf",
        "is_nested" => "prim::is_nested",
        "requires_grad" => "prim::requires_grad",
        "layout" => "prim::layout",
        "T" => "aten::numpy_T",
        "H" => "aten::matrix_H",
        "mT" => "aten::mT",
        "mH" => "aten::mH",
        "ndim" => "aten::dim",
        "name" => "prim::name",
        "itemsize" => "prim::itemsize",
        "nbytes" => "prim::nbytes",
        "real" => "aten::real",
        "imag" => "aten::imag",
        "retains_grad" => "aten::retains_grad",
        _ => return None,
    })
}

/// `torch.float32`, `torch.strided`, …: integers in scripts.
fn torch_constant(name: &str) -> Option<i64> {
    Some(match name {
        "uint8" => 0,
        "int8" => 1,
        "int16" | "short" => 2,
        "int32" | "int" => 3,
        "int64" | "long" => 4,
        "float16" | "half" => 5,
        "float32" | "float" => 6,
        "float64" | "double" => 7,
        "complex32" | "chalf" => 8,
        "complex64" | "cfloat" => 9,
        "complex128" | "cdouble" => 10,
        "bool" => 11,
        "qint8" => 12,
        "quint8" => 13,
        "qint32" => 14,
        "bfloat16" => 15,
        "quint4x2" => 16,
        "quint2x4" => 17,
        "float8_e5m2" => 23,
        "float8_e4m3fn" => 24,
        "float8_e5m2fnuz" => 25,
        "float8_e4m3fnuz" => 26,
        "uint16" => 27,
        "uint32" => 28,
        "uint64" => 29,
        "per_tensor_affine" => 0,
        "per_channel_affine" => 1,
        "per_tensor_symmetric" => 2,
        "per_channel_symmetric" => 3,
        "per_channel_affine_float_qparams" => 4,
        "strided" | "contiguous_format" => 0,
        "preserve_format" => 1,
        "channels_last" => 2,
        "channels_last_3d" => 3,
        "sparse_coo" => 1,
        "sparse_csr" => 2,
        "_mkldnn" => 3,
        "sparse_csc" => 4,
        "sparse_bsr" => 5,
        "sparse_bsc" => 6,
        "jagged" => 7,
        _ => return None,
    })
}
