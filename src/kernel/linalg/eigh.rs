//! Eigenvalues of symmetric and Hermitian matrices: reduction to a tridiagonal matrix, then implicit QL and QR steps.

use super::qr::{product, reflector};
use super::{axpy, dot, Field, Matrix};

/// Eigenvalues in ascending order from the lower (or upper) triangle, and with `vectors` the matrix of eigenvectors.
/// `Err` holds how many did not converge.
pub fn eigh<T: Field>(a: &Matrix<T>, upper: bool, vectors: bool) -> (Vec<f64>, Option<Matrix<T>>, i32) {
    let n = a.rows;
    // the upper triangle read from its last corner is a lower one
    let at = |i: usize| if upper { n - 1 - i } else { i };
    let mut work = Matrix::zeros(n, n);
    for j in 0..n {
        for i in j..n {
            work[(i, j)] = a[(at(i), at(j))];
        }
    }
    let (mut d, mut e, q) = tridiagonal(&mut work, vectors);
    let mut z = q;
    if upper {
        d.reverse();
        e.reverse();
        z = z.map(|q| {
            let mut z = Matrix::zeros(n, n);
            for j in 0..n {
                for i in 0..n {
                    z[(i, j)] = q[(n - 1 - i, n - 1 - j)];
                }
            }
            z
        });
    }
    let info = implicit_steps(&mut d, &mut e, &mut z);
    (d, z, info)
}

/// `A = Q·T·Qᴴ`: diagonal and off-diagonal of T, and Q.
fn tridiagonal<T: Field>(a: &mut Matrix<T>, vectors: bool) -> (Vec<f64>, Vec<f64>, Option<Matrix<T>>) {
    let n = a.rows;
    let (mut d, mut e) = (vec![0.0; n], vec![0.0; n.saturating_sub(1)]);
    let mut reflectors = Matrix::zeros(n.saturating_sub(1), n.saturating_sub(1));
    let mut taus = Vec::with_capacity(n);
    for i in 0..n.saturating_sub(1) {
        let (first, rest) = a.col_mut(i)[i + 1..].split_at_mut(1);
        let (beta, tau) = reflector(first[0], rest);
        first[0] = T::one();
        e[i] = beta.re();
        taus.push(tau);
        let v = a.col(i)[i + 1..].to_vec();
        if !tau.is_zero() {
            // w = τ·A·v, where only the lower triangle of A is there
            let m = v.len();
            let mut w = vec![T::zero(); m];
            for c in 0..m {
                let column = &a.col(i + 1 + c)[i + 1 + c..];
                let own = T::real(column[0].re());
                w[c] += own * v[c] + dot(&column[1..], &v[c + 1..]);
                axpy(v[c], &column[1..], &mut w[c + 1..]);
            }
            w.iter_mut().for_each(|w| *w *= tau);
            let alpha = -(tau * dot(&w, &v)).scale(0.5);
            axpy(alpha, &v, &mut w);
            for c in 0..m {
                let (x, y) = (w[c].conj(), v[c].conj());
                let column = &mut a.col_mut(i + 1 + c)[i + 1 + c..];
                axpy(-x, &v[c..], column);
                axpy(-y, &w[c..], column);
                column[0] = T::real(column[0].re());
            }
        }
        reflectors.col_mut(i)[i..].copy_from_slice(&v);
        d[i] = a[(i, i)].re();
    }
    if n > 0 {
        d[n - 1] = a[(n - 1, n - 1)].re();
    }
    let q = vectors.then(|| {
        let mut q = Matrix::identity(n, n);
        if n > 1 {
            let inner = product(&reflectors, &taus, n - 1);
            for j in 1..n {
                q.col_mut(j)[1..].copy_from_slice(inner.col(j - 1));
            }
        }
        q
    });
    (d, e, q)
}

/// Eigenvalues of a tridiagonal matrix, ascending; `z` is multiplied by the eigenvectors. Returns how many off-diagonal
/// elements did not become zero.
fn implicit_steps<T: Field>(d: &mut [f64], e: &mut [f64], z: &mut Option<Matrix<T>>) -> i32 {
    let n = d.len();
    const EPS: f64 = f64::EPSILON / 2.0;
    let mut steps = 30 * n;
    let mut rotate = |j: usize, c: f64, s: f64| {
        if let Some(z) = z {
            z.rotate_cols(j, j + 1, c, s);
        }
    };
    let mut start = 0;
    while start < n {
        let mut end = start;
        while end + 1 < n {
            let size = e[end].abs();
            if size == 0.0 || size <= d[end].abs().sqrt() * d[end + 1].abs().sqrt() * EPS {
                e[end] = 0.0;
                break;
            }
            end += 1;
        }
        let (low, high) = (start, end);
        start = end + 1;
        let small = |d: &[f64], e: &[f64], i: usize| {
            e[i] * e[i] <= EPS * EPS * d[i].abs() * d[i + 1].abs() + f64::MIN_POSITIVE || e[i].is_nan()
        };
        if d[high].abs() >= d[low].abs() {
            let mut l = low;
            while l <= high {
                let m = (l..high).find(|i| small(d, e, *i)).unwrap_or(high);
                if m < high {
                    e[m] = 0.0;
                }
                if m == l {
                    l += 1;
                } else if m == l + 1 {
                    let (a, b, c, s) = two_by_two(d[l], e[l], d[l + 1]);
                    rotate(l, c, s);
                    (d[l], d[l + 1], e[l]) = (a, b, 0.0);
                    l += 2;
                } else if steps == 0 {
                    break;
                } else {
                    steps -= 1;
                    let mut p = d[l];
                    let mut g = (d[l + 1] - p) / (2.0 * e[l]);
                    g = d[m] - p + e[l] / (g + g.hypot(1.0).copysign(g));
                    let (mut s, mut c) = (1.0, 1.0);
                    p = 0.0;
                    for i in (l..m).rev() {
                        let (f, b) = (s * e[i], c * e[i]);
                        let r;
                        (c, s, r) = rotation(g, f);
                        if i + 1 != m {
                            e[i + 1] = r;
                        }
                        g = d[i + 1] - p;
                        let r = (d[i] - g) * s + 2.0 * c * b;
                        p = s * r;
                        d[i + 1] = g + p;
                        g = c * r - b;
                        rotate(i, c, -s);
                    }
                    d[l] -= p;
                    e[l] = g;
                }
            }
        } else {
            let mut l = high as isize;
            while l >= low as isize {
                let at = l as usize;
                let m = (low + 1..=at).rev().find(|i| small(d, e, *i - 1)).unwrap_or(low);
                if m > low {
                    e[m - 1] = 0.0;
                }
                if m == at {
                    l -= 1;
                } else if m + 1 == at {
                    let (a, b, c, s) = two_by_two(d[m], e[m], d[at]);
                    rotate(m, c, s);
                    (d[m], d[at], e[m]) = (a, b, 0.0);
                    l -= 2;
                } else if steps == 0 {
                    break;
                } else {
                    steps -= 1;
                    let mut p = d[at];
                    let mut g = (d[at - 1] - p) / (2.0 * e[at - 1]);
                    g = d[m] - p + e[at - 1] / (g + g.hypot(1.0).copysign(g));
                    let (mut s, mut c) = (1.0, 1.0);
                    p = 0.0;
                    for i in m..at {
                        let (f, b) = (s * e[i], c * e[i]);
                        let r;
                        (c, s, r) = rotation(g, f);
                        if i != m {
                            e[i - 1] = r;
                        }
                        g = d[i] - p;
                        let r = (d[i + 1] - g) * s + 2.0 * c * b;
                        p = s * r;
                        d[i] = g + p;
                        g = c * r - b;
                        rotate(i, c, s);
                    }
                    d[at] -= p;
                    e[at - 1] = g;
                }
            }
        }
    }
    for i in 0..n {
        let best = (i + 1..n).fold(i, |best, j| if d[j] < d[best] { j } else { best });
        if best != i {
            d.swap(i, best);
            if let Some(z) = z {
                z.swap_cols(i, best);
            }
        }
    }
    e.iter().filter(|e| **e != 0.0).count() as i32
}

/// A rotation with `c·f + s·g = r`, whose signs are those of LAPACK up to 3.9, and so PyTorch's: r is negative only where
/// f is, and larger than g.
fn rotation(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        (1.0, 0.0, f)
    } else if f == 0.0 {
        (0.0, 1.0, g)
    } else {
        let r = f.hypot(g);
        let r = if f.abs() > g.abs() && f < 0.0 { -r } else { r };
        (f / r, g / r, r)
    }
}

/// Eigenvalues of `[[a, b], [b, c]]`, the larger in size first, and its unit eigenvector.
fn two_by_two(a: f64, b: f64, c: f64) -> (f64, f64, f64, f64) {
    let (sum, difference, twice) = (a + c, a - c, b + b);
    let (large, small) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let root = difference.abs().hypot(twice.abs());
    let other = |first: f64| (large / first) * small - (b / first) * b;
    let (first, second, negative) = if sum < 0.0 {
        let first = 0.5 * (sum - root);
        (first, other(first), true)
    } else if sum > 0.0 {
        let first = 0.5 * (sum + root);
        (first, other(first), false)
    } else {
        (0.5 * root, -0.5 * root, false)
    };
    let flipped = difference < 0.0;
    let cs = if flipped { difference - root } else { difference + root };
    let (mut c1, mut s1);
    if cs.abs() > twice.abs() {
        let ct = -twice / cs;
        s1 = 1.0 / (1.0 + ct * ct).sqrt();
        c1 = ct * s1;
    } else if twice == 0.0 {
        (c1, s1) = (1.0, 0.0);
    } else {
        let tn = -cs / twice;
        c1 = 1.0 / (1.0 + tn * tn).sqrt();
        s1 = tn * c1;
    }
    if negative == flipped {
        (c1, s1) = (-s1, c1);
    }
    (first, second, c1, s1)
}
