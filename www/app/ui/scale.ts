import { css, html, type TemplateResult } from "lit";
import { diverging } from "./paint";

const STEPS = 41;
const RAMP = diverging(
  Array.from({ length: STEPS }, (_, i) => (2 * i) / (STEPS - 1) - 1),
  1,
);

/** The legend of colours from -greatest to greatest. */
export function scale(greatest: number, format: (value: number) => string): TemplateResult {
  return html`<div class="scale" aria-hidden="true">
    <span>−${format(greatest)}</span>
    <np-picture .colours=${RAMP} .cols=${STEPS}></np-picture>
    <span>${format(greatest)}</span>
  </div>`;
}

export const scaleStyles = css`
  .scale {
    display: grid;
    grid-template-columns: auto minmax(64px, 160px) auto;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    color: var(--np-muted);
  }
  .scale np-picture {
    block-size: 10px;
    overflow: hidden;
    border: 1px solid var(--np-line);
  }
`;
