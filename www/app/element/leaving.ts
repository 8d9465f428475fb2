import type { Session } from "./session";

const GOING: ReadonlySet<string> = new Set(["loading", "running", "paused", "failed"]);

const ask = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
  event.returnValue = true; // What browsers of before 2024 heed.
};

/**
 * Whether something has been learned that ends with the page: in runs on the reader's own images, or in others where
 * the browser does not let it keep them; or in a sweep.
 */
export function endsWithPage(
  { experiment, sweep }: Pick<Session, "experiment" | "sweep">,
  keepsRuns: boolean,
): boolean {
  const { ofRuns, phase, runs } = experiment;
  const ends = ofRuns.dataset === "own" || !keepsRuns;
  const going = ends && GOING.has(phase) && runs.some(({ step }) => step > 0);
  const { trials, earlier } = sweep.state;
  return going || earlier.length > 0 || trials.some(({ status }) => status !== "waiting");
}

/** Has the browser ask its reader before the page is left, as long as it is wanted: one that asks may not be put aside. */
export function askBeforeLeaving(wanted: boolean): void {
  if (wanted) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
