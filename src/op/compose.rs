//! Arithmetic on tensors and numbers as the operators of the table do it, for operators that are made of others.

use super::elementwise::{Call, Spec};
use super::pointwise::{arith, math};
use super::promote::Operand;
use crate::base::{DType, Scalar};
use crate::{Result, Tensor};

impl From<&Tensor> for Operand {
    fn from(t: &Tensor) -> Self {
        Operand::Tensor(t.clone())
    }
}
impl From<f64> for Operand {
    fn from(v: f64) -> Self {
        Operand::Scalar(Scalar::Float(v))
    }
}

fn binary(spec: &'static Spec, a: Operand, b: Operand) -> Result<Tensor> {
    Call::new(spec).with(a).with(b).run()
}

pub fn add(a: impl Into<Operand>, b: impl Into<Operand>) -> Result<Tensor> {
    binary(&arith::ADD, a.into(), b.into())
}

pub fn sub(a: impl Into<Operand>, b: impl Into<Operand>) -> Result<Tensor> {
    binary(&arith::SUB, a.into(), b.into())
}

pub fn mul(a: impl Into<Operand>, b: impl Into<Operand>) -> Result<Tensor> {
    binary(&arith::MUL, a.into(), b.into())
}

pub fn div(a: impl Into<Operand>, b: impl Into<Operand>) -> Result<Tensor> {
    binary(&arith::DIV, a.into(), b.into())
}

pub fn neg(x: &Tensor) -> Result<Tensor> {
    Call::new(&math::NEG).with(x).run()
}

/// The sum over one dimension, in the dtype that `sum` gives.
pub fn sum(x: &Tensor, dim: i64) -> Result<Tensor> {
    super::reduce::sum_dims(x.clone(), Some(vec![dim]), false, None)
}

/// The tensor in a dtype: itself where it has that already.
pub fn cast(x: Tensor, dtype: DType) -> Result<Tensor> {
    super::compute::finish(x, dtype)
}
