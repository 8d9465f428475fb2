import {
  type Algorithm,
  type Config,
  defaults,
  fixedPart,
  type Given,
  type Rates,
  ratesOf,
  SCHEMA,
  sameRates,
} from "../contract/config";
import { AppError, toFailure } from "../contract/errors";
import type { OwnData } from "../contract/own";
import type { Answer, ImageShape, Question, Shards, Speed } from "../contract/protocol";
import type { Result } from "../contract/result";
import { ruleLabel } from "../contract/rules";
import type { SpawnWorker } from "../contract/thread";
import { toLink } from "../contract/url";
import { DataSource, type Loading } from "../dataset/source";
import * as text from "../text/text";
import { type RunReport, spawnTrainer } from "../worker/client";
import { type Engine, loadEngine } from "../worker/engine";
import { Launcher, type Supply } from "../worker/launcher";
import { cores, Pool } from "../worker/pool";
import { Reader, spawnReader } from "../worker/reader";
import { Beat } from "./beat";
import { changed, withChange } from "./course";
import { Run, type RunView } from "./run";
import { ofMnist, type Wanted, wantedAtFirst, wantedNow, within } from "./sizes";

export type { RunStatus, RunView } from "./run";

export type Phase = "idle" | "loading" | "running" | "paused" | "done" | "failed";

type Key = Pick<RunView, "algorithm" | "seed">;

/** Where a run of another page stood; one without a checkpoint had not begun. */
type Left = Pick<RunView, "algorithm" | "seed" | "checkpoint">;

/** What an experiment takes from the browser, so that tests can give it something else. */
export interface Parts {
  loadEngine: () => Promise<Engine>;
  spawn: SpawnWorker;
  spawnReader: SpawnWorker;
  cores: number;
  fetch: typeof fetch;
}

type Act = (run: Run) => void;

/** Where the experiment stood before something took its place. */
interface Moment {
  config: Config;
  trained: Config;
  followed: Config;
  asked: ReadonlyMap<Algorithm, Rates>;
  known: readonly Run[];
  begun: boolean;
  playing: boolean;
  /** Which start the runs have had; no other moment shares their workers. */
  start: number;
  /** The images that there were. */
  own: OwnData | null;
}

/** So many steps can be taken back. */
const MOMENTS = 20;

/** Visible changes are told at most this often, in milliseconds; changes of the phase at once. */
const CHANGE_MS = 100;

/**
 * Settings and their runs. Events: "change" (something visible changed), "course" (the runs have taken a change of
 * their rates: other settings lead to the same curves now), "epoch" (detail: the run that has completed one), "done" (every run has ended), "error" (detail: the AppError).
 */
export class Experiment extends EventTarget {
  readonly #loadEngine: Parts["loadEngine"];
  readonly #data: DataSource;
  readonly #pool: Pool;
  readonly #launcher: Launcher;
  readonly #reader: Reader;
  readonly #beat = new Beat(() => this.#runs);
  readonly #life = new AbortController();
  #config = defaults();
  #sizes = wantedAtFirst();
  /** What leads to these runs again: the rates that they began with, and every change since then. */
  #trained = this.#config;
  /** The settings that the runs have followed last. */
  #followed = this.#config;
  /** The rates that the runs of each rule follow. */
  #asked = new Map<Algorithm, Rates>();
  #runs: Run[];
  /** The runs that are shown, and those of rules that are not chosen any more. */
  #known: readonly Run[];
  /** Runs that stand in the pool's queue. */
  readonly #waiting = new Set<Run>();
  readonly #past: Moment[] = [];
  #start = 0;
  #starts = 0;
  /** Changes of rates find their places one after the other. */
  #turn: Promise<void> = Promise.resolve();
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
    this.#runs = this.#wanted(this.#config).map((key) => this.#untrained(key));
    this.#known = this.#runs;
  }

  get config(): Config {
    return this.#config;
  }

  /** What leads to what is on the screen: to the curves, or where other settings have been chosen since, to those. */
  get address(): Config {
    if (!this.#begun || this.#ahead) return this.#config;
    const { algorithms, changes } = this.#trained;
    const theirs = changes.filter(({ algorithm }) => !algorithm || algorithms.includes(algorithm));
    return { ...this.#trained, changes: theirs };
  }

  /** Whether settings have been chosen that no run follows. */
  get #ahead(): boolean {
    return toLink(this.#config) !== toLink(this.#followed);
  }

  /** The rules whose curves belong to other settings than those that are shown. */
  get stale(): readonly Algorithm[] {
    if (!this.#begun) return [];
    const { epochs, seed } = this.#trained;
    const other =
      epochs !== this.#config.epochs ||
      seed !== this.#config.seed ||
      !sameChanges(this.#followed, this.#config);
    return this.#trained.algorithms.filter(
      (algorithm) => other || !this.#fits(algorithm, this.#config) || !this.#follows(algorithm, this.#config),
    );
  }

  /** Whether there is something to take back. */
  get undoable(): boolean {
    return this.#past.length > 0;
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
    return { config: this.#begun ? this.#trained : this.#config, version: SCHEMA.version, runs };
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

  /** Starts anew with the reader's own images, as many of them as are wanted and there. */
  async useOwn(own: OwnData): Promise<void> {
    const engine = await this.#loadEngine();
    const sizes = this.#wantedSizes();
    this.#restart(engine.check(within({ ...this.#config, dataset: "own", ...sizes }, own)), own);
  }

  #wantedSizes(): Wanted {
    this.#sizes = wantedNow(this.#config, this.own, this.#sizes);
    return this.#sizes;
  }

  /** The images that a run with these settings needs; each file is fetched once. */
  shardsFor(config: Config): Promise<Shards> {
    return this.#data.load(config, () => {});
  }

  /** The whole configuration: the defaults and what is given. Refused, it leaves everything as it was. */
  async configure(given: Given): Promise<void> {
    const engine = await this.#loadEngine();
    this.#wantedSizes();
    const config = engine.check(within(given, this.own));
    const link = toLink(config);
    const moment = this.#past.findLast(
      ({ known, trained, own }) =>
        toLink(trained) === link &&
        known.every((run) => isTrained(run, trained)) &&
        (config.dataset !== "own" || own === this.own),
    );
    if (moment) this.#restore(moment);
    else this.#restart(config);
  }

  /** Goes on with what another page has left under way. */
  async goOn(given: Given, left: readonly Left[]): Promise<void> {
    const engine = await this.#loadEngine();
    this.#restart(engine.check(given));
    for (const { checkpoint, ...key } of left) {
      const run = this.#find(key);
      if (run && checkpoint) run.checkpoint = checkpoint;
    }
    this.play();
  }

  /** Keeps every run that does not depend on the change; runs that have ended stand until they are trained anew. */
  async change(patch: Given): Promise<"kept" | "restarted"> {
    const engine = await this.#loadEngine();
    const fewer = this.#begun && typeof patch.epochs === "number" && patch.epochs < this.#trained.epochs;
    return fewer ? this.#standing(() => this.#take(engine, patch)) : this.#take(engine, patch);
  }

  #take(engine: Engine, patch: Given): "kept" | "restarted" {
    const sizes = this.#wantedSizes();
    const other = patch.dataset !== undefined && patch.dataset !== this.#config.dataset;
    const back = other && (patch.dataset === "own" ? sizes : ofMnist(sizes));
    const next = engine.check(within({ ...this.#config, ...back, ...patch }, this.own));
    if (!this.#begun) {
      this.#restart(next);
      return "kept";
    }
    const { phase } = this;
    const ended = phase === "done" || phase === "failed";
    const kept = this.#existing(next);
    const keeps =
      sameChanges(next, this.#config) &&
      kept.some((run) => run.status !== "queued" && this.#fits(run.algorithm, next));
    const further = this.#further(next);
    if (!ended && further.length > 0) throw tooFew(next.epochs, further);
    const stands = further.length > 0 || (!keeps && next.seed === this.#config.seed);
    if (ended && (stands || !extentDiffers(next, this.#config))) {
      this.#config = next;
      this.#changed();
      return "kept";
    }
    const goesOn = phase === "done" || (this.#playing && phase !== "failed");
    if (!keeps) {
      this.#restart(next);
      if (goesOn) this.play();
      return "restarted";
    }
    if (
      extentDiffers(next, this.#config) ||
      !next.algorithms.every((algorithm) => this.#fits(algorithm, next))
    ) {
      this.#remember();
      this.#playing = goesOn;
      this.#reach(next);
    }
    this.#config = next;
    this.#steer(next);
    this.#changed();
    return "kept";
  }

  /** Takes back the last reset, preset, result, seed, choice of rules or number of epochs. */
  async undo(): Promise<void> {
    const moment = this.#past.at(-1);
    if (!moment) return;
    if (moment.start === this.#start && this.#begun) await this.change(moment.config);
    else this.#restore(moment);
    this.#past.splice(this.#past.indexOf(moment));
    this.#changed();
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
    this.#share();
    if (speed === "slow") this.#beat.start();
    else this.#beat.stop();
    for (const run of this.#runs) run.setSpeed(speed);
    this.#changed();
  }

  /** One update in every run, which then is paused. */
  step(): void {
    this.#advance((run) => run.stepOnce());
  }

  /** To the end of the epoch in every run, which then is paused. */
  epoch(): void {
    this.#advance((run) => run.epochOnce());
  }

  /** Back to the untrained networks of the same seeds. */
  reset(): void {
    this.#restart(this.address);
  }

  /** Tries again what has failed: the loading of the data, or the runs whose workers ended. */
  retry(): void {
    if (this.#error) {
      const playing = this.#playing;
      this.#data.doubt();
      this.#restart(this.address);
      this.#past.pop();
      this.#playing = playing;
      this.#begin();
    } else {
      const anew = (run: Run) => (run.status === "failed" ? this.#untrained(run) : run);
      this.#show(this.#known.map(anew));
      this.#launch();
    }
    this.#changed();
  }

  /** Ends every worker and every request; the experiment says nothing after this. */
  dispose(): void {
    this.#life.abort();
    this.#launcher.cancel();
    this.#reader.terminate();
    this.#beat.stop();
    clearTimeout(this.#pendingChange);
  }

  /** Untrained networks of this configuration, and nothing under way. */
  #restart(config: Config, own = this.own): void {
    if (this.#starts > 0) this.#remember();
    this.#data.own = own;
    this.#stop();
    this.#starts += 1;
    this.#start = this.#starts;
    this.#config = config;
    this.#trained = config;
    this.#followed = config;
    this.#asked = new Map();
    this.#show(this.#wanted(config).map((key) => this.#untrained(key)));
    this.#begun = false;
    this.#playing = false;
    this.#changed();
  }

  #stop(): void {
    this.#launcher.cancel();
    this.#reader.terminate();
    for (const run of this.#known) run.letGo();
    this.#waiting.clear();
    this.#launched = false;
    this.#held = [];
    this.#loading = null;
    this.#error = null;
  }

  #remember(): void {
    const { phase } = this;
    this.#past.push({
      ...{
        config: this.#config,
        trained: this.#trained,
        followed: this.#followed,
        asked: new Map(this.#asked),
      },
      ...{ known: this.#known, begun: this.#begun, start: this.#start, own: this.own },
      playing: this.#playing && phase !== "failed",
    });
    if (this.#past.length > MOMENTS) this.#past.shift();
  }

  /** What had ended is there again; what was under way, whose workers are gone, begins anew. */
  #restore({ config, trained, followed, asked, known, begun, playing, start, own }: Moment): void {
    this.#remember();
    this.#stop();
    this.#data.own = own;
    this.#start = start;
    [this.#config, this.#trained, this.#followed] = [config, trained, followed];
    this.#asked = new Map(asked);
    this.#show(known.map((run) => (isTrained(run, trained) ? run : this.#untrained(run))));
    this.#begun = begun;
    this.#playing = playing;
    if (begun) this.#launch();
    this.#changed();
  }

  /** These are all runs there are; those of the chosen rules and seeds are shown. */
  #show(known: readonly Run[]): void {
    this.#known = known;
    this.#runs = this.#wanted(this.#trained).flatMap((key) => this.#find(key) ?? []);
  }

  #wanted({ algorithms, num_seeds, seed }: Config): Key[] {
    const seeds = Array.from({ length: num_seeds }, (_, i) => seed + i);
    return algorithms.flatMap((algorithm) => seeds.map((seed) => ({ algorithm, seed })));
  }

  #find({ algorithm, seed }: Key): Run | undefined {
    return this.#known.find((run) => run.algorithm === algorithm && run.seed === seed);
  }

  #untrained({ algorithm, seed }: Key): Run {
    return new Run(this.#trained, algorithm, seed, this.#askCheckpoint);
  }

  /** The runs that there are of these rules and seeds. */
  #existing(config: Config): Run[] {
    return this.#wanted(config).flatMap((key) => this.#find(key) ?? []);
  }

  /** Whether the runs of a rule can come to be those of these settings, if its rates follow. */
  #fits(algorithm: Algorithm, config: Config): boolean {
    const runs = this.#existing({ ...config, algorithms: [algorithm] });
    return this.#isAlike(algorithm, config) && runs.every((run) => run.begun <= config.epochs);
  }

  #isAlike(algorithm: Algorithm, config: Config): boolean {
    return fixedPart(config, algorithm) === fixedPart(this.#trained, algorithm);
  }

  /** Runs on the screen that the settings would keep, had they not begun more epochs: what they were then is gone. */
  #further(next: Config): Run[] {
    if (!sameChanges(next, this.#config)) return [];
    const stays = this.#existing(next).filter((run) => this.#runs.includes(run));
    return stays.filter((run) => run.begun > next.epochs && this.#isAlike(run.algorithm, next));
  }

  /** While it is done every run stands still, so that it is known how far each has come. */
  #standing<T>(act: () => T): Promise<T> {
    const done = this.#turn.then(async () => {
      const active = this.#known.filter((run) => run.active);
      await Promise.all(active.map((run) => run.hold()));
      try {
        return act();
      } finally {
        for (const run of active) run.release();
      }
    });
    const over = () => {};
    this.#turn = done.then(over, over);
    return done;
  }

  #follows(algorithm: Algorithm, config: Config): boolean {
    return sameRates(this.#ratesOf(algorithm), ratesOf(config, algorithm));
  }

  #ratesOf(algorithm: Algorithm): Rates {
    return this.#asked.get(algorithm) ?? ratesOf(this.#trained, algorithm);
  }

  /** Other rules, seeds or epochs: the runs that fit stay, rules that are not chosen are hidden, new runs begin. */
  #reach(next: Config): void {
    const { algorithms, seed, num_seeds, epochs } = next;
    const before = this.#trained;
    const theirs = (algorithm: Algorithm) => this.#known.some((run) => run.algorithm === algorithm);
    const anew = algorithms.filter((algorithm) => !theirs(algorithm) || !this.#fits(algorithm, next));
    const overrides = { ...before.overrides };
    for (const algorithm of anew) {
      delete overrides[algorithm];
      const own = next.overrides[algorithm];
      if (own) overrides[algorithm] = own;
      this.#asked.set(algorithm, ratesOf(next, algorithm));
    }
    let changes = before.changes.filter(({ algorithm }) => !algorithm || !anew.includes(algorithm));
    this.#trained = { ...before, algorithms, seed, num_seeds, epochs, overrides, changes };
    for (const algorithm of anew) {
      const rates = changed(ratesOf(this.#trained, algorithm), ratesOf(next, algorithm));
      if (rates) changes = withChange(changes, { algorithm, epoch: 0, update: 0, ...rates });
    }
    this.#trained = { ...this.#trained, changes };
    const seeds = new Set(this.#wanted(next).map((key) => key.seed));
    const stays = (run: Run) => seeds.has(run.seed) && !anew.includes(run.algorithm);
    for (const run of this.#known) if (!stays(run)) this.#drop(run);
    const kept = this.#known.filter(stays);
    const has = ({ algorithm, seed }: Key) =>
      kept.some((run) => run.algorithm === algorithm && run.seed === seed);
    const added = this.#wanted(next).filter((key) => !has(key));
    const shown = this.#runs;
    this.#show([...kept, ...added.map((key) => this.#untrained(key))]);
    for (const run of this.#known) if (run.begun <= epochs) run.endAt(epochs);
    for (const run of kept) if (run.active) this.#place(run, shown.includes(run));
    this.#followed = next;
    this.#launch();
  }

  #drop(run: Run): void {
    if (run.client) this.#pool.drop(run.client);
    run.letGo();
  }

  /** A run that is hidden stands still and makes room; one that comes back goes on. */
  #place(run: Run, wasShown: boolean): void {
    const isShown = this.#runs.includes(run);
    if (!run.client || isShown === wasShown) return;
    if (isShown) {
      this.#pool.unpark(run.client);
      if (this.#playing) run.resume();
    } else {
      run.pause();
      this.#pool.park(run.client);
    }
  }

  /** Lets the runs of every rule whose rates differ follow, unless one of them has ended without. */
  #steer(next: Config): void {
    let followed = next.algorithms.every((algorithm) => this.#follows(algorithm, next));
    for (const algorithm of next.algorithms) {
      const [from, to] = [this.#ratesOf(algorithm), ratesOf(next, algorithm)];
      const runs = this.#known.filter((run) => run.algorithm === algorithm);
      if (sameRates(from, to) || runs.some((run) => run.checkpoint)) continue;
      followed = true;
      this.#asked.set(algorithm, to);
      this.#turn = this.#turn.then(() => this.#turnTo(algorithm, from, to, runs));
    }
    if (followed) this.#followed = next;
  }

  /** One change for all runs of a rule, at the first update that none of them has done. */
  async #turnTo(algorithm: Algorithm, from: Rates, to: Rates, runs: readonly Run[]): Promise<void> {
    const start = this.#start;
    const active = runs.filter((run) => run.active);
    await Promise.all(active.map((run) => run.hold()));
    if (start !== this.#start || this.#life.signal.aborted) return;
    const rates = changed(from, to);
    if (!rates || runs.some((run) => run.checkpoint)) {
      // The end came first.
      for (const run of active) run.release();
      this.#asked.set(algorithm, from);
    } else {
      const steps = Math.max(1, ...runs.map((run) => run.steps_per_epoch));
      const place = Math.max(0, ...active.map((run) => run.step));
      const change = { algorithm, epoch: Math.floor(place / steps), update: place % steps, ...rates };
      this.#trained = { ...this.#trained, changes: withChange(this.#trained.changes, change) };
      for (const run of active) run.release(change);
    }
    this.dispatchEvent(new Event("course"));
    this.#changed();
  }

  readonly #askCheckpoint = <Q extends Question>(checkpoint: Uint8Array, question: Q): Promise<Answer<Q>> =>
    this.#reader.ask(checkpoint, question);

  #begin(): void {
    this.#begun = true;
    this.#launch();
  }

  #advance(act: Act): void {
    this.#playing = false;
    this.#share();
    if (!this.#begun) this.#begin();
    if (this.#launched) for (const run of this.#runs) act(run);
    else this.#held.push(act);
    this.#changed();
  }

  /** At full speed, runs that wait for a worker of their own are done sooner; where each step counts, all must be there. */
  #share(): void {
    this.#pool.shares = this.#speed === "slow" || !this.#playing;
  }

  /** Fetches what the runs need, and puts those into the pool that wait for a worker. */
  #launch(): void {
    if (!this.#runs.some((run) => this.#isNew(run))) return;
    void this.#launcher.launch(this.#trained, {
      loading: (loading) => {
        this.#loading = loading;
        this.#changed();
      },
      ready: (supply) => this.#enqueue(supply),
      failed: (error) => this.#fail(error),
    });
  }

  #isNew(run: Run): boolean {
    return run.status === "queued" && !this.#waiting.has(run);
  }

  /** First every algorithm with the first seed, then with the second: all curves begin early. */
  #enqueue({ module, shards }: Supply): void {
    this.#loading = null;
    this.#launched = true;
    this.#reader.use(module, shards);
    this.#share();
    const runs = this.#runs.filter((run) => this.#isNew(run));
    for (const run of runs) this.#waiting.add(run);
    for (const run of runs.toSorted((a, b) => a.seed - b.seed)) {
      const { algorithm, seed } = run;
      this.#pool.enqueue({
        wanted: () => {
          this.#waiting.delete(run);
          return this.#runs.includes(run);
        },
        order: () => ({
          ...{ module, config: this.#trained, algorithm, seed, shards, paused: !this.#playing },
          ...(run.checkpoint && { from: { checkpoint: run.checkpoint, rows: run.history.epoch.length } }),
        }),
        started: (client) => run.begin(client, this.#speed),
        report: (report) => this.#hear(run, report),
      });
    }
    for (const act of this.#held.splice(0)) for (const run of this.#runs) act(run);
    this.#changed();
  }

  #hear(run: Run, report: RunReport): void {
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

/** Whether it has ended where these settings end it: it may have gone on since they were left. */
function isTrained(run: Run, { epochs }: Config): boolean {
  return run.epochs === epochs && (run.status === "finished" || run.status === "diverged");
}

/** Names those that have come furthest. */
function tooFew(epochs: number, further: readonly Run[]): AppError {
  const least = Math.max(...further.map(({ begun }) => begun));
  const furthest = further.filter(({ begun }) => begun === least);
  const rules = [...new Set(furthest.map(({ algorithm }) => ruleLabel(algorithm)))].join(", ");
  const message = text.settings.tooFew(epochs, rules, least);
  const problem = { field: "epochs", value: String(epochs), allowed: text.settings.orMore(least), message };
  return new AppError("config", message, [problem]);
}

/** Whether there are other runs, or longer ones. */
function extentDiffers(a: Config, b: Config): boolean {
  const extent = ({ algorithms, seed, num_seeds, epochs }: Config) =>
    [algorithms, seed, num_seeds, epochs].join();
  return extent(a) !== extent(b);
}

function sameChanges(a: Config, b: Config): boolean {
  return JSON.stringify(a.changes) === JSON.stringify(b.changes);
}
