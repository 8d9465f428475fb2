import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Config } from "../contract/config";
import { PRESETS, type Preset, presetOf } from "../contract/presets";
import * as text from "../text/text";
import { about } from "../ui/about";
import { again } from "../ui/again";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { option } from "../ui/option";
import { shared } from "../ui/shared-styles";

/** Settings that are worth a look, each with its reason. */
export class Presets extends LitElement {
  static override styles = [
    shared,
    css`
      select {
        inline-size: 100%;
        margin-block-start: 6px;
      }
      p {
        margin-block-start: 5px;
        font-size: 13px;
      }
      /* What a changed preset said keeps its place, so that nothing below it moves. */
      .changed {
        display: grid;
      }
      .changed > * {
        grid-area: 1 / 1;
      }
      .was {
        visibility: hidden;
      }
      /* Read aloud, and seen below, where everything is explained: what stands here would move the settings. */
      @container (min-width: 992px) {
        :host {
          display: flex;
          align-items: center;
          gap: 18px; /* with the mark of what starts again */
        }
        select {
          flex: 1;
          min-inline-size: 0;
          margin: 0;
        }
        p {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  @property({ attribute: false }) config: Config | undefined;
  /** Whether there are runs that a preset would start again. */
  @property({ type: Boolean }) begun = false;
  /** What they have been changed from. */
  @property({ attribute: false }) origin: Config | undefined;
  /** The preset that the settings are, or the last one that they were, since others were given as a whole. */
  @state() private last: Preset | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("origin")) this.last = this.origin && presetOf(this.origin);
    this.last = (this.config && presetOf(this.config)) ?? this.last;
  }

  override render() {
    const current = this.config && presetOf(this.config);
    return html`
      <h2><label for="preset">${text.acts.preset.label}</label>${again(this.begun)}</h2>
      <select id="preset" aria-describedby="reason" ${about("act:preset")} @change=${this.#choose}>
        <option value="" disabled ?hidden=${current !== undefined} .selected=${live(!current)}>${text.presets.own}</option>
        ${PRESETS.map(({ id, title }) => option(id, title, id === current?.id))}
      </select>
      ${current || !this.last ? html`<p id="reason" class="muted" ?hidden=${!current}>${current?.reason ?? nothing}</p>` : this.#changed(this.last)}
    `;
  }

  #changed({ title, reason }: Preset) {
    return html`<p id="reason" class="muted changed">
      <span>${text.presets.changed(title)}</span><span class="was" aria-hidden="true">${reason}</span>
    </p>`;
  }

  #choose(event: Event): void {
    ask(this, "np-preset", (event.target as HTMLSelectElement).value);
  }
}

define("np-presets", Presets);
