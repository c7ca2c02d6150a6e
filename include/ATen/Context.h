#pragma once

#include <cstdint>

#include <ATen/core/Generator.h>
#include <c10/core/Device.h>
#include <sconce/abi.h>

namespace at {

/// Process-wide switches. Sconce has one CPU backend, so most are only remembered.
class SCONCE_API Context {
 public:
  bool hasCUDA() const {
    return false;
  }
  bool hasMPS() const {
    return false;
  }
  bool hasXPU() const {
    return false;
  }
  bool hasMKL() const {
    return false;
  }
  bool hasMKLDNN() const {
    return false;
  }
  bool deterministicAlgorithms() const {
    return deterministic_;
  }
  void setDeterministicAlgorithms(bool on, bool = false) {
    deterministic_ = on;
  }
  bool userEnabledCuDNN() const {
    return false;
  }
  void setUserEnabledCuDNN(bool) {}
  void setBenchmarkCuDNN(bool) {}
  void setAllowTF32CuBLAS(bool) {}
  void setAllowTF32CuDNN(bool) {}
  bool allowTF32CuBLAS() const {
    return false;
  }
  bool allowTF32CuDNN() const {
    return false;
  }
  bool setFlushDenormal(bool) {
    return false;
  }

 private:
  bool deterministic_ = false;
};

SCONCE_API Context& globalContext();

inline bool hasCUDA() {
  return false;
}
inline bool hasMPS() {
  return false;
}
/// Seeds the default generator.
inline void manual_seed(uint64_t seed) {
  ::sconce::manual_seed(seed);
}

} // namespace at
