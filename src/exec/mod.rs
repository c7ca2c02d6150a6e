//! Running graphs: a [`Plan`] is a graph lowered once to flat code over numbered registers; the interpreter runs plans.
//!
//! Entry points: [`call`] checks arguments against the schema and runs; [`run`] takes a complete argument list.

#![forbid(unsafe_code)]

mod arguments;
mod bytecode;
mod executor;
mod fork;
mod instr;
mod interpreter;
mod plan;
pub mod prelude;
mod profiler;

pub use arguments::check_args;
pub use bytecode::{Bytecode, Instruction, OperatorName};
pub use executor::{call, plan_of, run, run_interruptible, with_interrupt, Interrupt};
pub use plan::Plan;
pub use profiler::{profile, Profile, ProfileRow};
