//! Numbers of the reference: as wide as there are, rounded to a dtype only when a result is stored.

use sconce::{Complex, DType, IValue, Tensor};

#[derive(Clone, Copy)]
pub enum Num {
    /// Integers, and bools as 0 and 1.
    I(i64),
    F(f64),
    C(Complex),
}

impl std::fmt::Debug for Num {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Num::I(v) => write!(f, "{v}"),
            Num::F(v) => write!(f, "{v:?}"),
            Num::C(v) => write!(f, "({:?}, {:?})", v.re, v.im),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Bool,
    Int,
    Float,
    Complex,
}

pub fn class(dtype: DType) -> Class {
    match dtype {
        DType::Bool => Class::Bool,
        DType::U8 | DType::I8 | DType::I16 | DType::I32 | DType::I64 => Class::Int,
        d if d.is_complex() => Class::Complex,
        _ => Class::Float,
    }
}

impl Num {
    pub fn i(self) -> i64 {
        match self {
            Num::I(v) => v,
            Num::F(v) => v as i64,
            Num::C(v) => v.re as i64,
        }
    }
    pub fn f(self) -> f64 {
        match self {
            Num::I(v) => v as f64,
            Num::F(v) => v,
            Num::C(v) => v.re,
        }
    }
    /// The absolute value.
    pub fn size(self) -> f64 {
        self.c().norm()
    }
    pub fn c(self) -> Complex {
        match self {
            Num::C(v) => v,
            other => Complex::new(other.f(), 0.0),
        }
    }
    fn is_zero(self) -> bool {
        match self {
            Num::I(v) => v == 0,
            Num::F(v) => v == 0.0,
            Num::C(v) => v.re == 0.0 && v.im == 0.0,
        }
    }

    /// As a tensor of the dtype would hold it.
    pub fn to(self, dtype: DType) -> Num {
        let int = |v: i64| match dtype {
            DType::U8 => v as u8 as i64,
            DType::I8 => v as i8 as i64,
            DType::I16 => v as i16 as i64,
            DType::I32 => v as i32 as i64,
            _ => v,
        };
        match class(dtype) {
            Class::Bool => Num::I(!self.is_zero() as i64),
            // as processors convert it
            Class::Int if self.f().is_nan() => Num::I(if dtype.itemsize() >= 4 { limits(dtype).0 } else { 0 }),
            Class::Int => Num::I(int(self.i())),
            Class::Float => Num::F(round(self.f(), dtype)),
            Class::Complex => {
                let (v, real) = (self.c(), dtype.to_real());
                Num::C(Complex::new(round(v.re, real), round(v.im, real)))
            }
        }
    }
}

/// To the nearest number of a float dtype; half types round what `f32` holds.
pub fn round(v: f64, dtype: DType) -> f64 {
    match dtype {
        DType::F32 => v as f32 as f64,
        DType::F16 => half::f16::from_f32(v as f32).to_f64(),
        DType::BF16 => half::bf16::from_f32(v as f32).to_f64(),
        _ => v,
    }
}

/// How many bits of a number a dtype keeps, and the exponent of its smallest normal number.
fn precision(dtype: DType) -> (i32, i32) {
    match dtype {
        DType::F16 => (11, -14),
        DType::BF16 => (8, -126),
        DType::F32 => (24, -126),
        _ => (53, -1022),
    }
}

/// The distance to the next number of the dtype at `v`.
pub fn ulp(v: f64, dtype: DType) -> f64 {
    let (bits, smallest) = precision(dtype);
    let exponent = if v == 0.0 || !v.is_finite() { smallest } else { libm::ilogb(v).max(smallest) };
    libm::ldexp(1.0, exponent + 1 - bits)
}

/// The dtype of two that keeps less of a number.
pub fn coarser(a: DType, b: DType) -> DType {
    if precision(a).0 < precision(b).0 {
        a
    } else {
        b
    }
}

/// The smallest and the largest number of a dtype of integers or bools.
pub fn limits(dtype: DType) -> (i64, i64) {
    match dtype {
        DType::Bool => (0, 1),
        DType::U8 => (0, 255),
        DType::I8 => (-128, 127),
        DType::I16 => (i16::MIN as i64, i16::MAX as i64),
        DType::I32 => (i32::MIN as i64, i32::MAX as i64),
        _ => (i64::MIN, i64::MAX),
    }
}

/// The largest finite number of a float dtype.
pub fn largest(dtype: DType) -> f64 {
    match dtype {
        DType::F16 => 65504.0,
        DType::BF16 => half::bf16::MAX.to_f64(),
        DType::F32 => f32::MAX as f64,
        _ => f64::MAX,
    }
}

/// A sum that keeps what its roundings lose.
pub fn total(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0f64, 0.0);
    for v in values {
        let next = sum + v;
        lost += if sum.abs() > v.abs() { sum - next + v } else { v - next + sum };
        sum = next;
    }
    if lost.is_finite() {
        sum + lost
    } else {
        sum
    }
}

/// Equal up to `slack`. Where a complex function has no finite value, any will do.
pub fn close(got: Num, expected: Num, slack: f64) -> bool {
    let near = |g: f64, e: f64| g == e || g.is_nan() && e.is_nan() || (g - e).abs() <= slack;
    match (got, expected) {
        (Num::I(g), Num::I(e)) => g == e,
        (Num::F(g), Num::F(e)) => near(g, e),
        (Num::C(g), Num::C(e)) => !e.is_finite() || near(g.re, e.re) && near(g.im, e.im),
        _ => false,
    }
}

/// A tensor as its elements in row-major order.
#[derive(Clone, Debug)]
pub struct Array {
    pub dtype: DType,
    pub sizes: Vec<i64>,
    pub data: Vec<Num>,
}

impl Array {
    pub fn of(x: &Tensor) -> Array {
        let data = match class(x.dtype()) {
            Class::Bool | Class::Int => x.to_vec::<i64>().expect("ints").into_iter().map(Num::I).collect(),
            Class::Float => x.to_vec::<f64>().expect("floats").into_iter().map(Num::F).collect(),
            Class::Complex => x.to_vec::<Complex>().expect("complex").into_iter().map(Num::C).collect(),
        };
        Array { dtype: x.dtype(), sizes: x.sizes().to_vec(), data }
    }
    pub fn to(&self, dtype: DType) -> Array {
        Array { dtype, sizes: self.sizes.clone(), data: self.data.iter().map(|v| v.to(dtype)).collect() }
    }
    /// The element of a broadcast tensor at `place` of the result.
    pub fn at(&self, place: &[i64]) -> Num {
        let skip = place.len() - self.sizes.len();
        let flat =
            self.sizes.iter().zip(&place[skip..]).fold(0, |n, (size, i)| n * size + if *size == 1 { 0 } else { *i });
        self.data[flat as usize]
    }
}

/// Every place of a shape in row-major order.
pub fn places(sizes: &[i64]) -> Vec<Vec<i64>> {
    let mut out = vec![Vec::new()];
    for size in sizes {
        out = out.into_iter().flat_map(|p| (0..*size).map(move |i| [&p[..], &[i]].concat())).collect();
    }
    out
}

/// The dtype of a result, by the rules that PyTorch documents: the highest category decides; in it, tensors with
/// dimensions go before zero-dimensional ones, and those before numbers.
pub fn result_type(args: &[&IValue]) -> DType {
    let rank = |v: &IValue| match v {
        IValue::Tensor(t) if t.dim() > 0 => 2,
        IValue::Tensor(_) => 1,
        _ => 0,
    };
    let dtype = |v: &IValue| match v {
        IValue::Tensor(t) => t.dtype(),
        IValue::Bool(_) => DType::Bool,
        IValue::Int(_) => DType::I64,
        IValue::Double(_) => DType::F32,
        _ => DType::C64,
    };
    let mut result: Option<DType> = None;
    for wanted in [2, 1, 0] {
        let of_rank: Vec<DType> = args.iter().filter(|v| rank(v) == wanted).map(|v| dtype(v)).collect();
        let Some(low) = of_rank.into_iter().reduce(promote) else { continue };
        result = Some(match result {
            None => low,
            Some(high) if class(low) == Class::Complex && class(high) == Class::Float => complex_of(high),
            Some(high) if class(low) > class(high) => low,
            Some(high) => high,
        });
    }
    result.unwrap_or(DType::F32)
}

fn complex_of(dtype: DType) -> DType {
    match dtype {
        DType::F64 => DType::C128,
        DType::F16 => DType::C32,
        _ => DType::C64,
    }
}

/// Of two dtypes of equal rank.
pub fn promote(a: DType, b: DType) -> DType {
    use DType::*;
    if a == b {
        return a;
    }
    let ((high, h), (_, l)) =
        if class(a) >= class(b) { ((a, class(a)), (b, class(b))) } else { ((b, class(b)), (a, class(a))) };
    let widest = |order: &[DType]| order.iter().copied().find(|d| *d == a || *d == b).unwrap_or(high);
    match (h, l) {
        (Class::Complex, Class::Complex) => widest(&[C128, C64]),
        (Class::Complex, Class::Float) if a == F64 || b == F64 => C128,
        (Class::Float, Class::Float) => match (a, b) {
            (F16, BF16) | (BF16, F16) => F32,
            _ => widest(&[F64, F32]),
        },
        (Class::Int, Class::Int) => match (a, b) {
            (U8, I8) | (I8, U8) => I16,
            _ => widest(&[I64, I32, I16]),
        },
        _ => high,
    }
}
