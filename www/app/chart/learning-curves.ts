import { css, html, LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../element/define";
import { ask } from "../element/events";
import { shared } from "../element/shared-styles";
import { CHARTS } from "../explain/charts";
import { count, decimal, percent, seconds, wholePercent } from "../explain/format";
import { AXES, type Axis } from "../metrics/axes";
import { choice, choiceStyles } from "./choice";
import type { ChartModel, Curve, Scale } from "./curve";
import { type ChartRun, curvesOf, withChanges } from "./curves-of";
import { panel } from "./panel";
import "./plot";
import "./twin";

type Images = "test" | "train";
type Measure = "acc" | "loss";

/** Ten digits, as many of each: whoever guesses is right once in ten times. */
const CHANCE = { at: 0.1, label: "chance" };

const ACCURACY = { tick: wholePercent, exact: percent, range: (): [number, number] => [0, 1] };

const COST = { tick: count, exact: count };

const X: Record<Axis, Scale> = {
  epoch: { label: "epoch", tick: count, exact: count, whole: true },
  forward_passes: { label: "forward passes", ...COST },
  multiply_adds: { label: "multiply-adds", ...COST },
  seconds: { label: "seconds of training", tick: count, exact: seconds },
};

/** Accuracy or loss, of test or training images, against progress or cost. */
export class LearningCurves extends LitElement {
  static override styles = [
    shared,
    panel,
    choiceStyles,
    css`
      .head {
        flex-wrap: wrap;
      }
      np-plot {
        flex: 1 1 auto;
        min-block-size: 14rem;
      }
      @container (max-width: 639px) {
        .head h2 {
          flex-basis: 100%;
        }
        np-plot {
          block-size: 55vh;
        }
      }
      label.axis {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly ChartRun[] = [];
  @property({ type: Number }) epochs = 1;
  @state() private images: Images = "test";
  @state() private measure: Measure = "acc";
  @state() private axis: Axis = "epoch";

  override render() {
    const model = this.#model();
    const label = `${model.y.label} against ${model.x.label}`;
    return html`<figure aria-labelledby="title" @focusin=${() => ask(this, "np-focus", "chart:learning")}>
      <div class="head">
        <h2 id="title">${CHARTS.learning.label}</h2>
        ${choice("Images", IMAGES, this.images, (images) => {
          this.images = images;
        })}
        ${choice("Measure", MEASURES, this.measure, (measure) => {
          this.measure = measure;
        })}
        <label class="axis">
          <span class="muted">against</span>
          <select @change=${this.#setAxis}>
            ${AXES.map((axis) => html`<option value=${axis} ?selected=${axis === this.axis}>${X[axis].label}</option>`)}
          </select>
        </label>
      </div>
      <np-plot .model=${model} .label="Chart: ${label}. Its values are in the table below."></np-plot>
      <figcaption>${caption(model.curves, this.runs)}</figcaption>
      <np-twin .model=${model} .label=${label}></np-twin>
    </figure>`;
  }

  #setAxis(event: Event): void {
    this.axis = (event.target as HTMLSelectElement).value as Axis;
  }

  #model(): ChartModel {
    const drawn = curvesOf(this.runs, { kind: `${this.images}_${this.measure}` }, this.axis);
    const curves = withChanges(drawn, this.runs);
    const name = `${this.images === "test" ? "Test" : "Training"} ${this.measure === "acc" ? "accuracy" : "loss"}`;
    const { epochs } = this;
    const x: Scale = this.axis === "epoch" ? { ...X.epoch, range: () => [0, epochs] } : X[this.axis];
    if (this.measure === "acc") return { curves, x, y: { label: name, ...ACCURACY }, reference: CHANCE };
    return { curves, x, y: { label: name, tick: decimal, exact: decimal, range: lossRange(curves) } };
  }
}

const IMAGES = [
  ["test", "Test"],
  ["train", "Train"],
] as const;

const MEASURES = [
  ["acc", "Accuracy"],
  ["loss", "Loss"],
] as const;

/** A run that diverges would press all others flat: what rises far above the first losses leaves the picture. */
function lossRange(curves: readonly Curve[]): Scale["range"] {
  const first = Math.max(0, ...curves.map(({ y }) => y.find((value) => value !== null) ?? 0));
  return (_, greatest) => [0, Math.min(greatest, 1.5 * first) || 1];
}

function caption(curves: readonly Curve[], runs: readonly ChartRun[]): string {
  const styles = "Dashed: plain rules. Solid: on decorrelated inputs.";
  const seeds = new Set(runs.map((run) => run.seed)).size;
  const bands = curves.some((curve) => curve.band);
  return bands ? `${styles} Mean of up to ${seeds} seeds, in a band from the least to the greatest.` : styles;
}

define("np-learning-curves", LearningCurves);
