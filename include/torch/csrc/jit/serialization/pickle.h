#pragma once

/// Plain values as `torch.save` writes them.

#include <vector>

#include <ATen/core/ivalue.h>

namespace torch::jit {

/// The bytes of a file that `torch.load` reads.
SCONCE_API std::vector<char> pickle_save(const c10::IValue& value);
/// The value in the bytes of a file that `torch.save` wrote.
SCONCE_API c10::IValue pickle_load(const std::vector<char>& data);

} // namespace torch::jit

namespace torch {
using jit::pickle_load;
using jit::pickle_save;
} // namespace torch
