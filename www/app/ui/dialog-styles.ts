import { css } from "lit";

/** The look of every dialog; each says how wide it is. */
export const dialogStyles = css`
  /* Over everything: it takes no place, nor a gap, among what it stands in. */
  :host {
    position: absolute;
  }
  dialog {
    padding: 20px;
    border: 1px solid var(--np-edge);
    border-radius: 10px;
    background: var(--np-panel);
    color: var(--np-ink);
    font-size: 15px;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  h2 {
    font-size: 18px;
    letter-spacing: 0;
    text-transform: none;
    color: inherit;
  }
`;
