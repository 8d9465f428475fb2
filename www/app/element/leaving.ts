import type { Config } from "../contract/config";
import type { Session } from "./session";

const GOING: ReadonlySet<string> = new Set(["loading", "running", "paused", "failed"]);

/** What of a page outlives it, as far as is known. */
export interface Keeping {
  runs: boolean;
  results: boolean;
}

const ask = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
  event.returnValue = true; // What browsers of before 2024 heed.
};

/**
 * Whether something has been learned that ends with the page: in runs on the reader's own images, or in any where the
 * browser does not let it keep them or their result, also where only Undo has them still; or in a sweep.
 */
export function endsWithPage(
  { experiment, sweep }: Pick<Session, "experiment" | "sweep">,
  keeps: Keeping,
): boolean {
  const { ofRuns, phase, runs, aside } = experiment;
  const learned = runs.some(({ step }) => step > 0);
  const isLost = ({ dataset }: Config) => dataset === "own" || !keeps.runs;
  const going = GOING.has(phase) && isLost(ofRuns);
  const ended = phase === "done" && !keeps.results;
  const { trials, earlier } = sweep.state;
  return (
    (learned && (going || ended)) ||
    aside.some(isLost) ||
    earlier.length > 0 ||
    trials.some(({ status }) => status !== "waiting")
  );
}

/** Has the browser ask its reader before the page is left, as long as it is wanted: one that asks may not be put aside. */
export function askBeforeLeaving(wanted: boolean): void {
  if (wanted) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
