// Builds the site with one learning rule more, in a copy of this checkout: tests/proof/last_layer.rs becomes a file of
// src/gradient/, and one line names it among the rules. Nothing else is another than here.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COPY = join(ROOT, "target/proof");
const RULES = "src/gradient/mod.rs";

/** The module is only to be right, and soon. */
const QUICK = {
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "s",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
};

/** What git knows or would add; what was built in the copy before stays, so that it need not be built again. */
function copy() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    ...{ cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26 },
  });
  const files = listed.split("\0").filter((file) => file && existsSync(join(ROOT, file)));
  for (const folder of ["src", "tests", "www/app"])
    rmSync(join(COPY, folder), { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(dirname(join(COPY, file)), { recursive: true });
    cpSync(join(ROOT, file), join(COPY, file), { preserveTimestamps: true, dereference: true });
  }
  cpSync(join(ROOT, "www/public/data"), join(COPY, "www/public/data"), { recursive: true });
  mkdirSync(join(COPY, "target"), { recursive: true });
  for (const tools of ["node_modules", "target/tool"]) {
    if (!existsSync(join(COPY, tools))) symlinkSync(join(ROOT, tools), join(COPY, tools));
  }
}

/** As README.md says under "Add a learning rule". */
function addRule() {
  cpSync(join(ROOT, "tests/proof/last_layer.rs"), join(COPY, "src/gradient/last_layer.rs"));
  edit(RULES, "    backprop::Backprop,\n", "    last_layer::LastLayer,\n");
}

function edit(file, after, line) {
  const text = readFileSync(join(COPY, file), "utf8");
  if (!text.includes(after)) throw new Error(`${file} has no line "${after.trim()}" after which to add one`);
  writeFileSync(join(COPY, file), text.replace(after, after + line));
}

function run(script) {
  const { status } = spawnSync("node", [script], {
    ...{ cwd: COPY, stdio: "inherit" },
    env: { ...process.env, ...QUICK },
  });
  if (status !== 0) process.exit(1);
}

copy();
addRule();
run("scripts/wasm.mjs");
run("scripts/site.mjs");
