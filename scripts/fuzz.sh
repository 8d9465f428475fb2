#!/usr/bin/env bash
# Looks for input that a reader does not stand, and prints how often each was tried: those of Rust by libFuzzer, which
# follows what its input does, those of the page by fast-check.
#
#   FUZZ_SECONDS   how long each is tried (20: some five minutes in all)
#   FUZZ_RUNS      how often instead
#   FUZZ_TARGETS   which of tests/fuzz/corpus, and "page" ("" for all)
#
# What widens the search stays in target/fuzz/found. Input that a reader did not stand is left in target/fuzz/failed: mend
# the reader, and put the file into its folder of tests/fuzz/corpus, which `cargo test` reads.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CRATE=tests/fuzz/libfuzzer
HOST=$(rustc -vV | sed -n 's/^host: //p')
FUZZER=target/fuzz/$HOST/release/fuzz
LIMITS=(-rss_limit_mb=2048 -timeout=20 -max_len=4096)
COUNTERS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"

mapfile -t all < <(ls tests/fuzz/corpus)
read -ra targets <<<"${FUZZ_TARGETS:-${all[*]} page}"
if [ -n "${FUZZ_RUNS:-}" ]; then long=(-runs="$FUZZ_RUNS"); else long=(-max_total_time="${FUZZ_SECONDS:=20}"); fi
export FUZZ_RUNS=${FUZZ_RUNS:-} FUZZ_SECONDS=${FUZZ_SECONDS:-}

fuzz() { # fuzz TARGET
  local log=target/fuzz/$1.log
  mkdir -p "target/fuzz/found/$1" target/fuzz/failed
  FUZZ_TARGET=$1 "$FUZZER" "target/fuzz/found/$1" "tests/fuzz/corpus/$1" "${LIMITS[@]}" "${long[@]}" -print_final_stats=1 \
    -artifact_prefix="target/fuzz/failed/$1-" >"$log" 2>&1 || { tail -n 60 "$log" >&2; exit 1; }
  echo "$1: $(awk '/stat::number_of_executed_units/ { print $2 }' "$log") executions"
}

echo "== compiling what libFuzzer tries"
RUSTFLAGS=$COUNTERS CARGO_TARGET_DIR=target/fuzz \
  cargo build --quiet --locked --release --target "$HOST" --manifest-path $CRATE/Cargo.toml
for target in "${targets[@]}"; do
  if [ "$target" = page ]; then
    npx vitest run --config tests/unit/vitest.config.ts --reporter dot parsers frame-messages
  else
    fuzz "$target"
  fi
done
