import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Config, ratesOf } from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import type { Plan } from "../../www/app/contract/plan";
import { areOthers, cellsOf, settingsOf } from "../../www/app/sweep/cells";
import { around, isSet, placesOf, readAxis, rulesFor, suggested, typedOf } from "../../www/app/sweep/grid";
import { ranked } from "../../www/app/sweep/measures";
import { Sweep } from "../../www/app/sweep/sweep";
import { Pool } from "../../www/app/worker/pool";
import { config, FakeWorker, order, row, settle } from "./fakes";

const PLAN: Plan = {
  ...{ algorithm: "np", config: config() },
  rows: { of: "lr", values: [0.1, 0.2] },
  columns: { of: "noise_std", values: [0.01] },
};

let workers: FakeWorker[];
let sweep: Sweep;
let arrived: () => void;

/** Rust's part: refuses a rate above 10. */
function check(given: Partial<Config>): Config {
  const checked = config(given);
  if (ratesOf(checked, "np").lr > 10) throw new AppError("config", "np.lr is too large.");
  return checked;
}

const { module } = order();
const engine = {
  module,
  trainer: async () => module,
  version: "0.1.0",
  check,
  memory: () => [1],
  freshSeed: () => 1,
  sha256: () => "",
};

beforeEach(() => {
  workers = [];
  const spawn = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const shards = new Promise<{ train: []; test: [] }>((resolve) => {
    arrived = () => resolve({ train: [], test: [] });
  });
  sweep = new Sweep({
    loadEngine: async () => engine,
    shards: () => shards,
    bytes: async () => [1],
    pool: new Pool(spawn, 1),
  });
});

async function begun(): Promise<void> {
  void sweep.start(PLAN);
  arrived();
  await settle();
}

const statuses = () => sweep.state.trials.map(({ status }) => status);
const accuracyOf = (accuracy: number) => ({ rows: Float64Array.from(row(1, 2, accuracy)) });

describe("an axis", () => {
  test("of numbers is read ascending, what is given twice once; what is no number is left for Rust to name", () => {
    expect(readAxis("lr", "0.2, 0.1, ,0.2")).toEqual({ of: "lr", values: [0.1, 0.2] });
    expect(readAxis("hidden_sizes", "64, 16")).toEqual({ of: "hidden_sizes", values: [16, 64] });
    expect(readAxis("num_noise_iters", "four").values).toEqual(["four"]);
    expect(readAxis("lr", " ").values).toEqual([]);
  });

  test("of rules takes their labels and their names, in the order given, and names one that there is not", () => {
    const read = readAxis("algorithms", "WP, direct fa, np, NP");
    expect(read).toEqual({ of: "algorithms", values: ["wp", "direct_fa", "np"] });
    expect(typedOf(read)).toBe("WP, Direct FA, NP");
    expect(() => readAxis("algorithms", "NP, XP")).toThrow(/"XP" is not a rule; the rules are: BP, /);
  });

  test("offers half decades around the rule's own rate, the rules of the page, and counts", () => {
    expect(around(0.003)).toEqual([0.0003, 0.0009, 0.003, 0.009, 0.03]);
    const page = config({ algorithms: ["np", "wp"], overrides: { np: { lr: 0.003 } } });
    expect(suggested("lr", page, "np").values).toEqual(around(0.003));
    expect(suggested("algorithms", page, "np").values).toEqual(["np", "wp"]);
    expect(suggested("num_noise_iters", page, "np").values).toEqual([1, 4, 16, 64]);
  });

  test("says in words where each of its values stands", () => {
    expect(placesOf({ of: "num_noise_iters", values: [1, 4] })).toEqual(["1 draw", "4 draws"]);
    expect(placesOf({ of: "algorithms", values: ["danp"] })).toEqual(["DANP"]);
  });

  test("leaves of the rules those to which it means something", () => {
    expect(rulesFor(["lr", "noise_std"])).not.toContain("bp");
    expect(rulesFor(["lr", "hidden_sizes"])).toContain("bp");
    expect(rulesFor(["decor_lr", "noise_std"])).toContain("danp");
    expect(rulesFor(["decor_lr", "noise_std"])).not.toContain("anp");
  });
});

describe("a cell", () => {
  test("is of its row and its column, and of the plan's rule where no side says otherwise", () => {
    expect(cellsOf("np", PLAN)).toEqual([
      { algorithm: "np", lr: 0.1, noise_std: 0.01 },
      { algorithm: "np", lr: 0.2, noise_std: 0.01 },
    ]);
    const cells = cellsOf("np", {
      rows: { of: "hidden_sizes", values: [16, 64] },
      columns: { of: "algorithms", values: ["fg", "wp"] },
    });
    expect(cells.map(({ algorithm, hidden_sizes }) => [hidden_sizes, algorithm])).toEqual([
      [16, "fg"],
      [16, "wp"],
      [64, "fg"],
      [64, "wp"],
    ]);
  });

  test("has what it varies from the first update to the last, whatever is changed on the way", () => {
    const at = { epoch: 1, update: 0 };
    const changes = [
      { ...at, lr: 0.5, decor_lr: 0.1 },
      { ...at, algorithm: "np" as const, lr: 0.3 },
      { ...at, algorithm: "bp" as const, lr: 0.4 },
      { ...at, algorithm: "np" as const, decor_lr: 0.2 },
    ];
    const before = config({ algorithms: ["bp", "np"], changes });
    expect(settingsOf(before, { algorithm: "np", lr: 0.1 }).changes).toEqual([
      { ...at, lr: 0.5, decor_lr: 0.1 },
      { ...at, algorithm: "bp", lr: 0.4 },
      { ...at, algorithm: "np", decor_lr: 0.2 },
    ]);
    const { changes: left } = settingsOf(before, { algorithm: "np", num_noise_iters: 3 });
    expect(left, "all stay").toBeUndefined();
  });

  test("gives one rule its own values and leaves the others theirs", () => {
    const before = config({ algorithms: ["bp"], overrides: { bp: { lr: 0.5 }, np: { num_noise_iters: 3 } } });
    const cell = { algorithm: "np", lr: 0.1, noise_std: 0.01 } as const;
    const after = { ...before, ...settingsOf(before, cell) };
    expect(after.algorithms).toEqual(["bp", "np"]);
    expect(after.overrides).toEqual({
      bp: { lr: 0.5 },
      np: { num_noise_iters: 3, lr: 0.1, noise_std: 0.01 },
    });
    expect(after.hidden_sizes).toEqual(before.hidden_sizes);
    expect(isSet(after, cell)).toBe(true);
    expect(isSet(before, cell)).toBe(false);
    expect(isSet(after, { ...cell, num_noise_iters: 3 })).toBe(true);
    expect(isSet(after, { ...cell, num_noise_iters: 1 })).toBe(false);
    const moved = (rates: object) => ({ ...after, changes: [{ epoch: 1, update: 0, ...rates }] });
    expect(isSet(moved({ algorithm: "np", lr: 0.2 }), cell), "it goes on with another rate").toBe(false);
    expect(isSet(moved({ algorithm: "np", decor_lr: 0.2 }), cell)).toBe(true);
    expect(isSet(moved({ algorithm: "bp", lr: 0.2 }), cell)).toBe(true);
    expect(isSet(moved({ lr: 0.2 }), cell), "one for all does not reach what the rule has for itself").toBe(
      true,
    );
    const common = config({ algorithms: ["np"], lr: 0.1, changes: [{ epoch: 1, update: 0, lr: 0.2 }] });
    expect(isSet(common, { algorithm: "np", lr: 0.1 }), "it goes on with another rate").toBe(false);
  });

  test("makes every hidden layer as wide as it says", () => {
    const before = config({ algorithms: ["np"], hidden_sizes: [5, 6, 7] });
    const cell = { algorithm: "np", hidden_sizes: 16 } as const;
    const after = { ...before, ...settingsOf(before, cell) };
    expect(after.hidden_sizes).toEqual([16, 16, 16]);
    expect(after.overrides).toEqual(before.overrides);
    expect([isSet(before, cell), isSet(after, cell)]).toEqual([false, true]);
  });
});

describe("a map", () => {
  const others = (now: Partial<Config>) => areOthers(PLAN, { ...PLAN.config, ...now });

  test("belongs to the page's settings, whatever rules, seeds, epochs and values of its own sides these have", () => {
    expect(others({})).toBe(false);
    expect(others({ algorithms: ["danp"], seed: 7, num_seeds: 3, epochs: 9 })).toBe(false);
    expect(others({ lr: 5, overrides: { np: { noise_std: 1 }, bp: { lr: 3 } } })).toBe(false);
    expect(others({ decor_lr: 0.5 }), "NP has no use for it").toBe(false);
  });

  test("belongs to other settings where its cells would come out otherwise", () => {
    expect(others({ optimizer: "sgd" })).toBe(true);
    expect(others({ hidden_sizes: [5] })).toBe(true);
    const changes = [{ epoch: 1, update: 0, lr: 0.5 }];
    expect(others({ changes })).toBe(true);
    const its = { epoch: 1, update: 0, lr: 0.5, algorithm: "np" as const };
    expect(others({ changes: [its] }), "its cells have their own from first to last").toBe(false);
    const passes: Plan = { ...PLAN, rows: { of: "num_noise_iters", values: [1, 2] } };
    expect(areOthers(passes, config({ changes }))).toBe(true);
    expect(others({ overrides: { np: { num_noise_iters: 5 } } })).toBe(true);
  });
});

describe("a ranking", () => {
  const run = (status: string, accuracy: number, alignment: number | null) => ({
    status,
    accuracy,
    alignment,
  });
  const [high, low, near, lost] = [
    run("finished", 0.9, 80),
    run("finished", 0.5, null),
    run("finished", 0.7, 60),
    run("diverged", 0.95, 10),
  ];

  test("puts the greatest accuracy and the smallest angle first, of those that finished", () => {
    const byAccuracy = ranked([low, high, near, lost], "accuracy");
    expect(byAccuracy).toMatchObject({ best: 0.9, worst: 0.5 });
    expect(byAccuracy?.bestRun).toBe(high);
    expect([high, near, low, lost].map((one) => byAccuracy?.standing(one))).toEqual([
      1,
      expect.closeTo(0.5),
      0,
      null,
    ]);
    const byAngle = ranked([low, high, near, lost], "alignment");
    expect(byAngle?.bestRun).toBe(near);
    expect([near, high, low].map((one) => byAngle?.standing(one))).toEqual([1, expect.closeTo(0), null]);
  });

  test("has nothing to say before a run has finished", () => {
    expect(ranked([lost, run("waiting", 0, null)], "accuracy")).toBeUndefined();
  });
});

describe("a sweep", () => {
  test("trains each cell in its turn, fills in what it measures, and is done", async () => {
    await begun();
    expect(sweep.state.phase).toBe("running");
    expect(statuses()).toEqual(["training", "waiting"]);
    expect(ratesOf(workers[0]?.order.config ?? config(), "np")).toMatchObject({ lr: 0.1, noise_std: 0.01 });
    expect(workers[0]?.order).toMatchObject({ algorithm: "np", paused: false });
    workers[0]?.progress(accuracyOf(0.4));
    expect(sweep.state.trials[0]?.accuracy).toBe(0.4);
    workers[0]?.progress();
    expect(sweep.state.trials[0]?.accuracy, "a report without a new epoch").toBe(0.4);
    workers[0]?.end();
    workers[1]?.progress(accuracyOf(0.9));
    workers[1]?.end({ status: "diverged" });
    expect(statuses()).toEqual(["finished", "diverged"]);
    expect(sweep.state.phase).toBe("done");
    expect(ranked(sweep.state.trials, "accuracy")?.bestRun).toBe(sweep.state.trials[0]);
  });

  test("is cancelled: its workers end, and what was measured stays", async () => {
    await begun();
    workers[0]?.progress(accuracyOf(0.4));
    workers[0]?.end();
    workers[1]?.progress(accuracyOf(0.3));
    sweep.cancel();
    expect(sweep.state.phase).toBe("cancelled");
    expect(workers[1]?.terminated).toBe(true);
    expect(statuses()).toEqual(["finished", "waiting"]);
    expect(sweep.state.trials.map(({ accuracy }) => accuracy)).toEqual([0.4, null]);
  });

  test("stands still while nobody sees it, also what has yet to begin", async () => {
    await begun();
    sweep.resting = true;
    expect(workers.map(({ orders }) => orders.at(-1))).toEqual(["pause"]);
    sweep.resting = false;
    expect(workers.map(({ orders }) => orders.at(-1))).toEqual(["resume"]);
    sweep.cancel();
    sweep.resting = true;
    workers = [];
    await begun();
    expect(workers.map(({ order }) => order.paused)).toEqual([true]);
  });

  test("starts no worker when it is cancelled while it loads", async () => {
    void sweep.start(PLAN);
    sweep.cancel();
    arrived();
    await settle();
    expect(workers).toEqual([]);
  });

  test("goes on with a trial whose worker is lost, once, from its last checkpoint", async () => {
    await begun();
    const [first] = workers;
    first?.progress({ rows: Float64Array.from(row(0, 2, 0.1)) });
    first?.progress({ ...accuracyOf(0.4), epoch: 1, step: 10 });
    const [{ id } = { id: -1 }] = first?.questions ?? [];
    first?.answer(id, new Blob([Uint8Array.of(5, 6)]));
    await settle();
    first?.crash("gone");
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    expect(workers[1]?.order.from, "the trial that waits is not kept waiting").toBeUndefined();
    workers[1]?.end();
    await vi.waitFor(() => expect(workers).toHaveLength(3));
    expect(workers[2]?.order).toMatchObject({
      config: first?.order.config,
      from: { checkpoint: Uint8Array.of(5, 6), rows: 2 },
    });
    expect([sweep.state.trials[0]?.accuracy, sweep.state.error]).toEqual([0.4, null]);
    workers[2]?.progress({ rows: Float64Array.from(row(2, 2, 0.6)), epoch: 2, step: 20 });
    workers[2]?.crash("gone again");
    expect(statuses()).toEqual(["failed", "finished"]);
    expect(sweep.state).toMatchObject({ phase: "done", error: { code: "worker" } });
    expect(workers).toHaveLength(3);
  });

  test("of a trial whose worker is lost after the sweep was cancelled there is nothing more", async () => {
    await begun();
    workers[0]?.progress(accuracyOf(0.4));
    workers[0]?.crash("gone");
    sweep.cancel();
    await settle();
    expect([workers.length, sweep.state.phase]).toEqual([2, "cancelled"]);
  });

  test("goes on when a worker dies before its trial has begun, and says so", async () => {
    await begun();
    workers[0]?.crash("out of memory");
    expect(statuses()).toEqual(["failed", "training"]);
    expect(sweep.state.error?.message).toContain("out of memory");
    workers[1]?.end();
    expect(sweep.state.phase).toBe("done");
  });

  test("trains each row's own rule, and a network of each column's width", async () => {
    void sweep.start({
      ...PLAN,
      rows: { of: "algorithms", values: ["fg", "wp"] },
      columns: { of: "hidden_sizes", values: [9] },
    });
    arrived();
    await settle();
    workers[0]?.end();
    expect(workers.map(({ order }) => order.algorithm)).toEqual(["fg", "wp"]);
    expect(workers[1]?.order.config.hidden_sizes).toEqual([9]);
  });

  test("averages the angles over its epochs, the untrained network left out", async () => {
    await begun();
    const angles = [85, 70, 50].map((angle, epoch) => {
      const measured = row(epoch, 2, 0.5);
      measured[8] = angle;
      return measured;
    });
    workers[0]?.progress({ rows: Float64Array.from(angles.slice(0, 2).flat()) });
    workers[0]?.progress({ rows: Float64Array.from(angles[2] ?? []) });
    expect(sweep.state.trials[0]?.alignment).toBe(60);
  });

  test("is proposed without a run, and is then started", async () => {
    sweep.propose(PLAN, true);
    expect(sweep.state).toMatchObject({ phase: "idle", plan: PLAN, trials: [] });
    await begun();
    expect(sweep.state.trials).toHaveLength(2);
  });

  test("shows the map again that another has taken the place of, and the other one after that", async () => {
    await begun();
    expect(sweep.state.earlier, "nothing was there").toEqual([]);
    workers[0]?.progress(accuracyOf(0.4));
    workers[0]?.end();
    void sweep.start({ ...PLAN, rows: { of: "lr", values: [0.5] } });
    await settle();
    expect(workers[1]?.terminated, "one at a time").toBe(true);
    expect(sweep.state.earlier.map(({ phase }) => phase)).toEqual(["cancelled"]);
    workers[2]?.progress(accuracyOf(0.7));
    workers[2]?.end();
    sweep.show(0);
    expect(sweep.state).toMatchObject({ phase: "cancelled", plan: PLAN });
    expect(sweep.state.trials.map(({ accuracy }) => accuracy)).toEqual([0.4, null]);
    expect(sweep.state.earlier.map(({ trials }) => trials[0]?.accuracy)).toEqual([0.7]);
    sweep.propose(PLAN, true);
    expect(sweep.state.earlier).toHaveLength(2);
    sweep.propose(PLAN, true);
    expect(sweep.state.earlier, "a plan is no map").toHaveLength(2);
  });

  test("refuses a rate that Rust refuses before anything starts", async () => {
    await sweep.start({ ...PLAN, rows: { of: "lr", values: [0.1, 99] } });
    expect(sweep.state.phase).toBe("failed");
    expect(sweep.state.error?.message).toBe("np.lr is too large.");
    expect(sweep.state.trials).toEqual([]);
    expect(workers).toEqual([]);
  });
});
