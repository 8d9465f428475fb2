import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { fieldOf } from "../contract/config";
import { THEMES, type Theme } from "../contract/preferences";
import type { Speed } from "../contract/protocol";
import * as text from "../text/text";
import { about } from "../ui/about";
import { again } from "../ui/again";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared } from "../ui/shared-styles";
import "./field";
import { ICONS } from "../ui/icons";

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
        gap: 6px 12px;
      }
      np-field {
        --np-field-columns: 40px minmax(0, 1fr); /* the mark has its room before it comes */
        inline-size: 248px;
      }
      .seed {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      /* Where all of the transport is to fit into one line. */
      @container (992px <= width < 1200px) {
        np-field {
          inline-size: 140px;
        }
        .seed span {
          display: none;
        }
      }
      .icons {
        display: flex;
        gap: 6px;
      }
      .icons button {
        display: grid;
        place-items: center;
        inline-size: 32px;
        min-block-size: 32px;
        padding: 0;
      }
    `,
  ];

  @property() speed: Speed = "max";
  @property({ type: Number }) seed = 0;
  /** What is wrong with the seed. */
  @property() problem = "";
  /** Whether there are runs that another seed would start again. */
  @property({ type: Boolean }) begun = false;
  @property() theme: Theme = "system";
  /** Whether keys are heard. */
  @property({ type: Boolean }) keys = true;

  override render() {
    const theme = text.options.theme(text.options.themes[this.theme]);
    return html`<div class="bar" role="group" aria-label=${text.options.group}>
      <div ${about("act:speed")}>
        ${choice(text.acts.speed.label, SPEEDS, this.speed, (speed) => ask(this, "np-speed", speed))}
      </div>
      <np-field .field=${fieldOf("seed")} .value=${this.seed} .problem=${this.problem} .again=${this.begun}>
        <button
          type="button"
          class="seed"
          title=${text.acts.newSeed.help}
          aria-label=${text.acts.newSeed.label}
          ${about("act:newSeed")}
          @click=${() => ask(this, "np-new-seed", null)}
        >
          ${ICONS.dice}<span>${text.acts.newSeed.label}</span>${again(this.begun)}
        </button>
      </np-field>
      <div class="icons">
        <button type="button" title=${theme} aria-label=${theme} ${about("act:theme")} @click=${this.#nextTheme}>
          ${ICONS[this.theme]}
        </button>
        <button
          type="button"
          title=${text.acts.share.help}
          aria-label=${text.acts.share.label}
          aria-haspopup="dialog"
          ${about("act:share")}
          @click=${() => ask(this, "np-share", null)}
        >
          ${ICONS.share}
        </button>
        <button
          type="button"
          title=${text.keyed(text.acts.help, this.keys)}
          aria-label=${text.acts.help.label}
          aria-haspopup="dialog"
          aria-keyshortcuts=${this.keys ? "?" : nothing}
          ${about("act:help")}
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
