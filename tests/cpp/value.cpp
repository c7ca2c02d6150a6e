// Values: what goes into and comes out of scripts. Builds against LibTorch too, with the same results.
#include <torch/csrc/jit/serialization/pickle.h>
#include <torch/script.h>

#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "check.h"

using c10::IValue;

static void kinds() {
  struct Case {
    IValue value;
    std::string kind;
    std::string printed;
    std::string type;
  };
  const std::vector<Case> cases = {
      {IValue(), "None", "None", "NoneType"},
      {IValue(1), "Int", "1", "int"},
      {IValue(int64_t(1) << 40), "Int", "1099511627776", "int"},
      {IValue(2.0), "Double", "2.", "float"},
      {IValue(0.5f), "Double", "0.5", "float"},
      {IValue(true), "Bool", "True", "bool"},
      {IValue("text"), "String", "text", "str"},
      {IValue(std::string("x")), "String", "x", "str"},
      {IValue(torch::ones({1})), "Tensor", " 1\n[ CPUFloatType{1} ]", "Tensor"},
      {IValue(std::vector<int64_t>{1, 2}), "GenericList", "[1, 2]", "List[int]"},
      {IValue(std::vector<double>{1, 2.5}), "GenericList", "[1., 2.5]", "List[float]"},
      {IValue(std::vector<std::string>{"a"}), "GenericList", "[a]", "List[str]"},
      {IValue(std::vector<torch::Tensor>{}), "GenericList", "[]", "List[Tensor]"},
      {IValue(std::make_tuple(1, 2.0)), "Tuple", "(1, 2.)", "Tuple[int, float]"},
      {IValue(c10::ivalue::Tuple::create({1, "a"})), "Tuple", "(1, a)", "Tuple[int, str]"},
      {IValue(c10::ivalue::Tuple::create(std::vector<IValue>{1})), "Tuple", "(1,)", "Tuple[int]"},
      {IValue(std::optional<int64_t>()), "None", "None", "NoneType"},
      {IValue(c10::complex<double>(1, -2)), "ComplexDouble", "1.-2.j", "complex"},
      {IValue(torch::Scalar(3)), "Int", "3", "int"},
  };
  for (const auto& c : cases) {
    CHECK_EQ(c.value.tagKind(), c.kind);
    CHECK_EQ(printed(c.value), c.printed);
    CHECK_EQ(c.value.type()->annotation_str(), c.type);
  }
}

static void reading() {
  CHECK_EQ(IValue(3).toInt(), 3);
  CHECK_EQ(IValue(2.5).toDouble(), 2.5);
  CHECK_EQ(IValue("abc").toStringRef(), std::string("abc"));
  CHECK_EQ(IValue("abc").toString()->string(), std::string("abc"));
  CHECK_EQ(IValue(4).to<int64_t>(), 4);
  CHECK_EQ(IValue(4).toScalar().toInt(), 4);
  CHECK(IValue(torch::kCPU).isInt() || IValue(torch::Device(torch::kCPU)).toDevice().is_cpu());
  CHECK(!IValue().toOptional<int64_t>().has_value() && *IValue(1).toOptional<int64_t>() == 1);
  CHECK_THROWS(c10::Error, "Expected Tensor but got Int", IValue(3).toTensor());
  CHECK_THROWS(c10::Error, "INTERNAL ASSERT FAILED", IValue(3.0).toInt());
  CHECK_THROWS(c10::Error, "Expected Tuple but got None", IValue().toTuple());

  const IValue ints = std::vector<int64_t>{1, 2, 3};
  CHECK(ints.isIntList() && !ints.isTensorList());
  CHECK(ints.toIntVector() == std::vector<int64_t>({1, 2, 3}));
  CHECK(ints.to<std::vector<int64_t>>() == std::vector<int64_t>({1, 2, 3}));
  CHECK_EQ(ints.toListRef()[2].toInt(), 3);
  int64_t sum = 0;
  for (const IValue& item : ints.toListRef()) {
    sum += item.toInt();
  }
  CHECK_EQ(sum, 6);

  const IValue nested = std::make_tuple(torch::ones({2}), std::vector<double>{0.5}, std::string("x"));
  const auto& elements = nested.toTuple()->elements();
  CHECK_EQ(elements.size(), 3u);
  CHECK_EQ(elements[0].toTensor().numel(), 2);
  const std::vector<IValue> copied = nested.toTuple()->elements().vec();
  CHECK_EQ(copied[2].toStringRef(), std::string("x"));
  const auto [tensor, list, text] = nested.to<std::tuple<torch::Tensor, std::vector<double>, std::string>>();
  CHECK(tensor.defined() && list.size() == 1 && text == "x");
}

static void sharing() {
  const torch::Tensor tensor = torch::zeros({1});
  const IValue value = tensor;
  value.toTensor().add_(1);
  CHECK_EQ(tensor.item<float>(), 1.0f);
  CHECK(value.is(IValue(tensor)) && !value.is(IValue(tensor.clone())));

  c10::List<int64_t> list;
  const c10::List<int64_t> same = list;
  list.push_back(1);
  list.push_back(2);
  CHECK(same.size() == 2 && same.get(1) == 2);
  list.set(0, 5);
  list[1] = 7;
  CHECK(same.vec() == std::vector<int64_t>({5, 7}));
  CHECK(!list.copy().is(list) && list.is(same));
  IValue held = list;
  held.toIntList().push_back(9);
  CHECK_EQ(list.size(), 3u);
  CHECK(IValue(list.copy()) == held);
  int64_t sum = 0;
  for (int64_t item : list) {
    sum += item;
  }
  CHECK_EQ(sum, 21);
  list.erase(list.begin());
  list.insert(list.begin(), 3);
  list.pop_back();
  CHECK(list.vec() == std::vector<int64_t>({3, 7}));
}

static void dicts() {
  c10::Dict<std::string, torch::Tensor> dict;
  dict.insert("a", torch::ones({1}));
  CHECK(!dict.insert("a", torch::zeros({1})).second);
  CHECK_EQ(dict.at("a").item<float>(), 1.0f);
  dict.insert_or_assign("a", torch::zeros({1}));
  dict.insert("b", torch::full({1}, 2.0));
  CHECK_EQ(dict.at("a").item<float>(), 0.0f);
  CHECK(dict.contains("b") && !dict.contains("c") && dict.size() == 2);
  CHECK(dict.find("c") == dict.end() && dict.find("b") != dict.end());
  std::string keys;
  for (const auto& entry : dict) {
    keys += entry.key() + std::to_string(entry.value().item<int>());
  }
  CHECK_EQ(keys, std::string("a0b2"));

  const IValue value = dict;
  CHECK(value.isGenericDict());
  CHECK_EQ(value.type()->annotation_str(), std::string("Dict[str, Tensor]"));
  CHECK_EQ(value.toGenericDict().at("b").toTensor().item<float>(), 2.0f);
  for (const auto& entry : value.toGenericDict()) {
    CHECK(entry.key().isString() && entry.value().isTensor());
  }
  const auto map = IValue(std::unordered_map<std::string, int64_t>{{"k", 3}}).toGenericDict();
  CHECK_EQ(map.at("k").toInt(), 3);
  CHECK_EQ(dict.erase("a"), 1u);
  CHECK(dict.size() == 1 && value.toGenericDict().size() == 1);
  CHECK_THROWS(std::exception, "", dict.at("nothing"));
}

static void equality() {
  const std::vector<std::tuple<IValue, IValue, bool>> cases = {
      {IValue(1), IValue(1), true},
      {IValue(1), IValue(2), false},
      {IValue("a"), IValue("a"), true},
      {IValue(), IValue(), true},
      {IValue(std::make_tuple(1, "a")), IValue(std::make_tuple(1, "a")), true},
      {IValue(std::vector<int64_t>{1}), IValue(std::vector<int64_t>{1, 2}), false},
  };
  for (const auto& [a, b, equal] : cases) {
    CHECK_EQ(a == b, equal);
  }
  const IValue original = std::vector<torch::Tensor>{torch::ones({1})};
  const IValue deep = original.deepcopy();
  deep.toTensorVector()[0].zero_();
  CHECK_EQ(original.toTensorVector()[0].item<float>(), 1.0f);
}

static void errors() {
  try {
    TORCH_CHECK(false, "the ", 3, " reasons");
    CHECK(false);
  } catch (const c10::Error& error) {
    CHECK_EQ(error.msg(), std::string("the 3 reasons"));
    CHECK_EQ(std::string(error.what_without_backtrace()), std::string("the 3 reasons"));
    CHECK(std::string(error.what()).find("the 3 reasons") == 0);
  }
  CHECK_THROWS(std::exception, "Expected 1 == 2 to be true, but got false", TORCH_CHECK(1 == 2));
  CHECK_THROWS(c10::IndexError, "far", TORCH_CHECK_INDEX(false, "far"));
  CHECK_THROWS(c10::Error, "INTERNAL ASSERT FAILED", TORCH_INTERNAL_ASSERT(false, "x"));
}

static void pickles() {
  const std::vector<std::pair<const char*, IValue>> cases = {
      {"number", 3},
      {"list", std::vector<int64_t>{1, 2}},
      {"tuple", std::make_tuple(1.5, std::string("x"))},
  };
  for (const auto& [name, value] : cases) {
    CHECK_EQ(printed(torch::jit::pickle_load(torch::jit::pickle_save(value))), printed(value));
  }
  const auto tensor = torch::jit::pickle_load(torch::jit::pickle_save(torch::arange(4).view({2, 2}))).toTensor();
  CHECK(torch::equal(tensor, torch::arange(4).view({2, 2})));
  CHECK_THROWS(std::exception, "", torch::jit::pickle_load({'n', 'o'}));
}

int main() {
  pickles();
  kinds();
  reading();
  sharing();
  dicts();
  equality();
  errors();
  return result();
}
