import { describe, expect, test } from "vitest";
import { historyFromRows } from "../../www/app/contract/history";
import { type Run, seriesByAlgorithm } from "../../www/app/metrics/aggregate";
import { row } from "./fakes";

function run(algorithm: Run["algorithm"], status: string, accuracies: number[]): Run {
  const rows = accuracies.flatMap((accuracy, epoch) => row(epoch, 2, accuracy));
  return { algorithm, status, steps_per_epoch: 10, history: historyFromRows(Float64Array.from(rows), 2) };
}

const ACC = { kind: "test_acc" } as const;

describe("a series", () => {
  test("is the mean over the seeds with its extremes", () => {
    const runs = [run("np", "finished", [0.1, 0.3]), run("np", "finished", [0.2, 0.7])];
    expect(seriesByAlgorithm(runs, ACC, "epoch")).toEqual([
      {
        ...{ algorithm: "np", seeds: 2, x: [0, 1] },
        mean: [expect.closeTo(0.15), expect.closeTo(0.5)],
        ...{ low: [0.1, 0.3], high: [0.2, 0.7] },
      },
    ]);
  });

  test("can have the standard deviation or the standard error as its band", () => {
    const runs = [run("np", "finished", [0.1]), run("np", "finished", [0.3])];
    const [sd] = seriesByAlgorithm(runs, ACC, "epoch", "sd");
    const [sem] = seriesByAlgorithm(runs, ACC, "epoch", "sem");
    expect(sd?.high[0]).toBeCloseTo(0.2 + Math.SQRT2 / 10);
    expect(sem?.low[0]).toBeCloseTo(0.1);
  });

  test("there is for each algorithm, in the order of the runs; for none without rows", () => {
    const runs = [run("np", "running", [0.1]), run("bp", "running", [0.1]), run("anp", "queued", [])];
    expect(seriesByAlgorithm(runs, ACC, "epoch").map(({ algorithm }) => algorithm)).toEqual(["np", "bp"]);
  });

  test("goes as far as all seeds that are under way", () => {
    const runs = [
      run("np", "running", [0, 0.2, 0.4]),
      run("np", "running", [0, 0.4]),
      run("np", "queued", []),
    ];
    expect(seriesByAlgorithm(runs, ACC, "epoch")[0]).toMatchObject({ seeds: 2, x: [0, 1] });
  });

  test("neither shrinks nor jumps when a later seed begins", () => {
    const done = run("np", "finished", [0, 0.2, 0.4]);
    const before = seriesByAlgorithm([done], ACC, "epoch");
    expect(seriesByAlgorithm([done, run("np", "running", [0.1, 0.3])], ACC, "epoch")).toEqual(before);
  });

  test("ends where its first seed diverged", () => {
    const runs = [run("np", "finished", [0, 0.2, 0.4]), run("np", "diverged", [0, 0.4])];
    expect(seriesByAlgorithm(runs, ACC, "epoch")[0]).toMatchObject({ seeds: 2, x: [0, 1] });
  });

  test("leaves out failed runs", () => {
    const runs = [run("np", "failed", [0, 0.9]), run("np", "finished", [0, 0.2, 0.4])];
    expect(seriesByAlgorithm(runs, ACC, "epoch")[0]).toMatchObject({ seeds: 1, mean: [0, 0.2, 0.4] });
  });

  test.each([
    ["epoch", [0, 1]],
    ["update", [0, 10]],
    ["forward_passes", [0, 100]],
    ["multiply_adds", [0, 1000]],
    ["seconds", [0, 0.5]],
  ] as const)("can be drawn against %s", (axis, x) => {
    expect(seriesByAlgorithm([run("np", "finished", [0, 1])], ACC, axis)[0]?.x).toEqual(x);
  });

  test.each([
    [{ kind: "train_acc" }, [null, 0.4]],
    [{ kind: "train_loss" }, [null, 1]],
    [{ kind: "test_loss" }, [2, 2]],
    [{ kind: "alignment", layer: "network" }, [80, 80]],
    [{ kind: "alignment", layer: 2 }, [2, 2]],
    [{ kind: "decorrelation_loss", layer: 1 }, [3, 3]],
    [{ kind: "decorrelation_loss", layer: 9 }, [null, null]],
  ] as const)("shows %j", (metric, mean) => {
    expect(seriesByAlgorithm([run("np", "finished", [0, 1])], metric, "epoch")[0]?.mean).toEqual(mean);
  });
});
