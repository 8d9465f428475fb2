import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test("every component is accessible in every state, wide and light, narrow and dark", async ({ page }) => {
  await page.goto("dev.html");
  await expect(page.locator("np-test-answers").nth(1)).toBeVisible();
  const names = await page.locator("#gallery > h2").allTextContents();
  for (const name of names) {
    const states = page.locator(name.replaceAll(/[<>]/g, ""));
    expect(await states.count(), name).toBeGreaterThan(0);
    expect(await states.evaluateAll((all) => all.every((state) => state.shadowRoot !== null)), name).toBe(
      true,
    );
  }
  for (const [width, colorScheme] of [
    [1280, "light"],
    [360, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
    expect(found, `${colorScheme}, ${width} px`).toEqual([]);
  }
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect(scrollWidth, "no sideways scroll").toBe(clientWidth);
});
