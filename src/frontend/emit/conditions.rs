//! Conditions: short circuits, what they tell about types, and those that are known at compile time.

use std::sync::Arc;

use super::sugared::Sugared;
use super::{Emitter, Var};
use crate::frontend::ast::{BinaryOp, Expr, ExprKind, Link, Span, UnaryOp};
use crate::ir::{Attr, ValueId};
use crate::value::{IValue, Type};
use crate::Result;

/// A condition: its value, what follows from it for variables' types, and the outcome where it is known now.
#[derive(Clone)]
pub(super) struct Condition {
    pub value: ValueId,
    pub refinements: Refinements,
    pub known: Option<bool>,
}

/// The types of variables where a condition holds, and where it does not.
#[derive(Clone, Default)]
pub(super) struct Refinements {
    yes: Vec<(Arc<str>, Type)>,
    no: Vec<(Arc<str>, Type)>,
}

impl Refinements {
    fn not(self) -> Refinements {
        Refinements { yes: self.no, no: self.yes }
    }
    /// Both conditions hold: all that either tells; not both hold: what both tell alike.
    fn and(&self, other: &Refinements) -> Refinements {
        Refinements { yes: union(&self.yes, &other.yes), no: intersection(&self.no, &other.no) }
    }
    fn or(&self, other: &Refinements) -> Refinements {
        Refinements { yes: intersection(&self.yes, &other.yes), no: union(&self.no, &other.no) }
    }
}

fn union(a: &[(Arc<str>, Type)], b: &[(Arc<str>, Type)]) -> Vec<(Arc<str>, Type)> {
    // what the second condition tells was learnt in the light of the first
    let mut all: Vec<_> = a.iter().filter(|(n, _)| b.iter().all(|(m, _)| m != n)).cloned().collect();
    all.extend(b.iter().cloned());
    all
}

fn intersection(a: &[(Arc<str>, Type)], b: &[(Arc<str>, Type)]) -> Vec<(Arc<str>, Type)> {
    let both = |(name, ty): &(Arc<str>, Type)| {
        let (_, other) = b.iter().find(|(n, _)| n == name)?;
        Type::unify(ty, other, false).map(|t| (name.clone(), t))
    };
    a.iter().filter_map(both).collect()
}

/// Whether a value can be None, as far as its type tells.
#[derive(Clone, Copy, PartialEq)]
enum Noneness {
    Always,
    Maybe,
    Never,
}

impl<'a> Emitter<'a> {
    pub(super) fn condition(&mut self, expr: &'a Expr) -> Result<Condition> {
        self.enter(expr.span)?;
        let result = self.condition_unguarded(expr);
        self.leave();
        result
    }

    fn condition_unguarded(&mut self, expr: &'a Expr) -> Result<Condition> {
        match &expr.kind {
            ExprKind::Unary(UnaryOp::Not, operand) => {
                let inner = self.condition(operand)?;
                let value = self.builtin("aten::__not__", &[inner.value], &[], None, expr.span)?;
                Ok(Condition { value, refinements: inner.refinements.not(), known: inner.known.map(|k| !k) })
            }
            ExprKind::Binary { first, rest } => {
                let last = rest.last().map(|link| link.op);
                if matches!(last, Some(BinaryOp::And | BinaryOp::Or | BinaryOp::Is | BinaryOp::IsNot)) {
                    return self.condition_chain(first, rest);
                }
                let value = self.expression(expr, None)?;
                self.to_condition(value, expr.span)
            }
            ExprKind::Call(call) => {
                if let Some(name) = call.callee.as_name() {
                    if matches!(&**name, "isinstance" | "hasattr") && self.find(name).is_none() {
                        if let [object, what] = &call.args[..] {
                            if &**name == "isinstance" {
                                return self.is_instance(object, what, call.callee.span);
                            }
                            let known = self.has_attribute(object, what)?;
                            let value = self.constant(IValue::Bool(known), expr.span);
                            return Ok(Condition { value, refinements: Refinements::default(), known: Some(known) });
                        }
                    }
                }
                if crate::frontend::types::dotted(&call.callee).as_deref() == Some("torch.jit.isinstance") {
                    if let [object, what] = &call.args[..] {
                        return self.is_instance(object, what, call.callee.span);
                    }
                }
                let value = self.expression(expr, None)?;
                self.to_condition(value, expr.span)
            }
            ExprKind::Name(name) => {
                let value = self.expression(expr, None)?;
                let condition = self.to_condition(value, expr.span)?;
                // a variable is not looked through, whatever was assigned to it
                let known = if self.find(name).is_some() { None } else { condition.known };
                Ok(Condition { known, ..condition })
            }
            _ => {
                let value = self.expression(expr, None)?;
                self.to_condition(value, expr.span)
            }
        }
    }

    pub(super) fn condition_chain(&mut self, first: &'a Expr, rest: &'a [Link]) -> Result<Condition> {
        let Some((link, before)) = rest.split_last() else { return self.condition(first) };
        match link.op {
            BinaryOp::And | BinaryOp::Or => {
                let left = if before.is_empty() { self.condition(first)? } else { self.condition_of(first, before)? };
                let or = link.op == BinaryOp::Or;
                self.short_circuit(left, &link.right, or, link.span)
            }
            _ => {
                let left_name = if before.is_empty() { first.as_name().cloned() } else { None };
                let left = if before.is_empty() { self.expression(first, None)? } else { self.chain(first, before)? };
                let right = self.expression(&link.right, None)?;
                let names = [left_name, link.right.as_name().cloned()];
                self.is_condition(left, right, names, link.op == BinaryOp::Is, link.span)
            }
        }
    }

    /// The condition that a prefix of a chain of operators makes.
    fn condition_of(&mut self, first: &'a Expr, rest: &'a [Link]) -> Result<Condition> {
        match rest.last().map(|l| l.op) {
            Some(BinaryOp::And | BinaryOp::Or | BinaryOp::Is | BinaryOp::IsNot) => {
                self.enter(first.span)?;
                let result = self.condition_chain(first, rest);
                self.leave();
                result
            }
            _ => {
                let value = self.chain(first, rest)?;
                let span = rest.last().map_or(first.span, |l| l.span);
                self.to_condition(value, span)
            }
        }
    }

    /// `left and right`, `left or right`, as a branch.
    fn short_circuit(&mut self, left: Condition, right: &'a Expr, or: bool, span: Span) -> Result<Condition> {
        let mut second: Option<Condition> = None;
        let mut emit = |e: &mut Emitter<'a>, taken: bool| {
            if taken == or {
                return Ok(e.constant(IValue::Bool(or), span));
            }
            let condition = e.condition(right)?;
            let value = condition.value;
            second = Some(condition);
            Ok(value)
        };
        let value = self.choose(&left, span, &mut emit)?;
        let Some(right) = second else {
            // the left side decides: the right side was not compiled
            return Ok(Condition { value, refinements: left.refinements, known: left.known });
        };
        let (refinements, known) = if or {
            let known = match (left.known, right.known) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(a), Some(b)) => Some(a || b),
                _ => None,
            };
            (left.refinements.or(&right.refinements), known)
        } else {
            let known = match (left.known, right.known) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(a), Some(b)) => Some(a && b),
                _ => None,
            };
            (left.refinements.and(&right.refinements), known)
        };
        Ok(Condition { value, refinements, known })
    }

    /// `a if cond else b` where `emit(true)` makes `a`. Only one side is compiled when the condition is known.
    pub(super) fn choose(
        &mut self,
        condition: &Condition,
        span: Span,
        emit: &mut dyn FnMut(&mut Emitter<'a>, bool) -> Result<ValueId>,
    ) -> Result<ValueId> {
        if let Some(known) = condition.known {
            self.refine(&condition.refinements, known, span);
            return emit(self, known);
        }
        let node = self.node("prim::If", &[condition.value], span);
        let (mut frames, mut values) = (Vec::new(), Vec::new());
        for taken in [true, false] {
            let block = self.scope.graph.add_block(node);
            let back = self.push_frame(block);
            self.refine(&condition.refinements, taken, span);
            let value = emit(self, taken)?;
            frames.push(self.pop_frame(back));
            self.scope.graph.add_return(block, value);
            values.push(value);
        }
        let (a, b) = (self.ty(values[0]).clone(), self.ty(values[1]).clone());
        let Some(ty) = Type::unify(&a, &b, false) else {
            let message = format!(
                "if-expression's true branch has type {} but false branch has type {}",
                a.annotation(),
                b.annotation()
            );
            return Err(self.error(span, message));
        };
        let out = self.scope.graph.add_output(node, ty);
        if let [yes, no] = &frames[..] {
            self.merge(node, yes, no, span)?;
        }
        Ok(out)
    }

    /// Narrows variables to what a condition tells.
    pub(super) fn refine(&mut self, refinements: &Refinements, holds: bool, span: Span) {
        let active = if holds { &refinements.yes } else { &refinements.no };
        for (name, ty) in active.clone() {
            if let Some(Var::Value(value)) = self.find(&name) {
                self.scope.names.read(&name);
                let narrowed = self.emit("prim::unchecked_cast", &[value], ty, span);
                let block = self.scope.block;
                self.scope.names.assign(&name, narrowed, &self.scope.graph, block);
                let innermost = self.scope.frames.len() - 1;
                self.scope.frames[innermost].vars.insert(name, Var::Value(narrowed));
            }
        }
    }

    /// A value as a condition: cast to bool; constants are known.
    fn to_condition(&mut self, value: ValueId, span: Span) -> Result<Condition> {
        let value = self.to_bool(value, span)?;
        let known = match self.scope.graph.producer(value).map(|n| self.scope.graph.node(n)) {
            Some(node) if node.is("aten::is_scripting") => Some(true),
            Some(node) if node.is("aten::is_notscripting") => Some(false),
            _ => match self.scope.graph.constant(value) {
                Some(IValue::Bool(b)) => Some(b),
                _ => None,
            },
        };
        Ok(Condition { value, refinements: Refinements::default(), known })
    }

    fn to_bool(&mut self, value: ValueId, span: Span) -> Result<ValueId> {
        if *self.ty(value) == Type::Bool {
            return Ok(value);
        }
        if let Type::Class(_) = self.ty(value) {
            return self.call_magic("__bool__", "aten::Bool", &[value], span);
        }
        self.truth(value, span).map_err(|_| {
            let message = format!("Could not cast value of type {} to bool", self.ty(value).annotation());
            self.error(span, message)
        })
    }

    /// `bool(value)`: what has a length is true when it is not empty.
    pub(super) fn truth(&mut self, value: ValueId, span: Span) -> Result<ValueId> {
        if matches!(self.ty(value), Type::Str | Type::List(_) | Type::Dict(..)) {
            let length = self.builtin("aten::len", &[value], &[], None, span)?;
            let zero = self.constant(IValue::Int(0), span);
            return self.builtin("aten::gt", &[length, zero], &[], None, span);
        }
        self.builtin("aten::Bool", &[value], &[], None, span)
    }

    /// `left is right`.
    fn is_condition(
        &mut self,
        left: ValueId,
        right: ValueId,
        names: [Option<Arc<str>>; 2],
        is: bool,
        span: Span,
    ) -> Result<Condition> {
        use Noneness::*;
        let noneness = |e: &Self, v: ValueId| match e.ty(v) {
            Type::None => Always,
            t if t.is_optional() => Maybe,
            _ => Never,
        };
        let known = match (noneness(self, left), noneness(self, right)) {
            (Always, Always) => Some(is),
            (Always, Never) | (Never, Always) => Some(!is),
            _ => None,
        };
        if let Some(known) = known {
            let value = self.constant(IValue::Bool(known), span);
            return Ok(Condition { value, refinements: Refinements::default(), known: Some(known) });
        }
        let kind = if is { "aten::__is__" } else { "aten::__isnot__" };
        let value = self.builtin(kind, &[left, right], &[], None, span)?;
        let mut refinements = Refinements::default();
        let [left_name, right_name] = names;
        for (operand, name, other) in [(left, left_name, right), (right, right_name, left)] {
            if let (Some(name), Always, Maybe) = (name, noneness(self, other), noneness(self, operand)) {
                let members: Vec<Type> = self.ty(operand).members();
                let present = Type::union(members.into_iter().filter(|m| *m != Type::None));
                refinements.no.push((name.clone(), present));
                if matches!(self.ty(operand), Type::Union(_)) {
                    refinements.yes.push((name, Type::None));
                }
            }
        }
        let refinements = if is { refinements } else { refinements.not() };
        Ok(Condition { value, refinements, known: None })
    }

    /// `isinstance(object, what)`: decided now where the type tells, else `prim::isinstance`.
    pub(super) fn is_instance(&mut self, object: &'a Expr, what: &'a Expr, span: Span) -> Result<Condition> {
        let value = self.expression(object, None)?;
        let mut wanted = Vec::new();
        self.class_info(what, &mut wanted)?;
        let actual = self.ty(value).clone();
        let mut known = Vec::new();
        let (mut yes, mut no): (Vec<Type>, Vec<Type>) = (Vec::new(), Vec::new());
        for member in actual.members() {
            if wanted.iter().any(|w| member.is_subtype(w)) {
                known.push(Some(true));
                yes.push(member);
            } else {
                let narrower: Vec<Type> = wanted.iter().filter(|w| may_be(&member, w)).cloned().collect();
                known.push(if narrower.is_empty() { Some(false) } else { None });
                yes.extend(narrower);
                no.push(member);
            }
        }
        let known = match (known.iter().all(|k| *k == Some(true)), known.iter().all(|k| *k == Some(false))) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let mut refinements = Refinements::default();
        if let Some(name) = object.as_name() {
            if known != Some(false) && !yes.is_empty() {
                refinements.yes.push((name.clone(), Type::union(yes)));
            }
            if known != Some(true) && !no.is_empty() && known.is_none() {
                refinements.no.push((name.clone(), Type::union(no)));
            }
        }
        let value = match known {
            Some(known) => self.constant(IValue::Bool(known), span),
            None => {
                let out = self.emit("prim::isinstance", &[value], Type::Bool, span);
                self.set_attr(out, "types", Attr::Types(wanted));
                out
            }
        };
        Ok(Condition { value, refinements, known })
    }

    fn class_info(&mut self, what: &'a Expr, wanted: &mut Vec<Type>) -> Result<()> {
        match &what.kind {
            ExprKind::Tuple(items) => items.iter().try_for_each(|item| self.class_info(item, wanted)),
            ExprKind::Name(name) if matches!(&**name, "list" | "List") => {
                wanted.push(Type::AnyList);
                Ok(())
            }
            ExprKind::Name(name) if matches!(&**name, "tuple" | "Tuple") => {
                wanted.push(Type::AnyTuple);
                Ok(())
            }
            _ => {
                wanted.push(self.parse_type(what)?);
                Ok(())
            }
        }
    }

    /// `hasattr(object, "name")`, decided by the type.
    pub(super) fn has_attribute(&mut self, object: &'a Expr, name: &'a Expr) -> Result<bool> {
        let ExprKind::Str(name_text) = &name.kind else {
            return Err(self.error(name.span, "hasattr's second argument must be a string literal"));
        };
        match self.sugared(object, None, 1)? {
            Sugared::Value(value) => Ok(match self.ty(value).clone() {
                Type::Class(class) => {
                    class.slot(name_text).is_some()
                        || class.has_method(name_text)
                        || class.constant(name_text).is_some()
                        || class.property(name_text).is_some()
                }
                Type::Interface(interface) => interface.methods.read().contains_key(&**name_text),
                Type::Tuple(t) if t.named.is_none() => {
                    let message = format!(
                        "hasattr's first argument must be a object or NamedTuple, but got a normal Tuple {} instead",
                        self.ty(value).annotation()
                    );
                    return Err(self.error(object.span, message));
                }
                Type::Tuple(t) => t.named.as_ref().is_some_and(|(_, fields)| fields.iter().any(|f| **f == **name_text)),
                other => {
                    let message = format!(
                        "hasattr's first argument must be an object or NamedTuple, got {} instead",
                        other.annotation()
                    );
                    return Err(self.error(object.span, message));
                }
            }),
            _ => Err(self.error(object.span, "hasattr's first argument must be an object")),
        }
    }
}

/// Whether a value of static type `member` may turn out to be a `wanted`.
fn may_be(member: &Type, wanted: &Type) -> bool {
    match member {
        Type::Any => true,
        _ => wanted.is_subtype(member),
    }
}
