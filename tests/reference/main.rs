//! Elementwise operators and reductions of the table against a slow plain reference and against what PyTorch takes.

mod call;
mod coverage;
mod draw;
mod dtypes;
mod elementwise;
mod norm;
mod number;
mod reduce;
mod special;
mod table;
mod views;
