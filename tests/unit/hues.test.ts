import { readFileSync } from "node:fs";
import Color from "colorjs.io";
import { describe, expect, test } from "vitest";
import { SCHEMA } from "../../www/app/contract/config";
import { withHues } from "../../www/app/ui/hues";

const tokens = readFileSync(new URL("../../www/app/ui/tokens.css", import.meta.url), "utf8");
const python = readFileSync(new URL("../../python/np_playground/colours.py", import.meta.url), "utf8");
const rules = [...new Set(SCHEMA.algorithms.map(({ rule }) => rule))];
const unheardOf = Array.from({ length: 8 }, (_, index) => `rule_${index}`);

/** In OKLab: about twice of what the eye just tells apart. */
const APART = 0.04;

interface Pair {
  light: string;
  dark: string;
}

function colours(css: string, name: string): Pair {
  const [, light, dark] =
    css.match(new RegExp(`--np-${name}: var\\(--np-light, (#\\w+)\\) var\\(--np-dark, (#\\w+)\\);`)) ?? [];
  if (!light || !dark) throw new Error(`no colours for ${name}`);
  return { light, dark };
}

describe("the hues of the rules", () => {
  const css = withHues(tokens, [...rules, ...unheardOf]);
  const hues = [...rules, ...unheardOf].map((rule) => ({ rule, ...colours(css, rule) }));

  test.each(["light", "dark"] as const)(
    "stand out in the %s theme: as lines, and as text on a panel",
    (theme) => {
      const [ground, panel] = [colours(css, "ground")[theme], colours(css, "panel")[theme]];
      for (const hue of hues) {
        expect(Color.contrastWCAG21(hue[theme], ground), hue.rule).toBeGreaterThanOrEqual(3);
        expect(Color.contrastWCAG21(hue[theme], panel), hue.rule).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each(["light", "dark"] as const)("differ from one another in the %s theme", (theme) => {
    for (const [index, one] of hues.entries()) {
      for (const other of hues.slice(index + 1)) {
        expect(Color.deltaEOK(one[theme], other[theme]), `${one.rule}, ${other.rule}`).toBeGreaterThan(APART);
      }
    }
  });

  test("are left alone where tokens.css has them", () => {
    expect(withHues(tokens, ["bp", "np", "inp", "anp"])).toBe(tokens);
    expect(css.startsWith(tokens)).toBe(true);
  });

  test("are those of the Python package, on a light ground", () => {
    const named = rules.map((rule) => [
      ...SCHEMA.algorithms.filter((algorithm) => algorithm.rule === rule).map(({ name }) => name),
      colours(css, rule).light,
    ]);
    const listed = Array.from(python.matchAll(/\("([\w-]+)", "([\w-]+)"\): "(#\w+)"/g), ([, ...row]) => row);
    expect(listed).toEqual(named);
  });
});
