//! Elementary functions of one operand.

use crate::base::{Complex64, DType, Scalar};
use crate::kernel::simd::slices;
use crate::op::elementwise::{operand, Args, Call, Promote, Spec};
use crate::value::IValue;
use crate::{ensure, map1, Result};

use Promote::{Float, Same};

const ONE: Complex64 = Complex64::new(1.0, 0.0);

pub static NEG: Spec = Spec::new("neg_cpu", 1, Same)
    .check_others(|_, dtype| {
        ensure!(
            dtype != DType::Bool,
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use \
             the `~` or `logical_not()` operator instead."
        );
        Ok(())
    })
    .f32(|x, out, _| slices::neg_f32(x[0], out))
    .f64(map1!(f64, |x| -x))
    .int(map1!(i64, |x| x.wrapping_neg()))
    .complex(map1!(Complex64, |x| -x));

pub static ABS: Spec = Spec::new("abs_cpu", 1, Same)
    .f32(|x, out, _| slices::abs_f32(x[0], out))
    .f64(map1!(f64, |x| x.abs()))
    .int(map1!(i64, |x| x.wrapping_abs()))
    .complex_to_real(|x, out, _| out.iter_mut().zip(x[0]).for_each(|(o, x)| *o = x.norm()));

pub static ANGLE: Spec = real1!(Spec::new("angle", 1, Float), |x| if x.is_nan() {
    x
} else if x < 0.0 {
    std::f64::consts::PI as T
} else {
    0.0
})
.complex_to_real(|x, out, _| out.iter_mut().zip(x[0]).for_each(|(o, x)| *o = x.arg()));

pub static SIGN: Spec = real1!(
    Spec::new("sign_cpu", 1, Same).check_others(no_complex!(
        "Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead."
    )),
    |x| ((x > 0.0) as i32 - (x < 0.0) as i32) as T
)
.int(map1!(i64, |x| x.signum()))
.bool(map1!(u8, |x| truth(x)));

pub static SGN: Spec = real1!(Spec::new("sgn_cpu", 1, Same), |x| ((x > 0.0) as i32 - (x < 0.0) as i32) as T)
    .int(map1!(i64, |x| x.signum()))
    .bool(map1!(u8, |x| truth(x)))
    .complex(map1!(Complex64, |x| if x.norm() == 0.0 { Complex64::new(0.0, 0.0) } else { x / x.norm() }));

pub static CONJ_PHYSICAL: Spec = real1!(Spec::new("conj_cpu", 1, Same).idempotent(), |x| x)
    .int(map1!(i64, |x| x))
    .bool(map1!(u8, |x| truth(x)))
    .complex(map1!(Complex64, |x| x.conj()));

pub static EXP: Spec =
    slice_f32!(Spec::new("exp_vml_cpu", 1, Float), slices::exp_f32, f64::exp).complex(map1!(Complex64, |x| x.exp()));
pub static EXP2: Spec = slice_f32!(Spec::new("exp2", 1, Float), slices::exp2_f32, f64::exp2)
    .complex(map1!(Complex64, |x| (x * std::f64::consts::LN_2).exp()));
pub static EXPM1: Spec = slice_f32!(Spec::new("expm1_vml_cpu", 1, Float), slices::expm1_f32, f64::exp_m1)
    .complex(map1!(Complex64, |x| x.exp() - ONE));
pub static LOG: Spec =
    slice_f32!(Spec::new("log_vml_cpu", 1, Float), slices::log_f32, f64::ln).complex(map1!(Complex64, |x| x.ln()));
pub static LOG2: Spec = slice_f32!(Spec::new("log2_vml_cpu", 1, Float), slices::log2_f32, f64::log2)
    .complex(map1!(Complex64, |x| x.ln() / std::f64::consts::LN_2));
pub static LOG10: Spec = slice_f32!(Spec::new("log10_vml_cpu", 1, Float), slices::log10_f32, f64::log10)
    .complex(map1!(Complex64, |x| x.ln() / std::f64::consts::LN_10));
pub static LOG1P: Spec = slice_f32!(Spec::new("log1p_vml_cpu", 1, Float), slices::log1p_f32, f64::ln_1p)
    .complex(map1!(Complex64, |x| complex_log1p(x)));
pub static SQRT: Spec = slice_f32!(Spec::new("sqrt_vml_cpu", 1, Float), slices::sqrt_f32, f64::sqrt)
    .complex(map1!(Complex64, |x| if x.im.is_infinite() { Complex64::new(f64::INFINITY, x.im) } else { x.sqrt() }));
pub static RSQRT: Spec = slice_f32!(Spec::new("rsqrt_cpu", 1, Float), slices::rsqrt_f32, |x: f64| 1.0 / x.sqrt())
    .complex(map1!(Complex64, |x| ONE / x.sqrt()));
pub static RECIPROCAL: Spec = slice_f32!(Spec::new("reciprocal_cpu", 1, Float), slices::reciprocal_f32, |x: f64| 1.0
    / x)
.complex(map1!(Complex64, |x| super::arith::complex_div(ONE, x)));

pub static SIN: Spec =
    slice_f32!(Spec::new("sin_vml_cpu", 1, Float), slices::sin_f32, f64::sin).complex(map1!(Complex64, |x| x.sin()));
pub static COS: Spec =
    slice_f32!(Spec::new("cos_vml_cpu", 1, Float), slices::cos_f32, f64::cos).complex(map1!(Complex64, |x| x.cos()));
pub static TAN: Spec =
    slice_f32!(Spec::new("tan_vml_cpu", 1, Float), slices::tan_f32, f64::tan).complex(map1!(Complex64, |x| {
        // -i·tanh(i·x), without products that make NaN of infinite parts
        let t = complex_tanh(Complex64::new(-x.im, x.re));
        Complex64::new(t.im, -t.re)
    }));
pub static ASIN: Spec = slice_f32!(Spec::new("asin_vml_cpu", 1, Float), slices::asin_f32, f64::asin)
    .complex(map1!(Complex64, |x| x.asin()));
pub static ACOS: Spec = slice_f32!(Spec::new("acos_vml_cpu", 1, Float), slices::acos_f32, f64::acos)
    .complex(map1!(Complex64, |x| x.acos()));
pub static ATAN: Spec = slice_f32!(Spec::new("atan_vml_cpu", 1, Float), slices::atan_f32, f64::atan)
    .complex(map1!(Complex64, |x| x.atan()));
pub static SINH: Spec = slice_f32!(Spec::new("sinh_vml_cpu", 1, Float), slices::sinh_f32, f64::sinh)
    .complex(map1!(Complex64, |x| x.sinh()));
pub static COSH: Spec = slice_f32!(Spec::new("cosh_vml_cpu", 1, Float), slices::cosh_f32, f64::cosh)
    .complex(map1!(Complex64, |x| x.cosh()));
pub static TANH: Spec = slice_f32!(Spec::new("tanh_vml_cpu", 1, Float), slices::tanh_f32, f64::tanh)
    .complex(map1!(Complex64, |x| complex_tanh(x)));
pub static ASINH: Spec = slice_f32!(Spec::new("asinh_vml_cpu", 1, Float), slices::asinh_f32, libm::asinh)
    .complex(map1!(Complex64, |x| x.asinh()));
pub static ACOSH: Spec =
    slice_f32!(Spec::new("acosh_vml_cpu", 1, Float), slices::acosh_f32, acosh).complex(map1!(Complex64, |x| x.acosh()));
pub static ATANH: Spec = slice_f32!(Spec::new("atanh_vml_cpu", 1, Float), slices::atanh_f32, libm::atanh)
    .complex(map1!(Complex64, |x| x.atanh()));

pub static CEIL: Spec = real1!(
    Spec::new("ceil_vml_cpu", 1, Same).check_others(no_complex!("ceil is not supported for complex inputs")),
    |x| x.ceil()
)
.int(map1!(i64, |x| x));
pub static FLOOR: Spec = real1!(
    Spec::new("floor_vml_cpu", 1, Same).check_others(no_complex!("floor is not supported for complex inputs")),
    |x| x.floor()
)
.int(map1!(i64, |x| x));
pub static TRUNC: Spec = real1!(
    Spec::new("trunc_vml_cpu", 1, Same).check_others(no_complex!("trunc is not supported for complex inputs")),
    |x| x.trunc()
)
.int(map1!(i64, |x| x));
pub static ROUND: Spec = real1!(Spec::new("round_vml_cpu", 1, Same), |x| x.round_ties_even()).int(map1!(i64, |x| x));
pub static FRAC: Spec = real1!(Spec::new("frac_cpu", 1, Same), |x| x - x.trunc());

/// The parameter is the number of decimals; negative ones round before the point.
pub static ROUND_DECIMALS: Spec = real1!(Spec::new("round_cpu", 1, Same), |x, p| {
    let scale = (10.0 as T).powi(p[0].abs() as i32);
    match p[0] {
        0.0 => x.round_ties_even(),
        d if d > 0.0 => (x * scale).round_ties_even() / scale,
        _ => (x / scale).round_ties_even() * scale,
    }
});

pub static DEG2RAD: Spec = real1!(
    Spec::new("deg2rad", 1, Float).check_others(no_complex!("deg2rad is not supported for complex tensors.")),
    |x| x * (std::f64::consts::PI / 180.0) as T
);
pub static RAD2DEG: Spec = real1!(
    Spec::new("rad2deg", 1, Float).check_others(no_complex!("rad2deg is not supported for complex tensors.")),
    |x| x * (180.0 / std::f64::consts::PI) as T
);

pub static SIGMOID: Spec = slice_f32!(Spec::new("sigmoid_cpu", 1, Float), slices::sigmoid_f32, sigmoid)
    .complex(map1!(Complex64, |x| ONE / (ONE + (-x).exp())));

/// The parameters: eps, negative for none; and the mantissa bits of a half type, whose steps PyTorch rounds.
pub static LOGIT: Spec = Spec::new("logit_cpu", 1, Float)
    .bind(bind_logit)
    .f32(|x, out, p| match p[1] {
        0.0 => slices::logit_f32(x[0], p[0], out),
        _ => map1!(f32, |x, p| logit(x as f64, p[0] as f64, p[1] as u32) as f32)(x, out, p),
    })
    .f64(map1!(f64, |x, p| logit(x, p[0], p[1] as u32)));

fn logit(x: f64, eps: f64, bits: u32) -> f64 {
    let x = if eps < 0.0 {
        x
    } else if x < eps {
        eps
    } else if x > 1.0 - eps {
        1.0 - eps
    } else {
        x
    };
    if x == 1.0 {
        f64::INFINITY
    } else {
        rounded(x / rounded(1.0 - x, bits), bits).ln()
    }
}

/// Parameters: what NaN, +∞ and -∞ become.
pub static NAN_TO_NUM: Spec =
    real1!(Spec::new("nan_to_num", 1, Same).bind(bind_nan_to_num).idempotent(), |x, p| if x.is_nan() {
        p[0]
    } else if x == T::INFINITY {
        p[1]
    } else if x == T::NEG_INFINITY {
        p[2]
    } else {
        x
    })
    .int(map1!(i64, |x| x))
    .bool(map1!(u8, |x| truth(x)))
    .complex(map1!(Complex64, |x, p| {
        let part = |v: f64| match v {
            v if v.is_nan() => p[0].re,
            f64::INFINITY => p[1].re,
            f64::NEG_INFINITY => p[2].re,
            v => v,
        };
        Complex64::new(part(x.re), part(x.im))
    }));

pub static SINC: Spec =
    slice_f32!(Spec::new("sinc_cpu", 1, Float).bind_others(bind_sinc), slices::sinc_f32, |x: f64| if x == 0.0 {
        1.0
    } else {
        let t = x * std::f64::consts::PI;
        t.sin() / t
    })
    .complex(map1!(Complex64, |x| {
        let t = x * std::f64::consts::PI;
        if t == Complex64::new(0.0, 0.0) {
            ONE
        } else {
            t.sin() / t
        }
    }));

/// [`SINC`] of complex64, where the multiple of π is rounded: large sines depend on it.
static SINC_C64: Spec = Spec::new("sinc_cpu", 1, Float).complex(map1!(Complex64, |x| {
    let pi = std::f32::consts::PI;
    let t = Complex64::new(f64::from(x.re as f32 * pi), f64::from(x.im as f32 * pi));
    if t == Complex64::new(0.0, 0.0) {
        ONE
    } else {
        t.sin() / t
    }
}));

fn bind_sinc(spec: &'static Spec, args: Args) -> Result<Call> {
    let x = operand(args.into_iter().next().unwrap_or_default())?;
    let spec = if x.dtype() == DType::C64 { &SINC_C64 } else { spec };
    Ok(Call::new(spec).with(x))
}

fn acosh(x: f64) -> f64 {
    // libm has numbers for some below
    if x < 1.0 {
        f64::NAN
    } else {
        libm::acosh(x)
    }
}

/// A bool from a byte.
#[inline(always)]
pub(super) fn truth(x: u8) -> u8 {
    u8::from(x != 0)
}

/// 1 / (1 + e⁻ˣ)
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn complex_tanh(x: Complex64) -> Complex64 {
    if x.re.abs() > 20.0 && (x.im.is_finite() || x.re.is_infinite()) {
        Complex64::new(x.re.signum(), 0.0)
    } else {
        x.tanh()
    }
}

fn complex_log1p(x: Complex64) -> Complex64 {
    let z = ONE + x;
    if x.norm() < 0.5 {
        // |1 + x|² - 1, without the cancellation
        Complex64::new(0.5 * (x.re * (2.0 + x.re) + x.im * x.im).ln_1p(), z.arg())
    } else {
        z.ln()
    }
}

fn bind_logit(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut args = args.into_iter();
    let x = operand(args.next().unwrap_or_default())?;
    let eps = match args.next() {
        None | Some(IValue::None) => -1.0,
        Some(eps) => eps.to_double()?,
    };
    let bits = half_bits(x.dtype());
    Ok(Call::new(spec).with(x).param(eps).param(bits))
}

/// How many significant bits a half type has; 0 for other dtypes. For kernels whose steps PyTorch rounds.
pub(super) fn half_bits(dtype: DType) -> f64 {
    match dtype {
        DType::F16 => 11.0,
        DType::BF16 => 8.0,
        _ => 0.0,
    }
}

/// `v` to so many significant bits, ties to even; 0 bits for all of them.
pub(super) fn rounded(v: f64, bits: u32) -> f64 {
    if bits == 0 || v == 0.0 || !v.is_finite() {
        return v;
    }
    let unit = libm::ldexp(1.0, libm::ilogb(v) + 1 - bits as i32);
    (v / unit).round_ties_even() * unit
}

fn bind_nan_to_num(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut args = args.into_iter();
    let x = operand(args.next().unwrap_or_default())?;
    if x.dtype().is_integral(true) {
        return Ok(Call::new(spec).with(x));
    }
    let largest = largest(x.dtype());
    let double = matches!(x.dtype(), DType::F64 | DType::C128);
    // what float32 cannot hold is infinite
    let mut number = |default: f64| match args.next() {
        None | Some(IValue::None) => Ok(Scalar::Float(default)),
        Some(value) => value.to_double().map(|v| Scalar::Float(if double { v } else { f64::from(v as f32) })),
    };
    let params = [number(0.0)?, number(largest)?, number(-largest)?];
    Ok(Call { params: params.into_iter().collect(), ..Call::new(spec).with(x) })
}

/// The largest finite number of a floating-point dtype.
pub fn largest(dtype: DType) -> f64 {
    match dtype.to_real() {
        DType::F16 => 65504.0,
        DType::BF16 => crate::base::bf16::MAX.to_f64(),
        DType::F32 => f32::MAX as f64,
        _ => f64::MAX,
    }
}
