import { describe, expect, test } from "vitest";
import { type Progressing, placeWords, progressOf, statusWords } from "../../www/app/element/progress";

type Status = Progressing["runs"][number]["status"];

function going(phase: Progressing["phase"], ...runs: [status: Status, epoch: number][]): Progressing {
  return {
    ...{ phase, loading: null, speed: "max" },
    runs: runs.map(([status, epoch]) => ({
      ...{ status, epoch, epochs: 20, step: 10 * epoch, steps_per_epoch: 10 },
      samples_per_second: status === "running" ? 1000 : null,
    })),
  };
}

describe("the progress of all runs", () => {
  test("is that of the slowest that is under way, and of the furthest", () => {
    const runs = going("running", ["finished", 20], ["running", 7], ["running", 5], ["queued", 0]);
    expect(placeWords(runs), "one stands at the end").toBe("Epoch 5–20 of 20");
    expect(placeWords(going("running", ["running", 7], ["diverged", 9], ["running", 5]))).toBe(
      "Epoch 5–7 of 20",
    );
    expect(statusWords(runs).replace(/\s/g, " ")).toBe("1 of 4 done · 2K images/s");
    expect(progressOf(runs)).toBeCloseTo((20 + 7 + 5) / 80);
  });

  test("claims no epoch and no speed while the next runs are only on their way", () => {
    const between = going("running", ["finished", 20], ["diverged", 3], ["loading", 0], ["queued", 0]);
    expect(placeWords(between)).toBe("");
    expect(statusWords(between).replace(/\s/g, " ")).toBe("2 of 4 done");
    expect(progressOf(between)).toBe(0.5);
    expect(placeWords(going("running", ["finished", 20], ["running", 0]))).toBe("");
  });

  test("counts what has been trained and waits for a worker to go on", () => {
    expect(placeWords(going("running", ["running", 6], ["queued", 3]))).toBe("Epoch 3–6 of 20");
    expect(placeWords(going("running", ["finished", 20], ["queued", 3]))).toBe("Epoch 3–20 of 20");
  });

  test("begins with nothing done and ends with all of it", () => {
    expect(placeWords(going("idle", ["queued", 0]))).toBe("Epoch 0 of 20");
    expect(placeWords(going("loading", ["loading", 0]))).toBe("Epoch 0 of 20");
    expect(statusWords(going("loading", ["loading", 0]))).toBe("Starting");
    const done = going("done", ["finished", 20], ["diverged", 3]);
    expect([placeWords(done), statusWords(done), progressOf(done)]).toEqual(["Epoch 20 of 20", "Done", 1]);
  });

  test("ends where the runs ended, whatever end has been chosen since", () => {
    expect(placeWords(going("done", ["diverged", 2], ["diverged", 3]))).toBe("Epoch 3 of 20");
  });

  test("is not complete after a failure", () => {
    const failed = going("failed", ["failed", 0], ["failed", 4]);
    expect([placeWords(failed), statusWords(failed)]).toEqual(["Epoch 0–4 of 20", "Stopped"]);
    expect(progressOf(failed)).toBeCloseTo(0.1);
  });
});
