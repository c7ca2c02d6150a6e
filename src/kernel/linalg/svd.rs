//! Singular values: reduction to a bidiagonal matrix, then implicit QR steps.

use super::qr::{apply, factor, product, reflect, reflector};
use super::{givens, Field, Matrix};

/// `A = U·diag(S)·Vᴴ`.
pub struct Svd<T> {
    /// `[m, k]`, or `[m, m]` when full.
    pub u: Matrix<T>,
    /// Descending.
    pub s: Vec<f64>,
    /// `[n, k]`, or `[n, n]` when full: not transposed.
    pub v: Matrix<T>,
    /// How many values did not converge.
    pub info: i32,
}

pub fn svd<T: Field>(a: &Matrix<T>, full: bool, vectors: bool) -> Svd<T> {
    if a.rows >= a.cols {
        return tall(a, full, vectors, false);
    }
    if is_long::<T>(a.cols, a.rows) && (T::COMPLEX || full) {
        // A = L·Q
        let mut turned = a.adjoint();
        let taus = factor(&mut turned);
        let mut inner = bidiagonal(turned.upper(a.rows, false).adjoint(), a.rows, vectors, false);
        if vectors {
            inner.v = product_with(&turned, &taus, &inner.v, if full { a.cols } else { a.rows });
        }
        return inner;
    }
    let Svd { u, s, v, info } = tall(&a.adjoint(), full, vectors, true);
    Svd { u: v, s, v: u, info }
}

/// Whether a triangle is taken out first: where one side is much longer than the other.
fn is_long<T: Field>(long: usize, short: usize) -> bool {
    long > short && if T::COMPLEX { long >= short * 17 / 9 } else { 6 * long >= 11 * short }
}

/// `Q·[x, I]` of `cols` columns, for the Q of a factored matrix.
fn product_with<T: Field>(qr: &Matrix<T>, taus: &[T], x: &Matrix<T>, cols: usize) -> Matrix<T> {
    let mut out = x.resized(qr.rows, cols);
    for i in x.cols..cols {
        out[(i, i)] = T::one();
    }
    apply(qr, taus, false, &mut out);
    out
}

/// At least as many rows as columns; `turned` when it is the adjoint of what was asked for.
fn tall<T: Field>(a: &Matrix<T>, full: bool, vectors: bool, turned: bool) -> Svd<T> {
    let (m, n) = (a.rows, a.cols);
    if is_long::<T>(m, n) {
        let mut qr = a.clone();
        let taus = factor(&mut qr);
        let mut inner = bidiagonal(qr.upper(n, false), n, vectors, turned);
        if vectors {
            inner.u = product_with(&qr, &taus, &inner.u, if full { m } else { n });
        }
        return inner;
    }
    bidiagonal(a.clone(), if full { m } else { n }, vectors, turned)
}

/// `cols` columns of U.
fn bidiagonal<T: Field>(mut a: Matrix<T>, cols: usize, vectors: bool, turned: bool) -> Svd<T> {
    let (m, n) = (a.rows, a.cols);
    let (mut d, mut e) = (vec![0.0; n], vec![0.0; n.saturating_sub(1)]);
    let (mut left, mut right) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let mut rows = Matrix::zeros(n.saturating_sub(1), n.saturating_sub(1));
    for i in 0..n {
        let (first, rest) = a.col_mut(i)[i..].split_at_mut(1);
        let (beta, tau) = reflector(first[0], rest);
        d[i] = beta.re();
        left.push(tau);
        for j in i + 1..n {
            let (y, v) = a.pair(j, i);
            reflect(&v[i + 1..], tau.conj(), &mut y[i..]);
        }
        if i + 1 < n {
            let mut row: Vec<T> = (i + 1..n).map(|j| a[(i, j)].conj()).collect();
            let (first, rest) = row.split_at_mut(1);
            let (beta, tau) = reflector(first[0], rest);
            e[i] = beta.re();
            first[0] = T::one();
            right.push(tau);
            let mut sums = vec![T::zero(); m - i - 1];
            for (c, v) in row.iter().enumerate() {
                super::axpy(*v, &a.col(i + 1 + c)[i + 1..], &mut sums);
            }
            for (c, v) in row.iter().enumerate() {
                super::axpy(-(tau * v.conj()), &sums, &mut a.col_mut(i + 1 + c)[i + 1..]);
            }
            rows.col_mut(i)[i..].copy_from_slice(&row);
        }
    }
    let (mut u, mut v) = if vectors {
        let u = product(&a, &left, cols);
        let mut v = Matrix::identity(n, n);
        if n > 1 {
            let inner = product(&rows, &right, n - 1);
            for j in 1..n {
                v.col_mut(j)[1..].copy_from_slice(inner.col(j - 1));
            }
        }
        (u, v)
    } else {
        (Matrix::zeros(0, cols.max(n)), Matrix::zeros(0, n))
    };
    let info = if turned {
        // The matrix that was asked for is lower bidiagonal: rotations make it upper. Its left side is `v`.
        for i in 0..n.saturating_sub(1) {
            let (c, s, r) = givens(d[i], e[i]);
            d[i] = r;
            e[i] = s * d[i + 1];
            d[i + 1] *= c;
            v.rotate_cols(i, i + 1, c, s);
        }
        steps(&mut d, &mut e, &mut v, &mut u)
    } else {
        steps(&mut d, &mut e, &mut u, &mut v)
    };
    Svd { u, s: d, v, info }
}

const EPS: f64 = f64::EPSILON / 2.0;

/// Singular values of an upper bidiagonal matrix, descending; `u` and `v` are multiplied by the vectors.
fn steps<T: Field>(d: &mut [f64], e: &mut [f64], u: &mut Matrix<T>, v: &mut Matrix<T>) -> i32 {
    let n = d.len();
    let tol = EPS.powf(-0.125).clamp(10.0, 100.0) * EPS;
    let mut least = d.first().map_or(0.0, |d| d.abs());
    let mut mu = least;
    for i in 1..n {
        if least == 0.0 {
            break;
        }
        mu = d[i].abs() * (mu / (mu + e[i - 1].abs()));
        least = least.min(mu);
    }
    let threshold = (tol * least / (n as f64).sqrt()).max(6.0 * n as f64 * n as f64 * f64::MIN_POSITIVE);
    let mut budget = 6 * n * n;
    let (mut old_low, mut old_high, mut down) = (usize::MAX, usize::MAX, true);
    // the block `low..=high` is worked on
    let mut top = n;
    'next: while top > 1 {
        let high = top - 1;
        if budget == 0 || d.iter().chain(e.iter()).any(|x| !x.is_finite()) {
            break;
        }
        let (mut low, mut largest) = (0, d[high].abs());
        for i in (0..high).rev() {
            if e[i].abs() <= threshold {
                e[i] = 0.0;
                low = i + 1;
                break;
            }
            largest = largest.max(d[i].abs()).max(e[i].abs());
        }
        if low == high {
            top -= 1;
            continue;
        }
        if low + 1 == high {
            let [small, large, sr, cr, sl, cl] = two_by_two(d[low], e[low], d[high]);
            (d[low], e[low], d[high]) = (large, 0.0, small);
            v.rotate_cols(low, high, cr, sr);
            u.rotate_cols(low, high, cl, sl);
            top -= 2;
            continue;
        }
        if old_high == usize::MAX || low > old_high || high < old_low {
            down = d[low].abs() >= d[high].abs();
        }
        let smallest;
        if down {
            if e[high - 1].abs() <= tol * d[high].abs() {
                e[high - 1] = 0.0;
                continue;
            }
            let (mut mu, mut s) = (d[low].abs(), d[low].abs());
            for i in low..high {
                if e[i].abs() <= tol * mu {
                    e[i] = 0.0;
                    continue 'next;
                }
                mu = d[i + 1].abs() * (mu / (mu + e[i].abs()));
                s = s.min(mu);
            }
            smallest = s;
        } else {
            if e[low].abs() <= tol * d[low].abs() {
                e[low] = 0.0;
                continue;
            }
            let (mut mu, mut s) = (d[high].abs(), d[high].abs());
            for i in (low..high).rev() {
                if e[i].abs() <= tol * mu {
                    e[i] = 0.0;
                    continue 'next;
                }
                mu = d[i].abs() * (mu / (mu + e[i].abs()));
                s = s.min(mu);
            }
            smallest = s;
        }
        (old_low, old_high) = (low, high);
        let mut shift = 0.0;
        if n as f64 * tol * (smallest / largest) > EPS.max(0.01 * tol) {
            let (end, block) = if down { (low, high - 1) } else { (high, low) };
            shift = smaller_value(d[block], e[block], d[block + 1]);
            let end = d[end].abs();
            if end > 0.0 && (shift / end).powi(2) < EPS {
                shift = 0.0;
            }
        }
        budget = budget.saturating_sub(high - low);
        sweep(d, e, (low, high), shift, down, u, v);
        let last = if down { high - 1 } else { low };
        if e[last].abs() <= threshold {
            e[last] = 0.0;
        }
    }
    for i in 0..n {
        if d[i] < 0.0 || d[i].is_sign_negative() {
            d[i] = -d[i];
            // a single value gives its sign to the left
            let side = if n == 1 { &mut *u } else { &mut *v };
            side.col_mut(i).iter_mut().for_each(|v| *v = -*v);
        }
    }
    for last in (1..n).rev() {
        let at = (1..=last).fold(0, |best, j| if d[j] <= d[best] { j } else { best });
        if at != last {
            d.swap(at, last);
            v.swap_cols(at, last);
            u.swap_cols(at, last);
        }
    }
    e.iter().filter(|e| **e != 0.0).count() as i32
}

/// One QR step over the block, downwards or upwards.
fn sweep<T: Field>(
    d: &mut [f64],
    e: &mut [f64],
    (low, high): (usize, usize),
    shift: f64,
    down: bool,
    u: &mut Matrix<T>,
    v: &mut Matrix<T>,
) {
    match (shift == 0.0, down) {
        (true, true) => {
            let (mut c, mut old_c, mut old_s) = (1.0, 1.0, 0.0);
            for i in low..high {
                let (s, r);
                (c, s, r) = givens(d[i] * c, e[i]);
                if i > low {
                    e[i - 1] = old_s * r;
                }
                (old_c, old_s, d[i]) = givens(old_c * r, d[i + 1] * s);
                v.rotate_cols(i, i + 1, c, s);
                u.rotate_cols(i, i + 1, old_c, old_s);
            }
            let h = d[high] * c;
            d[high] = h * old_c;
            e[high - 1] = h * old_s;
        }
        (true, false) => {
            let (mut c, mut old_c, mut old_s) = (1.0, 1.0, 0.0);
            for i in (low + 1..=high).rev() {
                let (s, r);
                (c, s, r) = givens(d[i] * c, e[i - 1]);
                if i < high {
                    e[i] = old_s * r;
                }
                (old_c, old_s, d[i]) = givens(old_c * r, d[i - 1] * s);
                v.rotate_cols(i - 1, i, old_c, -old_s);
                u.rotate_cols(i - 1, i, c, -s);
            }
            let h = d[low] * c;
            d[low] = h * old_c;
            e[low] = h * old_s;
        }
        (false, true) => {
            let mut f = (d[low].abs() - shift) * (1f64.copysign(d[low]) + shift / d[low]);
            let mut g = e[low];
            for i in low..high {
                let (c, s, r) = givens(f, g);
                if i > low {
                    e[i - 1] = r;
                }
                f = c * d[i] + s * e[i];
                e[i] = c * e[i] - s * d[i];
                g = s * d[i + 1];
                d[i + 1] *= c;
                v.rotate_cols(i, i + 1, c, s);
                let (c, s, r) = givens(f, g);
                d[i] = r;
                f = c * e[i] + s * d[i + 1];
                d[i + 1] = c * d[i + 1] - s * e[i];
                if i + 1 < high {
                    g = s * e[i + 1];
                    e[i + 1] *= c;
                }
                u.rotate_cols(i, i + 1, c, s);
            }
            e[high - 1] = f;
        }
        (false, false) => {
            let mut f = (d[high].abs() - shift) * (1f64.copysign(d[high]) + shift / d[high]);
            let mut g = e[high - 1];
            for i in (low + 1..=high).rev() {
                let (c, s, r) = givens(f, g);
                if i < high {
                    e[i] = r;
                }
                f = c * d[i] + s * e[i - 1];
                e[i - 1] = c * e[i - 1] - s * d[i];
                g = s * d[i - 1];
                d[i - 1] *= c;
                u.rotate_cols(i - 1, i, c, -s);
                let (c, s, r) = givens(f, g);
                d[i] = r;
                f = c * e[i - 1] + s * d[i - 1];
                d[i - 1] = c * d[i - 1] - s * e[i - 1];
                if i > low + 1 {
                    g = s * e[i - 2];
                    e[i - 2] *= c;
                }
                v.rotate_cols(i - 1, i, c, -s);
            }
            e[low] = f;
        }
    }
}

/// The smaller singular value of `[[f, g], [0, h]]`.
fn smaller_value(f: f64, g: f64, h: f64) -> f64 {
    let (f, g, h) = (f.abs(), g.abs(), h.abs());
    let (least, most) = (f.min(h), f.max(h));
    if least == 0.0 {
        return 0.0;
    }
    let (sum, difference) = (1.0 + least / most, (most - least) / most);
    if g < most {
        let u = (g / most).powi(2);
        return least * (2.0 / ((sum * sum + u).sqrt() + (difference * difference + u).sqrt()));
    }
    let u = most / g;
    if u == 0.0 {
        return least * most / g;
    }
    let c = 1.0 / ((1.0 + (sum * u).powi(2)).sqrt() + (1.0 + (difference * u).powi(2)).sqrt());
    2.0 * (least * c) * u
}

/// Singular values of `[[f, g], [0, h]]`, the one smaller in size first, then sine and cosine on the right and on the
/// left.
fn two_by_two(f: f64, g: f64, h: f64) -> [f64; 6] {
    let sign = |v: f64| 1f64.copysign(v);
    let swap = h.abs() > f.abs();
    let (ft, ht) = if swap { (h, f) } else { (f, h) };
    let (fa, ha, ga) = (ft.abs(), ht.abs(), g.abs());
    let mut place = if swap { 3 } else { 1 };
    let (small, large, cl, cr, sl, sr);
    if ga == 0.0 {
        (small, large, cl, cr, sl, sr) = (ha, fa, 1.0, 1.0, 0.0, 0.0);
    } else {
        if ga > fa {
            place = 2;
        }
        if ga > fa && fa / ga < EPS {
            large = ga;
            small = if ha > 1.0 { fa / (ga / ha) } else { (fa / ga) * ha };
            (cl, sl, sr, cr) = (1.0, ht / g, 1.0, ft / g);
        } else {
            let d = fa - ha;
            let l = if d == fa { 1.0 } else { d / fa };
            let m = g / ft;
            let t = 2.0 - l;
            let mm = m * m;
            let s = (t * t + mm).sqrt();
            let r = if l == 0.0 { m.abs() } else { (l * l + mm).sqrt() };
            let a = 0.5 * (s + r);
            (small, large) = (ha / a, fa * a);
            let t = if mm == 0.0 {
                if l == 0.0 {
                    2f64.copysign(ft) * sign(g)
                } else {
                    g / d.copysign(ft) + m / t
                }
            } else {
                (m / (s + t) + m / (r + l)) * (1.0 + a)
            };
            let l = (t * t + 4.0).sqrt();
            (cr, sr) = (2.0 / l, t / l);
            cl = (cr + sr * m) / a;
            sl = (ht / ft) * sr / a;
        }
    }
    let (csl, snl, csr, snr) = if swap { (sr, cr, sl, cl) } else { (cl, sl, cr, sr) };
    let total = match place {
        1 => sign(csr) * sign(csl) * sign(f),
        2 => sign(snr) * sign(csl) * sign(g),
        _ => sign(snr) * sign(snl) * sign(h),
    };
    [small.copysign(total * sign(f) * sign(h)), large.copysign(total), snr, csr, snl, csl]
}
