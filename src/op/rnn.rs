//! Recurrent layers and cells. Half types compute in float32.
//!
//! Whatever the layout of the input, a layer works on the rows of all steps, one step after the other, and the number
//! of rows of each step: so a padded batch is a packed one whose steps have equally many rows.

use std::sync::Arc;

use parking_lot::Mutex;

use super::compute::{data_opt, dense, dense_opt, dispatch_float, finish, not_implemented, Span};
use super::dropout::dropout;
use super::matmul::{cpp_name, linear_into, plus};
use super::packed::linear_weight;
use super::Op;
use crate::base::threads::{parallel_tiles, TileMut};
use crate::base::{DType, Element};
use crate::kernel::gemm::{Mat, PackedB, Real};
use crate::kernel::recurrent::{Cell, Direction, Weight};
use crate::kernel::simd::gates::GateElement;
use crate::tensor::NewTensor;
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] =
    &[
        op!(
        "aten::lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, \
         bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)",
        lstm(_, _, _, _, _, _, _, _, _), tags [Random]
    ),
        op!(
            "aten::lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int \
         num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor, Tensor)",
            lstm_packed(_, _, _, _, _, _, _, _, _),
            tags[Random]
        ),
        op!(
        "aten::gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, \
         bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
        gru(_, _, _, _, _, _, _, _, _), tags [Random]
    ),
        op!(
        "aten::gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, \
         float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)",
        gru_packed(_, _, _, _, _, _, _, _, _), tags [Random]
    ),
        op!(
            "aten::rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
            rnn_tanh(_, _, _, _, _, _, _, _, _),
            tags[Random]
        ),
        op!(
            "aten::rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int \
         num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)",
            rnn_tanh_packed(_, _, _, _, _, _, _, _, _),
            tags[Random]
        ),
        op!(
            "aten::rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
            rnn_relu(_, _, _, _, _, _, _, _, _),
            tags[Random]
        ),
        op!(
            "aten::rnn_relu.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int \
         num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)",
            rnn_relu_packed(_, _, _, _, _, _, _, _, _),
            tags[Random]
        ),
        op!(
        "aten::lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> \
         (Tensor, Tensor)",
        lstm_cell(_, _, _, _, _, _)
    ),
        op!(
        "aten::gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> \
         Tensor",
        gru_cell(_, _, _, _, _, _)
    ),
        op!(
        "aten::rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) \
         -> Tensor",
        rnn_tanh_cell(_, _, _, _, _, _)
    ),
        op!(
        "aten::rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) \
         -> Tensor",
        rnn_relu_cell(_, _, _, _, _, _)
    ),
    ];

type Opt = Option<Tensor>;

fn lstm(
    x: Tensor,
    hx: Vec<Tensor>,
    params: Vec<Tensor>,
    biases: bool,
    layers: i64,
    p: f64,
    train: bool,
    both: bool,
    batch_first: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    let how = How { cell: Cell::Lstm, biases, layers, dropout: p, train, both };
    let (out, h, c) = padded(&how, &x, &lstm_states(hx, "lstm")?, &params, batch_first)?;
    Ok((out, h, c))
}

fn lstm_packed(
    x: Tensor,
    batch_sizes: Tensor,
    hx: Vec<Tensor>,
    params: Vec<Tensor>,
    biases: bool,
    layers: i64,
    p: f64,
    train: bool,
    both: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    let how = How { cell: Cell::Lstm, biases, layers, dropout: p, train, both };
    packed(&how, &x, &batch_sizes, &lstm_states(hx, "lstm")?, &params)
}

fn lstm_states(hx: Vec<Tensor>, name: &str) -> Result<Vec<Tensor>> {
    ensure!(hx.len() == 2, "{name} expects two hidden states");
    Ok(hx)
}

macro_rules! simple_layers {
    ($($cell:expr, $plain:ident, $packed:ident;)*) => { $(
        fn $plain(
            x: Tensor, hx: Tensor, params: Vec<Tensor>, biases: bool, layers: i64, p: f64, train: bool, both: bool,
            batch_first: bool,
        ) -> Result<(Tensor, Tensor)> {
            let how = How { cell: $cell, biases, layers, dropout: p, train, both };
            let (out, h, _) = padded(&how, &x, &[hx], &params, batch_first)?;
            Ok((out, h))
        }
        fn $packed(
            x: Tensor, batch_sizes: Tensor, hx: Tensor, params: Vec<Tensor>, biases: bool, layers: i64, p: f64,
            train: bool, both: bool,
        ) -> Result<(Tensor, Tensor)> {
            let how = How { cell: $cell, biases, layers, dropout: p, train, both };
            let (out, h, _) = packed(&how, &x, &batch_sizes, &[hx], &params)?;
            Ok((out, h))
        }
    )* };
}
simple_layers! {
    Cell::Gru, gru, gru_packed;
    Cell::Tanh, rnn_tanh, rnn_tanh_packed;
    Cell::Relu, rnn_relu, rnn_relu_packed;
}

/// What a stack of layers is.
struct How {
    cell: Cell,
    biases: bool,
    layers: i64,
    dropout: f64,
    train: bool,
    /// Also from the last step to the first.
    both: bool,
}

/// The input is `[steps, batch, features]`, or with the first two exchanged.
fn padded(
    how: &How,
    x: &Tensor,
    hx: &[Tensor],
    params: &[Tensor],
    batch_first: bool,
) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(x.dim() == 3, "the input of a recurrent layer must have 3 dimensions, but it has {}", x.dim());
    let x = if batch_first { x.transpose(0, 1)? } else { x.clone() };
    let (steps, batch, features) = (x.sizes()[0], x.sizes()[1], x.sizes()[2]);
    ensure!(steps > 0, "Expected sequence length to be larger than 0 in RNN");
    let rows = x.reshape(&[steps * batch, features])?;
    let (out, h, c) = run(how, rows, &vec![batch as usize; steps as usize], hx, params)?;
    let out = out.view(&[steps, batch, out.sizes()[1]])?;
    Ok((if batch_first { out.transpose(0, 1)? } else { out }, h, c))
}

fn packed(
    how: &How,
    x: &Tensor,
    batch_sizes: &Tensor,
    hx: &[Tensor],
    params: &[Tensor],
) -> Result<(Tensor, Tensor, Tensor)> {
    ensure!(x.dim() == 2, "the data of a packed sequence must have 2 dimensions, but it has {}", x.dim());
    let steps = steps_of(batch_sizes)?;
    let (mut first, have) = (0, x.sizes()[0] as usize);
    for &n in &steps {
        ensure!(n <= have - first, "start ({first}) + length ({n}) exceeds dimension size ({have}).");
        first += n;
    }
    run(how, x.narrow(0, 0, first as i64)?, &steps, hx, params)
}

/// The rows of each step of a packed sequence.
pub(super) fn steps_of(batch_sizes: &Tensor) -> Result<Vec<usize>> {
    ensure!(batch_sizes.dim() == 1, "batch_sizes must have one dimension, but it has {}", batch_sizes.dim());
    ensure!(batch_sizes.dtype() == DType::I64, "expected scalar type Long but found {}", batch_sizes.dtype().name());
    let sizes = batch_sizes.to_vec::<i64>()?;
    ensure!(!sizes.is_empty(), "Expected sequence length to be larger than 0 in RNN");
    ensure!(sizes.iter().all(|n| *n > 0), "batch_sizes must be positive");
    for pair in sizes.windows(2) {
        ensure!(
            pair[0] >= pair[1],
            "batch_sizes must not increase: The size of tensor a ({}) must match the size of tensor b ({}) at \
             non-singleton dimension 1",
            pair[0],
            pair[1]
        );
    }
    Ok(sizes.into_iter().map(|n| n as usize).collect())
}

/// The weights of one direction of one layer.
struct Params<'a> {
    w_ih: &'a Tensor,
    w_hh: &'a Tensor,
    b_ih: Option<&'a Tensor>,
    b_hh: Option<&'a Tensor>,
    w_hr: Option<&'a Tensor>,
}

/// All layers over the rows of all steps: the last layer's states of all steps, and every layer's last states.
fn run(how: &How, x: Tensor, steps: &[usize], hx: &[Tensor], params: &[Tensor]) -> Result<(Tensor, Tensor, Tensor)> {
    let directions = if how.both { 2 } else { 1 };
    let total = how.layers.max(0) as usize * directions;
    for h in hx {
        ensure!(h.dim() == 3, "hidden states must have 3 dimensions, but one has {}", h.dim());
        ensure!(h.sizes()[0] as usize == total && total > 0, "Expected more hidden states in stacked_rnn");
    }
    let projected = hx.len() == 2 && hx[0].sizes()[2] != hx[1].sizes()[2];
    let each = if how.biases { 4 } else { 2 } + usize::from(projected);
    ensure!(params.len() % each == 0, "got an incorrect number of RNN parameters");
    ensure!(params.len() == total * each, "Expected more weights in stacked_rnn");
    let params: Vec<Params> = params
        .chunks_exact(each)
        .map(|p| Params {
            w_ih: &p[0],
            w_hh: &p[1],
            b_ih: how.biases.then(|| &p[2]),
            b_hh: how.biases.then(|| &p[3]),
            w_hr: if projected { p.last() } else { None },
        })
        .collect();
    let batch = steps[0] as i64;
    for h in hx {
        ensure!(
            h.sizes()[1] == batch,
            "The size of tensor a ({}) must match the size of tensor b ({batch}) at non-singleton dimension 0",
            h.sizes()[1]
        );
    }
    let hidden = hx[hx.len() - 1].sizes()[2];
    let state = hx[0].sizes()[2];
    let mut features = x.sizes()[1];
    for (i, p) in params.iter().enumerate() {
        if i % directions == 0 && i > 0 {
            features = state * directions as i64;
        }
        check_params(how.cell, p, &x, hx, [x.sizes()[0], features, hidden, state])?;
    }
    let dtype = x.dtype();
    dispatch_float!(dtype, "rnn", T => {
        let mut h = copy_of::<T>(&hx[0])?;
        let mut c = match hx.get(1) {
            Some(c) => copy_of::<T>(c)?,
            None => NewTensor::<T>::new(&[total as i64, batch, 0])?,
        };
        let mut input = x;
        for (layer, params) in params.chunks_exact(directions).enumerate() {
            if layer > 0 && how.dropout != 0.0 && how.train {
                input = dropout(finish(input, dtype)?, how.dropout, true)?;
            }
            let one = |all: usize| layer * all / how.layers as usize..(layer + 1) * all / how.layers as usize;
            let (h_all, c_all) = (h.data(), c.data());
            let (h_part, c_part) = (one(h_all.len()), one(c_all.len()));
            input = run_layer::<T>(how.cell, &input, steps, params, &mut h_all[h_part], &mut c_all[c_part], state)?;
        }
        Ok((finish(input, dtype)?, finish(h.finish(), dtype)?, finish(c.finish(), dtype)?))
    })
}

fn copy_of<T: Element>(x: &Tensor) -> Result<NewTensor<T>> {
    let mut out = NewTensor::<T>::new(x.sizes())?;
    if x.numel() > 0 {
        out.data().copy_from_slice(dense::<T>(x)?.data::<T>()?);
    }
    Ok(out)
}

fn check_params(
    cell: Cell,
    p: &Params,
    x: &Tensor,
    hx: &[Tensor],
    [rows, features, hidden, state]: [i64; 4],
) -> Result<()> {
    let dtype = x.dtype();
    let weights = [Some(p.w_ih), Some(p.w_hh), p.b_ih, p.b_hh, p.w_hr];
    for other in weights.iter().flatten().copied().chain(hx) {
        ensure!(
            other.dtype() == dtype || p.b_ih.is_some(),
            "expected m1 and m2 to have the same dtype, but got: {} != {}",
            cpp_name(dtype),
            cpp_name(other.dtype())
        );
        ensure!(
            other.dtype() == dtype,
            "mat1 and mat2 must have the same dtype, but got {} and {}",
            dtype.name(),
            other.dtype().name()
        );
    }
    if !dtype.is_floating_point() {
        return Err(not_implemented("rnn", dtype));
    }
    let gates = cell.gates() as i64 * hidden;
    for (weight, rows, inner) in [(p.w_ih, rows, features), (p.w_hh, hx[0].sizes()[1], state)] {
        ensure!(
            weight.dim() == 2,
            "weights of a recurrent layer must be matrices, but one has {} dimensions",
            weight.dim()
        );
        let (n, k) = (weight.sizes()[0], weight.sizes()[1]);
        ensure!(k == inner, "mat1 and mat2 shapes cannot be multiplied ({rows}x{inner} and {k}x{n})");
        ensure!(
            n == gates,
            "The size of tensor a ({n}) must match the size of tensor b ({gates}) at non-singleton dimension 1"
        );
    }
    for bias in [p.b_ih, p.b_hh].into_iter().flatten() {
        ensure!(
            bias.sizes() == [gates],
            "a bias of a recurrent layer has shape {:?}, expected [{gates}]",
            bias.sizes()
        );
    }
    if let Some(weight) = p.w_hr {
        ensure!(
            weight.sizes() == [state, hidden],
            "the projection of a recurrent layer has shape {:?}, expected [{state}, {hidden}]",
            weight.sizes()
        );
    }
    Ok(())
}

/// One layer, both directions: writes their states side by side.
fn run_layer<T: Real + Element + GateElement>(
    cell: Cell,
    x: &Tensor,
    steps: &[usize],
    params: &[Params],
    h: &mut [T],
    c: &mut [T],
    state: i64,
) -> Result<Tensor> {
    let (rows, directions) = (x.sizes()[0], params.len());
    let mut out = NewTensor::<T>::new(&[rows, state * directions as i64])?;
    if out.data().is_empty() {
        return Ok(out.finish());
    }
    let mut sides = Vec::with_capacity(directions);
    let (h_each, c_each) = ((h.len() / directions).max(1), c.len() / directions);
    let mut c_rest = c;
    for (i, (p, h)) in params.iter().zip(h.chunks_exact_mut(h_each)).enumerate() {
        let (c, rest) = c_rest.split_at_mut(c_each);
        c_rest = rest;
        let few = steps[0] <= FEW && steps.len() <= FEW;
        sides.push(Mutex::new(Side {
            gates: input_gates::<T>(cell, x, p)?,
            recurrent: Kept::<T>::new(p.w_hh, few)?,
            projection: p.w_hr.map(|w| Kept::<T>::new(w, few)).transpose()?,
            bias: if cell == Cell::Gru { dense_opt::<T>(&p.b_hh.cloned())? } else { None },
            reverse: i == 1,
            h,
            c,
        }));
    }
    let width = state as usize;
    let failed = Mutex::new(None);
    let matrix = TileMut::new(out.data(), rows as usize, width * directions, width * directions);
    parallel_tiles(matrix, rows as usize, width, &|_, col, mut tile| {
        if let Err(error) = sides[col / width].lock().run(cell, steps, &mut tile) {
            failed.lock().get_or_insert(error);
        }
    });
    match failed.into_inner() {
        Some(error) => Err(error),
        None => Ok(out.finish()),
    }
}

/// The input's part of the gates for all steps, with every bias that may go in here.
fn input_gates<T: Real + Element>(cell: Cell, x: &Tensor, p: &Params) -> Result<NewTensor<T>> {
    let mut gates = NewTensor::<T>::new(&[x.sizes()[0], p.w_ih.sizes()[0]])?;
    let bias = match (p.b_ih, p.b_hh) {
        (Some(a), Some(b)) if cell != Cell::Gru => {
            Some(plus(&finish(a.clone(), T::DTYPE)?, &finish(b.clone(), T::DTYPE)?)?)
        }
        (Some(a), _) => Some(a.clone()),
        // only of a cell
        (None, Some(b)) if cell != Cell::Gru => Some(b.clone()),
        (None, _) => None,
    };
    linear_into::<T>(x, p.w_ih, &bias, gates.data())?;
    Ok(gates)
}

/// One direction with all that it reads and writes.
struct Side<'a, T: 'static> {
    gates: NewTensor<T>,
    recurrent: Kept<T>,
    projection: Option<Kept<T>>,
    bias: Opt,
    reverse: bool,
    h: &'a mut [T],
    c: &'a mut [T],
}

impl<T: Real + Element + GateElement> Side<'_, T> {
    fn run(&mut self, cell: Cell, steps: &[usize], out: &mut TileMut<T>) -> Result<()> {
        let gates = self.gates.data();
        let rows: usize = steps.iter().sum();
        let direction = Direction {
            cell,
            hidden: gates.len() / rows.max(1) / cell.gates(),
            recurrent: self.recurrent.weight()?,
            bias: data_opt::<T>(&self.bias)?,
            projection: self.projection.as_ref().map(Kept::weight).transpose()?,
            reverse: self.reverse,
            steps,
        };
        direction.run(gates, self.h, self.c, out);
        Ok(())
    }
}

/// A weight as the steps read it: in place for a few rows in a few steps, packed for more.
enum Kept<T: 'static> {
    Plain(Tensor, Span),
    Packed(Arc<PackedB<T>>),
}

impl<T: Real + Element> Kept<T> {
    fn new(weight: &Tensor, few: bool) -> Result<Kept<T>> {
        if few && weight.numel() > 0 {
            let (weight, span) = Span::new::<T>(weight)?;
            return Ok(Kept::Plain(weight, span));
        }
        Ok(Kept::Packed(linear_weight::<T>(weight)?))
    }

    fn weight(&self) -> Result<Weight<'_, T>> {
        Ok(match self {
            Kept::Packed(packed) => Weight::Packed(packed),
            Kept::Plain(w, span) => {
                let (s, t) = (w.sizes(), w.strides());
                let mat = Mat::new(span.data::<T>()?, s[0] as usize, s[1] as usize, t[0] as usize, t[1] as usize);
                Weight::Plain(mat.t())
            }
        })
    }
}

/// Steps, and rows of each, up to which weights are read in place.
const FEW: usize = 3;

fn lstm_cell(x: Tensor, hx: Vec<Tensor>, w_ih: Tensor, w_hh: Tensor, b_ih: Opt, b_hh: Opt) -> Result<(Tensor, Tensor)> {
    step(Cell::Lstm, &x, &lstm_states(hx, "lstm_cell")?, [&w_ih, &w_hh], [&b_ih, &b_hh])
}

macro_rules! simple_cells {
    ($($cell:expr, $name:ident;)*) => { $(
        fn $name(x: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Opt, b_hh: Opt) -> Result<Tensor> {
            Ok(step($cell, &x, &[hx], [&w_ih, &w_hh], [&b_ih, &b_hh])?.0)
        }
    )* };
}
simple_cells! { Cell::Gru, gru_cell; Cell::Tanh, rnn_tanh_cell; Cell::Relu, rnn_relu_cell; }

/// One step of one cell, over `[batch, features]`.
fn step(
    cell: Cell,
    x: &Tensor,
    hx: &[Tensor],
    [w_ih, w_hh]: [&Tensor; 2],
    [b_ih, b_hh]: [&Opt; 2],
) -> Result<(Tensor, Tensor)> {
    ensure!(w_ih.dim() == 2 && w_hh.dim() == 2, "weights of a recurrent cell must be matrices");
    ensure!(x.dim() == 2, "the input of a recurrent cell must have 2 dimensions, but it has {}", x.dim());
    let (batch, features, inner) = (x.sizes()[0], x.sizes()[1], w_ih.sizes()[1]);
    ensure!(features == inner, "input has inconsistent input_size: got {features} expected {inner}");
    let hidden = w_hh.sizes()[1];
    for (i, h) in hx.iter().enumerate() {
        ensure!(h.dim() == 2, "hidden{i} must have 2 dimensions, but it has {}", h.dim());
        let (rows, cols) = (h.sizes()[0], h.sizes()[1]);
        ensure!(batch == rows, "Input batch size {batch} doesn't match hidden{i} batch size {rows}");
        ensure!(cols == hidden, "hidden{i} has inconsistent hidden_size: got {cols}, expected {hidden}");
    }
    let params = Params { w_ih, w_hh, b_ih: b_ih.as_ref(), b_hh: b_hh.as_ref(), w_hr: None };
    check_params(cell, &params, x, hx, [batch, features, hidden, hidden])?;
    let dtype = x.dtype();
    dispatch_float!(dtype, "rnn", T => {
        let mut h = copy_of::<T>(&hx[0])?;
        let mut c = copy_of::<T>(&hx[hx.len() - 1])?;
        let c_data = if cell == Cell::Lstm { c.data() } else { &mut [] };
        run_layer::<T>(cell, x, &[batch as usize], &[params], h.data(), c_data, hidden)?;
        Ok((finish(h.finish(), dtype)?, finish(c.finish(), dtype)?))
    })
}
