import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Question } from "../../www/app/contract/protocol";
import { Run } from "../../www/app/state/run";
import { RunClient } from "../../www/app/worker/client";
import { Crew } from "../../www/app/worker/crew";
import { Reader } from "../../www/app/worker/reader";
import { config, FakeReader, FakeWorker, order, settle } from "./fakes";

const image = { about: "image", pixels: new Uint8Array(4) } satisfies Question;
const output = Float32Array.of(0.1, 0.9);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a question to a run's worker", () => {
  function begin(worker = new FakeWorker()) {
    const reports: string[] = [];
    const client = new RunClient(new Crew(() => worker, 1), order(), ({ kind }) => reports.push(kind));
    return { worker, client, reports };
  }

  test("is answered by its own reply, whatever the order of the replies", async () => {
    const { worker, client, reports } = begin();
    const [first, second] = [client.ask(image), client.ask(image)];
    const [one, two] = worker.questions;
    worker.answer(two?.id ?? -1, output);
    worker.answer(one?.id ?? -1, Float32Array.of(1));
    expect(await first).toEqual(Float32Array.of(1));
    expect(await second).toBe(output);
    expect(reports).toEqual([]);
  });

  test("is refused with the worker's reason", async () => {
    const { worker, client } = begin();
    const answer = client.ask(image);
    worker.say({ kind: "refused", id: 0, failure: { code: "idx_shape", message: "Scale it." } });
    await expect(answer).rejects.toMatchObject({ code: "idx_shape", message: "Scale it." });
  });

  test.each([
    ["ends its run", (worker: FakeWorker) => worker.end()],
    ["crashes", (worker: FakeWorker) => worker.crash("out of memory")],
    ["fails", (worker: FakeWorker) => worker.say({ kind: "failed", code: "hash", message: "Damaged." })],
    ["falls silent", () => vi.advanceTimersByTime(31_000)],
  ])("settles when the worker %s", async (_, happen) => {
    const { worker, client } = begin();
    worker.say({ kind: "hello" });
    worker.progress({ busy: false });
    const answer = client.ask(image);
    happen(worker);
    await expect(answer).rejects.toMatchObject({ code: "ended" });
    await expect(client.ask(image)).rejects.toMatchObject({ code: "ended" });
    expect(worker.terminated).toBe(true);
  });
});

describe("a question to a run", () => {
  test("goes to its worker while it has one, then to the checkpoint that it left", async () => {
    const asked: Uint8Array[] = [];
    const run = new Run(config(), "np", 3, async (checkpoint) => {
      asked.push(checkpoint);
      return output as never;
    });
    await expect(run.ask(image)).rejects.toThrow("before training begins");

    const worker = new FakeWorker();
    const client = new RunClient(new Crew(() => worker, 1), order(), (report) => run.take(report, () => {}));
    run.begin(client, "max");
    const early = run.ask(image);
    worker.answer(0, Float32Array.of(1));
    expect(await early).toEqual(Float32Array.of(1));

    const underWay = run.ask(image);
    worker.end();
    expect(await underWay).toBe(output);
    expect(await run.ask(image)).toBe(output);
    expect(asked).toEqual([run.checkpoint, run.checkpoint]);
  });
});

describe("the reader of ended runs", () => {
  const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const checkpoint = (byte: number) => Uint8Array.of(byte);

  function begin(room = 100) {
    const workers: FakeReader[] = [];
    const reader = new Reader(() => {
      const worker = new FakeReader();
      workers.push(worker);
      return worker;
    });
    reader.use(module, { train: [], test: [] }, room);
    return { reader, workers };
  }

  test("starts one worker when it is first needed, and opens each run once", async () => {
    const { reader, workers } = begin();
    expect(workers).toEqual([]);
    const [a, b] = [checkpoint(1), checkpoint(2)];
    const answers = [reader.ask(a, image), reader.ask(b, image), reader.ask(a, image)];
    expect(workers[0]?.kinds).toEqual(["data", "open 0", "ask 0", "open 1", "ask 1", "ask 0"]);
    for (const id of [0, 1, 2]) workers[0]?.say({ kind: "answer", id, answer: output });
    expect(await Promise.all(answers)).toEqual([output, output, output]);
    expect(workers).toHaveLength(1);
  });

  test("holds eight runs at most and lets the one go that was asked longest ago", async () => {
    const { reader, workers } = begin();
    const all = Array.from({ length: 9 }, (_, i) => checkpoint(i));
    const order = [0, 1, 2, 3, 4, 5, 6, 7, 0, 8, 1];
    const answers = order.map((i) => reader.ask(all[i] as Uint8Array, image));
    await settle();
    expect(workers[0]?.kinds.filter((kind) => kind.startsWith("close"))).toEqual(["close 1", "close 2"]);
    reader.terminate();
    const settled = await Promise.allSettled(answers);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
  });

  test.each([
    [2.9, ["close 0"]],
    [0.5, ["close 0", "close 1"]],
  ])("holds no more than memory has room for: %s runs, but one in any case", async (room, closed) => {
    const { reader, workers } = begin(room);
    const answers = [0, 1, 2].map((i) => reader.ask(checkpoint(i), image));
    expect(workers[0]?.kinds.filter((kind) => kind.startsWith("close"))).toEqual(closed);
    reader.terminate();
    await Promise.allSettled(answers);
  });

  test.each([
    ["crashes", (worker: FakeReader) => worker.crash("out of memory")],
    ["does not answer", () => vi.advanceTimersByTime(61_000)],
  ])("when its worker %s, says so and starts another at the next question", async (_, happen) => {
    const { reader, workers } = begin();
    const run = checkpoint(1);
    const lost = reader.ask(run, image);
    const [first] = workers;
    happen(first as FakeReader);
    await expect(lost).rejects.toThrow("look again");
    expect(first?.terminated).toBe(true);
    const again = reader.ask(run, image);
    expect(workers[1]?.kinds).toEqual(["data", "open 1", "ask 1"]);
    workers[1]?.say({ kind: "answer", id: 1, answer: output });
    expect(await again).toBe(output);
  });

  test("has nothing to look into before there are data", async () => {
    await expect(new Reader(() => new FakeReader()).ask(checkpoint(1), image)).rejects.toThrow(
      "before training begins",
    );
  });
});
