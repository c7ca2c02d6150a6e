#pragma once

/// `torch::jit::load`.

#include <istream>
#include <memory>
#include <string>

#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/api/module.h>

namespace torch::jit {

using caffe2::serialize::ReadAdapterInterface;

/// Reads an archive that `torch.jit.save` wrote. A file is mapped, not copied.
///
/// `device` must be the CPU. For every key of `extra_files` that the archive has, the value is filled in.
/// Throws `c10::Error` when the archive cannot be read.
SCONCE_API Module load(
    const std::string& filename,
    std::optional<c10::Device> device = std::nullopt,
    bool load_debug_files = true);
SCONCE_API Module load(std::istream& in, std::optional<c10::Device> device = std::nullopt, bool load_debug_files = true);
SCONCE_API Module load(
    std::shared_ptr<ReadAdapterInterface> adapter,
    std::optional<c10::Device> device = std::nullopt,
    bool load_debug_files = true);
SCONCE_API Module load(
    const std::string& filename,
    std::optional<c10::Device> device,
    ExtraFilesMap& extra_files,
    bool load_debug_files = true);
SCONCE_API Module load(
    std::istream& in,
    std::optional<c10::Device> device,
    ExtraFilesMap& extra_files,
    bool load_debug_files = true);
SCONCE_API Module load(
    std::shared_ptr<ReadAdapterInterface> adapter,
    std::optional<c10::Device> device,
    ExtraFilesMap& extra_files,
    bool load_debug_files = true);

} // namespace torch::jit
