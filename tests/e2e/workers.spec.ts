import type { Page, Worker } from "@playwright/test";
import { ENDLESS, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

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

test("a browser without SIMD gets a plain sentence", async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto("./");
  const playground = new Playground(page);
  await expect(playground.notice).toContainText("This browser cannot run WebAssembly with SIMD");
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

test("a worker that fails: the page says so, the other goes on, trying again trains it", async ({ page }) => {
  const playground = await open(page, LONG);
  await playground.button("Play").click();
  await playground.untilTrained();
  const worker = await firstWorker(page);
  await worker.evaluate(() =>
    setTimeout(() => Promise.resolve().then(() => reportError(new Error("out of memory")))),
  );
  await expectOneLost(playground, /The worker of \w+ \(seed 0\) stopped \(.*out of memory\)/);
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
    await expect(playground.notice).toContainText(
      "The worker of BP (seed 0) has said nothing for 30 seconds",
    );
    await expect(playground.notice).toContainText(/Its \d+ finished epochs are kept/);
    expect(await playground.statuses()).toEqual(["failed"]);
    expect(await playground.rows()).toBeGreaterThan(1);
    await expect.poll(() => page.workers()).toHaveLength(0);
  });
}
