/** Visible changes are told at most this often, in milliseconds; changes of the phase at once. */
const CHANGE_MS = 100;

/** Tells that something visible has changed. */
export class Bell {
  readonly #phase: () => string;
  readonly #tell: () => void;
  #shown: string;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(phase: () => string, tell: () => void) {
    this.#phase = phase;
    this.#tell = tell;
    this.#shown = phase();
  }

  changed(): void {
    if (this.#phase() !== this.#shown) this.#ring();
    else this.#pending ??= setTimeout(() => this.#ring(), CHANGE_MS);
  }

  stop(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
  }

  #ring(): void {
    this.stop();
    this.#shown = this.#phase();
    this.#tell();
  }
}
