import type { Page } from "@playwright/test";
import { open } from "../../e2e/support/playground";
import { expect, test } from "../../e2e/support/test";
import { print } from "./print";
import { referenceLoop } from "./reference";
import { framesPerSecond, type Smoothness, smoothnessOf, watchSmoothness } from "./smoothness";

const EVERY_RULE_THREE_SEEDS = {
  ...{ algorithms: "bp,dbp,np,dnp,inp,dinp,anp,danp", num_seeds: 3 },
  ...{ image_size: 14, train_size: 5000, test_size: 1000, hidden_sizes: "64,64", epochs: 20, lr: 0.003 },
};

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

test("24 runs stream and somebody reads along: frames, interactions, tasks", async ({ page }) => {
  const reference = [await referenceLoop(page)];
  const { frames, interactions, longTasks } = await readAlong(page);
  reference.push(await referenceLoop(page));
  const seconds = framesPerSecond(frames).sort((a, b) => a - b);
  expect(seconds.length, "seconds of training").toBeGreaterThan(2);
  expect(interactions.length, "interactions that took long enough to be told").toBeGreaterThan(0);
  const median = seconds[Math.floor(seconds.length / 2)] ?? Number.NaN;
  print("frames a second, the median", String(median), "30 or more", reference);
  print("slowest interaction", `${Math.max(...interactions)} ms`, "below 200 ms", reference);
  const tasks = longTasks.map((milliseconds) => milliseconds.toFixed(0)).join(", ");
  print("tasks above 50 ms", tasks || "none", "none", reference);
});
