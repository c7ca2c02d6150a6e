// Tensors: what their headers only declare.
#include <ATen/ATen.h>
#include <torch/tensor.h>

#include <c10/core/QScheme.h>

#include <algorithm>
#include <sstream>

#include "failure.h"

namespace at {

int64_t TensorBase::at_dim(IntArrayRef values, int64_t dim) const {
  const auto n = static_cast<int64_t>(values.size());
  TORCH_CHECK_INDEX(n != 0, "dimension specified as ", dim, " but tensor has no dimensions");
  TORCH_CHECK_INDEX(
      dim >= -n && dim < n, "Dimension out of range (expected to be in range of [", -n, ", ", n - 1, "], but got ",
      dim, ")");
  return values[static_cast<size_t>(dim < 0 ? dim + n : dim)];
}

namespace {

/// Whether the strides are those of a dense tensor whose dimensions are laid out in `order`, outermost first.
bool dense_in(const ::sconce::TensorMeta& m, const std::vector<size_t>& order) {
  int64_t expected = 1;
  for (auto dim = order.rbegin(); dim != order.rend(); ++dim) {
    if (m.sizes[*dim] != 1) {
      if (m.strides[*dim] != expected) {
        return false;
      }
      expected *= m.sizes[*dim];
    }
  }
  return true;
}

std::vector<size_t> order_of(MemoryFormat format, size_t dim) {
  std::vector<size_t> order(dim);
  for (size_t i = 0; i < dim; ++i) {
    order[i] = i;
  }
  const bool last = format == MemoryFormat::ChannelsLast || format == MemoryFormat::ChannelsLast3d;
  if (last && dim > 1) {
    order.erase(order.begin() + 1);
    order.push_back(1);
  }
  return order;
}

/// Strides that mark a tensor as channels-last: they fall from the batch over the rows to the channels.
bool channels_last_strides(const ::sconce::TensorMeta& m) {
  int64_t least = 0;
  if (m.strides[1] == 0) {
    return false;
  }
  const auto order = order_of(MemoryFormat::ChannelsLast, m.dim);
  for (auto dim = order.rbegin(); dim != order.rend(); ++dim) {
    if (m.sizes[*dim] == 0 || m.strides[*dim] < least) {
      return false;
    }
    // The same stride for channels and batch says nothing: an image of one pixel, say.
    if (*dim == 0 && least == m.strides[1]) {
      return false;
    }
    least = m.strides[*dim];
    if (m.sizes[*dim] > 1) {
      least *= m.sizes[*dim];
    }
  }
  return true;
}

} // namespace

bool TensorBase::is_contiguous(MemoryFormat format) const {
  const auto m = meta();
  if (m.numel == 0) {
    return format == MemoryFormat::Contiguous || format == MemoryFormat::Preserve;
  }
  const size_t wanted = format == MemoryFormat::ChannelsLast ? 4 : format == MemoryFormat::ChannelsLast3d ? 5 : m.dim;
  return m.dim == wanted && dense_in(m, order_of(format, m.dim));
}

bool TensorBase::is_non_overlapping_and_dense() const {
  const auto m = meta();
  std::vector<size_t> order = order_of(MemoryFormat::Contiguous, m.dim);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return m.strides[a] > m.strides[b]; });
  return m.numel == 0 || dense_in(m, order);
}

MemoryFormat TensorBase::suggest_memory_format(bool) const {
  const auto m = meta();
  if ((m.dim == 4 || m.dim == 5) && channels_last_strides(m)) {
    return m.dim == 4 ? MemoryFormat::ChannelsLast : MemoryFormat::ChannelsLast3d;
  }
  return MemoryFormat::Contiguous;
}

TensorBase TensorBase::contiguous(MemoryFormat format) const {
  static ::sconce::Op op{"aten::contiguous", ""};
  return ::sconce::invoke<Tensor>(op, {*this, format});
}

std::string TensorBase::toString() const {
  if (!defined()) {
    return "UndefinedType";
  }
  std::string prefix = is_quantized() ? "Quantized" : "";
  if (layout() != kStrided) {
    std::ostringstream name;
    name << layout();
    prefix = name.str();
  }
  return prefix + DeviceTypeName(device().type()) + c10::toString(scalar_type()) + "Type";
}

const Tensor& Tensor::grad() const {
  static const Tensor undefined;
  return undefined;
}

void Tensor::backward(const Tensor&, std::optional<bool>, bool, std::optional<TensorList>) const {
  TORCH_CHECK_NOT_IMPLEMENTED(false, "backward: Sconce computes no gradients");
}

Tensor Tensor::to(
    std::optional<ScalarType> dtype,
    std::optional<Layout> layout,
    std::optional<Device> device,
    std::optional<bool> pin_memory,
    bool non_blocking,
    bool copy,
    std::optional<MemoryFormat> memory_format) const {
  static ::sconce::Op op{"aten::to", "dtype_layout"};
  static ::sconce::Op with_device{"aten::to", "device"};
  static ::sconce::Op with_dtype{"aten::to", "dtype"};
  if (!layout && !pin_memory) {
    // The overloads that scripts use too.
    if (device) {
      return ::sconce::invoke<Tensor>(
          with_device, {*this, *device, dtype.value_or(scalar_type()), non_blocking, copy, memory_format});
    }
    return ::sconce::invoke<Tensor>(
        with_dtype, {*this, dtype.value_or(scalar_type()), non_blocking, copy, memory_format});
  }
  return ::sconce::invoke<Tensor>(
      op, {*this, dtype, layout, device, pin_memory, non_blocking, copy, memory_format});
}

Tensor Tensor::to(TensorOptions options, bool non_blocking, bool copy, std::optional<MemoryFormat> format) const {
  auto layout = options.layout_opt();
  if (layout && *layout == this->layout()) {
    layout.reset();
  }
  const auto pinned = options.pinned_memory() ? options.pinned_memory_opt() : std::nullopt;
  return to(
      optTypeMetaToScalarType(options.dtype_opt()), layout, options.device_opt(), pinned, non_blocking, copy,
      format ? format : options.memory_format_opt());
}

Tensor Tensor::to(Device device, ScalarType dtype, bool non_blocking, bool copy, std::optional<MemoryFormat> f) const {
  return to(dtype, std::nullopt, device, std::nullopt, non_blocking, copy, f);
}

Tensor Tensor::to(ScalarType dtype, bool non_blocking, bool copy, std::optional<MemoryFormat> format) const {
  return to(dtype, std::nullopt, std::nullopt, std::nullopt, non_blocking, copy, format);
}

Tensor Tensor::to(const Tensor& other, bool non_blocking, bool copy, std::optional<MemoryFormat> format) const {
  return to(other.scalar_type(), std::nullopt, other.device(), std::nullopt, non_blocking, copy, format);
}

Tensor Tensor::cpu() const {
  return to(Device(kCPU), scalar_type());
}

Tensor Tensor::cuda() const {
  return to(Device(kCUDA), scalar_type());
}

Tensor Tensor::toType(ScalarType type) const {
  return to(type);
}

Scalar Tensor::item() const {
  static ::sconce::Op op{"aten::item", ""};
  return ::sconce::invoke<Scalar>(op, {*this});
}

Tensor Tensor::data() const {
  return detach();
}

void Tensor::print() const {
  if (defined()) {
    std::cout << "[" << type() << " " << sizes() << "]\n";
  } else {
    std::cout << "[UndefinedTensor]\n";
  }
}

std::ostream& print(std::ostream& out, const Tensor& tensor, int64_t line_width) {
  if (!tensor.defined()) {
    return out << "[ Tensor (undefined) ]";
  }
  return out << ::sconce::tensor_text(tensor.handle(), line_width);
}

std::ostream& operator<<(std::ostream& out, const Tensor& tensor) {
  return print(out, tensor, 80);
}

// Indexing -----------------------------------------------------------------------------------------------------------

namespace {

using indexing::TensorIndex;

/// What is left when numbers, slices, `None` and `...` have been applied as views.
struct Indexed {
  Tensor view;
  /// Index tensors by dimension of the view; undefined where there is none.
  std::vector<Tensor> tensors;
};

Indexed apply_index(const Tensor& self, ArrayRef<TensorIndex> indices) {
  int64_t used = 0;
  for (const auto& index : indices) {
    if (index.is_tensor()) {
      const auto type = index.tensor().scalar_type();
      used += type == kBool || type == kByte ? index.tensor().dim() : 1;
    } else if (index.is_integer() || index.is_slice()) {
      used += 1;
    }
  }
  TORCH_CHECK_INDEX(used <= self.dim(), "too many indices for tensor of dimension ", self.dim());

  Indexed out{self, {}};
  int64_t dim = 0;
  const auto add = [&](Tensor index) {
    out.tensors.resize(static_cast<size_t>(dim));
    out.tensors.push_back(std::move(index));
  };
  for (const auto& index : indices) {
    if (index.is_none()) {
      out.view = out.view.unsqueeze(dim++);
    } else if (index.is_ellipsis()) {
      dim += self.dim() - used;
    } else if (index.is_integer()) {
      out.view = out.view.select(dim, index.integer());
    } else if (index.is_boolean()) {
      out.view = out.view.unsqueeze(dim);
      add(index.boolean() ? zeros({1}, kLong) : empty({0}, kLong));
      dim += 1;
    } else if (index.is_slice()) {
      const auto& s = index.slice();
      TORCH_CHECK_VALUE(s.step() != 0, "step cannot be zero");
      TORCH_CHECK_VALUE(s.step() > 0, "step must be greater than zero");
      if (s.start() || s.stop() || s.step() != 1) {
        out.view = out.view.slice(dim, s.start(), s.stop(), s.step());
      }
      dim += 1;
    } else {
      const Tensor& tensor = index.tensor();
      const bool integral = isIntegralType(tensor.scalar_type(), false);
      if (tensor.dim() == 0 && integral && tensor.scalar_type() != kByte) {
        out.view = out.view.select(dim, tensor.item<int64_t>());
      } else if (tensor.dim() == 0 && !integral) {
        out.view = out.view.unsqueeze(dim);
        add(tensor.item<bool>() ? zeros({1}, kLong) : empty({0}, kLong));
        dim += 1;
      } else {
        const bool mask = tensor.scalar_type() == kBool || tensor.scalar_type() == kByte;
        add(tensor);
        dim += mask ? tensor.dim() : 1;
      }
    }
  }
  return out;
}

c10::List<std::optional<Tensor>> to_list(const std::vector<Tensor>& tensors) {
  c10::List<std::optional<Tensor>> list;
  for (const auto& tensor : tensors) {
    list.push_back(tensor.defined() ? std::optional<Tensor>(tensor) : std::nullopt);
  }
  return list;
}

/// Leading dimensions of size 1 do not count when a value is assigned.
Tensor without_leading_ones(const Tensor& value, int64_t dim) {
  Tensor out = value;
  while (out.dim() > dim && out.size(0) == 1) {
    out = out.squeeze(0);
  }
  return out;
}

} // namespace

Tensor Tensor::index(ArrayRef<TensorIndex> indices) const {
  const Indexed indexed = apply_index(*this, indices);
  if (indexed.tensors.empty()) {
    return indexed.view.is_same(*this) ? alias() : indexed.view;
  }
  return indexed.view.index(to_list(indexed.tensors));
}

Tensor Tensor::index(std::initializer_list<TensorIndex> indices) const {
  return index(ArrayRef<TensorIndex>(indices));
}

Tensor& Tensor::index_put_(ArrayRef<TensorIndex> indices, const Tensor& values) {
  const Indexed indexed = apply_index(*this, indices);
  if (indexed.tensors.empty()) {
    indexed.view.copy_(without_leading_ones(values, indexed.view.dim()));
  } else {
    indexed.view.index_put_(to_list(indexed.tensors), values);
  }
  return *this;
}

Tensor& Tensor::index_put_(ArrayRef<TensorIndex> indices, const Scalar& value) {
  const Indexed indexed = apply_index(*this, indices);
  if (indexed.tensors.empty()) {
    indexed.view.fill_(value);
  } else {
    indexed.view.index_put_(to_list(indexed.tensors), full({}, value, scalar_type()));
  }
  return *this;
}

Tensor& Tensor::index_put_(std::initializer_list<TensorIndex> indices, const Tensor& values) {
  return index_put_(ArrayRef<TensorIndex>(indices), values);
}

Tensor& Tensor::index_put_(std::initializer_list<TensorIndex> indices, const Scalar& value) {
  return index_put_(ArrayRef<TensorIndex>(indices), value);
}

// Foreign memory -----------------------------------------------------------------------------------------------------

namespace {

/// The caller's deleter and what it is called with.
struct Release {
  std::function<void(void*)> deleter;
  void* data;

  static void run(void* context) {
    const std::unique_ptr<Release> self(static_cast<Release*>(context));
    self->deleter(self->data);
  }
};

Tensor borrow(
    void* data,
    IntArrayRef sizes,
    const int64_t* strides,
    int64_t storage_offset,
    const std::function<void(void*)>* deleter,
    const TensorOptions& options,
    std::optional<Device> target_device) {
  const Device device = target_device.value_or(options.device());
  TORCH_CHECK(device.is_cpu(), "from_blob: memory on device ", device, " cannot be used, only the CPU's");
  auto release = deleter ? std::make_unique<Release>(Release{*deleter, data}) : nullptr;
  auto* handle = ::sconce::tensor_from_memory(
      data, sizes.data(), strides, sizes.size(), storage_offset,
      static_cast<int8_t>(options.dtype().toScalarType()), release ? &Release::run : nullptr, release.get());
  // From here on the tensor calls it.
  (void)release.release();
  Tensor out = TensorBase::reclaim(handle);
  if (options.requires_grad()) {
    out.set_requires_grad(true);
  }
  return out;
}

const int64_t* checked(IntArrayRef sizes, IntArrayRef strides) {
  TORCH_CHECK(
      sizes.size() == strides.size(), "from_blob: ", sizes.size(), " sizes but ", strides.size(), " strides");
  static constexpr int64_t none = 0;
  return strides.empty() ? &none : strides.data();
}

} // namespace

Tensor from_blob(
    void* data,
    IntArrayRef sizes,
    IntArrayRef strides,
    int64_t storage_offset,
    const std::function<void(void*)>& deleter,
    const TensorOptions& options,
    std::optional<Device> target_device) {
  return borrow(data, sizes, checked(sizes, strides), storage_offset, &deleter, options, target_device);
}
Tensor from_blob(
    void* data,
    IntArrayRef sizes,
    IntArrayRef strides,
    const std::function<void(void*)>& deleter,
    const TensorOptions& options,
    std::optional<Device> target_device) {
  return borrow(data, sizes, checked(sizes, strides), 0, &deleter, options, target_device);
}
Tensor from_blob(
    void* data,
    IntArrayRef sizes,
    const std::function<void(void*)>& deleter,
    const TensorOptions& options,
    std::optional<Device> target_device) {
  return borrow(data, sizes, nullptr, 0, &deleter, options, target_device);
}
Tensor from_blob(void* data, IntArrayRef sizes, IntArrayRef strides, const TensorOptions& options) {
  return borrow(data, sizes, checked(sizes, strides), 0, nullptr, options, std::nullopt);
}
Tensor from_blob(void* data, IntArrayRef sizes, const TensorOptions& options) {
  return borrow(data, sizes, nullptr, 0, nullptr, options, std::nullopt);
}

} // namespace at

namespace torch::detail {

TensorDataContainer::TensorDataContainer(std::initializer_list<TensorDataContainer> parts)
    : sizes_({static_cast<int64_t>(parts.size())}), type_(c10::get_default_dtype_as_scalartype()) {
  bool first = true;
  for (const auto& part : parts) {
    if (first) {
      sizes_.insert(sizes_.end(), part.sizes_.begin(), part.sizes_.end());
      type_ = part.type_;
    } else {
      TORCH_CHECK(
          std::equal(sizes_.begin() + 1, sizes_.end(), part.sizes_.begin(), part.sizes_.end()),
          "Expected all sub-lists to have sizes: ", at::IntArrayRef(sizes_).slice(1),
          ", but got a sub-list with sizes: ", at::IntArrayRef(part.sizes_));
      TORCH_CHECK(
          part.type_ == type_, "Expected all elements of the tensor to have the same scalar type: ", type_,
          ", but got element of scalar type: ", part.type_);
    }
    first = false;
    values_.insert(values_.end(), part.values_.begin(), part.values_.end());
  }
}

namespace {

/// Integers take 64 bits, floats the default dtype, complex numbers its complex companion.
at::ScalarType natural_type(at::ScalarType type) {
  const auto floating = c10::get_default_dtype_as_scalartype();
  switch (type) {
    case at::kInt:
    case at::kLong:
      return at::kLong;
    case at::kFloat:
    case at::kDouble:
      return floating;
    case at::kComplexFloat:
    case at::kComplexDouble:
      return floating == at::kDouble ? at::kComplexDouble : at::kComplexFloat;
    default:
      return type;
  }
}

} // namespace

at::Tensor TensorDataContainer::convert_to_tensor(at::TensorOptions options) const {
  const auto type = options.has_dtype() ? options.dtype().toScalarType() : natural_type(type_);
  const bool complex = at::isComplexType(type_) || at::isComplexType(type);
  const bool integral = at::isIntegralType(type_, true);
  // Written in the widest type of their kind, then converted as any tensor.
  const auto wide = complex ? at::kComplexDouble : integral ? at::kLong : at::kDouble;
  at::Tensor out = at::empty(sizes_, at::TensorOptions(wide));
  for (size_t i = 0; i < values_.size(); ++i) {
    if (complex) {
      out.data_ptr<c10::complex<double>>()[i] = values_[i].toComplexDouble();
    } else if (integral) {
      out.data_ptr<int64_t>()[i] = values_[i].toLong();
    } else {
      out.data_ptr<double>()[i] = values_[i].toDouble();
    }
  }
  if (out.scalar_type() != type || options.has_device()) {
    out = out.to(options.device(), type);
  }
  if (options.requires_grad()) {
    out.set_requires_grad(true);
  }
  return out;
}

} // namespace torch::detail
