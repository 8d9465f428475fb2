import type { SeenUpdate } from "../contract/update";

/** How many draws a mean is of: each holds those before it. */
export const MEANS = [1, 4, 16, 64, 256] as const;

/** Multiply-adds that a worker may be asked for at once: some seconds on a phone. */
const MOST_WORK = 1e10;

/** Whether a mean of so many draws can be waited for: a noisy pass has the clean one's products from the second layer on. */
export function affordable({ layers, batch, lossDiffs, draws }: SeenUpdate, wanted: number): boolean {
  const products = layers.reduce(
    (sum, { credit }, l) => sum + credit.length * (layers[l - 1]?.credit.length ?? 0),
    0,
  );
  const passes = lossDiffs.length / draws;
  return wanted * passes * batch * products <= MOST_WORK;
}
