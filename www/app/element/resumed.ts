import { html, nothing, type TemplateResult } from "lit";
import { ruleLabel } from "../contract/rules";
import type { RunView } from "../state/experiment";
import * as later from "../text/later";

/** Which runs have gone on by themselves, and from where. */
export function resumedWords(runs: readonly RunView[]): TemplateResult {
  return html`${runs.map(({ algorithm, seed, resumed }) =>
    resumed === undefined
      ? nothing
      : html`<p class="small muted" role="status">${later.resumed.one(ruleLabel(algorithm), seed, resumed)}</p>`,
  )}`;
}
