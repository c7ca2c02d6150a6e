//! Sconce loads TorchScript archives (`.pt`, written by PyTorch's `torch.jit.save`), compiles them and runs them on
//! the CPU, without LibTorch and without Python.
//!
//! The layers, lowest first; a layer uses only lower ones (`tests/layers.rs` checks it):
//! `error`, `base` < `tensor`, `archive` < `value`, `kernel` < `schema`, `ir` < `op` < `frontend`, `analysis` <
//! `pass` < `exec` < `module` < `capi`, `bridge`.

// Unsafe code lives in `tensor`, `kernel::simd`, `base::threads`, `archive::source`, `capi` and `bridge` only.
#![deny(unsafe_code)]

pub mod analysis;
pub mod archive;
pub mod base;
#[cfg(feature = "cxx")]
mod bridge;
pub mod capi;
pub mod error;
pub mod exec;
pub mod frontend;
mod host;
pub mod ir;
pub mod kernel;
pub mod module;
pub mod op;
pub mod pass;
pub mod schema;
pub mod tensor;
pub mod value;

pub use base::{Complex, DType, Device, Layout, MemoryFormat, Scalar};
pub use error::{Error, ErrorKind, Result};
pub use module::{load, Method, Module};
pub use tensor::Tensor;
pub use value::{IValue, Type};
