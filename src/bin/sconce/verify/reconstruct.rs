//! Decompositions are not unique: they are compared by what their factors multiply to.

use sconce::base::Complex64;
use sconce::{IValue, Tensor};

use super::case::Rules;
use super::compare::{compare_tensors, Difference, Tolerance, Verdict};

/// The verdict for an operator whose result is not unique; `None` where there is nothing better than comparing
/// elements. Dtypes and shapes are known to be equal.
pub fn compare(expected: &IValue, actual: &IValue, args: &[IValue], rules: &Rules) -> Option<Verdict> {
    let (expected, actual) = (tensors(expected)?, tensors(actual)?);
    let name = rules.op.trim_start_matches("linalg.");
    match (name, expected.as_slice(), actual.as_slice()) {
        ("svd", [eu, es, ev], [au, actual_s, av]) => {
            // torch.svd returns V, torch.linalg.svd its adjoint
            let adjoint = rules.op == "svd";
            let product = |u: &Tensor, s: &Tensor, v: &Tensor| -> Option<Matrices> {
                let (u, v) = (Matrices::of(u)?, Matrices::of(v)?);
                let v = if adjoint { v.adjoint() } else { v };
                let k = Matrices::of(&s.unsqueeze(-1).ok()?)?;
                u.columns(k.rows).scaled(&k).times(&v.top(k.rows))
            };
            Some(compare_tensors("singular values", es, actual_s, rules).and_then(|()| {
                equal("U·S·Vh", product(eu, es, ev), product(au, actual_s, av), expected[0].dtype(), rules)
            }))
        }
        ("qr", [eq, er], [aq, ar]) if eq.numel() > 0 => {
            let product = |q: &Tensor, r: &Tensor| Matrices::of(q)?.times(&Matrices::of(r)?);
            Some(equal("Q·R", product(eq, er), product(aq, ar), eq.dtype(), rules))
        }
        // R alone, or the packed form of Q and R: Rᴴ·R does not depend on the signs
        ("qr", [_, er], [_, ar]) | ("geqrf", [er, _], [ar, _]) => {
            let product = |r: &Tensor| {
                let r = Matrices::of(r)?.upper();
                r.adjoint().times(&r)
            };
            Some(equal("Rᴴ·R", product(er), product(ar), er.dtype(), rules))
        }
        ("eigh", [el, ev], [al, av]) => {
            let product = |l: &Tensor, v: &Tensor| {
                let v = Matrices::of(v)?;
                let l = Matrices::of(&l.unsqueeze(-1).ok()?)?;
                v.clone().scaled(&l).times(&v.adjoint())
            };
            Some(
                compare_tensors("eigenvalues", el, al, rules)
                    .and_then(|()| equal("V·L·Vᴴ", product(el, ev), product(al, av), ev.dtype(), rules)),
            )
        }
        ("eig", [el, _], [al, av]) => {
            let IValue::Tensor(a) = args.first()? else { return None };
            let (a, v) = (Matrices::of(a)?, Matrices::of(av)?);
            let l = Matrices::of(&al.unsqueeze(-1).ok()?)?;
            let sides = (a.times(&v), Some(v.scaled(&l)));
            Some(same_set(el, al, rules).and_then(|()| equal("A·V", sides.0, sides.1, av.dtype(), rules)))
        }
        ("eigvals", [el], [al]) => Some(same_set(el, al, rules)),
        _ => None,
    }
}

fn tensors(value: &IValue) -> Option<Vec<Tensor>> {
    match value {
        IValue::Tensor(tensor) => Some(vec![tensor.clone()]),
        IValue::Tuple(tuple) => tuple.elements.iter().map(|item| item.to_tensor().ok()).collect(),
        _ => None,
    }
}

fn equal(
    what: &str,
    expected: Option<Matrices>,
    actual: Option<Matrices>,
    dtype: sconce::DType,
    rules: &Rules,
) -> Verdict {
    let wrong = |detail: String| Difference { reason: "wrong decomposition".into(), detail };
    let (Some(expected), Some(actual)) = (expected, actual) else {
        return Err(wrong(format!("{what}: the factors do not fit")));
    };
    // products of many rounded numbers
    let base = Tolerance::of(dtype, rules);
    let largest = expected.data.iter().map(|v| v.norm()).fold(0.0, f64::max);
    let tolerance =
        Tolerance { relative: base.relative * 20.0, absolute: (base.absolute + base.relative * largest) * 20.0 };
    let close = |(e, a): (&Complex64, &Complex64)| tolerance.close(*e, *a);
    match expected.data.len() == actual.data.len() && expected.data.iter().zip(&actual.data).all(close) {
        true => Ok(()),
        false => Err(wrong(format!("{what} differs"))),
    }
}

/// Whether both have the same elements in the last dimension, in any order.
fn same_set(expected: &Tensor, actual: &Tensor, rules: &Rules) -> Verdict {
    let wrong = |detail: &str| Difference { reason: "wrong decomposition".into(), detail: detail.into() };
    let read = |t: &Tensor| t.to_vec::<Complex64>().map_err(|error| wrong(error.message()));
    let (e, a) = (read(expected)?, read(actual)?);
    let n = expected.sizes().last().copied().unwrap_or(1).max(1) as usize;
    let base = Tolerance::of(expected.dtype(), rules);
    for (e, a) in e.chunks(n).zip(a.chunks(n)) {
        let largest = e.iter().map(|v| v.norm()).fold(0.0, f64::max);
        let tolerance = Tolerance { absolute: (base.absolute + base.relative * largest) * 20.0, ..base };
        let mut left = a.to_vec();
        for value in e {
            match left.iter().position(|other| tolerance.close(*value, *other)) {
                Some(at) => drop(left.swap_remove(at)),
                None => return Err(wrong(&format!("no eigenvalue {value}"))),
            }
        }
    }
    Ok(())
}

/// A batch of row-major matrices.
#[derive(Clone, Debug, PartialEq)]
struct Matrices {
    rows: usize,
    columns: usize,
    data: Vec<Complex64>,
}

impl Matrices {
    fn of(tensor: &Tensor) -> Option<Matrices> {
        let [.., rows, columns] = *tensor.sizes() else { return None };
        Some(Matrices { rows: rows as usize, columns: columns as usize, data: tensor.to_vec().ok()? })
    }

    fn map(&self, rows: usize, columns: usize, f: impl Fn(&[Complex64], usize, usize) -> Complex64) -> Matrices {
        let size = self.rows * self.columns;
        let mut data = Vec::new();
        if size > 0 {
            for matrix in self.data.chunks_exact(size) {
                data.extend((0..rows * columns).map(|at| f(matrix, at / columns, at % columns)));
            }
        }
        Matrices { rows, columns, data }
    }
    fn adjoint(&self) -> Matrices {
        self.map(self.columns, self.rows, |m, row, column| m[column * self.columns + row].conj())
    }
    /// The first `n` columns.
    fn columns(&self, n: usize) -> Matrices {
        self.map(self.rows, n.min(self.columns), |m, row, column| m[row * self.columns + column])
    }
    /// The first `n` rows.
    fn top(&self, n: usize) -> Matrices {
        self.map(n.min(self.rows), self.columns, |m, row, column| m[row * self.columns + column])
    }
    /// The upper triangle, with as many rows as it needs.
    fn upper(&self) -> Matrices {
        let zero = Complex64::default();
        self.map(self.rows.min(self.columns), self.columns, |m, row, column| match column >= row {
            true => m[row * self.columns + column],
            false => zero,
        })
    }
    /// Column i times element i of the column vector `by`.
    fn scaled(mut self, by: &Matrices) -> Matrices {
        let (rows, columns) = (self.rows, self.columns);
        for (at, value) in self.data.iter_mut().enumerate() {
            let (batch, column) = (at / (rows * columns), at % columns);
            *value *= by.data.get(batch * by.rows + column).copied().unwrap_or_default();
        }
        self
    }
    fn times(&self, other: &Matrices) -> Option<Matrices> {
        let (n, k, m) = (self.rows, self.columns, other.columns);
        let batches = |x: &Matrices| x.data.len() / (x.rows * x.columns).max(1);
        if k != other.rows || (n * k * m > 0 && batches(self) != batches(other)) {
            return None;
        }
        let mut data = vec![Complex64::default(); if k == 0 { 0 } else { batches(self) * n * m }];
        for (at, out) in data.iter_mut().enumerate() {
            let (batch, row, column) = (at / (n * m), at / m % n, at % m);
            let (a, b) = (&self.data[(batch * n + row) * k..][..k], &other.data[batch * k * m..]);
            *out = a.iter().enumerate().map(|(i, value)| value * b[i * m + column]).sum();
        }
        Some(Matrices { rows: n, columns: m, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(values: &[f64], sizes: &[i64]) -> IValue {
        Tensor::from_slice(values, sizes).unwrap().into()
    }

    #[test]
    fn signs_and_orders_do_not_matter_and_numbers_do() {
        let eye = [1.0, 0.0, 0.0, 1.0];
        let flip = [-1.0, 0.0, 0.0, 1.0];
        let r = [1.0, 2.0, 0.0, 3.0];
        let flipped = [-1.0, -2.0, 0.0, 3.0];
        let square = |v: &[f64]| tensor(v, &[2, 2]);
        let a = square(&[2.0, 0.0, 0.0, 3.0]);
        let tuple = |items: &[IValue]| IValue::tuple(items.to_vec());
        let svd = |u: &[f64], v: &[f64]| tuple(&[square(u), tensor(&[3.0, 2.0], &[2]), square(v)]);
        let eigh = |v: &[f64]| tuple(&[tensor(&[2.0, 3.0], &[2]), square(v)]);
        for (op, expected, actual, equal) in [
            ("qr", tuple(&[square(&eye), square(&r)]), tuple(&[square(&flip), square(&flipped)]), true),
            ("qr", tuple(&[square(&eye), square(&r)]), tuple(&[square(&flip), square(&r)]), false),
            ("linalg.svd", svd(&eye, &eye), svd(&flip, &flip), true),
            ("svd", svd(&eye, &eye), svd(&flip, &eye), false),
            ("linalg.eigh", eigh(&eye), eigh(&flip), true),
            ("linalg.eigvals", tensor(&[1.0, 2.0], &[2]), tensor(&[2.0, 1.0], &[2]), true),
            ("linalg.eigvals", tensor(&[1.0, 2.0], &[2]), tensor(&[2.0, 2.0], &[2]), false),
        ] {
            let rules = Rules { op: op.into(), nonunique: true, ..Rules::default() };
            let verdict = compare(&expected, &actual, std::slice::from_ref(&a), &rules).unwrap();
            assert_eq!(verdict.is_ok(), equal, "{op} {verdict:?}");
        }
    }
}
