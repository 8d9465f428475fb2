import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { explain } from "../explain/explain";
import type { Subject } from "../explain/explanation";
import { explainWithin } from "./about";
import { again } from "./again";
import { define } from "./define";
import { folds, shared } from "./shared-styles";

/** A panel that opens and closes. What is in it exists only while it is open, so that nobody computes it unseen. */
export class Fold extends LitElement {
  static override styles = [
    shared,
    folds,
    css`
      :host {
        display: flex;
        flex-direction: column;
      }
      summary {
        inline-size: fit-content;
      }
      /* Brings the first line of what is in it up beside the heading, where there is room for both. */
      @container (width < 992px) or (width >= 1200px) {
        :host {
          --np-beside-heading: -28px;
        }
      }
      .body {
        flex: 1;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        padding-block-end: 6px;
      }
    `,
  ];

  /** What is in it: its heading is that one's name, and the strip explains it. */
  @property({ attribute: false }) about: Subject | null = null;
  @property({ type: Boolean, reflect: true }) open = false;
  /** Whether what is done in it starts runs again that have begun. */
  @property({ type: Boolean }) again = false;
  @property({ attribute: false }) body: () => TemplateResult | typeof nothing = () => nothing;

  constructor() {
    super();
    explainWithin(this, () => this.about);
  }

  override render() {
    return html`
      <details .open=${this.open} @toggle=${this.#toggle}>
        <summary><h2>${explain(this.about).label}${again(this.again)}</h2></summary>
      </details>
      ${this.open ? html`<div class="body">${this.body()}</div>` : nothing}
    `;
  }

  /** What the reader opens, and did not see so far, comes into sight. */
  async #toggle(event: Event): Promise<void> {
    const { open } = event.target as HTMLDetailsElement;
    const opened = open && !this.open;
    this.open = open;
    await this.updateComplete;
    if (opened) this.scrollIntoView({ block: "nearest" });
  }
}

define("np-fold", Fold);
