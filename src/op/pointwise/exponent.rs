//! Numbers as mantissa and power of two.

use super::arith::POW_OF_NUMBER;
use crate::op::compose::mul;
use crate::op::elementwise::Call;
use crate::op::promote::float_type;
use crate::tensor::tile;
use crate::{ensure, DType, Result, Tensor};

/// `x · 2^exponent`; powers of integers are taken in the float dtype of `x`.
pub fn ldexp(x: Tensor, exponent: Tensor) -> Result<Tensor> {
    let exponent = match exponent.dtype().is_integral(true) {
        true => exponent.to_dtype(float_type(x.dtype()).to_real())?,
        false => exponent,
    };
    mul(x, Call::new(&POW_OF_NUMBER).with(2.0).with(exponent).run()?)
}

pub fn ldexp_(x: Tensor, exponent: Tensor) -> Result<Tensor> {
    crate::op::registry::write_in_place(&x, &ldexp(x.clone(), exponent)?)?;
    Ok(x)
}

/// Mantissas in [0.5, 1) and int32 exponents; 0, infinities and NaN have exponent 0.
pub fn frexp(x: Tensor) -> Result<(Tensor, Tensor)> {
    ensure!(x.dtype().is_floating_point(), "torch.frexp() only supports floating-point dtypes");
    if x.dtype() != DType::F64 {
        let mantissa = tile::map::<f32, f32>(&[&x], x.dtype(), &|x, o| {
            o.iter_mut().zip(x[0]).for_each(|(o, x)| *o = parts(*x).0);
        })?;
        let exponent = tile::map::<f32, i32>(&[&x], DType::I32, &|x, o| {
            o.iter_mut().zip(x[0]).for_each(|(o, x)| *o = parts(*x).1);
        })?;
        return Ok((mantissa, exponent));
    }
    let mantissa = tile::map::<f64, f64>(&[&x], x.dtype(), &|x, o| {
        o.iter_mut().zip(x[0]).for_each(|(o, x)| *o = libm::frexp(*x).0);
    })?;
    let exponent = tile::map::<f64, f64>(&[&x], DType::I32, &|x, o| {
        o.iter_mut().zip(x[0]).for_each(|(o, x)| *o = if x.is_finite() { libm::frexp(*x).1.into() } else { 0.0 });
    })?;
    Ok((mantissa, exponent))
}

/// [`frexp`] of one number.
#[inline(always)]
fn parts(x: f32) -> (f32, i32) {
    // subnormal numbers are made normal first
    let small = x.abs() < f32::MIN_POSITIVE;
    let bits = (if small { x * 16_777_216.0 } else { x }).to_bits();
    let exponent = (bits >> 23 & 255) as i32 - if small { 126 + 24 } else { 126 };
    let mantissa = f32::from_bits(bits & 0x807f_ffff | 0x3f00_0000);
    if x == 0.0 || !x.is_finite() {
        (x, 0)
    } else {
        (mantissa, exponent)
    }
}
