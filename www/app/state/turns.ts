import type { Run } from "./run";

/** What needs runs to stand still is done one after the other. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  next<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }
}

/** Those of the runs that a worker has: they stand still, and it is known how far each has come, until they are released. */
export async function halted(runs: readonly Run[]): Promise<readonly Run[]> {
  const active = runs.filter((run) => run.active);
  await Promise.all(active.map((run) => run.hold()));
  return active;
}
