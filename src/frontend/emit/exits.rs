//! Exits as data flow: `return`, `break` and `continue` in the middle of a function become flags and values that
//! branches and loops pass on, and what follows them runs only where no exit was taken.

use std::collections::HashMap;

use crate::ir::{Attr, BlockId, Def, Graph, NodeId, Use, ValueId};
use crate::value::{IValue, Type};
use crate::{Error, Result};

/// Gives a variable its annotated type during emission; replaced by its input afterwards.
pub(super) const TYPED: &str = "prim::Typed";

/// A `with` during emission: the body's block, then one that leaves the objects, which runs after any exit from the body.
pub(super) const WITH: &str = "prim::With";

const RETURN: &str = "prim::ReturnStmt";
const CONTINUE: &str = "prim::LoopContinuation";

pub(super) fn transform(graph: &mut Graph, has_exits: bool) -> Result<()> {
    let mut raises = false;
    let mut withs = Vec::new();
    for node in graph.all_nodes() {
        if graph.node(node).is(WITH) {
            withs.push(node);
        }
        if graph.node(node).is(TYPED) {
            let (input, output) = (graph.node(node).inputs[0], graph.node(node).outputs[0]);
            graph.replace_all_uses(output, input);
            graph.destroy(node);
        } else {
            raises |= graph.node(node).is("prim::RaiseException");
        }
    }
    if !has_exits && !raises {
        withs.iter().for_each(|node| flatten_with(graph, *node));
        return Ok(());
    }
    withs.iter().rev().for_each(|node| return_from_with(graph, *node));
    let [yes, no] = exits_to_values(graph)?;
    withs.iter().for_each(|node| flatten_with(graph, *node));
    inline_consecutive_ifs(graph, Graph::ROOT, yes, no);
    canonicalize_loops(graph);
    Ok(())
}

/// What the body defines and the code after it reads becomes the body's returns, as if it were a branch.
fn return_from_with(graph: &mut Graph, node: NodeId) {
    let body = graph.node(node).blocks[0];
    let defined: Vec<ValueId> =
        graph.block(body).nodes.iter().flat_map(|n| graph.node(*n).outputs.iter().copied()).collect();
    for value in defined {
        let uses = graph.value(value).uses.clone();
        let outside = uses.into_iter().filter(|at| match *at {
            Use::Node(user, _) => !graph.node(user).owner.is_some_and(|block| is_within(graph, block, body)),
            Use::Return(block, _) => !is_within(graph, block, body),
        });
        let outside: Vec<Use> = outside.collect();
        if outside.is_empty() {
            continue;
        }
        let ty = graph.ty(value).clone();
        let output = graph.add_output(node, ty);
        for at in outside {
            match at {
                Use::Node(user, i) => graph.set_node_input(user, i as usize, output),
                Use::Return(block, i) => graph.set_return(block, i as usize, output),
            }
        }
        graph.add_return(body, value);
    }
}

fn is_within(graph: &Graph, block: BlockId, outer: BlockId) -> bool {
    let mut at = Some(block);
    while let Some(block) = at {
        if block == outer {
            return true;
        }
        at = graph.block(block).owner.and_then(|node| graph.node(node).owner);
    }
    false
}

/// Puts both blocks in the place of the node.
fn flatten_with(graph: &mut Graph, node: NodeId) {
    let Some(block) = graph.node(node).owner else { return };
    let blocks = graph.node(node).blocks.clone();
    let outputs = graph.node(node).outputs.clone();
    let returns = graph.block(blocks[0]).returns.clone();
    for (output, value) in outputs.iter().zip(&returns) {
        graph.replace_all_uses(*output, *value);
    }
    for i in (0..returns.len()).rev() {
        graph.remove_return(blocks[0], i);
    }
    let mut nodes = graph.take_nodes(block);
    let at = nodes.iter().position(|n| *n == node).unwrap_or(nodes.len());
    let after = nodes.split_off(at);
    for inner in blocks {
        nodes.extend(graph.take_nodes(inner));
    }
    nodes.extend(after.into_iter().filter(|n| *n != node));
    graph.set_nodes(block, nodes);
    graph.detach(node);
}

/// Returns the constants for true and false.
fn exits_to_values(graph: &mut Graph) -> Result<[ValueId; 2]> {
    let constants = |graph: &mut Graph| {
        let made = [true, false].map(|b| {
            let node = graph.create("prim::Constant", &[]);
            graph.node_mut(node).set_attr("value", Attr::Value(IValue::Bool(b)));
            (node, graph.add_output(node, Type::Bool))
        });
        let mut nodes = vec![made[0].0, made[1].0];
        nodes.extend(graph.take_nodes(Graph::ROOT));
        graph.set_nodes(Graph::ROOT, nodes);
        made.map(|(_, v)| v)
    };
    let [yes, no] = constants(graph);
    for kind in [CONTINUE, RETURN] {
        let mut pass = Pass { graph, kind, target: None, yes, no, units: Vec::new(), depth: 0 };
        pass.block(Graph::ROOT)?;
        let units: Vec<NodeId> = pass.units.iter().map(|(_, _, node)| *node).collect();
        if !units.is_empty() {
            let mut nodes = units;
            nodes.extend(graph.take_nodes(Graph::ROOT));
            graph.set_nodes(Graph::ROOT, nodes);
        }
    }
    Ok([yes, no])
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Status {
    Will,
    Might,
    Wont,
    Throws,
}

/// How control leaves a block: whether it has exited (a run-time value for `Might`), and with what.
#[derive(Clone)]
struct Exit {
    status: Status,
    flag: ValueId,
    values: Vec<ValueId>,
}

struct Pass<'g> {
    graph: &'g mut Graph,
    kind: &'static str,
    target: Option<BlockId>,
    yes: ValueId,
    no: ValueId,
    /// One uninitialised value per type.
    units: Vec<(Type, ValueId, NodeId)>,
    depth: usize,
}

/// Early exits nest what follows them.
const MAX_NESTING: usize = 256;

impl Pass<'_> {
    fn wont(&self) -> Exit {
        Exit { status: Status::Wont, flag: self.no, values: vec![] }
    }

    fn unit(&mut self, ty: &Type) -> ValueId {
        if let Some((_, value, _)) = self.units.iter().find(|(t, ..)| t == ty) {
            return *value;
        }
        let node = self.graph.create("prim::Uninitialized", &[]);
        let value = self.graph.add_output(node, ty.clone());
        self.graph.node_mut(node).owner = Some(Graph::ROOT);
        self.units.push((ty.clone(), value, node));
        value
    }
    fn units_like(&mut self, values: &[ValueId]) -> Vec<ValueId> {
        let types: Vec<Type> = values.iter().map(|v| self.graph.ty(*v).clone()).collect();
        types.iter().map(|t| self.unit(t)).collect()
    }

    fn block(&mut self, block: BlockId) -> Result<Exit> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(Error::limit("a function has too many nested exits"));
        }
        let outer_target = self.target;
        let owner = self.graph.block(block).owner;
        let in_loop = owner.is_some_and(|n| self.graph.node(n).is("prim::Loop"));
        if (in_loop && self.kind == CONTINUE) || (owner.is_none() && self.kind == RETURN) {
            self.target = Some(block);
        }
        let mut exit = self.wont();
        let nodes = self.graph.block(block).nodes.clone();
        for (at, node) in nodes.iter().enumerate() {
            exit = match &*self.graph.node(*node).kind {
                "prim::RaiseException" => Exit { status: Status::Throws, flag: self.no, values: vec![] },
                kind if kind == self.kind => {
                    let values = self.graph.node(*node).inputs.to_vec();
                    self.cut(block, at);
                    Exit { status: Status::Will, flag: self.yes, values }
                }
                "prim::If" => self.branch(*node)?,
                "prim::Loop" => self.looped(*node)?,
                WITH => {
                    let body = self.graph.node(*node).blocks[0];
                    self.block(body)?
                }
                _ => continue,
            };
            match exit.status {
                Status::Will | Status::Throws => {
                    let here = self.graph.block(block).nodes.iter().position(|n| n == node);
                    self.cut(block, here.map_or(at, |h| h + 1));
                    let returns = self.graph.block(block).returns.clone();
                    let units = self.units_like(&returns);
                    units.iter().enumerate().for_each(|(i, unit)| self.graph.set_return(block, i, *unit));
                    break;
                }
                Status::Might => {
                    exit = self.guard(block, at + 1, exit)?;
                    break;
                }
                Status::Wont => {}
            }
        }
        if self.target == Some(block) {
            match exit.status {
                Status::Might => {
                    let returns = self.graph.block(block).returns.clone();
                    let node = self.graph.create("prim::If", &[exit.flag]);
                    let (a, b) = (self.graph.add_block(node), self.graph.add_block(node));
                    self.graph.append(block, node);
                    for i in 0..exit.values.len() {
                        let other = returns.get(i).copied().unwrap_or(exit.values[i]);
                        self.graph.add_return(a, exit.values[i]);
                        self.graph.add_return(b, other);
                        let ty = self.merged(exit.values[i], other);
                        let out = self.graph.add_output(node, ty);
                        self.put_return(block, i, out);
                    }
                }
                Status::Will => {
                    for (i, value) in exit.values.clone().into_iter().enumerate() {
                        self.put_return(block, i, value);
                    }
                }
                Status::Throws | Status::Wont => {
                    if self.graph.block(block).returns.is_empty() && owner.is_none() {
                        // a function that always raises returns nothing
                        let unit = self.unit(&Type::None);
                        self.graph.add_return(block, unit);
                    }
                }
            }
            exit = self.wont();
        }
        self.target = outer_target;
        self.depth -= 1;
        Ok(exit)
    }

    fn put_return(&mut self, block: BlockId, i: usize, value: ValueId) {
        if i < self.graph.block(block).returns.len() {
            self.graph.set_return(block, i, value);
        } else {
            self.graph.add_return(block, value);
        }
    }

    /// Deletes the nodes of a block from position `from` on.
    fn cut(&mut self, block: BlockId, from: usize) {
        let mut nodes = self.graph.take_nodes(block);
        let dead = nodes.split_off(from.min(nodes.len()));
        for node in dead.into_iter().rev() {
            // whatever still reads its results reads something uninitialised
            let outputs = self.graph.node(node).outputs.clone();
            for output in outputs {
                if !self.graph.value(output).uses.is_empty() {
                    let ty = self.graph.ty(output).clone();
                    let unit = self.unit(&ty);
                    self.graph.replace_all_uses(output, unit);
                }
            }
            self.graph.detach(node);
        }
        self.graph.set_nodes(block, nodes);
    }

    fn merged(&self, a: ValueId, b: ValueId) -> Type {
        let (a, b) = (self.graph.ty(a), self.graph.ty(b));
        Type::unify(a, b, false).unwrap_or_else(|| a.clone())
    }

    /// Adds outputs to a branch: the exit values, and whether there was an exit.
    fn branch_exit(&mut self, node: NodeId, yes: Exit, no: Exit) -> Exit {
        use Status::*;
        let (status, mut pair) = match (yes.status, no.status) {
            (Wont, Wont) => return self.wont(),
            (Throws, Throws) => return Exit { status: Throws, flag: self.no, values: vec![] },
            (Throws, Wont) | (Wont, Throws) => return self.wont(),
            (Will, Will) | (Will, Throws) | (Throws, Will) => (Will, [yes, no]),
            _ => (Might, [yes, no]),
        };
        for i in 0..2 {
            if pair[i].values.is_empty() || matches!(pair[i].status, Throws | Wont) {
                let like = pair[1 - i].values.clone();
                pair[i].values = self.units_like(&like);
                if pair[i].status == Throws {
                    pair[i].flag = if status == Will { self.yes } else { self.unit(&Type::Bool) };
                }
            }
        }
        let blocks = self.graph.node(node).blocks.clone();
        let flag = if status == Will {
            self.yes
        } else {
            self.graph.add_return(blocks[0], pair[0].flag);
            self.graph.add_return(blocks[1], pair[1].flag);
            self.graph.add_output(node, Type::Bool)
        };
        let mut values = Vec::new();
        for i in 0..pair[0].values.len().min(pair[1].values.len()) {
            let (a, b) = (pair[0].values[i], pair[1].values[i]);
            let ty = self.merged(a, b);
            self.graph.add_return(blocks[0], a);
            self.graph.add_return(blocks[1], b);
            values.push(self.graph.add_output(node, ty));
        }
        Exit { status, flag, values }
    }

    fn branch(&mut self, node: NodeId) -> Result<Exit> {
        let blocks = self.graph.node(node).blocks.clone();
        let yes = self.block(blocks[0])?;
        let no = self.block(blocks[1])?;
        Ok(self.branch_exit(node, yes, no))
    }

    /// A loop that may be left for good stops, and hands the exit on.
    fn looped(&mut self, node: NodeId) -> Result<Exit> {
        let body = self.graph.node(node).blocks[0];
        let exit = self.block(body)?;
        match exit.status {
            Status::Wont | Status::Throws => return Ok(self.wont()),
            Status::Will | Status::Might => {}
        }
        let next = self.graph.block(body).returns[0];
        let stop = self.graph.create("prim::If", &[exit.flag]);
        let (a, b) = (self.graph.add_block(stop), self.graph.add_block(stop));
        self.graph.append(body, stop);
        self.graph.add_return(a, self.no);
        self.graph.add_return(b, next);
        let stopped = self.graph.add_output(stop, Type::Bool);
        self.graph.set_return(body, 0, stopped);
        let carry = |pass: &mut Self, start: ValueId, end: ValueId| {
            let ty = pass.graph.ty(end).clone();
            pass.graph.add_node_input(node, start);
            pass.graph.add_param(body, ty.clone());
            pass.graph.add_return(body, end);
            pass.graph.add_output(node, ty)
        };
        let flag = carry(self, self.no, exit.flag);
        let mut values = Vec::new();
        for value in exit.values {
            let ty = self.graph.ty(value).clone();
            let unit = self.unit(&ty);
            values.push(carry(self, unit, value));
        }
        Ok(Exit { status: Status::Might, flag, values })
    }

    /// The nodes from position `from` on run only where there was no exit.
    fn guard(&mut self, block: BlockId, from: usize, exit: Exit) -> Result<Exit> {
        let mut nodes = self.graph.take_nodes(block);
        let rest = nodes.split_off(from.min(nodes.len()));
        self.graph.set_nodes(block, nodes);
        if rest.is_empty() {
            return Ok(exit);
        }
        let node = self.graph.create("prim::If", &[exit.flag]);
        let (taken, other) = (self.graph.add_block(node), self.graph.add_block(node));
        self.graph.append(block, node);
        self.graph.set_nodes(other, rest);
        for (i, value) in self.graph.block(block).returns.clone().into_iter().enumerate() {
            let ty = self.graph.ty(value).clone();
            let unit = self.unit(&ty);
            self.graph.add_return(taken, unit);
            self.graph.add_return(other, value);
            let out = self.graph.add_output(node, ty);
            self.graph.set_return(block, i, out);
        }
        let inner = self.block(other)?;
        if matches!(inner.status, Status::Wont | Status::Throws) {
            return Ok(exit);
        }
        let before = Exit { status: Status::Will, flag: self.yes, values: exit.values };
        Ok(self.branch_exit(node, before, inner))
    }
}

/// Two branches in a row, where the first decides the second, become one.
fn inline_consecutive_ifs(graph: &mut Graph, block: BlockId, yes: ValueId, no: ValueId) {
    let mut at = 0;
    while let Some(&node) = graph.block(block).nodes.get(at) {
        if graph.node(node).is("prim::If") {
            if let Some(&next) = graph.block(block).nodes.get(at + 1) {
                if graph.node(next).is("prim::If") && merge_ifs(graph, node, next, yes, no) {
                    continue;
                }
            }
        }
        for inner in graph.node(node).blocks.clone() {
            inline_consecutive_ifs(graph, inner, yes, no);
        }
        at += 1;
    }
}

fn merge_ifs(graph: &mut Graph, first: NodeId, second: NodeId, yes: ValueId, no: ValueId) -> bool {
    let condition = graph.node(second).inputs[0];
    let Def::Output(maker, index) = graph.value(condition).def else { return false };
    if maker != first {
        return false;
    }
    let blocks = graph.node(first).blocks.clone();
    let mut choice = [None, None];
    for (i, block) in blocks.iter().enumerate() {
        let value = graph.block(*block).returns[index as usize];
        choice[i] = if value == yes {
            Some(true)
        } else if value == no {
            Some(false)
        } else {
            match graph.constant(value) {
                Some(IValue::Bool(b)) => Some(b),
                _ => None,
            }
        };
    }
    // a flag that is never read in one branch is taken as in the other: that branch raises
    let unread = |graph: &Graph, i: usize| {
        let value = graph.block(blocks[i]).returns[index as usize];
        graph.producer(value).is_some_and(|n| graph.node(n).is("prim::Uninitialized"))
    };
    for i in 0..2 {
        if choice[i].is_none() && unread(graph, i) {
            choice[i] = choice[1 - i].map(|c| !c);
        }
    }
    let [Some(a), Some(b)] = choice else { return false };
    let seconds = graph.node(second).blocks.clone();
    if a == b && !graph.block(seconds[usize::from(!a)]).nodes.is_empty() {
        return false;
    }
    let choices = [a, b];
    let first_outputs = graph.node(first).outputs.clone();
    let second_outputs = graph.node(second).outputs.clone();
    let outputs: Vec<Type> = second_outputs.iter().map(|v| graph.ty(*v).clone()).collect();
    let mut returned: Vec<Vec<ValueId>> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let source = seconds[usize::from(!choices[i])];
        let mut map: HashMap<ValueId, ValueId> = HashMap::new();
        for (j, output) in first_outputs.iter().enumerate() {
            map.insert(*output, graph.block(*block).returns[j]);
        }
        for node in graph.take_nodes(source) {
            graph.append(*block, node);
            rename_inputs(graph, node, &map);
        }
        let returns = graph.block(source).returns.clone();
        returned.push(returns.iter().map(|v| map.get(v).copied().unwrap_or(*v)).collect());
    }
    for (k, ty) in outputs.into_iter().enumerate() {
        for (i, block) in blocks.iter().enumerate() {
            graph.add_return(*block, returned[i][k]);
        }
        let out = graph.add_output(first, ty);
        let name = graph.value(second_outputs[k]).name.clone();
        graph.set_name(out, name);
        graph.replace_all_uses(second_outputs[k], out);
    }
    graph.destroy(second);
    true
}

/// Renames what a node and the blocks in it read.
fn rename_inputs(graph: &mut Graph, node: NodeId, map: &HashMap<ValueId, ValueId>) {
    for i in 0..graph.node(node).inputs.len() {
        if let Some(new) = map.get(&graph.node(node).inputs[i]).copied() {
            graph.set_node_input(node, i, new);
        }
    }
    for block in graph.node(node).blocks.clone() {
        for inner in graph.block(block).nodes.clone() {
            rename_inputs(graph, inner, map);
        }
        for i in 0..graph.block(block).returns.len() {
            if let Some(new) = map.get(&graph.block(block).returns[i]).copied() {
                graph.set_return(block, i, new);
            }
        }
    }
}

/// A `for` loop that may stop early becomes a `while` loop that counts itself.
fn canonicalize_loops(graph: &mut Graph) {
    for node in graph.all_nodes() {
        if !graph.node(node).is("prim::Loop") {
            continue;
        }
        let (trips, start) = (graph.node(node).inputs[0], graph.node(node).inputs[1]);
        let body = graph.node(node).blocks[0];
        let is_true = |graph: &Graph, v: ValueId| matches!(graph.constant(v), Some(IValue::Bool(true)));
        let counted = !matches!(graph.constant(trips), Some(IValue::Int(i64::MAX)));
        let conditional = !is_true(graph, start) || !is_true(graph, graph.block(body).returns[0]);
        if !counted || !conditional {
            continue;
        }
        let Some(owner) = graph.node(node).owner else { continue };
        let Some(at) = graph.block(owner).nodes.iter().position(|n| *n == node) else { continue };
        let mut before: Vec<NodeId> = Vec::new();
        let mut constant = |graph: &mut Graph, value: i64| {
            let made = graph.create("prim::Constant", &[]);
            graph.node_mut(made).set_attr("value", Attr::Value(IValue::Int(value)));
            before.push(made);
            graph.add_output(made, Type::Int)
        };
        let zero = constant(graph, 0);
        let one = constant(graph, 1);
        let largest = constant(graph, i64::MAX);
        let operator = |graph: &mut Graph, kind: &str, overload: &str, inputs: &[ValueId], ty: Type| {
            let made = graph.create(kind, inputs);
            let found = crate::op::registry().find(kind, overload).and_then(|op| op.schema().ok().cloned());
            graph.node_mut(made).schema = found;
            (made, graph.add_output(made, ty))
        };
        let (gt, mut enter) = operator(graph, "aten::gt", "int", &[trips, zero], Type::Bool);
        before.push(gt);
        if !is_true(graph, start) {
            let (and, both) = operator(graph, "aten::__and__", "bool", &[enter, start], Type::Bool);
            before.push(and);
            enter = both;
        }
        for (i, made) in before.into_iter().enumerate() {
            graph.insert(owner, at + i, made);
        }
        graph.set_node_input(node, 0, largest);
        graph.set_node_input(node, 1, enter);
        graph.add_node_input(node, zero);
        graph.add_output(node, Type::Int);
        let index = graph.block(body).params[0];
        let counter = graph.add_param(body, Type::Int);
        graph.replace_all_uses(index, counter);
        let (add, next) = operator(graph, "aten::add", "int", &[counter, one], Type::Int);
        graph.append(body, add);
        let (lt, more) = operator(graph, "aten::lt", "int", &[next, trips], Type::Bool);
        graph.append(body, lt);
        let goes_on = graph.block(body).returns[0];
        let (and, both) = operator(graph, "aten::__and__", "bool", &[more, goes_on], Type::Bool);
        graph.append(body, and);
        graph.set_return(body, 0, both);
        graph.add_return(body, next);
    }
}
