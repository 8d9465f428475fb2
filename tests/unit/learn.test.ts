import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../scripts/train.mjs";
import facts from "../../www/app/learn/facts.json";
import { factsOf, LOOKED_AT, recordings } from "../../www/app/learn/made";

const www = new URL("../../www/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, www), "utf8");

const ARTICLE = read("learn.html").match(/<article>(.*)<\/article>/s)?.[1] ?? "";
const WORDS = ARTICLE.replace(/<[^>]*>|<!--.*?-->/gs, " ");

/** Settings, years, numbers of figures, and what a threshold says. */
const NO_RESULTS =
  /\b([Ff]igure\s+[1-7]|(19|20)\d\d|0\.01|noise of 3|rate of\s+0\.1|90|4 throws|with\s+(16|64|256)|say 1|and 0)\b/g;

let own: Awaited<ReturnType<typeof engines>>;

beforeAll(async () => {
  own = await engines(LOOKED_AT);
});

describe("the article's numbers", () => {
  test("are what our own engine says", () => {
    expect(factsOf(own, own.train)).toEqual(facts);
  }, 120_000);

  test("stand in its text, and no others do", () => {
    const asked = Array.from(WORDS.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual(Object.keys(facts).sort());
    const others = WORDS.replace(/\{\{\w+\}\}|&\w+;/g, " ").replace(NO_RESULTS, " ");
    expect(others.match(/\d[\d.,]*/g)).toBeNull();
  });
});

test("the article's pictures are drawn from our own engine's numbers", () => {
  const drawn = recordings(own);
  expect(drawn.map(([file]) => file).sort()).toEqual(readdirSync(new URL("app/learn/recorded/", www)).sort());
  for (const [file, svg] of drawn) {
    expect(read(`app/learn/recorded/${file}`), file).toBe(`${svg}\n`);
    const words = svg.match(/aria-label="([^"]*)"/)?.[1];
    expect(words, "words that hold in light and dark").not.toMatch(/dark|light|pale|bright/i);
  }
});

test("the article is one to be read at a sitting", () => {
  const count = WORDS.split(/\s+/).filter((word) => /\w/.test(word)).length;
  expect(count).toBeGreaterThan(1300);
  expect(count).toBeLessThan(1700);
});
