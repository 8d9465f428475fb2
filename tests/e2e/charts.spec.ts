import { open, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

test("the arrow keys read a chart aloud, on every axis, and the band is chosen", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,danp", num_seeds: 2, epochs: 3 });
  const chart = playground.host.locator("np-learning-curves");
  const cursor = chart.getByRole("slider");
  await expect(cursor).toHaveAttribute("aria-valuetext", "no values yet");
  await playground.button("Play").click();
  await playground.untilDone();

  const { runs } = await playground.result();
  const meanAt = (algorithm: string, epoch: number) => {
    const values = runs
      .filter((run) => run.algorithm === algorithm)
      .map((run) => run.history.test_acc[epoch]);
    return `${((100 * ((values[0] ?? 0) + (values[1] ?? 0))) / 2).toFixed(1)}%`;
  };
  await cursor.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(cursor).toHaveAttribute("aria-valuetext", /^epoch 1: /);
  await expect(cursor).toHaveAttribute("aria-valuetext", new RegExp(`BP ${meanAt("bp", 1)}`));
  await expect(cursor).toHaveAttribute("aria-valuetext", new RegExp(`DANP ${meanAt("danp", 1)}`));
  await expect(chart.locator(".readings")).toContainText(meanAt("danp", 1));
  await page.keyboard.press("Escape");
  await expect(chart.locator(".readings")).toBeHidden();

  await chart.getByRole("combobox", { name: "against" }).selectOption("updates");
  await cursor.focus();
  await page.keyboard.press("End");
  await expect(cursor, "3 epochs of 10 updates").toHaveAttribute("aria-valuetext", /^updates 30: /);
  await page.keyboard.press("ArrowLeft");
  await expect(cursor).toHaveAttribute("aria-valuetext", /^updates 20: /);

  await chart.getByRole("combobox", { name: "Band" }).selectOption("± 1 SD");
  await chart.getByText("Values as a table").click();
  const [low, high] = await chart
    .getByRole("row")
    .last()
    .getByRole("cell")
    .first()
    .evaluate((cell) => (cell.textContent ?? "").match(/\d+\.\d%/g)?.slice(1) ?? []);
  const last = runs
    .filter(({ algorithm }) => algorithm === "bp")
    .map(({ history }) => history.test_acc[3] ?? 0);
  const sd = Math.abs((last[0] ?? 0) - (last[1] ?? 0)) / Math.SQRT2;
  expect(Number.parseFloat(high ?? "") - Number.parseFloat(low ?? "")).toBeCloseTo(200 * sd, 0);

  const box = await chart.locator("np-plot").boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(chart.locator(".readings"), "the pointer moves the cursor, too").toBeVisible();
});
