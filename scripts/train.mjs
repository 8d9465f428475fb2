// Our own engine in Node, with MNIST's shards: networks to look at, and runs to their end.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import init, { check_config, Dataset, Trainer } from "../www/pkg/np_playground.js";
import initToy, { Toy } from "../www/pkg/toy/np_playground.js";

const here = (path) => fileURLToPath(new URL(`../www/${path}`, import.meta.url));
const module = (folder) => ({ module_or_path: readFileSync(here(`${folder}/np_playground_bg.wasm`)) });

function read(shards) {
  const data = new Dataset();
  const file = (name) => gunzipSync(readFileSync(here(`public/data/${name}`)));
  for (const { images, labels } of shards) data.append(file(images.file), file(labels.file));
  return data;
}

/** What the article's figures and numbers are made with; `lookedAt` is the configuration of the network in them. */
export async function engines(lookedAt) {
  await Promise.all([init(module("pkg")), initToy(module("pkg/toy"))]);
  const manifest = JSON.parse(readFileSync(here("public/data/manifest.json"), "utf8"));
  const [train, test] = [read(manifest.train.shards), read(manifest.test.shards)];
  const [first] = manifest.train.shards;
  const few = read([first]);
  return {
    Toy,
    open: (algorithm) => new Trainer(lookedAt, algorithm, 0, few, few),
    train: trainTo(train, test),
  };
}

const trainTo = (train, test) => (given, algorithm) => {
  const config = check_config({ ...given, algorithms: [algorithm] });
  const run = new Trainer(config, algorithm, config.seed, train, test);
  while (run.status().status === "running") run.epoch();
  const accuracy = run.row(run.length - 1)[4];
  const { status } = run.status();
  run.free();
  return status === "diverged" ? undefined : accuracy;
};
