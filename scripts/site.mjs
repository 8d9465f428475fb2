// Builds the static site into dist/ and refuses one whose first visit downloads too much.
// Does nothing when no source of the site has changed.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import init, { schema } from "../www/pkg/reader/np_playground.js";
import { inputs, isStamped, writeStamp } from "./inputs.mjs";

const INPUTS = ["www", "package-lock.json", "scripts/site.mjs"];
const STAMP = "dist/.vite/inputs.sha256";
const FIRST_DOWNLOAD_LIMIT = 300_000; // bytes of script, style and wasm, compressed
const SINGLE_LIMIT = 1_250_000; // bytes of the script that holds everything
const STARTED_LATER = /\/(reader|own)\.worker-/; // workers that start when somebody looks into an ended run, or gives files

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (file) => readFileSync(here(`../dist/${file}`));
const json = (path) => JSON.parse(readFileSync(here(path), "utf8"));

/** What a page loads before anybody clicks: its files, and theirs, except for what is imported when needed. */
function firstDownload(page) {
  const manifest = json("../dist/.vite/manifest.json");
  const chunks = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]));
  const files = new Set();
  const follow = (file) => {
    if (files.has(file) || STARTED_LATER.test(file)) return;
    files.add(file);
    const { imports = [], css = [], assets = [] } = chunks.get(file) ?? {};
    for (const next of [...imports.map((key) => manifest[key].file), ...css, ...assets]) follow(next);
  };
  for (const [, file] of read(page)
    .toString()
    .matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g))
    follow(file);
  return [...files];
}

function weigh(page) {
  const sizes = firstDownload(page).map((file) => ({
    file,
    bytes: gzipSync(read(file), { level: 9 }).length,
  }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of sizes) console.log(`${String(bytes).padStart(9)}  ${file}`);
  console.log(`${String(total).padStart(9)}  bytes compressed: first download of ${page}`);
  for (const kind of [".js", ".wasm"]) {
    if (!sizes.some(({ file }) => file.endsWith(kind))) throw new Error(`${page} loads no ${kind} file`);
  }
  if (total >= FIRST_DOWNLOAD_LIMIT) {
    throw new Error(`the first download of ${page} is ${total} bytes, allowed are ${FIRST_DOWNLOAD_LIMIT}`);
  }
}

/** The file with everything in it, as somebody uploads it. */
function weighSingle(file) {
  const { length } = read(file);
  console.log(`${String(length).padStart(9)}  bytes: ${file}`);
  if (length >= SINGLE_LIMIT) throw new Error(`${file} has ${length} bytes, allowed are ${SINGLE_LIMIT}`);
}

/** The data are cut by a script, the subsets chosen by Rust: both must mean the same shards. */
async function compareShardSizes() {
  const cut = json("../www/public/data/manifest.json").shard_size;
  await init({ module_or_path: readFileSync(here("../www/pkg/reader/np_playground_bg.wasm")) });
  const expected = schema().shard_size;
  if (cut !== expected) {
    throw new Error(`scripts/data.mjs cuts shards of ${cut} images, the Rust library expects ${expected}`);
  }
}

process.chdir(here(".."));
const hash = inputs(INPUTS, process.env.SITE_URL ?? "");
if (!isStamped(STAMP, hash)) {
  console.log("== building the site");
  await compareShardSizes();
  await build({ configFile: here("../www/vite.config.ts"), logLevel: "warn" });
  weigh("index.html");
  await build({ configFile: here("../www/vite.single.config.ts"), logLevel: "warn" });
  weighSingle("np-playground.single.js");
  writeStamp(STAMP, hash);
}
