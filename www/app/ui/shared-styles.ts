import { css } from "lit";

/** What every part of the element looks like: text, buttons, inputs, focus. */
export const shared = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3 {
    margin: 0;
    font-size: 12px;
    font-weight: 650;
    letter-spacing: var(--np-heading-spacing, 0.06em);
    text-transform: uppercase;
    color: var(--np-muted);
  }
  p {
    margin: 0;
  }
  a {
    color: inherit;
    text-underline-offset: 0.15em;
  }
  button,
  input,
  select,
  summary {
    font: inherit;
    color: inherit;
  }
  button,
  select,
  input:not([type="range"], [type="radio"]) {
    min-block-size: 28px;
    border: 1px solid var(--np-edge);
    border-radius: var(--np-radius);
    background: var(--np-panel);
  }
  button,
  select,
  summary,
  label:has(input[type="radio"]) {
    cursor: pointer;
  }
  button {
    padding: 0 10px;
  }
  /* It takes no room: its glyph may come from a larger font, and comes and goes with the runs. */
  .again {
    position: absolute;
    padding-inline-start: 2px;
    font-size: 12px;
  }
  button:has(.again) {
    position: relative;
  }
  button .again {
    inset-block-start: -5px;
    inset-inline-end: -5px;
    padding: 0 1px;
    border-radius: 50%;
    background: var(--np-panel);
    line-height: 1;
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  button:hover:not(:disabled),
  select:hover {
    background: var(--np-ground);
  }
  select,
  input:not([type="range"], [type="radio"]) {
    padding: 0 6px;
    min-inline-size: 0;
  }
  input[type="range"] {
    block-size: 24px;
    margin: 0;
    min-inline-size: 0;
    accent-color: var(--np-ink);
  }
  input[aria-invalid="true"] {
    border-color: var(--np-warning);
    outline: 1px solid var(--np-warning);
  }
  summary {
    min-block-size: 24px;
  }
  :focus-visible {
    outline: 2px solid var(--np-focus);
    outline-offset: 1px;
  }
  .problem {
    color: var(--np-warning);
  }
  .muted {
    color: var(--np-muted);
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  math {
    font-size: 1.08em;
  }
`;

/** Tables of numbers: the twins of the charts, the runs, the rules' own rates. */
export const tables = css`
  .scroll {
    overflow: auto;
  }
  table {
    border-collapse: collapse;
    inline-size: 100%;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 2px 8px;
    text-align: end;
    white-space: nowrap;
    border-block-end: 1px solid var(--np-line);
  }
  th {
    font-weight: 600;
    color: var(--np-muted);
  }
  th:first-child,
  td:first-child,
  .text {
    text-align: start;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--np-panel);
  }
`;

/** Parts that open and close: their headings, with an arrow that shows which way. */
export const folds = css`
  summary {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-block: 6px;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: "";
    inline-size: 6px;
    block-size: 6px;
    border: solid var(--np-muted);
    border-width: 0 2px 2px 0;
    transform: rotate(-45deg);
  }
  [open] > summary::before {
    transform: rotate(45deg);
  }
  /* More of them on one screen. */
  @container (min-width: 992px) {
    summary {
      padding-block: 4px;
    }
  }
`;
