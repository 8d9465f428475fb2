/** What does something once it has been pressed and let go. */
const CONTROLS = "button, a[href], summary, label";

/**
 * A press within the root belongs to what it began on. As it begins, the focus leaves what had it: a help goes, a
 * sentence about what has been typed comes, and all below moves. A browser gives no click to what has moved away from
 * under the pointer, nor from under a finger, whose press it takes for a mouse's.
 */
export function keepPresses(root: EventTarget): void {
  root.addEventListener("mousedown", (event) => {
    const isControl = (on: EventTarget) => on instanceof HTMLElement && on.matches(CONTROLS);
    const on = event.composedPath().find(isControl);
    if (on && (event as MouseEvent).button === 0) follow(on as HTMLElement);
  });
}

function follow(on: HTMLElement): void {
  const place = on.getBoundingClientRect();
  let isOver = false;
  const forget = () => {
    isOver = true;
    for (const [name, hear] of heard) removeEventListener(name, hear, true);
  };
  const clicked = (event: Event) => event.composedPath().includes(on) && forget();
  const released = (event: Event) => {
    // The browser's own click comes after it.
    setTimeout(() => {
      if (isOver) return;
      forget();
      if (isWithin(place, event as MouseEvent)) on.click();
    });
  };
  const heard = [
    ["mousedown", forget], // another press: a drag or a menu has ended this one
    ["click", clicked],
    ["mouseup", released],
  ] as const;
  for (const [name, hear] of heard) addEventListener(name, hear, true);
}

/** Whoever goes elsewhere with the pointer has thought better of it. */
function isWithin({ left, right, top, bottom }: DOMRect, { clientX, clientY }: MouseEvent): boolean {
  return left <= clientX && clientX <= right && top <= clientY && clientY <= bottom;
}

/** A button with two commands, which may change while it is pressed: as it was pressed it said what it does. */
export class Pressed<Command> {
  #said: Command | undefined;

  readonly begin = (command: Command): void => {
    this.#said = command;
  };

  /** The press has gone elsewhere, or a key is the next to press it. */
  readonly forget = (): void => {
    this.#said = undefined;
  };

  /** Of a click; `now` is what it says meanwhile. */
  end(now: Command): Command {
    const command = this.#said ?? now;
    this.forget();
    return command;
  }
}
