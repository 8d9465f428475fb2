import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { mosaic } from "../ui/paint";
import { shared, tables } from "../ui/shared-styles";
import "../ui/picture";
import type { OwnData } from "../contract/own";
import * as text from "../text/text";

const DATASETS = [
  ["mnist", text.ownData.mnist],
  ["own", text.ownData.own],
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
  /** Whether files are being read. */
  @property({ type: Boolean }) reading = false;
  /** What was wrong with the last files. */
  @property() problem = "";
  @state() private over = false;

  override render() {
    const { data, used, problem } = this;
    return html`
      ${
        data || used === "own"
          ? choice(text.ownData.used, DATASETS, used, (chosen) => ask(this, "np-patch", { dataset: chosen }))
          : nothing
      }
      <div
        class="drop ${this.over ? "over" : ""}"
        @dragover=${this.#dragOver}
        @dragleave=${this.#dragEnd}
        @drop=${this.#drop}
      >
        <label for="files">${text.ownData.choose}</label>
        <input id="files" type="file" multiple aria-describedby="help" @change=${this.#choose} />
        <p class="muted" id="help">${text.ownData.help}</p>
      </div>
      <p role="status" class=${this.reading ? "" : "unseen"}>${this.reading ? text.ownData.reading : nothing}</p>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      ${data ? preview(data) : nothing}
    `;
  }

  readonly #dragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.over = true;
  };

  readonly #dragEnd = (): void => {
    this.over = false;
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    this.#give(event.dataTransfer?.files);
  };

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#give(input.files);
    // So that the same files can be chosen again after they were mended.
    input.value = "";
  };

  #give(files: FileList | null | undefined): void {
    if (files && files.length > 0) ask(this, "np-own-files", [...files]);
  }
}

function preview(data: OwnData): TemplateResult {
  const { rows, cols, classes, train, test } = data;
  return html`
    <p>${text.ownData.found(train.images, test.images, rows, cols, classes)}</p>
    ${data.told.length > 0 ? html`<ul>${data.told.map((sentence) => html`<li>${sentence}</li>`)}</ul>` : nothing}
    <div class="scroll" role="region" tabindex="0" aria-label=${text.ownData.preview}>
      <table>
        <caption class="unseen">${text.ownData.preview}</caption>
        <thead>
          <tr>
            ${text.ownData.columns.map((name) => html`<th scope="col">${name}</th>`)}
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
    .label=${text.ownData.examples(count, name)}
  ></np-picture>`;
}

/** White on the black behind the picture. */
function white(values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(4 * values.length).fill(255);
  for (const [i, value] of values.entries()) colours[4 * i + 3] = Number.isNaN(value) ? 0 : value;
  return colours;
}

define("np-own-data", OwnDataPanel);
