import { type Config, isOurs, isRule, SCHEMA } from "../contract/config";
import { toLink } from "../contract/url";
import type { Experiment, RunView } from "../state/experiment";
import type { Place } from "../state/run";
import type { Database } from "./database";

/** A run as its page left it; one without a checkpoint had not begun. */
interface LeftRun extends Pick<RunView, "algorithm" | "seed">, Place {
  epoch: number;
  over: boolean;
  checkpoint?: Blob;
}

/** Runs that were under way, at one moment. */
export interface Left {
  /** The page's that trained them, which holds a lock of this name for as long as it is there. */
  id: string;
  /** When it was, in milliseconds since 1970; by a clock that has been put back, after all that there was. */
  at: number;
  version: string;
  /** What the address said, and what leads to these runs: other settings may have been chosen since they began. */
  link: string;
  config: Config;
  runs: LeftRun[];
}

/** Whether a record is of runs that this version knows. */
export function isLeft(record: unknown): record is Left {
  const { id, at, link, config, runs } = (record ?? {}) as Partial<Left>;
  if (typeof id !== "string" || typeof at !== "number" || typeof link !== "string") return false;
  const isLeftRun = (run: Partial<LeftRun> | null) =>
    isRule(run?.algorithm) && typeof run?.epoch === "number";
  return isOurs(config) && Array.isArray(runs) && runs.every(isLeftRun);
}

type Leaving = Pick<
  RunView,
  "algorithm" | "seed" | "epoch" | "next" | "steps_per_epoch" | "ended" | "standing"
>;

type Trained = EventTarget &
  Pick<Experiment, "phase" | "start" | "config" | "address" | "result" | "goOn"> & {
    readonly runs: readonly Leaving[];
  };

/** Checkpoints are large: after each writing there is a pause, until the address changes. */
const PAUSE_MS = 5000;
/** A page that is being left may take a moment to let go of its lock, on a busy device some seconds. */
const CLOSING_MS = 8000;
/** A database that has not answered by then may never do so. */
export const PATIENCE_MS = 10_000;
/** So many others are kept: the pages of a window that was closed are opened again one by one, or never. */
const MOST_OTHERS = 4;

/** What is stored of some of the page's runs. */
interface Stored {
  id: string;
  /** Which start they have had. */
  start: number;
  runs: readonly Key[];
  /** What the address said then. */
  link: string;
}

type Key = Pick<LeftRun, "algorithm" | "seed">;

/**
 * Keeps the runs of an experiment while they are under way, as they come further, so that another page can go on with
 * them. Those that others have taken the place of stay as they were left, for the next page with their link. What the
 * browser refuses to store is not kept, and the training goes on.
 */
export class Keeper {
  readonly #experiment: Trained;
  readonly #changed: () => void;
  readonly #database: Database<Left>;
  readonly #locks: Pick<LockManager, "request">;
  /** What may be stored of this page: of each start, and of the rules and seeds that it had before some were taken away. */
  #stored: readonly Stored[] = [];
  /** The start of the runs that there were last. */
  #last = 0;
  /** What lets go of each record that this page holds. */
  readonly #held = new Map<string, () => void>();
  /** Whether there is something new to keep, and whether it has to wait. */
  #due = false;
  /** The updates of all runs when they were kept last, and what keeps them before the epoch ends, which may take minutes. */
  #updates = 0;
  #inEpoch: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #endPause = () => {};
  /** Whether the browser has refused the last of it, or is silent. */
  #refused = false;

  /** `changed` hears that what is under way is kept, or no longer. */
  constructor(
    experiment: Trained,
    database: Database<Left>,
    locks: Pick<LockManager, "request">,
    changed: () => void,
  ) {
    this.#changed = changed;
    this.#experiment = experiment;
    this.#database = database;
    this.#locks = locks;
    experiment.addEventListener("epoch", () => this.#keepSoon());
    experiment.addEventListener("change", () => {
      this.#follow();
      if (this.#underWay && updatesOf(experiment) !== this.#updates) this.#keepInEpoch();
    });
  }

  /** Whether another page could go on with these runs, as far as is known. */
  get keeps(): boolean {
    return !this.#refused;
  }

  /**
   * The latest that a page which is closed has left, of settings that are wanted; of several with the same settings that
   * which has come furthest, since it has seen all that the others have.
   */
  async find(wanted: (link: string) => boolean): Promise<Left | undefined> {
    const all = await this.#database.all();
    const some = all.filter(({ version, link }) => version === SCHEMA.version && wanted(link));
    // All are asked at once, each of which may keep it waiting.
    const asked = some
      .toSorted((a, b) => b.at - a.at)
      .map((left) => ({ left, closed: this.#isClosed(left) }));
    let found: Left | undefined;
    for (const { left, closed } of asked) {
      if (found && (settingsOf(left) !== settingsOf(found) || updatesOf(left) <= updatesOf(found))) continue;
      if (await closed) found = left;
    }
    return found;
  }

  /** From here on it is this page's, unless another has gone on with it meanwhile: then both do, each by itself. */
  async goOn({ id, link, config, runs }: Left): Promise<void> {
    const mine = await this.#hold(id);
    const restored = runs.map(async ({ checkpoint, ...run }) => ({
      ...run,
      ...(checkpoint && { checkpoint: new Uint8Array(await checkpoint.arrayBuffer()) }),
    }));
    await this.#experiment.goOn(config, await Promise.all(restored));
    // Not before: the runs that gave way to them have a record of their own.
    if (mine) this.#stored = [...this.#stored, { id, start: this.#experiment.start, runs, link }];
  }

  /** Leaves it to a page that has gone on with it. */
  async forget({ id }: Left): Promise<void> {
    if (await this.#isFree(id)) this.#drop(id);
  }

  #drop(id: string): void {
    this.#stored = this.#stored.filter((stored) => stored.id !== id);
    // What cannot be deleted now is deleted when something else is kept.
    this.#database.remove(id).catch(() => {});
    this.#letGo(id);
  }

  #letGo(id: string): void {
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  get #underWay(): boolean {
    const { phase, config } = this.#experiment;
    // The reader's own images are gone with the page.
    return phase !== "idle" && phase !== "done" && config.dataset !== "own";
  }

  /** What is kept belongs to the address, and is of runs that are under way, or that others took the place of. */
  #follow(): void {
    const { start, address, phase } = this.#experiment;
    const link = toLink(address);
    const isReset = (stored: Stored) =>
      phase === "idle" && start !== this.#last && stored.start === this.#last && stored.link === link;
    const ofThese = this.#ofThese;
    if (!this.#underWay) this.#dropAll(ofThese);
    else if (ofThese.some((stored) => stored.link !== link)) {
      this.#keepSoon();
      this.#endPause();
    }
    this.#dropAll(this.#stored.filter(isReset));
    this.#last = start;
  }

  /** What is stored of the runs that there are: of all of them, or of fewer. */
  get #ofThese(): readonly Stored[] {
    const { start, runs } = this.#experiment;
    const isHere = (key: Key) =>
      runs.some(({ algorithm, seed }) => algorithm === key.algorithm && seed === key.seed);
    return this.#stored.filter((stored) => stored.start === start && stored.runs.every(isHere));
  }

  #dropAll(stored: readonly Stored[]): void {
    for (const { id } of stored) this.#drop(id);
  }

  #keepSoon(): void {
    this.#due = true;
    if (!this.#busy) void this.#keepWhileDue();
  }

  #keepInEpoch(): void {
    this.#inEpoch ??= setTimeout(() => {
      this.#inEpoch = undefined;
      if (updatesOf(this.#experiment) !== this.#updates) this.#keepSoon();
    }, PAUSE_MS);
  }

  async #keepWhileDue(): Promise<void> {
    this.#busy = true;
    while (this.#due) {
      this.#due = false;
      const patience = setTimeout(() => this.#tell(true), PATIENCE_MS);
      await this.#keep().catch(() => this.#tell(true));
      clearTimeout(patience);
      await this.#pause();
    }
    this.#busy = false;
  }

  #tell(refused: boolean): void {
    if (refused === this.#refused) return;
    this.#refused = refused;
    this.#changed();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve;
      setTimeout(resolve, PAUSE_MS);
    });
  }

  async #keep(): Promise<void> {
    if (!this.#underWay) return;
    // Asked in one moment, all runs have taken the same changes: those of the settings at this moment.
    const { runs, start, address, result } = this.#experiment;
    this.#updates = updatesOf(this.#experiment);
    const link = toLink(address);
    const left = await Promise.all(runs.map(leave));
    const [first, ...others] = this.#ofThese;
    const id = first?.id ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
    await this.#hold(id);
    const before = await this.#database.all();
    if (!this.#underWay || this.#experiment.runs !== runs) {
      if (!first) this.#letGo(id);
      return;
    }
    this.#stored = [...this.#stored.filter((stored) => stored.id !== id), { id, start, runs: left, link }];
    const record = {
      ...{ id, at: Math.max(Date.now(), ...before.map(({ at }) => at + 1)), version: SCHEMA.version },
      ...{ link, config: result.config, runs: left },
    };
    this.#last = start;
    const put = () => this.#database.put(record);
    // Where there is no more room, what is under way comes before what was left.
    await put().catch(() => this.#clear(0, record).then(put));
    this.#tell(false);
    this.#dropAll(others);
    await this.#clear(MOST_OTHERS, record);
  }

  /** Shows that this page is there, unless another holds this place. */
  #hold(id: string): Promise<boolean> {
    if (this.#held.has(id)) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const hold = (lock: Lock | null) => {
        resolve(lock !== null);
        return lock && new Promise<void>((release) => this.#held.set(id, release));
      };
      this.#locks.request(id, { ifAvailable: true }, hold).catch(reject);
    });
  }

  /**
   * Removes what closed pages and earlier runs of this one have left beside `record`, but for the last `most` that this
   * version can go on with, and that have come to what it has not.
   */
  async #clear(most: number, record: Left): Promise<void> {
    const others = (await this.#database.all()).filter(({ id }) => id !== record.id);
    const left = await Promise.all(
      others.map(async ({ id }) => this.#held.has(id) || (await this.#isFree(id))),
    );
    const latest = others.filter((_, at) => left[at]).toSorted((a, b) => b.at - a.at);
    const isUseful = (one: Left) =>
      one.version === SCHEMA.version &&
      (settingsOf(one) !== settingsOf(record) || updatesOf(one) > updatesOf(record));
    const useful = latest.filter(isUseful).slice(0, most);
    for (const { id } of latest.filter((one) => !useful.includes(one))) this.#drop(id);
  }

  /** Whether no page holds it at this moment. */
  #isFree(id: string): Promise<boolean> {
    return this.#locks.request(id, { ifAvailable: true }, Boolean);
  }

  async #isClosed({ id }: Left): Promise<boolean> {
    try {
      return await this.#locks.request(id, { signal: AbortSignal.timeout(CLOSING_MS) }, () => true);
    } catch {
      return false;
    }
  }
}

/** What leads to the same numbers. */
function settingsOf({ link, config }: Left): string {
  return [link, toLink(config)].join(" ");
}

/** Of all runs together; some files tell the epochs alone. */
function updatesOf({ runs }: { readonly runs: readonly (Place & { epoch: number })[] }): number {
  return runs.reduce(
    (sum, { epoch, next, steps_per_epoch = 1 }) => sum + (next ?? epoch * steps_per_epoch),
    0,
  );
}

/** The run as it is now, to go on from. */
export async function leave(run: Leaving): Promise<LeftRun> {
  const checkpoint = await run.standing();
  const { algorithm, seed, epoch, next, steps_per_epoch, ended: over } = run;
  return { algorithm, seed, epoch, next, steps_per_epoch, over, ...(checkpoint && { checkpoint }) };
}
