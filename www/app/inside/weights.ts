import { css, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { FirstWeights } from "../contract/protocol";
import { ruleLabel } from "../contract/rules";
import { decimal } from "../metrics/format";
import { Look } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import * as text from "../text/text";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { diverging, mosaic } from "../ui/paint";
import { shared } from "../ui/shared-styles";
import "../ui/picture";
import { insideStyles } from "../ui/picture-styles";
import { scale, scaleStyles } from "../ui/scale";
import { OfOneRule } from "./rule-choice";

const ACROSS = 8;
const SHOWN = [
  ["learned", later.inside.learned],
  ["weights", later.inside.weights],
] as const;

/** The first layer's weights: for each unit an image of what it looks for. */
export class Weights extends OfOneRule {
  static override styles = [
    shared,
    insideStyles,
    scaleStyles,
    choiceStyles,
    css`
      figure > np-picture {
        max-inline-size: 480px;
      }
    `,
  ];

  /** Of the first layer; as many as come with the look are shown. */
  @property({ type: Number }) units = 0;
  @state() private shown: "learned" | "weights" = "learned";

  readonly #look = new Look(this, () => {
    const question = { about: "weights" as const, learned: this.shown === "learned" };
    return this.run ? [{ run: this.run, question }] : [];
  });

  override render() {
    const [sight] = this.#look.sights;
    return html`<figure aria-label=${text.charts.weights.label}>
      ${this.choice(text.charts.weights.label)}
      <div class="row">
        ${choice(later.inside.shownWeights, SHOWN, this.shown, (shown) => {
          this.shown = shown;
        })}
      </div>
      ${sight ? images(sight.answer, sight.run, this.units) : nothing}
      ${this.complaint(this.#look.problem)}
    </figure>`;
  }
}

function images({ rows, cols, values }: FirstWeights, { algorithm }: RunView, all: number): TemplateResult {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const picture = mosaic(values, rows, cols, ACROSS);
  const units = values.length / (rows * cols);
  const caption = later.inside.units(units, all, ruleLabel(algorithm), decimal(greatest));
  return html`
    <np-picture .colours=${diverging(picture.values, greatest)} .cols=${picture.cols} .label=${caption}></np-picture>
    ${scale(greatest, decimal)}
    <figcaption>${caption}</figcaption>
  `;
}

define("np-weights", Weights);
