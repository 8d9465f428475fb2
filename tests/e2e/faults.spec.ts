import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Page, Route } from "@playwright/test";
import { link, open, Playground, SMALL } from "./support/playground";
import { serve } from "./support/static-server";
import { expect, test } from "./support/test";

test.use({ provokes: true });

const IMAGES = "mnist-train-images-00.idx.gz";

/** How long the page lets a server say nothing, and a little more. */
const PATIENCE_MS = 16_000;

const shard = () => readFileSync(new URL(`../../dist/data/${IMAGES}`, import.meta.url));

function flipped(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}

interface Fault {
  what: string;
  file?: string;
  answer: (route: Route) => Promise<void>;
  sentence: RegExp;
}

const body = (body: Buffer | string) => (route: Route) => route.fulfill({ body });

const FAULTS: Fault[] = [
  {
    what: "a missing shard",
    answer: (route) => route.fulfill({ status: 404 }),
    sentence: /mnist-train-images-00\.idx\.gz is missing on the server \(HTTP status 404\)\. Try again/,
  },
  {
    what: "a shard with a flipped byte",
    answer: (route) => body(flipped(shard(), 20_000))(route),
    sentence: /mnist-train-images-00\.idx\.gz is not the file the manifest describes: .*\. Try again/,
  },
  {
    what: "a shard that the server decompressed and damaged",
    answer: (route) => body(flipped(gunzipSync(shard()), 20_000))(route),
    sentence: /mnist-train-images-00\.idx\.gz is not the file the manifest describes: its SHA-256 differs/,
  },
  {
    what: "a truncated shard",
    answer: (route) => body(shard().subarray(0, 10_000))(route),
    sentence: /mnist-train-images-00\.idx\.gz arrived truncated: 10000 bytes instead of \d+\. Try again/,
  },
  {
    what: "a page in place of a shard",
    answer: body("<!doctype html><title>Not found</title>"),
    sentence: /mnist-train-images-00\.idx\.gz is not the file the manifest describes/,
  },
  {
    what: "a line that breaks",
    answer: (route) => route.abort("connectionreset"),
    sentence: /mnist-train-images-00\.idx\.gz could not be fetched .*Check the connection, then try again/,
  },
  {
    what: "a missing list of the data files",
    file: "manifest.json",
    answer: (route) => route.fulfill({ status: 404 }),
    sentence: /The list of the data files, manifest\.json, is missing on the server/,
  },
  {
    what: "a damaged list of the data files",
    file: "manifest.json",
    answer: body('{"dataset": "mnist"'),
    sentence: /manifest\.json, cannot be used: it is not JSON\. Try again/,
  },
  {
    what: "a list of the files of other data",
    file: "manifest.json",
    answer: body('{"dataset": "letters"}'),
    sentence: /manifest\.json, cannot be used: it describes "letters", and "mnist" was asked for\. Try again/,
  },
  {
    what: "a list of other data files",
    file: "manifest.json",
    answer: async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: (await response.text()).replaceAll(/[\da-f]{64}/g, "0".repeat(64)),
      });
    },
    sentence: /\.gz is not the file the manifest describes: its SHA-256 differs/,
  },
];

const ENGINE_FAULTS: Fault[] = [
  {
    what: "a missing engine",
    answer: (route) => route.fulfill({ status: 404 }),
    sentence: /The engine is missing on the server \(HTTP status 404\)\. Try again/,
  },
  {
    what: "a damaged engine",
    answer: body("this is no module"),
    sentence: /The engine arrived damaged .*\. Try again/,
  },
];

/** The sentence stands there, another try is offered, and works once the fault is gone. */
async function expectRetry(page: Page, playground: Playground, sentence: RegExp): Promise<void> {
  await expect(playground.notice.filter({ hasText: sentence })).toBeVisible();
  await expect(playground.button("Try again")).toHaveCount(1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await playground.button("Try again").click();
  await playground.untilDone();
  await expect(playground.notice).toHaveCount(0);
  expect(await playground.statuses()).toEqual(["finished"]);
}

for (const { what, file = IMAGES, answer, sentence } of FAULTS) {
  test(`${what}: a sentence, and a retry that works`, async ({ page }) => {
    await page.route(`**/${file}`, answer);
    await page.goto(`embed.html#${link(SMALL)}`);
    const playground = new Playground(page);
    await playground.button("Play").click();
    await expectRetry(page, playground, sentence);
  });
}

for (const { what, answer, sentence } of ENGINE_FAULTS) {
  test(`${what}: a sentence, and a retry after which the link holds`, async ({ page }) => {
    await page.route("**/*.wasm", answer);
    await page.goto(`embed.html#${link(SMALL)}`);
    const playground = new Playground(page);
    await expect(playground.notice.filter({ hasText: sentence })).toBeVisible();
    await expect(playground.button("Play")).toBeDisabled();
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await playground.button("Try again").click();
    await expect(playground.notice).toHaveCount(0);
    await playground.button("Play").click();
    await playground.untilDone();
    expect((await playground.config()).train_size).toBe(SMALL.train_size);
  });
}

test("a worker that never says a word: a sentence before it is given up, and then another", async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.Worker = class extends EventTarget {
      postMessage(): void {}
      terminate(): void {}
    } as unknown as typeof Worker;
  });
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await expect(playground.host.getByText("The training has not begun within 5 seconds")).toBeVisible();
  await expect(playground.notice).toHaveCount(0);
  await expect(playground.notice).toContainText("did not start within 15 seconds");
  await expect(playground.host.getByText("The training has not begun within 5 seconds")).toHaveCount(0);
});

test("a server that falls silent: a sentence, and a retry that works", async ({ page }) => {
  await page.clock.install();
  let asked = 0;
  await page.route(`**/${IMAGES}`, () => {
    asked += 1; // and never an answer
  });
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  for (const attempt of [1, 2]) {
    await expect.poll(() => asked).toBe(attempt);
    await page.clock.fastForward(PATIENCE_MS);
  }
  await expectRetry(page, playground, /stopped arriving: nothing came for 15 seconds.*try again/);
});

test("a shard that stops at its half: a sentence, and a retry that works", async ({ page }) => {
  await page.clock.install();
  let asked = 0;
  let stalls = true;
  const dist = new URL("../../dist/", import.meta.url);
  const { url, server } = await serve(dist, "/", {}, (file) => {
    if (file.endsWith(IMAGES)) asked += 1;
    return stalls && file.endsWith(IMAGES) ? "stalls" : undefined;
  });
  await page.goto(`${url}embed.html#${link(SMALL)}`);
  const playground = new Playground(page);
  await playground.button("Play").click();
  for (const attempt of [1, 2]) {
    await expect.poll(() => asked).toBe(attempt);
    await page.clock.fastForward(PATIENCE_MS);
  }
  stalls = false;
  await expectRetry(page, playground, /stopped arriving: nothing came for 15 seconds.*try again/);
  server.close();
  server.closeAllConnections();
});

test("files under wrong types train to the same weights", async ({ page }) => {
  const train = async () => {
    const playground = await open(page, SMALL);
    await playground.button("Play").click();
    await playground.untilDone();
    return playground.hashes();
  };
  const hashes = await train();
  await page.goto("about:blank");
  const wrong: string[] = [];
  await page.route(/\.(wasm|gz|json)$|worker-[^/]*\.js$/, async (route) => {
    wrong.push(route.request().url().replace(/.*\./, ""));
    const response = await route.fetch();
    const { "content-encoding": _, ...headers } = response.headers();
    await route.fulfill({
      body: await response.body(),
      headers: { ...headers, "content-type": "text/plain" },
    });
  });
  expect(await train()).toEqual(hashes);
  expect(new Set(wrong)).toEqual(new Set(["wasm", "gz", "json", "js"]));
});

test("one bad answer is asked for again without a word", async ({ page }) => {
  await page.route(`**/${IMAGES}`, (route) => route.fulfill({ status: 503 }), { times: 1 });
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
});

for (const path of ["index.html", "embed.html"]) {
  test(`a script that never comes: ${path} says so by itself`, async ({ page }) => {
    await page.route("**/assets/element-*.js", (route) => route.abort());
    await page.goto(path);
    await expect(page.getByText("Otherwise its script did not arrive")).toBeVisible();
  });
}

test("a script that comes: nothing says that it has not", async ({ page }) => {
  const playground = await open(page, SMALL);
  await expect(playground.button("Play")).toBeVisible();
  await expect(page.getByText("did not arrive")).toBeHidden();
});

test("help that does not arrive: a sentence, and the runs go on", async ({ page }) => {
  await page.route("**/assets/help-*.js", (route) => route.abort());
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await page.keyboard.press("?");
  await expect(playground.notice).toHaveText(/^The list of keys could not be loaded\./);
  await playground.untilDone();
});

test("a worker that never measures: a sentence, and another try", async ({ page }) => {
  await page.clock.install();
  let asked = 0;
  await page.route("**/measure.worker-*.js", () => {
    asked += 1; // and never an answer
  });
  await page.goto("measure.html");
  await page.getByRole("button", { name: "Start" }).click();
  await expect.poll(() => asked).toBe(1);
  await page.clock.runFor(30_000);
  const said = "The worker that measures has said nothing for 30 seconds. Press Start to try again.";
  await expect(page.getByRole("status")).toHaveText(said);
  await expect(page.getByRole("button", { name: "Start" })).toBeEnabled();
});
