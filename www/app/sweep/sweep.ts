import type { Config } from "../contract/config";
import { AppError } from "../contract/errors";
import type { OwnData } from "../contract/own";
import type { Cell, Plan } from "../contract/plan";
import { startOf } from "../state/queue";
import { Run } from "../state/run";
import * as text from "../text/text";
import type { RunReport } from "../worker/client";
import { Launcher, type LauncherParts, type Supply } from "../worker/launcher";
import type { Pool } from "../worker/pool";
import { cellsOf, trainedWith } from "./cells";
import { type Measured, measuredOf, NOTHING_MEASURED } from "./measures";

/** One run of a sweep, and what it has measured so far. */
export interface Trial extends Measured {
  cell: Cell;
  status: "waiting" | "training" | "finished" | "diverged" | "failed";
}

/** A plan, and what has come of it. */
export interface SweepMap {
  phase: "idle" | "loading" | "running" | "done" | "cancelled" | "failed";
  plan: Plan | null;
  /** Whether the reader has asked for it here, and is to see it. */
  asked: boolean;
  /** The reader's own images that were there when it was started. */
  own: OwnData | null;
  /** Row by row; none before the plan has been started. */
  trials: readonly Trial[];
  /** Why it could not begin, or what became of a worker. */
  error: AppError | null;
}

/** What may be seen of a sweep: another object whenever something has changed. */
export interface SweepState extends SweepMap {
  /** What others have taken the place of, the oldest first. */
  earlier: readonly SweepMap[];
}

const NO_MAP: SweepMap = { phase: "idle", plan: null, asked: false, own: null, trials: [], error: null };

/** As many runs as its plan has cells, in workers of their own. Tells of every change by the event "change". */
export class Sweep extends EventTarget {
  readonly #pool: Pool;
  readonly #launcher: Launcher;
  readonly #bytes: LauncherParts["bytes"];
  /** The runs that are under way, or wait, by the index of their trial. */
  #runs = new Map<number, Run>();
  #resting = false;
  #state: SweepState = { ...NO_MAP, earlier: [] };

  constructor(parts: LauncherParts) {
    super();
    this.#pool = parts.pool;
    this.#bytes = parts.bytes;
    this.#launcher = new Launcher(parts);
  }

  get state(): SweepState {
    return this.#state;
  }

  /** Whether its runs stand still, those that have yet to begin, too. */
  set resting(resting: boolean) {
    this.#resting = resting;
    for (const run of this.#runs.values()) {
      if (resting) run.pause();
      else run.resume();
    }
  }

  /** Puts a plan before the reader, to be started or changed. */
  propose(plan: Plan, asked: boolean): void {
    this.#replace({ ...NO_MAP, plan, asked });
  }

  /** Shows an earlier map in the place of the one that there is. */
  show(index: number): void {
    const map = this.#state.earlier[index];
    if (!map) return;
    this.#change({ earlier: this.#state.earlier.filter((other) => other !== map) });
    this.#replace(map);
  }

  start(plan: Plan, own: OwnData | null = null): Promise<void> {
    const cells = cellsOf(plan.algorithm, plan);
    const trials = cells.map((cell): Trial => ({ cell, status: "waiting", ...NOTHING_MEASURED }));
    const images = plan.config.dataset === "own" ? own : null;
    this.#replace({ phase: "loading", plan, asked: true, own: images, trials, error: null });
    const configs: Config[] = [];
    const bytes: number[] = [];
    return this.#launcher.launch(plan.config, {
      judge: async ({ check }) => {
        for (const cell of cells) {
          const config = check(trainedWith(plan, cell));
          configs.push(config);
          bytes.push(...(await this.#bytes({ ...config, algorithms: [cell.algorithm] })));
        }
      },
      ready: (supply) => {
        this.#change({ phase: "running" });
        for (const [index, config] of configs.entries()) {
          const { algorithm } = cells[index] ?? plan;
          const run = new Run(config, algorithm, config.seed, nobodyAsks);
          this.#runs.set(index, run);
          this.#enqueue(index, run, config, supply, bytes[index] ?? 0);
        }
      },
      failed: (error) => this.#change({ phase: "failed", trials: [], error }),
    });
  }

  /** Ends what is under way; what has been measured to its end stays. */
  cancel(): void {
    const { phase, trials } = this.#state;
    this.#launcher.cancel();
    this.#runs.clear();
    if (phase !== "loading" && phase !== "running") return;
    const left = trials.map(
      (trial): Trial => (isOver(trial) ? trial : { ...trial, status: "waiting", ...NOTHING_MEASURED }),
    );
    this.#change({ phase: "cancelled", trials: left });
  }

  /** What has been measured before can be shown again. */
  #replace(map: SweepMap): void {
    this.cancel();
    const { earlier, ...last } = this.#state;
    this.#change({ ...map, earlier: last.trials.some(isOver) ? [...earlier, last] : earlier });
  }

  #enqueue(index: number, run: Run, config: Config, supply: Supply, bytes: number): void {
    const { module, shards } = supply;
    const { algorithm, seed } = run;
    const again = () => this.#enqueue(index, run, config, supply, bytes);
    this.#pool.enqueue({
      wanted: () => true,
      order: () => ({ module, config, algorithm, seed, shards, paused: this.#resting, ...startOf(run) }),
      started: (client) => {
        run.begin(client, "max");
        this.#set(index, { status: "training" });
      },
      report: (report) => this.#take(index, run, report, again),
      bytes,
    });
  }

  /** `again`: in another worker. */
  #take(index: number, run: Run, report: RunReport, again: () => void): void {
    if (report.kind === "failed" && run.survives(report.code)) {
      void run.survive().then(() => this.#runs.get(index) === run && again());
      return;
    }
    run.take(report, () => run.keep());
    switch (report.kind) {
      case "progress":
        this.#set(index, measuredOf(run.history));
        break;
      case "ended":
        this.#end(index, { status: report.status });
        break;
      case "failed":
        this.#end(index, { status: "failed" });
        this.#change({ error: AppError.of(report) });
        break;
    }
    if (this.#state.trials.every(isOver)) this.#change({ phase: "done" });
  }

  #end(index: number, news: Partial<Trial>): void {
    this.#runs.delete(index);
    this.#set(index, news);
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

/** What a trial measures is all that there is to see of it. */
const nobodyAsks = () => Promise.reject(new AppError("ended", text.look.nothingYet));
