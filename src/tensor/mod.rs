//! Strided, reference-counted tensors: storage, views, element access, and the one iterator that does broadcasting,
//! type conversion and output allocation for every elementwise and reduction kernel.
//!
//! Views alias and in-place writes are visible through every view, as in PyTorch. Kernels above this layer are safe
//! code: they see contiguous slices ([`tile`], [`rows`]), fresh outputs ([`NewTensor`]) or copies.
//!
//! **The contract for writes.** Reading a tensor is a safe operation; writing into one that already exists
//! ([`Tensor::copy_from`], [`tile::map_into`], …) is too, because whoever runs scripts serialises what mutates shared
//! state: no other thread may read or write a tensor while it is written. The executor keeps this promise for scripts;
//! a host that shares tensors between threads keeps it for its own calls.

#![allow(unsafe_code)]

mod access;
mod cast;
mod convert;
mod foreign;
mod layout;
mod lazy;
mod ndarray;
mod print;
mod quant;
pub mod rows;
mod storage;
#[allow(clippy::module_inception)]
mod tensor;
pub mod tile;
mod transpose;
mod view;

pub use crate::base::{memory_in_use, set_memory_limit};
pub use access::NewTensor;
pub use foreign::borrow_memory;
pub use lazy::{lazy_in_use, Lazy};
pub use quant::{QParams, Quantizer};
pub use storage::{Storage, WeakStorage};
pub use tensor::{sparse_in_use, Geometry, NestedParts, SparseParts, Tensor};

pub use convert::{default_dtype, set_default_dtype};
pub use layout::{channels_last_strides, computed_strides, infer_dense_strides, is_non_overlapping_and_dense};
