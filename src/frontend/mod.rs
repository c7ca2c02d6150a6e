//! From TorchScript text to graphs.

pub mod ast;
mod classes;
mod emit;
mod lexer;
pub mod parser;
mod types;
mod unit;
mod usage;

pub use emit::{has_changed, upgrader};
pub use parser::{parse_expression, parse_file, parse_functions, parse_methods};
pub use unit::{CodeLoader, CompilationUnit};
pub use usage::{operators_used, OperatorUse};
