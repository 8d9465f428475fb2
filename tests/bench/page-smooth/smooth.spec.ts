import type { Page } from "@playwright/test";
import { contention } from "../../e2e/support/contention";
import { open } from "../../e2e/support/playground";
import { expect, test } from "../../e2e/support/test";
import { framesPerSecond, type Smoothness, smoothnessOf, watchSmoothness } from "./smoothness";

const EVERY_RULE_THREE_SEEDS = {
  ...{ algorithms: "bp,dbp,np,dnp,inp,dinp,anp,danp", num_seeds: 3 },
  ...{ image_size: 14, train_size: 5000, test_size: 1000, hidden_sizes: "64,64", epochs: 20, lr: 0.003 },
};
const FRAMES_PER_SECOND = 30;
const INTERACTION_MS = 200;
const TASK_MS = 50;

/** Trains everything to its end, and meanwhile uses the page as a reader does. */
async function readAlong(page: Page): Promise<Smoothness> {
  const playground = await open(page, EVERY_RULE_THREE_SEEDS);
  const { host } = playground;
  const cursor = host.locator("np-learning-curves").getByRole("slider");
  const acts = [
    () => host.getByRole("radio", { name: "Loss" }).click(),
    () => host.getByRole("radio", { name: "Accuracy" }).click(),
    () => cursor.press("ArrowLeft"),
    () => playground.control("Noise size").press("ArrowUp"),
    () => host.getByText("Values as a table").first().click(),
    () => host.getByText("Sweep", { exact: true }).click(),
  ];
  await playground.button("Play").click();
  await playground.untilTrained();
  await watchSmoothness(page);
  for (let index = 0; (await playground.word("Done").count()) === 0; index++) {
    await acts[index % acts.length]?.();
    await page.waitForTimeout(200);
  }
  return smoothnessOf(page);
}

test("24 runs stream and the page stays smooth: frames, interactions, tasks", async ({ page }) => {
  test.setTimeout(240_000); // for several attempts, the last of which may take long
  // Once is enough, and the page's own time counts, not that of whatever else the machine is doing.
  const attempt = async () => {
    const before = contention();
    await page.goto("about:blank"); // another attempt is another page
    const { frames, interactions, longTasks } = await readAlong(page);
    const busy = Math.max(before, contention());
    const seconds = framesPerSecond(frames).sort((a, b) => a - b);
    const median = seconds[Math.floor(seconds.length / 2)] ?? 0;
    expect(seconds.length, "seconds of training").toBeGreaterThan(2);
    expect(interactions.length, "interactions that took long enough to be told").toBeGreaterThan(0);
    expect(median * busy, `frames in each second: ${seconds}`).toBeGreaterThanOrEqual(FRAMES_PER_SECOND);
    expect(Math.max(...interactions) / busy, `interactions: ${interactions} ms`).toBeLessThan(INTERACTION_MS);
    expect(Math.max(0, ...longTasks) / busy, `long tasks: ${longTasks} ms`).toBeLessThanOrEqual(TASK_MS);
  };
  await expect(attempt).toPass({ timeout: 150_000 });
});
