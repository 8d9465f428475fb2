import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Algorithm } from "../contract/config";
import type { AppError } from "../contract/errors";
import type { Answer, Question } from "../contract/protocol";
import { ruleLabel } from "../contract/rules";
import * as text from "../text/text";
import type { RunView } from "./run";

/** The same question is asked again at most this often. */
const PAUSE_MS = 1000;

export interface Wish<Q extends Question> {
  run: RunView;
  question: Q;
  /** What makes it another question, where that is not all of it. */
  same?: readonly unknown[];
  /** Only of a run that goes on: one that has ended takes a worker of its own to look into. */
  live?: true;
}

/** How often the same question is asked again, and what of a run is to have changed before. */
interface Pace {
  pauseMs: number;
  stateOf: (run: RunView) => readonly unknown[];
}

export interface Sight<Q extends Question> {
  run: RunView;
  answer: Answer<Q>;
}

/**
 * Keeps what an element shows of some runs up to date: asks while the element is on screen, when there is something
 * else to see, one round after the other.
 */
export class Look<Q extends Question> implements ReactiveController {
  /** The answers of the last round, in the order of the wishes. */
  sights: readonly Sight<Q>[] = [];
  /** Why the last round brought nothing. */
  problem = "";
  readonly #host: ReactiveControllerHost & Element;
  readonly #wishes: () => readonly Wish<Q>[];
  readonly #pace: Pace;
  readonly #observer = new IntersectionObserver((entries) => {
    this.#onScreen = entries.at(-1)?.isIntersecting ?? false;
    this.#host.requestUpdate();
  });
  #onScreen = false;
  #busy = false;
  /** What the last round was about, and when it began. */
  #asked: readonly unknown[] = [];
  #questions: readonly unknown[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: ReactiveControllerHost & Element,
    wishes: () => readonly Wish<Q>[],
    pace: Pace = { pauseMs: PAUSE_MS, stateOf },
  ) {
    this.#host = host;
    this.#wishes = wishes;
    this.#pace = pace;
    host.addController(this);
  }

  get onScreen(): boolean {
    return this.#onScreen;
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    document.addEventListener("visibilitychange", this.#consider);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#onScreen = false;
    document.removeEventListener("visibilitychange", this.#consider);
    clearTimeout(this.#waiting);
  }

  hostUpdated(): void {
    this.#consider();
  }

  readonly #consider = (): void => {
    if (!this.#onScreen || document.hidden || this.#busy) return;
    const wishes = this.#wishes();
    const questions = wishes.flatMap(({ run, question, same }) => [
      run,
      ...(same ?? Object.values(question)),
    ]);
    const asked = [...questions, ...wishes.flatMap(({ run }) => this.#pace.stateOf(run))];
    if (same(asked, this.#asked)) return;
    clearTimeout(this.#waiting);
    const wait = same(questions, this.#questions)
      ? this.#askedAt + this.#pace.pauseMs - performance.now()
      : 0;
    if (wait > 0) {
      this.#waiting = setTimeout(this.#consider, wait);
      return;
    }
    this.#asked = asked;
    this.#questions = questions;
    this.#askedAt = performance.now();
    void this.#ask(wishes);
  };

  async #ask(wishes: readonly Wish<Q>[]): Promise<void> {
    this.#busy = true;
    const ask = async ({ run, question, live }: Wish<Q>): Promise<Sight<Q>> => ({
      run,
      answer: await run.ask(question, live),
    });
    const settled = await Promise.allSettled(wishes.map(ask));
    this.#busy = false;
    this.sights = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failed = settled.find((result) => result.status === "rejected");
    this.problem = failed ? (failed.reason as AppError).message : "";
    // The update that this brings considers whether there is already something else to see.
    this.#host.requestUpdate();
  }
}

/** Changes whenever the network has become another one that is worth a look. */
function stateOf({ status, history, step }: RunView): unknown[] {
  return [history.epoch.length, status === "finished" || status === "diverged", status === "paused" && step];
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** What a choice among the runs asks of each. */
type Seen = Pick<RunView, "algorithm" | "status"> & { history: Pick<RunView["history"], "epoch"> };

/** The first run of each rule that has a network to look into: one that diverged has no numbers left. */
export function oneOfEachRule<Run extends Seen>(runs: readonly Run[]): Run[] {
  const first = new Map<Algorithm, Run>();
  for (const run of runs) {
    const lost = run.status === "failed" || run.status === "diverged";
    if (!first.has(run.algorithm) && run.history.epoch.length > 0 && !lost) first.set(run.algorithm, run);
  }
  return [...first.values()];
}

/** The rules that have no network left to look into. */
export function divergedRules(runs: readonly Seen[]): Algorithm[] {
  const seen = oneOfEachRule(runs).map(({ algorithm }) => algorithm);
  const diverged = runs.filter(({ status }) => status === "diverged").map(({ algorithm }) => algorithm);
  return [...new Set(diverged)].filter((algorithm) => !seen.includes(algorithm));
}

/** Why nothing is seen: no network yet, or none any more. */
export function nothingSeen(runs: readonly Seen[]): string {
  const lost = divergedRules(runs).map(ruleLabel);
  return lost.length > 0 ? text.look.diverged(lost.join(", ")) : text.look.nothingYet;
}
