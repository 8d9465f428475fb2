import type { Order } from "../contract/protocol";
import type { SpawnWorker } from "../contract/thread";
import { RunClient, type RunReport } from "./client";

export interface Job {
  /** Whether it is still to be done when its turn has come. */
  wanted(): boolean;
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
  /** Workers that stand still for as long as nobody wants to see them, and take no place. */
  readonly #parked = new Set<RunClient>();

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
    for (const clients of [this.#active, this.#parked]) {
      for (const client of clients) client.terminate();
      clients.clear();
    }
  }

  /** Ends one worker; its job reports nothing more. */
  drop(client: RunClient): void {
    client.terminate();
    this.#parked.delete(client);
    this.#active.delete(client);
    this.#fill();
  }

  /** Makes room for others. */
  park(client: RunClient): void {
    if (this.#active.delete(client)) this.#parked.add(client);
    this.#fill();
  }

  /** Back to its place, even if others have taken it meanwhile. */
  unpark(client: RunClient): void {
    if (this.#parked.delete(client)) this.#active.add(client);
  }

  #fill(): void {
    while (this.#active.size < this.#limit) {
      const job = this.#waiting.shift();
      if (!job) return;
      if (job.wanted()) this.#begin(job);
    }
  }

  #begin(job: Job): void {
    const client = new RunClient(this.#spawn, job.order(), (report) => {
      const over = report.kind === "ended" || report.kind === "failed";
      if (over && !this.#active.delete(client)) this.#parked.delete(client);
      job.report(report);
      if (over) this.#fill();
    });
    this.#active.add(client);
    job.started(client);
  }
}
