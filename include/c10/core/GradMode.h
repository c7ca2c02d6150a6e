#pragma once

#include <c10/macros/Export.h>

namespace c10 {

/// Whether autograd records, per thread. Sconce computes no gradients; the switch is kept so that programs read back
/// what they set.
struct C10_API GradMode {
  static bool is_enabled();
  static void set_enabled(bool enabled);
};

struct C10_API AutoGradMode {
  explicit AutoGradMode(bool enabled) : previous_(GradMode::is_enabled()) {
    GradMode::set_enabled(enabled);
  }
  AutoGradMode(const AutoGradMode&) = delete;
  AutoGradMode& operator=(const AutoGradMode&) = delete;
  ~AutoGradMode() {
    GradMode::set_enabled(previous_);
  }

 private:
  bool previous_;
};

struct C10_API NoGradGuard : public AutoGradMode {
  NoGradGuard() : AutoGradMode(false) {}
};

} // namespace c10
