import { type Algorithm, type Config, ratesOf } from "../contract/config";
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

/** The first and the last of the noise rules to pass a round figure that both of them reached. */
function race(series: readonly Series[]): string {
  const noisy = series.filter(({ algorithm }) => ruleInfo(algorithm).noise);
  const goal = Math.floor(20 * Math.min(...noisy.map(bestOf))) / 20;
  const times = noisy
    .map((line) => ({
      name: ruleLabel(line.algorithm),
      epoch: line.mean.findIndex((acc) => (acc ?? 0) >= goal),
    }))
    .sort((a, b) => a.epoch - b.epoch);
  const [first, slowest] = [times[0], times.at(-1)];
  if (!first || !slowest || first.epoch === slowest.epoch || first.epoch === 0) return "";
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
}

/** One sentence for each rule with diverged runs: what happened, and what to try, from its own rates. */
export function divergences(runs: readonly Diverged[], config: Config): string[] {
  const diverged = runs.filter((run) => run.diverged);
  return [...new Set(diverged.map((run) => run.algorithm))].map((algorithm) =>
    divergenceOf(
      diverged.filter((run) => run.algorithm === algorithm),
      config,
    ),
  );
}

function divergenceOf(runs: readonly Diverged[], config: Config): string {
  const [first] = [...runs].sort((a, b) => stepOf(a) - stepOf(b));
  if (!first?.diverged) return "";
  const who =
    runs.length > 1
      ? text.sentences.several(runs.length, ruleLabel(first.algorithm))
      : ruleLabel(first.algorithm);
  const { quantity, layer, step } = first.diverged;
  const what = text.sentences.what[quantity];
  return text.sentences.diverged(
    who,
    first.seed,
    step,
    what,
    layer,
    remedy(first.algorithm, quantity, config),
  );
}

function remedy(algorithm: Algorithm, quantity: Divergence["quantity"], config: Config): string {
  const { lr, decor_lr, noise_std } = ratesOf(config, algorithm);
  const third = (rate: number) => Number((rate / 3).toPrecision(1));
  if (quantity === "decorrelation") return text.sentences.smallerDecorrelationRate(third(decor_lr));
  if (ruleInfo(algorithm).noise) return text.sentences.smallerRateOrNoise(third(lr), noise_std);
  return text.sentences.smallerRate(third(lr));
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

function bestOf({ mean }: Series): number {
  return Math.max(...mean.map((acc) => acc ?? 0));
}
