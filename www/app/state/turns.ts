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
 * Does something while those of the runs stand still that a worker has, also those that have begun meanwhile: it is known
 * how far each has come, until they are released. None begins between that and what is done.
 */
export async function halted<T>(runs: () => readonly Run[], act: (active: readonly Run[]) => T): Promise<T> {
  const held = new Set<Run>();
  for (;;) {
    const begun = runs().filter((run) => run.active && !held.has(run));
    if (begun.length === 0) return act(runs().filter((run) => held.has(run)));
    for (const run of begun) held.add(run);
    await Promise.all(begun.map((run) => run.hold()));
  }
}
