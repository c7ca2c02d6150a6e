//! Recurrent layers whose products are those of [`linear`](super::linear): int8 weights with inputs quantized on the way
//! in, or weights of half precision.
//!
//! The inputs of all steps are multiplied at once and so share one range; states are multiplied step by step.

use std::sync::Arc;

use super::fbgemm::{int_params, quantize_weight};
use super::linear::dynamic;
use super::packed::{object, prepared, LinearParams};
use crate::base::{DType, Scalar};
use crate::op::dropout::dropout;
use crate::op::rnn::steps_of;
use crate::op::Op;
use crate::value::{IValue, List, Type};
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "\
         quantized::make_quantized_cell_params_dynamic(__torch__.torch.classes.quantized.LinearPackedParamsBase \
         w_ih, __torch__.torch.classes.quantized.LinearPackedParamsBase w_hh, Tensor bias_ih, Tensor \
         bias_hh, bool reduce_range=False) -> __torch__.torch.classes.rnn.CellParamsBase",
        make_dynamic(_, _, _, _, _)
    ),
    op!(
        "\
         quantized::make_quantized_cell_params_fp16(__torch__.torch.classes.quantized.LinearPackedParamsBase \
         w_ih, __torch__.torch.classes.quantized.LinearPackedParamsBase w_hh) -> \
         __torch__.torch.classes.rnn.CellParamsBase",
        make_fp16(_, _)
    ),
    op!(
        "aten::quantized_lstm.input(Tensor input, Tensor[] hx, \
         __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool \
         use_dynamic=False) -> (Tensor, Tensor, Tensor)",
        lstm(_, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, \
         __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional, *, ScalarType? dtype=None, bool use_dynamic=False) -> \
         (Tensor, Tensor, Tensor)",
        lstm_packed(_, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_gru.input(Tensor input, Tensor hx, \
         __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
        gru(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_gru.data(Tensor data, Tensor batch_sizes, Tensor hx, \
         __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional) -> (Tensor, Tensor)",
        gru_packed(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::quantized_lstm_cell_dynamic(Tensor input, Tensor[] hx, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_ih, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_hh, Tensor bias_ih, Tensor bias_hh) \
         -> (Tensor, Tensor)",
        lstm_cell(_, _, _, _, _, _)
    ),
    op!(
        "quantized::quantized_gru_cell_dynamic(Tensor input, Tensor hx, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_ih, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_hh, Tensor b_ih, Tensor b_hh) -> \
         Tensor",
        gru_cell(_, _, _, _, _, _)
    ),
    op!(
        "quantized::quantized_rnn_relu_cell_dynamic(Tensor input, Tensor hx, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_ih, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_hh, Tensor b_ih, Tensor b_hh) -> \
         Tensor",
        rnn_relu_cell(_, _, _, _, _, _)
    ),
    op!(
        "quantized::quantized_rnn_tanh_cell_dynamic(Tensor input, Tensor hx, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_ih, \
         __torch__.torch.classes.quantized.LinearPackedParamsBase w_hh, Tensor b_ih, Tensor b_hh) -> \
         Tensor",
        rnn_tanh_cell(_, _, _, _, _, _)
    ),
    op!(
        "quantized::make_quantized_cell_params(Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh) -> \
         __torch__.torch.classes.rnn.CellParamsBase",
        make_integers(_, _, _, _)
    ),
    op!(
        "aten::quantized_lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, \
         Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, \
         Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> (Tensor, \
         Tensor)",
        old_lstm_cell(_, _, _, _, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, \
         Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, \
         Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor",
        old_gru_cell(_, _, _, _, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, \
         Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, \
         Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor",
        old_rnn_relu_cell(_, _, _, _, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::quantized_rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, \
         Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, \
         Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor",
        old_rnn_tanh_cell(_, _, _, _, _, _, _, _, _, _, _, _, _, _)
    ),
];

const CELL: &str = "__torch__.torch.classes.rnn.CellParamsBase";

/// The two products of a cell.
struct CellParams {
    input: Arc<LinearParams>,
    hidden: Arc<LinearParams>,
    reduce_range: bool,
}

impl CellParams {
    /// The state is a kind, tensors, floats, integers and packed weights.
    fn of(value: &IValue) -> Result<Arc<CellParams>> {
        prepared(value, CELL, |state| {
            let [IValue::Str(kind), IValue::List(tensors), IValue::List(scales), IValue::List(numbers), IValue::List(packed)] =
                state
            else {
                bail!("unknown state of {CELL}");
            };
            if &**kind == "quantized" {
                return CellParams::of_integers(&tensors.to_vec(), &scales.to_vec(), &numbers.to_vec());
            }
            if !matches!(&**kind, "quantized_dynamic" | "quantized_fp16") {
                return Err(Error::unsupported(format!("{CELL} of kind {kind}")));
            }
            let packed = packed.to_vec();
            let [input, hidden] = &packed[..] else { bail!("{CELL}: expected two packed weights") };
            let reduce_range = numbers.to_vec().first().map(IValue::to_int).transpose()?.unwrap_or(0) != 0;
            Ok(CellParams { input: LinearParams::of(input)?, hidden: LinearParams::of(hidden)?, reduce_range })
        })
    }
    /// Tensors are int8 weights, biases and sums of rows, for the input and the state each.
    fn of_integers(tensors: &[IValue], scales: &[IValue], zero_points: &[IValue]) -> Result<CellParams> {
        let ([w_ih, w_hh, b_ih, b_hh, ..], [s_ih, s_hh], [z_ih, z_hh]) = (tensors, scales, zero_points) else {
            bail!("unknown state of {CELL}");
        };
        let params = |w: &IValue, b: &IValue, s: &IValue, z: &IValue| -> Result<Arc<LinearParams>> {
            let params = int_params(&w.to_tensor()?, s.to_scalar()?, z.to_scalar()?, b.to_tensor()?)?;
            Ok(Arc::new(params))
        };
        let (input, hidden) = (params(w_ih, b_ih, s_ih, z_ih)?, params(w_hh, b_hh, s_hh, z_hh)?);
        Ok(CellParams { input, hidden, reduce_range: false })
    }
    fn of_input(&self, x: &Tensor) -> Result<Tensor> {
        dynamic(x, &self.input, self.reduce_range, false)
    }
    fn of_hidden(&self, h: &Tensor) -> Result<Tensor> {
        dynamic(h, &self.hidden, self.reduce_range, false)
    }
}

fn make(kind: &str, tensors: Vec<Tensor>, numbers: Vec<i64>, input: IValue, hidden: IValue) -> Result<IValue> {
    let class = input.ty();
    let state = vec![
        IValue::Str(kind.into()),
        IValue::List(List::tensors(tensors)),
        IValue::List(List::new(Type::Float, vec![])),
        IValue::List(List::ints(numbers)),
        IValue::List(List::new(class, vec![input, hidden])),
    ];
    let value = object(CELL, state);
    CellParams::of(&value)?;
    Ok(value)
}

fn make_dynamic(input: IValue, hidden: IValue, b_ih: Tensor, b_hh: Tensor, reduce_range: bool) -> Result<IValue> {
    make("quantized_dynamic", vec![b_ih, b_hh], vec![i64::from(reduce_range)], input, hidden)
}

fn make_fp16(input: IValue, hidden: IValue) -> Result<IValue> {
    make("quantized_fp16", vec![], vec![], input, hidden)
}

/// Weights are quantized here.
fn make_integers(w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor) -> Result<IValue> {
    let (q_ih, c_ih, s_ih, z_ih) = quantize_weight(w_ih)?;
    let (q_hh, c_hh, s_hh, z_hh) = quantize_weight(w_hh)?;
    let state = vec![
        IValue::Str("quantized".into()),
        IValue::List(List::tensors([q_ih, q_hh, b_ih, b_hh, c_ih, c_hh])),
        IValue::List(List::new(Type::Float, vec![s_ih.into(), s_hh.into()])),
        IValue::List(List::ints([z_ih, z_hh])),
        IValue::List(List::new(Type::Any, vec![])),
    ];
    Ok(object(CELL, state))
}

#[derive(Clone, Copy, PartialEq)]
enum Cell {
    Lstm,
    Gru,
    Relu,
    Tanh,
}

fn sigmoid(v: f32) -> f32 {
    1.0 / (1.0 + (-v).exp())
}

impl Cell {
    fn gates(self) -> usize {
        match self {
            Cell::Lstm => 4,
            Cell::Gru => 3,
            _ => 1,
        }
    }

    /// One step of one row: from the products of input and state to the new state `h` (and `c`).
    fn step(self, x: &[f32], s: &[f32], h: &mut [f32], c: &mut [f32]) {
        let n = h.len();
        for j in 0..n {
            match self {
                Cell::Lstm => {
                    let gate = |k: usize| x[k * n + j] + s[k * n + j];
                    c[j] = sigmoid(gate(1)) * c[j] + sigmoid(gate(0)) * gate(2).tanh();
                    h[j] = sigmoid(gate(3)) * c[j].tanh();
                }
                Cell::Gru => {
                    let reset = sigmoid(x[j] + s[j]);
                    let update = sigmoid(x[n + j] + s[n + j]);
                    let new = (x[2 * n + j] + reset * s[2 * n + j]).tanh();
                    h[j] = (h[j] - new) * update + new;
                }
                Cell::Relu => h[j] = (x[j] + s[j]).max(0.0),
                Cell::Tanh => h[j] = (x[j] + s[j]).tanh(),
            }
        }
    }
}

/// States of one direction of one layer, row by row.
struct State {
    h: Vec<f32>,
    c: Vec<f32>,
}

/// Runs the rows of all steps; gives the outputs of all rows, and leaves the last states in `state`.
fn direction(
    cell: Cell,
    params: &CellParams,
    x: &Tensor,
    steps: &[usize],
    backward: bool,
    state: &mut State,
) -> Result<Vec<f32>> {
    let hidden = params.hidden.weight.sizes()[1] as usize;
    let gates = cell.gates() * hidden;
    ensure!(
        params.input.weight.sizes()[0] as usize == gates && params.hidden.weight.sizes()[0] as usize == gates,
        "quantized recurrent layer: {gates} rows of weights expected"
    );
    let of_input = params.of_input(x)?;
    let of_input = of_input.data::<f32>()?;
    let rows: usize = steps.iter().sum();
    let mut out = vec![0.0; rows * hidden];
    let starts: Vec<usize> = steps
        .iter()
        .scan(0, |at, n| {
            *at += n;
            Some(*at - n)
        })
        .collect();
    for t in 0..steps.len() {
        let t = if backward { steps.len() - 1 - t } else { t };
        let (start, n) = (starts[t], steps[t]);
        let now = Tensor::from_slice(&state.h[..n * hidden], &[n as i64, hidden as i64])?;
        let of_hidden = params.of_hidden(&now)?;
        let of_hidden = of_hidden.data::<f32>()?;
        for row in 0..n {
            let (h, c) = (&mut state.h[row * hidden..][..hidden], &mut state.c[row * hidden..][..hidden]);
            cell.step(&of_input[(start + row) * gates..][..gates], &of_hidden[row * gates..][..gates], h, c);
            out[(start + row) * hidden..][..hidden].copy_from_slice(h);
        }
    }
    Ok(out)
}

struct How {
    cell: Cell,
    layers: i64,
    dropout: f64,
    train: bool,
    both: bool,
}

/// `x` is `[rows of all steps, features]`. Gives the outputs and the last states, `[layers · directions, batch, hidden]`.
fn run(how: &How, x: Tensor, steps: &[usize], hx: &[Tensor], params: &[IValue]) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(x.dtype() == DType::F32, "expected scalar type Float but found {}", x.dtype());
    let directions = if how.both { 2 } else { 1 };
    let params = params.iter().map(CellParams::of).collect::<Result<Vec<_>>>()?;
    ensure!(
        params.len() as i64 == how.layers.saturating_mul(directions) && !params.is_empty(),
        "got an incorrect number of quantized RNN parameters"
    );
    let hidden = params[0].hidden.weight.sizes()[1];
    ensure!(hidden > 0, "quantized recurrent layer: the hidden size must not be zero");
    let batch = steps.iter().max().copied().unwrap_or(0) as i64;
    let shape = [params.len() as i64, batch, hidden];
    for h in hx {
        ensure!(h.sizes() == shape, "Expected hidden size {shape:?}, got {:?}", h.sizes());
    }
    let rows = steps.iter().sum::<usize>() as i64;
    ensure!(x.dim() == 2 && x.sizes()[0] == rows, "the input does not have the rows of all steps");
    let (mut h_out, mut c_out) = (Vec::new(), Vec::new());
    let mut x = x;
    for (layer, cells) in params.chunks(directions as usize).enumerate() {
        let mut outs = Vec::new();
        for (d, cell) in cells.iter().enumerate() {
            ensure!(cell.hidden.weight.sizes()[1] == hidden, "layers of different hidden sizes");
            let index = (layer * cells.len() + d) as i64;
            let h = hx[0].select(0, index)?.to_vec::<f32>()?;
            let c = match hx.get(1) {
                Some(c) => c.select(0, index)?.to_vec::<f32>()?,
                None => vec![0.0; h.len()],
            };
            let mut state = State { h, c };
            outs.push(direction(how.cell, cell, &x, steps, d == 1, &mut state)?);
            h_out.extend(state.h);
            c_out.extend(state.c);
        }
        let width = outs.len() * hidden as usize;
        let mut joined = vec![0.0; rows as usize * width];
        for (d, out) in outs.iter().enumerate() {
            let parts = joined.chunks_exact_mut(width).zip(out.chunks_exact(hidden as usize));
            parts.for_each(|(to, from)| to[d * hidden as usize..][..hidden as usize].copy_from_slice(from));
        }
        x = Tensor::from_slice(&joined, &[rows, width as i64])?;
        if how.train && how.dropout != 0.0 && layer as i64 + 1 < how.layers {
            x = dropout(x, how.dropout, true)?;
        }
    }
    Ok((x, Tensor::from_slice(&h_out, &shape)?, Tensor::from_slice(&c_out, &shape)?))
}

fn padded(
    how: &How,
    x: &Tensor,
    hx: &[Tensor],
    params: &[IValue],
    batch_first: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(x.dim() == 3, "quantized recurrent layer: expected an input of 3 dimensions, got {}", x.dim());
    let x = if batch_first { x.transpose(0, 1)? } else { x.clone() };
    let (length, batch) = (x.sizes()[0], x.sizes()[1]);
    ensure!(length > 0 && x.numel() > 0, "Expected sequence length to be larger than 0 in RNN");
    let rows = x.reshape(&[length * batch, x.sizes()[2]])?;
    let (out, h, c) = run(how, rows, &vec![batch as usize; length as usize], hx, params)?;
    let out = out.view(&[length, batch, out.sizes()[1]])?;
    Ok((if batch_first { out.transpose(0, 1)? } else { out }, h, c))
}

fn pair(hx: Vec<Tensor>) -> Result<Vec<Tensor>> {
    ensure!(hx.len() == 2, "lstm expects two hidden states");
    Ok(hx)
}

fn lstm(
    x: Tensor,
    hx: Vec<Tensor>,
    params: Vec<IValue>,
    _: bool,
    layers: i64,
    dropout: f64,
    train: bool,
    both: bool,
    batch_first: bool,
    _: Option<DType>,
    _: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    let how = How { cell: Cell::Lstm, layers, dropout, train, both };
    padded(&how, &x, &pair(hx)?, &params, batch_first)
}

fn lstm_packed(
    x: Tensor,
    batch_sizes: Tensor,
    hx: Vec<Tensor>,
    params: Vec<IValue>,
    _: bool,
    layers: i64,
    dropout: f64,
    train: bool,
    both: bool,
    _: Option<DType>,
    _: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    let how = How { cell: Cell::Lstm, layers, dropout, train, both };
    run(&how, x, &steps_of(&batch_sizes)?, &pair(hx)?, &params)
}

fn gru(
    x: Tensor,
    hx: Tensor,
    params: Vec<IValue>,
    _: bool,
    layers: i64,
    dropout: f64,
    train: bool,
    both: bool,
    batch_first: bool,
) -> Result<(Tensor, Tensor)> {
    let how = How { cell: Cell::Gru, layers, dropout, train, both };
    let (out, h, _) = padded(&how, &x, &[hx], &params, batch_first)?;
    Ok((out, h))
}

fn gru_packed(
    x: Tensor,
    batch_sizes: Tensor,
    hx: Tensor,
    params: Vec<IValue>,
    _: bool,
    layers: i64,
    dropout: f64,
    train: bool,
    both: bool,
) -> Result<(Tensor, Tensor)> {
    let how = How { cell: Cell::Gru, layers, dropout, train, both };
    let (out, h, _) = run(&how, x, &steps_of(&batch_sizes)?, &[hx], &params)?;
    Ok((out, h))
}

type Old = (Tensor, Tensor, Tensor, Tensor);

/// One step with int8 weights that come one by one, as the first quantized modules kept them.
fn old_cell(
    cell: Cell,
    x: &Tensor,
    hx: &[Tensor],
    (w_ih, w_hh, b_ih, b_hh): Old,
    (s_ih, s_hh): (Scalar, Scalar),
    (z_ih, z_hh): (Scalar, Scalar),
) -> Result<(Tensor, Tensor)> {
    let params = CellParams {
        input: Arc::new(int_params(&w_ih, s_ih, z_ih, b_ih)?),
        hidden: Arc::new(int_params(&w_hh, s_hh, z_hh, b_hh)?),
        reduce_range: false,
    };
    one_step(cell, &params, x, hx)
}

macro_rules! old_cells {
    ($($f:ident, $hx:ty, $list:expr, $out:ty, $cell:expr, $pick:expr;)*) => { $(
        fn $f(
            x: Tensor,
            hx: $hx,
            w_ih: Tensor,
            w_hh: Tensor,
            b_ih: Tensor,
            b_hh: Tensor,
            _: Tensor,
            _: Tensor,
            _: Tensor,
            _: Tensor,
            s_ih: Scalar,
            s_hh: Scalar,
            z_ih: Scalar,
            z_hh: Scalar,
        ) -> Result<$out> {
            let hx: Vec<Tensor> = $list(hx)?;
            Ok($pick(old_cell($cell, &x, &hx, (w_ih, w_hh, b_ih, b_hh), (s_ih, s_hh), (z_ih, z_hh))?))
        }
    )* };
}
old_cells! {
    old_lstm_cell, Vec<Tensor>, pair, (Tensor, Tensor), Cell::Lstm, |p| p;
    old_gru_cell, Tensor, one, Tensor, Cell::Gru, first;
    old_rnn_relu_cell, Tensor, one, Tensor, Cell::Relu, first;
    old_rnn_tanh_cell, Tensor, one, Tensor, Cell::Tanh, first;
}

fn one(h: Tensor) -> Result<Vec<Tensor>> {
    Ok(vec![h])
}

fn first(states: (Tensor, Tensor)) -> Tensor {
    states.0
}

/// One step; cells always leave the highest bit of their inputs unused.
fn cell(cell: Cell, x: &Tensor, hx: &[Tensor], w_ih: &IValue, w_hh: &IValue) -> Result<(Tensor, Tensor)> {
    let params = CellParams { input: LinearParams::of(w_ih)?, hidden: LinearParams::of(w_hh)?, reduce_range: true };
    one_step(cell, &params, x, hx)
}

fn one_step(cell: Cell, params: &CellParams, x: &Tensor, hx: &[Tensor]) -> Result<(Tensor, Tensor)> {
    let h = &hx[0];
    ensure!(x.dim() == 2 && h.dim() == 2, "quantized cell: expected inputs of 2 dimensions");
    let rows = x.sizes()[0];
    ensure!(
        h.sizes() == [rows, params.hidden.weight.sizes()[1]] && hx.iter().all(|s| s.sizes() == h.sizes()),
        "quantized cell: hidden of shape {:?} does not fit",
        h.sizes()
    );
    let c = match hx.get(1) {
        Some(c) => c.to_vec::<f32>()?,
        None => vec![0.0; h.numel()],
    };
    let mut state = State { h: h.to_vec::<f32>()?, c };
    direction(cell, params, x, &[rows as usize], false, &mut state)?;
    Ok((Tensor::from_slice(&state.h, h.sizes())?, Tensor::from_slice(&state.c, h.sizes())?))
}

fn lstm_cell(x: Tensor, hx: Vec<Tensor>, w_ih: IValue, w_hh: IValue, _: Tensor, _: Tensor) -> Result<(Tensor, Tensor)> {
    cell(Cell::Lstm, &x, &pair(hx)?, &w_ih, &w_hh)
}

macro_rules! cells {
    ($($f:ident, $cell:expr;)*) => { $(
        fn $f(x: Tensor, h: Tensor, w_ih: IValue, w_hh: IValue, _: Tensor, _: Tensor) -> Result<Tensor> {
            Ok(cell($cell, &x, &[h], &w_ih, &w_hh)?.0)
        }
    )* };
}
cells! {
    gru_cell, Cell::Gru;
    rnn_relu_cell, Cell::Relu;
    rnn_tanh_cell, Cell::Tanh;
}
