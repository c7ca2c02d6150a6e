//! Giving values the types that are declared for them.
//!
//! A list knows its element type, a NamedTuple its name; pickles of old formats and callers that come from elsewhere
//! do not tell. Numbers widen as Python's do (int to float to complex); nothing else is converted.

use std::collections::HashMap;
use std::sync::Arc;

use crate::value::{Dict, EnumType, IValue, List, QualName, TupleType, TupleValue, Type};

/// Gives values their declared types. One that is used for several values keeps what they share shared.
#[derive(Default)]
pub struct Coercion {
    /// Containers that were made anew, by address and type, with the original kept alive.
    made: HashMap<(usize, String), (IValue, IValue)>,
}

impl Coercion {
    /// The value with the type, itself where it has it already; `None` when it cannot have it.
    pub fn apply(&mut self, value: &IValue, ty: &Type) -> Option<IValue> {
        let same = || Some(value.clone());
        match (ty, value) {
            (Type::Optional(_) | Type::None, IValue::None) => same(),
            // weights that are packed later
            (Type::Class(class), IValue::None) if is_torchbind(class.name()) => same(),
            (Type::Optional(inner), _) => self.apply(value, inner),
            (Type::Union(members), _) => self.union(value, members),
            (Type::Int, IValue::Bool(v)) => Some(IValue::Int(*v as i64)),
            (Type::Int, IValue::Int(_))
            | (Type::Float, IValue::Double(_))
            | (Type::Complex, IValue::Complex(_))
            | (Type::Bool, IValue::Bool(_))
            | (Type::Str, IValue::Str(_))
            | (Type::Device, IValue::Device(_))
            | (Type::Number, IValue::Int(_) | IValue::Double(_) | IValue::Complex(_) | IValue::Bool(_)) => same(),
            (Type::Float, IValue::Int(v)) => Some(IValue::Double(*v as f64)),
            (Type::Complex, IValue::Int(_) | IValue::Double(_)) => {
                value.to_scalar().ok().map(|v| IValue::Complex(v.to_complex()))
            }
            (Type::Device, IValue::Str(name)) => name.parse().ok().map(IValue::Device),
            // an undefined tensor is None
            (Type::Tensor(_), IValue::Tensor(_) | IValue::None) => same(),
            (Type::List(element), IValue::List(list)) => self.list(value, list, element),
            (Type::List(element), IValue::Tuple(tuple)) => {
                let items = tuple.elements.iter().map(|item| self.apply(item, element)).collect::<Option<_>>()?;
                Some(IValue::List(List::new((**element).clone(), items)))
            }
            (Type::Dict(k, v), IValue::Dict(dict)) => self.dict(value, dict, k, v),
            (Type::Tuple(wanted), IValue::Tuple(tuple)) => self.tuple(tuple, wanted),
            (Type::Enum(class), IValue::Enum(member)) => Arc::ptr_eq(class, &member.class).then(|| value.clone()),
            (Type::Enum(class), _) => enum_member(class, value),
            (Type::Class(class), IValue::Object(object)) => {
                let same_class = Arc::ptr_eq(class, object.class()) || class.name() == object.class().name();
                same_class.then(|| value.clone())
            }
            (
                Type::Int
                | Type::Float
                | Type::Complex
                | Type::Bool
                | Type::Str
                | Type::Device
                | Type::Number
                | Type::Tensor(_)
                | Type::None
                | Type::List(_)
                | Type::Dict(..)
                | Type::Tuple(_),
                _,
            ) => None,
            (Type::Var(_) | Type::Any, _) => same(),
            (Type::Class(_), IValue::Opaque(_)) => (value.ty() == *ty).then(|| value.clone()),
            (_, IValue::Opaque(_) | IValue::Future(_) | IValue::Function(_)) => same(),
            _ => value.ty().is_subtype(ty).then(|| value.clone()),
        }
    }

    fn union(&mut self, value: &IValue, members: &[Type]) -> Option<IValue> {
        let exact = members.iter().find(|member| shallow(value).is_some_and(|ty| ty == **member));
        exact.into_iter().chain(members).find_map(|member| self.apply(value, member))
    }

    fn list(&mut self, value: &IValue, list: &List, element: &Type) -> Option<IValue> {
        if list.element_type() == element && !renames(element) {
            return Some(value.clone());
        }
        let key = (list.id(), element.annotation());
        if let Some((_, made)) = self.made.get(&key) {
            return Some(made.clone());
        }
        let items = list.to_vec();
        let items = items.iter().map(|item| self.apply(item, element)).collect::<Option<_>>()?;
        let made = IValue::List(List::new(element.clone(), items));
        self.made.insert(key, (value.clone(), made.clone()));
        Some(made)
    }

    fn dict(&mut self, value: &IValue, dict: &Dict, k: &Type, v: &Type) -> Option<IValue> {
        if dict.key_type() == k && dict.value_type() == v && !renames(v) {
            return Some(value.clone());
        }
        let key = (dict.id(), format!("{}:{}", k.annotation(), v.annotation()));
        if let Some((_, made)) = self.made.get(&key) {
            return Some(made.clone());
        }
        let made = Dict::new(k.clone(), v.clone());
        for (key, item) in dict.entries() {
            made.insert(self.apply(&key, k)?, self.apply(&item, v)?).ok()?;
        }
        let made = IValue::Dict(made);
        self.made.insert(key, (value.clone(), made.clone()));
        Some(made)
    }

    fn tuple(&mut self, tuple: &Arc<TupleValue>, wanted: &TupleType) -> Option<IValue> {
        if tuple.elements.len() != wanted.elements.len() {
            return None;
        }
        let elements: Vec<IValue> =
            tuple.elements.iter().zip(&wanted.elements).map(|(e, ty)| self.apply(e, ty)).collect::<Option<_>>()?;
        let same_names = wanted.named.is_none() || tuple.named.as_deref() == wanted.named.as_ref();
        if same_names && elements.iter().zip(&tuple.elements).all(|(a, b)| a.is_identical(b)) {
            return Some(IValue::Tuple(tuple.clone()));
        }
        let named = wanted.named.clone().map(Arc::new).or_else(|| tuple.named.clone());
        Some(IValue::Tuple(Arc::new(TupleValue { elements, named })))
    }
}

/// The member of an enum class with this value.
pub fn enum_member(class: &Arc<EnumType>, value: &IValue) -> Option<IValue> {
    let same = |member: &IValue| match (member, value) {
        (IValue::Double(a), IValue::Double(b)) => a.to_bits() == b.to_bits() || a == b,
        (a, b) => a.is_identical(b),
    };
    let (name, value) = class.members.iter().find(|(_, member)| same(member))?;
    Some(IValue::Enum(Arc::new(crate::value::EnumValue {
        class: class.clone(),
        name: name.clone(),
        value: value.clone(),
    })))
}

/// Whether values of the type may have to be made anew although their containers have the right type: NamedTuples
/// inside may have lost their names.
fn renames(ty: &Type) -> bool {
    match ty {
        Type::Tuple(t) => t.named.is_some() || t.elements.iter().any(renames),
        Type::List(t) | Type::Optional(t) => renames(t),
        Type::Dict(_, v) => renames(v),
        Type::Union(members) => members.iter().any(renames),
        _ => false,
    }
}

/// The type of a value that is no container.
fn shallow(value: &IValue) -> Option<Type> {
    match value {
        IValue::Tuple(_) => None,
        other => Some(other.ty()),
    }
}

/// Whether a class name is that of a native class.
pub(super) fn is_torchbind(name: &QualName) -> bool {
    name.as_str().starts_with("__torch__.torch.classes.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(elements: Vec<Type>) -> Type {
        Type::Tuple(Arc::new(TupleType { elements, named: Some(("P".into(), vec!["x".into(), "y".into()])) }))
    }

    #[test]
    fn values_get_declared_types() {
        let any = |items: Vec<IValue>| IValue::List(List::new(Type::Any, items));
        let pair = || IValue::tuple(vec![IValue::Int(1), IValue::Int(2)]);
        let cases = [
            (IValue::Int(1), Type::Float, Some("float")),
            (IValue::Int(1), Type::optional(Type::Complex), Some("complex")),
            (IValue::Double(1.0), Type::Int, None),
            (IValue::None, Type::Int, None),
            (any(vec![IValue::Int(1)]), Type::list(Type::Float), Some("List[float]")),
            (any(vec![IValue::str("a")]), Type::list(Type::Float), None),
            (any(vec![any(vec![])]), Type::list(Type::list(Type::Str)), Some("List[List[str]]")),
            (pair(), Type::list(Type::Int), Some("List[int]")),
            (pair(), Type::tuple(vec![Type::Int, Type::Float]), Some("Tuple[int, float]")),
            (pair(), Type::tuple(vec![Type::Int]), None),
            (pair(), named(vec![Type::Int, Type::Int]), Some("P")),
            (IValue::str("cpu"), Type::Device, Some("Device")),
            (IValue::Int(3), Type::union([Type::Float, Type::Int]), Some("int")),
        ];
        for (value, ty, expected) in cases {
            let got = Coercion::default().apply(&value, &ty).map(|v| v.ty().annotation());
            assert_eq!(got.as_deref(), expected, "{value:?} as {ty}");
        }
    }

    #[test]
    fn what_is_shared_stays_shared() {
        let list = IValue::List(List::new(Type::Any, vec![IValue::Int(1)]));
        let mut coercion = Coercion::default();
        let wanted = Type::list(Type::Int);
        let (a, b) = (coercion.apply(&list, &wanted).unwrap(), coercion.apply(&list, &wanted).unwrap());
        assert!(a.is_identical(&b) && !a.is_identical(&list));
        assert!(coercion.apply(&a, &wanted).unwrap().is_identical(&a));
    }
}
