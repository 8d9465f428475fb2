import type { Algorithm, Change, Config } from "../contract/config";
import { AppError, toFailure } from "../contract/errors";
import { appendRows, emptyHistory, type History, rowLength } from "../contract/history";
import type { Answer, Progress, Question, Speed } from "../contract/protocol";
import type { Divergence, RateChange, RunResult } from "../contract/result";
import * as text from "../text/text";
import type { RunClient, RunReport } from "../worker/client";

/** What a run survives in another worker: the loss of its own, but not that it needs more memory than there is. */
const SURVIVED: ReadonlySet<string> = new Set(["worker", "engine", "timeout"]);
/** Checkpoints are large: of a run that goes on they are not asked for more often. */
const KEEP_MS = 5000;

export type RunStatus = "queued" | "loading" | "running" | "paused" | "finished" | "diverged" | "failed";

/** What may be seen of a run from outside. */
export interface RunView {
  readonly algorithm: Algorithm;
  readonly seed: number;
  readonly status: RunStatus;
  readonly epoch: number;
  /** Updates so far. */
  readonly step: number;
  /** The first update that can have other rates: it has never begun. */
  readonly next: number;
  /** 0 until the worker has built the network. */
  readonly steps_per_epoch: number;
  readonly epochs: number;
  /** Mean speed so far, evaluation included; null before the first update. */
  readonly samples_per_second: number | null;
  readonly history: History;
  readonly weights_hash: string | null;
  readonly diverged?: Divergence;
  /** Changes of its rates so far. */
  readonly changes: readonly RateChange[];
  readonly error?: AppError;
  /**
   * Whether it has come to its end, or had when another page left it: then its worker only brings it back. One that has
   * failed has not: it may go on.
   */
  readonly ended: boolean;
  /** The epoch from which it went on by itself when its worker was lost. */
  readonly resumed?: number;
  /** When the run has ended. */
  readonly checkpoint?: Uint8Array;
  /**
   * Looks into the network as it is now; `live`: only by the worker that trains it. Settles in every case: with an
   * AppError where there is nothing to see.
   */
  ask<Q extends Question>(question: Q, live?: boolean): Promise<Answer<Q>>;
  /** All that it takes to go on from here, or where its worker is gone, from where it stood last: undefined where it has not begun. */
  standing(): Promise<Blob | undefined>;
}

/** Where a run stood when its page left it; some files and pages of before tell only a part. */
export type Place = Partial<Pick<RunView, "epoch" | "next" | "steps_per_epoch"> & { over: boolean }>;

/** Answers for a run whose worker is gone, from the checkpoint that it left. */
export type AskCheckpoint = <Q extends Question>(checkpoint: Uint8Array, question: Q) => Promise<Answer<Q>>;

/** One run: what its worker has said so far, and the way to tell it something. */
export class Run implements RunView {
  readonly algorithm: Algorithm;
  readonly seed: number;
  /** The same for every one that stands, or has stood, where this run did. */
  readonly identity = {};
  readonly history = emptyHistory();
  epochs: number;
  changes: readonly RateChange[] = [];
  status: RunStatus = "queued";
  epoch = 0;
  step = 0;
  next = 0;
  steps_per_epoch = 0;
  samples_per_second: number | null = null;
  weights_hash: string | null = null;
  diverged?: Divergence;
  error?: AppError;
  checkpoint?: Uint8Array;
  resumed?: number;
  /** Whether its worker is slow to say its first word. */
  late = false;
  readonly #config: Pick<Config, "epochs" | "hidden_sizes">;
  readonly #askCheckpoint: AskCheckpoint;
  #client: RunClient | undefined;
  #awaits = false;
  /** Where it stood when it was last asked, and when that was, or when it began. */
  #kept: Blob | undefined;
  #keptAt = Number.NEGATIVE_INFINITY;
  #keptStep = 0;
  #survived = false;
  /** Whether there is nothing left to do for its worker, as far as it is known. */
  #wasOver = false;
  /** Whether its worker may not know yet how many epochs there are to be. */
  #untold = false;
  /** To be called when the run stands still. */
  #held: () => void = () => {};

  constructor(
    config: Pick<Config, "epochs" | "hidden_sizes">,
    algorithm: Algorithm,
    seed: number,
    askCheckpoint: AskCheckpoint,
  ) {
    this.algorithm = algorithm;
    this.seed = seed;
    this.epochs = config.epochs;
    this.#config = config;
    this.#askCheckpoint = askCheckpoint;
  }

  /** Another without a worker, that goes on from where this one was last remembered, whatever becomes of this one. */
  twin(): Run {
    const twin = new Run(this.#config, this.algorithm, this.seed, this.#askCheckpoint);
    Object.assign(twin, this, { history: structuredClone(this.history), late: false });
    twin.#kept = this.#kept;
    twin.#wasOver = this.#wasOver;
    return twin;
  }

  async ask<Q extends Question>(question: Q, live = false): Promise<Answer<Q>> {
    if (this.checkpoint && !live) return this.#askCheckpoint(this.checkpoint, question);
    if (!this.#client || this.over) {
      throw new AppError("ended", text.look.nothingYet);
    }
    return this.#client.ask(question).catch((error: unknown) => {
      // The run may have come to its end while the question was under way.
      if (this.checkpoint && !live) return this.#askCheckpoint(this.checkpoint, question);
      throw error;
    });
  }

  async standing(): Promise<Blob | undefined> {
    const asked = this.active && (await this.#client?.ask({ about: "checkpoint" }).catch(() => undefined));
    if (asked) {
      this.#kept = asked;
      return asked;
    }
    // Also where it has come to its end while the question was under way.
    if (this.checkpoint) return new Blob([new Uint8Array(this.checkpoint)]);
    return this.#kept;
  }

  /** Remembers where it stands, in case that its worker goes: every few seconds, after its first epoch, and where it rests. */
  keep(): void {
    const isFirst = this.epoch > 0 && this.#keptStep === 0;
    const isDue = isFirst || this.status === "paused" || performance.now() - this.#keptAt >= KEEP_MS;
    if (!isDue || this.step === this.#keptStep) return;
    [this.#keptAt, this.#keptStep] = [performance.now(), this.step];
    void this.standing();
  }

  /** Whether it can go on where its worker was lost: what has trained does so by itself, once. */
  survives(code: string): boolean {
    return this.steps_per_epoch > 0 && !this.#survived && SURVIVED.has(code);
  }

  survive(): Promise<void> {
    this.#survived = true;
    return this.wait();
  }

  /** For another worker, to go on from where it stood when that was last remembered, to the same bits. */
  async wait(): Promise<void> {
    this.#client = undefined;
    delete this.error;
    this.status = "loading";
    this.letGo();
    // A checkpoint that is there is of its end, or of another page: no worker has gone on from it.
    const bytes = this.checkpoint ? undefined : await this.#kept?.arrayBuffer().catch(() => undefined);
    if (bytes) this.checkpoint = new Uint8Array(bytes);
    this.status = "queued";
  }

  /** Waits for a worker, to go on from where another page has left it. */
  comeBack(checkpoint: Uint8Array, { epoch = 0, next = 0, steps_per_epoch = 0, over = true }: Place): void {
    this.checkpoint = checkpoint;
    [this.epoch, this.next, this.steps_per_epoch] = [epoch, next, steps_per_epoch];
    // Where it stands is not known: nothing is to be changed before that.
    this.#wasOver = over || steps_per_epoch === 0;
  }

  get ended(): boolean {
    return (this.over && this.status !== "failed") || this.#wasOver;
  }

  get over(): boolean {
    return this.status === "finished" || this.status === "diverged" || this.status === "failed";
  }

  /** Whether a worker has it. */
  get active(): boolean {
    return this.#client !== undefined && !this.over;
  }

  get client(): RunClient | undefined {
    return this.#client;
  }

  /** The worker is there; it goes as fast as it can until it hears otherwise. */
  begin(client: RunClient, speed: Speed): void {
    this.#client = client;
    this.#keptAt = performance.now();
    this.status = "loading";
    this.#wasOver = false;
    this.#untold = false;
    if (this.checkpoint) this.#kept = new Blob([new Uint8Array(this.checkpoint)]);
    delete this.checkpoint;
    if (speed !== "max") this.setSpeed(speed);
  }

  pause(): void {
    this.#client?.send({ kind: "pause" });
    if (this.status === "running") this.status = "paused";
  }

  resume(): void {
    this.#client?.send({ kind: "resume" });
    if (this.status === "paused") this.status = "running";
  }

  stepOnce(): void {
    this.#client?.send({ kind: "step" });
    if (this.status === "running") this.status = "paused";
  }

  epochOnce(): void {
    this.#client?.send({ kind: "epoch" });
    if (this.status === "paused") this.status = "running";
  }

  setSpeed(speed: Speed): void {
    if (!this.over) this.#client?.send({ kind: "speed", speed });
  }

  /** Whether it goes on slowly, and has done what the last beat was for. */
  get awaits(): boolean {
    return this.status === "running" && this.#awaits && this.#client?.upToDate === true;
  }

  beat(): void {
    this.#client?.send({ kind: "beat" });
  }

  /** Stands still when it resolves: at the update that `step` then says, or because it is over. */
  hold(): Promise<void> {
    this.#client?.send({ kind: "hold" });
    return new Promise((resolve) => {
      this.#held = resolve;
      this.#tellHeld();
    });
  }

  release(change?: Change): void {
    if (!this.over) this.#client?.send({ kind: "release", ...(change && { change }) });
  }

  /** Its worker has been taken away: nobody is to wait for it. */
  letGo(): void {
    this.#held();
    this.#held = () => {};
  }

  #tellHeld(): void {
    if (!this.active || this.#client?.upToDate) this.letGo();
  }

  /** How many epochs it has begun; after that many at least it can be told to end. */
  get begun(): number {
    if (this.steps_per_epoch > 0) return Math.ceil(this.next / this.steps_per_epoch);
    // Where another page has left it is not known yet: it may be anywhere.
    return this.checkpoint || this.#kept ? this.epochs : 0;
  }

  /** Whether it has come to something that would be lost if it began anew. */
  get hasLearned(): boolean {
    return this.begun > 0 || this.status === "finished" || this.status === "diverged";
  }

  /** Another number of epochs: one that has finished, and is to go on, waits for a worker. */
  endAt(epochs: number): void {
    if (epochs === this.epochs) return;
    this.epochs = epochs;
    this.#wasOver &&= this.steps_per_epoch === 0;
    if (this.status === "finished") this.#goOnLater();
    else if (!this.over) {
      this.#untold = this.active;
      this.#client?.send({ kind: "epochs", epochs });
    }
  }

  #goOnLater(): void {
    this.status = "queued";
    this.weights_hash = null;
    this.#client = undefined;
  }

  /** Takes in what the worker says; `onEpoch` is called after every epoch that it completes. */
  take(report: RunReport, onEpoch: () => void): void {
    this.late = report.kind === "late";
    switch (report.kind) {
      case "ready":
      case "late":
        break;
      case "progress":
        this.#progress(report, onEpoch);
        break;
      case "ended":
        this.status = report.status;
        this.weights_hash = report.weights_hash;
        this.checkpoint = report.checkpoint;
        // More epochs were asked for while it came to its end.
        if (this.#untold && report.status === "finished" && this.epoch < this.epochs) this.#goOnLater();
        if (report.diverged) this.diverged = report.diverged;
        break;
      case "failed":
        this.status = "failed";
        this.error = AppError.of(report);
        break;
    }
    this.#tellHeld();
  }

  #progress(report: Progress, onEpoch: () => void): void {
    if (this.#survived) this.resumed ??= report.epoch;
    this.epoch = report.epoch;
    this.step = report.step;
    this.next = Math.max(this.next, report.next);
    this.steps_per_epoch = report.steps_per_epoch;
    this.samples_per_second = report.samples_per_second;
    this.changes = report.changes;
    this.#awaits = report.awaits;
    // A report from before the last command must not undo what that command has already shown.
    if (this.#client?.upToDate) {
      this.status = report.busy ? "running" : "paused";
      this.#untold = false;
    }
    const layers = this.#config.hidden_sizes.length + 1;
    const length = rowLength(layers);
    for (let start = 0; start < report.rows.length; start += length) {
      appendRows(this.history, report.rows.subarray(start, start + length), layers);
      if (this.history.epoch.at(-1) !== 0) onEpoch();
    }
  }

  get result(): RunResult {
    const { algorithm, seed, history, weights_hash, diverged, changes, error } = this;
    return {
      ...{ algorithm, seed, status: resultStatus(this.status), history, weights_hash },
      ...(diverged && { diverged }),
      ...(changes.length > 0 && { changes: [...changes] }),
      ...(error && { error: toFailure(error, error.code) }),
    };
  }
}

/** A result file knows nothing of workers: a run is under way from its first row on. */
function resultStatus(status: RunStatus): RunResult["status"] {
  if (status === "loading") return "queued";
  return status === "paused" ? "running" : status;
}
