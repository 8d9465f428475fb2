import { type Config, SCHEMA } from "../../www/app/contract/config";
import { native, numbers, trainNatively } from "./support/native";
import { Playground, type PlaygroundElement } from "./support/playground";
import { expect, test } from "./support/test";

const COMMON: Partial<Config> = {
  algorithms: SCHEMA.algorithms.map(({ name }) => name),
  train_size: 2500,
  test_size: 500,
  epochs: 3,
  lr: 0.003,
  seed: 11,
};

const SETTINGS: Record<string, Partial<Config>> = {
  "14 x 14, two hidden layers": { image_size: 14 },
  "28 x 28, one hidden layer, SGD, tanh, mean squared error": {
    ...{ hidden_sizes: [32], optimizer: "sgd", activation: "tanh", output: "linear", loss: "mse" },
    ...{ lr: 0.05, num_noise_iters: 2, noise: "rademacher" },
  },
  "two noisy passes, for the rules that may": {
    ...{ image_size: 14, hidden_sizes: [16], baseline: "noisy" },
    algorithms: SCHEMA.algorithms.filter(({ noisy_baseline }) => noisy_baseline).map(({ name }) => name),
  },
  "three hidden layers, batches of an odd size, half whitened": {
    ...{ image_size: 14, hidden_sizes: [24, 17, 12], batch_size: 70, kappa: 0.5, noise_std: 0.1 },
  },
};

test.beforeAll(() => {
  test.setTimeout(900_000); // the first time, cargo compiles the command
  native("--version");
});

for (const [what, settings] of Object.entries(SETTINGS)) {
  test(`the same bits in Chromium and natively: ${what}`, async ({ page }, testInfo) => {
    const config = { ...COMMON, ...settings };
    const there = trainNatively(config, testInfo.outputPath());
    await page.goto("embed.html");
    const playground = new Playground(page);
    await playground.host.evaluate((element: PlaygroundElement, config) => element.configure(config), config);
    await playground.button("Play").click();
    await playground.untilDone();
    const here = await playground.result();
    expect(here.config).toEqual(there.config);
    expect(new Set(here.runs.map((run) => run.weights_hash)).size).toBe(config.algorithms?.length);
    expect(numbers(here)).toEqual(numbers(there));
  });
}

test("what was changed on the way replays to the same bits from the link, and natively", async ({
  page,
}, testInfo) => {
  const config: Partial<Config> = {
    ...{ algorithms: ["bp", "np", "danp"], num_seeds: 2, train_size: 2500, test_size: 500 },
    ...{ image_size: 14, epochs: 30, lr: 0.003, overrides: { danp: { lr: 0.002 } } },
  };
  await page.goto("embed.html");
  const playground = new Playground(page);
  await playground.host.evaluate((element: PlaygroundElement, config) => element.configure(config), config);
  await playground.button("Step").click();
  await expect(playground.word("Paused")).toBeVisible();
  const change = async (label: string, value: string) => {
    await playground.control(label).fill(value);
    await playground.control(label).press("Enter");
  };
  // To and fro in the same place: the last holds.
  for (const times of ["2", "3", "2"]) await change("Learning rate ×", times);
  await playground.button("Play").click();
  await playground.untilTrained();
  await change("Noise size", "0.02");
  await playground.untilDone();
  const live = await playground.result();
  expect(live.config.changes.length).toBeGreaterThanOrEqual(3);
  for (const { algorithm, seed, changes } of live.runs) {
    const first = live.runs.find((run) => run.algorithm === algorithm);
    expect(changes, `${algorithm} ${seed}`).toEqual(first?.changes);
  }

  await page.reload();
  await expect.poll(async () => (await playground.config()).changes).toEqual(live.config.changes);
  await playground.button("Play").click();
  await playground.untilDone();
  const replayed = await playground.result();
  expect(replayed.config).toEqual(live.config);
  expect(numbers(replayed)).toEqual(numbers(live));
  const there = trainNatively(live.config, testInfo.outputPath());
  expect(numbers(there)).toEqual(numbers(live));
  expect(there.runs.map(({ changes }) => changes)).toEqual(live.runs.map(({ changes }) => changes));
});
