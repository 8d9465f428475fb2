import type { Page, Worker } from "@playwright/test";
import { numbers } from "./support/native";
import { END_MS, ENDLESS, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";
import { restAfter, stepsOf, tapWorkers } from "./support/worker-tap";

test.use({ provokes: true });

const LONG = { ...ENDLESS, algorithms: "bp,np" };

/** Seconds of silence after which the page takes a worker for dead, and a few more. */
const SILENCE_MS = 35_000;

async function firstWorker(page: Page): Promise<Worker> {
  const [worker] = page.workers();
  if (!worker) throw new Error("there is no worker");
  return worker;
}

async function expectOneLost(playground: Playground, sentence: RegExp): Promise<void> {
  await expect(playground.notice).toHaveCount(1);
  await expect(playground.notice).toContainText(sentence);
  expect((await playground.statuses()).sort()).toEqual(["failed", "running"]);
}

for (const [what, take] of [
  ["SIMD", () => Object.defineProperty(WebAssembly, "validate", { value: () => false })],
  ["what came in 2023", () => Reflect.deleteProperty(Array.prototype, "toSorted")],
] as const)
  test(`a browser without ${what} gets a plain sentence`, async ({ page }) => {
    await page.addInitScript(take);
    await page.goto("./");
    const playground = new Playground(page);
    await expect(playground.notice).toContainText("This browser cannot run the training");
    await expect(playground.notice).toContainText("Chrome or Edge from version 111");
    await expect(playground.button("Try again"), "it would not help").toHaveCount(0);
    await expect(playground.button("Play")).toBeDisabled();
  });

test("a worker whose script is missing", async ({ page }) => {
  await page.route("**/trainer.worker*", (route) => route.fulfill({ status: 404 }));
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await expect(playground.notice).toContainText("The worker of BP (seed 0) could not be loaded");
  expect(await playground.statuses()).toEqual(["failed"]);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await playground.button("Try again").click();
  await playground.untilDone();
});

test("a worker whose script does not come is said to be late, and begins when it comes", async ({ page }) => {
  let come = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route("**/trainer.worker*", async (route) => {
    await coming;
    await route.continue();
  });
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  const late = playground.host.getByText("The training has not begun within 5 seconds");
  await expect(late).toBeVisible();
  come();
  await playground.untilDone();
  await expect(late).toHaveCount(0);
});

/** An error that nobody catches ends the worker. */
async function kill(worker: Worker): Promise<void> {
  await worker.evaluate(() =>
    setTimeout(() => Promise.resolve().then(() => reportError(new Error("killed")))),
  );
}

const resumed = ({ host }: Playground) =>
  host.getByText(/^The worker of \w+, seed 0 ended; it went on from epoch \d+\.$/);

test("a worker that fails: its run goes on by itself, to the bits of one that was never killed", async ({
  page,
}) => {
  const settings = { ...SMALL, algorithms: "danp", image_size: 28, hidden_sizes: "64", epochs: 40 };
  const playground = await open(page, settings);
  await playground.button("Play").click();
  await expect.poll(() => playground.rows(), { timeout: END_MS }).toBeGreaterThan(3);
  const before = (await playground.result()).runs[0]?.history;
  expect(await playground.statuses(), "it is in mid-run").toEqual(["running"]);
  await kill(await firstWorker(page));
  await expect(resumed(playground)).toBeVisible();
  await expect(playground.notice).toHaveCount(0);
  await playground.untilDone();
  const killed = await playground.result();
  expect(killed.runs[0]?.history.seconds.slice(0, 3), "its curve was kept").toEqual(
    before?.seconds.slice(0, 3),
  );
  await page.goto("about:blank");
  const whole = await open(page, settings);
  await whole.button("Play").click();
  await whole.untilDone();
  expect(numbers(killed)).toEqual(numbers(await whole.result()));
});

test("a worker that fails again: the page says so, the other goes on, trying again trains it", async ({
  page,
}) => {
  const playground = await open(page, LONG);
  await playground.button("Play").click();
  await playground.untilTrained();
  await kill(await firstWorker(page));
  await expect(resumed(playground)).toHaveCount(1);
  // The run that was killed is the one whose worker came last.
  await kill(page.workers().at(-1) ?? (await firstWorker(page)));
  await expectOneLost(playground, /The worker of \w+ \(seed 0\) stopped \(.*killed\)/);
  await playground.button("Try again").click();
  await expect.poll(() => playground.statuses()).toEqual(["running", "running"]);
  await expect(playground.notice).toHaveCount(0);
});

for (const [what, end] of [
  ["ends without a word", () => self.close()],
  [
    "never comes back",
    () => {
      setTimeout(() => {
        for (;;);
      });
    },
  ],
] as const) {
  test(`a worker that ${what} is missed`, async ({ page }) => {
    await page.clock.install();
    const playground = await open(page, { ...LONG, algorithms: "bp" });
    await playground.button("Play").click();
    await playground.untilTrained();
    await (await firstWorker(page)).evaluate(end);
    await page.clock.runFor(SILENCE_MS);
    await expect(resumed(playground)).toBeVisible();
    await expect.poll(() => page.workers(), "the lost one is gone").toHaveLength(1);
    await (await firstWorker(page)).evaluate(end);
    await page.clock.runFor(SILENCE_MS);
    await expect(playground.notice).toContainText(
      "The worker of BP (seed 0) has said nothing for 30 seconds",
    );
    await expect(playground.notice).toContainText(/Its \d+ finished epochs are kept/);
    expect(await playground.statuses()).toEqual(["failed"]);
    expect(await playground.rows()).toBeGreaterThan(1);
    await expect.poll(() => page.workers()).toHaveLength(0);
  });
}

/** An update of many seconds: a hundred noisy passes through three layers of 1024. */
const HUGE = {
  ...SMALL,
  ...{ algorithms: "np", image_size: 28, hidden_sizes: "1024,1024,1024" },
  ...{ batch_size: 1000, num_noise_iters: 100 },
};

test("an update that takes longer than the page's patience: pause and questions are heard in its middle", async ({
  page,
}) => {
  await tapWorkers(page);
  const playground = await open(page, HUGE);
  await playground.button("Play").click();
  /** Signs of life in the middle of the first update. */
  const signs = () =>
    page.evaluate(
      () =>
        window.tapped.filter(({ sent, message }) => !sent && message.step === 0 && message.next === 1).length,
    );
  await expect.poll(signs, { timeout: END_MS }).toBeGreaterThan(3);
  await playground.button("Pause").click();
  await expect.poll(() => restAfter(page, "pause")).not.toBeNull();
  // Some may have been on their way already, of the hundreds that an update of this size gives.
  expect((await restAfter(page, "pause"))?.reports).toBeLessThanOrEqual(10);
  const rested = await signs();
  await playground.button("Play").click();
  await expect.poll(signs, { message: "it goes on in the middle" }).toBeGreaterThan(rested + 1);
  expect(await stepsOf(page)).toEqual([0]);
  await expect(playground.notice).toHaveCount(0);
});
