import { css } from "lit";

/** What the pictures of a network's inside have in common. */
export const insideStyles = css`
  figure {
    display: grid;
    gap: 0.4rem;
    margin: 0;
  }
  figcaption,
  .small {
    font-size: 0.8125rem;
    color: var(--np-muted);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.6rem;
  }
  .row > label {
    display: flex;
    align-items: center;
    gap: 0.35rem;
  }
  .rule {
    margin-block-start: var(--np-beside-heading, 0);
    justify-self: end;
  }
`;
