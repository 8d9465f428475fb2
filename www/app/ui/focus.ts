import type { LitElement, ReactiveController } from "lit";

const CONTROLS = "button, a[href], input, select, summary, [tabindex='0']";

/**
 * A control may go with what it has done, as a notice with its button, or be of no more use. Where it had the focus,
 * the first control of the part that it was in gets it: who has the keyboard alone would be at the top of the page.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Before an update: what it makes of the parts is to be seen in the next frame. */
  hostUpdate(): void {
    const held = focused(document);
    const parts = held ? partsAround(held, this.#host) : [];
    if (!held || parts.length === 0) return;
    // Nobody who presses with a pointer wants to be elsewhere.
    const preventScroll = !held.matches(":focus-visible");
    requestAnimationFrame(() => {
      if (isLost(held)) refocus(parts, { preventScroll });
    });
  }
}

/** What has the focus, through every shadow root. */
function focused({ activeElement }: DocumentOrShadowRoot): Element | null {
  const within = activeElement?.shadowRoot && focused(activeElement.shadowRoot);
  return within ?? activeElement;
}

/** The shadow roots that it is in, from the inside to that of the host; none where it is not in the host. */
function partsAround(element: Element, host: Element): ShadowRoot[] {
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot)) return [];
  if (root.host === host) return [root];
  const around = partsAround(root.host, host);
  return around.length > 0 ? [root, ...around] : [];
}

/** Whether nothing has the focus any more since this has lost it. Some browsers leave it with what is disabled. */
function isLost(held: Element): boolean {
  const now = focused(document) ?? document.body;
  return now === held ? held.matches(":disabled") : now === document.body;
}

function refocus(parts: readonly ShadowRoot[], options: FocusOptions): void {
  parts.some((part) => part.host.isConnected && focusFirst(part, options));
}

/** Whether one of the controls in it has taken the focus. */
function focusFirst(root: ShadowRoot, options: FocusOptions): boolean {
  return [...root.querySelectorAll<HTMLElement>("*")].some((element) => {
    if (element.shadowRoot && focusFirst(element.shadowRoot, options)) return true;
    if (element.matches(CONTROLS)) element.focus(options);
    return root.activeElement === element;
  });
}
