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

/**
 * Those of the runs that a worker has, also of those that begin meanwhile: they stand still, and it is known how far each
 * has come, until they are released.
 */
export async function halted(runs: () => readonly Run[]): Promise<readonly Run[]> {
  const held = new Set<Run>();
  for (;;) {
    const begun = runs().filter((run) => run.active && !held.has(run));
    if (begun.length === 0) return runs().filter((run) => held.has(run));
    for (const run of begun) held.add(run);
    await Promise.all(begun.map((run) => run.hold()));
  }
}
