//! The numbers: loops over slices, sizes and strides. Nothing here knows tensors or operators.
//!
//! Kernels take sizes that fit their slices: a caller that breaks the contract gets a panic, never a bad access.
//! Results do not depend on the number of threads.

pub mod attention;
pub mod audio;
pub mod boxes;
pub mod conv;
mod direct;
pub mod fft;
pub mod gemm;
pub mod int_conv;
pub mod linalg;
pub mod norm;
pub mod pool;
pub mod quant;
pub mod quant_bilinear;
pub mod random;
pub mod recurrent;
pub mod remap;
pub mod resample;
pub mod sample;
pub mod scan;
pub mod scatter;
pub mod scratch;
pub mod select;
pub mod simd;
pub mod softmax;
pub mod sparse;
pub mod special;
pub mod transducer;

pub use crate::base::threads;
