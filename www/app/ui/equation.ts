import { LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import type { Subject } from "../explain/explanation";
import { define } from "./define";
import { shared } from "./shared-styles";

/** The equation of a subject, if it has one. They come when the first is to be seen: the words beside them do not wait. */
export class Equation extends LitElement {
  static override styles = shared;

  @property({ attribute: false }) of: Subject | null = null;
  @state() private equations: Readonly<Record<string, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    import("../explain/equations").then(
      ({ EQUATIONS }) => {
        this.equations = EQUATIONS;
      },
      () => {},
    );
  }

  override willUpdate(): void {
    this.hidden = !this.#equation;
  }

  override render() {
    return this.#equation ? unsafeHTML(this.#equation) : nothing;
  }

  get #equation(): string | undefined {
    return this.of ? this.equations[this.of] : undefined;
  }
}

define("np-equation", Equation);
