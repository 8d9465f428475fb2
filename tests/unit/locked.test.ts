import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where commands stand that somebody runs without reading them. */
const PLACES = ["scripts", ".github", ".ci", "tests", "package.json"];
const SCRIPT = /\.(sh|mjs|ts|py|yml|json)$|\/run$/;
const BUILT = /node_modules|__pycache__|corpus/;

const sources = PLACES.flatMap((place) => {
  if (place.endsWith(".json")) return [place];
  const files = readdirSync(`${root}${place}`, { recursive: true, encoding: "utf8" });
  return files.map((file) => `${place}/${file}`);
}).filter((file) => SCRIPT.test(file) && !BUILT.test(file) && !file.endsWith("locked.test.ts"));

/** A command of cargo's that would look for newer packages where the lock file does not fit. */
const COMMAND =
  /\bcargo["',\s[]+(\+\w+ )?(build|run|test|bench|clippy|install|rustc|publish|fetch|miri) ?["',-]/;
/** A crate without packages, which has no lock file: the standard library's build. */
const WITHOUT_PACKAGES = /-Zbuild-std/;

test("every cargo command keeps to the packages of the lock file", () => {
  const commands = sources.flatMap((file) => {
    const lines = readFileSync(`${root}${file}`, "utf8").split("\n");
    return lines.filter((line) => COMMAND.test(line)).map((line) => `${file}: ${line.trim()}`);
  });
  expect(commands.length).toBeGreaterThan(8);
  const loose = commands.filter((line) => !line.includes("--locked") && !WITHOUT_PACKAGES.test(line));
  expect(loose).toEqual([
    "scripts/setup.sh: checks_rust() { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1",
  ]);
});
