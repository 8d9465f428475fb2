// Compiles the Rust library to www/pkg/ and writes what it says about its configuration to www/app/contract/schema.ts.
// A second module, with relaxed SIMD, is for visitors who choose fast arithmetic; both have the same JavaScript.
// Does nothing when neither the sources nor the compiler have changed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PKG = "www/pkg";
const WASM = `${PKG}/np_playground_bg.wasm`;
const RELAXED_PKG = "target/relaxed";
const RELAXED = `${PKG}/np_playground_relaxed.wasm`;
const SCHEMA = "www/app/contract/schema.ts";
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
    [WASM, RELAXED, SCHEMA, STAMP].every((file) => existsSync(file)) &&
    readFileSync(STAMP, "utf8").trim() === stamp
  );
}

function compile(outDir, ...cargoArgs) {
  const places = ["--target", "web", "--out-dir", outDir, "--no-pack"];
  run("wasm-pack", ["build", ...places, "--release", "--mode", "no-install", "--", ...cargoArgs]);
}

function compileRelaxed() {
  // It adds to the flags of .cargo/config.toml.
  const flags = `target.wasm32-unknown-unknown.rustflags=["-Ctarget-feature=+relaxed-simd"]`;
  compile(join(ROOT, RELAXED_PKG), "--config", flags);
  copyFileSync(`${RELAXED_PKG}/np_playground_bg.wasm`, RELAXED);
}

/** Without SIMD the page would run several times slower; with fused operations in the wrong module its bits would differ. */
function requireArithmetic() {
  const count = (file, operation) => run("wasm-dis", [file], "pipe").match(operation)?.length ?? 0;
  const plain = count(WASM, /\bf32x4\.(mul|add)\b/g);
  const fused = [WASM, RELAXED].map((file) => count(file, /\bf32x4\.relaxed_madd\b/g));
  console.log(`${WASM}: ${plain} SIMD multiplications and additions; ${RELAXED}: ${fused[1]} fused`);
  if (plain === 0 || fused[0] > 0 || fused[1] === 0) {
    throw new Error(
      "not the arithmetic that was asked for: is +simd128 still in .cargo/config.toml, and no RUSTFLAGS in the environment?",
    );
  }
}

/** One file of JavaScript serves both. */
function requireSameBoundary() {
  const [plain, relaxed] = [PKG, RELAXED_PKG].map((folder) =>
    readFileSync(`${folder}/np_playground.js`, "utf8"),
  );
  if (plain !== relaxed) throw new Error(`${WASM} and ${RELAXED} want JavaScript of their own`);
}

/** As TypeScript, whose types then follow from the values. */
async function writeSchema() {
  const library = await import("../www/pkg/np_playground.js");
  await library.default({ module_or_path: readFileSync(WASM) });
  writeFileSync(SCHEMA, `export const schema = ${JSON.stringify(library.schema(), null, 2)} as const;\n`);
}

process.chdir(ROOT);
const stamp = inputs();
if (!upToDate(stamp)) {
  console.log("== compiling Rust to WebAssembly");
  compile(join(ROOT, PKG));
  compileRelaxed();
  requireArithmetic();
  requireSameBoundary();
  await writeSchema();
  writeFileSync(STAMP, `${stamp}\n`);
}
