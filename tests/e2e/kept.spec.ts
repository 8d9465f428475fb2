import type { Page } from "@playwright/test";
import { untilKept } from "./support/left";
import { ENDLESS, open, openKeeping, type Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const list = ({ host }: Playground) => host.locator("np-kept");

/** The titles of the columns in the table behind the learning curves. */
async function columns({ host }: Playground): Promise<string[]> {
  const curves = host.locator("np-learning-curves");
  await curves.locator("details").evaluate((details: HTMLDetailsElement) => {
    details.open = true;
  });
  return curves.getByRole("columnheader").allTextContents();
}

async function openList(playground: Playground): Promise<void> {
  await playground.host.getByText("Kept results", { exact: true }).click();
}

/** How many results the browser has stored. */
function storedIn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const open = indexedDB.open("np-playground");
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const count = open.result.transaction("results").objectStore("results").count();
          count.onsuccess = () => resolve(count.result);
        };
      }),
  );
}

async function change(page: Page, playground: Playground, lr: number): Promise<void> {
  await playground.control("Learning rate").fill(String(lr));
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await playground.config()).lr).toBe(lr);
}

test("an embedded page stores nothing, and says so", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  await openList(playground);
  await expect(list(playground).getByRole("row")).toHaveCount(2);
  await expect(list(playground).getByText("An embedded playground stores nothing")).toBeVisible();
  await page.reload();
  await openList(playground);
  await expect(list(playground).getByText("Results appear here")).toBeVisible();
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
});

/** Puts other records beside those that there are, made from the first of them. */
function storeOthers(page: Page, objects: string, name: string, changes: readonly object[]): Promise<void> {
  return page.evaluate(
    ([objects, name, changes]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open(name);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const transaction = open.result.transaction(objects, "readwrite");
          const store = transaction.objectStore(objects);
          const all = store.getAll();
          all.onsuccess = () => {
            for (const [index, change] of changes.entries())
              store.put({ ...all.result[0], ...change, id: `other-${index}` }, `other-${index}`);
          };
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
    [objects, name, changes] as const,
  );
}

test("what another build at the same origin has kept is passed over, and what is this one's is there", async ({
  page,
}) => {
  const playground = await openKeeping(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const { config, runs } = await playground.result();
  await expect.poll(() => storedIn(page)).toBe(1);
  const { epochs: _, ...fewer } = config;
  const others = [
    { runs: runs.map((run) => ({ ...run, steps_per_epoch: 3, algorithm: "xyz" })) },
    { config: { ...config, algorithms: ["bp", "xyz"] } },
    { config: { ...config, overrides: { xyz: { lr: 0.1 } } } },
    { config: { ...config, changes: [{ algorithm: "xyz", epoch: 1, update: 0, lr: 0.1 }] } },
    { config: fewer },
    { config: null },
    { runs: [{ algorithm: "bp", seed: 0, steps_per_epoch: 3, history: { epoch: [0] } }] },
    { runs: null },
  ];
  await storeOthers(page, "results", "np-playground", others);
  expect(await storedIn(page)).toBe(1 + others.length);
  await page.reload();
  await openList(playground);
  await expect(list(playground).getByRole("row")).toHaveCount(2);
  await list(playground).getByRole("button", { name: "Pin" }).click();
  await expect(list(playground).getByRole("button", { name: "Pin" })).toHaveAttribute("aria-pressed", "true");
});

test("runs that another build has left under way are passed over, and the page comes", async ({ page }) => {
  const playground = await openKeeping(page, ENDLESS);
  await playground.button("Play").click();
  const { config, runs } = await untilKept(page);
  const other = [
    { config: { ...config, algorithms: ["xyz"] }, runs: runs.map((run) => ({ ...run, algorithm: "xyz" })) },
    { config: { ...config, algorithms: ["xyz"] } },
  ];
  await storeOthers(page, "runs", "np-playground-under-way", other);
  await playground.button("Reset").click();
  await page.goto("about:blank");
  await page.goto("index.html");
  await expect(playground.button("Pause")).toBeVisible();
  await expect(playground.host.getByText("left in training")).toHaveCount(0);
});

test("there are as many pins as letters, and then the button says what to do", async ({ page }) => {
  const playground = await openKeeping(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const result = await playground.result();
  // With the one that was trained, one more than there are letters.
  const files = Array.from({ length: 26 }, (_, index) => {
    const seed = index + 1;
    const runs = result.runs.map((run) => ({ ...run, seed }));
    return JSON.stringify({ ...result, config: { ...result.config, seed }, runs });
  });
  await playground.host.locator("np-learning-curves").evaluate((chart, files) => {
    const dataTransfer = new DataTransfer();
    for (const [index, text] of files.entries())
      dataTransfer.items.add(new File([text], `result-${index}.json`));
    const event = { dataTransfer, bubbles: true, composed: true, cancelable: true };
    chart.dispatchEvent(new DragEvent("drop", event));
  }, files);
  await openList(playground);
  const pins = list(playground).getByRole("button", { name: "Pin" });
  await expect(pins).toHaveCount(27);
  await expect(list(playground).locator("[aria-pressed=true]")).toHaveCount(26);
  const last = list(playground).locator("[aria-pressed=false]");
  await expect(last).toBeDisabled();
  await expect(last).toHaveAttribute("title", "All letters are taken: unpin another result");
  await pins.and(list(playground).locator("[aria-pressed=true]")).first().click();
  await expect(list(playground).locator("[aria-pressed=false]").first()).toBeEnabled();
});

test("results are kept until they are deleted, and pinned behind the next", async ({ page }) => {
  const playground = await openKeeping(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const [first] = (await playground.result()).runs;
  const accuracy = `BP ${(100 * (first?.history.test_acc.at(-1) ?? 0)).toFixed(1)}%`;

  await page.reload();
  await openList(playground);
  const line = list(playground).getByRole("row").nth(1);
  await expect(line, "it has outlived the page").toContainText(accuracy);
  await line.getByRole("button", { name: "Pin" }).click();
  await expect(line.getByRole("button", { name: "Pin" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => columns(playground), "pale, and alone").toEqual(["Epoch", "BP A"]);

  await change(page, playground, 0.01);
  await playground.button("Play").click();
  await playground.untilDone();
  await expect.poll(() => columns(playground)).toEqual(["Epoch", "BP A", "BP"]);
  await expect(list(playground).getByRole("row")).toHaveCount(3);

  await list(playground).getByRole("button", { name: "Load" }).last().click();
  await expect.poll(async () => (await playground.config()).lr).toBe(0.001);
  await playground.button("Play").click();
  await playground.untilDone();
  expect((await playground.result()).runs[0]?.weights_hash).toBe(first?.weights_hash);
  await expect(list(playground).getByRole("row"), "the same result once").toHaveCount(3);

  await list(playground).getByRole("button", { name: "Delete" }).first().click();
  await expect(
    list(playground).getByRole("button", { name: "Delete" }),
    "the focus stays near",
  ).toBeFocused();
  await list(playground).getByRole("button", { name: "Bring it back" }).click();
  await expect(list(playground).getByRole("row"), "it is back").toHaveCount(3);
  await expect.poll(() => storedIn(page)).toBe(2);
  for (let left = 2; left > 0; left -= 1)
    await list(playground).getByRole("button", { name: "Delete" }).first().click();
  await expect(list(playground).getByText("Results appear here")).toBeVisible();
  await expect.poll(() => storedIn(page)).toBe(0);
  await page.reload();
  await openList(playground);
  await expect(list(playground).getByText("Results appear here")).toBeVisible();
});

test("where nothing can be stored the page says so, and keeps results while it is open", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { value: undefined });
  });
  const playground = await openKeeping(page, SMALL);
  await openList(playground);
  await expect(list(playground).getByText("only until the page is closed")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(list(playground).getByRole("row")).toHaveCount(2);
});

test("a page that is open beside shows what was kept in another, and deletes it for both", async ({
  page,
  context,
}) => {
  const beside = await openKeeping(await context.newPage(), SMALL);
  await openList(beside);
  await expect(list(beside).getByText("Results appear here")).toBeVisible();
  const playground = await openKeeping(page, SMALL);
  await openList(playground);
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(list(beside).getByRole("row")).toHaveCount(2);
  await list(beside).getByRole("button", { name: "Delete" }).click();
  await expect(list(playground).getByText("Results appear here")).toBeVisible();
});

test("a kept result is called by the rates that its rules had", async ({ page }) => {
  const settings = { ...SMALL, algorithms: "np", epochs: 2, "np.lr": 0.05, "np.lr@1.0": 0.02 };
  const playground = await open(page, settings);
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.openAll();
  await expect(playground.host.locator("np-kept")).toContainText(
    "rate 0.05 and changed on the way, 2 epochs",
  );
});
