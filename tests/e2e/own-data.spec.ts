import { gzipSync } from "node:zlib";
import { open, SMALL } from "./support/playground";
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
  expect(posted, "nothing is sent").toEqual([]);
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
  const pictures = await page.evaluate(() =>
    Array.from({ length: 60 }, (_, i) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no context");
      context.fillRect(0, 0, 8, 8);
      context.fillStyle = `rgb(${100 + i} ${100 + i} ${100 + i})`;
      context.fillRect(...((i % 2 === 0 ? [0, 3, 8, 2] : [3, 0, 2, 8]) as [number, number, number, number]));
      return canvas.toDataURL("image/png").split(",")[1] ?? "";
    }),
  );
  const files = pictures.map((base64, i) => ({
    path: `bars/${i % 2 === 0 ? "lying" : "standing"}/${i}.png`,
    bytes: Buffer.from(base64, "base64"),
  }));
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
