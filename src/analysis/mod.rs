//! What graphs tell without being run.

#![forbid(unsafe_code)]

mod writes;

pub use writes::{writes_of, SlotPath, Writes};
