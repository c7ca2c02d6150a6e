//! Loops and comprehensions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::sugared::{Iterable, Sugared};
use super::{Emitter, Var};
use crate::frontend::ast::{Comprehension, Expr, ExprKind, Span, Stmt, StmtKind};
use crate::ir::{BlockId, NodeId, ValueId};
use crate::value::{IValue, Type};
use crate::Result;

/// A loop that is being emitted.
pub(super) enum Loop<'a> {
    /// Its condition, if it has one; the variables that it may carry and their parameters; the early exits so far.
    Runtime {
        condition: Option<&'a Expr>,
        start: ValueId,
        carried: Vec<(Arc<str>, ValueId)>,
        exits: Vec<NodeId>,
    },
    Unrolled,
}

/// What a loop body does with the current element.
type Body<'a, 'b> = &'b mut dyn FnMut(&mut Emitter<'a>) -> Result<()>;

impl<'a> Emitter<'a> {
    pub(super) fn while_loop(&mut self, cond: &'a Expr, body: &'a [Stmt], span: Span) -> Result<()> {
        let trips = self.int(i64::MAX, span);
        let mut names = BTreeSet::new();
        names_in(cond, &mut names);
        body.iter().for_each(|s| names_in_statement(s, &mut names));
        self.runtime_loop(trips, Some(cond), names, span, &mut |e, _| e.statements(body))
    }

    pub(super) fn for_loop(
        &mut self,
        targets: &'a [Expr],
        iters: &'a [Expr],
        body: &'a [Stmt],
        span: Span,
    ) -> Result<()> {
        let [iter] = iters else {
            return Err(self.error(span, "List of iterables is not supported currently"));
        };
        let mut names = BTreeSet::new();
        targets.iter().for_each(|t| names_in(t, &mut names));
        body.iter().for_each(|s| names_in_statement(s, &mut names));
        let iterated = self.sugared(iter, None, 1)?;
        self.each(targets, iterated, names, span, &mut |e| e.statements(body))
    }

    /// Runs `body` for every element: a loop at run time, or unrolled for what differs by element.
    fn each(
        &mut self,
        targets: &'a [Expr],
        iterated: Sugared<'a>,
        names: BTreeSet<Arc<str>>,
        span: Span,
        body: Body<'a, '_>,
    ) -> Result<()> {
        let iterable = self.iterable(iterated, span)?;
        if iterable.is_unrolled() {
            let count = iterable.static_len().unwrap_or(0);
            for i in 0..count {
                let index = self.int(i as i64, span);
                let element = self.element(&iterable, index, Some(i), span)?;
                self.assign_targets(targets, element, span)?;
                self.scope.loops.push(Loop::Unrolled);
                let done = body(self);
                self.scope.loops.pop();
                done?;
                if self.has_exited(self.scope.block) {
                    break;
                }
            }
            return Ok(());
        }
        let trips = self.length(&iterable, span)?;
        self.runtime_loop(trips, None, names, span, &mut |e, index| {
            let element = e.element(&iterable, index, None, span)?;
            let element = Sugared::Value(e.as_value(element, span)?);
            e.assign_targets(targets, element, span)?;
            body(e)
        })
    }

    fn assign_targets(&mut self, targets: &'a [Expr], value: Sugared<'a>, span: Span) -> Result<()> {
        match targets {
            [list @ Expr { kind: ExprKind::List(_), .. }] => {
                let message = "lhs of assignment must be a variable, subscript, or starred expression";
                Err(self.error(list.span, message))
            }
            [one] => self.assign_to(one, value, span),
            several => self.assign_unpacked(several, value, span, span),
        }
    }

    /// `prim::Loop`. `names` are all variables that the loop may assign; those that it does not are not carried.
    pub(super) fn runtime_loop(
        &mut self,
        trips: ValueId,
        condition: Option<&'a Expr>,
        names: BTreeSet<Arc<str>>,
        span: Span,
        body: &mut dyn FnMut(&mut Emitter<'a>, ValueId) -> Result<()>,
    ) -> Result<()> {
        let start = match condition {
            Some(cond) => self.condition(cond)?.value,
            None => self.constant(IValue::Bool(true), span),
        };
        let mut carried: Vec<(Arc<str>, ValueId)> = Vec::new();
        for name in names {
            if let Some(Var::Value(value)) = self.find(&name) {
                carried.push((name, value));
            }
        }
        let mut inputs = vec![trips, start];
        inputs.extend(carried.iter().map(|(_, v)| *v));
        let node = self.node("prim::Loop", &inputs, span);
        let block = self.scope.graph.add_block(node);
        let index = self.scope.graph.add_param(block, Type::Int);
        let back = self.push_frame(block);
        let innermost = self.scope.frames.len() - 1;
        let mut params = Vec::new();
        for (name, value) in &carried {
            let ty = self.ty(*value).clone();
            let param = self.scope.graph.add_param(block, ty);
            self.scope.frames[innermost].vars.insert(name.clone(), Var::Value(param));
            params.push((name.clone(), param));
        }
        let entered = Loop::Runtime { condition, start, carried: params.clone(), exits: Vec::new() };
        self.scope.loops.push(entered);
        body(self, index)?;
        let ended = self.has_exited(block);
        let next = if ended && condition.is_some() {
            self.constant(IValue::Bool(true), span)
        } else {
            self.next_condition(condition, start)?
        };
        self.scope.graph.add_return(block, next);
        let exits = match self.scope.loops.pop() {
            Some(Loop::Runtime { exits, .. }) => exits,
            _ => Vec::new(),
        };
        let ends: Vec<ValueId> =
            params.iter().map(|(name, param)| if ended { *param } else { self.value_of(name, *param) }).collect();
        self.pop_frame(back);
        self.scope.exited.retain(|b| *b != block);
        self.carry(node, block, &carried, &params, &ends, &exits, span)
    }

    fn next_condition(&mut self, condition: Option<&'a Expr>, start: ValueId) -> Result<ValueId> {
        match condition {
            Some(cond) => Ok(self.condition(cond)?.value),
            None => Ok(start),
        }
    }

    fn value_of(&mut self, name: &Arc<str>, otherwise: ValueId) -> ValueId {
        match self.find(name) {
            Some(Var::Value(value)) => value,
            _ => otherwise,
        }
    }

    /// Carries the variables that changed through the loop, and drops the others.
    fn carry(
        &mut self,
        node: NodeId,
        block: BlockId,
        carried: &[(Arc<str>, ValueId)],
        params: &[(Arc<str>, ValueId)],
        ends: &[ValueId],
        exits: &[NodeId],
        span: Span,
    ) -> Result<()> {
        let mut changed = Vec::new();
        for (i, (_, param)) in params.iter().enumerate() {
            let elsewhere = exits.iter().any(|e| self.scope.graph.node(*e).inputs.get(i + 1) != Some(param));
            changed.push(ends[i] != *param || elsewhere);
        }
        for i in (0..params.len()).rev() {
            if changed[i] {
                continue;
            }
            for exit in exits {
                self.scope.graph.remove_node_input(*exit, i + 1);
            }
            self.scope.graph.replace_all_uses(params[i].1, carried[i].1);
            self.scope.graph.remove_param(block, i + 1);
            self.scope.graph.remove_node_input(node, i + 2);
        }
        let innermost = self.scope.frames.len() - 1;
        for (i, (name, param)) in params.iter().enumerate() {
            if !changed[i] {
                continue;
            }
            let ty = self.ty(*param).clone();
            if !self.ty(ends[i]).is_subtype(&ty) {
                let message = format!(
                    "Variable '{name}' previously had type {} but is now being assigned to a value of type {}",
                    ty.annotation(),
                    self.ty(ends[i]).annotation()
                );
                return Err(self.error(span, message));
            }
            self.scope.graph.add_return(block, ends[i]);
            let out = self.scope.graph.add_output(node, ty);
            self.scope.names.later(name, *param);
            self.scope.names.later(name, out);
            self.scope.frames[innermost].vars.insert(name.clone(), Var::Value(out));
        }
        Ok(())
    }

    /// `break` and `continue`.
    pub(super) fn exit_loop(&mut self, goes_on: bool, span: Span) -> Result<()> {
        let word = if goes_on { "continue" } else { "break" };
        let (condition, start, carried) = match self.scope.loops.last() {
            Some(Loop::Runtime { condition, start, carried, .. }) => (*condition, *start, carried.clone()),
            Some(Loop::Unrolled) => return Err(self.error(
                span,
                "Because we emit iteration over modulelists or tuples as unrolled loops, we do not support break or \
                     continue inside the body of these loops",
            )),
            None => return Err(self.error(span, format!("SyntaxError: '{word}' outside loop"))),
        };
        let next =
            if goes_on { self.next_condition(condition, start)? } else { self.constant(IValue::Bool(false), span) };
        let mut inputs = vec![next];
        for (name, param) in &carried {
            inputs.push(self.value_of(name, *param));
        }
        let node = self.node("prim::LoopContinuation", &inputs, span);
        if let Some(Loop::Runtime { exits, .. }) = self.scope.loops.last_mut() {
            exits.push(node);
        }
        self.scope.exited.push(self.scope.block);
        self.scope.has_exits = true;
        Ok(())
    }

    /// `[element for target in iter]`.
    pub(super) fn list_comprehension(
        &mut self,
        c: &'a Comprehension,
        hint: Option<&Type>,
        span: Span,
    ) -> Result<Sugared<'a>> {
        let iterated = self.sugared(&c.iter, None, 1)?;
        let iterable = self.iterable(iterated, c.iter.span)?;
        let targets = std::slice::from_ref(&c.target);
        if iterable.is_unrolled() {
            let mut items = Vec::new();
            for i in 0..iterable.static_len().unwrap_or(0) {
                let index = self.int(i as i64, span);
                let element = self.element(&iterable, index, Some(i), span)?;
                self.assign_targets(targets, element, span)?;
                items.push(self.expression(&c.element, None)?);
            }
            let element = items.first().map_or(Type::TENSOR, |item| self.ty(*item).clone());
            return self.list_of(element, &items, span).map(Sugared::Value);
        }
        let hint = match hint {
            Some(Type::List(element)) => Some((**element).clone()),
            Some(Type::Optional(inner)) => match &**inner {
                Type::List(element) => Some((**element).clone()),
                _ => None,
            },
            _ => None,
        };
        let list = self.list(hint.clone().unwrap_or(Type::TENSOR), &[], span);
        let mut names = BTreeSet::new();
        names_in(&c.target, &mut names);
        names_in(&c.element, &mut names);
        let trips = self.length(&iterable, span)?;
        self.scoped(|e| {
            e.runtime_loop(trips, None, names, span, &mut |e, index| {
                let element = e.element(&iterable, index, None, span)?;
                let element = Sugared::Value(e.as_value(element, span)?);
                e.assign_targets(targets, element, span)?;
                let item = e.expression(&c.element, hint.as_ref())?;
                if hint.is_none() {
                    let ty = Type::list(e.ty(item).clone());
                    e.scope.graph.set_ty(list, ty);
                }
                e.builtin("aten::append", &[item], &[], Some(list), span).map(drop)
            })
        })?;
        Ok(Sugared::Value(list))
    }

    /// `{key: element for target in iter}`.
    pub(super) fn dict_comprehension(
        &mut self,
        key: &'a Expr,
        c: &'a Comprehension,
        hint: Option<&Type>,
        span: Span,
    ) -> Result<ValueId> {
        let iterated = self.sugared(&c.iter, None, 1)?;
        let hint = match hint {
            Some(Type::Dict(..)) => hint.cloned(),
            _ => None,
        };
        let start = hint.clone().unwrap_or(Type::dict(Type::Str, Type::TENSOR));
        let dict = self.emit("prim::DictConstruct", &[], start, span);
        let mut names = BTreeSet::new();
        names_in(&c.target, &mut names);
        names_in(&c.element, &mut names);
        names_in(key, &mut names);
        let targets = std::slice::from_ref(&c.target);
        self.scoped(|e| {
            e.each(targets, iterated, names, span, &mut |e| {
                let k = e.expression(key, None)?;
                let v = e.expression(&c.element, None)?;
                if hint.is_none() {
                    let ty = Type::dict(e.ty(k).clone(), e.ty(v).clone());
                    e.scope.graph.set_ty(dict, ty);
                }
                e.builtin("aten::_set_item", &[dict, k, v], &[], None, span).map(drop)
            })
        })?;
        Ok(dict)
    }

    /// Runs `emit` with a frame of its own, so that comprehension targets do not leak.
    fn scoped(&mut self, emit: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let innermost = self.scope.frames.len() - 1;
        let before = self.scope.frames[innermost].vars.clone();
        let done = emit(self);
        self.scope.frames[innermost].vars = before;
        done
    }

    /// The trip count of a loop over something.
    pub(super) fn length(&mut self, iterable: &Iterable<'a>, span: Span) -> Result<ValueId> {
        let mut lengths = Vec::new();
        self.lengths(iterable, span, &mut lengths)?;
        match lengths[..] {
            [] => Ok(self.int(0, span)),
            [one] => Ok(one),
            _ => {
                let list = self.list(Type::Int, &lengths, span);
                self.builtin("prim::min", &[list], &[], None, span)
            }
        }
    }

    fn lengths(&mut self, iterable: &Iterable<'a>, span: Span, out: &mut Vec<ValueId>) -> Result<()> {
        match iterable {
            Iterable::Zip(parts) => parts.iter().try_for_each(|p| self.lengths(p, span, out)),
            Iterable::Range { start, stop, step } => {
                let length = match start {
                    None => *stop,
                    Some(start) => self.builtin("aten::__range_length", &[*start, *stop, *step], &[], None, span)?,
                };
                out.push(length);
                Ok(())
            }
            Iterable::Value(value) => {
                let length = self.length_of(*value, span)?;
                out.push(length);
                Ok(())
            }
            Iterable::Items(items) => {
                let length = self.int(items.len() as i64, span);
                out.push(length);
                Ok(())
            }
        }
    }

    pub(super) fn length_of(&mut self, value: ValueId, span: Span) -> Result<ValueId> {
        if let Type::Class(_) = self.ty(value) {
            return self.call_magic("__len__", "aten::len", &[value], span);
        }
        self.builtin("aten::len", &[value], &[], None, span)
    }

    /// Element `index` of what a loop runs over; `position` is the index where it is known now.
    pub(super) fn element(
        &mut self,
        iterable: &Iterable<'a>,
        index: ValueId,
        position: Option<usize>,
        span: Span,
    ) -> Result<Sugared<'a>> {
        match iterable {
            Iterable::Range { start, step, .. } => match start {
                None => Ok(Sugared::Value(index)),
                Some(start) => {
                    let out = self.builtin("aten::__derive_index", &[index, *start, *step], &[], None, span)?;
                    Ok(Sugared::Value(out))
                }
            },
            Iterable::Value(value) => {
                let out = match self.ty(*value) {
                    Type::Tensor(_) => {
                        let zero = self.int(0, span);
                        self.builtin("aten::select", &[*value, zero, index], &[], None, span)?
                    }
                    Type::Class(_) => self.call_magic("__getitem__", "aten::__getitem__", &[*value, index], span)?,
                    _ => self.builtin("aten::__getitem__", &[*value, index], &[], None, span)?,
                };
                Ok(Sugared::Value(out))
            }
            Iterable::Items(items) => match position.and_then(|p| items.get(p)) {
                Some(item) => Ok(item.clone()),
                None => Err(self.error(span, "a tuple can only be iterated over by an unrolled loop")),
            },
            Iterable::Zip(parts) => {
                let mut items = Vec::new();
                for part in parts {
                    items.push(self.element(part, index, position, span)?);
                }
                Ok(Sugared::Tuple(items))
            }
        }
    }
}

/// Every name that stands in an expression.
fn names_in(expr: &Expr, out: &mut BTreeSet<Arc<str>>) {
    match &expr.kind {
        ExprKind::Name(name) => drop(out.insert(name.clone())),
        ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|e| names_in(e, out)),
        ExprKind::Dict(items) => items.iter().for_each(|(k, v)| {
            names_in(k, out);
            names_in(v, out);
        }),
        ExprKind::ListComp(c) => [&c.element, &c.target, &c.iter].into_iter().for_each(|e| names_in(e, out)),
        ExprKind::DictComp { key, comprehension: c } => {
            [&**key, &c.element, &c.target, &c.iter].into_iter().for_each(|e| names_in(e, out))
        }
        ExprKind::Unary(_, e) | ExprKind::Attribute(e, _) | ExprKind::Starred(e) => names_in(e, out),
        ExprKind::Binary { first, rest } => {
            names_in(first, out);
            rest.iter().for_each(|l| names_in(&l.right, out));
        }
        ExprKind::Ternary(t) => [&t.cond, &t.then, &t.otherwise].into_iter().for_each(|e| names_in(e, out)),
        ExprKind::Call(call) => {
            names_in(&call.callee, out);
            call.args.iter().for_each(|e| names_in(e, out));
            call.kwargs.iter().for_each(|k| names_in(&k.value, out));
        }
        ExprKind::Subscript(value, items) => {
            names_in(value, out);
            items.iter().for_each(|e| names_in(e, out));
        }
        ExprKind::Slice(s) => {
            [&s.start, &s.stop, &s.step].into_iter().flatten().for_each(|e| names_in(e, out));
        }
        _ => {}
    }
}

/// Every name that stands in a statement.
fn names_in_statement(statement: &Stmt, out: &mut BTreeSet<Arc<str>>) {
    let mut block = |statements: &[Stmt]| statements.iter().for_each(|s| names_in_statement(s, out));
    match &statement.kind {
        StmtKind::If { cond, then, otherwise } => {
            block(then);
            block(otherwise);
            names_in(cond, out);
        }
        StmtKind::While { cond, body } => {
            block(body);
            names_in(cond, out);
        }
        StmtKind::For { targets, iters, body } => {
            block(body);
            targets.iter().chain(iters).for_each(|e| names_in(e, out));
        }
        StmtKind::With { items, body } => {
            block(body);
            for item in items {
                names_in(&item.context, out);
                item.target.iter().for_each(|e| names_in(e, out));
            }
        }
        StmtKind::Return(e) | StmtKind::Raise(e) | StmtKind::Expr(e) => names_in(e, out),
        StmtKind::Assert { cond, message } => {
            names_in(cond, out);
            message.iter().for_each(|e| names_in(e, out));
        }
        StmtKind::Delete(targets) => targets.iter().for_each(|e| names_in(e, out)),
        StmtKind::Assign { targets, value, .. } => {
            targets.iter().chain(value).for_each(|e| names_in(e, out));
        }
        StmtKind::AugAssign { target, value, .. } => {
            names_in(target, out);
            names_in(value, out);
        }
        StmtKind::Break | StmtKind::Continue | StmtKind::Pass | StmtKind::Global(_) => {}
        StmtKind::Def(def) => {
            out.insert(def.name.name.clone());
        }
    }
}
