import uPlot from "uplot";
import { type ChartModel, type Curve, type Scale, titleOf } from "../metrics/curve";
import * as text from "../text/text";
import { drawMarks, endName, type Ink } from "./marks";

interface Size {
  width: number;
  height: number;
}

/** Everything that uPlot must be built anew for; other changes are data. */
export function structureOf(model: ChartModel): string {
  const lines = model.curves.map((curve) => [curve.id, curve.dashed, curve.ghost, curve.band !== undefined]);
  return JSON.stringify([lines, model.x.label, titleOf(model.y), model.y.logarithmic]);
}

/** The curves on one common x-axis; each keeps a value only where it has a point of its own. */
export function dataOf(model: ChartModel): uPlot.AlignedData {
  const drawn = (values: Values) => (model.y.logarithmic ? values.map(positive) : values);
  const tables = model.curves.map(({ x, y, band }) => {
    const lines = band ? [y, band.low, band.high] : [y];
    return [x, ...lines.map(drawn)];
  });
  return tables.length > 0 ? uPlot.join(tables as uPlot.AlignedData[]) : [[]];
}

type Values = readonly (number | null)[];

/** A logarithmic scale has no place for zero. */
export function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

/** `current` gives the model of the moment: scales and marks follow it without a new plot. */
export function optionsOf(current: () => ChartModel, ink: Ink, size: Size): uPlot.Options {
  const model = current();
  return {
    ...size,
    padding: [12, widest(model.curves, ink) + 16, 0, 0], // on the right for the names at the lines' ends
    cursor: { show: false },
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, range: (_, least, greatest) => rangeOf(current().x, least, greatest) },
      y: {
        distr: model.y.logarithmic ? 3 : 1,
        range: (_, least, greatest) => rangeOf(current().y, least, greatest),
      },
    },
    axes: [axis(() => current().x, ink, 14 + ink.size), axis(() => current().y, ink, 40 + ink.size)],
    series: [{}, ...model.curves.flatMap((curve) => seriesOf(curve, ink))],
    bands: bandsOf(model, ink),
    hooks: { draw: [(plot) => drawMarks(plot, current(), ink)] },
  };
}

export function rangeOf(scale: Scale, least: number | null, greatest: number | null): uPlot.Range.MinMax {
  const empty: [number, number] = scale.logarithmic ? [1e-4, 1] : [0, 1];
  if (scale.range) return scale.range(least ?? empty[0], greatest ?? empty[1]);
  if (least === null || greatest === null) return empty;
  return scale.logarithmic ? uPlot.rangeLog(least, greatest, 10, true) : [0, greatest > 0 ? greatest : 1];
}

/** Powers of ten: the ticks between them would fill a small chart with lines. */
export function decades(least: number, greatest: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(greatest))];
  return Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`));
}

function axis(scale: () => Scale, ink: Ink, size: number): uPlot.Axis {
  return {
    size,
    ...(scale().label && { label: titleOf(scale()), labelSize: 6 + ink.size, labelGap: 0 }),
    ...(scale().steps && { incrs: [...(scale().steps ?? [])] }),
    ...(scale().logarithmic && {
      splits: (_: uPlot, __: number, least: number, greatest: number) => decades(least, greatest),
    }),
    gap: 4,
    font: `${ink.size}px ${ink.font}`,
    labelFont: `${ink.size}px ${ink.font}`,
    stroke: () => ink.colour("--np-muted"),
    grid: { stroke: () => ink.colour("--np-line"), width: 1 },
    ticks: { stroke: () => ink.colour("--np-line"), width: 1, size: 4 },
    values: (_, splits: (number | null)[]) =>
      splits.map((value) => (value === null ? "" : scale().tick(value))),
  };
}

/** The widest of the names at the lines' ends, in pixels, and an arrow beside it. */
function widest(curves: readonly Curve[], ink: Ink): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return 0;
  pen.font = `650 ${ink.size}px ${ink.font}`;
  const names = curves.map((curve) => text.curves.beyond.below(endName(curve)));
  return Math.ceil(Math.max(0, ...names.map((name) => pen.measureText(name).width)));
}

export const GHOST_ALPHA = 0.45;

function seriesOf(curve: Curve, ink: Ink): uPlot.Series[] {
  const stroke = () => ink.colour(curve.colour);
  const line: uPlot.Series = {
    stroke,
    width: curve.dashed ? 1.75 : 2.25,
    alpha: curve.ghost ? GHOST_ALPHA : 1,
    ...(curve.dashed && { dash: [6, 4] }),
    points: curve.ghost ? { show: false } : { size: 5, fill: stroke, stroke },
  };
  const edge: uPlot.Series = { width: 0, points: { show: false } };
  return curve.band ? [line, edge, edge] : [line];
}

function bandsOf(model: ChartModel, ink: Ink): uPlot.Band[] {
  const bands: uPlot.Band[] = [];
  let next = 1;
  for (const curve of model.curves) {
    if (curve.band) {
      const fill = `color-mix(in srgb, ${ink.colour(curve.colour)} 16%, transparent)`;
      bands.push({ series: [next + 2, next + 1], fill });
    }
    next += curve.band ? 3 : 1;
  }
  return bands;
}
