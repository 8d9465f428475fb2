import { describe, expect, test } from "vitest";
import { type Config, defaults } from "../../www/app/contract/config";
import {
  factorOf,
  factorRange,
  hasOwn,
  multiplied,
  type RateName,
  ratesByRule,
} from "../../www/app/controls/own-rates";

const BASE: Config = {
  ...defaults(),
  algorithms: ["bp", "np", "anp"],
  lr: 0.003,
  overrides: { bp: { lr: 0.01 }, np: { lr: 0.002, noise_std: 0.1 }, danp: { lr: 0.005 } },
};

const times = (factor: number, name: RateName = "lr"): Config => ({
  ...BASE,
  ...multiplied(BASE, BASE, name, factor),
});

describe("a multiplier of own rates", () => {
  test("moves the rate of every rule, and the common one, and nothing else", () => {
    const doubled = times(2);
    expect(ratesByRule(doubled, "lr")).toEqual([
      ["bp", 0.02],
      ["np", 0.004],
      ["anp", 0.006],
    ]);
    expect(doubled.overrides).toEqual({
      bp: { lr: 0.02 },
      np: { lr: 0.004, noise_std: 0.1 },
      danp: { lr: 0.01 },
    });
    expect({ ...doubled, lr: BASE.lr, overrides: BASE.overrides }).toEqual(BASE);
  });

  test("leaves alone what rules have got of their own since", () => {
    const since = {
      ...BASE,
      overrides: { ...BASE.overrides, np: { lr: 0.002, noise_std: 0.3, num_noise_iters: 5 } },
    };
    const after = { ...since, ...multiplied(BASE, since, "lr", 2) };
    expect(after.overrides.np).toEqual({ lr: 0.004, noise_std: 0.3, num_noise_iters: 5 });
    const both = { ...after, ...multiplied(BASE, after, "noise_std", 3) };
    expect(both.overrides.bp, "another multiplier, too").toEqual({ lr: 0.02 });
  });

  test.each([0.01, 0.1, 0.5, 1, 1.3, 2, 7.7, 50])("of %d is found again in the rates", (factor) => {
    expect(factorOf(BASE, times(factor), "lr")).toBe(factor);
  });

  test("is none when one rule's rate was changed alone", () => {
    expect(
      factorOf(BASE, { ...BASE, overrides: { ...BASE.overrides, bp: { lr: 0.02 } } }, "lr"),
    ).toBeUndefined();
    expect(factorOf(BASE, { ...BASE, lr: 0.006 }, "lr")).toBeUndefined();
    expect(factorOf(BASE, { ...BASE, overrides: {} }, "lr")).toBeUndefined();
    const [bp, np] = (["bp", "np"] as const).map((rule) => ({
      ...BASE,
      overrides: { [rule]: { lr: 0.01 } },
    }));
    expect(bp && np && factorOf(bp, np, "lr"), "another rule's").toBeUndefined();
  });

  test("keeps every rule inside the range of the rate", () => {
    const { min, max } = factorRange(BASE, "lr");
    expect([min, max]).toEqual([0.0005, 1000]);
    expect(times(min).overrides.np?.lr).toBe(0.000001);
    expect(times(max).overrides.bp?.lr).toBe(10);
  });

  test("is wanted where a chosen rule has a rate of its own", () => {
    expect(hasOwn(BASE, "lr")).toBe(true);
    expect(hasOwn(BASE, "decor_lr")).toBe(false);
    expect(hasOwn({ ...BASE, algorithms: ["anp"] }, "lr"), "of the others none shows").toBe(false);
  });

  test("names only the rules that have a use for the rate", () => {
    expect(ratesByRule(BASE, "noise_std").map(([rule]) => rule)).toEqual(["np", "anp"]);
  });
});
