#!/usr/bin/env bash
# Builds the library and the command line in release mode and installs them into PREFIX (default: build/prefix).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
export PATH="$PATH:$HOME/.cargo/bin"

prefix=${PREFIX:-$PWD/build/prefix}
jobs=$(nproc 2>/dev/null || echo 2)

# One cargo folder for CMake, the tests and whoever calls cargo by hand: everything is compiled once.
cmake -S . -B build/cmake -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
  -DSCONCE_CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}" --log-level=WARNING >/dev/null
cmake --build build/cmake --parallel "$jobs"
rm -rf "$prefix/include" # a header that is gone from the tree must not linger
cmake --install build/cmake >/dev/null
echo "Installed into ${prefix#"$PWD/"}"
