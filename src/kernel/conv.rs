//! Convolution over contiguous `[batch, channels, …]` inputs with one to three spatial dimensions.
//!
//! A convolution is a matrix product, weights times patches of the input. The patches are never laid out as a whole:
//! panels of them are copied into the cache where the product needs them, from a copy of the input that has its
//! padding around it and, for a stride, its columns sorted by their remainder, so that a panel row is a few plain
//! copies. Where hardly anything is computed in vain by it, the product reads that copy itself (`direct.rs`).
//! Depthwise convolution has a kernel of its own.

use super::direct::Direct;
use super::gemm::{gemm_filled, gemm_rows_filled, Bias, Epilogue, Mat, PackedA, PackedB, Real, Ring, ROW_STRIDE};
use super::scratch::with_scratch;
use super::simd::depthwise::CHUNK;
use super::threads::{get_num_threads, is_serial, parallel_chunks, TileMut};

/// Channels, groups and window. Spatial sizes are `[depth, height, width]`; leading dimensions that are not there
/// have size 1, stride 1, padding 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConvParams {
    pub in_channels: usize,
    pub out_channels: usize,
    pub groups: usize,
    pub kernel: [usize; 3],
    pub stride: [usize; 3],
    pub padding: [usize; 3],
    pub dilation: [usize; 3],
}

impl ConvParams {
    /// From lists of one to three elements, as operators have them. `None` if a list is too long or empty, a stride,
    /// a dilation or `groups` is 0, or `groups` does not divide the channels.
    pub fn new(
        (in_channels, out_channels, groups): (usize, usize, usize),
        kernel: &[usize],
        stride: &[usize],
        padding: &[usize],
        dilation: &[usize],
    ) -> Option<Self> {
        let params = ConvParams {
            in_channels,
            out_channels,
            groups,
            kernel: three(kernel, 1)?,
            stride: three(stride, 1)?,
            padding: three(padding, 0)?,
            dilation: three(dilation, 1)?,
        };
        let zero = params.stride.contains(&0) || params.dilation.contains(&0) || groups == 0;
        (!zero && in_channels % groups == 0 && out_channels % groups == 0).then_some(params)
    }

    /// The output's spatial size; `None` if the kernel does not fit into the padded input, or numbers overflow.
    pub fn output_size(&self, input: [usize; 3]) -> Option<[usize; 3]> {
        let mut out = [0; 3];
        for i in 0..3 {
            let window = self.kernel[i].checked_sub(1)?.checked_mul(self.dilation[i])?.checked_add(1)?;
            let padded = input[i].checked_add(self.padding[i].checked_mul(2)?)?;
            out[i] = padded.checked_sub(window)? / self.stride[i] + 1;
        }
        Some(out)
    }

    /// The spatial size of a transposed convolution's output.
    pub fn transposed_output_size(&self, input: [usize; 3], output_padding: [usize; 3]) -> Option<[usize; 3]> {
        let mut out = [0; 3];
        for i in 0..3 {
            let window = self.kernel[i].checked_sub(1)?.checked_mul(self.dilation[i])?.checked_add(1)?;
            let steps = input[i].checked_sub(1)?.checked_mul(self.stride[i])?;
            let full = steps.checked_add(window)?.checked_add(output_padding[i])?;
            out[i] = full.checked_sub(self.padding[i].checked_mul(2)?)?;
        }
        Some(out)
    }

    /// Whether the padded input is far larger than input and output together.
    fn is_sparse(&self, size: [usize; 3], out_size: [usize; 3]) -> bool {
        let reach = |i: usize| (out_size[i] - 1) * self.stride[i] + (self.kernel[i] - 1) * self.dilation[i] + 1;
        let padded = (0..3).try_fold(1usize, |n, i| n.checked_mul(reach(i)));
        let real = size.iter().product::<usize>() + out_size.iter().product::<usize>() * self.taps();
        padded.is_none_or(|padded| padded > 16 * real + 4096)
    }

    pub(super) fn in_group(&self) -> usize {
        self.in_channels / self.groups
    }
    fn out_group(&self) -> usize {
        self.out_channels / self.groups
    }
    pub(super) fn taps(&self) -> usize {
        self.kernel.iter().product()
    }
    pub(super) fn is_pointwise(&self) -> bool {
        self.kernel == [1; 3] && self.stride == [1; 3] && self.padding == [0; 3]
    }
    fn is_depthwise(&self) -> bool {
        self.in_group() == 1
            && self.kernel[0] == 1
            && self.stride[0] == 1
            && self.padding[0] == 0
            && !self.is_transform()
    }
    /// Many long filters over one channel, as a Fourier transform has: a product does better than a tap at a time.
    fn is_transform(&self) -> bool {
        self.in_group() == 1 && self.taps() >= 32 && self.out_group() >= 32
    }
}

/// Up to three numbers, `missing` before them.
pub fn three<T: Copy>(list: &[T], missing: T) -> Option<[T; 3]> {
    match *list {
        [a] => Some([missing, missing, a]),
        [a, b] => Some([missing, a, b]),
        [a, b, c] => Some([a, b, c]),
        _ => None,
    }
}

/// Called with a position in the output and the elements from there on, once for each element: activation, residual.
pub type OutputMap<'a, T> = &'a (dyn Fn(usize, &mut [T]) + Sync);

/// A convolution with constant weights, laid out for this machine.
pub struct PackedConv<T: 'static> {
    params: ConvParams,
    weights: Weights<T>,
    bias: Vec<T>,
}

enum Weights<T: 'static> {
    /// For each group; columns are taps × input channels.
    Groups(Vec<PackedA<T>>),
    /// The same transposed, for images of so few pixels that they fill vectors badly: pixels are rows then.
    Columns(Vec<PackedB<T>>),
    /// As they come: output channel × tap.
    Depthwise(Vec<T>),
}

impl<T: Real> PackedConv<T> {
    /// `weight` is `[out_channels, in_channels / groups, …kernel]`, contiguous.
    ///
    /// # Panics
    /// If `weight` or `bias` has another length.
    pub fn new(params: ConvParams, weight: &[T], bias: Option<&[T]>) -> Self {
        Self::with_layout(params, weight, bias, false)
    }

    /// [`PackedConv::new`], with the layout that is best for inputs of this size; others give the same results.
    ///
    /// # Panics
    /// As [`PackedConv::new`].
    pub fn for_size(params: ConvParams, weight: &[T], bias: Option<&[T]>, size: [usize; 3]) -> Self {
        Self::with_layout(params, weight, bias, Self::has_columns(&params, size))
    }

    /// Whether the layout for inputs of this size has pixels in rows.
    pub fn has_columns(params: &ConvParams, size: [usize; 3]) -> bool {
        let pixels = params.output_size(size).map_or(0, |size| size.iter().product::<usize>());
        let wasted = pixels.next_multiple_of(32) - pixels;
        let small = (1..=SMALL_IMAGE).contains(&pixels) && wasted * 16 > pixels;
        small && (params.in_group() >= 16 || params.is_transform()) && params.out_group() >= 32
    }

    fn with_layout(params: ConvParams, weight: &[T], bias: Option<&[T]>, columns: bool) -> Self {
        let (inner, rows, taps) = (params.in_group(), params.out_group(), params.taps());
        assert_eq!(weight.len(), params.out_channels * inner * taps, "weight has another size");
        let bias = bias.map_or_else(|| vec![T::ZERO; params.out_channels], <[T]>::to_vec);
        assert_eq!(bias.len(), params.out_channels, "one bias for each output channel");
        if params.is_depthwise() {
            return PackedConv { params, weights: Weights::Depthwise(weight.to_vec()), bias };
        }
        let sorted = |group: usize| {
            let mut sorted = Vec::with_capacity(rows * inner * taps);
            for row in weight[group * rows * inner * taps..].chunks_exact((inner * taps).max(1)).take(rows) {
                (0..taps).for_each(|tap| sorted.extend((0..inner).map(|c| row[c * taps + tap])));
            }
            sorted
        };
        let groups = (0..params.groups).map(sorted);
        let weights = if columns {
            Weights::Columns(groups.map(|w| PackedB::pack(Mat::row_major(&w, rows, inner * taps).t())).collect())
        } else {
            Weights::Groups(groups.map(|w| PackedA::pack(Mat::row_major(&w, rows, inner * taps))).collect())
        };
        PackedConv { params, weights, bias }
    }

    pub fn params(&self) -> &ConvParams {
        &self.params
    }

    /// Convolves `[batch, in_channels, …size]` into `[batch, out_channels, …output_size]`, adds the bias, clamps, maps.
    ///
    /// # Panics
    /// If the kernel does not fit into the input, or a slice has another length.
    pub fn run(
        &self,
        batch: usize,
        input: &[T],
        size: [usize; 3],
        out: &mut [T],
        clamp: Option<(T, T)>,
        map: Option<OutputMap<T>>,
    ) {
        let p = &self.params;
        let out_size = p.output_size(size).expect("the kernel fits into the input");
        let (pixels, out_pixels) = (size.iter().product::<usize>(), out_size.iter().product::<usize>());
        assert_eq!(input.len(), batch * p.in_channels * pixels, "input has another size");
        assert_eq!(out.len(), batch * p.out_channels * out_pixels, "output has another size");
        if out.is_empty() {
            return;
        }
        match &self.weights {
            Weights::Columns(groups) => {
                for (at, out) in out.chunks_exact_mut(p.out_group() * out_pixels).enumerate() {
                    let (n, group) = (at / p.groups, at % p.groups);
                    let start = (n * p.in_channels + group * p.in_group()) * pixels;
                    let input = &input[start..start + p.in_group() * pixels];
                    let bias = &self.bias[group * p.out_group()..][..p.out_group()];
                    let epilogue = Epilogue { bias: Bias::Cols(bias), clamp, map: None };
                    by_pixels(p, &groups[group], (input, size), (&mut *out, out_size), &epilogue);
                    if let Some(map) = map {
                        map(at * p.out_group() * out_pixels, out);
                    }
                }
            }
            _ if p.is_sparse(size, out_size) => self.run_plain(input, size, out, clamp, map),
            Weights::Depthwise(weight) => {
                let plane = Plane::new(p, size, out_size);
                let work = out.len() * (p.taps() + 8);
                let planes = batch * p.out_channels;
                let together = if work < SERIAL_WORK { planes } else { planes.div_ceil(get_num_threads() * 4) };
                parallel_chunks(out, together * out_pixels, &|part, out| {
                    plane.run(clamp, out, |i| {
                        let at = part * together + i;
                        let (n, oc) = (at / p.out_channels, at % p.out_channels);
                        let channel = n * p.in_channels + oc / p.out_group();
                        (&input[channel * pixels..][..pixels], &weight[oc * p.taps()..][..p.taps()], self.bias[oc])
                    });
                    if let Some(map) = map {
                        map(part * together * out_pixels, out);
                    }
                });
            }
            Weights::Groups(groups) => {
                let patches = Patches::new(p, size, out_size);
                let direct = Direct::new(p, size, out_size).filter(|d| d.is_worth_it::<T>());
                let (inner, rows) = (p.in_group(), p.out_group());
                let one = |at: usize, out: &mut [T]| {
                    let (n, group) = (at / p.groups, at % p.groups);
                    let start = (n * p.in_channels + group * inner) * pixels;
                    let input = &input[start..start + inner * pixels];
                    let offset = (at * rows) * out_pixels;
                    let to_map = |row: usize, col: usize, piece: &mut [T]| {
                        if let Some(map) = map {
                            map(offset + row * out_pixels + col, piece);
                        }
                    };
                    let epilogue = Epilogue {
                        bias: Bias::Rows(&self.bias[group * rows..][..rows]),
                        clamp,
                        map: if map.is_some() { Some(&to_map) } else { None },
                    };
                    let packed = &groups[group];
                    let c = TileMut::new(out, rows, out_pixels, out_pixels);
                    if let Some(direct) = &direct {
                        return direct.run(input, packed, c, &epilogue);
                    }
                    patches.prepared(input, inner, |prepared| {
                        let width = packed.panel_width();
                        let fill =
                            |k0, kc, j0, panel: &mut [T]| patches.fill(prepared, inner, width, k0, kc, j0, panel);
                        gemm_filled(packed, out_pixels, &fill, c, &epilogue);
                    });
                };
                let chunk = rows * out_pixels;
                if batch * p.groups >= 2 * get_num_threads() && !is_serial() {
                    // Enough independent products: each on one thread.
                    parallel_chunks(out, chunk, &one);
                } else {
                    out.chunks_exact_mut(chunk).enumerate().for_each(|(at, out)| one(at, out));
                }
            }
        }
    }
}

impl<T: Real> PackedConv<T> {
    /// For windows so far apart, or padding so wide, that laying out the padded input would be out of proportion.
    fn run_plain(
        &self,
        input: &[T],
        size: [usize; 3],
        out: &mut [T],
        clamp: Option<(T, T)>,
        map: Option<OutputMap<T>>,
    ) {
        let p = &self.params;
        let (inner, taps) = (p.in_group(), p.taps());
        let weight = match &self.weights {
            Weights::Depthwise(weight) => weight.clone(),
            Weights::Columns(_) => return,
            Weights::Groups(groups) => {
                let sorted: Vec<T> = groups.iter().flat_map(PackedA::unpack).collect();
                let element = |i: usize| {
                    let (row, rest) = (i / (inner * taps), i % (inner * taps));
                    sorted[row * inner * taps + rest % taps * inner + rest / taps]
                };
                (0..sorted.len()).map(element).collect()
            }
        };
        conv_ring(p, &weight, Some(&self.bias), input, size, out);
        if let Some((low, high)) = clamp {
            out.iter_mut().for_each(|x| {
                *x = if *x < low {
                    low
                } else if *x > high {
                    high
                } else {
                    *x
                }
            });
        }
        if let Some(map) = map {
            map(0, out);
        }
    }
}

/// One image, one group: pixels are the rows of the product, so channels come last on the way in and out.
fn by_pixels<T: Real>(
    p: &ConvParams,
    weight: &PackedB<T>,
    (input, size): (&[T], [usize; 3]),
    (out, out_size): (&mut [T], [usize; 3]),
    epilogue: &Epilogue<T>,
) {
    let (inner, outer) = (p.in_group(), p.out_group());
    let (pixels, out_pixels) = (size.iter().product::<usize>(), out_size.iter().product::<usize>());
    with_scratch(pixels * inner + out_pixels * outer, |scratch| {
        let (image, product) = scratch.split_at_mut(pixels * inner);
        let together = if image.len() < SERIAL_COPY { pixels } else { 16 };
        parallel_chunks(image, together * inner, &|part, to| {
            T::transpose(&input[part * together..], pixels, inner, to.len() / inner, to, inner);
        });
        let image = &*image;
        let fill = |i0: usize, rows: usize, k0: usize, kc: usize, block: &mut [T]| {
            for (i, row) in block.chunks_mut(ROW_STRIDE).take(rows).enumerate() {
                let at = position(i0 + i, out_size);
                let (mut k, end) = (k0, k0 + kc);
                while k < end {
                    let (tap, channel) = (position(k / inner, p.kernel), k % inner);
                    let length = (inner - channel).min(end - k);
                    let to = &mut row[k - k0..][..length];
                    let source = |d: usize| inside(at[d] * p.stride[d] + tap[d] * p.dilation[d], p.padding[d], size[d]);
                    match (source(0), source(1), source(2)) {
                        (Some(d), Some(h), Some(w)) => {
                            let pixel = (d * size[1] + h) * size[2] + w;
                            to.copy_from_slice(&image[pixel * inner + channel..][..length]);
                        }
                        _ => to.fill(T::ZERO),
                    }
                    k += length;
                }
            }
        };
        gemm_rows_filled(&fill, weight, TileMut::new(product, out_pixels, outer, outer), epilogue);
        let product = &*product;
        let together = if product.len() < SERIAL_COPY { outer } else { 16 };
        parallel_chunks(out, together * out_pixels, &|part, to| {
            T::transpose(&product[part * together..], outer, out_pixels, to.len() / out_pixels, to, out_pixels);
        });
    });
}

/// Where the patches of one image lie.
struct Patches {
    size: [usize; 3],
    out_size: [usize; 3],
    padding: [usize; 3],
    /// Sizes with padding; the width is that of one phase.
    padded: [usize; 3],
    stride: [usize; 3],
    /// For each tap, where its channel-0 element for output 0 lies in the prepared input.
    taps: Vec<usize>,
    /// Columns whose remainder by the stride is the same, for each remainder that is needed.
    phases: Vec<usize>,
    /// The input serves as it is.
    in_place: bool,
}

impl Patches {
    fn new(p: &ConvParams, size: [usize; 3], out_size: [usize; 3]) -> Self {
        let inner = p.in_group();
        if p.is_pointwise() {
            let pixels = size.iter().product();
            let size = [1, 1, pixels];
            return Patches {
                size,
                out_size: size,
                padding: [0; 3],
                padded: size,
                stride: [1; 3],
                taps: vec![0],
                phases: vec![0],
                in_place: true,
            };
        }
        let width_stride = p.stride[2];
        // Only what windows reach: a stride may leave a rest.
        let reach = |i: usize| (out_size[i] - 1) * p.stride[i] + (p.kernel[i] - 1) * p.dilation[i] + 1;
        let mut phases: Vec<usize> = (0..p.kernel[2]).map(|k| k * p.dilation[2] % width_stride).collect();
        phases.sort_unstable();
        phases.dedup();
        let in_place = p.padding == [0; 3] && width_stride == 1;
        let padded = if in_place { size } else { [reach(0), reach(1), reach(2).div_ceil(width_stride)] };
        let plane: usize = padded.iter().product();
        let mut taps = Vec::with_capacity(p.taps());
        for kd in 0..p.kernel[0] {
            for kh in 0..p.kernel[1] {
                for kw in 0..p.kernel[2] {
                    let column = kw * p.dilation[2];
                    let phase = phases.iter().position(|x| *x == column % width_stride).unwrap_or(0);
                    let row = kd * p.dilation[0] * padded[1] + kh * p.dilation[1];
                    taps.push(phase * inner * plane + row * padded[2] + column / width_stride);
                }
            }
        }
        let stride = p.stride;
        Patches { size, out_size, padding: p.padding, padded, stride, taps, phases, in_place }
    }

    /// Calls `f` with the input in the layout that `fill` reads: phase, channel, padded depth, height, width.
    fn prepared<T: Real>(&self, input: &[T], channels: usize, f: impl FnOnce(&[T])) {
        if self.in_place {
            return f(input);
        }
        let (plane, pixels) = (self.padded.iter().product::<usize>(), self.size.iter().product::<usize>());
        with_scratch(self.phases.len() * channels * plane, |out| {
            let planes = self.phases.len() * channels;
            let together = if out.len() < SERIAL_COPY { planes } else { planes.div_ceil(get_num_threads() * 4) };
            parallel_chunks(out, together * plane, &|part, out| {
                for (i, out) in out.chunks_exact_mut(plane.max(1)).enumerate() {
                    let (phase, channel) = ((part * together + i) / channels, (part * together + i) % channels);
                    let input = &input[channel * pixels..][..pixels];
                    for (at, row) in out.chunks_exact_mut(self.padded[2]).enumerate() {
                        let (d, h) = (at / self.padded[1], at % self.padded[1]);
                        let source = match (
                            inside(d, self.padding[0], self.size[0]),
                            inside(h, self.padding[1], self.size[1]),
                        ) {
                            (Some(d), Some(h)) => &input[(d * self.size[1] + h) * self.size[2]..][..self.size[2]],
                            _ => &[],
                        };
                        spread_row(source, self.padding[2], self.phases[phase], self.stride[2], row);
                    }
                }
            });
            f(out);
        });
    }

    /// Rows `k0..k0 + kc` of the patch matrix, from pixel `j0` on; row `k` is tap `k / channels`, channel
    /// `k % channels`.
    fn fill<T: Real>(
        &self,
        source: &[T],
        channels: usize,
        width: usize,
        k0: usize,
        kc: usize,
        j0: usize,
        panel: &mut [T],
    ) {
        let [_, rows, cols] = self.out_size;
        let pixels = self.out_size.iter().product::<usize>();
        let plane = self.padded.iter().product::<usize>();
        // The pixels of this panel, in runs that are adjacent in the prepared input: (lane, length, start).
        let mut runs = [(0, 0, 0); MAX_RUNS];
        let (mut count, mut lane) = (0, 0);
        let lanes = width.min(pixels - j0);
        while lane < lanes {
            let j = j0 + lane;
            let (row, col) = (j / cols, j % cols);
            let length = (cols - col).min(lanes - lane);
            let (d, h) = (row / rows * self.stride[0], row % rows * self.stride[1]);
            runs[count] = (lane, length, (d * self.padded[1] + h) * self.padded[2] + col);
            count += 1;
            lane += length;
        }
        let runs = &runs[..count];
        let (mut tap, mut channel) = (k0 / channels, k0 % channels);
        for k in 0..kc {
            let (from, to) = (self.taps[tap] + channel * plane, k * width);
            for &(lane, length, start) in runs {
                copy_run(source, from + start, panel, to + lane, length);
            }
            if lanes < width {
                panel[to + lanes..to + width].fill(T::ZERO);
            }
            channel += 1;
            if channel == channels {
                (tap, channel) = (tap + 1, 0);
            }
        }
    }
}

/// Widths of tiles are at most 32, so a panel has at most as many runs.
const MAX_RUNS: usize = 32;

/// Copies `length <= 32` elements. May write up to 16 more, which lie in lanes that are written later.
#[inline(always)]
fn copy_run<T: Copy>(source: &[T], from: usize, out: &mut [T], to: usize, length: usize) {
    let (Some(s), Some(d)) = (source.get(from..from + 32), out.get_mut(to..to + 32)) else {
        out[to..to + length].copy_from_slice(&source[from..from + length]);
        return;
    };
    d[..16].copy_from_slice(&s[..16]);
    if length > 16 {
        d[16..].copy_from_slice(&s[16..]);
    }
}

/// The position without padding.
pub(super) fn inside(padded: usize, padding: usize, size: usize) -> Option<usize> {
    padded.checked_sub(padding).filter(|x| *x < size)
}

/// `out[q]` is element `q * stride + phase` of the row with `padding` zeros before it and as many as needed after it.
pub(super) fn spread_row<T: Real>(row: &[T], padding: usize, phase: usize, stride: usize, out: &mut [T]) {
    let first = padding.saturating_sub(phase).div_ceil(stride).min(out.len());
    let end = (row.len() + padding).saturating_sub(phase).div_ceil(stride).clamp(first, out.len());
    if row.is_empty() {
        out.fill(T::ZERO);
        return;
    }
    out[..first].fill(T::ZERO);
    out[end..].fill(T::ZERO);
    if first == end {
        return;
    }
    let source = &row[first * stride + phase - padding..];
    if stride == 1 {
        out[first..end].copy_from_slice(&source[..end - first]);
    } else {
        T::every(source, stride, &mut out[first..end]);
    }
}

/// A depthwise convolution of one plane: rows and columns are sorted by their remainders, so that every tap reads one
/// run of elements for all outputs.
struct Plane {
    size: [usize; 3],
    out_size: [usize; 3],
    padding: [usize; 3],
    stride: [usize; 3],
    /// Row and column remainders that are needed.
    phases: Vec<(usize, usize)>,
    /// Rows and columns of one phase.
    rows: usize,
    cols: usize,
    offsets: Vec<usize>,
}

impl Plane {
    fn new(p: &ConvParams, size: [usize; 3], out_size: [usize; 3]) -> Self {
        let reach =
            |i: usize| ((out_size[i] - 1) * p.stride[i] + (p.kernel[i] - 1) * p.dilation[i] + 1).div_ceil(p.stride[i]);
        let (rows, cols) = (reach(1), reach(2));
        let mut phases = Vec::new();
        let mut offsets = Vec::with_capacity(p.taps());
        for kh in 0..p.kernel[1] {
            for kw in 0..p.kernel[2] {
                let (y, x) = (kh * p.dilation[1], kw * p.dilation[2]);
                let phase = (y % p.stride[1], x % p.stride[2]);
                let index = phases.iter().position(|x| *x == phase).unwrap_or_else(|| {
                    phases.push(phase);
                    phases.len() - 1
                });
                offsets.push((index * rows + y / p.stride[1]) * cols + x / p.stride[2]);
            }
        }
        Plane { size, out_size, padding: p.padding, stride: p.stride, phases, rows, cols, offsets }
    }

    /// Fills the planes in `out`; `operands` gives input, weight and bias for each of them.
    fn run<'a, T: Real>(
        &self,
        clamp: Option<(T, T)>,
        out: &mut [T],
        operands: impl Fn(usize) -> (&'a [T], &'a [T], T),
    ) {
        let [depth, out_rows, out_cols] = self.out_size;
        let length = (out_rows * self.cols).next_multiple_of(CHUNK);
        let mut taps: Vec<(usize, T)> = self.offsets.iter().map(|offset| (*offset, T::zero())).collect();
        let phase_len = self.rows * self.cols;
        let prepared = self.phases.len() * phase_len;
        let slice = self.size[1] * self.size[2];
        with_scratch(prepared + length + CHUNK + length, |scratch| {
            let (source, result) = scratch.split_at_mut(prepared + length + CHUNK);
            // The padding stays zero from plane to plane.
            source.fill(T::zero());
            for (i, out) in out.chunks_exact_mut(depth * out_rows * out_cols).enumerate() {
                let (input, weight, bias) = operands(i);
                taps.iter_mut().zip(weight).for_each(|(tap, weight)| tap.1 = *weight);
                for (input, out) in input.chunks_exact(slice.max(1)).zip(out.chunks_exact_mut(out_rows * out_cols)) {
                    for (&phase, out) in self.phases.iter().zip(source.chunks_exact_mut(phase_len)) {
                        self.sort_rows(input, phase, out);
                    }
                    T::depthwise(source, &taps, bias, clamp, &mut result[..length]);
                    for (to, from) in out.chunks_exact_mut(out_cols).zip(result.chunks(self.cols)) {
                        to.copy_from_slice(&from[..out_cols]);
                    }
                }
            }
        });
    }

    /// Copies the elements of one phase to their places between the padding.
    fn sort_rows<T: Real>(&self, input: &[T], phase: (usize, usize), out: &mut [T]) {
        let [_, height, width] = self.size;
        let range = |phase: usize, dim: usize, size: usize, places: usize| {
            let first = self.padding[dim].saturating_sub(phase).div_ceil(self.stride[dim]).min(places);
            let end = (size + self.padding[dim]).saturating_sub(phase).div_ceil(self.stride[dim]).clamp(first, places);
            (first, end, first * self.stride[dim] + phase)
        };
        let (top, bottom, first_row) = range(phase.0, 1, height, self.rows);
        let (left, right, first_col) = range(phase.1, 2, width, self.cols);
        if top == bottom || left == right {
            return;
        }
        let (row, col) = (first_row - self.padding[1], first_col - self.padding[2]);
        for (q, out) in out.chunks_exact_mut(self.cols).take(bottom).skip(top).enumerate() {
            let source = &input[(row + q * self.stride[1]) * width + col..];
            if self.stride[2] == 1 {
                out[left..right].copy_from_slice(&source[..right - left]);
            } else {
                T::every(source, self.stride[2], &mut out[left..right]);
            }
        }
    }
}

/// A transposed convolution with constant weights: a matrix product, whose columns are added into the output.
pub struct PackedConvTranspose<T: 'static> {
    params: ConvParams,
    /// For each group, blocks of output channels; rows are channel × tap.
    blocks: Vec<Vec<PackedA<T>>>,
    bias: Vec<T>,
    block_channels: usize,
}

impl<T: Real> PackedConvTranspose<T> {
    /// `weight` is `[in_channels, out_channels / groups, …kernel]`, contiguous.
    ///
    /// # Panics
    /// If `weight` or `bias` has another length.
    pub fn new(params: ConvParams, weight: &[T], bias: Option<&[T]>) -> Self {
        let (inner, outer, taps) = (params.in_group(), params.out_group(), params.taps());
        assert_eq!(weight.len(), params.in_channels * outer * taps, "weight has another size");
        let bias = bias.map_or_else(|| vec![T::ZERO; params.out_channels], <[T]>::to_vec);
        assert_eq!(bias.len(), params.out_channels, "one bias for each output channel");
        let block_channels = (TRANSPOSED_ROWS / taps.max(1)).clamp(1, outer.max(1));
        let pack = |group: usize, first: usize| {
            let rows = block_channels.min(outer - first) * taps;
            let start = (group * inner * outer + first) * taps;
            let matrix = Mat::new(weight.get(start..).unwrap_or(&[]), inner, rows, outer * taps, 1);
            PackedA::pack(matrix.t())
        };
        let blocks = (0..params.groups)
            .map(|group| (0..outer).step_by(block_channels).map(|first| pack(group, first)).collect())
            .collect();
        PackedConvTranspose { params, blocks, bias, block_channels }
    }

    pub fn params(&self) -> &ConvParams {
        &self.params
    }

    /// From `[batch, in_channels, …size]` into `[batch, out_channels, …out_size]`, where `out_size` comes from
    /// [`ConvParams::transposed_output_size`].
    ///
    /// With `round`, columns and every sum of them are rounded, and the bias comes last.
    ///
    /// # Panics
    /// If a slice has another length.
    pub fn run(
        &self,
        batch: usize,
        input: &[T],
        size: [usize; 3],
        out: &mut [T],
        out_size: [usize; 3],
        round: Option<fn(T) -> T>,
    ) {
        let p = &self.params;
        let (pixels, out_pixels) = (size.iter().product::<usize>(), out_size.iter().product::<usize>());
        assert_eq!(input.len(), batch * p.in_channels * pixels, "input has another size");
        assert_eq!(out.len(), batch * p.out_channels * out_pixels, "output has another size");
        if out.is_empty() {
            return;
        }
        let taps = p.taps();
        for (at, out) in out.chunks_exact_mut(p.out_group() * out_pixels).enumerate() {
            let (n, group) = (at / p.groups, at % p.groups);
            let start = (n * p.in_channels + group * p.in_group()) * pixels;
            let input = &input[start..][..p.in_group() * pixels];
            let matrix = Mat::row_major(input, p.in_group(), pixels);
            for (block, (packed, out)) in
                self.blocks[group].iter().zip(out.chunks_mut(self.block_channels * out_pixels)).enumerate()
            {
                let bias = &self.bias[group * p.out_group() + block * self.block_channels..];
                with_scratch(packed.rows() * pixels, |columns| {
                    let width = packed.panel_width();
                    let fill = |k0, kc, j0, panel: &mut [T]| matrix.fill_panel(k0, kc, j0, width, panel);
                    let c = TileMut::new(columns, packed.rows(), pixels, pixels);
                    gemm_filled(packed, pixels, &fill, c, &Epilogue::default());
                    let columns = &*columns;
                    let channels = packed.rows() / taps;
                    let together =
                        if columns.len() < SERIAL_WORK { channels } else { channels.div_ceil(get_num_threads()) };
                    parallel_chunks(out, together * out_pixels, &|part, out| {
                        for (i, out) in out.chunks_exact_mut(out_pixels).enumerate() {
                            let channel = part * together + i;
                            let columns = &columns[channel * taps * pixels..][..taps * pixels];
                            match round {
                                None => {
                                    out.fill(bias[channel]);
                                    add_columns(p, columns, size, out, out_size, &|y, x| y + x);
                                }
                                Some(round) => {
                                    out.fill(T::ZERO);
                                    add_columns(p, columns, size, out, out_size, &|y, x| round(y + round(x)));
                                    out.iter_mut().for_each(|y| *y = *y + bias[channel]);
                                }
                            }
                        }
                    });
                });
            }
        }
    }
}

/// Adds each tap's column, an image of the input's size, to the places in the output that the tap reaches.
fn add_columns<T: Real>(
    p: &ConvParams,
    columns: &[T],
    size: [usize; 3],
    out: &mut [T],
    out_size: [usize; 3],
    add: &impl Fn(T, T) -> T,
) {
    let target = |i: usize, dim: usize, tap: usize| {
        inside(i * p.stride[dim] + tap * p.dilation[dim], p.padding[dim], out_size[dim])
    };
    let [_, kh, kw] = p.kernel;
    let pixels = size.iter().product::<usize>();
    if pixels == 0 {
        return;
    }
    for (tap, column) in columns.chunks_exact(pixels).enumerate() {
        let (td, th, tw) = (tap / (kh * kw), tap / kw % kh, tap % kw);
        // Input columns whose target is inside.
        let shift = tw * p.dilation[2];
        let first = p.padding[2].saturating_sub(shift).div_ceil(p.stride[2]).min(size[2]);
        let end = (out_size[2] + p.padding[2]).saturating_sub(shift).div_ceil(p.stride[2]).clamp(first, size[2]);
        if first == end {
            continue;
        }
        let start = first * p.stride[2] + shift - p.padding[2];
        for d in 0..size[0] {
            let Some(od) = target(d, 0, td) else { continue };
            for h in 0..size[1] {
                let Some(oh) = target(h, 1, th) else { continue };
                let from = &column[(d * size[1] + h) * size[2]..][first..end];
                let to = &mut out[(od * out_size[1] + oh) * out_size[2]..][..out_size[2]][start..];
                if p.stride[2] == 1 {
                    to.iter_mut().zip(from).for_each(|(y, x)| *y = add(*y, *x));
                } else {
                    to.iter_mut().step_by(p.stride[2]).zip(from).for_each(|(y, x)| *y = add(*y, *x));
                }
            }
        }
    }
}

/// Convolution for every other element type, by plain loops; integers wrap. Arguments as for [`PackedConv`].
pub fn conv_ring<T: Ring + Send + Sync>(
    p: &ConvParams,
    weight: &[T],
    bias: Option<&[T]>,
    input: &[T],
    size: [usize; 3],
    out: &mut [T],
) {
    let out_size = p.output_size(size).expect("the kernel fits into the input");
    let (pixels, out_pixels) = (size.iter().product::<usize>(), out_size.iter().product::<usize>());
    let (inner, taps) = (p.in_group(), p.taps());
    parallel_chunks(out, out_pixels, &|at, out| {
        let (n, oc) = (at / p.out_channels, at % p.out_channels);
        let first = n * p.in_channels + oc / p.out_group() * inner;
        let start = bias.map_or(T::ZERO, |b| b[oc]);
        for (j, y) in out.iter_mut().enumerate() {
            let at = position(j, out_size);
            let mut sum = start;
            for tap in 0..taps {
                let k = position(tap, p.kernel);
                let source = |i: usize| inside(at[i] * p.stride[i] + k[i] * p.dilation[i], p.padding[i], size[i]);
                let (Some(d), Some(h), Some(w)) = (source(0), source(1), source(2)) else { continue };
                let pixel = (d * size[1] + h) * size[2] + w;
                for c in 0..inner {
                    sum = sum.mul_add(weight[(oc * inner + c) * taps + tap], input[(first + c) * pixels + pixel]);
                }
            }
            *y = sum;
        }
    });
}

/// Transposed convolution for every other element type, by plain loops. Arguments as for [`PackedConvTranspose`].
pub fn conv_transpose_ring<T: Ring + Send + Sync>(
    p: &ConvParams,
    weight: &[T],
    bias: Option<&[T]>,
    (input, size): (&[T], [usize; 3]),
    (out, out_size): (&mut [T], [usize; 3]),
) {
    let (pixels, out_pixels) = (size.iter().product::<usize>(), out_size.iter().product::<usize>());
    let (inner, outer, taps) = (p.in_group(), p.out_group(), p.taps());
    parallel_chunks(out, out_pixels, &|at, out| {
        let (n, oc) = (at / p.out_channels, at % p.out_channels);
        let (group, in_block) = (oc / outer, oc % outer);
        out.fill(bias.map_or(T::ZERO, |b| b[oc]));
        for c in group * inner..(group + 1) * inner {
            let image = &input[(n * p.in_channels + c) * pixels..][..pixels];
            for (j, x) in image.iter().enumerate() {
                let at = position(j, size);
                for tap in 0..taps {
                    let k = position(tap, p.kernel);
                    let target =
                        |i: usize| inside(at[i] * p.stride[i] + k[i] * p.dilation[i], p.padding[i], out_size[i]);
                    if let (Some(d), Some(h), Some(w)) = (target(0), target(1), target(2)) {
                        let y = &mut out[(d * out_size[1] + h) * out_size[2] + w];
                        *y = y.mul_add(weight[(c * outer + in_block) * taps + tap], *x);
                    }
                }
            }
        }
    });
}

fn position(i: usize, size: [usize; 3]) -> [usize; 3] {
    [i / (size[1] * size[2]), i / size[2] % size[1], i % size[2]]
}

/// Multiplications under which one thread is as fast.
const SERIAL_WORK: usize = 1 << 17;
/// Elements under which one thread copies as fast.
const SERIAL_COPY: usize = 1 << 16;
/// Pixels up to which [`PackedConv::for_size`] may make pixels rows.
const SMALL_IMAGE: usize = 256;
/// Rows of a transposed convolution's product that are made at a time.
const TRANSPOSED_ROWS: usize = 192;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::simd::tests::for_each_isa;

    /// batch, channels in, out, groups; input size, kernel, stride, padding, dilation.
    type Case = ([usize; 4], [usize; 3], [usize; 3], [usize; 3], [usize; 3], [usize; 3]);
    const CASES: [Case; 26] = [
        ([1, 1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1], [0, 0, 0], [1, 1, 1]),
        ([2, 3, 5, 1], [1, 7, 9], [1, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1]),
        ([1, 3, 8, 1], [1, 17, 19], [1, 7, 7], [1, 2, 2], [0, 3, 3], [1, 1, 1]),
        ([2, 6, 4, 2], [1, 8, 8], [1, 3, 3], [1, 2, 1], [0, 1, 0], [1, 1, 1]),
        ([1, 16, 13, 1], [1, 5, 7], [1, 1, 1], [1, 1, 1], [0, 0, 0], [1, 1, 1]),
        ([1, 16, 13, 1], [1, 6, 7], [1, 1, 1], [1, 2, 2], [0, 0, 0], [1, 1, 1]),
        ([1, 4, 4, 1], [1, 12, 11], [1, 3, 3], [1, 1, 1], [0, 2, 2], [1, 2, 2]),
        ([1, 4, 4, 1], [1, 12, 11], [1, 3, 2], [1, 3, 3], [0, 2, 1], [1, 2, 3]),
        ([1, 2, 3, 1], [4, 6, 5], [3, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1]),
        ([2, 2, 4, 2], [5, 6, 7], [2, 3, 1], [2, 1, 2], [0, 1, 0], [1, 1, 1]),
        ([2, 4, 3, 1], [1, 1, 100], [1, 1, 5], [1, 1, 3], [0, 0, 2], [1, 1, 1]),
        ([2, 5, 5, 5], [1, 9, 10], [1, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1]),
        ([1, 5, 10, 5], [1, 9, 10], [1, 3, 3], [1, 2, 2], [0, 1, 1], [1, 1, 1]),
        ([1, 3, 3, 3], [1, 13, 12], [1, 5, 5], [1, 2, 2], [0, 2, 2], [1, 1, 1]),
        ([1, 3, 3, 3], [1, 13, 12], [1, 3, 5], [1, 1, 3], [0, 0, 4], [1, 2, 1]),
        ([1, 3, 3, 3], [4, 5, 6], [3, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1]),
        ([1, 3, 3, 3], [4, 5, 6], [1, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1]),
        ([1, 17, 13, 1], [1, 20, 31], [1, 3, 3], [1, 2, 2], [0, 2, 1], [1, 2, 2]),
        ([2, 16, 30, 1], [4, 6, 33], [3, 3, 3], [2, 1, 2], [1, 1, 1], [1, 1, 1]),
        ([1, 48, 26, 2], [1, 40, 37], [1, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1]),
        ([1, 50, 20, 1], [1, 11, 33], [1, 3, 5], [1, 1, 1], [0, 1, 2], [1, 1, 1]),
        ([1, 130, 40, 1], [1, 7, 7], [1, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1]),
        ([3, 8, 26, 1], [1, 14, 14], [1, 3, 3], [1, 2, 2], [0, 1, 1], [1, 1, 1]),
        ([1, 2, 2, 1], [1, 2, 2], [1, 1, 1], [1, 5, 5], [0, 9, 9], [1, 1, 1]),
        ([1, 2, 2, 1], [1, 2, 2], [1, 2, 1], [1, 500, 500], [0, 999, 999], [1, 3, 1]),
        ([1, 2, 2, 2], [1, 9, 9], [1, 3, 3], [1, 2, 2], [0, 2, 1], [1, 2, 2]),
    ];

    fn numbers<T: Real>(n: usize, seed: usize) -> Vec<T> {
        (0..n)
            .map(|i| {
                T::from((i * 7919 + seed * 104729) % 1009).unwrap() / T::from(1009).unwrap() - T::from(0.5).unwrap()
            })
            .collect()
    }

    fn params((case, _, kernel, stride, padding, dilation): Case) -> ConvParams {
        ConvParams::new((case[1], case[2], case[3]), &kernel, &stride, &padding, &dilation).unwrap()
    }

    fn close<T: Real>(a: &[T], b: &[T], tolerance: f64) -> bool {
        a.iter().zip(b).all(|(a, b)| (*a - *b).abs() <= T::from(tolerance).unwrap())
    }

    fn forward<T: Real>(case: Case, tolerance: f64) -> bool {
        let (p, batch, size) = (params(case), case.0[0], case.1);
        let out_size = p.output_size(size).unwrap();
        let input = numbers::<T>(batch * p.in_channels * size.iter().product::<usize>(), 1);
        let weight = numbers::<T>(p.out_channels * p.in_group() * p.taps(), 2);
        let bias = numbers::<T>(p.out_channels, 3);
        let mut expected = vec![T::zero(); batch * p.out_channels * out_size.iter().product::<usize>()];
        conv_ring(&p, &weight, Some(&bias), &input, size, &mut expected);
        let clamped: Vec<T> = expected.iter().map(|x| x.max(T::zero())).collect();
        let conv = PackedConv::new(p, &weight, Some(&bias));
        let mut out = vec![T::nan(); expected.len()];
        conv.run(batch, &input, size, &mut out, None, None);
        let mut mapped = vec![T::nan(); expected.len()];
        let add = |at: usize, piece: &mut [T]| {
            piece.iter_mut().enumerate().for_each(|(i, x)| *x = *x + T::from(at + i).unwrap());
        };
        conv.run(batch, &input, size, &mut mapped, Some((T::zero(), T::infinity())), Some(&add));
        let sums: Vec<T> = clamped.iter().enumerate().map(|(i, x)| *x + T::from(i).unwrap()).collect();
        let columns = PackedConv::with_layout(p, &weight, Some(&bias), true);
        let mut by_pixels = vec![T::nan(); expected.len()];
        columns.run(batch, &input, size, &mut by_pixels, Some((T::zero(), T::infinity())), Some(&add));
        close(&out, &expected, tolerance)
            && close(&mapped, &sums, tolerance * 100.0)
            && close(&by_pixels, &sums, tolerance * 100.0)
    }

    #[test]
    fn against_plain_loops() {
        for_each_isa(|isa| {
            for case in CASES {
                assert!(forward::<f32>(case, 3e-5), "{isa:?} {case:?}");
                assert!(forward::<f64>(case, 1e-12), "{isa:?} {case:?}");
            }
        });
    }

    #[test]
    fn transposed_against_plain_loops() {
        for case in CASES {
            let (p, batch, size) = (params(case), case.0[0], case.1);
            let Some(out_size) = p.transposed_output_size(size, [0, 0, usize::from(p.stride[2] > 1)]) else { continue };
            let input = numbers::<f32>(batch * p.in_channels * size.iter().product::<usize>(), 1);
            let weight = numbers::<f32>(p.in_channels * p.out_group() * p.taps(), 2);
            let bias = numbers::<f32>(p.out_channels, 3);
            let mut expected = vec![0.0; batch * p.out_channels * out_size.iter().product::<usize>()];
            conv_transpose_ring(&p, &weight, Some(&bias), (&input, size), (&mut expected, out_size));
            let mut out = vec![f32::NAN; expected.len()];
            PackedConvTranspose::new(p, &weight, Some(&bias)).run(batch, &input, size, &mut out, out_size, None);
            assert!(close(&out, &expected, 3e-5), "{case:?}");
        }
    }

    #[test]
    fn known_values() {
        let p = ConvParams::new((1, 1, 1), &[2], &[1], &[1], &[1]).unwrap();
        let mut out = [0i64; 4];
        conv_ring(&p, &[10, 1], Some(&[100]), &[1, 2, 3], [1, 1, 3], &mut out);
        assert_eq!(out, [101, 112, 123, 130]);
        assert_eq!(p.output_size([1, 1, 3]), Some([1, 1, 4]));
        let mut out = [0i64; 2];
        let p = ConvParams::new((1, 1, 1), &[2], &[1], &[1], &[1]).unwrap();
        conv_transpose_ring(&p, &[10, 1], None, (&[1, 2, 3], [1, 1, 3]), (&mut out, [1, 1, 2]));
        assert_eq!(out, [21, 32]);
    }

    #[test]
    fn impossible_parameters() {
        assert_eq!(ConvParams::new((3, 4, 2), &[1], &[1], &[0], &[1]), None);
        assert_eq!(ConvParams::new((4, 4, 2), &[1], &[0], &[0], &[1]), None);
        let p = ConvParams::new((1, 1, 1), &[5], &[1], &[1], &[1]).unwrap();
        assert_eq!(p.output_size([1, 1, 2]), None);
    }
}
