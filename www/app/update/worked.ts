import type { Algorithm } from "../contract/config";
import { ruleInfo } from "../contract/rules";
import type { SeenUpdate } from "../contract/update";
import * as later from "../text/later";
import { dot } from "./agreement";
import { isNoisyItself, onlyNoisyLayer } from "./stages";

/** A unit of a layer, both from 0. */
export interface UnitPlace {
  layer: number;
  unit: number;
}

/** A symbol of a rule's equation, its value for one unit, and what that is. */
export interface Worked {
  symbol: string;
  value: number;
  words: string;
}

type Symbols = Partial<Record<keyof typeof later.update.symbols, number>>;

/** The numbers of the equation: a symbol each that stands in it, whatever the rule. */
export function workedOut(algorithm: Algorithm, seen: SeenUpdate, place: UnitPlace, pass: number): Worked[] {
  const at = seen.layers[place.layer];
  if (!at) return [];
  const credit = at.credit[place.unit] ?? 0;
  const mean = later.update.meanCredit(seen.draws);
  if (at.noisy?.bias) {
    const words = later.update.weightSymbols;
    const values = ofWeights(seen, at.noisy.bias[place.unit] ?? 0, pass);
    return worded({ ...values, "−g_b": credit }, seen.draws > 1 ? { ...words, "−g_b": mean } : words);
  }
  const words = {
    ...later.update.symbols,
    ...(isNoisyItself(seen) && later.update.twoNoises),
    ...(seen.draws > 1 && { E: mean }),
  };
  return worded({ ...ofUnit(ruleInfo(algorithm).equation, seen, place, pass), E: credit }, words);
}

function worded(values: Record<string, number>, words: Readonly<Record<string, string>>): Worked[] {
  return Object.entries(values).map(([symbol, value]) => ({ symbol, value, words: words[symbol] ?? "" }));
}

/** Noise on weights is credited with what the whole batch says; a bias has a weight's part in it. */
function ofWeights({ batchDiffs, noiseStd }: SeenUpdate, noise: number, pass: number) {
  return { ε_b: noise, "L̃ − L": -(batchDiffs[pass % batchDiffs.length] ?? 0), σ: noiseStd };
}

function ofUnit(equation: string, seen: SeenUpdate, { layer, unit }: UnitPlace, pass: number): Symbols {
  const at = seen.layers[layer];
  const only = onlyNoisyLayer(seen);
  if (!at?.noisy || (only !== undefined && only !== layer)) return {};
  const within = only === undefined ? seen.layers : [at];
  const lossDiff = seen.lossDiffs[pass % seen.lossDiffs.length] ?? 0;
  const moved = within.flatMap(({ noisy }) => (noisy ? [noisy.preactivationDiff] : []));
  const length = Math.sqrt(moved.reduce((sum, list) => sum + dot(list, list), 0));
  const noise = at.noisy.noise[unit] ?? 0;
  // Two noises differ by more than one is large.
  const std = (isNoisyItself(seen) ? Math.SQRT2 : 1) * seen.noiseStd;
  const symbols: (readonly [RegExp, Symbols])[] = [
    [/\\varepsilon/, { ε: noise }],
    [/v_l/, { v: noise / std }],
    [/\\tilde L/, { "L − L̃": lossDiff }],
    [/\\partial L\}\{\\partial v/, { "∂L/∂v": -lossDiff / std }],
    [/\\sigma/, { σ: std }],
    [/N(_l)? \(/, { N: within.reduce((sum, { credit }) => sum + credit.length, 0) }],
    [/\\delta A/, { δA: at.noisy.preactivationDiff[unit] ?? 0 }],
    [/\\\|\\delta A/, { "‖δA‖": length }],
  ];
  return Object.assign({}, ...symbols.flatMap(([in_, worked]) => (in_.test(equation) ? [worked] : [])));
}
