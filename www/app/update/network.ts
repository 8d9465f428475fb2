import { css, html, LitElement, nothing, type PropertyValues, render, svg } from "lit";
import { property } from "lit/decorators.js";
import { type SeenUpdate, seenInputOf } from "../contract/update";
import { decimal, nameOfClass } from "../metrics/format";
import * as later from "../text/later";
import { define } from "../ui/define";
import { grey, tint } from "../ui/paint";
import { shared } from "../ui/shared-styles";
import "../ui/picture";
import { type Cells, cellStyles, cells } from "./cells";
import { centreOf, type Grid, greatestOf, gridOf, neighbour, strongestInputs } from "./grid";
import { MOST_BARS, outputStyles, outputs } from "./outputs";
import { type Plane, sizesOf } from "./stages";
import type { UnitPlace } from "./worked";

/** Lines from the strongest inputs of a unit. */
const LINES = 8;

/** The weights of a layer, unit by unit. */
export interface LayerWeights {
  layer: number;
  weights: Float32Array;
}

/** One image on its way through a network: the image, every layer's units, the outputs. */
export class UpdateNetwork extends LitElement {
  static override styles = [
    shared,
    cellStyles,
    outputStyles,
    css`
      .flow {
        position: relative;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(80px, 1fr));
        align-items: center;
        gap: clamp(8px, 2.2cqi, 26px);
      }
      .column {
        display: grid;
        gap: 4px;
        min-inline-size: 0;
      }
      .name {
        font-size: 12px;
        color: var(--np-muted);
      }
      .units {
        display: block;
        max-inline-size: 176px;
        border-radius: 4px;
        cursor: crosshair;
      }
      np-picture {
        max-inline-size: 132px;
        border: 1px solid var(--np-line);
      }
      .wires {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        overflow: visible;
        pointer-events: none;
      }
      .wires path {
        fill: none;
        stroke-linecap: round;
      }
      /* Upright on a phone. */
      @container (max-width: 399px) {
        .flow {
          grid-template-columns: minmax(0, 1fr);
          gap: 12px;
        }
        .units,
        np-picture {
          max-inline-size: 200px;
        }
        .units.bars-of {
          max-inline-size: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) seen: SeenUpdate | undefined;
  @property({ attribute: false }) plane: Plane | undefined;
  @property({ type: Number }) cols = 28;
  /** What the classes are called. */
  @property({ attribute: false }) names: readonly string[] = [];
  @property({ attribute: false }) focusOn: UnitPlace | undefined;
  /** Of the layer of that unit, as soon as they are known. */
  @property({ attribute: false }) weights: LayerWeights | undefined;
  /** Whose network it is. */
  @property() rule = "";

  /** The lines are drawn from where things stand on the screen. */
  readonly #resized = new ResizeObserver(() => this.#wire());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override render() {
    const { seen, plane } = this;
    if (!seen || !plane) return nothing;
    const label = nameOfClass(this.names, seen.label);
    return html`<div class="flow">
      <div class="column">
        <span class="name">${later.update.image(label)}</span>
        <np-picture .colours=${grey(seen.pixels)} .cols=${this.cols} .label=${later.update.imageOf(label, seen.sample + 1, seen.batch)}></np-picture>
      </div>
      ${seen.layers.map((_, layer) => this.#layer(seen, plane, layer))}
      <svg class="wires" aria-hidden="true"></svg>
    </div>`;
  }

  override updated(_changed: PropertyValues): void {
    this.#wire();
  }

  gridOf(layer: number): Grid {
    const { seen, plane } = this;
    const last = layer === (seen?.layers.length ?? 0) - 1;
    return gridOf(plane?.values[layer] ?? [], last ? MOST_BARS : undefined);
  }

  #layer(seen: SeenUpdate, plane: Plane, layer: number) {
    const grid = this.gridOf(layer);
    const last = layer === seen.layers.length - 1;
    const size = last ? "bars" : "cells";
    const model: Cells = {
      ...{ grid, values: plane.values[layer] ?? [], greatest: sizesOf(plane.values)[size] },
      ...{ marks: plane.marks?.[layer], greatestMark: sizesOf(plane.marks ?? [])[size] },
      focus: this.focusOn?.layer === layer ? this.focusOn.unit : undefined,
    };
    const name = last ? later.update.outputs : later.update.layer(layer + 1);
    const count = later.update.units(grid.units.length, grid.all);
    return html`<div class="column">
      <span class="name">${name} · ${count}</span>
      <div
        class="units ${last ? "bars-of" : ""}"
        tabindex="0"
        role="application"
        aria-label=${later.update.unitsOf(this.rule, name, count)}
        data-layer=${layer}
        @pointermove=${(event: PointerEvent) => this.#point(event, layer)}
        @pointerdown=${(event: PointerEvent) => this.#point(event, layer)}
        @focus=${() => this.#look(layer, model.focus ?? grid.units[0])}
        @keydown=${(event: KeyboardEvent) => this.#press(event, layer, grid)}
      >
        ${last ? outputs(model, seen.label, this.names) : cells(model)}
      </div>
    </div>`;
  }

  #point(event: PointerEvent, layer: number): void {
    const unit = (event.target as Element).closest("[data-unit]")?.getAttribute("data-unit");
    if (unit !== null && unit !== undefined) this.#look(layer, Number(unit));
  }

  /** In a column of bars the arrows lead up and down. */
  #press(event: KeyboardEvent, layer: number, grid: Grid): void {
    const last = layer === (this.seen?.layers.length ?? 0) - 1;
    const from = this.focusOn?.layer === layer ? this.focusOn.unit : -1;
    const next = neighbour(last ? { ...grid, cols: 1 } : grid, from, event.key);
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    this.#look(layer, next);
  }

  #look(layer: number, unit: number | undefined): void {
    if (unit === undefined || (this.focusOn?.layer === layer && this.focusOn.unit === unit)) return;
    this.dispatchEvent(new CustomEvent<UnitPlace>("np-unit", { detail: { layer, unit } }));
  }

  /** From the strongest inputs of the unit that is looked at to it. */
  #wire(): void {
    const wires = this.renderRoot.querySelector<SVGElement>(".wires");
    if (wires) render(this.#lines(wires.getBoundingClientRect()), wires);
  }

  #lines({ left, top }: DOMRect) {
    const { seen, focusOn, weights } = this;
    if (!seen || !focusOn || weights?.layer !== focusOn.layer) return nothing;
    const input = seenInputOf(seen, focusOn.layer);
    const row = weights.weights.subarray(focusOn.unit * input.length, (focusOn.unit + 1) * input.length);
    const strongest = strongestInputs(row, input, LINES);
    const greatest = greatestOf([strongest.map(({ share }) => share)]);
    const to = this.#spot(focusOn);
    return strongest.map(({ input, share }) => {
      const from = this.#spot({ layer: focusOn.layer - 1, unit: input });
      if (!from || !to) return nothing;
      const [x1, y1, x2, y2] = [from[0] - left, from[1] - top, to[0] - left, to[1] - top];
      const middle = (x1 + x2) / 2;
      const curve = `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
      return svg`<path d=${curve} stroke=${tint(share, greatest)} stroke-width=${1 + 2 * Math.abs(share / greatest)}><title>${decimal(share)}</title></path>`;
    });
  }

  /** The middle of a cell, a bar's beginning or a pixel on the screen. */
  #spot({ layer, unit }: UnitPlace): [number, number] | undefined {
    const picture = layer < 0 ? this.renderRoot.querySelector("np-picture") : null;
    const cell = this.renderRoot.querySelector(`[data-layer="${layer}"] .track[data-unit="${unit}"]`);
    const grid = this.renderRoot.querySelector(`[data-layer="${layer}"] .cells`);
    const { left, top, width, height } = (picture ?? cell ?? grid ?? this).getBoundingClientRect();
    if (cell) return [left, top + height / 2];
    const rows = Math.ceil((this.seen?.pixels.length ?? 0) / this.cols);
    const whole: Grid = { units: [], all: 0, cols: this.cols, rows };
    const shown = layer < 0 ? whole : this.gridOf(layer);
    const centre =
      layer < 0 ? [(unit % this.cols) + 0.5, Math.floor(unit / this.cols) + 0.5] : centreOf(shown, unit);
    const [x, y] = centre ?? [];
    if (x === undefined || y === undefined) return undefined;
    return [left + (x / shown.cols) * width, top + (y / shown.rows) * height];
  }
}

define("np-update-network", UpdateNetwork);
