import { describe, expect, test } from "vitest";
import { moved, nearest, readingsAt, sentenceAt, stopsOf } from "../../www/app/chart/cursor";
import type { ChartModel, Curve } from "../../www/app/metrics/curve";
import { percent } from "../../www/app/metrics/format";

const curve = (label: string, x: number[], y: (number | null)[]): Curve => ({
  ...{ id: label, label, colour: "--np-np", dashed: true, ghost: false, diverged: false, changes: [] },
  ...{ x, y },
});

const scale = { tick: String, exact: String };
const model: ChartModel = {
  curves: [
    curve("NP", [0, 200, 400], [null, 0.2, 0.4]),
    curve("BP", [0, 100, 200, 300], [0.1, 0.5, 0.6, 0.7]),
  ],
  x: { label: "forward passes", ...scale },
  y: { label: "Test accuracy", ...scale, exact: percent },
};
const none: ChartModel = { ...model, curves: [] };

describe("the cursor's stops", () => {
  test("are the places with a measurement, once each", () => {
    expect(stopsOf(model)).toEqual([0, 100, 200, 300, 400]);
    expect(stopsOf(none)).toEqual([]);
  });

  test("are reached by the nearest place, or by steps that stop at both ends", () => {
    const stops = stopsOf(model);
    expect(nearest(stops, 160)).toBe(200);
    expect(nearest([], 160)).toBeNull();
    expect(moved(stops, 200, 1)).toBe(300);
    expect(moved(stops, 100, -10)).toBe(0);
    expect(moved(stops, 0, Number.POSITIVE_INFINITY)).toBe(400);
    expect(moved(stops, null, 0)).toBe(400);
    expect(moved([], null, 1)).toBeNull();
  });
});

describe("the cursor's readings", () => {
  test("are the last measurements up to there, the greatest first", () => {
    expect(readingsAt(model, 300).map(({ curve, value }) => [curve.label, value])).toEqual([
      ["BP", 0.7],
      ["NP", 0.2],
    ]);
  });

  test("leave out a curve that has not begun, or does not reach so far", () => {
    expect(readingsAt(model, 100).map(({ curve }) => curve.label)).toEqual(["BP"]);
    expect(readingsAt(model, 400).map(({ curve }) => curve.label)).toEqual(["NP"]);
  });

  test("are spoken as a sentence", () => {
    expect(sentenceAt(model, 300)).toBe("forward passes 300: BP 70.0%, NP 20.0%");
    expect(sentenceAt(none, null)).toBe("no values yet");
  });
});
