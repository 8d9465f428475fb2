import type { Report, SeatCommand, SeatReport } from "../contract/protocol";
import { hear, type SpawnWorker, type Way, type WorkerLike } from "../contract/thread";

/** Whom a worker's words are for. */
export interface Listener {
  report(report: Report): void;
  /** The worker lives, although it spoke of another run. */
  alive(): void;
  died(what: string): void;
}

/** A run's place in a worker. */
export interface Seat {
  post(command: SeatCommand): void;
  /** Nothing new is to begin in its worker. */
  avoid(): void;
  leave(): void;
}

interface Member {
  worker: WorkerLike;
  seats: Map<number, Listener>;
  /** The runs that have something to do without being told. */
  working: Set<number>;
}

/** As many workers as there may be at once; where there are more runs, they take turns in them. */
export class Crew {
  readonly #spawn: SpawnWorker;
  readonly #limit: number;
  /** How the workers run, as far as one has said something. */
  way: Way | undefined;
  #members: Member[] = [];
  #seats = 0;

  constructor(spawn: SpawnWorker, limit: number) {
    this.#spawn = spawn;
    this.#limit = limit;
  }

  /** In a worker of its own, or else in the one that has the least to do. */
  seat(listener: Listener): Seat {
    const member = this.#members.length < this.#limit ? this.#hire() : this.#freest();
    const run = this.#seats++;
    member.seats.set(run, listener);
    member.working.add(run);
    return {
      post: (command) => {
        if (command.kind === "pause") member.working.delete(run);
        member.worker.postMessage({ ...command, run });
      },
      avoid: () => this.#dismiss(member),
      leave: () => this.#leave(member, run),
    };
  }

  #freest(): Member {
    return this.#members.reduce((best, member) => (isFreer(member, best) ? member : best));
  }

  #hire(): Member {
    const member: Member = { worker: this.#spawn(), seats: new Map(), working: new Set() };
    hear<SeatReport>(
      member.worker,
      ({ run, ...report }) => this.#pass(member, run, report),
      (what) => {
        this.#dismiss(member);
        for (const listener of [...member.seats.values()]) listener.died(what);
      },
    );
    this.#members.push(member);
    return member;
  }

  #pass(member: Member, run: number, report: Report): void {
    this.way = member.worker.way;
    if (report.kind === "progress" && !report.busy) member.working.delete(run);
    else if (report.kind === "progress") member.working.add(run);
    if (report.kind === "failed") this.#dismiss(member);
    for (const [other, listener] of [...member.seats]) {
      if (other === run) listener.report(report);
      else listener.alive();
    }
  }

  /** After a failure nothing new begins in it; what it has goes on, if it can. */
  #dismiss(member: Member): void {
    this.#members = this.#members.filter((other) => other !== member);
  }

  /** The last one to leave takes the worker along. */
  #leave(member: Member, run: number): void {
    if (!member.seats.delete(run)) return;
    member.working.delete(run);
    if (member.seats.size > 0) {
      member.worker.postMessage({ kind: "leave", run });
      return;
    }
    member.worker.terminate();
    this.#dismiss(member);
  }
}

function isFreer(a: Member, b: Member): boolean {
  const more = a.working.size - b.working.size || a.seats.size - b.seats.size;
  return more < 0;
}
