/**
 * An update with one sample of its batch in view, as the worker lists it: see `Trainer::update_of` and
 * `Trainer::change_of` in src/trainer/inspect/update.rs, which say what stands where.
 */

/** Of one layer, a number for each unit. */
export interface SeenLayer {
  /** Noise that the compared pass has itself; zero where it is clean. */
  ownNoise: Float32Array;
  preactivation: Float32Array;
  activation: Float32Array;
  /** E_l, the mean over the draws; of a rule without errors of units, what the biases are to do. */
  credit: Float32Array;
  /** E_l by backpropagation. */
  error: Float32Array;
  /** What backpropagation says of the same as the credit: E_l, or what the biases are to do. */
  exact: Float32Array;
  /** X*, where the rule decorrelates: a number for each input. */
  decorrelated?: Float32Array;
  /** What the noisy pass that is shown did, where there is one. */
  noisy?: SeenNoise;
}

export interface SeenNoise {
  /** Of noise on the weights, what reached the unit. */
  noise: Float32Array;
  preactivationDiff: Float32Array;
  activationDiff: Float32Array;
  /** On the unit's own bias, where the noise is on the weights. */
  bias?: Float32Array;
}

export interface SeenUpdate {
  update: number;
  /** Its place in the batch. */
  sample: number;
  batch: number;
  label: number;
  noiseStd: number;
  /** Noise samples K; 0 of a rule without noise. */
  draws: number;
  /** Whether the rule gives errors of units, so that the sample has a gradient of its own. */
  ofErrors: boolean;
  /** Estimate and exact gradient of the whole batch. */
  batchArrows: Arrows;
  /** Of the pass that the noisy ones are compared with. */
  loss: number;
  /** Row by row, 0 to 255. */
  pixels: Float32Array;
  /** L less the loss of each noisy pass. */
  lossDiffs: Float32Array;
  /** The same as the mean over the batch. */
  batchDiffs: Float32Array;
  layers: SeenLayer[];
}

/** Two vectors: their lengths and their inner product. */
export interface Arrows {
  estimate: number;
  exact: number;
  product: number;
}

/** What an update changes in a layer, unit by unit. */
export interface SeenChange {
  /** The sample's loss before and after. */
  loss: number;
  lossAfter: number;
  before: Parameters;
  after: Parameters;
  /** X* of the sample by the new R, of every layer that decorrelates. */
  decorrelated: Float32Array[];
}

export interface Parameters {
  bias: Float32Array;
  /** Unit by unit; of the first layer each row by row of the image. */
  weights: Float32Array;
}

/** Reads a list from its beginning. */
class Reader {
  readonly #list: Float32Array;
  #at = 0;

  constructor(list: Float32Array) {
    this.#list = list;
  }

  one(): number {
    return this.#list[this.#at++] ?? Number.NaN;
  }

  take(count: number): Float32Array {
    this.#at += count;
    return this.#list.subarray(this.#at - count, this.#at);
  }
}

export function readUpdate(list: Float32Array, decorrelates: boolean): SeenUpdate {
  const reader = new Reader(list);
  const one = () => reader.one();
  // In two numbers: one of 32 bits would not hold every update.
  const update = 65_536 * one() + one();
  const [sample, batch, label] = [one(), one(), one()];
  const [noiseStd, draws, ofErrors] = [one(), one(), one() === 1];
  one(); // multiply-adds: for the laws
  const [estimate, exact, cos] = [one(), one(), one()];
  const batchArrows = { estimate, exact, product: cos * estimate * exact };
  const [loss, passes, count, pixels] = [one(), one(), one(), one()];
  const units = Array.from({ length: count }, one);
  const image = reader.take(pixels);
  const [lossDiffs, batchDiffs] = [reader.take(passes), reader.take(passes)];
  const layers = units.map((n): SeenLayer => {
    const [ownNoise, preactivation, activation] = [reader.take(n), reader.take(n), reader.take(n)];
    const credit = reader.take(n).map((sum) => sum / Math.max(1, draws));
    const error = reader.take(n);
    const exact = ofErrors ? error : reader.take(n);
    return { ownNoise, preactivation, activation, credit, error, exact };
  });
  const inputs = [pixels, ...units];
  if (decorrelates)
    layers.forEach((layer, l) => {
      layer.decorrelated = reader.take(inputs[l] ?? 0);
    });
  if (passes > 0)
    layers.forEach((layer, l) => {
      const n = units[l] ?? 0;
      const [noise, preactivationDiff, activationDiff] = [reader.take(n), reader.take(n), reader.take(n)];
      layer.noisy = { noise, preactivationDiff, activationDiff, ...(!ofErrors && { bias: reader.take(n) }) };
    });
  return {
    ...{ update, sample, batch, label, noiseStd, draws, ofErrors, batchArrows, loss },
    ...{ pixels: image, lossDiffs, batchDiffs, layers },
  };
}

/** Of a layer with so many units and inputs. */
export function readChange(
  list: Float32Array,
  seen: SeenUpdate,
  layer: number,
  decorrelates: boolean,
): SeenChange {
  const reader = new Reader(list);
  const inputs = [seen.pixels.length, ...seen.layers.map(({ credit }) => credit.length)];
  const [into = 0, units = 0] = inputs.slice(layer);
  const [loss, lossAfter] = [reader.one(), reader.one()];
  const parameters = (): Parameters => ({
    bias: reader.take(units),
    weights: reader.take(units * into),
  });
  return {
    ...{ loss, lossAfter, before: parameters(), after: parameters() },
    decorrelated: decorrelates ? seen.layers.map((_, l) => reader.take(inputs[l] ?? 0)) : [],
  };
}

/** What a layer receives from the sample: the image in the range of the network, or what the layer below gives. */
export function inputOf(seen: SeenUpdate, layer: number): Float32Array {
  return seen.layers[layer - 1]?.activation ?? seen.pixels.map((pixel) => pixel / 255);
}

/** The same as its weights see it. */
export function seenInputOf(seen: SeenUpdate, layer: number): Float32Array {
  return seen.layers[layer]?.decorrelated ?? inputOf(seen, layer);
}
