//! The reference of elementwise operators: a line for each, with functions of plain numbers.
//!
//! A function gets the arguments in the schema's order: operands, then parameters, absent ones as what they stand for.

use sconce::Complex;

use crate::draw::Values::{self, Count, Tame, Unit, Wild};
use crate::special::*;

use Promote::*;

/// How the dtype of the result comes from the operands'.
#[derive(Clone, Copy, PartialEq)]
pub enum Promote {
    /// The operands' common dtype.
    Same,
    /// As `Same`; the float dtype for integers and bools.
    Float,
    /// As `Same`; int64 for bools, since a whole number stands beside them.
    Whole,
    /// As `Same`; real for complex operands.
    Real,
    Bool,
    /// float64 or complex128.
    Double,
    /// As `Same`, not counting the first operand.
    Mask,
    /// The first operand's.
    First,
}

pub struct Line {
    /// Overloads, each with the text argument for which the line holds: `div.Tensor_mode:floor`.
    pub names: &'static str,
    pub promote: Promote,
    /// How many arguments are operands.
    pub arity: usize,
    /// How far a result may be off, in units of the last place of its dtype; half types round once more.
    pub ulps: f64,
    /// The same for half types, where PyTorch rounds on the way.
    pub half: f64,
    /// All but float64 may be off by this: a quotient is rounded before it becomes whole.
    pub step: f64,
    /// The first argument that half types take as float32 when it is a number.
    pub exact: usize,
    /// All operands have one dtype.
    pub alike: bool,
    /// Integers refuse zeros as second operand.
    pub divides: bool,
    /// Complex operands have a real result.
    pub real: bool,
    /// Of two zeros with different signs either may be the result.
    pub either_zero: bool,
    pub values: [Values; 3],
    pub float: Option<fn(&[f64]) -> f64>,
    pub int: Option<fn(&[i64]) -> i64>,
    /// Instead of `int`.
    pub bool: Option<fn(&[i64]) -> i64>,
    pub complex: Option<fn(&[Complex]) -> Complex>,
    /// The largest number on the way, whose rounding shows in the result; a function of absolute values.
    pub scale: Option<fn(&[f64]) -> f64>,
    /// The same for complex operands, besides.
    pub complex_scale: f64,
    /// How many times more an operand's rounding shows in the result; a function of absolute values.
    pub steep: Option<fn(&[f64]) -> f64>,
}

fn op(arity: usize, names: &'static str, promote: Promote, ulps: f64) -> Line {
    Line {
        names,
        promote,
        arity,
        ulps,
        half: 0.0,
        step: 0.0,
        exact: arity,
        alike: false,
        divides: false,
        real: false,
        either_zero: false,
        values: [Wild; 3],
        float: None,
        int: None,
        bool: None,
        complex: None,
        scale: None,
        complex_scale: 0.0,
        steep: None,
    }
}

impl Line {
    /// Whether this is a line for the operator, and for which text.
    pub fn key(&self, operator: &str) -> Option<Option<&'static str>> {
        self.names.split_whitespace().find_map(|name| {
            let (name, text) = name.split_once(':').map_or((name, None), |(name, text)| (name, Some(text)));
            (operator.strip_prefix("aten::") == Some(name)).then_some(text)
        })
    }
    fn f(mut self, f: fn(&[f64]) -> f64) -> Line {
        self.float = Some(f);
        self
    }
    fn i(mut self, f: fn(&[i64]) -> i64) -> Line {
        self.int = Some(f);
        self
    }
    fn bools(mut self, f: fn(&[i64]) -> i64) -> Line {
        self.bool = Some(f);
        self
    }
    fn c(mut self, f: fn(&[Complex]) -> Complex) -> Line {
        self.complex = Some(f);
        self
    }
    fn on(mut self, values: [Values; 3]) -> Line {
        self.values = values;
        self
    }
    fn half(mut self, ulps: f64) -> Line {
        self.half = ulps;
        self
    }
    fn scale(mut self, f: fn(&[f64]) -> f64) -> Line {
        self.scale = Some(f);
        self
    }
    fn complex_scale(mut self, scale: f64) -> Line {
        self.complex_scale = scale;
        self
    }
    fn steep(mut self, f: fn(&[f64]) -> f64) -> Line {
        self.steep = Some(f);
        self
    }
    fn step(mut self, step: f64) -> Line {
        self.step = step;
        self
    }
    fn exact(mut self, from: usize) -> Line {
        self.exact = from;
        self
    }
    fn divides(mut self) -> Line {
        self.divides = true;
        self
    }
    fn alike(mut self) -> Line {
        self.alike = true;
        self
    }
    fn either_zero(mut self) -> Line {
        self.either_zero = true;
        self
    }
    fn real(mut self) -> Line {
        self.real = true;
        self
    }
}

const T: [Values; 3] = [Tame; 3];
const ONE: Complex = Complex::new(1.0, 0.0);
const ZERO: Complex = Complex::new(0.0, 0.0);
const LN_2: f64 = std::f64::consts::LN_2;
const LN_10: f64 = std::f64::consts::LN_10;
const PI: f64 = std::f64::consts::PI;

fn b(v: bool) -> i64 {
    v as i64
}
fn t(v: bool) -> f64 {
    v as i64 as f64
}
fn z(v: bool) -> Complex {
    Complex::new(t(v), 0.0)
}

pub fn lines() -> Vec<Line> {
    [arithmetic(), comparisons(), functions(), activations(), special_functions(), polynomials()]
        .into_iter()
        .flatten()
        .collect()
}

#[rustfmt::skip]
fn arithmetic() -> Vec<Line> {
    vec![
        op(2, "add.Tensor add.Scalar", Same, 1.0).exact(3).f(|x| x[0] + x[2] * x[1]).c(|x| x[0] + x[2] * x[1])
            .i(|x| x[0].wrapping_add(x[2].wrapping_mul(x[1]))).scale(|x| x[0].max(x[2] * x[1])),
        op(2, "sub.Tensor sub.Scalar subtract.Tensor subtract.Scalar", Same, 1.0).exact(3).f(|x| x[0] - x[2] * x[1])
            .c(|x| x[0] - x[2] * x[1]).i(|x| x[0].wrapping_sub(x[2].wrapping_mul(x[1]))).scale(|x| x[0].max(x[2] * x[1])),
        op(2, "rsub.Tensor rsub.Scalar", Same, 1.0).exact(3).f(|x| x[1] - x[2] * x[0]).c(|x| x[1] - x[2] * x[0])
            .i(|x| x[1].wrapping_sub(x[2].wrapping_mul(x[0]))).scale(|x| x[1].max(x[2] * x[0])),
        op(2, "mul.Tensor mul.Scalar multiply.Tensor multiply.Scalar", Same, 0.0).exact(1).f(|x| x[0] * x[1]).c(|x| x[0] * x[1])
            .i(|x| x[0].wrapping_mul(x[1])),
        op(2, "div.Tensor div.Scalar divide.Tensor divide.Scalar true_divide.Tensor true_divide.Scalar", Float, 0.0)
            .exact(1).f(|x| x[0] / x[1]).c(|x| x[0] / x[1]),
        op(2, "div.Tensor_mode:trunc div.Scalar_mode:trunc divide.Tensor_mode:trunc divide.Scalar_mode:trunc", Same, 0.0)
            .half(2.0).step(1.0).exact(1).divides().f(|x| (x[0] / x[1]).trunc()).i(|x| x[0].wrapping_div(x[1])).on(T),
        op(2, "div.Tensor_mode:floor div.Scalar_mode:floor divide.Tensor_mode:floor divide.Scalar_mode:floor floor_divide \
            floor_divide.Scalar floor_divide_.Tensor", Same, 0.0).half(2.0).step(1.0).exact(1).divides().f(|x| floor_divide(x[0], x[1]))
            .i(|x| x[0].wrapping_sub(modulo(x[0], x[1])).wrapping_div(x[1])).on(T),
        op(2, "remainder.Tensor remainder.Scalar remainder.Scalar_Tensor", Same, 0.0).divides().f(|x| {
            let rest = x[0] % x[1];
            if rest != 0.0 && (rest < 0.0) != (x[1] < 0.0) { rest + x[1] } else { rest }
        }).i(|x| modulo(x[0], x[1])).on(T).scale(|x| x[1]),
        op(2, "fmod.Tensor fmod.Scalar", Same, 0.0).divides().f(|x| x[0] % x[1]).i(|x| x[0].wrapping_rem(x[1])),
        op(2, "pow.Tensor_Tensor pow.Tensor_Scalar pow.Scalar pow_.Tensor pow_.Scalar", Same, 4.0).half(3.0).f(|x| x[0].powf(x[1]))
            .i(|x| int_pow(x[0], x[1])).c(complex_pow),
        op(1, "square", Whole, 0.0).f(|x| x[0] * x[0]).i(|x| x[0].wrapping_mul(x[0])).c(|x| x[0] * x[0]),
        op(2, "float_power.Scalar float_power.Tensor_Scalar float_power.Tensor_Tensor float_power_.Tensor float_power_.Scalar", Double, 4.0).f(|x| x[0].powf(x[1]))
            .c(complex_pow),
        op(2, "maximum max.other", Same, 0.0).either_zero().f(|x| if x[0].is_nan() || x[0] > x[1] { x[0] } else { x[1] }).i(|x| x[0].max(x[1])),
        op(2, "minimum min.other", Same, 0.0).either_zero().f(|x| if x[0].is_nan() || x[0] < x[1] { x[0] } else { x[1] }).i(|x| x[0].min(x[1])),
        op(2, "fmax", Same, 0.0).either_zero().f(|x| if x[1].is_nan() || x[0] > x[1] { x[0] } else { x[1] }).i(|x| x[0].max(x[1])).on(T),
        op(2, "fmin", Same, 0.0).either_zero().f(|x| if x[1].is_nan() || x[0] < x[1] { x[0] } else { x[1] }).i(|x| x[0].min(x[1])).on(T),
        op(2, "atan2 arctan2", Float, 2.0).f(|x| x[0].atan2(x[1])),
        op(2, "copysign.Tensor copysign.Scalar", Float, 0.0).f(|x| x[0].copysign(x[1])),
        op(2, "hypot", Same, 2.0).f(|x| x[0].hypot(x[1])),
        op(2, "nextafter", Same, 1.0).half(1.0).f(|x| if x[1].is_nan() { x[1] } else { x[0] }).on(T),
        op(2, "heaviside", Same, 0.0).f(|x| if x[0] == 0.0 { x[1] } else { t(x[0] > 0.0) })
            .i(|x| if x[0] == 0 { x[1] } else { b(x[0] > 0) }),
        op(2, "xlogy.Tensor xlogy.Scalar_Self xlogy.Scalar_Other special_xlogy special_xlogy.self_scalar special_xlogy.other_scalar",
            Float, 3.0).half(2.0).f(|x| if x[1].is_nan() { x[1] } else if x[0] == 0.0 { 0.0 } else { x[0] * x[1].ln() }),
        op(2, "special_xlog1py special_xlog1py.self_scalar special_xlog1py.other_scalar", Float, 3.0).half(2.0)
            .f(|x| if x[1].is_nan() { x[1] } else if x[0] == 0.0 { 0.0 } else { x[0] * x[1].ln_1p() }),
        op(2, "logaddexp", Same, 4.0).f(|x| log_add(x[0], x[1], 1.0)).scale(|x| x[0].max(x[1]).max(1.0))
            .c(|x| complex_log_add(x[0], x[1])).on(T).complex_scale(1.0),
        op(2, "logaddexp2", Same, 4.0).f(|x| log_add(x[0], x[1], LN_2)).scale(|x| x[0].max(x[1]).max(1.0)).on(T),
        op(2, "gcd", Same, 0.0).i(|x| gcd(x[0], x[1])),
        op(2, "lcm", Same, 0.0).i(|x| if gcd(x[0], x[1]) == 0 { 0 } else { (x[0] / gcd(x[0], x[1])).wrapping_mul(x[1]).wrapping_abs() }).on(T),
        op(2, "bitwise_and.Tensor bitwise_and.Scalar bitwise_and.Scalar_Tensor __and__.Tensor __and__.Scalar __iand__.Tensor __iand__.Scalar", Same, 0.0).i(|x| x[0] & x[1]),
        op(2, "bitwise_or.Tensor bitwise_or.Scalar bitwise_or.Scalar_Tensor __or__.Tensor __or__.Scalar __ior__.Tensor __ior__.Scalar", Same, 0.0).i(|x| x[0] | x[1]),
        op(2, "bitwise_xor.Tensor bitwise_xor.Scalar bitwise_xor.Scalar_Tensor __xor__.Tensor __xor__.Scalar __ixor__.Tensor __ixor__.Scalar", Same, 0.0).i(|x| x[0] ^ x[1]),
        op(1, "bitwise_not", Same, 0.0).i(|x| !x[0]).bools(|x| 1 - x[0]),
        op(2, "bitwise_left_shift.Tensor bitwise_left_shift.Tensor_Scalar bitwise_left_shift.Scalar_Tensor __lshift__.Tensor \
            __lshift__.Scalar __ilshift__.Tensor __ilshift__.Scalar", Same, 0.0).i(|x| if (0..64).contains(&x[1]) { x[0] << x[1] } else { 0 }).on([Wild, Count, Wild]),
        op(2, "bitwise_right_shift.Tensor bitwise_right_shift.Tensor_Scalar bitwise_right_shift.Scalar_Tensor __rshift__.Tensor \
            __rshift__.Scalar __irshift__.Tensor __irshift__.Scalar", Same, 0.0).i(|x| x[0] >> x[1].clamp(0, 63)).on([Wild, Count, Wild]),
        op(3, "where.self where.ScalarSelf where.ScalarOther where.Scalar", Mask, 0.0).f(|x| if x[0] != 0.0 { x[1] } else { x[2] })
            .i(|x| if x[0] != 0 { x[1] } else { x[2] }).c(|x| if x[0] != ZERO { x[1] } else { x[2] }),
        op(3, "masked_fill.Scalar masked_fill.Tensor", First, 0.0).f(|x| if x[1] != 0.0 { x[2] } else { x[0] })
            .i(|x| if x[1] != 0 { x[2] } else { x[0] }).c(|x| if x[1] != ZERO { x[2] } else { x[0] }),
        op(3, "clamp clamp.Tensor clip clip.Tensor", Same, 0.0).either_zero().f(|x| clamp(x[0], x[1], x[2])).i(|x| x[0].max(x[1]).min(x[2])),
        op(2, "clamp_min clamp_min.Tensor", Same, 0.0).either_zero().f(|x| clamp(x[0], x[1], f64::INFINITY)).i(|x| x[0].max(x[1])),
        op(2, "clamp_max clamp_max.Tensor", Same, 0.0).either_zero().f(|x| clamp(x[0], f64::NEG_INFINITY, x[1])).i(|x| x[0].min(x[1])),
        op(3, "lerp.Tensor", Same, 3.0).half(4.0).f(lerp).c(complex_lerp).on(T).scale(|x| x[0].max(x[1]) * (1.0 + x[2])),
        op(3, "lerp.Scalar", Same, 3.0).exact(2).f(lerp).c(complex_lerp).on(T).scale(|x| x[0].max(x[1]) * (1.0 + x[2])),
        op(3, "addcmul", Same, 2.0).f(|x| x[0] + x[3] * x[1] * x[2]).c(|x| x[0] + x[3] * x[1] * x[2])
            .i(|x| x[0].wrapping_add(x[3].wrapping_mul(x[1]).wrapping_mul(x[2]))).scale(|x| x[0].max(x[1] * x[2] * x[3])).on(T),
        op(3, "addcdiv", Same, 3.0).f(|x| x[0] + x[3] * x[1] / x[2]).c(|x| x[0] + x[3] * x[1] / x[2])
            .scale(|x| x[0].max(x[1] / x[2] * x[3])).on(T),
        op(2, "ldexp.Tensor ldexp_", Float, 2.0).f(|x| x[0] * x[1].exp2()).c(|x| x[0] * (x[1] * LN_2).exp()).on([Tame, Count, Tame]).alike(),
    ]
}

#[rustfmt::skip]
fn comparisons() -> Vec<Line> {
    vec![
        op(2, "eq.Tensor eq.Scalar", Bool, 0.0).f(|x| t(x[0] == x[1])).i(|x| b(x[0] == x[1])).c(|x| z(x[0] == x[1])),
        op(2, "ne.Tensor ne.Scalar not_equal.Tensor not_equal.Scalar", Bool, 0.0).f(|x| t(x[0] != x[1])).i(|x| b(x[0] != x[1])).c(|x| z(x[0] != x[1])),
        op(2, "lt.Tensor lt.Scalar less.Tensor less.Scalar", Bool, 0.0).f(|x| t(x[0] < x[1])).i(|x| b(x[0] < x[1])),
        op(2, "le.Tensor le.Scalar less_equal.Tensor less_equal.Scalar", Bool, 0.0).f(|x| t(x[0] <= x[1])).i(|x| b(x[0] <= x[1])),
        op(2, "gt.Tensor gt.Scalar greater.Tensor greater.Scalar", Bool, 0.0).f(|x| t(x[0] > x[1])).i(|x| b(x[0] > x[1])),
        op(2, "ge.Tensor ge.Scalar greater_equal.Tensor greater_equal.Scalar", Bool, 0.0).f(|x| t(x[0] >= x[1])).i(|x| b(x[0] >= x[1])),
        op(2, "logical_and", Bool, 0.0).f(|x| t(x[0] != 0.0 && x[1] != 0.0)).i(|x| b(x[0] != 0 && x[1] != 0)).c(|x| z(x[0] != ZERO && x[1] != ZERO)),
        op(2, "logical_or", Bool, 0.0).f(|x| t(x[0] != 0.0 || x[1] != 0.0)).i(|x| b(x[0] != 0 || x[1] != 0)).c(|x| z(x[0] != ZERO || x[1] != ZERO)),
        op(2, "logical_xor", Bool, 0.0).f(|x| t((x[0] != 0.0) ^ (x[1] != 0.0))).i(|x| b((x[0] != 0) ^ (x[1] != 0))).c(|x| z((x[0] != ZERO) ^ (x[1] != ZERO))),
        op(1, "logical_not", Bool, 0.0).f(|x| t(x[0] == 0.0)).i(|x| b(x[0] == 0)).c(|x| z(x[0] == ZERO)),
        op(1, "isnan", Bool, 0.0).f(|x| t(x[0].is_nan())).i(|_| 0).c(|x| z(x[0].is_nan())),
        op(1, "isinf", Bool, 0.0).f(|x| t(x[0].is_infinite())).i(|_| 0).c(|x| z(x[0].is_infinite())),
        op(1, "isfinite", Bool, 0.0).f(|x| t(x[0].is_finite())).i(|_| 1).c(|x| z(x[0].is_finite())),
        op(1, "isreal", Bool, 0.0).f(|_| 1.0).i(|_| 1).c(|x| z(x[0].im == 0.0)),
        op(1, "isposinf", Bool, 0.0).f(|x| t(x[0] == f64::INFINITY)).i(|_| 0),
        op(1, "isneginf", Bool, 0.0).f(|x| t(x[0] == f64::NEG_INFINITY)).i(|_| 0),
        op(1, "signbit", Bool, 0.0).f(|x| t(x[0].is_sign_negative() && !x[0].is_nan())).i(|x| b(x[0] < 0)),
    ]
}

#[rustfmt::skip]
fn functions() -> Vec<Line> {
    vec![
        op(1, "neg negative", Same, 0.0).f(|x| -x[0]).i(|x| x[0].wrapping_neg()).c(|x| -x[0]),
        op(1, "abs absolute", Real, 1.0).real().f(|x| x[0].abs()).i(|x| x[0].wrapping_abs()).c(|x| Complex::new(x[0].norm(), 0.0)),
        op(1, "angle", Float, 1.0).real().f(|x| if x[0].is_nan() { x[0] } else if x[0] < 0.0 { PI } else { 0.0 })
            .i(|_| 0).c(|x| Complex::new(x[0].im.atan2(x[0].re), 0.0)),
        op(1, "sign", Same, 0.0).f(sign).i(|x| x[0].signum()),
        op(1, "sgn", Same, 1.0).f(sign).i(|x| x[0].signum()).c(|x| if x[0] == ZERO { ZERO } else { x[0] / x[0].norm() }),
        op(1, "conj_physical _conj_physical", Same, 0.0).f(|x| x[0]).i(|x| x[0]).c(|x| x[0].conj()),
        op(1, "exp", Float, 2.0).f(|x| x[0].exp()).c(|x| x[0].exp()),
        op(1, "exp2 special_exp2", Float, 2.0).f(|x| x[0].exp2()).c(|x| (x[0] * LN_2).exp()).on(T),
        op(1, "expm1 special_expm1", Float, 2.0).f(|x| x[0].exp_m1()).c(|x| x[0].exp() - ONE).scale(|_| 0.0),
        op(1, "log", Float, 2.0).f(|x| x[0].ln()).c(|x| x[0].ln()),
        op(1, "log2", Float, 2.0).f(|x| x[0].log2()).c(|x| x[0].ln() / LN_2),
        op(1, "log10", Float, 2.0).f(|x| x[0].log10()).c(|x| x[0].ln() / LN_10),
        op(1, "log1p special_log1p", Float, 2.0).f(|x| x[0].ln_1p()).c(|x| (ONE + x[0]).ln()).on(T).complex_scale(1.0),
        op(1, "sqrt", Float, 1.0).f(|x| x[0].sqrt()).c(|x| x[0].sqrt()),
        op(1, "rsqrt", Float, 2.0).f(|x| 1.0 / x[0].sqrt()).c(|x| ONE / x[0].sqrt()),
        op(1, "reciprocal", Float, 1.0).f(|x| 1.0 / x[0]).c(|x| ONE / x[0]),
        op(1, "sin", Float, 2.0).f(|x| x[0].sin()).c(|x| x[0].sin()),
        op(1, "cos", Float, 2.0).f(|x| x[0].cos()).c(|x| x[0].cos()),
        op(1, "tan", Float, 2.0).f(|x| x[0].tan()).c(|x| x[0].tan()),
        op(1, "asin arcsin", Float, 2.0).f(|x| x[0].asin()).c(|x| x[0].asin()),
        op(1, "acos arccos", Float, 2.0).f(|x| x[0].acos()).c(|x| x[0].acos()),
        op(1, "atan arctan", Float, 2.0).f(|x| x[0].atan()).c(|x| x[0].atan()),
        op(1, "sinh", Float, 2.0).f(|x| x[0].sinh()).c(|x| x[0].sinh()),
        op(1, "cosh", Float, 2.0).f(|x| x[0].cosh()).c(|x| x[0].cosh()),
        op(1, "tanh", Float, 2.0).f(|x| x[0].tanh()).c(|x| x[0].tanh()),
        op(1, "asinh arcsinh", Float, 4.0).f(|x| libm::asinh(x[0])).c(|x| x[0].asinh()),
        op(1, "acosh arccosh", Float, 4.0).f(|x| if x[0] < 1.0 { f64::NAN } else { libm::acosh(x[0]) }).c(|x| x[0].acosh()),
        op(1, "atanh arctanh", Float, 4.0).f(|x| libm::atanh(x[0])).c(|x| x[0].atanh()),
        op(1, "ceil", Same, 0.0).f(|x| x[0].ceil()).i(|x| x[0]),
        op(1, "floor", Same, 0.0).f(|x| x[0].floor()).i(|x| x[0]),
        op(1, "trunc fix", Same, 0.0).f(|x| x[0].trunc()).i(|x| x[0]),
        op(1, "round", Same, 0.0).f(|x| x[0].round_ties_even()).i(|x| x[0]),
        op(1, "round.decimals special_round", Same, 2.0).half(3.0).f(|x| (x[0] * 10f64.powf(x[1])).round_ties_even() / 10f64.powf(x[1])).on([Count; 3]),
        op(1, "frac", Same, 0.0).f(|x| x[0] - x[0].trunc()),
        op(1, "frexp.Tensor", Same, 0.0).f(|x| libm::frexp(x[0]).0).on(T),
        op(1, "deg2rad", Float, 1.0).f(|x| x[0] * (PI / 180.0)),
        op(1, "rad2deg", Float, 1.0).f(|x| x[0] * (180.0 / PI)),
        op(1, "sigmoid special_expit", Float, 3.0).f(|x| sigmoid(x[0])).c(|x| ONE / (ONE + (-x[0]).exp())).on(T),
        op(1, "logit special_logit", Float, 4.0).half(4.0).f(|x| {
            let v = if x[1] < 0.0 || x[0].is_nan() { x[0] } else { x[0].max(x[1]).min(1.0 - x[1]) };
            (v / (1.0 - v)).ln()
        }).on([Unit; 3]).scale(|_| 1.0),
        op(1, "nan_to_num", Same, 0.0).f(|x| match x[0] {
            v if v.is_nan() => x[1],
            f64::INFINITY => x[2],
            f64::NEG_INFINITY => x[3],
            v => v,
        }).i(|x| x[0]).c(|x| x[0]),
        op(1, "sinc special_sinc", Float, 4.0).f(|x| if x[0] == 0.0 { 1.0 } else { (x[0] * PI).sin() / (x[0] * PI) }).scale(|_| 1.0)
            .c(|x| if x[0] == ZERO { ONE } else { (x[0] * PI).sin() / (x[0] * PI) }).on(T).steep(|_| 15.0),
        op(1, "mvlgamma special_multigammaln", Float, 6.0).half(6.0).f(|x| {
            let p = x[1];
            p * (p - 1.0) / 4.0 * PI.ln() + (0..p as i64).map(|j| lgamma(x[0] - j as f64 / 2.0)).sum::<f64>()
        }).on([Count; 3]).scale(|_| 8.0),
    ]
}

#[rustfmt::skip]
fn activations() -> Vec<Line> {
    vec![
        op(1, "relu", Same, 0.0).f(|x| if x[0] < 0.0 { 0.0 } else { x[0] }).i(|x| x[0].max(0)),
        op(1, "relu6", Same, 0.0).f(|x| clamp(x[0], 0.0, 6.0)).i(|x| x[0].max(0).min(6)).on(T),
        op(1, "hardtanh", Same, 0.0).f(|x| clamp(x[0], x[1], x[2])).i(|x| x[0].max(x[1]).min(x[2])).on(T),
        op(1, "leaky_relu", Same, 0.0).f(|x| if x[0] > 0.0 { x[0] } else { x[0] * x[1] }),
        op(1, "elu", Same, 4.0).f(|x| elu(x[0], x[1], x[2], x[3])).on([Wild, Count, Count]).steep(|x| x[0] * x[3]),
        op(1, "selu", Same, 4.0).f(|x| elu(x[0], 1.6732632423543772, 1.0507009873554805, 1.0)),
        op(1, "celu", Same, 4.0).f(|x| elu(x[0], x[1], 1.0, 1.0 / x[1])).steep(|x| x[0] / x[1]),
        op(1, "gelu:none", Same, 8.0).f(|x| x[0] * 0.5 * libm::erfc(-x[0] / 2f64.sqrt())).on(T).scale(|x| x[0]),
        op(1, "gelu:tanh", Same, 8.0).f(|x| x[0] * 0.5 * (1.0 + ((2.0 / PI).sqrt() * (x[0] + 0.044715 * x[0].powi(3))).tanh())).on(T).scale(|x| x[0]),
        op(1, "silu", Same, 4.0).f(|x| x[0] * sigmoid(x[0])).c(|x| x[0] / (ONE + (-x[0]).exp())).on(T).scale(|_| 1e-36),
        op(1, "mish", Same, 8.0).f(|x| x[0] * softplus(x[0]).tanh()).on(T).scale(|_| 1e-36),
        op(1, "hardswish", Same, 2.0).f(|x| x[0] * clamp(x[0] + 3.0, 0.0, 6.0) / 6.0).on(T).scale(|x| x[0]),
        op(1, "hardsigmoid", Same, 2.0).f(|x| clamp(x[0] + 3.0, 0.0, 6.0) / 6.0),
        op(1, "log_sigmoid log_sigmoid_forward", Same, 3.0).f(|x| -softplus(-x[0])),
        op(1, "softplus", Same, 4.0).f(|x| if x[0] * x[1] > x[2] { x[0] } else { softplus(x[0] * x[1]) / x[1] }).on(T).steep(|x| x[0] * x[1]),
        op(1, "softshrink", Same, 1.0).f(|x| if x[0] > x[1] { x[0] - x[1] } else if x[0] < -x[1] { x[0] + x[1] } else { x[0] * 0.0 }).on(T).scale(|x| x[0]),
        op(1, "hardshrink", Same, 0.0).exact(2).f(|x| if x[0] >= -x[1] && x[0] <= x[1] { 0.0 } else { x[0] }),
        op(1, "threshold", Same, 0.0).f(|x| if x[0] <= x[1] { x[2] } else { x[0] }).i(|x| if x[0] <= x[1] { x[2] } else { x[0] }),
        op(2, "_prelu_kernel", Same, 0.0).f(|x| if x[0] > 0.0 { x[0] } else { x[1] * x[0] }),
        op(2, "sigmoid_backward", Same, 3.0).half(3.0).f(|x| x[0] * (1.0 - x[1]) * x[1]).c(|x| x[0] * ((ONE - x[1]) * x[1]).conj()).on(T),
        op(2, "tanh_backward", Same, 3.0).half(3.0).f(|x| x[0] * (1.0 - x[1] * x[1])).c(|x| x[0] * (ONE - x[1] * x[1]).conj()).on(T).scale(|x| x[0] * x[1]),
        op(2, "threshold_backward", Same, 0.0).f(|x| if x[1] <= x[2] { 0.0 } else { x[0] }).i(|x| if x[1] <= x[2] { 0 } else { x[0] }),
        op(2, "leaky_relu_backward", Same, 0.0).f(|x| if x[1] > 0.0 { x[0] } else { x[0] * x[2] }),
        op(2, "silu_backward", Same, 4.0).f(|x| x[0] * sigmoid(x[1]) * (1.0 + x[1] * (1.0 - sigmoid(x[1]))))
            .c(|x| { let s = ONE / (ONE + (-x[1]).exp()); x[0] * s * (ONE + x[1] * (ONE - s)) }).on(T).scale(|x| x[0] * x[1].max(1.0)),
        op(2, "hardshrink_backward softshrink_backward", Same, 0.0).f(|x| if x[1] >= -x[2] && x[1] <= x[2] { 0.0 } else { x[0] }).on(T),
        op(2, "hardsigmoid_backward", Same, 2.0).f(|x| if x[1] > -3.0 && x[1] < 3.0 { x[0] / 6.0 } else { 0.0 }).on(T),
        op(2, "hardswish_backward", Same, 4.0).f(|x| match x[1] {
            v if v < -3.0 => 0.0,
            v if v <= 3.0 => x[0] * (v / 3.0 + 0.5),
            _ => x[0],
        }).on(T).scale(|x| x[0] * x[1].max(1.0)),
        op(2, "infinitely_differentiable_gelu_backward", Same, 16.0).half(4.0).f(|x| {
            x[0] * (0.5 * libm::erfc(-x[1] / 2f64.sqrt()) + x[1] * (-x[1] * x[1] / 2.0).exp() / (2.0 * PI).sqrt())
        }).on(T).scale(|x| x[0] * x[1].max(1.0)),
        op(2, "mish_backward", Same, 8.0).f(|x| {
            let y = softplus(x[1]).tanh();
            x[0] * (y + x[1] * sigmoid(x[1]) * (1.0 - y * y))
        }).on(T).scale(|x| x[0] * x[1].max(1.0)),
        op(2, "softplus_backward", Same, 4.0).f(|x| if x[1] * x[2] > x[3] { x[0] } else { x[0] * sigmoid(x[1] * x[2]) })
            .on(T).steep(|x| x[1] * x[2]),
        op(2, "hardtanh_backward", Same, 0.0).f(|x| if x[1] <= x[2] || x[1] >= x[3] { 0.0 } else { x[0] }),
    ]
}

#[rustfmt::skip]
fn special_functions() -> Vec<Line> {
    vec![
        op(1, "erf special_erf", Float, 4.0).f(|x| libm::erf(x[0])),
        op(1, "erfc special_erfc", Float, 4.0).f(|x| libm::erfc(x[0])),
        op(1, "erfinv special_erfinv", Float, 8.0).f(|x| erfinv(x[0])).on([Unit; 3]),
        op(1, "special_erfcx", Float, 8.0).f(|x| erfcx(x[0])).on(T).steep(|x| x[0] * x[0]),
        op(1, "special_entr", Float, 4.0).half(2.0).f(|x| if x[0] < 0.0 { f64::NEG_INFINITY } else if x[0] == 0.0 { 0.0 } else { -x[0] * x[0].ln() }),
        op(1, "special_ndtr", Float, 8.0).half(4.0).f(|x| 0.5 * libm::erfc(-x[0] / 2f64.sqrt())).on(T).scale(|_| 1.0),
        op(1, "special_ndtri", Float, 16.0).f(|x| ndtri(x[0])).on([Unit; 3]).scale(|_| 1.0),
        op(1, "special_log_ndtr", Float, 16.0).f(|x| log_ndtr(x[0])).on(T).steep(|x| x[0] * x[0]),
        op(1, "lgamma special_gammaln", Float, 8.0).f(|x| lgamma(x[0])).on(T).scale(|_| 4.0),
        op(1, "digamma special_digamma special_psi", Float, 16.0).f(|x| digamma(x[0])).on([Unit; 3]).scale(|_| 4.0),
        op(2, "polygamma special_polygamma", Float, 32.0).f(|x| polygamma(x[0], x[1])).on([Unit; 3]),
        op(1, "polygamma_", Float, 32.0).f(|x| polygamma(x[1], x[0])).on([Unit; 3]),
        op(2, "igamma special_gammainc", Same, 64.0).half(2.0).f(|x| gamma_p(x[0], x[1])).on([Unit, Count, Unit]),
        op(2, "igammac special_gammaincc", Same, 64.0).half(2.0).f(|x| gamma_q(x[0], x[1])).on([Unit, Count, Unit]).scale(|_| 1.0),
        op(2, "special_zeta special_zeta.self_scalar special_zeta.other_scalar", Float, 16.0).f(|x| zeta(x[0], x[1])).on([Count; 3]),
        op(1, "i0 special_i0 special_modified_bessel_i0", Float, 8.0).f(|x| bessel_i(0, x[0])).on(T).steep(|x| x[0]),
        op(1, "special_i0e", Float, 8.0).half(2.0).f(|x| bessel_i(0, x[0]) * (-x[0].abs()).exp()).on([Unit; 3]),
        op(1, "special_i1 special_modified_bessel_i1", Float, 8.0).f(|x| bessel_i(1, x[0])).on(T).steep(|x| x[0]),
        op(1, "special_i1e", Float, 8.0).f(|x| bessel_i(1, x[0]) * (-x[0].abs()).exp()).on([Unit; 3]),
        op(1, "special_airy_ai", Float, 64.0).f(|x| airy_ai(x[0])).on([Count; 3]).scale(|_| 0.01),
        // beyond 5 PyTorch's quotients lack a term, which shows in the sixth digit
        op(1, "special_bessel_j0", Float, 8.0).f(|x| libm::j0(x[0])).on(T).scale(|x| if x[0].abs() > 5.0 { 1e10 } else { 1.0 }),
        op(1, "special_bessel_j1", Float, 8.0).f(|x| libm::j1(x[0])).on(T).scale(|x| if x[0].abs() > 5.0 { 1e10 } else { 1.0 }),
        op(1, "special_bessel_y0", Float, 16.0).f(|x| if x[0] < 0.0 { f64::NAN } else { libm::y0(x[0]) }).on(T).scale(|x| if x[0].abs() > 5.0 { 1e10 } else { 1.0 }),
        op(1, "special_bessel_y1", Float, 16.0).f(|x| if x[0] < 0.0 { f64::NAN } else { libm::y1(x[0]) }).on(T).scale(|x| if x[0].abs() > 5.0 { 1e10 } else { 1.0 }),
        op(1, "special_modified_bessel_k0", Float, 64.0).f(|x| bessel_k(0, x[0], 0.0)).on(T).scale(|_| 1e-6),
        op(1, "special_modified_bessel_k1", Float, 64.0).f(|x| bessel_k(1, x[0], 0.0)).on(T).scale(|_| 1e-6),
        op(1, "special_scaled_modified_bessel_k0", Float, 64.0).f(|x| bessel_k(0, x[0], 1.0)).on(T),
        op(1, "special_scaled_modified_bessel_k1", Float, 64.0).f(|x| bessel_k(1, x[0], 1.0)).on(T),
        op(1, "special_spherical_bessel_j0", Float, 8.0).f(|x| if x[0] == 0.0 { 1.0 } else { x[0].sin() / x[0] }).on(T).scale(|_| 1.0),
    ]
}

/// Three-term recurrences; shifted polynomials are taken at 2x - 1.
#[rustfmt::skip]
fn polynomials() -> Vec<Line> {
    fn poly(names: &'static str, f: fn(&[f64]) -> f64) -> Line {
        op(2, names, Float, 64.0).f(f).on([Unit, Count, Count]).scale(|x| (2.0 * x[0] + 2.0).powf(x[1]))
    }
    vec![
        poly("special_chebyshev_polynomial_t special_chebyshev_polynomial_t.x_scalar special_chebyshev_polynomial_t.n_scalar", |x| chebyshev(x[0], x[1], x[0])),
        poly("special_chebyshev_polynomial_u special_chebyshev_polynomial_u.x_scalar special_chebyshev_polynomial_u.n_scalar", |x| chebyshev(x[0], x[1], 2.0 * x[0])),
        poly("special_chebyshev_polynomial_v special_chebyshev_polynomial_v.x_scalar special_chebyshev_polynomial_v.n_scalar", |x| chebyshev(x[0], x[1], 2.0 * x[0] - 1.0)),
        poly("special_chebyshev_polynomial_w special_chebyshev_polynomial_w.x_scalar special_chebyshev_polynomial_w.n_scalar", |x| chebyshev(x[0], x[1], 2.0 * x[0] + 1.0)),
        poly("special_shifted_chebyshev_polynomial_t special_shifted_chebyshev_polynomial_t.x_scalar special_shifted_chebyshev_polynomial_t.n_scalar", |x| { let y = 2.0 * x[0] - 1.0; chebyshev(y, x[1], y) }),
        poly("special_shifted_chebyshev_polynomial_u special_shifted_chebyshev_polynomial_u.x_scalar special_shifted_chebyshev_polynomial_u.n_scalar", |x| { let y = 2.0 * x[0] - 1.0; chebyshev(y, x[1], 2.0 * y) }),
        poly("special_shifted_chebyshev_polynomial_v special_shifted_chebyshev_polynomial_v.x_scalar special_shifted_chebyshev_polynomial_v.n_scalar", |x| { let y = 2.0 * x[0] - 1.0; chebyshev(y, x[1], 2.0 * y - 1.0) }),
        poly("special_shifted_chebyshev_polynomial_w special_shifted_chebyshev_polynomial_w.x_scalar special_shifted_chebyshev_polynomial_w.n_scalar", |x| { let y = 2.0 * x[0] - 1.0; chebyshev(y, x[1], 2.0 * y + 1.0) }),
        poly("special_hermite_polynomial_h special_hermite_polynomial_h.x_scalar special_hermite_polynomial_h.n_scalar",
            |x| recurrence(x[1], 2.0 * x[0], |k, p, q| 2.0 * x[0] * p - 2.0 * k * q)),
        poly("special_hermite_polynomial_he special_hermite_polynomial_he.x_scalar special_hermite_polynomial_he.n_scalar",
            |x| recurrence(x[1], x[0], |k, p, q| x[0] * p - k * q)),
        poly("special_laguerre_polynomial_l special_laguerre_polynomial_l.x_scalar special_laguerre_polynomial_l.n_scalar",
            |x| recurrence(x[1], 1.0 - x[0], |k, p, q| ((2.0 * k + 1.0 - x[0]) * p - k * q) / (k + 1.0))),
        poly("special_legendre_polynomial_p special_legendre_polynomial_p.x_scalar special_legendre_polynomial_p.n_scalar",
            |x| recurrence(x[1], x[0], |k, p, q| ((2.0 * k + 1.0) * x[0] * p - k * q) / (k + 1.0))),
    ]
}
