//! Layers with a clamp, packed ahead of time for mobile processors. They compute as the plain layers do.

use std::sync::Arc;

use super::packed::{object, prepared};
use super::plain::call_one;
use crate::base::{DType, Scalar};
use crate::op::Op;
use crate::value::{IValue, List, TorchbindObject, TupleValue};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "prepacked::linear_clamp_prepack(Tensor W, Tensor? B=None, Scalar? output_min=None, Scalar? \
         output_max=None) -> __torch__.torch.classes.xnnpack.LinearOpContext",
        linear_prepack(_, _, _, _)
    ),
    op!(
        "prepacked::linear_clamp_run(Tensor X, __torch__.torch.classes.xnnpack.LinearOpContext \
         W_prepack) -> Tensor Y",
        linear_run(_, _)
    ),
    op!(
        "prepacked::conv2d_clamp_prepack(Tensor W, Tensor? B, int[2] stride, int[2] padding, int[2] \
         dilation, int groups, Scalar? output_min=None, Scalar? output_max=None) -> \
         __torch__.torch.classes.xnnpack.Conv2dOpContext",
        conv_prepack(_, _, _, _, _, _, _, _)
    ),
    op!(
        "prepacked::conv2d_clamp_run(Tensor X, __torch__.torch.classes.xnnpack.Conv2dOpContext \
         W_prepack) -> Tensor Y",
        conv_run(_, _)
    ),
    op!(
        "prepacked::conv2d_transpose_clamp_prepack(Tensor W, Tensor? B, int[2] stride, int[2] padding, \
         int[2] output_padding, int[2] dilation, int groups, Scalar? output_min=None, Scalar? \
         output_max=None) -> __torch__.torch.classes.xnnpack.TransposeConv2dOpContext",
        conv_transpose_prepack(_, _, _, _, _, _, _, _, _)
    ),
    op!(
        "prepacked::conv2d_transpose_clamp_run(Tensor X, \
         __torch__.torch.classes.xnnpack.TransposeConv2dOpContext W_prepack) -> Tensor Y",
        conv_transpose_run(_, _)
    ),
    op!("prepacked::unpack_prepacked_sizes_conv2d(Any W_prepack) -> Any", unpack_sizes_conv(_)),
    op!("prepacked::unpack_prepacked_sizes_linear(Any W_prepack) -> Any", unpack_sizes_linear(_)),
    op!("aten::_saturate_weight_to_fp16(Tensor weight) -> Tensor", saturate_to_half(_)),
];

const LINEAR: &str = "__torch__.torch.classes.xnnpack.LinearOpContext";
const CONV: &str = "__torch__.torch.classes.xnnpack.Conv2dOpContext";
const CONV_TRANSPOSE: &str = "__torch__.torch.classes.xnnpack.TransposeConv2dOpContext";

/// A state: weight, bias, then stride, padding (and output padding), dilation and groups of convolutions, then the limits.
struct Context {
    state: Vec<IValue>,
}

impl Context {
    fn of(value: &IValue, class: &str, length: usize) -> Result<Arc<Context>> {
        prepared(value, class, |state| {
            ensure!(state.len() == length, "{class}: a state of {} parts, expected {length}", state.len());
            state[0].to_tensor()?;
            Ok(Context { state: state.to_vec() })
        })
    }
    fn clamped(&self, y: Tensor) -> Result<Tensor> {
        let [.., low, high] = &self.state[..] else { bail!("no limits") };
        if low.is_none() && high.is_none() {
            return Ok(y);
        }
        call_one("aten::clamp", "", [y.into(), low.clone(), high.clone()])
    }
}

type Limit = Option<Scalar>;

fn limit(value: Limit) -> IValue {
    value.map_or(IValue::None, IValue::from_scalar)
}

fn ints(list: Vec<i64>) -> IValue {
    IValue::List(List::ints(list))
}

fn linear_prepack(w: Tensor, b: Option<Tensor>, low: Limit, high: Limit) -> Result<IValue> {
    ensure!(w.dim() >= 2, "xnnpack::linear: the weight must have 2 dimensions");
    Ok(object(LINEAR, vec![w.into(), b.into(), limit(low), limit(high)]))
}

fn linear_run(x: Tensor, packed: IValue) -> Result<Tensor> {
    let context = Context::of(&packed, LINEAR, 4)?;
    let [w, b, ..] = &context.state[..] else { bail!("{LINEAR}") };
    context.clamped(call_one("aten::linear", "", [x.into(), w.clone(), b.clone()])?)
}

fn conv_prepack(
    w: Tensor,
    b: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    dilation: Vec<i64>,
    groups: i64,
    low: Limit,
    high: Limit,
) -> Result<IValue> {
    let state = vec![
        w.into(),
        b.into(),
        ints(stride),
        ints(padding),
        ints(dilation),
        IValue::Int(groups),
        limit(low),
        limit(high),
    ];
    Ok(object(CONV, state))
}

fn conv_run(x: Tensor, packed: IValue) -> Result<Tensor> {
    let context = Context::of(&packed, CONV, 8)?;
    let [w, b, stride, padding, dilation, groups, ..] = &context.state[..] else { bail!("{CONV}") };
    let args = [x.into(), w.clone(), b.clone(), stride.clone(), padding.clone(), dilation.clone(), groups.clone()];
    context.clamped(call_one("aten::conv2d", "", args)?)
}

fn conv_transpose_prepack(
    w: Tensor,
    b: Option<Tensor>,
    stride: Vec<i64>,
    padding: Vec<i64>,
    output_padding: Vec<i64>,
    dilation: Vec<i64>,
    groups: i64,
    low: Limit,
    high: Limit,
) -> Result<IValue> {
    let state = vec![
        w.into(),
        b.into(),
        ints(stride),
        ints(padding),
        ints(output_padding),
        ints(dilation),
        IValue::Int(groups),
        limit(low),
        limit(high),
    ];
    Ok(object(CONV_TRANSPOSE, state))
}

fn conv_transpose_run(x: Tensor, packed: IValue) -> Result<Tensor> {
    let context = Context::of(&packed, CONV_TRANSPOSE, 9)?;
    let [w, b, stride, padding, output_padding, dilation, groups, ..] = &context.state[..] else {
        bail!("{CONV_TRANSPOSE}")
    };
    let args = [
        x.into(),
        w.clone(),
        b.clone(),
        stride.clone(),
        padding.clone(),
        output_padding.clone(),
        groups.clone(),
        dilation.clone(),
    ];
    context.clamped(call_one("aten::conv_transpose2d", "input", args)?)
}

fn tuple(elements: Vec<IValue>) -> IValue {
    IValue::Tuple(Arc::new(TupleValue { elements, named: None }))
}

fn sizes(value: &IValue) -> Result<IValue> {
    match value {
        IValue::None => Ok(IValue::None),
        other => Ok(ints(other.to_tensor()?.sizes().to_vec())),
    }
}

/// Sizes of weight and bias, then stride, padding, dilation and groups.
fn unpack_sizes_conv(packed: IValue) -> Result<IValue> {
    let context = Context::of(&packed, CONV, 8)?;
    let mut parts = vec![sizes(&context.state[0])?, sizes(&context.state[1])?];
    parts.extend_from_slice(&context.state[2..6]);
    Ok(tuple(parts))
}

fn unpack_sizes_linear(packed: IValue) -> Result<IValue> {
    ensure!(packed.downcast::<TorchbindObject>().is_some(), "expected a packed linear layer");
    let context = Context::of(&packed, LINEAR, 4)?;
    Ok(tuple(vec![sizes(&context.state[0])?, sizes(&context.state[1])?]))
}

/// Numbers that half precision cannot hold become its largest.
fn saturate_to_half(weight: Tensor) -> Result<Tensor> {
    ensure!(weight.dtype() == DType::F32, "_saturate_weight_to_fp16 expects a Float tensor");
    let largest = Scalar::Float(half::f16::MAX.to_f64());
    let least = Scalar::Float(half::f16::MIN.to_f64());
    call_one("aten::clamp", "", [weight.into(), least.into(), largest.into()])
}
