import type { Config } from "./config";

/** A configuration with a point. `reason` claims only what was measured on MNIST. */
export interface Preset {
  id: string;
  title: string;
  reason: string;
  config: Partial<Config>;
}

/** Small enough for a phone: 2 x 2 means of the images, a few thousand of them. */
const SMALL: Partial<Config> = {
  image_size: 14,
  train_size: 5000,
  test_size: 2000,
  hidden_sizes: [64, 64],
  optimizer: "adam",
  decor_lr: 0.001,
  noise_std: 0.01,
  batch_size: 100,
  epochs: 10,
};

const ALL_RULES: Config["algorithms"] = ["bp", "dbp", "np", "dnp", "inp", "dinp", "anp", "danp"];

export const PRESETS: readonly Preset[] = [
  {
    id: "story",
    title: "The paper's story",
    reason:
      "Four rules, each at a learning rate of its own that suits it. Node perturbation (NP) and its activity-based " +
      "form (ANP) learn without backpropagation, but slowly. On decorrelated inputs (DANP) the same noise takes the " +
      "network well past them, to within a few points of backpropagation (BP).",
    config: {
      ...SMALL,
      train_size: 10000,
      algorithms: ["bp", "np", "anp", "danp"],
      lr: 0.003,
      overrides: { bp: { lr: 0.01 }, np: { lr: 0.002 }, danp: { lr: 0.005 } },
      epochs: 12,
    },
  },
  {
    id: "all-rules",
    title: "All eight rules",
    reason:
      "One learning rate for all, and a large one: here every noise rule on decorrelated inputs is clearly ahead of " +
      "its plain form, and plain node perturbation is the first to suffer. At small rates decorrelation is no gain.",
    config: { ...SMALL, algorithms: ALL_RULES, lr: 0.01 },
  },
  {
    id: "authors",
    title: "As in the authors' program",
    reason:
      "All of MNIST in full size, batches of 1000, a learning rate of 0.001 for every rule: the settings of the " +
      "authors' own program. After ten epochs it reaches about 96% with backpropagation, 91% with NP and ANP, 92% " +
      "with DANP and INP. This takes minutes.",
    config: {
      image_size: 28,
      train_size: 60000,
      test_size: 10000,
      hidden_sizes: [64, 64],
      optimizer: "adam",
      algorithms: ALL_RULES,
      lr: 0.001,
      decor_lr: 0.001,
      noise_std: 0.01,
      batch_size: 1000,
      epochs: 10,
    },
  },
  {
    id: "hard-thresholds",
    title: "Hard thresholds",
    reason:
      "Units that are either on or off have a derivative of zero: backpropagation can train the output layer only. " +
      "The noise rules need no derivative and train every layer, with noise large enough to flip units: on " +
      "decorrelated inputs they get far past backpropagation. Plain node perturbation does not.",
    config: {
      ...SMALL,
      train_size: 10000,
      hidden_sizes: [128, 128],
      activation: "step",
      algorithms: ["bp", "np", "anp", "danp", "dinp"],
      lr: 0.003,
      noise_std: 0.2,
      epochs: 8,
    },
  },
  {
    id: "two-noisy-passes",
    title: "Two noisy passes",
    reason:
      "A system that is noisy itself has no clean pass to compare with: two noisy ones take its place. ANP and DANP " +
      "never read the noise, and do about as well as with a clean pass.",
    config: {
      ...SMALL,
      algorithms: ["np", "dnp", "anp", "danp"],
      baseline: "noisy",
      lr: 0.01,
    },
  },
];

/** What an empty link shows. */
export const FIRST_VISIT = "story";
