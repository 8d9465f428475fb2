import { css } from "lit";

/** The frame of a chart: heading and choices, picture, caption, table. */
export const panel = css`
  figure {
    display: flex;
    flex-direction: column;
    gap: 6px;
    block-size: 100%;
    margin: 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px 10px;
  }
  .head h2 {
    flex: 1 1 auto;
  }
  .head select {
    flex: none;
    max-inline-size: 160px;
  }
  /* The caption, and beside it the way to the table. */
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
  }
  figcaption {
    flex: 1 1 256px;
    line-height: 1.6;
    font-size: 13px;
    color: var(--np-muted);
  }
  /* Where the column is narrowest, the way to the table ends the caption's last line. */
  @container (992px <= width < 1200px) {
    .foot {
      display: block;
    }
    figcaption {
      display: inline;
      padding-inline-end: 12px;
    }
    np-twin:not([open]) {
      display: inline-block;
    }
  }
`;
