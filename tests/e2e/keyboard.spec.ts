import type { Locator, Page } from "@playwright/test";
import { ENDLESS, open, openKeeping, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** What is written on or beside what has the focus, through every shadow root; of a summary its title. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    const title = element?.matches("summary") ? element.querySelector("h2, h3")?.textContent : undefined;
    const text = element?.getAttribute("aria-label") ?? label ?? title ?? element?.textContent ?? "";
    return text.trim();
  });
}

/** Tabs until the focus is on what has this name, which must not be far. */
async function tabTo(page: Page, name: string, key = "Tab"): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 80) {
    await page.keyboard.press(key);
    passed.push(await focused(page));
    if (passed.at(-1) === name) return;
  }
  throw new Error(`no way to ${name} with ${key}; passed were ${passed.join(" | ")}`);
}

async function expectRing(focus: Locator): Promise<void> {
  await expect(focus).toBeFocused();
  const ring = await focus.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return [outlineStyle, Number.parseFloat(outlineWidth) > 0];
  });
  expect(ring).toEqual(["solid", true]);
}

test("the tab order starts with play, step, epoch, reset", async ({ page }) => {
  const playground = await open(page, SMALL);
  for (const name of ["Play", "Step", "Epoch", "Reset"]) {
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe(name);
    await expectRing(playground.button(name));
  }
});

test("on the full page, which starts by itself, pause is the first control", async ({ page }) => {
  const playground = await open(page, ENDLESS, "index.html");
  await expect(playground.button("Pause")).toBeVisible();
  await page.keyboard.press("Tab"); // to the article, which the header leads to
  await page.keyboard.press("Tab");
  await expectRing(playground.button("Pause"));
});

test("a whole experiment with the keyboard alone", async ({ page }) => {
  const playground = await open(page, ENDLESS);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await playground.untilTrained();
  await expectRing(playground.button("Pause"));
  await page.keyboard.press("Enter");
  await expect(playground.word("Paused")).toBeVisible();
  await expectRing(playground.button("Play"));

  await tabTo(page, "DANP");
  await page.keyboard.press("Space");
  await expect(playground.button("DANP")).toHaveAttribute("aria-pressed", "true");
  await expectRing(playground.button("DANP"));
  await tabTo(page, "Learning rate");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("0.005");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await playground.config()).lr).toBe(0.005);
  await tabTo(page, "Learning rate, slider");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await playground.config()).lr).toBe(0.0049);
  await tabTo(page, "Network");
  await page.keyboard.press("Enter");
  await tabTo(page, "Activation");
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await playground.config()).activation).toBe("relu");

  await tabTo(page, "Training");
  await page.keyboard.press("Enter");
  await tabTo(page, "Epochs");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await expect.poll(async () => (await playground.config()).epochs).toBe(2);

  await tabTo(page, "Play", "Shift+Tab");
  await page.keyboard.press("Enter");
  await playground.untilDone();
  expect(await playground.statuses()).toEqual(["finished", "finished"]);
  await tabTo(page, "Values as a table");
  await page.keyboard.press("Enter");
  await expect(playground.host.locator("np-learning-curves").getByRole("table")).toBeVisible();
});

test("what has the focus is explained", async ({ page }) => {
  const playground = await open(page, SMALL);
  const strip = playground.host.getByRole("complementary", { name: "Explanation" });
  await tabTo(page, "Step");
  await expect(strip).toContainText("One update in every run");
  await tabTo(page, "New seed");
  await expect(strip).toContainText("other first weights");
  await tabTo(page, "ANP");
  await expect(strip).toContainText(/activity/i);
  await tabTo(page, "Learning rate");
  await expect(strip).toContainText(
    "How far each update moves the weights. From 0.000001 to 10; by default 0.001.",
  );
  await expect(strip.locator("math")).toBeVisible();
  await tabTo(page, "Network");
  await expect(strip).toContainText("A change starts the runs again.");
  await tabTo(page, "Sweep");
  await expect(strip).toContainText("Many short runs side by side");
});

test("what the pointer is on is explained, too, and then again what has the focus", async ({ page }) => {
  const playground = await open(page, SMALL);
  const strip = playground.host.getByRole("complementary", { name: "Explanation" });
  await tabTo(page, "Step");
  await playground.button("INP").hover();
  await expect(strip).toContainText("one layer at a time");
  expect((await playground.config()).algorithms).toEqual(["bp"]);
  await playground.control("Noise size").hover();
  await expect(strip).toContainText("Standard deviation of the noise");
  await playground.host.locator("np-learning-curves figcaption").hover();
  await expect(strip).toContainText("The share of images that a network gets right");
  await page.mouse.move(1, 1);
  await expect(strip).toContainText("One update in every run");
});

test("the focus stays near where what had it is gone or of no more use", async ({ page }) => {
  const playground = await openKeeping(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.button("Reset").click();
  await playground.button("Undo").focus();
  await page.keyboard.press("Enter");
  await expect(playground.button("Undo")).toBeDisabled();
  await expect(playground.button("Play")).toBeFocused();

  await playground.unfold("Kept results");
  const list = playground.host.locator("np-kept");
  await list.getByRole("button", { name: "Delete" }).click();
  await list.getByRole("button", { name: "Bring it back" }).focus();
  await page.keyboard.press("Enter");
  await expect(list.getByRole("region", { name: "Kept results" })).toBeFocused();
});

test("the button that starts a sweep keeps the focus, and cancels it", async ({ page }) => {
  const playground = await open(page, ENDLESS);
  await playground.unfold("Sweep");
  const sweep = playground.host.locator("np-sweep");
  await sweep.getByRole("button", { name: "Start sweep" }).focus();
  await page.keyboard.press("Enter");
  await expect(sweep.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sweep.getByText(/^Cancelled: /)).toBeVisible();
  await expect(sweep.getByRole("button", { name: "Start sweep" })).toBeFocused();
});
