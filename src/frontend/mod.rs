//! From TorchScript text to graphs.

pub mod ast;
mod lexer;
pub mod parser;

pub use parser::{parse_expression, parse_file, parse_functions, parse_methods};
