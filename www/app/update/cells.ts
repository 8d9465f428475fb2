import { css, svg, type TemplateResult } from "lit";
import { tint } from "../ui/paint";
import type { Grid } from "./grid";

/** What the cells of a layer show, and how strong the greatest number of each kind is. */
export interface Cells {
  grid: Grid;
  values: ArrayLike<number>;
  greatest: number;
  marks: ArrayLike<number> | undefined;
  greatestMark: number;
  /** The unit that is looked at. */
  focus: number | undefined;
}

const GAP = 0.1;
const MARK = 0.23;

/** The units of a layer as a grid: a square for each number, and a disc in it for what is marked. */
export function cells({ grid, values, greatest, marks, greatestMark, focus }: Cells): TemplateResult {
  const { units, cols, rows } = grid;
  return svg`<svg class="cells" viewBox="0 0 ${cols} ${rows}" aria-hidden="true">
    ${units.map((unit, place) => {
      const [x, y] = [place % cols, Math.floor(place / cols)];
      return svg`<rect class="cell ${unit === focus ? "focus" : ""}" data-unit=${unit} x=${x + GAP / 2} y=${y + GAP / 2} width=${1 - GAP} height=${1 - GAP} rx="0.14" fill=${tint(values[unit] ?? 0, greatest)}></rect>${
        marks
          ? svg`<circle class="mark" cx=${x + 0.5} cy=${y + 0.5} r=${MARK}></circle><circle cx=${x + 0.5} cy=${y + 0.5} r=${MARK} fill=${tint(marks[unit] ?? 0, greatestMark)}></circle>`
          : ""
      }`;
    })}
  </svg>`;
}

export const cellStyles = css`
  .cells {
    display: block;
    inline-size: 100%;
    overflow: visible;
  }
  .cell {
    stroke: var(--np-line);
    stroke-width: 0.04;
    transition: fill 160ms linear;
  }
  .cell.focus {
    stroke: var(--np-ink);
    stroke-width: 0.14;
  }
  /* A ground of its own: a mark of nothing is not to have the colour of the square. */
  .mark {
    fill: var(--np-panel);
    stroke: var(--np-panel);
    stroke-width: 0.07;
  }
  .cells circle {
    pointer-events: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .cell {
      transition: none;
    }
  }
`;
