// Compiles the Rust library to www/pkg/ and writes what it says about its configuration to www/app/contract/schema.ts.
// A second module, with relaxed SIMD, is for visitors who choose fast arithmetic; both have the same JavaScript. A third
// reads the files that visitors bring: www/pkg/reader/. A fourth has the article's networks of two weights: www/pkg/toy/.
// Does nothing when neither the sources nor the compiler have changed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { inputs, isStamped, writeStamp } from "./inputs.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TARGET = "wasm32-unknown-unknown";
const COMPILED = `target/${TARGET}/release/np_playground.wasm`;
const PKG = "www/pkg";
const WASM = `${PKG}/np_playground_bg.wasm`;
const RELAXED_PKG = "target/relaxed";
const RELAXED = `${PKG}/np_playground_relaxed.wasm`;
const READER_PKG = `${PKG}/reader`;
const READER = `${READER_PKG}/np_playground_bg.wasm`;
const TOY_PKG = `${PKG}/toy`;
const TOY = `${TOY_PKG}/np_playground_bg.wasm`;
const SCHEMA = "www/app/contract/schema.ts";
const STAMP = "www/pkg/inputs.sha256";
const INPUTS = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "scripts/wasm.mjs", "scripts/glue", "src"];
const PROGRAMS = "node_modules/.bin"; // wasm-opt and wasm-dis, from the npm package binaryen

/** Runs a program to its end; where it fails it has said why. */
async function run(command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  const [status] = await once(child, "close");
  if (status !== 0) process.exit(1);
}

/** What a program prints. */
async function output(command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [printed, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (status !== 0) process.exit(1);
  return printed;
}

/** Puts a module, and the JavaScript that it wants, into a folder. The flags are for this crate, not for those it uses. */
async function compile(feature, folder, ...flags) {
  const library = ["--lib", "--target", TARGET, "--target-dir", "target"];
  const features = ["--no-default-features", "--features", feature];
  await run("cargo", ["rustc", "--quiet", "--locked", "--release", ...library, ...features, "--", ...flags]);
  await run("target/tool/glue", [COMPILED, folder]);
}

/** The first kilobyte of the memory is the far end of the stack, which nothing but an overflow reaches. */
const ASSUMED = ["--converge", "--low-memory-unused"];
const optimize = (file, level = "-O3") => run(`${PROGRAMS}/wasm-opt`, [level, ...ASSUMED, file, "-o", file]);

async function compileRelaxed() {
  await compile("trainer", RELAXED_PKG, "-Ctarget-feature=+relaxed-simd"); // beside what .cargo/config.toml asks for
  copyFileSync(`${RELAXED_PKG}/np_playground_bg.wasm`, RELAXED);
  await optimize(RELAXED);
}

/** A module that is loaded later, and whose speed nobody waits for. */
async function compileSmall(feature, folder, file) {
  await compile(feature, folder);
  await optimize(file, "-Oz");
}

/** Without SIMD the page would run several times slower; with fused operations in the wrong module its bits would differ. */
async function requireArithmetic() {
  const texts = await Promise.all([WASM, RELAXED].map((file) => output(`${PROGRAMS}/wasm-dis`, [file])));
  const plain = texts[0].match(/\bf32x4\.(mul|add)\b/g)?.length ?? 0;
  const fused = texts.map((module) => module.match(/\bf32x4\.relaxed_madd\b/g)?.length ?? 0);
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
  const library = await import("../www/pkg/reader/np_playground.js");
  await library.default({ module_or_path: readFileSync(READER) });
  writeFileSync(SCHEMA, `export const schema = ${JSON.stringify(library.schema(), null, 2)} as const;\n`);
}

process.chdir(ROOT);
const hash = inputs(INPUTS, await output("rustc", ["-vV"]));
if (![WASM, RELAXED, READER, TOY, SCHEMA].every(existsSync) || !isStamped(STAMP, hash)) {
  console.log("== compiling Rust to WebAssembly (about half a minute)");
  await compile("trainer", PKG);
  console.log("== once more, for fast arithmetic (about 20 seconds)");
  await Promise.all([optimize(WASM), compileRelaxed()]);
  console.log("== and the reader of visitors' files (about a minute)");
  await compileSmall("reader", READER_PKG, READER);
  console.log("== and what the article draws (about 20 seconds)");
  await compileSmall("toy", TOY_PKG, TOY);
  await requireArithmetic();
  requireSameBoundary();
  await writeSchema();
  writeStamp(STAMP, hash);
}
