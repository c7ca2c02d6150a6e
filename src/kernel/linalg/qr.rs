//! Householder reflections: QR and products with Q.

use super::{axpy, dot, norm2, Field, Matrix};

/// The reflection `H = I − τ·v·vᴴ` with `Hᴴ·(α, x) = (β, 0)` and β real; `v` is 1 followed by what is left in `x`.
/// Returns β and τ.
pub fn reflector<T: Field>(alpha: T, x: &mut [T]) -> (T, T) {
    let rest = norm2(x);
    if rest == 0.0 && alpha.im() == 0.0 {
        return (alpha, T::zero());
    }
    let beta = -alpha.re().hypot(alpha.im()).hypot(rest).copysign(alpha.re());
    let tau = (T::real(beta) - alpha).scale(1.0 / beta);
    let inverse = T::one() / (alpha - T::real(beta));
    x.iter_mut().for_each(|v| *v *= inverse);
    (T::real(beta), tau)
}

/// `y = (I − τ·v·vᴴ)·y`, with `v` from its second element on.
pub fn reflect<T: Field>(v: &[T], tau: T, y: &mut [T]) {
    if tau.is_zero() {
        return;
    }
    let (first, rest) = y.split_at_mut(1);
    let sum = tau * (first[0] + dot(v, rest));
    first[0] -= sum;
    axpy(-sum, v, rest);
}

/// QR in place: R on and above the diagonal, reflections below. Returns their τ.
pub fn factor<T: Field>(a: &mut Matrix<T>) -> Vec<T> {
    let mut taus = Vec::with_capacity(a.rows.min(a.cols));
    for k in 0..a.rows.min(a.cols) {
        let (first, rest) = a.col_mut(k)[k..].split_at_mut(1);
        let (beta, tau) = reflector(first[0], rest);
        first[0] = beta;
        taus.push(tau);
        for j in k + 1..a.cols {
            let (y, v) = a.pair(j, k);
            reflect(&v[k + 1..], tau.conj(), &mut y[k..]);
        }
    }
    taus
}

/// The first `cols` columns of `Q = H₁·H₂·…`, whose reflections lie below the diagonal of `a`.
pub fn product<T: Field>(a: &Matrix<T>, taus: &[T], cols: usize) -> Matrix<T> {
    let mut q = Matrix::identity(a.rows, cols);
    apply(a, taus, false, &mut q);
    q
}

/// `B = Q·B`, or `Qᴴ·B`.
pub fn apply<T: Field>(a: &Matrix<T>, taus: &[T], adjoint: bool, b: &mut Matrix<T>) {
    let order: &mut dyn Iterator<Item = usize> =
        if adjoint { &mut (0..taus.len()) } else { &mut (0..taus.len()).rev() };
    for k in order {
        let tau = if adjoint { taus[k].conj() } else { taus[k] };
        for j in 0..b.cols {
            reflect(&a.col(k)[k + 1..], tau, &mut b.col_mut(j)[k..]);
        }
    }
}
