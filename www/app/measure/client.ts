import type { Config } from "../contract/config";
import { AppError } from "../contract/errors";
import type { Shards } from "../contract/protocol";
import { hear } from "../contract/thread";
import * as later from "../text/later";
import * as text from "../text/text";
import type { Engine } from "../worker/engine";
import type { Case } from "./cases";
import type { Reply, Request, Trained } from "./protocol";

type ReplyTo<K extends Reply["kind"]> = Extract<Reply, { kind: K }>;

/** How long a worker may take for one request; the longest takes a few seconds on a slow phone. */
const SILENT_SECONDS = 30;

/** A worker that measures. One request at a time; a worker that dies or says nothing fails the request. */
export class MeasureClient {
  readonly #worker = new Worker(new URL("./measure.worker.ts", import.meta.url), { type: "module" });
  readonly #arithmetic: string;
  /** What becomes of the request that waits: its reply, or why there is none. */
  #take: (reply: Reply) => void = () => {};
  #abandon: (reason: AppError) => void = () => {};

  private constructor(arithmetic: string) {
    this.#arithmetic = arithmetic;
    hear<Reply>(
      this.#worker,
      (reply) => this.#take(reply),
      (what) => this.#die(what),
    );
  }

  /** A worker of the engine with this arithmetic. */
  static async start({ trainer }: Engine, arithmetic: string, shards: Shards): Promise<MeasureClient> {
    const client = new MeasureClient(arithmetic);
    const module = await trainer(arithmetic);
    await client.#ask("ready", { kind: "load", module, shards });
    return client;
  }

  /** Makes the untrained network of a case. */
  async begin({ algorithm, hidden_sizes, batch_size }: Case, train_size: number): Promise<void> {
    // Few test images, since evaluation is not what is timed; the most epochs, so that the run does not end.
    const config: Partial<Config> = {
      ...{ hidden_sizes, batch_size, train_size, test_size: 10, epochs: 1000 },
      arithmetic: this.#arithmetic,
    };
    await this.#ask("ready", { kind: "begin", config, algorithm });
  }

  /** Trains for about `ms` milliseconds, at least one update. */
  train(ms: number): Promise<Trained> {
    return this.#ask("trained", { kind: "train", ms });
  }

  /** GFLOP/s of the engine's SIMD arithmetic at its best. */
  async peak(ms: number): Promise<number> {
    return (await this.#ask("peak", { kind: "peak", ms })).gflops;
  }

  #die(what: string): void {
    this.#worker.terminate();
    this.#abandon(new AppError("worker", later.measure.died(what)));
  }

  /** Ends the worker; a request that waits fails. */
  dispose(): void {
    this.#worker.terminate();
    this.#abandon(new AppError("stopped", later.measure.stopped));
  }

  async #ask<K extends Reply["kind"]>(kind: K, request: Request): Promise<ReplyTo<K>> {
    // It counts its own ticks: a laptop's sleep is no silence.
    let seconds = 0;
    const watch = setInterval(() => {
      seconds += 1;
      if (seconds === SILENT_SECONDS) this.#die(text.worker.silent(SILENT_SECONDS));
    }, 1000);
    try {
      return await this.#reply(kind, request);
    } finally {
      clearInterval(watch);
    }
  }

  #reply<K extends Reply["kind"]>(kind: K, request: Request): Promise<ReplyTo<K>> {
    return new Promise((resolve, reject) => {
      this.#abandon = reject;
      this.#take = (reply) => {
        if (reply.kind === kind) resolve(reply as ReplyTo<K>);
        else if (reply.kind === "failed") reject(AppError.of(reply));
      };
      this.#worker.postMessage(request);
    });
  }
}
