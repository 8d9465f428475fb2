import { ENDLESS, open } from "../../e2e/support/playground";
import { expect, test } from "../../e2e/support/test";
import { restAfter, stepsOf, tapWorkers } from "../../e2e/support/worker-tap";
import { print } from "./print";
import { referenceLoop } from "./reference";

test("a first visit, and another: first text, first epoch", async ({ page }) => {
  const reference = [await referenceLoop(page)];
  await page.addInitScript(() => {
    document.addEventListener("np-epoch", () => performance.mark("first epoch"), { once: true });
  });
  const marks: Record<string, number[]> = { "first-contentful-paint": [], "first epoch": [] };
  for (const _ of ["cold", "warm"]) {
    await page.goto("./", { waitUntil: "commit" });
    for (const [name, times] of Object.entries(marks)) {
      const time = () => page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime, name);
      await expect.poll(time).toBeDefined();
      times.push((await time()) ?? Number.NaN);
    }
  }
  await page.goto("about:blank");
  reference.push(await referenceLoop(page));
  const wanted: Record<string, string> = {
    "first-contentful-paint": "300 ms or less",
    "first epoch": "2000 ms or less when warm",
  };
  for (const [name, times] of Object.entries(marks)) {
    const measured = times.map((milliseconds) => milliseconds.toFixed(0)).join(" ms cold, ");
    print(name.replaceAll("-", " "), `${measured} ms warm`, wanted[name] ?? "", reference);
  }
});

test("from a press of Pause until the run rests", async ({ page }) => {
  const reference = [await referenceLoop(page)];
  await tapWorkers(page);
  const playground = await open(page, { ...ENDLESS, algorithms: "danp" });
  await playground.button("Play").click();
  await playground.untilTrained();
  const answers: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = (await stepsOf(page))[0] ?? 0;
    await expect.poll(async () => (await stepsOf(page))[0]).toBeGreaterThan(before);
    await playground.button("Pause").click();
    await expect.poll(() => restAfter(page, "pause")).not.toBeNull();
    answers.push((await restAfter(page, "pause"))?.milliseconds ?? Number.NaN);
    await playground.button("Play").click();
  }
  await playground.button("Pause").click();
  reference.push(await referenceLoop(page));
  const measured = answers.map((milliseconds) => milliseconds.toFixed(0)).join(", ");
  print("Pause until rest", `${measured} ms`, "100 ms or less", reference);
});
