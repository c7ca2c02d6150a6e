//! Bilinear interpolation of quantized images.

use super::dispatch_quantum;
use super::plain::{bilinear_of_reals, like};
use crate::base::{DType, MemoryFormat};
use crate::kernel::quant_bilinear::{between, pixels, planes};
use crate::op::upsample::target_size;
use crate::tensor::NewTensor;
use crate::{Result, Tensor};

pub(super) fn bilinear2d(
    x: Tensor,
    size: Vec<i64>,
    corners: bool,
    scale_h: Option<f64>,
    scale_w: Option<f64>,
) -> Result<Tensor> {
    bilinear(x, size, corners, [scale_h, scale_w])
}

pub(super) fn bilinear2d_vec(
    x: Tensor,
    size: Option<Vec<i64>>,
    corners: bool,
    factors: Option<Vec<f64>>,
) -> Result<Tensor> {
    let size = target_size(&x, size, &factors)?;
    let scale = |i: usize| factors.as_ref().and_then(|list| list.get(i).copied());
    bilinear(x, size, corners, [scale(0), scale(1)])
}

fn bilinear(x: Tensor, size: Vec<i64>, corners: bool, scales: [Option<f64>; 2]) -> Result<Tensor> {
    let zero = x.q_params()?.1 as i32;
    let (&[n, channels, h, w], &[oh, ow]) = (x.sizes(), &size[..]) else {
        return bilinear_of_reals(&x, size, corners, scales);
    };
    // what is wrong is said there
    if x.dtype() == DType::QI32 || [n, channels, h, w, oh, ow].iter().any(|size| *size <= 0) {
        return bilinear_of_reals(&x, size, corners, scales);
    }
    let last = x.is_contiguous_in(MemoryFormat::ChannelsLast);
    let lines = |n: i64, out: i64, scale: Option<f64>| {
        between(n as usize, out as usize, ratio(n, out, corners, scale), corners, last)
    };
    // after the result was allocated: its size bounds them
    let places = || (lines(h, oh, scales[0]), lines(w, ow, scales[1]));
    let (height, width) = (h as usize, w as usize);
    dispatch_quantum!(x.dtype(), Q => {
        if last {
            let source = x.integers()?.permute(&[0, 2, 3, 1])?.to_contiguous()?;
            let mut out = NewTensor::<Q>::new(&[n, oh, ow, channels])?;
            let (rows, columns) = places();
            pixels(source.data::<Q>()?, (height, width, channels as usize), &rows, &columns, zero, out.data());
            return like(&x, &out.finish().permute(&[0, 3, 1, 2])?);
        }
        let source = x.integers()?.to_contiguous()?;
        let mut out = NewTensor::<Q>::new(&[n, channels, oh, ow])?;
        match (h, w) == (oh, ow) {
            true => out.data().copy_from_slice(source.data::<Q>()?),
            false => {
                let (rows, columns) = places();
                planes(source.data::<Q>()?, (height, width), &rows, &columns, zero, out.data())
            }
        }
        like(&x, &out.finish())
    })
}

/// How far apart the places of the result are in the source.
fn ratio(n: i64, out: i64, corners: bool, scale: Option<f64>) -> f32 {
    match scale {
        _ if corners && out > 1 => (n - 1) as f32 / (out - 1) as f32,
        _ if corners => 0.0,
        Some(scale) if scale > 0.0 => (1.0 / scale) as f32,
        _ => n as f32 / out as f32,
    }
}
