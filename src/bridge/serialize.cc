// Tensors to and from files: what `torch/serialize.h` only declares.
#include <torch/script.h>
#include <torch/serialize.h>

#include <istream>
#include <ostream>

namespace torch {

namespace {

std::vector<char> save_to(const std::vector<at::Tensor>& tensors, const std::string& path) {
  std::vector<std::string> names;
  std::vector<c10::IValue> values;
  for (const auto& tensor : tensors) {
    names.push_back(std::to_string(names.size()));
    values.emplace_back(tensor);
  }
  const std::vector<std::string_view> keys(names.begin(), names.end());
  std::vector<::sconce::Slot> slots;
  for (const auto& value : values) {
    slots.push_back(c10::SlotView(value).slot());
  }
  return ::sconce::tensors_save(keys.data(), slots.data(), slots.size(), path);
}

void save_to(const std::vector<at::Tensor>& tensors, std::ostream& out) {
  const auto bytes = save_to(tensors, std::string());
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  TORCH_CHECK(out.good(), "save: the stream does not take ", bytes.size(), " bytes");
}

at::Tensor first(const jit::Module& module) {
  TORCH_CHECK(module.hasattr("0") && module.attr("0").isTensor(), "load: the archive holds no tensor named 0");
  return module.attr("0").toTensor();
}

void append(std::vector<at::Tensor>& tensors, const jit::Module& module) {
  for (size_t i = 0; module.hasattr(std::to_string(i)); ++i) {
    tensors.push_back(module.attr(std::to_string(i)).toTensor());
  }
}

} // namespace

void save(const at::Tensor& tensor, const std::string& path) {
  save(std::vector<at::Tensor>{tensor}, path);
}
void save(const at::Tensor& tensor, std::ostream& out) {
  save_to({tensor}, out);
}
void save(const std::vector<at::Tensor>& tensors, const std::string& path) {
  TORCH_CHECK(!path.empty(), "save: the path is empty");
  save_to(tensors, path);
}
void save(const std::vector<at::Tensor>& tensors, std::ostream& out) {
  save_to(tensors, out);
}

void load(at::Tensor& tensor, const std::string& path) {
  tensor = first(jit::load(path));
}
void load(at::Tensor& tensor, std::istream& in) {
  tensor = first(jit::load(in));
}
void load(std::vector<at::Tensor>& tensors, const std::string& path) {
  append(tensors, jit::load(path));
}
void load(std::vector<at::Tensor>& tensors, std::istream& in) {
  append(tensors, jit::load(in));
}

} // namespace torch
