import type { MeasureClient } from "./client";

const SLICE_MS = 200;
/** A slice this much faster than the best before it means that the engine is still optimising. */
const STILL_FASTER = 1.05;

/**
 * Trains until it no longer gets faster, for `leastMs` at least: a browser first runs wasm as it comes, several
 * times slower, and exchanges each function for its optimised form once it has been busy for a while.
 */
export async function warmUp(client: Pick<MeasureClient, "train">, leastMs: number): Promise<void> {
  let spent = 0;
  let best = 0;
  for (let faster = true; faster || spent < leastMs; ) {
    const { samples, seconds } = await client.train(SLICE_MS);
    faster = samples / seconds > best * STILL_FASTER;
    best = Math.max(best, samples / seconds);
    spent += seconds * 1000;
  }
}
