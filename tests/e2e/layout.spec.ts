import type { Page } from "@playwright/test";
import { open, type Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** What the main plot has between its axes, as a part of the window's height. */
async function shareOfPlot(page: Page, { host }: Playground): Promise<number> {
  const height = await host
    .locator("np-learning-curves .u-over")
    .evaluate((over) => over.getBoundingClientRect().height);
  return height / (page.viewportSize()?.height ?? Number.NaN);
}

const ALL_OF_IT = {
  ...SMALL,
  ...{ algorithms: "bp,np,danp", num_seeds: 3, "bp.lr": 0.01, "np.lr": 0.002, "danp.lr": 0.005 },
};

test("the main plot has half of the height, whatever stands below it", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const playground = await open(page, ALL_OF_IT, "index.html");
  const largeEnough = async () => {
    for (const [width, height, share] of [
      [1440, 900, 0.55],
      [1280, 720, 0.55],
      [1024, 768, 0.45],
      [768, 1024, 0.3],
      [360, 740, 0.45],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect
        .poll(() => shareOfPlot(page, playground), `${width} x ${height}`)
        .toBeGreaterThanOrEqual(share);
    }
  };
  await playground.untilDone();
  await largeEnough();
  await playground.openAll();
  await largeEnough();
});

test("the axis of accuracies says what it shows, and shows everything at a press", async ({ page }) => {
  const playground = await open(page, { ...SMALL, epochs: 6, lr: 0.003 });
  const cursor = playground.host.locator("np-learning-curves").getByRole("slider");
  const all = playground.button("0–100%");
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(cursor).toHaveAccessibleName(/Test accuracy, [5-8]0% to [7-9]0% against epoch/);
  await all.click();
  await expect(all).toHaveAttribute("aria-pressed", "true");
  await expect(cursor).toHaveAccessibleName(/Test accuracy, 0% to 100% against epoch/);
  await playground.host.getByRole("radio", { name: "Loss" }).click();
  await expect(cursor).toHaveAccessibleName(/Test loss against epoch/);
  await expect(all).toBeHidden();
});

/** The sizes of text, the heights of buttons and of plots, in pixels. */
function measuresOf(page: Page) {
  return page.locator("np-playground").evaluate((element) => {
    const parts: Element[] = [];
    const collect = (root: ParentNode) => {
      for (const part of root.querySelectorAll("*")) {
        parts.push(part);
        if (part.shadowRoot) collect(part.shadowRoot);
      }
    };
    if (element.shadowRoot) collect(element.shadowRoot);
    const heights = (tag: string) =>
      parts.filter((part) => part.localName === tag).map((part) => part.getBoundingClientRect().height);
    const words = parts.filter((part) => part.localName !== "canvas" && part.checkVisibility());
    const texts = words.map((part) => Number.parseFloat(getComputedStyle(part).fontSize));
    return { texts, buttons: heights("button"), plots: heights("np-plot") };
  });
}

test("text and heights are the same in a page with another root font", async ({ page }) => {
  const measured: Awaited<ReturnType<typeof measuresOf>>[] = [];
  for (const size of ["16px", "62.5%", "24px"]) {
    await page.route("**/host.html", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><html lang="en" style="font-size: ${size}"><title>A host</title>
          <link rel="icon" href="data:," /><script type="module" src="np-playground.js"></script>
          <np-playground algorithms="bp,np" image_size="14" train_size="1000"></np-playground>`,
      }),
    );
    await page.goto("host.html");
    await expect(
      page.locator("np-playground").getByRole("button", { name: "Play", exact: true }),
    ).toBeEnabled();
    await expect(page.locator("np-try-it")).toBeAttached(); // what is loaded later is there, too
    measured.push(await measuresOf(page));
    await page.unroute("**/host.html");
  }
  const [usual, ...others] = measured;
  expect(others).toEqual([usual, usual]);
  expect(Math.min(...(usual?.texts ?? [0]))).toBeGreaterThanOrEqual(11);
  expect(usual?.plots.length).toBe(3);
});
