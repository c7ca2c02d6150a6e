//! Element types and the promotion lattice.

use std::fmt;

use half::{bf16, f16};
use num_complex::{Complex32, Complex64};

/// PyTorch's `ScalarType`; the discriminant is the integer that scripts and archives see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum DType {
    U8 = 0,
    I8 = 1,
    I16 = 2,
    I32 = 3,
    I64 = 4,
    F16 = 5,
    F32 = 6,
    F64 = 7,
    C32 = 8,
    C64 = 9,
    C128 = 10,
    Bool = 11,
    QI8 = 12,
    QU8 = 13,
    QI32 = 14,
    BF16 = 15,
    QU4x2 = 16,
    QU2x4 = 17,
    Bits1x8 = 18,
    Bits2x4 = 19,
    Bits4x2 = 20,
    Bits8 = 21,
    Bits16 = 22,
    F8E5M2 = 23,
    F8E4M3Fn = 24,
    F8E5M2Fnuz = 25,
    F8E4M3Fnuz = 26,
    U16 = 27,
    U32 = 28,
    U64 = 29,
}

/// Type promotion works by category first: a higher category wins over a wider dtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Bool,
    Int,
    Float,
    Complex,
}

/// Per dtype: itemsize in bytes, name in C++ (`Float`), name in Python (`torch.float32`), storage class in pickles.
const INFO: [(DType, usize, &str, &str, &str); 30] = [
    (DType::U8, 1, "Byte", "uint8", "ByteStorage"),
    (DType::I8, 1, "Char", "int8", "CharStorage"),
    (DType::I16, 2, "Short", "int16", "ShortStorage"),
    (DType::I32, 4, "Int", "int32", "IntStorage"),
    (DType::I64, 8, "Long", "int64", "LongStorage"),
    (DType::F16, 2, "Half", "float16", "HalfStorage"),
    (DType::F32, 4, "Float", "float32", "FloatStorage"),
    (DType::F64, 8, "Double", "float64", "DoubleStorage"),
    (DType::C32, 4, "ComplexHalf", "complex32", "ComplexHalfStorage"),
    (DType::C64, 8, "ComplexFloat", "complex64", "ComplexFloatStorage"),
    (DType::C128, 16, "ComplexDouble", "complex128", "ComplexDoubleStorage"),
    (DType::Bool, 1, "Bool", "bool", "BoolStorage"),
    (DType::QI8, 1, "QInt8", "qint8", "QInt8Storage"),
    (DType::QU8, 1, "QUInt8", "quint8", "QUInt8Storage"),
    (DType::QI32, 4, "QInt32", "qint32", "QInt32Storage"),
    (DType::BF16, 2, "BFloat16", "bfloat16", "BFloat16Storage"),
    (DType::QU4x2, 1, "QUInt4x2", "quint4x2", "QUInt4x2Storage"),
    (DType::QU2x4, 1, "QUInt2x4", "quint2x4", "QUInt2x4Storage"),
    (DType::Bits1x8, 1, "Bits1x8", "bits1x8", "Bits1x8Storage"),
    (DType::Bits2x4, 1, "Bits2x4", "bits2x4", "Bits2x4Storage"),
    (DType::Bits4x2, 1, "Bits4x2", "bits4x2", "Bits4x2Storage"),
    (DType::Bits8, 1, "Bits8", "bits8", "Bits8Storage"),
    (DType::Bits16, 2, "Bits16", "bits16", "Bits16Storage"),
    (DType::F8E5M2, 1, "Float8_e5m2", "float8_e5m2", "Float8_e5m2Storage"),
    (DType::F8E4M3Fn, 1, "Float8_e4m3fn", "float8_e4m3fn", "Float8_e4m3fnStorage"),
    (DType::F8E5M2Fnuz, 1, "Float8_e5m2fnuz", "float8_e5m2fnuz", "Float8_e5m2fnuzStorage"),
    (DType::F8E4M3Fnuz, 1, "Float8_e4m3fnuz", "float8_e4m3fnuz", "Float8_e4m3fnuzStorage"),
    (DType::U16, 2, "UInt16", "uint16", "UInt16Storage"),
    (DType::U32, 4, "UInt32", "uint32", "UInt32Storage"),
    (DType::U64, 8, "UInt64", "uint64", "UInt64Storage"),
];

impl DType {
    pub fn all() -> impl Iterator<Item = DType> {
        INFO.iter().map(|row| row.0)
    }
    /// The integer that scripts use.
    pub fn code(self) -> i64 {
        self as i64
    }
    pub fn from_code(code: i64) -> Option<DType> {
        usize::try_from(code).ok().and_then(|i| INFO.get(i)).map(|row| row.0)
    }
    /// Bytes per element.
    pub fn itemsize(self) -> usize {
        INFO[self as usize].1
    }
    /// Elements that share one byte: 2 of `QU4x2`, 4 of `QU2x4`, 1 of the others.
    pub fn per_byte(self) -> usize {
        match self {
            DType::QU4x2 => 2,
            DType::QU2x4 => 4,
            _ => 1,
        }
    }
    /// Bytes that `n` elements in a row take; `None` when the number does not fit.
    pub fn bytes_for(self, n: usize) -> Option<usize> {
        match self.per_byte() {
            1 => n.checked_mul(self.itemsize()),
            k => Some(n.div_ceil(k)),
        }
    }
    /// `Float`, `Long`: the name in C++ messages and graphs.
    pub fn name(self) -> &'static str {
        INFO[self as usize].2
    }
    /// `float32`, `int64`: the name in Python.
    pub fn python_name(self) -> &'static str {
        INFO[self as usize].3
    }
    /// `FloatStorage`: the storage class in pickles.
    pub fn storage_name(self) -> &'static str {
        INFO[self as usize].4
    }
    pub fn from_storage_name(name: &str) -> Option<DType> {
        INFO.iter().find(|row| row.4 == name).map(|row| row.0)
    }
    /// From a Python name or one of its aliases (`float`, `double`, `half`, `long`, `int`, …).
    pub fn from_python_name(name: &str) -> Option<DType> {
        let alias = match name {
            "float" => DType::F32,
            "double" => DType::F64,
            "half" => DType::F16,
            "long" => DType::I64,
            "int" => DType::I32,
            "short" => DType::I16,
            "chalf" => DType::C32,
            "cfloat" => DType::C64,
            "cdouble" => DType::C128,
            _ => return INFO.iter().find(|row| row.3 == name).map(|row| row.0),
        };
        Some(alias)
    }
    pub fn category(self) -> Category {
        match self {
            DType::Bool => Category::Bool,
            DType::C32 | DType::C64 | DType::C128 => Category::Complex,
            d if d.is_floating_point() => Category::Float,
            _ => Category::Int,
        }
    }
    pub fn is_floating_point(self) -> bool {
        matches!(
            self,
            DType::F16
                | DType::F32
                | DType::F64
                | DType::BF16
                | DType::F8E5M2
                | DType::F8E4M3Fn
                | DType::F8E5M2Fnuz
                | DType::F8E4M3Fnuz
        )
    }
    pub fn is_complex(self) -> bool {
        matches!(self, DType::C32 | DType::C64 | DType::C128)
    }
    pub fn is_quantized(self) -> bool {
        matches!(self, DType::QI8 | DType::QU8 | DType::QI32 | DType::QU4x2 | DType::QU2x4)
    }
    /// Integers, optionally counting bool.
    pub fn is_integral(self, include_bool: bool) -> bool {
        match self.category() {
            Category::Int => !self.is_quantized(),
            Category::Bool => include_bool,
            _ => false,
        }
    }
    pub fn is_signed(self) -> bool {
        !matches!(self, DType::U8 | DType::U16 | DType::U32 | DType::U64 | DType::Bool | DType::QU8)
    }
    /// The real dtype of a complex one's parts; itself otherwise.
    pub fn to_real(self) -> DType {
        match self {
            DType::C32 => DType::F16,
            DType::C64 => DType::F32,
            DType::C128 => DType::F64,
            d => d,
        }
    }
    /// The complex dtype whose parts have this dtype.
    pub fn to_complex(self) -> DType {
        match self {
            DType::F16 => DType::C32,
            DType::F64 => DType::C128,
            d if d.is_complex() => d,
            _ => DType::C64,
        }
    }
    /// The integer dtype that holds a quantized dtype's values.
    pub fn underlying(self) -> DType {
        match self {
            DType::QI8 => DType::I8,
            DType::QU8 => DType::U8,
            DType::QI32 => DType::I32,
            d => d,
        }
    }
    /// Whether a value of this dtype may be stored in `to` by an in-place operator: not from a higher category to a
    /// lower one.
    pub fn can_cast(self, to: DType) -> bool {
        match (self.category(), to.category()) {
            (Category::Complex, c) => c == Category::Complex,
            (Category::Float, c) => c >= Category::Float,
            (Category::Int, c) => c != Category::Bool,
            (Category::Bool, _) => true,
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// `torch.promote_types`: the smallest dtype that holds both.
pub fn promote_types(a: DType, b: DType) -> DType {
    use DType::*;
    if a == b {
        return a;
    }
    let (ca, cb) = (a.category(), b.category());
    if ca != cb {
        let (hi, lo) = if ca > cb { (a, b) } else { (b, a) };
        return match (hi, lo) {
            // a double next to a smaller complex widens it
            (C64 | C32, F64) => C128,
            (C32, F32 | BF16) => C64,
            _ => hi,
        };
    }
    match (a, b) {
        (F64, _) | (_, F64) => F64,
        (F32, _) | (_, F32) => F32,
        (F16, BF16) | (BF16, F16) => F32,
        (F16, _) | (_, F16) => F16,
        (BF16, _) | (_, BF16) => BF16,
        (C128, _) | (_, C128) => C128,
        (C64, _) | (_, C64) => C64,
        (U8, I8) | (I8, U8) => I16,
        _ if a.is_integral(false) && b.is_integral(false) => match (a.is_signed(), b.is_signed()) {
            (true, true) | (false, false) => {
                if a.itemsize() >= b.itemsize() {
                    a
                } else {
                    b
                }
            }
            (signed, _) => {
                let (s, u) = if signed { (a, b) } else { (b, a) };
                if s.itemsize() > u.itemsize() {
                    s
                } else {
                    I64
                }
            }
        },
        _ => a,
    }
}

/// A Rust type that tensor memory holds. Sealed by its constants: implemented for the types below only.
pub trait Element: Copy + Default + Send + Sync + PartialEq + fmt::Debug + 'static {
    const DTYPE: DType;
    const KIND: Category;
    fn from_f64(v: f64) -> Self;
    fn from_i64(v: i64) -> Self;
    fn from_complex(v: Complex64) -> Self;
    fn to_f64(self) -> f64;
    /// Floats truncate towards zero; what does not fit is `i64::MIN`, as on x86.
    fn to_i64(self) -> i64;
    fn to_complex(self) -> Complex64 {
        Complex64::new(self.to_f64(), 0.0)
    }
    fn from_scalar(v: super::Scalar) -> Self {
        match v {
            super::Scalar::Bool(b) => Self::from_i64(b as i64),
            super::Scalar::Int(i) => Self::from_i64(i),
            super::Scalar::Float(f) => Self::from_f64(f),
            super::Scalar::Complex(c) => Self::from_complex(c),
        }
    }
}

/// Converts an element as PyTorch's `to(dtype)` does: exactly where possible, integers wrapping, floats truncating.
#[inline]
pub fn cast<S: Element, D: Element>(value: S) -> D {
    match S::KIND {
        Category::Bool | Category::Int => D::from_i64(value.to_i64()),
        Category::Float => D::from_f64(value.to_f64()),
        Category::Complex => D::from_complex(value.to_complex()),
    }
}

/// Truncation towards zero with x86's answer for what does not fit.
#[inline]
pub(crate) fn f64_to_i64(v: f64) -> i64 {
    if v >= -9.223_372_036_854_775_8e18 && v < 9.223_372_036_854_775_8e18 {
        v as i64
    } else {
        i64::MIN
    }
}

/// [`f64_to_i64`] to 32 bits: what does not fit is their least number, whose low bytes are 0.
#[inline]
pub(crate) fn f64_to_i32(v: f64) -> i32 {
    if v > -2_147_483_649.0 && v < 2_147_483_648.0 {
        v as i32
    } else {
        i32::MIN
    }
}

macro_rules! int_element {
    ($($t:ty => $d:ident by $whole:ident),*) => { $(
        impl Element for $t {
            const DTYPE: DType = DType::$d;
            const KIND: Category = Category::Int;
            #[inline] fn from_f64(v: f64) -> Self { $whole(v) as $t }
            #[inline] fn from_i64(v: i64) -> Self { v as $t }
            #[inline] fn from_complex(v: Complex64) -> Self { $whole(v.re) as $t }
            #[inline] fn to_f64(self) -> f64 { self as f64 }
            #[inline] fn to_i64(self) -> i64 { self as i64 }
        }
    )* };
}
int_element!(
    u8 => U8 by f64_to_i64, i8 => I8 by f64_to_i32, i16 => I16 by f64_to_i32, i32 => I32 by f64_to_i32,
    i64 => I64 by f64_to_i64, u16 => U16 by f64_to_i32, u32 => U32 by f64_to_i64, u64 => U64 by f64_to_i64
);

macro_rules! float_element {
    ($($t:ty => $d:ident, $from:expr, $int:expr, $to:expr);*) => { $(
        impl Element for $t {
            const DTYPE: DType = DType::$d;
            const KIND: Category = Category::Float;
            #[inline] fn from_f64(v: f64) -> Self { $from(v) }
            #[inline] fn from_i64(v: i64) -> Self { $int(v) }
            #[inline] fn from_complex(v: Complex64) -> Self { $from(v.re) }
            #[inline] fn to_f64(self) -> f64 { $to(self) }
            #[inline] fn to_i64(self) -> i64 { f64_to_i64($to(self)) }
        }
    )* };
}
// Half precision rounds by way of float32, as PyTorch does.
float_element!(
    f32 => F32, |v: f64| v as f32, |v: i64| v as f32, |v: f32| v as f64;
    f64 => F64, |v: f64| v, |v: i64| v as f64, |v: f64| v;
    f16 => F16, |v: f64| f16::from_f32(v as f32), |v: i64| f16::from_f32(v as f32), |v: f16| v.to_f32() as f64;
    bf16 => BF16, |v: f64| bf16::from_f32(v as f32), |v: i64| bf16::from_f32(v as f32), |v: bf16| v.to_f32() as f64
);

impl Element for bool {
    const DTYPE: DType = DType::Bool;
    const KIND: Category = Category::Bool;
    #[inline]
    fn from_f64(v: f64) -> Self {
        v != 0.0
    }
    #[inline]
    fn from_i64(v: i64) -> Self {
        v != 0
    }
    #[inline]
    fn from_complex(v: Complex64) -> Self {
        v.re != 0.0 || v.im != 0.0
    }
    #[inline]
    fn to_f64(self) -> f64 {
        self as u8 as f64
    }
    #[inline]
    fn to_i64(self) -> i64 {
        self as i64
    }
}

macro_rules! complex_element {
    ($($t:ty, $part:ty => $d:ident);*) => { $(
        impl Element for $t {
            const DTYPE: DType = DType::$d;
            const KIND: Category = Category::Complex;
            #[inline] fn from_f64(v: f64) -> Self { Self::new(v as $part, 0.0) }
            #[inline] fn from_i64(v: i64) -> Self { Self::new(v as $part, 0.0) }
            #[inline] fn from_complex(v: Complex64) -> Self { Self::new(v.re as $part, v.im as $part) }
            #[inline] fn to_f64(self) -> f64 { self.re as f64 }
            #[inline] fn to_i64(self) -> i64 { f64_to_i64(self.re as f64) }
            #[inline] fn to_complex(self) -> Complex64 { Complex64::new(self.re as f64, self.im as f64) }
        }
    )* };
}
complex_element!(Complex32, f32 => C64; Complex64, f64 => C128);

#[cfg(test)]
mod tests {
    use super::DType::*;
    use super::*;

    #[test]
    fn promotion() {
        for (a, b, expected) in [
            (U8, I8, I16),
            (I32, I64, I64),
            (I64, F16, F16),
            (F16, BF16, F32),
            (F64, C64, C128),
            (Bool, U8, U8),
            (U8, I32, I32),
            (C32, F32, C64),
        ] {
            assert_eq!((promote_types(a, b), promote_types(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn info_rows_stand_at_their_code() {
        for (code, dtype) in DType::all().enumerate() {
            assert_eq!(dtype.code(), code as i64);
        }
    }
}
