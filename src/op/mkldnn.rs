//! Tensors that say that their layout is oneDNN's. PyTorch keeps their elements in an order that suits its kernels; here
//! they are a dense tensor in a wrapper, so that nothing reads them by mistake. Operators that PyTorch has for them run on
//! the dense tensor within; all others refuse them, as PyTorch does.

use super::registry::{call, Operator};
use super::{sparse, Op, Stack};
use crate::base::{DType, Layout};
use crate::tensor::SparseParts;
use crate::value::{IValue, List};
use crate::{ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::to_mkldnn(Tensor self, ScalarType? dtype=None) -> Tensor", to_mkldnn(_, _)),
    op!(
        "aten::mkldnn_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] \
         dilation, SymInt groups) -> Tensor",
        convolution(_, _, _, _, _, _, _), out "out"
    ),
    op!("aten::mkldnn_linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor", shared dense_only("mkldnn_linear")),
    op!(
        "aten::mkldnn_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, \
         bool ceil_mode=False) -> Tensor",
        shared dense_only("mkldnn_max_pool2d")
    ),
    op!(
        "aten::mkldnn_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, \
         bool ceil_mode=False) -> Tensor",
        shared dense_only("mkldnn_max_pool3d")
    ),
    op!(
        "aten::mkldnn_adaptive_avg_pool2d(Tensor self, int[2] output_size) -> Tensor",
        shared dense_only("mkldnn_adaptive_avg_pool2d")
    ),
    op!(
        "aten::mkldnn_reorder_conv2d_weight(Tensor self, SymInt[2] padding=[0, 0], SymInt[2] stride=[1, 1], SymInt[2] \
         dilation=[1, 1], SymInt groups=1, SymInt[]? input_size=None) -> Tensor",
        shared dense_only("mkldnn_reorder_conv2d_weight")
    ),
    op!(
        "aten::mkldnn_reorder_conv3d_weight(Tensor self, SymInt[3] padding=[0, 0, 0], SymInt[3] stride=[1, 1, 1], SymInt[3] \
         dilation=[1, 1, 1], SymInt groups=1, SymInt[]? input_size=None) -> Tensor",
        shared dense_only("mkldnn_reorder_conv3d_weight")
    ),
    op!("aten::_mkldnn_reshape(Tensor self, int[] shape) -> Tensor", shared dense_only("_mkldnn_reshape")),
    op!("aten::_mkldnn_transpose(Tensor self, int dim0, int dim1) -> Tensor", shared dense_only("_mkldnn_transpose")),
];

/// Operators that take these tensors, with what runs on the dense tensors within where that has another name.
const TAKES: &[(&str, &str)] = &[
    ("relu", ""),
    ("relu_", ""),
    ("sigmoid", ""),
    ("sigmoid_", ""),
    ("tanh", ""),
    ("tanh_", ""),
    ("gelu", ""),
    ("prelu", ""),
    ("_prelu_kernel", ""),
    ("softmax", ""),
    ("_softmax", ""),
    ("add", ""),
    ("add_", ""),
    ("mul", ""),
    ("mul_", ""),
    ("conv1d", ""),
    ("conv2d", ""),
    ("conv3d", ""),
    ("conv_transpose1d", ""),
    ("conv_transpose2d", ""),
    ("conv_transpose3d", ""),
    ("convolution", ""),
    ("_convolution", ""),
    ("mkldnn_convolution", ""),
    ("linear", ""),
    ("mkldnn_linear", "aten::linear"),
    ("max_pool2d", ""),
    ("max_pool3d", ""),
    ("mkldnn_max_pool2d", "aten::max_pool2d"),
    ("mkldnn_max_pool3d", "aten::max_pool3d"),
    ("avg_pool2d", ""),
    ("avg_pool3d", ""),
    ("adaptive_avg_pool2d", ""),
    ("mkldnn_adaptive_avg_pool2d", "aten::adaptive_avg_pool2d"),
    ("batch_norm", ""),
    ("_batch_norm_impl_index", ""),
    ("native_batch_norm", ""),
    ("_native_batch_norm_legit", ""),
    ("_native_batch_norm_legit_no_training", ""),
    ("dropout", ""),
    ("reshape", ""),
    ("_mkldnn_reshape", "aten::reshape"),
    ("flatten", ""),
    ("t", ""),
    ("transpose", "aten::transpose.int"),
    ("_mkldnn_transpose", "aten::transpose.int"),
    ("contiguous", ""),
    ("clone", ""),
    ("zero_", ""),
    ("copy_", ""),
    ("mkldnn_reorder_conv2d_weight", "aten::clone"),
    ("mkldnn_reorder_conv3d_weight", "aten::clone"),
];

/// Whether it is such a tensor.
pub fn is_mkldnn(x: &Tensor) -> bool {
    x.layout() == Layout::Mkldnn
}

/// Calls an operator of which an argument is such a tensor.
pub fn run(operator: &Operator, stack: &mut Stack, n: usize) -> Result<()> {
    let Some(name) = operator.name.strip_prefix("aten::") else { return operator.call_as_is(stack, n) };
    if sparse::QUESTIONS.contains(&&*operator.name) || matches!(name, "stride" | "sym_stride" | "is_contiguous") {
        return operator.call_as_is(stack, n);
    }
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let args: Vec<IValue> = stack.drain(base..).collect();
    if matches!(name, "to_dense" | "_to_dense") && &*operator.overload != "out" {
        stack.push(to_dense(&args)?.into());
        return Ok(());
    }
    let known = TAKES.iter().find(|(known, _)| *known == name).filter(|_| !operator.overload.ends_with("out"));
    let Some((_, other)) = known else { return Err(refusal(name, "MkldnnCPU")) };
    check(name, &args)?;
    let wraps = args.first().is_some_and(holds);
    let dense: Vec<IValue> = args.iter().map(within).collect();
    let results = match *other {
        "" => {
            let mut stack: Stack = dense.clone();
            operator.call_as_is(&mut stack, n)?;
            stack
        }
        "aten::clone" => call(other, dense[..1].to_vec())?,
        other => call(other, dense.clone())?,
    };
    for result in results {
        let same = |x: &Tensor| dense.iter().position(|arg| matches!(arg, IValue::Tensor(arg) if arg.is_same(x)));
        stack.push(match result {
            IValue::Tensor(x) => match same(&x) {
                Some(i) => args[i].clone(),
                None if wraps && x.dim() > 0 && x.dtype().is_floating_point() => wrapped(x.to_contiguous()?).into(),
                None => x.into(),
            },
            other => other,
        });
    }
    Ok(())
}

fn refusal(name: &str, backend: &str) -> Error {
    Error::runtime(format!("Could not run 'aten::{name}' with arguments from the '{backend}' backend."))
}

fn holds(value: &IValue) -> bool {
    matches!(value, IValue::Tensor(x) if is_mkldnn(x))
}

/// The dense tensor within, or the value itself.
fn within(value: &IValue) -> IValue {
    match value {
        IValue::Tensor(x) if is_mkldnn(x) => x.sparse_parts().map_or(IValue::None, |parts| parts.values.clone().into()),
        other => other.clone(),
    }
}

fn wrapped(values: Tensor) -> Tensor {
    let sizes = values.sizes().to_vec();
    Tensor::sparse(&sizes, SparseParts { layout: Layout::Mkldnn, indices: Vec::new(), values, coalesced: true })
}

/// What PyTorch's operators for these tensors ask beyond what their dense forms do.
fn check(name: &str, args: &[IValue]) -> Result<()> {
    let first = args.first().is_some_and(holds);
    let tensor = |i: usize| args.get(i).and_then(|v| v.to_tensor().ok());
    match name {
        "add" | "add_" | "mul" | "mul_" => {
            let multiplies = name.starts_with("mul");
            let (Some(a), other) = (tensor(0), tensor(1)) else { return Err(refusal(name, "MkldnnCPU")) };
            if multiplies && first && other.as_ref().is_none_or(|b| b.dim() == 0) {
                return Ok(());
            }
            let b = other.filter(|b| first && is_mkldnn(b));
            let b = b.ok_or_else(|| Error::runtime("itensor_from_mkldnn expects MKL-DNN tensor input"))?;
            ensure!(a.sizes() == b.sizes() || !multiplies, "mkldnn_mul_out: currently mkldnn not support broadcasting");
            ensure!(a.sizes() == b.sizes(), "could not create a primitive descriptor for a sum primitive");
        }
        "copy_" => {
            ensure!(
                first && args.get(1).is_some_and(holds),
                "copy_mkldnn_: between mkldnn layout and dense Tensors is not implemented!"
            );
        }
        // the layout of the result is the input's
        "mkldnn_convolution" => {}
        _ if !first => return Err(refusal(name, "MkldnnCPU")),
        "batch_norm" | "_batch_norm_impl_index" | "native_batch_norm" | "_native_batch_norm_legit" => {
            ensure!(
                tensor(1).is_some() && tensor(2).is_some(),
                "mkldnn_batch_norm: currently mkldnn only support affine model"
            );
        }
        "adaptive_avg_pool2d" | "mkldnn_adaptive_avg_pool2d" => {
            let (Some(x), Some(IValue::List(size))) = (tensor(0), args.get(1)) else { return Ok(()) };
            let size: Vec<i64> = size.to_vec().iter().filter_map(|v| v.to_int().ok()).collect();
            let even = x.sizes().iter().rev().zip(size.iter().rev()).all(|(have, want)| *want > 0 && have % want == 0);
            ensure!(even, "input size is not divisible by the output size is not supported yet");
        }
        "dropout" => ensure!(
            matches!(args.get(2), Some(IValue::Bool(false))),
            "Could not run 'aten::empty_strided' with arguments from the 'MkldnnCPU' backend."
        ),
        _ => {}
    }
    Ok(())
}

fn is_held(dtype: DType) -> bool {
    matches!(dtype, DType::F32 | DType::BF16 | DType::F16 | DType::U8 | DType::I8)
}

/// A copy in this layout.
fn to_mkldnn(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    ensure!(x.layout() == Layout::Strided, "Could not run 'aten::to_mkldnn' with arguments from another backend.");
    ensure!(is_held(x.dtype()), "dense_to_mkldnn expects float, bfloat16, half, uint8, int8 tensor input");
    let dtype = dtype.unwrap_or(x.dtype());
    ensure!(is_held(dtype), "dense_to_mkldnn expects float, bfloat16, half, uint8, int8 tensor input");
    let values = Tensor::empty(x.sizes(), dtype)?;
    values.copy_from(&x)?;
    Ok(wrapped(values))
}

fn to_dense(args: &[IValue]) -> Result<Tensor> {
    let x = within(args.first().unwrap_or(&IValue::None)).to_tensor()?;
    let dtype = match args.get(1) {
        Some(IValue::Int(code)) => {
            DType::from_code(*code).ok_or_else(|| Error::runtime(format!("unknown dtype {code}")))?
        }
        _ => x.dtype(),
    };
    ensure!(
        is_held(dtype),
        "mkldnn tensor only can be converted to be a float, bfloat16, Half, uint8, int8 cpu tensor"
    );
    let out = Tensor::empty(x.sizes(), dtype)?;
    out.copy_from(&x)?;
    Ok(out)
}

/// Dense tensors are nothing for these: [`run`] has seen to all others.
fn dense_only(of: &'static str, _: &mut Stack, _: usize) -> Result<()> {
    Err(refusal(of, "CPU"))
}

fn convolution(
    x: Tensor,
    weight: Tensor,
    bias: Option<Tensor>,
    padding: Vec<i64>,
    stride: Vec<i64>,
    dilation: Vec<i64>,
    groups: i64,
) -> Result<Tensor> {
    let zeros = vec![0; padding.len()];
    let ints = |list: Vec<i64>| IValue::List(List::ints(list));
    let bias = bias.map_or(IValue::None, IValue::from);
    let lists = [ints(stride), ints(padding), ints(dilation), false.into(), ints(zeros), groups.into()];
    let args = [x.into(), weight.into(), bias].into_iter().chain(lists).collect();
    call("aten::convolution", args)?.pop().unwrap_or_default().to_tensor()
}
