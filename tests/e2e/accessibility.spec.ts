import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
];

/** As axe sees it, light and dark, wide and narrow. */
async function expectAccessible(page: Page): Promise<void> {
  // axe takes for too small what the sticky transport happens to hide in part, until it is scrolled.
  await page.locator("np-transport").evaluateAll((bars: HTMLElement[]) => {
    for (const bar of bars) bar.style.position = "static";
  });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations, passes } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      expect(found, `${colorScheme}, ${size.width} px`).toEqual([]);
      expect(passes.length).toBeGreaterThan(10);
    }
  }
}

test("accessible at first sight", async ({ page }) => {
  await open(page, SMALL, "embed.html");
  await expectAccessible(page);
});

test("accessible while it runs, and when everything is open", async ({ page }) => {
  // Of one rule, so that axe has a core for itself, and slow, so that the tables stay short.
  const slow = { algorithms: "danp", hidden_sizes: "256,256", train_size: 10_000, epochs: 100 };
  const playground = await open(page, slow, "index.html");
  await playground.untilTrained();
  await playground.openAll();
  await expectAccessible(page);
  await expect(playground.button("Pause"), "it still runs").toBeVisible();
});

test("accessible with the help open, and in a theme that is not the system's", async ({ page }) => {
  const playground = await open(page, SMALL, "index.html");
  await playground.untilDone();
  await playground.button("Theme: as the system").click();
  await expectAccessible(page);
  await playground.button("Help and keys").click();
  await expect(playground.host.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});

test("accessible as a small figure, and with the dialog that gives it to other pages", async ({ page }) => {
  await page.goto("embed.html?controls=min#v=1&algorithms=bp,np");
  await expect(new Playground(page).button("Play")).toBeEnabled();
  await expectAccessible(page);
  const playground = await open(page, SMALL, "embed.html");
  await playground.button("Put it on your page").click();
  await expect(playground.host.getByRole("dialog").locator("np-figure")).toBeVisible();
  await expectAccessible(page);
});

test("accessible when it is done, with a run that diverged", async ({ page }) => {
  const bad = { output: "linear", loss: "mse", optimizer: "sgd", "np.lr": 10, lr: 0.02 };
  const playground = await open(page, { ...SMALL, algorithms: "bp,np", ...bad }, "index.html");
  await playground.untilDone();
  expect(await playground.statuses()).toEqual(["finished", "diverged"]);
  await expectAccessible(page);
});

test.describe("in trouble", () => {
  test.use({ provokes: true });

  test("accessible with an error and mistakes in the settings", async ({ page }) => {
    await page.route("**/mnist-train-images-00.idx.gz", (route) => route.fulfill({ status: 404 }));
    const playground = await open(page, SMALL, "embed.html");
    await playground.button("Play").click();
    await expect(playground.button("Try again")).toBeVisible();
    await playground.control("Learning rate").fill("99");
    await playground.control("Learning rate").press("Enter");
    await expect(playground.notice.filter({ hasText: "Learning rate “99” cannot be used" })).toBeVisible();
    await expect(playground.button("Try again")).toBeVisible();
    await expectAccessible(page);
  });

  test("accessible without SIMD", async ({ page }) => {
    await page.addInitScript(() => {
      WebAssembly.validate = () => false;
    });
    await page.goto("embed.html");
    await expect(new Playground(page).notice).toBeVisible();
    await expectAccessible(page);
  });
});
