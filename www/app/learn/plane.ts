import { contours } from "d3-contour";
import { SIZE, short } from "./picture";
import { BEYOND, type Edge, type Ground, type Point, plus, times } from "./sight";

/** Beyond so many times the picture's reach, points that have fled are drawn no further away. */
const FURTHEST = 9;

/** A picture of the plane, from -reach to reach both ways. */
export class Plane {
  readonly #reach: number;

  constructor(reach: number) {
    this.#reach = reach;
  }

  /** Where a point is drawn, as paths have it. */
  at([x, y]: Point): string {
    return `${this.#place(x)} ${this.#place(-y)}`;
  }

  path(points: readonly Point[]): string {
    return points.map((point, index) => `${index === 0 ? "M" : "L"}${this.at(point)}`).join("");
  }

  dot(point: Point, radius: number, look: string): string {
    const [x, y] = this.at(point).split(" ");
    return `<circle cx="${x}" cy="${y}" r="${radius}" ${look}/>`;
  }

  words(point: Point, words: string, look: string): string {
    const [x, y] = this.at(point).split(" ");
    return `<text x="${x}" y="${y}" ${look}>${words}</text>`;
  }

  /** The higher the loss, the more layers lie upon one another. */
  bands({ side, losses }: Ground, levels: readonly number[]): string {
    const drawn = contours()
      .size([side, side])
      .thresholds([...levels])(Array.from(losses));
    // The grid's points lie in the middle of their cells.
    const at = (cell: number) =>
      (BEYOND * this.#reach * (2 * (cell - 0.5))) / (side - 1) - BEYOND * this.#reach;
    const ring = (cells: number[][]) => `${this.path(cells.map(([x = 0, y = 0]) => [at(x), at(y)]))}Z`;
    return drawn
      .map(({ coordinates }) => coordinates.flat().map(ring).join(""))
      .map((d) => (d ? `<path class="band" fill-rule="evenodd" d="${d}"/>` : ""))
      .join("");
  }

  /** The same where the loss counts wrong answers: a layer for each, beyond its edge. */
  stairs(edges: readonly Edge[]): string {
    return edges.map((edge) => `<path class="band" d="${this.path(this.#beyond(edge))}Z"/>`).join("");
  }

  /** The half of the plane beyond an edge, as far as it can be seen. */
  #beyond([x, y, c]: Edge): Point[] {
    const far = 4 * this.#reach;
    const length = Math.hypot(x, y);
    const across: Point = [x / length, y / length];
    const along: Point = [-y / length, x / length];
    const corner = (out: number, side: number) => plus(times(c / length + out, across), times(side, along));
    return [corner(0, -far), corner(0, far), corner(far, far), corner(far, -far)];
  }

  #place(value: number): number {
    const furthest = FURTHEST * this.#reach;
    const kept = Math.max(-furthest, Math.min(furthest, Number.isNaN(value) ? furthest : value));
    return short((SIZE / 2) * (1 + kept / this.#reach));
  }
}
