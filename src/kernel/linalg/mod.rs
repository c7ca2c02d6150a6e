//! Factorisations of dense matrices, column-major as LAPACK has them, with LAPACK's conventions of pivots and signs.
//!
//! There are two element types, `f64` and `Complex64`: narrower ones are computed in these and rounded at the end.

pub mod cholesky;
pub mod eig;
pub mod eigh;
pub mod ldl;
pub mod lu;
pub mod qr;
pub mod svd;

use std::ops::{Add, AddAssign, Div, DivAssign, Index, IndexMut, Mul, MulAssign, Neg, Sub, SubAssign};

use num_complex::Complex64;

use super::gemm::{gemm, gemm_ring, Mat};

/// Real or complex numbers.
pub trait Field:
    Copy
    + Default
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + 'static
{
    const COMPLEX: bool;
    fn real(v: f64) -> Self;
    fn re(self) -> f64;
    fn im(self) -> f64;
    fn conj(self) -> Self;
    fn abs(self) -> f64;
    fn scale(self, by: f64) -> Self;
    /// `c = a·b`, row-major.
    #[doc(hidden)]
    fn multiply(a: Mat<Self>, b: Mat<Self>, c: &mut [Self], ldc: usize);

    /// The size by which LAPACK chooses pivots.
    fn abs1(self) -> f64 {
        self.re().abs() + self.im().abs()
    }
    fn abs2(self) -> f64 {
        self.re() * self.re() + self.im() * self.im()
    }
    fn one() -> Self {
        Self::real(1.0)
    }
    fn zero() -> Self {
        Self::default()
    }
    fn is_zero(self) -> bool {
        self == Self::default()
    }
}

impl Field for f64 {
    const COMPLEX: bool = false;
    fn real(v: f64) -> f64 {
        v
    }
    fn re(self) -> f64 {
        self
    }
    fn im(self) -> f64 {
        0.0
    }
    fn conj(self) -> f64 {
        self
    }
    fn abs(self) -> f64 {
        f64::abs(self)
    }
    fn scale(self, by: f64) -> f64 {
        self * by
    }
    fn multiply(a: Mat<f64>, b: Mat<f64>, c: &mut [f64], ldc: usize) {
        gemm(1.0, a, b, 0.0, c, ldc);
    }
}

impl Field for Complex64 {
    const COMPLEX: bool = true;
    fn real(v: f64) -> Complex64 {
        Complex64::new(v, 0.0)
    }
    fn re(self) -> f64 {
        self.re
    }
    fn im(self) -> f64 {
        self.im
    }
    fn conj(self) -> Complex64 {
        Complex64::conj(&self)
    }
    fn abs(self) -> f64 {
        self.re.hypot(self.im)
    }
    fn scale(self, by: f64) -> Complex64 {
        Complex64::new(self.re * by, self.im * by)
    }
    fn multiply(a: Mat<Complex64>, b: Mat<Complex64>, c: &mut [Complex64], ldc: usize) {
        gemm_ring(Complex64::new(1.0, 0.0), a, b, Complex64::new(0.0, 0.0), c, ldc);
    }
}

/// A column-major matrix of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix<T> {
    pub rows: usize,
    pub cols: usize,
    data: Vec<T>,
}

impl<T: Field> Matrix<T> {
    pub fn zeros(rows: usize, cols: usize) -> Self {
        Matrix { rows, cols, data: vec![T::zero(); rows * cols] }
    }
    pub fn identity(rows: usize, cols: usize) -> Self {
        let mut out = Self::zeros(rows, cols);
        for i in 0..rows.min(cols) {
            out[(i, i)] = T::one();
        }
        out
    }
    /// # Panics
    /// If there are not just `rows * cols` elements.
    pub fn from_slice(rows: usize, cols: usize, data: &[T]) -> Self {
        assert_eq!(data.len(), rows * cols, "elements do not fit the matrix");
        Matrix { rows, cols, data: data.to_vec() }
    }
    /// The elements, column after column.
    pub fn data(&self) -> &[T] {
        &self.data
    }
    pub fn col(&self, j: usize) -> &[T] {
        &self.data[j * self.rows..(j + 1) * self.rows]
    }
    pub fn col_mut(&mut self, j: usize) -> &mut [T] {
        &mut self.data[j * self.rows..(j + 1) * self.rows]
    }
    /// Column `j` to write and column `k` to read; they differ.
    pub fn pair(&mut self, j: usize, k: usize) -> (&mut [T], &mut [T]) {
        let m = self.rows;
        if j < k {
            let (left, right) = self.data.split_at_mut(k * m);
            (&mut left[j * m..(j + 1) * m], &mut right[..m])
        } else {
            let (left, right) = self.data.split_at_mut(j * m);
            (&mut right[..m], &mut left[k * m..(k + 1) * m])
        }
    }
    pub fn swap_rows(&mut self, a: usize, b: usize) {
        if a != b {
            for j in 0..self.cols {
                self.data.swap(j * self.rows + a, j * self.rows + b);
            }
        }
    }
    pub fn swap_cols(&mut self, a: usize, b: usize) {
        if a != b {
            let (x, y) = self.pair(a, b);
            x.swap_with_slice(y);
        }
    }
    pub fn transposed(&self) -> Self {
        self.arranged(self.cols, self.rows, |i, j| self[(j, i)])
    }
    pub fn adjoint(&self) -> Self {
        self.arranged(self.cols, self.rows, |i, j| self[(j, i)].conj())
    }
    fn arranged(&self, rows: usize, cols: usize, at: impl Fn(usize, usize) -> T) -> Self {
        let mut out = Self::zeros(rows, cols);
        for j in 0..cols {
            for i in 0..rows {
                out[(i, j)] = at(i, j);
            }
        }
        out
    }
    /// The upper left part, with zeros where it is larger than the matrix.
    pub fn resized(&self, rows: usize, cols: usize) -> Self {
        let inside = |i, j| if i < self.rows && j < self.cols { self[(i, j)] } else { T::zero() };
        self.arranged(rows, cols, inside)
    }
    pub fn upper(&self, rows: usize, unit: bool) -> Self {
        self.arranged(rows, self.cols, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Equal if unit => T::one(),
            std::cmp::Ordering::Greater => T::zero(),
            _ => self[(i, j)],
        })
    }
    pub fn lower(&self, cols: usize, unit: bool) -> Self {
        self.arranged(self.rows, cols, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Equal if unit => T::one(),
            std::cmp::Ordering::Less => T::zero(),
            _ => self[(i, j)],
        })
    }
    /// # Panics
    /// If the inner dimensions differ.
    pub fn times(&self, other: &Self) -> Self {
        let mut out = Self::zeros(self.rows, other.cols);
        if self.rows > 0 && other.cols > 0 {
            // column-major matrices are the transposes of row-major ones
            let (a, b) =
                (Mat::row_major(&self.data, self.cols, self.rows), Mat::row_major(&other.data, other.cols, other.rows));
            T::multiply(b, a, &mut out.data, self.rows);
        }
        out
    }
    pub fn map(&mut self, f: impl Fn(T) -> T) {
        self.data.iter_mut().for_each(|v| *v = f(*v));
    }
    /// Columns `j` and `k` become `c·j + s·k` and `c·k − s·j`.
    pub fn rotate_cols(&mut self, j: usize, k: usize, c: f64, s: f64) {
        let (x, y) = self.pair(j, k);
        for (x, y) in x.iter_mut().zip(y) {
            let (a, b) = (*x, *y);
            *x = a.scale(c) + b.scale(s);
            *y = b.scale(c) - a.scale(s);
        }
    }
}

impl<T> Index<(usize, usize)> for Matrix<T> {
    type Output = T;
    #[inline]
    fn index(&self, (i, j): (usize, usize)) -> &T {
        debug_assert!(i < self.rows);
        &self.data[j * self.rows + i]
    }
}

impl<T> IndexMut<(usize, usize)> for Matrix<T> {
    #[inline]
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        debug_assert!(i < self.rows);
        &mut self.data[j * self.rows + i]
    }
}

/// `y += a·x`
pub(crate) fn axpy<T: Field>(a: T, x: &[T], y: &mut [T]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * *x;
    }
}

/// `Σ conj(x)·y`
pub(crate) fn dot<T: Field>(x: &[T], y: &[T]) -> T {
    x.iter().zip(y).fold(T::zero(), |sum, (x, y)| sum + x.conj() * *y)
}

/// The Euclidean norm, without overflow.
pub(crate) fn norm2<T: Field>(x: &[T]) -> f64 {
    let largest = x.iter().fold(0.0, |m: f64, v| m.max(v.abs1()));
    if largest == 0.0 || !largest.is_finite() {
        return if x.iter().any(|v| v.abs1().is_nan()) { f64::NAN } else { largest };
    }
    largest * x.iter().map(|v| v.scale(1.0 / largest).abs2()).sum::<f64>().sqrt()
}

/// A rotation with `c·f + s·g = r` and `c·g − s·f = 0`, with LAPACK's signs.
pub(crate) fn givens(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        (1.0, 0.0, f)
    } else if f == 0.0 {
        (0.0, 1.0f64.copysign(g), g.abs())
    } else {
        let r = f.hypot(g).copysign(f);
        (f / r, g / r, r)
    }
}
