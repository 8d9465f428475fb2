import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { type Algorithm, type Config, fieldOf, isRate, type Override } from "../contract/config";
import { ruleLabel, usesSetting } from "../contract/rules";
import * as later from "../text/later";
import * as text from "../text/text";
import { about } from "../ui/about";
import { again } from "../ui/again";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared, tables } from "../ui/shared-styles";
import { readTyped, stepped, withPoint } from "./number-box";

type Key = keyof Override;

/** A small table: the values that one rule has for itself. An empty box takes the common value. */
export class Overrides extends LitElement {
  static override styles = [
    shared,
    tables,
    css`
      table {
        table-layout: fixed;
      }
      th,
      td {
        padding: 2px 2px;
        font-size: 13px;
        text-align: start;
      }
      th:first-child {
        inline-size: 46px;
      }
      input {
        inline-size: 100%;
        padding-inline: 3px;
      }
      input::placeholder {
        color: var(--np-muted);
        opacity: 1;
        font-style: italic;
      }
      p {
        margin-block: 4px;
        font-size: 13px;
      }
    `,
  ];

  @property({ attribute: false }) config: Config | undefined;
  @property() problem = "";
  /** Whether there are runs that a change could start again. */
  @property({ type: Boolean }) begun = false;

  /** The box that has been typed into, until that is given. */
  #typed: HTMLInputElement | undefined;

  override render() {
    const field = fieldOf("overrides");
    if (!this.config || field?.kind !== "overrides") return nothing;
    const { algorithms } = this.config;
    return html`
      <p class="muted">${text.fields.overrides.help}</p>
      <div ${about("overrides")}>
        <table>
          <thead>
            <tr>
              <th scope="col">${later.overrides.rule}</th>
              ${field.fields.map((key) => html`<th scope="col">${text.fields[key].short ?? text.fields[key].label}${again(this.begun && !isRate(key), later.overrides.restartsRule)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${algorithms.map(
              (name) => html`<tr>
                <th scope="row">${ruleLabel(name)}</th>
                ${field.fields.map((key) => html`<td>${this.#cell(name, key)}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.problem && html`<p class="problem" role="alert">${this.problem}</p>`}
    `;
  }

  /** What was refused goes with the sentence that says so; what is still being typed stays. */
  override updated(): void {
    if (this.problem) return;
    for (const input of this.renderRoot.querySelectorAll("input"))
      if (input !== this.#typed || !input.matches(":focus")) input.value = input.defaultValue;
  }

  #type(input: HTMLInputElement): void {
    this.#typed = input;
  }

  #cell(name: Algorithm, key: Key) {
    if (!usesSetting(name, key)) return html`<span class="muted">–</span>`;
    return html`<input
      inputmode="decimal"
      autocomplete="off"
      aria-label=${later.overrides.ofRuleAlone(text.fields[key].label, ruleLabel(name))}
      placeholder=${String(this.config?.[key] ?? "")}
      value=${String(this.config?.overrides[name]?.[key] ?? "")}
      @input=${(event: Event) => this.#type(event.target as HTMLInputElement)}
      @change=${(event: Event) => this.#set(name, key, event.target as HTMLInputElement)}
      @keydown=${(event: KeyboardEvent) => this.#step(name, key, event)}
    />`;
  }

  /** An empty box begins with the common value. */
  #step(name: Algorithm, key: Key, event: KeyboardEvent): void {
    const [field, input] = [fieldOf(key), event.target as HTMLInputElement];
    if (field?.kind !== "number") return;
    const next = stepped(field, Number(withPoint(input.value || input.placeholder)), event.key);
    if (next === undefined) return;
    event.preventDefault();
    input.value = String(next);
    this.#set(name, key, input);
  }

  #set(name: Algorithm, key: Key, input: HTMLInputElement): void {
    this.#typed = undefined;
    const [field, { [key]: _, ...others }] = [fieldOf(key), this.config?.overrides[name] ?? {}];
    const written = input.value.trim();
    const own = written === "" || !field ? others : { ...others, [key]: readTyped(field, written) };
    const { [name]: __, ...rest } = this.config?.overrides ?? {};
    ask(this, "np-patch", { overrides: Object.keys(own).length > 0 ? { ...rest, [name]: own } : rest });
  }
}

define("np-overrides", Overrides);
