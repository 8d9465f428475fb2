import type { Order } from "../contract/protocol";
import type { SpawnWorker, Way } from "../contract/thread";
import { RunClient, type RunReport } from "./client";
import { Crew } from "./crew";
import { Budget } from "./room";

export interface Job {
  /** Whether it is still to be done when its turn has come. */
  wanted(): boolean;
  /** Asked for when the job's turn has come. */
  order(): Order;
  started(client: RunClient): void;
  report(report: RunReport): void;
  /** Of memory, for as long as it goes on. */
  bytes: number;
}

/** As many workers at once as the device has cores; where there are none, as in Node, one run after the other. */
export function cores(): number {
  return typeof Worker === "undefined" ? 1 : Math.max(1, navigator.hardwareConcurrency || 1);
}

/**
 * Runs jobs in the order they came, at most `limit` at once, each in a worker of its own; or, where they share the workers,
 * all of them. In either case no more than the memory has room for, but one.
 */
export class Pool {
  readonly #crew: Crew;
  readonly #limit: number;
  readonly #budget: Budget;
  #shares = false;
  readonly #waiting: Job[] = [];
  /** Bytes of every run that a worker has. */
  readonly #held = new Map<RunClient, number>();
  readonly #active = new Set<RunClient>();
  /** Runs that stand still for as long as nobody wants to see them, and take no place; each is told where others want its memory. */
  readonly #parked = new Map<RunClient, () => void>();

  constructor(spawn: SpawnWorker, limit: number, budget = new Budget()) {
    this.#crew = new Crew(spawn, limit);
    this.#limit = limit;
    this.#budget = budget;
  }

  /** Whether a run waits for memory alone. */
  get crowded(): boolean {
    return this.#waiting.length > 0 && this.#hasPlace;
  }

  /** How the runs' workers run here, once that is known. */
  get way(): Way | undefined {
    return this.#crew.way;
  }

  /** Whether what comes is to begin at once, and not to wait for a worker of its own: what has begun stays. */
  set shares(shares: boolean) {
    this.#shares = shares;
    this.#fill();
  }

  enqueue(job: Job): void {
    this.#waiting.push(job);
    this.#fill();
  }

  /** Ends every run and forgets the queue; no job reports after this. */
  terminate(): void {
    this.#waiting.length = 0;
    for (const client of [...this.#held.keys()]) {
      client.terminate();
      this.#forget(client);
    }
  }

  /** Ends one run; its job reports nothing more. */
  drop(client: RunClient): void {
    client.terminate();
    this.#forget(client);
    this.#fill();
  }

  /** Makes room for others, which may need its memory, too: then it is to be dropped. */
  park(client: RunClient, isInTheWay: () => void): void {
    if (this.#active.delete(client)) this.#parked.set(client, isInTheWay);
    this.#fill();
  }

  /** Back to its place, even if others have taken it meanwhile. */
  unpark(client: RunClient): void {
    if (this.#parked.delete(client)) this.#active.add(client);
  }

  #fill(): void {
    while (this.#hasPlace) {
      const [job] = this.#waiting;
      if (!job) return;
      if (!this.#hasRoom(job)) {
        const [isInTheWay] = this.#parked.values();
        isInTheWay?.();
        return;
      }
      this.#waiting.shift();
      if (job.wanted()) this.#begin(job);
    }
  }

  get #hasPlace(): boolean {
    return this.#shares || this.#active.size < this.#limit;
  }

  /** One run has room in any case: what finds none even alone has been refused. */
  #hasRoom({ bytes }: Job): boolean {
    return this.#held.size === 0 || bytes <= this.#budget.free;
  }

  #forget(client: RunClient): void {
    this.#budget.taken -= this.#held.get(client) ?? 0;
    for (const clients of [this.#held, this.#active, this.#parked]) clients.delete(client);
  }

  #begin(job: Job): void {
    const client = new RunClient(this.#crew, job.order(), (report) => {
      const over = report.kind === "ended" || report.kind === "failed";
      if (over) this.#forget(client);
      job.report(report);
      if (over) this.#fill();
    });
    this.#active.add(client);
    this.#held.set(client, job.bytes);
    this.#budget.taken += job.bytes;
    job.started(client);
  }
}
