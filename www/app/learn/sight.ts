import type { Algorithm } from "../contract/config";

export type Point = readonly [number, number];

/** The loss over the two weights. */
export interface Ground {
  /** On a grid, a little further than the picture goes: rows go along the first weight. */
  side: number;
  losses: Float32Array;
  /** Where it has steps: of each sample the line x w + y v = c, beyond which its answer is wrong. */
  edges: readonly Edge[];
}

export type Edge = readonly [x: number, y: number, c: number];

/** How much further the grid goes than the picture, whose edges then are not its own. */
export const BEYOND = 1.1;

/** One update, where the noise was on the two weights themselves. */
export interface Throw {
  from: Point;
  noise: Point;
  /** The loss of the noisy pass. */
  loss: number;
  step: Point;
  /** The step that the exact gradient would have made. */
  exact: Point;
}

/** What one rule has done so far. */
export interface Track {
  rule: Algorithm;
  path: readonly Point[];
  losses: readonly number[];
  /** The samples, as the weights see them. */
  inputs: readonly Point[];
  throws: readonly Throw[];
}

/** Two weights that learn. */
export interface WeightsSight {
  kind: "weights";
  updates: number;
  ground: Ground;
  tracks: readonly Track[];
}

/** One image in one update of a network: a number for each unit, layer by layer. */
export interface UpdateSight {
  kind: "update";
  /** The stages that have been reached. */
  updates: number;
  /** Row by row, 0 to 255. */
  image: readonly number[];
  label: number;
  loss: number;
  /** Of the noisy pass, less that of the clean one. */
  change: number;
  layers: readonly {
    clean: Numbers;
    noise: Numbers;
    moved: Numbers;
    np: Numbers;
    anp: Numbers;
    exact: Numbers;
  }[];
}

export type Numbers = readonly number[];

/** The loss of one image at clean + t noise, for t from -2 to 2. */
export interface AlongSight {
  kind: "along";
  updates: number;
  noiseStd: number;
  losses: Numbers;
  /** How fast the loss grows with t where t is 0. */
  slope: number;
  /** For each size of the noise so far: what is measured, the loss at t = 1 less that at 0, for the slope. */
  measured: readonly { noiseStd: number; share: number }[];
}

/** How far the mean of so many draws is from the exact gradient, in degrees. */
export interface AngleSight {
  kind: "angle";
  updates: number;
  angles: readonly { draws: number; degrees: number }[];
}

/** What a figure shows. */
export type Sight = WeightsSight | UpdateSight | AlongSight | AngleSight;

/** A lesson under way. */
export interface Course {
  readonly sight: Sight;
  readonly over: boolean;
  step(): void;
  free(): void;
}

export function plus([x, y]: Point, [dx, dy]: Point): Point {
  return [x + dx, y + dy];
}

export function times(factor: number, [x, y]: Point): Point {
  return [factor * x, factor * y];
}

/** About zero, as decorrelation takes it. */
export function correlation(inputs: readonly Point[]): number {
  const sum = (of: (point: Point) => number) => inputs.reduce((total, input) => total + of(input), 0);
  return sum(([x, y]) => x * y) / Math.sqrt(sum(([x]) => x * x) * sum(([, y]) => y * y));
}
