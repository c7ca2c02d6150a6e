//! Parameters of quantized tensors: real value = scale · (integer − zero point).

use std::sync::Arc;

use super::access::NewTensor;
use super::tensor::Tensor;
use crate::base::{DType, QScheme};
use crate::Result;

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
    /// One scale (float64) and zero point (int64; both float32 for `PerChannelAffineFloatQParams`) per index of `axis`.
    PerChannel {
        scales: Tensor,
        zero_points: Tensor,
        axis: usize,
    },
}

impl Quantizer {
    pub fn per_tensor(scale: f64, zero_point: i64) -> Arc<Quantizer> {
        Arc::new(Quantizer { scheme: QScheme::PerTensorAffine, params: QParams::PerTensor { scale, zero_point } })
    }
}

impl Tensor {
    /// The integers of a quantized tensor as an int8, uint8 or int32 tensor over the same memory. Of dtypes with several
    /// elements in a byte, which have no such view, a row-major uint8 copy. Fails when the tensor is not quantized.
    pub fn integers(&self) -> Result<Tensor> {
        crate::ensure!(self.dtype().is_quantized(), "expected a quantized tensor, got one of dtype {}", self.dtype());
        let (per_byte, n) = (self.dtype().per_byte(), self.numel());
        if per_byte == 1 {
            return self.reinterpret(self.dtype().underlying());
        }
        let bytes = self.packed_bytes()?;
        let bytes = bytes.data::<u8>()?;
        let bits = 8 / per_byte;
        let mut out = NewTensor::<u8>::new(self.sizes())?;
        for (i, slot) in out.data().iter_mut().enumerate().take(n) {
            *slot = bytes[i / per_byte] >> (i % per_byte * bits) & ((1 << bits) - 1);
        }
        Ok(out.finish())
    }

    /// The bytes of a tensor whose dtype puts several elements in one, the first in the lowest bits.
    pub fn packed_bytes(&self) -> Result<Tensor> {
        let dtype = self.dtype();
        crate::ensure!(self.is_contiguous() && self.storage_offset() == 0, "parts of a {dtype} tensor");
        let n = dtype.bytes_for(self.numel()).unwrap_or(0) as i64;
        Tensor::from_storage(self.storage().clone(), 0, &[n], &[1], DType::U8)
    }

    /// Scale and zero point of a tensor that is quantized as a whole. Fails for all others.
    pub fn q_params(&self) -> Result<(f64, i64)> {
        match self.quantizer().map(|q| &q.params) {
            Some(QParams::PerTensor { scale, zero_point }) => Ok((*scale, *zero_point)),
            Some(_) => crate::bail!("Expected quantizer->qscheme() == kPerTensorAffine to be true, but got false."),
            None => crate::bail!("expected a quantized tensor, got one of dtype {}", self.dtype()),
        }
    }

    /// An uninitialised quantized tensor with given strides.
    pub fn empty_quantized(sizes: &[i64], strides: &[i64], dtype: DType, quantizer: Arc<Quantizer>) -> Result<Tensor> {
        Tensor::empty_strided(sizes, strides, dtype.underlying())?.with_quantizer(dtype, quantizer)
    }
}
