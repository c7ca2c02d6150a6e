#pragma once

/// Marks what the library exports. Everything else in the shared library is hidden.
#if defined(_WIN32)
#define SCONCE_API
#else
#define SCONCE_API __attribute__((visibility("default")))
#endif

#define C10_EXPORT SCONCE_API
#define C10_API SCONCE_API
#define TORCH_API SCONCE_API
#define C10_HIDDEN __attribute__((visibility("hidden")))
