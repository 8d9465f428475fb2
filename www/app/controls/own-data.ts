import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Choices, Guess, OwnData } from "../contract/own";
import { dropped, hasFiles, ownFile } from "../dataset/dropped";
import type { OwnReader } from "../dataset/own-reader";
import * as text from "../text/own-images";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { mosaic } from "../ui/paint";
import { shared, tables } from "../ui/shared-styles";
import "../ui/picture";

const DATASETS = [
  ["mnist", text.ownImages.mnist],
  ["own", text.ownImages.own],
] as const;

/** The reader's own images: where they are dropped or chosen, and what was found in them. */
export class OwnDataPanel extends LitElement {
  static override styles = [
    shared,
    tables,
    choiceStyles,
    css`
      :host {
        display: grid;
        gap: 8px;
        font-size: 13px;
      }
      .choice {
        justify-self: start;
      }
      .came {
        scroll-margin-block: 8px; /* whole, wherever pixels are cut */
        display: grid;
        gap: 8px;
      }
      .drop {
        display: grid;
        gap: 6px;
        justify-items: start;
        padding: 10px;
        border: 1px dashed var(--np-edge);
        border-radius: var(--np-radius);
      }
      .over {
        border-style: solid;
        background: var(--np-ground);
      }
      /* The browser's own button, in the page's look. */
      input[type="file"] {
        inline-size: 100%;
        padding: 0;
        border: 0;
        background: none;
      }
      input::file-selector-button {
        min-block-size: 28px;
        padding-inline: 10px;
        border: 1px solid var(--np-edge);
        border-radius: var(--np-radius);
        background: var(--np-panel);
        color: var(--np-ink);
        font: inherit;
        cursor: pointer;
      }
      .reading {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
      }
      .scroll {
        max-block-size: 224px;
      }
      td np-picture {
        max-inline-size: 144px;
        background: #000;
      }
    `,
  ];

  @property({ attribute: false }) data: OwnData | null = null;
  /** The data set that is used. */
  @property() used = "mnist";
  /** What reads the files is doing. */
  @property() phase: OwnReader["phase"] = "ready";
  /** What was wrong with the last files. */
  @property() problem = "";
  /** What was guessed of the last files, and chosen in place of that. */
  @property({ attribute: false }) guesses: readonly Guess[] = [];
  @property({ attribute: false }) choices: Choices = {};
  @state() private over = false;

  override willUpdate(): void {
    if (this.guesses.length > 0) void import("./own-choices");
  }

  /** What comes of files comes into sight, however they were given; and why a choice cannot be. */
  override updated(changed: PropertyValues<this>): void {
    const told = changed.has("phase") && (changed.get("phase") ?? "ready") !== this.phase;
    if (told && (this.problem || Object.keys(this.choices).length === 0)) void this.#show();
  }

  async #show(): Promise<void> {
    if (this.guesses.length > 0) await import("./own-choices");
    await new Promise(requestAnimationFrame);
    this.renderRoot.querySelector(".came")?.scrollIntoView({ block: "nearest" });
  }

  override render() {
    const { data, used, problem, phase, guesses } = this;
    return html`
      ${
        data || used === "own"
          ? choice(text.ownImages.used, DATASETS, used, (chosen) =>
              ask(this, "np-patch", { dataset: chosen }),
            )
          : nothing
      }
      <div
        class="drop ${this.over ? "over" : ""}"
        @dragover=${this.#dragOver}
        @dragleave=${this.#dragEnd}
        @drop=${this.#drop}
      >
        <label for="files">${text.ownImages.choose}</label>
        <input id="files" type="file" multiple aria-describedby="help" @change=${this.#choose} />
        <label for="folder">${text.ownImages.folder}</label>
        <input id="folder" type="file" webkitdirectory @change=${this.#choose} />
        <p class="muted" id="help">${text.ownImages.help}</p>
      </div>
      <div class="came">
        <div class="reading">
          <p role="status" class=${phase === "ready" ? "unseen" : ""}>${phase === "ready" ? nothing : text.ownImages[phase]}</p>
          ${
            phase === "ready"
              ? nothing
              : html`<button type="button" @click=${() => ask(this, "np-own-cancel", null)}>${text.ownImages.cancel}</button>`
          }
        </div>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
        ${data && !problem ? found(data) : nothing}
        ${
          guesses.length > 0
            ? html`<np-own-choices .guesses=${guesses} .choices=${this.choices}></np-own-choices>`
            : nothing
        }
        ${data && problem ? html`<p>${text.ownImages.still}</p>` : nothing} ${data && problem ? found(data) : nothing}
      </div>
    `;
  }

  readonly #dragOver = (event: DragEvent): void => {
    this.over = hasFiles(event);
  };

  readonly #dragEnd = (): void => {
    this.over = false;
  };

  readonly #drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    this.over = false;
    ask(this, "np-own-files", await dropped(event));
  };

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])].map(ownFile);
    // So that the same files can be chosen again after they were mended.
    input.value = "";
    if (files.length > 0) ask(this, "np-own-files", files);
  };
}

function found(data: OwnData): TemplateResult {
  const { rows, cols, classes, train, test, bytes, notes } = data;
  return html`
    <div>
      <p>${text.ownImages.found(train.images, test.images, rows, cols, classes)}</p>
      <p class="muted">${text.ownImages.takes(bytes)} ${notes.join(" ")}</p>
    </div>
    ${preview(data)}
  `;
}

function preview(data: OwnData): TemplateResult {
  const { train, test } = data;
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label=${text.ownImages.preview}>
      <table>
        <caption class="unseen">${text.ownImages.preview}</caption>
        <thead>
          <tr>
            ${text.ownImages.columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${data.examples.map(
            (examples, index) => html`<tr>
              <th scope="row">${data.names[index]}</th>
              <td>${train.counts[index]}</td>
              <td>${test.counts[index]}</td>
              <td>${examples.length > 0 ? pictures(examples, data.names[index] ?? "", data) : nothing}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** Some images of a class, side by side. */
function pictures(examples: Uint8Array, name: string, { rows, cols }: OwnData): TemplateResult {
  const count = examples.length / (rows * cols);
  const all = mosaic(Float32Array.from(examples), rows, cols, count);
  return html`<np-picture
    .colours=${white(all.values)}
    .cols=${all.cols}
    .label=${text.ownImages.examples(count, name)}
  ></np-picture>`;
}

/** White on the black behind the picture. */
function white(values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(4 * values.length).fill(255);
  for (const [i, value] of values.entries()) colours[4 * i + 3] = Number.isNaN(value) ? 0 : value;
  return colours;
}

define("np-own-data", OwnDataPanel);
