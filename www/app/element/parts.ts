import { html, type TemplateResult } from "lit";
import "../chart/learning-curves";
import "../controls/options";
import "../controls/presets";
import "../controls/rules";
import "../controls/settings";
import "../controls/transport";
import type { Experiment } from "../state/experiment";
import * as text from "../text/text";
import { byField } from "./notices";
import { placeWords, progressOf, statusWords } from "./progress";
import type { Shown } from "./sections";
import type { ViewState } from "./view-state";
import { savesData } from "./welcome";

/** The parts of the element that stand in all its forms. */

/** Whether runs go on, or are about to. */
export function isPlaying({ phase }: Experiment): boolean {
  return phase === "running" || phase === "loading";
}

export function transport({ session, preferences }: ViewState): TemplateResult {
  const { experiment } = session;
  return html`<np-transport
    class="transport"
    .playing=${isPlaying(experiment)}
    .ready=${session.failure === null}
    .progress=${progressOf(experiment)}
    .undoable=${experiment.undoable}
    .keys=${preferences.shortcuts}
    .place=${placeWords(experiment)}
    .status=${statusWords(experiment)}
  ></np-transport>`;
}

export function options({ session, preferences }: ViewState): TemplateResult {
  const { config, phase, speed } = session.experiment;
  const problem = byField(session.refused).get("seed") ?? "";
  return html`<np-options class="options" .speed=${speed} .seed=${config.seed} .problem=${problem} .begun=${phase !== "idle"} .theme=${preferences.theme} .keys=${preferences.shortcuts}></np-options>`;
}

export function rules({ session, preferences }: ViewState, bare = false): TemplateResult {
  const problem = byField(session.refused).get("algorithms") ?? "";
  return html`<np-rules class=${bare ? "" : "panel"} .bare=${bare} .chosen=${session.experiment.config.algorithms} .problem=${problem} .keys=${preferences.shortcuts}></np-rules>`;
}

export function presets({ session }: ViewState): TemplateResult {
  const { config, origin, phase } = session.experiment;
  return html`<np-presets class="panel" .config=${config} .origin=${origin} .begun=${phase !== "idle"}></np-presets>`;
}

export function settings({ session }: ViewState): TemplateResult {
  const { config, own, phase } = session.experiment;
  const begun = phase === "running" || phase === "loading" || phase === "paused";
  return html`<np-settings
    class="panel"
    .config=${config}
    .own=${own}
    .problems=${byField(session.refused)}
    .begun=${begun}
  ></np-settings>`;
}

export function curves(
  { recorded, beside, presenting }: ViewState,
  shown: Shown,
  bare = false,
): TemplateResult {
  const { experiment } = shown;
  const captions = [recorded?.CAPTION, beside?.caption].filter((caption) => caption !== undefined);
  return html`<np-learning-curves
    class="panel main"
    .bare=${bare}
    .alone=${presenting}
    .runs=${shown.runs}
    .ghosts=${shown.pale}
    .recorded=${recorded?.GHOST}
    .ahead=${savesData() && experiment.phase === "idle"}
    .note=${captions.map(text.curves.pale).join(" ")}
    .epochs=${shown.epochs}
    .classes=${experiment.shape.classes}
    .band=${shown.band}
  ></np-learning-curves>`;
}
