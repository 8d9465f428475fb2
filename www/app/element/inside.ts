import { html, type TemplateResult } from "lit";
import { canAnswer } from "../update/budget";
import type { Section, Shown } from "./sections";

/** What one of the charts needs, and what both do, so that the names of all others are seen below. */
const ROOM = {
  one: "(width >= 1200px) and (height >= 860px)",
  both: "(width >= 1200px) and (height >= 1100px)",
} as const;

/** Beside the curves: what goes on inside the networks, from top to bottom. Some of it is loaded later, see insides.ts. */
export const INSIDE: readonly Section[] = [
  {
    about: "chart:draw",
    open: "everywhere",
    body: ({ experiment, runs }) =>
      html`<np-try-it .runs=${runs} .rows=${experiment.shape.rows} .cols=${experiment.shape.cols} .names=${experiment.classNames}></np-try-it>`,
  },
  { about: "chart:alignment", open: ROOM.one, body: (shown) => layerChart("alignment", shown) },
  { about: "chart:decorrelation", open: ROOM.both, body: (shown) => layerChart("decorrelation", shown) },
  {
    about: "chart:covariance",
    open: "no",
    body: ({ runs, units }) => html`<np-covariance .runs=${runs} .layers=${units.length}></np-covariance>`,
  },
  {
    about: "chart:answers",
    open: "no",
    body: ({ experiment, runs }) =>
      html`<np-test-answers .runs=${runs} .names=${experiment.classNames} .large=${!canAnswer(experiment.ofRuns, experiment.shape)}></np-test-answers>`,
  },
  {
    about: "chart:weights",
    open: "no",
    body: ({ runs, units }) => html`<np-weights .runs=${runs} .units=${units[0]}></np-weights>`,
  },
];

function layerChart(
  quantity: "alignment" | "decorrelation",
  { runs, pale, band, epochs, units }: Shown,
): TemplateResult {
  return html`<np-layer-chart
    .quantity=${quantity}
    .runs=${runs}
    .ghosts=${pale}
    .band=${band}
    .epochs=${epochs}
    .layers=${units.length}
  ></np-layer-chart>`;
}
