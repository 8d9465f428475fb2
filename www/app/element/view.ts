import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import "../chart/learning-curves";
import "../controls/options";
import "../controls/presets";
import "../controls/rules";
import "../controls/settings";
import "../controls/transport";
import type { Preferences } from "../contract/preferences";
import type { Preset } from "../contract/presets";
import type { OwnReader } from "../dataset/own-reader";
import { explain } from "../explain/explain";
import type { Explanation, Subject } from "../explain/explanation";
import type { Band } from "../metrics/aggregate";
import type { Ghost } from "../metrics/curves-of";
import type { Beside } from "../recorded/beside";
import type { Kept } from "../storage/kept";
import * as text from "../text/text";
import { INSIDE } from "./inside";
import { LEARNED } from "./learned";
import { byField, notices, sentences } from "./notices";
import { ownImages } from "./own-images";
import { placeWords, progressOf, statusWords } from "./progress";
import { folded } from "./sections";
import type { Session } from "./session";
import type { Share } from "./share";
import type { Snapshot } from "./snapshot";
import { savesData } from "./welcome";

export interface ViewState {
  session: Session;
  charted: Snapshot;
  /** What is explained. */
  subject: Subject | null;
  spoken: string;
  recorded: { GHOST: Ghost; CAPTION: string } | undefined;
  /** The preset that the settings are, and the other side of it if it compares. */
  preset: Preset | undefined;
  beside: Beside | undefined;
  band: Band;
  kept: readonly Kept[];
  ghosts: readonly Ghost[];
  lasting: boolean;
  /** What reads the reader's own files, once some came. */
  reader: OwnReader | undefined;
  help: boolean;
  /** What leaves the page and comes back, once that was asked for. */
  share: Share | undefined;
  preferences: Preferences;
  /** To go on with runs that were under way when the page was closed, or to check what a link says. */
  offers: readonly (TemplateResult | undefined)[];
}

/** The whole element: transport, what is chosen, what is learned, what goes on inside, what it means. */
export function view(state: ViewState): TemplateResult {
  const {
    session,
    charted,
    subject,
    spoken,
    band,
    kept,
    ghosts,
    lasting,
    reader,
    help,
    preferences,
    recorded,
    preset,
    beside,
    offers,
    share,
  } = state;
  const pale = charted.behind(ghosts, beside?.ghost);
  const captions = [recorded?.CAPTION, beside?.caption].filter((caption) => caption !== undefined);
  const { experiment, sweep } = session;
  const { config, phase } = experiment;
  const begun = phase !== "idle";
  const underWay = phase === "running" || phase === "loading" || phase === "paused";
  const shown = {
    experiment,
    config,
    runs: charted.of(experiment.runs),
    ghosts,
    pale,
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
      <np-options class="options" .speed=${experiment.speed} .seed=${config.seed} .problem=${problems.get("seed") ?? ""} .begun=${begun} .theme=${preferences.theme}></np-options>
      </div>
      <section class="choose" aria-label=${text.page.settings}>
        <np-rules class="panel" .chosen=${config.algorithms} .problem=${problems.get("algorithms") ?? ""}></np-rules>
        <np-presets class="panel" .config=${config} .begun=${begun}></np-presets>
        <np-settings
          class="panel"
          .config=${config}
          .own=${experiment.own}
          .problems=${problems}
          .begun=${underWay}
        ></np-settings>
        ${ownImages(experiment, reader, problems.get("dataset") ?? "")}
      </section>
      <section class="learn" aria-label=${text.page.learn}>
        ${notices(session)} ${offers} ${share?.view}
        <np-learning-curves
          class="panel main"
          .runs=${shown.runs}
          .ghosts=${shown.pale}
          .recorded=${recorded?.GHOST}
          .ahead=${savesData() && phase === "idle"}
          .note=${captions.map(text.curves.pale).join(" ")}
          .epochs=${config.epochs}
          .classes=${experiment.shape.classes}
          .band=${band}
        ></np-learning-curves>
        ${sentences(experiment)}
        <div class="folds">${folded(LEARNED, shown)}</div>
      </section>
      <section class="inside" aria-label=${text.page.inside}>${folded(INSIDE, shown)}</section>
      ${explanation(subject, preset)}
      <p class="unseen" role="status" aria-live="polite">${spoken}</p>
      ${help ? html`<np-help .shortcuts=${preferences.shortcuts}></np-help>` : nothing}
    </div>
  `;
}

function explanation(subject: Subject | null, preset: Preset | undefined): TemplateResult {
  const { label, help, equation, paper, citation } = explained(subject, preset);
  return html`<aside class="explanation panel" aria-label=${text.page.explanation} tabindex="0">
    <p><strong>${label}.</strong> ${help}</p>
    ${equation ? html`<p class="equation">${unsafeHTML(equation)}</p>` : nothing}
    ${paper ? html`<p class="paper"><a href=${text.paper.link}>${text.paper.name}</a>: ${paper}</p>` : nothing}
    ${citation ? html`<p class="paper">${text.paper.elsewhere(citation)}</p>` : nothing}
  </aside>`;
}

/** A preset speaks for itself, where nothing else is asked about. */
function explained(subject: Subject | null, preset: Preset | undefined): Explanation {
  if (preset && (!subject || subject === "act:preset")) return { label: preset.title, help: preset.reason };
  return explain(subject);
}
