import { css, html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { ImageShape, Mistake, TestAnswers } from "../contract/protocol";
import { ruleLabel } from "../contract/rules";
import { nameOfClass, percent } from "../metrics/format";
import { Look } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import * as text from "../text/text";
import { define } from "../ui/define";
import { grey } from "../ui/paint";
import { shared, tables } from "../ui/shared-styles";
import { type Confused, confusions, rightShare } from "./confusion";
import "../ui/picture";
import { insideStyles } from "../ui/picture-styles";
import { OfOneRule } from "./rule-choice";

/** With more classes the matrix would be a wall of numbers: the most frequent confusions take its place. */
const MOST_IN_MATRIX = 16;
const MOST_LISTED = 16;

/** How a rule's network answers on the test images: the confusion matrix, and images that it gets wrong. */
export class TestAnswersView extends OfOneRule {
  static override styles = [
    shared,
    tables,
    insideStyles,
    css`
      .matrix {
        max-inline-size: 480px;
        table-layout: fixed;
        font-size: 12px;
      }
      .matrix th,
      .matrix td {
        padding: 2px 0;
        text-align: center;
        border: 0;
        overflow: hidden; /* names of own classes may be long */
        white-space: nowrap;
      }
      .matrix td {
        background: color-mix(in srgb, var(--hue) calc(var(--part) * 50%), transparent);
      }
      .matrix td.none {
        color: var(--np-muted);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(51px, 1fr));
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        gap: 2px;
        justify-items: center;
        font-variant-numeric: tabular-nums;
      }
      li span {
        max-inline-size: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li np-picture {
        inline-size: 100%;
      }
    `,
  ];

  /** What the classes are called. */
  @property({ attribute: false }) names: readonly string[] = [];
  /** Whether network and test set are too large for all answers at once: nothing else is heard meanwhile. */
  @property({ type: Boolean }) large = false;

  readonly #look = new Look(this, () =>
    this.run && !this.large ? [{ run: this.run, question: { about: "test" as const } }] : [],
  );

  override render() {
    const [sight] = this.#look.sights;
    return html`<figure aria-label=${text.charts.answers.label}>
      ${this.choice(text.charts.answers.label)}
      ${sight ? view(sight.answer, sight.run, this.names) : nothing}
      ${this.complaint(this.large && this.run ? later.inside.tooLarge : this.#look.problem)}
    </figure>`;
  }
}

function view(answers: TestAnswers, { algorithm }: RunView, names: readonly string[]): TemplateResult {
  const { classes, confusion, mistakes } = answers;
  const rule = ruleLabel(algorithm);
  const images = confusion.reduce((sum, count) => sum + count, 0);
  const right = later.inside.right(rule, percent(rightShare(confusion, classes)), images);
  const isMatrix = classes <= MOST_IN_MATRIX;
  const all = isMatrix ? [] : confusions(confusion, classes);
  const shown = all.slice(0, MOST_LISTED);
  const title = isMatrix
    ? later.inside.confusion(rule)
    : later.inside.confusions(rule, shown.length, all.length);
  return html`
    <figcaption>${right} ${isMatrix ? later.inside.rowsAndColumns : `${title}.`}</figcaption>
    <div class="scroll" role="region" tabindex="0" aria-label=${title}>
      ${isMatrix ? matrix(answers, title, names) : list(shown, title, names)}
    </div>
    ${
      mistakes.length > 0
        ? html`<h3>${later.inside.mistakes(mistakes.length, rule)}</h3>
            <ul>
              ${mistakes.map((mistake) => mistakeItem(mistake, answers, names))}
            </ul>`
        : nothing
    }
  `;
}

function matrix(
  { classes, confusion }: TestAnswers,
  title: string,
  names: readonly string[],
): TemplateResult {
  const all = Array.from({ length: classes }, (_, index) => index);
  return html`<table class="matrix">
    <caption class="unseen">${title}</caption>
    <thead>
      <tr>
        <td></td>
        ${all.map((answer) => html`<th scope="col" title=${nameOfClass(names, answer)}>${nameOfClass(names, answer)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.map((truth) => {
        const counts = confusion.subarray(truth * classes, (truth + 1) * classes);
        const total = counts.reduce((sum, count) => sum + count, 0);
        return html`<tr>
          <th scope="row" title=${nameOfClass(names, truth)}>${nameOfClass(names, truth)}</th>
          ${all.map((answer) => cell(counts[answer] ?? 0, total, truth === answer))}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** Darker, the greater the share of its row: right answers in one colour, wrong ones in another. */
function cell(count: number, total: number, right: boolean): TemplateResult {
  const style = {
    "--part": String(total > 0 ? count / total : 0),
    "--hue": right ? "var(--np-right)" : "var(--np-warning)",
  };
  return html`<td class=${count === 0 ? "none" : ""} style=${styleMap(style)}>${count}</td>`;
}

function list(shown: readonly Confused[], title: string, names: readonly string[]): TemplateResult {
  return html`<table>
    <caption class="unseen">${title}</caption>
    <thead>
      <tr>
        <th scope="col">${later.inside.truth}</th>
        <th scope="col">${later.inside.answer}</th>
        <th scope="col">${later.inside.count}</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ truth, answer, count }) => html`<tr>
          <td>${nameOfClass(names, truth)}</td>
          <td>${nameOfClass(names, answer)}</td>
          <td>${count}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function mistakeItem(
  { index, truth, answer, pixels }: Mistake,
  { cols }: ImageShape,
  names: readonly string[],
): TemplateResult {
  const [wanted, given] = [nameOfClass(names, truth), nameOfClass(names, answer)];
  return html`<li>
    <np-picture
      .colours=${grey(pixels)}
      .cols=${cols}
      .label=${later.inside.mistake(index, wanted, given)}
    ></np-picture>
    <span aria-hidden="true">${wanted} → ${given}</span>
  </li>`;
}

define("np-test-answers", TestAnswersView);
