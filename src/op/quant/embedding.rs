//! Tables of rows of 8, 4 or 2 bits, looked up and summed.
//!
//! Packed by rows, a table is a uint8 tensor: a row's integers, several in a byte, then its scale and its lowest value,
//! as float32 for 8 bits and as float16 for fewer.

use std::sync::Arc;

use half::f16;

use super::packed::{object, prepared};
use super::{best_range, check_bins, dequantize};
use crate::base::DType;
use crate::kernel::quant as kernel;
use crate::op::compute::dense;
use crate::op::Op;
use crate::tensor::{NewTensor, QParams};
use crate::value::{IValue, List, Type};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("quantized::embedding_bag_byte_prepack(Tensor weight) -> Tensor", prepack_byte(_)),
    op!("quantized::embedding_bag_byte_unpack(Tensor weight) -> Tensor", unpack_byte(_)),
    op!(
        "quantized::embedding_bag_byte_rowwise_offsets(Tensor weight, Tensor indices, Tensor? \
         offsets=None, bool scale_grad_by_freq=False, int mode=0, bool pruned_weights=False, Tensor? \
         per_sample_weights=None, Tensor? compressed_indices_mapping=None, bool \
         include_last_offset=False) -> Tensor",
        bag_rows_byte(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::embedding_bag_4bit_prepack(Tensor weight, bool optimized_qparams=False, int \
         nbins=200, float ratio=0.16) -> Tensor",
        prepack_4bit(_, _, _, _)
    ),
    op!("quantized::embedding_bag_4bit_unpack(Tensor weight) -> Tensor", unpack_4bit(_)),
    op!(
        "quantized::embedding_bag_4bit_rowwise_offsets(Tensor weight, Tensor indices, Tensor? \
         offsets=None, bool scale_grad_by_freq=False, int mode=0, bool pruned_weights=False, Tensor? \
         per_sample_weights=None, Tensor? compressed_indices_mapping=None, bool \
         include_last_offset=False) -> Tensor",
        bag_rows_4bit(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::embedding_bag_2bit_prepack(Tensor weight, bool optimized_qparams=False, int \
         nbins=200, float ratio=0.16) -> Tensor",
        prepack_2bit(_, _, _, _)
    ),
    op!("quantized::embedding_bag_2bit_unpack(Tensor weight) -> Tensor", unpack_2bit(_)),
    op!(
        "quantized::embedding_bag_2bit_rowwise_offsets(Tensor weight, Tensor indices, Tensor? \
         offsets=None, bool scale_grad_by_freq=False, int mode=0, bool pruned_weights=False, Tensor? \
         per_sample_weights=None, Tensor? compressed_indices_mapping=None, bool \
         include_last_offset=False) -> Tensor",
        bag_rows_2bit(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::embedding_bag_prepack(Tensor weight) -> \
         __torch__.torch.classes.quantized.EmbeddingPackedParamsBase W_prepack",
        prepack(_)
    ),
    op!(
        "quantized::embedding_bag_unpack(__torch__.torch.classes.quantized.EmbeddingPackedParamsBase \
         W_prepack) -> Tensor W_origin",
        unpack(_)
    ),
    op!(
        "quantized::embedding_bag_byte(__torch__.torch.classes.quantized.EmbeddingPackedParamsBase \
         weight, Tensor indices, Tensor? offsets=None, bool scale_grad_by_freq=False, int mode=0, bool \
         pruned_weights=False, Tensor? per_sample_weights=None, Tensor? \
         compressed_indices_mapping=None, bool include_last_offset=False) -> Tensor",
        bag(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::embedding_bag_4bit(__torch__.torch.classes.quantized.EmbeddingPackedParamsBase \
         weight, Tensor indices, Tensor? offsets=None, bool scale_grad_by_freq=False, int mode=0, bool \
         pruned_weights=False, Tensor? per_sample_weights=None, Tensor? \
         compressed_indices_mapping=None, bool include_last_offset=False) -> Tensor",
        bag(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::embedding_byte(__torch__.torch.classes.quantized.EmbeddingPackedParamsBase weight, \
         Tensor indices, bool pruned_weights=False) -> Tensor",
        embedding(_, _, _)
    ),
    op!(
        "quantized::embedding_4bit(__torch__.torch.classes.quantized.EmbeddingPackedParamsBase weight, \
         Tensor indices, bool pruned_weights=False) -> Tensor",
        embedding(_, _, _)
    ),
];

const PACKED: &str = "__torch__.torch.classes.quantized.EmbeddingPackedParamsBase";

/// Rows of real numbers, from whatever they were quantized to.
struct Table {
    weight: Tensor,
    rows: Tensor,
}

impl Table {
    /// The state is a version, the weight, no floats, and the number of bits.
    fn of(value: &IValue) -> Result<Arc<Table>> {
        prepared(value, PACKED, |state| {
            let [IValue::Int(_), IValue::List(tensors), _, _] = state else { bail!("unknown state of {PACKED}") };
            let tensors = tensors.to_vec();
            let weight = tensors.first().map(IValue::to_tensor).transpose()?;
            let Some(weight) = weight else { bail!("{PACKED}: no weight") };
            ensure!(weight.dim() == 2, "quantized::embedding_bag_prepack expects a weight of 2 dimensions");
            ensure!(
                matches!(weight.dtype(), DType::QU8 | DType::QU4x2),
                "Weight data type should be quint8 or quint4x2, got {}",
                weight.dtype()
            );
            let rows = if weight.dtype() == DType::QU4x2 { half_rows(&weight)? } else { dequantize(weight.clone())? };
            Ok(Table { rows, weight })
        })
    }
}

/// What rows of 4 bits stand for: their scale and lowest value are kept in half precision.
fn half_rows(weight: &Tensor) -> Result<Tensor> {
    let Some(QParams::PerChannel { scales, zero_points, axis: 0 }) = weight.quantizer().map(|q| &q.params) else {
        bail!("a weight of quint4x2 must be quantized along dimension 0");
    };
    let (scales, zeros) = (scales.to_vec::<f32>()?, zero_points.to_vec::<f32>()?);
    let mut values = weight.integers()?.to_vec::<f32>()?;
    let width = (weight.sizes()[1] as usize).max(1);
    for (row, (scale, zero)) in values.chunks_mut(width).zip(scales.iter().zip(&zeros)) {
        let (scale, low) = (f16::from_f32(*scale).to_f32(), f16::from_f32(-zero * scale).to_f32());
        row.iter_mut().for_each(|v| *v = *v * scale + low);
    }
    Tensor::from_slice(&values, weight.sizes())
}

fn prepack(weight: Tensor) -> Result<IValue> {
    let bits = if weight.dtype() == DType::QU4x2 { 4 } else { 8 };
    let state = vec![
        IValue::Int(1),
        IValue::List(List::tensors([weight])),
        IValue::List(List::new(Type::Float, vec![])),
        IValue::List(List::ints([bits])),
    ];
    let value = object(PACKED, state);
    Table::of(&value)?;
    Ok(value)
}

fn unpack(packed: IValue) -> Result<Tensor> {
    Ok(Table::of(&packed)?.weight.clone())
}

fn embedding(packed: IValue, indices: Tensor, _: bool) -> Result<Tensor> {
    let table = Table::of(&packed)?;
    check_index_type(&indices)?;
    let width = table.rows.sizes()[1] as usize;
    let rows = table.rows.data::<f32>()?;
    let mut sizes = indices.sizes().to_vec();
    sizes.push(width as i64);
    let mut out = NewTensor::<f32>::new(&sizes)?;
    let places = indices.to_vec::<i64>()?;
    for (slot, index) in out.data().chunks_exact_mut(width.max(1)).zip(places) {
        slot.copy_from_slice(row(rows, width, index)?);
    }
    Ok(out.finish())
}

fn check_index_type(indices: &Tensor) -> Result<()> {
    ensure!(
        matches!(indices.dtype(), DType::I32 | DType::I64),
        "Expect 32 or 64 bit indices, but found {} instead.",
        indices.dtype()
    );
    Ok(())
}

fn row(rows: &[f32], width: usize, index: i64) -> Result<&[f32]> {
    let at = usize::try_from(index).ok().and_then(|i| i.checked_mul(width));
    let found = at.and_then(|at| rows.get(at..at + width));
    let Some(found) = found else {
        bail!("Expected idx >= 0 && idx < num_embeddings to be true, but got false: {index}")
    };
    Ok(found)
}

type Opt = Option<Tensor>;

fn bag(
    packed: IValue,
    indices: Tensor,
    offsets: Opt,
    _: bool,
    _: i64,
    pruned: bool,
    weights: Opt,
    mapping: Opt,
    last: bool,
) -> Result<Tensor> {
    let table = Table::of(&packed)?;
    sums(&table.rows, &indices, offsets, pruned, weights, mapping, last)
}

/// Sums of the rows of every bag, whatever the mode. A pruned table has fewer rows than there are indices: `mapping` says
/// where each is, or -1 where it is not there.
fn sums(
    table: &Tensor,
    indices: &Tensor,
    offsets: Opt,
    pruned: bool,
    weights: Opt,
    mapping: Opt,
    last: bool,
) -> Result<Tensor> {
    check_index_type(indices)?;
    ensure!(indices.dim() == 1 || indices.dim() == 2, "indices have to be 1d or 2d tensor");
    let width = table.sizes()[1] as usize;
    let rows = table.data::<f32>()?;
    let places = indices.to_vec::<i64>()?;
    let mut bounds: Vec<i64> = match (indices.dim(), &offsets) {
        (2, None) => (0..=indices.sizes()[0]).map(|i| i * indices.sizes()[1]).collect(),
        (2, Some(_)) => bail!("embedding_bag operator: input is 2D, then offsets has to be None."),
        (_, None) => bail!("embedding_bag expects offsets to be set for 1D indices."),
        (_, Some(offsets)) => {
            ensure!(offsets.dim() == 1, "embedding_bag operator: offsets have to be 1D");
            let mut list = offsets.to_vec::<i64>()?;
            if !last {
                list.push(places.len() as i64);
            }
            list
        }
    };
    if bounds.is_empty() {
        bounds.push(0);
    }
    ensure!(
        bounds.windows(2).all(|w| w[0] <= w[1]) && bounds[0] >= 0 && bounds[bounds.len() - 1] <= places.len() as i64,
        "embedding_bag: offsets must rise and stay inside the indices"
    );
    let weights = weights.map(|w| w.to_vec::<f32>()).transpose()?;
    ensure!(weights.as_ref().is_none_or(|w| w.len() == places.len()), "per_sample_weights must fit the indices");
    let mapping = match (pruned, mapping) {
        (true, Some(mapping)) => Some(mapping.to_vec::<i64>()?),
        (true, None) => bail!("bad optional access"),
        _ => None,
    }
    .filter(|m| m.len() > 1);
    let mut out = NewTensor::<f32>::filled(&[bounds.len() as i64 - 1, width as i64], 0.0)?;
    for (slot, bag) in out.data().chunks_exact_mut(width.max(1)).zip(bounds.windows(2)) {
        for at in bag[0] as usize..bag[1] as usize {
            let mut index = places[at];
            if let Some(mapping) = &mapping {
                let found = usize::try_from(index).ok().and_then(|i| mapping.get(i));
                let Some(found) = found else { bail!("embedding_bag: index {index} is out of range") };
                index = *found;
                if index == -1 {
                    continue;
                }
            }
            let weight = weights.as_ref().map_or(1.0, |w| w[at]);
            for (sum, value) in slot.iter_mut().zip(row(rows, width, index)?) {
                *sum += value * weight;
            }
        }
    }
    Ok(out.finish())
}

/// Packs every row by its own range.
fn pack_rows(weight: &Tensor, bits: u32, search: Option<(i64, f64)>) -> Result<Tensor> {
    ensure!(weight.dim() >= 1, "embedding_bag prepack: expected rows");
    let last = weight.dim() - 1;
    let width = weight.sizes()[last] as usize;
    let per_byte = 8 / bits as usize;
    ensure!(
        width % per_byte == 0,
        "qembeddingbag_{bits}bit_prepack only works for the number of columns a multiple of {per_byte}"
    );
    let extra = if bits == 8 { 8 } else { 4 };
    let length = width / per_byte + extra;
    let mut sizes = weight.sizes().to_vec();
    sizes[last] = length as i64;
    if let Some((bins, _)) = search {
        check_bins(bins)?;
    }
    let weight = dense::<f32>(weight)?;
    let mut out = NewTensor::<u8>::filled(&sizes, 0)?;
    for (packed, row) in out.data().chunks_exact_mut(length).zip(weight.data::<f32>()?.chunks_exact(width.max(1))) {
        let (low, high) = match search {
            Some((bins, ratio)) => best_range(row, bins, ratio as f32, bits),
            None => kernel::range(row),
        };
        let (quanta, tail) = packed.split_at_mut(length - extra);
        if bits == 8 {
            let range = high - low;
            let inverse = 255.0 / (range + 1e-8);
            for (q, v) in quanta.iter_mut().zip(row) {
                *q = kernel::round_even((v - low) * inverse).clamp(0.0, 255.0) as u8;
            }
            tail[..4].copy_from_slice(&(range / 255.0).to_ne_bytes());
            tail[4..].copy_from_slice(&low.to_ne_bytes());
            continue;
        }
        let highest = ((1 << bits) - 1) as f32;
        let low16 = f16::from_f32(low);
        let low = low16.to_f32();
        let range = high - low;
        let mut scale16 = f16::from_f32(if range == 0.0 { 1.0 } else { range / highest });
        if scale16.to_f32() == 0.0 {
            scale16 = f16::ONE;
        }
        let mut inverse = 1.0 / scale16.to_f32();
        if inverse.is_infinite() {
            scale16 = f16::ONE;
            inverse = 1.0;
        }
        for (i, v) in row.iter().enumerate() {
            let q = kernel::round_even((v - low) * inverse).clamp(0.0, highest) as u8;
            quanta[i / per_byte] |= q << (i % per_byte * bits as usize);
        }
        tail[..2].copy_from_slice(&scale16.to_bits().to_ne_bytes());
        tail[2..].copy_from_slice(&low16.to_bits().to_ne_bytes());
    }
    Ok(out.finish())
}

fn unpack_rows(packed: &Tensor, bits: u32) -> Result<Tensor> {
    ensure!(packed.dtype() == DType::U8 && packed.dim() >= 1, "expected rows of bytes, got {}", packed.dtype());
    let last = packed.dim() - 1;
    let length = packed.sizes()[last] as usize;
    let (extra, per_byte) = (if bits == 8 { 8 } else { 4 }, 8 / bits as usize);
    ensure!(length >= extra, "rows of {length} bytes are too short");
    let width = (length - extra) * per_byte;
    let mut sizes = packed.sizes().to_vec();
    sizes[last] = width as i64;
    let packed = packed.to_contiguous()?;
    let mut out = NewTensor::<f32>::new(&sizes)?;
    for (row, bytes) in out.data().chunks_exact_mut(width.max(1)).zip(packed.data::<u8>()?.chunks_exact(length)) {
        let (quanta, tail) = bytes.split_at(length - extra);
        let half = |i: usize| f16::from_bits(u16::from_ne_bytes([tail[i], tail[i + 1]])).to_f32();
        let single = |i: usize| f32::from_ne_bytes([tail[i], tail[i + 1], tail[i + 2], tail[i + 3]]);
        let (scale, low) = if bits == 8 { (single(0), single(4)) } else { (half(0), half(2)) };
        for (i, slot) in row.iter_mut().enumerate() {
            let q = u32::from(quanta[i / per_byte]) >> (i % per_byte * bits as usize) & ((1 << bits) - 1);
            *slot = q as f32 * scale + low;
        }
    }
    Ok(out.finish())
}

fn prepack_byte(weight: Tensor) -> Result<Tensor> {
    pack_rows(&weight, 8, None)
}

fn unpack_byte(packed: Tensor) -> Result<Tensor> {
    unpack_rows(&packed, 8)
}

macro_rules! few_bits {
    ($($prepack:ident, $unpack:ident, $bits:literal;)*) => { $(
        fn $prepack(weight: Tensor, optimized: bool, bins: i64, ratio: f64) -> Result<Tensor> {
            ensure!(!optimized || bins > 0, "nbins must be positive");
            pack_rows(&weight, $bits, optimized.then_some((bins, ratio)))
        }
        fn $unpack(packed: Tensor) -> Result<Tensor> {
            unpack_rows(&packed, $bits)
        }
    )* };
}
few_bits! {
    prepack_4bit, unpack_4bit, 4;
    prepack_2bit, unpack_2bit, 2;
}

macro_rules! bags_of_rows {
    ($($f:ident, $bits:literal;)*) => { $(
        fn $f(
            packed: Tensor,
            indices: Tensor,
            offsets: Opt,
            _: bool,
            _: i64,
            pruned: bool,
            weights: Opt,
            mapping: Opt,
            last: bool,
        ) -> Result<Tensor> {
            ensure!(packed.dim() == 2, "weight must be a matrix");
            sums(&unpack_rows(&packed, $bits)?, &indices, offsets, pruned, weights, mapping, last)
        }
    )* };
}
bags_of_rows! {
    bag_rows_byte, 8;
    bag_rows_4bit, 4;
    bag_rows_2bit, 2;
}
