#pragma once

/// The tensor part of the C++ frontend. `torch::nn`, `torch::optim` and `torch::data` are not here.

#include <torch/cuda.h>
#include <torch/mps.h>
#include <torch/script.h>
#include <torch/serialize.h>
