//! The code of mobile archives: a stack machine's instructions, lowered to [`Plan`]s.
//!
//! How high the stack is at an instruction follows from the code, so every place on it becomes a register. Code whose
//! heights contradict each other, or that names a register, constant or type that is not there, is refused.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::instr::{Args, Binary, Instr, Operand, Unary};
use super::Plan;
use crate::frontend::{has_changed, upgrader};
use crate::ir::{Compile, Function, Graph};
use crate::op::registry;
use crate::schema::FunctionSchema;
use crate::value::{IValue, QualName, Type};
use crate::{Error, Result};

/// One method as `bytecode.pkl` has it.
pub struct Bytecode {
    pub instructions: Vec<Instruction>,
    pub operators: Vec<OperatorName>,
    pub constants: Vec<IValue>,
    pub types: Vec<Type>,
    /// The number of registers.
    pub registers: usize,
    /// The archive's file format version, which decides what old operators mean.
    pub version: i64,
}

/// An instruction and its two operands.
#[derive(Clone, Debug)]
pub struct Instruction {
    pub op: String,
    pub x: i64,
    pub n: i64,
}

/// An operator that instructions refer to.
#[derive(Clone, Debug)]
pub struct OperatorName {
    pub name: String,
    pub overload: String,
    /// How many arguments are given; the others have their defaults. Unknown in old archives: then all are.
    pub given: Option<usize>,
}

impl Bytecode {
    /// A function with this code. Operators that do not exist are an error here already.
    pub fn function(&self, name: QualName, schema: FunctionSchema) -> Result<Arc<Function>> {
        let plan = self.plan(&name, schema.arguments.len()).map_err(|error| error.context(&name))?;
        let function = Function::lazy(name, Box::new(NoSource(schema)));
        function.plan(|| Ok(Arc::new(plan)))?;
        Ok(function)
    }

    fn plan(&self, name: &QualName, inputs: usize) -> Result<Plan> {
        if self.registers > MAX_PLACES {
            return Err(Error::limit(format!("{} registers", self.registers)));
        }
        let heights = self.heights(inputs)?;
        let highest = heights.iter().flatten().max().copied().unwrap_or(inputs);
        // the places of the stack, one more for what an instruction adds, the registers, and two of our own
        let top = highest + self.instructions.iter().enumerate().map(|(at, i)| i.pushes(self, at)).max().unwrap_or(0);
        let mut lowering = Lowering {
            code: self,
            plan: Plan::of_code(name.name(), inputs, top + self.registers + 2),
            first_register: top,
            constants: HashMap::new(),
            jumps: Vec::new(),
            exits: Vec::new(),
        };
        lowering.run(&heights)?;
        Ok(lowering.plan)
    }

    /// The height of the stack before each instruction; `None` for those that are never reached.
    fn heights(&self, inputs: usize) -> Result<Vec<Option<usize>>> {
        let mut heights = vec![None; self.instructions.len()];
        let mut open = vec![(0, inputs)];
        while let Some((at, height)) = open.pop() {
            let Some(instruction) = self.instructions.get(at) else {
                return Err(Error::archive(format!("instruction {at}: the code ends without RET")));
            };
            match heights[at] {
                Some(known) if known == height => continue,
                Some(known) => {
                    return Err(instruction.error(at, format!("the stack has {known} or {height} values")));
                }
                None => heights[at] = Some(height),
            }
            if height > MAX_PLACES {
                return Err(instruction.error(at, "the stack is too high"));
            }
            let effect = instruction.effect(self, at).map_err(|error| error.context(format!("instruction {at}")))?;
            if effect.pops > height {
                return Err(instruction.error(at, format!("needs {} values, the stack has {height}", effect.pops)));
            }
            let after = height - effect.pops + effect.pushes;
            let target = || {
                let target = i64::try_from(at).ok()?.checked_add(instruction.x)?;
                usize::try_from(target).ok().filter(|target| *target < self.instructions.len())
            };
            let target = || target().ok_or_else(|| instruction.error(at, "a jump out of the code"));
            match instruction.op.as_str() {
                "RET" => {}
                "JMP" => open.push((target()?, after)),
                "JF" | "LOOP" => {
                    if instruction.x <= 0 {
                        return Err(instruction.error(at, "a conditional jump backwards"));
                    }
                    let leaves = if instruction.op == "LOOP" { after - 3 } else { after };
                    open.push((target()?, leaves));
                    open.push((at + 1, after));
                }
                _ => open.push((at + 1, after)),
            }
        }
        Ok(heights)
    }
}

/// The places of a frame that code may ask for.
const MAX_PLACES: usize = 1 << 16;

/// What an instruction does to the stack.
struct Effect {
    pops: usize,
    pushes: usize,
}

impl Instruction {
    fn effect(&self, code: &Bytecode, at: usize) -> Result<Effect> {
        let count = |value: i64| {
            usize::try_from(value).ok().filter(|n| *n <= MAX_PLACES).ok_or_else(|| Error::archive(format!("{self:?}")))
        };
        let effect = |pops, pushes| Ok(Effect { pops, pushes });
        match self.op.as_str() {
            "OP" | "OPN" if code.operator(self.x)?.name == UNPACK => effect(1, code.unpacked(at)),
            "OP" | "OPN" if code.operator(self.x)?.is_cast() => effect(1, 1),
            "OP" | "OPN" => {
                let name = code.operator(self.x)?;
                let operator = name.find(code.version)?;
                let given = if self.op == "OPN" { count(self.n)? } else { name.given(&operator)? };
                effect(given, operator.returns)
            }
            "LOAD" | "MOVE" | "LOADC" | "UN_INITIALIZED" => effect(0, 1),
            "STOREN" => effect(count(self.n)?, 0),
            "STORE" | "DROP" | "JF" => effect(1, 0),
            "DROPR" | "JMP" | "RET" => effect(0, 0),
            "LOOP" => effect(count(self.n)?.max(2) + 1, count(self.n)?.max(2) + 1),
            "WAIT" | "GET_ATTR" | "ISINSTANCE" | "UNCHECKED_CAST" | "DEVICE" | "DTYPE" | "DIM" | "__NOT__"
            | "NUM_TO_TENSOR" | "IS_CUDA" | "TUPLE_SLICE" => effect(1, 1),
            "SET_ATTR" | "RAISE_EXCEPTION" | "WARN" => effect(2, 0),
            "TUPLE_INDEX" | "DICT_INDEX" | "__IS__" | "__ISNOT__" => effect(2, 1),
            "TO_LIST" => effect(3, 1),
            "INTERFACE_CALL" | "NAMED_TUPLE_CONSTRUCT" | "LIST_CONSTRUCT" | "DICT_CONSTRUCT" => {
                effect(count(self.n)?, 1)
            }
            "LIST_UNPACK" => effect(1, count(self.x)?),
            "TUPLE_CONSTRUCT" | "FORMAT" => effect(count(self.x)?, 1),
            "CREATE_OBJECT" => effect(0, 1),
            other => Err(Error::unsupported(format!("bytecode instruction {other}"))),
        }
    }

    fn pushes(&self, code: &Bytecode, at: usize) -> usize {
        self.effect(code, at).map_or(0, |effect| effect.pushes)
    }

    fn error(&self, at: usize, message: impl AsRef<str>) -> Error {
        Error::archive(format!("instruction {at}, {}: {}", self.op, message.as_ref()))
    }
}

impl Bytecode {
    fn operator(&self, index: i64) -> Result<&OperatorName> {
        entry(&self.operators, index, "operators")
    }

    /// How many values the unpacking of a tuple leaves, which only the instruction after it tells: it stores them.
    fn unpacked(&self, at: usize) -> usize {
        match self.instructions.get(at + 1) {
            Some(next) if next.op == "STOREN" => usize::try_from(next.n).unwrap_or(0).min(MAX_PLACES),
            _ => 1,
        }
    }
}

fn entry<'a, T>(table: &'a [T], index: i64, what: &str) -> Result<&'a T> {
    let found = usize::try_from(index).ok().and_then(|index| table.get(index));
    found.ok_or_else(|| Error::archive(format!("{index} is outside of the table of {} {what}", table.len())))
}

const UNPACK: &str = "prim::TupleUnpack";

/// An operator, or the function that replaces what an old archive means by its name.
struct Resolved {
    operator: Arc<crate::op::Operator>,
    upgrader: Option<Arc<Function>>,
    returns: usize,
}

impl OperatorName {
    /// Whether it only says that a value has another type.
    fn is_cast(&self) -> bool {
        matches!(self.name.as_str(), "prim::unchecked_cast" | "prim::unchecked_unwrap_optional")
    }

    fn find(&self, version: i64) -> Result<Resolved> {
        let qualified = || match self.overload.as_str() {
            "" => self.name.clone(),
            overload => format!("{}.{overload}", self.name),
        };
        let operator = registry().find(&self.name, &self.overload);
        let operator =
            operator.ok_or_else(|| Error::unsupported(format!("operator {} is not supported", qualified())))?;
        let upgrader = upgrader(&self.name, &self.overload, version)?;
        if upgrader.is_none() && has_changed(&self.name, &self.overload, version) {
            let text = format!("bytecode of version {version} with the operator {}", qualified());
            return Err(Error::unsupported(text));
        }
        let schema = operator.schema()?;
        // an operator of any results is one of a single result: `prim::tolist`
        let returns = if schema.is_varret { 1 } else { schema.returns.len() };
        Ok(Resolved { operator, upgrader, returns })
    }

    /// The number of arguments on the stack.
    fn given(&self, resolved: &Resolved) -> Result<usize> {
        let schema = resolved.operator.schema()?;
        let all = schema.arguments.len();
        match self.given {
            Some(given) if schema.is_vararg => Ok(given.min(MAX_PLACES)),
            Some(given) if given <= all => Ok(given),
            Some(given) => Err(Error::archive(format!("{} with {given} arguments, it has {all}", schema.qualified()))),
            None => Ok(all),
        }
    }
}

struct Lowering<'a> {
    code: &'a Bytecode,
    plan: Plan,
    /// The bytecode's registers, which start at 1, come after the places of the stack.
    first_register: usize,
    constants: HashMap<i64, u32>,
    /// Instructions of the plan that jump, and the bytecode's instruction they go to.
    jumps: Vec<(u32, usize)>,
    /// Loop tests with what must happen where they leave: the first place of the loop's values, their number, target.
    exits: Vec<(u32, usize, usize, usize)>,
}

impl Lowering<'_> {
    fn run(&mut self, heights: &[Option<usize>]) -> Result<()> {
        let mut starts = vec![0; heights.len()];
        let zero = self.plan.add_constant(IValue::Int(0));
        // what a jump backwards counts in, see `jump_back`
        let scratch = (self.plan.registers - 1) as u32;
        self.emit(Instr::Move { dst: scratch, src: Operand::Const(zero) });
        for (at, instruction) in self.code.instructions.iter().enumerate() {
            starts[at] = self.plan.code.len() as u32;
            let Some(height) = heights[at] else { continue };
            self.instruction(at, instruction, height)
                .map_err(|error| error.context(format!("instruction {at}, {}", instruction.op)))?;
        }
        for (test, base, carried, target) in std::mem::take(&mut self.exits) {
            let here = self.plan.code.len() as u32;
            if let Instr::LoopTest { exit, .. } = &mut self.plan.code[test as usize] {
                *exit = here;
            }
            for place in base..base + carried {
                self.emit(Instr::Move { dst: place as u32, src: Operand::Last(place as u32 + 3) });
            }
            let jump = self.emit(Instr::Jump(0));
            self.jumps.push((jump, target));
        }
        for (jump, target) in &self.jumps {
            match &mut self.plan.code[*jump as usize] {
                Instr::Jump(to) | Instr::JumpIfNot { to, .. } | Instr::LoopNext { to, .. } => *to = starts[*target],
                _ => {}
            }
        }
        Ok(())
    }

    fn instruction(&mut self, at: usize, instruction: &Instruction, height: usize) -> Result<()> {
        let Instruction { x, n, .. } = *instruction;
        let target = (at as i64 + x) as usize;
        // the places from the top: `top(1)` is the last value; their moves leave nothing behind
        let top = |below: usize| Operand::Last((height - below) as u32);
        let args =
            |count: usize| -> Args { (height - count..height).map(|place| Operand::Last(place as u32)).collect() };
        let dst = |pops: usize| (height - pops) as u32;
        let count = n.clamp(0, height as i64) as usize;
        match instruction.op.as_str() {
            "OP" | "OPN" => match self.code.operator(x)? {
                name if name.is_cast() => {}
                name if name.name == UNPACK => {
                    let outs = (0..self.code.unpacked(at)).map(|i| (height - 1 + i) as u32).collect();
                    self.emit(Instr::TupleUnpack { src: top(1), outs });
                }
                _ => self.call(instruction, height)?,
            },
            "LOAD" => self.push(height, Operand::Reg(self.register(x)?)),
            "MOVE" => self.push(height, Operand::Last(self.register(x)?)),
            "LOADC" => {
                let constant = self.constant(x)?;
                self.push(height, Operand::Const(constant));
            }
            "UN_INITIALIZED" => {
                let none = self.plan.add_constant(IValue::None);
                self.push(height, Operand::Const(none));
            }
            "STORE" => self.store(x, height - 1)?,
            "STOREN" => {
                for i in 0..count {
                    self.store(x.saturating_add(i as i64), height - count + i)?;
                }
            }
            "DROP" => drop(self.emit(Instr::Drop([dst(1)].into()))),
            "DROPR" => {
                let register = self.register(x)?;
                self.emit(Instr::Drop([register].into()));
            }
            "JF" => {
                let jump = self.emit(Instr::JumpIfNot { cond: top(1), to: 0 });
                self.jumps.push((jump, target));
            }
            "JMP" => {
                let scratch = (self.plan.registers - 1) as u32;
                let instr = if x > 0 { Instr::Jump(0) } else { Instr::LoopNext { i: scratch, to: 0 } };
                let jump = self.emit(instr);
                self.jumps.push((jump, target));
            }
            "LOOP" => {
                let carried = count.max(2) - 2;
                let base = height - carried - 3;
                let [trips, max, condition] = [base, base + 1, base + 2].map(|place| place as u32);
                let max = Operand::Reg(max);
                let test = self.emit(Instr::LoopTest { i: trips, max, cond: condition, exit: 0 });
                self.exits.push((test, base, carried, target));
                self.emit(Instr::Move { dst: condition, src: Operand::Reg(trips) });
                let one = self.plan.add_constant(IValue::Int(1));
                let (a, b) = (Operand::Reg(trips), Operand::Const(one));
                self.emit(Instr::Binary { kind: Binary::AddInt, dst: trips, a, b });
            }
            "RET" => {
                let result: Args = if height == 0 { [].into() } else { [top(1)].into() };
                self.emit(Instr::Return(result));
            }
            "WAIT" => drop(self.emit(Instr::Wait { dst: dst(1), future: top(1) })),
            "GET_ATTR" => {
                let slot = slot(x)?;
                self.emit(Instr::GetAttr { dst: dst(1), object: top(1), slot });
            }
            "SET_ATTR" => {
                let slot = slot(x)?;
                self.emit(Instr::SetAttr { object: top(2), slot, value: top(1) });
            }
            "INTERFACE_CALL" => {
                let name = match entry(&self.code.constants, x, "constants")? {
                    IValue::Str(name) => name.clone(),
                    other => return Err(Error::archive(format!("a method name that is a {}", other.tag()))),
                };
                if count == 0 {
                    return Err(Error::archive("a method without an object"));
                }
                self.emit(Instr::CallByName { name, args: args(count), dst: dst(count), first: OnceLock::new() });
            }
            "LIST_UNPACK" => {
                let outs = (0..x.max(0) as usize).map(|i| (height - 1 + i) as u32).collect();
                self.emit(Instr::ListUnpack { src: top(1), outs });
            }
            "TUPLE_CONSTRUCT" => {
                let size = x.clamp(0, height as i64) as usize;
                self.emit(Instr::Tuple { args: args(size), dst: dst(size), named: None });
            }
            "NAMED_TUPLE_CONSTRUCT" => {
                let named = match self.ty(x)? {
                    Type::Tuple(tuple) if tuple.elements.len() == count => tuple.named.clone().map(Arc::new),
                    other => return Err(Error::archive(format!("a tuple of {count} values as {other}"))),
                };
                self.emit(Instr::Tuple { args: args(count), dst: dst(count), named });
            }
            "LIST_CONSTRUCT" => {
                let element = match self.ty(x)? {
                    Type::List(element) => (**element).clone(),
                    other => return Err(Error::archive(format!("a list as {other}"))),
                };
                self.emit(Instr::List { args: args(count), dst: dst(count), element });
            }
            "DICT_CONSTRUCT" => {
                let (key, value) = match self.ty(x)? {
                    Type::Dict(key, value) => ((**key).clone(), (**value).clone()),
                    other => return Err(Error::archive(format!("a dict as {other}"))),
                };
                self.emit(Instr::Dict { args: args(count), dst: dst(count), key, value });
            }
            "CREATE_OBJECT" => {
                let class = match self.ty(x)? {
                    Type::Class(class) => class.clone(),
                    other => return Err(Error::archive(format!("an object of {other}"))),
                };
                self.emit(Instr::Object { dst: dst(0), class });
            }
            "ISINSTANCE" => {
                let types = (0..n.max(1)).map(|i| self.ty(x.saturating_add(i)).cloned()).collect::<Result<_>>()?;
                self.emit(Instr::IsInstance { dst: dst(1), src: top(1), types });
            }
            "TUPLE_SLICE" => {
                let to = x.saturating_add(n);
                self.emit(Instr::TupleSlice { dst: dst(1), src: top(1), from: x, to });
            }
            "TUPLE_INDEX" => drop(self.emit(Instr::TupleIndex { dst: dst(2), src: top(2), index: top(1) })),
            "RAISE_EXCEPTION" => drop(self.emit(Instr::Raise { message: top(2), class: Some(top(1)) })),
            "UNCHECKED_CAST" => {}
            "__NOT__" => drop(self.emit(Instr::Unary { kind: Unary::Not, dst: dst(1), a: top(1) })),
            "DICT_INDEX" => self.operator("aten::__getitem__", "Dict_str", height, 2)?,
            "__IS__" => self.operator("aten::__is__", "", height, 2)?,
            "__ISNOT__" => self.operator("aten::__isnot__", "", height, 2)?,
            "FORMAT" => self.operator("aten::format", "", height, x.clamp(0, height as i64) as usize)?,
            "DEVICE" => self.operator("prim::device", "", height, 1)?,
            "DTYPE" => self.operator("prim::dtype", "", height, 1)?,
            "DIM" => self.operator("aten::dim", "", height, 1)?,
            "TO_LIST" => self.operator("prim::tolist", "", height, 3)?,
            "NUM_TO_TENSOR" => self.operator("prim::NumToTensor", "Scalar", height, 1)?,
            "IS_CUDA" => self.operator("prim::is_cuda", "", height, 1)?,
            "WARN" => {
                let op = registry().find("aten::warn", "").ok_or_else(|| Error::unsupported("aten::warn"))?;
                self.emit(Instr::Op { op, args: args(2), outs: [].into() });
            }
            other => return Err(Error::unsupported(format!("bytecode instruction {other}"))),
        }
        Ok(())
    }

    /// An operator of the table, with defaults for what is not given: before the `out` arguments, which come last.
    fn call(&mut self, instruction: &Instruction, height: usize) -> Result<()> {
        let name = self.code.operator(instruction.x)?;
        let resolved = name.find(self.code.version)?;
        let schema = resolved.operator.schema()?.clone();
        let given = match instruction.op.as_str() {
            "OPN" => instruction.n.clamp(0, height as i64) as usize,
            _ => name.given(&resolved)?,
        };
        let mut args: Vec<Operand> = (height - given..height).map(|place| Operand::Last(place as u32)).collect();
        if !schema.is_vararg && given < schema.arguments.len() {
            let outs = schema.arguments.iter().rev().take_while(|a| a.kwarg_only && a.is_write()).count().min(given);
            let missing = &schema.arguments[given - outs..schema.arguments.len() - outs];
            let mut defaults = Vec::with_capacity(missing.len());
            for argument in missing {
                let Some(default) = &argument.default else {
                    let text = format!("{}: no value for {}", schema.qualified(), argument.name);
                    return Err(Error::archive(text));
                };
                defaults.push(Operand::Const(self.plan.add_constant(default.clone())));
            }
            args.splice(given - outs..given - outs, defaults);
        }
        let base = (height - given) as u32;
        if let Some(function) = resolved.upgrader {
            self.emit(Instr::Call { function, args: args.into(), dst: base });
            return Ok(());
        }
        let outs = (0..resolved.returns as u32).map(|i| base + i).collect();
        self.emit(Instr::Op { op: resolved.operator, args: args.into(), outs });
        Ok(())
    }

    /// An operator that has an instruction of its own; it has one result.
    fn operator(&mut self, name: &str, overload: &str, height: usize, args: usize) -> Result<()> {
        let op = registry().find(name, overload);
        let op = op.ok_or_else(|| Error::unsupported(format!("operator {name} is not supported")))?;
        let base = height - args;
        let args = (base..height).map(|place| Operand::Last(place as u32)).collect();
        self.emit(Instr::Op { op, args, outs: [base as u32].into() });
        Ok(())
    }

    fn push(&mut self, height: usize, src: Operand) {
        self.emit(Instr::Move { dst: height as u32, src });
    }

    fn store(&mut self, register: i64, place: usize) -> Result<()> {
        let dst = self.register(register)?;
        self.emit(Instr::Move { dst, src: Operand::Last(place as u32) });
        Ok(())
    }

    fn register(&self, number: i64) -> Result<u32> {
        match usize::try_from(number) {
            Ok(number) if (1..=self.code.registers).contains(&number) => Ok((self.first_register + number - 1) as u32),
            _ => Err(Error::archive(format!("register {number} of {}", self.code.registers))),
        }
    }

    fn constant(&mut self, index: i64) -> Result<u32> {
        let value = entry(&self.code.constants, index, "constants")?;
        let plan = &mut self.plan;
        Ok(*self.constants.entry(index).or_insert_with(|| plan.add_constant(value.clone())))
    }

    fn ty(&self, index: i64) -> Result<&Type> {
        entry(&self.code.types, index, "types")
    }

    fn emit(&mut self, instr: Instr) -> u32 {
        self.plan.push(instr)
    }
}

/// Objects of mobile archives have their attributes in the order of their pickle.
fn slot(number: i64) -> Result<u32> {
    u32::try_from(number)
        .ok()
        .filter(|slot| *slot < MAX_PLACES as u32)
        .ok_or_else(|| Error::archive(format!("attribute {number}")))
}

/// What a function of bytecode has instead of source: its signature.
struct NoSource(FunctionSchema);

impl Compile for NoSource {
    fn schema(&self, _: &Function) -> Result<FunctionSchema> {
        Ok(self.0.clone())
    }
    fn graph(&self, function: &Function) -> Result<Graph> {
        let text =
            format!("{} comes from a mobile archive without source: it has bytecode and no graph", function.qualname());
        Err(Error::unsupported(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Argument;

    fn run(code: &[(&str, i64, i64)], args: &[i64]) -> Result<IValue> {
        let operator =
            |name: &str, overload: &str, given| OperatorName { name: name.into(), overload: overload.into(), given };
        let bytecode = Bytecode {
            instructions: code.iter().map(|(op, x, n)| Instruction { op: (*op).into(), x: *x, n: *n }).collect(),
            operators: vec![
                operator("aten::add", "int", Some(2)),
                operator("aten::lt", "int", None),
                operator("aten::nothing", "", Some(0)),
                operator("aten::add", "int", Some(3)),
            ],
            constants: vec![IValue::Int(1), IValue::Bool(true), IValue::str("text")],
            types: vec![Type::list(Type::Int), Type::Int],
            registers: 3,
            version: 10,
        };
        let schema = FunctionSchema {
            name: "f".into(),
            overload: String::new(),
            arguments: args.iter().map(|_| Argument::new("x", Type::Int)).collect(),
            returns: vec![],
            is_vararg: false,
            is_varret: false,
        };
        let function = bytecode.function(QualName::new("M.f"), schema)?;
        super::super::run(&function, args.iter().map(|arg| IValue::Int(*arg)).collect())
    }

    #[test]
    fn code_runs() {
        // for i in range(1, n): x += i
        let sum = [
            ("STORE", 1, 0),
            ("LOADC", 0, 0),
            ("LOAD", 1, 0),
            ("LOADC", 1, 0),
            ("LOADC", 0, 0),
            ("LOOP", 9, 3),
            ("STOREN", 2, 2),
            ("LOADC", 1, 0),
            ("MOVE", 2, 0),
            ("MOVE", 3, 0),
            ("OP", 0, 0),
            ("JMP", -6, 0),
            ("DROP", 0, 0),
            ("DROP", 0, 0),
            ("RET", 0, 0),
        ];
        assert_eq!(run(&sum, &[4]).unwrap().to_int().unwrap(), 1 + 1 + 2 + 3);
        let list = [("LOADC", 0, 0), ("LIST_CONSTRUCT", 0, 2), ("LIST_UNPACK", 2, 0), ("OP", 0, 0), ("RET", 0, 0)];
        assert_eq!(run(&list, &[4]).unwrap().to_int().unwrap(), 5);
        assert!(run(&[("RET", 0, 0)], &[]).unwrap().is_none());
    }

    #[test]
    fn code_that_makes_no_sense_is_refused() {
        let cases: &[(&[(&str, i64, i64)], &str)] = &[
            (&[], "instruction 0: the code ends without RET"),
            (&[("LOADC", 0, 0)], "instruction 1: the code ends without RET"),
            (&[("DROP", 0, 0), ("DROP", 0, 0)], "instruction 1, DROP: needs 1 values, the stack has 0"),
            (&[("STOREN", 1, 2)], "needs 2 values, the stack has 1"),
            (&[("OP", 0, 0)], "needs 2 values, the stack has 1"),
            (&[("OP", 2, 0)], "operator aten::nothing is not supported"),
            (&[("OP", 3, 0)], "aten::add.int with 3 arguments, it has 2"),
            (&[("OP", 9, 0)], "9 is outside of the table of 4 operators"),
            (&[("LOADC", 5, 0), ("RET", 0, 0)], "5 is outside of the table of 3 constants"),
            (&[("LOAD", 0, 0), ("RET", 0, 0)], "register 0 of 3"),
            (&[("STORE", 4, 0), ("RET", 0, 0)], "register 4 of 3"),
            (&[("LIST_CONSTRUCT", 1, 1), ("RET", 0, 0)], "a list as int"),
            (&[("LIST_CONSTRUCT", 7, 1), ("RET", 0, 0)], "7 is outside of the table of 2 types"),
            (&[("LIST_UNPACK", 1 << 40, 0)], "LIST_UNPACK"),
            (&[("SET_ATTR", 1 << 40, 0)], "needs 2 values"),
            (&[("GET_ATTR", 1 << 40, 0), ("RET", 0, 0)], "attribute 1099511627776"),
            (&[("INTERFACE_CALL", 0, 1), ("RET", 0, 0)], "a method name that is a Int"),
            (&[("JMP", i64::MAX, 0)], "a jump out of the code"),
            (&[("JMP", -1, 0)], "a jump out of the code"),
            (&[("LOADC", 1, 0), ("JF", -1, 0)], "a conditional jump backwards"),
            (&[("LOADC", 0, 0), ("JMP", -1, 0)], "the stack has 1 or 2 values"),
            (&[("PROFILE_OP", 0, 0)], "bytecode instruction PROFILE_OP"),
            // PyTorch's exporter refuses these, and its mobile interpreter does not know them
            (&[("FORK", 0, 0)], "bytecode instruction FORK"),
            (&[("AWAITABLE", 0, 0)], "bytecode instruction AWAITABLE"),
        ];
        for (code, message) in cases {
            let error = run(code, &[1]).expect_err(message);
            assert!(error.message().contains(message), "{error}; expected: {message}");
            assert!(error.message().starts_with("M.f: "), "{error}");
        }
    }

    #[test]
    fn endless_code_can_be_stopped() {
        let interrupt = super::super::Interrupt::default();
        interrupt.set();
        let error = super::super::with_interrupt(&interrupt, || run(&[("JMP", 0, 0)], &[])).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Limit);
    }
}
