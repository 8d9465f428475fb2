import { afterEach, expect, test, vi } from "vitest";
import type { RunClient, RunReport } from "../../www/app/worker/client";
import { cores, Pool } from "../../www/app/worker/pool";
import { Budget } from "../../www/app/worker/room";
import { FakeWorker, order } from "./fakes";

function fill(limit: number, seeds: number[], { bytes = 1, budget = new Budget() } = {}) {
  const workers: FakeWorker[] = [];
  const reports: [number, RunReport["kind"]][] = [];
  const clients: RunClient[] = [];
  const spawn = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const pool = new Pool(spawn, limit, budget);
  for (const seed of seeds) {
    pool.enqueue({
      wanted: () => true,
      order: () => order({ seed }),
      started: (client) => clients.push(client),
      report: ({ kind }) => reports.push([seed, kind]),
      bytes,
    });
  }
  const begun = () => workers.map((worker) => worker.order.seed);
  return { pool, workers, reports, clients, begun };
}

afterEach(() => void vi.unstubAllGlobals());

test("runs as many jobs at once as allowed, the others in their order", () => {
  const { workers, begun, clients } = fill(2, [5, 6, 7, 8]);
  expect(begun()).toEqual([5, 6]);
  workers[1]?.end();
  expect(begun()).toEqual([5, 6, 7]);
  workers[0]?.end();
  expect(begun()).toEqual([5, 6, 7, 8]);
  expect(clients).toHaveLength(4);
});

test("a worker that dies makes room like one that has finished", () => {
  const { workers, begun, reports } = fill(1, [5, 6]);
  workers[0]?.crash("gone");
  expect(begun()).toEqual([5, 6]);
  workers[1]?.end();
  expect(reports).toEqual([
    [5, "failed"],
    [6, "ended"],
  ]);
});

test("a browser that makes no workers fails every job and waits for none", async () => {
  const failed: string[] = [];
  const pool = new Pool(() => {
    throw new Error("refused");
  }, 2);
  for (let job = 0; job < 5; job++) {
    pool.enqueue({
      wanted: () => true,
      order,
      started: () => {},
      report: ({ kind }) => failed.push(kind),
      bytes: 1,
    });
  }
  await new Promise((resolve) => setTimeout(resolve));
  expect(failed).toEqual(Array(5).fill("failed"));
});

test("a job that nobody wants any more is passed over", () => {
  const { pool, workers, begun, reports } = fill(1, [5]);
  pool.enqueue({
    wanted: () => false,
    order: () => order({ seed: 6 }),
    started: () => {},
    report: () => {},
    bytes: 1,
  });
  pool.enqueue({
    wanted: () => true,
    order: () => order({ seed: 7 }),
    started: () => {},
    report: () => {},
    bytes: 1,
  });
  workers[0]?.end();
  expect(begun()).toEqual([5, 7]);
  expect(reports).toHaveLength(1);
});

const seedsOf = (worker: FakeWorker | undefined) =>
  worker?.messages.flatMap((message) => (message.kind === "start" ? [message.seed] : []));

test("a parked run makes room, and ends with the others", () => {
  const { pool, workers, clients } = fill(1, [5, 6, 7]);
  const [worker] = workers;
  const [first] = clients;
  if (first) pool.park(first, () => {});
  expect(seedsOf(worker)).toEqual([5, 6]);
  if (first) pool.unpark(first);
  const [, second] = clients;
  if (second) pool.drop(second);
  expect(seedsOf(worker), "the first has its place again").toEqual([5, 6]);
  expect(worker?.messages.at(-1)).toEqual({ kind: "leave", run: 1 });
  pool.terminate();
  expect(worker?.terminated).toBe(true);
});

test("where jobs share the workers, none waits, and those that rest count for less", () => {
  const { pool, workers, reports } = fill(2, [5, 6, 7, 8, 9]);
  workers[0]?.progress({ busy: false });
  pool.shares = true;
  expect(workers.map(seedsOf)).toEqual([
    [5, 7, 9],
    [6, 8],
  ]);
  workers[1]?.crash("gone");
  expect(reports, "both of its runs").toEqual([
    [5, "progress"],
    [6, "failed"],
    [8, "failed"],
  ]);
  expect(workers.map(({ terminated }) => terminated)).toEqual([false, true]);
});

test("no more run at once than the memory has room for, and it is said", () => {
  const { pool, workers, begun } = fill(8, [5, 6, 7, 8], { bytes: 40, budget: new Budget(100) });
  expect([begun(), pool.crowded]).toEqual([[5, 6], true]);
  workers[0]?.end();
  expect([begun(), pool.crowded]).toEqual([[5, 6, 7], true]);
  workers[1]?.crash("gone");
  expect([begun(), pool.crowded]).toEqual([[5, 6, 7, 8], false]);
});

test("where jobs share the workers, they share the memory, too", () => {
  const { pool, workers } = fill(1, [5, 6, 7], { bytes: 40, budget: new Budget(100) });
  expect(pool.crowded, "waits for a worker").toBe(false);
  pool.shares = true;
  expect([workers.map(seedsOf), pool.crowded]).toEqual([[[5, 6]], true]);
});

test("a parked run still takes its memory; one that is dropped gives it back", () => {
  const budget = new Budget(100);
  const { pool, clients, begun } = fill(8, [5, 6, 7], { bytes: 40, budget });
  const [first, second] = clients;
  if (first) pool.park(first, () => {});
  expect([begun(), budget.taken]).toEqual([[5, 6], 80]);
  if (second) pool.drop(second);
  expect([begun(), budget.taken]).toEqual([[5, 6, 7], 80]);
  pool.terminate();
  expect(budget.taken).toBe(0);
});

test("what ended runs have left behind takes memory, too; one run goes on in any case", () => {
  const budget = new Budget(100);
  budget.left = () => 30;
  const { workers, begun } = fill(8, [5, 6, 7], { bytes: 40, budget });
  expect([begun(), budget.free]).toEqual([[5], 30]);
  budget.left = () => 100;
  workers[0]?.end();
  expect([begun(), budget.free]).toEqual([[5, 6], -40]);
  budget.left = () => 20;
  workers[1]?.end();
  expect([begun(), budget.free]).toEqual([[5, 6, 7], 40]);
});

test("two pools have one memory; a run of each goes on in any case", () => {
  const budget = new Budget(100);
  const first = fill(8, [5, 6], { bytes: 50, budget });
  const second = fill(8, [7, 8], { bytes: 50, budget });
  expect([first.begun(), second.begun()]).toEqual([[5, 6], [7]]);
});

test.each([
  [{ deviceMemory: 8 }, 4e9, 4e9],
  [{ deviceMemory: 0.5 }, 0.25e9, 0.25e9],
  [{ deviceMemory: 32 }, 16e9, 4e9],
  [{}, 2e9, 2e9],
  [undefined, 2e9, 2e9],
])(
  "of a device that tells of %o, half is taken, and no more by one run than WebAssembly has",
  (told, all, one) => {
    vi.stubGlobal("navigator", told);
    const { total, most } = new Budget();
    expect([total, most]).toEqual([all, one]);
  },
);

test("terminate ends the workers and forgets the queue", () => {
  const { pool, workers, begun, reports } = fill(2, [5, 6, 7]);
  pool.terminate();
  expect(workers.every(({ terminated }) => terminated)).toBe(true);
  for (const worker of workers) worker.end();
  expect(begun()).toEqual([5, 6]);
  expect(reports).toEqual([]);
});

test.each([
  [8, 8],
  [1, 1],
  [undefined, 1],
])("a device that tells of %s cores runs %s at once", (told, expected) => {
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("navigator", { hardwareConcurrency: told });
  expect(cores()).toBe(expected);
});

test("where there are no workers, one run is done after the other", () => {
  vi.stubGlobal("Worker", undefined);
  expect(cores()).toBe(1);
});
