//! Convolution without panels: the product reads the input, with its padding around it, where it lies.
//!
//! Lines of the padded input follow each other, so 32 places in a row are 32 neighbours in memory for every tap and
//! channel. Places between the end of one line of the output and the begin of the next are computed too and thrown
//! away. For a stride, lines and columns are sorted by their remainders first, so that outputs read neighbours again.

use super::conv::{inside, spread_row, ConvParams};
use super::gemm::{map_rows, Bias, Epilogue, PackedA, Real, PARALLEL_WORK};
use super::scratch::with_scratch;
use super::simd::tile::{Start, Steps, LDA, MAX_NR};
use super::threads::{get_num_threads, is_serial, parallel_chunks, parallel_tiles, TileMut};

/// Where one image of one group lies in its padded copy: phase, channel, depth, line, column.
pub(super) struct Direct {
    size: [usize; 3],
    out_size: [usize; 3],
    padding: [usize; 3],
    stride: [usize; 3],
    channels: usize,
    /// Remainders of lines and columns that are needed.
    phases: Vec<(usize, usize)>,
    /// Sizes of one phase.
    lines: usize,
    cols: usize,
    /// Elements from one channel to the next.
    plane: usize,
    /// For each tap, where its element of channel 0 lies for output 0.
    taps: Vec<usize>,
}

impl Direct {
    /// `None` where the input needs no copy, or there are so few channels that tiles would jump all the time.
    pub fn new(p: &ConvParams, size: [usize; 3], out_size: [usize; 3]) -> Option<Direct> {
        if p.is_pointwise() || p.in_group() < FEW_CHANNELS {
            return None;
        }
        let reach = |i: usize| (out_size[i] - 1) * p.stride[i] + (p.kernel[i] - 1) * p.dilation[i] + 1;
        let (lines, cols) = (reach(1).div_ceil(p.stride[1]), reach(2).div_ceil(p.stride[2]));
        // An odd number of cache lines, so that channels do not share cache sets.
        let plane = (reach(0) * lines * cols).div_ceil(16) * 16;
        let plane = if plane % 32 == 0 { plane + 16 } else { plane };
        let (mut phases, mut taps) = (Vec::new(), Vec::with_capacity(p.taps()));
        for kd in 0..p.kernel[0] {
            for kh in 0..p.kernel[1] {
                for kw in 0..p.kernel[2] {
                    let (line, col) = (kh * p.dilation[1], kw * p.dilation[2]);
                    let phase = (line % p.stride[1], col % p.stride[2]);
                    let index = phases.iter().position(|x| *x == phase).unwrap_or_else(|| {
                        phases.push(phase);
                        phases.len() - 1
                    });
                    let line = kd * p.dilation[0] * lines + line / p.stride[1];
                    taps.push(index * p.in_group() * plane + line * cols + col / p.stride[2]);
                }
            }
        }
        let (padding, stride, channels) = (p.padding, p.stride, p.in_group());
        Some(Direct { size, out_size, padding, stride, channels, phases, lines, cols, plane, taps })
    }

    /// Whether few places are computed in vain.
    pub fn is_worth_it<T: Real>(&self) -> bool {
        let width = T::kernel().nr;
        let [depth, lines, cols] = self.out_size;
        let computed = depth * self.places(lines).div_ceil(width);
        let needed = (depth * lines * cols).div_ceil(width);
        computed * 8 <= needed * 9
    }

    /// Convolves `[channels, …size]` into the rows of `out`.
    pub fn run<T: Real>(&self, input: &[T], weight: &PackedA<T>, out: TileMut<T>, epilogue: &Epilogue<T>) {
        let length = self.phases.len() * self.channels * self.plane;
        with_scratch(length + MAX_NR, |source| {
            self.prepare(input, &mut source[..length]);
            let source = &*source;
            let out_cols = self.out_size[2];
            let (rows, lines) = self.share(weight);
            parallel_tiles(out, rows, lines * out_cols, &|i0, j0, mut tile| {
                let (first, count) = (j0 / out_cols, tile.cols() / out_cols);
                let mut done = 0;
                while done < count {
                    let (d, h) = ((first + done) / self.out_size[1], (first + done) % self.out_size[1]);
                    let lines = (self.out_size[1] - h).min(count - done);
                    let rows = tile.rows();
                    let mut part = tile.part(0, rows, done * out_cols, lines * out_cols);
                    let start = (d * self.stride[0] * self.lines + h) * self.cols;
                    self.lines(&source[start..], weight, i0, &mut part, epilogue);
                    map_rows(epilogue, (i0, j0 + done * out_cols), &mut part);
                    done += lines;
                }
            });
        });
    }

    /// Places from the first of a line to the last of another, `lines` altogether.
    fn places(&self, lines: usize) -> usize {
        (lines - 1) * self.cols + self.out_size[2]
    }

    /// How many rows and lines a task does.
    fn share<T: Real>(&self, weight: &PackedA<T>) -> (usize, usize) {
        let (rows, lines) = (weight.rows(), self.out_size[0] * self.out_size[1]);
        let work = rows * weight.k() * lines * self.out_size[2];
        if is_serial() || work < PARALLEL_WORK {
            return (rows, lines);
        }
        let (threads, kernel) = (get_num_threads(), weight.kernel());
        let row_parts = (rows / (2 * kernel.mr)).clamp(1, threads);
        let line_parts = (3 * threads).div_ceil(row_parts);
        let least = (2 * kernel.nr).div_ceil(self.cols);
        (rows.div_ceil(row_parts), lines.div_ceil(line_parts).max(least))
    }

    fn prepare<T: Real>(&self, input: &[T], out: &mut [T]) {
        let pixels = self.size.iter().product::<usize>();
        let together = if out.len() < SERIAL_COPY { out.len() / self.plane } else { 1 };
        parallel_chunks(out, together * self.plane, &|part, out| {
            for (i, out) in out.chunks_exact_mut(self.plane).enumerate() {
                let at = part * together + i;
                let (phase, channel) = (self.phases[at / self.channels], at % self.channels);
                let input = &input[channel * pixels..][..pixels];
                for (at, line) in out.chunks_exact_mut(self.cols).enumerate() {
                    let (d, h) = (at / self.lines, at % self.lines * self.stride[1] + phase.0);
                    let source =
                        match (inside(d, self.padding[0], self.size[0]), inside(h, self.padding[1], self.size[1])) {
                            (Some(d), Some(h)) => &input[(d * self.size[1] + h) * self.size[2]..][..self.size[2]],
                            _ => &[],
                        };
                    spread_row(source, self.padding[2], phase.1, self.stride[2], line);
                }
            }
        });
    }

    /// Whole lines of one depth; `source` begins with what output 0 of the first of them reads.
    fn lines<T: Real>(
        &self,
        source: &[T],
        weight: &PackedA<T>,
        i0: usize,
        out: &mut TileMut<T>,
        epilogue: &Epilogue<T>,
    ) {
        let (kernel, out_cols, rows) = (weight.kernel(), self.out_size[2], out.rows());
        let places = self.places(out.cols() / out_cols);
        // Tiles of equal height do better than full ones and a low one.
        let tiles = rows.div_ceil(kernel.mr);
        let (low, higher) = (rows / tiles, rows % tiles);
        let group = GROUP * kernel.nr;
        with_scratch(rows * group, |product| {
            for first in (0..places).step_by(group) {
                let width = group.min((places - first).next_multiple_of(kernel.nr));
                let mut product = TileMut::new(product, rows, width, group);
                for (k0, kc, block) in weight.blocks() {
                    let block = &block[i0 * LDA..];
                    let runs = self.runs(k0, kc);
                    let clamp = if k0 + kc == weight.k() { epilogue.clamp } else { None };
                    for j in (0..width).step_by(kernel.nr) {
                        let steps = Steps { runs: &runs, stride: self.plane };
                        let from = &source[first + j..];
                        let mut i = 0;
                        for t in 0..tiles {
                            let height = low + usize::from(t < higher);
                            let start = match epilogue.bias {
                                _ if k0 > 0 => Start::Stored,
                                Bias::Rows(bias) => Start::Rows(&bias[i0 + i..][..height]),
                                _ => Start::Zero,
                            };
                            let mut tile = product.part(i, height, j, kernel.nr);
                            kernel.run_steps(&steps, &block[i * LDA..], from, &mut tile, start, clamp);
                            i += height;
                        }
                    }
                }
                self.keep(&mut product, first, out);
            }
        });
    }

    /// Where the elements for columns `k0..k0 + kc` of the weight are: column `k` is tap `k / channels`, channel
    /// `k % channels`.
    fn runs(&self, k0: usize, kc: usize) -> Vec<(usize, usize)> {
        let (mut runs, mut k) = (Vec::new(), k0);
        while k < k0 + kc {
            let (tap, channel) = (k / self.channels, k % self.channels);
            let count = (self.channels - channel).min(k0 + kc - k);
            runs.push((self.taps[tap] + channel * self.plane, count));
            k += count;
        }
        runs
    }

    /// Copies the places from `first` on that are outputs.
    fn keep<T: Real>(&self, product: &mut TileMut<T>, first: usize, out: &mut TileMut<T>) {
        let (out_cols, end) = (self.out_size[2], first + product.cols());
        for i in 0..out.rows() {
            let (from, to) = (product.row(i), out.row(i));
            for line in first / self.cols..to.len() / out_cols {
                let start = line * self.cols;
                if start >= end {
                    break;
                }
                let (a, b) = (start.max(first), (start + out_cols).min(end));
                if a < b {
                    to[line * out_cols + a - start..][..b - a].copy_from_slice(&from[a - first..b - first]);
                }
            }
        }
    }
}

/// Channels that are worth a jump from tap to tap.
const FEW_CHANNELS: usize = 16;
/// Panels that are done for one block of the weight before the next.
const GROUP: usize = 2;
/// Elements under which one thread copies as fast.
const SERIAL_COPY: usize = 1 << 16;
