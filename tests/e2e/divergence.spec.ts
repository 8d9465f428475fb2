import { open, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

test("an absurd learning rate ends as diverged, and the other runs go on", async ({ page }) => {
  const playground = await open(page, {
    ...SMALL,
    algorithms: "bp,np,danp",
    output: "linear",
    loss: "mse",
    optimizer: "sgd",
    lr: 0.02,
    "np.lr": 10,
  });
  await playground.button("Play").click();
  await playground.untilDone();
  const { runs } = await playground.result();
  expect(runs.map(({ status }) => status)).toEqual(["finished", "diverged", "finished"]);
  const { diverged, history } = runs[1] ?? {};
  expect(diverged?.layer).toBeGreaterThanOrEqual(1);
  expect(diverged?.layer).toBeLessThanOrEqual(2);
  expect(diverged?.step).toBeGreaterThanOrEqual(1);
  expect(diverged?.step).toBeLessThanOrEqual(20);
  expect(["loss", "weights"]).toContain(diverged?.quantity);
  expect(history?.test_acc[0], "its beginning is kept").not.toBeNull();
  const sentence = playground.host.getByText(`✕ NP diverged (seed 0 at update ${diverged?.step})`);
  await expect(sentence).toContainText(`layer ${diverged?.layer}`);
  await expect(sentence).toContainText("Try a learning rate below 10: the default is 0.001");
  await playground.unfold("Runs");
  const line = playground.host.locator("np-run-table").getByRole("row").filter({ hasText: /NP/ }).first();
  await expect(line).toContainText(`✕ diverged, update ${diverged?.step}, layer ${diverged?.layer}`);

  // What has no numbers left is not looked into.
  const tryIt = playground.host.locator("np-try-it");
  await tryIt.getByRole("application").focus();
  for (const key of [" ", "ArrowDown", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
  await expect(tryIt.getByRole("rowheader")).toHaveText([/^\s*BP/, /^\s*DANP/]);
  await expect(tryIt.getByText("NP diverged: there are no numbers left")).toBeVisible();
  await expect(tryIt).not.toContainText("NaN");
});
