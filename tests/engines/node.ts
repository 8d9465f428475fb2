import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Config } from "../../www/app/contract/config";
import { appendRows, emptyHistory, type History } from "../../www/app/contract/history";
import type { RunResult } from "../../www/app/contract/result";
import { type Part, parseManifest, shardsFor } from "../../www/app/dataset/manifest";
import type { TrainerStatus } from "../../www/app/worker/loop";
import init, { Dataset, Trainer } from "../../www/pkg/np_playground.js";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const shard = (file: string) => gunzipSync(read(`dist/data/${file}`));

/** What the site's wasm module makes of a configuration in Node, which stands for a browser without a page. */
export async function trainInNode(config: Config): Promise<RunResult[]> {
  await init({ module_or_path: read("www/pkg/np_playground_bg.wasm") });
  const { train, test, shard_size } = parseManifest(read("dist/data/manifest.json"), config.dataset);
  const [trained, tested] = [
    images(train, config.train_size, shard_size),
    images(test, config.test_size, shard_size),
  ];
  return config.algorithms.map((algorithm) => {
    const trainer = new Trainer(config, algorithm, config.seed, trained, tested);
    const history = run(trainer, config.hidden_sizes.length + 1);
    const { status } = trainer.status() as TrainerStatus;
    return { algorithm, seed: config.seed, status, history, weights_hash: trainer.weights_hash() };
  });
}

function images(part: Part, size: number, shardSize: number): Dataset {
  const dataset = new Dataset();
  for (const { images, labels } of shardsFor(part, size, shardSize))
    dataset.append(shard(images.file), shard(labels.file));
  return dataset;
}

function run(trainer: Trainer, layers: number): History {
  while ((trainer.status() as TrainerStatus).status === "running") trainer.epoch();
  const history = emptyHistory();
  for (let row = 0; row < trainer.length; row++)
    appendRows(history, trainer.row(row) ?? new Float64Array(), layers);
  return history;
}
