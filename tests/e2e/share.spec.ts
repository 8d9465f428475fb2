import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import type { Config } from "../../www/app/contract/config";
import type { Result } from "../../www/app/contract/result";
import { ENDLESS, link, open, type Playground, type Settings, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const RACE = { ...SMALL, algorithms: "bp,danp", num_seeds: 2 };

const dialog = ({ host }: Playground) => host.getByRole("dialog", { name: "Share" });

async function openShare(playground: Playground): Promise<void> {
  await playground.button("Share").click();
  await expect(dialog(playground)).toBeVisible();
}

async function train(page: Page, settings: Settings = RACE): Promise<Playground> {
  const playground = await open(page, settings);
  await playground.button("Play").click();
  await playground.untilDone();
  return playground;
}

/** What a button of the dialog saves: its name and its bytes. */
async function saved(
  page: Page,
  playground: Playground,
  button: string,
): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent("download");
  await dialog(playground).getByRole("button", { name: button, exact: true }).click();
  const file = await download;
  const name = file.suggestedFilename();
  await expect(dialog(playground).getByRole("status")).toHaveText(`Saved as ${name}.`);
  return { name, bytes: await readFile(await file.path()) };
}

const give = (playground: Playground, name: string, text: string) =>
  dialog(playground)
    .getByLabel("Results, settings or checkpoints")
    .setInputFiles([{ name, mimeType: "application/json", buffer: Buffer.from(text) }]);

/** Drops a file on the chart. */
const drop = (playground: Playground, name: string, text: string) =>
  playground.host.locator("np-learning-curves").evaluate(
    (chart, [name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const event = { dataTransfer, bubbles: true, composed: true, cancelable: true };
      chart.dispatchEvent(new DragEvent("drop", event));
    },
    [name, text] as const,
  );

test("the numbers are saved as CSV, a row for each rule, seed and epoch, and as the JSON of the result", async ({
  page,
}) => {
  const playground = await train(page);
  await openShare(playground);
  const result = await playground.result();

  const json = await saved(page, playground, "JSON");
  expect(json.name).toBe("np-playground-bp-danp-seed-0.json");
  expect(JSON.parse(json.bytes.toString())).toEqual(result);

  const csv = await saved(page, playground, "CSV");
  const [head = [], ...rows] = csv.bytes
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const keyed = rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])));
  const expected = result.runs.flatMap(({ algorithm, seed, history }) =>
    history.epoch.map((epoch, row) => [
      algorithm,
      seed,
      epoch,
      history.test_acc[row],
      history.train_loss[row],
    ]),
  );
  expect(expected.length).toBe(2 * 2 * 3);
  expect(
    keyed.map(({ algorithm, seed, epoch, test_acc, train_loss }) => [
      ...[algorithm, Number(seed), Number(epoch), Number(test_acc)],
      train_loss === "" ? null : Number(train_loss),
    ]),
  ).toEqual(expected);
  expect(rows.every((row) => row.length === head.length)).toBe(true);
  expect(head).toEqual(expect.arrayContaining(["seconds", "alignment_deg", "decorrelation_loss_layer_2"]));
});

test("settings of a file that find no room are not said to be there, and where one of several files is broken none is used", async ({
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "deviceMemory", { value: 0.2 }));
  const playground = await open(page, SMALL);
  await openShare(playground);
  await give(playground, "large.json", JSON.stringify({ hidden_sizes: [2048, 2048] }));
  await expect(dialog(playground).getByRole("alert")).toContainText(
    /layers of at most \d+ units; a run takes/,
  );
  await expect(dialog(playground)).not.toContainText("The settings are those of large.json");
  await dialog(playground)
    .getByLabel("Results, settings or checkpoints")
    .setInputFiles(
      [
        ["good.json", '{"lr": 0.25}'],
        ["broken.json", "{"],
      ].map(([name = "", text = ""]) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) })),
    );
  await expect(dialog(playground).getByRole("alert")).toContainText("broken.json is not JSON");
  expect((await playground.config()).lr).not.toBe(0.25);
});

test("what is open while runs come to their end says that they have, and what comes of a file", async ({
  page,
}) => {
  const playground = await open(page, { ...RACE, epochs: 12 });
  await playground.button("Play").click();
  await playground.untilTrained();
  await openShare(playground);
  const proven = dialog(playground).getByRole("button", { name: "Copy link that can be checked" });
  await playground.untilDone();
  await expect(proven).toBeVisible();
  await expect(dialog(playground).locator(".preview svg")).toContainText("BP");
  await give(
    playground,
    "config.json",
    JSON.stringify({ ...(await playground.config()), hidden_sizes: [4] }),
  );
  await expect(dialog(playground).getByText("There are none yet")).toBeVisible();
  await expect(proven).toHaveCount(0);
});

test("a figure is saved as lines and text, sized for a column, and as pixels at twice its size", async ({
  page,
}) => {
  const playground = await train(page);
  await playground.host.getByRole("combobox", { name: "against" }).selectOption("forward passes");
  await openShare(playground);
  const { bytes } = await saved(page, playground, "SVG");
  const svg = bytes.toString();
  const [width, texts, kinds] = await page.evaluate((svg) => {
    const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    const all = [...root.querySelectorAll("*")];
    return [
      root.getAttribute("width"),
      all.filter(({ localName }) => localName === "text").map(({ textContent }) => textContent),
      [...new Set(all.map(({ localName }) => localName))],
    ] as const;
  }, svg);
  expect(width).toBe("85mm");
  expect(texts).toEqual(expect.arrayContaining(["BP", "DANP", "forward passes", "chance"]));
  expect(texts.join("").replaceAll(" ", "")).toContain("Meanofupto2seeds,bandmintomax");
  for (const raster of ["image", "foreignObject", "style", "script", "canvas"])
    expect(kinds).not.toContain(raster);
  expect(svg).toContain("Helvetica, Arial");
  expect(svg, "what leads to it again").toContain(
    `#${link({ ...SMALL, algorithms: "bp,danp" }).slice(0, 3)}`,
  );
  expect(svg, "the colour of the page").toContain("#a8437f");

  await dialog(playground).getByLabel("Two columns, 175 mm").check();
  await dialog(playground).getByLabel("As the paper").check();
  const wide = (await saved(page, playground, "SVG")).bytes.toString();
  expect(wide).toContain('width="175mm"');
  expect(wide, "the colour of the paper").toContain("#cc79a7");
  expect(wide).not.toContain("#a8437f");

  const png = await saved(page, playground, "PNG");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  const pixels = 2 * Math.floor((175 / 25.4) * 96);
  expect(Math.abs(png.bytes.readUInt32BE(16) - pixels)).toBeLessThanOrEqual(2);

  await page.keyboard.press("Escape");
  await playground.unfold("Decorrelation loss");
  await openShare(playground);
  await dialog(playground).getByLabel("Chart").selectOption("Decorrelation loss, Layer 1");
  const inner = (await saved(page, playground, "SVG")).bytes.toString();
  expect(inner, "on its logarithmic axis").toContain("1e-3");
});

test("the link is copied, by the keyboard alone, and the focus comes back", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const playground = await open(page, RACE);
  await playground.button("Share").focus();
  await page.keyboard.press("Enter");
  await expect(dialog(playground).getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog(playground).getByRole("button", { name: "Copy link" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog(playground).getByRole("status")).toHaveText("Copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press("Escape");
  await expect(dialog(playground)).toBeHidden();
  await expect(playground.button("Share")).toBeFocused();

  await page.goto(copied);
  await expect.poll(async () => (await playground.config()).num_seeds).toBe(2);
  expect((await playground.config()).algorithms).toEqual(["bp", "danp"]);
});

test("a result that was saved comes back behind the curves, and its settings with it", async ({ page }) => {
  const playground = await train(page);
  await openShare(playground);
  const { bytes } = await saved(page, playground, "JSON");
  const result: Result = JSON.parse(bytes.toString());
  // As from another device: nothing of it is kept here.
  const other: Result = { ...result, version: "0.0.9", config: { ...result.config, lr: 0.5 } };
  await give(playground, "other.json", JSON.stringify(other));
  await expect(dialog(playground).getByRole("status")).toHaveText(
    "other.json: its 4 runs are among the kept results, and pinned behind the curves as A. " +
      `It was made by version 0.0.9; this is ${result.version}.`,
  );
  await page.keyboard.press("Escape");
  await expect(dialog(playground)).toBeHidden();
  await drop(playground, "again.json", bytes.toString());
  await expect(playground.host.getByText("again.json: its 4 runs are among")).toContainText("as B");
  await playground.openAll();
  const columns = playground.host.locator("np-learning-curves").getByRole("columnheader");
  await expect(columns).toHaveText(["Epoch", "BP B", "DANP B", "BP A", "DANP A", "BP", "DANP"]);
  await playground.host.locator("np-kept").getByRole("button", { name: "Load" }).last().click();
  await expect.poll(async () => (await playground.config()).lr).toBe(0.5);
});

test("a configuration sets the page, and Undo takes that back", async ({ page }) => {
  const playground = await train(page);
  const before = await playground.hashes();
  await openShare(playground);
  await give(playground, "config.json", '{"lr": 0.02, "algorithms": ["np"], "epochs": 3}');
  await expect(dialog(playground).getByRole("status")).toHaveText("The settings are those of config.json.");
  await page.keyboard.press("Escape");
  expect(await playground.config()).toMatchObject({
    lr: 0.02,
    algorithms: ["np"],
    epochs: 3,
    train_size: 5000,
  });
  await playground.button("Undo").click();
  await expect.poll(() => playground.hashes()).toEqual(before);
});

test("a checkpoint goes on to the same bits, and a damaged one changes nothing", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp,danp", epochs: 12 });
  const rowsOf = async () => (await playground.result()).runs.map(({ history }) => history.epoch.length);
  await playground.button("Epoch").click();
  await expect.poll(rowsOf, "in mid-run").toEqual([2, 2]);
  await playground.button("Step").click();
  await openShare(playground);
  const { name, bytes } = await saved(page, playground, "Checkpoint");
  expect(name).toBe("np-playground-bp-danp-seed-0.checkpoint.zip");
  expect(await rowsOf()).toEqual([2, 2]);
  await page.keyboard.press("Escape");
  await playground.button("Play").click();
  await playground.untilDone();
  const whole = await playground.hashes();

  await open(page, SMALL);
  await page.reload();
  await openShare(playground);
  const giveBytes = (buffer: Buffer) =>
    dialog(playground)
      .getByLabel("Results, settings or checkpoints")
      .setInputFiles([{ name: "runs.zip", mimeType: "application/zip", buffer }]);
  const damaged = Buffer.from(bytes);
  const middle = damaged.length >> 1;
  damaged[middle] = 255 - (damaged[middle] ?? 0);
  await giveBytes(damaged);
  await expect(dialog(playground).getByRole("alert")).toHaveText(/^runs\.zip is not whole/);
  const other = bytes.toString("latin1").replace(/"version":"\d+/, (text) => text.replace(/\d+$/, "9"));
  await giveBytes(Buffer.from(other, "latin1"));
  await expect(dialog(playground).getByRole("alert")).toHaveText(/was saved by version 9/);
  const edited = bytes.toString("latin1").replace('"lr":0.001', '"lr":0.005');
  expect(edited).not.toBe(bytes.toString("latin1"));
  await giveBytes(Buffer.from(edited, "latin1"));
  await expect(
    dialog(playground).getByRole("alert"),
    "settings that its weights did not come from",
  ).toHaveText(/^runs\.zip is not whole/);
  expect((await playground.config()).epochs, "as it was").toBe(SMALL.epochs);

  await giveBytes(bytes);
  await expect(dialog(playground).getByRole("status")).toHaveText("The runs of runs.zip go on.");
  await page.keyboard.press("Escape");
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(whole);
  expect((await playground.config()).epochs).toBe(12);
});

type Tensor = { dtype: string; shape: number[]; bytes: Buffer };

/** What a safetensors file holds. */
function contentOf(file: Buffer): { metadata: Record<string, string>; tensors: Record<string, Tensor> } {
  const length = Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata, ...listed } = JSON.parse(file.subarray(8, 8 + length).toString());
  const tensors = Object.entries(
    listed as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>,
  ).map(([name, { dtype, shape, data_offsets }]) => {
    const [from, to] = data_offsets.map((offset) => 8 + length + offset);
    return [name, { dtype, shape, bytes: file.subarray(from, to) }] as const;
  });
  return { metadata, tensors: Object.fromEntries(tensors) };
}

test("the weights are saved by name and shape, the very ones that the hash is of", async ({ page }) => {
  const playground = await train(page, { ...RACE, "bp.lr@0.2": 0.002, "danp.lr@1.1": 0.003 });
  await openShare(playground);
  const { name, bytes } = await saved(page, playground, "Weights");
  expect(name).toBe("np-playground-bp-danp-seed-0.safetensors");
  const { metadata, tensors } = contentOf(bytes);
  const { config } = await playground.result();
  expect(config.changes).toHaveLength(2);
  expect(JSON.parse(metadata.config ?? ""), "of all rules").toEqual(config);
  const shapes = Object.entries(tensors).map(([name, { dtype, shape }]) => [
    name,
    `${dtype} ${shape.join(" x ")}`,
  ]);
  expect(Object.fromEntries(shapes)).toMatchObject({
    ...{ "bp.0.1.W": "F32 32 x 196", "bp.0.1.b": "F32 32", "bp.1.2.W": "F32 10 x 32" },
    ...{ "danp.0.1.R": "F32 196 x 196", "danp.1.2.R": "F32 32 x 32" },
  });
  expect(shapes.length).toBe(2 * 4 + 2 * 6);
  for (const { algorithm, seed, weights_hash } of (await playground.result()).runs) {
    const hash = createHash("sha256");
    for (const layer of [1, 2]) {
      for (const what of ["W", "b", "R"])
        hash.update(tensors[`${algorithm}.${seed}.${layer}.${what}`]?.bytes ?? "");
    }
    expect(hash.digest("hex").slice(0, 16), `${algorithm} ${seed}`).toBe(weights_hash);
  }
});

test("the layout of the authors' program holds the same numbers, and comes back behind the curves", async ({
  page,
}) => {
  const playground = await train(page);
  await openShare(playground);
  const { name, bytes } = await saved(page, playground, "Authors' layout");
  expect(name).toBe("np-playground-bp-danp-seed-0.results.zip");
  const files = unzipSync(bytes);
  const numbers = (file: string) =>
    strFromU8(files[`np-playground-results/${file}`] ?? new Uint8Array())
      .trim()
      .split("\n")
      .map(Number);
  const { runs } = await playground.result();
  for (const algorithm of ["bp", "danp"]) {
    const seeds = runs
      .filter((run) => run.algorithm === algorithm)
      .map(({ history }) => history.test_acc.map(Number));
    const over = (act: (values: number[]) => number) =>
      seeds[0]?.map((_, row) => act(seeds.map((run) => run[row] ?? 0)));
    expect(numbers(`mnist_${algorithm}/test_acc_min.txt`)).toEqual(over((values) => Math.min(...values)));
    expect(numbers(`mnist_${algorithm}/test_acc_max.txt`)).toEqual(over((values) => Math.max(...values)));
    expect(numbers(`mnist_${algorithm}/test_acc_mean.txt`)).toEqual(over(([a = 0, b = 0]) => (a + b) / 2));
    expect(numbers(`mnist_${algorithm}/train_acc_mean.txt`)[0], "not measured before training").toBeNaN();
  }

  await dialog(playground)
    .getByLabel("Results, settings or checkpoints")
    .setInputFiles([{ name: "theirs.zip", mimeType: "application/zip", buffer: bytes }]);
  await expect(dialog(playground).getByRole("status")).toHaveText(/^theirs\.zip: its 4 runs are .* as A\.$/);
  await page.keyboard.press("Escape");
  await playground.openAll();
  const cells = playground.host.locator("np-learning-curves").getByRole("row").last().getByRole("cell");
  const [bp = "", danp = "", ours = ""] = await cells.allTextContents();
  expect(bp, "the same numbers").toBe(ours.replace(/ \(.*/, ""));
  expect(danp).toMatch(/^\d/);
});

const WRONG: Record<string, [text: string, sentence: RegExp]> = {
  "no JSON": ['{"lr": 0.0', /wrong\.json is not JSON as a whole \(.+\): give the file as it was saved/],
  "no settings": ['{"lr": -1, "colour": 3}', /wrong\.json: .*lr.* Change that in the file/],
  "a list": ["[1, 2]", /wrong\.json: These are no settings/],
  "a result with a wrong history": [
    '{"config": {}, "version": "0", "runs": [{"algorithm": "bp", "seed": 0, "status": "finished", "history": 3}]}',
    /wrong\.json is no result of NP Playground: runs\.0\.history /,
  ],
  "a result of an unheard-of rule": [
    '{"config": {}, "version": "0", "runs": [{"algorithm": "magic"}]}',
    /wrong\.json is no result of NP Playground: runs\.0\.algorithm .*magic/,
  ],
  "a result without runs": ['{"config": {}, "version": "0", "runs": []}', /without runs/],
};

test("wrong files get a sentence, and nothing is lost", async ({ page }) => {
  const playground = await train(page, { ...SMALL, num_seeds: 1 });
  const before = await playground.result();
  await openShare(playground);
  for (const [what, [text, sentence]] of Object.entries(WRONG)) {
    await give(playground, "wrong.json", text);
    await expect(dialog(playground).getByRole("alert"), what).toHaveText(sentence);
  }
  await page.keyboard.press("Escape");
  await expect(dialog(playground)).toBeHidden(); // or the sentence stands in it, and goes with it
  await drop(playground, "wrong.json", "{");
  await expect(playground.notice).toHaveText(/wrong\.json is not JSON/);
  await playground.host.getByRole("button", { name: "Close" }).click();
  await expect(playground.notice).toBeHidden();
  expect(await playground.result()).toEqual(before);
});

test("the picture in the dialog has what was opened in it, as its files have", async ({ page }) => {
  const playground = await train(page);
  const result = await playground.result();
  await openShare(playground);
  const preview = dialog(playground).locator(".preview svg");
  await expect(preview).toContainText("BP");
  await expect(preview).not.toContainText("BP A");
  await give(playground, "earlier.json", JSON.stringify(result));
  await expect(dialog(playground).getByRole("status")).toContainText("pinned behind the curves as A");
  await expect(preview).toContainText("BP A");
});

test("what is no file of this page is still read as images", async ({ page }) => {
  const playground = await open(page, SMALL);
  const bars = Array.from({ length: 200 }, (_, index) => {
    const label = index % 2;
    return [label, ...Array.from({ length: 16 }, (_, pixel) => (pixel % 4 === 2 * label ? 255 : 0))].join(
      ",",
    );
  });
  await drop(playground, "bars.csv", `${bars.join("\n")}\n`);
  await expect(playground.host.getByText("160 training and 40 test images")).toBeVisible();
});

for (const [width, height] of [
  [360, 740],
  [1280, 800],
] as const) {
  test(`the dialog is accessible and has no sideways scroll at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const playground = await train(page, { ...SMALL, num_seeds: 2 });
    await openShare(playground);
    await expect(dialog(playground).locator("svg")).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include("np-playground").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
        [],
      );
    }
    const [scrolls, fits] = await dialog(playground).evaluate((box) => [box.scrollWidth, box.clientWidth]);
    expect(scrolls).toBe(fits);
  });
}

/** Until what draws for paper has come. */
async function untilPrinted(page: Page, { host }: Playground, charts: number): Promise<void> {
  await expect
    .poll(async () => {
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      return host.locator(".printed svg").count();
    })
    .toBe(charts);
}

test("printing prints the charts as lines, light, and no controls", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const drawn = page.waitForResponse(/figure-.*\.js/);
  const playground = await train(page);
  for (const title of ["Alignment angle", "Decorrelation loss"]) await playground.unfold(title);
  await drawn;
  await untilPrinted(page, playground, 3);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(playground.host.locator(".printed svg").first()).toBeVisible();
  await expect(playground.button("Play")).toBeHidden();
  await expect(playground.control("Learning rate")).toBeHidden();
  await expect(playground.host.locator(".printed svg > rect").first()).toHaveAttribute("fill", "#fff");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(playground.button("Play")).toBeVisible();
  await expect(playground.host.locator(".printed")).toHaveCount(0);
});

test("printing prints the charts as lines where they are shown alone, and under a dialog", async ({
  page,
}) => {
  // As where a frame forbids it: what fills the screen itself lies where the browser wants it.
  await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, "requestFullscreen"));
  const playground = await train(page);
  await playground.unfold("Alignment angle");
  await page.keyboard.press("f");
  await untilPrinted(page, playground, 2);
  await page.emulateMedia({ media: "print" });
  await expect(playground.host.locator(".printed svg").first()).toBeVisible();
  await expect(playground.button("Play")).toBeHidden();
  await expect(playground.host).toHaveCSS("position", "static");
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.keyboard.press("f");
  await playground.button("Put it on your page").click();
  const embed = playground.host.getByRole("dialog", { name: "Put it on your page" });
  await expect(embed).toBeVisible();
  await untilPrinted(page, playground, 2);
  await page.emulateMedia({ media: "print" });
  await expect(embed).toBeHidden();
  await expect(playground.host.locator(".printed > svg").first()).toBeVisible();
});

test("printing prints lines before any run has ended, and where a browser does not tell when it is idle", async ({
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "requestIdleCallback"));
  const playground = await open(page, ENDLESS);
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.button("Pause").click();
  await untilPrinted(page, playground, 1);
});

test("what was said of a file goes when other settings come", async ({ page }) => {
  const playground = await open(page, SMALL);
  await drop(playground, "mine.json", JSON.stringify({ seed: 5 }));
  const said = playground.host.getByText("mine.json");
  await expect(said).toBeVisible();
  await playground.button("New seed").click();
  await expect(said).toBeHidden();
});

test("the settings of a file are those that a link with them has", async ({ page }) => {
  const playground = await open(page, SMALL);
  await drop(
    playground,
    "config.json",
    JSON.stringify({ algorithms: ["np"], overrides: { np: { lr: 0.01 } } }),
  );
  const given: Partial<Config> = { algorithms: ["np"], overrides: { np: { lr: 0.01 } } };
  await expect.poll(() => playground.config()).toMatchObject(given);
});
