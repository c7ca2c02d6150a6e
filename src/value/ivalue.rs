//! One value of any TorchScript type.

use std::any::Any;
use std::sync::Arc;

use super::teardown::let_go;
use super::{unshaped, Dict, EnumType, Future, List, Object, TupleType, Type};
use crate::base::{Complex, Device, Scalar};
use crate::{Error, Result, Tensor};

/// PyTorch's `IValue`. Tensors, lists, dicts, objects and futures have reference semantics; the rest are values.
#[derive(Clone, Debug, Default)]
pub enum IValue {
    #[default]
    None,
    Tensor(Tensor),
    Double(f64),
    Complex(Complex),
    Int(i64),
    Bool(bool),
    Str(Arc<str>),
    Tuple(Arc<TupleValue>),
    List(List),
    Dict(Dict),
    Object(Object),
    Future(Future),
    Enum(Arc<EnumValue>),
    Device(Device),
    Function(Arc<FunctionValue>),
    /// A random number generator, a torchbind object, …: what only one family of operators understands.
    Opaque(Arc<dyn Opaque>),
}

/// A value that only one family of operators understands; it tells its type and can be downcast.
pub trait Opaque: Any + Send + Sync {
    fn ty(&self) -> Type;
    /// A copy with state of its own; `None` for what never changes.
    fn deep_copy(&self) -> Result<Option<IValue>> {
        Ok(None)
    }
}

impl std::fmt::Debug for dyn Opaque {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.ty().annotation())
    }
}

/// An immutable tuple; `names` for NamedTuples.
pub struct TupleValue {
    pub elements: Vec<IValue>,
    /// Qualified type name and field names.
    pub named: Option<Arc<(String, Vec<String>)>>,
}

impl Drop for TupleValue {
    fn drop(&mut self) {
        let_go(std::mem::take(&mut self.elements));
    }
}

/// A member of an enum class.
#[derive(Debug)]
pub struct EnumValue {
    pub class: Arc<EnumType>,
    pub name: String,
    pub value: IValue,
}

/// A function as a value: its name and the upper layers' handle.
pub struct FunctionValue {
    pub name: String,
    pub function: super::MethodSlot,
}

impl std::fmt::Debug for FunctionValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Function({})", self.name)
    }
}

impl IValue {
    pub fn tuple(elements: Vec<IValue>) -> IValue {
        IValue::Tuple(Arc::new(TupleValue { elements, named: None }))
    }
    pub fn str(text: impl Into<Arc<str>>) -> IValue {
        IValue::Str(text.into())
    }
    pub fn ints(items: &[i64]) -> IValue {
        IValue::List(List::ints(items.iter().copied()))
    }

    /// The kind as PyTorch names it in messages.
    pub fn tag(&self) -> &'static str {
        match self {
            IValue::None => "None",
            IValue::Tensor(_) => "Tensor",
            IValue::Double(_) => "Double",
            IValue::Complex(_) => "ComplexDouble",
            IValue::Int(_) => "Int",
            IValue::Bool(_) => "Bool",
            IValue::Str(_) => "String",
            IValue::Tuple(_) => "Tuple",
            IValue::List(_) => "GenericList",
            IValue::Dict(_) => "GenericDict",
            IValue::Object(_) => "Object",
            IValue::Future(_) => "Future",
            IValue::Enum(_) => "Enum",
            IValue::Device(_) => "Device",
            IValue::Function(_) => "Function",
            IValue::Opaque(_) => "Capsule",
        }
    }

    /// The type of the value, as far as it can be seen: containers by their tags. Tuples in tuples beyond every written
    /// type are just tuples.
    pub fn ty(&self) -> Type {
        let mut left = MAX_TYPES;
        self.ty_within(0, &mut left)
    }

    fn ty_within(&self, depth: usize, left: &mut usize) -> Type {
        match self {
            IValue::None => Type::None,
            IValue::Tensor(_) => Type::TENSOR,
            IValue::Double(_) => Type::Float,
            IValue::Complex(_) => Type::Complex,
            IValue::Int(_) => Type::Int,
            IValue::Bool(_) => Type::Bool,
            IValue::Str(_) => Type::Str,
            IValue::Tuple(t) => {
                if depth == MAX_DEPTH || *left < t.elements.len() {
                    return Type::AnyTuple;
                }
                *left -= t.elements.len();
                Type::Tuple(Arc::new(TupleType {
                    elements: t.elements.iter().map(|element| element.ty_within(depth + 1, left)).collect(),
                    named: t.named.as_ref().map(|n| (**n).clone()),
                }))
            }
            IValue::List(l) => Type::list(l.element_type().clone()),
            IValue::Dict(d) => Type::dict(d.key_type().clone(), d.value_type().clone()),
            IValue::Object(o) => Type::Class(o.class().clone()),
            IValue::Future(f) => Type::future(f.value_type().clone()),
            IValue::Enum(e) => Type::Enum(e.class.clone()),
            IValue::Device(_) => Type::Device,
            IValue::Function(_) => Type::Function,
            IValue::Opaque(o) => o.ty(),
        }
    }

    /// Whether the value is of a type: `value.ty().is_subtype(ty)` without making the type of a tuple.
    pub fn is_a(&self, ty: &Type) -> bool {
        match (self, ty) {
            (IValue::Tuple(_), Type::Any | Type::AnyTuple) => true,
            (IValue::Tuple(_), Type::Optional(inner)) => self.is_a(inner),
            (IValue::Tuple(_), Type::Union(members)) => members.iter().any(|member| self.is_a(member)),
            (IValue::Tuple(tuple), Type::Tuple(wanted)) => {
                let named = match (&tuple.named, &wanted.named) {
                    (_, None) => true,
                    (Some(have), Some((_, fields))) => have.1 == *fields,
                    (None, Some(_)) => false,
                };
                named
                    && tuple.elements.len() == wanted.elements.len()
                    && tuple.elements.iter().zip(&wanted.elements).all(|(element, ty)| element.is_a(ty))
            }
            (IValue::Tuple(_), _) => false,
            _ => unshaped(&self.ty()).is_subtype(ty),
        }
    }

    pub fn is_none(&self) -> bool {
        matches!(self, IValue::None)
    }
    pub fn to_tensor(&self) -> Result<Tensor> {
        match self {
            IValue::Tensor(t) => Ok(t.clone()),
            other => Err(other.mismatch("Tensor")),
        }
    }
    pub fn to_int(&self) -> Result<i64> {
        match self {
            IValue::Int(v) => Ok(*v),
            IValue::Bool(v) => Ok(*v as i64),
            other => Err(other.mismatch("int")),
        }
    }
    pub fn to_double(&self) -> Result<f64> {
        match self {
            IValue::Double(v) => Ok(*v),
            IValue::Int(v) => Ok(*v as f64),
            other => Err(other.mismatch("float")),
        }
    }
    pub fn to_bool(&self) -> Result<bool> {
        match self {
            IValue::Bool(v) => Ok(*v),
            IValue::Int(v) => Ok(*v != 0),
            other => Err(other.mismatch("bool")),
        }
    }
    pub fn to_str(&self) -> Result<Arc<str>> {
        match self {
            IValue::Str(v) => Ok(v.clone()),
            other => Err(other.mismatch("str")),
        }
    }
    pub fn to_list(&self) -> Result<List> {
        match self {
            IValue::List(v) => Ok(v.clone()),
            other => Err(other.mismatch("list")),
        }
    }
    pub fn to_dict(&self) -> Result<Dict> {
        match self {
            IValue::Dict(v) => Ok(v.clone()),
            other => Err(other.mismatch("dict")),
        }
    }
    pub fn to_object(&self) -> Result<Object> {
        match self {
            IValue::Object(v) => Ok(v.clone()),
            other => Err(other.mismatch("object")),
        }
    }
    pub fn to_tuple(&self) -> Result<Arc<TupleValue>> {
        match self {
            IValue::Tuple(v) => Ok(v.clone()),
            other => Err(other.mismatch("tuple")),
        }
    }
    /// int, float, complex or bool.
    pub fn to_scalar(&self) -> Result<Scalar> {
        match self {
            IValue::Int(v) => Ok(Scalar::Int(*v)),
            IValue::Double(v) => Ok(Scalar::Float(*v)),
            IValue::Complex(v) => Ok(Scalar::Complex(*v)),
            IValue::Bool(v) => Ok(Scalar::Bool(*v)),
            IValue::Tensor(t) => t.item(),
            other => Err(other.mismatch("Scalar")),
        }
    }
    /// The concrete value behind [`IValue::Opaque`].
    pub fn downcast<T: Opaque>(&self) -> Option<&T> {
        match self {
            IValue::Opaque(o) => (&**o as &dyn Any).downcast_ref(),
            _ => None,
        }
    }
    pub fn from_scalar(value: Scalar) -> IValue {
        match value {
            Scalar::Bool(v) => IValue::Bool(v),
            Scalar::Int(v) => IValue::Int(v),
            Scalar::Float(v) => IValue::Double(v),
            Scalar::Complex(v) => IValue::Complex(v),
        }
    }

    fn mismatch(&self, expected: &str) -> Error {
        Error::runtime(format!("Expected a value of type '{expected}' but found type '{}'", self.ty().annotation()))
    }

    /// TorchScript's `is`: identity for references, value equality for None, bool, int and float.
    pub fn is_identical(&self, other: &IValue) -> bool {
        match (self, other) {
            (IValue::None, IValue::None) => true,
            (IValue::Tensor(a), IValue::Tensor(b)) => a.is_same(b),
            (IValue::Double(a), IValue::Double(b)) => a == b,
            (IValue::Int(a), IValue::Int(b)) => a == b,
            (IValue::Bool(a), IValue::Bool(b)) => a == b,
            (IValue::Str(a), IValue::Str(b)) => Arc::ptr_eq(a, b) || a == b,
            (IValue::Tuple(a), IValue::Tuple(b)) => Arc::ptr_eq(a, b),
            (IValue::List(a), IValue::List(b)) => a.is_same(b),
            (IValue::Dict(a), IValue::Dict(b)) => a.is_same(b),
            (IValue::Object(a), IValue::Object(b)) => a.is_same(b),
            (IValue::Future(a), IValue::Future(b)) => a.is_same(b),
            // every mention of a member in code is an object of its own, as in PyTorch
            (IValue::Enum(a), IValue::Enum(b)) => Arc::ptr_eq(a, b),
            (IValue::Device(a), IValue::Device(b)) => a == b,
            (IValue::Function(a), IValue::Function(b)) => Arc::ptr_eq(a, b),
            (IValue::Opaque(a), IValue::Opaque(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// Tuples within tuples, and elements of them all, that [`IValue::ty`] tells apart. A script can build a tuple of any depth,
/// and one of few parts that has a type of any size.
const MAX_DEPTH: usize = 100;
const MAX_TYPES: usize = 10_000;

macro_rules! from_values {
    ($($t:ty => $variant:ident),*) => { $(
        impl From<$t> for IValue {
            fn from(v: $t) -> IValue { IValue::$variant(v) }
        }
    )* };
}
from_values!(Tensor => Tensor, f64 => Double, Complex => Complex, i64 => Int, bool => Bool, List => List, Dict => Dict,
    Object => Object, Future => Future, Device => Device);

impl From<&str> for IValue {
    fn from(v: &str) -> IValue {
        IValue::str(v)
    }
}
impl From<String> for IValue {
    fn from(v: String) -> IValue {
        IValue::str(v)
    }
}
impl From<Scalar> for IValue {
    fn from(v: Scalar) -> IValue {
        IValue::from_scalar(v)
    }
}
impl<T: Into<IValue>> From<Option<T>> for IValue {
    fn from(v: Option<T>) -> IValue {
        v.map_or(IValue::None, Into::into)
    }
}
