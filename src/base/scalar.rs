//! A number whose dtype is decided by its Python type: PyTorch's `Scalar`.

use crate::base::{Category, Complex, DType};
use crate::Result;

/// A Python number. Equality is by kind and value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    Bool(bool),
    Int(i64),
    Float(f64),
    Complex(Complex),
}

impl Scalar {
    /// The value as `f64`; the imaginary part of a complex number is dropped.
    pub fn to_f64(self) -> f64 {
        match self {
            Scalar::Bool(b) => b as i64 as f64,
            Scalar::Int(i) => i as f64,
            Scalar::Float(f) => f,
            Scalar::Complex(c) => c.re,
        }
    }
    /// The value as `i64`; floats truncate towards zero, and what does not fit becomes `i64::MIN`, as on x86.
    pub fn to_i64(self) -> i64 {
        match self {
            Scalar::Bool(b) => b as i64,
            Scalar::Int(i) => i,
            Scalar::Float(f) => crate::base::dtype::f64_to_i64(f),
            Scalar::Complex(c) => crate::base::dtype::f64_to_i64(c.re),
        }
    }
    pub fn to_complex(self) -> Complex {
        match self {
            Scalar::Complex(c) => c,
            other => Complex::new(other.to_f64(), 0.0),
        }
    }
    pub fn to_bool(self) -> bool {
        match self {
            Scalar::Bool(b) => b,
            Scalar::Int(i) => i != 0,
            Scalar::Float(f) => f != 0.0,
            Scalar::Complex(c) => c.re != 0.0 || c.im != 0.0,
        }
    }
    /// Fails, in PyTorch's words, when an element of `dtype` cannot hold the number: too large, or with an imaginary
    /// part for a real dtype. Unsigned dtypes take negative integers that wrap once.
    pub fn check_fits(self, dtype: DType) -> Result<()> {
        let imaginary = matches!(self, Scalar::Complex(c) if c.im != 0.0);
        let v = self.to_f64();
        let fits = match dtype {
            d if imaginary && !d.is_complex() => d == DType::Bool,
            d if d.is_complex() || d == DType::Bool => true,
            d if d.is_floating_point() => {
                let max = match d {
                    DType::F16 => 65504.0,
                    DType::BF16 => crate::base::bf16::MAX.to_f64(),
                    DType::F32 => f64::from(f32::MAX),
                    _ => f64::MAX,
                };
                !v.is_finite() || v.abs() <= max
            }
            DType::U8 if self.is_integral() => v.abs() <= 255.0,
            DType::U8 => (0.0..=255.0).contains(&v),
            d if d.is_integral(false) => {
                let half = libm::exp2(d.itemsize() as f64 * 8.0 - 1.0);
                self.is_integral() && d == DType::I64
                    || v >= -half && if d == DType::I64 { v <= half } else { v < half }
            }
            _ => true,
        };
        let name = match dtype {
            DType::U8 => "uint8_t",
            DType::I8 => "int8_t",
            DType::I16 => "int16_t",
            DType::I32 => "int",
            DType::I64 => "int64_t",
            DType::F16 => "at::Half",
            DType::BF16 => "at::BFloat16",
            DType::F32 => "float",
            _ => "double",
        };
        crate::ensure!(fits, "value cannot be converted to type {name} without overflow");
        Ok(())
    }
    pub fn category(self) -> Category {
        match self {
            Scalar::Bool(_) => Category::Bool,
            Scalar::Int(_) => Category::Int,
            Scalar::Float(_) => Category::Float,
            Scalar::Complex(_) => Category::Complex,
        }
    }
    /// The dtype of a tensor made from this number alone, before the default dtype is applied to floats.
    pub fn dtype(self) -> DType {
        match self {
            Scalar::Bool(_) => DType::Bool,
            Scalar::Int(_) => DType::I64,
            Scalar::Float(_) => DType::F64,
            Scalar::Complex(_) => DType::C128,
        }
    }
    pub fn is_integral(self) -> bool {
        matches!(self, Scalar::Int(_) | Scalar::Bool(_))
    }
}

impl From<f64> for Scalar {
    fn from(v: f64) -> Self {
        Scalar::Float(v)
    }
}
impl From<i64> for Scalar {
    fn from(v: i64) -> Self {
        Scalar::Int(v)
    }
}
impl From<bool> for Scalar {
    fn from(v: bool) -> Self {
        Scalar::Bool(v)
    }
}
impl From<Complex> for Scalar {
    fn from(v: Complex) -> Self {
        Scalar::Complex(v)
    }
}
