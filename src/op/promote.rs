//! Type promotion: the dtype in which an operator computes, from its operands.

use crate::base::{promote_types, Category, DType, Scalar};
use crate::tensor::default_dtype;
use crate::Tensor;

/// An operand of an elementwise operator. A Python number promotes as PyTorch's "wrapped number".
#[derive(Clone, Debug)]
pub enum Operand {
    Tensor(Tensor),
    Scalar(Scalar),
}

impl Operand {
    pub fn tensor(&self) -> Option<&Tensor> {
        match self {
            Operand::Tensor(t) => Some(t),
            Operand::Scalar(_) => None,
        }
    }
    /// The dtype before promotion: a tensor's own, a number's by its kind.
    pub fn dtype(&self) -> DType {
        match self {
            Operand::Tensor(t) => t.dtype(),
            Operand::Scalar(s) => scalar_dtype(*s),
        }
    }
}

impl From<Tensor> for Operand {
    fn from(t: Tensor) -> Self {
        Operand::Tensor(t)
    }
}
impl From<Scalar> for Operand {
    fn from(s: Scalar) -> Self {
        Operand::Scalar(s)
    }
}

/// `torch.result_type` of any number of operands: the highest category decides, and inside it tensors with dimensions
/// go before zero-dimensional ones, and those before Python numbers.
pub fn result_type<'a>(operands: impl IntoIterator<Item = &'a Operand>) -> DType {
    let (mut dims, mut zero, mut number) = (None, None, None);
    for operand in operands {
        let (slot, dtype): (&mut Option<DType>, DType) = match operand {
            Operand::Tensor(t) if t.dim() > 0 => (&mut dims, t.dtype()),
            Operand::Tensor(t) => (&mut zero, t.dtype()),
            Operand::Scalar(s) => (&mut number, scalar_dtype(*s)),
        };
        *slot = Some(slot.map_or(dtype, |have| promote_types(have, dtype)));
    }
    combine(dims, combine(zero, number)).unwrap_or(default_dtype())
}

/// The dtype of a tensor made from a Python number: floats and complex numbers follow the default dtype.
pub fn scalar_dtype(value: Scalar) -> DType {
    match value {
        Scalar::Bool(_) => DType::Bool,
        Scalar::Int(_) => DType::I64,
        Scalar::Float(_) => default_dtype(),
        Scalar::Complex(_) => default_dtype().to_complex(),
    }
}

/// The default dtype for integers and bools, the dtype itself otherwise.
pub fn float_type(dtype: DType) -> DType {
    if dtype.is_integral(true) {
        default_dtype()
    } else {
        dtype
    }
}

/// `high` wins unless `low` is of a higher category.
fn combine(high: Option<DType>, low: Option<DType>) -> Option<DType> {
    let (Some(h), Some(l)) = (high, low) else { return high.or(low) };
    Some(match (h.category(), l.category()) {
        (Category::Complex, _) => h,
        (Category::Float, Category::Complex) => h.to_complex(),
        (Category::Float, _) => h,
        (Category::Bool, _) | (_, Category::Float | Category::Complex) => promote_types(h, l),
        _ => h,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Complex;
    use DType::*;

    fn vector(dtype: DType) -> Operand {
        Operand::Tensor(Tensor::zeros(&[2], dtype).expect("small"))
    }
    fn zero_dim(dtype: DType) -> Operand {
        Operand::Tensor(Tensor::zeros(&[], dtype).expect("small"))
    }
    fn number(value: impl Into<Scalar>) -> Operand {
        Operand::Scalar(value.into())
    }

    /// Values of `torch.result_type`.
    #[test]
    fn as_torch_result_type() {
        for (a, b, expected) in [
            (vector(I32), vector(I64), I64),
            (vector(I32), zero_dim(I64), I32),
            (vector(I32), number(1i64), I32),
            (vector(I32), number(1.5), F32),
            (vector(F16), zero_dim(F64), F16),
            (vector(F16), number(1.5), F16),
            (vector(F16), zero_dim(C128), C32),
            (vector(I64), zero_dim(F64), F64),
            (vector(Bool), number(1i64), I64),
            (vector(Bool), zero_dim(U8), U8),
            (vector(U8), vector(I8), I16),
            (vector(F16), vector(BF16), F32),
            (vector(F64), number(Complex::new(0.0, 1.0)), C128),
            (vector(F32), number(Complex::new(0.0, 1.0)), C64),
            (vector(I64), number(Complex::new(0.0, 1.0)), C64),
            (zero_dim(I8), number(3i64), I8),
            (zero_dim(I32), zero_dim(F16), F16),
            (number(true), number(2i64), I64),
            (vector(U8), number(true), U8),
        ] {
            assert_eq!(result_type([&a, &b]), expected, "{a:?} {b:?}");
            assert_eq!(result_type([&b, &a]), expected, "{b:?} {a:?}");
        }
    }
}
