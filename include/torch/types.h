#pragma once

#include <ATen/ATen.h>
#include <c10/util/Exception.h>
#include <c10/util/Optional.h>

namespace torch {

using namespace at;

using std::nullopt;
using std::optional;

using Dtype = at::ScalarType;

constexpr auto kU8 = c10::kByte;
constexpr auto kI8 = c10::kChar;
constexpr auto kI16 = c10::kShort;
constexpr auto kI32 = c10::kInt;
constexpr auto kI64 = c10::kLong;
constexpr auto kF16 = c10::kHalf;
constexpr auto kF32 = c10::kFloat;
constexpr auto kF64 = c10::kDouble;

constexpr auto kUInt8 = kU8;
constexpr auto kInt8 = kI8;
constexpr auto kInt16 = kI16;
constexpr auto kInt32 = kI32;
constexpr auto kInt64 = kI64;
constexpr auto kFloat16 = kF16;
constexpr auto kFloat32 = kF32;
constexpr auto kFloat64 = kF64;

} // namespace torch
