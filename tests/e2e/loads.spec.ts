import type { Result } from "../../www/app/contract/result";
import recording from "../../www/app/recorded/recorded.json" with { type: "json" };
import { END_MS, Playground, type PlaygroundElement } from "./support/playground";
import { expect, test } from "./support/test";

test.describe("without its script", () => {
  // What the page would import is refused, too, and the browser says so.
  test.use({ javaScriptEnabled: false, provokes: true });

  test("the page says what it is", async ({ page }) => {
    await page.goto("./");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/without backpropagation/);
    await expect(page.getByText("Node perturbation adds noise, watches the loss")).toBeVisible();
    await expect(page.getByText("It needs JavaScript and WebAssembly.")).toBeVisible();
    await expect(page.getByRole("img", { name: /BP 9\d.*DANP 8\d/ }), "recorded curves").toBeVisible();
    await expect(
      page.getByText(/recorded earlier \(0\.\d+\.\d+, [0-9a-f]{7}\), mean of 3 seeds/),
    ).toBeVisible();
  });
});

test("a first visit trains four rules by itself, draws their curves and ends by itself", async ({ page }) => {
  await page.goto("./");
  const playground = new Playground(page);
  const curves = page.locator("np-learning-curves np-plot");
  await playground.untilTrained();
  const early = await curves.screenshot();
  await expect(playground.word(/images\/s/)).toBeVisible();
  await expect(page.getByText("Pale: recorded earlier")).toBeVisible();

  await expect.poll(() => playground.rows(), { timeout: END_MS }).toBeGreaterThan(4);
  await expect.poll(async () => (await curves.screenshot()).equals(early)).toBe(false);

  await playground.untilDone();
  const { runs, config } = await playground.result();
  const rules = ["bp", "np", "anp", "danp"];
  expect(runs.map(({ algorithm }) => algorithm)).toEqual(rules.flatMap((rule) => Array(3).fill(rule)));
  for (const { algorithm, status, history } of runs) {
    expect(status, algorithm).toBe("finished");
    expect(history.epoch.at(-1), algorithm).toBe(config.epochs);
    expect(history.test_acc.at(-1), algorithm).toBeGreaterThan(0.5);
  }
  const sentence =
    /^DANP passed \d\d% after \d+ epochs?, and stayed above; A?NP needed \d+\. Test accuracy at the end: BP \d/;
  await expect(playground.host.locator(".outcome", { hasText: sentence })).toBeVisible();
  expectNearTheRecording(runs);
  await expect(page.getByText("Pale: recorded"), "they speak for themselves now").toHaveCount(0);
  expect(new URL(page.url()).hash, "what is on the screen").toContain("num_seeds=3");
  expect(page.workers()).toEqual([]);
});

test("a browser whose language is none shows the page, and its numbers", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "language", { get: () => "C" }));
  await page.goto("./");
  await new Playground(page).untilTrained();
  expect(await page.evaluate(() => navigator.language)).toBe("C");
  await expect(page.locator("np-learning-curves np-plot canvas").first()).toBeVisible();
});

/** The recording is of the same settings and seeds; kernels that sum in another order give it other last bits. */
function expectNearTheRecording(runs: Result["runs"]): void {
  expect(recording.runs.map(({ algorithm, seed }) => [algorithm, seed])).toEqual(
    runs.map(({ algorithm, seed }) => [algorithm, seed]),
  );
  for (const [index, { algorithm, history }] of runs.entries()) {
    const recorded = recording.runs[index]?.history.test_acc.at(-1) ?? 0;
    expect(Math.abs(recorded - (history.test_acc.at(-1) ?? 0)), algorithm).toBeLessThan(0.06);
  }
}

declare global {
  interface Window {
    /** What the transport has said, frame by frame, each thing once. */
    said: string[];
  }
}

test("no state is shown before it is known, and no recording runs ahead of the race", async ({ page }) => {
  await page.addInitScript(() => {
    window.said = [];
    const look = () => {
      const transport = document
        .querySelector("np-playground")
        ?.shadowRoot?.querySelector("np-transport")
        ?.shadowRoot?.querySelector(".words");
      const words = (transport?.textContent ?? "").replace(/\s+/g, " ").trim();
      if (words && words !== window.said.at(-1)) window.said.push(words);
      requestAnimationFrame(look);
    };
    look();
  });
  await page.goto("./");
  const playground = new Playground(page);
  const curves = page.locator("np-learning-curves");
  await curves.getByText("Values as a table").click();
  await expect(page.locator(".recorded")).toHaveCount(0);
  await playground.untilTrained();
  await expect(curves.getByRole("columnheader", { name: "BP recorded" })).toBeVisible();
  const [header = [], ...rows] = await curves
    .getByRole("row")
    .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent ?? "")));
  for (const [column, name] of header.entries()) {
    const live = header.indexOf(name.replace(" recorded", ""));
    if (live === column || !name.endsWith(" recorded")) continue;
    const filled = (at: number) => rows.filter((row) => /\d%/.test(row[at] ?? "")).length;
    expect(filled(column), name).toBeLessThanOrEqual(live < 0 ? 1 : filled(live) + 1);
  }
  await playground.untilDone();
  const said = await page.evaluate(() => window.said);
  for (const words of said) {
    expect(words).not.toMatch(/of 10\b|\b0 images/);
    expect(words, "once some have ended").not.toMatch(/Epoch 0 of 20 [1-9]\d* of 12 done/);
  }
  expect(said.at(-1)).toBe("Epoch 20 of 20 Done");
});

for (const name of ["index.html", "embed.html"]) {
  test(`one script is all of ${name}: nothing is drawn between the element and what the page tells it`, async ({
    page,
  }) => {
    await page.goto(name);
    await expect(page.locator("script[type=module]")).toHaveCount(1);
  });
}

test("it starts by itself only when it is seen", async ({ page }) => {
  await page.addInitScript(() => {
    const below = new CSSStyleSheet();
    below.replaceSync("np-playground { margin-block-start: 3000px; }");
    document.adoptedStyleSheets = [below];
    const looks = { seen: 0, unseen: 0 };
    Object.assign(window, { looks });
    window.IntersectionObserver = class extends IntersectionObserver {
      constructor(look: IntersectionObserverCallback) {
        super((entries, observer) => {
          for (const { target, isIntersecting } of entries)
            if (target.localName === "np-playground") looks[isIntersecting ? "seen" : "unseen"] += 1;
          look(entries, observer);
        });
      }
    };
  });
  await page.goto("./");
  const playground = new Playground(page);
  await expect(playground.button("Play")).toBeEnabled();
  const looks = () => page.evaluate(() => (window as unknown as { looks: object }).looks);
  await expect.poll(looks).toEqual({ seen: 0, unseen: 1 });
  // What it would have asked for then has its turn before this.
  await playground.host.evaluate((element: PlaygroundElement) => element.pause());
  await expect(playground.word("Ready")).toBeAttached();
  await playground.host.scrollIntoViewIfNeeded();
  await playground.untilTrained();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the first visit is 14 × 14 with one seed, before the same pale lines", async ({ page }) => {
    await page.goto("./");
    const playground = new Playground(page);
    await playground.untilTrained();
    await expect(page.getByText("Pale: recorded earlier")).toBeVisible();
    const { image_size, num_seeds } = await playground.config();
    expect({ image_size, num_seeds }).toEqual({ image_size: 14, num_seeds: 1 });
    expect(new URL(page.url()).hash, "what a desktop shows under this address, too").toContain(
      "image_size=14",
    );
  });
});

test("every curve has its numbers in a table", async ({ page }) => {
  await page.goto(
    "./#v=1&algorithms=bp,np&image_size=14&train_size=1000&test_size=500&hidden_sizes=16&epochs=2",
  );
  const playground = new Playground(page);
  await playground.untilDone();
  const curves = page.locator("np-learning-curves");
  await curves.getByText("Values as a table").click();
  const { runs } = await playground.result();
  for (const [row, accuracy] of (runs[0]?.history.test_acc ?? []).entries()) {
    const percent = `${(100 * (accuracy ?? 0)).toFixed(1)}%`;
    await expect(curves.getByRole("row").nth(row + 1)).toContainText(percent);
  }
  for (const title of ["Alignment angle", "Decorrelation loss"]) {
    await playground.unfold(title);
    const chart = page.locator("np-fold").filter({ hasText: title });
    await expect(chart.locator("canvas")).toBeVisible();
    await chart.getByText("Values as a table").click();
    await expect(chart.getByRole("row")).toHaveCount(4);
  }
});

test("who saves data is not made to fetch them, and sees the recorded curves", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
  const data: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("mnist-")) data.push(request.url());
  });
  await page.goto("./");
  const playground = new Playground(page);
  await expect(page.getByText("Pale: recorded earlier")).toBeVisible();
  await expect(playground.word("Ready")).toBeVisible();
  expect(data).toEqual([]);
});
