import { html, nothing, type TemplateResult } from "lit";
import { BUNDLED } from "../contract/bundled";
import { SCHEMA } from "../contract/config";
import type { AppError, Problem } from "../contract/errors";
import { ruleLabel } from "../contract/rules";
import { problemWords } from "../contract/setting-words";
import { changeSentence } from "../explain/changes";
import { divergences, outcome } from "../explain/sentences";
import type { Experiment } from "../state/experiment";
import * as text from "../text/text";
import { again } from "../ui/again";
import { ask } from "../ui/events";
import { LATE_SECONDS } from "../worker/client";
import type { Session } from "./session";

/** What went wrong, and the way out. `placed`: whether what is wrong with a setting is said beside its control. */
export function notices(
  { experiment, failure, refused }: Session,
  placed: (field: string) => boolean = () => true,
): TemplateResult {
  const error = failure ?? experiment.error;
  const missing = experiment.config.dataset === "own" && !experiment.own && !error;
  const unplaced = refused.flatMap(saidOf).filter(({ field }) => !isField(field) || !placed(nameOf(field)));
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
export function sentences(experiment: Experiment): TemplateResult {
  const { phase, runs, config, result, way, crowded } = experiment;
  return html`
    ${staleWords(experiment)} ${changeWords(experiment)}
    ${experiment.late ? html`<p class="small muted" role="status">${text.worker.late(LATE_SECONDS)}</p>` : nothing}
    ${crowded ? html`<p class="small muted" role="status">${text.sentences.crowded(crowded)}</p>` : nothing}
    ${way === "page" ? html`<p class="small muted">${text.sentences.onPage}</p>` : nothing}
    ${BUNDLED ? html`<p class="small muted">${text.sentences.inside(BUNDLED.most)}</p>` : nothing}
    ${config.arithmetic === "fast" ? html`<p class="small muted">${text.sentences.fast}</p>` : nothing}
    ${phase === "done" ? html`<p class="outcome">${outcome(runs)}</p>` : nothing}
    ${divergences(runs, result.config).map((sentence) => html`<p class="outcome small">${sentence}</p>`)}
  `;
}

/** Which curves belong to other settings than those that are shown. */
function staleWords({ stale, phase }: Experiment): TemplateResult | typeof nothing {
  if (stale.length === 0) return nothing;
  const rules = stale.map(ruleLabel).join(", ");
  const ended = phase === "done" || phase === "failed";
  return html`<p class="small stale">${ended ? text.stale.ended(rules) : text.stale.goesOn(rules)}</p>`;
}

/** The changes of rates that lead to these curves. */
function changeWords({ address, phase }: Experiment): TemplateResult | typeof nothing {
  if (address.changes.length === 0) return nothing;
  const still = phase !== "running" && phase !== "loading";
  const { lr, decor_lr, noise_std, overrides } = address;
  const before = { lr, decor_lr, noise_std, overrides, changes: [] };
  return html`<p class="small muted">
    ${changeSentence(address)}
    ${
      still
        ? html`<button type="button" @click=${(event: Event) => ask(event.target as Element, "np-patch", before)}>
            ${text.changes.forget}${again(phase === "paused")}
          </button>`
        : nothing
    }
  </p>`;
}

/** A sentence, and the field that it is about: none where it is about the page as a whole. */
type Said = Pick<Problem, "field" | "message">;

function saidOf({ kind, message, problems }: AppError): readonly Said[] {
  // Without them it is about all settings together.
  if (kind !== "settings" || problems.length === 0) return [{ field: "", message }];
  return problems.map((problem) => ({ field: problem.field, message: problemWords(problem) }));
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
