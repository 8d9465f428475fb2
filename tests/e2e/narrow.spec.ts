import type { Locator, Page } from "@playwright/test";
import { open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

test.use({ viewport: { width: 360, height: 640 }, hasTouch: true });

async function expectNoSidewaysScroll(page: Page, width = 360): Promise<void> {
  const widths = await page.evaluate(() => {
    scrollTo({ left: 1000 });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrolled: scrollX, scrollWidth, clientWidth };
  });
  expect(widths).toEqual({ scrolled: 0, scrollWidth: width, clientWidth: width });
}

for (const path of ["index.html", "embed.html"]) {
  test(`${path}: no sideways scroll, and the transport is always at hand`, async ({ page }) => {
    const playground = await open(page, { ...SMALL, algorithms: "bp,danp", "np.lr": 0.002 }, path);
    const place = page.locator("np-transport");
    await expect(place).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
    if (path === "embed.html") await playground.button("Play").tap();
    await playground.untilDone();
    await expectNoSidewaysScroll(page);
    await playground.openAll();
    await expectNoSidewaysScroll(page);
    await playground.host.locator("np-rules").scrollIntoViewIfNeeded();
    await expect(place).toBeInViewport({ ratio: 1 });
    for (const name of ["Play", "Step", "Epoch", "Reset"]) {
      const box = await playground.button(name).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(24);
    }
  });
}

test("at 200% zoom of a desktop's window, and on the smallest phone, nothing is cut off", async ({
  page,
}) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,np,danp", num_seeds: 2 }, "index.html");
  await playground.untilDone();
  await playground.openAll();
  for (const [width, height] of [
    [640, 400], // 1280 x 800 at 200%
    [512, 384], // 1024 x 768 at 200%
    [320, 256], // 1280 x 1024 at 400%
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectNoSidewaysScroll(page, width);
  }
});

test("a rule is explained where it is chosen, since there is no room for the strip", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("INP").tap();
  await expect(playground.host.locator("np-rules")).toContainText("noise to one layer at a time");
  await expectNoSidewaysScroll(page);
});

test("sentences of errors and divergence fit, too", async ({ page }) => {
  await page.goto("embed.html#v=1&lr=99&momentum=0.9&overrides=none&hidden_sizes=0,5000");
  await expect(new Playground(page).notice.first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});

/** Whether it goes from under the mouse before the press is over: the focus leaves what had it as the press begins. */
async function pressMoves(page: Page, on: Locator): Promise<boolean> {
  const top = () => on.evaluate((element) => element.getBoundingClientRect().top);
  await on.hover();
  const before = await top();
  await page.mouse.down();
  const moved = Math.abs((await top()) - before);
  await page.mouse.up();
  return moved > 24; // from the middle of what is less than 48 px high
}

for (const [title, touch] of [
  ["what is pressed after a new seed does what it says, once, by mouse", false],
  ["what is pressed after a new seed does what it says, once, by touch", true],
] as const)
  test(title, async ({ page }) => {
    await page.setViewportSize({ width: 800, height: 800 });
    const playground = await open(page, SMALL);
    const rule = playground.button("NP");
    for (const pressed of ["true", "false"]) {
      await playground.button("New seed").click();
      if (touch) await rule.tap();
      else expect(await pressMoves(page, rule), "the help of the seed goes").toBe(true);
      await expect(rule).toHaveAttribute("aria-pressed", pressed);
    }
  });

test("what is pressed after a rate has been typed does what it says", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 800 });
  const playground = await open(page, SMALL);
  await playground.control("Learning rate").fill("99");
  expect(await pressMoves(page, playground.button("Put it on your page"))).toBe(true);
  await expect(playground.host.locator("dialog[open]")).toBeVisible();
});
