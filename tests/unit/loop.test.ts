import { beforeEach, describe, expect, test } from "vitest";
import type { Change } from "../../www/app/contract/config";
import type { Report } from "../../www/app/contract/protocol";
import { Loop, type LoopParts, type Trainable, type TrainerStatus } from "../../www/app/worker/loop";
import type { Covariance, TestAnswers } from "../../www/pkg/np_playground.js";
import { row } from "./fakes";

const EPOCHS = 3;
const STEPS = 4;
const LAYERS = 2;

/** Measures the untrained network, then trains 3 epochs of 4 steps of 25 samples, in turns of 20 ms each. */
class FakeTrainer implements Trainable {
  updates = 0;
  /** Turns that an update takes, and those that have been done of one. */
  turns = 1;
  turned = 0;
  freed = 0;
  measured = false;
  made: Change[] = [];
  epochs = EPOCHS;
  divergeAt = Number.POSITIVE_INFINITY;
  trapAt = Number.POSITIVE_INFINITY;
  readonly #clock: { ms: number };

  constructor(clock: { ms: number }) {
    this.#clock = clock;
  }

  get length(): number {
    return this.measured ? 1 + Math.floor(this.updates / STEPS) : 0;
  }

  advance(_ms: number): number {
    if (this.measured) {
      this.turn();
    } else {
      this.#clock.ms += 20;
      this.measured = true;
    }
    return this.length;
  }

  toward(updates: number, ms: number): boolean {
    const until = this.#clock.ms + ms;
    const isDone = () => this.updates >= updates || this.status().status !== "running";
    this.measured = true;
    while (!isDone() && this.#clock.ms < until) this.turn();
    return isDone();
  }

  turn(): void {
    this.#clock.ms += 20;
    this.turned += 1;
    if (this.turned < this.turns) return;
    this.turned = 0;
    this.updates += 1;
    if (this.updates === this.trapAt) throw new WebAssembly.RuntimeError("unreachable");
  }

  row(index: number): Float64Array<ArrayBuffer> {
    return Float64Array.from(row(index, LAYERS));
  }

  status(): TrainerStatus {
    const finished = this.updates >= this.epochs * STEPS;
    const diverged = this.updates >= this.divergeAt;
    return {
      status: diverged ? "diverged" : finished ? "finished" : "running",
      ...{
        epoch: Math.floor(this.updates / STEPS),
        step: this.updates,
        next: this.updates + Math.sign(this.turned),
        steps_per_epoch: STEPS,
        epochs: this.epochs,
      },
      ...(diverged && { diverged: { epoch: 2, step: this.updates, layer: 1, quantity: "loss" } }),
    };
  }

  changes(): Float64Array<ArrayBuffer> {
    const rates = [0.005, 0.1, 2].map(Math.fround);
    return Float64Array.from(this.made.flatMap(({ epoch, update }) => [epoch, update, ...rates]));
  }

  change(change: Change): void {
    this.made.push(change);
  }

  set_epochs(epochs: number): void {
    this.epochs = epochs;
  }

  free(): void {
    this.freed += 1;
  }

  weights_hash(): string {
    return "abc";
  }

  /** An update that has begun comes to its end first. */
  checkpoint(): Uint8Array<ArrayBuffer> {
    while (this.turned > 0) this.turn();
    return Uint8Array.of(1, 2, 3);
  }

  readonly rows = 2;
  readonly cols = 3;

  predict(image: Uint8Array): Float32Array<ArrayBuffer> {
    if (image.length === 1) throw new WebAssembly.RuntimeError("unreachable");
    if (image.length !== 6) throw Object.assign(new Error("six pixels"), { code: "idx_shape" });
    return Float32Array.of(0.25, 0.75);
  }

  test_answers(): TestAnswers {
    const mistakes = Uint32Array.of(4, 1, 0, 9, 0, 1);
    const pixels = Uint8Array.from({ length: 12 }, (_, pixel) => pixel);
    const answers = { classes: 2, confusion: Uint32Array.of(5, 1, 1, 3), mistakes, pixels };
    return { ...answers, free: () => void this.freed++ } as TestAnswers;
  }

  first_weights(): Float32Array<ArrayBuffer> {
    return new Float32Array(12);
  }

  update_of(...view: number[]): Float32Array {
    return Float32Array.from(view);
  }

  along(
    update: number,
    sample: number,
    pass: number,
    layer: number | null | undefined,
    size: number,
  ): Float32Array {
    return Float32Array.of(update, sample, pass, layer ?? -1, size);
  }

  change_of(...view: number[]): Float32Array {
    return Float32Array.from(view);
  }

  covariance(): Covariance {
    const before = Float32Array.of(1, 0.5, 0.5, 1);
    const covariance = { inputs: Uint32Array.of(0, 4), width: 6, before, after: undefined };
    return { ...covariance, free: () => void this.freed++ } as unknown as Covariance;
  }
}

let clock: { ms: number };
let trainer: FakeTrainer;
let reports: Report[];
let waiting: (() => void)[];
/** How long each slice was to wait. */
let waits: number[];
let loop: Loop;
let parts: LoopParts;

beforeEach(() => {
  clock = { ms: 0 };
  trainer = new FakeTrainer(clock);
  reports = [];
  waiting = [];
  waits = [];
  parts = {
    post: (report) => reports.push(report),
    yieldThen: (callback, ms) => {
      waiting.push(callback);
      waits.push(ms);
    },
    now: () => clock.ms,
    slice: 40,
  };
  loop = new Loop(trainer, STEPS * 25, parts);
});

/** Lets the loop have `count` slices, or all it wants. */
function slices(count = 100): void {
  for (let i = 0; i < count && waiting.length > 0; i++) waiting.shift()?.();
}

const progress = () => reports.filter((report) => report.kind === "progress");
const epochs = () =>
  progress().flatMap(({ rows }) => [...rows].filter((_, index) => index % (9 + 2 * LAYERS) === 0));

describe("the worker's loop", () => {
  test("trains to the end and posts every row once", () => {
    loop.start(false);
    slices();
    expect(reports[0]?.kind).toBe("ready");
    expect(epochs()).toEqual([0, 1, 2, 3]);
    expect(reports.at(-1)).toMatchObject({ kind: "ended", status: "finished", weights_hash: "abc" });
    expect(trainer.updates).toBe(EPOCHS * STEPS);
  });

  test("reports at most every 100 ms, and the mean speed in samples a second", () => {
    loop.start(false);
    slices();
    // 13 pieces of 20 ms: at the start, after 100 and 200 ms, and at the end.
    expect(progress()).toHaveLength(4);
    expect(progress()[1]?.samples_per_second).toBeCloseTo((4 * 25) / 0.1);
    expect(progress()[0]?.samples_per_second).toBeNull();
  });

  test.each(["real", "slow"] as const)("claims no speed where it is held back: %s", (speed) => {
    loop.obey({ kind: "speed", speed });
    loop.start(false);
    slices();
    expect(progress().length).toBeGreaterThan(1);
    for (const report of progress()) expect(report.samples_per_second).toBeNull();
  });

  test("started paused, measures the untrained network and no more", () => {
    loop.start(true);
    slices();
    expect(trainer.updates).toBe(0);
    expect(epochs()).toEqual([0]);
    expect(progress().at(-1)).toMatchObject({ busy: false, obeyed: 1 });
  });

  test("pauses before the next slice and goes on where it was", () => {
    loop.start(false);
    slices(4);
    loop.obey({ kind: "pause" });
    expect(progress().at(-1)).toMatchObject({ step: 3, busy: false, obeyed: 2 });
    slices();
    expect(trainer.updates).toBe(3);
    loop.obey({ kind: "resume" });
    expect(progress().at(-1)).toMatchObject({ busy: true, obeyed: 3 });
    slices();
    expect(trainer.updates).toBe(EPOCHS * STEPS);
  });

  test("never runs two slices at a time, however often it is resumed", () => {
    loop.start(false);
    loop.obey({ kind: "pause" });
    loop.obey({ kind: "resume" });
    loop.obey({ kind: "resume" });
    expect(waiting).toHaveLength(1);
  });

  test("one step is one update, and pauses", () => {
    loop.start(false);
    loop.obey({ kind: "step" });
    loop.obey({ kind: "step" });
    slices();
    expect(trainer.updates).toBe(2);
    expect(progress().at(-1)).toMatchObject({ step: 2, busy: false });
  });

  test("one epoch ends with the row of that epoch, and pauses", () => {
    loop.start(true);
    loop.obey({ kind: "step" });
    loop.obey({ kind: "epoch" });
    expect(progress().at(-1)).toMatchObject({ busy: true });
    slices();
    expect(trainer.updates).toBe(STEPS);
    expect(progress().at(-1)).toMatchObject({ epoch: 1, busy: false });
  });

  test("one epoch from the start is the first one", () => {
    loop.start(true);
    loop.obey({ kind: "epoch" });
    slices();
    expect(epochs()).toEqual([0, 1]);
  });

  test("the step that completes the last epoch ends the run", () => {
    loop.start(true);
    for (let step = 0; step < EPOCHS * STEPS + 1; step++) loop.obey({ kind: "step" });
    expect(epochs()).toEqual([0, 1, 2, 3]);
    expect(reports.filter(({ kind }) => kind === "ended")).toHaveLength(1);
    expect(reports.at(-1)?.kind).toBe("ended");
  });

  test("slow, it does one update at each beat, as far as it is to go, and tells of each", () => {
    loop.start(false);
    loop.obey({ kind: "speed", speed: "slow" });
    slices();
    expect([trainer.measured, trainer.updates], "measured at once").toEqual([true, 0]);
    expect(progress().at(-1)).toMatchObject({ step: 0, busy: true, awaits: true });
    for (const step of [1, 2, 3]) {
      loop.obey({ kind: "beat" });
      slices();
      expect(progress().at(-1)).toMatchObject({ step, busy: true, awaits: true });
    }
    for (const [rest, goOn] of [
      [{ kind: "hold" }, { kind: "release" }],
      [{ kind: "pause" }, { kind: "resume" }],
    ] as const) {
      loop.obey(rest);
      loop.obey({ kind: "beat" });
      loop.obey(goOn);
      slices();
      expect(trainer.updates, rest.kind).toBe(3);
    }
    loop.obey({ kind: "speed", speed: "max" });
    slices(1);
    loop.obey({ kind: "beat" });
    expect(trainer.updates, "nobody waits for it now").toBe(4);
    slices();
    expect(trainer.updates).toBe(EPOCHS * STEPS);
  });

  test("when it leaves, it gives its memory back, unless it has trapped, and does nothing more", () => {
    loop.start(false);
    slices(3);
    loop.leave();
    slices();
    expect([trainer.updates, trainer.freed]).toEqual([2, 1]);
    const other = new FakeTrainer(clock);
    other.trapAt = 1;
    loop = new Loop(other, 100, parts);
    loop.start(false);
    slices();
    loop.leave();
    expect(other.freed).toBe(0);
  });

  test("at a pace, no update comes early because another took long", () => {
    loop.start(false);
    loop.obey({ kind: "speed", speed: "real" });
    slices();
    expect(
      waits.slice(1).every((ms) => ms === 0),
      "an update of 20 ms leaves nothing to wait for",
    ).toBe(true);
  });

  test("stands still while it is held, takes a change, and goes on", () => {
    loop.start(false);
    slices(6);
    loop.obey({ kind: "hold" });
    slices();
    expect(trainer.updates).toBe(5);
    expect(progress().at(-1), "it has not been paused").toMatchObject({ step: 5, busy: true, obeyed: 2 });
    const change = { algorithm: "np", epoch: 1, update: 2, lr: 0.1 } as const;
    loop.obey({ kind: "release", change });
    expect(trainer.made).toEqual([change]);
    slices();
    expect(trainer.updates).toBe(EPOCHS * STEPS);
    expect(progress().at(-1)?.changes).toEqual([
      { epoch: 1, step: 2, lr: 0.005, decor_lr: 0.1, noise_std: 2 },
    ]);
  });

  test("a step that is asked for while it is held is done", () => {
    loop.start(true);
    slices();
    loop.obey({ kind: "hold" });
    loop.obey({ kind: "step" });
    loop.obey({ kind: "release" });
    slices();
    expect(trainer.updates).toBe(1);
  });

  test("in the middle of an update that takes many slices, commands and questions are heard", () => {
    trainer.turns = 50;
    loop.start(false);
    slices(11);
    loop.answer({ kind: "ask", id: 7, question: { about: "image", pixels: new Uint8Array(6) } });
    expect(reports.at(-1)).toMatchObject({ kind: "answer", id: 7 });
    expect(progress(), "and it has given signs of life").toHaveLength(3);
    expect(progress().at(-1), "of no speed before there is one").toMatchObject({ samples_per_second: null });
    loop.obey({ kind: "pause" });
    expect(progress().at(-1)).toMatchObject({ step: 0, next: 1, busy: false });
    slices();
    expect([trainer.updates, trainer.turned]).toEqual([0, 10]);
    loop.obey({ kind: "resume" });
    slices(40);
    expect([trainer.updates, trainer.turned], "it goes on where it was").toEqual([1, 0]);
  });

  test("a question that brings an update to its end is told of before it is answered", () => {
    const checkpoint = () => {
      loop.answer({ kind: "ask", id: 7, question: { about: "checkpoint" } });
      return reports.splice(0).map((report) => (report.kind === "progress" ? report.step : report.kind));
    };
    trainer.turns = 50;
    loop.start(false);
    slices(11);
    loop.obey({ kind: "pause" });
    reports.length = 0;
    expect(checkpoint()).toEqual([1, "answer"]);
    loop.obey({ kind: "step" });
    slices(2);
    checkpoint();
    slices();
    expect([trainer.updates, trainer.turned], "the step is done").toEqual([2, 0]);
    expect(progress().at(-1)).toMatchObject({ step: 2, busy: false });

    trainer.updates = EPOCHS * STEPS - 1;
    loop.obey({ kind: "step" });
    reports.length = 0;
    expect(checkpoint(), "so it is where that was the last one").toEqual([EPOCHS * STEPS, "ended", "answer"]);
  });

  test("a change that comes in the middle of an update finds it begun", () => {
    trainer.turns = 50;
    loop.start(false);
    slices(11);
    loop.obey({ kind: "hold" });
    expect(progress().at(-1)).toMatchObject({ step: 0, next: 1, busy: true });
    loop.obey({ kind: "release", change: { algorithm: "np", epoch: 0, update: 1, lr: 0.1 } });
    slices(1);
    expect(trainer.turned).toBe(11);
  });

  test("a step that takes many slices ends with its update; a pause ends it before", () => {
    trainer.turns = 10;
    loop.start(true);
    loop.obey({ kind: "step" });
    expect(progress().at(-1)).toMatchObject({ step: 0, busy: true });
    slices();
    expect([trainer.updates, trainer.turned]).toEqual([1, 0]);
    expect(progress().at(-1)).toMatchObject({ step: 1, busy: false });
    loop.obey({ kind: "step" });
    loop.obey({ kind: "pause" });
    slices();
    expect([trainer.updates, trainer.turned]).toEqual([1, 2]);
    loop.obey({ kind: "step" });
    slices();
    expect([trainer.updates, trainer.turned], "the next step is the one that has begun").toEqual([2, 0]);
  });

  test("slow, a beat is for one update, however many slices it takes", () => {
    trainer.turns = 10;
    loop.start(false);
    loop.obey({ kind: "speed", speed: "slow" });
    slices();
    loop.obey({ kind: "beat" });
    expect(progress().at(-1)).toMatchObject({ step: 0, awaits: false });
    loop.obey({ kind: "beat" });
    slices();
    expect(progress().at(-1)).toMatchObject({ step: 1, awaits: true });
  });

  test("goes on to more epochs", () => {
    loop.start(false);
    slices(6);
    loop.obey({ kind: "epochs", epochs: 5 });
    slices();
    expect(trainer.updates).toBe(5 * STEPS);
  });

  test.each([
    [3, EPOCHS - 2],
    [2, EPOCHS - 1],
    [0, EPOCHS + 1],
  ])(
    "from a checkpoint it tells of rows that are new to the page, which has %i, and of the speed since then",
    (known, told) => {
      trainer.measured = true;
      trainer.updates = STEPS;
      loop = new Loop(trainer, 100, parts, known);
      loop.start(false);
      slices();
      const rows = progress().flatMap(({ rows }) => [...rows]);
      expect(rows.length).toBe(told * row(0, LAYERS).length);
      expect(progress().at(-1)?.samples_per_second).toBeCloseTo(1250, 0);
    },
  );

  test("a diverged run ends with where it diverged", () => {
    trainer.divergeAt = 6;
    loop.start(false);
    slices();
    expect(reports.at(-1)).toMatchObject({ kind: "ended", status: "diverged", diverged: { step: 6 } });
  });

  test("a trap in the module fails the run", () => {
    trainer.trapAt = 6;
    loop.start(false);
    slices();
    expect(reports.at(-1)).toMatchObject({
      kind: "failed",
      code: "engine",
      message: expect.stringContaining("unreachable"),
    });
    loop.obey({ kind: "resume" });
    slices();
    expect(trainer.updates).toBe(6);
  });

  test("answers what is asked about the network, between slices and after a pause", () => {
    loop.start(false);
    slices(3);
    loop.answer({ kind: "ask", id: 7, question: { about: "image", pixels: new Uint8Array(6) } });
    loop.answer({ kind: "ask", id: 8, question: { about: "test" } });
    loop.answer({ kind: "ask", id: 9, question: { about: "covariance", layer: 1 } });
    const [image, answers, covariance] = reports.slice(-3);
    expect(image).toEqual({ kind: "answer", id: 7, answer: Float32Array.of(0.25, 0.75) });
    expect(answers).toEqual({
      kind: "answer",
      id: 8,
      answer: {
        ...{ rows: 2, cols: 3, classes: 2, confusion: Uint32Array.of(5, 1, 1, 3) },
        mistakes: [
          { index: 4, truth: 1, answer: 0, pixels: Uint8Array.of(0, 1, 2, 3, 4, 5) },
          { index: 9, truth: 0, answer: 1, pixels: Uint8Array.of(6, 7, 8, 9, 10, 11) },
        ],
      },
    });
    const before = Float32Array.of(1, 0.5, 0.5, 1);
    expect(covariance).toEqual({
      ...{ kind: "answer", id: 9 },
      answer: { inputs: Uint32Array.of(0, 4), width: 6, before },
    });
    expect(trainer.freed).toBe(2);
    slices();
    expect(reports.at(-1)?.kind).toBe("ended");
  });

  test("answers what is asked about an update", () => {
    loop.start(false);
    slices(3);
    const at = { update: 3, sample: 1, pass: 2 };
    loop.answer({ kind: "ask", id: 1, question: { about: "update", ...at, draws: 4 } });
    loop.answer({ kind: "ask", id: 2, question: { about: "along", ...at, layer: null, size: 0.5 } });
    loop.answer({ kind: "ask", id: 3, question: { about: "change", update: 3, sample: 1, layer: 2 } });
    expect(reports.slice(-3)).toEqual([
      { kind: "answer", id: 1, answer: Float32Array.of(3, 1, 2, 4) },
      { kind: "answer", id: 2, answer: Float32Array.of(3, 1, 2, -1, 0.5) },
      { kind: "answer", id: 3, answer: Float32Array.of(3, 1, 2) },
    ]);
  });

  test("a question that makes no sense is refused and does not end the run; a trap does", () => {
    const image = (pixels: number) => ({ about: "image", pixels: new Uint8Array(pixels) }) as const;
    loop.start(false);
    slices(3);
    loop.answer({ kind: "ask", id: 1, question: image(5) });
    const failure = { code: "idx_shape", message: "six pixels" };
    expect(reports.at(-1)).toEqual({ kind: "refused", id: 1, failure });
    slices(1);
    expect(trainer.updates).toBe(3);
    loop.answer({ kind: "ask", id: 2, question: image(1) });
    expect(reports.at(-1)).toMatchObject({ kind: "failed", code: "engine" });
  });
});
