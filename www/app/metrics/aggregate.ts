import type { Algorithm } from "../contract/config";
import type { History } from "../contract/history";
import type { RunResult } from "../contract/result";
import { type Axis, axisValues, type Progress } from "./axes";

/** What can be drawn; layers count from 1. */
export type Metric =
  | { kind: "test_acc" | "train_acc" | "test_loss" | "train_loss" }
  | { kind: "alignment"; layer: number | "network" }
  | { kind: "decorrelation_loss"; layer: number };

/** How the spread over the seeds is shown: extremes, standard deviation, standard error of the mean. */
export type Band = "min-max" | "sd" | "sem";

/** The mean over an algorithm's seeds, point by point; null where the metric does not exist. */
export interface Series {
  algorithm: Algorithm;
  /** How many seeds the mean is over. */
  seeds: number;
  x: number[];
  mean: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

/** The part of a run that a series is made of. */
export type Run = Pick<RunResult, "algorithm"> & Progress & { status: string };

/** One series for each algorithm that has something to show, in the order of the runs. */
export function seriesByAlgorithm(
  runs: readonly Run[],
  metric: Metric,
  axis: Axis,
  band: Band = "min-max",
): Series[] {
  const algorithms = [...new Set(runs.map((run) => run.algorithm))];
  return algorithms.flatMap((algorithm) => {
    const seeds = comparable(runs.filter((run) => run.algorithm === algorithm));
    return seeds.length > 0 ? [seriesOf(algorithm, seeds, metric, axis, band)] : [];
  });
}

/**
 * The runs that the mean is over: those of the seeds that have ended; as long as none has, those of the
 * seeds that are under way. A mean must be over the same seeds at every point, or it jumps where a seed stops:
 * so the line is as long as the shortest history (one diverged seed ends it), and a seed that started later
 * joins when it has ended.
 */
function comparable(runs: readonly Run[]): Run[] {
  const begun = runs.filter((run) => run.status !== "failed" && run.history.epoch.length > 0);
  const ended = begun.filter((run) => run.status === "finished" || run.status === "diverged");
  return ended.length > 0 ? ended : begun;
}

function seriesOf(
  algorithm: Algorithm,
  runs: readonly Run[],
  metric: Metric,
  axis: Axis,
  band: Band,
): Series {
  const length = Math.min(...runs.map(({ history }) => history.epoch.length));
  const places = runs.map((run) => axisValues(run, axis));
  const series: Series = { algorithm, seeds: runs.length, x: [], mean: [], low: [], high: [] };
  for (let index = 0; index < length; index++) {
    const values = runs.map(({ history }) => valueAt(history, metric, index));
    const exist = values.every((value) => value !== null);
    const [low, mean, high] = exist ? spread(values, band) : [null, null, null];
    series.x.push(average(places.map((x) => x[index] ?? 0)));
    series.mean.push(mean);
    series.low.push(low);
    series.high.push(high);
  }
  return series;
}

function valueAt(history: History, metric: Metric, index: number): number | null {
  switch (metric.kind) {
    case "alignment": {
      const alignment = history.alignment_deg[index];
      const angle = metric.layer === "network" ? alignment?.network : alignment?.layers[metric.layer - 1];
      return angle ?? null;
    }
    case "decorrelation_loss":
      return history.decorrelation_loss[index]?.[metric.layer - 1] ?? null;
    default:
      return history[metric.kind][index] ?? null;
  }
}

function spread(values: readonly number[], band: Band): [low: number, mean: number, high: number] {
  const mean = average(values);
  if (band === "min-max") return [Math.min(...values), mean, Math.max(...values)];
  const sd = deviation(values, mean);
  const half = band === "sd" ? sd : sd / Math.sqrt(values.length);
  return [mean - half, mean, mean + half];
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample's standard deviation; one seed has none to show. */
function deviation(values: readonly number[], mean: number): number {
  if (values.length < 2) return 0;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
