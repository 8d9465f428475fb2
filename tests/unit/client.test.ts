import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RunClient, type RunReport } from "../../www/app/worker/client";
import { Crew } from "../../www/app/worker/crew";
import { FakeWorker, order, row } from "./fakes";

function begin(worker = new FakeWorker()) {
  const reports: RunReport[] = [];
  const client = new RunClient(new Crew(() => worker, 1), order(), (report) => reports.push(report));
  const failure = () => reports.find((report) => report.kind === "failed");
  return { worker, client, reports, failure };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a run's client", () => {
  test("starts its worker with the order and passes on what it says", () => {
    const { worker, reports } = begin();
    expect(worker.order).toMatchObject({ algorithm: "np", seed: 3, paused: false });
    worker.say({ kind: "hello" });
    worker.say({ kind: "ready" });
    worker.progress({ rows: Float64Array.from(row(0, 2)) });
    worker.end();
    expect(reports.map(({ kind }) => kind)).toEqual(["ready", "progress", "ended"]);
    expect(worker.terminated).toBe(true);
  });

  test("says nothing after the end", () => {
    const { worker, client, reports } = begin();
    worker.end();
    worker.progress();
    worker.crash("too late");
    client.send({ kind: "pause" });
    vi.advanceTimersByTime(100_000);
    expect(reports).toHaveLength(1);
    expect(worker.orders).toEqual([]);
  });

  test("says nothing after terminate", () => {
    const { worker, client, reports } = begin();
    client.terminate();
    worker.progress();
    worker.crash("too late");
    vi.advanceTimersByTime(100_000);
    expect(reports).toEqual([]);
    expect(worker.terminated).toBe(true);
  });

  test("fails when the worker crashes, and says what is kept", () => {
    const { worker, failure } = begin();
    worker.progress({ epoch: 12 });
    worker.crash("out of memory");
    expect(failure()).toMatchObject({ code: "worker" });
    expect(failure()).toHaveProperty(
      "message",
      expect.stringContaining("NP (seed 3) stopped (out of memory)"),
    );
    expect(failure()).toHaveProperty("message", expect.stringContaining("12 finished epochs are kept"));
    expect(failure()).toHaveProperty("message", expect.stringContaining("Try again"));
    expect(worker.terminated).toBe(true);
  });

  test("fails in a whole sentence when the wasm module traps", () => {
    const { worker, reports } = begin();
    worker.say({ kind: "failed", code: "engine", message: "unreachable", memory_bytes: 3_071_500_000 });
    expect(reports).toEqual([
      {
        kind: "failed",
        code: "engine",
        message:
          "The worker of NP (seed 3) stopped (unreachable, with 3072 MB of memory in use). " +
          "Try again to train it anew, or choose a smaller network or batch, or fewer images or noise samples.",
      },
    ]);
  });

  test("tells memory that is full from other traps", () => {
    const { worker, failure } = begin();
    worker.say({ kind: "failed", code: "engine", message: "unreachable", memory_full: true });
    expect(failure()).toMatchObject({ code: "memory" });
  });

  test("passes on a failure that is a sentence already", () => {
    const { worker, reports } = begin();
    worker.say({ kind: "failed", code: "hash", message: "A file is wrong. Try again." });
    expect(reports).toEqual([{ kind: "failed", code: "hash", message: "A file is wrong. Try again." }]);
  });

  test("fails when a message cannot be read", () => {
    const { worker, failure } = begin();
    worker.dispatchEvent(new Event("messageerror"));
    expect(failure()).toMatchObject({ code: "worker" });
  });

  test("fails when the browser refuses to make a worker", async () => {
    const reports: RunReport[] = [];
    const refuse = () => {
      throw new Error("not from this origin");
    };
    new RunClient(new Crew(refuse, 1), order(), (report) => reports.push(report));
    await Promise.resolve();
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ kind: "failed", code: "worker" });
    expect(reports[0]).toHaveProperty("message", expect.stringContaining("not from this origin"));
  });

  test("fails when the worker never says a word for 15 s", () => {
    const { failure, reports } = begin();
    vi.advanceTimersByTime(4_000);
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(reports).toEqual([{ kind: "late" }]);
    vi.advanceTimersByTime(1_000);
    expect(failure()).toMatchObject({ code: "timeout" });
    expect(failure()).toHaveProperty("message", expect.stringContaining("did not start within 15 seconds"));
  });

  test("fails when a worker that trains is silent for 30 s", () => {
    const { worker, failure } = begin();
    worker.progress();
    vi.advanceTimersByTime(29_000);
    worker.progress();
    vi.advanceTimersByTime(29_000);
    expect(failure()).toBeUndefined();
    vi.advanceTimersByTime(1_000);
    expect(failure()).toMatchObject({ code: "timeout" });
  });

  test("lets a paused worker be silent, but not one that owes an answer", () => {
    const { worker, client, failure } = begin();
    worker.progress();
    client.send({ kind: "pause" });
    worker.progress({ busy: false });
    vi.advanceTimersByTime(3_600_000);
    expect(failure()).toBeUndefined();
    client.send({ kind: "step" });
    vi.advanceTimersByTime(30_000);
    expect(failure()).toMatchObject({ code: "timeout" });
  });

  test("does not take the answer to an earlier command for the one to the last", () => {
    const { worker, client, failure } = begin();
    worker.progress({ busy: false });
    client.send({ kind: "resume" });
    worker.progress({ busy: false, obeyed: 1 });
    expect(client.upToDate).toBe(false);
    vi.advanceTimersByTime(30_000);
    expect(failure()).toBeDefined();
  });
});
