import type { Run } from "./run";

export const BEAT_MS = 500;

/** Slow runs go on together: at every beat, twice a second, each does one update, once all of them have done the last. */
export class Beat {
  readonly #runs: () => readonly Run[];
  #timer: ReturnType<typeof setInterval> | undefined;
  #ms = BEAT_MS;

  constructor(runs: () => readonly Run[]) {
    this.#runs = runs;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#strike(), this.#ms);
  }

  /** From one beat to the next, from now on. */
  set ms(ms: number) {
    if (ms === this.#ms) return;
    this.#ms = ms;
    if (!this.#timer) return;
    this.stop();
    this.start();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #strike(): void {
    const going = this.#runs().filter((run) => run.active && run.status !== "paused");
    if (going.every((run) => run.awaits)) for (const run of going) run.beat();
  }
}
