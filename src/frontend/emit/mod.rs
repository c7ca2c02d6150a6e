//! From the syntax tree of a function to its SSA graph.
//!
//! Emission follows the program in order and keeps, per block, which value every variable holds. Branches and loops
//! merge what their blocks assigned. Exits in the middle of a function are emitted as `prim::ReturnStmt` and
//! `prim::LoopContinuation` nodes, which [`exits`] turns into data flow; [`cleanup`] then brings the graph into the
//! form PyTorch shows.

mod assign;
mod builtins;
mod calls;
mod cleanup;
mod conditions;
mod exits;
mod expressions;
mod fold;
mod loops;
mod names;
mod special;
mod statements;
mod subscript;
mod sugared;
mod upgraders;

#[cfg(test)]
mod tests;

pub(super) use builtins::is_builtin;
pub use upgraders::{has_changed, upgrader};

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use self::names::Names;
use self::sugared::Sugared;
use super::ast::{Def, Expr, File, Span};
use super::unit::{error_at, Unit};
use super::{classes, types};
use crate::base::{Source, SourceRange};
use crate::ir::{Attr, BlockId, Function, Graph, NodeId, ValueId};
use crate::schema::FunctionSchema;
use crate::value::{IValue, Type};
use crate::{Error, Result};

/// A compiled body.
pub(super) struct Compiled {
    pub graph: Graph,
    pub returns: Type,
    /// The functions it calls, and where.
    pub callees: Vec<(Arc<Function>, SourceRange)>,
}

/// Compiles the body of `def`. `owner` is the class whose method it is.
pub(super) fn compile(
    unit: &Arc<Unit>,
    file: &Arc<File>,
    def: &Def,
    schema: &FunctionSchema,
    owner: Option<&Type>,
) -> Result<Compiled> {
    let mut emitter = Emitter {
        unit,
        source: &file.source,
        is_method: owner.is_some(),
        packs_tensors: upgraders::packs_tensors(owner, &def.name.name),
        function: def.name.name.clone(),
        scope: Scope::new(schema.returns.first().map(|r| r.ty.clone())),
        outer: Vec::new(),
        callees: Vec::new(),
        operators: HashMap::new(),
        depth: 0,
    };
    for (param, argument) in def.params.iter().zip(&schema.arguments) {
        let value = emitter.scope.graph.add_input(argument.ty.clone());
        emitter.define_parameter(&param.name.name, value);
    }
    let returns = emitter.body(def)?;
    let graph = emitter.finish()?;
    Ok(Compiled { graph, returns, callees: emitter.callees })
}

/// The state of emission. `'a` is the life of the syntax tree.
pub(super) struct Emitter<'a> {
    unit: &'a Arc<Unit>,
    source: &'a Arc<Source>,
    is_method: bool,
    /// See [`upgraders::renamed`].
    packs_tensors: bool,
    function: Arc<str>,
    scope: Scope<'a>,
    /// The functions around a closure, innermost last.
    outer: Vec<Scope<'a>>,
    callees: Vec<(Arc<Function>, SourceRange)>,
    operators: HashMap<Arc<str>, Rc<calls::Candidates>>,
    /// Levels of nested emission, to refuse what would overflow the stack.
    depth: usize,
}

/// A function or closure that is being emitted.
struct Scope<'a> {
    graph: Graph,
    /// Where nodes go.
    block: BlockId,
    frames: Vec<Frame<'a>>,
    names: Names,
    /// Literals of numbers stand at the top of the graph, each once.
    literals: HashMap<(u8, u64, u64), ValueId>,
    literal_nodes: Vec<NodeId>,
    loops: Vec<loops::Loop<'a>>,
    /// The annotated return type.
    declared: Option<Type>,
    /// What the return statements so far return together.
    returned: Option<Type>,
    /// Blocks that end in an exit.
    exited: Vec<BlockId>,
    has_exits: bool,
    /// For closures: the values of the surrounding function that became inputs.
    captures: Vec<ValueId>,
}

/// The variables that one block has assigned.
struct Frame<'a> {
    vars: BTreeMap<Arc<str>, Var<'a>>,
    /// Variables that lost their meaning where branches merged, and why.
    broken: HashMap<Arc<str>, Broken>,
    block: BlockId,
}

/// Why a variable has no meaning: most never have to say it.
#[derive(Clone)]
struct Broken {
    why: BrokenBy,
    /// The branches that were merged.
    span: Span,
}

#[derive(Clone)]
enum BrokenBy {
    /// Not defined in the true branch, or else in the false one.
    Missing(bool),
    /// Of different types in the two branches.
    Types(Box<[Type; 2]>),
}

impl Broken {
    fn text(&self, name: &str, source: &Arc<Source>) -> String {
        let mut text = match &self.why {
            BrokenBy::Missing(side) => {
                format!("\n{name} is not defined in the {} branch:\n", if *side { "true" } else { "false" })
            }
            BrokenBy::Types(types) => format!(
                "\nType mismatch: {name} is set to type {} in the true branch and type {} in the false branch:\n",
                types[0].annotation(),
                types[1].annotation()
            ),
        };
        // writing to a string cannot fail
        let _ = self.span.of(source).write_frame(&mut text, "");
        text + "and was used here"
    }
}

#[derive(Clone)]
enum Var<'a> {
    Value(ValueId),
    Sugared(Sugared<'a>),
}

impl Scope<'_> {
    fn new(declared: Option<Type>) -> Self {
        Scope {
            graph: Graph::new(),
            block: Graph::ROOT,
            frames: vec![Frame::new(Graph::ROOT)],
            names: Names::default(),
            literals: HashMap::new(),
            literal_nodes: Vec::new(),
            loops: Vec::new(),
            declared,
            returned: None,
            exited: Vec::new(),
            has_exits: false,
            captures: Vec::new(),
        }
    }
}

impl Frame<'_> {
    fn new(block: BlockId) -> Self {
        Frame { vars: BTreeMap::new(), broken: HashMap::new(), block }
    }
}

impl<'a> Emitter<'a> {
    /// Emits the statements of a function and its return value; returns the return type.
    fn body(&mut self, def: &'a Def) -> Result<Type> {
        self.statements(&def.body)?;
        if !self.has_exited(Graph::ROOT) {
            // without annotation the path returns None beside what the others return
            if self.scope.declared.as_ref().is_some_and(|t| *t != Type::None) {
                let message = "Function was not annotated as having type None, but does not return along all paths";
                return Err(self.error(def.span, message));
            }
            let none = self.none(def.span);
            self.emit_return(none, def.span)?;
        }
        Ok(self.scope.declared.clone().or_else(|| self.scope.returned.clone()).unwrap_or(Type::None))
    }

    /// Ends the innermost function: exits become data flow, the graph is cleaned up.
    fn finish(&mut self) -> Result<Graph> {
        let scope = &mut self.scope;
        let mut graph = std::mem::take(&mut scope.graph);
        let mut nodes: Vec<NodeId> = scope.literal_nodes.iter().rev().copied().collect();
        nodes.extend(graph.take_nodes(Graph::ROOT));
        graph.set_nodes(Graph::ROOT, nodes);
        scope.names.apply(&mut graph);
        exits::transform(&mut graph, scope.has_exits)?;
        cleanup::run(&mut graph);
        Ok(graph)
    }

    fn define_parameter(&mut self, name: &Arc<str>, value: ValueId) {
        self.scope.names.define(name, value);
        self.scope.frames[0].vars.insert(name.clone(), Var::Value(value));
    }

    // ---- errors ----

    fn range(&self, span: Span) -> SourceRange {
        span.of(self.source)
    }
    fn error(&self, span: Span, message: impl AsRef<str>) -> Error {
        error_at(&self.range(span), message.as_ref())
    }
    fn parse_type(&self, expr: &Expr) -> Result<Type> {
        types::parse(self.unit, self.source, expr)
    }

    // ---- nodes ----

    fn ty(&self, value: ValueId) -> &Type {
        self.scope.graph.ty(value)
    }

    /// A node without outputs at the end of the current block.
    fn node(&mut self, kind: &str, inputs: &[ValueId], span: Span) -> NodeId {
        let range = self.range(span);
        let scope = &mut self.scope;
        let node = scope.graph.create(kind, inputs);
        scope.graph.node_mut(node).range = Some(range);
        scope.graph.append(scope.block, node);
        node
    }
    /// A node with one output.
    fn emit(&mut self, kind: &str, inputs: &[ValueId], ty: Type, span: Span) -> ValueId {
        let node = self.node(kind, inputs, span);
        self.scope.graph.add_output(node, ty)
    }
    fn set_attr(&mut self, value: ValueId, name: &'static str, attr: Attr) {
        if let Some(node) = self.scope.graph.producer(value) {
            self.scope.graph.node_mut(node).set_attr(name, attr);
        }
    }
    /// A constant in place.
    fn constant(&mut self, value: IValue, span: Span) -> ValueId {
        let ty = value.ty();
        self.typed_constant(value, ty, span)
    }
    fn typed_constant(&mut self, value: IValue, ty: Type, span: Span) -> ValueId {
        let out = self.emit("prim::Constant", &[], ty, span);
        if !value.is_none() {
            self.set_attr(out, "value", Attr::Value(value));
        }
        out
    }
    fn none(&mut self, span: Span) -> ValueId {
        self.constant(IValue::None, span)
    }
    /// A number literal: once per function, at its top.
    fn literal(&mut self, value: IValue, span: Span) -> ValueId {
        let key = match &value {
            IValue::Int(v) => (0, *v as u64, 0),
            IValue::Double(v) => (1, v.to_bits(), 0),
            IValue::Complex(v) => (2, v.re.to_bits(), v.im.to_bits()),
            _ => return self.constant(value, span),
        };
        if let Some(known) = self.scope.literals.get(&key) {
            return *known;
        }
        let range = self.range(span);
        let scope = &mut self.scope;
        let node = scope.graph.create("prim::Constant", &[]);
        let out = scope.graph.add_output(node, value.ty());
        let made = scope.graph.node_mut(node);
        made.range = Some(range);
        made.set_attr("value", Attr::Value(value));
        // not in the block's list yet, but it will be in the root block
        made.owner = Some(Graph::ROOT);
        scope.literal_nodes.push(node);
        scope.literals.insert(key, out);
        out
    }
    fn int(&mut self, value: i64, span: Span) -> ValueId {
        self.literal(IValue::Int(value), span)
    }
    fn tuple(&mut self, values: &[ValueId], span: Span) -> ValueId {
        let ty = Type::tuple(values.iter().map(|v| self.ty(*v).clone()).collect());
        self.emit("prim::TupleConstruct", values, ty, span)
    }
    fn list(&mut self, element: Type, values: &[ValueId], span: Span) -> ValueId {
        self.emit("prim::ListConstruct", values, Type::list(element), span)
    }

    // ---- variables ----

    fn push_frame(&mut self, block: BlockId) -> BlockId {
        self.scope.frames.push(Frame::new(block));
        std::mem::replace(&mut self.scope.block, block)
    }
    fn pop_frame(&mut self, back_to: BlockId) -> Frame<'a> {
        self.scope.block = back_to;
        self.scope.frames.pop().unwrap_or_else(|| Frame::new(back_to))
    }
    fn has_exited(&self, block: BlockId) -> bool {
        self.scope.exited.contains(&block)
    }

    /// The variable as the innermost frame sees it, without marking it as read.
    fn find(&mut self, name: &str) -> Option<Var<'a>> {
        if let Some(found) = self.scope.frames.iter().rev().find_map(|f| f.vars.get(name)) {
            return Some(found.clone());
        }
        // inside a closure: the variable of the function around becomes an input
        let outer = self.outer.pop()?;
        let inner = std::mem::replace(&mut self.scope, outer);
        let found = self.find(name);
        let ty = match &found {
            Some(Var::Value(v)) => Some(self.ty(*v).clone()),
            _ => None,
        };
        let outer = std::mem::replace(&mut self.scope, inner);
        self.outer.push(outer);
        match (found?, ty) {
            (Var::Value(v), Some(ty)) => {
                let input = self.scope.graph.add_input(ty);
                self.scope.captures.push(v);
                let name: Arc<str> = name.into();
                self.define_parameter(&name, input);
                Some(Var::Value(input))
            }
            (sugared, _) => Some(sugared),
        }
    }

    /// The value or sugared value that a name stands for: a variable, or a global name.
    fn lookup(&mut self, name: &Arc<str>, span: Span) -> Result<Sugared<'a>> {
        if self.outer.is_empty() {
            let broken = self.scope.frames.iter().rev().find_map(|f| {
                if f.vars.contains_key(name) {
                    return Some(None);
                }
                f.broken.get(name).map(Some)
            });
            if let Some(Some(broken)) = broken {
                let why = broken.text(name, self.source);
                return Err(self.error(span, why));
            }
        }
        match self.find(name) {
            Some(Var::Value(value)) => {
                self.scope.names.read(name);
                Ok(Sugared::Value(value))
            }
            Some(Var::Sugared(sugared)) => Ok(sugared),
            None => match sugared::global(self, name)? {
                Some(Sugared::Special(special)) if special::number(special).is_some() => {
                    let value = special::number(special).unwrap_or_default();
                    Ok(Sugared::Value(self.constant(value, span)))
                }
                Some(found) => Ok(found),
                None => Err(self.error(span, format!("undefined value {name}"))),
            },
        }
    }

    /// Assigns a variable in the innermost frame.
    fn assign_variable(&mut self, name: &Arc<str>, value: Sugared<'a>, ty: Option<Type>, span: Span) -> Result<()> {
        let Sugared::Value(value) = value else {
            if ty.is_some() {
                return Err(self.error(span, "Only values can be assigned to annotated variables"));
            }
            let innermost = self.scope.frames.len() - 1;
            self.scope.frames[innermost].vars.insert(name.clone(), Var::Sugared(value));
            return Ok(());
        };
        let mut value = value;
        let actual = self.ty(value).clone();
        let innermost = self.scope.frames.len() - 1;
        let parent = self.scope.frames[..innermost].iter().rev().find_map(|f| f.vars.get(name).cloned());
        match parent {
            Some(Var::Value(parent)) => {
                if ty.is_some() {
                    let message = format!(
                        "Attempting to declare and annotate the type of variable '{name}' that is already defined in \
                         an outer block"
                    );
                    return Err(self.error(span, message));
                }
                let before = crate::value::unshaped(self.ty(parent));
                if !actual.is_subtype(&before) {
                    let message = format!(
                        "Variable '{name}' previously had type {} but is now being assigned to a value of type {}\n",
                        before.annotation(),
                        actual.annotation()
                    );
                    return Err(self.error(span, message));
                }
            }
            Some(Var::Sugared(_)) => {
                let message = format!("Cannot re-assign '{name}' because it was not a first-class value");
                return Err(self.error(span, message));
            }
            None => {}
        }
        self.scope.names.assign(name, value, &self.scope.graph, self.scope.block);
        if let Some(wanted) = ty {
            if !actual.is_subtype(&wanted) {
                let message = format!(
                    "Variable '{name}' is annotated with type {} but is being assigned to a value of type {}",
                    wanted.annotation(),
                    actual.annotation()
                );
                return Err(self.error(span, message));
            }
            if actual != wanted {
                // the variable has the annotated type; the node goes away again
                value = self.emit(exits::TYPED, &[value], wanted, span);
            }
        }
        self.scope.frames[innermost].vars.insert(name.clone(), Var::Value(value));
        self.scope.frames[innermost].broken.remove(name);
        Ok(())
    }

    /// Guards against text nested so deep that emission would overflow the stack.
    fn enter(&mut self, span: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::limit(self.error(span, "the code is nested too deeply").message()));
        }
        Ok(())
    }
    fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Levels of nested expressions and statements.
const MAX_DEPTH: usize = 192;
