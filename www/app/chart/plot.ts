import { css, html, LitElement, unsafeCSS } from "lit";
import { property } from "lit/decorators.js";
import uPlot from "uplot";
import uplotStyles from "uplot/dist/uPlot.min.css?inline";
import { define } from "../element/define";
import type { ChartModel } from "./curve";
import type { Ink } from "./marks";
import { dataOf, optionsOf, structureOf } from "./uplot-options";

/** A chart of curves: redrawn at most once a frame, as large as its own box. */
export class Plot extends LitElement {
  static override styles = [
    unsafeCSS(uplotStyles),
    css`
      :host {
        display: block;
        position: relative;
        min-block-size: 8rem;
      }
      div {
        position: absolute;
        inset: 0;
      }
    `,
  ];

  @property({ attribute: false }) model: ChartModel | undefined;
  /** What the picture shows, for those who do not see it. */
  @property() label = "";

  #plot: uPlot | undefined;
  #structure = "";
  #frame = 0;
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #resized = new ResizeObserver(() => this.#schedule());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#dark.addEventListener("change", this.#repaint);
    if (this.hasUpdated) this.#schedule();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#dark.removeEventListener("change", this.#repaint);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#discard();
  }

  override render() {
    return html`<div role="img" aria-label=${this.label}></div>`;
  }

  override updated(): void {
    this.#schedule();
  }

  #schedule(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** The colours of a band are part of the plot, so a change of theme builds it anew. */
  readonly #repaint = () => {
    this.#discard();
    this.#schedule();
  };

  #discard(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #draw(): void {
    this.#frame = 0;
    const { model, clientWidth: width, clientHeight: height } = this;
    if (!model || width === 0 || height === 0) return;
    const structure = structureOf(model);
    if (structure !== this.#structure) this.#discard();
    this.#structure = structure;
    if (!this.#plot) {
      this.#plot = new uPlot(this.#options(width, height), dataOf(model), this.#box());
      return;
    }
    if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
    this.#plot.setData(dataOf(model));
  }

  #options(width: number, height: number): uPlot.Options {
    const style = getComputedStyle(this);
    const ink: Ink = {
      colour: (name) => style.getPropertyValue(name),
      font: style.fontFamily,
    };
    return optionsOf(() => this.model as ChartModel, ink, { width, height });
  }

  #box(): HTMLElement {
    return this.renderRoot.querySelector("div") as HTMLElement;
  }
}

define("np-plot", Plot);
