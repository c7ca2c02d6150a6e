#pragma once

/// `AT_DISPATCH_…(type, name, lambda)`: runs the lambda with `scalar_t` set to the C++ type of a dtype.

#include <c10/core/ScalarType.h>

#define SCONCE_DISPATCH_CASE(type, ...)                                              \
  case c10::ScalarType::type: {                                                      \
    using scalar_t [[maybe_unused]] =                                                \
        ::c10::impl::ScalarTypeToCPPTypeT<c10::ScalarType::type>;                    \
    return __VA_ARGS__();                                                            \
  }
#define SCONCE_DISPATCH(TYPE, NAME, ...)                                             \
  [&] {                                                                              \
    const ::c10::ScalarType dispatch_type = ::sconce::dispatch_type(TYPE);           \
    switch (dispatch_type) {                                                         \
      __VA_ARGS__                                                                    \
      default:                                                                       \
        TORCH_CHECK_NOT_IMPLEMENTED(                                                 \
            false, '"', NAME, "\" not implemented for '", c10::toString(dispatch_type), "'"); \
    }                                                                                \
  }()

namespace sconce {
inline c10::ScalarType dispatch_type(c10::ScalarType type) {
  return type;
}
inline c10::ScalarType dispatch_type(caffe2::TypeMeta type) {
  return type.toScalarType();
}
} // namespace sconce

#define AT_DISPATCH_FLOATING_TYPES(TYPE, NAME, ...) \
  SCONCE_DISPATCH(TYPE, NAME, SCONCE_DISPATCH_CASE(Double, __VA_ARGS__) SCONCE_DISPATCH_CASE(Float, __VA_ARGS__))
#define AT_DISPATCH_FLOATING_TYPES_AND_HALF(TYPE, NAME, ...)                                                  \
  SCONCE_DISPATCH(TYPE, NAME, SCONCE_DISPATCH_CASE(Double, __VA_ARGS__) SCONCE_DISPATCH_CASE(Float, __VA_ARGS__) \
                                  SCONCE_DISPATCH_CASE(Half, __VA_ARGS__))
#define AT_DISPATCH_INTEGRAL_TYPES(TYPE, NAME, ...)                                                           \
  SCONCE_DISPATCH(TYPE, NAME, SCONCE_DISPATCH_CASE(Byte, __VA_ARGS__) SCONCE_DISPATCH_CASE(Char, __VA_ARGS__) \
                                  SCONCE_DISPATCH_CASE(Int, __VA_ARGS__) SCONCE_DISPATCH_CASE(Long, __VA_ARGS__) \
                                      SCONCE_DISPATCH_CASE(Short, __VA_ARGS__))
#define AT_DISPATCH_ALL_TYPES(TYPE, NAME, ...)                                                                \
  SCONCE_DISPATCH(TYPE, NAME, SCONCE_DISPATCH_CASE(Byte, __VA_ARGS__) SCONCE_DISPATCH_CASE(Char, __VA_ARGS__) \
                                  SCONCE_DISPATCH_CASE(Int, __VA_ARGS__) SCONCE_DISPATCH_CASE(Long, __VA_ARGS__) \
                                      SCONCE_DISPATCH_CASE(Short, __VA_ARGS__)                                \
                                          SCONCE_DISPATCH_CASE(Double, __VA_ARGS__)                           \
                                              SCONCE_DISPATCH_CASE(Float, __VA_ARGS__))
