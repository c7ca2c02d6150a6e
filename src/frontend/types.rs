//! Type expressions: `Optional[List[int]]`, `__torch__.net.Block`, `BroadcastingList2[int]`.

use super::ast::{Expr, ExprKind};
use super::unit::Unit;
use crate::base::Source;
use crate::value::Type;
use crate::{Error, Result};
use std::sync::Arc;

/// A type and, for broadcasting lists, their length.
pub(super) fn parse_annotation(unit: &Unit, source: &Arc<Source>, expr: &Expr) -> Result<(Type, Option<i32>)> {
    if let ExprKind::Subscript(value, items) = &expr.kind {
        if let Some(name) = value.as_name() {
            if let (Some(n), [item]) = (name.strip_prefix("BroadcastingList"), &items[..]) {
                let n = n.parse().map_err(|_| error(source, expr, "Unknown type constructor"))?;
                return Ok((Type::list(parse(unit, source, item)?), Some(n)));
            }
            if &**name == "Optional" && items.len() == 1 {
                let (inner, n) = parse_annotation(unit, source, &items[0])?;
                return Ok((Type::optional(inner), n));
            }
        }
    }
    Ok((parse(unit, source, expr)?, None))
}

/// The type that an expression names.
pub(super) fn parse(unit: &Unit, source: &Arc<Source>, expr: &Expr) -> Result<Type> {
    let unknown = || {
        let text = text_of(source, expr);
        error(source, expr, &format!("Unknown type name '{}'", text.trim_matches(['"', '\''])))
    };
    match &expr.kind {
        ExprKind::Name(name) => match simple(name) {
            Some(ty) => Ok(ty),
            None => unit.named_type(name)?.ok_or_else(unknown),
        },
        ExprKind::None | ExprKind::NoneType => Ok(Type::None),
        ExprKind::Attribute(..) => {
            let path = dotted(expr).ok_or_else(unknown)?;
            if let Some(ty) = qualified(&path) {
                return Ok(ty);
            }
            unit.named_type(&path)?.ok_or_else(unknown)
        }
        // a string is a forward reference or a torchbind class
        ExprKind::Str(name) => match simple(name) {
            Some(ty) => Ok(ty),
            None if name.starts_with("torch.classes.") => {
                unit.named_type(&format!("__torch__.{name}"))?.ok_or_else(unknown)
            }
            None => unit.named_type(name)?.ok_or_else(unknown),
        },
        ExprKind::Subscript(constructor, items) => {
            let name = dotted(constructor).ok_or_else(unknown)?;
            generic(unit, source, expr, name.rsplit('.').next().unwrap_or(&name), items)
        }
        ExprKind::Binary { first, rest } if rest.iter().all(|l| l.op == super::ast::BinaryOp::BitOr) => {
            let mut members = vec![parse(unit, source, first)?];
            for link in rest {
                members.push(parse(unit, source, &link.right)?);
            }
            Ok(Type::union(members))
        }
        _ => Err(error(
            source,
            expr,
            &format!("Expression of type {} cannot be used in a type expression", expr.kind_name()),
        )),
    }
}

fn generic(unit: &Unit, source: &Arc<Source>, expr: &Expr, name: &str, items: &[Expr]) -> Result<Type> {
    let count = |n: usize| {
        if items.len() == n {
            Ok(())
        } else {
            let found = items.len();
            let message = match n {
                1 => format!(" expected exactly one element type but found {found}"),
                _ => format!(" expected exactly {n} element types but found {found}"),
            };
            Err(error(source, expr, &message))
        }
    };
    let at = |i: usize| parse(unit, source, &items[i]);
    match name {
        "Optional" => count(1).and_then(|_| Ok(Type::optional(at(0)?))),
        "List" | "list" => count(1).and_then(|_| Ok(Type::list(at(0)?))),
        "Final" => count(1).and_then(|_| at(0)),
        "Future" => count(1).and_then(|_| Ok(Type::future(at(0)?))),
        "Await" | "_Await" => count(1).and_then(|_| Ok(Type::Await(at(0)?.into()))),
        "RRef" => count(1).and_then(|_| Ok(Type::RRef(at(0)?.into()))),
        "Dict" | "dict" => {
            count(2)?;
            let key = at(0)?;
            if !matches!(key, Type::Int | Type::Float | Type::Bool | Type::Str | Type::Complex | Type::Tensor(_)) {
                let message = format!(
                    "Cannot create dict for key type '{}', only int, float, complex, Tensor, device and string keys \
                     are supported",
                    key.annotation()
                );
                return Err(error(source, expr, &message));
            }
            Ok(Type::dict(key, at(1)?))
        }
        "Union" => Ok(Type::union((0..items.len()).map(at).collect::<Result<Vec<_>>>()?)),
        "Tuple" | "tuple" => {
            if let [Expr { kind: ExprKind::Tuple(inner), .. }] = items {
                let inner: Result<Vec<_>> = inner.iter().map(|e| parse(unit, source, e)).collect();
                return Ok(Type::tuple(inner?));
            }
            Ok(Type::tuple((0..items.len()).map(at).collect::<Result<Vec<_>>>()?))
        }
        _ if name.starts_with("BroadcastingList") => count(1).and_then(|_| Ok(Type::list(at(0)?))),
        _ => Err(error(source, expr, &format!("Unknown type constructor {name}"))),
    }
}

fn simple(name: &str) -> Option<Type> {
    Some(match name {
        "Tensor" | "FloatTensor" | "DoubleTensor" | "HalfTensor" | "LongTensor" | "IntTensor" | "ShortTensor"
        | "CharTensor" | "ByteTensor" | "BoolTensor" | "BFloat16Tensor" | "Parameter" => Type::TENSOR,
        "int" => Type::Int,
        "float" => Type::Float,
        "bool" => Type::Bool,
        "complex" => Type::Complex,
        "str" => Type::Str,
        "NoneType" | "None" => Type::None,
        "Any" => Type::Any,
        "number" | "Scalar" => Type::Number,
        "Device" => Type::Device,
        "Stream" => Type::Stream,
        "Generator" => Type::Generator,
        "Storage" => Type::Storage,
        "Quantizer" => Type::Quantizer,
        "Capsule" => Type::Capsule,
        "list" => Type::AnyList,
        "tuple" => Type::AnyTuple,
        "AnyEnumType" => Type::AnyEnum,
        "ClassType" | "AnyClassType" => Type::AnyClass,
        "Layout" | "ScalarType" | "MemoryFormat" | "QScheme" => Type::Int,
        "_size_1_t" | "_size_2_t" | "_size_3_t" | "_size_4_t" | "_size_5_t" | "_size_6_t" => Type::list(Type::Int),
        _ => return None,
    })
}

fn qualified(path: &str) -> Option<Type> {
    let rest = path.strip_prefix("torch.")?;
    Some(match rest {
        "device" => Type::Device,
        "Generator" => Type::Generator,
        "Stream" | "cuda.Stream" => Type::Stream,
        "dtype" | "layout" | "memory_format" | "qscheme" => Type::Int,
        "Size" => Type::list(Type::Int),
        _ => {
            let last = rest.rsplit('.').next().unwrap_or(rest);
            return if last == "Tensor" || last.ends_with("Tensor") || last == "Parameter" {
                simple(last)
            } else {
                None
            };
        }
    })
}

/// `a.b.c` for a chain of attributes on a name.
pub(super) fn dotted(expr: &Expr) -> Option<String> {
    let mut parts = Vec::new();
    let mut at = expr;
    loop {
        match &at.kind {
            ExprKind::Name(name) => {
                parts.push(name.clone());
                break;
            }
            ExprKind::Attribute(inner, name) => {
                parts.push(name.name.clone());
                at = inner;
            }
            _ => return None,
        }
    }
    parts.reverse();
    Some(parts.iter().map(|p| &**p).collect::<Vec<_>>().join("."))
}

fn text_of(source: &Arc<Source>, expr: &Expr) -> String {
    expr.span.of(source).text().to_string()
}

/// A compilation error in PyTorch's form: the message, then the place.
pub(super) fn error(source: &Arc<Source>, expr: &Expr, message: &str) -> Error {
    super::unit::error_at(&expr.span.of(source), message)
}
