//! Finding operators by name.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use parking_lot::RwLock;

use super::elementwise::{self, Place};
use super::{mkldnn, prelude, quant, sparse, Eval, Op, Stack, Tag, QUANTIZED, TABLES};
use crate::base::DType;
use crate::schema::{parse_schema, AliasInfo, Argument, FunctionSchema};
use crate::tensor::{lazy_in_use, sparse_in_use};
use crate::value::{IValue, List, Type};
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
    /// The table that has the entry: `reduce::OPS`. `host` for the host's own operators.
    pub family: &'static str,
    form: Form,
    instead: Instead,
    schema: OnceLock<Result<Arc<FunctionSchema>>>,
}

/// What runs in the place of an entry when an argument is a tensor of a special kind.
#[derive(Clone, Copy)]
struct Instead {
    quantized: Option<&'static Op>,
    sparse: OnSparse,
}

/// What an operator does when an argument is a sparse tensor.
#[derive(Clone, Copy)]
enum OnSparse {
    /// It is made for them, or looks at no elements.
    AsEver,
    Instead(&'static Op),
    Refuses,
}

enum Form {
    Table(&'static Op),
    /// `name_`: evaluates the functional form and writes the result into `self`.
    Inplace(&'static Op),
    /// Evaluates the functional form and writes every result into an argument of its own at the end.
    Out(&'static Op),
    Custom(Box<dyn Fn(&mut Stack) -> Result<()> + Send + Sync>),
}

/// Arguments that an operator writes without a mark in its schema.
pub struct UnmarkedWrites {
    pub arguments: Vec<&'static str>,
    /// The bool argument that must be true.
    pub when: Option<&'static str>,
}

/// The process-wide registry. Built on first use; schemas are parsed when first asked for.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(Registry::build)
}

/// Calls an operator of the table by its name, `aten::add.Tensor`, with the defaults of the arguments that are left out at
/// the end. Gives its results.
pub fn call(of: &str, args: Vec<IValue>) -> Result<Stack> {
    let (name, overload) = split_overload(of);
    let operator = registry().find(name, overload).ok_or_else(|| Error::unsupported(of))?;
    let mut stack: Stack = args;
    let declared = &operator.schema()?.arguments;
    let missing = declared[stack.len().min(declared.len())..].iter();
    stack.extend(missing.map(|argument| argument.default.clone().unwrap_or_default()));
    let n = stack.len();
    operator.call(&mut stack, n)?;
    Ok(stack)
}

impl Registry {
    fn build() -> Registry {
        let count = TABLES.iter().map(|(_, table)| table.len()).sum();
        let mut registry = Registry {
            builtin: HashMap::with_capacity(count),
            derived: HashMap::with_capacity(count),
            custom: RwLock::new(HashMap::new()),
        };
        let by_name = |tables: &[&'static [Op]]| -> HashMap<&'static str, &'static Op> {
            tables.iter().flat_map(|table| table.iter()).map(|op| (op.schema, op)).collect()
        };
        let head_of = |op: &'static Op| op.schema.split('(').next().unwrap_or_default();
        let (on_quantized, on_sparse) = (by_name(QUANTIZED), by_name(sparse::INSTEAD));
        let made_for_sparse: HashSet<&str> =
            sparse::MADE_FOR.iter().flat_map(|table| table.iter()).map(head_of).collect();
        for (family, op) in TABLES.iter().flat_map(|(family, table)| table.iter().map(move |op| (*family, op))) {
            let head = head_of(op);
            let (name, overload) = split_overload(head);
            let sparse = match on_sparse.get(head) {
                Some(instead) => OnSparse::Instead(instead),
                None if made_for_sparse.contains(head) => OnSparse::AsEver,
                None if !name.starts_with("aten::") || sparse::QUESTIONS.contains(&name) => OnSparse::AsEver,
                None => OnSparse::Refuses,
            };
            let instead = Instead { quantized: on_quantized.get(head).copied(), sparse };
            let make = |name: &str, overload: &str, form| {
                let schema = OnceLock::new();
                Arc::new(Operator { name: name.into(), overload: overload.into(), family, form, instead, schema })
            };
            registry.builtin.entry(name).or_default().push(make(name, overload, Form::Table(op)));
            if op.inplace {
                let name_ = format!("{name}_");
                let operator = make(&name_, overload, Form::Inplace(op));
                registry.derived.entry(name_).or_default().push(operator);
            }
            if let Some(out) = op.out {
                let operator = make(name, split_out(out).0, Form::Out(op));
                registry.derived.entry(name.into()).or_default().push(operator);
            }
        }
        registry
    }

    /// All overloads of a name, in matching order.
    pub fn overloads(&self, name: &str) -> Vec<Arc<Operator>> {
        // out forms with a table entry of their own come after the derived ones, as in PyTorch: defaults make some calls
        // fit both
        let (late, mut found): (Vec<_>, Vec<_>) =
            self.builtin.get(name).into_iter().flatten().cloned().partition(|op| op.overload.ends_with("out"));
        found.extend(self.derived.get(name).into_iter().flatten().cloned());
        found.extend(late);
        found.extend(self.custom.read().get(name).into_iter().flatten().cloned());
        found
    }

    pub fn contains(&self, name: &str) -> bool {
        self.builtin.contains_key(name) || self.derived.contains_key(name) || self.custom.read().contains_key(name)
    }

    /// One overload, by name and overload name.
    pub fn find(&self, name: &str, overload: &str) -> Option<Arc<Operator>> {
        let builtin = self.builtin.get(name).into_iter().flatten();
        let mut known = builtin.chain(self.derived.get(name).into_iter().flatten());
        let wanted = |op: &&Arc<Operator>| &*op.overload == overload;
        known.find(wanted).cloned().or_else(|| self.custom.read().get(name)?.iter().find(wanted).cloned())
    }

    /// Adds an operator of the host's own. Fails when the schema does not parse or the overload exists.
    pub fn register(
        &self,
        schema: &str,
        eval: impl Fn(&mut Stack) -> Result<()> + Send + Sync + 'static,
    ) -> Result<Arc<Operator>> {
        self.register_parsed(parse_schema(schema)?, Box::new(eval))
    }

    pub(super) fn register_parsed(
        &self,
        parsed: FunctionSchema,
        eval: Box<dyn Fn(&mut Stack) -> Result<()> + Send + Sync>,
    ) -> Result<Arc<Operator>> {
        if self.find(&parsed.name, &parsed.overload).is_some() {
            return Err(Error::usage(format!("operator {} is already registered", parsed.qualified())));
        }
        let operator = Arc::new(Operator {
            name: parsed.name.as_str().into(),
            overload: parsed.overload.as_str().into(),
            family: "host",
            form: Form::Custom(eval),
            instead: Instead { quantized: None, sparse: OnSparse::AsEver },
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

    /// What it writes beside the arguments that its schema marks.
    pub fn unmarked_writes(&self) -> Option<UnmarkedWrites> {
        let text = self.entry()?.0.writes?;
        let (names, when) = match text.split_once(" if ") {
            Some((names, when)) => (names, Some(when)),
            None => (text, None),
        };
        Some(UnmarkedWrites { arguments: names.split(", ").collect(), when })
    }

    /// Calls the operator: the last `n` values of the stack are its arguments, in schema order with every default
    /// filled in; they are replaced by its results.
    pub fn call(&self, stack: &mut Stack, n: usize) -> Result<()> {
        if sparse_in_use() && stack[stack.len().saturating_sub(n)..].iter().any(|v| holds(v, &mkldnn::is_mkldnn)) {
            return mkldnn::run(self, stack, n);
        }
        if sparse_in_use() && self.meets_sparse(&stack[stack.len().saturating_sub(n)..])? {
            return match self.instead.sparse {
                OnSparse::Instead(instead) => self.call_with(Some(instead), stack, n),
                _ => Err(Error::unsupported(format!("{} on sparse tensors", self.qualified()))),
            };
        }
        if lazy_in_use() && self.meets_lazy(&stack[stack.len().saturating_sub(n)..])? {
            return self.call_resolved(stack, n);
        }
        self.call_as_is(stack, n)
    }

    /// Whether arguments must be resolved first. Lists of other things, and lists that are only passed on, are not
    /// looked through: they may be long.
    fn meets_lazy(&self, args: &[IValue]) -> Result<bool> {
        let mut lazy = args.iter().any(|value| matches!(value, IValue::Tensor(t) if t.is_lazy()));
        if !lazy && args.iter().any(is_tensor_list) {
            let declared = &self.schema()?.arguments;
            lazy = args.iter().zip(declared).any(|(value, a)| takes_tensors(&a.ty) && holds_lazy(value));
        }
        Ok(lazy && !self.sees_lazy()?)
    }

    /// Whether the operator takes lazily conjugated or negated tensors as they are: those that make views of them, and
    /// those that ask for no elements.
    fn sees_lazy(&self) -> Result<bool> {
        const QUESTIONS: &[&str] = &[
            "is_conj",
            "is_neg",
            "is_complex",
            "is_floating_point",
            "is_contiguous",
            "is_set_to",
            "is_same_size",
            "size",
            "sym_size",
            "stride",
            "storage_offset",
            "dim",
            "numel",
            "len",
            "requires_grad_",
            "__is__",
            "__isnot__",
        ];
        let Some(name) = self.name.strip_prefix("aten::") else { return Ok(self.name.starts_with("prim::")) };
        let views = self.schema()?.returns.iter().any(|r| r.alias.is_some() && !r.is_write());
        // another dtype has other bits
        Ok(QUESTIONS.contains(&name) || views && (name, &*self.overload) != ("view", "dtype"))
    }

    /// [`Operator::call`] with copies in which lazy tensors are resolved; what is written to them is written back.
    fn call_resolved(&self, stack: &mut Stack, n: usize) -> Result<()> {
        let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
        let schema = self.schema()?.clone();
        let mut written = Vec::new();
        for (value, argument) in stack[base..].iter_mut().zip(&schema.arguments) {
            match value {
                IValue::Tensor(lazy) if lazy.is_lazy() && takes_tensors(&argument.ty) => {
                    let resolved = lazy.resolved()?;
                    if argument.is_write() {
                        written.push((lazy.clone(), resolved.clone()));
                    }
                    *value = IValue::Tensor(resolved);
                }
                IValue::List(list) if takes_tensors(&argument.ty) && takes_tensors(list.element_type()) => {
                    let resolved = list.to_vec().into_iter().map(resolve).collect::<Result<_>>()?;
                    *value = IValue::List(List::new(list.element_type().clone(), resolved));
                }
                _ => {}
            }
        }
        self.call_as_is(stack, n)?;
        for (lazy, resolved) in written {
            lazy.copy_from(&resolved)?;
            for value in &mut stack[base..] {
                if matches!(value, IValue::Tensor(t) if t.is_same(&resolved)) {
                    *value = IValue::Tensor(lazy.clone());
                }
            }
        }
        Ok(())
    }

    /// Whether an argument is a sparse tensor that the operator, made for dense ones, would look into.
    fn meets_sparse(&self, args: &[IValue]) -> Result<bool> {
        if matches!(self.instead.sparse, OnSparse::AsEver) || !args.iter().any(|value| holds(value, &is_sparse)) {
            return Ok(false);
        }
        let declared = &self.schema()?.arguments;
        Ok(args.iter().zip(declared).any(|(value, a)| takes_tensors(&a.ty) && holds(value, &is_sparse)))
    }

    pub(super) fn call_as_is(&self, stack: &mut Stack, n: usize) -> Result<()> {
        let args = &stack[stack.len().saturating_sub(n)..];
        let quantized = self.instead.quantized.filter(|_| args.iter().any(is_quantized));
        self.call_with(quantized, stack, n)
    }

    /// Calls the operator with another entry in the place of its own, if there is one.
    fn call_with(&self, other: Option<&'static Op>, stack: &mut Stack, n: usize) -> Result<()> {
        let instead = |op: &&'static Op| other.unwrap_or(*op);
        match &self.form {
            Form::Table(op) => eval(instead(op), stack, n),
            Form::Inplace(Op { eval: Eval::Pointwise(spec), .. }) if other.is_none() => {
                elementwise::eval(spec, stack, n, Place::First)
            }
            Form::Out(Op { eval: Eval::Pointwise(spec), tags, .. })
                if other.is_none() && !tags.contains(&Tag::CopiedOut) =>
            {
                let target = stack.pop().unwrap_or_default().to_tensor()?;
                let place = if tags.contains(&Tag::SameOut) { Place::Same(target) } else { Place::Out(target) };
                elementwise::eval(spec, stack, n - 1, place)
            }
            Form::Inplace(op) if matches!(stack[stack.len() - n], IValue::List(_)) => {
                let targets = tensors(stack[stack.len() - n].clone())?;
                eval(instead(op), stack, n)?;
                let results = tensors(stack.pop().unwrap_or_default())?;
                for (target, result) in targets.iter().zip(&results) {
                    elementwise::check_cast(result.dtype(), target.dtype())?;
                }
                targets.iter().zip(&results).try_for_each(|(target, result)| write_in_place(target, result))
            }
            Form::Inplace(op) => {
                let base = stack.len() - n;
                let target = stack[base].to_tensor()?;
                if op.tags.contains(&Tag::Written) {
                    check_separate(&stack[base + 1..], std::slice::from_ref(&target), false)?;
                }
                eval(instead(op), stack, n)?;
                let result = stack.pop().unwrap_or_default().to_tensor()?;
                write_in_place(&target, &result)?;
                stack.push(IValue::Tensor(target));
                Ok(())
            }
            Form::Out(op) => match self.schema()?.returns.len() {
                0 => {
                    let targets = tensors(stack.pop().unwrap_or_default())?;
                    eval(instead(op), stack, n - 1)?;
                    let results = tensors(stack.pop().unwrap_or_default())?;
                    check_same_type(&targets, &results)?;
                    write_outs(&targets, &results)
                }
                count => {
                    let targets = pop_tensors(stack, count)?;
                    let aligned = op.tags.contains(&Tag::Aligned);
                    if aligned || op.tags.contains(&Tag::Separate) {
                        let base = stack.len().saturating_sub(n - count);
                        check_separate(&stack[base..], &targets, aligned)?;
                    }
                    if op.tags.contains(&Tag::TypedByOut) {
                        take_dtype(op, stack, n - count, &targets)?;
                    }
                    let options = insert_options(op, stack, n - count, &targets)?;
                    eval(instead(op), stack, n - count + options)?;
                    let mut results = pop_tensors(stack, count)?;
                    if op.tags.contains(&Tag::CopiedOut) {
                        results = results.iter().map(Tensor::to_contiguous).collect::<Result<_>>()?;
                    }
                    if !op.tags.contains(&Tag::Converts) {
                        check_same_type(&targets, &results)?;
                    }
                    write_outs(&targets, &results)?;
                    stack.extend(targets.into_iter().map(IValue::Tensor));
                    Ok(())
                }
            },
            Form::Custom(f) => f(stack),
        }
    }

    fn make_schema(&self) -> Result<FunctionSchema> {
        match &self.form {
            Form::Table(op) => parse_schema(op.schema),
            Form::Inplace(op) => {
                let mut schema = parse_schema(op.schema)?;
                schema.name.push('_');
                if let Some(first) = schema.arguments.first_mut() {
                    first.alias = Some(write_alias("a"));
                }
                if matches!(&schema.returns[..], [Argument { ty: crate::Type::List(_), .. }]) {
                    schema.returns.clear();
                }
                for returned in &mut schema.returns {
                    returned.alias = Some(write_alias("a"));
                }
                Ok(schema)
            }
            Form::Out(op) => {
                let mut schema = parse_schema(op.schema)?;
                let (overload, names) = split_out(op.out.unwrap_or_default());
                schema.overload = overload.to_string();
                for argument in &mut schema.arguments {
                    if argument.alias.as_ref().is_some_and(|a| !a.is_write) {
                        argument.alias = None;
                    }
                }
                if let Some(first) = options_of(&schema) {
                    schema.arguments.drain(first..first + OPTIONS.len());
                }
                let mut names = names.into_iter().flat_map(|names| names.split(", "));
                if let [Argument { ty: crate::Type::List(_), .. }] = &schema.returns[..] {
                    let returned = schema.returns.remove(0);
                    let name = names.next().unwrap_or("out");
                    let alias = Some(write_alias("a"));
                    schema.arguments.push(Argument { kwarg_only: true, alias, ..Argument::new(name, returned.ty) });
                    return Ok(schema);
                }
                let single = schema.returns.len() == 1;
                // letters after those of arguments that are written anyway
                let first = b'a' + schema.arguments.iter().filter(|a| a.is_write()).count() as u8;
                for (i, returned) in schema.returns.iter_mut().enumerate() {
                    let name = match (names.next(), returned.name.as_str()) {
                        (Some(name), _) => name.to_string(),
                        (None, _) if single => "out".to_string(),
                        (None, "") => format!("out{i}"),
                        (None, name) => name.to_string(),
                    };
                    let alias = Some(write_alias(char::from(first + i as u8).encode_utf8(&mut [0; 4])));
                    returned.alias = alias.clone();
                    schema.arguments.push(Argument {
                        kwarg_only: true,
                        alias,
                        ..Argument::new(&name, crate::Type::TENSOR)
                    });
                }
                Ok(schema)
            }
            Form::Custom(_) => Err(Error::internal("a registered operator has its schema from the start")),
        }
    }
}

/// Whether an argument is a quantized tensor, or a list of them.
fn is_quantized(value: &IValue) -> bool {
    match value {
        IValue::Tensor(x) => x.dtype().is_quantized(),
        IValue::List(list) => match list.lock().first() {
            Some(IValue::Tensor(x)) => x.dtype().is_quantized(),
            _ => false,
        },
        _ => false,
    }
}

fn eval(op: &'static Op, stack: &mut Stack, n: usize) -> Result<()> {
    match op.eval {
        Eval::Fn(f) => f.call(stack),
        Eval::Stack(f) => f(stack, n),
        Eval::Shared(f, of) => f(of, stack, n),
        Eval::Pointwise(spec) => elementwise::eval(spec, stack, n, Place::New),
        Eval::PointwiseInto(spec) => elementwise::eval(spec, stack, n, Place::First),
        Eval::Prelude => prelude::eval(op, stack, n),
    }
}

fn is_tensor_list(value: &IValue) -> bool {
    matches!(value, IValue::List(list) if takes_tensors(list.element_type()))
}

fn holds_lazy(value: &IValue) -> bool {
    matches!(value, IValue::List(_)) && holds(value, &Tensor::is_lazy)
}

/// Whether it is such a tensor, or a list with one.
fn holds(value: &IValue, such: &dyn Fn(&Tensor) -> bool) -> bool {
    match value {
        IValue::Tensor(x) => such(x),
        IValue::List(list) if takes_tensors(list.element_type()) => {
            list.lock().iter().any(|v| matches!(v, IValue::Tensor(x) if such(x)))
        }
        _ => false,
    }
}

fn is_sparse(x: &Tensor) -> bool {
    x.sparse_parts().is_some()
}

/// As opposed to values of any type, which are only passed on.
fn takes_tensors(ty: &Type) -> bool {
    match ty {
        Type::Tensor(_) => true,
        Type::Optional(inner) | Type::List(inner) => takes_tensors(inner),
        _ => false,
    }
}

fn resolve(value: IValue) -> Result<IValue> {
    match value {
        IValue::Tensor(t) => t.resolved().map(IValue::Tensor),
        other => Ok(other),
    }
}

/// The second half of an in-place operator: `result` must fit `target`'s dtype category and shape.
pub fn write_in_place(target: &Tensor, result: &Tensor) -> Result<()> {
    if is_sparse(target) || is_sparse(result) {
        return sparse::replace(target, result);
    }
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
    check_same_params(target, result)?;
    target.copy_from(result)
}

/// The integers of a quantized result mean something else in a tensor of other parameters.
fn check_same_params(target: &Tensor, result: &Tensor) -> Result<()> {
    let both = target.quantizer().is_some() && result.quantizer().is_some();
    if both && target.q_params()? != result.q_params()? {
        return Err(Error::unsupported("writing a quantized result into a tensor of another scale or zero point"));
    }
    Ok(())
}

/// The second half of an `out` operator: `target` takes the shape of `result`, and then its memory order.
pub fn write_out(target: &Tensor, result: &Tensor) -> Result<()> {
    if is_sparse(target) || is_sparse(result) {
        return sparse::replace(target, result);
    }
    if !result.dtype().can_cast(target.dtype()) {
        crate::bail!("result type {} can't be cast to the desired output type {}", result.dtype(), target.dtype());
    }
    if target.sizes() != result.sizes() {
        let strides = crate::tensor::infer_dense_strides(result.sizes(), result.strides());
        let fresh = Tensor::empty_strided(result.sizes(), &strides, target.dtype())?;
        target.replace_geometry(fresh.geometry().clone())?;
    }
    crate::tensor::tile::check_no_internal_overlap(target)?;
    quant::copy_params(target, result)?;
    target.copy_from(result)
}

/// What a factory takes beside sizes and values.
const OPTIONS: [&str; 4] = ["dtype", "layout", "device", "pin_memory"];

fn options_of(schema: &FunctionSchema) -> Option<usize> {
    schema.arguments.windows(OPTIONS.len()).position(|window| window.iter().map(|a| a.name.as_str()).eq(OPTIONS))
}

/// Gives a factory, whose last `n` values on the stack are its arguments without options, those of `out`.
fn insert_options(op: &Op, stack: &mut Stack, n: usize, targets: &[Tensor]) -> Result<usize> {
    if !op.schema.contains("Layout? layout") {
        return Ok(0);
    }
    let (Some(first), Some(target)) = (options_of(&parse_schema(op.schema)?), targets.first()) else { return Ok(0) };
    let at = stack.len() - n + first;
    let options = [IValue::Int(target.dtype().code()), IValue::None, IValue::None, IValue::None];
    stack.splice(at..at, options);
    Ok(OPTIONS.len())
}

/// Gives an operator without a dtype, whose last `n` values on the stack are its arguments, that of its result's place.
fn take_dtype(op: &Op, stack: &mut Stack, n: usize, targets: &[Tensor]) -> Result<()> {
    let named = parse_schema(op.schema)?.arguments.iter().position(|a| a.name == "dtype");
    let (Some(at), Some(target)) = (named, targets.first()) else { return Ok(()) };
    let base = stack.len() - n;
    match &stack[base + at] {
        IValue::None => stack[base + at] = IValue::Int(target.dtype().code()),
        given => {
            let code = given.to_int()?;
            let given =
                DType::from_code(code).ok_or_else(|| Error::runtime(format!("no dtype has the code {code}")))?;
            crate::ensure!(
                given == target.dtype(),
                "Expected out tensor to have dtype {}, but got {} instead",
                c_name(given),
                c_name(target.dtype())
            );
        }
    }
    Ok(())
}

/// `aligned`: a target may be an argument.
fn check_separate(args: &[IValue], targets: &[Tensor], aligned: bool) -> Result<()> {
    targets.iter().try_for_each(crate::tensor::tile::check_no_internal_overlap)?;
    for arg in args.iter().filter_map(|arg| arg.to_tensor().ok()) {
        let others = targets.iter().filter(|target| !(aligned && arg.same_place(target)));
        others.into_iter().try_for_each(|target| crate::tensor::tile::check_no_overlap(&arg, target))?;
    }
    Ok(())
}

fn check_same_type(targets: &[Tensor], results: &[Tensor]) -> Result<()> {
    for (target, result) in targets.iter().zip(results) {
        crate::ensure!(
            target.dtype() == result.dtype(),
            "Expected out tensor to have dtype {}, but got {} instead",
            c_name(result.dtype()),
            c_name(target.dtype())
        );
    }
    Ok(())
}

/// The C++ type of the elements, as compilers print it.
pub(super) fn c_name(dtype: DType) -> &'static str {
    match dtype {
        DType::F32 => "float",
        DType::F64 => "double",
        DType::F16 => "c10::Half",
        DType::BF16 => "c10::BFloat16",
        DType::I64 => "long int",
        DType::I32 => "int",
        DType::I16 => "short int",
        DType::I8 => "signed char",
        DType::U8 => "unsigned char",
        DType::Bool => "bool",
        DType::C32 => "c10::complex<c10::Half>",
        DType::C64 => "c10::complex<float>",
        DType::C128 => "c10::complex<double>",
        other => other.name(),
    }
}

/// The second half of an `out` operator with several results. Nothing is written when one of them does not fit.
fn write_outs(targets: &[Tensor], results: &[Tensor]) -> Result<()> {
    crate::ensure!(targets.len() == results.len(), "expected {} out tensors, got {}", results.len(), targets.len());
    for (target, result) in targets.iter().zip(results) {
        elementwise::check_cast(result.dtype(), target.dtype())?;
    }
    targets.iter().zip(results).try_for_each(|(target, result)| write_out(target, result))
}

fn pop_tensors(stack: &mut Stack, count: usize) -> Result<Vec<Tensor>> {
    let base = stack.len().checked_sub(count).ok_or_else(|| Error::internal("operator stack underflow"))?;
    stack.drain(base..).map(|value| value.to_tensor()).collect()
}

fn tensors(value: IValue) -> Result<Vec<Tensor>> {
    super::FromIValue::from_ivalue(value)
}

fn write_alias(set: &str) -> AliasInfo {
    AliasInfo { before: vec![set.into()], after: vec![set.into()], is_write: true, element: None }
}

/// `dim_max(max, max_values)`: the overload's name and the names of its `out` arguments.
fn split_out(out: &str) -> (&str, Option<&str>) {
    match out.split_once('(') {
        Some((overload, names)) => (overload, Some(names.trim_end_matches(')'))),
        None => (out, None),
    }
}

/// `aten::add.Tensor` → (`aten::add`, `Tensor`).
pub fn split_overload(qualified: &str) -> (&str, &str) {
    qualified.split_once('.').unwrap_or((qualified, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overload_stands_in_one_place() {
        let mut twice = Vec::new();
        for (name, operators) in registry().builtin.iter() {
            let mut overloads: Vec<&str> = operators.iter().map(|o| &*o.overload).collect();
            overloads.sort_unstable();
            twice.extend(
                overloads.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("{name}.{}", pair[0])),
            );
        }
        assert!(twice.is_empty(), "{twice:?}");
    }
}
