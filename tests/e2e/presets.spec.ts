import { readFileSync } from "node:fs";
import { ENDLESS, open, Playground, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";
import { stepsOf, tapWorkers } from "./support/worker-tap";

interface Axis {
  of: string;
  values: (string | number)[];
}

interface Preset {
  id: string;
  /** What is otherwise on its other side. */
  beside?: { algorithms?: string[] };
  sweep?: { rows: Axis; columns: Axis };
  config: { algorithms: string[]; train_size: number; num_seeds?: number };
}

const presets: Preset[] = JSON.parse(
  readFileSync(new URL("../../www/app/contract/presets.json", import.meta.url), "utf8"),
);

// Whether each shows what it says is tested natively, where they take a minute: tests/presets.rs.
test("every preset says what it is about, is accepted and trains", async ({ page }) => {
  await tapWorkers(page);
  const playground = await open(page, SMALL);
  const select = playground.control("Preset");
  const reasons = new Set<string>();
  for (const { id, config } of presets) {
    await select.selectOption(id);
    await expect.poll(async () => (await playground.config()).train_size, id).toBe(config.train_size);
    expect((await playground.config()).algorithms, id).toEqual(config.algorithms);
    await expect(select).toHaveValue(id);
    reasons.add((await playground.host.locator("#reason").textContent()) ?? "");
    await expect(playground.notice).toHaveCount(0);
    if (config.train_size > 10_000) continue;
    await page.evaluate(() => window.tapped.splice(0));
    await playground.button("Step").click();
    await expect
      .poll(async () => (await stepsOf(page)).filter((step) => step === 1).length, id)
      .toBeGreaterThan(0);
  }
  expect(reasons.size).toBe(presets.length);
});

test("settings that are none of a preset, and have not been changed from one, are said to be own ones", async ({
  page,
}) => {
  const playground = await open(page, SMALL);
  const reason = playground.host.locator("#reason");
  const select = playground.control("Preset");
  const said = await reason.textContent();
  await select.selectOption("why-decorrelate");
  await playground.control("Learning rate").fill("0.2");
  await playground.control("Learning rate").press("Enter");
  await expect(reason).toContainText("with settings of your own");
  await page.goBack();
  await expect.poll(async () => (await playground.config()).train_size).toBe(SMALL.train_size);
  await expect(reason).toHaveText(said ?? "");
});

const sweeps = presets.flatMap(({ id, sweep }) => (sweep ? [{ id, cells: cellsOf(sweep) }] : []));

function cellsOf({ rows, columns }: Required<Preset>["sweep"]): number {
  return rows.values.length * columns.values.length;
}

const panel = ({ host }: Playground) => host.locator("np-sweep");

test("there is a preset that sweeps", () => expect(sweeps).not.toEqual([]));

for (const { id, cells } of sweeps) {
  test(`the preset ${id} lays its sweep out, and the reader starts it`, async ({ page }) => {
    const playground = await open(page, SMALL);
    await expect(panel(playground)).toHaveCount(0);
    await playground.control("Preset").selectOption(id);
    const start = panel(playground).getByRole("button", { name: "Start sweep" });
    await expect(start).toBeInViewport();
    await expect(panel(playground).getByRole("gridcell")).toHaveCount(0);
    await start.click();
    await expect(panel(playground).getByRole("gridcell")).toHaveCount(cells);
    await expect(
      panel(playground)
        .getByRole("button", { name: /: training$/ })
        .first(),
    ).toBeVisible();
    await panel(playground).getByRole("button", { name: "Cancel" }).click();
  });

  test(`the preset ${id} lays its sweep out by its attribute and by its link, and is none in a small figure`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`embed.html?preset=${id}`);
    const playground = new Playground(page);
    const start = panel(playground).getByRole("button", { name: "Start sweep" });
    await expect(start).toBeVisible();
    await expect(start, "nothing scrolls the page that it is in").not.toBeInViewport();
    const rows = await panel(playground).getByLabel("Rows", { exact: true }).inputValue();
    const [config, link] = [
      await playground.config(),
      await playground.host.evaluate((element: PlaygroundElement) => element.link),
    ];
    await page.goto(`embed.html#${link}`);
    await expect(start).toBeVisible();
    expect(await playground.config()).toEqual(config);
    expect(await panel(playground).getByLabel("Rows", { exact: true }).inputValue()).toBe(rows);
    await page.goto(`embed.html?preset=${id}&controls=min`);
    await expect(playground.button("Play")).toBeVisible();
    await expect(playground.host.getByText("A sweep")).toHaveCount(0);
  });

  test(`the preset ${id}, chosen while runs are under way, sweeps in their place`, async ({ page }) => {
    const playground = await open(page, ENDLESS);
    await playground.button("Play").click();
    await playground.untilTrained();
    await playground.control("Preset").selectOption(id);
    await expect(
      panel(playground)
        .getByRole("button", { name: /: training$/ })
        .first(),
    ).toBeInViewport();
    await expect(playground.word("Paused")).toBeVisible();
    await expect(playground.control("Preset")).toHaveValue(id);
  });
}

test("presets after a sweep train, sweep and stop the sweep before, like those after runs", async ({
  page,
}) => {
  const playground = await open(page, ENDLESS);
  const [first, second] = sweeps;
  if (!first || !second) throw new Error("two presets that sweep");
  const training = panel(playground).getByRole("button", { name: /: training$/ });
  const spoken = playground.host.locator(".layout > [role=status]");
  await playground.button("Play").click();
  await expect(spoken).toContainText("Test accuracy");
  await playground.control("Preset").selectOption(first.id);
  await expect(training.first()).toBeVisible();
  await expect(spoken, "what was said of other runs is not left").toBeEmpty();
  await playground.control("Preset").selectOption(second.id);
  await expect(panel(playground).getByRole("gridcell")).toHaveCount(second.cells);
  await expect(training.first()).toBeVisible();
  await playground.control("Preset").selectOption("hard-thresholds");
  await playground.untilTrained();
  await expect(training, "the sweep leaves the cores to the runs").toHaveCount(0);
});

test("a preset that compares draws both sides, and says which curves are which", async ({ page }) => {
  const playground = await open(page, SMALL);
  const curves = playground.host.locator("np-learning-curves");
  await curves.getByText("Values as a table").click();
  await page.mouse.move(0, 0); // what the pointer rests on would be explained
  const explanation = playground.host.getByRole("complementary", { name: "Explanation" });
  const compared = presets.filter(({ beside }) => beside);
  expect(compared.length).toBeGreaterThan(5);
  for (const { id, config, beside } of compared) {
    await playground.control("Preset").focus();
    await playground.control("Preset").selectOption(id);
    const rules = beside?.algorithms ?? config.algorithms;
    await expect(curves.getByRole("columnheader"), id).toHaveCount(1 + rules.length);
    await expect(curves.locator("figcaption"), id).toContainText(
      /Pale: .*, recorded earlier \(.*\), (one|mean)/,
    );
    await expect(explanation, id).toContainText("(pale");
    const last = curves.getByRole("row").last().getByRole("cell");
    for (const value of await last.allTextContents()) expect(value, id).toMatch(/^\d+\.\d%/);
  }
  await playground.button("BP").click();
  await expect(curves.locator("figcaption"), "of other settings they say nothing").not.toContainText("Pale");
});
