import { describe, expect, test, vi } from "vitest";
import { type Config, defaults, SCHEMA } from "../../www/app/contract/config";
import type { Guess, OwnData } from "../../www/app/contract/own";
import type { Shard } from "../../www/app/contract/protocol";
import type { WorkerLike } from "../../www/app/contract/thread";
import { dropped, hasFiles } from "../../www/app/dataset/dropped";
import { OwnReader } from "../../www/app/dataset/own-reader";
import type { ReadOrder, ReadReport } from "../../www/app/dataset/protocol";
import { DataSource } from "../../www/app/dataset/source";
import { ofMnist, wantedAtFirst, wantedNow, within } from "../../www/app/state/sizes";

const file = (name: string) => ({ name, bytes: new Uint8Array(1), sha256: "0" });
const shard = (name: string): Shard => ({ images: file(`${name}-images`), labels: file(`${name}-labels`) });

const OWN: OwnData = {
  ...{ called: "mine.csv", pictures: false },
  ...{ rows: 3, cols: 5, classes: 2, names: ["0", "1"], bytes: 0, notes: [], examples: [] },
  ...{ choices: {}, guesses: [] },
  train: { images: 3 * SCHEMA.shard_size, counts: new Uint32Array(2) },
  test: { images: 10, counts: new Uint32Array(2) },
  shards: { train: [shard("a"), shard("b"), shard("c")], test: [shard("t")] },
};

const GUESS: Guess = { question: "turned", chosen: false, sentence: "As they are.", options: [] };

/** A worker that a test answers for. */
class FakeWorker extends EventTarget implements WorkerLike {
  readonly orders: ReadOrder[] = [];
  terminated = false;

  postMessage(order: ReadOrder): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: ReadReport): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** A reader, and the workers that it has started. */
function started() {
  const workers: FakeWorker[] = [];
  const reader = new OwnReader(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { reader, workers, worker: () => workers.at(-1) ?? new FakeWorker() };
}

const FILES = [{ path: "mine.csv", file: new File(["0,1"], "mine.csv") }];
const GIVEN = { files: FILES, wasm: expect.stringContaining(".wasm") };

describe("own files", () => {
  test("are read in a worker that keeps them for other choices", async () => {
    const { reader, workers, worker } = started();
    const given = reader.give(FILES);
    expect(reader.phase).toBe("reading");
    worker().say({ kind: "read", data: { ...OWN, guesses: [GUESS] } });
    expect(await given).toMatchObject({ rows: 3 });
    expect(reader).toMatchObject({ phase: "ready", guesses: [GUESS], choices: {}, problem: "" });
    const chosen = reader.choose({ turned: true });
    worker().say({ kind: "read", data: OWN });
    expect(await chosen).toBe(OWN);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.orders).toEqual([{ given: GIVEN, choices: {} }, { choices: { turned: true } }]);
    expect(reader.choices).toEqual({ turned: true });
  });

  test("whose images are in use again are those that a choice is of", async () => {
    const { reader, workers, worker } = started();
    const first = { ...OWN, guesses: [GUESS] };
    const chosen = reader.give(FILES);
    worker().say({ kind: "read", data: first });
    await chosen;
    const others = [{ path: "other.csv", file: new File(["0,1"], "other.csv") }];
    const second = reader.give(others);
    worker().say({ kind: "read", data: OWN });
    await second;
    reader.back(OWN);
    expect(workers, "they are in use").toHaveLength(2);
    reader.back(null);
    expect(reader).toMatchObject({ guesses: [], choices: {}, problem: "" });
    reader.back(first);
    expect(reader.guesses).toEqual([GUESS]);
    void reader.choose({ turned: true });
    expect(worker().orders).toEqual([{ given: GIVEN, choices: { turned: true } }]);
  });

  test("that are refused say why, and what may be chosen otherwise", async () => {
    const { reader, worker } = started();
    const given = reader.give(FILES);
    worker().say({
      kind: "refused",
      failure: { code: "files", message: "Line 2 is odd." },
      guesses: [GUESS],
    });
    await expect(given).rejects.toMatchObject({ kind: "files", message: "Line 2 is odd." });
    expect(reader).toMatchObject({ phase: "ready", problem: "Line 2 is odd.", guesses: [GUESS] });
    const chosen = reader.choose({ label: 3 });
    expect(reader.problem).toBe("");
    worker().say({ kind: "read", data: OWN });
    expect(await chosen).toBe(OWN);
  });

  test("that are too much for the worker are given to another one with the next choice", async () => {
    const { reader, workers, worker } = started();
    const given = reader.give(FILES);
    worker().dispatchEvent(new Event("error"));
    await expect(given).rejects.toMatchObject({
      kind: "files",
      message: expect.stringContaining("too large"),
    });
    expect(worker().terminated).toBe(true);
    void reader.choose({ split: "fifth" });
    expect(workers).toHaveLength(2);
    expect(worker().orders).toEqual([{ given: GIVEN, choices: { split: "fifth" } }]);
  });

  test("whose worker is silent are still being read, until somebody cancels that", async () => {
    vi.useFakeTimers();
    const { reader, workers, worker } = started();
    const given = reader.give(FILES);
    vi.advanceTimersByTime(60_000);
    expect(reader.phase).toBe("silent");
    reader.cancel();
    vi.useRealTimers();
    expect(await given).toBeNull();
    expect(worker().terminated).toBe(true);
    expect(reader).toMatchObject({ phase: "ready", problem: "" });
    // A late answer of the first worker is none of the second's.
    const again = reader.give(FILES);
    workers[0]?.say({ kind: "read", data: { ...OWN, classes: 7 } });
    worker().say({ kind: "read", data: OWN });
    expect(await again).toBe(OWN);
  });

  test("leave everything as it was where their reading is cancelled", async () => {
    const { reader, worker } = started();
    const first = reader.give(FILES);
    worker().say({ kind: "read", data: { ...OWN, guesses: [GUESS] } });
    await first;
    const scaled = reader.choose({ scale: [255, 0] });
    reader.cancel();
    expect(await scaled).toBeNull();
    expect(reader).toMatchObject({ choices: {}, guesses: [GUESS] });
    const turned = reader.choose({ turned: true });
    expect(worker().orders).toEqual([{ given: GIVEN, choices: { turned: true } }]);
    worker().say({ kind: "refused", failure: { code: "files", message: "They are odd." }, guesses: [GUESS] });
    await expect(turned).rejects.toMatchObject({ kind: "files" });
    const others = reader.give([{ path: "other.csv", file: new File(["0,1"], "other.csv") }]);
    void reader.give([]);
    reader.cancel();
    expect(await others).toBeNull();
    const taken = { choices: { turned: true }, guesses: [GUESS], problem: "They are odd." };
    expect(reader).toMatchObject({ phase: "ready", ...taken });
    void reader.choose({ split: "fifth" });
    expect(worker().orders).toEqual([{ given: GIVEN, choices: { split: "fifth" } }]);
  });

  test("that come while others are being read take their place", async () => {
    const { reader, workers, worker } = started();
    const first = reader.give(FILES);
    const second = reader.give([]);
    expect(await first).toBeNull();
    expect(workers[0]?.terminated).toBe(true);
    worker().say({ kind: "read", data: OWN });
    expect(await second).toBe(OWN);
    expect(reader.phase).toBe("ready");
  });
});

describe("what is dropped", () => {
  const file = (path: string) => ({
    ...{ isFile: true, isDirectory: false, fullPath: path },
    file: (done: (file: File) => void) => done(new File([path], path)),
  });
  const folder = (path: string, batches: object[][]) => ({
    ...{ isFile: false, isDirectory: true, fullPath: path },
    createReader: () => {
      const left = [...batches, []];
      return { readEntries: (done: (entries: object[]) => void) => done(left.shift() ?? []) };
    },
  });
  /** What a browser says of a drop. */
  const drop = (items: { kind?: string; entry: object | null; file?: File }[]): DragEvent =>
    Object.assign(new Event("drop"), {
      dataTransfer: {
        types: ["Files"],
        items: items.map(({ kind = "file", entry, file }) => ({
          kind,
          webkitGetAsEntry: () => entry,
          getAsFile: () => file ?? null,
        })),
      },
    }) as unknown as DragEvent;

  test("is taken with all that lies in folders, batch after batch", async () => {
    const inner = folder("/dots/deep", [[file("/dots/deep/c")]]);
    const dots = folder("/dots", [[file("/dots/a"), file("/dots/b")], [inner], [file("/dots/d")]]);
    const event = drop([{ entry: dots }, { entry: file("/mine.csv") }, { kind: "string", entry: null }]);
    expect(hasFiles(event)).toBe(true);
    const paths = (await dropped(event)).map(({ path }) => path);
    expect(paths).toEqual(["dots/a", "dots/b", "dots/deep/c", "dots/d", "mine.csv"]);
  });

  test("is taken where there is no file system behind it, and what cannot be got is not lost from sight", async () => {
    const alone = new File(["1"], "alone.csv");
    const broken = { ...file("/broken"), file: (_: unknown, fail: () => void) => fail() };
    expect(await dropped(drop([{ entry: null, file: alone }, { entry: broken }]))).toEqual([
      { path: "alone.csv", file: alone },
      { path: "broken", file: null },
    ]);
  });
});

describe("sizes", () => {
  const own = (train: number, test: number): OwnData => ({
    ...OWN,
    train: { ...OWN.train, images: train },
    test: { ...OWN.test, images: test },
  });
  const [small, large] = [own(163, 37), own(2404, 596)];
  const config = (keys: Partial<Config>): Config => ({ ...defaults(), ...keys });

  test("are never more than there are", () => {
    expect(within({ dataset: "own" }, small)).toMatchObject({ train_size: 163, test_size: 37 });
    expect(within({ dataset: "own", train_size: 100 }, small)).toMatchObject({
      train_size: 100,
      test_size: 37,
    });
    expect(within({ dataset: "own", train_size: "many" }, small)).toMatchObject({ train_size: "many" });
    expect(within({ dataset: "mnist" }, small)).toEqual({ dataset: "mnist" });
    expect(within({ dataset: "own", train_size: 9 }, null)).toEqual({ dataset: "own", train_size: 9 });
  });

  test("come back with a larger set, and with MNIST", () => {
    const all = config({ dataset: "own", train_size: 163, test_size: 37 });
    const wanted = wantedNow(all, small, wantedAtFirst());
    expect(wanted).toEqual({ train_size: 5000, test_size: 2000 });
    expect(within({ dataset: "own", ...wanted }, large)).toMatchObject({ train_size: 2404, test_size: 596 });
    const some = wantedNow({ ...all, train_size: 20, test_size: 2 }, small, wanted);
    expect(some).toEqual({ train_size: 20, test_size: 2 });
    expect(ofMnist(some)).toEqual({ train_size: 20, test_size: 10 });
    expect(ofMnist({ train_size: 100_000, test_size: 500 })).toEqual({ train_size: 60_000, test_size: 500 });
  });
});

describe("the data source", () => {
  const source = () =>
    new DataSource(new URL("https://example.org/data/"), {
      fetch: () => {
        throw new Error("nothing is fetched");
      },
    });
  const wanted = { dataset: "own", train_size: SCHEMA.shard_size + 1, test_size: 10 };

  test("gives as many of the reader's own shards as a run needs", async () => {
    const data = source();
    data.own = OWN;
    const { train, test } = await data.load(wanted, () => {});
    expect(train.map(({ images }) => images.name)).toEqual(["a-images", "b-images"]);
    expect(test).toHaveLength(1);
  });

  test("says what is missing where there are none", async () => {
    await expect(source().load(wanted, () => {})).rejects.toMatchObject({
      code: "own_data",
      message: expect.stringContaining("give the same files"),
    });
  });
});
