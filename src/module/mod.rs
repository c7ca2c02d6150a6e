//! The public face: script modules, and plain `torch.save` values.

#![forbid(unsafe_code)]

#[allow(dead_code)]
mod coerce;
mod saved;
mod tensors;
#[allow(dead_code)]
mod unpickle;

pub use coerce::Coercion;
pub use saved::{load_value, load_value_from, save_value, save_value_to};
