import { END_MS } from "./support/playground";
import { expect, test } from "./support/test";

for (const arithmetic of ["exact", "fast"]) {
  test(`the device is measured with ${arithmetic} arithmetic until it is stopped, and the text says so`, async ({
    page,
  }) => {
    await page.goto("measure.html");
    const fast = page.getByRole("checkbox");
    await fast.setChecked(arithmetic === "fast");
    await page.getByRole("button", { name: "Start" }).click();
    const rows = page.locator("#rows tr");
    await expect(rows).toHaveCount(2, { timeout: END_MS });
    await expect(fast).toBeDisabled();
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(page.getByRole("status")).toHaveText("Stopped.");
    await expect(fast).toBeEnabled();

    const report = await page.locator("#text").innerText();
    expect(report).toContain(`${arithmetic} arithmetic`);
    const [bp, np] = report.split("\n").filter((line) => line.startsWith("| BP") || line.startsWith("| NP"));
    const speeds = [bp, np].map((line) => Number(line?.split("|")[4]?.replaceAll(",", "")));
    expect(Math.min(...speeds)).toBeGreaterThan(0);
  });
}

test("a second press before the engine is there begins no second measurement", async ({ page }) => {
  await page.goto("measure.html");
  const button = page.getByRole("button", { name: /^(Start|Stop)$/ });
  await button.evaluate((element: HTMLButtonElement) => {
    for (let press = 0; press < 3; press += 1) element.click();
  });
  const rules = page.locator("#rows th");
  await expect(rules).toHaveText(["BP", "NP"], { timeout: END_MS });
  await button.click();
  await expect(page.getByRole("status")).toHaveText("Stopped.");
  await expect(button).toHaveText("Start");
});
