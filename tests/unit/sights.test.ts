import { describe, expect, test } from "vitest";
import type { Curve } from "../../www/app/metrics/curve";
import { accuracySight, angleSight } from "../../www/app/metrics/sights";

function curve(y: (number | null)[], band?: Curve["band"]): Curve {
  return {
    ...{ id: "np", label: "NP", colour: "--np-np", dashed: true, ghost: false, diverged: false, changes: [] },
    ...{ x: y.map((_, index) => index), y, ...(band && { band }) },
  };
}

/** Bends at its second point. */
const FAST = curve([0.1, 0.86, 0.9, 0.91, 0.92]);
/** Bends at its third. */
const SLOW = curve([0.1, 0.4, 0.68, 0.75, 0.81]);

describe("accuracySight", () => {
  test("begins at the tenth below the knee of the worst curve and ends at the tenth above the best", () => {
    expect(accuracySight([FAST])).toEqual([0.8, 1]);
    expect(accuracySight([FAST, SLOW])).toEqual([0.6, 1]);
    expect(accuracySight([SLOW])).toEqual([0.6, 0.9]);
  });

  test("shows what a curve loses after its knee, and the lower edge of its band", () => {
    expect(accuracySight([curve([0.1, 0.86, 0.9, 0.45, 0.42])])).toEqual([0.4, 1]);
    const low = [0.1, 0.55, 0.89, 0.9, 0.91];
    expect(accuracySight([{ ...FAST, band: { low, high: FAST.y } }])).toEqual([0.5, 1]);
  });

  test("has room for a curve that does not learn, and for one that is flat", () => {
    expect(accuracySight([FAST, curve([0.1, 0.1, 0.11, 0.1])])).toEqual([0, 1]);
    expect(accuracySight([curve([0.1, 0.1, 0.1])])).toEqual([0, 0.2]);
  });

  test("shows a curve that rises all along as a whole", () => {
    expect(accuracySight([FAST, curve([0.12, 0.27, 0.42, 0.54])])).toEqual([0.1, 1]);
  });

  test("waits with all of 0 to 100% for a curve with a shape, and does not go back for one that begins", () => {
    expect(accuracySight([])).toEqual([0, 1]);
    expect(accuracySight([curve([0.1, 0.86])])).toEqual([0, 1]);
    expect(accuracySight([FAST, curve([0.1, 0.3])])).toEqual([0.8, 1]);
  });

  test("is a round number below, not at, the least", () => {
    expect(accuracySight([curve([0.1, 0.8, 0.85, 0.9])])).toEqual([0.7, 1]);
    expect(accuracySight([curve([null, 0.97, 0.99, 0.995])])).toEqual([0.8, 1]);
  });
});

describe("angleSight", () => {
  const exact = curve([0, 0, 0.02]);

  test("is 0 to 100° when the exact gradient is all there is", () => {
    expect(angleSight([])).toEqual([0, 100]);
    expect(angleSight([exact])).toEqual([0, 100]);
  });

  test("is where the other curves are, with the right angle", () => {
    expect(angleSight([exact, curve([null, 79, 84, 87])])).toEqual([75, 95]);
    expect(angleSight([curve([89, 117, 124])])).toEqual([85, 125]);
    expect(angleSight([curve([12, 20, 35])])).toEqual([10, 95]);
  });
});
