#!/usr/bin/env bash
# Keeps the set-up's second route alive: in a fresh clone, with a rustup that has no toolchain and reaches no server,
# setup.sh must end with Debian's compiler, and that compiler must build the WebAssembly module.
# It installs Debian's Rust on the machine; the rustup of the machine is left as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# Nothing listens on port 9 (discard) of this machine.
export RUSTUP_HOME="$scratch/rustup" RUSTUP_DIST_SERVER=http://127.0.0.1:9 RUSTUP_UPDATE_ROOT=http://127.0.0.1:9

git clone --quiet . "$scratch/clone"
cd "$scratch/clone"

echo "== set-up without rustup's server"
scripts/setup.sh
sysroot=$(rustc --print sysroot)
[ "$sysroot" = /usr ] || fail "the compiler should be Debian's, in /usr, and is in $sysroot"

echo "== set-up again"
again=$(scripts/setup.sh 2>&1)
[ -z "$again" ] || fail "a second run should have nothing to do, and says: $again"

echo "== the module"
node scripts/wasm.mjs
[ -s www/app/contract/schema.ts ] || fail "no schema.ts"
echo "the Debian route works"
