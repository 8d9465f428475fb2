import type uPlot from "uplot";
import type { ChartModel, Curve, Reference } from "../metrics/curve";
import * as text from "../text/text";

/** A place on the canvas, in its own pixels. */
interface Spot {
  x: number;
  y: number;
}

/** What the marks need to know of the page's look. */
export interface Ink {
  colour: (property: string) => string;
  font: string;
  /** Of the text, in the page's pixels. */
  size: number;
}

/** Draws what uPlot does not: the reference line, changes of rates, crosses and the names at the lines' ends. */
export function drawMarks(plot: uPlot, model: ChartModel, ink: Ink): void {
  const { ctx } = plot;
  ctx.save();
  ctx.lineWidth = 1.5 * scaleOf(plot);
  ctx.font = `${ink.size * scaleOf(plot)}px ${ink.font}`;
  ctx.textBaseline = "middle";
  if (model.reference) drawReference(plot, model.reference, ink);
  for (const curve of model.curves) drawChanges(plot, curve, ink);
  drawEnds(plot, model, ink);
  ctx.restore();
}

/** Pixels of the canvas in one of the page's. */
export function scaleOf(plot: uPlot): number {
  return plot.ctx.canvas.width / plot.width;
}

function drawReference(plot: uPlot, { at, label, side }: Reference, ink: Ink): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(at, "y", true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  const unit = scaleOf(plot);
  ctx.strokeStyle = ink.colour("--np-edge");
  ctx.fillStyle = ink.colour("--np-muted");
  ctx.lineWidth = unit;
  ctx.setLineDash([2 * unit, 3 * unit]);
  stroke(ctx, [
    { x: bbox.left, y },
    { x: bbox.left + bbox.width, y },
  ]);
  ctx.setLineDash([]);
  ctx.textAlign = side;
  const x = bbox.left + (side === "left" ? 6 * unit : bbox.width - 6 * unit);
  // On a ground of its own, since lines may run through it.
  ctx.strokeStyle = ink.colour("--np-panel");
  ctx.lineWidth = 4 * unit;
  ctx.strokeText(label, x, y - 8 * unit);
  ctx.fillText(label, x, y - 8 * unit);
}

/** A short upright tick on the line where a rate was changed. */
function drawChanges(plot: uPlot, curve: Curve, ink: Ink): void {
  const reach = 8 * scaleOf(plot);
  plot.ctx.lineWidth = 2 * scaleOf(plot);
  plot.ctx.strokeStyle = ink.colour(curve.colour);
  for (const at of curve.changes) {
    const value = valueAt(curve, at);
    if (value === null) continue;
    const { x, y } = spot(plot, at, value);
    stroke(plot.ctx, [
      { x, y: y - reach },
      { x, y: y + reach },
    ]);
  }
}

function drawEnds(plot: uPlot, model: ChartModel, ink: Ink): void {
  plot.ctx.textAlign = "left";
  for (const { curve, spot, name } of endsOf(model, frameOf(plot, ink))) {
    if (curve.diverged) drawCross(plot, spot, ink.colour(curve.colour));
    if (name) drawLabel(plot, name.words, name, curve, ink);
  }
}

/** The area within the axes, in the pixels of a canvas or of a drawing. */
export interface Frame {
  place: (x: number, y: number) => Spot;
  top: number;
  bottom: number;
  /** Of the text. */
  size: number;
  /** Its pixels in one of the page's. */
  unit: number;
}

/** Where a line ends, on the edge if it has left the picture, and its name beside it if there is room. */
interface End {
  curve: Curve;
  spot: Spot;
  name: (Spot & { words: string }) | null;
}

/** The ends of all lines, their names apart from each other. */
export function endsOf({ curves }: ChartModel, frame: Frame): End[] {
  const { top, bottom, size, unit } = frame;
  const labels = new Set(curves.map(({ label }) => label));
  const ends = curves.flatMap((curve) => {
    const last = curve.recordingOf && labels.has(curve.recordingOf) ? null : lastSpot(curve, frame);
    if (!last) return [];
    const spot = { x: last.x, y: Math.min(bottom, Math.max(top, last.y)) };
    return [{ curve, spot, name: { x: spot.x + 8 * unit, y: spot.y, words: nameAt(curve, last, frame) } }];
  });
  // Where there is no room for all names, those of earlier results give way.
  const line = (size + 1) * unit;
  const room = 1 + (bottom - top) / line;
  const named = ends.length > room ? ends.filter(({ curve }) => !curve.ghost) : ends;
  spread(
    named.map(({ name }) => name),
    { line, width: (32 + size) * unit, top, bottom },
  );
  return ends.map((end) => (named.includes(end) ? end : { ...end, name: null }));
}

function frameOf(plot: uPlot, { size }: Ink): Frame {
  const { top, height } = plot.bbox;
  const place = (x: number, y: number) => ({
    x: plot.valToPos(x, "x", true),
    y: plot.valToPos(y, "y", true),
  });
  return { place, top, bottom: top + height, size, unit: scaleOf(plot) };
}

/** What stands at a line's end; an arrow, too, where the line has left the picture. */
function nameAt(curve: Curve, { y }: Spot, { top, bottom }: Frame): string {
  const name = endName(curve);
  if (y < top) return text.curves.beyond.above(name);
  return y > bottom ? text.curves.beyond.below(name) : name;
}

/** A recording has the name of the curve that it stands for. */
export function endName({ label, recordingOf }: Curve): string {
  return recordingOf ?? label;
}

function drawCross(plot: uPlot, { x, y }: Spot, colour: string): void {
  const arm = 6 * scaleOf(plot);
  plot.ctx.lineWidth = 2.5 * scaleOf(plot);
  plot.ctx.strokeStyle = colour;
  stroke(plot.ctx, [
    { x: x - arm, y: y - arm },
    { x: x + arm, y: y + arm },
  ]);
  stroke(plot.ctx, [
    { x: x - arm, y: y + arm },
    { x: x + arm, y: y - arm },
  ]);
}

/** The name in its line's colour, on a rim of the panel's, so that it reads on top of other lines. */
function drawLabel(plot: uPlot, name: string, { x, y }: Spot, curve: Curve, ink: Ink): void {
  const { ctx } = plot;
  ctx.font = `${curve.dashed || curve.ghost ? 400 : 650} ${ink.size * scaleOf(plot)}px ${ink.font}`;
  ctx.lineWidth = 3 * scaleOf(plot);
  ctx.lineJoin = "round";
  ctx.strokeStyle = ink.colour("--np-panel");
  ctx.strokeText(name, x, y);
  ctx.fillStyle = ink.colour(curve.colour);
  ctx.fillText(name, x, y);
  ctx.lineWidth = 1.5 * scaleOf(plot);
}

function stroke(ctx: CanvasRenderingContext2D, [from, to]: [Spot, Spot]): void {
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.lineTo(to.x, to.y);
  ctx.stroke();
}

function spot(plot: uPlot, x: number, y: number): Spot {
  const { top, height } = plot.bbox;
  const inside = Math.min(top + height, Math.max(top, plot.valToPos(y, "y", true)));
  return { x: plot.valToPos(x, "x", true), y: inside };
}

function lastSpot({ x, y }: Curve, { place }: Frame): Spot | null {
  const last = y.findLastIndex((value) => value !== null);
  const [at, value] = [x[last], y[last]];
  return at === undefined || value === undefined || value === null ? null : place(at, value);
}

/** The value of the line at any place, between its points. */
export function valueAt(curve: Pick<Curve, "x" | "y">, at: number): number | null {
  const right = curve.x.findIndex((x) => x >= at);
  const [x1, y1] = [curve.x[right], curve.y[right]];
  if (x1 === undefined || y1 === undefined || y1 === null) return null;
  const [x0, y0] = [curve.x[right - 1], curve.y[right - 1]];
  if (x0 === undefined || y0 === undefined || y0 === null || x1 === x0) return y1;
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}

interface Room {
  line: number;
  width: number;
  top: number;
  bottom: number;
}

/** Moves names apart that would lie on one another, and off the edges: downwards first, then back up from the bottom. */
export function spread(labels: readonly Spot[], { line, width, top, bottom }: Room): void {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const near = (a: Spot, b: Spot) => Math.abs(a.x - b.x) < width;
  for (const [i, label] of sorted.entries()) {
    const above = sorted.slice(0, i).filter((other) => near(label, other));
    label.y = Math.max(label.y, top + line / 2, ...above.map((other) => other.y + line));
  }
  for (const [i, label] of [...sorted.entries()].reverse()) {
    const below = sorted.slice(i + 1).filter((other) => near(label, other));
    label.y = Math.min(label.y, bottom - line / 2, ...below.map((other) => other.y - line));
  }
}
