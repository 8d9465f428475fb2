/** Most cells that one layer shows. */
export const MOST = 256;
/** Most units whose changes are shown side by side, as images. */
const MOST_IMAGES = 64;

/** The units of a layer that are shown, and where. */
export interface Grid {
  /** Unit by unit, in the order of the network. */
  units: readonly number[];
  /** How many there are. */
  all: number;
  cols: number;
  rows: number;
}

/** All units of a layer; of a wide one the strongest, by the size of these numbers. */
export function gridOf(strength: ArrayLike<number>, most = MOST): Grid {
  const all = Array.from({ length: strength.length }, (_, unit) => unit);
  const size = (unit: number) => Math.abs(strength[unit] ?? 0);
  const strongest = all.length <= most ? all : all.toSorted((a, b) => size(b) - size(a)).slice(0, most);
  const units = strongest.toSorted((a, b) => a - b);
  const cols = Math.ceil(Math.sqrt(units.length));
  return { units, all: all.length, cols, rows: Math.ceil(units.length / cols) };
}

/** How many units of a layer show what they change: of the first each has an image, of the others a row of pixels. */
export function sideBySide(layer: number, units: number): number {
  return layer === 0 ? Math.min(MOST_IMAGES, units) : units;
}

/** The middle of a unit's cell, in cells from the upper left corner; none of a unit that is not shown. */
export function centreOf({ units, cols }: Grid, unit: number): [x: number, y: number] | undefined {
  const place = units.indexOf(unit);
  return place < 0 ? undefined : [(place % cols) + 0.5, Math.floor(place / cols) + 0.5];
}

/** The unit that an arrow key leads to from another one; none if the key is no arrow, or leads out of the grid. */
export function neighbour({ units, cols }: Grid, unit: number, key: string): number | undefined {
  const place = Math.max(0, units.indexOf(unit));
  const column = place % cols;
  switch (key) {
    case "ArrowLeft":
      return column > 0 ? units[place - 1] : undefined;
    case "ArrowRight":
      return column < cols - 1 ? units[place + 1] : undefined;
    case "ArrowUp":
      return units[place - cols];
    case "ArrowDown":
      return units[place + cols];
    default:
      return undefined;
  }
}

/** What moves a unit most: its inputs by the size of weight times input, the strongest first. */
export function strongestInputs(
  weights: ArrayLike<number>,
  input: ArrayLike<number>,
  most: number,
): { input: number; share: number }[] {
  return Array.from(input, (x, index) => ({ input: index, share: x * (weights[index] ?? 0) }))
    .filter(({ share }) => share !== 0)
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .slice(0, most);
}

export function greatestOf(lists: readonly ArrayLike<number>[]): number {
  let greatest = 0;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) greatest = Math.max(greatest, Math.abs(list[i] ?? 0));
  return greatest;
}
