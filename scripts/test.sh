#!/usr/bin/env bash
# Every test there is: Rust, documentation, C and C++ against the installed package, fixtures, conformance packs.
# Goes on after a failure, and ends with one line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh || exit 1
export PATH="$PATH:$HOME/.cargo/bin"
. scripts/results.sh

mkdir -p build
if [ -z "${SCONCE_RESULTS:-}" ]; then
  export SCONCE_RESULTS=$PWD/build/results
  : >"$SCONCE_RESULTS"
fi
prefix=${PREFIX:-$PWD/build/prefix}
jobs=$(nproc 2>/dev/null || echo 2)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# run NAME COUNT COMMAND…: runs the command; COUNT, a function, turns its output into "PASSED FAILED". A command that fails
# without a count of failures (it does not build, say) is one failure.
run() {
  local name=$1 count=$2 status passed failed
  shift 2
  heading "$name"
  "$@" </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  read -r passed failed < <($count <"$log")
  if [ "$status" != 0 ] && [ "${failed:-0}" = 0 ]; then failed=1; fi
  record "$name" "${passed:-0}" "${failed:-0}"
}

# "… 12 tests run: 11 passed (1 slow), 1 failed, 1 timed out, 0 skipped"
count_nextest() {
  sed 's/\x1b\[[0-9;]*m//g' | awk '/ tests? run: /{ sub(/.* tests? run: /, ""); n = split($0, part, /, */); passed = failed = 0
    for (i = 1; i <= n; i++) { k = part[i] + 0
      if (part[i] ~ /passed/) passed += k; else if (part[i] ~ /failed|timed out|exec failed/) failed += k } }
    END { print passed + 0, failed + 0 }'
}

# "test result: ok. 12 passed; 0 failed; …", a line a test binary
count_cargo() {
  awk '/^test result:/{ for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) passed += $i; if ($(i + 1) ~ /^failed/) failed += $i } }
    END { print passed + 0, failed + 0 }'
}

# "92% tests passed, 1 tests failed out of 12"
count_ctest() {
  awk '/ tests failed out of /{ failed = $4; passed = $NF - $4 } END { print passed + 0, failed + 0 }'
}

# "conformance PACK: 12 passed, 1 failed…", a line a pack
count_conformance() {
  awk '/^conformance [^ ]+: [0-9]+ passed, [0-9]+ failed/{ passed += $3; failed += $5 } END { print passed + 0, failed + 0 }'
}

test_cpp() {
  cmake -S tests -B build/ctest -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" \
    -DSCONCE_CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}" --log-level=WARNING >/dev/null &&
    cmake --build build/ctest --parallel "$jobs" &&
    ctest --test-dir build/ctest --output-on-failure --parallel "$jobs"
}

if cargo nextest --version >/dev/null 2>&1; then
  run "Rust tests" count_nextest cargo nextest run --locked --no-fail-fast --hide-progress-bar --status-level fail
else
  run "Rust tests" count_cargo cargo test --locked --lib --bins --tests --no-fail-fast --quiet
fi
run "Documentation tests" count_cargo cargo test --locked --doc --quiet
run "Generated files" count_cargo cargo test --locked --quiet --manifest-path tests/generate/Cargo.toml --target-dir target/generate

check "Build and install" scripts/build.sh
if [ -x "$prefix/bin/sconce" ]; then
  run "C and C++ consumers" count_ctest test_cpp
  run "Fixtures" count_conformance tests/fixtures/run.sh "$prefix/bin/sconce"
  if [ -d "${SCONCE_CONFORMANCE:-../shared/conformance}" ]; then
    run "Conformance" count_conformance tests/conformance/run.sh "$prefix/bin/sconce"
  fi
fi
total
