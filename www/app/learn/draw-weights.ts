import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import * as text from "../text/learn";
import { Chart, ticksBetween } from "./chart";
import type { WeightsLesson } from "./lessons";
import { picture, SIZE } from "./picture";
import { Plane } from "./plane";
import { type Ground, type Point, plus, type Throw, type Track, type WeightsSight } from "./sight";
import { cloudWords, landscapeWords, lossesWords } from "./words";

/** The pictures of two weights that learn. */
export function weightsPictures({ reach, updates }: WeightsLesson, sight: WeightsSight): string[] {
  const [first, ...others] = sight.tracks;
  if (first && others.length === 0)
    return [landscape(reach, sight, throwOf(reach, first)), course(updates, sight)];
  if (sight.ground.edges.length > 0) return [landscape(reach, sight, ""), course(updates, sight)];
  return [...sight.tracks.map(cloud), landscape(reach, sight, "")];
}

/** Levels that lie as far from one another as the slope lets them. */
function levelsOf({ losses }: Ground): number[] {
  const highest = Math.max(...losses);
  return Array.from({ length: 12 }, (_, i) => highest * ((i + 0.5) / 12) ** 2);
}

/** The loss over the two weights, and the way of every rule's. */
function landscape(reach: number, sight: WeightsSight, over: string): string {
  const plane = new Plane(reach);
  const [first] = sight.tracks;
  const start = first?.path[0] ?? [0, 0];
  const ways = sight.tracks.map((track) => way(plane, track)).join("");
  const { ground } = sight;
  const bands = ground.edges.length > 0 ? plane.stairs(ground.edges) : plane.bands(ground, levelsOf(ground));
  const inside = [bands, ways, over, plane.dot(start, 4, 'class="start"')];
  const names = sight.tracks.map((track) => nameAt(plane, track)).join("");
  const words = axisWords(text.axes.firstWeight, text.axes.secondWeight);
  return picture(landscapeWords(sight.tracks), [...inside, names, words].join(""));
}

function way(plane: Plane, { rule, path }: Track): string {
  const colour = `var(${ruleHue(rule)})`;
  const dash = ruleInfo(rule).decorrelated ? "" : ' stroke-dasharray="5 3"';
  const here = path.at(-1) ?? [0, 0];
  const line = `<path class="way" style="stroke:${colour}"${dash} d="${plane.path(path)}"/>`;
  return `${line}${plane.dot(here, 5, `class="here" style="fill:${colour}"`)}`;
}

function nameAt(plane: Plane, { rule, path }: Track): string {
  const [x, y] = path.at(-1) ?? [0, 0];
  const up = ruleInfo(rule).decorrelated || rule === "bp";
  const look = `class="name" dx="9" dy="${up ? -7 : 15}" style="fill:var(${ruleHue(rule)})"`;
  return plane.words([x, y], ruleLabel(rule), look);
}

/** The last update in its parts: the noise, the step that came of it, and the one that the gradient would have made. */
function throwOf(reach: number, track: Track): string {
  const last = track.throws.at(-1);
  if (!last) return "";
  const plane = new Plane(reach);
  const arrow = (by: Point, name: string) =>
    `<path class="arrow ${name}" d="${plane.path([last.from, plus(last.from, by)])}"/>`;
  const end = plus(last.from, last.noise);
  const helped = last.loss < lossBefore(track, last);
  const look = `class="thrown ${helped ? "better" : "worse"}"`;
  return `${arrow(last.exact, "exact")}${arrow(last.noise, "noise")}${arrow(last.step, "step")}${plane.dot(end, 4.5, look)}`;
}

function lossBefore(track: Track | undefined, of: Throw): number {
  return track?.losses[track.throws.indexOf(of)] ?? Number.NaN;
}

/** Images as points, of which each pixel is an axis. */
function cloud({ rule, inputs }: Track): string {
  const plane = new Plane(3.2);
  const look = `class="image" style="fill:var(${ruleHue(rule)})"`;
  const dots = inputs.map((input) => plane.dot(input, 3.2, look)).join("");
  const cross = `<path class="axis" d="M${SIZE / 2} 0V${SIZE}M0 ${SIZE / 2}H${SIZE}"/>`;
  const words = axisWords(text.axes.firstPixel, text.axes.secondPixel);
  return picture(cloudWords(inputs), cross + dots + words);
}

/** The loss of each rule, update by update. */
function course(most: number, { tracks, updates }: WeightsSight): string {
  const highest = Math.max(...tracks.flatMap(({ losses }) => losses[0] ?? 0)) * 1.15;
  const chart = new Chart(
    { from: 0, to: most, ticks: [0, most / 2, most], words: text.axes.updates },
    { from: 0, to: highest, ticks: ticksBetween(0, highest) },
  );
  const lines = tracks.map(({ rule, losses }) => {
    const colour = `var(${ruleHue(rule)})`;
    const dash = ruleInfo(rule).decorrelated ? "" : ' stroke-dasharray="5 3"';
    const points = losses.map((loss, update) => [update, Math.min(loss, highest)] as const);
    const end = points.at(-1) ?? [0, 0];
    const name = chart.words(end, ruleLabel(rule), `class="name" style="fill:${colour}"`);
    return `${chart.line(points, `class="way" style="stroke:${colour}"${dash}`)}${name}`;
  });
  const [track] = tracks;
  const last = track?.throws.at(-1);
  const helped = last && last.loss < lossBefore(track, last);
  const thrown = last
    ? chart.dot([updates - 1, last.loss], `class="thrown ${helped ? "better" : "worse"}"`)
    : "";
  return picture(lossesWords(tracks), [chart.axes(), ...lines, thrown].join(""));
}

function axisWords(across: string, up: string): string {
  return (
    `<text class="tick" text-anchor="end" x="${SIZE - 8}" y="${SIZE - 10}">${across} →</text>` +
    `<text class="tick" x="8" y="18">↑ ${up}</text>`
  );
}
