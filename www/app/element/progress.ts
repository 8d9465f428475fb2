import { count } from "../metrics/format";
import type { Experiment, RunView } from "../state/experiment";
import * as text from "../text/text";

type Going = Pick<RunView, "status" | "epoch" | "step" | "steps_per_epoch" | "epochs" | "samples_per_second">;

/** The part of an experiment that its progress is told from. */
export interface Progressing extends Pick<Experiment, "phase" | "loading" | "speed"> {
  runs: readonly Going[];
}

/** They need nothing more; one that has failed does. */
const DONE = new Set<RunView["status"]>(["finished", "diverged"]);

/** How much of all runs is done, between 0 and 1. */
export function progressOf({ phase, loading, runs }: Progressing): number {
  if (phase === "loading" && loading) return loading.total > 0 ? loading.loaded / loading.total : 0;
  const parts = runs.map((run) => (DONE.has(run.status) ? 1 : partOf(run)));
  return parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length);
}

function partOf({ step, steps_per_epoch, epochs }: Going): number {
  return steps_per_epoch > 0 ? step / (steps_per_epoch * epochs) : 0;
}

/** The runs that are under way. */
function goingOf({ runs, phase }: Progressing): Going[] {
  const under = phase === "failed" ? ["failed"] : ["running", "paused"];
  // One that is to go on, and waits for a worker, is on its way, too.
  const waits = ({ status, epoch }: Going) => status === "queued" && epoch > 0;
  return runs.filter((run) => under.includes(run.status) || waits(run));
}

/** Where the slowest of the runs that are under way stands. */
export function slowestOf(progressing: Progressing): number {
  return Math.min(...goingOf(progressing).map(({ epoch }) => epoch));
}

/**
 * From where the slowest of the runs that are under way stands to where the furthest does, or others have finished;
 * nothing while the next ones are only on their way.
 */
export function placeWords(progressing: Progressing): string {
  const { runs } = progressing;
  const going = goingOf(progressing);
  const ended = endedOf(runs);
  const end = Math.max(...runs.map(({ epochs }) => epochs));
  const slowest = slowestOf(progressing);
  // Beside runs that are done, "Epoch 0" would read as if all were back at their start.
  const telling = slowest > 0 || ended === 0;
  const finished = runs.filter(({ status }) => status === "finished");
  const furthest = Math.max(...[...going, ...finished].map(({ epoch }) => epoch));
  if (going.length > 0) return telling ? text.progress.place(slowest, furthest, end) : "";
  if (ended > 0 && ended < runs.length) return "";
  // Where all have diverged none came to the end.
  const last = ended > 0 ? Math.max(...runs.map(({ epoch }) => epoch)) : 0;
  return text.progress.place(last, last, end);
}

function endedOf(runs: Progressing["runs"]): number {
  return runs.filter(({ status }) => DONE.has(status)).length;
}

export function statusWords({ phase, loading, runs, speed }: Progressing): string {
  switch (phase) {
    case "idle":
      return text.progress.idle;
    case "loading":
      return loading
        ? text.progress.fetching(kilobytes(loading.loaded), kilobytes(loading.total))
        : text.progress.loading;
    case "running":
      if (speed === "slow") return updateWords(runs);
      return text.progress.running(endedOf(runs), runs.length) + speedWords(runs);
    case "paused":
      return text.progress.paused;
    case "done":
      return text.progress.done;
    case "failed":
      return text.progress.failed;
  }
}

/** The update of the slowest run that is under way. */
function updateWords(runs: Progressing["runs"]): string {
  const under = runs.filter((run) => run.status === "running" && run.steps_per_epoch > 0);
  const [slowest] = under.sort((a, b) => a.step - b.step);
  if (!slowest) return text.progress.loading;
  return text.progress.update(slowest.step, slowest.steps_per_epoch * slowest.epochs);
}

function kilobytes(bytes: number): string {
  return Math.round(bytes / 1000).toLocaleString("en");
}

/** How fast all of them are together, as far as that is known. */
function speedWords(runs: Progressing["runs"]): string {
  const training = runs.filter((run) => run.status === "running");
  const speed = training.reduce((sum, run) => sum + (run.samples_per_second ?? 0), 0);
  return speed > 0 ? text.progress.speed(count(speed)) : "";
}
