/** A screen reader that is spoken to more often than this hears nothing but us. */
const PAUSE_MS = 5000;

/** Lets the latest words through, with a pause after each. */
export class Announcer {
  readonly #speak: (words: string) => void;
  #spoken = Number.NEGATIVE_INFINITY;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(speak: (words: string) => void) {
    this.#speak = speak;
  }

  say(words: string): void {
    clearTimeout(this.#waiting);
    const wait = Math.max(0, this.#spoken + PAUSE_MS - performance.now());
    this.#waiting = setTimeout(() => {
      this.#spoken = performance.now();
      this.#speak(words);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#waiting);
  }
}
