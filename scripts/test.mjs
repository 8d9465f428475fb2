// Runs every check, the quick ones first, and stops at the first that fails.

import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

const STAGES = [
  ["Rust format", "cargo fmt --all --check && rustfmt --check --edition 2024 src/gradient/*.rs"],
  ["Biome", "biome check --error-on-warnings"],
  ["WebAssembly module", "node scripts/wasm.mjs"],
  ["types of the page", "tsc -p www"],
  ["types of its tests", "tsc -p tests"],
  ["Vitest", "vitest run --config tests/unit/vitest.config.ts"],
  ["clippy", "cargo clippy --locked --workspace --all-targets -- -D warnings"],
  ["clippy for wasm32", "cargo clippy --locked --all-targets --target wasm32-unknown-unknown -- -D warnings"],
  // The fuzzer of scripts/fuzz.sh is a workspace of its own: its lock file has to follow the dependencies of this one.
  [
    "lock file of the fuzzer",
    "cargo metadata --locked --format-version 1 --manifest-path tests/fuzz/libfuzzer/Cargo.toml >/dev/null",
  ],
  ["Rust tests", "cargo test --locked"],
  ["Rust tests in Chromium", "wasm-pack test --headless --chrome -- --locked --test web"],
  ["static site", "node scripts/site.mjs"],
  ["static site with one rule more", "node tests/proof/build.mjs"],
  ["Lighthouse on the static site", "node scripts/lighthouse.mjs"],
  ["Playwright on the static site", "playwright test --config tests/e2e/playwright.config.ts"],
  ["Playwright on the site with one rule more", "playwright test --config tests/proof/playwright.config.ts"],
];

// wasm-pack takes its test runner from PATH, where it finds it in the version of Cargo.lock.
const tools = fileURLToPath(new URL("../target/tool", import.meta.url));
const env = { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}` };

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1).padStart(7)} s`;
const start = performance.now();
const times = [];

for (const [title, command] of STAGES) {
  console.log(`\n== ${title}: ${command}`);
  const stageStart = performance.now();
  const { status, error } = spawnSync(command, { stdio: "inherit", shell: true, env });
  times.push(`${seconds(stageStart)}  ${title}`);
  if (status !== 0) {
    console.error(`\nFAILED: ${title} (${error?.message ?? `exit status ${status}`}): ${command}`);
    process.exit(1);
  }
}
console.log(`\n${times.join("\n")}\n${seconds(start)}  all of it`);
