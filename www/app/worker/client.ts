import { AppError, type Failure } from "../contract/errors";
import type { Answer, Ask, Command, LiveCommand, Order, Question, Reply, Report } from "../contract/protocol";
import { ruleLabel } from "../contract/rules";
import { StartedWorker } from "../contract/started";
import type { Script, WorkerLike } from "../contract/thread";
import * as text from "../text/text";
import type { Crew, Seat } from "./crew";
import { Questions } from "./questions";
import url from "./trainer.worker.ts?worker&url";

/** What concerns the run; replies go to those who asked. */
export type RunReport = Exclude<Report, { kind: "hello" } | Reply> | { kind: "late" };

const SCRIPT: Script = { url, here: () => import("./trainer-here") };

export function spawnTrainer(): WorkerLike {
  return new StartedWorker(SCRIPT);
}

/** How many seconds a worker may be silent: before its first word, and while it owes an answer. */
const SPAWN_SECONDS = 15;
/** After so many without a first word the page says what may hold it back, and waits on. */
export const LATE_SECONDS = 5;
const SILENT_SECONDS = 30;

/**
 * One run in a worker. Whatever becomes of the worker, the run gets its end: `ended` or `failed` is reported
 * exactly once, unless `terminate` comes first; after it the run has left and nothing more is reported.
 */
export class RunClient {
  readonly #name: string;
  readonly #report: (report: RunReport) => void;
  #seat: Seat | undefined;
  #over = false;
  #greeted = false;
  #sent = 0;
  #obeyed = 0;
  #works = false;
  #epochs = 0;
  /** Counts its own ticks: neither a laptop's sleep nor a hidden page's slow timers make a worker seem dead. */
  readonly #watch: ReturnType<typeof setInterval>;
  #silentSeconds = 0;
  readonly #questions = new Questions();

  constructor(crew: Crew, order: Order, report: (report: RunReport) => void) {
    this.#name = text.worker.of(ruleLabel(order.algorithm), order.seed);
    this.#report = report;
    this.#watch = setInterval(() => this.#tick(), 1000);
    try {
      this.#seat = crew.seat({
        report: (report) => this.#hear(report),
        alive: () => this.#isAlive(),
        died: (what) => this.#die("worker", what),
      });
      this.#post({ kind: "start", ...order });
    } catch (thrown) {
      // The caller has not got its client yet: it hears of this as of any other death.
      queueMicrotask(() => this.#die("worker", text.worker.notStarted(String(thrown))));
    }
  }

  send(command: LiveCommand): void {
    if (!this.#over) this.#post(command);
  }

  /** Settles in every case; with the code "ended" when the worker has gone before it answered. */
  async ask<Q extends Question>(question: Q): Promise<Answer<Q>> {
    if (this.#over) throw this.#ended();
    return this.#questions.ask(question, (ask) => this.#seat?.post(ask));
  }

  /** False while a command is under way: until then a report tells of the time before it. */
  get upToDate(): boolean {
    return this.#obeyed >= this.#sent;
  }

  terminate(): void {
    this.#over = true;
    clearInterval(this.#watch);
    this.#seat?.leave();
    this.#seat = undefined; // a run that has ended is kept for Undo; its worker need not be
    this.#questions.abandon(this.#ended());
  }

  #ended(): AppError {
    return new AppError("ended", text.worker.died(this.#name, text.worker.ended));
  }

  #post(command: Exclude<Command, Ask>): void {
    this.#sent += 1;
    this.#seat?.post(command);
  }

  #hear(report: Report): void {
    if (this.#over) return;
    this.#isAlive();
    switch (report.kind) {
      case "hello":
        break;
      case "failed":
        this.#fail(report);
        break;
      case "ended":
        this.terminate();
        this.#report(report);
        break;
      case "progress":
        this.#obeyed = report.obeyed;
        this.#works = report.busy && !report.awaits;
        this.#epochs = report.epoch;
        this.#report(report);
        break;
      case "answer":
      case "refused":
        this.#questions.settle(report);
        break;
      default:
        this.#report(report);
    }
  }

  #isAlive(): void {
    this.#silentSeconds = 0;
    this.#greeted = true;
  }

  /** A trap in the wasm module says in its own terms what happened: it wants a sentence around it. */
  #fail(failure: Failure): void {
    if (failure.code === "engine") {
      const code = failure.memory_full ? "memory" : failure.code;
      this.#die(code, text.worker.stopped(failure.message, failure.memory_bytes));
    } else {
      this.terminate();
      this.#report({ kind: "failed", ...failure });
    }
  }

  /** Silence is death only while an answer is owed: a paused run has nothing to say. */
  #tick(): void {
    if (this.upToDate && !this.#works && !this.#questions.pending) return;
    this.#silentSeconds += 1;
    if (!this.#greeted && this.#silentSeconds === LATE_SECONDS) this.#report({ kind: "late" });
    if (!this.#greeted && this.#silentSeconds >= SPAWN_SECONDS) {
      this.#die("timeout", text.worker.slowStart(SPAWN_SECONDS));
    } else if (this.#silentSeconds >= SILENT_SECONDS) {
      this.#die("timeout", text.worker.silent(SILENT_SECONDS));
    }
  }

  #die(code: string, what: string): void {
    if (this.#over) return;
    this.#seat?.avoid();
    this.terminate();
    const { died, kept, retry, retryOrSmaller } = text.worker;
    const rest = (this.#epochs > 0 ? kept(this.#epochs) : "") + (this.#greeted ? retryOrSmaller : retry);
    this.#report({ kind: "failed", code, message: died(this.#name, what) + rest });
  }
}
