#pragma once

/// `torch::tensor` and the factories under their `torch::` names.

#include <torch/tensor.h>
#include <torch/types.h>
