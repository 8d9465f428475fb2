import type { Config } from "../../www/app/contract/config";
import { schema } from "../../www/app/contract/schema";
import { choices, fields } from "../../www/app/text/en";
import { open, type Playground, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** Another value for every setting that has a control with its label; in an order in which each is allowed. */
const OTHERS: Partial<Config> = {
  ...{ lr: 0.002, noise_std: 0.02, decor_lr: 0.003, hidden_sizes: [16, 8], activation: "tanh" },
  ...{ loss: "mse", output: "linear", optimizer: "sgd", batch_size: 50, epochs: 3, num_noise_iters: 2 },
  ...{ noise: "rademacher", baseline: "noisy", kappa: 0.5, num_seeds: 2, train_size: 500, test_size: 300 },
  ...{ image_size: 28, seed: 7, arithmetic: "fast" },
};

/** These have controls of their own: the own images, the chips, the table of own rates, moves on the way. */
const ELSEWHERE = ["dataset", "algorithms", "overrides", "changes"];

async function set(playground: Playground, name: keyof Config, value: unknown): Promise<void> {
  const control = playground.host.locator("np-field").getByLabel(fields[name].label, { exact: true });
  const shown = Array.isArray(value) ? value.join(", ") : String(value);
  if (await control.evaluate((element) => element instanceof HTMLSelectElement)) {
    await control.selectOption({ label: choices[shown] ?? shown });
  } else {
    await control.fill(shown);
    await control.press("Enter");
  }
}

test("every setting is changed by its control, and the runs that follow have it", async ({ page }) => {
  expect([...Object.keys(OTHERS), ...ELSEWHERE].sort()).toEqual(schema.fields.map(({ name }) => name).sort());
  const playground = await open(page, { ...SMALL, algorithms: "danp" });
  await playground.openAll();
  for (const [name, value] of Object.entries(OTHERS)) {
    await set(playground, name as keyof Config, value);
    await expect.poll(async () => (await playground.config())[name as keyof Config], name).toEqual(value);
  }
  const own = playground.control("Learning rate of DANP alone");
  await own.fill("0.004");
  await own.press("Enter");
  await expect.poll(async () => (await playground.config()).overrides).toEqual({ danp: { lr: 0.004 } });
  await expect(playground.notice).toHaveCount(0);

  await playground.button("Play").click();
  await playground.untilDone();
  const { config, runs } = await playground.result();
  expect(config).toMatchObject(OTHERS);
  expect(runs.map(({ seed }) => seed)).toEqual([7, 8]);
});

test("a rate of one rule that was refused is not shown as if it held once the sentence has gone", async ({
  page,
}) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,np", "bp.lr": 0.005 });
  await playground.openAll();
  const box = (rule: string) => playground.control(`Learning rate of ${rule} alone`);
  const refuse = async () => {
    await box("BP").fill("50");
    await box("BP").press("Enter");
    await expect(playground.host.locator("np-overrides").getByRole("alert")).toContainText("50");
    await expect(box("BP"), "what was refused can be mended").toHaveValue("50");
  };
  await refuse();
  await playground.button("New seed").click();
  await expect(playground.host.locator("np-overrides").getByRole("alert")).toHaveCount(0);
  await expect(box("BP")).toHaveValue("0.005");
  await refuse();
  await playground.button("BP").click();
  await expect(box("BP")).toHaveCount(0);
  await expect(box("NP")).toHaveValue("");
  await box("NP").pressSequentially("0.0");
  await playground.host.evaluate((element: PlaygroundElement) => {
    element.epochs = 4;
  });
  await expect(playground.control("Epochs")).toHaveValue("4");
  await expect(box("NP"), "what is being typed stays").toHaveValue("0.0");
  await box("NP").fill("0,02");
  await box("NP").press("Enter");
  await expect(box("NP")).toHaveValue("0.02");
});

test("a rate's box steps by 1, 2, 5, never leaves its range by a key, and takes a decimal comma", async ({
  page,
}) => {
  const playground = await open(page, { ...SMALL, algorithms: "danp", lr: 0.003 });
  const box = playground.control("Learning rate");
  const lr = async () => (await playground.config()).lr;
  for (const value of [0.005, 0.01, 0.02]) {
    await box.press("ArrowUp");
    await expect.poll(lr).toBe(value);
  }
  await box.press("ArrowDown");
  await expect.poll(lr).toBe(0.01);
  await box.fill("0,003");
  await box.press("Enter");
  await expect.poll(lr).toBe(0.003);
  await box.fill("7");
  for (let press = 0; press < 3; press++) await box.press("ArrowUp");
  await expect.poll(lr).toBe(10);
  await playground.openAll();
  const own = playground.control("Learning rate of DANP alone");
  await own.fill("0,02");
  await own.press("ArrowUp");
  await expect.poll(async () => (await playground.config()).overrides).toEqual({ danp: { lr: 0.05 } });
  await expect(playground.notice).toHaveCount(0);
});

test("a whole number is taken as it is typed, or refused: never a part of it", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.openAll();
  const epochs = playground.control("Epochs");
  const type = async (text: string) => {
    await epochs.press("ControlOrMeta+a");
    await epochs.pressSequentially(text);
    await epochs.press("Tab");
  };
  await type("1e2");
  await expect.poll(async () => (await playground.config()).epochs).toBe(100);
  await type("-5");
  await expect(playground.host.getByRole("alert").filter({ hasText: "-5" })).toBeVisible();
  expect((await playground.config()).epochs).toBe(100);
  await type("7");
  await expect.poll(async () => (await playground.config()).epochs).toBe(7);
  await type("1e");
  await expect(playground.host.getByRole("alert").first()).toBeVisible();
  expect((await playground.config()).epochs, "what is no number").toBe(7);
});

test("the only rule stays, and a sentence says why, until another is chosen", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("BP").click();
  await expect(playground.notice).toHaveText("At least one rule must learn: choose another one first.");
  expect((await playground.config()).algorithms).toEqual(["bp"]);
  await playground.button("NP").click();
  await expect(playground.notice).toHaveCount(0);
  await expect.poll(async () => (await playground.config()).algorithms).toEqual(["bp", "np"]);
});
