//! Products and convolutions of integers. Both sides come with their zero points taken away, as 16-bit numbers; sums
//! are 32-bit and wrap, so the order of summation does not matter.

use super::threads::parallel_chunks;

/// `out[i] = Σ a[k] · b[i·k..][k]` for every row of `b`.
pub fn dots(a: &[i16], b: &[i16], out: &mut [i32]) {
    let k = a.len();
    if k == 0 {
        out.fill(0);
        return;
    }
    let mut rows = b.chunks_exact(k * 4);
    let mut slots = out.chunks_exact_mut(4);
    for (four, slots) in (&mut rows).zip(&mut slots) {
        let (b0, rest) = four.split_at(k);
        let (b1, rest) = rest.split_at(k);
        let (b2, b3) = rest.split_at(k);
        let mut sums = [0i32; 4];
        for ((((a, b0), b1), b2), b3) in a.iter().zip(b0).zip(b1).zip(b2).zip(b3) {
            let a = i32::from(*a);
            sums[0] = sums[0].wrapping_add(a * i32::from(*b0));
            sums[1] = sums[1].wrapping_add(a * i32::from(*b1));
            sums[2] = sums[2].wrapping_add(a * i32::from(*b2));
            sums[3] = sums[3].wrapping_add(a * i32::from(*b3));
        }
        slots.copy_from_slice(&sums);
    }
    let left = slots.into_remainder();
    for (slot, b) in left.iter_mut().zip(rows.remainder().chunks_exact(k)) {
        *slot = a.iter().zip(b).fold(0i32, |sum, (a, b)| sum.wrapping_add(i32::from(*a) * i32::from(*b)));
    }
}

/// Every row of `a` (of `k` numbers) with every row of `b` (`n` of them); `finish(sums, out)` gets the `n` sums of a row
/// and makes the row of `out`.
pub fn linear<O: Send>(
    a: &[i16],
    b: &[i16],
    (n, k): (usize, usize),
    out: &mut [O],
    finish: &(dyn Fn(&[i32], &mut [O]) + Sync),
) {
    if n == 0 {
        return;
    }
    let rows = (1 << 16) / (n * k).max(1) + 1;
    parallel_chunks(out, n * rows, &|i, chunk| {
        let mut sums = vec![0; n];
        for (j, out) in chunk.chunks_exact_mut(n).enumerate() {
            dots(&a[(i * rows + j) * k..][..k], b, &mut sums);
            finish(&sums, out);
        }
    });
}

/// What a convolution over up to three dimensions does; missing dimensions have size 1.
#[derive(Clone, Debug)]
pub struct Geometry {
    pub batch: usize,
    pub input: [usize; 3],
    pub output: [usize; 3],
    pub kernel: [usize; 3],
    pub stride: [usize; 3],
    pub padding: [usize; 3],
    pub dilation: [usize; 3],
    pub groups: usize,
    /// Channels of input and output, all groups together.
    pub channels: (usize, usize),
}

impl Geometry {
    fn taps(&self) -> usize {
        self.kernel.iter().product()
    }
    /// The input position along `dim` that tap `tap` of output position `at` reads.
    fn source(&self, dim: usize, at: usize, tap: usize) -> Option<usize> {
        let position = (at * self.stride[dim] + tap * self.dilation[dim]).checked_sub(self.padding[dim])?;
        (position < self.input[dim]).then_some(position)
    }
    /// Backwards: the output position that input position `at` adds to by tap `tap`.
    fn target(&self, dim: usize, at: usize, tap: usize) -> Option<usize> {
        let position = (at * self.stride[dim] + tap * self.dilation[dim]).checked_sub(self.padding[dim])?;
        (position < self.output[dim]).then_some(position)
    }
}

/// `x` is `[batch, depth, height, width, channels]`, `weight` `[out channel, tap, channel in the group]`; `finish` gets the
/// sums of one line of output, `[width, out channels]`.
pub fn conv<O: Send>(
    g: &Geometry,
    x: &[i16],
    weight: &[i16],
    out: &mut [O],
    finish: &(dyn Fn(&[i32], &mut [O]) + Sync),
) {
    let (channels, outs) = g.channels;
    let line = g.output[2] * outs;
    if line == 0 {
        return;
    }
    let (per_group, outs_per_group) = (channels / g.groups, outs / g.groups);
    let depthwise = per_group == 1 && outs_per_group == 1;
    let taps = g.taps();
    // taps outermost, so that channels lie side by side
    let by_tap: Vec<i16> = match depthwise {
        true => (0..taps * outs).map(|i| weight[i % outs * taps + i / outs]).collect(),
        false => Vec::new(),
    };
    let image = g.input.iter().product::<usize>() * channels;
    parallel_chunks(out, line, &|i, out| {
        let (plane, h) = (i / g.output[1], i % g.output[1]);
        let (n, d) = (plane / g.output[0], plane % g.output[0]);
        let x = &x[n * image..][..image];
        let mut sums = vec![0i32; line];
        let pixel = |d: usize, h: usize, w: usize| &x[((d * g.input[1] + h) * g.input[2] + w) * channels..][..channels];
        let mut patch = vec![0i16; taps * per_group];
        let mut row = vec![0i32; outs_per_group];
        for w in 0..g.output[2] {
            let sums = &mut sums[w * outs..][..outs];
            let sources = (0..taps).map(|tap| {
                let (td, th, tw) =
                    (tap / (g.kernel[1] * g.kernel[2]), tap / g.kernel[2] % g.kernel[1], tap % g.kernel[2]);
                Some(pixel(g.source(0, d, td)?, g.source(1, h, th)?, g.source(2, w, tw)?))
            });
            if depthwise {
                for (source, weight) in sources.zip(by_tap.chunks_exact(outs)) {
                    let Some(source) = source else { continue };
                    for ((sum, x), w) in sums.iter_mut().zip(source).zip(weight) {
                        *sum = sum.wrapping_add(i32::from(*x) * i32::from(*w));
                    }
                }
                continue;
            }
            if taps == 1 && g.groups == 1 {
                match sources.flatten().next() {
                    Some(source) => dots(source, weight, sums),
                    None => sums.fill(0),
                }
                continue;
            }
            let sources: Vec<Option<&[i16]>> = sources.collect();
            for group in 0..g.groups {
                for (slot, source) in patch.chunks_exact_mut(per_group.max(1)).zip(&sources) {
                    match source {
                        Some(source) => slot.copy_from_slice(&source[group * per_group..][..per_group]),
                        None => slot.fill(0),
                    }
                }
                let size = outs_per_group * taps * per_group;
                dots(&patch, &weight[group * size..][..size], &mut row);
                sums[group * outs_per_group..][..outs_per_group].copy_from_slice(&row);
            }
        }
        finish(&sums, out);
    });
}

/// The transposed convolution; `weight` is `[group, tap, out channel in the group, channel in the group]`. Sums of an
/// image are made on one thread.
pub fn conv_transpose<O: Send>(
    g: &Geometry,
    x: &[i16],
    weight: &[i16],
    out: &mut [O],
    finish: &(dyn Fn(&[i32], &mut [O]) + Sync),
) {
    let (channels, outs) = g.channels;
    let (pixels_in, pixels_out) = (g.input.iter().product::<usize>(), g.output.iter().product::<usize>());
    let (per_group, outs_per_group) = (channels / g.groups, outs / g.groups);
    let taps = g.taps();
    if pixels_out * outs == 0 {
        return;
    }
    parallel_chunks(out, pixels_out * outs, &|n, out| {
        let x = &x[n * pixels_in * channels..][..pixels_in * channels];
        let mut sums = vec![0i32; pixels_out * outs];
        let mut row = vec![0i32; outs_per_group];
        for (at, pixel) in x.chunks_exact(channels.max(1)).enumerate() {
            let (d, h, w) = (at / (g.input[1] * g.input[2]), at / g.input[2] % g.input[1], at % g.input[2]);
            for tap in 0..taps {
                let (td, th, tw) =
                    (tap / (g.kernel[1] * g.kernel[2]), tap / g.kernel[2] % g.kernel[1], tap % g.kernel[2]);
                let (Some(d), Some(h), Some(w)) = (g.target(0, d, td), g.target(1, h, th), g.target(2, w, tw)) else {
                    continue;
                };
                let target = ((d * g.output[1] + h) * g.output[2] + w) * outs;
                for group in 0..g.groups {
                    let size = outs_per_group * per_group;
                    let weight = &weight[(group * taps + tap) * size..][..size];
                    dots(&pixel[group * per_group..][..per_group], weight, &mut row);
                    let sums = &mut sums[target + group * outs_per_group..][..outs_per_group];
                    sums.iter_mut().zip(&row).for_each(|(sum, add)| *sum = sum.wrapping_add(*add));
                }
            }
        }
        finish(&sums, out);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_of_any_number_of_rows() {
        let a = [1i16, -2, 3];
        let b: Vec<i16> = (0..21).collect();
        let mut out = [0; 7];
        dots(&a, &b, &mut out);
        for (i, sum) in out.iter().enumerate() {
            let base = 3 * i as i32;
            assert_eq!(*sum, base - 2 * (base + 1) + 3 * (base + 2));
        }
    }

    #[test]
    fn padded_line() {
        let g = Geometry {
            batch: 1,
            input: [1, 1, 3],
            output: [1, 1, 3],
            kernel: [1, 1, 3],
            stride: [1; 3],
            padding: [0, 0, 1],
            dilation: [1; 3],
            groups: 1,
            channels: (1, 1),
        };
        let mut out = [0i32; 3];
        conv(&g, &[1, 2, 3], &[1, 10, 100], &mut out, &|sums, out| out.copy_from_slice(sums));
        assert_eq!(out, [210, 321, 32]);
        conv_transpose(&g, &[1, 2, 3], &[1, 10, 100], &mut out, &|sums, out| out.copy_from_slice(sums));
        assert_eq!(out, [12, 123, 230]);
    }
}
