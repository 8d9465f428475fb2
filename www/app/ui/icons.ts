import { html, svg, type TemplateResult } from "lit";

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" fill-rule="evenodd" aria-hidden="true">
    ${svg`<path d=${path} />`}
  </svg>`;
}

export const ICONS = {
  play: icon("M4 2.5v11l9-5.5z"),
  pause: icon("M4 2.5h3v11H4zM9 2.5h3v11H9z"),
  step: icon("M3 2.5v11l7-5.5zM11 2.5h2v11h-2z"),
  epoch: icon("M1.5 2.5v11l5.5-5.5zM7 2.5v11l5.5-5.5zM13 2.5h1.5v11H13z"),
  dice: icon(
    "M3.5 1.5h9a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM4.8 6a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zM8 9.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zM11.2 12.4a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4z",
  ),
  reset: icon("M8 3a5 5 0 1 1-4.9 6h1.6A3.5 3.5 0 1 0 8 4.5V7L4 3.75 8 .5z"),
  undo: icon("M6 2v3h3.500a4.500 4.500 0 0 1 0 9H5v-1.700h4.500a2.800 2.800 0 0 0 0-5.600H6v3L1.500 5.800z"),
  system: icon("M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 3v10A5 5 0 0 1 8 3z"),
  light: icon(
    "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM7.25 0h1.5v3h-1.5zM7.25 13h1.5v3h-1.5zM0 7.25h3v1.5H0zM13 7.25h3v1.5h-3z" +
      "M1.8 2.87l1.06-1.06 2.13 2.12-1.06 1.06zM11 12.07l1.07-1.06 2.12 2.12-1.06 1.06zM1.8 13.13l2.13-2.12L5 12.07l-2.14 2.12zM11 3.93l2.13-2.12 1.06 1.06-2.12 2.12z",
  ),
  dark: icon("M6.2 1.7a6.5 6.5 0 1 0 8.1 8.1A5.6 5.6 0 0 1 6.2 1.7z"),
  alone: icon(
    "M1.5 1.5h5V3H3v3.500H1.500zM9.500 1.500h5v5H13V3H9.500zM1.500 9.500H3V13h3.500v1.500h-5zM13 9.500h1.500v5h-5V13H13z",
  ),
  share: icon(
    "M7.25 3.4 5.1 5.5 4 4.4l4-4 4 4-1.1 1.1-2.15-2.1V10h-1.5zM2.5 7H5v1.5H4v5h8v-5h-1V7h2.5v8h-11z",
  ),
  help: icon(
    "M7 11.5h2v2H7zM8 2.5c2.3 0 4 1.4 4 3.4 0 1.5-.8 2.3-1.8 3-.9.6-1.2.9-1.2 1.6H7c0-1.700.9-2.400 1.900-3.100.8-.500 1.100-.800 1.100-1.500 0-.900-.800-1.500-2-1.500S6 5 6 6.100H4c0-2.100 1.700-3.600 4-3.600z",
  ),
};
