//! Arguments of a call from outside: counted, named, converted, checked. The texts are PyTorch's.

use crate::base::Device;
use crate::schema::FunctionSchema;
use crate::value::{Dict, IValue, List, TupleValue, Type};
use crate::{Error, Result};

/// Binds `args` and `kwargs` to the schema's arguments and fills in defaults. Lists, dicts and tuples are checked
/// element by element and take the declared element type; an int may stand for a float, a string for a device.
pub fn check_args(schema: &FunctionSchema, args: Vec<IValue>, kwargs: &[(String, IValue)]) -> Result<Vec<IValue>> {
    let formals = &schema.arguments;
    if args.len() > formals.len() && !schema.is_vararg {
        return Err(Error::usage(format!(
            "{}() expected at most {} argument(s) but received {} argument(s). Declaration: {schema}",
            schema.name,
            formals.len(),
            args.len()
        )));
    }
    let given = args.len();
    let mut out = Vec::with_capacity(formals.len());
    for (position, value) in args.into_iter().enumerate() {
        out.push(match formals.get(position) {
            Some(formal) => {
                if kwargs.iter().any(|(name, _)| *name == formal.name) {
                    return Err(Error::usage(format!(
                        "Argument '{}' specified both as positional and keyword argument. Schema: {schema}",
                        formal.name
                    )));
                }
                checked(schema, position, value)?
            }
            None => value,
        });
    }
    for (position, formal) in formals.iter().enumerate().skip(given) {
        let value = kwargs.iter().find(|(name, _)| *name == formal.name).map(|(_, v)| v.clone());
        out.push(match (value, &formal.default) {
            (Some(value), _) => checked(schema, position, value)?,
            (None, Some(default)) => default.clone(),
            (None, None) => {
                return Err(Error::usage(format!(
                    "{}() is missing value for argument '{}'. Declaration: {schema}",
                    schema.name, formal.name
                )))
            }
        });
    }
    if let Some((name, _)) = kwargs.iter().find(|(name, _)| schema.argument_index(name).is_none()) {
        return Err(Error::usage(format!(
            "Unknown keyword argument '{name}' for operator '{}'. Schema: {schema}",
            schema.name
        )));
    }
    Ok(out)
}

fn checked(schema: &FunctionSchema, position: usize, value: IValue) -> Result<IValue> {
    let formal = &schema.arguments[position];
    if let (IValue::Str(name), Type::Device) = (&value, &formal.ty) {
        return name.parse().map(IValue::Device);
    }
    coerce(&value, &formal.ty).ok_or_else(|| {
        Error::usage(format!(
            "{}() Expected a value of type '{}' for argument '{}' but instead found type '{}'.\nPosition: {position}\n\
             Value: {value}\nDeclaration: {schema}",
            schema.name,
            expected_text(&formal.ty),
            formal.name,
            value.ty().annotation()
        ))
    })
}

/// PyTorch writes `Tensor (inferred)` for unannotated arguments; types print in annotation form.
fn expected_text(ty: &Type) -> String {
    ty.annotation()
}

/// `value` as a value of type `ty`, or `None` when it is not one.
pub fn coerce(value: &IValue, ty: &Type) -> Option<IValue> {
    match (value, ty) {
        (_, Type::Any | Type::Var(_)) => Some(value.clone()),
        (IValue::None, _) => (Type::None.is_subtype(ty)).then(|| IValue::None),
        (_, Type::Optional(inner)) => coerce(value, inner),
        (_, Type::Union(members)) => {
            let exact = members.iter().find(|m| value.ty().is_subtype(m));
            exact.map(|_| value.clone()).or_else(|| members.iter().find_map(|m| coerce(value, m)))
        }
        (IValue::Tensor(_), Type::Tensor(_)) => Some(value.clone()),
        (IValue::Int(v), Type::Float) => Some(IValue::Double(*v as f64)),
        (IValue::Int(v), Type::Complex) => Some(IValue::Complex(crate::Complex::new(*v as f64, 0.0))),
        (IValue::Double(v), Type::Complex) => Some(IValue::Complex(crate::Complex::new(*v, 0.0))),
        (IValue::Bool(v), Type::Int) => Some(IValue::Int(*v as i64)),
        (IValue::Bool(_), Type::Number) => Some(value.clone()),
        (IValue::Str(s), Type::Device) => s.parse::<Device>().ok().map(IValue::Device),
        (IValue::List(list), Type::List(element)) => {
            if list.element_type() == &**element {
                return Some(value.clone());
            }
            let items: Option<Vec<IValue>> = list.to_vec().iter().map(|item| coerce(item, element)).collect();
            Some(IValue::List(List::new((**element).clone(), items?)))
        }
        (IValue::Tuple(tuple), Type::List(element)) => {
            let items: Option<Vec<IValue>> = tuple.elements.iter().map(|item| coerce(item, element)).collect();
            Some(IValue::List(List::new((**element).clone(), items?)))
        }
        (IValue::Dict(dict), Type::Dict(key, element)) => {
            if dict.key_type() == &**key && dict.value_type() == &**element {
                return Some(value.clone());
            }
            let out = Dict::new((**key).clone(), (**element).clone());
            for (k, v) in dict.entries() {
                out.insert(coerce(&k, key)?, coerce(&v, element)?).ok()?;
            }
            Some(IValue::Dict(out))
        }
        (IValue::Tuple(tuple), Type::Tuple(expected)) => {
            if tuple.elements.len() != expected.elements.len() {
                return None;
            }
            let items: Option<Vec<IValue>> =
                tuple.elements.iter().zip(&expected.elements).map(|(v, t)| coerce(v, t)).collect();
            let named = expected.named.as_ref().map(|n| std::sync::Arc::new(n.clone()));
            Some(IValue::Tuple(std::sync::Arc::new(TupleValue { elements: items?, named })))
        }
        _ => value.ty().is_subtype(ty).then(|| value.clone()),
    }
}
