#pragma once
#include <torchvision/ops/nms.h>
