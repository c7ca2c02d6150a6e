//! Numbers outside tensors: Python's int, float, complex and bool, with the results that PyTorch gives.
//!
//! Integers wrap. Integer division and modulo by zero fail (PyTorch's `%` kills the process). The `Scalar` forms of
//! the `math` functions round to single precision, as PyTorch's do.

use super::{Eval, Op};
use crate::base::dtype::f64_to_i64;
use crate::base::{Complex, Scalar};
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};

/// Operators that are written out one by one.
pub const ARITHMETIC: &[Op] = &[
    op!("aten::add.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.wrapping_add(b) }),
    op!("aten::add.complex(complex a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a + b }),
    op!("aten::add.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { a + b }),
    op!("aten::add.int_complex(int a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a + b }),
    op!("aten::add.complex_int(complex a, int b) -> complex", |a: Complex, b: Complex| -> Complex { a + b }),
    op!("aten::add.float_complex(float a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a + b }),
    op!("aten::add.complex_float(complex a, float b) -> complex", |a: Complex, b: Complex| -> Complex { a + b }),
    op!("aten::add.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { a + b }),
    op!("aten::add.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { a + b }),
    op!("aten::add(Scalar a, Scalar b) -> Scalar", add(_, _)),
    op!("aten::sub.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.wrapping_sub(b) }),
    op!("aten::sub.complex(complex a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a - b }),
    op!("aten::sub.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { a - b }),
    op!("aten::sub.int_complex(int a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a - b }),
    op!("aten::sub.complex_int(complex a, int b) -> complex", |a: Complex, b: Complex| -> Complex { a - b }),
    op!("aten::sub.float_complex(float a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a - b }),
    op!("aten::sub.complex_float(complex a, float b) -> complex", |a: Complex, b: Complex| -> Complex { a - b }),
    op!("aten::sub.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { a - b }),
    op!("aten::sub.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { a - b }),
    op!("aten::sub(Scalar a, Scalar b) -> Scalar", sub(_, _)),
    op!("aten::mul.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.wrapping_mul(b) }),
    op!("aten::mul.complex(complex a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a * b }),
    op!("aten::mul.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { a * b }),
    op!("aten::mul.int_complex(int a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a * b }),
    op!("aten::mul.complex_int(complex a, int b) -> complex", |a: Complex, b: Complex| -> Complex { a * b }),
    op!("aten::mul.float_complex(float a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a * b }),
    op!("aten::mul.complex_float(complex a, float b) -> complex", |a: Complex, b: Complex| -> Complex { a * b }),
    op!("aten::mul.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { a * b }),
    op!("aten::mul.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { a * b }),
    op!("aten::mul(Scalar a, Scalar b) -> Scalar", mul(_, _)),
    op!("aten::div.int(int a, int b) -> float", |a: i64, b: i64| -> f64 { a as f64 / b as f64 }),
    op!("aten::div.complex(complex a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a / b }),
    op!("aten::div.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { a / b }),
    op!("aten::div(Scalar a, Scalar b) -> float", div(_, _)),
    op!("aten::floordiv.int(int a, int b) -> int", floor_div(_, _)),
    op!("aten::floordiv.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { (a / b).floor() }),
    op!("aten::floordiv.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { (a / b).floor() }),
    op!("aten::floordiv.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { (a / b).floor() }),
    op!("aten::floordiv(Scalar a, Scalar b) -> Scalar", floor_div_scalar(_, _)),
    op!("aten::__round_to_zero_floordiv.int(int a, int b) -> int", trunc_div(_, _)),
    op!("aten::remainder.int(int a, int b) -> int", remainder(_, _)),
    op!("aten::remainder.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { float_remainder(a, b) }),
    op!("aten::remainder.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { float_remainder(a, b) }),
    op!("aten::remainder.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { float_remainder(a, b) }),
    op!("aten::remainder(Scalar a, Scalar b) -> Scalar", remainder_scalar(_, _)),
    op!("aten::divmod.int(int x, int y) -> (int, int)", divmod(_, _)),
    op!("aten::divmod.float(float x, float y) -> (float, float)", float_divmod(_, _)),
    op!("aten::divmod.int_float(int x, float y) -> (float, float)", float_divmod(_, _)),
    op!("aten::divmod.float_int(float x, int y) -> (float, float)", float_divmod(_, _)),
    op!("aten::pow.int(int a, int b) -> float", power(_, _)),
    op!("aten::pow.complex(complex a, complex b) -> complex", |a: Complex, b: Complex| -> Complex {
        complex_pow(a, b)
    }),
    op!("aten::pow.float(float a, float b) -> float", power(_, _)),
    op!("aten::pow.int_float(int a, float b) -> float", power(_, _)),
    op!("aten::pow.float_int(float a, int b) -> float", power(_, _)),
    op!("aten::pow.float_complex(float a, complex b) -> complex", |a: Complex, b: Complex| -> Complex {
        complex_pow(a, b)
    }),
    op!("aten::pow.complex_float(complex a, float b) -> complex", |a: Complex, b: Complex| -> Complex {
        complex_pow(a, b)
    }),
    op!("aten::pow.Scalar_Scalar(Scalar a, Scalar b) -> float", pow_scalar(_, _)),
    op!("aten::pow.int_to_int(int a, int b) -> int", int_power(_, _)),
    op!("aten::neg.int(int a) -> int", |a: i64| -> i64 { a.wrapping_neg() }),
    op!("aten::neg.float(float a) -> float", |a: f64| -> f64 { -a }),
    op!("aten::neg.complex(complex a) -> complex", |a: Complex| -> Complex { -a }),
    op!("aten::neg.Scalar(Scalar a) -> Scalar", neg_scalar(_)),
    op!("prim::abs.int(int a) -> int", |a: i64| -> i64 { a.wrapping_abs() }),
    op!("prim::abs.float(float a) -> float", |a: f64| -> f64 { a.abs() }),
    op!("prim::abs.complex(complex a) -> float", |a: Complex| -> f64 { a.norm() }),
    op!("prim::abs.Scalar(Scalar a) -> Scalar", abs_scalar(_)),
    op!("aten::__and__.bool(bool a, bool b) -> bool", |a: bool, b: bool| -> bool { a & b }),
    op!("aten::__and__.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a & b }),
    op!("aten::__or__.bool(bool a, bool b) -> bool", |a: bool, b: bool| -> bool { a | b }),
    op!("aten::__or__.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a | b }),
    op!("aten::__xor__.bool(bool a, bool b) -> bool", |a: bool, b: bool| -> bool { a ^ b }),
    op!("aten::__xor__.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a ^ b }),
    op!("aten::__lshift__.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.wrapping_shl(b as u32) }),
    op!("aten::__rshift__.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.wrapping_shr(b as u32) }),
    op!("aten::__not__(bool self) -> bool", |a: bool| -> bool { !a }),
    op!("aten::eq.bool(bool a, bool b) -> bool", |a: IValue, b: IValue| -> bool { a.is_identical(&b) }),
    op!("aten::ne.bool(bool a, bool b) -> bool", |a: IValue, b: IValue| -> bool { !a.is_identical(&b) }),
    op!("aten::eq.int(int a, int b) -> bool", |a: i64, b: i64| -> bool { a == b }),
    op!("aten::eq.complex(complex a, complex b) -> bool", |a: Complex, b: Complex| -> bool { a == b }),
    op!("aten::eq.float(float a, float b) -> bool", |a: f64, b: f64| -> bool { a == b }),
    op!("aten::eq.int_float(int a, float b) -> bool", |a: f64, b: f64| -> bool { a == b }),
    op!("aten::eq.float_int(float a, int b) -> bool", |a: f64, b: f64| -> bool { a == b }),
    op!("aten::eq.float_complex(float a, complex b) -> bool", |a: Complex, b: Complex| -> bool { a == b }),
    op!("aten::eq.complex_float(complex a, float b) -> bool", |a: Complex, b: Complex| -> bool { a == b }),
    op!("aten::eq(Scalar a, Scalar b) -> bool", |a: Scalar, b: Scalar| -> bool { equal(a, b) }),
    op!("aten::ne.int(int a, int b) -> bool", |a: i64, b: i64| -> bool { a != b }),
    op!("aten::ne.complex(complex a, complex b) -> bool", |a: Complex, b: Complex| -> bool { a != b }),
    op!("aten::ne.float(float a, float b) -> bool", |a: f64, b: f64| -> bool { a != b }),
    op!("aten::ne.int_float(int a, float b) -> bool", |a: f64, b: f64| -> bool { a != b }),
    op!("aten::ne.float_int(float a, int b) -> bool", |a: f64, b: f64| -> bool { a != b }),
    op!("aten::ne.float_complex(float a, complex b) -> bool", |a: Complex, b: Complex| -> bool { a != b }),
    op!("aten::ne.complex_float(complex a, float b) -> bool", |a: Complex, b: Complex| -> bool { a != b }),
    op!("aten::ne(Scalar a, Scalar b) -> bool", |a: Scalar, b: Scalar| -> bool { !equal(a, b) }),
    op!("aten::lt.int(int a, int b) -> bool", |a: i64, b: i64| -> bool { a < b }),
    op!("aten::lt.float(float a, float b) -> bool", |a: f64, b: f64| -> bool { a < b }),
    op!("aten::lt.int_float(int a, float b) -> bool", |a: f64, b: f64| -> bool { a < b }),
    op!("aten::lt.float_int(float a, int b) -> bool", |a: f64, b: f64| -> bool { a < b }),
    op!("aten::lt(Scalar a, Scalar b) -> bool", less(_, _)),
    op!("aten::gt.int(int a, int b) -> bool", |a: i64, b: i64| -> bool { a > b }),
    op!("aten::gt.float(float a, float b) -> bool", |a: f64, b: f64| -> bool { a > b }),
    op!("aten::gt.int_float(int a, float b) -> bool", |a: f64, b: f64| -> bool { a > b }),
    op!("aten::gt.float_int(float a, int b) -> bool", |a: f64, b: f64| -> bool { a > b }),
    op!("aten::gt(Scalar a, Scalar b) -> bool", greater(_, _)),
    op!("aten::le.int(int a, int b) -> bool", |a: i64, b: i64| -> bool { a <= b }),
    op!("aten::le.float(float a, float b) -> bool", |a: f64, b: f64| -> bool { a <= b }),
    op!("aten::le.int_float(int a, float b) -> bool", |a: f64, b: f64| -> bool { a <= b }),
    op!("aten::le.float_int(float a, int b) -> bool", |a: f64, b: f64| -> bool { a <= b }),
    op!("aten::le(Scalar a, Scalar b) -> bool", less_equal(_, _)),
    op!("aten::ge.int(int a, int b) -> bool", |a: i64, b: i64| -> bool { a >= b }),
    op!("aten::ge.float(float a, float b) -> bool", |a: f64, b: f64| -> bool { a >= b }),
    op!("aten::ge.int_float(int a, float b) -> bool", |a: f64, b: f64| -> bool { a >= b }),
    op!("aten::ge.float_int(float a, int b) -> bool", |a: f64, b: f64| -> bool { a >= b }),
    op!("aten::ge(Scalar a, Scalar b) -> bool", greater_equal(_, _)),
    op!("prim::max.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.max(b) }),
    op!("prim::max.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { larger(a, b) }),
    op!("prim::max.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { larger(a, b) }),
    op!("prim::max.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { larger(a, b) }),
    op!("prim::max(Scalar a, Scalar b) -> Scalar", larger_scalar(_, _)),
    op!("prim::min.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { a.min(b) }),
    op!("prim::min.float(float a, float b) -> float", |a: f64, b: f64| -> f64 { smaller(a, b) }),
    op!("prim::min.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { smaller(a, b) }),
    op!("prim::min.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { smaller(a, b) }),
    op!("prim::min(Scalar a, Scalar b) -> Scalar", smaller_scalar(_, _)),
    op!("aten::Int.Tensor(Tensor a) -> int", int_of_tensor(_)),
    op!("aten::Int.bool(bool a) -> int", |a: bool| -> i64 { a as i64 }),
    op!("aten::Int.float(float a) -> int", |a: f64| -> i64 { f64_to_i64(a) }),
    op!("aten::Int.Scalar(Scalar a) -> int", int_of_scalar(_)),
    op!("aten::Float.Tensor(Tensor a) -> float", float_of_tensor(_)),
    op!("aten::Float.Scalar(Scalar a) -> float", |a: Scalar| -> f64 { a.to_f64() }),
    op!("aten::Float.int(int a) -> float", |a: i64| -> f64 { a as f64 }),
    op!("aten::Float.bool(bool a) -> float", |a: bool| -> f64 { a as i64 as f64 }),
    op!("aten::Bool.Tensor(Tensor a) -> bool", bool_of_tensor(_)),
    op!("aten::Bool.int(int a) -> bool", |a: i64| -> bool { a != 0 }),
    op!("aten::Bool.float(float a) -> bool", |a: f64| -> bool { a != 0.0 }),
    op!("aten::Complex.Scalar(Scalar a) -> complex", |a: Scalar| -> Complex { a.to_complex() }),
    op!("aten::Complex.Tensor_Tensor(Tensor a, Tensor b) -> complex", complex_of_tensors(_, _)),
    op!("aten::Complex.int_bool(int x, bool y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.bool_int(bool x, int y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.float_bool(float x, bool y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.bool_float(bool x, float y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.float_int(float x, int y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.int_float(int x, float y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.int_int(int x, int y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.bool_bool(bool x, bool y) -> complex", |x: Scalar, y: Scalar| -> Complex { complex_of(x, y) }),
    op!("aten::Complex.float_float(float x, float y) -> complex", |x: f64, y: f64| -> Complex { Complex::new(x, y) }),
    op!("aten::Complex.Tensor_float(Tensor x, float y) -> complex", complex_of_tensor_and(_, _)),
    op!("aten::Complex.float_Tensor(float x, Tensor y) -> complex", complex_of_and_tensor(_, _)),
    op!("aten::Complex.Tensor_int(Tensor x, int y) -> complex", complex_of_tensor_and(_, _)),
    op!("aten::Complex.int_Tensor(int x, Tensor y) -> complex", complex_of_and_tensor(_, _)),
    op!("aten::Complex.Tensor_bool(Tensor x, bool y) -> complex", complex_of_tensor_and(_, _)),
    op!("aten::Complex.bool_Tensor(bool x, Tensor y) -> complex", complex_of_and_tensor(_, _)),
    op!("aten::IntImplicit(Tensor a) -> int", int_implicit(_)),
    op!("aten::FloatImplicit(Tensor a) -> float", float_implicit(_)),
    op!("aten::ComplexImplicit(Tensor a) -> complex", complex_implicit(_)),
    op!("aten::ScalarImplicit(Tensor a) -> Scalar", scalar_implicit(_)),
    op!("aten::floor.int(int a) -> int", |a: i64| -> i64 { a }),
    op!("aten::floor.float(float a) -> int", floor(_)),
    op!("aten::floor.Scalar(Scalar a) -> Scalar", floor_scalar(_)),
    op!("aten::ceil.int(int a) -> int", |a: i64| -> i64 { a }),
    op!("aten::ceil.float(float a) -> int", ceil(_)),
    op!("aten::ceil.Scalar(Scalar a) -> Scalar", ceil_scalar(_)),
    op!("aten::factorial.int(int a) -> int", factorial(_)),
    op!("aten::gcd.int(int a, int b) -> int", |a: i64, b: i64| -> i64 { gcd(a, b) }),
    op!("aten::frexp(float a) -> (float, int)", frexp(_)),
    op!("aten::ldexp(float x, int i) -> float", |x: f64, i: i64| -> f64 {
        libm::ldexp(x, i.clamp(-4000, 4000) as i32)
    }),
    op!("aten::modf(float a) -> (float, float)", modf(_)),
    // these return integers in PyTorch 2.5.1, whatever the schema says
    op!("aten::isnan.float(float a) -> bool", |a: f64| -> i64 { a.is_nan().into() }),
    op!("aten::isnan.complex(complex a) -> bool", |a: Complex| -> bool { a.is_nan() }),
    op!("aten::isinf.float(float a) -> bool", |a: f64| -> i64 { a.is_infinite().into() }),
    op!("aten::isinf.complex(complex a) -> bool", |a: Complex| -> bool { a.is_infinite() }),
    op!("aten::isfinite.float(float a) -> bool", |a: f64| -> bool { a.is_finite() }),
    op!("aten::isfinite.complex(complex a) -> bool", |a: Complex| -> bool { a.is_finite() }),
    op!("aten::polar.int(int a, int b) -> complex", |a: f64, b: f64| -> Complex { Complex::from_polar(a, b) }),
    op!("aten::polar.float(float a, float b) -> complex", |a: f64, b: f64| -> Complex { Complex::from_polar(a, b) }),
    op!("aten::polar.int_float(int a, float b) -> complex", |a: f64, b: f64| -> Complex { Complex::from_polar(a, b) }),
    op!("aten::polar.float_int(float a, int b) -> complex", |a: f64, b: f64| -> Complex { Complex::from_polar(a, b) }),
    op!("aten::polar.Scalar_Scalar(Scalar a, Scalar b) -> Scalar", polar_scalar(_, _)),
    op!("aten::angle.int(int a) -> float", |a: f64| -> f64 { angle(a) }),
    op!("aten::angle.float(float a) -> float", |a: f64| -> f64 { angle(a) }),
    op!("aten::angle.complex(complex a) -> float", |a: Complex| -> f64 { a.arg() }),
    op!("aten::angle.Scalar(Scalar a) -> Scalar", |a: Scalar| -> Scalar { angle_scalar(a) }),
    op!("aten::log.int_int(int a, int b) -> float", |a: f64, b: f64| -> f64 { a.ln() / b.ln() }),
    op!("aten::log.float_float(float a, float b) -> float", |a: f64, b: f64| -> f64 { a.ln() / b.ln() }),
    op!("aten::log.complex_complex(complex a, complex b) -> complex", |a: Complex, b: Complex| -> Complex {
        a.ln() / b.ln()
    }),
    op!("aten::log.int_float(int a, float b) -> float", |a: f64, b: f64| -> f64 { a.ln() / b.ln() }),
    op!("aten::log.float_int(float a, int b) -> float", |a: f64, b: f64| -> f64 { a.ln() / b.ln() }),
    op!("aten::log.int_complex(int a, complex b) -> complex", |a: Complex, b: Complex| -> Complex { a.ln() / b.ln() }),
    op!("aten::log.complex_int(complex a, int b) -> complex", |a: Complex, b: Complex| -> Complex { a.ln() / b.ln() }),
    op!("aten::log.float_complex(float a, complex b) -> complex", |a: Complex, b: Complex| -> Complex {
        a.ln() / b.ln()
    }),
    op!("aten::log.complex_float(complex a, float b) -> complex", |a: Complex, b: Complex| -> Complex {
        a.ln() / b.ln()
    }),
    op!("aten::log.Scalar_Scalar(Scalar a, Scalar b) -> float", log_scalar(_, _)),
];

/// `name: f`: the four forms of a function of one number that has complex values.
macro_rules! complex_functions {
    ($($name:literal: $real:expr, $complex:expr;)*) => {
        /// Functions of one real or complex number.
        pub const COMPLEX_MATH: &[Op] = &[$(
            op!(concat!("aten::", $name, ".int(int a) -> float"), |a: f64| -> f64 { ($real)(a) }),
            op!(concat!("aten::", $name, ".float(float a) -> float"), |a: f64| -> f64 { ($real)(a) }),
            op!(concat!("aten::", $name, ".complex(complex a) -> complex"), |a: Complex| -> Complex { ($complex)(a) }),
            op!(concat!("aten::", $name, ".Scalar(Scalar a) -> Scalar"), |a: Scalar| -> Scalar {
                match a {
                    Scalar::Complex(a) => Scalar::Complex(($complex)(a)),
                    a => single(($real)(a.to_f64())),
                }
            }),
        )*];
    };
}
complex_functions! {
    "exp": f64::exp, Complex::exp;
    "log": f64::ln, Complex::ln;
    "log10": f64::log10, Complex::log10;
    "sqrt": f64::sqrt, Complex::sqrt;
    "sin": f64::sin, Complex::sin;
    "cos": f64::cos, Complex::cos;
    "tan": f64::tan, Complex::tan;
    "asin": f64::asin, Complex::asin;
    "acos": f64::acos, Complex::acos;
    "atan": f64::atan, Complex::atan;
    "sinh": f64::sinh, Complex::sinh;
    "cosh": f64::cosh, Complex::cosh;
    "tanh": f64::tanh, Complex::tanh;
    "asinh": libm::asinh, Complex::asinh;
    "acosh": libm::acosh, complex_acosh;
    "atanh": libm::atanh, Complex::atanh;
}

/// `name: f`: the three forms of a function of one real number.
macro_rules! real_functions {
    ($($name:literal: $real:expr;)*) => {
        /// Functions of one real number.
        pub const REAL_MATH: &[Op] = &[$(
            op!(concat!("aten::", $name, ".int(int a) -> float"), |a: f64| -> f64 { ($real)(a) }),
            op!(concat!("aten::", $name, ".float(float a) -> float"), |a: f64| -> f64 { ($real)(a) }),
            Op {
                schema: concat!("aten::", $name, ".Scalar(Scalar a) -> Scalar"),
                eval: Eval::Fn(&((|a: Scalar| real(a).map(|a| single(($real)(a)))) as fn(Scalar) -> Result<Scalar>)),
                inplace: false,
                out: None,
                writes: None,
                tags: &[],
            },
        )*];
    };
}
real_functions! {
    "round": f64::round_ties_even;
    "expm1": f64::exp_m1;
    "log1p": f64::ln_1p;
    "erf": libm::erf;
    "erfc": libm::erfc;
    "gamma": gamma;
    "lgamma": libm::lgamma;
    "fabs": f64::abs;
    "degrees": degrees;
    "radians": radians;
}

/// `name "Scalar overload": f`: the five forms of a function of two real numbers.
macro_rules! binary_functions {
    ($($name:literal $scalar:literal: $f:expr;)*) => {
        /// Functions of two real numbers.
        pub const BINARY_MATH: &[Op] = &[$(
            op!(concat!("aten::", $name, ".int(int a, int b) -> float"), |a: f64, b: f64| -> f64 { ($f)(a, b) }),
            op!(concat!("aten::", $name, ".float(float a, float b) -> float"), |a: f64, b: f64| -> f64 { ($f)(a, b) }),
            op!(concat!("aten::", $name, ".int_float(int a, float b) -> float"), |a: f64, b: f64| -> f64 {
                ($f)(a, b)
            }),
            op!(concat!("aten::", $name, ".float_int(float a, int b) -> float"), |a: f64, b: f64| -> f64 {
                ($f)(a, b)
            }),
            Op {
                schema: concat!("aten::", $name, $scalar, "(Scalar a, Scalar b) -> float"),
                eval: Eval::Fn(
                    &((|a: Scalar, b: Scalar| Ok(($f)(real(a)?, real(b)?))) as fn(Scalar, Scalar) -> Result<f64>),
                ),
                inplace: false,
                out: None,
                writes: None,
                tags: &[],
            },
        )*];
    };
}
binary_functions! {
    "fmod" "": |a: f64, b: f64| a % b;
    "mathremainder" "": libm::remainder;
    "copysign" "": f64::copysign;
    "atan2" ".Scalar_Scalar": f64::atan2;
}

/// On the half-plane of `a`: the sign of a zero imaginary part counts, as in C.
fn complex_acosh(a: Complex) -> Complex {
    let angle = a.acos();
    Complex::new(angle.im.abs(), angle.re.copysign(a.im))
}

/// The `Scalar` forms of PyTorch's unary functions compute in double and return single precision.
fn single(v: f64) -> Scalar {
    Scalar::Float(v as f32 as f64)
}

fn real(a: Scalar) -> Result<f64> {
    match a {
        Scalar::Complex(_) => bail!("expected a real number but got a complex one"),
        a => Ok(a.to_f64()),
    }
}

/// Both as the widest kind of the two.
fn promote(a: Scalar, b: Scalar) -> (Scalar, Scalar) {
    match (a, b) {
        (Scalar::Complex(_), _) | (_, Scalar::Complex(_)) => (a.to_complex().into(), b.to_complex().into()),
        (Scalar::Float(_), _) | (_, Scalar::Float(_)) => (a.to_f64().into(), b.to_f64().into()),
        _ => (a.to_i64().into(), b.to_i64().into()),
    }
}

macro_rules! scalar_arithmetic {
    ($($name:ident: $int:ident, $op:tt;)*) => { $(
        fn $name(a: Scalar, b: Scalar) -> Result<Scalar> {
            Ok(match promote(a, b) {
                (Scalar::Int(a), Scalar::Int(b)) => a.$int(b).into(),
                (Scalar::Complex(a), Scalar::Complex(b)) => (a $op b).into(),
                (a, b) => (a.to_f64() $op b.to_f64()).into(),
            })
        }
    )* };
}
scalar_arithmetic! { add: wrapping_add, +; sub: wrapping_sub, -; mul: wrapping_mul, *; }

macro_rules! scalar_comparison {
    ($($name:ident: $op:tt;)*) => { $(
        fn $name(a: Scalar, b: Scalar) -> Result<bool> {
            Ok(match promote(a, b) {
                (Scalar::Int(a), Scalar::Int(b)) => a $op b,
                (a, b) => real(a)? $op real(b)?,
            })
        }
    )* };
}
scalar_comparison! { less: <; greater: >; less_equal: <=; greater_equal: >=; }

fn equal(a: Scalar, b: Scalar) -> bool {
    let (a, b) = promote(a, b);
    a == b
}

fn div(a: Scalar, b: Scalar) -> Result<f64> {
    Ok(real(a)? / real(b)?)
}

fn power(a: f64, b: f64) -> Result<f64> {
    ensure!(a != 0.0 || b >= 0.0 || b.is_nan(), "0.0 cannot be raised to a negative power");
    Ok(a.powf(b))
}

fn int_power(a: f64, b: f64) -> Result<i64> {
    power(a, b).map(f64_to_i64)
}

fn pow_scalar(a: Scalar, b: Scalar) -> Result<f64> {
    power(real(a)?, real(b)?)
}

fn log_scalar(a: Scalar, b: Scalar) -> Result<f64> {
    Ok(real(a)?.ln() / real(b)?.ln())
}

fn polar_scalar(a: Scalar, b: Scalar) -> Result<Scalar> {
    Ok(Complex::from_polar(real(a)?, real(b)?).into())
}

fn complex_pow(a: Complex, b: Complex) -> Complex {
    if b.im == 0.0 && a.im == 0.0 && a.re >= 0.0 {
        return Complex::new(a.re.powf(b.re), 0.0);
    }
    if a.re == 0.0 && a.im == 0.0 {
        return Complex::new(0.0, 0.0);
    }
    (b * a.ln()).exp()
}

/// Python's `//`. Fails for a zero divisor; the one overflowing case wraps.
pub(crate) fn floor_div(a: i64, b: i64) -> Result<i64> {
    ensure!(b != 0, "division by 0");
    let quotient = a.wrapping_div(b);
    Ok(if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
}

fn floor_div_scalar(a: Scalar, b: Scalar) -> Result<Scalar> {
    Ok(match promote(a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => floor_div(a, b)?.into(),
        (a, b) => (real(a)? / real(b)?).floor().into(),
    })
}

fn trunc_div(a: i64, b: i64) -> Result<i64> {
    ensure!(b != 0, "division by 0");
    Ok(a.wrapping_div(b))
}

/// Python's `%`: the sign of the divisor. Fails for a zero divisor.
pub(crate) fn remainder(a: i64, b: i64) -> Result<i64> {
    ensure!(b != 0, "modulo by 0");
    let rest = a.wrapping_rem(b);
    Ok(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
}

pub(crate) fn float_remainder(a: f64, b: f64) -> f64 {
    (b + a % b) % b
}

fn remainder_scalar(a: Scalar, b: Scalar) -> Result<Scalar> {
    Ok(match promote(a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => remainder(a, b)?.into(),
        (a, b) => float_remainder(real(a)?, real(b)?).into(),
    })
}

fn divmod(a: i64, b: i64) -> Result<(i64, i64)> {
    ensure!(b != 0, "ZeroDivisionError: integer division or modulo by zero");
    Ok((floor_div(a, b)?, remainder(a, b)?))
}

fn float_divmod(a: f64, b: f64) -> Result<(f64, f64)> {
    ensure!(b != 0.0, "ZeroDivisionError: float divmod()");
    let mut rest = a % b;
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) {
        rest += b;
    }
    Ok((((a - rest) / b).round(), rest))
}

fn neg_scalar(a: Scalar) -> Result<Scalar> {
    Ok(match a {
        Scalar::Int(a) => a.wrapping_neg().into(),
        Scalar::Complex(a) => (-a).into(),
        a => single(-a.to_f64()),
    })
}

fn abs_scalar(a: Scalar) -> Result<Scalar> {
    Ok(match a {
        Scalar::Int(a) => a.wrapping_abs().into(),
        Scalar::Complex(a) => single(a.norm()),
        a => single(a.to_f64().abs()),
    })
}

/// As the C++ comparison: the second operand unless the first is larger.
fn larger(a: f64, b: f64) -> f64 {
    if a > b {
        a
    } else {
        b
    }
}

fn smaller(a: f64, b: f64) -> f64 {
    if a < b {
        a
    } else {
        b
    }
}

fn larger_scalar(a: Scalar, b: Scalar) -> Result<Scalar> {
    let (a, b) = promote(a, b);
    Ok(if greater(a, b)? { a } else { b })
}

fn smaller_scalar(a: Scalar, b: Scalar) -> Result<Scalar> {
    let (a, b) = promote(a, b);
    Ok(if less(a, b)? { a } else { b })
}

fn overflow(ty: &str) -> Error {
    Error::runtime(format!("value cannot be converted to type {ty} without overflow"))
}

fn int_of_scalar(a: Scalar) -> Result<i64> {
    match a {
        Scalar::Complex(_) => Err(overflow("int")),
        a => Ok(a.to_i64()),
    }
}

fn int_of_tensor(a: Tensor) -> Result<i64> {
    match a.item()? {
        Scalar::Complex(c) if c.im != 0.0 => Err(overflow("int64_t")),
        a => Ok(a.to_i64()),
    }
}

fn float_of_tensor(a: Tensor) -> Result<f64> {
    match a.item()? {
        Scalar::Complex(c) if c.im != 0.0 => Err(overflow("double")),
        a => Ok(a.to_f64()),
    }
}

fn bool_of_tensor(a: Tensor) -> Result<bool> {
    ensure!(a.numel() != 0, "Boolean value of Tensor with no values is ambiguous");
    ensure!(a.numel() == 1, "Boolean value of Tensor with more than one value is ambiguous");
    Ok(a.item()?.to_bool())
}

fn complex_of(x: Scalar, y: Scalar) -> Complex {
    Complex::new(x.to_f64(), y.to_f64())
}

/// `complex(x, y)` of tensors: `x + y·i`.
fn complex_of_tensors(x: Tensor, y: Tensor) -> Result<Complex> {
    Ok(x.item()?.to_complex() + y.item()?.to_complex() * Complex::i())
}

fn complex_of_tensor_and(x: Tensor, y: Scalar) -> Result<Complex> {
    Ok(x.item()?.to_complex() + Complex::new(0.0, y.to_f64()))
}

fn complex_of_and_tensor(x: Scalar, y: Tensor) -> Result<Complex> {
    Ok(x.to_complex() + y.item()?.to_complex() * Complex::i())
}

/// A tensor that stands where a number is expected.
fn implicit(a: &Tensor) -> Result<Scalar> {
    ensure!(!a.requires_grad(), "Cannot input a tensor that requires grad as a scalar argument");
    ensure!(a.dim() == 0, "Cannot input a tensor of dimension other than 0 as a scalar argument");
    a.item()
}

fn int_implicit(a: Tensor) -> Result<i64> {
    let value = implicit(&a)?;
    ensure!(a.dtype().is_integral(false), "Cannot input a tensor of type {} as an integral argument", a.dtype().name());
    Ok(value.to_i64())
}

fn float_implicit(a: Tensor) -> Result<f64> {
    match implicit(&a)? {
        Scalar::Complex(c) if c.im != 0.0 => Err(overflow("double")),
        a => Ok(a.to_f64()),
    }
}

fn complex_implicit(a: Tensor) -> Result<Complex> {
    Ok(implicit(&a)?.to_complex())
}

fn scalar_implicit(a: Tensor) -> Result<Scalar> {
    implicit(&a)
}

fn whole(v: f64) -> Result<i64> {
    // 2^63 is the first value that does not fit
    if v >= -9223372036854775808.0 && v < 9223372036854775808.0 {
        return Ok(v as i64);
    }
    match v.is_finite() {
        true => bail!("Cannot convert float {v:.6} to integer"),
        false => bail!("Cannot convert float {} to integer", crate::base::format_float(v)),
    }
}

fn floor(a: f64) -> Result<i64> {
    whole(a.floor())
}

fn ceil(a: f64) -> Result<i64> {
    whole(a.ceil())
}

fn floor_scalar(a: Scalar) -> Result<Scalar> {
    Ok(match a {
        Scalar::Int(a) => a.into(),
        a => floor(real(a)?)?.into(),
    })
}

fn ceil_scalar(a: Scalar) -> Result<Scalar> {
    Ok(match a {
        Scalar::Int(a) => a.into(),
        a => ceil(real(a)?)?.into(),
    })
}

/// Wraps beyond 20!; zero from 66! on, where 2^64 divides the product.
fn factorial(n: i64) -> Result<i64> {
    ensure!(n >= 0, "factorial() not defined for negative values");
    Ok((1..=n.min(66)).fold(1i64, |product, i| product.wrapping_mul(i)))
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a as i64
}

fn frexp(a: f64) -> Result<(f64, i64)> {
    if a == 0.0 || !a.is_finite() {
        return Ok((a, 0));
    }
    let (mantissa, exponent) = libm::frexp(a);
    Ok((mantissa, exponent as i64))
}

fn modf(a: f64) -> Result<(f64, f64)> {
    let whole = a.trunc();
    let rest = if a.is_infinite() { 0.0f64.copysign(a) } else { (a - whole).copysign(a) };
    Ok((rest, whole))
}

fn gamma(a: f64) -> f64 {
    libm::tgamma(a)
}

fn degrees(a: f64) -> f64 {
    a * (180.0 / std::f64::consts::PI)
}

fn radians(a: f64) -> f64 {
    a * (std::f64::consts::PI / 180.0)
}

/// The angle of a real number: 0, π, or NaN.
fn angle(a: f64) -> f64 {
    if a.is_nan() {
        a
    } else if a < 0.0 {
        std::f64::consts::PI
    } else {
        0.0
    }
}

fn angle_scalar(a: Scalar) -> Scalar {
    match a {
        Scalar::Complex(c) => single(c.arg()),
        a => single(angle(a.to_f64())),
    }
}
