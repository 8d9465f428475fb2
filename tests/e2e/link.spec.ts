import type { Page } from "@playwright/test";
import { type Config, SCHEMA } from "../../www/app/contract/config";
import { ENDLESS, link, open, Playground, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** No value of the defaults, wherever there is a choice. */
const OTHER: Config = {
  dataset: "mnist",
  train_size: 1000,
  test_size: 500,
  image_size: 14,
  hidden_sizes: [16, 8],
  activation: "tanh",
  output: "linear",
  loss: "mse",
  algorithms: ["np", "danp"],
  optimizer: "sgd",
  lr: 0.02,
  decor_lr: 0.002,
  noise_std: 0.05,
  num_noise_iters: 2,
  noise: "rademacher",
  baseline: "noisy",
  kappa: 0.5,
  batch_size: 50,
  epochs: 3,
  seed: 7,
  num_seeds: 2,
  arithmetic: "fast",
  overrides: {
    np: { lr: 0.003, noise_std: 0.03 },
    danp: { lr: 0.004, decor_lr: 0.005, noise_std: 0.06, num_noise_iters: 3 },
  },
  changes: [
    { epoch: 1, update: 3, noise_std: 0.02 },
    { algorithm: "np", epoch: 2, update: 0, lr: 0.004, noise_std: 0.1 },
  ],
};

const hash = (page: Page) => new URL(page.url()).hash;

test("every setting survives a reload through the link, and the same weights follow", async ({ page }) => {
  for (const field of SCHEMA.fields) {
    // A link to own data waits for the data: own-data.spec.ts.
    if (field.name !== "dataset") expect(OTHER[field.name], field.name).not.toEqual(field.default);
  }
  await page.goto("embed.html");
  const playground = new Playground(page);
  await playground.host.evaluate((element: PlaygroundElement, other) => element.configure(other), OTHER);
  await expect.poll(() => hash(page)).toContain("danp.num_noise_iters=3");
  await playground.button("Play").click();
  await playground.untilDone();
  const weights = async () => (await playground.result()).runs.map((run) => run.weights_hash);
  const before = await weights();
  expect(new Set(before).size).toBe(4);

  await page.reload();
  await expect.poll(() => playground.config()).toEqual(OTHER);
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await weights()).toEqual(before);
  expect((await playground.result()).config).toEqual(OTHER);
});

test("what the reader chooses goes into the link, and back takes it from there", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.unfold("Network");
  await playground.control("Activation").selectOption("ReLU");
  await expect.poll(() => hash(page)).toContain("activation=relu");
  await playground.button("DANP").click();
  await expect.poll(() => hash(page)).toContain("algorithms=bp,danp");
  await playground.control("Learning rate, slider").press("ArrowRight");
  await expect.poll(() => hash(page)).toContain("&lr=0.0011&");

  await page.evaluate((hash) => location.assign(hash), `#${link({ ...SMALL, seed: 3 })}`);
  await expect.poll(async () => (await playground.config()).seed).toBe(3);
  expect((await playground.config()).activation).toBe("leaky_relu");
});

test("a preset takes the place of every setting", async ({ page }) => {
  const playground = await open(page, { ...SMALL, seed: 9 });
  await playground.control("Preset").selectOption("Two noisy passes");
  await expect.poll(() => hash(page)).toContain("baseline=noisy");
  const { seed, algorithms } = await playground.config();
  expect([seed, algorithms]).toEqual([0, ["np", "dnp", "anp", "danp"]]);
  expect(await playground.statuses(), "it had not been started").toEqual(Array(12).fill("queued"));
});

test("what of a link cannot be used is one sentence at the top, and the rest holds", async ({ page }) => {
  await page.goto(
    `embed.html#${link({ ...SMALL, lr: 99, epochs: 0, "np.noise_std": -1, momentum: 0.9, seed: 5 })}`,
  );
  const playground = new Playground(page);
  await expect(playground.notice).toHaveCount(1);
  await expect(playground.notice).toHaveText(
    "Not taken from the link: Epochs 0 (it may be a whole number from 1 to 1000), " +
      "Learning rate 99 (it may be a number from 0.000001 to 10) and 2 more. Everything else in it holds.",
  );
  await expect(playground.notice).toBeInViewport();
  expect(await playground.config()).toMatchObject({ seed: 5, hidden_sizes: [32], lr: 0.001, epochs: 10 });
});

test("after a bad link the page works, and a right value takes the sentence away", async ({ page }) => {
  await page.goto("embed.html#v=1&lr=99&algorithms=");
  const playground = new Playground(page);
  await expect(playground.notice).toContainText("Learning rate 99");
  await expect(playground.notice).toContainText("Rules without a value");
  await playground.control("Learning rate").fill("0.01");
  await playground.control("Learning rate").press("Enter");
  await expect(playground.notice).toHaveCount(0);
  await expect.poll(() => hash(page)).toBe("#v=1&lr=0.01");
  await playground.button("Step").click();
  await expect(playground.word("Paused")).toBeVisible();
  await expect.poll(() => playground.progress()).toBeGreaterThan(0);
});

test("a link with fifty thousand keys that are none is one sentence", async ({ page }) => {
  const keys = Array.from({ length: 50_000 }, (_, index) => `k${index}=1`).join("&");
  await page.goto(`embed.html#v=1&seed=5&${keys}`);
  const playground = new Playground(page);
  await expect(playground.notice).toHaveCount(1);
  await expect(playground.notice).toContainText("and 49998 more");
  expect((await playground.config()).seed).toBe(5);
});

test("back leads from a preset to the settings before, with the results they had", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const hashes = await playground.hashes();
  await playground.control("Preset").selectOption("Two noisy passes");
  await expect.poll(() => hash(page)).toContain("baseline=noisy");
  await page.goBack();
  await expect.poll(async () => (await playground.config()).hidden_sizes).toEqual([32]);
  await expect(playground.word("Done")).toBeVisible();
  expect(await playground.hashes()).toEqual(hashes);
});

test("a typed mistake is refused with its range, and the runs go on", async ({ page }) => {
  const playground = await open(page, ENDLESS);
  await playground.button("Play").click();
  await playground.untilTrained();
  const rows = await playground.rows();
  await playground.unfold("Network");
  for (const [label, text, sentence] of [
    ["Hidden layers", "64, many", /Hidden layers “64, many” cannot be used/],
    ["Learning rate", "-1", /Learning rate “-1” cannot be used: choose a number from 0\.000001 to 10/],
    ["Noise size", "", /Noise size “” cannot be used/],
  ] as const) {
    const control = playground.control(label);
    await control.fill(text);
    await control.press("Enter");
    await expect(playground.notice.filter({ hasText: sentence })).toBeVisible();
    await expect(control).toHaveAttribute("aria-invalid", "true");
  }
  expect((await playground.config()).hidden_sizes).toEqual([128, 128]);
  await expect.poll(() => playground.rows()).toBeGreaterThan(rows);
});
