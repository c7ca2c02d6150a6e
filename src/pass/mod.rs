//! Passes over graphs: each is a verb with a verdict.

#![forbid(unsafe_code)]

mod inline;

pub use inline::{inline, inlined};
