#!/usr/bin/env bash
# Keeps what the set-up promises, in a fresh clone with a rustup that has no toolchain and reaches no server: the build
# ends with Debian's compiler, without wasm-pack and without wasm-bindgen's command, and a second one has nothing to do.
# It installs Debian's Rust on the machine; the rustup of the machine is left as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# Nothing listens on port 9 (discard) of this machine.
export RUSTUP_HOME="$scratch/rustup" RUSTUP_DIST_SERVER=http://127.0.0.1:9 RUSTUP_UPDATE_ROOT=http://127.0.0.1:9

# Whoever calls one of these programs leaves a trace, and gets nothing for it.
TESTS_ONLY=(wasm-pack wasm-bindgen wasm-bindgen-test-runner)
mkdir "$scratch/bin"
for program in "${TESTS_ONLY[@]}"; do
  printf '#!/bin/sh\necho "$0 $*" >>"%s/called"\nexit 1\n' "$scratch" >"$scratch/bin/$program"
  chmod +x "$scratch/bin/$program"
done
export PATH="$scratch/bin:$PATH"

git clone --quiet . "$scratch/clone"
cd "$scratch/clone"

echo "== the build, without rustup's server"
npm run --silent build
sysroot=$(rustc --print sysroot)
[ "$sysroot" = /usr ] || fail "the compiler should be Debian's, in /usr, and is in $sysroot"
[ ! -e "$scratch/called" ] || fail "the build called what only the tests may need: $(cat "$scratch/called")"
for program in "${TESTS_ONLY[@]}"; do
  [ ! -e "target/tool/$program" ] || fail "the build compiled $program, which only the tests may need"
done
[ -s dist/index.html ] || fail "no dist/index.html"

echo "== the build again"
again=$(npm run --silent build 2>&1)
[ -z "$again" ] || fail "a second build should have nothing to do, and says: $again"
echo "the Debian route works"
