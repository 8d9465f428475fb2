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
  /** When it was, in milliseconds since 1970. */
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
  Pick<Experiment, "phase" | "config" | "address" | "result" | "goOn"> & {
    readonly runs: readonly Leaving[];
  };

/** Checkpoints are large: after each writing there is a pause, until the address changes. */
const PAUSE_MS = 5000;
/** A page that is being left may take a moment to let go of its lock, on a busy device some seconds. */
const CLOSING_MS = 8000;
/** A database that has not answered by then may never do so. */
export const PATIENCE_MS = 10_000;
/** So many closed pages' runs are kept: the pages of a window that was closed are opened again one by one, or never. */
const MOST_CLOSED = 4;

/**
 * Keeps the runs of an experiment while they are under way, after their epochs, so that another page can go on with
 * them. What the browser refuses to store is not kept, and the training goes on.
 */
export class Keeper {
  readonly #experiment: Trained;
  readonly #changed: () => void;
  readonly #database: Database<Left>;
  readonly #locks: Pick<LockManager, "request">;
  #id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  #alone: Promise<unknown> | undefined;
  /** Whether something of this page may be stored. */
  #kept = false;
  /** What the address said then. */
  #link = "";
  /** Whether there is something new to keep, and whether it has to wait. */
  #due = false;
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
    experiment.addEventListener("change", () => this.#follow());
  }

  /** Whether another page could go on with these runs, as far as is known. */
  get keeps(): boolean {
    return !this.#refused;
  }

  /** The latest that a page which is closed has left, of settings that are wanted. */
  async find(wanted: (link: string) => boolean): Promise<Left | undefined> {
    const all = await this.#database.all();
    const some = all.filter(({ version, link }) => version === SCHEMA.version && wanted(link));
    // All are asked at once, each of which may keep it waiting.
    const asked = some
      .toSorted((a, b) => b.at - a.at)
      .map((left) => ({ left, closed: this.#isClosed(left) }));
    for (const { left, closed } of asked) if (await closed) return left;
    return undefined;
  }

  /** From here on it is this page's, unless another has gone on with it meanwhile: then both do, each by itself. */
  async goOn({ id, config, runs }: Left): Promise<void> {
    const mine = await this.#hold(id);
    const restored = runs.map(async ({ checkpoint, ...run }) => ({
      ...run,
      ...(checkpoint && { checkpoint: new Uint8Array(await checkpoint.arrayBuffer()) }),
    }));
    await this.#experiment.goOn(config, await Promise.all(restored));
    if (!mine) return;
    // Not before: the runs that gave way to them were kept elsewhere, or not at all.
    this.#id = id;
    this.#alone = Promise.resolve();
    this.#kept = true;
  }

  /** Leaves it to a page that has gone on with it. */
  async forget({ id }: Left): Promise<void> {
    if (await this.#isFree(id)) this.drop({ id });
  }

  drop({ id }: Pick<Left, "id">): void {
    // What cannot be deleted now is deleted when something else is kept.
    this.#database.remove(id).catch(() => {});
  }

  get #underWay(): boolean {
    const { phase, config } = this.#experiment;
    // The reader's own images are gone with the page.
    return phase !== "idle" && phase !== "done" && config.dataset !== "own";
  }

  /** What is kept belongs to the address, and only to runs that are under way. */
  #follow(): void {
    if (!this.#kept) return;
    if (!this.#underWay) {
      this.#kept = false;
      this.drop({ id: this.#id });
    } else if (toLink(this.#experiment.address) !== this.#link) {
      this.#keepSoon();
      this.#endPause();
    }
  }

  #keepSoon(): void {
    this.#due = true;
    if (!this.#busy) void this.#keepWhileDue();
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
    this.#alone ??= this.#hold(this.#id);
    await this.#alone;
    if (!this.#underWay) return;
    // Asked in one moment, all runs have taken the same changes: those of the settings at this moment.
    const { runs, address, result } = this.#experiment;
    const link = toLink(address);
    this.#link = link;
    const left = await Promise.all(runs.map(leave));
    if (!this.#underWay || this.#experiment.runs !== runs) return;
    this.#kept = true;
    const record = {
      ...{ id: this.#id, at: Date.now(), version: SCHEMA.version },
      ...{ link, config: result.config, runs: left },
    };
    const put = () => this.#database.put(record);
    // Where there is no more room, what is under way comes before what was left.
    await put().catch(() => this.#clear(0).then(put));
    this.#tell(false);
    await this.#clear(MOST_CLOSED);
  }

  /** Shows that this page is there, unless another holds this place. */
  #hold(id: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const hold = (lock: Lock | null) => {
        resolve(lock !== null);
        return lock && new Promise<never>(() => {});
      };
      this.#locks.request(id, { ifAvailable: true }, hold).catch(reject);
    });
  }

  /** Removes what closed pages have left, but for the last `most` that this version can go on with. */
  async #clear(most: number): Promise<void> {
    const others = (await this.#database.all()).filter(({ id }) => id !== this.#id);
    const closed = await Promise.all(others.map(({ id }) => this.#isFree(id)));
    const latest = others.filter((_, at) => closed[at]).toSorted((a, b) => b.at - a.at);
    const useful = latest.filter(({ version }) => version === SCHEMA.version).slice(0, most);
    for (const left of latest) if (!useful.includes(left)) this.drop(left);
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

/** The run as it is now, to go on from. */
export async function leave(run: Leaving): Promise<LeftRun> {
  const checkpoint = await run.standing();
  const { algorithm, seed, epoch, next, steps_per_epoch, ended: over } = run;
  return { algorithm, seed, epoch, next, steps_per_epoch, over, ...(checkpoint && { checkpoint }) };
}
