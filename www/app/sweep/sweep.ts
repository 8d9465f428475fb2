import type { Config } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import { historyFromRows } from "../contract/history";
import type { Plan } from "../contract/plan";
import type { Shards } from "../contract/protocol";
import type { RunReport } from "../worker/client";
import type { Engine } from "../worker/engine";
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

/** What a sweep takes from elsewhere. */
export interface SweepParts {
  loadEngine: () => Promise<Engine>;
  /** The images that a run with these settings needs. */
  shards: (config: Config) => Promise<Shards>;
  pool: Pool;
}

/** As many runs as its plan has pairs, in workers of their own. Tells of every change by the event "change". */
export class Sweep extends EventTarget {
  readonly #parts: SweepParts;
  #state: SweepState = { phase: "idle", plan: null, trials: [], error: null };
  /** Tells a sweep that was cancelled while it loaded from the next. */
  #attempt = 0;

  constructor(parts: SweepParts) {
    super();
    this.#parts = parts;
  }

  get state(): SweepState {
    return this.#state;
  }

  async start(plan: Plan): Promise<void> {
    this.cancel();
    const attempt = this.#attempt;
    const pairs = pairsOf(plan.lrs, plan.noises);
    const trials = pairs.map((pair): Trial => ({ ...pair, status: "waiting", accuracy: null }));
    this.#change({ phase: "loading", plan, trials, error: null });
    try {
      const { trainer, check } = await this.#parts.loadEngine();
      const configs = pairs.map((pair) =>
        check({ ...plan.config, ...settingsOf(plan.config, plan.algorithm, pair) }),
      );
      const module = await trainer(plan.config.arithmetic);
      const shards = await this.#parts.shards(plan.config);
      if (attempt !== this.#attempt) return;
      this.#change({ phase: "running" });
      for (const [index, config] of configs.entries()) this.#enqueue(index, config, module, shards);
    } catch (thrown) {
      if (attempt !== this.#attempt) return;
      this.#change({ phase: "failed", trials: [], error: toAppError(thrown, "fetch") });
    }
  }

  /** Ends what is under way; what has been measured to its end stays. */
  cancel(): void {
    const { phase, trials } = this.#state;
    this.#attempt += 1;
    this.#parts.pool.terminate();
    if (phase !== "loading" && phase !== "running") return;
    const left = trials.map(
      (trial): Trial => (isOver(trial) ? trial : { ...trial, status: "waiting", accuracy: null }),
    );
    this.#change({ phase: "cancelled", trials: left });
  }

  #enqueue(index: number, config: Config, module: WebAssembly.Module, shards: Shards): void {
    const { plan } = this.#state;
    if (!plan) return;
    this.#parts.pool.enqueue({
      order: () => ({ module, config, algorithm: plan.algorithm, seed: config.seed, shards, paused: false }),
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
        this.#change({ error: new AppError(report.code, report.message, report.problems) });
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
