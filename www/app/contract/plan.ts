import type { Algorithm, Config, Override } from "./config";

/** The settings that a sweep may vary: those that a rule may have for itself, and the width of all hidden layers. */
export const SWEPT = ["lr", "noise_std", "decor_lr", "num_noise_iters", "hidden_sizes"] as const;

export type Swept = (typeof SWEPT)[number];

/** What varies along one side of a sweep: the rule, or one setting. No value stands there twice. */
export type Axis =
  | { of: "algorithms"; values: readonly Algorithm[] }
  | { of: Swept; values: readonly number[] };

/** The rows by the columns of a sweep; all other settings are those of the page. */
export interface Sides {
  rows: Axis;
  columns: Axis;
}

export interface Plan extends Sides {
  config: Config;
  /** The rule where no side says otherwise. */
  algorithm: Algorithm;
}

/** What one run of a sweep has for itself. */
export interface Cell extends Override {
  algorithm: Algorithm;
  /** Units of every hidden layer. */
  hidden_sizes?: number;
}
