//! torchaudio's loss of transducers.

use super::compute::{dense, finish};
use super::Op;
use crate::base::DType;
use crate::kernel::transducer::Lattice;
use crate::tensor::NewTensor;
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "torchaudio::rnnt_loss(Tensor logits, Tensor targets, Tensor logit_lengths, Tensor target_lengths, int blank, float \
         clamp, bool fused_log_softmax) -> (Tensor, Tensor?)",
        rnnt_loss(_, _, _, _, _, _, _)
    ),
    op!(
        "torchaudio::rnnt_loss_alphas(Tensor logits, Tensor targets, Tensor logit_lengths, Tensor target_lengths, int \
         blank, float clamp) -> Tensor",
        alphas(_, _, _, _, _, _)
    ),
    op!(
        "torchaudio::rnnt_loss_betas(Tensor logits, Tensor targets, Tensor logit_lengths, Tensor target_lengths, int blank, \
         float clamp) -> Tensor",
        betas(_, _, _, _, _, _)
    ),
];

/// Checked arguments: `[batch, frames, states, classes]`, targets `[batch, states - 1]`.
struct Batch {
    dtype: DType,
    sizes: [usize; 4],
    logits: Tensor,
    targets: Tensor,
    frames: Vec<i32>,
    labels: Vec<i32>,
    blank: usize,
    normalize: bool,
}

impl Batch {
    fn new([logits, targets, frames, labels]: [Tensor; 4], blank: i64, normalize: bool) -> Result<Batch> {
        ensure!(matches!(logits.dtype(), DType::F32 | DType::F16), "logits must be float32 or float16 (half) type");
        let named = [(&targets, "targets"), (&frames, "logit_lengths"), (&labels, "target_lengths")];
        for (t, name) in named {
            ensure!(t.dtype() == DType::I32, "{name} must be int32 type");
        }
        for (t, name) in [(&logits, "logits")].into_iter().chain(named) {
            ensure!(t.is_contiguous(), "{name} must be contiguous");
        }
        ensure!(logits.dim() == 4, "logits must be 4-D (batch, time, target, class)");
        ensure!(targets.dim() == 2, "targets must be 2-D (batch, max target length)");
        ensure!(frames.dim() == 1, "logit_lengths must be 1-D");
        ensure!(labels.dim() == 1, "target_lengths must be 1-D");
        let sizes: [i64; 4] = std::array::from_fn(|d| logits.sizes()[d]);
        for (t, name) in [(&frames, "logit_lengths"), (&labels, "target_lengths"), (&targets, "targets")] {
            ensure!(t.sizes()[0] == sizes[0], "batch dimension mismatch between logits and {name}");
        }
        ensure!((0..sizes[3]).contains(&blank), "blank must be within [0, logits.shape[-1])");
        let (frames, labels) = (frames.to_vec::<i32>()?, labels.to_vec::<i32>()?);
        let most = |lengths: &[i32]| i64::from(lengths.iter().copied().max().unwrap_or(0));
        ensure!(sizes[1] == most(&frames), "input length mismatch");
        ensure!(sizes[2] == most(&labels) + 1, "output length mismatch");
        ensure!(targets.sizes()[1] == most(&labels), "target length mismatch");
        ensure!(frames.iter().all(|n| *n > 0) && labels.iter().all(|n| *n >= 0), "lengths must be positive");
        let classes = 0..sizes[3] as i32;
        let rows = targets.to_vec::<i32>()?;
        let rows = rows.chunks(targets.sizes()[1].max(1) as usize).zip(&labels);
        for (row, n) in rows {
            ensure!(
                row[..*n as usize].iter().all(|label| classes.contains(label)),
                "targets must be within [0, logits.shape[-1])"
            );
        }
        let (dtype, sizes) = (logits.dtype(), sizes.map(|n| n as usize));
        let logits = dense::<f32>(&logits)?;
        Ok(Batch { dtype, sizes, logits, targets, frames, labels, blank: blank as usize, normalize })
    }

    /// The lattice of every sequence.
    fn lattices(&self) -> Result<Vec<Lattice<'_>>> {
        let [batch, frames, states, classes] = self.sizes;
        let (logits, targets) = (self.logits.data::<f32>()?, self.targets.data::<i32>()?);
        let lattice = |i: usize| Lattice {
            logits: &logits[i * frames * states * classes..][..frames * states * classes],
            labels: &targets[i * (states - 1)..][..self.labels[i] as usize],
            frames: self.frames[i] as usize,
            pitch: states,
            classes,
            blank: self.blank,
            normalize: self.normalize,
        };
        Ok((0..batch).map(lattice).collect())
    }

    /// A number for every point of every lattice; zeros beyond their ends.
    fn points(&self, of: &dyn Fn(&Lattice) -> Vec<f32>) -> Result<Tensor> {
        let [batch, frames, states, _] = self.sizes;
        let mut out = NewTensor::<f32>::filled(&[batch as i64, frames as i64, states as i64], 0.0)?;
        for (lattice, out) in self.lattices()?.iter().zip(out.data().chunks_mut((frames * states).max(1))) {
            let n = lattice.labels.len() + 1;
            for (row, out) in of(lattice).chunks(n).zip(out.chunks_mut(states)) {
                out[..n].copy_from_slice(row);
            }
        }
        finish(out.finish(), self.dtype)
    }
}

/// The loss of every sequence, and its gradient with respect to the logits; a limit below zero is none.
fn rnnt_loss(
    logits: Tensor,
    targets: Tensor,
    frames: Tensor,
    labels: Tensor,
    blank: i64,
    limit: f64,
    normalize: bool,
) -> Result<(Tensor, Option<Tensor>)> {
    let batch = Batch::new([logits, targets, frames, labels], blank, normalize)?;
    let [count, t, u, d] = batch.sizes;
    let limit = (limit > 0.0).then_some(limit as f32);
    let mut costs = NewTensor::<f32>::filled(&[count as i64], 0.0)?;
    let mut gradient = NewTensor::<f32>::filled(batch.logits.sizes(), 0.0)?;
    let places = costs.data().iter_mut().zip(gradient.data().chunks_mut((t * u * d).max(1)));
    for (lattice, (cost, out)) in batch.lattices()?.iter().zip(places) {
        let steps = lattice.steps();
        *cost = -lattice.betas(&steps)[0];
        lattice.gradient(&steps, limit, out);
    }
    Ok((finish(costs.finish(), batch.dtype)?, Some(finish(gradient.finish(), batch.dtype)?)))
}

fn alphas(logits: Tensor, targets: Tensor, frames: Tensor, labels: Tensor, blank: i64, _: f64) -> Result<Tensor> {
    let batch = Batch::new([logits, targets, frames, labels], blank, true)?;
    batch.points(&|lattice| lattice.alphas(&lattice.steps()))
}

fn betas(logits: Tensor, targets: Tensor, frames: Tensor, labels: Tensor, blank: i64, _: f64) -> Result<Tensor> {
    let batch = Batch::new([logits, targets, frames, labels], blank, true)?;
    batch.points(&|lattice| lattice.betas(&lattice.steps()))
}
