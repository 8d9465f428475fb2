import type { Algorithm } from "../contract/config";
import { ruleInfo } from "../contract/rules";
import type { SeenUpdate } from "../contract/update";
import type { update } from "../text/later";
import { dot } from "./agreement";
import { onlyNoisyLayer } from "./stages";

/** A unit of a layer, both from 0. */
export interface UnitPlace {
  layer: number;
  unit: number;
}

/** A symbol of a rule's equation, and its value for one unit. */
export type Worked = readonly [symbol: keyof typeof update.symbols, value: number];

/** The numbers of the equation: a symbol each that stands in it, whatever the rule. */
export function workedOut(
  algorithm: Algorithm,
  seen: SeenUpdate,
  { layer, unit }: UnitPlace,
  pass: number,
): Worked[] {
  const { equation } = ruleInfo(algorithm);
  const at = seen.layers[layer];
  if (!at) return [];
  const credit: Worked = ["E", at.credit[unit] ?? 0];
  const only = onlyNoisyLayer(seen);
  if (!at.noisy || (only !== undefined && only !== layer)) return [credit];
  const within = only === undefined ? seen.layers : [at];
  const lossDiff = seen.lossDiffs[pass % seen.lossDiffs.length] ?? 0;
  const moved = within.flatMap(({ noisy }) => (noisy ? [noisy.preactivationDiff] : []));
  const length = Math.sqrt(moved.reduce((sum, list) => sum + dot(list, list), 0));
  const noise = at.noisy.noise[unit] ?? 0;
  const symbols: (readonly [RegExp, Worked])[] = [
    [/\\varepsilon/, ["ε", noise]],
    [/v_l/, ["v", noise / seen.noiseStd]],
    [/\\tilde L/, ["L − L̃", lossDiff]],
    [/\\partial L\}\{\\partial v/, ["∂L/∂v", -lossDiff / seen.noiseStd]],
    [/\\sigma/, ["σ", seen.noiseStd]],
    [/N(_l)? \(/, ["N", within.reduce((sum, { credit }) => sum + credit.length, 0)]],
    [/\\delta A/, ["δA", at.noisy.preactivationDiff[unit] ?? 0]],
    [/\\\|\\delta A/, ["‖δA‖", length]],
  ];
  return [...symbols.flatMap(([in_, worked]) => (in_.test(equation) ? [worked] : [])), credit];
}
