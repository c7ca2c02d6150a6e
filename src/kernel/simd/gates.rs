//! What recurrent cells do to one row of their gates.

use num_traits::Float;

use super::math;

/// Element types of recurrent cells. `h` and `c` have one length, rows of gates that times their number.
pub trait GateElement: Float + Default + Send + Sync + 'static {
    /// Gates in, forget, new, out: `c = σ(f)·c + σ(i)·tanh(g)`, `h = σ(o)·tanh(c)`.
    fn lstm(gates: &[Self], c: &mut [Self], h: &mut [Self]);
    /// Gates reset, update, new, of the input and of the state: `n = tanh(xₙ + σ(r)·hₙ)`, `h = n + σ(z)·(h - n)`.
    fn gru(x: &[Self], s: &[Self], h: &mut [Self]);
    fn tanh_all(x: &[Self], h: &mut [Self]);
    fn relu_all(x: &[Self], h: &mut [Self]);
}

macro_rules! gates {
    ($module:ident, $t:ty, $fma:ident, $m:ident, $sigmoid:expr, $tanh:expr) => {
        mod $module {
            #![allow(unused_imports)]
            use super::*;

            crate::simd_fn! {
                pub fn lstm<$m>(gates: &[$t], c: &mut [$t], h: &mut [$t]) {
                    let n = h.len();
                    let (i, f) = (&gates[..n], &gates[n..2 * n]);
                    let (g, o) = (&gates[2 * n..3 * n], &gates[3 * n..4 * n]);
                    let c = &mut c[..n];
                    for j in 0..n {
                        let kept = $sigmoid(f[j]) * c[j];
                        c[j] = $m::$fma($sigmoid(i[j]), $tanh(g[j]), kept);
                        h[j] = $sigmoid(o[j]) * $tanh(c[j]);
                    }
                }
                pub fn gru<$m>(x: &[$t], s: &[$t], h: &mut [$t]) {
                    let n = h.len();
                    let (xr, xz, xn) = (&x[..n], &x[n..2 * n], &x[2 * n..3 * n]);
                    let (sr, sz, sn) = (&s[..n], &s[n..2 * n], &s[2 * n..3 * n]);
                    for j in 0..n {
                        let new = $tanh($m::$fma($sigmoid(xr[j] + sr[j]), sn[j], xn[j]));
                        h[j] = $m::$fma($sigmoid(xz[j] + sz[j]), h[j] - new, new);
                    }
                }
                pub fn tanh<$m>(x: &[$t], h: &mut [$t]) {
                    for (h, x) in h.iter_mut().zip(x) {
                        *h = $tanh(*x);
                    }
                }
                pub fn relu<$m>(x: &[$t], h: &mut [$t]) {
                    for (h, x) in h.iter_mut().zip(x) {
                        *h = if *x < 0.0 { 0.0 } else { *x };
                    }
                }
            }
        }

        impl GateElement for $t {
            fn lstm(gates: &[$t], c: &mut [$t], h: &mut [$t]) {
                $module::lstm(gates, c, h);
            }
            fn gru(x: &[$t], s: &[$t], h: &mut [$t]) {
                $module::gru(x, s, h);
            }
            fn tanh_all(x: &[$t], h: &mut [$t]) {
                $module::tanh(x, h);
            }
            fn relu_all(x: &[$t], h: &mut [$t]) {
                $module::relu(x, h);
            }
        }
    };
}

gates!(single, f32, fma, M, math::sigmoid::<M>, math::tanh::<M>);
gates!(double, f64, fma64, M, sigmoid, f64::tanh);

#[inline(always)]
fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::simd::tests::for_each_isa;

    #[test]
    fn both_types_agree() {
        for_each_isa(|isa| {
            let wide: Vec<f64> = (0..4 * 37).map(|i| f64::from(i * 29 % 83) / 20.0 - 2.0).collect();
            let narrow: Vec<f32> = wide.iter().map(|x| *x as f32).collect();
            let (mut c, mut h) = (wide[..37].to_vec(), wide[37..74].to_vec());
            let (mut c32, mut h32) = (narrow[..37].to_vec(), narrow[37..74].to_vec());
            let close = |a: &[f32], b: &[f64]| a.iter().zip(b).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-5);
            f64::gru(&wide, &wide[30..], &mut h);
            f32::gru(&narrow, &narrow[30..], &mut h32);
            assert!(close(&h32, &h), "{isa:?}");
            f64::lstm(&wide, &mut c, &mut h);
            f32::lstm(&narrow, &mut c32, &mut h32);
            assert!(close(&h32, &h) && close(&c32, &c), "{isa:?}");
        });
    }
}
