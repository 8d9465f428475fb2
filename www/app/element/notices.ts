import { html, nothing, type TemplateResult } from "lit";
import { SCHEMA } from "../contract/config";
import type { AppError, Problem } from "../contract/errors";
import { divergences, outcome } from "../explain/sentences";
import type { Experiment } from "../state/experiment";
import * as text from "../text/text";
import { ask } from "../ui/events";
import type { Session } from "./session";

/** What went wrong, and the way out. */
export function notices({ experiment, failure, refused }: Session): TemplateResult {
  const error = failure ?? experiment.error;
  const missing = experiment.config.dataset === "own" && !experiment.own && !error;
  const unplaced = refused.flatMap(saidOf).filter(({ field }) => !isField(field));
  return html`
    ${error ? notice(error) : nothing}
    ${missing ? html`<p class="notice" role="alert">${text.ownData.needed}</p>` : nothing}
    ${unplaced.map(({ message }) => html`<p class="notice" role="alert">${message}</p>`)}
    ${experiment.runs.map((run) => (run.error && !error ? notice(run.error, othersOf(experiment)) : nothing))}
  `;
}

/** What becomes of the runs that have not failed, where there are any under way. */
function othersOf({ phase }: Experiment): string {
  return phase === "running" || phase === "loading" || phase === "paused" ? text.worker.othersGoOn : "";
}

function notice(error: AppError, others = ""): TemplateResult {
  const hopeless = error.kind === "browser";
  return html`<div class="notice" role="alert">
    <p>${error.message}${others}</p>
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
export function sentences({ phase, runs, config, result }: Experiment): TemplateResult {
  return html`
    ${config.arithmetic === "fast" ? html`<p class="small muted">${text.sentences.fast}</p>` : nothing}
    ${phase === "done" ? html`<p class="outcome">${outcome(runs)}</p>` : nothing}
    ${divergences(runs, result.config).map((sentence) => html`<p class="outcome small">${sentence}</p>`)}
  `;
}

/** A sentence, and the field that it is about: none where it is about the page as a whole. */
type Said = Pick<Problem, "field" | "message">;

function saidOf({ kind, message, problems }: AppError): readonly Said[] {
  switch (kind) {
    case "settings":
      return problems;
    case "files":
      return [{ field: "dataset", message }];
    default:
      return [{ field: "", message }];
  }
}

/** The sentences about each field; those about one rule's own value stand with the others of that kind. */
export function byField(refused: readonly AppError[]): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const { field, message } of refused.flatMap(saidOf).filter((said) => isField(said.field))) {
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
