import type { Order } from "../contract/protocol";
import type { SpawnWorker } from "../contract/thread";
import { RunClient, type RunReport } from "./client";

export interface Job {
  /** Asked for when the job's turn has come. */
  order(): Order;
  started(client: RunClient): void;
  report(report: RunReport): void;
}

/** As many workers at once as the device has cores. */
export function cores(): number {
  return Math.max(1, navigator.hardwareConcurrency || 1);
}

/** Runs jobs in the order they came, at most `limit` at once, each in a worker of its own. */
export class Pool {
  readonly #spawn: SpawnWorker;
  readonly #limit: number;
  readonly #waiting: Job[] = [];
  readonly #active = new Set<RunClient>();

  constructor(spawn: SpawnWorker, limit: number) {
    this.#spawn = spawn;
    this.#limit = limit;
  }

  enqueue(job: Job): void {
    this.#waiting.push(job);
    this.#fill();
  }

  /** Ends every worker and forgets the queue; no job reports after this. */
  terminate(): void {
    this.#waiting.length = 0;
    for (const client of this.#active) client.terminate();
    this.#active.clear();
  }

  #fill(): void {
    while (this.#active.size < this.#limit) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#begin(job);
    }
  }

  #begin(job: Job): void {
    const client = new RunClient(this.#spawn, job.order(), (report) => {
      const over = report.kind === "ended" || report.kind === "failed";
      if (over) this.#active.delete(client);
      job.report(report);
      if (over) this.#fill();
    });
    this.#active.add(client);
    job.started(client);
  }
}
