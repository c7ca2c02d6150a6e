#!/usr/bin/env bash
# Makes sure that the tools to build and test Sconce are there: cargo, make, a C++17 compiler, CMake 3.22, pkg-config, zstd.
# Installs what is missing where it may (as root, or with sudo that asks no password, on a system with apt-get); otherwise
# says in one line what to install. Quiet and quick when nothing is missing.
set -euo pipefail

cmake_is_new_enough() {
  command -v cmake >/dev/null || return 1
  [[ $(cmake --version | head -n 1) =~ ([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] > 3 || (BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 22)))
}

# The Debian packages that are missing.
missing() {
  command -v make >/dev/null || echo make
  command -v c++ >/dev/null || command -v "${CXX:-g++}" >/dev/null || echo g++
  cmake_is_new_enough || echo cmake
  command -v zstd >/dev/null || echo zstd
  command -v pkg-config >/dev/null || echo pkg-config
}

if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
  PATH="$HOME/.cargo/bin:$PATH"
fi
if ! command -v cargo >/dev/null; then
  echo "setup: cargo is missing: install Rust from https://rustup.rs, then run this again" >&2
  exit 1
fi

packages=$(missing | tr '\n' ' ')
[ -z "$packages" ] && exit 0

root=
if [ "$(id -u)" != 0 ]; then root="sudo -n"; fi
if command -v apt-get >/dev/null && { [ -z "$root" ] || sudo -n true 2>/dev/null; }; then
  echo "setup: installing $packages"
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # the words of $root and $packages are meant to be split
  if ! { $root apt-get update && $root apt-get install -y --no-install-recommends $packages; } </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
  fi
fi

packages=$(missing | tr '\n' ' ')
if [ -n "$packages" ]; then
  echo "setup: please install: ${packages% } (cmake must be 3.22 or newer), then run this again" >&2
  exit 1
fi
