import type { Algorithm, Config, Rates } from "../contract/config";
import type { OwnData } from "../contract/own";
import { toLink } from "../contract/url";
import { ofItsRules } from "./course";
import type { Run } from "./run";

/** Where the experiment stood before something took its place. */
export interface Moment {
  config: Config;
  /** What these settings have been changed from. */
  origin: Config;
  trained: Config;
  followed: Config;
  asked: ReadonlyMap<Algorithm, Rates>;
  /** As they were then, whatever has become of them. */
  known: readonly Run[];
  begun: boolean;
  playing: boolean;
  /** Which start the runs have had. */
  start: number;
  /** The images that there were. */
  own: OwnData | null;
}

/** So many steps can be taken back: of more, those go first that brought back nothing learned. */
const MOMENTS = 20;

/** What can be taken back. */
export class Past {
  readonly #moments: Moment[] = [];

  get last(): Moment | undefined {
    return this.#moments.at(-1);
  }

  /** Those of every moment. */
  get runs(): readonly Run[] {
    return this.#moments.flatMap(({ known }) => known);
  }

  /** Those of which runs that are not among `shown` have learned something, and not come to their end. */
  unfinished(shown: readonly Run[]): readonly Moment[] {
    const isShown = (run: Run) => shown.some(({ identity }) => identity === run.identity);
    return this.#moments.filter(({ known, trained }) =>
      known.some((run) => run.hasLearned && !isTrained(run, trained) && !isShown(run)),
    );
  }

  push(moment: Moment): void {
    this.#moments.push(moment);
    if (this.#moments.length <= MOMENTS) return;
    const least = this.#moments.findIndex(({ known }) => !known.some((run) => run.hasLearned));
    this.#moments.splice(Math.max(0, least), 1);
  }

  /** The last one of these settings and images whose runs have ended, or can go on. */
  find(config: Config, own: OwnData | null): Moment | undefined {
    const link = toLink(ofItsRules(config));
    return this.#moments.findLast((moment) => {
      const { known, trained } = shownIn(moment);
      return (
        toLink(trained) === link &&
        known.some((run) => run.hasLearned) &&
        known.every((run) => isTrained(run, trained) || canGoOn(run, trained)) &&
        (config.dataset !== "own" || moment.own === own)
      );
    });
  }

  /** The last one, which is none of these any more. */
  take(): Moment | undefined {
    return this.#moments.pop();
  }
}

/** What was shown, without the rules that were hidden. */
export function shownIn({ known, trained }: Moment): Pick<Moment, "known" | "trained"> {
  const isShown = ({ algorithm }: Run) => trained.algorithms.includes(algorithm);
  return { known: known.filter(isShown), trained: ofItsRules(trained) };
}

/** Whether all that others had learned is among these runs, which may have come further. */
export function holds(runs: readonly Run[], others: readonly Run[]): boolean {
  const goesOn = (other: Run) =>
    runs.some(({ identity, next }) => identity === other.identity && next >= other.next);
  return others.every((other) => !other.hasLearned || goesOn(other));
}

/** Whether it has ended where these settings end it: it may have gone on since they were left. */
export function isTrained(run: Run, { epochs }: Config): boolean {
  return run.epochs === epochs && (run.status === "finished" || run.status === "diverged");
}

/**
 * Whether it was on its way to where these settings end it, and has begun no epoch that is none of theirs; also if it has
 * failed on the way.
 */
export function canGoOn(run: Run, { epochs }: Config): boolean {
  return run.epochs === epochs && (!run.over || run.status === "failed") && run.begun <= epochs;
}
