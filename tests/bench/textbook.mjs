// The textbook cost of an update, against which savings count as speed.

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * Multiply-adds a sample of one update with every product of the rules written out, and none of the work spared
 * that need not be done. With B samples, layers n -> m, and one noise sample:
 *
 *   clean pass            n m each layer; n n more where a D rule takes x* = R x
 *   noisy pass            as the clean one, from the first layer on: 1 for NP and ANP, one for each layer for INP
 *   backpropagated error  m n each layer but the first, and n n more through R
 *   weight gradient       m n each layer
 *   update of R           the covariance X*' X*, n n each layer, and C R, n n n for the whole batch
 */
export function textbookMultiplyAdds(algorithm, hidden_sizes, batch_size) {
  const decorrelated = algorithm.startsWith("d");
  const rule = decorrelated ? algorithm.slice(1) : algorithm;
  const sizes = [784, ...hidden_sizes, 10];
  const layers = sizes.slice(1).map((outputs, l) => ({ inputs: sizes[l], outputs }));

  const weights = ({ inputs, outputs }) => inputs * outputs;
  const decorrelation = ({ inputs }) => (decorrelated ? inputs * inputs : 0);
  const through = (some) => sum(some.map((layer) => weights(layer) + decorrelation(layer)));

  const noisyPasses = { bp: 0, np: 1, anp: 1, inp: layers.length }[rule];
  const passes = (1 + noisyPasses) * through(layers);
  const errors = rule === "bp" ? through(layers.slice(1)) : 0;
  const gradient = sum(layers.map(weights));
  const update = sum(
    layers.map((layer) => decorrelation(layer) + (decorrelation(layer) * layer.inputs) / batch_size),
  );
  return passes + errors + gradient + update;
}
