import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import type { Choices, Chosen, Guess, Question } from "../contract/own";
import * as text from "../text/own-images";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { option } from "../ui/option";
import { shared } from "../ui/shared-styles";

/** What the reader's files do not say: how it was taken, beside how else it may be. */
export class OwnChoices extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 8px;
        font-size: 13px;
      }
      .question {
        display: grid;
        grid-template-columns: minmax(88px, 1fr) minmax(0, 3fr);
        align-items: center;
        gap: 2px 8px;
      }
      .question > :is(p, .other) {
        grid-column: 2;
        overflow-wrap: anywhere;
      }
      select {
        inline-size: 100%;
      }
      .other {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
      }
      .other input {
        inline-size: 88px;
      }
      button {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) guesses: readonly Guess[] = [];
  /** What was chosen so far. */
  @property({ attribute: false }) choices: Choices = {};

  override render() {
    const questions = [...new Set(this.guesses.map(({ question }) => question))];
    return html`
      <h3>${text.choices.title}</h3>
      <p class="muted">${text.choices.help}</p>
      ${questions.map((question) => this.#question(question))}
      ${
        Object.keys(this.choices).length > 0
          ? html`<button type="button" @click=${() => ask(this, "np-own-choices", {})}>${text.choices.guess}</button>`
          : nothing
      }
    `;
  }

  /** Files may differ in what was guessed of them; what is chosen holds for all. */
  #question(question: Question): TemplateResult {
    const guesses = this.guesses.filter((guess) => guess.question === question);
    const options = new Map(
      guesses.flatMap((guess) =>
        guess.options.map(({ value, words }) => [JSON.stringify(value), { value, words }]),
      ),
    );
    const chosen = new Set(guesses.map((guess) => JSON.stringify(guess.chosen)));
    const [first = ""] = chosen;
    // What was chosen last stands there while the files are read anew, too.
    const picked = JSON.stringify(this.choices[question]) ?? "";
    const taken = options.has(picked) ? picked : first;
    const known = options.has(taken) && (taken === picked || chosen.size === 1);
    const choose = ({ target }: Event) => {
      const option = options.get((target as HTMLSelectElement).value);
      if (option) this.#choose(question, option.value);
    };
    return html`<div class="question">
      <label for=${question}>${text.choices.questions[question]}</label>
      <select id=${question} aria-describedby="${question}-said" @change=${choose}>
        ${known ? nothing : option("", chosen.size > 1 ? text.choices.differs : text.choices.unknown, true)}
        ${[...options].map(([key, { words }]) => option(key, words, known && key === taken))}
      </select>
      ${question === "label" ? this.#otherColumn() : nothing}
      ${question === "scale" ? this.#otherScale(guesses[0]?.chosen) : nothing}
      <p class="muted" id="${question}-said">${guesses.map(({ sentence }) => sentence).join(" ")}</p>
    </div>`;
  }

  #otherColumn(): TemplateResult {
    const choose = ({ target }: Event) => {
      const column = columnOf((target as HTMLInputElement).value.trim());
      if (column !== "") this.#choose("label", column);
    };
    return html`<div class="other">
      <label for="column">${text.choices.otherColumn}</label>
      <input id="column" autocomplete="off" spellcheck="false" @change=${choose} />
    </div>`;
  }

  #otherScale(scale: Chosen | null | undefined): TemplateResult {
    const ends = Array.isArray(scale) ? scale : [];
    const choose = () => {
      const [black, white] = [...this.renderRoot.querySelectorAll<HTMLInputElement>(".scale")];
      const [from, to] = [black?.valueAsNumber, white?.valueAsNumber];
      if (Number.isFinite(from) && Number.isFinite(to)) this.#choose("scale", [Number(from), Number(to)]);
    };
    return html`<div class="other">
      ${text.choices.ends.map(
        (name, i) => html`<label for="end${i}">${name}</label>
          <input id="end${i}" class="scale" type="number" step="any" .value=${String(ends[i] ?? "")} @change=${choose} />`,
      )}
    </div>`;
  }

  #choose(question: Question, chosen: Chosen): void {
    ask(this, "np-own-choices", { ...this.choices, [question]: chosen });
  }
}

/** A column by its number or its name; of one-hot columns the first and the last. */
function columnOf(written: string): Chosen {
  const [whole, first, last] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(written) ?? [];
  if (whole === undefined) return written;
  return last === undefined ? Number(first) : [Number(first), Number(last)];
}

define("np-own-choices", OwnChoices);
