import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { BUNDLED } from "../contract/bundled";
import { toLink } from "../contract/url";
import { DATA_URL } from "../dataset/data-url";
import { progressLine } from "../explain/sentences";
import * as later from "../text/later";
import * as text from "../text/text";
import { define } from "../ui/define";
import { ask, type TransportCommand } from "../ui/events";
import { ICONS } from "../ui/icons";
import { Pressed } from "../ui/press";
import { shared } from "../ui/shared-styles";
import { INSIDE } from "./inside";
import { noticeStyles } from "./layout-styles";
import { LEARNED } from "./learned";
import { oneUpdate } from "./middle";
import { notices, sentences } from "./notices";
import { curves, options, presets, rules, settings, transport } from "./parts";
import { placeWords, progressOf, statusWords } from "./progress";
import type { Section, Shown } from "./sections";
import { shownOf, type ViewState } from "./view-state";

/** How a figure is put together. */
export interface Form {
  parts: ReadonlySet<string>;
  views: readonly string[];
}

/** The controls that are panels of their own. */
const PANELS: ReadonlyMap<string, (state: ViewState) => TemplateResult> = new Map([
  ["transport", transport],
  ["options", options],
  ["rules", rules],
  ["presets", presets],
  ["settings", settings],
]);

/** What can be seen beside the learning curves, by what its section is about. */
const SECTIONS: ReadonlyMap<string, Section["about"]> = new Map<string, Section["about"]>([
  ["runs", "chart:runs"],
  ["alignment", "chart:alignment"],
  ["decorrelation", "chart:decorrelation"],
  ["digit", "chart:draw"],
  ["covariance", "chart:covariance"],
  ["weights", "chart:weights"],
  ["mistakes", "chart:answers"],
]);

/** The playground as a figure in somebody's text: what was asked for, a sentence, and the way to the whole. */
export class Figure extends LitElement {
  static override styles = [
    shared,
    noticeStyles,
    css`
      .figure {
        display: flex;
        flex-direction: column;
        gap: 10px;
        min-block-size: var(--np-block-size, 400px);
        padding: 12px;
        border: 1px solid var(--np-line);
        border-radius: 10px;
        background: var(--np-panel);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 8px;
      }
      .bar np-rules {
        flex: 1 1 0;
        min-inline-size: min(100%, 224px);
      }
      .play {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-inline-size: 96px;
        min-block-size: 38px;
        border-color: var(--np-ink);
        background: var(--np-ink);
        color: var(--np-panel);
        font-weight: 600;
      }
      .play:hover:not(:disabled) {
        background: color-mix(in srgb, var(--np-ink) 85%, var(--np-panel));
      }
      .panels {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 272px), 1fr));
        align-items: start;
        gap: 10px;
      }
      .transport {
        grid-column: 1 / -1;
      }
      .views {
        flex: 1;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-auto-rows: minmax(min-content, 1fr);
        gap: 10px;
      }
      /* As high with few words as with many: nothing jumps while it trains. */
      .words {
        min-block-size: 2lh;
        font-size: 13px;
      }
      .words > :is(.outcome, .small) {
        padding: 0;
        font-size: 13px;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 16px;
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      progress {
        appearance: none;
        display: block;
        inline-size: 100%;
        block-size: 3px;
        border: 0;
        border-radius: 2px;
        overflow: hidden;
        background: var(--np-line);
      }
      progress::-webkit-progress-bar {
        background: var(--np-line);
      }
      progress::-webkit-progress-value {
        background: var(--np-ink);
      }
      progress::-moz-progress-bar {
        background: var(--np-ink);
      }
      @media (forced-colors: active) {
        progress {
          appearance: auto;
        }
        .play {
          forced-color-adjust: none;
          border-color: Highlight;
          background: Highlight;
          color: HighlightText;
        }
      }
    `,
  ];

  readonly #pressed = new Pressed<TransportCommand>();
  @property({ attribute: false }) state: ViewState | undefined;
  @property({ attribute: false }) form: Form | undefined;

  override render() {
    const { state, form } = this;
    if (!state || !form) return nothing;
    const { session, spoken, share, help, offers, preferences } = state;
    const { experiment } = session;
    const shown = shownOf(state);
    const panels = [...PANELS].filter(([name]) => form.parts.has(name));
    return html`<div class="figure">
      ${notices(session, (field) => placeOf(field).some((part) => form.parts.has(part)))} ${offers} ${share?.view}
      ${this.#bar(state, form)}
      ${panels.length > 0 ? html`<div class="panels">${panels.map(([, panel]) => panel(state))}</div>` : nothing}
      <div class="views">${form.views.map((name) => viewOf(name, state, shown))}</div>
      <progress aria-label=${text.transport.progress} max="1" .value=${progressOf(experiment)}></progress>
      <div class="words">${wordsOf(state, form)}</div>
      <div class="foot">
        <span class="muted">${statusWords(experiment)}</span>
        ${
          BUNDLED
            ? nothing
            : html`<a href=${new URL(`../#${toLink(experiment.address)}`, DATA_URL).href} target="_blank" rel="noopener">
          ${later.form.open}
        </a>`
        }
      </div>
      <p class="unseen" role="status" aria-live="polite">${spoken}</p>
      ${help ? html`<np-help .shortcuts=${preferences.shortcuts}></np-help>` : nothing}
    </div>`;
  }

  #bar(state: ViewState, { parts }: Form): TemplateResult | typeof nothing {
    if (!parts.has("play") && !parts.has("chips")) return nothing;
    const { phase } = state.session.experiment;
    const command = phase === "running" || phase === "loading" ? "pause" : "play";
    return html`<div class="bar">
      ${
        parts.has("play")
          ? html`<button type="button" class="play" title=${text.keyed(text.acts[command], state.preferences.shortcuts)} ?disabled=${state.session.failure !== null} @mousedown=${() => this.#pressed.begin(command)} @mouseleave=${this.#pressed.forget} @keydown=${this.#pressed.forget} @click=${() => ask(this, "np-command", this.#pressed.end(command))}>
              ${ICONS[command]}${text.acts[command].label}
            </button>`
          : nothing
      }
      ${parts.has("chips") ? rules(state, true) : nothing}
    </div>`;
  }
}

/** The controls that say what is wrong with a setting. */
function placeOf(field: string): readonly string[] {
  if (field === "algorithms") return ["rules", "chips"];
  return [field === "seed" ? "options" : "settings"];
}

function viewOf(name: string, state: ViewState, shown: Shown): TemplateResult | undefined {
  if (name === "curves") return curves(state, shown, true);
  if (name === "update") return oneUpdate(shown);
  const about = SECTIONS.get(name);
  return [...LEARNED, ...INSIDE].find((section) => section.about === about)?.body(shown);
}

/** What it shows, before; how it goes, meanwhile; what came of it. */
function wordsOf({ session, preset }: ViewState, { parts }: Form): TemplateResult | string {
  const { experiment } = session;
  const { phase, runs, config } = experiment;
  // A sweep is nothing that a figure shows.
  const reason = preset?.sweep ? undefined : preset?.reason;
  if (phase === "idle")
    return (
      reason ??
      later.form.idle(
        later.form.images(config.train_size, config.dataset === "own"),
        text.epochs(config.epochs),
        parts.has("play") || parts.has("transport"),
      )
    );
  if (phase === "running" && runs.some(({ history }) => history.epoch.length > 1))
    return html`${progressLine(placeWords(experiment), runs)} ${sentences(experiment)}`;
  return sentences(experiment);
}

define("np-figure", Figure);
