"""One update of each rule in TensorFlow, on one thread, inside one tf.function: the equations as they stand, as a
program for research is written. Every pass is computed whole, backpropagation is the tape's."""

import math

import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
tf.random.set_seed(0)

VERSION = tf.__version__
SLOPE = 0.2


def batch(x, y):
    return tf.constant(x), tf.constant(y)


class Trainer:
    def __init__(self, sizes, rule, decorrelated, size, lr=1e-3, decor_lr=1e-3, noise_std=0.01):
        self.rule, self.size, self.decor_lr, self.noise_std = rule, size, decor_lr, noise_std
        shapes = list(zip(sizes, sizes[1:]))
        self.weights = [tf.Variable(tf.random.normal((m, n), stddev=math.sqrt(2 / m))) for m, n in shapes]
        self.biases = [tf.Variable(tf.zeros(n)) for _, n in shapes]
        self.r = [tf.Variable(tf.eye(m), trainable=False) for m, _ in shapes] if decorrelated else None
        self.units = sizes[1:]
        self.optimizer = tf.keras.optimizers.Adam(lr, 0.9, 0.999, 1e-7)
        self.optimizer.build(self.weights + self.biases)

    @tf.function
    def step(self, x, y):
        if self.rule == "bp":
            inputs, gradients = self.backpropagate(x, y)
        else:
            inputs, a, loss = self.forward(x, y)
            errors = getattr(self, self.rule)(x, y, a, loss)
            gradients = [-tf.matmul(x_star, e, transpose_a=True) / self.size for x_star, e in zip(inputs, errors)]
            gradients += [-tf.reduce_mean(e, 0) for e in errors]
        self.optimizer.apply_gradients(zip(gradients, self.weights + self.biases))
        if self.r is not None:
            for r, x_star in zip(self.r, inputs):
                covariance = tf.matmul(x_star, x_star, transpose_a=True) / self.size
                off_diagonal = tf.linalg.set_diag(covariance, tf.zeros(len(r)))
                r.assign_sub(self.decor_lr * tf.matmul(off_diagonal, r))

    def backpropagate(self, x, y):
        with tf.GradientTape() as tape:
            inputs, _, loss = self.forward(x, y)
            mean = tf.reduce_mean(loss)
        return inputs, tape.gradient(mean, self.weights + self.biases)

    def np(self, x, y, a, loss):
        noise = [self.noise(n) for n in self.units]
        _, _, noisy_loss = self.forward(x, y, noise)
        factor = (loss - noisy_loss) / self.noise_std**2
        return [eps * factor for eps in noise]

    def anp(self, x, y, a, loss):
        _, noisy, noisy_loss = self.forward(x, y, [self.noise(n) for n in self.units])
        diffs = [after - before for after, before in zip(noisy, a)]
        norm = tf.add_n([tf.reduce_sum(diff**2, 1, keepdims=True) for diff in diffs])
        factor = sum(self.units) * (loss - noisy_loss) / norm
        return [diff * factor for diff in diffs]

    def inp(self, x, y, a, loss):
        errors = []
        for l, units in enumerate(self.units):
            noise = [self.noise(n) if k == l else None for k, n in enumerate(self.units)]
            _, noisy, noisy_loss = self.forward(x, y, noise)
            diff = noisy[l] - a[l]
            norm = tf.reduce_sum(diff**2, 1, keepdims=True)
            errors.append(diff * (units * (loss - noisy_loss) / norm))
        return errors

    def forward(self, x, y, noise=None):
        """X* and A of every layer, and the loss of each sample (batch, 1)."""
        inputs, pre = [], []
        last = len(self.weights) - 1
        for l, (weights, bias) in enumerate(zip(self.weights, self.biases)):
            if self.r is not None:
                x = tf.matmul(x, self.r[l], transpose_b=True)
            inputs.append(x)
            a = tf.matmul(x, weights) + bias
            if noise is not None and noise[l] is not None:
                a += noise[l]
            pre.append(a)
            x = a if l == last else tf.nn.leaky_relu(a, SLOPE)
        loss = tf.nn.softmax_cross_entropy_with_logits(y, x)[:, None]
        return inputs, pre, loss

    def noise(self, units):
        return tf.random.normal((self.size, units), stddev=self.noise_std)
