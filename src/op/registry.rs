//! Finding operators by name.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use parking_lot::RwLock;

use super::elementwise::{self, Place};
use super::{Eval, Op, Stack, Tag, TABLES};
use crate::schema::{parse_schema, AliasInfo, Argument, FunctionSchema};
use crate::value::IValue;
use crate::{Error, Result, Tensor};

/// All operators: the built-in tables and what the host registered.
pub struct Registry {
    builtin: HashMap<&'static str, Vec<Arc<Operator>>>,
    /// Names of derived forms are built, not static.
    derived: HashMap<String, Vec<Arc<Operator>>>,
    custom: RwLock<HashMap<String, Vec<Arc<Operator>>>>,
}

/// One overload.
pub struct Operator {
    /// `aten::add`.
    pub name: Arc<str>,
    pub overload: Arc<str>,
    form: Form,
    schema: OnceLock<Result<Arc<FunctionSchema>>>,
}

enum Form {
    Table(&'static Op),
    /// `name_`: evaluates the functional form and writes the result into `self`.
    Inplace(&'static Op),
    /// Evaluates the functional form and writes the result into `out`.
    Out(&'static Op),
    Custom(Box<dyn Fn(&mut Stack) -> Result<()> + Send + Sync>),
}

/// The process-wide registry. Built on first use; schemas are parsed when first asked for.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(Registry::build)
}

impl Registry {
    fn build() -> Registry {
        let mut registry =
            Registry { builtin: HashMap::new(), derived: HashMap::new(), custom: RwLock::new(HashMap::new()) };
        for op in TABLES.iter().flat_map(|table| table.iter()) {
            let head = op.schema.split('(').next().unwrap_or_default();
            let (name, overload) = split_overload(head);
            let make = |name: &str, overload: &str, form| {
                Arc::new(Operator { name: name.into(), overload: overload.into(), form, schema: OnceLock::new() })
            };
            registry.builtin.entry(name).or_default().push(make(name, overload, Form::Table(op)));
            if op.inplace {
                let name_ = format!("{name}_");
                let operator = make(&name_, overload, Form::Inplace(op));
                registry.derived.entry(name_).or_default().push(operator);
            }
            if let Some(out) = op.out {
                let operator = make(name, out, Form::Out(op));
                registry.derived.entry(name.into()).or_default().push(operator);
            }
        }
        registry
    }

    /// All overloads of a name, in matching order.
    pub fn overloads(&self, name: &str) -> Vec<Arc<Operator>> {
        let mut found = self.builtin.get(name).cloned().unwrap_or_default();
        found.extend(self.derived.get(name).into_iter().flatten().cloned());
        found.extend(self.custom.read().get(name).into_iter().flatten().cloned());
        found
    }

    pub fn contains(&self, name: &str) -> bool {
        self.builtin.contains_key(name) || self.derived.contains_key(name) || self.custom.read().contains_key(name)
    }

    /// One overload, by name and overload name.
    pub fn find(&self, name: &str, overload: &str) -> Option<Arc<Operator>> {
        self.overloads(name).into_iter().find(|op| &*op.overload == overload)
    }

    /// Adds an operator of the host's own. Fails when the schema does not parse or the overload exists.
    pub fn register(
        &self,
        schema: &str,
        eval: impl Fn(&mut Stack) -> Result<()> + Send + Sync + 'static,
    ) -> Result<Arc<Operator>> {
        let parsed = parse_schema(schema)?;
        if self.find(&parsed.name, &parsed.overload).is_some() {
            return Err(Error::usage(format!("operator {} is already registered", parsed.qualified())));
        }
        let operator = Arc::new(Operator {
            name: parsed.name.as_str().into(),
            overload: parsed.overload.as_str().into(),
            form: Form::Custom(Box::new(eval)),
            schema: OnceLock::from(Ok(Arc::new(parsed))),
        });
        self.custom.write().entry(operator.name.to_string()).or_default().push(operator.clone());
        Ok(operator)
    }

    /// Every operator, for tables and tests.
    pub fn all(&self) -> Vec<Arc<Operator>> {
        let mut all: Vec<_> = self.builtin.values().chain(self.derived.values()).flatten().cloned().collect();
        all.extend(self.custom.read().values().flatten().cloned());
        all.sort_by(|a, b| (&a.name, &a.overload).cmp(&(&b.name, &b.overload)));
        all
    }
}

impl Operator {
    /// Parsed on first use. Fails only when a table entry is malformed, which a test rules out.
    pub fn schema(&self) -> Result<&Arc<FunctionSchema>> {
        self.schema.get_or_init(|| self.make_schema().map(Arc::new)).as_ref().map_err(Error::clone)
    }

    /// `aten::add.Tensor`.
    pub fn qualified(&self) -> String {
        if self.overload.is_empty() {
            self.name.to_string()
        } else {
            format!("{}.{}", self.name, self.overload)
        }
    }

    pub fn has_tag(&self, tag: Tag) -> bool {
        match &self.form {
            Form::Table(op) | Form::Inplace(op) | Form::Out(op) => op.tags.contains(&tag),
            Form::Custom(_) => tag == Tag::SideEffect,
        }
    }

    /// The table entry and whether this is exactly its form (not derived).
    pub fn entry(&self) -> Option<(&'static Op, bool)> {
        match &self.form {
            Form::Table(op) => Some((op, true)),
            Form::Inplace(op) | Form::Out(op) => Some((op, false)),
            Form::Custom(_) => None,
        }
    }

    /// Calls the operator: the last `n` values of the stack are its arguments, in schema order with every default
    /// filled in; they are replaced by its results.
    pub fn call(&self, stack: &mut Stack, n: usize) -> Result<()> {
        match &self.form {
            Form::Table(op) => eval(op, stack, n),
            Form::Inplace(Op { eval: Eval::Pointwise(spec), .. }) => elementwise::eval(spec, stack, n, Place::First),
            Form::Out(Op { eval: Eval::Pointwise(spec), .. }) => {
                let target = stack.pop().unwrap_or_default().to_tensor()?;
                elementwise::eval(spec, stack, n - 1, Place::Out(target))
            }
            Form::Inplace(op) => {
                let target = stack[stack.len() - n].to_tensor()?;
                eval(op, stack, n)?;
                let result = stack.pop().unwrap_or_default().to_tensor()?;
                write_in_place(&target, &result)?;
                stack.push(IValue::Tensor(target));
                Ok(())
            }
            Form::Out(op) => {
                let target = stack.pop().unwrap_or_default().to_tensor()?;
                eval(op, stack, n - 1)?;
                let result = stack.pop().unwrap_or_default().to_tensor()?;
                write_out(&target, &result)?;
                stack.push(IValue::Tensor(target));
                Ok(())
            }
            Form::Custom(f) => f(stack),
        }
    }

    fn make_schema(&self) -> Result<FunctionSchema> {
        let written = AliasInfo { before: vec!["a".into()], after: vec!["a".into()], is_write: true, element: None };
        match &self.form {
            Form::Table(op) => parse_schema(op.schema),
            Form::Inplace(op) => {
                let mut schema = parse_schema(op.schema)?;
                schema.name.push('_');
                if let Some(first) = schema.arguments.first_mut() {
                    first.alias = Some(written.clone());
                }
                for returned in &mut schema.returns {
                    returned.alias = Some(written.clone());
                }
                Ok(schema)
            }
            Form::Out(op) => {
                let mut schema = parse_schema(op.schema)?;
                schema.overload = self.overload.to_string();
                let out = Argument {
                    kwarg_only: true,
                    alias: Some(written.clone()),
                    ..Argument::new("out", crate::Type::TENSOR)
                };
                schema.arguments.push(out);
                for argument in &mut schema.arguments {
                    if argument.alias.as_ref().is_some_and(|a| !a.is_write) {
                        argument.alias = None;
                    }
                }
                for returned in &mut schema.returns {
                    returned.alias = Some(written.clone());
                }
                Ok(schema)
            }
            Form::Custom(_) => Err(Error::internal("a registered operator has its schema from the start")),
        }
    }
}

fn eval(op: &'static Op, stack: &mut Stack, n: usize) -> Result<()> {
    match op.eval {
        Eval::Fn(f) => f.call(stack),
        Eval::Stack(f) => f(stack, n),
        Eval::Pointwise(spec) => elementwise::eval(spec, stack, n, Place::New),
        Eval::PointwiseInto(spec) => elementwise::eval(spec, stack, n, Place::First),
        Eval::Prelude => Err(Error::internal(format!("{} must be compiled, not called", op.schema))),
    }
}

/// The second half of an in-place operator: `result` must fit `target`'s dtype category and shape.
pub fn write_in_place(target: &Tensor, result: &Tensor) -> Result<()> {
    if !result.dtype().can_cast(target.dtype()) {
        crate::bail!("result type {} can't be cast to the desired output type {}", result.dtype(), target.dtype());
    }
    if target.is_same(result) {
        return Ok(());
    }
    if target.sizes() != result.sizes() {
        crate::bail!("output with shape {:?} doesn't match the broadcast shape {:?}", target.sizes(), result.sizes());
    }
    crate::tensor::tile::check_no_internal_overlap(target)?;
    target.copy_from(result)
}

/// The second half of an `out` operator: `target` takes the shape of `result`.
pub fn write_out(target: &Tensor, result: &Tensor) -> Result<()> {
    if !result.dtype().can_cast(target.dtype()) {
        crate::bail!("result type {} can't be cast to the desired output type {}", result.dtype(), target.dtype());
    }
    if target.sizes() != result.sizes() {
        let fresh = Tensor::empty(result.sizes(), target.dtype())?;
        target.replace_geometry(fresh.geometry().clone())?;
    }
    target.copy_from(result)
}

/// `aten::add.Tensor` → (`aten::add`, `Tensor`).
pub fn split_overload(qualified: &str) -> (&str, &str) {
    qualified.split_once('.').unwrap_or((qualified, ""))
}
