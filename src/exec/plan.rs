//! Graph → [`Plan`]: operators resolved, constants interned, control flow flattened to jumps, last uses known.
//!
//! Every value has one register. A value's last use moves it out of its register, so that operators that can reuse
//! their argument's buffer may, and memory is given back as early as possible; what dies on one path of a branch only,
//! or in a loop, is dropped by an instruction of its own.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::instr::{Args, Instr, Operand, Origin, BINARY, UNARY};
use crate::analysis::{writes_of, Writes};
use crate::ir::{Attr, BlockId, Function, Graph, NodeId, Use, ValueId};
use crate::op::{registry, Operator};
use crate::value::{ClassType, FunctionValue, IValue, List, Type};
use crate::{Error, Result};

/// Compiled, immutable code of one function.
pub struct Plan {
    pub(super) code: Vec<Instr>,
    pub(super) constants: Vec<IValue>,
    /// Number of registers; the first ones are the function's inputs.
    pub(super) registers: usize,
    pub(super) inputs: usize,
    /// Where each instruction came from.
    pub(super) origins: Vec<Option<Origin>>,
    /// The function's name as tracebacks print it.
    pub(super) name: String,
    writes: OnceLock<Writes>,
}

impl Plan {
    /// Lowers a graph. Fails with [`crate::ErrorKind::Unsupported`] on an operator that does not exist.
    pub fn new(name: &str, graph: &Graph) -> Result<Plan> {
        super::prelude::install();
        let mut lowering = Lowering {
            graph,
            plan: Plan::of_code(name, graph.inputs().len(), 0),
            places: vec![None; graph.value_count()],
            last_uses: HashSet::new(),
            drops: HashMap::new(),
        };
        lowering.find_last_uses();
        for &input in graph.inputs() {
            lowering.register(input);
        }
        lowering.block_body(Graph::ROOT)?;
        let returns: Args = (0..graph.outputs().len())
            .map(|i| lowering.operand(graph.outputs()[i], Site::Return(Graph::ROOT, i as u32)))
            .collect::<Result<_>>()?;
        lowering.emit(Instr::Return(returns), None);
        Ok(lowering.plan)
    }
}

impl Plan {
    /// A plan without code yet, for code that is no graph: [`Plan::push`] adds instructions.
    pub(super) fn of_code(name: &str, inputs: usize, registers: usize) -> Plan {
        Plan {
            code: Vec::new(),
            constants: Vec::new(),
            registers,
            inputs,
            origins: Vec::new(),
            name: name.into(),
            writes: OnceLock::new(),
        }
    }

    pub(super) fn push(&mut self, instr: Instr) -> u32 {
        self.code.push(instr);
        self.origins.push(None);
        self.code.len() as u32 - 1
    }

    pub(super) fn add_constant(&mut self, value: IValue) -> u32 {
        self.constants.push(value);
        self.constants.len() as u32 - 1
    }

    /// Whether running it changes what other calls see. `function` is what the plan was made for.
    pub fn writes(&self, function: &Function) -> &Writes {
        self.writes.get_or_init(|| match function.graph() {
            Ok(_) => writes_of(function),
            Err(_) if self.writes_anything(&mut HashSet::new()) => Writes::Always,
            Err(_) => Writes::Never,
        })
    }

    /// The same for code that is no graph: there, everything that is written counts.
    fn writes_anything(&self, seen: &mut HashSet<*const Function>) -> bool {
        self.code.iter().any(|instr| match instr {
            Instr::SetAttr { .. } | Instr::SetAttrByName { .. } => true,
            Instr::CallByName { .. } | Instr::CallValue { .. } | Instr::Enter { .. } => true,
            Instr::Op { op, .. } => {
                op.unmarked_writes().is_some() || op.schema().map_or(true, |schema| schema.is_mutable())
            }
            Instr::Call { function, .. } | Instr::Fork { function, .. } => {
                seen.insert(Arc::as_ptr(function))
                    && super::plan_of(function).map_or(true, |plan| plan.writes_anything(seen))
            }
            _ => false,
        })
    }
}

/// A place where a value is used.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Site {
    Node(NodeId, u32),
    Return(BlockId, u32),
}

/// Where drops go: at the start of a block, or after a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum DropAt {
    BlockStart(BlockId),
    AfterNode(NodeId),
}

struct Lowering<'a> {
    graph: &'a Graph,
    plan: Plan,
    places: Vec<Option<Place>>,
    last_uses: HashSet<Site>,
    drops: HashMap<DropAt, Vec<ValueId>>,
}

#[derive(Clone, Copy)]
enum Place {
    Reg(u32),
    Const(u32),
}

/// A set of values.
#[derive(Clone)]
struct Live(Vec<u64>);

impl Live {
    fn has(&self, v: ValueId) -> bool {
        self.0[v.0 as usize / 64] >> (v.0 % 64) & 1 == 1
    }
    /// Whether it was not in the set before.
    fn add(&mut self, v: ValueId) -> bool {
        let new = !self.has(v);
        self.0[v.0 as usize / 64] |= 1 << (v.0 % 64);
        new
    }
    fn minus(&self, other: &Live) -> Vec<ValueId> {
        let mut out = Vec::new();
        for (i, (a, b)) in self.0.iter().zip(&other.0).enumerate() {
            let mut bits = a & !b;
            while bits != 0 {
                out.push(ValueId(i as u32 * 64 + bits.trailing_zeros()));
                bits &= bits - 1;
            }
        }
        out
    }
    fn union(&mut self, other: &Live) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a |= b;
        }
    }
}

impl Lowering<'_> {
    /// Liveness, backwards over the structured blocks.
    fn find_last_uses(&mut self) {
        let mut live = Live(vec![0; self.graph.value_count() / 64 + 1]);
        self.live_block(Graph::ROOT, &mut live);
    }

    fn use_at(&mut self, value: ValueId, site: Site, live: &mut Live) {
        if live.add(value) {
            self.last_uses.insert(site);
        }
    }

    fn live_block(&mut self, block: BlockId, live: &mut Live) {
        let graph = self.graph;
        for (i, &value) in graph.block(block).returns.iter().enumerate().rev() {
            self.use_at(value, Site::Return(block, i as u32), live);
        }
        for &id in graph.block(block).nodes.iter().rev() {
            let node = graph.node(id);
            match &*node.kind {
                "prim::If" => {
                    let after = live.clone();
                    let mut entries = Vec::new();
                    for &inner in &node.blocks {
                        let mut branch = after.clone();
                        self.live_block(inner, &mut branch);
                        entries.push((inner, branch));
                    }
                    for (_, branch) in &entries {
                        live.union(branch);
                    }
                    // what the other branch used, and nobody uses later, dies at the start of this one
                    for (inner, branch) in &entries {
                        let dead = live.minus(branch);
                        if !dead.is_empty() {
                            self.drops.entry(DropAt::BlockStart(*inner)).or_default().extend(dead);
                        }
                    }
                }
                "prim::Loop" => {
                    let after = live.clone();
                    // a body may run again: everything from outside that it uses lives until the loop is done
                    let mut used = Live(vec![0; live.0.len()]);
                    for &inner in &node.blocks {
                        collect_uses(graph, inner, &mut used);
                    }
                    let mut through = live.clone();
                    through.union(&used);
                    for &inner in &node.blocks {
                        let mut body = through.clone();
                        // values that the body defines are its own: their last uses inside count
                        forget_definitions(graph, inner, &mut body);
                        self.live_block(inner, &mut body);
                    }
                    for &inner in &node.blocks {
                        forget_definitions(graph, inner, &mut through);
                    }
                    let dead = through.minus(&after);
                    if !dead.is_empty() {
                        self.drops.entry(DropAt::AfterNode(id)).or_default().extend(dead);
                    }
                    live.union(&through);
                }
                _ => {}
            }
            for (i, &input) in node.inputs.iter().enumerate().rev() {
                self.use_at(input, Site::Node(id, i as u32), live);
            }
        }
        // above its block, nothing that the block defines is live
        let nodes = graph.block(block).nodes.iter().flat_map(|&n| &graph.node(n).outputs);
        for value in graph.block(block).params.iter().chain(nodes) {
            live.0[value.0 as usize / 64] &= !(1 << (value.0 % 64));
        }
    }

    fn register(&mut self, value: ValueId) -> u32 {
        if let Some(Place::Reg(r)) = self.places[value.0 as usize] {
            return r;
        }
        let r = self.plan.registers as u32;
        self.plan.registers += 1;
        self.places[value.0 as usize] = Some(Place::Reg(r));
        r
    }

    fn fresh_register(&mut self) -> u32 {
        self.plan.registers += 1;
        self.plan.registers as u32 - 1
    }

    fn constant(&mut self, value: IValue) -> u32 {
        self.plan.add_constant(value)
    }

    fn operand(&mut self, value: ValueId, site: Site) -> Result<Operand> {
        match self.places[value.0 as usize] {
            Some(Place::Const(c)) => Ok(Operand::Const(c)),
            Some(Place::Reg(r)) if self.last_uses.contains(&site) => Ok(Operand::Last(r)),
            Some(Place::Reg(r)) => Ok(Operand::Reg(r)),
            None => Err(Error::internal(format!("{}: a value is used before its definition", self.plan.name))),
        }
    }

    fn args(&mut self, node: NodeId, skip: usize) -> Result<Args> {
        let inputs = self.graph.node(node).inputs.clone();
        inputs.iter().enumerate().skip(skip).map(|(i, &v)| self.operand(v, Site::Node(node, i as u32))).collect()
    }

    fn arg(&mut self, node: NodeId, index: usize) -> Result<Operand> {
        match self.graph.node(node).inputs.get(index) {
            Some(&v) => self.operand(v, Site::Node(node, index as u32)),
            None => Err(Error::internal(format!("{} lacks operand {index}", self.graph.node(node).kind))),
        }
    }

    fn outs(&mut self, node: NodeId) -> Box<[u32]> {
        let outputs = self.graph.node(node).outputs.clone();
        outputs.iter().map(|&o| self.register(o)).collect()
    }

    /// The register of the only output, or one that nobody reads.
    fn dst(&mut self, node: NodeId) -> u32 {
        match self.graph.node(node).outputs.first() {
            Some(&out) => self.register(out),
            None => self.fresh_register(),
        }
    }

    fn emit(&mut self, instr: Instr, origin: Option<NodeId>) -> u32 {
        self.plan.code.push(instr);
        let origin = origin.and_then(|id| {
            let node = self.graph.node(id);
            Some(Origin { range: node.range.clone()?, inlined: node.inlined.clone() })
        });
        self.plan.origins.push(origin);
        self.plan.code.len() as u32 - 1
    }

    fn drop_values(&mut self, at: DropAt) {
        let Some(values) = self.drops.remove(&at) else { return };
        let registers: Box<[u32]> = values
            .iter()
            .filter_map(|v| match self.places[v.0 as usize] {
                Some(Place::Reg(r)) => Some(r),
                _ => None,
            })
            .collect();
        if !registers.is_empty() {
            self.emit(Instr::Drop(registers), None);
        }
    }

    fn block_body(&mut self, block: BlockId) -> Result<()> {
        self.drop_values(DropAt::BlockStart(block));
        for &node in &self.graph.block(block).nodes {
            self.node(node)?;
            self.drop_values(DropAt::AfterNode(node));
        }
        Ok(())
    }

    /// Copies a block's return values to registers; sources are read before destinations are written.
    fn moves(&mut self, block: BlockId, skip: usize, to: &[u32]) -> Result<()> {
        let returns = self.graph.block(block).returns.clone();
        let mut moves = Vec::new();
        for (i, (&value, &dst)) in returns.iter().skip(skip).zip(to).enumerate() {
            let src = self.operand(value, Site::Return(block, (i + skip) as u32))?;
            let same = matches!(src, Operand::Reg(r) | Operand::Last(r) if r == dst);
            if !same {
                moves.push((dst, src));
            }
        }
        let reads = |src: &Operand, r: u32| matches!(src, Operand::Reg(s) | Operand::Last(s) if *s == r);
        let conflict =
            moves.iter().enumerate().any(|(i, (dst, _))| moves[i + 1..].iter().any(|(_, src)| reads(src, *dst)));
        if conflict {
            self.emit(Instr::Moves(moves.into()), None);
        } else {
            for (dst, src) in moves {
                self.emit(Instr::Move { dst, src }, None);
            }
        }
        Ok(())
    }

    fn patch(&mut self, at: u32, target: u32) {
        match &mut self.plan.code[at as usize] {
            Instr::Jump(to) | Instr::JumpIfNot { to, .. } => *to = target,
            Instr::LoopTest { exit, .. } => *exit = target,
            _ => {}
        }
    }

    fn here(&self) -> u32 {
        self.plan.code.len() as u32
    }

    fn node(&mut self, id: NodeId) -> Result<()> {
        let graph = self.graph;
        let node = graph.node(id);
        let at = Some(id);
        match &*node.kind {
            "prim::Constant" => {
                let value = match node.attrs.iter().find(|(n, _)| *n != "name").or(node.attrs.first()) {
                    None => IValue::None,
                    Some((_, Attr::Value(v))) => v.clone(),
                    Some((_, Attr::Int(v))) => IValue::Int(*v),
                    Some((_, Attr::Float(v))) => IValue::Double(*v),
                    Some((_, Attr::Str(v))) => IValue::Str(v.clone()),
                    Some((_, Attr::Ints(v))) => IValue::ints(v),
                    Some((_, Attr::Function(f))) => IValue::Function(Arc::new(FunctionValue {
                        name: f.qualname().to_string(),
                        function: f.clone(),
                    })),
                    Some((name, _)) => return Err(Error::internal(format!("prim::Constant with attribute {name}"))),
                };
                let index = self.constant(value);
                self.places[node.outputs[0].0 as usize] = Some(Place::Const(index));
            }
            "prim::Uninitialized" => {
                let index = self.constant(IValue::None);
                self.places[node.outputs[0].0 as usize] = Some(Place::Const(index));
            }
            "prim::If" => self.if_node(id)?,
            "prim::Loop" => self.loop_node(id)?,
            "prim::GetAttr" => {
                let name = attr_name(node)?;
                let object = self.arg(id, 0)?;
                let dst = self.dst(id);
                let slot = class_of(graph, id).and_then(|c| c.slot(&name));
                match slot {
                    Some(slot) => self.emit(Instr::GetAttr { dst, object, slot: slot as u32 }, at),
                    None => self.emit(Instr::GetAttrByName { dst, object, name }, at),
                };
            }
            "prim::SetAttr" => {
                let name = attr_name(node)?;
                let (object, value) = (self.arg(id, 0)?, self.arg(id, 1)?);
                let slot = class_of(graph, id).and_then(|c| c.slot(&name));
                match slot {
                    Some(slot) => self.emit(Instr::SetAttr { object, slot: slot as u32, value }, at),
                    None => self.emit(Instr::SetAttrByName { object, name, value }, at),
                };
            }
            "prim::CallMethod" => {
                let name = attr_name(node)?;
                let args = self.args(id, 0)?;
                let dst = self.dst(id);
                let method = class_of(graph, id).and_then(|class| Function::of_class(&class, &name));
                match method {
                    Some(function) => self.emit(Instr::Call { function, args, dst }, at),
                    None => self.emit(Instr::CallByName { name, args, dst, first: OnceLock::new() }, at),
                };
            }
            "prim::CallFunction" => {
                let callee = node.inputs.first().and_then(|&v| graph.producer(v)).map(|p| graph.node(p));
                let function = callee.and_then(|c| {
                    c.attrs.iter().find_map(|(_, a)| match a {
                        Attr::Function(f) => Some(f.clone()),
                        Attr::Value(IValue::Function(f)) => f.function.clone().downcast().ok(),
                        _ => None,
                    })
                });
                match function {
                    Some(function) => {
                        let args = self.args(id, 1)?;
                        let dst = self.dst(id);
                        self.emit(Instr::Call { function, args, dst }, at);
                    }
                    None => {
                        let args = self.args(id, 0)?;
                        let dst = self.dst(id);
                        self.emit(Instr::CallValue { args, dst }, at);
                    }
                }
            }
            "prim::fork" | "prim::awaitable" => {
                let Some(Attr::Graph(body)) = node.attr("Subgraph") else {
                    return Err(Error::internal("prim::fork has no body"));
                };
                let schema = crate::schema::FunctionSchema {
                    name: "forked_function".into(),
                    overload: String::new(),
                    arguments: Vec::new(),
                    returns: Vec::new(),
                    is_vararg: true,
                    is_varret: true,
                };
                let function = Function::compiled("<forked function>".into(), schema, (**body).clone());
                let args = self.args(id, 0)?;
                let dst = self.dst(id);
                let ty = match node.outputs.first().map(|&o| graph.ty(o)) {
                    Some(Type::Future(t) | Type::Await(t)) => (**t).clone(),
                    _ => Type::Any,
                };
                self.emit(Instr::Fork { function, args, dst, ty }, at);
            }
            "aten::wait" | "prim::awaitable_wait" => {
                let future = self.arg(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::Wait { dst, future }, at);
            }
            "prim::Enter" => {
                let object = self.arg(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::Enter { dst, object }, at);
            }
            "prim::Exit" => {
                let object = self.arg(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::Exit { dst, object }, at);
            }
            "prim::TupleConstruct" => {
                let named = match graph.ty(node.outputs[0]) {
                    Type::Tuple(t) => t.named.as_ref().map(|n| Arc::new(n.clone())),
                    _ => None,
                };
                let args = self.args(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::Tuple { args, dst, named }, at);
            }
            "prim::TupleUnpack" => {
                let src = self.arg(id, 0)?;
                let outs = self.outs(id);
                self.emit(Instr::TupleUnpack { src, outs }, at);
            }
            "prim::TupleIndex" => {
                let (src, index) = (self.arg(id, 0)?, self.arg(id, 1)?);
                let dst = self.dst(id);
                self.emit(Instr::TupleIndex { dst, src, index }, at);
            }
            "prim::TupleSlice" => {
                let src = self.arg(id, 0)?;
                let dst = self.dst(id);
                let from = node.attr_int("beg").unwrap_or(0);
                let to = node.attr_int("end").unwrap_or(i64::MAX);
                self.emit(Instr::TupleSlice { dst, src, from, to }, at);
            }
            "prim::ListConstruct" => {
                let element = match graph.ty(node.outputs[0]) {
                    Type::List(t) => (**t).clone(),
                    _ => Type::Any,
                };
                if let Some(items) = self.constant_items(id) {
                    let index = self.constant(IValue::List(List::new(element, items)));
                    self.places[node.outputs[0].0 as usize] = Some(Place::Const(index));
                    return Ok(());
                }
                let args = self.args(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::List { args, dst, element }, at);
            }
            "prim::ListUnpack" => {
                let src = self.arg(id, 0)?;
                let outs = self.outs(id);
                self.emit(Instr::ListUnpack { src, outs }, at);
            }
            "prim::DictConstruct" => {
                let (key, value) = match graph.ty(node.outputs[0]) {
                    Type::Dict(k, v) => ((**k).clone(), (**v).clone()),
                    _ => (Type::Any, Type::Any),
                };
                let args = self.args(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::Dict { args, dst, key, value }, at);
            }
            "prim::CreateObject" => {
                let Type::Class(class) = graph.ty(node.outputs[0]).clone() else {
                    return Err(Error::internal("prim::CreateObject without a class"));
                };
                let dst = self.dst(id);
                let native = class.name().as_str().starts_with("__torch__.torch.classes.");
                let instr = if native { Instr::Native { dst, class } } else { Instr::Object { dst, class } };
                self.emit(instr, at);
            }
            "prim::isinstance" => {
                let src = self.arg(id, 0)?;
                let dst = self.dst(id);
                let types = match node.attr("types") {
                    Some(Attr::Types(types)) => types.clone(),
                    Some(Attr::Type(t)) => vec![t.clone()],
                    _ => return Err(Error::internal("prim::isinstance without types")),
                };
                self.emit(Instr::IsInstance { dst, src, types: types.into() }, at);
            }
            "prim::unchecked_cast" | "prim::unchecked_unwrap_optional" | "prim::rpc_wait" => {
                let src = self.arg(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::Move { dst, src }, at);
            }
            "prim::EnumName" | "prim::EnumValue" => {
                let src = self.arg(id, 0)?;
                let dst = self.dst(id);
                let name = node.is("prim::EnumName");
                self.emit(Instr::EnumPart { dst, src, name }, at);
            }
            "prim::RaiseException" => {
                let message = self.arg(id, 0)?;
                let class = if node.inputs.len() > 1 { Some(self.arg(id, 1)?) } else { None };
                self.emit(Instr::Raise { message, class }, at);
            }
            _ => self.operator(id)?,
        }
        Ok(())
    }

    fn operator(&mut self, id: NodeId) -> Result<()> {
        let node = self.graph.node(id);
        let at = Some(id);
        let found = match &node.schema {
            Some(schema) => registry().find(&schema.name, &schema.overload),
            // structural operators take whatever they are given
            None => registry().overloads(&node.kind).into_iter().next(),
        };
        if let Some(op) = self.number_for_tensor(id) {
            return self.with_number(id, op);
        }
        let Some(op) = found else {
            let name = node.schema.as_ref().map_or(node.kind.to_string(), |s| s.qualified());
            let place = node.range.as_ref().map_or(String::new(), |r| format!("{r}: "));
            return Err(Error::unsupported(format!("{place}operator {name} is not supported")));
        };
        let name = op.qualified();
        if let Some((_, kind)) = BINARY.iter().find(|(n, _)| *n == name) {
            let (a, b) = (self.arg(id, 0)?, self.arg(id, 1)?);
            let dst = self.dst(id);
            self.emit(Instr::Binary { kind: *kind, dst, a, b }, at);
            return Ok(());
        }
        if let Some((_, kind)) = UNARY.iter().find(|(n, _)| *n == name) {
            let a = self.arg(id, 0)?;
            let dst = self.dst(id);
            self.emit(Instr::Unary { kind: *kind, dst, a }, at);
            return Ok(());
        }
        let is_unused = node.outputs.iter().all(|&o| self.graph.value(o).uses.is_empty());
        match name.as_str() {
            "aten::len.t" => {
                let list = self.arg(id, 0)?;
                let dst = self.dst(id);
                self.emit(Instr::ListLen { dst, list }, at);
            }
            "aten::__getitem__.t" => {
                let (list, index) = (self.arg(id, 0)?, self.arg(id, 1)?);
                let dst = self.dst(id);
                self.emit(Instr::ListGet { dst, list, index }, at);
            }
            "aten::__contains__.str" | "aten::__contains__.int" | "aten::__contains__.float" => {
                let (dict, key) = (self.arg(id, 0)?, self.arg(id, 1)?);
                let dst = self.dst(id);
                self.emit(Instr::DictHas { dst, dict, key }, at);
            }
            "aten::__getitem__.Dict_str" | "aten::__getitem__.Dict_int" | "aten::__getitem__.Dict_float" => {
                let (dict, key) = (self.arg(id, 0)?, self.arg(id, 1)?);
                let dst = self.dst(id);
                self.emit(Instr::DictGet { dst, dict, key }, at);
            }
            "aten::_set_item.str" | "aten::_set_item.int" | "aten::_set_item.float" if is_unused => {
                let (dict, key, value) = (self.arg(id, 0)?, self.arg(id, 1)?, self.arg(id, 2)?);
                self.emit(Instr::DictSet { dict, key, value }, at);
            }
            "aten::_set_item.t" if is_unused => {
                let (list, index, value) = (self.arg(id, 0)?, self.arg(id, 1)?, self.arg(id, 2)?);
                self.emit(Instr::ListSet { list, index, value }, at);
            }
            _ => {
                let args = self.args(id, 0)?;
                let outs = self.outs(id);
                self.emit(Instr::Op { op, args, outs }, at);
            }
        }
        Ok(())
    }

    /// The items of a list of constants that operators only read: one list serves all runs.
    fn constant_items(&self, id: NodeId) -> Option<Vec<IValue>> {
        let node = self.graph.node(id);
        let reads = |site: &Use| match *site {
            Use::Node(user, i) => only_reads(self.graph, user, i as usize),
            Use::Return(..) => false,
        };
        if !self.graph.value(node.outputs[0]).uses.iter().all(reads) {
            return None;
        }
        node.inputs.iter().map(|v| self.constant_of(*v).cloned()).collect()
    }

    /// The `Scalar` overload for arithmetic whose second argument is a constant tensor without dimensions. PyTorch's
    /// executor takes it too, and it promotes differently.
    fn number_for_tensor(&self, id: NodeId) -> Option<Arc<Operator>> {
        let node = self.graph.node(id);
        let schema = node.schema.as_ref()?;
        let arithmetic = matches!(&*schema.name, "aten::add" | "aten::sub" | "aten::mul" | "aten::div");
        if !arithmetic || schema.overload != "Tensor" {
            return None;
        }
        let is_constant = |v: &ValueId| matches!(self.places[v.0 as usize], Some(Place::Const(_)));
        if !node.inputs[2..].iter().all(is_constant) {
            return None;
        }
        match self.constant_of(*node.inputs.get(1)?)? {
            IValue::Tensor(t) if t.dim() == 0 => registry().find(&schema.name, "Scalar"),
            _ => None,
        }
    }

    fn with_number(&mut self, id: NodeId, op: Arc<Operator>) -> Result<()> {
        let mut args = self.args(id, 0)?;
        if let Some(IValue::Tensor(t)) = self.constant_of(self.graph.node(id).inputs[1]) {
            let number = t.item()?.into();
            args[1] = Operand::Const(self.constant(number));
        }
        let outs = self.outs(id);
        self.emit(Instr::Op { op, args, outs }, Some(id));
        Ok(())
    }

    fn constant_of(&self, value: ValueId) -> Option<&IValue> {
        match self.places[value.0 as usize] {
            Some(Place::Const(c)) => self.plan.constants.get(c as usize),
            _ => None,
        }
    }

    fn if_node(&mut self, id: NodeId) -> Result<()> {
        let node = self.graph.node(id);
        let cond = self.arg(id, 0)?;
        let outs = self.outs(id);
        let test = self.emit(Instr::JumpIfNot { cond, to: 0 }, Some(id));
        self.block_body(node.blocks[0])?;
        self.moves(node.blocks[0], 0, &outs)?;
        let skip = self.emit(Instr::Jump(0), None);
        let here = self.here();
        self.patch(test, here);
        self.block_body(node.blocks[1])?;
        self.moves(node.blocks[1], 0, &outs)?;
        let here = self.here();
        self.patch(skip, here);
        Ok(())
    }

    fn loop_node(&mut self, id: NodeId) -> Result<()> {
        let graph = self.graph;
        let node = graph.node(id);
        let body = node.blocks[0];
        let params: Vec<u32> = graph.block(body).params.iter().map(|&p| self.register(p)).collect();
        let max = match self.arg(id, 0)? {
            // read before every iteration, so it must stay
            Operand::Const(c) => Operand::Const(c),
            src => {
                let dst = self.fresh_register();
                self.emit(Instr::Move { dst, src }, Some(id));
                Operand::Reg(dst)
            }
        };
        let cond = self.fresh_register();
        let src = self.arg(id, 1)?;
        self.emit(Instr::Move { dst: cond, src }, Some(id));
        for (k, &dst) in params.iter().skip(1).enumerate() {
            let src = self.arg(id, k + 2)?;
            self.emit(Instr::Move { dst, src }, Some(id));
        }
        let zero = self.constant(IValue::Int(0));
        let i = params[0];
        // the body may move the counter out of its register: the loop keeps its own
        let counter = self.fresh_register();
        self.emit(Instr::Move { dst: counter, src: Operand::Const(zero) }, Some(id));
        let test = self.emit(Instr::LoopTest { i: counter, max, cond, exit: 0 }, Some(id));
        if !graph.value(graph.block(body).params[0]).uses.is_empty() {
            self.emit(Instr::Move { dst: i, src: Operand::Reg(counter) }, Some(id));
        }
        self.block_body(body)?;
        let targets: Vec<u32> = std::iter::once(cond).chain(params.iter().skip(1).copied()).collect();
        self.moves(body, 0, &targets)?;
        self.emit(Instr::LoopNext { i: counter, to: test }, Some(id));
        let here = self.here();
        self.patch(test, here);
        for (&out, &param) in node.outputs.iter().zip(params.iter().skip(1)) {
            let dst = self.register(out);
            self.emit(Instr::Move { dst, src: Operand::Last(param) }, Some(id));
        }
        Ok(())
    }
}

/// Whether a node is an operator that takes a list of numbers and neither keeps, writes nor returns it.
fn only_reads(graph: &Graph, node: NodeId, input: usize) -> bool {
    let Some(schema) = &graph.node(node).schema else { return false };
    let is_number = |ty: &Type| matches!(ty, Type::Int | Type::Float | Type::Bool);
    let takes = |ty: &Type| match ty {
        Type::List(element) => is_number(element),
        Type::Optional(inner) => matches!(&**inner, Type::List(element) if is_number(element)),
        _ => false,
    };
    let returns = |ty: &Type| is_number(ty) || ty.is_tensor() || matches!(ty, Type::List(t) if t.is_tensor());
    schema.name.starts_with("aten::")
        && schema.arguments.get(input).is_some_and(|a| a.alias.is_none() && takes(&a.ty))
        && schema.returns.iter().all(|r| returns(&r.ty))
        && registry().find(&schema.name, &schema.overload).is_some_and(|op| op.entry().is_some())
}

fn attr_name(node: &crate::ir::Node) -> Result<Arc<str>> {
    node.attr_str("name").cloned().ok_or_else(|| Error::internal(format!("{} has no name", node.kind)))
}

fn class_of(graph: &Graph, node: NodeId) -> Option<Arc<ClassType>> {
    match graph.node(node).inputs.first().map(|&v| graph.ty(v)) {
        Some(Type::Class(class)) => Some(class.clone()),
        _ => None,
    }
}

/// Adds everything that a block and its nested blocks use.
fn collect_uses(graph: &Graph, block: BlockId, used: &mut Live) {
    for &value in &graph.block(block).returns {
        used.add(value);
    }
    for &node in &graph.block(block).nodes {
        for &input in &graph.node(node).inputs {
            used.add(input);
        }
        for &inner in &graph.node(node).blocks {
            collect_uses(graph, inner, used);
        }
    }
}

/// Removes everything that a block and its nested blocks define.
fn forget_definitions(graph: &Graph, block: BlockId, live: &mut Live) {
    let outputs = graph.block(block).nodes.iter().flat_map(|&n| &graph.node(n).outputs);
    for value in graph.block(block).params.iter().chain(outputs) {
        live.0[value.0 as usize / 64] &= !(1 << (value.0 % 64));
    }
    for &node in &graph.block(block).nodes {
        for &inner in &graph.node(node).blocks {
            forget_definitions(graph, inner, live);
        }
    }
}
