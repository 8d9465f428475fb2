import type { Config } from "../contract/config";
import type { SeenUpdate } from "../contract/update";

/** How many draws a mean is of: each holds those before it. */
export const MEANS = [1, 4, 16, 64, 256] as const;

/** Multiply-adds that a worker may be asked for at once: some seconds on a phone. */
const MOST_WORK = 1e10;

/** Of a look into a whole update, by somebody who has asked for it; and in passing. */
const MOST_LOOK = 5e10;
const MOST_GLANCE = 1e9;

interface Looked {
  config: Pick<Config, "hidden_sizes" | "batch_size" | "num_noise_iters">;
  shape: { rows: number; cols: number; classes: number };
}

/** Whether an update can be rehearsed while its run goes on: nothing else is heard meanwhile. */
export function canLook(looked: Looked, inPassing = false): boolean {
  return workOf(looked) <= (inPassing ? MOST_GLANCE : MOST_LOOK);
}

/** Whether the whole test set can be answered while a run goes on. */
export function canAnswer(
  config: Pick<Config, "hidden_sizes" | "test_size">,
  shape: Looked["shape"],
): boolean {
  return config.test_size * weightsOf(config, shape) <= MOST_LOOK;
}

/** Multiply-adds of an update, at most about: a clean pass and the way back, and a noisy pass for each layer and draw. */
function workOf({ config, shape }: Looked): number {
  const { hidden_sizes, batch_size, num_noise_iters } = config;
  return batch_size * weightsOf(config, shape) * (3 + num_noise_iters * (hidden_sizes.length + 1));
}

function weightsOf({ hidden_sizes }: Pick<Config, "hidden_sizes">, shape: Looked["shape"]): number {
  const sizes = [shape.rows * shape.cols, ...hidden_sizes, shape.classes];
  return sizes.slice(1).reduce((sum, size, l) => sum + size * (sizes[l] ?? 0), 0);
}

/** Whether a mean of so many draws can be waited for: a noisy pass has the clean one's products from the second layer on. */
export function affordable({ layers, batch, lossDiffs, draws }: SeenUpdate, wanted: number): boolean {
  const products = layers.reduce(
    (sum, { credit }, l) => sum + credit.length * (layers[l - 1]?.credit.length ?? 0),
    0,
  );
  const passes = lossDiffs.length / draws;
  return wanted * passes * batch * products <= MOST_WORK;
}
