import type { Page } from "@playwright/test";
import {
  ENDLESS,
  open,
  type Playground,
  type PlaygroundElement,
  type Settings,
  SMALL,
} from "./support/playground";
import { expect, test } from "./support/test";
import { openQuestions, restAfter, stepsOf, tapWorkers } from "./support/worker-tap";

const LONG = { ...ENDLESS, algorithms: "bp,danp" };

test.beforeEach(({ page }) => tapWorkers(page));

/** What runs come to that nobody interrupts. */
async function hashesOf(page: Page, settings: Settings) {
  const alone = await open(page, settings);
  await alone.button("Play").click();
  await alone.untilDone();
  const hashes = await alone.hashes();
  await page.goto("about:blank");
  return hashes;
}

test("pause halts a run at its next word, play goes on", async ({ page }) => {
  const playground = await open(page, { ...ENDLESS, algorithms: "danp" });
  await playground.button("Play").click();
  await playground.untilTrained();
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = (await stepsOf(page))[0] ?? 0;
    await expect.poll(async () => (await stepsOf(page))[0]).toBeGreaterThan(before);
    await playground.button("Pause").click();
    await expect(playground.word("Paused")).toBeVisible();
    await expect.poll(() => restAfter(page, "pause")).not.toBeNull();
    // Those that were under way already say that it had not heard of it.
    expect((await restAfter(page, "pause"))?.heard).toBe(1);
    await playground.button("Play").click();
  }
});

test("a paused run stands still", async ({ page }) => {
  const playground = await open(page, LONG);
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.button("Pause").click();
  for (const run of [0, 1]) await expect.poll(() => restAfter(page, "pause", run)).not.toBeNull();
  await expect.poll(() => openQuestions(page)).toBe(0);
  const behind = async () => {
    const [bp = 0, danp = 0] = await stepsOf(page);
    return (await playground.progress()) - (bp + danp) / 50_000; // the bar follows the last word of both
  };
  await expect.poll(behind).toBeCloseTo(0, 9);
  const steps = await stepsOf(page);
  await playground.button("Step").click();
  // Whatever it had done meanwhile would have been done before this one update.
  await expect.poll(() => restAfter(page, "step")).not.toBeNull();
  await expect.poll(() => stepsOf(page)).toEqual(steps.map((step) => step + 1));
});

test("step does exactly one update in every run, epoch completes one", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,danp", epochs: 4 });
  for (const update of [1, 2, 3]) {
    await playground.button("Step").click();
    await expect.poll(() => stepsOf(page)).toEqual([update, update]);
    await expect.poll(() => playground.progress()).toBeCloseTo(update / 40, 6);
    await expect(playground.word("Paused")).toBeVisible();
  }
  expect(await playground.rows()).toBe(1);
  await playground.button("Epoch").click();
  await expect.poll(() => stepsOf(page)).toEqual([10, 10]);
  await expect.poll(() => playground.rows()).toBe(2);
  await expect(playground.word("Epoch 1 of 4")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await stepsOf(page)).toEqual([40, 40]);
});

test("reset goes back to the same start, and the same run follows", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "np,danp" });
  await playground.button("Play").click();
  await playground.untilDone();
  const first = await playground.hashes();
  expect(Object.values(first)).not.toContain(null);

  await playground.button("Reset").click();
  await expect(playground.word("Ready")).toBeVisible();
  expect(await playground.hashes()).toEqual({ np: null, danp: null });
  expect(await playground.rows()).toBe(0);
  expect(await playground.progress()).toBe(0);

  await playground.button("Step").click(); // pauses on the way must make no difference
  await expect(playground.word("Paused")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(first);
});

test("reset in the middle of a run ends its workers", async ({ page }) => {
  const playground = await open(page, LONG);
  await playground.button("Play").click();
  await playground.untilTrained();
  expect(page.workers()).toHaveLength(2);
  await playground.button("Reset").click();
  await expect.poll(() => page.workers()).toHaveLength(0);
  expect(await playground.statuses()).toEqual(["queued", "queued"]);
});

test("a change of the rates keeps the runs and stands in the result", async ({ page }) => {
  const playground = await open(page, { ...LONG, "danp.lr": 0.002 });
  await playground.button("Play").click();
  await playground.untilTrained();
  const before = await stepsOf(page);
  await playground.control("Learning rate ×").fill("5");
  await playground.control("Learning rate ×").press("Enter");
  await expect.poll(async () => (await playground.result()).runs[0]?.changes).toHaveLength(1);
  await playground.control("Noise size").fill("0.02");
  await playground.control("Noise size").press("Enter");
  await expect.poll(async () => (await playground.result()).runs[1]?.changes).toHaveLength(2);

  const { runs, config } = await playground.result();
  expect(config.lr, "what the runs began with").toBe(0.001);
  expect(runs[0]?.changes?.[0]).toMatchObject({ lr: 0.005, noise_std: 0.01 });
  expect(runs[1]?.changes, "its own rate moves as far").toMatchObject([
    { lr: 0.01, noise_std: 0.01 },
    { lr: 0.01, noise_std: 0.02 },
  ]);
  const [bp, danp] = [runs[0]?.changes?.[0]?.step ?? 0, runs[1]?.changes?.[0]?.step ?? 0];
  expect(bp).toBeGreaterThanOrEqual(before[0] ?? 0);
  expect(danp).toBeGreaterThanOrEqual(before[1] ?? 0);
  await expect.poll(async () => (await stepsOf(page))[0]).toBeGreaterThan(bp);
  await expect.poll(async () => (await stepsOf(page))[1]).toBeGreaterThan(danp);
  const hash = () => decodeURIComponent(new URL(page.url()).hash);
  await expect.poll(hash).toMatch(/^#v=2&.*&bp\.lr@\d+\.\d+=0\.005.*&danp\.noise_std@\d+\.\d+=0\.02$/);
});

test("a change of the network starts the runs anew, and they go on", async ({ page }) => {
  const playground = await open(page, LONG);
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.unfold("Network");
  await playground.control("Hidden layers").fill("16, 8");
  await playground.control("Hidden layers").press("Enter");
  await expect.poll(async () => (await playground.result()).config.hidden_sizes).toEqual([16, 8]);
  await playground.untilTrained();
  const { runs } = await playground.result();
  expect(runs[0]?.history.decorrelation_loss[0], "three layers now").toHaveLength(3);
  expect(runs[0]?.changes).toBeUndefined();
  expect(page.workers()).toHaveLength(2);
});

test("a rule can be added and taken away, and two seeds give a band", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("ANP").click();
  await expect.poll(async () => (await playground.config()).algorithms).toEqual(["bp", "anp"]);
  await playground.button("BP").click();
  await expect.poll(async () => (await playground.config()).algorithms).toEqual(["anp"]);
  await playground.host.getByText("Training", { exact: true }).click();
  await playground.control("Seeds").fill("2");
  await playground.control("Seeds").press("Enter");
  await expect.poll(async () => (await playground.result()).runs.map(({ seed }) => seed)).toEqual([0, 1]);
  await playground.button("Play").click();
  await playground.untilDone();
  const { runs } = await playground.result();
  expect(runs[0]?.weights_hash).not.toBe(runs[1]?.weights_hash);
  await expect(playground.host.getByText("Mean of up to 2 seeds")).toBeVisible();
});

test("undo brings back what a reset, a key or a preset has taken away", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,np" });
  await expect(playground.button("Undo")).toBeDisabled();
  await playground.button("Play").click();
  await playground.untilDone();
  const hashes = await playground.hashes();
  await playground.button("Reset").click();
  await expect(playground.word("Ready")).toBeVisible();
  await playground.button("Undo").click();
  await expect(playground.word("Done")).toBeVisible();
  expect(await playground.hashes()).toEqual(hashes);

  await page.locator("body").press("1");
  await expect.poll(() => playground.hashes()).toEqual({ np: hashes.np });
  await page.keyboard.press("Control+z");
  await expect.poll(() => playground.hashes()).toEqual(hashes);

  await playground.button("New seed").click();
  await expect.poll(async () => (await playground.config()).seed).not.toBe(0);
  await page.locator("body").press("Control+z");
  await expect.poll(() => playground.hashes()).toEqual(hashes);
});

test("undo lets what was under way go on, to the bits of runs that nobody has interrupted", async ({
  page,
}) => {
  const settings = { ...ENDLESS, algorithms: "bp,np", epochs: 15 };
  const hashes = await hashesOf(page, settings);
  const playground = await open(page, settings);
  const epochs = async () => (await playground.result()).runs.map(({ history }) => history.epoch.length);
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.button("Pause").click();
  await expect(playground.word("Paused")).toBeVisible();
  const before = await epochs();
  await playground.button("Reset").click();
  await expect.poll(epochs).toEqual([0, 0]);
  await playground.button("Undo").click();
  await expect.poll(epochs).toEqual(before);
  await expect(playground.word("Paused")).toBeVisible();
  await page.evaluate(() => {
    location.hash = "v=1&algorithms=bp";
  });
  await expect.poll(epochs).toEqual([0]);
  await page.goBack();
  await expect.poll(epochs).toEqual(before);
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(hashes);
});

test("undo brings back what rests within an epoch, at the update that the page has said", async ({
  page,
}) => {
  const playground = await open(page, { ...ENDLESS, algorithms: "bp,danp", train_size: 5000 });
  const updates = async () => Math.round((await playground.progress()) * 2 * 50 * 1000);
  for (const count of [1, 2, 3]) {
    await playground.button("Step").click();
    await expect.poll(updates).toBe(2 * count);
  }
  await playground.button("Reset").click();
  await expect.poll(updates).toBe(0);
  await playground.button("Undo").click();
  await expect.poll(updates).toBe(6);
  await playground.button("Step").click();
  await expect.poll(updates, "both have gone on from there").toBe(8);
});

test("undo brings back a run without the change that it had come to in a checkpoint, and that was taken back", async ({
  page,
}) => {
  const settings = { ...ENDLESS, algorithms: "np", epochs: 2 };
  const hashes = await hashesOf(page, settings);
  const playground = await open(page, settings);
  const changes = async () => (await playground.result()).config.changes.length;
  const rate = async (to: string) => {
    await playground.control("Learning rate").fill(to);
    await playground.control("Learning rate").press("Enter");
  };
  await playground.button("Step").click();
  await expect.poll(() => playground.progress()).toBeGreaterThan(0);
  const before = await playground.progress();
  const { lr } = await playground.config();
  await rate("0.05");
  await expect.poll(changes).toBe(1);
  await playground.button("Share").click();
  const download = page.waitForEvent("download");
  await playground.button("Checkpoint").click();
  await (await download).delete();
  await page.keyboard.press("Escape");
  await rate(`${lr}`);
  await expect.poll(changes, "moved back in the same place").toBe(0);
  await playground.button("Reset").click();
  await expect.poll(() => playground.progress()).toBe(0);
  await playground.button("Undo").click();
  await expect.poll(() => playground.progress()).toBe(before);
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(hashes);
});

test("undo of fewer seeds, or of other draws, lets what they have ended go on, to the same bits", async ({
  page,
}) => {
  const settings = { ...ENDLESS, algorithms: "bp,np", hidden_sizes: "64", num_seeds: 2, epochs: 12 };
  const hashes = (playground: Playground) =>
    playground.host.evaluate(({ result }: PlaygroundElement) => result.runs.map((run) => run.weights_hash));
  const alone = await open(page, settings);
  await alone.button("Play").click();
  await alone.untilDone();
  const expected = await hashes(alone);

  await page.goto("about:blank");
  const playground = await open(page, settings);
  const epochs = async () => (await playground.result()).runs.map(({ history }) => history.epoch.length);
  const set = async (label: string, to: string) => {
    await playground.control(label).fill(to);
    await playground.control(label).press("Enter");
  };
  await playground.openAll();
  await playground.button("Epoch").click();
  const before = [2, 2, 2, 2];
  await expect.poll(epochs).toEqual(before);
  await expect(playground.word("Paused")).toBeVisible();
  await set("Seeds", "1");
  await expect.poll(epochs).toHaveLength(2);
  await playground.button("Undo").click();
  await expect.poll(epochs).toEqual(before);
  await expect(playground.word("Paused")).toBeVisible();
  await set("Draws of noise of NP alone", "2");
  await expect.poll(epochs).not.toEqual(before);
  await playground.button("Undo").click();
  await expect.poll(epochs).toEqual(before);
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await hashes(playground)).toEqual(expected);
});

test("one rule more trains that rule alone, also when the others are done", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,np" });
  await playground.button("Play").click();
  await playground.untilDone();
  const hashes = await playground.hashes();
  await playground.button("DNP").click();
  await expect.poll(async () => (await playground.statuses()).at(-1)).toBe("finished");
  expect(await playground.hashes()).toMatchObject(hashes);
});

test("more epochs go on to the weights of a run that had them from the start", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "danp" });
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.openAll();
  await playground.control("Epochs").fill("4");
  await playground.control("Epochs").press("Enter");
  await expect.poll(() => playground.rows()).toBe(5);
  await playground.untilDone();
  const longer = await playground.hashes();
  await playground.button("Reset").click();
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(longer);
});

/** Long enough to press Pause before its end. */
const SOME = { ...SMALL, algorithms: "danp", image_size: 28, train_size: 2500, epochs: 30 };

test("Play is Play as it is pressed, also where what has been typed goes on by itself", async ({ page }) => {
  const playground = await open(page, { ...SOME, epochs: 1 });
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.openAll();
  await playground.control("Epochs").fill(String(SOME.epochs));
  await playground.button("Play").hover();
  await page.mouse.down();
  await expect(playground.button("Pause"), "the number is taken").toBeVisible();
  await page.mouse.up();
  await playground.untilDone();
  const [run] = (await playground.result()).runs;
  expect(run?.history.epoch.at(-1)).toBe(SOME.epochs);
});

test("Pause that is let go after the end begins nothing anew", async ({ page }) => {
  const playground = await open(page, SOME);
  await playground.button("Play").click();
  await playground.button("Pause").hover();
  await page.mouse.down();
  await playground.untilDone();
  await page.mouse.up();
  await page.keyboard.press("Tab");
  expect(await playground.statuses()).toEqual(["finished"]);
  await expect(playground.button("Play")).toBeVisible();
});

test("whoever presses Play in the moment in which it begins by itself does not pause it", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const press = (): void => {
      const transport = document.querySelector("np-playground")?.shadowRoot?.querySelector("np-transport");
      const button = transport?.shadowRoot?.querySelector<HTMLElement>("button.play");
      if (button?.textContent?.trim() === "Pause") button.click();
      else requestAnimationFrame(press);
    };
    press();
  });
  const playground = await open(page, SOME, "index.html");
  await playground.untilDone();
  expect(await playground.statuses()).toEqual(["finished"]);
});
