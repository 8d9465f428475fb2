import { html } from "lit";
import type { Section } from "./sections";

/** Below the learning curves: the runs in figures, many short runs side by side, earlier runs. Some of it is loaded later, see insides.ts. */
export const LEARNED: readonly Section[] = [
  {
    about: "chart:runs",
    open: "no",
    body: ({ experiment }) => html`<np-run-table .runs=${[...experiment.runs]}></np-run-table>`,
  },
  {
    about: "chart:sweep",
    open: "no",
    opens: ({ sweep }) => sweep.plan !== null,
    body: ({ config, sweep, experiment }) =>
      html`<np-sweep .config=${config} .changes=${experiment.address.changes} .sweep=${sweep} .own=${experiment.own}></np-sweep>`,
  },
  {
    about: "chart:kept",
    open: "no",
    body: ({ experiment, kept, ghosts, stores, lasting, deleted }) =>
      html`<np-kept .kept=${kept} .ghosts=${ghosts} .stores=${stores} .lasting=${lasting} .deleted=${deleted} .own=${experiment.own} .begun=${experiment.phase !== "idle"}></np-kept>`,
  },
];
