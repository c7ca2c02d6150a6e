#pragma once

/// From typed C++ arguments to a stack of slots and back. Included by `ATen/core/Tensor.h`; not for applications.

#include <array>
#include <cstring>
#include <tuple>

#include <ATen/core/TensorBase.h>
#include <c10/util/string_view.h>

namespace c10 {
template <class T>
class List;
class IValue;
} // namespace c10

namespace at {
class Tensor;
class Generator;
using TensorList = c10::ArrayRef<Tensor>;
using ITensorListRef = TensorList;
} // namespace at

namespace sconce {

inline uint64_t bits(double value) {
  uint64_t out;
  std::memcpy(&out, &value, sizeof(out));
  return out;
}
inline double real(uint64_t value) {
  double out;
  std::memcpy(&out, &value, sizeof(out));
  return out;
}
template <class T>
inline uint64_t address(const T* pointer) {
  return static_cast<uint64_t>(reinterpret_cast<uintptr_t>(pointer));
}

/// One borrowed argument of an operator.
struct Arg : Slot {
  Arg() = default;
  Arg(Tag t, uint64_t x, uint64_t y = 0) : Slot{t, x, y} {}

  Arg(const at::TensorBase& t) : Slot{Tag::Tensor, address(t.handle()), 0} {}
  Arg(int v) : Slot{Tag::Int, static_cast<uint64_t>(static_cast<int64_t>(v)), 0} {}
  Arg(int64_t v) : Slot{Tag::Int, static_cast<uint64_t>(v), 0} {}
  Arg(double v) : Slot{Tag::Double, bits(v), 0} {}
  Arg(bool v) : Slot{Tag::Bool, v ? 1u : 0u, 0} {}
  Arg(const c10::Scalar& v) {
    if (v.isBoolean()) {
      *this = Arg(v.toBool());
    } else if (v.isFloatingPoint()) {
      *this = Arg(v.toDouble());
    } else if (v.isComplex()) {
      const auto z = v.toComplexDouble();
      *this = Arg(Tag::Complex, bits(z.real()), bits(z.imag()));
    } else {
      *this = Arg(v.toLong());
    }
  }
  Arg(c10::ScalarType v) : Arg(static_cast<int64_t>(v)) {}
  Arg(c10::Layout v) : Arg(static_cast<int64_t>(v)) {}
  Arg(c10::MemoryFormat v) : Arg(static_cast<int64_t>(v)) {}
  Arg(c10::Device v)
      : Slot{Tag::Device, static_cast<uint64_t>(static_cast<int64_t>(v.type())),
             static_cast<uint64_t>(static_cast<int64_t>(v.index()))} {}
  Arg(c10::string_view v) : Slot{Tag::String, address(v.data()), v.size()} {}
  Arg(const char* v) : Arg(c10::string_view(v)) {}
  Arg(const std::string& v) : Arg(c10::string_view(v)) {}
  Arg(c10::IntArrayRef v) : Slot{Tag::IntList, address(v.data()), v.size()} {}
  Arg(c10::ArrayRef<double> v) : Slot{Tag::DoubleList, address(v.data()), v.size()} {}
  Arg(c10::ArrayRef<bool> v) : Slot{Tag::BoolList, address(v.data()), v.size()} {}
  Arg(at::TensorList v);
  Arg(const c10::List<std::optional<at::Tensor>>& v);
  Arg(const at::Generator& v);
  Arg(c10::OptionalIntArrayRef v) {
    if (v.has_value()) {
      *this = Arg(*v);
    }
  }
  template <class T>
  Arg(const std::optional<T>& v) {
    if (v.has_value()) {
      *this = Arg(*v);
    }
  }
};

/// What comes out of a call: `take` consumes an owned slot.
template <class T>
struct Take;
template <>
struct Take<bool> {
  static bool take(const Slot& s) {
    return s.a != 0;
  }
};
template <>
struct Take<int64_t> {
  static int64_t take(const Slot& s) {
    return static_cast<int64_t>(s.a);
  }
};
template <>
struct Take<double> {
  static double take(const Slot& s) {
    return real(s.a);
  }
};
template <>
struct Take<c10::ScalarType> {
  static c10::ScalarType take(const Slot& s) {
    return static_cast<c10::ScalarType>(s.a);
  }
};
template <>
struct Take<c10::QScheme> {
  static c10::QScheme take(const Slot& s) {
    return static_cast<c10::QScheme>(s.a);
  }
};
template <>
struct Take<c10::Scalar> {
  static c10::Scalar take(const Slot& s) {
    switch (s.tag) {
      case Tag::Bool:
        return c10::Scalar(s.a != 0);
      case Tag::Double:
        return c10::Scalar(real(s.a));
      case Tag::Complex:
        return c10::Scalar(c10::complex<double>(real(s.a), real(s.b)));
      default:
        return c10::Scalar(static_cast<int64_t>(s.a));
    }
  }
};
template <>
struct Take<at::Tensor>;
template <class T>
struct Take<std::vector<T>>;

template <class R>
struct Call {
  static R run(Op& op, std::initializer_list<Arg> args) {
    Slot out;
    call(op, args.begin(), args.size(), &out, 1);
    return Take<R>::take(out);
  }
};
template <>
struct Call<void> {
  static void run(Op& op, std::initializer_list<Arg> args) {
    call(op, args.begin(), args.size(), nullptr, 0);
  }
};
template <class... Ts>
struct Call<std::tuple<Ts...>> {
  static std::tuple<Ts...> run(Op& op, std::initializer_list<Arg> args) {
    Slot out[sizeof...(Ts)];
    call(op, args.begin(), args.size(), out, sizeof...(Ts));
    return take(out, std::index_sequence_for<Ts...>());
  }

 private:
  template <size_t... I>
  static std::tuple<Ts...> take(const Slot* out, std::index_sequence<I...>) {
    return std::tuple<Ts...>{Take<Ts>::take(out[I])...};
  }
};

template <class R>
inline R invoke(Op& op, std::initializer_list<Arg> args) {
  return Call<R>::run(op, args);
}

} // namespace sconce
