import init, { Dataset, type InitOutput, peak_gflops, sha256, Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Shard } from "../contract/protocol";
import { unpack } from "../dataset/unpack";
import type { Reply, Request, Trained } from "./protocol";
import { median } from "./rows";
import { train } from "./stopwatch";

/** The worker's side of a measurement: one data set, one trainer at a time, and the engine's peak. */

/** Rounds of the peak's chains in one call: about ten milliseconds, a hundred ticks of the browser's clock. */
const PEAK_ITERATIONS = 4_000_000;

let loaded: { wasm: InitOutput; train: Dataset; test: Dataset } | undefined;
let current: { trainer: Trainer; batchSize: number } | undefined;

self.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  try {
    self.postMessage(await answer(data));
  } catch (thrown) {
    self.postMessage({ kind: "failed", ...toFailure(thrown, "engine") } satisfies Reply);
  }
});

async function answer(request: Request): Promise<Reply> {
  switch (request.kind) {
    case "load":
      await load(request);
      return { kind: "ready" };
    case "begin":
      begin(request);
      return { kind: "ready" };
    case "train":
      return { kind: "trained", ...timed(request.ms) };
    case "peak":
      return { kind: "peak", gflops: peak(request.ms) };
  }
}

async function load({ module, shards }: Extract<Request, { kind: "load" }>): Promise<void> {
  const wasm = await init({ module_or_path: module });
  loaded = { wasm, train: await read(shards.train), test: await read(shards.test) };
}

async function read(shards: Shard[]): Promise<Dataset> {
  const dataset = new Dataset();
  for (const { images, labels } of shards) {
    dataset.append(await unpack(images, sha256), await unpack(labels, sha256));
  }
  return dataset;
}

function begin({ config, algorithm }: Extract<Request, { kind: "begin" }>): void {
  if (!loaded) throw new Error("nothing is loaded yet");
  current?.trainer.free();
  current = undefined;
  const trainer = new Trainer(config, algorithm, config.seed ?? 0, loaded.train, loaded.test);
  current = { trainer, batchSize: config.batch_size ?? 0 };
}

function timed(ms: number): Trained {
  if (!loaded || !current) throw new Error("no case has begun yet");
  const sum = train(current.trainer, current.batchSize, ms, () => performance.now());
  return { ...sum, memory_bytes: loaded.wasm.memory.buffer.byteLength };
}

function peak(ms: number): number {
  const until = performance.now() + ms;
  const gflops: number[] = [];
  do gflops.push(peak_gflops(PEAK_ITERATIONS));
  while (performance.now() < until);
  return median(gflops);
}
