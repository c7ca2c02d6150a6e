// Tensors: making, reading, views, indexing, arithmetic, printing. Builds against LibTorch too, with the same results.
#include <torch/script.h>

#include <numeric>
#include <vector>

#include "check.h"

using torch::indexing::None;
using torch::indexing::Slice;

static std::vector<float> floats(const torch::Tensor& tensor) {
  const auto flat = tensor.to(torch::kFloat).contiguous();
  return std::vector<float>(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
}

static void making() {
  struct Case {
    torch::Tensor tensor;
    std::vector<int64_t> sizes;
    torch::ScalarType dtype;
    std::vector<float> values;
  };
  const std::vector<Case> cases = {
      {torch::ones({1, 2}), {1, 2}, torch::kFloat, {1, 1}},
      {torch::zeros({2}, torch::kLong), {2}, torch::kLong, {0, 0}},
      {torch::zeros(2, torch::dtype(torch::kInt)), {2}, torch::kInt, {0, 0}},
      {torch::full({2}, 1.5), {2}, torch::kFloat, {1.5, 1.5}},
      {torch::full({2}, 3), {2}, torch::kLong, {3, 3}},
      {torch::arange(3), {3}, torch::kLong, {0, 1, 2}},
      {torch::arange(1, 7, 2.5), {3}, torch::kFloat, {1, 3.5, 6}},
      {torch::eye(2), {2, 2}, torch::kFloat, {1, 0, 0, 1}},
      {torch::tensor({1, 2, 3}), {3}, torch::kLong, {1, 2, 3}},
      {torch::tensor({1.5, 2.0}), {2}, torch::kFloat, {1.5, 2}},
      {torch::tensor({{1, 2}, {3, 4}}), {2, 2}, torch::kLong, {1, 2, 3, 4}},
      {torch::tensor(std::vector<double>{1, 2}), {2}, torch::kFloat, {1, 2}},
      {torch::tensor(std::vector<int>{1, 2}), {2}, torch::kLong, {1, 2}},
      {torch::tensor({1, 2}, torch::kFloat64), {2}, torch::kDouble, {1, 2}},
      {torch::tensor(true), {}, torch::kBool, {1}},
      {torch::tensor(2.5), {}, torch::kFloat, {2.5}},
      {torch::ones({2}, torch::TensorOptions().dtype(torch::kHalf)), {2}, torch::kHalf, {1, 1}},
      {torch::zeros_like(torch::ones({2}, torch::kInt)), {2}, torch::kInt, {0, 0}},
      {torch::cat({torch::ones({1}), torch::zeros({2})}), {3}, torch::kFloat, {1, 0, 0}},
      {torch::stack({torch::ones({2}), torch::zeros({2})}, 1), {2, 2}, torch::kFloat, {1, 0, 1, 0}},
  };
  for (const auto& c : cases) {
    CHECK_EQ(c.tensor.sizes(), torch::IntArrayRef(c.sizes));
    CHECK_EQ(c.tensor.scalar_type(), c.dtype);
    CHECK(floats(c.tensor) == c.values);
  }
}

static void memory() {
  std::vector<float> data(6);
  std::iota(data.begin(), data.end(), 0.0f);
  auto borrowed = torch::from_blob(data.data(), {2, 3});
  CHECK(borrowed.data_ptr<float>() == data.data());
  borrowed[0][1] = 10;
  CHECK_EQ(data[1], 10.0f);
  CHECK(floats(torch::from_blob(data.data(), {3, 2}, {1, 3})) == std::vector<float>({0, 3, 10, 4, 2, 5}));

  int released = 0;
  {
    auto owner = torch::from_blob(data.data(), {6}, [&](void*) { ++released; }, torch::kFloat);
    const auto view = owner.slice(0, 2, 4);
    owner = torch::Tensor();
    CHECK_EQ(released, 0);
    CHECK(floats(view) == std::vector<float>({2, 3}));
  }
  CHECK_EQ(released, 1);

  CHECK_THROWS(c10::Error, "expected scalar type Long but found Float", borrowed.data_ptr<int64_t>());
  CHECK_THROWS(std::exception, "expected scalar type Long but found Float", borrowed.data_ptr<int64_t>());
}

static void handles() {
  torch::Tensor a = torch::zeros({2, 2});
  torch::Tensor b = a;
  CHECK(a.is_same(b) && a.use_count() == 2);
  CHECK(!a.is_same(a.view({4})) && a.is_alias_of(a.view({4})));
  b = torch::ones({1});
  CHECK_EQ(a.use_count(), 1u);
  CHECK(!torch::Tensor().defined());
  a.select(1, 0) = torch::ones({2});
  a.index({1}) = 5;
  CHECK(floats(a) == std::vector<float>({1, 0, 5, 5}));
  const c10::optional<torch::Tensor> none;
  CHECK(!none.has_value());
}

static void views() {
  const auto x = torch::arange(12).view({3, 4});
  struct Case {
    torch::Tensor tensor;
    std::vector<int64_t> sizes;
    std::vector<int64_t> strides;
  };
  const std::vector<Case> cases = {
      {x.permute({1, 0}), {4, 3}, {1, 4}},
      {x.transpose(0, 1), {4, 3}, {1, 4}},
      {x.t().contiguous(), {4, 3}, {3, 1}},
      {x.unsqueeze(0), {1, 3, 4}, {12, 4, 1}},
      {x.unsqueeze(0).squeeze(), {3, 4}, {4, 1}},
      {x.slice(1, 1, 4, 2), {3, 2}, {4, 2}},
      {x.narrow(0, 1, 2), {2, 4}, {4, 1}},
      {x.reshape({2, -1}), {2, 6}, {6, 1}},
      {x.flatten(), {12}, {1}},
      {x[1], {4}, {1}},
      {x.expand({2, 3, 4}), {2, 3, 4}, {0, 4, 1}},
  };
  for (const auto& c : cases) {
    CHECK_EQ(c.tensor.sizes(), torch::IntArrayRef(c.sizes));
    CHECK_EQ(c.tensor.strides(), torch::IntArrayRef(c.strides));
  }
  CHECK_EQ(x.size(-1), 4);
  CHECK_EQ(x[1][2].item<int>(), 6);
  CHECK_EQ(x.split(2)[1].size(0), 1);
  CHECK_EQ(x.unbind(1).size(), 4u);
  CHECK(x.is_contiguous() && !x.t().is_contiguous());
  const auto accessor = x.accessor<int64_t, 2>();
  CHECK_EQ(accessor[2][3], 11);
  CHECK_THROWS(c10::Error, "Dimension out of range (expected to be in range of [-2, 1], but got 2)", x.size(2));
  CHECK_THROWS(std::exception, "shape '[5, 2]' is invalid for input of size 12", x.view({5, 2}));
}

static void indexing() {
  const auto x = torch::arange(6, torch::kFloat).view({2, 3});
  struct Case {
    torch::Tensor found;
    std::vector<float> expected;
  };
  const std::vector<Case> cases = {
      {x.index({0}), {0, 1, 2}},
      {x.index({Slice(), 1}), {1, 4}},
      {x.index({Slice(None, 1)}), {0, 1, 2}},
      {x.index({"...", Slice(1, None)}), {1, 2, 4, 5}},
      {x.index({torch::indexing::Ellipsis, 0}), {0, 3}},
      {x.index({None, 1, 1}), {4}},
      {x.index({x > 2.5}), {3, 4, 5}},
      {x.index({torch::tensor({1, 0}), torch::tensor({2, 0})}), {5, 0}},
      {x.index({Slice(), torch::tensor({2, 0})}), {2, 0, 5, 3}},
      {x.index({Slice(None, None, 2), Slice(0, 3, 2)}), {0, 2}},
  };
  for (const auto& c : cases) {
    CHECK(floats(c.found) == c.expected);
  }
  auto y = torch::zeros({2, 3});
  y.index_put_({0, Slice(0, 2)}, torch::ones({2}));
  y.index_put_({1, 2}, 7);
  y.index_put_({y == 0}, -1);
  CHECK(floats(y) == std::vector<float>({1, 1, -1, -1, -1, 7}));
  CHECK_THROWS(c10::Error, "too many indices for tensor of dimension 2", x.index({0, 0, 0}));
}

static void arithmetic() {
  const auto a = torch::tensor({1.0, 4.0});
  const auto b = torch::tensor({2.0, 2.0});
  struct Case {
    torch::Tensor found;
    std::vector<float> expected;
  };
  const std::vector<Case> cases = {
      {a + b, {3, 6}},      {a - 1, {0, 3}},        {1 - a, {0, -3}},    {a * 2.5, {2.5, 10}},
      {a / b, {0.5, 2}},    {2 / a, {2, 0.5}},      {-a, {-1, -4}},      {a > b, {0, 1}},
      {a == 4, {0, 1}},     {(a > 0) & (a < 2), {1, 0}}, {~(a > 2), {1, 0}}, {a.pow(2), {1, 16}},
      {a.sqrt(), {1, 2}},   {a.clamp(2, 3), {2, 3}}, {a.add(b, 2), {5, 8}}, {torch::where(a > 2, a, b), {2, 4}},
      {torch::relu(a - 2), {0, 2}}, {a.to(torch::kInt) / 2, {0.5, 2}},
  };
  for (const auto& c : cases) {
    CHECK(floats(c.found) == c.expected);
  }
  auto c = a.clone();
  c += b;
  c *= 2;
  c -= 1;
  c /= torch::tensor(5.0);
  c.add_(1).mul_(b);
  CHECK(floats(c) == std::vector<float>({4, 6.4f}));
  CHECK_THROWS(c10::Error, "The size of tensor a (2) must match the size of tensor b (3)", a + torch::ones({3}));
}

static void reductions() {
  const auto x = torch::tensor({{1.0, 5.0, 3.0}, {6.0, 2.0, 4.0}});
  CHECK_EQ(x.sum().item<float>(), 21.0f);
  CHECK(floats(x.sum(0)) == std::vector<float>({7, 7, 7}));
  CHECK(floats(x.mean(std::vector<int64_t>{0, 1}, true)) == std::vector<float>({3.5}));
  CHECK_EQ(x.argmax(1)[1].item<int64_t>(), 0);
  CHECK_EQ(x.max().item().toFloat(), 6.0f);
  const auto [values, indices] = x.max(1);
  CHECK(floats(values) == std::vector<float>({5, 6}) && floats(indices) == std::vector<float>({1, 0}));
  CHECK(floats(std::get<0>(torch::sort(x, 1, true))) == std::vector<float>({5, 3, 1, 6, 4, 2}));
  CHECK(floats(std::get<1>(x.topk(1))) == std::vector<float>({1, 0}));
  CHECK(x.gt(0).all().item<bool>());
  CHECK(torch::allclose(torch::softmax(x, 1).sum(1), torch::ones({2})));
  CHECK_EQ(torch::nonzero(x > 3).size(0), 3);
}

static void printing() {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {printed(torch::ones({2, 2})), " 1  1\n 1  1\n[ CPUFloatType{2,2} ]"},
      {printed(torch::tensor({0.5, -2.25})), " 0.5000\n-2.2500\n[ CPUFloatType{2} ]"},
      {printed(torch::tensor(3)), "3\n[ CPULongType{} ]"},
      {printed(torch::Tensor()), "[ Tensor (undefined) ]"},
      {printed(torch::zeros({0, 3})), "[ CPUFloatType{0,3} ]"},
      {printed(torch::ones({2, 3}).sizes()), "[2, 3]"},
      {printed(torch::ones({2}).dtype()), "float"},
      {printed(torch::kLong), "Long"},
      {printed(torch::ones({2}, torch::kLong).dtype()), "long int"},
      {printed(torch::Device("cuda:1")), "cuda:1"},
      {printed(torch::ones({1}).device()), "cpu"},
      {printed(torch::Scalar(2.5)), "2.5"},
      {torch::ones({1}).toString(), "CPUFloatType"},
      {printed(torch::dtype(torch::kInt)),
       "TensorOptions(dtype=int, device=cpu (default), layout=Strided (default), requires_grad=false (default), "
       "pinned_memory=false (default), memory_format=(nullopt))"},
  };
  for (const auto& [found, expected] : cases) {
    CHECK_EQ(found, expected);
  }
}

static void scalars() {
  CHECK(torch::Scalar(3).isIntegral(false) && torch::Scalar(true).isBoolean() && torch::Scalar(1.0f).isFloatingPoint());
  CHECK_EQ(torch::Scalar(3.7).toInt(), 3);
  CHECK_EQ(static_cast<float>(c10::Half(65504.0f)), 65504.0f);
  CHECK_EQ(static_cast<float>(c10::BFloat16(1.00390625f)), 1.0f);
  CHECK_EQ(torch::promoteTypes(torch::kInt, torch::kHalf), torch::kHalf);
  CHECK_THROWS(c10::Error, "a Tensor with 2 elements cannot be converted to Scalar", torch::ones({2}).item());
}

static void devices() {
  CHECK(torch::Device("cpu") == torch::Device(torch::kCPU));
  CHECK_EQ(torch::Device("cuda:3").index(), 3);
  CHECK_THROWS(c10::Error, "Invalid device string: 'cuda:x'", torch::Device("cuda:x"));
  CHECK_THROWS(c10::Error, "device type at start of device string: toaster", torch::Device("toaster"));
}

int main() {
  torch::NoGradGuard no_grad;
  making();
  memory();
  handles();
  views();
  indexing();
  arithmetic();
  reductions();
  printing();
  scalars();
  devices();
  return result();
}
