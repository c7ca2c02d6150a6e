#pragma once

/// The LibTorch whose API and behaviour these headers follow.
#define TORCH_VERSION_MAJOR 2
#define TORCH_VERSION_MINOR 5
#define TORCH_VERSION_PATCH 1
#define TORCH_VERSION "2.5.1"

/// Tells Sconce apart from LibTorch.
#define SCONCE_VERSION "0.1.0"
