import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const APP = fileURLToPath(new URL("../../www/app", import.meta.url));
/** Pages, whose root is their own. */
const PAGES = /^(dev|measure)\//;

test("nothing in the element is measured by the root font, which is its host's", () => {
  const files = readdirSync(APP, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => /\.(ts|css)$/.test(file) && !PAGES.test(file));
  const measured = sources.filter((file) => /[\d.]rem\b/.test(readFileSync(`${APP}/${file}`, "utf8")));
  expect(sources.length).toBeGreaterThan(50);
  expect(measured).toEqual([]);
});
