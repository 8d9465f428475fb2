import type { Config } from "../contract/config";
import { ruleInfo, ruleLabel } from "../contract/rules";
import type { SeenChange, SeenUpdate } from "../contract/update";
import { areProbabilities, decimal, nameOfClass, percent, wholePercent } from "../metrics/format";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import { sameSign } from "./agreement";
import { greatestOf } from "./grid";
import { isNoisyItself, onlyNoisyLayer, type Stage } from "./stages";

/** What is told of. */
export interface Told {
  run: Pick<RunView, "algorithm">;
  seen: SeenUpdate;
  /** The noisy pass that is shown. */
  pass: number;
  /** As soon as it is known. */
  change: SeenChange | undefined;
  /** Of the change, from 0. */
  layer: number;
  /** What the change goes by. */
  config: Pick<Config, "optimizer" | "kappa"> | undefined;
  /** What the classes are called. */
  names: readonly string[];
}

/** What happens in a stage, with its own numbers. */
export function sentenceOf(stage: Stage, told: Told): string {
  const { seen, change, layer, config } = told;
  switch (stage) {
    case "pass":
      return passed(told);
    case "noise":
      return noise(told);
    case "losses":
      return losses(told);
    case "credit":
      return credit(told);
    case "change":
      return changing(told);
    case "decorrelation": {
      const [now, next] = [seen.layers[layer]?.decorrelated, change?.decorrelated[layer]];
      // Of C only the diagonal is left then.
      const does = later.update.decorrelating[config?.kappa === 1 ? "scaling" : "mixing"];
      if (!now || !next) return `${does}.`;
      return later.update.decorrelated(does, decimal(greatestOf([next.map((x, i) => x - (now[i] ?? 0))])));
    }
  }
}

function passed({ run, seen, names }: Told): string {
  const rule = ruleLabel(run.algorithm);
  const output = seen.layers.at(-1)?.activation ?? new Float32Array();
  const share = output[seen.label] ?? 0;
  const label = nameOfClass(names, seen.label);
  return areProbabilities(output)
    ? later.update.passed(rule, label, percent(share), loss(seen.loss))
    : later.update.passedPlain(rule, label, loss(seen.loss));
}

function noise({ run, seen }: Told): string {
  const { rule, derivatives } = ruleInfo(run.algorithm);
  const std = decimal(seen.noiseStd);
  const only = onlyNoisyLayer(seen);
  if (seen.lossDiffs.length === 0) return later.update.outputError(ruleLabel(run.algorithm));
  if (isNoisyItself(seen)) return later.update.noisyTwice(std);
  if (derivatives) return later.update.direction;
  if (rule === "wp") return later.update.noisyWeights(std);
  const given = only === undefined ? later.update.noisy(std) : later.update.noisyLayer(only + 1, std);
  return `${given} ${later.update.known[knownOf(run)]}`;
}

/** What a rule has to know of the noise: its equation tells. */
function knownOf({ algorithm }: Told["run"]): keyof typeof later.update.known {
  return /\\delta A/.test(ruleInfo(algorithm).equation) ? "movement" : "noise";
}

function losses({ run, seen, pass }: Told): string {
  const difference = seen.lossDiffs[pass % seen.lossDiffs.length];
  const { derivatives, equation } = ruleInfo(run.algorithm);
  // With a matrix D of its own for each layer, no layer waits for the one above.
  if (difference === undefined) return later.update.wayBack(ruleLabel(run.algorithm), /D_l/.test(equation));
  const falls = difference > 0;
  const by = decimal(Math.abs(difference));
  if (derivatives) return later.update.along(by, falls);
  const precise = (value: number) => value.toFixed(decimalsFor(difference));
  const both = [precise(seen.loss), precise(seen.loss - difference), by] as const;
  if (isNoisyItself(seen)) return falls ? later.update.twoSmaller(...both) : later.update.twoGreater(...both);
  return falls ? later.update.smaller(...both) : later.update.greater(...both);
}

function credit({ run, seen }: Told): string {
  const { draws, lossDiffs, batchDiffs } = seen;
  const goneBy = goneByOf(run, seen);
  const [difference] = goneBy === "weights" ? batchDiffs : lossDiffs;
  const share = sameSign(seen);
  const agreement = share === undefined ? "" : ` ${later.update.agree(wholePercent(share), seen.ofErrors)}`;
  if (difference === undefined) return later.update.creditExact(ruleLabel(run.algorithm)) + agreement;
  if (draws > 1) return later.update.creditMean(draws, seen.ofErrors) + agreement;
  if (lossDiffs.length > 1) return later.update.creditLayers + agreement;
  return later.update.credited(goneBy, difference > 0) + agreement;
}

/** What the credit goes by. */
function goneByOf(run: Told["run"], seen: SeenUpdate): later.CreditBy {
  if (seen.layers.some(({ noisy }) => noisy?.bias)) return "weights";
  if (ruleInfo(run.algorithm).derivatives) return "slope";
  return isNoisyItself(seen) ? "two" : knownOf(run);
}

function changing({ seen, change, config }: Told): string {
  const words = later.update.changing(seen.ofErrors, config?.optimizer === "adam");
  if (!change) return words;
  const rises = change.lossAfter > change.loss ? ` ${later.update.rises}` : "";
  return `${words} ${later.update.changed(loss(change.loss), loss(change.lossAfter))}${rises}`;
}

/** Two losses with as many digits as tell them apart; three, where that is enough. */
export function toldApart(least: number, greatest: number): readonly [string, string] {
  const both = (digits: number) => [least.toPrecision(digits), greatest.toPrecision(digits)] as const;
  return both([3, 4, 5, 6, 7, 8].find((digits) => new Set(both(digits)).size > 1) ?? 3);
}

/** So many that two losses are seen to differ by so much. */
function decimalsFor(difference: number): number {
  const place = Math.ceil(-Math.log10(Math.abs(difference)));
  return Number.isFinite(place) ? Math.min(7, Math.max(3, place + 2)) : 3;
}

function loss(value: number): string {
  return value.toFixed(3);
}
