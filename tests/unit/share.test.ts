import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { type Algorithm, type Config, defaults, type Given } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
import type { OwnData } from "../../www/app/contract/own";
import type { Result } from "../../www/app/contract/result";
import type { ChartModel } from "../../www/app/metrics/curve";
import { toAuthors } from "../../www/app/share/authors";
import { captionOf } from "../../www/app/share/caption";
import { toCsv } from "../../www/app/share/csv";
import { areOurs, openFiles } from "../../www/app/share/open";
import { areAuthors, type Folder, readAuthors } from "../../www/app/share/read-authors";
import { readResult } from "../../www/app/share/read-result";
import { isOfOthers, keptOf } from "../../www/app/storage/kept";
import type { Engine } from "../../www/app/worker/engine";

const check = (given: Given) => ({ ...defaults(), ...given }) as Config;

const RESULT: Result = {
  config: defaults(),
  version: "0.1.0",
  runs: [
    {
      ...{ algorithm: "danp", seed: 3, status: "diverged", weights_hash: "00ff" },
      diverged: { epoch: 1, step: 7, layer: 2, quantity: "loss" },
      history: {
        ...{ epoch: [0, 1], train_loss: [null, 1.5], train_acc: [null, 0.25], test_loss: [2.3, 1e-7] },
        ...{ test_acc: [0.1, 0.5], forward_passes: [0, 20], multiply_adds: [0, 1e12], seconds: [0, 0.125] },
        alignment_deg: [
          { network: null, layers: [null, 90] },
          { network: 45.5, layers: [44, 47] },
        ],
        decorrelation_loss: [
          [0.01, 0.02],
          [0.003, null],
        ],
      },
    },
  ],
};

test("a figure says the changes of rates that lead to it", () => {
  const drawn = { band: "sd" as const, figure: { curves: [] } as unknown as ChartModel };
  const said = (given: Given) => captionOf(check(given), "0.1.0", drawn);
  expect(said({})).not.toContain("Changed");
  expect(said({ changes: [{ algorithm: "danp", epoch: 1, update: 0, lr: 0.05 }] })).toContain(
    "learning rate 0.001, batches of 100. Changed on the way, as the link says: DANP: learning rate 0.05 after 1 epoch.",
  );
  const algorithms: Config["algorithms"] = ["np", "danp"];
  expect(said({ algorithms, overrides: { np: { noise_std: 0.02 } } })).toContain(
    "learning rate 0.001, batches of 100. NP: noise size 0.02.",
  );
  expect(said({ algorithms, overrides: { np: { lr: 0.2 }, danp: { lr: 0.1 } } })).toContain(
    "each rule at its own rate, batches of 100. NP: learning rate 0.2. DANP: learning rate 0.1.",
  );
});

describe("a result as CSV", () => {
  test("has a row for each epoch, and nothing where a value does not exist", () => {
    expect(toCsv(RESULT).split("\n")).toEqual([
      "algorithm,seed,status,epoch,train_loss,train_acc,test_loss,test_acc,forward_passes,multiply_adds,seconds," +
        "alignment_deg,alignment_deg_layer_1,alignment_deg_layer_2,decorrelation_loss_layer_1,decorrelation_loss_layer_2",
      "danp,3,diverged,0,,,2.3,0.1,0,0,0,,,90,0.01,0.02",
      "danp,3,diverged,1,1.5,0.25,1e-7,0.5,20,1000000000000,0.125,45.5,44,47,0.003,",
      "",
    ]);
  });
});

describe("a result that is read", () => {
  test("is the one that was written", () => {
    expect(readResult("a.json", JSON.parse(JSON.stringify(RESULT)))).toEqual(RESULT);
  });

  test.each([
    [
      "of lists that are not equally long",
      { test_acc: [0.1] },
      /runs\.0\.history.* lists that are not equally long/,
    ],
    ["with words among the numbers", { seconds: [0, "1"] }, /runs\.0\.history\.seconds\.1 /],
  ])("is refused %s, and the sentence says where", (_, wrong, sentence) => {
    const [run] = RESULT.runs;
    const runs = [{ ...run, history: { ...run?.history, ...wrong } }];
    expect(() => readResult("a.json", { ...RESULT, runs })).toThrow(sentence);
  });
});

/** As NumPy writes it. */
const column = (...values: (number | string)[]) => values.map((value) => `${value}\n`).join("");

const MEANS: Folder = {
  "results/mnist_danp/mnist_danp.json":
    '{"dataset": "mnist", "algorithm": "danp", "lr": 0.0003, "batch_size": 1000}',
  "results/mnist_danp/test_acc_mean.txt": column("9.800000000000000377e-02", "5.0e-01", "nan"),
  "results/mnist_danp/test_loss_mean.txt": column(2.3, 1.1, 1),
  "results/mnist_danp/train_acc_mean.txt": column("nan", 0.4, 0.6),
  "results/mnist_danp/train_loss_mean.txt": column("nan", 1.2, 1.1),
  "results/mnist_np/test_acc_mean.txt": column(0.1, 0.3, 0.4),
  "results/mnist_np/mnist_np.json": '{"algorithm": "np", "lr": 0.001, "batch_size": 1000}',
};

describe("a folder of the authors' program", () => {
  test("is known by its files, and is a result of its rules, rates and curves", () => {
    expect(areAuthors(Object.keys(MEANS))).toBe(true);
    const { config, runs } = readAuthors("results", MEANS, check);
    expect(config).toMatchObject({ algorithms: ["danp", "np"], lr: 0.0003, batch_size: 1000, epochs: 2 });
    expect(config.overrides).toEqual({ np: { lr: 0.001 } });
    expect(runs.map(({ algorithm }) => algorithm)).toEqual(["danp", "np"]);
    expect(runs[0]?.history).toMatchObject({
      ...{ epoch: [0, 1, 2], test_acc: [0.098, 0.5, null], train_acc: [null, 0.4, 0.6] },
      forward_passes: [],
    });
  });

  test("brings back what the page has put into it: noisy passes, changes on the way, runs that diverged", async () => {
    const given = {
      ...{ algorithms: ["np", "danp", "bp"] as Algorithm[], epochs: 2 },
      overrides: { np: { num_noise_iters: 3 } },
      changes: [
        { epoch: 1, update: 0, lr: 0.5 },
        { algorithm: "np" as const, epoch: 1, update: 2, noise_std: 0.1 },
      ],
    };
    const [run] = RESULT.runs;
    const runs = given.algorithms.map((algorithm) => ({
      ...{ seed: 3, weights_hash: null, history: run?.history ?? emptyHistory(), algorithm },
      status: algorithm === "np" ? ("diverged" as const) : ("finished" as const),
    }));
    const result = { config: check(given), version: "1", runs };
    const zip = unzipSync(new Uint8Array(await toAuthors(result).arrayBuffer()));
    const files = Object.fromEntries(Object.entries(zip).map(([path, bytes]) => [path, strFromU8(bytes)]));
    const back = readAuthors("results", files, check);
    expect(back.config.changes).toEqual(given.changes);
    for (const algorithm of given.algorithms)
      expect(back.config.overrides[algorithm]?.num_noise_iters ?? back.config.num_noise_iters).toBe(
        algorithm === "np" ? 3 : 1,
      );
    expect(back.runs.map(({ algorithm, status }) => [algorithm, status])).toEqual([
      ["np", "diverged"],
      ["danp", "finished"],
      ["bp", "finished"],
    ]);
  });

  test("brings back a change for all rules for those alone that followed it", async () => {
    const given = {
      ...{ algorithms: ["np", "danp", "bp"] as Algorithm[], epochs: 2, lr: 0.001 },
      overrides: { np: { lr: 0.05 } },
      changes: [{ epoch: 1, update: 0, lr: 0.01, noise_std: 0.1 }],
    };
    const [run] = RESULT.runs;
    const runs = given.algorithms.map((algorithm) => ({
      ...{ seed: 3, weights_hash: null, history: run?.history ?? emptyHistory(), algorithm },
      status: "finished" as const,
    }));
    const zip = await toAuthors({ config: check(given), version: "1", runs }).arrayBuffer();
    const files = Object.entries(unzipSync(new Uint8Array(zip)));
    const { config } = readAuthors(
      "r",
      Object.fromEntries(files.map(([path, bytes]) => [path, strFromU8(bytes)])),
      check,
    );
    const at = { epoch: 1, update: 0 };
    expect([config.lr, config.overrides]).toEqual([0.05, { danp: { lr: 0.001 }, bp: { lr: 0.001 } }]);
    expect(config.changes).toEqual([
      { algorithm: "np", ...at, noise_std: 0.1 },
      { algorithm: "danp", ...at, lr: 0.01, noise_std: 0.1 },
      { algorithm: "bp", ...at, lr: 0.01, noise_std: 0.1 },
    ]);
  });

  test("is of all of MNIST, as their program trains on, where it does not say how many images there were", () => {
    expect(readAuthors("results", MEANS, check).config).toMatchObject({
      train_size: 60_000,
      test_size: 10_000,
    });
  });

  test("brings back every seed where they are there one by one, as Python writes them", () => {
    const history =
      '{"train_loss": [NaN, 1], "train_acc": [NaN, 0.5], "test_loss": [2, 1], "test_acc": [0.1, 0.4]}';
    const path = "mnist_danp/per_seed_results.json";
    const seeds = `[{"seed": 4, "history": ${history}}, {"seed": 5, "history": ${history}}]`;
    const { runs } = readAuthors("x", { "mnist_danp/test_acc_mean.txt": column(0.1), [path]: seeds }, check);
    expect(runs.map(({ seed, history }) => [seed, history.train_acc])).toEqual([
      [4, [null, 0.5]],
      [5, [null, 0.5]],
    ]);
    const broken = { "mnist_danp/test_acc_mean.txt": "", [path]: "[{]" };
    expect(() => readAuthors("x", broken, check)).toThrow(
      /mnist_danp\/per_seed_results\.json holds something else/,
    );
  });

  test.each([
    [{ "run_7/test_acc_mean.txt": column(0.1) }, /run_7 does not say which rule/],
    [
      { "mnist_np/test_acc_mean.txt": "0.1\nabc\n" },
      /mnist_np\/test_acc_mean\.txt holds something else than numbers/,
    ],
    [
      { "cifar10_np/test_acc_mean.txt": "0.1\n", "cifar10_np/cifar10_np.json": '{"dataset": "cifar10"}' },
      /cifar10_np was trained on cifar10/,
    ],
  ])("is refused with a sentence where it cannot be used", (files, sentence) => {
    expect(() => readAuthors("results", files, check)).toThrow(sentence);
  });
});

describe("what is the page's own", () => {
  const given = (path: string, text = "") => ({ path, file: new File([text], path) });

  test("is told from images by all files of a drop", async () => {
    expect(await areOurs([given("result.JSON")])).toBe(true);
    expect(await areOurs([given("result.json"), given("cat/1.png")])).toBe(false);
    expect(await areOurs([given("images.zip", "no zip at all")])).toBe(false);
    expect(await areOurs([given("r/mnist_np/test_acc_mean.txt"), given("r/plot.png")])).toBe(true);
    expect(await areOurs([{ path: "gone.json", file: null }])).toBe(false);
    expect(await areOurs([])).toBe(false);
  });
});

describe("several files", () => {
  const engine = { check } as Engine;
  const given = (path: string, text: string) => ({ path, file: new File([text], path) });

  const good = given("good.json", '{"lr": 0.02}');

  test("bring the settings of the last of them, and every result", async () => {
    const result = given("result.json", JSON.stringify(RESULT));
    const opened = await openFiles([good, given("other.json", '{"lr": 0.03}'), result], engine);
    expect(opened.map(({ name }) => name)).toEqual(["other.json", "result.json"]);
  });

  test("are all read before any is used", async () => {
    await expect(openFiles([good, given("broken.json", "{")], engine)).rejects.toThrow(
      /broken\.json is not JSON/,
    );
  });

  test("may be a folder of the authors' program and a file beside it", async () => {
    const folder = Object.entries(MEANS).map(([path, text]) => given(path, text));
    const files = [...folder, given("mine.json", '{"lr": 0.02}'), given(".DS_Store", "")];
    const opened = await openFiles(files, engine);
    expect(opened.map(({ kind, name }) => [kind, name])).toEqual([
      ["result", "results"],
      ["config", "mine.json"],
    ]);
  });
});

test("a result on other images under MNIST's names is none on MNIST", async () => {
  const opened = async (result: object) => {
    const file = new File([JSON.stringify(result)], "fashion.json");
    const [only] = await openFiles([{ path: "fashion.json", file }], { check } as Engine);
    return only?.kind === "result" && only.result.config.dataset;
  };
  expect(await opened({ ...RESULT, images: ["a".repeat(64), "b".repeat(64)] })).toBe("own");
  expect(await opened(RESULT)).toBe("mnist");
});

test("a kept result knows the images of the reader's own that it is of, also when they are given again", () => {
  const own = (digit: string, called = "mine.csv"): OwnData => {
    const file = (name: string) => ({ name, bytes: new Uint8Array(1), sha256: digit.repeat(64) });
    const shard = { images: file("images"), labels: file("labels") };
    const set = { images: 1, counts: new Uint32Array(1) };
    return {
      ...{
        called,
        pictures: false,
        rows: 1,
        cols: 1,
        classes: 1,
        names: ["0"],
        bytes: 1,
        notes: [],
        examples: [],
      },
      ...{ choices: {}, guesses: [], train: set, test: set, shards: { train: [shard], test: [shard] } },
    };
  };
  const result = { ...RESULT, config: { ...RESULT.config, dataset: "own" } };
  const options = [[0, 255] as const, [255, 0] as const].map((value) => ({ value, words: `to ${value[1]}` }));
  const guess = { question: "scale" as const, chosen: [255, 0] as const, sentence: "So.", options };
  const guesses = [guess, { ...guess, sentence: "Of another file." }];
  const turned = { ...own("c"), guesses, choices: { scale: [255, 0] as const } };
  expect(keptOf(result, [10], 0, turned).images?.called, "taken otherwise").toBe("mine.csv; to 0");
  const kept = keptOf(result, [10], 0, own("a"));
  expect(kept.images?.called).toBe("mine.csv");
  expect(isOfOthers(kept, own("a", "again.csv"))).toBe(false);
  expect(isOfOthers(kept, own("b"))).toBe(true);
  expect(isOfOthers(kept, null)).toBe(true);
  expect(isOfOthers(keptOf(result, [10], 0), own("a")), "nobody knows").toBe(true);
  const mnist = keptOf(RESULT, [10], 0, own("a"));
  expect(mnist.images).toBeUndefined();
  expect(isOfOthers(mnist, null)).toBe(false);
});

test("results without hashes are the same where their numbers are", () => {
  const [run] = RESULT.runs;
  if (!run) throw new Error("a run");
  const kept = (test_acc: number) => {
    const history = { ...run.history, test_acc: [...run.history.test_acc.slice(1), test_acc] };
    return keptOf({ ...RESULT, runs: [{ ...run, weights_hash: null, history }] }, [10], 0).id;
  };
  expect(kept(0.5)).toBe(kept(0.5));
  expect(kept(0.5)).not.toBe(kept(0.6));
});

test("a history that was never begun gives no row", () => {
  const [run] = RESULT.runs;
  const runs = run ? [{ ...run, history: emptyHistory() }] : [];
  expect(toCsv({ ...RESULT, runs }).split("\n")).toHaveLength(2);
});
