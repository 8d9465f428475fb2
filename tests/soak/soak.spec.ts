import type { Page } from "@playwright/test";
import { SCHEMA } from "../../www/app/contract/config";
import { Playground, type PlaygroundElement } from "../e2e/support/playground";
import { expect, test } from "../e2e/support/test";
import { HELD, type Held, heldBy } from "./held";
import { slopeOf } from "./slope";
import { tallyMessages, tallyOf } from "./tally";

/** How long; what is found is judged by counts. */
const MINUTES = Number(process.env.NP_SOAK_MINUTES ?? 120);

/** Rounds in which caches fill up, and what can be taken back or brought back; their samples are left out. */
const WARM_UP = 20;
/** Rounds that are judged, however long they take. */
const FEWEST = 12;

/** What a round may surely add, at most. The least that a playground leaves when it leaks is a hundred times as much. */
const BOUNDS: Held = { heap: 4096, wasm: 1024, nodes: 2, listeners: 0.5, documents: 0.1, workers: 0.05 };

const RULES = SCHEMA.algorithms.map(({ name }) => name);

const EPOCHS = 2;
const ALWAYS = {
  ...{ algorithms: RULES, image_size: 14, train_size: 200, test_size: 100 },
  ...{ batch_size: 20, epochs: EPOCHS },
};
/** Settings take turns, so that what is kept of each comes to an end. */
const TURNS = [
  { hidden_sizes: [16], lr: 0.001, activation: "tanh" },
  { hidden_sizes: [24, 8], lr: 0.003, activation: "relu" },
  { hidden_sizes: [32], lr: 0.01, activation: "leaky_relu" },
];
const WIDE = { width: 1280, height: 800 };
const SIZES = [
  { width: 600, height: 900 },
  { width: 360, height: 740 },
];
const FILES = ["SVG", "PNG", "CSV", "JSON", "Checkpoint", "Authors' layout", "Weights"];

/** A page of somebody else's, with a playground on it. */
const PAGE = `<!doctype html><title>Soak</title>
<script type="module" src="np-playground.js"></script>
<np-playground id="main"></np-playground>`;

const FIGURE = `<np-playground id="figure" controls="min" algorithms="np,danp" image_size="14" train_size="500"
  test_size="100" epochs="1000"></np-playground>`;
const FRAME = `<iframe title="NP Playground" width="800" height="600"
  src="embed.html#v=1&algorithms=bp,dnp&image_size=14&train_size=500&test_size=100&epochs=1000"></iframe>`;

/** Some runs begin, are paused, shown at other sizes, get another rate, go on, and are given up. */
async function interrupt(page: Page, playground: Playground): Promise<void> {
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.button("Pause").click();
  await expect.poll(async () => (await tallyOf(page)).owed, "what is said is obeyed").toBe(0);
  for (const size of [...SIZES, WIDE]) await page.setViewportSize(size);
  await playground.control("Learning rate").fill("0.002");
  await page.keyboard.press("Enter");
  await playground.button("Play").click();
  await playground.button("Reset").click();
}

/** Every run of every rule comes to its end, and every epoch of it arrives once. */
async function train(page: Page, playground: Playground): Promise<void> {
  await playground.button("Play").click();
  await playground.untilDone();
  const { runs } = await playground.result();
  expect(runs.map(({ algorithm, status }) => `${algorithm} ${status}`)).toEqual(
    RULES.map((rule) => `${rule} finished`),
  );
  const epochs = Array.from({ length: EPOCHS + 1 }, (_, epoch) => epoch);
  for (const { history } of runs) expect(history.epoch).toEqual(epochs);
  await expect.poll(async () => (await tallyOf(page)).owed, "what is asked is answered").toBe(0);
}

async function exportAll(page: Page, playground: Playground): Promise<void> {
  await playground.button("Share").click();
  const dialog = playground.host.getByRole("dialog", { name: "Share" });
  for (const file of FILES) {
    const download = page.waitForEvent("download");
    await dialog.getByRole("button", { name: file, exact: true }).click();
    await (await download).delete();
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
}

/** Results are kept until they are deleted: so they are. Interrupted runs may have come to their end, too. */
async function forget({ host }: Playground): Promise<void> {
  const kept = host.locator("np-kept");
  const buttons = kept.getByRole("button", { name: /^Delete/ });
  while ((await buttons.count()) > 0) await buttons.first().click();
  await expect(kept.getByText("Results appear here")).toBeVisible();
}

/** A figure and a frame come, train, and are taken out while they do. */
async function embed(page: Page): Promise<void> {
  await page.evaluate((html) => document.body.insertAdjacentHTML("afterbegin", html), FIGURE + FRAME);
  const embedded = [new Playground(page, "#figure"), new Playground(page.frameLocator("iframe"))];
  for (const playground of embedded) {
    await playground.button("Play").click();
    await playground.untilTrained();
  }
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("#figure, iframe")) element.remove();
  });
}

async function round(page: Page, playground: Playground, turn: number): Promise<void> {
  await playground.host.evaluate((element: PlaygroundElement, settings) => element.configure(settings), {
    ...ALWAYS,
    ...TURNS[turn % TURNS.length],
    seed: turn, // the runs of an earlier round would come back otherwise, and be kept in some rounds and not in others
  });
  await interrupt(page, playground);
  await train(page, playground);
  await exportAll(page, playground);
  await forget(playground);
  await embed(page);
}

/** One that answers for runs that have ended may stay. */
const RESTING = 1;

test(`${MINUTES} minutes of use leave nothing behind`, async ({ page }) => {
  const devtools = await page.context().newCDPSession(page);
  await tallyMessages(page);
  await page.route("**/soak.html", (route) => route.fulfill({ body: PAGE, contentType: "text/html" }));
  await page.goto("soak.html");
  const playground = new Playground(page, "#main");
  await expect(playground.button("Play")).toBeEnabled();
  await playground.host.getByText("Kept results", { exact: true }).click();

  const samples: Held[] = [];
  const end = Date.now() + MINUTES * 60_000;
  while (Date.now() < end || samples.length < WARM_UP + FEWEST) {
    await round(page, playground, samples.length);
    await expect.poll(() => page.workers().length).toBeLessThanOrEqual(RESTING);
    samples.push(await heldBy(page, devtools));
    expect((await tallyOf(page)).missing).toBe(0);
  }
  const { sent, received } = await tallyOf(page);
  const judged = samples.slice(WARM_UP);
  const settled = judged.filter(hasFewest);
  console.error(
    `${samples.length} rounds, ${judged.length} judged, ${settled.length} of them settled; ${sent} messages sent, ${received} received`,
  );
  const grown = HELD.filter((what) => grows(what, what === "documents" ? judged : settled));
  await playground.host.evaluate((element) => element.remove());
  await expect.poll(() => page.workers().length, "no worker is left").toBe(0);
  expect(grown, "what surely grows").toEqual([]);
});

/** Whether every frame is gone: one that stays until the next round has four megabytes, next to which nothing is seen. */
function hasFewest({ documents }: Held, _: number, all: readonly Held[]): boolean {
  return documents === Math.min(...all.map((held) => held.documents));
}

/** Whether it surely grows by more than its bound; prints what it does. */
function grows(what: keyof Held, samples: readonly Held[]): boolean {
  const values = samples.map((held) => held[what]);
  const { slope, margin } = slopeOf(values);
  const bound = BOUNDS[what];
  const [first, last] = [values[0], values.at(-1)];
  console.error(
    `${what.padEnd(10)} ${first} to ${last}: ${slope.toFixed(2)} ± ${margin.toFixed(2)} a round (95%), allowed ${bound}`,
  );
  return slope - margin > bound;
}
