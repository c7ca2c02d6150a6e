//! Activation functions.

use crate::base::{wrap_dim, Complex64, DType, Scalar};
use crate::kernel::simd::slices;
use crate::op::elementwise::{bind, Args, Call, Promote, Spec};
use crate::{bail, ensure, map1, Result, Tensor};

use Promote::Same;

pub static RELU: Spec = Spec::new("relu", 1, Same)
    .check_others(|_, dtype| {
        ensure!(dtype != DType::Bool, "Boolean inputs not supported for relu");
        ensure!(!dtype.is_complex(), "clamp is not supported for complex types");
        Ok(())
    })
    .f32(|x, out, _| slices::relu_f32(x[0], out))
    .f64(map1!(f64, |x| if x < 0.0 { 0.0 } else { x }))
    .int(map1!(i64, |x| x.max(0)));

/// Parameters: the limits.
pub static HARDTANH: Spec = real1!(Spec::new("hardtanh", 1, Same).check(check_hardtanh), |x, p| if x.is_nan() {
    x
} else {
    x.max(p[0]).min(p[1])
})
.int(map1!(i64, |x, p| x.max(p[0]).min(p[1])));

pub static RELU6: Spec = Spec::new("hardtanh", 1, Same).bind(|_, args| {
    let call = bind(&RELU6, args)?;
    Ok(Call { spec: &HARDTANH, ..call }.param(0i64).param(6i64))
});

/// Parameter: the slope below zero.
pub static LEAKY_RELU: Spec = real1!(Spec::new("leaky_relu_cpu", 1, Same), |x, p| if x > 0.0 { x } else { x * p[0] });

/// Parameters: alpha, scale, input scale.
pub static ELU: Spec = Spec::new("elu_cpu", 1, Same)
    .f32(|x, out, p| slices::elu_f32(x[0], p[0] * p[1], p[1], p[2], out))
    .f64(map1!(f64, |x, p| {
        let (negative, positive, input) = (p[0] * p[1], p[1], p[2]);
        if x <= 0.0 {
            (x * input).exp_m1() * negative
        } else {
            x * positive
        }
    }));

pub static SELU: Spec = Spec::new("elu_cpu", 1, Same).bind(|_, args| {
    let call = bind(&SELU, args)?;
    Ok(Call { spec: &ELU, ..call }.param(1.6732632423543772).param(1.0507009873554805).param(1.0))
});

/// Parameter: alpha.
pub static CELU: Spec = Spec::new("elu_cpu", 1, Same).bind(|_, args| {
    let mut call = bind(&CELU, args)?;
    let alpha = call.params.pop().unwrap_or(Scalar::Int(1));
    alpha.check_fits(DType::F64)?;
    let alpha = alpha.to_f64();
    ensure!(alpha != 0.0, "ZeroDivisionError: alpha cannot be 0 for CELU");
    Ok(Call { spec: &ELU, ..call }.param(alpha).param(1.0).param(1.0 / alpha))
});

pub static GELU: Spec = slice_f32!(Spec::new("GeluKernelImpl", 1, Same).bind(bind_gelu), slices::gelu_f32, |x: f64| {
    0.5 * x * (1.0 + libm::erf(x * std::f64::consts::FRAC_1_SQRT_2))
});
pub static GELU_TANH: Spec = slice_f32!(Spec::new("GeluKernelImpl", 1, Same), slices::gelu_tanh_f32, |x: f64| {
    let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x * x * x);
    0.5 * x * (1.0 + inner.tanh())
});

pub static SILU: Spec = slice_f32!(Spec::new("silu_cpu", 1, Same), slices::silu_f32, |x: f64| x / (1.0 + (-x).exp()))
    .complex(map1!(Complex64, |x| x / (Complex64::new(1.0, 0.0) + (-x).exp())));
pub static MISH: Spec = slice_f32!(Spec::new("mish_cpu", 1, Same), slices::mish_f32, |x: f64| x * softplus(x).tanh());
pub static HARDSWISH: Spec = real1!(Spec::new("hardswish_cpu", 1, Same), |x| x * (x + 3.0).max(0.0).min(6.0) / 6.0);
pub static HARDSIGMOID: Spec =
    real1!(Spec::new("hardsigmoid_cpu", 1, Same), |x| if x.is_nan() { x } else { (x + 3.0).max(0.0).min(6.0) / 6.0 });
pub static LOG_SIGMOID: Spec =
    slice_f32!(Spec::new("log_sigmoid_cpu", 1, Same).rows(), slices::log_sigmoid_f32, |x: f64| {
        x.min(0.0) - (-x.abs()).exp().ln_1p()
    });

/// Parameters: beta, threshold.
pub static SOFTPLUS: Spec = Spec::new("softplus_cpu", 1, Same)
    .f32(|x, out, p| slices::softplus_f32(x[0], p[0], p[1], out))
    .f64(map1!(f64, |x, p| if x * p[0] > p[1] { x } else { softplus(x * p[0]) / p[0] }));

/// Parameter: lambda.
pub static SOFTSHRINK: Spec =
    real1!(Spec::new("softshrink_cpu", 1, Same).check(check_softshrink), |x, p| if x > p[0] {
        x - p[0]
    } else if x < -p[0] {
        x + p[0]
    } else {
        0.0
    });
/// Parameter: lambda.
pub static HARDSHRINK: Spec =
    real1!(Spec::new("hardshrink_cpu", 1, Same), |x, p| if x >= -p[0] && x <= p[0] { 0.0 } else { x });

/// Parameters: threshold, value.
pub static THRESHOLD: Spec =
    real1!(Spec::new("threshold_cpu", 1, Same).idempotent().check(check_params), |x, p| if x <= p[0] {
        p[1]
    } else {
        x
    })
    .int(map1!(i64, |x, p| if x <= p[0] { p[1] } else { x }));

/// `self` and the weight, broadcast.
pub static PRELU: Spec =
    real2!(Spec::new("prelu_cpu", 2, Same).check(check_alike), |x, w| if x > 0.0 { x } else { w * x });

fn check_alike(call: &Call, _: DType) -> Result<()> {
    let (x, w) = (call.operands[0].dtype(), call.operands[1].dtype());
    ensure!(x == w, "Found dtype {w} but expected {x}");
    Ok(())
}

static GLU: Spec = slice2_f32!(Spec::new("glu_cpu", 2, Same), slices::glu_f32, |a, b| a / (1.0 + (-b).exp()));

/// Half of `x` along `dim`, gated by the sigmoid of the other half.
pub fn glu(x: Tensor, dim: i64) -> Result<Tensor> {
    ensure!(x.dim() > 0, "glu does not support 0-dimensional tensors");
    let (size, dim) = (x.size(dim)?, wrap_dim(dim, x.dim())? as i64);
    ensure!(size % 2 == 0, "Halving dimension must be even, but dimension {dim} is size {size}");
    let (a, b) = (x.narrow(dim, 0, size / 2)?, x.narrow(dim, size / 2, size / 2)?);
    crate::op::elementwise::apply_tensors(&GLU, &[&a, &b], &[])
}

/// The weight has one element, or one per channel (dimension 1).
pub fn prelu(x: Tensor, weight: Tensor) -> Result<Tensor> {
    ensure!(
        x.dtype() == weight.dtype(),
        "prelu: Type promoting not supported. Got {} and {}",
        x.dtype(),
        weight.dtype()
    );
    let n = weight.numel() as i64;
    if n != 1 {
        ensure!(x.dim() > 0, "Not allow zero-dim input tensor.");
        let channels = if x.dim() > 1 { x.sizes()[1] } else { 1 };
        ensure!(
            channels == n,
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = {n} and channel size = \
             {channels}."
        );
    }
    ensure!(
        weight.dim() <= 1,
        "prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = {}",
        weight.dim()
    );
    let weight = match x.dim() {
        0 => weight.reshape(&[])?,
        1 => weight.reshape(&[n])?,
        dims => {
            let mut shape = vec![1; dims];
            shape[1] = n;
            weight.reshape(&shape)?
        }
    };
    crate::op::elementwise::apply_tensors(&PRELU, &[&x, &weight], &[])
}

/// Returns `(log_sigmoid(x), empty buffer)`.
pub fn log_sigmoid_forward(x: Tensor) -> Result<(Tensor, Tensor)> {
    let buffer = Tensor::empty(&[0], x.dtype())?;
    Ok((crate::op::elementwise::apply_tensors(&LOG_SIGMOID, &[&x], &[])?, buffer))
}

fn bind_gelu(_: &'static Spec, mut args: Args) -> Result<Call> {
    let form = args.pop().unwrap_or_default().to_str()?;
    match &*form {
        "none" => bind(&GELU, args),
        "tanh" => bind(&GELU_TANH, args),
        _ => bail!("approximate argument must be either none or tanh."),
    }
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn check_hardtanh(call: &Call, dtype: DType) -> Result<()> {
    ensure!(dtype != DType::Bool, "Bool inputs not supported for hardtanh");
    ensure!(!dtype.is_complex(), "clamp is not supported for complex types");
    let negative = call.params.iter().any(|p| p.to_f64() < 0.0);
    ensure!(dtype != DType::U8 || !negative, "cannot do hardtanh on an unsigned type with negative limits");
    Ok(())
}

fn check_params(call: &Call, dtype: DType) -> Result<()> {
    call.params.iter().try_for_each(|p| p.check_fits(dtype))
}

fn check_softshrink(call: &Call, _: DType) -> Result<()> {
    let lambda = call.params.first().map_or(0.0, |p| p.to_f64());
    ensure!(lambda >= 0.0, "lambda must be greater or equal to 0, but found to be {lambda}.");
    Ok(())
}
