//! Sequences of different lengths: padded, and packed step by step.

use super::rnn::steps_of;
use super::Op;
use crate::base::{DType, Dims, Scalar};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::_pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first) -> (Tensor, Tensor)",
        pack_padded(_, _, _), out "out(out0, out1)"
    ),
    op!(
        "aten::_pad_packed_sequence(Tensor data, Tensor batch_sizes, bool batch_first, Scalar padding_value, int \
         total_length) -> (Tensor, Tensor)",
        pad_packed(_, _, _, _, _)
    ),
    op!(
        "aten::pad_sequence(Tensor[] sequences, bool batch_first=False, float padding_value=0., str \
         padding_side=\"right\") -> Tensor",
        pad_sequence(_, _, _, _)
    ),
    op!(
        "aten::_pack_sequence(Tensor output, Tensor batch_sizes, Tensor? sorted_indices, Tensor? unsorted_indices) -> (Tensor, \
         Tensor, Tensor?, Tensor?)",
        as_packed(_, _, _, _), tags[MayAlias]
    ),
    op!(
        "aten::_jagged_to_padded_dense_forward(Tensor values, Tensor[] offsets, SymInt[] max_lengths, float \
         padding_value=0.) -> Tensor",
        jagged_to_padded(_, _, _, _)
    ),
    op!(
        "aten::_padded_dense_to_jagged_forward(Tensor dense, Tensor[] offsets, SymInt? total_L=None) -> Tensor",
        padded_to_jagged(_, _, _)
    ),
];

/// The parts of a packed sequence.
#[allow(clippy::type_complexity)]
fn as_packed(
    data: Tensor,
    sizes: Tensor,
    sorted: Option<Tensor>,
    unsorted: Option<Tensor>,
) -> Result<(Tensor, Tensor, Option<Tensor>, Option<Tensor>)> {
    Ok((data, sizes, sorted, unsorted))
}

/// Sequences one after the other, `offsets` where they begin and end, next to each other: `[sequences, length, …]`. What is
/// longer than `length` is cut off.
fn jagged_to_padded(values: Tensor, offsets: Vec<Tensor>, lengths: Vec<i64>, padding: f64) -> Result<Tensor> {
    let ([offsets], [length]) = (&offsets[..], &lengths[..]) else {
        bail!("_jagged_to_padded_dense_forward(): only a single jagged dim is supported for now");
    };
    let offsets = checked_offsets(offsets, "_jagged_to_padded_dense_forward", values.size(0)?)?;
    let mut sizes: Dims = [offsets.len() as i64 - 1, *length].as_slice().into();
    sizes.extend_from_slice(&values.sizes()[1..]);
    let out = Tensor::full(&sizes, Scalar::Float(padding), values.dtype())?;
    for (i, ends) in offsets.windows(2).enumerate() {
        let n = (ends[1] - ends[0]).min(*length);
        out.select(0, i as i64)?.narrow(0, 0, n)?.copy_from(&values.narrow(0, ends[0], n)?)?;
    }
    Ok(out)
}

/// The inverse of [`jagged_to_padded`].
fn padded_to_jagged(x: Tensor, offsets: Vec<Tensor>, total: Option<i64>) -> Result<Tensor> {
    const NAME: &str = "_padded_dense_to_jagged_forward";
    let [offsets] = &offsets[..] else { bail!("{NAME}(): only a single jagged dim is supported for now") };
    ensure!(x.dim() >= 2, "{NAME}(): expected a tensor of two dimensions at least, but got {}", x.dim());
    let offsets = checked_offsets(offsets, NAME, i64::MAX)?;
    let last = offsets.last().copied().unwrap_or(0);
    ensure!(total.is_none_or(|total| total == last), "{NAME}(): final offset should match total_L value");
    ensure!(
        offsets.len() as i64 == x.sizes()[0] + 1,
        "{NAME}(): {} offsets for {} sequences",
        offsets.len(),
        x.sizes()[0]
    );
    let most = x.sizes()[1];
    for ends in offsets.windows(2) {
        let n = ends[1] - ends[0];
        ensure!(
            n <= most,
            "{NAME}(): found batch item of length {n} when max length specified by padded input is {most}"
        );
    }
    let mut sizes: Dims = [last].as_slice().into();
    sizes.extend_from_slice(&x.sizes()[2..]);
    let out = Tensor::zeros(&sizes, x.dtype())?;
    for (i, ends) in offsets.windows(2).enumerate() {
        let n = ends[1] - ends[0];
        out.narrow(0, ends[0], n)?.copy_from(&x.select(0, i as i64)?.narrow(0, 0, n)?)?;
    }
    Ok(out)
}

/// Rising numbers from 0 to at most `end`, at least one.
fn checked_offsets(offsets: &Tensor, name: &str, end: i64) -> Result<Vec<i64>> {
    ensure!(offsets.dim() == 1, "{name}(): expected 1D offsets, but got offsets.dim() == {}", offsets.dim());
    let offsets = offsets.to_vec::<i64>()?;
    let rising = offsets.windows(2).all(|ends| ends[0] <= ends[1]);
    let within = offsets.first().is_some_and(|first| *first >= 0) && offsets.last().is_some_and(|last| *last <= end);
    ensure!(rising && within, "{name}(): offsets must rise from 0 to the number of rows");
    Ok(offsets)
}

/// The rows of each step of those sequences that are long enough, and how many these are.
fn pack_padded(x: Tensor, lengths: Tensor, batch_first: bool) -> Result<(Tensor, Tensor)> {
    check_lengths(&lengths)?;
    let x = if batch_first { x.transpose(0, 1)? } else { x };
    ensure!(x.dim() >= 2, "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
    ensure!(x.numel() > 0, "Cannot pack empty tensors.");
    let lengths = lengths.to_vec::<i64>()?;
    let batch = x.sizes()[1];
    ensure!(
        lengths.len() as i64 == batch,
        "Expected `len(lengths)` to be equal to batch_size, but got {} (batch_size={batch})",
        lengths.len()
    );
    ensure!(
        lengths.iter().all(|n| *n > 0),
        "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0"
    );
    ensure!(
        lengths.windows(2).all(|pair| pair[0] >= pair[1]),
        "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass \
         `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do \
         not need ONNX exportability."
    );
    let longest = lengths.first().copied().unwrap_or(0);
    ensure!(longest <= x.sizes()[0], "a length is {longest}, but the padded sequences have {} steps", x.sizes()[0]);
    let sizes: Vec<i64> = (0..longest).map(|t| lengths.iter().take_while(|n| **n > t).count() as i64).collect();
    let mut steps = Vec::with_capacity(sizes.len());
    for (t, n) in sizes.iter().enumerate() {
        steps.push(x.select(0, t as i64)?.narrow(0, 0, *n)?);
    }
    Ok((super::join::cat(steps, 0)?, Tensor::from_slice(&sizes, &[longest])?))
}

fn check_lengths(lengths: &Tensor) -> Result<()> {
    ensure!(
        lengths.dim() == 1 && lengths.dtype() == DType::I64,
        "'lengths' argument should be a 1D CPU int64 tensor, but got {}D cpu {} tensor",
        lengths.dim(),
        lengths.dtype().name()
    );
    Ok(())
}

/// The padded sequences and their lengths.
fn pad_packed(
    data: Tensor,
    batch_sizes: Tensor,
    batch_first: bool,
    padding: Scalar,
    total: i64,
) -> Result<(Tensor, Tensor)> {
    check_lengths(&batch_sizes)?;
    ensure!(data.dim() > 0, "the data of a packed sequence must have a dimension");
    let steps = steps_of(&batch_sizes)?;
    let longest = steps.len() as i64;
    ensure!(
        total <= 0 || total >= longest,
        "Expected total_length to be at least the length of the longest sequence in input, but got \
         total_length={total} and max sequence length being {longest}"
    );
    let (rows, have) = (steps.iter().sum::<usize>() as i64, data.sizes()[0]);
    ensure!(rows <= have, "batch_sizes ask for {rows} rows, but the packed data has {have}");
    let mut shape: Dims = [total.max(longest), steps[0] as i64].as_slice().into();
    shape.extend_from_slice(&data.sizes()[1..]);
    let out = Tensor::full(&shape, padding, data.dtype())?;
    let mut first = 0;
    for (t, n) in steps.iter().enumerate() {
        let n = *n as i64;
        out.select(0, t as i64)?.narrow(0, 0, n)?.copy_from(&data.narrow(0, first, n)?)?;
        first += n;
    }
    let length = |row: usize| steps.iter().take_while(|n| **n > row).count() as i64;
    let lengths: Vec<i64> = (0..steps[0]).map(length).collect();
    let lengths = Tensor::from_slice(&lengths, &[steps[0] as i64])?;
    Ok((if batch_first { out.transpose(0, 1)? } else { out }, lengths))
}

fn pad_sequence(sequences: Vec<Tensor>, batch_first: bool, padding: f64, side: std::sync::Arc<str>) -> Result<Tensor> {
    ensure!(!sequences.is_empty(), "received an empty list of sequences");
    ensure!(&*side == "left" || &*side == "right", "Expected padding_side to be one of left or right, but got {side}.");
    ensure!(
        sequences.iter().all(|s| s.dim() > 0),
        "pad_sequence: ArrayRef: invalid slice, N = 1; size = 0: a sequence has no dimension"
    );
    let longest = sequences.iter().map(|s| s.sizes()[0]).max().unwrap_or(0);
    let count = sequences.len() as i64;
    let mut shape: Dims = if batch_first { [count, longest] } else { [longest, count] }.as_slice().into();
    shape.extend_from_slice(&sequences[0].sizes()[1..]);
    let out = Tensor::full(&shape, Scalar::Float(padding), sequences[0].dtype())?;
    for (i, sequence) in sequences.iter().enumerate() {
        let length = sequence.sizes()[0];
        let start = if &*side == "left" { longest - length } else { 0 };
        let place = out.select(i64::from(!batch_first), i as i64)?.narrow(0, start, length)?;
        // a view of another shape would broadcast
        ensure!(
            place.dim() == sequence.dim() && place.sizes() == sequence.sizes(),
            "The size of tensor a ({}) must match the size of tensor b ({}) at non-singleton dimension 1",
            place.sizes().last().copied().unwrap_or(1),
            sequence.sizes().last().copied().unwrap_or(1)
        );
        place.copy_from(sequence)?;
    }
    Ok(out)
}
