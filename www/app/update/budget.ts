import type { Config } from "../contract/config";
import { ruleInfo } from "../contract/rules";
import type { SeenUpdate } from "../contract/update";

/** How many draws a mean is of: each holds those before it. */
export const MEANS = [1, 4, 16, 64, 256] as const;

/** Multiply-adds that a worker may be asked for at once: some seconds on a phone. */
const MOST_WORK = 1e10;

/** Of a look into a whole update, by somebody who has asked for it; and in passing. */
const MOST_LOOK = 5e10;
const MOST_GLANCE = 1e9;

/** Places along the noise, at each of which the loss is taken, as `Trainer::along` has them. */
const PLACES = 41;

/** A clean pass goes through the R of the pixels once; what an update changes is two of those, and R's own update. */
const [THROUGH_R, WITH_R] = [1, 4];

type Net = Pick<Config, "hidden_sizes" | "algorithms">;

/** An experiment, by the settings of the runs that are shown: others may have been chosen since. */
interface Looked {
  ofRuns: Net & Pick<Config, "batch_size" | "num_noise_iters" | "overrides">;
  shape: { rows: number; cols: number; classes: number };
}

/** Whether an update can be rehearsed while its run goes on: nothing else is heard meanwhile. */
export function canLook(looked: Looked, inPassing = false): boolean {
  return inPassing ? workOf(looked, THROUGH_R) <= MOST_GLANCE : workOf(looked, WITH_R) <= MOST_LOOK;
}

/** Whether the whole test set can be answered while a run goes on. */
export function canAnswer(config: Net & Pick<Config, "test_size">, shape: Looked["shape"]): boolean {
  const { ofPixels, others } = productsOf(config, shape);
  return config.test_size * (THROUGH_R * ofPixels + others) <= MOST_LOOK;
}

/** Multiply-adds of an update, at most about: a clean pass and the way back, and a noisy pass for each layer and draw. */
function workOf({ ofRuns: config, shape }: Looked, timesR: number): number {
  const { ofPixels, others } = productsOf(config, shape);
  const drawn = config.algorithms.filter((rule) => ruleInfo(rule).noise);
  const draws = drawn.map((rule) => config.overrides[rule]?.num_noise_iters ?? config.num_noise_iters);
  const passes = Math.max(0, ...draws) * (config.hidden_sizes.length + 1);
  return config.batch_size * (timesR * ofPixels + (3 + passes) * others);
}

/** Multiply-adds of a sample's pass: through the R of its pixels, where a rule has one, and through all other matrices. */
function productsOf({ hidden_sizes, algorithms }: Net, shape: Looked["shape"]) {
  const pixels = shape.rows * shape.cols;
  const inputs = [pixels, ...hidden_sizes];
  const weights = [...hidden_sizes, shape.classes].map((units, l) => units * (inputs[l] ?? 0));
  const squares = hidden_sizes.map((units) => units ** 2);
  return algorithms.some((rule) => ruleInfo(rule).decorrelated)
    ? { ofPixels: pixels ** 2, others: sum([...weights, ...squares]) }
    : { ofPixels: 0, others: sum(weights) };
}

/** Whether a mean of so many draws can be waited for. */
export function affordable(seen: SeenUpdate, wanted: number): boolean {
  return wanted * seen.batch * ofDraw(seen) <= MOST_WORK;
}

/** Whether the loss can be taken along the noise of a pass: at each place all draws up to it, and a gradient of them. */
export function canGoAlong(seen: SeenUpdate, pass: number): boolean {
  const { lossDiffs, draws, batch } = seen;
  if (lossDiffs.length === 0) return true;
  const drawn = Math.floor(((pass % lossDiffs.length) * draws) / lossDiffs.length) + 1;
  return PLACES * batch * (drawn * ofDraw(seen) + sum(weightsOf(seen))) <= MOST_WORK;
}

/**
 * Multiply-adds of a draw, for a sample. A noisy pass goes through W and R from the second layer on; where the noise is
 * on the weights, through these and their noise, and of the first layer through the noise.
 */
function ofDraw(seen: SeenUpdate): number {
  const { layers, lossDiffs, draws, ofErrors } = seen;
  const [first = 0, ...others] = weightsOf(seen);
  const squares = layers.slice(1).map(({ decorrelated }) => (decorrelated?.length ?? 0) ** 2);
  const pass = ofErrors ? sum(others) : first + 2 * sum(others);
  return (lossDiffs.length / draws) * (pass + sum(squares));
}

/** How many each layer has. */
function weightsOf({ pixels, layers }: SeenUpdate): number[] {
  return layers.map(({ credit }, l) => credit.length * (layers[l - 1]?.credit ?? pixels).length);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
