//! Elementwise operators: specs by subject, and the table.

#[macro_use]
mod macros;

pub mod activation;
pub mod arith;
pub mod compare;
pub mod exponent;
pub mod gradient;
pub mod math;
pub mod special;
mod table;

pub use table::OPS;
