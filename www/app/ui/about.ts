import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo } from "lit/directive.js";
import type { Subject } from "../explain/explanation";
import { ask } from "./events";

/** Whatever has the focus or the pointer within the element is explained: what is innermost speaks for itself. */
export function explainWithin(element: EventTarget, subject: () => Subject | null): void {
  element.addEventListener("focusin", (event) => {
    event.stopPropagation();
    ask(element, "np-focus", subject());
  });
  element.addEventListener("pointerover", (event) => {
    event.stopPropagation();
    ask(element, "np-hover", subject());
  });
  element.addEventListener("pointerleave", () => ask(element, "np-hover", null));
}

/** In a template: `<button ${about("act:play")}>`. */
class About extends Directive {
  #subject: Subject | null = null;

  constructor(part: PartInfo) {
    super(part);
    if ("element" in part && part.element instanceof Element)
      explainWithin(part.element, () => this.#subject);
  }

  override render(_subject: Subject): unknown {
    return noChange;
  }

  override update(_part: ElementPart, [subject]: [Subject]): unknown {
    this.#subject = subject;
    return noChange;
  }
}

export const about = directive(About);
