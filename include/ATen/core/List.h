#pragma once

// Lists and values need each other; `ivalue.h` includes both in order.
#include <ATen/core/ivalue.h>
