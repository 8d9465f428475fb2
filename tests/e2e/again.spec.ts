import type { Locator } from "@playwright/test";
import { ENDLESS, open } from "./support/playground";
import { expect, test } from "./support/test";

test("what would start the runs again says so while there are some, and moves nothing", async ({ page }) => {
  const playground = await open(page, ENDLESS);
  await playground.openAll();
  const legend = playground.host.getByText("↻ starts all runs again");
  const field = (label: string): Locator =>
    playground.host.locator("np-field").filter({ has: page.getByLabel(label, { exact: true }) });
  const mark = (label: string) => field(label).locator(".again");
  await expect(legend).toHaveCount(0);
  await expect(mark("Hidden layers")).toHaveCount(0);
  const place = async () => {
    const settings = await playground.host.locator("np-settings").boundingBox();
    const box = await field("Hidden layers").boundingBox();
    return [(box?.y ?? 0) - (settings?.y ?? 0), box?.height];
  };
  const before = await place();
  await playground.button("Play").click();
  await playground.untilTrained();
  await expect(legend.first()).toBeVisible();
  for (const label of ["Hidden layers", "Seed"]) await expect(mark(label), label).toBeVisible();
  for (const label of ["Learning rate", "Epochs", "Seeds"]) await expect(mark(label), label).toHaveCount(0);
  expect(await place()).toEqual(before);
});
