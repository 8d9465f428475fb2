// Compiles the Rust library to www/pkg/ and writes what it says about its configuration to www/app/state/schema.json.
// Does nothing when neither the sources nor the compiler have changed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WASM = "www/pkg/np_playground_bg.wasm";
const SCHEMA = "www/app/state/schema.json";
const STAMP = "www/pkg/inputs.sha256";
const FILES = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "scripts/wasm.mjs"];
const PROGRAMS = "node_modules/.bin"; // wasm-opt and wasm-dis, from the npm package binaryen

/** Runs a program to its end; where it fails it has said why. */
function run(command, args, stdout = "inherit") {
  const result = spawnSync(command, args, {
    stdio: ["ignore", stdout, "inherit"],
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    env: { ...process.env, PATH: `${join(ROOT, PROGRAMS)}:${process.env.PATH}` },
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(1);
  return result.stdout;
}

function inputs() {
  const sources = readdirSync("src", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256").update(run("rustc", ["-vV"], "pipe"));
  for (const file of [...FILES, ...sources]) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function upToDate(stamp) {
  return (
    [WASM, SCHEMA, STAMP].every((file) => existsSync(file)) && readFileSync(STAMP, "utf8").trim() === stamp
  );
}

function compile() {
  const places = ["--target", "web", "--out-dir", "www/pkg", "--no-pack"];
  run("wasm-pack", ["build", ...places, "--release", "--mode", "no-install"]);
}

/** Without SIMD the page would run several times slower and nobody would be told. */
function requireSimd() {
  const count = run("wasm-dis", [WASM], "pipe").match(/\bf32x4\.(mul|add)\b/g)?.length ?? 0;
  if (count === 0) {
    throw new Error(
      `${WASM} has no SIMD arithmetic: is +simd128 still in .cargo/config.toml, and no RUSTFLAGS in the environment?`,
    );
  }
  console.log(`${WASM}: ${count} SIMD multiplications and additions`);
}

async function writeSchema() {
  const library = await import("../www/pkg/np_playground.js");
  await library.default({ module_or_path: readFileSync(WASM) });
  writeFileSync(SCHEMA, `${JSON.stringify(library.schema(), null, 2)}\n`);
}

process.chdir(ROOT);
const stamp = inputs();
if (!upToDate(stamp)) {
  console.log("== compiling Rust to WebAssembly");
  compile();
  requireSimd();
  await writeSchema();
  writeFileSync(STAMP, `${stamp}\n`);
}
