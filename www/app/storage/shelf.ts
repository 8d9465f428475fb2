import type { Ghost } from "../metrics/curves-of";
import { browserDatabase, type Database } from "./database";
import { ghostOf, type Kept } from "./kept";

const MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * The results that are kept until they are deleted, the latest first, and those of them that are pinned behind the
 * curves. Tells of every change by the event "change". What the browser refuses to store stays until the page is
 * closed, and `lasting` says so.
 */
export class Shelf extends EventTarget {
  readonly #database: Database;
  #kept: readonly Kept[] = [];
  #ghosts: readonly Ghost[] = [];
  /** Marks of the pinned results. */
  readonly #marks = new Map<string, string>();
  #lasting = true;

  constructor(database: Database = browserDatabase()) {
    super();
    this.#database = database;
    void this.#store(async () => this.#show([...(await database.all()), ...this.#kept]));
  }

  get kept(): readonly Kept[] {
    return this.#kept;
  }

  /** Another list whenever there are others. */
  get ghosts(): readonly Ghost[] {
    return this.#ghosts;
  }

  /** Whether results outlive the page. */
  get lasting(): boolean {
    return this.#lasting;
  }

  /** In the place of an equal one. */
  async keep(kept: Kept): Promise<void> {
    this.#show([kept, ...this.#kept]);
    await this.#store(() => this.#database.put(kept));
  }

  async forget(id: string): Promise<void> {
    this.#marks.delete(id);
    this.#show(this.#kept.filter((kept) => kept.id !== id));
    await this.#store(() => this.#database.remove(id));
  }

  /** Pins a result behind the curves, or takes it away from there. */
  togglePin(id: string): void {
    const taken = new Set(this.#marks.values());
    const free = [...MARKS].find((mark) => !taken.has(mark));
    if (!this.#marks.delete(id) && free) this.#marks.set(id, free);
    this.#show(this.#kept);
  }

  #show(kept: readonly Kept[]): void {
    const latest = kept.toSorted((a, b) => b.at - a.at);
    this.#kept = latest.filter(({ id }, index) => latest.findIndex((other) => other.id === id) === index);
    this.#ghosts = this.#kept.flatMap((one) => {
      const mark = this.#marks.get(one.id);
      return mark ? [ghostOf(one, mark)] : [];
    });
    this.dispatchEvent(new Event("change"));
  }

  async #store(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch {
      this.#lasting = false;
      this.dispatchEvent(new Event("change"));
    }
  }
}
