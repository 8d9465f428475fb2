import { firstRows } from "../contract/history";
import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import * as text from "../text/text";
import { type Band, type Metric, type Run, type Series, seriesByAlgorithm } from "./aggregate";
import { type Axis, axisValues } from "./axes";
import type { Curve } from "./curve";

/** The part of a run that charts show. */
export interface ChartRun extends Run {
  seed: number;
  /** The updates at which its rates were changed. */
  changes: readonly { step: number }[];
}

/** An earlier result behind the curves: pale, and told apart by its mark, a letter. */
export interface Ghost {
  id: string;
  mark: string;
  /** It came with the page, and stands for runs yet to come. */
  recorded?: true;
  epochs: number;
  runs: readonly ChartRun[];
}

/** One curve a rule: hue by the rule, dashed where it is the plain one. */
export function curvesOf(runs: readonly ChartRun[], metric: Metric, axis: Axis, band?: Band): Curve[] {
  return seriesByAlgorithm(runs, metric, axis, band).map((series) => curveOf(series, runs));
}

function curveOf(series: Series, runs: readonly ChartRun[]): Curve {
  const { algorithm, x, mean, low, high } = series;

  return {
    id: algorithm,
    label: ruleLabel(algorithm),
    colour: ruleHue(algorithm),
    dashed: !ruleInfo(algorithm).decorrelated,
    ghost: false,
    x,
    y: mean,
    ...(series.seeds > 1 && { band: { low, high } }),
    diverged: runs.some((run) => run.algorithm === algorithm && run.status === "diverged"),
    changes: [],
  };
}

/** The mean curves of earlier results. */
export function ghostCurves(ghosts: readonly Ghost[], metric: Metric, axis: Axis): Curve[] {
  return ghosts.flatMap(({ mark, recorded, runs }) =>
    curvesOf(
      runs.filter((run) => axisValues(run, axis).length > 0),
      metric,
      axis,
    ).map(({ band: _, ...curve }) => ({
      ...curve,
      ghost: true,
      id: `${curve.id} ${mark}`,
      label: recorded ? text.curves.recorded(curve.label) : `${curve.label} ${mark}`,
      ...(recorded && { recordingOf: curve.label }),
    })),
  );
}

/** An earlier result as far as the runs have come by now, each rule for itself: it must not tell how the race ends. */
export function asFarAs(ghost: Ghost, runs: readonly ChartRun[]): Ghost {
  const rowsOf = (algorithm: string) =>
    Math.max(
      0,
      ...runs.filter((run) => run.algorithm === algorithm).map(({ history }) => history.epoch.length),
    );
  const reached = ghost.runs.map((run) => ({
    ...run,
    history: firstRows(run.history, rowsOf(run.algorithm)),
  }));
  return { ...ghost, runs: reached };
}

/** As many epochs as the longest of the runs that are shown. */
export function longest(epochs: number, ghosts: readonly Ghost[]): number {
  return Math.max(epochs, ...ghosts.map((ghost) => ghost.epochs));
}

/** The same curves with a mark wherever a rate was changed on the way. */
export function withChanges(curves: readonly Curve[], runs: readonly ChartRun[]): Curve[] {
  return curves.map((curve) => {
    const own = runs.filter((run) => run.algorithm === curve.id);
    const places = own.flatMap(({ changes, steps_per_epoch }) =>
      changes.map(({ step }) => placeOf(curve.x, step / Math.max(1, steps_per_epoch))),
    );
    return { ...curve, changes: [...new Set(places)].filter((place) => place !== undefined) };
  });
}

/** Where on the axis a moment between two epochs lies, unless the curve has ended before: of a seed that diverged, say. */
export function placeOf(x: readonly number[], epoch: number): number | undefined {
  const before = x[Math.floor(epoch)];
  if (before === undefined) return undefined;
  const after = x[Math.ceil(epoch)] ?? before;
  return before + (epoch - Math.floor(epoch)) * (after - before);
}
