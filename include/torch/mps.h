#pragma once

#include <cstddef>

/// There is no MPS in Sconce, and these functions say so.
namespace torch::mps {

inline bool is_available() {
  return false;
}
inline size_t device_count() {
  return 0;
}

} // namespace torch::mps
