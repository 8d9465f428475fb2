import { css } from "lit";

/** Mistakes, and what came of the runs. */
export const noticeStyles = css`
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding: 10px 12px;
    border: 1px solid var(--np-warning);
    border-radius: 10px;
    background: var(--np-warning-ground);
    color: var(--np-warning);
  }
  .outcome {
    padding-inline: 12px;
    font-size: 16px;
  }
  .outcome.small {
    font-size: 14px;
  }
`;

/** One column on a phone, two on a tablet; from 992 px on everything on one screen. */
export const layoutStyles = css`
  /* Where a browser has no full screen, or a frame forbids it, over the rest of the page. */
  :host([presenting]) {
    position: fixed;
    inset: 0;
    z-index: 2;
    overflow: auto;
    background: var(--np-panel);
  }
  :host([presenting]) :is(.top, .inside, .choose, .explanation),
  :host([presenting]) .learn > :not(.main, .notice, .middles) {
    display: none;
  }
  :host([presenting]) .layout {
    display: flex;
    min-block-size: 100%;
    block-size: auto;
    padding: 0;
  }
  :host([presenting]) .learn {
    flex: 1;
    display: flex;
    flex-direction: column;
  }
  :host([presenting]) .main {
    flex: 1 0 auto;
    border: 0;
  }
  :host([presenting]) .middles {
    margin: 6px 12px -6px;
  }
  /* For all to read, also from the last row; the chart has larger letters of its own. */
  :host([presenting]) np-update {
    zoom: 1.3;
  }
  :host {
    container-type: inline-size;
    font: 400 14px/1.4 var(--np-font);
    color: var(--np-ink);
    background: var(--np-ground);
  }
  /* A figure has a ground of its own, with round corners. */
  :host(:is([controls], [view])) {
    background: none;
  }
  .waiting {
    min-block-size: var(--np-block-size, 100dvh);
    padding: 12px;
    color: var(--np-muted);
  }
  .layout {
    display: grid;
    grid-template: "learn" "inside" "options" "choose" "transport" / minmax(0, 1fr);
    gap: 12px;
    padding: 12px;
  }
  .panel {
    padding: 10px 12px;
    border: 1px solid var(--np-line);
    border-radius: 10px;
    background: var(--np-panel);
  }
  np-fold.panel {
    padding-block: 2px;
  }
  .transport {
    grid-area: transport;
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    margin-inline: -12px;
    margin-block-end: -12px;
    border-block-start: 1px solid var(--np-line);
    background: var(--np-panel);
  }
  /* On a phone its two parts have places of their own. */
  .top {
    display: contents;
  }
  .options {
    grid-area: options;
  }
  .middles {
    display: flex;
    gap: 4px;
    margin-block-end: -8px;
  }
  .middles button {
    border-color: transparent;
    background: none;
    color: var(--np-muted);
    font-weight: 600;
  }
  .middles [aria-pressed="true"] {
    border-color: var(--np-line);
    background: var(--np-panel);
    color: var(--np-ink);
  }
  .middles .alone {
    display: grid;
    place-items: center;
    margin-inline-start: auto;
    padding: 0 6px;
  }
  .middles .play {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
  }
  .middles .play + .alone {
    margin-inline-start: 0;
  }
  section {
    display: grid;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    min-inline-size: 0;
  }
  .choose {
    grid-area: choose;
  }
  .learn {
    grid-area: learn;
  }
  .inside {
    grid-area: inside;
  }
  /* What is closed shares a line. */
  .folds {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
  }
  .folds > * {
    flex: 1 1 40%;
    min-inline-size: 0;
  }
  .folds > [open] {
    flex-basis: 100%;
  }
  .explanation {
    display: none;
  }
  /* Above the chart, since below it the transport lies over what ends the screen. */
  @container (max-width: 639px) {
    .outcome {
      order: -1;
      font-size: 14px;
    }
  }
  @container (min-width: 640px) {
    .learn .folds > :not([open]) {
      flex-basis: auto;
      white-space: nowrap;
    }
    .layout {
      grid-template:
        "top top"
        "learn learn"
        "inside choose" / minmax(0, 1fr) minmax(0, 1fr);
    }
    .top {
      grid-area: top;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      padding-inline-end: 12px;
      border: 1px solid var(--np-line);
      border-radius: 10px;
      background: var(--np-panel);
    }
    .transport {
      flex: 1 1 480px;
      position: static;
      margin: 0;
      border: 0;
      background: none;
    }
    .options {
      padding-block: 8px;
      padding-inline-start: 12px;
    }
  }
  @container (min-width: 992px) {
    .layout {
      grid-template:
        "top top top" auto
        "learn inside choose" minmax(0, 1fr)
        "learn inside explanation" auto / minmax(0, 1fr) clamp(224px, 24cqi, 400px) clamp(272px, 22cqi, 320px);
      block-size: var(--np-block-size, max(640px, min(100dvh, 896px)));
    }
    /* What stands anywhere in it, such as a mark or words for who listens, moves and is cut off with it. */
    section {
      position: relative;
      overflow-y: auto;
      scrollbar-width: thin;
    }
    .learn {
      display: flex;
      flex-direction: column;
    }
    .learn > * {
      flex: none;
    }
    .main {
      flex: 1 0 auto;
    }
    /* The first chart takes the height that is left. */
    .inside {
      display: flex;
      flex-direction: column;
    }
    .inside > * {
      flex: none;
    }
    .inside .folds {
      flex: 1 0 auto;
      display: grid;
      align-content: start;
      gap: 6px;
    }
    .inside .folds:has(> :first-child[open]) {
      grid-template-rows: minmax(min-content, 1fr);
    }
    .inside .folds > [open] {
      grid-column: 1 / -1;
    }
    /* As high whatever it says, so that nothing jumps. */
    .explanation {
      grid-area: explanation;
      display: flex;
      flex-direction: column;
      gap: 5px;
      block-size: clamp(140px, 17dvh, 190px);
      overflow: auto;
      scrollbar-width: thin;
      font-size: 13px;
    }
    .explanation .equation {
      flex: none;
      font-size: 16px;
      math-style: compact; /* of two lines, not of three */
    }
    .explanation .paper {
      color: var(--np-muted);
    }
    .choose,
    .choose .folds {
      gap: 8px;
    }
    .choose .folds:not(:has(> [open])) {
      flex-wrap: nowrap;
    }
    .choose .folds > :not([open]) {
      flex-basis: auto;
      padding-inline: 8px;
    }
    .choose .folds button {
      font-size: 13px;
      white-space: nowrap;
    }
  }
  @container (min-width: 992px) {
    @media (height < 1000px) {
      .learn {
        gap: 8px;
      }
    }
  }
  /* In a low window, too, all settings are in sight, and the chart with what came of the runs. */
  @container (min-width: 992px) {
    @media (height < 900px) {
      .outcome {
        font-size: 14px;
        line-height: 1.25;
      }
      .learn {
        gap: 4px;
      }
      .main {
        padding-block: 8px;
      }
      .explanation {
        block-size: clamp(76px, 100dvh - 680px, 140px);
        padding-block: 6px;
      }
      .choose,
      .choose .folds {
        gap: 6px;
      }
      .choose {
        --np-heading-spacing: 0.01em;
      }
      .choose .panel {
        padding-block: 6px;
      }
      .choose np-fold.panel {
        padding-block: 0;
      }
      .choose .folds > :not([open]) {
        padding-inline: 6px;
      }
    }
  }
  @container (min-width: 1200px) {
    .inside .folds {
      grid-template-columns: auto auto;
      gap: 8px;
    }
    .inside .folds > * {
      padding-inline: 10px;
    }
  }
`;
