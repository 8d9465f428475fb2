import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { choice, choiceStyles } from "../chart/choice";
import { define } from "../element/define";
import { ask } from "../element/events";
import { shared } from "../element/shared-styles";
import { fieldOf } from "../state/config";
import { THEMES, type Theme } from "../state/preferences";
import * as text from "../text/text";
import type { Speed } from "../worker/protocol";
import "./field";
import { ICONS } from "./icons";

const SPEEDS: readonly (readonly [Speed, string])[] = [
  ["slow", text.options.speeds.slow],
  ["real", text.options.speeds.real],
  ["max", text.options.speeds.max],
];

/** What belongs beside the transport: how fast the runs go, from which seed, and how the page looks. */
export class Options extends LitElement {
  static override styles = [
    shared,
    choiceStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 0.75rem;
      }
      np-field {
        --np-field-columns: auto minmax(0, 1fr);
        inline-size: 11rem;
      }
      .icons {
        display: flex;
        gap: 0.4rem;
      }
      .icons button {
        display: grid;
        place-items: center;
        inline-size: 2rem;
        min-block-size: 2rem;
        padding: 0;
      }
    `,
  ];

  @property() speed: Speed = "max";
  @property({ type: Number }) seed = 0;
  /** What is wrong with the seed. */
  @property() problem = "";
  @property() theme: Theme = "system";

  override render() {
    const { options } = text;
    const theme = options.theme(options.themes[this.theme]);
    return html`<div class="bar" role="group" aria-label=${options.group}>
      <div @focusin=${() => ask(this, "np-focus", "speed")}>
        ${choice(options.speed, SPEEDS, this.speed, (speed) => ask(this, "np-speed", speed))}
      </div>
      <np-field .field=${fieldOf("seed")} .value=${this.seed} .problem=${this.problem}>
        <button type="button" title=${options.newSeedTitle} @click=${() => ask(this, "np-new-seed", null)}>
          ${options.newSeed}
        </button>
      </np-field>
      <div class="icons">
        <button type="button" title=${theme} aria-label=${theme} @click=${this.#nextTheme}>
          ${ICONS[this.theme]}
        </button>
        <button
          type="button"
          title=${options.help}
          aria-label=${options.help}
          aria-haspopup="dialog"
          aria-keyshortcuts="?"
          @click=${() => ask(this, "np-help", true)}
        >
          ${ICONS.help}
        </button>
      </div>
    </div>`;
  }

  #nextTheme(): void {
    const next = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? "system";
    ask(this, "np-prefer", { theme: next });
  }
}

define("np-options", Options);
