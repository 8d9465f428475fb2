import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { type Algorithm, withRule } from "../contract/config";
import {
  PAPER,
  RIVALS,
  type RuleGroup,
  ruleHue,
  ruleInfo,
  ruleKey,
  ruleLabel,
  ruleWords,
} from "../contract/rules";
import * as text from "../text/text";
import { about } from "../ui/about";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { folds, shared } from "../ui/shared-styles";

/** The rules as toggles: the paper's, the plain ones above, the decorrelated ones below; then what they are compared with. */
export class Rules extends LitElement {
  static override styles = [
    shared,
    folds,
    css`
      .chips {
        display: grid;
        grid-template-columns: repeat(var(--rules), 1fr);
        gap: 6px;
        margin-block-start: 6px;
      }
      button {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: 2px;
        min-block-size: 38px;
        padding: 3px 0;
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
        inline-size: 28px;
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
      /* Their names are longer: each rule has its line, with its decorrelated form beside it. */
      details .chips {
        grid-template: repeat(var(--rules), auto) / repeat(2, 1fr);
        grid-auto-flow: column;
        margin-block-start: 0;
      }
      :host([bare]) .chips {
        grid-template-columns: repeat(4, 1fr);
        margin: 0;
      }
      /* All of the paper's on one line. */
      @container (min-width: 600px) {
        :host([bare]) .chips {
          grid-template-columns: repeat(8, 1fr);
        }
      }
      .help {
        margin-block-start: 6px;
        font-size: 13px;
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
  /** Whether keys are heard. */
  @property({ type: Boolean }) keys = true;
  /** The toggles alone: the paper's, and what else is chosen. */
  @property({ type: Boolean, reflect: true }) bare = false;
  /** The rule that has had the focus last: where there is no strip to explain it, a sentence below does. */
  @state() private focused: Algorithm | null = null;
  /** Whether the only rule was to be taken away. */
  @state() private last = false;
  @state() private rivalsOpen = false;

  /** The rivals come to light when one of them is chosen, and go when the reader closes them. */
  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("chosen")) return;
    this.last = false;
    const before: readonly Algorithm[] = changed.get("chosen") ?? [];
    if (this.chosen.some((name) => isRival(name) && !before.includes(name))) this.rivalsOpen = true;
  }

  override render() {
    const problem = this.last ? text.rules.last : this.problem;
    if (this.bare)
      return html`
        <h2 id="heading" class="unseen">${text.rules.heading}</h2>
        ${this.#chips(withRivals(this.chosen), "heading")}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      `;
    return html`
      <h2 id="heading">${text.rules.heading}</h2>
      ${this.#chips(PAPER, "heading")}
      ${RIVALS.plain.length > 0 ? this.#rivals() : nothing}
      ${this.focused && html`<p class="help muted">${ruleWords(this.focused).help}</p>`}
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    `;
  }

  #rivals(): TemplateResult {
    return html`<details .open=${this.rivalsOpen} @toggle=${this.#toggleRivals}>
      <summary ${about("group:rivals")}>
        <h3 id="rivals">${text.groups.rivals.label}</h3>
      </summary>
      ${this.#chips(RIVALS, "rivals")}
    </details>`;
  }

  #chips({ plain, decorrelated }: RuleGroup, heading: string): TemplateResult {
    return html`<div
      class="chips"
      style="--rules: ${plain.length}"
      role="group"
      aria-labelledby=${heading}
    >
      ${[...plain, ...decorrelated].map((name) => this.#chip(name))}
    </div>`;
  }

  #chip(name: Algorithm): TemplateResult {
    const pressed = this.chosen.includes(name);
    const [{ label }, key] = [ruleWords(name), ruleKey(name)];
    return html`<button
      type="button"
      style="--hue: var(${ruleHue(name)})"
      title=${text.keyed({ help: `${label}.`, key }, this.keys)}
      aria-pressed=${pressed}
      aria-keyshortcuts=${(this.keys && key) || nothing}
      @click=${() => this.#toggle(name, !pressed)}
      ${about(`rule:${name}`)}
      @focus=${() => {
        this.focused = name;
      }}
    >
      ${ruleLabel(name)}<span class="line ${ruleInfo(name).decorrelated ? "" : "dashed"}"></span>
    </button>`;
  }

  #toggle(name: Algorithm, on: boolean): void {
    const algorithms = withRule(this.chosen, name, on);
    this.last = algorithms.length === 0;
    if (!this.last) ask(this, "np-patch", { algorithms });
  }

  #toggleRivals({ target }: Event): void {
    if (target instanceof HTMLDetailsElement) this.rivalsOpen = target.open;
  }
}

function withRivals(chosen: readonly Algorithm[]): RuleGroup {
  return { ...PAPER, decorrelated: [...PAPER.decorrelated, ...chosen.filter(isRival)] };
}

function isRival(name: Algorithm): boolean {
  return !ruleInfo(name).paper;
}

define("np-rules", Rules);
