import { css } from "lit";

/** What the pictures of a network's inside have in common. */
export const insideStyles = css`
  figure {
    display: grid;
    gap: 6px;
    margin: 0;
  }
  figcaption,
  .small {
    font-size: 13px;
    color: var(--np-muted);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
  }
  .row > label {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .rule {
    margin-block-start: var(--np-beside-heading, 0);
    justify-self: end;
  }
`;
