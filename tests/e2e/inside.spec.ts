import type { Locator, Page } from "@playwright/test";
import { open, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** Trained well enough to read what is drawn, in a few seconds. */
const READERS = {
  ...SMALL,
  algorithms: "bp,danp",
  train_size: 5000,
  hidden_sizes: "64,64",
  epochs: 8,
  lr: 0.005,
};

type Spots = [number, number][];
// biome-ignore format: a drawing
const THREE: Spots = [
  [0.28, 0.22], [0.45, 0.12], [0.65, 0.18], [0.68, 0.34], [0.45, 0.47],
  [0.7, 0.56], [0.72, 0.76], [0.5, 0.88], [0.26, 0.78],
];
// biome-ignore format: a drawing
const SEVEN: Spots = [[0.25, 0.15], [0.75, 0.15], [0.55, 0.5], [0.42, 0.9]];

async function draw(page: Page, pad: Locator, spots: Spots): Promise<void> {
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error("the pad has no place");
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...rest] = spots;
  await page.mouse.move(...at(first as [number, number]));
  await page.mouse.down();
  for (const spot of rest) await page.mouse.move(...at(spot), { steps: 6 });
  await page.mouse.up();
}

test("what is said aloud of a drawing is what the networks say that there are", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp" });
  const tryIt = playground.host.locator("np-try-it");
  const said = tryIt.getByRole("status").filter({ hasText: / says \d/ });
  await draw(page, tryIt.getByRole("application", { name: "Drawing pad" }), THREE);
  await expect(tryIt.getByText("before training begins")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(said).toHaveText(/^BP says/);
  await playground.button("ANP").click();
  await playground.button("BP").click();
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(said).toHaveText(/^ANP says/);
  await playground.button("Reset").click();
  await expect(said).toHaveCount(0);
});

test("trained networks read what is drawn, and show what is inside them", async ({ page }) => {
  const playground = await open(page, READERS);
  const tryIt = playground.host.locator("np-try-it");
  const pad = tryIt.getByRole("application", { name: "Drawing pad" });
  await expect(tryIt.getByText("before training begins")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  const hashes = await playground.hashes();

  const heads = () => tryIt.getByRole("rowheader").allInnerTexts();
  const answers = async () => (await heads()).map((head) => head.split(/\s+/).slice(0, 2).join(" "));
  await draw(page, pad, THREE);
  await expect.poll(answers).toEqual(["BP 3", "DANP 3"]);
  await expect(tryIt.getByRole("row")).toHaveCount(3);
  await expect(tryIt.getByRole("columnheader")).toHaveCount(11);
  await expect(tryIt.getByText(/^BP says 3 \(\d+%\), DANP says 3/)).toBeAttached();
  await playground.button("Clear").click();
  await expect(tryIt.getByText("See what each rule")).toBeVisible();
  await draw(page, pad, SEVEN);
  await expect.poll(answers).toEqual(["BP 7", "DANP 7"]);

  // Other settings that nobody has trained with yet are not those of these networks.
  const setTo = (size: number) =>
    playground.host.evaluate((host, size) => Object.assign(host, { image_size: size }), size);
  await setTo(28);
  await expect.poll(async () => (await playground.config()).image_size).toBe(28);
  await expect(playground.host.getByText("these curves belong to other settings").first()).toBeVisible();
  await expect.poll(answers).toEqual(["BP 7", "DANP 7"]);
  await expect(tryIt.getByRole("img", { name: "your drawing in 14 × 14 pixels" })).toBeVisible();
  await setTo(14);

  // By keys: a one. They move the pen, not the page.
  await playground.button("Clear").click();
  await expect(pad).toBeFocused();
  for (const key of ["ArrowUp", ...Array(8).fill("ArrowUp"), " "]) await page.keyboard.press(key);
  await expect(tryIt.getByText("Pen down, column 11, row 3")).toBeAttached();
  for (let i = 0; i < 16; i++) await page.keyboard.press("ArrowDown");
  await expect.poll(answers).toEqual(["BP 1", "DANP 1"]);
  expect(await playground.statuses()).toEqual(["finished", "finished"]);
  await page.keyboard.press("Delete");
  await expect(tryIt.getByText("See what each rule")).toBeVisible();

  await playground.openAll();
  const covariance = playground.host.locator("np-covariance");
  await covariance.scrollIntoViewIfNeeded();
  await expect(covariance.getByRole("img")).toHaveCount(2);
  const sizes = async () =>
    (await covariance.locator("figcaption").innerText()).match(/[\d.]+(?= before R| after)/g);
  const [before = Number.NaN, after = Number.NaN] = ((await sizes()) ?? []).map(Number);
  expect(after).toBeLessThan(before / 2);
  await covariance.getByLabel("Layer").selectOption("3");
  await expect(covariance.locator("figcaption")).toContainText("All 64 inputs");
  await covariance.getByLabel("Covariance: rule").selectOption("bp");
  await expect(covariance.getByText("it has no R")).toBeVisible();

  const weights = playground.host.locator("np-weights");
  await weights.scrollIntoViewIfNeeded();
  await expect(weights.getByRole("img")).toHaveAccessibleName(/^64 units of DANP/);
  const learned = await weights.getByRole("img").getAttribute("aria-label");
  await weights.getByRole("radio", { name: "Weights" }).check();
  await expect(weights.getByRole("img")).not.toHaveAccessibleName(learned ?? "");

  const test = playground.host.locator("np-test-answers");
  await test.scrollIntoViewIfNeeded();
  const counts = async () => (await test.locator(".matrix tbody td").allInnerTexts()).map(Number);
  await expect.poll(async () => (await counts()).length).toBe(100);
  const matrix = await counts();
  const right = matrix.filter((_, i) => i % 11 === 0).reduce((sum, count) => sum + count, 0);
  expect(matrix.reduce((sum, count) => sum + count, 0)).toBe(500);
  const { runs } = await playground.result();
  expect(right / 500).toBeCloseTo(runs[1]?.history.test_acc.at(-1) ?? 0, 10);
  await expect(
    test.getByRole("img", { name: /^Test image \d+: a \d, taken for a \d$/ }).first(),
  ).toBeVisible();

  expect(await playground.hashes(), "looking changes nothing").toEqual(hashes);
});

test("menus name the rule that is shown, also when rules have gone and come back", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,np,danp" });
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.openAll();
  const menus = ["Covariance: rule", "Right and wrong: rule", "First weights: rule"].map((name) =>
    playground.host.getByLabel(name, { exact: true }),
  );
  for (const menu of menus) await menu.selectOption("np");
  for (const pressed of ["false", "true"]) {
    await playground.button("BP").click();
    await expect(playground.button("BP")).toHaveAttribute("aria-pressed", pressed);
    for (const menu of menus) await expect(menu).toHaveValue("np");
  }
  await expect(playground.host.locator("np-test-answers figcaption")).toContainText("NP gets");
});

test("a run that is under way is looked into as it learns", async ({ page }) => {
  const playground = await open(page, { ...READERS, train_size: 10_000, epochs: 500, algorithms: "danp" });
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.openAll();
  const share = playground.host.locator("np-test-answers figcaption");
  await playground.host.locator("np-test-answers").scrollIntoViewIfNeeded();
  await expect(share).toContainText("DANP gets");
  const first = await share.innerText();
  await expect(share).not.toHaveText(first);
  await playground.button("Pause").click();
  await expect(playground.word("Paused")).toBeVisible();
  await playground.button("Step").click();
  await expect(playground.notice).toHaveCount(0);
});
