//! Between real numbers and the integers that stand for them. Rounding is to nearest, halves to even; a value is
//! multiplied by the reciprocal of the scale, in single precision, as PyTorch does.

use crate::base::Element;

/// An integer type that quantized tensors hold.
pub trait Quantum: Element {
    const LOWEST: i32;
    const HIGHEST: i32;
    fn get(self) -> i32;
    /// `value` lies between `LOWEST` and `HIGHEST`.
    fn put(value: i32) -> Self;
}

macro_rules! quantum {
    ($($t:ty),*) => { $(
        impl Quantum for $t {
            const LOWEST: i32 = <$t>::MIN as i32;
            const HIGHEST: i32 = <$t>::MAX as i32;
            #[inline]
            fn get(self) -> i32 {
                self as i32
            }
            #[inline]
            fn put(value: i32) -> Self {
                value as $t
            }
        }
    )* };
}
quantum!(u8, i8, i32);

/// How real numbers become integers between two limits.
#[derive(Clone, Copy, Debug)]
pub struct Affine {
    pub scale: f32,
    pub zero_point: i32,
}

impl Affine {
    pub fn new(scale: f64, zero_point: i64) -> Affine {
        Affine { scale: scale as f32, zero_point: zero_point as i32 }
    }
    #[inline]
    pub fn value<Q: Quantum>(self, q: Q) -> f32 {
        (i64::from(q.get()) - i64::from(self.zero_point)) as f32 * self.scale
    }
    /// `scale · q − scale · zero_point` with one rounding for the product and the difference.
    #[inline]
    pub fn value_fused<Q: Quantum>(self, q: Q) -> f32 {
        let shift = self.scale * -(self.zero_point as f32);
        (f64::from(q.get()) * f64::from(self.scale) + f64::from(shift)) as f32
    }
    #[inline]
    pub fn quantize<Q: Quantum>(self, value: f32) -> Q {
        quantum_of(value * (1.0 / self.scale), self.zero_point)
    }
}

/// `round(value) + zero_point`, limited to the type. What is no number is the highest, for int32 the lowest.
#[inline]
pub fn quantum_of<Q: Quantum>(value: f32, zero_point: i32) -> Q {
    if value.is_nan() {
        return Q::put(if Q::HIGHEST == i32::MAX { Q::LOWEST } else { Q::HIGHEST });
    }
    // i64 holds what f32 says of any size that matters; `as` saturates
    let wanted = (round_even(value) as i64).saturating_add(i64::from(zero_point));
    Q::put(wanted.clamp(i64::from(Q::LOWEST), i64::from(Q::HIGHEST)) as i32)
}

/// To the nearest integer, halves to the even one.
#[inline]
pub fn round_even(value: f32) -> f32 {
    // adding and taking away 1.5 · 2²³ rounds in the last place; larger numbers are integers already
    const SHIFT: f32 = 12_582_912.0;
    if value.abs() < 4_194_304.0 {
        (value + SHIFT) - SHIFT
    } else {
        value.round_ties_even()
    }
}

pub fn quantize<Q: Quantum>(values: &[f32], by: Affine, out: &mut [Q]) {
    let inverse = 1.0 / by.scale;
    for (slot, value) in out.iter_mut().zip(values) {
        *slot = quantum_of(value * inverse, by.zero_point);
    }
}

pub fn dequantize<Q: Quantum>(quanta: &[Q], by: Affine, out: &mut [f32]) {
    for (slot, q) in out.iter_mut().zip(quanta) {
        *slot = by.value(*q);
    }
}

/// Bytes of the vectors that PyTorch works in where the processor has AVX-512; what is left over at the end of a tensor
/// it computes one by one, with other roundings.
pub const VECTOR: usize = 64;

/// Two operands and what their result is quantized by.
#[derive(Clone, Copy)]
pub struct Pair {
    pub a: Affine,
    pub b: Affine,
    pub out: Affine,
    /// Negative results become zero.
    pub relu: bool,
    /// Whether PyTorch works in vectors: where all operands lie alike.
    pub vectors: bool,
}

/// Sums of what the operands stand for. The last elements, less than PyTorch's vectors, are rounded as it rounds them one
/// by one.
pub fn add<Q: Quantum>(by: Pair, a: &[Q], b: &[Q], out: &mut [Q]) {
    let inverse = 1.0 / by.out.scale;
    let tail = if by.vectors { out.len() - out.len() % (VECTOR / std::mem::size_of::<Q>()) } else { 0 };
    for (i, ((slot, a), b)) in out.iter_mut().zip(a).zip(b).enumerate() {
        let sum = match i < tail {
            true => by.a.value_fused(*a) + by.b.value_fused(*b),
            false => by.a.value(*a) + by.b.value(*b),
        };
        let sum = if by.relu { sum.max(0.0) } else { sum };
        *slot = quantum_of(sum * inverse, by.out.zero_point);
    }
}

/// Products of what the operands stand for.
pub fn mul<Q: Quantum>(by: Pair, a: &[Q], b: &[Q], out: &mut [Q]) {
    let factor = by.a.scale * by.b.scale * (1.0 / by.out.scale);
    for ((slot, a), b) in out.iter_mut().zip(a).zip(b) {
        let (a, b) = (a.get().wrapping_sub(by.a.zero_point), b.get().wrapping_sub(by.b.zero_point));
        let product = a.wrapping_mul(b);
        let product = if by.relu { product.max(0) } else { product };
        *slot = quantum_of(product as f32 * factor, by.out.zero_point);
    }
}

/// From sums of products of integers to the integers of a result, channels side by side.
pub struct Requantize {
    /// Scale of the sums: input scale · weight scale, one per channel or one for all.
    pub scales: Vec<f32>,
    pub bias: Option<Vec<f32>>,
    pub out: Affine,
    pub relu: bool,
    /// The way of oneDNN: the bias is added to real numbers, and the zero point before rounding. Otherwise that of
    /// FBGEMM: the bias is brought to the scale of the sums, and the zero point added after rounding.
    pub real: bool,
}

impl Requantize {
    /// `sums` holds whole groups of channels.
    pub fn run(&self, channels: usize, sums: &[i32], out: &mut [u8]) {
        let lowest = if self.relu { self.out.zero_point.max(0) } else { 0 };
        let inverse = 1.0 / self.out.scale;
        for (sums, out) in sums.chunks(channels).zip(out.chunks_mut(channels)) {
            for (c, (sum, slot)) in sums.iter().zip(out).enumerate() {
                let scale = if self.scales.len() == 1 { self.scales[0] } else { self.scales[c] };
                let bias = self.bias.as_ref().map(|bias| bias[c]);
                let q: u8 = if self.real {
                    let value = *sum as f32 * scale + bias.unwrap_or(0.0);
                    let value = if self.relu { value.max(0.0) } else { value };
                    quantum_of(value * inverse + self.out.zero_point as f32, 0)
                } else {
                    let bias = bias.map_or(0.0, |b| if self.scales.len() == 1 { b * (1.0 / scale) } else { b / scale });
                    quantum_of((*sum as f32 + bias) * (scale / self.out.scale), self.out.zero_point)
                };
                *slot = i32::from(q).max(lowest) as u8;
            }
        }
    }
}

/// Scale and zero point that cover `min..=max` (and zero) with the integers `lowest..=highest`.
pub fn choose_params(min: f32, max: f32, lowest: i32, highest: i32, reduce_range: bool) -> (f64, i32) {
    /// Finer scales than this are not used.
    const FINEST: f32 = 6.1e-5;
    let (lowest, highest) = if reduce_range { (lowest / 2, highest / 2) } else { (lowest, highest) };
    let (mut min, mut max) = (min.min(0.0), max.max(0.0));
    let steps = f64::from(highest) - f64::from(lowest);
    let mut scale = (f64::from(max) - f64::from(min)) / steps;
    if scale as f32 == 0.0 || (1.0 / scale as f32).is_infinite() {
        scale = 0.1;
    }
    if scale < f64::from(FINEST) {
        let before = scale as f32;
        scale = f64::from(FINEST);
        if min == 0.0 {
            max = FINEST * steps as f32;
        } else if max == 0.0 {
            min = -FINEST * steps as f32;
        } else {
            min *= FINEST / before;
            max *= FINEST / before;
        }
    }
    let (low, high) = (f64::from(lowest), f64::from(highest));
    let (from_min, from_max) = (f64::from(min) / scale, f64::from(max) / scale);
    // the end whose rounding errors weigh less decides
    let zero = if low.abs() - from_min.abs() < high.abs() - from_max.abs() { low - from_min } else { high - from_max };
    (scale, zero.round_ties_even().clamp(low, high) as i32)
}

/// As [`choose_params`]; symmetrically around the middle integer where the range has both signs and that is asked for.
pub fn choose_params_of(min: f32, max: f32, lowest: i32, highest: i32, symmetric: bool) -> (f64, i32) {
    if !(symmetric && min < 0.0 && max > 0.0) {
        return choose_params(min, max, lowest, highest, false);
    }
    let half = highest.wrapping_sub(lowest) / 2;
    let (below, above) = (-(half as f32) - 1.0, half as f32);
    let widest = f64::from((min / below).abs().max((max / above).abs()));
    let (min, max) = ((widest * f64::from(below)) as f32, (widest * f64::from(above)) as f32);
    let middle = (f64::from(lowest) + f64::from(highest)) / 2.0;
    (choose_params(min, max, lowest, highest, false).0, middle.round_ties_even() as i32)
}

/// Smallest and largest number; zeros of nothing.
pub fn range(values: &[f32]) -> (f32, f32) {
    let Some(first) = values.first() else { return (0.0, 0.0) };
    values.iter().fold((*first, *first), |(low, high), v| (low.min(*v), high.max(*v)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_halves_to_even_and_saturates() {
        let by = Affine { scale: 0.5, zero_point: 3 };
        for (value, expected) in [(0.25, 3u8), (0.75, 5), (-0.75, 1), (1e9, 255), (-1e9, 0), (f32::NAN, 255)] {
            assert_eq!(by.quantize::<u8>(value), expected, "{value}");
        }
        assert_eq!(by.value(7u8), 2.0);
    }
}
