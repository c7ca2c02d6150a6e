#pragma once

#include <cstdint>

namespace at::Reduction {
/// The numbers that loss operators take.
enum Reduction { None, Mean, Sum, END };
} // namespace at::Reduction
