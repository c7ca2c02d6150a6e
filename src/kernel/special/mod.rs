//! Special functions of one or two numbers, in double precision.

mod bessel;

pub use bessel::i0;
