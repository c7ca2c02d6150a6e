//! Reductions of one row, and of many columns side by side.
//!
//! Sums run in short chains that are added in `f64`, so that rounding errors do not grow with the length; how the chains
//! are cut depends on the length alone.

use super::math;
use crate::base::COLUMNS;

/// Element types with reductions. Functions of many rows, at least one and of one length up to [`COLUMNS`], write one result
/// for each column: what the function of a single row gives for it, but for the order of additions.
pub trait Reduce: Copy + PartialOrd {
    fn sum(x: &[Self]) -> f64;
    fn sum_columns(x: &[&[Self]], out: &mut [f64]);
    /// Without those that are NaN.
    fn nansum(x: &[Self]) -> f64;
    fn nansum_columns(x: &[&[Self]], out: &mut [f64]);
    /// The sum of absolute values.
    fn sizes(x: &[Self]) -> f64;
    fn sizes_columns(x: &[&[Self]], out: &mut [f64]);
    fn squares(x: &[Self]) -> f64;
    fn squares_columns(x: &[&[Self]], out: &mut [f64]);
    /// The sum of squared distances from `centre`.
    fn spread(x: &[Self], centre: f64) -> f64;
    fn spread_columns(x: &[&[Self]], centres: &[f64], out: &mut [f64]);
    /// The sum of exp(x - shift).
    fn exps(x: &[Self], shift: Self) -> f64;
    fn exps_columns(x: &[&[Self]], shifts: &[Self], out: &mut [f64]);
}

/// Element types with an order; NaN is above and below all others.
pub trait Ordered: Copy + PartialOrd {
    fn product(x: &[Self]) -> Self;
    fn product_columns(x: &[&[Self]], out: &mut [Self]);
    /// # Panics
    /// For no elements, as all that look for extremes.
    fn largest(x: &[Self]) -> Self;
    fn largest_columns(x: &[&[Self]], out: &mut [Self]);
    fn smallest(x: &[Self]) -> Self;
    fn smallest_columns(x: &[&[Self]], out: &mut [Self]);
    /// The first place of an element that equals `v`, or is NaN as `v` is.
    fn place(x: &[Self], v: Self) -> usize;
    /// The largest and its first place.
    fn largest_places(x: &[&[Self]], out: &mut [Self], places: &mut [i64]);
    fn smallest_places(x: &[&[Self]], out: &mut [Self], places: &mut [i64]);
}

/// Element types in which zero is false.
pub trait Truth: Copy {
    /// How many are not zero.
    fn count(x: &[Self]) -> usize;
    fn count_columns(x: &[&[Self]], out: &mut [i64]);
}

/// Whether one is not zero.
pub fn any<T: Truth>(x: &[T]) -> bool {
    x.chunks(BLOCK).any(|x| T::count(x) > 0)
}

/// Whether none is zero.
pub fn all<T: Truth>(x: &[T]) -> bool {
    x.chunks(BLOCK).all(|x| T::count(x) == x.len())
}

/// Elements that chains run over before they are added.
const BLOCK: usize = 4096;
/// Rows that a column's chain runs over.
const GROUP: usize = 64;
pub(super) const LANES: usize = 64;

#[inline(always)]
fn total<T: Copy, A: Copy + Default + std::ops::Add<Output = A> + Into<f64>>(x: &[T], f: impl Fn(T) -> A) -> f64 {
    let mut total = 0.0;
    for block in x.chunks(BLOCK) {
        let mut acc = [A::default(); LANES];
        let lanes = block.chunks_exact(LANES);
        let rest = lanes.remainder();
        for chunk in lanes {
            for i in 0..LANES {
                acc[i] = acc[i] + f(chunk[i]);
            }
        }
        for i in 0..rest.len() {
            acc[i] = acc[i] + f(rest[i]);
        }
        total += halve(&mut acc, |a, b| a + b).into();
    }
    total
}

/// `f` also takes the number of the column.
#[inline(always)]
fn total_columns<T: Copy, A: Copy + Default + std::ops::Add<Output = A> + Into<f64>>(
    x: &[&[T]],
    out: &mut [f64],
    f: impl Fn(T, usize) -> A,
) {
    let mut acc = [A::default(); COLUMNS];
    let acc = &mut acc[..x[0].len()];
    out.fill(0.0);
    for group in (0..x.len()).step_by(GROUP) {
        acc.fill(A::default());
        each_row(x, group, (group + GROUP).min(x.len()), acc, |a, v, i| a + f(v, i));
        for (out, a) in out.iter_mut().zip(acc.iter()) {
            *out += (*a).into();
        }
    }
}

/// `acc[i] = f(acc[i], x[r][i], i)` for rows `from..to`, several at a time.
#[inline(always)]
fn each_row<T: Copy, A: Copy>(x: &[&[T]], from: usize, to: usize, acc: &mut [A], f: impl Fn(A, T, usize) -> A) {
    let n = acc.len();
    let mut r = from;
    while r + 4 <= to {
        let (a, b, c, d) = (&x[r][..n], &x[r + 1][..n], &x[r + 2][..n], &x[r + 3][..n]);
        for i in 0..n {
            acc[i] = f(f(f(f(acc[i], a[i], i), b[i], i), c[i], i), d[i], i);
        }
        r += 4;
    }
    for r in r..to {
        let row = &x[r][..n];
        for i in 0..n {
            acc[i] = f(acc[i], row[i], i);
        }
    }
}

#[inline(always)]
fn reduce<T: Copy>(x: &[T], start: T, f: impl Fn(T, T) -> T) -> T {
    let mut acc = [start; LANES];
    let lanes = x.chunks_exact(LANES);
    let rest = lanes.remainder();
    for chunk in lanes {
        for i in 0..LANES {
            acc[i] = f(acc[i], chunk[i]);
        }
    }
    for i in 0..rest.len() {
        acc[i] = f(acc[i], rest[i]);
    }
    halve(&mut acc, f)
}

/// The best element by `pick`, which keeps its first argument where the second one is NaN; NaN where one is.
#[inline(always)]
#[allow(clippy::eq_op)] // NaN, in types that have it
fn extreme<T: Copy + PartialOrd>(x: &[T], pick: impl Fn(T, T) -> T) -> T {
    let (mut acc, mut bad) = ([x[0]; LANES], [0u32; LANES]);
    let pairs = x.chunks_exact(2 * LANES);
    let rest = pairs.remainder();
    for pair in pairs {
        let (a, b) = pair.split_at(LANES);
        for i in 0..LANES {
            acc[i] = pick(pick(acc[i], a[i]), b[i]);
            bad[i] |= u32::from((a[i] != a[i]) | (b[i] != b[i]));
        }
    }
    for (i, v) in rest.iter().enumerate() {
        let i = i % LANES;
        acc[i] = pick(acc[i], *v);
        bad[i] |= u32::from(*v != *v);
    }
    if bad.iter().fold(0, |any, bad| any | bad) != 0 {
        return x[first(x, |v| v != v)];
    }
    halve(&mut acc, pick)
}

#[inline(always)]
fn reduce_columns<T: Copy>(x: &[&[T]], out: &mut [T], f: impl Fn(T, T) -> T) {
    out.copy_from_slice(x[0]);
    each_row(x, 1, x.len(), out, |a, v, _| f(a, v));
}

#[inline(always)]
pub(super) fn halve<T: Copy>(acc: &mut [T; LANES], f: impl Fn(T, T) -> T) -> T {
    // of known widths, so that all of it is vector code
    #[inline(always)]
    fn step<T: Copy, const WIDTH: usize>(acc: &mut [T; LANES], f: &impl Fn(T, T) -> T) {
        for i in 0..WIDTH {
            acc[i] = f(acc[i], acc[i + WIDTH]);
        }
    }
    step::<T, 32>(acc, &f);
    step::<T, 16>(acc, &f);
    step::<T, 8>(acc, &f);
    step::<T, 4>(acc, &f);
    step::<T, 2>(acc, &f);
    f(acc[0], acc[1])
}

/// Where the first element lies for which `f` holds; 0 for none.
#[inline(always)]
fn first<T: Copy>(x: &[T], f: impl Fn(T) -> bool) -> usize {
    for (i, block) in x.chunks(256).enumerate() {
        if block.iter().fold(false, |found, v| found | f(*v)) {
            return i * 256 + block.iter().position(|v| f(*v)).unwrap_or(0);
        }
    }
    0
}

/// `better(x, best)`: whether an element replaces the best one before it.
#[inline(always)]
fn places<T: Copy>(x: &[&[T]], out: &mut [T], places: &mut [i64], better: impl Fn(T, T) -> bool) {
    let n = x[0].len();
    let mut at = [0u32; COLUMNS];
    let (at, out) = (&mut at[..n], &mut out[..n]);
    out.copy_from_slice(x[0]);
    for r in 1..x.len() {
        let row = &x[r][..n];
        for i in 0..n {
            let replaces = better(row[i], out[i]);
            out[i] = if replaces { row[i] } else { out[i] };
            at[i] = if replaces { r as u32 } else { at[i] };
        }
    }
    for (place, at) in places.iter_mut().zip(at.iter()) {
        *place = i64::from(*at);
    }
}

#[inline(always)]
fn count<T: Copy>(x: &[T], truth: impl Fn(T) -> bool) -> usize {
    let mut total = 0;
    // so few that a byte holds the count of a lane
    for block in x.chunks(LANES * 255) {
        let mut acc = [0u8; LANES];
        let lanes = block.chunks_exact(LANES);
        total += lanes.remainder().iter().filter(|v| truth(**v)).count();
        for chunk in lanes {
            for i in 0..LANES {
                acc[i] += u8::from(truth(chunk[i]));
            }
        }
        total += acc.iter().map(|n| usize::from(*n)).sum::<usize>();
    }
    total
}

#[inline(always)]
fn count_columns<T: Copy>(x: &[&[T]], out: &mut [i64], truth: impl Fn(T) -> bool) {
    let mut acc = [0u8; COLUMNS];
    let acc = &mut acc[..x[0].len()];
    out.fill(0);
    for group in (0..x.len()).step_by(255) {
        acc.fill(0);
        each_row(x, group, (group + 255).min(x.len()), acc, |a, v, _| a + u8::from(truth(v)));
        for (out, a) in out.iter_mut().zip(acc.iter()) {
            *out += i64::from(*a);
        }
    }
}

macro_rules! real {
    ($module:ident, $t:ty, $simd:ident, $m:ident, $exp:expr) => {
        mod $module {
            use super::*;
            crate::$simd! {
                pub fn exps<$m>(x: &[$t], shift: $t) -> f64 {
                    total(x, |v| $exp(v - shift))
                }
                pub fn exps_columns<$m>(x: &[&[$t]], shifts: &[$t], out: &mut [f64]) {
                    let shifts = &shifts[..x[0].len()];
                    total_columns(x, out, |v, i| $exp(v - shifts[i]));
                }
                pub fn sum<M>(x: &[$t]) -> f64 {
                    total(x, |v| v)
                }
                pub fn sum_columns<M>(x: &[&[$t]], out: &mut [f64]) {
                    total_columns(x, out, |v, _| v);
                }
                pub fn nansum<M>(x: &[$t]) -> f64 {
                    total(x, |v| if v.is_nan() { 0.0 } else { v })
                }
                pub fn nansum_columns<M>(x: &[&[$t]], out: &mut [f64]) {
                    total_columns(x, out, |v, _| if v.is_nan() { 0.0 } else { v });
                }
                pub fn sizes<M>(x: &[$t]) -> f64 {
                    total(x, <$t>::abs)
                }
                pub fn sizes_columns<M>(x: &[&[$t]], out: &mut [f64]) {
                    total_columns(x, out, |v, _| v.abs());
                }
                pub fn squares<M>(x: &[$t]) -> f64 {
                    total(x, |v| v * v)
                }
                pub fn squares_columns<M>(x: &[&[$t]], out: &mut [f64]) {
                    total_columns(x, out, |v, _| v * v);
                }
                pub fn spread<M>(x: &[$t], centre: f64) -> f64 {
                    total(x, |v| (f64::from(v) - centre) * (f64::from(v) - centre))
                }
                pub fn spread_columns<M>(x: &[&[$t]], centres: &[f64], out: &mut [f64]) {
                    let centres = &centres[..x[0].len()];
                    total_columns(x, out, |v, i| (f64::from(v) - centres[i]) * (f64::from(v) - centres[i]));
                }
            }
        }

        impl Reduce for $t {
            delegate! {
                $module:
                fn sum(x: &[Self]) -> f64;
                fn sum_columns(x: &[&[Self]], out: &mut [f64]);
                fn nansum(x: &[Self]) -> f64;
                fn nansum_columns(x: &[&[Self]], out: &mut [f64]);
                fn sizes(x: &[Self]) -> f64;
                fn sizes_columns(x: &[&[Self]], out: &mut [f64]);
                fn squares(x: &[Self]) -> f64;
                fn squares_columns(x: &[&[Self]], out: &mut [f64]);
                fn spread(x: &[Self], centre: f64) -> f64;
                fn spread_columns(x: &[&[Self]], centres: &[f64], out: &mut [f64]);
                fn exps(x: &[Self], shift: Self) -> f64;
                fn exps_columns(x: &[&[Self]], shifts: &[Self], out: &mut [f64]);
            }
        }
    };
}

macro_rules! delegate {
    ($module:ident: $(fn $name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)?;)*) => {$(
        fn $name($($arg: $ty),*) $(-> $ret)? {
            $module::$name($($arg),*)
        }
    )*};
}

macro_rules! ordered {
    ($module:ident, $t:ty, $simd:ident, $one:expr, $times:expr) => {
        #[allow(clippy::eq_op)] // NaN, in types that have it
        mod $module {
            use super::*;

            #[inline(always)]
            fn above(a: $t, b: $t) -> $t {
                if a > b || a != a {
                    a
                } else {
                    b
                }
            }
            #[inline(always)]
            fn below(a: $t, b: $t) -> $t {
                if a < b || a != a {
                    a
                } else {
                    b
                }
            }

            crate::$simd! {
                pub fn product<M>(x: &[$t]) -> $t {
                    reduce(x, $one, $times)
                }
                pub fn product_columns<M>(x: &[&[$t]], out: &mut [$t]) {
                    out.fill($one);
                    each_row(x, 0, x.len(), out, |a, v, _| $times(a, v));
                }
                pub fn largest<M>(x: &[$t]) -> $t {
                    extreme(x, |a, b| if b > a { b } else { a })
                }
                pub fn largest_columns<M>(x: &[&[$t]], out: &mut [$t]) {
                    reduce_columns(x, out, above);
                }
                pub fn smallest<M>(x: &[$t]) -> $t {
                    extreme(x, |a, b| if b < a { b } else { a })
                }
                pub fn smallest_columns<M>(x: &[&[$t]], out: &mut [$t]) {
                    reduce_columns(x, out, below);
                }
                pub fn place<M>(x: &[$t], v: $t) -> usize {
                    first(x, |u| u == v || (u != u && v != v))
                }
                pub fn largest_places<M>(x: &[&[$t]], out: &mut [$t], at: &mut [i64]) {
                    places(x, out, at, |v, best| v > best || (v != v && best == best));
                }
                pub fn smallest_places<M>(x: &[&[$t]], out: &mut [$t], at: &mut [i64]) {
                    places(x, out, at, |v, best| v < best || (v != v && best == best));
                }
            }
        }

        impl Ordered for $t {
            delegate! {
                $module:
                fn product(x: &[Self]) -> Self;
                fn product_columns(x: &[&[Self]], out: &mut [Self]);
                fn largest(x: &[Self]) -> Self;
                fn largest_columns(x: &[&[Self]], out: &mut [Self]);
                fn smallest(x: &[Self]) -> Self;
                fn smallest_columns(x: &[&[Self]], out: &mut [Self]);
                fn place(x: &[Self], v: Self) -> usize;
                fn largest_places(x: &[&[Self]], out: &mut [Self], places: &mut [i64]);
                fn smallest_places(x: &[&[Self]], out: &mut [Self], places: &mut [i64]);
            }
        }
    };
}

macro_rules! truth {
    ($module:ident, $t:ty, $zero:expr) => {
        mod $module {
            crate::simd_light_fn! {
                pub fn count<M>(x: &[$t]) -> usize {
                    super::count(x, |v| v != $zero)
                }
                pub fn count_columns<M>(x: &[&[$t]], out: &mut [i64]) {
                    super::count_columns(x, out, |v| v != $zero);
                }
            }
        }

        impl Truth for $t {
            delegate! {
                $module:
                fn count(x: &[Self]) -> usize;
                fn count_columns(x: &[&[Self]], out: &mut [i64]);
            }
        }
    };
}

macro_rules! whole {
    ($module:ident, $t:ty) => {
        mod $module {
            use super::*;
            crate::simd_light_fn! {
                pub fn sum<M>(x: &[$t]) -> $t {
                    reduce(x, 0, <$t>::wrapping_add)
                }
                pub fn sum_columns<M>(x: &[&[$t]], out: &mut [$t]) {
                    out.fill(0);
                    each_row(x, 0, x.len(), out, |a, v, _| a.wrapping_add(v));
                }
            }
        }
    };
}

real!(single, f32, simd_fn, M, math::exp::<M>);
real!(double, f64, simd_light_fn, M, f64::exp);
ordered!(single_order, f32, simd_fn, 1.0, |a: f32, b: f32| a * b);
ordered!(double_order, f64, simd_light_fn, 1.0, |a: f64, b: f64| a * b);
ordered!(whole_order, i64, simd_light_fn, 1, i64::wrapping_mul);
truth!(single_truth, f32, 0.0);
truth!(double_truth, f64, 0.0);
truth!(whole_truth, i64, 0);
truth!(byte_truth, u8, 0);
whole!(whole_sum, i64);

pub use whole_sum::{sum as sum_i64, sum_columns as sum_columns_i64};

#[cfg(test)]
mod tests {
    use super::super::tests::for_each_isa;
    use super::*;

    fn numbers(n: usize) -> Vec<f32> {
        (0..n).map(|i| ((i * 7919) % 1009) as f32 / 64.0 - 7.0).collect()
    }

    #[test]
    fn columns_give_what_rows_give() {
        for_each_isa(|isa| {
            for (rows, cols) in [(1, 1), (3, 8), (4, 70), (300, 9), (77, 512)] {
                let x = numbers(rows * cols);
                let parts: Vec<&[f32]> = x.chunks(cols).collect();
                let column = |c: usize| -> Vec<f32> { parts.iter().map(|row| row[c]).collect() };
                type Sums = (fn(&[f32]) -> f64, fn(&[&[f32]], &mut [f64]));
                let sums: [Sums; 4] = [
                    (f32::sum, f32::sum_columns),
                    (f32::nansum, f32::nansum_columns),
                    (f32::sizes, f32::sizes_columns),
                    (f32::squares, f32::squares_columns),
                ];
                for (row, columns) in sums {
                    let mut out = vec![f64::NAN; cols];
                    columns(&parts, &mut out);
                    for (c, y) in out.iter().enumerate() {
                        let e = row(&column(c));
                        assert!((y - e).abs() <= 1e-4 * e.abs().max(1.0), "{isa:?} {rows} {cols}: {y} {e}");
                    }
                }
                type Picks = (fn(&[f32]) -> f32, fn(&[&[f32]], &mut [f32]));
                let picks: [Picks; 2] = [(f32::largest, f32::largest_columns), (f32::smallest, f32::smallest_columns)];
                for (row, columns) in picks {
                    let mut out = vec![f32::NAN; cols];
                    columns(&parts, &mut out);
                    assert!(out.iter().enumerate().all(|(c, y)| *y == row(&column(c))));
                }
                let (mut out, mut at, mut counts) = (vec![0.0; cols], vec![-1; cols], vec![-1; cols]);
                f32::largest_places(&parts, &mut out, &mut at);
                f32::count_columns(&parts, &mut counts);
                for c in 0..cols {
                    let x = column(c);
                    assert_eq!((out[c], at[c]), (f32::largest(&x), f32::place(&x, f32::largest(&x)) as i64));
                    assert_eq!(counts[c], x.iter().filter(|v| **v != 0.0).count() as i64);
                }
            }
        });
    }

    #[test]
    fn nan_is_above_and_below_all() {
        for_each_isa(|_| {
            for at in [0, 63, 64, 70, 199] {
                let mut x = numbers(200);
                x[at] = f32::NAN;
                assert!(f32::largest(&x).is_nan() && f32::smallest(&x).is_nan(), "{at}");
                assert_eq!(f32::place(&x, f32::NAN), at);
                let parts: Vec<&[f32]> = x.chunks(2).collect();
                let (mut out, mut places) = ([0.0; 2], [0; 2]);
                f32::smallest_places(&parts, &mut out, &mut places);
                assert!(out[at % 2].is_nan() && places[at % 2] == at as i64 / 2);
            }
        });
    }

    #[test]
    fn sums_of_many_and_counts() {
        for_each_isa(|_| {
            let x: Vec<f32> = (0..100_000).map(|i| (i % 97) as f32).collect();
            let exact: f64 = x.iter().map(|x| f64::from(*x)).sum();
            assert_eq!(f32::sum(&x), exact);
            assert_eq!(f32::count(&x), x.iter().filter(|v| **v != 0.0).count());
            let bytes = vec![1u8; 70_000];
            assert_eq!((u8::count(&bytes), any(&bytes), all(&bytes)), (70_000, true, true));
            assert_eq!((any(&[0u8; 5000]), all::<u8>(&[]), i64::product(&[3, -2, 7])), (false, true, -42));
        });
    }
}
