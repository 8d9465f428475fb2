import * as text from "../text/text";
import { type Config, defaults } from "./config";
import { toLink } from "./url";

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
    ...text.presets.story,
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
    ...text.presets.allRules,
    config: { ...SMALL, algorithms: ALL_RULES, lr: 0.01 },
  },
  {
    id: "authors",
    ...text.presets.authors,
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
    ...text.presets.hardThresholds,
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
    ...text.presets.twoNoisyPasses,
    config: {
      ...SMALL,
      algorithms: ["np", "dnp", "anp", "danp"],
      baseline: "noisy",
      lr: 0.01,
    },
  },
];

/** The preset whose settings these are: two configurations are the same if their links are. */
export function presetOf(config: Config): Preset | undefined {
  const link = toLink(config);
  return PRESETS.find((preset) => toLink({ ...defaults(), ...preset.config }) === link);
}

/** What an empty link shows. */
export const FIRST_VISIT = "story";
