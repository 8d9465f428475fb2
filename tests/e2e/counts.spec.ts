import type { Page } from "@playwright/test";
import { ENDLESS, open, type Playground } from "./support/playground";
import { expect, test } from "./support/test";
import { stepsOf, tapWorkers } from "./support/worker-tap";

// What keeps the page smooth, as counts, which no other work on the machine spoils; npm run bench:page has the clock.

const EVERY_RULE_THREE_SEEDS = {
  ...{ algorithms: "bp,dbp,np,dnp,inp,dinp,anp,danp", num_seeds: 3 },
  ...{ image_size: 14, train_size: 1000, test_size: 500, hidden_sizes: "32", epochs: 8, lr: 0.003 },
};

interface Counts {
  /** The most charts that were drawn in one frame, and how often one was drawn at all. */
  drawnInAFrame: number;
  drawn: number;
  /** The most workers at once, and how many there are now. */
  workersAtOnce: number;
  workers: number;
  /** What listens on the window and on the document. */
  listeners: number;
}

declare global {
  interface Window {
    counts: Counts;
  }
}

/** From the next load on. */
async function count(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counts: Counts = { drawnInAFrame: 0, drawn: 0, workersAtOnce: 0, workers: 0, listeners: 0 };
    window.counts = counts;

    let inThisFrame = 0;
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...place) {
      inThisFrame += 1;
      counts.drawn += 1;
      counts.drawnInAFrame = Math.max(counts.drawnInAFrame, inThisFrame);
      clearRect.apply(this, place);
    };
    const frame = () => {
      inThisFrame = 0;
      requestAnimationFrame(frame);
    };
    frame();

    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        counts.workers += 1;
        counts.workersAtOnce = Math.max(counts.workersAtOnce, counts.workers);
      }

      override terminate(): void {
        counts.workers -= 1;
        super.terminate();
      }
    };

    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      target.addEventListener = (...given: Parameters<typeof addEventListener>) => {
        counts.listeners += 1;
        addEventListener.apply(target, given);
      };
      target.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
        counts.listeners -= 1;
        removeEventListener.apply(target, given);
      };
    }
  });
}

const countsOf = (page: Page) => page.evaluate(() => ({ ...window.counts }));

async function train(playground: Playground): Promise<void> {
  await playground.button("Play").click();
  await playground.untilDone();
}

test("24 runs stream: one drawing a frame, no more workers than cores, nothing left behind", async ({
  page,
}) => {
  await count(page);
  const playground = await open(page, EVERY_RULE_THREE_SEEDS);
  await train(playground);
  const first = await countsOf(page);
  expect(first.drawn, "three charts").toBeGreaterThan(3);
  expect(first.drawnInAFrame).toBe(1);
  expect(first.workersAtOnce).toBeLessThanOrEqual(await page.evaluate(() => navigator.hardwareConcurrency));
  expect(first.workers).toBe(0);
  for (let again = 0; again < 3; again++) await train(playground);
  const last = await countsOf(page);
  expect(last.drawnInAFrame).toBe(1);
  expect({ workers: last.workers, listeners: last.listeners }).toEqual({
    workers: 0,
    listeners: first.listeners,
  });
});

/** Four rules by two seeds, on a device of two cores. */
const EIGHT_RUNS = {
  ...ENDLESS,
  image_size: 14,
  hidden_sizes: "32",
  algorithms: "bp,np,anp,danp",
  num_seeds: 2,
};

async function ofTwoCores(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "hardwareConcurrency", { value: 2 });
  });
}

test("a step is one update in each of eight runs, in two workers", async ({ page }) => {
  await ofTwoCores(page);
  await count(page);
  await tapWorkers(page);
  const playground = await open(page, EIGHT_RUNS);
  for (const update of [1, 2]) {
    await playground.button("Step").click();
    await expect.poll(() => stepsOf(page)).toEqual(Array(8).fill(update));
  }
  await playground.button("Epoch").click();
  await expect.poll(() => stepsOf(page)).toEqual(Array(8).fill(25));
  const { workersAtOnce } = await countsOf(page);
  expect(workersAtOnce).toBe(2);
});

/** Updates of the run that has the fewest, once all eight have begun. */
async function fewest(page: Page): Promise<number> {
  const steps = await stepsOf(page);
  return steps.length === 8 ? Math.min(...steps) : 0;
}

test("slow, eight runs go on together: at no moment is one more than an update ahead", async ({ page }) => {
  await ofTwoCores(page);
  await tapWorkers(page);
  const playground = await open(page, EIGHT_RUNS);
  await playground.control("Slow").check();
  await playground.button("Play").click();
  await expect.poll(() => fewest(page)).toBeGreaterThanOrEqual(4);
  const told = await page.evaluate(() =>
    window.tapped.flatMap(({ run, sent, message }) => (sent ? [] : [{ run, step: message.step ?? 0 }])),
  );
  const steps = Array(8).fill(0);
  for (const { run, step } of told) {
    steps[run] = Math.max(steps[run], step);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
  }
  await playground.control("Max").check();
  await expect.poll(() => fewest(page)).toBeGreaterThan(50);
});

test("a run speaks at most ten times a second", async ({ page }) => {
  await tapWorkers(page);
  const playground = await open(page, EVERY_RULE_THREE_SEEDS);
  await train(playground);
  const tapped = await page.evaluate(() => window.tapped);
  const started = tapped.filter(({ sent, message }) => sent && message.kind === "start");
  expect(started).toHaveLength(24);
  for (const { run, at } of started) {
    const reports = tapped.filter((entry) => entry.run === run && entry.message.kind === "progress");
    // Not before it was started, and heard when the page has time: that leaves more room, never less.
    const lasted = (reports.at(-1)?.at ?? Number.NaN) - at;
    expect(reports.length, "besides them the first and the last").toBeLessThanOrEqual(lasted / 100 + 2);
  }
});
