import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Config, defaults, SCHEMA, startsAgain } from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import { toLink } from "../../www/app/contract/url";
import { Experiment, type RunView } from "../../www/app/state/experiment";
import { settingsOf } from "../../www/app/sweep/cells";
import type { Engine } from "../../www/app/worker/engine";
import { Budget } from "../../www/app/worker/room";
import { FakeWorker, row, settle } from "./fakes";

const FOLDER = new URL("https://example.org/data/");
const LAYERS = 3;

const emptyModule = () => new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const exact = emptyModule();
const fast = emptyModule();

/** Rust's part: refuses a learning rate above 10. */
const engine: Engine = {
  module: exact,
  trainer: async (arithmetic) => (arithmetic === "fast" ? fast : exact),
  version: "0.1.0",
  // A unit of the first hidden layer is a megabyte here.
  memory: ({ algorithms, hidden_sizes: [units = 0] }) => algorithms.map(() => 1e6 * units),
  freshSeed: () => 42,
  sha256: () => "",
  check(given: Partial<Config>) {
    const config = { ...defaults(), ...given };
    if (config.lr > 10) {
      throw new AppError("config", "lr is too large.", [
        { field: "lr", value: String(config.lr), allowed: "at most 10", message: "lr is too large." },
      ]);
    }
    return config;
  },
};

const file = (name: string) => ({ file: name, bytes: 4, sha256: "0".repeat(64) });
const shard = (name: string) => ({
  count: 10,
  images: file(`${name}-images`),
  labels: file(`${name}-labels`),
});
const manifest = {
  ...{ dataset: "mnist", rows: 28, cols: 28, classes: 10, shard_size: 2500 },
  train: { count: 10, shards: [shard("train")] },
  test: { count: 10, shards: [shard("test")] },
};

let workers: FakeWorker[];
let online: boolean;
let requests: [string, RequestCache | undefined][];
let events: string[];
let experiment: Experiment;

const site: typeof fetch = async (input, init) => {
  const name = String(input).slice(FOLDER.href.length);
  requests.push([name, init?.cache]);
  if (!online) return new Response("", { status: 503 });
  return new Response(name === "manifest.json" ? JSON.stringify(manifest) : "data");
};

const withCores = (cores: number) =>
  new Experiment(FOLDER, {
    loadEngine: async () => engine,
    cores,
    fetch: site,
    spawn: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });

beforeEach(async () => {
  workers = [];
  online = true;
  requests = [];
  events = [];
  experiment = withCores(2);
  for (const type of ["epoch", "done", "error"]) experiment.addEventListener(type, () => events.push(type));
  await experiment.configure({ algorithms: ["bp", "np", "anp"], hidden_sizes: [4, 4], epochs: 2 });
});

afterEach(() => {
  experiment.dispose();
  vi.useRealTimers();
});

/** The data comes, and the first workers are there. */
async function loaded(): Promise<void> {
  await vi.waitFor(() => expect(workers.length).toBeGreaterThan(0));
  await settle();
}

async function play(): Promise<void> {
  experiment.play();
  await loaded();
}

const worker = (index: number): FakeWorker => {
  const found = workers[index];
  if (!found) throw new Error(`there is no worker ${index}`);
  return found;
};
const run = (index: number): RunView => {
  const found = experiment.runs[index];
  if (!found) throw new Error(`there is no run ${index}`);
  return found;
};
const statuses = () => experiment.runs.map(({ status }) => status);

/** The worker trains one epoch after another. */
function train(index: number, epochs: number[]): void {
  const rows = Float64Array.from(epochs.flatMap((epoch) => row(epoch, LAYERS)));
  worker(index).progress({ rows, epoch: epochs.at(-1) ?? 0, step: 10 * (epochs.at(-1) ?? 0) });
}

describe("an experiment", () => {
  test("goes on with what another page has left, and can be taken back", async () => {
    const left = { algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 3, lr: 0.5 };
    const checkpoint = Uint8Array.of(1, 2);
    await experiment.goOn(left, [{ algorithm: "np", seed: 0, checkpoint }]);
    await loaded();
    expect(experiment.address).toMatchObject(left);
    expect(workers.map(({ order }) => [order.algorithm, order.paused, order.from])).toEqual([
      ["bp", false, undefined],
      ["np", false, { checkpoint, rows: 0 }],
    ]);
    train(1, [0, 1, 2]);
    expect(run(1).history.epoch).toEqual([0, 1, 2]);
    await experiment.undo();
    expect(experiment.config.algorithms).toEqual(["bp", "np", "anp"]);
  });

  test("goes on, of the settings that are shown, with nothing before it that could be taken back", async () => {
    const { undoable, config: settings } = experiment;
    await experiment.goOn(settings, [{ algorithm: "np", seed: 0, checkpoint: Uint8Array.of(1) }]);
    await loaded();
    train(1, [0, 1]);
    expect([undoable, experiment.undoable]).toEqual([false, false]);
    await experiment.goOn(settings, []);
    expect(experiment.undoable, "these had learned").toBe(true);
  });

  test("knows how far runs that wait for a worker had come: they follow a change, come back after Undo, and are left again", async () => {
    const settings = { algorithms: ["np"], num_seeds: 3, hidden_sizes: [4, 4], epochs: 9 };
    const place = { epoch: 3, next: 31, steps_per_epoch: 10, over: false };
    const checkpoint = Uint8Array.of(1);
    await experiment.goOn(
      settings,
      [0, 1, 2].map((seed) => ({ algorithm: "np" as const, seed, checkpoint, ...place })),
    );
    await loaded();
    expect(statuses()).toEqual(["loading", "loading", "queued"]);
    expect(run(2)).toMatchObject({ epoch: 3, next: 31, ended: false });
    await experiment.change({ lr: 0.5 });
    for (const index of [0, 1]) worker(index).progress({ epoch: 2, step: 25 });
    await settle();
    expect(experiment.result.config.changes, "no run has passed it").toEqual([
      { algorithm: "np", epoch: 3, update: 1, lr: 0.5 },
    ]);
    expect(experiment.stale).toEqual([]);
    experiment.reset();
    workers = [];
    await experiment.undo();
    await loaded();
    for (const { order } of workers) expect(order.from, "no run begins anew").toMatchObject({ checkpoint });
    expect(run(2).epoch).toBe(3);
  });

  test("has changed nothing where a rate is moved in a pause, and moved back", async () => {
    const settings = { algorithms: ["np"], num_seeds: 2, hidden_sizes: [4, 4], epochs: 9 };
    await experiment.configure(settings);
    experiment.play();
    await loaded();
    for (const index of [0, 1]) worker(index).progress({ epoch: 2, step: 25 });
    experiment.pause();
    const before = experiment.address;
    const move = async (rates: object) => {
      await experiment.change(rates);
      for (const index of [0, 1]) worker(index).progress({ epoch: 2, step: 25 });
      await settle();
    };
    await move({ lr: 0.5, noise_std: 0.3 });
    expect(experiment.address.changes).toMatchObject([{ algorithm: "np", lr: 0.5, noise_std: 0.3 }]);
    await move({ lr: defaults().lr });
    expect(experiment.address.changes).toHaveLength(1);
    expect(experiment.address.changes[0], "the other one stays").not.toHaveProperty("lr");
    await move({ noise_std: defaults().noise_std });
    expect(experiment.address).toEqual(before);
    expect(experiment.stale).toEqual([]);
  });

  test("changes nothing for a run that has ended elsewhere, or of which nobody knows", async () => {
    const settings = { algorithms: ["np"], num_seeds: 3, hidden_sizes: [4, 4], epochs: 9 };
    for (const place of [{ epoch: 9, next: 90, steps_per_epoch: 10, over: true }, { epoch: 3 }]) {
      workers = [];
      const left = [0, 1, 2].map((seed) => ({
        algorithm: "np" as const,
        seed,
        checkpoint: Uint8Array.of(1),
      }));
      await experiment.goOn(
        settings,
        left.map((run) => ({ ...run, ...place })),
      );
      await loaded();
      await experiment.change({ lr: 0.5 });
      expect(experiment.stale).toEqual(["np"]);
      await experiment.change({ lr: defaults().lr });
    }
  });

  describe("keeps what another page has left, before a worker has it,", () => {
    const settings = { algorithms: ["np"], hidden_sizes: [4, 4], epochs: 9 };
    const checkpoint = Uint8Array.of(1);
    const known = { epoch: 8, next: 81, steps_per_epoch: 10, over: false };
    const comeBack = (place: object) =>
      experiment.goOn(settings, [{ algorithm: "np", seed: 0, checkpoint, ...place }]);
    const brought = () => workers.filter(({ order }) => order.algorithm === "np").map(({ order }) => order);

    test.each([
      ["a rule more", { algorithms: ["np", "bp"] }, known],
      ["more epochs", { epochs: 20 }, known],
      ["more epochs, of a file that tells no place,", { epochs: 20 }, {}],
      ["another rate", { lr: 0.5 }, known],
    ] as const)("through %s", async (_, patch, place) => {
      await comeBack(place);
      expect(await experiment.change(patch)).toBe("kept");
      await loaded();
      expect(brought()).toMatchObject([{ from: { checkpoint } }]);
    });

    test.each([known, {}])("through another rate when it is paused at once", async (place) => {
      await comeBack(place);
      experiment.pause();
      await experiment.change({ lr: 0.5 });
      await loaded();
      expect(brought()).toMatchObject([{ paused: true, from: { checkpoint } }]);
      expect(experiment.stale.length, "where its place is not known it does not follow").toBe(
        "next" in place ? 0 : 1,
      );
    });

    test("when the data do not come, until they are tried again", async () => {
      online = false;
      await comeBack(known);
      await vi.waitFor(() => expect(experiment.phase).toBe("failed"));
      expect((await run(0).standing())?.size).toBe(1);
      online = true;
      experiment.retry();
      await loaded();
      expect(brought()).toMatchObject([{ paused: false, from: { checkpoint } }]);
      worker(0).progress({ epoch: 8, step: 81 });
      expect(run(0).resumed, "it has lost no worker").toBeUndefined();
    });

    test("when the data do not come, also through a reset, for Undo", async () => {
      online = false;
      await comeBack(known);
      await vi.waitFor(() => expect(experiment.phase).toBe("failed"));
      online = true;
      experiment.reset();
      await experiment.undo();
      await loaded();
      expect(brought()).toMatchObject([{ paused: true, from: { checkpoint } }]);
    });
  });

  test("refuses what another page has left if its settings cannot be used", async () => {
    await expect(experiment.goOn({ lr: 11 }, [])).rejects.toThrow("too large");
    expect([experiment.phase, experiment.config.lr]).toEqual(["idle", defaults().lr]);
  });

  test("trains with the module of the chosen arithmetic", async () => {
    experiment.play();
    await settle();
    expect(workers.map(({ order }) => order.module)).toEqual([exact, exact]);
    expect(await experiment.change({ arithmetic: "fast" })).toBe("restarted");
    await settle();
    expect(workers[2]?.order.module).toBe(fast);
    expect(experiment.result.config.arithmetic).toBe("fast");
  });

  test("is idle until it is played", () => {
    expect(experiment.phase).toBe("idle");
    expect(statuses()).toEqual(["queued", "queued", "queued"]);
    expect(requests).toEqual([]);
  });

  test("loads, runs as many at once as there are cores, and is done", async () => {
    experiment.play();
    expect(experiment.phase).toBe("loading");
    await loaded();
    expect(statuses()).toEqual(["loading", "loading", "queued"]);
    train(0, [0]);
    train(1, [0, 1]);
    expect(experiment.phase).toBe("running");
    expect(events).toEqual(["epoch"]);
    expect(run(1).history.epoch).toEqual([0, 1]);
    worker(0).end();
    expect(statuses()).toEqual(["finished", "running", "loading"]);
    worker(1).end({ status: "diverged", diverged: { epoch: 2, step: 15, layer: 1, quantity: "loss" } });
    worker(2).end();
    expect(experiment.phase).toBe("done");
    expect(events.filter((event) => event === "done")).toHaveLength(1);
    expect(run(0)).toMatchObject({ weights_hash: "abc", checkpoint: new Uint8Array(3) });
    expect(experiment.result.runs.map(({ status }) => status)).toEqual(["finished", "diverged", "finished"]);
    expect(experiment.result.runs[1]?.diverged?.step).toBe(15);
  });

  test("tells of every epoch, also when several come at once", async () => {
    await play();
    train(0, [0, 1, 2]);
    expect(events).toEqual(["epoch", "epoch"]);
  });

  test("lets all algorithms begin with their first seed", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], num_seeds: 2, seed: 7 });
    expect(experiment.runs.map(({ algorithm, seed }) => [algorithm, seed])).toEqual([
      ["bp", 7],
      ["bp", 8],
      ["np", 7],
      ["np", 8],
    ]);
    await play();
    expect(workers.map(({ order: { algorithm, seed } }) => [algorithm, seed])).toEqual([
      ["bp", 7],
      ["np", 7],
    ]);
  });

  test("pauses and goes on at once for the eye, whatever is still on its way", async () => {
    await play();
    train(0, [0]);
    train(1, [0]);
    experiment.pause();
    expect(experiment.phase).toBe("paused");
    expect(worker(0).orders).toEqual(["pause"]);
    worker(0).progress({ obeyed: 1, busy: true });
    expect(experiment.phase).toBe("paused");
    worker(0).progress({ busy: false });
    experiment.play();
    expect(experiment.phase).toBe("running");
    expect(worker(0).orders).toEqual(["pause", "resume"]);
  });

  test("starts paused when it is paused while loading", async () => {
    experiment.play();
    experiment.pause();
    await loaded();
    expect(worker(0).order.paused).toBe(true);
    worker(0).progress({ busy: false });
    worker(1).progress({ busy: false });
    expect(experiment.phase).toBe("paused");
  });

  test("steps from idle: the active runs start paused and do one update each", async () => {
    experiment.step();
    experiment.step();
    await loaded();
    const begun = workers.flatMap((fake) => fake.runs.map((run) => fake.commandsOf(run)));
    expect(begun.map(([start, ...orders]) => [start, ...orders.map(({ kind }) => kind)])).toEqual(
      Array(3).fill([expect.objectContaining({ paused: true }), "step", "step"]),
    );
    worker(0).progress({ busy: false, step: 2 });
    expect(experiment.phase).toBe("paused");
  });

  test("steps in every run, also in those that waited for a worker: two share one", async () => {
    await play();
    expect(workers.map(({ runs }) => runs)).toEqual([[0], [1]]);
    experiment.step();
    expect(workers.map(({ runs }) => runs)).toEqual([[0, 2], [1]]);
    expect([0, 2].map((run) => worker(0).ordersOf(run))).toEqual([["step"], ["step"]]);
    expect(worker(1).orders).toEqual(["step"]);
    worker(0).end();
    expect(worker(0).terminated, "the other goes on in it").toBe(false);
    worker(0).end({}, 2);
    expect(worker(0).terminated).toBe(true);
  });

  test("slow, all runs are there, and go on when every one has done its last update", async () => {
    vi.useFakeTimers();
    experiment.setSpeed("slow");
    await play();
    const seats = [
      [0, 0],
      [1, 1],
      [0, 2],
    ] as const;
    const beats = () =>
      seats.map(
        ([at, run]) =>
          worker(at)
            .ordersOf(run)
            .filter((order) => order === "beat").length,
      );
    const say = (of: (typeof seats)[number]) => worker(of[0]).progress({ awaits: true }, of[1]);
    say(seats[0]);
    say(seats[1]);
    vi.advanceTimersByTime(500);
    expect(beats(), "one is still being built").toEqual([0, 0, 0]);
    say(seats[2]);
    vi.advanceTimersByTime(500);
    expect(beats()).toEqual([1, 1, 1]);
    vi.advanceTimersByTime(5000);
    expect(beats(), "none has answered").toEqual([1, 1, 1]);
    for (const seat of seats) say(seat);
    vi.advanceTimersByTime(500);
    expect(beats()).toEqual([2, 2, 2]);
    for (const seat of seats) say(seat);
    experiment.setSpeed("max");
    for (const seat of seats) say(seat);
    vi.advanceTimersByTime(5000);
    expect(beats()).toEqual([2, 2, 2]);
  });

  test("is running while it completes one epoch", async () => {
    experiment.step();
    await loaded();
    for (const fake of workers) fake.progress({ busy: false });
    experiment.epoch();
    expect(experiment.phase).toBe("running");
    for (const fake of workers) fake.progress({ busy: false });
    expect(experiment.phase).toBe("paused");
  });

  test("reset ends the workers and is untrained again, with the same seed", async () => {
    await play();
    train(0, [0, 1]);
    experiment.reset();
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    expect(experiment.phase).toBe("idle");
    expect(run(0).history.epoch).toEqual([]);
    const before = requests.length;
    workers = [];
    await play();
    expect(worker(0).order.seed).toBe(0);
    expect(requests.slice(before), "all of it is here").toEqual([]);
  });

  test("plays from the start again when it is done", async () => {
    await play();
    for (const index of [0, 1, 2]) worker(index).end();
    workers = [];
    await play();
    expect(workers).toHaveLength(2);
    expect(statuses()).toEqual(["loading", "loading", "queued"]);
  });

  test("a rate that is changed before the first update is the one that runs start with", async () => {
    experiment.prepare();
    await loaded();
    worker(0).progress({ busy: false });
    await experiment.change({ lr: 0.05 });
    expect(experiment.address).toMatchObject({ lr: 0.05, changes: [] });
    await experiment.change({ noise_std: 0.1 });
    expect(experiment.address).toMatchObject({ lr: 0.05, noise_std: 0.1, changes: [] });
    await experiment.play();
    await vi.waitFor(() => expect(workers.at(-1)?.order.config).toMatchObject({ lr: 0.05, noise_std: 0.1 }));
    expect(experiment.result.config).toMatchObject({ lr: 0.05, noise_std: 0.1, changes: [] });
  });

  test("tells of changes at most every 100 ms, of phases at once", async () => {
    await play();
    train(0, [0]);
    vi.useFakeTimers();
    experiment.pause();
    experiment.play();
    let changes = 0;
    experiment.addEventListener("change", () => {
      changes += 1;
    });
    for (let epoch = 0; epoch < 5; epoch++) train(0, []);
    expect(changes).toBe(0);
    vi.advanceTimersByTime(100);
    expect(changes).toBe(1);
    experiment.pause();
    expect(changes).toBe(2);
  });

  test("ends every worker and says nothing after dispose", async () => {
    await play();
    experiment.dispose();
    worker(0).end();
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    expect(events).toEqual([]);
  });

  test("starts no worker when it is disposed of while loading", async () => {
    experiment.play();
    experiment.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(workers).toEqual([]);
    expect(events).toEqual([]);
  });
});

describe("a change", () => {
  const change = (patch: Partial<Config>) => experiment.change(patch);

  /** The workers stand still when they are asked to, at these updates. */
  async function standStill(...steps: number[]): Promise<void> {
    for (const [index, step] of steps.entries()) worker(index).progress({ step });
    await settle();
  }

  test("of a rate has one place for all runs of a rule: the first update that none has done", async () => {
    await experiment.configure({ algorithms: ["np"], num_seeds: 3, epochs: 4 });
    await play();
    const courses: string[] = [];
    experiment.addEventListener("course", () => courses.push(toLink(experiment.address)));
    expect(await change({ lr: 0.5 })).toBe("kept");
    expect(workers.map(({ orders }) => orders)).toEqual([["hold"], ["hold"]]);
    await standStill(12, 17);
    const place = { algorithm: "np", epoch: 1, update: 7, lr: 0.5 };
    for (const { commands } of workers) expect(commands.at(-1)).toEqual({ kind: "release", change: place });
    expect(experiment.config.lr, "what the box shows").toBe(0.5);
    expect(experiment.result.config).toMatchObject({ lr: defaults().lr, changes: [place] });
    expect(courses).toEqual(["v=2&algorithms=np&epochs=4&num_seeds=3&np.lr@1.7=0.5"]);
    worker(0).end();
    expect(worker(2).order.config.changes, "the queued one has it from the start").toEqual([place]);
    expect(experiment.stale).toEqual([]);
  });

  test("of a rate in the same place takes the place of the one before, and is written as if both had been one", async () => {
    await experiment.configure({ algorithms: ["np"] });
    await play();
    await change({ noise_std: 0.1 });
    await standStill(12);
    await change({ lr: 0.7 });
    await standStill(12);
    expect(JSON.stringify(experiment.result.config.changes)).toBe(
      JSON.stringify([{ algorithm: "np", epoch: 1, update: 2, lr: 0.7, noise_std: 0.1 }]),
    );
  });

  test("of what one rule has for itself is written in the order of the rules, whichever began first", async () => {
    const overrides = { bp: { lr: 0.1 }, np: { num_noise_iters: 2 } };
    await experiment.configure({ algorithms: ["bp", "np"], overrides });
    await play();
    await change({ overrides: { bp: { lr: 0.1 }, np: { num_noise_iters: 3 } } });
    await change({ algorithms: ["np"] });
    await change({
      algorithms: ["np", "bp"],
      overrides: { bp: { num_noise_iters: 4 }, np: { num_noise_iters: 3 } },
    });
    expect(Object.keys(experiment.address.overrides)).toEqual(["bp", "np"]);
  });

  test("of a rate is refused where there are as many as a link can hold", async () => {
    const changes = Array.from({ length: 1000 }, (_, update) => ({
      epoch: 0,
      update,
      lr: 0.1 + update / 1e4,
    }));
    await experiment.configure({ algorithms: ["np"], changes });
    await play();
    await expect(change({ noise_std: 0.5 })).rejects.toThrow("1000 times");
    expect(experiment.config.noise_std).toBe(defaults().noise_std);
  });

  test("that takes away the last run that was on its way tells that all is done", async () => {
    await play();
    for (const index of [0, 1]) worker(index).end();
    await settle();
    expect(events).not.toContain("done");
    await change({ algorithms: ["bp", "np"] });
    expect(experiment.phase).toBe("done");
    expect(events.filter((event) => event === "done")).toHaveLength(1);
    await change({ algorithms: ["bp"] });
    expect(
      events.filter((event) => event === "done"),
      "it was done before",
    ).toHaveLength(1);
  });

  test("that takes away a run which has learned something leaves it aside, until it is there again", async () => {
    await play();
    for (const index of [0, 1]) worker(index).progress({ step: 5 });
    const { algorithms } = experiment.config;
    expect(experiment.aside, "both are there").toEqual([]);
    await change({ algorithms: algorithms.slice(0, 1) });
    expect(experiment.aside.map((config) => config.algorithms)).toEqual([algorithms]);
    await change({ algorithms });
    expect(experiment.aside).toEqual([]);
    await experiment.configure({ seed: 5 });
    expect(experiment.aside.length, "nor are those that others took the place of").toBeGreaterThan(0);
    await experiment.undo();
    expect(experiment.aside).toEqual([]);
  });

  test("to a cell of the sweep keeps the runs, whose rates may have been moved before", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 9 });
    await play();
    await change({ lr: 0.5 });
    for (const step of [12, 13]) await standStill(step, step);
    const cell = settingsOf(experiment.config, { algorithm: "np", lr: 0.01, noise_std: 0.05 });
    expect(await change(cell)).toBe("kept");
    await standStill(14, 14);
    expect(experiment.runs.map(({ step }) => step)).toEqual([14, 14]);
    expect(experiment.address.changes.at(-1)).toMatchObject({ algorithm: "np", lr: 0.01, noise_std: 0.05 });
  });

  test("to a cell after the end trains its rule beside the curves of the others, which stay in the link", async () => {
    await experiment.configure({ algorithms: ["bp"], hidden_sizes: [4, 4], epochs: 9 });
    await play();
    await change({ lr: 0.5 });
    await standStill(12);
    worker(0).end();
    expect(await change(settingsOf(experiment.config, { algorithm: "np", lr: 0.01 }))).toBe("kept");
    await settle();
    expect(statuses()).toEqual(["finished", "loading"]);
    expect(experiment.address.changes).toContainEqual({ algorithm: "bp", epoch: 1, update: 2, lr: 0.5 });
  });

  test("that takes back the changes made on this page starts anew from the rates of before", async () => {
    await experiment.configure({ algorithms: ["np"] });
    await play();
    await change({ lr: 0.5 });
    await standStill(12);
    experiment.pause();
    const { lr, decor_lr, noise_std, overrides } = experiment.address;
    expect(await change({ lr, decor_lr, noise_std, overrides, changes: [] })).toBe("restarted");
    expect(toLink(experiment.address)).toBe("v=1&algorithms=np");
  });

  test("that takes back such changes after the end makes the curves stale until they are trained anew", async () => {
    await experiment.configure({ algorithms: ["np"] });
    await play();
    await change({ lr: 0.5 });
    await standStill(12);
    worker(0).end();
    const { lr, decor_lr, noise_std, overrides } = experiment.address;
    await change({ lr, decor_lr, noise_std, overrides, changes: [] });
    expect(experiment.stale).toEqual(["np"]);
    expect(toLink(experiment.address)).toBe("v=1&algorithms=np");
  });

  test("that takes back a rate that was moved there and back does so after the end, too", async () => {
    await experiment.configure({ algorithms: ["bp", "np"] });
    await play();
    for (const noise_std of [0.5, defaults().noise_std]) {
      await change({ noise_std });
      await standStill(12, 12);
      worker(1).progress({ step: 14 });
    }
    for (const index of [0, 1]) worker(index).end();
    expect(experiment.stale).toEqual([]);
    const { lr, decor_lr, noise_std, overrides, changes } = experiment.address;
    expect(changes).toHaveLength(2);
    await change({ lr, decor_lr, noise_std, overrides, changes: [] });
    expect(experiment.stale, "BP has no use for it").toEqual(["np"]);
    expect(toLink(experiment.address)).toBe("v=1&algorithms=bp,np");
    for (const algorithms of [["np"], ["bp", "np"]] as const) {
      await change({ algorithms: [...algorithms] });
      expect(experiment.stale, "whatever rules are shown").toEqual(["np"]);
    }
    workers = [];
    await play();
    expect(worker(0).order.config.changes).toEqual([]);
    expect(experiment.stale).toEqual([]);
  });

  test("of a rate leaves alone an algorithm that has its own", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], overrides: { np: { lr: 0.2 } } });
    await play();
    await change({ lr: 0.5 });
    await standStill(0);
    expect(worker(0).orders).toEqual(["hold", "release"]);
    expect(worker(1).orders).toEqual([]);
    await change({ overrides: { np: { lr: 0.3 } } });
    expect(worker(0).orders).toEqual(["hold", "release"]);
    expect(worker(1).orders).toEqual(["hold"]);
  });

  test("of a rate passes by a rule of which a run has ended, and says so", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], num_seeds: 2 });
    await play();
    worker(0).end();
    await change({ lr: 0.5 });
    expect(worker(2).order, "another seed of the rule that has ended").toMatchObject({
      algorithm: "bp",
      seed: 1,
    });
    expect(worker(2).orders).toEqual([]);
    worker(1).progress({ step: 12 });
    await settle();
    expect(experiment.result.config.changes.map(({ algorithm }) => algorithm)).toEqual(["np"]);
    expect(experiment.stale).toEqual(["bp"]);
    expect(experiment.address.lr, "the address leads to the curves").toBe(defaults().lr);
  });

  test("of a rate is followed by a rule of which a run has failed, which follows when it is tried again", async () => {
    await experiment.configure({ algorithms: ["np"], num_seeds: 2, hidden_sizes: [4, 4], epochs: 9 });
    await play();
    await standStill(12, 12);
    worker(0).say({ kind: "failed", code: "memory", message: "It needs more." });
    await change({ lr: 0.5 });
    worker(1).progress({ step: 14 });
    await settle();
    const place = { algorithm: "np", epoch: 1, update: 4, lr: 0.5 };
    expect(worker(1).commands.at(-1)).toEqual({ kind: "release", change: place });
    expect(experiment.stale).toEqual([]);
    experiment.retry();
    await vi.waitFor(() => expect(workers).toHaveLength(3));
    expect(worker(2).order.config.changes).toEqual([place]);
  });

  test("of a rate that a run ends before is no change", async () => {
    await experiment.configure({ algorithms: ["np"], num_seeds: 2 });
    await play();
    await change({ lr: 0.5 });
    worker(0).end();
    await standStill(0, 12);
    expect(worker(1).commands.at(-1)).toEqual({ kind: "release" });
    expect(experiment.result.config.changes).toEqual([]);
    expect(experiment.stale).toEqual(["np"]);
    worker(1).end();
    await change({ lr: defaults().lr });
    expect(experiment.stale).toEqual([]);
  });

  test("after the end keeps the curves, which are of other settings until they are trained anew", async () => {
    await play();
    for (const index of [0, 1, 2]) worker(index).end();
    for (const patch of [{ lr: 0.5 }, { hidden_sizes: [8] }]) {
      await change(patch);
      expect(experiment.phase).toBe("done");
      expect(experiment.stale).toEqual(["bp", "np", "anp"]);
      expect(experiment.address).toMatchObject(patch);
      expect(experiment.result.config).toMatchObject({ lr: defaults().lr, hidden_sizes: [4, 4] });
    }
    await change({ lr: defaults().lr, hidden_sizes: [4, 4] });
    expect(experiment.stale).toEqual([]);
    await change({ lr: 0.5 });
    workers = [];
    await play();
    expect(worker(0).order.config.lr).toBe(0.5);
    expect(experiment.stale).toEqual([]);
  });

  test("of a rate reaches a run, too, that begins while the others come to stand still", async () => {
    await experiment.configure({ algorithms: ["np", "bp"], num_seeds: 2, epochs: 4 });
    await play();
    const ruleOf = (index: number) => worker(index).order.algorithm;
    const [np, bp] = ruleOf(0) === "np" ? [0, 1] : [1, 0];
    expect([ruleOf(np), ruleOf(bp)]).toEqual(["np", "bp"]);
    await change({ overrides: { np: { lr: 0.5 } } });
    expect(worker(np).orders).toEqual(["hold"]);
    while (workers.filter(({ order }) => order.algorithm === "np").length < 2) {
      worker(workers.length === 2 ? bp : workers.length - 1).end();
      await settle();
    }
    const other = workers.length - 1;
    worker(np).progress({ step: 17 });
    await settle();
    worker(other).progress({ step: 3 });
    await settle();
    const place = { algorithm: "np", epoch: 1, update: 7, lr: 0.5 };
    expect(experiment.address.changes).toEqual([place]);
    for (const index of [np, other])
      expect(worker(index).commands.at(-1)).toEqual({ kind: "release", change: place });
  });

  test("of a rate that some runs took and others had ended before: what is shown is in the address, and trains anew", async () => {
    await experiment.configure({ algorithms: ["bp", "np"] });
    await play();
    worker(0).end();
    await change({ lr: 0.5 });
    worker(1).progress({ step: 12 });
    await settle();
    expect(experiment.address.changes, "under way, the address leads to the curves").toHaveLength(1);
    worker(1).end();
    expect(experiment.stale, "both begin with another rate").toEqual(["bp", "np"]);
    expect(experiment.address).toMatchObject({ lr: 0.5, changes: [] });
    workers = [];
    await play();
    expect(worker(0).order.config).toMatchObject({ lr: 0.5, changes: [] });
    expect(worker(1).order.config).toMatchObject({ lr: 0.5, changes: [] });
    expect(experiment.config.lr, "nothing jumps back").toBe(0.5);
  });

  test("of a rate after the end is that of a rule which is added behind it, whose curve is none of others", async () => {
    await experiment.configure({ algorithms: ["np", "anp"] });
    await play();
    for (const index of [0, 1]) worker(index).end();
    await change({ lr: 0.5 });
    await change({ algorithms: ["bp", "np", "anp"] });
    await vi.waitFor(() => expect(workers).toHaveLength(3));
    worker(2).end();
    const { changes } = experiment.result.config;
    expect(changes, "the result says so in its way").toEqual([
      { algorithm: "bp", epoch: 0, update: 0, lr: 0.5 },
    ]);
    expect(experiment.stale).toEqual(["np", "anp"]);
  });

  test("of one setting after another comes from those that were given as a whole, also after Undo", async () => {
    const given = experiment.config;
    await change({ lr: 0.5 });
    expect(experiment.origin).toBe(given);
    await experiment.configure({ algorithms: ["np"], epochs: 3 });
    const other = experiment.config;
    await change({ lr: 0.4 });
    expect(experiment.origin).toBe(other);
    while (experiment.undoable && experiment.config.epochs === 3) await experiment.undo();
    expect(experiment.config).toMatchObject({ lr: 0.5, epochs: 2 });
    expect(experiment.origin).toBe(given);
  });

  test("of a rate leaves alone the rules that have no use for it, under way and after the end", async () => {
    await experiment.configure({ algorithms: ["bp", "np"] });
    await play();
    await change({ decor_lr: 0.02 });
    expect(workers.map(({ orders }) => orders)).toEqual([[], []]);
    expect(experiment.address).toMatchObject({ decor_lr: 0.02, changes: [] });
    await change({ noise_std: 0.3 });
    expect(workers.map(({ orders }) => orders)).toEqual([[], ["hold"]]);
    await standStill(0, 12);
    expect(experiment.address.changes).toEqual([{ algorithm: "np", epoch: 1, update: 2, noise_std: 0.3 }]);
    for (const index of [0, 1]) worker(index).end();

    await change({ noise_std: 0.4 });
    expect(experiment.stale).toEqual(["np"]);
    workers = [];
    await play();
    expect(statuses(), "only what depends on it is trained anew").toEqual(["finished", "loading"]);
    expect(workers).toHaveLength(1);
    expect(worker(0).order.config).toMatchObject({ noise_std: 0.4, decor_lr: 0.02, changes: [] });
    worker(0).end();
    expect(experiment.stale).toEqual([]);
    await experiment.undo();
    expect(experiment.phase).toBe("done");
    expect(experiment.result.config.changes).toHaveLength(1);
  });

  test("after which one rule is trained anew can be taken back, also when the others have gone on since", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], epochs: 2 });
    await play();
    for (const index of [0, 1]) {
      train(index, [0, 1, 2]);
      worker(index).end({ weights_hash: `${index}` });
    }
    const before = structuredClone(experiment.result.runs);
    await change({ overrides: { np: { lr: 0.5 } } });
    await play();
    worker(2).end();
    await change({ epochs: 9 });
    await settle();
    const back = experiment.undo();
    await settle();
    for (const index of [3, 4]) worker(index).progress({ epoch: 4, step: 40 });
    await back.catch(() => {});
    expect(experiment.result.config.epochs, "they have gone further").toBe(9);
    await experiment.undo();
    expect(experiment.result.runs).toEqual(before);
    expect(experiment.phase).toBe("done");
  });

  test("of the rules trains the new one alone, hides another, and brings it back", async () => {
    await play();
    train(0, [0, 1]);
    worker(0).end();
    expect(await change({ algorithms: ["np", "dnp"] })).toBe("kept");
    await settle();
    expect(experiment.runs.map(({ algorithm }) => algorithm)).toEqual(["np", "dnp"]);
    expect(worker(1).terminated, "np goes on").toBe(false);
    expect(worker(2), "anp stands still").toMatchObject({ terminated: false, orders: ["pause"] });
    const dnp = worker(2).runs[1];
    expect(worker(2).commandsOf(dnp)[0], "in its place").toMatchObject({ algorithm: "dnp", paused: false });
    await change({ algorithms: ["bp", "np", "anp", "dnp"] });
    expect(run(0)).toMatchObject({ algorithm: "bp", status: "finished", weights_hash: "abc" });
    expect(run(0).history.epoch).toEqual([0, 1]);
    expect(worker(2).orders).toEqual(["pause", "resume"]);
    expect(workers).toHaveLength(3);
  });

  test("of the rules gives the new one the rates of now, in a link that leads to all curves", async () => {
    await experiment.configure({ algorithms: ["np"] });
    await play();
    await change({ lr: 0.5 });
    await standStill(12);
    await change({ algorithms: ["np", "dnp"] });
    await settle();
    expect(toLink(experiment.address)).toBe("v=2&algorithms=np,dnp&np.lr@1.2=0.5&dnp.lr@0.0=0.5");
    expect(worker(1).order.config).toEqual(experiment.address);
    expect(experiment.stale).toEqual([]);
  });

  test("of the rules leaves out of link and result what waits for a rule that is not among them, idle or not", async () => {
    const at = { epoch: 1, update: 0 };
    const changes = [
      { algorithm: "np" as const, ...at, lr: 0.5 },
      { algorithm: "bp" as const, ...at, lr: 0.25 },
    ];
    await experiment.configure({ algorithms: ["bp"], changes });
    const idle = toLink(experiment.address);
    expect(idle).toBe("v=2&algorithms=bp&bp.lr@1.0=0.25");
    expect(toLink(experiment.result.config)).toBe(idle);
    await play();
    expect(toLink(experiment.address)).toBe(idle);
    expect(toLink(experiment.result.config)).toBe(idle);
  });

  test("of the number of seeds adds or drops runs", async () => {
    await experiment.configure({ algorithms: ["np"], num_seeds: 2, epochs: 2 });
    await play();
    worker(0).end();
    await change({ num_seeds: 3 });
    await settle();
    expect(workers.map(({ order }) => order.seed)).toEqual([0, 1, 2]);
    await change({ num_seeds: 1 });
    expect(statuses()).toEqual(["finished"]);
    expect(workers.slice(1).every(({ terminated }) => terminated)).toBe(true);
    expect(experiment.phase).toBe("done");
  });

  test("to more epochs lets all runs go on, those that have ended from their checkpoints", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 2 });
    await play();
    train(0, [0, 1, 2]);
    worker(0).end();
    await change({ epochs: 5 });
    await settle();
    expect(worker(1).commands.at(-1)).toEqual({ kind: "epochs", epochs: 5 });
    expect(worker(2).order).toMatchObject({
      algorithm: "bp",
      from: { checkpoint: new Uint8Array(3), rows: 3 },
      config: { epochs: 5 },
    });
    train(2, [3]);
    expect(run(0).history.epoch).toEqual([0, 1, 2, 3]);
    expect(run(0)).toMatchObject({ epochs: 5, weights_hash: null });
  });

  test("to more epochs lets a run go on, too, that comes to its end before it hears of them", async () => {
    await experiment.configure({ algorithms: ["bp"], hidden_sizes: [4, 4], epochs: 2 });
    await play();
    train(0, [0, 1, 2]);
    await change({ epochs: 5 });
    worker(0).end();
    await settle();
    expect(worker(1).order).toMatchObject({ from: { rows: 3 }, config: { epochs: 5 } });
    expect(run(0)).toMatchObject({ status: "loading", weights_hash: null });
  });

  test("to fewer epochs ends sooner what has not come so far", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 9 });
    await play();
    train(0, [0, 1]);
    train(1, [0, 1, 2]);
    const changed = change({ epochs: 3 });
    await settle();
    train(0, [2, 3]); // came before the worker heard that it is to stand still
    train(1, []);
    expect(await changed).toBe("kept");
    for (const index of [0, 1]) {
      expect(worker(index).orders).toEqual(["hold", "epochs", "release"]);
      const ends = worker(index).commands.find(({ kind }) => kind === "epochs");
      expect(ends).toEqual({ kind: "epochs", epochs: 3 });
    }
    worker(0).end();
    expect(run(0)).toMatchObject({ status: "finished", epochs: 3, weights_hash: "abc" });
    expect(experiment.address.epochs).toBe(3);
    expect(experiment.stale).toEqual([]);
    await change({ epochs: 9 });
    await settle();
    expect(worker(1).commands.at(-1)).toEqual({ kind: "epochs", epochs: 9 });
    expect(worker(2).order).toMatchObject({ algorithm: "bp", from: { checkpoint: new Uint8Array(3) } });
  });

  test("to fewer epochs than a run has begun is refused, and says which run that is", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 9 });
    await play();
    train(0, [0, 1]);
    train(1, [0, 1]);
    const changed = change({ epochs: 3 });
    await settle();
    worker(0).progress({ epoch: 3, step: 31 });
    worker(1).progress({ epoch: 1, step: 10 });
    await expect(changed).rejects.toMatchObject({
      code: "config",
      problems: [{ field: "epochs", value: "3", allowed: "4 or more" }],
      message: expect.stringContaining("BP came as far as epoch 4"),
    });
    expect([worker(0).orders, worker(1).orders]).toEqual([
      ["hold", "release"],
      ["hold", "release"],
    ]);
    expect(experiment.config.epochs).toBe(9);
  });

  test("to fewer epochs, when all has ended, waits until it is trained anew", async () => {
    await experiment.configure({ algorithms: ["bp"], hidden_sizes: [4, 4], epochs: 2 });
    await play();
    train(0, [0, 1, 2]);
    worker(0).end();
    expect(await change({ epochs: 1 })).toBe("kept");
    expect(experiment.stale).toEqual(["bp"]);
    expect(experiment.result).toMatchObject({ config: { epochs: 2 }, runs: [{ weights_hash: "abc" }] });
    await change({ epochs: 2 });
    expect(experiment.stale).toEqual([]);
    expect(run(0).history.epoch).toEqual([0, 1, 2]);
    expect(workers).toHaveLength(1);
  });

  test("to fewer epochs trains a hidden rule anew that has come further", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 9 });
    await play();
    train(0, [0, 1, 2]);
    train(1, [0, 1, 2, 3, 4, 5]);
    await change({ algorithms: ["bp"] });
    const changed = change({ epochs: 3 });
    await settle();
    train(0, []);
    worker(1).progress({ epoch: 5, step: 50 });
    await changed;
    expect(worker(1).orders).toEqual(["pause", "hold", "release"]);
    await change({ algorithms: ["bp", "np"] });
    await settle();
    expect(worker(1).terminated).toBe(true);
    expect(worker(2).order).toMatchObject({ algorithm: "np", config: { epochs: 3 } });
  });

  test("does not wait for a run that was taken away meanwhile", async () => {
    await play();
    const changed = change({ epochs: 1 });
    await settle();
    experiment.reset();
    await changed;
    expect(experiment.config.epochs).toBe(1);
  });

  test("of anything else starts the runs anew, playing if they were", async () => {
    await play();
    const before = [...workers];
    expect(await change({ batch_size: 50 })).toBe("restarted");
    expect(before.every(({ terminated }) => terminated)).toBe(true);
    await vi.waitFor(() => expect(workers).toHaveLength(4));
    expect(worker(2).order.config.batch_size).toBe(50);
    experiment.pause();
    expect(await change({ batch_size: 25 })).toBe("restarted");
    expect(experiment.phase).toBe("idle");
  });

  test("of what one rule alone depends on starts that rule anew", async () => {
    await play();
    await change({ overrides: { np: { num_noise_iters: 3 } } });
    await settle();
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, true, false]);
    worker(0).end();
    expect(worker(3).order.config.overrides).toEqual({ np: { num_noise_iters: 3 } });
  });

  test("that Rust refuses leaves everything as it was", async () => {
    await play();
    const before = experiment.config;
    await expect(change({ lr: 100 })).rejects.toMatchObject({ code: "config", problems: [{ field: "lr" }] });
    expect(experiment.config).toBe(before);
    expect(worker(0).orders).toEqual([]);
    expect(worker(0).terminated).toBe(false);
  });

  test("does not undo another that was asked for in the same moment", async () => {
    await Promise.all([change({ lr: 0.5 }), change({ batch_size: 50 })]);
    expect(experiment.config).toMatchObject({ lr: 0.5, batch_size: 50 });
  });

  test("of a rate before the start is simply the configuration", async () => {
    expect(await change({ lr: 0.5 })).toBe("kept");
    await play();
    expect(worker(0).order.config.lr).toBe(0.5);
    expect(worker(0).orders).toEqual([]);
    expect(experiment.result.config.lr).toBe(0.5);
  });
});

/** For every setting another value than the default. */
const OTHER: Config = {
  ...{ dataset: "own", train_size: 1000, test_size: 500, image_size: 14, hidden_sizes: [5] },
  ...{ activation: "relu", output: "linear", loss: "mse", algorithms: ["bp", "np"], optimizer: "sgd" },
  ...{ lr: 0.5, decor_lr: 0.5, noise_std: 0.5, num_noise_iters: 2, noise: "rademacher", baseline: "noisy" },
  ...{ kappa: 0.5, batch_size: 50, epochs: 20, seed: 7, num_seeds: 2, arithmetic: "fast" },
  ...{ overrides: { np: { lr: 0.2 } }, changes: [{ epoch: 1, update: 0, lr: 0.2 }] },
};

describe("whether a setting starts the runs again", () => {
  test.each(SCHEMA.fields.map(({ name }) => name))("is said as it is of %s", async (name) => {
    await play();
    const came = await experiment.change({ [name]: OTHER[name] });
    expect(came).toBe(startsAgain(name) ? "restarted" : "kept");
    if (came === "kept") expect(worker(0).terminated).toBe(false);
  });
});

describe("undo", () => {
  async function done(): Promise<void> {
    await play();
    for (const index of [0, 1, 2]) worker(index).end();
    expect(experiment.phase).toBe("done");
  }

  test.each([
    ["a reset", async () => experiment.reset()],
    ["a preset", () => experiment.configure({ algorithms: ["dnp"], epochs: 7 })],
    ["another seed", () => experiment.change({ seed: 42 })],
    ["a choice of rules", () => experiment.change({ algorithms: ["np"] })],
    [
      "another start with one rule more",
      () => experiment.change({ algorithms: ["bp", "np", "anp", "danp"] }),
    ],
  ])("of %s brings the results back", async (_, act) => {
    await done();
    const { runs } = experiment.result;
    const link = toLink(experiment.address);
    await act();
    expect(experiment.undoable).toBe(true);
    await experiment.undo();
    await settle();
    expect(experiment.phase).toBe("done");
    expect(experiment.result.runs).toEqual(runs);
    expect(toLink(experiment.address)).toBe(link);
  });

  test("of a number of epochs that runs have passed says so once, and is not in the way of what was before", async () => {
    await done();
    const { runs } = experiment.result;
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 3 });
    workers = [];
    await play();
    for (const index of [0, 1]) train(index, [0, 1]);
    const more = experiment.change({ epochs: 9 });
    await settle();
    for (const index of [0, 1]) train(index, [2, 3, 4]);
    await more;
    const back = experiment.undo();
    await settle();
    for (const index of [0, 1]) worker(index).progress({ epoch: 5, step: 51 });
    await expect(back).rejects.toThrow("3 is too few now");
    expect(experiment.config.epochs).toBe(9);
    await experiment.undo();
    expect(experiment.result.runs).toEqual(runs);
  });

  describe("lets runs that were under way go on", () => {
    test.each([
      ["by Undo", () => experiment.undo()],
      ["by settings that lead to them", (before: Config) => experiment.configure(before)],
    ])("%s", async (_, back) => {
      await play();
      worker(0).end();
      train(1, [0, 1]);
      const before = experiment.address;
      experiment.reset();
      workers = [];
      await back(before);
      await loaded();
      expect(statuses()).toEqual(["finished", "loading", "loading"]);
      expect(run(1).history.epoch, "what it has learned").toEqual([0, 1]);
      expect(workers.map(({ order }) => [order.algorithm, order.paused, order.from])).toEqual([
        ["np", false, { rows: 2 }],
        ["anp", false, undefined],
      ]);
    });

    test("from their end, if they are to go on after it and wait for a worker", async () => {
      await experiment.configure({ algorithms: ["np", "bp", "anp"], hidden_sizes: [4, 4], epochs: 2 });
      await play();
      train(0, [0, 1]);
      worker(0).answer(worker(0).questions[0]?.id ?? -1, new Blob([Uint8Array.of(7)]));
      await settle();
      train(0, [2]);
      worker(0).end();
      await experiment.change({ epochs: 5 });
      experiment.reset();
      workers = [];
      await experiment.undo();
      await loaded();
      expect(workers.map(({ order }) => order).find(({ algorithm }) => algorithm === "np")).toMatchObject({
        from: { checkpoint: new Uint8Array(3), rows: 3 },
      });
    });

    test("from the update at which they came to rest, within an epoch", async () => {
      await play();
      train(1, [0, 1]);
      worker(1).answer(worker(1).questions[0]?.id ?? -1, new Blob([Uint8Array.of(7)]));
      await settle();
      experiment.pause();
      worker(1).progress({ epoch: 1, step: 14, busy: false });
      worker(1).progress({ epoch: 1, step: 14, busy: false });
      const [, asked, ...more] = worker(1).questions;
      expect([asked?.question, more.length]).toEqual([{ about: "checkpoint" }, 0]);
      worker(1).answer(asked?.id ?? -1, new Blob([Uint8Array.of(14)]));
      await settle();
      experiment.reset();
      workers = [];
      await experiment.undo();
      await loaded();
      const np = workers.find(({ order }) => order.algorithm === "np");
      expect(np?.order).toMatchObject({ paused: true, from: { checkpoint: Uint8Array.of(14), rows: 2 } });
    });

    test("from where they were remembered", async () => {
      await play();
      train(1, [0, 1]);
      const [ask] = worker(1).questions;
      if (!ask) throw new Error("it has not been asked for its checkpoint");
      worker(1).answer(ask.id, new Blob([Uint8Array.of(7)]));
      await settle();
      experiment.pause();
      await experiment.configure({ algorithms: ["dnp"] });
      workers = [];
      await experiment.undo();
      await loaded();
      await vi.waitFor(() => expect(workers).toHaveLength(2));
      const np = workers.find(({ order }) => order.algorithm === "np");
      expect(np?.order).toMatchObject({ paused: true, from: { checkpoint: Uint8Array.of(7), rows: 2 } });
    });
  });

  describe("brings back what a setting has ended beside runs that stay", () => {
    const settings = { algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 3, num_seeds: 2 };
    /** Those of node perturbation. */
    let [first, second] = [new FakeWorker(), new FakeWorker()];
    const indexOf = (algorithm: string, seed: number) =>
      workers.findIndex(({ order }) => order.algorithm === algorithm && order.seed === seed);
    const orders = () => workers.map(({ order }) => [order.algorithm, order.seed, order.from]);
    const inDetail = () => experiment.result.runs.map((of) => [of.algorithm, of.seed, of.history.epoch]);

    /** Backpropagation's seeds have ended; node perturbation's have one epoch, of which a checkpoint is kept. */
    async function pausedAtOne(): Promise<void> {
      experiment.dispose();
      experiment = withCores(4);
      await experiment.configure(settings);
      await play();
      await vi.waitFor(() => expect(workers).toHaveLength(4));
      for (const seed of [0, 1]) {
        train(indexOf("bp", seed), [0, 1, 2, 3]);
        worker(indexOf("bp", seed)).end();
        train(indexOf("np", seed), [0, 1]);
        const { questions } = worker(indexOf("np", seed));
        worker(indexOf("np", seed)).answer(questions[0]?.id ?? -1, new Blob([Uint8Array.of(seed)]));
      }
      await settle();
      experiment.pause();
      [first, second] = [worker(indexOf("np", 0)), worker(indexOf("np", 1))];
    }

    test("fewer seeds", async () => {
      await pausedAtOne();
      const before = inDetail();
      await experiment.change({ num_seeds: 1 });
      workers = [];
      await experiment.undo();
      await loaded();
      expect(inDetail()).toEqual(before);
      expect(experiment.playing, "they were paused").toBe(false);
      expect(orders()).toEqual([["np", 1, { checkpoint: Uint8Array.of(1), rows: 2 }]]);
    });

    test("other draws of a rule, whose rates had been moved on the way", async () => {
      await pausedAtOne();
      await experiment.change({ overrides: { np: { lr: 0.5 } } });
      for (const each of [first, second]) each.progress({ epoch: 1, step: 12 });
      await settle();
      const [before, { address }] = [inDetail(), experiment];
      expect(address.changes).toHaveLength(1);
      await experiment.change({ overrides: { np: { lr: 0.5, noise_samples: 2 } } });
      workers = [];
      await experiment.undo();
      await loaded();
      expect(inDetail()).toEqual(before);
      expect(toLink(experiment.address)).toBe(toLink(address));
      expect(orders()).toEqual([
        ["np", 0, { checkpoint: Uint8Array.of(0), rows: 2 }],
        ["np", 1, { checkpoint: Uint8Array.of(1), rows: 2 }],
      ]);
    });

    test("also where rates were changed later", async () => {
      await pausedAtOne();
      second.progress({ epoch: 1, step: 11 });
      await experiment.change({ num_seeds: 1 });
      await experiment.change({ overrides: { np: { lr: 0.5 } } });
      first.progress({ epoch: 1, step: 12 });
      await settle();
      workers = [];
      await experiment.undo();
      await loaded();
      expect(orders()).toEqual([["np", 1, { checkpoint: Uint8Array.of(1), rows: 2 }]]);
    });

    test("as it was, where rates were changed before they had come so far; then what has been learned since", async () => {
      await pausedAtOne();
      second.progress({ epoch: 1, step: 11 });
      const { result: before, address } = experiment;
      await experiment.change({ num_seeds: 1 });
      await experiment.change({ overrides: { np: { lr: 0.5 } } });
      first.progress({ epoch: 1, step: 10 });
      await settle();
      first.progress({ epoch: 1, step: 14 });
      const [since, changed] = [inDetail(), experiment.address];
      expect(changed.changes).toHaveLength(1);
      workers = [];
      await experiment.undo();
      await loaded();
      expect(toLink(experiment.address)).toBe(toLink(address));
      expect(experiment.result.runs.map(({ history }) => history)).toEqual(
        before.runs.map(({ history }) => history),
      );
      expect(orders()).toEqual([
        ["np", 0, { checkpoint: Uint8Array.of(0), rows: 2 }],
        ["np", 1, { checkpoint: Uint8Array.of(1), rows: 2 }],
      ]);
      await experiment.undo();
      expect(inDetail()).toEqual(since);
      expect(toLink(experiment.address)).toBe(toLink(changed));
    });
  });

  test.each([
    ["seeds", { num_seeds: 2 }, { num_seeds: 1 }],
    ["rules", { algorithms: ["np", "bp"] }, { algorithms: ["np"] }],
  ])(
    "of fewer %s brings theirs back also where the others have passed its epochs since",
    async (_, all, fewer) => {
      await experiment.configure({ algorithms: ["np"], hidden_sizes: [4, 4], epochs: 2, ...all });
      await play();
      train(0, [0, 1]);
      train(1, [0, 1]);
      const [, last] = experiment.result.runs;
      await experiment.change(fewer);
      await experiment.change({ epochs: 3 });
      train(0, [2, 3]);
      worker(0).end();
      expect(experiment.phase).toBe("done");
      while (experiment.undoable && experiment.runs.length < 2) {
        const back = experiment.undo();
        await settle();
        worker(1).progress({ epoch: 1, step: 10 }); // where it is still there, it stands still
        await back;
      }
      expect(experiment.result.runs.map(({ algorithm, seed }) => [algorithm, seed])).toEqual([
        ["np", 0],
        [last?.algorithm, last?.seed],
      ]);
      expect(experiment.result.runs.map(({ history }) => history.epoch)).toEqual([
        [0, 1, 2, 3],
        [0, 1],
      ]);
      expect(experiment.config).toMatchObject({ ...all, epochs: 3 });
      expect(statuses()[0]).toBe("finished");
    },
  );

  test("of what has learned outlives that of settings which nothing has followed", async () => {
    await done();
    const { runs } = experiment.result;
    await experiment.configure({ algorithms: ["dnp"] });
    for (let units = 1; units <= 30; units++) await experiment.change({ hidden_sizes: [units] });
    while (experiment.undoable && experiment.phase === "idle") await experiment.undo();
    expect(experiment.result.runs).toEqual(runs);
  });

  test("takes back twenty steps, before each of which runs had learned", async () => {
    for (let seed = 0; seed <= 20; seed++) {
      await experiment.configure({ algorithms: ["np"], hidden_sizes: [4, 4], seed });
      workers = [];
      await play();
      train(0, [0, 1]);
      experiment.pause();
    }
    for (let seed = 19; seed >= 0; seed--) {
      await experiment.undo();
      expect(experiment.config.seed).toBe(seed);
      expect(experiment.result.runs[0]?.history.epoch).toEqual([0, 1]);
    }
  });

  test("shows again what was shown, also where other settings had been chosen, and others have gone on since", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 4 });
    workers = [];
    await play();
    for (const index of [0, 1]) {
      train(index, [0, 1, 2, 3, 4]);
      worker(index).end();
    }
    const before = structuredClone(experiment.result.runs);
    await experiment.change({ epochs: 2 });
    await experiment.change({ algorithms: ["np"] });
    expect(experiment.result.runs).toEqual(before);
    workers = [];
    await experiment.change({ epochs: 6 });
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    worker(0).end();
    await experiment.undo();
    expect(experiment.result.runs).toEqual(before);
  });

  test("of what only other settings allowed, once these are chosen no more, is followed", async () => {
    await experiment.configure({ algorithms: ["np"], hidden_sizes: [4, 4], epochs: 2, num_seeds: 3 });
    workers = [];
    await play();
    for (let index = 0; index < 3; index++) worker(index).end();
    await experiment.change({ overrides: { np: { num_noise_iters: 3 } } });
    await experiment.change({ num_seeds: 1 });
    expect([experiment.runs.length, experiment.stale]).toEqual([3, ["np"]]);
    await experiment.change({ overrides: {} });
    expect([experiment.runs.length, experiment.stale, experiment.phase]).toEqual([1, [], "done"]);
    await experiment.undo();
    expect(experiment.runs.map(({ seed, status }) => [seed, status])).toEqual([
      [0, "finished"],
      [1, "finished"],
      [2, "finished"],
    ]);
  });

  test("of a choice of rules leaves the rates that were moved since", async () => {
    await play();
    await experiment.change({ algorithms: ["bp", "np"] });
    await experiment.change({ lr: 0.5 });
    for (const index of [0, 1]) worker(index).progress({ step: 12 });
    await settle();
    const { changes } = experiment.address;
    await experiment.undo();
    expect(experiment.config).toMatchObject({ algorithms: ["bp", "np", "anp"], lr: 0.5 });
    expect(experiment.address.changes).toEqual(changes);
  });

  test("finds no runs for settings whose rates they have left since, but those of before", async () => {
    const settings = { algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 2 };
    await experiment.configure(settings);
    await play();
    for (const index of [0, 1]) train(index, [0, 1]);
    await experiment.change({ algorithms: ["bp", "np", "anp"] });
    await experiment.change({ lr: 0.5 });
    for (const index of [0, 1]) worker(index).progress({ epoch: 1, step: 12 });
    await settle();
    for (const index of [0, 1]) train(index, [2]);
    await experiment.configure(settings);
    expect(experiment.result.config).toMatchObject({ changes: [], algorithms: ["bp", "np"] });
    expect(experiment.result.runs.map(({ history }) => history.epoch)).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test("finds settings again as they were when others took their place, whatever their runs have come to since", async () => {
    const settings = { algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 5 };
    const epochs = () => experiment.result.runs.map(({ history }) => history.epoch);
    await experiment.configure(settings);
    await play();
    for (const index of [0, 1]) train(index, [0, 1, 2]);
    experiment.pause();
    await experiment.configure({ ...settings, seed: 1 });
    await experiment.configure(settings);
    const asTheyWere = epochs();
    expect(asTheyWere).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    await settle();
    await experiment.change({ epochs: 30 });
    const active = workers.filter(({ terminated }) => !terminated);
    const stand = (step: number) => active.forEach((each) => void each.progress({ epoch: 6, step }));
    expect(active).toHaveLength(2);
    stand(60);
    await experiment.change({ lr: 0.5 });
    stand(61);
    await settle();
    const refused = experiment.undo().catch(() => {});
    for (const step of [61, 61]) {
      await settle();
      stand(step);
    }
    await refused;
    expect(experiment.result.config.epochs).toBe(30);
    await experiment.undo();
    expect(experiment.config.seed).toBe(1);
    await experiment.undo();
    expect(epochs()).toEqual(asTheyWere);
    expect(experiment.result.config).toMatchObject({ epochs: 5, changes: [] });
  });

  test("finds runs again whose rates were moved, also beside a rule that was taken away", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 2 });
    await play();
    await experiment.change({ lr: 0.5 });
    for (const index of [0, 1]) worker(index).progress({ step: 12 });
    await settle();
    await experiment.change({ algorithms: ["bp"] });
    const before = experiment.address;
    await experiment.configure({ algorithms: ["dnp"] });
    await experiment.configure(before);
    expect(experiment.phase).not.toBe("idle");
    expect(run(0).step).toBe(12);
  });

  test("finds a result again whose rates were moved, after a rule was added that began at other rates", async () => {
    await experiment.configure({ algorithms: ["np"], hidden_sizes: [4, 4], epochs: 2 });
    await play();
    await experiment.change({ lr: 0.5 });
    worker(0).progress({ step: 12 });
    await settle();
    worker(0).progress({ step: 20 });
    worker(0).end();
    const kept = experiment.result.config;
    await experiment.change({ algorithms: ["np", "bp"] });
    await settle();
    worker(1).progress({ step: 20 });
    worker(1).end();
    await experiment.configure(kept);
    expect([experiment.phase, run(0).weights_hash]).toEqual(["done", "abc"]);
  });

  test("settings that were left with their results are found again with them", async () => {
    await done();
    const before = experiment.address;
    await experiment.configure({ algorithms: ["dnp"] });
    await experiment.configure(before);
    expect(statuses()).toEqual(["finished", "finished", "finished"]);
  });

  test("settings that were left before images were given leave these where they are", async () => {
    await done();
    const before = experiment.address;
    const set = { images: 1000, counts: Uint32Array.of(500, 500) };
    const file = { name: "mine", bytes: new Uint8Array(1), sha256: "0" };
    const shards = { train: [{ images: file, labels: file }], test: [{ images: file, labels: file }] };
    const own = {
      ...{ called: "mine.csv", pictures: false, rows: 3, cols: 5, classes: 2, names: ["0", "1"], bytes: 1 },
      ...{ choices: {}, guesses: [], notes: [], examples: [], train: set, test: set, shards },
    };
    await experiment.useOwn(own);
    await experiment.configure({ algorithms: ["dnp"] });
    await experiment.configure(before);
    expect(statuses()).toEqual(["finished", "finished", "finished"]);
    expect(experiment.own).toBe(own);
  });

  test("a result whose rates changed on the way is found again with the settings that lead to it", async () => {
    await experiment.configure({ algorithms: ["np"] });
    await play();
    await experiment.change({ lr: 0.5 });
    worker(0).progress({ step: 12 });
    await settle();
    worker(0).end();
    const before = experiment.result.config;
    await experiment.configure({ algorithms: ["dnp"] });
    await experiment.configure(before);
    expect(statuses()).toEqual(["finished"]);
    expect(experiment.config).toEqual(before);
    expect(experiment.stale).toEqual([]);
  });

  test("has nothing to take back at first", async () => {
    const fresh = new Experiment(FOLDER, { loadEngine: async () => engine, cores: 1 });
    await fresh.configure({ epochs: 3 });
    expect(fresh.undoable).toBe(false);
    await fresh.undo();
    expect(fresh.config.epochs).toBe(3);
    fresh.dispose();
  });
});

describe("a failure", () => {
  test("of the server fails the experiment, and retry passes by the cache", async () => {
    online = false;
    experiment.play();
    await vi.waitFor(() => expect(experiment.phase).toBe("failed"));
    expect(experiment.error).toMatchObject({ code: "fetch" });
    expect(events).toEqual(["error"]);
    online = true;
    requests = [];
    experiment.retry();
    await loaded();
    expect(experiment.error).toBeNull();
    expect(requests.every(([, cache]) => cache === "reload")).toBe(true);
    expect(worker(0).order.paused).toBe(false);
  });

  test("of one file's hash fails the experiment, and retry fetches the data again", async () => {
    await play();
    worker(0).say({ kind: "failed", code: "hash", message: "train-images is not the file." });
    expect(experiment.phase).toBe("failed");
    expect(experiment.error?.code).toBe("hash");
    expect(worker(1).terminated).toBe(true);
    expect(statuses()).toEqual(["failed", "failed", "failed"]);
    requests = [];
    workers = [];
    experiment.play();
    await loaded();
    expect(requests).toHaveLength(5);
    expect(experiment.phase).toBe("loading");
  });

  test("of one file's hash ends all runs, and retry lets those go on that have trained, shown or not", async () => {
    await experiment.configure({ algorithms: ["bp", "np"], num_seeds: 2, hidden_sizes: [4, 4], epochs: 2 });
    await play();
    worker(0).progress({ epoch: 2, step: 20 });
    worker(0).end();
    train(1, [0, 1]);
    worker(1).answer(worker(1).questions[0]?.id ?? -1, new Blob([Uint8Array.of(7)]));
    await settle();
    await experiment.change({ algorithms: ["bp"] });
    worker(2).say({ kind: "failed", code: "hash", message: "train-images is not the file." });
    expect(experiment.phase).toBe("failed");
    workers = [];
    experiment.retry();
    await loaded();
    expect(statuses(), "what has ended stands").toEqual(["finished", "loading"]);
    await experiment.change({ algorithms: ["bp", "np"] });
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    expect(worker(1).order).toMatchObject({
      algorithm: "np",
      from: { checkpoint: Uint8Array.of(7), rows: 2 },
    });
  });

  test("of the network is none for runs of one rule or seed more: their images are here", async () => {
    await play();
    online = false;
    await experiment.change({ algorithms: ["bp", "np", "anp", "danp"], num_seeds: 2 });
    for (let ended = 0; ended < 8; ended++) {
      await vi.waitFor(() => expect(workers.length).toBeGreaterThan(ended));
      worker(ended).end();
    }
    expect(experiment.phase).toBe("done");
    expect(experiment.runs).toHaveLength(8);
    expect(events).not.toContain("error");
  });

  test("of what one run more needs leaves those that train alone, and retry brings it", async () => {
    await play();
    train(0, [0, 1]);
    const away = new AppError("fetch", "The engine could not be fetched.");
    const trainer = vi.spyOn(engine, "trainer").mockRejectedValueOnce(away);
    await experiment.change({ algorithms: ["bp", "np", "anp", "danp"] });
    await vi.waitFor(() => expect(events).toContain("error"));
    trainer.mockRestore();
    expect(statuses().at(-1)).toBe("failed");
    expect(run(3).error?.message).toBe(away.message);
    expect(experiment.error).toBeNull();
    expect(workers.some(({ terminated }) => terminated)).toBe(false);
    experiment.retry();
    await settle();
    expect(run(0).history.epoch).toEqual([0, 1]);
    expect(run(3).error).toBeUndefined();
    for (let ended = 0; ended < 4; ended++) {
      await vi.waitFor(() => expect(workers.length).toBeGreaterThan(ended));
      worker(ended).end();
    }
    expect(experiment.phase).toBe("done");
  });

  test("of one worker leaves the other runs alone, and retry goes on with that run", async () => {
    await play();
    train(0, [0, 1]);
    worker(0).answer(worker(0).questions[0]?.id ?? -1, new Blob([Uint8Array.of(5, 6)]));
    await settle();
    worker(0).say({ kind: "failed", code: "engine", message: "out of memory", memory_full: true });
    expect(statuses()).toEqual(["failed", "loading", "loading"]);
    expect(run(0).error?.message).toContain("out of memory");
    expect(run(0).history.epoch).toEqual([0, 1]);
    expect((await run(0).standing())?.size, "what it stood at can be kept").toBe(2);
    expect(experiment.result.runs[0]).toMatchObject({ status: "failed", error: { code: "memory" } });
    worker(1).end();
    worker(2).end();
    expect(experiment.phase).toBe("done");
    workers = [];
    experiment.retry();
    await loaded();
    expect(statuses()).toEqual(["loading", "finished", "finished"]);
    expect(worker(0).order.algorithm).toBe("bp");
    expect(worker(0).order.from, "nothing is drawn twice").toEqual({
      checkpoint: Uint8Array.of(5, 6),
      rows: 2,
    });
    expect(run(0).history.epoch).toEqual([0, 1]);
    expect(run(0).error).toBeUndefined();
  });

  const CRASHES: [string, (worker: FakeWorker) => void][] = [
    ["throws", (worker) => worker.crash("gone")],
    ["traps", (worker) => worker.say({ kind: "failed", code: "engine", message: "unreachable" })],
    ["speaks unreadably", (worker) => void worker.dispatchEvent(new Event("messageerror"))],
  ];

  test.each(CRASHES)(
    "of a worker that %s: the run goes on from its last checkpoint, once",
    async (_, crash) => {
      await play();
      train(0, [0, 1]);
      const [asked] = worker(0).questions;
      expect(asked?.question, "after its first epoch").toEqual({ about: "checkpoint" });
      worker(0).answer(asked?.id ?? -1, new Blob([Uint8Array.of(5, 6)]));
      await settle();
      worker(0).progress({ epoch: 1, step: 17 });
      crash(worker(0));
      await vi.waitFor(() => expect(statuses()).toEqual(["queued", "loading", "loading"]));
      // The next in the queue has taken its place.
      worker(1).end();
      await vi.waitFor(() => expect(workers).toHaveLength(4));
      const again = worker(3);
      expect(again.order).toMatchObject({
        ...{ algorithm: "bp", paused: false },
        from: { checkpoint: Uint8Array.of(5, 6), rows: 2 },
      });
      expect([run(0).history.epoch, run(0).resumed, run(0).error]).toEqual([[0, 1], undefined, undefined]);
      again.progress({ epoch: 1, step: 10 });
      expect(run(0)).toMatchObject({ status: "running", resumed: 1, step: 10 });
      again.crash("gone again");
      expect(run(0)).toMatchObject({ status: "failed", resumed: 1, error: { code: "worker" } });
      expect(events.filter((event) => event === "error")).toHaveLength(1);
    },
  );

  test("of a worker leaves its run's place to be kept, also before the next one has it", async () => {
    await play();
    train(0, [0, 1]);
    worker(0).answer(worker(0).questions[0]?.id ?? -1, new Blob([Uint8Array.of(7)]));
    await settle();
    worker(0).crash("gone");
    expect((await run(0).standing())?.size).toBe(1);
  });

  test("of a worker before there was a checkpoint: the run begins again, and its curve stays", async () => {
    await experiment.configure({ algorithms: ["bp"], hidden_sizes: [4, 4], epochs: 2 });
    await play();
    train(0, [0]);
    worker(0).crash("gone");
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    expect(worker(1).order.from).toEqual({ rows: 1 });
    worker(1).progress({ epoch: 0 });
    expect(run(0)).toMatchObject({ status: "running", resumed: 0 });
  });

  test("of a worker after a reset concerns nobody", async () => {
    await play();
    train(0, [0, 1]);
    worker(0).crash("gone");
    experiment.reset();
    await settle();
    expect(statuses()).toEqual(["queued", "queued", "queued"]);
    expect(experiment.phase).toBe("idle");
  });
});

describe("settings whose runs find no room", () => {
  const budget = 2e9;
  const refused = { code: "config", problems: [{ field: "hidden_sizes" }] };

  test("are refused before anything begins, and nothing is lost", async () => {
    expect(new Budget().total).toBe(budget);
    await expect(experiment.configure({ hidden_sizes: [2001] })).rejects.toMatchObject(refused);
    await expect(experiment.change({ hidden_sizes: [2001] })).rejects.toMatchObject(refused);
    expect([requests, workers]).toEqual([[], []]);
    await play();
    train(0, [0, 1]);
    await expect(experiment.change({ hidden_sizes: [2001] })).rejects.toMatchObject(refused);
    await expect(experiment.configure({ hidden_sizes: [2001] })).rejects.toMatchObject(refused);
    expect([experiment.config.hidden_sizes, run(0).history.epoch]).toEqual([
      [4, 4],
      [0, 1],
    ]);
    expect(statuses()).toEqual(["running", "loading", "queued"]);
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, false]);
  });

  test("that find room one by one take turns, and it is said", async () => {
    await experiment.change({ hidden_sizes: [1500] });
    experiment.play();
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    await settle();
    expect([workers.length, experiment.crowded]).toEqual([1, 2]);
    worker(0).end();
    worker(1).end();
    expect([workers.length, experiment.crowded]).toEqual([3, null]);
  });

  test("find that of runs which are hidden, and these go on from where they stood when they are shown", async () => {
    experiment.dispose();
    experiment = withCores(4);
    await experiment.configure({ algorithms: ["bp", "np"], hidden_sizes: [900], epochs: 4 });
    await play();
    for (const index of [0, 1]) worker(index).progress({ step: 3 });
    await experiment.change({ algorithms: ["bp", "np", "anp"] });
    await settle();
    expect([workers.length, experiment.crowded]).toEqual([2, 2]);
    await experiment.change({ algorithms: ["bp", "anp"] });
    await settle();
    expect(workers.length, "it is asked first").toBe(2);
    for (const { id } of worker(1).questions) worker(1).answer(id, new Blob([Uint8Array.of(7)]));
    await vi.waitFor(() => expect(workers).toHaveLength(3));
    expect([worker(1).terminated, worker(2).order.algorithm, experiment.crowded]).toEqual([
      true,
      "anp",
      null,
    ]);
    worker(0).end();
    worker(2).end();
    await experiment.change({ algorithms: ["bp", "np", "anp"] });
    await vi.waitFor(() => expect(workers).toHaveLength(4));
    expect(worker(3).order).toMatchObject({ algorithm: "np", from: { checkpoint: Uint8Array.of(7) } });
  });

  test("find less of it where a run has left a large checkpoint, also one that could be taken back to", async () => {
    const large = { checkpoint: new Uint8Array(3e6) };
    await experiment.change({ hidden_sizes: [999] });
    await play();
    worker(0).end(large);
    expect([workers.length, experiment.crowded], "two and the checkpoint are too much").toEqual([2, 2]);
    worker(1).end();
    expect([workers.length, experiment.crowded]).toEqual([3, null]);
    experiment.reset();
    experiment.play();
    await settle();
    await vi.waitFor(() => expect(workers).toHaveLength(4));
    expect(experiment.crowded).toBe(2);
  });
});
