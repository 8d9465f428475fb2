import type { Page } from "@playwright/test";
import type { Given } from "../../www/app/contract/config";
import { Playground, type PlaygroundElement } from "./support/playground";
import { expect, test } from "./support/test";

type Method = "play" | "pause" | "step" | "epoch" | "reset";

interface Heard {
  id: string;
  type: string;
  algorithms: string[];
  rows: number[];
  error: string | null;
}

declare global {
  interface Window {
    heard: Heard[];
  }
}

/** Writes down the events that reach the page around the elements. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.heard = [];
    for (const name of ["np-epoch", "np-done", "np-error"]) {
      document.addEventListener(name, (event) => {
        const { runs, error } = (event as CustomEvent).detail;
        window.heard.push({
          id: (event.target as Element).id,
          type: event.type,
          algorithms: runs.map((run: { algorithm: string }) => run.algorithm),
          rows: runs.map((run: { history: { epoch: number[] } }) => run.history.epoch.length),
          error: error?.message ?? null,
        });
      });
    }
  });
}

async function heard(page: Page, id: string, type: string): Promise<Heard[]> {
  return (await page.evaluate(() => window.heard)).filter((event) => event.id === id && event.type === type);
}

const call = ({ host }: Playground, method: Method) =>
  host.evaluate((element: PlaygroundElement, method) => element[method](), method);

interface Embedded {
  first: Playground;
  second: Playground;
  framed: Playground;
}

async function openAll(page: Page): Promise<Embedded> {
  await listen(page);
  await page.setViewportSize({ width: 1280, height: 3000 });
  await page.goto("test-embed.html");
  // All three in sight: what nobody sees stands still.
  const heard = "#heard { block-size: 200px; overflow: hidden }"; // however much that is
  await page.addStyleTag({ content: `np-playground { --np-block-size: 700px !important } ${heard}` });
  const framed = new Playground(page.frameLocator("iframe"));
  await expect.poll(async () => (await framed.config()).algorithms).toEqual(["inp"]);
  return { first: new Playground(page, "#first"), second: new Playground(page, "#second"), framed };
}

/** Starts runs that do not end while a test looks at them. */
async function endless(...playgrounds: Playground[]): Promise<void> {
  for (const { host } of playgrounds) {
    await host.evaluate((element: PlaygroundElement) => {
      element.hidden_sizes = [256, 256];
      element.image_size = 28;
      element.epochs = 1000;
      return element.play();
    });
  }
}

test("attributes are settings, and nothing starts by itself", async ({ page }) => {
  const { first, second, framed } = await openAll(page);
  await expect
    .poll(() => first.config())
    .toMatchObject({ algorithms: ["bp", "danp"], hidden_sizes: [32], lr: 0.01 });
  await expect
    .poll(() => second.config())
    .toMatchObject({ algorithms: ["np", "anp"], hidden_sizes: [32, 32], overrides: { np: { lr: 0.003 } } });
  for (const playground of [first, second, framed]) {
    expect(new Set(await playground.statuses())).toEqual(new Set(["queued"]));
  }
  expect(page.workers()).toHaveLength(0);
});

test("an element is driven by its methods and tells by its events, apart from the others", async ({
  page,
}) => {
  const { first, second, framed } = await openAll(page);
  await call(first, "step");
  await expect(first.word("Paused")).toBeVisible();
  await call(first, "epoch");
  await expect.poll(() => heard(page, "first", "np-epoch")).toHaveLength(2);
  await call(first, "play");
  await expect.poll(() => heard(page, "first", "np-done"), { timeout: 60_000 }).toHaveLength(1);

  const epochs = await heard(page, "first", "np-epoch");
  expect(epochs, "3 epochs of 2 runs").toHaveLength(6);
  const [done] = await heard(page, "first", "np-done");
  expect(done).toEqual({
    id: "first",
    type: "np-done",
    algorithms: ["bp", "danp"],
    rows: [4, 4],
    error: null,
  });
  expect(new Set(await second.statuses())).toEqual(new Set(["queued"]));

  const hashes = await first.hashes();
  await call(first, "reset");
  expect(new Set(await first.statuses())).toEqual(new Set(["queued"]));
  await Promise.all([call(first, "play"), call(second, "play"), framed.button("Play").click()]);
  // What is out of sight stands still, as when the others grow above it.
  for (const playground of [first, second, framed]) {
    await playground.host.scrollIntoViewIfNeeded();
    await playground.untilDone();
  }
  expect(await first.hashes()).toEqual(hashes);
  expect(await framed.statuses()).toEqual(["finished"]);
  expect(await heard(page, "second", "np-done")).toHaveLength(1);
});

test("a live property keeps the runs, an impossible attribute is an np-error", async ({ page }) => {
  const { first } = await openAll(page);
  await endless(first);
  await first.untilTrained();
  await page.getByRole("button", { name: "Lower the rate of the first" }).click();
  await expect.poll(async () => (await first.config()).lr).toBe(0.005);
  await expect.poll(async () => (await first.result()).runs[0]?.changes?.[0]?.lr).toBe(0.005);
  expect(await first.rows(), "the run was kept").toBeGreaterThan(1);

  await page.getByRole("button", { name: "Give the first an impossible rate" }).click();
  await expect.poll(() => heard(page, "first", "np-error")).toHaveLength(1);
  const [refusal] = await heard(page, "first", "np-error");
  expect(refusal?.error).toContain("lr = -1 cannot be used: choose a number from 0.000001 to 10");
  expect((await first.config()).lr).toBe(0.005);
  expect(await first.statuses()).toEqual(["running", "running"]);
});

test("what is no number is refused as an attribute, and left out of a link", async ({ page }) => {
  const { first } = await openAll(page);
  const sentence = 'lr = "0x10" cannot be used: choose a number from 0.000001 to 10.';
  await first.host.evaluate((element) => element.setAttribute("lr", "0x10"));
  await expect.poll(async () => (await heard(page, "first", "np-error")).at(-1)?.error).toBe(sentence);
  expect((await first.config()).lr).toBe(0.01);
  await first.host.evaluate((element: PlaygroundElement) => {
    element.link = "v=1&lr=0x10&epochs=7";
  });
  await expect.poll(async () => (await first.config()).epochs).toBe(7);
  await expect.poll(() => heard(page, "first", "np-error")).toHaveLength(2);
  expect((await heard(page, "first", "np-error")).at(-1)?.error).toBe(
    "Not taken from the link: Learning rate 0x10 (it may be a number from 0.000001 to 10). Everything else in it holds.",
  );
  expect((await first.config()).lr, "the default").toBe(0.001);
});

test("settings that take the place of all come after attributes of the same moment", async ({ page }) => {
  const { first } = await openAll(page);
  await first.host.evaluate((element: PlaygroundElement) => {
    element.setAttribute("preset", "why-decorrelate");
    element.link = "v=1&lr=0.003";
    element.epochs = 7;
  });
  await expect.poll(() => first.config()).toMatchObject({ optimizer: "adam", lr: 0.003, epochs: 7 });
  await first.host.evaluate((element: PlaygroundElement) => {
    element.setAttribute("seed", "5");
    return element.configure({ lr: 0.004 });
  });
  expect(await first.config()).toMatchObject({ lr: 0.004, seed: 0, epochs: 10 });
});

test("an element that is taken out and put back has its settings", async ({ page }) => {
  const { first } = await openAll(page);
  await first.host.evaluate(async (element: PlaygroundElement) => {
    await element.configure({ algorithms: ["danp"], epochs: 3, lr: 0.005 });
    const parent = element.parentElement;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    parent?.append(element);
  });
  await expect
    .poll(() => first.config())
    .toMatchObject({ algorithms: ["danp"], epochs: 3, lr: 0.005, hidden_sizes: [64, 64] });
});

test("an element that is taken out in the moment in which it is given settings has them when it is back", async ({
  page,
}) => {
  const { first } = await openAll(page);
  for (const epochs of [3, 4]) {
    await first.host.evaluate(async (element: PlaygroundElement, epochs) => {
      if (epochs === 3) void element.configure({ algorithms: ["danp"], epochs });
      else element.epochs = epochs;
      const parent = element.parentElement;
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 100));
      parent?.append(element);
    }, epochs);
    await expect.poll(() => first.config()).toMatchObject({ algorithms: ["danp"], epochs });
  }
});

/** A run that is over in a moment. */
const MOMENT: Given = {
  ...{ algorithms: ["np"], epochs: 1, hidden_sizes: [8] },
  ...{ train_size: 100, test_size: 50, batch_size: 10 },
};

test("outside the page an element says what it has come to, and takes what it is given there", async ({
  page,
}) => {
  const { first } = await openAll(page);
  const [before, outside] = await first.host.evaluate(async (element: PlaygroundElement, moment) => {
    await element.configure(moment);
    const ended = new Promise((resolve) => element.addEventListener("np-done", resolve, { once: true }));
    await element.play();
    await ended;
    const before = element.result;
    const parent = element.parentElement;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const outside = element.result;
    await element.configure({ algorithms: ["np"], epochs: 1, batch_size: 20 });
    element.lr = 0.02;
    element.setAttribute("seed", "3");
    await new Promise((resolve) => setTimeout(resolve, 100));
    parent?.append(element);
    return [before, outside];
  }, MOMENT);
  expect(before?.runs[0]?.weights_hash).toMatch(/^[0-9a-f]+$/);
  expect(outside).toEqual(before);
  await expect
    .poll(() => first.config())
    .toMatchObject({ ...{ algorithms: ["np"], epochs: 1, batch_size: 20 }, lr: 0.02, seed: 3 });
  expect(await heard(page, "first", "np-error")).toEqual([]);
});

test("what a page writes into what an element has said changes nothing in it", async ({ page }) => {
  const { first } = await openAll(page);
  const [before, after] = await first.host.evaluate(async (element: PlaygroundElement, moment) => {
    await element.configure(moment);
    const said = () => JSON.stringify([element.config, element.link, element.result, element.hidden_sizes]);
    const before = new Promise<string>((resolve) => {
      const write = ({ detail }: HTMLElementEventMap["np-done"]) => {
        const before = said();
        detail.runs.length = 0;
        detail.config.lr = 0.5;
        resolve(before);
      };
      element.addEventListener("np-done", write, { once: true });
    });
    await element.play();
    await before;
    element.config.lr = 0.5;
    element.hidden_sizes.push(9);
    element.result.runs[0]?.history.test_acc.splice(0);
    return [await before, said()];
  }, MOMENT);
  expect(before).toContain("weights_hash");
  expect(after).toBe(before);
});

test("what is no configuration gets a sentence and stops nothing", async ({ page }) => {
  const { first } = await openAll(page);
  const before = await first.config();
  await first.host.evaluate(async (element: PlaygroundElement) => {
    const circular: Record<string, unknown> = {};
    circular.lr = circular;
    const throwing = Object.defineProperty({}, "lr", {
      enumerable: true,
      get() {
        throw new Error("never");
      },
    });
    const configure = element.configure.bind(element) as (...given: unknown[]) => Promise<void>;
    for (const given of [[], [null], [7], ["lr"], [[1]], [{ lr: 1n }], [circular], [throwing]])
      await configure(...given);
    for (const given of [new Map([["lr", 0.01]]), new Set([0.01])]) await configure(given);
    Object.assign(element, { lr: 1n });
  });
  await expect.poll(() => heard(page, "first", "np-error")).toHaveLength(11);
  const errors = (await heard(page, "first", "np-error")).map(({ error }) => error);
  expect(new Set(errors).size, "one sentence").toBe(1);
  expect(errors[0]).toContain("give an object of numbers, words and lists");
  expect(await first.config()).toEqual(before);
  await call(first, "step");
  await expect(first.word("Paused")).toBeVisible();
});

test("a data-url that is no address is said, and the page's own images are used", async ({ page }) => {
  await openAll(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      "beforeend",
      '<np-playground id="lost" data-url="http://[bad" algorithms="bp" image_size="14" train_size="500" epochs="1"></np-playground>',
    );
  });
  const lost = new Playground(page, "#lost");
  await expect(lost.notice).toContainText('data-url = "http://[bad" is no address of a folder');
  await call(lost, "play");
  await lost.untilDone();
});

test("removing an element ends its workers and no others", async ({ page }) => {
  const { first, second, framed } = await openAll(page);
  await endless(first, second, framed);
  for (const playground of [first, second, framed]) await playground.untilTrained();
  const perElement = Math.min(2, await page.evaluate(() => navigator.hardwareConcurrency));
  expect(page.workers()).toHaveLength(2 * perElement + 1);

  await page.getByRole("button", { name: "Remove the second" }).click();
  await expect.poll(() => page.workers()).toHaveLength(perElement + 1);
  const rows = await first.rows();
  await expect.poll(() => first.rows()).toBeGreaterThan(rows);

  await first.host.evaluate((element) => document.body.prepend(element));
  await page.waitForTimeout(200);
  expect(page.workers(), "a moved element keeps its runs").toHaveLength(perElement + 1);
  await first.host.evaluate((element) => element.remove());
  await expect.poll(() => page.workers()).toHaveLength(1);
  await page.locator("iframe").evaluate((frame) => frame.remove());
  await expect.poll(() => page.workers()).toHaveLength(0);
});

test("a figure says what is wrong with one attribute, and the others hold", async ({ page }) => {
  await page.goto("embed.html?controls=min");
  const playground = new Playground(page);
  await expect(playground.button("Play")).toBeVisible();
  await playground.host.evaluate((element) => {
    element.setAttribute("lr", "abc");
    element.setAttribute("algorithms", "np,danp");
  });
  await expect(playground.notice).toContainText("abc");
  await expect.poll(async () => (await playground.config()).algorithms).toEqual(["np", "danp"]);
});

test("a figure opens what its buttons promise", async ({ page }) => {
  await page.goto("embed.html?controls=options&view=curves");
  const playground = new Playground(page);
  await playground.button("Help and keys").click();
  await expect(playground.host.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await playground.button("Share").click();
  await expect(playground.host.getByRole("dialog")).toBeVisible();
});
