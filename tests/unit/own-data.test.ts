import { describe, expect, test } from "vitest";
import { SCHEMA } from "../../www/app/contract/config";
import type { OwnData } from "../../www/app/contract/own";
import type { Shard } from "../../www/app/contract/protocol";
import type { WorkerLike } from "../../www/app/contract/thread";
import type { ReadOrder, ReadReport } from "../../www/app/dataset/protocol";
import { readOwn } from "../../www/app/dataset/read";
import { DataSource } from "../../www/app/dataset/source";

const file = (name: string) => ({ name, bytes: new Uint8Array(1), sha256: "0" });
const shard = (name: string): Shard => ({ images: file(`${name}-images`), labels: file(`${name}-labels`) });

const OWN: OwnData = {
  ...{ rows: 3, cols: 5, classes: 2, names: ["0", "1"], told: [], examples: [] },
  train: { images: 3 * SCHEMA.shard_size, counts: new Uint32Array(2) },
  test: { images: 10, counts: new Uint32Array(2) },
  shards: { train: [shard("a"), shard("b"), shard("c")], test: [shard("t")] },
};

/** A worker that answers its order with a report, or in another way. */
class FakeReader extends EventTarget implements WorkerLike {
  orders: ReadOrder[] = [];
  terminated = false;
  readonly #answer: (worker: FakeReader) => void;

  constructor(answer: ReadReport | ((worker: FakeReader) => void)) {
    super();
    const say = (worker: FakeReader) => worker.dispatchEvent(new MessageEvent("message", { data: answer }));
    this.#answer = typeof answer === "function" ? answer : say;
  }

  postMessage(order: ReadOrder): void {
    this.orders.push(order);
    queueMicrotask(() => this.#answer(this));
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe("own files", () => {
  test("are read in a worker that ends with its answer", async () => {
    const worker = new FakeReader({ kind: "read", data: OWN });
    const files = [new File(["0,1"], "mine.csv")];
    expect(await readOwn(files, () => worker)).toBe(OWN);
    expect(worker.orders).toEqual([{ files }]);
    expect(worker.terminated).toBe(true);
  });

  test.each<[string, ReadReport | ((worker: FakeReader) => void), string]>([
    [
      "are refused",
      { kind: "failed", failure: { code: "csv", message: "Line 2 is odd." } },
      "Line 2 is odd.",
    ],
    ["are too much for the worker", (worker) => worker.dispatchEvent(new Event("error")), "too large"],
  ])("that %s ask for other files, in words", async (_, answer, words) => {
    const worker = new FakeReader(answer);
    const reading = readOwn([new File([""], "mine.csv")], () => worker);
    await expect(reading).rejects.toMatchObject({
      kind: "files",
      message: expect.stringContaining(words),
    });
    expect(worker.terminated).toBe(true);
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
