import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import * as later from "../text/later";
import { define } from "../ui/define";
import { shared } from "../ui/shared-styles";
import type { Spot, Stroke } from "./prepare";

/** Steps of the pen across the pad when it is moved by keys. */
const KEY_STEPS = 20;
const MOVES: Record<string, Spot> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** In the units of the picture, which is 100 across. */
const SIZE = 100;
const PEN = 7;

/** What a pad tells: its strokes have changed. */
export class DrawnEvent extends Event {
  readonly strokes: readonly Stroke[];

  constructor(strokes: readonly Stroke[]) {
    super("drawn");
    this.strokes = strokes;
  }
}

/** Draws lines by pointer or keys. */
export class Pad extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: relative;
      }
      svg {
        display: block;
        inline-size: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--np-edge);
        border-radius: var(--np-radius);
        background: var(--np-panel);
        stroke: var(--np-ink);
        fill: none;
        stroke-linecap: round;
        stroke-linejoin: round;
        touch-action: none;
        cursor: crosshair;
      }
      .pen {
        stroke: var(--np-focus);
        stroke-width: 1.5;
      }
      .hint {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        font-size: 12px;
        pointer-events: none;
      }
      .down {
        fill: var(--np-focus);
      }
    `,
  ];

  @property({ attribute: false }) strokes: readonly Stroke[] = [];
  /** The pen that keys move, in steps; none until a key moves it. */
  @state() private pen: Spot | null = null;
  @state() private penDown = false;
  #pointer: number | null = null;

  override render() {
    return html`
      <svg
        viewBox="0 0 ${SIZE} ${SIZE}"
        role="application"
        tabindex="0"
        aria-label=${later.tryIt.pad}
        aria-describedby="keys"
        @pointerdown=${this.#press}
        @pointermove=${this.#move}
        @pointerup=${this.#lift}
        @pointercancel=${this.#lift}
        @keydown=${this.#key}
        @blur=${this.#leave}
      >
        <path d=${pathOf(this.strokes)} stroke-width=${PEN}></path>
        <path class="pen ${this.penDown ? "down" : ""}" d=${this.pen ? penPath(this.pen) : ""}></path>
      </svg>
      ${this.strokes.length === 0 && !this.pen ? html`<span class="hint muted" aria-hidden="true">${later.tryIt.here}</span>` : nothing}
      <p class="unseen" id="keys">${later.tryIt.keys}</p>
      <p class="unseen" role="status">
        ${this.pen ? later.tryIt.penAt(this.pen.x + 1, this.pen.y + 1, this.penDown) : nothing}
      </p>
    `;
  }

  #press(event: PointerEvent): void {
    if (this.#pointer !== null || event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    this.pen = null;
    this.penDown = false;
    this.#tell([...this.strokes, [spotOf(event)]]);
  }

  #move(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    const between = event.getCoalescedEvents?.() ?? [];
    this.#extend((between.length > 0 ? between : [event]).map((each) => spotOf(each, event.currentTarget)));
  }

  #lift(event: PointerEvent): void {
    if (event.pointerId === this.#pointer) this.#pointer = null;
  }

  /** Keys that mean something here mean nothing to the page around the pad. */
  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = MOVES[event.key];
    if (move) this.#movePen(move);
    else if (event.key === " ") this.#turnPen();
    else if (event.key === "Delete" || event.key === "Backspace") this.#clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #movePen({ x, y }: Spot): void {
    const middle = Math.floor(KEY_STEPS / 2);
    const from = this.pen ?? { x: middle, y: middle };
    const inside = (step: number) => Math.min(KEY_STEPS - 1, Math.max(0, step));
    this.pen = this.pen ? { x: inside(from.x + x), y: inside(from.y + y) } : from;
    if (this.penDown) this.#extend([padSpot(this.pen)]);
  }

  #turnPen(): void {
    if (!this.pen) this.#movePen({ x: 0, y: 0 });
    this.penDown = !this.penDown;
    if (this.penDown && this.pen) this.#tell([...this.strokes, [padSpot(this.pen)]]);
  }

  #leave(): void {
    this.pen = null;
    this.penDown = false;
  }

  #clear(): void {
    this.penDown = false;
    this.#tell([]);
  }

  #extend(spots: Spot[]): void {
    const last = this.strokes.at(-1) ?? [];
    this.#tell([...this.strokes.slice(0, -1), [...last, ...spots]]);
  }

  #tell(strokes: readonly Stroke[]): void {
    this.strokes = strokes;
    this.dispatchEvent(new DrawnEvent(strokes));
  }
}

/** Where on the pad a pointer is. */
function spotOf(event: PointerEvent, pad = event.currentTarget): Spot {
  const box = (pad as Element).getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
}

function padSpot({ x, y }: Spot): Spot {
  return { x: (x + 0.5) / KEY_STEPS, y: (y + 0.5) / KEY_STEPS };
}

/** A stroke of one spot is a dot: a line without length, with a round end. */
function pathOf(strokes: readonly Stroke[]): string {
  const at = ({ x, y }: Spot) => `${(SIZE * x).toFixed(1)} ${(SIZE * y).toFixed(1)}`;
  const stroke = (spots: Stroke) => {
    const [first, ...rest] = spots;
    return first
      ? `M${at(first)}${(rest.length > 0 ? rest : [first]).map((spot) => `L${at(spot)}`).join("")}`
      : "";
  };
  return strokes.map(stroke).join("");
}

function penPath(pen: Spot): string {
  const { x, y } = padSpot(pen);
  return `M${SIZE * x - 3} ${SIZE * y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
}

define("np-pad", Pad);
