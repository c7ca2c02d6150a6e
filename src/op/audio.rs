//! Operators that torchaudio adds: recursive filters, forced alignment, room impulse responses.

use num_traits::Float;

use super::compute::dense;
use super::Op;
use crate::base::{bf16, f16, DType, Element};
use crate::kernel::audio as kernel;
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("torchaudio::_lfilter(Tensor waveform, Tensor a_coeffs, Tensor b_coeffs) -> Tensor", lfilter(_, _, _)),
    op!(
        "torchaudio::_lfilter_core_loop(Tensor _0, Tensor _1, Tensor _2) -> ()",
        lfilter_core_loop(_, _, _),
        tags[SideEffect]
    ),
    op!(
        "torchaudio::_overdrive_core_loop(Tensor _0, Tensor _1, Tensor _2, Tensor _3, Tensor _4) -> ()",
        overdrive_core_loop(_, _, _, _, _),
        tags[SideEffect]
    ),
    op!(
        "torchaudio::forced_align(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int \
         blank) -> (Tensor, Tensor)",
        forced_align(_, _, _, _, _)
    ),
    op!("torchaudio::_simulate_rir(Tensor irs, Tensor delay_i, int rir_length) -> Tensor", simulate_rir(_, _, _)),
];

/// The difference equation `Σ aᵢ y[t - i] = Σ bᵢ x[t - i]` of `[batch, channel, time]`, with coefficients
/// `[channel, order]`.
fn lfilter(x: Tensor, a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(a.sizes() == b.sizes(), "Expected a_coeffs.sizes() == b_coeffs.sizes() to be true, but got false.");
    ensure!(x.dim() == 3, "waveform.sizes().size() == 3 INTERNAL ASSERT FAILED");
    ensure!(a.dim() == 2, "a_coeffs.sizes().size() == 2 INTERNAL ASSERT FAILED");
    ensure!(a.sizes()[0] == x.sizes()[1], "a_coeffs.size(0) == waveform.size(1) INTERNAL ASSERT FAILED");
    ensure!(a.sizes()[1] > 0, "n_order > 0 INTERNAL ASSERT FAILED");
    for other in [&a, &b] {
        ensure!(
            other.dtype() == x.dtype(),
            "expected scalar type {} but found {}",
            x.dtype().name(),
            other.dtype().name()
        );
    }
    match x.dtype() {
        DType::F32 => run_lfilter::<f32>(&x, &a, &b),
        DType::F64 => run_lfilter::<f64>(&x, &a, &b),
        _ => bail!("Expected (input_signal_windows.dtype() == torch::kFloat32 || input_signal_windows.dtype() == torch::kFloat64) to be true, but got false."),
    }
}

fn run_lfilter<T: Float + Element>(x: &Tensor, a: &Tensor, b: &Tensor) -> Result<Tensor> {
    let (n, order) = (x.sizes()[2] as usize, a.sizes()[1] as usize);
    let (x, a, b) = (dense::<T>(x)?, dense::<T>(a)?, dense::<T>(b)?);
    let (a, b) = (a.data::<T>()?, b.data::<T>()?);
    let lead: Vec<T> = a.chunks_exact(order).map(|row| row[0]).collect();
    let scaled = |row: usize, value: T| value / lead[row];
    let b: Vec<T> = b.iter().enumerate().map(|(i, v)| scaled(i / order, *v)).collect();
    let a: Vec<T> = a
        .chunks_exact(order)
        .enumerate()
        .flat_map(|(r, row)| row.iter().rev().map(move |v| (r, *v)))
        .map(|(r, v)| scaled(r, v))
        .collect();
    let mut filtered = NewTensor::<T>::new(x.sizes())?;
    let padded = [x.sizes()[0], x.sizes()[1], (n + order - 1) as i64];
    let mut out = NewTensor::<T>::filled(&padded, T::zero())?;
    kernel::fir(x.data::<T>()?, n, &b, order, filtered.data());
    if n > 0 {
        kernel::iir(filtered.data(), n, &a, order, out.data());
    }
    out.finish().narrow(2, order as i64 - 1, n as i64)
}

/// The recursive half alone, into the third tensor. Coefficients are flipped.
fn lfilter_core_loop(x: Tensor, a: Tensor, out: Tensor) -> Result<()> {
    for t in [&x, &a, &out] {
        ensure!(
            matches!(t.dtype(), DType::F32 | DType::F64),
            "Expected (input_signal_windows.dtype() == torch::kFloat32 || input_signal_windows.dtype() == torch::kFloat64) to be true, but got false."
        );
        ensure!(
            t.is_contiguous(),
            "Expected input_signal_windows.is_contiguous() && a_coeff_flipped.is_contiguous() && padded_output_waveform.is_contiguous() to be true, but got false."
        );
        ensure!(t.dtype() == x.dtype(), "expected scalar type {} but found {}", x.dtype().name(), t.dtype().name());
    }
    ensure!(
        x.dim() == 3 && a.dim() == 2 && out.dim() == 3 && x.sizes()[..2] == out.sizes()[..2],
        "Expected input_signal_windows.size(0) == padded_output_waveform.size(0) to be true, but got false."
    );
    let (n, order) = (x.sizes()[2], a.sizes()[1]);
    ensure!(
        order > 0 && n + order - 1 == out.sizes()[2] && a.sizes()[0] == x.sizes()[1],
        "Expected input_signal_windows.size(2) + a_coeff_flipped.size(1) - 1 == padded_output_waveform.size(2) to be true, but got false."
    );
    if out.numel() == 0 || n == 0 {
        return Ok(());
    }
    fn run<T: Float + Element>(x: &Tensor, a: &Tensor, out: &Tensor, n: usize, order: usize) -> Result<()> {
        // read whole: all three may share memory
        let (x, a) = (x.to_vec::<T>()?, a.to_vec::<T>()?);
        out.update::<T, _>(|out| kernel::iir(&x, n, &a, order, out))
    }
    match x.dtype() {
        DType::F64 => run::<f64>(&x, &a, &out, n as usize, order as usize),
        _ => run::<f32>(&x, &a, &out, n as usize, order as usize),
    }
}

/// SoX's overdrive: a one-pole filter of `temp`, mixed with the wave into `out`. The state of every channel, last input
/// and last output, is kept up to date in its tensor.
fn overdrive_core_loop(x: Tensor, temp: Tensor, last_in: Tensor, last_out: Tensor, out: Tensor) -> Result<()> {
    ensure!(
        x.dim() == 2 && x.sizes() == temp.sizes() && x.sizes() == out.sizes(),
        "_overdrive_core_loop: expected waveform, temp and output_waveform of one shape [channel, time]"
    );
    for state in [&last_in, &last_out] {
        ensure!(state.sizes() == &x.sizes()[..1], "_overdrive_core_loop: expected one state for each channel");
    }
    for t in [&x, &temp, &last_in, &last_out, &out] {
        ensure!(
            matches!(t.dtype(), DType::F32 | DType::F64) && t.dtype() == x.dtype(),
            "expected scalar type {} but found {}",
            x.dtype().name(),
            t.dtype().name()
        );
    }
    fn run<T: Float + Element>(tensors: [&Tensor; 5]) -> Result<()> {
        let [x, temp, last_in, last_out, out] = tensors;
        let (waves, temps) = (x.to_vec::<T>()?, temp.to_vec::<T>()?);
        let (mut ins, mut outs) = (last_in.to_vec::<T>()?, last_out.to_vec::<T>()?);
        let c = |v: f64| T::from(v).unwrap_or_else(T::zero);
        let n = (x.sizes()[1] as usize).max(1);
        let mut results = Vec::with_capacity(waves.len());
        for (channel, (wave, temp)) in waves.chunks(n).zip(temps.chunks(n)).enumerate() {
            for (x, t) in wave.iter().zip(temp) {
                outs[channel] = *t - ins[channel] + c(0.995) * outs[channel];
                ins[channel] = *t;
                results.push(*x * c(0.5) + outs[channel] * c(0.75));
            }
        }
        last_in.assign(&ins)?;
        last_out.assign(&outs)?;
        out.assign(&results)
    }
    match x.dtype() {
        DType::F64 => run::<f64>([&x, &temp, &last_in, &last_out, &out]),
        _ => run::<f32>([&x, &temp, &last_in, &last_out, &out]),
    }
}

/// The classes of the best CTC path for `targets`, and the log-probability of each.
fn forced_align(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Tensor,
    target_lengths: Tensor,
    blank: i64,
) -> Result<(Tensor, Tensor)> {
    let dtype = log_probs.dtype();
    ensure!(
        matches!(dtype, DType::F16 | DType::F32 | DType::F64),
        "log_probs must be float64, float32 or float16 (half) type"
    );
    ensure!(matches!(targets.dtype(), DType::I32 | DType::I64), "targets must be int32 or int64 type");
    ensure!(log_probs.is_contiguous(), "log_probs must be contiguous");
    ensure!(targets.is_contiguous(), "targets must be contiguous");
    ensure!(log_probs.dim() == 3, "log_probs must be 3-D (batch_size, input length, num classes)");
    ensure!(targets.dim() == 2, "targets must be 2-D (batch_size, target length,)");
    ensure!(input_lengths.dim() == 1, "input_lengths must be 1-D (batch_size,)");
    ensure!(target_lengths.dim() == 1, "target_lengths must be 1-D (batch_size,)");
    ensure!(log_probs.sizes()[0] == 1, "The batch dimension for log_probs must be 1 at the current version.");
    ensure!(targets.sizes()[0] == 1, "The batch dimension for targets must be 1 at the current version.");
    let (steps, classes) = (log_probs.sizes()[1], log_probs.sizes()[2]);
    ensure!(blank >= 0 && blank < classes, "blank must be within [0, num classes)");
    let longest = |lengths: &Tensor| -> Result<i64> { Ok(lengths.to_vec::<i64>()?.into_iter().max().unwrap_or(0)) };
    ensure!(longest(&input_lengths)? == steps, "input length mismatch");
    ensure!(longest(&target_lengths)? == targets.sizes()[1], "target length mismatch");
    let wanted = targets.to_vec::<i64>()?;
    let repeats = wanted.windows(2).filter(|pair| pair[0] == pair[1]).count();
    ensure!(
        steps as usize >= wanted.len() + repeats,
        "targets length is too long for CTC. Found log_probs length: {steps}, targets length: {}, and number of \
         repeats: {repeats}",
        wanted.len()
    );
    let mut labels = Vec::with_capacity(wanted.len());
    for label in wanted {
        ensure!(label >= 0 && label < classes, "index {label} is out of bounds for dimension 1 with size {classes}");
        labels.push(label as usize);
    }
    let round: fn(f64) -> f64 = match dtype {
        DType::F64 => |v| v,
        DType::F16 => |v| f16::from_f64(v).to_f64(),
        DType::BF16 => |v| bf16::from_f64(v).to_f64(),
        _ => |v| v as f32 as f64,
    };
    let values = log_probs.to_vec::<f64>()?;
    let path = kernel::align(&values, classes as usize, &labels, blank as usize, round);
    let scores: Vec<f64> = path.iter().enumerate().map(|(t, c)| values[t * classes as usize + c]).collect();
    let paths = Tensor::empty(&[1, steps], targets.dtype())?;
    paths.assign(&path.iter().map(|c| *c as i64).collect::<Vec<_>>())?;
    let out = Tensor::empty(&[1, steps], dtype)?;
    out.assign(&scores)?;
    Ok((paths, out))
}

/// Adds up the short responses of image sources, `[band, source, channel, time]`, each from its own delay
/// (`[source, channel]`) on, as `[band, channel, length]`.
fn simulate_rir(irs: Tensor, delay: Tensor, length: i64) -> Result<Tensor> {
    ensure!(irs.dim() == 4, "Dimension out of range (expected irs [band, source, channel, time])");
    ensure!(delay.sizes() == &irs.sizes()[1..3], "_simulate_rir: expected a delay for each source and channel");
    ensure!(length >= 0, "Trying to create tensor with negative dimension {length}");
    let [bands, sources, channels, n] = [irs.sizes()[0], irs.sizes()[1], irs.sizes()[2], irs.sizes()[3]];
    let delays = delay.to_vec::<i64>()?;
    for d in &delays {
        ensure!(*d >= 0 && d.saturating_add(n) <= length, "_simulate_rir: a delay of {d} goes past the end");
    }
    let out = Tensor::zeros(&[bands, channels, length], irs.dtype())?;
    for (i, d) in delays.iter().enumerate() {
        let (source, channel) = (i as i64 / channels, i as i64 % channels);
        debug_assert!(source < sources);
        let place = out.select(1, channel)?.narrow(1, *d, n)?;
        let part = irs.select(1, source)?.select(1, channel)?;
        place.copy_from(&super::elementwise::apply_tensors(&super::pointwise::arith::ADD, &[&place, &part], &[])?)?;
    }
    Ok(out)
}
