import * as Plot from "@observablehq/plot";
import { type ChartModel, type Curve, type Scale, titleOf } from "../metrics/curve";
import type { Colours } from "../ui/palette";
import { endsOf, valueAt } from "./marks";
import { decades, GHOST_ALPHA, positive, rangeOf } from "./uplot-options";

/** How a figure is to look. */
export interface Sheet {
  /** In millimetres, as journals give it. */
  width: number;
  colour: Colours;
  caption: string;
  /** What leads to these curves again: it goes along unseen. */
  source: string;
}

type Range = readonly [least: number, greatest: number];

/** A chart's values, and where its axes begin and end. */
interface Axes {
  x: Range;
  y: Range;
  /** In pixels. */
  width: number;
  height: number;
  right: number;
}

const PIXELS_IN_MM = 96 / 25.4;
/** Of the text, in pixels: 7.5 points. */
const SIZE = 10;
const LINE = 1.3 * SIZE;
/** Pixels around the area within the axes; on the right the names need some, too. */
const AROUND = { top: 10, bottom: 36, left: 52 };
/** These are on Windows, macOS and Linux, and what sets papers knows them. */
const FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";
/** How much wider than Plot takes letters to be those of any of these fonts are. */
const WIDEST = 1.2;
/** More points than so many on a line would be a chain. */
const MOST_DOTS = 40;

/** The chart as a drawing of its own: all that is seen are lines, areas and text. */
export function figureOf(model: ChartModel, sheet: Sheet): SVGElement {
  const axes = axesOf(model, sheet.width * PIXELS_IN_MM);
  const caption = captionMark(sheet, axes);
  const lines = linesOf(caption, axes);
  const height = axes.height + (lines + 0.8) * LINE;
  const svg = Plot.plot({
    ...optionsOf(model, sheet, axes),
    height,
    marginBottom: AROUND.bottom + height - axes.height,
    marks: [
      ...scaleMarks(model, sheet, axes),
      ...model.curves.flatMap((curve) => curveMarks(curve, model.y, sheet, axes)),
      ...endMarks(model, sheet, axes),
      caption,
    ],
  });
  return asFile(svg, sheet, { width: axes.width, height });
}

function axesOf(model: ChartModel, width: number): Axes {
  const { curves, x, y } = model;
  const shown = (value: number | null) => (y.logarithmic ? positive(value) : value);
  const heights = curves.flatMap(({ y, band }) =>
    [...y, ...(band?.low ?? []), ...(band?.high ?? [])].map(shown),
  );
  const longest = Math.max(0, ...curves.map(({ label }) => label.length));
  return {
    x: shownOf(
      x,
      curves.flatMap((curve) => curve.x),
    ),
    y: shownOf(y, heights),
    width,
    height: 60 + 0.46 * width,
    right: 14 + 0.65 * SIZE * (longest + 2),
  };
}

/** What an axis shows of these values, on the page as here. */
function shownOf(scale: Scale, values: readonly (number | null)[]): Range {
  const present = values.filter((value) => value !== null);
  const end = (choose: typeof Math.min) => (present.length > 0 ? choose(...present) : null);
  const [least, greatest] = rangeOf(scale, end(Math.min), end(Math.max));
  return [least ?? 0, greatest ?? 1];
}

function optionsOf({ x, y }: ChartModel, { colour }: Sheet, axes: Axes): Plot.PlotOptions {
  return {
    width: axes.width,
    ...{ marginTop: AROUND.top, marginLeft: AROUND.left, marginRight: axes.right },
    x: { type: "linear", domain: axes.x, label: null },
    y: { type: y.logarithmic ? "log" : "linear", domain: axes.y, label: null },
    style: { color: colour("--np-ink") },
    ariaLabel: `${titleOf(y)}, ${x.label}`,
  };
}

/** Grid, ticks, names of the axes, and the value to hold the curves against. */
function scaleMarks({ x, y, reference }: ChartModel, { colour }: Sheet, axes: Axes): Plot.Markish[] {
  const [line, muted] = [colour("--np-line"), colour("--np-muted")];
  const across = axes.width - AROUND.left - axes.right;
  const ticks = { x: ticksOf(x, axes.x, across / 40), y: ticksOf(y, axes.y, axes.height / 30) };
  const marks: Plot.Markish[] = [
    Plot.gridY(ticks.y, { stroke: line, strokeOpacity: 1 }),
    Plot.gridX(ticks.x, { stroke: line, strokeOpacity: 1 }),
    Plot.axisX(ticks.x, { tickFormat: x.tick, stroke: line, fill: muted, label: null, tickSize: 4 }),
    Plot.axisY(ticks.y, { tickFormat: y.tick, stroke: line, fill: muted, label: null, tickSize: 4 }),
    Plot.text([x.label], { frameAnchor: "bottom", dy: 30, fill: muted }),
    Plot.text([titleOf(y)], { frameAnchor: "left", dx: -45, rotate: -90, textAnchor: "middle", fill: muted }),
  ];
  if (!reference || reference.at < axes.y[0] || reference.at > axes.y[1]) return marks;
  const left = reference.side === "left";
  return [
    ...marks,
    Plot.ruleY([reference.at], { stroke: colour("--np-edge"), strokeDasharray: "2 3" }),
    Plot.text([reference.label], {
      y: () => reference.at,
      ...{ frameAnchor: reference.side, textAnchor: left ? "start" : "end" },
      ...{ dx: left ? 6 : -6, dy: -7, fill: muted },
    }),
  ];
}

/** At most so many ticks, at the steps that the scale has. */
function ticksOf(
  { logarithmic, steps }: Scale,
  [least, greatest]: Range,
  most: number,
): number[] | undefined {
  if (logarithmic) return decades(least, greatest);
  const step = steps?.find((step) => (greatest - least) / step <= most);
  if (step === undefined) return undefined;
  const [first, last] = [Math.ceil(least / step - 1e-9), Math.floor(greatest / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

interface Point {
  x: number;
  y: number | null;
  low: number | null | undefined;
  high: number | null | undefined;
}

/** A short line, where a rate was changed. */
const UPRIGHT: Plot.VectorShapeImplementation = {
  draw: (path, length) => {
    path.moveTo(0, 0);
    path.lineTo(0, -length);
  },
};

function curveMarks(curve: Curve, scale: Scale, { colour }: Sheet, axes: Axes): Plot.Markish[] {
  const { x, y, band, dashed, ghost, changes } = curve;
  const stroke = colour(curve.colour);
  const shown = (value: number | null | undefined) => (scale.logarithmic ? positive(value ?? null) : value);
  const points: Point[] = x.map((x, index) => ({
    x,
    y: shown(y[index]) ?? null,
    low: shown(band?.low[index]),
    high: shown(band?.high[index]),
  }));
  const [least, greatest] = axes.y;
  const isSeen = ({ y }: Point) => y !== null && least <= y && y <= greatest;
  const opacity = ghost ? GHOST_ALPHA : 1;
  const turns = changes.map((at) => ({ x: at, y: valueAt(curve, at) }));
  return [
    band &&
      Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.16, clip: true }),
    Plot.lineY(points, {
      ...{ x: "x", y: "y", stroke, opacity, clip: true },
      ...{ strokeWidth: dashed ? 1.25 : 1.75, ...(dashed && { strokeDasharray: "5 3" }) },
    }),
    !ghost &&
      points.length <= MOST_DOTS &&
      Plot.dot(points.filter(isSeen), { x: "x", y: "y", r: 1.75, fill: stroke }),
    Plot.vector(turns, {
      x: "x",
      y: "y",
      length: 12,
      anchor: "middle",
      shape: UPRIGHT,
      stroke,
      strokeWidth: 2,
    }),
  ].filter((mark) => mark !== undefined && mark !== false);
}

/** The names at the ends of the lines, on a rim of the ground's colour, and the crosses of those that diverged. */
function endMarks(model: ChartModel, { colour }: Sheet, axes: Axes): Plot.Markish[] {
  const { top, bottom, left } = AROUND;
  const x = Plot.scale({ x: { domain: axes.x, range: [left, axes.width - axes.right] } });
  const type = model.y.logarithmic ? "log" : "linear";
  const y = Plot.scale({ y: { type, domain: axes.y, range: [axes.height - bottom, top] } });
  // A logarithmic scale has no place for zero: such a line ends below the picture, as on the page.
  const shown = (value: number) => (type === "log" ? Math.max(value, axes.y[0] / 10) : value);
  const place = (at: number, value: number) => ({ x: x.apply(at), y: y.apply(shown(value)) });
  const ends = endsOf(model, { place, top, bottom: axes.height - bottom, size: SIZE, unit: 1 });
  const crosses = ends.filter(({ curve }) => curve.diverged);
  return [
    ...crosses.map(({ curve, spot }) =>
      Plot.dot([spot], {
        ...{ x: () => x.invert?.(spot.x), y: () => y.invert?.(spot.y) },
        ...{ symbol: "times", r: 4, stroke: colour(curve.colour), strokeWidth: 2 },
      }),
    ),
    ...ends.map(({ curve, name }) =>
      Plot.text(name ? [name] : [], {
        ...{ x: ({ x: at }) => x.invert?.(at), y: ({ y: at }) => y.invert?.(at), text: "words" },
        ...{ textAnchor: "start", fontWeight: curve.dashed || curve.ghost ? 400 : 700 },
        ...{ fill: colour(curve.colour), stroke: colour("--np-panel"), strokeWidth: 3 },
      }),
    ),
  ];
}

function captionMark({ caption, colour }: Sheet, { width }: Axes): Plot.Text {
  return Plot.text([caption], {
    ...{ frameAnchor: "bottom-left", lineAnchor: "top", textAnchor: "start" },
    ...{ dx: 4 - AROUND.left, dy: AROUND.bottom + LINE / 2, lineHeight: LINE / SIZE },
    ...{ lineWidth: (width - 8) / (WIDEST * SIZE), fill: colour("--np-ink") },
  });
}

/** How many lines the caption takes. */
function linesOf(caption: Plot.Text, { width }: Axes): number {
  const alone = Plot.plot({ width, height: 100, marks: [caption] });
  return Math.max(1, alone.querySelectorAll("tspan").length);
}

/** Sized in millimetres, on a ground, without style sheets, and with what leads to it again. */
function asFile(svg: Element, sheet: Sheet, size: { width: number; height: number }): SVGElement {
  if (!(svg instanceof SVGElement)) throw new Error("Plot has drawn no SVG.");
  const ground = element("rect", { width: "100%", height: "100%", fill: sheet.colour("--np-panel") });
  const source = element("desc", {});
  source.textContent = sheet.source;
  svg.querySelector("style")?.remove();
  svg.removeAttribute("class");
  // They name Plot's marks, not what these show.
  for (const mark of svg.querySelectorAll("g[aria-label]")) mark.removeAttribute("aria-label");
  svg.prepend(source, ground);
  return set(svg, {
    width: `${sheet.width}mm`,
    height: `${((sheet.width * size.height) / size.width).toFixed(2)}mm`,
    "font-family": FONT,
    "font-size": String(SIZE),
    role: "img",
  });
}

const SVG = "http://www.w3.org/2000/svg";

function element(name: string, attributes: Record<string, string>): SVGElement {
  return set(document.createElementNS(SVG, name), attributes);
}

function set(element: SVGElement, attributes: Record<string, string>): SVGElement {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
