import { AppError } from "../contract/errors";
import type { Answer, Question, ReaderCommand, Reply, Shards } from "../contract/protocol";
import { StartedWorker } from "../contract/started";
import { hear, type Script, type SpawnWorker, type WorkerLike } from "../contract/thread";
import * as text from "../text/text";
import { Questions } from "./questions";
import url from "./reader.worker.ts?worker&url";

const SCRIPT: Script = { url, here: () => import("./reader-thread") };

export function spawnReader(): WorkerLike {
  return new StartedWorker(SCRIPT);
}

/** Networks that the worker holds at once, where there is room; each has the images of its run beside it. */
const MOST_OPEN = 8;
/** How long an answer may take, reading the data and a checkpoint included. */
const PATIENCE_SECONDS = 60;

/** Answers for runs that have ended, whose own workers are gone: one worker for all of them, started when it is needed. */
export class Reader {
  readonly #spawn: SpawnWorker;
  readonly #questions = new Questions();
  #worker: WorkerLike | undefined;
  #data: { module: WebAssembly.Module; shards: Shards } | undefined;
  #mostOpen = MOST_OPEN;
  /** The runs that the worker holds, by their checkpoints; the one asked last stands last. */
  readonly #open = new Map<Uint8Array, number>();
  #opened = 0;

  constructor(spawn: SpawnWorker) {
    this.#spawn = spawn;
  }

  /** What the runs were trained on, and how many of them the memory has room for. */
  use(module: WebAssembly.Module, shards: Shards, room: number): void {
    this.#data = { module, shards };
    this.#mostOpen = Math.max(1, Math.min(MOST_OPEN, Math.floor(room)));
  }

  async ask<Q extends Question>(checkpoint: Uint8Array, question: Q): Promise<Answer<Q>> {
    const run = this.#take(checkpoint);
    const answer = this.#questions.ask(question, (ask) => this.#post({ ...ask, run }));
    const patience = setTimeout(
      () => this.#lose(text.worker.silent(PATIENCE_SECONDS)),
      1000 * PATIENCE_SECONDS,
    );
    try {
      return await answer;
    } finally {
      clearTimeout(patience);
    }
  }

  terminate(): void {
    this.#end(new AppError("ended", text.look.nothingYet));
  }

  /** The number under which the worker has this run; it is told of it where it does not know it yet. */
  #take(checkpoint: Uint8Array): number {
    this.#start();
    const known = this.#open.get(checkpoint);
    const run = known ?? this.#opened++;
    this.#open.delete(checkpoint);
    this.#open.set(checkpoint, run);
    if (known === undefined) {
      this.#post({ kind: "open", run, checkpoint });
      this.#closeOldest();
    }
    return run;
  }

  #closeOldest(): void {
    const [oldest] = this.#open;
    if (!oldest || this.#open.size <= this.#mostOpen) return;
    this.#open.delete(oldest[0]);
    this.#post({ kind: "close", run: oldest[1] });
  }

  #start(): void {
    if (this.#worker) return;
    if (!this.#data) throw new AppError("ended", text.look.nothingYet);
    const worker = this.#spawn();
    hear<Reply>(
      worker,
      (reply) => this.#questions.settle(reply),
      (what) => this.#lose(what),
    );
    this.#worker = worker;
    this.#post({ kind: "data", ...this.#data });
  }

  #post(command: ReaderCommand): void {
    this.#worker?.postMessage(command);
  }

  /** The next question starts another worker. */
  #lose(what: string): void {
    this.#end(new AppError("worker", text.look.died(what)));
  }

  #end(error: AppError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#open.clear();
    this.#questions.abandon(error);
  }
}
