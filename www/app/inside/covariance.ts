import { css, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Covariance } from "../contract/protocol";
import { ruleLabel } from "../contract/rules";
import { decimal } from "../metrics/format";
import { Look } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import * as text from "../text/text";
import { define } from "../ui/define";
import { diverging } from "../ui/paint";
import { shared } from "../ui/shared-styles";
import "../ui/picture";
import { option } from "../ui/option";
import { insideStyles } from "../ui/picture-styles";
import { scale, scaleStyles } from "../ui/scale";
import { OfOneRule } from "./rule-choice";

/** How the inputs of a layer vary together, before and after the decorrelation. */
export class CovariancePictures extends OfOneRule {
  static override styles = [
    shared,
    insideStyles,
    scaleStyles,
    css`
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 10px;
        max-inline-size: 480px;
      }
      .pair > div {
        display: grid;
        align-content: start;
        gap: 3px;
      }
      np-picture {
        border: 1px solid var(--np-line);
      }
    `,
  ];

  @property({ type: Number }) layers = 1;
  /** Counted from 1. */
  @state() private layer = 1;

  readonly #look = new Look(this, () =>
    this.run ? [{ run: this.run, question: { about: "covariance" as const, layer: this.#shown - 1 } }] : [],
  );

  /** The chosen layer, unless the network has become too shallow for it. */
  get #shown(): number {
    return Math.min(this.layer, this.layers);
  }

  override render() {
    const [sight] = this.#look.sights;
    return html`<figure aria-label=${text.charts.covariance.label}>
      ${this.choice(text.charts.covariance.label)}
      <div class="row">
        <label>
          ${later.inside.layer}
          <select @change=${this.#choose}>
            ${Array.from({ length: this.layers }, (_, index) =>
              option(index + 1, text.curves.layer(index + 1), index + 1 === this.#shown),
            )}
          </select>
        </label>
        ${sight ? scale(greatest(sight.answer), decimal) : nothing}
      </div>
      ${sight ? pictures(sight.answer, sight.run) : nothing}
      ${this.complaint(this.#look.problem)}
    </figure>`;
  }

  #choose(event: Event): void {
    this.layer = Number((event.target as HTMLSelectElement).value);
  }
}

/** One scale for both pictures, set by the pairs before R: where the images are the inputs it never changes. */
function greatest({ inputs, before }: Covariance): number {
  return before.reduce(
    (most, value, i) => (onDiagonal(i, inputs.length) ? most : Math.max(most, Math.abs(value))),
    0,
  );
}

function pictures(covariance: Covariance, { algorithm }: RunView): TemplateResult {
  const { inputs, width, before, after } = covariance;
  const rule = ruleLabel(algorithm);
  const n = inputs.length;
  const most = greatest(covariance);
  return html`
    <div class="pair">
      ${picture(later.inside.before, before, n, most)}
      ${
        after
          ? picture(later.inside.after, after, n, most)
          : html`<p class="small">${later.inside.notDecorrelated(rule)}</p>`
      }
    </div>
    <figcaption>
      ${later.inside.inputsShown(n, width)} ${later.inside.offDiagonal(decimal(offDiagonal(before, n)))}
      ${after ? later.inside.offDiagonalAfter(decimal(offDiagonal(after, n))) : nothing}
    </figcaption>
  `;
}

function picture(title: string, values: Float32Array, n: number, most: number): TemplateResult {
  const label = later.inside.covariancePicture(title, decimal(offDiagonal(values, n)));
  return html`<div>
    <span class="small">${title}</span>
    <np-picture .colours=${diverging(values, most)} .cols=${n} .label=${label}></np-picture>
  </div>`;
}

/** The mean size of what stands off the diagonal. */
export function offDiagonal(values: Float32Array, n: number): number {
  const off = values.filter((_, i) => !onDiagonal(i, n));
  return off.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, off.length);
}

function onDiagonal(i: number, n: number): boolean {
  return i % n === Math.floor(i / n);
}

define("np-covariance", CovariancePictures);
