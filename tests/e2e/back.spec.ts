import { launchOptions } from "../../scripts/chromium.mjs";
import { END_MS, ENDLESS, open } from "./support/playground";
import { expect, test } from "./support/test";

// Playwright's browser puts no page aside unless it is told to.
test.use({
  launchOptions: { ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] },
});

declare global {
  interface Window {
    /** Whether the page came back as it was. */
    cameBack?: boolean;
  }
}

test("a page that the browser put aside comes back with its runs, and they go on", async ({ page }) => {
  const playground = await open(page, ENDLESS);
  await playground.button("Play").click();
  await playground.untilTrained();
  const rows = await playground.rows();
  await page.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => {
      window.cameBack = persisted;
    });
  });
  await page.goto("measure.html");
  await page.goBack({ waitUntil: "commit" }); // what comes back as it was is not loaded
  expect(await page.evaluate(() => window.cameBack)).toBe(true);
  await expect.poll(() => playground.rows(), { timeout: END_MS }).toBeGreaterThan(rows);
  await expect(playground.notice).toHaveCount(0);
});
