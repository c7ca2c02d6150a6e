//! Sampling of planes at places between their elements: which elements a place is mixed from.

use num_traits::Float;

use super::threads::{get_num_threads, parallel_chunks, parallel_chunks2};

/// What a place outside the plane stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    Zeros,
    /// The nearest place inside.
    Border,
    /// Its mirror image.
    Reflection,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mixing {
    Linear,
    Nearest,
    Cubic,
}

impl Mixing {
    fn per_dim(self) -> usize {
        match self {
            Mixing::Linear => 2,
            Mixing::Nearest => 1,
            Mixing::Cubic => 4,
        }
    }
}

/// How a grid over `[-1, 1]` samples planes. `corners`: -1 and 1 are the middles of the outermost elements, else their
/// outer edges.
#[derive(Clone, Copy, Debug)]
pub struct GridParams {
    pub mixing: Mixing,
    pub outside: Outside,
    pub corners: bool,
}

/// Samples `channels` planes of `size` (last dimension last) at each place of `grid`, which holds `N` coordinates a
/// place, that of the last dimension first.
///
/// # Panics
/// If the slices do not fit.
pub fn grid_sample<T: Float + Send + Sync, const N: usize>(
    p: GridParams,
    input: &[T],
    size: [usize; N],
    grid: &[T],
    channels: usize,
    out: &mut [T],
) {
    let (plane, places) = (size.iter().product::<usize>(), grid.len() / N);
    assert!(input.len() == channels * plane && out.len() == channels * places, "planes fit their sizes");
    if out.is_empty() {
        return;
    }
    let count = p.mixing.per_dim().pow(N as u32);
    let (mut from, mut weights) = (vec![NOWHERE; places * count], vec![T::zero(); places * count]);
    let block = if places < SERIAL { places } else { places.div_ceil(get_num_threads() * 4) };
    parallel_chunks2((&mut from, block * count), (&mut weights, block * count), &|part, from, weights| {
        let grid = grid.chunks_exact(N).skip(part * block);
        for ((from, weights), at) in from.chunks_exact_mut(count).zip(weights.chunks_exact_mut(count)).zip(grid) {
            let axes: [Axis<T>; N] = std::array::from_fn(|dim| p.axis(at[N - 1 - dim], size[dim], N == 2));
            mix(&axes, &size, from, weights);
        }
    });
    let together = if out.len() < SERIAL { channels } else { 1 };
    parallel_chunks(out, places * together, &|part, out| {
        for (i, out) in out.chunks_exact_mut(places).enumerate() {
            let input = &input[(part * together + i) * plane..][..plane];
            for (y, (from, weights)) in out.iter_mut().zip(from.chunks_exact(count).zip(weights.chunks_exact(count))) {
                let taps = from.iter().zip(weights);
                *y = taps.fold(T::zero(), |sum, (from, weight)| match input.get(*from) {
                    Some(x) => sum + *x * *weight,
                    // as PyTorch has it, a place that is not finite is zero in space, but not a number in the plane
                    None if N == 2 && p.mixing != Mixing::Nearest => sum + T::zero() * *weight,
                    None => sum,
                });
            }
        }
    });
}

/// The elements of one dimension that a place is mixed from.
#[derive(Clone, Copy)]
struct Axis<T> {
    from: [Option<usize>; 4],
    weights: [T; 4],
    count: usize,
}

impl GridParams {
    fn axis<T: Float>(&self, x: T, size: usize, planar: bool) -> Axis<T> {
        let (one, two) = (T::one(), T::one() + T::one());
        let n = number::<T>(size as f64);
        let x = if self.corners { (x + one) * ((n - one) / two) } else { (x + one) * (n / two) - one / two };
        let mut axis = Axis { from: [None; 4], weights: [one; 4], count: self.mixing.per_dim() };
        let inside = |x: T| x.to_i64().and_then(|x| usize::try_from(x).ok()).filter(|x| *x < size);
        match self.mixing {
            Mixing::Nearest => axis.from[0] = inside(round_even(self.bring_inside(x, n, planar))),
            Mixing::Linear => {
                let x = self.bring_inside(x, n, planar);
                let low = x.floor();
                let ahead = x - low;
                axis.from[..2].copy_from_slice(&[inside(low), inside(low + one)]);
                axis.weights[..2].copy_from_slice(&[one - ahead, ahead]);
            }
            Mixing::Cubic => {
                let low = x.floor();
                let ahead = x - low;
                for i in 0..4 {
                    let step = number::<T>(i as f64 - 1.0);
                    axis.from[i] = inside(self.bring_inside(low + step, n, planar));
                    axis.weights[i] = cubic_weight((step - ahead).abs());
                }
            }
        }
        axis
    }

    /// `planar`: what is not a number goes to the first place, else to the last.
    fn bring_inside<T: Float>(&self, x: T, n: T, planar: bool) -> T {
        let (zero, one, two) = (T::zero(), T::one(), T::one() + T::one());
        let x = match self.outside {
            Outside::Zeros => return x,
            Outside::Border => x,
            Outside::Reflection if self.corners => reflect(x, zero, n - one),
            Outside::Reflection => reflect(x, -one / two, n),
        };
        if x.is_nan() {
            return if planar { zero } else { n - one };
        }
        x.max(zero).min(n - one)
    }
}

/// Mirrors `x` into `[low, low + span]`.
fn reflect<T: Float>(x: T, low: T, span: T) -> T {
    if span <= T::zero() {
        return T::zero();
    }
    let x = (x - low).abs();
    let (rest, flips) = (x % span, (x / span).floor());
    if flips % (T::one() + T::one()) == T::zero() {
        rest + low
    } else {
        span - rest + low
    }
}

fn round_even<T: Float>(x: T) -> T {
    let (low, half) = (x.floor(), number::<T>(0.5));
    let ahead = x - low;
    let odd = low % (T::one() + T::one()) != T::zero();
    if ahead > half || (ahead == half && odd) {
        low + T::one()
    } else {
        low
    }
}

/// The cubic convolution kernel with a = -0.75, at a distance.
fn cubic_weight<T: Float>(x: T) -> T {
    let a = number::<T>(-0.75);
    let k = number::<T>;
    if x <= T::one() {
        ((a + k(2.0)) * x - (a + k(3.0))) * x * x + T::one()
    } else {
        ((a * x - k(5.0) * a) * x + k(8.0) * a) * x - k(4.0) * a
    }
}

fn mix<T: Float, const N: usize>(axes: &[Axis<T>; N], size: &[usize; N], from: &mut [usize], weights: &mut [T]) {
    for (tap, (from, weight)) in from.iter_mut().zip(weights).enumerate() {
        let (mut rest, mut step) = (tap, 1);
        let (mut at, mut w) = (Some(0), T::one());
        for dim in (0..N).rev() {
            let axis = &axes[dim];
            let i = rest % axis.count;
            rest /= axis.count;
            at = at.zip(axis.from[i]).map(|(at, x)| at + x * step);
            w = w * axis.weights[i];
            step *= size[dim];
        }
        (*from, *weight) = (at.unwrap_or(NOWHERE), w);
    }
}

fn number<T: Float>(x: f64) -> T {
    T::from(x).unwrap_or_else(T::nan)
}

/// A deformable convolution's sizes, `[height, width]` each.
#[derive(Clone, Copy, Debug)]
pub struct DeformParams {
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub padding: [usize; 2],
    pub dilation: [usize; 2],
    pub offset_groups: usize,
}

/// Unfolds one image for a deformable convolution: `columns[(c, kh, kw)][place]` is the input where the window, moved
/// by the offsets, meets it, times the mask.
///
/// # Panics
/// If the slices do not fit.
pub fn deform_columns<T: Float + Send + Sync>(
    p: &DeformParams,
    input: &[T],
    size: [usize; 2],
    offset: &[T],
    mask: Option<&[T]>,
    out_size: [usize; 2],
    columns: &mut [T],
) {
    let (plane, places, taps) = (size[0] * size[1], out_size[0] * out_size[1], p.kernel[0] * p.kernel[1]);
    if columns.is_empty() || plane == 0 {
        columns.fill(T::zero());
        return;
    }
    let channels = input.len() / plane;
    let per_group = channels / p.offset_groups.max(1);
    parallel_chunks(columns, places, &|row, column| {
        let (c, tap) = (row / taps, row % taps);
        let which = c / per_group.max(1) * taps + tap;
        let (down, right) = (&offset[2 * which * places..][..places], &offset[(2 * which + 1) * places..][..places]);
        let mask = mask.map(|mask| &mask[which * places..][..places]);
        let image = &input[c * plane..][..plane];
        for (at, y) in column.iter_mut().enumerate() {
            let (oh, ow) = (at / out_size[1], at % out_size[1]);
            let place = |dim: usize, o: usize, tap: usize| {
                let fixed = (o * p.stride[dim] + tap * p.dilation[dim]) as f64 - p.padding[dim] as f64;
                number::<T>(fixed)
            };
            let h = place(0, oh, tap / p.kernel[1]) + down[at];
            let w = place(1, ow, tap % p.kernel[1]) + right[at];
            let value = between(image, size, h, w);
            *y = mask.map_or(value, |mask| mask[at] * value);
        }
    });
}

/// The plane's value between its elements, with zeros around it.
fn between<T: Float>(plane: &[T], [height, width]: [usize; 2], h: T, w: T) -> T {
    let (h_low, w_low) = (h.floor(), w.floor());
    let (dh, dw) = (h - h_low, w - w_low);
    let (Some(h_low), Some(w_low)) = (h_low.to_i64(), w_low.to_i64()) else { return T::zero() };
    let element = |h: i64, w: i64| {
        let inside = (0..height as i64).contains(&h) && (0..width as i64).contains(&w);
        if inside {
            plane[h as usize * width + w as usize]
        } else {
            T::zero()
        }
    };
    if h_low < -1 || w_low < -1 || h_low >= height as i64 || w_low >= width as i64 {
        return T::zero();
    }
    let (eh, ew) = (T::one() - dh, T::one() - dw);
    eh * ew * element(h_low, w_low)
        + eh * dw * element(h_low, w_low + 1)
        + dh * ew * element(h_low + 1, w_low)
        + dh * dw * element(h_low + 1, w_low + 1)
}

const NOWHERE: usize = usize::MAX;
/// Places under which one thread is as fast.
const SERIAL: usize = 1 << 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids() {
        let plane = [1.0f32, 2.0, 3.0, 4.0];
        let sample = |mixing, outside, corners, x: f32| {
            let mut y = [0.0];
            grid_sample(GridParams { mixing, outside, corners }, &plane, [1, 4], &[x, 0.0], 1, &mut y);
            y[0]
        };
        use {Mixing::*, Outside::*};
        for (mixing, outside, corners, x, expected) in [
            (Linear, Zeros, true, 0.0, 2.5),
            (Linear, Zeros, true, 1.0, 4.0),
            (Linear, Zeros, false, 1.0, 2.0),
            (Linear, Border, false, 1.5, 4.0),
            (Linear, Reflection, true, 1.5, 3.25),
            (Linear, Border, true, f32::NAN, 1.0),
            (Nearest, Zeros, true, 0.0, 3.0),
            (Nearest, Zeros, false, 3.0, 0.0),
            (Cubic, Border, true, 1.0, 4.0),
        ] {
            assert_eq!(sample(mixing, outside, corners, x), expected, "{mixing:?} {outside:?} {corners} {x}");
        }
    }
}
