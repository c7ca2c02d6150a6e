//! Reductions: sums, means, extremes, norms, order statistics.
//!
//! Floats accumulate in double precision or in many short chains, half types in `f32` at least, integers in `i64`.

// one text for f32 and f64 rows
#![allow(clippy::unnecessary_cast)]

use super::elementwise::apply_tensors;
use super::pointwise::arith::SUB;
use super::Op;
use crate::base::{promote_types, wrap_dim, Complex64, DType, Element, Scalar, COLUMNS};
use crate::kernel::select;
use crate::kernel::simd::reduce::{self as kernel, Ordered, Reduce, Truth};
use crate::tensor::is_non_overlapping_and_dense;
use crate::tensor::rows::{self, reduced_shape, Fold};
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor", sum(_, _), out "out"),
    op!(
        "aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
        sum_dims(_, _, _, _), out "IntList_out", tags[Converts, TypedByOut]),
    op!("aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor", prod(_, _), out "out"),
    op!(
        "aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
        prod_dim(_, _, _, _), out "int_out", tags[Converts, TypedByOut]),
    op!("aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor", mean(_, _), out "dtype_out", tags[Converts, TypedByOut]),
    op!(
        "aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
        mean_dims(_, _, _, _), out "out", tags[Converts, TypedByOut]),
    op!(
        "aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
        nansum(_, _, _, _), out "out", tags[Converts, TypedByOut]),
    op!(
        "aten::nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
        nanmean(_, _, _, _), out "out", tags[Converts, TypedByOut]),
    op!("aten::var(Tensor self, bool unbiased=True) -> Tensor", var(_, _)),
    op!(
        "aten::var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor",
        var_dim(_, _, _, _), out "out", tags[Converts]
    ),
    op!(
        "aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, \
         bool keepdim=False) -> Tensor",
        var_correction(_, _, _, _), out "correction_out", tags[Converts]),
    op!("aten::std(Tensor self, bool unbiased=True) -> Tensor", std(_, _)),
    op!(
        "aten::std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor",
        std_dim(_, _, _, _), out "out", tags[Converts]
    ),
    op!(
        "aten::std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, \
         bool keepdim=False) -> Tensor",
        std_correction(_, _, _, _), out "correction_out", tags[Converts]),
    op!("aten::var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)", var_mean(_, _)),
    op!(
        "aten::var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)",
        var_mean_dim(_, _, _, _)
    ),
    op!(
        "aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, \
         bool keepdim=False) -> (Tensor, Tensor)",
        var_mean_correction(_, _, _, _), out "correction_out"
    ),
    op!("aten::std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)", std_mean(_, _)),
    op!(
        "aten::std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)",
        std_mean_dim(_, _, _, _)
    ),
    op!(
        "aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, \
         bool keepdim=False) -> (Tensor, Tensor)",
        std_mean_correction(_, _, _, _), out "correction_out"
    ),
    op!("aten::max(Tensor self) -> Tensor", max(_), out "unary_out", tags[Converts]),
    op!("aten::min(Tensor self) -> Tensor", min(_), out "unary_out", tags[Converts]),
    op!("aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", max_dim(_, _, _), out "dim_max(max, max_values)"),
    op!("aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", min_dim(_, _, _), out "dim_min(min, min_indices)"),
    op!("aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", amax(_, _, _), out "out"),
    op!("aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", amin(_, _, _), out "out"),
    op!(
        "aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)",
        aminmax(_, _, _), out "out"
    ),
    op!("aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", argmax(_, _, _), out "out"),
    op!("aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", argmin(_, _, _), out "out"),
    op!("aten::any(Tensor self) -> Tensor", any(_), out "all_out"),
    op!("aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", any_dim(_, _, _), out "out"),
    op!(
        "aten::any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor",
        any_dims(_, _, _), out "dims_out"
    ),
    op!("aten::all(Tensor self) -> Tensor", all(_), out "all_out"),
    op!("aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", all_dim(_, _, _), out "out"),
    op!(
        "aten::all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor",
        all_dims(_, _, _), out "dims_out"),
    op!(
        "aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor",
        count_nonzero_dims(_, _), out "dim_IntList_out"
    ),
    op!("aten::count_nonzero(Tensor self, int? dim=None) -> Tensor", count_nonzero(_, _), out "out"),
    op!(
        "aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, \
         ScalarType? dtype=None) -> Tensor",
        vector_norm(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor",
        norm_dtype(_, _, _), out "ScalarOpt_dtype_out"
    ),
    op!("aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor", norm(_, _), out "Scalar_out"),
    op!(
        "aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, \
         ScalarType dtype) -> Tensor",
        norm_dim_dtype(_, _, _, _, _), out "dtype_out"
    ),
    op!(
        "aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor",
        norm_dim(_, _, _, _), out "out"
    ),
    op!(
        "aten::frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
        frobenius_norm(_, _, _), out "out"
    ),
    op!("aten::norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor", norm_except_dim(_, _, _)),
    op!("aten::dist(Tensor self, Tensor other, Scalar p=2) -> Tensor", dist(_, _, _), out "out"),
    op!("aten::trace(Tensor self) -> Tensor", trace(_), out "out"),
    op!("aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor", logsumexp(_, _, _), out "out", tags[Converts]),
    op!(
        "aten::special_logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
        logsumexp(_, _, _), out "out", tags[Converts]
    ),
    op!("aten::median(Tensor self) -> Tensor", median(_), out "out"),
    op!("aten::nanmedian(Tensor self) -> Tensor", nanmedian(_), out "out"),
    op!(
        "aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
        median_dim(_, _, _), out "dim_values"
    ),
    op!(
        "aten::nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
        nanmedian_dim(_, _, _), out "dim_values"
    ),
    op!(
        "aten::kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
        kthvalue(_, _, _, _), out "values"
    ),
    op!("aten::mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", mode(_, _, _), out "values"),
];

type Dims = Option<Vec<i64>>;

/// The row types that reductions are written for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    F32,
    F64,
    Int,
    Complex,
}

fn class(dtype: DType) -> Class {
    match dtype {
        DType::F32 | DType::F16 | DType::BF16 => Class::F32,
        d if d.is_complex() => Class::Complex,
        d if d.is_floating_point() => Class::F64,
        _ => Class::Int,
    }
}

/// Reduces with one text for `f32` and `f64` rows and others for integer and complex ones.
macro_rules! reduce {
    ($x:expr, $dims:expr, $keep:expr, $dtype:expr, float |$r:ident| $float:expr $(, int |$i:ident| $int:expr)?
        $(, complex |$c:ident| $complex:expr)? $(,)?) => {{
        let (x, dims, keep, dtype): (&Tensor, &[usize], bool, DType) = ($x, $dims, $keep, $dtype);
        match class(x.dtype()) {
            Class::F32 => fold(x, dims, keep, dtype, &|$r: &[f32]| $float),
            Class::F64 => fold(x, dims, keep, dtype, &|$r: &[f64]| $float),
            $(Class::Int => fold(x, dims, keep, dtype, &|$i: &[i64]| $int),)?
            $(Class::Complex => fold(x, dims, keep, dtype, &|$c: &[Complex64]| $complex),)?
            #[allow(unreachable_patterns)]
            _ => Err(Error::runtime(format!("reduction not implemented for '{}'", x.dtype().name()))),
        }
    }};
}

/// One number per row along `dims`.
fn fold<I: Element, O: Element>(
    x: &Tensor,
    dims: &[usize],
    keep: bool,
    dtype: DType,
    f: &(dyn Fn(&[I]) -> O + Sync),
) -> Result<Tensor> {
    let (view, used) = rows_of(x, dims)?;
    let out = rows::fold(&view, &used, dtype, &Fold { row: f, columns: None })?;
    shaped(out, &shape_after(x, dims, keep))
}

/// As [`fold`], with code for many columns at once, where the order of a row's elements means nothing.
fn fold_any<I: Element, O: Element>(
    x: &Tensor,
    dims: &[usize],
    keep: bool,
    dtype: DType,
    row: &(dyn Fn(&[I]) -> O + Sync),
    columns: &(dyn Fn(&[&[I]], &mut [O]) + Sync),
) -> Result<Tensor> {
    let (mut view, mut used) = rows_of(x, dims)?;
    if used.len() == view.dim() && !view.is_contiguous() && is_non_overlapping_and_dense(view.sizes(), view.strides()) {
        (view, used) = (view.as_strided(&[view.numel() as i64], &[1], None)?, vec![0]);
    }
    let out = rows::fold(&view, &used, dtype, &Fold { row, columns: Some(columns) })?;
    shaped(out, &shape_after(x, dims, keep))
}

/// [`fold_any`] for `f32` and `f64` rows, with one text that names the type `T`.
macro_rules! fold_real {
    ($x:expr, $dims:expr, $keep:expr, $dtype:expr, |$r:ident| $row:expr, |$m:ident, $out:ident| $columns:expr) => {
        match class($x.dtype()) {
            Class::F32 => {
                type T = f32;
                fold_any($x, $dims, $keep, $dtype, &|$r: &[T]| $row, &|$m: &[&[T]], $out| $columns)
            }
            _ => {
                type T = f64;
                fold_any($x, $dims, $keep, $dtype, &|$r: &[T]| $row, &|$m: &[&[T]], $out| $columns)
            }
        }
    };
}

/// A value and its index per row along `dim`: the first of the largest, or smallest, ones.
fn extreme_and_place<I: Element + Ordered>(
    x: &Tensor,
    dims: &[usize],
    keep: bool,
    larger: bool,
) -> Result<(Tensor, Tensor)> {
    let (view, used) = rows_of(x, dims)?;
    let row = |r: &[I]| {
        let at = I::place(r, if larger { I::largest(r) } else { I::smallest(r) });
        (r[at], at as i64)
    };
    let columns = if larger { I::largest_places } else { I::smallest_places };
    let columns = |m: &[&[I]], values: &mut [I], places: &mut [i64]| columns(m, values, places);
    let (values, places) = rows::fold2(&view, &used, [x.dtype(), DType::I64], &row, Some(&columns))?;
    let shape = shape_after(x, dims, keep);
    Ok((shaped(values, &shape)?, shaped(places, &shape)?))
}

/// A number and its index per row along `dim`.
fn pick<I: Element>(
    x: &Tensor,
    dims: &[usize],
    keep: bool,
    f: &(dyn Fn(&[I]) -> (I, i64) + Sync),
) -> Result<(Tensor, Tensor)> {
    let (view, used) = rows_of(x, dims)?;
    let (values, indices) = rows::fold2::<I, I, i64>(&view, &used, [x.dtype(), DType::I64], f, None)?;
    let shape = shape_after(x, dims, keep);
    Ok((shaped(values, &shape)?, shaped(indices, &shape)?))
}

/// A zero-dimensional tensor is a row of one.
fn rows_of(x: &Tensor, dims: &[usize]) -> Result<(Tensor, Vec<usize>)> {
    if x.dim() == 0 {
        return Ok((x.view(&[1])?, vec![0]));
    }
    Ok((x.clone(), dims.to_vec()))
}

fn shaped(out: Tensor, shape: &[i64]) -> Result<Tensor> {
    if out.sizes() == shape {
        return Ok(out);
    }
    out.view(shape)
}

fn shape_after(x: &Tensor, dims: &[usize], keep: bool) -> crate::base::Dims {
    if x.dim() == 0 {
        return crate::base::Dims::new();
    }
    reduced_shape(x.sizes(), dims, keep)
}

/// The dimensions to reduce, in order; all for none given.
fn resolve(x: &Tensor, dims: Option<&[i64]>) -> Result<Vec<usize>> {
    ensure!(x.dim() <= 64, "only tensors with up to 64 dims are supported");
    let Some(dims) = dims.filter(|d| !d.is_empty()) else { return Ok((0..x.dim()).collect()) };
    let mut out = Vec::new();
    for &dim in dims {
        let d = wrap_dim(dim, x.dim())?;
        ensure!(!out.contains(&d), "dim {d} appears multiple times in the list of dims");
        out.push(d);
    }
    out.sort_unstable();
    Ok(if x.dim() == 0 { Vec::new() } else { out })
}

fn cast(x: Tensor, dtype: DType) -> Result<Tensor> {
    if x.dtype() == dtype {
        Ok(x)
    } else {
        x.to_dtype(dtype)
    }
}

/// Sums and products of integers are int64.
fn sum_dtype(x: &Tensor, dtype: Option<DType>) -> DType {
    dtype.unwrap_or(if x.dtype().is_integral(true) { DType::I64 } else { x.dtype() })
}

fn sum(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    sum_dims(x, None, false, dtype)
}

pub(super) fn sum_dims(x: Tensor, dims: Dims, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    let dtype = sum_dtype(&x, dtype);
    // integers and bools are summed as they are
    let x = if x.dtype().is_integral(true) && dtype == DType::I64 { x } else { cast(x, dtype)? };
    let dims = resolve(&x, dims.as_deref())?;
    sum_rows(&x, &dims, keep, dtype)
}

fn sum_rows(x: &Tensor, dims: &[usize], keep: bool, dtype: DType) -> Result<Tensor> {
    match class(x.dtype()) {
        Class::F32 | Class::F64 => fold_real!(x, dims, keep, dtype, |r| T::sum(r), |m, out| T::sum_columns(m, out)),
        Class::Int if x.dtype() == DType::Bool => count_rows(x, dims, keep, dtype, CountAs::Number),
        Class::Int => fold_any(x, dims, keep, dtype, &kernel::sum_i64, &kernel::sum_columns_i64),
        Class::Complex => fold(x, dims, keep, dtype, &|r: &[Complex64]| r.iter().sum::<Complex64>()),
    }
}

fn prod(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    let dims = resolve(&x, None)?;
    prod_rows(x, &dims, false, dtype)
}

fn prod_dim(x: Tensor, dim: i64, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    let dims = resolve(&x, Some(&[dim]))?;
    prod_rows(x, &dims, keep, dtype)
}

fn prod_rows(x: Tensor, dims: &[usize], keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    let dtype = sum_dtype(&x, dtype);
    let x = cast(x, dtype)?;
    let x = &x;
    match class(x.dtype()) {
        Class::Complex => fold(x, dims, keep, dtype, &|r: &[Complex64]| r.iter().product::<Complex64>()),
        Class::Int => fold_any(x, dims, keep, dtype, &i64::product, &i64::product_columns),
        _ => fold_real!(x, dims, keep, dtype, |r| T::product(r), |m, out| T::product_columns(m, out)),
    }
}

fn mean(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    mean_dims(x, None, false, dtype)
}

pub(super) fn mean_dims(x: Tensor, dims: Dims, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    let out = dtype.unwrap_or(x.dtype());
    if out.is_integral(true) {
        let what = if dtype.is_some() { "Optional dtype" } else { "Input dtype" };
        bail!(
            "mean(): could not infer output dtype. {what} must be either a floating point or complex dtype. Got: {}",
            out.name()
        );
    }
    let x = cast(x, out)?;
    let dims = resolve(&x, dims.as_deref())?;
    let x = &x;
    match class(out) {
        Class::Complex => fold(x, &dims, keep, out, &|r: &[Complex64]| r.iter().sum::<Complex64>() / r.len() as f64),
        // the sum overflows where its dtype does
        _ => fold_real!(x, &dims, keep, out, |r| T::sum(r) as T / r.len() as T, |m, out| {
            let mut sums = [0.0; COLUMNS];
            let sums = &mut sums[..m[0].len()];
            T::sum_columns(m, sums);
            out.iter_mut().zip(sums).for_each(|(mean, sum)| *mean = *sum as T / m.len() as T);
        }),
    }
}

fn nansum(x: Tensor, dims: Dims, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    ensure!(!x.dtype().is_complex(), "nansum does not support complex inputs");
    let out = sum_dtype(&x, dtype);
    if x.dtype().is_integral(true) {
        return sum_dims(x, dims, keep, Some(out));
    }
    ensure!(out.is_floating_point(), "\"nansum_cpu\" not implemented for '{out}'");
    let x = cast(x, out)?;
    let dims = resolve(&x, dims.as_deref())?;
    fold_real!(&x, &dims, keep, out, |r| T::nansum(r), |m, out| T::nansum_columns(m, out))
}

fn nanmean(x: Tensor, dims: Dims, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    ensure!(
        x.dtype().is_floating_point() || x.dtype().is_complex(),
        "nanmean(): expected input to have floating point or complex dtype but got {}",
        x.dtype().name()
    );
    ensure!(!x.dtype().is_complex(), "nansum does not support complex inputs");
    let out = dtype.unwrap_or(x.dtype());
    let x = cast(x, out)?;
    let dims = resolve(&x, dims.as_deref())?;
    reduce!(
        &x,
        &dims,
        keep,
        out,
        float | r | {
            let kept = r.iter().filter(|v| !v.is_nan());
            kept.clone().map(|v| *v as f64).sum::<f64>() / kept.count() as f64
        }
    )
}

/// Variance and mean of each row; the divisor is the count less `correction`, at least 0.
fn moments(
    x: &Tensor,
    dims: Option<&[i64]>,
    correction: f64,
    keep: bool,
    root: bool,
    name: &str,
) -> Result<(Tensor, Tensor)> {
    let dtype = x.dtype();
    ensure!(dtype.is_floating_point() || dtype.is_complex(), "{name} only support floating point and complex dtypes");
    let dims = resolve(x, dims)?;
    let finish = |sum: f64, n: usize| {
        let var = sum / (n as f64 - correction).max(0.0);
        if root {
            var.sqrt()
        } else {
            var
        }
    };
    let mean_of = |r: &[Complex64]| r.iter().sum::<Complex64>() / r.len() as f64;
    match class(dtype) {
        Class::F32 => moments_real::<f32>(x, &dims, keep, &finish),
        Class::Complex => {
            let spread = |r: &[Complex64]| {
                let mean = mean_of(r);
                finish(r.iter().map(|v| (v - mean).norm_sqr()).sum::<f64>(), r.len())
            };
            Ok((fold(x, &dims, keep, dtype.to_real(), &spread)?, fold(x, &dims, keep, dtype, &mean_of)?))
        }
        _ => moments_real::<f64>(x, &dims, keep, &finish),
    }
}

/// Both moments of each row; `finish` takes the sum of squared distances and the count.
fn moments_real<T: Element + Reduce>(
    x: &Tensor,
    dims: &[usize],
    keep: bool,
    finish: &(dyn Fn(f64, usize) -> f64 + Sync),
) -> Result<(Tensor, Tensor)> {
    let row = |r: &[T]| {
        let mean = T::sum(r) / r.len() as f64;
        (finish(T::spread(r, mean), r.len()), mean)
    };
    let columns = |m: &[&[T]], spreads: &mut [f64], means: &mut [f64]| {
        T::sum_columns(m, means);
        means.iter_mut().for_each(|mean| *mean /= m.len() as f64);
        T::spread_columns(m, means, spreads);
        spreads.iter_mut().for_each(|spread| *spread = finish(*spread, m.len()));
    };
    let (view, used) = rows_of(x, dims)?;
    let (spread, mean) = rows::fold2(&view, &used, [x.dtype(), x.dtype()], &row, Some(&columns))?;
    let shape = shape_after(x, dims, keep);
    Ok((shaped(spread, &shape)?, shaped(mean, &shape)?))
}

macro_rules! spreads {
    ($($all:ident, $dim:ident, $corrected:ident, $mean_all:ident, $mean_dim:ident, $mean_corrected:ident, $root:literal, $pair:literal;)*)
        => { $(
        fn $all(x: Tensor, unbiased: bool) -> Result<Tensor> {
            Ok(moments(&x, None, unbiased as i64 as f64, false, $root, "std and var")?.0)
        }
        fn $dim(x: Tensor, dims: Dims, unbiased: bool, keep: bool) -> Result<Tensor> {
            Ok(moments(&x, dims.as_deref(), unbiased as i64 as f64, keep, $root, "std and var")?.0)
        }
        fn $corrected(x: Tensor, dims: Dims, correction: Option<Scalar>, keep: bool) -> Result<Tensor> {
            Ok(moments(&x, dims.as_deref(), correction.map_or(1.0, Scalar::to_f64), keep, $root, "std and var")?.0)
        }
        fn $mean_all(x: Tensor, unbiased: bool) -> Result<(Tensor, Tensor)> {
            moments(&x, None, unbiased as i64 as f64, false, $root, $pair)
        }
        fn $mean_dim(x: Tensor, dims: Dims, unbiased: bool, keep: bool) -> Result<(Tensor, Tensor)> {
            moments(&x, dims.as_deref(), unbiased as i64 as f64, keep, $root, $pair)
        }
        fn $mean_corrected(x: Tensor, dims: Dims, correction: Option<Scalar>, keep: bool) -> Result<(Tensor, Tensor)> {
            moments(&x, dims.as_deref(), correction.map_or(1.0, Scalar::to_f64), keep, $root, $pair)
        }
    )* };
}
spreads! {
    var, var_dim, var_correction, var_mean, var_mean_dim, var_mean_correction, false, "var_mean";
    std, std_dim, std_correction, std_mean, std_mean_dim, std_mean_correction, true, "std_mean";
}

/// Refuses dtypes without an order, in PyTorch's words.
fn ordered(name: &str, x: &Tensor) -> Result<()> {
    if x.dtype().is_complex() {
        bail!("\"{name}\" not implemented for '{}'", x.dtype().name());
    }
    Ok(())
}

fn extreme_values(x: &Tensor, dims: &[usize], keep: bool, larger: bool) -> Result<Tensor> {
    fn values<T: Element + Ordered>(x: &Tensor, dims: &[usize], keep: bool, larger: bool) -> Result<Tensor> {
        let dtype = x.dtype();
        match larger {
            true => fold_any(x, dims, keep, dtype, &T::largest, &T::largest_columns),
            false => fold_any(x, dims, keep, dtype, &T::smallest, &T::smallest_columns),
        }
    }
    match class(x.dtype()) {
        Class::F32 => values::<f32>(x, dims, keep, larger),
        Class::F64 => values::<f64>(x, dims, keep, larger),
        Class::Int => values::<i64>(x, dims, keep, larger),
        Class::Complex => Err(Error::runtime(format!(
            "\"{}_values_cpu\" not implemented for '{}'",
            if larger { "max" } else { "min" },
            x.dtype().name()
        ))),
    }
}

fn max(x: Tensor) -> Result<Tensor> {
    extreme_all(x, "max", true)
}

fn min(x: Tensor) -> Result<Tensor> {
    extreme_all(x, "min", false)
}

fn extreme_all(x: Tensor, name: &str, larger: bool) -> Result<Tensor> {
    ordered(if larger { "max_all" } else { "min_all" }, &x)?;
    ensure!(
        x.numel() > 0,
        "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the \
         'dim' argument."
    );
    let dims = resolve(&x, None)?;
    extreme_values(&x, &dims, false, larger)
}

fn max_dim(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    extreme_dim(x, "max", dim, keep, true)
}

fn min_dim(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    extreme_dim(x, "min", dim, keep, false)
}

fn nonempty(name: &str, x: &Tensor, dims: &[usize]) -> Result<()> {
    if let Some(d) = dims.iter().find(|d| x.sizes()[**d] == 0) {
        bail!("{name}(): Expected reduction dim {d} to have non-zero size.");
    }
    Ok(())
}

fn extreme_dim(x: Tensor, name: &str, dim: i64, keep: bool, larger: bool) -> Result<(Tensor, Tensor)> {
    let dims = resolve(&x, Some(&[dim]))?;
    nonempty(name, &x, &dims)?;
    ensure!(!x.dtype().is_complex(), "{name}(): does not support complex input");
    match class(x.dtype()) {
        Class::F32 => extreme_and_place::<f32>(&x, &dims, keep, larger),
        Class::F64 => extreme_and_place::<f64>(&x, &dims, keep, larger),
        _ => extreme_and_place::<i64>(&x, &dims, keep, larger),
    }
}

/// Values and indices from functions that find an index in a non-empty row.
fn by_index(
    x: &Tensor,
    dims: &[usize],
    keep: bool,
    single: &(dyn Fn(&[f32]) -> usize + Sync),
    double: &(dyn Fn(&[f64]) -> usize + Sync),
    int: &(dyn Fn(&[i64]) -> usize + Sync),
) -> Result<(Tensor, Tensor)> {
    fn at<T: Copy>(row: &[T], i: usize) -> (T, i64) {
        (row[i], i as i64)
    }
    match class(x.dtype()) {
        Class::F32 => pick::<f32>(x, dims, keep, &|r| at(r, single(r))),
        Class::F64 => pick::<f64>(x, dims, keep, &|r| at(r, double(r))),
        Class::Int => pick::<i64>(x, dims, keep, &|r| at(r, int(r))),
        Class::Complex => Err(Error::runtime(format!("not implemented for '{}'", x.dtype().name()))),
    }
}

fn amax(x: Tensor, dims: Vec<i64>, keep: bool) -> Result<Tensor> {
    let dims = extreme_dims(&x, "amax", &dims)?;
    extreme_values(&x, &dims, keep, true)
}

fn extreme_dims(x: &Tensor, name: &str, dims: &[i64]) -> Result<Vec<usize>> {
    ensure!(
        x.numel() > 0 || !dims.is_empty(),
        "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the \
         'dim' argument."
    );
    let dims = resolve(x, Some(dims))?;
    nonempty(name, x, &dims)?;
    Ok(dims)
}

fn amin(x: Tensor, dims: Vec<i64>, keep: bool) -> Result<Tensor> {
    let dims = extreme_dims(&x, "amin", &dims)?;
    extreme_values(&x, &dims, keep, false)
}

fn aminmax(x: Tensor, dim: Option<i64>, keep: bool) -> Result<(Tensor, Tensor)> {
    ordered("aminmax_cpu", &x)?;
    ensure!(
        x.numel() > 0 || dim.is_some(),
        "aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity."
    );
    let dims = resolve(&x, dim.as_ref().map(std::slice::from_ref))?;
    nonempty("aminmax", &x, &dims)?;
    Ok((extreme_values(&x, &dims, keep, false)?, extreme_values(&x, &dims, keep, true)?))
}

fn argmax(x: Tensor, dim: Option<i64>, keep: bool) -> Result<Tensor> {
    arg_extreme(x, "argmax", dim, keep, true)
}

fn argmin(x: Tensor, dim: Option<i64>, keep: bool) -> Result<Tensor> {
    arg_extreme(x, "argmin", dim, keep, false)
}

fn arg_extreme(x: Tensor, name: &str, dim: Option<i64>, keep: bool, larger: bool) -> Result<Tensor> {
    let dtype = x.dtype();
    ensure!(dtype != DType::Bool && !dtype.is_complex(), "\"{name}_cpu\" not implemented for '{}'", dtype.name());
    match dim {
        Some(dim) => Ok(extreme_dim(x, name, dim, keep, larger)?.1),
        None => {
            ensure!(
                x.numel() > 0,
                "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim \
                 with the 'dim' argument."
            );
            let index = extreme_dim(x.reshape(&[-1])?, name, 0, false, larger)?.1;
            if keep {
                index.view(&vec![1; x.dim()])
            } else {
                Ok(index)
            }
        }
    }
}

/// Bool, but uint8 for uint8 tensors.
fn truth_dtype(x: &Tensor) -> DType {
    if x.dtype() == DType::U8 {
        DType::U8
    } else {
        DType::Bool
    }
}

/// What the number of elements that are not zero says.
#[derive(Clone, Copy)]
enum CountAs {
    Number,
    Any,
    All,
}

fn count_rows(x: &Tensor, dims: &[usize], keep: bool, dtype: DType, what: CountAs) -> Result<Tensor> {
    fn counts<T: Element + Truth>(x: &Tensor, dims: &[usize], keep: bool, out: DType, what: CountAs) -> Result<Tensor> {
        let row = |r: &[T]| match what {
            CountAs::Number => T::count(r) as i64,
            CountAs::Any => kernel::any(r) as i64,
            CountAs::All => kernel::all(r) as i64,
        };
        fold_any(x, dims, keep, out, &row, &|m, out| {
            T::count_columns(m, out);
            match what {
                CountAs::Number => {}
                CountAs::Any => out.iter_mut().for_each(|n| *n = (*n > 0) as i64),
                CountAs::All => out.iter_mut().for_each(|n| *n = (*n == m.len() as i64) as i64),
            }
        })
    }
    match class(x.dtype()) {
        Class::F32 => counts::<f32>(x, dims, keep, dtype, what),
        Class::F64 => counts::<f64>(x, dims, keep, dtype, what),
        Class::Int if x.dtype() == DType::Bool => counts::<u8>(&x.reinterpret(DType::U8)?, dims, keep, dtype, what),
        Class::Int if x.dtype() == DType::U8 => counts::<u8>(x, dims, keep, dtype, what),
        Class::Int => counts::<i64>(x, dims, keep, dtype, what),
        Class::Complex => fold(x, dims, keep, dtype, &|r: &[Complex64]| {
            let n = r.iter().filter(|v| v.re != 0.0 || v.im != 0.0).count();
            match what {
                CountAs::Number => n as i64,
                CountAs::Any => (n > 0) as i64,
                CountAs::All => (n == r.len()) as i64,
            }
        }),
    }
}

fn any_rows(x: &Tensor, dims: Option<&[i64]>, keep: bool) -> Result<Tensor> {
    if dims.is_some_and(<[i64]>::is_empty) {
        return each_truth(x);
    }
    count_rows(x, &resolve(x, dims)?, keep, truth_dtype(x), CountAs::Any)
}

/// No dimension at all: each element by itself.
fn each_truth(x: &Tensor) -> Result<Tensor> {
    x.to_dtype(DType::Bool)?.to_dtype(truth_dtype(x))
}

fn all_rows(x: &Tensor, dims: Option<&[i64]>, keep: bool) -> Result<Tensor> {
    if dims.is_some_and(<[i64]>::is_empty) {
        return each_truth(x);
    }
    count_rows(x, &resolve(x, dims)?, keep, truth_dtype(x), CountAs::All)
}

fn any(x: Tensor) -> Result<Tensor> {
    any_rows(&x, None, false)
}
pub(super) fn any_dim(x: Tensor, dim: i64, keep: bool) -> Result<Tensor> {
    any_rows(&x, Some(&[dim]), keep)
}
fn any_dims(x: Tensor, dims: Dims, keep: bool) -> Result<Tensor> {
    any_rows(&x, dims.as_deref(), keep)
}
fn all(x: Tensor) -> Result<Tensor> {
    all_rows(&x, None, false)
}
fn all_dim(x: Tensor, dim: i64, keep: bool) -> Result<Tensor> {
    all_rows(&x, Some(&[dim]), keep)
}
fn all_dims(x: Tensor, dims: Dims, keep: bool) -> Result<Tensor> {
    all_rows(&x, dims.as_deref(), keep)
}

fn count_nonzero(x: Tensor, dim: Option<i64>) -> Result<Tensor> {
    count_nonzero_dims(x, dim.into_iter().collect())
}

fn count_nonzero_dims(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    count_rows(&x, &resolve(&x, Some(&dims))?, false, DType::I64, CountAs::Number)
}

/// The p-norm of absolute values.
fn p_norm(values: impl Iterator<Item = f64>, p: f64) -> f64 {
    if p == 2.0 {
        values.map(|v| v * v).sum::<f64>().sqrt()
    } else if p == 1.0 {
        values.sum()
    } else if p == 0.0 {
        values.filter(|v| *v != 0.0).count() as f64
    } else if p == f64::INFINITY {
        values.fold(0.0, |a, v| if v > a || v.is_nan() { v } else { a })
    } else if p == f64::NEG_INFINITY {
        values.fold(f64::INFINITY, |a, v| if v < a || v.is_nan() { v } else { a })
    } else {
        values.map(|v| v.powf(p)).sum::<f64>().powf(1.0 / p)
    }
}

pub(super) fn vector_norm(x: Tensor, p: Scalar, dims: Dims, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    ensure!(
        x.dtype().is_floating_point() || x.dtype().is_complex(),
        "linalg.vector_norm: Expected a floating point or complex tensor as input. Got {}",
        x.dtype().name()
    );
    if let Some(d) = dtype {
        ensure!(
            d.is_complex() == x.dtype().is_complex() && promote_types(x.dtype(), d) == d,
            "linalg.vector_norm: the dtype of the input ({}) should be convertible without narrowing to the specified \
             dtype ({})",
            x.dtype().name(),
            d.name()
        );
    }
    let x = cast(x.clone(), dtype.unwrap_or(x.dtype()))?;
    let p = p.to_f64();
    let dims = resolve(&x, dims.as_deref())?;
    if p < 0.0 || p == f64::INFINITY {
        for d in &dims {
            ensure!(
                x.sizes()[*d] != 0,
                "linalg.vector_norm cannot compute the {p} norm on an empty tensor because the operation does not have \
                 an identity"
            );
        }
    }
    let real = !x.dtype().is_complex();
    let (x, dtype) = (&x, x.dtype());
    if real && p == 2.0 {
        return fold_real!(x, &dims, keep, dtype, |r| T::squares(r).sqrt(), |m, out| {
            T::squares_columns(m, out);
            out.iter_mut().for_each(|sum| *sum = sum.sqrt());
        });
    }
    if real && p == 1.0 {
        return fold_real!(x, &dims, keep, dtype, |r| T::sizes(r), |m, out| T::sizes_columns(m, out));
    }
    reduce!(
        x,
        &dims,
        keep,
        dtype.to_real(),
        float | r | p_norm(r.iter().map(|v| (*v as f64).abs()), p),
        complex | r | p_norm(r.iter().map(|v| v.norm()), p)
    )
}

fn norm_impl(x: Tensor, p: Option<Scalar>, dims: Dims, keep: bool, dtype: Option<DType>) -> Result<Tensor> {
    let d = dtype.unwrap_or(x.dtype());
    ensure!(
        d.is_floating_point() || d.is_complex(),
        "norm(): input dtype should be either floating point or complex. Got {} instead.",
        d.name()
    );
    if dtype.is_some() {
        ensure!(!d.is_complex(), "Expected out tensor to have dtype {}, but got {d} instead", d.to_real());
    }
    vector_norm(x, p.unwrap_or(Scalar::Int(2)), dims, keep, dtype)
}

fn norm(x: Tensor, p: Scalar) -> Result<Tensor> {
    norm_impl(x, Some(p), None, false, None)
}
fn norm_dim(x: Tensor, p: Option<Scalar>, dims: Vec<i64>, keep: bool) -> Result<Tensor> {
    norm_impl(x, p, Some(dims), keep, None)
}
fn norm_dim_dtype(x: Tensor, p: Option<Scalar>, dims: Vec<i64>, keep: bool, dtype: DType) -> Result<Tensor> {
    norm_impl(x, p, Some(dims), keep, Some(dtype))
}
fn norm_dtype(x: Tensor, p: Option<Scalar>, dtype: DType) -> Result<Tensor> {
    norm_impl(x, p, None, false, Some(dtype))
}
fn frobenius_norm(x: Tensor, dims: Vec<i64>, keep: bool) -> Result<Tensor> {
    norm_impl(x, None, Some(dims), keep, None)
}

/// The norm over all dimensions but `dim`; -1 for all.
fn norm_except_dim(x: Tensor, p: i64, dim: i64) -> Result<Tensor> {
    let p = Some(Scalar::Int(p));
    if dim == -1 {
        return norm_impl(x, p, None, false, None);
    }
    let d = wrap_dim(dim, x.dim())? as i64;
    let others: Vec<i64> = (0..x.dim() as i64).filter(|i| *i != d).collect();
    norm_impl(x, p, Some(others), true, None)
}

fn dist(x: Tensor, other: Tensor, p: Scalar) -> Result<Tensor> {
    let difference = apply_tensors(&SUB, &[&x, &other], &[])?;
    norm_impl(difference, Some(p), None, false, None)
}

fn trace(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() == 2, "trace: expected a matrix, but got tensor with dim {}", x.dim());
    let d = x.dtype();
    ensure!(!matches!(d, DType::F16 | DType::BF16 | DType::Bool), "\"trace\" not implemented for '{d}'");
    sum(x.diagonal(0, 0, 1)?, None)
}

fn logsumexp(x: Tensor, dims: Vec<i64>, keep: bool) -> Result<Tensor> {
    let x = cast(x.clone(), super::promote::float_type(x.dtype()))?;
    let dims = resolve(&x, Some(&dims))?;
    match class(x.dtype()) {
        Class::F32 => logsumexp_real::<f32>(&x, &dims, keep),
        Class::Complex => fold(&x, &dims, keep, x.dtype(), &|r: &[Complex64]| {
            let top = r.iter().fold(f64::NEG_INFINITY, |a, v| a.max(v.re));
            let shift = if top.is_finite() { top } else { 0.0 };
            r.iter().map(|v| (v - shift).exp()).sum::<Complex64>().ln() + shift
        }),
        _ => logsumexp_real::<f64>(&x, &dims, keep),
    }
}

fn logsumexp_real<T: Element + Reduce + Ordered>(x: &Tensor, dims: &[usize], keep: bool) -> Result<Tensor> {
    let zero = T::default();
    // ±∞ and NaN are the result; exponents are taken relative to the largest number
    let shift = |top: T| if top.to_f64().is_finite() { top } else { zero };
    let finish = |top: T, sum: f64| if top.to_f64().is_finite() { sum.ln() + top.to_f64() } else { top.to_f64() };
    let row = |r: &[T]| match r {
        [] => f64::NEG_INFINITY,
        _ => {
            let top = T::largest(r);
            finish(top, T::exps(r, shift(top)))
        }
    };
    fold_any(x, dims, keep, x.dtype(), &row, &|m: &[&[T]], out: &mut [f64]| {
        let (mut tops, mut shifts) = ([zero; COLUMNS], [zero; COLUMNS]);
        let (tops, shifts) = (&mut tops[..m[0].len()], &mut shifts[..m[0].len()]);
        T::largest_columns(m, tops);
        shifts.iter_mut().zip(tops.iter()).for_each(|(s, top)| *s = shift(*top));
        T::exps_columns(m, shifts, out);
        out.iter_mut().zip(tops.iter()).for_each(|(sum, top)| *sum = finish(*top, *sum));
    })
}

/// The index of the element that would stand at place `k` in ascending order; NaN is above all.
fn nth<T: PartialOrd + Copy>(row: &[T], k: usize) -> usize {
    let mut order: Vec<usize> = (0..row.len()).collect();
    let k = k.min(row.len() - 1);
    *order.select_nth_unstable_by(k, |a, b| super::sort::ascending(&row[*a], &row[*b]).then(a.cmp(b))).1
}

/// [`nth`] by sorting keys.
fn nth_single(row: &[f32], k: usize) -> usize {
    if row.len() > select::MOST_KEYS {
        return nth(row, k);
    }
    let mut keys = select::keys(row, false);
    select::place(*keys.select_nth_unstable(k.min(row.len() - 1)).1)
}

/// The lower median, which `nth` finds; NaN if there is one, unless they are ignored.
fn middle<T: PartialOrd + Copy>(row: &[T], ignore_nan: bool, nth: fn(&[T], usize) -> usize) -> usize {
    #[allow(clippy::eq_op)]
    let nans = row.iter().filter(|v| **v != **v).count();
    if nans > 0 && !ignore_nan {
        #[allow(clippy::eq_op)]
        return row.iter().position(|v| *v != *v).unwrap_or(0);
    }
    nth(row, (row.len() - nans).max(1).div_ceil(2) - 1)
}

fn median_all(x: Tensor, ignore_nan: bool) -> Result<Tensor> {
    ordered("median_cpu", &x)?;
    ensure!(x.dtype() != DType::Bool, "\"median_cpu\" not implemented for 'Bool'");
    if x.numel() == 0 {
        let nan = if x.dtype().is_floating_point() { Scalar::Float(f64::NAN) } else { Scalar::Int(i64::MIN) };
        return Tensor::scalar(nan, x.dtype());
    }
    Ok(median_of(x.reshape(&[-1])?, 0, false, ignore_nan)?.0)
}

fn median_of(x: Tensor, dim: i64, keep: bool, ignore_nan: bool) -> Result<(Tensor, Tensor)> {
    let dims = resolve(&x, Some(&[dim]))?;
    nonempty("median", &x, &dims)?;
    ordered("median_out", &x)?;
    ensure!(x.dtype() != DType::Bool, "\"median_out\" not implemented for 'Bool'");
    let single = |r: &[f32]| middle(r, ignore_nan, nth_single);
    by_index(&x, &dims, keep, &single, &|r| middle(r, ignore_nan, nth), &|r| middle(r, ignore_nan, nth))
}

fn median(x: Tensor) -> Result<Tensor> {
    median_all(x, false)
}
fn nanmedian(x: Tensor) -> Result<Tensor> {
    median_all(x, true)
}
fn median_dim(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    median_of(x, dim, keep, false)
}
fn nanmedian_dim(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    median_of(x, dim, keep, true)
}

fn kthvalue(x: Tensor, k: i64, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    let dims = resolve(&x, Some(&[dim]))?;
    let n = dims.first().map_or(1, |d| x.sizes()[*d]);
    nonempty("kthvalue", &x, &dims)?;
    ensure!(
        k >= 1 && k <= n,
        "kthvalue(): selected number k out of range for dimension {}",
        dims.first().unwrap_or(&0)
    );
    ordered("kthvalue_cpu", &x)?;
    ensure!(x.dtype() != DType::Bool, "\"kthvalue_cpu\" not implemented for 'Bool'");
    let k = k as usize - 1;
    by_index(&x, &dims, keep, &|r| quick_select(r, k), &|r| quick_select(r, k), &|r| quick_select(r, k))
}

/// Where the `k`th smallest value is, NaN the greatest; of equal ones the place that PyTorch finds.
fn quick_select<T: PartialOrd + Copy>(row: &[T], k: usize) -> usize {
    select::quick_select(row.len(), k, &|a, b| super::sort::ascending(&row[a], &row[b]).is_lt())
}

/// The smallest of the most frequent values, and the last of its places.
fn mode(x: Tensor, dim: i64, keep: bool) -> Result<(Tensor, Tensor)> {
    fn most<T: PartialOrd + Copy>(row: &[T]) -> usize {
        // the way of sorting decides which of equal elements is named
        let order = crate::kernel::select::all(row.len(), &|a, b| row[a] < row[b]);
        let (mut best, mut best_count, mut count) = (0, 0, 0);
        for (i, &at) in order.iter().enumerate() {
            count += 1;
            if order.get(i + 1).is_none_or(|next| row[at] != row[*next]) {
                if count > best_count {
                    (best, best_count) = (at, count);
                }
                count = 0;
            }
        }
        best
    }
    let dims = resolve(&x, Some(&[dim]))?;
    nonempty("mode", &x, &dims)?;
    ordered("mode_cpu", &x)?;
    by_index(&x, &dims, keep, &|r| most(r), &|r| most(r), &|r| most(r))
}
