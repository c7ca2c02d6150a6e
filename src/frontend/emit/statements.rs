//! Statements.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::conditions::Condition;
use super::sugared::Sugared;
use super::{Broken, BrokenBy, Emitter, Frame, Var};
use crate::frontend::ast::{Expr, ExprKind, Span, Stmt, StmtKind, WithItem};
use crate::ir::{BlockId, Graph, ValueId};
use crate::value::{IValue, Type};
use crate::Result;

impl<'a> Emitter<'a> {
    pub(super) fn statements(&mut self, statements: &'a [Stmt]) -> Result<()> {
        for statement in statements {
            self.enter(statement.span)?;
            self.statement(statement)?;
            self.leave();
            // what follows an exit cannot be reached
            if self.has_exited(self.scope.block) {
                break;
            }
        }
        Ok(())
    }

    fn statement(&mut self, statement: &'a Stmt) -> Result<()> {
        let span = statement.span;
        match &statement.kind {
            StmtKind::If { cond, then, otherwise } => {
                let condition = self.condition(cond)?;
                self.branches(condition, then, otherwise, span)
            }
            StmtKind::While { cond, body } => self.while_loop(cond, body, span),
            StmtKind::For { targets, iters, body } => self.for_loop(targets, iters, body, span),
            StmtKind::With { items, body } => self.with(items, body, span),
            StmtKind::Return(value) => {
                let hint = self.scope.declared.clone();
                let value = self.expression(value, hint.as_ref())?;
                self.emit_return(value, span)
            }
            StmtKind::Raise(value) => self.raise(value, span),
            StmtKind::Assert { cond, message } => self.assert(cond, message.as_ref(), span),
            StmtKind::Break => self.exit_loop(false, span),
            StmtKind::Continue => self.exit_loop(true, span),
            StmtKind::Pass => Ok(()),
            StmtKind::Delete(targets) => targets.iter().try_for_each(|t| self.delete(t)),
            StmtKind::Global(_) => Err(self.error(span, "Unrecognized statement kind global")),
            StmtKind::Def(def) => {
                let closure = self.closure(def)?;
                self.assign_variable(&def.name.name, closure, None, span)
            }
            StmtKind::Expr(expr) => self.sugared(expr, None, 0).map(drop),
            StmtKind::Assign { targets, annotation, value } => {
                let value = value.as_ref().ok_or_else(|| {
                    self.error(span, "For an assignment, expected an expression on the right-hand side")
                })?;
                self.assignment(targets, annotation.as_ref(), value, span)
            }
            StmtKind::AugAssign { target, op, value } => self.augmented(target, *op, value, span),
        }
    }

    /// `if`, with what both branches assigned merged after it. A condition known now compiles one branch only.
    pub(super) fn branches(
        &mut self,
        condition: Condition,
        then: &'a [Stmt],
        otherwise: &'a [Stmt],
        span: Span,
    ) -> Result<()> {
        if let Some(known) = condition.known {
            self.refine(&condition.refinements, known, span);
            return self.statements(if known { then } else { otherwise });
        }
        self.branch_on(condition, span, &mut |e, taken| e.statements(if taken { then } else { otherwise }))
    }

    pub(super) fn branch_on(
        &mut self,
        condition: Condition,
        span: Span,
        emit: &mut dyn FnMut(&mut Emitter<'a>, bool) -> Result<()>,
    ) -> Result<()> {
        let node = self.node("prim::If", &[condition.value], span);
        let mut frames: Vec<Frame<'a>> = Vec::new();
        for taken in [true, false] {
            let block = self.scope.graph.add_block(node);
            let back = self.push_frame(block);
            self.refine(&condition.refinements, taken, span);
            emit(self, taken)?;
            frames.push(self.pop_frame(back));
        }
        if let [yes, no] = &frames[..] {
            self.merge(node, yes, no, span)?;
        }
        Ok(())
    }

    /// Makes outputs of an `if` for the variables that its blocks assigned.
    pub(super) fn merge(&mut self, node: crate::ir::NodeId, yes: &Frame<'a>, no: &Frame<'a>, span: Span) -> Result<()> {
        let exits = [self.has_exited(yes.block), self.has_exited(no.block)];
        if exits == [true, true] {
            self.scope.exited.push(self.scope.block);
            return Ok(());
        }
        let names: BTreeSet<Arc<str>> = yes.vars.keys().chain(no.vars.keys()).cloned().collect();
        for name in names {
            let in_branch = |e: &mut Self, frame: &Frame<'a>| frame.vars.get(&name).cloned().or_else(|| e.find(&name));
            let found = [in_branch(self, yes), in_branch(self, no)];
            let innermost = self.scope.frames.len() - 1;
            let mut values: [Option<ValueId>; 2] = [None, None];
            let mut sugared = None;
            for (i, var) in found.iter().enumerate() {
                match var {
                    Some(Var::Value(v)) => values[i] = Some(*v),
                    Some(Var::Sugared(s)) => sugared = Some((i, s.clone())),
                    None => {}
                }
            }
            let missing = (0..2).find(|&i| !exits[i] && found[i].is_none());
            if let Some(side) = missing {
                let broken = Broken { why: BrokenBy::Missing(side == 0), span };
                self.scope.frames[innermost].broken.insert(name, broken);
                continue;
            }
            if let Some((side, sugared)) = sugared {
                // things without a run-time value survive only when the other branch does not come here
                if exits[1 - side] {
                    self.scope.frames[innermost].vars.insert(name, Var::Sugared(sugared));
                }
                continue;
            }
            let types = [0, 1].map(|i| if exits[i] { None } else { values[i].map(|v| self.ty(v).clone()) });
            let ty = match &types {
                [Some(a), Some(b)] => {
                    let before = match self.find(&name) {
                        Some(Var::Value(v)) => Some(self.ty(v).clone()),
                        _ => None,
                    };
                    let to_union = matches!(before, Some(Type::Union(_) | Type::Optional(_)));
                    match Type::unify(a, b, to_union) {
                        Some(both) => both,
                        None => {
                            let why = BrokenBy::Types(Box::new([a.clone(), b.clone()]));
                            self.scope.frames[innermost].vars.remove(&name);
                            self.scope.frames[innermost].broken.insert(name, Broken { why, span });
                            continue;
                        }
                    }
                }
                [Some(a), None] => a.clone(),
                [None, Some(b)] => b.clone(),
                [None, None] => continue,
            };
            for (i, block) in [yes.block, no.block].into_iter().enumerate() {
                let value = match (exits[i], values[i]) {
                    (false, Some(value)) => value,
                    _ => self.uninitialized_in(block, ty.clone()),
                };
                self.scope.graph.add_return(block, value);
            }
            let merged = self.scope.graph.add_output(node, ty);
            self.scope.names.later(&name, merged);
            self.scope.frames[innermost].vars.insert(name.clone(), Var::Value(merged));
            self.scope.frames[innermost].broken.remove(&name);
        }
        Ok(())
    }

    fn uninitialized_in(&mut self, block: BlockId, ty: Type) -> ValueId {
        let graph = &mut self.scope.graph;
        let node = graph.create("prim::Uninitialized", &[]);
        let out = graph.add_output(node, ty);
        graph.append(block, node);
        out
    }

    /// `return`: checked against the declared type, merged with the other returns.
    pub(super) fn emit_return(&mut self, value: ValueId, span: Span) -> Result<()> {
        let mut value = value;
        match self.scope.declared.clone() {
            Some(Type::Any) if *self.ty(value) != Type::Any => {
                value = self.emit("prim::unchecked_cast", &[value], Type::Any, span);
            }
            Some(declared) => {
                value = self.convert(value, &declared, span)?;
                if !self.ty(value).is_subtype(&declared) {
                    let message = format!(
                        "Return value was annotated as having type {} but is actually of type {}",
                        declared.annotation(),
                        self.ty(value).annotation()
                    );
                    return Err(self.error(span, message));
                }
            }
            None => {
                let actual = self.ty(value).clone();
                let merged = match &self.scope.returned {
                    None => Some(actual.clone()),
                    Some(before) => Type::unify(before, &actual, false),
                };
                if merged.is_none() {
                    let before = self.scope.returned.as_ref().map(Type::annotation).unwrap_or_default();
                    let message = format!(
                        "Previous return statement returned a value of type {before} but this return statement \
                         returns a value of type {}",
                        actual.annotation()
                    );
                    return Err(self.error(span, message));
                }
                self.scope.returned = merged;
            }
        }
        let block = self.scope.block;
        if block == Graph::ROOT && !self.scope.has_exits {
            self.scope.graph.add_return(block, value);
        } else {
            self.scope.has_exits = true;
            self.node("prim::ReturnStmt", &[value], span);
        }
        self.scope.exited.push(block);
        Ok(())
    }

    fn raise(&mut self, value: &'a Expr, span: Span) -> Result<()> {
        let (message, class) = match self.sugared(value, None, 1)? {
            // a class that is not called leaves no name
            Sugared::Exception(_) => (self.constant(IValue::str(""), span), None),
            Sugared::ExceptionMessage(message, class) => (message, class),
            _ => {
                return Err(self.error(span, "exceptions must derive from BaseException"));
            }
        };
        self.raise_exception(message, class, span);
        Ok(())
    }

    pub(super) fn raise_exception(&mut self, message: ValueId, class: Option<Arc<str>>, span: Span) {
        let class = match class {
            Some(class) => self.constant(IValue::Str(class), span),
            None => self.none(span),
        };
        self.node("prim::RaiseException", &[message, class], span);
        self.scope.exited.push(self.scope.block);
        self.scope.has_exits |= self.scope.block != Graph::ROOT;
        if self.scope.block == Graph::ROOT {
            self.scope.has_exits = true;
        }
    }

    fn assert(&mut self, cond: &'a Expr, message: Option<&'a Expr>, span: Span) -> Result<()> {
        let condition = self.condition(cond)?;
        let mut fail = |e: &mut Emitter<'a>, taken: bool| {
            if taken {
                return Ok(());
            }
            let text = match message {
                Some(message) => {
                    let message = e.expression(message, None)?;
                    match e.exception("".into(), &[message], span)? {
                        Sugared::ExceptionMessage(message, _) => message,
                        other => e.as_value(other, span)?,
                    }
                }
                None => e.constant(IValue::str("AssertionError: "), span),
            };
            e.raise_exception(text, None, span);
            Ok(())
        };
        match condition.known {
            Some(true) => {
                self.refine(&condition.refinements, true, span);
                Ok(())
            }
            Some(false) => fail(self, false),
            None => self.branch_on(condition, span, &mut fail),
        }
    }

    fn delete(&mut self, target: &'a Expr) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                // it is unknown from here on, but it must have been known
                self.lookup(name, target.span)?;
                let innermost = self.scope.frames.len() - 1;
                self.scope.frames[innermost].vars.remove(name);
                Ok(())
            }
            ExprKind::Tuple(items) => items.iter().try_for_each(|t| self.delete(t)),
            ExprKind::Subscript(object, items) => {
                let [item] = &items[..] else {
                    return Err(self.error(target.span, "Cannot delete several elements at once"));
                };
                if matches!(item.kind, ExprKind::Slice(_)) {
                    return Err(self.error(target.span, "del statements only support deletion at a single index, slicing is not supported (see https://github.com/pytorch/pytorch/issues/31430)"));
                }
                let object = self.expression(object, None)?;
                let item = self.expression(item, None)?;
                if let Type::Class(_) = self.ty(object) {
                    return self.call_magic("__delitem__", "aten::Delete", &[object, item], target.span).map(drop);
                }
                self.builtin("aten::Delete", &[object, item], &[], None, target.span).map(drop)
            }
            _ => Err(self.error(
                target.span,
                "del statements are only supported for deleting list and dict items and variables",
            )),
        }
    }

    fn with(&mut self, items: &'a [WithItem], body: &'a [Stmt], span: Span) -> Result<()> {
        let mut entered = Vec::new();
        for item in items {
            let object = self.expression(&item.context, None)?;
            let Type::Class(class) = self.ty(object).clone() else {
                return Err(self.error(item.context.span, "With item expression must return an object"));
            };
            let method = |e: &Self, name: &str, wanted: usize| {
                let function = crate::ir::Function::of_class(&class, name);
                let function = function.ok_or_else(|| {
                    e.error(
                        item.context.span,
                        "Object returned by with expression must have an __enter__ and an __exit__ method",
                    )
                })?;
                let schema = function.schema()?.clone();
                if schema.arguments.len() != wanted {
                    let message =
                        format!("{name} must have only {wanted} argument{}", if wanted == 1 { "" } else { "s" });
                    return Err(e.error(item.context.span, message));
                }
                Ok((function, schema))
            };
            let (enter, schema) = method(self, "__enter__", 1)?;
            let (exit, _) = method(self, "__exit__", 4)?;
            let range = self.range(item.context.span);
            self.callees.push((enter, range.clone()));
            self.callees.push((exit, range));
            let returned = schema.returns.first().map_or(Type::None, |r| r.ty.clone());
            let value = self.emit("prim::Enter", &[object], returned, item.context.span);
            if let Some(target) = &item.target {
                self.assign_to(target, Sugared::Value(value), target.span)?;
            }
            entered.push(object);
        }
        // the objects are left however the body is left
        let node = self.node(super::exits::WITH, &[], span);
        let outer = self.scope.block;
        self.scope.block = self.scope.graph.add_block(node);
        self.statements(body)?;
        if self.has_exited(self.scope.block) {
            self.scope.exited.push(outer);
        }
        self.scope.block = self.scope.graph.add_block(node);
        for object in entered.into_iter().rev() {
            self.emit("prim::Exit", &[object], Type::None, span);
        }
        self.scope.block = outer;
        Ok(())
    }
}
