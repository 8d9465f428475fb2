/** A screen reader that is spoken to more often than this hears nothing but us. */
const PAUSE_MS = 5000;

/** Lets the latest words through, with a pause after each, and once of each thing they are about. */
export class Announcer {
  readonly #speak: (words: string) => void;
  #spoken = Number.NEGATIVE_INFINITY;
  /** What the last words were about. */
  #about = "";
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(speak: (words: string) => void) {
    this.#speak = speak;
  }

  say(words: string, about = words): void {
    if (about === this.#about) return;
    clearTimeout(this.#waiting);
    const wait = Math.max(0, this.#spoken + PAUSE_MS - performance.now());
    this.#waiting = setTimeout(() => {
      this.#spoken = performance.now();
      this.#about = about;
      this.#speak(words);
    }, wait);
  }

  /** What was said, or was about to be, holds no more. */
  forget(): void {
    this.stop();
    this.#about = "";
    this.#speak("");
  }

  stop(): void {
    clearTimeout(this.#waiting);
  }
}
