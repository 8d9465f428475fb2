import { SIZE, short } from "./picture";

const ROOM = { left: 38, right: 44, top: 8, bottom: 40 };

/** An axis: its ends, the numbers that stand at it, and what they are of. */
export interface Axis {
  from: number;
  to: number;
  ticks: readonly number[];
  /** Whether each of the numbers is as far from the next as its logarithm. */
  log?: boolean;
  words?: string;
}

/** A chart of lines, as SVG. */
export class Chart {
  readonly #x: Axis;
  readonly #y: Axis;

  constructor(x: Axis, y: Axis) {
    this.#x = x;
    this.#y = y;
  }

  x(value: number): number {
    return short(ROOM.left + shareOf(this.#x, value) * (SIZE - ROOM.left - ROOM.right));
  }

  y(value: number): number {
    return short(ROOM.top + (1 - shareOf(this.#y, value)) * (SIZE - ROOM.top - ROOM.bottom));
  }

  line(points: readonly (readonly [number, number])[], look: string): string {
    const d = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${this.x(x)} ${this.y(y)}`).join("");
    return `<path ${look} d="${d}"/>`;
  }

  dot([x, y]: readonly [number, number], look: string): string {
    return `<circle cx="${this.x(x)}" cy="${this.y(y)}" r="4.5" ${look}/>`;
  }

  /** Words beside a point. */
  words([x, y]: readonly [number, number], words: string, look: string): string {
    return `<text x="${this.x(x) + 7}" y="${this.y(y) + 4}" ${look}>${words}</text>`;
  }

  axes(): string {
    const [left, right] = [this.x(this.#x.from), this.x(this.#x.to)];
    const heights = this.#y.ticks.map(
      (tick) =>
        `<path class="axis" d="M${left} ${this.y(tick)}H${right}"/><text class="tick" text-anchor="end" x="${left - 6}" y="${this.y(tick) + 4}">${written(tick)}</text>`,
    );
    const middle = (x: number, y: number, words: string) =>
      `<text class="tick" text-anchor="middle" x="${x}" y="${y}">${words}</text>`;
    const places = this.#x.ticks.map((tick) => middle(this.x(tick), SIZE - 20, written(tick)));
    return [...heights, ...places, middle((left + right) / 2, SIZE - 4, this.#x.words ?? "")].join("");
  }
}

function written(tick: number): string {
  return String(tick).replace("-", "−");
}

function shareOf({ from, to, log }: Axis, value: number): number {
  const at = (number: number) => (log ? Math.log(number) : number);
  return (at(value) - at(from)) / (at(to) - at(from));
}

/** Round numbers from one to the other, some four of them. */
export function ticksBetween(from: number, to: number): number[] {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}
