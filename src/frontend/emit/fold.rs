//! Folding of constants of immutable types, as PyTorch does right after emission.

use std::sync::Arc;

use crate::ir::{Attr, BlockId, Graph, NodeId};
use crate::op::{registry, Tag};
use crate::value::{IValue, TupleValue, Type};

/// Runs nodes whose inputs are constants, inlines branches whose condition is constant, and drops results that are
/// the same in every way through a branch or a loop.
pub(super) fn run(graph: &mut Graph) {
    block(graph, Graph::ROOT);
}

fn block(graph: &mut Graph, id: BlockId) {
    let nodes = graph.take_nodes(id);
    let mut kept: Vec<NodeId> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if fold_node(graph, node, &mut kept) {
            continue;
        }
        kept.push(node);
        for inner in graph.node(node).blocks.clone() {
            block(graph, inner);
        }
        if graph.node(node).is("prim::If") {
            let condition = graph.node(node).inputs.first().and_then(|c| graph.constant(*c));
            if let Some(IValue::Bool(taken)) = condition {
                kept.pop();
                inline_branch(graph, node, taken, &mut kept);
                continue;
            }
            merge_equal_outputs(graph, node, &mut kept);
        } else if graph.node(node).is("prim::Loop") {
            forward_unchanged(graph, node);
        }
    }
    graph.set_nodes(id, kept);
}

/// Replaces the node by constants if it can be computed now; `out` takes them.
fn fold_node(graph: &mut Graph, node: NodeId, out: &mut Vec<NodeId>) -> bool {
    let n = graph.node(node);
    if !n.blocks.is_empty() || n.is("prim::Constant") || n.inputs.is_empty() || n.outputs.is_empty() {
        return false;
    }
    let inputs: Option<Vec<IValue>> = n.inputs.iter().map(|v| graph.constant(*v)).collect();
    let Some(inputs) = inputs.filter(|all| all.iter().all(is_immutable)) else { return false };
    // a tuple or list of function constants is none
    let typed = |ty: &Type| match ty {
        Type::Tuple(t) => t.named.clone().map(Arc::new),
        _ => None,
    };
    let results = match &*n.kind {
        "prim::TupleConstruct" => {
            let named = typed(graph.ty(n.outputs[0]));
            vec![IValue::Tuple(Arc::new(TupleValue { elements: inputs, named }))]
        }
        "prim::TupleIndex" => match (&inputs[0], &inputs[1]) {
            (IValue::Tuple(t), IValue::Int(i)) => {
                let at = if *i < 0 { i + t.elements.len() as i64 } else { *i };
                match usize::try_from(at).ok().and_then(|at| t.elements.get(at)) {
                    Some(element) => vec![element.clone()],
                    None => return false,
                }
            }
            _ => return false,
        },
        "prim::TupleUnpack" => match &inputs[0] {
            IValue::Tuple(t) => t.elements.clone(),
            _ => return false,
        },
        kind if kind.starts_with("aten::") || matches!(kind, "prim::min" | "prim::max" | "prim::abs") => {
            let Some(schema) = &n.schema else { return false };
            if schema.is_mutable() || !n.outputs.iter().all(|v| is_immutable_type(graph.ty(*v))) {
                return false;
            }
            let Some(operator) = registry().find(&schema.name, &schema.overload) else { return false };
            if operator.has_tag(Tag::Random) || operator.has_tag(Tag::SideEffect) {
                return false;
            }
            let count = inputs.len();
            let mut stack = inputs;
            match operator.call(&mut stack, count) {
                Ok(()) if stack.len() == n.outputs.len() && stack.iter().all(is_immutable) => stack,
                _ => return false,
            }
        }
        _ => return false,
    };
    if results.len() != n.outputs.len() {
        return false;
    }
    for (output, value) in n.outputs.clone().into_iter().zip(results) {
        let made = graph.create("prim::Constant", &[]);
        let ty = match (&value, graph.ty(output)) {
            (IValue::None, Type::Optional(_)) => graph.ty(output).clone(),
            _ => value.ty(),
        };
        if !value.is_none() {
            graph.node_mut(made).set_attr("value", Attr::Value(value));
        }
        let constant = graph.add_output(made, ty);
        let name = graph.value(output).name.clone();
        graph.set_name(constant, name);
        graph.replace_all_uses(output, constant);
        out.push(made);
    }
    graph.detach(node);
    true
}

fn inline_branch(graph: &mut Graph, node: NodeId, taken: bool, out: &mut Vec<NodeId>) {
    let Some(&chosen) = graph.node(node).blocks.get(usize::from(!taken)) else { return };
    let returns = graph.block(chosen).returns.clone();
    let outputs = graph.node(node).outputs.clone();
    let moved = graph.take_nodes(chosen);
    for (output, value) in outputs.into_iter().zip(returns) {
        graph.replace_all_uses(output, value);
    }
    out.extend(moved);
    graph.detach(node);
}

/// An output that both branches return alike needs no branch.
fn merge_equal_outputs(graph: &mut Graph, node: NodeId, before: &mut Vec<NodeId>) {
    let blocks = graph.node(node).blocks.clone();
    let [yes, no] = blocks[..] else { return };
    for i in (0..graph.node(node).outputs.len()).rev() {
        let (a, b) = (graph.block(yes).returns[i], graph.block(no).returns[i]);
        let output = graph.node(node).outputs[i];
        let same = if a == b {
            Some(a)
        } else {
            match (graph.constant(a), graph.constant(b)) {
                (Some(x), Some(y)) if is_immutable(&x) && same_constant(&x, &y) => {
                    // hoisted: the branch's own constant is not visible here
                    let made = graph.create("prim::Constant", &[]);
                    if !x.is_none() {
                        graph.node_mut(made).set_attr("value", Attr::Value(x));
                    }
                    let ty = graph.ty(output).clone();
                    let value = graph.add_output(made, ty);
                    let at = before.len().saturating_sub(1);
                    before.insert(at, made);
                    Some(value)
                }
                _ => None,
            }
        };
        if let Some(value) = same {
            graph.replace_all_uses(output, value);
            graph.remove_node_output(node, i);
            graph.remove_return(yes, i);
            graph.remove_return(no, i);
        }
    }
}

/// A loop-carried value that the body returns as it came is the value before the loop.
fn forward_unchanged(graph: &mut Graph, node: NodeId) {
    let Some(&body) = graph.node(node).blocks.first() else { return };
    for i in (0..graph.node(node).outputs.len()).rev() {
        let (Some(&param), Some(&returned)) =
            (graph.block(body).params.get(i + 1), graph.block(body).returns.get(i + 1))
        else {
            continue;
        };
        if param != returned {
            continue;
        }
        let before = graph.node(node).inputs[i + 2];
        let output = graph.node(node).outputs[i];
        graph.replace_all_uses(output, before);
        graph.remove_return(body, i + 1);
        graph.replace_all_uses(param, before);
        graph.remove_param(body, i + 1);
        graph.remove_node_output(node, i);
        graph.remove_node_input(node, i + 2);
    }
}

fn is_immutable(value: &IValue) -> bool {
    match value {
        IValue::None
        | IValue::Int(_)
        | IValue::Double(_)
        | IValue::Complex(_)
        | IValue::Bool(_)
        | IValue::Str(_)
        | IValue::Device(_)
        | IValue::Enum(_) => true,
        IValue::Tuple(t) => t.elements.iter().all(is_immutable),
        _ => false,
    }
}

fn is_immutable_type(ty: &Type) -> bool {
    match ty {
        Type::None
        | Type::Int
        | Type::Float
        | Type::Complex
        | Type::Bool
        | Type::Str
        | Type::Device
        | Type::Number
        | Type::Enum(_) => true,
        Type::Optional(t) => is_immutable_type(t),
        Type::Tuple(t) => t.elements.iter().all(is_immutable_type),
        _ => false,
    }
}

/// Whether two constants are the same to the bit and in type.
pub(super) fn same_constant(a: &IValue, b: &IValue) -> bool {
    match (a, b) {
        (IValue::None, IValue::None) => true,
        (IValue::Int(x), IValue::Int(y)) => x == y,
        (IValue::Double(x), IValue::Double(y)) => x.to_bits() == y.to_bits(),
        (IValue::Complex(x), IValue::Complex(y)) => {
            x.re.to_bits() == y.re.to_bits() && x.im.to_bits() == y.im.to_bits()
        }
        (IValue::Bool(x), IValue::Bool(y)) => x == y,
        (IValue::Str(x), IValue::Str(y)) => x == y,
        (IValue::Device(x), IValue::Device(y)) => x == y,
        (IValue::Enum(x), IValue::Enum(y)) => Arc::ptr_eq(&x.class, &y.class) && x.name == y.name,
        (IValue::Tuple(x), IValue::Tuple(y)) => {
            x.elements.len() == y.elements.len() && x.elements.iter().zip(&y.elements).all(|(p, q)| same_constant(p, q))
        }
        (IValue::List(x), IValue::List(y)) => {
            let (p, q) = (x.to_vec(), y.to_vec());
            x.element_type() == y.element_type()
                && p.len() == q.len()
                && p.iter().zip(&q).all(|(p, q)| !matches!(p, IValue::Tensor(_)) && same_constant(p, q))
        }
        _ => false,
    }
}
