import { html, type TemplateResult } from "lit";
import "../chart/layer-chart";
import * as text from "../text/text";
import type { Section, Shown } from "./sections";

/** The right column: what goes on inside the networks, from top to bottom. */
export const INSIDE: readonly Section[] = [
  { title: text.charts.alignment.label, open: true, body: (shown) => layerChart("alignment", shown) },
  { title: text.charts.decorrelation.label, open: true, body: (shown) => layerChart("decorrelation", shown) },
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
