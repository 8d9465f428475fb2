import { type Algorithm, type Config, fieldOf } from "../contract/config";
import { AppError } from "../contract/errors";
import { ruleLabel } from "../contract/rules";
import * as text from "../text/text";
import type { Run } from "./run";

/** What tells the runs of an experiment apart. */
export interface Key {
  algorithm: Algorithm;
  seed: number;
}

const changes = fieldOf("changes");
/** So many changes on the way can be. */
export const MOST_CHANGES = changes?.kind === "changes" ? changes.max_items : 0;

/** The runs that these settings ask for. */
export function keysOf({ algorithms, num_seeds, seed }: Config): Key[] {
  const seeds = Array.from({ length: num_seeds }, (_, i) => seed + i);
  return algorithms.flatMap((algorithm) => seeds.map((seed) => ({ algorithm, seed })));
}

export function find(runs: readonly Run[], { algorithm, seed }: Key): Run | undefined {
  return runs.find((run) => run.algorithm === algorithm && run.seed === seed);
}

/** Whether there are other runs, or longer or shorter ones. */
export function extentDiffers(a: Config, b: Config): boolean {
  const extent = ({ algorithms, seed, num_seeds, epochs }: Config) =>
    [algorithms, seed, num_seeds, epochs].join();
  return extent(a) !== extent(b);
}

/** So few epochs cannot be chosen while these runs have begun more: names those that have come furthest. */
export function tooFew(epochs: number, further: readonly Run[]): AppError {
  const least = Math.max(...further.map(({ begun }) => begun));
  const furthest = further.filter(({ begun }) => begun === least);
  const rules = [...new Set(furthest.map(({ algorithm }) => ruleLabel(algorithm)))].join(", ");
  const message = text.settings.tooFew(epochs, rules, least);
  const problem = { field: "epochs", value: String(epochs), allowed: text.settings.orMore(least), message };
  return new AppError("config", message, [problem]);
}

/** Rates cannot be moved again: a link could not hold that. */
export function tooManyChanges(): AppError {
  return new AppError("link", text.settings.tooManyChanges(MOST_CHANGES));
}
