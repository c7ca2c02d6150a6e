//! Runs plans. Frames are kept in a vector, not on the Rust stack, so script calls nest as deep as the limit allows.

use std::sync::{Arc, OnceLock, Weak};

use super::executor::{plan_of, Interrupt};
use super::instr::{Binary, Instr, Operand, Unary};
use super::plan::Plan;
use super::profiler::Recorder;
use crate::base::dtype::f64_to_i64;
use crate::ir::Function;
use crate::op::Operator;
use crate::value::{ClassType, Dict, Future, IValue, List, Object, TorchbindObject, TupleValue, Type};
use crate::{Error, Result, Tensor};

/// Script calls that may be active at once.
const MAX_FRAMES: usize = 4000;

/// Values that all active calls may hold together.
const MAX_REGISTERS: usize = 1 << 24;

/// The state of a running script: registers of all active frames, one after the other.
#[derive(Default)]
pub(super) struct Interpreter {
    registers: Vec<IValue>,
    frames: Vec<Frame>,
    /// Operators' arguments and results.
    stack: Vec<IValue>,
    /// Objects of `with` statements that have been entered and not left, with the frame they belong to.
    entered: Vec<(usize, Object)>,
    /// Tasks that may still run.
    forked: Vec<Future>,
}

struct Frame {
    plan: Arc<Plan>,
    pc: usize,
    base: usize,
    /// Where the caller wants the result, in its own registers.
    dst: u32,
}

impl Interpreter {
    /// Runs `plan` and returns its results (several only for bodies of forks).
    pub fn run(&mut self, plan: Arc<Plan>, args: Vec<IValue>, interrupt: &Interrupt) -> Result<Vec<IValue>> {
        if args.len() != plan.inputs {
            return Err(Error::usage(format!(
                "{}() expected {} argument(s) but received {}",
                plan.name,
                plan.inputs,
                args.len()
            )));
        }
        let recorder = super::profiler::recorder();
        let depth = self.frames.len();
        self.enter(plan, 0)?;
        let base = self.registers.len() - self.top().plan.registers;
        for (slot, value) in self.registers[base..].iter_mut().zip(args) {
            *slot = value;
        }
        let outcome =
            self.execute(depth, interrupt, recorder.as_deref()).map_err(|error| self.unwind(depth, error, interrupt));
        // nobody but this call looks after the memory that its tasks read
        self.settle();
        outcome
    }

    /// Waits until the tasks that were forked are done. What they failed with stays with their futures.
    #[inline]
    fn settle(&mut self) {
        for future in self.forked.drain(..) {
            let _ = super::fork::wait(&future);
        }
    }

    /// Starts a call beside this one, or, where it may write what others see, runs it now, alone.
    fn fork(
        &mut self,
        function: &Arc<Function>,
        args: Vec<IValue>,
        ty: &Type,
        interrupt: &Interrupt,
    ) -> Result<Future> {
        let apart = plan_of(function)?.writes(function).happen(args.first());
        if apart {
            self.settle();
        }
        self.forked.retain(|future| !future.is_complete());
        let future = Future::new(ty.clone());
        super::fork::spawn(function.clone(), args, future.clone(), interrupt.clone());
        self.forked.push(future.clone());
        if apart {
            self.settle();
        }
        Ok(future)
    }

    /// Before an operator writes a tensor that a running task may hold, the tasks end. The operator's last `n` values on the
    /// stack are its arguments.
    #[cold]
    fn settle_for(&mut self, op: &Operator, n: usize, base: usize) -> Result<()> {
        let unmarked = op.unmarked_writes().map_or(Vec::new(), |writes| writes.arguments);
        let args = &self.stack[self.stack.len().saturating_sub(n)..];
        let here = |tensor: &Tensor| {
            let held = args.iter().chain(&self.registers[base..]);
            held.filter(|value| matches!(value, IValue::Tensor(t) if t.is_same(tensor))).count()
        };
        let mut written = op.schema()?.arguments.iter().zip(args).filter(|(argument, _)| {
            argument.alias.as_ref().is_some_and(|a| a.is_write || a.element.as_ref().is_some_and(|e| e.is_write))
                || unmarked.contains(&&*argument.name)
        });
        let seen = written.any(|(_, value)| match value {
            IValue::Tensor(tensor) => !tensor.storage().is_unique() || tensor.handles() > here(tensor),
            IValue::None => false,
            _ => true,
        });
        if seen {
            self.settle();
        }
        Ok(())
    }

    /// Leaves every frame above `depth`, adding each to the error's traceback, and exits their `with` objects.
    fn unwind(&mut self, depth: usize, mut error: Error, interrupt: &Interrupt) -> Error {
        let mut objects = Vec::new();
        error.set_in_script();
        while self.frames.len() > depth {
            let Some(frame) = self.frames.pop() else { break };
            if let Some(origin) = frame.plan.origins.get(frame.pc.saturating_sub(1)).and_then(Option::as_ref) {
                let mut function = frame.plan.name.clone();
                let mut call = origin.inlined.as_deref();
                // the innermost callee was inlined: its frames come first
                if let Some(inlined) = call {
                    function.clone_from(&inlined.function);
                }
                error.push_frame(function, origin.range.clone());
                while let Some(inlined) = call {
                    let outer = inlined.parent.as_deref();
                    let name = outer.map_or(frame.plan.name.clone(), |o| o.function.clone());
                    if let Some(range) = &inlined.range {
                        error.push_frame(name, range.clone());
                    }
                    call = outer;
                }
            }
            self.registers.truncate(frame.base);
            while self.entered.last().is_some_and(|(at, _)| *at == self.frames.len()) {
                objects.extend(self.entered.pop().map(|(_, object)| object));
            }
        }
        self.stack.clear();
        for object in objects {
            if let Ok(Some(exit)) = method(&object, "__exit__") {
                let none = IValue::None;
                let args = vec![IValue::Object(object), none.clone(), none.clone(), none];
                // an error while leaving does not hide the one that made us leave
                let _ = plan_of(&exit).and_then(|plan| Interpreter::default().run(plan, args, interrupt));
            }
        }
        error
    }

    fn top(&self) -> &Frame {
        &self.frames[self.frames.len() - 1]
    }

    fn enter(&mut self, plan: Arc<Plan>, dst: u32) -> Result<()> {
        if self.frames.len() >= MAX_FRAMES {
            return Err(Error::limit(format!("script calls nest deeper than {MAX_FRAMES}")));
        }
        let base = self.registers.len();
        if base + plan.registers > MAX_REGISTERS {
            return Err(Error::limit(format!("active script calls need more than {MAX_REGISTERS} registers")));
        }
        self.registers.resize(base + plan.registers, IValue::None);
        self.frames.push(Frame { plan, pc: 0, base, dst });
        Ok(())
    }

    /// Runs until the frame above `depth` returns.
    fn execute(&mut self, depth: usize, interrupt: &Interrupt, recorder: Option<&Recorder>) -> Result<Vec<IValue>> {
        'frame: loop {
            let (plan, base, mut pc) = {
                let frame = self.top();
                (frame.plan.clone(), frame.base, frame.pc)
            };
            let current = self.frames.len() - 1;
            // the position of the instruction after the one that runs, for tracebacks and returns from calls
            macro_rules! save {
                () => {
                    self.frames[current].pc = pc
                };
            }
            loop {
                let instr = &plan.code[pc];
                pc += 1;
                match self.simple(&plan, base, instr) {
                    Flow::Next => {}
                    Flow::Jump(to) => pc = to as usize,
                    Flow::Back(to) => {
                        pc = to as usize;
                        if interrupt.is_set() {
                            save!();
                            return Err(Error::limit("the script was interrupted"));
                        }
                    }
                    Flow::Fail(error) => {
                        save!();
                        return Err(*error);
                    }
                    Flow::Other => {
                        save!();
                        match instr {
                            Instr::Op { op, args, outs } => {
                                for arg in args.iter() {
                                    let value = self.take(&plan, base, *arg);
                                    self.stack.push(value);
                                }
                                if !self.forked.is_empty() {
                                    self.settle_for(op, args.len(), base)?;
                                }
                                match recorder {
                                    None => op.call(&mut self.stack, args.len())?,
                                    Some(recorder) => {
                                        let start = std::time::Instant::now();
                                        op.call(&mut self.stack, args.len())?;
                                        recorder.add(op, start.elapsed());
                                    }
                                }
                                for &out in outs.iter().rev() {
                                    let value = self.stack.pop().unwrap_or_default();
                                    self.registers[base + out as usize] = value;
                                }
                                // an operator that returns more than anybody wants
                                self.stack.clear();
                            }
                            Instr::Call { function, args, dst } => {
                                let callee = plan_of(function)?;
                                self.call(&plan, base, callee, args, *dst)?;
                                continue 'frame;
                            }
                            Instr::CallByName { name, args, dst, first } => {
                                let function = match self.peek(&plan, base, args[0]) {
                                    IValue::Object(object) => method_of_class(object.class(), name, first)?,
                                    other => return Err(other.to_object().err().unwrap_or_else(|| no_method(name))),
                                };
                                let callee = plan_of(&function)?;
                                self.call(&plan, base, callee, args, *dst)?;
                                continue 'frame;
                            }
                            Instr::CallValue { args, dst } => {
                                let function = match self.take(&plan, base, args[0]) {
                                    IValue::Function(f) => f.function.clone().downcast::<Function>().ok(),
                                    _ => None,
                                };
                                let function =
                                    function.ok_or_else(|| Error::runtime("the callee is not a function"))?;
                                let callee = plan_of(&function)?;
                                self.call(&plan, base, callee, &args[1..], *dst)?;
                                continue 'frame;
                            }
                            Instr::Fork { function, args, dst, ty } => {
                                let values = args.iter().map(|a| self.take(&plan, base, *a)).collect();
                                let future = self.fork(function, values, ty, interrupt)?;
                                self.registers[base + *dst as usize] = IValue::Future(future);
                            }
                            Instr::Wait { dst, future } => {
                                let value = match self.take(&plan, base, *future) {
                                    IValue::Future(future) => super::fork::wait(&future)?,
                                    // what is not a future is its own result
                                    other => other,
                                };
                                self.registers[base + *dst as usize] = value;
                            }
                            Instr::Enter { dst, object } => {
                                let object = self.take(&plan, base, *object).to_object()?;
                                let function = method(&object, "__enter__")?
                                    .ok_or_else(|| Error::runtime("the context manager has no __enter__"))?;
                                let callee = plan_of(&function)?;
                                self.entered.push((current, object.clone()));
                                self.enter_with(callee, vec![IValue::Object(object)], *dst)?;
                                continue 'frame;
                            }
                            Instr::Exit { dst, object } => {
                                let object = self.take(&plan, base, *object).to_object()?;
                                let function = method(&object, "__exit__")?
                                    .ok_or_else(|| Error::runtime("the context manager has no __exit__"))?;
                                if let Some(at) = self.entered.iter().rposition(|(_, o)| o.is_same(&object)) {
                                    self.entered.remove(at);
                                }
                                let callee = plan_of(&function)?;
                                let none = IValue::None;
                                let args = vec![IValue::Object(object), none.clone(), none.clone(), none];
                                self.enter_with(callee, args, *dst)?;
                                continue 'frame;
                            }
                            Instr::Return(args) => {
                                if self.frames.len() == depth + 1 {
                                    let results = args.iter().map(|a| self.take(&plan, base, *a)).collect();
                                    self.frames.pop();
                                    self.registers.truncate(base);
                                    return Ok(results);
                                }
                                let result = args.last().map_or(IValue::None, |a| self.take(&plan, base, *a));
                                let dst = self.frames.pop().map_or(0, |frame| frame.dst);
                                self.registers.truncate(base);
                                let caller = self.top().base;
                                self.registers[caller + dst as usize] = result;
                                continue 'frame;
                            }
                            other => self.composite(&plan, base, other)?,
                        }
                    }
                }
            }
        }
    }

    fn call(&mut self, plan: &Plan, base: usize, callee: Arc<Plan>, args: &[Operand], dst: u32) -> Result<()> {
        if args.len() != callee.inputs {
            return Err(Error::internal(format!(
                "{}() takes {} arguments and was given {}",
                callee.name,
                callee.inputs,
                args.len()
            )));
        }
        let new_base = self.registers.len();
        self.enter(callee, dst)?;
        for (i, arg) in args.iter().enumerate() {
            let value = self.take(plan, base, *arg);
            self.registers[new_base + i] = value;
        }
        Ok(())
    }

    fn enter_with(&mut self, callee: Arc<Plan>, args: Vec<IValue>, dst: u32) -> Result<()> {
        let new_base = self.registers.len();
        let inputs = callee.inputs;
        self.enter(callee, dst)?;
        for (i, value) in args.into_iter().take(inputs).enumerate() {
            self.registers[new_base + i] = value;
        }
        Ok(())
    }

    #[inline]
    fn peek<'a>(&'a self, plan: &'a Plan, base: usize, operand: Operand) -> &'a IValue {
        match operand {
            Operand::Reg(r) | Operand::Last(r) => &self.registers[base + r as usize],
            Operand::Const(c) => &plan.constants[c as usize],
        }
    }

    #[inline]
    fn take(&mut self, plan: &Plan, base: usize, operand: Operand) -> IValue {
        match operand {
            Operand::Reg(r) => self.registers[base + r as usize].clone(),
            Operand::Last(r) => std::mem::take(&mut self.registers[base + r as usize]),
            Operand::Const(c) => plan.constants[c as usize].clone(),
        }
    }

    #[cold]
    fn binary_failed(&self, kind: Binary, plan: &Plan, base: usize, b: Operand) -> Flow {
        match (kind, self.peek(plan, base, b)) {
            (Binary::ModInt, IValue::Int(0)) => Flow::Fail(Box::new(Error::runtime("modulo by 0"))),
            (Binary::FloorDivInt, IValue::Int(0)) => Flow::Fail(Box::new(Error::runtime("division by 0"))),
            _ => Flow::fail(format!("{kind:?} on operands of another type")),
        }
    }

    /// The instructions of scalar code.
    #[inline(always)]
    fn simple(&mut self, plan: &Plan, base: usize, instr: &Instr) -> Flow {
        match instr {
            Instr::Binary { kind, dst, a, b } => {
                match binary(*kind, self.peek(plan, base, *a), self.peek(plan, base, *b)) {
                    Some(value) => self.registers[base + *dst as usize] = value,
                    None => return self.binary_failed(*kind, plan, base, *b),
                }
                Flow::Next
            }
            Instr::Move { dst, src } => {
                let value = self.take(plan, base, *src);
                self.registers[base + *dst as usize] = value;
                Flow::Next
            }
            Instr::Jump(to) => Flow::Jump(*to),
            Instr::JumpIfNot { cond, to } => match self.peek(plan, base, *cond) {
                IValue::Bool(true) => Flow::Next,
                IValue::Bool(false) => Flow::Jump(*to),
                // `isnan` of a number
                IValue::Int(v) if *v != 0 => Flow::Next,
                IValue::Int(_) => Flow::Jump(*to),
                other => Flow::fail(format!("a condition of type {}", other.ty())),
            },
            Instr::LoopTest { i, max, cond, exit } => {
                let on = matches!(self.registers[base + *cond as usize], IValue::Bool(true));
                match (&self.registers[base + *i as usize], self.peek(plan, base, *max)) {
                    (IValue::Int(i), IValue::Int(max)) if on && i < max => Flow::Next,
                    (IValue::Int(_), IValue::Int(_)) => Flow::Jump(*exit),
                    _ => Flow::fail("a loop counter that is no int".into()),
                }
            }
            Instr::LoopNext { i, to } => {
                if let IValue::Int(i) = &mut self.registers[base + *i as usize] {
                    *i += 1;
                }
                Flow::Back(*to)
            }
            Instr::Unary { kind, dst, a } => match unary(*kind, self.peek(plan, base, *a)) {
                Some(value) => {
                    self.registers[base + *dst as usize] = value;
                    Flow::Next
                }
                None => Flow::fail(format!("{kind:?} of type {}", self.peek(plan, base, *a).ty())),
            },
            Instr::ListLen { dst, list } => match self.peek(plan, base, *list) {
                IValue::List(list) => {
                    let n = list.len() as i64;
                    self.registers[base + *dst as usize] = IValue::Int(n);
                    Flow::Next
                }
                other => Flow::fail(format!("len() of type {}", other.ty())),
            },
            Instr::ListGet { dst, list, index } => {
                let item = match (self.peek(plan, base, *list), self.peek(plan, base, *index)) {
                    (IValue::List(list), IValue::Int(index)) => list.get(*index),
                    (other, _) => return Flow::fail(format!("indexing into type {}", other.ty())),
                };
                match item {
                    Ok(item) => {
                        self.registers[base + *dst as usize] = item;
                        Flow::Next
                    }
                    Err(error) => Flow::Fail(Box::new(error)),
                }
            }
            Instr::ListSet { list, index, value } => {
                let value = self.take(plan, base, *value);
                let set = match (self.peek(plan, base, *list), self.peek(plan, base, *index)) {
                    (IValue::List(list), IValue::Int(index)) => list.set(*index, value),
                    (other, _) => return Flow::fail(format!("indexing into type {}", other.ty())),
                };
                match set {
                    Ok(()) => Flow::Next,
                    Err(error) => Flow::Fail(Box::new(error)),
                }
            }
            Instr::GetAttr { dst, object, slot } => match self.peek(plan, base, *object) {
                IValue::Object(object) => {
                    let value = object.get(*slot as usize);
                    self.registers[base + *dst as usize] = value;
                    Flow::Next
                }
                other => Flow::fail(format!("attribute of type {}", other.ty())),
            },
            Instr::SetAttr { object, slot, value } => {
                let value = self.take(plan, base, *value);
                match self.peek(plan, base, *object) {
                    IValue::Object(object) => {
                        object.set(*slot as usize, value);
                        Flow::Next
                    }
                    other => Flow::fail(format!("attribute of type {}", other.ty())),
                }
            }
            Instr::DictHas { dst, dict, key } => match self.peek(plan, base, *dict) {
                IValue::Dict(dict) => {
                    let has = dict.contains(self.peek(plan, base, *key));
                    self.registers[base + *dst as usize] = IValue::Bool(has);
                    Flow::Next
                }
                other => Flow::fail(format!("looking up in type {}", other.ty())),
            },
            Instr::DictGet { dst, dict, key } => {
                let key = self.peek(plan, base, *key);
                let value = match self.peek(plan, base, *dict) {
                    IValue::Dict(dict) => dict.get(key),
                    other => return Flow::fail(format!("indexing into type {}", other.ty())),
                };
                match value {
                    Some(value) => {
                        self.registers[base + *dst as usize] = value;
                        Flow::Next
                    }
                    None => Flow::fail(format!("KeyError: {key}")),
                }
            }
            Instr::Drop(registers) => {
                for &r in registers.iter() {
                    self.registers[base + r as usize] = IValue::None;
                }
                Flow::Next
            }
            _ => Flow::Other,
        }
    }

    /// Containers, objects and everything else that stays in the frame.
    fn composite(&mut self, plan: &Plan, base: usize, instr: &Instr) -> Result<()> {
        match instr {
            Instr::Moves(moves) => {
                let values: Vec<IValue> = moves.iter().map(|(_, src)| self.take(plan, base, *src)).collect();
                for ((dst, _), value) in moves.iter().zip(values) {
                    self.registers[base + *dst as usize] = value;
                }
            }
            Instr::DictSet { dict, key, value } => {
                let (key, value) = (self.take(plan, base, *key), self.take(plan, base, *value));
                self.peek(plan, base, *dict).to_dict()?.insert(key, value)?;
            }
            Instr::GetAttrByName { dst, object, name } => {
                let value = self.peek(plan, base, *object).to_object()?.attr(name)?;
                self.registers[base + *dst as usize] = value;
            }
            Instr::SetAttrByName { object, name, value } => {
                let value = self.take(plan, base, *value);
                self.take(plan, base, *object).to_object()?.set_attr(name, value)?;
            }
            Instr::Tuple { args, dst, named } => {
                let elements = args.iter().map(|a| self.take(plan, base, *a)).collect();
                let tuple = TupleValue { elements, named: named.clone() };
                self.registers[base + *dst as usize] = IValue::Tuple(Arc::new(tuple));
            }
            Instr::TupleUnpack { src, outs } => {
                let tuple = self.take(plan, base, *src).to_tuple()?;
                crate::ensure!(
                    tuple.elements.len() == outs.len(),
                    "Expected a tuple of {} elements but found {}",
                    outs.len(),
                    tuple.elements.len()
                );
                for (value, &out) in tuple.elements.iter().zip(outs.iter()) {
                    self.registers[base + out as usize] = value.clone();
                }
            }
            Instr::TupleIndex { dst, src, index } => {
                let index = self.peek(plan, base, *index).to_int()?;
                let tuple = self.take(plan, base, *src).to_tuple()?;
                let n = tuple.elements.len() as i64;
                let at = if index < 0 { index + n } else { index };
                let value = usize::try_from(at).ok().and_then(|i| tuple.elements.get(i).cloned());
                self.registers[base + *dst as usize] =
                    value.ok_or_else(|| Error::runtime("Tuple index out of range"))?;
            }
            Instr::TupleSlice { dst, src, from, to } => {
                let tuple = self.take(plan, base, *src).to_tuple()?;
                let n = tuple.elements.len() as i64;
                let clamp = |v: i64| (if v < 0 { v + n } else { v }).clamp(0, n) as usize;
                let (from, to) = (clamp(*from), clamp(*to));
                self.registers[base + *dst as usize] =
                    IValue::tuple(tuple.elements.get(from..to.max(from)).unwrap_or_default().to_vec());
            }
            Instr::List { args, dst, element } => {
                let items = args.iter().map(|a| self.take(plan, base, *a)).collect();
                self.registers[base + *dst as usize] = IValue::List(List::new(element.clone(), items));
            }
            Instr::ListUnpack { src, outs } => {
                let items = self.take(plan, base, *src).to_list()?.into_vec();
                crate::ensure!(
                    items.len() == outs.len(),
                    "Expected {} elements in a list but found {}",
                    outs.len(),
                    items.len()
                );
                for (value, &out) in items.into_iter().zip(outs.iter()) {
                    self.registers[base + out as usize] = value;
                }
            }
            Instr::Dict { args, dst, key, value } => {
                let dict = Dict::new(key.clone(), value.clone());
                for pair in args.chunks(2) {
                    let k = self.take(plan, base, pair[0]);
                    let v = pair.get(1).map_or(IValue::None, |v| self.take(plan, base, *v));
                    dict.insert(k, v)?;
                }
                self.registers[base + *dst as usize] = IValue::Dict(dict);
            }
            Instr::Object { dst, class } => {
                self.registers[base + *dst as usize] = IValue::Object(Object::new(class.clone()));
            }
            Instr::Native { dst, class } => {
                let object = TorchbindObject::new(class.name().as_str(), IValue::None);
                self.registers[base + *dst as usize] = IValue::Opaque(Arc::new(object));
            }
            Instr::IsInstance { dst, src, types } => {
                let value = self.take(plan, base, *src);
                let is = types.iter().any(|ty| value.is_a(ty));
                self.registers[base + *dst as usize] = IValue::Bool(is);
            }
            Instr::EnumPart { dst, src, name } => {
                let IValue::Enum(member) = self.take(plan, base, *src) else {
                    return Err(Error::runtime("expected an enum member"));
                };
                self.registers[base + *dst as usize] =
                    if *name { IValue::str(member.name.as_str()) } else { member.value.clone() };
            }
            Instr::Raise { message, class } => {
                let message = self.peek(plan, base, *message).to_str()?;
                let class = match class {
                    Some(class) => match self.peek(plan, base, *class) {
                        IValue::Str(class) => Some(class.to_string()),
                        _ => None,
                    },
                    None => None,
                };
                return Err(Error::script(class, message.to_string()));
            }
            _ => return Err(Error::internal("an instruction in the wrong place")),
        }
        Ok(())
    }
}

enum Flow {
    Next,
    Jump(u32),
    Back(u32),
    Fail(Box<Error>),
    Other,
}

impl Flow {
    #[cold]
    fn fail(what: String) -> Flow {
        // code that casts without a check can bring any value here
        Flow::Fail(Box::new(Error::runtime(what)))
    }
}

/// A class's method. That of the class which came first is remembered beside the call.
fn method_of_class(
    class: &Arc<ClassType>,
    name: &str,
    first: &OnceLock<(Weak<ClassType>, Weak<Function>)>,
) -> Result<Arc<Function>> {
    if let Some((known, function)) = first.get() {
        // a weak handle keeps the address from being used again
        if known.as_ptr() == Arc::as_ptr(class) {
            if let Some(function) = function.upgrade() {
                return Ok(function);
            }
        }
    }
    let found = Function::of_class(class, name);
    let function = found.ok_or_else(|| Error::runtime(format!("{} has no method '{name}'", class.name())))?;
    let _ = first.set((Arc::downgrade(class), Arc::downgrade(&function)));
    Ok(function)
}

#[cold]
fn no_method(name: &str) -> Error {
    Error::runtime(format!("a call of the method '{name}' of what is no object"))
}

fn method(object: &Object, name: &str) -> Result<Option<Arc<Function>>> {
    Ok(Function::of_class(object.class(), name))
}

#[inline]
fn unary(kind: Unary, a: &IValue) -> Option<IValue> {
    use Unary::*;
    Some(match (kind, a) {
        (Not, IValue::Bool(a)) => IValue::Bool(!a),
        (Not, IValue::Int(a)) => IValue::Bool(*a == 0),
        (NegInt, IValue::Int(a)) => IValue::Int(a.wrapping_neg()),
        (NegFloat, IValue::Double(a)) => IValue::Double(-a),
        (ToFloat, IValue::Int(a)) => IValue::Double(*a as f64),
        (ToFloat, IValue::Bool(a)) => IValue::Double(f64::from(u8::from(*a))),
        (ToInt, IValue::Double(a)) => IValue::Int(f64_to_i64(*a)),
        (ToInt | NegInt, IValue::Bool(a)) => IValue::Int(i64::from(*a) * if kind == NegInt { -1 } else { 1 }),
        (ToInt, IValue::Int(a)) => IValue::Int(*a),
        (ToBool, IValue::Int(a)) => IValue::Bool(*a != 0),
        (ToBool, IValue::Double(a)) => IValue::Bool(*a != 0.0),
        _ => return None,
    })
}

#[inline]
fn binary(kind: Binary, a: &IValue, b: &IValue) -> Option<IValue> {
    match (a, b) {
        (&IValue::Int(a), &IValue::Int(b)) => ints(kind, a, b),
        (&IValue::Double(a), &IValue::Double(b)) => floats(kind, a, b),
        (&IValue::Int(a), &IValue::Double(b)) => floats(kind, a as f64, b),
        (&IValue::Double(a), &IValue::Int(b)) => floats(kind, a, b as f64),
        (&IValue::Bool(a), &IValue::Bool(b)) => bools(kind, a, b),
        _ => match kind {
            // `isnan` of a number beside a bool
            Binary::EqBool => Some(IValue::Bool(false)),
            Binary::NeBool => Some(IValue::Bool(true)),
            _ => None,
        },
    }
}

#[inline(always)]
fn ints(kind: Binary, a: i64, b: i64) -> Option<IValue> {
    use Binary::*;
    Some(match kind {
        AddInt => IValue::Int(a.wrapping_add(b)),
        SubInt => IValue::Int(a.wrapping_sub(b)),
        MulInt => IValue::Int(a.wrapping_mul(b)),
        LtInt => IValue::Bool(a < b),
        LeInt => IValue::Bool(a <= b),
        GtInt => IValue::Bool(a > b),
        GeInt => IValue::Bool(a >= b),
        EqInt | EqBool => IValue::Bool(a == b),
        NeInt | NeBool => IValue::Bool(a != b),
        AndInt => IValue::Int(a & b),
        OrInt => IValue::Int(a | b),
        XorInt => IValue::Int(a ^ b),
        MinInt => IValue::Int(a.min(b)),
        MaxInt => IValue::Int(a.max(b)),
        DivFloat => IValue::Double(a as f64 / b as f64),
        ModInt if b != 0 => {
            let rest = a.wrapping_rem(b);
            IValue::Int(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
        }
        FloorDivInt if b != 0 => {
            let down = a.wrapping_rem(b) != 0 && (a < 0) != (b < 0);
            IValue::Int(a.wrapping_div(b) - i64::from(down))
        }
        _ => return None,
    })
}

#[inline(always)]
fn floats(kind: Binary, a: f64, b: f64) -> Option<IValue> {
    use Binary::*;
    Some(match kind {
        AddFloat => IValue::Double(a + b),
        SubFloat => IValue::Double(a - b),
        MulFloat => IValue::Double(a * b),
        DivFloat => IValue::Double(a / b),
        LtFloat => IValue::Bool(a < b),
        LeFloat => IValue::Bool(a <= b),
        GtFloat => IValue::Bool(a > b),
        GeFloat => IValue::Bool(a >= b),
        EqFloat => IValue::Bool(a == b),
        NeFloat => IValue::Bool(a != b),
        _ => return None,
    })
}

#[inline(always)]
fn bools(kind: Binary, a: bool, b: bool) -> Option<IValue> {
    use Binary::*;
    Some(match kind {
        AndBool => IValue::Bool(a && b),
        OrBool => IValue::Bool(a || b),
        XorBool | NeBool => IValue::Bool(a != b),
        EqBool => IValue::Bool(a == b),
        // typed as ints, as True + True is
        AndInt | OrInt | XorInt | AddInt | SubInt | MulInt => return ints(kind, a.into(), b.into()),
        _ => return None,
    })
}
