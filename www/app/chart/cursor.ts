import type { ChartModel, Curve } from "../metrics/curve";
import * as text from "../text/text";

/** What one curve shows at the cursor. */
export interface Reading {
  curve: Curve;
  value: number;
}

/** Every place on the x-axis with a measurement, from left to right: where the cursor can stand. */
export function stopsOf({ curves }: ChartModel): number[] {
  const places = curves.flatMap(({ x, y }) => x.filter((_, index) => y[index] != null));
  return [...new Set(places)].sort((a, b) => a - b);
}

export function nearest(stops: readonly number[], place: number): number | null {
  const [first, ...others] = stops;
  if (first === undefined) return null;
  return others.reduce(
    (best, stop) => (Math.abs(stop - place) < Math.abs(best - place) ? stop : best),
    first,
  );
}

/** The stop so many further on, the first or the last where there are no more; from nowhere, the last of all. */
export function moved(stops: readonly number[], from: number | null, by: number): number | null {
  const index = from === null ? stops.length - 1 : stops.findIndex((stop) => stop >= from) + by;
  return stops[Math.min(stops.length - 1, Math.max(0, index))] ?? null;
}

/** The last measurement up to there of every curve that reaches so far, the greatest first. */
export function readingsAt({ curves }: ChartModel, place: number): Reading[] {
  const readings = curves.flatMap((curve) => {
    const value = valueUpTo(curve, place);
    return value === null ? [] : [{ curve, value }];
  });
  return readings.sort((a, b) => b.value - a.value);
}

function valueUpTo({ x, y }: Curve, place: number): number | null {
  const ends = x.findLastIndex((_, index) => y[index] != null);
  if (ends < 0 || place > (x[ends] ?? 0)) return null;
  return y[x.findLastIndex((at, index) => at <= place && y[index] != null)] ?? null;
}

/** What is read aloud: "epoch 3: BP 91.2%, NP 55.0%". */
export function sentenceAt(model: ChartModel, place: number | null): string {
  if (place === null) return text.curves.empty;
  const { reading, readings } = text.curves;
  const values = readingsAt(model, place).map(({ curve, value }) =>
    reading(curve.label, model.y.exact(value)),
  );
  return readings(placeWords(model, place), values.join(", "));
}

export function placeWords({ x }: ChartModel, place: number): string {
  return text.curves.at(x.label, x.exact(place));
}
