//! Parameters of quantized tensors: real value = scale · (integer − zero point).

use super::tensor::Tensor;
use crate::base::QScheme;

/// How a quantized tensor's integers stand for real numbers.
#[derive(Clone, Debug)]
pub struct Quantizer {
    pub scheme: QScheme,
    pub params: QParams,
}

#[derive(Clone, Debug)]
pub enum QParams {
    PerTensor {
        scale: f64,
        zero_point: i64,
    },
    /// One scale (float64) and zero point (int64; float32 for `PerChannelAffineFloatQParams`) per index of `axis`.
    PerChannel {
        scales: Tensor,
        zero_points: Tensor,
        axis: usize,
    },
}
