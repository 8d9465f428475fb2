// Runs every check, the quick ones first, and stops at the first that fails.

import { spawnSync } from "node:child_process";

const STAGES = [
  ["Rust format", "cargo fmt --check && rustfmt --check --edition 2024 src/gradient/*.rs"],
  ["Biome", "biome check --error-on-warnings"],
  ["MNIST shards", "node scripts/data.mjs"],
  ["WebAssembly module", "node scripts/wasm.mjs"],
  ["types of the page", "tsc -p www"],
  ["types of its tests", "tsc -p tests"],
  ["Vitest", "vitest run --config tests/unit/vitest.config.ts"],
  ["clippy", "cargo clippy --all-targets -- -D warnings"],
  ["clippy for wasm32", "cargo clippy --all-targets --target wasm32-unknown-unknown -- -D warnings"],
  ["Rust tests", "cargo test"],
  ["Rust tests in Chromium", "wasm-pack test --headless --chrome -- --test web"],
  ["static site", "node scripts/site.mjs"],
  ["static site with one rule more", "node tests/proof/build.mjs"],
  ["Lighthouse on the static site", "node scripts/lighthouse.mjs"],
  ["Playwright on the static site", "playwright test --config tests/e2e/playwright.config.ts"],
  ["Playwright on the site with one rule more", "playwright test --config tests/proof/playwright.config.ts"],
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1).padStart(7)} s`;
const start = performance.now();
const times = [];

for (const [title, command] of STAGES) {
  console.log(`\n== ${title}: ${command}`);
  const stageStart = performance.now();
  const { status, error } = spawnSync(command, { stdio: "inherit", shell: true });
  times.push(`${seconds(stageStart)}  ${title}`);
  if (status !== 0) {
    console.error(`\nFAILED: ${title} (${error?.message ?? `exit status ${status}`}): ${command}`);
    process.exit(1);
  }
}
console.log(`\n${times.join("\n")}\n${seconds(start)}  all of it`);
