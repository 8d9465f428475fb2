import type { Case } from "./cases";
import type { Trained } from "./protocol";

/** One round of a measurement: the engine's peak, and a slice of training right after it. */
export interface Round {
  peak_gflops: number;
  trained: Trained;
}

/** A line of the result. */
export interface Row extends Case {
  samples_per_s: number;
  /** Of the multiply-adds that were done, two operations each. */
  gflops: number;
  peak_gflops: number;
  /** The median of the rounds' own fractions: what slows a whole round down drops out. */
  fraction_of_peak: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

const gflopsOf = ({ trained }: Round) => (2 * trained.multiply_adds) / trained.seconds / 1e9;

export function rowOf(of: Case, rounds: readonly Round[]): Row {
  return {
    ...of,
    samples_per_s: median(rounds.map(({ trained }) => trained.samples / trained.seconds)),
    gflops: median(rounds.map(gflopsOf)),
    peak_gflops: median(rounds.map((round) => round.peak_gflops)),
    fraction_of_peak: median(rounds.map((round) => gflopsOf(round) / round.peak_gflops)),
  };
}
