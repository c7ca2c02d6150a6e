//! Eigenvalues and right eigenvectors of general matrices: balancing, Hessenberg form, implicit QR steps, back
//! substitution. Real matrices stay real up to their Schur form, so that complex eigenvalues come in exact pairs.

use num_complex::Complex64;

use super::qr::{product, reflect, reflector};
use super::{norm2, Field, Matrix};

const ULP: f64 = f64::EPSILON;
const TINY: f64 = f64::MIN_POSITIVE / ULP;

/// What [`eig`] finds. Eigenvectors have norm 1, complex ones a real largest component.
pub struct Eig {
    pub values: Vec<Complex64>,
    pub vectors: Matrix<Complex64>,
    /// How many eigenvalues did not converge.
    pub info: i32,
}

/// Element types of [`eig`]: how the Schur form is found and solved is another matter for real than for complex numbers.
pub trait Schur: Field {
    /// Reduces rows `low..=high` of the Hessenberg matrix `h` to triangular (real: with 2×2 blocks) form, and multiplies
    /// `z` by the rotations. `Err` has the number of eigenvalues that were not found.
    fn reduce(h: &mut Matrix<Self>, z: &mut Matrix<Self>, low: usize, high: usize) -> Result<(), usize>;
    /// The eigenvalues of a Schur form.
    fn values(t: &Matrix<Self>) -> Vec<Complex64>;
    fn complex(self) -> Complex64;
}

pub fn eig<T: Schur>(a: &Matrix<T>, vectors: bool) -> Eig {
    let n = a.rows;
    let mut h = a.clone();
    if n == 0 || h.data().iter().any(|v| !v.abs1().is_finite()) {
        let nan = Complex64::new(f64::NAN, 0.0);
        return Eig { values: vec![nan; n], vectors: Matrix::zeros(n, n), info: n as i32 };
    }
    let balance = balance(&mut h);
    let mut z = hessenberg(&mut h, balance.low, balance.high);
    let info = T::reduce(&mut h, &mut z, balance.low, balance.high).map_or_else(|n| n as i32, |()| 0);
    let values = T::values(&h);
    let mut out = Matrix::zeros(if vectors { n } else { 0 }, if vectors { n } else { 0 });
    if vectors && info == 0 {
        let (t, z) = (to_complex(&h), to_complex(&z));
        let mut k = 0;
        while k < n {
            let pair = !T::COMPLEX && values[k].im != 0.0;
            let x = schur_vector(&t, k, values[k], pair);
            let mut y = z.times(&Matrix::from_slice(n, 1, &x));
            balance.undo(y.col_mut(0));
            normalise(y.col_mut(0), T::COMPLEX, pair);
            if !T::COMPLEX && !pair {
                y.map(|v| Complex64::new(v.re, 0.0));
            }
            out.col_mut(k).copy_from_slice(y.col(0));
            if pair {
                y.map(|v| v.conj());
                out.col_mut(k + 1).copy_from_slice(y.col(0));
                k += 1;
            }
            k += 1;
        }
    }
    Eig { values, vectors: out, info }
}

fn to_complex<T: Schur>(a: &Matrix<T>) -> Matrix<Complex64> {
    let data: Vec<Complex64> = a.data().iter().map(|v| v.complex()).collect();
    Matrix::from_slice(a.rows, a.cols, &data)
}

/// To norm 1, and the largest component real: positive for complex matrices, for real ones of the sign that its real
/// part had where that was the larger one.
fn normalise(x: &mut [Complex64], complex: bool, pair: bool) {
    let scale = 1.0 / norm2(x);
    x.iter_mut().for_each(|v| *v *= scale);
    if complex || pair {
        let mut best = 0;
        for (i, v) in x.iter().enumerate() {
            if v.norm_sqr() > x[best].norm_sqr() {
                best = i;
            }
        }
        let size = x[best].norm();
        if size > 0.0 {
            let flip = pair && x[best].re < 0.0 && x[best].re.abs() > x[best].im.abs();
            let sign = if flip { -1.0 } else { 1.0 };
            let by = x[best].conj() * (sign / size);
            x.iter_mut().for_each(|v| *v *= by);
            x[best].im = 0.0;
        }
    }
}

/// The eigenvector of an upper triangular matrix (with 2×2 blocks) for the eigenvalue at `k`, or at `k` and `k + 1`.
fn schur_vector(t: &Matrix<Complex64>, k: usize, value: Complex64, pair: bool) -> Vec<Complex64> {
    let n = t.rows;
    let mut x = vec![Complex64::default(); n];
    let one = Complex64::new(1.0, 0.0);
    if pair {
        let (up, down) = (t[(k, k + 1)].re, t[(k + 1, k)].re);
        if up.abs() >= down.abs() {
            x[k] = one;
            x[k + 1] = Complex64::new(0.0, value.im / up);
        } else {
            x[k] = Complex64::new(-value.im / down, 0.0);
            x[k + 1] = Complex64::new(0.0, 1.0);
        }
    } else {
        x[k] = one;
    }
    let last = if pair { k + 1 } else { k };
    let size = t.data().iter().fold(0.0, |m: f64, v| m.max(v.abs1()));
    let least = (ULP * (value.abs1())).max(TINY).max(TINY * size);
    let guard = |d: Complex64| if d.abs1() < least { Complex64::new(least, 0.0) } else { d };
    let mut end = k;
    while end > 0 {
        let block = if end > 1 && t[(end - 1, end - 2)] != Complex64::default() { 2 } else { 1 };
        let i = end - block;
        let sum = |row: usize| (end..=last).fold(Complex64::default(), |s, j| s - t[(row, j)] * x[j]);
        if block == 1 {
            x[i] = sum(i) / guard(t[(i, i)] - value);
        } else {
            let (p, q) = (sum(i), sum(i + 1));
            let (a, d) = (t[(i, i)] - value, t[(i + 1, i + 1)] - value);
            let (b, c) = (t[(i, i + 1)], t[(i + 1, i)]);
            let det = guard(a * d - b * c);
            x[i] = (p * d - b * q) / det;
            x[i + 1] = (a * q - c * p) / det;
        }
        let largest = x[i].abs1().max(x[end - 1].abs1());
        if largest > 1e150 {
            x.iter_mut().for_each(|v| *v /= largest);
        }
        end = i;
    }
    x
}

/// What [`balance`] did.
struct Balance {
    low: usize,
    high: usize,
    /// Outside `low..=high` the row that was exchanged, inside the factor.
    scale: Vec<f64>,
}

impl Balance {
    fn undo(&self, x: &mut [Complex64]) {
        if self.low < self.high {
            for i in self.low..=self.high {
                x[i] *= self.scale[i];
            }
        }
        for i in (0..self.low).rev().chain(self.high + 1..x.len()) {
            x.swap(i, self.scale[i] as usize);
        }
    }
}

/// Brings isolated eigenvalues to the corners, and rows and columns to like sizes by powers of 2.
fn balance<T: Field>(a: &mut Matrix<T>) -> Balance {
    let n = a.rows;
    let (mut k, mut l) = (0, n - 1);
    let mut scale = vec![1.0; n];
    let exchange = |a: &mut Matrix<T>, i: usize, to: usize, k: usize, l: usize| {
        if i != to {
            for r in 0..=l {
                (a[(r, i)], a[(r, to)]) = (a[(r, to)], a[(r, i)]);
            }
            for c in k..n {
                (a[(i, c)], a[(to, c)]) = (a[(to, c)], a[(i, c)]);
            }
        }
    };
    'rows: loop {
        for i in (0..=l).rev() {
            if (0..=l).all(|j| j == i || a[(i, j)].is_zero()) {
                scale[l] = i as f64;
                exchange(a, i, l, k, l);
                if l == 0 {
                    return Balance { low: 0, high: 0, scale };
                }
                l -= 1;
                continue 'rows;
            }
        }
        break;
    }
    let isolated = |a: &Matrix<T>, k: usize| (k..=l).find(|j| (k..=l).all(|i| i == *j || a[(i, *j)].is_zero()));
    while let Some(j) = isolated(a, k) {
        scale[k] = j as f64;
        exchange(a, j, k, k, l);
        k += 1;
    }
    scale[k..=l].fill(1.0);
    let (small, large) = (TINY, 1.0 / TINY);
    loop {
        let mut changed = false;
        for i in k..=l {
            let mut c = norm2(&a.col(i)[k..=l]);
            let row: Vec<T> = (k..=l).map(|j| a[(i, j)]).collect();
            let mut r = norm2(&row);
            let mut ca = a.col(i)[..=l].iter().fold(0.0, |m: f64, v| m.max(v.abs()));
            let mut ra = (k..n).fold(0.0, |m: f64, j| m.max(a[(i, j)].abs()));
            if c == 0.0 || r == 0.0 {
                continue;
            }
            let (mut g, mut f, s) = (r / 2.0, 1.0f64, c + r);
            while c < g && f.max(c).max(ca) < large / 2.0 && r.min(g).min(ra) > small * 2.0 {
                (f, c, ca) = (f * 2.0, c * 2.0, ca * 2.0);
                (r, g, ra) = (r / 2.0, g / 2.0, ra / 2.0);
            }
            g = c / 2.0;
            while g >= r && r.max(ra) < large / 2.0 && f.min(c).min(g).min(ca) > small * 2.0 {
                (f, c, g, ca) = (f / 2.0, c / 2.0, g / 2.0, ca / 2.0);
                (r, ra) = (r * 2.0, ra * 2.0);
            }
            if c + r >= 0.95 * s
                || (f < 1.0 && scale[i] < 1.0 && f * scale[i] <= small)
                || (f > 1.0 && scale[i] > 1.0 && scale[i] >= large / f)
            {
                continue;
            }
            scale[i] *= f;
            changed = true;
            for j in k..n {
                a[(i, j)] = a[(i, j)].scale(1.0 / f);
            }
            a.col_mut(i)[..=l].iter_mut().for_each(|v| *v = v.scale(f));
        }
        if !changed {
            return Balance { low: k, high: l, scale };
        }
    }
}

/// `H = Qᴴ·A·Q` in place, zero below the first subdiagonal; returns Q.
fn hessenberg<T: Field>(a: &mut Matrix<T>, low: usize, high: usize) -> Matrix<T> {
    let n = a.rows;
    let inner = high - low;
    let mut below = Matrix::zeros(inner, inner);
    let mut taus = Vec::with_capacity(inner);
    for i in low..high {
        let (first, rest) = a.col_mut(i)[i + 1..=high].split_at_mut(1);
        let (beta, tau) = reflector(first[0], rest);
        first[0] = T::one();
        let v = a.col(i)[i + 1..=high].to_vec();
        let mut sums = vec![T::zero(); high + 1];
        for (c, v) in v.iter().enumerate() {
            super::axpy(*v, &a.col(i + 1 + c)[..=high], &mut sums);
        }
        for (c, v) in v.iter().enumerate() {
            super::axpy(-(tau * v.conj()), &sums, &mut a.col_mut(i + 1 + c)[..=high]);
        }
        for j in i + 1..n {
            reflect(&v[1..], tau.conj(), &mut a.col_mut(j)[i + 1..=high]);
        }
        a.col_mut(i)[i + 1..=high].fill(T::zero());
        a[(i + 1, i)] = beta;
        below.col_mut(i - low)[i - low..].copy_from_slice(&v);
        taus.push(tau);
    }
    let mut q = Matrix::identity(n, n);
    if inner > 0 {
        let part = product(&below, &taus, inner);
        for j in 0..inner {
            q.col_mut(low + 1 + j)[low + 1..=high].copy_from_slice(part.col(j));
        }
    }
    q
}

/// The row from which the active block up to `i` starts: the element left of its diagonal is negligible.
fn split<T: Field>(h: &Matrix<T>, least: usize, i: usize, low: usize, high: usize) -> usize {
    for k in (least + 1..=i).rev() {
        let below = h[(k, k - 1)].abs1();
        if below <= TINY * ((high - low + 1) as f64) {
            return k;
        }
        let mut size = h[(k - 1, k - 1)].abs1() + h[(k, k)].abs1();
        if size == 0.0 {
            if k >= low + 2 {
                size += h[(k - 1, k - 2)].re().abs();
            }
            if k < high {
                size += h[(k + 1, k)].re().abs();
            }
        }
        if h[(k, k - 1)].re().abs() <= ULP * size {
            let above = h[(k - 1, k)].abs1();
            let (ab, ba) = (below.max(above), below.min(above));
            let (own, difference) = (h[(k, k)].abs1(), (h[(k - 1, k - 1)] - h[(k, k)]).abs1());
            let (aa, bb) = (own.max(difference), own.min(difference));
            let s = aa + ab;
            if ba * (ab / s) <= (TINY * ((high - low + 1) as f64)).max(ULP * (bb * (aa / s))) {
                return k;
            }
        }
    }
    least
}

impl Schur for f64 {
    fn complex(self) -> Complex64 {
        Complex64::new(self, 0.0)
    }

    fn values(t: &Matrix<f64>) -> Vec<Complex64> {
        let n = t.rows;
        let mut out: Vec<Complex64> = (0..n).map(|i| Complex64::new(t[(i, i)], 0.0)).collect();
        for i in 0..n.saturating_sub(1) {
            let below = t[(i + 1, i)];
            if below != 0.0 {
                let part = below.abs().sqrt() * t[(i, i + 1)].abs().sqrt();
                (out[i].im, out[i + 1].im) = (part, -part);
            }
        }
        out
    }

    fn reduce(h: &mut Matrix<f64>, z: &mut Matrix<f64>, low: usize, high: usize) -> Result<(), usize> {
        let n = h.rows;
        let limit = 30 * (high - low + 1).max(10);
        let mut end = high as isize;
        while end >= low as isize {
            let i = end as usize;
            let (mut l, mut rounds, mut found) = (low, 0, false);
            for _ in 0..=limit {
                l = split(h, l, i, low, high);
                if l > low {
                    h[(l, l - 1)] = 0.0;
                }
                if l + 1 >= i {
                    found = true;
                    break;
                }
                rounds += 1;
                double_step(h, z, l, i, rounds);
            }
            if !found {
                return Err(i + 1);
            }
            if l + 1 == i {
                let (a, b, c, d, cs, sn) = standardise(h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)]);
                (h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)]) = (a, b, c, d);
                for j in i + 1..n {
                    let (x, y) = (h[(i - 1, j)], h[(i, j)]);
                    h[(i - 1, j)] = cs * x + sn * y;
                    h[(i, j)] = cs * y - sn * x;
                }
                for j in 0..i - 1 {
                    let (x, y) = (h[(j, i - 1)], h[(j, i)]);
                    h[(j, i - 1)] = cs * x + sn * y;
                    h[(j, i)] = cs * y - sn * x;
                }
                z.rotate_cols(i - 1, i, cs, sn);
            }
            end = l as isize - 1;
        }
        Ok(())
    }
}

/// One QR step with two shifts over the block `l..=i`.
fn double_step(h: &mut Matrix<f64>, z: &mut Matrix<f64>, l: usize, i: usize, round: usize) {
    let n = h.rows;
    let exceptional = |s: f64, d: f64| (0.75 * s + d, s, -0.4375 * s, 0.75 * s + d);
    let (h11, h21, h12, h22) = if round % 20 == 0 {
        exceptional(h[(i, i - 1)].abs() + h[(i - 1, i - 2)].abs(), h[(i, i)])
    } else if round % 10 == 0 {
        exceptional(h[(l + 1, l)].abs() + h[(l + 2, l + 1)].abs(), h[(l, l)])
    } else {
        (h[(i - 1, i - 1)], h[(i, i - 1)], h[(i - 1, i)], h[(i, i)])
    };
    let s = h11.abs() + h12.abs() + h21.abs() + h22.abs();
    let (mut r1, mut i1, mut r2, mut i2) = (0.0, 0.0, 0.0, 0.0);
    if s != 0.0 {
        let (h11, h21, h12, h22) = (h11 / s, h21 / s, h12 / s, h22 / s);
        let trace = (h11 + h22) / 2.0;
        let det = (h11 - trace) * (h22 - trace) - h12 * h21;
        let root = det.abs().sqrt();
        if det >= 0.0 {
            (r1, r2, i1, i2) = (trace * s, trace * s, root * s, -root * s);
        } else {
            let (a, b) = (trace + root, trace - root);
            let near = if (a - h22).abs() <= (b - h22).abs() { a } else { b };
            (r1, r2) = (near * s, near * s);
        }
    }
    let mut v = [0.0; 3];
    let mut m = i - 2;
    loop {
        let below = h[(m + 1, m)].abs();
        let s = (h[(m, m)] - r2).abs() + i2.abs() + below;
        let scaled = h[(m + 1, m)] / s;
        v[0] = scaled * h[(m, m + 1)] + (h[(m, m)] - r1) * ((h[(m, m)] - r2) / s) - i1 * (i2 / s);
        v[1] = scaled * (h[(m, m)] + h[(m + 1, m + 1)] - r1 - r2);
        v[2] = scaled * h[(m + 2, m + 1)];
        let s = v[0].abs() + v[1].abs() + v[2].abs();
        v.iter_mut().for_each(|v| *v /= s);
        if m == l {
            break;
        }
        let around = h[(m - 1, m - 1)].abs() + h[(m, m)].abs() + h[(m + 1, m + 1)].abs();
        if h[(m, m - 1)].abs() * (v[1].abs() + v[2].abs()) <= ULP * v[0].abs() * around {
            break;
        }
        m -= 1;
    }
    for k in m..i {
        let count = 3.min(i - k + 1);
        if k > m {
            for r in 0..count {
                v[r] = h[(k + r, k - 1)];
            }
        }
        let (first, rest) = v.split_at_mut(1);
        let (beta, tau) = reflector(first[0], &mut rest[..count - 1]);
        if k > m {
            h[(k, k - 1)] = beta;
            h[(k + 1, k - 1)] = 0.0;
            if k + 1 < i {
                h[(k + 2, k - 1)] = 0.0;
            }
        } else if m > l {
            h[(k, k - 1)] *= 1.0 - tau;
        }
        let v = [1.0, v[1], if count == 3 { v[2] } else { 0.0 }];
        for j in k..n {
            reflect(&v[1..count], tau, &mut h.col_mut(j)[k..k + count]);
        }
        reflect_rows(h, (k + 3).min(i) + 1, k, &v[..count], tau);
        let rows = z.rows;
        reflect_rows(z, rows, k, &v[..count], tau);
    }
}

/// The first `rows` rows of columns `k…` times `I − τ·v·vᵀ`.
fn reflect_rows(h: &mut Matrix<f64>, rows: usize, k: usize, v: &[f64], tau: f64) {
    for j in 0..rows {
        let sum: f64 = v.iter().enumerate().map(|(c, v)| v * h[(j, k + c)]).sum();
        for (c, v) in v.iter().enumerate() {
            h[(j, k + c)] -= sum * (tau * v);
        }
    }
}

/// The rotation that makes a 2×2 block triangular, or gives it equal diagonal elements and off-diagonal ones of
/// opposite signs; and the block that it makes.
fn standardise(a: f64, b: f64, c: f64, d: f64) -> (f64, f64, f64, f64, f64, f64) {
    let sign = |v: f64| 1f64.copysign(v);
    if c == 0.0 {
        return (a, b, c, d, 1.0, 0.0);
    }
    if b == 0.0 {
        return (d, -c, 0.0, a, 0.0, 1.0);
    }
    if a - d == 0.0 && sign(b) != sign(c) {
        return (a, b, c, d, 1.0, 0.0);
    }
    let difference = a - d;
    let p = 0.5 * difference;
    let most = b.abs().max(c.abs());
    let least = b.abs().min(c.abs()) * sign(b) * sign(c);
    let scale = p.abs().max(most);
    let z = (p / scale) * p + (most / scale) * least;
    if z >= 4.0 * ULP {
        let z = p + (scale.sqrt() * z.sqrt()).copysign(p);
        let tau = c.hypot(z);
        return (d + z, b - c, 0.0, d - (most / z) * least, z / tau, c / tau);
    }
    let sigma = b + c;
    let tau = sigma.hypot(difference);
    let mut cs = (0.5 * (1.0 + sigma.abs() / tau)).sqrt();
    let mut sn = -(p / (tau * cs)) * sign(sigma);
    let (aa, bb, cc, dd) = (a * cs + b * sn, -a * sn + b * cs, c * cs + d * sn, -c * sn + d * cs);
    let (a, mut b, mut c, d) = (aa * cs + cc * sn, bb * cs + dd * sn, -aa * sn + cc * cs, -bb * sn + dd * cs);
    let mean = 0.5 * (a + d);
    let (mut a, mut d) = (mean, mean);
    if c != 0.0 && b == 0.0 {
        (b, c) = (-c, 0.0);
        (cs, sn) = (-sn, cs);
    } else if c != 0.0 && sign(b) == sign(c) {
        let (root_b, root_c) = (b.abs().sqrt(), c.abs().sqrt());
        let p = (root_b * root_c).copysign(c);
        let tau = 1.0 / (b + c).abs().sqrt();
        (a, d) = (mean + p, mean - p);
        (b, c) = (b - c, 0.0);
        let (c1, s1) = (root_b * tau, root_c * tau);
        (cs, sn) = (cs * c1 - sn * s1, cs * s1 + sn * c1);
    }
    (a, b, c, d, cs, sn)
}

impl Schur for Complex64 {
    fn complex(self) -> Complex64 {
        self
    }

    fn values(t: &Matrix<Complex64>) -> Vec<Complex64> {
        (0..t.rows).map(|i| t[(i, i)]).collect()
    }

    fn reduce(h: &mut Matrix<Complex64>, z: &mut Matrix<Complex64>, low: usize, high: usize) -> Result<(), usize> {
        // real subdiagonals, which every step keeps
        for i in low + 1..=high {
            let below = h[(i, i - 1)];
            if below.im != 0.0 {
                turn(h, z, i, below.conj() / below.norm());
                h[(i, i - 1)] = Complex64::new(below.norm(), 0.0);
            }
        }
        let limit = 30 * (high - low + 1).max(10);
        let mut end = high as isize;
        while end >= low as isize {
            let i = end as usize;
            let (mut l, mut rounds, mut found) = (low, 0, false);
            for _ in 0..=limit {
                l = split(h, l, i, low, high);
                if l > low {
                    h[(l, l - 1)] = Complex64::default();
                }
                if l >= i {
                    found = true;
                    break;
                }
                rounds += 1;
                single_step(h, z, l, i, rounds);
            }
            if !found {
                return Err(i + 1);
            }
            end = l as isize - 1;
        }
        Ok(())
    }
}

/// Multiplies row `i` from the diagonal on by `by`, and column `i` of `h` and of `z` by its conjugate.
fn turn(h: &mut Matrix<Complex64>, z: &mut Matrix<Complex64>, i: usize, by: Complex64) {
    let n = h.rows;
    for j in i..n {
        h[(i, j)] *= by;
    }
    for j in 0..n.min(i + 2) {
        h[(j, i)] *= by.conj();
    }
    z.col_mut(i).iter_mut().for_each(|v| *v *= by.conj());
}

/// One QR step with one shift over the block `l..=i`.
fn single_step(h: &mut Matrix<Complex64>, z: &mut Matrix<Complex64>, l: usize, i: usize, round: usize) {
    let n = h.rows;
    let shift = if round % 20 == 0 {
        h[(i, i)] + 0.75 * h[(i, i - 1)].re.abs()
    } else if round % 10 == 0 {
        h[(l, l)] + 0.75 * h[(l + 1, l)].re.abs()
    } else {
        wilkinson(h, i)
    };
    let start = |h: &Matrix<Complex64>, m: usize| {
        let (own, below) = (h[(m, m)] - shift, h[(m + 1, m)].re);
        let s = own.abs1() + below.abs();
        (own / s, below / s)
    };
    let mut m = i - 1;
    let (mut first, mut second) = start(h, m);
    while m > l {
        let before = h[(m, m - 1)].re.abs();
        if before * second.abs() <= ULP * (first.abs1() * (h[(m, m)].abs1() + h[(m + 1, m + 1)].abs1())) {
            break;
        }
        m -= 1;
        (first, second) = start(h, m);
    }
    for k in m..i {
        let mut v = [Complex64::new(second, 0.0)];
        let mut alpha = first;
        if k > m {
            (alpha, v[0]) = (h[(k, k - 1)], h[(k + 1, k - 1)]);
        }
        let (beta, tau) = reflector(alpha, &mut v);
        if k > m {
            h[(k, k - 1)] = beta;
            h[(k + 1, k - 1)] = Complex64::default();
        }
        let v = v[0];
        let t2 = (tau * v).re;
        for j in k..n {
            let sum = tau.conj() * h[(k, j)] + h[(k + 1, j)] * t2;
            h[(k, j)] -= sum;
            h[(k + 1, j)] -= sum * v;
        }
        for (x, rows) in [(&mut *h, (k + 2).min(i) + 1), (&mut *z, n)] {
            for j in 0..rows {
                let sum = tau * x[(j, k)] + x[(j, k + 1)] * t2;
                x[(j, k)] -= sum;
                x[(j, k + 1)] -= sum * v.conj();
            }
        }
        if k == m && m > l {
            let by = Complex64::new(1.0, 0.0) - tau;
            let by = by / by.norm();
            h[(m + 1, m)] *= by.conj();
            if m + 2 <= i {
                h[(m + 2, m + 1)] *= by;
            }
            for j in m..=i {
                if j != m + 1 {
                    for c in j + 1..n {
                        h[(j, c)] *= by;
                    }
                    for r in 0..j {
                        h[(r, j)] *= by.conj();
                    }
                    z.col_mut(j).iter_mut().for_each(|v| *v *= by.conj());
                }
            }
        }
    }
    let below = h[(i, i - 1)];
    if below.im != 0.0 {
        let size = below.norm();
        h[(i, i - 1)] = Complex64::new(size, 0.0);
        let by = below / size;
        for j in i + 1..n {
            h[(i, j)] *= by.conj();
        }
        for j in 0..i {
            h[(j, i)] *= by;
        }
        z.col_mut(i).iter_mut().for_each(|v| *v *= by);
    }
}

/// The eigenvalue of the last 2×2 block that is nearer to its last element.
fn wilkinson(h: &Matrix<Complex64>, i: usize) -> Complex64 {
    let t = h[(i, i)];
    let u = h[(i - 1, i)].sqrt() * h[(i, i - 1)].sqrt();
    if u.abs1() == 0.0 {
        return t;
    }
    let x = (h[(i - 1, i - 1)] - t) * 0.5;
    let size = x.abs1();
    let s = u.abs1().max(size);
    let mut y = ((x / s).powi(2) + (u / s).powi(2)).sqrt() * s;
    if size > 0.0 && (x / size).re * y.re + (x / size).im * y.im < 0.0 {
        y = -y;
    }
    t - u * (u / (x + y))
}
