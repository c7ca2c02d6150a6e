#pragma once

/// torchvision's operators are part of Sconce; this header is here for programs that include it to have them linked.

#include <cstdint>

#include <torchvision/ops/nms.h>

namespace vision {

/// There is no CUDA.
inline int64_t cuda_version() {
  return -1;
}

} // namespace vision
