import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { type Config, defaults, SCHEMA } from "../contract/config";
import { toLink } from "../contract/url";
import { DATA_URL } from "../dataset/data-url";
import * as later from "../text/later";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { dialogStyles } from "../ui/dialog-styles";
import { shared } from "../ui/shared-styles";

/** The site that this script belongs to. */
const SITE = new URL("../", DATA_URL).href;

/** The script that holds everything, which goes beside the page that shows it. */
const SINGLE = "np-playground.single.js";

const FORMS = [
  ["min", later.embed.small],
  ["full", later.embed.whole],
] as const;

type FormName = (typeof FORMS)[number][0];

const singleFor = html`${later.embed.singleFor} <a href=${SITE + SINGLE} download>${SINGLE}</a>`;

/** What tells the preview's own page of it, and is not meant for the page around the dialog. */
const TOLD = ["np-epoch", "np-done", "np-error", "np-config", "np-visit", "np-prefer"];

const FRAME_HEIGHT: Record<FormName, number> = { min: 402, full: 900 };

/** Ways to show these settings elsewhere, each to be copied, and what it will look like. */
export class EmbedDialog extends LitElement {
  static override styles = [
    shared,
    choiceStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(720px, calc(100vw - 32px));
      }
      .head,
      .way {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 6px 12px;
        margin-block: 12px 6px;
      }
      .head {
        margin-block-start: 0;
      }
      p {
        font-size: 13px;
      }
      textarea {
        display: block;
        inline-size: 100%;
        padding: 8px;
        border: 1px solid var(--np-line);
        border-radius: var(--np-radius);
        background: var(--np-ground);
        color: inherit;
        font: 12px/1.5 ui-monospace, monospace;
        resize: vertical;
        field-sizing: content; /* where a browser knows it; else by lines */
      }
      .preview {
        margin-block-start: 16px;
        max-block-size: 420px;
        overflow: auto;
      }
      .preview np-playground {
        --np-block-size: 400px;
      }
      .end {
        display: flex;
        justify-content: space-between;
        align-items: center;
        margin-block-start: 16px;
      }
    `,
  ];

  /** What is to be shown. */
  @property({ attribute: false }) config: Config = defaults();
  @state() private form: FormName = "min";
  /** What became of the last copy. */
  @state() private said = "";

  override render() {
    const { config, form } = this;
    return html`<dialog aria-labelledby="title" @close=${() => this.remove()}>
      <div class="head">
        <h2 id="title">${later.embed.title}</h2>
        ${choice(later.embed.form, FORMS, form, (chosen) => {
          this.form = chosen;
        })}
      </div>
      ${this.#way(later.embed.element, later.embed.elementFor, elementCode(config, form, `${SITE}np-playground.js`))}
      ${this.#way(later.embed.frame, later.embed.frameFor, frameCode(config, form))}
      ${this.#way(later.embed.single, singleFor, elementCode(config, form, SINGLE))}
      ${this.#way(later.embed.markdown, later.embed.markdownFor, markdownCode(config))}
      <div class="preview" role="region" aria-label=${later.embed.preview} tabindex="0">
        ${form === "min" ? html`<np-playground controls="min"></np-playground>` : nothing}
      </div>
      <div class="end">
        <span class="muted" role="status">${this.said}</span>
        <button type="button" autofocus @click=${() => this.renderRoot.querySelector("dialog")?.close()}>
          ${later.help.close}
        </button>
      </div>
    </dialog>`;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
    const preview = this.renderRoot.querySelector(".preview");
    for (const name of TOLD) preview?.addEventListener(name, (event) => event.stopPropagation());
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("form") || changed.has("config"))
      void this.renderRoot.querySelector("np-playground")?.configure(this.config);
  }

  #way(label: string, what: string | TemplateResult, code: string) {
    const rows = code.split("\n").length + 1;
    return html`<div class="way">
        <strong>${label}</strong>
        <button type="button" aria-label=${later.embed.copyOf(label)} @click=${this.#copy}>${later.embed.copy}</button>
      </div>
      <p class="muted">${what}</p>
      <textarea readonly rows=${rows} aria-label=${label} spellcheck="false" .value=${code}></textarea>`;
  }

  /** Where the clipboard is closed to the page, as in some frames, the text is selected for the reader's own keys. */
  async #copy({ target }: Event): Promise<void> {
    const box = (target as Element).closest(".way")?.nextElementSibling?.nextElementSibling;
    if (!(box instanceof HTMLTextAreaElement)) return;
    try {
      await navigator.clipboard.writeText(box.value);
      this.said = later.embed.copied;
    } catch {
      box.focus();
      box.select();
      this.said = later.embed.selected;
    }
  }
}

/** Opens the dialog over everything; it goes when it is closed. */
export function openEmbedDialog(place: ParentNode, config: Config): void {
  const dialog = new EmbedDialog();
  dialog.config = config;
  place.append(dialog);
}

function elementCode(config: Config, form: FormName, script: string): string {
  const attributes = [...(form === "min" ? ['controls="min"'] : []), ...settingsOf(config)];
  return `<script type="module" src="${script}"></script>
<np-playground ${attributes.join(" ")}>
  ${later.embed.missing(`<a href="${escaped(SITE + hashOf(config))}">NP Playground</a>`)}
</np-playground>`;
}

function frameCode(config: Config, form: FormName): string {
  const address = `${SITE}embed.html${form === "min" ? "?controls=min" : ""}${hashOf(config)}`;
  return `<iframe src="${escaped(address)}"
  width="100%" height="${FRAME_HEIGHT[form]}" style="border: 0" title="NP Playground"></iframe>`;
}

function markdownCode(config: Config): string {
  return `[![${later.embed.picture}](${SITE}preview.png)](${SITE}${hashOf(config)})`;
}

function hashOf(config: Config): string {
  return `#${toLink(config)}`;
}

/** Settings that differ from the defaults, as attributes. */
function settingsOf(config: Config): string[] {
  const standard = defaults();
  return SCHEMA.fields.flatMap(({ name }) => {
    const [value, usual] = [textOf(config[name]), textOf(standard[name])];
    const quote = value.includes('"') ? "'" : '"';
    return value === usual ? [] : [`${name}=${quote}${value}${quote}`];
  });
}

/** Lists of plain values have commas between them; what else is no plain value is JSON. */
function textOf(value: Config[keyof Config]): string {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function escaped(code: string): string {
  return code.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

define("np-embed-dialog", EmbedDialog);
