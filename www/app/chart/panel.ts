import { css } from "lit";

/** The frame of a chart: heading and choices, picture, caption, table. */
export const panel = css`
  figure {
    display: flex;
    flex-direction: column;
    gap: 0.4rem;
    block-size: 100%;
    margin: 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.4rem 0.6rem;
  }
  .head h2 {
    flex: 1 1 auto;
  }
  .head select {
    flex: none;
    max-inline-size: 10rem;
  }
  /* The caption, and beside it the way to the table. */
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
  }
  figcaption {
    flex: 1 1 16rem;
    line-height: 1.6;
    font-size: 0.8125rem;
    color: var(--np-muted);
  }
`;
