//! Reductions of runs of a tensor: segments of given lengths, chunks that are padded and joined.

use std::sync::Arc;

use super::Op;
use crate::base::{numel, wrap_dim, DType, Dims, Scalar};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, \
         Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor",
        segment_reduce(_, _, _, _, _, _, _, _), out "out"
    ),
    op!("aten::_chunk_cat(Tensor[] tensors, int dim, int num_chunks) -> Tensor", chunk_cat(_, _, _), out "out"),
];

#[derive(Clone, Copy, PartialEq)]
enum Reduce {
    Sum,
    Mean,
    Max,
    Min,
    Prod,
}

fn segment_reduce(
    data: Tensor,
    reduce: Arc<str>,
    lengths: Option<Tensor>,
    indices: Option<Tensor>,
    offsets: Option<Tensor>,
    axis: i64,
    unchecked: bool,
    initial: Option<Scalar>,
) -> Result<Tensor> {
    let axis = wrap_dim(axis, data.dim())?;
    ensure!(data.numel() as i64 >= 0 && data.dim() > 0, "segment_reduce(): data must have dimensions");
    ensure!(indices.is_none(), "segment_reduce(): indices based reduction is not supported yet.");
    let reduce = match &*reduce {
        "sum" => Reduce::Sum,
        "mean" => Reduce::Mean,
        "max" | "amax" => Reduce::Max,
        "min" | "amin" => Reduce::Min,
        "prod" => Reduce::Prod,
        other => bail!("reduce argument must be either sum, prod, mean, amax or amin, got {other}"),
    };
    let (places, by_offset) = match (offsets, lengths) {
        (Some(offsets), _) => (offsets, true),
        (None, Some(lengths)) => (lengths, false),
        (None, None) => bail!("segment_reduce(): Either lengths or offsets must be defined."),
    };
    let name = if by_offset { "offsets" } else { "lengths" };
    ensure!(
        places.dim() > 0 && axis == places.dim() - 1,
        "segment_reduce(): Expected axis to be the last dimension of {name} but got {axis}."
    );
    ensure!(
        data.dim() >= places.dim() && data.sizes()[..axis] == places.sizes()[..axis],
        "segment_reduce(): Expected all dimensions except axis of {name} to match those of data."
    );
    ensure!(
        matches!(places.dtype(), DType::I64 | DType::I32),
        "\"_segment_reduce_{name}_cpu_kernel1\" not implemented for '{}'",
        places.dtype().name()
    );
    ensure!(data.dtype().is_floating_point(), "\"_segment_reduce_cpu\" not implemented for '{}'", data.dtype().name());
    let size = data.sizes()[axis];
    let width = places.sizes()[axis] as usize;
    let mut bounds = Vec::new();
    for row in places.to_vec::<i64>()?.chunks(width.max(1)) {
        bounds.push(segments(row, size, by_offset, unchecked)?);
    }
    let count = if by_offset { width.saturating_sub(1) } else { width };
    let mut shape: Dims = data.sizes().into();
    shape[axis] = count as i64;
    let inner = numel(&data.sizes()[axis + 1..]);
    let values = data.to_vec::<f64>()?;
    let round = super::compute::half_rounding(data.dtype());
    let mut out = crate::tensor::NewTensor::<f64>::new(&shape)?;
    let slots = out.data();
    for (outer, bounds) in bounds.iter().enumerate() {
        for (s, &(start, end)) in bounds.iter().enumerate() {
            for i in 0..inner {
                let of = |k: i64| values[(outer * size as usize + k as usize) * inner + i];
                slots[(outer * count + s) * inner + i] = reduced((start..end).map(of), reduce, initial, round);
            }
        }
    }
    super::compute::finish(out.finish(), data.dtype())
}

/// Start and end of each segment along the axis.
fn segments(row: &[i64], size: i64, by_offset: bool, unchecked: bool) -> Result<Vec<(i64, i64)>> {
    if by_offset {
        let inside = |at: i64| ensure_inside(at, size);
        return row.windows(2).map(|w| Ok((inside(w[0])?, inside(w[1])?))).collect();
    }
    ensure!(row.iter().all(|n| *n >= 0), "lengths contains negative value!");
    let total = row.iter().fold(0i64, |a, b| a.saturating_add(*b));
    ensure!(
        unchecked || total == size,
        "segment_reduce(): Expected all rows of lengths along axis to sum to data.size(lengths.dim()-1) when !unsafe."
    );
    let mut at = 0i64;
    row.iter()
        .map(|n| {
            let start = at;
            at = at.saturating_add(*n);
            Ok((ensure_inside(start, size)?, ensure_inside(at, size)?))
        })
        .collect()
}

fn ensure_inside(at: i64, size: i64) -> Result<i64> {
    ensure!((0..=size).contains(&at), "segment_reduce(): segments end at {at}, beyond the {size} elements of the axis");
    Ok(at)
}

/// A half type rounds every step, with `round`.
fn reduced(
    values: impl Iterator<Item = f64>,
    reduce: Reduce,
    initial: Option<Scalar>,
    round: Option<fn(f32) -> f32>,
) -> f64 {
    let start = initial.map(Scalar::to_f64);
    let mut result = start.unwrap_or(match reduce {
        Reduce::Max => f64::NEG_INFINITY,
        Reduce::Min => f64::INFINITY,
        Reduce::Prod => 1.0,
        _ => 0.0,
    });
    let mut n = 0;
    for v in values {
        n += 1;
        result = match reduce {
            Reduce::Max if result.is_nan() || v <= result => result,
            Reduce::Min if result.is_nan() || v >= result => result,
            Reduce::Max | Reduce::Min => v,
            Reduce::Prod => result * v,
            Reduce::Sum | Reduce::Mean => result + v,
        };
        result = round.map_or(result, |round| f64::from(round(result as f32)));
    }
    match reduce {
        Reduce::Mean if n == 0 => start.unwrap_or(f64::NAN),
        Reduce::Mean => result / f64::from(n),
        _ => result,
    }
}

/// Each tensor padded with zeros to a multiple of the chunks along `dim`, cut, its chunks made flat, and all joined.
fn chunk_cat(tensors: Vec<Tensor>, dim: i64, chunks: i64) -> Result<Tensor> {
    ensure!(chunks >= 1, "_chunk_cat expects positive num_chunks");
    let Some(first) = tensors.first() else { bail!("_chunk_cat expects a non-empty input tensor list") };
    let d = wrap_dim(dim, first.dim())?;
    for t in &tensors {
        ensure!(t.numel() > 0, "_chunk_cat expects non-empty tensor");
        ensure!(t.dtype() == first.dtype(), "_chunk_cat expects all input tensors with the same dtype");
        ensure!(d < t.dim(), "_chunk_cat expects dim < ndim for all input tensors");
        ensure!(
            t.sizes()[..d] == first.sizes()[..d],
            "_chunk_cat expects same sizes of 0,...,dim-1 dimensions for all tensors"
        );
    }
    let mut parts = Vec::new();
    for t in &tensors {
        let size = t.sizes()[d];
        let each = size / chunks + i64::from(size % chunks > 0);
        let mut shape: Vec<i64> = t.sizes().to_vec();
        shape[d] = each
            .checked_mul(chunks)
            .ok_or_else(|| crate::Error::runtime("_chunk_cat: too many chunks for the size of a tensor"))?;
        let padded = Tensor::zeros(&shape, t.dtype())?;
        padded.narrow(d as i64, 0, size)?.copy_from(t)?;
        shape.truncate(d);
        shape.extend([chunks, -1]);
        parts.push(padded.view(&shape)?);
    }
    super::join::cat(parts, d as i64 + 1)
}
