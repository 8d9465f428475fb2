import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import { type Series, seriesByAlgorithm } from "../metrics/aggregate";
import { percent, wholePercent } from "../metrics/format";
import * as text from "../text/text";
import { CAPTION, GHOST, RUNS } from "./recorded";

/** The recorded curves as HTML with inline SVG: what index.html shows where no script runs. */
export function recordedFigure(): string {
  const series = seriesByAlgorithm(RUNS, { kind: "test_acc" }, "epoch");
  const title = text.curves.title(text.curves.y.test_acc, text.curves.x.epoch);
  const ends = series.map((line) => `${ruleLabel(line.algorithm)} ${percent(lastOf(line))}`).join(", ");
  return `<figure class="recorded">
  <figcaption><strong>${title}</strong>, ${CAPTION}</figcaption>
  <div role="img" aria-label="${text.sentences.end(ends)}">
    <svg viewBox="0 0 ${GHOST.epochs} 1" preserveAspectRatio="none" aria-hidden="true">
      ${[0, 0.2, 0.4, 0.6, 0.8].map(gridLine).join("")}${series.map(bandOf).join("")}${series.map(lineOf).join("")}
    </svg>
    ${[0, 0.2, 0.4, 0.6, 0.8, 1].map(tick).join("")}${[0, 0.25, 0.5, 0.75, 1].map(epochTick).join("")}
    <span class="axis">${text.curves.x.epoch}</span>${endNames(series)}
  </div>
</figure>`;
}

function gridLine(y: number): string {
  return `<path class="grid" d="M0 ${1 - y}H${GHOST.epochs}"/>`;
}

function lineOf(line: Series): string {
  const dash = ruleInfo(line.algorithm).decorrelated ? "" : ' stroke-dasharray="6 4"';
  return `<path style="stroke:var(${ruleHue(line.algorithm)})"${dash} d="M${points(line.x, line.mean).join("L")}"/>`;
}

function bandOf({ algorithm, x, low, high }: Series): string {
  const outline = [...points(x, high), ...points(x, low).reverse()].join("L");
  return `<path class="band" style="fill:var(${ruleHue(algorithm)})" d="M${outline}Z"/>`;
}

function points(x: readonly number[], y: readonly (number | null)[]): string[] {
  return x.map((at, index) => `${at} ${(1 - (y[index] ?? 0)).toFixed(4)}`);
}

function tick(y: number): string {
  return `<span class="tick" style="inset-block-start:${100 * (1 - y)}%">${wholePercent(y)}</span>`;
}

function epochTick(part: number): string {
  return `<span class="epoch" style="inset-inline-start:${100 * part}%">${Math.round(part * GHOST.epochs)}</span>`;
}

/** The names at the lines' ends, apart from one another by at least so much of the height. */
const APART = 0.06;

function endNames(series: readonly Series[]): string {
  let above = Number.NEGATIVE_INFINITY;
  return [...series]
    .sort((a, b) => lastOf(b) - lastOf(a))
    .map((line) => {
      above = Math.max(above + APART, 1 - lastOf(line));
      const style = `inset-block-start:${(100 * above).toFixed(1)}%;color:var(${ruleHue(line.algorithm)})`;
      return `<span class="name" style="${style}">${ruleLabel(line.algorithm)}</span>`;
    })
    .join("");
}

function lastOf({ mean }: Series): number {
  return mean.at(-1) ?? 0;
}
