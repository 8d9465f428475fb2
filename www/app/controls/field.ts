import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { Config, Field } from "../contract/config";
import { textOf } from "../contract/field-text";
import { explain } from "../explain/explain";
import { choiceLabel } from "../explain/fields";
import * as text from "../text/text";
import { about } from "../ui/about";
import { again } from "../ui/again";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { option } from "../ui/option";
import { shared } from "../ui/shared-styles";
import { fromSlider, sliderRange, toSlider } from "./log-scale";
import { readTyped, stepped, withPoint } from "./number-box";

type NumberField = Extract<Field, { kind: "number" | "integer" }>;
type ChoiceField = Extract<Field, { kind: "choice" | "integer_choice" }>;

/** One field of the configuration: its label, its control, its help and what was wrong with it. */
export class FieldControl extends LitElement {
  static override styles = [
    shared,
    css`
      .field {
        display: grid;
        grid-template-columns: var(--np-field-columns, 1fr minmax(88px, 46%));
        align-items: center;
        gap: 2px 8px;
        padding-block: 2px;
      }
      /* A list takes all the room that its label leaves. */
      .integers {
        grid-template-columns: 108px minmax(0, 1fr);
      }
      .control {
        display: flex;
        gap: 6px;
      }
      .control > :first-child {
        flex: 1;
        min-inline-size: 0;
        inline-size: 100%;
      }
      .range,
      .note,
      .problem,
      .help {
        grid-column: 1 / -1;
      }
      .note,
      .help,
      .problem {
        font-size: 13px;
      }
      /* Read aloud always; seen where the focus is, unless the screen is wide enough for the strip that says it. */
      .help {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        color: var(--np-muted);
      }
      /* On one screen with everything else a label and its slider stand beside the box. */
      @container (min-width: 992px) {
        .field:has(> .range) {
          grid-template-columns: 1fr 88px;
          row-gap: 0;
        }
        .field:has(> .range) > .control {
          grid-area: 1 / 2 / span 2;
        }
        .range {
          grid-area: 2 / 1;
        }
      }
      @container (max-width: 991px) {
        .field:focus-within .help {
          position: static;
          inline-size: auto;
          block-size: auto;
          clip-path: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) field: Field | undefined;
  /** In place of the field's own label. */
  @property() label = "";
  @property({ attribute: false }) value: Config[keyof Config] = "";
  @property() problem = "";
  /** Whether a change starts runs again that have begun. */
  @property({ type: Boolean }) again = false;
  /** A remark on the value as it stands, such as who does not use it. */
  @property() note = "";
  @state() private draft = "";

  /** What is being typed stays until the value changes, or until its mistake is gone. */
  override willUpdate(changed: PropertyValues): void {
    const corrected = changed.has("problem") && this.problem === "";
    if (changed.has("value") || corrected) this.draft = textOf(this.value);
  }

  override render() {
    const { field } = this;
    if (!field) return nothing;
    const { label: itsOwn, help } = explain(field.name);
    const label = this.label || itsOwn;
    return html`
      <div class="field ${field.kind}" ${about(field.name)}>
        <span
          ><label for="input">${label}</label>${again(this.again)}</span
        >
        <div class="control">${this.#control(field)}<slot></slot></div>
        ${"log" in field && field.log ? this.#slider(field, label) : nothing}
        ${this.note && html`<p class="note muted">${this.note}</p>`}
        ${this.problem && html`<p class="problem" id="problem" role="alert">${this.problem}</p>`}
        <div class="help">
          <span id="help">${help}</span>
          <np-equation class="equation" aria-hidden="true" .of=${field.name}></np-equation>
        </div>
      </div>
    `;
  }

  #control(field: Field) {
    if (field.kind === "choice" || field.kind === "integer_choice") return this.#select(field);
    const integer = field.kind === "integer" ? field : undefined;
    return html`<input
      id="input"
      type=${integer ? "number" : "text"}
      min=${integer?.min ?? nothing}
      max=${integer?.max ?? nothing}
      inputmode=${field.kind === "number" ? "decimal" : nothing}
      autocomplete="off"
      spellcheck="false"
      aria-describedby="help ${this.problem ? "problem" : ""}"
      aria-invalid=${this.problem !== ""}
      .value=${this.draft}
      @input=${this.#type}
      @change=${this.#commit}
      @keydown=${this.#step}
    />`;
  }

  #select(field: ChoiceField) {
    return html`<select
      id="input"
      aria-describedby="help ${this.problem ? "problem" : ""}"
      @input=${this.#type}
      @change=${this.#commit}
    >
      ${field.choices.map((choice) => option(choice, choiceLabel(choice), String(choice) === this.draft))}
    </select>`;
  }

  #slider(field: NumberField, label: string) {
    const { min, max } = sliderRange(field.min, field.max);
    const position = toSlider(Number(this.draft));
    return html`<input
      class="range"
      type="range"
      aria-label=${text.settings.slider(label)}
      aria-valuetext=${this.draft}
      min=${min}
      max=${max}
      .value=${String(Number.isFinite(position) ? position : min)}
      @input=${this.#slide}
      @change=${this.#commit}
    />`;
  }

  #type(event: Event): void {
    const { value, validity } = event.target as HTMLInputElement | HTMLSelectElement;
    // A number box keeps to itself what is no number yet, such as "1e" of 1e2: it must not be emptied meanwhile.
    if (!validity.badInput) this.draft = value;
  }

  /** The box's own spinner would take 0.003 to 1.003. */
  #step(event: KeyboardEvent): void {
    if (this.field?.kind !== "number") return;
    const next = stepped(this.field, Number(withPoint(this.draft)), event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.draft = String(next);
    this.#commit();
  }

  #slide(event: Event): void {
    this.draft = String(fromSlider((event.target as HTMLInputElement).valueAsNumber));
  }

  /** What is left of a number is none: the box shows it no more, and a sentence says so. */
  #commit(event?: Event): void {
    if ((event?.target as HTMLInputElement | undefined)?.validity.badInput) this.draft = "";
    if (!this.field || (this.draft === textOf(this.value) && !this.problem)) return;
    ask(this, "np-patch", { [this.field.name]: readTyped(this.field, this.draft) });
  }
}

define("np-field", FieldControl);
