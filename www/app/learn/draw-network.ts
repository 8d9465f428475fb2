import * as text from "../text/learn";
import { degreesOf, fitted, law } from "../update/fit";
import { Chart, ticksBetween } from "./chart";
import { DRAWS, NOISES } from "./lessons";
import { measuredOf } from "./network-course";
import { picture, SIZE, short } from "./picture";
import type { AlongSight, AngleSight, Numbers, UpdateSight } from "./sight";

const NP = 'style="stroke:var(--np-np)"';

/** The stages of an update, a strip each: what has not been reached yet is empty. */
export function updatePictures(sight: UpdateSight): string[] {
  return stagesOf(sight).map(({ aside, layers, words }, stage) =>
    strip(words, stage <= sight.updates ? [aside, ...layers.map(layerAt)] : layers.map(emptyAt)),
  );
}

interface Stage {
  words: string;
  /** What stands left of the layers. */
  aside: string;
  layers: readonly Numbers[];
}

function stagesOf({ image, loss, change, layers }: UpdateSight): Stage[] {
  const of = (name: keyof (typeof layers)[number]) => layers.map((layer) => layer[name]);
  const [noise, moved, np, anp] = [of("noise"), of("moved"), of("np"), of("anp")];
  const number = (line: string, value: string) =>
    `<text class="tick" x="0" y="52">${line}</text><text class="name" x="0" y="70">${value}</text>`;
  const { asides } = text;
  return [
    { words: text.strips.clean(loss.toFixed(3)), aside: cells(image, 0, 84, 255), layers: of("clean") },
    { words: text.strips.noise, aside: number(asides.noise, asides.every), layers: noise },
    { words: text.strips.moved, aside: number(asides.change, signed(change)), layers: moved },
    { words: text.strips.np, aside: number(asides.noiseTimes, factorOf(np, noise)), layers: np },
    { words: text.strips.anp, aside: number(asides.moveTimes, factorOf(anp, moved)), layers: anp },
    { words: text.strips.exact, aside: number(asides.exact, asides.back), layers: of("exact") },
  ];
}

/** What one is of the other: the same for all units. */
function factorOf(credit: readonly Numbers[], times: readonly Numbers[]): string {
  const [all, others] = [credit.flat(), times.flat()];
  const largest = others.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(others[best] ?? 0) ? i : best),
    0,
  );
  return short((all[largest] ?? 0) / (others[largest] ?? 0))
    .toString()
    .replace("-", "−");
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}

/** Where the layers stand in a strip. */
const PLACES = [104, 204, 304] as const;

function layerAt(values: Numbers, layer: number): string {
  const side = Math.sqrt(values.length);
  const greatest = Math.max(...values.map(Math.abs));
  return cells(values, PLACES[layer] ?? 0, Number.isInteger(side) ? 84 : 16, greatest);
}

function emptyAt(values: Numbers, layer: number): string {
  return layerAt(
    values.map(() => 0),
    layer,
  );
}

const LEVELS = 8;

/** Cells in a square, or one below the other: orange above zero, blue below, the paler the nearer to it. */
function cells(values: Numbers, left: number, width: number, greatest: number): string {
  const across = width === 84 ? Math.sqrt(values.length) : 1;
  const [w, h] = [width / across, 84 / (values.length / across)];
  const layers = new Map<number, string>();
  for (const [i, value] of values.entries()) {
    const level = Math.round((LEVELS * value) / greatest);
    if (level === 0 || Number.isNaN(level)) continue;
    const [x, y] = [short(left + (i % across) * w), short(16 + Math.floor(i / across) * h)];
    layers.set(level, `${layers.get(level) ?? ""}M${x} ${y}h${short(w)}v${short(h)}h${short(-w)}z`);
  }
  const frame = `<rect class="frame" x="${left}" y="16" width="${width}" height="84"/>`;
  const filled = Array.from(
    layers,
    ([level, d]) =>
      `<path class="${level > 0 ? "worse" : "better"}" fill-opacity="${short(Math.abs(level) / LEVELS)}" d="${d}"/>`,
  );
  return frame + filled.join("");
}

function strip(words: string, inside: readonly string[]): string {
  const names = text.columns.map(
    (name, i) => `<text class="tick" x="${[0, ...PLACES][i]}" y="10">${name}</text>`,
  );
  return `<svg viewBox="0 0 352 104" role="img" aria-label="${words}">${[...names, ...inside].join("")}</svg>`;
}

/** The loss along the noise, its slope, and what is measured of it; and how much of the slope that is, for every noise. */
export function alongPictures({ losses, slope, noiseStd, measured }: AlongSight): string[] {
  const ts = losses.map((_, i) => (4 * i) / (losses.length - 1) - 2);
  const clean = losses[(losses.length - 1) / 2] ?? Number.NaN;
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const room = 0.15 * (most - least);
  const [from, to] = [least - room, most + room];
  const chart = new Chart(
    { from: -2, to: 2, ticks: [-2, -1, 0, 1, 2], words: text.axes.along },
    { from, to, ticks: ticksBetween(from, to) },
  );
  const at = (t: number) => clean + slope * t;
  const end = clean + measuredOf(losses);
  // The tangent, as far as it stays in the picture.
  const reach = Math.min(2, ...[from, to].map((edge) => Math.abs((edge - clean) / slope)));
  const first = [
    chart.axes(),
    chart.line(
      [
        [-reach, at(-reach)],
        [reach, at(reach)],
      ],
      'class="arrow exact"',
    ),
    chart.line(
      ts.map((t, i) => [t, losses[i] ?? 0] as const),
      'class="way" style="stroke:var(--np-ink)"',
    ),
    chart.line(
      [
        [0, clean],
        [1, end],
      ],
      `class="arrow" ${NP}`,
    ),
    chart.dot([0, clean], 'class="start"'),
    chart.dot([1, end], 'class="here" style="fill:var(--np-np)"'),
  ];
  const shares = new Chart(
    { from: NOISES[0] ?? 0, to: NOISES.at(-1) ?? 1, ticks: NOISES, log: true, words: text.axes.noise },
    { from: -2, to: 2, ticks: [-2, -1, 0, 1, 2] },
  );
  const kept = (share: number) => Math.max(-2, Math.min(2, share));
  const dots = measured.map(({ noiseStd, share }) => [noiseStd, kept(share)] as const);
  const second = [
    shares.axes(),
    shares.line(
      [
        [NOISES[0] ?? 0, 1],
        [NOISES.at(-1) ?? 1, 1],
      ],
      'class="arrow exact"',
    ),
    shares.line(dots, `class="way" ${NP}`),
    ...dots.map((dot) => shares.dot(dot, 'class="here" style="fill:var(--np-np)"')),
  ];
  const words = text.described.along(String(noiseStd), (measured.at(-1)?.share ?? Number.NaN).toFixed(2));
  return [picture(words, first.join("")), picture(text.described.shares, second.join(""))];
}

/** The estimates as arrows beside the gradient, and their angles against the draws. */
export function anglePictures({ angles }: AngleSight): string[] {
  const [left, bottom, length] = [36, SIZE - 30, 250];
  const tip = (degrees: number): string => {
    const angle = (degrees * Math.PI) / 180;
    return `${short(left + length * Math.cos(angle))} ${short(bottom - length * Math.sin(angle))}`;
  };
  const arrow = (degrees: number, look: string) => `<path ${look} d="M${left} ${bottom}L${tip(degrees)}"/>`;
  const earlier = angles.slice(0, -1).map(({ degrees }) => arrow(degrees, `class="way earlier" ${NP}`));
  const last = angles.at(-1) ?? { draws: 1, degrees: 90 };
  const name = (degrees: number, words: string, look: string) => {
    const [x, y] = tip(degrees).split(" ");
    return `<text x="${x}" y="${y}" ${look}>${words}</text>`;
  };
  const fan = [
    arrow(90, 'class="arrow noise"'),
    name(90, text.asides.random, 'class="tick" dx="-10" dy="-8"'),
    ...earlier,
    arrow(0, 'class="arrow step"'),
    name(0, text.asides.gradient, 'class="tick" text-anchor="end" dy="20"'),
    arrow(last.degrees, `class="arrow" ${NP}`),
    name(
      last.degrees,
      `${Math.round(last.degrees)}°`,
      'class="name" dx="4" dy="-6" style="fill:var(--np-np)"',
    ),
  ];
  const chart = new Chart(
    {
      from: DRAWS[0] ?? 1,
      to: DRAWS.at(-1) ?? 1,
      ticks: [1, 4, 16, 64, 256],
      log: true,
      words: text.axes.draws,
    },
    { from: 0, to: 90, ticks: [0, 30, 60, 90] },
  );
  const dots = angles.map(({ draws, degrees }) => [draws, degrees] as const);
  const c = fitted(angles.map(({ draws, degrees }) => ({ draws, cos: Math.cos((degrees * Math.PI) / 180) })));
  const curve = DRAWS.map((draws) => [draws, degreesOf(law(c, draws))] as const);
  const plot = [
    chart.axes(),
    chart.line(curve, 'class="arrow exact"'),
    ...dots.map((dot) => chart.dot(dot, 'class="here" style="fill:var(--np-np)"')),
  ];
  return [
    picture(text.described.angle(last.draws, Math.round(last.degrees)), fan.join("")),
    picture(text.described.angles, plot.join("")),
  ];
}
