//! Gradients of elementwise functions and softmax. The first operand is the gradient of the result.

use crate::base::Complex64;
use crate::map2;
use crate::op::elementwise::{bind, Args, Call, Promote, Spec};
use crate::Result;

use Promote::Same;

/// Adds `f32` and `f64` kernels of two operands that call functions of the mathematics library.
macro_rules! calling2 {
    ($spec:expr, |$a:ident, $b:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32($crate::map2!(f32, |$a, $b $(, $p)?| $e)).f64($crate::map2!(f64, |$a, $b $(, $p)?| $e))
    };
}

const ONE: Complex64 = Complex64::new(1.0, 0.0);

/// The second operand is the function's result.
pub static SIGMOID: Spec = real2!(Spec::new("sigmoid_backward_cpu", 2, Same), |g, y| g * (1.0 - y) * y)
    .complex(map2!(Complex64, |g, y| g * ((ONE - y) * y).conj()));
/// The second operand is the function's result.
pub static TANH: Spec = real2!(Spec::new("tanh_backward_cpu", 2, Same), |g, y| g * (1.0 - y * y))
    .complex(map2!(Complex64, |g, y| g * (ONE - y * y).conj()));
/// The operands are turned: the function's argument, whose memory order the result has, then the gradient. Parameter:
/// the threshold.
pub static THRESHOLD: Spec =
    real2!(Spec::new("threshold_cpu", 2, Same).bind(bind_turned), |x, g, p| if x <= p[0] { 0.0 } else { g })
        .int(map2!(i64, |x, g, p| if x <= p[0] { 0 } else { g }));
/// The operands are the function's argument and the gradient. Parameter: the slope below zero.
pub static LEAKY_RELU: Spec =
    real2!(Spec::new("leaky_relu_backward_cpu", 2, Same), |x, g, p| if x > 0.0 { g } else { g * p[0] });
pub static SILU: Spec = calling2!(Spec::new("silu_backward_cpu", 2, Same), |g, x| {
    let s = 1.0 / (1.0 + (-x).exp());
    g * s * (1.0 + x * (1.0 - s))
})
// PyTorch does not conjugate here
.complex(map2!(Complex64, |g, x| {
    let s = ONE / (ONE + (-x).exp());
    g * s * (ONE + x * (ONE - s))
}));
/// Parameters: the limits.
pub static HARDTANH: Spec =
    real2!(Spec::new("hardtanh_backward_cpu", 2, Same), |g, x, p| if x <= p[0] || x >= p[1] { 0.0 } else { g });
/// Operands: gradient, its weighted sum, result.
pub static SOFTMAX: Spec = real3!(Spec::new("softmax_backward", 3, Same).wide_number(), |g, s, y| (g - s) * y);
/// Operands: gradient, its sum, result.
pub static LOG_SOFTMAX: Spec = Spec::new("log_softmax_backward", 3, Same)
    .f32(crate::map3!(f32, |g, s, y| g - y.exp() * s))
    .f64(crate::map3!(f64, |g, s, y| g - y.exp() * s));
/// Parameter: the half width of the interval that gives zero.
pub static SHRINK: Spec =
    real2!(Spec::new("shrink_backward_cpu", 2, Same), |g, x, p| if x >= -p[0] && x <= p[0] { 0.0 } else { g });
pub static HARDSIGMOID: Spec =
    real2!(Spec::new("hardsigmoid_backward", 2, Same), |g, x| if x > -3.0 && x < 3.0 { g / 6.0 } else { 0.0 });
pub static HARDSWISH: Spec = real2!(Spec::new("hardswish_backward_cpu", 2, Same), |g, x| {
    if x < -3.0 {
        0.0
    } else if x <= 3.0 {
        g * (x / 3.0 + 0.5)
    } else {
        g
    }
});
pub static MISH: Spec = calling2!(Spec::new("mish_backward_cpu", 2, Same), |g, x| {
    let s = 1.0 / (1.0 + (-x).exp());
    let t = (x.max(0.0) + (-x.abs()).exp().ln_1p()).tanh();
    g * (t + x * s * (1.0 - t * t))
});
pub static GELU: Spec = Spec::new("GeluBackwardKernelImpl", 2, Same)
    .f32(crate::map2!(f32, |g, x| gelu(g.into(), x.into()) as f32))
    .f64(crate::map2!(f64, |g, x| gelu(g, x)));
pub static GELU_TANH: Spec = Spec::new("GeluBackwardKernelImpl", 2, Same)
    .f32(crate::map2!(f32, |g, x| gelu_tanh(g.into(), x.into()) as f32))
    .f64(crate::map2!(f64, |g, x| gelu_tanh(g, x)));
/// Parameters: beta, threshold.
pub static SOFTPLUS: Spec = calling2!(Spec::new("softplus_backward_cpu", 2, Same), |g, x, p| {
    let z = (x * p[0]).exp();
    if x * p[0] > p[1] {
        g
    } else {
        g * z / (z + 1.0)
    }
});
/// Parameters: alpha, scale, input scale.
pub static ELU: Spec = calling2!(Spec::new("elu_backward_cpu", 2, Same), |g, x, p| {
    if x <= 0.0 {
        g * p[2] * p[0] * p[1] * (x * p[2]).exp()
    } else {
        g * p[1]
    }
});
/// As [`ELU`], where the second operand is the function's result.
pub static ELU_OF_RESULT: Spec = real2!(Spec::new("elu_backward_cpu", 2, Same), |g, y, p| {
    if y <= 0.0 {
        g * p[2] * (y + p[0] * p[1])
    } else {
        g * p[1]
    }
});
/// Parameter: how far from 0 and 1 the argument is kept; negative where it is not.
pub static LOGIT: Spec = real2!(Spec::new("logit_backward_cpu", 2, Same), |g, x, p| {
    if p[0] < 0.0 && (x < 0.0 || x > 1.0) {
        f64::NAN as _
    } else if p[0] >= 0.0 && (x < p[0] || x > 1.0 - p[0]) {
        0.0
    } else {
        g / (x * (1.0 - x))
    }
});
/// Operands: gradient, argument, `exp(-|argument|)`.
pub static LOG_SIGMOID: Spec = real3!(Spec::new("log_sigmoid_backward_cpu", 3, Same), |g, x, z| {
    if x < 0.0 {
        g * (1.0 - z / (1.0 + z))
    } else {
        g * (z / (1.0 + z))
    }
});

fn gelu(g: f64, x: f64) -> f64 {
    let density = (-0.5 * x * x).exp() * std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2 * 0.5;
    g * (0.5 * (1.0 + libm::erf(x * std::f64::consts::FRAC_1_SQRT_2)) + x * density)
}

fn gelu_tanh(g: f64, x: f64) -> f64 {
    let slope = (2.0 / std::f64::consts::PI).sqrt();
    let t = (slope * (x + 0.044715 * x * x * x)).tanh();
    let inner = slope * (1.0 + 3.0 * 0.044715 * x * x);
    g * (0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * inner)
}

fn bind_turned(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut call = bind(spec, args)?;
    call.operands.swap(0, 1);
    Ok(call)
}
