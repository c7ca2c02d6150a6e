#pragma once

/// The interface of sources that `torch::jit::load` reads archives from.

#include <cstddef>
#include <cstdint>

#include <c10/macros/Export.h>

namespace caffe2::serialize {

/// Where an archive is read from, when it is neither a file nor a stream. `load` calls it before it returns, and never after;
/// what it throws comes out of `load`.
class SCONCE_API ReadAdapterInterface {
 public:
  virtual ~ReadAdapterInterface();
  virtual size_t size() const = 0;
  /// Reads `n` bytes at `pos` into `buf`, or fewer, and returns how many there were.
  virtual size_t read(uint64_t pos, void* buf, size_t n, const char* what = "") const = 0;
};

} // namespace caffe2::serialize
