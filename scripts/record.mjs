// Records curves as our own engine computes them: of the first visit, over three seeds, which the page shows before
// anything has been loaded (www/app/recorded/recorded.json), and the other sides of presets that compare
// (www/app/recorded/beside.json). Both say with which version, at which commit.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import init, { check_config, Dataset, Trainer, version } from "../www/pkg/np_playground.js";

const SEEDS = 3;
const FIRST_VISIT = "story";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const json = (path) => JSON.parse(readFileSync(here(path), "utf8"));

function read(shards) {
  const data = new Dataset();
  const file = (name) => gunzipSync(readFileSync(here(`../www/public/data/${name}`)));
  for (const { images, labels } of shards) data.append(file(images.file), file(labels.file));
  return data;
}

/** The curves of one run. Seconds, which are another machine's, are left out. */
function record(config, algorithm, seed) {
  const trainer = new Trainer(config, algorithm, seed, train, test);
  while (trainer.status().status === "running") trainer.epoch();
  const rows = Array.from({ length: trainer.length }, (_, index) => trainer.row(index));
  const layers = config.hidden_sizes.length + 1;
  const rounded = (value) => (Number.isNaN(value) ? null : Number(value.toPrecision(4)));
  const column = (index) => rows.map((row) => rounded(row[index]));
  const whole = (index) => rows.map((row) => row[index]);
  const [train_loss, train_acc, test_loss, test_acc] = [1, 2, 3, 4].map(column);
  const [epoch, forward_passes, multiply_adds] = [0, 5, 6].map(whole);
  const alignment_deg = rows.map((row) => ({
    network: rounded(row[8]),
    layers: [...row.slice(9, 9 + layers)].map(rounded),
  }));
  const decorrelation_loss = rows.map((row) => [...row.slice(9 + layers)].map(rounded));
  const costs = { epoch, forward_passes, multiply_adds };
  const measures = { train_loss, train_acc, test_loss, test_acc, alignment_deg, decorrelation_loss };
  const { status, steps_per_epoch } = trainer.status();
  return { algorithm, seed, status, steps_per_epoch, history: { ...costs, ...measures } };
}

/** Without what goes on inside, which the first visit's recording does not show. */
function learningOf({ history: { alignment_deg: _, decorrelation_loss: __, ...history }, ...run }) {
  return { ...run, history };
}

function recordAll(given) {
  const config = check_config(given);
  const seeds = Array.from({ length: config.num_seeds }, (_, i) => config.seed + i);
  return config.algorithms.flatMap((algorithm) => seeds.map((seed) => record(config, algorithm, seed)));
}

function write(name, recorded) {
  const path = `www/app/recorded/${name}.json`;
  writeFileSync(here(`../${path}`), `${JSON.stringify({ version: version(), commit, ...recorded })}\n`);
  execFileSync("node_modules/.bin/biome", ["format", "--write", path], { cwd: here("..") });
  console.log(`${path}: version ${version()}, commit ${commit}`);
}

await init({ module_or_path: readFileSync(here("../www/pkg/np_playground_bg.wasm")) });
const manifest = json("../www/public/data/manifest.json");
const [train, test] = [read(manifest.train.shards), read(manifest.test.shards)];
const presets = json("../www/app/contract/presets.json");
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();

const { config } = presets.find(({ id }) => id === FIRST_VISIT);
write("recorded", { preset: FIRST_VISIT, runs: recordAll({ ...config, num_seeds: SEEDS }).map(learningOf) });
const compared = presets.filter(({ beside }) => beside);
const sides = compared.map(({ id, config, beside }) => [id, recordAll({ ...config, ...beside })]);
write("beside", { presets: Object.fromEntries(sides) });
