#pragma once

#include <ATen/ATen.h>

namespace vision::ops {

/// Indices of the boxes that stay, best first: of boxes that overlap by more than `iou_threshold` only the best stays.
inline at::Tensor nms(const at::Tensor& dets, const at::Tensor& scores, double iou_threshold) {
  static ::sconce::Op sconce_op{"torchvision::nms", ""};
  return ::sconce::invoke<at::Tensor>(sconce_op, {dets, scores, iou_threshold});
}

} // namespace vision::ops
