//! Subscripts: reading, slicing, assigning.

use super::sugared::{Iterable, Sugared};
use super::Emitter;
use crate::frontend::ast::{BinaryOp, Expr, ExprKind, Slice, Span};
use crate::ir::ValueId;
use crate::value::{IValue, TupleType, Type};
use crate::Result;

impl<'a> Emitter<'a> {
    pub(super) fn subscript(
        &mut self,
        object: &'a Expr,
        items: &'a [Expr],
        hint: Option<&Type>,
        span: Span,
    ) -> Result<Sugared<'a>> {
        let _ = hint;
        let container = self.sugared(object, None, 1)?;
        let container = match container {
            Sugared::Tuple(parts) => return self.known_subscript(parts, items, span),
            Sugared::Iterable(iterable) => match &*iterable {
                Iterable::Items(parts) => return self.known_subscript(parts.clone(), items, span),
                _ => self.as_value(Sugared::Iterable(iterable), object.span)?,
            },
            other => self.as_value(other, object.span)?,
        };
        let ty = self.ty(container).clone();
        let [item] = items else {
            if !ty.is_tensor() {
                let message = "Unsupported operation: attempted to use multidimensional indexing on a non-tensor type";
                return Err(self.error(span, message));
            }
            return self.index_tensor(container, items, span).map(Sugared::Value);
        };
        if ty.is_tensor() {
            return self.index_tensor(container, items, span).map(Sugared::Value);
        }
        if let ExprKind::Slice(slice) = &item.kind {
            return match &ty {
                Type::Tuple(tuple) => self.slice_tuple(container, tuple, slice, span).map(Sugared::Value),
                Type::Class(class) if class.is_module() => {
                    let children = self.module_children(container, class, span);
                    let parts: Vec<_> = children.into_iter().map(|(_, v)| v).collect();
                    self.known_subscript(parts, items, span)
                }
                _ => self.slice(container, None, slice, span).map(Sugared::Value),
            };
        }
        match &ty {
            Type::Tuple(tuple) => {
                let index = self.expression(item, None)?;
                let known = self.known_index(item, index);
                self.tuple_index(container, tuple, index, known, span).map(Sugared::Value)
            }
            Type::Class(class) if class.is_module() && !class.has_method("__getitem__") => {
                let children = self.module_children(container, class, span);
                if let ExprKind::Str(name) = &item.kind {
                    let found = children.into_iter().find(|(n, _)| n == name).map(|(_, v)| v);
                    return found.ok_or_else(|| self.error(item.span, format!("Key Error, {name}")));
                }
                let parts: Vec<_> = children.into_iter().map(|(_, v)| v).collect();
                self.known_subscript(parts, items, span)
            }
            Type::Int | Type::Float | Type::Bool | Type::Complex | Type::None | Type::Device | Type::Number => {
                Err(self.error(object.span, format!("'{}' object is not subscriptable", ty.annotation())))
            }
            _ => {
                let key_hint = match &ty {
                    Type::Dict(key, _) => Some((**key).clone()),
                    _ => None,
                };
                let index = self.expression(item, key_hint.as_ref())?;
                self.call_magic("__getitem__", "aten::__getitem__", &[container, index], span).map(Sugared::Value)
            }
        }
    }

    /// Elements known at compile time: only constant indices and slices make sense.
    fn known_subscript(&mut self, parts: Vec<Sugared<'a>>, items: &'a [Expr], span: Span) -> Result<Sugared<'a>> {
        let [item] = items else {
            return Err(self.error(span, "Only one index is supported here"));
        };
        if let ExprKind::Slice(slice) = &item.kind {
            let (start, stop, step) = self.constant_slice(slice)?;
            let picked = slice_positions(parts.len(), start, stop, step);
            return Ok(Sugared::Tuple(picked.into_iter().map(|i| parts[i].clone()).collect()));
        }
        let index = self.expression(item, None)?;
        let Some(IValue::Int(index)) = self.known_index(item, index) else {
            return Err(self.error(
                span,
                "Unable to extract string literal index. ModuleList/Sequential indexing is only supported with integer \
                 literals",
            ));
        };
        match position(index, parts.len()) {
            Some(at) => Ok(parts[at].clone()),
            None => Err(self.error(span, "Tuple index out of range")),
        }
    }

    /// The value of an index where it stands in the text: variables are not looked through, whatever was assigned to them.
    fn known_index(&mut self, index: &Expr, value: ValueId) -> Option<IValue> {
        match index.as_name() {
            Some(name) if self.find(name).is_some() => None,
            _ => self.scope.graph.constant(value),
        }
    }

    fn tuple_index(
        &mut self,
        tuple: ValueId,
        ty: &TupleType,
        index: ValueId,
        known: Option<IValue>,
        span: Span,
    ) -> Result<ValueId> {
        if *self.ty(index) != Type::Int {
            return Err(self.error(span, "tuple index must be an integer"));
        }
        let element = match known {
            Some(IValue::Int(i)) => match position(i, ty.elements.len()) {
                Some(at) => ty.elements[at].clone(),
                None => {
                    let message =
                        format!("Tuple index out of range. Tuple is length {} and index is {i}", ty.elements.len());
                    return Err(self.error(span, message));
                }
            },
            _ => match ty.elements.split_first() {
                Some((first, rest)) if rest.iter().all(|t| t == first) => first.clone(),
                _ => {
                    let message = format!(
                        "Cannot index into a {} with a non-integer literal because we cannot resolve the output type",
                        self.ty(tuple).annotation()
                    );
                    return Err(self.error(span, message));
                }
            },
        };
        Ok(self.emit("prim::TupleIndex", &[tuple, index], element, span))
    }

    fn slice_tuple(&mut self, tuple: ValueId, ty: &TupleType, slice: &'a Slice, span: Span) -> Result<ValueId> {
        let (start, stop, step) = self.constant_slice(slice)?;
        let positions = slice_positions(ty.elements.len(), start, stop, step);
        let mut picked = Vec::with_capacity(positions.len());
        for at in positions {
            let index = self.constant(IValue::Int(at as i64), span);
            picked.push(self.emit("prim::TupleIndex", &[tuple, index], ty.elements[at].clone(), span));
        }
        Ok(self.tuple(&picked, span))
    }

    fn constant_slice(&mut self, slice: &'a Slice) -> Result<(Option<i64>, Option<i64>, i64)> {
        let mut part = |e: &'a Option<Expr>| -> Result<Option<i64>> {
            let Some(e) = e else { return Ok(None) };
            let value = self.expression(e, None)?;
            match self.known_index(e, value) {
                Some(IValue::Int(v)) => Ok(Some(v)),
                Some(IValue::None) => Ok(None),
                _ => Err(self.error(e.span, "tuple slice indices must be integer constants")),
            }
        };
        let (start, stop, step) = (part(&slice.start)?, part(&slice.stop)?, part(&slice.step)?);
        Ok((start, stop, step.unwrap_or(1)))
    }

    /// `aten::slice` of a list, string, or of one dimension of a tensor.
    fn slice(&mut self, value: ValueId, dim: Option<ValueId>, slice: &'a Slice, span: Span) -> Result<ValueId> {
        let mut args = vec![value];
        args.extend(dim);
        for bound in [&slice.start, &slice.stop] {
            args.push(match bound {
                Some(bound) => self.expression(bound, None)?,
                None => self.none(span),
            });
        }
        args.push(match &slice.step {
            Some(step) => self.expression(step, None)?,
            None => self.int(1, span),
        });
        if matches!(self.ty(value), Type::Class(_)) {
            return Err(self.error(span, "slicing is not supported on this object"));
        }
        self.builtin("aten::slice", &args, &[], None, span)
    }

    fn index_tensor(&mut self, tensor: ValueId, items: &'a [Expr], span: Span) -> Result<ValueId> {
        let (sliced, indices) = self.slice_tensor(tensor, items, span)?;
        if indices.is_empty() {
            return Ok(sliced);
        }
        let list = self.list(Type::optional(Type::TENSOR), &indices, span);
        self.builtin("aten::index", &[sliced, list], &[], None, span)
    }

    /// Applies slices, integers and None; returns what is left and the tensor indices for it.
    ///
    /// Subscripts apply from left to right up to an ellipsis, and those behind it count dimensions from the end.
    fn slice_tensor(&mut self, tensor: ValueId, items: &'a [Expr], span: Span) -> Result<(ValueId, Vec<ValueId>)> {
        enum Index {
            Skip,
            Value(ValueId),
        }
        let is_dots = |e: &Expr| matches!(e.kind, ExprKind::Dots);
        let dots = items.iter().position(is_dots);
        let mut dims = vec![0i64; items.len()];
        let mut indices: Vec<Index> = items.iter().map(|_| Index::Skip).collect();
        let forward = 0..dots.unwrap_or(items.len());
        let backward = dots.map_or(0..0, |d| d + 1..items.len());
        let (mut dim, mut from_end) = (0i64, -1i64);
        let order: Vec<(usize, bool)> = forward.map(|i| (i, false)).chain(backward.rev().map(|i| (i, true))).collect();
        for (at, reverse) in order {
            let item = &items[at];
            if is_dots(item) {
                return Err(self.error(span, "An index can only have a single ellipsis ('...')"));
            }
            dims[at] = if reverse { from_end } else { dim };
            // how many dimensions of the result this subscript makes, and whether it takes one of the tensor
            let (makes, takes) = if matches!(item.kind, ExprKind::Slice(_)) {
                (1, true)
            } else {
                let mut index = self.expression(item, None)?;
                if matches!(self.ty(index), Type::List(_)) {
                    let dtype = self.constant(IValue::Int(4), span);
                    index = self.builtin("aten::tensor", &[index], &[("dtype".into(), dtype)], None, span)?;
                }
                indices[at] = Index::Value(index);
                match self.ty(index) {
                    Type::None => (1, false),
                    Type::Int => (0, true),
                    t if t.is_subtype(&Type::optional(Type::TENSOR)) => {
                        if reverse {
                            let message = "Ellipses followed by tensor indexing is currently not supported";
                            return Err(self.error(span, message));
                        }
                        (1, true)
                    }
                    other => {
                        let message = format!(
                            "Unsupported operation: indexing tensor with unsupported index type '{}'. Only ints, \
                             slices, lists and tensors are supported",
                            other.annotation()
                        );
                        return Err(self.error(span, message));
                    }
                }
            };
            if reverse {
                from_end -= i64::from(takes);
            } else {
                dim += makes;
            }
        }
        let mut sliced = tensor;
        let mut tensors: Vec<Option<ValueId>> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match (&item.kind, &indices[at]) {
                (ExprKind::Slice(slice), _) => {
                    let dim = self.constant(IValue::Int(dims[at]), span);
                    sliced = self.slice(sliced, Some(dim), slice, span)?;
                }
                (_, Index::Value(index)) => match self.ty(*index) {
                    Type::None => {
                        let dim = self.constant(IValue::Int(dims[at]), span);
                        sliced = self.builtin("aten::unsqueeze", &[sliced, dim], &[], None, span)?;
                    }
                    Type::Int => {
                        let dim = self.constant(IValue::Int(dims[at]), span);
                        sliced = self.builtin("aten::select", &[sliced, dim, *index], &[], None, span)?;
                    }
                    _ => {
                        let place = usize::try_from(dims[at]).unwrap_or(0);
                        if tensors.len() <= place {
                            tensors.resize(place + 1, None);
                        }
                        tensors[place] = Some(*index);
                    }
                },
                _ => {}
            }
        }
        let mut filled = Vec::with_capacity(tensors.len());
        for tensor in tensors {
            filled.push(match tensor {
                Some(tensor) => tensor,
                None => self.none(span),
            });
        }
        Ok((sliced, filled))
    }

    /// `object[items] = value`.
    pub(super) fn assign_subscript(
        &mut self,
        object: &'a Expr,
        items: &'a [Expr],
        value: ValueId,
        span: Span,
        statement: Span,
    ) -> Result<()> {
        let container = self.expression(object, None)?;
        if self.ty(container).is_tensor() {
            let (sliced, indices) = self.slice_tensor(container, items, span)?;
            let value = self.to_tensor_like(value, sliced, statement)?;
            return self.write_tensor(sliced, &indices, value, statement);
        }
        let item = match items {
            [item] if !matches!(item.kind, ExprKind::Slice(_)) => item,
            _ => {
                let brackets = Span { start: object.span.end, end: span.end.saturating_sub(1) };
                let message =
                    "Sliced expression not yet supported for subscripted assignment. File a bug if you want this";
                return Err(self.error(brackets, message));
            }
        };
        if let Type::Tuple(_) = self.ty(container) {
            let message = format!("{} does not support subscripted assignment", self.ty(container).annotation());
            return Err(self.error(span, message));
        }
        let index = self.expression(item, None)?;
        self.call_magic("__setitem__", "aten::_set_item", &[container, index, value], statement).map(drop)
    }

    fn write_tensor(&mut self, sliced: ValueId, indices: &[ValueId], value: ValueId, span: Span) -> Result<()> {
        if indices.is_empty() {
            return self.builtin("aten::copy_", &[sliced, value], &[], None, span).map(drop);
        }
        let list = self.list(Type::optional(Type::TENSOR), indices, span);
        self.builtin("aten::index_put_", &[sliced, list, value], &[], None, span).map(drop)
    }

    /// A number as a tensor of the dtype and device of `like`.
    fn to_tensor_like(&mut self, value: ValueId, like: ValueId, span: Span) -> Result<ValueId> {
        if !matches!(self.ty(value), Type::Int | Type::Float | Type::Bool | Type::Complex | Type::Number) {
            return Ok(value);
        }
        let dtype = self.builtin("prim::dtype", &[like], &[], None, span)?;
        let device = self.builtin("prim::device", &[like], &[], None, span)?;
        let keywords = [("dtype".into(), dtype), ("device".into(), device)];
        self.builtin("aten::tensor", &[value], &keywords, None, span)
    }

    /// `object[items] op= value`.
    pub(super) fn augmented_subscript(
        &mut self,
        object: &'a Expr,
        items: &'a [Expr],
        op: BinaryOp,
        value: &'a Expr,
        span: Span,
        statement: Span,
    ) -> Result<()> {
        let container = self.expression(object, None)?;
        if self.ty(container).is_tensor() {
            let (sliced, indices) = self.slice_tensor(container, items, span)?;
            if indices.is_empty() {
                return self.augmented_value(sliced, op, value, statement).map(drop);
            }
            let list = self.list(Type::optional(Type::TENSOR), &indices, span);
            let (operator, magic) = super::expressions::augmented_operator(op, &Type::TENSOR);
            let right = self.expression(value, None)?;
            let indexed = self.builtin("aten::index", &[sliced, list], &[], None, span)?;
            let result = self.augmented_by(indexed, right, operator, magic, statement)?;
            return self.builtin("aten::index_put_", &[sliced, list, result], &[], None, statement).map(drop);
        }
        let [item] = items else {
            return Err(self.error(span, "Only tensors can be assigned to by several subscripts"));
        };
        if matches!(item.kind, ExprKind::Slice(_)) {
            return Err(self.error(span, "Sliced expression not yet supported for augmented assignment"));
        }
        let index = self.expression(item, None)?;
        let old = self.call_magic("__getitem__", "aten::__getitem__", &[container, index], span)?;
        let result = self.augmented_value(old, op, value, statement)?;
        self.call_magic("__setitem__", "aten::_set_item", &[container, index, result], statement).map(drop)
    }
}

fn position(index: i64, len: usize) -> Option<usize> {
    let adjusted = if index < 0 { index.checked_add(len as i64)? } else { index };
    usize::try_from(adjusted).ok().filter(|i| *i < len)
}

/// The positions that a Python slice picks.
fn slice_positions(len: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> Vec<usize> {
    let len = len as i64;
    let clamp = |v: i64, low: i64, high: i64| (if v < 0 { v.saturating_add(len) } else { v }).clamp(low, high);
    let mut out = Vec::new();
    if step > 0 {
        let (mut at, stop) = (clamp(start.unwrap_or(0), 0, len), clamp(stop.unwrap_or(len), 0, len));
        while at < stop {
            out.push(at as usize);
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let mut at = clamp(start.unwrap_or(len - 1), -1, len - 1);
        let stop = stop.map_or(-1, |s| clamp(s, -1, len - 1));
        while at > stop {
            out.push(at as usize);
            at = at.saturating_add(step);
        }
    }
    out
}
