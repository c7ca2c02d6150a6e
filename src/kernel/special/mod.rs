//! Special functions of one or two numbers, in double precision, from published formulas: Abramowitz and Stegun,
//! *Handbook of Mathematical Functions* (A&S), and the *Digital Library of Mathematical Functions* (DLMF).

mod airy;
mod bessel;
mod error;
mod gamma;
mod polynomial;

pub use airy::airy_ai;
pub use bessel::{i0, i0e, i1, i1e, j0, j1, k0, k0e, k1, k1e, spherical_j0, y0, y1};
pub use error::{entr, erfcx, erfinv, log_ndtr, ndtr, ndtri};
pub use gamma::{digamma, gamma_p, gamma_q, lgamma, polygamma, trigamma, trigamma_f32, zeta, FULL, SINGLE};
pub use polynomial::{polynomial, Family};
