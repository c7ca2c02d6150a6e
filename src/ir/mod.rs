//! The intermediate representation: SSA graphs of nodes in nested blocks.
//!
//! There are no φ nodes: block parameters and the outputs of `prim::If` and `prim::Loop` carry merged values. Nodes,
//! values and blocks live in arenas of their graph and refer to each other by id.

#![forbid(unsafe_code)]

mod copy;
mod function;
mod graph;
mod print;

pub use function::{Compile, Function};
pub use graph::{Attr, Block, BlockId, Def, Graph, InlinedCall, Node, NodeId, Use, Value, ValueId};
