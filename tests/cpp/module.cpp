// Modules: loading, running, looking inside, errors. Runs in tests/fixtures; builds against LibTorch too, with the same
// results.
#include <ATen/Parallel.h>
#include <torch/csrc/jit/passes/tensorexpr_fuser.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/runtime/jit_exception.h>
#include <torch/csrc/jit/runtime/print_handler.h>
#include <torch/script.h>

#include <torch/serialize.h>
#include <torch/version.h>

#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "check.h"

using torch::jit::IValue;

static std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// An archive with every byte inverted; reads no more than 1000 bytes at a time where `fails` is 0, else throws.
struct Inverted final : caffe2::serialize::ReadAdapterInterface {
  std::string bytes;
  bool fails;
  Inverted(std::string bytes_, bool fails_) : bytes(std::move(bytes_)), fails(fails_) {
    for (char& byte : bytes) {
      byte = static_cast<char>(~byte);
    }
  }
  size_t size() const override {
    return bytes.size();
  }
  size_t read(uint64_t pos, void* buf, size_t n, const char*) const override {
    if (fails) {
      throw std::runtime_error("the key is lost");
    }
    for (size_t i = 0; i < n; ++i) {
      static_cast<char*>(buf)[i] = static_cast<char>(~bytes.at(pos + i));
    }
    return n;
  }
};

static void reading() {
  const auto x = torch::ones({1, 3, 224, 224});
  const auto expected = torch::jit::load("imagenet.pt").forward({x}).toTensor();
  torch::jit::Module module = torch::jit::load(std::make_shared<Inverted>(read_file("imagenet.pt"), false));
  CHECK(torch::equal(module.forward({x}).toTensor(), expected));
  std::string error;
  try {
    torch::jit::load(std::make_shared<Inverted>(read_file("imagenet.pt"), true));
  } catch (const std::exception& e) {
    error = e.what();
  }
  CHECK(error.find("the key is lost") != std::string::npos);

  std::stringstream file;
  torch::save(expected, file);
  torch::Tensor back;
  torch::load(back, file);
  CHECK(torch::equal(back, expected));
  std::stringstream files;
  torch::save(std::vector<torch::Tensor>{x, expected}, files);
  std::vector<torch::Tensor> both;
  torch::load(both, files);
  CHECK_EQ(both.size(), size_t(2));
  CHECK(torch::equal(both.at(1), expected));
}

static void loading() {
  const auto x = torch::ones({1, 3, 224, 224});
  torch::jit::script::Module from_file = torch::jit::load("imagenet.pt");
  const auto expected = from_file.forward({x}).toTensor();
  CHECK_EQ(printed(expected.slice(1, 0, 5)), std::string("-0.1622  0.3367 -0.1142  0.3986 -0.1845\n[ CPUFloatType{1,5} ]"));

  std::istringstream stream(read_file("imagenet.pt"));
  torch::jit::Module from_stream = torch::jit::load(stream, torch::kCPU);
  CHECK(torch::equal(from_stream.forward({x}).toTensor(), expected));

  torch::jit::ExtraFilesMap extra{{"absent.txt", "untouched"}};
  torch::jit::Module with_extra = torch::jit::load("imagenet.pt", torch::Device("cpu"), extra);
  CHECK_EQ(extra["absent.txt"], std::string("untouched"));
  CHECK(torch::equal(with_extra({x}).toTensor(), expected));
}

static void bad_files() {
  const std::string whole = read_file("imagenet.pt");
  std::istringstream empty("");
  std::istringstream cut(whole.substr(0, whole.size() / 2));
  std::istringstream text("this is not an archive");
  CHECK_THROWS(c10::Error, "no-such-file.pt", torch::jit::load("no-such-file.pt"));
  CHECK_THROWS(c10::Error, "", torch::jit::load(empty));
  CHECK_THROWS(c10::Error, "", torch::jit::load(cut));
  CHECK_THROWS(c10::Error, "", torch::jit::load(text));
}

static void values() {
  auto dicts = torch::jit::load("dicts.pt");
  c10::Dict<std::string, int64_t> d;
  d.insert("a", 1);
  d.insert("b", 2);
  d.insert("c", 3);
  const auto out = dicts.forward({d}).toTuple();
  CHECK(out->elements().size() == 6 && out->elements()[0].isGenericDict());

  auto named = torch::jit::load("named_tuples.pt");
  const auto result = named.forward({torch::ones({2})}).toTuple()->elements();
  CHECK_EQ(result[0].toTuple()->elements()[2].toStringRef(), std::string("p''"));
  CHECK_EQ(result[2].toStringRef(), std::string("p''"));

  auto gate = torch::jit::load("decision_gate.pt");
  CHECK_EQ(gate.forward({torch::tensor({{1.0, -3.0}})}).toTensor().size(1), 2);
}

static void methods() {
  auto module = torch::jit::load("methods.pt");
  const auto x = torch::ones({2});
  const auto scaled = module.get_method("scale")({x, 3.0});
  CHECK_EQ(scaled.toTuple()->elements()[0].toTensor()[0].item<float>(), 4.0f);
  CHECK_EQ(scaled.toTuple()->elements()[1].toStringRef(), std::string("none"));
  const auto keywords = module.get_method("scale")({x}, {{"shift", 5}, {"name", "k"}});
  CHECK_EQ(keywords.toTuple()->elements()[0].toTensor()[1].item<float>(), 7.0f);
  CHECK_EQ(keywords.toTuple()->elements()[1].toStringRef(), std::string("k"));
  CHECK(module.run_method("twice", x).isTuple());
  CHECK(module.find_method("scale").has_value() && !module.find_method("absent").has_value());

  const auto schema = module.get_method("scale").function().getSchema();
  std::string names;
  for (const auto& argument : schema.arguments()) {
    names += argument.name() + " ";
  }
  CHECK_EQ(names, std::string("self x by shift name "));
  CHECK_EQ(schema.arguments()[1].type()->str(), std::string("Tensor"));
  CHECK_EQ(schema.arguments()[2].default_value()->toDouble(), 2.0);

  CHECK_THROWS(c10::Error, "Method 'absent' is not defined.", module.get_method("absent"));
  CHECK_THROWS(std::exception, "scale() is missing value for argument 'x'", module.get_method("scale")({}));
  CHECK_THROWS(std::exception, "Expected a value of type 'Tensor", module.get_method("scale")({1}));
}

static void inside() {
  auto module = torch::jit::load("small_cnn.pt");
  std::string names;
  for (const auto& child : module.named_children()) {
    names += child.name + " ";
  }
  CHECK_EQ(names, std::string("features pool head "));
  std::vector<std::string> parameters;
  int64_t count = 0;
  for (const auto& parameter : module.named_parameters()) {
    parameters.push_back(parameter.name);
    count += parameter.value.numel();
  }
  CHECK_EQ(parameters.front(), std::string("features.0.weight"));
  CHECK_EQ(parameters.back(), std::string("head.bias"));
  CHECK_EQ(count, 8 * 9 + 8 + 16 + 16 * 8 * 9 + 32 + 170);
  CHECK_EQ(module.buffers().size(), 6u);
  CHECK(!module.is_training() && module.hasattr("head") && !module.hasattr("absent"));
  CHECK_EQ(module.attr("head").toModule().attr("bias").toTensor().numel(), 10);
  CHECK_EQ(module.attr("absent", 3).toInt(), 3);
  CHECK_THROWS(std::exception, "absent", module.attr("absent"));
  module.train();
  CHECK(module.is_training() && module.attr("features").toModule().is_training());
  module.eval();
  CHECK_EQ(module.type()->name()->name(), std::string("SmallCnn"));

  // Copies of the handle share, deep copies do not.
  const auto x = torch::ones({1, 1, 12, 12});
  const auto before = module.forward({x}).toTensor();
  auto other = module;
  auto deep = module.deepcopy();
  for (auto parameter : other.parameters()) {
    parameter.zero_();
  }
  CHECK(!torch::equal(module.forward({x}).toTensor(), before));
  CHECK(torch::equal(deep.forward({x}).toTensor(), before));
  deep.to(torch::kDouble);
  CHECK_EQ(deep.forward({x.to(torch::kDouble)}).toTensor().scalar_type(), torch::kDouble);
}

static void state() {
  auto counter = torch::jit::load("counter.pt");
  counter.forward({torch::ones({3})});
  CHECK_EQ(counter.forward({torch::ones({3})}).toTuple()->elements()[0].toInt(), 2);
  CHECK_EQ(counter.attr("calls").toInt(), 2);
  counter.setattr("calls", 10);
  CHECK_EQ(counter.forward({torch::ones({3})}).toTuple()->elements()[0].toInt(), 11);
  CHECK_THROWS(std::exception, "", counter.setattr("calls", "text"));
  CHECK_THROWS(std::exception, "", counter.setattr("absent", 1));
}

static void failures_in_scripts() {
  auto outer = torch::jit::load("raise_value_error.pt");
  CHECK_EQ(outer.forward({3}).toInt(), 4);
  try {
    outer.forward({-3});
    CHECK(false);
  } catch (const torch::jit::JITException& error) {
    CHECK_EQ(error.getPythonClassName().value_or(""), std::string("builtins.ValueError"));
    CHECK_EQ(error.getOriginalMsg().value_or(""), std::string("n must not be negative, is -3"));
    CHECK(std::string(error.what()).find("Traceback of TorchScript, serialized code (most recent call last):") !=
          std::string::npos);
  }
  auto mismatch = torch::jit::load("raise_shape.pt");
  CHECK_THROWS(std::runtime_error, "Traceback of TorchScript", mismatch.forward({torch::ones({2, 3}), torch::ones({2, 3})}));
}

static void threads() {
  auto module = torch::jit::load("small_cnn.pt");
  const auto x = torch::ones({1, 1, 12, 12});
  const auto expected = module.forward({x}).toTensor();
  std::vector<std::thread> workers;
  std::vector<int> right(4, 0);
  for (size_t i = 0; i < right.size(); ++i) {
    workers.emplace_back([&, i] {
      auto mine = module;
      for (int n = 0; n < 20; ++n) {
        right[i] += torch::allclose(mine.forward({x}).toTensor(), expected) ? 1 : 0;
      }
    });
  }
  for (auto& worker : workers) {
    worker.join();
  }
  CHECK(right == std::vector<int>(4, 20));
}

static std::string taken;

static void take_print(const std::string& text) {
  taken += text;
}

static void throw_print(const std::string&) {
  throw std::runtime_error("of the host");
}

static void printing() {
  torch::jit::Module module = torch::jit::load("saving.pt");
  const std::vector<IValue> inputs = {torch::ones({2}), ""};
  torch::jit::setPrintHandler(take_print);
  CHECK(torch::jit::getPrintHandler() == &take_print);
  module.forward(inputs);
  CHECK(taken == "saving to \n");
#ifdef SCONCE_VERSION
  torch::jit::setPrintHandler(throw_print);
  module.forward(inputs);
#endif
  torch::jit::setPrintHandler(torch::jit::getDefaultPrintHandler());
  module.forward(inputs);
  CHECK(taken == "saving to \n");
}

static void switches() {
  torch::jit::getProfilingMode() = false;
  torch::jit::getExecutorMode() = true;
  torch::jit::FusionStrategy strategy = {{torch::jit::FusionBehavior::DYNAMIC, 3}};
  torch::jit::setFusionStrategy(strategy);
  torch::jit::setGraphExecutorOptimize(true);
  torch::jit::setTensorExprFuserEnabled(false);
  at::set_num_threads(2);
  CHECK_EQ(at::get_num_threads(), 2);
  {
    c10::InferenceMode guard;
    CHECK(c10::InferenceMode::is_enabled() && !c10::GradMode::is_enabled());
  }
  CHECK(!c10::InferenceMode::is_enabled());
}

int main() {
  torch::NoGradGuard no_grad;
  loading();
  reading();
  bad_files();
  values();
  methods();
  inside();
  state();
  failures_in_scripts();
  threads();
  {
    at::AutoGradMode grad(true);
    printing();
  switches();
  }
  return result();
}
