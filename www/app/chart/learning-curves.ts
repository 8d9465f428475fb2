import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Band } from "../metrics/aggregate";
import { AXES, type Axis } from "../metrics/axes";
import { type ChartModel, type Curve, PERCENTS, type Scale, titleOf, WHOLE } from "../metrics/curve";
import {
  asFarAs,
  type ChartRun,
  curvesOf,
  type Ghost,
  ghostCurves,
  longest,
  withChanges,
} from "../metrics/curves-of";
import { count, decimal, percent, seconds, wholePercent } from "../metrics/format";
import { accuracySight } from "../metrics/sights";
import { about } from "../ui/about";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared } from "../ui/shared-styles";
import { panel } from "./panel";
import "./plot";
import "./twin";
import * as text from "../text/text";
import { option } from "../ui/option";

const BANDS: readonly Band[] = ["min-max", "sd", "sem"];

type Images = "test" | "train";
type Measure = "acc" | "loss";

const ACCURACY = { tick: wholePercent, exact: percent, steps: PERCENTS };

const COST = { tick: count, exact: count };

const X: Record<Axis, Scale> = {
  epoch: { label: text.curves.x.epoch, tick: count, exact: count, steps: WHOLE },
  update: { label: text.curves.x.update, ...COST },
  forward_passes: { label: text.curves.x.forward_passes, ...COST },
  multiply_adds: { label: text.curves.x.multiply_adds, ...COST },
  seconds: { label: text.curves.x.seconds, tick: count, exact: seconds },
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
        min-block-size: var(--np-plot-size, max(224px, 40dvh));
      }
      /* Everything is on one screen, there, and the plot has half of it: what is between its axes, which take 58px. */
      @container (min-width: 992px) {
        np-plot {
          min-block-size: calc(45dvh + 58px);
        }
      }
      @container (min-width: 1200px) {
        np-plot {
          min-block-size: calc(55dvh + 58px);
        }
        /* All that is left in a low window: what stands below is in sight, too. */
        @media (height < 900px) {
          np-plot {
            min-block-size: max(45dvh + 58px, 100dvh - 344px);
          }
        }
      }
      @container (max-width: 639px) {
        .head {
          gap: 6px;
        }
        .head h2 {
          flex-basis: 50%;
          order: -2;
        }
        /* Two lines of choices, and the plot ends above the transport. */
        .axis span {
          position: absolute;
          clip-path: inset(50%);
        }
        /* On a high screen, all that the choices above and the transport below leave: no name of what follows lies half
           behind the transport. */
        np-plot {
          block-size: var(--np-plot-size, max(55vh, 100vh - 340px));
        }
        /* Room for all that it says in turn, so that what is below does not jump. */
        figcaption {
          min-block-size: 3lh;
        }
      }
      /* One line, beside which there is no room for more. */
      @container (992px <= width < 1360px) {
        .head {
          gap: 6px;
        }
        .axis span,
        :host(:not([alone])) h2 {
          position: absolute;
          clip-path: inset(50%);
        }
      }
      :host([bare]) :is(.head, np-twin) {
        display: none;
      }
      :host([bare]) figcaption {
        min-block-size: 0;
        line-height: 1.3;
        font-size: 12px;
      }
      /* As high as the name of its upright axis is long. */
      :host([bare]) np-plot {
        block-size: auto;
        min-block-size: 216px;
      }
      button[aria-pressed="true"] {
        background: var(--np-ink);
        color: var(--np-panel);
      }
      /* As wide as what is chosen, where the browser can: all on one line. */
      .axis select {
        field-sizing: content;
      }
      label.axis {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly ChartRun[] = [];
  @property({ attribute: false }) ghosts: readonly Ghost[] = [];
  /** A recording of the same runs, which goes along with them. */
  @property({ attribute: false }) recorded: Ghost | undefined;
  /** Whether it is drawn to its end, since there will be no race that it could give away. */
  @property({ type: Boolean }) ahead = false;
  /** What is to be said of them. */
  @property() note = "";
  @property({ type: Number }) epochs = 1;
  @property({ type: Number }) classes = 10;
  /** What the band over several seeds shows. */
  @property() band: Band = "min-max";
  @state() private images: Images = "test";
  @state() private measure: Measure = "acc";
  @state() private axis: Axis = "epoch";
  /** Whether there are only the curves, and what pale ones are: nothing to choose. */
  @property({ type: Boolean, reflect: true }) bare = false;
  /** Whether nothing else is to be seen: its text is then for all to read, also from the last row. */
  @property({ type: Boolean, reflect: true }) alone = false;
  /** Whether all accuracies are shown, from 0 to 100%. */
  @state() private whole = false;

  override render() {
    const model = this.figure;
    const label = text.curves.title(model.y.label, model.x.label);
    return html`<figure aria-labelledby="title" aria-details="twin" ${about("chart:learning")}>
      <div class="head">
        <h2 id="title">${text.charts.learning.label}</h2>
        ${choice(text.curves.images, IMAGES, this.images, (images) => {
          this.images = images;
        })}
        ${choice(text.curves.measure, MEASURES, this.measure, (measure) => {
          this.measure = measure;
        })}
        <label class="axis">
          <span class="muted">${text.curves.against}</span>
          <select @change=${this.#setAxis}>
            ${AXES.map((axis) => option(axis, X[axis].label, axis === this.axis))}
          </select>
        </label>
        ${this.measure === "acc" ? this.#whole() : nothing}
      </div>
      <np-plot .model=${model} .textSize=${this.alone ? 16 : 12} .label=${text.curves.picture(text.curves.title(titleOf(model.y), model.x.label))}></np-plot>
      <div class="foot">
        <figcaption>
          ${this.bare ? this.note : html`${text.curves.styles} ${this.note} ${severalSeeds(model.curves) ? this.#bands() : nothing}`}
        </figcaption>
        <np-twin id="twin" .model=${model} .label=${label}></np-twin>
      </div>
    </figure>`;
  }

  /** The sentence about the spread, in which the spread is chosen. */
  #bands() {
    const seeds = new Set(this.runs.map((run) => run.seed)).size;
    return html`${text.curves.mean(seeds)}
      <select aria-label=${text.curves.band} @change=${this.#setBand}>
        ${BANDS.map((band) => option(band, text.bands[band], band === this.band))}
      </select>`;
  }

  /** Between the part of the axis where the curves are and all of it. */
  #whole() {
    const press = () => {
      this.whole = !this.whole;
    };
    return html`<button type="button" aria-pressed=${this.whole} @click=${press}>${text.curves.whole}</button>`;
  }

  #setBand(event: Event): void {
    ask(this, "np-band", (event.target as HTMLSelectElement).value as Band);
  }

  #setAxis(event: Event): void {
    this.axis = (event.target as HTMLSelectElement).value as Axis;
  }

  /** What it shows, as it is set. */
  get figure(): ChartModel {
    const kind = `${this.images}_${this.measure}` as const;
    const drawn = curvesOf(this.runs, { kind }, this.axis, this.band);
    const curves = [...ghostCurves(this.#ghosts(), { kind }, this.axis), ...withChanges(drawn, this.runs)];
    const name = text.curves.y[kind];
    const epochs = longest(this.epochs, this.ghosts);
    const x: Scale = this.axis === "epoch" ? { ...X.epoch, range: () => [0, epochs] } : X[this.axis];
    // As many images of each class: whoever guesses is right once in so many times.
    const reference = { at: 1 / this.classes, label: text.curves.chance, side: "right" } as const;
    if (this.measure === "acc") return { curves, x, y: this.#accuracy(name, curves), reference };
    return { curves, x, y: { label: name, tick: decimal, exact: decimal, range: lossRange(curves) } };
  }

  #ghosts(): readonly Ghost[] {
    const { recorded, ahead, runs, ghosts } = this;
    return recorded ? [ahead ? recorded : asFarAs(recorded, runs), ...ghosts] : ghosts;
  }

  #accuracy(label: string, curves: readonly Curve[]): Scale {
    const sight: [number, number] = this.whole ? [0, 1] : accuracySight(curves);
    const [least, greatest] = sight;
    const part = text.curves.part(wholePercent(least), wholePercent(greatest));
    return { label, part, ...ACCURACY, range: () => sight };
  }
}

const IMAGES = [
  ["test", text.curves.test],
  ["train", text.curves.train],
] as const;

const MEASURES = [
  ["acc", text.curves.accuracy],
  ["loss", text.curves.loss],
] as const;

/** A run that diverges would press all others flat: what rises far above the first losses leaves the picture. */
function lossRange(curves: readonly Curve[]): Scale["range"] {
  const first = Math.max(0, ...curves.map(({ y }) => y.find((value) => value !== null) ?? 0));
  return (_, greatest) => [0, Math.min(greatest, 1.5 * first) || 1];
}

function severalSeeds(curves: readonly Curve[]): boolean {
  return curves.some((curve) => curve.band);
}

define("np-learning-curves", LearningCurves);
