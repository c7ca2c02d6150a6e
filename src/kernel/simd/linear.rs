//! Dot products and matrix-vector products. Bound by memory, so plain loops that the compiler vectorises do.

macro_rules! linear {
    ($t:ty, $fma:ident, $lanes:expr, $dot_text:ident, $dot:ident, $gemv_t:ident, $gemv_n:ident, $axpy:ident) => {
        #[inline(always)]
        fn $dot_text<M: super::Mode>(a: &[$t], b: &[$t]) -> $t {
            let n = a.len().min(b.len());
            let (a, b) = (&a[..n], &b[..n]);
            let mut acc = [0.0; $lanes];
            let (a_lanes, b_lanes) = (a.chunks_exact($lanes), b.chunks_exact($lanes));
            let (a_rest, b_rest) = (a_lanes.remainder(), b_lanes.remainder());
            for (x, y) in a_lanes.zip(b_lanes) {
                for i in 0..$lanes {
                    acc[i] = M::$fma(x[i], y[i], acc[i]);
                }
            }
            for i in 0..a_rest.len() {
                acc[i] = M::$fma(a_rest[i], b_rest[i], acc[i]);
            }
            let mut width = $lanes / 2;
            while width > 0 {
                for i in 0..width {
                    acc[i] += acc[i + width];
                }
                width /= 2;
            }
            acc[0]
        }

        $crate::simd_fn! {
            /// Σ a·b over the shorter length.
            pub fn $dot<M>(a: &[$t], b: &[$t]) -> $t {
                $dot_text::<M>(a, b)
            }
            /// `out[j] += alpha · Σ_k w[j * ld + k] · x[k]`: each row of `w` times `x`.
            pub fn $gemv_t<M>(alpha: $t, w: &[$t], ld: usize, x: &[$t], out: &mut [$t]) {
                for (j, y) in out.iter_mut().enumerate() {
                    *y += alpha * $dot_text::<M>(&w[j * ld..j * ld + x.len()], x);
                }
            }
            /// `out[j] += alpha · Σ_k x[k] · w[k * ld + j]`: `x` times a row-major matrix.
            pub fn $gemv_n<M>(alpha: $t, w: &[$t], ld: usize, x: &[$t], out: &mut [$t]) {
                let n = out.len();
                let mut k = 0;
                while k + 4 <= x.len() {
                    let s = [alpha * x[k], alpha * x[k + 1], alpha * x[k + 2], alpha * x[k + 3]];
                    let (r0, r1) = (&w[k * ld..k * ld + n], &w[(k + 1) * ld..(k + 1) * ld + n]);
                    let (r2, r3) = (&w[(k + 2) * ld..(k + 2) * ld + n], &w[(k + 3) * ld..(k + 3) * ld + n]);
                    for j in 0..n {
                        let low = M::$fma(s[0], r0[j], M::$fma(s[1], r1[j], out[j]));
                        out[j] = M::$fma(s[2], r2[j], M::$fma(s[3], r3[j], low));
                    }
                    k += 4;
                }
                for k in k..x.len() {
                    let (s, r) = (alpha * x[k], &w[k * ld..k * ld + n]);
                    for j in 0..n {
                        out[j] = M::$fma(s, r[j], out[j]);
                    }
                }
            }
            /// `out += alpha · x` over the shorter length.
            pub fn $axpy<M>(alpha: $t, x: &[$t], out: &mut [$t]) {
                for (y, x) in out.iter_mut().zip(x) {
                    *y = M::$fma(alpha, *x, *y);
                }
            }
        }
    };
}

linear!(f32, fma, 64, dot_text_f32, dot_f32, gemv_t_f32, gemv_n_f32, axpy_f32);
linear!(f64, fma64, 32, dot_text_f64, dot_f64, gemv_t_f64, gemv_n_f64, axpy_f64);
