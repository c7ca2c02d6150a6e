// Devices, dtypes, modes and switches.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/TensorOptions.h>
#include <torch/csrc/jit/passes/tensorexpr_fuser.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/runtime/print_handler.h>

#include <algorithm>
#include <cctype>
#include <iostream>
#include <mutex>

#include "failure.h"

namespace c10 {

// Devices ------------------------------------------------------------------------------------------------------------

namespace {

struct DeviceName {
  DeviceType type;
  const char* upper;
  const char* lower;
};
constexpr DeviceName device_names[] = {
    {DeviceType::CPU, "CPU", "cpu"},          {DeviceType::CUDA, "CUDA", "cuda"},
    {DeviceType::MKLDNN, "MKLDNN", "mkldnn"}, {DeviceType::OPENGL, "OPENGL", "opengl"},
    {DeviceType::OPENCL, "OPENCL", "opencl"}, {DeviceType::IDEEP, "IDEEP", "ideep"},
    {DeviceType::HIP, "HIP", "hip"},          {DeviceType::FPGA, "FPGA", "fpga"},
    {DeviceType::MAIA, "MAIA", "maia"},       {DeviceType::XLA, "XLA", "xla"},
    {DeviceType::Vulkan, "VULKAN", "vulkan"}, {DeviceType::Metal, "METAL", "metal"},
    {DeviceType::XPU, "XPU", "xpu"},          {DeviceType::MPS, "MPS", "mps"},
    {DeviceType::Meta, "META", "meta"},       {DeviceType::HPU, "HPU", "hpu"},
    {DeviceType::VE, "VE", "ve"},             {DeviceType::Lazy, "LAZY", "lazy"},
    {DeviceType::IPU, "IPU", "ipu"},          {DeviceType::MTIA, "MTIA", "mtia"},
    {DeviceType::PrivateUse1, "PRIVATEUSEONE", "privateuseone"},
};

} // namespace

std::string DeviceTypeName(DeviceType type, bool lower_case) {
  for (const auto& row : device_names) {
    if (row.type == type) {
      return lower_case ? row.lower : row.upper;
    }
  }
  TORCH_CHECK(false, "Unknown device: ", static_cast<int16_t>(type));
}

bool isValidDeviceType(DeviceType type) {
  return type >= DeviceType::CPU && static_cast<int>(type) < COMPILE_TIME_MAX_DEVICE_TYPES;
}

std::ostream& operator<<(std::ostream& out, DeviceType type) {
  return out << DeviceTypeName(type, true);
}

Device::Device(const std::string& text) : type_(DeviceType::CPU) {
  TORCH_CHECK(!text.empty(), "Device string must not be empty");
  const auto colon = text.find(':');
  const std::string name = text.substr(0, colon);
  const auto* row = std::find_if(
      std::begin(device_names), std::end(device_names), [&](const DeviceName& known) { return name == known.lower; });
  TORCH_CHECK(
      row != std::end(device_names), "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, ",
      "fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, privateuseone device type at start of device string: ", name);
  type_ = row->type;
  if (colon != std::string::npos) {
    const std::string digits = text.substr(colon + 1);
    const bool valid = !digits.empty() && digits.size() <= 3 &&
        std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c) != 0; }) &&
        (digits.size() == 1 || digits[0] != '0') && std::stoi(digits) <= 127;
    TORCH_CHECK(valid, "Invalid device string: '", text, "'");
    index_ = static_cast<DeviceIndex>(std::stoi(digits));
  }
}

std::string Device::str() const {
  std::string out = DeviceTypeName(type_, true);
  return has_index() ? out + ":" + std::to_string(index_) : out;
}

std::ostream& operator<<(std::ostream& out, const Device& device) {
  return out << device.str();
}

// Dtypes -------------------------------------------------------------------------------------------------------------

ScalarType promoteTypes(ScalarType a, ScalarType b) {
  int8_t out = 0;
  ::sconce::check(::sconce::bridge::promote_types(static_cast<int8_t>(a), static_cast<int8_t>(b), out));
  return static_cast<ScalarType>(out);
}
ScalarType get_default_dtype_as_scalartype() {
  return static_cast<ScalarType>(::sconce::bridge::default_dtype());
}
caffe2::TypeMeta get_default_dtype() {
  return get_default_dtype_as_scalartype();
}
void set_default_dtype(caffe2::TypeMeta dtype) {
  ::sconce::check(::sconce::bridge::set_default_dtype(static_cast<int8_t>(dtype.toScalarType())));
}

std::ostream& operator<<(std::ostream& out, const TensorOptions& options) {
  const auto shown = [&](const char* name, const auto& value, bool given) -> std::ostream& {
    return out << name << "=" << value << (given ? "" : " (default)");
  };
  const auto flag = [](bool on) { return on ? "true" : "false"; };
  out << "TensorOptions(";
  shown("dtype", options.dtype(), options.has_dtype()) << ", ";
  shown("device", options.device(), options.has_device()) << ", ";
  shown("layout", options.layout(), options.has_layout()) << ", ";
  shown("requires_grad", flag(options.requires_grad()), options.has_requires_grad()) << ", ";
  shown("pinned_memory", flag(options.pinned_memory()), options.has_pinned_memory()) << ", memory_format=";
  if (const auto format = options.memory_format_opt()) {
    out << *format;
  } else {
    out << "(nullopt)";
  }
  return out << ")";
}

// Modes --------------------------------------------------------------------------------------------------------------

namespace {
thread_local bool grad_enabled = true;
thread_local bool inference_enabled = false;
} // namespace

bool GradMode::is_enabled() {
  return grad_enabled;
}
void GradMode::set_enabled(bool enabled) {
  grad_enabled = enabled;
}
bool InferenceMode::is_enabled() {
  return inference_enabled;
}
void InferenceMode::set_enabled(bool enabled) {
  inference_enabled = enabled;
}

} // namespace c10

namespace caffe2 {

c10::string_view TypeMeta::name() const noexcept {
  static constexpr const char* names[] = {
      "unsigned char", "signed char", "short int", "int", "long int", "c10::Half", "float", "double",
      "c10::complex<c10::Half>", "c10::complex<float>", "c10::complex<double>", "bool", "c10::qint8", "c10::quint8",
      "c10::qint32", "c10::BFloat16", "c10::quint4x2", "c10::quint2x4", "c10::bits1x8", "c10::bits2x4", "c10::bits4x2",
      "c10::bits8", "c10::bits16", "c10::Float8_e5m2", "c10::Float8_e4m3fn", "c10::Float8_e5m2fnuz",
      "c10::Float8_e4m3fnuz", "short unsigned int", "unsigned int", "long unsigned int"};
  return type_ < c10::ScalarType::Undefined ? names[static_cast<size_t>(type_)] : "nullptr (uninitialized)";
}

} // namespace caffe2

namespace at {

namespace {
std::atomic<int> interop_threads{0};
} // namespace

void set_num_interop_threads(int threads) {
  TORCH_CHECK(threads > 0, "Expected positive number of threads");
  interop_threads = threads;
}
int get_num_interop_threads() {
  const int set = interop_threads;
  return set > 0 ? set : get_num_threads();
}

Context& globalContext() {
  static Context context;
  return context;
}

} // namespace at

namespace torch::jit {

namespace {

void print_to_standard_output(const std::string& text) {
  std::cout << text << std::flush;
}

std::atomic<PrintHandler> print_handler{&print_to_standard_output};

void forward_print(const char* text, size_t size) {
  try {
    print_handler.load()(std::string(text, size));
  } catch (...) {
    // nothing may unwind into the script
  }
}

} // namespace

PrintHandler getDefaultPrintHandler() {
  return &print_to_standard_output;
}
PrintHandler getPrintHandler() {
  return print_handler.load();
}
void setPrintHandler(PrintHandler handler) {
  print_handler.store(handler == nullptr ? getDefaultPrintHandler() : handler);
  ::sconce::set_print_handler(&forward_print);
}

std::atomic<bool>& getProfilingMode() {
  static std::atomic<bool> value{true};
  return value;
}
std::atomic<bool>& getExecutorMode() {
  static std::atomic<bool> value{true};
  return value;
}
std::atomic<size_t>& getNumProfiledRuns() {
  static std::atomic<size_t> value{1};
  return value;
}
std::atomic<size_t>& getBailoutDepth() {
  static std::atomic<size_t> value{1};
  return value;
}

namespace {
std::mutex strategy_lock;
FusionStrategy& strategy() {
  static FusionStrategy value{{FusionBehavior::STATIC, 2}, {FusionBehavior::DYNAMIC, 10}};
  return value;
}
std::atomic<bool> optimize{true};
std::atomic<bool> fuser{true};
} // namespace

FusionStrategy getFusionStrategy() {
  const std::lock_guard<std::mutex> guard(strategy_lock);
  return strategy();
}
FusionStrategy setFusionStrategy(FusionStrategy& fresh) {
  const std::lock_guard<std::mutex> guard(strategy_lock);
  return std::exchange(strategy(), fresh);
}
void setGraphExecutorOptimize(bool on) {
  optimize = on;
}
bool getGraphExecutorOptimize() {
  return optimize;
}
void setTensorExprFuserEnabled(bool on) {
  fuser = on;
}
bool tensorExprFuserEnabled() {
  return fuser;
}

} // namespace torch::jit
