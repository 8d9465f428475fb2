import {
  type Algorithm,
  type Change,
  type Config,
  defaults,
  isRate,
  type Override,
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

/** All settings but the changes on the way, with the rates of others: common ones, and those of each rule. */
export function withRatesOf(rates: Config, { changes: _, ...config }: Config): Omit<Config, "changes"> {
  const own = SCHEMA.algorithms.flatMap(({ name }) => {
    const values = SCHEMA.fields.flatMap(({ name: of }) => {
      const value = (isRate(of) ? rates : config).overrides[name]?.[of as keyof Override];
      return value === undefined ? [] : [[of, value] as const];
    });
    return values.length > 0 ? [[name, Object.fromEntries(values)] as const] : [];
  });
  const { lr, decor_lr, noise_std } = rates;
  return { ...config, lr, decor_lr, noise_std, overrides: Object.fromEntries(own) };
}

/** Whether both lead a rule over the same rates, from its first update to its last, and say so in the same way. */
export function sameCourse(a: Config, b: Config, algorithm: Algorithm): boolean {
  return sameRates(heeded(a, algorithm), heeded(b, algorithm)) && sameChangesOf(algorithm, a, b);
}

/** Whether both lead a rule over the same rates: a change before its first update is another way to say where it begins. */
export function sameWay(a: Config, b: Config, algorithm: Algorithm): boolean {
  return sameCourse(fromItsStart(a, algorithm), fromItsStart(b, algorithm), algorithm);
}

function fromItsStart(config: Config, algorithm: Algorithm): Config {
  const isOf = (change: Change) => !change.algorithm || change.algorithm === algorithm;
  const isStart = (change: Change) => isOf(change) && change.epoch === 0 && change.update === 0;
  const starts = config.changes.filter(isStart).map(({ algorithm: _, epoch, update, ...rates }) => rates);
  const own: Override = Object.assign({}, config.overrides[algorithm], ...starts);
  const changes = config.changes.filter((change) => !isStart(change));
  return { ...config, changes, overrides: { ...config.overrides, [algorithm]: own } };
}

/** Whether both change the rates of a rule in the same places. */
export function sameChangesOf(algorithm: Algorithm, a: Config, b: Config): boolean {
  const its = (config: Config) => ofItsRules({ ...config, algorithms: [algorithm] });
  return sameChanges(its(a), its(b));
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
  const before = changes.find((other) => isAt(other, change));
  return [...changes.filter((other) => other !== before), inOrder({ ...before, ...change })];
}

/**
 * The changes of a course without what one of a rule sets as it was before: what was moved, and moved back in the same place,
 * has not been changed.
 */
export function withoutIdle(course: Config, { algorithm, epoch, update }: Change): Change[] {
  const { changes } = course;
  const at = changes.find((change) => isAt(change, { algorithm, epoch, update }));
  // One for all rules may or may not reach the rule: that of the place stands.
  if (!algorithm || !at || changes.some((change) => !change.algorithm)) return changes;
  const isBefore = (change: Change) =>
    change.epoch < epoch || (change.epoch === epoch && change.update < update);
  const earlier = changes
    .filter((change) => change.algorithm === algorithm && isBefore(change))
    .toSorted((a, b) => a.epoch - b.epoch || a.update - b.update);
  const before: Rates = Object.assign(heeded(course, algorithm), ...earlier.map(ratesIn));
  const moved = changed(before, { ...before, ...ratesIn(at) });
  const others = changes.filter((change) => change !== at);
  return moved ? [...others, inOrder({ algorithm, epoch, update, ...moved })] : others;
}

function isAt(change: Change, { algorithm, epoch, update }: Change): boolean {
  return change.algorithm === algorithm && change.epoch === epoch && change.update === update;
}

function ratesIn({ algorithm: _, epoch: _epoch, update: _update, ...rates }: Change): Partial<Rates> {
  return rates;
}

/** As Rust gives it back: settings are compared by how they are written. */
function inOrder({ algorithm, epoch, update, ...rates }: Change): Change {
  const ordered = SCHEMA.fields.flatMap(({ name }) =>
    isRate(name) && name in rates ? [[name, rates[name]]] : [],
  );
  return { ...(algorithm && { algorithm }), epoch, update, ...Object.fromEntries(ordered) };
}

/** Where other rules, seeds or epochs lead: the course so far, but for the rules that begin with the rates of `next`. */
export function reached(before: Config, next: Config, anew: readonly Algorithm[]): Config {
  const { algorithms, seed, num_seeds, epochs } = next;
  const overrides = ownOf(before, next, anew);
  const changes = before.changes.filter(({ algorithm }) => !algorithm || !anew.includes(algorithm));
  const course = { ...before, algorithms, seed, num_seeds, epochs, overrides, changes };
  return {
    ...course,
    changes: anew.reduce((so, algorithm) => withStart(so, algorithm, course, next), changes),
  };
}

/** A course on which some rules go the way of `other`: from its start, over its changes. */
export function withCourseOf(course: Config, other: Config, some: readonly Algorithm[]): Config {
  const changes = [
    ...course.changes.filter(({ algorithm }) => !algorithm || !some.includes(algorithm)),
    ...other.changes.filter(({ algorithm }) => algorithm && some.includes(algorithm)),
  ];
  return { ...course, overrides: ownOf(course, other, some), changes };
}

/** What each rule has for itself, in the order of the schema: settings are compared by how they are written. */
function ownOf(config: Config, other: Config, some: readonly Algorithm[]): Config["overrides"] {
  const own = SCHEMA.algorithms.flatMap(({ name }) => {
    const values = (some.includes(name) ? other : config).overrides[name];
    return values ? [[name, values] as const] : [];
  });
  return Object.fromEntries(own);
}

/** Without the changes that a run has not come to which begins this update next, where it is known how long epochs are. */
export function upTo(next: number, steps_per_epoch: number, config: Config): Config {
  if (steps_per_epoch === 0) return config;
  const changes = config.changes.filter(({ epoch, update }) => epoch * steps_per_epoch + update < next);
  return { ...config, changes };
}

/** The changes of `before`, but those of `next` of the rules that begin with it. */
export function reachedChanges(before: Config, next: Config, anew: readonly Algorithm[]): Change[] {
  const isNew = ({ algorithm }: Change) => algorithm !== undefined && anew.includes(algorithm);
  return [...before.changes.filter((change) => !isNew(change)), ...next.changes.filter(isNew)];
}

/** With the rates that a rule is to have from its first update on, where the course gives it others. */
function withStart(changes: Change[], algorithm: Algorithm, course: Config, next: Config): Change[] {
  const rates = changed(heeded(course, algorithm), heeded(next, algorithm));
  return rates ? withChange(changes, { algorithm, epoch: 0, update: 0, ...rates }) : changes;
}

/** Without changes that wait for a rule that is not among the chosen. */
export function ofItsRules(config: Config): Config {
  const { algorithms, changes } = config;
  const theirs = changes.filter(({ algorithm }) => !algorithm || algorithms.includes(algorithm));
  return { ...config, changes: theirs };
}

export function sameChanges(a: Pick<Config, "changes">, b: Pick<Config, "changes">): boolean {
  return JSON.stringify(a.changes) === JSON.stringify(b.changes);
}
