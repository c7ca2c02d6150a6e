//! The loss of a transducer (RNN-T): how likely a sequence of labels is, over all ways through a lattice of frames and
//! labels. A way goes on a frame where it emits nothing, and on a label where it emits that.

/// The lattice of one sequence.
pub struct Lattice<'a> {
    /// `[frames, pitch, classes]` of the sequence; only the first `labels.len() + 1` of `pitch` count.
    pub logits: &'a [f32],
    /// Each below `classes`, as `blank` is.
    pub labels: &'a [i32],
    pub frames: usize,
    pub pitch: usize,
    pub classes: usize,
    pub blank: usize,
    /// Whether the logits are still to be normalized.
    pub normalize: bool,
}

/// Log probabilities of the steps from every point, `[frames, labels + 1]`.
pub struct Steps {
    /// What a logit is short of a log probability.
    shift: Vec<f32>,
    skip: Vec<f32>,
    emit: Vec<f32>,
}

impl Lattice<'_> {
    fn states(&self) -> usize {
        self.labels.len() + 1
    }

    fn classes_at(&self, t: usize, u: usize) -> &[f32] {
        &self.logits[(t * self.pitch + u) * self.classes..][..self.classes]
    }

    pub fn steps(&self) -> Steps {
        let count = self.frames * self.states();
        let mut steps = Steps { shift: vec![0.0; count], skip: vec![0.0; count], emit: vec![0.0; count] };
        for t in 0..self.frames {
            for u in 0..self.states() {
                let (logits, at) = (self.classes_at(t, u), t * self.states() + u);
                if self.normalize {
                    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                    let sum: f32 = logits.iter().map(|x| (x - most).exp()).sum();
                    steps.shift[at] = -most - sum.ln();
                }
                steps.skip[at] = logits[self.blank] + steps.shift[at];
                if let Some(label) = self.labels.get(u) {
                    steps.emit[at] = logits[*label as usize] + steps.shift[at];
                }
            }
        }
        steps
    }

    /// Log probability of reaching each point, `[frames, labels + 1]`.
    pub fn alphas(&self, steps: &Steps) -> Vec<f32> {
        let n = self.states();
        let mut alphas = vec![0.0; self.frames * n];
        for t in 0..self.frames {
            for u in 0..n {
                let at = t * n + u;
                let by_skip = (t > 0).then(|| alphas[at - n] + steps.skip[at - n]);
                let by_emit = (u > 0).then(|| alphas[at - 1] + steps.emit[at - 1]);
                alphas[at] = either(by_skip, by_emit).unwrap_or(0.0);
            }
        }
        alphas
    }

    /// Log probability of the rest from each point on, `[frames, labels + 1]`.
    pub fn betas(&self, steps: &Steps) -> Vec<f32> {
        let n = self.states();
        let mut betas = vec![0.0; self.frames * n];
        for t in (0..self.frames).rev() {
            for u in (0..n).rev() {
                let at = t * n + u;
                let by_skip = (t + 1 < self.frames).then(|| betas[at + n] + steps.skip[at]);
                let by_emit = (u + 1 < n).then(|| betas[at + 1] + steps.emit[at]);
                betas[at] = either(by_skip, by_emit).unwrap_or(steps.skip[at]);
            }
        }
        betas
    }

    /// The gradient of the loss with respect to the logits, kept within `limit` on both sides.
    pub fn gradient(&self, steps: &Steps, limit: Option<f32>, out: &mut [f32]) {
        let (n, alphas, betas) = (self.states(), self.alphas(steps), self.betas(steps));
        let cost = -betas[0];
        for t in 0..self.frames {
            for u in 0..n {
                let at = t * n + u;
                let out = &mut out[(t * self.pitch + u) * self.classes..][..self.classes];
                for (d, (slot, logit)) in out.iter_mut().zip(self.classes_at(t, u)).enumerate() {
                    let here = cost + alphas[at] + logit + steps.shift[at];
                    let last = t + 1 == self.frames && u + 1 == n;
                    // what the step of this class leads to
                    let rest = if d == self.blank && last {
                        Some(0.0)
                    } else if d == self.blank && t + 1 < self.frames {
                        Some(betas[at + n])
                    } else if u + 1 < n && self.labels[u] as usize == d {
                        Some(betas[at + 1])
                    } else {
                        None
                    };
                    let through = rest.map_or(0.0, |rest| (here + rest).exp());
                    let gradient = if self.normalize { (here + betas[at]).exp() - through } else { -through };
                    *slot = limit.map_or(gradient, |limit| gradient.min(limit).max(-limit));
                }
            }
        }
    }
}

/// The logarithm of the sum of two numbers that are given by theirs.
fn either(a: Option<f32>, b: Option<f32>) -> Option<f32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b) + (-(a - b).abs()).exp().ln_1p()),
        (a, b) => a.or(b),
    }
}
