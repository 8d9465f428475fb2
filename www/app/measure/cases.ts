import type { Algorithm } from "../contract/config";
import { RULES } from "../contract/rules";

/** One thing to measure: a rule on a network, with batches of a size. */
export interface Case {
  algorithm: Algorithm;
  hidden_sizes: number[];
  batch_size: number;
}

/** As people write networks: `784-64-64-10`. */
export function netName(hidden_sizes: readonly number[]): string {
  return [784, ...hidden_sizes, 10].join("-");
}

const cases = (hidden_sizes: number[], batch_size: number, algorithms: readonly Algorithm[]): Case[] =>
  algorithms.map((algorithm) => ({ algorithm, hidden_sizes, batch_size }));

/** What "measure this device" runs: every rule on the network of the page, some on a wide one. */
export const DEVICE_CASES: readonly Case[] = [
  ...cases([64, 64], 100, RULES),
  ...cases([64, 64], 1000, ["bp", "anp", "danp"]),
  ...cases([256, 256, 256], 1000, ["bp", "anp", "danp"]),
];
