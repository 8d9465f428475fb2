import { css, html, LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import type { Band, Metric } from "../metrics/aggregate";
import { type ChartModel, type Curve, WHOLE } from "../metrics/curve";
import { type ChartRun, curvesOf, type Ghost, ghostCurves, longest } from "../metrics/curves-of";
import { count, decimal, degrees, power, wholeDegrees } from "../metrics/format";
import { angleSight } from "../metrics/sights";
import { define } from "../ui/define";
import { shared } from "../ui/shared-styles";
import { panel } from "./panel";
import "./plot";
import "./twin";
import * as text from "../text/text";
import { option } from "../ui/option";

type Quantity = "alignment" | "decorrelation";

interface View {
  metric: (layer: number) => Metric;
  y: (curves: readonly Curve[]) => ChartModel["y"];
  reference?: ChartModel["reference"];
  /** Whether it can also be taken over the network as a whole. */
  whole?: Metric;
}

const VIEWS: Record<Quantity, View> = {
  alignment: {
    metric: (layer) => ({ kind: "alignment", layer }),
    whole: { kind: "alignment", layer: "network" },
    y: (curves) => ({
      label: "",
      tick: wholeDegrees,
      exact: degrees,
      steps: WHOLE,
      range: () => angleSight(curves),
    }),
    reference: { at: 90, label: text.curves.random, side: "left" },
  },
  decorrelation: {
    metric: (layer) => ({ kind: "decorrelation_loss", layer }),
    y: () => ({ label: "", tick: power, exact: decimal, logarithmic: true }),
  },
};

/** A quantity of the inside of the networks, layer by layer, against epochs. */
export class LayerChart extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      .head {
        justify-content: flex-end;
        margin-block-start: var(--np-beside-heading, 0);
      }
      np-plot {
        flex: 1 1 auto;
        /* Never less than its names need, one below the other, with the axis below them. */
        min-block-size: max(152px, calc(60px + var(--names) * 13px));
      }
    `,
  ];

  @property() quantity: Quantity = "alignment";
  @property({ attribute: false }) runs: readonly ChartRun[] = [];
  @property({ attribute: false }) ghosts: readonly Ghost[] = [];
  @property({ type: Number }) epochs = 1;
  @property({ type: Number }) layers = 1;
  @property() band: Band = "min-max";
  /** Counted from 1; 0 stands for the network as a whole. */
  @state() private layer = 0;

  override render() {
    const { label } = text.charts[this.quantity];
    const model = this.#model();
    return html`<figure aria-label=${label} aria-details="twin">
      <div class="head">
        <select aria-label=${text.curves.layerOf(label)} @change=${this.#choose}>
          ${this.#layers().map((layer) => option(layer, layerName(layer), layer === this.#shown))}
        </select>
      </div>
      <np-plot
        style="--names: ${model.curves.length}"
        .model=${model}
        .label=${text.curves.picture(text.curves.afterEachEpoch(label.toLowerCase()))}
      ></np-plot>
      <np-twin id="twin" .model=${model} .label=${label}></np-twin>
    </figure>`;
  }

  /** What it shows, as it is set, with the name that is its heading on the page. */
  get figure(): ChartModel {
    const model = this.#model();
    const label = text.curves.partOf(text.charts[this.quantity].label, layerName(this.#shown));
    return { ...model, y: { ...model.y, label } };
  }

  #layers(): number[] {
    const layers = Array.from({ length: this.layers }, (_, index) => index + 1);
    return VIEWS[this.quantity].whole ? [0, ...layers] : layers;
  }

  /** The chosen layer, unless the network has become too shallow for it. */
  get #shown(): number {
    const layers = this.#layers();
    return layers.includes(this.layer) ? this.layer : (layers[0] ?? 0);
  }

  #choose(event: Event): void {
    this.layer = Number((event.target as HTMLSelectElement).value);
  }

  #model(): ChartModel {
    const { metric, whole, y, reference } = VIEWS[this.quantity];
    const epochs = longest(this.epochs, this.ghosts);
    const shown = whole && this.#shown === 0 ? whole : metric(this.#shown);
    const curves = [
      ...ghostCurves(this.ghosts, shown, "epoch"),
      ...curvesOf(this.runs, shown, "epoch", this.band),
    ];
    return {
      curves,
      x: { label: text.curves.x.epoch, tick: count, exact: count, steps: WHOLE, range: () => [0, epochs] },
      y: y(curves),
      ...(reference && { reference }),
    };
  }
}

function layerName(layer: number): string {
  return layer === 0 ? text.curves.network : text.curves.layer(layer);
}

define("np-layer-chart", LayerChart);
