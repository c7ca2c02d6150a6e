//! Gradients of elementwise functions and softmax. The first operand is the gradient of the result.

use crate::op::elementwise::{Promote, Spec};

use Promote::Same;

/// The second operand is the function's result.
pub static SIGMOID: Spec = real2!(Spec::new("sigmoid_backward_cpu", 2, Same), |g, y| g * (1.0 - y) * y);
/// The second operand is the function's result.
pub static TANH: Spec = real2!(Spec::new("tanh_backward_cpu", 2, Same), |g, y| g * (1.0 - y * y));
/// Parameter: the threshold.
pub static THRESHOLD: Spec = real2!(Spec::new("threshold_cpu", 2, Same), |g, x, p| if x <= p[0] { 0.0 } else { g })
    .int(crate::map2!(i64, |g, x, p| if x <= p[0] { 0 } else { g }));
/// Parameter: the slope below zero.
pub static LEAKY_RELU: Spec =
    real2!(Spec::new("leaky_relu_backward_cpu", 2, Same), |g, x, p| if x > 0.0 { g } else { g * p[0] });
pub static SILU: Spec = Spec::new("silu_backward_cpu", 2, Same)
    .f32(crate::map2!(f32, |g, x| {
        let s = 1.0 / (1.0 + (-x).exp());
        g * s * (1.0 + x * (1.0 - s))
    }))
    .f64(crate::map2!(f64, |g, x| {
        let s = 1.0 / (1.0 + (-x).exp());
        g * s * (1.0 + x * (1.0 - s))
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
