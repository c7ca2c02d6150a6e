//! Fake quantization: what a number becomes when it is quantized and back, in floating point.

use crate::base::{wrap_dim, DType, Scalar};
use crate::kernel::quant as kernel;
use crate::op::compute::{dense, finish, not_implemented};
use crate::op::convert::resize_;
use crate::op::Op;
use crate::tensor::NewTensor;
use crate::value::IValue;
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
        per_tensor_mask(_, _, _, _, _), out "out(out0, out1)"
    ),
    op!(
        "aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, \
         Tensor fake_quant_enabled, int quant_min, int quant_max) -> (Tensor output, Tensor mask)",
        per_tensor_mask_by_tensors(_, _, _, _, _, _), out "out(out0, out1)"
    ),
    op!(
        "aten::fake_quantize_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, \
         int quant_max) -> Tensor",
        per_channel(_, _, _, _, _, _)
    ),
    op!(
        "aten::fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int \
         quant_min, int quant_max) -> (Tensor output, Tensor mask)",
        per_channel_mask(_, _, _, _, _, _), out "out(out0, out1)"
    ),
    op!(
        "aten::fake_quantize_per_tensor_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor",
        masked(_, _), tags[MayAlias]
    ),
    op!(
        "aten::fake_quantize_per_channel_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor",
        masked(_, _), tags[MayAlias]
    ),
    op!(
        "aten::fused_moving_avg_obs_fake_quant(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor(a!) \
         running_min, Tensor(b!) running_max, Tensor(c!) scale, Tensor(d!) zero_point, float averaging_const, int \
         quant_min, int quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> Tensor",
        observed(_, _, _, _, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::_fused_moving_avg_obs_fq_helper(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor(a!) \
         running_min, Tensor(b!) running_max, Tensor(c!) scale, Tensor(d!) zero_point, float averaging_const, int \
         quant_min, int quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> (Tensor \
         output, Tensor mask)",
        observed_mask(_, _, _, _, _, _, _, _, _, _, _, _, _), out "out(out0, out1)"
    ),
    op!(
        "aten::_fused_moving_avg_obs_fq_helper_functional(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor \
         running_min, Tensor running_max, Tensor scale, Tensor zero_point, float averaging_const, int quant_min, int \
         quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> (Tensor output, Tensor \
         mask, Tensor running_min_out, Tensor running_max_out, Tensor scale_out, Tensor zero_point_out)",
        observed_functional(_, _, _, _, _, _, _, _, _, _, _, _, _)
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

/// The gradient where the integer lay within the limits.
fn masked(grad: Tensor, mask: Tensor) -> Result<Tensor> {
    ensure!(mask.dtype() == DType::Bool, "Expected mask.scalar_type() == ScalarType::Bool to be true, but got false.");
    ensure!(
        mask.numel() == grad.numel(),
        "`mask` and `dY` are not the same size: `mask` is size {} and `dY` is size {}",
        mask.numel(),
        grad.numel()
    );
    if grad.numel() == 0 {
        return Ok(grad);
    }
    crate::op::compose::mul(&grad, &mask)
}

/// What a module under quantization-aware training does with a tensor: see its range, follow that with moving averages,
/// choose scale and zero point by them, and quantize and back. State is in the tensors.
struct Observer {
    min: Tensor,
    max: Tensor,
    scale: Tensor,
    zero_point: Tensor,
    /// The weight of what is new.
    rate: f32,
    low: i64,
    high: i64,
    axis: i64,
    per_row: bool,
    symmetric: bool,
}

impl Observer {
    fn run(&self, x: &Tensor, observe: &Tensor, quantize: &Tensor) -> Result<(Tensor, Tensor)> {
        ensure!(
            self.axis < x.dim() as i64,
            "Error in fused_moving_avg_obs_fake_quant_cpu: ch_axis must be < self.dim()"
        );
        let (observe, quantize) = (observe.item()?.to_i64() != 0, quantize.item()?.to_i64() != 0);
        let seen = if observe { Some(self.range(x)?) } else { None };
        if self.per_row && self.min.numel() == 0 {
            let size = vec![x.size(self.axis)?];
            for (state, value) in [
                (&self.min, Some(f64::INFINITY)),
                (&self.max, Some(f64::NEG_INFINITY)),
                (&self.scale, None),
                (&self.zero_point, None),
            ] {
                resize_(state.clone(), size.clone(), None)?;
                value.map_or(Ok(()), |value| state.fill(Scalar::Float(value)))?;
            }
        }
        if let Some((min, max)) = seen {
            self.follow(&self.min, &min)?;
            self.follow(&self.max, &max)?;
        }
        if !quantize {
            return Ok((x.deep_clone()?, Tensor::full(x.sizes(), Scalar::Bool(true), DType::Bool)?));
        }
        let count = if self.per_row { self.min.numel() } else { 1 };
        let (min, max) = (self.min.to_vec::<f32>()?, self.max.to_vec::<f32>()?);
        ensure!(count <= min.len() && count <= max.len(), "running_min and running_max need {count} elements");
        let (low, high) = (small(self.low)?, small(self.high)?);
        let params = min.iter().zip(&max).take(count);
        let (scales, zeros): (Vec<f32>, Vec<i32>) = params
            .map(|(min, max)| kernel::choose_params_of(*min, *max, low, high, self.symmetric))
            .map(|(scale, zero)| (scale as f32, zero))
            .unzip();
        self.scale.narrow(0, 0, count as i64)?.copy_from(&Tensor::from_slice(&scales, &[count as i64])?)?;
        self.zero_point.narrow(0, 0, count as i64)?.copy_from(&Tensor::from_slice(&zeros, &[count as i64])?)?;
        if self.per_row {
            return per_channel_mask(
                x.clone(),
                self.scale.clone(),
                self.zero_point.clone(),
                self.axis,
                self.low,
                self.high,
            );
        }
        per_tensor_mask(x.clone(), self.scale.item()?.to_f64(), self.zero_point.item()?.to_i64(), self.low, self.high)
    }

    /// The smallest and largest elements, of all or of each channel.
    fn range(&self, x: &Tensor) -> Result<(Vec<f32>, Vec<f32>)> {
        let all = |args: [IValue; 3]| -> Result<(Vec<f32>, Vec<f32>)> {
            let mut found = super::plain::call("aten::aminmax", "", args)?.into_iter();
            let mut next = || found.next().unwrap_or_default().to_tensor()?.to_vec::<f32>();
            Ok((next()?, next()?))
        };
        for t in [x, &self.min, &self.max] {
            ensure!(t.dtype() == DType::F32, "expected scalar type Float but found {}", t.dtype().name());
        }
        if !self.per_row {
            return all([x.clone().into(), IValue::None, false.into()]);
        }
        ensure!(
            self.axis == 0,
            "Per-channel FakeQuant in fused_moving_avg_obs_fake_quant is only supported on axis == 0"
        );
        let rows = x.reshape(&[x.size(0)?, -1])?;
        all([rows.into(), IValue::Int(1), false.into()])
    }

    fn follow(&self, running: &Tensor, now: &[f32]) -> Result<()> {
        let mut values = running.to_vec::<f32>()?;
        ensure!(values.len() >= now.len(), "a running range of {} for {} channels", values.len(), now.len());
        for (running, now) in values.iter_mut().zip(now) {
            *running = if running.is_infinite() { *now } else { *running + self.rate * (now - *running) };
        }
        running.copy_from(&Tensor::from_slice(&values, running.sizes())?)
    }
}

fn small(limit: i64) -> Result<i32> {
    i32::try_from(limit).map_err(|_| crate::Error::runtime(format!("a limit of quantization of {limit}")))
}

macro_rules! observers {
    ($($(#[$doc:meta])* $f:ident -> $r:ty, $body:expr;)*) => { $(
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        fn $f(
            x: Tensor,
            observe: Tensor,
            quantize: Tensor,
            min: Tensor,
            max: Tensor,
            scale: Tensor,
            zero_point: Tensor,
            rate: f64,
            low: i64,
            high: i64,
            axis: i64,
            per_row: bool,
            symmetric: bool,
        ) -> Result<$r> {
            let rate = rate as f32;
            let observer = Observer { min, max, scale, zero_point, rate, low, high, axis, per_row, symmetric };
            let run: fn(Observer, Tensor, Tensor, Tensor) -> Result<$r> = $body;
            run(observer, x, observe, quantize)
        }
    )* };
}
observers! {
    observed -> Tensor, |observer, x, observe, quantize| match x.numel() {
        0 => x.deep_clone(),
        _ => Ok(observer.run(&x, &observe, &quantize)?.0),
    };
    observed_mask -> (Tensor, Tensor), |observer, x, observe, quantize| observer.run(&x, &observe, &quantize);
    /// With copies of the state, which are returned.
    observed_functional -> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor), |observer, x, observe, quantize| {
        let Observer { min, max, scale, zero_point, .. } = &observer;
        let (min, max) = (min.deep_clone()?, max.deep_clone()?);
        let (scale, zero_point) = (scale.deep_clone()?, zero_point.deep_clone()?);
        let observer = Observer { min, max, scale, zero_point, ..observer };
        let (out, mask) = observer.run(&x, &observe, &quantize)?;
        Ok((out, mask, observer.min, observer.max, observer.scale, observer.zero_point))
    };
}
