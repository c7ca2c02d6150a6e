//! Sorting, searching, counting and uniqueness.

use std::cmp::Ordering;

use super::create::{in_format, laid_out_like};
use super::elementwise::operand;
use super::promote::{result_type, Operand};
use super::Op;
use crate::base::{bf16, f16, wrap_dim, DType, Dims, Element, MemoryFormat, Scalar};
use crate::kernel::select;
use crate::tensor::rows;
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", sort_unstable(_, _, _), out "values", tags[Aligned]),
    op!(
        "aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, \
         Tensor indices)",
        sort_stable(_, _, _, _), out "values_stable", tags[Aligned]),
    op!("aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor", argsort(_, _, _)),
    op!(
        "aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor",
        argsort_stable(_, _, _, _), out "stable_out"
    ),
    op!("aten::msort(Tensor self) -> Tensor", msort(_), out "out", tags[Aligned]),
    op!(
        "aten::topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, \
         Tensor indices)",
        topk(_, _, _, _, _), out "values"
    ),
    op!(
        "aten::_unique2(Tensor self, bool sorted=True, bool return_inverse=False, \
         bool return_counts=False) -> (Tensor, Tensor, Tensor)",
        unique2(_, _, _, _), out "out"
    ),
    op!("aten::_unique(Tensor self, bool sorted=True, bool return_inverse=False) -> (Tensor, Tensor)", unique(_, _, _), out "out"),
    op!(
        "aten::unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, \
         int? dim=None) -> (Tensor, Tensor, Tensor)",
        unique_consecutive(_, _, _, _), out "out"
    ),
    op!(
        "aten::unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, \
         bool return_counts=False) -> (Tensor, Tensor, Tensor)",
        unique_dim(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, \
         bool return_counts=False) -> (Tensor, Tensor, Tensor)",
        unique_dim_consecutive(_, _, _, _), out "out"
    ),
    op!(
        "aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, \
         bool right=False, str? side=None, Tensor? sorter=None) -> Tensor",
        searchsorted(_, _, _, _, _, _), out "Tensor_out"
    ),
    op!(
        "aten::searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, \
         bool right=False, str? side=None, Tensor? sorter=None) -> Tensor",
        searchsorted_number(_, _, _, _, _, _), out "Scalar_out"
    ),
    op!(
        "aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
        bucketize(_, _, _, _), out "Tensor_out"
    ),
    op!(
        "aten::bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
        bucketize_number(_, _, _, _), out "Scalar_out"
    ),
    op!("aten::histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor", histc(_, _, _, _), out "out"),
    op!("aten::bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor", bincount(_, _, _), out "out"),
    op!(
        "aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, \
         bool invert=False) -> Tensor",
        isin(_, _, _, _), out "Tensor_Tensor_out"
    ),
    op!(
        "aten::isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, \
         bool invert=False) -> Tensor",
        isin(_, _, _, _), out "Tensor_Scalar_out"
    ),
    op!(
        "aten::isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, \
         bool invert=False) -> Tensor",
        isin(_, _, _, _), out "Scalar_Tensor_out"
    ),
];

/// Ascending order with NaN above everything.
pub(super) fn ascending<T: PartialOrd>(a: &T, b: &T) -> Ordering {
    a.partial_cmp(b).unwrap_or_else(|| {
        #[allow(clippy::eq_op)]
        match (a != a, b != b) {
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ => Ordering::Equal,
        }
    })
}

fn order<T: PartialOrd>(row: &[T], descending: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..row.len()).collect();
    if descending {
        order.sort_by(|a, b| ascending(&row[*b], &row[*a]));
    } else {
        order.sort_by(|a, b| ascending(&row[*a], &row[*b]));
    }
    order
}

fn no_complex(name: &str, x: &Tensor) -> Result<()> {
    ensure!(!x.dtype().is_complex(), "{name}: not supported for complex tensors ('{}')", x.dtype().name());
    Ok(())
}

/// Equal elements stay in the order they came in.
pub(super) fn sort(x: Tensor, dim: i64, descending: bool) -> Result<(Tensor, Tensor)> {
    sort_by(&x, dim, Wanted::Stable, descending)
}

/// As [`sort`], with equal elements where PyTorch's algorithm leaves them.
fn sort_unstable(x: Tensor, dim: i64, descending: bool) -> Result<(Tensor, Tensor)> {
    // many integers are sorted by digits, which keeps the order of equal ones
    let by_digits = x.dtype().is_integral(false) && !descending && x.dim() == 1 && x.numel() >= RADIX_FROM;
    sort_by(&x, dim, if by_digits { Wanted::Stable } else { Wanted::Unstable }, descending)
}

const RADIX_FROM: usize = 32768;

fn sort_by(x: &Tensor, dim: i64, wanted: Wanted, descending: bool) -> Result<(Tensor, Tensor)> {
    ensure!(!x.dtype().is_complex(), "\"sorting_kernel_method_name\" not implemented for '{}'", x.dtype().name());
    let d = wrap_dim(dim, x.dim())?;
    first_of_order(x, d, wanted, descending)
}

/// What of a row's order is asked for.
#[derive(Clone, Copy)]
enum Wanted {
    Stable,
    /// As the C++ standard library of GCC sorts.
    Unstable,
    First {
        k: usize,
        sorted: bool,
    },
}

/// The rows in order with their places, or of each the first few.
fn first_of_order(x: &Tensor, d: usize, wanted: Wanted, descending: bool) -> Result<(Tensor, Tensor)> {
    fn kernel<T: PartialOrd + Copy>(
        row: &[T],
        values: &mut [T],
        indices: &mut [i64],
        wanted: Wanted,
        descending: bool,
        keys: Option<fn(&[T], bool) -> Vec<u64>>,
    ) {
        let keys = keys.filter(|_| row.len() <= select::MOST_KEYS);
        if let Some(sorted) = keys.and_then(|keys| by_keys(keys(row, descending), wanted)) {
            for (i, key) in sorted.into_iter().enumerate() {
                let place = select::place(key);
                (values[i], indices[i]) = (row[place], place as i64);
            }
            return;
        }
        let before = |a: usize, b: usize| {
            let (a, b) = if descending { (b, a) } else { (a, b) };
            ascending(&row[a], &row[b]) == Ordering::Less
        };
        let places = match wanted {
            Wanted::Stable => order(row, descending),
            Wanted::Unstable => select::all(row.len(), &before),
            Wanted::First { k, sorted } => select::first(row.len(), k, sorted, &before),
        };
        for (i, place) in places.into_iter().enumerate() {
            (values[i], indices[i]) = (row[place], place as i64);
        }
    }
    let view = if x.dim() == 0 { x.view(&[1])? } else { x.clone() };
    let n = match wanted {
        Wanted::First { k, .. } => k,
        _ => view.sizes()[d] as usize,
    };
    let (types, lens) = ([x.dtype(), DType::I64], [n, n]);
    let (values, indices) = match x.dtype() {
        DType::F32 | DType::F16 | DType::BF16 => rows::map2::<f32, f32, i64>(&view, &[d], lens, types, &|r, v, i| {
            kernel(r, v, i, wanted, descending, Some(select::keys))
        })?,
        t if t.is_floating_point() => {
            rows::map2::<f64, f64, i64>(&view, &[d], lens, types, &|r, v, i| kernel(r, v, i, wanted, descending, None))?
        }
        _ => {
            rows::map2::<i64, i64, i64>(&view, &[d], lens, types, &|r, v, i| kernel(r, v, i, wanted, descending, None))?
        }
    };
    let (values, indices) = (rows::restore_dim(values, d)?, rows::restore_dim(indices, d)?);
    if x.dim() == 0 {
        let shape: &[i64] = if n == 1 { &[] } else { &[0] };
        return Ok((values.view(shape)?, indices.view(shape)?));
    }
    match wanted {
        Wanted::Stable | Wanted::Unstable => Ok((laid_out_like(x, values)?, laid_out_like(x, indices)?)),
        _ => Ok((values, indices)),
    }
}

/// The keys in order, or the first of them, where the values alone decide that order; or its equal ones are wanted in the
/// order they came in.
fn by_keys(mut keys: Vec<u64>, wanted: Wanted) -> Option<Vec<u64>> {
    let (k, n) = match wanted {
        Wanted::Stable | Wanted::Unstable => (keys.len(), keys.len()),
        Wanted::First { k, sorted: true } => (k, keys.len()),
        Wanted::First { .. } => return None,
    };
    if k < n {
        // the first one that is left out must differ from those that are not
        keys.select_nth_unstable(k);
        keys.truncate(k + 1);
    }
    keys.sort_unstable();
    let distinct = || keys.windows(2).all(|w| w[0] >> 32 != w[1] >> 32);
    if !matches!(wanted, Wanted::Stable) && !distinct() {
        return None;
    }
    keys.truncate(k);
    Some(keys)
}

fn sort_stable(x: Tensor, stable: Option<bool>, dim: i64, descending: bool) -> Result<(Tensor, Tensor)> {
    match stable {
        Some(true) => sort(x, dim, descending),
        _ => sort_unstable(x, dim, descending),
    }
}

fn argsort(x: Tensor, dim: i64, descending: bool) -> Result<Tensor> {
    Ok(sort_unstable(x, dim, descending)?.1)
}

fn argsort_stable(x: Tensor, stable: bool, dim: i64, descending: bool) -> Result<Tensor> {
    Ok(sort_stable(x, Some(stable), dim, descending)?.1)
}

fn msort(x: Tensor) -> Result<Tensor> {
    Ok(sort_unstable(x, 0, false)?.0)
}

/// Sorted whether asked for or not.
pub(super) fn topk(x: Tensor, k: i64, dim: i64, largest: bool, sorted: bool) -> Result<(Tensor, Tensor)> {
    let d = wrap_dim(dim, x.dim())?;
    let n = if x.dim() == 0 { 1 } else { x.sizes()[d] };
    ensure!(k >= 0 && k <= n, "selected index k out of range");
    ensure!(
        !x.dtype().is_complex() && x.dtype() != DType::Bool,
        "\"topk_cpu\" not implemented for '{}'",
        x.dtype().name()
    );
    let (values, indices) = first_of_order(&x, d, Wanted::First { k: k as usize, sorted }, largest)?;
    Ok((in_format(values, MemoryFormat::Contiguous)?, in_format(indices, MemoryFormat::Contiguous)?))
}

/// Values in a type that keeps every bit that order and equality need.
enum Values {
    Float(Vec<f64>),
    Int(Vec<i64>),
}

fn values(x: &Tensor) -> Result<Values> {
    no_complex("unique", x)?;
    Ok(if x.dtype().is_floating_point() { Values::Float(x.to_vec()?) } else { Values::Int(x.to_vec()?) })
}

/// Which of the sorted places start a new value, as `(place, group sizes, group of each element)`.
struct Groups {
    firsts: Vec<usize>,
    counts: Vec<i64>,
    inverse: Vec<i64>,
}

fn groups(n: usize, order: impl Iterator<Item = usize>, same: impl Fn(usize, usize) -> bool) -> Groups {
    let mut out = Groups { firsts: Vec::new(), counts: Vec::new(), inverse: vec![0; n] };
    for place in order {
        match out.firsts.last() {
            Some(&first) if same(first, place) => {}
            _ => {
                out.firsts.push(place);
                out.counts.push(0);
            }
        }
        if let Some(count) = out.counts.last_mut() {
            *count += 1;
        }
        out.inverse[place] = out.firsts.len() as i64 - 1;
    }
    out
}

/// Picks elements by place, in the dtype of `x`, which is flat.
fn take(x: &Tensor, places: &[usize]) -> Result<Tensor> {
    fn of<T: Element>(all: &[T], places: &[usize], dtype: DType) -> Result<Tensor> {
        let out = Tensor::empty(&[places.len() as i64], dtype)?;
        out.assign(&places.iter().map(|p| all[*p]).collect::<Vec<T>>())?;
        Ok(out)
    }
    match values(x)? {
        Values::Float(v) => of(&v, places, x.dtype()),
        Values::Int(v) => of(&v, places, x.dtype()),
    }
}

fn ints(values: &[i64], shape: &[i64], wanted: bool) -> Result<Tensor> {
    if wanted {
        Tensor::from_slice(values, shape)
    } else {
        Tensor::empty(&[0], DType::I64)
    }
}

fn unique2(x: Tensor, _sorted: bool, inverse: bool, counts: bool) -> Result<(Tensor, Tensor, Tensor)> {
    let flat = x.reshape(&[-1])?;
    let n = flat.numel();
    let found = match values(&flat)? {
        Values::Float(v) => groups(n, order(&v, false).into_iter(), |a, b| v[a] == v[b]),
        Values::Int(v) => groups(n, order(&v, false).into_iter(), |a, b| v[a] == v[b]),
    };
    let len = found.counts.len() as i64;
    Ok((take(&flat, &found.firsts)?, ints(&found.inverse, x.sizes(), inverse)?, ints(&found.counts, &[len], counts)?))
}

fn unique(x: Tensor, sorted: bool, inverse: bool) -> Result<(Tensor, Tensor)> {
    let (values, inverse, _) = unique2(x, sorted, inverse, false)?;
    Ok((values, inverse))
}

fn unique_consecutive(x: Tensor, inverse: bool, counts: bool, dim: Option<i64>) -> Result<(Tensor, Tensor, Tensor)> {
    if let Some(dim) = dim {
        return unique_slices(x, dim, false, inverse, counts);
    }
    let flat = x.reshape(&[-1])?;
    let n = flat.numel();
    let found = match values(&flat)? {
        Values::Float(v) => groups(n, 0..n, |a, b| v[a] == v[b]),
        Values::Int(v) => groups(n, 0..n, |a, b| v[a] == v[b]),
    };
    let len = found.counts.len() as i64;
    Ok((take(&flat, &found.firsts)?, ints(&found.inverse, x.sizes(), inverse)?, ints(&found.counts, &[len], counts)?))
}

fn unique_dim(x: Tensor, dim: i64, _sorted: bool, inverse: bool, counts: bool) -> Result<(Tensor, Tensor, Tensor)> {
    unique_slices(x, dim, true, inverse, counts)
}

fn unique_dim_consecutive(x: Tensor, dim: i64, inverse: bool, counts: bool) -> Result<(Tensor, Tensor, Tensor)> {
    unique_slices(x, dim, false, inverse, counts)
}

/// Slices along `dim` as the things compared.
fn unique_slices(x: Tensor, dim: i64, sorted: bool, inverse: bool, counts: bool) -> Result<(Tensor, Tensor, Tensor)> {
    let d = wrap_dim(dim, x.dim())?;
    ensure!(x.dim() > 0, "unique_dim: expected a tensor with dimensions");
    let n = x.sizes()[d] as usize;
    if x.numel() == 0 {
        ensure!(
            x.sizes().iter().filter(|s| **s == 0).count() == 1 && n == 0,
            "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied"
        );
    }
    // slices are ordered by their elements in the order of the other dimensions
    let order: Dims = std::iter::once(d as i64).chain((0..x.dim() as i64).filter(|k| *k != d as i64)).collect();
    let moved = x.permute(&order)?.to_contiguous()?;
    let width = moved.numel() / n.max(1);
    fn find<T: PartialOrd>(v: &[T], n: usize, width: usize, sorted: bool) -> Groups {
        let slice = |i: usize| &v[i * width..(i + 1) * width];
        let mut order: Vec<usize> = (0..n).collect();
        if sorted {
            order.sort_by(|a, b| slice(*a).partial_cmp(slice(*b)).unwrap_or(Ordering::Equal));
        }
        groups(n, order.into_iter(), |a, b| slice(a) == slice(b))
    }
    let found = match values(&moved)? {
        Values::Float(v) => find(&v, n, width, sorted),
        Values::Int(v) => find(&v, n, width, sorted),
    };
    let mut shape = x.sizes().to_vec();
    shape[d] = found.firsts.len() as i64;
    let out = Tensor::empty(&shape, x.dtype())?;
    for (i, first) in found.firsts.iter().enumerate() {
        out.select(d as i64, i as i64)?.copy_from(&x.select(d as i64, *first as i64)?)?;
    }
    let len = found.counts.len() as i64;
    Ok((out, ints(&found.inverse, &[n as i64], inverse)?, ints(&found.counts, &[len], counts)?))
}

/// Where `v` goes into an ascending row: before its equals, or after them.
fn place<T: PartialOrd>(row: &dyn Fn(usize) -> T, n: usize, v: &T, right: bool) -> i64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = (low + high) / 2;
        let ordering = ascending(&row(middle), v);
        if ordering == Ordering::Less || (right && ordering == Ordering::Equal) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low as i64
}

fn searchsorted(
    sequence: Tensor,
    x: Tensor,
    int32: bool,
    right: bool,
    side: Option<std::sync::Arc<str>>,
    sorter: Option<Tensor>,
) -> Result<Tensor> {
    let right = match side.as_deref() {
        None => right,
        Some("right") => true,
        Some("left") if right => bail!(
            "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True"
        ),
        Some("left") => false,
        Some(other) => bail!("torch.searchsorted(): side can only be 'left' or 'right' but got {other}"),
    };
    ensure!(sequence.dim() > 0, "torch.searchsorted(): boundaries tensor should have positive dimension");
    let dims = sequence.dim();
    ensure!(
        dims == 1 || (x.dim() == dims && x.sizes()[..dims - 1] == sequence.sizes()[..dims - 1]),
        "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor \
         and input value tensor must match, but we got boundaries tensor {:?} and input value tensor {:?}",
        sequence.sizes(),
        x.sizes()
    );
    if let Some(sorter) = &sorter {
        ensure!(
            sorter.sizes() == sequence.sizes(),
            "torch.searchsorted(): boundary and sorter must have the same size, but got boundary tensor {:?}and got \
             sorter tensor {:?}",
            sequence.sizes(),
            sorter.sizes()
        );
        ensure!(
            sorter.dtype() == DType::I64,
            "torch.searchsorted(): sorter must be a tensor of long dtype but got dtype {}",
            sorter.dtype().name()
        );
    }
    no_complex("searchsorted", &sequence)?;
    no_complex("searchsorted", &x)?;
    let n = sequence.sizes()[dims - 1] as usize;
    let per_row = if dims == 1 { x.numel() } else { x.sizes()[dims - 1] as usize };
    let sorter = sorter.map(|s| s.to_vec::<i64>()).transpose()?;
    if let Some(s) = &sorter {
        ensure!(s.iter().all(|i| (0..n as i64).contains(i)), "torch.searchsorted(): sorter index out of range");
    }
    fn search<T: Element + PartialOrd>(
        sequence: &Tensor,
        x: &Tensor,
        sorter: Option<&[i64]>,
        n: usize,
        per_row: usize,
        right: bool,
    ) -> Result<Vec<i64>> {
        let (all, wanted) = (sequence.to_vec::<T>()?, x.to_vec::<T>()?);
        Ok(wanted
            .iter()
            .enumerate()
            .map(|(i, v)| {
                let base = if sequence.dim() == 1 { 0 } else { i / per_row.max(1) * n };
                place(&|k| all[base + sorter.map_or(k, |s| s[base + k] as usize)], n, v, right)
            })
            .collect())
    }
    let float = sequence.dtype().is_floating_point() || x.dtype().is_floating_point();
    let found = if float {
        search::<f64>(&sequence, &x, sorter.as_deref(), n, per_row, right)?
    } else {
        search::<i64>(&sequence, &x, sorter.as_deref(), n, per_row, right)?
    };
    let out = Tensor::empty(x.sizes(), if int32 { DType::I32 } else { DType::I64 })?;
    out.assign(&found)?;
    Ok(out)
}

fn number_tensor(value: Scalar) -> Result<Tensor> {
    Tensor::scalar(value, super::promote::scalar_dtype(value))
}

fn searchsorted_number(
    sequence: Tensor,
    value: Scalar,
    int32: bool,
    right: bool,
    side: Option<std::sync::Arc<str>>,
    sorter: Option<Tensor>,
) -> Result<Tensor> {
    searchsorted(sequence, number_tensor(value)?, int32, right, side, sorter)
}

fn bucketize(x: Tensor, boundaries: Tensor, int32: bool, right: bool) -> Result<Tensor> {
    ensure!(boundaries.dim() == 1, "boundaries tensor must be 1 dimension, but got dim({})", boundaries.dim());
    searchsorted(boundaries, x, int32, right, None, None)
}

fn bucketize_number(value: Scalar, boundaries: Tensor, int32: bool, right: bool) -> Result<Tensor> {
    bucketize(number_tensor(value)?, boundaries, int32, right)
}

/// Counts of `bins` equal intervals from `min` to `max`; the data's own range where both are equal.
fn histc(x: Tensor, bins: i64, min: Scalar, max: Scalar) -> Result<Tensor> {
    ensure!(x.dtype().is_floating_point(), "\"histogram_cpu\" not implemented for '{}'", x.dtype().name());
    ensure!(bins > 0 && bins < 1 << 32, "torch.histc(): bins must be > 0, but got {bins}");
    let values = x.to_vec::<f64>()?;
    // every step is rounded to the dtype
    let dtype = x.dtype();
    let round = |v: f64| match dtype {
        DType::F16 => f16::from_f64(v).to_f64(),
        DType::BF16 => bf16::from_f32(v as f32).to_f64(),
        DType::F32 => v as f32 as f64,
        _ => v,
    };
    let (mut low, mut high) = (min.to_f64(), max.to_f64());
    if low == high && !values.is_empty() {
        low = values.iter().copied().fold(f64::INFINITY, f64::min);
        high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    }
    if low == high {
        (low, high) = (low - 1.0, high + 1.0);
    }
    ensure!(low.is_finite() && high.is_finite(), "torch.histc: range of [{low}, {high}] is not finite");
    ensure!(low < high, "torch.histc: max must be larger than min");
    let (low, high) = (round(low), round(high));
    let mut counts = crate::base::filled(bins as usize, 0.0f64)?;
    for v in values.into_iter().filter(|v| *v >= low && *v <= high) {
        let bin = round(round(round(v - low) * bins as f64) / round(high - low)) as usize;
        counts[bin.min(bins as usize - 1)] += 1.0;
    }
    let out = Tensor::empty(&[bins], x.dtype())?;
    out.assign(&counts)?;
    Ok(out)
}

fn bincount(x: Tensor, weights: Option<Tensor>, minlength: i64) -> Result<Tensor> {
    ensure!(minlength >= 0, "minlength should be >= 0");
    ensure!(
        x.dtype().is_integral(true) && x.dtype() != DType::Bool,
        "\"bincount_cpu\" not implemented for '{}'",
        x.dtype().name()
    );
    let values = x.to_vec::<i64>()?;
    if x.dim() != 1 || values.iter().any(|v| *v < 0) {
        bail!("bincount only supports 1-d non-negative integral inputs.");
    }
    let n = values.iter().max().map_or(0, |m| m.saturating_add(1)).max(minlength);
    ensure!(n < 1 << 40, "bincount: the largest value, {n}, needs too many bins");
    match weights {
        None => {
            let mut counts = crate::tensor::NewTensor::<i64>::filled(&[n], 0)?;
            values.iter().for_each(|v| counts.data()[*v as usize] += 1);
            Ok(counts.finish())
        }
        Some(weights) => {
            ensure!(weights.sizes() == x.sizes(), "weights should be 1-d and have the same length as input");
            let dtype = if weights.dtype() == DType::F32 { DType::F32 } else { DType::F64 };
            let mut sums = crate::tensor::NewTensor::<f64>::filled(&[n], 0.0)?;
            for (v, w) in values.iter().zip(weights.to_vec::<f64>()?) {
                sums.data()[*v as usize] += w;
            }
            sums.finish().to_dtype(dtype)
        }
    }
}

/// Whether each element is among the test elements; either may be a number.
fn isin(elements: IValue, tests: IValue, _assume_unique: bool, invert: bool) -> Result<Tensor> {
    let (elements, tests) = (operand(elements)?, operand(tests)?);
    let dtype = result_type([&elements, &tests]);
    let tensor = |o: Operand| match o {
        Operand::Tensor(t) => Ok::<Tensor, Error>(t),
        Operand::Scalar(s) => Tensor::scalar(s, dtype),
    };
    let (elements, tests) = (tensor(elements)?, tensor(tests)?);
    fn member<T: Element + PartialOrd>(elements: &Tensor, tests: &Tensor) -> Result<Vec<bool>> {
        let mut sorted = tests.to_vec::<T>()?;
        sorted.sort_by(ascending);
        Ok(elements
            .to_vec::<T>()?
            .iter()
            .map(|v| {
                let at = place(&|k| sorted[k], sorted.len(), v, false) as usize;
                sorted.get(at).is_some_and(|found| found == v)
            })
            .collect())
    }
    for dtype in [elements.dtype(), tests.dtype()] {
        ensure!(
            !dtype.is_complex() && dtype != DType::Bool,
            "Unsupported input type encountered for isin(): {}",
            dtype.name()
        );
    }
    let found =
        if dtype.is_floating_point() { member::<f64>(&elements, &tests)? } else { member::<i64>(&elements, &tests)? };
    let found: Vec<bool> = found.into_iter().map(|f| f != invert).collect();
    Tensor::from_slice(&found, elements.sizes())
}
