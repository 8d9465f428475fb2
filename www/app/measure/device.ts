import { type Case, DEVICE_CASES } from "./cases";
import type { MeasureClient } from "./client";
import { type Round, type Row, rowOf } from "./rows";
import { warmUp } from "./warm-up";

/** Two shards of images: what the first visit of the playground has fetched already. */
export const TRAIN_SIZE = 5000;
const ROUNDS = 5;
const PEAK_MS = 30;
const TRAIN_MS = 300;
const WARM_UP_MS = 600;

/** Measures the cases one after another; every row is there as soon as it is known. */
export async function* measureDevice(
  client: MeasureClient,
  onCase: (next: Case, index: number, count: number) => void,
): AsyncGenerator<Row> {
  for (const [index, next] of DEVICE_CASES.entries()) {
    onCase(next, index, DEVICE_CASES.length);
    await client.begin(next, TRAIN_SIZE);
    await warmUp(client, WARM_UP_MS);
    yield rowOf(next, await rounds(client));
  }
}

async function rounds(client: MeasureClient): Promise<Round[]> {
  const done: Round[] = [];
  while (done.length < ROUNDS) {
    const peak_gflops = await client.peak(PEAK_MS);
    done.push({ peak_gflops, trained: await client.train(TRAIN_MS) });
  }
  return done;
}
