import type { Result } from "../../www/app/contract/result";
import { leftIn, untilKept } from "./support/left";
import { END_MS, ENDLESS, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** The page on which runs begin by themselves, and outlive it. */
const PAGE = "index.html";

/** One rule ends long before the others, which go on for a while. */
const RACE = {
  ...SMALL,
  ...{ algorithms: "bp,np,danp", image_size: 28, train_size: 2500, hidden_sizes: "100,100", epochs: 40 },
};

const offer = ({ host }: Playground) => host.getByText("left in training");

/** Everything but the time it took. */
function numbers({ runs }: Result) {
  return runs.map(({ algorithm, weights_hash, history }) => {
    const { seconds: _, ...measured } = history;
    return { algorithm, weights_hash, measured };
  });
}

test("a reload in mid-run offers to go on, and that leads to the same bits as without it", async ({
  page,
}) => {
  const playground = await open(page, RACE, PAGE);
  await untilKept(page, ({ runs: [first, ...others] }) => {
    const going = others.filter(({ over }) => !over);
    return first?.over === true && going.some(({ epoch }) => epoch > 0);
  });
  const [ended] = (await playground.result()).runs;
  expect(ended?.status).toBe("finished");

  await page.reload();
  await expect(offer(playground)).toHaveText(
    /^.*DANP (was|were) left in training, at epoch \d+( to \d+)? of 40\.$/,
  );
  await expect(offer(playground)).not.toContainText("BP");
  await expect(playground.word("Ready"), "nothing begins by itself").toBeVisible();
  await playground.button("Go on").click();
  await expect(offer(playground)).toBeHidden();
  await expect.poll(async () => (await playground.statuses())[0], { timeout: END_MS }).toBe("finished");
  const [again] = (await playground.result()).runs;
  expect([again?.weights_hash, again?.history]).toEqual([ended?.weights_hash, ended?.history]);
  await playground.untilDone();
  const restored = await playground.result();
  await expect.poll(() => leftIn(page), "what has ended is not offered again").toEqual([]);

  const whole = await open(page, RACE);
  await whole.button("Play").click();
  await whole.untilDone();
  expect(numbers(restored)).toEqual(numbers(await whole.result()));
});

test("a reload within the first epoch, which takes long, offers to go on, too", async ({ page }) => {
  const long = {
    ...ENDLESS,
    algorithms: "danp",
    hidden_sizes: "400,400",
    train_size: 20_000,
    num_noise_iters: 8,
  };
  const playground = await open(page, long, PAGE);
  const { runs } = await untilKept(page);
  expect(runs.map(({ epoch, next = 0 }) => [epoch, next > 0])).toEqual([[0, true]]);
  await page.reload();
  await expect(offer(playground)).toHaveText("DANP was left in training, at epoch 0 of 1000.");
  await playground.button("Go on").click();
  await expect.poll(() => playground.progress()).toBeGreaterThanOrEqual((runs[0]?.next ?? 0) / (1000 * 200));
});

test("started anew, runs begin at their beginning, and what was left is forgotten", async ({ page }) => {
  const playground = await open(page, ENDLESS, PAGE);
  const { id } = await untilKept(page);
  await page.reload();
  await playground.button("Start anew").click();
  await expect(offer(playground)).toBeHidden();
  await expect.poll(async () => (await leftIn(page)).filter((left) => left.id === id)).toEqual([]);
  await playground.untilTrained();
  await playground.button("Reset").click();
  await expect.poll(() => leftIn(page)).toEqual([]);
});

test("an offer stands while nothing has been trained in its place: one update is looked at, or done", async ({
  page,
}) => {
  await open(page, ENDLESS, PAGE);
  const { id } = await untilKept(page);
  await page.goto("about:blank");
  const looking = await open(page, ENDLESS, PAGE);
  await looking.button("One update").click();
  await expect(looking.host.locator("np-update .sentence")).toContainText("network");
  await expect(offer(looking)).toBeVisible();
  await page.reload();
  await expect(looking.host.locator("np-update .sentence")).toContainText("network");
  await expect(offer(looking), "with the address of this view, too").toBeVisible();
  await looking.button("Step").click();
  await expect(offer(looking)).toBeHidden();
  await looking.button("Reset").click();
  await expect(offer(looking)).toBeVisible();
  expect((await leftIn(page)).map((left) => left.id)).toEqual([id]);
  await looking.button("Go on").click();
  await expect.poll(async () => (await looking.result()).runs[0]?.history.epoch.length).toBeGreaterThan(2);
});

test("a bare address offers runs of any settings, another one only its own", async ({ page }) => {
  await open(page, ENDLESS, PAGE);
  await untilKept(page);
  await page.goto("about:blank");
  const other = await open(page, { ...SMALL, lr: 0.01, epochs: 1 }, PAGE);
  await other.untilDone();
  await expect(offer(other)).toBeHidden();

  await page.goto("about:blank");
  await page.goto(PAGE);
  const bare = new Playground(page);
  await expect(offer(bare)).toContainText("BP was left in training");
  await bare.button("Go on").click();
  await expect.poll(async () => (await bare.config()).hidden_sizes).toEqual([128, 128]);
  expect(page.url()).toContain("hidden_sizes=128,128");
  await bare.untilTrained();
});

test("from a bare address runs of any settings start anew, and not those of the page", async ({ page }) => {
  await open(page, ENDLESS, PAGE);
  await untilKept(page);
  await page.goto("about:blank");
  await page.goto(PAGE);
  const bare = new Playground(page);
  await bare.button("Start anew").click();
  await expect.poll(async () => (await bare.config()).hidden_sizes).toEqual([128, 128]);
  expect(page.url()).toContain("hidden_sizes=128,128");
  await expect.poll(async () => (await bare.result()).runs.length).toBe(1);
  await bare.untilTrained();
});

test("each of two pages that were closed is offered its own, whatever has been trained between", async ({
  page,
  context,
}) => {
  const OTHER = { ...ENDLESS, lr: 0.002 };
  const beside = await context.newPage();
  await open(page, ENDLESS, PAGE);
  await open(beside, OTHER, PAGE);
  await expect.poll(async () => (await leftIn(page)).length).toBe(2);
  await beside.close();
  await page.goto("about:blank");

  const between = await open(page, SMALL, PAGE);
  await between.untilDone();
  for (const settings of [ENDLESS, OTHER]) {
    await page.goto("about:blank");
    const again = await open(page, settings, PAGE);
    await expect(offer(again)).toBeVisible();
    await again.button("Go on").click();
    await again.untilTrained();
    await expect(offer(again)).toBeHidden();
  }
});

test("what a page that is still open trains is not offered in another", async ({ page, context }) => {
  await open(page, ENDLESS, PAGE);
  await untilKept(page);
  const beside = await open(await context.newPage(), ENDLESS, PAGE);
  await beside.untilTrained();
  await expect(offer(beside)).toBeHidden();
});

test("a page beside one that trains the same is there at once, and waits only with what begins by itself", async ({
  page,
  context,
}) => {
  await open(page, ENDLESS, PAGE);
  await untilKept(page);
  const other = await context.newPage();
  const beside = await open(other, ENDLESS, PAGE);
  await expect(beside.button("Play")).toBeVisible();
  const waits = () => other.evaluate(async () => (await navigator.locks.query()).pending?.length);
  expect(await waits(), "for the other page").toBe(1);
  await beside.button("Play").click();
  await beside.untilTrained();
  await beside.button("Pause").click();
  await expect.poll(waits, { timeout: END_MS }).toBe(0);
  await expect(beside.button("Play"), "what has been done meanwhile stands").toBeVisible();
});

test("runs that a new seed has taken the place of are offered at their link", async ({ page }) => {
  const playground = await open(page, ENDLESS, PAGE);
  const { id } = await untilKept(page);
  await playground.button("Pause").click();
  await playground.button("New seed").click();
  await playground.button("Play").click();
  await expect.poll(async () => (await leftIn(page)).length).toBe(2);
  await page.goto("about:blank");
  const again = await open(page, ENDLESS, PAGE);
  await expect(offer(again)).toBeVisible();
  await again.button("Go on").click();
  await again.untilTrained();
  expect((await leftIn(page)).map((left) => left.id)).toContain(id);
});

test("of two that were left with the same settings that which came further is offered", async ({ page }) => {
  const playground = await open(page, ENDLESS, PAGE);
  const { id } = await untilKept(page, ({ runs: [run] }) => (run?.epoch ?? 0) > 2);
  await page.reload();
  await expect(offer(playground)).toBeVisible();
  // In their place, and not as far.
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => (await leftIn(page)).length).toBe(2);
  await page.reload();
  await expect(offer(playground)).toBeVisible();
  const furthest = (await leftIn(page)).find((left) => left.id === id);
  await expect(offer(playground)).toContainText(`at epoch ${furthest?.runs[0]?.epoch} of`);
});

test("an embedded playground stores nothing of its runs", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(names).toEqual([]);
});

test("where the browser refuses to store runs it asks before they are left", async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("not here", "SecurityError");
    };
    Object.defineProperty(window, "indexedDB", { value: { open: refuse } });
  });
  const playground = await open(page, ENDLESS, PAGE);
  await playground.untilTrained();
  await playground.button("Pause").click();
  await playground.button("Play").click();
  await playground.untilTrained();
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => location.reload()));
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await playground.untilTrained();
});

for (const what of ["missing", "silent"]) {
  test(`where the database is ${what}, runs begin by themselves and nothing is offered`, async ({ page }) => {
    await page.addInitScript((what) => {
      const silent = { open: () => ({}) };
      Object.defineProperty(window, "indexedDB", { value: what === "silent" ? silent : undefined });
    }, what);
    const playground = await open(page, ENDLESS, PAGE);
    await playground.untilTrained();
    await page.reload();
    await playground.untilTrained();
    await expect(offer(playground)).toBeHidden();
  });
}
