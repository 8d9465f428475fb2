import type { Locator } from "@playwright/test";
import { ENDLESS, open } from "./support/playground";
import { expect, test } from "./support/test";

test("what would start the runs again says so while there are some, and moves nothing", async ({ page }) => {
  const playground = await open(page, ENDLESS);
  await playground.openAll();
  const legend = playground.host.getByText("↻ starts all runs again");
  const field = (label: string): Locator =>
    playground.host.locator("np-field").filter({ has: page.getByLabel(label, { exact: true }) });
  const mark = (label: string) => field(label).locator("label + .again");
  await expect(legend).toHaveCount(0);
  await expect(mark("Hidden layers")).toHaveCount(0);
  const place = async () => {
    const settings = await playground.host.locator("np-settings").boundingBox();
    const box = await field("Hidden layers").boundingBox();
    return [(box?.y ?? 0) - (settings?.y ?? 0), box?.height];
  };
  const before = await place();
  await playground.button("Play").click();
  await playground.untilTrained();
  await expect(legend.first()).toBeVisible();
  for (const label of ["Hidden layers", "Seed"]) await expect(mark(label), label).toBeVisible();
  for (const label of ["Learning rate", "Epochs", "Seeds"]) await expect(mark(label), label).toHaveCount(0);
  expect(await place()).toEqual(before);
});

test("the marks scroll with their labels, are cut off with them, and lie on no box", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 700 });
  const playground = await open(page, ENDLESS, "index.html");
  await playground.openAll();
  const { host } = playground;
  const label = host.locator("np-field").getByText("Hidden layers", { exact: true });
  const mark = label.locator("+ .again");
  const column = host.locator(".choose");
  await expect(mark).toBeVisible();
  const apart = async () => {
    const [words, sign] = [await label.boundingBox(), await mark.boundingBox()];
    return [(sign?.x ?? 0) - (words?.x ?? 0), (sign?.y ?? 0) - (words?.y ?? 0)];
  };
  await mark.scrollIntoViewIfNeeded();
  const before = await apart();
  await column.evaluate((section) => section.scrollBy(0, 20));
  expect(await apart()).toEqual(before);
  await column.evaluate((section) => section.scrollTo(0, section.scrollHeight));
  await expect(mark).not.toBeInViewport();
  const seed = host.locator("np-options np-field");
  const sign = await seed.locator("label + .again").boundingBox();
  const box = await seed.getByLabel("Seed", { exact: true }).boundingBox();
  expect((sign?.x ?? 0) + (sign?.width ?? 0)).toBeLessThanOrEqual(box?.x ?? 0);
});

test("so do the acts that start them again: a seed, a preset, images, a rule's own noisy passes", async ({
  page,
}) => {
  const playground = await open(page, ENDLESS);
  await playground.openAll();
  const { host } = playground;
  const marks = [
    playground.button("New seed").locator(".again"),
    host.locator("np-presets h2 .again"),
    host.locator(".own > details h2 .again"),
    host.locator("np-overrides thead th").last().locator(".again"),
  ];
  for (const mark of marks) await expect(mark).toHaveCount(0);
  const size = async () => {
    const { width = 0, height = 0 } = (await playground.button("New seed").boundingBox()) ?? {};
    return [width, height];
  };
  const before = await size();
  await playground.button("Play").click();
  await playground.untilTrained();
  for (const mark of marks) await expect(mark).toBeVisible();
  await expect(host.locator("np-overrides .again")).toHaveCount(1);
  expect(await size()).toEqual(before);
});

test("and the settings of a kept result, and the way without changed rates", async ({ page }) => {
  const playground = await open(page, { ...ENDLESS, epochs: 1 });
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.openAll();
  await expect(playground.host.locator("np-kept .again")).toBeVisible();
  await playground.control("Epochs").fill("1000");
  await playground.control("Epochs").press("Enter");
  await expect.poll(() => playground.rows()).toBeGreaterThan(2);
  await playground.control("Learning rate").fill("0.002");
  await playground.control("Learning rate").press("Enter");
  await playground.button("Pause").click();
  await expect(playground.button("Without these changes").locator(".again")).toBeVisible();
});
