//! Calls that are no ordinary calls: `annotate`, `range`, `isinstance`, casts, …

use std::rc::Rc;

use super::sugared::{Iterable, Sugared};
use super::Emitter;
use crate::error::ErrorKind;
use crate::frontend::ast::{Call, Expr, ExprKind, Span};
use crate::frontend::unit::located;
use crate::ir::ValueId;
use crate::value::{IValue, Type};
use crate::Result;

#[derive(Clone, Copy)]
pub(super) enum Special {
    Annotate,
    UncheckedCast,
    Uninitialized,
    IsInstance,
    HasAttr,
    GetAttr,
    Print,
    Range,
    Enumerate,
    Zip,
    Tuple,
    List,
    Dict,
    Fork,
    Awaitable,
    IsScripting,
    /// Source text is never traced.
    IsTracing,
    /// `x.tolist`.
    ToList(ValueId),
    /// `inf`, `nan`.
    Float(f64),
    /// `infj`, `nanj`.
    Imaginary(f64),
    Rpc,
    /// `torch.FloatTensor`: makes tensors of the dtype of this code.
    Legacy(i64),
}

impl Special {
    pub fn from_name(name: &str, archive: bool) -> Option<Special> {
        Some(match name {
            "isinstance" => Special::IsInstance,
            "hasattr" => Special::HasAttr,
            "getattr" => Special::GetAttr,
            "print" => Special::Print,
            "range" => Special::Range,
            "enumerate" => Special::Enumerate,
            "zip" => Special::Zip,
            "tuple" => Special::Tuple,
            "list" => Special::List,
            "dict" => Special::Dict,
            "annotate" if archive => Special::Annotate,
            "unchecked_cast" if archive => Special::UncheckedCast,
            "uninitialized" if archive => Special::Uninitialized,
            "fork" if archive => Special::Fork,
            "awaitable" if archive => Special::Awaitable,
            "inf" if archive => Special::Float(f64::INFINITY),
            "nan" if archive => Special::Float(f64::NAN),
            "infj" if archive => Special::Imaginary(f64::INFINITY),
            "nanj" if archive => Special::Imaginary(f64::NAN),
            _ => return None,
        })
    }

    /// What messages call it.
    pub fn kind(self) -> &'static str {
        match self {
            Special::Annotate => "annotate",
            Special::UncheckedCast => "unchecked_cast",
            Special::Uninitialized => "Uninitialized",
            Special::IsInstance => "isinstance",
            Special::HasAttr => "HasAttr",
            Special::GetAttr => "GetAttr",
            Special::Print => "print",
            Special::Range => "range",
            Special::Enumerate => "enumerate",
            Special::Zip => "zip",
            Special::Tuple => "TupleConstruct",
            Special::List => "list",
            Special::Dict => "dict",
            Special::Fork => "fork",
            Special::Awaitable => "awaitable",
            Special::IsScripting | Special::IsTracing => "builtin",
            Special::ToList(_) => "tolist",
            Special::Legacy(_) => "LegacyTypedConstructor",
            Special::Float(_) | Special::Imaginary(_) => "number",
            Special::Rpc => "rpc",
        }
    }

    pub fn of_torch(path: &str, name: &str) -> Option<Special> {
        Some(match (path, name) {
            ("torch.jit", "annotate") => Special::Annotate,
            ("torch.jit", "isinstance") => Special::IsInstance,
            ("torch.jit", "fork" | "_fork") | ("torch", "_fork") => Special::Fork,
            ("torch.jit", "_awaitable") => Special::Awaitable,
            ("torch.jit", "is_scripting") => Special::IsScripting,
            ("torch.jit", "is_tracing") => Special::IsTracing,
            ("torch.jit", "unchecked_cast") => Special::UncheckedCast,
            (_, "rpc_async" | "rpc_sync" | "remote") => Special::Rpc,
            ("torch", _) => Special::Legacy(legacy_dtype(name)?),
            _ => return None,
        })
    }
}

/// A type used as a function.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Cast {
    Int,
    Float,
    Bool,
    Complex,
    Str,
}

impl Cast {
    pub fn from_name(name: &str) -> Option<Cast> {
        Some(match name {
            "int" => Cast::Int,
            "float" => Cast::Float,
            "bool" => Cast::Bool,
            "complex" => Cast::Complex,
            "str" => Cast::Str,
            _ => return None,
        })
    }
    /// The method of objects that it calls.
    pub fn magic(self) -> &'static str {
        self.parts().2
    }
    fn parts(self) -> (Type, &'static str, &'static str) {
        match self {
            Cast::Int => (Type::Int, "aten::Int", "__int__"),
            Cast::Float => (Type::Float, "aten::Float", "__float__"),
            Cast::Bool => (Type::Bool, "aten::Bool", "__bool__"),
            Cast::Complex => (Type::Complex, "aten::Complex", "__complex__"),
            Cast::Str => (Type::Str, "aten::str", "__str__"),
        }
    }
}

impl<'a> Emitter<'a> {
    pub(super) fn cast(&mut self, cast: Cast, call: &'a Call, span: Span) -> Result<Sugared<'a>> {
        let args = self.arguments(call)?;
        let (ty, operator, magic) = cast.parts();
        if let ([value], []) = (&args.positional[..], &args.keywords[..]) {
            if self.ty(*value).is_subtype(&ty) {
                return Ok(Sugared::Value(*value));
            }
            if let Type::Class(_) = self.ty(*value) {
                return self.call_magic(magic, operator, &[*value], span).map(Sugared::Value);
            }
            if cast == Cast::Bool {
                return self.truth(*value, span).map(Sugared::Value);
            }
        }
        self.builtin(operator, &args.positional, &args.keywords, None, span).map(Sugared::Value)
    }

    pub(super) fn special(
        &mut self,
        special: Special,
        call: &'a Call,
        hint: Option<&Type>,
        at: Span,
        span: Span,
    ) -> Result<Sugared<'a>> {
        let count = |e: &Self, wanted: usize| {
            let name = match &call.callee.kind {
                ExprKind::Attribute(_, name) => &*name.name,
                ExprKind::Name(name) => name,
                _ => special.kind(),
            };
            if call.args.len() != wanted {
                let message = format!("{name} expected exactly {wanted} arguments but found {}", call.args.len());
                return Err(e.error(span, message));
            }
            match call.kwargs.is_empty() {
                true => Ok(()),
                false => Err(e.error(span, format!("{name} takes no keyword arguments"))),
            }
        };
        match special {
            Special::Annotate => {
                count(self, 2)?;
                let ty = self.parse_type(&call.args[0])?;
                let value = self.expression(&call.args[1], Some(&ty))?;
                let value = self.convert(value, &ty, at)?;
                if !self.ty(value).is_subtype(&ty) {
                    let message = format!(
                        "expected an expression of type {} but found {}",
                        ty.annotation(),
                        self.ty(value).annotation()
                    );
                    return Err(self.error(call.args[1].span, message));
                }
                if *self.ty(value) == Type::None && ty != Type::None {
                    return Ok(Sugared::Value(self.typed_constant(IValue::None, ty, span)));
                }
                Ok(Sugared::Value(value))
            }
            Special::UncheckedCast => {
                count(self, 2)?;
                let ty = self.parse_type(&call.args[0])?;
                let value = self.expression(&call.args[1], None)?;
                Ok(Sugared::Value(self.emit("prim::unchecked_cast", &[value], ty, at)))
            }
            Special::Uninitialized => {
                count(self, 1)?;
                let ty = self.parse_type(&call.args[0])?;
                Ok(Sugared::Value(self.emit("prim::Uninitialized", &[], ty, at)))
            }
            Special::IsInstance | Special::HasAttr => {
                count(self, 2)?;
                let (a, b) = (&call.args[0], &call.args[1]);
                if let Special::IsInstance = special {
                    return Ok(Sugared::Value(self.is_instance(a, b, at)?.value));
                }
                let known = self.has_attribute(a, b)?;
                Ok(Sugared::Value(self.constant(IValue::Bool(known), at)))
            }
            Special::GetAttr => self.get_attr(call, at),
            Special::Print => {
                let args = self.arguments(call)?;
                if !args.keywords.is_empty() {
                    return Err(self.error(at, "print doesn't accept any keyword arguments"));
                }
                self.node("prim::Print", &args.positional, at);
                Ok(Sugared::Nothing)
            }
            Special::Range => self.range_call(call, span),
            Special::Enumerate => {
                let start = call.kwargs.iter().find(|k| &*k.name.name == "start").map(|k| &k.value);
                let start = start.or(call.args.get(1));
                let Some(over) = call.args.first() else {
                    return Err(self.error(at, "enumerate expected at least 1 arguments, got 0"));
                };
                let over = self.sugared(over, None, 1)?;
                let start = start.map(|s| self.expression(s, None)).transpose()?;
                let over = self.iterable(over, at)?;
                let stop = self.int(i64::MAX, at);
                let step = if start.is_some() { self.int(1, at) } else { stop };
                let counter = if over.is_unrolled() {
                    let n = over.static_len().unwrap_or(0) as i64;
                    let mut items = Vec::new();
                    for i in 0..n {
                        let i = self.int(i, at);
                        items.push(Sugared::Value(match start {
                            Some(start) => self.builtin("aten::add", &[start, i], &[], None, at)?,
                            None => i,
                        }));
                    }
                    Iterable::Items(items)
                } else {
                    Iterable::Range { start, stop, step }
                };
                Ok(Sugared::Iterable(Rc::new(Iterable::Zip(vec![counter, over]))))
            }
            Special::Zip => {
                let mut parts = Vec::new();
                for arg in &call.args {
                    let part = self.sugared(arg, None, 1)?;
                    parts.push(self.iterable(part, arg.span)?);
                }
                if parts.is_empty() {
                    return Err(self.error(at, "zip expected at least 1 arguments, got 0"));
                }
                if parts.iter().any(Iterable::is_unrolled) {
                    if parts.iter().any(|part| self.static_len(part).is_none()) {
                        let message = "Can not iterate over a module list or tuple with a value that does not have a \
                                       statically determinable length\n";
                        return Err(self.error(span, message));
                    }
                    parts = self.all_unrolled(parts, at)?;
                }
                Ok(Sugared::Iterable(Rc::new(Iterable::Zip(parts))))
            }
            Special::Tuple => {
                count(self, 1)?;
                let arg = &call.args[0];
                let value = self.sugared(arg, None, 1)?;
                let items = self.unpack(value, None, arg.span)?;
                Ok(Sugared::Value(self.as_value(Sugared::Tuple(items), at)?))
            }
            Special::List => self.list_call(call, hint, at),
            Special::Dict => self.dict_call(call, hint, at),
            Special::Fork => self.fork(call, "prim::fork", at, span),
            Special::Awaitable => self.fork(call, "prim::awaitable", at, span),
            Special::IsScripting => Ok(Sugared::Value(self.constant(IValue::Bool(true), at))),
            Special::IsTracing => Ok(Sugared::Value(self.constant(IValue::Bool(false), at))),
            Special::ToList(value) => {
                let Some(hint) = hint else {
                    return Err(self.error(span, "Expected type hint for result of tolist()"));
                };
                self.to_list(value, hint, at).map(Sugared::Value)
            }
            Special::Legacy(dtype) => self.legacy_tensor(dtype, call, at).map(Sugared::Value),
            Special::Float(_) | Special::Imaginary(_) => Err(self.error(at, "a number is not callable")),
            Special::Rpc => Err(located(ErrorKind::Unsupported, &self.range(at), "rpc calls are not supported")),
        }
    }

    /// The number of elements where it is known: of known elements, and of ranges of constants.
    fn static_len(&self, iterable: &Iterable) -> Option<usize> {
        let constant = |v: ValueId| self.scope.graph.constant(v).and_then(|v| v.to_int().ok());
        match iterable {
            Iterable::Range { start: None, stop, .. } => Some(constant(*stop)?.max(0) as usize),
            Iterable::Range { start: Some(start), stop, step } => {
                let (start, stop, step) = (constant(*start)?, constant(*stop)?, constant(*step)?);
                let span = if step > 0 { stop.saturating_sub(start) } else { start.saturating_sub(stop) }.max(0);
                (step != 0).then(|| span.unsigned_abs().div_ceil(step.unsigned_abs()) as usize)
            }
            Iterable::Zip(parts) => {
                parts.iter().map(|part| self.static_len(part)).try_fold(usize::MAX, |least, n| Some(least.min(n?)))
            }
            other => other.static_len(),
        }
    }

    /// What runs beside unrolled parts is taken apart too.
    fn all_unrolled(&mut self, parts: Vec<Iterable<'a>>, span: Span) -> Result<Vec<Iterable<'a>>> {
        let n = parts.iter().filter_map(|part| self.static_len(part)).min().unwrap_or(0);
        let mut out = Vec::new();
        for part in parts {
            if part.is_unrolled() {
                out.push(part);
                continue;
            }
            let mut items = Vec::new();
            for i in 0..n {
                let index = self.int(i as i64, span);
                items.push(self.element(&part, index, Some(i), span)?);
            }
            out.push(Iterable::Items(items));
        }
        Ok(out)
    }

    fn get_attr(&mut self, call: &'a Call, span: Span) -> Result<Sugared<'a>> {
        let (object, name, default) = match &call.args[..] {
            [object, Expr { kind: ExprKind::Str(name), .. }] => (object, name, None),
            [object, Expr { kind: ExprKind::Str(name), .. }, default] => (object, name, Some(default)),
            [_, name] | [_, name, _] => {
                return Err(self.error(name.span, "getattr's second argument must be a string literal"));
            }
            args => {
                let message =
                    format!("getattr expected to have number of arguments between 2 and 3 but found {}", args.len());
                return Err(self.error(span, message));
            }
        };
        if let Some(default) = default {
            if !self.has_attribute(object, &call.args[1])? {
                return self.sugared(default, None, 1);
            }
        }
        let object = self.sugared(object, None, 1)?;
        self.attribute(object, name, span)
    }

    fn range_call(&mut self, call: &'a Call, span: Span) -> Result<Sugared<'a>> {
        let args = self.arguments(call)?;
        if args.positional.is_empty() {
            return Err(self.error(span, "range expected at least 1 arguments, got 0"));
        }
        if !args.keywords.is_empty() {
            return Err(self.error(span, "range doesn't accept any keyword arguments"));
        }
        for (i, value) in args.positional.iter().enumerate() {
            if *self.ty(*value) != Type::Int {
                let message =
                    format!("all inputs of range must be ints, found {} in argument {i}", self.ty(*value).annotation());
                return Err(self.error(span, message));
            }
        }
        let range = match args.positional[..] {
            [stop] => Iterable::Range { start: None, stop, step: stop },
            [start, stop] => {
                let step = self.int(1, span);
                Iterable::Range { start: Some(start), stop, step }
            }
            [start, stop, step] => Iterable::Range { start: Some(start), stop, step },
            _ => {
                let message = format!("range expected at most 3 arguments, got {}", args.positional.len());
                return Err(self.error(span, message));
            }
        };
        Ok(Sugared::Iterable(Rc::new(range)))
    }

    fn list_call(&mut self, call: &'a Call, hint: Option<&Type>, span: Span) -> Result<Sugared<'a>> {
        let Some(arg) = call.args.first() else {
            let element = match hint {
                Some(Type::List(element)) => (**element).clone(),
                _ => Type::TENSOR,
            };
            return Ok(Sugared::Value(self.list(element, &[], span)));
        };
        let value = self.sugared(arg, hint, 1)?;
        if let Sugared::Value(value) = value {
            if matches!(self.ty(value), Type::List(_) | Type::Str) {
                return self.builtin("aten::list", &[value], &[], None, span).map(Sugared::Value);
            }
        }
        let iterable = self.iterable(value, span)?;
        self.collect(&iterable, span).map(Sugared::Value)
    }

    fn dict_call(&mut self, call: &'a Call, hint: Option<&Type>, span: Span) -> Result<Sugared<'a>> {
        if let Some(arg) = call.args.first() {
            let dict = match &arg.kind {
                ExprKind::List(items)
                    if items.iter().all(|i| matches!(&i.kind, ExprKind::Tuple(t) if t.len() == 2)) =>
                {
                    let mut entries = Vec::new();
                    for item in items {
                        if let ExprKind::Tuple(pair) = &item.kind {
                            entries.push((self.expression(&pair[0], None)?, self.expression(&pair[1], None)?));
                        }
                    }
                    self.dict_of(entries, hint, span)?
                }
                _ => {
                    let value = match self.sugared(arg, hint, 1)? {
                        Sugared::Iterable(pairs) => {
                            return self.dict_of_pairs(&pairs, hint, span).map(Sugared::Value);
                        }
                        other => self.as_value(other, arg.span)?,
                    };
                    if matches!(self.ty(value), Type::List(pair) if matches!(**pair, Type::List(_))) {
                        return self.dict_of_pairs(&Iterable::Value(value), hint, span).map(Sugared::Value);
                    }
                    if matches!(self.ty(value), Type::Int | Type::Float | Type::Bool | Type::Complex | Type::None) {
                        let message = format!("'{}' object is not iterable", self.ty(value).annotation());
                        return Err(self.error(span, message));
                    }
                    if matches!(self.ty(value), Type::Dict(..)) && matches!(arg.kind, ExprKind::Dict(_)) {
                        value
                    } else {
                        self.builtin("aten::dict", &[value], &[], None, span)?
                    }
                }
            };
            if !call.kwargs.is_empty() {
                for keyword in &call.kwargs {
                    let key = self.constant(IValue::Str(keyword.name.name.clone()), keyword.name.span);
                    let value = self.expression(&keyword.value, None)?;
                    self.builtin("aten::_set_item", &[dict, key, value], &[], None, span)?;
                }
            }
            return Ok(Sugared::Value(dict));
        }
        let mut entries = Vec::new();
        for keyword in &call.kwargs {
            let key = self.constant(IValue::Str(keyword.name.name.clone()), keyword.name.span);
            entries.push((key, self.expression(&keyword.value, None)?));
        }
        self.dict_of(entries, hint, span).map(Sugared::Value)
    }

    /// A dict of keys and values that come in pairs: tuples, or lists of two.
    fn dict_of_pairs(&mut self, pairs: &Iterable<'a>, hint: Option<&Type>, span: Span) -> Result<ValueId> {
        let split = |e: &mut Self, pair: Sugared<'a>| {
            let parts = e.unpack(pair, Some(2), span)?;
            match <[Sugared; 2]>::try_from(parts) {
                Ok([key, value]) => Ok((e.as_value(key, span)?, e.as_value(value, span)?)),
                Err(parts) => Err(e.error(span, format!("a dict is made of pairs, found {} values", parts.len()))),
            }
        };
        if let Some(n) = pairs.static_len().filter(|_| pairs.is_unrolled()) {
            let mut entries = Vec::with_capacity(n);
            for i in 0..n {
                let index = self.int(i as i64, span);
                let pair = self.element(pairs, index, Some(i), span)?;
                entries.push(split(self, pair)?);
            }
            return self.dict_of(entries, hint, span);
        }
        let dict = self.emit("prim::DictConstruct", &[], Type::dict(Type::Str, Type::TENSOR), span);
        let trips = self.length(pairs, span)?;
        self.runtime_loop(trips, None, Default::default(), span, &mut |e, index| {
            let pair = e.element(pairs, index, None, span)?;
            let (key, value) = split(e, pair)?;
            let ty = Type::dict(e.ty(key).clone(), e.ty(value).clone());
            e.scope.graph.set_ty(dict, ty);
            e.builtin("aten::_set_item", &[dict, key, value], &[], None, span).map(drop)
        })?;
        Ok(dict)
    }

    /// `torch.FloatTensor(2, 3)` is an empty tensor of that shape; of anything else than ints, a tensor with that value.
    fn legacy_tensor(&mut self, dtype: i64, call: &'a Call, span: Span) -> Result<ValueId> {
        let args = self.arguments(call)?;
        let dtype = self.constant(IValue::Int(dtype), span);
        let mut keywords = args.keywords;
        keywords.push(("dtype".into(), dtype));
        let is_int = |v: &ValueId| *self.ty(*v) == Type::Int;
        match &args.positional[..] {
            [] => {
                let empty = self.list(Type::Int, &[], span);
                self.builtin("aten::tensor", &[empty], &keywords, None, span)
            }
            sizes if sizes.iter().all(is_int) => {
                let sizes = self.list(Type::Int, sizes, span);
                self.builtin("aten::empty", &[sizes], &keywords, None, span)
            }
            [value] => match self.ty(*value).clone() {
                Type::Tuple(_) => {
                    let items = self.unpack(Sugared::Value(*value), None, span)?;
                    let values: Vec<ValueId> =
                        items.into_iter().map(|i| self.as_value(i, span)).collect::<Result<_>>()?;
                    let element = values.first().map_or(Type::Int, |v| self.ty(*v).clone());
                    let list = self.list(element, &values, span);
                    self.builtin("aten::tensor", &[list], &keywords, None, span)
                }
                _ => self.builtin("aten::tensor", &[*value], &keywords, None, span),
            },
            _ => {
                let message = "Legacy Tensor Constructor only supports two schemas in TorchScript: \n\
                               1. (*size, Device? device=None)\n2. (List[int], Device? device=None)\n";
                Err(self.error(span, message))
            }
        }
    }

    /// `prim::tolist` with the type that is asked for.
    fn to_list(&mut self, value: ValueId, hint: &Type, span: Span) -> Result<ValueId> {
        let mut element = hint.clone();
        let mut dims = 0;
        while let Type::List(inner) = &element {
            dims += 1;
            element = (**inner).clone();
        }
        let code = match element {
            Type::Int => 0,
            Type::Float => 1,
            Type::Bool => 2,
            Type::Complex => 3,
            other => {
                let message = format!(
                    "{} is not one of the supported element types for tolist: int, float, complex, bool",
                    other.annotation()
                );
                return Err(self.error(span, message));
            }
        };
        let dims = self.constant(IValue::Int(dims), span);
        let code = self.constant(IValue::Int(code), span);
        let out = self.emit("prim::tolist", &[value, dims, code], hint.clone(), span);
        // PyTorch gives it no place
        if let Some(node) = self.scope.graph.producer(out) {
            self.scope.graph.node_mut(node).range = None;
        }
        Ok(out)
    }

    /// All elements of something, as a list.
    fn collect(&mut self, iterable: &Iterable<'a>, span: Span) -> Result<ValueId> {
        if let Some(n) = iterable.static_len().filter(|_| iterable.is_unrolled()) {
            let mut items = Vec::new();
            for i in 0..n {
                let index = self.int(i as i64, span);
                let element = self.element(iterable, index, Some(i), span)?;
                items.push(self.as_value(element, span)?);
            }
            let first = items.first().map_or(Type::TENSOR, |v| self.ty(*v).clone());
            return self.list_of(first, &items, span);
        }
        let list = self.list(Type::TENSOR, &[], span);
        let trips = self.length(iterable, span)?;
        self.runtime_loop(trips, None, Default::default(), span, &mut |e, index| {
            let element = e.element(iterable, index, None, span)?;
            let item = e.as_value(element, span)?;
            let ty = Type::list(e.ty(item).clone());
            e.scope.graph.set_ty(list, ty);
            e.builtin("aten::append", &[item], &[], Some(list), span).map(drop)
        })?;
        Ok(list)
    }
}

/// The dtype of the tensors that `torch.FloatTensor` and its like make.
fn legacy_dtype(name: &str) -> Option<i64> {
    Some(match name.strip_suffix("Tensor")? {
        "Byte" => 0,
        "Char" => 1,
        "Short" => 2,
        "Int" => 3,
        "Long" => 4,
        "Half" => 5,
        "Float" => 6,
        "Double" => 7,
        "Bool" => 11,
        _ => return None,
    })
}

/// The value of `inf` and its like.
pub(super) fn number(special: Special) -> Option<IValue> {
    match special {
        Special::Float(v) => Some(IValue::Double(v)),
        Special::Imaginary(v) => Some(IValue::Complex(crate::Complex::new(0.0, v))),
        _ => None,
    }
}
