#pragma once

#include <torch/csrc/jit/api/module.h>

namespace torch::jit {
inline Module freeze_module(
    const Module& module,
    std::vector<std::string> preserved_attrs = {},
    bool /*freeze_interfaces*/ = true,
    bool /*preserve_parameters*/ = false) {
  return freeze(module, std::move(preserved_attrs));
}
} // namespace torch::jit
