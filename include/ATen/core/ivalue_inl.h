#pragma once

/// Templates of `ivalue.h` that need lists and dicts.

#include <ATen/core/Dict_inl.h>
#include <ATen/core/List_inl.h>

namespace c10 {

template <class... Args>
IValue::IValue(const std::tuple<Args...>& tuple) {
  std::vector<IValue> elements;
  std::apply([&](const auto&... values) { (elements.emplace_back(values), ...); }, tuple);
  *this = IValue(ivalue::Tuple::create(std::move(elements)));
}

template <class T>
IValue::IValue(ArrayRef<T> values) {
  List<T> list;
  for (const T& value : values) {
    list.push_back(value);
  }
  *this = IValue(std::move(list));
}

template <class T>
IValue::IValue(const std::vector<T>& values) {
  using Element = std::conditional_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, int64_t, T>;
  List<Element> list;
  for (const auto& value : values) {
    list.push_back(static_cast<Element>(value));
  }
  *this = IValue(std::move(list));
}

template <class K, class V>
IValue::IValue(const std::unordered_map<K, V>& values) {
  Dict<K, V> dict;
  for (const auto& entry : values) {
    dict.insert(entry.first, entry.second);
  }
  *this = IValue(std::move(dict));
}

namespace detail {

/// Reads a value as `T`.
template <class T>
struct Reader;
#define SCONCE_READ(cpp, method)               \
  template <>                                  \
  struct Reader<cpp> {                         \
    static cpp read(const IValue& value) {     \
      return static_cast<cpp>(value.method()); \
    }                                          \
  };
SCONCE_READ(at::Tensor, toTensor)
SCONCE_READ(double, toDouble)
SCONCE_READ(float, toDouble)
SCONCE_READ(int64_t, toInt)
SCONCE_READ(int, toInt)
SCONCE_READ(int16_t, toInt)
SCONCE_READ(int8_t, toInt)
SCONCE_READ(uint8_t, toInt)
SCONCE_READ(uint64_t, toInt)
SCONCE_READ(bool, toBool)
SCONCE_READ(c10::complex<double>, toComplexDouble)
SCONCE_READ(std::string, toStringRef)
SCONCE_READ(c10::string_view, toStringView)
SCONCE_READ(Scalar, toScalar)
SCONCE_READ(Device, toDevice)
SCONCE_READ(ScalarType, toScalarType)
SCONCE_READ(Layout, toLayout)
SCONCE_READ(MemoryFormat, toMemoryFormat)
SCONCE_READ(intrusive_ptr<ivalue::Tuple>, toTuple)
SCONCE_READ(intrusive_ptr<ivalue::Object>, toObject)
SCONCE_READ(intrusive_ptr<ivalue::ConstantString>, toString)
SCONCE_READ(intrusive_ptr<ivalue::Future>, toFuture)
#undef SCONCE_READ
template <>
struct Reader<IValue> {
  static IValue read(const IValue& value) {
    return value;
  }
};
template <class T>
struct Reader<std::optional<T>> {
  static std::optional<T> read(const IValue& value) {
    return value.template toOptional<T>();
  }
};
template <class T>
struct Reader<List<T>> {
  static List<T> read(const IValue& value) {
    return impl::toTypedList<T>(value.toList());
  }
};
template <class K, class V>
struct Reader<Dict<K, V>> {
  static Dict<K, V> read(const IValue& value) {
    return impl::toTypedDict<K, V>(value.toGenericDict());
  }
};
template <class T>
struct Reader<std::vector<T>> {
  static std::vector<T> read(const IValue& value) {
    return impl::toTypedList<T>(value.toList()).vec();
  }
};
template <class K, class V>
struct Reader<std::unordered_map<K, V>> {
  static std::unordered_map<K, V> read(const IValue& value) {
    std::unordered_map<K, V> out;
    for (const auto& entry : value.toGenericDict()) {
      out.emplace(entry.key().template to<K>(), entry.value().template to<V>());
    }
    return out;
  }
};
template <class... Ts>
struct Reader<std::tuple<Ts...>> {
  static std::tuple<Ts...> read(const IValue& value) {
    return read(value, std::index_sequence_for<Ts...>());
  }

 private:
  template <size_t... I>
  static std::tuple<Ts...> read(const IValue& value, std::index_sequence<I...>) {
    const auto tuple = value.toTuple();
    TORCH_CHECK(tuple->size() == sizeof...(Ts), "expected a tuple of ", sizeof...(Ts), ", got ", tuple->size());
    return std::tuple<Ts...>(tuple->elements()[I].template to<Ts>()...);
  }
};

} // namespace detail

template <class T>
T IValue::to() const {
  return detail::Reader<std::remove_const_t<T>>::read(*this);
}

} // namespace c10
