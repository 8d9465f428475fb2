import { ENDLESS, open, type Playground, SMALL } from "./support/playground";
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
  await expect(panel(playground).getByRole("alert")).toContainText("lr = 99 cannot be used");
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
