import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { fieldOf } from "../contract/config";
import { THEMES, type Theme } from "../contract/preferences";
import type { Speed } from "../contract/protocol";
import type { Subject } from "../explain/explanation";
import * as text from "../text/text";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared } from "../ui/shared-styles";
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
        inline-size: 15.5rem;
      }
      .seed {
        display: inline-flex;
        align-items: center;
        gap: 0.35rem;
      }
      /* Where all of the transport is to fit into one line. */
      @container (992px <= width < 1200px) {
        np-field {
          inline-size: 11rem;
        }
        .seed span {
          display: none;
        }
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
    const theme = text.options.theme(text.options.themes[this.theme]);
    return html`<div class="bar" role="group" aria-label=${text.options.group}>
      <div @focusin=${this.#explain("act:speed")}>
        ${choice(text.acts.speed.label, SPEEDS, this.speed, (speed) => ask(this, "np-speed", speed))}
      </div>
      <np-field .field=${fieldOf("seed")} .value=${this.seed} .problem=${this.problem}>
        <button
          type="button"
          class="seed"
          title=${text.acts.newSeed.help}
          aria-label=${text.acts.newSeed.label}
          @focusin=${this.#explain("act:newSeed")}
          @click=${() => ask(this, "np-new-seed", null)}
        >
          ${ICONS.dice}<span>${text.acts.newSeed.label}</span>
        </button>
      </np-field>
      <div class="icons">
        <button type="button" title=${theme} aria-label=${theme} @focus=${this.#explain("act:theme")} @click=${this.#nextTheme}>
          ${ICONS[this.theme]}
        </button>
        <button
          type="button"
          title=${text.acts.help.help}
          aria-label=${text.acts.help.label}
          aria-haspopup="dialog"
          aria-keyshortcuts="?"
          @focus=${this.#explain("act:help")}
          @click=${() => ask(this, "np-help", true)}
        >
          ${ICONS.help}
        </button>
      </div>
    </div>`;
  }

  /** The seed's field, in which a button may be, would say what a seed is. */
  #explain(subject: Subject) {
    return (event: Event) => {
      event.stopPropagation();
      ask(this, "np-focus", subject);
    };
  }

  #nextTheme(): void {
    const next = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? "system";
    ask(this, "np-prefer", { theme: next });
  }
}

define("np-options", Options);
