//! Running sums, products and extremes along a dimension.

use super::compute::{dense, finish};
use super::Op;
use crate::base::{numel, wrap_dim, Complex64, DType, Element};
use crate::kernel::scan as kernel;
use crate::tensor::NewTensor;
use crate::{ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", cumsum(_, _, _), out "out", tags[Converts, TypedByOut, Aligned]),
    op!(
        "aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
        cumprod(_, _, _), out "out", tags[Converts, TypedByOut, Aligned]),
    op!("aten::cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)", cumsum_(_, _, _)),
    op!("aten::cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)", cumprod_(_, _, _)),
    op!("aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)", cummax(_, _), out "out"),
    op!("aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)", cummin(_, _), out "out"),
    op!("aten::logcumsumexp(Tensor self, int dim) -> Tensor", logcumsumexp(_, _), out "out", tags[Aligned]),
    op!("aten::_logcumsumexp(Tensor self, int dim) -> Tensor", logcumsumexp(_, _), out "out"),
];

/// The array as `[outer, n, inner]` around `dim`.
fn split(x: &Tensor, dim: i64) -> Result<[usize; 3]> {
    let d = wrap_dim(dim, x.dim())?;
    let sizes = x.sizes();
    Ok(match sizes.len() {
        0 => [1, 1, 1],
        _ => [numel(&sizes[..d]), sizes[d] as usize, numel(&sizes[d + 1..])],
    })
}

/// Running totals of the dtype's compute type, accumulated in `A`.
fn scan<T: Element, A: Copy + Sync>(
    x: &Tensor,
    dim: i64,
    start: A,
    step: impl Fn(A, T) -> A + Sync,
    result: impl Fn(A) -> T + Sync,
) -> Result<Tensor> {
    let sizes = split(x, dim)?;
    let mut out = NewTensor::<T>::new(x.sizes())?;
    kernel::totals(dense::<T>(x)?.data()?, sizes, out.data(), start, step, result);
    finish(out.finish(), x.dtype())
}

/// Sums and products: floats accumulate in double precision.
macro_rules! totals {
    ($x:expr, $dim:expr, $start:literal, $op:tt, $wrapping:path) => {
        match $x.dtype() {
            DType::F64 => scan::<f64, f64>($x, $dim, $start, |a, v| a $op v, |a| a),
            d if d.is_floating_point() => scan::<f32, f64>($x, $dim, $start, |a, v| a $op f64::from(v), |a| a as f32),
            d if d.is_complex() => scan::<Complex64, _>($x, $dim, Complex64::new($start, 0.0), |a, v| a $op v, |a| a),
            _ => scan::<i64, i64>($x, $dim, $start as i64, $wrapping, |a| a),
        }
    };
}

fn result(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(if x.dtype().is_integral(true) { DType::I64 } else { x.dtype() });
    if x.dtype() == dtype {
        Ok(x)
    } else {
        x.to_dtype(dtype)
    }
}

fn cumsum_(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    in_place(x, dtype, |x, own| cumsum(x, dim, own))
}

fn cumprod_(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    in_place(x, dtype, |x, own| cumprod(x, dim, own))
}

fn in_place(x: Tensor, dtype: Option<DType>, f: impl Fn(Tensor, Option<DType>) -> Result<Tensor>) -> Result<Tensor> {
    let (have, asked) = (x.dtype(), dtype.unwrap_or(x.dtype()));
    ensure!(have == asked, "Bad in-place call: input tensor dtype {have} and output tensor dtype {asked} should match");
    let result = f(x.clone(), Some(have))?;
    crate::tensor::tile::check_no_internal_overlap(&x)?;
    x.copy_from(&result)?;
    Ok(x)
}

pub(super) fn cumsum(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let x = &result(x, dtype)?;
    ensure!(x.dtype() != DType::Bool, "\"cumsum_out_cpu\" not implemented for 'Bool'");
    totals!(x, dim, 0.0, +, i64::wrapping_add)
}

fn cumprod(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let x = &result(x, dtype)?;
    ensure!(x.dtype() != DType::Bool, "\"cumprod_out_cpu\" not implemented for 'Bool'");
    totals!(x, dim, 1.0, *, i64::wrapping_mul)
}

fn cummax(x: Tensor, dim: i64) -> Result<(Tensor, Tensor)> {
    running_extreme(x, "cummax_cpu", dim, true)
}

fn cummin(x: Tensor, dim: i64) -> Result<(Tensor, Tensor)> {
    running_extreme(x, "cummin_cpu", dim, false)
}

/// The last among equals; NaN stays from where it comes.
fn running_extreme(x: Tensor, name: &str, dim: i64, larger: bool) -> Result<(Tensor, Tensor)> {
    #[allow(clippy::eq_op)] // NaN, in types that have it
    fn run<T: Element + PartialOrd>(x: &Tensor, dim: i64, larger: bool) -> Result<(Tensor, Tensor)> {
        let sizes = split(x, dim)?;
        let (mut values, mut places) = (NewTensor::<T>::new(x.sizes())?, NewTensor::<i64>::new(x.sizes())?);
        let x = dense::<T>(x)?;
        let (x, out, at) = (x.data()?, values.data(), places.data());
        match larger {
            true => kernel::extremes(x, sizes, out, at, |v, best| v != v || (best == best && v >= best)),
            false => kernel::extremes(x, sizes, out, at, |v, best| v != v || (best == best && v <= best)),
        }
        Ok((values.finish(), places.finish()))
    }
    let dtype = x.dtype();
    let (values, places) = match dtype {
        d if d.is_complex() => return Err(Error::runtime(format!("\"{name}\" not implemented for '{}'", d.name()))),
        DType::F64 => run::<f64>(&x, dim, larger)?,
        d if d.is_floating_point() => run::<f32>(&x, dim, larger)?,
        _ => run::<i64>(&x, dim, larger)?,
    };
    Ok((finish(values, dtype)?, places))
}

fn logcumsumexp(x: Tensor, dim: i64) -> Result<Tensor> {
    fn add(sum: f64, v: f64) -> f64 {
        if sum.is_nan() || v.is_nan() {
            return f64::NAN;
        }
        let (high, low) = if sum > v { (sum, v) } else { (v, sum) };
        let settled = high.is_infinite() || low == f64::NEG_INFINITY;
        if settled {
            high
        } else {
            high + (low - high).exp().ln_1p()
        }
    }
    fn add_complex(sum: Option<Complex64>, v: Complex64) -> Option<Complex64> {
        Some(match sum {
            Some(sum) if sum.re > f64::NEG_INFINITY => {
                let (high, low) = if sum.re > v.re { (sum, v) } else { (v, sum) };
                high + (Complex64::new(1.0, 0.0) + (low - high).exp()).ln()
            }
            _ => v,
        })
    }
    let x = &x;
    match x.dtype() {
        DType::F64 => scan::<f64, f64>(x, dim, f64::NEG_INFINITY, add, |a| a),
        d if d.is_floating_point() => {
            scan::<f32, f64>(x, dim, f64::NEG_INFINITY, |a, v| add(a, f64::from(v)), |a| a as f32)
        }
        d if d.is_complex() => scan::<Complex64, _>(x, dim, None, add_complex, Option::unwrap_or_default),
        d => Err(Error::runtime(format!("\"logcumsumexp_out_cpu\" not implemented for '{}'", d.name()))),
    }
}
