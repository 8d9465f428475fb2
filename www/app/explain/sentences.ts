import { type Algorithm, type Config, defaults, type Rates, ratesOf } from "../contract/config";
import type { Divergence } from "../contract/result";
import { ruleInfo, ruleLabel } from "../contract/rules";
import { type Run, type Series, seriesByAlgorithm } from "../metrics/aggregate";
import { percent, wholePercent } from "../metrics/format";
import * as text from "../text/text";

/** What the page says of a whole experiment, built from its own numbers and nothing else. */

/** How the rules compare: who passed what the slowest reached, and when; then where each one stands. */
export function outcome(runs: readonly Run[]): string {
  const series = accuracies(finished(runs));
  return series.length > 0 ? race(series) + text.sentences.end(standing(runs)) : "";
}

/** Where each rule that finished stands, the best first. */
export function standing(runs: readonly Run[]): string {
  return accuracies(finished(runs))
    .sort((a, b) => lastOf(b) - lastOf(a))
    .map((line) => text.sentences.standing(ruleLabel(line.algorithm), percent(lastOf(line))))
    .join(", ");
}

/** Less than so many times what untrained networks get right is not worth a race. */
const LEARNED = 1.5;

/** Means of several seeds miss a round figure by so little. */
const ROUNDING = 1e-9;

/** The first and the last of the noise rules to pass, and stay above, a round figure that all of them end above. */
function race(series: readonly Series[]): string {
  const noisy = series.filter(({ algorithm }) => ruleInfo(algorithm).noise);
  const goal = (Math.ceil(20 * (Math.min(...noisy.map(lastOf)) - ROUNDING)) - 1) / 20;
  if (goal < LEARNED * Math.max(...noisy.map(({ mean }) => mean[0] ?? 0))) return "";
  const times = noisy
    .map((line) => ({ name: ruleLabel(line.algorithm), epoch: staysFrom(line, goal) }))
    .sort((a, b) => a.epoch - b.epoch);
  const [first, slowest] = [times[0], times.at(-1)];
  if (!first || !slowest || first.epoch === slowest.epoch) return "";
  return text.sentences.race(first.name, wholePercent(goal), first.epoch, slowest.name, slowest.epoch);
}

/** One line for the screen reader: where the rules stand. */
export function progressLine(place: string, runs: readonly Run[]): string {
  const standing = accuracies(runs).map((line) =>
    text.sentences.standing(ruleLabel(line.algorithm), wholePercent(lastOf(line))),
  );
  return text.sentences.progress(place, standing.join(", "));
}

interface Diverged {
  algorithm: Algorithm;
  seed: number;
  diverged?: Divergence;
  /** Rates that it was given on the way. */
  changes: readonly Rates[];
}

/** One sentence for each rule with diverged runs: what happened, and what to try. `begun`: what the runs began with. */
export function divergences(runs: readonly Diverged[], begun: Config): string[] {
  const diverged = runs.filter((run) => run.diverged);
  return [...new Set(diverged.map((run) => run.algorithm))].map((algorithm) =>
    divergenceOf(
      diverged.filter((run) => run.algorithm === algorithm),
      begun,
    ),
  );
}

function divergenceOf(runs: readonly Diverged[], begun: Config): string {
  const [first] = [...runs].sort((a, b) => stepOf(a) - stepOf(b));
  if (!first?.diverged) return "";
  const { algorithm, seed, diverged, changes } = first;
  const who =
    runs.length > 1 ? text.sentences.several(runs.length, ruleLabel(algorithm)) : ruleLabel(algorithm);
  const what = text.sentences.what[diverged.quantity];
  const before = ratesOf(begun, algorithm);
  const advice = remedy(algorithm, diverged.quantity, before, changes.at(-1) ?? before);
  return text.sentences.diverged(who, seed, diverged.step, what, diverged.layer, advice);
}

/** The rate that was raised most on the way; where none was, the one that is farthest above what is usual. */
function remedy(algorithm: Algorithm, quantity: Divergence["quantity"], before: Rates, now: Rates): string {
  const names = ratesIn(algorithm, quantity);
  const raised = names.toSorted((a, b) => now[b] / before[b] - now[a] / before[a])[0] ?? "lr";
  if (now[raised] > before[raised]) {
    return text.sentences.wasRaised(labelOf(raised), before[raised], now[raised]);
  }
  const usual = defaults();
  const large = names.toSorted((a, b) => now[b] / usual[b] - now[a] / usual[a])[0] ?? "lr";
  return text.sentences.trySmaller(labelOf(large), now[large], usual[large]);
}

/**
 * The rates that the rule makes use of; first the one that stands nearest to what grew, for where all are alike. To a
 * rule that asks derivatives for the slope along its noise, the noise's size is all the same.
 */
function ratesIn(algorithm: Algorithm, quantity: Divergence["quantity"]): (keyof Rates)[] {
  const { noise, derivatives, decorrelated } = ruleInfo(algorithm);
  const names: (keyof Rates)[] = ["lr", ...(noise && !derivatives ? (["noise_std"] as const) : [])];
  if (!decorrelated) return names;
  return quantity === "decorrelation" ? ["decor_lr", ...names] : [...names, "decor_lr"];
}

function labelOf(rate: keyof Rates): string {
  return text.fields[rate].label.toLowerCase();
}

function stepOf({ diverged }: Diverged): number {
  return diverged?.step ?? 0;
}

function finished(runs: readonly Run[]): Run[] {
  return runs.filter((run) => run.status === "finished");
}

function accuracies(runs: readonly Run[]): Series[] {
  return seriesByAlgorithm(runs, { kind: "test_acc" }, "epoch");
}

function lastOf({ mean }: Series): number {
  return mean.at(-1) ?? 0;
}

/** The first epoch from which on it is always above. */
function staysFrom({ mean }: Series, goal: number): number {
  return mean.findLastIndex((acc) => (acc ?? 0) <= goal + ROUNDING) + 1;
}
