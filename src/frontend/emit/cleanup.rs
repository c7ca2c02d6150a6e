//! What is done to a graph after emission, in PyTorch's order: aliases of operators get their plain names, tuples
//! that are taken apart again go away, constants are folded, dead code is removed, constants are pooled at the top,
//! outputs of branches and loops are put in the order of their use.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;

use super::expressions::EMPTY_LIST;
use super::fold;
use crate::ir::{Attr, BlockId, Def, Graph, NodeId, Use, ValueId};
use crate::op::{registry, Tag, UnmarkedWrites};
use crate::value::IValue;

pub(super) fn run(graph: &mut Graph) {
    normalize(graph);
    lower_tuples(graph);
    fold::run(graph);
    eliminate_dead_code(graph);
    pool_constants(graph);
    order_outputs(graph);
    number_warnings(graph);
}

/// Every place that warns has an id: it warns once per process.
fn number_warnings(graph: &mut Graph) {
    static NEXT: AtomicI64 = AtomicI64::new(0);
    for node in graph.all_nodes() {
        if graph.node(node).is("aten::warn") {
            graph.node_mut(node).set_attr("warn_id", Attr::Int(NEXT.fetch_add(1, Ordering::Relaxed)));
        }
    }
}

/// Plain names for aliases of operators, and an end to list literals without a type.
fn normalize(graph: &mut Graph) {
    for node in graph.all_nodes() {
        let kind = graph.node(node).kind.clone();
        if &*kind == EMPTY_LIST {
            graph.node_mut(node).kind = "prim::ListConstruct".into();
            continue;
        }
        if matches!(&*kind, "aten::__is__" | "aten::__isnot__") {
            let bools = graph.node(node).inputs.iter().all(|v| *graph.ty(*v) == crate::Type::Bool);
            let plain = if &*kind == "aten::__is__" { "aten::eq" } else { "aten::ne" };
            if let (true, Some(found)) = (bools, registry().find(plain, "bool")) {
                graph.node_mut(node).schema = found.schema().ok().cloned();
                graph.node_mut(node).kind = plain.into();
            }
            continue;
        }
        if kind.starts_with("quantized::conv") {
            drop_packed_arguments(graph, node);
            continue;
        }
        if &*kind == "aten::rsub" {
            let inputs = graph.node(node).inputs.clone();
            if inputs.len() == 3 {
                let mut swapped = inputs.to_vec();
                swapped.swap(0, 1);
                if let Some(schema) = reversed_sub(graph, &swapped) {
                    graph.set_node_inputs(node, &swapped);
                    graph.node_mut(node).kind = "aten::sub".into();
                    graph.node_mut(node).schema = Some(schema);
                }
            }
            continue;
        }
        let Some(name) = kind.strip_prefix("aten::") else { continue };
        let (base, in_place) = match name.strip_suffix('_') {
            Some(base) if !name.starts_with("__") => (base, "_"),
            _ => (name, ""),
        };
        let Ok(at) = ALIASES.binary_search_by(|(alias, _)| alias.cmp(&base)) else { continue };
        let Some(schema) = graph.node(node).schema.clone() else { continue };
        let plain = format!("aten::{}{in_place}", ALIASES[at].1);
        // the overload of the plain operator with the same arguments
        let types = |s: &crate::schema::FunctionSchema| {
            s.arguments.iter().map(|a| (a.ty.clone(), a.kwarg_only)).collect::<Vec<_>>()
        };
        let wanted = types(&schema);
        let found = registry().overloads(&plain).into_iter().find_map(|op| {
            let candidate = op.schema().ok()?.clone();
            (types(&candidate) == wanted).then_some(candidate)
        });
        if let Some(found) = found {
            graph.node_mut(node).kind = plain.into();
            graph.node_mut(node).schema = Some(found);
        }
    }
}

/// Old archives pass stride, padding, dilation and groups, which packed weights know themselves.
fn drop_packed_arguments(graph: &mut Graph, node: NodeId) {
    let n = graph.node(node);
    let [x, packed, _, _, _, _, scale, zero_point] = n.inputs[..] else { return };
    if !matches!(
        &*n.kind,
        "quantized::conv2d" | "quantized::conv2d_relu" | "quantized::conv3d" | "quantized::conv3d_relu"
    ) {
        return;
    }
    let new = registry().find(&n.kind, "new").and_then(|op| op.schema().ok().cloned());
    if let Some(schema) = new {
        graph.set_node_inputs(node, &[x, packed, scale, zero_point]);
        graph.node_mut(node).schema = Some(schema);
    }
}

/// The overload of `sub` for the exchanged operands of an `rsub`.
fn reversed_sub(graph: &Graph, inputs: &[ValueId]) -> Option<Arc<crate::schema::FunctionSchema>> {
    let both = graph.ty(inputs[0]).is_tensor() && graph.ty(inputs[1]).is_tensor();
    registry().find("aten::sub", if both { "Tensor" } else { return None })?.schema().ok().cloned()
}

/// A tuple that is made and taken apart: its parts are used directly.
fn lower_tuples(graph: &mut Graph) {
    let mut gone: HashMap<NodeId, ()> = HashMap::new();
    for node in graph.all_nodes() {
        let n = graph.node(node);
        let unpack = n.is("prim::TupleUnpack");
        if !unpack && !n.is("prim::TupleIndex") {
            continue;
        }
        let Some(maker) = n.inputs.first().and_then(|v| graph.producer(*v)) else { continue };
        if !graph.node(maker).is("prim::TupleConstruct") {
            continue;
        }
        let parts = graph.node(maker).inputs.clone();
        if unpack {
            let outputs = graph.node(node).outputs.clone();
            if outputs.len() != parts.len() {
                continue;
            }
            for (output, part) in outputs.into_iter().zip(parts) {
                graph.replace_all_uses(output, part);
            }
        } else {
            let n = graph.node(node);
            let Some(IValue::Int(index)) = n.inputs.get(1).and_then(|v| graph.constant(*v)) else { continue };
            let at = if index < 0 { index + parts.len() as i64 } else { index };
            let Some(part) = usize::try_from(at).ok().and_then(|at| parts.get(at)).copied() else { continue };
            let output = n.outputs[0];
            graph.replace_all_uses(output, part);
        }
        gone.insert(node, ());
    }
    if !gone.is_empty() {
        retain(graph, &|id| !gone.contains_key(&id));
    }
}

/// Removes nodes from every block's list.
fn retain(graph: &mut Graph, keep: &dyn Fn(NodeId) -> bool) {
    let mut blocks = vec![Graph::ROOT];
    while let Some(block) = blocks.pop() {
        let nodes = graph.take_nodes(block);
        let (kept, dropped): (Vec<NodeId>, Vec<NodeId>) = nodes.into_iter().partition(|n| keep(*n));
        // users go before what they use
        for node in dropped.into_iter().rev() {
            graph.detach(node);
        }
        for node in &kept {
            blocks.extend(graph.node(*node).blocks.iter().copied());
        }
        graph.set_nodes(block, kept);
    }
}

/// Removes nodes without effect whose results nobody uses, and results of branches and loops that nobody uses.
pub(super) fn eliminate_dead_code(graph: &mut Graph) {
    let mut marks =
        Marks { values: vec![false; graph.value_count()], nodes: vec![false; graph.node_count()], todo: vec![] };
    for value in graph.outputs() {
        marks.value(*value);
    }
    for node in graph.all_nodes() {
        if has_effects(graph, node) {
            marks.node(graph, node);
        }
    }
    while let Some(value) = marks.todo.pop() {
        match graph.value(value).def {
            Def::Output(node, i) => {
                marks.node(graph, node);
                let n = graph.node(node);
                if n.is("prim::If") {
                    n.blocks
                        .iter()
                        .filter_map(|b| graph.block(*b).returns.get(i as usize))
                        .for_each(|v| marks.value(*v));
                } else if n.is("prim::Loop") {
                    marks.carried(graph, node, i as usize);
                }
            }
            Def::Param(block, i) => {
                let Some(node) = graph.block(block).owner else { continue };
                if graph.node(node).is("prim::Loop") && i > 0 {
                    marks.carried(graph, node, i as usize - 1);
                }
            }
        }
    }
    // results that are not needed
    for node in graph.all_nodes() {
        let n = graph.node(node);
        if !marks.nodes[node.0 as usize] {
            continue;
        }
        let blocks = n.blocks.clone();
        if n.is("prim::If") {
            for i in (0..graph.node(node).outputs.len()).rev() {
                if !marks.values[graph.node(node).outputs[i].0 as usize] {
                    blocks.iter().for_each(|b| graph.remove_return(*b, i));
                    graph.remove_node_output(node, i);
                }
            }
        } else if n.is("prim::Loop") {
            for i in (0..graph.node(node).outputs.len()).rev() {
                let output = graph.node(node).outputs[i];
                let param = graph.block(blocks[0]).params[i + 1];
                if !marks.values[output.0 as usize] && !marks.values[param.0 as usize] {
                    // dead nodes may still use the parameter; they go below
                    graph.remove_return(blocks[0], i + 1);
                    graph.remove_node_output(node, i);
                    graph.remove_node_input(node, i + 2);
                    graph.remove_param(blocks[0], i + 1);
                }
            }
        }
    }
    let nodes = std::mem::take(&mut marks.nodes);
    retain(graph, &|id| nodes[id.0 as usize]);
}

struct Marks {
    values: Vec<bool>,
    nodes: Vec<bool>,
    todo: Vec<ValueId>,
}

impl Marks {
    fn value(&mut self, value: ValueId) {
        if !std::mem::replace(&mut self.values[value.0 as usize], true) {
            self.todo.push(value);
        }
    }
    /// A node that stays: its inputs are needed, and so are the nodes around it.
    fn node(&mut self, graph: &Graph, node: NodeId) {
        let mut at = Some(node);
        while let Some(node) = at {
            if std::mem::replace(&mut self.nodes[node.0 as usize], true) {
                return;
            }
            let n = graph.node(node);
            if n.is("prim::Loop") {
                n.inputs.iter().take(2).for_each(|v| self.value(*v));
                n.blocks.iter().filter_map(|b| graph.block(*b).returns.first()).for_each(|v| self.value(*v));
            } else {
                n.inputs.iter().for_each(|v| self.value(*v));
                if !n.is("prim::If") {
                    for block in &n.blocks {
                        graph.block(*block).returns.iter().for_each(|v| self.value(*v));
                    }
                }
            }
            at = n.owner.and_then(|b| graph.block(b).owner);
        }
    }
    fn carried(&mut self, graph: &Graph, node: NodeId, i: usize) {
        let n = graph.node(node);
        if let Some(input) = n.inputs.get(i + 2) {
            self.value(*input);
        }
        for block in &n.blocks {
            if let Some(returned) = graph.block(*block).returns.get(i + 1) {
                self.value(*returned);
            }
        }
    }
}

/// Whether a node does something beside its results. As in PyTorch, drawing random numbers does not count.
fn has_effects(graph: &Graph, node: NodeId) -> bool {
    let n = graph.node(node);
    if let Some(schema) = &n.schema {
        if schema.is_mutable() {
            return true;
        }
        if let Some(operator) = registry().find(&schema.name, &schema.overload) {
            // what the host registers may do anything
            if operator.entry().is_none() || operator.has_tag(Tag::SideEffect) {
                return true;
            }
            if let Some(UnmarkedWrites { when, .. }) = operator.unmarked_writes() {
                let flag = when.and_then(|name| n.inputs.get(schema.argument_index(name)?));
                return flag.is_none_or(|flag| !matches!(graph.constant(*flag), Some(IValue::Bool(false))));
            }
        }
    }
    match &*n.kind {
        "prim::Constant" | "prim::If" | "prim::Loop" => false,
        "prim::RaiseException"
        | "prim::SetAttr"
        | "prim::CallFunction"
        | "prim::CallMethod"
        | "prim::Enter"
        | "prim::Exit"
        | "prim::ReturnStmt"
        | "prim::LoopContinuation"
        | "prim::fork"
        | "prim::awaitable"
        | "prim::Print"
        | "aten::warn"
        | "aten::manual_seed"
        | "aten::wait" => true,
        _ => n.outputs.is_empty() && n.blocks.is_empty(),
    }
}

/// Constants stand at the top, each once. The order is PyTorch's, which moves every new one to the very front.
fn pool_constants(graph: &mut Graph) {
    let mut pools: HashMap<String, Vec<NodeId>> = HashMap::new();
    let mut moved: Vec<NodeId> = Vec::new();
    let mut stay: Vec<(BlockId, Vec<NodeId>)> = Vec::new();
    let mut blocks: Vec<(BlockId, Vec<NodeId>, usize)> = vec![(Graph::ROOT, graph.take_nodes(Graph::ROOT), 0)];
    let mut kept: HashMap<BlockId, Vec<NodeId>> = HashMap::new();
    while let Some((block, nodes, at)) = blocks.pop() {
        let Some(&node) = nodes.get(at) else {
            stay.push((block, kept.remove(&block).unwrap_or_default()));
            continue;
        };
        blocks.push((block, nodes, at + 1));
        let inner = graph.node(node).blocks.clone();
        if !graph.node(node).is("prim::Constant") {
            kept.entry(block).or_default().push(node);
            for inner in inner.into_iter().rev() {
                let nodes = graph.take_nodes(inner);
                blocks.push((inner, nodes, 0));
            }
            continue;
        }
        let same = graph.node(node).outputs.first().copied().and_then(|output| {
            let pool = pools.entry(key(graph, output)).or_default();
            let known = pool.iter().find(|other| is_same(graph, **other, node)).copied();
            if known.is_none() {
                pool.push(node);
            }
            known.map(|known| (output, known))
        });
        match same {
            Some((output, known)) => {
                let value = graph.node(known).outputs[0];
                if graph.value(value).name.is_none() {
                    let name = graph.value(output).name.clone();
                    graph.set_name(value, name);
                }
                graph.replace_all_uses(output, value);
                graph.node_mut(node).owner = None;
            }
            None => moved.push(node),
        }
    }
    for (block, nodes) in stay {
        if block == Graph::ROOT {
            let mut all: Vec<NodeId> = moved.iter().rev().copied().collect();
            all.extend(nodes);
            graph.set_nodes(block, all);
        } else {
            graph.set_nodes(block, nodes);
        }
    }
}

/// Equal constants have equal keys.
fn key(graph: &Graph, output: ValueId) -> String {
    match graph.constant(output) {
        Some(IValue::Tensor(_) | IValue::Object(_) | IValue::Dict(_)) => "object".into(),
        Some(value) => format!("{value:?}"),
        None => "function".into(),
    }
}

fn is_same(graph: &Graph, a: NodeId, b: NodeId) -> bool {
    let (x, y) = (graph.node(a).outputs[0], graph.node(b).outputs[0]);
    if graph.ty(x) != graph.ty(y) {
        return false;
    }
    match (graph.constant(x), graph.constant(y)) {
        (Some(p), Some(q)) => match (&p, &q) {
            (IValue::Tensor(p), IValue::Tensor(q)) => p.is_same(q),
            (IValue::Object(p), IValue::Object(q)) => p.is_same(q),
            // as PyTorch: every mention is a constant of its own
            (IValue::Enum(_), IValue::Enum(_)) => false,
            _ => fold::same_constant(&p, &q),
        },
        (None, None) => match (graph.node(a).attr("name"), graph.node(b).attr("name")) {
            (Some(Attr::Function(f)), Some(Attr::Function(g))) => Arc::ptr_eq(f, g),
            _ => false,
        },
        _ => false,
    }
}

/// Puts the outputs of branches and loops in the order of their first use; unused ones come last.
fn order_outputs(graph: &mut Graph) {
    let nodes = graph.all_nodes();
    // program order: a node's position, a block's end
    let mut position: HashMap<NodeId, usize> = HashMap::new();
    let mut end: HashMap<BlockId, usize> = HashMap::new();
    number(graph, Graph::ROOT, &mut 0, &mut position, &mut end);
    for node in nodes {
        let n = graph.node(node);
        let is_loop = n.is("prim::Loop");
        if !is_loop && !n.is("prim::If") || n.outputs.len() < 2 {
            continue;
        }
        let first_use = |v: ValueId| {
            let place = |u: &Use| match *u {
                Use::Node(node, i) => (position.get(&node).copied().unwrap_or(usize::MAX), i),
                Use::Return(block, i) => (end.get(&block).copied().unwrap_or(usize::MAX), i),
            };
            graph.value(v).uses.iter().map(place).min().unwrap_or((usize::MAX, u32::MAX))
        };
        let mut order: Vec<usize> = (0..n.outputs.len()).collect();
        let uses: Vec<(usize, u32)> = n.outputs.iter().map(|v| first_use(*v)).collect();
        order.sort_by_key(|i| uses[*i]);
        if order.iter().enumerate().any(|(i, o)| i != *o) {
            graph.permute_outputs(node, &order, if is_loop { 1 } else { 0 });
        }
    }
}

fn number(
    graph: &Graph,
    block: BlockId,
    next: &mut usize,
    position: &mut HashMap<NodeId, usize>,
    end: &mut HashMap<BlockId, usize>,
) {
    for &node in &graph.block(block).nodes {
        position.insert(node, *next);
        *next += 1;
        for &inner in &graph.node(node).blocks {
            number(graph, inner, next, position, end);
        }
    }
    end.insert(block, *next);
    *next += 1;
}

/// Alias and plain name, sorted by alias.
const ALIASES: &[(&str, &str)] = &[
    ("absolute", "abs"),
    ("adjoint", "mH"),
    ("arccos", "acos"),
    ("arccosh", "acosh"),
    ("arcsin", "asin"),
    ("arcsinh", "asinh"),
    ("arctan", "atan"),
    ("arctan2", "atan2"),
    ("arctanh", "atanh"),
    ("clip", "clamp"),
    ("concat", "cat"),
    ("concatenate", "cat"),
    ("det", "linalg_det"),
    ("divide", "div"),
    ("fix", "trunc"),
    ("ger", "outer"),
    ("greater", "gt"),
    ("greater_equal", "ge"),
    ("inverse", "linalg_inv"),
    ("less", "lt"),
    ("less_equal", "le"),
    ("linalg_matmul", "matmul"),
    ("matrix_exp", "linalg_matrix_exp"),
    ("matrix_power", "linalg_matrix_power"),
    ("moveaxis", "movedim"),
    ("multiply", "mul"),
    ("negative", "neg"),
    ("not_equal", "ne"),
    ("orgqr", "linalg_householder_product"),
    ("row_stack", "vstack"),
    ("special_digamma", "digamma"),
    ("special_erf", "erf"),
    ("special_erfc", "erfc"),
    ("special_erfinv", "erfinv"),
    ("special_exp2", "exp2"),
    ("special_expit", "sigmoid"),
    ("special_expm1", "expm1"),
    ("special_gammainc", "igamma"),
    ("special_gammaincc", "igammac"),
    ("special_gammaln", "lgamma"),
    ("special_i0", "i0"),
    ("special_log1p", "log1p"),
    ("special_log_softmax", "log_softmax"),
    ("special_logit", "logit"),
    ("special_logsumexp", "logsumexp"),
    ("special_multigammaln", "mvlgamma"),
    ("special_polygamma", "polygamma"),
    ("special_psi", "digamma"),
    ("special_round", "round"),
    ("special_sinc", "sinc"),
    ("special_softmax", "softmax"),
    ("special_xlogy", "xlogy"),
    ("subtract", "sub"),
    ("swapaxes", "transpose"),
    ("swapdims", "transpose"),
    ("true_divide", "div"),
];
