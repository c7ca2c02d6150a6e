//! Whether a function writes memory that others can see.
//!
//! The function is run on facts instead of values: which values it made itself, so that nobody else holds them, and which
//! submodule of the first argument a value is. Calls are followed. What is not known counts as a write.

use crate::ir::{Attr, BlockId, Def, Function, Graph, Node, NodeId, ValueId};
use crate::op::{registry, Operator, Tag, UnmarkedWrites};
use crate::schema::{Argument, FunctionSchema};
use crate::value::{IValue, Type};

/// What running a function may do to memory that it did not make itself: attributes, arguments, constants, whatever it gets
/// out of a list or an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writes {
    Never,
    /// Only where one of these attributes of modules is true: `training`, as it decides on running statistics.
    InTraining(Vec<SlotPath>),
    Always,
}

/// Slots that lead from the first argument to an attribute.
pub type SlotPath = Vec<u32>;

impl Writes {
    /// Whether a call with this first argument may write.
    pub fn happen(&self, first: Option<&IValue>) -> bool {
        match self {
            Writes::Never => false,
            Writes::Always => true,
            Writes::InTraining(flags) => flags.iter().any(|path| first.is_none_or(|first| is_on(first, path))),
        }
    }
}

fn is_on(first: &IValue, path: &[u32]) -> bool {
    let mut value = first.clone();
    for &slot in path {
        value = match value {
            IValue::Object(object) => object.get(slot as usize),
            _ => return true,
        };
    }
    !matches!(value, IValue::Bool(false))
}

/// See [`Writes`].
pub fn writes_of(function: &Function) -> Writes {
    let run = |off: bool| {
        let mut run = Run { off, flags: Vec::new(), steps: 0, depth: 0 };
        let graph = function.graph().ok()?;
        let mut arguments = vec![Fact::default(); graph.inputs().len()];
        if let Some(first) = arguments.first_mut() {
            first.path = Some(SlotPath::new());
        }
        run.graph(graph, arguments).ok().map(|_| run.flags)
    };
    match run(false) {
        Some(_) => Writes::Never,
        None => match run(true) {
            Some(flags) if !flags.is_empty() => Writes::InTraining(flags),
            _ => Writes::Always,
        },
    }
}

/// What is known of a value.
#[derive(Clone, Default)]
struct Fact {
    /// Made in this run of the function or by a callee: nobody else holds the tensor, list or object.
    fresh: bool,
    path: Option<SlotPath>,
    /// The value of a bool.
    known: Option<bool>,
}

/// It writes what others can see, or may.
struct Write;

type Seen<T> = Result<T, Write>;

struct Run {
    /// Every module's `training` counts as false.
    off: bool,
    /// The attributes that were taken to be false.
    flags: Vec<SlotPath>,
    steps: usize,
    depth: usize,
}

/// Nodes that are looked at, and calls and blocks within each other; beyond, it may write.
const MAX_STEPS: usize = 1 << 20;
const MAX_DEPTH: usize = 300;

/// The run of one function.
struct Frame<'a> {
    graph: &'a Graph,
    arguments: Vec<Fact>,
    fresh: Vec<bool>,
}

impl Run {
    /// Whether each result is fresh.
    fn graph(&mut self, graph: &Graph, arguments: Vec<Fact>) -> Seen<Vec<bool>> {
        let mut frame = Frame { graph, arguments, fresh: vec![false; graph.value_count()] };
        for (&input, fact) in graph.inputs().iter().zip(&frame.arguments) {
            frame.fresh[index(input)] = fact.fresh;
        }
        self.block(&mut frame, Graph::ROOT)?;
        Ok(graph.outputs().iter().map(|v| frame.has(*v)).collect())
    }

    fn block(&mut self, frame: &mut Frame, block: BlockId) -> Seen<()> {
        if self.depth >= MAX_DEPTH {
            return Err(Write);
        }
        self.depth += 1;
        for &node in &frame.graph.block(block).nodes {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(Write);
            }
            self.node(frame, node)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn node(&mut self, frame: &mut Frame, id: NodeId) -> Seen<()> {
        let graph = frame.graph;
        let node = graph.node(id);
        let inputs = &node.inputs;
        let fresh: Vec<bool> = match &*node.kind {
            "prim::If" => self.branch(frame, node)?,
            "prim::Loop" => self.repeat(frame, node)?,
            "prim::SetAttr" if !frame.has(inputs[0]) => return Err(Write),
            "prim::CallMethod" => {
                let function = method(graph, node, node.attr_str("name").map_or("", |name| name));
                self.call(frame, function, inputs, 0)?
            }
            "prim::CallFunction" => self.call(frame, constant_function(graph, node), &inputs[1..], 0)?,
            "prim::Enter" => self.call(frame, method(graph, node, "__enter__"), inputs, 0)?,
            "prim::Exit" => self.call(frame, method(graph, node, "__exit__"), &inputs[..1], 3)?,
            "prim::fork" | "prim::awaitable" => match node.attr("Subgraph") {
                Some(Attr::Graph(body)) => {
                    let arguments = inputs.iter().map(|v| self.fact(frame, *v)).collect();
                    self.graph(body, arguments)?;
                    vec![false]
                }
                _ => return Err(Write),
            },
            "prim::ListConstruct"
            | "prim::DictConstruct"
            | "prim::TupleConstruct"
            | "prim::CreateObject"
            | "prim::Uninitialized" => vec![true],
            "prim::unchecked_cast" => vec![frame.has(inputs[0])],
            "prim::Constant" => {
                vec![matches!(node.attr("value"), None | Some(Attr::Int(_) | Attr::Float(_) | Attr::Str(_)))]
            }
            "prim::TupleUnpack" | "prim::TupleIndex" => {
                (0..node.outputs.len()).map(|i| frame.element(node, i)).collect()
            }
            "prim::RaiseException" => Vec::new(),
            // what a future brings was made elsewhere
            "aten::wait" | "prim::awaitable_wait" => vec![false],
            _ => match &node.schema {
                Some(schema) => self.operator(frame, node, schema)?,
                None => Vec::new(),
            },
        };
        for (&output, fresh) in node.outputs.iter().zip(fresh) {
            frame.fresh[index(output)] = fresh;
        }
        Ok(())
    }

    fn branch(&mut self, frame: &mut Frame, node: &Node) -> Seen<Vec<bool>> {
        let taken = match self.known(frame, node.inputs[0], 0) {
            Some(condition) => &node.blocks[usize::from(!condition)..][..1],
            None => &node.blocks[..],
        };
        for &block in taken {
            self.block(frame, block)?;
        }
        let returned = |i: usize| taken.iter().all(|b| frame.returned(*b, i));
        Ok((0..node.outputs.len()).map(returned).collect())
    }

    /// As long as what is carried turns out less fresh than what the loop began with, once more.
    fn repeat(&mut self, frame: &mut Frame, node: &Node) -> Seen<Vec<bool>> {
        let body = node.blocks[0];
        let params = &frame.graph.block(body).params;
        let mut carried: Vec<bool> = node.inputs[2..].iter().map(|v| frame.has(*v)).collect();
        loop {
            frame.fresh[index(params[0])] = true;
            for (&param, &fresh) in params[1..].iter().zip(&carried) {
                frame.fresh[index(param)] = fresh;
            }
            self.block(frame, body)?;
            let next: Vec<bool> =
                carried.iter().enumerate().map(|(i, fresh)| *fresh && frame.returned(body, i + 1)).collect();
            if next == carried {
                return Ok(carried);
            }
            carried = next;
        }
    }

    /// Follows a call with these arguments and `more` that are None.
    fn call(
        &mut self,
        frame: &Frame,
        function: Option<std::sync::Arc<Function>>,
        arguments: &[ValueId],
        more: usize,
    ) -> Seen<Vec<bool>> {
        let function = function.ok_or(Write)?;
        let graph = function.graph().map_err(|_| Write)?.clone();
        let mut facts: Vec<Fact> = arguments.iter().map(|v| self.fact(frame, *v)).collect();
        facts.resize(facts.len() + more, Fact::default());
        if facts.len() != graph.inputs().len() {
            return Err(Write);
        }
        self.graph(&graph, facts)
    }

    fn operator(&mut self, frame: &Frame, node: &Node, schema: &FunctionSchema) -> Seen<Vec<bool>> {
        let Some(operator) = registry().find(&schema.name, &schema.overload) else { return Err(Write) };
        if operator.entry().is_none() && !schema.arguments.iter().all(|a| is_plain(&a.ty)) {
            // an object of the host's: only its methods know what they change
            return Err(Write);
        }
        let written = |argument: &Argument, value: ValueId| {
            let Some(alias) = &argument.alias else { return false };
            let elements = alias.element.as_ref().is_some_and(|e| e.is_write);
            // afterwards it shares the memory of another
            let shares = schema.name == "aten::set_" || schema.name == "aten::set_data";
            elements || alias.is_write && (shares || frame.is_shared(value))
        };
        if schema.arguments.iter().zip(&node.inputs).any(|(argument, &value)| written(argument, value)) {
            return Err(Write);
        }
        if let Some(UnmarkedWrites { arguments, when }) = operator.unmarked_writes() {
            let input = |name: &str| schema.argument_index(name).and_then(|i| node.inputs.get(i)).copied();
            let known = when.and_then(input).and_then(|flag| self.known(frame, flag, 0));
            let shared = arguments.iter().any(|name| input(name).is_none_or(|value| frame.is_shared(value)));
            if known != Some(false) && shared {
                return Err(Write);
            }
        }
        Ok((0..node.outputs.len()).map(|i| frame.result(node, schema, &operator, i)).collect())
    }

    fn fact(&mut self, frame: &Frame, value: ValueId) -> Fact {
        Fact { fresh: frame.has(value), path: frame.path(value), known: self.known(frame, value, 0) }
    }

    /// The value of a bool that does not depend on anything but, where they are off, on modules' modes.
    fn known(&mut self, frame: &Frame, value: ValueId, depth: usize) -> Option<bool> {
        let graph = frame.graph;
        if let Some(IValue::Bool(constant)) = graph.constant(value) {
            return Some(constant);
        }
        let (maker, i) = match graph.value(value).def {
            Def::Output(maker, i) => (maker, i),
            Def::Param(Graph::ROOT, i) => return frame.arguments.get(i as usize)?.known,
            Def::Param(..) => return None,
        };
        let node = graph.node(maker);
        if depth > 20 {
            return None;
        }
        match &*node.kind {
            "prim::GetAttr" if self.off && node.attr_str("name").is_some_and(|name| &**name == "training") => {
                let path = frame.path(value).filter(|_| *graph.ty(value) == Type::Bool)?;
                if !self.flags.contains(&path) {
                    self.flags.push(path);
                }
                Some(false)
            }
            "aten::__not__" => self.known(frame, node.inputs[0], depth + 1).map(|v| !v),
            "prim::If" => {
                let returned = |block: BlockId| graph.block(block).returns.get(i as usize).copied();
                match self.known(frame, node.inputs[0], depth + 1) {
                    Some(condition) => {
                        let value = returned(node.blocks[usize::from(!condition)])?;
                        self.known(frame, value, depth + 1)
                    }
                    None => {
                        let (yes, no) = (returned(node.blocks[0])?, returned(node.blocks[1])?);
                        let yes = self.known(frame, yes, depth + 1)?;
                        (self.known(frame, no, depth + 1) == Some(yes)).then_some(yes)
                    }
                }
            }
            _ => None,
        }
    }
}

impl Frame<'_> {
    fn has(&self, value: ValueId) -> bool {
        self.fresh[index(value)]
    }

    fn is_shared(&self, value: ValueId) -> bool {
        !self.has(value) && *self.graph.ty(value) != Type::None
    }

    fn returned(&self, block: BlockId, i: usize) -> bool {
        self.graph.block(block).returns.get(i).is_some_and(|v| self.has(*v))
    }

    /// By which attributes of modules the value is reached from the first argument of all.
    fn path(&self, value: ValueId) -> Option<SlotPath> {
        let (mut at, mut slots) = (value, SlotPath::new());
        loop {
            match self.graph.value(at).def {
                Def::Param(Graph::ROOT, i) => {
                    let mut path = self.arguments.get(i as usize)?.path.clone()?;
                    path.extend(slots.iter().rev());
                    return Some(path);
                }
                Def::Output(maker, 0) => {
                    let node = self.graph.node(maker);
                    let object = *node.inputs.first().filter(|_| node.is("prim::GetAttr"))?;
                    let Type::Class(class) = self.graph.ty(object) else { return None };
                    slots.push(class.slot(node.attr_str("name")?).filter(|_| class.is_module())? as u32);
                    at = object;
                }
                _ => return None,
            }
        }
    }

    /// Whether an element of a tuple is fresh: of one that the function put together.
    fn element(&self, node: &Node, i: usize) -> bool {
        let Def::Output(maker, _) = self.graph.value(node.inputs[0]).def else { return false };
        let maker = self.graph.node(maker);
        let at = match node.inputs.get(1).map(|v| self.graph.constant(*v)) {
            None => Some(i),
            Some(Some(IValue::Int(at))) => usize::try_from(at).ok(),
            _ => None,
        };
        maker.is("prim::TupleConstruct") && at.and_then(|at| maker.inputs.get(at)).is_some_and(|v| self.has(*v))
    }

    /// A result is new unless the schema says whose memory it shares, or the table that it may be an argument.
    fn result(&self, node: &Node, schema: &FunctionSchema, operator: &Operator, i: usize) -> bool {
        let Some(returned) = schema.returns.get(i) else { return false };
        // what is in a list is not known to be fresh
        let lends_nothing = |v: &ValueId| match self.graph.ty(*v) {
            Type::Tensor(_) | Type::Optional(_) => self.has(*v),
            Type::Int | Type::Float | Type::Bool | Type::Complex | Type::Number | Type::Str | Type::None => true,
            Type::Device | Type::Generator => true,
            _ => false,
        };
        let Some(alias) = &returned.alias else {
            let may_alias = operator.has_tag(Tag::MayAlias);
            return is_plain(&returned.ty) && (!may_alias || node.inputs.iter().all(lends_nothing));
        };
        let shares = |argument: &Argument| {
            let sets = argument.alias.as_ref().map_or(&[][..], |a| &a.before);
            sets.iter().any(|set| alias.before.contains(set))
        };
        let mut shared = schema.arguments.iter().zip(&node.inputs).filter(|(argument, _)| shares(argument));
        !alias.before.iter().chain(&alias.after).any(|set| set == "*") && shared.all(|(_, value)| self.has(*value))
    }
}

/// Values of this type are tensors, numbers and the like, and containers of them.
fn is_plain(ty: &Type) -> bool {
    match ty {
        Type::Tensor(_) | Type::Int | Type::Float | Type::Complex | Type::Bool | Type::Str | Type::None => true,
        Type::Number | Type::Device | Type::Generator => true,
        Type::Optional(inner) => is_plain(inner),
        // made anew, whatever is in it: elements are never taken for fresh
        Type::List(inner) => is_plain(inner) || matches!(**inner, Type::Var(_)),
        Type::Dict(..) => !ty.has_free_variables(),
        _ => false,
    }
}

fn method(graph: &Graph, node: &Node, name: &str) -> Option<std::sync::Arc<Function>> {
    match graph.ty(*node.inputs.first()?) {
        Type::Class(class) => Function::of_class(class, name),
        _ => None,
    }
}

fn constant_function(graph: &Graph, node: &Node) -> Option<std::sync::Arc<Function>> {
    match graph.node(graph.producer(*node.inputs.first()?)?).attr("name") {
        Some(Attr::Function(function)) => Some(function.clone()),
        _ => None,
    }
}

fn index(value: ValueId) -> usize {
    value.0 as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;
    use crate::frontend::CompilationUnit;

    const CODE: &str = "
def changed(x):
  x.add_(1)
  return x
def same(x):
  return x
def made(x):
  return x + 1
def norm(x, training: bool):
  if training:
    x.add_(1)
  return torch.batch_norm(x, None, None, x, x, training, 0.1, 0.1, False)
def relu(x, inplace: bool):
  if inplace:
    result = torch.relu_(x)
  else:
    result = torch.relu(x)
  return result
";

    #[test]
    fn only_what_others_see_counts() {
        for (body, writes) in [
            ("return x + 1", false),
            ("x.add_(1)\n  return x", true),
            ("x += 1\n  return x", true),
            ("x[0] = 1\n  return x", true),
            ("y = x + 1\n  y.relu_()\n  return y", false),
            ("y = x + 1\n  y[0] = 1\n  return y", false),
            // views
            ("y = (x + 1).view([-1])\n  y += 1\n  return y", false),
            ("y = x.view([-1])\n  y += 1\n  return y", true),
            ("y = x.t()[0]\n  y.mul_(2)\n  return y", true),
            ("y = x.contiguous()\n  y.mul_(2)\n  return y", true),
            ("y = x.clone()\n  y.mul_(2)\n  return y", false),
            ("y = x.add(1).add_(1)\n  y.mul_(2)\n  return y", false),
            // results that are arguments, of which the schema says nothing
            ("y = torch.dropout(x, 0.5, False)\n  y.mul_(2)\n  return y", true),
            ("y = torch.dropout(x + 1, 0.5, False)\n  y.mul_(2)\n  return y", false),
            ("y = torch.broadcast_tensors([x, x])[0]\n  y.mul_(2)\n  return y", true),
            ("y = torch.zeros([2])\n  y.set_(x)\n  y.add_(1)\n  return y", true),
            // control flow
            ("y = x * 2\n  for i in range(3):\n    y.add_(1)\n  return y", false),
            ("y = x * 2\n  for i in range(3):\n    y.add_(1)\n    y = x\n  return y", true),
            ("y = x * 2\n  for i in range(3):\n    y = x\n  y.add_(1)\n  return y", true),
            ("y = x * 2\n  z = x * 3\n  for i in range(3):\n    y.add_(1)\n    y = z\n    z = x\n  return y", true),
            ("y = x * 2\n  z = x * 3\n  for i in range(3):\n    y.add_(1)\n    y, z = z, y\n  return y", false),
            (
                "y = x * 2\n  while bool(y[0] < 9):\n    y.add_(1)\n    if bool(y[0] > 5):\n      y = x\n  return y",
                true,
            ),
            ("y = x if bool(x[0] > 0) else x + 1\n  y.add_(1)\n  return y", true),
            ("y = x - 1 if bool(x[0] > 0) else x + 1\n  y.add_(1)\n  return y", false),
            // containers
            ("l = [x]\n  l.append(x + 1)\n  return l", false),
            ("l = [x]\n  l[0].add_(1)\n  return l", true),
            ("l = [x + 1]\n  l[0] = x\n  l[0].add_(1)\n  return l", true),
            ("d = {'a': x}\n  d['b'] = x\n  return d", false),
            ("d = {'a': x}\n  d['a'].add_(1)\n  return d", true),
            ("a, b = x.split(1)\n  a.add_(1)\n  return b", true),
            ("a, b = (x + 1, x)\n  a.add_(1)\n  return a", false),
            ("a, b = (x + 1, x)\n  b.add_(1)\n  return a", true),
            ("t = ((x, x), x)\n  t[0][0].add_(1)\n  return x", true),
            // arguments that are results, and statistics
            ("torch.add(x, x, out=x)\n  return x", true),
            ("y = torch.zeros([1])\n  torch.add(x, x, out=y)\n  return x", false),
            ("return torch.batch_norm(x, None, None, x, x, False, 0.1, 0.1, False)", false),
            ("return torch.batch_norm(x, None, None, x, x, True, 0.1, 0.1, False)", true),
            ("return torch.batch_norm(x, None, None, x, x, bool(x[0] > 0), 0.1, 0.1, False)", true),
            ("return torch.batch_norm(x, None, None, None, None, True, 0.1, 0.1, False)", false),
            ("return torch.native_batch_norm(x, None, None, x + 1, x + 1, True, 0.1, 0.1)[0]", false),
            ("return torch.instance_norm(x, None, None, x, x, True, 0.1, 0.1, False)", true),
            ("return norm(x, True)", true),
            ("return norm(x, False)", false),
            ("return norm(x, bool(x[0] > 0))", true),
            ("return norm(x, not True)", false),
            ("y = relu(x + 1, True)\n  return y", false),
            ("y = relu(x, True)\n  return y", true),
            ("y = relu(x, False)\n  return y", false),
            // calls
            ("return changed(x)", true),
            ("return changed(x + 1)", false),
            ("y = same(x)\n  y.add_(1)\n  return y", true),
            ("y = made(x)\n  y.add_(1)\n  return y", false),
            ("y = torch.jit.fork(changed, x)\n  return torch.jit.wait(y)", true),
            ("y = torch.jit.fork(made, x)\n  return torch.jit.wait(y)", false),
            ("y = torch.jit.fork(same, x)\n  z = torch.jit.wait(y)\n  z.add_(1)\n  return z", true),
        ] {
            let text = format!("{CODE}def f(x):\n  {body}\n");
            let unit = CompilationUnit::new();
            unit.define(&Source::new(None, text.as_str(), 0)).expect(&text);
            let function = unit.function("f").ok().flatten().expect(&text);
            function.graph().expect(&text);
            assert_eq!(writes_of(&function) != Writes::Never, writes, "{text}");
        }
    }
}
