import { css, LitElement, nothing, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { EQUATIONS } from "../explain/equations";
import type { Subject } from "../explain/explanation";
import { define } from "./define";
import { shared } from "./shared-styles";

/** The equation of what is explained, if it has one. */
export class Equation extends LitElement {
  static override styles = [
    shared,
    css`
      math {
        math-style: compact; /* of two lines, not of three */
      }
    `,
  ];

  @property({ attribute: false }) of: Subject | null = null;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("of")) this.hidden = !this.#equation;
  }

  override render() {
    return this.#equation ? unsafeHTML(this.#equation) : nothing;
  }

  get #equation(): string | undefined {
    return this.of ? EQUATIONS[this.of] : undefined;
  }
}

define("np-equation", Equation);
