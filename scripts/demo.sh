#!/usr/bin/env bash
# Builds and installs the library, builds a C++ program against it as a user would, and lets it read handwritten digits.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
cmake -S examples-cpp/digits -B build/demo -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="${PREFIX:-$PWD/build/prefix}" \
  --log-level=WARNING >/dev/null
cmake --build build/demo >/dev/null
build/demo/digits examples-cpp/digits/digits.pt examples-cpp/digits/digits.txt
