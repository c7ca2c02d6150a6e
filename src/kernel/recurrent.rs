//! Recurrent layers: the steps of one direction, over gates whose input part is computed for all steps before.

use super::gemm::{gemm_step, gemm_with, Bias, Epilogue, Mat, PackedB, Real};
use super::scratch::with_scratch;
use super::simd::gates::GateElement;
use super::threads::TileMut;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Lstm,
    Gru,
    Tanh,
    Relu,
}

impl Cell {
    /// Rows of gates for each element of the state.
    pub fn gates(self) -> usize {
        match self {
            Cell::Lstm => 4,
            Cell::Gru => 3,
            Cell::Tanh | Cell::Relu => 1,
        }
    }
}

/// The right-hand side of the products of each step: as it is, for a few rows, or packed.
pub enum Weight<'a, T: 'static> {
    /// `inner × outer`
    Plain(Mat<'a, T>),
    Packed(&'a PackedB<T>),
}

/// One direction of one layer.
pub struct Direction<'a, T: 'static> {
    pub cell: Cell,
    /// Elements of the cell's state.
    pub hidden: usize,
    /// `state × gates`
    pub recurrent: Weight<'a, T>,
    /// One for each gate; only of [`Cell::Gru`], elsewhere it is part of the input's.
    pub bias: Option<&'a [T]>,
    /// `hidden × state`: makes the state that goes out and round smaller.
    pub projection: Option<Weight<'a, T>>,
    /// From the last step to the first.
    pub reverse: bool,
    /// Rows of each step, never more than of the step before.
    pub steps: &'a [usize],
}

impl<T: Real + GateElement> Direction<'_, T> {
    /// Runs all steps. `gates` has the input's part (`rows of all steps × gates`) and is used up; `h` and `c` hold the
    /// state before and after, a row for each row of the first step; `out` takes the state after each step.
    ///
    /// # Panics
    /// If sizes do not fit each other.
    pub fn run(&self, gates: &mut [T], h: &mut [T], c: &mut [T], out: &mut TileMut<T>) {
        let (width, hidden) = (self.cell.gates() * self.hidden, self.hidden);
        let Some(&most) = self.steps.first() else { return };
        let rows: usize = self.steps.iter().sum();
        if most == 0 || hidden == 0 {
            return;
        }
        let state = h.len() / most;
        assert!(gates.len() == rows * width && h.len() == most * state && out.cols() == state && out.rows() == rows);
        assert!(self.cell != Cell::Lstm || c.len() == most * hidden);
        let spare = if self.cell == Cell::Gru { most * width } else { 0 };
        let whole = if self.projection.is_some() { most * hidden } else { 0 };
        with_scratch(spare + whole, |scratch| {
            let (spare, whole) = scratch.split_at_mut(spare);
            let mut backward = false;
            let mut step = |first: usize, rows: usize| {
                let x = &mut gates[first * width..][..rows * width];
                self.step(x, &mut h[..rows * state], c, [spare, whole], rows, backward);
                backward = !backward;
                for (i, h) in h.chunks_exact(state.max(1)).take(rows).enumerate() {
                    out.row(first + i).copy_from_slice(h);
                }
            };
            if self.reverse {
                let mut end = rows;
                for &rows in self.steps.iter().rev() {
                    end -= rows;
                    step(end, rows);
                }
            } else {
                let mut first = 0;
                for &rows in self.steps {
                    step(first, rows);
                    first += rows;
                }
            }
        });
    }

    fn step(&self, x: &mut [T], h: &mut [T], c: &mut [T], [spare, whole]: [&mut [T]; 2], rows: usize, backward: bool) {
        let (width, hidden) = (self.cell.gates() * self.hidden, self.hidden);
        let state = h.len() / rows;
        if self.cell == Cell::Gru {
            let bias = self.bias.map_or(Bias::None, Bias::Cols);
            let part = &mut spare[..rows * width];
            multiply(h, &self.recurrent, (T::zero(), bias), part, rows, backward);
            let parts = x.chunks_exact(width).zip(part.chunks_exact(width));
            parts.zip(h.chunks_exact_mut(hidden)).for_each(|((x, s), h)| T::gru(x, s, h));
            return;
        }
        multiply(h, &self.recurrent, (T::one(), Bias::None), x, rows, backward);
        let whole = &mut whole[..if self.projection.is_some() { rows * hidden } else { 0 }];
        let target = if self.projection.is_some() { &mut *whole } else { &mut *h };
        debug_assert!(self.projection.is_some() || state == hidden);
        let lines = x.chunks_exact(width).zip(target.chunks_exact_mut(hidden));
        match self.cell {
            Cell::Lstm => lines.zip(c.chunks_exact_mut(hidden)).for_each(|((x, h), c)| T::lstm(x, c, h)),
            Cell::Relu => lines.for_each(|(x, h)| T::relu_all(x, h)),
            Cell::Tanh | Cell::Gru => lines.for_each(|(x, h)| T::tanh_all(x, h)),
        }
        if let Some(projection) = &self.projection {
            multiply(whole, projection, (T::zero(), Bias::None), h, rows, backward);
        }
    }
}

/// `out = x · weight + β · out`, plus the bias.
fn multiply<T: Real>(
    x: &[T],
    weight: &Weight<T>,
    (beta, bias): (T, Bias<T>),
    out: &mut [T],
    rows: usize,
    backward: bool,
) {
    let epilogue = Epilogue { bias, ..Epilogue::default() };
    let (k, n) = (x.len() / rows, out.len() / rows);
    let x = Mat::row_major(x, rows, k);
    match weight {
        Weight::Plain(weight) => gemm_with(T::one(), x, *weight, beta, out, n, &epilogue),
        Weight::Packed(weight) => gemm_step(x, weight, beta, out, &epilogue, backward),
    }
}
