// The cost as work grows: one size after another is varied, the others stay.

import { availableParallelism } from "node:os";

const RULES = ["bp", "anp", "danp"];
const NET = [64, 64];
const BATCH = 100;

const WIDTHS = [16, 32, 64, 128, 256, 512, 1024, 2048];
const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8];
const BATCHES = [1, 3, 10, 30, 100, 300, 1000, 2000];
const IMAGES = [1000, 2500, 5000, 10_000, 20_000, 40_000, 60_000];
const WORKERS_ON = [
  { hidden_sizes: NET, batch_size: BATCH },
  { hidden_sizes: [256, 256, 256], batch_size: 1000 },
];

/** {width, depth, batch, images, workers}: lists of rows. */
export async function measureScaling(page, plan) {
  const vary = async (name, values, caseOf) => {
    const rows = [];
    for (const value of values) {
      for (const algorithm of RULES) {
        const { train_size = plan.train_size, ...sizes } = caseOf(value);
        const next = { algorithm, hidden_sizes: NET, batch_size: BATCH, ...sizes };
        const row = { [name]: value, ...(await page.call("scaleSpeed", next, { ...plan, train_size })) };
        rows.push(row);
        const memory = (row.memory_bytes / 2 ** 20).toFixed(0);
        console.log(
          `${name} ${value}  ${algorithm}  ${row.samples_per_s.toFixed(0)} samples/s  ${memory} MiB`,
        );
      }
    }
    return rows;
  };
  return {
    width: await vary("width", WIDTHS, (width) => ({ hidden_sizes: [width, width] })),
    depth: await vary("depth", DEPTHS, (depth) => ({ hidden_sizes: Array(depth).fill(NET[0]) })),
    batch: await vary("batch", BATCHES, (batch_size) => ({ batch_size })),
    images: await vary("images", IMAGES, (train_size) => ({ train_size })),
    workers: await measureWorkers(page, plan),
  };
}

async function measureWorkers(page, plan) {
  const rows = [];
  for (const sizes of WORKERS_ON) {
    for (const algorithm of RULES) {
      for (let workers = 2; workers <= availableParallelism(); workers++) {
        const row = await page.call("scaleWorkers", { algorithm, ...sizes }, workers, plan);
        rows.push(row);
        console.log(`${workers} workers  ${algorithm}  ${sizes.hidden_sizes}  x${row.over_one.toFixed(2)}`);
      }
    }
  }
  return rows;
}
