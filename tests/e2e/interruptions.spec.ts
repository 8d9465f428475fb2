import type { CDPSession, Page } from "@playwright/test";
import { untilKept } from "./support/left";
import { END_MS, ENDLESS, open, openKeeping, type Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** What comes between a reader and a run that is under way: nothing that was learned is lost. */

// A network that is gone makes a browser complain.
test.use({ provokes: true });

async function untilFurther(playground: Playground): Promise<void> {
  const rows = await playground.rows();
  await expect.poll(() => playground.rows(), { timeout: END_MS }).toBeGreaterThan(rows);
}

async function underWay(page: Page, path?: string): Promise<Playground> {
  const playground = await open(page, { ...ENDLESS, algorithms: "bp,danp" }, path);
  if (path === undefined) await playground.button("Play").click();
  await playground.untilTrained();
  return playground;
}

/** Nothing was said, and every run goes on. */
async function expectUnharmed(playground: Playground, rows: number): Promise<void> {
  await untilFurther(playground);
  await expect(playground.notice).toHaveCount(0);
  expect(await playground.statuses()).toEqual(["running", "running"]);
  expect(await playground.rows()).toBeGreaterThan(rows);
}

test("offline in mid-run, what runs goes on; what needs more images says so, and waits", async ({
  page,
  context,
}) => {
  const playground = await underWay(page);
  await context.setOffline(true);
  await expectUnharmed(playground, await playground.rows());
  const train_size = 10_000;
  await playground.host.evaluate(
    (element, given) => (element as HTMLElementTagNameMap["np-playground"]).configure(given),
    { ...SMALL, algorithms: ["bp"], hidden_sizes: [32], train_size },
  );
  await expect(playground.notice).toContainText(
    /could not be fetched .*Check the connection, then try again/,
  );
  await context.setOffline(false);
  await playground.button("Try again").click();
  await playground.untilDone();
  await expect(playground.notice).toHaveCount(0);
  expect((await playground.config()).train_size).toBe(train_size);
});

test("offline in mid-run a rule and a seed more are trained: their images are here", async ({
  page,
  context,
}) => {
  const playground = await underWay(page);
  await context.setOffline(true);
  const { algorithms } = await playground.config();
  await playground.host.evaluate((element, more) => Object.assign(element, more), {
    algorithms: [...algorithms, "inp"],
    num_seeds: 2,
  });
  await expect.poll(() => playground.statuses()).toHaveLength(2 * (algorithms.length + 1));
  await untilFurther(playground);
  await expect(playground.notice).toHaveCount(0);
  expect(await playground.statuses()).not.toContain("failed");
});

test("after hours of sleep the runs go on, and none is taken for dead", async ({ page }) => {
  await page.clock.install();
  const playground = await underWay(page);
  const rows = await playground.rows();
  await page.clock.fastForward("08:00:00");
  await page.clock.runFor(1000);
  await page.clock.resume();
  await expectUnharmed(playground, rows);
});

/** What the browser tells a page that nobody looks at, and again that somebody does. */
function look(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    const value = hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

test("hidden for minutes, the page's own runs go on", async ({ page }) => {
  await page.clock.install();
  const playground = await underWay(page, "index.html");
  const rows = await playground.rows();
  await look(page, true);
  await page.clock.fastForward("10:00");
  await page.clock.resume();
  await untilFurther(playground);
  await look(page, false);
  await expectUnharmed(playground, rows);
});

test("hidden for minutes, embedded runs rest, and go on when they are seen", async ({ page }) => {
  await page.clock.install();
  const playground = await underWay(page);
  await look(page, true);
  await expect(playground.word("Paused")).toBeVisible();
  const rows = await playground.rows();
  await page.clock.fastForward("10:00");
  await page.clock.resume();
  expect(await playground.rows()).toBe(rows);
  await look(page, false);
  await expectUnharmed(playground, rows);
});

test("frozen by the browser and thawed, the runs go on", async ({ page, context }) => {
  const playground = await underWay(page);
  const rows = await playground.rows();
  const devtools = await context.newCDPSession(page);
  for (const state of ["frozen", "active"] as const)
    await devtools.send("Page.setWebLifecycleState", { state });
  await expectUnharmed(playground, rows);
});

const list = ({ host }: Playground) => host.locator("np-kept");

async function trainKept(playground: Playground): Promise<void> {
  await playground.button("Play").click();
  await playground.untilDone();
}

test("storage that is full: the results stay while the page is open, and it says so", async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("There is no room.", "QuotaExceededError");
    };
  });
  const playground = await openKeeping(page, SMALL);
  await trainKept(playground);
  await playground.host.getByText("Kept results", { exact: true }).click();
  await expect(list(playground).getByRole("row")).toHaveCount(2);
  await expect(list(playground).getByText("only until the page is closed")).toBeVisible();
});

/** As when the reader clears what sites have stored. */
async function clearStorage(page: Page, devtools: CDPSession): Promise<void> {
  const { origin } = new URL(page.url());
  await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
}

test("storage that vanishes in mid-visit: the page goes on, and what ended is on its list", async ({
  page,
  context,
}) => {
  const playground = await openKeeping(page, SMALL);
  await trainKept(playground);
  await playground.host.getByText("Kept results", { exact: true }).click();
  await expect(list(playground).getByRole("row")).toHaveCount(2);
  await clearStorage(page, await context.newCDPSession(page));
  await playground.host.evaluate((element) => element.setAttribute("lr", "0.01"));
  await expect.poll(async () => (await playground.config()).lr).toBe(0.01);
  await trainKept(playground);
  await expect(list(playground).getByRole("row").nth(1)).toBeVisible();
  expect(await playground.statuses()).toEqual(["finished"]);
  await expect(playground.notice).toHaveCount(0);
});

test("back to the page after another one: it offers to go on with its runs", async ({ page }) => {
  const playground = await underWay(page, "index.html");
  await untilKept(page);
  await page.goto("measure.html");
  await page.goBack();
  await expect(playground.host.getByText("left in training")).toBeVisible();
  await playground.button("Go on").click();
  await untilFurther(playground);
});
