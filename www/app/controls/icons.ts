import { html, svg, type TemplateResult } from "lit";

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
    ${svg`<path d=${path} />`}
  </svg>`;
}

export const ICONS = {
  play: icon("M4 2.5v11l9-5.5z"),
  pause: icon("M4 2.5h3v11H4zM9 2.5h3v11H9z"),
  step: icon("M3 2.5v11l7-5.5zM11 2.5h2v11h-2z"),
  epoch: icon("M1.5 2.5v11l5.5-5.5zM7 2.5v11l5.5-5.5zM13 2.5h1.5v11H13z"),
  reset: icon("M8 3a5 5 0 1 1-4.9 6h1.6A3.5 3.5 0 1 0 8 4.5V7L4 3.75 8 .5z"),
};
