// Puts the npm package together in target/npm, from the built site (scripts/site.mjs) and the source.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const PACKAGE = "target/npm";
const DECLARATIONS = "target/npm-types"; // of the whole page
const ENTRIES = ["train.d.ts", "contract/element.d.ts"];
const COPIED = {
  "dist/np-playground.single.js": "element.js",
  "npm/README.md": "README.md",
  "LICENSE-MIT": "LICENSE-MIT",
  "LICENSE-APACHE": "LICENSE-APACHE",
};

/** What it has of the project's own package.json, and how it is imported. */
function manifest() {
  const { name, version, type, license, engines } = JSON.parse(readFileSync("package.json", "utf8"));
  const description =
    "Learning without backpropagation, in browsers and Node: node perturbation beside backpropagation";
  return {
    ...{ name, version, description, type, license, engines },
    keywords: ["node-perturbation", "learning", "backpropagation", "webassembly", "custom-element"],
    sideEffects: ["./element.js"],
    exports: {
      ".": { types: "./types/train.d.ts", default: "./train.js" },
      "./element": { types: "./types/contract/element.d.ts", default: "./element.js" },
      "./package.json": "./package.json",
    },
  };
}

/** The declarations of the entries and of what these import, under the names that every resolution finds. */
function writeTypes() {
  const compiler = ["-p", "www", "--noEmit", "false", "--declaration", "--emitDeclarationOnly"];
  execFileSync("node_modules/.bin/tsc", [...compiler, "--outDir", DECLARATIONS], { stdio: "inherit" });
  const written = new Set();
  const write = (file) => {
    if (written.has(file)) return;
    written.add(file);
    const text = readFileSync(join(DECLARATIONS, "app", file), "utf8");
    const named = text.replace(/(from |import\()"(\.[^"]+)"/g, '$1"$2.js"');
    mkdirSync(dirname(join(PACKAGE, "types", file)), { recursive: true });
    writeFileSync(join(PACKAGE, "types", file), named);
    for (const [, , next] of text.matchAll(/(from |import\()"(\.[^"]+)"/g))
      write(normalize(join(dirname(file), `${next}.d.ts`)));
  };
  ENTRIES.forEach(write);
}

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await build({ configFile: "www/vite.package.config.ts", logLevel: "warn" });
rmSync(DECLARATIONS, { recursive: true, force: true });
writeTypes();
for (const [from, to] of Object.entries(COPIED)) copyFileSync(from, join(PACKAGE, to));
writeFileSync(join(PACKAGE, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
