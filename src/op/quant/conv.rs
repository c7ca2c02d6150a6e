//! Convolutions with int8 weights. Results are channels-last, as PyTorch's are.
//!
//! PyTorch takes oneDNN for weights without zero points where the processor has VNNI, otherwise FBGEMM; the two round
//! halves differently. Here every processor counts as one with VNNI. Transposed convolutions round as FBGEMM's: oneDNN's are
//! wrong in PyTorch 2.5.1.

use super::packed::ConvParams;
use super::{dequantize, quantize_per_tensor};
use crate::base::{DType, Dims, MemoryFormat};
use crate::kernel::int_conv;
use crate::kernel::int_conv::Geometry;
use crate::kernel::quant as kernel;
use crate::kernel::quant::{Affine, Requantize};
use crate::op::compute::dense;
use crate::op::Op;
use crate::tensor::{NewTensor, Quantizer};
use crate::value::{IValue, List, TupleValue};
use crate::{ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "quantized::conv1d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv1d(_, _, _, _)
    ),
    op!(
        "quantized::conv1d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv1d_relu(_, _, _, _)
    ),
    op!(
        "quantized::conv2d.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "quantized::conv2d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv_relu(_, _, _, _)
    ),
    op!(
        "quantized::conv3d.new(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "quantized::conv3d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv_relu(_, _, _, _)
    ),
    op!(
        "quantized::conv2d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase weight, \
         int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int \
         output_zero_point) -> Tensor",
        conv_old(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv2d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         weight, int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int \
         output_zero_point) -> Tensor",
        conv_relu_old(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv3d(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase weight, \
         int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int \
         output_zero_point) -> Tensor",
        conv_old(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv3d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         weight, int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int \
         output_zero_point) -> Tensor",
        conv_relu_old(_, _, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv_transpose1d(Tensor qx, \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, \
         int output_zero_point) -> Tensor",
        conv1d(_, _, _, _)
    ),
    op!(
        "quantized::conv_transpose2d(Tensor qx, \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, \
         int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "quantized::conv_transpose3d(Tensor qx, \
         __torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weight, float output_scale, \
         int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "_quantized::conv2d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "_quantized::conv2d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv_relu(_, _, _, _)
    ),
    op!(
        "_quantized::conv3d(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "_quantized::conv3d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv_relu(_, _, _, _)
    ),
    op!(
        "_quantized::conv_transpose1d(Tensor qx, \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, \
         int output_zero_point) -> Tensor",
        conv1d(_, _, _, _)
    ),
    op!(
        "_quantized::conv_transpose2d(Tensor qx, \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, \
         int output_zero_point) -> Tensor",
        conv(_, _, _, _)
    ),
    op!(
        "quantized::conv1d_dynamic(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, bool reduce_range=False) -> Tensor",
        conv1d_dynamic(_, _, _)
    ),
    op!(
        "quantized::conv2d_dynamic(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, bool reduce_range=False) -> Tensor",
        conv_dynamic(_, _, _)
    ),
    op!(
        "quantized::conv3d_dynamic(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weight, bool reduce_range=False) -> Tensor",
        conv_dynamic(_, _, _)
    ),
    op!(
        "quantized::conv_transpose1d_dynamic(Tensor qx, \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, bool \
         reduce_range=False) -> Tensor",
        conv1d_dynamic(_, _, _)
    ),
    op!(
        "quantized::conv_transpose2d_dynamic(Tensor qx, \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, bool \
         reduce_range=False) -> Tensor",
        conv_dynamic(_, _, _)
    ),
    op!(
        "quantized::conv_transpose3d_dynamic(Tensor qx, \
         __torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weight, bool \
         reduce_range=False) -> Tensor",
        conv_dynamic(_, _, _)
    ),
    op!(
        "quantized::conv1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] \
         dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack1d(_, _, _, _, _, _)
    ),
    op!(
        "quantized::conv2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] \
         dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack2d(_, _, _, _, _, _)
    ),
    op!(
        "quantized::conv_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] \
         dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack2d(_, _, _, _, _, _)
    ),
    op!(
        "quantized::conv3d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] \
         dilation, int groups) -> __torch__.torch.classes.quantized.Conv3dPackedParamsBase",
        prepack3d(_, _, _, _, _, _)
    ),
    op!(
        "quantized::conv_transpose1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, \
         int[] output_padding, int[] dilation, int groups) -> \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack_transpose1d(_, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv_transpose2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, \
         int[] output_padding, int[] dilation, int groups) -> \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack_transpose2d(_, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv_transpose3d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, \
         int[] output_padding, int[] dilation, int groups) -> \
         __torch__.torch.classes.quantized.Conv3dPackedParamsBase",
        prepack_transpose3d(_, _, _, _, _, _, _)
    ),
    op!(
        "_quantized::conv2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] \
         dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack2d(_, _, _, _, _, _)
    ),
    op!(
        "_quantized::conv3d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] \
         dilation, int groups) -> __torch__.torch.classes.quantized.Conv3dPackedParamsBase",
        prepack3d(_, _, _, _, _, _)
    ),
    op!(
        "_quantized::conv_transpose1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, \
         int[] output_padding, int[] dilation, int groups) -> \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack_transpose1d(_, _, _, _, _, _, _)
    ),
    op!(
        "_quantized::conv_transpose2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, \
         int[] output_padding, int[] dilation, int groups) -> \
         __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        prepack_transpose2d(_, _, _, _, _, _, _)
    ),
    op!(
        "_quantized::conv_transpose3d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, \
         int[] output_padding, int[] dilation, int groups) -> \
         __torch__.torch.classes.quantized.Conv3dPackedParamsBase",
        prepack_transpose3d(_, _, _, _, _, _, _)
    ),
    op!(
        "quantized::conv1d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack1d(_)
    ),
    op!(
        "quantized::conv2d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack(_)
    ),
    op!(
        "quantized::conv_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack(_)
    ),
    op!(
        "quantized::conv3d_unpack(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack(_)
    ),
    op!(
        "quantized::conv_transpose1d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack1d(_)
    ),
    op!(
        "quantized::conv_transpose2d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack(_)
    ),
    op!(
        "quantized::conv_transpose3d_unpack(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)",
        unpack(_)
    ),
    op!("quantized::conv2d_unpack_sizes(Any packed_weights) -> Any", unpack_sizes(_)),
    op!(
        "quantized::conv2d_stride(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        stride(_)
    ),
    op!(
        "quantized::conv2d_padding(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        padding(_)
    ),
    op!(
        "quantized::conv2d_output_padding(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        output_padding(_)
    ),
    op!(
        "quantized::conv2d_dilation(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        dilation(_)
    ),
    op!(
        "quantized::conv2d_groups(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int",
        groups(_)
    ),
    op!(
        "quantized::conv2d_transpose(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int",
        transpose(_)
    ),
    op!(
        "quantized::conv3d_stride(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        stride(_)
    ),
    op!(
        "quantized::conv3d_padding(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        padding(_)
    ),
    op!(
        "quantized::conv3d_output_padding(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        output_padding(_)
    ),
    op!(
        "quantized::conv3d_dilation(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        dilation(_)
    ),
    op!(
        "quantized::conv3d_groups(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int",
        groups(_)
    ),
    op!(
        "quantized::conv3d_transpose(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int",
        transpose(_)
    ),
    op!(
        "quantized::conv_transpose2d_stride(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        stride(_)
    ),
    op!(
        "quantized::conv_transpose2d_padding(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        padding(_)
    ),
    op!(
        "\
         quantized::conv_transpose2d_output_padding(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        output_padding(_)
    ),
    op!(
        "quantized::conv_transpose2d_dilation(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int[]",
        dilation(_)
    ),
    op!(
        "quantized::conv_transpose2d_groups(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int",
        groups(_)
    ),
    op!(
        "quantized::conv_transpose2d_transpose(__torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weights) -> int",
        transpose(_)
    ),
    op!(
        "quantized::conv_transpose3d_stride(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        stride(_)
    ),
    op!(
        "quantized::conv_transpose3d_padding(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        padding(_)
    ),
    op!(
        "\
         quantized::conv_transpose3d_output_padding(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        output_padding(_)
    ),
    op!(
        "quantized::conv_transpose3d_dilation(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int[]",
        dilation(_)
    ),
    op!(
        "quantized::conv_transpose3d_groups(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int",
        groups(_)
    ),
    op!(
        "quantized::conv_transpose3d_transpose(__torch__.torch.classes.quantized.Conv3dPackedParamsBase \
         packed_weights) -> int",
        transpose(_)
    ),
    op!(
        "quantized::conv2d_add(Tensor qx, Tensor qaccum, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv_add(_, _, _, _, _)
    ),
    op!(
        "quantized::conv2d_add_relu(Tensor qx, Tensor qaccum, __torch__.torch.classes.quantized.Conv2dPackedParamsBase \
         packed_weight, float output_scale, int output_zero_point) -> Tensor",
        conv_add(_, _, _, _, _)
    ),
];

/// Only PyTorch's engine `onednn` has these; its default engine for this processor, which we stand for, refuses them.
fn conv_add(_: Tensor, _: Tensor, _: IValue, _: f64, _: i64) -> Result<Tensor> {
    Err(Error::runtime("Didn't find engine for operation quantized::conv2d_add.X86"))
}

fn conv(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    run(&x, ConvParams::of(&packed)?.as_ref(), scale, zero_point, false)
}

fn conv_relu(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    run(&x, ConvParams::of(&packed)?.as_ref(), scale, zero_point, true)
}

macro_rules! old_forms {
    ($($f:ident, $new:ident;)*) => { $(
        /// The lists say what the packed parameters say too.
        fn $f(
            x: Tensor,
            packed: IValue,
            _: Vec<i64>,
            _: Vec<i64>,
            _: Vec<i64>,
            _: i64,
            scale: f64,
            zero_point: i64,
        ) -> Result<Tensor> {
            $new(x, packed, scale, zero_point)
        }
    )* };
}
old_forms! {
    conv_old, conv;
    conv_relu_old, conv_relu;
}

/// One dimension is the second of two.
fn conv1d(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    run1d(&x, ConvParams::of(&packed)?.as_ref(), scale, zero_point, false)
}

fn conv1d_relu(x: Tensor, packed: IValue, scale: f64, zero_point: i64) -> Result<Tensor> {
    run1d(&x, ConvParams::of(&packed)?.as_ref(), scale, zero_point, true)
}

fn run1d(x: &Tensor, params: &ConvParams, scale: f64, zero_point: i64, relu: bool) -> Result<Tensor> {
    ensure!(x.dim() == 3, "quantized::conv1d(): Expected activation tensor to have 3 dimensions, got {}", x.dim());
    run(&x.unsqueeze(2)?, params, scale, zero_point, relu)?.squeeze(Some(&[2]))
}

/// The input is quantized by its own range, and the result by the same parameters.
fn conv_dynamic(x: Tensor, packed: IValue, reduce_range: bool) -> Result<Tensor> {
    let params = ConvParams::of(&packed)?;
    let (x, scale, zero_point) = quantized_input(x, reduce_range)?;
    dequantize(run(&x, &params, scale, zero_point, false)?)
}

fn conv1d_dynamic(x: Tensor, packed: IValue, reduce_range: bool) -> Result<Tensor> {
    let params = ConvParams::of(&packed)?;
    let (x, scale, zero_point) = quantized_input(x, reduce_range)?;
    dequantize(run1d(&x, &params, scale, zero_point, false)?)
}

fn quantized_input(x: Tensor, reduce_range: bool) -> Result<(Tensor, f64, i64)> {
    let (min, max) = kernel::range(dense::<f32>(&x)?.data::<f32>()?);
    let (scale, zero_point) = kernel::choose_params(min, max, 0, 255, reduce_range);
    let x = quantize_per_tensor(x, scale, zero_point.into(), DType::QU8)?;
    Ok((x, scale, zero_point.into()))
}

fn run(x: &Tensor, params: &ConvParams, scale: f64, zero_point: i64, relu: bool) -> Result<Tensor> {
    let n = params.spatial;
    ensure!(
        x.dim() == n + 2,
        "quantized::conv{n}d(): Expected activation tensor to have {} dimensions, got {}",
        n + 2,
        x.dim()
    );
    ensure!(x.dtype() == DType::QU8, "quantized::conv: Expected activation data type QUInt8 but got {}", x.dtype());
    let (x_scale, x_zero) = x.q_params()?;
    let (g, sizes) = geometry(x, params)?;
    let format = if n == 3 { MemoryFormat::ChannelsLast3d } else { MemoryFormat::ChannelsLast };
    // row-major with the channels last
    let mut order: Vec<i64> = (0..n as i64 + 2).filter(|d| *d != 1).collect();
    order.push(1);
    let integers = x.integers()?.permute(&order)?.to_contiguous()?;
    let centred: Vec<i16> = integers.data::<u8>()?.iter().map(|q| i16::from(*q).wrapping_sub(x_zero as i16)).collect();
    let outs = g.channels.1;
    let real = params.int.symmetric && params.groups <= 100 && !params.transpose;
    // oneDNN is handed the inverse of the scale, and inverts it again
    let x_scale = if real { 1.0 / (1.0 / x_scale) as f32 } else { x_scale as f32 };
    let by = Requantize {
        scales: params.int.scales.iter().map(|s| x_scale * s).collect(),
        bias: params.bias_values.clone(),
        out: Affine::new(scale, zero_point),
        relu,
        real,
    };
    let count = sizes.iter().try_fold(1i64, |n, size| n.checked_mul(*size));
    let Some(count) = count else { return Err(Error::limit("quantized conv: the result is too large")) };
    let mut out = NewTensor::<u8>::new(&[count])?;
    let finish = |sums: &[i32], out: &mut [u8]| by.run(outs, sums, out);
    match params.transpose {
        true => int_conv::conv_transpose(&g, &centred, &params.int.data, out.data(), &finish),
        false => int_conv::conv(&g, &centred, &params.int.data, out.data(), &finish),
    }
    let strides = Tensor::empty_format(&sizes, DType::U8, format)?.strides().to_vec();
    let out = super::shaped(&out.finish(), &sizes, &strides)?;
    out.with_quantizer(DType::QU8, Quantizer::per_tensor(scale, zero_point))
}

/// Checked sizes, and the shape of the result.
fn geometry(x: &Tensor, params: &ConvParams) -> Result<(Geometry, Dims)> {
    let n = params.spatial;
    let groups = params.groups;
    let weight = params.weight.sizes();
    let (channels, outs) = match params.transpose {
        true => (weight[0], weight[1] * groups),
        false => (weight[1] * groups, weight[0]),
    };
    ensure!(
        x.sizes()[1] == channels,
        "quantized conv: expected input to have {channels} channels, but got {} channels instead",
        x.sizes()[1]
    );
    let mut sizes: Dims = [x.sizes()[0], outs].as_slice().into();
    for d in 0..n {
        let (size, kernel) = (x.sizes()[2 + d], weight[2 + d]);
        let (stride, padding, dilation) = (params.stride[d], params.padding[d], params.dilation[d]);
        let reach = dilation.saturating_mul(kernel - 1);
        let out = match params.transpose {
            true => (size - 1) * stride - 2 * padding + reach + params.output_padding[d] + 1,
            false => (size + 2 * padding - reach - 1).div_euclid(stride) + 1,
        };
        ensure!(out >= 0 && kernel > 0, "quantized conv: each dimension of output tensor should be greater than 0");
        sizes.push(out);
    }
    let three = |list: &[i64], missing: usize| {
        let mut out = [missing; 3];
        for (slot, v) in out[3 - n..].iter_mut().zip(list) {
            *slot = *v as usize;
        }
        out
    };
    let g = Geometry {
        batch: x.sizes()[0] as usize,
        input: three(&x.sizes()[2..], 1),
        output: three(&sizes[2..], 1),
        kernel: three(&weight[2..], 1),
        stride: three(&params.stride, 1),
        padding: three(&params.padding, 0),
        dilation: three(&params.dilation, 1),
        groups: groups as usize,
        channels: (channels as usize, outs as usize),
    };
    Ok((g, sizes))
}

macro_rules! prepacks {
    ($($f:ident, $transposed:ident, $n:literal;)*) => { $(
        fn $f(w: Tensor, b: Option<Tensor>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, groups: i64) -> Result<IValue> {
            ConvParams::pack($n, w, b, [&s, &p, &[0; $n], &d], groups, false)
        }
        fn $transposed(
            w: Tensor,
            b: Option<Tensor>,
            s: Vec<i64>,
            p: Vec<i64>,
            output_padding: Vec<i64>,
            d: Vec<i64>,
            groups: i64,
        ) -> Result<IValue> {
            ConvParams::pack($n, w, b, [&s, &p, &output_padding, &d], groups, true)
        }
    )* };
}
prepacks! {
    prepack2d, prepack_transpose2d, 2;
    prepack3d, prepack_transpose3d, 3;
}

/// A weight over one dimension as one over two.
fn widened(w: &Tensor) -> Result<Tensor> {
    ensure!(w.dim() == 3, "Weights are expected to have 3 dimensions, got {}", w.dim());
    w.unsqueeze(2)
}

fn two(list: &[i64], first: i64) -> Vec<i64> {
    std::iter::once(first).chain(list.iter().copied()).collect()
}

fn prepack1d(w: Tensor, b: Option<Tensor>, s: Vec<i64>, p: Vec<i64>, d: Vec<i64>, groups: i64) -> Result<IValue> {
    ConvParams::pack(2, widened(&w)?, b, [&two(&s, 1), &two(&p, 0), &[0, 0], &two(&d, 1)], groups, false)
}

fn prepack_transpose1d(
    w: Tensor,
    b: Option<Tensor>,
    s: Vec<i64>,
    p: Vec<i64>,
    output_padding: Vec<i64>,
    d: Vec<i64>,
    groups: i64,
) -> Result<IValue> {
    let lists = [two(&s, 1), two(&p, 0), two(&output_padding, 0), two(&d, 1)];
    let [s, p, output_padding, d] = &lists;
    ConvParams::pack(2, widened(&w)?, b, [s, p, output_padding, d], groups, true)
}

fn unpack(packed: IValue) -> Result<(Tensor, Option<Tensor>)> {
    let params = ConvParams::of(&packed)?;
    Ok((params.weight.clone(), params.bias.clone()))
}

fn unpack1d(packed: IValue) -> Result<(Tensor, Option<Tensor>)> {
    let (weight, bias) = unpack(packed)?;
    Ok((weight.squeeze(Some(&[2]))?, bias))
}

/// Sizes of weight and bias, then stride, padding, dilation and groups.
fn unpack_sizes(packed: IValue) -> Result<IValue> {
    let params = ConvParams::of(&packed)?;
    let ints = |list: &[i64]| IValue::List(List::ints(list.to_vec()));
    let elements = vec![
        ints(params.weight.sizes()),
        params.bias.as_ref().map_or(IValue::None, |bias| ints(bias.sizes())),
        ints(&params.stride),
        ints(&params.padding),
        ints(&params.dilation),
        IValue::Int(params.groups),
    ];
    Ok(IValue::Tuple(std::sync::Arc::new(TupleValue { elements, named: None })))
}

macro_rules! questions {
    ($($f:ident),*) => { $(
        fn $f(packed: IValue) -> Result<Vec<i64>> {
            Ok(ConvParams::of(&packed)?.$f.clone())
        }
    )* };
}
questions!(stride, padding, output_padding, dilation);

fn groups(packed: IValue) -> Result<i64> {
    Ok(ConvParams::of(&packed)?.groups)
}

fn transpose(packed: IValue) -> Result<i64> {
    Ok(i64::from(ConvParams::of(&packed)?.transpose))
}
