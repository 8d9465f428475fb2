import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { AppError } from "../contract/errors";
import { share } from "../text/share";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { dialogStyles } from "../ui/dialog-styles";
import { option } from "../ui/option";
import { shared } from "../ui/shared-styles";
import { save, textFile, toPng, toSvg } from "./files";
import type { Figure, Look, Offer, Palette, Passage, Said, Sharing } from "./sharing";

const PALETTES: readonly (readonly [Palette, string])[] = [
  ["page", share.palettes.page],
  ["paper", share.palettes.paper],
];
const WIDTHS = [
  ["85", share.widths["85"]],
  ["175", share.widths["175"]],
] as const;

/** All that leaves the page and comes back to it. It opens when it is put on the page. */
export class ShareDialog extends LitElement {
  static override styles = [
    shared,
    choiceStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(720px, calc(100vw - 24px));
        max-block-size: calc(100dvh - 24px);
        padding: 16px 20px;
        font-size: 14px;
      }
      .head,
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
      }
      .head {
        justify-content: space-between;
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        padding-block: 12px;
        border-block-end: 1px solid var(--np-line);
      }
      section:last-of-type {
        border: 0;
      }
      .link {
        flex: 1 1 240px;
      }
      .preview {
        display: grid;
        place-items: center;
        border: 1px solid var(--np-line);
        border-radius: var(--np-radius);
        overflow: hidden;
      }
      .preview svg {
        max-inline-size: 100%;
        block-size: auto;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 8px 12px;
        align-items: center;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      dt button {
        inline-size: 100%;
      }
      button,
      select {
        min-block-size: 32px;
      }
      input[type="file"] {
        max-inline-size: 100%;
        border: 0;
        background: none;
      }
      summary {
        min-block-size: 24px;
      }
      pre {
        max-block-size: 160px;
        margin-block: 8px;
        padding: 8px;
        overflow: auto;
        border: 1px solid var(--np-line);
        border-radius: var(--np-radius);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .said {
        position: sticky;
        inset-block-end: -16px;
        min-block-size: 1lh;
        padding-block: 8px;
        background: var(--np-panel);
      }
    `,
  ];

  @property({ attribute: false }) sharing!: Sharing;
  /** What has come of the last files that were given. */
  @property({ attribute: false }) said: Said | undefined;
  /** Changes with what there is to be shared. */
  @property() moment = "";
  @state() private chart = 0;
  @state() private look: Look = { palette: "page", width: 85 };
  @state() private drawing: SVGElement | undefined;
  /** What has come of the last button. */
  @state() private done: Said | undefined;

  override render() {
    const { sharing } = this;
    const said = this.done ?? this.said;
    return html`<dialog aria-labelledby="title" @close=${() => sharing.close()}>
      <div class="head">
        <h2 id="title">${share.title}</h2>
        <button type="button" autofocus @click=${() => this.#dialog.close()}>${share.close}</button>
      </div>
      ${this.#link()} ${this.#figure()}
      <section aria-labelledby="numbers">
        <h3 id="numbers">${share.numbers}</h3>
        ${sharing.files.length > 0 ? html`<dl>${sharing.files.map(this.#offer)}</dl>` : html`<p>${share.none}</p>`}
      </section>
      <section aria-labelledby="cite">
        <h3 id="cite">${share.cite.title}</h3>
        ${sharing.passages.map(this.#passage)}
      </section>
      <section aria-labelledby="open">
        <h3 id="open">${share.open}</h3>
        <p class="muted" id="open-help">${share.openHelp}</p>
        <label>${share.choose} <input type="file" multiple aria-describedby="open-help" @change=${this.#open} /></label>
      </section>
      <p class="said ${said?.problem ? "problem" : ""}" role=${said?.problem ? "alert" : "status"}>${said?.words}</p>
    </dialog>`;
  }

  override firstUpdated(): void {
    this.#dialog.showModal();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("moment")) void this.#draw();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector("dialog") as HTMLDialogElement;
  }

  #link(): TemplateResult {
    return html`<section aria-labelledby="link">
      <h3 id="link">${share.link}</h3>
      <div class="row">
        <input class="link" readonly aria-labelledby="link" aria-describedby="link-help" .value=${this.sharing.link} />
        <button type="button" @click=${this.#copy}>${share.copy}</button>
      </div>
      <p class="muted" id="link-help">${this.sharing.linkHelp} ${this.sharing.isOther ? share.linkOther : nothing}</p>
      ${this.#proven()}
    </section>`;
  }

  #proven(): TemplateResult {
    const { proven } = this.sharing;
    if ("why" in proven) return html`<p class="muted">${proven.why}</p>`;
    return html`<div class="row">
      <button type="button" aria-describedby="proven-help" @click=${() => this.#copyText(proven.link)}>
        ${share.copyProven}
      </button>
      <span class="muted" id="proven-help">${share.provenHelp}</span>
    </div>`;
  }

  readonly #passage = ({ label, help, text }: Passage): TemplateResult =>
    html`<details>
      <summary>${label}</summary>
      <p class="muted">${help}</p>
      <pre tabindex="0" aria-label=${label}>${text}</pre>
      <button type="button" aria-label=${share.copyOf(label)} @click=${(event: Event) => this.#copyText(text, event)}>
        ${share.copyText}
      </button>
    </details>`;

  #figure(): TemplateResult {
    const { figures } = this.sharing;
    if (figures.length === 0)
      return html`<section aria-labelledby="figure">
        <h3 id="figure">${share.figure}</h3>
        <p class="muted">${share.noFigure}</p>
      </section>`;
    return html`<section aria-labelledby="figure">
      <h3 id="figure">${share.figure}</h3>
      <div class="row">
        <select aria-label=${share.chart} @change=${this.#chooseChart}>
          ${figures.map(({ name }, index) => option(index, name, index === this.chart))}
        </select>
        ${choice(share.palette, PALETTES, this.look.palette, (palette) => this.#choose({ palette }))}
        ${choice(share.width, WIDTHS, String(this.look.width), (width) => this.#choose({ width: Number(width) }))}
      </div>
      <div class="preview">${this.drawing ?? nothing}</div>
      <div class="row">
        <button type="button" title=${share.svgHelp} @click=${() => this.#saveFigure("svg", svgOf)}>${share.svg}</button>
        <button type="button" title=${share.pngHelp} @click=${() => this.#saveFigure("png", toPng)}>${share.png}</button>
        <span class="muted">${share.figureHelp}</span>
      </div>
    </section>`;
  }

  readonly #offer = (offer: Offer): TemplateResult =>
    html`<dt><button type="button" @click=${() => this.#save(offer.end, offer.make)}>${offer.label}</button></dt>
      <dd class="muted">${offer.help}</dd>`;

  get #chosen(): Figure | undefined {
    return this.sharing.figures[this.chart];
  }

  #chooseChart(event: Event): void {
    this.chart = Number((event.target as HTMLSelectElement).value);
    void this.#draw();
  }

  #choose(look: Partial<Look>): void {
    this.look = { ...this.look, ...look };
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const { look } = this;
    const chart = this.#chosen;
    await this.#try(async () => {
      const drawing = await chart?.draw(look);
      if (look === this.look && chart?.name === this.#chosen?.name) this.drawing = drawing;
    });
  }

  /** Drawn anew: runs may have come further since it was shown. */
  async #saveFigure(end: string, make: (svg: SVGElement) => Blob | Promise<Blob>): Promise<void> {
    await this.#draw();
    const { drawing } = this;
    if (drawing) await this.#save(end, () => make(drawing));
  }

  #save(end: string, make: () => Blob | Promise<Blob>): Promise<void> {
    return this.#try(async () => {
      const name = `${this.sharing.name}.${end}`;
      save(name, await make());
      this.done = { problem: false, words: share.saved(name) };
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.done = undefined;
    try {
      await act();
    } catch (thrown) {
      this.done = {
        problem: true,
        words: thrown instanceof AppError ? thrown.message : share.failed(String(thrown)),
      };
    }
  }

  #copy(): Promise<void> {
    return this.#copyText(this.sharing.link);
  }

  /** Without https, or where it is not allowed, there is no clipboard: the reader's own copy command works on what is selected. */
  async #copyText(text: string, event?: Event): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.done = { problem: false, words: share.copied };
    } catch {
      this.#select(text, (event?.target as Element | undefined)?.parentElement?.querySelector("pre"));
      this.done = { problem: false, words: share.selected };
    }
  }

  /** In the place where it is shown, or else in the box of the link. */
  #select(text: string, place: Element | null | undefined): void {
    if (place) {
      getSelection()?.selectAllChildren(place);
      return;
    }
    const input = this.renderRoot.querySelector<HTMLInputElement>(".link");
    if (!input) return;
    input.value = text;
    input.select();
  }

  readonly #open = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // So that the same files can be chosen again after they were mended.
    input.value = "";
    this.done = undefined;
    if (files.length > 0) await this.sharing.open(files);
  };
}

function svgOf(svg: SVGElement): Blob {
  return textFile(`${toSvg(svg)}\n`, "image/svg+xml");
}

define("np-share", ShareDialog);
