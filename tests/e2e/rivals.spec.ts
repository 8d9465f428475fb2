import { SCHEMA } from "../../www/app/contract/config";
import { ruleKey } from "../../www/app/contract/rules";
import { open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const chip = ({ host }: Playground, label: string) =>
  host.locator("np-rules").getByRole("button", { name: label, exact: true });

const group = ({ host }: Playground) => host.locator("np-rules details");

test("on a first visit only the paper's rules are seen", async ({ page }) => {
  await page.goto("./");
  const playground = new Playground(page);
  for (const { label, paper } of SCHEMA.algorithms) {
    await expect(chip(playground, label), label).toHaveCount(paper ? 1 : 0);
  }
  await playground.host.getByText("Rivals", { exact: true }).click();
  for (const { label } of SCHEMA.algorithms) await expect(chip(playground, label), label).toBeVisible();
});

test("the rivals come to light when one is chosen, by key, preset or link, and go when the reader closes them", async ({
  page,
}) => {
  const playground = await open(page, SMALL);
  await expect(group(playground)).toHaveJSProperty("open", false);
  await playground.host.getByRole("button", { name: "Play" }).focus();
  await page.keyboard.press(ruleKey("wp") ?? "");
  await expect(chip(playground, "WP")).toHaveAttribute("aria-pressed", "true");
  await playground.host.getByText("Rivals", { exact: true }).click();
  await expect(chip(playground, "WP")).toHaveCount(0);
  expect((await playground.config()).algorithms, "closed is not unchosen").toContain("wp");

  await playground.control("Preset").selectOption("not-noise-alone");
  await expect(chip(playground, "D-FA")).toHaveAttribute("aria-pressed", "true");

  const linked = await open(page, { ...SMALL, algorithms: "bp,fg" });
  await expect(chip(linked, "FG")).toHaveAttribute("aria-pressed", "true");
});
