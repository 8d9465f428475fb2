import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Algorithm, type Config, fixedPart, type Given, withRule } from "../../www/app/contract/config";
import type { Cell } from "../../www/app/contract/plan";
import { Experiment, type RunView } from "../../www/app/state/experiment";
import { keysOf } from "../../www/app/state/extent";
import { leave } from "../../www/app/storage/keeper";
import { settingsOf } from "../../www/app/sweep/cells";
import type { Engine } from "../../www/app/worker/engine";
import { loadCheck } from "./check";
import { order } from "./fakes";
import { curveOf, ratesAt, SimulatedWorker } from "./simulated";
import { alwaysInTime, PATIENT } from "./tries";

const FOLDER = new URL("https://example.org/data/");
const SETTINGS: Given = {
  ...{ algorithms: ["bp", "np"], hidden_sizes: [4, 4], epochs: 4 },
  ...{ train_size: 400, test_size: 100, batch_size: 100 },
};

const file = (name: string) => ({ file: name, bytes: 4, sha256: "0".repeat(64) });
const shards = (name: string) => [{ count: 2500, images: file(`${name}-i`), labels: file(`${name}-l`) }];
const manifest = {
  ...{ dataset: "mnist", rows: 28, cols: 28, classes: 10, shard_size: 2500 },
  train: { count: 2500, shards: shards("train") },
  test: { count: 2500, shards: shards("test") },
};
const site: typeof fetch = async (input) =>
  new Response(String(input).endsWith("manifest.json") ? JSON.stringify(manifest) : "data");

let engine: Engine;

beforeAll(async () => {
  const { module } = order();
  const check = await loadCheck();
  engine = {
    ...{ module, check, version: "0.1.0", freshSeed: () => 42, sha256: () => "" },
    trainer: async () => module,
    memory: ({ algorithms }) => algorithms.map(() => 1),
  };
  // So much passes from one look at the clock to the next that every epoch is remembered.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 10_000;
    return now;
  });
});

afterAll(() => void vi.restoreAllMocks());

/** One visitor, from page to page. */
class Visit {
  workers: SimulatedWorker[] = [];
  experiment = this.#open();
  /** The settings of what has come to its end so far. */
  results: Config[] = [];

  #open(): Experiment {
    const spawn = () => {
      const worker = new SimulatedWorker();
      this.workers.push(worker);
      return worker;
    };
    const experiment = new Experiment(FOLDER, {
      loadEngine: async () => engine,
      cores: 2,
      fetch: site,
      spawn,
    });
    experiment.addEventListener("done", () => this.results.push(experiment.result.config));
    return experiment;
  }

  /** The page is left, and another goes on with what it kept. */
  async reload(): Promise<void> {
    const { phase, result, runs } = this.experiment;
    if (phase === "idle" || phase === "done") return;
    const left = await Promise.all(runs.map(leave));
    const brought = left.map(async ({ checkpoint, ...run }) => ({
      ...run,
      ...(checkpoint && { checkpoint: new Uint8Array(await checkpoint.arrayBuffer()) }),
    }));
    this.experiment.dispose();
    this.experiment = this.#open();
    await this.experiment.goOn(result.config, await Promise.all(brought));
  }

  crash(): void {
    this.workers.find(({ terminated }) => !terminated)?.crash();
  }

  async train(updates: readonly number[]): Promise<void> {
    await turns();
    const here = this.workers.filter(({ terminated }) => !terminated);
    for (const [index, worker] of here.entries()) worker.train(updates[index] ?? 0);
    await turns();
  }
}

/** What is said between the page and its workers is heard. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 16; turn++) await new Promise((resolve) => setImmediate(resolve));
}

type Act = (visit: Visit) => unknown;

const change =
  (patch: Given | ((config: Config) => Given)): Act =>
  ({ experiment }) =>
    experiment.change(typeof patch === "function" ? patch(experiment.config) : patch);
const toggle = (rule: Algorithm) =>
  change(({ algorithms }) => ({ algorithms: withRule(algorithms, rule, !algorithms.includes(rule)) }));
const own = (values: Config["overrides"]) =>
  change(({ overrides }) => ({ overrides: { ...overrides, ...values } }));
const cell = (of: Cell) => change((config) => settingsOf(config, of));

const ACTS = {
  play: ({ experiment }) => experiment.play(),
  pause: ({ experiment }) => experiment.pause(),
  step: ({ experiment }) => experiment.step(),
  epoch: ({ experiment }) => experiment.epoch(),
  reset: ({ experiment }) => experiment.reset(),
  undo: ({ experiment }) => experiment.undo(),
  retry: ({ experiment }) => experiment.phase === "failed" && experiment.retry(),
  "the worker ends": (visit) => visit.crash(),
  "another page": (visit) => visit.reload(),
  "a reset taken back": ({ experiment }) => {
    experiment.reset();
    return experiment.undo();
  },
  "a preset taken back": async ({ experiment }) => {
    await experiment.configure({ ...SETTINGS, optimizer: "sgd" });
    await experiment.undo();
  },
  preset: ({ experiment }) => experiment.configure(SETTINGS),
  "a kept result": ({ experiment, results: [first] }) => first && experiment.configure(first),
  "the last result": ({ experiment, results }) =>
    results.length > 0 && experiment.configure(results.at(-1) ?? {}),
  "without the changes": ({ experiment }) => {
    const { lr, decor_lr, noise_std, overrides, changes } = experiment.address;
    const still = !["running", "loading"].includes(experiment.phase);
    return (
      changes.length > 0 && still && experiment.change({ lr, decor_lr, noise_std, overrides, changes: [] })
    );
  },
  "lr 0.001": change({ lr: 0.001 }),
  "lr 0.5": change({ lr: 0.5 }),
  "noise 0.1": change({ noise_std: 0.1 }),
  "NP's own": own({ np: { lr: 0.02 } }),
  "NP's draws": own({ np: { num_noise_iters: 3 } }),
  "NP's own no more": own({ np: {} }),
  "NP's cell": cell({ algorithm: "np", lr: 0.03 }),
  "DANP's cell": cell({ algorithm: "danp", lr: 0.03, noise_std: 0.2 }),
  BP: toggle("bp"),
  NP: toggle("np"),
  DANP: toggle("danp"),
  "1 seed": change({ num_seeds: 1 }),
  "3 seeds": change({ num_seeds: 3 }),
  "2 epochs": change({ epochs: 2 }),
  "4 epochs": change({ epochs: 4 }),
  "6 epochs": change({ epochs: 6 }),
} satisfies Record<string, Act>;

/** Whether it begins anew what there is, as it says: a cell has its rates from the first update to the last. */
function beginsAnew(name: string, { phase, config }: Experiment): boolean {
  const cellLeavesOut = name.endsWith("cell") && config.changes.length > 0;
  const again = phase === "done" && ["play", "step", "epoch"].includes(name);
  const draws = config.overrides.np?.num_noise_iters ?? 1;
  return (
    cellLeavesOut ||
    again ||
    (name === "NP's draws" && draws === 1) ||
    (name.startsWith("NP's own") && draws > 1) ||
    ["reset", "preset", "a kept result", "the last result", "without the changes", "undo"].includes(name)
  );
}

/** An act, and so many updates that the runs of each worker do after it; null where the next act comes at once. */
type Visited = [name: keyof typeof ACTS, updates: [number, number] | null];

const names = Object.keys(ACTS) as (keyof typeof ACTS)[];
const name = fc.constantFrom<keyof typeof ACTS>("play", "play", "play", ...names);
const updates = fc.option(fc.tuple(fc.nat(6), fc.nat(6)), { freq: 4 });
const acts: fc.Arbitrary<Visited[]> = fc.array(fc.tuple(name, updates), { minLength: 4, maxLength: 16 });

/** What was found to go wrong before. */
const FOUND: [Visited[]][] = [
  [
    [
      ["play", [0, 0]],
      ["lr 0.5", [0, 4]],
      ["NP's cell", [0, 0]],
    ],
  ],
  [
    [
      ["play", [0, 0]],
      ["NP's cell", null],
      ["NP's draws", [2, 2]],
    ],
  ],
  [
    [
      ["play", [0, 0]],
      ["BP", [0, 1]],
      ["lr 0.5", null],
      ["preset", [2, 2]],
    ],
  ],
  [
    [
      ["play", [0, 0]],
      ["NP's own", null],
      ["a reset taken back", [2, 2]],
    ],
  ],
];

/** A curve is what the configuration of the result leads to, and so is its end. */
function isTrainedByResult({ result }: Experiment): void {
  for (const { algorithm, seed, history, weights_hash, status } of result.runs) {
    const curve = curveOf(result.config, algorithm, seed);
    expect(history.test_acc, `the curve of ${algorithm} ${seed}`).toEqual(
      curve.slice(0, history.test_acc.length),
    );
    if (status === "finished") expect(weights_hash).toBe(String(curve.at(-1)));
  }
}

/** A curve belongs to the settings beside it, or the page says that it does not. */
function belongs({ phase, config, result, runs, stale }: Experiment): void {
  if (phase === "idle") return;
  const keyOf = ({ algorithm, seed }: Pick<RunView, "algorithm" | "seed">) => `${algorithm} ${seed}`;
  if (stale.length === 0) expect(runs.map(keyOf)).toEqual(keysOf(config).map(keyOf));
  for (const rule of result.config.algorithms.filter((rule) => !stale.includes(rule))) {
    // What the boxes say, or the changes that came with them.
    const said = [config, { ...config, changes: [] }].map((of) => ratesAt(of, rule).split(" "));
    for (const [index, rate] of ratesAt(result.config, rule).split(" ").entries()) {
      const either = said.map((rates) => rates[index]);
      expect(either, `the rates of ${rule}`).toContain(rate);
    }
  }
}

/** How many epochs of each run are there, which is the same run as long as its settings are. */
function learnedOf({ runs, result }: Experiment): Map<string, number> {
  const entries = runs.map((run) => {
    const { algorithm, seed, history, checkpoint, epoch } = run;
    const epochs = Math.max(history.epoch.length - 1, checkpoint ? epoch : 0);
    return [`${algorithm} ${seed} ${fixedPart(result.config, algorithm)}`, epochs] as const;
  });
  return new Map(entries);
}

/** How far each run has come, which is the same run as long as its settings and its first rates are. */
function standing({ runs, result: { config } }: Experiment) {
  const begun = runs.filter(({ next }) => next > 0);
  return begun.map(({ algorithm, seed, next, history }) => {
    const key = [algorithm, seed, fixedPart(config, algorithm), ratesAt(config, algorithm, 0)].join(" ");
    return { key, next, epochs: history.epoch.length };
  });
}

describe("whatever a visitor does", PATIENT, () => {
  test("every curve belongs to the settings beside it, and nothing learned is lost that cannot be taken back", async () => {
    const property = fc.asyncProperty(acts, async (wanted) => {
      const visit = new Visit();
      await visit.experiment.configure(SETTINGS);
      let before = learnedOf(visit.experiment);
      let anew: string[] = [];
      // What only Undo has is gone with the page.
      let left = false;
      for (const [name, updates] of wanted) {
        left ||= name === "another page";
        if (beginsAnew(name, visit.experiment)) anew.push(name);
        // What is refused leaves everything as it was.
        const came = await Promise.resolve(ACTS[name](visit)).catch(() => {});
        if (!updates) continue;
        await visit.train(updates);
        const { experiment } = visit;
        isTrainedByResult(experiment);
        belongs(experiment);
        const after = learnedOf(experiment);
        const lost = [...before].filter(([run, epochs]) => (after.get(run) ?? epochs) < epochs);
        if (anew.length === 0) expect(lost).toEqual([]);
        else if (lost.length > 0 && !anew.includes("undo") && !left) expect(experiment.undoable).toBe(true);
        if (name === "without the changes" && came) expect(experiment.address.changes).toEqual([]);
        [before, anew, left] = [after, [], false];
      }
      visit.experiment.dispose();
    });
    await alwaysInTime(property, 60, FOUND);
  });

  test("Undo, as often as it goes, leads back to all that had been learned", async () => {
    const property = fc.asyncProperty(acts, acts, async (first, later) => {
      const visit = new Visit();
      await visit.experiment.configure(SETTINGS);
      const dare = async (some: Visited[]) => {
        for (const [name, updates] of some.filter(([name]) => !["undo", "another page"].includes(name))) {
          await Promise.resolve(ACTS[name](visit)).catch(() => {});
          if (updates) await visit.train(updates);
        }
        visit.experiment.pause();
        await visit.train([0, 0]);
      };
      await dare(first);
      const { experiment } = visit;
      const missing = new Map(standing(experiment).map((run) => [run.key, run]));
      await dare(later);
      for (;;) {
        isTrainedByResult(experiment);
        for (const { key, next, epochs } of standing(experiment)) {
          const before = missing.get(key);
          if (before && before.next <= next && before.epochs <= epochs) missing.delete(key);
        }
        if (!experiment.undoable) break;
        await experiment.undo().catch(() => {});
        await visit.train([0, 0]);
      }
      expect([...missing.values()]).toEqual([]);
      experiment.play();
      for (let turn = 0; turn < 40 && experiment.phase !== "done"; turn++) await visit.train([6, 6]);
      isTrainedByResult(experiment);
      experiment.dispose();
    });
    await alwaysInTime(property, 60, []);
  });
});
