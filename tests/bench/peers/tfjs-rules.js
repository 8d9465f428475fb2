// One update of each rule in TensorFlow.js, in the form that is fastest there:
//
// - matrices are transposed first and then multiplied: its wasm backend has a fast product only for matrices as they
//   lie, and with the flags transposeA and transposeB, as its own gradients are written, takes up to thirty times as long;
// - bias and, where the pre-activation itself is not needed, leaky ReLU are fused into the product;
// - the first layer's clean product serves the noisy pass too, and a pass with noise in one layer starts there;
// - the factors of the rules are multiplied into B numbers before they meet a matrix;
// - noise comes from a short generator of our own: tf.randomNormal takes several times as long.
//
// The form `usual` is what one gets without looking for that: its own gradients for BP, the flags for the others.
//
// Weights are stored (inputs, outputs), and R transposed, so that x* = x Q with Q = R'.

const SLOPE = 0.2;
const ADAM = [0.9, 0.999, 1e-7];

export class Net {
  #transposes = new Map(); // of this step, by matrix

  constructor(
    tf,
    { algorithm, hidden_sizes, batch_size, lr = 1e-3, decor_lr = 1e-3, noise_std = 0.01, usual },
  ) {
    Object.assign(this, { tf, noise_std, decor_lr, batch_size, usual });
    this.decorrelated = algorithm.startsWith("d");
    this.rule = this.decorrelated ? algorithm.slice(1) : algorithm;
    const sizes = [784, ...hidden_sizes, 10];
    this.layers = sizes.slice(1).map((outputs, l) => this.#layer(sizes[l], outputs));
    this.units = sizes.slice(1).reduce((sum, units) => sum + units, 0);
    this.optimizer = tf.train.adam(lr, ...ADAM);
  }

  #layer(inputs, outputs) {
    const { tf } = this;
    const weights = tf.randomNormal([inputs, outputs], 0, Math.sqrt(2 / inputs));
    const layer = {
      inputs,
      outputs,
      weights: tf.variable(weights),
      bias: tf.variable(tf.zeros([outputs])),
    };
    weights.dispose();
    if (this.decorrelated) layer.q = tf.variable(tf.eye(inputs), false);
    return layer;
  }

  /** One update; x (batch, 784), y one-hot (batch, 10). */
  step(x, y) {
    this.tf.tidy(() => (this.rule === "bp" ? this.#backpropagate(x, y) : this.#perturb(x, y)));
    this.#transposes.clear();
  }

  dispose() {
    for (const { weights, bias, q } of this.layers)
      for (const variable of [weights, bias, q]) variable?.dispose();
    this.optimizer.dispose();
  }

  // --- backpropagation ---

  #backpropagate(x, y) {
    const { tf, layers } = this;
    const inputs = []; // X*
    const outputs = []; // X
    for (const [l, layer] of layers.entries()) {
      inputs.push(this.#decorrelate(l === 0 ? x : outputs[l - 1], layer));
      outputs.push(this.#affine(inputs[l], layer, l < layers.length - 1));
    }
    let error = tf.mul(tf.sub(tf.softmax(outputs.pop()), y), 1 / this.batch_size);
    const errors = [];
    for (let l = layers.length - 1; l >= 0; l--) {
      errors[l] = error;
      if (l === 0) break;
      const { weights, q } = layers[l];
      let below = this.#product(error, weights, false, true);
      if (q) below = this.#product(below, q, false, true);
      error = tf.mul(below, tf.step(outputs[l - 1], SLOPE));
    }
    this.#update(inputs, errors);
  }

  // --- node perturbation ---

  #perturb(x, y) {
    const { layers } = this;
    const clean = { inputs: [], a: [], x: [] };
    for (const [l, layer] of layers.entries()) {
      clean.inputs.push(this.#decorrelate(l === 0 ? x : clean.x[l - 1], layer));
      clean.a.push(this.#affine(clean.inputs[l], layer, false));
      clean.x.push(this.#activate(clean.a[l], l));
    }
    clean.loss = this.#loss(clean.x.at(-1), y);
    this.#update(
      clean.inputs,
      { np: this.#np, anp: this.#anp, inp: this.#inp }[this.rule].call(this, clean, y),
    );
  }

  #np(clean, y) {
    const { tf, layers, noise_std, batch_size } = this;
    const noise = layers.map(({ outputs }) => this.#noise(outputs));
    const noisy = this.#noisyPass(clean, y, 0, (l, a) => tf.add(a, noise[l]));
    const factor = tf.mul(tf.sub(noisy.loss, clean.loss), 1 / (noise_std ** 2 * batch_size));
    return noise.map((eps) => tf.mul(eps, factor));
  }

  #anp(clean, y) {
    const { tf, layers } = this;
    const noisy = this.#noisyPass(clean, y, 0, (l, a) => tf.add(a, this.#noise(layers[l].outputs)));
    const diffs = noisy.a.map((a, l) => tf.sub(a, clean.a[l]));
    const norm = tf.addN(diffs.map((diff) => tf.sum(tf.square(diff), 1, true)));
    const factor = this.#normalised(noisy.loss, clean.loss, norm, this.units);
    return diffs.map((diff) => tf.mul(diff, factor));
  }

  #inp(clean, y) {
    const { tf } = this;
    return this.layers.map(({ outputs }, noisyLayer) => {
      const diff = this.#noise(outputs); // below the noise nothing moves, so the activity difference is the noise
      const noisy = this.#noisyPass(clean, y, noisyLayer, (l, a) => (l === noisyLayer ? tf.add(a, diff) : a));
      const norm = tf.sum(tf.square(diff), 1, true);
      return tf.mul(diff, this.#normalised(noisy.loss, clean.loss, norm, outputs));
    });
  }

  /** From layer `first`, whose pre-activation is the clean one; `perturb` adds the noise. */
  #noisyPass(clean, y, first, perturb) {
    const { layers } = this;
    const a = [];
    let x;
    for (let l = first; l < layers.length; l++) {
      const before =
        l === first ? clean.a[l] : this.#affine(this.#decorrelate(x, layers[l]), layers[l], false);
      a[l] = perturb(l, before);
      x = this.#activate(a[l], l);
    }
    return { a, loss: this.#loss(x, y) };
  }

  /** units dL / (norm B), so that the errors below are those of a gradient that is descended on. */
  #normalised(noisyLoss, cleanLoss, norm, units) {
    const { tf } = this;
    return tf.div(tf.mul(tf.sub(noisyLoss, cleanLoss), units / this.batch_size), norm);
  }

  // --- what all have in common ---

  #product(a, b, transposeA = false, transposeB = false) {
    if (this.usual) return this.tf.matMul(a, b, transposeA, transposeB);
    return this.tf.matMul(transposeA ? this.#transpose(a) : a, transposeB ? this.#transpose(b) : b);
  }

  #transpose(matrix) {
    const known = this.#transposes.get(matrix) ?? this.tf.transpose(matrix);
    this.#transposes.set(matrix, known);
    return known;
  }

  #decorrelate(x, { q }) {
    return q ? this.#product(x, q) : x;
  }

  #affine(input, { weights, bias }, leaky) {
    const activation = leaky ? "leakyrelu" : "linear";
    return this.tf.fused.matMul({ a: input, b: weights, bias, activation, leakyreluAlpha: SLOPE });
  }

  #activate(a, l) {
    return l === this.layers.length - 1 ? this.tf.softmax(a) : this.tf.leakyRelu(a, SLOPE);
  }

  /** Cross-entropy of each sample, (batch, 1). */
  #loss(output, y) {
    const { tf } = this;
    return tf.neg(tf.log(tf.sum(tf.mul(output, y), 1, true)));
  }

  #noise(units) {
    return this.tf.tensor2d(normals(this.batch_size * units, this.noise_std), [this.batch_size, units]);
  }

  /** Gradients from X* and the errors, already divided by B; the update of R; the optimizer. */
  #update(inputs, errors) {
    const { tf, layers, optimizer } = this;
    const gradients = [];
    for (const [l, { weights, bias, q }] of layers.entries()) {
      gradients.push({ name: weights.name, tensor: this.#product(inputs[l], errors[l], true) });
      gradients.push({ name: bias.name, tensor: tf.sum(errors[l], 0) });
      if (q) this.#updateDecorrelation(q, inputs[l]);
    }
    optimizer.applyGradients(gradients);
  }

  /** Q <- Q - alpha Q C: through the covariance, or in two products of B rows, whichever has fewer multiply-adds. */
  #updateDecorrelation(q, input) {
    const { tf, batch_size, decor_lr } = this;
    const product =
      batch_size > q.shape[0]
        ? this.#product(q, this.#product(input, input, true))
        : this.#product(this.#product(q, input, false, true), input);
    const diagonal = tf.mean(tf.square(input), 0);
    const kept = tf.mul(q, tf.add(tf.mul(diagonal, decor_lr), 1));
    q.assign(tf.sub(kept, tf.mul(product, decor_lr / batch_size)));
  }
}

/** Backpropagation as the library means it to be written: its own gradients, its own loss. */
export class AutomaticNet extends Net {
  step(x, y) {
    const { tf, layers, optimizer } = this;
    optimizer.minimize(() => {
      let output = x;
      for (const [l, { weights, bias }] of layers.entries()) {
        const a = tf.add(tf.matMul(output, weights), bias);
        output = l < layers.length - 1 ? tf.leakyRelu(a, SLOPE) : a;
      }
      return tf.losses.softmaxCrossEntropy(y, output);
    });
  }
}

let state = 0x9e3779b9;

/** Normal numbers by Box and Muller, from a 32-bit xorshift. */
function normals(count, std) {
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = std * Math.sqrt(-2 * Math.log((next() + 1) / 4294967297));
    const angle = (next() / 4294967296) * 2 * Math.PI;
    numbers[i] = radius * Math.cos(angle);
    if (i + 1 < count) numbers[i + 1] = radius * Math.sin(angle);
  }
  return numbers;
}

function next() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
