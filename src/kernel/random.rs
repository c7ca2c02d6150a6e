//! Random numbers on the CPU, draw for draw as PyTorch makes them: a Mersenne Twister, the transformations from its
//! draws to distributions, and the multiplicative generator that PyTorch 2.5's builds seed for Bernoulli and
//! exponential numbers.

use std::f64::consts::PI;

/// MT19937 with the normal number it keeps back between calls.
#[derive(Clone)]
pub struct Generator {
    state: [u32; N],
    /// The next word of `state` to hand out.
    next: u32,
    /// Draws until the state is renewed, plus one.
    left: i32,
    seed: u64,
    seeded: bool,
    next_normal: Option<f64>,
    next_float_normal: Option<f32>,
}

impl Generator {
    /// Only the low 32 bits of the seed matter for the numbers.
    pub fn new(seed: u64) -> Generator {
        let mut state = [0; N];
        state[0] = seed as u32;
        for j in 1..N {
            let last: u32 = state[j - 1];
            state[j] = 1_812_433_253u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(j as u32);
        }
        Generator { state, next: 0, left: 1, seed, seeded: true, next_normal: None, next_float_normal: None }
    }

    /// What the generator was seeded with.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// One 32-bit draw.
    pub fn random(&mut self) -> u32 {
        self.left -= 1;
        if self.left <= 0 {
            self.renew();
        }
        let mut y = self.state[self.next as usize % N];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// Two draws, the first in the high word.
    pub fn random64(&mut self) -> u64 {
        let high = self.random() as u64;
        high << 32 | self.random() as u64
    }

    /// Uniform in `[0, 1)` with 24 bits.
    pub fn uniform_f32(&mut self) -> f32 {
        (self.random() & ((1 << 24) - 1)) as f32 * (1.0 / (1 << 24) as f32)
    }

    /// Uniform in `[0, 1)` with 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.random64() & ((1 << 53) - 1)) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Standard normal by Box and Muller; every second number comes from the pair made before.
    pub fn normal(&mut self) -> f64 {
        if let Some(kept) = self.next_normal.take() {
            return kept;
        }
        let (u1, u2) = (self.uniform(), self.uniform());
        let r = (-2.0 * (-u2).ln_1p()).sqrt();
        let theta = 2.0 * PI * u1;
        self.next_normal = Some(r * theta.sin());
        r * theta.cos()
    }

    /// Uniform in `[0, range)`, from two draws when `wide`.
    pub fn below(&mut self, range: u64, wide: bool) -> u64 {
        let draw = if wide { self.random64() } else { self.random() as u64 };
        draw % range.max(1)
    }

    fn renew(&mut self) {
        const M: usize = 397;
        let mix = |u: u32, v: u32| {
            let y = (u & 0x8000_0000) | (v & 0x7fff_ffff);
            (y >> 1) ^ if v & 1 == 1 { 0x9908_b0df } else { 0 }
        };
        for j in 0..N {
            self.state[j] = self.state[(j + M) % N] ^ mix(self.state[j], self.state[(j + 1) % N]);
        }
        self.left = N as i32;
        self.next = 0;
    }

    /// The state as PyTorch's `get_rng_state` lays it out.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(STATE_BYTES);
        out.extend(self.seed.to_le_bytes());
        out.extend(self.left.to_le_bytes());
        out.extend(i32::from(self.seeded).to_le_bytes());
        out.extend(u64::from(self.next).to_le_bytes());
        self.state.iter().for_each(|word| out.extend(u64::from(*word).to_le_bytes()));
        // normal_x, normal_y, normal_rho: only the middle one is in use
        for value in [0.0, self.next_normal.unwrap_or(0.0), 0.0] {
            out.extend(value.to_le_bytes());
        }
        out.extend(u64::from(self.next_normal.is_some()).to_le_bytes());
        out.extend(self.next_float_normal.unwrap_or(0.0).to_le_bytes());
        out.extend(u32::from(self.next_float_normal.is_some()).to_le_bytes());
        out
    }

    /// The inverse of [`Generator::to_bytes`]; `None` when the bytes are no such state.
    pub fn from_bytes(bytes: &[u8]) -> Option<Generator> {
        if bytes.len() != STATE_BYTES {
            return None;
        }
        let word = |at: usize| -> Option<u64> { Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?)) };
        let mut state = [0; N];
        for (j, slot) in state.iter_mut().enumerate() {
            *slot = word(24 + 8 * j)? as u32;
        }
        let tail = 24 + 8 * N;
        let (left, next) = (word(8)? as u32 as i32, word(16)?);
        // `left` and `next` move together; a state where they could leave the table is refused
        let fits = (1..=N as i32).contains(&left) && next <= N as u64;
        let (float, float_valid) = (word(tail + 32)? as u32, word(tail + 32)? >> 32 & 0xff);
        fits.then_some(Generator {
            state,
            next: next as u32,
            left,
            seed: word(0)?,
            seeded: word(8)? >> 32 != 0,
            next_normal: (word(tail + 24)? as u32 != 0).then_some(f64::from_bits(word(tail + 8)?)),
            next_float_normal: (float_valid != 0).then_some(f32::from_bits(float)),
        })
    }
}

/// Bytes of a serialized state.
pub const STATE_BYTES: usize = 5056;
const N: usize = 624;

/// The MCG31m1 generator of Intel's MKL: `x ← 1132489760·x mod (2³¹ - 1)`.
pub struct Mcg31(u64);

impl Mcg31 {
    pub fn new(seed: u32) -> Mcg31 {
        Mcg31((u64::from(seed) % MCG_MODULUS).max(1))
    }

    /// Uniform in `(0, 1)`.
    pub fn uniform(&mut self) -> f64 {
        let u = self.0 as f64 / MCG_MODULUS as f64;
        self.0 = self.0 * 1_132_489_760 % MCG_MODULUS;
        u
    }
}

const MCG_MODULUS: u64 = (1 << 31) - 1;

/// Fills `out` (16 numbers or more) with normal numbers as PyTorch does for contiguous tensors: uniforms first, then
/// Box-Muller on blocks of 16; the last block is drawn anew when it is not full. `uniform` draws one number and
/// `round` rounds to the tensor's precision after every step.
pub fn normal_fill(
    g: &mut Generator,
    out: &mut [f64],
    mean: f64,
    std: f64,
    uniform: fn(&mut Generator) -> f64,
    round: fn(f64) -> f64,
) {
    let n = out.len();
    out.iter_mut().for_each(|v| *v = uniform(g));
    let block = |data: &mut [f64]| {
        for j in 0..8 {
            let (u1, u2) = (round(1.0 - data[j]), data[j + 8]);
            let radius = round(round(-2.0 * round(u1.ln())).sqrt());
            let theta = round(2.0 * PI * u2);
            data[j] = round(round(round(radius * round(theta.cos())) * std) + mean);
            data[j + 8] = round(round(round(radius * round(theta.sin())) * std) + mean);
        }
    };
    out.chunks_exact_mut(16).for_each(block);
    if n % 16 != 0 {
        let last = &mut out[n - 16..];
        last.iter_mut().for_each(|v| *v = uniform(g));
        block(last);
    }
}

/// [`normal_fill`] for float32, where PyTorch takes logarithm, sine and cosine from short polynomials: the numbers are
/// those of its vector code to the last bit.
pub fn normal_fill_f32(g: &mut Generator, out: &mut [f32], mean: f32, std: f32) {
    let n = out.len();
    out.iter_mut().for_each(|v| *v = g.uniform_f32());
    let block = |data: &mut [f32]| {
        for j in 0..8 {
            let radius = (-2.0 * short_ln(1.0 - data[j])).sqrt();
            let (sin, cos) = short_sin_cos(2.0 * std::f32::consts::PI * data[j + 8]);
            data[j] = (radius * cos).mul_add(std, mean);
            data[j + 8] = (radius * sin).mul_add(std, mean);
        }
    };
    out.chunks_exact_mut(16).for_each(block);
    if n % 16 != 0 {
        let last = &mut out[n - 16..];
        last.iter_mut().for_each(|v| *v = g.uniform_f32());
        block(last);
    }
}

/// The natural logarithm of a positive normal number, by the polynomial of the Cephes library.
fn short_ln(x: f32) -> f32 {
    const TERMS: [f32; 9] = [
        7.037_683_6e-2,
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333_1e-1,
    ];
    // ln 2 in two parts
    const LOW: f32 = -2.121_944_4e-4;
    const HIGH: f32 = 0.693_359_4;
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let mut exponent = ((bits >> 23) as i32 - 126) as f32;
    let mut m = f32::from_bits((bits & 0x007f_ffff) | 0x3f00_0000);
    if m < std::f32::consts::FRAC_1_SQRT_2 {
        exponent -= 1.0;
        m = m - 1.0 + m;
    } else {
        m -= 1.0;
    }
    let square = m * m;
    let sum = TERMS[1..].iter().fold(TERMS[0], |sum, term| sum.mul_add(m, *term)) * m;
    let sum = sum.mul_add(square, exponent * LOW);
    let sum = (-square).mul_add(0.5, sum);
    exponent.mul_add(HIGH, m + sum)
}

/// Sine and cosine of a number from 0 to 2π, by the polynomials of the Cephes library.
fn short_sin_cos(x: f32) -> (f32, f32) {
    // π/4 in three parts
    const PARTS: [f32; 3] = [-0.785_156_25, -2.418_756_5e-4, -3.774_895e-8];
    let octant = ((x * (4.0 / std::f32::consts::PI)) as i32 + 1) & !1;
    let x = PARTS.iter().fold(x, |x, part| (octant as f32).mul_add(*part, x));
    let square = x * x;
    let cos = 2.443_315_7e-5f32.mul_add(square, -1.388_731_6e-3).mul_add(square, 4.166_664_6e-2) * square;
    let cos = cos.mul_add(square, -(square * 0.5)) + 1.0;
    let sin = (-1.951_529_6e-4f32).mul_add(square, 8.332_161e-3).mul_add(square, -1.666_665_5e-1) * square;
    let sin = sin.mul_add(x, x);
    let (s, c) = if octant & 2 == 0 { (sin, cos) } else { (cos, sin) };
    (if octant & 4 == 0 { s } else { -s }, if (octant - 2) & 4 == 0 { -c } else { c })
}

/// Poisson: products of uniforms for small rates, Hörmann's transformed rejection from 10 on.
pub fn poisson(g: &mut Generator, rate: f64) -> f64 {
    if rate >= 10.0 {
        let (root, log_rate) = (rate.sqrt(), rate.ln());
        let b = 0.931 + 2.53 * root;
        let a = -0.059 + 0.02483 * b;
        let inv_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let vr = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = g.uniform() - 0.5;
            let v = g.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + rate + 0.43).floor();
            if us >= 0.07 && v <= vr {
                return k;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            if v.ln() + inv_alpha.ln() - (a / (us * us) + b).ln() <= -rate + k * log_rate - libm::lgamma(k + 1.0) {
                return k;
            }
        }
    }
    if rate <= 0.0 || rate.is_nan() {
        return 0.0;
    }
    let limit = (-rate).exp();
    let (mut k, mut product) = (0.0, 1.0);
    loop {
        product *= g.uniform();
        if product <= limit {
            return k;
        }
        k += 1.0;
    }
}

/// Binomial: geometric jumps for small means, transformed rejection from a mean of 10 on.
pub fn binomial(g: &mut Generator, count: f64, p: f64) -> f64 {
    if count <= 0.0 || p <= 0.0 || p.is_nan() || count.is_nan() {
        return if p.is_nan() || count.is_nan() { f64::NAN } else { 0.0 };
    }
    if p >= 1.0 {
        return count;
    }
    let small = |g: &mut Generator, p: f64| {
        if count * p >= 10.0 {
            binomial_rejection(g, count, p)
        } else {
            binomial_jumps(g, count, p)
        }
    };
    if p <= 0.5 {
        small(g, p)
    } else {
        count - small(g, 1.0 - p)
    }
}

fn binomial_jumps(g: &mut Generator, count: f64, p: f64) -> f64 {
    let log_q = (-p).ln_1p();
    let (mut sum, mut k) = (0.0, 0.0);
    loop {
        sum += (g.uniform().ln() / log_q).ceil();
        if sum > count {
            return k;
        }
        k += 1.0;
    }
}

fn binomial_rejection(g: &mut Generator, count: f64, p: f64) -> f64 {
    let std = (count * p * (1.0 - p)).sqrt();
    let b = 1.15 + 2.53 * std;
    let a = -0.0873 + 0.0248 * b + 0.01 * p;
    let c = count * p + 0.5;
    let vr = 0.92 - 4.2 / b;
    let r = p / (1.0 - p);
    let alpha = (2.83 + 5.1 / b) * std;
    let m = ((count + 1.0) * p).floor();
    loop {
        let u = g.uniform() - 0.5;
        let v = g.uniform();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + c).floor();
        if us >= 0.07 && v <= vr {
            return k;
        }
        if k < 0.0 || k > count {
            continue;
        }
        let v = (v * alpha / (a / (us * us) + b)).ln();
        let bound = (m + 0.5) * ((m + 1.0) / (r * (count - m + 1.0))).ln()
            + (count + 1.0) * ((count - m + 1.0) / (count - k + 1.0)).ln()
            + (k + 0.5) * (r * (count - k + 1.0) / (k + 1.0)).ln()
            + stirling_tail(m)
            + stirling_tail(count - m)
            - stirling_tail(k)
            - stirling_tail(count - k);
        if v <= bound {
            return k;
        }
    }
}

/// The error of Stirling's approximation to `ln k!`.
fn stirling_tail(k: f64) -> f64 {
    const TAIL: [f64; 10] = [
        0.0810614667953272,
        0.0413406959554092,
        0.0276779256849983,
        0.02079067210376509,
        0.0166446911898211,
        0.0138761288230707,
        0.0118967099458917,
        0.0104112652619720,
        0.00925546218271273,
        0.00833056343336287,
    ];
    match TAIL.get(k as usize) {
        Some(value) if k >= 0.0 => *value,
        _ => {
            let q = (k + 1.0) * (k + 1.0);
            (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / q) / q) / (k + 1.0)
        }
    }
}

/// Gamma with scale 1, by Marsaglia and Tsang.
pub fn gamma(g: &mut Generator, shape: f64) -> f64 {
    gamma_with(g, shape, |v| v)
}

/// [`gamma`] for a shape that is float32, and so are the first steps.
pub fn gamma_f32(g: &mut Generator, shape: f64) -> f64 {
    gamma_with(g, shape, |v| f64::from(v as f32))
}

fn gamma_with(g: &mut Generator, shape: f64, round: fn(f64) -> f64) -> f64 {
    if shape <= 0.0 || !shape.is_finite() {
        return if shape == 0.0 { 0.0 } else { f64::NAN };
    }
    let (mut scale, mut alpha) = (1.0, shape);
    if alpha < 1.0 {
        scale *= (1.0 - g.uniform()).powf(round(1.0 / alpha));
        alpha = round(alpha + 1.0);
    }
    let d = round(alpha - f64::from(1.0f32 / 3.0));
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let (mut x, mut y);
        loop {
            x = g.normal();
            y = 1.0 + c * x;
            if y > 0.0 {
                break;
            }
        }
        let v = y * y * y;
        let u = 1.0 - g.uniform();
        let xx = x * x;
        if u < 1.0 - f64::from(0.0331f32) * xx * xx || u.ln() < 0.5 * xx + d * (1.0 - v + v.ln()) {
            return scale * d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_draw_as_pytorch_does() {
        let g = || Generator::new(0);
        let mut one = g();
        let rates = [1., 5., 20., 0., 100.].map(|rate| poisson(&mut one, rate));
        assert_eq!(rates, [2., 6., 19., 0., 96.]);
        let mut one = g();
        let counts = [(10., 0.5), (100., 0.3), (5., 0.9)].map(|(n, p)| binomial(&mut one, n, p));
        assert_eq!(counts, [7., 31., 5.]);
        let mut one = g();
        let gammas = [0.5, 2., 10.].map(|shape| gamma(&mut one, shape) as f32);
        assert_eq!(gammas, [0.000_789_358_2, 0.631_540_6, 10.173_936]);
    }

    #[test]
    fn state_survives_bytes() {
        let mut a = Generator::new(7);
        a.normal();
        let bytes = a.to_bytes();
        assert_eq!(bytes.len(), STATE_BYTES);
        let mut b = Generator::from_bytes(&bytes).expect("a state");
        assert_eq!((a.normal(), a.random64()), (b.normal(), b.random64()));
        assert!(Generator::from_bytes(&bytes[1..]).is_none());
    }
}
