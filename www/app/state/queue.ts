import type { Config } from "../contract/config";
import type { AppError } from "../contract/errors";
import type { Order, Speed } from "../contract/protocol";
import type { Loading } from "../dataset/source";
import type { RunReport } from "../worker/client";
import type { Launcher, Supply } from "../worker/launcher";
import type { Pool } from "../worker/pool";
import type { Run } from "./run";

export type Act = (run: Run) => void;

/** What the queue asks of the experiment, and tells it. */
export interface Host {
  readonly runs: readonly Run[];
  /** What a run that begins now is given. */
  readonly order: { config: Config; paused: boolean };
  readonly speed: Speed;
  changed(): void;
  ready(supply: Supply): void;
  failed(error: AppError): void;
  report(run: Run, report: RunReport): void;
}

/** Runs on their way to a worker: fetches what they need, and puts them into the pool. */
export class Queue {
  readonly #launcher: Launcher;
  readonly #pool: Pool;
  readonly #host: Host;
  /** Runs that stand in the pool's queue. */
  readonly #waiting = new Set<Run>();
  /** Whether the data has come and the runs stand in the pool. */
  #launched = false;
  /** Single steps and epochs that were asked for before there were workers to take them. */
  #held: Act[] = [];
  #loading: Loading | null = null;

  constructor(launcher: Launcher, pool: Pool, host: Host) {
    this.#launcher = launcher;
    this.#pool = pool;
    this.#host = host;
  }

  /** Bytes of the data, while it is being fetched. */
  get loading(): Loading | null {
    return this.#loading;
  }

  /** Fetches what the runs need, and puts those into the pool that wait for a worker. */
  launch(): void {
    if (!this.#host.runs.some((run) => this.#isNew(run))) return;
    void this.#launcher.launch(this.#host.order.config, {
      loading: (loading) => {
        this.#loading = loading;
        this.#host.changed();
      },
      ready: (supply) => this.#enqueue(supply),
      failed: (error) => this.#host.failed(error),
    });
  }

  /** Does it with every run, once there are workers. */
  act(act: Act): void {
    if (this.#launched) for (const run of this.#host.runs) act(run);
    else this.#held.push(act);
  }

  /** What was to be done once there are workers is not to be done any more. */
  forgetActs(): void {
    this.#held = [];
  }

  /** Ends the runs in the pool, and what is being fetched for others. */
  cancel(): void {
    this.#launcher.cancel();
    this.#loading = null;
    this.#waiting.clear();
    this.#launched = false;
  }

  /** As if nothing had been launched. */
  clear(): void {
    this.cancel();
    this.forgetActs();
  }

  #isNew(run: Run): boolean {
    return run.status === "queued" && !this.#waiting.has(run);
  }

  /** First every algorithm with the first seed, then with the second: all curves begin early. */
  #enqueue(supply: Supply): void {
    this.#loading = null;
    this.#launched = true;
    this.#host.ready(supply);
    const runs = this.#host.runs.filter((run) => this.#isNew(run));
    for (const run of runs) this.#waiting.add(run);
    for (const run of runs.toSorted((a, b) => a.seed - b.seed)) this.#wait(run, supply);
    for (const act of this.#held.splice(0)) this.act(act);
    this.#host.changed();
  }

  #wait(run: Run, { module, shards, bytes }: Supply): void {
    const { algorithm, seed } = run;
    const rules = this.#host.order.config.algorithms;
    this.#pool.enqueue({
      wanted: () => {
        this.#waiting.delete(run);
        return this.#host.runs.includes(run);
      },
      order: () => ({
        ...{ module, algorithm, seed, shards, ...this.#host.order },
        ...startOf(run),
      }),
      started: (client) => run.begin(client, this.#host.speed),
      report: (report) => this.#host.report(run, report),
      bytes: bytes[rules.indexOf(algorithm)] ?? 0,
    });
  }
}

/** Where the run goes on from, if it does not begin. */
export function startOf({ checkpoint, history }: Run): Pick<Order, "from"> {
  const rows = history.epoch.length;
  return checkpoint || rows > 0 ? { from: { ...(checkpoint && { checkpoint }), rows } } : {};
}
