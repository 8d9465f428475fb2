import type { Ghost } from "../metrics/curves-of";
import type { Database } from "./database";
import { ghostOf, type Kept } from "./kept";

/** A database that has not answered by then may never do so. */
const PATIENCE_MS = 5000;

/** So many deleted results can be brought back, so that a page which is open for weeks does not grow. */
export const DELETED = 20;

/** The letters of pinned results, one each. */
export const MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * The results that are kept until they are deleted, the latest first, and those of them that are pinned behind the
 * curves. Tells of every change by the event "change". What the browser refuses to store stays until the page is
 * closed, and `lasting` says so.
 */
export class Shelf extends EventTarget {
  readonly #database: Database<Kept>;
  #kept: readonly Kept[] = [];
  #ghosts: readonly Ghost[] = [];
  /** Marks of the pinned results. */
  readonly #marks = new Map<string, string>();
  /** What was deleted while the page has been open, the latest last, and its letter. */
  #deleted: readonly { kept: Kept; mark: string | undefined }[] = [];
  /** Whether the database has refused anything. */
  #refused = false;
  /** Whether it has been silent for too long. */
  #late = false;
  /** One thing is asked of it at a time, so that no answer is older than a change. */
  #asked = Promise.resolve();

  constructor(database: Database<Kept>) {
    super();
    this.#database = database;
    void this.#store(async () => this.#show([...(await database.all()), ...this.#kept]));
    database.watch(() => void this.#store(() => this.#read()));
  }

  get kept(): readonly Kept[] {
    return this.#kept;
  }

  /** Another list whenever there are others. */
  get ghosts(): readonly Ghost[] {
    return this.#ghosts;
  }

  /** The result that was deleted last, and can be brought back. */
  get deleted(): Kept | undefined {
    return this.#deleted.at(-1)?.kept;
  }

  /** Whether results are stored at all. */
  get stores(): boolean {
    return this.#database.stores;
  }

  /** Whether what is stored outlives the page. */
  get lasting(): boolean {
    return !this.#refused && !this.#late;
  }

  /** In the place of an equal one, of which it may be known which images it is of. */
  async keep(given: Kept): Promise<void> {
    const images = given.images ?? this.#kept.find(({ id }) => id === given.id)?.images;
    const kept = images ? { ...given, images } : given;
    this.#show([kept, ...this.#kept]);
    await this.#store(() => this.#database.put(kept));
  }

  async forget(id: string): Promise<void> {
    const kept = this.#kept.find((one) => one.id === id);
    const mark = this.#marks.get(id);
    this.#marks.delete(id);
    this.#kept = this.#kept.filter((kept) => kept.id !== id);
    if (kept) this.#deleted = [...this.#deleted, { kept, mark }].slice(-DELETED);
    this.#show(this.#kept);
    await this.#store(() => this.#database.remove(id));
  }

  /** Brings back the result that was deleted last, behind the curves if it was there. */
  async bringBack(): Promise<void> {
    const last = this.#deleted.at(-1);
    if (!last) return;
    const { kept, mark } = last;
    if (mark && ![...this.#marks.values()].includes(mark)) this.#marks.set(kept.id, mark);
    await this.keep(kept);
  }

  /** Pins a result behind the curves, or takes it away from there. */
  togglePin(id: string): void {
    const taken = new Set(this.#marks.values());
    const free = [...MARKS].find((mark) => !taken.has(mark));
    if (!this.#marks.delete(id) && free) this.#marks.set(id, free);
    this.#show(this.#kept);
  }

  /** Pins it, unless it is: its letter, as long as there is one left. */
  pin(id: string): string | undefined {
    if (!this.#marks.has(id)) this.togglePin(id);
    return this.#marks.get(id);
  }

  #show(kept: readonly Kept[]): void {
    const latest = kept.toSorted((a, b) => b.at - a.at);
    this.#kept = latest.filter(({ id }, index) => latest.findIndex((other) => other.id === id) === index);
    // What has come back by itself, trained again or from a file, is not deleted.
    this.#deleted = this.#deleted.filter((one) => !this.#kept.some(({ id }) => id === one.kept.id));
    this.#ghosts = this.#kept.flatMap((one) => {
      const mark = this.#marks.get(one.id);
      return mark ? [ghostOf(one, mark)] : [];
    });
    this.dispatchEvent(new Event("change"));
  }

  /** What is stored, and what could not be. */
  async #read(): Promise<void> {
    const stored = await this.#database.all();
    this.#show(this.#refused ? [...stored, ...this.#kept] : stored);
  }

  #store(act: () => Promise<unknown>): Promise<void> {
    this.#asked = this.#asked.then(() => this.#patiently(act));
    return this.#asked;
  }

  async #patiently(act: () => Promise<unknown>): Promise<void> {
    const { lasting } = this;
    const watch = setTimeout(() => {
      this.#late = true;
      this.dispatchEvent(new Event("change"));
    }, PATIENCE_MS);
    try {
      await act();
    } catch {
      this.#refused = true;
    }
    clearTimeout(watch);
    this.#late = false;
    if (lasting !== this.lasting) this.dispatchEvent(new Event("change"));
  }
}
