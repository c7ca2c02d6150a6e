//! Elementwise work: kernels see contiguous tiles of one compute type, whatever the operands' dtypes, strides and
//! broadcasting.
//!
//! The iteration space (the broadcast shape, in the order of the output's memory) is cut into tiles of at most
//! [`TILE`] elements. An operand that is already contiguous in that order and of the compute type is passed in place;
//! any other is gathered and converted into a buffer that stays in L1. So an operator needs one kernel per *compute*
//! type, and type promotion costs nothing extra.

use smallvec::SmallVec;

use super::convert::{load, store};
use super::layout::{is_non_overlapping_and_dense, output_strides};
use super::tensor::Tensor;
use crate::base::threads::parallel_for;
use crate::base::{broadcast_shapes, contiguous_strides, DType, Dims, Element, MemoryFormat, Scalar};
use crate::Result;

/// Largest tile, in elements.
pub const TILE: usize = 2048;
/// Elements per thread below which a call stays on its thread.
const GRAIN: usize = 32 * 1024;

/// One kernel call: inputs and output of the same length. A kernel of bytes also works on bools, of which every byte but 0
/// is true, and gives 0 and 1 for them.
pub type TileFn<'a, I, O> = dyn Fn(&[&[I]], &mut [O]) + Sync + 'a;

/// An operand: a tensor, or a number that counts as a zero-dimensional tensor of a dtype.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    Tensor(&'a Tensor),
    Number(Scalar, DType),
}

/// Broadcasts `inputs`, converts them to `I`, calls `kernel` tile by tile and returns a new tensor of `dtype` to which
/// its results were converted. Output strides follow the inputs', as in PyTorch.
pub fn map<I: Element, O: Element>(inputs: &[&Tensor], dtype: DType, kernel: &TileFn<I, O>) -> Result<Tensor> {
    let inputs: SmallVec<[Input; 4]> = inputs.iter().map(|t| Input::Tensor(t)).collect();
    map_inputs(&inputs, dtype, kernel)
}

/// As [`map`], into an existing tensor, which may be one of the inputs. Fails when the inputs do not broadcast to
/// exactly its shape, or when it overlaps an input other than by being the same place.
pub fn map_into<I: Element, O: Element>(inputs: &[&Tensor], out: &Tensor, kernel: &TileFn<I, O>) -> Result<()> {
    let inputs: SmallVec<[Input; 4]> = inputs.iter().map(|t| Input::Tensor(t)).collect();
    map_inputs_into(&inputs, out, kernel)
}

/// [`map`] with numbers among the operands.
pub fn map_inputs<I: Element, O: Element>(inputs: &[Input], dtype: DType, kernel: &TileFn<I, O>) -> Result<Tensor> {
    if let Some(plain) = widest(inputs).filter(|_| holds::<O>(dtype)).and_then(|t| Plain::new(inputs, t, None)) {
        let out = Tensor::empty(plain.sizes, dtype)?;
        plain.run(&out, kernel);
        return Ok(out);
    }
    with_tensors(inputs, |inputs| {
        let out = empty_result(inputs, dtype)?;
        let turned: Vec<Option<Tensor>> = inputs.iter().map(|t| turned(t, &out)).collect::<Result<_>>()?;
        if turned.iter().all(Option::is_none) {
            run(inputs, &out, kernel)?;
            return Ok(out);
        }
        let inputs: SmallVec<[&Tensor; 4]> =
            inputs.iter().zip(&turned).map(|(t, turned)| turned.as_ref().unwrap_or(t)).collect();
        run(&inputs, &out, kernel)?;
        Ok(out)
    })
}

/// [`map_into`] with numbers among the operands.
pub fn map_inputs_into<I: Element, O: Element>(inputs: &[Input], out: &Tensor, kernel: &TileFn<I, O>) -> Result<()> {
    if O::DTYPE != DType::Bool && is_plain::<O>(out) {
        if let Some(plain) = Plain::new(inputs, out, Some(out)) {
            plain.run(out, kernel);
            out.storage().bump_version();
            return Ok(());
        }
    }
    with_tensors(inputs, |inputs| {
        let shape = result_shape(inputs)?;
        crate::ensure!(
            broadcast_shapes(&shape, out.sizes()).is_ok_and(|s| s[..] == *out.sizes()),
            "output with shape {:?} doesn't match the broadcast shape {:?}",
            out.sizes(),
            &shape[..]
        );
        for input in inputs {
            if !input.same_place(out) {
                check_no_overlap(input, out)?;
            }
        }
        check_no_internal_overlap(out)?;
        run(inputs, out, kernel)?;
        out.storage().bump_version();
        Ok(())
    })
}

/// [`empty_result`] with numbers among the operands.
pub fn empty_for(inputs: &[Input], dtype: DType) -> Result<Tensor> {
    with_tensors(inputs, |inputs| empty_result(inputs, dtype))
}

/// Gives numbers as tensors.
fn with_tensors<R>(inputs: &[Input], f: impl FnOnce(&[&Tensor]) -> Result<R>) -> Result<R> {
    let mut numbers: SmallVec<[Tensor; 3]> = SmallVec::new();
    for input in inputs {
        if let Input::Number(value, dtype) = input {
            numbers.push(Tensor::scalar(*value, *dtype)?);
        }
    }
    let mut made = numbers.iter();
    let tensors: SmallVec<[&Tensor; 4]> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Tensor(t) => Some(*t),
            Input::Number(..) => made.next(),
        })
        .collect();
    f(&tensors)
}

/// A copy of a large operand in the memory order of the result, where its own is another one: reading across rows, element
/// by element, costs more than the copy by blocks.
fn turned(t: &Tensor, out: &Tensor) -> Result<Option<Tensor>> {
    const SMALLEST: usize = 1 << 12;
    if t.numel() < SMALLEST || t.sizes() != out.sizes() {
        return Ok(None);
    }
    let nest = Nest::new(out.sizes(), &[out.strides(), t.strides()]);
    let (strides, last) = (nest.strides(1), nest.sizes().len() - 1);
    let across = strides[last] > 1 && strides[..last].contains(&1) && nest.sizes()[last] >= 8;
    if !across || t.check_dense().is_err() {
        return Ok(None);
    }
    let copy = Tensor::empty_strided(out.sizes(), out.strides(), t.dtype())?;
    copy.copy_from(t)?;
    Ok(Some(copy))
}

/// The tensor with most dimensions and elements.
fn widest<'a>(inputs: &[Input<'a>]) -> Option<&'a Tensor> {
    let mut widest: Option<&Tensor> = None;
    for input in inputs {
        if let Input::Tensor(t) = input {
            if widest.is_none_or(|w| (t.dim(), t.numel()) > (w.dim(), w.numel())) {
                widest = Some(t);
            }
        }
    }
    widest
}

/// The shape that all inputs broadcast to.
pub fn result_shape(inputs: &[&Tensor]) -> Result<Dims> {
    let Some((first, rest)) = inputs.split_first() else { return Ok(Dims::new()) };
    let mut shape: Dims = first.sizes().into();
    for input in rest {
        if input.sizes() != &shape[..] {
            shape = broadcast_shapes(&shape, input.sizes())?;
        }
    }
    Ok(shape)
}

/// An uninitialised tensor for an elementwise result: the broadcast shape, in the memory order of the inputs.
pub fn empty_result(inputs: &[&Tensor], dtype: DType) -> Result<Tensor> {
    let shape = result_shape(inputs)?;
    if inputs.iter().all(|t| t.sizes() == &shape[..] && t.is_contiguous() || t.dim() == 0) {
        return Tensor::empty(&shape, dtype);
    }
    if let Some((first, rest)) = inputs.split_first().filter(|_| inputs.iter().all(|t| t.sizes() == &shape[..])) {
        if inputs.iter().all(|t| t.is_contiguous_in(MemoryFormat::ChannelsLast)) {
            return Tensor::empty_format(&shape, dtype, MemoryFormat::ChannelsLast);
        }
        // strides of dimensions of size 1 stay too
        if rest.iter().all(|t| t.strides() == first.strides()) && is_non_overlapping_and_dense(&shape, first.strides())
        {
            return Tensor::empty_strided(&shape, first.strides(), dtype);
        }
    }
    let expanded: SmallVec<[Dims; 4]> = inputs.iter().map(|t| broadcast_strides(t, &shape)).collect();
    let views: SmallVec<[&[i64]; 4]> = expanded.iter().map(|s| &s[..]).collect();
    let strides = output_strides(&shape, &views);
    Tensor::empty_strided(&shape, &strides, dtype)
}

/// An expanded tensor cannot be written element by element.
pub fn check_no_internal_overlap(out: &Tensor) -> Result<()> {
    let overlapping = out.numel() > 0 && out.sizes().iter().zip(out.strides()).any(|(n, s)| *n > 1 && *s == 0);
    crate::ensure!(
        !overlapping,
        "unsupported operation: more than one element of the written-to tensor refers to a single memory location. \
         Please clone() the tensor before performing the operation."
    );
    Ok(())
}

/// An operator that reads `input` at any place while it writes `out` cannot have them share elements.
pub fn check_no_overlap(input: &Tensor, out: &Tensor) -> Result<()> {
    crate::ensure!(
        !input.shares_storage(out) || !overlap(input, out),
        "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory \
         location. Please clone() the tensor before performing the operation."
    );
    Ok(())
}

fn overlap(a: &Tensor, b: &Tensor) -> bool {
    if a.numel() == 0 || b.numel() == 0 {
        return false;
    }
    let span = |t: &Tensor| {
        let item = t.dtype().itemsize();
        let last: i64 = t.sizes().iter().zip(t.strides()).map(|(n, s)| (n - 1) * s).sum();
        (t.storage_offset() * item, (t.storage_offset() + last as usize + 1) * item)
    };
    let ((a0, a1), (b0, b1)) = (span(a), span(b));
    if a0 >= b1 || b0 >= a1 {
        return false;
    }
    // interleaved views, such as x[0::2] and x[1::2], may share a span and no element: only a certain overlap counts
    let dense = |t: &Tensor| is_non_overlapping_and_dense(t.sizes(), t.strides());
    dense(a) && dense(b)
}

/// Whether the elements are of type `T`, one after the other.
fn is_plain<T: Element>(t: &Tensor) -> bool {
    holds::<T>(t.dtype())
        && t.is_contiguous()
        && t.check_dense().is_ok()
        && (t.data_ptr() as usize) % size_of::<T>() == 0
}

/// Whether memory of a dtype is memory of `T`.
fn holds<T: Element>(dtype: DType) -> bool {
    dtype == T::DTYPE || T::DTYPE == DType::U8 && dtype == DType::Bool
}

/// Operands with no strides to walk and nothing to convert, which need none of the work below.
struct Plain<'a, I> {
    sizes: &'a [i64],
    operands: SmallVec<[PlainOperand<I>; 3]>,
}

enum PlainOperand<I> {
    Slice(*const I),
    /// In the place of the output: passed as a copy.
    Shared(*const I),
    /// The same element everywhere.
    One(I),
}

// SAFETY: the pointers address tensors that outlive the parallel section, and are only read.
unsafe impl<I: Sync> Sync for PlainOperand<I> {}

struct Pointer<T>(*mut T);
// SAFETY: the pointer addresses a tensor that outlives the parallel section; threads write disjoint ranges, or only read.
unsafe impl<T> Sync for Pointer<T> {}

impl<'a, I: Element> Plain<'a, I> {
    /// `None` when an operand has other strides or another dtype than those of a contiguous tensor of the shape of
    /// `wide`, or shares memory with `out` without being in the same place.
    fn new(inputs: &[Input], wide: &'a Tensor, out: Option<&Tensor>) -> Option<Self> {
        if I::DTYPE == DType::Bool {
            return None;
        }
        let mut operands = SmallVec::new();
        for input in inputs {
            let t = match input {
                Input::Tensor(t) => *t,
                Input::Number(value, dtype) if *dtype == I::DTYPE => {
                    operands.push(PlainOperand::One(I::from_scalar(*value)));
                    continue;
                }
                Input::Number(..) => return None,
            };
            let base = t.data_ptr().cast_const().cast::<I>();
            let shared = out.is_some_and(|out| t.shares_storage(out));
            if !is_plain::<I>(t) || shared && !out.is_some_and(|out| t.same_place(out)) {
                return None;
            }
            operands.push(if shared {
                PlainOperand::Shared(base)
            } else if t.sizes() == wide.sizes() {
                PlainOperand::Slice(base)
            } else if t.numel() == 1 && t.dim() <= wide.dim() {
                // SAFETY: its only element, aligned and of type I.
                PlainOperand::One(unsafe { *base })
            } else {
                return None;
            });
        }
        Some(Plain { sizes: wide.sizes(), operands })
    }

    /// Calls `kernel` on all of the output, which must be a contiguous tensor of this shape and of type `O`.
    fn run<O: Element>(&self, out: &Tensor, kernel: &TileFn<I, O>) {
        let target = Pointer(out.data_ptr().cast::<O>());
        let direct = self.operands.iter().all(|op| matches!(op, PlainOperand::Slice(_)));
        parallel_for(out.numel(), GRAIN, &|range| {
            let target = &target;
            let bools = O::DTYPE == DType::Bool;
            let tile = if direct && !bools { range.len() } else { TILE.min(range.len()) };
            let mut copies: SmallVec<[SmallVec<[I; 8]>; 3]> = SmallVec::new();
            if !direct {
                copies.extend(self.operands.iter().map(|op| match op {
                    PlainOperand::Slice(_) => SmallVec::new(),
                    PlainOperand::Shared(_) => SmallVec::from_elem(I::default(), tile),
                    PlainOperand::One(value) => SmallVec::from_elem(*value, tile),
                }));
            }
            for at in range.clone().step_by(tile) {
                let len = tile.min(range.end - at);
                for (op, copy) in self.operands.iter().zip(&mut copies) {
                    if let PlainOperand::Shared(base) = op {
                        // SAFETY: `len` elements of the operand; the copy is memory of its own.
                        unsafe { std::ptr::copy_nonoverlapping(base.wrapping_add(at), copy.as_mut_ptr(), len) };
                    }
                }
                let mut slices: SmallVec<[&[I]; 4]> = SmallVec::new();
                for (i, op) in self.operands.iter().enumerate() {
                    slices.push(match op {
                        // SAFETY: contiguous, aligned elements of type I that nobody writes to.
                        PlainOperand::Slice(base) => unsafe { std::slice::from_raw_parts(base.wrapping_add(at), len) },
                        _ => &copies[i][..len],
                    });
                }
                let first = target.0.wrapping_add(at);
                if bools {
                    // only 0 and 1 are valid bools
                    // SAFETY: `len` elements that this thread alone writes.
                    unsafe { first.write_bytes(0, len) };
                }
                // SAFETY: contiguous, aligned elements of type O that this thread alone writes, apart from all slices.
                kernel(&slices, unsafe { std::slice::from_raw_parts_mut(first, len) });
            }
        });
    }
}

fn run<I: Element, O: Element>(inputs: &[&Tensor], out: &Tensor, kernel: &TileFn<I, O>) -> Result<()> {
    for input in inputs {
        input.check_dense()?;
    }
    out.check_dense()?;
    let n = out.numel();
    if n == 0 {
        return Ok(());
    }
    let strides: SmallVec<[Dims; 4]> =
        std::iter::once(out.strides().into()).chain(inputs.iter().map(|t| broadcast_strides(t, out.sizes()))).collect();
    let views: SmallVec<[&[i64]; 4]> = strides.iter().map(|s| &s[..]).collect();
    let nest = Nest::new(out.sizes(), &views);
    let shared = inputs.iter().any(|t| t.shares_storage(out));
    if !shared && run_rows(&nest, inputs, out, kernel) {
        return Ok(());
    }
    let operands: SmallVec<[Operand; 4]> = inputs
        .iter()
        .enumerate()
        .map(|(i, t)| Operand::new(t, &nest, i + 1, t.dtype() == I::DTYPE && I::DTYPE != DType::Bool))
        .collect();
    let target = Operand::new(out, &nest, 0, out.dtype() == O::DTYPE && O::DTYPE != DType::Bool && !shared);
    let failed = parking_lot::Mutex::new(None);
    parallel_for(n, GRAIN, &|range| {
        // SAFETY: ranges are disjoint, so each output element is written by one thread; operands lie inside their
        // storages; nobody else writes to them (the module's contract).
        let done = unsafe { run_range(&nest, &operands, &target, range.start, range.end, kernel) };
        if let Err(error) = done {
            failed.lock().get_or_insert(error);
        }
    });
    failed.into_inner().map_or(Ok(()), Err)
}

/// Broadcasting of plain memory: where the innermost rows of all operands are slices, or one element each, they are passed
/// as they are. False, and nothing done, for others. The output shares no memory with the inputs.
fn run_rows<I: Element, O: Element>(nest: &Nest, inputs: &[&Tensor], out: &Tensor, kernel: &TileFn<I, O>) -> bool {
    const SHORTEST: usize = 16;
    const MOST: usize = 4;
    let last = nest.sizes.len() - 1;
    let row = nest.sizes[last] as usize;
    let plain =
        |t: &Tensor, index: usize, item: usize| nest.strides[index][last] <= 1 && (t.data_ptr() as usize) % item == 0;
    let fits = row >= SHORTEST
        && inputs.len() <= MOST
        && I::DTYPE != DType::Bool
        && O::DTYPE != DType::Bool
        && holds::<O>(out.dtype())
        && nest.is_linear(0)
        && plain(out, 0, size_of::<O>())
        && inputs.iter().enumerate().all(|(i, t)| holds::<I>(t.dtype()) && plain(t, i + 1, size_of::<I>()));
    if !fits {
        return false;
    }
    let bases: SmallVec<[Pointer<I>; MOST]> = inputs.iter().map(|t| Pointer(t.data_ptr().cast())).collect();
    let target = Pointer(out.data_ptr().cast::<O>());
    let constant: [bool; MOST] = std::array::from_fn(|i| i < inputs.len() && nest.strides[i + 1][last] == 0);
    let part = if constant.contains(&true) { row.min(TILE) } else { row };
    parallel_for(out.numel() / row, (GRAIN / row).max(1), &|range| {
        let (bases, target) = (&bases[..], &target);
        let mut copies: [Vec<I>; MOST] =
            std::array::from_fn(|i| vec![I::default(); if constant[i] { part } else { 0 }]);
        let mut at = range.start * row;
        nest.runs(at, range.len() * row, &mut |offsets, run| {
            let first = |i: usize| bases[i].0.cast_const().wrapping_offset(offsets[i + 1]);
            for i in (0..bases.len()).filter(|i| constant[*i]) {
                // SAFETY: an element of the operand, aligned and of type I.
                copies[i].fill(unsafe { *first(i) });
            }
            let mut slices: [&[I]; MOST] = [&[]; MOST];
            let mut from = 0;
            while from < run {
                let len = part.min(run - from);
                for i in 0..bases.len() {
                    slices[i] = match constant[i] {
                        true => &copies[i][..len],
                        // SAFETY: contiguous, aligned elements of type I that nobody writes to.
                        false => unsafe { std::slice::from_raw_parts(first(i).wrapping_add(from), len) },
                    };
                }
                // SAFETY: the output is contiguous in iteration order; this thread alone writes these elements.
                let out = unsafe { std::slice::from_raw_parts_mut(target.0.wrapping_add(at + from), len) };
                kernel(&slices[..bases.len()], out);
                from += len;
            }
            at += run;
        });
    });
    true
}

/// # Safety
/// The operands must be valid for the nest, and no other thread may touch output elements `start..end`.
unsafe fn run_range<I: Element, O: Element>(
    nest: &Nest,
    inputs: &[Operand],
    out: &Operand,
    start: usize,
    end: usize,
    kernel: &TileFn<I, O>,
) -> Result<()> {
    let tile = TILE.min(end - start);
    let mut buffers: SmallVec<[Vec<I>; 3]> =
        inputs.iter().map(|op| if op.direct { Vec::new() } else { vec![I::default(); tile] }).collect();
    // an operand that is one element everywhere is loaded once
    for (op, buffer) in inputs.iter().zip(&mut buffers) {
        if op.constant && !op.direct {
            let mut one = [I::default()];
            // SAFETY: the operand has at least one element.
            unsafe { load(op.dtype, op.base, 0, &mut one)? };
            buffer.fill(one[0]);
        }
    }
    let mut out_buffer = if out.direct { Vec::new() } else { vec![O::default(); tile] };
    let mut at = start;
    while at < end {
        let len = tile.min(end - at);
        for (i, (op, buffer)) in inputs.iter().zip(&mut buffers).enumerate() {
            if !op.direct && !op.constant {
                // SAFETY: forwarded.
                unsafe { gather(nest, i + 1, op, at, &mut buffer[..len])? };
            }
        }
        let slices: SmallVec<[&[I]; 4]> = inputs
            .iter()
            .zip(&buffers)
            .map(|(op, buffer)| {
                if op.direct {
                    // SAFETY: a direct operand is contiguous in iteration order, aligned and of type I.
                    unsafe { std::slice::from_raw_parts(op.base.cast::<I>().add(at), len) }
                } else {
                    &buffer[..len]
                }
            })
            .collect();
        if out.direct {
            // SAFETY: as above; the output shares no memory with the inputs when it is direct.
            kernel(&slices, unsafe { std::slice::from_raw_parts_mut(out.base.cast::<O>().add(at), len) });
        } else {
            kernel(&slices, &mut out_buffer[..len]);
            // SAFETY: forwarded.
            unsafe { scatter(nest, 0, out, at, &out_buffer[..len])? };
        }
        at += len;
    }
    Ok(())
}

/// # Safety
/// The operand must be valid for the nest.
pub(super) unsafe fn gather<I: Element>(
    nest: &Nest,
    index: usize,
    op: &Operand,
    at: usize,
    buffer: &mut [I],
) -> Result<()> {
    let item = op.dtype.itemsize() as isize;
    let (mut done, mut result) = (0, Ok(()));
    nest.walk(index, at, buffer.len(), &mut |offset, stride, run| {
        // SAFETY: the nest walks the operand's own elements.
        let loaded =
            unsafe { load(op.dtype, op.base.wrapping_offset(offset * item), stride, &mut buffer[done..done + run]) };
        if let Err(error) = loaded {
            result = Err(error);
        }
        done += run;
    });
    result
}

/// # Safety
/// The operand must be valid for the nest and not be touched by others.
pub(super) unsafe fn scatter<O: Element>(
    nest: &Nest,
    index: usize,
    op: &Operand,
    at: usize,
    values: &[O],
) -> Result<()> {
    let item = op.dtype.itemsize() as isize;
    let (mut done, mut result) = (0, Ok(()));
    nest.walk(index, at, values.len(), &mut |offset, stride, run| {
        // SAFETY: the nest walks the operand's own elements.
        let stored =
            unsafe { store(op.dtype, &values[done..done + run], op.base.wrapping_offset(offset * item), stride) };
        if let Err(error) = stored {
            result = Err(error);
        }
        done += run;
    });
    result
}

/// A tensor's memory as the tiles see it.
pub(super) struct Operand {
    pub base: *mut u8,
    pub dtype: DType,
    /// Contiguous in iteration order and of the compute type: tiles are slices of the memory itself.
    pub direct: bool,
    /// All elements are one element.
    constant: bool,
}

// SAFETY: the pointer addresses a tensor that outlives the parallel section; who may touch what is said at the uses.
unsafe impl Sync for Operand {}

impl Operand {
    pub fn new(tensor: &Tensor, nest: &Nest, index: usize, same_type: bool) -> Operand {
        let base = tensor.data_ptr();
        let item = tensor.dtype().itemsize();
        let direct = same_type && nest.is_linear(index) && (base as usize) % item == 0;
        let constant = nest.strides[index].iter().all(|s| *s == 0);
        Operand { base, dtype: tensor.dtype(), direct, constant }
    }
}

/// The strides of `t` as seen from the shape it is broadcast to.
pub(super) fn broadcast_strides(t: &Tensor, shape: &[i64]) -> Dims {
    let lead = shape.len() - t.dim();
    let mut strides = Dims::from_elem(0, shape.len());
    for (i, (&size, &stride)) in t.sizes().iter().zip(t.strides()).enumerate() {
        if size != 1 || shape[lead + i] == 1 {
            strides[lead + i] = stride;
        }
    }
    strides
}

/// A loop nest over several operands: dimensions of size 1 dropped, neighbours that every operand walks evenly merged.
pub(super) struct Nest {
    /// Outermost first; at least one entry.
    sizes: Dims,
    /// Per operand.
    strides: SmallVec<[Dims; 4]>,
}

impl Nest {
    /// Walks in the order of the first operand's memory.
    pub fn new(sizes: &[i64], strides: &[&[i64]]) -> Nest {
        let mut order: SmallVec<[usize; 6]> = (0..sizes.len()).collect();
        if let Some(first) = strides.first() {
            let sorted = order.windows(2).all(|w| sizes[w[1]] < 2 || first[w[0]] >= first[w[1]]);
            if !sorted {
                // stable: equal strides keep their order
                order.sort_by_key(|&d| std::cmp::Reverse(if sizes[d] < 2 { i64::MAX } else { first[d] }));
            }
        }
        Self::with_order(sizes, strides, &order)
    }

    /// Walks in row-major order of the indices.
    pub fn in_order(sizes: &[i64], strides: &[&[i64]]) -> Nest {
        let order: SmallVec<[usize; 6]> = (0..sizes.len()).collect();
        Self::with_order(sizes, strides, &order)
    }

    fn with_order(sizes: &[i64], strides: &[&[i64]], order: &[usize]) -> Nest {
        let mut nest = Nest { sizes: Dims::new(), strides: strides.iter().map(|_| Dims::new()).collect() };
        for &d in order {
            if sizes[d] == 1 {
                continue;
            }
            let last = nest.sizes.len();
            let mergeable = last > 0
                && strides.iter().zip(&nest.strides).all(|(s, kept)| kept[last - 1] == s[d].saturating_mul(sizes[d]));
            if mergeable {
                nest.sizes[last - 1] *= sizes[d];
                for (s, kept) in strides.iter().zip(&mut nest.strides) {
                    kept[last - 1] = s[d];
                }
            } else {
                nest.sizes.push(sizes[d]);
                for (s, kept) in strides.iter().zip(&mut nest.strides) {
                    kept.push(s[d]);
                }
            }
        }
        if nest.sizes.is_empty() {
            nest.sizes.push(1);
            nest.strides.iter_mut().for_each(|s| s.push(0));
        }
        nest
    }

    /// Whether an operand's elements lie one after the other in iteration order.
    fn is_linear(&self, operand: usize) -> bool {
        let mut expected = 1;
        self.sizes.iter().zip(&self.strides[operand]).rev().all(|(size, stride)| {
            let fits = *stride == expected || *size == 1;
            expected *= size;
            fits
        })
    }

    pub fn sizes(&self) -> &[i64] {
        &self.sizes
    }

    pub fn strides(&self, operand: usize) -> &[i64] {
        &self.strides[operand]
    }

    /// Calls `body(offset, stride, run)` for runs that cover iterations `start..start + len` of one operand.
    pub fn walk(&self, operand: usize, start: usize, len: usize, body: &mut dyn FnMut(isize, isize, usize)) {
        let stride = self.inner_stride(operand);
        self.runs(start, len, &mut |offsets, run| body(offsets[operand], stride, run));
    }

    /// As [`Nest::walk`], for operands 0 and 1 together: `body(offset0, stride0, offset1, stride1, run)`.
    pub fn walk2(&self, start: usize, len: usize, body: &mut dyn FnMut(isize, isize, isize, isize, usize)) {
        let (a, b) = (self.inner_stride(0), self.inner_stride(1));
        self.runs(start, len, &mut |offsets, run| body(offsets[0], a, offsets[1], b, run));
    }

    fn inner_stride(&self, operand: usize) -> isize {
        self.strides[operand].last().map_or(0, |s| *s as isize)
    }

    /// Calls `body(offsets of all operands, run)`.
    fn runs(&self, start: usize, len: usize, body: &mut dyn FnMut(&[isize], usize)) {
        if len == 0 {
            return;
        }
        let last = self.sizes.len() - 1;
        let mut index = Dims::from_elem(0, self.sizes.len());
        let mut rest = start as i64;
        for d in (0..=last).rev() {
            index[d] = rest % self.sizes[d];
            rest /= self.sizes[d];
        }
        let mut offsets: SmallVec<[isize; 4]> =
            self.strides.iter().map(|s| index.iter().zip(s).map(|(i, s)| i * s).sum::<i64>() as isize).collect();
        // from one row to the next
        let steps: SmallVec<[isize; 4]> = self.strides.iter().map(|s| s[last.saturating_sub(1)] as isize).collect();
        let mut left = len;
        loop {
            let run = left.min((self.sizes[last] - index[last]) as usize);
            body(&offsets, run);
            left -= run;
            if left == 0 {
                return;
            }
            if last > 0 && index[last] == 0 && index[last - 1] + 1 < self.sizes[last - 1] {
                index[last - 1] += 1;
                offsets.iter_mut().zip(&steps).for_each(|(offset, step)| *offset += step);
                continue;
            }
            for (offset, strides) in offsets.iter_mut().zip(&self.strides) {
                *offset -= (index[last] * strides[last]) as isize;
            }
            index[last] = 0;
            for d in (0..last).rev() {
                index[d] += 1;
                let wraps = index[d] == self.sizes[d];
                let step = if wraps { 1 - self.sizes[d] } else { 1 };
                for (offset, strides) in offsets.iter_mut().zip(&self.strides) {
                    *offset += (step * strides[d]) as isize;
                }
                if !wraps {
                    break;
                }
                index[d] = 0;
            }
        }
    }
}

/// Row-major strides of a shape, for callers that build views of fresh outputs.
pub fn row_major(sizes: &[i64]) -> Dims {
    contiguous_strides(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::f16;

    fn add(a: &Tensor, b: &Tensor, dtype: DType) -> Result<Tensor> {
        map::<f32, f32>(&[a, b], dtype, &|x, out| {
            for (o, (a, b)) in out.iter_mut().zip(x[0].iter().zip(x[1])) {
                *o = a + b;
            }
        })
    }

    #[test]
    fn broadcasting_conversion_and_strides() -> Result<()> {
        let a = Tensor::from_slice(&[1f32, 2., 3., 4., 5., 6.], &[2, 3])?;
        let t = a.transpose(0, 1)?;
        let row = Tensor::from_slice(&[10i64, 20], &[2])?;
        let sum = add(&t, &row, DType::F16)?;
        assert_eq!((sum.sizes(), sum.strides()), (&[3, 2][..], &[1, 3][..]));
        let want: Vec<f16> = [11., 24., 12., 25., 13., 26.].map(f16::from_f32).to_vec();
        assert_eq!(sum.to_vec::<f16>()?, want);
        Ok(())
    }

    #[test]
    fn large_and_in_place() -> Result<()> {
        let n = 100_003;
        let a = Tensor::full(&[n], Scalar::Float(1.5), DType::F32)?;
        map_into::<f32, f32>(&[&a, &a], &a, &|x, out| {
            for (o, (a, b)) in out.iter_mut().zip(x[0].iter().zip(x[1])) {
                *o = a * b;
            }
        })?;
        assert!(a.to_vec::<f32>()?.iter().all(|v| *v == 2.25));
        let shifted = a.slice(0, Some(1), None, 1)?;
        let head = a.slice(0, None, Some(-1), 1)?;
        assert!(map_into::<f32, f32>(&[&head], &shifted, &|x, o| o.copy_from_slice(x[0])).is_err());
        Ok(())
    }

    #[test]
    fn numbers_and_single_elements() -> Result<()> {
        let sum = |x: &[&[f32]], out: &mut [f32]| {
            out.iter_mut().enumerate().for_each(|(i, o)| *o = x.iter().map(|x| x[i]).sum());
        };
        let n = 2 * TILE + 7;
        let x = Tensor::full(&[n as i64], Scalar::Float(1.0), DType::F32)?;
        let one = Tensor::full(&[1], Scalar::Float(2.0), DType::F32)?;
        let number = Input::Number(Scalar::Float(0.5), DType::F32);
        for inputs in
            [[Input::Tensor(&x), Input::Tensor(&one), number], [number, Input::Tensor(&one), Input::Tensor(&x)]]
        {
            let out = map_inputs::<f32, f32>(&inputs, DType::F32, &sum)?;
            assert_eq!(out.to_vec::<f32>()?, vec![3.5; n]);
            map_inputs_into::<f32, f32>(&inputs, &x, &sum)?;
            assert_eq!(x.to_vec::<f32>()?, vec![3.5; n]);
            x.fill(Scalar::Float(1.0))?;
        }
        let halves = map_inputs::<f32, f32>(&[number, number], DType::F16, &sum)?;
        assert_eq!((halves.dim(), halves.item()?), (0, Scalar::Float(1.0)));
        Ok(())
    }

    #[test]
    fn rows_and_columns_broadcast() -> Result<()> {
        let sum = |x: &[&[f32]], out: &mut [f32]| {
            out.iter_mut().enumerate().for_each(|(i, o)| *o = x.iter().map(|x| x[i]).sum());
        };
        for [rows, cols] in [[3, 300], [2, 5000], [70, 129]] {
            let numbers = |n: i64| (0..n).map(|v| (v % 251) as f32).collect::<Vec<f32>>();
            let x = Tensor::from_slice(&numbers(rows * cols), &[rows, cols])?;
            let row = Tensor::from_slice(&numbers(cols), &[cols])?;
            let column = Tensor::from_slice(&numbers(rows), &[rows, 1])?;
            let out = map::<f32, f32>(&[&x, &row, &column], DType::F32, &sum)?.to_vec::<f32>()?;
            for (i, y) in out.iter().enumerate() {
                let (r, c) = (i as i64 / cols, i as i64 % cols);
                assert_eq!(*y, ((i % 251) as i64 + c % 251 + r % 251) as f32, "{rows} {cols} {i}");
            }
        }
        Ok(())
    }

    #[test]
    fn every_byte_but_zero_is_true() -> Result<()> {
        let bytes = Tensor::from_slice(&[0u8, 1, 2, 255], &[4])?.reinterpret(DType::Bool)?;
        let not = |x: &[&[u8]], out: &mut [u8]| {
            out.iter_mut().zip(x[0]).for_each(|(o, x)| *o = u8::from(*x == 0));
        };
        let out = map::<u8, u8>(&[&bytes], DType::Bool, &not)?;
        assert_eq!(out.to_vec::<bool>()?, [true, false, false, false]);
        Ok(())
    }

    #[test]
    fn zero_elements_and_zero_dims() -> Result<()> {
        let none = Tensor::empty(&[0, 3], DType::F32)?;
        let one = Tensor::scalar(Scalar::Int(2), DType::I64)?;
        assert_eq!(add(&none, &one, DType::F32)?.sizes(), [0, 3]);
        assert_eq!(add(&one, &one, DType::F32)?.item()?, Scalar::Float(4.0));
        Ok(())
    }
}
