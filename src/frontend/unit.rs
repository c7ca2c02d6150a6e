//! The compilation unit: the classes and functions of an archive or of source text, by name.
//!
//! Everything is lazy. A class is read when something names it: its attributes and the signatures of its methods; a
//! body is compiled when its graph is first asked for. One unit compiles in one thread at a time.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use indexmap::IndexMap;
use parking_lot::{Mutex, ReentrantMutex, RwLock};

use super::ast::{Def, Expr, ExprKind, File, Ident, Stmt, StmtKind};
use super::{classes, emit, parser, types};
use crate::base::{Source, SourceRange};
use crate::ir::{Compile, Function, Graph};
use crate::schema::{Argument, FunctionSchema};
use crate::value::{torchbind_class, ClassType, IValue, InterfaceType, QualName, Type};
use crate::{Error, ErrorKind, Result};

/// Finds code by the qualifier of the names it defines: `__torch__.net` for `__torch__.net.Block`.
pub trait CodeLoader: Send + Sync {
    /// The text that defines the names with this qualifier; `None` when there is none.
    fn source(&self, qualifier: &str) -> Result<Option<Arc<Source>>>;
}

/// A set of classes and functions that know each other. A handle: clones are the same unit.
///
/// The unit must live as long as its functions are to be compiled: dropping the last handle also takes the methods
/// out of its classes, which otherwise would keep each other alive.
#[derive(Clone)]
pub struct CompilationUnit(Arc<Unit>);

impl Default for CompilationUnit {
    fn default() -> Self {
        CompilationUnit::new()
    }
}

impl CompilationUnit {
    /// A unit for source text, with nothing in it.
    pub fn new() -> CompilationUnit {
        CompilationUnit(Unit::new(None, Vec::new(), i64::MAX))
    }

    /// A unit over an archive's code. `constants` is what code calls `CONSTANTS.c0`, …; `version` is the archive's
    /// file format version, which decides about the upgraders for old operators.
    pub fn from_archive(loader: Box<dyn CodeLoader>, constants: Vec<IValue>, version: i64) -> CompilationUnit {
        CompilationUnit(Unit::new(Some(loader), constants, version))
    }

    /// Replaces the constants, for archives whose constants are objects of their own classes.
    pub fn set_constants(&self, constants: Vec<IValue>) {
        *self.0.constants.write() = constants;
    }

    /// Adds the functions of a source text. They are compiled at once; nothing stays defined when one fails.
    pub fn define(&self, source: &Arc<Source>) -> Result<Vec<Arc<Function>>> {
        let file = Arc::new(parser::parse_functions(source.clone())?);
        let functions: Vec<_> =
            (0..file.functions.len()).map(|i| self.0.make_function("", &file, DefPlace::Function(i), None)).collect();
        {
            let mut state = self.0.state.write();
            for (i, function) in functions.iter().enumerate() {
                let name = function.qualname().as_str().to_string();
                let twice = functions[..i].iter().any(|other| other.qualname() == function.qualname());
                if twice || state.functions.contains_key(&name) {
                    let message = format!("method '{name}' already defined.");
                    return Err(Error::usage(message));
                }
            }
            for function in &functions {
                state.functions.insert(function.qualname().as_str().to_string(), function.clone());
            }
        }
        for function in &functions {
            if let Err(error) = function.graph() {
                let mut state = self.0.state.write();
                functions.iter().for_each(|f| drop(state.functions.shift_remove(f.qualname().as_str())));
                return Err(error);
            }
        }
        Ok(functions)
    }

    /// Adds methods, given as text, to a class of this unit. They are compiled at once.
    pub fn define_methods(&self, class: &Arc<ClassType>, source: &Arc<Source>) -> Result<Vec<Arc<Function>>> {
        let file = Arc::new(parser::parse_methods(source.clone())?);
        self.0.adopt(class);
        let prefix = class.name().as_str().to_string();
        let mut made = Vec::new();
        for (i, def) in file.functions.iter().enumerate() {
            if class.has_method(&def.name.name) {
                return Err(Error::usage(format!("method '{}.{}' already defined.", prefix, def.name.name)));
            }
            let owner = Owner::Class(Arc::downgrade(class));
            made.push(self.0.make_function(&prefix, &file, DefPlace::Function(i), Some(owner)));
        }
        for function in &made {
            class.add_method(function.name(), function.clone());
        }
        for function in &made {
            function.graph()?;
        }
        Ok(made)
    }

    /// Adds the methods in a file of an archive to a class, as archives before 1.4 have them. They are compiled when
    /// needed.
    pub fn import_methods(&self, class: &Arc<ClassType>, source: Arc<Source>) -> Result<()> {
        let file = Arc::new(parser::parse_file(source)?);
        if let Some(class) = file.classes.first() {
            return Err(error_at(&class.span.of(&file.source), "a class where only methods are expected"));
        }
        self.0.adopt(class);
        for i in 0..file.functions.len() {
            let owner = Owner::Class(Arc::downgrade(class));
            let function = self.0.make_function(class.name().as_str(), &file, DefPlace::Function(i), Some(owner));
            class.add_method(function.name(), function.clone());
        }
        Ok(())
    }

    /// A free function by its qualified name.
    pub fn function(&self, name: &str) -> Result<Option<Arc<Function>>> {
        self.0.function(name)
    }

    /// The functions found so far.
    pub fn functions(&self) -> Vec<Arc<Function>> {
        self.0.state.read().functions.values().cloned().collect()
    }

    /// A class, NamedTuple, enum or interface by its qualified name.
    pub fn named_type(&self, qualname: &str) -> Result<Option<Type>> {
        self.0.named_type(qualname)
    }

    /// Makes a type known under its name, e.g. the class of a module that is built by hand.
    pub fn register_type(&self, name: &str, ty: Type) {
        self.0.state.write().types.insert(name.into(), ty);
    }

    /// A type in its Python annotation form, class names included: `Dict[str, __torch__.net.Block]`.
    pub fn parse_type(&self, text: &str) -> Result<Type> {
        self.0.parse_type(text)
    }

    /// The archive's version.
    pub fn version(&self) -> i64 {
        self.0.version
    }

    pub(super) fn unit(&self) -> &Unit {
        &self.0
    }

    pub fn is_same(&self, other: &CompilationUnit) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What the handles share.
pub(crate) struct Unit {
    loader: Option<Box<dyn CodeLoader>>,
    pub(super) version: i64,
    pub(super) constants: RwLock<Vec<IValue>>,
    state: RwLock<State>,
    /// Held while anything is resolved or compiled; the names are the functions being compiled, outermost first.
    compiling: ReentrantMutex<Mutex<Vec<usize>>>,
    me: Weak<Unit>,
}

#[derive(Default)]
struct State {
    files: HashMap<String, Option<Arc<File>>>,
    types: HashMap<String, Type>,
    functions: IndexMap<String, Arc<Function>>,
}

impl Unit {
    fn new(loader: Option<Box<dyn CodeLoader>>, constants: Vec<IValue>, version: i64) -> Arc<Unit> {
        Arc::new_cyclic(|me| Unit {
            loader,
            version,
            constants: RwLock::new(constants),
            state: RwLock::default(),
            compiling: ReentrantMutex::default(),
            me: me.clone(),
        })
    }

    pub(super) fn is_archive(&self) -> bool {
        self.loader.is_some()
    }

    pub(super) fn function(&self, name: &str) -> Result<Option<Arc<Function>>> {
        if let Some(found) = self.state.read().functions.get(name) {
            return Ok(Some(found.clone()));
        }
        let Some((qualifier, last)) = name.rsplit_once('.') else { return Ok(None) };
        let _guard = self.compiling.lock();
        let Some(file) = self.file(qualifier)? else { return Ok(None) };
        let Some(index) = file.functions.iter().rposition(|f| &*f.name.name == last) else { return Ok(None) };
        let function = self.make_function(qualifier, &file, DefPlace::Function(index), None);
        let mut state = self.state.write();
        Ok(Some(state.functions.entry(name.into()).or_insert(function).clone()))
    }

    pub(super) fn named_type(&self, name: &str) -> Result<Option<Type>> {
        if let Some(found) = self.state.read().types.get(name) {
            return Ok(Some(found.clone()));
        }
        // a namespace alone is no class
        if name.strip_prefix("__torch__.torch.classes.").is_some_and(|class| class.contains('.')) {
            return Ok(Some(Type::Class(torchbind_class(name))));
        }
        let Some((qualifier, last)) = name.rsplit_once('.') else { return Ok(None) };
        let _guard = self.compiling.lock();
        let Some(file) = self.file(qualifier)? else { return Ok(None) };
        let Some(index) = file.classes.iter().rposition(|c| &*c.name.name == last) else { return Ok(None) };
        if let Some(found) = self.state.read().types.get(name) {
            return Ok(Some(found.clone()));
        }
        let resolved = classes::import(self, &file, index, name);
        if resolved.is_err() {
            self.state.write().types.remove(name);
        }
        resolved.map(Some)
    }

    /// Makes a class known before it is complete, so that its own attributes and methods may name it.
    pub(super) fn register(&self, name: &str, ty: Type) {
        self.state.write().types.insert(name.into(), ty);
    }

    /// A class that was made elsewhere gets methods of this unit: it is emptied with the unit.
    fn adopt(&self, class: &Arc<ClassType>) {
        let name = class.name().as_str().to_string();
        self.state.write().types.entry(name).or_insert_with(|| Type::Class(class.clone()));
    }

    pub(super) fn parse_type(&self, text: &str) -> Result<Type> {
        let source = Source::new(None, text, 0);
        let expr = parser::parse_expression(&source)?;
        types::parse(self, &source, &expr)
    }

    pub(super) fn file(&self, qualifier: &str) -> Result<Option<Arc<File>>> {
        if let Some(known) = self.state.read().files.get(qualifier) {
            return Ok(known.clone());
        }
        let file = match self.loader.as_ref().map(|l| l.source(qualifier)).transpose()?.flatten() {
            Some(source) => Some(Arc::new(parser::parse_file(source)?)),
            None => None,
        };
        self.state.write().files.insert(qualifier.into(), file.clone());
        Ok(file)
    }

    pub(super) fn make_function(
        &self,
        prefix: &str,
        file: &Arc<File>,
        place: DefPlace,
        owner: Option<Owner>,
    ) -> Arc<Function> {
        let name = &place.def(file).map_or("", |d| &d.name.name);
        let qualname = if prefix.is_empty() { name.to_string() } else { format!("{prefix}.{name}") };
        let body = Body { unit: self.me.clone(), file: file.clone(), place, owner, graph: Mutex::new(None) };
        Function::lazy(QualName::new(qualname), Box::new(body))
    }
}

/// Breaks the cycles class → method → graph → type → class.
impl Drop for Unit {
    fn drop(&mut self) {
        let state = std::mem::take(self.state.get_mut());
        for ty in state.types.values() {
            match ty {
                Type::Class(class) => class.clear(),
                Type::Interface(interface) => interface.methods.write().clear(),
                _ => {}
            }
        }
    }
}

/// Where a definition stands in its file.
#[derive(Clone, Copy, Debug)]
pub(super) enum DefPlace {
    Function(usize),
    /// Class, statement in its body.
    Method(usize, usize),
}

impl DefPlace {
    pub(super) fn def(self, file: &File) -> Option<&Def> {
        match self {
            DefPlace::Function(i) => file.functions.get(i),
            DefPlace::Method(class, i) => match &file.classes.get(class)?.body.get(i)?.kind {
                StmtKind::Def(def) => Some(def),
                _ => None,
            },
        }
    }
}

/// Whose method a function is.
#[derive(Clone)]
pub(super) enum Owner {
    Class(Weak<ClassType>),
    Interface(Weak<InterfaceType>),
}

impl Owner {
    fn ty(&self) -> Result<Type> {
        let gone = || Error::usage("the compilation unit of this method was dropped");
        Ok(match self {
            Owner::Class(class) => Type::Class(class.upgrade().ok_or_else(gone)?),
            Owner::Interface(interface) => Type::Interface(interface.upgrade().ok_or_else(gone)?),
        })
    }
}

/// A function that is compiled when needed.
struct Body {
    unit: Weak<Unit>,
    file: Arc<File>,
    place: DefPlace,
    owner: Option<Owner>,
    /// Compiled already, because the signature does not tell the return type.
    graph: Mutex<Option<Graph>>,
}

impl Body {
    fn unit(&self) -> Result<Arc<Unit>> {
        self.unit.upgrade().ok_or_else(|| Error::usage("the compilation unit of this function was dropped"))
    }
    fn def(&self) -> Result<&Def> {
        self.place.def(&self.file).ok_or_else(|| Error::internal("a function without definition"))
    }
    fn compile(&self, unit: &Arc<Unit>, function: &Function) -> Result<(FunctionSchema, Graph)> {
        let def = self.def()?;
        let owner = self.owner.as_ref().map(Owner::ty).transpose()?;
        if matches!(owner, Some(Type::Interface(_))) {
            return Err(Error::internal(format!("{} is an interface's method and has no body", function.qualname())));
        }
        let mut schema = signature(unit, &self.file, def, owner.as_ref())?;
        let compiled = emit::compile(unit, &self.file, def, &schema, owner.as_ref())?;
        if schema.returns.is_empty() {
            schema.returns.push(Argument::new("", compiled.returns));
        }
        for (callee, range) in compiled.callees {
            callee.graph().map_err(|e| called_from(e, &callee, function, &range))?;
        }
        Ok((schema, compiled.graph))
    }
}

impl Compile for Body {
    fn schema(&self, function: &Function) -> Result<FunctionSchema> {
        let unit = self.unit()?;
        let owner = self.owner.as_ref().map(Owner::ty).transpose()?;
        let schema = signature(&unit, &self.file, self.def()?, owner.as_ref())?;
        if !schema.returns.is_empty() {
            return Ok(schema);
        }
        let mut result = Err(Error::internal("not compiled"));
        self.exclusively(function, &mut || result = self.compile(&unit, function))?;
        let (schema, graph) = result?;
        *self.graph.lock() = Some(graph);
        Ok(schema)
    }

    fn graph(&self, function: &Function) -> Result<Graph> {
        if let Some(graph) = self.graph.lock().take() {
            return Ok(graph);
        }
        let unit = self.unit()?;
        self.compile(&unit, function).map(|(_, graph)| graph)
    }

    fn exclusively(&self, function: &Function, run: &mut dyn FnMut()) -> Result<()> {
        let unit = self.unit()?;
        let guard = unit.compiling.lock();
        let id = function as *const Function as usize;
        {
            let mut stack = guard.lock();
            if stack.contains(&id) && self.graph.lock().is_none() {
                let message =
                    format!("function '{}' is called recursively. Recursive calls are not supported", function.name());
                return Err(Error::type_error(message));
            }
            if stack.len() >= MAX_CALL_DEPTH {
                return Err(Error::limit(format!("calls are nested deeper than {MAX_CALL_DEPTH} functions")));
            }
            stack.push(id);
        }
        run();
        guard.lock().pop();
        Ok(())
    }
}

/// The signature as far as it is annotated: no returns when the body has to tell.
fn signature(unit: &Arc<Unit>, file: &Arc<File>, def: &Def, owner: Option<&Type>) -> Result<FunctionSchema> {
    let source = &file.source;
    let mut arguments = Vec::with_capacity(def.params.len());
    // whether a default is no plain literal of its type
    let mut computed = false;
    for (i, param) in def.params.iter().enumerate() {
        let (ty, fixed_len) = match (&param.annotation, owner) {
            (_, Some(owner)) if i == 0 => (owner.clone(), None),
            (Some(annotation), _) => types::parse_annotation(unit, source, annotation)?,
            (None, _) => (Type::TENSOR, None),
        };
        let default = match &param.default {
            Some(expr) if unit.is_archive() => Some(classes::constant(unit, source, expr, Some(&ty), fixed_len)?),
            Some(_) if param.annotation.is_none() => {
                let message = "Keyword arguments with defaults need to be type-hinted (TorchScript C++ frontend)";
                return Err(error_at(&param.span.of(source), message));
            }
            Some(expr) => match classes::constant(unit, source, expr, Some(&ty), fixed_len) {
                Ok(value) if value.ty().is_subtype(&ty) => Some(value),
                _ => {
                    computed = true;
                    None
                }
            },
            None => None,
        };
        arguments.push(Argument {
            fixed_len,
            default,
            kwarg_only: param.keyword_only,
            inferred: param.annotation.is_none() && !(owner.is_some() && i == 0),
            ..Argument::new(&*param.name.name, ty)
        });
    }
    if computed {
        defaults(unit, file, def, &mut arguments)?;
    }
    if owner.is_some() && arguments.is_empty() {
        return Err(error_at(&def.span.of(source), "methods must have a self argument"));
    }
    let returns = match &def.returns {
        Some(expr) => vec![Argument::new("", types::parse(unit, source, expr)?)],
        None => vec![],
    };
    Ok(FunctionSchema {
        name: def.name.name.to_string(),
        overload: String::new(),
        arguments,
        returns,
        is_vararg: false,
        is_varret: false,
    })
}

/// Fills in the defaults of a function in source text: as the result of a function that returns them all, which is how
/// PyTorch computes and checks them.
fn defaults(unit: &Arc<Unit>, file: &Arc<File>, def: &Def, arguments: &mut [Argument]) -> Result<()> {
    let source = &file.source;
    let given = || def.params.iter().enumerate().filter_map(|(i, param)| Some((i, param.default.as_ref()?)));
    let value = Expr::new(ExprKind::Tuple(given().map(|(_, expr)| expr.clone()).collect()), def.decl);
    let name = Ident { name: "defaults".into(), span: def.name.span };
    let body = vec![Stmt { kind: StmtKind::Return(value), span: def.decl }];
    let made = Def { name, params: vec![], returns: None, body, decl: def.decl, span: def.span };
    let declared = Type::tuple(given().map(|(i, _)| arguments[i].ty.clone()).collect());
    let schema = FunctionSchema {
        name: "defaults".into(),
        overload: String::new(),
        arguments: vec![],
        returns: vec![Argument::new("", declared)],
        is_vararg: false,
        is_varret: false,
    };
    let graph = emit::compile(unit, file, &made, &schema, None).map(|compiled| compiled.graph).map_err(|error| {
        let caller = &def.name.name;
        let text = format!("{}'defaults' is being compiled since it was called from '{caller}'\n", error.message());
        let mut text = text;
        let _ = def.span.of(source).write_frame(&mut text, "");
        error.with_message(text)
    })?;
    let result = graph.outputs().first().and_then(|value| graph.constant(*value));
    let Some(IValue::Tuple(values)) = result else {
        return Err(error_at(&def.decl.of(source), "Expected a constant expression"));
    };
    for ((i, _), value) in given().zip(&values.elements) {
        arguments[i].default = Some(value.clone());
    }
    Ok(())
}

/// PyTorch's form of a compilation error: the message, then the place.
pub(super) fn error_at(range: &SourceRange, message: &str) -> Error {
    located(ErrorKind::Type, range, message)
}

pub(super) fn located(kind: ErrorKind, range: &SourceRange, message: &str) -> Error {
    let mut text = format!("\n{message}:\n");
    // writing to a string cannot fail
    let _ = range.write_frame(&mut text, "");
    Error::new(kind, text)
}

/// Adds to a callee's error why it was being compiled.
fn called_from(error: Error, callee: &Function, caller: &Function, range: &SourceRange) -> Error {
    if matches!(error.kind(), ErrorKind::Internal | ErrorKind::Usage | ErrorKind::Limit) {
        return error;
    }
    if !error.message().starts_with('\n') {
        // the callee is being compiled already: the call is what is wrong
        return error_at(range, &format!(" {}", error.message()));
    }
    let mut text = format!(
        "{}'{}' is being compiled since it was called from '{}'\n",
        error.message(),
        short_name(callee),
        short_name(caller)
    );
    let _ = range.write_frame(&mut text, "");
    error.with_message(text)
}

/// `forward` of a class is `Net.forward`; free functions go by their name.
fn short_name(function: &Function) -> String {
    let full = function.qualname();
    match full.prefix().rsplit('.').next().filter(|class| class.starts_with(char::is_uppercase)) {
        Some(class) => format!("{class}.{}", full.name()),
        None => full.name().to_string(),
    }
}

/// Functions that are compiled because another one calls them, one within the other.
const MAX_CALL_DEPTH: usize = 200;
