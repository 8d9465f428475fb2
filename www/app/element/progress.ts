import { count } from "../metrics/format";
import type { Experiment, RunView } from "../state/experiment";
import * as text from "../text/text";

const ENDED = new Set<RunView["status"]>(["finished", "diverged", "failed"]);

/** How much of all runs is done, between 0 and 1. */
export function progressOf({ phase, loading, runs }: Experiment): number {
  if (phase === "loading" && loading) return loading.total > 0 ? loading.loaded / loading.total : 0;
  const parts = runs.map((run) => (ENDED.has(run.status) ? 1 : partOf(run)));
  return parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length);
}

function partOf({ step, steps_per_epoch, epochs }: RunView): number {
  return steps_per_epoch > 0 ? step / (steps_per_epoch * epochs) : 0;
}

/** Where the slowest of the runs that are under way stands. */
export function placeWords({ runs, config }: Experiment): string {
  const begun = runs.filter((run) => run.status === "running" || run.status === "paused");
  const over = runs.length > 0 && runs.every((run) => ENDED.has(run.status));
  const epoch = over ? config.epochs : Math.min(config.epochs, ...begun.map((run) => run.epoch));
  return text.progress.place(begun.length > 0 || over ? epoch : 0, config.epochs);
}

export function statusWords(experiment: Experiment): string {
  const { phase, loading, runs, speed } = experiment;
  const ended = runs.filter((run) => ENDED.has(run.status)).length;
  switch (phase) {
    case "idle":
      return text.progress.idle;
    case "loading":
      return loading
        ? text.progress.fetching(kilobytes(loading.loaded), kilobytes(loading.total))
        : text.progress.loading;
    case "running":
      if (speed === "slow") return updateWords(runs);
      return text.progress.running(ended, runs.length, count(speedOf(runs)));
    case "paused":
      return text.progress.paused;
    case "done":
      return text.progress.done;
    case "failed":
      return text.progress.failed;
  }
}

/** The update of the slowest run that is under way. */
function updateWords(runs: readonly RunView[]): string {
  const under = runs.filter((run) => run.status === "running" && run.steps_per_epoch > 0);
  const [slowest] = under.sort((a, b) => a.step - b.step);
  if (!slowest) return text.progress.loading;
  return text.progress.update(slowest.step, slowest.steps_per_epoch * slowest.epochs);
}

function kilobytes(bytes: number): string {
  return Math.round(bytes / 1000).toLocaleString("en");
}

function speedOf(runs: readonly RunView[]): number {
  const training = runs.filter((run) => run.status === "running");
  return training.reduce((sum, run) => sum + (run.samples_per_second ?? 0), 0);
}
