//! Which overload a call means, and how its arguments become the operator's.
//!
//! Matching looks at types only and yields a plan: for every formal argument where its value comes from and how it is
//! converted. Whoever emits the call carries the plan out.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use super::{Argument, FunctionSchema};
use crate::value::{TupleType, Type};

/// An argument of a call, as far as matching needs to know it.
#[derive(Clone, Debug)]
pub struct Actual {
    pub ty: Type,
    /// The literal `[]`, which fits any list type.
    pub empty_list: bool,
}

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Actuals {
    /// The object whose method is called; it becomes the argument `self`.
    pub receiver: Option<Actual>,
    pub positional: Vec<Actual>,
    pub keywords: Vec<(Arc<str>, Actual)>,
}

/// Where a formal argument's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Receiver,
    Positional(usize),
    Keyword(usize),
}

/// One input of the matched call.
#[derive(Clone, Debug)]
pub enum Input {
    Value(Place, Conversion),
    /// The default of the argument of that index.
    Default(usize),
    /// A list made of several arguments (`zeros(1, 2)`), or of one that is repeated (`stride=2`).
    List(Type, Vec<(Place, Conversion)>),
}

/// How a value becomes an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Conversion {
    None,
    /// By an operator of one argument, e.g. `aten::IntImplicit`, to this type.
    Operator(&'static str, Type),
    /// `[]` becomes an empty list of this element type.
    EmptyList(Type),
    /// A tuple is unpacked and its elements, converted, make a list of this element type.
    TupleToList(Type, Vec<Conversion>),
    /// A tuple is unpacked, converted by element and packed again as this type.
    Tuple(Type, Vec<Conversion>),
}

/// A schema that fits a call.
#[derive(Clone, Debug)]
pub struct Match {
    pub inputs: Vec<Input>,
    pub returns: Vec<Type>,
}

/// Why a schema does not fit.
#[derive(Clone, Debug)]
pub enum Mismatch {
    /// Argument index, its formal type as resolved, the actual type.
    Type(usize, Type, Type),
    Variable(usize, String),
    Missing(usize),
    ReceiverUnused,
    TooMany(usize),
    UnknownKeyword(Arc<str>),
    Twice(Arc<str>),
    Result(String),
}

/// Picks the first schema that fits: a first round without implicit conversions, a second one with them; a single
/// candidate may convert at once. Fails with PyTorch's text, which lists every variant.
pub fn match_schemas(schemas: &[Arc<FunctionSchema>], actuals: &Actuals) -> Result<(usize, Match), String> {
    if let [only] = schemas {
        return match match_schema(only, actuals, true) {
            Ok(found) => Ok((0, found)),
            Err(mismatch) => Err(describe(only, actuals, &mismatch)),
        };
    }
    for convert in [false, true] {
        for (index, schema) in schemas.iter().enumerate() {
            // a view with another dtype is never what a script's `view` means
            if schema.overload == "dtype" && schema.name == "aten::view" {
                continue;
            }
            if let Ok(found) = match_schema(schema, actuals, convert) {
                return Ok((index, found));
            }
        }
    }
    let mut text = String::from("Arguments for call are not valid.\nThe following variants are available:\n");
    let mut variants = String::new();
    for schema in schemas {
        if let Err(mismatch) = match_schema(schema, actuals, true) {
            variants.push_str(&describe(schema, actuals, &mismatch));
        }
    }
    for line in variants.lines() {
        let _ = writeln!(text, "  {line}");
    }
    text.push_str("\nThe original call is");
    Err(text)
}

/// Matches one schema.
pub fn match_schema(schema: &FunctionSchema, actuals: &Actuals, convert: bool) -> Result<Match, Mismatch> {
    let mut variables = HashMap::new();
    let mut inputs = Vec::with_capacity(schema.arguments.len());
    let mut used = 0;
    let mut receiver_used = actuals.receiver.is_none();
    let mut keywords_used = vec![false; actuals.keywords.len()];
    let named = |name: &str| actuals.keywords.iter().position(|(n, _)| &**n == name);
    for (index, argument) in schema.arguments.iter().enumerate() {
        let (place, actual) = if argument.name == "self" && !receiver_used {
            receiver_used = true;
            (Place::Receiver, actuals.receiver.as_ref())
        } else if !argument.kwarg_only && used < actuals.positional.len() {
            if convert && takes_the_rest(schema, index) {
                let formal = element_of(&argument.ty);
                let rest = &actuals.positional[used..];
                if let Some(element) = formal.filter(|e| !is_list_like(&rest[0].ty, e)) {
                    let mut items = Vec::new();
                    for (offset, item) in rest.iter().enumerate() {
                        let conversion = match_argument(index, element, None, item, true, &mut variables)?;
                        items.push((Place::Positional(used + offset), conversion));
                    }
                    used = actuals.positional.len();
                    inputs.push(Input::List(resolve(element, &variables).unwrap_or(Type::Any), items));
                    continue;
                }
            }
            used += 1;
            (Place::Positional(used - 1), actuals.positional.get(used - 1))
        } else if let Some(at) = named(&argument.name).or_else(|| {
            let renamed = argument.name == "self" && schema.name.starts_with("aten::");
            renamed.then(|| named("input")).flatten()
        }) {
            keywords_used[at] = true;
            (Place::Keyword(at), Some(&actuals.keywords[at].1))
        } else if argument.default.is_some() {
            inputs.push(Input::Default(index));
            continue;
        } else {
            return Err(Mismatch::Missing(index));
        };
        let Some(actual) = actual else { return Err(Mismatch::Missing(index)) };
        if let Some((element, n)) = repeated(argument, &actual.ty) {
            inputs.push(Input::List(element, vec![(place, Conversion::None); n]));
            continue;
        }
        let conversion = match_argument(index, &argument.ty, Some(argument), actual, convert, &mut variables)?;
        inputs.push(Input::Value(place, conversion));
    }
    if !receiver_used {
        return Err(Mismatch::ReceiverUnused);
    }
    if schema.is_vararg {
        for at in used..actuals.positional.len() {
            inputs.push(Input::Value(Place::Positional(at), Conversion::None));
        }
    } else if used < actuals.positional.len() {
        return Err(Mismatch::TooMany(used));
    }
    if let Some(at) = keywords_used.iter().position(|used| !used) {
        let name = actuals.keywords[at].0.clone();
        let known = schema.argument_index(&name).is_some();
        return Err(if known { Mismatch::Twice(name) } else { Mismatch::UnknownKeyword(name) });
    }
    let returns = schema.returns.iter().map(|r| {
        resolve(&r.ty, &variables).ok_or_else(|| Mismatch::Result(format!("unresolved return type {}", r.ty)))
    });
    Ok(Match { inputs, returns: returns.collect::<Result<_, _>>()? })
}

/// The text for one variant: its schema and what is wrong.
pub fn describe(schema: &FunctionSchema, actuals: &Actuals, mismatch: &Mismatch) -> String {
    let argument = |index: usize| &schema.arguments[index];
    let reason = match mismatch {
        Mismatch::Type(index, formal, actual) => {
            let name = &argument(*index).name;
            let mut text = format!(
                "Expected a value of type '{}' for argument '{name}' but instead found type '{}'.\n",
                formal.annotation(),
                actual.annotation()
            );
            if argument(*index).inferred {
                text = format!(
                    "Expected a value of type 'Tensor (inferred)' for argument '{name}' but instead found type \
                     '{}'.\nInferred '{name}' to be of type 'Tensor' because it was not annotated with an explicit \
                     type.\n",
                    actual.annotation()
                );
            }
            if matches!(actual, Type::List(e) if e.is_tensor()) && matches!(formal, Type::List(_)) {
                text.push_str(
                    "Empty lists default to List[Tensor]. Add a variable annotation to the assignment to create an \
                     empty list of another type (torch.jit.annotate(List[T, []]) where T is the type of elements in \
                     the list for Python 2)\n",
                );
            }
            text
        }
        Mismatch::Variable(index, why) => format!(
            "Could not match type {} to {} in argument '{}': {why}.\n",
            actual_type(schema, actuals, *index).annotation(),
            argument(*index).ty.annotation(),
            argument(*index).name
        ),
        Mismatch::Missing(index) => format!("Argument {} not provided.\n", argument(*index).name),
        Mismatch::ReceiverUnused => "Provided self argument not used in schema.\n".into(),
        Mismatch::TooMany(used) => {
            format!("Expected at most {used} arguments but found {} positional arguments.\n", actuals.positional.len())
        }
        Mismatch::UnknownKeyword(name) => format!("Keyword argument {name} unknown.\n"),
        Mismatch::Twice(name) => format!("Keyword argument '{name}' specified twice.\n"),
        Mismatch::Result(why) => format!("{why}.\n"),
    };
    format!("\n{schema}:\n{reason}")
}

fn actual_type(schema: &FunctionSchema, actuals: &Actuals, index: usize) -> Type {
    let by_name = actuals.keywords.iter().find(|(n, _)| **n == *schema.arguments[index].name).map(|(_, a)| a);
    let shift = usize::from(actuals.receiver.is_some());
    let positional = match index.checked_sub(shift) {
        Some(at) => actuals.positional.get(at),
        None => actuals.receiver.as_ref(),
    };
    by_name.or(positional).map_or(Type::None, |a| a.ty.clone())
}

/// Whether the last positional argument is a list that takes all remaining actuals: `sizes` in `zeros(1, 2)`.
fn takes_the_rest(schema: &FunctionSchema, index: usize) -> bool {
    let argument = &schema.arguments[index];
    let last = schema.arguments.get(index + 1).is_none_or(|next| next.kwarg_only);
    last && argument.fixed_len.is_none() && element_of(&argument.ty).is_some_and(|e| !matches!(e, Type::Var(_)))
}

fn element_of(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Optional(inner) => element_of(inner),
        Type::List(element) => Some(element),
        _ => None,
    }
}

fn is_list_like(ty: &Type, element: &Type) -> bool {
    match ty {
        Type::List(_) | Type::None | Type::Optional(_) => true,
        Type::Tuple(t) => t.elements.iter().all(|e| e.is_subtype(element)),
        _ => false,
    }
}

/// An `int` for `int[2]`.
fn repeated(argument: &Argument, actual: &Type) -> Option<(Type, usize)> {
    let element = element_of(&argument.ty)?;
    let n = usize::try_from(argument.fixed_len?).ok().filter(|n| *n <= 64)?;
    (matches!(actual, Type::Int | Type::Float) && actual == element).then(|| (element.clone(), n))
}

fn match_argument(
    index: usize,
    formal: &Type,
    _argument: Option<&Argument>,
    actual: &Actual,
    convert: bool,
    variables: &mut HashMap<Arc<str>, Type>,
) -> Result<Conversion, Mismatch> {
    let concrete;
    let target = if formal.has_free_variables() {
        bind(formal, &actual.ty, variables).map_err(|why| Mismatch::Variable(index, why))?;
        concrete = resolve(formal, variables)
            .ok_or_else(|| Mismatch::Variable(index, format!("Type variable in {formal} cannot be inferred")))?;
        &concrete
    } else {
        formal
    };
    let (conversion, result) = convert_type(&actual.ty, actual.empty_list, target, convert);
    if result.is_subtype(target) {
        Ok(conversion)
    } else {
        Err(Mismatch::Type(index, target.clone(), actual.ty.clone()))
    }
}

/// Whether a value of type `ty` can be the `self` of a schema: whether it has it for a method.
pub fn takes_self(schema: &FunctionSchema, ty: &Type) -> bool {
    let Some(formal) = schema.arguments.iter().find(|a| &*a.name == "self").map(|a| &a.ty) else { return false };
    if !formal.has_free_variables() {
        return ty.is_subtype(formal);
    }
    let mut variables = HashMap::new();
    bind(formal, ty, &mut variables).is_ok() && resolve(formal, &variables).is_some_and(|t| ty.is_subtype(&t))
}

/// How a value of type `actual` comes nearest to `target`, and the type it then has; the caller checks that this is
/// a subtype of `target`.
pub fn convert_type(actual: &Type, empty_list: bool, target: &Type, convert: bool) -> (Conversion, Type) {
    let keep = || (Conversion::None, actual.clone());
    match (actual, target) {
        (a, t) if a == t => return keep(),
        (Type::None | Type::Optional(_) | Type::Any, Type::Optional(_)) => return keep(),
        (_, Type::Optional(inner)) => return convert_type(actual, empty_list, inner, convert),
        (Type::Tuple(tuple), Type::List(element)) => {
            let converted: Vec<_> = tuple.elements.iter().map(|e| convert_type(e, false, element, convert)).collect();
            if converted.iter().all(|(_, t)| t.is_subtype(element)) {
                let conversions = converted.into_iter().map(|(c, _)| c).collect();
                return (Conversion::TupleToList((**element).clone(), conversions), target.clone());
            }
            return keep();
        }
        (Type::Tuple(have), Type::Tuple(want)) if convert && !actual.is_subtype(target) => {
            return convert_tuple(have, want, actual);
        }
        (Type::List(_), Type::List(element)) if empty_list => {
            return (Conversion::EmptyList((**element).clone()), target.clone());
        }
        _ => {}
    }
    if !convert {
        return keep();
    }
    let by = |operator: &'static str, ty: Type| (Conversion::Operator(operator, ty.clone()), ty);
    match (actual, target) {
        (Type::Tensor(_), Type::Int) => by("aten::IntImplicit", Type::Int),
        (Type::Tensor(_), Type::Float) => by("aten::FloatImplicit", Type::Float),
        (Type::Tensor(_), Type::Complex) => by("aten::ComplexImplicit", Type::Complex),
        (Type::Tensor(_), Type::Number) => by("aten::ScalarImplicit", Type::Number),
        (Type::Number, Type::Int) => by("aten::Int", Type::Int),
        (Type::Number, Type::Float) => by("aten::Float", Type::Float),
        (Type::Number, Type::Complex) => by("aten::Complex", Type::Complex),
        (Type::Bool, Type::Int | Type::Number) => by("aten::Int", Type::Int),
        (Type::Bool, Type::Float) => by("aten::Float", Type::Float),
        (Type::Bool, Type::Complex) => by("aten::Complex", Type::Complex),
        (Type::Str, Type::Device) => by("aten::device", Type::Device),
        _ => keep(),
    }
}

fn convert_tuple(have: &TupleType, want: &TupleType, actual: &Type) -> (Conversion, Type) {
    if have.elements.len() != want.elements.len() {
        return (Conversion::None, actual.clone());
    }
    let parts: Vec<_> =
        have.elements.iter().zip(&want.elements).map(|(h, w)| convert_type(h, false, w, true)).collect();
    if parts.iter().all(|(c, _)| *c == Conversion::None) {
        return (Conversion::None, actual.clone());
    }
    let elements = parts.iter().map(|(_, t)| t.clone()).collect();
    let ty = Type::Tuple(Arc::new(TupleType { elements, named: have.named.clone() }));
    (Conversion::Tuple(ty.clone(), parts.into_iter().map(|(c, _)| c).collect()), ty)
}

/// Binds the type variables of `formal` so that `actual` fits.
fn bind(formal: &Type, actual: &Type, variables: &mut HashMap<Arc<str>, Type>) -> Result<(), String> {
    if !formal.has_free_variables() {
        return Ok(());
    }
    let cannot = || {
        let formal = match formal {
            Type::Future(_) => "a future".to_string(),
            other => other.annotation(),
        };
        Err(format!("Cannot match {formal} to {}", actual.annotation()))
    };
    match (formal, actual) {
        (Type::Var(name), _) => {
            match variables.get(name) {
                None => {
                    variables.insert(name.clone(), actual.clone());
                }
                Some(known) => match Type::unify(known, actual, false) {
                    Some(both) => {
                        variables.insert(name.clone(), both);
                    }
                    None => {
                        return Err(format!(
                            "Type variable '{name}' previously matched to type {} is matched to type {}",
                            known.annotation(),
                            actual.annotation()
                        ))
                    }
                },
            }
            Ok(())
        }
        (Type::List(f), Type::List(a)) => bind(f, a, variables),
        (Type::List(f), Type::Tuple(t)) => {
            let mut all: Option<Type> = None;
            for element in &t.elements {
                all = match all {
                    None => Some(element.clone()),
                    Some(so_far) => match Type::unify(&so_far, element, false) {
                        Some(both) => Some(both),
                        None => return cannot(),
                    },
                };
            }
            all.map_or_else(cannot, |element| bind(f, &element, variables))
        }
        (Type::Tuple(f), Type::Tuple(a)) if f.elements.len() == a.elements.len() => {
            f.elements.iter().zip(&a.elements).try_for_each(|(f, a)| bind(f, a, variables))
        }
        (Type::Future(f), Type::Future(a)) | (Type::Await(f), Type::Await(a)) | (Type::RRef(f), Type::RRef(a)) => {
            bind(f, a, variables)
        }
        (Type::Optional(f), Type::Optional(a)) => bind(f, a, variables),
        // a variable that only None could bind stays free
        (Type::Optional(_), Type::None) => Ok(()),
        (Type::Optional(f), a) => bind(f, a, variables),
        (Type::Dict(fk, fv), Type::Dict(ak, av)) => {
            bind(fk, ak, variables)?;
            bind(fv, av, variables)
        }
        _ => cannot(),
    }
}

/// The type with its variables replaced; `None` when one is not bound.
fn resolve(ty: &Type, variables: &HashMap<Arc<str>, Type>) -> Option<Type> {
    if !ty.has_free_variables() {
        return Some(ty.clone());
    }
    Some(match ty {
        Type::Var(name) => variables.get(name)?.clone(),
        Type::List(t) => Type::list(resolve(t, variables)?),
        Type::Optional(t) => Type::optional(resolve(t, variables)?),
        Type::Future(t) => Type::future(resolve(t, variables)?),
        Type::Await(t) => Type::Await(resolve(t, variables)?.into()),
        Type::RRef(t) => Type::RRef(resolve(t, variables)?.into()),
        Type::Dict(k, v) => Type::dict(resolve(k, variables)?, resolve(v, variables)?),
        Type::Tuple(t) => Type::Tuple(Arc::new(TupleType {
            elements: t.elements.iter().map(|e| resolve(e, variables)).collect::<Option<_>>()?,
            named: t.named.clone(),
        })),
        Type::Union(members) => Type::union(members.iter().map(|m| resolve(m, variables)).collect::<Option<Vec<_>>>()?),
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{parse_schema, parse_type};

    fn call(schemas: &[&str], positional: &[&str]) -> Result<String, String> {
        let parsed: Vec<_> = schemas.iter().map(|s| Arc::new(parse_schema(s).unwrap())).collect();
        let actual = |t: &&str| match *t {
            "[]" => Actual { ty: Type::list(Type::TENSOR), empty_list: true },
            "None" => Actual { ty: Type::None, empty_list: false },
            t => Actual { ty: parse_type(t).unwrap(), empty_list: false },
        };
        let actuals = Actuals { positional: positional.iter().map(actual).collect(), ..Actuals::default() };
        match_schemas(&parsed, &actuals).map(|(i, m)| {
            let returns: Vec<_> = m.returns.iter().map(|t| t.to_string()).collect();
            format!("{i} -> {}", returns.join(", "))
        })
    }

    #[test]
    fn overloads() {
        let add: &[&str] = &[
            "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
            "aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
            "aten::add.t(t[] a, t[] b) -> t[]",
            "aten::add.int(int a, int b) -> int",
            "aten::add(Scalar a, Scalar b) -> Scalar",
        ];
        let zeros: &[&str] = &["aten::zeros(int[] size, *, int? dtype=None) -> Tensor"];
        let pool: &[&str] = &["aten::pool(Tensor self, int[2] kernel, int[2]? stride=None) -> Tensor"];
        let append: &[&str] = &["aten::append.t(t[](a!) self, t(c -> *) el) -> t[](a!)"];
        for (schemas, args, expected) in [
            (add, &["Tensor", "Tensor"][..], "0 -> Tensor"),
            (add, &["Tensor", "int"], "1 -> Tensor"),
            (add, &["int[]", "int[]"], "2 -> int[]"),
            (add, &["int", "int"], "3 -> int"),
            (add, &["int", "bool"], "3 -> int"),
            (add, &["int", "float"], "4 -> Scalar"),
            (add, &["float", "Tensor"], "4 -> Scalar"),
            (zeros, &["int", "int"], "0 -> Tensor"),
            (zeros, &["int[]"], "0 -> Tensor"),
            (zeros, &["(int, int)"], "0 -> Tensor"),
            (zeros, &["[]"], "0 -> Tensor"),
            (pool, &["Tensor", "int", "int"], "0 -> Tensor"),
            (pool, &["Tensor", "(int, int)", "None"], "0 -> Tensor"),
            (append, &["int[]", "int"], "0 -> int[]"),
        ] {
            assert_eq!(call(schemas, args).as_deref(), Ok(expected), "{args:?}");
        }
    }

    #[test]
    fn failures_list_the_variants() {
        let relu: &[&str] =
            &["aten::relu(Tensor self) -> Tensor", "aten::relu.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)"];
        let text = "Arguments for call are not valid.\nThe following variants are available:\n  \n  \
                    aten::relu(Tensor self) -> Tensor:\n  Expected a value of type 'Tensor' for argument 'self' but \
                    instead found type 'int'.\n  \n  aten::relu.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!):\n  \
                    Expected a value of type 'Tensor' for argument 'self' but instead found type 'int'.\n\n\
                    The original call is";
        assert_eq!(call(relu, &["int"]), Err(text.to_string()));
        assert!(call(&["f(int x) -> int"], &["int", "int"]).unwrap_err().contains("Expected at most 1 arguments"));
        assert!(call(&["f(float x) -> int"], &["int"]).is_err());
    }
}
