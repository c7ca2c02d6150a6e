//! The first operators with int8 weights: plain tensors, with scale and zero point beside them. What they call packed is
//! the weight itself here.

use super::linear::{dynamic, rounded};
use super::packed::LinearParams;
use crate::base::{DType, Scalar};
use crate::kernel::quant as kernel;
use crate::op::compute::dense;
use crate::op::Op;
use crate::tensor::Quantizer;
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::fbgemm_linear_quantize_weight(Tensor input) -> (Tensor, Tensor, float, int)", quantize_weight(_)),
    op!("aten::fbgemm_pack_quantized_matrix(Tensor input) -> Tensor", pack_int(_), tags[MayAlias]),
    op!(
        "aten::fbgemm_pack_quantized_matrix.KN(Tensor input, int K, int N) -> Tensor",
        pack_int_sized(_, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::fbgemm_linear_int8_weight_fp32_activation(Tensor input, Tensor weight, Tensor packed, \
         Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor",
        linear_int(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::fbgemm_linear_int8_weight(Tensor input, Tensor weight, Tensor packed, Tensor \
         col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor",
        linear_int(_, _, _, _, _, _, _)
    ),
    op!("aten::fbgemm_pack_gemm_matrix_fp16(Tensor input) -> Tensor", pack_half(_)),
    op!(
        "aten::fbgemm_linear_fp16_weight_fp32_activation(Tensor input, Tensor packed_weight, Tensor \
         bias) -> Tensor",
        linear_half(_, _, _)
    ),
    op!(
        "aten::fbgemm_linear_fp16_weight(Tensor input, Tensor packed_weight, Tensor bias) -> Tensor",
        linear_half(_, _, _)
    ),
];

/// The weight as int8, sums of its rows less the zero points, scale and zero point.
pub(super) fn quantize_weight(weight: Tensor) -> Result<(Tensor, Tensor, f64, i64)> {
    ensure!(weight.dim() == 2, "fbgemm_linear_quantize_weight expects a matrix");
    let weight = dense::<f32>(&weight)?;
    let values = weight.data::<f32>()?;
    let (min, max) = kernel::range(values);
    let (scale, zero_point) = kernel::choose_params(min, max, -128, 127, false);
    let mut quanta = vec![0i8; values.len()];
    kernel::quantize(values, kernel::Affine { scale: scale as f32, zero_point }, &mut quanta);
    let k = weight.sizes()[1] as usize;
    let sums: Vec<i32> = (0..weight.sizes()[0] as usize)
        .map(|i| quanta[i * k..][..k].iter().map(|q| i32::from(*q) - zero_point).sum())
        .collect();
    let sums = Tensor::from_slice(&sums, &[sums.len() as i64])?;
    Ok((Tensor::from_slice(&quanta, weight.sizes())?, sums, f64::from(scale as f32), zero_point.into()))
}

/// A layer of an int8 weight that lies in a plain tensor.
pub(super) fn int_params(weight: &Tensor, scale: Scalar, zero_point: Scalar, bias: Tensor) -> Result<LinearParams> {
    ensure!(weight.dtype() == DType::I8, "expected scalar type Char but found {}", weight.dtype());
    let quantizer = Quantizer::per_tensor(scale.to_f64(), zero_point.to_i64());
    LinearParams::new(weight.with_quantizer(DType::QI8, quantizer)?, Some(bias))
}

/// Packed weights are bytes.
fn pack_int(weight: Tensor) -> Result<Tensor> {
    weight.to_contiguous()?.reinterpret(DType::U8)
}

fn pack_int_sized(weight: Tensor, _: i64, _: i64) -> Result<Tensor> {
    pack_int(weight)
}

fn linear_int(
    x: Tensor,
    weight: Tensor,
    _: Tensor,
    _: Tensor,
    scale: Scalar,
    zero_point: Scalar,
    bias: Tensor,
) -> Result<Tensor> {
    dynamic(&x, &int_params(&weight, scale, zero_point, bias)?, false, false)
}

/// The bytes of numbers of half precision, row by row.
fn pack_half(weight: Tensor) -> Result<Tensor> {
    ensure!(weight.dim() == 2, "fbgemm_pack_gemm_matrix_fp16 expects a matrix");
    let halves = rounded(&weight)?.to_vec::<f32>()?;
    let bytes: Vec<u8> = halves.iter().flat_map(|v| half::f16::from_f32(*v).to_bits().to_ne_bytes()).collect();
    Tensor::from_slice(&bytes, &[weight.sizes()[0], weight.sizes()[1] * 2])
}

fn linear_half(x: Tensor, packed: Tensor, bias: Tensor) -> Result<Tensor> {
    ensure!(packed.dim() == 2 && packed.dtype() == DType::U8, "expected a weight that was packed by fbgemm");
    let bytes = packed.to_vec::<u8>()?;
    let values: Vec<f32> =
        bytes.chunks_exact(2).map(|b| half::f16::from_bits(u16::from_ne_bytes([b[0], b[1]])).to_f32()).collect();
    let weight = Tensor::from_slice(&values, &[packed.sizes()[0], packed.sizes()[1] / 2])?;
    dynamic(&x, &LinearParams::new(weight, Some(bias))?, false, false)
}
