#pragma once

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/types.h>

namespace torch {

using NoGradGuard = c10::NoGradGuard;
using AutoGradMode = c10::AutoGradMode;
using InferenceMode = c10::InferenceMode;

/// Seeds the default generator.
using at::manual_seed;
using at::get_num_interop_threads;
using at::get_num_threads;
using at::init_num_threads;
using at::set_num_interop_threads;
using at::set_num_threads;

} // namespace torch
