#pragma once

/// Where the `print` of scripts goes.

#include <string>

#include <c10/macros/Export.h>

namespace torch::jit {

/// Gets the text of one `print`, with its newline, on the thread that runs the script. What it throws is dropped.
using PrintHandler = void (*)(const std::string&);

/// Writes to standard output.
SCONCE_API PrintHandler getDefaultPrintHandler();
SCONCE_API PrintHandler getPrintHandler();
/// For the whole process; null stands for the default.
SCONCE_API void setPrintHandler(PrintHandler handler);

} // namespace torch::jit
