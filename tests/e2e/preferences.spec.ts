import AxeBuilder from "@axe-core/playwright";
import { link, open, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const RUNNING = { ...SMALL, algorithms: "bp,danp", train_size: 5000, epochs: 50 };

test("in forced colours what is chosen differs by more than its colour, and the curves keep theirs", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  const playground = await open(page, { ...SMALL, algorithms: "bp,danp" }, "index.html");
  await playground.untilDone();
  const border = (name: string) =>
    playground.button(name).evaluate((chip) => getComputedStyle(chip).borderTopWidth);
  expect(await border("DANP")).not.toBe(await border("ANP"));
  await playground.unfold("Runs");
  const line = (rule: string) =>
    playground.host
      .locator("np-run-table")
      .getByRole("row", { name: rule })
      .first()
      .locator(".line")
      .evaluate((mark) => getComputedStyle(mark).borderTopColor);
  expect(await line("BP")).not.toBe(await line("DANP"));
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("in forced colours the bars of the outputs keep theirs: nothing else shows them", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`embed.html#${link({ ...SMALL, algorithms: "np", view: "update" })}`);
  const bar = page.locator("np-update-network .bar").first();
  await expect(bar).toHaveCSS("background-color", "rgb(224, 108, 22)");
});

test("nothing moves but what is drawn after an epoch", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const playground = await open(page, RUNNING, "index.html");
  await playground.untilTrained();
  const moving = () =>
    playground.host.evaluate((host) => {
      const within = (root: Document | ShadowRoot): Animation[] => [
        ...root.getAnimations(),
        ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
          shadowRoot ? within(shadowRoot) : [],
        ),
      ];
      return within(host.ownerDocument).length;
    });
  for (const name of ["Test", "Loss", "Slow"]) {
    await playground.host.getByRole("radio", { name }).click();
    expect(await moving(), name).toBe(0);
  }
});

test("who wants less data is not made to fetch them by a wish of the browser, either", async ({ page }) => {
  await page.addInitScript(() => {
    const real = window.matchMedia.bind(window);
    window.matchMedia = (query) => real(query === "(prefers-reduced-data: reduce)" ? "all" : query);
  });
  const data: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("mnist-")) data.push(request.url());
  });
  await page.goto("./");
  await expect(page.getByText("Pale: recorded earlier")).toBeVisible();
  await page.waitForTimeout(500);
  expect(data).toEqual([]);
});
