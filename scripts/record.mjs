// Records what the page shows before anything has been loaded: the first visit's curves, over three seeds, as our own
// engine computes them. www/app/recorded/recorded.json says with which version, at which commit.

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

/** The curves of one run. Seconds, which are another machine's, are left out, and so is what the picture lacks. */
function record(config, algorithm, seed, train, test) {
  const trainer = new Trainer(config, algorithm, seed, train, test);
  while (trainer.status().status === "running") trainer.epoch();
  const rows = Array.from({ length: trainer.length }, (_, index) => trainer.row(index));
  const column = (index) =>
    rows.map((row) => (Number.isNaN(row[index]) ? null : Number(row[index].toFixed(4))));
  const columns = [0, 1, 2, 3, 4, 5, 6].map(column);
  const [epoch, train_loss, train_acc, test_loss, test_acc, forward_passes, multiply_adds] = columns;
  const history = { epoch, train_loss, train_acc, test_loss, test_acc, forward_passes, multiply_adds };
  const { steps_per_epoch } = trainer.status();
  return { algorithm, seed, steps_per_epoch, history };
}

await init({ module_or_path: readFileSync(here("../www/pkg/np_playground_bg.wasm")) });
const manifest = json("../www/public/data/manifest.json");
const [train, test] = [read(manifest.train.shards), read(manifest.test.shards)];
const preset = json("../www/app/contract/presets.json").find(({ id }) => id === FIRST_VISIT);
const config = { ...check_config(preset.config), num_seeds: SEEDS };
const runs = config.algorithms.flatMap((algorithm) =>
  Array.from({ length: SEEDS }, (_, i) => record(config, algorithm, config.seed + i, train, test)),
);
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const recorded = { version: version(), commit, preset: FIRST_VISIT, runs };
writeFileSync(here("../www/app/recorded/recorded.json"), `${JSON.stringify(recorded)}\n`);
console.log(`www/app/recorded/recorded.json: ${runs.length} runs, version ${version()}, commit ${commit}`);
