//! The graph and its editing operations.

use std::sync::Arc;

use smallvec::SmallVec;

use super::Function;
use crate::base::SourceRange;
use crate::schema::FunctionSchema;
use crate::value::{IValue, Type};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub u32);

/// An operation: inputs, outputs, attributes, nested blocks.
#[derive(Clone, Debug)]
pub struct Node {
    /// `aten::add`, `prim::If`, …
    pub kind: Arc<str>,
    /// The matched overload, for operators; `None` for structural `prim::` nodes.
    pub schema: Option<Arc<FunctionSchema>>,
    pub inputs: SmallVec<[ValueId; 4]>,
    pub outputs: SmallVec<[ValueId; 1]>,
    pub attrs: SmallVec<[(&'static str, Attr); 1]>,
    pub blocks: SmallVec<[BlockId; 2]>,
    pub range: Option<SourceRange>,
    /// For nodes that came from a callee when it was inlined: the calls around it, innermost first.
    pub inlined: Option<Arc<InlinedCall>>,
    /// The block it stands in; a deleted node stands in none.
    pub owner: Option<BlockId>,
}

/// A call that was replaced by its callee's body.
#[derive(Debug)]
pub struct InlinedCall {
    /// The function that the node was in.
    pub function: String,
    /// Where that function was called.
    pub range: Option<SourceRange>,
    pub parent: Option<Arc<InlinedCall>>,
}

/// A node's attribute.
#[derive(Clone, Debug)]
pub enum Attr {
    Int(i64),
    Ints(Vec<i64>),
    Float(f64),
    Str(Arc<str>),
    /// The value of a `prim::Constant`.
    Value(IValue),
    /// The body of a fork or a fusion group.
    Graph(Arc<Graph>),
    Type(Type),
    Types(Vec<Type>),
    Function(Arc<Function>),
}

#[derive(Clone, Debug)]
pub struct Value {
    pub ty: Type,
    /// The debug name; unnamed values print their number.
    pub name: Option<Arc<str>>,
    pub def: Def,
    pub uses: SmallVec<[Use; 2]>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Def {
    Output(NodeId, u32),
    Param(BlockId, u32),
}

/// Who uses a value: operand `index` of a node, or return value `index` of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    Node(NodeId, u32),
    Return(BlockId, u32),
}

#[derive(Clone, Debug, Default)]
pub struct Block {
    pub params: Vec<ValueId>,
    pub nodes: Vec<NodeId>,
    pub returns: Vec<ValueId>,
    /// The node it belongs to; `None` for the root block.
    pub owner: Option<NodeId>,
}

/// A function body. Its inputs are the root block's parameters, its outputs the root block's return values.
#[derive(Clone, Debug)]
pub struct Graph {
    nodes: Vec<Node>,
    values: Vec<Value>,
    blocks: Vec<Block>,
}

impl Default for Graph {
    fn default() -> Self {
        Graph { nodes: Vec::new(), values: Vec::new(), blocks: vec![Block::default()] }
    }
}

impl Graph {
    pub const ROOT: BlockId = BlockId(0);

    pub fn new() -> Graph {
        Graph::default()
    }
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
    /// Inputs, outputs and blocks must not be edited here, but through the graph's operations.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.0 as usize]
    }
    pub fn ty(&self, id: ValueId) -> &Type {
        &self.value(id).ty
    }
    pub fn set_ty(&mut self, id: ValueId, ty: Type) {
        self.values[id.0 as usize].ty = ty;
    }
    pub fn set_name(&mut self, id: ValueId, name: Option<Arc<str>>) {
        self.values[id.0 as usize].name = name;
    }
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }
    pub fn inputs(&self) -> &[ValueId] {
        &self.block(Self::ROOT).params
    }
    pub fn outputs(&self) -> &[ValueId] {
        &self.block(Self::ROOT).returns
    }
    /// Upper bound of value ids, for side tables.
    pub fn value_count(&self) -> usize {
        self.values.len()
    }
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    fn new_value(&mut self, ty: Type, def: Def) -> ValueId {
        let id = ValueId(self.values.len() as u32);
        self.values.push(Value { ty, name: None, def, uses: SmallVec::new() });
        id
    }

    pub fn add_param(&mut self, block: BlockId, ty: Type) -> ValueId {
        let index = self.block(block).params.len() as u32;
        let id = self.new_value(ty, Def::Param(block, index));
        self.blocks[block.0 as usize].params.push(id);
        id
    }
    pub fn add_input(&mut self, ty: Type) -> ValueId {
        self.add_param(Self::ROOT, ty)
    }

    /// Makes a node that stands nowhere yet.
    pub fn create(&mut self, kind: impl Into<Arc<str>>, inputs: &[ValueId]) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node {
            kind: kind.into(),
            schema: None,
            inputs: inputs.into(),
            outputs: SmallVec::new(),
            attrs: SmallVec::new(),
            blocks: SmallVec::new(),
            range: None,
            inlined: None,
            owner: None,
        });
        for (i, input) in inputs.iter().enumerate() {
            self.values[input.0 as usize].uses.push(Use::Node(id, i as u32));
        }
        id
    }
    pub fn add_output(&mut self, node: NodeId, ty: Type) -> ValueId {
        let index = self.node(node).outputs.len() as u32;
        let id = self.new_value(ty, Def::Output(node, index));
        self.nodes[node.0 as usize].outputs.push(id);
        id
    }
    pub fn add_block(&mut self, node: NodeId) -> BlockId {
        let id = BlockId(self.blocks.len() as u32);
        self.blocks.push(Block { owner: Some(node), ..Block::default() });
        self.nodes[node.0 as usize].blocks.push(id);
        id
    }
    /// Puts a node at the end of a block.
    pub fn append(&mut self, block: BlockId, node: NodeId) {
        self.nodes[node.0 as usize].owner = Some(block);
        self.blocks[block.0 as usize].nodes.push(node);
    }
    /// Puts a node at position `at` of a block.
    pub fn insert(&mut self, block: BlockId, at: usize, node: NodeId) {
        self.nodes[node.0 as usize].owner = Some(block);
        self.blocks[block.0 as usize].nodes.insert(at, node);
    }
    /// Replaces a block's node list; every node must already belong to this graph.
    pub fn set_nodes(&mut self, block: BlockId, nodes: Vec<NodeId>) {
        for &node in &nodes {
            self.nodes[node.0 as usize].owner = Some(block);
        }
        self.blocks[block.0 as usize].nodes = nodes;
    }
    /// Takes a block's node list out, leaving it empty.
    pub fn take_nodes(&mut self, block: BlockId) -> Vec<NodeId> {
        std::mem::take(&mut self.blocks[block.0 as usize].nodes)
    }
    pub fn add_return(&mut self, block: BlockId, value: ValueId) {
        let index = self.block(block).returns.len() as u32;
        self.blocks[block.0 as usize].returns.push(value);
        self.values[value.0 as usize].uses.push(Use::Return(block, index));
    }
    pub fn set_return(&mut self, block: BlockId, index: usize, value: ValueId) {
        let old = std::mem::replace(&mut self.blocks[block.0 as usize].returns[index], value);
        self.drop_use(old, Use::Return(block, index as u32));
        self.values[value.0 as usize].uses.push(Use::Return(block, index as u32));
    }
    pub fn remove_return(&mut self, block: BlockId, index: usize) {
        let returns = self.blocks[block.0 as usize].returns.clone();
        for (i, value) in returns.iter().enumerate().skip(index) {
            self.drop_use(*value, Use::Return(block, i as u32));
        }
        self.blocks[block.0 as usize].returns.remove(index);
        for (i, value) in returns.iter().enumerate().skip(index + 1) {
            self.values[value.0 as usize].uses.push(Use::Return(block, i as u32 - 1));
        }
    }
    /// Removes a parameter that nobody uses.
    pub fn remove_param(&mut self, block: BlockId, index: usize) {
        let params = &mut self.blocks[block.0 as usize].params;
        params.remove(index);
        for (i, param) in params.clone().iter().enumerate().skip(index) {
            self.values[param.0 as usize].def = Def::Param(block, i as u32);
        }
    }
    pub fn add_node_input(&mut self, node: NodeId, value: ValueId) {
        let index = self.node(node).inputs.len() as u32;
        self.nodes[node.0 as usize].inputs.push(value);
        self.values[value.0 as usize].uses.push(Use::Node(node, index));
    }
    pub fn set_node_input(&mut self, node: NodeId, index: usize, value: ValueId) {
        let old = std::mem::replace(&mut self.nodes[node.0 as usize].inputs[index], value);
        self.drop_use(old, Use::Node(node, index as u32));
        self.values[value.0 as usize].uses.push(Use::Node(node, index as u32));
    }
    /// Replaces all inputs of a node.
    pub fn set_node_inputs(&mut self, node: NodeId, inputs: &[ValueId]) {
        let old = std::mem::take(&mut self.nodes[node.0 as usize].inputs);
        for (i, value) in old.iter().enumerate() {
            self.drop_use(*value, Use::Node(node, i as u32));
        }
        self.nodes[node.0 as usize].inputs = inputs.into();
        for (i, value) in inputs.iter().enumerate() {
            self.values[value.0 as usize].uses.push(Use::Node(node, i as u32));
        }
    }
    /// Removes an output that nobody uses.
    pub fn remove_node_output(&mut self, node: NodeId, index: usize) {
        let outputs = &mut self.nodes[node.0 as usize].outputs;
        outputs.remove(index);
        for (i, value) in outputs.clone().iter().enumerate().skip(index) {
            self.values[value.0 as usize].def = Def::Output(node, i as u32);
        }
    }
    /// Reorders the outputs of a branch or loop, with what belongs to them: `order[i]` is the old place of the new
    /// output `i`. `shift` is 1 for loops, whose blocks return the condition first.
    pub fn permute_outputs(&mut self, node: NodeId, order: &[usize], shift: usize) {
        let outputs = self.node(node).outputs.clone();
        for (new, old) in order.iter().enumerate() {
            self.nodes[node.0 as usize].outputs[new] = outputs[*old];
            self.values[outputs[*old].0 as usize].def = Def::Output(node, new as u32);
        }
        for block in self.node(node).blocks.clone() {
            let returns = self.block(block).returns.clone();
            for (new, old) in order.iter().enumerate() {
                self.set_return(block, new + shift, returns[old + shift]);
            }
            if shift > 0 {
                let params = self.block(block).params.clone();
                for (new, old) in order.iter().enumerate() {
                    let param = params[old + shift];
                    self.blocks[block.0 as usize].params[new + shift] = param;
                    self.values[param.0 as usize].def = Def::Param(block, (new + shift) as u32);
                }
            }
        }
        if shift > 0 {
            let inputs = self.node(node).inputs.clone();
            let mut permuted = inputs.to_vec();
            for (new, old) in order.iter().enumerate() {
                permuted[new + 2] = inputs[old + 2];
            }
            self.set_node_inputs(node, &permuted);
        }
    }
    pub fn remove_node_input(&mut self, node: NodeId, index: usize) {
        let mut inputs = self.node(node).inputs.clone();
        inputs.remove(index);
        self.set_node_inputs(node, &inputs);
    }
    pub fn replace_all_uses(&mut self, old: ValueId, new: ValueId) {
        if old == new {
            return;
        }
        let uses = std::mem::take(&mut self.values[old.0 as usize].uses);
        for u in &uses {
            match *u {
                Use::Node(node, i) => self.nodes[node.0 as usize].inputs[i as usize] = new,
                Use::Return(block, i) => self.blocks[block.0 as usize].returns[i as usize] = new,
            }
        }
        self.values[new.0 as usize].uses.extend(uses);
    }
    fn drop_use(&mut self, value: ValueId, which: Use) {
        let uses = &mut self.values[value.0 as usize].uses;
        // the newest use is the likeliest to go
        if let Some(at) = uses.iter().rposition(|u| *u == which) {
            uses.swap_remove(at);
        }
    }
    /// Deletes a node and its blocks. Its outputs must have no uses outside. It is also taken out of its block's list,
    /// which costs a search; passes that delete many nodes rebuild the list instead (see [`Graph::detach`]).
    pub fn destroy(&mut self, node: NodeId) {
        if let Some(block) = self.node(node).owner {
            self.blocks[block.0 as usize].nodes.retain(|n| *n != node);
        }
        self.detach(node);
    }
    /// As [`Graph::destroy`], leaving the block's node list to the caller.
    pub fn detach(&mut self, node: NodeId) {
        self.set_node_inputs(node, &[]);
        self.nodes[node.0 as usize].owner = None;
        for block in self.node(node).blocks.clone() {
            for inner in self.take_nodes(block) {
                self.detach(inner);
            }
            let returns = std::mem::take(&mut self.blocks[block.0 as usize].returns);
            for (i, value) in returns.iter().enumerate() {
                self.drop_use(*value, Use::Return(block, i as u32));
            }
        }
    }

    /// A constant at the end of `block`.
    pub fn add_constant(&mut self, block: BlockId, value: IValue, ty: Type) -> ValueId {
        let node = self.create("prim::Constant", &[]);
        if !value.is_none() {
            self.nodes[node.0 as usize].attrs.push(("value", Attr::Value(value)));
        }
        let out = self.add_output(node, ty);
        self.append(block, node);
        out
    }

    /// The value of a `prim::Constant`; `None` when the value is not one (or is a function constant).
    pub fn constant(&self, value: ValueId) -> Option<IValue> {
        let Def::Output(node, _) = self.value(value).def else { return None };
        let node = self.node(node);
        if &*node.kind != "prim::Constant" {
            return None;
        }
        match node.attr("value") {
            Some(Attr::Value(v)) => Some(v.clone()),
            Some(_) => None,
            None if node.attrs.is_empty() => Some(IValue::None),
            None => None,
        }
    }

    /// The node that makes a value, unless it is a block parameter.
    pub fn producer(&self, value: ValueId) -> Option<NodeId> {
        match self.value(value).def {
            Def::Output(node, _) => Some(node),
            Def::Param(..) => None,
        }
    }

    /// All nodes in program order, outer before inner.
    pub fn all_nodes(&self) -> Vec<NodeId> {
        let mut out = Vec::with_capacity(self.nodes.len());
        let mut stack: Vec<(BlockId, usize)> = vec![(Self::ROOT, 0)];
        while let Some((block, at)) = stack.pop() {
            let Some(&node) = self.block(block).nodes.get(at) else { continue };
            out.push(node);
            stack.push((block, at + 1));
            for &inner in self.node(node).blocks.iter().rev() {
                stack.push((inner, 0));
            }
        }
        out
    }
}

impl Node {
    pub fn is(&self, kind: &str) -> bool {
        &*self.kind == kind
    }
    pub fn attr(&self, name: &str) -> Option<&Attr> {
        self.attrs.iter().find(|(n, _)| *n == name).map(|(_, a)| a)
    }
    pub fn attr_str(&self, name: &str) -> Option<&Arc<str>> {
        match self.attr(name) {
            Some(Attr::Str(s)) => Some(s),
            _ => None,
        }
    }
    pub fn attr_int(&self, name: &str) -> Option<i64> {
        match self.attr(name) {
            Some(Attr::Int(v)) => Some(*v),
            _ => None,
        }
    }
    pub fn set_attr(&mut self, name: &'static str, value: Attr) {
        match self.attrs.iter_mut().find(|(n, _)| *n == name) {
            Some(slot) => slot.1 = value,
            None => self.attrs.push((name, value)),
        }
    }
}
