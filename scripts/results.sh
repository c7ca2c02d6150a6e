# Sourced by the test scripts: one line "PASSED FAILED NAME" a stage in the file $SCONCE_RESULTS.

# record NAME PASSED FAILED
record() {
  echo "$2 $3 $1" >>"$SCONCE_RESULTS"
}

# Runs a command that is one check; its output is shown as it comes. check NAME COMMAND…
check() {
  local name=$1
  shift
  heading "$name"
  if "$@" </dev/null; then record "$name" 1 0; else record "$name" 0 1; fi
}

heading() {
  printf '\n==== %s\n' "$1"
}

# Prints the table and, as the last line, "N passed, N failed"; fails if anything did.
total() {
  printf '\n'
  awk '{ name = $3; for (i = 4; i <= NF; i++) name = name " " $i
         printf "%-28s %6d passed %6d failed\n", name, $1, $2; passed += $1; failed += $2 }
       END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' "$SCONCE_RESULTS"
}
