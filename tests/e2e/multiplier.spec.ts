import type { Locator } from "@playwright/test";
import { ENDLESS, open } from "./support/playground";
import { expect, test } from "./support/test";

const OWN = { ...ENDLESS, algorithms: "bp,np", lr: 0.003, "bp.lr": 0.01, "np.lr": 0.002 };

const box = async (control: Locator) => {
  const { x = 0, y = 0, width = 0, height = 0 } = (await control.boundingBox()) ?? {};
  return [x, y, width, height];
};

test("one multiplier moves the rates of all rules while they run", async ({ page }) => {
  const playground = await open(page, OWN);
  await playground.button("Play").click();
  await playground.untilTrained();
  const control = playground.control("Learning rate ×");
  await expect(control).toHaveValue("1");
  await control.press("ArrowUp");
  await expect(control).toHaveValue("2");
  await expect
    .poll(async () => (await playground.result()).config.changes.map(({ algorithm, lr }) => [algorithm, lr]))
    .toEqual([
      ["bp", 0.02],
      ["np", 0.004],
    ]);
  expect(new URL(page.url()).hash).toContain("bp.lr=0.01");
  expect(await playground.statuses()).toEqual(["running", "running"]);
  await control.fill("many");
  await control.press("Enter");
  await expect(playground.notice).toContainText(
    "many times what each rule has cannot be used: choose a number from",
  );
});

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [360, 740],
] as const) {
  test(`nothing jumps under the hand that moves it, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const playground = await open(page, { seed: 1 });
    await playground.control("Preset").selectOption("story");
    await expect.poll(async () => (await playground.config()).overrides.bp?.lr).toBe(0.01);
    await playground.openAll();
    const slider = playground.control("Learning rate ×, slider");
    await slider.scrollIntoViewIfNeeded();
    const before = await box(slider);
    const [x = 0, y = 0, across = 0, high = 0] = before;
    await page.mouse.move(x + across / 2, y + high / 2);
    await page.mouse.down();
    await page.mouse.move(x + across * 0.6, y + high / 2, { steps: 5 });
    expect(await box(slider), "while it is held").toEqual(before);
    await page.mouse.up();
    await expect.poll(async () => (await playground.config()).overrides.bp?.lr).not.toBe(0.01);
    await expect(playground.control("Preset")).toHaveValue("");
    expect(await box(slider), "when it has been let go").toEqual(before);
  });
}
