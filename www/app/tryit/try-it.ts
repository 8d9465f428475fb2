import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { ruleHue, ruleLabel } from "../contract/rules";
import { nameOfClass, outputOf } from "../metrics/format";
import { divergedRules, Look, nothingSeen, oneOfEachRule, type Sight } from "../state/look";
import { define } from "../ui/define";
import { grey } from "../ui/paint";
import { shared } from "../ui/shared-styles";
import "../ui/picture";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import { insideStyles } from "../ui/picture-styles";
import "./pad";
import { type Answered, ranked, shownClasses } from "./answers";
import type { DrawnEvent } from "./pad";
import { prepare, type Stroke } from "./prepare";

/** With more classes than this, only those that some rule is surest of are shown. */
const MOST_CLASSES = 10;
/** A screen reader hears the answers when the pen and the networks have rested so long. */
const REST_MS = 1000;

type Image = { about: "image"; pixels: Uint8Array<ArrayBuffer> };

/** A drawing, and what each rule's network takes it for. */
export class TryIt extends LitElement {
  static override styles = [
    shared,
    insideStyles,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      .draw {
        display: grid;
        grid-template-columns: minmax(112px, 176px) minmax(56px, 1fr);
        gap: 12px;
        align-items: start;
      }
      /* So that the answers stand beside the drawing, and not below the screen. */
      @container (min-width: 992px) {
        .draw {
          grid-template-columns: minmax(96px, 136px) minmax(56px, 1fr);
        }
      }
      @container (992px <= width < 1200px) {
        .draw {
          grid-template-columns: 108px minmax(56px, 1fr);
        }
      }
      .side {
        display: grid;
        gap: 6px;
      }
      .side > :not(span) {
        inline-size: min(100%, 80px);
      }
      .side np-picture {
        border: 1px solid var(--np-line);
      }
      .answers {
        overflow-x: auto;
      }
      table {
        inline-size: 100%;
        border-collapse: separate;
        border-spacing: 2px 3px;
        font-variant-numeric: tabular-nums;
        table-layout: fixed;
      }
      th {
        padding: 0;
        font-size: 12px;
        font-weight: 600;
        line-height: 1.2;
        color: var(--np-muted);
        overflow: hidden; /* names of own classes may be long */
        white-space: nowrap;
      }
      th:first-child {
        inline-size: 98px; /* "DANP 7 100%" */
        text-align: start;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      tbody th {
        color: var(--np-ink);
      }
      .answer {
        font-size: 18px;
        color: var(--hue);
      }
      .sure {
        font-weight: 400;
      }
      td {
        padding: 0;
      }
      .bar {
        block-size: 26px;
        background: linear-gradient(var(--hue), var(--hue)) 0 100% / 100% calc(100% * var(--part)) no-repeat
          color-mix(in srgb, var(--hue) 10%, transparent);
        forced-color-adjust: none;
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunView[] = [];
  /** The size of the images that the networks read. */
  @property({ type: Number }) rows = 28;
  @property({ type: Number }) cols = 28;
  /** What the classes are called. */
  @property({ attribute: false }) names: readonly string[] = [];
  @state() private strokes: readonly Stroke[] = [];
  /** What a screen reader hears. */
  @state() private spoken = "";
  #image: Image | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  readonly #look: Look<Image> = new Look(this, () => {
    const question = this.#image;
    return question ? oneOfEachRule(this.runs).map((run) => ({ run, question })) : [];
  });

  override willUpdate(changed: PropertyValues): void {
    if (["strokes", "rows", "cols"].some((name) => changed.has(name))) this.#prepare();
    const words = this.#words;
    if (words === this.spoken) return;
    // Not what they said before, and not after every epoch.
    this.spoken = "";
    if (words && this.runs.every(({ status }) => status !== "running")) this.#speakLater();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override render() {
    const { rows, cols } = this;
    const { sights, problem } = this.#look;
    const shown = this.#image ? sights.map(answered) : [];
    return html`
      <div class="draw">
        <np-pad .strokes=${this.strokes} @drawn=${this.#draw}></np-pad>
        <div class="side">
          ${
            this.#image
              ? html`<span class="small">${later.tryIt.preview}</span>
                <np-picture
                  .colours=${grey(this.#image.pixels)}
                  .cols=${cols}
                  .label=${later.tryIt.previewOf(rows, cols)}
                ></np-picture>
                <button type="button" @click=${this.#clear}>${later.tryIt.clear}</button>`
              : html`<p class="small">${this.#hint}</p>`
          }
        </div>
      </div>
      ${shown.length > 0 ? table(shown, this.names) : this.#image ? html`<p class="small">${this.#hint}</p>` : nothing}
      ${shown.length > 0 && divergedRules(this.runs).length > 0 ? html`<p class="small">${nothingSeen(this.runs)}</p>` : nothing}
      ${problem && html`<p class="problem">${problem}</p>`}
      <p class="unseen" role="status">${this.spoken}</p>
    `;
  }

  get #hint(): string {
    return oneOfEachRule(this.runs).length > 0 ? later.tryIt.empty : nothingSeen(this.runs);
  }

  /** The image is the same object until it is another image: the look asks when it changes. */
  #prepare(): void {
    const { rows, cols } = this;
    this.#image =
      this.strokes.length > 0 ? { about: "image", pixels: prepare(this.strokes, rows, cols) } : null;
  }

  #draw({ strokes }: DrawnEvent): void {
    this.strokes = strokes;
    this.#speakLater();
  }

  #speakLater(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.spoken = this.#words;
    }, REST_MS);
  }

  #clear(): void {
    this.strokes = [];
    clearTimeout(this.#rest);
    this.renderRoot.querySelector("np-pad")?.shadowRoot?.querySelector("svg")?.focus();
  }

  /** What the table says. */
  get #words(): string {
    const shown = this.#image ? this.#look.sights.map(answered) : [];
    return shown
      .map(({ run, best, output }) =>
        later.tryIt.says(ruleLabel(run.algorithm), nameOfClass(this.names, best), outputOf(output, best)),
      )
      .join(", ");
  }
}

function answered({ run, answer }: Sight<Image>): Answered {
  return { run, output: answer, best: ranked(answer)[0] ?? 0 };
}

function table(shown: readonly Answered[], names: readonly string[]): TemplateResult {
  const classes = shownClasses(
    shown.map(({ output }) => output),
    MOST_CLASSES,
  );
  return html`<div class="answers" role="region" tabindex="0" aria-label=${later.tryIt.answers}>
    <table>
      <caption class="unseen">${later.tryIt.answers}</caption>
      <thead>
        <tr>
          <th scope="col">${later.tryIt.class}</th>
          ${classes.map((label) => html`<th scope="col" title=${nameOfClass(names, label)}>${nameOfClass(names, label)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${shown.map((answered) => line(answered, classes, names))}
      </tbody>
    </table>
  </div>`;
}

/** A rule's answer, how sure it is of it, and a bar for each class. */
function line(
  { run, best, output }: Answered,
  classes: readonly number[],
  names: readonly string[],
): TemplateResult {
  return html`<tr style=${`--hue: var(${ruleHue(run.algorithm)})`}>
    <th scope="row">
      ${ruleLabel(run.algorithm)} <span class="answer">${nameOfClass(names, best)}</span>
      <span class="sure">${outputOf(output, best)}</span>
    </th>
    ${classes.map((label) => bar(output, label))}
  </tr>`;
}

/** A linear output is no probability: it may lie below 0 or above 1, where the bar ends. */
function bar(output: Answered["output"], label: number): TemplateResult {
  const [value, said] = [output[label] ?? 0, outputOf(output, label)];
  const style = styleMap({ "--part": String(Math.min(1, Math.max(0, value))) });
  return html`<td>
    <div class="bar" style=${style} title=${said}></div>
    <span class="unseen">${said}</span>
  </td>`;
}

define("np-try-it", TryIt);
