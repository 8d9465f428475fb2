import type { Page } from "@playwright/test";
import { open, type Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const WIDTHS = { 1440: 900, 1024: 768, 768: 1024, 360: 740 };

/** Pixels that a line of text takes with the fonts that the pictures in tests/e2e/pictures were taken with. */
const TEXT_WIDTH = 496.75;

/** Where text is set in other fonts, every picture differs, and none would say anything. */
async function sameFonts(page: Page): Promise<boolean> {
  const width = await page.evaluate(() => {
    const line = document.createElement("span");
    line.style.font = "16px system-ui";
    line.textContent = "Train a neural network without backpropagation: 0123456789";
    document.body.append(line);
    const { width } = line.getBoundingClientRect();
    line.remove();
    return width;
  });
  return Math.abs(width - TEXT_WIDTH) < 0.5;
}

/** What differs from machine to machine: how fast it is, and the update that it has seen last. */
const differing = (playground: Playground) =>
  playground.host.locator("np-run-table td:last-child, np-glance");

test("the page looks as it did, at four widths, light and dark", async ({ page }) => {
  const playground = await open(
    page,
    { ...SMALL, algorithms: "bp,np,danp", epochs: 3, lr: 0.01 },
    "index.html",
  );
  test.skip(!(await sameFonts(page)), "other fonts than those of the pictures");
  await playground.untilDone();
  for (const [width, height] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page).toHaveScreenshot(`${width}-${colorScheme}.png`, {
        mask: [differing(playground)],
        maskColor: "gray",
        maxDiffPixelRatio: 0.01,
      });
    }
  }
});
