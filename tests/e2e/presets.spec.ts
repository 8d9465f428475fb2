import { readFileSync } from "node:fs";
import { open, SMALL } from "./support/playground";
import { expect, test } from "./support/test";
import { stepsOf, tapWorkers } from "./support/worker-tap";

interface Preset {
  id: string;
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
