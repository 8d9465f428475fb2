import { describe, expect, test, vi } from "vitest";
import { defaults, withRule } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
import { RIVALS, RULES, ruleInfo, ruleKey, ruleOfKey } from "../../www/app/contract/rules";
import { fromLink, toLink } from "../../www/app/contract/url";
import { EQUATIONS } from "../../www/app/explain/equations";
import { explain } from "../../www/app/explain/explain";
import { ruleRows } from "../../www/app/explain/rule-rows";
import { outcome } from "../../www/app/explain/sentences";
import { DEVICE_CASES } from "../../www/app/measure/cases";
import { curvesOf } from "../../www/app/metrics/curves-of";
import { rulesFor } from "../../www/app/sweep/grid";
import { withHues } from "../../www/app/ui/hues";

// The schema as the Rust library would write it with one more rule, which no file of the page has heard of.
vi.mock("../../www/app/contract/schema", async (original) => {
  const { schema } = await original<typeof import("../../www/app/contract/schema")>();
  const rule = {
    ...{ rule: "guess", title: "Guessing", words: "Guesses & hopes.", equation: "E_l = \\xi_l" },
    ...{ source: "Nobody (1900). On Guessing.", paper: false },
    ...{ noise: true, derivatives: false, noisy_baseline: false },
  };
  const forms = [
    { ...rule, name: "guess", label: "Guess", decorrelated: false },
    { ...rule, name: "d-guess", label: "D-Guess", decorrelated: true },
  ];
  return { schema: { ...schema, algorithms: [...schema.algorithms, ...forms] } };
});

const [plain, decorrelated] = ["guess", "d-guess"].map((name) => ruleInfo(name).name);
if (!plain || !decorrelated) throw new Error("the schema has both forms");

describe("a rule that no file of the page has heard of", () => {
  test("stands among the rivals, with keys of its own", () => {
    expect(RIVALS.plain).toContain(plain);
    expect(RIVALS.decorrelated).toContain(decorrelated);
    const keys = RULES.map(ruleKey);
    expect(new Set(keys).size).toBe(RULES.length);
    expect(RULES.map((name) => ruleOfKey(ruleKey(name) ?? ""))).toEqual(RULES);
  });

  test("has its words, its equation and its source", () => {
    const words = { label: "Guessing", help: "Guesses & hopes.", citation: "Nobody (1900). On Guessing." };
    expect(explain(`rule:${plain}`)).toMatchObject(words);
    expect(explain(`rule:${decorrelated}`)).toMatchObject({ label: "Decorrelated guessing" });
    expect(EQUATIONS[`rule:${plain}`]).toContain("<mi>ξ</mi>");
    expect(EQUATIONS[`rule:${decorrelated}`]).toMatch(/ξ.*<mi>R<\/mi>/);
    expect(ruleRows()).toContain('<th scope="row">Guess</th><td>Guessing. Guesses &amp; hopes.</td>');
  });

  test("has curves in a hue of its own, and its place in the sentence about them", () => {
    const history = { ...emptyHistory(), epoch: [0, 1], test_acc: [0.1, 0.6] };
    const run = { algorithm: plain, seed: 0, status: "finished", steps_per_epoch: 5, changes: [], history };
    const [curve] = curvesOf([run, { ...run, algorithm: decorrelated }], { kind: "test_acc" }, "epoch");
    expect(curve).toMatchObject({ label: "Guess", colour: "--np-guess", dashed: true });
    expect(withHues("", ["guess"])).toContain("--np-guess: ");
    expect(outcome([run])).toBe("Test accuracy at the end: Guess 60.0%.");
  });

  test("goes into the link and comes back, is swept, and is measured", () => {
    const algorithms = withRule(defaults().algorithms, decorrelated, true);
    const { given, unknown } = fromLink(
      toLink({ ...defaults(), algorithms, overrides: { [plain]: { lr: 0.5 } } }),
    );
    expect(unknown).toEqual([]);
    expect(given).toEqual({ algorithms, overrides: { guess: { lr: 0.5 } } });
    expect(rulesFor(["lr", "noise_std"])).toContain(plain);
    expect(DEVICE_CASES.map(({ algorithm }) => algorithm)).toContain(decorrelated);
  });
});
