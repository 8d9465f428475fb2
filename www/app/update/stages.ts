import type { Algorithm } from "../contract/config";
import { ruleInfo } from "../contract/rules";
import type { SeenLayer, SeenUpdate } from "../contract/update";
import { greatestOf } from "./grid";

export type Stage = "pass" | "noise" | "losses" | "credit" | "change" | "decorrelation";

/** The stages of an update; the last one is that of the rules that decorrelate. */
export function stagesOf(algorithm: Algorithm): readonly Stage[] {
  const all: readonly Stage[] = ["pass", "noise", "losses", "credit", "change"];
  return ruleInfo(algorithm).decorrelated ? [...all, "decorrelation"] : all;
}

/** What the cells of each layer show: a number each, and within it a mark of another one. */
export interface Plane {
  shown: Shown;
  marked?: Shown;
  values: Float32Array[];
  marks?: Float32Array[];
}

/** What a number is. */
export type Shown =
  | "activation"
  | "noise"
  | "moved"
  | "credit"
  | "exact"
  | "error"
  | "firstNoise"
  | "secondNoise";

/** What the strongest colour stands for among the cells, and the longest bar among the outputs. */
export interface Sizes {
  cells: number;
  bars: number;
}

export function sizesOf(lists: readonly ArrayLike<number>[]): Sizes {
  return { cells: greatestOf(lists.slice(0, -1)), bars: greatestOf(lists.slice(-1)) };
}

/** The numbers of a stage; what has not been found out yet is zero. */
export function planeOf(stage: Stage, seen: SeenUpdate): Plane {
  const of = (pick: (layer: SeenLayer) => Float32Array) => seen.layers.map(pick);
  const credit = of((layer) => layer.credit);
  const hasNoise = seen.lossDiffs.length > 0;
  switch (stage) {
    case "pass":
      return { shown: "activation", values: of((layer) => layer.activation) };
    case "noise":
      return hasNoise ? noisePlane(seen) : { shown: "error", values: lastOnly(credit) };
    case "losses":
      return hasNoise
        ? { shown: "moved", values: of(({ noisy, activation }) => noisy?.preactivationDiff ?? activation) }
        : { shown: "error", values: credit };
    default:
      return { shown: "credit", marked: "exact", values: credit, marks: of((layer) => layer.exact) };
  }
}

/** Noise of the pass; where the pass that it is compared with is noisy itself, that of both. */
function noisePlane({ layers }: SeenUpdate): Plane {
  const none = (layer: SeenLayer) => new Float32Array(layer.credit.length);
  const noise = layers.map((layer) => layer.noisy?.noise ?? none(layer));
  const isOwn = layers.some(({ ownNoise }) => ownNoise.some((value) => value !== 0));
  if (!isOwn) return { shown: "noise", values: noise };
  const own = layers.map(({ ownNoise }) => ownNoise);
  const second = noise.map((difference, l) => difference.map((value, unit) => value + (own[l]?.[unit] ?? 0)));
  return { shown: "firstNoise", marked: "secondNoise", values: own, marks: second };
}

function lastOnly(values: Float32Array[]): Float32Array[] {
  return values.map((list, l) => (l === values.length - 1 ? list : new Float32Array(list.length)));
}

/** Whether the pass that noisy ones are compared with has noise of its own. */
export function isNoisyItself({ layers }: SeenUpdate): boolean {
  return layers.some(({ ownNoise }) => ownNoise.some((value) => value !== 0));
}

/** The one layer (from 0) that has the noise of the pass, if it is not all of them. */
export function onlyNoisyLayer({ layers }: SeenUpdate): number | undefined {
  const noisy = layers.flatMap(({ noisy }, l) => (noisy?.noise.some((value) => value !== 0) ? [l] : []));
  return noisy.length === 1 && layers.length > 1 ? noisy[0] : undefined;
}
