//! Weights of quantized layers: the native classes that archives carry, made from their states and back.

use std::any::Any;
use std::sync::Arc;

use crate::base::DType;
use crate::tensor::QParams;
use crate::value::{IValue, List, TorchbindObject, TupleValue, Type};
use crate::{bail, ensure, Error, Result, Tensor};

pub const LINEAR: &str = "__torch__.torch.classes.quantized.LinearPackedParamsBase";
pub const CONV2D: &str = "__torch__.torch.classes.quantized.Conv2dPackedParamsBase";
pub const CONV3D: &str = "__torch__.torch.classes.quantized.Conv3dPackedParamsBase";

/// A native object.
pub fn object(class: &str, state: Vec<IValue>) -> IValue {
    let state = IValue::Tuple(Arc::new(TupleValue { elements: state, named: None }));
    IValue::Opaque(Arc::new(TorchbindObject::new(class, state)))
}

/// What `make` makes of the object's state, made once.
pub fn prepared<T: Any + Send + Sync>(
    value: &IValue,
    class: &str,
    make: impl FnOnce(&[IValue]) -> Result<T>,
) -> Result<Arc<T>> {
    let object = value.downcast::<TorchbindObject>().filter(|object| object.class().name().as_str() == class);
    let Some(object) = object else { bail!("expected an object of {class}, got a {}", value.tag()) };
    let made = object.prepared(|| match object.state() {
        IValue::Tuple(state) => Ok(Arc::new(make(&state.elements)?)),
        _ => bail!("{class}: the state is no tuple"),
    })?;
    made.downcast::<T>().map_err(|_| Error::internal("one class, two preparations"))
}

/// A weight's integers less their zero points, row-major, and the scale of each channel, or of all.
pub struct IntWeight {
    pub data: Vec<i16>,
    pub scales: Vec<f32>,
    /// All zero points are zero.
    pub symmetric: bool,
}

impl IntWeight {
    /// Fails when the weight is not of qint8, or quantized along another axis than `axis`.
    pub fn new(weight: &Tensor, axis: usize) -> Result<IntWeight> {
        ensure!(weight.dtype() == DType::QI8, "expected scalar type QInt8 but found {}", weight.dtype());
        let mut data = weight.integers()?.to_vec::<i16>()?;
        let (scales, zero_points) = match weight.quantizer().map(|q| &q.params) {
            Some(QParams::PerTensor { scale, zero_point }) => (vec![*scale as f32], vec![*zero_point]),
            Some(QParams::PerChannel { scales, zero_points, axis: a }) if *a == axis => {
                (scales.to_vec::<f32>()?, zero_points.to_vec::<i64>()?)
            }
            _ => bail!("Unsupported qscheme: the weight must be quantized per tensor or along dimension {axis}"),
        };
        let channels = weight.sizes().get(axis).copied().unwrap_or(0) as usize;
        ensure!(
            scales.len() == zero_points.len() && (scales.len() == 1 || scales.len() == channels),
            "{channels} channels with {} scales",
            scales.len()
        );
        let inner = weight.sizes()[axis + 1..].iter().product::<i64>().max(1) as usize;
        for (i, row) in data.chunks_mut(inner).enumerate() {
            let zero = zero_points[if scales.len() == 1 { 0 } else { i % channels }] as i16;
            row.iter_mut().for_each(|q| *q = q.wrapping_sub(zero));
        }
        Ok(IntWeight { data, scales, symmetric: zero_points.iter().all(|z| *z == 0) })
    }
}

/// The bias as a plain slice of one number per channel.
pub fn bias_values(bias: &Option<Tensor>, channels: usize) -> Result<Option<Vec<f32>>> {
    let Some(bias) = bias else { return Ok(None) };
    ensure!(bias.dim() == 1, "bias should be a vector (1D Tensor)");
    ensure!(bias.numel() == channels, "bias should have {channels} elements, has {}", bias.numel());
    bias.to_vec::<f32>().map(Some)
}

/// A tensor or None.
pub fn optional(value: &IValue) -> Result<Option<Tensor>> {
    match value {
        IValue::None => Ok(None),
        other => other.to_tensor().map(Some),
    }
}

/// A linear layer: an int8 weight `[out, in]`, or one that was rounded to half precision.
pub struct LinearParams {
    pub weight: Tensor,
    pub bias: Option<Tensor>,
    pub bias_values: Option<Vec<f32>>,
    pub int: Option<IntWeight>,
}

impl LinearParams {
    pub fn of(value: &IValue) -> Result<Arc<LinearParams>> {
        prepared(value, LINEAR, |state| {
            let [weight, bias] = state else { bail!("{LINEAR}: expected weight and bias") };
            LinearParams::new(weight.to_tensor()?, optional(bias)?)
        })
    }
    pub fn new(weight: Tensor, bias: Option<Tensor>) -> Result<LinearParams> {
        ensure!(weight.dim() == 2, "The weight tensor for quantized::linear_prepack should be 2-dimensional.");
        let int = weight.dtype().is_quantized().then(|| IntWeight::new(&weight, 0)).transpose()?;
        let bias_values = bias_values(&bias, weight.sizes()[0] as usize)?;
        Ok(LinearParams { weight, bias, bias_values, int })
    }
    pub fn pack(weight: Tensor, bias: Option<Tensor>) -> Result<IValue> {
        let value = object(LINEAR, vec![weight.into(), bias.into()]);
        LinearParams::of(&value)?;
        Ok(value)
    }
}

/// A convolution over two dimensions (one, where the first is 1) or three.
pub struct ConvParams {
    /// 2 or 3.
    pub spatial: usize,
    pub stride: Vec<i64>,
    pub padding: Vec<i64>,
    pub dilation: Vec<i64>,
    pub output_padding: Vec<i64>,
    pub groups: i64,
    pub transpose: bool,
    pub weight: Tensor,
    pub bias: Option<Tensor>,
    pub bias_values: Option<Vec<f32>>,
    /// As the kernels take it: `[out channel, tap, channel in the group]`, or transposed `[group, tap, out channel in the
    /// group, channel in the group]`.
    pub int: IntWeight,
}

impl ConvParams {
    pub fn of(value: &IValue) -> Result<Arc<ConvParams>> {
        let class = value.downcast::<TorchbindObject>().map(|o| o.class().name().as_str().to_string());
        let class = if class.as_deref() == Some(CONV3D) { CONV3D } else { CONV2D };
        prepared(value, class, |state| ConvParams::from_state(state, if class == CONV3D { 3 } else { 2 }))
    }

    fn from_state(state: &[IValue], spatial: usize) -> Result<ConvParams> {
        let bad = || Error::runtime("unknown state of packed convolution parameters");
        let tensors = |value: &IValue| match value {
            IValue::List(list) => Ok(list.to_vec()),
            _ => Err(bad()),
        };
        let (numbers, weight, bias) = match state {
            // the first version: weight, bias, then every list as tensors
            [IValue::Tensor(weight), bias, stride, padding, dilation, groups] => {
                let mut numbers = vec![spatial as i64];
                for list in [stride, padding, dilation] {
                    for number in tensors(list)? {
                        numbers.push(number.to_tensor()?.item()?.to_i64());
                    }
                }
                numbers.extend(std::iter::repeat_n(0, spatial));
                numbers.push(groups.to_tensor()?.item()?.to_i64());
                numbers.push(0);
                (numbers, weight.clone(), optional(bias)?)
            }
            [IValue::Str(_), required, bias] => {
                let required = tensors(required)?;
                let [numbers, weight] = &required[..] else { return Err(bad()) };
                let bias = tensors(bias)?;
                (
                    numbers.to_tensor()?.to_vec::<i64>()?,
                    weight.to_tensor()?,
                    optional(bias.first().unwrap_or(&IValue::None))?,
                )
            }
            [IValue::Int(_), numbers, rest] => {
                let numbers = tensors(numbers)?.iter().map(IValue::to_int).collect::<Result<_>>()?;
                let rest = tensors(rest)?;
                let [_, weight, bias] = &rest[..] else { return Err(bad()) };
                (numbers, weight.to_tensor()?, optional(bias)?)
            }
            _ => return Err(bad()),
        };
        ensure!(numbers.len() == 4 * spatial + 3 && numbers[0] == spatial as i64, "{}", bad().message());
        let part = |i: usize| numbers[1 + i * spatial..][..spatial].to_vec();
        let (groups, transpose) = (numbers[4 * spatial + 1], numbers[4 * spatial + 2] & 1 == 1);
        let [stride, padding, dilation, output_padding] = [part(0), part(1), part(2), part(3)];
        ensure!(weight.dim() == spatial + 2, "Weights are expected to have {} dimensions", spatial + 2);
        ensure!(
            groups > 0 && weight.sizes()[0] % groups == 0,
            "The number of output channels must be divisible by the number of groups, {groups}"
        );
        ensure!(stride.iter().all(|s| (1..1 << 20).contains(s)), "quantized conv: strides must be positive");
        ensure!(dilation.iter().all(|d| (1..1 << 20).contains(d)), "quantized conv: dilations must be positive");
        ensure!(
            padding.iter().chain(&output_padding).all(|p| (0..1 << 20).contains(p)),
            "quantized conv: paddings must not be negative"
        );
        let mut int = IntWeight::new(&weight, if transpose { 1 } else { 0 })?;
        ensure!(
            !transpose || int.scales.len() == 1,
            "Per Channel Quantization is currently disabled for transposed conv"
        );
        let channels = if transpose { weight.sizes()[1] * groups } else { weight.sizes()[0] };
        let taps: usize = weight.sizes()[2..].iter().product::<i64>() as usize;
        int.data = arranged(&int.data, weight.sizes(), taps, groups as usize, transpose);
        let bias_values = bias_values(&bias, channels as usize)?;
        Ok(ConvParams {
            spatial,
            stride,
            padding,
            dilation,
            output_padding,
            groups,
            transpose,
            weight,
            bias,
            bias_values,
            int,
        })
    }

    /// `lists` are stride, padding, output padding, dilation.
    pub fn pack(
        spatial: usize,
        weight: Tensor,
        bias: Option<Tensor>,
        lists: [&[i64]; 4],
        groups: i64,
        transpose: bool,
    ) -> Result<IValue> {
        let [stride, padding, output_padding, dilation] = lists;
        for (list, name) in
            [(stride, "stride"), (padding, "padding"), (output_padding, "output_padding"), (dilation, "dilation")]
        {
            ensure!(list.len() == spatial, "{name} should contain {spatial} elements for {spatial}D convolution.");
        }
        let mut numbers = vec![spatial as i64];
        for list in [stride, padding, dilation, output_padding] {
            numbers.extend_from_slice(list);
        }
        numbers.extend([groups, i64::from(transpose)]);
        ensure!(numbers.iter().all(|n| i16::try_from(*n).is_ok()), "quantized conv: a parameter does not fit 16 bits");
        let numbers = Tensor::from_slice(&numbers, &[numbers.len() as i64])?.to_dtype(DType::I16)?;
        let required = List::tensors([numbers, weight]);
        let optional = List::new(Type::optional(Type::TENSOR), vec![bias.into()]);
        let state = vec![IValue::Str("2".into()), IValue::List(required), IValue::List(optional)];
        let value = object(if spatial == 3 { CONV3D } else { CONV2D }, state);
        ConvParams::of(&value)?;
        Ok(value)
    }
}

/// Channels innermost; see [`ConvParams::int`].
fn arranged(data: &[i16], sizes: &[i64], taps: usize, groups: usize, transpose: bool) -> Vec<i16> {
    let (first, second) = (sizes[0] as usize, sizes[1] as usize);
    let mut out = Vec::with_capacity(data.len());
    if !transpose {
        for o in 0..first {
            for tap in 0..taps {
                out.extend((0..second).map(|c| data[(o * second + c) * taps + tap]));
            }
        }
        return out;
    }
    let per_group = first / groups;
    for group in 0..groups {
        for tap in 0..taps {
            for o in 0..second {
                out.extend((0..per_group).map(|c| data[((group * per_group + c) * second + o) * taps + tap]));
            }
        }
    }
    out
}
