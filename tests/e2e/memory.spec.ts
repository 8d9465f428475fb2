import type { Page } from "@playwright/test";
import { link, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const RULES = "bp,np,anp,danp,inp,dinp,dnp,dbp";

/** A device as a visitor may have it. */
async function deviceWith(page: Page, { memory, cores }: { memory: number; cores: number }): Promise<void> {
  await page.addInitScript(
    ([deviceMemory, hardwareConcurrency]) => {
      Object.defineProperties(navigator, {
        deviceMemory: { value: deviceMemory },
        hardwareConcurrency: { value: hardwareConcurrency },
      });
    },
    [memory, cores] as const,
  );
}

/** Counts every worker that the page has, and the most at once. */
function watched(page: Page) {
  const seen = { all: 0, most: 0 };
  page.on("worker", () => {
    seen.all += 1;
    seen.most = Math.max(seen.most, page.workers().length);
  });
  return seen;
}

test("what no device of this kind can hold is refused at once, by name and number", async ({ page }) => {
  await deviceWith(page, { memory: 2, cores: 8 });
  const workers = watched(page);
  const hidden = Array(8).fill(2048).join(",");
  const settings = { algorithms: RULES, hidden_sizes: hidden, train_size: 60_000, seed: 7 };
  await page.goto(`embed.html#${link(settings)}`);
  const playground = new Playground(page);
  await expect(playground.notice).toHaveCount(1);
  await expect(playground.notice).toContainText(/layers of at most \d+ units; a run takes \d\.\d GB/);
  await expect(playground.notice).toContainText("1.0 GB fit here");
  const { hidden_sizes, train_size, seed } = await playground.config();
  expect({ hidden_sizes, train_size, seed }, "the rest of the link holds").toEqual({
    ...{ hidden_sizes: [64, 64], train_size: 60_000, seed: 7 },
  });
  expect(workers.all).toBe(0);
});

test("a change that finds no room is refused beside its control, and the curves stay", async ({ page }) => {
  await deviceWith(page, { memory: 0.2, cores: 2 });
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const before = await playground.result();
  await playground.host.evaluate((element: HTMLElement) => element.setAttribute("hidden_sizes", "2048,2048"));
  await expect(playground.host.getByText(/layers of at most \d+ units; a run takes/).first()).toBeVisible();
  expect(await playground.result()).toEqual(before);
  expect((await playground.config()).hidden_sizes).toEqual([32]);
});

test("runs that do not fit side by side take turns, which is said", async ({ page }) => {
  // 25 MB, for runs of about 9.
  await deviceWith(page, { memory: 0.05, cores: 8 });
  const workers = watched(page);
  const playground = await open(page, { ...SMALL, algorithms: RULES });
  await playground.button("Play").click();
  await expect(
    playground.host.getByText("Fewer runs at once: side by side they would take more"),
  ).toBeVisible();
  await playground.untilDone();
  expect(await playground.statuses()).toEqual(Array(8).fill("finished"));
  expect(workers).toEqual({ all: 8, most: expect.any(Number) });
  expect(workers.most).toBeGreaterThan(1);
  expect(workers.most).toBeLessThan(5);
  await expect(playground.host.getByText("Fewer runs at once")).toHaveCount(0);
});
