//! Assignments: to variables, tuples, attributes; augmented ones.

use std::sync::Arc;

use super::expressions::augmented_operator;
use super::sugared::Sugared;
use super::{Emitter, Var};
use crate::frontend::ast::{BinaryOp, Expr, ExprKind, Span};
use crate::ir::{Attr, ValueId};
use crate::value::Type;
use crate::Result;

impl<'a> Emitter<'a> {
    pub(super) fn assignment(
        &mut self,
        targets: &'a [Expr],
        annotation: Option<&'a Expr>,
        value: &'a Expr,
        span: Span,
    ) -> Result<()> {
        let ty = annotation.map(|a| self.parse_type(a)).transpose()?;
        if let [target] = targets {
            let hint = ty.clone().or_else(|| self.type_of_target(target));
            let value_span = value.span;
            let value = self.sugared(value, hint.as_ref(), 1)?;
            return match (&target.kind, ty) {
                (ExprKind::Name(name), ty) => {
                    let value = match (value, &ty) {
                        // an annotated variable takes what converts
                        (Sugared::Value(v), Some(ty)) => Sugared::Value(self.convert(v, ty, span)?),
                        (value, _) => value,
                    };
                    self.assign_variable(name, value, ty, target.span)
                }
                _ => self.assign_from(target, value, span, value_span),
            };
        }
        let value = self.sugared(value, ty.as_ref(), 1)?;
        targets.iter().try_for_each(|target| self.assign_to(target, value.clone(), span))
    }

    /// The declared type of `self.x`.
    fn type_of_target(&mut self, target: &Expr) -> Option<Type> {
        let ExprKind::Attribute(object, name) = &target.kind else { return None };
        let Some(Var::Value(object)) = self.find(object.as_name()?) else { return None };
        match self.ty(object) {
            Type::Class(class) => class.attribute(&name.name).map(|a| a.ty),
            _ => None,
        }
    }

    pub(super) fn assign_to(&mut self, target: &'a Expr, value: Sugared<'a>, span: Span) -> Result<()> {
        self.assign_from(target, value, span, span)
    }

    /// `span` is the statement, `value_span` what is assigned.
    fn assign_from(&mut self, target: &'a Expr, value: Sugared<'a>, span: Span, value_span: Span) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => self.assign_variable(name, value, None, target.span),
            ExprKind::Tuple(items) => self.assign_unpacked(items, value, span, value_span),
            ExprKind::Subscript(object, items) => {
                let value = self.as_value(value, span)?;
                self.assign_subscript(object, items, value, target.span, span)
            }
            ExprKind::Attribute(object, name) => {
                let object = self.expression(object, None)?;
                let value = self.as_value(value, span)?;
                self.set_attribute(object, &name.name, value, span)
            }
            _ => Err(self.error(target.span, "unexpected expression on left-hand side of assignment")),
        }
    }

    /// `a, *b = value`.
    pub(super) fn assign_unpacked(
        &mut self,
        targets: &'a [Expr],
        value: Sugared<'a>,
        span: Span,
        value_span: Span,
    ) -> Result<()> {
        let starred = targets.iter().filter(|t| matches!(t.kind, ExprKind::Starred(_))).count();
        // errors point at the targets
        let all = match (targets.first(), targets.last()) {
            (Some(first), Some(last)) => Span { end: last.span.end, ..first.span },
            _ => span,
        };
        if starred > 1 {
            return Err(self.error(all, "Only one starred expression is allowed on the lhs"));
        }
        let expected = if starred == 0 { Some(targets.len()) } else { None };
        if let ([only], 1) = (targets, starred) {
            let message = "A Starred expression may only appear on the lhs within the presence of another non-starred \
                           expression";
            return Err(self.error(only.span, message));
        }
        let items = self.unpack(value, expected, value_span)?;
        let fixed = targets.len() - starred;
        if items.len() < fixed {
            let message = format!(
                "need {}{fixed} values to unpack but found only {}",
                if starred > 0 { "at least " } else { "" },
                items.len()
            );
            return Err(self.error(all, message));
        }
        if items.len() > fixed && starred == 0 {
            let message = format!("too many values to unpack: need {fixed} but found {}", items.len());
            return Err(self.error(all, message));
        }
        let surplus = items.len() - fixed;
        let mut items = items.into_iter();
        for target in targets {
            if let ExprKind::Starred(inner) = &target.kind {
                let mut values = Vec::new();
                for item in items.by_ref().take(surplus) {
                    values.push(self.as_value(item, span)?);
                }
                let tuple = self.tuple(&values, span);
                self.assign_to(inner, Sugared::Value(tuple), span)?;
            } else if let Some(item) = items.next() {
                self.assign_to(target, item, span)?;
            }
        }
        Ok(())
    }

    /// `prim::SetAttr`, or the setter of a property.
    fn set_attribute(&mut self, object: ValueId, name: &Arc<str>, value: ValueId, span: Span) -> Result<()> {
        let Type::Class(class) = self.ty(object).clone() else {
            let message = format!("Tried to set an attribute: {name} on a non-class: {}", self.ty(object).annotation());
            return Err(self.error(span, message));
        };
        let Some(attribute) = class.attribute(name) else {
            if let Some((_, Some(setter))) = class.property(name) {
                let args = super::calls::Args { positional: vec![value], keywords: vec![] };
                return self.call_method(object, &setter, args, span).map(drop);
            }
            let message =
                format!("Tried to set nonexistent attribute: {name}. Did you forget to initialize it in __init__()?");
            return Err(self.error(span, message));
        };
        let value = self.convert(value, &attribute.ty, span)?;
        if !self.ty(value).is_subtype(&attribute.ty) {
            let message = format!(
                "Wrong type for attribute assignment. Expected {} but got {}",
                attribute.ty.annotation(),
                self.ty(value).annotation()
            );
            return Err(self.error(span, message));
        }
        let node = self.node("prim::SetAttr", &[object, value], span);
        self.scope.graph.node_mut(node).set_attr("name", Attr::Str(name.clone()));
        Ok(())
    }

    /// `target op= value`.
    pub(super) fn augmented(&mut self, target: &'a Expr, op: BinaryOp, value: &'a Expr, span: Span) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                let left = self.expression(target, None)?;
                let result = self.augmented_value(left, op, value, span)?;
                self.assign_variable(name, Sugared::Value(result), None, target.span)
            }
            ExprKind::Attribute(object, name) => {
                let object = self.expression(object, None)?;
                let left = self.attribute(Sugared::Value(object), &name.name, target.span)?;
                let left = self.as_value(left, target.span)?;
                let result = self.augmented_value(left, op, value, span)?;
                self.set_attribute(object, &name.name, result, target.span)
            }
            ExprKind::Subscript(object, items) => self.augmented_subscript(object, items, op, value, target.span, span),
            _ => Err(self.error(target.span, "unexpected expression on left-hand side of augmented assignment")),
        }
    }

    pub(super) fn augmented_value(
        &mut self,
        left: ValueId,
        op: BinaryOp,
        value: &'a Expr,
        span: Span,
    ) -> Result<ValueId> {
        let (operator, magic) = augmented_operator(op, self.ty(left));
        let right = self.expression(value, None)?;
        self.augmented_by(left, right, operator, magic, span)
    }

    pub(super) fn augmented_by(
        &mut self,
        left: ValueId,
        right: ValueId,
        operator: &str,
        magic: &str,
        span: Span,
    ) -> Result<ValueId> {
        match self.ty(left).clone() {
            Type::Class(class) => {
                // without an in-place method, the plain one
                let plain = magic.replacen("__i", "__", 1);
                let method = if class.has_method(magic) { magic } else { &plain };
                self.call_magic(method, operator, &[left, right], span)
            }
            _ => self.builtin(operator, &[right], &[], Some(left), span).or_else(|e| {
                // operators whose first argument is not called `self`
                self.builtin(operator, &[left, right], &[], None, span).map_err(|_| e)
            }),
        }
    }
}
