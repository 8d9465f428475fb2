import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Config, SCHEMA } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
import { toLink } from "../../www/app/contract/url";
import type { Experiment, Phase, RunView } from "../../www/app/state/experiment";
import type { Database } from "../../www/app/storage/database";
import { Keeper, type Left } from "../../www/app/storage/keeper";
import { config, settle } from "./fakes";

/** A run in a worker that answers with its number of updates. */
class FakeRun {
  readonly algorithm = "np";
  readonly history = emptyHistory();
  readonly steps_per_epoch = 10;
  readonly epochs = 2;
  readonly samples_per_second = null;
  readonly weights_hash = null;
  readonly changes = [];
  status: RunView["status"] = "running";
  epoch = 0;
  /** Since the last epoch. */
  updates = 0;
  checkpoint?: Uint8Array;
  readonly seed: number;
  /** What happens while it is asked. */
  meanwhile = () => {};

  constructor(seed: number) {
    this.seed = seed;
  }

  get step(): number {
    return 10 * this.epoch + this.updates;
  }

  get next(): number {
    return this.step;
  }

  get ended(): boolean {
    return this.status === "finished" || this.status === "diverged";
  }

  async standing(): Promise<Blob | undefined> {
    this.meanwhile();
    if (this.checkpoint) return new Blob([new Uint8Array(this.checkpoint)]);
    return this.status === "queued" ? undefined : new Blob([Uint8Array.of(this.step)]);
  }
}

class FakeExperiment extends EventTarget {
  phase: Phase = "running";
  start = 1;
  config: Config = config();
  address: Config = this.config;
  runs: FakeRun[] = [new FakeRun(0), new FakeRun(1)];
  readonly gone: Parameters<Experiment["goOn"]>[] = [];

  get result() {
    return { config: this.config, version: SCHEMA.version, runs: [] };
  }

  /** What was there before ends, and the new runs wait for their data. */
  async goOn(...left: Parameters<Experiment["goOn"]>): Promise<void> {
    this.gone.push(left);
    this.start += 1;
    for (const phase of ["idle", "loading"] as const) await this.set(phase);
  }

  tell(event: "epoch" | "change"): Promise<void> {
    this.dispatchEvent(new Event(event));
    return settled();
  }

  set(phase: Phase): Promise<void> {
    this.phase = phase;
    return this.tell("change");
  }
}

/** The browser's locks, of which each page lets go when it is closed. */
class FakeLocks {
  readonly #held = new Set<string>();
  waited = 0;

  get held(): number {
    return this.#held.size;
  }

  readonly request = (async (name: string, ...rest: unknown[]) => {
    const callback = rest.at(-1) as (lock: object | null) => unknown;
    const [options] = rest;
    if (this.#held.has(name) && typeof options === "object" && options && "ifAvailable" in options)
      return callback(null);
    if (this.#held.has(name)) {
      this.waited += 1;
      throw new DOMException("it took too long", "TimeoutError");
    }
    this.#held.add(name);
    const result = await callback({ name });
    this.#held.delete(name);
    return result;
  }) as LockManager["request"];

  close(): void {
    this.#held.clear();
  }
}

let stored: Map<string, Left>;
let puts: number;
/** So many records find room. */
let room: number;
let trouble: "none" | "full" | "refuses" | "silent";
let locks: FakeLocks;
let experiment: FakeExperiment;
let keeper: Keeper;

const database: Database<Left> = {
  stores: true,
  all: () => answer(() => [...stored.values()]),
  put: (left) =>
    answer(() => {
      if (trouble === "full" || (!stored.has(left.id) && stored.size >= room))
        throw new DOMException("no room", "QuotaExceededError");
      puts += 1;
      stored.set(left.id, left);
    }),
  remove: (id) => answer(() => void stored.delete(id)),
  watch: () => {},
};

async function answer<Value>(act: () => Value): Promise<Value> {
  if (trouble === "silent") await new Promise(() => {});
  if (trouble === "refuses") throw new DOMException("not here", "SecurityError");
  return act();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await settle();
}

const open = (trained: FakeExperiment) => new Keeper(trained, database, locks, told);
/** Hears that what is under way is kept, or no longer. */
const told = vi.fn();
const only = () => {
  const [left, ...more] = stored.values();
  if (!left || more.length > 0) throw new Error(`there are ${stored.size}`);
  return left;
};
const bytes = async (blob: Blob | undefined) => blob && [...new Uint8Array(await blob.arrayBuffer())];

beforeEach(() => {
  vi.useFakeTimers();
  stored = new Map();
  puts = 0;
  room = Number.POSITIVE_INFINITY;
  trouble = "none";
  locks = new FakeLocks();
  experiment = new FakeExperiment();
  told.mockClear();
  keeper = open(experiment);
});
afterEach(() => void vi.useRealTimers());

describe("a keeper", () => {
  test("keeps every run after an epoch, and then again when some time has passed", async () => {
    const [first, second] = experiment.runs as [FakeRun, FakeRun];
    first.epoch = 1;
    await experiment.tell("epoch");
    const { link, version, runs } = only();
    expect([link, version]).toEqual([toLink(experiment.address), SCHEMA.version]);
    expect(runs.map(({ seed, epoch, over }) => [seed, epoch, over])).toEqual([
      [0, 1, false],
      [1, 0, false],
    ]);
    expect(await Promise.all(runs.map(({ checkpoint }) => bytes(checkpoint)))).toEqual([[10], [0]]);

    second.epoch = 1;
    first.status = "finished";
    first.checkpoint = Uint8Array.of(7);
    for (let epoch = 0; epoch < 20; epoch++) await experiment.tell("epoch");
    expect(puts, "not after each of them").toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    await settled();
    expect(puts).toBe(2);
    expect(only().runs.map(({ over }) => over)).toEqual([true, false]);
    expect(await bytes(only().runs[0]?.checkpoint)).toEqual([7]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puts, "nothing is new").toBe(2);
  });

  test("keeps what runs come to within an epoch, some seconds later", async () => {
    const [, second] = experiment.runs as [FakeRun, FakeRun];
    await experiment.tell("change");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puts, "nothing has begun").toBe(0);
    second.updates = 3;
    await experiment.tell("change");
    expect(puts).toBe(0);
    await vi.advanceTimersByTimeAsync(5000);
    await settled();
    expect(only().runs.map(({ next }) => next)).toEqual([0, 3]);
    expect(await bytes(only().runs[1]?.checkpoint)).toEqual([3]);
    await experiment.tell("change");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puts, "nothing is new").toBe(1);
  });

  test("keeps at once what the address has come to say", async () => {
    await experiment.tell("epoch");
    await experiment.tell("change");
    expect(puts).toBe(1);
    experiment.address = { ...experiment.address, lr: 0.5 };
    await experiment.tell("change");
    expect(puts).toBe(2);
    expect(only().link).toBe(toLink(experiment.address));
    expect(only().config.lr, "the runs' own settings").toBe(config().lr);
  });

  test("keeps a run that has no worker as one that has not begun", async () => {
    const [, second] = experiment.runs;
    if (second) second.status = "queued";
    await experiment.tell("epoch");
    expect(only().runs[1]).toEqual({
      ...{ algorithm: "np", seed: 1, epoch: 0, over: false },
      ...{ next: 0, steps_per_epoch: 10 },
    });
  });

  test.each(["idle", "done"] as const)("forgets them when the experiment is %s", async (phase) => {
    await experiment.tell("epoch");
    await experiment.set("paused");
    expect(stored.size).toBe(1);
    await experiment.set(phase);
    expect(stored.size).toBe(0);
  });

  /** Others take the place of the runs: of another link, unless it is a reset. */
  async function begin(start: number, seed: number): Promise<void> {
    experiment.start = start;
    experiment.address = { ...experiment.address, seed };
    experiment.runs = [new FakeRun(seed)];
    await experiment.set("idle");
    await experiment.set("running");
  }

  test("leaves what others took the place of under its own link, and goes on with it where Undo does", async () => {
    const { runs } = experiment;
    await experiment.tell("epoch");
    const { id, link } = only();
    await begin(2, 7);
    expect(only().id, "it stands before the others have come to anything").toBe(id);
    await vi.advanceTimersByTimeAsync(5000);
    await experiment.tell("epoch");
    expect([...stored.values()].map((left) => left.link)).toEqual([link, toLink(experiment.address)]);
    await experiment.set("done");
    expect(only().id, "what has ended is not kept").toBe(id);
    const heir = open(new FakeExperiment());
    expect(await heir.find((wanted) => wanted === link), "as long as the page is there").toBeUndefined();
    await begin(1, 1);
    experiment.runs = runs;
    await experiment.set("done");
    expect(stored.size, "brought back, it came to its end").toBe(0);
  });

  test("leaves nothing where the same begins anew", async () => {
    await experiment.tell("epoch");
    experiment.start = 2;
    await experiment.set("idle");
    expect(stored.size).toBe(0);
  });

  test("leaves what others of the same settings took the place of, such as those of a checkpoint", async () => {
    await experiment.tell("epoch");
    const { id } = only();
    experiment.start = 2;
    await experiment.set("running");
    expect(only().id).toBe(id);
  });

  test("leaves runs that were taken away as they were, until they are there again", async () => {
    experiment.address = { ...experiment.address, num_seeds: 2 };
    await experiment.tell("epoch");
    const both = experiment.runs;
    const { id } = only();
    experiment.runs = both.slice(0, 1);
    experiment.address = { ...experiment.address, num_seeds: 1 };
    await experiment.tell("change");
    await vi.advanceTimersByTimeAsync(5000);
    await experiment.tell("epoch");
    expect([...stored.values()].map((left) => left.runs.length)).toEqual([2, 1]);
    experiment.runs = both;
    experiment.address = { ...experiment.address, num_seeds: 2 };
    await experiment.tell("change");
    await vi.advanceTimersByTimeAsync(5000);
    await experiment.tell("epoch");
    await settled();
    expect(only().id, "all of them are in one record").toBe(id);
    expect(only().runs.length).toBe(2);
    experiment.runs = both.slice(0, 1);
    await experiment.set("done");
    expect(only().id, "the other has not come to its end").toBe(id);
  });

  test("leaves what came further where the same begins anew after others, until that has come as far", async () => {
    const at = (epoch: number) => {
      for (const run of experiment.runs) run.epoch = epoch;
    };
    at(7);
    const { address, runs } = experiment;
    await experiment.tell("epoch");
    const { id } = only();
    await begin(2, 7);
    experiment.start = 3;
    experiment.address = address;
    experiment.runs = runs.map(({ seed }) => new FakeRun(seed));
    await experiment.set("running");
    at(2);
    await vi.advanceTimersByTimeAsync(5000);
    await experiment.tell("epoch");
    expect([...stored.keys()]).toContain(id);
    expect(stored.size).toBe(2);
    at(7);
    await vi.advanceTimersByTimeAsync(5000);
    await experiment.tell("epoch");
    await settled();
    expect(only().id).not.toBe(id);
  });

  test("leaves the last four that others took the place of", async () => {
    for (let start = 1; start <= 8; start++) {
      await begin(start, start);
      await experiment.tell("epoch");
      await vi.advanceTimersByTimeAsync(5000);
      await settled();
    }
    expect([...stored.values()].map(({ config: _, runs }) => runs[0]?.seed)).toEqual([4, 5, 6, 7, 8]);
    locks.close();
    expect((await open(new FakeExperiment()).find(() => true))?.runs[0]?.seed).toBe(8);
  });

  test("writes nothing down that has begun anew while it asked", async () => {
    const [first] = experiment.runs;
    if (first)
      first.meanwhile = () => {
        experiment.runs = [new FakeRun(0)];
      };
    await experiment.tell("epoch");
    expect([puts, locks.held], "and holds no place").toEqual([0, 0]);
  });

  test("keeps none that are trained on the reader's own images, which are gone with the page", async () => {
    experiment.config = { ...experiment.config, dataset: "own" };
    await experiment.tell("epoch");
    expect(puts).toBe(0);
  });

  test.each(["refuses", "silent"] as const)("lets the training be where the database %s", async (what) => {
    trouble = what;
    await experiment.tell("epoch");
    await experiment.set("done");
    await vi.advanceTimersByTimeAsync(60_000);
    expect([puts, experiment.gone]).toEqual([0, []]);
    expect(keeper.keeps, "and says that nothing is kept").toBe(false);
    expect(told).toHaveBeenCalledOnce();
  });

  test("leaves what it has kept before where there is no more room, and tries again", async () => {
    await experiment.tell("epoch");
    trouble = "full";
    await experiment.tell("epoch");
    await vi.advanceTimersByTimeAsync(5000);
    await settled();
    expect([puts, stored.size, keeper.keeps]).toEqual([1, 1, false]);
    trouble = "none";
    await experiment.tell("epoch");
    await vi.advanceTimersByTimeAsync(5000);
    await settled();
    expect([puts, keeper.keeps]).toEqual([2, true]);
    expect(told, "of both").toHaveBeenCalledTimes(2);
  });
});

describe("the next keeper", () => {
  const anything = () => true;

  test("finds what a closed page has left, and goes on with it in its place", async () => {
    const [first] = experiment.runs;
    if (first) first.epoch = 1;
    await experiment.tell("epoch");
    locks.close();
    const next = new FakeExperiment();
    const heir = open(next);
    const left = await heir.find((link) => link === toLink(experiment.address));
    expect(left?.runs[0]?.epoch).toBe(1);
    if (left) await heir.goOn(left);
    expect(next.gone[0]?.[0]).toEqual(experiment.config);
    expect(next.gone[0]?.[1]).toMatchObject([
      { algorithm: "np", seed: 0, next: 10, steps_per_epoch: 10, checkpoint: Uint8Array.of(10) },
      { algorithm: "np", seed: 1, checkpoint: Uint8Array.of(0) },
    ]);
    await next.tell("epoch");
    expect(only().id, "the same record").toBe(left?.id);
    await next.set("done");
    expect(stored.size).toBe(0);
  });

  test("keeps what it goes on with in the place of networks that were only prepared, and holds it at once", async () => {
    await experiment.tell("epoch");
    locks.close();
    const [next, other] = [new FakeExperiment(), new FakeExperiment()];
    await next.set("paused");
    const [heir, late] = [open(next), open(other)];
    const left = only();
    await heir.goOn(left);
    expect([...stored.keys()], "no epoch has ended yet").toEqual([left.id]);
    await late.goOn(left);
    await other.set("done");
    expect([...stored.keys()], "another page has not got its place").toEqual([left.id]);
    await next.set("done");
    expect(stored.size).toBe(0);
  });

  test("leaves a record to the page that has gone on with it first", async () => {
    await experiment.tell("epoch");
    locks.close();
    const [first, second] = [new FakeExperiment(), new FakeExperiment()];
    const heirs = [open(first), open(second)];
    const offers: (Left | undefined)[] = [];
    for (const heir of heirs) offers.push(await heir.find(anything));
    for (const [index, heir] of heirs.entries()) {
      const offer = offers[index];
      if (offer) await heir.goOn(offer);
      await [first, second][index]?.tell("epoch");
    }
    expect(first.gone.length + second.gone.length).toBe(2);
    expect(stored.size, "each keeps its own").toBe(2);
    await second.set("done");
    expect([...stored.keys()], "the first one's is still there").toEqual([offers[0]?.id]);
    const late = open(new FakeExperiment());
    if (offers[0]) await late.forget(offers[0]);
    expect(stored.size, "nor does another throw it away").toBe(1);
  });

  test("finds nothing of a page that is still there, of other settings, or of another version", async () => {
    await experiment.tell("epoch");
    const heir = open(new FakeExperiment());
    expect(await heir.find(anything)).toBeUndefined();
    expect(locks.waited).toBe(1);
    locks.close();
    expect(await heir.find(() => false)).toBeUndefined();
    stored.set("x", { ...only(), id: "x", version: "0.0.1", at: Number.MAX_SAFE_INTEGER });
    expect((await heir.find(anything))?.version).toBe(SCHEMA.version);
  });

  /** Records of other pages, which have been left at these times, of other settings each. */
  async function leftAt(...times: number[]): Promise<void> {
    await experiment.tell("epoch");
    const one = only();
    stored = new Map(times.map((at) => [`${at}`, { ...one, id: `${at}`, at, link: `${one.link}&${at}` }]));
  }

  test("leaves to each closed page what it was closed on, to the last four, and clears away what is older", async () => {
    await leftAt(1, 2, 3, 4, 5);
    stored.set("old", { ...(stored.get("5") as Left), id: "old", version: "0.0.1" });
    const next = new FakeExperiment();
    open(next);
    await next.tell("epoch");
    expect([...stored.keys()].slice(0, 4)).toEqual(["2", "3", "4", "5"]);
    expect(stored.size, "and its own").toBe(5);
  });

  test("keeps what was left last although what was left before says that it was later: the clock was ahead", async () => {
    const ahead = Date.now() + 1e9;
    await leftAt(ahead, ahead + 1, ahead + 2, ahead + 3);
    const mine = (link: string) => link === toLink(config());
    const next = new FakeExperiment();
    open(next);
    await next.tell("epoch");
    locks.close();
    const later = new FakeExperiment();
    later.address = { ...config(), lr: 0.125 };
    open(later);
    await later.tell("epoch");
    locks.close();
    expect((await open(new FakeExperiment()).find(mine))?.link).toBe(toLink(config()));
    expect([...stored.keys()], "the first of the others has given way").not.toContain(`${ahead}`);
  });

  test("finds of several with the same settings that which has come furthest", async () => {
    await leftAt(1, 2, 3);
    const at = (id: string, next: number) => {
      const left = stored.get(id) as Left;
      stored.set(id, { ...left, link: "same", runs: left.runs.map((run) => ({ ...run, next })) });
    };
    at("1", 9);
    at("2", 4);
    at("3", 1);
    const heir = open(new FakeExperiment());
    expect((await heir.find(anything))?.id).toBe("1");
    stored.set("1", { ...(stored.get("1") as Left), link: "others" });
    expect((await heir.find(anything))?.id, "not of others").toBe("2");
  });

  test("leaves to pages that are there what is theirs", async () => {
    await leftAt(1, 2, 3, 4, 5);
    void locks.request("1", () => new Promise(() => {}));
    const next = new FakeExperiment();
    open(next);
    await next.tell("epoch");
    expect([...stored.keys()].slice(0, 5)).toEqual(["1", "2", "3", "4", "5"]);
    expect(locks.waited, "it does not wait to learn it").toBe(0);
  });

  test("makes room for what is under way where there is no more", async () => {
    await leftAt(1, 2);
    room = 1;
    const next = new FakeExperiment();
    open(next);
    await next.tell("epoch");
    expect(only().at).toBeGreaterThan(2);
  });
});
