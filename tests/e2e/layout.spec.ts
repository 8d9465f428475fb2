import type { Page } from "@playwright/test";
import { END_MS, ENDLESS, link, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** What the main plot has between its axes, as a part of the window's height. */
async function shareOfPlot(page: Page, { host }: Playground): Promise<number> {
  const height = await host
    .locator("np-learning-curves .u-over")
    .evaluate((over) => over.getBoundingClientRect().height);
  return height / (page.viewportSize()?.height ?? Number.NaN);
}

const ALL_OF_IT = {
  ...SMALL,
  ...{ algorithms: "bp,np,danp", num_seeds: 3, "bp.lr": 0.01, "np.lr": 0.002, "danp.lr": 0.005 },
};

test("the main plot has half of the height, whatever stands below it", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const playground = await open(page, ALL_OF_IT, "index.html");
  const largeEnough = async () => {
    for (const [width, height, share] of [
      [1440, 900, 0.55],
      [1280, 720, 0.45],
      [1024, 768, 0.45],
      [768, 1024, 0.3],
      [360, 740, 0.45],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect
        .poll(() => shareOfPlot(page, playground), `${width} x ${height}`)
        .toBeGreaterThanOrEqual(share);
    }
  };
  await playground.untilDone();
  await largeEnough();
  await playground.openAll();
  await largeEnough();
});

test("the first screen is whole: nothing in a column is cut off, while runs go on and at their end", async ({
  page,
}) => {
  const cut = (playground: Playground) =>
    playground.host.locator(":is(.learn, .inside, .choose)").evaluateAll((columns) =>
      columns.flatMap((column) => {
        const { bottom } = column.getBoundingClientRect();
        const parts = [...column.querySelectorAll(":scope > *, np-fold")].map((part) => ({
          part: `${part.localName}.${part.className}`,
          box: part.getBoundingClientRect(),
        }));
        return parts.filter(({ box }) => box.top < bottom && box.bottom > bottom + 1).map(({ part }) => part);
      }),
    );
  const whole = async (playground: Playground, when: string) => {
    for (const [width, height] of [
      [1920, 1080],
      [1440, 900],
      [1366, 768],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => cut(playground), `${width} x ${height} ${when}`).toEqual([]);
    }
  };
  const story = await open(page, {}, "index.html");
  await expect.poll(() => story.rows(), "the first visit's runs").toBeGreaterThan(2);
  await whole(story, "on the way");
  await story.untilDone();
  await whole(story, "at its end");
  await page.goto("about:blank"); // or what has begun there would go on with these settings
  const playground = await open(page, ALL_OF_IT, "index.html");
  await playground.untilDone();
  await whole(playground, "at the end");
});

test("an embedded page is as high as its window: nothing in its columns makes it scroll", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  const playground = await open(page, SMALL);
  await playground.openAll();
  await expect(playground.host.locator("np-own-data")).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(768);
});

test("own rates, three seeds and a table take nothing from the plot, and its head is one line", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const playground = await open(page, ALL_OF_IT, "index.html");
  await playground.untilDone();
  const curves = playground.host.locator("np-learning-curves");
  const boxOf = async (selector: string) => {
    const box = await curves.locator(selector).boundingBox();
    return { top: box?.y ?? Number.NaN, height: box?.height ?? Number.NaN };
  };
  expect((await boxOf(".head")).height, "as high as its buttons").toBeLessThan(36);
  const before = await boxOf("np-plot");
  await curves.getByText("Values as a table").click();
  await expect(curves.getByRole("row").first()).toBeVisible();
  expect(await boxOf("np-plot")).toEqual(before);
  expect((await boxOf("np-twin")).top).toBeGreaterThanOrEqual(before.top + before.height);
});

for (const screen of ["full", "no"] as const) {
  test(`the chart alone fills the window, in large letters, until Escape: ${screen} screen`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    if (screen === "no") {
      await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, "requestFullscreen"));
    }
    const playground = await open(page, ALL_OF_IT, "index.html");
    const curves = playground.host.locator("np-learning-curves");
    const box = () => curves.boundingBox();
    const textSize = () => curves.locator("np-plot").evaluate((plot) => Reflect.get(plot, "textSize"));
    const before = await box();
    const alone = playground.button("Show this alone");
    await alone.press("Enter");
    await expect(alone).toHaveAttribute("aria-pressed", "true");
    await expect.poll(box).toMatchObject({ x: 0, width: 1024 });
    const { y = 0, height = 0 } = (await box()) ?? {};
    expect(y, "there is only the choice above it").toBeLessThan(48);
    expect(y + height).toBe(768);
    await expect.poll(() => new URL(page.url()).hash).toContain("&present=1");
    expect(await textSize()).toBeGreaterThanOrEqual(14);
    await expect.poll(() => shareOfPlot(page, playground)).toBeGreaterThan(0.6);
    await page.keyboard.press("Escape");
    await expect(alone).toHaveAttribute("aria-pressed", "false");
    await expect.poll(async () => (await box())?.width).toBe(before?.width);
    expect(await textSize()).toBe(12);
  });
}

test("before an audience F shows the chart alone, and no key throws the runs away", async ({ page }) => {
  const playground = await open(page, SMALL, "index.html");
  await playground.untilDone();
  const before = await playground.hashes();
  await page.locator("body").press("f");
  const curves = playground.host.locator("np-learning-curves");
  await expect(curves).toHaveAttribute("alone");
  await expect(playground.host.locator("np-rules")).toBeHidden();
  for (const key of ["r", "1", "4", "Control+z"]) await page.keyboard.press(key);
  expect(await playground.statuses()).toEqual(["finished"]);
  expect(await playground.hashes()).toEqual(before);
  await page.keyboard.press("f");
  await expect(playground.host.locator("np-rules")).toBeVisible();
});

test("a link may show one update alone", async ({ page }) => {
  await page.goto(`index.html#${link(SMALL)}&view=update&present=1`);
  const playground = new Playground(page);
  await expect(playground.host.locator("np-update .sentence")).toContainText("network");
  await expect(playground.host.locator("np-rules")).toBeHidden();
  await playground.button("Play").click();
  await expect.poll(() => playground.statuses(), { timeout: END_MS }).toEqual(["finished"]);
  await page.keyboard.press("Escape");
  await expect(playground.host.locator("np-rules")).toBeVisible();
  await expect(playground.host.locator("np-update")).toBeVisible();
});

test("on a phone, what came of it is not below the transport", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const playground = await open(page, ALL_OF_IT, "index.html");
  await playground.untilDone();
  const outcome = await playground.host.locator(".outcome").first().boundingBox();
  const transport = await playground.host.locator("np-transport").boundingBox();
  const ends = (outcome?.y ?? Number.NaN) + (outcome?.height ?? Number.NaN);
  expect(ends).toBeLessThanOrEqual(transport?.y ?? Number.NaN);
});

test("the axis of accuracies says what it shows, and shows everything at a press", async ({ page }) => {
  const playground = await open(page, { ...SMALL, epochs: 6, lr: 0.003 });
  const cursor = playground.host.locator("np-learning-curves").getByRole("slider");
  const all = playground.button("0–100%");
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(cursor).toHaveAccessibleName(/Test accuracy, [5-8]0% to [7-9]0% against epoch/);
  await all.click();
  await expect(all).toHaveAttribute("aria-pressed", "true");
  await expect(cursor).toHaveAccessibleName(/Test accuracy, 0% to 100% against epoch/);
  await playground.host.getByRole("radio", { name: "Loss" }).click();
  await expect(cursor).toHaveAccessibleName(/Test loss against epoch/);
  await expect(all).toBeHidden();
});

/** The sizes of text, the heights of buttons and of plots, in pixels; but for what shows what the last run did. */
function measuresOf(page: Page) {
  return page.locator("np-playground").evaluate((element) => {
    const parts: Element[] = [];
    const collect = (root: ParentNode) => {
      for (const part of root.querySelectorAll("*")) {
        parts.push(part);
        if (part.shadowRoot && part.localName !== "np-glance") collect(part.shadowRoot);
      }
    };
    if (element.shadowRoot) collect(element.shadowRoot);
    const heights = (tag: string) =>
      parts.filter((part) => part.localName === tag).map((part) => part.getBoundingClientRect().height);
    const words = parts.filter((part) => part.localName !== "canvas" && part.checkVisibility());
    const texts = words.map((part) => Number.parseFloat(getComputedStyle(part).fontSize));
    return { texts, buttons: heights("button"), plots: heights("np-plot") };
  });
}

test("another root font changes nothing on our own page, which does not scroll sideways", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const playground = await open(page, SMALL, "index.html");
  await playground.untilDone();
  const measured: Awaited<ReturnType<typeof measuresOf>>[] = [];
  for (const size of ["16px", "24px"]) {
    const width = await page.evaluate((fontSize) => {
      document.documentElement.style.fontSize = fontSize;
      return document.documentElement.scrollWidth;
    }, size);
    expect(width).toBe(360);
    const inside = playground.host.locator("np-layer-chart");
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(inside, "one is open").toHaveCount(1);
    await expect(inside.locator(".u-over"), "and drawn").toBeVisible();
    measured.push(await measuresOf(page));
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(inside).toHaveCount(0);
  }
  expect(measured[1]).toEqual(measured[0]);
});

test("words are whole: how far the runs are, five layers, why a run diverged, and their title", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  const playground = await open(
    page,
    { ...ENDLESS, algorithms: "bp,np,danp", hidden_sizes: "64,64,64,64,64", "np.lr": 10, optimizer: "sgd" },
    "index.html",
  );
  const { host } = playground;
  const cut = (element: Element) => element.scrollWidth > element.clientWidth;
  const words = host.locator("np-transport .words > .muted");
  await expect(words).toContainText("images/s");
  expect(await words.evaluate(cut)).toBe(false);
  const transport = await host.locator("np-transport").boundingBox();
  expect(transport?.height, "one line of buttons").toBeLessThan(70);
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.unfold("Network");
  expect(await playground.control("Hidden layers").evaluate(cut)).toBe(false);
  await page.setViewportSize({ width: 360, height: 740 });
  await playground.unfold("Runs");
  const diverged = host.locator("np-run-table").getByText(/diverged, update/);
  await expect(diverged).toBeVisible();
  const [status, table] = [
    await diverged.boundingBox(),
    await host.locator("np-run-table .scroll").boundingBox(),
  ];
  expect((status?.x ?? 0) + (status?.width ?? 0)).toBeLessThanOrEqual((table?.x ?? 0) + (table?.width ?? 0));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.mouse.move(0, 0);
  await playground.control("Preset").focus();
  await playground.control("Preset").selectOption("Why decorrelate?");
  const explanation = host.getByRole("complementary", { name: "Explanation" });
  await expect(explanation.locator("strong")).toHaveText("Why decorrelate?");
});

test("text and heights are the same in a page with another root font", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  const measured: Awaited<ReturnType<typeof measuresOf>>[] = [];
  for (const size of ["16px", "62.5%", "24px"]) {
    await page.route("**/host.html", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><html lang="en" style="font-size: ${size}"><title>A host</title>
          <link rel="icon" href="data:," /><script type="module" src="np-playground.js"></script>
          <np-playground algorithms="bp,np" image_size="14" train_size="1000"></np-playground>`,
      }),
    );
    await page.goto("host.html");
    await expect(
      page.locator("np-playground").getByRole("button", { name: "Play", exact: true }),
    ).toBeEnabled();
    // What is loaded later is there, too.
    await expect(page.locator("np-try-it")).toBeAttached();
    await expect(page.locator("np-plot")).toHaveCount(3);
    measured.push(await measuresOf(page));
    await page.unroute("**/host.html");
  }
  const [usual, ...others] = measured;
  expect(others).toEqual([usual, usual]);
  expect(Math.min(...(usual?.texts ?? [0]))).toBeGreaterThanOrEqual(11);
  expect(usual?.plots.length).toBe(3);
});
