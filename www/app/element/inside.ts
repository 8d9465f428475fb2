import { html, type TemplateResult } from "lit";
import "../chart/layer-chart";
import * as text from "../text/text";
import type { Section, Shown } from "./sections";

/** The right column: what goes on inside the networks, from top to bottom. Some of it is loaded later, see insides.ts. */
export const INSIDE: readonly Section[] = [
  { title: text.charts.alignment.label, open: true, body: (shown) => layerChart("alignment", shown) },
  { title: text.charts.decorrelation.label, open: true, body: (shown) => layerChart("decorrelation", shown) },
  {
    title: text.charts.draw.label,
    open: true,
    body: ({ experiment, runs }) =>
      html`<np-try-it .runs=${runs} .rows=${experiment.shape.rows} .cols=${experiment.shape.cols}></np-try-it>`,
  },
  {
    title: text.charts.covariance.label,
    open: false,
    body: ({ config, runs }) =>
      html`<np-covariance .runs=${runs} .layers=${config.hidden_sizes.length + 1}></np-covariance>`,
  },
  {
    title: text.charts.weights.label,
    open: false,
    body: ({ runs }) => html`<np-weights .runs=${runs}></np-weights>`,
  },
  {
    title: text.charts.answers.label,
    open: false,
    body: ({ runs }) => html`<np-test-answers .runs=${runs}></np-test-answers>`,
  },
];

function layerChart(
  quantity: "alignment" | "decorrelation",
  { config, runs, ghosts, band }: Shown,
): TemplateResult {
  return html`<np-layer-chart
    .quantity=${quantity}
    .runs=${runs}
    .ghosts=${ghosts}
    .band=${band}
    .epochs=${config.epochs}
    .layers=${config.hidden_sizes.length + 1}
  ></np-layer-chart>`;
}
