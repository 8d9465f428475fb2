import { html, nothing, type TemplateResult } from "lit";
import { BUNDLED } from "../contract/bundled";
import type { Preset } from "../contract/presets";
import { explain } from "../explain/explain";
import type { Explanation, Subject } from "../explain/explanation";
import * as text from "../text/text";
import { ask } from "../ui/events";
import { INSIDE } from "./inside";
import { LEARNED } from "./learned";
import { middle } from "./middle";
import { byField, notices, sentences } from "./notices";
import { ownImages } from "./own-images";
import { options, presets, rules, settings, transport } from "./parts";
import { folded } from "./sections";
import { shownOf, type ViewState } from "./view-state";

/** The whole element: transport, what is learned, what goes on inside, what is chosen, what it means. */
export function view(state: ViewState): TemplateResult {
  const { session, subject, spoken, reader, help, preferences, preset, offers, share } = state;
  const { experiment } = session;
  const shown = shownOf(state);
  const [digit, ...others] = folded(INSIDE, shown);
  // It shows by itself what the middle shows on request.
  const glance =
    state.middle === "curves"
      ? html`<np-glance class="panel" .experiment=${experiment} .runs=${shown.runs}></np-glance>`
      : nothing;
  return html`
    <div class="layout">
      <div class="top">${transport(state)} ${options(state)}</div>
      <section class="learn" aria-label=${text.page.learn}>
        ${notices(session)} ${offers} ${share?.view} ${middle(state, shown)} ${sentences(experiment)}
        <div class="folds">${folded(LEARNED, shown)}</div>
      </section>
      <section class="inside" aria-label=${text.page.inside}>
        ${digit} ${glance}
        <div class="folds">${others}</div>
      </section>
      <section class="choose" aria-label=${text.page.settings}>
        ${rules(state)} ${presets(state)} ${settings(state)}
        ${
          BUNDLED
            ? nothing
            : html`<div class="folds">
                ${ownImages(experiment, reader, byField(session.refused).get("dataset") ?? "")}
                <button type="button" aria-haspopup="dialog" @click=${(event: Event) => ask(event.target as Element, "np-embed", null)}>${text.page.embed}</button>
              </div>`
        }
      </section>
      ${explanation(subject, preset, preferences.shortcuts)}
      <p class="unseen" role="status" aria-live="polite">${spoken}</p>
      ${help ? html`<np-help .shortcuts=${preferences.shortcuts}></np-help>` : nothing}
    </div>
  `;
}

function explanation(subject: Subject | null, preset: Preset | undefined, keys: boolean): TemplateResult {
  const words = explained(subject, preset);
  const { label, paper, citation } = words;
  return html`<aside class="explanation panel" aria-label=${text.page.explanation} tabindex="0">
    <p><strong>${label}${/[.?!]$/.test(label) ? "" : "."}</strong> ${text.keyed(words, keys)}</p>
    <np-equation class="equation" .of=${subject}></np-equation>
    ${paper ? html`<p class="paper"><a href=${text.paper.link}>${text.paper.name}</a>: ${paper}</p>` : nothing}
    ${citation ? html`<p class="paper">${text.paper.elsewhere(citation)}</p>` : nothing}
  </aside>`;
}

/** A preset speaks for itself, where nothing else is asked about. */
function explained(subject: Subject | null, preset: Preset | undefined): Explanation {
  if (preset && (!subject || subject === "act:preset")) return { label: preset.title, help: preset.reason };
  return explain(subject);
}
