import { beforeEach, describe, expect, test } from "vitest";
import { type Config, ratesOf } from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import type { Plan } from "../../www/app/contract/plan";
import { around, isSet, pairsOf, settingsOf } from "../../www/app/sweep/grid";
import { bestOf, Sweep } from "../../www/app/sweep/sweep";
import { Pool } from "../../www/app/worker/pool";
import { config, FakeWorker, order, row, settle } from "./fakes";

const PLAN: Plan = { algorithm: "np", config: config(), lrs: [0.1, 0.2], noises: [0.01] };

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
const engine = { module, trainer: async () => module, version: "0.1.0", check, freshSeed: () => 1 };

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
  sweep = new Sweep({ loadEngine: async () => engine, shards: () => shards, pool: new Pool(spawn, 1) });
});

async function begun(): Promise<void> {
  void sweep.start(PLAN);
  arrived();
  await settle();
}

const statuses = () => sweep.state.trials.map(({ status }) => status);
const accuracyOf = (accuracy: number) => ({ rows: Float64Array.from(row(1, 2, accuracy)) });

describe("the grid", () => {
  test("lies half decades around a rate, of every pair once, ascending", () => {
    expect(around(0.003)).toEqual([0.0003, 0.0009, 0.003, 0.009, 0.03]);
    expect(pairsOf([0.2, 0.1, 0.2], [1]).map(({ lr }) => lr)).toEqual([0.1, 0.2]);
  });

  test("gives one rule its own rates and leaves the others theirs", () => {
    const before = config({ algorithms: ["bp"], overrides: { bp: { lr: 0.5 }, np: { num_noise_iters: 3 } } });
    const after = { ...before, ...settingsOf(before, "np", { lr: 0.1, noise_std: 0.01 }) };
    expect(after.algorithms).toEqual(["bp", "np"]);
    expect(after.overrides).toEqual({
      bp: { lr: 0.5 },
      np: { num_noise_iters: 3, lr: 0.1, noise_std: 0.01 },
    });
    expect(isSet(after, "np", { lr: 0.1, noise_std: 0.01 })).toBe(true);
    expect(isSet(before, "np", { lr: 0.1, noise_std: 0.01 })).toBe(false);
  });
});

describe("a sweep", () => {
  test("trains each pair in its turn, fills in what it measures, and is done", async () => {
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
    expect(bestOf(sweep.state.trials), "of those that finished").toBe(sweep.state.trials[0]);
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

  test("starts no worker when it is cancelled while it loads", async () => {
    void sweep.start(PLAN);
    sweep.cancel();
    arrived();
    await settle();
    expect(workers).toEqual([]);
  });

  test("goes on when a worker dies, and says so", async () => {
    await begun();
    workers[0]?.crash("out of memory");
    expect(statuses()).toEqual(["failed", "training"]);
    expect(sweep.state.error?.message).toContain("out of memory");
    workers[1]?.end();
    expect(sweep.state.phase).toBe("done");
  });

  test("refuses a rate that Rust refuses before anything starts", async () => {
    await sweep.start({ ...PLAN, lrs: [0.1, 99] });
    expect(sweep.state.phase).toBe("failed");
    expect(sweep.state.error?.message).toBe("np.lr is too large.");
    expect(sweep.state.trials).toEqual([]);
    expect(workers).toEqual([]);
  });
});
