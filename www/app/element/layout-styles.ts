import { css } from "lit";

/** One column on a phone, two on a tablet; from 992 px on everything on one screen. */
export const layoutStyles = css`
  :host {
    container-type: inline-size;
    font: 400 0.875rem/1.4 var(--np-font);
    color: var(--np-ink);
    background: var(--np-ground);
  }
  .layout {
    display: grid;
    grid-template: "learn" "options" "choose" "inside" "transport" / minmax(0, 1fr);
    gap: 0.75rem;
    padding: 0.75rem;
  }
  .panel {
    padding: 0.65rem 0.75rem;
    border: 1px solid var(--np-line);
    border-radius: 10px;
    background: var(--np-panel);
  }
  np-fold.panel {
    padding-block: 0.1rem;
  }
  .transport {
    grid-area: transport;
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    margin-inline: -0.75rem;
    margin-block-end: -0.75rem;
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
  section {
    display: grid;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
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
    gap: 0.75rem;
  }
  .folds > * {
    flex: 1 1 40%;
    min-inline-size: 0;
  }
  .folds > [open] {
    flex-basis: 100%;
  }
  .strip {
    display: none;
  }
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem;
    padding: 0.6rem 0.75rem;
    border: 1px solid var(--np-warning);
    border-radius: 10px;
    background: var(--np-warning-ground);
    color: var(--np-warning);
  }
  .outcome {
    padding-inline: 0.75rem;
    font-size: 1rem;
  }
  .outcome.small {
    font-size: 0.875rem;
  }
  @container (min-width: 640px) {
    .layout {
      grid-template:
        "top top"
        "learn learn"
        "choose inside" / minmax(0, 1fr) minmax(0, 1fr);
    }
    .top {
      grid-area: top;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      padding-inline-end: 0.75rem;
      border: 1px solid var(--np-line);
      border-radius: 10px;
      background: var(--np-panel);
    }
    .transport {
      flex: 1 1 30rem;
      position: static;
      margin: 0;
      border: 0;
      background: none;
    }
    .options {
      padding-block: 0.5rem;
      padding-inline-start: 0.75rem;
    }
  }
  @container (min-width: 992px) {
    .layout {
      grid-template:
        "top top top" auto
        "choose learn inside" minmax(0, 1fr)
        "strip strip strip" auto / clamp(17rem, 22cqi, 20rem) minmax(0, 1fr) clamp(14rem, 24cqi, 25rem);
      block-size: var(--np-block-size, max(40rem, min(100dvh, 56rem)));
    }
    section {
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
      flex: 1 0 clamp(17rem, 42dvh, 24rem);
    }
    /* What is open shares the height that is left. */
    .inside {
      display: flex;
      flex-direction: column;
    }
    .inside > * {
      flex: none;
    }
    .inside > [open] {
      flex: 1 0 auto;
    }
    .strip {
      grid-area: strip;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1.5rem;
      min-block-size: 4.5rem; /* for all that it says in turn, so that nothing jumps */
      font-size: 0.8125rem;
      padding: 0.35rem 0.75rem;
      border: 1px solid var(--np-line);
      border-radius: 10px;
      background: var(--np-panel);
    }
    .strip > :first-child {
      flex: 1;
    }
    .strip .paper {
      flex: 0 1 14rem;
      font-size: 0.8125rem;
      color: var(--np-muted);
    }
    .strip .equation {
      flex: none;
      font-size: 1.1rem;
    }
    .strip math {
      math-style: compact; /* of two lines, not of three */
    }
  }
`;
