import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Config, Given } from "../../www/app/contract/config";
import { toFailure } from "../../www/app/contract/errors";
import { type Part, parseManifest, shardsFor } from "../../www/app/dataset/manifest";
import { tooLarge } from "../../www/app/worker/too-large";

/** Each trains a little, on a machine that may have other work to do. */
vi.setConfig({ testTimeout: 60_000 });

/** What is foretold is to be within so much of what a run takes in the end. */
const TOLERANCE = 0.02;

const CONFIGURATIONS: readonly Given[] = [
  { algorithms: ["bp"] },
  { algorithms: ["danp"] },
  { algorithms: ["np"], optimizer: "sgd" },
  { algorithms: ["np"], num_noise_iters: 100, hidden_sizes: [8] },
  { algorithms: ["dnp"], baseline: "noisy", batch_size: 1000 },
  { algorithms: ["inp"], hidden_sizes: [64, 64, 64, 64, 64, 64, 64, 64] },
  { algorithms: ["dinp"], hidden_sizes: [256] },
  { algorithms: ["wp"], hidden_sizes: [300, 100] },
  { algorithms: ["dwp"], hidden_sizes: [256, 256], train_size: 1000, test_size: 500 },
  { algorithms: ["fg"], batch_size: 2000, hidden_sizes: [128] },
  { algorithms: ["dfg"], image_size: 14 },
  { algorithms: ["fa"], hidden_sizes: [500, 500] },
  { algorithms: ["d-fa"], hidden_sizes: [128, 512] },
  { algorithms: ["direct_fa"], hidden_sizes: [512, 128], optimizer: "sgd" },
  { algorithms: ["d-direct_fa"], batch_size: 1 },
  // The extremes of each setting.
  { algorithms: ["bp"], hidden_sizes: [], image_size: 14, optimizer: "sgd", train_size: 10, test_size: 10 },
  { algorithms: ["dbp"], hidden_sizes: [1], train_size: 10, test_size: 10, batch_size: 1 },
  { algorithms: ["danp"], hidden_sizes: [], batch_size: 2000, test_size: 10 },
  { algorithms: ["np"], hidden_sizes: [2048], train_size: 100, test_size: 10 },
  { algorithms: ["dbp"], hidden_sizes: [2048], optimizer: "sgd", train_size: 50, test_size: 10 },
  { algorithms: ["wp"], hidden_sizes: [2048], train_size: 10, test_size: 10 },
  { algorithms: ["bp"], hidden_sizes: [1024, 1024], train_size: 10, test_size: 10 },
  { algorithms: ["np"], hidden_sizes: [1500, 16], train_size: 2500, test_size: 10, batch_size: 2000 },
  { algorithms: ["bp"], hidden_sizes: [32], train_size: 60_000, test_size: 10 },
  { algorithms: ["danp"], hidden_sizes: [100], train_size: 60_000, test_size: 10_000, image_size: 14 },
  {
    algorithms: ["bp"],
    hidden_sizes: [16],
    train_size: 60_000,
    test_size: 10,
    image_size: 14,
    batch_size: 1,
  },
  // Around the end of a shard, where the files of the images make a step.
  { algorithms: ["bp"], hidden_sizes: [16], train_size: 2500, test_size: 2500 },
  { algorithms: ["bp"], hidden_sizes: [16], train_size: 2501, test_size: 2500 },
  { algorithms: ["np"], hidden_sizes: [100], train_size: 10_000, test_size: 2500, batch_size: 500 },
  { algorithms: ["anp"], activation: "step", hidden_sizes: [64], train_size: 20_000, test_size: 10 },
  { algorithms: ["np"], output: "linear", loss: "mse", hidden_sizes: [200], train_size: 300, test_size: 10 },
  { algorithms: ["danp"], hidden_sizes: [784, 784], kappa: 0.5, train_size: 500, test_size: 10 },
];

const read = (path: string) => readFileSync(new URL(`../../www/${path}`, import.meta.url));
const files = new Map<string, Uint8Array>();
const file = (name: string) => {
  const bytes = files.get(name) ?? gunzipSync(read(`public/data/${name}`));
  files.set(name, bytes);
  return bytes;
};

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await WebAssembly.compile(read("pkg/np_playground_bg.wasm"));
});

/** An instance of its own: memory never becomes less. */
async function instance() {
  vi.resetModules();
  const engine = await import("../../www/pkg/np_playground.js");
  const { memory } = await engine.default({ module_or_path: module });
  return { engine, memory };
}

/** From the images to the checkpoint, as a worker does it: what was foretold, and what it came to. */
async function foretoldAndTaken(given: Given): Promise<[number, number]> {
  const { engine, memory } = await instance();
  const config: Config = engine.check_config(given);
  const side = config.image_size;
  const [foretold = 0] = engine.memory_of_runs(config, side, side, 10);
  const { train, test, shard_size } = parseManifest(read("public/data/manifest.json"), config.dataset);
  const images = (part: Part, size: number) => {
    const shards = shardsFor(part, size, shard_size);
    const set = new engine.Dataset(shards.length);
    for (const { images, labels } of shards) set.append(file(images.file), file(labels.file));
    return set;
  };
  const sets = [images(train, config.train_size), images(test, config.test_size)] as const;
  const [algorithm = "bp"] = config.algorithms;
  const run = new engine.Trainer(config, algorithm, config.seed, ...sets);
  for (const set of sets) set.free();
  const reserved = memory.buffer.byteLength;
  run.epoch();
  run.step();
  run.checkpoint();
  run.weights_hash();
  expect(memory.buffer.byteLength, "all of it was there before the first update").toBe(reserved);
  return [foretold, reserved];
}

test("the memory of a run is foretold of at least thirty configurations", () => {
  expect(new Set(CONFIGURATIONS.map((given) => JSON.stringify(given))).size).toBeGreaterThanOrEqual(30);
});

test.each(CONFIGURATIONS.map((given) => [JSON.stringify(given), given] as const))(
  "the memory of a run is foretold of %s",
  async (_, given) => {
    const [foretold, taken] = await foretoldAndTaken(given);
    expect(Math.abs(foretold / taken - 1), `${foretold} foretold, ${taken} taken`).toBeLessThan(TOLERANCE);
  },
);

describe("memory that is not there", () => {
  const [first] = parseManifest(read("public/data/manifest.json"), "mnist").train.shards;
  const refusal = (act: () => void) => {
    try {
      act();
    } catch (thrown) {
      return toFailure(thrown, "engine");
    }
    return undefined;
  };

  test("for images is said in a sentence, and the module goes on", async () => {
    const { engine } = await instance();
    const pair = [file(first?.images.file ?? ""), file(first?.labels.file ?? "")] as const;
    const refused = refusal(() => new engine.Dataset(100_000).append(...pair));
    expect(refused).toMatchObject({
      code: "memory",
      message: expect.stringMatching(/images needs 4\.\d GB/),
    });
    const set = new engine.Dataset(1);
    set.append(...pair);
    expect(set.length).toBe(2500);
  });

  test("for a run is said before it begins", async () => {
    const { engine, memory } = await instance();
    const pair = [file(first?.images.file ?? ""), file(first?.labels.file ?? "")] as const;
    // Room for twice 2.2 million images leaves little of the 4 GB that an instance can have.
    const [set, other] = [new engine.Dataset(900), new engine.Dataset(900)];
    for (const images of [set, other]) images.append(...pair);
    const full = memory.buffer.byteLength;
    const sizes = { train_size: 100, test_size: 100 };
    const wide: Config = engine.check_config({ hidden_sizes: Array(8).fill(2048), ...sizes });
    const refused = refusal(() => new engine.Trainer(wide, "dnp", 0, set, set));
    expect(refused).toMatchObject({
      code: "memory",
      message: expect.stringMatching(
        /^This run needs 1\.\d GB of memory more than there is: choose a smaller/,
      ),
    });
    expect(memory.buffer.byteLength - full, "nothing was built for it").toBeLessThan(1e6);
    const small: Config = engine.check_config({ hidden_sizes: [8], ...sizes });
    const run = new engine.Trainer(small, "dnp", 0, set, set);
    run.step();
    expect(run.length, "untrained, and after its one update").toBe(2);
  });
});

describe("a run that finds no room", () => {
  const wide: Given = { algorithms: ["bp", "danp"], hidden_sizes: Array(8).fill(2048), train_size: 60_000 };

  async function refused(given: Given, most: number) {
    const { engine } = await instance();
    const config: Config = engine.check_config(given);
    const side = config.image_size;
    const need = (of: Config) => Math.max(...engine.memory_of_runs(of, side, side, 10));
    const error = tooLarge(config, most, need);
    return { config, need, error, problem: error.problems[0] };
  }

  test("is refused in words that name what it takes and the largest that fits", async () => {
    const { config, need, error, problem } = await refused(wide, 1e9);
    expect(error.kind).toBe("settings");
    expect(problem?.field).toBe("hidden_sizes");
    const [, units = 0] = /layers of at most (\d+) units; a run takes (\d\.\d) GB of memory, 1\.0 GB fit/
      .exec(problem?.allowed ?? "")
      ?.map(Number) ?? [0, 0];
    const widths = (most: number) => ({ ...config, hidden_sizes: Array(8).fill(most) });
    expect(need(widths(units))).toBeLessThanOrEqual(1e9);
    expect(need(widths(units + 1))).toBeGreaterThan(1e9);
    expect(problem?.allowed).toContain(`${(need(config) / 1e9).toFixed(1)} GB`);
    expect(error.message).toContain("hidden_sizes = [2048,");
  });

  test.each([
    ["train_size", { algorithms: ["bp"], hidden_sizes: [16], train_size: 60_000 }, 6e7],
    ["batch_size", { algorithms: ["danp"], batch_size: 2000, hidden_sizes: [32], train_size: 2500 }, 3e7],
  ] as const)("%s is named where it is what takes most", async (field, given, most) => {
    const { config, need, problem } = await refused(
      { ...given, algorithms: [...given.algorithms], hidden_sizes: [...given.hidden_sizes] },
      most,
    );
    expect(problem?.field).toBe(field);
    const largest = Number(/at most (\d+)/.exec(problem?.allowed ?? "")?.[1]);
    expect(need({ ...config, [field]: largest })).toBeLessThanOrEqual(most);
    expect(need({ ...config, [field]: config[field] })).toBeGreaterThan(most);
  });

  test("where no setting alone makes room, all of them are to be smaller", async () => {
    const { config, need, problem } = await refused({ ...wide, batch_size: 2000 }, 6e7);
    const [units = 0, train_size = 0, batch_size = 0] = ["layers of", "", "batches of"].map((what) =>
      Number(
        new RegExp(`${what} ?at most (\\d+)${what ? "" : " training"}`).exec(problem?.allowed ?? "")?.[1],
      ),
    );
    const smaller = { ...config, train_size, batch_size, hidden_sizes: Array(8).fill(units) };
    expect(need(smaller)).toBeLessThanOrEqual(6e7);
    expect(train_size).toBeLessThan(60_000);
    expect(batch_size).toBeLessThan(2000);
  });
});
