import { css, html, LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import { type Algorithm, withRule } from "../contract/config";
import { ruleInfo, ruleLabel, ruleOrder, ruleWords } from "../contract/rules";
import * as text from "../text/text";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared } from "../ui/shared-styles";

/** The eight rules as toggles: the plain ones above, the decorrelated ones below. */
export class Rules extends LitElement {
  static override styles = [
    shared,
    css`
      .chips {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 0.35rem;
        margin-block-start: 0.4rem;
      }
      button {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: 2px;
        min-block-size: 2.4rem;
        padding: 0.2rem 0;
        font-weight: 600;
        color: var(--np-muted);
        border-color: var(--np-line);
      }
      button[aria-pressed="true"] {
        color: var(--np-ink);
        border-color: var(--hue);
        background: color-mix(in srgb, var(--hue) 12%, var(--np-panel));
      }
      .line {
        inline-size: 1.75rem;
        border-block-start: 3px solid var(--np-edge);
        opacity: 0.55;
      }
      .dashed {
        border-block-start-style: dashed;
      }
      [aria-pressed="true"] .line {
        border-color: var(--hue);
        opacity: 1;
      }
      .help {
        margin-block-start: 0.4rem;
        font-size: 0.8125rem;
      }
      @container (min-width: 992px) {
        .help {
          display: none;
        }
      }
      @media (forced-colors: active) {
        button[aria-pressed="true"] {
          border: 2px solid Highlight;
        }
        .line {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) chosen: readonly Algorithm[] = [];
  @property() problem = "";
  /** The rule that has had the focus last: where there is no strip to explain it, a sentence below does. */
  @state() private focused: Algorithm | null = null;

  override render() {
    return html`
      <h2 id="heading">${text.rules.heading}</h2>
      <div class="chips" role="group" aria-labelledby="heading">
        ${ruleOrder().map((name, index) => this.#chip(name, index + 1))}
      </div>
      ${this.focused && html`<p class="help muted">${ruleWords(this.focused).help}</p>`}
      ${this.problem && html`<p class="problem" role="alert">${this.problem}</p>`}
    `;
  }

  #chip(name: Algorithm, key: number) {
    const { rule, decorrelated } = ruleInfo(name);
    const pressed = this.chosen.includes(name);
    return html`<button
      type="button"
      style="--hue: var(--np-${rule})"
      title=${ruleWords(name).label}
      aria-pressed=${pressed}
      aria-keyshortcuts=${key}
      @click=${() => this.#toggle(name, !pressed)}
      @focus=${() => this.#explain(name)}
    >
      ${ruleLabel(name)}<span class="line ${decorrelated ? "" : "dashed"}"></span>
    </button>`;
  }

  #explain(name: Algorithm): void {
    this.focused = name;
    ask(this, "np-focus", `rule:${name}`);
  }

  #toggle(name: Algorithm, on: boolean): void {
    ask(this, "np-patch", { algorithms: withRule(this.chosen, name, on) });
  }
}

define("np-rules", Rules);
