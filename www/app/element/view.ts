import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import "../chart/learning-curves";
import "../controls/options";
import "../controls/presets";
import "../controls/rules";
import "../controls/settings";
import "../controls/transport";
import type { Preferences } from "../contract/preferences";
import { explain } from "../explain/explain";
import type { Subject } from "../explain/explanation";
import type { Band } from "../metrics/aggregate";
import type { Ghost } from "../metrics/curves-of";
import type { Kept } from "../storage/kept";
import * as text from "../text/text";
import { INSIDE } from "./inside";
import { LEARNED } from "./learned";
import { byField, notices, sentences } from "./notices";
import { ownImages } from "./own-images";
import { placeWords, progressOf, statusWords } from "./progress";
import { folded } from "./sections";
import type { Session } from "./session";
import type { Snapshot } from "./snapshot";

export interface ViewState {
  session: Session;
  charted: Snapshot;
  focused: Subject | null;
  spoken: string;
  recorded: { GHOST: Ghost; CAPTION: string } | undefined;
  band: Band;
  kept: readonly Kept[];
  ghosts: readonly Ghost[];
  lasting: boolean;
  reading: boolean;
  help: boolean;
  preferences: Preferences;
}

/** The whole element: transport, what is chosen, what is learned, what goes on inside, what it means. */
export function view(state: ViewState): TemplateResult {
  const {
    session,
    charted,
    focused,
    spoken,
    band,
    kept,
    ghosts,
    lasting,
    reading,
    help,
    preferences,
    recorded,
  } = state;
  const { experiment, sweep } = session;
  const { config, phase } = experiment;
  const shown = {
    experiment,
    config,
    runs: charted.of(experiment.runs),
    ghosts,
    band,
    kept,
    lasting,
    sweep: sweep.state,
  };
  const problems = byField(session.refused);
  return html`
    <div class="layout">
      <div class="top">
      <np-transport
        class="transport"
        .playing=${phase === "running" || phase === "loading"}
        .ready=${session.failure === null}
        .progress=${progressOf(experiment)}
        .undoable=${experiment.undoable}
        .place=${placeWords(experiment)}
        .status=${statusWords(experiment)}
      ></np-transport>
      <np-options class="options" .speed=${experiment.speed} .seed=${config.seed} .problem=${problems.get("seed") ?? ""} .theme=${preferences.theme}></np-options>
      </div>
      <section class="choose" aria-label=${text.page.settings}>
        <np-rules class="panel" .chosen=${config.algorithms} .problem=${problems.get("algorithms") ?? ""}></np-rules>
        <np-presets class="panel" .config=${config}></np-presets>
        <np-settings class="panel" .config=${config} .problems=${problems}></np-settings>
        ${ownImages(experiment, reading, problems.get("dataset") ?? "")}
      </section>
      <section class="learn" aria-label=${text.page.learn}>
        ${notices(session)}
        <np-learning-curves
          class="panel main"
          .runs=${shown.runs}
          .ghosts=${recorded ? [recorded.GHOST, ...ghosts] : ghosts}
          .note=${recorded ? text.curves.pale(recorded.CAPTION) : ""}
          .epochs=${config.epochs}
          .classes=${experiment.shape.classes}
          .band=${band}
        ></np-learning-curves>
        ${sentences(experiment)}
        <div class="folds">${folded(LEARNED, shown)}</div>
      </section>
      <section class="inside" aria-label=${text.page.inside}>${folded(INSIDE, shown)}</section>
      ${strip(focused)}
      <p class="unseen" role="status" aria-live="polite">${spoken}</p>
      ${help ? html`<np-help .shortcuts=${preferences.shortcuts}></np-help>` : nothing}
    </div>
  `;
}

function strip(focused: Subject | null): TemplateResult {
  const { label, help, equation, paper, citation } = explain(focused);
  return html`<aside class="strip" aria-label=${text.page.explanation}>
    <p><strong>${label}.</strong> ${help}</p>
    ${equation ? html`<p class="equation">${unsafeHTML(equation)}</p>` : nothing}
    ${paper ? html`<p class="paper"><a href=${text.paper.link}>${text.paper.name}</a>: ${paper}</p>` : nothing}
    ${citation ? html`<p class="paper">${text.paper.elsewhere(citation)}</p>` : nothing}
  </aside>`;
}
