import { type Config, defaults, type Given, isLiveChange, ratesOf, SCHEMA } from "../contract/config";
import { type AppError, toFailure } from "../contract/errors";
import type { OwnData } from "../contract/own";
import type { Answer, ImageShape, Question, Shards, Speed } from "../contract/protocol";
import type { Result } from "../contract/result";
import type { SpawnWorker } from "../contract/thread";
import { DataSource, type Loading } from "../dataset/source";
import { type RunReport, spawnTrainer } from "../worker/client";
import { type Engine, loadEngine } from "../worker/engine";
import { Launcher, type Supply } from "../worker/launcher";
import { cores, Pool } from "../worker/pool";
import { Reader, spawnReader } from "../worker/reader";
import { Run, type RunView } from "./run";

export type { RunStatus, RunView } from "./run";

export type Phase = "idle" | "loading" | "running" | "paused" | "done" | "failed";

/** What an experiment takes from the browser, so that tests can give it something else. */
export interface Parts {
  loadEngine: () => Promise<Engine>;
  spawn: SpawnWorker;
  spawnReader: SpawnWorker;
  cores: number;
  fetch: typeof fetch;
}

type Act = (run: Run) => void;

/** Visible changes are told at most this often, in milliseconds; changes of the phase at once. */
const CHANGE_MS = 100;

/**
 * A configuration and its runs. Events: "change" (something visible changed), "epoch" (detail: the run that has
 * completed one), "done" (every run has ended), "error" (detail: the AppError).
 */
export class Experiment extends EventTarget {
  readonly #loadEngine: Parts["loadEngine"];
  readonly #data: DataSource;
  readonly #pool: Pool;
  readonly #launcher: Launcher;
  readonly #reader: Reader;
  readonly #life = new AbortController();
  #config = defaults();
  /** What the runs began with: live changes since then are in each run's `changes`. */
  #begunWith = this.#config;
  #runs: Run[];
  /** Whether the runs have been asked for, and whether the data has come and they stand in the pool. */
  #begun = false;
  #launched = false;
  /** Whether runs are to go on by themselves. */
  #playing = false;
  #speed: Speed = "max";
  /** Single steps and epochs that were asked for before there were workers to take them. */
  #held: Act[] = [];
  #loading: Loading | null = null;
  #error: AppError | null = null;
  #shownPhase: Phase = "idle";
  #pendingChange: ReturnType<typeof setTimeout> | undefined;

  /** `dataUrl`: the folder of the shards and their manifest.json, ending in a slash. */
  constructor(dataUrl: URL, parts: Partial<Parts> = {}) {
    super();
    this.#loadEngine = parts.loadEngine ?? loadEngine;
    this.#data = new DataSource(dataUrl, {
      signal: this.#life.signal,
      ...(parts.fetch && { fetch: parts.fetch }),
    });
    this.#pool = new Pool(parts.spawn ?? spawnTrainer, parts.cores ?? cores());
    this.#launcher = new Launcher({
      loadEngine: this.#loadEngine,
      shards: (config, onProgress) => this.#data.load(config, onProgress),
      pool: this.#pool,
    });
    this.#reader = new Reader(parts.spawnReader ?? spawnReader);
    this.#runs = this.#untrainedRuns();
  }

  get config(): Config {
    return this.#config;
  }

  get speed(): Speed {
    return this.#speed;
  }

  get runs(): readonly RunView[] {
    return this.#runs;
  }

  /** Bytes of the data, while it is being fetched. */
  get loading(): Loading | null {
    return this.#loading;
  }

  /** What stopped the whole experiment; a single run has its own. */
  get error(): AppError | null {
    return this.#error;
  }

  get phase(): Phase {
    if (this.#error) return "failed";
    if (!this.#begun) return "idle";
    const has = (...statuses: string[]) => this.#runs.some((run) => statuses.includes(run.status));
    if (this.#runs.every((run) => run.over)) return has("finished", "diverged") ? "done" : "failed";
    if (has("running")) return "running";
    if (!has("paused", "finished", "diverged", "failed")) return "loading";
    return this.#playing ? "running" : "paused";
  }

  get result(): Result {
    const runs = this.#runs.map((run) => run.result);
    return { config: this.#begunWith, version: SCHEMA.version, runs };
  }

  /** The reader's own images. */
  get own(): OwnData | null {
    return this.#data.own;
  }

  /** What the networks read and answer, as far as it is known. */
  get shape(): ImageShape & { classes: number } {
    const { dataset, image_size } = this.#config;
    return (dataset === "own" && this.own) || { rows: image_size, cols: image_size, classes: 10 };
  }

  /** Reads the reader's own images and starts anew with them, as many as there are. Refused, it leaves everything as it was. */
  async useOwn(files: readonly File[]): Promise<void> {
    const engine = await this.#loadEngine();
    const { readOwn } = await import("../dataset/read");
    const own = await readOwn(files);
    const train_size = Math.min(this.#config.train_size, own.train.images);
    const test_size = Math.min(this.#config.test_size, own.test.images);
    const config = engine.check({ ...this.#config, dataset: "own", train_size, test_size });
    this.#data.own = own;
    this.#restart(config);
  }

  /** The images that a run with these settings needs; each file is fetched once. */
  shardsFor(config: Config): Promise<Shards> {
    return this.#data.load(config, () => {});
  }

  /** The whole configuration: the defaults and what is given. Refused, it leaves everything as it was. */
  async configure(given: Given): Promise<void> {
    const engine = await this.#loadEngine();
    this.#restart(engine.check(given));
  }

  /** Live settings keep the runs, which record the change; any other starts them anew. */
  async change(patch: Given): Promise<"kept" | "restarted"> {
    const engine = await this.#loadEngine();
    const next = engine.check({ ...this.#config, ...patch });
    const live = isLiveChange(this.#config, next);
    if (live && this.#begun) {
      this.#config = next;
      for (const run of this.#runs) run.setRates(ratesOf(next, run.algorithm));
      this.#changed();
      return "kept";
    }
    const goesOn = this.#playing && this.phase !== "done" && this.phase !== "failed";
    this.#restart(next);
    if (goesOn) this.play();
    return live ? "kept" : "restarted";
  }

  /** Starts the runs, lets paused ones go on, or trains anew what has ended. */
  play(): void {
    if (this.phase === "done") this.reset();
    this.#playing = true;
    this.#held = [];
    if (this.phase === "failed") this.retry();
    else if (this.#begun) for (const run of this.#runs) run.resume();
    else this.#begin();
    this.#changed();
  }

  pause(): void {
    this.#playing = false;
    for (const run of this.#runs) run.pause();
    this.#changed();
  }

  /** It holds for the runs that are under way and for all later ones. */
  setSpeed(speed: Speed): void {
    this.#speed = speed;
    for (const run of this.#runs) run.setSpeed(speed);
    this.#changed();
  }

  /** One update in every active run, which then is paused. */
  step(): void {
    this.#advance((run) => run.stepOnce());
  }

  /** To the end of the epoch in every active run, which then is paused. */
  epoch(): void {
    this.#advance((run) => run.epochOnce());
  }

  /** Back to the untrained networks of the same seeds. */
  reset(): void {
    this.#restart(this.#config);
  }

  /** Tries again what has failed: the loading of the data, or the runs whose workers ended. */
  retry(): void {
    if (this.#error) {
      const playing = this.#playing;
      this.#data.doubt();
      this.#restart(this.#config);
      this.#playing = playing;
      this.#begin();
    } else {
      const before = this.#runs;
      this.#runs = before.map((run) => (run.status === "failed" ? this.#untrained(run) : run));
      this.#launch(this.#runs.filter((run) => !before.includes(run)));
    }
    this.#changed();
  }

  /** Ends every worker and every request; the experiment says nothing after this. */
  dispose(): void {
    this.#life.abort();
    this.#launcher.cancel();
    this.#reader.terminate();
    clearTimeout(this.#pendingChange);
  }

  /** Untrained networks of this configuration, and nothing under way. */
  #restart(config: Config): void {
    this.#launcher.cancel();
    this.#reader.terminate();
    this.#config = config;
    this.#begunWith = config;
    this.#runs = this.#untrainedRuns();
    this.#begun = false;
    this.#launched = false;
    this.#playing = false;
    this.#held = [];
    this.#loading = null;
    this.#error = null;
    this.#changed();
  }

  #untrainedRuns(): Run[] {
    const { algorithms, num_seeds, seed } = this.#begunWith;
    const seeds = Array.from({ length: num_seeds }, (_, i) => seed + i);
    return algorithms.flatMap((algorithm) => seeds.map((seed) => this.#untrained({ algorithm, seed })));
  }

  #untrained({ algorithm, seed }: Pick<RunView, "algorithm" | "seed">): Run {
    return new Run(this.#begunWith, algorithm, seed, this.#askCheckpoint);
  }

  readonly #askCheckpoint = <Q extends Question>(checkpoint: Uint8Array, question: Q): Promise<Answer<Q>> =>
    this.#reader.ask(checkpoint, question);

  #begin(): void {
    this.#begun = true;
    this.#launch(this.#runs);
  }

  #advance(act: Act): void {
    this.#playing = false;
    if (!this.#begun) this.#begin();
    if (this.#launched) for (const run of this.#runs) act(run);
    else this.#held.push(act);
    this.#changed();
  }

  /** Fetches what the runs need and puts them into the pool. */
  #launch(runs: readonly Run[]): void {
    void this.#launcher.launch(this.#begunWith, {
      loading: (loading) => {
        this.#loading = loading;
        this.#changed();
      },
      ready: (supply) => this.#enqueue(runs, supply),
      failed: (error) => this.#fail(error),
    });
  }

  /** First every algorithm with the first seed, then with the second: all curves begin early. */
  #enqueue(runs: readonly Run[], { module, shards }: Supply): void {
    this.#loading = null;
    this.#launched = true;
    this.#reader.use(module, shards);
    for (const run of runs.toSorted((a, b) => a.seed - b.seed)) {
      const { algorithm, seed } = run;
      this.#pool.enqueue({
        order: () => ({ module, config: this.#begunWith, algorithm, seed, shards, paused: !this.#playing }),
        started: (client) => run.begin(client, ratesOf(this.#config, algorithm), this.#speed),
        report: (report) => this.#take(run, report),
      });
    }
    for (const act of this.#held.splice(0)) for (const run of this.#runs) act(run);
    this.#changed();
  }

  #take(run: Run, report: RunReport): void {
    run.take(report, () => this.#tell("epoch", run));
    if (run.error?.kind === "data") {
      this.#fail(run.error);
      return;
    }
    this.#changed();
    if (run.error) this.#tell("error", run.error);
    if (run.over && this.phase === "done") this.#tell("done");
  }

  /** Ends everything: without its data no run can go on. */
  #fail(error: AppError): void {
    this.#launcher.cancel();
    this.#loading = null;
    this.#error = error;
    for (const run of this.#runs)
      if (!run.over) run.take({ kind: "failed", ...toFailure(error, error.code) }, () => {});
    this.#changed();
    this.#tell("error", error);
  }

  #tell(event: "epoch" | "done" | "error", detail?: RunView | AppError): void {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }

  #changed(): void {
    if (this.#life.signal.aborted) return;
    if (this.phase !== this.#shownPhase) this.#tellChange();
    else this.#pendingChange ??= setTimeout(() => this.#tellChange(), CHANGE_MS);
  }

  #tellChange(): void {
    clearTimeout(this.#pendingChange);
    this.#pendingChange = undefined;
    this.#shownPhase = this.phase;
    this.dispatchEvent(new Event("change"));
  }
}
