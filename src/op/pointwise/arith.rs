//! Arithmetic: addition to powers, bits, selection.

use crate::base::{bf16, f16, Complex64, DType, Scalar};
use crate::kernel::simd::slices;
use crate::op::elementwise::{bind, operand, Args, Call, MapFn, Promote, Spec};
use crate::op::promote::{result_type, Operand};
use crate::value::IValue;
use crate::{bail, ensure, map1, map2, map3, Result};

use super::math::{half_bits, rounded, truth};
use Promote::{Double, First, Float, Mask, Same};

pub static ADD: Spec = Spec::new("add_stub", 2, Same)
    .bind_others(bind_alpha)
    .check_others(check_alpha)
    .f32(add_f32)
    .number_f32(|x, out, p| slices::add_number_f32(x[0], p[0] * alpha(&p[1..], 1.0), out))
    .number_f64(|x, out, p| slices::add_number_f64(x[0], p[0] * alpha(&p[1..], 1.0), out))
    .f64(map2!(f64, |a, b, p| a + alpha(p, 1.0) * b))
    .int(map2!(i64, |a, b, p| a.wrapping_add(b.wrapping_mul(alpha(p, 1)))))
    .bool(map2!(u8, |a, b, p| truth(a) | (truth(b) & alpha(p, 1))))
    .complex(map2!(Complex64, |a, b, p| a + alpha(p, Complex64::new(1.0, 0.0)) * b));

pub static SUB: Spec = Spec::new("sub_stub", 2, Same)
    .bind_others(bind_alpha)
    .check_others(check_sub)
    .f32(sub_f32)
    .number_f32(|x, out, p| slices::add_number_f32(x[0], -p[0] * alpha(&p[1..], 1.0), out))
    .number_f64(|x, out, p| slices::add_number_f64(x[0], -p[0] * alpha(&p[1..], 1.0), out))
    .f64(map2!(f64, |a, b, p| a - alpha(p, 1.0) * b))
    .int(map2!(i64, |a, b, p| a.wrapping_sub(b.wrapping_mul(alpha(p, 1)))))
    .complex(map2!(Complex64, |a, b, p| a - alpha(p, Complex64::new(1.0, 0.0)) * b));

/// `other - alpha · self`, of a number.
pub static RSUB: Spec = Spec::new("sub_stub", 2, Same)
    .bind_others(bind_alpha)
    .check_others(check_sub)
    .f32(|x, out, p| sub_f32(&[x[1], x[0]], out, p))
    .number_f32(|x, out, p| match alpha(&p[1..], 1.0) {
        1.0 => fast!(f32, |a; p| p[0] - a)(x, out, p),
        _ => fast!(f32, |a; p| p[0] - p[1] * a)(x, out, p),
    })
    .f64(map2!(f64, |a, b, p| b - alpha(p, 1.0) * a))
    .int(map2!(i64, |a, b, p| b.wrapping_sub(a.wrapping_mul(alpha(p, 1)))))
    .complex(map2!(Complex64, |a, b, p| b - alpha(p, Complex64::new(1.0, 0.0)) * a));

/// The same of a tensor, which messages name first.
pub static RSUB_TENSOR: Spec = Spec::new("sub_stub", 2, Same).bind(|_, args| {
    let mut call = bind_alpha(&SUB, args)?;
    call.operands.swap(0, 1);
    Ok(call)
});

pub static MUL: Spec = Spec::new("mul_stub", 2, Same)
    .wide_number()
    .f32(mul_f32)
    .f64(fast!(f64, |a, b;| a * b))
    .number_f32(fast!(f32, |a; p| a * p[0]))
    .number_f64(fast!(f64, |a; p| a * p[0]))
    .int(map2!(i64, |a, b| a.wrapping_mul(b)))
    .bool(map2!(u8, |a, b| truth(a) & truth(b)))
    .complex(map2!(Complex64, |a, b| a * b));

pub static DIV: Spec = Spec::new("div_true", 2, Float)
    .wide_number()
    .f32(div_f32)
    .f64(fast!(f64, |a, b;| a / b))
    .number_f32(fast!(f32, |a; p| a / p[0]))
    .number_f64(fast!(f64, |a; p| a / p[0]))
    .complex(map2!(Complex64, |a, b| complex_div(a, b)));

/// The parameter: the significant bits of a half type, to which the quotient is rounded first.
#[allow(clippy::unnecessary_cast)] // for one of its two types
pub static DIV_TRUNC: Spec =
    real2!(Spec::new("div_trunc_cpu", 2, Same).check_others(no_zero).wide_number(), |a, b, p| match p[0] {
        0.0 => (a / b).trunc(),
        bits => (rounded((a / b) as f64, bits as u32) as T).trunc(),
    })
    .int(map2!(i64, |a, b| a.wrapping_div(b)));

/// The largest integer not above a / b, by way of the exact remainder, so that it does not meet a rounded-up quotient.
/// Differences and quotients go through `round`.
macro_rules! floor_quotient {
    ($t:ty, $a:ident, $b:ident, $rest:ident, $round:expr) => {{
        let q: $t = $round($round($a - $rest) / $b);
        let q = if $rest != 0.0 && ($b < 0.0) != ($rest < 0.0) { q - 1.0 } else { q };
        let floor = q.floor();
        let floor = if q - floor > 0.5 { floor + 1.0 } else { floor };
        let floor = if q == 0.0 { (0.0 as $t).copysign($a / $b) } else { floor };
        if $b == 0.0 {
            $a / $b
        } else {
            floor
        }
    }};
}

/// The parameter: as that of [`DIV_TRUNC`].
pub static DIV_FLOOR_BY: Spec = Spec::new("div_floor_cpu", 2, Same)
    .check_others(no_zero)
    .wide_number()
    .f32(|x, out, p| {
        slices::rest_f32(x[0], x[1], out);
        let whole = match alpha(p, 0.0) {
            0.0 => fast!(f32, |a, b, rest;| floor_quotient!(f32, a, b, rest, |v: f32| v)),
            _ => fast!(f32, |a, b, rest; p| {
                floor_quotient!(f32, a, b, rest, |v: f32| rounded(v as f64, p[0] as u32) as f32)
            }),
        };
        with_rest(x, out, p, whole);
    })
    .f64(map2!(f64, |a, b| {
        let rest = a % b;
        floor_quotient!(f64, a, b, rest, |v: f64| v)
    }))
    .int(map2!(i64, |a, b| floor_div(a, b)));

pub static DIV_FLOOR: Spec = Spec::new("div_floor_cpu", 2, Same).bind(|_, args| bind_div(&DIV_FLOOR_BY, args));

/// `div` with a rounding mode as last argument.
pub static DIV_MODE: Spec = Spec::new("div", 2, Same).bind(|_, mut args| {
    let mode = match args.pop() {
        Some(IValue::None) | None => None,
        Some(mode) => Some(mode.to_str()?),
    };
    match mode.as_deref() {
        None => bind(&DIV, args),
        Some("trunc") => bind_div(&DIV_TRUNC, args),
        Some("floor") => bind_div(&DIV_FLOOR_BY, args),
        Some(other) => {
            bail!("div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{other}'")
        }
    }
});

/// Quotients of half types by tensors are rounded before they become whole.
fn bind_div(spec: &'static Spec, args: Args) -> Result<Call> {
    let call = bind(spec, args)?;
    let number = call.operands.get(1).is_none_or(|o| o.tensor().is_none_or(|t| t.dim() == 0));
    match half_bits(result_type(&call.operands)) {
        bits if bits > 0.0 && !number => Ok(call.param(bits)),
        _ => Ok(call),
    }
}

/// The sign of the divisor, as in Python.
pub static REMAINDER: Spec = Spec::new("remainder_cpu", 2, Same)
    .check_others(no_zero)
    .f32(|x, out, p| {
        slices::rest_f32(x[0], x[1], out);
        let signed = fast!(f32, |_a, b, rest;| if rest != 0.0 && (b < 0.0) != (rest < 0.0) { rest + b } else { rest });
        with_rest(x, out, p, signed);
    })
    .f64(map2!(f64, |a, b| {
        let rest = a % b;
        if rest != 0.0 && (b < 0.0) != (rest < 0.0) {
            rest + b
        } else {
            rest
        }
    }))
    .int(map2!(i64, |a, b| a.wrapping_sub(floor_div(a, b).wrapping_mul(b))));

/// The sign of the dividend, as in C.
pub static FMOD: Spec = slice2_f32!(Spec::new("fmod_cpu", 2, Same).check_others(no_zero), slices::rest_f32, |a, b| a
    % b)
.int(map2!(i64, |a, b| a.wrapping_rem(b)));

const POWERS: Spec = Spec::new("pow", 2, Same)
    .bind(bind_pow)
    .check(check_pow)
    .f32(pow_f32)
    .f64(pow_f64)
    .int(map2!(i64, |a, b| int_pow(a, b)))
    // by a number, which is 0 or 1
    .bool(map2!(u8, |a, b| if b == 0 { 1 } else { a }))
    .complex(map2!(Complex64, |a, b| complex_pow(a, b)));

pub static POW: Spec = POWERS;

/// The base is a number.
pub static POW_OF_NUMBER: Spec = POWERS.rows();

pub static SQUARE: Spec = Spec::new("pow", 1, Same).bind(|_, args| {
    let call = bind(&SQUARE, args)?;
    Ok(Call { spec: &POW, ..call }.with(Scalar::Int(2)).param(Scalar::Int(2)))
});

const FLOAT_POWERS: Spec =
    Spec::new("pow", 2, Double).bind(bind_pow).f64(pow_f64).complex(map2!(Complex64, |a, b| complex_pow(a, b)));

pub static FLOAT_POWER: Spec = FLOAT_POWERS;

/// The base is a number.
pub static FLOAT_POWER_OF_NUMBER: Spec = FLOAT_POWERS.rows();

/// In place the base must have the result's dtype already.
pub static FLOAT_POWER_INTO: Spec = Spec::new("pow", 2, Double)
    .bind(bind_pow)
    .check(|call, taken| {
        let base = call.operands[0].dtype();
        ensure!(
            base == taken,
            "the base given to float_power_ has dtype {base} but the operation's result requires dtype {taken}"
        );
        Ok(())
    })
    .f64(pow_f64)
    .complex(map2!(Complex64, |a, b| complex_pow(a, b)));

pub static MAXIMUM: Spec = Spec::new("maximum_cpu", 2, Same)
    .check_others(no_complex!("maximum not implemented for complex tensors."))
    .f32(|x, out, _| slices::max_f32(x[0], x[1], out))
    .f64(map2!(f64, |a, b| if a > b || a.is_nan() { a } else { b }))
    .int(map2!(i64, |a, b| a.max(b)))
    .bool(fast!(u8, |a, b;| truth(a) | truth(b)));

pub static MINIMUM: Spec = Spec::new("minimum_cpu", 2, Same)
    .check_others(no_complex!("minimum not implemented for complex tensors."))
    .f32(|x, out, _| slices::min_f32(x[0], x[1], out))
    .f64(map2!(f64, |a, b| if a < b || a.is_nan() { a } else { b }))
    .int(map2!(i64, |a, b| a.min(b)))
    .bool(fast!(u8, |a, b;| truth(a) & truth(b)));

/// NaN only where both are.
pub static FMAX: Spec = real2!(
    Spec::new("fmax_cpu", 2, Same).check_others(no_complex!("fmax not implemented for complex tensors.")),
    |a, b| a.max(b)
)
.int(map2!(i64, |a, b| a.max(b)))
.bool(fast!(u8, |a, b;| truth(a) | truth(b)));

pub static FMIN: Spec = real2!(
    Spec::new("fmin_cpu", 2, Same).check_others(no_complex!("fmin not implemented for complex tensors.")),
    |a, b| a.min(b)
)
.int(map2!(i64, |a, b| a.min(b)))
.bool(fast!(u8, |a, b;| truth(a) & truth(b)));

pub static ATAN2: Spec = slice2_f32!(Spec::new("atan2_cpu", 2, Float), slices::atan2_f32, |a, b| a.atan2(b));
pub static COPYSIGN: Spec = real2!(Spec::new("copysign_cpu", 2, Float), |a, b| a.copysign(b));
pub static HYPOT: Spec = slice2_f32!(Spec::new("hypot_cpu", 2, Same), slices::hypot_f32, |a, b| a.hypot(b));

pub static NEXTAFTER: Spec =
    slice2_f32!(Spec::new("nextafter_cpu", 2, Same).bind_others(bind_nextafter), slices::nextafter_f32, |a, b| {
        libm::nextafter(a, b)
    });
static NEXTAFTER_F16: Spec =
    Spec::new("nextafter_cpu", 2, Same)
        .f32(map2!(f32, |a, b| half_after(a, b, f16::from_f32(a).to_bits(), |bits| f16::from_bits(bits).to_f32())));
static NEXTAFTER_BF16: Spec =
    Spec::new("nextafter_cpu", 2, Same)
        .f32(map2!(f32, |a, b| half_after(a, b, bf16::from_f32(a).to_bits(), |bits| bf16::from_bits(bits).to_f32())));

/// The next number of a half type after `a` on the way to `b`.
fn half_after(a: f32, b: f32, bits: u16, number: fn(u16) -> f32) -> f32 {
    if a.is_nan() || b.is_nan() {
        f32::NAN
    } else if a == b {
        b
    } else if a == 0.0 {
        number(1).copysign(b)
    } else {
        number(if (b > a) == (a > 0.0) { bits + 1 } else { bits - 1 })
    }
}

fn bind_nextafter(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut args = args.into_iter();
    let (a, b) = (operand(args.next().unwrap_or_default())?, operand(args.next().unwrap_or_default())?);
    let spec = match (a.dtype(), b.dtype()) {
        (DType::F16, DType::F16) => &NEXTAFTER_F16,
        (DType::BF16, DType::BF16) => &NEXTAFTER_BF16,
        _ => spec,
    };
    Ok(Call::new(spec).with(a).with(b))
}

pub static HEAVISIDE: Spec = real2!(Spec::new("heaviside_cpu", 2, Same).check(check_heaviside), |a, b| {
    if a == 0.0 {
        b
    } else if a < 0.0 || a.is_nan() {
        0.0
    } else {
        1.0
    }
})
.int(map2!(i64, |a, b| match a {
    0 => b,
    _ => (a > 0) as i64,
}))
.bool(fast!(u8, |a, b;| truth(a) | truth(b)));

/// A product with a logarithm, the natural one of `b` or of `1 + b`; 0 where a is 0, unless b is NaN. The parameter: the
/// significant bits of a half type, to which the logarithm is rounded.
macro_rules! times_log {
    ($name:expr, $slice:path, $log:ident) => {
        Spec::new($name, 2, Float)
            .bind_others(bind_half_bits)
            .f32(|x, out, p| match p.first() {
                None => $slice(x[0], x[1], out),
                Some(_) => map2!(f32, |a, b, p| match a == 0.0 && !b.is_nan() {
                    true => 0.0,
                    false => a * rounded(b.$log() as f64, p[0] as u32) as f32,
                })(x, out, p),
            })
            .f64(map2!(f64, |a, b| match a == 0.0 && !b.is_nan() {
                true => 0.0,
                false => a * b.$log(),
            }))
    };
}

pub static XLOGY: Spec = times_log!("xlogy_cpu", slices::xlogy_f32, ln);
pub static XLOG1PY: Spec = times_log!("xlog1py_cpu", slices::xlog1py_f32, ln_1p);

pub static LOGADDEXP: Spec = slice2_f32!(Spec::new("logaddexp_cpu", 2, Same), slices::logaddexp_f32, |a, b| {
    if a.is_infinite() && a == b {
        a
    } else {
        a.max(b) + (-(a - b).abs()).exp().ln_1p()
    }
})
.complex(map2!(Complex64, |a, b| {
    let (high, low) = if a.re >= b.re { (a, b) } else { (b, a) };
    if high.re == f64::NEG_INFINITY {
        high
    } else {
        high + (Complex64::new(1.0, 0.0) + (low - high).exp()).ln()
    }
}));
pub static LOGADDEXP2: Spec = slice2_f32!(Spec::new("logaddexp2_cpu", 2, Same), slices::logaddexp2_f32, |a, b| {
    if a.is_infinite() && a == b {
        a
    } else {
        a.max(b) + (-(a - b).abs()).exp2().ln_1p() * std::f64::consts::LOG2_E
    }
});

pub static GCD: Spec = Spec::new("gcd_cpu", 2, Same).int(map2!(i64, |a, b| gcd(a, b)));
pub static LCM: Spec = Spec::new("lcm_cpu", 2, Same).int(map2!(i64, |a, b| match gcd(a, b) {
    0 => 0,
    g => (a / g).wrapping_mul(b).wrapping_abs(),
}));

pub static BITWISE_AND: Spec =
    Spec::new("bitwise_and_cpu", 2, Same).int(map2!(i64, |a, b| a & b)).bool(fast!(u8, |a, b;| truth(a) & truth(b)));
pub static BITWISE_OR: Spec =
    Spec::new("bitwise_or_cpu", 2, Same).int(map2!(i64, |a, b| a | b)).bool(fast!(u8, |a, b;| truth(a) | truth(b)));
pub static BITWISE_XOR: Spec =
    Spec::new("bitwise_xor_cpu", 2, Same).int(map2!(i64, |a, b| a ^ b)).bool(fast!(u8, |a, b;| truth(a) ^ truth(b)));
pub static BITWISE_NOT: Spec =
    Spec::new("bitwise_not_cpu", 1, Same).int(map1!(i64, |x| !x)).bool(map1!(u8, |x| u8::from(x == 0)));
/// Shifts by more than the width give 0.
pub static LEFT_SHIFT: Spec =
    Spec::new("lshift_cpu", 2, Same).int(map2!(i64, |a, b| if (0..64).contains(&b) { a << b } else { 0 }));
/// Shifts by more than the width leave the sign.
pub static RIGHT_SHIFT: Spec =
    Spec::new("rshift_cpu", 2, Same).int(map2!(i64, |a, b| if (0..64).contains(&b) { a >> b } else { a >> 63 }));
/// Arguments: condition, then the two choices.
pub static WHERE: Spec =
    real3!(Spec::new("where_cpu", 3, Mask).check(check_where), |c, a, b| if c != 0.0 { a } else { b })
        .int(map3!(i64, |c, a, b| if c != 0 { a } else { b }))
        .bool(map3!(u8, |c, a, b| truth(if c != 0 { a } else { b })))
        .complex(map3!(Complex64, |c, a, b| if c.re != 0.0 { a } else { b }));

/// Arguments: self, mask, value.
pub static MASKED_FILL: Spec =
    real3!(Spec::new("masked_fill", 3, First).check(check_masked_fill).masked().rows(), |x, m, v| if m != 0.0 {
        v
    } else {
        x
    })
    .int(map3!(i64, |x, m, v| if m != 0 { v } else { x }))
    .bool(map3!(u8, |x, m, v| truth(if m != 0 { v } else { x })))
    .complex(map3!(Complex64, |x, m, v| if m.re != 0.0 { v } else { x }));

/// NaN where one is.
macro_rules! clamp {
    ($t:ty, $x:ident, $low:ident, $high:ident) => {
        if $x.is_nan() {
            $x
        } else if $low.is_nan() || $high.is_nan() {
            <$t>::NAN
        } else {
            let x = if $x < $low { $low } else { $x };
            if x > $high {
                $high
            } else {
                x
            }
        }
    };
}

/// Arguments: self, min, max, of which one may be absent. The parameters: the limits, where both are numbers.
pub static CLAMP: Spec = Spec::new("clamp_cpu", 3, Same)
    .bind(bind_clamp)
    .check(check_clamp)
    .f32(|x, out, p| match p {
        [low, high] if !low.is_nan() && !high.is_nan() => fast!(f32, |x; p| {
            let x = if x < p[0] { p[0] } else { x };
            if x > p[1] {
                p[1]
            } else {
                x
            }
        })(x, out, p),
        _ => fast!(f32, |x, low, high;| clamp!(f32, x, low, high))(x, out, p),
    })
    .f64(fast!(f64, |x, low, high;| clamp!(f64, x, low, high)))
    .int(map3!(i64, |x, low, high| x.max(low).min(high)));

pub static CLAMP_MIN: Spec =
    real2!(Spec::new("clamp_min_cpu", 2, Same).check(check_clamp), |x, low| if x.is_nan() || x > low {
        x
    } else {
        low
    })
    .number_f32(fast!(f32, |x; p| if x.is_nan() || x > p[0] { x } else { p[0] }))
    .number_f64(fast!(f64, |x; p| if x.is_nan() || x > p[0] { x } else { p[0] }))
    .int(map2!(i64, |a, b| a.max(b)))
    .bool(fast!(u8, |a, b;| truth(a) | truth(b)));

pub static CLAMP_MAX: Spec =
    real2!(Spec::new("clamp_max_cpu", 2, Same).check(check_clamp), |x, high| if x.is_nan() || x < high {
        x
    } else {
        high
    })
    .number_f32(fast!(f32, |x; p| if x.is_nan() || x < p[0] { x } else { p[0] }))
    .number_f64(fast!(f64, |x; p| if x.is_nan() || x < p[0] { x } else { p[0] }))
    .int(map2!(i64, |a, b| a.min(b)))
    .bool(fast!(u8, |a, b;| truth(a) & truth(b)));

pub static LERP: Spec = real3!(Spec::new("lerp_kernel_tensor", 3, Same).check(check_lerp).wide_number(), |a, b, w| {
    if w.abs() < 0.5 {
        a + w * (b - a)
    } else {
        b - (b - a) * (1.0 - w)
    }
})
.number_f32(|x, out, p| match p[0].abs() < 0.5 {
    true => fast!(f32, |a, b; p| a + p[0] * (b - a))(x, out, p),
    false => fast!(f32, |a, b; p| b - (b - a) * (1.0 - p[0]))(x, out, p),
})
.complex(map3!(Complex64, |a, b, w| {
    if w.norm() < 0.5 {
        a + w * (b - a)
    } else {
        b - (b - a) * (Complex64::new(1.0, 0.0) - w)
    }
}));

pub static ADDCMUL: Spec = real3!(Spec::new("addcmul_cpu_out", 3, Same), |x, a, b, p| x + p[0] * a * b)
    .int(map3!(i64, |x, a, b, p| x.wrapping_add(alpha(p, 1).wrapping_mul(a).wrapping_mul(b))))
    .complex(map3!(Complex64, |x, a, b, p| x + alpha(p, Complex64::new(1.0, 0.0)) * a * b));

pub static ADDCDIV: Spec =
    real3!(Spec::new("addcdiv_cpu_out", 3, Same).check(check_addcdiv), |x, a, b, p| x + p[0] * a / b)
        .complex(map3!(Complex64, |x, a, b, p| x + alpha(p, Complex64::new(1.0, 0.0)) * complex_div(a, b)));

/// Leaves out what is absent; also used with numbers.
fn bind_clamp(_: &'static Spec, args: Args) -> Result<Call> {
    let mut args = args.into_iter();
    let x = operand(args.next().unwrap_or_default())?;
    let mut bound = || match args.next() {
        None | Some(IValue::None) => Ok(None),
        Some(value) => operand(value).map(Some),
    };
    match (bound()?, bound()?) {
        (Some(low), Some(high)) => {
            let mut call = Call::new(&CLAMP);
            if let (Operand::Scalar(low), Operand::Scalar(high)) = (&low, &high) {
                call = call.param(*low).param(*high);
            }
            Ok(call.with(x).with(low).with(high))
        }
        (Some(low), None) => Ok(Call::new(&CLAMP_MIN).with(x).with(low)),
        (None, Some(high)) => Ok(Call::new(&CLAMP_MAX).with(x).with(high)),
        (None, None) => bail!("torch.clamp: At least one of 'min' or 'max' must not be None"),
    }
}

fn bind_half_bits(spec: &'static Spec, args: Args) -> Result<Call> {
    let call = bind(spec, args)?;
    match half_bits(result_type(&call.operands)) {
        0.0 => Ok(call),
        bits => Ok(call.param(bits)),
    }
}

fn alpha<T: Copy>(params: &[T], one: T) -> T {
    params.first().copied().unwrap_or(one)
}

fn add_f32(x: &[&[f32]], out: &mut [f32], p: &[f32]) {
    match alpha(p, 1.0) {
        1.0 => slices::add_f32(x[0], x[1], out),
        alpha => axpy(x, out, alpha),
    }
}

fn sub_f32(x: &[&[f32]], out: &mut [f32], p: &[f32]) {
    match alpha(p, 1.0) {
        1.0 => slices::sub_f32(x[0], x[1], out),
        alpha => axpy(x, out, -alpha),
    }
}

fn axpy(x: &[&[f32]], out: &mut [f32], alpha: f32) {
    fast!(f32, |a, b; p| a + p[0] * b)(x, out, &[alpha]);
}

/// Calls a kernel of a, b and the remainder of a / b, which stands in `out` and is replaced.
fn with_rest(x: &[&[f32]], out: &mut [f32], p: &[f32], kernel: MapFn<f32>) {
    let mut rest = [0.0; 256];
    for (i, out) in out.chunks_mut(rest.len()).enumerate() {
        let (start, end) = (i * 256, i * 256 + out.len());
        let rest = &mut rest[..out.len()];
        rest.copy_from_slice(out);
        kernel(&[&x[0][start..end], &x[1][start..end], rest], out, p);
    }
}

fn mul_f32(x: &[&[f32]], out: &mut [f32], _: &[f32]) {
    slices::mul_f32(x[0], x[1], out);
}

fn div_f32(x: &[&[f32]], out: &mut [f32], _: &[f32]) {
    slices::div_f32(x[0], x[1], out);
}

/// The parameter, where there is one: the exponent of all elements. Those with a cheap form take it.
fn pow_f32(x: &[&[f32]], out: &mut [f32], p: &[f32]) {
    match p.first() {
        Some(2.0) => slices::square_f32(x[0], out),
        Some(3.0) => fast!(f32, |x;| x * x * x)(x, out, p),
        Some(1.0) => out.copy_from_slice(x[0]),
        Some(0.5) => slices::sqrt_f32(x[0], out),
        Some(-0.5) => slices::rsqrt_f32(x[0], out),
        Some(-1.0) => slices::reciprocal_f32(x[0], out),
        Some(-2.0) => fast!(f32, |x;| 1.0 / (x * x))(x, out, p),
        _ => slices::pow_f32(x[0], x[1], out),
    }
}

fn pow_f64(x: &[&[f64]], out: &mut [f64], p: &[f64]) {
    match p.first() {
        Some(2.0) => fast!(f64, |x;| x * x)(x, out, p),
        Some(3.0) => fast!(f64, |x;| x * x * x)(x, out, p),
        Some(1.0) => out.copy_from_slice(x[0]),
        Some(0.5) => fast!(f64, |x;| x.sqrt())(x, out, p),
        Some(-0.5) => fast!(f64, |x;| 1.0 / x.sqrt())(x, out, p),
        Some(-1.0) => fast!(f64, |x;| 1.0 / x)(x, out, p),
        Some(-2.0) => fast!(f64, |x;| 1.0 / (x * x))(x, out, p),
        _ => map2!(f64, |x, e| x.powf(e))(x, out, p),
    }
}

/// Tells the kernel an exponent that is one number.
fn bind_pow(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut call = bind(spec, args)?;
    if let Some(Operand::Scalar(exponent)) = call.operands.get(1) {
        call.params.push(*exponent);
    }
    Ok(call)
}

pub(crate) fn floor_div(a: i64, b: i64) -> i64 {
    let q = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) {
        q - 1
    } else {
        q
    }
}

/// Wrapping; a negative exponent leaves only what integers can hold.
pub(crate) fn int_pow(base: i64, exponent: i64) -> i64 {
    if exponent < 0 {
        return match base {
            1 => 1,
            -1 if exponent % 2 == 0 => 1,
            -1 => -1,
            _ => 0,
        };
    }
    let (mut base, mut e, mut power) = (base, exponent, 1i64);
    while e > 0 {
        if e & 1 == 1 {
            power = power.wrapping_mul(base);
        }
        base = base.wrapping_mul(base);
        e >>= 1;
    }
    power
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a as i64
}

pub(crate) fn complex_pow(a: Complex64, b: Complex64) -> Complex64 {
    if b == Complex64::new(2.0, 0.0) {
        return a * a;
    }
    if b == Complex64::new(0.0, 0.0) {
        return Complex64::new(1.0, 0.0);
    }
    if a == Complex64::new(0.0, 0.0) {
        return if b.re > 0.0 { a } else { Complex64::new(f64::NAN, f64::NAN) };
    }
    (b * a.ln()).exp()
}

/// Scaled by the larger part of the divisor, so that its square does not overflow.
pub(crate) fn complex_div(a: Complex64, b: Complex64) -> Complex64 {
    let scale = b.re.abs().max(b.im.abs());
    if scale == 0.0 || !scale.is_finite() {
        return if scale == 0.0 { Complex64::new(a.re / b.re.abs(), a.im / b.re.abs()) } else { a / b };
    }
    let (b, a) = (b / scale, a / scale);
    a * b.conj() / b.norm_sqr()
}

/// With half types the factor is one of them.
fn bind_alpha(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut call = bind(spec, args)?;
    if let Some(Scalar::Float(alpha)) = call.params.first_mut() {
        match result_type(&call.operands) {
            DType::F16 => *alpha = f64::from(f16::from_f32(*alpha as f32).to_f32()),
            DType::BF16 => *alpha = f64::from(bf16::from_f32(*alpha as f32).to_f32()),
            _ => {}
        }
    }
    Ok(call)
}

fn check_alpha(call: &Call, dtype: DType) -> Result<()> {
    match call.params.first() {
        Some(Scalar::Float(_)) if dtype.is_integral(true) => {
            bail!("For integral input tensors, argument alpha must not be a floating point number.")
        }
        Some(Scalar::Bool(_)) if dtype != DType::Bool => bail!("Boolean alpha only supported for Boolean results."),
        Some(Scalar::Complex(_)) if !dtype.is_complex() => {
            bail!("For non-complex input tensors, argument alpha must not be a complex number.")
        }
        _ => Ok(()),
    }
}

fn check_sub(call: &Call, dtype: DType) -> Result<()> {
    let bools = call.operands.iter().filter(|o| o.dtype() == DType::Bool).count();
    ensure!(
        bools < 2,
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator \
         instead."
    );
    ensure!(
        bools == 0,
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use \
         the `~` or `logical_not()` operator instead."
    );
    check_alpha(call, dtype)
}

/// Integers cannot be divided by zero.
fn no_zero(call: &Call, dtype: DType) -> Result<()> {
    if !dtype.is_integral(false) {
        return Ok(());
    }
    // in the dtype of the result, where 256 is the uint8 0
    let unused = 64 - 8 * dtype.itemsize().min(8) as u32;
    let is_zero = |v: i64| v << unused == 0;
    let zero = match &call.operands[1] {
        Operand::Scalar(s) => is_zero(s.to_i64()),
        Operand::Tensor(t) => t.to_vec::<i64>()?.into_iter().any(is_zero),
    };
    ensure!(!zero || call.operands[0].tensor().is_some_and(|t| t.numel() == 0), "ZeroDivisionError");
    Ok(())
}

fn check_pow(call: &Call, dtype: DType) -> Result<()> {
    let by_number = matches!(call.operands[1], Operand::Scalar(_));
    ensure!(dtype != DType::Bool || by_number, "\"pow\" not implemented for 'Bool'");
    if let (true, Operand::Scalar(e)) = (dtype.is_integral(true), &call.operands[1]) {
        ensure!(e.to_i64() >= 0, "Integers to negative integer powers are not allowed.");
    }
    numbers_fit(&call.operands[1..], dtype)
}

fn check_heaviside(call: &Call, dtype: DType) -> Result<()> {
    ensure!(!dtype.is_complex(), "heaviside is not yet implemented for complex tensors.");
    ensure!(
        call.operands[0].dtype() == call.operands[1].dtype(),
        "heaviside is not yet implemented for tensors with different dtypes."
    );
    Ok(())
}

fn check_where(call: &Call, dtype: DType) -> Result<()> {
    let condition = call.operands[0].dtype();
    ensure!(
        matches!(condition, DType::Bool | DType::U8),
        "where expected condition to be a boolean tensor, but got a tensor with dtype {condition}"
    );
    numbers_fit(&call.operands[1..], dtype)
}

fn check_masked_fill(call: &Call, dtype: DType) -> Result<()> {
    let (mask, value) = (&call.operands[1], &call.operands[2]);
    ensure!(
        mask.dtype() == DType::Bool,
        "masked_fill_ only supports boolean masks, but got mask with dtype {}",
        mask.dtype()
    );
    if let Operand::Tensor(t) = value {
        ensure!(
            t.dim() == 0,
            "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {} dimension(s).",
            t.dim()
        );
    }
    match value {
        Operand::Scalar(s) => s.check_fits(dtype),
        Operand::Tensor(t) if t.dtype() != dtype && t.numel() == 1 => t.item()?.check_fits(dtype),
        Operand::Tensor(_) => Ok(()),
    }
}

/// Numbers must be such that the dtype holds them.
fn numbers_fit(operands: &[Operand], dtype: DType) -> Result<()> {
    operands.iter().try_for_each(|operand| match operand {
        Operand::Scalar(s) => s.check_fits(dtype),
        Operand::Tensor(_) => Ok(()),
    })
}

/// Bools have a minimum and a maximum with a tensor, but no limit that is a number.
fn check_clamp(call: &Call, dtype: DType) -> Result<()> {
    let numbers = call.operands[1..].iter().all(|o| matches!(o, Operand::Scalar(_)));
    if dtype.is_complex() && !numbers {
        let name = match call.spec.name {
            "clamp_min_cpu" => "maximum_cpu",
            "clamp_max_cpu" => "minimum_cpu",
            name => name,
        };
        bail!("\"{name}\" not implemented for '{dtype}'");
    }
    ensure!(!dtype.is_complex(), "clamp is not supported for complex types");
    if dtype == DType::Bool && numbers {
        let name = call.spec.name.trim_end_matches("_cpu");
        bail!("\"{name}_scalar_cpu\" not implemented for 'Bool'");
    }
    numbers_fit(&call.operands, dtype)
}

fn check_lerp(call: &Call, _: DType) -> Result<()> {
    let first = call.operands[0].dtype();
    if let Operand::Scalar(weight) = &call.operands[2] {
        weight.check_fits(if first.is_complex() { first } else { DType::F64 })?;
    }
    for (other, name) in call.operands[1..].iter().zip(["end", "weight"]) {
        if let Operand::Tensor(t) = other {
            let (want, got) = (first.name().to_lowercase(), t.dtype().name().to_lowercase());
            ensure!(want == got, "expected dtype {want} for `{name}` but got dtype {got}");
        }
    }
    ensure!(!first.is_integral(true), "\"lerp_kernel_scalar\" not implemented for '{first}'");
    Ok(())
}

fn check_addcdiv(call: &Call, _: DType) -> Result<()> {
    ensure!(
        !call.operands[1..].iter().all(|o| o.dtype().is_integral(true)),
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true \
         division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * \
         torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / \
         tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * \
         tensor1 / tensor2), for all dtypes."
    );
    Ok(())
}
