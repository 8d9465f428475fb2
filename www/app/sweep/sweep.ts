import type { Algorithm, Config } from "../contract/config";
import { AppError } from "../contract/errors";
import { historyFromRows } from "../contract/history";
import type { Plan } from "../contract/plan";
import type { RunReport } from "../worker/client";
import { Launcher, type LauncherParts, type Supply } from "../worker/launcher";
import type { Pool } from "../worker/pool";
import { type Pair, pairsOf, settingsOf } from "./grid";

/** One run of a sweep. */
export interface Trial extends Pair {
  status: "waiting" | "training" | "finished" | "diverged" | "failed";
  /** On the test images, so far. */
  accuracy: number | null;
}

/** What may be seen of a sweep: another object whenever something has changed. */
export interface SweepState {
  phase: "idle" | "loading" | "running" | "done" | "cancelled" | "failed";
  plan: Plan | null;
  /** Row by row: all noise sizes of the first learning rate, then of the second. */
  trials: readonly Trial[];
  /** Why it could not begin, or what became of a worker. */
  error: AppError | null;
}

/** As many runs as its plan has pairs, in workers of their own. Tells of every change by the event "change". */
export class Sweep extends EventTarget {
  readonly #pool: Pool;
  readonly #launcher: Launcher;
  #state: SweepState = { phase: "idle", plan: null, trials: [], error: null };

  constructor(parts: LauncherParts) {
    super();
    this.#pool = parts.pool;
    this.#launcher = new Launcher(parts);
  }

  get state(): SweepState {
    return this.#state;
  }

  start(plan: Plan): Promise<void> {
    this.cancel();
    const pairs = pairsOf(plan.lrs, plan.noises);
    const trials = pairs.map((pair): Trial => ({ ...pair, status: "waiting", accuracy: null }));
    this.#change({ phase: "loading", plan, trials, error: null });
    const configs: Config[] = [];
    return this.#launcher.launch(plan.config, {
      judge: ({ check }) => {
        for (const pair of pairs)
          configs.push(check({ ...plan.config, ...settingsOf(plan.config, plan.algorithm, pair) }));
      },
      ready: (supply) => {
        this.#change({ phase: "running" });
        for (const [index, config] of configs.entries()) this.#enqueue(index, plan.algorithm, config, supply);
      },
      failed: (error) => this.#change({ phase: "failed", trials: [], error }),
    });
  }

  /** Ends what is under way; what has been measured to its end stays. */
  cancel(): void {
    const { phase, trials } = this.#state;
    this.#launcher.cancel();
    if (phase !== "loading" && phase !== "running") return;
    const left = trials.map(
      (trial): Trial => (isOver(trial) ? trial : { ...trial, status: "waiting", accuracy: null }),
    );
    this.#change({ phase: "cancelled", trials: left });
  }

  #enqueue(index: number, algorithm: Algorithm, config: Config, { module, shards }: Supply): void {
    this.#pool.enqueue({
      wanted: () => true,
      order: () => ({ module, config, algorithm, seed: config.seed, shards, paused: false }),
      started: () => this.#set(index, { status: "training" }),
      report: (report) => this.#take(index, report, config.hidden_sizes.length + 1),
    });
  }

  #take(index: number, report: RunReport, layers: number): void {
    switch (report.kind) {
      case "progress": {
        const accuracy = historyFromRows(report.rows, layers).test_acc.at(-1);
        if (accuracy !== undefined) this.#set(index, { accuracy });
        break;
      }
      case "ended":
        this.#set(index, { status: report.status });
        break;
      case "failed":
        this.#set(index, { status: "failed" });
        this.#change({ error: AppError.of(report) });
        break;
    }
    if (this.#state.trials.every(isOver)) this.#change({ phase: "done" });
  }

  #set(index: number, news: Partial<Trial>): void {
    const trials = this.#state.trials.map((trial, at) => (at === index ? { ...trial, ...news } : trial));
    this.#change({ trials });
  }

  #change(news: Partial<SweepState>): void {
    this.#state = { ...this.#state, ...news };
    this.dispatchEvent(new Event("change"));
  }
}

export function isOver({ status }: Trial): boolean {
  return status !== "waiting" && status !== "training";
}

/** The trial with the best accuracy of those that finished. */
export function bestOf(trials: readonly Trial[]): Trial | undefined {
  const finished = trials.filter(({ status, accuracy }) => status === "finished" && accuracy !== null);
  return finished.toSorted((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))[0];
}
