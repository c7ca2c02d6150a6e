//! What operators that work on whole slices share: operands in a compute type, dispatch on dtype, fresh results.

use crate::base::{bf16, f16, DType, Element};
use crate::{Result, Tensor};

/// Runs a block with `$T` as the compute type of a floating point dtype: `f32` for half types too.
macro_rules! dispatch_float {
    ($dtype:expr, $name:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::base::DType::F32 | $crate::base::DType::F16 | $crate::base::DType::BF16 => {
                type $T = f32;
                $body
            }
            $crate::base::DType::F64 => {
                type $T = f64;
                $body
            }
            other => return Err($crate::op::compute::not_implemented($name, other)),
        }
    };
}

/// As `dispatch_float`, with `i64` for integers, and complex numbers.
macro_rules! dispatch_number {
    ($dtype:expr, $name:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::base::DType::F32 | $crate::base::DType::F16 | $crate::base::DType::BF16 => {
                type $T = f32;
                $body
            }
            $crate::base::DType::F64 => {
                type $T = f64;
                $body
            }
            $crate::base::DType::C64 => {
                type $T = $crate::base::Complex32;
                $body
            }
            $crate::base::DType::C128 => {
                type $T = $crate::base::Complex64;
                $body
            }
            $crate::base::DType::U8
            | $crate::base::DType::I8
            | $crate::base::DType::I16
            | $crate::base::DType::I32
            | $crate::base::DType::I64 => {
                type $T = i64;
                $body
            }
            other => return Err($crate::op::compute::not_implemented($name, other)),
        }
    };
}

/// Runs a block with `$T` as an unsigned type of the element's size: for operators that only move elements.
macro_rules! dispatch_move {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::base::DType::F64 => {
                type $T = f64;
                $body
            }
            $crate::base::DType::C64 => {
                type $T = $crate::base::Complex32;
                $body
            }
            $crate::base::DType::C128 | $crate::base::DType::C32 => {
                type $T = $crate::base::Complex64;
                $body
            }
            $crate::base::DType::F32 | $crate::base::DType::F16 | $crate::base::DType::BF16 => {
                type $T = f32;
                $body
            }
            _ => {
                type $T = i64;
                $body
            }
        }
    };
}

pub(super) use {dispatch_float, dispatch_move, dispatch_number};

/// PyTorch's words for a dtype that a kernel does not take.
pub fn not_implemented(name: &str, dtype: DType) -> crate::Error {
    crate::Error::runtime(format!("\"{name}\" not implemented for '{}'", dtype.name()))
}

/// The tensor row-major in a compute type: itself where it is that already.
pub fn dense<T: Element>(x: &Tensor) -> Result<Tensor> {
    let x = if x.dtype() == T::DTYPE { x.to_contiguous()? } else { x.to_dtype(T::DTYPE)?.to_contiguous()? };
    if (x.data_ptr() as usize) % x.dtype().itemsize() != 0 && x.numel() > 0 {
        let copy = Tensor::empty(x.sizes(), x.dtype())?;
        copy.copy_from(&x)?;
        return Ok(copy);
    }
    Ok(x)
}

/// [`dense`] of an optional tensor.
pub fn dense_opt<T: Element>(x: &Option<Tensor>) -> Result<Option<Tensor>> {
    x.as_ref().map(dense::<T>).transpose()
}

/// The elements of an optional tensor that [`dense_opt`] has prepared.
pub fn data_opt<T: Element>(x: &Option<Tensor>) -> Result<Option<&[T]>> {
    x.as_ref().map(Tensor::data::<T>).transpose()
}

/// The result in the dtype that was asked for.
pub fn finish(x: Tensor, dtype: DType) -> Result<Tensor> {
    if x.dtype() == dtype {
        Ok(x)
    } else {
        x.to_dtype(dtype)
    }
}

/// Rounds a float32 as a half type would store it: for kernels of PyTorch that compute step by step in the half type.
pub fn half_rounding(dtype: DType) -> Option<fn(f32) -> f32> {
    match dtype {
        DType::F16 => Some(|x| f16::from_f32(x).to_f32()),
        DType::BF16 => Some(|x| bf16::from_f32(x).to_f32()),
        _ => None,
    }
}

/// A tensor in its compute type, with any strides: its memory from the first to the last element as one row.
pub struct Span(Tensor);

impl Span {
    /// Converts only where dtype or alignment ask for it; strides are those of the tensor that is returned.
    pub fn new<T: Element>(x: &Tensor) -> Result<(Tensor, Span)> {
        let mut x = if x.dtype() == T::DTYPE { x.clone() } else { x.to_dtype(T::DTYPE)? };
        if (x.data_ptr() as usize) % x.dtype().itemsize() != 0 {
            x = dense::<T>(&x)?;
        }
        let last: i64 = x.sizes().iter().zip(x.strides()).map(|(n, s)| (n - 1) * s).sum();
        let length = if x.numel() == 0 { 0 } else { last + 1 };
        let flat = x.as_strided(&[length], &[1], None)?;
        Ok((x, Span(flat)))
    }
    pub fn data<T: Element>(&self) -> Result<&[T]> {
        self.0.data::<T>()
    }
}

/// A list argument of fixed length, where one number stands for all.
pub fn fixed<const N: usize>(list: &[i64], name: &str) -> Result<[i64; N]> {
    match list {
        [one] => Ok([*one; N]),
        _ => list.try_into().map_err(|_| {
            crate::Error::runtime(format!(
                "{name} must either be a single int, or a tuple of {N} ints, but got {list:?}"
            ))
        }),
    }
}

/// `[2, 3]` as PyTorch writes sizes.
pub fn show(sizes: &[i64]) -> String {
    format!("{sizes:?}")
}
