import { strToU8, type Zippable, zipSync } from "fflate";
import type { Algorithm, Change, Config } from "../contract/config";
import type { Result, RunResult } from "../contract/result";

/** What their program writes a family of files for, under the same names as ours. */
export const METRICS = ["train_loss", "train_acc", "test_loss", "test_acc"] as const;
export type Metric = (typeof METRICS)[number];

/** The folder of all experiments, as their plotting script wants to be told. */
const FOLDER = "np-playground-results";
export const PER_SEED = "per_seed_results.json";

/**
 * The result in the layout of the program that the paper's authors released: a folder for each rule, in it over the
 * seeds the mean, standard deviation, standard error, least and greatest of each metric, one line an epoch.
 */
export function toAuthors({ config, runs }: Result): Blob {
  const files: Zippable = {};
  for (const algorithm of new Set(runs.map((run) => run.algorithm))) {
    const name = `${config.dataset}_${algorithm}`;
    const own = runs.filter((run) => run.algorithm === algorithm && run.history.epoch.length > 0);
    if (own.length === 0) continue;
    for (const [file, text] of Object.entries(filesOf(name, algorithm, config, own)))
      files[`${FOLDER}/${name}/${file}`] = strToU8(text);
  }
  return new Blob([zipSync(files)], { type: "application/zip" });
}

function filesOf(
  name: string,
  algorithm: Algorithm,
  config: Config,
  runs: readonly RunResult[],
): Record<string, string> {
  const families = METRICS.flatMap((metric) => familyOf(metric, seedsOf(runs, metric)));
  const peaks = (["train_acc", "test_acc"] as const).map((metric): [string, string] => [
    `peak_${metric}.txt`,
    lines([Math.max(...seedsOf(runs, metric).flat().filter(Number.isFinite))]),
  ]);
  const { changes, overrides, ...settings } = config;
  const theirs = changesOf(config, algorithm);
  const own = {
    ...settings,
    ...overrides[algorithm],
    algorithm,
    ...(theirs.length > 0 && { changes: theirs }),
  };
  const perSeed = runs.map(({ seed, status, history: { train_loss, train_acc, test_loss, test_acc } }) => ({
    ...{ seed, history: { train_loss, train_acc, test_loss, test_acc } },
    // Theirs have all come to their end.
    ...(status !== "finished" && { status }),
  }));
  return {
    ...Object.fromEntries([...families, ...peaks]),
    [`${name}.json`]: JSON.stringify(own, null, 2),
    [PER_SEED]: JSON.stringify(perSeed, null, 2),
  };
}

/**
 * Those that the rule follows. One for all rules leaves alone what a rule has for itself: where any has, it is written
 * for each by itself, since files of one rule do not tell what others have.
 */
function changesOf({ algorithms, changes, overrides }: Config, algorithm: Algorithm): Change[] {
  const has = (rule: Algorithm, name: string) => name in (overrides[rule] ?? {});
  return changes.flatMap((change) => {
    if (change.algorithm) return change.algorithm === algorithm ? [change] : [];
    const { epoch, update, ...rates } = change;
    if (!Object.keys(rates).some((name) => algorithms.some((rule) => has(rule, name)))) return [change];
    const followed = Object.entries(rates).filter(([name]) => !has(algorithm, name));
    return followed.length > 0 ? [{ algorithm, epoch, update, ...Object.fromEntries(followed) }] : [];
  });
}

/** Seed by seed, as long as the longest; NaN where there is no value. */
function seedsOf(runs: readonly RunResult[], metric: Metric): number[][] {
  const length = Math.max(...runs.map(({ history }) => history.epoch.length));
  return runs.map(({ history }) => Array.from({ length }, (_, row) => history[metric][row] ?? Number.NaN));
}

function familyOf(metric: Metric, seeds: readonly number[][]): [string, string][] {
  const over = (act: (values: number[]) => number) =>
    lines((seeds[0] ?? []).map((_, row) => act(seeds.map((values) => values[row] ?? Number.NaN))));
  return [
    [`${metric}_mean.txt`, over(mean)],
    [`${metric}_std.txt`, over(deviation)],
    [`${metric}_sem.txt`, over((values) => deviation(values) / Math.sqrt(values.length))],
    [`${metric}_min.txt`, over((values) => Math.min(...values))],
    [`${metric}_max.txt`, over((values) => Math.max(...values))],
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of all seeds that there are, not of a sample: as theirs. */
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** As NumPy writes and reads them. */
function lines(values: readonly number[]): string {
  return values.map((value) => (Number.isFinite(value) ? `${value.toExponential(18)}\n` : "nan\n")).join("");
}
