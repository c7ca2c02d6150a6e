//! Expressions.

use super::sugared::Sugared;
use super::Emitter;
use crate::frontend::ast::{BinaryOp, Expr, ExprKind, Link, Span, UnaryOp};
use crate::ir::ValueId;
use crate::value::{IValue, Type};
use crate::{Complex, Result};

/// The literal `[]` without a known type.
pub(super) const EMPTY_LIST: &str = "prim::EmptyListLiteral";

impl<'a> Emitter<'a> {
    /// The value of an expression; `hint` is the type that is expected.
    pub(super) fn expression(&mut self, expr: &'a Expr, hint: Option<&Type>) -> Result<ValueId> {
        let sugared = self.sugared(expr, hint, 1)?;
        self.as_value(sugared, expr.span)
    }

    /// What an expression stands for, which need not be a run-time value.
    pub(super) fn sugared(&mut self, expr: &'a Expr, hint: Option<&Type>, _binders: usize) -> Result<Sugared<'a>> {
        self.enter(expr.span)?;
        let result = self.sugared_unguarded(expr, hint);
        self.leave();
        result
    }

    fn sugared_unguarded(&mut self, expr: &'a Expr, hint: Option<&Type>) -> Result<Sugared<'a>> {
        let span = expr.span;
        let value = match &expr.kind {
            ExprKind::Name(name) => return self.lookup(name, span),
            ExprKind::Attribute(object, name) => {
                let object = self.sugared(object, None, 1)?;
                return self.attribute(object, &name.name, span);
            }
            ExprKind::Call(call) => return self.apply(call, hint, span),
            ExprKind::ListComp(c) => return self.list_comprehension(c, hint, span),
            ExprKind::Subscript(object, items) => return self.subscript(object, items, hint, span),
            ExprKind::Int(v) => self.literal(IValue::Int(*v), span),
            ExprKind::Float(v) => self.literal(IValue::Double(*v), span),
            ExprKind::Imaginary(v) => self.literal(IValue::Complex(Complex::new(0.0, *v)), span),
            ExprKind::Str(s) => self.constant(IValue::Str(s.clone()), span),
            ExprKind::Bool(v) => self.constant(IValue::Bool(*v), span),
            ExprKind::None => self.none(span),
            ExprKind::NoneType => return Err(self.error(span, "Cannot emit expr for: (NoneType)\n")),
            ExprKind::Dots => return Err(self.error(span, "Cannot emit expr for: (dots)\n")),
            ExprKind::Starred(_) => {
                return Err(self.error(span, "Unexpected starred expansion. File a bug report"));
            }
            ExprKind::Slice(_) => return Err(self.error(span, "slices are only supported in subscripts")),
            ExprKind::Tuple(items) => self.tuple_literal(items, hint, span)?,
            ExprKind::List(items) => self.list_literal(items, hint, span)?,
            ExprKind::Dict(items) => {
                let (key, value) = match strip_optional(hint) {
                    Some(Type::Dict(k, v)) => (Some(k.clone()), Some(v.clone())),
                    _ => (None, None),
                };
                let mut entries = Vec::new();
                for (k, v) in items {
                    entries.push((self.expression(k, key.as_deref())?, self.expression(v, value.as_deref())?));
                }
                self.dict_of(entries, hint, span)?
            }
            ExprKind::DictComp { key, comprehension } => {
                self.dict_comprehension(key, comprehension, strip_optional(hint), span)?
            }
            ExprKind::Unary(op, operand) => self.unary(*op, operand, expr)?,
            ExprKind::Binary { first, rest } => self.chain(first, rest)?,
            ExprKind::Ternary(t) => {
                let condition = self.condition(&t.cond)?;
                self.choose(&condition, span, &mut |e, taken| {
                    e.expression(if taken { &t.then } else { &t.otherwise }, hint)
                })?
            }
        };
        Ok(Sugared::Value(value))
    }

    /// The values of a list of expressions, starred tuples unpacked.
    fn values(&mut self, items: &'a [Expr], hints: &dyn Fn(usize) -> Option<Type>) -> Result<Vec<ValueId>> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            if let ExprKind::Starred(inner) = &item.kind {
                let all = self.sugared(inner, None, 1)?;
                for part in self.unpack(all, None, item.span)? {
                    values.push(self.as_value(part, item.span)?);
                }
            } else {
                let hint = hints(values.len());
                values.push(self.expression(item, hint.as_ref())?);
            }
        }
        Ok(values)
    }

    fn tuple_literal(&mut self, items: &'a [Expr], hint: Option<&Type>, span: Span) -> Result<ValueId> {
        let elements = match strip_optional(hint) {
            Some(Type::Tuple(t)) if t.elements.len() == items.len() => t.elements.clone(),
            _ => vec![],
        };
        let values = self.values(items, &|i| elements.get(i).cloned())?;
        Ok(self.tuple(&values, span))
    }

    fn list_literal(&mut self, items: &'a [Expr], hint: Option<&Type>, span: Span) -> Result<ValueId> {
        let wanted = match strip_optional(hint) {
            Some(Type::List(element)) => Some((**element).clone()),
            Some(Type::Union(members)) => {
                let lists: Vec<_> = members.iter().filter(|m| matches!(m, Type::List(_))).collect();
                match lists[..] {
                    [Type::List(element)] => Some((**element).clone()),
                    _ => None,
                }
            }
            _ => None,
        };
        if items.is_empty() && wanted.is_none() {
            return Ok(self.emit(EMPTY_LIST, &[], Type::list(Type::TENSOR), span));
        }
        let values = self.values(items, &|_| wanted.clone())?;
        let element = match wanted {
            Some(element) => element,
            None => self.common_type(&values, span, "Lists must contain only a single type")?.unwrap_or(Type::TENSOR),
        };
        let mut converted = Vec::with_capacity(values.len());
        for value in values {
            let value = if matches!(element, Type::List(_)) { self.convert(value, &element, span)? } else { value };
            converted.push(value);
        }
        self.list_of(element, &converted, span)
    }

    /// A list of values that must be of the element type.
    pub(super) fn list_of(&mut self, element: Type, values: &[ValueId], span: Span) -> Result<ValueId> {
        if values.iter().all(|v| self.ty(*v).is_subtype(&element)) {
            return Ok(self.list(element, values, span));
        }
        let unified = self.common_type(values, span, "Lists must contain only a single type")?;
        let message = format!(
            "List type annotation `List[{}]` did not match the types of the given list elements, which were unified \
             to {}",
            element.annotation(),
            unified.unwrap_or(Type::TENSOR).annotation()
        );
        Err(self.error(span, message))
    }

    /// The type that all values have; heterogeneous ones make a union.
    fn common_type(&mut self, values: &[ValueId], span: Span, message: &str) -> Result<Option<Type>> {
        let mut common: Option<Type> = None;
        for value in values {
            let ty = self.ty(*value).clone();
            common = Some(match common {
                None => ty,
                Some(so_far) => match Type::unify(&so_far, &ty, true) {
                    Some(both) => both,
                    None => return Err(self.error(span, message)),
                },
            });
        }
        Ok(common)
    }

    /// A dict literal.
    pub(super) fn dict_of(
        &mut self,
        entries: Vec<(ValueId, ValueId)>,
        hint: Option<&Type>,
        span: Span,
    ) -> Result<ValueId> {
        let keys: Vec<ValueId> = entries.iter().map(|(k, _)| *k).collect();
        let values: Vec<ValueId> = entries.iter().map(|(_, v)| *v).collect();
        let ty = match strip_optional(hint) {
            Some(ty @ Type::Dict(..)) => ty.clone(),
            _ => {
                let key = self.key_type(&keys, span)?;
                let value = self.common_type(&values, span, "Dict values must be of one type")?;
                Type::dict(key.unwrap_or(Type::Str), value.unwrap_or(Type::TENSOR))
            }
        };
        if let Type::Dict(key, value) = &ty {
            for (k, v) in &entries {
                for (what, have, wanted) in [("keys", k, key), ("values", v, value)] {
                    if !self.ty(*have).is_subtype(wanted) {
                        let message = format!(
                            "Dict {what} must contain only a single type. Expected: {} but found {} instead",
                            wanted.annotation(),
                            self.ty(*have).annotation()
                        );
                        return Err(self.error(span, message));
                    }
                }
            }
        }
        let flat: Vec<ValueId> = entries.into_iter().flat_map(|(k, v)| [k, v]).collect();
        Ok(self.emit("prim::DictConstruct", &flat, ty, span))
    }

    /// Keys are all of one type, and of one that can be a key.
    fn key_type(&mut self, keys: &[ValueId], span: Span) -> Result<Option<Type>> {
        let Some(&first) = keys.first() else { return Ok(None) };
        let ty = crate::value::unshaped(self.ty(first));
        for &key in keys {
            if crate::value::unshaped(self.ty(key)) != ty {
                let (wanted, found) = (ty.annotation(), self.ty(key).annotation());
                let message =
                    format!("Dict keys must contain only a single type. Expected: {wanted} but found {found} instead");
                return Err(self.error(span, message));
            }
        }
        let hashable = [Type::Int, Type::Float, Type::Complex, Type::Bool, Type::Str, Type::Device];
        if !hashable.contains(&ty) && !ty.is_tensor() && !matches!(ty, Type::Enum(_) | Type::Any) {
            return Err(crate::Error::type_error(format!(
                "Cannot create dict for key type '{ty}', only int, float, complex, Tensor, device and string keys are \
                 supported"
            )));
        }
        Ok(Some(ty))
    }

    fn unary(&mut self, op: UnaryOp, operand: &'a Expr, whole: &'a Expr) -> Result<ValueId> {
        let span = whole.span;
        match op {
            UnaryOp::Not => Ok(self.condition(whole)?.value),
            UnaryOp::Invert => {
                let value = self.expression(operand, None)?;
                self.call_magic("__invert__", "aten::bitwise_not", &[value], span)
            }
            UnaryOp::Neg => {
                let value = self.expression(operand, None)?;
                let folded = match self.scope.graph.constant(value) {
                    Some(IValue::Int(v)) => Some(IValue::Int(v.wrapping_neg())),
                    Some(IValue::Double(v)) => Some(IValue::Double(-v)),
                    Some(IValue::Complex(v)) => Some(IValue::Complex(-v)),
                    _ => None,
                };
                match folded {
                    Some(folded) => Ok(self.constant(folded, span)),
                    None => self.call_magic("__neg__", "aten::neg", &[value], span),
                }
            }
        }
    }

    /// A chain of binary operators, from left to right.
    pub(super) fn chain(&mut self, first: &'a Expr, rest: &'a [Link]) -> Result<ValueId> {
        let logical = |op| matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Is | BinaryOp::IsNot);
        let (mut value, done) = match rest.iter().rposition(|l| logical(l.op)) {
            Some(last) => (self.condition_chain(first, &rest[..=last])?.value, last + 1),
            None => match (complex_literal(first, rest), rest) {
                (Some(literal), [link, ..]) => (self.constant(literal, link.span), 1),
                _ => (self.expression(first, None)?, 0),
            },
        };
        for link in &rest[done..] {
            value = self.binary(value, link)?;
        }
        Ok(value)
    }

    fn binary(&mut self, left: ValueId, link: &'a Link) -> Result<ValueId> {
        let span = link.span;
        if link.op == BinaryOp::Mod && *self.ty(left) == Type::Str {
            let mut args = vec![left];
            match &link.right.kind {
                ExprKind::Tuple(items) => args.extend(self.values(items, &|_| None)?),
                _ => args.push(self.expression(&link.right, None)?),
            }
            return self.builtin("aten::percentFormat", &args, &[], None, span);
        }
        let right = self.expression(&link.right, None)?;
        if matches!(link.op, BinaryOp::In | BinaryOp::NotIn) {
            let found = self.call_magic("__contains__", "aten::__contains__", &[right, left], span)?;
            if link.op == BinaryOp::NotIn {
                return self.builtin("aten::__not__", &[found], &[], None, span);
            }
            return Ok(found);
        }
        if let (BinaryOp::Add, Type::Tuple(_), Type::Tuple(_)) = (link.op, self.ty(left), self.ty(right)) {
            let mut items = self.unpack(Sugared::Value(left), None, span)?;
            items.extend(self.unpack(Sugared::Value(right), None, span)?);
            return self.as_value(Sugared::Tuple(items), span);
        }
        let (operator, magic) = operator_of(link.op);
        self.call_magic(magic, operator, &[left, right], span)
    }
}

/// `1.5+2j`, as archives write complex numbers.
fn complex_literal(first: &Expr, rest: &[Link]) -> Option<IValue> {
    let link = rest.first()?;
    let ExprKind::Imaginary(im) = link.right.kind else { return None };
    let im = match link.op {
        BinaryOp::Add => im,
        BinaryOp::Sub => -im,
        _ => return None,
    };
    let re = match &first.kind {
        ExprKind::Float(v) => *v,
        ExprKind::Int(v) => *v as f64,
        ExprKind::Unary(UnaryOp::Neg, inner) => match inner.kind {
            ExprKind::Float(v) => -v,
            _ => return None,
        },
        _ => return None,
    };
    Some(IValue::Complex(Complex::new(re, im)))
}

fn strip_optional(hint: Option<&Type>) -> Option<&Type> {
    match hint {
        Some(Type::Optional(inner)) => Some(inner),
        other => other,
    }
}

fn operator_of(op: BinaryOp) -> (&'static str, &'static str) {
    match op {
        BinaryOp::Lt => ("aten::lt", "__lt__"),
        BinaryOp::Gt => ("aten::gt", "__gt__"),
        BinaryOp::Le => ("aten::le", "__le__"),
        BinaryOp::Ge => ("aten::ge", "__ge__"),
        BinaryOp::Eq => ("aten::eq", "__eq__"),
        BinaryOp::Ne => ("aten::ne", "__ne__"),
        BinaryOp::BitOr => ("aten::__or__", "__or__"),
        BinaryOp::BitXor => ("aten::__xor__", "__xor__"),
        BinaryOp::BitAnd => ("aten::__and__", "__and__"),
        BinaryOp::Shl => ("aten::__lshift__", "__lshift__"),
        BinaryOp::Shr => ("aten::__rshift__", "__rshift__"),
        BinaryOp::Add => ("aten::add", "__add__"),
        BinaryOp::Sub => ("aten::sub", "__sub__"),
        BinaryOp::Mul => ("aten::mul", "__mul__"),
        BinaryOp::Div => ("aten::div", "__truediv__"),
        BinaryOp::FloorDiv => ("aten::floordiv", "__floordiv__"),
        BinaryOp::Mod => ("aten::remainder", "__mod__"),
        BinaryOp::MatMul => ("aten::matmul", "__matmul__"),
        BinaryOp::Pow => ("aten::pow", "__pow__"),
        // emitted as conditions
        BinaryOp::And | BinaryOp::Or => ("aten::__and__", "__and__"),
        BinaryOp::In | BinaryOp::NotIn => ("aten::__contains__", "__contains__"),
        BinaryOp::Is => ("aten::__is__", "__is__"),
        BinaryOp::IsNot => ("aten::__isnot__", "__isnot__"),
    }
}

/// The operator of an augmented assignment.
pub(super) fn augmented_operator(op: BinaryOp, ty: &Type) -> (&'static str, &'static str) {
    let tensor = ty.is_tensor();
    let list = matches!(ty, Type::List(_));
    match op {
        BinaryOp::Add => (if tensor || list { "aten::add_" } else { "aten::add" }, "__iadd__"),
        BinaryOp::Sub => (if tensor { "aten::sub_" } else { "aten::sub" }, "__isub__"),
        BinaryOp::Mul => (if tensor || list { "aten::mul_" } else { "aten::mul" }, "__imul__"),
        BinaryOp::Div => (if tensor { "aten::div_" } else { "aten::div" }, "__itruediv__"),
        BinaryOp::Mod => (if tensor { "aten::fmod_" } else { "aten::fmod" }, "__imod__"),
        BinaryOp::BitOr => ("aten::__or__", "__ior__"),
        BinaryOp::BitAnd => ("aten::__and__", "__iand__"),
        BinaryOp::BitXor => ("aten::__xor__", "__ixor__"),
        BinaryOp::Shl => (if tensor { "aten::__ilshift__" } else { "aten::__lshift__" }, "__ilshift__"),
        BinaryOp::Shr => (if tensor { "aten::__irshift__" } else { "aten::__rshift__" }, "__irshift__"),
        BinaryOp::Pow => ("aten::pow", "__ipow__"),
        other => operator_of(other),
    }
}
