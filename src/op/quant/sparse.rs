//! Linear layers whose int8 weights are mostly zero, kept as the blocks that are not. They compute as dense ones do.

use std::sync::Arc;

use super::linear::{dynamic, requantized};
use super::packed::{object, optional, prepared, LinearParams};
use crate::base::{DType, QScheme};
use crate::op::Op;
use crate::tensor::{NewTensor, QParams, Quantizer};
use crate::value::IValue;
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "sparse::qlinear_prepack(Tensor W, Tensor? B, int out_features_block_size, int in_features_block_size) -> \
         __torch__.torch.classes.sparse.LinearPackedParamsBase W_prepack",
        prepack(_, _, _, _)
    ),
    op!(
        "sparse::qlinear_unpack(__torch__.torch.classes.sparse.LinearPackedParamsBase W_prepack) -> (Tensor W_origin, \
         Tensor? B_origin, int[] block_pattern)",
        unpack(_)
    ),
    op!(
        "sparse::qlinear(Tensor X, __torch__.torch.classes.sparse.LinearPackedParamsBase W_prepack, float Y_scale_i, int \
         Y_zero_point_i) -> Tensor Y",
        linear(_, _, _, _)
    ),
    op!(
        "sparse::qlinear_relu(Tensor X, __torch__.torch.classes.sparse.LinearPackedParamsBase W_prepack, float Y_scale_i, \
         int Y_zero_point_i) -> Tensor Y",
        linear_relu(_, _, _, _)
    ),
    op!(
        "sparse::qlinear_dynamic(Tensor X, __torch__.torch.classes.sparse.LinearPackedParamsBase W_prepack) -> Tensor Y",
        linear_dynamic(_, _)
    ),
];

const CLASS: &str = "__torch__.torch.classes.sparse.LinearPackedParamsBase";

/// The layer with all of its weight, and the sizes of the blocks that its state has.
struct Params {
    dense: LinearParams,
    block: [i64; 2],
}

impl Params {
    fn of(value: &IValue) -> Result<Arc<Params>> {
        prepared(value, CLASS, Params::from_state)
    }

    fn from_state(state: &[IValue]) -> Result<Params> {
        let [version, bias, rows, columns, scales, zero_points, per_tensor, starts, places, values, n, k] = state
        else {
            bail!("{CLASS}: a state of {} parts, expected 12", state.len())
        };
        ensure!(version.to_int()? == 2, "{CLASS}: a state of version {}, expected 2", version.to_int()?);
        let block = [rows.to_int()?, columns.to_int()?];
        let (n, k) = (n.to_int()?, k.to_int()?);
        let integers = |value: &IValue| value.to_tensor()?.to_vec::<i64>();
        let blocks = Blocks { block, starts: integers(starts)?, places: integers(places)?, values: integers(values)? };
        let scales = scales.to_tensor()?.to_vec::<f64>()?;
        let zero_points = integers(zero_points)?;
        let quantizer = match (per_tensor.to_bool()?, &scales[..], &zero_points[..]) {
            (true, [scale], [zero_point]) => Quantizer::per_tensor(*scale, *zero_point),
            (false, ..) if scales.len() as i64 == n && zero_points.len() as i64 == n => {
                let params = QParams::PerChannel {
                    scales: Tensor::from_slice(&scales, &[n])?,
                    zero_points: Tensor::from_slice(&zero_points, &[n])?,
                    axis: 0,
                };
                Arc::new(Quantizer { scheme: QScheme::PerChannelAffine, params })
            }
            _ => bail!("{CLASS}: {} scales and {} zero points for {n} channels", scales.len(), zero_points.len()),
        };
        let weight = blocks.dense(n, k, &zero_points)?.with_quantizer(DType::QI8, quantizer)?;
        Ok(Params { dense: LinearParams::new(weight, optional(bias)?)?, block })
    }
}

/// The blocks of a matrix that are kept: from `starts[r]` to `starts[r + 1]` those of the r-th row of blocks, each with its
/// place in the row and its values, to which 128 is added.
struct Blocks {
    block: [i64; 2],
    starts: Vec<i64>,
    places: Vec<i64>,
    values: Vec<i64>,
}

impl Blocks {
    fn dense(&self, n: i64, k: i64, zero_points: &[i64]) -> Result<Tensor> {
        let [rows, columns] = self.block;
        ensure!(rows > 0 && columns > 0 && n > 0 && k > 0, "{CLASS}: blocks of {rows} x {columns} in {n} x {k}");
        let size = rows.checked_mul(columns).unwrap_or(i64::MAX);
        let whole = (self.places.len() as i64).checked_mul(size) == Some(self.values.len() as i64);
        let counted = self.starts.len() as i64 == (n - 1) / rows + 2
            && self.starts.first() == Some(&0)
            && self.starts.last() == Some(&(self.places.len() as i64))
            && self.starts.is_sorted();
        ensure!(whole && counted, "{CLASS}: the blocks contradict their numbers");
        let mut out = NewTensor::<i8>::new(&[n, k])?;
        let data = out.data();
        for (row, line) in data.chunks_mut(k as usize).enumerate() {
            line.fill(zero_points[if zero_points.len() == 1 { 0 } else { row }] as i8);
        }
        for (band, ends) in self.starts.windows(2).enumerate() {
            for at in ends[0]..ends[1] {
                let place = self.places[at as usize];
                ensure!(place >= 0 && place <= (k - 1) / columns, "{CLASS}: a block at column {place}");
                let values = &self.values[(at * size) as usize..][..size as usize];
                for (i, value) in values.iter().enumerate() {
                    let (row, column) = (band as i64 * rows + i as i64 / columns, place * columns + i as i64 % columns);
                    // blocks at the edges are filled up
                    if row < n && column < k {
                        data[(row * k + column) as usize] = (*value - 128) as i8;
                    }
                }
            }
        }
        Ok(out.finish())
    }

    /// The blocks with an element that is not its row's zero point.
    fn of(weight: &Tensor, zero_points: &[i64], block: [i64; 2]) -> Result<Blocks> {
        let (n, k) = (weight.sizes()[0], weight.sizes()[1]);
        let values = weight.integers()?.to_vec::<i64>()?;
        let zero = |row: i64| zero_points[if zero_points.len() == 1 { 0 } else { row.min(n - 1) as usize }];
        let at = |row: i64, column: i64| match row < n && column < k {
            true => values[(row * k + column) as usize],
            false => zero(row),
        };
        let [rows, columns] = block;
        let mut blocks = Blocks { block, starts: vec![0], places: Vec::new(), values: Vec::new() };
        for top in (0..n).step_by(rows as usize) {
            for (place, left) in (0..k).step_by(columns as usize).enumerate() {
                let inside =
                    || (top..top + rows).flat_map(|row| (left..left + columns).map(move |column| (row, column)));
                if inside().any(|(row, column)| at(row, column) != zero(row)) {
                    blocks.places.push(place as i64);
                    blocks.values.extend(inside().map(|(row, column)| at(row, column) + 128));
                }
            }
            blocks.starts.push(blocks.places.len() as i64);
        }
        Ok(blocks)
    }
}

fn prepack(weight: Tensor, bias: Option<Tensor>, rows: i64, columns: i64) -> Result<IValue> {
    ensure!(weight.dim() == 2, "The weight tensor for ao::sparse::qlinear_prepack should be 2-dimensional.");
    ensure!(weight.dtype() == DType::QI8, "expected scalar type QInt8 but found {}", weight.dtype());
    let (n, k) = (weight.sizes()[0], weight.sizes()[1]);
    ensure!(
        (rows, columns) == (1, 4),
        "The out and in features block sizes for ao::sparse::qlinear_prepack (fbgemm) should be 1 and 4 respectively (got \
         {rows} and {columns})"
    );
    let (scales, zero_points, per_tensor) = match weight.quantizer().map(|q| q.params.clone()) {
        Some(QParams::PerTensor { scale, zero_point }) => (vec![scale as f32], vec![zero_point], true),
        Some(QParams::PerChannel { scales, zero_points, axis: 0 }) => {
            (scales.to_vec::<f32>()?, zero_points.to_vec::<i64>()?, false)
        }
        _ => bail!("Unsupported qscheme for a sparse linear layer"),
    };
    ensure!(zero_points.iter().all(|zero| *zero == 0), "zero point must be zero for sparse linear layers");
    let blocks = Blocks::of(&weight, &zero_points, [rows, columns])?;
    let list = |values: &[i64], dtype| Tensor::from_slice(values, &[values.len() as i64])?.to_dtype(dtype);
    let state = vec![
        IValue::Int(2),
        bias.into(),
        IValue::Int(rows),
        IValue::Int(columns),
        Tensor::from_slice(&scales, &[scales.len() as i64])?.into(),
        list(&zero_points, DType::I8)?.into(),
        IValue::Bool(per_tensor),
        list(&blocks.starts, DType::I32)?.into(),
        list(&blocks.places, DType::I32)?.into(),
        list(&blocks.values, DType::U8)?.into(),
        IValue::Int(n),
        IValue::Int(k),
    ];
    let packed = object(CLASS, state);
    Params::of(&packed)?;
    Ok(packed)
}

fn unpack(packed: IValue) -> Result<(Tensor, Option<Tensor>, Vec<i64>)> {
    let params = Params::of(&packed)?;
    Ok((params.dense.weight.clone(), params.dense.bias.clone(), params.block.to_vec()))
}

fn linear(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    requantized(x, &Params::of(&packed)?.dense, scale, zero_point, false)
}

fn linear_relu(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    requantized(x, &Params::of(&packed)?.dense, scale, zero_point, true)
}

fn linear_dynamic(x: Tensor, packed: IValue) -> Result<Tensor> {
    dynamic(&x, &Params::of(&packed)?.dense, false, false)
}
