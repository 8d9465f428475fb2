#!/usr/bin/env bash
# Runs the tests in tests/travel, which go where others work: Python, notebooks, a cluster, projects of npm. Those in
# Python have a virtual environment of their own, of pinned versions; what is given behind the name goes to pytest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VENV=target/travel-venv
PINNED=(tests/travel/requirements.txt tests/travel/constraints.txt)
STAMP=$VENV/installed.txt

if ! cat "${PINNED[@]}" | cmp --silent - $STAMP; then
  echo "== a virtual environment for the tests (about two minutes)"
  rm -rf $VENV
  python3 -m venv $VENV
  $VENV/bin/pip install --quiet --disable-pip-version-check --requirement ${PINNED[0]} --constraint ${PINNED[1]}
  cat "${PINNED[@]}" >$STAMP
fi
cargo build --quiet --locked --release --bin np-playground
node scripts/wasm.mjs
node scripts/site.mjs # whose element the packages take along
node scripts/package.mjs
node --test tests/travel/npm/package.test.mjs # a folder is taken for a module by some versions of Node
$VENV/bin/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall ./python
exec $VENV/bin/pytest tests/travel "$@"
