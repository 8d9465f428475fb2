import type { Page } from "@playwright/test";

/** Sums and products that every machine can do, as many each time. */
const ROUNDS = 30_000_000;

/** Milliseconds that the page's own thread takes for them now: what all else of the same run is to be held against. */
export function referenceLoop(page: Page): Promise<number> {
  return page.evaluate((rounds) => {
    const start = performance.now();
    let value = 1;
    for (let round = 0; round < rounds; round++) value = (Math.imul(value, 1_103_515_245) + 12_345) | 0;
    return value === 0 ? Number.NaN : performance.now() - start; // the sum is used, so that it is not left out
  }, ROUNDS);
}
