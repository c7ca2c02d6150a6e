#pragma once

/// `torch::save` and `torch::load` of tensors, in the layout of LibTorch's archives: a module without methods whose
/// attributes `0`, `1` and so on are the tensors. Python reads them with `torch.jit.load`.

#include <iosfwd>
#include <string>
#include <vector>

#include <ATen/ATen.h>

namespace torch {

/// Writes a file, or to a stream. A file is there as a whole or not at all. Throws `c10::Error` when that fails.
SCONCE_API void save(const at::Tensor& tensor, const std::string& path);
SCONCE_API void save(const at::Tensor& tensor, std::ostream& out);
SCONCE_API void save(const std::vector<at::Tensor>& tensors, const std::string& path);
SCONCE_API void save(const std::vector<at::Tensor>& tensors, std::ostream& out);

/// Reads what `save` wrote. Throws `c10::Error` when the archive cannot be read or holds no such tensor.
SCONCE_API void load(at::Tensor& tensor, const std::string& path);
SCONCE_API void load(at::Tensor& tensor, std::istream& in);
/// Appends the tensors.
SCONCE_API void load(std::vector<at::Tensor>& tensors, const std::string& path);
SCONCE_API void load(std::vector<at::Tensor>& tensors, std::istream& in);

} // namespace torch
