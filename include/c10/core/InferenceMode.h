#pragma once

#include <c10/core/GradMode.h>

namespace c10 {

struct C10_API InferenceMode {
  explicit InferenceMode(bool enabled = true) : grad_(!enabled && GradMode::is_enabled()), previous_(is_enabled()) {
    set_enabled(enabled);
  }
  InferenceMode(const InferenceMode&) = delete;
  InferenceMode& operator=(const InferenceMode&) = delete;
  ~InferenceMode() {
    set_enabled(previous_);
  }
  static bool is_enabled();

 private:
  static void set_enabled(bool enabled);

  AutoGradMode grad_;
  bool previous_;
};

} // namespace c10
