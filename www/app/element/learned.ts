import { html } from "lit";
import "../chart/run-table";
import * as text from "../text/text";
import type { Section } from "./sections";

/** Below the learning curves: the runs in figures. */
export const LEARNED: readonly Section[] = [
  {
    title: text.charts.runs.label,
    open: true,
    body: ({ experiment }) => html`<np-run-table .runs=${[...experiment.runs]}></np-run-table>`,
  },
];
