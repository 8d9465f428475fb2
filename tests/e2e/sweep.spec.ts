import { ENDLESS, open, type Playground, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const panel = ({ host }: Playground) => host.locator("np-sweep");

async function plan(playground: Playground, lrs: string, noises: string): Promise<void> {
  await panel(playground).getByLabel("Learning rates").fill(lrs);
  await panel(playground).getByLabel("Noise sizes").fill(noises);
  await panel(playground).getByRole("button", { name: "Start sweep" }).click();
}

test("a sweep fills its map, and a cell, chosen with the keyboard, gives the rule its rates", async ({
  page,
}) => {
  const playground = await open(page, SMALL);
  await playground.host.getByText("Sweep", { exact: true }).click();
  await panel(playground).getByRole("combobox", { name: "Rule" }).selectOption("ANP");

  await plan(playground, "0.01, 99", "0.01");
  await expect(panel(playground).getByRole("alert")).toContainText(
    "Learning rate of ANP “99” cannot be used",
  );
  await plan(playground, "", "0.01");
  await expect(panel(playground).getByRole("alert")).toContainText("0 pairs");

  await plan(playground, "0.01, 0.001", "0.01, 0.1");
  await expect(panel(playground).getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  const cells = panel(playground).getByRole("gridcell");
  expect(await cells.allTextContents()).toHaveLength(4);

  await cells.first().getByRole("button").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const last = cells.last().getByRole("button");
  await expect(last).toBeFocused();
  await expect(last).toHaveAccessibleName(/^Rate 0.01, noise 0.1: \d/);
  await page.keyboard.press("Enter");
  await expect(last).toHaveAttribute("aria-current", "true");
  await expect
    .poll(() => playground.config())
    .toMatchObject({ algorithms: ["bp", "anp"], overrides: { anp: { lr: 0.01, noise_std: 0.1 } } });

  await playground.button("Play").click();
  await playground.untilDone();
  const anp = (await playground.result()).runs.find(({ algorithm }) => algorithm === "anp");
  const accuracy = `${(100 * (anp?.history.test_acc.at(-1) ?? 0)).toFixed(1)}%`;
  await expect(last, "the page trains to what the cell says").toHaveText(accuracy);
});

test("what has been typed for a sweep stays with another rule, and when its side has come back", async ({
  page,
}) => {
  const playground = await open(page, SMALL);
  await playground.host.getByText("Sweep", { exact: true }).click();
  const rates = panel(playground).getByLabel("Learning rates");
  const suggested = await rates.inputValue();
  await rates.fill("0.07, 0.0042");
  await panel(playground).getByRole("combobox", { name: "Rule" }).selectOption("ANP");
  await expect(rates).toHaveValue("0.07, 0.0042");
  const rows = panel(playground).getByRole("combobox", { name: "Rows" });
  await rows.selectOption("Draws of noise");
  await rows.selectOption("Learning rate");
  await expect(rates).toHaveValue("0.07, 0.0042");
  expect(suggested).not.toBe("0.07, 0.0042");
});

test("nothing keeps the map of a sweep: the browser asks before it is left", async ({ page }) => {
  const playground = await open(page, SMALL, "index.html");
  await playground.host.getByText("Sweep", { exact: true }).click();
  await plan(playground, "0.01, 0.001", "0.01");
  await expect(panel(playground).getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => location.reload()));
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await expect(panel(playground).getByRole("gridcell")).toHaveCount(2);
});

test("a map that another has taken the place of can be shown again", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.host.getByText("Sweep", { exact: true }).click();
  await plan(playground, "0.01, 0.001", "0.01");
  const best = panel(playground).getByText(/^Best: \d/);
  await expect(best).toBeVisible({ timeout: 60_000 });
  const cells = panel(playground).getByRole("gridcell");
  const numbers = await cells.allTextContents();
  await plan(playground, "0.1", "0.1");
  await expect(cells).toHaveCount(1);
  await expect(best).toBeVisible({ timeout: 60_000 });
  const earlier = panel(playground).getByRole("button", { name: /^1\. .+ by learning rate and noise size$/ });
  await earlier.click();
  await expect(cells).toHaveText(numbers);
  await expect(panel(playground).getByLabel("Learning rates")).toHaveValue(/0.001/);
  await cells.last().getByRole("button").focus();
  await earlier.click();
  await expect(cells, "and the other one after that").toHaveCount(1);
  await expect(cells.getByRole("button"), "the tab key reaches it").toHaveAttribute("tabindex", "0");
});

test("a sweep of other settings than the page has now says so, and a cell brings them back", async ({
  page,
}) => {
  const playground = await open(page, SMALL);
  await playground.host.getByText("Sweep", { exact: true }).click();
  await panel(playground).getByRole("combobox", { name: "Rule" }).selectOption("ANP");
  await plan(playground, "0.001, 0.01", "0.01");
  await expect(panel(playground).getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  const others = panel(playground).getByText("Trained with other settings than the page has now.");
  const cell = panel(playground).getByRole("button", { name: "Rate 0.01, noise 0.01: " });
  await cell.click();
  await expect(cell).toHaveAttribute("aria-current", "true");
  await expect(others).toBeHidden();
  const elsewhere = panel(playground).getByText("The page now has 2 epochs and seed");
  await expect(elsewhere).toBeHidden();
  await playground.button("New seed").click();
  await expect(elsewhere, "which a cell leaves as it is").toBeVisible();
  await playground.button("Undo").click();
  await expect(elsewhere).toBeHidden();

  await playground.unfold("Training");
  await playground.control("Optimizer").selectOption("SGD");
  await expect(others).toBeVisible();
  await expect(cell, "it is no more what the page would train").toHaveAttribute("aria-current", "false");
  await playground.control("Epochs").fill("3");
  await cell.click();
  await expect(others).toBeHidden();
  expect(await playground.config()).toMatchObject({ optimizer: "adam", overrides: { anp: { lr: 0.01 } } });
});

test("a cell is the page's own where the run has its rates from the first update on", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "anp" });
  await playground.button("Step").click();
  await expect(playground.word("Paused")).toBeVisible();
  await playground.host.getByText("Sweep", { exact: true }).click();
  await panel(playground).getByRole("combobox", { name: "Rule" }).selectOption("ANP");
  await plan(playground, "0.02", "0.03");
  await expect(panel(playground).getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  const cell = panel(playground).getByRole("gridcell").getByRole("button");
  await cell.click();
  const link = () => playground.host.evaluate((element: PlaygroundElement) => element.link);
  await expect.poll(link, "it goes on with another rate than it began with").toContain("anp.lr@0.1=0.02");
  await expect(cell).toHaveAttribute("aria-current", "false");
});

test("a sweep pauses the runs, and can be cancelled", async ({ page }) => {
  const playground = await open(page, { ...ENDLESS, algorithms: "danp" });
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.host.getByText("Sweep", { exact: true }).click();
  await plan(playground, "0.001, 0.01", "0.01");
  await expect(playground.word("Paused")).toBeVisible();
  await expect(
    panel(playground)
      .getByRole("button", { name: /training/ })
      .first(),
  ).toBeVisible();
  await panel(playground).getByRole("button", { name: "Cancel" }).click();
  await expect(panel(playground).getByText("Cancelled: 0 of 2 runs")).toBeVisible();
  await expect.poll(() => page.workers(), "the paused run's own is left").toHaveLength(1);
});

test("rules by draws of noise: each row is a rule, and a cell gives it its draws", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "np,wp" });
  await playground.host.getByText("Sweep", { exact: true }).click();
  await panel(playground).getByLabel("Rows", { exact: true }).selectOption("Rule");
  await panel(playground).getByLabel("Columns", { exact: true }).selectOption("Draws of noise");
  await expect(panel(playground).getByRole("combobox", { name: "Rule", exact: true })).toHaveCount(0);
  const rules = panel(playground).getByLabel("Rules", { exact: true });
  await expect(rules, "those of the page").toHaveValue("NP, WP");
  await rules.fill("NP, XP");
  await panel(playground).getByRole("button", { name: "Start sweep" }).click();
  await expect(panel(playground).getByRole("alert")).toContainText('"XP" is not a rule');
  await rules.fill("wp, Direct FA");
  await panel(playground).getByLabel("Draws", { exact: true }).fill("1, 2");
  await panel(playground).getByRole("button", { name: "Start sweep" }).click();
  await expect(panel(playground).getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  await expect(panel(playground).getByRole("rowheader")).toHaveText(["WP", "Direct FA"]);
  await expect(panel(playground).getByRole("alert")).toHaveCount(0);

  const cell = panel(playground).getByRole("button", { name: "WP, 2 draws: " });
  const accuracy = await cell.textContent();
  await panel(playground).getByLabel("Alignment angle", { exact: true }).check({ force: true });
  await expect(cell).toHaveText(/^\s*\d+\.\d°\s*$/);
  await expect(panel(playground).getByText(/^Best: \d+\.\d°, at /)).toBeVisible();
  await panel(playground).getByLabel("Test accuracy", { exact: true }).check({ force: true });
  await cell.click();
  await expect(cell).toHaveAttribute("aria-current", "true");
  await expect.poll(() => playground.config()).toMatchObject({ overrides: { wp: { num_noise_iters: 2 } } });

  await playground.button("Play").click();
  await playground.untilDone();
  const wp = (await playground.result()).runs.find(({ algorithm }) => algorithm === "wp");
  expect(accuracy?.trim(), "the page trains to what the cell says").toBe(
    `${(100 * (wp?.history.test_acc.at(-1) ?? 0)).toFixed(1)}%`,
  );
});

test("widths by rates: rules that need no noise may be swept, and the sides exchange what they vary", async ({
  page,
}) => {
  const playground = await open(page, { ...SMALL, epochs: 1 });
  await playground.host.getByText("Sweep", { exact: true }).click();
  await panel(playground).getByLabel("Columns", { exact: true }).selectOption("Width");
  await panel(playground).getByRole("combobox", { name: "Rule", exact: true }).selectOption("BP");
  await panel(playground).getByLabel("Rows", { exact: true }).selectOption("Width");
  await expect(panel(playground).getByLabel("Columns", { exact: true })).toHaveValue("lr");
  await panel(playground).getByLabel("Units a layer").fill("8, 16");
  await panel(playground).getByLabel("Learning rates").fill("0.01");
  await panel(playground).getByRole("button", { name: "Start sweep" }).click();
  await expect(panel(playground).getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  await panel(playground).getByRole("button", { name: "16 units a layer, rate 0.01: " }).click();
  await expect
    .poll(() => playground.config())
    .toMatchObject({ hidden_sizes: [16], overrides: { bp: { lr: 0.01 } } });
});
