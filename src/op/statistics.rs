//! Statistics of samples: quantiles, histograms.

use std::sync::Arc;

use super::compose::{cast, div};
use super::Op;
use crate::base::{contiguous_strides, wrap_dim, DType, Scalar};
use crate::tensor::rows;
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        r#"aten::quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor"#,
        quantile(_, _, _, _, _), out "out"
    ),
    op!(
        r#"aten::quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor"#,
        quantile_number(_, _, _, _, _), out "scalar_out"
    ),
    op!(
        r#"aten::nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor"#,
        nanquantile(_, _, _, _, _), out "out"
    ),
    op!(
        r#"aten::nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor"#,
        nanquantile_number(_, _, _, _, _), out "scalar_out"
    ),
    op!(
        "aten::histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> \
         (Tensor hist, Tensor bin_edges)",
        histogram_edges(_, _, _, _), out "bins_tensor_out", tags[MayAlias]),
    op!(
        "aten::histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, \
         bool density=False) -> (Tensor hist, Tensor bin_edges)",
        histogram_count(_, _, _, _, _), out "bin_ct_out"
    ),
    op!(
        "aten::histogramdd(Tensor self, int[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> \
         (Tensor hist, Tensor[] bin_edges)",
        histogramdd(_, _, _, _, _)
    ),
    op!(
        "aten::histogramdd.int_bins(Tensor self, int bins, float[]? range=None, Tensor? weight=None, \
         bool density=False) -> (Tensor hist, Tensor[] bin_edges)",
        histogramdd_count(_, _, _, _, _)
    ),
    op!(
        "aten::histogramdd.TensorList_bins(Tensor self, Tensor[] bins, float[]? range=None, Tensor? weight=None, \
         bool density=False) -> (Tensor hist, Tensor[] bin_edges)",
        histogramdd_edges(_, _, _, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::_histogramdd_bin_edges(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, \
         bool density=False) -> Tensor[]",
        bin_edges(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_histogramdd_from_bin_cts(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, \
         bool density=False) -> Tensor",
        from_counts(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_histogramdd_from_bin_tensors(Tensor self, Tensor[] bins, *, Tensor? weight=None, \
         bool density=False) -> Tensor",
        from_edges(_, _, _, _), out "out"
    ),
];

#[derive(Clone, Copy)]
enum Between {
    Linear,
    Lower,
    Higher,
    Midpoint,
    Nearest,
}

impl Between {
    fn parse(name: &str) -> Result<Between> {
        Ok(match name {
            "linear" => Between::Linear,
            "lower" => Between::Lower,
            "higher" => Between::Higher,
            "midpoint" => Between::Midpoint,
            "nearest" => Between::Nearest,
            other => bail!(
                "quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {other}"
            ),
        })
    }
}

macro_rules! quantiles {
    ($($of:ident, $of_number:ident, $ignore_nan:literal;)*) => { $(
        fn $of(x: Tensor, q: Tensor, dim: Option<i64>, keep: bool, between: Arc<str>) -> Result<Tensor> {
            quantile_of(x, q, dim, keep, &between, $ignore_nan)
        }
        fn $of_number(x: Tensor, q: f64, dim: Option<i64>, keep: bool, between: Arc<str>) -> Result<Tensor> {
            ensure!((0.0..=1.0).contains(&q), "quantile() q must be in the range [0, 1] but got {q}");
            let q = Tensor::scalar(Scalar::Float(q), x.dtype())?;
            quantile_of(x, q, dim, keep, &between, $ignore_nan)
        }
    )* };
}
quantiles! {
    quantile, quantile_number, false;
    nanquantile, nanquantile_number, true;
}

/// The quantiles are the first dimension of the result when `q` has one.
fn quantile_of(x: Tensor, q: Tensor, dim: Option<i64>, keep: bool, between: &str, ignore_nan: bool) -> Result<Tensor> {
    ensure!(x.numel() > 0, "quantile() input tensor must be non-empty");
    ensure!(q.dim() < 2, "quantile() q must be a scalar or 1D tensor");
    ensure!(
        matches!(x.dtype(), DType::F32 | DType::F64),
        "quantile() input tensor must be either float or double dtype"
    );
    ensure!(x.dtype() == q.dtype(), "quantile() q tensor must be same dtype as the input tensor");
    let between = Between::parse(between)?;
    let dims = match dim {
        Some(dim) => vec![wrap_dim(dim, x.dim())?],
        None => (0..x.dim()).collect(),
    };
    let view = if x.dim() == 0 { x.view(&[1])? } else { x.clone() };
    let used: &[usize] = if x.dim() == 0 { &[0] } else { &dims };
    let len: i64 = used.iter().map(|d| view.sizes()[*d]).product();
    ensure!(len <= 16_000_000, "quantile() input tensor is too large");
    let ranks = q.to_vec::<f64>()?;
    ensure!(ranks.iter().all(|q| (0.0..=1.0).contains(q)), "quantile() q values must be in the range [0, 1]");
    let single = x.dtype() == DType::F32;
    let out = rows::map::<f64, f64>(&view, used, ranks.len(), x.dtype(), &|row, out| {
        let mut sorted = row.to_vec();
        sorted.sort_by(super::sort::ascending);
        let valid = sorted.partition_point(|v| !v.is_nan());
        let last = if ignore_nan { valid.max(1) } else { sorted.len() } - 1;
        let broken = if ignore_nan { valid == 0 } else { valid < sorted.len() };
        for (out, q) in out.iter_mut().zip(&ranks) {
            *out = if broken { f64::NAN } else { value_at(&sorted, q * last as f64, between, single) };
        }
    })?;
    let mut shape = if x.dim() == 0 { Default::default() } else { rows::reduced_shape(x.sizes(), &dims, keep) };
    if q.dim() == 0 {
        return out.view(&shape);
    }
    let rank = shape.len() as i64;
    shape.push(ranks.len() as i64);
    let order: Vec<i64> = std::iter::once(rank).chain(0..rank).collect();
    out.view(&shape)?.permute(&order)
}

/// The value at a place between two of the sorted values.
fn value_at(sorted: &[f64], place: f64, between: Between, single: bool) -> f64 {
    // the place is a number of the input's dtype
    let place = if single { place as f32 as f64 } else { place };
    let below = place.floor();
    let (low, high) = (sorted[below as usize], sorted[(place.ceil() as usize).min(sorted.len() - 1)]);
    let weight = match between {
        Between::Lower => return low,
        Between::Higher => return high,
        Between::Nearest => return sorted[place.round_ties_even() as usize],
        Between::Midpoint => 0.5,
        Between::Linear => place - below,
    };
    if weight < 0.5 {
        low + weight * (high - low)
    } else {
        high - (high - low) * (1.0 - weight)
    }
}

/// How a sample finds its bin.
#[derive(Clone, Copy, PartialEq)]
enum Search {
    /// The bins are even: computed, then corrected among its neighbours.
    Even,
    Binary,
}

type Range = Option<Vec<f64>>;

fn histogram_edges(x: Tensor, bins: Tensor, weight: Option<Tensor>, density: bool) -> Result<(Tensor, Tensor)> {
    let (x, weight) = flat_samples(&x, weight)?;
    let hist = count(&x, std::slice::from_ref(&bins), weight.as_ref(), density, Search::Binary)?;
    Ok((hist, bins))
}

fn histogram_count(
    x: Tensor,
    bins: i64,
    range: Range,
    weight: Option<Tensor>,
    density: bool,
) -> Result<(Tensor, Tensor)> {
    let (x, weight) = flat_samples(&x, weight)?;
    let edges = even_edges(&x, &[bins], &range, weight.as_ref())?;
    let hist = count(&x, &edges, weight.as_ref(), density, Search::Even)?;
    Ok((hist, edges.into_iter().next().ok_or_else(|| crate::Error::internal("no edges"))?))
}

/// Samples of one dimension.
fn flat_samples(x: &Tensor, weight: Option<Tensor>) -> Result<(Tensor, Option<Tensor>)> {
    let flat = x.reshape(&[x.numel() as i64, 1])?;
    let weight = match weight {
        Some(w) if w.sizes() == x.sizes() => Some(w.reshape(&[x.numel() as i64])?),
        other => other,
    };
    Ok((flat, weight))
}

type Histogram = (Tensor, crate::value::List);

fn with_edges(hist: Tensor, edges: Vec<Tensor>) -> Histogram {
    (hist, crate::value::List::new(crate::Type::TENSOR, edges.into_iter().map(Into::into).collect()))
}

fn histogramdd(x: Tensor, bins: Vec<i64>, range: Range, weight: Option<Tensor>, density: bool) -> Result<Histogram> {
    let edges = even_edges(&x, &bins, &range, weight.as_ref())?;
    Ok(with_edges(count(&x, &edges, weight.as_ref(), density, Search::Even)?, edges))
}

fn histogramdd_count(x: Tensor, bins: i64, range: Range, weight: Option<Tensor>, density: bool) -> Result<Histogram> {
    let n = x.sizes().last().copied().unwrap_or(1);
    histogramdd(x, vec![bins; n as usize], range, weight, density)
}

fn histogramdd_edges(
    x: Tensor,
    bins: Vec<Tensor>,
    _: Range,
    weight: Option<Tensor>,
    density: bool,
) -> Result<Histogram> {
    Ok(with_edges(count(&x, &bins, weight.as_ref(), density, Search::Binary)?, bins))
}

fn bin_edges(x: Tensor, bins: Vec<i64>, range: Range, weight: Option<Tensor>, _: bool) -> Result<Vec<Tensor>> {
    even_edges(&x, &bins, &range, weight.as_ref())
}

fn from_counts(x: Tensor, bins: Vec<i64>, range: Range, weight: Option<Tensor>, density: bool) -> Result<Tensor> {
    let edges = even_edges(&x, &bins, &range, weight.as_ref())?;
    count(&x, &edges, weight.as_ref(), density, Search::Even)
}

fn from_edges(x: Tensor, bins: Vec<Tensor>, weight: Option<Tensor>, density: bool) -> Result<Tensor> {
    count(&x, &bins, weight.as_ref(), density, Search::Binary)
}

/// The edges of so many even bins over `range`, or over the samples.
fn even_edges(x: &Tensor, bins: &[i64], range: &Range, weight: Option<&Tensor>) -> Result<Vec<Tensor>> {
    check_samples(x, bins.len(), weight)?;
    let n = bins.len();
    for (d, &bins) in bins.iter().enumerate() {
        ensure!(bins > 0, "torch.histogram(): bins must be > 0, but got {bins} for dimension {d}");
    }
    let limits: Vec<(f64, f64)> = match range {
        Some(range) => {
            ensure!(
                range.len() == 2 * n,
                "torch.histogramdd: for a {n}-dimensional histogram range should have {} elements, but got {}",
                2 * n,
                range.len()
            );
            range.chunks(2).map(|pair| (pair[0], pair[1])).collect()
        }
        None if x.numel() == 0 => vec![(0.0, 1.0); n],
        None => {
            let values = x.to_vec::<f64>()?;
            let column = |d: usize| values.iter().skip(d).step_by(n);
            let pick = |larger: bool| {
                move |a: f64, b: &f64| {
                    let wins = a.is_nan() || (!b.is_nan() && if larger { a >= *b } else { a <= *b });
                    if wins {
                        a
                    } else {
                        *b
                    }
                }
            };
            let first = |d: usize| values[d];
            (0..n).map(|d| (column(d).fold(first(d), pick(false)), column(d).fold(first(d), pick(true)))).collect()
        }
    };
    let mut edges = Vec::with_capacity(n);
    for (d, (&bins, (mut low, mut high))) in bins.iter().zip(limits).enumerate() {
        ensure!(
            low.is_finite() && high.is_finite(),
            "torch.histogramdd: dimension {d}'s range [{}, {}] is not finite",
            c_number(low),
            c_number(high)
        );
        ensure!(
            low <= high,
            "torch.histogramdd: min should not exceed max, but got min {low} max {high} for dimension {d}"
        );
        if low == high {
            (low, high) = (low - 0.5, high + 0.5);
        }
        let (low, high) = (Scalar::Float(low).into(), Scalar::Float(high).into());
        edges.push(super::create::linspace(low, high, bins.saturating_add(1), Some(x.dtype()), None, None, None)?);
    }
    Ok(edges)
}

/// As C++ streams write it.
fn c_number(v: f64) -> String {
    v.to_string().replace("NaN", "nan")
}

fn check_samples(x: &Tensor, bins: usize, weight: Option<&Tensor>) -> Result<()> {
    ensure!(x.dim() >= 2, "torch.histogramdd: input tensor should have at least 2 dimensions");
    let (n, outer) = (x.sizes()[x.dim() - 1], &x.sizes()[..x.dim() - 1]);
    ensure!(n == bins as i64, "histogramdd: The size of bins must be equal to the innermost dimension of the input.");
    let low = |dtype: DType| super::matmul::cpp_name(dtype);
    if let Some(weight) = weight {
        ensure!(
            x.dtype() == weight.dtype(),
            "torch.histogramdd: if weight tensor is provided, input tensor and weight tensor should have the same \
             dtype, but got input({}), and weight({})",
            low(x.dtype()),
            low(weight.dtype())
        );
        ensure!(
            weight.sizes() == outer,
            "torch.histogramdd: if weight tensor is provided it should have the same shape as the input tensor \
             excluding its innermost dimension, but got input with shape {:?} and weight with shape {:?}",
            x.sizes(),
            weight.sizes()
        );
    }
    Ok(())
}

/// How many samples (or how much weight) each bin has; with `density`, as a share per unit of volume.
fn count(x: &Tensor, edges: &[Tensor], weight: Option<&Tensor>, density: bool, search: Search) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "torch.histogramdd: input tensor should have at least 2 dimensions");
    let n = x.sizes()[x.dim() - 1] as usize;
    ensure!(
        edges.len() == n,
        "torch.histogramdd: expected {n} sequences of bin edges for a {n}-dimensional histogram but got {}",
        edges.len()
    );
    check_samples(x, n, weight)?;
    let mut bounds: Vec<Vec<f64>> = Vec::new();
    for (d, edge) in edges.iter().enumerate() {
        let low = |dtype: DType| super::matmul::cpp_name(dtype);
        ensure!(
            edge.dtype() == x.dtype(),
            "torch.histogramdd: input tensor and bins tensors should have the same dtype, but got input with dtype {} \
             and bins for dimension {d} with dtype {}",
            low(x.dtype()),
            low(edge.dtype())
        );
        ensure!(
            edge.dim() == 1,
            "torch.histogramdd: bins tensor should have one dimension, but got {} dimensions in the bins tensor for \
             dimension {d}",
            edge.dim()
        );
        ensure!(
            edge.numel() > 0,
            "torch.histogramdd: bins tensor should have at least 1 element, but got 0 elements in the bins tensor for \
             dimension {d}"
        );
        ensure!(edge.numel() > 1, "torch.histogram(): bins must be > 0, but got 0 for dimension {d}");
        bounds.push(edge.to_vec()?);
    }
    ensure!(matches!(x.dtype(), DType::F32 | DType::F64), "\"histogramdd\" not implemented for '{}'", x.dtype().name());
    let shape: Vec<i64> = bounds.iter().map(|b| b.len() as i64 - 1).collect();
    let mut hist = crate::tensor::NewTensor::<f64>::filled(&shape, 0.0)?;
    let strides = contiguous_strides(&shape);
    let weights = weight.map(Tensor::to_vec::<f64>).transpose()?;
    let single = x.dtype() == DType::F32;
    for (i, sample) in x.to_vec::<f64>()?.chunks(n.max(1)).enumerate() {
        let mut at = Some(0);
        for ((v, edges), stride) in sample.iter().zip(&bounds).zip(&strides) {
            at = at.zip(bin_of(edges, *v, search, single)).map(|(at, bin)| at + bin * *stride as usize);
        }
        if let Some(at) = at {
            hist.data()[at] += weights.as_ref().map_or(1.0, |w| w[i]);
        }
    }
    let mut hist = hist.finish();
    if density {
        let total: f64 = hist.data::<f64>()?.iter().sum();
        hist = div(hist, total)?;
        for (d, edges) in bounds.iter().enumerate() {
            let mut shape = vec![1; n];
            shape[d] = edges.len() as i64 - 1;
            let widths: Vec<f64> = edges.windows(2).map(|w| w[1] - w[0]).collect();
            hist = div(hist, Tensor::from_slice(&widths, &shape)?)?;
        }
    }
    cast(hist, x.dtype())
}

/// The last edge belongs to the last bin; samples outside of the edges and NaN have none.
fn bin_of(edges: &[f64], v: f64, search: Search, single: bool) -> Option<usize> {
    let (first, last) = (edges[0], edges[edges.len() - 1]);
    if !(v >= first && v <= last) {
        return None;
    }
    let bins = edges.len() - 1;
    let bin = match search {
        Search::Binary => edges.partition_point(|e| *e <= v).saturating_sub(1),
        Search::Even => {
            let guess = if single {
                ((v as f32 - first as f32) * bins as f32 / (last as f32 - first as f32)) as usize
            } else {
                ((v - first) * bins as f64 / (last - first)) as usize
            };
            let (from, to) = (guess.saturating_sub(1).min(bins), (guess + 2).min(edges.len()));
            (from + edges[from..to].partition_point(|e| *e <= v)).saturating_sub(1)
        }
    };
    Some(bin.min(bins - 1))
}
