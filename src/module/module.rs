//! Script modules: loading archives, calling methods, attributes.

use std::path::Path;
use std::sync::Arc;

use super::load::{load_any, load_packaged};
use super::state::{Entered, StateLock};
use crate::analysis::Writes;
use crate::archive::{Archive, Bytes, RecordReader};
use crate::base::Source;
use crate::exec;
use crate::frontend::{operators_used, CompilationUnit, OperatorUse};
use crate::ir::{Function, Graph};
use crate::schema::FunctionSchema;
use crate::value::{AttributeKind, IValue, List, Object, TupleValue, Type};
use crate::{DType, Error, Result, Tensor};

/// Loads a TorchScript archive. See [`Module::load`].
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// use sconce::{DType, Scalar, Tensor};
/// let module = sconce::load("tests/fixtures/decision_gate.pt")?;
/// let x = Tensor::full(&[3, 4], Scalar::Float(0.5), DType::F32)?;
/// let y = module.forward(&[x.into()])?.to_tensor()?;
/// assert_eq!(y.sizes(), [3, 4]);
/// # Ok(())
/// # }
/// ```
pub fn load(path: impl AsRef<Path>) -> Result<Module> {
    Module::load(path)
}

/// A script module: an object of an archive's class, its parameters, buffers, submodules and methods. A handle: clones
/// are the same module.
///
/// Any number of threads may call methods at the same time. A method that assigns attributes or writes into its
/// module's tensors runs alone among the calls on modules of one load; [`Module::deep_copy`] makes a module with state
/// of its own, for a thread of its own.
#[derive(Clone)]
pub struct Module {
    object: Object,
}

/// What an archive's modules share.
struct Loaded {
    code: Arc<Code>,
    /// Of the tensors and attributes, which deep copies do not share.
    state: StateLock,
}

/// What copies of an archive's modules share too.
struct Code {
    unit: CompilationUnit,
    archive: Arc<Archive>,
}

/// A method of a module, ready to be compiled and called.
#[derive(Clone)]
pub struct Method {
    object: Object,
    function: Arc<Function>,
}

impl Module {
    /// Loads an archive that `torch.jit.save` wrote. Weights are mapped, not copied, where the file allows; code is
    /// compiled when a method is first called. Fails with the record, line or class that is wrong.
    pub fn load(path: impl AsRef<Path>) -> Result<Module> {
        let path = path.as_ref();
        let bytes = Bytes::from_path(path).map_err(|e| e.context(path.display()))?;
        Self::load_from(bytes).map_err(|e| e.context(path.display()))
    }

    /// As [`Module::load`], from memory.
    pub fn load_from(bytes: impl Into<Bytes>) -> Result<Module> {
        Self::from_archive(Archive::open(bytes.into())?)
    }

    /// As [`Module::load`], from wherever `reader` takes the bytes: an encrypted file, a database, a network. Records are
    /// read when they are needed.
    ///
    /// ```
    /// # fn main() -> sconce::Result<()> {
    /// use std::sync::Arc;
    /// use sconce::archive::RecordReader;
    ///
    /// /// A file whose bytes are all inverted.
    /// struct Inverted(Vec<u8>);
    ///
    /// impl RecordReader for Inverted {
    ///     fn size(&self) -> sconce::Result<u64> {
    ///         Ok(self.0.len() as u64)
    ///     }
    ///     fn read_at(&self, offset: u64, buf: &mut [u8]) -> sconce::Result<()> {
    ///         let part = self.0.get(offset as usize..).and_then(|rest| rest.get(..buf.len()));
    ///         let part = part.ok_or_else(|| sconce::Error::archive("the file is too short"))?;
    ///         buf.iter_mut().zip(part).for_each(|(out, byte)| *out = !byte);
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let secret = std::fs::read("tests/fixtures/decision_gate.pt")?.into_iter().map(|byte| !byte).collect();
    /// let module = sconce::Module::load_reader(Arc::new(Inverted(secret)))?;
    /// assert_eq!(module.methods().len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn load_reader(reader: Arc<dyn RecordReader>) -> Result<Module> {
        Self::from_archive(Archive::open_reader(reader)?)
    }

    /// One of the script modules in a `torch.package` archive; `name` is the resource it was saved as, `models/net.pkl`,
    /// or its number among the package's script modules. A package with a single one needs no name: [`Module::load`].
    pub fn load_packaged(path: impl AsRef<Path>, name: &str) -> Result<Module> {
        let path = path.as_ref();
        let load = || {
            let archive = Arc::new(Archive::open(Bytes::from_path(path)?)?);
            let (unit, object) = load_packaged(&archive, name)?;
            Ok(Self::with_code(unit, archive, object))
        };
        load().map_err(|error: Error| error.context(path.display()))
    }

    fn from_archive(archive: Archive) -> Result<Module> {
        let archive = Arc::new(archive);
        let (unit, object) = load_any(&archive)?;
        Ok(Self::with_code(unit, archive, object))
    }

    fn with_code(unit: CompilationUnit, archive: Arc<Archive>, object: Object) -> Module {
        let code = Arc::new(Code { unit, archive });
        keep_all(&object, &Arc::new(Loaded { code, state: StateLock::default() }));
        Module { object }
    }

    /// The module behind an object, e.g. an attribute that is a submodule.
    pub fn from_object(object: Object) -> Module {
        Module { object }
    }

    pub fn object(&self) -> &Object {
        &self.object
    }

    /// The qualified name of the module's class.
    pub fn class_name(&self) -> &str {
        self.object.class().name().as_str()
    }

    /// Calls `forward`.
    pub fn forward(&self, args: &[IValue]) -> Result<IValue> {
        self.call("forward", args)
    }

    /// Calls a method by name. Arguments are checked against its schema; missing ones take their defaults.
    pub fn call(&self, method: &str, args: &[IValue]) -> Result<IValue> {
        self.method(method)?.call(args)
    }

    /// A method by name. Fails when the class has none.
    pub fn method(&self, name: &str) -> Result<Method> {
        match self.find_method(name) {
            Some(method) => Ok(method),
            None => Err(Error::usage(format!("Method '{name}' is not defined."))),
        }
    }

    pub fn find_method(&self, name: &str) -> Option<Method> {
        let function = Function::of_class(self.object.class(), name)?;
        Some(Method { object: self.object.clone(), function })
    }

    /// In definition order.
    pub fn methods(&self) -> Vec<Method> {
        let methods = self.object.class().methods().into_iter();
        methods
            .filter_map(|(_, slot)| slot.downcast::<Function>().ok())
            .map(|function| Method { object: self.object.clone(), function })
            .collect()
    }

    pub fn attr(&self, name: &str) -> Result<IValue> {
        self.object.attr(name)
    }

    pub fn set_attr(&self, name: &str, value: IValue) -> Result<()> {
        let loaded = loaded(&self.object);
        let _held = match &loaded {
            // the mode decides on what calls may run side by side
            Some(loaded) if name == "training" => Some(loaded.state.enter(true)?),
            _ => None,
        };
        self.object.set_attr(name, value)
    }

    /// Submodules with their attribute names.
    pub fn children(&self) -> Vec<(String, Module)> {
        self.slots(|_, ty| matches!(ty, Type::Class(c) if c.is_module()) || matches!(ty, Type::Interface(_)))
            .into_iter()
            .filter_map(|(name, value)| match value {
                IValue::Object(object) => Some((name, Module { object })),
                _ => None,
            })
            .collect()
    }

    /// This module and all below, each once, with dotted names; the root's name is empty.
    pub fn modules(&self) -> Vec<(String, Module)> {
        let mut out: Vec<(String, Module)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut stack = vec![(String::new(), self.clone())];
        while let Some((name, module)) = stack.pop() {
            if !seen.insert(module.object.id()) {
                continue;
            }
            for (child, inner) in module.children().into_iter().rev() {
                stack.push((join(&name, &child), inner));
            }
            out.push((name, module));
        }
        out
    }

    /// Parameters of this module and all below, with dotted names.
    pub fn parameters(&self) -> Vec<(String, Tensor)> {
        self.tensors(AttributeKind::Parameter)
    }

    /// Buffers of this module and all below, with dotted names.
    pub fn buffers(&self) -> Vec<(String, Tensor)> {
        self.tensors(AttributeKind::Buffer)
    }

    fn tensors(&self, kind: AttributeKind) -> Vec<(String, Tensor)> {
        let mut out = Vec::new();
        for (path, module) in self.modules() {
            for (name, value) in module.slots(|k, _| k == kind) {
                if let IValue::Tensor(tensor) = value {
                    out.push((join(&path, &name), tensor));
                }
            }
        }
        out
    }

    fn slots(&self, keep: impl Fn(AttributeKind, &Type) -> bool) -> Vec<(String, IValue)> {
        let attributes = self.object.class().attributes().into_iter().enumerate();
        attributes.filter(|(_, a)| keep(a.kind, &a.ty)).map(|(slot, a)| (a.name, self.object.get(slot))).collect()
    }

    /// Sets `training` on this module and all below, when no call runs that it would change. Fails when an operator of the
    /// host does it below such a call.
    pub fn train(&self, on: bool) -> Result<()> {
        let loaded = loaded(&self.object);
        let _held = match &loaded {
            Some(loaded) => Some(loaded.state.enter(true)?),
            None => None,
        };
        for (_, module) in self.modules() {
            if let Some(slot) = module.object.class().slot("training") {
                module.object.set(slot, IValue::Bool(on));
            }
        }
        Ok(())
    }

    /// `train(false)`: dropout and batch statistics are off.
    pub fn eval(&self) -> Result<()> {
        self.train(false)
    }

    /// A module that shares no tensor, list or object with this one, but its code: calls on it do not wait for calls on
    /// this one. What is shared within stays shared.
    ///
    /// ```
    /// # fn main() -> sconce::Result<()> {
    /// let module = sconce::load("tests/fixtures/counter.pt")?;
    /// let threads: Vec<_> = (0..2)
    ///     .map(|_| module.deep_copy().map(|own| std::thread::spawn(move || own.parameters().len())))
    ///     .collect::<sconce::Result<_>>()?;
    /// # for thread in threads { thread.join().unwrap(); }
    /// # Ok(())
    /// # }
    /// ```
    pub fn deep_copy(&self) -> Result<Module> {
        let value = IValue::Object(self.object.clone());
        let copy = match loaded(&self.object) {
            Some(loaded) => {
                let _held = loaded.state.enter(false)?;
                let own = Loaded { code: loaded.code.clone(), state: StateLock::default() };
                value.deep_copy_keeping(Arc::new(own))?
            }
            None => value.deep_copy()?,
        };
        Ok(Module { object: copy.to_object()? })
    }

    /// A new module of new submodules over the same tensors and other values, as LibTorch's `Module::clone`.
    pub fn shallow_copy(&self) -> Result<Module> {
        let copy = IValue::Object(self.object.clone()).shallow_copy()?.to_object()?;
        for (name, child) in self.children() {
            if let Some(slot) = copy.class().slot(&name) {
                copy.set(slot, IValue::Object(child.shallow_copy()?.object));
            }
        }
        Ok(Module { object: copy })
    }

    /// Converts parameters and buffers of floating point or complex dtypes to `dtype`, which is one of these, in this
    /// module and all below, as Python's `Module.to`: complex ones lose their imaginary part to a floating point dtype.
    /// Tensors of several names stay one; views of one storage come apart.
    pub fn to_dtype(&self, dtype: DType) -> Result<()> {
        if !dtype.is_floating_point() && !dtype.is_complex() {
            return Err(Error::usage(format!(
                "Module::to_dtype: expected a floating point or complex dtype, got {dtype}"
            )));
        }
        self.convert(dtype, |from| from.is_floating_point() || from.is_complex())
    }

    /// Converts all parameters and buffers to `dtype`, in this module and all below, as LibTorch's `Module::to`: integers
    /// and truth values too. Fails for a dtype that cannot have gradients where a tensor requires them.
    pub fn to_dtype_all(&self, dtype: DType) -> Result<()> {
        let differentiable = dtype.is_floating_point() || dtype.is_complex();
        let mut tensors = self.parameters().into_iter().chain(self.buffers());
        if !differentiable && tensors.any(|(_, tensor)| tensor.requires_grad()) {
            let text = "data set to a tensor that requires gradients must be floating point or complex dtype";
            return Err(Error::usage(text));
        }
        self.convert(dtype, |from| !from.is_quantized())
    }

    fn convert(&self, dtype: DType, wanted: fn(DType) -> bool) -> Result<()> {
        let loaded = loaded(&self.object);
        let _held = match &loaded {
            Some(loaded) => Some(loaded.state.enter(true)?),
            None => None,
        };
        let mut made: Vec<(Tensor, Tensor)> = Vec::new();
        for (_, module) in self.modules() {
            for (slot, attribute) in module.object.class().attributes().into_iter().enumerate() {
                let IValue::Tensor(tensor) = module.object.get(slot) else { continue };
                let is_state = matches!(attribute.kind, AttributeKind::Parameter | AttributeKind::Buffer);
                if !is_state || !wanted(tensor.dtype()) || tensor.dtype() == dtype {
                    continue;
                }
                let converted = match made.iter().find(|(from, _)| from.is_same(&tensor)) {
                    Some((_, converted)) => converted.clone(),
                    None => {
                        let converted = tensor.to_dtype(dtype)?;
                        converted.set_requires_grad(tensor.requires_grad());
                        made.push((tensor, converted.clone()));
                        converted
                    }
                };
                module.object.set(slot, IValue::Tensor(converted));
            }
        }
        Ok(())
    }

    /// A file that was saved beside the code, by its name below `extra/`.
    pub fn extra_file(&self, name: &str) -> Result<Option<Bytes>> {
        match loaded(&self.object) {
            Some(loaded) => loaded.code.archive.extra(name),
            None => Ok(None),
        }
    }

    /// The archive the module came from.
    pub fn archive(&self) -> Option<Arc<Archive>> {
        loaded(&self.object).map(|l| l.code.archive.clone())
    }

    /// The operators that the module's code names, methods of its submodules and whatever they call included, and which
    /// of them are not supported: all at once, without compiling. Empty for a module that came from no archive.
    ///
    /// ```
    /// # fn main() -> sconce::Result<()> {
    /// let module = sconce::load("tests/fixtures/decision_gate.pt")?;
    /// let names: Vec<String> = module.operators_used()?.into_iter().map(|operator| operator.name).collect();
    /// assert_eq!(names, ["aten::gt", "aten::neg", "aten::sum"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn operators_used(&self) -> Result<Vec<OperatorUse>> {
        match loaded(&self.object) {
            Some(loaded) => operators_used(&loaded.code.unit, self.object.class()),
            None => Ok(Vec::new()),
        }
    }

    /// Compiles methods from source text and adds them to the module's class.
    pub fn define(&self, source: &str) -> Result<()> {
        let loaded = loaded(&self.object).ok_or_else(|| Error::usage("define: the module has no compilation unit"))?;
        let source = Source::new(None, source, 0);
        loaded.code.unit.define_methods(self.object.class(), &source).map(|_| ())
    }
}

impl Method {
    pub fn name(&self) -> &str {
        self.function.name()
    }
    pub fn schema(&self) -> Result<&FunctionSchema> {
        self.function.schema()
    }
    /// The graph before optimisation.
    pub fn graph(&self) -> Result<&Arc<Graph>> {
        self.function.graph()
    }
    pub fn function(&self) -> &Arc<Function> {
        &self.function
    }

    /// Compiles the method, but not what it calls. Calling does so by itself; this is for errors early.
    pub fn compile(&self) -> Result<()> {
        exec::plan_of(&self.function).map(|_| ())
    }

    pub fn call(&self, args: &[IValue]) -> Result<IValue> {
        self.call_with(args, &[])
    }

    /// Calls with positional and keyword arguments.
    pub fn call_with(&self, args: &[IValue], kwargs: &[(&str, IValue)]) -> Result<IValue> {
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(IValue::Object(self.object.clone()));
        all.extend_from_slice(args);
        let kwargs: Vec<(String, IValue)> = kwargs.iter().map(|(k, v)| (k.to_string(), v.clone())).collect();
        let loaded = loaded(&self.object);
        let _held = match &loaded {
            Some(loaded) => Some(self.enter(&loaded.state)?),
            None => None,
        };
        resolved(exec::call(&self.function, all, &kwargs)?)
    }
}

impl Method {
    /// Waits until it may run beside what else runs on the model.
    fn enter<'a>(&self, state: &'a StateLock) -> Result<Entered<'a>> {
        let plan = exec::plan_of(&self.function)?;
        match plan.writes(&self.function) {
            Writes::Never => state.enter(false),
            Writes::Always => state.enter(true),
            writes @ Writes::InTraining(_) => {
                // nobody changes the mode while it is held
                let held = state.enter(false)?;
                if writes.happen(Some(&IValue::Object(self.object.clone()))) {
                    drop(held);
                    return state.enter(true);
                }
                Ok(held)
            }
        }
    }
}

/// Hosts read memory, so what they get has no conjugation or negation left to do.
fn resolved(value: IValue) -> Result<IValue> {
    if !crate::tensor::lazy_in_use() {
        return Ok(value);
    }
    resolved_within(value, 0)
}

fn resolved_within(value: IValue, depth: usize) -> Result<IValue> {
    let all =
        |values: &[IValue]| values.iter().cloned().map(|v| resolved_within(v, depth + 1)).collect::<Result<Vec<_>>>();
    Ok(match value {
        // what nests deeper than any written type is left as it is
        value if depth > 100 => value,
        IValue::Tensor(t) => IValue::Tensor(t.resolved()?),
        IValue::Tuple(tuple) => {
            IValue::Tuple(Arc::new(TupleValue { elements: all(&tuple.elements)?, named: tuple.named.clone() }))
        }
        IValue::List(list) if list.lock().iter().any(|v| matches!(v, IValue::Tensor(t) if t.is_lazy())) => {
            IValue::List(List::new(list.element_type().clone(), all(&list.to_vec())?))
        }
        other => other,
    })
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.into()
    } else {
        format!("{path}.{name}")
    }
}

fn loaded(object: &Object) -> Option<Arc<Loaded>> {
    object.kept()?.clone().downcast().ok()
}

/// Every module of the archive keeps its unit alive, so that a submodule works without its parents.
fn keep_all(root: &Object, loaded: &Arc<Loaded>) {
    let mut stack = vec![root.clone()];
    let mut seen = std::collections::HashSet::new();
    while let Some(object) = stack.pop() {
        if !seen.insert(object.id()) {
            continue;
        }
        object.keep(loaded.clone());
        for slot in 0..object.class().attribute_count() {
            if let IValue::Object(inner) = object.get(slot) {
                stack.push(inner);
            }
        }
    }
}
