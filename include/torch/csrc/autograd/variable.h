#pragma once

#include <ATen/ATen.h>

namespace torch::autograd {
using Variable = at::Tensor;
using variable_list = std::vector<Variable>;
} // namespace torch::autograd
