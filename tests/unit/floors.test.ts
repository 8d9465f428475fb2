import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entries = readdirSync(join(root, "www/app"), { withFileTypes: true });
const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** Of these imports, from folder to folder, those that Biome refuses by the project's own floors. */
function refused(imports: readonly (readonly [from: string, to: string])[]): string[] {
  const place = mkdtempSync(join(tmpdir(), "floors-"));
  copyFileSync(join(root, "biome.floors.json"), join(place, "biome.json"));
  for (const [from, to] of imports) {
    mkdirSync(join(place, "www/app", from), { recursive: true });
    writeFileSync(join(place, "www/app", from, `${to}.ts`), `import "../${to}/file";\n`);
  }
  const options = ["lint", "--reporter=github", "--max-diagnostics=none"];
  const { stdout } = spawnSync(join(root, "node_modules/.bin/biome"), options, {
    ...{ cwd: place, encoding: "utf8" },
  });
  rmSync(place, { recursive: true });
  const found = stdout.matchAll(/noRestrictedImports,file=[^,]*www\/app\/([\w-]+)\/([\w-]+)\.ts/g);
  return Array.from(found, ([, from, to]) => `${from} imports ${to}`).sort();
}

describe("the floors of the page", () => {
  test("keep every folder from importing the page that stands on all of them", () => {
    const below = folders.filter((name) => name !== "dev");
    expect(below.length).toBeGreaterThan(10);
    expect(refused(below.map((name) => [name, "dev"]))).toEqual(
      below.map((name) => `${name} imports dev`).sort(),
    );
  });

  test("let a folder import from below, not from beside or above, and one without a floor nothing", () => {
    const imports = [
      ["chart", "ui"],
      ["chart", "sweep"],
      ["ui", "chart"],
      ["unheard-of", "text"],
    ] as const;
    expect(refused(imports)).toEqual(["chart imports sweep", "ui imports chart", "unheard-of imports text"]);
  });
});
