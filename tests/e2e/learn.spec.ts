import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { link, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const LESSONS = ["noise", "update", "along", "angle", "pixels", "threshold"] as const;

function lessonOf(page: Page, name: string): Locator {
  return page.locator(`[data-lesson="${name}"]`);
}

function updates(lesson: Locator): Promise<number> {
  return lesson.evaluate((place: HTMLElement) => Number(place.dataset.updates));
}

/** Axe, light and wide, dark and narrow. */
async function expectAccessible(page: Page): Promise<void> {
  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 360],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
    expect(found, `${colorScheme}, ${width} px`).toEqual([]);
  }
}

for (const name of LESSONS) {
  test(`the figure "${name}" begins when it is seen, rests when it is not, and does as its buttons say`, async ({
    page,
  }) => {
    await page.goto("learn.html");
    const lesson = lessonOf(page, name);
    await expect(lesson).toHaveAttribute("data-phase", "waiting");
    const before = await lesson.locator(".panel > svg").last().innerHTML();
    await lesson.scrollIntoViewIfNeeded();
    await expect(lesson).toHaveAttribute("data-phase", "playing");
    await expect.poll(() => updates(lesson)).toBeGreaterThan(0);
    expect(await lesson.locator(".panel > svg").last().innerHTML()).not.toBe(before);
    await page.evaluate(() => scrollTo(0, 0));
    await expect(lesson).toHaveAttribute("data-phase", "resting");
    await lesson.scrollIntoViewIfNeeded();
    await lesson.getByRole("button", { name: "Pause" }).click();
    await expect(lesson).toHaveAttribute("data-phase", "paused");
    await lesson.getByRole("button", { name: "Start again" }).click();
    await expect(lesson).toHaveAttribute("data-updates", "0");
    const once = lesson.getByRole("button", { name: /once|One update|Next stage|More/ });
    await once.press("Enter");
    await expect(lesson).toHaveAttribute("data-updates", "1");
    await once.press("Enter");
    await expect(lesson, "nothing but the button moves it").toHaveAttribute("data-updates", "2");
  });
}

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing begins by itself, and Play leaps to the end", async ({ page }) => {
    await page.goto("learn.html");
    const lesson = lessonOf(page, "threshold");
    await lesson.scrollIntoViewIfNeeded();
    await expect(lesson).toHaveAttribute("data-phase", "waiting");
    await lesson.getByRole("button", { name: "Play" }).click();
    await expect(lesson).toHaveAttribute("data-over", "true");
    await expect(lesson.locator(".said")).toHaveText(
      /After 40 updates BP has 9 of 12 answers wrong, and NP 0\./,
    );
  });

  test("a larger learning rate throws NP off, and not DNP", async ({ page }) => {
    await page.goto("learn.html");
    const lesson = lessonOf(page, "pixels");
    const rate = lesson.getByRole("slider", { name: "Learning rate" });
    await rate.press("End");
    await expect(lesson).toHaveAttribute("data-over", "true");
    await expect(lesson.locator(".said")).toHaveText(/loss \de\d+ with NP, 0\.00\d with DNP/);
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false, provokes: true }); // the browser says that it fetches no scripts

  test("the article is whole: text, pictures and the recorded race", async ({ page }) => {
    await page.goto("learn.html");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("How noise teaches a network");
    for (const name of LESSONS) {
      for (const picture of await lessonOf(page, name).getByRole("img").all())
        expect((await picture.boundingBox())?.width, name).toBeGreaterThan(250);
    }
    await expect(page.getByRole("img", { name: /Test accuracy at the end/ })).toBeVisible();
    expect(await page.locator("body").innerText()).not.toMatch(/\{\{|%\w+\./);
  });
});

test("accessible, and on the smallest phone nothing is cut off", async ({ page }) => {
  await page.goto("learn.html");
  await lessonOf(page, "threshold").scrollIntoViewIfNeeded();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 600 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test("on paper it has its pictures and none of its buttons", async ({ page }) => {
  await page.goto("learn.html");
  const lesson = lessonOf(page, "pixels");
  const pictures = () =>
    lesson.locator(".panel > svg").evaluateAll((all) => all.map((picture) => picture.outerHTML));
  const recorded = await pictures();
  await lesson.getByRole("button", { name: "Start again" }).click();
  await expect.poll(pictures, "those of the start").not.toEqual(recorded);
  await expect(lesson).toHaveAttribute("data-phase", "paused");
  expect(await pictures()).not.toEqual(recorded);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await pictures(), "those of which the text speaks").toEqual(recorded);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await pictures()).not.toEqual(recorded);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(lesson.getByRole("img").first()).toBeVisible();
  await expect(lesson.getByRole("button", { name: "Play" })).toBeHidden();
  await expect(page.getByRole("img", { name: /Test accuracy at the end/ })).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    "rgb(246, 245, 242)",
  );
});

test("the settings come along from the playground, and go back with what was changed", async ({ page }) => {
  await page.goto(`index.html#${link({ ...SMALL, seed: 7 })}`);
  const playground = new Playground(page);
  await playground.untilDone();
  await page.getByRole("link", { name: "How it works", exact: true }).click();
  await expect(page).toHaveURL(/learn\.html#.*seed=7/);
  await page.locator("np-playground").scrollIntoViewIfNeeded();
  await expect.poll(async () => (await playground.config()).seed).toBe(7);
  await playground.button("DANP").click();
  await page.getByRole("link", { name: "To the playground" }).first().click();
  await expect(page).toHaveURL(/index\.html#.*algorithms=bp,danp/);
  await expect.poll(async () => (await playground.config()).seed).toBe(7);
  await page.goBack();
  await page.getByRole("link", { name: /In the playground/ }).click();
  await expect(page.locator("np-update")).toBeVisible();
  expect((await playground.config()).seed).toBe(7);
});

test.describe("in trouble", () => {
  test.use({ provokes: true });

  test("a figure that cannot start says so, and its picture stays", async ({ page }) => {
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
    await page.goto("learn.html");
    const lesson = lessonOf(page, "noise");
    const picture = lesson.getByRole("img").first();
    const before = await picture.innerHTML();
    await lesson.scrollIntoViewIfNeeded();
    await expect(lesson.locator(".said")).toContainText("This figure could not start");
    expect(await picture.innerHTML()).toBe(before);
  });

  test("a figure whose worker is lost says so, and begins anew", async ({ page }) => {
    await page.addInitScript(() => {
      window.Worker = class extends Worker {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          addEventListener("lose", () => {
            this.terminate();
            this.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
          });
        }
      };
    });
    await page.goto("learn.html");
    const lesson = lessonOf(page, "noise");
    await lesson.scrollIntoViewIfNeeded();
    await expect.poll(() => updates(lesson)).toBeGreaterThan(0);
    await lesson.getByRole("button", { name: "Start again" }).click();
    await expect(lesson).toHaveAttribute("data-updates", "0");
    await page.evaluate(() => dispatchEvent(new Event("lose")));
    const once = lesson.getByRole("button", { name: "Throw once" });
    await once.click();
    await expect(lesson.locator(".said")).toContainText(
      "This figure has stopped (the worker that it ran in is gone).",
    );
    await once.click();
    await expect(lesson).toHaveAttribute("data-updates", "1");
  });
});
