import { type Algorithm, type Change, type Config, type Rates, ratesOf } from "../contract/config";

/** The rates that differ; undefined where none does. */
export function changed(from: Rates, to: Rates): Partial<Rates> | undefined {
  const rates: Partial<Rates> = {
    ...(to.lr !== from.lr && { lr: to.lr }),
    ...(to.decor_lr !== from.decor_lr && { decor_lr: to.decor_lr }),
    ...(to.noise_std !== from.noise_std && { noise_std: to.noise_std }),
  };
  return Object.keys(rates).length > 0 ? rates : undefined;
}

/** One change more; two of one rule in the same place are one. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  const same = ({ algorithm, epoch, update }: Change) =>
    algorithm === change.algorithm && epoch === change.epoch && update === change.update;
  const before = changes.find(same);
  return [...changes.filter((other) => other !== before), { ...before, ...change }];
}

/** Where other rules, seeds or epochs lead: the course so far, but for the rules that begin with the rates of `next`. */
export function reached(before: Config, next: Config, anew: readonly Algorithm[]): Config {
  const { algorithms, seed, num_seeds, epochs } = next;
  const overrides = { ...before.overrides };
  for (const algorithm of anew) {
    delete overrides[algorithm];
    const own = next.overrides[algorithm];
    if (own) overrides[algorithm] = own;
  }
  const changes = before.changes.filter(({ algorithm }) => !algorithm || !anew.includes(algorithm));
  const course = { ...before, algorithms, seed, num_seeds, epochs, overrides, changes };
  return {
    ...course,
    changes: anew.reduce((so, algorithm) => withStart(so, algorithm, course, next), changes),
  };
}

/** With the rates that a rule is to have from its first update on, where the course gives it others. */
function withStart(changes: Change[], algorithm: Algorithm, course: Config, next: Config): Change[] {
  const rates = changed(ratesOf(course, algorithm), ratesOf(next, algorithm));
  return rates ? withChange(changes, { algorithm, epoch: 0, update: 0, ...rates }) : changes;
}

export function sameChanges(a: Config, b: Config): boolean {
  return JSON.stringify(a.changes) === JSON.stringify(b.changes);
}
