import {
  type Algorithm,
  type AlgorithmInfo,
  type Config,
  type Override,
  ratesOf,
  SCHEMA,
} from "../contract/config";

/** The two rates that a sweep varies. */
export type Pair = { lr: number; noise_std: number };

/** The rules that have both: those that learn from noise. */
export const SWEPT: readonly AlgorithmInfo[] = SCHEMA.algorithms.filter(({ noise }) => noise);

/** The rule that is swept until another is chosen: the paper's last. */
export const FIRST_SWEPT = SWEPT.findLast(({ paper }) => paper)?.name;

/** Half a decade up and down, and a whole one, to one digit: what is worth a try around a rate. */
export function around(rate: number): number[] {
  return [-1, -0.5, 0, 0.5, 1].map((power) =>
    power === 0 ? rate : Number((rate * 10 ** power).toPrecision(1)),
  );
}

/** Every pair of the two lists, the least first; what is given twice counts once. */
export function pairsOf(lrs: readonly number[], noises: readonly number[]): Pair[] {
  return ascending(lrs).flatMap((lr) => ascending(noises).map((noise_std) => ({ lr, noise_std })));
}

export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The settings with which one rule, among the others, has these rates for itself. */
export function settingsOf(
  config: Config,
  algorithm: Algorithm,
  pair: Pair,
): Pick<Config, "algorithms" | "overrides"> {
  const { algorithms, overrides } = config;
  const own: Override = { ...overrides[algorithm], ...pair };
  return {
    algorithms: algorithms.includes(algorithm) ? algorithms : [...algorithms, algorithm],
    overrides: { ...overrides, [algorithm]: own },
  };
}

/** Whether the rule would train with just these rates. */
export function isSet(config: Config, algorithm: Algorithm, { lr, noise_std }: Pair): boolean {
  const rates = ratesOf(config, algorithm);
  return config.algorithms.includes(algorithm) && rates.lr === lr && rates.noise_std === noise_std;
}
