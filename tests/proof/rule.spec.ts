import { open, SMALL } from "../e2e/support/playground";
import { expect, test } from "../e2e/support/test";

/** What last_layer.rs says of itself. */
const [PLAIN, DECORRELATED] = ["LAST", "D-LAST"];
const WORDS = "Adds noise to the last layer alone & leaves all others as they are.";

test("a rule of one file and one line has its chips among the rivals, with words, hue and keys", async ({
  page,
}) => {
  const playground = await open(page, SMALL);
  const chips = playground.host.locator("np-rules");
  const [plain, decorrelated] = [playground.button(PLAIN), playground.button(DECORRELATED)];
  await expect(plain).toBeHidden();
  await chips.getByText("Rivals").click();
  await expect(plain).toHaveAttribute("title", /^Last-layer perturbation\. Key: /);
  await expect(decorrelated).toHaveAttribute("title", /^Decorrelated last-layer perturbation\. Key: /);

  const hues = await chips.getByRole("button").evaluateAll((buttons) =>
    buttons.map((button) => ({
      name: button.textContent?.trim(),
      hue: getComputedStyle(button).getPropertyValue("--hue").trim(),
    })),
  );
  const own = hues.filter(({ name }) => name === PLAIN || name === DECORRELATED).map(({ hue }) => hue);
  expect(own[0], "a colour").toMatch(/^#[0-9a-f]{3,6}$/);
  expect(own[1], "that both forms share").toBe(own[0]);
  expect(hues.filter(({ hue }) => hue === own[0])).toHaveLength(2);

  await plain.focus();
  const strip = playground.host.getByRole("complementary", { name: "Explanation" });
  await expect(strip).toContainText(WORDS);
  await expect(strip).toContainText("Source: The tests of this page.");
  await expect(strip.locator("math")).toBeVisible();

  for (const chip of [plain, decorrelated]) {
    const key = (await chip.getAttribute("aria-keyshortcuts")) ?? "";
    await page.keyboard.press(key);
    await expect(chip).toHaveAttribute("aria-pressed", "true");
  }
  await page.keyboard.press("?");
  await expect(playground.host.getByRole("dialog")).toContainText(PLAIN);
});

test("it is in the link, learns, and has its curves, its lines and its sentence", async ({ page }) => {
  const playground = await open(page, { ...SMALL, lr: 0.03, epochs: 5 });
  await playground.host.locator("np-rules").getByText("Rivals").click();
  for (const name of [PLAIN, DECORRELATED]) await playground.button(name).click();
  await playground.button("BP").click();
  await expect.poll(async () => (await playground.config()).algorithms).toHaveLength(2);
  const { algorithms } = await playground.config();
  await expect.poll(() => new URL(page.url()).hash).toContain(`algorithms=${algorithms.join(",")}`);

  await page.reload();
  await expect.poll(async () => (await playground.config()).algorithms).toEqual(algorithms);
  await expect(playground.button(PLAIN), "what is chosen is seen").toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  for (const { algorithm, status, history } of (await playground.result()).runs) {
    expect(status, algorithm).toBe("finished");
    expect(history.test_acc.at(-1), algorithm).toBeGreaterThan(0.3);
  }
  const curves = playground.host.locator("np-learning-curves");
  await curves.getByText("Values as a table").click();
  for (const name of [PLAIN, DECORRELATED])
    await expect(curves.getByRole("columnheader", { name, exact: true })).toBeVisible();
  await playground.unfold("Runs");
  await expect(playground.host.locator("np-run-table").getByRole("row")).toHaveCount(3);
  await expect(playground.host.locator(".outcome", { hasText: `${PLAIN} ` })).toBeVisible();
});

test("its update is seen, stage by stage", async ({ page }) => {
  const playground = await open(page, { ...SMALL, train_size: 200, test_size: 100 });
  await playground.host.locator("np-rules").getByText("Rivals").click();
  await playground.button(PLAIN).click();
  await playground.button("BP").click();
  await playground.button("One update").click();
  const view = playground.host.locator("np-update");
  await expect(view.locator(".sentence")).toContainText(`${PLAIN}'s network`);
  const told = [/Only layer 2 gets noise/, /the noise made the loss/, /every unit is told/, /loss goes from/];
  for (const words of told) {
    await view.getByRole("button", { name: "Next", exact: true }).click();
    await expect(view.locator(".sentence")).toContainText(words);
  }
  await expect(view.getByRole("button", { name: "Next", exact: true })).toBeDisabled();
});

test("it stands in the article's table of rules, in the sweep and among what a device is measured by", async ({
  page,
}) => {
  await page.goto("learn.html");
  await expect(page.getByRole("row", { name: WORDS })).toContainText(PLAIN);
  await page.goto("./");
  await page.getByText("Sweep", { exact: true }).click();
  await expect(page.locator("np-sweep").getByLabel("Rule")).toContainText(DECORRELATED);
});
