import { afterEach, expect, test, vi } from "vitest";
import type { RunClient, RunReport } from "../../www/app/worker/client";
import { cores, Pool } from "../../www/app/worker/pool";
import { FakeWorker, order } from "./fakes";

function fill(limit: number, seeds: number[]) {
  const workers: FakeWorker[] = [];
  const reports: [number, RunReport["kind"]][] = [];
  const clients: RunClient[] = [];
  const spawn = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const pool = new Pool(spawn, limit);
  for (const seed of seeds) {
    pool.enqueue({
      wanted: () => true,
      order: () => order({ seed }),
      started: (client) => clients.push(client),
      report: ({ kind }) => reports.push([seed, kind]),
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
    pool.enqueue({ wanted: () => true, order, started: () => {}, report: ({ kind }) => failed.push(kind) });
  }
  await new Promise((resolve) => setTimeout(resolve));
  expect(failed).toEqual(Array(5).fill("failed"));
});

test("a job that nobody wants any more is passed over", () => {
  const { pool, workers, begun, reports } = fill(1, [5]);
  pool.enqueue({ wanted: () => false, order: () => order({ seed: 6 }), started: () => {}, report: () => {} });
  pool.enqueue({ wanted: () => true, order: () => order({ seed: 7 }), started: () => {}, report: () => {} });
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
  if (first) pool.park(first);
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
