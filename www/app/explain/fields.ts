import { type Config, fieldOf } from "../state/config";
import type { Explanation } from "./explanation";
import { equation, fraction, noisy, row, sub, subsup } from "./math";

/** Label, help and equation of every key of the configuration; its range is config.rs's to say. */
export const FIELDS: Record<keyof Config, Explanation> = {
  dataset: { label: "Data set", help: "MNIST: grey images of the ten handwritten digits." },
  train_size: { label: "Training images", help: "As many of each digit, chosen by the seed." },
  test_size: { label: "Test images", help: "Images that no rule trains on; they measure what was learned." },
  image_size: {
    label: "Image size",
    help: "14 × 14 takes the mean of every 2 × 2 pixels: a quarter of the inputs, and faster.",
  },
  hidden_sizes: {
    label: "Hidden layers",
    help: "Units in each hidden layer, for example 64, 64. Empty means no hidden layer.",
  },
  activation: {
    label: "Activation",
    help: "What a hidden unit does with its input. Leaky ReLU has a slope of 0.2 below zero; a hard threshold has no useful derivative.",
    equation: equation(sub("X", "l"), "=", "f", "(", sub("A", "l"), ")"),
  },
  output: {
    label: "Output",
    help: "Softmax gives the probability of each digit; linear gives plain numbers.",
  },
  loss: { label: "Loss", help: "What training makes smaller: one number for each image." },
  algorithms: { label: "Rules", help: "The learning rules that run side by side." },
  optimizer: {
    label: "Optimizer",
    help: "SGD takes the plain step; Adam scales the step of each weight by its recent gradients.",
  },
  lr: {
    label: "Learning rate",
    short: "Rate",
    help: "How far each update moves the weights.",
    equation: equation(sub("W", "l"), "←", sub("W", "l"), "−", "η", sub("g", "l")),
  },
  decor_lr: {
    label: "Decorrelation rate",
    short: "Decor.",
    help: "How fast the D rules learn the matrix R that takes the correlations out of a layer's input.",
    equation: equation(sub("R", "l"), "←", sub("R", "l"), "−", "α", sub("C", "l"), sub("R", "l")),
  },
  noise_std: {
    label: "Noise size",
    short: "Noise",
    help: "Standard deviation of the noise on every unit. Hard thresholds need more of it.",
    equation: equation(
      sub(noisy("A"), "l"),
      "=",
      sub("W", "l"),
      subsup(noisy("X"), row("l", "−", "1"), "∗"),
      "+",
      sub("b", "l"),
      "+",
      sub("ε", "l"),
    ),
  },
  num_noise_iters: {
    label: "Noisy passes",
    short: "Passes",
    help: "Noisy passes averaged in each update: a better estimate, at a higher cost.",
    equation: equation("g", "=", fraction("1", "K"), "∑", sub("g", "k")),
  },
  noise: {
    label: "Noise",
    help: "Gaussian noise, or plus and minus the noise size with equal chance (Rademacher).",
  },
  baseline: {
    label: "Compared with",
    help: "The noisy pass is compared with a clean one; or, in a system that is always noisy, with a second noisy one.",
    equation: equation("δ", "L", "=", "L", "−", noisy("L")),
  },
  kappa: {
    label: "Whitening",
    help: "0 only decorrelates, as in the paper; towards 1 every input also gets the same variance.",
    equation: equation(
      "C",
      "=",
      row("(", "1", "−", "κ", ")"),
      sub("C", "off"),
      "+",
      "κ",
      row("(", sub("C", "diag"), "−", "I", ")"),
    ),
  },
  batch_size: { label: "Batch size", help: "Images in one update.", equation: equation("B") },
  epochs: { label: "Epochs", help: "Times that every training image is seen before a run ends." },
  seed: {
    label: "Seed",
    help: "Decides the first weights, the images, their order and the noise: same seed, same curves.",
  },
  num_seeds: {
    label: "Seeds",
    help: "Runs of each rule, from this seed on. Curves show their mean, and a band from the least to the greatest.",
  },
  overrides: {
    label: "Own rates of a rule",
    help: "Values for one rule alone; where a box is empty the common value holds.",
  },
};

/** Whether a change keeps the runs. */
export function whenChanged(name: keyof Config): string {
  if (name === "overrides") return "The three rates may change while the runs go on.";
  return fieldOf(name)?.live ? "It may change while the runs go on." : "A change starts the runs again.";
}

/** Plain words for the choices whose key is not one. */
const CHOICES: Record<string, string> = {
  mnist: "MNIST",
  leaky_relu: "Leaky ReLU",
  relu: "ReLU",
  tanh: "tanh",
  step: "Hard threshold",
  softmax: "Softmax",
  linear: "Linear",
  ce: "Cross-entropy",
  mse: "Mean squared error",
  sgd: "SGD",
  adam: "Adam",
  gaussian: "Gaussian",
  rademacher: "Plus or minus",
  clean: "A clean pass",
  noisy: "A noisy pass",
  "28": "28 × 28",
  "14": "14 × 14",
};

export function choiceLabel(choice: string | number): string {
  return CHOICES[choice] ?? String(choice);
}
