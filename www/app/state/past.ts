import type { Algorithm, Config, Rates } from "../contract/config";
import type { OwnData } from "../contract/own";
import { toLink } from "../contract/url";
import { ofItsRules, sameChanges } from "./course";
import type { Run } from "./run";

/** Where the experiment stood before something took its place. */
export interface Moment {
  config: Config;
  /** What these settings have been changed from. */
  origin: Config;
  trained: Config;
  followed: Config;
  asked: ReadonlyMap<Algorithm, Rates>;
  known: readonly Run[];
  begun: boolean;
  playing: boolean;
  /** Which start the runs have had; no other moment shares their workers. */
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

  /** Those of every moment; what stayed from one to the next several times. */
  get runs(): readonly Run[] {
    return this.#moments.flatMap(({ known }) => known);
  }

  /** Those of which runs that are not among `shown` have learned something, and not come to their end. */
  unfinished(shown: readonly Run[]): readonly Moment[] {
    return this.#moments.filter(({ known, trained }) =>
      known.some((run) => run.hasLearned && !isTrained(run, trained) && !shown.includes(run)),
    );
  }

  push(moment: Moment): void {
    this.#moments.push(moment);
    if (this.#moments.length <= MOMENTS) return;
    const least = this.#moments.findIndex(({ known }) => !known.some((run) => run.hasLearned));
    this.#moments.splice(Math.max(0, least), 1);
  }

  /**
   * The last one of these settings and images whose runs have ended, or can go on; `now`: how the runs that there are
   * were trained. Runs of one start are shared by its moments: what changed their rates after one made it untrue, but not
   * what rules have changed that it does not have.
   */
  find(config: Config, own: OwnData | null, now: Pick<Moment, "start" | "trained">): Moment | undefined {
    const link = toLink(ofItsRules(config));
    const last = ({ start }: Moment) =>
      start === now.start ? now : (this.#moments.findLast((other) => other.start === start) ?? now);
    const itsCourse = ({ trained }: Moment, { trained: { changes } }: Pick<Moment, "trained">) =>
      sameChanges(ofItsRules(trained), ofItsRules({ ...trained, changes }));
    return this.#moments.findLast(
      (moment) =>
        toLink(ofItsRules(moment.trained)) === link &&
        itsCourse(moment, last(moment)) &&
        moment.known.some((run) => run.hasLearned) &&
        moment.known.every((run) => isTrained(run, moment.trained) || canGoOn(run, moment.trained)) &&
        (config.dataset !== "own" || moment.own === own),
    );
  }

  /** With all that came after it. */
  forget(moment: Moment | undefined): void {
    if (moment) this.#moments.splice(this.#moments.indexOf(moment));
  }
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
