#pragma once

#include <c10/macros/Export.h>

namespace torch::jit {
/// Remembered, not used: there is no such fuser in Sconce.
SCONCE_API void setTensorExprFuserEnabled(bool on);
SCONCE_API bool tensorExprFuserEnabled();
} // namespace torch::jit
