//! Calls: operators, functions, methods, constructors.

use std::rc::Rc;
use std::sync::Arc;

use super::sugared::{Closure, Sugared};
use super::{builtins, upgraders, Emitter, Scope};
use crate::error::ErrorKind;
use crate::frontend::ast::{Call, Def, ExprKind, Span};
use crate::frontend::unit::located;
use crate::ir::{Attr, Function, ValueId};
use crate::op::registry;
use crate::schema::matching::{match_schemas, Actual, Actuals, Conversion, Input, Match, Place};
use crate::schema::FunctionSchema;
use crate::value::{ClassType, IValue, Type};
use crate::{Error, Result};

/// The arguments of a call.
#[derive(Default)]
pub(super) struct Args {
    pub positional: Vec<ValueId>,
    pub keywords: Vec<(Arc<str>, ValueId)>,
}

/// Everything that a name can mean as an operator: registered overloads, then functions written in TorchScript.
pub(super) struct Candidates {
    pub schemas: Vec<Arc<FunctionSchema>>,
    /// The functions behind the last schemas.
    functions: Vec<Arc<Function>>,
    operators: usize,
}

impl Candidates {
    pub fn is_empty(&self) -> bool {
        self.schemas.is_empty()
    }
}

impl<'a> Emitter<'a> {
    /// A call expression.
    pub(super) fn apply(&mut self, call: &'a Call, hint: Option<&Type>, span: Span) -> Result<Sugared<'a>> {
        let callee = self.sugared(&call.callee, None, 1)?;
        let at = call.callee.span;
        match callee {
            Sugared::Special(special) => self.special(special, call, hint, at, span),
            Sugared::Cast(cast) => self.cast(cast, call, at),
            Sugared::Exception(class) => {
                let args = self.arguments(call)?;
                self.exception(class, &args.positional, at)
            }
            Sugared::Class(class) => self.construct(&class, call, at).map(Sugared::Value),
            Sugared::New(class) => {
                let out = self.emit("prim::CreateObject", &[], Type::Class(class), at);
                Ok(Sugared::Value(out))
            }
            callee => {
                let args = self.arguments(call)?;
                self.call(callee, args, at, hint).map(Sugared::Value)
            }
        }
    }

    /// An exception's message: of `AssertionError` all arguments one behind the other, of others one or a tuple.
    pub(super) fn exception(&mut self, class: Arc<str>, args: &[ValueId], span: Span) -> Result<Sugared<'a>> {
        let text = |e: &mut Self, value: ValueId| match e.ty(value) {
            Type::Str => Ok(value),
            _ => e.builtin("aten::str", &[value], &[], None, span),
        };
        if class.is_empty() {
            let mut message = self.constant(IValue::str("AssertionError: "), span);
            for arg in args {
                let arg = text(self, *arg)?;
                message = self.builtin("aten::add", &[message, arg], &[], None, span)?;
            }
            return Ok(Sugared::ExceptionMessage(message, None));
        }
        let message = match args {
            [] => self.constant(IValue::str(""), span),
            [one] => *one,
            several => self.tuple(several, span),
        };
        let message = text(self, message)?;
        Ok(Sugared::ExceptionMessage(message, Some(class)))
    }

    pub(super) fn arguments(&mut self, call: &'a Call) -> Result<Args> {
        let mut args = Args::default();
        for arg in &call.args {
            if let ExprKind::Starred(inner) = &arg.kind {
                let all = self.sugared(inner, None, 1)?;
                for item in self.unpack(all, None, arg.span)? {
                    args.positional.push(self.as_value(item, arg.span)?);
                }
            } else {
                args.positional.push(self.expression(arg, None)?);
            }
        }
        for keyword in &call.kwargs {
            let value = self.expression(&keyword.value, None)?;
            args.keywords.push((keyword.name.name.clone(), value));
        }
        Ok(args)
    }

    /// Calls something with arguments that are emitted already.
    pub(super) fn call(
        &mut self,
        callee: Sugared<'a>,
        args: Args,
        span: Span,
        _hint: Option<&Type>,
    ) -> Result<ValueId> {
        match callee {
            Sugared::Builtin(name, receiver) => self.builtin(&name, &args.positional, &args.keywords, receiver, span),
            Sugared::Magic(method, operator) => {
                if matches!(args.positional.first().map(|v| self.ty(*v)), Some(Type::Class(_))) {
                    return self.call_magic(method, operator, &args.positional, span);
                }
                self.builtin(operator, &args.positional, &args.keywords, None, span)
            }
            Sugared::TensorCast(value, code) => {
                if !args.positional.is_empty() || !args.keywords.is_empty() {
                    return Err(self.error(span, "casts take no arguments"));
                }
                self.tensor_cast(value, code, span)
            }
            Sugared::Method(object, name) => self.call_method(object, &name, args, span),
            Sugared::Function(function) => self.call_function(&function, args, span),
            Sugared::NamedTuple(ty) => self.construct_tuple(&ty, args, span),
            Sugared::Value(value) => match self.ty(value).clone() {
                Type::Class(class) if class.is_module() && class.has_method("forward") => {
                    self.call_module(value, &class, args, span)
                }
                Type::Class(_) => self.call_method(value, "__call__", args, span),
                Type::Interface(interface) if interface.is_module => self.call_method(value, "forward", args, span),
                other => {
                    let message = format!("cannot call a value of type '{}'", other.annotation());
                    Err(self.error(span, message))
                }
            },
            Sugared::Enum(class) => {
                let [value] = args.positional[..] else {
                    return Err(self.error(span, "Enum classes take one value"));
                };
                let Some(wanted) = self.scope.graph.constant(value) else {
                    return Err(self.error(span, "Enum members can be looked up by constants only"));
                };
                let found = class.members.iter().find(|(_, v)| v.is_identical(&wanted)).map(|(n, _)| n.clone());
                match found.and_then(|n| super::classes::enum_member(&class, &n)) {
                    Some(member) => Ok(self.constant(member, span)),
                    None => Err(self.error(span, format!("not a valid value of {}", class.name.name()))),
                }
            }
            Sugared::Closure(closure) => Ok(self.inline_closure(&closure)),
            other => Err(self.error(span, format!("cannot call a {}", other.kind()))),
        }
    }

    fn inline_closure(&mut self, closure: &Closure) -> ValueId {
        let block = self.scope.block;
        let outputs = self.scope.graph.append_copy(block, &closure.graph, &closure.captures, &mut |_, _| {});
        outputs.first().copied().unwrap_or(ValueId(0))
    }

    /// A module as a function: its hooks run around `forward`.
    fn call_module(&mut self, module: ValueId, class: &Arc<ClassType>, args: Args, span: Span) -> Result<ValueId> {
        let (pre_hooks, hooks) = class.hooks();
        if pre_hooks.is_empty() && hooks.is_empty() {
            return self.call_method(module, "forward", args, span);
        }
        if !args.keywords.is_empty() {
            return Err(self.error(span, "modules with hooks take positional arguments only"));
        }
        let mut input = self.tuple(&args.positional, span);
        let name_of = |hook: &crate::value::MethodSlot| {
            let function: Arc<Function> = hook.clone().downcast().ok()?;
            Some(function.name().to_string())
        };
        for hook in &pre_hooks {
            let Some(name) = name_of(hook) else { continue };
            let args = Args { positional: vec![input], keywords: vec![] };
            let result = self.call_method(module, &name, args, span)?;
            match self.ty(result) {
                Type::None => {}
                Type::Tuple(_) => input = result,
                _ => input = self.tuple(&[result], span),
            }
        }
        let mut unpacked = Args::default();
        for item in self.unpack(Sugared::Value(input), None, span)? {
            unpacked.positional.push(self.as_value(item, span)?);
        }
        let mut output = self.call_method(module, "forward", unpacked, span)?;
        for hook in &hooks {
            let Some(name) = name_of(hook) else { continue };
            let args = Args { positional: vec![input, output], keywords: vec![] };
            let result = self.call_method(module, &name, args, span)?;
            if *self.ty(result) != Type::None {
                output = result;
            }
        }
        Ok(output)
    }

    /// `prim::CallMethod`.
    pub(super) fn call_method(&mut self, object: ValueId, name: &str, args: Args, span: Span) -> Result<ValueId> {
        let function = match self.ty(object).clone() {
            Type::Class(class) => {
                let native = class.name().as_str().starts_with("__torch__.torch.classes.");
                if native && !class.has_method(name) {
                    return self.call_native_method(object, &class, name, args, span);
                }
                let function = Function::of_class(&class, name).ok_or_else(|| {
                    let class = class.name();
                    self.error(span, format!("'{class}' object has no method '{name}'"))
                })?;
                self.callees.push((function.clone(), self.range(span)));
                function
            }
            Type::Interface(interface) => Function::of_interface(&interface, name)
                .ok_or_else(|| self.error(span, format!("'{}' has no method '{name}'", interface.name)))?,
            other => return Err(self.error(span, format!("'{}' object has no method '{name}'", other.annotation()))),
        };
        let schema = Arc::new(self.schema_of(&function, span)?);
        let mut positional = vec![object];
        positional.extend(args.positional);
        let (_, inputs, returns) =
            self.matched(std::slice::from_ref(&schema), &positional, &args.keywords, None, span)?;
        let out = self.emit("prim::CallMethod", &inputs, returns.first().cloned().unwrap_or(Type::None), span);
        self.set_attr(out, "name", Attr::Str(name.into()));
        Ok(out)
    }

    /// A method of a native class of PyTorch's own is an operator, if it is there at all; classes of the host have methods.
    fn call_native_method(
        &mut self,
        object: ValueId,
        class: &Arc<ClassType>,
        name: &str,
        args: Args,
        span: Span,
    ) -> Result<ValueId> {
        let operator = format!("{}::{name}", class.name());
        if !registry().contains(&operator) {
            let message = format!("method '{name}' of class {} is not supported", class.name());
            return Err(located(ErrorKind::Unsupported, &self.range(span), &message));
        }
        let mut positional = vec![object];
        positional.extend(args.positional);
        self.builtin(&operator, &positional, &args.keywords, None, span)
    }

    /// `prim::CallFunction`.
    fn call_function(&mut self, function: &Arc<Function>, args: Args, span: Span) -> Result<ValueId> {
        self.callees.push((function.clone(), self.range(span)));
        let schema = Arc::new(self.schema_of(function, span)?);
        let (_, inputs, returns) =
            self.matched(std::slice::from_ref(&schema), &args.positional, &args.keywords, None, span)?;
        let constant = self.function_constant(function, span);
        let mut all = vec![constant];
        all.extend(inputs);
        Ok(self.emit("prim::CallFunction", &all, returns.first().cloned().unwrap_or(Type::None), span))
    }

    /// A callee's signature; compiling its body for it may be necessary.
    fn schema_of(&mut self, function: &Arc<Function>, span: Span) -> Result<FunctionSchema> {
        function.schema().cloned().map_err(|e| {
            if matches!(e.kind(), ErrorKind::Limit | ErrorKind::Internal | ErrorKind::Usage) {
                return e;
            }
            if !e.message().starts_with('\n') {
                // it is being compiled already
                return self.error(span, format!(" {}", e.message()));
            }
            let mut text = e.message().to_string();
            let caller = &self.function;
            text.push_str(&format!("'{}' is being compiled since it was called from '{caller}'\n", function.name()));
            let _ = self.range(span).write_frame(&mut text, "");
            e.with_message(text)
        })
    }

    fn construct(&mut self, class: &Arc<ClassType>, call: &'a Call, span: Span) -> Result<ValueId> {
        let object = self.emit("prim::CreateObject", &[], Type::Class(class.clone()), span);
        let args = self.arguments(call)?;
        if !class.has_method("__init__") {
            return Err(self.error(span, format!("Class {} does not have an __init__ function defined", class.name())));
        }
        self.call_method(object, "__init__", args, span)?;
        Ok(object)
    }

    fn construct_tuple(&mut self, ty: &Type, args: Args, span: Span) -> Result<ValueId> {
        let Type::Tuple(tuple) = ty else {
            return Err(self.error(span, format!("cannot make a value of type {}", ty.annotation())));
        };
        let (name, fields) = tuple.named.clone().unwrap_or_default();
        let arguments = fields.iter().zip(&tuple.elements);
        let schema = FunctionSchema {
            name: name.rsplit('.').next().unwrap_or(&name).to_string(),
            overload: String::new(),
            arguments: arguments.map(|(n, t)| crate::schema::Argument::new(n, t.clone())).collect(),
            returns: vec![crate::schema::Argument::new("", ty.clone())],
            is_vararg: false,
            is_varret: false,
        };
        let (_, inputs, _) = self.matched(&[Arc::new(schema)], &args.positional, &args.keywords, None, span)?;
        Ok(self.emit("prim::TupleConstruct", &inputs, ty.clone(), span))
    }

    /// The class's own method of that name, else the operator.
    pub(super) fn call_magic(&mut self, method: &str, operator: &str, args: &[ValueId], span: Span) -> Result<ValueId> {
        if let Some(Type::Class(class)) = args.first().map(|v| self.ty(*v).clone()) {
            if !class.has_method(method) {
                let message = format!("class '{}' does not define a {method} method", class.name());
                return Err(self.error(span, message));
            }
            let rest = Args { positional: args[1..].to_vec(), keywords: vec![] };
            return self.call_method(args[0], method, rest, span);
        }
        self.builtin(operator, args, &[], None, span)
    }

    // ---- operators ----

    pub(super) fn candidates(&mut self, name: &str) -> Result<Rc<Candidates>> {
        if let Some(known) = self.operators.get(name) {
            return Ok(known.clone());
        }
        let mut schemas = Vec::new();
        for operator in registry().overloads(name) {
            schemas.push(operator.schema()?.clone());
        }
        if self.is_method {
            upgraders::replace(name, self.unit.version, &mut schemas);
        }
        if schemas.is_empty() {
            schemas.extend(builtins::structural(name));
        }
        let operators = schemas.len();
        let functions = builtins::functions(name)?;
        for function in &functions {
            let mut schema = function.schema()?.clone();
            schema.name = name.to_string();
            schemas.push(Arc::new(schema));
        }
        let made = Rc::new(Candidates { schemas, functions, operators });
        self.operators.insert(name.into(), made.clone());
        Ok(made)
    }

    /// Calls an operator by name: picks the overload, converts the arguments, fills in the defaults.
    pub(super) fn builtin(
        &mut self,
        name: &str,
        args: &[ValueId],
        keywords: &[(Arc<str>, ValueId)],
        receiver: Option<ValueId>,
        span: Span,
    ) -> Result<ValueId> {
        let name = upgraders::renamed(self, name);
        let candidates = self.candidates(name)?;
        if candidates.is_empty() {
            let message = format!(
                "Unknown builtin op: {name}.\nCould not find any similar ops to {name}. This op may not exist or may not \
                 be currently supported in TorchScript"
            );
            return Err(located(ErrorKind::Unsupported, &self.range(span), &message));
        }
        let (index, inputs, returns) = self.matched(&candidates.schemas, args, keywords, receiver, span)?;
        if let Some(function) = index.checked_sub(candidates.operators).and_then(|i| candidates.functions.get(i)) {
            let graph = function.graph()?.clone();
            let block = self.scope.block;
            let outputs = self.scope.graph.append_copy(block, &graph, &inputs, &mut |g, n| {
                for output in g.node(n).outputs.clone() {
                    g.set_name(output, None);
                }
            });
            return outputs.first().copied().ok_or_else(|| Error::internal("a builtin function without result"));
        }
        let schema = candidates.schemas[index].clone();
        if let Some(outputs) = upgraders::emit(self, &schema, &inputs, span)? {
            return Ok(outputs);
        }
        let node = self.node(&schema.name, &inputs, span);
        let outputs: Vec<ValueId> = returns.iter().map(|t| self.scope.graph.add_output(node, t.clone())).collect();
        let names: Vec<String> = schema.returns.iter().map(|r| r.name.clone()).collect();
        self.scope.graph.node_mut(node).schema = Some(schema);
        match outputs[..] {
            [one] => Ok(one),
            _ => {
                let named = !names.is_empty() && names.iter().all(|n| !n.is_empty());
                let elements = returns;
                let ty = Type::Tuple(Arc::new(crate::value::TupleType {
                    elements,
                    named: named.then(|| (String::new(), names)),
                }));
                Ok(self.emit("prim::TupleConstruct", &outputs, ty, span))
            }
        }
    }

    /// Matches a call and carries out its conversions: the overload's index, its inputs, its result types.
    fn matched(
        &mut self,
        schemas: &[Arc<FunctionSchema>],
        args: &[ValueId],
        keywords: &[(Arc<str>, ValueId)],
        receiver: Option<ValueId>,
        span: Span,
    ) -> Result<(usize, Vec<ValueId>, Vec<Type>)> {
        let actual = |v: ValueId| Actual { ty: self.ty(v).clone(), empty_list: self.is_empty_literal(v) };
        let actuals = Actuals {
            receiver: receiver.map(actual),
            positional: args.iter().map(|v| actual(*v)).collect(),
            keywords: keywords.iter().map(|(n, v)| (n.clone(), actual(*v))).collect(),
        };
        let (index, Match { inputs, returns }) =
            match_schemas(schemas, &actuals).map_err(|text| self.error(span, text))?;
        let value_at = |place: Place| match place {
            Place::Receiver => receiver.unwrap_or(ValueId(0)),
            Place::Positional(i) => args[i],
            Place::Keyword(i) => keywords[i].1,
        };
        let mut values = Vec::with_capacity(inputs.len());
        for input in inputs {
            values.push(match input {
                Input::Value(place, conversion) => self.converted(value_at(place), &conversion, span)?,
                Input::Default(i) => {
                    let argument = &schemas[index].arguments[i];
                    let default = argument.default.clone().unwrap_or(IValue::None);
                    self.constant(default, span)
                }
                Input::List(element, items) => {
                    let mut list = Vec::with_capacity(items.len());
                    for (place, conversion) in items {
                        list.push(self.converted(value_at(place), &conversion, span)?);
                    }
                    self.list(element, &list, span)
                }
            });
        }
        Ok((index, values, returns))
    }

    fn converted(&mut self, value: ValueId, conversion: &Conversion, span: Span) -> Result<ValueId> {
        match conversion {
            Conversion::None => Ok(value),
            Conversion::Operator(name, _) => self.builtin(name, &[value], &[], None, span),
            Conversion::EmptyList(element) => Ok(self.list(element.clone(), &[], span)),
            Conversion::TupleToList(element, parts) => {
                let items = self.converted_items(value, parts, span)?;
                Ok(self.list(element.clone(), &items, span))
            }
            Conversion::Tuple(ty, parts) => {
                let items = self.converted_items(value, parts, span)?;
                Ok(self.emit("prim::TupleConstruct", &items, ty.clone(), span))
            }
        }
    }

    fn converted_items(&mut self, value: ValueId, parts: &[Conversion], span: Span) -> Result<Vec<ValueId>> {
        let items = self.unpack(Sugared::Value(value), None, span)?;
        let mut out = Vec::with_capacity(items.len());
        for (item, part) in items.into_iter().zip(parts) {
            let item = self.as_value(item, span)?;
            out.push(self.converted(item, part, span)?);
        }
        Ok(out)
    }

    /// The value as near to `ty` as implicit conversions bring it.
    pub(super) fn convert(&mut self, value: ValueId, ty: &Type, span: Span) -> Result<ValueId> {
        let empty = self.is_empty_literal(value);
        let (conversion, _) = crate::schema::matching::convert_type(&self.ty(value).clone(), empty, ty, true);
        self.converted(value, &conversion, span)
    }

    fn is_empty_literal(&self, value: ValueId) -> bool {
        let node = self.scope.graph.producer(value).map(|n| self.scope.graph.node(n));
        node.is_some_and(|n| n.is(super::expressions::EMPTY_LIST))
    }

    pub(super) fn tensor_cast(&mut self, value: ValueId, code: i64, span: Span) -> Result<ValueId> {
        let dtype = self.constant(IValue::Int(code), span);
        let no = self.constant(IValue::Bool(false), span);
        let none = self.none(span);
        self.builtin("aten::to", &[value, dtype, no, no, none], &[], None, span)
    }

    // ---- closures and forks ----

    /// A function inside the function: compiled on its own, with what it uses from outside as inputs.
    pub(super) fn closure(&mut self, def: &'a Def) -> Result<Sugared<'a>> {
        if !def.params.is_empty() {
            return Err(self.error(def.span, "Cannot fork lambda with parameters"));
        }
        let declared = def.returns.as_ref().map(|t| self.parse_type(t)).transpose()?;
        self.nested(declared, |e| e.body(def))
    }

    /// Emits into a graph of its own.
    fn nested(&mut self, declared: Option<Type>, emit: impl FnOnce(&mut Self) -> Result<Type>) -> Result<Sugared<'a>> {
        let inner = Scope::new(declared);
        let outer = std::mem::replace(&mut self.scope, inner);
        self.outer.push(outer);
        let done = emit(self).and_then(|ty| Ok((ty, self.finish()?)));
        let outer = self.outer.pop().unwrap_or_else(|| Scope::new(None));
        let inner = std::mem::replace(&mut self.scope, outer);
        let (returns, graph) = done?;
        Ok(Sugared::Closure(Rc::new(Closure { graph: Arc::new(graph), captures: inner.captures, returns })))
    }

    /// `fork(f, …)`: `prim::fork` with the call as its subgraph.
    pub(super) fn fork(&mut self, call: &'a Call, kind: &'static str, span: Span, whole: Span) -> Result<Sugared<'a>> {
        let Some((first, rest)) = call.args.split_first() else {
            return Err(self.error(whole, "Expected at least one argument to fork()"));
        };
        let callee = self.sugared(first, None, 1)?;
        let mut args = Args::default();
        for arg in rest {
            args.positional.push(self.expression(arg, None)?);
        }
        for keyword in &call.kwargs {
            let value = self.expression(&keyword.value, None)?;
            args.keywords.push((keyword.name.name.clone(), value));
        }
        let closure = match callee {
            Sugared::Closure(closure) if args.positional.is_empty() && args.keywords.is_empty() => closure,
            callee => {
                // the object, if there is one, comes first
                let mut given: Vec<ValueId> = Vec::new();
                let callee = match callee {
                    Sugared::Method(object, name) => {
                        given.push(object);
                        Callee::Method(name)
                    }
                    Sugared::Value(object) => {
                        given.push(object);
                        Callee::Object
                    }
                    Sugared::Builtin(name, receiver) => {
                        given.extend(receiver);
                        Callee::Builtin(name, receiver.is_some())
                    }
                    other => Callee::Other(other),
                };
                let own = given.len();
                given.extend(&args.positional);
                given.extend(args.keywords.iter().map(|(_, v)| *v));
                // a value that is passed twice is one input
                let mut unique: Vec<ValueId> = Vec::new();
                given.iter().for_each(|v| {
                    if !unique.contains(v) {
                        unique.push(*v);
                    }
                });
                let types: Vec<Type> = unique.iter().map(|v| self.ty(*v).clone()).collect();
                let names: Vec<Option<Arc<str>>> = unique.iter().map(|v| self.scope.names.of(*v)).collect();
                let made = self.nested(None, |e| {
                    let mut params = Vec::new();
                    for (ty, name) in types.iter().zip(&names) {
                        let param = e.scope.graph.add_input(ty.clone());
                        if let Some(name) = name {
                            e.scope.names.define(name, param);
                        }
                        params.push(param);
                    }
                    let inner: Vec<ValueId> =
                        given.iter().filter_map(|v| unique.iter().position(|u| u == v).map(|i| params[i])).collect();
                    let positional = inner[own..own + args.positional.len()].to_vec();
                    let keywords = args.keywords.iter().map(|(n, _)| n.clone());
                    let keywords = keywords.zip(inner[own + args.positional.len()..].iter().copied()).collect();
                    let inner_args = Args { positional, keywords };
                    let callee = match callee {
                        Callee::Method(name) => Sugared::Method(inner[0], name),
                        Callee::Object => Sugared::Value(inner[0]),
                        Callee::Builtin(name, has) => Sugared::Builtin(name, has.then(|| inner[0])),
                        Callee::Other(other) => other,
                    };
                    let value = e.call(callee, inner_args, span, None)?;
                    e.emit_return(value, span)?;
                    Ok(e.ty(value).clone())
                })?;
                match made {
                    Sugared::Closure(made) => {
                        let captures = unique;
                        Rc::new(Closure { graph: made.graph.clone(), captures, returns: made.returns.clone() })
                    }
                    _ => return Err(Error::internal("fork without a closure")),
                }
            }
        };
        let ty = match kind {
            "prim::fork" => Type::future(closure.returns.clone()),
            _ => Type::Await(closure.returns.clone().into()),
        };
        let out = self.emit(kind, &closure.captures, ty, span);
        self.set_attr(out, "Subgraph", Attr::Graph(closure.graph.clone()));
        Ok(Sugared::Value(out))
    }
}

enum Callee<'a> {
    Method(Arc<str>),
    Object,
    Builtin(Arc<str>, bool),
    Other(Sugared<'a>),
}
