/** Browsers refuse more than some 100 changes of the address in 10 seconds; these are at most 50. */
const PAUSE_MS = 200;
/** A browser that has refused is asked again when its 10 seconds are over. */
const REFUSED_MS = 10_000;

type Page = Pick<Window, "location" | "history"> & {
  setTimeout(callback: () => void, ms: number): unknown;
};

/** What the address says after its "#". It may come late, but what it was given last comes. */
export class Address {
  readonly #page: Page;
  /** What is still to be written, in the place of what, and whether it is another place for "back". */
  #wanted: { link: string; from: string; visit: boolean } | undefined;
  #resting = false;

  constructor(page: Page) {
    this.#page = page;
  }

  /** In the place of what is there. */
  show(link: string): void {
    this.#want(link, this.#wanted?.visit ?? false);
  }

  /** As a place of its own in the history. */
  visit(link: string): void {
    this.#want(link, true);
  }

  #want(link: string, visit: boolean): void {
    this.#wanted = { link: `#${link}`, from: this.#page.location.hash, visit };
    if (!this.#resting) this.#write();
  }

  #write(): void {
    if (!this.#wanted) return;
    const { link, from, visit } = this.#wanted;
    const { location, history } = this.#page;
    // An address that the reader has given meanwhile is newer than what waits.
    if (location.hash === link || location.hash !== from) {
      this.#wanted = undefined;
      return;
    }
    try {
      if (visit) history.pushState(null, "", link);
      else history.replaceState(null, "", link);
      this.#wanted = undefined;
      this.#rest(PAUSE_MS);
    } catch {
      this.#rest(REFUSED_MS);
    }
  }

  #rest(ms: number): void {
    this.#resting = true;
    this.#page.setTimeout(() => {
      this.#resting = false;
      this.#write();
    }, ms);
  }
}
