//! The type system of TorchScript: kinds, subtyping, unification, and how types print.

use std::fmt;
use std::sync::Arc;

use super::class::{ClassType, EnumType, InterfaceType};
use crate::base::{DType, Dims};

/// A TorchScript type. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Type {
    Any,
    /// `None` = nothing known beyond "a tensor".
    Tensor(Option<Arc<TensorType>>),
    Int,
    Float,
    Complex,
    Bool,
    Str,
    None,
    /// `Scalar` in schemas, `number` in serialized code: int, float or complex.
    Number,
    Device,
    Generator,
    Stream,
    Storage,
    Quantizer,
    Capsule,
    Optional(Arc<Type>),
    List(Arc<Type>),
    Dict(Arc<Type>, Arc<Type>),
    Tuple(Arc<TupleType>),
    /// Flattened, no duplicates, at least two members; `Union[T, None]` is `Optional`.
    Union(Arc<[Type]>),
    Future(Arc<Type>),
    Await(Arc<Type>),
    RRef(Arc<Type>),
    Class(Arc<ClassType>),
    Interface(Arc<InterfaceType>),
    Enum(Arc<EnumType>),
    AnyList,
    AnyTuple,
    AnyEnum,
    AnyClass,
    Function,
    /// A type variable of a schema: `t`.
    Var(Arc<str>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct TupleType {
    pub elements: Vec<Type>,
    /// For NamedTuples: qualified name and field names.
    pub named: Option<(String, Vec<String>)>,
}

/// What is known about a tensor: `None` fields are unknown.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TensorType {
    pub dtype: Option<DType>,
    /// Per dimension a size or unknown.
    pub sizes: Option<Vec<Option<i64>>>,
    pub strides: Option<Dims>,
    pub requires_grad: Option<bool>,
    pub device: Option<crate::base::Device>,
}

impl Type {
    pub const TENSOR: Type = Type::Tensor(None);

    pub fn list(element: Type) -> Type {
        Type::List(Arc::new(element))
    }
    /// `Optional[T]`; `Optional[Optional[T]]`, `Optional[None]` and `Optional[Any]` collapse.
    pub fn optional(inner: Type) -> Type {
        match inner {
            Type::Optional(_) | Type::None | Type::Any => inner,
            Type::Union(members) => Type::union(members.iter().cloned().chain([Type::None])),
            other => Type::Optional(Arc::new(other)),
        }
    }
    pub fn dict(key: Type, value: Type) -> Type {
        Type::Dict(Arc::new(key), Arc::new(value))
    }
    pub fn tuple(elements: Vec<Type>) -> Type {
        Type::Tuple(Arc::new(TupleType { elements, named: None }))
    }
    pub fn future(inner: Type) -> Type {
        Type::Future(Arc::new(inner))
    }

    /// The union of types in normal form: flattened, without members that another member covers; a single member is
    /// that type, `{T, None}` is `Optional[T]`, `{int, float, complex}` is `Number`.
    pub fn union(members: impl IntoIterator<Item = Type>) -> Type {
        let mut flat: Vec<Type> = Vec::new();
        fn add(flat: &mut Vec<Type>, t: Type) {
            match t {
                Type::Union(inner) => inner.iter().for_each(|m| add(flat, m.clone())),
                Type::Optional(inner) => {
                    add(flat, (*inner).clone());
                    add(flat, Type::None);
                }
                Type::Number => [Type::Int, Type::Float, Type::Complex].into_iter().for_each(|m| add(flat, m)),
                other => {
                    if !flat.iter().any(|m| other.is_subtype(m)) {
                        flat.retain(|m| !m.is_subtype(&other));
                        flat.push(other);
                    }
                }
            }
        }
        members.into_iter().for_each(|m| add(&mut flat, m));
        let has = |t: &Type| flat.contains(t);
        if has(&Type::Int) && has(&Type::Float) && has(&Type::Complex) {
            flat.retain(|m| !matches!(m, Type::Int | Type::Float | Type::Complex));
            flat.push(Type::Number);
        }
        match flat.len() {
            1 => flat.remove(0),
            2 if flat.contains(&Type::None) => {
                flat.retain(|m| *m != Type::None);
                Type::optional(flat.remove(0))
            }
            _ => Type::Union(flat.into()),
        }
    }

    /// Members of a union, `[T, None]` of an optional, else the type itself.
    pub fn members(&self) -> Vec<Type> {
        match self {
            Type::Union(members) => members.to_vec(),
            Type::Optional(inner) => inner.members().into_iter().chain([Type::None]).collect(),
            Type::Number => vec![Type::Int, Type::Float, Type::Complex],
            other => vec![other.clone()],
        }
    }

    /// Whether a value of this type may stand where `other` is expected.
    pub fn is_subtype(&self, other: &Type) -> bool {
        use Type::*;
        if self == other {
            return true;
        }
        match (self, other) {
            (_, Any) => true,
            (Optional(a), _) => Type::None.is_subtype(other) && a.is_subtype(other),
            (Union(members), _) => members.iter().all(|m| m.is_subtype(other)),
            (Number, Union(_)) => [Int, Float, Complex].iter().all(|m| m.is_subtype(other)),
            (None, Optional(_)) => true,
            (_, Optional(b)) => self.is_subtype(b),
            (_, Union(members)) => members.iter().any(|m| self.is_subtype(m)),
            (Int | Float | Complex, Number) => true,
            (Tensor(Some(a)), Tensor(b)) => b.as_ref().is_none_or(|b| a.refines(b)),
            (List(_), AnyList) => true,
            (List(a), List(b)) => equal_up_to_shapes(a, b),
            (Dict(ka, va), Dict(kb, vb)) => equal_up_to_shapes(ka, kb) && equal_up_to_shapes(va, vb),
            (Tuple(_), AnyTuple) => true,
            (Tuple(a), Tuple(b)) => {
                let names = match (&a.named, &b.named) {
                    (_, Option::None) => true,
                    (Some((_, x)), Some((_, y))) => x == y,
                    (Option::None, Some(_)) => false,
                };
                names
                    && a.elements.len() == b.elements.len()
                    && a.elements.iter().zip(&b.elements).all(|(x, y)| x.is_subtype(y))
            }
            (Future(a), Future(b)) | (Await(a), Await(b)) | (RRef(a), RRef(b)) => a.is_subtype(b),
            (Class(_), AnyClass) => true,
            (Class(a), Interface(b)) => b.is_implemented_by(a),
            (Interface(a), Interface(b)) => b.is_extended_by(a),
            (Enum(_), AnyEnum) => true,
            _ => false,
        }
    }

    /// The type that holds both, or `None` where TorchScript has none: equal types, `T` and `None`, optionals, tuples
    /// by element; with `to_union`, anything.
    pub fn unify(a: &Type, b: &Type, to_union: bool) -> Option<Type> {
        if a.is_subtype(b) && !matches!(a, Type::Tensor(_)) {
            return Some(b.clone());
        }
        if b.is_subtype(a) && !matches!(a, Type::Tensor(_)) {
            return Some(a.clone());
        }
        match (a, b) {
            (Type::Tensor(_), Type::Tensor(_)) => {
                return Some(if a == b { a.clone() } else { Type::TENSOR });
            }
            (Type::None, t) | (t, Type::None) => return Some(Type::optional(t.clone())),
            (Type::Optional(x), Type::Optional(y)) => return Type::unify(x, y, to_union).map(Type::optional),
            (Type::Optional(x), t) | (t, Type::Optional(x)) => {
                if let Some(inner) = Type::unify(x, t, to_union) {
                    return Some(Type::optional(inner));
                }
            }
            (Type::Tuple(x), Type::Tuple(y)) if x.elements.len() == y.elements.len() => {
                let elements: Option<Vec<Type>> =
                    x.elements.iter().zip(&y.elements).map(|(p, q)| Type::unify(p, q, to_union)).collect();
                if let Some(elements) = elements {
                    return Some(Type::tuple(elements));
                }
            }
            (Type::Future(x), Type::Future(y)) => {
                if let Some(inner) = Type::unify(x, y, to_union) {
                    return Some(Type::future(inner));
                }
            }
            (Type::List(x), Type::List(y)) if equal_up_to_shapes(x, y) => {
                return Some(Type::list(unshaped(x)));
            }
            (Type::Dict(kx, vx), Type::Dict(_, _)) if unshaped(a) == unshaped(b) => {
                return Some(Type::dict((**kx).clone(), unshaped(vx)));
            }
            _ => {}
        }
        if a.is_subtype(b) {
            return Some(b.clone());
        }
        if b.is_subtype(a) {
            return Some(a.clone());
        }
        to_union.then(|| Type::union([a.clone(), b.clone()]))
    }

    pub fn is_tensor(&self) -> bool {
        matches!(self, Type::Tensor(_))
    }
    pub fn is_optional(&self) -> bool {
        match self {
            Type::Optional(_) => true,
            Type::Union(members) => members.contains(&Type::None),
            _ => false,
        }
    }
    /// Whether the type mentions a type variable.
    pub fn has_free_variables(&self) -> bool {
        match self {
            Type::Var(_) => true,
            Type::Tuple(t) => t.elements.iter().any(Type::has_free_variables),
            Type::Union(m) => m.iter().any(Type::has_free_variables),
            Type::Optional(t) | Type::List(t) | Type::Future(t) | Type::Await(t) | Type::RRef(t) => {
                t.has_free_variables()
            }
            Type::Dict(k, v) => k.has_free_variables() || v.has_free_variables(),
            _ => false,
        }
    }

    /// Whether values of this type lead to objects of `class`: through containers and the attributes of classes.
    pub(super) fn mentions_class(&self, class: &ClassType) -> bool {
        let mut seen: Vec<*const ClassType> = Vec::new();
        let mut todo = vec![self.clone()];
        while let Some(ty) = todo.pop() {
            match ty {
                Type::Class(c) => {
                    if std::ptr::eq(&*c, class) {
                        return true;
                    }
                    if !seen.contains(&Arc::as_ptr(&c)) {
                        seen.push(Arc::as_ptr(&c));
                        todo.extend(c.attributes().into_iter().map(|a| a.ty));
                    }
                }
                Type::Tuple(t) => todo.extend(t.elements.iter().cloned()),
                Type::Union(m) => todo.extend(m.iter().cloned()),
                Type::Optional(t) | Type::List(t) | Type::Future(t) | Type::Await(t) | Type::RRef(t) => {
                    todo.push((*t).clone())
                }
                Type::Dict(k, v) => todo.extend([(*k).clone(), (*v).clone()]),
                _ => {}
            }
        }
        false
    }

    /// Python annotation form, as in serialized code and pickles: `List[int]`, `Optional[Tensor]`.
    pub fn annotation(&self) -> String {
        let list = |types: &[Type]| types.iter().map(Type::annotation).collect::<Vec<_>>().join(", ");
        match self {
            Type::Any => "Any".into(),
            Type::Tensor(_) => "Tensor".into(),
            Type::Int => "int".into(),
            Type::Float => "float".into(),
            Type::Complex => "complex".into(),
            Type::Bool => "bool".into(),
            Type::Str => "str".into(),
            Type::None => "NoneType".into(),
            Type::Number => "number".into(),
            Type::Device => "Device".into(),
            Type::Generator => "Generator".into(),
            Type::Stream => "Stream".into(),
            Type::Storage => "Storage".into(),
            Type::Quantizer => "Quantizer".into(),
            Type::Capsule => "Capsule".into(),
            Type::Optional(t) => format!("Optional[{}]", t.annotation()),
            Type::List(t) => format!("List[{}]", t.annotation()),
            Type::Dict(k, v) => format!("Dict[{}, {}]", k.annotation(), v.annotation()),
            Type::Tuple(t) => match &t.named {
                Some((name, _)) if !name.is_empty() => name.clone(),
                _ if t.elements.is_empty() => "Tuple[()]".into(),
                _ => format!("Tuple[{}]", list(&t.elements)),
            },
            Type::Union(members) => {
                let names: Vec<String> = by_kind(members).into_iter().map(Type::annotation).collect();
                format!("Union[{}]", names.join(", "))
            }
            Type::Future(t) => format!("Future[{}]", t.annotation()),
            Type::Await(t) => format!("Await[{}]", t.annotation()),
            Type::RRef(t) => format!("RRef[{}]", t.annotation()),
            Type::Class(c) => c.name().to_string(),
            Type::Interface(i) => i.name.to_string(),
            Type::Enum(e) => e.name.to_string(),
            Type::AnyList => "list".into(),
            Type::AnyTuple => "tuple".into(),
            Type::AnyEnum => "AnyEnumType".into(),
            Type::AnyClass => "AnyClassType".into(),
            Type::Function => "Function".into(),
            Type::Var(name) => name.to_string(),
        }
    }
}

/// Schema and graph form: `int[]`, `Tensor?`, `Dict(str, int)`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |types: &[Type]| types.iter().map(|t| t.to_string()).collect::<Vec<_>>().join(", ");
        match self {
            Type::Tensor(Some(t)) => write!(f, "{t}"),
            Type::Number => f.write_str("Scalar"),
            Type::Optional(t) => write!(f, "{t}?"),
            Type::List(t) => write!(f, "{t}[]"),
            Type::Dict(k, v) => write!(f, "Dict({k}, {v})"),
            Type::Tuple(t) => match &t.named {
                Some((_, fields)) => {
                    let fields: Vec<String> =
                        fields.iter().zip(&t.elements).map(|(n, t)| format!("{n} : {t}")).collect();
                    write!(f, "NamedTuple({})", fields.join(", "))
                }
                None => write!(f, "({})", join(&t.elements)),
            },
            Type::Union(members) => {
                let names: Vec<String> = by_kind(members).into_iter().map(|t| t.to_string()).collect();
                write!(f, "Union({})", names.join(", "))
            }
            Type::Future(t) => write!(f, "Future({t})"),
            Type::Await(t) => write!(f, "Await({t})"),
            Type::RRef(t) => write!(f, "RRef({t})"),
            Type::AnyList => f.write_str("list"),
            Type::AnyTuple => f.write_str("tuple"),
            Type::Enum(e) => write!(f, "Enum<{}>", e.name),
            other => f.write_str(&other.annotation()),
        }
    }
}

/// The members of a union in the order in which PyTorch prints them.
fn by_kind(members: &[Type]) -> Vec<&Type> {
    let rank = |t: &Type| match t {
        Type::Any => 0,
        Type::Enum(_) => 1,
        Type::AnyEnum => 2,
        Type::Tensor(_) => 3,
        Type::Storage => 4,
        Type::Tuple(_) => 5,
        Type::List(_) => 6,
        Type::Dict(..) => 7,
        Type::Number => 8,
        Type::Float => 9,
        Type::Complex => 10,
        Type::Future(_) => 11,
        Type::Await(_) => 12,
        Type::RRef(_) => 13,
        Type::Int => 14,
        Type::None => 15,
        Type::Str => 16,
        Type::Generator => 17,
        Type::Quantizer => 18,
        Type::Bool => 19,
        Type::Optional(_) => 20,
        Type::Var(_) => 21,
        Type::Device => 22,
        Type::Stream => 23,
        Type::Function => 24,
        Type::Class(_) => 25,
        Type::Capsule => 26,
        Type::Interface(_) => 27,
        Type::Union(_) | Type::AnyList | Type::AnyTuple | Type::AnyClass => 28,
    };
    let mut sorted: Vec<&Type> = members.iter().collect();
    sorted.sort_by_cached_key(|t| (rank(t), t.annotation()));
    sorted
}

impl PartialEq for Type {
    fn eq(&self, other: &Type) -> bool {
        use Type::*;
        match (self, other) {
            (Tensor(a), Tensor(b)) => a == b,
            (Optional(a), Optional(b)) | (List(a), List(b)) => a == b,
            (Future(a), Future(b)) | (Await(a), Await(b)) | (RRef(a), RRef(b)) => a == b,
            (Dict(ka, va), Dict(kb, vb)) => ka == kb && va == vb,
            (Tuple(a), Tuple(b)) => {
                let names = |t: &TupleType| t.named.as_ref().map(|(n, f)| (n.clone(), f.clone()));
                a.elements == b.elements && names(a) == names(b)
            }
            (Union(a), Union(b)) => a.len() == b.len() && a.iter().all(|m| b.contains(m)),
            (Class(a), Class(b)) => Arc::ptr_eq(a, b),
            (Interface(a), Interface(b)) => Arc::ptr_eq(a, b),
            (Enum(a), Enum(b)) => Arc::ptr_eq(a, b),
            (Var(a), Var(b)) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl TensorType {
    fn refines(&self, other: &TensorType) -> bool {
        fn covers<T: PartialEq>(mine: &Option<T>, other: &Option<T>) -> bool {
            other.is_none() || mine == other
        }
        let sizes = match (&self.sizes, &other.sizes) {
            (_, None) => true,
            (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(x, y)| y.is_none() || x == y),
            (None, Some(_)) => false,
        };
        sizes
            && covers(&self.dtype, &other.dtype)
            && covers(&self.strides, &other.strides)
            && covers(&self.requires_grad, &other.requires_grad)
            && covers(&self.device, &other.device)
    }
}

/// `Float(2, 3, strides=[3, 1], requires_grad=0, device=cpu)`.
impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.dtype.map_or("Tensor", DType::name))?;
        let mut parts: Vec<String> = Vec::new();
        if let Some(sizes) = &self.sizes {
            parts.extend(sizes.iter().map(|s| s.map_or("*".into(), |s| s.to_string())));
        }
        if let Some(strides) = &self.strides {
            let strides: Vec<String> = strides.iter().map(i64::to_string).collect();
            parts.push(format!("strides=[{}]", strides.join(", ")));
        }
        if let Some(grad) = self.requires_grad {
            parts.push(format!("requires_grad={}", grad as u8));
        }
        if let Some(device) = self.device {
            parts.push(format!("device={device}"));
        }
        if parts.is_empty() && self.sizes.is_none() {
            return Ok(());
        }
        write!(f, "({})", parts.join(", "))
    }
}

/// The type with every tensor reduced to plain `Tensor`.
pub fn unshaped(t: &Type) -> Type {
    match t {
        Type::Tensor(_) => Type::TENSOR,
        Type::Optional(t) => Type::Optional(Arc::new(unshaped(t))),
        Type::List(t) => Type::list(unshaped(t)),
        Type::Dict(k, v) => Type::dict((**k).clone(), unshaped(v)),
        Type::Tuple(t) => Type::Tuple(Arc::new(TupleType {
            elements: t.elements.iter().map(unshaped).collect(),
            named: t.named.clone(),
        })),
        Type::Future(t) => Type::future(unshaped(t)),
        Type::Union(members) => Type::Union(members.iter().map(unshaped).collect()),
        other => other.clone(),
    }
}

fn equal_up_to_shapes(a: &Type, b: &Type) -> bool {
    a == b || unshaped(a) == unshaped(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtypes() {
        let optional_int = Type::optional(Type::Int);
        for (a, b, expected) in [
            (Type::Int, Type::Number, true),
            (Type::Bool, Type::Number, false),
            (Type::Int, optional_int.clone(), true),
            (Type::None, optional_int.clone(), true),
            (optional_int.clone(), Type::Int, false),
            (Type::list(Type::Int), Type::list(optional_int.clone()), false),
            (Type::list(Type::Int), Type::AnyList, true),
            (Type::tuple(vec![Type::Int]), Type::tuple(vec![optional_int.clone()]), true),
            (Type::union([Type::Int, Type::Str]), Type::union([Type::Str, Type::Int, Type::None]), true),
            (Type::Number, Type::union([Type::Int, Type::Float]), false),
            (Type::Str, Type::Any, true),
        ] {
            assert_eq!(a.is_subtype(&b), expected, "{a} <: {b}");
        }
    }

    #[test]
    fn unions_are_normal() {
        assert_eq!(Type::union([Type::Int, Type::None]), Type::optional(Type::Int));
        assert_eq!(Type::union([Type::Int, Type::Float, Type::Complex]), Type::Number);
        assert_eq!(Type::union([Type::Str, Type::Int, Type::None]).annotation(), "Union[int, NoneType, str]");
    }
}
