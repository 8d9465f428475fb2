import { type AppError, type ErrorKind, toAppError } from "../contract/errors";
import { Experiment } from "../state/experiment";
import { Sweep } from "../sweep/sweep";
import { spawnTrainer } from "../worker/client";
import { loadEngine } from "../worker/engine";
import { cores, Pool } from "../worker/pool";
import { Budget } from "../worker/room";

/** Errors after which everything is as it was: there is nothing to try again. */
const STOPS_NOTHING: ReadonlySet<ErrorKind> = new Set(["settings", "link", "files", "part"]);

type Act = (experiment: Experiment) => unknown;

/** What the session tells the element. */
export interface Listener {
  changed: () => void;
  /** The runs have taken a change of their rates. */
  course: () => void;
  epoch: () => void;
  done: () => void;
  refused: (error: AppError) => void;
}

/**
 * An experiment and a sweep beside it, and what is asked of the experiment one thing after another: a play that follows a change of the settings
 * waits for the change. What is refused leaves everything as it was.
 */
export class Session {
  readonly experiment: Experiment;
  readonly sweep: Sweep;
  /** What was wrong with what was given last, and parts that the page goes on without. */
  refused: readonly AppError[] = [];
  /** What keeps the experiment from working at all. */
  failure: AppError | null = null;
  readonly #listener: Listener;
  #turn: Promise<void> = Promise.resolve();
  /** What failed, and what was asked for after it: to be done when the reader asks for it again. */
  #failed: Act[] = [];
  #over = false;

  constructor(dataUrl: URL, listener: Listener) {
    this.#listener = listener;
    const budget = new Budget();
    this.experiment = new Experiment(dataUrl, { budget });
    this.sweep = new Sweep({
      loadEngine,
      shards: (config) => this.experiment.shardsFor(config),
      bytes: (config) => this.experiment.bytesOf(config),
      pool: new Pool(spawnTrainer, cores(), budget),
    });
    this.sweep.addEventListener("change", listener.changed);
    this.experiment.addEventListener("change", listener.changed);
    this.experiment.addEventListener("course", listener.course);
    this.experiment.addEventListener("epoch", listener.epoch);
    this.experiment.addEventListener("done", listener.done);
    this.experiment.addEventListener("error", (event) => listener.refused((event as CustomEvent).detail));
  }

  /** Settles when it has been done or refused; the listener hears of a refusal. */
  next(act: Act): Promise<void> {
    this.#turn = this.#turn.then(() => this.#do(act));
    return this.#turn;
  }

  async retry(): Promise<void> {
    const acts = this.#failed.length > 0 ? this.#failed : [(experiment: Experiment) => experiment.retry()];
    this.#failed = [];
    this.failure = null;
    for (const act of acts) await this.next(act);
  }

  refuse(error: AppError): void {
    if (STOPS_NOTHING.has(error.kind)) this.refused = [...this.refused, error];
    else this.failure = error;
    this.#listener.refused(error);
    this.#listener.changed();
  }

  /** What was said is not so any more, or is said again. */
  forget(message: string): void {
    const others = this.refused.filter((error) => error.message !== message);
    if (others.length === this.refused.length) return;
    this.refused = others;
    this.#listener.changed();
  }

  end(): void {
    this.#over = true;
    this.sweep.cancel();
    this.experiment.dispose();
  }

  async #do(act: Act): Promise<void> {
    if (this.#over) return;
    if (this.#failed.length > 0) {
      this.#failed.push(act);
      return;
    }
    try {
      await act(this.experiment);
    } catch (thrown) {
      const error = toAppError(thrown, "engine");
      if (!STOPS_NOTHING.has(error.kind)) this.#failed.push(act);
      if (!this.#over) this.refuse(error);
    }
  }
}
