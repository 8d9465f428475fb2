import type { Run } from "./run";

const BEAT_MS = 500;

/** Slow runs go on together: twice a second each does one update, once all of them have done the last. */
export class Beat {
  readonly #runs: () => readonly Run[];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(runs: () => readonly Run[]) {
    this.#runs = runs;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#strike(), BEAT_MS);
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
