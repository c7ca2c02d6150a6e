//! The operators of torchvision: suppression of overlapping boxes, pooling of boxes, deformable convolution.

use super::compute::{dense, dispatch_float, finish, not_implemented, show};
use super::Op;
use crate::base::{DType, Element};
use crate::kernel::boxes::{self, Roi, RoiParams};
use crate::kernel::gemm::{gemm, Mat, Real};
use crate::kernel::sample::{deform_columns, DeformParams};
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

/// `dispatch_float` without bfloat16.
macro_rules! dispatch_roi {
    ($dtype:expr, $name:expr, $T:ident => $body:expr) => {{
        ensure!($dtype != DType::BF16, "\"{}\" not implemented for 'BFloat16'", $name);
        dispatch_float!($dtype, $name, $T => $body)
    }};
}
pub const OPS: &[Op] = &[
    op!("torchvision::nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor", nms(_, _, _)),
    op!(
        "torchvision::roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt \
         pooled_width, int sampling_ratio, bool aligned) -> Tensor",
        roi_align(_, _, _, _, _, _, _)
    ),
    op!(
        "torchvision::roi_pool(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt \
         pooled_width) -> (Tensor, Tensor)",
        roi_pool(_, _, _, _, _)
    ),
    op!(
        "torchvision::ps_roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt \
         pooled_width, int sampling_ratio) -> (Tensor, Tensor)",
        ps_roi_align(_, _, _, _, _, _)
    ),
    op!(
        "torchvision::ps_roi_pool(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt \
         pooled_width) -> (Tensor, Tensor)",
        ps_roi_pool(_, _, _, _, _)
    ),
    op!(
        "torchvision::deform_conv2d(Tensor input, Tensor weight, Tensor offset, Tensor mask, Tensor bias, SymInt \
         stride_h, SymInt stride_w, SymInt pad_h, SymInt pad_w, SymInt dilation_h, SymInt dilation_w, SymInt groups, \
         SymInt offset_groups, bool use_mask) -> Tensor",
        deform_conv2d(_, _, _, _, _, _, _, _, _, _, _, _, _, _)
    ),
    // No CUDA.
    op!("torchvision::_cuda_version() -> int _0", cuda_version()),
];

fn cuda_version() -> Result<i64> {
    Ok(-1)
}

fn nms(dets: Tensor, scores: Tensor, threshold: f64) -> Result<Tensor> {
    ensure!(dets.dim() == 2, "boxes should be a 2d tensor, got {}D", dets.dim());
    ensure!(dets.sizes()[1] == 4, "boxes should have 4 elements in dimension 1, got {}", dets.sizes()[1]);
    ensure!(scores.dim() == 1, "scores should be a 1d tensor, got {}D", scores.dim());
    ensure!(
        dets.sizes()[0] == scores.sizes()[0],
        "boxes and scores should have same number of elements in dimension 0, got {} and {}",
        dets.sizes()[0],
        scores.sizes()[0]
    );
    ensure!(dets.dtype() == scores.dtype(), "dets should have the same type as scores");
    fn kept<T: Real + Element>(dets: &Tensor, scores: &Tensor, threshold: f64) -> Result<Vec<usize>> {
        let (dets, scores) = (dense::<T>(dets)?, dense::<T>(scores)?);
        let (boxes, _) = dets.data::<T>()?.as_chunks::<4>();
        let scores = scores.data::<T>()?;
        let mut order: Vec<usize> = (0..scores.len()).collect();
        // what is not a number counts as largest
        order.sort_by(|a, b| {
            let (a, b) = (scores[*a], scores[*b]);
            b.partial_cmp(&a).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
        });
        Ok(boxes::suppress(boxes, &order, threshold))
    }
    let kept = match dets.dtype() {
        DType::F32 => kept::<f32>(&dets, &scores, threshold)?,
        DType::F64 => kept::<f64>(&dets, &scores, threshold)?,
        _ if dets.numel() == 0 => Vec::new(),
        other => return Err(not_implemented("nms_kernel", other)),
    };
    let kept: Vec<i64> = kept.into_iter().map(|i| i as i64).collect();
    Tensor::from_slice(&kept, &[kept.len() as i64])
}

fn roi_align(x: Tensor, rois: Tensor, scale: f64, ph: i64, pw: i64, sampling: i64, aligned: bool) -> Result<Tensor> {
    ensure!(rois.sizes().get(1) == Some(&5), "rois must have shape as Tensor[K, 5]");
    let p = params(&x, &rois, scale, [ph, pw], sampling, "roi_align_forward_kernel")?;
    let dtype = x.dtype();
    dispatch_roi!(dtype, "roi_align_forward_kernel", T => {
        let mut out = NewTensor::<T>::new(&[rois.sizes()[0], x.sizes()[1], ph, pw])?;
        if !out.data().is_empty() {
            let boxes = boxes_of::<T>(&x, &rois)?;
            boxes::roi_align(&p, aligned, dense::<T>(&x)?.data::<T>()?, &boxes, out.data());
        }
        finish(out.finish(), dtype)
    })
}

fn roi_pool(x: Tensor, rois: Tensor, scale: f64, ph: i64, pw: i64) -> Result<(Tensor, Tensor)> {
    ensure!(rois.sizes().get(1) == Some(&5), "rois must have shape as Tensor[K, 5]");
    let p = params(&x, &rois, scale, [ph, pw], 0, "roi_pool_forward_kernel")?;
    let (dtype, shape) = (x.dtype(), [rois.sizes()[0], x.sizes()[1], ph, pw]);
    dispatch_roi!(dtype, "roi_pool_forward_kernel", T => {
        let (mut out, mut places) = (NewTensor::<T>::new(&shape)?, NewTensor::<i32>::new(&shape)?);
        if !out.data().is_empty() {
            let boxes = boxes_of::<T>(&x, &rois)?;
            boxes::roi_pool(&p, dense::<T>(&x)?.data::<T>()?, &boxes, out.data(), places.data());
        }
        Ok((finish(out.finish(), dtype)?, places.finish()))
    })
}

fn ps_roi_align(x: Tensor, rois: Tensor, scale: f64, ph: i64, pw: i64, sampling: i64) -> Result<(Tensor, Tensor)> {
    let (p, shape) = ps_params(&x, &rois, scale, [ph, pw], sampling, "ps_roi_align_forward_kernel")?;
    let dtype = x.dtype();
    dispatch_roi!(dtype, "ps_roi_align_forward_kernel", T => {
        let (mut out, mut channel) = (NewTensor::<T>::new(&shape)?, NewTensor::<i32>::new(&shape)?);
        if !out.data().is_empty() {
            let boxes = boxes_of::<T>(&x, &rois)?;
            boxes::ps_roi_align(&p, dense::<T>(&x)?.data::<T>()?, &boxes, out.data(), channel.data());
        }
        Ok((finish(out.finish(), dtype)?, channel.finish()))
    })
}

fn ps_roi_pool(x: Tensor, rois: Tensor, scale: f64, ph: i64, pw: i64) -> Result<(Tensor, Tensor)> {
    let (p, shape) = ps_params(&x, &rois, scale, [ph, pw], 0, "ps_roi_pool_forward_kernel")?;
    let dtype = x.dtype();
    dispatch_roi!(dtype, "ps_roi_pool_forward_kernel", T => {
        let (mut out, mut channel) = (NewTensor::<T>::new(&shape)?, NewTensor::<i32>::new(&shape)?);
        if !out.data().is_empty() {
            let boxes = boxes_of::<T>(&x, &rois)?;
            boxes::ps_roi_pool(&p, dense::<T>(&x)?.data::<T>()?, &boxes, out.data(), channel.data());
        }
        Ok((finish(out.finish(), dtype)?, channel.finish()))
    })
}

fn params(x: &Tensor, rois: &Tensor, scale: f64, pooled: [i64; 2], sampling: i64, kernel: &str) -> Result<RoiParams> {
    let pretty = |dtype: DType| format!("torch.{}Tensor", dtype.name());
    ensure!(
        x.dim() == 4,
        "Dimension out of range (expected to be in range of [{}, {}], but got {})",
        -(x.dim() as i64),
        x.dim() as i64 - 1,
        x.dim()
    );
    ensure!(rois.dim() == 2, "rois must have shape as Tensor[K, 5]");
    ensure!(
        x.dtype() == rois.dtype(),
        "Expected tensor for argument #1 'input' to have the same type as tensor for argument #2 'rois'; but type {} does \
         not equal {} (while checking arguments for {kernel})",
        pretty(x.dtype()),
        pretty(rois.dtype())
    );
    let sizes = [rois.sizes()[0], x.sizes()[1], pooled[0], pooled[1]];
    if let Some(size) = pooled.iter().find(|s| **s < 0) {
        bail!("Trying to create tensor with negative dimension {size}: {}", show(&sizes));
    }
    Ok(RoiParams {
        channels: x.sizes()[1] as usize,
        size: [x.sizes()[2] as usize, x.sizes()[3] as usize],
        pooled: pooled.map(|s| s as usize),
        scale,
        sampling: sampling.max(0) as usize,
    })
}

fn ps_params(
    x: &Tensor,
    rois: &Tensor,
    scale: f64,
    pooled: [i64; 2],
    sampling: i64,
    kernel: &str,
) -> Result<(RoiParams, [i64; 4])> {
    ensure!(rois.sizes().get(1) == Some(&5), "Tensor rois should have shape as Tensor[K, 5]");
    let p = params(x, rois, scale, pooled, sampling, kernel)?;
    let bins = pooled[0].checked_mul(pooled[1]).unwrap_or(0);
    ensure!(
        bins > 0 && x.sizes()[1] % bins == 0,
        "input channels must be a multiple of pooling height * pooling width"
    );
    Ok((p, [rois.sizes()[0], x.sizes()[1] / bins, pooled[0], pooled[1]]))
}

/// The boxes, each with the number of an image that is there.
fn boxes_of<T: Real + Element>(x: &Tensor, rois: &Tensor) -> Result<Vec<Roi<T>>> {
    let rois = dense::<T>(rois)?;
    let boxes = rois.data::<T>()?.as_chunks::<5>().0.to_vec();
    for [image, ..] in &boxes {
        let fits = image.to_i64().is_some_and(|i| (0..x.sizes()[0]).contains(&i));
        ensure!(fits, "a box asks for image {:?} of {}", image, x.sizes()[0]);
    }
    Ok(boxes)
}

fn deform_conv2d(
    x: Tensor,
    weight: Tensor,
    offset: Tensor,
    mask: Tensor,
    bias: Tensor,
    stride_h: i64,
    stride_w: i64,
    pad_h: i64,
    pad_w: i64,
    dilation_h: i64,
    dilation_w: i64,
    groups: i64,
    offset_groups: i64,
    use_mask: bool,
) -> Result<Tensor> {
    let expect = |holds: bool, what: &str| {
        if holds {
            return Ok(());
        }
        bail!(
            "Expected {what} to be true, but got false.  (Could this error message be improved?  If so, please report an \
             enhancement request to PyTorch.)"
        )
    };
    expect(x.dim() == 4, "input_c.ndimension() == 4")?;
    expect(offset.dim() == 4, "offset_c.ndimension() == 4")?;
    expect(!use_mask || mask.dim() == 4, "!use_mask || mask_c.ndimension() == 4")?;
    expect(weight.dim() == 4, "weight_c.ndimension() == 4")?;
    let pairs = [("weight", weight.sizes()[2], weight.sizes()[3]), ("stride", stride_h, stride_w)];
    for (name, h, w) in pairs.into_iter().chain([("dilation", dilation_h, dilation_w)]) {
        ensure!(h > 0 && w > 0, "{name}_h: {h} {name}_w: {w}");
    }
    ensure!(pad_h >= 0 && pad_w >= 0, "pad_h: {pad_h} pad_w: {pad_w}");
    let (batch, channels) = (x.sizes()[0], x.sizes()[1]);
    let (out_channels, kernel) = (weight.sizes()[0], [weight.sizes()[2], weight.sizes()[3]]);
    let taps = kernel[0].saturating_mul(kernel[1]);
    expect(
        weight.sizes()[1].checked_mul(groups) == Some(channels),
        "weight_c.size(1) * n_weight_grps == input_c.size(1)",
    )?;
    expect(groups > 0 && out_channels % groups == 0, "weight_c.size(0) % n_weight_grps == 0")?;
    let wanted = |per: i64| per.checked_mul(offset_groups).and_then(|n| n.checked_mul(taps)).unwrap_or(-1);
    ensure!(
        offset.sizes()[1] == wanted(2),
        "offset.shape[1] is not valid: got: {} expected: {}",
        offset.sizes()[1],
        wanted(2)
    );
    expect(offset_groups > 0 && channels % offset_groups == 0, "input_c.size(1) % n_offset_grps == 0")?;
    ensure!(
        !use_mask || mask.sizes()[1] == wanted(1),
        "mask.shape[1] is not valid: got: {} expected: {}",
        mask.sizes().get(1).copied().unwrap_or(0),
        wanted(1)
    );
    let out_size = |size: i64, kernel: i64, stride: i64, pad: i64, dilation: i64| -> Result<i64> {
        let window = dilation.checked_mul(kernel - 1).and_then(|w| w.checked_add(1));
        let room = pad.checked_mul(2).and_then(|p| p.checked_add(size)).zip(window).and_then(|(a, b)| a.checked_sub(b));
        room.map(|room| room.div_euclid(stride) + 1).ok_or_else(|| Error::limit("deform_conv2d: sizes are too large"))
    };
    let oh = out_size(x.sizes()[2], kernel[0], stride_h, pad_h, dilation_h)?;
    let ow = out_size(x.sizes()[3], kernel[1], stride_w, pad_w, dilation_w)?;
    for (tensor, name) in [(&offset, "offset"), (&mask, "mask")] {
        if name == "mask" && !use_mask {
            continue;
        }
        ensure!(tensor.sizes()[0] == batch, "invalid batch size of {name}");
        let have = (tensor.sizes()[2], tensor.sizes()[3]);
        ensure!(have == (oh, ow), "{name} output dims: ({}, {}) - computed output dims: ({oh}, {ow})", have.0, have.1);
    }
    ensure!(oh > 0 && ow > 0, "Calculated output size too small - out_h: {oh} out_w: {ow}");
    ensure!(
        bias.numel() as i64 == out_channels,
        "shape '[1, {out_channels}, 1, 1]' is invalid for input of size {}",
        bias.numel()
    );
    let dtype = x.dtype();
    for other in [&weight, &offset, &bias].into_iter().chain(use_mask.then_some(&mask)) {
        ensure!(other.dtype() == dtype, "expected scalar type {} but found {}", dtype.name(), other.dtype().name());
    }
    let pair = |a: i64, b: i64| [a as usize, b as usize];
    let p = DeformParams {
        kernel: pair(kernel[0], kernel[1]),
        stride: pair(stride_h, stride_w),
        padding: pair(pad_h, pad_w),
        dilation: pair(dilation_h, dilation_w),
        offset_groups: offset_groups as usize,
    };
    let (groups, places) = (groups as usize, (oh * ow) as usize);
    let mask = use_mask.then_some(&mask);
    dispatch_roi!(dtype, "deformable_im2col", T => {
        let (input, weight, offset, bias) = (dense::<T>(&x)?, dense::<T>(&weight)?, dense::<T>(&offset)?, dense::<T>(&bias)?);
        let mask = mask.map(dense::<T>).transpose()?;
        let mask = mask.as_ref().map(Tensor::data::<T>).transpose()?;
        let (input, weight, offset, bias) =
            (input.data::<T>()?, weight.data::<T>()?, offset.data::<T>()?, bias.data::<T>()?);
        let mut out = NewTensor::<T>::new(&[batch, out_channels, oh, ow])?;
        let inner = channels as usize * taps as usize;
        let mut columns = NewTensor::<T>::new(&[inner as i64, places as i64])?;
        let size = pair(x.sizes()[2], x.sizes()[3]);
        let plane = channels as usize * size[0] * size[1];
        let (per_in, per_out) = (inner / groups, out_channels as usize / groups);
        for (i, out) in out.data().chunks_exact_mut((out_channels as usize * places).max(1)).enumerate() {
            let which = 2 * p.offset_groups * taps as usize * places;
            let offset = &offset[i * which..][..which];
            let mask = mask.map(|mask| &mask[i * which / 2..][..which / 2]);
            deform_columns(&p, &input[i * plane..][..plane], size, offset, mask, pair(oh, ow), columns.data());
            for (row, bias) in out.chunks_exact_mut(places).zip(bias) {
                row.fill(*bias);
            }
            let columns = columns.data();
            for (g, out) in out.chunks_exact_mut((per_out * places).max(1)).enumerate() {
                let a = Mat::row_major(&weight[g * per_out * per_in..][..per_out * per_in], per_out, per_in);
                let b = Mat::row_major(&columns[g * per_in * places..][..per_in * places], per_in, places);
                gemm(1.0, a, b, 1.0, out, places);
            }
        }
        finish(out.finish(), dtype)
    })
}
