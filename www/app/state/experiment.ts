import {
  type Algorithm,
  type Config,
  fixedPart,
  type Given,
  isRate,
  type Rates,
  SCHEMA,
  sameRates,
} from "../contract/config";
import { type AppError, toFailure } from "../contract/errors";
import type { OwnData } from "../contract/own";
import type { Answer, Question, Shards, Speed } from "../contract/protocol";
import type { Result } from "../contract/result";
import type { SpawnWorker, Way } from "../contract/thread";
import { toLink } from "../contract/url";
import { DataSource, type Loading } from "../dataset/source";
import { type RunReport, spawnTrainer } from "../worker/client";
import { type Engine, loadEngine } from "../worker/engine";
import { Launcher } from "../worker/launcher";
import { cores, Pool } from "../worker/pool";
import { Reader, spawnReader } from "../worker/reader";
import { Budget, bytesOf, type Shape } from "../worker/room";
import { Beat } from "./beat";
import { Bell } from "./bell";
import {
  changed,
  heeded,
  ofItsRules,
  reached,
  reachedChanges,
  sameChanges,
  sameChangesOf,
  sameCourse,
  sameWay,
  unheeded,
  upTo,
  withChange,
  withCourseOf,
  withoutIdle,
  withRatesOf,
} from "./course";
import { extentDiffers, find, type Key, keysOf, MOST_CHANGES, tooFew, tooManyChanges } from "./extent";
import { canGoOn, holds, isTrained, type Moment, Past, shownIn } from "./past";
import { type Act, type Host, Queue } from "./queue";
import { type Place, Run, type RunView } from "./run";
import { atFirst, ofMnist, shapeOf, type Wanted, wantedAtFirst, wantedNow, within } from "./sizes";
import { halted, Turns } from "./turns";

export type { RunStatus, RunView } from "./run";

export type Phase = "idle" | "loading" | "running" | "paused" | "done" | "failed";

const NO_NAMES: readonly string[] = [];

/** Where a run of another page stood; one without a checkpoint had not begun. */
type Left = Key & Pick<RunView, "checkpoint"> & Place;

/** What an experiment takes from the browser, so that tests can give it something else. */
export interface Parts {
  loadEngine: () => Promise<Engine>;
  spawn: SpawnWorker;
  spawnReader: SpawnWorker;
  cores: number;
  budget: Budget;
  fetch: typeof fetch;
}

/**
 * Settings and their runs. Events: "change" (something visible changed), "course" (the address leads elsewhere: the runs
 * have taken a change of their rates, or have ended without it), "epoch" (detail: the run that has completed one), "done"
 * (every run has ended), "error" (detail: the AppError).
 */
export class Experiment extends EventTarget {
  readonly #loadEngine: Parts["loadEngine"];
  readonly #data: DataSource;
  readonly #budget: Budget;
  readonly #pool: Pool;
  readonly #queue: Queue;
  readonly #reader: Reader;
  readonly #beat = new Beat(() => this.#runs);
  readonly #bell: Bell;
  readonly #life = new AbortController();
  #config = atFirst();
  #origin = this.#config;
  #sizes = wantedAtFirst();
  /** What leads to these runs again: the rates that they began with, and every change since then. */
  #trained = this.#config;
  /** The settings that the runs have followed last. */
  #followed = this.#config;
  /** The rates that the runs of each rule follow. */
  #asked = new Map<Algorithm, Rates>();
  /** Those that they are to follow as soon as they stand still. */
  #pending = new Map<Algorithm, Rates>();
  #runs: Run[];
  /** The runs that are shown, and those of rules that are not chosen any more. */
  #known: readonly Run[];
  readonly #past = new Past();
  #start = 0;
  #starts = 0;
  /** Changes of rates find their places one after the other. */
  readonly #turns = new Turns();
  /** Whether the runs have been asked for. */
  #begun = false;
  /** Whether runs are to go on by themselves. */
  #playing = false;
  #speed: Speed = "max";
  #error: AppError | null = null;

  /** `dataUrl`: the folder of the shards and their manifest.json, ending in a slash. */
  constructor(dataUrl: URL, parts: Partial<Parts> = {}) {
    super();
    this.#loadEngine = parts.loadEngine ?? loadEngine;
    this.#data = new DataSource(dataUrl, {
      signal: this.#life.signal,
      ...(parts.fetch && { fetch: parts.fetch }),
    });
    this.#budget = parts.budget ?? new Budget();
    this.#budget.left = () => this.#left;
    this.#pool = new Pool(parts.spawn ?? spawnTrainer, parts.cores ?? cores(), this.#budget);
    const launcher = new Launcher({
      loadEngine: this.#loadEngine,
      shards: (config, onProgress) => this.#data.load(config, onProgress),
      bytes: (config) => this.bytesOf(config),
      pool: this.#pool,
    });
    this.#queue = new Queue(launcher, this.#pool, this.#host());
    this.#reader = new Reader(parts.spawnReader ?? spawnReader);
    this.#runs = keysOf(this.#config).map((key) => this.#untrained(key));
    this.#known = this.#runs;
    this.#bell = new Bell(
      () => this.phase,
      () => this.dispatchEvent(new Event("change")),
    );
  }

  get config(): Config {
    return this.#config;
  }

  /** What they have been changed from, one after another: settings that were given as a whole. */
  get origin(): Config {
    return this.#origin;
  }

  /** What leads to what is on the screen: to the curves, or where other settings have been chosen since, to those. */
  get address(): Config {
    const other = !this.#begun || this.#ahead || (this.#ended && this.stale.length > 0);
    return ofItsRules(other ? this.#config : this.#trained);
  }

  /** Whether settings have been chosen that no run follows. */
  get #ahead(): boolean {
    return toLink(this.#config) !== toLink(this.#followed);
  }

  /** The rules whose curves belong to other settings than those that are shown. */
  get stale(): readonly Algorithm[] {
    if (!this.#begun) return [];
    const { epochs, seed } = this.#trained;
    const other = epochs !== this.#config.epochs || seed !== this.#config.seed;
    const { algorithms } = this.#trained;
    const left = algorithms.filter(
      (algorithm) =>
        other ||
        !this.#fits(algorithm, this.#config) ||
        !this.#follows(algorithm, this.#config) ||
        !sameChangesOf(algorithm, this.#followed, this.#config),
    );
    if (left.length === 0 || !this.#ended) return left;
    // What is trained now begins with what is shown: so a course that led there from elsewhere is another, too.
    return this.#with(left, sameWay);
  }

  /** The rules of the runs that are among some, or whose settings are not the `same` as those that are shown. */
  #with(some: readonly Algorithm[], same: typeof sameCourse): readonly Algorithm[] {
    const { algorithms } = this.#trained;
    return algorithms.filter(
      (algorithm) => some.includes(algorithm) || !same(this.#trained, this.#config, algorithm),
    );
  }

  /** Whether there is something to take back. */
  get undoable(): boolean {
    return this.#past.last !== undefined;
  }

  get speed(): Speed {
    return this.#speed;
  }

  /** Whether a worker is slow to begin, and nothing has failed yet. */
  get late(): boolean {
    return this.#runs.some((run) => run.late && !run.over);
  }

  /** Whether runs are to go on by themselves, as soon as they can. */
  get playing(): boolean {
    return this.#playing;
  }

  /** How workers run on this page, once one has begun. */
  get way(): Way | undefined {
    return this.#pool.way;
  }

  get runs(): readonly RunView[] {
    return this.#runs;
  }

  /** Bytes of the data, while it is being fetched. */
  get loading(): Loading | null {
    return this.#queue.loading;
  }

  /** What stopped the whole experiment; a single run has its own. */
  get error(): AppError | null {
    return this.#error;
  }

  /** Which start the runs have had: another number whenever others take their place, and the same again where Undo brings them back. */
  get start(): number {
    return this.#start;
  }

  /** The settings of runs that Undo can bring back, which have learned something and not come to their end. */
  get aside(): readonly Config[] {
    return this.#past.unfinished(this.#runs).map(({ trained }) => trained);
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

  get #ended(): boolean {
    const { phase } = this;
    return phase === "done" || phase === "failed";
  }

  /** The settings of the runs that are shown, whatever has been chosen since. */
  get ofRuns(): Config {
    return this.#begun ? this.#trained : this.#config;
  }

  get result(): Result {
    const runs = this.#runs.map((run) => run.result);
    return { config: ofItsRules(this.ofRuns), version: SCHEMA.version, runs };
  }

  /** The reader's own images. */
  get own(): OwnData | null {
    return this.#data.own;
  }

  /** What the networks that are shown read and answer, as far as it is known. */
  get shape(): Shape {
    return shapeOf(this.ofRuns, this.own);
  }

  /** What the classes of the images that the networks have seen are called; none of MNIST, where it is their number. */
  get classNames(): readonly string[] {
    return (this.ofRuns.dataset === "own" && this.own?.names) || NO_NAMES;
  }

  /** Gigabytes that all runs may take, where one of them waits for others to make room. */
  get crowded(): number | null {
    return this.#pool.crowded ? this.#budget.total / 1e9 : null;
  }

  /** Bytes of the checkpoints that are there, to look into or to come back to. */
  get #left(): number {
    const left = new Set([...this.#known, ...this.#past.runs].map(({ checkpoint }) => checkpoint));
    return [...left].reduce((sum, checkpoint) => sum + (checkpoint?.byteLength ?? 0), 0);
  }

  /** Of memory, for a run of each rule of these settings; refuses them where one finds no room. */
  async bytesOf(config: Config, own = this.own): Promise<readonly number[]> {
    return bytesOf(await this.#loadEngine(), config, shapeOf(config, own), this.#budget);
  }

  /** Starts anew with the reader's own images, as many of them as are wanted and there. */
  async useOwn(own: OwnData): Promise<void> {
    const engine = await this.#loadEngine();
    const sizes = this.#wantedSizes();
    const config = engine.check(within({ ...this.#config, dataset: "own", ...sizes }, own));
    await this.bytesOf(config, own);
    this.#restart(config, own);
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
    await this.bytesOf(config);
    const moment = this.#past.find(config, this.own);
    // Images that have been given since stay, also beside settings that have no use for them.
    const asGiven = { own: this.own, config, followed: config, asked: new Map() };
    if (moment) {
      this.#remember();
      this.#restore({ ...moment, ...asGiven, ...shownIn(moment) });
    } else this.#restart(config);
    this.#origin = config;
  }

  /** Goes on with what another page has left under way. */
  async goOn(given: Given, left: readonly Left[]): Promise<void> {
    const engine = await this.#loadEngine();
    const config = engine.check(given);
    await this.bytesOf(config);
    // Undo would end these runs, and bring back nothing.
    const nothing = !this.#runs.some((run) => run.hasLearned) && toLink(config) === toLink(this.address);
    this.#restart(config, this.own, !nothing && this.#starts > 0);
    this.#origin = config;
    for (const { checkpoint, algorithm, seed, ...place } of left) {
      if (checkpoint) find(this.#runs, { algorithm, seed })?.comeBack(checkpoint, place);
    }
    this.play();
  }

  /** Keeps every run that does not depend on the change; runs that have ended stand until they are trained anew. */
  change(patch: Given): Promise<"kept" | "restarted"> {
    return this.#change(patch);
  }

  /** `back`: the moment that it leads back to, whose runs come back with it where others stay. */
  async #change(patch: Given, back?: Moment): Promise<"kept" | "restarted"> {
    const engine = await this.#loadEngine();
    await this.bytesOf(this.#next(engine, patch));
    const fewer = this.#begun && typeof patch.epochs === "number" && patch.epochs < this.#trained.epochs;
    return fewer ? this.#standing(() => this.#take(engine, patch, back)) : this.#take(engine, patch, back);
  }

  #next(engine: Engine, patch: Given): Config {
    const sizes = this.#wantedSizes();
    const other = patch.dataset !== undefined && patch.dataset !== this.#config.dataset;
    const back = other && (patch.dataset === "own" ? sizes : ofMnist(sizes));
    return engine.check(within({ ...this.#config, ...back, ...patch }, this.own));
  }

  #take(engine: Engine, patch: Given, back?: Moment): "kept" | "restarted" {
    const next = this.#next(engine, patch);
    if (!this.#begun) {
      this.#restart(next);
      return "kept";
    }
    // Before the first update other rates are another start, not a change on the way.
    const rates = Object.keys(patch).every((name) => name === "overrides" || isRate(name));
    if (rates && !this.#playing && !this.#runs.some((run) => run.hasLearned || run.over)) {
      this.#restart(next);
      this.prepare();
      return "kept";
    }
    const { phase } = this;
    const ended = this.#ended;
    const kept = this.#existing(next);
    // What changes the changes is about those that the runs have taken, on this page, too.
    const same = sameChanges(next, patch.changes ? this.#trained : this.#config);
    if (patch.changes && same) this.#followed = { ...this.#followed, changes: next.changes };
    const begun = kept.filter((run) => run.status !== "queued" || run.hasLearned);
    const keeps = same && begun.some((run) => this.#fits(run.algorithm, next));
    const further = same ? this.#further(next) : [];
    if (!ended && further.length > 0) throw tooFew(next.epochs, further);
    const stands = further.length > 0 || (!keeps && next.seed === this.#config.seed);
    const differs = extentDiffers(next, this.#trained);
    if (ended && (stands || !differs)) {
      this.#config = next;
      // The changes of before have been asked away: what leads there by such a course is another, too.
      if (!same) this.#followed = this.#trained;
      this.#changed();
      return "kept";
    }
    const goesOn = phase === "done" ? (back?.playing ?? true) : this.#playing && phase !== "failed";
    if (!keeps) {
      this.#restart(next);
      if (goesOn) this.play();
      return "restarted";
    }
    if (this.#trained.changes.length + this.#turning(next).length > MOST_CHANGES) throw tooManyChanges();
    if (differs || !next.algorithms.every((algorithm) => this.#fits(algorithm, next))) {
      this.#remember();
      this.#playing = goesOn;
      this.#reach(next, back);
    }
    this.#config = next;
    this.#steer(next);
    this.#changed();
    // Those that were still on their way may have been taken away.
    if (!ended) this.#tellIfDone();
    return "kept";
  }

  /** Takes back the last reset, preset, result, seed, choice of rules or number of epochs. */
  async undo(): Promise<void> {
    // What cannot be taken back any more, since runs have gone further, is not in the way of what was before it.
    const moment = this.#past.take();
    if (!moment) return;
    const now = this.#moment;
    const isOfThese = moment.start === this.#start && this.#begun;
    if (!isOfThese) this.#restore(moment);
    const refused = isOfThese && (await this.#leadBack(moment));
    if (isOfThese && !this.#holds(moment)) {
      this.#starts += 1;
      this.#restore({ ...moment, start: this.#starts });
      if (!holds(moment.known, now.known)) this.#past.push(now);
    } else if (refused) throw refused;
    this.#changed();
  }

  /** Whether all that there was in a moment is there again, and what was shown is shown. */
  #holds(moment: Moment): boolean {
    return holds(this.#known, moment.known) && holds(this.#runs, shownIn(moment).known);
  }

  /** Beside what runs have come to since; tells why that cannot be. */
  async #leadBack(moment: Moment): Promise<unknown> {
    const { last } = this.#past;
    try {
      await this.#change(withRatesOf(this.#config, this.#asFar(moment)), moment);
      return undefined;
    } catch (refused) {
      return refused;
    } finally {
      if (this.#past.last !== last) this.#past.take();
    }
  }

  /** The settings of a moment; where runs have gone beyond its epochs, its rules and seeds come back with those of now. */
  #asFar({ config }: Moment): Config {
    const { epochs } = this.#trained;
    const isPassed = this.#known.some((run) => run.begun > config.epochs);
    const others = extentDiffers({ ...config, epochs }, { ...this.#config, epochs });
    return isPassed && others ? { ...config, epochs } : config;
  }

  /** Starts the runs, lets paused ones go on, or trains anew what has ended: what is stale, or else everything. */
  play(): void {
    if (this.phase === "done") this.#anew();
    this.#playing = true;
    this.#queue.forgetActs();
    if (this.phase === "failed") this.retry();
    else if (this.#begun) for (const run of this.#runs) run.resume();
    else this.#begin();
    this.#changed();
  }

  #anew(): void {
    const { stale: told } = this;
    // One whose settings lead to the same and say so otherwise could not be gone on from with those of the others.
    const stale = told.length > 0 ? this.#with(told, sameCourse) : told;
    const stays = this.#runs.filter(({ algorithm }) => !stale.includes(algorithm));
    if (stale.length === 0 || stays.length === 0) {
      this.reset();
      return;
    }
    this.#remember();
    this.#newStart(this.#config);
    for (const run of this.#known) if (!stays.includes(run)) this.#drop(run);
    for (const algorithm of stale) this.#asked.delete(algorithm);
    const added = keysOf(this.#config).filter((key) => !find(stays, key));
    this.#show([...stays, ...added.map((key) => this.#untrained(key))]);
    this.#queue.launch();
  }

  /** The untrained networks, paused: something to look into before anything is trained. */
  prepare(): void {
    if (this.#begun) return;
    this.#share();
    this.#begin();
    this.#changed();
  }

  /** From one update to the next where runs go on slowly: longer where each is told in stages. */
  set beatMs(ms: number) {
    this.#beat.ms = ms;
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
    const failed = this.#known.filter(({ status }) => status === "failed");
    const begun = failed.filter((run) => run.hasLearned);
    const all = this.#error;
    if (all) this.#data.doubt();
    if (all && !this.#known.some((run) => run.hasLearned)) {
      const playing = this.#playing;
      this.#restart(this.address, this.own, false);
      this.#playing = playing;
      this.#begin();
    } else {
      this.#error = null;
      const anew = (run: Run) => (failed.includes(run) && !begun.includes(run) ? this.#untrained(run) : run);
      this.#show(this.#known.map(anew));
      // Where all of them had to end, none has lost its worker.
      void this.#launchAgain(begun.map((run) => (all ? run.wait() : run.survive())));
      this.#queue.launch();
    }
    this.#changed();
  }

  /** Ends every worker and every request; the experiment says nothing after this. */
  dispose(): void {
    this.#life.abort();
    this.#queue.cancel();
    this.#reader.terminate();
    this.#beat.stop();
    this.#bell.stop();
  }

  /** Untrained networks of this configuration, and nothing under way; `isStep`: Undo takes it back. */
  #restart(config: Config, own = this.own, isStep = this.#starts > 0): void {
    if (isStep) this.#remember();
    this.#data.own = own;
    this.#stop();
    this.#newStart(config);
    this.#asked = new Map();
    this.#pending = new Map();
    this.#show(keysOf(config).map((key) => this.#untrained(key)));
    this.#begun = false;
    this.#playing = false;
    this.#changed();
  }

  /** Other runs begin, with these settings. */
  #newStart(config: Config): void {
    this.#starts += 1;
    this.#start = this.#starts;
    [this.#config, this.#trained, this.#followed] = [config, config, config];
  }

  #stop(): void {
    this.#queue.clear();
    this.#reader.terminate();
    for (const run of this.#known) run.letGo();
    this.#error = null;
  }

  #remember(): void {
    this.#past.push(this.#moment);
  }

  get #moment(): Moment {
    return {
      ...{ config: this.#config, origin: this.#origin, trained: this.#trained, followed: this.#followed },
      ...{ asked: new Map(this.#asked), known: this.#known.map((run) => run.twin()) },
      ...{ begun: this.#begun, start: this.#start, own: this.own },
      playing: this.#playing && this.phase !== "failed",
    };
  }

  /** What had ended is there again; what was under way, whose workers are gone, goes on in others. */
  #restore(moment: Moment): void {
    const { config, trained, followed, asked, begun, playing, start, own } = moment;
    this.#stop();
    const known = moment.known.map((run) => run.twin());
    this.#data.own = own;
    this.#start = start;
    [this.#config, this.#trained, this.#followed] = [config, trained, followed];
    this.#origin = moment.origin;
    this.#asked = new Map(asked);
    this.#pending = new Map();
    const goOn = known.filter((run) => run.begun > 0 && canGoOn(run, trained));
    this.#show(
      known.map((run) => (isTrained(run, trained) || goOn.includes(run) ? run : this.#untrained(run))),
    );
    this.#begun = begun;
    this.#playing = playing;
    // What they were to follow when they were left, they do now.
    if (begun) this.#steer(config);
    if (begun) void this.#launchAgain(goOn.map((run) => run.wait()));
    this.#changed();
  }

  /** These are all runs there are; those of the chosen rules and seeds are shown. */
  #show(known: readonly Run[]): void {
    this.#known = known;
    this.#runs = keysOf(this.#trained).flatMap((key) => find(this.#known, key) ?? []);
  }

  #untrained({ algorithm, seed }: Key): Run {
    return new Run(this.#trained, algorithm, seed, this.#askCheckpoint);
  }

  /** The runs that there are of these rules and seeds. */
  #existing(config: Config): Run[] {
    return keysOf(config).flatMap((key) => find(this.#known, key) ?? []);
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
    const stays = this.#existing(next).filter((run) => this.#runs.includes(run));
    return stays.filter((run) => run.begun > next.epochs && this.#isAlike(run.algorithm, next));
  }

  /** While it is done every run stands still, so that it is known how far each has come. */
  #standing<T>(act: () => T): Promise<T> {
    const actAndGoOn = (active: readonly Run[]) => {
      try {
        return act();
      } finally {
        for (const run of active) run.release();
      }
    };
    return this.#turns.next(() => halted(() => this.#known, actAndGoOn));
  }

  #follows(algorithm: Algorithm, config: Config): boolean {
    return sameRates(this.#ratesOf(algorithm), heeded(config, algorithm));
  }

  #ratesOf(algorithm: Algorithm): Rates {
    return this.#pending.get(algorithm) ?? this.#followedBy(algorithm);
  }

  #followedBy(algorithm: Algorithm): Rates {
    return this.#asked.get(algorithm) ?? heeded(this.#trained, algorithm);
  }

  /**
   * Other rules, seeds or epochs: the runs that fit stay, rules that are not chosen are hidden, new runs begin, and those
   * of the moment that it leads back to come back.
   */
  #reach(next: Config, back?: Moment): void {
    const { algorithms, epochs } = next;
    const was = this.#trained;
    const theirs = (algorithm: Algorithm) => this.#known.some((run) => run.algorithm === algorithm);
    const anew = algorithms.filter((algorithm) => !theirs(algorithm) || !this.#fits(algorithm, next));
    const again = anew.filter((algorithm) => back && this.#wasThere(algorithm, next, back));
    for (const algorithm of anew) {
      const before = again.includes(algorithm) ? back : undefined;
      this.#asked.set(algorithm, before?.asked.get(algorithm) ?? heeded(before?.trained ?? next, algorithm));
      this.#pending.delete(algorithm);
    }
    const course = reached(was, next, anew);
    this.#trained = back ? withCourseOf(course, back.trained, again) : course;
    const seeds = new Set(keysOf(next).map((key) => key.seed));
    const stays = (run: Run) => seeds.has(run.seed) && !anew.includes(run.algorithm);
    for (const run of this.#known) if (!stays(run)) this.#drop(run);
    const kept = this.#known.filter(stays);
    // Those of rules that were hidden, too.
    const isMissing = (run: Run) => seeds.has(run.seed) && !find(kept, run);
    const returned = back
      ? back.known.filter((run) => isMissing(run) && this.#returns(run, back)).map((run) => run.twin())
      : [];
    const added = keysOf(next).filter((key) => !find([...kept, ...returned], key));
    const shown = this.#runs;
    this.#show([...kept, ...returned, ...added.map((key) => this.#untrained(key))]);
    for (const run of this.#known) if (run.begun <= epochs) run.endAt(epochs);
    void this.#launchAgain(returned.filter((run) => !run.ended).map((run) => run.wait()));
    for (const run of kept) if (run.active) this.#place(run, shown.includes(run));
    // Those that have been asked away are still what runs have followed that stay.
    this.#followed = { ...next, changes: reachedChanges(this.#followed, next, anew) };
    this.#queue.launch();
  }

  /** Whether a moment had runs of this rule with these settings. */
  #wasThere(algorithm: Algorithm, next: Config, { known, trained }: Moment): boolean {
    const isAlike = fixedPart(next, algorithm) === fixedPart(trained, algorithm);
    return isAlike && known.some((run) => run.algorithm === algorithm && run.hasLearned);
  }

  /** Whether a run that there was can come back: its rule has been on the course of now as far as it has come. */
  #returns(run: Run, { trained }: Moment): boolean {
    if (run.begun === 0 || run.begun > this.#trained.epochs) return false;
    const soFar = (course: Config) => upTo(run.next, run.steps_per_epoch, course);
    const same = sameCourse(soFar(trained), soFar(this.#trained), run.algorithm);
    return same && this.#isAlike(run.algorithm, trained);
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
      this.#pool.park(run.client, () => void this.#giveWay(run));
    }
  }

  /** The rules whose runs are to have other rates, and can. */
  #turning(next: Config): Algorithm[] {
    const canTurn = (algorithm: Algorithm) =>
      !this.#known.some((run) => run.algorithm === algorithm && run.ended);
    return next.algorithms.filter((algorithm) => !this.#follows(algorithm, next) && canTurn(algorithm));
  }

  /** Lets the runs of every rule whose rates differ follow, unless one of them has ended without. */
  #steer(next: Config): void {
    const turning = this.#turning(next);
    const followed =
      turning.length > 0 || next.algorithms.every((algorithm) => this.#follows(algorithm, next));
    for (const algorithm of turning) {
      const to = heeded(next, algorithm);
      this.#pending.set(algorithm, to);
      const isMeant = this.#those(algorithm);
      const turn = (active: readonly Run[]) => this.#turnTo(algorithm, to, isMeant, active);
      void this.#turns.next(() => halted(() => this.#runsOf(algorithm), turn));
    }
    if (followed) this.#followed = { ...next, changes: this.#followed.changes };
    const known = this.#known.map(({ algorithm }) => algorithm);
    this.#trained = { ...this.#trained, ...unheeded(next, known) };
  }

  #runsOf(algorithm: Algorithm): readonly Run[] {
    return this.#known.filter((run) => run.algorithm === algorithm);
  }

  /** Tells later whether the runs of a rule are still those of now: they may have begun anew, or be those of before again. */
  #those(algorithm: Algorithm): () => boolean {
    const [pending, runs] = [this.#pending, this.#runsOf(algorithm)];
    return () => pending === this.#pending && this.#runsOf(algorithm).some((run) => runs.includes(run));
  }

  /** One change for all runs of a rule, at the first update that none of them has done; the `active` stand still. */
  #turnTo(algorithm: Algorithm, to: Rates, isMeant: () => boolean, active: readonly Run[]): void {
    const runs = this.#runsOf(algorithm);
    if (this.#life.signal.aborted) return;
    if (!isMeant()) {
      for (const run of active) run.release();
      return;
    }
    if (this.#pending.get(algorithm) === to) this.#pending.delete(algorithm);
    const rates = changed(this.#followedBy(algorithm), to);
    if (!rates || runs.some((run) => run.ended)) {
      // The end came first.
      for (const run of active) run.release();
    } else {
      this.#asked.set(algorithm, to);
      const steps = Math.max(1, ...runs.map((run) => run.steps_per_epoch));
      // Those that wait for a worker follow with it.
      const place = Math.max(0, ...runs.map((run) => run.next));
      const change = { algorithm, epoch: Math.floor(place / steps), update: place % steps, ...rates };
      const course = { ...this.#trained, changes: withChange(this.#trained.changes, change) };
      this.#trained = { ...course, changes: withoutIdle(course, change) };
      for (const run of active) run.release(change);
    }
    this.dispatchEvent(new Event("course"));
    this.#changed();
  }

  readonly #askCheckpoint = <Q extends Question>(checkpoint: Uint8Array, question: Q): Promise<Answer<Q>> =>
    this.#reader.ask(checkpoint, question);

  #begin(): void {
    this.#begun = true;
    this.#queue.launch();
  }

  #advance(act: Act): void {
    this.#playing = false;
    this.#share();
    if (!this.#begun) this.#begin();
    this.#queue.act(act);
    this.#changed();
  }

  /** At full speed, runs that wait for a worker of their own are done sooner; where each step counts, all must be there. */
  #share(): void {
    this.#pool.shares = this.#speed === "slow" || !this.#playing;
  }

  #host(): Host {
    const experiment = this;
    return {
      get runs() {
        return experiment.#runs;
      },
      get order() {
        return { config: experiment.#trained, paused: !experiment.#playing };
      },
      get speed() {
        return experiment.#speed;
      },
      changed: () => this.#changed(),
      ready: ({ module, shards, bytes }) => {
        this.#reader.use(module, shards, this.#budget.most / Math.max(...bytes));
        this.#share();
      },
      failed: (error) => this.#unsupplied(error),
      report: (run, report) => this.#hear(run, report),
    };
  }

  /** A run that is hidden leaves its worker's memory to others, and goes on in another when it is shown. */
  async #giveWay(run: Run): Promise<void> {
    const { client } = run;
    await run.standing();
    if (!client || client !== run.client || this.#runs.includes(run)) return;
    this.#pool.drop(client);
    await this.#launchAgain([run.wait()]);
  }

  #hear(run: Run, report: RunReport): void {
    if (report.kind === "failed" && run.survives(report.code)) {
      void this.#launchAgain([run.survive()]);
      return;
    }
    run.take(report, () => this.#tell("epoch", run));
    if (report.kind === "progress") run.keep();
    if (run.error?.kind === "data") {
      this.#fail(run.error);
      return;
    }
    if (run.status === "queued") this.#queue.launch();
    this.#changed();
    if (run.error) this.#tell("error", run.error);
    if (run.over) this.#tellIfDone();
  }

  #tellIfDone(): void {
    if (this.phase !== "done") return;
    // Settings that were chosen on the way and not followed are what the address leads to from here on.
    if (this.stale.length > 0) this.dispatchEvent(new Event("course"));
    this.#tell("done");
  }

  /** In other workers runs go on to the same bits, once they wait for them. */
  async #launchAgain(waits: readonly Promise<void>[]): Promise<void> {
    const start = this.#start;
    await Promise.all(waits);
    if (start === this.#start && this.#begun) this.#queue.launch();
    this.#changed();
  }

  /** Without its data no run can begin; those that have theirs go on. */
  #unsupplied(error: AppError): void {
    if (!this.#runs.some((run) => run.active || run.status === "finished" || run.status === "diverged")) {
      this.#fail(error);
      return;
    }
    for (const run of this.#runs)
      if (run.status === "queued") run.take({ kind: "failed", ...toFailure(error, error.code) }, () => {});
    this.#changed();
    this.#tell("error", error);
  }

  /** Ends everything: without its data no run can go on. */
  #fail(error: AppError): void {
    this.#queue.cancel();
    this.#error = error;
    for (const run of this.#known)
      if (!run.over) run.take({ kind: "failed", ...toFailure(error, error.code) }, () => {});
    this.#changed();
    this.#tell("error", error);
  }

  #tell(event: "epoch" | "done" | "error", detail?: RunView | AppError): void {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }

  #changed(): void {
    if (!this.#life.signal.aborted) this.#bell.changed();
  }
}
