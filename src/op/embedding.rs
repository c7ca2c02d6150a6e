//! Lookups in tables: rows by index, their sums, means and maxima in bags, one-hot vectors.

use std::collections::BTreeSet;

use super::compute::{dense, dispatch_float, finish, show};
use super::index::index_select;
use super::Op;
use crate::base::{DType, Dims, Element};
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, \
         bool sparse=False) -> Tensor",
        embedding(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::embedding_renorm_(Tensor(a!) self, Tensor indices, float max_norm, float norm_type) -> Tensor(a!)",
        embedding_renorm_(_, _, _, _)
    ),
    op!(
        "aten::embedding_renorm(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor",
        embedding_renorm(_, _, _, _), inplace, out "out"
    ),
    op!(
        "aten::_no_grad_embedding_renorm_(Tensor weight, Tensor input, float max_norm, float norm_type) -> Tensor",
        embedding_renorm_(_, _, _, _), writes "weight"
    ),
    op!(
        "aten::embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int \
         mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False) -> (Tensor, \
         Tensor, Tensor, Tensor)",
        embedding_bag(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::embedding_bag.padding_idx(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq, \
         int mode, bool sparse, Tensor? per_sample_weights, bool include_last_offset, int? padding_idx) -> \
         (Tensor, Tensor, Tensor, Tensor)",
        embedding_bag_padding(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::_embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int \
         mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int \
         padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor)",
        embedding_bag_with(_, _, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_embedding_bag_forward_only(Tensor weight, Tensor indices, Tensor offsets, bool \
         scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool \
         include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor)",
        embedding_bag_with(_, _, _, _, _, _, _, _, _), out "out"
    ),
    op!("aten::one_hot(Tensor self, int num_classes=-1) -> Tensor", one_hot(_, _)),
];

fn check_indices(indices: &Tensor, name: &str) -> Result<()> {
    ensure!(
        matches!(indices.dtype(), DType::I64 | DType::I32),
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got \
         torch.{}Tensor instead (while checking arguments for {name})",
        indices.dtype().name()
    );
    Ok(())
}

fn embedding(weight: Tensor, indices: Tensor, _padding: i64, _scale: bool, _sparse: bool) -> Result<Tensor> {
    ensure!(weight.dim() == 2, "'weight' must be 2-D");
    check_indices(&indices, "embedding")?;
    let shape: Dims = indices.sizes().iter().copied().chain([weight.sizes()[1]]).collect();
    let flat = indices.reshape(&[indices.numel() as i64])?;
    index_select(weight, 0, flat)?.view(&shape)
}

/// Scales rows that are looked up and whose norm is above the maximum down to it, in place.
fn embedding_renorm_(weight: Tensor, indices: Tensor, max: f64, p: f64) -> Result<Tensor> {
    ensure!(weight.dim() == 2, "'self' must be 2-D");
    check_indices(&indices, "embedding_renorm_")?;
    let rows: BTreeSet<i64> = indices.to_vec::<i64>()?.into_iter().collect();
    for row in rows {
        let row = weight.select(0, row).map_err(|_| Error::runtime("index out of range in self"))?;
        let values = row.to_vec::<f64>()?;
        let norm = match p {
            f64::INFINITY => values.iter().fold(0.0, |m: f64, v| m.max(v.abs())),
            _ => values.iter().map(|v| v.abs().powf(p)).sum::<f64>().powf(1.0 / p),
        };
        if norm > max {
            let scale = max / (norm + 1e-7);
            row.assign(&values.iter().map(|v| v * scale).collect::<Vec<_>>())?;
        }
    }
    Ok(weight)
}

fn embedding_renorm(weight: Tensor, indices: Tensor, max: f64, p: f64) -> Result<Tensor> {
    embedding_renorm_(weight.deep_clone()?, indices, max, p)
}

type Bags = (Tensor, Tensor, Tensor, Tensor);

fn embedding_bag(
    weight: Tensor,
    indices: Tensor,
    offsets: Tensor,
    scale: bool,
    mode: i64,
    sparse: bool,
    per_sample: Option<Tensor>,
    last_offset: bool,
) -> Result<Bags> {
    embedding_bag_with(weight, indices, offsets, scale, mode, sparse, per_sample, last_offset, -1)
}

fn embedding_bag_padding(
    weight: Tensor,
    indices: Tensor,
    offsets: Tensor,
    scale: bool,
    mode: i64,
    sparse: bool,
    per_sample: Option<Tensor>,
    last_offset: bool,
    padding: Option<i64>,
) -> Result<Bags> {
    let padding = match padding {
        Some(p) => {
            let n = weight.size(0)?;
            ensure!(
                (-n..n).contains(&p),
                "padding_idx must be within the number of embeddings, -{n} through {n}, but got {p}"
            );
            if p < 0 {
                p + n
            } else {
                p
            }
        }
        None => -1,
    };
    embedding_bag_with(weight, indices, offsets, scale, mode, sparse, per_sample, last_offset, padding)
}

/// Bags start at `offsets`; `mode` 0 sums, 1 averages, 2 takes the largest. Results: the bags, the bag of each index,
/// the size of each bag, and where the largest came from.
fn embedding_bag_with(
    weight: Tensor,
    indices: Tensor,
    offsets: Tensor,
    _scale: bool,
    mode: i64,
    _sparse: bool,
    per_sample: Option<Tensor>,
    last_offset: bool,
    padding: i64,
) -> Result<Bags> {
    check_indices(&indices, "embedding_bag")?;
    check_indices(&offsets, "embedding_bag")?;
    ensure!(weight.dim() == 2, "weight has to be a 2D Tensor, but got Tensor of dimension {}", weight.dim());
    ensure!(indices.dim() == 1, "input has to be a 1D Tensor, but got Tensor of dimension {}", indices.dim());
    ensure!(offsets.dim() == 1, "offsets has to be a 1D Tensor, but got Tensor of dimension {}", offsets.dim());
    ensure!((0..=2).contains(&mode), "embedding_bag: mode must be 0, 1 or 2, but got {mode}");
    let (rows, columns) = (weight.sizes()[0], weight.sizes()[1] as usize);
    let (index, starts) = (indices.to_vec::<i64>()?, offsets.to_vec::<i64>()?);
    let n = index.len() as i64;
    if let Some(per_sample) = &per_sample {
        ensure!(mode == 0, "embedding_bag: per_sample_weights only supported with mode='sum'");
        ensure!(
            per_sample.sizes() == indices.sizes(),
            "expected per_sample_weights.sizes()==input.sizes(), got {} and {}",
            show(per_sample.sizes()),
            show(indices.sizes())
        );
        ensure!(per_sample.dtype() == weight.dtype(), "expected per_sample_weights to have the same type as weight");
    }
    if let Some(first) = starts.first() {
        ensure!(*first == 0, "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got {first}");
        let last = starts[starts.len() - 1];
        ensure!(last <= n, "offsets[-1] can not be greater than input's length({n}) but got offsets[-1] of {last}");
    }
    if let Some((at, bad)) = index.iter().enumerate().find(|(_, i)| !(0..rows).contains(*i)) {
        bail!("Index {at} of input takes value {bad} which is not in the valid range [0, {rows})");
    }
    let bags = if last_offset {
        ensure!(!starts.is_empty(), "include_last_offset: number of offset should be at least 1");
        starts.len() - 1
    } else {
        starts.len()
    };
    let end = |bag: usize| starts.get(bag + 1).copied().unwrap_or(n).clamp(0, n);
    let dtype = weight.dtype();
    let (mut sizes, mut bag_of) = (vec![0i64; bags], vec![0i64; index.len()]);
    let mut places = vec![0i64; if mode == 2 { bags * columns } else { 0 }];
    let out = dispatch_float!(dtype, "embedding_bag", T => {
        let table = dense::<T>(&weight)?;
        let table = table.data::<T>()?;
        let factors: Option<Vec<T>> = per_sample.as_ref().map(Tensor::to_vec).transpose()?;
        let mut out = NewTensor::<T>::filled(&[bags as i64, columns as i64], T::default())?;
        for (bag, row) in out.data().chunks_exact_mut(columns.max(1)).enumerate() {
            for at in starts[bag].max(0)..end(bag) {
                bag_of[at as usize] = bag as i64;
                let i = index[at as usize];
                if i == padding {
                    continue;
                }
                let source = &table[i as usize * columns..][..columns];
                let first = sizes[bag] == 0;
                sizes[bag] += 1;
                if mode == 2 {
                    let places = &mut places[bag * columns..][..columns];
                    for ((y, x), place) in row.iter_mut().zip(source).zip(places) {
                        if first || *x > *y {
                            (*y, *place) = (*x, i);
                        }
                    }
                } else {
                    let factor = factors.as_ref().map_or(T::from_i64(1), |f| f[at as usize]);
                    row.iter_mut().zip(source).for_each(|(y, x)| *y += *x * factor);
                }
            }
            if mode == 1 && sizes[bag] > 0 {
                let count = T::from_i64(sizes[bag]);
                row.iter_mut().for_each(|y| *y /= count);
            }
        }
        finish(out.finish(), dtype)?
    });
    let list = |values: &[i64]| Tensor::from_slice(values, &[values.len() as i64])?.to_dtype(indices.dtype());
    let zeros = || Tensor::zeros(&[starts.len() as i64], indices.dtype());
    Ok(match mode {
        // sums keep no record
        0 if padding < 0 => (out, Tensor::empty(&[0], indices.dtype())?, zeros()?, zeros()?),
        0 => (out, list(&bag_of)?, zeros()?, zeros()?),
        1 => (out, list(&bag_of)?, list(&sizes)?, list(&sizes)?),
        _ => {
            let places = Tensor::from_slice(&places, &[bags as i64, columns as i64])?.to_dtype(indices.dtype())?;
            (out, list(&bag_of)?, list(&sizes)?, places)
        }
    })
}

/// `classes` -1 stands for one more than the largest index.
fn one_hot(x: Tensor, classes: i64) -> Result<Tensor> {
    ensure!(x.dtype() == DType::I64, "one_hot is only applicable to index tensor of type LongTensor.");
    let index = x.to_vec::<i64>()?;
    let classes = match (index.iter().max(), classes) {
        (None, c) => {
            ensure!(c > 0, "Can not infer total number of classes from empty tensor.");
            c
        }
        (Some(max), -1) => max.saturating_add(1),
        (Some(max), c) => {
            ensure!(c > 0, "num_classes should be positive");
            ensure!(*max < c, "Class values must be smaller than num_classes.");
            c
        }
    };
    ensure!(index.iter().all(|i| *i >= 0), "Class values must be non-negative.");
    let shape: Dims = x.sizes().iter().copied().chain([classes]).collect();
    let mut out = NewTensor::<i64>::filled(&shape, 0)?;
    for (row, i) in out.data().chunks_exact_mut(classes as usize).zip(index) {
        row[i as usize] = 1;
    }
    Ok(out.finish())
}
