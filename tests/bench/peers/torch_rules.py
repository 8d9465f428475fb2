"""One update of each rule in PyTorch, on one thread, in the form that is fastest there: no graph for gradients, the
first layer's clean product used again by the noisy pass, the optimizer fused."""

import math

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_grad_enabled(False)
torch.manual_seed(0)

VERSION = torch.__version__
SLOPE = 0.2


def batch(x, y):
    return torch.from_numpy(x).contiguous(), torch.from_numpy(y)


class Trainer:
    def __init__(self, sizes, rule, decorrelated, size, lr=1e-3, decor_lr=1e-3, noise_std=0.01):
        self.rule, self.size, self.decor_lr, self.noise_std = rule, size, decor_lr, noise_std
        shapes = list(zip(sizes, sizes[1:]))
        self.weights = [torch.randn(n, m) * math.sqrt(2 / m) for m, n in shapes]
        self.biases = [torch.zeros(n) for _, n in shapes]
        self.r = [torch.eye(m) for m, _ in shapes] if decorrelated else None
        self.units = sum(sizes[1:])
        parameters = self.weights + self.biases
        for parameter in parameters:
            parameter.grad = torch.empty_like(parameter)
        self.optimizer = torch.optim.Adam(parameters, lr=lr, betas=(0.9, 0.999), eps=1e-7, fused=True)

    def step(self, x, y):
        inputs, a, outputs = self.clean_pass(x)
        errors = getattr(self, self.rule)(a, outputs, y)
        for l, error in enumerate(errors):
            torch.mm(error.T, inputs[l], out=self.weights[l].grad)
            torch.sum(error, 0, out=self.biases[l].grad)
        self.optimizer.step()
        if self.r is not None:
            for r, x_star in zip(self.r, inputs):
                self.update_decorrelation(r, x_star)

    # Errors, with the sign and the 1/B of a gradient that is descended on.

    def bp(self, a, outputs, y):
        errors = [(outputs[-1] - y) / self.size]
        for l in range(len(self.weights) - 1, 0, -1):
            below = errors[0] @ self.weights[l]
            if self.r is not None:
                below = below @ self.r[l]
            errors.insert(0, torch.where(a[l - 1] > 0, below, SLOPE * below))
        return errors

    def np(self, a, outputs, y):
        noise = [self.noise(w) for w in self.weights]
        _, loss_diff = self.noisy_pass(a, outputs, y, 0, dict(enumerate(noise)))
        factor = loss_diff / (self.noise_std**2 * self.size)
        return [eps * factor for eps in noise]

    def anp(self, a, outputs, y):
        noisy, loss_diff = self.noisy_pass(a, outputs, y, 0, {l: self.noise(w) for l, w in enumerate(self.weights)})
        diffs = [after - before for after, before in zip(noisy, a)]
        norm = sum((diff * diff).sum(1, keepdim=True) for diff in diffs)
        factor = loss_diff * self.units / (norm * self.size)
        return [diff * factor for diff in diffs]

    def inp(self, a, outputs, y):
        errors = []
        for l, weights in enumerate(self.weights):
            diff = self.noise(weights)
            _, loss_diff = self.noisy_pass(a, outputs, y, l, {l: diff})
            norm = (diff * diff).sum(1, keepdim=True)
            errors.append(diff * (loss_diff * len(weights) / (norm * self.size)))
        return errors

    def clean_pass(self, x):
        inputs, a, outputs = [], [], []
        for l in range(len(self.weights)):
            inputs.append(self.decorrelate(x, l))
            a.append(F.linear(inputs[l], self.weights[l], self.biases[l]))
            x = self.activate(a[l], l)
            outputs.append(x)
        return inputs, a, outputs

    def noisy_pass(self, clean_a, outputs, y, first, noise):
        """From layer `first`, whose pre-activation is the clean one; the loss difference is noisy minus clean."""
        noisy, x = [], None
        for l in range(first, len(self.weights)):
            if l == first:
                a = clean_a[l] + noise[l]
            else:
                a = F.linear(self.decorrelate(x, l), self.weights[l], self.biases[l])
                a = a + noise[l] if l in noise else a
            noisy.append(a)
            x = self.activate(a, l)
        return noisy, self.loss(x, y) - self.loss(outputs[-1], y)

    def decorrelate(self, x, l):
        return x if self.r is None else x @ self.r[l].T

    def activate(self, a, l):
        return F.softmax(a, 1) if l == len(self.weights) - 1 else F.leaky_relu(a, SLOPE)

    def loss(self, output, y):
        return -(output * y).sum(1, keepdim=True).log()

    def noise(self, weights):
        return torch.randn(self.size, len(weights)) * self.noise_std

    def update_decorrelation(self, r, x_star):
        """R <- R - alpha C R, in whichever form has fewer multiply-adds."""
        diagonal = (x_star * x_star).mean(0)
        if self.size > len(r):
            product = (x_star.T @ x_star) @ r
        else:
            product = x_star.T @ (x_star @ r)
        r.mul_((1 + self.decor_lr * diagonal)[:, None]).sub_(product, alpha=self.decor_lr / self.size)
