import type { History } from "../contract/history";
import { degrees, percent } from "../metrics/format";

/** What a sweep measures of each run; null where there is no value yet. */
export interface Measured {
  /** On the test images, after the last epoch so far. */
  accuracy: number | null;
  /** Between the updates and the gradient: a single angle is rough, so the mean over the epochs so far. */
  alignment: number | null;
}

export type Measure = keyof Measured;

export const NOTHING_MEASURED: Measured = { accuracy: null, alignment: null };

export function measuredOf({ test_acc, alignment_deg }: History): Measured {
  const angles = alignment_deg.slice(1).flatMap(({ network }) => network ?? []);
  return {
    accuracy: test_acc.at(-1) ?? null,
    alignment: angles.length > 0 ? angles.reduce((sum, angle) => sum + angle, 0) / angles.length : null,
  };
}

/** How each is written, and whether more of it is better. */
export const MEASURES: Readonly<
  Record<Measure, { format: (value: number) => string; moreIsBetter: boolean }>
> = {
  accuracy: { format: percent, moreIsBetter: true },
  alignment: { format: degrees, moreIsBetter: false },
};

/** The runs of a sweep in the light of one measure: only those that finished count. */
export interface Ranking<Run> {
  worst: number;
  best: number;
  bestRun: Run;
  /** From 0, the worst, to 1, the best. */
  standing: (run: Run) => number | null;
}

export function ranked<Run extends Measured & { status: string }>(
  runs: readonly Run[],
  measure: Measure,
): Ranking<Run> | undefined {
  const { moreIsBetter } = MEASURES[measure];
  const values = new Map(
    runs.flatMap((run) => {
      const value = run.status === "finished" ? run[measure] : null;
      return value === null ? [] : [[run, value] as const];
    }),
  );
  const order = [...values].sort(([, a], [, b]) => (moreIsBetter ? b - a : a - b));
  const [first, last] = [order[0], order.at(-1)];
  if (!first || !last) return undefined;
  const [[bestRun, best], [, worst]] = [first, last];
  const standing = (run: Run) => {
    const value = values.get(run);
    if (value === undefined) return null;
    return best === worst ? 1 : (value - worst) / (best - worst);
  };
  return { best, worst, bestRun, standing };
}
