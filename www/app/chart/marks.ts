import type uPlot from "uplot";
import type { ChartModel, Curve, Reference } from "../metrics/curve";
import * as text from "../text/text";

/** A place on the canvas, in its own pixels. */
interface Spot {
  x: number;
  y: number;
}

/** Where a line ends, and on which side it has left the picture by then. */
interface End extends Spot {
  beyond?: "above" | "below";
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
  ctx.fillText(label, bbox.left + (side === "left" ? 6 * unit : bbox.width - 6 * unit), y - 8 * unit);
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
  const unit = scaleOf(plot);
  const labels = new Set(model.curves.map(({ label }) => label));
  const ends = model.curves.flatMap((curve) => {
    const end = curve.recordingOf && labels.has(curve.recordingOf) ? null : lastSpot(plot, curve);
    return end ? [{ curve, end, label: { x: end.x + 8 * unit, y: end.y } }] : [];
  });
  // Where there is no room for all names, those of earlier results give way.
  const line = (ink.size + 1) * unit;
  const room = 1 + plot.bbox.height / line;
  const named = ends.length > room ? ends.filter(({ curve }) => !curve.ghost) : ends;
  spread(
    named.map(({ label }) => label),
    {
      line,
      width: (32 + ink.size) * unit,
      top: plot.bbox.top,
      bottom: plot.bbox.top + plot.bbox.height,
    },
  );
  plot.ctx.textAlign = "left";
  for (const { curve, end } of ends) if (curve.diverged) drawCross(plot, end, ink.colour(curve.colour));
  for (const { curve, end, label } of named) drawLabel(plot, nameAt(curve, end), label, curve, ink);
}

/** What stands at a line's end; an arrow, too, where the line has left the picture. */
function nameAt(curve: Curve, { beyond }: End): string {
  const name = endName(curve);
  return beyond ? text.curves.beyond[beyond](name) : name;
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

function lastSpot(plot: uPlot, curve: Curve): End | null {
  for (let i = curve.y.length - 1; i >= 0; i -= 1) {
    const [x, y] = [curve.x[i], curve.y[i]];
    if (x !== undefined && y !== undefined && y !== null) return { ...spot(plot, x, y), ...leaving(plot, y) };
  }
  return null;
}

function leaving({ scales }: uPlot, value: number): Pick<End, "beyond"> {
  if (value < (scales.y?.min ?? value)) return { beyond: "below" };
  return value > (scales.y?.max ?? value) ? { beyond: "above" } : {};
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
