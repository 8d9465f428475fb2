import {
  type Algorithm,
  type Change,
  type Config,
  defaults,
  isRate,
  type Rates,
  ratesOf,
  SCHEMA,
  sameRates,
} from "../contract/config";
import { usesSetting } from "../contract/rules";

/** The rates that a rule heeds: one that it has no use for is the same to it, whatever it is. */
export function heeded(config: Config, algorithm: Algorithm): Rates {
  const rates = ratesOf(config, algorithm);
  return { ...rates, ...unheeded(defaults(), [algorithm]) };
}

/** The rates that none of the rules has a use for. */
export function unheeded(config: Config, algorithms: readonly Algorithm[]): Partial<Rates> {
  const names = SCHEMA.fields.flatMap(({ name }) => (isRate(name) ? [name] : []));
  const idle = names.filter((name) => !algorithms.some((algorithm) => usesSetting(algorithm, name)));
  return Object.fromEntries(idle.map((name) => [name, config[name]]));
}

/** Whether both lead a rule over the same rates, from its first update to its last. */
export function sameCourse(a: Config, b: Config, algorithm: Algorithm): boolean {
  const theirs = ({ changes }: Config) =>
    changes.filter((change) => !change.algorithm || change.algorithm === algorithm);
  return (
    sameRates(heeded(a, algorithm), heeded(b, algorithm)) &&
    JSON.stringify(theirs(a)) === JSON.stringify(theirs(b))
  );
}

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
  const rates = changed(heeded(course, algorithm), heeded(next, algorithm));
  return rates ? withChange(changes, { algorithm, epoch: 0, update: 0, ...rates }) : changes;
}

export function sameChanges(a: Config, b: Config): boolean {
  return JSON.stringify(a.changes) === JSON.stringify(b.changes);
}
