import { css, html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { decimal, nameOfClass } from "../metrics/format";
import { tint } from "../ui/paint";
import type { Cells } from "./cells";

/** Most bars; of more classes the strongest have one. */
export const MOST_BARS = 12;

/** The units of the last layer: a bar each with its class, and a tick for what is marked. */
export function outputs(
  { grid, values, greatest, marks, greatestMark, focus }: Cells,
  label: number,
  names: readonly string[],
): TemplateResult {
  const signed = grid.units.some((unit) => (values[unit] ?? 0) < 0 || (marks?.[unit] ?? 0) < 0);
  const place = (value: number, most: number) => {
    const part = most > 0 ? Math.max(-1, Math.min(1, value / most)) : 0;
    return signed ? 50 + 50 * part : 100 * part;
  };
  return html`<div class="bars" aria-hidden="true">
    ${grid.units.map((unit) => {
      const value = values[unit] ?? 0;
      const [from, to] = [signed ? 50 : 0, place(value, greatest)].toSorted((a, b) => a - b);
      const bar = {
        insetInlineStart: `${from}%`,
        inlineSize: `${(to ?? 0) - (from ?? 0)}%`,
        background: tint(Math.sign(value), 1),
      };
      return html`<span class="class ${unit === label ? "true" : ""}" data-unit=${unit} title=${nameOfClass(names, unit)}>${nameOfClass(names, unit)}</span>
        <span class="track ${unit === focus ? "focus" : ""} ${signed ? "signed" : ""}" data-unit=${unit} title=${decimal(value)}>
          <span class="bar" style=${styleMap(bar)}></span>
          ${
            marks
              ? html`<span class="tick" style=${styleMap({ insetInlineStart: `${place(marks[unit] ?? 0, greatestMark)}%` })}></span>`
              : ""
          }
        </span>`;
    })}
  </div>`;
}

export const outputStyles = css`
  .bars {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px 6px;
    align-items: center;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .class {
    max-inline-size: 64px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--np-muted);
    text-align: end;
  }
  .class.true {
    color: var(--np-ink);
    font-weight: 700;
  }
  .track {
    position: relative;
    block-size: 11px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--np-line) 55%, transparent);
    forced-color-adjust: none; /* for the bar and the tick in it, too: they are what is told */
  }
  .track.signed::before {
    content: "";
    position: absolute;
    inset-block: 0;
    inset-inline-start: 50%;
    border-inline-start: 1px solid var(--np-edge);
  }
  .track.focus {
    outline: 2px solid var(--np-ink);
  }
  .bar {
    position: absolute;
    inset-block: 0;
    border-radius: 3px;
    transition:
      inline-size 160ms linear,
      inset-inline-start 160ms linear;
  }
  .tick {
    position: absolute;
    inset-block: -2px;
    inline-size: 3px;
    margin-inline-start: -1.5px;
    border-radius: 2px;
    background: var(--np-ink);
  }
  @media (prefers-reduced-motion: reduce) {
    .bar {
      transition: none;
    }
  }
`;
