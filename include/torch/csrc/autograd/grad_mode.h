#pragma once

#include <c10/core/GradMode.h>

namespace torch::autograd {
using AutoGradMode = c10::AutoGradMode;
using GradMode = c10::GradMode;
} // namespace torch::autograd

namespace at {
using c10::AutoGradMode;
using c10::GradMode;
using c10::NoGradGuard;
} // namespace at
