import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Locator } from "@playwright/test";
import { open, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** An IDX file: magic number, sizes, entries. */
function idx(magic: number, sizes: number[], entries: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  [magic, ...sizes].forEach((word, i) => {
    header.writeUInt32BE(word, 4 * i);
  });
  return Buffer.concat([header, entries]);
}

/** Images whose class is the column that is lit, as the two files of a set, gzipped as they are published. */
function idxFiles(set: string, count: number, rows: number, cols: number, classes: number) {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  const pixels = Uint8Array.from({ length: count * rows * cols }, (_, p) => {
    const image = Math.floor(p / (rows * cols));
    return p % cols === image % classes ? 255 - (image % 100) : (p * 7) % 40;
  });
  const file = (name: string, bytes: Buffer) => ({
    name: `${set}-${name}-ubyte.gz`,
    mimeType: "application/gzip",
    buffer: gzipSync(bytes),
  });
  return [
    file("images-idx3", idx(0x803, [count, rows, cols], pixels)),
    file("labels-idx1", idx(0x801, [count], labels)),
  ];
}

/** An archive of these files. */
function tar(files: { path: string; bytes: Buffer }[]): Buffer {
  const blocks = files.flatMap(({ path, bytes }) => {
    const head = Buffer.alloc(512);
    head.write(path, 0);
    head.write("0000644\0", 100);
    head.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    head.write("        0", 148); // the sum counts its own place as blanks
    head.write("ustar\u000000", 257);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function csv(text: string, name = "mine.csv") {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

const OWN = { ...SMALL, dataset: "own", algorithms: "bp,danp", lr: 0.01, epochs: 10 };

test("own images train, are looked into, and stay where they are", async ({ page }) => {
  const posted: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") posted.push(request.url());
  });
  const playground = await open(page, OWN);
  const own = playground.host.locator("np-own-data");
  // A link to such runs says what is missing, and so does Play.
  const missing = playground.notice.filter({ hasText: "give the same files" });
  await expect(missing).toBeVisible();
  await playground.button("Play").click();
  await expect(missing.and(playground.host.locator("div"))).toBeVisible();

  const files = own.getByLabel("Drop files here, or choose them:");
  await files.setInputFiles([...idxFiles("train", 400, 20, 12, 5), ...idxFiles("t10k", 100, 20, 12, 5)]);
  await expect(
    own.getByText("400 training and 100 test images of 20 × 12 pixels in 5 classes."),
  ).toBeVisible();
  await expect(playground.notice).toHaveCount(0);
  await expect(own.getByRole("row")).toHaveCount(6);
  await expect(own.getByRole("img", { name: "6 images of class 4" })).toBeVisible();
  expect(await playground.config()).toMatchObject({ dataset: "own", train_size: 400, test_size: 100 });

  await playground.button("Play").click();
  await playground.untilDone();
  const { runs } = await playground.result();
  for (const run of runs) expect(run.history.test_acc.at(-1), run.algorithm).toBeGreaterThan(0.95);
  await playground.openAll();
  const test = playground.host.locator("np-test-answers");
  await test.scrollIntoViewIfNeeded();
  await expect(test.locator(".matrix tbody td")).toHaveCount(25);
  const weights = playground.host.locator("np-weights");
  await weights.scrollIntoViewIfNeeded();
  await expect(weights.getByRole("img")).toHaveAccessibleName(/^32 units/);

  // A CSV file takes their place: other classes, another shape, one set of which a fifth tests.
  const line = (i: number) =>
    [i % 3, ...Array.from({ length: 6 }, (_, p) => (p % 3 === i % 3 ? 255 : 0))].join(",");
  const lines = Array.from({ length: 150 }, (_, i) => line(i)).join("\n");
  await files.setInputFiles([csv(`label,1x1,1x2,1x3,2x1,2x2,2x3\n${lines}\n`)]);
  await expect(own.getByText("120 training and 30 test images of 2 × 3 pixels in 3 classes.")).toBeVisible();
  expect((await playground.result()).runs[0]?.history.epoch, "anew").toEqual([]);
  await playground.button("Play").click();
  await playground.untilDone();
  expect((await playground.result()).runs[0]?.history.test_acc.at(-1)).toBe(1);

  // Back to MNIST, without the files being forgotten.
  await own.getByRole("radio", { name: "MNIST" }).check();
  await expect.poll(async () => (await playground.config()).dataset).toBe("mnist");
  await expect(own.getByText("120 training")).toBeVisible();
  const results = playground.host.locator("np-kept tbody tr");
  const others = "For its curves give “t10k-images-idx3-ubyte.gz and 3 more” under Own images, as they were,";
  await expect(results, "results say what they are of").toContainText([
    "Own images (mine.csv): ",
    "Own images (t10k-images-idx3-ubyte.gz and 3 more): ",
  ]);
  await expect(results.first().locator(".problem")).toHaveCount(0);
  await expect(results.last()).toContainText(others);
  expect(posted, "nothing is sent").toEqual([]);
});

test("the map of a sweep is of the images that it was trained on, also when they are given again", async ({
  page,
}) => {
  const playground = await open(page, { ...SMALL, epochs: 1 });
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  const files = own.getByLabel("Drop files here, or choose them:");
  /** Columns of 4 x 4 pixels, of which one is lit. */
  const bars = (light: number) =>
    Array.from({ length: 150 }, (_, image) =>
      [
        image % 3,
        ...Array.from({ length: 16 }, (_, pixel) => (pixel % 4 === image % 3 ? light : image % 50)),
      ].join(","),
    ).join("\n");
  const read = own.getByText("120 training and 30 test images");
  await files.setInputFiles([csv(bars(255), "bars.csv")]);
  await expect(read).toBeVisible();
  const sweep = playground.host.locator("np-sweep");
  await sweep.getByLabel("Learning rates").fill("0.01");
  await sweep.getByLabel("Noise sizes").fill("0.01");
  await sweep.getByRole("button", { name: "Start sweep" }).click();
  await expect(sweep.getByText(/^Best: \d/)).toBeVisible({ timeout: 60_000 });
  const others = sweep.getByText("Trained on other images than those that are there now.");
  await expect(others).toBeHidden();
  await files.setInputFiles([csv(bars(200), "other.csv")]);
  await expect(others).toBeVisible();
  await files.setInputFiles([csv(bars(255), "again.csv")]);
  await expect(others).toBeHidden();
});

test("runs on own images that only Undo has still are asked for before the page is left", async ({
  page,
}) => {
  const playground = await open(page, { ...OWN, epochs: 200, train_size: 400 }, "index.html");
  const files = playground.host.locator("np-own-data").getByLabel("Drop files here, or choose them:");
  await files.setInputFiles([...idxFiles("train", 400, 20, 12, 5), ...idxFiles("t10k", 100, 20, 12, 5)]);
  await expect(playground.host.getByText("400 training and 100 test images")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.button("Pause").click();
  await playground.host.evaluate((element: PlaygroundElement) =>
    element.configure({ epochs: 1, train_size: 500 }),
  );
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => location.reload()));
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await playground.button("Undo").click();
  expect((await playground.result()).runs[0]?.history.epoch.length, "they are there").toBeGreaterThan(1);
});

test("the published files of Fashion-MNIST work as they are, also dropped", async ({ page }) => {
  const playground = await open(page, { ...SMALL, epochs: 1 });
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  const files = [...idxFiles("train", 300, 28, 28, 10), ...idxFiles("t10k", 50, 28, 28, 10)];
  const named = files.map(({ name, buffer }) => ({ name, bytes: [...buffer] }));
  await own.locator(".drop").evaluate((drop, all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, bytes } of all) dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
    drop.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, named);
  await expect(
    own.getByText("300 training and 50 test images of 28 × 28 pixels in 10 classes."),
  ).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.statuses()).toEqual(["finished"]);
});

test("pictures in a folder for each class are decoded, and train", async ({ page }) => {
  const playground = await open(page, { ...SMALL, algorithms: "bp", lr: 0.01, epochs: 20 });
  await playground.openAll();
  // Bars that lie and bars that stand, each a little brighter than the one before.
  const drawn = await page.evaluate(() =>
    ["opaque", "clear"].map((ground) =>
      Array.from({ length: 60 }, (_, i) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
        const context = canvas.getContext("2d");
        if (!context) throw new Error("no context");
        if (ground === "opaque") context.fillRect(0, 0, 8, 8);
        const light = ground === "opaque" ? 100 + i : 255;
        context.fillStyle = `rgb(${light} ${light} ${light})`;
        context.fillRect(
          ...((i % 2 === 0 ? [0, 3, 8, 2] : [3, 0, 2, 8]) as [number, number, number, number]),
        );
        return canvas.toDataURL("image/png").split(",")[1] ?? "";
      }),
    ),
  );
  // As `tar .` in the folder names them.
  const [files = [], clear = []] = drawn.map((pictures) =>
    pictures.map((base64, i) => ({
      path: `./${i % 2 === 0 ? "lying" : "standing"}/${i}.png`,
      bytes: Buffer.from(base64, "base64"),
    })),
  );
  const own = playground.host.locator("np-own-data");
  await own
    .getByLabel("Drop files here, or choose them:")
    .setInputFiles([{ name: "bars.tar", mimeType: "application/x-tar", buffer: tar(files) }]);
  await expect(own.getByText("48 training and 12 test images of 8 × 8 pixels in 2 classes.")).toBeVisible();
  for (const name of ["lying", "standing"])
    await expect(own.getByRole("img", { name: `6 images of class ${name}` })).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  expect((await playground.result()).runs[0]?.history.test_acc.at(-1)).toBe(1);
  const matrix = playground.host.locator("np-test-answers .matrix");
  await matrix.scrollIntoViewIfNeeded();
  await expect(matrix.getByRole("columnheader")).toHaveText(["lying", "standing"]);
  await expect(matrix.getByRole("rowheader")).toHaveText(["lying", "standing"]);

  // White on nothing would be white on white.
  await own
    .getByLabel("Drop files here, or choose them:")
    .setInputFiles([{ name: "clear.tar", mimeType: "application/x-tar", buffer: tar(clear) }]);
  await expect(own.getByText("they lie on black")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  expect((await playground.result()).runs[0]?.history.test_acc.at(-1)).toBe(1);

  await playground.button("Share").click();
  const share = playground.host.getByRole("dialog", { name: "Share" });
  await share.getByText("On my machine: the command", { exact: true }).click();
  await expect(share.getByText("The command reads no pictures, which these images are:")).toBeVisible();
  await page.keyboard.press("Escape");

  const [first, ...others] = files;
  const damaged = [
    { path: first?.path ?? "", bytes: Buffer.from("\x89PNG\r\n\x1a\n, and no more", "latin1") },
    ...others,
  ];
  await own
    .getByLabel("Drop files here, or choose them:")
    .setInputFiles([{ name: "bars.tar", mimeType: "application/x-tar", buffer: tar(damaged) }]);
  await expect(own.getByRole("alert")).toContainText("0.png");
});

test("bad files are said to be bad, and nothing is lost", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const hashes = await playground.hashes();
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  const files = own.getByLabel("Drop files here, or choose them:");
  const [images, labels] = idxFiles("train", 30, 4, 4, 2);
  if (!images || !labels) throw new Error("two files");
  const cases = [
    { files: [csv("cat,1\ndog,2\n")], says: "mine.csv is a table of 2 columns, which are no images" },
    { files: [csv("0,1,2\n")], says: "name the columns of pixels" },
    { files: [images], says: "has 30 images of 4 x 4 pixels and no labels" },
    { files: [images, { ...labels, buffer: labels.buffer.subarray(0, 30) }], says: "cannot be unpacked" },
    {
      files: [csv(`label,1x1,1x2,2x1,2x2\n${"0,9,200,30,4\n".repeat(60)}`)],
      says: "there must be 2 to 100 classes",
    },
    {
      files: [{ ...images, name: "a.png", buffer: Buffer.from([137, 80, 78, 71, 255, 0]) }],
      says: "is in no format that is known here",
    },
  ];
  for (const { files: given, says } of cases) {
    await files.setInputFiles(given);
    await expect(own.getByRole("alert")).toContainText(says);
  }
  expect(await playground.hashes()).toEqual(hashes);
  expect(await playground.config()).toMatchObject({ dataset: "mnist" });
});

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const)
  test(`what came of chosen files is in sight, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const playground = await open(page, SMALL, "index.html");
    const own = playground.host.locator("np-own-data");
    await playground.host.getByRole("heading", { name: "Own images" }).click();
    const files = own.getByLabel("Drop files here, or choose them:");
    /** Whether nothing lies above its end. */
    const uncovered = (found: Locator) =>
      found.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const root = element.getRootNode() as ShadowRoot;
        return root.elementFromPoint(x + width / 2, y + height - 2) === element;
      });
    await files.setInputFiles([csv("cat,1\ndog,2\n")]);
    const problem = own.getByRole("alert");
    await expect(problem).toBeInViewport({ ratio: 1 });
    await expect.poll(() => uncovered(problem)).toBe(true);
    await files.setInputFiles([csv(bars(1))]);
    const found = own.getByText("32 training and 8 test images");
    await expect(found).toBeInViewport({ ratio: 1 });
    await expect.poll(() => uncovered(found)).toBe(true);
    await expect(own.getByRole("heading", { name: "How the files are taken" })).toBeInViewport({ ratio: 1 });
    // Closed in the meantime, the panel opens for what comes.
    await playground.host.getByRole("heading", { name: "Own images" }).click();
    await expect(own).toHaveCount(0);
    await playground.host.locator("np-learning-curves").evaluate((curves) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["cat,1\ndog,2\n"], "mine.csv"));
      curves.dispatchEvent(
        new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true }),
      );
    });
    await expect(problem).toBeInViewport({ ratio: 1 });
    await expect.poll(() => uncovered(problem)).toBe(true);
  });

test("of many classes the most frequent confusions are listed, and nothing speaks of a matrix", async ({
  page,
}) => {
  const playground = await open(page, { ...OWN, algorithms: "bp", lr: 0.0001, epochs: 1 });
  const own = playground.host.locator("np-own-data");
  const files = own.getByLabel("Drop files here, or choose them:");
  await files.setInputFiles([...idxFiles("train", 400, 4, 40, 40), ...idxFiles("t10k", 80, 4, 40, 40)]);
  await expect(own.getByText("80 test images of 4 × 40 pixels in 40 classes.")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.openAll();
  const test = playground.host.locator("np-test-answers");
  await test.scrollIntoViewIfNeeded();
  const title = /The 16 most frequent of \d+ confusions of BP/;
  await expect(test.getByRole("table", { name: title }).getByRole("row")).toHaveCount(17);
  await expect(test.getByRole("region", { name: title })).toBeVisible();
  await expect(test.locator("figcaption")).toHaveText(
    /test images right\. The 16 most frequent of \d+ .*\.$/,
  );
});

/** Bars of 4 x 4 pixels in four classes, 40 lines, the class behind them. */
function bars(white: number, lines = 40): string {
  const line = (i: number) =>
    [...Array.from({ length: 16 }, (_, p) => (p % 4 === i % 4 ? white : 0)), "abcd"[i % 4]].join(",");
  return `${Array.from({ length: lines }, (_, i) => line(i)).join("\n")}\n`;
}

test("what was guessed stands beside the images, and can be changed there", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  const choices = own.locator("np-own-choices");
  await own.getByLabel("Drop files here, or choose them:").setInputFiles([csv(bars(1))]);
  await expect(own.getByText("32 training and 8 test images of 4 × 4 pixels in 4 classes.")).toBeVisible();
  await expect(own.getByRole("img", { name: "6 images of class d" })).toBeVisible();
  await expect(choices.getByText("the label is in column 17")).toBeVisible();
  await expect(choices.getByText("0 is black and 1 white.", { exact: false }).last()).toBeVisible();
  expect(await playground.statuses(), "nothing trains on a guess").toEqual(["queued"]);

  // With the keyboard: turned, and as a negative. The pictures follow.
  const picture = () => own.getByRole("img", { name: "6 images of class a" });
  /** How bright its first line is. */
  const first = () =>
    picture().evaluate((canvas: HTMLCanvasElement) => {
      const context = new OffscreenCanvas(4, 1).getContext("2d", { willReadFrequently: true });
      context?.drawImage(canvas, 0, 0);
      return [...(context?.getImageData(0, 0, 4, 1).data ?? [])].filter((_, i) => i % 4 === 3);
    });
  await expect.poll(first).toEqual([255, 0, 0, 0]);
  await choices.getByLabel("Rows and columns").selectOption("true");
  await expect.poll(first).toEqual([255, 255, 255, 255]);
  await choices.getByLabel("White is").fill("2");
  await choices.getByLabel("White is").press("Enter");
  await expect.poll(first).toEqual([128, 128, 128, 128]);
  await choices.getByLabel("Training and test").focus();
  await expect(choices.getByLabel("Training and test")).toBeFocused();

  // A choice that cannot be is refused, nothing is lost, and the way out stands there.
  await choices.getByLabel(/^Or column/).fill("nonsense");
  await choices.getByLabel(/^Or column/).press("Enter");
  await expect(own.getByRole("alert")).toContainText('no column called "nonsense"');
  await expect(own.getByText("32 training and 8 test images")).toBeVisible();
  await choices.getByLabel("Label", { exact: true }).selectOption({ label: "column 17" });
  await expect(own.getByRole("alert")).toHaveCount(0);
  await choices.getByRole("button", { name: "Guess again" }).click();
  await expect.poll(first).toEqual([255, 0, 0, 0]);
  await expect(choices.getByRole("button", { name: "Guess again" })).toHaveCount(0);
});

test("a menu shows the column that is used, wherever the choices stand now", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  const words = (i: number) => `${"ab"[i % 2]},${"xyz"[i % 3]}`;
  const line = (i: number) => [words(i), ...Array.from({ length: 16 }, (_, p) => (p * i) % 250)].join(",");
  const table = Array.from({ length: 60 }, (_, i) => line(i)).join("\n");
  await own.getByLabel("Drop files here, or choose them:").setInputFiles([csv(`${table}\n`)]);
  const menu = own.getByLabel("Label", { exact: true });
  const shown = () => menu.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
  for (const column of [2, 1, 2]) {
    await menu.selectOption({ label: `column ${column}` });
    await expect(own.getByText(`the label is in column ${column}`)).toBeVisible();
    await expect.poll(shown).toBe(`column ${column}`);
  }
});

test("sizes follow the images that there are, and come back", async ({ page }) => {
  const playground = await open(page, { algorithms: "bp", hidden_sizes: "8", epochs: 1 });
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  const files = own.getByLabel("Drop files here, or choose them:");
  const sizes = async () => {
    const { dataset, train_size, test_size } = await playground.config();
    return [dataset, train_size, test_size];
  };
  await files.setInputFiles([csv(bars(255))]);
  await expect.poll(sizes).toEqual(["own", 32, 8]);
  await expect(playground.host.getByText("Of the 32 there are.")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  await files.setInputFiles([csv(bars(255, 8000))]);
  await expect.poll(sizes).toEqual(["own", 5000, 1600]);
  await expect(playground.host.getByText("Of the 6400 there are.")).toBeVisible();
  const train = playground.control("Training images");
  await train.fill("10000");
  await train.press("Enter");
  await expect.poll(sizes).toEqual(["own", 6400, 1600]);
  await train.fill("20");
  await train.press("Enter");
  await expect.poll(sizes).toEqual(["own", 20, 1600]);
  await own.getByRole("radio", { name: "MNIST" }).check();
  await expect.poll(sizes).toEqual(["mnist", 20, 2000]);
  await own.getByRole("radio", { name: "Own images" }).check();
  await expect.poll(sizes).toEqual(["own", 20, 1600]);
  // What was trained before is not lost, and neither are its images.
  await playground.button("Undo").click();
  await expect.poll(() => playground.config()).toMatchObject({ dataset: "mnist" });
});

for (const path of ["index.html", "embed.html"])
  test(`a drop anywhere on ${path} is taken with its folders, and never leaves the page`, async ({
    page,
  }, info) => {
    const folder = info.outputPath("bars");
    mkdirSync(`${folder}/deep`, { recursive: true });
    writeFileSync(`${folder}/deep/train.csv`, bars(255));
    writeFileSync(`${folder}/deep/test.csv`, bars(255, 20));
    writeFileSync(`${folder}/README`, "Bars.");
    const playground = await open(page, { ...SMALL, epochs: 1 }, path);
    const devtools = await page.context().newCDPSession(page);
    const drop = async (file: string, x: number, y: number) => {
      const data = { items: [], files: [file], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const)
        await devtools.send("Input.dispatchDragEvent", { type, x, y, data });
    };
    await drop(folder, 3, 3); // beside the element
    const own = playground.host.locator("np-own-data");
    await expect(own.getByText("40 training and 20 test images")).toBeVisible();
    await expect(own.getByText("Passed over: bars/README.")).toBeVisible();
    await expect(own).toBeInViewport();
    await drop(`${folder}/deep/test.csv`, 640, 300); // on the chart
    await expect(own.getByText("16 training and 4 test images")).toBeVisible();
    await drop(`${folder}/README`, 3, 3);
    await expect(own.getByRole("alert")).toContainText("There are no images in README");
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`${path}$`));
  });

test("the page around an embedded element keeps its own drops", async ({ page }) => {
  await page.goto("test-embed.html");
  const taken = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["1"], "mine.csv"));
    const drop = () =>
      new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true });
    const prevented = (target: Element | null) => target?.dispatchEvent(drop()) === false;
    return [prevented(document.body), prevented(document.querySelector("np-playground"))];
  });
  expect(taken).toEqual([false, true]);
});

test("while files are read the page lives on, and may cancel", async ({ page }) => {
  await page.route(/own\.worker/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: "self.onmessage = () => {};" }),
  );
  const playground = await open(page, SMALL);
  await playground.openAll();
  const own = playground.host.locator("np-own-data");
  await own.getByLabel("Drop files here, or choose them:").setInputFiles([csv(bars(255))]);
  await expect(own.getByText("Reading the files.")).toBeVisible();
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(own.getByText(/^Still reading the files/)).toBeVisible({ timeout: 40_000 });
  await own.getByRole("button", { name: "Cancel" }).click();
  await expect(own.getByText(/eading the files/)).toHaveCount(0);
  expect(await playground.statuses()).toEqual(["finished"]);
});

test("a checkpoint on own images does not go on with others of the same size and classes", async ({
  page,
}) => {
  const playground = await open(page, { ...OWN, hidden_sizes: 16, epochs: 4 });
  const own = playground.host.locator("np-own-data");
  const share = playground.host.getByRole("dialog", { name: "Share" });
  const giveImages = async (image: (line: number) => string) => {
    const lines = Array.from({ length: 60 }, (_, line) => `${image(line)}${line % 2}\n`);
    await own.getByLabel("Drop files here, or choose them:").setInputFiles([csv(lines.join(""))]);
    await expect(own.getByText("48 training and 12 test images of 4 × 4 pixels in 2 classes.")).toBeVisible();
    await expect(playground.word("Ready"), "nothing is left of others").toBeVisible();
  };
  const giveCheckpoint = (buffer: Buffer) =>
    share
      .getByLabel("Results, settings or checkpoints")
      .setInputFiles([{ name: "runs.zip", mimeType: "application/zip", buffer }]);
  const [ours, theirs] = [0, 1].map(
    (lit) => (line: number) => (line % 2 === lit ? "255,9," : "9,255,").repeat(8),
  );
  if (!ours || !theirs) throw new Error("two sets of images");

  await giveImages(ours);
  await playground.button("Epoch").click();
  await expect.poll(async () => (await playground.result()).runs[0]?.history.epoch.length).toBe(2);
  await playground.button("Share").click();
  const download = page.waitForEvent("download");
  await share.getByRole("button", { name: "Checkpoint", exact: true }).click();
  const bytes = readFileSync(await (await download).path());
  await page.keyboard.press("Escape");
  await playground.button("Play").click();
  await playground.untilDone();
  const whole = await playground.hashes();

  await giveImages(theirs);
  await playground.button("Play").click();
  await playground.untilDone();
  const others = await playground.hashes();
  await playground.button("Share").click();
  await giveCheckpoint(bytes);
  await expect(share.getByRole("alert")).toHaveText(
    /^runs\.zip: .* these images are not those that it was trained on \(give those first/,
  );
  expect(await playground.hashes(), "everything is as it was").toEqual(others);

  await page.keyboard.press("Escape");
  await giveImages(ours);
  await playground.button("Share").click();
  await giveCheckpoint(bytes);
  await expect(share.getByRole("status")).toHaveText("The runs of runs.zip go on.");
  await page.keyboard.press("Escape");
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(whole);
});
