//! Running sums, products and extremes along a dimension.

use super::Op;
use crate::base::{wrap_dim, Complex64, DType, Element};
use crate::tensor::rows;
use crate::{op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", cumsum(_, _, _), inplace, out "out", tags[Converts]),
    op!(
        "aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
        cumprod(_, _, _), inplace, out "out", tags[Converts]
    ),
    op!("aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)", cummax(_, _), out "out"),
    op!("aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)", cummin(_, _), out "out"),
    op!("aten::logcumsumexp(Tensor self, int dim) -> Tensor", logcumsumexp(_, _), out "out"),
    op!("aten::_logcumsumexp(Tensor self, int dim) -> Tensor", logcumsumexp(_, _), out "out"),
];

/// One output row as long as each input row along `dim`.
fn scan<I: Element>(x: &Tensor, dim: i64, dtype: DType, f: &(dyn Fn(&[I], &mut [I]) + Sync)) -> Result<Tensor> {
    let d = wrap_dim(dim, x.dim())?;
    let view = if x.dim() == 0 { x.view(&[1])? } else { x.clone() };
    let out = rows::map::<I, I>(&view, &[d], view.sizes()[d] as usize, dtype, f)?;
    rows::restore_dim(out, d)?.view(x.sizes())
}

fn scan2<I: Element>(
    x: &Tensor,
    dim: i64,
    f: &(dyn Fn(&[I], &mut [I], &mut [i64]) + Sync),
) -> Result<(Tensor, Tensor)> {
    let d = wrap_dim(dim, x.dim())?;
    let view = if x.dim() == 0 { x.view(&[1])? } else { x.clone() };
    let n = view.sizes()[d] as usize;
    let (values, indices) = rows::map2::<I, I, i64>(&view, &[d], [n, n], [x.dtype(), DType::I64], f)?;
    Ok((rows::restore_dim(values, d)?.view(x.sizes())?, rows::restore_dim(indices, d)?.view(x.sizes())?))
}

fn result(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(if x.dtype().is_integral(true) { DType::I64 } else { x.dtype() });
    if x.dtype() == dtype {
        Ok(x)
    } else {
        x.to_dtype(dtype)
    }
}

pub(super) fn cumsum(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let x = result(x, dtype)?;
    match x.dtype() {
        // float32 accumulates in double precision
        d if d.is_floating_point() => scan::<f64>(&x, dim, d, &|r, out| {
            let mut sum = 0.0;
            for (o, v) in out.iter_mut().zip(r) {
                sum += v;
                *o = sum;
            }
        }),
        d if d.is_complex() => scan::<Complex64>(&x, dim, d, &|r, out| {
            let mut sum = Complex64::new(0.0, 0.0);
            for (o, v) in out.iter_mut().zip(r) {
                sum += v;
                *o = sum;
            }
        }),
        d => scan::<i64>(&x, dim, d, &|r, out| {
            let mut sum = 0i64;
            for (o, v) in out.iter_mut().zip(r) {
                sum = sum.wrapping_add(*v);
                *o = sum;
            }
        }),
    }
}

fn cumprod(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let x = result(x, dtype)?;
    match x.dtype() {
        d if d.is_floating_point() => scan::<f64>(&x, dim, d, &|r, out| {
            let mut product = 1.0;
            for (o, v) in out.iter_mut().zip(r) {
                product *= v;
                *o = product;
            }
        }),
        d if d.is_complex() => scan::<Complex64>(&x, dim, d, &|r, out| {
            let mut product = Complex64::new(1.0, 0.0);
            for (o, v) in out.iter_mut().zip(r) {
                product *= v;
                *o = product;
            }
        }),
        d => scan::<i64>(&x, dim, d, &|r, out| {
            let mut product = 1i64;
            for (o, v) in out.iter_mut().zip(r) {
                product = product.wrapping_mul(*v);
                *o = product;
            }
        }),
    }
}

/// The last among equals; NaN stays from where it comes.
fn running<T: PartialOrd + Copy>(row: &[T], values: &mut [T], indices: &mut [i64], larger: bool) {
    let mut best = 0;
    for i in 0..row.len() {
        let (v, top) = (row[i], row[best]);
        #[allow(clippy::eq_op)]
        let (nan, top_nan) = (v != v, top != top);
        if nan || (!top_nan && ((larger && v >= top) || (!larger && v <= top))) {
            best = i;
        }
        (values[i], indices[i]) = (row[best], best as i64);
    }
}

fn cummax(x: Tensor, dim: i64) -> Result<(Tensor, Tensor)> {
    running_extreme(x, "cummax_cpu", dim, true)
}

fn cummin(x: Tensor, dim: i64) -> Result<(Tensor, Tensor)> {
    running_extreme(x, "cummin_cpu", dim, false)
}

fn running_extreme(x: Tensor, name: &str, dim: i64, larger: bool) -> Result<(Tensor, Tensor)> {
    match x.dtype() {
        d if d.is_complex() => Err(Error::runtime(format!("\"{name}\" not implemented for '{}'", d.name()))),
        d if d.is_floating_point() => scan2::<f64>(&x, dim, &|r, v, i| running(r, v, i, larger)),
        _ => scan2::<i64>(&x, dim, &|r, v, i| running(r, v, i, larger)),
    }
}

fn logcumsumexp(x: Tensor, dim: i64) -> Result<Tensor> {
    match x.dtype() {
        d if d.is_floating_point() => scan::<f64>(&x, dim, d, &|r, out| {
            let mut sum = f64::NEG_INFINITY;
            for (o, v) in out.iter_mut().zip(r) {
                let (high, low) = if sum > *v { (sum, *v) } else { (*v, sum) };
                let settled = high.is_infinite() || low == f64::NEG_INFINITY;
                sum = if settled { high } else { high + (low - high).exp().ln_1p() };
                *o = sum;
            }
        }),
        d if d.is_complex() => scan::<Complex64>(&x, dim, d, &|r, out| {
            let mut sum: Option<Complex64> = None;
            for (o, v) in out.iter_mut().zip(r) {
                let next = match sum {
                    Some(sum) if sum.re > f64::NEG_INFINITY => {
                        let (high, low) = if sum.re > v.re { (sum, *v) } else { (*v, sum) };
                        high + (Complex64::new(1.0, 0.0) + (low - high).exp()).ln()
                    }
                    _ => *v,
                };
                sum = Some(next);
                *o = next;
            }
        }),
        d => Err(Error::runtime(format!("\"logcumsumexp_out_cpu\" not implemented for '{}'", d.name()))),
    }
}
