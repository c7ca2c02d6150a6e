#pragma once

/// Switches of LibTorch's executors. Sconce has one executor that needs none of them: they are remembered, not used.

#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

#include <c10/macros/Export.h>

namespace torch::jit {

SCONCE_API std::atomic<bool>& getProfilingMode();
SCONCE_API std::atomic<bool>& getExecutorMode();
SCONCE_API std::atomic<size_t>& getNumProfiledRuns();
SCONCE_API std::atomic<size_t>& getBailoutDepth();

enum class FusionBehavior { STATIC, DYNAMIC };
using FusionStrategy = std::vector<std::pair<FusionBehavior, size_t>>;
SCONCE_API FusionStrategy getFusionStrategy();
/// Returns the strategy that was set before.
SCONCE_API FusionStrategy setFusionStrategy(FusionStrategy& strategy);

SCONCE_API void setGraphExecutorOptimize(bool on);
SCONCE_API bool getGraphExecutorOptimize();

struct SCONCE_API GraphOptimizerEnabledGuard {
  explicit GraphOptimizerEnabledGuard(bool on) : previous_(getGraphExecutorOptimize()) {
    setGraphExecutorOptimize(on);
  }
  GraphOptimizerEnabledGuard(const GraphOptimizerEnabledGuard&) = delete;
  GraphOptimizerEnabledGuard& operator=(const GraphOptimizerEnabledGuard&) = delete;
  ~GraphOptimizerEnabledGuard() {
    setGraphExecutorOptimize(previous_);
  }

 private:
  bool previous_;
};

} // namespace torch::jit
