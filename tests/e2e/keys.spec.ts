import type { Page } from "@playwright/test";
import { ENDLESS, open, openKeeping } from "./support/playground";
import { expect, test } from "./support/test";
import { stepsOf, tapWorkers } from "./support/worker-tap";

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const LIGHT = "rgb(246, 245, 242)";
const DARK = "rgb(14, 19, 27)";

test("keys drive the runs, choose rules and open the help; they can be turned off", async ({ page }) => {
  await tapWorkers(page);
  const playground = await openKeeping(page, { ...ENDLESS, algorithms: "bp" });
  const { keyboard } = page;
  await keyboard.press("ArrowRight");
  await expect.poll(() => stepsOf(page)).toEqual([1]);
  await keyboard.press("Shift+ArrowRight");
  await expect.poll(() => stepsOf(page)).toEqual([25]);
  // The key does what the page is not doing: on a busy machine it may still be on its way to a pause.
  await expect(playground.word("Epoch 1 of 1000")).toBeVisible();
  await expect(playground.word("Paused")).toBeVisible();
  await keyboard.press("Space");
  await expect(playground.button("Pause")).toBeVisible();
  await keyboard.press("Space");
  await expect(playground.word("Paused")).toBeVisible();
  await keyboard.press("r");
  await expect(playground.word("Ready")).toBeVisible();
  await keyboard.press("8");
  await expect(playground.button("DANP")).toHaveAttribute("aria-pressed", "true");

  await playground.control("Learning rate").focus();
  await keyboard.press("1");
  await expect(playground.button("BP"), "typing is typing").toHaveAttribute("aria-pressed", "true");

  const named = playground.host.locator("[aria-keyshortcuts], [title*='Key: ']");
  await expect(playground.button("Reset")).toHaveAttribute("title", /Key: R\.$/);
  await expect(playground.button("DANP")).toHaveAttribute("aria-keyshortcuts", "8");
  await playground.button("BP").focus();
  await keyboard.press("?");
  const help = playground.host.getByRole("dialog", { name: "Help" });
  await expect(help).toContainText("Play or pause");
  await keyboard.press("8");
  await help.getByLabel("Use these keys").uncheck();
  await keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(playground.button("BP"), "the focus is where it was").toBeFocused();
  await keyboard.press("8");
  await expect(playground.button("DANP")).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await keyboard.press("8");
  await expect(playground.button("DANP"), "also after a reload").toHaveAttribute("aria-pressed", "true");
  await playground.button("Reset").focus();
  await expect(named, "no key is named that is not heard").toHaveCount(0);
  await expect(playground.host.locator(".explanation")).not.toContainText("Key");
});

test("slow shows every update, max goes on at full speed", async ({ page }) => {
  await tapWorkers(page);
  const playground = await open(page, { ...ENDLESS, algorithms: "bp" });
  await playground.control("Slow").check();
  await playground.button("Play").click();
  await expect(playground.word(/Update \d of 25000/)).toBeVisible();
  await expect.poll(async () => (await stepsOf(page))[0]).toBeGreaterThanOrEqual(4);
  const told = await page.evaluate(() => window.tapped.map(({ message }) => message.step ?? 0));
  expect([...new Set(told)].slice(0, 5), "it tells of each").toEqual([0, 1, 2, 3, 4]);
  await playground.control("Max").check();
  await expect(playground.word(/images\/s/)).toBeVisible();
  await expect.poll(async () => (await stepsOf(page))[0]).toBeGreaterThan(100);
});

test("the theme goes from the system's to light and dark, and stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const playground = await openKeeping(page, ENDLESS);
  expect(await ground(page)).toBe(DARK);
  await playground.button("Theme: as the system").click();
  await expect.poll(() => ground(page)).toBe(LIGHT);
  await page.reload();
  await playground.button("Theme: light").click();
  await expect.poll(() => ground(page)).toBe(DARK);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await ground(page)).toBe(DARK);
  await playground.button("Theme: dark").click();
  await expect.poll(() => ground(page)).toBe(LIGHT);
});
