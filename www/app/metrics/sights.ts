import type { Curve } from "./curve";

/** What an axis shows, from its least to its greatest value. */
type Sight = [least: number, greatest: number];

/** A curve of fewer points has no shape yet. */
const SHAPE = 3;

/**
 * Accuracies where the curves part: from the tenth below the least that any curve has from its knee on, so that of
 * every curve the knee and all that follows is seen, up to the tenth above the greatest. The steep rise before, which
 * all have in common, would press the rest flat. All of 0 to 100% as long as no curve has a shape.
 */
export function accuracySight(curves: readonly Curve[]): Sight {
  const shaped = curves.filter(({ y }) => present(y).length >= SHAPE);
  if (shaped.length === 0) return [0, 1];
  const least = Math.min(...shaped.flatMap(fromKneeOn));
  const greatest = Math.max(
    ...curves.flatMap(({ y, band }) => [...present(y), ...present(band?.high ?? [])]),
  );
  const top = Math.min(10, Math.floor(10 * greatest) + 1);
  const bottom = Math.max(0, Math.min(Math.ceil(10 * least) - 1, top - 2));
  return [bottom / 10, top / 10];
}

/** Values of the curve and of the lower edge of its band, from the knee of the curve on. */
function fromKneeOn(curve: Curve): number[] {
  const knee = kneeOf(curve);
  return [...present(curve.y.slice(knee)), ...present(curve.band?.low.slice(knee) ?? [])];
}

/** A curve that nowhere is so much of its rise above the straight line from first to last is one, and has no knee. */
const BEND = 0.2;

/** Where a curve that rises and then flattens bends: its point farthest above that line; where it does not, its first. */
function kneeOf({ x, y }: Curve): number {
  const [first, last] = [y.findIndex(exists), y.findLastIndex(exists)];
  const at = (index: number) => [x[index] ?? 0, y[index] ?? 0] as const;
  const [[x0, y0], [x1, y1]] = [at(first), at(last)];
  const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
  const above = y.map((value, index) =>
    exists(value) ? value - y0 - slope * ((x[index] ?? 0) - x0) : Number.NEGATIVE_INFINITY,
  );
  const bend = Math.max(...above);
  return bend < BEND * (y1 - y0) ? first : above.indexOf(bend);
}

/** Below this an update is the gradient itself, but for rounding. */
const EXACT_DEG = 1;

/**
 * Angles where the curves are, and the 90° of a random direction with them. Curves of the exact gradient lie at 0° all
 * along: they leave the picture where there are others, and are all that 0 to 100° shows where there are none.
 */
export function angleSight(curves: readonly Curve[]): Sight {
  const values = curves.map(({ y, band }) => [y, band?.low ?? [], band?.high ?? []].flatMap(present));
  const others = values.filter((angles) => angles.some((angle) => angle >= EXACT_DEG)).flat();
  if (others.length === 0) return [0, 100];
  const least = 5 * Math.floor((Math.min(90, ...others) - 1) / 5);
  const greatest = 5 * Math.ceil((Math.max(90, ...others) + 1) / 5);
  return [Math.max(0, least), Math.min(180, greatest)];
}

function present(values: readonly (number | null)[]): number[] {
  return values.filter(exists);
}

function exists(value: number | null): value is number {
  return value !== null;
}
