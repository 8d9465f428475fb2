import { describe, expect, test } from "vitest";
import { spread, valueAt } from "../../www/app/chart/marks";
import { emptyHistory, type History } from "../../www/app/contract/history";
import type { ChartModel } from "../../www/app/metrics/curve";
import { asFarAs, curvesOf, placeOf, withChanges } from "../../www/app/metrics/curves-of";

function history(test_acc: (number | null)[]): History {
  const epoch = test_acc.map((_, index) => index);
  return { ...emptyHistory(), epoch, test_acc, forward_passes: epoch.map((index) => 200 * index) };
}

const run = (
  algorithm: "np" | "danp",
  seed: number,
  accuracies: number[],
  changes: { step: number }[] = [],
) => ({
  ...{ algorithm, seed, status: "finished", steps_per_epoch: 10, changes },
  history: history(accuracies),
});

describe("curvesOf", () => {
  test("draws the plain rule dashed and the D rule solid, in the same hue as its own plain rule", () => {
    const [np, danp] = curvesOf([run("np", 0, [0.1]), run("danp", 0, [0.1])], { kind: "test_acc" }, "epoch");
    expect(np).toMatchObject({ label: "NP", dashed: true, colour: "--np-np" });
    expect(danp).toMatchObject({ label: "DANP", dashed: false, colour: "--np-anp" });
  });

  test("has a band only over several seeds", () => {
    const [one] = curvesOf([run("np", 0, [0.1])], { kind: "test_acc" }, "epoch");
    const [two] = curvesOf([run("np", 0, [0.1]), run("np", 1, [0.3])], { kind: "test_acc" }, "epoch");
    expect(one?.band).toBeUndefined();
    expect(two?.band).toEqual({ low: [0.1], high: [0.3] });
  });

  test("marks a change of rates where it was made, on any axis", () => {
    const runs = [run("np", 0, [0.1, 0.2, 0.3], [{ step: 15 }])];
    const [curve] = withChanges(curvesOf(runs, { kind: "test_acc" }, "forward_passes"), runs);
    expect(curve?.changes).toEqual([300]);
  });
});

describe("asFarAs", () => {
  const ghost = {
    ...({ id: "recorded", mark: "recorded", recorded: true, epochs: 3 } as const),
    runs: [run("np", 0, [0.1, 0.5, 0.6, 0.7]), run("danp", 0, [0.1, 0.7, 0.8, 0.9])],
  };

  test("goes with the runs, each rule for itself, and never ahead of them", () => {
    const live = [run("danp", 0, [0.1, 0.6]), run("danp", 1, [0.1, 0.6, 0.7])];
    const reached = asFarAs(ghost, live).runs.map(({ history }) => history.test_acc);
    expect(reached).toEqual([[], [0.1, 0.7, 0.8]]);
    expect(asFarAs(ghost, []).runs.flatMap(({ history }) => history.test_acc)).toEqual([]);
  });
});

describe("placeOf", () => {
  test("stays at the last point while the epoch of the change is not over", () => {
    expect(placeOf([0, 100], 1.5)).toBe(100);
  });

  test("is nowhere on a curve that has ended before", () => {
    expect(placeOf([0, 100], 1)).toBe(100);
    expect(placeOf([0, 100], 2)).toBeUndefined();
  });
});

describe("valueAt", () => {
  test("interpolates, and knows where there is no line", () => {
    const line: Pick<ChartModel["curves"][number], "x" | "y"> = { x: [0, 1, 2], y: [null, 0.2, 0.4] };
    expect(valueAt(line, 1.5)).toBeCloseTo(0.3);
    expect(valueAt(line, 0)).toBeNull();
    expect(valueAt(line, 3)).toBeNull();
  });
});

describe("spread", () => {
  test("leaves names that are apart, moves those that are not, and keeps all above the bottom", () => {
    const labels = [
      { x: 100, y: 10 },
      { x: 100, y: 12 },
      { x: 500, y: 12 },
      { x: 100, y: 98 },
    ];
    spread(labels, { line: 10, width: 40, top: 0, bottom: 100 });
    expect(labels.map(({ y }) => y)).toEqual([10, 20, 12, 95]);
  });

  test("keeps as many names as there is room for inside both edges", () => {
    const labels = Array.from({ length: 16 }, (_, index) => ({ x: 100, y: 20 + index / 10 }));
    spread(labels, { line: 10, width: 40, top: 20, bottom: 180 });
    expect(labels.map(({ y }) => y)).toEqual(labels.map((_, index) => 25 + 10 * index));
  });
});
