//! The public face: script modules, and plain `torch.save` values.

#![forbid(unsafe_code)]

mod coerce;
mod legacy;
mod load;
mod mobile;
mod module;
mod saved;
mod state;
mod tensors;
mod unpickle;

pub use crate::value::{save_tensors, save_tensors_to, save_value, save_value_to};
pub use coerce::Coercion;
pub use module::{load, Method, Module};
pub use saved::{load_value, load_value_from};
