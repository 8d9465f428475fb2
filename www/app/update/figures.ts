import { css, svg, type TemplateResult } from "lit";
import type { SeenUpdate } from "../contract/update";
import { decimal, degrees } from "../metrics/format";
import * as later from "../text/later";
import * as text from "../text/text";
import { greatestOf } from "./grid";

/** A plot of so many units across and up, with room for its labels. */
const [WIDE, HIGH, ROOM] = [300, 170, 30];
/** What a letter of them takes. */
const LETTER = 6.2;

/** From numbers to places in the plot. */
function axis([least, greatest]: readonly [number, number], from: number, to: number) {
  const size = greatest - least || 1;
  return (value: number) => from + ((to - from) * (value - least)) / size;
}

/** The credit of every unit against what the exact gradient says of it. */
export function scatter({ layers }: SeenUpdate, label: string): TemplateResult {
  const [credits, exacts] = [layers.map(({ credit }) => credit), layers.map(({ exact }) => exact)];
  const [most, mostExact] = [greatestOf(credits) || 1, greatestOf(exacts) || 1];
  const x = axis([-mostExact, mostExact], ROOM, WIDE - 8);
  const y = axis([-most, most], HIGH - 22, 8);
  return svg`<svg class="plot" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${label}>
    <path class="axis" d="M${ROOM} ${y(0)}H${WIDE - 8}M${x(0)} 8V${HIGH - 22}"></path>
    <text x=${WIDE - 8} y=${HIGH - 6} text-anchor="end">${later.update.exactAxis(decimal(mostExact))}</text>
    <text x="2" y="12">${later.update.creditAxis(decimal(most))}</text>
    ${layers.map((layer, l) =>
      Array.from(layer.credit, (credit, unit) => {
        const last = l === layers.length - 1;
        return svg`<circle class=${last ? "output" : "unit"} cx=${x(layer.exact[unit] ?? 0)} cy=${y(credit)} r=${last ? 3.2 : 2.2}></circle>`;
      }),
    )}
  </svg>`;
}

/** An estimate as an arrow, whose angle is that to the exact gradient. */
export interface Arrow {
  name: string;
  degrees: number;
  kind: "image" | "batch" | "mean";
}

/** Arrows from one point: the exact gradient to the right, the estimates as far from it as they are. */
export function dial(arrows: readonly Arrow[], label: string): TemplateResult {
  const [cx, cy, radius] = [150, 148, 118];
  const at = (angle: number, length: number): [number, number] => {
    const turn = (angle * Math.PI) / 180;
    return [cx + length * Math.cos(turn), cy - length * Math.sin(turn)];
  };
  const point = (angle: number, length: number) =>
    at(angle, length)
      .map((place) => place.toFixed(1))
      .join(" ");
  return svg`<svg class="plot" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${label}>
    <path class="arc" d="M${point(0, radius)}A${radius} ${radius} 0 0 0 ${point(180, radius)}"></path>
    ${[0, 30, 60, 90, 120, 150, 180].map((angle) => svg`<path class="arc" d="M${point(angle, radius)}L${point(angle, radius + 5)}"></path>`)}
    ${[0, 90, 180].map((angle) => {
      const [x, y] = at(angle, radius + 16);
      return svg`<text x=${x} y=${y + 4} text-anchor="middle">${angle === 90 ? text.curves.random : `${angle}°`}</text>`;
    })}
    <path class="arrow exact" d=${arrow(at, 0, radius)}></path>
    ${arrows.map(({ kind, degrees: angle }) => svg`<path class="arrow ${kind}" d=${arrow(at, angle, radius)}></path>`)}
    <text x=${cx} y=${HIGH - 5} text-anchor="middle">${arrows.map(({ name, degrees: angle }) => `${name} ${degrees(angle)}`).join(" · ")}</text>
  </svg>`;
}

function arrow(
  at: (angle: number, length: number) => [number, number],
  angle: number,
  length: number,
): string {
  const head = 3.2;
  const [tip, left, right] = [
    at(angle, length),
    at(angle + head, length - 11),
    at(angle - head, length - 11),
  ];
  const write = (place: readonly number[]) => place.map((value) => value.toFixed(1)).join(" ");
  return `M${write(at(angle, 0))}L${write(tip)}M${write(left)}L${write(tip)}L${write(right)}`;
}

/** A curve, lines and points over a common pair of axes. */
export interface Plot {
  x: readonly [least: number, greatest: number];
  y: readonly [least: number, greatest: number];
  /** Each through these places. */
  lines: readonly { kind: string; points: readonly (readonly [number, number])[] }[];
  points: readonly (readonly [number, number])[];
  xTicks: readonly (readonly [at: number, label: string])[];
  yTicks: readonly (readonly [at: number, label: string])[];
  label: string;
}

export function plot({ x: xs, y: ys, lines, points, xTicks, yTicks, label }: Plot): TemplateResult {
  const room = Math.max(ROOM, 4 + LETTER * Math.max(...yTicks.map(([, name]) => name.length)));
  const x = axis(xs, room + 8, WIDE - 10);
  const y = axis(ys, HIGH - 22, 10);
  const within = (value: number) => Math.max(-HIGH, Math.min(2 * HIGH, y(value)));
  return svg`<svg class="plot" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${label}>
    <clipPath id="frame"><rect x=${room + 2} y="4" width=${WIDE - room - 6} height=${HIGH - 24}></rect></clipPath>
    ${xTicks.map(([at, name]) => svg`<path class="grid" d="M${x(at)} 8V${HIGH - 20}"></path><text x=${x(at)} y=${HIGH - 6} text-anchor="middle">${name}</text>`)}
    ${yTicks.map(([at, name]) => svg`<path class="grid" d="M${room + 2} ${y(at)}H${WIDE - 8}"></path><text x=${room} y=${y(at) + 4} text-anchor="end">${name}</text>`)}
    <g clip-path="url(#frame)">
      ${lines.map(({ kind, points }) => svg`<path class="line ${kind}" d=${points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${x(px).toFixed(1)} ${within(py).toFixed(1)}`).join("")}></path>`)}
    </g>
    ${points.map(([px, py]) => svg`<circle class="point" cx=${x(px)} cy=${y(py)} r="3.6"></circle>`)}
  </svg>`;
}

export const figureStyles = css`
  .plot {
    display: block;
    inline-size: 100%;
    max-inline-size: 420px;
    overflow: visible;
  }
  .plot text {
    font-size: 11px;
    fill: var(--np-muted);
  }
  .axis,
  .arc,
  .grid {
    fill: none;
    stroke: var(--np-line);
    stroke-width: 1;
  }
  .unit {
    fill: var(--hue);
    fill-opacity: 0.5;
  }
  .output {
    fill: var(--np-ink);
    fill-opacity: 0.8;
  }
  .arrow,
  .line {
    fill: none;
    stroke: var(--hue);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .arrow {
    transition: d 400ms ease-out;
  }
  .arrow.exact {
    stroke: var(--np-bp);
    stroke-width: 3;
  }
  .arrow.image {
    stroke-width: 1.5;
    stroke-opacity: 0.55;
    stroke-dasharray: 3 3;
  }
  .arrow.mean {
    stroke-width: 3.5;
  }
  .line.tangent {
    stroke: var(--np-bp);
    stroke-dasharray: 6 4;
  }
  .line.chord {
    stroke: var(--np-ink);
    stroke-width: 1.5;
  }
  .line.law {
    stroke: var(--np-muted);
    stroke-dasharray: 6 4;
    stroke-width: 1.5;
  }
  .point {
    fill: var(--hue);
    stroke: var(--np-panel);
    stroke-width: 1.5;
  }
  @media (prefers-reduced-motion: reduce) {
    .arrow {
      transition: none;
    }
  }
`;
