//! Operators that old archives and PyTorch's own decompositions name, made of others of the table.

use super::compute::half_rounding;
use super::registry::call;
use super::{Op, Stack};
use crate::base::{DType, Scalar};
use crate::value::{IValue, List};
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::_unsafe_view(Tensor self, SymInt[] size) -> Tensor", shared as_is("aten::view"), out "out", tags[MayAlias]),
    op!(
        "aten::_reshape_alias(Tensor(a) self, SymInt[] size, SymInt[] stride) -> Tensor(a)",
        shared as_is("aten::as_strided")
    ),
    op!(
        "aten::_reshape_alias_copy(Tensor self, SymInt[] size, SymInt[] stride) -> Tensor",
        shared copied("aten::as_strided"), out "out"
    ),
    op!("aten::_reshape_copy(Tensor self, SymInt[] size) -> Tensor", shared copied("aten::reshape")),
    op!("aten::_stack(Tensor[] tensors, int dim=0) -> Tensor", shared as_is("aten::stack"), out "out"),
    op!("aten::_lazy_clone(Tensor self) -> Tensor", shared as_is("aten::clone")),
    op!("aten::_aminmax(Tensor self) -> (Tensor, Tensor)", shared as_is("aten::aminmax"), out "out"),
    op!(
        "aten::_aminmax.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor, Tensor)",
        shared as_is("aten::aminmax"), out "dim_out"
    ),
    op!("aten::_is_all_true(Tensor self) -> Tensor", shared of_bools("aten::all")),
    op!("aten::_is_any_true(Tensor self) -> Tensor", shared of_bools("aten::any")),
    op!("aten::_is_zerotensor(Tensor self) -> bool", |_x: Tensor| -> bool { false }),
    op!("aten::_has_same_storage_numel(Tensor self, Tensor other) -> bool", same_storage_numel(_, _)),
    op!("aten::_no_grad_fill_(Tensor(a!) tensor, float val) -> Tensor(a!)", shared as_is("aten::fill_.Scalar")),
    op!("aten::_no_grad_zero_(Tensor(a!) tensor) -> Tensor(a!)", shared as_is("aten::zero_")),
    op!(
        "aten::_no_grad_uniform_(Tensor(a!) tensor, float a, float b, Generator? generator=None) -> Tensor(a!)",
        shared as_is("aten::uniform_"), tags[Random]
    ),
    op!(
        "aten::_no_grad_normal_(Tensor(a!) tensor, float mean, float std, Generator? generator=None) -> Tensor(a!)",
        shared as_is("aten::normal_"), tags[Random]
    ),
    op!("aten::_grad_sum_to_size(Tensor(a) self, int[]? size) -> Tensor(a)", grad_sum_to_size(_, _)),
    op!(
        "aten::_cummax_helper(Tensor self, Tensor(a!) values, Tensor(b!) indices, int dim) -> ()",
        shared into_arguments("aten::cummax")
    ),
    op!(
        "aten::_cummin_helper(Tensor self, Tensor(a!) values, Tensor(b!) indices, int dim) -> ()",
        shared into_arguments("aten::cummin")
    ),
    op!("aten::_list_to_tensor(int[] self) -> Tensor", list_to_tensor(_)),
    op!("aten::_tensor_to_list(Tensor self) -> int[]", tensor_to_list(_)),
    op!("aten::_to_cpu(Tensor[] tensors) -> Tensor[]", |list: Vec<Tensor>| -> Vec<Tensor> { list }, tags[MayAlias]),
    op!("aten::flatten_dense_tensors(Tensor[] tensors) -> Tensor", flatten_all(_)),
    op!("aten::unflatten_dense_tensors(Tensor flat, Tensor[] tensors) -> Tensor[]", unflatten_all(_, _), tags[MayAlias]),
    op!(
        "aten::_cholesky_solve_helper(Tensor self, Tensor A, bool upper) -> Tensor",
        shared as_is("aten::cholesky_solve"), out "out"
    ),
    op!(
        "aten::_compute_linear_combination(Tensor input, Tensor coefficients) -> Tensor",
        linear_combination(_, _), out "out"
    ),
    op!(
        "aten::_index_put_impl(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> \
         Tensor",
        shared without_last("aten::index_put"), out "out"
    ),
    op!("aten::_ncf_unsqueeze(Tensor(a) self, int ndim) -> Tensor(a)", second_of(_, _)),
    op!(
        "aten::_ncf_view(Tensor(a) self, int[] input_shape, int normalized_ndim) -> Tensor(a)",
        leading_view(_, _, _)
    ),
    op!(
        "aten::_autocast_to_full_precision(Tensor(a) self, bool cuda_enabled, bool cpu_enabled) -> Tensor(a)",
        full_precision(_, _, _)
    ),
    op!(
        "aten::_autocast_to_reduced_precision(Tensor(a) self, bool cuda_enabled, bool cpu_enabled, ScalarType cuda_dtype, \
         ScalarType cpu_dtype) -> Tensor(a)",
        reduced_precision(_, _, _, _, _)
    ),
    op!(
        "aten::_masked_softmax(Tensor self, Tensor mask, int? dim=None, int? mask_type=None) -> Tensor",
        masked_softmax(_, _, _, _), out "out"
    ),
    op!(
        "aten::_trilinear(Tensor i1, Tensor i2, Tensor i3, int[] expand1, int[] expand2, int[] expand3, int[] sumdim, int \
         unroll_dim=1) -> Tensor",
        trilinear(_, _, _, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::random.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor",
        shared on_copy("aten::random_.from"), out "from_out", tags[Random]
    ),
    op!(
        "aten::random.to(Tensor self, int to, *, Generator? generator=None) -> Tensor",
        shared on_copy("aten::random_.to"), out "to_out", tags[Random]
    ),
    op!(
        "aten::random(Tensor self, *, Generator? generator=None) -> Tensor",
        shared on_copy("aten::random_"), out "out", tags[Random]
    ),
    op!(
        "aten::quantized_lstm.input_legacy(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, \
         float dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool \
         use_dynamic=False) -> (Tensor, Tensor, Tensor)",
        shared no_longer("quantized_lstm")
    ),
    op!(
        "aten::quantized_lstm.data_legacy(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, \
         int num_layers, float dropout, bool train, bool bidirectional, *, ScalarType? dtype=None, bool \
         use_dynamic=False) -> (Tensor, Tensor, Tensor)",
        shared no_longer("quantized_lstm")
    ),
    op!(
        "aten::quantized_gru.input_legacy(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float \
         dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
        shared no_longer("quantized_gru")
    ),
    op!(
        "aten::quantized_gru.data_legacy(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int \
         num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)",
        shared no_longer("quantized_gru")
    ),
];

/// What `nn.functional.interpolate` and its kind were before they were scripts.
pub const INTERPOLATE: &[Op] = &[
    op!(
        "aten::__interpolate(Tensor input, int? size=None, float? scale_factor=None, str mode=\"nearest\", bool? \
         align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
        shared interpolate("")
    ),
    op!(
        "aten::__interpolate.scale_list(Tensor input, int? size=None, float[]? scale_factor=None, str mode=\"nearest\", \
         bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
        shared interpolate("")
    ),
    op!(
        "aten::__interpolate.size_list(Tensor input, int[]? size=None, float? scale_factor=None, str mode=\"nearest\", \
         bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
        shared interpolate("")
    ),
    op!(
        "aten::__interpolate.size_list_scale_list(Tensor input, int[]? size=None, float[]? scale_factor=None, str \
         mode=\"nearest\", bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
        shared interpolate("")
    ),
    op!(
        "aten::__upsample(Tensor input, int? size=None, int? scale_factor=None, str mode=\"nearest\", bool? \
         align_corners=None) -> Tensor",
        shared interpolate("")
    ),
    op!(
        "aten::__upsample.size_list(Tensor input, int[]? size=None, int? scale_factor=None, str mode=\"nearest\", bool? \
         align_corners=None) -> Tensor",
        shared interpolate("")
    ),
    op!(
        "aten::__upsample_nearest(Tensor input, int? size=None, int? scale_factor=None) -> Tensor",
        shared interpolate("nearest")
    ),
    op!(
        "aten::__upsample_nearest.size_list(Tensor input, int[]? size=None, int? scale_factor=None) -> Tensor",
        shared interpolate("nearest")
    ),
    op!(
        "aten::__upsample_bilinear(Tensor input, int? size=None, int? scale_factor=None) -> Tensor",
        shared interpolate("bilinear")
    ),
    op!(
        "aten::__upsample_bilinear.scale_list(Tensor input, int? size=None, int[]? scale_factor=None) -> Tensor",
        shared interpolate("bilinear")
    ),
    op!(
        "aten::__upsample_bilinear.size_list(Tensor input, int[]? size=None, int? scale_factor=None) -> Tensor",
        shared interpolate("bilinear")
    ),
    op!(
        "aten::__upsample_bilinear.size_list_scale_list(Tensor input, int[]? size=None, int[]? scale_factor=None) -> Tensor",
        shared interpolate("bilinear")
    ),
];

fn take(stack: &mut Stack, n: usize) -> Result<Vec<IValue>> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    Ok(stack.drain(base..).collect())
}

fn one(of: &str, args: Vec<IValue>) -> Result<Tensor> {
    call(of, args)?.pop().unwrap_or_default().to_tensor()
}

fn as_is(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    stack.extend(call(of, args)?);
    Ok(())
}

/// The other operator's result, row-major in memory of its own.
fn copied(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let view = one(of, take(stack, n)?)?;
    let copy = Tensor::empty(view.sizes(), view.dtype())?;
    copy.copy_from(&view)?;
    stack.push(copy.into());
    Ok(())
}

/// `self, values, indices, dim`: the results go into the arguments in the middle.
fn into_arguments(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let [x, values, indices, dim] = &args[..] else { return Err(Error::internal("four arguments")) };
    let results = call(of, vec![x.clone(), dim.clone()])?;
    for (target, result) in [values, indices].into_iter().zip(results) {
        target.to_tensor()?.copy_from(&result.to_tensor()?)?;
    }
    Ok(())
}

fn grad_sum_to_size(x: Tensor, size: Option<Vec<i64>>) -> Result<Tensor> {
    match size {
        Some(size) => one("aten::sum_to_size", vec![x.into(), IValue::List(List::ints(size))]),
        None => Ok(x),
    }
}

fn without_last(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let mut args = take(stack, n)?;
    args.pop();
    stack.extend(call(of, args)?);
    Ok(())
}

/// The in-place operator on a copy of the first argument.
fn on_copy(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let mut args = take(stack, n)?;
    if let Some(first) = args.first_mut() {
        *first = first.to_tensor()?.deep_clone()?.into();
    }
    stack.extend(call(of, args)?);
    Ok(())
}

fn of_bools(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let dtype = args.first().cloned().unwrap_or_default().to_tensor()?.dtype();
    ensure!(dtype == DType::Bool, "self.scalar_type() == at::kBool is not so: {}", dtype.name());
    stack.extend(call(of, args)?);
    Ok(())
}

fn no_longer(of: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    take(stack, n)?;
    bail!(
        "torch.{of} with List[Tensor] for parameters is no longer supported. Please re-export your model using the newer \
         definitions in torch.jit.quantized"
    )
}

fn same_storage_numel(a: Tensor, b: Tensor) -> Result<bool> {
    let numel = |x: &Tensor| x.storage().nbytes() / x.dtype().itemsize().max(1);
    Ok(numel(&a) == numel(&b))
}

fn list_to_tensor(list: Vec<i64>) -> Result<Tensor> {
    Tensor::from_slice(&list, &[list.len() as i64])?.to_dtype(DType::I32)
}

fn tensor_to_list(x: Tensor) -> Result<Vec<i64>> {
    ensure!(x.dtype() == DType::I32, "expected scalar type Int but found {}", x.dtype().name());
    // PyTorch reads no more elements than the first dimension has
    let n = x.size(0)? as usize;
    Ok(x.to_vec::<i64>()?.into_iter().take(n).collect())
}

fn flatten_all(tensors: Vec<Tensor>) -> Result<Tensor> {
    let flat = tensors.iter().map(|x| x.reshape(&[x.numel() as i64])).collect::<Result<Vec<_>>>()?;
    super::join::cat(flat, 0)
}

fn unflatten_all(flat: Tensor, like: Vec<Tensor>) -> Result<Vec<Tensor>> {
    let mut start = 0;
    let mut views = Vec::with_capacity(like.len());
    for x in like {
        let n = x.numel() as i64;
        // PyTorch gives empty tensors memory of their own
        views.push(match n {
            0 => Tensor::empty(x.sizes(), flat.dtype())?,
            n => flat.narrow(0, start, n)?.view(x.sizes())?,
        });
        start += n;
    }
    Ok(views)
}

fn linear_combination(input: Tensor, coefficients: Tensor) -> Result<Tensor> {
    ensure!(input.dim() > 0 && coefficients.dim() == 2, "_compute_linear_combination expects rows and a matrix");
    super::matmul::tensordot(coefficients, input, vec![1], vec![0])
}

/// One dimension of a batch norm's weight among those of its input.
fn second_of(x: Tensor, dims: i64) -> Result<Tensor> {
    ensure!((2..=64).contains(&dims), "_ncf_unsqueeze: {dims} dimensions");
    let mut shape = vec![1; dims as usize];
    shape[1] = x.size(0)?;
    x.reshape(&shape)
}

fn leading_view(x: Tensor, mut shape: Vec<i64>, normalized: i64) -> Result<Tensor> {
    ensure!(
        0 <= normalized && normalized as usize <= shape.len(),
        "_ncf_view: {normalized} of {} dimensions",
        shape.len()
    );
    let kept = shape.len() - normalized as usize;
    shape[kept..].fill(1);
    x.reshape(&shape)
}

fn full_precision(x: Tensor, _cuda: bool, cpu: bool) -> Result<Tensor> {
    match cpu && half_rounding(x.dtype()).is_some() {
        true => x.to_dtype(DType::F32),
        false => Ok(x),
    }
}

fn reduced_precision(x: Tensor, _cuda: bool, cpu: bool, _cuda_dtype: DType, dtype: DType) -> Result<Tensor> {
    match cpu && x.dtype() == DType::F32 {
        true => x.to_dtype(dtype),
        false => Ok(x),
    }
}

/// Softmax over the elements whose mask is false; a line without any is NaN, and masked elements are 0.
fn masked_softmax(x: Tensor, mask: Tensor, dim: Option<i64>, kind: Option<i64>) -> Result<Tensor> {
    ensure!(mask.dtype() == DType::Bool, "Mask should be a boolean tensor");
    let ambiguous = x.dim() == 4 && mask.dim() == 2;
    ensure!(kind.is_some() || !ambiguous, "Mask Type should be defined");
    let kind = kind.unwrap_or(2);
    ensure!((0..=2).contains(&kind), "Mask Type should be 0 (src_mask), 1 (src_key_padding_mask), or 2 (default_mask)");
    let mask = match (kind, x.sizes()) {
        (0, [.., rows, columns]) if x.dim() == 4 && rows == columns && mask.sizes() == [*rows, *columns] => mask,
        (0, _) => bail!("For mask_type == 0 mask shape should be (L, L)"),
        (1, [batch, _, rows, _]) if mask.sizes() == [*batch, *rows] => mask.view(&[*batch, 1, 1, *rows])?,
        (1, _) => bail!("For mask_type == 1 mask shape should be (B, L)"),
        _ if mask.sizes() == x.sizes() => mask,
        _ => bail!("For mask_type == 2 mask shape should match input shape"),
    };
    let dim = dim.unwrap_or(x.dim() as i64 - 1);
    let hidden = one("aten::masked_fill.Scalar", vec![x.into(), mask.into(), Scalar::Float(f64::NEG_INFINITY).into()])?;
    one("aten::softmax.int", vec![hidden.into(), IValue::Int(dim), IValue::None])
}

fn trilinear(
    a: Tensor,
    b: Tensor,
    c: Tensor,
    expand_a: Vec<i64>,
    expand_b: Vec<i64>,
    expand_c: Vec<i64>,
    sums: Vec<i64>,
    _unroll: i64,
) -> Result<Tensor> {
    let widened = |x: Tensor, dims: &[i64]| dims.iter().try_fold(x, |x, dim| x.unsqueeze(*dim));
    let product = super::compose::mul(&widened(a, &expand_a)?, &widened(b, &expand_b)?)?;
    let product = super::compose::mul(&product, &widened(c, &expand_c)?)?;
    match sums.is_empty() {
        true => Ok(product),
        false => super::reduce::sum_dims(product, Some(sums), false, None),
    }
}

/// Arguments: input, size, factor, then mode (unless it is `fixed`), corners and whether factors give the size only.
fn interpolate(fixed: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let get = |i: usize| args.get(i).cloned().unwrap_or_default();
    let x = get(0).to_tensor()?;
    let mode = if fixed.is_empty() { get(3).to_str()?.to_string() } else { fixed.to_string() };
    let corners = match fixed {
        "bilinear" => IValue::Bool(true),
        _ => get(4),
    };
    let recompute = get(5);
    ensure!(!matches!(get(6), IValue::Bool(true)), "Antialias is not yet supported");
    let interpolating = !matches!(mode.as_str(), "nearest" | "area");
    ensure!(
        interpolating || matches!(corners, IValue::None),
        "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear"
    );
    let dims = x.dim();
    let (name, wanted) = match mode.as_str() {
        "nearest" if (3..=5).contains(&dims) => {
            (["upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d"][dims - 3], dims)
        }
        "area" if (3..=5).contains(&dims) => {
            (["adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d"][dims - 3], dims)
        }
        "linear" => ("upsample_linear1d", 3),
        "bilinear" => ("upsample_bilinear2d", 4),
        "bicubic" => ("upsample_bicubic2d", 4),
        "trilinear" => ("upsample_trilinear3d", 5),
        _ => ("", 0),
    };
    ensure!(
        wanted > 0 && (3..=5).contains(&dims),
        "Input Error: Only 3D, 4D and 5D input Tensors supported (got {dims}D) for the modes: nearest | linear | bilinear | \
         trilinear (got {mode})"
    );
    ensure!(dims == wanted, "Got {dims}D input, but {mode} mode needs {wanted}D input");
    let factors = numbers(&get(2), dims - 2)?;
    let size: Vec<i64> = match numbers(&get(1), dims - 2)? {
        Some(size) => size.into_iter().map(|n| n as i64).collect(),
        None => {
            let Some(factors) = &factors else { bail!("either size or scale_factor should be defined") };
            ensure!(
                factors.len() == dims - 2,
                "scale_factor has {} numbers for {} dimensions",
                factors.len(),
                dims - 2
            );
            x.sizes()[2..].iter().zip(factors).map(|(size, factor)| (*size as f64 * factor).floor() as i64).collect()
        }
    };
    let mut call_args = vec![x.into(), List::ints(size).into()];
    if mode != "area" {
        if interpolating {
            call_args.push(IValue::Bool(matches!(corners, IValue::Bool(true))));
        }
        let kept = factors.filter(|_| matches!(recompute, IValue::Bool(false)));
        call_args.extend((0..dims - 2).map(|i| match kept.as_ref().and_then(|list| list.get(i)) {
            Some(factor) => IValue::Double(*factor),
            None => IValue::None,
        }));
    }
    stack.extend(call(&format!("aten::{name}"), call_args)?);
    Ok(())
}

/// A number for every dimension, from one or from a list.
fn numbers(value: &IValue, n: usize) -> Result<Option<Vec<f64>>> {
    let number = |value: &IValue| match value {
        IValue::Int(v) => Ok(*v as f64),
        IValue::Double(v) => Ok(*v),
        other => Err(Error::runtime(format!("a number is expected, not {other:?}"))),
    };
    Ok(match value {
        IValue::None => None,
        IValue::List(list) => Some(list.to_vec().iter().map(number).collect::<Result<_>>()?),
        one => Some(vec![number(one)?; n]),
    })
}
