import { css, html, LitElement, nothing, type PropertyValues, unsafeCSS } from "lit";
import { property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import uPlot from "uplot";
import uplotStyles from "uplot/dist/uPlot.min.css?inline";
import type { ChartModel } from "../metrics/curve";
import { define } from "../ui/define";
import { drawInFrame, forgetDrawing } from "../ui/frames";
import { onRecolour } from "../ui/recolour";
import { moved, nearest, placeWords, readingsAt, sentenceAt, stopsOf } from "./cursor";
import { type Ink, scaleOf } from "./marks";
import { dataOf, optionsOf, structureOf } from "./uplot-options";

/** How far each key moves the cursor, in stops. */
const MOVES: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * A chart of curves: redrawn at most once a frame, as large as its own box. Its cursor follows the pointer, or the
 * arrow keys, and is a slider for whoever cannot see it: each place is read aloud with its values.
 */
export class Plot extends LitElement {
  static override styles = [
    unsafeCSS(uplotStyles),
    css`
      :host {
        display: block;
        position: relative;
        min-block-size: 128px;
      }
      .box {
        position: absolute;
        inset: 0;
        overflow: clip; /* until the plot has the size of a window that has just become smaller */
      }
      .box:focus-visible {
        outline: 2px solid var(--np-focus);
        outline-offset: 2px;
        border-radius: 2px;
      }
      .line {
        position: absolute;
        inline-size: 1px;
        background: var(--np-edge);
        pointer-events: none;
      }
      .readings {
        position: absolute;
        z-index: 1;
        display: grid;
        grid-template-columns: auto auto auto;
        gap: 0 6px;
        align-items: center;
        padding: 5px 8px;
        border: 1px solid var(--np-line);
        border-radius: var(--np-radius);
        background: var(--np-panel);
        line-height: 1.3;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        pointer-events: none;
      }
      .readings strong {
        grid-column: 1 / -1;
      }
      .readings i {
        inline-size: 18px;
        border-block-start: 2px solid;
        forced-color-adjust: none;
      }
      .readings .dashed {
        border-block-start-style: dashed;
      }
      .value {
        text-align: end;
      }
    `,
  ];

  @property({ attribute: false }) model: ChartModel | undefined;
  /** What the picture shows, for those who do not see it. */
  @property() label = "";
  /** Of the numbers and names, in pixels. */
  @property({ type: Number }) textSize = 12;
  /** Where the cursor stands on the x-axis. */
  @state() private at: number | null = null;

  #plot: uPlot | undefined;
  #structure = "";
  #size = { width: 0, height: 0 };
  #unwatch = () => {};
  readonly #resized = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    this.#size = { width: Math.floor(width), height: Math.floor(height) };
    this.#schedule();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#unwatch = onRecolour(this.#repaint);
    if (this.hasUpdated) this.#schedule();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#unwatch();
    forgetDrawing(this.#draw);
    this.#discard();
  }

  override render() {
    const { model, at } = this;
    const stops = model ? stopsOf(model) : [];
    const shown = at ?? stops.at(-1) ?? null;
    return html`<div
        class="box"
        role="slider"
        tabindex="0"
        aria-label=${this.label}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, stops.length - 1)}
        aria-valuenow=${shown === null ? 0 : stops.indexOf(shown)}
        aria-valuetext=${model ? sentenceAt(model, shown) : nothing}
        @keydown=${this.#move}
        @focus=${this.#begin}
        @blur=${this.#end}
        @pointermove=${this.#point}
        @pointerdown=${this.#point}
        @pointerleave=${this.#end}
      ></div>
      ${model && at !== null ? this.#cursor(model, at) : nothing}`;
  }

  /** The curves may have moved, or gone, from under the cursor. */
  override willUpdate(changed: PropertyValues): void {
    if (this.model && this.at !== null && changed.has("model")) {
      this.at = nearest(stopsOf(this.model), this.at);
    }
  }

  override updated(changed: PropertyValues): void {
    if (changed.get("textSize")) this.#discard();
    if (changed.has("model") || changed.has("textSize")) this.#schedule();
  }

  /** A line at the place, and what every curve has there: on the side and in the half with more room. */
  #cursor(model: ChartModel, at: number) {
    const plot = this.#plot;
    if (!plot) return nothing;
    const { left, top, height } = insideOf(plot);
    const x = left + plot.valToPos(at, "x");
    const readings = readingsAt(model, at);
    const line = { left: `${x}px`, top: `${top}px`, height: `${height}px` };
    const beside = x > plot.width / 2 ? { right: `${plot.width - x + 8}px` } : { left: `${x + 8}px` };
    const heights = readings.map(({ value }) => plot.valToPos(value, "y"));
    const free = heights.filter((y) => y < height / 2).length > heights.length / 2 ? "bottom" : "top";
    const away = free === "top" ? { top: `${top + 4}px` } : { bottom: `${plot.height - top - height + 4}px` };
    return html`<div class="line" style=${styleMap(line)}></div>
      <div class="readings" aria-hidden="true" style=${styleMap({ ...beside, ...away, fontSize: `${this.textSize}px` })}>
        <strong>${placeWords(model, at)}</strong>
        ${readings.map(
          ({ curve, value }) => html`<i
              class=${curve.dashed ? "dashed" : ""}
              style=${styleMap({ color: `var(${curve.colour})` })}
            ></i
            ><span>${curve.label}</span><span class="value">${model.y.exact(value)}</span>`,
        )}
      </div>`;
  }

  readonly #begin = () => {
    if (this.model) this.at ??= moved(stopsOf(this.model), null, 0);
  };

  /** The cursor goes with the pointer, unless the keyboard holds it. */
  readonly #end = (event: Event) => {
    const held = event.type === "pointerleave" && this.renderRoot.querySelector(":focus-visible") !== null;
    if (!held) this.at = null;
  };

  readonly #point = (event: PointerEvent) => {
    const plot = this.#plot;
    if (!plot || !this.model) return;
    const place = plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, "x");
    this.at = nearest(stopsOf(this.model), place);
  };

  readonly #move = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!this.model || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.at = null;
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own arrow keys are not meant
    this.at = moved(stopsOf(this.model), this.at, by);
  };

  #schedule(): void {
    drawInFrame(this.#draw);
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

  /** The size comes from the observer: to ask for it here would make the browser lay out the page at once. */
  readonly #draw = () => {
    const { model } = this;
    const { width, height } = this.#size;
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
    if (this.at !== null) this.requestUpdate(); // the scales may have moved below the cursor
  };

  #options(width: number, height: number): uPlot.Options {
    const style = getComputedStyle(this);
    const colours = new Map<string, string>();
    const colour = (name: string) => {
      const known = colours.get(name) ?? style.getPropertyValue(name);
      colours.set(name, known);
      return known;
    };
    const ink: Ink = { colour, font: style.fontFamily, size: this.textSize };
    return optionsOf(() => this.model as ChartModel, ink, { width, height });
  }

  #box(): HTMLElement {
    return this.renderRoot.querySelector("div") as HTMLElement;
  }
}

/** The area within the axes, in the page's pixels. */
function insideOf(plot: uPlot): { left: number; top: number; height: number } {
  const unit = scaleOf(plot);
  return { left: plot.bbox.left / unit, top: plot.bbox.top / unit, height: plot.bbox.height / unit };
}

define("np-plot", Plot);
