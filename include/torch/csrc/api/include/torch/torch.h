#pragma once

// LibTorch keeps this header here; ours is one level up.
#include "../../../../../torch.h"
