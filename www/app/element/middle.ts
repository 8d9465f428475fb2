import { html, nothing, type TemplateResult } from "lit";
import { MIDDLES } from "../contract/middle";
import * as text from "../text/text";
import { ask } from "../ui/events";
import { ICONS } from "../ui/icons";
import { curves, isPlaying } from "./parts";
import type { Shown } from "./sections";
import type { ViewState } from "./view-state";

const LABELS = { curves: text.charts.learning.label, update: text.charts.update.label };

/** What stands in the middle, and the choice of it. */
export function middle(state: ViewState, shown: Shown): TemplateResult {
  return html`<div class="middles" role="group" aria-label=${text.page.middle}>
      ${MIDDLES.map(
        (name) =>
          html`<button type="button" aria-pressed=${name === state.middle} @click=${(event: Event) => ask(event.target as Element, "np-middle", name)}>
            ${LABELS[name]}
          </button>`,
      )}
      ${state.presenting ? play(state) : nothing}
      <button
        type="button"
        class="alone"
        title=${text.page.alone}
        aria-label=${text.page.alone}
        aria-keyshortcuts=${state.preferences.shortcuts ? "f" : nothing}
        aria-pressed=${state.presenting}
        @click=${(event: Event) => ask(event.target as Element, "np-present", !state.presenting)}
      >
        ${ICONS.alone}
      </button>
    </div>
    ${state.middle === "update" ? oneUpdate(shown) : curves(state, shown)}`;
}

/** The transport is not there when the middle is shown alone. */
function play({ session, preferences }: ViewState): TemplateResult {
  const command = isPlaying(session.experiment) ? "pause" : "play";
  const title = text.keyed(text.acts[command], preferences.shortcuts);
  return html`<button type="button" class="play" title=${title} @click=${(event: Event) => ask(event.target as Element, "np-command", command)}>
    ${ICONS[command]}${text.acts[command].label}
  </button>`;
}

/** It is loaded when it is asked for. */
export function oneUpdate({ experiment, runs }: Shown): TemplateResult {
  const moment = experiment.runs.map(({ step, status }) => `${step} ${status}`).join();
  return html`<np-update class="panel main" .experiment=${experiment} .runs=${runs} .moment=${moment} .followed=${experiment.ofRuns}></np-update>`;
}
