import { describe, expect, it } from "vitest";
import { reportText } from "../../www/app/measure/report";
import { median, rowOf } from "../../www/app/measure/rows";
import { type Steppable, train } from "../../www/app/measure/stopwatch";
import { warmUp } from "../../www/app/measure/warm-up";

/** Three updates an epoch; an update takes 10 ms and does 1000 multiply-adds, the evaluation after the third 500 ms. */
class FakeTrainer implements Steppable {
  clock = 0;
  steps = 0;

  get multiply_adds(): number {
    return 1000 * this.steps;
  }

  step(): void {
    this.steps += 1;
    this.clock += this.steps % 3 === 0 ? 510 : 10;
  }

  status() {
    return { status: "running", step: this.steps, steps_per_epoch: 3, epoch: 0, epochs: 9 };
  }
}

describe("the stopwatch", () => {
  it("ends when what is left of the time is less than the clock can tell", () => {
    const trainer = new FakeTrainer();
    // After two updates 1e-14 ms are left; at 1e9 ms, numbers lie 1e-7 apart.
    const late = () => 1e9 + trainer.clock;
    expect(train(trainer, 100, 20.00000000000001, late).samples).toBe(300);
  });

  it("times updates without the evaluation that ends an epoch", () => {
    const trainer = new FakeTrainer();
    const sum = train(trainer, 100, 50, () => trainer.clock);
    expect(sum.seconds).toBeCloseTo(0.05);
    expect(sum.samples).toBe(500);
    expect(sum.multiply_adds).toBe(5000);
    expect(trainer.steps).toBe(7);
  });

  it("does at least one update, however long it takes", () => {
    const trainer = new FakeTrainer();
    expect(train(trainer, 100, 1, () => trainer.clock).samples).toBe(100);
  });

  it("refuses a run that is over, and an epoch that is one update", () => {
    const trainer = new FakeTrainer();
    const over = { ...trainer.status(), status: "finished" };
    trainer.status = () => over;
    expect(() => train(trainer, 1, 1, () => 0)).toThrow("finished");
    trainer.status = () => ({ ...over, status: "running", steps_per_epoch: 1 });
    expect(() => train(trainer, 1, 1, () => 0)).toThrow("one mini-batch");
  });
});

describe("rows", () => {
  it("have medians, of odd and even counts", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it("compare every round with the peak of that round", () => {
    const round = (peak_gflops: number, seconds: number) => ({
      peak_gflops,
      trained: { samples: 100, seconds, multiply_adds: 1e9, memory_bytes: 0 },
    });
    const measured = { algorithm: "anp", hidden_sizes: [64, 64], batch_size: 100 } as const;
    const row = rowOf({ ...measured, hidden_sizes: [64, 64] }, [
      round(40, 0.1),
      round(20, 0.2),
      round(40, 0.1),
    ]);
    expect(row).toMatchObject({ ...measured, samples_per_s: 1000, gflops: 20, peak_gflops: 40 });
    expect(row.fraction_of_peak).toBe(0.5);
    expect(
      reportText({ version: "0.1.0", arithmetic: "exact", browser: "Test/1", cores: 2 }, [row])
        .split("\n")
        .at(-1),
    ).toBe("| ANP | 784-64-64-10 | 100 | 1,000 | 20.0 | 40.0 | 50% |");
  });
});

describe("the warm-up", () => {
  it("ends when training no longer gets faster", async () => {
    const speeds = [10, 20, 40, 41, 90];
    let slices = 0;
    const sliceOf = (speed: number) => ({ samples: speed, seconds: 1, multiply_adds: 0, memory_bytes: 0 });
    await warmUp({ train: async () => sliceOf(speeds[slices++] ?? 0) }, 500);
    expect(slices).toBe(4);
  });
});
