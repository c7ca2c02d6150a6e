#!/usr/bin/env bash
# Runs the conformance packs and holds the results against the lists beside this script.
#
#   tests/conformance/run.sh SCONCE [PACK…]
#
# The packs are no part of this project; they lie in $SCONCE_CONFORMANCE (default: ../shared/conformance), and are unpacked
# into build/conformance. PACK.pass names the cases of a pack that pass, one a line. A case of the list that does not pass is
# a failure, and so is one that does not pass and is not in differences.txt, which says why. A case that passes and is not
# in the list is reported; with BLESS=1 it is added, so a list only grows.
set -euo pipefail
export LC_ALL=C
sconce=$(realpath "${1:?usage: run.sh SCONCE [PACK…]}")
shift
cd "$(dirname "$0")/../.."
lists=$PWD/tests/conformance
packs_dir=$(realpath "${SCONCE_CONFORMANCE:-../shared/conformance}")
out=$PWD/build/conformance
mkdir -p "$out"

packs=("$@")
if [ ${#packs[@]} = 0 ]; then
  for file in "$packs_dir"/*.tar.zst; do
    pack=${file##*/}
    packs+=("${pack%.tar.zst}")
  done
fi

# The names of the cases with a status, sorted. with_status FILE STATUS-PATTERN
with_status() {
  sed -nE "s/^.*\"case\": *\"([^\"]*)\".*\"status\": *\"($2)\".*\$/\1/p" "$1" | sed -E 's|.*/||; s/\.pt$//' | sort -u
}

status=0
for pack in "${packs[@]}"; do
  archive=$packs_dir/$pack.tar.zst
  list=$lists/$pack.pass
  report=$out/$pack.jsonl
  if [ ! -d "$out/$pack" ] || [ "$archive" -nt "$out/$pack" ]; then
    rm -rf "${out:?}/$pack"
    "$packs_dir/unpack.sh" "$out" "$pack"
    touch "$out/$pack"
  fi
  # Without a list, nothing of the pack is promised yet.
  if [ ! -f "$list" ] && [ "${BLESS:-}" != 1 ]; then
    echo "conformance $pack: 0 passed, 0 failed (no list: BLESS=1 makes one)"
    continue
  fi
  touch "$list"

  # verify itself fails when any case does; which of them count is decided below.
  rm -f "$report"
  "$sconce" verify "$out/$pack" --json "$report" --jobs "$(nproc)" --timeout "${SCONCE_TIMEOUT:-60}" >"$out/$pack.log" 2>&1 || true
  if [ ! -s "$report" ]; then
    tail -n 5 "$out/$pack.log"
    echo "conformance $pack: 0 passed, $(sort -u "$list" | wc -l) failed (verify wrote no report)"
    status=1
    continue
  fi

  with_status "$report" pass >"$out/$pack.passing"
  sort -u "$list" >"$out/$pack.listed"
  lost=$(comm -13 "$out/$pack.passing" "$out/$pack.listed")
  new=$(comm -23 "$out/$pack.passing" "$out/$pack.listed")
  passed=$(comm -12 "$out/$pack.passing" "$out/$pack.listed" | wc -l)
  failed=$(printf '%s' "$lost" | grep -c '' || true)
  gained=$(printf '%s' "$new" | grep -c '' || true)
  crashed=$(with_status "$report" 'crash|timeout' | wc -l)

  while read -r case; do
    if [ -n "$case" ] && ! grep -qE "^$pack .*$case[ :]" "$lists/differences.txt"; then
      echo "  unexplained: $(grep -F "\"$case\"" "$report" | head -n 1)"
      status=1
    fi
  done < <(comm -23 <(with_status "$report" '[^"]*') "$out/$pack.passing")
  while read -r case; do
    [ -n "$case" ] || continue
    detail=$(grep -F "\"$case\"" "$report" | head -n 1 || true)
    echo "  lost: ${detail:-$case is not in the pack}"
  done <<<"$lost"
  if [ "$gained" != 0 ] && [ "${BLESS:-}" = 1 ]; then
    cat "$out/$pack.passing" "$out/$pack.listed" | sort -u >"$list"
    passed=$((passed + gained))
  fi
  note=
  if [ "$gained" != 0 ]; then
    note=" ($gained more pass$([ "${BLESS:-}" = 1 ] && echo " and were added" || echo "; BLESS=1 adds them to $pack.pass"))"
  fi
  echo "conformance $pack: $passed passed, $failed failed of the list, $crashed crashes or timeouts$note"
  [ "$failed" = 0 ] || status=1
done
exit $status
