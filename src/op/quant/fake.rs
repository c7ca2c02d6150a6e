//! Fake quantization: what a number becomes when it is quantized and back, in floating point.

use crate::base::{wrap_dim, DType, Scalar};
use crate::op::compute::{dense, finish, not_implemented};
use crate::op::Op;
use crate::tensor::NewTensor;
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::fake_quantize_per_tensor_affine(Tensor self, float scale, int zero_point, int quant_min, int quant_max) \
         -> Tensor",
        per_tensor(_, _, _, _, _)
    ),
    op!(
        "aten::fake_quantize_per_tensor_affine.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, int \
         quant_min, int quant_max) -> Tensor",
        per_tensor_by_tensors(_, _, _, _, _)
    ),
    op!(
        "aten::fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int \
         quant_max) -> (Tensor output, Tensor mask)",
        per_tensor_mask(_, _, _, _, _)
    ),
    op!(
        "aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, \
         Tensor fake_quant_enabled, int quant_min, int quant_max) -> (Tensor output, Tensor mask)",
        per_tensor_mask_by_tensors(_, _, _, _, _, _)
    ),
    op!(
        "aten::fake_quantize_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, \
         int quant_max) -> Tensor",
        per_channel(_, _, _, _, _, _)
    ),
    op!(
        "aten::fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int \
         quant_min, int quant_max) -> (Tensor output, Tensor mask)",
        per_channel_mask(_, _, _, _, _, _)
    ),
    op!(
        "aten::_fake_quantize_learnable_per_tensor_affine(Tensor self, Tensor scale, Tensor zero_point, int quant_min, \
         int quant_max, float grad_factor=1.) -> Tensor",
        learnable_per_tensor(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::_fake_quantize_learnable_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int \
         quant_min, int quant_max, float grad_factor=1.) -> Tensor",
        learnable_per_channel(_, _, _, _, _, _, _), out "out"
    ),
];

/// Real number to real number by way of the integers `low..=high`; and whether the integer lay between them.
#[derive(Clone, Copy)]
struct Fake {
    scale: f32,
    zero_point: f32,
    low: i64,
    high: i64,
}

impl Fake {
    fn of(self, value: f32) -> (f32, bool) {
        let q = (value * (1.0 / self.scale)).round_ties_even() + self.zero_point;
        self.back(q)
    }
    fn back(self, q: f32) -> (f32, bool) {
        let inside = self.low as f32 <= q && q <= self.high as f32;
        let q = q.max(self.low as f32).min(self.high as f32);
        ((q - self.zero_point) * self.scale, inside)
    }
    /// Zero points that are no integers take part in the rounding.
    fn of_float(self, value: f32) -> (f32, bool) {
        self.back((value * (1.0 / self.scale) + self.zero_point).round_ties_even())
    }
}

fn check(x: &Tensor, low: i64, high: i64, zero_points: &[f64]) -> Result<()> {
    if !x.dtype().is_floating_point() {
        return Err(not_implemented("fake_quantize_tensor_cachemask_kernel_type_handling", x.dtype()));
    }
    ensure!(low <= high, "`quant_min` should be less than or \n        equal to `quant_max`.");
    ensure!(
        zero_points.iter().all(|z| low as f64 <= *z && *z <= high as f64),
        "`zero_point` must be between `quant_min` and `quant_max`."
    );
    Ok(())
}

/// `f(channel, value)` of every element; channels run along `axis`.
fn apply(x: &Tensor, axis: usize, f: &dyn Fn(usize, f32) -> (f32, bool)) -> Result<(Tensor, Tensor)> {
    let values = dense::<f32>(x)?;
    let inner = (x.sizes().iter().skip(axis + 1).product::<i64>() as usize).max(1);
    let channels = (x.sizes().get(axis).copied().unwrap_or(1) as usize).max(1);
    let (mut out, mut mask) = (NewTensor::<f32>::new(x.sizes())?, NewTensor::<bool>::new(x.sizes())?);
    let slots = out.data().iter_mut().zip(mask.data());
    for (i, (value, (slot, inside))) in values.data::<f32>()?.iter().zip(slots).enumerate() {
        (*slot, *inside) = f(i / inner % channels, *value);
    }
    Ok((finish(out.finish(), x.dtype())?, mask.finish()))
}

fn per_tensor_mask(x: Tensor, scale: f64, zero_point: i64, low: i64, high: i64) -> Result<(Tensor, Tensor)> {
    check(&x, low, high, &[zero_point as f64])?;
    let fake = Fake { scale: scale as f32, zero_point: zero_point as f32, low, high };
    apply(&x, x.dim(), &|_, v| fake.of(v))
}

fn per_tensor(x: Tensor, scale: f64, zero_point: i64, low: i64, high: i64) -> Result<Tensor> {
    per_tensor_mask(x, scale, zero_point, low, high).map(|p| p.0)
}

fn per_tensor_by_tensors(x: Tensor, scale: Tensor, zero_point: Tensor, low: i64, high: i64) -> Result<Tensor> {
    per_tensor(x, scale.item()?.to_f64(), zero_point.item()?.to_i64(), low, high)
}

fn per_tensor_mask_by_tensors(
    x: Tensor,
    scale: Tensor,
    zero_point: Tensor,
    enabled: Tensor,
    low: i64,
    high: i64,
) -> Result<(Tensor, Tensor)> {
    if enabled.item()?.to_i64() == 0 {
        return Ok((x.deep_clone()?, Tensor::full(x.sizes(), Scalar::Bool(true), DType::Bool)?));
    }
    per_tensor_mask(x, scale.item()?.to_f64(), zero_point.item()?.to_i64(), low, high)
}

fn per_channel_mask(
    x: Tensor,
    scale: Tensor,
    zero_point: Tensor,
    axis: i64,
    low: i64,
    high: i64,
) -> Result<(Tensor, Tensor)> {
    ensure!(scale.dtype() == DType::F32, "Scale must be Float, found {}", scale.dtype());
    ensure!(
        matches!(zero_point.dtype(), DType::I32 | DType::F32 | DType::F16),
        "Zero-point must be Int32, Float or Half, found {}",
        zero_point.dtype()
    );
    ensure!(scale.dim() == 1, "scale should be a 1-D tensor");
    ensure!(zero_point.dim() == 1, "zero point should be a 1-D tensor");
    ensure!(scale.numel() == zero_point.numel(), "scale and zero-point need to have the same dimensions");
    ensure!(axis >= 0 && axis <= x.dim() as i64, "`axis` must be between 0 and number of dimensions of input");
    let axis = wrap_dim(axis, x.dim())?;
    ensure!(
        x.dim() > 0 && scale.numel() as i64 == x.sizes()[axis],
        "dimensions of scale and zero-point are not consistent with input tensor"
    );
    let zeros = zero_point.to_vec::<f32>()?;
    let whole = zero_point.dtype() == DType::I32;
    check(&x, low, high, &if whole { zero_point.to_vec::<f64>()? } else { vec![] })?;
    let scales = scale.to_vec::<f32>()?;
    apply(&x, axis, &|channel, v| {
        let fake = Fake { scale: scales[channel], zero_point: zeros[channel], low, high };
        if whole {
            fake.of(v)
        } else {
            fake.of_float(v)
        }
    })
}

fn per_channel(x: Tensor, scale: Tensor, zero_point: Tensor, axis: i64, low: i64, high: i64) -> Result<Tensor> {
    per_channel_mask(x, scale, zero_point, axis, low, high).map(|p| p.0)
}

/// Learned zero points are numbers; they are rounded and kept within the limits.
fn rounded_zero_point(zero_point: f64, low: i64, high: i64) -> i64 {
    (zero_point.round_ties_even() as i64).max(low).min(high)
}

fn learnable_per_tensor(x: Tensor, scale: Tensor, zero_point: Tensor, low: i64, high: i64, _: f64) -> Result<Tensor> {
    let zero_point = rounded_zero_point(zero_point.item()?.to_f64(), low, high);
    per_tensor(x, scale.item()?.to_f64(), zero_point, low, high)
}

fn learnable_per_channel(
    x: Tensor,
    scale: Tensor,
    zero_point: Tensor,
    axis: i64,
    low: i64,
    high: i64,
    _: f64,
) -> Result<Tensor> {
    let zeros = zero_point.to_vec::<f64>()?.into_iter().map(|z| rounded_zero_point(z, low, high) as i32);
    let zeros = Tensor::from_slice(&zeros.collect::<Vec<_>>(), zero_point.sizes())?;
    per_channel(x, scale, zeros, axis, low, high)
}
