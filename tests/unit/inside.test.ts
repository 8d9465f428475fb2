import { describe, expect, test } from "vitest";
import type { Algorithm } from "../../www/app/contract/config";
import { confusions, rightShare } from "../../www/app/inside/confusion";
import { divergedRules, nothingSeen, oneOfEachRule } from "../../www/app/state/look";
import type { RunStatus } from "../../www/app/state/run";
import { inside } from "../../www/app/text/later";
import { diverging, grey, mosaic } from "../../www/app/ui/paint";

describe("pictures of numbers", () => {
  test("blue below zero, orange above, as strong as they are great, clear where nothing is", () => {
    const [half, zero, beyond, nothing] = [0, 1, 2, 3].map((i) => [
      ...diverging(Float32Array.of(-0.5, 0, 3, Number.NaN), 1).slice(4 * i, 4 * i + 4),
    ]);
    const [red = 0, , blue = 0, alpha] = half ?? [];
    expect(blue).toBeGreaterThan(red);
    expect(alpha).toBe(128);
    expect(zero?.[3]).toBe(0);
    expect(beyond?.[0]).toBeGreaterThan(beyond?.[2] ?? 255);
    expect(beyond?.[3]).toBe(255);
    expect(nothing?.[3]).toBe(0);
    expect(diverging([0, 0], 0)[3], "nothing but zeros").toBe(0);
  });

  test("images are black to white", () => {
    expect([...grey([0, 200])]).toEqual([0, 0, 0, 255, 200, 200, 200, 255]);
  });

  test("images stand side by side with a clear line between them", () => {
    const { values, rows, cols } = mosaic(Float32Array.of(1, 2, 3, 4, 5, 6), 1, 2, 2);
    expect([rows, cols]).toEqual([3, 5]);
    const gap = Number.NaN;
    expect([...values]).toEqual([1, 2, gap, 3, 4, gap, gap, gap, gap, gap, 5, 6, gap, gap, gap]);
    expect(mosaic(Float32Array.of(1, 2), 1, 2, 8)).toMatchObject({ rows: 1, cols: 2 });
  });
});

describe("what is looked into", () => {
  const run = (algorithm: Algorithm, status: RunStatus, epochs = 1) => ({
    ...{ algorithm, status },
    history: { epoch: Array.from({ length: epochs }, (_, epoch) => epoch) },
  });

  test("is one run of each rule, and never one that diverged or failed", () => {
    const [lost, left] = [run("np", "diverged"), run("np", "finished")];
    const runs = [lost, left, run("bp", "failed"), run("anp", "diverged"), run("danp", "queued", 0)];
    expect(oneOfEachRule(runs)).toEqual([left]);
    expect(divergedRules(runs)).toEqual(["anp"]);
    expect(nothingSeen(runs)).toBe("ANP diverged: there are no numbers left to look into.");
    expect(nothingSeen([])).toContain("before training begins");
  });
});

describe("the confusion matrix", () => {
  const matrix = Uint32Array.of(5, 2, 0, 0, 4, 3, 1, 0, 5);

  test("tells the share of right answers", () => {
    expect(rightShare(matrix, 3)).toBeCloseTo(14 / 20);
  });

  test("tells all confusions, the most frequent first, without the right answers", () => {
    expect(confusions(matrix, 3)).toEqual([
      { truth: 1, answer: 2, count: 3 },
      { truth: 0, answer: 1, count: 2 },
      { truth: 2, answer: 0, count: 1 },
    ]);
  });

  test("says how many of the confusions are listed", () => {
    expect(inside.confusions("BP", 16, 40)).toBe("The 16 most frequent of 40 confusions of BP");
    expect(inside.confusions("BP", 3, 3)).toBe("All confusions of BP");
  });
});
