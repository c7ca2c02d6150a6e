//! What every layer speaks: dtypes, scalars, devices, dimensions, source positions.

mod device;
mod dims;
pub(crate) mod dtype;
mod format;
mod memory;
mod output;
mod region;
mod scalar;
mod source;
pub mod threads;

pub use device::{Device, DeviceType, Layout, MemoryFormat, QScheme, LAYOUTS};
pub use dims::{broadcast_shapes, contiguous_strides, numel, wrap_dim, Dims, COLUMNS};
pub use dtype::{cast, promote_types, Category, DType, Element};
pub use format::{format_float, format_general};
pub(crate) use memory::{claim_memory, release_memory};
pub use memory::{collect, filled, memory_in_use, reserve, set_memory_limit};
pub use output::{set_output, write_output, OutputSink};
pub use region::ByteRegion;
pub use scalar::Scalar;
pub use source::{Source, SourceRange};

/// A complex number in double precision, the only precision that complex scalars have in TorchScript.
pub type Complex = num_complex::Complex64;
pub use half::{bf16, f16};
pub use num_complex::{Complex32, Complex64};
