import { html, nothing, type TemplateResult } from "lit";
import "../chart/layer-chart";
import "../chart/learning-curves";
import "../chart/run-table";
import "../controls/presets";
import "../controls/rules";
import "../controls/settings";
import "../controls/transport";
import "../storage/kept-list";
import type { Ghost } from "../chart/curves-of";
import { explain } from "../explain/explain";
import { divergences, outcome } from "../explain/sentences";
import type { Band } from "../metrics/aggregate";
import { SCHEMA } from "../state/config";
import type { AppError, Problem } from "../state/errors";
import type { Experiment } from "../state/experiment";
import type { Kept } from "../storage/kept";
import * as text from "../text/text";
import { ask } from "./events";
import { placeWords, progressOf, statusWords } from "./progress";
import type { Session } from "./session";
import type { Snapshot } from "./snapshot";

export interface ViewState {
  session: Session;
  charted: Snapshot;
  focused: string | null;
  spoken: string;
  band: Band;
  kept: readonly Kept[];
  ghosts: readonly Ghost[];
  lasting: boolean;
}

/** The whole element: transport, what is chosen, what is learned, what goes on inside, what it means. */
export function view(state: ViewState): TemplateResult {
  const { session, charted, focused, spoken, band, kept, ghosts, lasting } = state;
  const { experiment } = session;
  const { config, phase } = experiment;
  const runs = charted.of(experiment.runs);
  const problems = byField(session.problems);
  const layers = config.hidden_sizes.length + 1;
  return html`
    <div class="layout">
      <np-transport
        class="transport"
        .playing=${phase === "running" || phase === "loading"}
        .ready=${session.failure === null}
        .progress=${progressOf(experiment)}
        .place=${placeWords(experiment)}
        .status=${statusWords(experiment)}
      ></np-transport>
      <section class="choose" aria-label=${text.page.settings}>
        <np-rules class="panel" .chosen=${config.algorithms} .problem=${problems.get("algorithms") ?? ""}></np-rules>
        <np-presets class="panel" .config=${config}></np-presets>
        <np-settings class="panel" .config=${config} .problems=${problems}></np-settings>
      </section>
      <section class="learn" aria-label=${text.page.learn}>
        ${notices(session)}
        <np-learning-curves
          class="panel main"
          .runs=${runs}
          .ghosts=${ghosts}
          .epochs=${config.epochs}
          .band=${band}
        ></np-learning-curves>
        ${sentences(experiment)}
        <np-run-table class="panel" .runs=${[...experiment.runs]}></np-run-table>
        <np-kept class="panel" .kept=${kept} .ghosts=${ghosts} .lasting=${lasting}></np-kept>
      </section>
      <section class="inside" aria-label=${text.page.inside}>
        ${(["alignment", "decorrelation"] as const).map(
          (quantity) => html`<np-layer-chart
            class="panel"
            .quantity=${quantity}
            .runs=${runs}
            .ghosts=${ghosts}
            .epochs=${config.epochs}
            .layers=${layers}
            .band=${band}
          ></np-layer-chart>`,
        )}
      </section>
      ${strip(focused)}
      <p class="unseen" role="status" aria-live="polite">${spoken}</p>
    </div>
  `;
}

/** What went wrong, and the way out. */
function notices({ experiment, failure, problems }: Session): TemplateResult {
  const error = failure ?? experiment.error;
  const unplaced = problems.filter(({ field }) => !isField(field));
  return html`
    ${error ? notice(error) : nothing}
    ${unplaced.map(({ message }) => html`<p class="notice" role="alert">${message}</p>`)}
    ${experiment.runs.map((run) => (run.error && !error ? notice(run.error) : nothing))}
  `;
}

function notice(error: AppError): TemplateResult {
  const hopeless = error.code === "no_simd";
  return html`<div class="notice" role="alert">
    <p>${error.message}</p>
    ${
      hopeless
        ? nothing
        : html`<button type="button" @click=${(event: Event) => ask(event.target as Element, "np-retry", null)}>
            ${text.page.retry}
          </button>`
    }
  </div>`;
}

/** What came of it, in the runs' own numbers. */
function sentences({ phase, runs, config }: Experiment): TemplateResult {
  return html`
    ${phase === "done" ? html`<p class="outcome">${outcome(runs)}</p>` : nothing}
    ${divergences(runs, config).map((sentence) => html`<p class="outcome">${sentence}</p>`)}
  `;
}

function strip(focused: string | null): TemplateResult {
  const { label, help, equation } = explain(focused);
  return html`<aside class="strip" aria-label=${text.page.explanation}>
    <p><strong>${label}.</strong> ${help}</p>
    ${equation ? html`<p class="equation">${equation}</p>` : nothing}
  </aside>`;
}

/** The sentences about each field; those about one rule's own value stand with the others of that kind. */
function byField(problems: readonly Problem[]): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const { field, message } of problems.filter((problem) => isField(problem.field))) {
    const name = nameOf(field);
    sentences.set(name, [sentences.get(name), message].filter(Boolean).join(" "));
  }
  return sentences;
}

function isField(field: string): boolean {
  return SCHEMA.fields.some(({ name }) => name === nameOf(field));
}

function nameOf(field: string): string {
  return field.split(".", 1)[0] ?? field;
}
