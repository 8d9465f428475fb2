#!/usr/bin/env bash
# Brings what the other commands need and does only what is missing, so it can run before each of them.
#
#   setup.sh            npm packages and MNIST's shards; beside them Rust with its wasm32 target, and the program that
#                       writes a module's JavaScript
#   setup.sh browser    also wasm-pack, its test runner, Chromium and its driver, for the tests
#   setup.sh engines    instead Chromium, Firefox and WebKitGTK, for the tests in all three
#   setup.sh fuzz       instead a C++ compiler, for libFuzzer
#   setup.sh miri       only Rust's interpreter that finds undefined behaviour; it needs rustup and its server
#   setup.sh data       only npm packages and MNIST's shards
#
# The wasm32 target comes from rustup where rustup can have it. Where it cannot (a Debian that reaches nothing but its
# package mirrors), Debian's own compiler is used; Debian has no wasm32 standard library for it, so that one is compiled
# once, from Debian's sources, into the folder in which the compiler looks for it. WASM_RUST=debian goes there at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# rustup downloads the target asked for below; it never exchanges the toolchain that the machine has.
export RUSTUP_AUTO_INSTALL=0 RUST_BACKTRACE=0

TARGET=wasm32-unknown-unknown
WASM_PACK=0.15.1
MIRI=nightly-2026-05-20 # as in package.json; not every nightly has it
TOOLS=target/tool # where cargo leaves what it builds with the profile "tool"
DEBIAN_RUST=(rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy)
RUSTLIB=/usr/lib/rustlib
NPM_STAMP=node_modules/.package-lock.sha256

scratch=$(mktemp -d)
trap 'wait; rm -rf "$scratch"' EXIT

say() { printf '== %s\n' "$*"; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null; }
within() { # within SECONDS COMMAND...: macOS has no timeout
  local seconds=$1
  shift
  if have timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    fail "'$*' needs root; run it as root, then this again"
  fi
}

debian_packages() { # debian_packages WHAT_FOR PACKAGE...
  have apt-get || fail "$1 is missing and this is no Debian: install it, then run this again"
  say "installing $1 (${*:2}; about half a minute)"
  as_root apt-get -o DPkg::Lock::Timeout=600 -qq update
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 -qq -y --no-install-recommends install "${@:2}" >"$scratch/apt.log" 2>&1 ||
    { cat "$scratch/apt.log" >&2; fail "could not install ${*:2}"; }
}

# --- npm packages and data ---------------------------------------------------------------------------------------

npm_packages() {
  local lock
  lock=$(node -p 'require("node:crypto").createHash("sha256").update(fs.readFileSync("package-lock.json")).digest("hex")')
  [ "$(cat $NPM_STAMP 2>/dev/null)" = "$lock" ] && return
  say "npm packages (about half a minute)"
  npm ci --no-progress --loglevel error # whatever `npm run --silent` asks for
  echo "$lock" >$NPM_STAMP
}

data() {
  npm_packages
  node scripts/data.mjs
}

# --- Rust for wasm32 ---------------------------------------------------------------------------------------------

# One probe finds whatever is missing or belongs to another compiler: std, the test harness, the linker.
builds_wasm() { # builds_wasm RUSTC
  echo '#[test] fn probe() {}' | "$1" --test --target $TARGET -o "$scratch/probe.wasm" - >"$scratch/probe.log" 2>&1
}
checks_rust() { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1
is_wanted() { [ "${WASM_RUST:-}" != debian ] || [ "$(rustc --print sysroot)" = /usr ]; }

rustup_target() {
  [ "${WASM_RUST:-}" != debian ] && have rustup || return 1
  say "asking rustup for $TARGET (a few seconds; a minute if it has no compiler yet)"
  {
    { rustc --version || within 900 rustup toolchain install --no-self-update; } &&
      within 300 rustup target add $TARGET &&
      { checks_rust || within 300 rustup component add rustfmt clippy; } &&
      builds_wasm rustc
  } >"$scratch/rustup.log" 2>&1
}

debian_target() {
  have dpkg || {
    [ ! -e "$scratch/rustup.log" ] || cat "$scratch/rustup.log" >&2
    fail "the Rust target $TARGET is missing: install rustup (https://rustup.rs), then run this again"
  }
  say "taking Debian's compiler for $TARGET"
  dpkg -s "${DEBIAN_RUST[@]}" >/dev/null 2>&1 || debian_packages "Debian's Rust" "${DEBIAN_RUST[@]}"
  debian_linker
  builds_wasm /usr/bin/rustc || debian_std
  if have rustup; then # an override of this folder goes before its rust-toolchain.toml
    rustup toolchain link debian /usr
    rustup override set debian
  fi
}

debian_linker() { # where rustc looks for its linker for wasm
  local llvm host
  llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  have "lld-$llvm" || debian_packages "the wasm linker" "lld-$llvm"
  [ -e "$RUSTLIB/$host/bin/rust-lld" ] && return
  as_root mkdir -p "$RUSTLIB/$host/bin"
  as_root ln -sfn "$(command -v "lld-$llvm")" "$RUSTLIB/$host/bin/rust-lld"
}

# std's sources belong to exactly this compiler, which is why a stable one may be told to accept them. The bitcode is
# what lets a crate with `lto = "fat"` link against the result.
debian_std() {
  say "compiling the standard library of $TARGET (once, about a minute)"
  mkdir "$scratch/std"
  printf '[package]\nname = "empty"\nedition = "2021"\n[lib]\npath = "lib.rs"\n' >"$scratch/std/Cargo.toml"
  : >"$scratch/std/lib.rs"
  (cd "$scratch/std" && env -u CARGO_BUILD_TARGET -u CARGO_TARGET_DIR \
    RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    /usr/bin/cargo build --quiet --release --target $TARGET -Zbuild-std=std,panic_abort,proc_macro,test)
  local built="$scratch/std/target/$TARGET/release/deps"
  rm "$built"/libempty-*
  as_root rm -rf "$RUSTLIB/$TARGET"
  as_root install -Dm644 -t "$RUSTLIB/$TARGET/lib" "$built"/lib*.rlib
  builds_wasm /usr/bin/rustc || { cat "$scratch/probe.log" >&2; fail "the compiled standard library does not work"; }
}

# --- tools -------------------------------------------------------------------------------------------------------

# Cargo sees for itself what is missing or belongs to another Cargo.lock.
tool() { # tool PROGRAM ANNOUNCEMENT WHAT_TO_BUILD...
  [ -x "$TOOLS/$1" ] || say "$2"
  cargo build --quiet --locked --target-dir target --profile tool --bins "${@:3}"
}

wasm_pack() {
  [ "$(wasm-pack --version 2>/dev/null)" = "wasm-pack $WASM_PACK" ] && return
  say "compiling wasm-pack $WASM_PACK (once, about a minute)"
  # As the profile "tool" of Cargo.toml.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install --quiet --locked "wasm-pack@$WASM_PACK"
  have wasm-pack || fail "cargo installs its programs into a folder that is not on PATH: add ~/.cargo/bin to PATH"
}

browser() {
  { have chromium || have chromium-browser || [ -n "${CHROMIUM:-}" ]; } && have chromedriver && return
  have apt-get || { say "no Chromium: the tests need one (set CHROMIUM, or 'npx playwright install chromium')"; return; }
  debian_packages "a browser for the tests" chromium chromium-driver
}

engines() {
  local missing=()
  have firefox-esr || have firefox || missing+=(firefox-esr)
  have WebKitWebDriver || missing+=(webkit2gtk-driver)
  have xvfb-run || missing+=(xvfb xauth)
  [ ${#missing[@]} = 0 ] || debian_packages "Firefox and WebKitGTK for the tests" "${missing[@]}"
}

miri() {
  cargo "+$MIRI" miri --version >/dev/null 2>&1 && return
  have rustup || fail "Miri is a part of nightly Rust: install rustup (https://rustup.rs), then run this again"
  say "asking rustup for Miri (a minute)"
  within 900 rustup toolchain install "$MIRI" --profile minimal --component miri --component rust-src --no-self-update
}

# -----------------------------------------------------------------------------------------------------------------

if [ "${1:-}" = data ] || [ "${1:-}" = miri ]; then
  "$1"
  exit
fi
(
  trap - INT # Ctrl-C must reach it, which bash keeps from what runs beside it
  data
) &
beside=$!
have cc || debian_packages "a C compiler (Rust links with it)" gcc libc6-dev
{ builds_wasm rustc && checks_rust && is_wanted; } || rustup_target || debian_target
tool glue "compiling the program that writes a module's JavaScript (once, about half a minute)" --package glue
wait $beside || fail "no npm packages or no data: see above"
if [ "${1:-}" = browser ]; then
  tool wasm-bindgen-test-runner "compiling the runner of tests in a browser (once, about a minute)" \
    --package glue --features test-runner --package wasm-bindgen-cli
  wasm_pack
  browser
fi
if [ "${1:-}" = engines ]; then
  browser
  engines
fi
if [ "${1:-}" = fuzz ]; then
  have c++ || debian_packages "a C++ compiler (libFuzzer is written in it)" g++
fi
