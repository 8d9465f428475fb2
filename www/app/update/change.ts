import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { inputOf, type SeenChange, type SeenUpdate } from "../contract/update";
import { decimal } from "../metrics/format";
import * as later from "../text/later";
import { define } from "../ui/define";
import { diverging, mosaic } from "../ui/paint";
import "../ui/picture";
import { scale, scaleStyles } from "../ui/scale";
import { shared } from "../ui/shared-styles";
import { greatestOf, sideBySide } from "./grid";

/** What an update changes in a layer: the weights of the unit that is looked at, and those of all. */
export class WeightChange extends LitElement {
  static override styles = [
    shared,
    scaleStyles,
    css`
      /* In one row, so that the networks below stay in sight. */
      .pictures {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 240px);
        align-items: start;
        gap: 14px;
      }
      figure {
        display: grid;
        gap: 3px;
        margin: 0;
      }
      figcaption {
        font-size: 12px;
        color: var(--np-muted);
      }
      np-picture {
        border: 1px solid var(--np-line);
      }
    `,
  ];

  @property({ attribute: false }) seen: SeenUpdate | undefined;
  @property({ attribute: false }) change: SeenChange | undefined;
  @property({ type: Number }) layer = 0;
  @property({ type: Number }) unit = 0;
  /** Of an image. */
  @property({ type: Number }) cols = 28;
  /** Whether it is R and the input that are shown, in place of the weights. */
  @property({ type: Boolean }) input = false;

  override render() {
    const { seen, change } = this;
    if (!seen || !change) return nothing;
    return this.input ? this.#input(seen, change) : this.#weights(seen, change);
  }

  #weights(seen: SeenUpdate, { before, after }: SeenChange) {
    const differences = after.weights.map((weight, i) => weight - (before.weights[i] ?? 0));
    const inputs = inputOf(seen, this.layer).length;
    const cols = this.#cols(inputs);
    const own = differences.subarray(this.unit * inputs, (this.unit + 1) * inputs);
    const units = sideBySide(this.layer, after.bias.length);
    const shown = differences.subarray(0, units * inputs);
    const whole = this.layer === 0 ? mosaic(shown, inputs / cols, cols, 8) : undefined;
    const all = whole ?? { values: shown, cols: inputs };
    const [most, mostOfOwn] = [greatestOf([shown]), greatestOf([own])];
    return html`<div class="pictures">
      ${picture(later.update.changeOfUnit(this.unit + 1, decimal(mostOfOwn)), own, cols, mostOfOwn)}
      ${picture(later.update.changeOfAll(units, after.bias.length), all.values, all.cols, most)}
    </div>
    ${scale(most, decimal)}`;
  }

  #input(seen: SeenUpdate, { decorrelated }: SeenChange) {
    const x = inputOf(seen, this.layer);
    const now = seen.layers[this.layer]?.decorrelated ?? x;
    const moved = decorrelated[this.layer]?.map((value, i) => value - (now[i] ?? 0));
    const cols = this.#cols(x.length);
    const most = greatestOf([x, now]);
    return html`<div class="pictures">
      ${picture(later.update.inputBefore, x, cols, most)}
      ${picture(later.update.inputAfter, now, cols, most)}
      ${moved ? picture(later.update.inputMoved(decimal(greatestOf([moved]))), moved, cols, greatestOf([moved])) : nothing}
    </div>
    ${scale(most, decimal)}`;
  }

  /** An image is shown as one, what a layer gives as a square. */
  #cols(inputs: number): number {
    return this.layer === 0 ? this.cols : Math.ceil(Math.sqrt(inputs));
  }
}

function picture(title: string, values: Float32Array, cols: number, greatest: number) {
  const whole = new Float32Array(Math.ceil(values.length / cols) * cols).fill(Number.NaN);
  whole.set(values);
  return html`<figure>
    <np-picture .colours=${diverging(whole, greatest)} .cols=${cols} .label=${title}></np-picture>
    <figcaption>${title}</figcaption>
  </figure>`;
}

define("np-weight-change", WeightChange);
