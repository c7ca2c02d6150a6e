//! Replaces calls of functions and methods by their bodies.

use std::sync::Arc;

use crate::ir::{Attr, BlockId, Function, Graph, InlinedCall, NodeId};
use crate::value::Type;
use crate::{Error, Result};

/// A copy of the graph with every call replaced by the callee's body, and theirs in turn. Calls through interfaces
/// stay. Nodes remember the calls that they came through.
pub fn inlined(graph: &Graph) -> Result<Graph> {
    let mut copy = graph.clone();
    inline(&mut copy)?;
    Ok(copy)
}

/// As [`inlined`], in place; whether there was a call. Fails where functions call themselves.
pub fn inline(graph: &mut Graph) -> Result<bool> {
    let mut calls: Vec<Arc<Function>> = Vec::new();
    block(graph, Graph::ROOT, &mut calls, 0)
}

/// Calls within calls and blocks within blocks.
const MAX_DEPTH: usize = 400;

fn block(graph: &mut Graph, id: BlockId, calls: &mut Vec<Arc<Function>>, depth: usize) -> Result<bool> {
    if depth > MAX_DEPTH {
        return Err(Error::limit("calls and blocks are nested too deeply to be inlined"));
    }
    let nodes = graph.take_nodes(id);
    let mut changed = false;
    let mut kept = Vec::with_capacity(nodes.len());
    for node in nodes {
        for inner in graph.node(node).blocks.clone() {
            changed |= block(graph, inner, calls, depth + 1)?;
        }
        let Some(function) = callee(graph, node) else {
            kept.push(node);
            continue;
        };
        if calls.iter().any(|f| Arc::ptr_eq(f, &function)) || calls.len() > MAX_DEPTH {
            let name = function.name();
            let message = format!("function '{name}' is called recursively. Recursive calls are not supported");
            return Err(Error::type_error(message));
        }
        changed = true;
        let is_function = graph.node(node).is("prim::CallFunction");
        let arguments = graph.node(node).inputs[usize::from(is_function)..].to_vec();
        let body = function.graph()?.clone();
        let call = Arc::new(InlinedCall {
            function: function.name().to_string(),
            range: graph.node(node).range.clone(),
            parent: graph.node(node).inlined.clone(),
        });
        // the block is empty now, so the copy is all that is in it
        let outputs = graph.append_copy(id, &body, &arguments, &mut |g, copied| {
            g.node_mut(copied).inlined = Some(call.clone());
            for output in g.node(copied).outputs.clone() {
                g.set_name(output, None);
            }
        });
        calls.push(function);
        block(graph, id, calls, depth + 1)?;
        calls.pop();
        let results = graph.node(node).outputs.clone();
        for (old, new) in results.into_iter().zip(outputs) {
            if !graph.ty(new).is_subtype(graph.ty(old)) || graph.ty(new).is_tensor() != graph.ty(old).is_tensor() {
                // the declared type is what the callers counted on
                let ty = graph.ty(old).clone();
                if !matches!(ty, Type::Any) && graph.value(new).uses.is_empty() {
                    graph.set_ty(new, ty);
                }
            }
            graph.replace_all_uses(old, new);
        }
        graph.detach(node);
        kept.extend(graph.take_nodes(id));
    }
    if changed {
        kept.retain(|node| !is_unused_function(graph, *node));
    }
    graph.set_nodes(id, kept);
    Ok(changed)
}

/// The function that a node calls, where it is known.
fn callee(graph: &Graph, node: NodeId) -> Option<Arc<Function>> {
    let n = graph.node(node);
    match &*n.kind {
        "prim::CallMethod" => match graph.ty(*n.inputs.first()?) {
            Type::Class(class) => Function::of_class(class, n.attr_str("name")?),
            _ => None,
        },
        "prim::CallFunction" => {
            let constant = graph.producer(*n.inputs.first()?)?;
            match graph.node(constant).attr("name") {
                Some(Attr::Function(function)) => Some(function.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_unused_function(graph: &Graph, node: NodeId) -> bool {
    let n = graph.node(node);
    let unused = n.outputs.iter().all(|v| graph.value(*v).uses.is_empty());
    n.is("prim::Constant") && unused && matches!(n.attr("name"), Some(Attr::Function(_)))
}
