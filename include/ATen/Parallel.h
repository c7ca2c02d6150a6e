#pragma once

#include <cstdint>

#include <c10/macros/Export.h>
#include <sconce/abi.h>

namespace at {

/// Threads that one operator may use.
inline void set_num_threads(int threads) {
  ::sconce::set_num_threads(threads);
}
inline int get_num_threads() {
  return ::sconce::get_num_threads();
}
/// Remembered, nothing more: scripts that fork run on the same threads.
SCONCE_API void set_num_interop_threads(int threads);
SCONCE_API int get_num_interop_threads();
inline void init_num_threads() {}
inline void lazy_init_num_threads() {}

} // namespace at
